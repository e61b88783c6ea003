//! What is known to more people is named more often.

use crate::resolution::candidate::{Candidate, PlaceKind};
use crate::resolution::scene::{Scene, Toponym};

/// Points for ten times the population: a city of a million against a village of a thousand
/// outweighs an exact spelling, but not a neighbour that the article names.
const POINTS_PER_DECADE: f64 = 0.4;

pub fn score(_: &Scene<'_>, _: &Toponym, candidate: &Candidate) -> f64 {
    let kind = match candidate.kind {
        PlaceKind::Country => 4.0,
        PlaceKind::Capital => 3.5,
        PlaceKind::Division => 3.0,
        PlaceKind::Region => 3.0,
        PlaceKind::Seat => 2.5,
        PlaceKind::LowerSeat => 1.5,
        PlaceKind::LowerDivision => 1.0,
        PlaceKind::Airport | PlaceKind::Crossing => 0.8,
        PlaceKind::Settlement | PlaceKind::Camp | PlaceKind::Water | PlaceKind::Mountain | PlaceKind::Area => 0.5,
        PlaceKind::Site => 0.3,
        PlaceKind::Quarter => 0.0,
    };
    // The population of a country or division counts once, in its kind.
    let people = if candidate.kind.is_settlement() { candidate.population } else { 0 };
    kind + POINTS_PER_DECADE * ((people + 1) as f64).log10()
}
