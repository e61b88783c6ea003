//! Tables in the form of `gazetteer/*.csv`, row by row: what stops a build of Masar is a refused
//! row here.

use std::borrow::Cow;

use super::columns::{Field, overridden, own_columns};
use super::delimited::{self, optional_number};
use super::draft::{Admin1, Draft, position};
use super::source::{Source, SourceError};
use super::{Intake, SourceFormat};

pub struct PlacesCsv;

impl SourceFormat for PlacesCsv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn licence(&self) -> &'static str {
        "licence not told; see the source of each row"
    }

    fn recognises(&self, source: &Source) -> bool {
        let header = delimited::header(source);
        ["id", "lat_deg", "lon_deg"].iter().all(|name| header.iter().any(|column| column == name))
    }

    fn read(&self, source: &Source, intake: &mut Intake<'_>) -> Result<(), SourceError> {
        let header = delimited::header(source);
        let header: Vec<&str> = header.iter().map(String::as_str).collect();
        let fault = |problem| SourceError::Header { file: source.name().to_owned(), problem };
        let overrides = overridden(&intake.options.columns, &header).map_err(fault)?;
        let columns = own_columns(&header, &overrides).map_err(fault)?;
        delimited::tell_unknown(intake, columns.unknown);
        let rules = intake.rules;
        delimited::read(source, intake, |block, line, cells| {
            let cell = |field: Field| {
                let at = columns.known.iter().find(|(known, _)| *known == field).map(|(_, at)| *at);
                at.and_then(|at| cells.get(at)).copied().unwrap_or("")
            };
            let position = match position(cell(Field::Lon), cell(Field::Lat)) {
                Ok(position) => position,
                Err(reason) => return block.refuse(line, reason),
            };
            let population = optional_number(block, line, "population", cell(Field::Population));
            let uncertainty_m = optional_number(block, line, "uncertainty_m", cell(Field::Uncertainty));
            let draft = Draft {
                id: Cow::Borrowed(cell(Field::Id)),
                name: cell(Field::NameEn),
                name_ar: cell(Field::NameAr),
                names: cell(Field::Names).split('|').collect(),
                position,
                class: cell(Field::Class),
                code: cell(Field::Code),
                country: Cow::Borrowed(cell(Field::Country)),
                admin1: Admin1::Name(Cow::Borrowed(cell(Field::Admin1))),
                population: population.unwrap_or(0.0) as u64,
                uncertainty_m: uncertainty_m.filter(|metres| *metres > 0.0),
                source: Cow::Borrowed(cell(Field::Source)),
                note: Cow::Borrowed(cell(Field::Note)),
            };
            block.add(rules, line, &draft);
        })
    }
}
