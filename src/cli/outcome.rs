//! How a command ended, and how faults are told.

use std::error::Error;
use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

use masar::gazetteer::error::{GazetteerError, OpenError};
use masar::gazetteer::import::ImportError;
use masar::gazetteer::road_files::RoadFileError;
use masar::gazetteer::road_import::RoadImportError;
use masar::model::coordinate::CoordinateError;
use masar::reader::ReadError;
use masar::writer::files::WriteError;

use super::reading::ArticleError;

/// How a command that could run has ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    Done,
    /// Some input failed, or nothing was found.
    Failed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => ExitCode::SUCCESS,
            Outcome::Failed => ExitCode::from(1),
        }
    }
}

/// Anything that keeps a command from running.
pub type Fault = Box<dyn Error>;

/// Tells a fault and its causes in one line on standard error.
pub fn report_error(error: &(dyn Error + 'static)) {
    let mut line = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        line.push_str(": ");
        line.push_str(&cause.to_string());
        source = cause.source();
    }
    tell(format_args!("error: {line}"));
    if let Some(hint) = hint(error) {
        tell(format_args!("hint: {hint}"));
    }
}

/// What a person can do about an error, where its words do not say it already.
fn hint(error: &(dyn Error + 'static)) -> Option<&'static str> {
    if let Some(WriteError::Folder { .. } | WriteError::File { .. }) = error.downcast_ref() {
        return Some("name another folder with -o, or write to standard output with -o -");
    }
    if let Some(CoordinateError::Latitude(_)) = error.downcast_ref() {
        return Some("longitude comes first, then latitude");
    }
    if let Some(OpenError::Gazetteer { source, .. }) = error.downcast_ref() {
        return match source {
            GazetteerError::NotAGazetteer => {
                Some("--gazetteer takes a compiled file: `masar gazetteer build` makes one of tables and dumps")
            }
            GazetteerError::Length { .. } | GazetteerError::Damaged(_) => Some("copy or compile it again"),
            // The words of the others say what to do.
            GazetteerError::Version { .. } | GazetteerError::TooManyPlaces => None,
        };
    }
    if let Some(hint) = road_hint(error) {
        return Some(hint);
    }
    match error.downcast_ref() {
        Some(ImportError::UnknownFormat(_)) => {
            return Some(
                "a table needs its header, a file of GeoNames its nineteen columns; see masar gazetteer build --help",
            );
        }
        Some(ImportError::NoPlaces(_)) => {
            return Some("the rows above say why; --features all takes every kind of place");
        }
        _ => {}
    }
    match error.downcast_ref() {
        Some(ArticleError::Read(ReadError::Io { source, .. })) if source.kind() == io::ErrorKind::NotFound => {
            Some("an article is a text file, a folder of *.txt files, or - for standard input")
        }
        _ => None,
    }
}

/// The same for roads.
fn road_hint(error: &(dyn Error + 'static)) -> Option<&'static str> {
    match error.downcast_ref() {
        Some(RoadFileError::Compiled { source: GazetteerError::NotAGazetteer, .. }) => {
            return Some("--roads takes what `masar roads import` writes, or GeoJSON as in gazetteer/roads.geojson");
        }
        Some(RoadFileError::Compiled { source: GazetteerError::Version { .. }, .. }) => {
            return Some("import the roads again");
        }
        Some(RoadFileError::Compiled { .. }) => return Some("copy the file or import the roads again"),
        Some(RoadFileError::GeoJson(_)) => {
            return Some("`masar roads import` reads other GeoJSON and tells what is wrong with each line");
        }
        _ => {}
    }
    match error.downcast_ref()? {
        RoadImportError::UnknownFormat(_) => Some(
            "OpenStreetMap XML becomes PBF by `osmium cat in.osm -o out.osm.pbf`, a shapefile GeoPackage by ogr2ogr",
        ),
        RoadImportError::UnknownCountry(_) => Some("`masar gazetteer info --all` lists how countries are spelled"),
        RoadImportError::NoRoads(_) => Some("--all-names takes small roads that have a name and no reference"),
        RoadImportError::Source(_) | RoadImportError::NamedTwice(_) => None,
    }
}

/// Writes a line on standard error. That nobody reads it is no reason to stop.
pub fn tell(line: impl fmt::Display) {
    let _ = writeln!(io::stderr(), "{}", printable(&line.to_string()));
}

/// Text from outside that is safe on a terminal: line breaks become spaces, and characters that
/// steer the terminal or turn the order of others around are spelled out.
pub fn printable(text: &str) -> String {
    let mut printable = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => printable.push(' '),
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => printable.extend(character.escape_unicode()),
            _ if character.is_control() => printable.extend(character.escape_unicode()),
            _ => printable.push(character),
        }
    }
    printable
}

/// Whether the reader of our output went away, as `head` does: that is no fault.
pub fn is_closed_pipe(error: &(dyn Error + 'static)) -> bool {
    let closed = |error: &io::Error| error.kind() == io::ErrorKind::BrokenPipe;
    error.downcast_ref::<io::Error>().is_some_and(closed)
        || error.downcast_ref::<WriteError>().is_some_and(WriteError::is_closed_pipe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_text_cannot_steer_the_terminal() {
        assert_eq!(printable("سراقب\r\nأريحا"), "سراقب  أريحا");
        assert_eq!(printable("a\u{1b}[31mb"), "a\\u{1b}[31mb");
        assert_eq!(printable("a\u{202e}b"), "a\\u{202e}b");
    }
}
