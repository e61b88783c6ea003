//! `masar gazetteer add` and its siblings: one more row in a table of corrections.
//!
//! The row is made first and read back with the table it goes to, then tried over the gazetteers.
//! What the table's own reader refuses is never written, so that this command and a person with an
//! editor are held to the same rules.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use csv::{ReaderBuilder, WriterBuilder};
use masar::gazetteer::Gazetteer;
use masar::gazetteer::corrections::CORRECTION_COLUMNS;
use masar::model::coordinate::Coordinate;
use masar::text::key::name_key;
use thiserror::Error;

use super::arguments::{AddArguments, CorrectCommand, NewCorrection};
use super::outcome::{Fault, Outcome, tell};
use super::sources::{CorrectionsFileError, corrections_text, read_corrections};

/// A place of a like name within this distance may be the one that is added.
const NAMESAKE_M: f64 = 30_000.0;

/// Namesakes told.
const NAMESAKES: usize = 5;

/// Why a row is not written.
#[derive(Debug, Error)]
pub enum CorrectError {
    #[error("no table to write to: name it with --corrections FILE, it is created when missing")]
    NoTable,
    #[error("{}: the table has no column `{column}`: add it to its first line", path.display())]
    NoColumn { path: PathBuf, column: &'static str },
    #[error("{}: cannot be written", path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error("the row is not written: {0}")]
    NoEffect(String),
    #[error("no gazetteer has a country `{0}`: spell it as `masar gazetteer search` does, or leave --country out")]
    Country(String),
}

/// The filled cells of a row.
type Cells = Vec<(&'static str, String)>;

pub fn run(command: &CorrectCommand) -> Result<Outcome, Fault> {
    let joined = |names: &[String]| names.join("|");
    match command {
        CorrectCommand::Add(arguments) => add(arguments),
        CorrectCommand::Move { id, at, uncertainty_m, new } => {
            let at = coordinate(at)?;
            let mut cells = vec![("id", id.clone())];
            cells.extend(position(at));
            cells.extend(uncertainty_m.map(|radius_m| ("uncertainty_m", radius_m.to_string())));
            write("move", cells, new)
        }
        CorrectCommand::Name { id, names, new } => {
            write("name", vec![("id", id.clone()), ("names", joined(names))], new)
        }
        CorrectCommand::Forbid { names, id, new } => {
            let id = id.clone().unwrap_or_default();
            write("forbid", vec![("id", id), ("names", joined(names))], new)
        }
        CorrectCommand::Remove { id, new } => write("remove", vec![("id", id.clone())], new),
        CorrectCommand::Merge { id, into, new } => {
            write("merge", vec![("id", id.clone()), ("into", into.clone())], new)
        }
    }
}

fn add(arguments: &AddArguments) -> Result<Outcome, Fault> {
    let at = coordinate(&arguments.at)?;
    let table = Table::open(&arguments.new)?;
    let gazetteer = &table.gazetteer;
    let country = arguments.country.as_deref().unwrap_or("");
    let admin1 = arguments.admin1.as_deref().unwrap_or("");
    if !country.is_empty() && gazetteer.country(country).is_none() {
        return Err(CorrectError::Country(country.to_owned()).into());
    }
    if !admin1.is_empty() && gazetteer.admin1(country, admin1).is_none() {
        tell(format_args!("warning: no gazetteer has a division `{admin1}` of `{country}`: is it spelled so?"));
    }
    let id = arguments.id.clone().unwrap_or_else(|| free_id(gazetteer, &arguments.name));
    let names = [&arguments.name].into_iter().chain(&arguments.name_ar).chain(&arguments.also);
    tell_namesakes(gazetteer, names.map(String::as_str), at);

    let mut cells = vec![("id", id.clone()), ("name_en", arguments.name.clone())];
    cells.extend(arguments.name_ar.clone().map(|name| ("name_ar", name)));
    cells.push(("names", arguments.also.join("|")));
    cells.extend(position(at));
    cells.push(("feature_code", arguments.feature_code.clone()));
    cells.extend([("country", country.to_owned()), ("admin1", admin1.to_owned())]);
    cells.extend(arguments.population.map(|population| ("population", population.to_string())));
    cells.extend(arguments.uncertainty_m.map(|radius_m| ("uncertainty_m", radius_m.to_string())));
    table.append("add", cells, &arguments.new)?;
    writeln!(io::stdout().lock(), "{id}")?;
    Ok(Outcome::Done)
}

fn write(action: &'static str, cells: Cells, new: &NewCorrection) -> Result<Outcome, Fault> {
    Table::open(new)?.append(action, cells, new)?;
    Ok(Outcome::Done)
}

fn coordinate(at: &[f64]) -> Result<Coordinate, Fault> {
    match at {
        [lon_deg, lat_deg] => Ok(Coordinate::new(*lon_deg, *lat_deg)?),
        _ => Err("a position is two numbers: longitude, then latitude".into()),
    }
}

fn position(at: Coordinate) -> [(&'static str, String); 2] {
    [("lat_deg", at.lat_deg().to_string()), ("lon_deg", at.lon_deg().to_string())]
}

/// An id made of the name that no place has.
fn free_id(gazetteer: &Gazetteer, name: &str) -> String {
    let plain = format!("own:{}", name_key(name).replace(' ', "-"));
    let numbered = (2..).map(|number| format!("{plain}-{number}"));
    let mut ids = std::iter::once(plain.clone()).chain(numbered);
    ids.find(|id| gazetteer.place_by_id(id).is_none()).unwrap_or(plain)
}

/// Tells of places near by that may be the same one.
fn tell_namesakes<'n>(gazetteer: &Gazetteer, names: impl Iterator<Item = &'n str>, at: Coordinate) {
    let mut found = Vec::new();
    for result in names.flat_map(|name| gazetteer.search(name)) {
        let place = gazetteer.place(result.place);
        let distance_m = place.coordinate().distance_m(at);
        if distance_m <= NAMESAKE_M && !found.iter().any(|(_, known, _)| *known == result.place) {
            found.push((distance_m, result.place, result.name));
        }
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (distance_m, place, name) in found.iter().take(NAMESAKES) {
        let place = gazetteer.place(*place);
        let kilometres = distance_m / 1000.0;
        tell(format_args!("warning: {place:?}, found as {name}, is {kilometres:.1} km away: is it the same place?"));
    }
}

/// A table of corrections that a row goes to, and the gazetteers as it left them.
struct Table<'a> {
    path: &'a Path,
    text: String,
    gazetteer: Gazetteer,
}

impl<'a> Table<'a> {
    fn open(new: &'a NewCorrection) -> Result<Self, Fault> {
        let (path, earlier) = new.sources.corrections.split_last().ok_or(CorrectError::NoTable)?;
        let mut rows = Vec::new();
        for table in earlier {
            rows.extend(read_corrections(table, &corrections_text(table)?)?);
        }
        let text = match corrections_text(path) {
            Ok(text) => text,
            Err(CorrectionsFileError::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
                format!("{}\n", CORRECTION_COLUMNS.join(","))
            }
            Err(error) => return Err(error.into()),
        };
        rows.extend(read_corrections(path, &text)?);
        let (gazetteer, warnings) = new.sources.stack()?.corrected(rows)?;
        warnings.iter().for_each(|warning| tell(format_args!("warning: {warning}")));
        Ok(Self { path, text, gazetteer })
    }

    /// Writes the table with one more row, if that row does something.
    fn append(self, action: &'static str, mut cells: Cells, new: &NewCorrection) -> Result<(), Fault> {
        cells.extend([("action", action.to_owned()), ("reason", new.reason.clone()), ("source", new.source.clone())]);
        let mut text = self.text;
        if !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(&row(self.path, &text, &cells)?);
        let Some(correction) = read_corrections(self.path, &text)?.pop() else {
            return Err(CorrectError::NoEffect("it is empty".to_owned()).into());
        };
        let line = correction.line;
        let (_, warnings) = self.gazetteer.corrected(vec![correction])?;
        if let Some(warning) = warnings.first() {
            return Err(CorrectError::NoEffect(warning.to_string()).into());
        }
        save(self.path, &text).map_err(|source| CorrectError::Write { path: self.path.to_owned(), source })?;
        tell(format_args!("wrote line {line} of {}", self.path.display()));
        Ok(())
    }
}

/// A line of a table with the columns of its first line.
fn row(path: &Path, table: &str, cells: &Cells) -> Result<String, Fault> {
    let table = table.trim_start_matches('\u{feff}');
    let mut header = ReaderBuilder::new().trim(csv::Trim::All).from_reader(table.as_bytes());
    let columns = header.headers()?;
    let has = |name: &str| columns.iter().any(|column| column == name);
    if let Some((column, _)) = cells.iter().find(|(name, text)| !text.is_empty() && !has(name)) {
        return Err(CorrectError::NoColumn { path: path.to_owned(), column }.into());
    }
    let cell = |column: &str| cells.iter().find(|(name, _)| *name == column).map_or("", |(_, text)| text.trim());
    let mut writer = WriterBuilder::new().from_writer(Vec::new());
    // A line break in a cell would be read back, but no person could follow the lines.
    writer.write_record(columns.iter().map(|column| cell(column).replace(['\r', '\n'], " ")))?;
    Ok(String::from_utf8(writer.into_inner()?)?)
}

/// Replaces a file in one step.
fn save(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    // Temporary files are private; a table is as open as any file, the mask takes off what it must.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    if let Ok(existing) = fs::metadata(path) {
        file.as_file().set_permissions(existing.permissions())?;
    }
    file.persist(path)?;
    Ok(())
}
