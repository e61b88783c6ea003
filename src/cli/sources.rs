//! Opening the gazetteer that the arguments ask for.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use masar::gazetteer::Gazetteer;
use masar::gazetteer::corrections::{self, Correction};
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

impl GazetteerSources {
    /// The embedded gazetteer with the files that were given on top of it, in their order, and the
    /// corrections made. Corrections that change nothing are told. It stays open until the program
    /// ends.
    ///
    /// # Errors
    /// When a file cannot be read or is not what it should be.
    pub fn open(&self) -> Result<&'static Gazetteer, Fault> {
        if self.gazetteers.is_empty() && self.corrections.is_empty() {
            return Ok(Gazetteer::embedded());
        }
        let mut rows = Vec::new();
        for path in &self.corrections {
            rows.extend(read_corrections(path, &corrections_text(path)?)?);
        }
        let (gazetteer, warnings) = self.stack()?.corrected(rows)?;
        warnings.iter().for_each(|warning| tell(format_args!("warning: {warning}")));
        Ok(Box::leak(Box::new(gazetteer)))
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
