//! What happened to the lines of an import of roads. Nothing is refused or left out without a line
//! here, but for what is no road that Masar keeps.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use thiserror::Error;

use crate::gazetteer::import::report::Verdict;
use crate::model::coordinate::CoordinateError;

/// Where in its file something stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Origin {
    /// By the id that OpenStreetMap gave.
    Way(i64),
    Relation(i64),
    /// By its number in the file, from 1.
    Feature(u64),
    /// A row of a table.
    Row {
        table: Arc<str>,
        row: i64,
    },
    /// A road as a whole, by its reference.
    Road(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Way(id) => write!(f, "way {id}"),
            Self::Relation(id) => write!(f, "relation {id}"),
            Self::Feature(number) => write!(f, "feature {number}"),
            Self::Row { table, row } => write!(f, "{table} row {row}"),
            Self::Road(reference) => write!(f, "road {reference}"),
        }
    }
}

/// Why.
#[derive(Clone, PartialEq, Debug, Error)]
pub enum RoadReason {
    #[error("{0}")]
    Position(CoordinateError),
    #[error("fewer than two different positions")]
    OnePosition,
    #[error("none of its nodes is in the file; an extract with complete ways has them")]
    NoNodes,
    #[error("{missing} of its {all} nodes are not in the file; the rest of it is kept")]
    MissingNodes { missing: usize, all: usize },
    #[error("stands in an earlier file as well, which counts")]
    Repeated,
    #[error("malformed: {0}")]
    Malformed(String),
    #[error("the names `{0}` are those of ways along a small part of it and are left out; --all-names keeps them")]
    NameOfPart(String),
    #[error("the names `{0}` are those of places and are left out")]
    NameOfPlace(String),
    #[error("roads of this name lie far from each other and are no single road; --all-names keeps them")]
    Scattered,
    #[error("no place of the gazetteer is near, so its country is not known; --country names it")]
    NoCountry,
}

impl RoadReason {
    /// A stable word for the kind of reason, for counting and filtering.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Position(_) => "out-of-range",
            Self::OnePosition => "one-position",
            Self::NoNodes => "no-nodes",
            Self::MissingNodes { .. } => "missing-nodes",
            Self::Repeated => "repeated",
            Self::Malformed(_) => "malformed",
            Self::NameOfPart(_) => "name-of-part",
            Self::NameOfPlace(_) => "name-of-place",
            Self::Scattered => "scattered",
            Self::NoCountry => "no-country",
        }
    }

    /// What became of the line, or of the road.
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::Position(_) | Self::OnePosition | Self::NoNodes | Self::Malformed(_) | Self::Scattered => {
                Verdict::Refused
            }
            Self::MissingNodes { .. } | Self::NameOfPart(_) | Self::NameOfPlace(_) => Verdict::Repaired,
            Self::Repeated => Verdict::Merged,
            Self::NoCountry => Verdict::Warned,
        }
    }
}

/// One line or road that something happened to.
#[derive(Clone, PartialEq, Debug)]
pub struct RoadFinding {
    /// Empty where a road of several files is meant.
    pub file: Arc<str>,
    pub origin: Origin,
    pub reason: RoadReason,
}

impl fmt::Display for RoadFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.file.is_empty() {
            write!(f, "{}: ", self.file)?;
        }
        write!(f, "{}: {}", self.origin, self.reason)
    }
}

/// What was read from one file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RoadFileReport {
    pub file: String,
    /// The name of its format.
    pub format: &'static str,
    pub licence: String,
    /// Ways, features or rows that were looked at.
    pub read: u64,
    /// Those that are part of a road now.
    pub kept: u64,
    pub refused: u64,
}

/// The whole import.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct RoadReport {
    pub files: Vec<RoadFileReport>,
    /// How often each verdict was given for each reason.
    pub totals: BTreeMap<(Verdict, &'static str), u64>,
    /// The first findings of each reason.
    pub samples: Vec<RoadFinding>,
    pub roads: u64,
    pub vertices: u64,
    pub length_m: f64,
}

/// Findings of one reason that the report keeps.
const SAMPLES_A_REASON: u64 = 5;

impl RoadReport {
    pub(super) fn add(&mut self, finding: &RoadFinding) {
        let verdict = finding.reason.verdict();
        let total = self.totals.entry((verdict, finding.reason.code())).or_insert(0);
        *total += 1;
        if *total <= SAMPLES_A_REASON {
            self.samples.push(finding.clone());
        }
        if let Some(file) = self.files.last_mut().filter(|file| *file.file == *finding.file) {
            file.refused += u64::from(verdict == Verdict::Refused);
        }
    }

    /// One line for each file with its licence.
    pub fn licences(&self) -> String {
        let file_name = |path: &str| path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned();
        self.files.iter().map(|file| format!("{}: {}\n", file_name(&file.file), file.licence)).collect()
    }
}
