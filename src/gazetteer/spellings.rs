//! The index of transliteration keys as it is laid out: rows of a key's hash u32 and a place u32,
//! sorted.
//!
//! A hash of 32 bits stands for the key: rows stay at eight bytes, and whoever looks a key up
//! compares the spellings of what it finds anyway, so that a chance hit costs a comparison and
//! nothing else. A key of more than [`MOST_PLACES`] places is left out: such a list says nothing,
//! and what shares a sound pattern with hundreds of names is found by its exact key or not at all.

use crate::gazetteer::format;
use crate::text::transliteration::transliteration_keys;

/// Hash of a key in the upper half, place in the lower.
pub type Row = u64;

/// Places of one key, more of which are left out.
pub const MOST_PLACES: usize = 256;

const ROW_LEN: usize = 8;

fn hash(key: &str) -> u32 {
    (format::word_hash(key.as_bytes()) >> 32) as u32
}

/// Adds a row a transliteration key of a place's names.
pub fn add_rows(rows: &mut Vec<Row>, names: &[&str], place: u32) {
    let first = rows.len();
    for name in names {
        for key in transliteration_keys(name) {
            let row = u64::from(hash(&key)) << 32 | u64::from(place);
            if !rows[first..].contains(&row) {
                rows.push(row);
            }
        }
    }
}

/// The bytes of the section.
pub fn section(mut rows: Vec<Row>) -> Vec<u8> {
    rows.sort_unstable();
    let kept = rows.chunk_by(|a, b| a >> 32 == b >> 32).filter(|places| places.len() <= MOST_PLACES).flatten();
    kept.flat_map(|row| ((row >> 32) as u32).to_le_bytes().into_iter().chain((*row as u32).to_le_bytes())).collect()
}

/// The places that may have a name with this key.
pub fn places<'s>(section: &'s [u8], key: &str) -> impl Iterator<Item = u32> + use<'s> {
    let wanted = hash(key);
    let hash_at = move |row: usize| format::read_u32(section, row * ROW_LEN).unwrap_or(u32::MAX);
    let (mut low, mut high) = (0, section.len() / ROW_LEN);
    while low < high {
        let middle = low + (high - low) / 2;
        if hash_at(middle) < wanted {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    (low..section.len() / ROW_LEN)
        .take_while(move |row| hash_at(*row) == wanted)
        .filter_map(move |row| format::read_u32(section, row * ROW_LEN + 4))
}
