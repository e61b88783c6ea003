//! Places of one article lie near each other.

use crate::resolution::candidate::Candidate;
use crate::resolution::scene::{Scene, Toponym};

/// For a place in the middle of many others.
const MOST: f64 = 3.0;

/// Over this distance the tie between two places falls to a third: the span of a district.
const DECAY_M: f64 = 30_000.0;

/// Beyond this it is nothing.
const REACH_M: f64 = 150_000.0;

pub fn score(scene: &Scene<'_>, toponym: &Toponym, candidate: &Candidate) -> f64 {
    if !candidate.kind.is_local() {
        return 0.0;
    }
    let mut ties = 0.0;
    for other in scene.others(toponym) {
        let mut tie = 0.0;
        for place in other.likely().filter(|place| place.kind.is_local()) {
            let distance_m = candidate.distance_m(place);
            if distance_m < REACH_M {
                tie += place.probability * (-distance_m / DECAY_M).exp();
            }
        }
        ties += other.weight.min(1.0) * tie;
    }
    // The second neighbour adds less than the first.
    MOST * ties / (ties + 1.0)
}
