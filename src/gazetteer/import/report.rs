//! What happened to the rows of an import. Nothing is refused or changed without a line here.

use std::collections::BTreeMap;
use std::sync::Arc;

use thiserror::Error;

use crate::model::coordinate::CoordinateError;

/// What became of a row.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Verdict {
    /// The row is not in the gazetteer.
    Refused,
    /// The row is there, but not as it was written.
    Repaired,
    /// The row is there as it was written, and it looks odd.
    Warned,
    /// The row was joined with another one.
    Merged,
}

impl Verdict {
    pub const ALL: [Verdict; 4] = [Verdict::Refused, Verdict::Repaired, Verdict::Warned, Verdict::Merged];

    pub fn name(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Repaired => "repaired",
            Self::Warned => "warned",
            Self::Merged => "merged",
        }
    }
}

/// Why.
#[derive(Clone, PartialEq, Debug, Error)]
pub enum Reason {
    #[error("{found} columns where there must be {expected}")]
    Columns { found: usize, expected: usize },
    #[error("not UTF-8")]
    NotUtf8,
    #[error("a line of more than a million bytes")]
    LineTooLong,
    #[error("a cell of {lines} lines; a quote is not closed")]
    OpenQuote { lines: u64 },
    #[error("malformed CSV: {0}")]
    Csv(String),
    #[error("malformed JSON: {0}")]
    Json(String),
    #[error("no id")]
    NoId,
    #[error("`{0}` is no id of GeoNames")]
    GeoNamesId(String),
    #[error("no usable name")]
    NoName,
    #[error("no coordinates")]
    NoCoordinates,
    #[error("`{value}` in {what} is not a number")]
    Number { what: &'static str, value: String },
    #[error("{0}")]
    Position(CoordinateError),
    #[error("{0}; are latitude and longitude swapped?")]
    Swapped(CoordinateError),
    #[error("no feature class")]
    NoClass,
    #[error("`{0}` is no feature class")]
    FeatureClass(String),
    #[error("id `{id}` was already given in {file}:{line} to another place")]
    RepeatedId { id: String, file: Arc<str>, line: u64 },
    #[error("a name of {characters} characters is left out, {limit} are the limit")]
    LongName { characters: usize, limit: usize },
    #[error("invisible characters are taken out of the name `{name}`")]
    InvisibleCharacters { name: String },
    #[error("the name `{name}` is composed (NFC)")]
    Composed { name: String },
    #[error("`{name}` holds no letter and is left out of the names")]
    NoLetter { name: String },
    #[error("more than {limit} names; the rest is left out")]
    ManyNames { limit: usize },
    #[error("`{name}` takes the place of the missing main name")]
    OtherName { name: String },
    #[error("`{value}` in {what} is not a number and is left out")]
    LeftOut { what: &'static str, value: String },
    #[error("no feature code, taken as `{code}`")]
    NoCode { code: String },
    #[error("feature code `{code}` belongs to class {expected}, not {given}")]
    CodeOfOtherClass { code: String, given: char, expected: char },
    #[error("lies at 0,0, which mostly stands for an unknown position")]
    NullIsland,
    #[error("lies far from {country}, and inside it with latitude and longitude swapped")]
    LooksSwapped { country: String },
    #[error("country `{0}` is not known")]
    UnknownCountry(String),
    #[error("division `{code}` is in no table; places without a division for that: {places}")]
    UnknownDivision { code: String, places: u64 },
    #[error("column `{0}` is not known and is not read")]
    UnknownColumn(String),
    #[error("id `{id}` stands in {file}:{line} as well; the names of both are kept and the rest of the later one")]
    SameId { id: String, file: Arc<str>, line: u64 },
    #[error("id `{id}` takes the place of the one in {file}:{line}")]
    Replaces { id: String, file: Arc<str>, line: u64 },
    #[error("`{id}` is the place `{into}` of {file}:{line}, {metres} m away")]
    SamePlace { id: String, into: String, file: Arc<str>, line: u64, metres: u64 },
}

impl Reason {
    /// A stable word for the kind of reason, for counting and filtering.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Columns { .. } => "column-count",
            Self::NotUtf8 => "not-utf8",
            Self::LineTooLong => "line-too-long",
            Self::OpenQuote { .. } => "open-quote",
            Self::Csv(_) => "malformed-csv",
            Self::Json(_) => "malformed-json",
            Self::NoId => "no-id",
            Self::GeoNamesId(_) => "bad-id",
            Self::NoName => "no-name",
            Self::NoCoordinates => "no-coordinates",
            Self::Number { .. } => "not-a-number",
            Self::Position(_) => "out-of-range",
            Self::Swapped(_) => "out-of-range-swapped",
            Self::NoClass => "no-class",
            Self::FeatureClass(_) => "unknown-class",
            Self::RepeatedId { .. } => "repeated-id",
            Self::LongName { .. } => "long-name",
            Self::InvisibleCharacters { .. } => "invisible-characters",
            Self::Composed { .. } => "composed-name",
            Self::NoLetter { .. } => "name-without-letter",
            Self::ManyNames { .. } => "many-names",
            Self::OtherName { .. } => "other-name",
            Self::LeftOut { .. } => "left-out",
            Self::NoCode { .. } => "no-code",
            Self::CodeOfOtherClass { .. } => "code-of-other-class",
            Self::NullIsland => "zero-zero",
            Self::LooksSwapped { .. } => "looks-swapped",
            Self::UnknownCountry(_) => "unknown-country",
            Self::UnknownDivision { .. } => "unknown-division",
            Self::UnknownColumn(_) => "unknown-column",
            Self::SameId { .. } => "same-id",
            Self::Replaces { .. } => "replaced-id",
            Self::SamePlace { .. } => "same-place",
        }
    }
}

