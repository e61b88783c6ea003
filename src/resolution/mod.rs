//! Toponym resolution: which place a mention means.
//!
//! Every candidate of a mention collects points from an ordered list of passes, each a heuristic
//! of its own; the softmax of the sums is the candidate's probability. Passes that look at the
//! rest of the article run in rounds, each on what the round before believed, so that certain
//! mentions settle the doubtful ones. What each pass gave is kept for `masar explain`.
//!
//! Points are log-odds: one point more makes a reading e times as likely.

pub mod candidate;
pub mod reading;
pub mod scene;
pub mod passes;
mod spelled;
mod decision;

use crate::gazetteer::Gazetteer;
use crate::model::mention::{
    Demonym, MentionKind, RankedCandidate, Resolution, SpatialRelation, ToponymMention, UnresolvedReason,
};
use crate::text::NormalizedText;
use decision::Decision;
use passes::PASSES;
use scene::{Scene, Toponym};

/// The first round rests on each mention alone; the others on what the round before believed of
/// the other mentions. After the third of these hardly anything changes.
const ROUNDS: usize = 4;

/// Readings kept for each mention: enough to explain a decision.
const RANKED_AT_MOST: usize = 10;

/// Resolves every mention; the result has one entry a mention, in the same order.
pub fn resolve(
    text: &NormalizedText,
    mentions: &[ToponymMention],
    relations: &[SpatialRelation],
    demonyms: &[Demonym],
    gazetteer: &Gazetteer,
) -> Vec<Resolution> {
    let mut scene = Scene::new(text, mentions, relations, demonyms, gazetteer);
    for round in 0..ROUNDS {
        scene.look_around();
        // All are scored before any changes, so that their order in the text does not matter.
        let scores: Vec<_> = scene.toponyms.iter().map(|toponym| score(&scene, toponym, round)).collect();
        for (toponym, scores) in scene.toponyms.iter_mut().zip(scores) {
            toponym.take_scores(scores);
        }
    }
    spelled::keep_supported(&mut scene);
    let outcomes: Vec<(Decision, Vec<RankedCandidate>)> =
        scene.toponyms.iter().map(|toponym| (decision::decide(&scene, toponym), ranked(toponym))).collect();
    mentions
        .iter()
        .enumerate()
        .map(|(at, mention)| {
            let outcome = scene.toponym_of.get(at).copied().flatten().and_then(|toponym| outcomes.get(toponym));
            match (&mention.kind, outcome) {
                (MentionKind::Road { .. }, _) => unresolved(UnresolvedReason::Road),
                (_, None) => unresolved(UnresolvedReason::UnknownName),
                (_, Some((Decision::Resolved { place, probability }, ranked))) => {
                    Resolution::Resolved { place: *place, probability: *probability, ranked: ranked.clone() }
                }
                (_, Some((Decision::Unresolved(reason), ranked))) => {
                    Resolution::Unresolved { reason: *reason, ranked: ranked.clone() }
                }
            }
        })
        .collect()
}

fn unresolved(reason: UnresolvedReason) -> Resolution {
    Resolution::Unresolved { reason, ranked: Vec::new() }
}

/// Points of every candidate in every pass.
fn score(scene: &Scene<'_>, toponym: &Toponym, round: usize) -> Vec<[f64; PASSES.len()]> {
    toponym
        .candidates
        .iter()
        .map(|candidate| {
            let mut points = candidate.points;
            for (slot, pass) in points.iter_mut().zip(&PASSES) {
                if round == 0 || pass.looks_around {
                    *slot = (pass.score)(scene, toponym, candidate);
                }
            }
            points
        })
        .collect()
}

fn ranked(toponym: &Toponym) -> Vec<RankedCandidate> {
    let best = toponym.order.iter().take(RANKED_AT_MOST).filter_map(|at| toponym.candidates.get(*at));
    best.map(|candidate| RankedCandidate {
        place: candidate.place,
        score: candidate.score,
        probability: candidate.probability,
        contributions: PASSES
            .iter()
            .zip(candidate.points)
            .filter(|(_, points)| *points != 0.0)
            .map(|(pass, points)| (pass.name, points))
            .collect(),
    })
    .collect()
}
