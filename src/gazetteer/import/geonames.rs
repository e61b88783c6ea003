//! GeoNames: the main table (`allCountries.txt`, `SY.txt`) and the names of divisions.
//!
//! Tables have no header, tabs between columns and no quotes. Nineteen columns make a place:
//! geonameid, name, asciiname, alternatenames, latitude, longitude, feature class, feature code,
//! country code, cc2, admin1 to admin4, population, elevation, dem, timezone, modification date
//! (<https://download.geonames.org/export/dump/readme.txt>).

use std::borrow::Cow;
use std::collections::HashMap;

use super::clean::looks_arabic;
use super::draft::{Admin1, Block, Draft, Rules, position};
use super::report::{Reason, Verdict};
use super::source::{Line, LineBlock, Source, SourceError, parse_lines};
use super::vocabulary::{Country, Spellings};
use super::{Intake, SourceFormat};
use crate::gazetteer::import::alternate_names::{AlternateName, AlternateNames};
use crate::model::place::FeatureClass;

pub const LICENCE: &str = "GeoNames (https://www.geonames.org), CC BY 4.0";
pub const NAME: &str = "geonames";

const COLUMNS: usize = 19;

/// The table of places.
pub struct MainTable;

impl SourceFormat for MainTable {
    fn name(&self) -> &'static str {
        NAME
    }

    fn licence(&self) -> &'static str {
        LICENCE
    }

    fn recognises(&self, source: &Source) -> bool {
        let line = source.first_line();
        line.matches('\t').count() >= 12 && is_number(line.split('\t').next().unwrap_or(""))
    }

    fn read(&self, source: &Source, intake: &mut Intake<'_>) -> Result<(), SourceError> {
        let (rules, watcher) = (intake.rules, intake.watcher);
        // Taken out while blocks are parsed, because the intake takes them meanwhile.
        let alternates = std::mem::take(&mut intake.alternates);
        let divisions = intake.divisions.by_code.clone();
        let (file, number) = (intake.file.clone(), intake.number);
        let read = source.with_reader(watcher, |reader| {
            let parse = |lines: &LineBlock| {
                let mut block = Block::new(file.clone(), number);
                let second_level = &divisions;
                lines.for_each(|line, text| {
                    block.rows += 1;
                    match text {
                        Line::Text(text) => read_row(&mut block, rules, &alternates, second_level, line, text),
                        Line::NotUtf8 => block.refuse(line, Reason::NotUtf8),
                        Line::TooLong => block.refuse(line, Reason::LineTooLong),
                    }
                });
                block
            };
            let mut failed = None;
            parse_lines(reader, parse, |block| intake.take(&block)).unwrap_or_else(|error| failed = Some(error));
            failed.map_or(Ok(()), |error| Err(intake.io_error(error)))
        });
        intake.alternates = alternates;
        read
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn read_row(
    block: &mut Block,
    rules: &Rules,
    alternates: &AlternateNames,
    divisions: &HashMap<String, String>,
    line: u64,
    text: &str,
) {
    let mut cells = [""; COLUMNS];
    let mut found = 0;
    for cell in text.split('\t') {
        if let Some(place) = cells.get_mut(found) {
            *place = cell;
        }
        found += 1;
    }
    if found != COLUMNS {
        return block.refuse(line, Reason::Columns { found, expected: COLUMNS });
    }
    let [id, name, ascii, others, lat, lon, class, code, country_code, _, admin1, admin2, _, _, population, ..] = cells;
    let Some(geonames_id) = id.trim().parse::<u32>().ok().filter(|id| *id > 0) else {
        return block.refuse(line, Reason::GeoNamesId(id.chars().take(40).collect()));
    };
    if let Some(known) = FeatureClass::from_code(class)
        && !rules.selection.takes(&rules.vocabulary, known, code)
    {
        block.passed_over += 1;
        return;
    }
    let position = match position(lon, lat) {
        Ok(position) => position,
        Err(reason) => return block.refuse(line, reason),
    };
    let population = match population.trim() {
        "" => 0,
        digits => digits.parse().unwrap_or_else(|_| {
            let value = digits.chars().take(40).collect();
            block.tell(line, Verdict::Repaired, Reason::LeftOut { what: "population", value });
            0
        }),
    };
    let country = rules.spellings.country_of_code(country_code);
    if country.is_none() && !country_code.is_empty() {
        block.tell(line, Verdict::Warned, Reason::UnknownCountry(country_code.chars().take(40).collect()));
    }
    let alternates = alternates.of(geonames_id);
    let mut names: Vec<&str> = Vec::with_capacity(4 + alternates.len());
    let english = alternates.iter().find(|name| name.is_english() && name.is_preferred());
    let shown = english.map_or(name, |name| name.text);
    names.push(name);
    names.push(ascii);
    names.extend(others.split(',').filter(|name| !name.is_empty()));
    names.extend(alternates.iter().map(|name| name.text));
    let name_ar = arabic_name(&alternates).or_else(|| names.iter().find(|name| looks_arabic(name)).copied());

    let (id, note) = identity(rules, country, class, code, geonames_id, [shown, name, ascii]);
    if code == "ADM1" && !admin1.is_empty() {
        block.divisions.push((format!("{country_code}.{admin1}"), shown.to_owned()));
    }
    let has_district = !admin2.is_empty() && class != "A" && !divisions.is_empty();
    let district = has_district.then(|| divisions.get(&format!("{country_code}.{admin1}.{admin2}"))).flatten();
    let note = district.map_or(note, |district| Cow::Owned(format!("in {district}")));
    let admin1 = match admin1 {
        "" | "00" => Admin1::default(),
        code => Admin1::Code(Cow::Owned(format!("{country_code}.{code}"))),
    };
    let draft = Draft {
        id: Cow::Owned(id),
        name: shown,
        name_ar: name_ar.unwrap_or(""),
        names,
        position,
        class,
        code,
        country: Cow::Borrowed(country.map_or(country_code, |country| &country.name)),
        admin1,
        population,
        uncertainty_m: radius_of_population(class, population),
        source: Cow::Borrowed("GeoNames"),
        note,
    };
    block.add(rules, line, &draft);
}

/// The Arabic name that GeoNames marks as such.
fn arabic_name<'n>(alternates: &[AlternateName<'n>]) -> Option<&'n str> {
    let arabic = || alternates.iter().filter(|name| name.is_arabic());
    let preferred = arabic().find(|name| name.is_preferred());
    preferred.or_else(|| arabic().find(|name| !name.is_historic())).map(|name| name.text)
}

