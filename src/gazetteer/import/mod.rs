//! Building a gazetteer from the files that others publish.
//!
//! A format is one file here and one line in [`FORMATS`]. Rows are read in blocks on all
//! processors and stored in a passing file, so that memory holds a few dozen bytes a place; then
//! rows that are one place are joined, and the rest is compiled. A bad row is refused with a
//! finding and the build goes on; a file that cannot be read to its end stops it.
//!
//! | format | what | from |
//! |---|---|---|
//! | `geonames` | main tables, alternate names, division codes | <https://download.geonames.org/export/dump/readme.txt> |
//! | `linked-places` | GeoJSON of the Linked Places format, also one feature a line | <https://github.com/LinkedPasts/linked-places-format> |
//! | `csv` | the columns of `gazetteer/README.md` | this project |
//! | `ocha` | tables of p-codes, as the Humanitarian Data Exchange has them | <https://data.humdata.org/> |

mod clean;
mod columns;
mod draft;
mod geonames;
mod alternate_names;
mod linked_places;
mod ocha;
mod places_csv;
mod delimited;
pub mod report;
pub mod source;
mod staging;
mod vocabulary;

use std::io;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use thiserror::Error;

use crate::gazetteer::Gazetteer;
use crate::gazetteer::compile::{Compiled, Compiler, PlaceRow};
use crate::gazetteer::disagreement;
use crate::gazetteer::error::{CompileError, Problem};
use alternate_names::AlternateNames;
use draft::{Block, Rules, Stored};
use geonames::DivisionNames;
use report::{FileReport, Finding, Reason, Report, Verdict};
use source::{Source, SourceError};
use staging::{Rows, StagedRow, Staging};
pub use vocabulary::Selection;
use vocabulary::{FEATURE_CODES, NAME_HEADS, Spellings, Vocabulary};

/// One kind of file with places.
trait SourceFormat: Sync {
    /// What `--as` calls it; several kinds of files of one publisher share a name.
    fn name(&self) -> &'static str;

    /// What to say of data whose licence nobody told.
    fn licence(&self) -> &'static str;

    /// Tables that others refer to are read first.
    fn is_lookup(&self) -> bool {
        false
    }

    /// Whether a file looks like it.
    fn recognises(&self, source: &Source) -> bool;

    /// Reads all of it.
    fn read(&self, source: &Source, intake: &mut Intake<'_>) -> Result<(), SourceError>;
}

/// The formats, those that are told most surely first.
static FORMATS: [&dyn SourceFormat; 7] = [
    &alternate_names::AlternateNamesTable,
    &geonames::Admin1Codes,
    &geonames::Admin2Codes,
    &geonames::MainTable,
    &linked_places::LinkedPlaces,
    &places_csv::PlacesCsv,
    &ocha::PCodes,
];

/// The names of the formats.
pub fn format_names() -> impl Iterator<Item = &'static str> {
    let mut last = "";
    FORMATS.iter().map(|format| format.name()).filter(move |name| std::mem::replace(&mut last, name) != *name)
}

/// What the sources are and how to read them.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// The name of a format; `None`: as each file looks.
    pub format: Option<String>,
    /// Kinds of places to take from GeoNames.
    pub selection: Selection,
    /// Languages of alternate names to take, besides those without one; empty: all.
    pub languages: Vec<String>,
    /// Columns of tables: a field of Masar and the header that holds it.
    pub columns: Vec<(String, String)>,
    /// In place of the licence that each format assumes.
    pub licence: Option<String>,
}

/// Sees how far a build is. Nothing is asked of it.
pub trait Watcher: Sync {
    /// A new stage begins; `total` is how much [`Watcher::advance`] will count, 0 when unknown.
    fn stage(&self, _name: &str, _total: u64) {}
    fn advance(&self, _by: u64) {}
}

impl Watcher for () {}

