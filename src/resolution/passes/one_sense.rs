//! One name means one place throughout an article, with and without "the town of" before it.

use crate::resolution::candidate::Candidate;
use crate::resolution::scene::{Scene, Toponym};

/// For what the same name means elsewhere in the article.
const SAME: f64 = 2.0;

/// For the division of that place, or the seat of that division: the words beside each mention
/// decide between these two, see [`super::seat_or_division`].
const SAME_DIVISION: f64 = 1.5;

pub fn score(scene: &Scene<'_>, toponym: &Toponym, candidate: &Candidate) -> f64 {
    let mut most: f64 = 0.0;
    let siblings = scene.toponyms.iter().filter(|other| {
        other.surface == toponym.surface
            && (other.cue, other.reading) != (toponym.cue, toponym.reading)
            && (toponym.is_guess || !other.is_guess)
    });
    for place in siblings.flat_map(Toponym::likely) {
        if place.place == candidate.place {
            most = most.max(SAME * place.probability);
        } else if place.shares_division(candidate) {
            most = most.max(SAME_DIVISION * place.probability);
        }
    }
    most
}
