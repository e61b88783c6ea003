//! GeoJSON (RFC 7946), one file a layer, or one collection on a stream.
//!
//! Written through serde and not through the `geojson` crate, whose properties are a sorted map
//! and would lose the order of the contract; tests read the result back with that crate. There is
//! no `crs` (RFC 7946, section 4) and no `time` or `featureType` member, which GDAL 3.8 and later
//! takes for JSON-FG.

use std::io::{self, Write};

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::layer::{Record, sorted_records};
use super::position::{Bounds, position};
use super::simplestyle::Simplestyle;
use super::{Content, Division, Format, Options};
use crate::model::coordinate::Coordinate;
use crate::model::feature::Geometry;

/// The GeoJSON format.
pub struct GeoJson;

impl Format for GeoJson {
    fn name(&self) -> &'static str {
        "geojson"
    }

    fn division(&self) -> Division {
        Division::ByLayer
    }

    fn in_every_folder(&self) -> bool {
        true
    }

    fn heeds(&self) -> Options {
        Options { simplestyle: true, ..Options::default() }
    }

    fn write(&self, content: &Content<'_>, out: &mut dyn Write) -> io::Result<()> {
        write_collection(content, out)
    }
}

/// Writes one collection, one feature a line, sorted by id.
fn write_collection(content: &Content<'_>, mut out: &mut dyn Write) -> io::Result<()> {
    let records = sorted_records(&content.layers);
    write!(out, "{{\"type\":\"FeatureCollection\",\"name\":")?;
    serde_json::to_writer(&mut out, content.name)?;
    let drawn = records.iter().filter_map(|record| record.feature.geometry.as_ref());
    if let Some(bounds) = Bounds::of(drawn) {
        out.write_all(b",\"bbox\":")?;
        serde_json::to_writer(&mut out, &bounds.west_south_east_north())?;
    }
    out.write_all(b",\"features\":[")?;
    for (index, record) in records.into_iter().enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut out, &FeatureOut::new(record, content.options))?;
    }
    out.write_all(b"\n]}\n")?;
    out.flush()
}

/// A feature as RFC 7946, section 3.2, writes it.
pub struct FeatureOut<'a> {
    record: Record<'a>,
    options: Options,
}

impl<'a> FeatureOut<'a> {
    pub fn new(record: Record<'a>, options: Options) -> Self {
        Self { record, options }
    }
}

impl Serialize for FeatureOut<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let feature = self.record.feature;
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("type", "Feature")?;
        map.serialize_entry("id", &feature.id)?;
        map.serialize_entry("geometry", &feature.geometry.as_ref().map(GeometryOut))?;
        map.serialize_entry("properties", &Properties { record: &self.record, options: self.options })?;
        map.end()
    }
}

struct Properties<'a> {
    record: &'a Record<'a>,
    options: Options,
}

impl Serialize for Properties<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (column, value) in self.record.layer.columns.iter().zip(&self.record.feature.values) {
            map.serialize_entry(column.name, value)?;
        }
        if self.options.simplestyle
            && let Some(style) = Simplestyle::of(self.record)
        {
            style.add_to(&mut map)?;
        }
        map.end()
    }
}

struct GeometryOut<'a>(&'a Geometry);

impl Serialize for GeometryOut<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let line = |line: &[Coordinate]| line.iter().copied().map(position).collect::<Vec<_>>();
        let mut map = serializer.serialize_map(Some(2))?;
        match self.0 {
            Geometry::Point(coordinate) => {
                map.serialize_entry("type", "Point")?;
                map.serialize_entry("coordinates", &position(*coordinate))?;
            }
            Geometry::Line(coordinates) => {
                map.serialize_entry("type", "LineString")?;
                map.serialize_entry("coordinates", &line(coordinates))?;
            }
            Geometry::Lines(lines) => {
                map.serialize_entry("type", "MultiLineString")?;
                map.serialize_entry("coordinates", &lines.iter().map(|part| line(part)).collect::<Vec<_>>())?;
            }
        }
        map.end()
    }
}
