//! Roads from the files that others publish: OpenStreetMap as PBF or Overpass JSON, lines as
//! GeoJSON or GeoPackage.
//!
//! A format is one file here and one line in [`FORMATS`]. It hands over lines with their tags;
//! which of them are roads, what their names are worth and in which country they lie is decided in
//! one place for all ([`assembly`]). A bad line is refused with a finding and the import goes on; a
//! file that cannot be read to its end stops it.

mod assembly;
mod geojson;
mod geopackage;
mod overpass;
mod pbf;
pub mod report;
mod tags;

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use thiserror::Error;

use super::Gazetteer;
use super::import::Watcher;
use super::import::source::{Source, SourceError};
use super::roads::Road;
use crate::model::coordinate::{Coordinate, CoordinateError};
use assembly::Assembly;
use report::{Origin, RoadFileReport, RoadFinding, RoadReason, RoadReport};
use tags::{RoadTags, Use};

/// The licence of everything that comes from OpenStreetMap.
const OSM_LICENCE: &str = "ODbL 1.0, © OpenStreetMap contributors";

/// One kind of file with roads.
trait RoadFormat: Sync {
    /// What reports call it.
    fn name(&self) -> &'static str;

    /// What to say of data whose licence nobody told.
    fn licence(&self) -> &'static str;

    /// What to say of where lines come from, where they do not say it themselves.
    fn source(&self) -> &'static str;

    /// Whether a file looks like it.
    fn recognises(&self, source: &Source) -> bool;

    /// How often the file is read from end to end.
    fn passes(&self) -> u64 {
        1
    }

    /// Reads all of it.
    fn read(&self, source: &Source, intake: &mut Intake<'_>) -> Result<(), SourceError>;
}

static FORMATS: [&dyn RoadFormat; 4] =
    [&pbf::Pbf, &geopackage::GeoPackage, &overpass::Overpass, &geojson::GeoJsonLines];

/// How to read the files.
#[derive(Clone, Debug, Default)]
pub struct RoadImportOptions {
    /// The English name of the country of lines that do not say it; `None`: that of the nearest
    /// place.
    pub country: Option<String>,
    /// Whether every name is kept: those of small roads without a reference, and those that only a
    /// part of a road bears.
    pub all_names: bool,
    /// In place of the licence that each format assumes.
    pub licence: Option<String>,
}

/// Why no roads were imported.
#[derive(Debug, Error)]
pub enum RoadImportError {
    #[error(transparent)]
    Source(#[from] SourceError),
    #[error("{0}: neither OpenStreetMap (.osm.pbf, Overpass JSON) nor lines as GeoJSON or GeoPackage")]
    UnknownFormat(String),
    #[error("{0} is named twice")]
    NamedTwice(String),
    #[error("no country of the gazetteer is called `{0}`")]
    UnknownCountry(String),
    #[error("no line of the files is a road with a reference or a name")]
    NoRoads(Box<RoadReport>),
}

/// Reads files and makes roads of their lines. `base` tells in which country a line lies and which
/// names are those of places; `tell` hears of every finding, of which the report keeps some.
///
/// # Errors
/// When a file cannot be read to its end or has no form that is known, or no road is left.
pub fn import(
    files: &[impl AsRef<Path>],
    options: &RoadImportOptions,
    base: &Gazetteer,
    watcher: &dyn Watcher,
    tell: &mut dyn FnMut(&RoadFinding),
) -> Result<(Vec<Road>, RoadReport), RoadImportError> {
    if let Some(country) = options.country.as_ref().filter(|country| base.country(country).is_none()) {
        return Err(RoadImportError::UnknownCountry(country.clone()));
    }
    let mut sources: Vec<(Source, &'static dyn RoadFormat)> = Vec::with_capacity(files.len());
    for path in files {
        let source = Source::open(path.as_ref())?;
        let format = FORMATS.iter().find(|format| format.recognises(&source)).copied();
        let format = format.ok_or_else(|| RoadImportError::UnknownFormat(source.name().to_owned()))?;
        if sources.iter().any(|(other, _)| other.path() == source.path()) {
            return Err(RoadImportError::NamedTwice(source.name().to_owned()));
        }
        sources.push((source, format));
    }
    watcher.stage("reading", sources.iter().map(|(source, format)| source.size() * format.passes()).sum());
    let mut intake = Intake {
        options,
        assembly: Assembly::default(),
        report: RoadReport::default(),
        watcher,
        tell,
        file: Arc::from(""),
        source: "",
        ways: HashSet::new(),
    };
    for (source, format) in &sources {
        intake.file = Arc::from(source.name());
        intake.source = format.source();
        intake.report.files.push(RoadFileReport {
            file: source.name().to_owned(),
            format: format.name(),
            licence: options.licence.clone().unwrap_or_else(|| format.licence().to_owned()),
            ..RoadFileReport::default()
        });
        format.read(source, &mut intake)?;
    }
    watcher.stage("joining", 0);
    let Intake { assembly, mut report, tell, .. } = intake;
    let roads = assembly.finish(options, base, &mut |origin, reason| {
        let finding = RoadFinding { file: Arc::from(""), origin, reason };
        report.add(&finding);
        tell(&finding);
    });
    if roads.is_empty() {
        return Err(RoadImportError::NoRoads(Box::new(report)));
    }
    report.roads = roads.len() as u64;
    report.vertices = roads.iter().flat_map(|road| &road.lines).map(|line| line.len() as u64).sum();
    report.length_m = roads.iter().map(Road::length_m).sum();
    Ok((roads, report))
}

/// Where a format puts what it reads.
struct Intake<'i> {
    options: &'i RoadImportOptions,
    assembly: Assembly,
    report: RoadReport,
    watcher: &'i dyn Watcher,
    tell: &'i mut dyn FnMut(&RoadFinding),
    file: Arc<str>,
    source: &'static str,
    /// Ids of OpenStreetMap that were taken in.
    ways: HashSet<i64>,
}

/// A position of a file that is not checked yet, in degrees.
type Position = [f64; 2];

impl Intake<'_> {
    /// Counts lines that were looked at.
    fn count(&mut self, lines: u64) {
        if let Some(file) = self.report.files.last_mut() {
            file.read += lines;
        }
    }