/// The id of a row. Countries and first-level divisions have that of ISO 3166 where Masar's own
/// gazetteer has it, so that the two are one place when both are open.
fn identity(
    rules: &Rules,
    country: Option<&Country>,
    class: &str,
    code: &str,
    geonames_id: u32,
    names: [&str; 3],
) -> (String, Cow<'static, str>) {
    let own = format!("gn:{geonames_id}");
    let Some(country) = country.filter(|_| class == "A") else { return (own, Cow::Borrowed("")) };
    let iso = match code {
        "PCLI" | "PCLD" | "PCLF" | "PCLS" | "PCLIX" => {
            let is_named = |name: &&str| rules.spellings.country(name) == Some(country);
            names.iter().find(|name| is_named(name)).map(|_| &country.id)
        }
        "ADM1" => {
            names.iter().find_map(|name| rules.spellings.division(&country.name, name)).map(|division| &division.id)
        }
        _ => None,
    };
    match iso {
        Some(iso) if *iso != own => (iso.clone(), Cow::Owned(format!("GeoNames {geonames_id}"))),
        _ => (own, Cow::Borrowed("")),
    }
}

/// Towns: the circle that holds the population at 8,000 people a square kilometre, where that is
/// more than a kilometre. As in `gazetteer/README.md`.
fn radius_of_population(class: &str, population: u64) -> Option<f64> {
    let radius_m = (population as f64 / 8000.0 / std::f64::consts::PI).sqrt() * 1000.0;
    (class == "P" && radius_m > 1000.0).then(|| (radius_m / 100.0).round() * 100.0)
}

/// Names of divisions by their codes (`SY.12`, `SY.12.8621449`).
#[derive(Default)]
pub struct DivisionNames {
    by_code: HashMap<String, String>,
    /// Those of rows of the main table, where no table of codes was given.
    by_row: HashMap<String, String>,
    spelled: HashMap<String, Option<String>>,
}

