//! Compiles gazetteer data into one file that is read in place.
//!
//! The build script runs it over `gazetteer/`, and `masar gazetteer build` over what a user has.
//! It uses only `text::fold`, `text::key`, `text::transliteration` and the plain types of `model`, so that the build
//! script can include the same source.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{self, Write};

use crate::gazetteer::corrections::{self, CorrectedPlace, Correction, CorrectionWarning, OwnedPlace};
use crate::gazetteer::error::{CompileError, Problem};
use crate::gazetteer::format::{self, Section, record, write_text};
use crate::gazetteer::index::{
    ALTERNATE, Entry, NameIndex, NameKindCode, PRIMARY, VARIANT, prefix, sort_on_two_threads,
};
use crate::gazetteer::roads::{self, Road};
use crate::gazetteer::spellings;
use crate::gazetteer::table::{Row, Table};
use crate::gazetteer::variants::{NameHeads, VariantRules, is_indexable, variants};
use crate::model::coordinate::Coordinate;
use crate::model::place::FeatureClass;
use crate::text::key::name_key;

/// The columns of a table of places.
pub const PLACE_COLUMNS: [&str; 14] = [
    "id",
    "name_en",
    "name_ar",
    "names",
    "lat_deg",
    "lon_deg",
    "feature_class",
    "feature_code",
    "country",
    "admin1",
    "population",
    "uncertainty_m",
    "source",
    "note",
];

/// Whether a CSV text is meant as a table of places: its first column is `id`.
pub fn is_place_table(text: &str) -> bool {
    let header = text.trim_start_matches('\u{feff}').lines().next().unwrap_or("");
    header.split(',').next().is_some_and(|column| column.trim().trim_matches('"') == "id")
}

/// One place to compile.
#[derive(Clone, PartialEq, Debug)]
pub struct PlaceRow<'r> {
    pub id: &'r str,
    pub name_en: &'r str,
    pub name_ar: Option<&'r str>,
    pub names: Vec<&'r str>,
    pub coordinate: Coordinate,
    pub feature_code: &'r str,
    pub country: &'r str,
    pub admin1: &'r str,
    pub population: u64,
    /// `None`: as the feature code says.
    pub uncertainty_m: Option<f64>,
    pub source: &'r str,
    pub note: &'r str,
}

/// What one place is found by.
pub struct PlaceKeys {
    /// Each with its kind and the position of the spelling it comes from.
    names: Vec<(String, NameKindCode, usize)>,
    /// Rows of [`spellings`] that lack the place.
    sounds: Vec<spellings::Row>,
}

/// Every spelling of a place once, and how many of them are names to show.
fn names_once<'r>(place: &PlaceRow<'r>) -> (Vec<&'r str>, usize) {
    let mut spellings = Vec::with_capacity(place.names.len() + 2);
    spellings.push(place.name_en);
    spellings.extend(place.name_ar);
    let primary = spellings.len();
    for name in &place.names {
        if !spellings.contains(name) {
            spellings.push(name);
        }
    }
    (spellings, primary)
}

struct FeatureCode {
    code: String,
    class: FeatureClass,
    uncertainty_m: f64,
}

struct Division {
    country: u32,
    admin1: u32,
    place: u32,
    /// Independent countries before dependent territories, larger before smaller.
    rank: (u8, u64),
}

/// Collects places and roads, then writes the compiled file.
pub struct Compiler {
    heads: NameHeads,
    codes: Vec<FeatureCode>,
    code_positions: HashMap<String, u16>,
    strings: Vec<u8>,
    interned: HashMap<String, u32>,
    records: Vec<u8>,
    keys: Vec<u8>,
    entries: Vec<Entry>,
    spellings: Vec<spellings::Row>,
    grid: Vec<(u32, u32)>,
    divisions: Vec<Division>,
    roads: Vec<Road>,
    files: Vec<String>,
    /// File and line of each place.
    origins: Vec<(u16, u32)>,
    corrections: Corrections,
}