    fn find(&mut self, origin: Origin, reason: RoadReason) {
        let finding = RoadFinding { file: self.file.clone(), origin, reason };
        self.report.add(&finding);
        (self.tell)(&finding);
    }

    /// Takes in a way of OpenStreetMap, unless an earlier file had it. `None` stands for a node
    /// that the file lacks.
    fn way(&mut self, id: i64, tags: RoadTags, relations: &[&RoadTags], nodes: &[Option<Position>]) {
        if !self.ways.insert(id) {
            self.find(Origin::Way(id), RoadReason::Repeated);
            return;
        }
        let missing = nodes.iter().filter(|node| node.is_none()).count();
        let runs: Vec<Vec<Position>> = nodes
            .split(Option::is_none)
            .map(|run| run.iter().copied().flatten().collect::<Vec<Position>>())
            .filter(|run| run.len() > 1)
            .collect();
        if runs.is_empty() {
            let reason = if missing > 0 { RoadReason::NoNodes } else { RoadReason::OnePosition };
            self.find(Origin::Way(id), reason);
            return;
        }
        if missing > 0 {
            self.find(Origin::Way(id), RoadReason::MissingNodes { missing, all: nodes.len() });
        }
        self.line(Origin::Way(id), tags, relations, runs);
    }

    /// Takes in a line of one or several pieces, and the routes that it is part of.
    fn line(&mut self, origin: Origin, tags: RoadTags, relations: &[&RoadTags], pieces: Vec<Vec<Position>>) {
        let mut checked = Vec::with_capacity(pieces.len());
        for piece in pieces {
            match positions(&piece) {
                Ok(line) if line.len() > 1 => checked.push(line),
                Ok(_) => {}
                Err(error) => return self.find(origin, RoadReason::Position(error)),
            }
        }
        if checked.is_empty() {
            return self.find(origin, RoadReason::OnePosition);
        }
        if let Some(file) = self.report.files.last_mut() {
            file.kept += 1;
        }
        self.assembly.add(tags, relations, checked, self.source, self.options.all_names);
    }

    /// Whether a line with these tags is part of a road that is kept.
    fn wants(&self, tags: &RoadTags) -> bool {
        tags.worth(self.options.all_names) != Use::None
    }
}

/// Positions that are on the globe, none of them twice in succession.
fn positions(positions: &[Position]) -> Result<Vec<Coordinate>, CoordinateError> {
    let mut line: Vec<Coordinate> = Vec::with_capacity(positions.len());
    for [lon_deg, lat_deg] in positions {
        let coordinate = Coordinate::new(*lon_deg, *lat_deg)?;
        if line.last() != Some(&coordinate) {
            line.push(coordinate);
        }
    }
    Ok(line)
}
