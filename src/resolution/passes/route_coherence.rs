//! A stop lies between its neighbours: who goes from A to C by way of B makes no great detour.
//!
//! Places that follow each other in one sentence are read as a way. Where they are none, as in a list,
//! they lie near each other all the same, and the pass says what proximity says.

use crate::resolution::candidate::Candidate;
use crate::resolution::scene::{Scene, Toponym};

/// For a stop that lies on the way.
const ON_THE_WAY: f64 = 1.0;

/// Roads wind: so much longer than the way without the stop may the way over it be.
const WINDING: f64 = 1.3;

/// And so much longer in any case: a village beside the road.
const ASIDE_M: f64 = 10_000.0;

/// Neighbours farther apart than this are no stops of one way.
const LONGEST_LEG_M: f64 = 200_000.0;

pub fn score(scene: &Scene<'_>, toponym: &Toponym, candidate: &Candidate) -> f64 {
    if !candidate.kind.is_local() {
        return 0.0;
    }
    let likely = |at: usize| {
        let others = scene.toponyms.get(at).into_iter().flat_map(Toponym::likely);
        others.filter(|place| place.kind.is_local())
    };
    let on_the_way = toponym.between.iter().map(|(before, after)| {
        let mut fit = 0.0;
        for from in likely(*before) {
            for to in likely(*after).filter(|to| to.place != from.place) {
                let direct_m = from.distance_m(to);
                let over_m = from.distance_m(candidate) + candidate.distance_m(to);
                if direct_m <= LONGEST_LEG_M && over_m <= WINDING * direct_m + ASIDE_M {
                    fit += from.probability * to.probability;
                }
            }
        }
        fit
    });
    ON_THE_WAY * on_the_way.fold(0.0, f64::max)
}
