//! The name index: a walk over folded words, and the places behind a key.

use fst::raw::CompiledAddr;

use super::Gazetteer;
use super::format::{self, Section, read_varint};
use super::index::{self, ALTERNATE, PRIMARY};
use crate::model::mention::{Candidate, NameAgreement};
use crate::model::place::PlaceIndex;

/// How a name belongs to a place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum NameKind {
    /// Its English or Arabic name.
    Primary,
    /// Another spelling that a source gives.
    Alternate,
    /// Derived by rule from one of these.
    Variant,
}

/// One place that bears a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct IndexedName<'g> {
    pub place: PlaceIndex,
    /// The original spelling; for a variant, the one it was derived from.
    pub name: &'g str,
    pub agreement_kind: NameKind,
}

impl IndexedName<'_> {
    /// How the name agrees with a surface of the same key.
    pub fn agreement(&self, surface: &str) -> NameAgreement {
        match self.agreement_kind {
            NameKind::Variant => NameAgreement::Variant,
            _ if self.name == surface => NameAgreement::Exact,
            _ => NameAgreement::Folded,
        }
    }
}

/// The places behind one key, in the order of their index. A place with several spellings of
/// one key comes once a spelling; [`Postings::candidates`] comes once a place.
#[derive(Clone)]
pub struct Postings<'g> {
    gazetteer: &'g Gazetteer,
    at: usize,
    left: u64,
    place: u32,
    road: Option<u32>,
}

impl<'g> Postings<'g> {
    fn none(gazetteer: &'g Gazetteer) -> Self {
        Self { gazetteer, at: 0, left: 0, place: 0, road: None }
    }

    pub(super) fn new(gazetteer: &'g Gazetteer, offset: u64) -> Self {
        let bytes = gazetteer.section(Section::Postings);
        let read = || {
            let mut at = usize::try_from(offset).ok()?;
            let head = read_varint(bytes, &mut at)?;
            let road = match head & 1 {
                0 => None,
                _ => Some(u32::try_from(read_varint(bytes, &mut at)?).ok()?),
            };
            Some(Self { gazetteer, at, left: head >> 1, place: 0, road })
        };
        read().unwrap_or(Self::none(gazetteer))
    }

    /// The reference of the road that bears the name too.
    pub fn road(&self) -> Option<&'g str> {
        self.gazetteer.roads().get(self.road? as usize).map(|road| road.reference.as_str())
    }

    /// One candidate a place, with the best agreement of its spellings with the surface.
    pub fn candidates(self, surface: &str) -> Vec<Candidate> {
        let mut candidates: Vec<Candidate> = Vec::new();
        let gazetteer = self.gazetteer;
        for name in self {
            let agreement = name.agreement(surface);
            match candidates.last_mut() {
                Some(last) if last.place == name.place => last.agreement = last.agreement.min(agreement),
                _ => {
                    let division = gazetteer.place(name.place).feature_code() == "ADM1";
                    candidates.push(Candidate { place: name.place, agreement, division });
                }
            }
        }
        candidates
    }
}

impl<'g> Iterator for Postings<'g> {
    type Item = IndexedName<'g>;

    fn next(&mut self) -> Option<IndexedName<'g>> {
        self.left = self.left.checked_sub(1)?;
        let bytes = self.gazetteer.section(Section::Postings);
        let step = read_varint(bytes, &mut self.at)?;
        let name = read_varint(bytes, &mut self.at)?;
        self.place = u32::try_from(u64::from(self.place).checked_add(step)?).ok()?;
        let place = PlaceIndex(self.place);
        let agreement_kind = match (name & 3) as u8 {
            PRIMARY => NameKind::Primary,
            ALTERNATE => NameKind::Alternate,
            _ => NameKind::Variant,
        };
        Some(IndexedName { place, name: self.gazetteer.get(place)?.name_at(name >> 2)?, agreement_kind })
    }
}

/// A walk through the name index, one folded word at a time.
///
/// It is a few words large and cheap to copy, so a scan can hold one for each reading of a word.
///
/// ```
/// # use masar::gazetteer::Gazetteer;
/// let mut walk = Gazetteer::embedded().name_walk();
/// assert!(walk.push("جسر") && walk.push("الشغور"));
/// assert!(walk.matches().is_some());
/// assert!(!walk.push("قال"));
/// ```
#[derive(Clone, Copy)]
pub struct NameWalk<'g> {
    gazetteer: &'g Gazetteer,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    At {
        node: CompiledAddr,
        output: u64,
    },
    /// No name begins like this.
    Dead,
}

impl<'g> NameWalk<'g> {
    /// Feeds the next word of a name. Returns `false` when no name begins with the words fed so
    /// far; the walk is over then and finds nothing any more.
    pub fn push(&mut self, folded_token: &str) -> bool {
        let next = match self.state {
            State::Start => self.gazetteer.first_word(folded_token),
            State::At { node, output } => {
                let spaced = self.gazetteer.walk((node, output), b" ");
                spaced.and_then(|state| self.gazetteer.walk(state, folded_token.as_bytes()))
            }
            State::Dead => None,
        };
        self.state = next.map_or(State::Dead, |(node, output)| State::At { node, output });
        next.is_some()
    }

    /// The places whose name is exactly the words fed so far, and `None` where there is none.
    pub fn matches(&self) -> Option<Postings<'g>> {
        let State::At { node, output } = self.state else { return None };
        let node = self.gazetteer.keys.node(node);
        node.is_final().then(|| Postings::new(self.gazetteer, output + node.final_output().value()))
    }
}

impl Gazetteer {
    /// Starts a walk through the name index.
    pub fn name_walk(&self) -> NameWalk<'_> {
        NameWalk { gazetteer: self, state: State::Start }
    }

    /// The places behind a name key ([`crate::text::key::name_key`]).
    pub fn names(&self, key: &str) -> Postings<'_> {
        match self.keys.get(key) {
            Some(output) => Postings::new(self, output.value()),
            None => Postings::none(self),
        }
    }

    /// How many keys the name index holds.
    pub fn key_count(&self) -> usize {
        self.keys.len()
    }

    /// The state behind a first word, see [`super::index`].
    fn first_word(&self, word: &str) -> Option<(CompiledAddr, u64)> {
        let bits = self.section(Section::FirstWords);
        let hash = format::word_hash(word.as_bytes());
        let [one, other] = format::filter_bits(hash, self.first_words_bits);
        let is_set = |bit: u64| bits.get((bit / 8) as usize).is_some_and(|byte| byte >> (bit % 8) & 1 == 1);
        if !is_set(one) || !is_set(other) {
            return None;
        }
        index::word_state(self.section(Section::Words), hash)
    }

    /// Follows bytes from a state of the index; `None` where no key goes on so.
    pub(super) fn walk(&self, from: (CompiledAddr, u64), bytes: &[u8]) -> Option<(CompiledAddr, u64)> {
        index::walk(&self.keys, from, bytes)
    }
}