/// One row that something happened to.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    pub file: Arc<str>,
    /// From 1; 0 where the whole file is meant.
    pub line: u64,
    pub verdict: Verdict,
    pub reason: Reason,
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}: {}", self.file, self.verdict.name(), self.reason),
            line => write!(f, "{}:{line}: {}: {}", self.file, self.verdict.name(), self.reason),
        }
    }
}

/// What was read from one file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FileReport {
    pub file: String,
    /// The name of its format.
    pub format: &'static str,
    pub licence: String,
    pub rows: u64,
    /// Rows that became places, before merging; names, for tables of names.
    pub taken: u64,
    /// Rows of kinds that were not asked for.
    pub passed_over: u64,
    pub refused: u64,
    pub repaired: u64,
    pub warned: u64,
}

/// The whole import.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Report {
    pub files: Vec<FileReport>,
    /// How often each verdict was given for each reason.
    pub totals: BTreeMap<(Verdict, &'static str), u64>,
    /// The first findings of each reason.
    pub samples: Vec<Finding>,
    pub places: u64,
    pub names: u64,
    pub keys: u64,
    /// Rows joined with another one.
    pub merged: u64,
}

/// Findings of one reason that the report keeps.
const SAMPLES_A_REASON: u64 = 5;

impl Report {
    /// Counts a finding and keeps it when it is among the first of its kind.
    pub(super) fn add(&mut self, finding: &Finding) {
        let total = self.totals.entry((finding.verdict, finding.reason.code())).or_insert(0);
        *total += 1;
        if *total <= SAMPLES_A_REASON {
            self.samples.push(finding.clone());
        }
        self.merged += u64::from(finding.verdict == Verdict::Merged);
    }

    /// How many rows had a verdict.
    pub fn total(&self, verdict: Verdict) -> u64 {
        self.totals.iter().filter(|((of, _), _)| *of == verdict).map(|(_, count)| count).sum()
    }

    /// One line for each file with its licence.
    pub fn licences(&self) -> String {
        self.files.iter().map(|file| format!("{}: {}\n", file_name(&file.file), file.licence)).collect()
    }
}

/// The name without its folders: a compiled file tells nothing of the machine that made it.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}