/// Corrections that are made on the way, and what waits for them.
#[derive(Default)]
struct Corrections {
    rows: Vec<Correction>,
    ids: BTreeSet<String>,
    /// The places of these ids, with file and line.
    held: BTreeMap<String, (OwnedPlace, u16, usize)>,
    /// Keys that no place may be found by.
    forbidden: BTreeSet<String>,
    /// The same for the place that is being added.
    forbidden_here: BTreeSet<String>,
}

/// How much a compiled gazetteer holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct CompileCounts {
    pub places: usize,
    pub keys: usize,
    pub postings: usize,
    pub variant_postings: usize,
    pub roads: usize,
}

/// A compiled gazetteer, ready to be written.
pub struct Compiled {
    header: Vec<u8>,
    sections: Vec<Vec<u8>>,
    pub counts: CompileCounts,
}

impl Compiled {
    pub fn write_to(&self, mut writer: impl Write) -> io::Result<()> {
        writer.write_all(&self.header)?;
        self.sections.iter().try_for_each(|section| writer.write_all(section))
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.header.clone();
        self.sections.iter().for_each(|section| bytes.extend_from_slice(section));
        bytes
    }

    /// Bytes of each section.
    pub fn section_sizes(&self) -> impl Iterator<Item = (Section, usize)> {
        Section::ALL.into_iter().zip(self.sections.iter().map(Vec::len))
    }
}

impl Compiler {
    /// Starts with the feature codes (`feature_code,feature_class,label_en,uncertainty_m,note`)
    /// and, where given, the words that open compound names (`head,script,note`).
    pub fn new(feature_codes: Table<'_>, name_heads: Option<Table<'_>>) -> Result<Self, CompileError> {
        let mut compiler = Self {
            heads: NameHeads::default(),
            codes: Vec::new(),
            code_positions: HashMap::new(),
            strings: vec![0],
            interned: HashMap::from([(String::new(), 0)]),
            records: Vec::new(),
            keys: Vec::new(),
            entries: Vec::new(),
            spellings: Vec::new(),
            grid: Vec::new(),
            divisions: Vec::new(),
            roads: Vec::new(),
            files: Vec::new(),
            origins: Vec::new(),
            corrections: Corrections::default(),
        };
        feature_codes.rows(&["feature_code", "feature_class", "label_en", "uncertainty_m", "note"], |row| {
            let code = required(row, 0, "feature_code")?;
            let letter = row.cell(1);
            let class = FeatureClass::from_code(letter)
                .ok_or_else(|| row.error(1, Problem::UnknownFeatureClass(letter.to_owned())))?;
            let uncertainty_m = positive(row, 3, "uncertainty_m")?
                .ok_or_else(|| row.error(3, Problem::Empty { column: "uncertainty_m" }))?;
            let position =
                u16::try_from(compiler.codes.len()).map_err(|_| row.error(0, Problem::TooLarge("feature codes")))?;
            if compiler.code_positions.insert(code.to_owned(), position).is_some() {
                return Err(row.error(0, Problem::RepeatedFeatureCode(code.to_owned())));
            }
            compiler.codes.push(FeatureCode { code: code.to_owned(), class, uncertainty_m });
            Ok(())
        })?;
        if let Some(table) = name_heads {
            table.rows(&["head", "script", "note"], |row| {
                let key = name_key(required(row, 0, "head")?);
                match compiler.heads.add(&key) {
                    true => Ok(()),
                    false => Err(row.error(0, Problem::Head(row.cell(0).to_owned()))),
                }
            })?;
        }
        Ok(compiler)
    }

