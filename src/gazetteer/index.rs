//! The name index as it is laid out: keys in an automaton, postings behind them, and two short
//! cuts for the first word of a name.
//!
//! Walking an automaton costs some tens of nanoseconds a byte, and a scan starts a walk at every
//! word. A bit set rules out most words that begin no name; a hash table leads the others to
//! the state behind their last letter. The table knows a word by its 64-bit hash alone: that a
//! foreign word has the hash of one of a million first words happens once in 10^13 words.

use std::cmp::Ordering;

use crate::gazetteer::automaton::{Automaton, State};
use crate::gazetteer::compile::CompileCounts;
use crate::gazetteer::error::Problem;
use crate::gazetteer::format::{self, word_state, write_varint};

/// One name of one place, waiting to be sorted.
pub struct Entry {
    /// See [`prefix`]; comparing it first spares most looks at the keys, which lie far apart.
    pub prefix: u64,
    pub key_start: u32,
    pub key_len: u16,
    pub kind: NameKindCode,
    pub place: u32,
    /// Where the original spelling starts, counted from the place's first name.
    pub name: u32,
}

/// The first eight bytes of a text, ordered as the texts themselves as far as they go.
pub fn prefix(text: &[u8]) -> u64 {
    let mut first = [0u8; 8];
    for (to, from) in first.iter_mut().zip(text) {
        *to = *from;
    }
    u64::from_be_bytes(first)
}

/// Below this, starting a thread costs more than it saves.
const WORTH_A_THREAD: usize = 100_000;

/// Sorts both halves at the same time and merges them. Items that compare equal must be
/// exchangeable.
pub fn sort_on_two_threads<T: Send>(items: &mut [T], order: impl Fn(&T, &T) -> Ordering + Sync) {
    if items.len() >= WORTH_A_THREAD {
        let (front, back) = items.split_at_mut(items.len() / 2);
        std::thread::scope(|scope| {
            scope.spawn(|| front.sort_unstable_by(&order));
            back.sort_unstable_by(&order);
        });
        // The standard library's stable sort finds the two runs and merges them.
        items.sort_by(&order);
    } else {
        items.sort_unstable_by(&order);
    }
}

/// How a key belongs to a place, as the postings spell it.
pub type NameKindCode = u8;
pub const PRIMARY: NameKindCode = 0;
pub const ALTERNATE: NameKindCode = 1;
pub const VARIANT: NameKindCode = 2;

/// The sections that make up the name index.
pub struct NameIndex {
    pub keys: Vec<u8>,
    pub postings: Vec<u8>,
    pub first_words: Vec<u8>,
    pub words: Vec<u8>,
}

impl NameIndex {
    /// Sorts the names and lays them out; `keys` holds the text of all of them.
    pub fn build(
        keys: Vec<u8>,
        mut entries: Vec<Entry>,
        road_keys: &[(String, u32)],
        counts: &mut CompileCounts,
    ) -> Result<Self, Problem> {
        let key = |entry: &Entry| {
            let start = entry.key_start as usize;
            &keys[start..start + usize::from(entry.key_len)]
        };
        sort_on_two_threads(&mut entries, |a, b| {
            a.prefix
                .cmp(&b.prefix)
                .then_with(|| key(a).cmp(key(b)))
                .then_with(|| (a.place, a.kind, a.name).cmp(&(b.place, b.kind, b.name)))
        });
        let mut map = fst::MapBuilder::memory();
        let mut postings = Vec::new();
        let mut words: Vec<&[u8]> = Vec::new();
        let mut roads = road_keys.iter().peekable();
        let mut groups = entries.chunk_by(|a, b| key(a) == key(b)).peekable();
        loop {
            // Merges the two sorted lists; a key in both becomes one list of postings.
            let group_key = groups.peek().map(|group| key(&group[0]));
            let road_key = roads.peek().map(|(road, _)| road.as_bytes());
            let next = match (group_key, road_key) {
                (None, None) => break,
                (Some(group), Some(road)) => group.min(road),
                (Some(one), None) | (None, Some(one)) => one,
            };
            let group = groups.next_if(|group| key(&group[0]) == next).unwrap_or(&[]);
            let road = roads.next_if(|(road, _)| road.as_bytes() == next).map(|(_, position)| *position);
            map.insert(next, postings.len() as u64).map_err(|_| Problem::TooLarge("name index"))?;
            let first = next.split(|byte| *byte == b' ').next().unwrap_or(next);
            // The keys are sorted, but a space sorts before letters and after nothing else that
            // keys hold, so that the keys of one first word are neighbours.
            if words.last() != Some(&first) {
                words.push(first);
            }
            write_postings(&mut postings, group, road, counts);
            counts.keys += 1;
        }
        let keys_section = map.into_inner().map_err(|_| Problem::TooLarge("name index"))?;
        let first_words = first_words(&words);
        let words = word_states(&words, &keys_section).ok_or(Problem::TooLarge("name index"))?;
        Ok(Self { keys: keys_section, postings, first_words, words })
    }
}

