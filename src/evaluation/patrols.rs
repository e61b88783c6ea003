//! Patrols: one to one by number, day and route.

use std::collections::BTreeSet;

use super::Evaluation;
use super::atlas::{Atlas, overlapping};
use super::calibration::Judgement;
use super::feature::Feature;
use super::finding::{Fault, Finding, Subject};
use super::gold::GoldPatrol;

/// A pair that shares less than this is no pair.
const LEAST_AGREEMENT: f64 = 1.0;

pub(super) fn compare(evaluation: &mut Evaluation, atlas: &Atlas<'_>, features: &[&Feature]) {
    let wanted: Vec<&GoldPatrol> = atlas.article.gold.patrols.iter().filter(|patrol| patrol.is_reported()).collect();
    let routes: Vec<Vec<String>> = features.iter().map(|feature| atlas.route_of(feature)).collect();
    let (mut taken_wants, mut taken_features) = (BTreeSet::new(), BTreeSet::new());
    for (want_at, feature_at) in pairs(&wanted, features, &routes) {
        if taken_wants.contains(&want_at) || taken_features.contains(&feature_at) {
            continue;
        }
        taken_wants.insert(want_at);
        taken_features.insert(feature_at);
        if let (Some(want), Some(feature), Some(route)) =
            (wanted.get(want_at), features.get(feature_at), routes.get(feature_at))
        {
            // Of several told together no number or day is asked.
            if !want.is_several() {
                compare_pair(evaluation, atlas, want, feature, route);
            }
        }
    }
    let free =
        || features.iter().enumerate().filter(|(at, _)| !taken_features.contains(at)).map(|(_, feature)| feature);
    for (_, want) in wanted.iter().enumerate().filter(|(at, want)| !taken_wants.contains(at) && !want.is_several()) {
        evaluation.score.patrols.missed += 1;
        evaluation.score.patrols_strict.missed += 1;
        let number = want.ordinal.map_or("without a number".to_owned(), |number| format!("no. {number}"));
        let day = want.date.as_deref().unwrap_or("day unknown");
        evaluation.findings.push(Finding {
            wanted: format!("{number}, {day}, {}", worded(&want.route)),
            read: overlapping(free(), want.evidence_start, &want.evidence),
            ..atlas.about_gold(Subject::Patrol, Fault::Missed, want.evidence_start, &want.evidence)
        });
    }
    for feature in free().filter(|feature| feature.is_reported() && !feature.is_several()) {
        evaluation.score.patrols.invented += 1;
        evaluation.score.patrols_strict.invented += 1;
        evaluation.findings.push(atlas.invented(Subject::Patrol, feature));
        evaluation.judgements.extend(Judgement::of(Subject::Patrol, feature, Some(false)));
    }
}

/// Positions of gold runs and features that may be the same, the likeliest first.
fn pairs(wanted: &[&GoldPatrol], features: &[&Feature], routes: &[Vec<String>]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (want_at, want) in wanted.iter().enumerate() {
        let stops: BTreeSet<&str> = want.route.iter().map(String::as_str).collect();
        for (feature_at, (feature, route)) in features.iter().zip(routes).enumerate() {
            let read: BTreeSet<&str> = route.iter().map(String::as_str).collect();
            let (common, all) = (stops.intersection(&read).count(), stops.union(&read).count());
            let overlap = if all == 0 { 0.0 } else { common as f64 / all as f64 };
            let points = |given: bool, points: f64| if given { points } else { 0.0 };
            let mut value = 2.0 * overlap
                + points(want.ordinal.is_some() && feature.counts("ordinal", want.ordinal), 3.0)
                + points(want.date.is_some() && feature.says("date", want.date.as_deref()), 2.0)
                + points(want.count.is_some_and(|count| count > 0) && feature.counts("count", want.count), 3.0);
            // The only run of an article may be told without any of these.
            if value < LEAST_AGREEMENT && all == 0 && wanted.len() == 1 {
                value = LEAST_AGREEMENT;
            }
            if value >= LEAST_AGREEMENT {
                pairs.push((value, want_at, feature_at));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    pairs.into_iter().map(|(_, want, feature)| (want, feature)).collect()
}

fn compare_pair(
    evaluation: &mut Evaluation,
    atlas: &Atlas<'_>,
    want: &GoldPatrol,
    feature: &Feature,
    route: &[String],
) {
    evaluation.score.patrols.right += 1;
    let wanted_actors: BTreeSet<&str> = want.actors.iter().map(String::as_str).collect();
    let same_actors = wanted_actors == feature.list("actors").into_iter().collect();
    let json = |value: Option<&str>| value.map_or("null".to_owned(), |value| format!("\"{value}\""));
    let number = |value: Option<u64>| value.map_or("null".to_owned(), |value| value.to_string());
    let fields = [
        ("date", feature.says("date", want.date.as_deref()), json(want.date.as_deref())),
        ("ordinal", feature.counts("ordinal", want.ordinal), number(want.ordinal)),
        ("actors", same_actors, json(Some(&want.actors.join("; ")))),
        ("road", feature.text("road") == want.road.as_deref().unwrap_or_default(), json(want.road.as_deref())),
        ("route", routes_agree(want, route), worded(&want.route)),
    ];
    let mut strict = true;
    for (name, is_right, wanted) in fields {
        let field = evaluation.score.patrol_fields.entry(name).or_default();
        field.0 += usize::from(is_right);
        field.1 += 1;
        strict &= is_right || matches!(name, "actors" | "road");
        if !is_right {
            evaluation.findings.push(Finding {
                wanted,
                read: if name == "route" { worded(route) } else { feature.quoted(name) },
                ..atlas.about_gold(Subject::Patrol, Fault::Wrong(name), want.evidence_start, &want.evidence)
            });
        }
    }
    evaluation.score.patrols_strict.judge(strict);
    evaluation.judgements.extend(Judgement::of(Subject::Patrol, feature, Some(strict)));
}

fn worded(route: &[String]) -> String {
    if route.is_empty() { "no stops".to_owned() } else { route.join(" → ") }
}

/// Whether two routes are one, stops left out that need not be there.
fn routes_agree(want: &GoldPatrol, read: &[String]) -> bool {
    let needed = |stops: &[String]| -> Vec<String> {
        stops.iter().filter(|stop| !want.optional_via.contains(stop)).cloned().collect()
    };
    let (wanted, mut read) = (needed(&want.route), needed(read));
    wanted == read
        || (want.is_undirected() && {
            read.reverse();
            wanted == read
        })
}
