//! A division and its seat share their name: "Idlib" without "city" is the governorate.
//!
//! A capital or a city of millions is itself (Moscow, Istanbul); so is the seat of a division in
//! a country that the article is not about (Geneva), because its divisions are not spoken of,
//! and that of a division no larger than a district (Jericho), because the town is the more exact
//! answer and hardly another one.

use crate::resolution::candidate::{Candidate, PlaceKind};
use crate::resolution::reading::Reading;
use crate::resolution::scene::{Scene, Toponym};

/// From this many people on, a city is better known than the division named after it.
const METROPOLIS_POPULATION: u64 = 3_000_000;

/// A division at most this large (radius of a circle of its area) is hardly more than its seat.
const SMALL_DIVISION_M: f64 = 20_000.0;

/// The other one of the two must lose whatever else speaks for it: population, a road and near
/// villages speak for both alike, but only the seat has a point to be near to. Together they can
/// come to about six points.
const OTHER: f64 = -8.0;

pub fn score(scene: &Scene<'_>, toponym: &Toponym, candidate: &Candidate) -> f64 {
    let is_seat = |c: &Candidate| c.kind.is_settlement();
    let is_division = |c: &Candidate| c.kind == PlaceKind::Division;
    let (seat, division) = if is_division(candidate) {
        (toponym.candidates.iter().find(|c| is_seat(c) && c.shares_division(candidate)), Some(candidate))
    } else if is_seat(candidate) {
        (Some(candidate), toponym.candidates.iter().find(|c| is_division(c) && c.shares_division(candidate)))
    } else {
        return 0.0;
    };
    let (Some(seat), Some(division)) = (seat, division) else { return 0.0 };
    let means_division = match toponym.reading {
        Reading::Seat => false,
        Reading::Division => true,
        Reading::Open => {
            let around = scene.around(toponym);
            seat.kind != PlaceKind::Capital
                && seat.population < METROPOLIS_POPULATION
                && division.radius_m > SMALL_DIVISION_M
                && (around.is_empty() || seat.country().is_some_and(|country| around.country_share(country) > 0.0))
        }
    };
    if is_division(candidate) == means_division { 0.0 } else { OTHER }
}
