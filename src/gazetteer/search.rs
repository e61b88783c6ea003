//! Looking a name up as a person types it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::Gazetteer;
use super::automaton::State;
use super::layer::Layer;
use super::names::{IndexedName, Postings};
use super::similar::SimilarName;
use crate::model::mention::NameAgreement;
use crate::model::place::{FeatureClass, PlaceIndex};
use crate::text::key::name_key;

/// How a result was found.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum SearchMatch {
    /// The whole query is a name or a regular variant of one.
    Name,
    /// The same sounds as the query, spelled otherwise or in another script.
    Transliteration,
    /// The query is the beginning of a name.
    Prefix,
    /// One letter more, less, other, or two in exchanged order.
    OneEdit,
}

/// One place that a search found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SearchResult<'g> {
    pub place: PlaceIndex,
    /// The spelling that was found.
    pub name: &'g str,
    pub agreement: NameAgreement,
    pub matched: SearchMatch,
}

/// More keys than this are not looked at when a short query begins many names.
const MOST_KEYS: usize = 500;

/// More states of the index than this are not visited in one go. No sound index reaches it.
const MOST_STATES: usize = 200_000;

impl Gazetteer {
    /// Places that a query may mean, best first: whole names before other spellings of them before
    /// beginnings before near misses (tried only when no whole name is found), then agreement, the
    /// distance of other spellings, class and population.
    pub fn search(&self, query: &str) -> Vec<SearchResult<'_>> {
        let query = query.trim();
        let key = name_key(query);
        if key.is_empty() {
            return Vec::new();
        }
        let mut found = BTreeMap::new();
        self.add_results(&mut found, self.names(&key), query, SearchMatch::Name);
        let mut distances = BTreeMap::new();
        if found.is_empty() {
            for SimilarName { place, name, agreement, distance } in self.similar_names(query) {
                found.insert(place, SearchResult { place, name, agreement, matched: SearchMatch::Transliteration });
                // Quarters of a letter: what is nearer still is no better.
                distances.insert(place, (distance * 4.0) as u32);
            }
            for (number, layer) in self.layers.iter().enumerate() {
                let mut add = |offset, matched| {
                    self.add_results(&mut found, Postings::of_layer(self, number, offset), query, matched);
                };
                if let Some(state) = layer.keys.walk(layer.keys.root(), key.as_bytes()) {
                    layer.keys_below(state).into_iter().for_each(|offset| add(offset, SearchMatch::Prefix));
                }
                layer.one_edit(&key).into_iter().for_each(|offset| add(offset, SearchMatch::OneEdit));
            }
        }
        let mut results: Vec<SearchResult<'_>> = found.into_values().collect();
        results.sort_by_key(|result| {
            let place = self.place(result.place);
            let class = class_rank(place.feature_class(), place.feature_code());
            (
                result.matched,
                result.agreement,
                distances.get(&result.place).copied(),
                class,
                Reverse(place.population()),
                result.place,
            )
        });
        results
    }

    /// The names whose key is one edit away.
    pub(super) fn one_edit(&self, key: &str) -> impl Iterator<Item = IndexedName<'_>> {
        self.layers.iter().enumerate().flat_map(move |(number, layer)| {
            let offsets = layer.one_edit(key).into_iter();
            offsets.flat_map(move |offset| Postings::of_layer(self, number, offset))
        })
    }

    /// Keeps the best result of each place.
    fn add_results<'g>(
        &'g self,
        found: &mut BTreeMap<PlaceIndex, SearchResult<'g>>,
        postings: Postings<'g>,
        query: &str,
        matched: SearchMatch,
    ) {
        for IndexedName { place, name, agreement_kind } in postings {
            let agreement = IndexedName { place, name, agreement_kind }.agreement(query);
            let result = SearchResult { place, name, agreement, matched };
            let best = found.entry(place).or_insert_with(|| result.clone());
            if (result.matched, result.agreement) < (best.matched, best.agreement) {
                *best = result;
            }
        }
    }
}

impl Layer {
    /// Offsets of the postings of the keys that go on from a state, the first in their order.
    fn keys_below(&self, state: State) -> Vec<u64> {
        let mut offsets = Vec::new();
        let mut open = vec![state];
        // A damaged index may have ways without number and no key at their ends.
        for _ in 0..MOST_STATES {
            let Some(state) = open.pop().filter(|_| offsets.len() < MOST_KEYS) else { break };
            offsets.extend(self.keys.value(state));
            let above = open.len();
            open.extend(self.keys.ways(state).map(|(_, next)| next));
            open[above..].reverse();
        }
        offsets
    }

    /// Offsets of the postings of every key one edit away (Damerau, on characters).
    fn one_edit(&self, key: &str) -> Vec<u64> {
        let (starts, chars): (Vec<usize>, Vec<char>) = key.char_indices().unzip();
        let mut ends: Vec<State> = Vec::new();
        let mut state = self.keys.root();
        for at in 0..=chars.len() {
            let rest = |from: usize| starts.get(from).and_then(|start| key.get(*start..)).unwrap_or("");
            let mut follow = |from, text: &str| ends.extend(self.keys.walk(from, text.as_bytes()));
            if at < chars.len() {
                follow(state, rest(at + 1));
            }
            if at + 1 < chars.len() {
                follow(state, &format!("{}{}{}", chars[at + 1], chars[at], rest(at + 2)));
            }
            for next in self.next_characters(state) {
                follow(next, rest(at));
                if at < chars.len() {
                    follow(next, rest(at + 1));
                }
            }
            let Some(next) = chars.get(at) else { break };
            match self.keys.walk(state, next.encode_utf8(&mut [0; 4]).as_bytes()) {
                Some(next) => state = next,
                None => break,
            }
        }
        let mut offsets: Vec<u64> = ends.into_iter().filter_map(|state| self.keys.value(state)).collect();
        offsets.sort_unstable();
        offsets.dedup();
        offsets
    }

    /// The states behind each character that can follow a state.
    fn next_characters(&self, state: State) -> Vec<State> {
        let mut found = Vec::new();
        let mut open = vec![(state, None)];
        for _ in 0..MOST_STATES {
            let Some((state, bytes_left)) = open.pop() else { break };
            if bytes_left == Some(0) {
                found.push(state);
                continue;
            }
            for (byte, next) in self.keys.ways(state) {
                let left = match (bytes_left, byte) {
                    (Some(left), _) => left - 1,
                    (None, 0x00..=0x7f) => 0u8,
                    (None, 0x80..=0xdf) => 1,
                    (None, 0xe0..=0xef) => 2,
                    (None, _) => 3,
                };
                open.push((next, Some(left)));
            }
        }
        found
    }
}

/// Countries, then first-level divisions, towns, everything else.
fn class_rank(class: FeatureClass, code: &str) -> u8 {
    match (class, code) {
        (FeatureClass::Administrative, "PCLI") => 0,
        (FeatureClass::Populated, "PPLC") => 1,
        (FeatureClass::Administrative, "ADM1") => 3,
        (FeatureClass::Populated, _) => 2,
        (FeatureClass::Administrative, _) => 4,
        _ => 5,
    }
}
