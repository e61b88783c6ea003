//! One compiled file of a gazetteer, read where it lies.
//!
//! A layer knows its own rows alone: which of them a later layer hides is asked of the
//! [`super::Gazetteer`] that stacks them.

use std::fs::File;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use super::automaton::{Automaton, State};
use super::bytes::{self, Bytes, Part, Parts};
use super::error::{GazetteerError, OpenError};
use super::format::{
    self, CELL_COLUMNS, CELL_DEG, DIVISION_LEN, FEATURE_CODE_LEN, Section, read_u32, record, word_state,
};
use super::index;
use super::names::List;
use super::place::Place;
use super::variants::is_indexable;
use crate::model::coordinate::Coordinate;
use crate::text::key::name_key;

/// Files up to this length are read as a whole when they are opened, to compare the checksum: at
/// some GB a second that takes a few milliseconds. Larger ones are looked into here and there.
const CHECKED_WHOLE: u64 = 16 << 20;

/// Rows that are looked up in a file that is not read as a whole.
const SAMPLES: u64 = 16;

/// A compiled file and its position in the stack.
pub(super) struct Layer {
    /// What a person calls it: `embedded`, or the path that was typed.
    pub name: String,
    parts: Parts,
    pub keys: Automaton<Part>,
    first_words_bits: u64,
    places: u32,
    /// The index of its first place in the stack.
    pub first: u32,
    /// Whether the stack holds nothing else.
    pub alone: bool,
    /// Which of its rows are hidden; `None` where none can be.
    pub marks: Option<Marks>,
}

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
        let len = file.metadata().map_err(io)?.len();
        // An empty file cannot be mapped on every system.
        let bytes = if len == 0 { Bytes::owned(Vec::new()) } else { Bytes::map(&file).map_err(io)? };
        let open = || {
            let layer = Self::new(&path.display().to_string(), bytes::sections(&bytes)?)?;
            if len <= CHECKED_WHOLE {
                layer.check()?
            } else {
                layer.check_samples()?
            }
            Ok(layer)
        };
        open().map_err(|source| OpenError::Gazetteer { path: path.to_owned(), source })
    }

    /// Takes the sections for granted but for their lengths. Whatever else is in them, no reader
    /// panics or runs on for ever.
    fn new(name: &str, parts: Parts) -> Result<Self, GazetteerError> {
        let part = |section: Section| parts[section as usize].clone();
        let len = |section: Section| parts[section as usize].as_ref().len();
        let keys = Automaton::new(part(Section::Keys)).ok_or(GazetteerError::Damaged("name index"))?;
        let first_words_bits = len(Section::FirstWords) as u64 * 8;
        if !first_words_bits.is_power_of_two() || !len(Section::Words).is_multiple_of(word_state::LEN) {
            return Err(GazetteerError::Damaged("first words"));
        }
        let rows = len(Section::Places) / record::LEN;
        let places = u32::try_from(rows).map_err(|_| GazetteerError::Damaged("places"))?;
        let sound = len(Section::Places).is_multiple_of(record::LEN)
            && len(Section::Ids) / 4 == rows
            && len(Section::Grid) / 8 == rows
            && len(Section::Divisions).is_multiple_of(DIVISION_LEN)
            && len(Section::FeatureCodes).is_multiple_of(FEATURE_CODE_LEN);
        if !sound {
            return Err(GazetteerError::Damaged("places"));
        }
        let name = name.to_owned();
        Ok(Self { name, parts, keys, first_words_bits, places, first: 0, alone: true, marks: None })
    }

    /// Looks rows up that lie evenly over the file, by their ids and names. A hole in it, such as
    /// an interrupted copy leaves, is found so; one changed letter is not.
    fn check_samples(&self) -> Result<(), GazetteerError> {
        let rows = u64::from(self.places);
        let samples = SAMPLES.min(rows);
        for sample in 0..samples {
            // From the first row to the last.
            let row = ((rows - 1) * sample / (samples - 1).max(1)) as u32;
            let place = Place::of(self, row).ok_or(GazetteerError::Damaged("places"))?;
            if place.id().is_empty() || self.row_of_id(place.id()) != Some(row) {
                return Err(GazetteerError::Damaged("ids"));
            }
            let key = name_key(place.name_en());
            let has_row = |offset| List::new(self, 0, offset).is_some_and(|list| list.has_row(row));
            if is_indexable(&key) && !self.keys.get(key.as_bytes()).is_some_and(has_row) {
                return Err(GazetteerError::Damaged("name index"));
            }
        }
        Ok(())
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

    /// Hides a row for good.
    pub fn hide(&self, row: u32) {
        if let Some(word) = self.words.get((row / ROWS_PER_WORD) as usize) {
            word.fetch_and(!(3 << shift(row)), Ordering::Relaxed);
            word.fetch_or(HIDDEN << shift(row), Ordering::Relaxed);
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
    use crate::gazetteer::Gazetteer;
    use crate::gazetteer::compile::Compiler;
    use crate::gazetteer::table::Table;
    use crate::model::article::Article;
    use crate::model::place::PlaceIndex;
    use crate::pipeline::Pipeline;
    use std::time::{Duration, Instant};

    const CODES: &str = "feature_code,feature_class,label_en,uncertainty_m,note\n\
        PPL,P,populated place,1000,\nADM1,A,division,50000,\nPCLI,A,country,300000,\n";
    const PLACES: &str = "id,name_en,name_ar,names,lat_deg,lon_deg,feature_class,feature_code,country,admin1,population,\
        uncertainty_m,source,note\n\
        a:1,Ariha,أريحا,Eriha,35.81374,36.60964,P,PPL,Syria,Idlib,39501,,test,\n\
        a:2,Saraqib,سراقب,,35.86447,36.80591,P,PPL,Syria,Idlib,,854,test,a note\n\
        a:3,Syria,سوريا,,35,38.5,A,PCLI,Syria,,1,,test,\n\
        a:4,Idlib,إدلب,,35.8,36.7,A,ADM1,Syria,Idlib,,,test,\n\
        a:5,Jisr al-Shughur,جسر الشغور,Jisr,35.81418,36.31983,P,PPL,Syria,Idlib,,,test,\n";
    const ROADS: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"ref":"M4",
        "name_en":"Lata road","names":"M-4","ends":"Ariha|Saraqib","stops":"Ariha|Saraqib","country":"Syria",
        "quality":"road","source":"test"},
        "geometry":{"type":"LineString","coordinates":[[36.6,35.8],[36.8,35.8]]}}]}"#;
    const ARTICLE: &str = "سيرت القوات الروسية دورية على الطريق الدولي M4 من سراقب إلى أريحا وصولاً إلى جسر الشغور \
        بريف إدلب، غربي سوريا.";

    fn compiled() -> Vec<u8> {
        let mut compiler = Compiler::new(Table { file: "codes.csv", text: CODES }, None).unwrap();
        compiler.add_places(Table { file: "places.csv", text: PLACES }).unwrap();
        compiler.add_roads("roads.geojson", ROADS).unwrap();
        compiler.finish("CC0").unwrap().to_bytes()
    }

    /// Asks a gazetteer everything that there is to ask, but to read an article.
    fn exercise(gazetteer: &Gazetteer) {
        for index in (0..8).map(PlaceIndex) {
            let Some(place) = gazetteer.get(index) else { continue };
            let (names, key) = (place.names().count(), place.division_key());
            let line = format!("{place:?} {names} {key:?} {} {}", place.source(), place.note());
            assert!(line.len() < 10_000 && place.uncertainty_m() > 0.0 && place.coordinate().lat_deg() <= 90.0);
            gazetteer.place_by_id(place.id());
        }
        for id in ["a:1", "a:5", "b:9"] {
            gazetteer.place_by_id(id);
        }
        gazetteer.country("Syria").map(|place| gazetteer.place(place).population());
        gazetteer.admin1("Syria", "Idlib");
        gazetteer.near(Coordinate::new(36.6, 35.8).unwrap(), 60_000.0);
        for query in ["أريحا", "sarakib", "jisr", "jisr al shughur"] {
            gazetteer.search(query);
            let candidates = gazetteer.names(&name_key(query)).candidates(query);
            candidates.iter().for_each(|candidate| assert!(gazetteer.get(candidate.place).is_some()));
        }
        gazetteer.names("lata road").road();
        gazetteer.licence();
    }

    fn read_an_article(gazetteer: &Gazetteer) {
        let article = Article { id: "a".into(), text: ARTICLE.into(), source: None, url: None, published: None };
        Pipeline::new(gazetteer).unwrap().read(article);
    }

    #[test]
    fn no_changed_byte_of_the_body_makes_a_reader_panic() {
        let bytes = compiled();
        let body = format::HEADER_LEN + Section::ALL.len() * format::TABLE_ENTRY_LEN;
        let (mut opened, mut slowest) = (0, Duration::ZERO);
        for at in body..bytes.len() {
            for flip in [0x01, 0xff] {
                let mut damaged = bytes.clone();
                damaged[at] ^= flip;
                // Not `from_bytes`, which refuses it: large files are not read as a whole.
                let parts = bytes::sections(&Bytes::owned(damaged)).unwrap();
                let Ok(layer) = Layer::new("damaged", parts) else { continue };
                let begun = Instant::now();
                let _ = layer.check_samples();
                let gazetteer = Gazetteer::of(layer);
                exercise(&gazetteer);
                // Most of its time goes into the lexicon.
                if at % 41 == 0 {
                    read_an_article(&gazetteer);
                }
                slowest = slowest.max(begun.elapsed());
                opened += 1;
            }
        }
        assert!(opened > bytes.len() - body, "{opened}");
        assert!(slowest < Duration::from_secs(5), "{slowest:?}");
    }

    #[test]
    fn no_section_that_is_cut_short_makes_a_reader_panic() {
        let parts = bytes::sections(&Bytes::owned(compiled())).unwrap();
        for section in Section::ALL {
            for len in 0..parts[section as usize].as_ref().len() {
                let mut cut = parts.clone();
                cut[section as usize].cut(len);
                if let Ok(layer) = Layer::new("cut", cut) {
                    let _ = layer.check_samples();
                    exercise(&Gazetteer::of(layer));
                }
            }
        }
    }

    #[test]
    fn samples_find_a_hole() {
        let bytes = compiled();
        let layer = |bytes: Vec<u8>| Layer::new("l", bytes::sections(&Bytes::owned(bytes)).unwrap());
        assert_eq!(layer(bytes.clone()).unwrap().check_samples(), Ok(()));
        for section in [Section::Strings, Section::Places, Section::Keys, Section::Postings, Section::Ids] {
            let entry = format::HEADER_LEN + section as usize * format::TABLE_ENTRY_LEN;
            let at = format::read_u64(&bytes, entry).unwrap() as usize;
            let len = format::read_u64(&bytes, entry + 8).unwrap() as usize;
            let mut holed = bytes.clone();
            holed[at..at + len].fill(0);
            let found = layer(holed).and_then(|layer| layer.check_samples());
            assert!(matches!(found, Err(GazetteerError::Damaged(_))), "{section:?}");
        }
    }

    #[test]
    fn a_row_is_asked_about_once_and_its_neighbours_are_left_alone() {
        let marks = Marks::new(40);
        assert!(!marks.is_hidden(17, || false));
        assert!(!marks.is_hidden(17, || true), "known by now");
        assert!(marks.is_hidden(16, || true) && marks.is_hidden(18, || true));
        marks.forget_shown();
        assert!(marks.is_hidden(17, || true));
        assert!(marks.is_hidden(16, || false), "hidden rows stay so");
        marks.hide(39);
        assert!(marks.is_hidden(39, || false));
        assert!(!marks.is_hidden(4000, || true), "no such row");
    }
}
