//! Names that the gazetteer lacks as they are written, and has in another spelling.
//!
//! Recognition finds such a name by its context alone. What is spelled like it becomes a
//! candidate, and is believed only where the article supports it: a village of a similar name is
//! easily found somewhere, and a wrong place is worse than none. Nothing else in the article is
//! resolved by such a guess.

use std::collections::BTreeSet;

use super::candidate::{Candidate, PlaceKind};
use super::passes;
use super::scene::{Scene, Toponym};
use crate::gazetteer::Gazetteer;
use crate::gazetteer::similar::SimilarName;
use crate::model::mention::{NameAgreement, ToponymMention};
use crate::model::place::PlaceIndex;
use crate::recognition::names::unknown::UNLOCATED;

/// Candidates of one kind that are looked at, nearest spellings first.
const MOST_CANDIDATES: usize = 64;

/// Points of the cue from which a place is of the kind that the words beside its name tell, or
/// can stand for it: a crossing is where the village is whose name it bears.
const CUE_FITS: f64 = 0.5;

/// The same where a slip must be believed: what can only stand for it is not enough.
const CUE_FITS_EXACTLY: f64 = 1.0;

/// Points of a stated relation from which a place lies where the text says.
const RELATION_FITS: f64 = 2.0;

/// How much of what the other names say must be about a place's country.
const COUNTRY_SHARE: f64 = 0.4;

/// A place of the same sounds lies this near to another one of the article.
const NEIGHBOURHOOD_M: f64 = 60_000.0;

/// A slip of one letter is believed only in the midst of the article's places.
const NEAR_NEIGHBOURHOOD_M: f64 = 30_000.0;

/// Of spellings that are further apart than this the same is asked as of a slip.
const CLOSE_SPELLING: f64 = 0.5;

/// The candidates of a mention without a name of the gazetteer.
pub(super) fn candidates(gazetteer: &Gazetteer, mention: &ToponymMention, surface: &str) -> Vec<Candidate> {
    // What the lexicon knows to lie nowhere in the gazetteer is not looked for.
    if mention.rule == UNLOCATED {
        return Vec::new();
    }
    let mut taken: BTreeSet<PlaceIndex> = BTreeSet::new();
    let mut candidates = Vec::new();
    let mut add = |similar: Vec<SimilarName<'_>>| {
        for name in similar.into_iter().take(MOST_CANDIDATES) {
            if let Some(place) = gazetteer.get(name.place).filter(|_| taken.insert(name.place)) {
                candidates.push(Candidate::spelled(place, name.agreement, name.distance));
            }
        }
    };
    add(gazetteer.similar_names(surface));
    add(gazetteer.names_one_edit_away(surface));
    candidates
}

/// Keeps the candidates that the article supports, where there are any.
pub(super) fn keep_supported(scene: &mut Scene<'_>) {
    let supported: Vec<Option<Vec<bool>>> = scene
        .toponyms
        .iter()
        .map(|toponym| {
            toponym.is_guess.then(|| toponym.candidates.iter().map(|c| is_supported(scene, toponym, c)).collect())
        })
        .collect();
    for (toponym, supported) in scene.toponyms.iter_mut().zip(supported) {
        let Some(supported) = supported.filter(|supported| supported.contains(&true)) else { continue };
        let mut flags = supported.iter();
        toponym.candidates.retain(|_| *flags.next().unwrap_or(&false));
        toponym.order = (0..toponym.candidates.len()).collect();
        let points = toponym.candidates.iter().map(|candidate| candidate.points).collect();
        toponym.take_scores(points);
    }
}

/// Whether the article has a reason to mean this place: its kind fits the words beside the name,
/// and it lies where the text says or among the other places, in a country told of.
pub(super) fn is_supported(scene: &Scene<'_>, toponym: &Toponym, candidate: &Candidate) -> bool {
    let kind_fits = match toponym.cue {
        Some(_) => candidate.kind.is_local() && passes::cue_points(scene, toponym, candidate) >= CUE_FITS,
        None => candidate.kind.is_settlement(),
    };
    let around = scene.around(toponym);
    let country_told = candidate.country().is_some_and(|country| around.country_share(country) >= COUNTRY_SHARE);
    if !kind_fits || !country_told {
        return false;
    }
    let others = || scene.others(toponym).filter_map(Toponym::best);
    let neighbour_within =
        |reach_m: f64| others().any(|other| other.kind.is_local() && other.distance_m(candidate) <= reach_m);
    let located = passes::relation_points(scene, toponym, candidate) >= RELATION_FITS;
    // Every town has quarters of the same few names.
    let sounds_alike = candidate.agreement == NameAgreement::Transliteration
        && candidate.apart <= CLOSE_SPELLING
        && candidate.kind != PlaceKind::Quarter;
    if sounds_alike {
        return located || neighbour_within(NEIGHBOURHOOD_M);
    }
    // An article that names the place itself does not misspell it as well.
    let named = others().any(|other| other.place == candidate.place);
    let is_told = match toponym.cue {
        Some(_) => passes::cue_points(scene, toponym, candidate) >= CUE_FITS_EXACTLY,
        None => located,
    };
    !named && is_told && neighbour_within(NEAR_NEIGHBOURHOOD_M)
}