    /// Adds every row of a table of places.
    pub fn add_places(&mut self, table: Table<'_>) -> Result<(), CompileError> {
        let file = self.add_file(table.file)?;
        table.rows(&PLACE_COLUMNS, |row| {
            let name_ar = row.cell(2);
            let lat_deg = number(row, 4, "lat_deg")?.ok_or_else(|| empty(row, 4, "lat_deg"))?;
            let lon_deg = number(row, 5, "lon_deg")?.ok_or_else(|| empty(row, 5, "lon_deg"))?;
            let coordinate = Coordinate::new(lon_deg, lat_deg).map_err(|error| {
                let column = if error.to_string().starts_with("latitude") { 4 } else { 5 };
                row.error(column, Problem::Coordinate(error.to_string()))
            })?;
            let population = match row.cell(10) {
                "" => 0,
                digits => digits
                    .parse()
                    .map_err(|_| row.error(10, Problem::Number { column: "population", value: digits.to_owned() }))?,
            };
            let place = PlaceRow {
                id: required(row, 0, "id")?,
                name_en: required(row, 1, "name_en")?,
                name_ar: (!name_ar.is_empty()).then_some(name_ar),
                names: row.cell(3).split('|').map(str::trim).filter(|name| !name.is_empty()).collect(),
                coordinate,
                feature_code: required(row, 7, "feature_code")?,
                country: row.cell(8),
                admin1: row.cell(9),
                population,
                uncertainty_m: positive(row, 11, "uncertainty_m")?,
                source: required(row, 12, "source")?,
                note: row.cell(13),
            };
            let class = row.cell(6);
            if let Some(code) = self.code_positions.get(place.feature_code).map(|at| &self.codes[usize::from(*at)])
                && FeatureClass::from_code(class) != Some(code.class)
            {
                let (given, expected) = (class.to_owned(), code.class.code());
                return Err(row.error(6, Problem::FeatureClass { given, code: code.code.clone(), expected }));
            }
            self.add_place(&place, file, row.line).map_err(|problem| {
                let column = if matches!(problem, Problem::UnknownFeatureCode(_)) { 7 } else { 0 };
                row.error(column, problem)
            })
        })
    }

    /// Names a source of places, for [`Self::add_place`].
    pub fn add_file(&mut self, name: &str) -> Result<u16, CompileError> {
        let file = u16::try_from(self.files.len()).map_err(|_| self.whole(name, Problem::TooLarge("files")))?;
        self.files.push(name.to_owned());
        Ok(file)
    }

    fn whole(&self, file: &str, problem: Problem) -> CompileError {
        CompileError { file: file.to_owned(), line: 0, column: 0, problem }
    }

    /// Takes corrections for places that are added later; [`Self::apply_corrections`] makes them.
    pub fn correct(&mut self, rows: Vec<Correction>) {
        self.corrections.rows.extend(rows);
        self.corrections.ids = corrections::ids(&self.corrections.rows);
        self.corrections.forbidden = corrections::forbidden_everywhere(&self.corrections.rows);
    }

    /// Adds the places that were held back because of a correction, as it makes them.
    pub fn apply_corrections(&mut self) -> Result<Vec<CorrectionWarning>, CompileError> {
        let Corrections { rows, held, .. } = &mut self.corrections;
        let (rows, held) = (std::mem::take(rows), std::mem::take(held));
        self.corrections.ids.clear();
        let effects = corrections::apply(&rows, |id| held.get(id).map(|(place, ..)| place.clone()), |_| true)?;
        for place in &effects.places {
            self.add_corrected(place)?;
        }
        Ok(effects.warnings)
    }

    /// Adds a place as corrections left it.
    pub fn add_corrected(&mut self, corrected: &CorrectedPlace) -> Result<(), CompileError> {
        let CorrectedPlace { place, forbidden, file, line } = corrected;
        let number = match self.files.iter().position(|name| name == file) {
            Some(number) => number as u16,
            None => self.add_file(file)?,
        };
        self.corrections.forbidden_here.clone_from(forbidden);
        let added = self.add_place(&place.as_row(), number, *line);
        self.corrections.forbidden_here.clear();
        added.map_err(|problem| CompileError { file: file.clone(), line: *line, column: 1, problem })
    }