impl DivisionNames {
    pub fn add_row(&mut self, code: &str, name: &str) {
        self.by_row.insert(code.to_owned(), name.to_owned());
    }

    /// Finds out how Masar spells the division of a code. Returns whether there is a name at all.
    pub fn spell(&mut self, spellings: &Spellings, country: &str, code: &str) -> bool {
        if let Some(name) = self.spelled.get(code) {
            return name.is_some();
        }
        let name = self.by_code.get(code).or_else(|| self.by_row.get(code));
        let spelled = name.map(|name| match spellings.division(country, name) {
            Some(division) => division.name.clone(),
            None => name.clone(),
        });
        let is_known = spelled.is_some();
        self.spelled.insert(code.to_owned(), spelled);
        is_known
    }

    /// What [`Self::spell`] found for a code; empty where there is no name.
    pub fn spelled(&self, code: &str) -> &str {
        self.spelled.get(code).and_then(Option::as_deref).unwrap_or("")
    }
}

/// `admin1CodesASCII.txt`: code, name, ASCII name, geonameid.
pub struct Admin1Codes;

/// `admin2Codes.txt`: the same for the second level.
pub struct Admin2Codes;

impl SourceFormat for Admin1Codes {
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
        code_level(source.first_line()) == Some(1)
    }

    fn read(&self, source: &Source, intake: &mut Intake<'_>) -> Result<(), SourceError> {
        read_codes(source, intake)
    }
}

impl SourceFormat for Admin2Codes {
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
        code_level(source.first_line()) == Some(2)
    }

    fn read(&self, source: &Source, intake: &mut Intake<'_>) -> Result<(), SourceError> {
        read_codes(source, intake)
    }
}

/// The level that a row of a table of codes is about.
fn code_level(line: &str) -> Option<usize> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [code, _, _, id] = cells.as_slice() else { return None };
    let is_code = code.len() > 3 && code.bytes().take(2).all(|byte| byte.is_ascii_uppercase());
    (is_code && code.get(2..3) == Some(".") && is_number(id)).then(|| code.matches('.').count())
}

fn read_codes(source: &Source, intake: &mut Intake<'_>) -> Result<(), SourceError> {
    let watcher = intake.watcher;
    let file = intake.file.clone();
    source.with_reader(watcher, |reader| {
        let parse = |lines: &LineBlock| {
            let (mut found, mut block) = (Vec::new(), Block::new(file.clone(), 0));
            lines.for_each(|line, text| {
                block.rows += 1;
                match text {
                    Line::Text(text) => {
                        let cells: Vec<&str> = text.split('\t').collect();
                        match cells.as_slice() {
                            [code, name, ..] if cells.len() == 4 && !name.trim().is_empty() => {
                                found.push(((*code).to_owned(), name.trim().to_owned()));
                            }
                            [_, _, _, _] => block.refuse(line, Reason::NoName),
                            _ => block.refuse(line, Reason::Columns { found: cells.len(), expected: 4 }),
                        }
                    }
                    Line::NotUtf8 => block.refuse(line, Reason::NotUtf8),
                    Line::TooLong => block.refuse(line, Reason::LineTooLong),
                }
            });
            (found, block)
        };
        let taken = parse_lines(reader, parse, |(found, block)| {
            intake.take(&block)?;
            if let Some(file) = intake.report.files.last_mut() {
                file.taken += found.len() as u64;
            }
            intake.divisions.by_code.extend(found);
            Ok(())
        });
        taken.map_err(|error| intake.io_error(error))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_of_codes_are_told_by_their_first_row() {
        assert_eq!(code_level("SY.12\tIdlib\tIdlib\t169387"), Some(1));
        assert_eq!(code_level("SY.12.8621449\tArīḩā\tAriha\t8621449"), Some(2));
        assert_eq!(code_level("id,name_en"), None);
        assert_eq!(code_level("1\t2\ten\tname"), None);
    }

    #[test]
    fn a_town_is_as_wide_as_its_people_need() {
        assert_eq!(radius_of_population("P", 25_132), None);
        assert_eq!(radius_of_population("P", 100_000), Some(2000.0));
        assert_eq!(radius_of_population("A", 100_000), None);
    }
}
