//! The heuristics, one a file, and the order in which they are told.

mod name_agreement;
mod spelling;
mod importance;
mod cue;
mod seat_or_division;
mod country_context;
mod division_context;
mod relation;
mod named_road;
mod proximity;
mod route_coherence;
mod one_sense;

use super::candidate::Candidate;
use super::scene::{Scene, Toponym};

/// One heuristic.
pub struct Pass {
    /// The name that `masar explain` gives it.
    pub name: &'static str,
    /// Whether it looks at other mentions, so that each round must ask it again.
    pub looks_around: bool,
    pub score: fn(&Scene<'_>, &Toponym, &Candidate) -> f64,
}

/// All passes, in order. Their points are added, so that the order is one of telling only.
pub const PASSES: [Pass; 12] = [
    Pass { name: "name agreement", looks_around: false, score: name_agreement::score },
    Pass { name: "spelling", looks_around: false, score: spelling::score },
    Pass { name: "importance", looks_around: false, score: importance::score },
    Pass { name: "cue", looks_around: false, score: cue::score },
    Pass { name: "seat or division", looks_around: true, score: seat_or_division::score },
    Pass { name: "country context", looks_around: true, score: country_context::score },
    Pass { name: "division context", looks_around: true, score: division_context::score },
    Pass { name: "relation", looks_around: true, score: relation::score },
    Pass { name: "named road", looks_around: false, score: named_road::score },
    Pass { name: "proximity", looks_around: true, score: proximity::score },
    Pass { name: "route coherence", looks_around: true, score: route_coherence::score },
    Pass { name: "one sense", looks_around: true, score: one_sense::score },
];

/// How well a place's kind fits the words beside a name, in points.
pub(super) fn cue_points(scene: &Scene<'_>, toponym: &Toponym, candidate: &Candidate) -> f64 {
    cue::score(scene, toponym, candidate)
}

/// How well a place lies where the text says, in points.
pub(super) fn relation_points(scene: &Scene<'_>, toponym: &Toponym, candidate: &Candidate) -> f64 {
    relation::score(scene, toponym, candidate)
}
