//! Names that are spelled otherwise: the same sounds in another script or habit, or one letter
//! off.
//!
//! Both are weaker than a name that a source gives, so that whoever asks must have a reason to
//! believe that a name is meant.

use std::collections::BTreeMap;

use super::Gazetteer;
use super::format::Section;
use super::names::NameKind;
use super::spellings;
use crate::model::mention::NameAgreement;
use crate::model::place::PlaceIndex;
use crate::text::key::name_key;
use crate::text::transliteration::{MOST_APART, Spelling, spelling_distance};

/// A place with a name that is spelled like another.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct SimilarName<'g> {
    pub place: PlaceIndex,
    /// The spelling that is nearest to what was asked for.
    pub name: &'g str,
    /// [`NameAgreement::Transliteration`] or [`NameAgreement::OneEdit`].
    pub agreement: NameAgreement,
    /// How far the two are apart, see [`crate::text::transliteration::spelling_distance`].
    pub distance: f64,
}

/// A name of fewer letters has too many neighbours one letter away.
const SHORTEST_EDITED: usize = 5;

/// Arabic leaves short vowels out, so that four of its letters are as many sounds.
const SHORTEST_EDITED_ARABIC: usize = 4;

impl Gazetteer {
    /// Places with a name that sounds like `surface`, nearest first; one entry a place. Names
    /// that share its key but are too far from it are left out.
    pub fn similar_names(&self, surface: &str) -> Vec<SimilarName<'_>> {
        // What is no place's name is no other spelling of one either.
        if self.is_forbidden(&name_key(surface)) {
            return Vec::new();
        }
        let asked = Spelling::of(surface);
        let mut nearest: BTreeMap<PlaceIndex, SimilarName<'_>> = BTreeMap::new();
        for key in asked.keys() {
            for place in self.places_spelled(key) {
                if nearest.contains_key(&place) {
                    continue;
                }
                let Some(row) = self.get(place) else { continue };
                let names = row.names().filter_map(|name| {
                    let distance = asked.distance_within(&Spelling::of(name), MOST_APART)?;
                    Some(SimilarName { place, name, agreement: NameAgreement::Transliteration, distance })
                });
                let names = names.filter(|found| !self.is_forbidden(&name_key(found.name)));
                if let Some(best) = names.min_by(|a, b| a.distance.total_cmp(&b.distance)) {
                    nearest.insert(place, best);
                }
            }
        }
        let mut similar: Vec<SimilarName<'_>> = nearest.into_values().collect();
        similar.sort_by(|a, b| a.distance.total_cmp(&b.distance).then(a.place.cmp(&b.place)));
        similar
    }

    /// The places that may have a name with a transliteration key, in all layers.
    fn places_spelled(&self, key: &str) -> impl Iterator<Item = PlaceIndex> {
        self.layers.iter().enumerate().flat_map(move |(number, layer)| {
            let rows = spellings::places(layer.section(Section::Spellings), key);
            rows.filter(move |row| *row < layer.places() && self.is_shown(number, *row))
                .map(move |row| PlaceIndex(layer.first + row))
        })
    }

    /// The spelling of a place that is nearest to `surface`, `None` where it has none in a script
    /// that can be compared.
    pub fn nearest_spelling(&self, place: PlaceIndex, surface: &str) -> Option<&str> {
        let names = self.get(place)?.names();
        let distances = names.filter_map(|name| Some((name, spelling_distance(name, surface)?)));
        distances.min_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(name, _)| name)
    }

    /// Places with a name one letter away from `surface`, by place; one entry a place. Regular
    /// variants of names do not count: a slip in what no source has written is two steps away.
    pub fn names_one_edit_away(&self, surface: &str) -> Vec<SimilarName<'_>> {
        let key = name_key(surface);
        let is_arabic = key.chars().any(|c| ('\u{0600}'..='\u{06FF}').contains(&c));
        let shortest = if is_arabic { SHORTEST_EDITED_ARABIC } else { SHORTEST_EDITED };
        if key.chars().filter(|c| c.is_alphabetic()).count() < shortest || self.is_forbidden(&key) {
            return Vec::new();
        }
        let mut found = BTreeMap::new();
        for name in self.one_edit(&key) {
            if name.agreement_kind != NameKind::Variant {
                found.entry(name.place).or_insert(SimilarName {
                    place: name.place,
                    name: name.name,
                    agreement: NameAgreement::OneEdit,
                    distance: 1.0,
                });
            }
        }
        found.into_values().collect()
    }
}
