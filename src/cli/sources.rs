//! Opening the gazetteer that the arguments ask for.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use masar::gazetteer::Gazetteer;
use masar::gazetteer::corrections::{self, Correction};
use masar::gazetteer::road_files;
use masar::gazetteer::table::Table;
use thiserror::Error;

use super::arguments::GazetteerSources;
use super::outcome::{Fault, tell};

/// Why a table of corrections could not be read.
#[derive(Debug, Error)]
pub enum CorrectionsFileError {
    #[error("{}: cannot be read", path.display())]
    Io { path: PathBuf, source: io::Error },
    #[error("{}: not UTF-8: save the table as UTF-8 and try again", path.display())]
    Encoding { path: PathBuf },
}

/// The folder in which files of roads are found, seen from where the program runs: they belong to
/// the work that is done there, and moving the folder moves them.
const ROADS_FOLDER: &str = "roads";

/// Why the folder of road files could not be listed.
#[derive(Debug, Error)]
#[error("{}: cannot be listed", path.display())]
pub struct RoadsFolderError {
    path: PathBuf,
    source: io::Error,
}

impl GazetteerSources {
    /// The embedded gazetteer with the files that were given on top of it, in their order, then those
    /// of roads, and the corrections made. Corrections that change nothing are told. It stays open until the program
    /// ends.
    ///
    /// # Errors
    /// When a file cannot be read or is not what it should be.
    pub fn open(&self) -> Result<&'static Gazetteer, Fault> {
        let roads = self.road_files()?;
        if self.gazetteers.is_empty() && self.corrections.is_empty() && roads.is_empty() {
            return Ok(Gazetteer::embedded());
        }
        let mut rows = Vec::new();
        for path in &self.corrections {
            rows.extend(read_corrections(path, &corrections_text(path)?)?);
        }
        let mut stack = self.stack()?;
        for path in &roads {
            stack = stack.with(Gazetteer::open_roads(path)?)?;
        }
        let (gazetteer, warnings) = stack.corrected(rows)?;
        warnings.iter().for_each(|warning| tell(format_args!("warning: {warning}")));
        Ok(Box::leak(Box::new(gazetteer)))
    }

    /// The same, and tells on standard error which files of roads are used, unless it is to be quiet.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_telling_roads(&self, quiet: bool) -> Result<&'static Gazetteer, Fault> {
        let gazetteer = self.open()?;
        let roads = self.road_files()?;
        if !quiet && !roads.is_empty() {
            let names: Vec<String> = roads.iter().map(|path| path.display().to_string()).collect();
            tell(format_args!("roads of {}", names.join(", ")));
        }
        Ok(gazetteer)
    }

    /// The files of roads, lowest first: those that lie in the folder for them, in the order of their
    /// names, then those that were given.
    fn road_files(&self) -> Result<Vec<PathBuf>, RoadsFolderError> {
        let folder = Path::new(ROADS_FOLDER);
        let mut files = Vec::new();
        if !self.no_roads_folder && folder.is_dir() {
            let failed = |source| RoadsFolderError { path: folder.to_owned(), source };
            for entry in fs::read_dir(folder).map_err(failed)? {
                let path = entry.map_err(failed)?.path();
                if path.extension().is_some_and(|extension| extension == road_files::EXTENSION) {
                    files.push(path);
                }
            }
            files.sort();
        }
        files.extend(self.roads.iter().cloned());
        Ok(files)
    }

    /// The gazetteers without corrections.
    pub fn stack(&self) -> Result<Gazetteer, Fault> {
        let mut stack = (!self.no_embedded_gazetteer).then(Gazetteer::open_embedded);
        for path in &self.gazetteers {
            let upper = Gazetteer::open(path)?;
            stack = Some(match stack {
                Some(lower) => lower.with(upper)?,
                None => upper,
            });
        }
        Ok(stack.unwrap_or_else(Gazetteer::open_embedded))
    }
}

/// The text of a table of corrections.
pub fn corrections_text(path: &Path) -> Result<String, CorrectionsFileError> {
    let bytes = fs::read(path).map_err(|source| CorrectionsFileError::Io { path: path.to_owned(), source })?;
    String::from_utf8(bytes).map_err(|_| CorrectionsFileError::Encoding { path: path.to_owned() })
}

/// The rows of a table of corrections.
pub fn read_corrections(path: &Path, text: &str) -> Result<Vec<Correction>, Fault> {
    Ok(corrections::read(Table { file: &path.display().to_string(), text })?)
}
