//! Places: named or not, and where.

use std::collections::{BTreeMap, BTreeSet};

use super::Evaluation;
use super::atlas::{Atlas, overlapping, spellings};
use super::calibration::Judgement;
use super::feature::Feature;
use super::finding::{Fault, Finding, Subject};
use super::gold::GoldPlace;
use super::names::{fold, folded};

/// Distance within which a place counts as resolved, in metres.
pub const NEAR_M: f64 = 5_000.0;

/// A predicted place with its folded names.
struct Predicted<'f> {
    feature: &'f Feature,
    /// Its name as the article spells it: features that share it are one name.
    key: String,
    names: BTreeSet<String>,
}

impl<'f> Predicted<'f> {
    fn new(feature: &'f Feature) -> Self {
        let spelled = [feature.text("surface"), feature.text("name")].into_iter().find(|name| !name.is_empty());
        let key = fold(spelled.unwrap_or_default());
        let names = folded([spelled.unwrap_or_default(), feature.text("name"), feature.text("name_ar")]);
        Self { feature, key, names }
    }

    /// Whether this may be the gold place: by a spelling, or because it covers the first mention.
    fn may_be(&self, place: &GoldPlace, spellings: &BTreeSet<String>) -> bool {
        let covers = self.feature.evidence().is_some_and(|range| range.contains(&place.start));
        covers || !spellings.is_disjoint(&self.names)
    }

    /// Distance in metres to the gold place; infinite when either has no point.
    fn distance_m(&self, place: &GoldPlace) -> f64 {
        match (place.coordinate(), self.feature.point()) {
            (Some(here), Some(at)) => here.distance_m(at),
            _ => f64::INFINITY,
        }
    }

    /// Whether its point, if it has one, is as right as gold can tell; `None` where gold has no
    /// coordinates. A town must be near, an area's middle may be off by its own radius.
    fn is_right(&self, place: &GoldPlace) -> Option<bool> {
        if self.feature.point().is_none() {
            return Some(true);
        }
        place.coordinate()?;
        let own_radius_m = self.feature.number("uncertainty_m").unwrap_or(0.0);
        let within_m = if place.is_sure() { NEAR_M } else { NEAR_M.max(own_radius_m) };
        Some(self.distance_m(place) <= within_m)
    }
}

pub(super) fn compare(evaluation: &mut Evaluation, atlas: &Atlas<'_>, features: &[&Feature]) {
    let predicted: Vec<Predicted<'_>> = features.iter().map(|feature| Predicted::new(feature)).collect();
    let mut used: BTreeSet<&str> = BTreeSet::new();
    // For each predicted place what the gold places that it may be say of it.
    let mut verdicts: BTreeMap<usize, Option<bool>> = BTreeMap::new();
    for place in &atlas.article.gold.places {
        let spellings = spellings(place);
        let matching: Vec<(usize, &Predicted<'_>)> =
            predicted.iter().enumerate().filter(|(_, predicted)| predicted.may_be(place, &spellings)).collect();
        for (index, predicted) in &matching {
            used.insert(&predicted.key);
            let verdict = verdicts.entry(*index).or_default();
            *verdict = (*verdict).max(predicted.is_right(place));
        }
        if place.is_optional() {
            continue;
        }
        // A town and its province may share one name: the candidate nearest to the gold point counts.
        let best = matching.iter().map(|(_, predicted)| *predicted);
        let best = best.min_by(|a, b| a.distance_m(place).total_cmp(&b.distance_m(place)));
        let about = |fault| Finding {
            wanted: format!("{} ({})", place.surface, place.canonical_en),
            ..atlas.about_gold(Subject::Place, fault, Some(place.start), &place.surface)
        };
        match best {
            Some(_) => evaluation.score.places.right += 1,
            None => {
                evaluation.score.places.missed += 1;
                let read = overlapping(features, Some(place.start), &place.surface);
                evaluation.findings.push(Finding { read, ..about(Fault::Missed) });
            }
        }
        if place.is_sure() {
            let off_m = best.map_or(f64::INFINITY, |best| best.distance_m(place));
            let score = &mut evaluation.score;
            score.sure += 1;
            score.located += usize::from(off_m.is_finite());
            score.near += usize::from(off_m <= NEAR_M);
            if let Some(best) = best.filter(|_| off_m > NEAR_M) {
                let read = told(best.feature, off_m);
                evaluation.findings.push(Finding { read, ..about(Fault::Wrong("location")) });
            }
        }
    }
    let mut invented: BTreeSet<&str> = BTreeSet::new();
    for (index, predicted) in predicted.iter().enumerate() {
        let is_known = used.contains(predicted.key.as_str());
        if !is_known && invented.insert(&predicted.key) {
            evaluation.score.places.invented += 1;
            evaluation.findings.push(atlas.invented(Subject::Place, predicted.feature));
        }
        let is_right = if is_known { verdicts.get(&index).copied().flatten() } else { Some(false) };
        evaluation.judgements.extend(Judgement::of(Subject::Place, predicted.feature, is_right));
    }
}

/// A place of the map and how far it is off.
fn told(feature: &Feature, off_m: f64) -> String {
    let title = feature.title();
    match feature.point() {
        Some(at) if off_m.is_finite() => {
            let id = feature.text("gazetteer_id");
            let id = if id.is_empty() { String::new() } else { format!(" {id}") };
            format!("{title}{id} at {:.5} {:.5}, {:.0} km away", at.lon_deg(), at.lat_deg(), off_m / 1000.0)
        }
        _ => match feature.text("reason") {
            "" => format!("{title} without a point"),
            reason => format!("{title} without a point: {reason}"),
        },
    }
}