    /// Adds one place; `line` is where it stands in `file`.
    pub fn add_place(&mut self, place: &PlaceRow<'_>, file: u16, line: usize) -> Result<(), Problem> {
        if self.corrections.ids.contains(place.id) {
            let held = self.corrections.held.insert(place.id.to_owned(), (OwnedPlace::of(place), file, line));
            return match held {
                None => Ok(()),
                Some((first, file, line)) => {
                    let file = self.files.get(usize::from(file)).cloned().unwrap_or_default();
                    Err(Problem::RepeatedId { id: first.id, file, line })
                }
            };
        }
        let keys = self.keys(place);
        self.add_keyed_place(place, keys, file, line)
    }

    /// Makes sure that a feature code is known: one that is not gets a class and a radius.
    pub fn add_feature_code(
        &mut self,
        code: &str,
        class: FeatureClass,
        uncertainty_m: impl FnOnce() -> f64,
    ) -> Result<(), CompileError> {
        if self.code_positions.contains_key(code) {
            return Ok(());
        }
        let position =
            u16::try_from(self.codes.len()).map_err(|_| self.whole(code, Problem::TooLarge("feature codes")))?;
        self.code_positions.insert(code.to_owned(), position);
        self.codes.push(FeatureCode { code: code.to_owned(), class, uncertainty_m: uncertainty_m() });
        Ok(())
    }

    /// The radius in metres of a place with this feature code that has none of its own; `None` for
    /// a code that is not known.
    pub fn usual_uncertainty_m(&self, code: &str) -> Option<f64> {
        let position = *self.code_positions.get(code)?;
        self.codes.get(usize::from(position)).map(|code| code.uncertainty_m)
    }

    /// The keys under which a place is found. Most of the work of adding one, and it changes
    /// nothing, so that several threads can do it.
    pub fn keys(&self, place: &PlaceRow<'_>) -> PlaceKeys {
        let (spellings, primary) = names_once(place);
        let rules = match place.feature_code.starts_with("PCL") {
            true => VariantRules::ArabicArticleOnly,
            false => VariantRules::All,
        };
        let mut keys: Vec<(String, NameKindCode, usize)> = Vec::with_capacity(spellings.len());
        for (position, spelling) in spellings.iter().enumerate() {
            keys.push((name_key(spelling), if position < primary { PRIMARY } else { ALTERNATE }, position));
        }
        for position in 0..spellings.len() {
            for variant in variants(&keys[position].0, &self.heads, rules) {
                if !keys.iter().any(|(key, ..)| *key == variant) {
                    keys.push((variant, VARIANT, position));
                }
            }
        }
        keys.retain(|(key, ..)| is_indexable(key));
        let is_forbidden = |name: &&str| {
            let Corrections { forbidden, forbidden_here, .. } = &self.corrections;
            let any = !forbidden.is_empty() || !forbidden_here.is_empty();
            any && [forbidden, forbidden_here].iter().any(|keys| keys.contains(&name_key(name)))
        };
        let sought: Vec<&str> = spellings.iter().copied().filter(|name| !is_forbidden(name)).collect();
        let mut sounds = Vec::new();
        spellings::add_rows(&mut sounds, &sought, 0);
        PlaceKeys { names: keys, sounds }
    }

