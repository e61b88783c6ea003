//! Within a country, names of one article tend to lie in the same first-level divisions.

use crate::resolution::candidate::{Candidate, PlaceKind};
use crate::resolution::scene::{Scene, Toponym};

/// For the division that all other names suggest.
const ALL: f64 = 1.5;

pub fn score(scene: &Scene<'_>, toponym: &Toponym, candidate: &Candidate) -> f64 {
    match candidate.kind {
        // Divisions are named side by side, like countries.
        PlaceKind::Country | PlaceKind::Division | PlaceKind::Region => 0.0,
        _ if candidate.division.1 == 0 => 0.0,
        _ => ALL * scene.around(toponym).division_share(candidate.division),
    }
}
