//! Tables of p-codes as OCHA publishes them (Common Operational Datasets on
//! <https://data.humdata.org/>).
//!
//! Their headers differ from country to country and year to year, so columns are found by what
//! their names have in common, or by the HXL tags below them. The deepest level with a p-code is
//! the place of a row; the levels above it say where it lies.

use std::borrow::Cow;

use super::columns::{Field, Part, SETTLEMENT, Slot, overridden, slot_of_header, slot_of_tag};
use super::delimited::{self, optional_number};
use super::draft::{Admin1, Draft, position};
use super::source::{Source, SourceError};
use super::{Intake, SourceFormat};

pub struct PCodes;

impl SourceFormat for PCodes {
    fn name(&self) -> &'static str {
        "ocha"
    }

    fn licence(&self) -> &'static str {
        "OCHA, Common Operational Dataset; see the source for its licence"
    }

    fn recognises(&self, source: &Source) -> bool {
        let header = delimited::header(source);
        header.iter().filter_map(|name| slot_of_header(name)).any(|slot| matches!(slot, Slot::Level(_, Part::PCode)))
    }

    fn read(&self, source: &Source, intake: &mut Intake<'_>) -> Result<(), SourceError> {
        let header = delimited::header(source);
        let header: Vec<&str> = header.iter().map(String::as_str).collect();
        let fault = |problem| SourceError::Header { file: source.name().to_owned(), problem };
        let overrides = overridden(&intake.options.columns, &header).map_err(fault)?;
        let mut slots: Vec<Option<Slot>> = header.iter().map(|name| slot_of_header(name)).collect();
        for (at, tag) in tags(source).iter().enumerate() {
            if let (Some(slot), Some(place)) = (slot_of_tag(tag), slots.get_mut(at)) {
                *place = Some(slot);
            }
        }
        let columns = Columns::of(&slots, &overrides).map_err(fault)?;
        let unknown = columns.unread(&header, &overrides);
        delimited::tell_unknown(intake, unknown);
        let rules = intake.rules;
        delimited::read(source, intake, |block, line, cells| {
            if cells.iter().any(|cell| cell.starts_with('#'))
                && cells.iter().all(|c| c.is_empty() || c.starts_with('#'))
            {
                // The row of tags is no place.
                block.rows -= 1;
                return;
            }
            let cell = |at: Option<usize>| at.and_then(|at| cells.get(at)).copied().unwrap_or("");
            let level = |level: u8, part: Part| cell(columns.level(level, part));
            let position = match position(cell(columns.lon), cell(columns.lat)) {
                Ok(position) => position,
                Err(reason) => return block.refuse(line, reason),
            };
            let code = cell(columns.id);
            let population = optional_number(block, line, "population", cell(columns.population));
            let uncertainty_m = optional_number(block, line, "uncertainty_m", cell(columns.uncertainty_m));
            let area_km2 = optional_number(block, line, "area", cell(columns.area_km2));
            let radius_m = |area: f64| ((area / std::f64::consts::PI).sqrt() * 1000.0).round();

            let known = [level(0, Part::NameEn), level(0, Part::NameAr), level(0, Part::OtherName)]
                .iter()
                .find_map(|name| rules.spellings.country(name));
            let known = known.or_else(|| rules.spellings.country_of_code(level(0, Part::PCode)));
            let known = known.or_else(|| rules.spellings.country_of_code(code.get(..2).unwrap_or("")));
            let country = known.map_or(level(0, Part::NameEn), |country| &country.name);
            let division = [level(1, Part::NameEn), level(1, Part::NameAr), level(1, Part::OtherName)]
                .iter()
                .find_map(|name| rules.spellings.division(country, name));
            let first_name = |at: u8| {
                let parts = [Part::NameEn, Part::OtherName, Part::NameAr];
                parts.iter().map(|part| level(at, *part)).find(|name| !name.is_empty()).unwrap_or("")
            };
            let above: Vec<&str> =
                (2..columns.depth.min(6)).rev().map(first_name).filter(|name| !name.is_empty()).collect();
            let mut names: Vec<&str> = Vec::new();
            for at in &columns.other_names {
                names.extend(cells.get(*at).copied().unwrap_or("").split('|'));
            }
            let own_class = columns.class.is_some() || columns.code.is_some();
            let (class, kind) = match columns.depth {
                _ if own_class => (cell(columns.class), cell(columns.code)),
                0 => ("A", "PCLI"),
                1 => ("A", "ADM1"),
                2 => ("A", "ADM2"),
                3 => ("A", "ADM3"),
                4 => ("A", "ADM4"),
                5 => ("A", "ADM5"),
                _ => ("P", "PPL"),
            };
            let draft = Draft {
                id: match code {
                    "" => Cow::Borrowed(""),
                    code => Cow::Owned(format!("pcode:{code}")),
                },
                name: cell(columns.name_en),
                name_ar: cell(columns.name_ar),
                names,
                position,
                class,
                code: kind,
                country: Cow::Borrowed(country),
                admin1: Admin1::Name(Cow::Borrowed(division.map_or(first_name(1), |division| &division.name))),
                population: population.unwrap_or(0.0) as u64,
                uncertainty_m: uncertainty_m.or(area_km2.map(radius_m)).filter(|metres| *metres > 0.0),
                source: match cell(columns.source) {
                    "" => Cow::Borrowed("OCHA"),
                    source => Cow::Borrowed(source),
                },
                note: match (cell(columns.note), above.is_empty()) {
                    ("", true) => Cow::Borrowed(""),
                    ("", false) => Cow::Owned(format!("in {}", above.join(", "))),
                    (note, _) => Cow::Borrowed(note),
                },
            };
            block.add(rules, line, &draft);
        })
    }
}

