//! The gazetteer: places, their names, where they lie, and named roads.
//!
//! A gazetteer is one block of bytes ([`format`]) that is read where it lies: the embedded one
//! is part of the binary, so opening it neither parses nor copies anything, and memory holds
//! only the pages that an article touches.
//!
//! ```
//! use masar::gazetteer::Gazetteer;
//!
//! let gazetteer = Gazetteer::embedded();
//! let damascus = gazetteer.search("دمشق").first().map(|result| gazetteer.place(result.place));
//! assert_eq!(damascus.map(|place| place.name_en()), Some("Damascus"));
//! ```

pub mod error;
pub mod format;
pub mod variants;
pub mod table;
pub mod roads;
pub mod index;
pub mod spellings;
pub mod compile;
mod bytes;
pub mod place;
pub mod names;
mod spatial;
pub mod similar;
pub mod search;

use std::collections::HashMap;
use std::fs::File;
use std::path::Path;
use std::sync::OnceLock;

use crate::model::place::PlaceIndex;
use crate::text::key::name_key;
use bytes::{Bytes, Part, Parts};
use error::{GazetteerError, OpenError};
use format::{DIVISION_LEN, Section, read_u32, record};
use place::Place;
use roads::Road;

static EMBEDDED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/gazetteer.gaz"));

/// A compiled gazetteer, opened.
pub struct Gazetteer {
    parts: Parts,
    keys: fst::raw::Fst<Part>,
    first_words_bits: u64,
    places: usize,
    roads: OnceLock<RoadTable>,
}

struct RoadTable {
    roads: Vec<Road>,
    by_key: HashMap<String, usize>,
}

