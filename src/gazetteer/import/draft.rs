//! Rows on their way into the gazetteer: what a format hands over, and how it is stored between
//! reading and compiling.
//!
//! Twelve million rows do not fit into memory as strings, so each is written to a passing file
//! and only what tells places apart stays in memory.

use std::borrow::Cow;
use std::sync::Arc;

use super::clean::{CleanName, MOST_NAMES, clean_name};
use super::report::{Finding, Reason, Verdict};
use super::vocabulary::{Selection, Spellings, Vocabulary};
use crate::gazetteer::format::{self, read_text, read_u64, read_varint, write_text, write_varint};
use crate::model::coordinate::{Coordinate, CoordinateError};
use crate::model::place::FeatureClass;

/// The first-level division of a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Admin1<'r> {
    Name(Cow<'r, str>),
    /// A code of GeoNames (`SY.12`), of which a later file may tell the name.
    Code(Cow<'r, str>),
}

/// A place as a format reads it, names not yet cleaned.
#[derive(Clone, Debug)]
pub struct Draft<'r> {
    pub id: Cow<'r, str>,
    /// The name to show, in Latin letters where there is one.
    pub name: &'r str,
    pub name_ar: &'r str,
    pub names: Vec<&'r str>,
    pub position: Coordinate,
    /// The letter; empty where only the code is told.
    pub class: &'r str,
    pub code: &'r str,
    pub country: Cow<'r, str>,
    pub admin1: Admin1<'r>,
    pub population: u64,
    pub uncertainty_m: Option<f64>,
    /// Empty: the name of the source's format.
    pub source: Cow<'r, str>,
    pub note: Cow<'r, str>,
}

impl Default for Admin1<'_> {
    fn default() -> Self {
        Self::Name(Cow::Borrowed(""))
    }
}

/// What every row of every source is held against.
pub struct Rules {
    pub vocabulary: Vocabulary,
    pub spellings: Spellings,
    pub selection: Selection,
}

/// A place in memory while sources are read: enough to find rows that are one place.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    pub id_hash: u64,
    /// Where the row starts in the passing file.
    pub at: u64,
    pub lon: i32,
    pub lat: i32,
    pub line: u32,
    pub source: u16,
    pub class: FeatureClass,
}

impl Entry {
    pub fn position(&self) -> Option<Coordinate> {
        let degrees = |units: i32| f64::from(units) / format::UNITS_PER_DEGREE;
        Coordinate::new(degrees(self.lon), degrees(self.lat)).ok()
    }
}

/// Rows of one source, parsed by one thread.
pub struct Block {
    file: Arc<str>,
    source: u16,
    pub bytes: Vec<u8>,
    pub entries: Vec<Entry>,
    pub findings: Vec<Finding>,
    pub rows: u64,
    pub passed_over: u64,
    /// First-level divisions that rows of GeoNames tell: code and name.
    pub divisions: Vec<(String, String)>,
}

impl Block {
    pub fn new(file: Arc<str>, source: u16) -> Self {
        Self {
            file,
            source,
            bytes: Vec::new(),
            entries: Vec::new(),
            findings: Vec::new(),
            rows: 0,
            passed_over: 0,
            divisions: Vec::new(),
        }
    }

    pub fn tell(&mut self, line: u64, verdict: Verdict, reason: Reason) {
        self.findings.push(Finding { file: self.file.clone(), line, verdict, reason });
    }

    pub fn refuse(&mut self, line: u64, reason: Reason) {
        self.tell(line, Verdict::Refused, reason);
    }

