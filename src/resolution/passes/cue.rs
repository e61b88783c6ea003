//! A word beside the name says what kind of place it is.

use crate::model::mention::PlaceCue;
use crate::resolution::candidate::{Candidate, PlaceKind};
use crate::resolution::scene::{Scene, Toponym};

/// From this many people on a settlement is one that texts call a city.
const CITY_POPULATION: u64 = 10_000;

pub fn score(_: &Scene<'_>, toponym: &Toponym, candidate: &Candidate) -> f64 {
    use PlaceKind::*;
    let Some(cue) = toponym.cue else { return 0.0 };
    let kind = candidate.kind;
    let settled = kind.is_settlement();
    let administrative = matches!(kind, Country | Division | LowerDivision);
    match cue {
        PlaceCue::Settlement if settled => 2.0,
        PlaceCue::Settlement if administrative => -2.5,
        PlaceCue::Settlement => -1.0,
        PlaceCue::City if settled && (kind != Settlement || candidate.population >= CITY_POPULATION) => 2.5,
        // "The city of X" is also said of small towns.
        PlaceCue::City if settled => 1.5,
        PlaceCue::City if administrative => -3.0,
        PlaceCue::City => -1.0,
        PlaceCue::Listed if settled => 1.5,
        PlaceCue::Listed if administrative => -1.5,
        PlaceCue::Listed => 0.0,
        PlaceCue::Neighbourhood if kind == Quarter => 3.0,
        PlaceCue::Neighbourhood => by(settled, administrative),
        PlaceCue::Camp if kind == Camp => 3.0,
        PlaceCue::Camp => by(settled, administrative),
        PlaceCue::Crossing if kind == Crossing => 3.0,
        PlaceCue::Crossing => by(settled, administrative),
        PlaceCue::Airport if kind == Airport => 3.0,
        PlaceCue::Airport => by(settled, administrative),
        PlaceCue::Facility if matches!(kind, Site | Camp | Crossing | Airport) => 2.0,
        PlaceCue::Facility => by(settled, administrative),
        PlaceCue::Mountain if kind == Mountain => 3.0,
        PlaceCue::Mountain => by(settled, administrative),
        PlaceCue::Governorate if kind == Division => 3.0,
        PlaceCue::Governorate if kind == Seat => 0.5,
        PlaceCue::Governorate if kind == Country => -2.0,
        PlaceCue::Governorate => -1.5,
        PlaceCue::District if kind == LowerDivision => 2.5,
        PlaceCue::District if kind == LowerSeat => 1.5,
        PlaceCue::District if matches!(kind, Country | Division) => -1.5,
        PlaceCue::District => 0.0,
        PlaceCue::Countryside if kind == Division => 1.5,
        PlaceCue::Countryside if matches!(kind, LowerDivision | Seat | LowerSeat) => 1.0,
        PlaceCue::Countryside if settled => 0.5,
        PlaceCue::Countryside if kind == Country => -1.0,
        PlaceCue::Countryside => 0.0,
        PlaceCue::Region if matches!(kind, Region | Area | Division | LowerDivision) => 1.0,
        // "The area of X" is said of villages just as well.
        PlaceCue::Region if settled => 0.7,
        PlaceCue::Region => 0.0,
        PlaceCue::Country if kind == Country => 3.0,
        PlaceCue::Country => -2.0,
        PlaceCue::Road => 0.0,
    }
}

/// A site that the gazetteer lacks is meant by the settlement whose name it bears, not by a
/// division or a country.
fn by(settled: bool, administrative: bool) -> f64 {
    if settled {
        0.5
    } else if administrative {
        -2.0
    } else {
        0.0
    }
}