impl Gazetteer {
    /// The gazetteer that is part of the program.
    pub fn embedded() -> &'static Gazetteer {
        static GAZETTEER: OnceLock<Gazetteer> = OnceLock::new();
        GAZETTEER.get_or_init(Self::open_embedded)
    }

    /// The same, opened anew; [`Self::embedded`] does it once.
    pub fn open_embedded() -> Gazetteer {
        // Its checksum is not looked at: that would read all of it at every start.
        let parts = bytes::sections(&Bytes::Static(EMBEDDED));
        parts.and_then(Self::from_parts).expect("the build script wrote this gazetteer for this very reader")
    }

    /// A gazetteer from the bytes of a compiled file. Everything is checked before use: a file
    /// that is cut short, damaged or of another version is refused.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Gazetteer, GazetteerError> {
        let parts = bytes::sections(&Bytes::owned(bytes))?;
        check_body(&parts)?;
        Self::from_parts(parts)
    }

    /// Opens a compiled file by mapping it into memory, in a time that does not depend on its
    /// size. Its header and length are checked, its body is not, because that would read all of
    /// it: [`Self::check`] does. A file that passes there never makes a reader panic.
    pub fn open(path: &Path) -> Result<Gazetteer, OpenError> {
        let io = |source| OpenError::Io { path: path.to_owned(), source };
        let file = File::open(path).map_err(io)?;
        // An empty file cannot be mapped on every system.
        let bytes = match file.metadata().map_err(io)?.len() {
            0 => Bytes::owned(Vec::new()),
            _ => Bytes::map(&file).map_err(io)?,
        };
        bytes::sections(&bytes)
            .and_then(Self::from_parts)
            .map_err(|source| OpenError::Gazetteer { path: path.to_owned(), source })
    }

    /// Reads all of it and compares the checksum that was taken when it was compiled.
    pub fn check(&self) -> Result<(), GazetteerError> {
        check_body(&self.parts)
    }

    fn from_parts(parts: Parts) -> Result<Gazetteer, GazetteerError> {
        let part = |section: Section| parts[section as usize].clone();
        let keys = fst::raw::Fst::new(part(Section::Keys)).map_err(|_| GazetteerError::Damaged("name index"))?;
        let first_words_bits = part(Section::FirstWords).as_ref().len() as u64 * 8;
        if !first_words_bits.is_power_of_two() {
            return Err(GazetteerError::Damaged("first words"));
        }
        let places = part(Section::Places).as_ref().len();
        if !places.is_multiple_of(record::LEN) {
            return Err(GazetteerError::Damaged("places"));
        }
        Ok(Gazetteer { parts, keys, first_words_bits, places: places / record::LEN, roads: OnceLock::new() })
    }

    fn section(&self, section: Section) -> &[u8] {
        self.parts[section as usize].as_ref()
    }

    /// How many places it holds.
    pub fn len(&self) -> usize {
        self.places
    }

    pub fn is_empty(&self) -> bool {
        self.places == 0
    }

    /// The licences of the data in it.
    pub fn licence(&self) -> &str {
        std::str::from_utf8(self.section(Section::Licence)).unwrap_or("")
    }

    /// Bytes of each section of the compiled file.
    pub fn section_sizes(&self) -> impl Iterator<Item = (Section, usize)> {
        Section::ALL.into_iter().map(|section| (section, self.section(section).len()))
    }

    /// Every place, in the order of the data files.
    pub fn indices(&self) -> impl Iterator<Item = PlaceIndex> + use<> {
        (0..self.places as u32).map(PlaceIndex)
    }

    /// The place at an index of this gazetteer.
    ///
    /// # Panics
    ///
    /// When the index comes from a larger gazetteer than this one, which is a mistake of the
    /// program and not of its input; [`Self::get`] asks first.
    pub fn place(&self, index: PlaceIndex) -> Place<'_> {
        self.get(index).expect("an index is used with the gazetteer that gave it")
    }

    /// The place at an index, `None` past the end.
    pub fn get(&self, index: PlaceIndex) -> Option<Place<'_>> {
        let start = (index.0 as usize).checked_mul(record::LEN)?;
        let bytes = self.section(Section::Places).get(start..start + record::LEN)?;
        Some(Place { gazetteer: self, index, record: bytes })
    }

    /// The place with an id (`gn:169389`, `iso:SY`).
    pub fn place_by_id(&self, id: &str) -> Option<PlaceIndex> {
        let ids = self.section(Section::Ids);
        let place = |at: usize| read_u32(ids, at * 4).map(PlaceIndex);
        let at = partition_point(ids.len() / 4, |at| {
            place(at).and_then(|place| self.get(place)).is_some_and(|place| place.id() < id)
        });
        place(at).filter(|place| self.get(*place).is_some_and(|place| place.id() == id))
    }

    /// The row of a country, by its English name as the `country` column spells it.
    pub fn country(&self, name_en: &str) -> Option<PlaceIndex> {
        self.division(name_en, "")
    }

    /// The row of a first-level division, by the `country` and `admin1` columns.
    pub fn admin1(&self, country: &str, admin1: &str) -> Option<PlaceIndex> {
        if admin1.is_empty() { None } else { self.division(country, admin1) }
    }

    fn division(&self, country: &str, admin1: &str) -> Option<PlaceIndex> {
        let rows = self.section(Section::Divisions);
        let text = |at: usize| read_u32(rows, at).map_or("", |string| self.string(string));
        let key = |row: usize| (text(row * DIVISION_LEN), text(row * DIVISION_LEN + 4));
        let count = rows.len() / DIVISION_LEN;
        let row = partition_point(count, |row| key(row) < (country, admin1));
        if row >= count || key(row) != (country, admin1) {
            return None;
        }
        read_u32(rows, row * DIVISION_LEN + 8).map(PlaceIndex).filter(|place| self.get(*place).is_some())
    }

    /// Every named road.
    pub fn roads(&self) -> &[Road] {
        &self.road_table().roads
    }

    /// The road with a reference ("M4"); the first one where several countries use it.
    pub fn road(&self, reference: &str) -> Option<&Road> {
        self.roads().iter().find(|road| road.reference == reference)
    }

    /// The reference of the road that bears a name with this key.
    pub fn road_by_name(&self, key: &str) -> Option<&str> {
        let table = self.road_table();
        table.by_key.get(key).and_then(|at| table.roads.get(*at)).map(|road| road.reference.as_str())
    }

    fn road_table(&self) -> &RoadTable {
        self.road_table_checked().unwrap_or_else(|| {
            static NONE: OnceLock<RoadTable> = OnceLock::new();
            NONE.get_or_init(|| RoadTable { roads: Vec::new(), by_key: HashMap::new() })
        })
    }

    /// Decoded on first use: there are few roads, and most articles name none.
    fn road_table_checked(&self) -> Option<&RoadTable> {
        if self.roads.get().is_none() {
            let roads = roads::decode(self.section(Section::Roads))?;
            let mut by_key = HashMap::new();
            for (at, road) in roads.iter().enumerate() {
                for key in road.all_names().map(name_key) {
                    by_key.entry(key).or_insert(at);
                }
            }
            // Another thread may have been faster; both decoded the same bytes.
            let _ = self.roads.set(RoadTable { roads, by_key });
        }
        self.roads.get()
    }

    /// The string at an offset; empty where the file is damaged.
    fn string(&self, offset: u32) -> &str {
        format::read_text(self.section(Section::Strings), &mut (offset as usize)).unwrap_or("")
    }
}

impl std::fmt::Debug for Gazetteer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gazetteer").field("places", &self.places).finish_non_exhaustive()
    }
}

fn check_body(parts: &Parts) -> Result<(), GazetteerError> {
    let sum = parts.iter().fold(0, |sum, part| format::combine(sum, format::checksum(part.as_ref())));
    match parts[0].body_checksum() {
        Some(expected) if expected == sum => Ok(()),
        _ => Err(GazetteerError::Damaged("checksum")),
    }
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
