//! Results out: features become files, one file of code an output format.
//!
//! [`schema`] is the contract on what every format writes, [`symbology`] on what it looks like;
//! [`layer`] turns articles into tables; a format turns the tables into bytes, and
//! [`destination`] decides which formats go where. A new format is one file and one line in
//! [`FORMATS`]; styles and projects that belong to the files of one are [`COMPANIONS`].

pub mod value;
pub mod position;
pub mod characters;
pub mod row;
pub mod wording;
pub mod identity;
pub mod provenance;
pub mod schema;
pub mod article;
pub mod extent;
pub mod generalisation;
pub mod backdrop;
pub mod layer;
pub mod table;
pub mod symbology;
pub mod simplestyle;
pub mod files;
pub mod destination;
pub mod geojson;
pub mod geojsonl;
pub mod csv;
pub mod gpkg;
pub mod flatgeobuf;
pub mod kml;
pub mod html;
pub mod qgis;
pub mod mentions;

use std::io::{self, Write};

use layer::{Layer, Layers};

/// How the layers of a result are divided among the files of a format.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Division {
    /// One file a layer, named after it.
    ByLayer,
    /// One file of all layers with this stem.
    Together(&'static str),
}

/// What a user can ask of a format.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Options {
    /// Colours and markers among the properties, as geojson.io and GitHub read them.
    pub simplestyle: bool,
    /// A record separator before each line (RFC 8142).
    pub record_separators: bool,
}

/// What goes into one file or stream.
pub struct Content<'a> {
    /// What it is called: the layer's name, or that of the whole.
    pub name: &'a str,
    /// One layer, or all of them in the order of [`layer::LayerKind::ALL`].
    pub layers: Vec<&'a Layer>,
    /// The whole result.
    pub result: &'a Layers,
    pub options: Options,
}

/// An output format.
pub trait Format: Sync {
    /// What it is called on the command line.
    fn name(&self) -> &'static str;

    /// The extension of its files, without the dot.
    fn extension(&self) -> &'static str {
        self.name()
    }

    /// Its files in a folder. On a stream and in a single file all layers stand together.
    fn division(&self) -> Division;

    /// Whether it belongs to the folder that is written when no format is asked for.
    fn in_every_folder(&self) -> bool {
        false
    }

    /// Whether it shows the articles' texts and the surroundings, which are kept only then.
    fn wants_articles(&self) -> bool {
        false
    }

    /// The options that change what it writes.
    fn heeds(&self) -> Options {
        Options::default()
    }

    /// Writes one file.
    ///
    /// # Errors
    /// When the writer fails.
    fn write(&self, content: &Content<'_>, out: &mut dyn Write) -> io::Result<()>;
}

/// A file that makes others of a folder easier to use and says nothing by itself: a style, a project.
pub trait Companion: Sync {
    /// The name of the format whose files it stands beside; without those it is not written.
    fn beside(&self) -> &'static str;

    /// The extension of its files, without the dot.
    fn extension(&self) -> &'static str;

    /// Its files in a folder.
    fn division(&self) -> Division;

    /// Writes one file.
    ///
    /// # Errors
    /// When the writer fails.
    fn write(&self, content: &Content<'_>, out: &mut dyn Write) -> io::Result<()>;
}

/// Every file that is written beside those of a format.
pub const COMPANIONS: &[&dyn Companion] = &[&qgis::LayerStyle, &qgis::Project, &qgis::LayerDefinition];

/// Every output format.
pub const FORMATS: &[&dyn Format] = &[
    &geojson::GeoJson,
    &geojsonl::GeoJsonLines,
    &csv::Csv,
    &gpkg::GeoPackage,
    &flatgeobuf::FlatGeobuf,
    &kml::Kml,
    &html::Html,
];

/// The format with a name.
pub fn format(name: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|format| format.name() == name)
}

/// The format whose files have an extension, in any case.
pub fn format_of_extension(extension: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|format| format.extension().eq_ignore_ascii_case(extension))
}
