//! Names of one article tend to lie in the countries that its other names lie in.

use crate::resolution::candidate::{Candidate, PlaceKind};
use crate::resolution::scene::{Scene, Toponym};

/// For a country that any other name suggests.
const SUGGESTED: f64 = 0.7;

/// On top, for the country that all of them suggest.
const ALL: f64 = 2.3;

pub fn score(scene: &Scene<'_>, toponym: &Toponym, candidate: &Candidate) -> f64 {
    // A country needs no other name from it: articles set countries side by side.
    if candidate.kind == PlaceKind::Country {
        return 0.0;
    }
    let share = candidate.country().map_or(0.0, |country| scene.around(toponym).country_share(country));
    if share > 0.0 { SUGGESTED + ALL * share } else { 0.0 }
}
