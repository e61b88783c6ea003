//! What can be wrong with gazetteer data, and with a compiled file.

use std::fmt;
use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// A fault in a data file, with the place where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CompileError {
    pub file: String,
    /// From 1; 0 where the whole file is meant.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    pub problem: Problem,
}

impl fmt::Display for CompileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.problem),
            line => write!(f, "{}:{line}:{}: {}", self.file, self.column, self.problem),
        }
    }
}

impl std::error::Error for CompileError {}

/// What is wrong there.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum Problem {
    #[error("unknown column `{0}`")]
    UnknownColumn(String),
    #[error("column `{0}` is missing")]
    MissingColumn(&'static str),
    #[error("column `{0}` stands twice")]
    RepeatedColumn(String),
    #[error("{found} cells where the header has {expected}")]
    CellCount { found: usize, expected: usize },
    #[error("malformed CSV: {0}")]
    Csv(String),
    #[error("`{column}` is empty")]
    Empty { column: &'static str },
    #[error("`{value}` in `{column}` is not a number of that kind")]
    Number { column: &'static str, value: String },
    #[error("{0}")]
    Coordinate(String),
    #[error("id `{id}` was already given in {file}:{line}")]
    RepeatedId { id: String, file: String, line: usize },
    #[error("feature code `{0}` is not in feature_codes.csv")]
    UnknownFeatureCode(String),
    #[error("feature code `{0}` was already given")]
    RepeatedFeatureCode(String),
    #[error("feature class `{given}` does not belong to feature code `{code}`, which is of class `{expected}`")]
    FeatureClass { given: String, code: String, expected: char },
    #[error("`{0}` is no feature class")]
    UnknownFeatureClass(String),
    #[error("`{0}` is neither an Arabic nor a Latin word")]
    Head(String),
    #[error("malformed GeoJSON: {0}")]
    GeoJson(String),
    #[error("road {feature}: {problem}")]
    Road { feature: usize, problem: String },
    #[error("`{0}` is no action: write move, change, name, forbid, remove, merge or add")]
    UnknownAction(String),
    #[error("`{column}` has no meaning for `{action}`: leave the cell empty")]
    UnusedCell { column: &'static str, action: String },
    #[error("`{0}` holds no letter that a name could be found by")]
    NoName(String),
    #[error("nothing is changed: fill the columns that are to be replaced")]
    NothingToChange,
    #[error("a place cannot be merged into itself: name the id that stays")]
    MergedIntoItself,
    #[error(
        "the id `{0}` is taken: use move, change or name for the place that has it, or give the new one an id of your own"
    )]
    TakenId(String),
    #[error("too much data for one file: {0}")]
    TooLarge(&'static str),
}

/// Why a compiled file could not be opened.
#[derive(Debug, Error)]
pub enum OpenError {
    #[error("{}: cannot be read", path.display())]
    Io { path: PathBuf, source: io::Error },
    #[error("{}: not a usable gazetteer", path.display())]
    Gazetteer { path: PathBuf, source: GazetteerError },
}

/// Why corrections could not be made.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum CorrectionError {
    #[error(transparent)]
    Row(#[from] CompileError),
    #[error("the corrected places are no gazetteer")]
    Layer(#[from] GazetteerError),
}

/// Why bytes are not a gazetteer that this version can read.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum GazetteerError {
    #[error("not a masar gazetteer file")]
    NotAGazetteer,
    #[error("the file has format {found}, this version reads format {expected}; compile it again")]
    Version { found: u32, expected: u32 },
    #[error("the file is {found} bytes long and should be {expected}")]
    Length { found: u64, expected: u64 },
    #[error("the file is damaged: {0}")]
    Damaged(&'static str),
    #[error("together with the gazetteers below it, it has more places than can be told apart; leave one out")]
    TooManyPlaces,
}
