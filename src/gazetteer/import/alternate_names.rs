//! GeoNames' `alternateNamesV2.txt`: names by the number of their place, in one language each.
//!
//! The table holds some sixteen million rows in the order of its own ids. All names that count go
//! into one text with twelve bytes beside each, sorted by place; a search among them then finds
//! those of a row of the main table.

use std::io;

use super::draft::Block;
use super::geonames::{LICENCE, NAME};
use super::report::{Reason, Verdict};
use super::source::{Line, LineBlock, Source, SourceError, parse_lines};
use super::{Intake, SourceFormat};

/// What stands in the language column and is no language: links, codes of stations and ports,
/// post codes; and abbreviations, which are too short to be told from words.
const NO_LANGUAGE: [&str; 12] =
    ["link", "wkdt", "post", "iata", "icao", "faac", "unlc", "tcid", "phon", "abbr", "fr_1793", "uicn"];

const ARABIC: u8 = 1;
const ENGLISH: u8 = 2;
const PREFERRED: u8 = 4;
const HISTORIC: u8 = 8;

#[derive(Clone, Copy)]
struct Row {
    place: u32,
    start: u32,
    len: u16,
    kind: u8,
}

/// Names by place.
#[derive(Default)]
pub struct AlternateNames {
    text: Vec<u8>,
    rows: Vec<Row>,
}

/// One name of a place.
#[derive(Clone, Copy, Debug)]
pub struct AlternateName<'n> {
    pub text: &'n str,
    kind: u8,
}

impl AlternateName<'_> {
    pub fn is_arabic(&self) -> bool {
        self.kind & ARABIC != 0
    }

    pub fn is_english(&self) -> bool {
        self.kind & ENGLISH != 0
    }

    pub fn is_preferred(&self) -> bool {
        self.kind & PREFERRED != 0
    }

    pub fn is_historic(&self) -> bool {
        self.kind & HISTORIC != 0
    }
}

impl AlternateNames {
    /// The names of a place, in the order of the table.
    pub fn of(&self, place: u32) -> Vec<AlternateName<'_>> {
        let first = self.rows.partition_point(|row| row.place < place);
        let rows = self.rows.iter().skip(first).take_while(|row| row.place == place);
        let text = |row: &Row| {
            let start = row.start as usize;
            std::str::from_utf8(self.text.get(start..start + usize::from(row.len))?).ok()
        };
        rows.filter_map(|row| Some(AlternateName { text: text(row)?, kind: row.kind })).collect()
    }

    fn add(&mut self, parsed: &Parsed) -> io::Result<()> {
        let start = u32::try_from(self.text.len() + parsed.text.len())
            .map(|_| self.text.len() as u32)
            .map_err(|_| io::Error::other("more than four gigabytes of alternate names"))?;
        self.text.extend_from_slice(&parsed.text);
        self.rows.extend(parsed.rows.iter().map(|row| Row { start: start + row.start, ..*row }));
        Ok(())
    }
}

struct Parsed {
    block: Block,
    text: Vec<u8>,
    rows: Vec<Row>,
}

/// The format.
pub struct AlternateNamesTable;

impl SourceFormat for AlternateNamesTable {
    fn name(&self) -> &'static str {
        NAME
    }

    fn licence(&self) -> &'static str {
        LICENCE
    }

    fn is_lookup(&self) -> bool {
        true
    }

    fn recognises(&self, source: &Source) -> bool {
        let cells: Vec<&str> = source.first_line().split('\t').collect();
        let is_number = |at: usize| {
            cells.get(at).is_some_and(|cell| !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit()))
        };
        (4..=10).contains(&cells.len()) && is_number(0) && is_number(1)
    }

    fn read(&self, source: &Source, intake: &mut Intake<'_>) -> Result<(), SourceError> {
        let (watcher, languages) = (intake.watcher, intake.options.languages.as_slice());
        let file = intake.file.clone();
        source.with_reader(watcher, |reader| {
            let parse = |lines: &LineBlock| {
                let block = Block::new(file.clone(), 0);
                let mut parsed = Parsed { block, text: Vec::new(), rows: Vec::new() };
                lines.for_each(|line, text| {
                    parsed.block.rows += 1;
                    match text {
                        Line::Text(text) => read_row(&mut parsed, languages, line, text),
                        Line::NotUtf8 => parsed.block.refuse(line, Reason::NotUtf8),
                        Line::TooLong => parsed.block.refuse(line, Reason::LineTooLong),
                    }
                });
                parsed
            };
            let read = parse_lines(reader, parse, |parsed| {
                intake.take(&parsed.block)?;
                if let Some(file) = intake.report.files.last_mut() {
                    file.taken += parsed.rows.len() as u64;
                }
                intake.alternates.add(&parsed)
            });
            read.map_err(|error| intake.io_error(error))
        })?;
        // Stable, so that the names of a place keep their order.
        intake.alternates.rows.sort_by_key(|row| row.place);
        Ok(())
    }
}

/// alternateNameId, geonameid, language, name, preferred, short, colloquial, historic, from, to;
/// version 1 and rows without flags have fewer.
fn read_row(parsed: &mut Parsed, languages: &[String], line: u64, text: &str) {
    let cells: Vec<&str> = text.split('\t').collect();
    let (Some(place), Some(language), Some(name)) = (cells.get(1), cells.get(2), cells.get(3)) else {
        return parsed.block.refuse(line, Reason::Columns { found: cells.len(), expected: 10 });
    };
    if cells.len() > 10 {
        return parsed.block.refuse(line, Reason::Columns { found: cells.len(), expected: 10 });
    }
    let Ok(place) = place.trim().parse::<u32>() else {
        return parsed.block.refuse(line, Reason::GeoNamesId(place.chars().take(40).collect()));
    };
    let flag = |at: usize| cells.get(at).is_some_and(|cell| cell.trim() == "1");
    let is_wanted = language.is_empty() || languages.is_empty() || languages.iter().any(|wanted| wanted == language);
    if NO_LANGUAGE.contains(language) || flag(6) || !is_wanted {
        parsed.block.passed_over += 1;
        return;
    }
    let name = name.trim();
    if name.is_empty() {
        return parsed.block.refuse(line, Reason::NoName);
    }
    let limit = super::clean::LONGEST_NAME;
    let characters = name.chars().count();
    if characters > limit {
        return parsed.block.tell(line, Verdict::Refused, Reason::LongName { characters, limit });
    }
    let mut kind = match *language {
        "ar" => ARABIC,
        "en" => ENGLISH,
        _ => 0,
    };
    kind |= if flag(4) { PREFERRED } else { 0 } | if flag(7) { HISTORIC } else { 0 };
    // A block is a few megabytes, a name at most two hundred characters.
    let (start, len) = (parsed.text.len() as u32, name.len() as u16);
    parsed.text.extend_from_slice(name.as_bytes());
    parsed.rows.push(Row { place, start, len, kind });
}
