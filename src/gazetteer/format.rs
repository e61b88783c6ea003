//! The layout of a compiled gazetteer file, shared by the compiler and the reader.
//!
//! All integers are little-endian and unaligned. A file is a header, a table of sections and the
//! sections themselves; everything is read where it lies, so opening a file costs the same
//! whatever its size.
//!
//! ```text
//! header    magic 8, version u32, section count u32, file length u64,
//!           body checksum u64, header checksum u64
//! table     a section: offset u64, length u64, in the order of [`Section`]
//! body      the sections, one after the other
//! ```

/// The first eight bytes of every compiled gazetteer.
pub const MAGIC: [u8; 8] = *b"MASARGAZ";

/// Raised whenever the layout, the name key, the transliteration key or a derived variant
/// changes its meaning.
pub const VERSION: u32 = 3;

pub const HEADER_LEN: usize = 40;
pub const TABLE_ENTRY_LEN: usize = 16;

/// The sections of a file, in the order of its table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Section {
    /// The licence text of the data, UTF-8.
    Licence,
    /// Every string, each after its length as a varint. Offset 0 holds the empty string.
    Strings,
    /// Place records of [`record::LEN`] bytes.
    Places,
    /// Feature codes: string offset u32, class letter u8.
    FeatureCodes,
    /// The name index: key → offset into `Postings`.
    Keys,
    /// See [`super::names`].
    Postings,
    /// A bit set over the first words of all keys.
    FirstWords,
    /// A hash table from first words to states of `Keys`, see [`word_state`].
    Words,
    /// Pairs of grid cell u32 and place u32, sorted.
    Grid,
    /// Places u32, sorted by id.
    Ids,
    /// Rows of country string u32, division string u32 and place u32, sorted by the two texts.
    Divisions,
    /// See [`super::roads`].
    Roads,
    /// Transliteration keys and their places, see [`super::spellings`].
    Spellings,
}

impl Section {
    pub const ALL: [Section; 13] = [
        Section::Licence,
        Section::Strings,
        Section::Places,
        Section::FeatureCodes,
        Section::Keys,
        Section::Postings,
        Section::FirstWords,
        Section::Words,
        Section::Grid,
        Section::Ids,
        Section::Divisions,
        Section::Roads,
        Section::Spellings,
    ];
}

/// Offsets of the fields of a place record.
pub mod record {
    /// String offset u32.
    pub const ID: usize = 0;
    /// Offset u32 into the strings, of the first of `NAME_COUNT` names: English, Arabic (if
    /// there is one), the others.
    pub const NAMES: usize = 4;
    pub const NAME_COUNT: usize = 8;
    /// Position u16 in the table of feature codes.
    pub const FEATURE_CODE: usize = 10;
    /// i32, units of 1e-7 degrees.
    pub const LON: usize = 12;
    pub const LAT: usize = 16;
    pub const COUNTRY: usize = 20;
    pub const ADMIN1: usize = 24;
    pub const SOURCE: usize = 28;
    pub const NOTE: usize = 32;
    /// u64.
    pub const POPULATION: usize = 36;
    /// f64, metres.
    pub const UNCERTAINTY: usize = 44;
    /// u8, 1 where the second name is the Arabic one.
    pub const HAS_ARABIC: usize = 52;
    pub const LEN: usize = 53;
}

/// Offsets of the fields of a slot of [`Section::Words`]. A slot whose node is 0 is free.
pub mod word_state {
    /// u64.
    pub const HASH: usize = 0;
    /// Address of the state plus one, u32.
    pub const NODE: usize = 8;
    /// u32, the sum of the outputs up to it.
    pub const OUTPUT: usize = 12;
    pub const LEN: usize = 16;

    /// Where the search for a hash begins.
    pub fn first_slot(hash: u64, slots: usize) -> usize {
        ((u128::from(hash) * slots as u128) >> 64) as usize
    }
}

/// Bytes of a row of [`Section::FeatureCodes`].
pub const FEATURE_CODE_LEN: usize = 5;

/// Bytes of a row of [`Section::Divisions`].
pub const DIVISION_LEN: usize = 12;

/// Units of a stored degree: seven decimals are about a centimetre.
pub const UNITS_PER_DEGREE: f64 = 1e7;

/// Side of a grid cell in degrees. A tenth is some 11 km of latitude: a query of 15 km touches
/// about four rows of cells, one of 60 km about twelve.
pub const CELL_DEG: f64 = 0.1;
pub const CELL_COLUMNS: u32 = 3600;
pub const CELL_ROWS: u32 = 1800;