    /// Adds one place whose keys were made by [`Self::keys`].
    pub fn add_keyed_place(
        &mut self,
        place: &PlaceRow<'_>,
        keys: PlaceKeys,
        file: u16,
        line: usize,
    ) -> Result<(), Problem> {
        let code = *self
            .code_positions
            .get(place.feature_code)
            .ok_or_else(|| Problem::UnknownFeatureCode(place.feature_code.to_owned()))?;
        let index = u32::try_from(self.origins.len()).map_err(|_| Problem::TooLarge("places"))?;
        let id = self.string(place.id)?;
        let (country, admin1) = (self.intern(place.country)?, self.intern(place.admin1)?);
        let source = self.intern(place.source)?;
        let note = if place.note.is_empty() { 0 } else { self.string(place.note)? };

        let (spellings, _) = names_once(place);
        let names = offset(self.strings.len(), "strings")?;
        let own_names = u16::try_from(spellings.len()).map_err(|_| Problem::TooLarge("names of one place"))?;
        let mut starts: Vec<u32> = Vec::with_capacity(spellings.len());
        for spelling in spellings {
            starts.push(offset(self.strings.len(), "strings")? - names);
            write_text(&mut self.strings, spelling);
        }
        self.spellings.extend(keys.sounds.into_iter().map(|row| row | u64::from(index)));
        for (key, kind, spelling) in keys.names {
            self.entry(&key, kind, index, starts[spelling])?;
        }

        let units = |degrees: f64| (degrees * format::UNITS_PER_DEGREE).round() as i32;
        let uncertainty_m = place.uncertainty_m.unwrap_or(self.codes[usize::from(code)].uncertainty_m);
        let mut bytes = [0u8; record::LEN];
        let mut put = |at: usize, value: &[u8]| bytes[at..at + value.len()].copy_from_slice(value);
        put(record::ID, &id.to_le_bytes());
        put(record::NAMES, &names.to_le_bytes());
        put(record::NAME_COUNT, &own_names.to_le_bytes());
        put(record::FEATURE_CODE, &code.to_le_bytes());
        put(record::LON, &units(place.coordinate.lon_deg()).to_le_bytes());
        put(record::LAT, &units(place.coordinate.lat_deg()).to_le_bytes());
        put(record::COUNTRY, &country.to_le_bytes());
        put(record::ADMIN1, &admin1.to_le_bytes());
        put(record::SOURCE, &source.to_le_bytes());
        put(record::NOTE, &note.to_le_bytes());
        put(record::POPULATION, &place.population.to_le_bytes());
        put(record::UNCERTAINTY, &uncertainty_m.to_le_bytes());
        put(record::HAS_ARABIC, &[u8::from(place.name_ar.is_some())]);
        self.records.extend_from_slice(&bytes);

        let (row, column) = format::cell(place.coordinate.lon_deg(), place.coordinate.lat_deg());
        self.grid.push((row * format::CELL_COLUMNS + column, index));
        let rank = match place.feature_code {
            "PCLI" | "ADM1" => 0,
            _ => 1,
        };
        let rank = (rank, u64::MAX - place.population);
        if place.feature_code.starts_with("PCL") {
            self.divisions.push(Division { country, admin1: 0, place: index, rank });
        } else if place.feature_code == "ADM1" && admin1 != 0 {
            self.divisions.push(Division { country, admin1, place: index, rank });
        }
        self.origins.push((file, u32::try_from(line).unwrap_or(u32::MAX)));
        Ok(())
    }

    /// Adds the roads of a GeoJSON file.
    pub fn add_roads(&mut self, file: &str, text: &str) -> Result<(), CompileError> {
        self.roads.extend(roads::read_geojson(file, text)?);
        Ok(())
    }

    /// Adds roads that were read elsewhere; of one reference and country there must be one.
    pub fn add_read_roads(&mut self, roads: Vec<Road>) {
        self.roads.extend(roads);
    }

    fn entry(&mut self, key: &str, kind: NameKindCode, place: u32, name: u32) -> Result<(), Problem> {
        if self.corrections.forbidden.contains(key) || self.corrections.forbidden_here.contains(key) {
            return Ok(());
        }
        let key_start = offset(self.keys.len(), "name keys")?;
        let key_len = u16::try_from(key.len()).map_err(|_| Problem::TooLarge("name"))?;
        self.keys.extend_from_slice(key.as_bytes());
        self.entries.push(Entry { prefix: prefix(key.as_bytes()), key_start, key_len, kind, place, name });
        Ok(())
    }

    fn string(&mut self, text: &str) -> Result<u32, Problem> {
        let at = offset(self.strings.len(), "strings")?;
        write_text(&mut self.strings, text);
        Ok(at)
    }