/// Why nothing was built.
#[derive(Debug, Error)]
pub enum ImportError {
    #[error(transparent)]
    Source(#[from] SourceError),
    #[error("{0}: no format that Masar knows; --as names it")]
    UnknownFormat(String),
    #[error("there is no format `{0}`")]
    NoSuchFormat(String),
    #[error("there is no field `{0}` to give a column to; there are {fields}", fields = columns::FIELDS.map(|(name, _)| name).join(", "))]
    NoSuchField(String),
    #[error("{0} is named twice")]
    NamedTwice(String),
    #[error("no row of the sources is a usable place")]
    NoPlaces(Box<Report>),
    #[error("the passing file cannot be written or read")]
    Spill(#[from] io::Error),
    #[error(transparent)]
    Compile(#[from] CompileError),
}

/// Where a format puts what it reads.
struct Intake<'i> {
    options: &'i ImportOptions,
    rules: &'i Rules,
    alternates: AlternateNames,
    divisions: DivisionNames,
    staging: Staging,
    report: Report,
    watcher: &'i dyn Watcher,
    tell: &'i mut dyn FnMut(&Finding),
    file: Arc<str>,
    number: u16,
}

impl Intake<'_> {
    fn block(&self) -> Block {
        Block::new(self.file.clone(), self.number)
    }

    /// Takes in what was parsed.
    fn take(&mut self, block: &Block) -> io::Result<()> {
        self.staging.add(block)?;
        block.findings.iter().for_each(|finding| self.find(finding));
        for (code, name) in &block.divisions {
            self.divisions.add_row(code, name);
        }
        if let Some(file) = self.report.files.last_mut() {
            file.rows += block.rows;
            file.passed_over += block.passed_over;
            file.taken += block.entries.len() as u64;
        }
        Ok(())
    }

    fn find(&mut self, finding: &Finding) {
        self.report.add(finding);
        if let Some(file) = self.report.files.last_mut() {
            match finding.verdict {
                Verdict::Refused => file.refused += 1,
                Verdict::Repaired => file.repaired += 1,
                Verdict::Warned => file.warned += 1,
                Verdict::Merged => {}
            }
        }
        (self.tell)(finding);
    }

    fn io_error(&self, source: io::Error) -> SourceError {
        SourceError::Io { file: self.file.to_string(), source }
    }
}

/// Reads sources and compiles them. `base` tells how countries and divisions are spelled;
/// the passing file lies in `folder`; `tell` hears of every finding, of which the report keeps
/// some.
///
/// # Errors
/// When a source cannot be read to its end or holds no table, or no place is left.
pub fn build(
    sources: &[impl AsRef<Path>],
    options: &ImportOptions,
    base: &Gazetteer,
    folder: &Path,
    watcher: &dyn Watcher,
    tell: &mut dyn FnMut(&Finding),
) -> Result<(Compiled, Report), ImportError> {
    for (field, _) in &options.columns {
        if columns::Field::of(field).is_none() {
            return Err(ImportError::NoSuchField(field.clone()));
        }
    }
    let mut files = Vec::with_capacity(sources.len());
    for path in sources {
        let source = Source::open(path.as_ref())?;
        let format = choose(&source, options.format.as_deref())?;
        if files.iter().any(|(other, _): &(Source, _)| other.path() == source.path()) {
            return Err(ImportError::NamedTwice(source.name().to_owned()));
        }
        files.push((source, format));
    }
    // Stable: apart from that, the order that was typed.
    files.sort_by_key(|(_, format)| !format.is_lookup());

    let rules =
        Rules { vocabulary: Vocabulary::read()?, spellings: Spellings::of(base), selection: options.selection.clone() };
    let mut intake = Intake {
        options,
        rules: &rules,
        alternates: AlternateNames::default(),
        divisions: DivisionNames::default(),
        staging: Staging::begin(folder)?,
        report: Report::default(),
        watcher,
        tell,
        file: Arc::from(""),
        number: 0,
    };
    watcher.stage("reading", files.iter().map(|(source, _)| source.size()).sum());
    let mut formats = Vec::with_capacity(files.len());
    for (source, format) in &files {
        intake.file = Arc::from(source.name());
        if !format.is_lookup() {
            intake.number = intake.staging.add_file(intake.file.clone());
            formats.push(format.name());
        }
        intake.report.files.push(FileReport {
            file: source.name().to_owned(),
            format: format.name(),
            licence: options.licence.clone().unwrap_or_else(|| format.licence().to_owned()),
            ..FileReport::default()
        });
        format.read(source, &mut intake)?;
    }
    let Intake { mut staging, divisions, mut report, tell, .. } = intake;
    if staging.len() == 0 {
        return Err(ImportError::NoPlaces(Box::new(report)));
    }
    let mut find = |finding: &Finding| {
        report.add(finding);
        if finding.verdict == Verdict::Refused
            && let Some(file) = report.files.iter_mut().find(|file| *file.file == *finding.file)
        {
            file.refused += 1;
            file.taken = file.taken.saturating_sub(1);
        }
        tell(finding);
    };
    watcher.stage("joining", 0);
    let fates = staging.join(&rules.vocabulary, &mut find)?;

    watcher.stage("compiling", staging.len() as u64);
    let mut compiler = Compiler::new(FEATURE_CODES, Some(NAME_HEADS))?;
    let mut rows = RowCompiler {
        divisions,
        rules: &rules,
        unknown: std::collections::BTreeMap::new(),
        formats: &formats,
        names: 0,
    };
    let mut numbers = Vec::new();
    for format in &formats {
        numbers.push(compiler.add_file(format)?);
    }
    staging.compile(&fates, |batch, others| {
        watcher.advance(batch.len() as u64);
        rows.add(&mut compiler, &numbers, batch, others)
    })?;
    for ((file, code), places) in std::mem::take(&mut rows.unknown) {
        let file = files.iter().filter(|(_, format)| !format.is_lookup()).nth(file.into());
        let file = Arc::from(file.map_or("", |(source, _)| source.name()));
        find(&Finding { file, line: 0, verdict: Verdict::Warned, reason: Reason::UnknownDivision { code, places } });
    }
    let names = rows.names;
    watcher.stage("indexing", 0);
    let compiled = compiler.finish(&report.licences())?;
    report.places = compiled.counts.places as u64;
    report.keys = compiled.counts.keys as u64;
    report.names = names;
    Ok((compiled, report))
}

fn choose(source: &Source, wanted: Option<&str>) -> Result<&'static dyn SourceFormat, ImportError> {
    let Some(wanted) = wanted else {
        let found = FORMATS.iter().find(|format| format.recognises(source)).copied();
        return found.ok_or_else(|| ImportError::UnknownFormat(source.name().to_owned()));
    };
    let mut family = FORMATS.iter().copied().filter(|format| format.name() == wanted);
    let recognised = family.clone().find(|format| format.recognises(source));
    let found = recognised.or_else(|| family.find(|format| !format.is_lookup()));
    found.ok_or_else(|| ImportError::NoSuchFormat(wanted.to_owned()))
}

