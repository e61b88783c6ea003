//! Files of roads alone: a compiled gazetteer without places, or GeoJSON that is compiled when it
//! is opened.
//!
//! A file of roads is a layer like any other, so that its names are found and its roads merged
//! with those below it by the code that does so for whole gazetteers.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::Gazetteer;
use super::compile::{Compiled, Compiler};
use super::correcting::FEATURE_CODES;
use super::error::{CompileError, GazetteerError};
use super::format::{MAGIC, Section};
use super::layer::Layer;
use super::roads::{Road, decode};
use super::table::Table;

/// The extension that compiled files of roads are given and looked for by.
pub const EXTENSION: &str = "roads";

/// Why a file of roads could not be opened.
#[derive(Debug, Error)]
pub enum RoadFileError {
    #[error("{}: cannot be read", path.display())]
    Io { path: PathBuf, source: io::Error },
    #[error("{}: not a usable file of roads", path.display())]
    Compiled { path: PathBuf, source: GazetteerError },
    #[error("{}: a gazetteer with places; give it with --gazetteer", path.display())]
    HoldsPlaces { path: PathBuf },
    #[error(transparent)]
    GeoJson(#[from] CompileError),
    #[error("{}: holds no road", path.display())]
    Empty { path: PathBuf },
}

/// Compiles roads into a file of their own.
///
/// # Errors
/// When they are more than one file can hold.
pub fn compile(roads: Vec<Road>, licence: &str) -> Result<Compiled, CompileError> {
    let mut compiler = Compiler::new(Table { file: "feature_codes.csv", text: FEATURE_CODES }, None)?;
    compiler.add_read_roads(roads);
    compiler.finish(licence)
}

impl Gazetteer {
    /// Opens a file of roads: a compiled one, all of which is read to compare the checksum, or
    /// GeoJSON of the form of `gazetteer/roads.geojson`.
    ///
    /// # Errors
    /// When it cannot be read, is damaged or of another version, or holds places or no road.
    pub fn open_roads(path: &Path) -> Result<Gazetteer, RoadFileError> {
        let bytes = fs::read(path).map_err(|source| RoadFileError::Io { path: path.to_owned(), source })?;
        let name = path.display().to_string();
        // What begins like JSON is read as such, so that its faults are told with their lines.
        let begins_json = bytes.iter().find(|byte| !byte.is_ascii_whitespace()).is_some_and(|byte| *byte == b'{');
        let bytes = match bytes.get(..MAGIC.len()) != Some(&MAGIC) && begins_json {
            true => compile_geojson(&name, &bytes)?.to_bytes(),
            false => bytes,
        };
        let damaged = |source| RoadFileError::Compiled { path: path.to_owned(), source };
        let layer = Layer::from_bytes(&name, bytes).map_err(damaged)?;
        if layer.places() > 0 {
            return Err(RoadFileError::HoldsPlaces { path: path.to_owned() });
        }
        match decode(layer.section(Section::Roads)) {
            None => Err(damaged(GazetteerError::Damaged("roads"))),
            Some(roads) if roads.is_empty() => Err(RoadFileError::Empty { path: path.to_owned() }),
            Some(_) => Ok(Self::of(layer)),
        }
    }
}

fn compile_geojson(name: &str, bytes: &[u8]) -> Result<Compiled, RoadFileError> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = 1 + bytes.get(..error.valid_up_to()).unwrap_or(&[]).iter().filter(|byte| **byte == b'\n').count();
        let problem = super::error::Problem::GeoJson("not UTF-8".to_owned());
        CompileError { file: name.to_owned(), line, column: 1, problem }
    })?;
    Ok(compile(super::roads::read_geojson(name, text)?, "as the sources of the roads say")?)
}
