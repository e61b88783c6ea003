//! Whether the best candidate is good enough, and why not.

use super::candidate::{Candidate, PlaceKind};
use super::reading::Reading;
use super::scene::{Scene, Toponym};
use super::spelled;
use crate::model::calibration;
use crate::model::mention::{NameAgreement, UnresolvedReason};
use crate::model::place::PlaceIndex;

/// Rows this near to each other under one name are one place told by two sources, or a village
/// and its neighbour: either answers the question where.
const SAME_PLACE_M: f64 = 5_000.0;

/// Farther apart than this, a wrong choice puts an event into another region.
const FAR_APART_M: f64 = 25_000.0;

/// A second reading that is at least this fraction as likely as the first is as good as it:
/// nothing in the text decides.
const TIE: f64 = 0.85;

/// Below this, and without a known population, a place is too small to be named out of the blue.
const SMALL_POPULATION: u64 = 5_000;

/// A town of this many people may be named in an article about another country.
const WELL_KNOWN: u64 = 100_000;

/// A small place this near to another one of the article is not out of the blue.
const NEIGHBOURHOOD_M: f64 = 150_000.0;

/// In an article that names nothing else, a name this short is likelier to be a word.
const SHORT_NAME_LETTERS: usize = 3;

/// The outcome for one toponym.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Decision {
    Resolved { place: PlaceIndex, probability: f64 },
    Unresolved(UnresolvedReason),
}

pub(super) fn decide(scene: &Scene<'_>, toponym: &Toponym) -> Decision {
    let Some(best) = toponym.best() else {
        return Decision::Unresolved(UnresolvedReason::UnknownName);
    };
    if toponym.is_guess && !spelled::is_supported(scene, toponym, best) {
        return Decision::Unresolved(UnresolvedReason::OnlySimilar);
    }
    if is_implausible(scene, toponym, best) {
        return Decision::Unresolved(UnresolvedReason::Implausible);
    }
    if is_namesake(scene, toponym, best) {
        return Decision::Unresolved(UnresolvedReason::UnknownName);
    }
    let same = |other: &Candidate| other.distance_m(best) <= SAME_PLACE_M && other.kind != PlaceKind::Division;
    let is_area = !best.kind.is_local();
    let share: f64 = toponym
        .candidates
        .iter()
        .filter(|other| other.place == best.place || (!is_area && same(other)))
        .map(|other| other.probability)
        .sum();
    let rival = toponym.candidates.iter().filter(|other| {
        // A division and a town in it are no contradiction, only more or less exact.
        let nested = other.shares_division(best) && !(other.kind.is_local() && best.kind.is_local());
        !nested && other.distance_m(best) > FAR_APART_M
    });
    let rival = rival.map(|other| other.probability).fold(0.0, f64::max);
    if rival >= TIE * share {
        return Decision::Unresolved(UnresolvedReason::Ambiguous);
    }
    let probability = trust(best.agreement) * calibration::place_probability(share, best.score);
    Decision::Resolved { place: best.place, probability }
}

/// How often the place is meant at all where a name that the article supports is spelled so.
fn trust(agreement: NameAgreement) -> f64 {
    match agreement {
        NameAgreement::Exact | NameAgreement::Folded | NameAgreement::Variant => 1.0,
        NameAgreement::Transliteration => 0.85,
        NameAgreement::OneEdit => 0.65,
    }
}

/// A name that the text says is one ("the villages A, B and C"), of which the gazetteer only
/// knows a bearer in a country that the article is not about: the one meant is not in it.
fn is_namesake(scene: &Scene<'_>, toponym: &Toponym, best: &Candidate) -> bool {
    let around = scene.around(toponym);
    let country_told = best.country().is_some_and(|country| around.country_share(country) > 0.0);
    best.kind.is_local() && toponym.cue.is_some() && best.population < WELL_KNOWN && !around.is_empty() && !country_told
}

/// A tiny place in a country that the article is not about, and not a word that says it is one.
fn is_implausible(scene: &Scene<'_>, toponym: &Toponym, best: &Candidate) -> bool {
    let small = !matches!(
        best.kind,
        PlaceKind::Country | PlaceKind::Division | PlaceKind::Capital | PlaceKind::Seat | PlaceKind::Region
    ) && best.population < SMALL_POPULATION;
    let told = toponym.cue.is_some() || !toponym.links.is_empty() || toponym.reading == Reading::Seat;
    if !small || told {
        return false;
    }
    let around = scene.around(toponym);
    if around.is_empty() {
        let letters = toponym.key.chars().filter(|c| c.is_alphabetic()).count();
        return best.agreement == NameAgreement::Variant || letters <= SHORT_NAME_LETTERS;
    }
    let country_told = best.country().is_some_and(|country| around.country_share(country) > 0.0);
    let has_neighbour = || {
        let others = scene.others(toponym).filter_map(Toponym::best).filter(|other| other.kind.is_local());
        others.into_iter().any(|other| other.distance_m(best) <= NEIGHBOURHOOD_M)
    };
    !country_told && !has_neighbour()
}
