//! Results out: features become files, one file of code an output format.
//!
//! [`schema`] is the contract on what every format writes; [`layer`] turns articles into tables;
//! a format turns the tables into bytes. A new format is one file and one line in [`FORMATS`].

pub mod value;
pub mod row;
pub mod wording;
pub mod identity;
pub mod provenance;
pub mod schema;
pub mod layer;
pub mod files;
pub mod geojson;
pub mod mentions;

use std::io::Write;
use std::path::{Path, PathBuf};

use files::WriteError;
use layer::Layers;

/// An output format.
pub trait Format: Sync {
    /// What it is called on the command line.
    fn name(&self) -> &'static str;

    /// Writes the layers into a folder that exists and returns the files made.
    ///
    /// # Errors
    /// When a file cannot be written. No partial file is left under a final name.
    fn write_folder(&self, layers: &Layers, folder: &Path) -> Result<Vec<PathBuf>, WriteError>;

    /// Writes all layers to one stream.
    ///
    /// # Errors
    /// When the stream cannot be written to.
    fn write_stream(&self, layers: &Layers, out: &mut dyn Write) -> Result<(), WriteError>;
}

/// Every output format.
pub const FORMATS: &[&dyn Format] = &[&geojson::GeoJson];

/// The format with a name.
pub fn format(name: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|format| format.name() == name)
}
