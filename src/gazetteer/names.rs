//! The name index: a walk over folded words, and the places behind a key.

use smallvec::SmallVec;

use super::Gazetteer;
use super::automaton::State;
use super::format::{Section, read_varint};
use super::index::{ALTERNATE, PRIMARY};
use super::layer::Layer;
use super::place::Place;
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
    /// One for each layer that has the key, lowest first.
    lists: SmallVec<[List<'g>; 2]>,
    /// The list that is being read.
    at: usize,
}

/// What one layer has behind a key.
#[derive(Clone, Copy)]
pub(super) struct List<'g> {
    layer: &'g Layer,
    number: usize,
    at: usize,
    left: u64,
    row: u32,
    road: Option<u32>,
}

impl<'g> List<'g> {
    pub(super) fn new(layer: &'g Layer, number: usize, offset: u64) -> Option<Self> {
        let bytes = layer.section(Section::Postings);
        let mut at = usize::try_from(offset).ok()?;
        let head = read_varint(bytes, &mut at)?;
        let road = match head & 1 {
            0 => None,
            _ => Some(u32::try_from(read_varint(bytes, &mut at)?).ok()?),
        };
        Some(Self { layer, number, at, left: head >> 1, row: 0, road })
    }

    /// Whether a row has the name.
    pub(super) fn has_row(mut self, row: u32) -> bool {
        while self.skip().is_some() {
            if self.row >= row {
                return self.row == row;
            }
        }
        false
    }

    /// Moves to the next row and returns the number of its name, with the kind.
    fn skip(&mut self) -> Option<u64> {
        self.left = self.left.checked_sub(1)?;
        let bytes = self.layer.section(Section::Postings);
        let step = read_varint(bytes, &mut self.at)?;
        let name = read_varint(bytes, &mut self.at)?;
        self.row = u32::try_from(u64::from(self.row).checked_add(step)?).ok()?;
        Some(name)
    }

    /// The next row with the name and how it belongs there, hidden or not.
    fn next(&mut self) -> Option<IndexedName<'g>> {
        let name = self.skip()?;
        let agreement_kind = match (name & 3) as u8 {
            PRIMARY => NameKind::Primary,
            ALTERNATE => NameKind::Alternate,
            _ => NameKind::Variant,
        };
        let place = Place::of(self.layer, self.row)?;
        Some(IndexedName { place: place.index(), name: place.name_at(name >> 2)?, agreement_kind })
    }
}

impl<'g> Postings<'g> {
    fn none(gazetteer: &'g Gazetteer) -> Self {
        Self { gazetteer, lists: SmallVec::new(), at: 0 }
    }

    /// The postings at an offset of one layer.
    pub(super) fn of_layer(gazetteer: &'g Gazetteer, number: usize, offset: u64) -> Self {
        let mut postings = Self::none(gazetteer);
        postings.add(number, offset);
        postings
    }

    fn add(&mut self, number: usize, offset: u64) {
        let withheld = &self.gazetteer.withheld;
        let mut list = self.gazetteer.layers.get(number).and_then(|layer| List::new(layer, number, offset));
        if let Some(list) = list.as_mut().filter(|_| !withheld.is_empty() && withheld.contains(&(number, offset))) {
            // A road keeps the name.
            list.left = 0;
        }
        self.lists.extend(list);
    }

    /// The reference of the road that bears the name too.
    pub fn road(&self) -> Option<&'g str> {
        let own = self.lists.iter().rev().find_map(|list| Some((list.number, list.road?)))?;
        self.gazetteer.road_of_layer(own.0, own.1).map(|road| road.reference.as_str())
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
        loop {
            let list = self.lists.get_mut(self.at)?;
            match list.next() {
                Some(name) if self.gazetteer.is_shown(list.number, list.row) => return Some(name),
                Some(_) => {}
                None => self.at += 1,
            }
        }
    }
}

/// A walk through the name index, one folded word at a time.
///
/// It is a few words large and cheap to clone, so a scan can hold one for each reading of a word.
///
/// ```
/// # use masar::gazetteer::Gazetteer;
/// let mut walk = Gazetteer::embedded().name_walk();
/// assert!(walk.push("جسر") && walk.push("الشغور"));
/// assert!(walk.matches().is_some());
/// assert!(!walk.push("قال"));
/// ```
#[derive(Clone)]
pub struct NameWalk<'g> {
    gazetteer: &'g Gazetteer,
    /// In the lowest layer, which is often the only one.
    lowest: WalkState,
    /// In the layers above it.
    above: SmallVec<[WalkState; 3]>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum WalkState {
    Start,
    At(State),
    /// No name begins like this.
    Dead,
}

impl WalkState {
    /// Goes on by a word; `false` when no name does.
    fn push(&mut self, layer: &Layer, folded_token: &str) -> bool {
        let next = match *self {
            Self::Start => layer.first_word(folded_token),
            Self::At(state) => {
                layer.keys.walk(state, b" ").and_then(|state| layer.keys.walk(state, folded_token.as_bytes()))
            }
            Self::Dead => None,
        };
        *self = next.map_or(Self::Dead, Self::At);
        next.is_some()
    }

    fn postings(&self, layer: &Layer) -> Option<u64> {
        match *self {
            Self::At(state) => layer.keys.value(state),
            Self::Start | Self::Dead => None,
        }
    }
}

impl<'g> NameWalk<'g> {
    /// Feeds the next word of a name. Returns `false` when no name begins with the words fed so
    /// far; the walk is over then and finds nothing any more.
    pub fn push(&mut self, folded_token: &str) -> bool {
        let [lowest, above @ ..] = self.gazetteer.layers.as_slice() else { return false };
        let mut alive = self.lowest.push(lowest, folded_token);
        for (state, layer) in self.above.iter_mut().zip(above) {
            alive |= state.push(layer, folded_token);
        }
        alive
    }

    /// The places whose name is exactly the words fed so far, and `None` where there is none.
    /// A road alone may bear the name, or rows that are hidden: there are no places then either.
    pub fn matches(&self) -> Option<Postings<'g>> {
        let states = std::iter::once(&self.lowest).chain(&self.above);
        let mut postings = Postings::none(self.gazetteer);
        for (number, (state, layer)) in states.zip(&self.gazetteer.layers).enumerate() {
            if let Some(offset) = state.postings(layer) {
                postings.add(number, offset);
            }
        }
        (!postings.lists.is_empty()).then_some(postings)
    }
}

impl Gazetteer {
    /// Starts a walk through the name index.
    pub fn name_walk(&self) -> NameWalk<'_> {
        let above = smallvec::smallvec![WalkState::Start; self.layers.len().saturating_sub(1)];
        NameWalk { gazetteer: self, lowest: WalkState::Start, above }
    }

    /// The places behind a name key ([`crate::text::key::name_key`]).
    pub fn names(&self, key: &str) -> Postings<'_> {
        let mut postings = Postings::none(self);
        for (number, layer) in self.layers.iter().enumerate() {
            if let Some(offset) = layer.keys.get(key.as_bytes()) {
                postings.add(number, offset);
            }
        }
        postings
    }

    /// How many keys the name indices of its layers hold, one that several hold counted for each.
    pub fn key_count(&self) -> usize {
        self.layers.iter().map(|layer| layer.keys.key_count()).sum()
    }
}