    fn intern(&mut self, text: &str) -> Result<u32, Problem> {
        if let Some(at) = self.interned.get(text) {
            return Ok(*at);
        }
        let at = self.string(text)?;
        self.interned.insert(text.to_owned(), at);
        Ok(at)
    }

    fn text(&self, at: u32) -> &str {
        format::read_text(&self.strings, &mut (at as usize)).unwrap_or("")
    }

    fn id(&self, place: u32) -> &str {
        let at = place as usize * record::LEN + record::ID;
        format::read_u32(&self.records, at).map_or("", |id| self.text(id))
    }

    /// Sorts and indexes everything.
    pub fn finish(mut self, licence: &str) -> Result<Compiled, CompileError> {
        let place_count = self.origins.len();
        let mut ids = self.sorted_ids()?;
        let mut codes = self.feature_codes()?;
        let mut divisions = self.sorted_divisions();
        let mut grid = Vec::with_capacity(self.grid.len() * 8);
        self.grid.sort_unstable();
        for (cell, place) in std::mem::take(&mut self.grid) {
            grid.extend_from_slice(&cell.to_le_bytes());
            grid.extend_from_slice(&place.to_le_bytes());
        }
        let mut roads = roads::encode(&self.roads);
        let mut counts = CompileCounts { places: place_count, roads: self.roads.len(), ..CompileCounts::default() };
        let road_keys = self.road_keys();
        let mut index = NameIndex::build(
            std::mem::take(&mut self.keys),
            std::mem::take(&mut self.entries),
            &road_keys,
            &mut counts,
        )
        .map_err(|problem| self.whole("name index", problem))?;
        let sections: Vec<Vec<u8>> = Section::ALL
            .into_iter()
            .map(|section| match section {
                Section::Licence => licence.as_bytes().to_vec(),
                Section::Strings => std::mem::take(&mut self.strings),
                Section::Places => std::mem::take(&mut self.records),
                Section::FeatureCodes => std::mem::take(&mut codes),
                Section::Keys => std::mem::take(&mut index.keys),
                Section::Postings => std::mem::take(&mut index.postings),
                Section::FirstWords => std::mem::take(&mut index.first_words),
                Section::Words => std::mem::take(&mut index.words),
                Section::Grid => std::mem::take(&mut grid),
                Section::Ids => std::mem::take(&mut ids),
                Section::Divisions => std::mem::take(&mut divisions),
                Section::Roads => std::mem::take(&mut roads),
                Section::Spellings => spellings::section(std::mem::take(&mut self.spellings)),
            })
            .collect();
        Ok(Compiled { header: header(&sections), sections, counts })
    }

    fn sorted_ids(&self) -> Result<Vec<u8>, CompileError> {
        // Ids of GeoNames begin alike: sixteen bytes hold the whole of most.
        let mut keyed: Vec<(u64, u64, u32)> = (0..self.origins.len() as u32)
            .map(|place| {
                let id = self.id(place).as_bytes();
                (prefix(id), prefix(id.get(8..).unwrap_or(&[])), place)
            })
            .collect();
        sort_on_two_threads(&mut keyed, |a, b| {
            let by_prefix = (a.0, a.1).cmp(&(b.0, b.1));
            by_prefix.then_with(|| self.id(a.2).cmp(self.id(b.2))).then(a.2.cmp(&b.2))
        });
        let places: Vec<u32> = keyed.into_iter().map(|(.., place)| place).collect();
        for pair in places.windows(2) {
            if self.id(pair[0]) == self.id(pair[1]) {
                let origin = |place: u32| self.origins[place as usize];
                let ((first_file, first_line), (file, line)) = (origin(pair[0]), origin(pair[1]));
                let name = |file: u16| self.files[usize::from(file)].clone();
                return Err(CompileError {
                    file: name(file),
                    line: line as usize,
                    column: 1,
                    problem: Problem::RepeatedId {
                        id: self.id(pair[1]).to_owned(),
                        file: name(first_file),
                        line: first_line as usize,
                    },
                });
            }
        }
        Ok(places.into_iter().flat_map(u32::to_le_bytes).collect())
    }