/// Hands stored rows to the compiler.
struct RowCompiler<'r> {
    divisions: DivisionNames,
    rules: &'r Rules,
    formats: &'r [&'static str],
    /// Places without a division by source and code.
    unknown: std::collections::BTreeMap<(u16, String), u64>,
    names: u64,
}

impl RowCompiler<'_> {
    fn add(
        &mut self,
        compiler: &mut Compiler,
        numbers: &[u16],
        batch: &[StagedRow],
        others: &Rows,
    ) -> Result<(), ImportError> {
        let damaged = || io::Error::new(io::ErrorKind::InvalidData, "the passing file is damaged");
        let mut places = Vec::with_capacity(batch.len());
        for row in batch {
            let mut place = Stored::read(&row.bytes).ok_or_else(damaged)?;
            let mut note = place.note.to_owned();
            for other in &row.joined {
                let other = others.get(other).and_then(|row| Stored::read(row)).ok_or_else(damaged)?;
                let usual_m = |row: &Stored<'_>| {
                    compiler
                        .usual_uncertainty_m(row.code)
                        .unwrap_or_else(|| self.rules.vocabulary.defaults(row.class).uncertainty_m)
                };
                join(&mut place, &other, &mut note, usual_m);
            }
            compiler.add_feature_code(place.code, place.class, || {
                self.rules.vocabulary.defaults(place.class).uncertainty_m
            })?;
            if place.admin1_is_code && !self.divisions.spell(&self.rules.spellings, place.country, place.admin1) {
                *self.unknown.entry((row.source, place.admin1.to_owned())).or_insert(0) += 1;
            }
            places.push((place, note, row));
        }
        for (place, ..) in places.iter_mut().filter(|(place, ..)| place.admin1_is_code) {
            place.admin1 = self.divisions.spelled(place.admin1);
        }
        let format = |row: &StagedRow| self.formats.get(usize::from(row.source)).copied().unwrap_or("");
        let rows: Vec<PlaceRow<'_>> = places
            .iter()
            .map(|(place, note, row)| PlaceRow {
                id: place.id,
                name_en: place.names.first().copied().unwrap_or(""),
                name_ar: if place.has_arabic { place.names.get(1).copied() } else { None },
                names: place.names.get(1 + usize::from(place.has_arabic)..).unwrap_or(&[]).to_vec(),
                coordinate: place.position,
                feature_code: place.code,
                country: place.country,
                admin1: place.admin1,
                population: place.population,
                uncertainty_m: place.uncertainty_m,
                source: if place.source.is_empty() { format(row) } else { place.source },
                note,
            })
            .collect();
        let keyed: Vec<_> = rows.par_iter().map(|row| compiler.keys(row)).collect();
        for ((row, keys), (.., staged)) in rows.iter().zip(keyed).zip(&places) {
            let file = numbers.get(usize::from(staged.source)).copied().unwrap_or(0);
            let failed = |problem: Problem| CompileError {
                file: format(staged).to_owned(),
                line: staged.line as usize,
                column: 1,
                problem,
            };
            compiler.add_keyed_place(row, keys, file, staged.line as usize).map_err(failed)?;
            self.names += 1 + u64::from(row.name_ar.is_some()) + row.names.len() as u64;
        }
        Ok(())
    }
}