    /// The name kept of a raw one; what was done to it is told.
    fn name<'r>(&mut self, line: u64, raw: &'r str) -> Option<Cow<'r, str>> {
        match clean_name(raw) {
            CleanName::Same(name) => Some(Cow::Borrowed(name)),
            CleanName::Repaired(name, reason) => {
                self.tell(line, Verdict::Repaired, reason);
                Some(Cow::Owned(name))
            }
            CleanName::Refused(reason) => {
                self.tell(line, Verdict::Repaired, reason);
                None
            }
            CleanName::Empty => None,
        }
    }

    /// Takes a row in, cleaned and checked, or refuses it.
    pub fn add(&mut self, rules: &Rules, line: u64, draft: &Draft<'_>) {
        let id = draft.id.trim();
        if id.is_empty() {
            return self.refuse(line, Reason::NoId);
        }
        let id = match clean_name(id) {
            CleanName::Same(id) => Cow::Borrowed(id),
            CleanName::Repaired(id, reason) => {
                self.tell(line, Verdict::Repaired, reason);
                Cow::Owned(id)
            }
            CleanName::Refused(_) | CleanName::Empty => return self.refuse(line, Reason::NoId),
        };
        let Some((class, code)) = self.class_and_code(rules, line, draft) else { return };
        let main = self.name(line, draft.name);
        let arabic = self.name(line, draft.name_ar);
        // Tables repeat names; each is cleaned, and told of, once.
        let is_new = |at: usize, raw: &str| {
            raw != draft.name && raw != draft.name_ar && !draft.names.iter().take(at).any(|other| *other == raw)
        };
        let mut others: Vec<Cow<'_, str>> = Vec::with_capacity(draft.names.len());
        for (_, raw) in draft.names.iter().enumerate().filter(|(at, raw)| is_new(*at, raw)) {
            others.extend(self.name(line, raw));
        }
        let main = match main {
            Some(main) => main,
            None => {
                let Some(other) = arabic.as_ref().or(others.first()) else { return self.refuse(line, Reason::NoName) };
                self.tell(line, Verdict::Repaired, Reason::OtherName { name: other.to_string() });
                other.clone()
            }
        };
        let has_arabic = arabic.is_some();
        let mut names: Vec<Cow<'_, str>> = Vec::with_capacity(others.len() + 2);
        names.push(main);
        names.extend(arabic);
        for name in others {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        if names.len() > MOST_NAMES {
            names.truncate(MOST_NAMES);
            self.tell(line, Verdict::Repaired, Reason::ManyNames { limit: MOST_NAMES });
        }
        self.check_position(rules, line, draft);

        let units = |degrees: f64| (degrees * format::UNITS_PER_DEGREE).round() as i32;
        let (lon, lat) = (units(draft.position.lon_deg()), units(draft.position.lat_deg()));
        self.entries.push(Entry {
            id_hash: format::word_hash(id.as_bytes()),
            at: self.bytes.len() as u64,
            lon,
            lat,
            line: u32::try_from(line).unwrap_or(u32::MAX),
            source: self.source,
            class,
        });
        let (admin1, is_code) = match &draft.admin1 {
            Admin1::Name(name) => (name, false),
            Admin1::Code(code) => (code, true),
        };
        let mut row = Vec::with_capacity(128);
        row.push(u8::from(has_arabic) | u8::from(is_code) << 1 | u8::from(draft.uncertainty_m.is_some()) << 2);
        row.push(class.code() as u8);
        row.extend_from_slice(&lon.to_le_bytes());
        row.extend_from_slice(&lat.to_le_bytes());
        row.extend_from_slice(&draft.uncertainty_m.unwrap_or(0.0).to_le_bytes());
        write_varint(&mut row, draft.population);
        for text in [&*id, &*code, &*draft.country, admin1, &*draft.source, &*draft.note] {
            write_text(&mut row, text);
        }
        write_varint(&mut row, names.len() as u64);
        names.iter().for_each(|name| write_text(&mut row, name));
        write_varint(&mut self.bytes, row.len() as u64);
        self.bytes.extend_from_slice(&row);
    }

    /// The class and code of a row; `None` where it is refused.
    fn class_and_code<'r>(
        &mut self,
        rules: &Rules,
        line: u64,
        draft: &Draft<'r>,
    ) -> Option<(FeatureClass, Cow<'r, str>)> {
        let (letter, code) = (draft.class.trim(), draft.code.trim());
        let known = rules.vocabulary.class_of(code);
        let class = match (FeatureClass::from_code(letter), known) {
            (Some(given), Some(expected)) if given != expected => {
                let (given, expected) = (given.code(), expected.code());
                let reason = Reason::CodeOfOtherClass { code: code.to_owned(), given, expected };
                self.tell(line, Verdict::Repaired, reason);
                known?
            }
            (_, Some(class)) | (Some(class), None) => class,
            (None, None) if letter.is_empty() && code.is_empty() => FeatureClass::Populated,
            (None, None) => {
                let reason = if letter.is_empty() { Reason::NoClass } else { Reason::FeatureClass(letter.to_owned()) };
                self.refuse(line, reason);
                return None;
            }
        };
        if !code.is_empty() {
            return Some((class, Cow::Borrowed(code)));
        }
        let code = rules.vocabulary.defaults(class).code;
        self.tell(line, Verdict::Repaired, Reason::NoCode { code: code.clone() });
        Some((class, Cow::Owned(code)))
    }

    fn check_position(&mut self, rules: &Rules, line: u64, draft: &Draft<'_>) {
        let position = draft.position;
        if position.lon_deg().abs() < 1e-6 && position.lat_deg().abs() < 1e-6 {
            self.tell(line, Verdict::Warned, Reason::NullIsland);
        } else if let Some(country) = rules.spellings.country_named(&draft.country)
            && country.looks_swapped(position)
        {
            self.tell(line, Verdict::Warned, Reason::LooksSwapped { country: country.name.clone() });
        }
    }
}