/// Postings of one key: count and road flag, road, then for each the place (as the difference
/// to the one before) and the name with its kind.
fn write_postings(bytes: &mut Vec<u8>, group: &[Entry], road: Option<u32>, counts: &mut CompileCounts) {
    write_varint(bytes, (group.len() as u64) << 1 | u64::from(road.is_some()));
    if let Some(road) = road {
        write_varint(bytes, u64::from(road));
    }
    let mut last = 0;
    for entry in group {
        write_varint(bytes, u64::from(entry.place - last));
        write_varint(bytes, u64::from(entry.name) << 2 | u64::from(entry.kind));
        last = entry.place;
        counts.postings += 1;
        counts.variant_postings += usize::from(entry.kind == VARIANT);
    }
}

/// Sixteen bits a word and two probes let about one word in a hundred through by chance.
fn first_words(words: &[&[u8]]) -> Vec<u8> {
    let bit_count = (words.len() as u64 * 16).next_power_of_two().max(64);
    let mut bits = vec![0u8; (bit_count / 8) as usize];
    for word in words {
        for bit in format::filter_bits(format::word_hash(word), bit_count) {
            bits[(bit / 8) as usize] |= 1 << (bit % 8);
        }
    }
    bits
}

/// A hash table of the states of the name index behind each first word, open addressing, four
/// fifths full; `None` where the index is too large for it.
fn word_states(words: &[&[u8]], keys: &[u8]) -> Option<Vec<u8>> {
    let index = Automaton::new(keys)?;
    let slots = words.len() * 5 / 4 + 1;
    let mut table = vec![0u8; slots * word_state::LEN];
    for word in words {
        let hash = format::word_hash(word);
        let (node, output) = index.walk(index.root(), word)?;
        let mut slot = word_state::first_slot(hash, slots);
        while table[slot * word_state::LEN..][..word_state::LEN].iter().any(|byte| *byte != 0) {
            slot = (slot + 1) % slots;
        }
        let entry = &mut table[slot * word_state::LEN..][..word_state::LEN];
        entry[word_state::HASH..word_state::NODE].copy_from_slice(&hash.to_le_bytes());
        entry[word_state::NODE..word_state::OUTPUT].copy_from_slice(&u32::try_from(node + 1).ok()?.to_le_bytes());
        entry[word_state::OUTPUT..].copy_from_slice(&u32::try_from(output).ok()?.to_le_bytes());
    }
    Some(table)
}

/// The state that a first word leads to. `None` where no name begins with it.
pub fn word_state(table: &[u8], word_hash: u64) -> Option<State> {
    let slots = table.len() / word_state::LEN;
    let mut slot = word_state::first_slot(word_hash, slots);
    for _ in 0..slots {
        let entry = table.get(slot * word_state::LEN..(slot + 1) * word_state::LEN)?;
        let node = format::read_u32(entry, word_state::NODE)?;
        let node = node.checked_sub(1)?;
        if format::read_u64(entry, word_state::HASH)? == word_hash {
            return Some((node as usize, u64::from(format::read_u32(entry, word_state::OUTPUT)?)));
        }
        slot = (slot + 1) % slots;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_threads_sort_as_one_does() {
        let mut items: Vec<u64> =
            (0..2 * WORTH_A_THREAD as u64).map(|n| n.wrapping_mul(0x9e37_79b9_7f4a_7c15)).collect();
        let mut expected = items.clone();
        expected.sort_unstable();
        sort_on_two_threads(&mut items, u64::cmp);
        assert!(items == expected);
    }

    #[test]
    fn prefixes_are_ordered_as_their_texts() {
        let mut texts = ["سراقب", "", "a", "ab", "saraqib", "saraqib town", "سر"];
        texts.sort_unstable();
        assert!(texts.windows(2).all(|pair| prefix(pair[0].as_bytes()) <= prefix(pair[1].as_bytes())));
    }
}
