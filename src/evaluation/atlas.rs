//! One article's gold, ready to be compared.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::feature::Feature;
use super::finding::{Fault, Finding, Subject};
use super::gold::{GoldArticle, GoldPlace};
use super::names::{fold, folded};
use crate::model::coordinate::Coordinate;

/// Distance within which a predicted position is at a gold place, in metres.
const SAME_PLACE_M: f64 = 3_000.0;

/// Gold with its names folded.
pub struct Atlas<'a> {
    pub article: &'a GoldArticle,
    /// Canonical name and folded spellings, in the order of the text: of two places that share a
    /// spelling, a stop of a route is the one named first.
    names: Vec<(&'a str, BTreeSet<String>)>,
    coordinates: BTreeMap<&'a str, Coordinate>,
}

impl<'a> Atlas<'a> {
    pub fn new(article: &'a GoldArticle) -> Self {
        let mut names: Vec<(&str, BTreeSet<String>)> = Vec::new();
        let mut coordinates = BTreeMap::new();
        for place in &article.gold.places {
            let canonical = place.canonical_en.as_str();
            if let Some(coordinate) = place.coordinate() {
                coordinates.insert(canonical, coordinate);
            }
            match names.iter_mut().find(|(known, _)| *known == canonical) {
                Some((_, known)) => *known = spellings(place),
                None => names.push((canonical, spellings(place))),
            }
        }
        Self { article, names, coordinates }
    }

    /// Whether a predicted name, or failing that a point, is the gold place of this name.
    pub fn is_place(&self, canonical: &str, names: &BTreeSet<String>, at: Option<Coordinate>) -> bool {
        let same_name = match self.names.iter().find(|(known, _)| *known == canonical) {
            Some((_, known)) => !known.is_disjoint(names),
            None => names.contains(&fold(canonical)),
        };
        let near = |here: &Coordinate| at.is_some_and(|at| here.distance_m(at) <= SAME_PLACE_M);
        same_name || self.coordinates.get(canonical).is_some_and(near)
    }

    /// The predicted stops by their gold names; a stop that is none of them stays itself.
    pub fn route_of(&self, feature: &Feature) -> Vec<String> {
        let (surfaces, labels) = (feature.list("route_surfaces"), feature.list("route"));
        let stop = |index: usize| {
            let spelled: BTreeSet<String> =
                [surfaces.get(index), labels.get(index)].into_iter().flatten().map(|name| fold(name)).collect();
            match self.names.iter().find(|(_, names)| !names.is_disjoint(&spelled)) {
                Some((canonical, _)) => (*canonical).to_owned(),
                None => spelled.into_iter().next().unwrap_or_else(|| "?".to_owned()),
            }
        };
        (0..surfaces.len().max(labels.len())).map(stop).collect()
    }

    /// A finding about what gold says of these words.
    pub fn about_gold(&self, subject: Subject, fault: Fault, start: Option<usize>, words: &str) -> Finding {
        Finding {
            article: self.article.id.clone(),
            subject,
            fault,
            position: self.article.position(start, words),
            words: words.to_owned(),
            wanted: String::new(),
            read: String::new(),
        }
    }

    /// A finding about a feature that gold does not know.
    pub fn invented(&self, subject: Subject, feature: &Feature) -> Finding {
        let start = feature.evidence().map(|range| range.start);
        let read = feature.title().to_owned();
        Finding { read, ..self.about_gold(subject, Fault::Invented, start, feature.text("evidence")) }
    }
}

/// Every spelling of a gold place, folded.
pub fn spellings(place: &GoldPlace) -> BTreeSet<String> {
    let aliases = place.aliases.iter().map(String::as_str);
    folded([place.surface.as_str(), place.canonical_en.as_str()].into_iter().chain(aliases))
}

/// The titles of the features whose evidence shares a character with these words of gold.
pub fn overlapping<'f>(
    features: impl IntoIterator<Item = &'f &'f Feature>,
    start: Option<usize>,
    words: &str,
) -> String {
    let Some(start) = start else { return String::new() };
    let end = start + words.chars().count();
    let overlaps = |range: Range<usize>| range.start < end && start < range.end;
    let found = features.into_iter().filter(|feature| feature.evidence().is_some_and(overlaps));
    found.map(|feature| feature.title()).collect::<Vec<_>>().join("; ")
}