/// Reads a position from two cells.
///
/// # Errors
/// Why the row is refused.
pub fn position(lon: &str, lat: &str) -> Result<Coordinate, Reason> {
    let (lon, lat) = (lon.trim(), lat.trim());
    if lon.is_empty() || lat.is_empty() {
        return Err(Reason::NoCoordinates);
    }
    let number = |what: &'static str, text: &str| match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(number),
        _ => Err(Reason::Number { what, value: text.chars().take(40).collect() }),
    };
    checked_position(number("longitude", lon)?, number("latitude", lat)?)
}

/// A position from two numbers.
///
/// # Errors
/// When they are out of range.
pub fn checked_position(lon_deg: f64, lat_deg: f64) -> Result<Coordinate, Reason> {
    Coordinate::new(lon_deg, lat_deg).map_err(|error| match error {
        CoordinateError::Latitude(_) if Coordinate::new(lat_deg, lon_deg).is_ok() => Reason::Swapped(error),
        _ => Reason::Position(error),
    })
}

/// A stored row.
#[derive(Clone, PartialEq, Debug)]
pub struct Stored<'b> {
    pub id: &'b str,
    pub code: &'b str,
    pub country: &'b str,
    pub admin1: &'b str,
    pub admin1_is_code: bool,
    pub source: &'b str,
    pub note: &'b str,
    pub names: Vec<&'b str>,
    /// Whether the second name is the Arabic one.
    pub has_arabic: bool,
    pub class: FeatureClass,
    pub position: Coordinate,
    pub population: u64,
    pub uncertainty_m: Option<f64>,
}

impl<'b> Stored<'b> {
    /// Reads a row without its length. `None` where the bytes are none, which only a damaged
    /// passing file can cause.
    pub fn read(row: &'b [u8]) -> Option<Self> {
        let flags = *row.first()?;
        let class = FeatureClass::from_code(std::str::from_utf8(row.get(1..2)?).ok()?)?;
        let degrees = |at| Some(f64::from(format::read_i32(row, at)?) / format::UNITS_PER_DEGREE);
        let position = Coordinate::new(degrees(2)?, degrees(6)?).ok()?;
        let uncertainty_m = f64::from_bits(read_u64(row, 10)?);
        let mut at = 18;
        let population = read_varint(row, &mut at)?;
        let mut text = || read_text(row, &mut at);
        let (id, code, country, admin1, source, note) = (text()?, text()?, text()?, text()?, text()?, text()?);
        let count = read_varint(row, &mut at)?;
        let names = (0..count).map(|_| read_text(row, &mut at)).collect::<Option<Vec<_>>>()?;
        Some(Self {
            id,
            code,
            country,
            admin1,
            admin1_is_code: flags & 2 != 0,
            source,
            note,
            names,
            has_arabic: flags & 1 != 0,
            class,
            position,
            population,
            uncertainty_m: (flags & 4 != 0).then_some(uncertainty_m),
        })
    }
}
