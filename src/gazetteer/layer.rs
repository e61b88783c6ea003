//! One compiled file of a gazetteer, read where it lies.
//!
//! A layer knows its own rows alone: which of them a later layer hides is asked of the
//! [`super::Gazetteer`] that stacks them.

use std::fs::File;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use fst::raw::CompiledAddr;

use super::bytes::{self, Bytes, Part, Parts};
use super::error::{GazetteerError, OpenError};
use super::format::{self, CELL_COLUMNS, CELL_DEG, DIVISION_LEN, Section, read_u32, record};
use super::index;
use crate::model::coordinate::Coordinate;

/// A compiled file and its position in the stack.
pub(super) struct Layer {
    /// What a person calls it: `embedded`, or the path that was typed.
    pub name: String,
    parts: Parts,
    pub keys: fst::raw::Fst<Part>,
    first_words_bits: u64,
    places: u32,
    /// The index of its first place in the stack.
    pub first: u32,
    /// Whether the stack holds nothing else.
    pub alone: bool,
    /// Which of its rows are hidden; `None` where none can be.
    pub marks: Option<Marks>,
}

/// A state of the name index: its address and the sum of the outputs up to it.
pub(super) type State = (CompiledAddr, u64);

impl Layer {
    /// The file that is part of the program. Its checksum is not looked at: that would read all
    /// of it at every start.
    pub fn from_static(name: &str, bytes: &'static [u8]) -> Result<Self, GazetteerError> {
        Self::new(name, bytes::sections(&Bytes::Static(bytes))?)
    }

    pub fn from_bytes(name: &str, bytes: Vec<u8>) -> Result<Self, GazetteerError> {
        let layer = Self::new(name, bytes::sections(&Bytes::owned(bytes))?)?;
        layer.check()?;
        Ok(layer)
    }

    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let io = |source| OpenError::Io { path: path.to_owned(), source };
        let file = File::open(path).map_err(io)?;
        // An empty file cannot be mapped on every system.
        let bytes = match file.metadata().map_err(io)?.len() {
            0 => Bytes::owned(Vec::new()),
            _ => Bytes::map(&file).map_err(io)?,
        };
        bytes::sections(&bytes)
            .and_then(|parts| Self::new(&path.display().to_string(), parts))
            .map_err(|source| OpenError::Gazetteer { path: path.to_owned(), source })
    }

    fn new(name: &str, parts: Parts) -> Result<Self, GazetteerError> {
        let part = |section: Section| parts[section as usize].clone();
        let keys = fst::raw::Fst::new(part(Section::Keys)).map_err(|_| GazetteerError::Damaged("name index"))?;
        let first_words_bits = part(Section::FirstWords).as_ref().len() as u64 * 8;
        if !first_words_bits.is_power_of_two() {
            return Err(GazetteerError::Damaged("first words"));
        }
        let bytes = part(Section::Places).as_ref().len();
        let places = u32::try_from(bytes / record::LEN).map_err(|_| GazetteerError::Damaged("places"))?;
        if !bytes.is_multiple_of(record::LEN) {
            return Err(GazetteerError::Damaged("places"));
        }
        let name = name.to_owned();
        Ok(Self { name, parts, keys, first_words_bits, places, first: 0, alone: true, marks: None })
    }

    /// Reads all of it and compares the checksum that was taken when it was compiled.
    pub fn check(&self) -> Result<(), GazetteerError> {
        let sum = self.parts.iter().fold(0, |sum, part| format::combine(sum, format::checksum(part.as_ref())));
        match self.parts[0].body_checksum() {
            Some(expected) if expected == sum => Ok(()),
            _ => Err(GazetteerError::Damaged("checksum")),
        }
    }

    pub fn section(&self, section: Section) -> &[u8] {
        self.parts[section as usize].as_ref()
    }

    /// How many rows it has.
    pub fn places(&self) -> u32 {
        self.places
    }

    /// The bytes of a row.
    pub fn record(&self, row: u32) -> Option<&[u8]> {
        let start = (row as usize).checked_mul(record::LEN)?;
        self.section(Section::Places).get(start..start.checked_add(record::LEN)?)
    }

    /// The string at an offset; empty where the file is damaged.
    pub fn string(&self, offset: u32) -> &str {
        format::read_text(self.section(Section::Strings), &mut (offset as usize)).unwrap_or("")
    }

    pub fn id(&self, row: u32) -> &str {
        self.record(row).and_then(|record| read_u32(record, record::ID)).map_or("", |offset| self.string(offset))
    }

    /// The row with an id.
    pub fn row_of_id(&self, id: &str) -> Option<u32> {
        let ids = self.section(Section::Ids);
        let row = |at: usize| read_u32(ids, at * 4);
        let at = partition_point(ids.len() / 4, |at| row(at).is_some_and(|row| self.id(row) < id));
        row(at).filter(|row| *row < self.places && self.id(*row) == id)
    }

    /// The row of a country (empty `admin1`) or of a first-level division, by its columns.
    pub fn division(&self, country: &str, admin1: &str) -> Option<u32> {
        let rows = self.section(Section::Divisions);
        let text = |at: usize| read_u32(rows, at).map_or("", |string| self.string(string));
        let key = |row: usize| (text(row * DIVISION_LEN), text(row * DIVISION_LEN + 4));
        let count = rows.len() / DIVISION_LEN;
        let row = partition_point(count, |row| key(row) < (country, admin1));
        if row >= count || key(row) != (country, admin1) {
            return None;
        }
        read_u32(rows, row * DIVISION_LEN + 8).filter(|row| *row < self.places)
    }

    /// The state behind a first word, see [`super::index`].
    pub fn first_word(&self, word: &str) -> Option<State> {
        let bits = self.section(Section::FirstWords);
        let hash = format::word_hash(word.as_bytes());
        let [one, other] = format::filter_bits(hash, self.first_words_bits);
        let is_set = |bit: u64| bits.get((bit / 8) as usize).is_some_and(|byte| byte >> (bit % 8) & 1 == 1);
        if !is_set(one) || !is_set(other) {
            return None;
        }
        index::word_state(self.section(Section::Words), hash)
    }

    /// The state before the first byte of every key.
    pub fn root(&self) -> State {
        (self.keys.root().addr(), 0)
    }

    /// Follows bytes from a state of the index; `None` where no key goes on so.
    pub fn walk(&self, from: State, bytes: &[u8]) -> Option<State> {
        index::walk(&self.keys, from, bytes)
    }

    /// The offset of the postings of the key that ends at a state.
    pub fn postings_at(&self, (address, output): State) -> Option<u64> {
        let node = self.keys.node(address);
        node.is_final().then(|| output.wrapping_add(node.final_output().value()))
    }

    /// The offset of the postings of a key.
    pub fn postings_of(&self, key: &str) -> Option<u64> {
        self.keys.get(key).map(|output| output.value())
    }

    /// Every row whose grid cell lies in a range of one row of cells.
    pub fn each_in_cells(&self, first: u32, last: u32, mut each: impl FnMut(u32)) {
        let grid = self.section(Section::Grid);
        let count = grid.len() / 8;
        let cell = |at: usize| read_u32(grid, at * 8).unwrap_or(u32::MAX);
        let mut at = partition_point(count, |at| cell(at) < first);
        while at < count && cell(at) <= last {
            if let Some(row) = read_u32(grid, at * 8 + 4).filter(|row| *row < self.places) {
                each(row);
            }
            at += 1;
        }
    }
}