/// Row (from the south) and column (from the antimeridian) of the cell of a position.
pub fn cell(lon_deg: f64, lat_deg: f64) -> (u32, u32) {
    let row = ((lat_deg + 90.0) / CELL_DEG).floor().max(0.0) as u32;
    let column = ((lon_deg + 180.0) / CELL_DEG).floor().max(0.0) as u32;
    (row.min(CELL_ROWS - 1), column.min(CELL_COLUMNS - 1))
}

pub fn read_u16(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
}

pub fn read_u32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

pub fn read_i32(bytes: &[u8], at: usize) -> Option<i32> {
    read_u32(bytes, at).map(u32::cast_signed)
}

pub fn read_u64(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..at.checked_add(8)?)?.try_into().ok().map(u64::from_le_bytes)
}

pub fn read_f64(bytes: &[u8], at: usize) -> Option<f64> {
    read_u64(bytes, at).map(f64::from_bits)
}

/// Reads an LEB128 number and moves `at` behind it.
pub fn read_varint(bytes: &[u8], at: &mut usize) -> Option<u64> {
    let (mut value, mut shift) = (0u64, 0);
    loop {
        let byte = *bytes.get(*at)?;
        *at += 1;
        value |= u64::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(value);
        }
        shift += 7;
    }
}

pub fn write_varint(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

/// Reads a text behind its length and moves `at` behind it.
pub fn read_text<'b>(bytes: &'b [u8], at: &mut usize) -> Option<&'b str> {
    let len = usize::try_from(read_varint(bytes, at)?).ok()?;
    let end = at.checked_add(len)?;
    let text = std::str::from_utf8(bytes.get(*at..end)?).ok()?;
    *at = end;
    Some(text)
}

pub fn write_text(bytes: &mut Vec<u8>, text: &str) {
    write_varint(bytes, text.len() as u64);
    bytes.extend_from_slice(text.as_bytes());
}

const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

fn mix(state: u64, word: u64) -> u64 {
    let state = (state ^ word).wrapping_mul(MULTIPLIER);
    state ^ (state >> 29)
}

/// A checksum against damage, not against malice: every change of one byte changes it.
///
/// Four lanes, so that the multiplications overlap; several GB a second.
pub fn checksum(bytes: &[u8]) -> u64 {
    let mut lanes = [1u64, 2, 3, 4];
    let mut blocks = bytes.chunks_exact(32);
    for block in &mut blocks {
        for (lane, word) in lanes.iter_mut().zip(block.chunks_exact(8)) {
            *lane = mix(*lane, word.try_into().map_or(0, u64::from_le_bytes));
        }
    }
    let mut sum = bytes.len() as u64;
    for lane in lanes {
        sum = mix(sum, lane);
    }
    for byte in blocks.remainder() {
        sum = mix(sum, u64::from(*byte));
    }
    sum
}

/// Joins the checksums of two parts that follow each other.
pub fn combine(sum: u64, next: u64) -> u64 {
    mix(sum.rotate_left(17), next)
}

/// The hash of a key's first word for [`Section::FirstWords`].
pub fn word_hash(word: &[u8]) -> u64 {
    let mut hash = word.len() as u64;
    let mut chunks = word.chunks_exact(8);
    for chunk in &mut chunks {
        hash = mix(hash, chunk.try_into().map_or(0, u64::from_le_bytes));
    }
    let mut tail = 0;
    for byte in chunks.remainder() {
        tail = tail << 8 | u64::from(*byte);
    }
    mix(hash, tail)
}

/// The two bits of a bit set of `bit_count` (a power of two) that a hash selects.
pub fn filter_bits(hash: u64, bit_count: u64) -> [u64; 2] {
    let mask = bit_count.wrapping_sub(1);
    [hash & mask, (hash >> 32) & mask]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn varints_and_texts_round_trip() {
        let mut bytes = Vec::new();
        for value in [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX] {
            write_varint(&mut bytes, value);
        }
        write_text(&mut bytes, "سراقب");
        let mut at = 0;
        for value in [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX] {
            assert_eq!(read_varint(&bytes, &mut at), Some(value));
        }
        assert_eq!(read_text(&bytes, &mut at), Some("سراقب"));
        assert_eq!(read_varint(&bytes, &mut at), None);
    }

    #[test]
    fn an_endless_varint_is_refused() {
        assert_eq!(read_varint(&[0xff; 32], &mut 0), None);
    }

    #[test]
    fn every_single_changed_byte_changes_the_checksum() {
        let bytes: Vec<u8> = (0..100).collect();
        let sum = checksum(&bytes);
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 0x10;
            assert_ne!(checksum(&changed), sum, "byte {at}");
        }
        assert_ne!(checksum(&bytes[..99]), sum);
    }

    #[test]
    fn cells_run_from_south_west_to_north_east() {
        assert_eq!(cell(-180.0, -90.0), (0, 0));
        assert_eq!(cell(180.0, 90.0), (CELL_ROWS - 1, CELL_COLUMNS - 1));
    }
}