    fn feature_codes(&mut self) -> Result<Vec<u8>, CompileError> {
        let mut bytes = Vec::with_capacity(self.codes.len() * format::FEATURE_CODE_LEN);
        for at in 0..self.codes.len() {
            let code = self.codes[at].code.clone();
            let code = self.intern(&code).map_err(|problem| self.whole("feature codes", problem))?;
            bytes.extend_from_slice(&code.to_le_bytes());
            bytes.push(self.codes[at].class.code() as u8);
        }
        Ok(bytes)
    }

    fn sorted_divisions(&mut self) -> Vec<u8> {
        let mut divisions = std::mem::take(&mut self.divisions);
        let sort_key = |d: &Division| (self.text(d.country), self.text(d.admin1), d.rank, d.place);
        divisions.sort_by(|a, b| sort_key(a).cmp(&sort_key(b)));
        divisions.dedup_by_key(|d| (d.country, d.admin1));
        divisions.iter().flat_map(|d| [d.country, d.admin1, d.place]).flat_map(u32::to_le_bytes).collect()
    }

    /// Key and position of each road name; the first road with a name keeps it.
    fn road_keys(&self) -> Vec<(String, u32)> {
        let mut keys: Vec<(String, u32)> = Vec::new();
        for (position, road) in self.roads.iter().enumerate() {
            let names = road.all_names().map(name_key).filter(|key| is_indexable(key));
            keys.extend(names.map(|key| (key, position as u32)));
        }
        keys.sort();
        keys.dedup_by(|later, kept| later.0 == kept.0);
        keys
    }
}

fn header(sections: &[Vec<u8>]) -> Vec<u8> {
    let table_len = sections.len() * format::TABLE_ENTRY_LEN;
    let mut table = Vec::with_capacity(table_len);
    let mut at = (format::HEADER_LEN + table_len) as u64;
    for section in sections {
        table.extend_from_slice(&at.to_le_bytes());
        table.extend_from_slice(&(section.len() as u64).to_le_bytes());
        at += section.len() as u64;
    }
    let body = sections.iter().fold(0, |sum, section| format::combine(sum, format::checksum(section)));
    let mut bytes = Vec::with_capacity(format::HEADER_LEN + table_len);
    bytes.extend_from_slice(&format::MAGIC);
    bytes.extend_from_slice(&format::VERSION.to_le_bytes());
    bytes.extend_from_slice(&(sections.len() as u32).to_le_bytes());
    bytes.extend_from_slice(&at.to_le_bytes());
    bytes.extend_from_slice(&body.to_le_bytes());
    let sum = format::combine(format::checksum(&bytes), format::checksum(&table));
    bytes.extend_from_slice(&sum.to_le_bytes());
    bytes.extend_from_slice(&table);
    bytes
}

fn offset(len: usize, what: &'static str) -> Result<u32, Problem> {
    u32::try_from(len).map_err(|_| Problem::TooLarge(what))
}

fn empty(row: &Row<'_>, column: usize, name: &'static str) -> CompileError {
    row.error(column, Problem::Empty { column: name })
}

fn required<'r>(row: &'r Row<'_>, column: usize, name: &'static str) -> Result<&'r str, CompileError> {
    match row.cell(column) {
        "" => Err(empty(row, column, name)),
        text => Ok(text),
    }
}

fn number(row: &Row<'_>, column: usize, name: &'static str) -> Result<Option<f64>, CompileError> {
    match row.cell(column) {
        "" => Ok(None),
        text => match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Some(number)),
            _ => Err(row.error(column, Problem::Number { column: name, value: text.to_owned() })),
        },
    }
}

fn positive(row: &Row<'_>, column: usize, name: &'static str) -> Result<Option<f64>, CompileError> {
    match number(row, column, name)? {
        Some(number) if number <= 0.0 => {
            Err(row.error(column, Problem::Number { column: name, value: row.cell(column).to_owned() }))
        }
        other => Ok(other),
    }
}