/// Adds the names of another row, and what the place lacks. The place keeps its own id, name and
/// position; its radius comes to hold the circle of a row that gives another position. `usual_m`
/// gives the radius of a row that has none of its own.
fn join<'b>(place: &mut Stored<'b>, other: &Stored<'b>, note: &mut String, usual_m: impl Fn(&Stored<'b>) -> f64) {
    let own_m = place.uncertainty_m.or(other.uncertainty_m);
    let radius_m = own_m.unwrap_or_else(|| usual_m(place));
    let other_m = other.uncertainty_m.unwrap_or_else(|| usual_m(other));
    let wide_m = disagreement::widened_m(radius_m, place.position, other.position, other_m);
    place.uncertainty_m = if wide_m > radius_m { Some(wide_m) } else { own_m };
    if !place.has_arabic
        && other.has_arabic
        && let Some(arabic) = other.names.get(1)
        && place.names.first() != Some(arabic)
    {
        place.names.retain(|name| name != arabic);
        place.names.insert(1, arabic);
        place.has_arabic = true;
    }
    for name in &other.names {
        if !place.names.contains(name) {
            place.names.push(name);
        }
    }
    place.population = if place.population == 0 { other.population } else { place.population };
    if place.country.is_empty() {
        place.country = other.country;
    }
    if place.admin1.is_empty() {
        (place.admin1, place.admin1_is_code) = (other.admin1, other.admin1_is_code);
    }
    if place.id != other.id {
        if !note.is_empty() {
            note.push_str("; ");
        }
        note.push_str("joined with ");
        note.push_str(other.id);
    }
}
