//! Looking a name up as a person types it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use fst::raw::CompiledAddr;

use super::Gazetteer;
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
            let root = (self.keys.root().addr(), 0);
            if let Some(state) = self.walk(root, key.as_bytes()) {
                let mut left = MOST_KEYS;
                self.each_key_below(state, &mut left, &mut |offset| {
                    self.add_results(&mut found, Postings::new(self, offset), query, SearchMatch::Prefix);
                });
            }
            for postings in self.one_edit(&key) {
                self.add_results(&mut found, postings, query, SearchMatch::OneEdit);
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

    fn each_key_below(&self, state: (CompiledAddr, u64), left: &mut usize, each: &mut impl FnMut(u64)) {
        let node = self.keys.node(state.0);
        if *left == 0 {
            return;
        }
        if node.is_final() {
            each(state.1 + node.final_output().value());
            *left -= 1;
        }
        for transition in node.transitions() {
            self.each_key_below((transition.addr, state.1 + transition.out.value()), left, each);
        }
    }

    /// The postings of every key one edit away (Damerau, on characters).
    pub(super) fn one_edit(&self, key: &str) -> Vec<Postings<'_>> {
        self.offsets_one_edit_away(key).into_iter().map(|offset| Postings::new(self, offset)).collect()
    }

    fn offsets_one_edit_away(&self, key: &str) -> Vec<u64> {
        let chars: Vec<char> = key.chars().collect();
        let mut ends: Vec<(CompiledAddr, u64)> = Vec::new();
        let mut state = (self.keys.root().addr(), 0);
        for at in 0..=chars.len() {
            let rest = |from: usize| chars.get(from..).unwrap_or(&[]).iter().collect::<String>();
            let mut follow = |from, text: String| ends.extend(self.walk(from, text.as_bytes()));
            if at < chars.len() {
                follow(state, rest(at + 1));
            }
            if at + 1 < chars.len() {
                follow(state, format!("{}{}{}", chars[at + 1], chars[at], rest(at + 2)));
            }
            for next in self.next_characters(state) {
                follow(next, rest(at));
                if at < chars.len() {
                    follow(next, rest(at + 1));
                }
            }
            let Some(next) = chars.get(at) else { break };
            match self.walk(state, next.encode_utf8(&mut [0; 4]).as_bytes()) {
                Some(next) => state = next,
                None => break,
            }
        }
        let mut offsets: Vec<u64> = ends
            .into_iter()
            .map(|(address, output)| (self.keys.node(address), output))
            .filter(|(node, _)| node.is_final())
            .map(|(node, output)| output + node.final_output().value())
            .collect();
        offsets.sort_unstable();
        offsets.dedup();
        offsets
    }

    /// The states behind each character that can follow a state.
    fn next_characters(&self, state: (CompiledAddr, u64)) -> Vec<(CompiledAddr, u64)> {
        let mut found = Vec::new();
        let mut open = vec![(state, 0usize, true)];
        while let Some((state, continuation_bytes, first)) = open.pop() {
            if !first && continuation_bytes == 0 {
                found.push(state);
                continue;
            }
            for transition in self.keys.node(state.0).transitions() {
                let next = (transition.addr, state.1 + transition.out.value());
                let left = match transition.inp {
                    _ if !first => continuation_bytes - 1,
                    0x00..=0x7f => 0,
                    0x80..=0xdf => 1,
                    0xe0..=0xef => 2,
                    _ => 3,
                };
                open.push((next, left, false));
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