/// The HXL tags, when the second line holds them.
fn tags(source: &Source) -> Vec<String> {
    let head = String::from_utf8_lossy(source.head());
    let second = head.lines().nth(1).unwrap_or("");
    let delimiter = char::from(delimited::delimiter(source.first_line()));
    let cells: Vec<String> = second.split(delimiter).map(|cell| cell.trim().trim_matches('"').to_owned()).collect();
    let is_tags = cells.iter().any(|cell| cell.starts_with('#'))
        && cells.iter().all(|cell| cell.is_empty() || cell.starts_with('#'));
    if is_tags { cells } else { Vec::new() }
}

/// Where everything stands.
struct Columns {
    levels: Vec<(u8, Part, usize)>,
    /// The level of the place itself.
    depth: u8,
    id: Option<usize>,
    name_en: Option<usize>,
    name_ar: Option<usize>,
    other_names: Vec<usize>,
    lat: Option<usize>,
    lon: Option<usize>,
    population: Option<usize>,
    area_km2: Option<usize>,
    uncertainty_m: Option<usize>,
    class: Option<usize>,
    code: Option<usize>,
    source: Option<usize>,
    note: Option<usize>,
}

impl Columns {
    fn of(slots: &[Option<Slot>], overrides: &[(Field, usize)]) -> Result<Self, String> {
        let given = |field: Field| overrides.iter().find(|(known, _)| *known == field).map(|(_, at)| *at);
        let mut levels: Vec<(u8, Part, usize)> = Vec::new();
        for (at, slot) in slots.iter().enumerate() {
            if let Some(Slot::Level(level, part)) = slot
                && !overrides.iter().any(|(_, used)| *used == at)
            {
                levels.push((*level, *part, at));
            }
        }
        for (field, level) in [(Field::Country, 0), (Field::Admin1, 1)] {
            if let Some(at) = given(field) {
                levels.retain(|(known, part, _)| (*known, *part) != (level, Part::NameEn));
                levels.push((level, Part::NameEn, at));
            }
        }
        let first = |wanted: Slot| slots.iter().position(|slot| *slot == Some(wanted));
        let coded = |level: &u8| levels.iter().any(|(known, part, _)| known == level && *part == Part::PCode);
        let depth = match given(Field::Id) {
            Some(at) => match slots.get(at).copied().flatten() {
                Some(Slot::Level(level, _)) => level,
                _ => SETTLEMENT,
            },
            None => levels.iter().map(|(level, ..)| *level).filter(coded).max().ok_or_else(|| missing("id"))?,
        };
        let own = |part: Part| levels.iter().find(|(level, known, _)| (*level, *known) == (depth, part));
        let at = |part: Part| own(part).map(|(.., at)| *at);
        let mut other_names: Vec<usize> = levels
            .iter()
            .filter(|(level, part, _)| *level == depth && *part != Part::PCode)
            .map(|(.., at)| *at)
            .collect();
        other_names.extend(given(Field::Names));
        let columns = Self {
            depth,
            id: given(Field::Id).or(at(Part::PCode)),
            name_en: given(Field::NameEn).or(at(Part::NameEn)).or(at(Part::OtherName)),
            name_ar: given(Field::NameAr).or(at(Part::NameAr)),
            other_names,
            lat: given(Field::Lat).or(first(Slot::Lat)),
            lon: given(Field::Lon).or(first(Slot::Lon)),
            population: given(Field::Population).or(first(Slot::Population)),
            area_km2: first(Slot::AreaKm2),
            uncertainty_m: given(Field::Uncertainty),
            class: given(Field::Class),
            code: given(Field::Code),
            source: given(Field::Source),
            note: given(Field::Note),
            levels,
        };
        if columns.name_en.or(columns.name_ar).is_none() {
            return Err(missing("name_en"));
        }
        columns.lat.ok_or_else(|| missing("lat_deg"))?;
        columns.lon.ok_or_else(|| missing("lon_deg"))?;
        Ok(columns)
    }

    fn level(&self, level: u8, part: Part) -> Option<usize> {
        self.levels.iter().find(|(known, own, _)| (*known, *own) == (level, part)).map(|(.., at)| *at)
    }

    /// Headers of columns that are not read.
    fn unread(&self, header: &[&str], overrides: &[(Field, usize)]) -> Vec<String> {
        let single = [self.lat, self.lon, self.population, self.area_km2];
        let is_read = |at: usize| {
            self.levels.iter().any(|(.., used)| *used == at)
                || overrides.iter().any(|(_, used)| *used == at)
                || single.contains(&Some(at))
        };
        header.iter().enumerate().filter(|(at, _)| !is_read(*at)).map(|(_, name)| (*name).to_owned()).collect()
    }
}

fn missing(field: &str) -> String {
    format!("no column for `{field}` was found; --column {field}=HEADER names it")
}