/// What is known of which rows of a layer are hidden, two bits a row.
///
/// Whether a later layer has a row's id costs a search in it, and the names of an article lead to
/// the same rows again and again. Threads that ask at once find the same answer.
pub(super) struct Marks {
    words: Box<[AtomicU32]>,
}

const UNKNOWN: u32 = 0;
const SHOWN: u32 = 1;
const HIDDEN: u32 = 2;
const ROWS_PER_WORD: u32 = 16;

impl Marks {
    pub fn new(rows: u32) -> Self {
        Self { words: (0..rows.div_ceil(ROWS_PER_WORD)).map(|_| AtomicU32::new(0)).collect() }
    }

    /// Whether a row is hidden; `find_out` is asked once a row.
    pub fn is_hidden(&self, row: u32, find_out: impl FnOnce() -> bool) -> bool {
        let Some(word) = self.words.get((row / ROWS_PER_WORD) as usize) else { return false };
        match word.load(Ordering::Relaxed) >> shift(row) & 3 {
            UNKNOWN => {
                let hidden = find_out();
                word.fetch_or(if hidden { HIDDEN } else { SHOWN } << shift(row), Ordering::Relaxed);
                hidden
            }
            mark => mark == HIDDEN,
        }
    }

    /// Forgets what was found out for one stack, because a layer comes on top: rows that were
    /// shown may be hidden now, hidden ones stay so.
    pub fn forget_shown(&self) {
        for word in &self.words {
            word.fetch_and(0xAAAA_AAAA, Ordering::Relaxed);
        }
    }
}

fn shift(row: u32) -> u32 {
    row % ROWS_PER_WORD * 2
}

/// Metres of a degree of latitude, rounded down: a box that is a little too large costs nothing.
const METRES_PER_DEGREE: f64 = 110_000.0;

/// The ranges of grid cells (first, last) that a circle touches, one or two a row of cells.
pub(super) fn cells_around(position: Coordinate, radius_m: f64) -> Vec<(u32, u32)> {
    let lat_span = radius_m / METRES_PER_DEGREE;
    let (south, north) = (position.lat_deg() - lat_span, position.lat_deg() + lat_span);
    let widest = south.abs().max(north.abs());
    // Near a pole every meridian is near.
    let lon_span = if widest < 89.0 { lat_span / widest.to_radians().cos() } else { 180.0 };
    let (west, east) = (position.lon_deg() - lon_span, position.lon_deg() + lon_span);
    let column = |lon_deg: f64| format::cell(lon_deg, 0.0).1;
    let columns: Vec<(u32, u32)> = if lon_span >= 180.0 - CELL_DEG {
        vec![(0, CELL_COLUMNS - 1)]
    } else if west < -180.0 {
        vec![(column(west + 360.0), CELL_COLUMNS - 1), (0, column(east))]
    } else if east > 180.0 {
        vec![(column(west), CELL_COLUMNS - 1), (0, column(east - 360.0))]
    } else {
        vec![(column(west), column(east))]
    };
    let rows = format::cell(0.0, south.max(-90.0)).0..=format::cell(0.0, north.min(90.0)).0;
    rows.flat_map(|row| {
        columns.iter().map(move |(first, last)| (row * CELL_COLUMNS + first, row * CELL_COLUMNS + last))
    })
    .collect()
}

/// The first position from 0 to `count` for which `before` is false.
fn partition_point(count: usize, before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low + (high - low) / 2;
        if before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_asked_about_once_and_its_neighbours_are_left_alone() {
        let marks = Marks::new(40);
        assert!(!marks.is_hidden(17, || false));
        assert!(!marks.is_hidden(17, || true), "known by now");
        assert!(marks.is_hidden(16, || true) && marks.is_hidden(18, || true));
        marks.forget_shown();
        assert!(marks.is_hidden(17, || true));
        assert!(marks.is_hidden(16, || false), "hidden rows stay so");
        assert!(!marks.is_hidden(4000, || true), "no such row");
    }
}
