//! GeoJSON (RFC 7946), one file a layer, or one collection on a stream.
//!
//! Written through serde and not through the `geojson` crate, whose properties are a sorted map
//! and would lose the order of the contract; tests read the result back with that crate. There is
//! no `crs` (RFC 7946, section 4) and no `time` or `featureType` member, which GDAL 3.8 and later
//! takes for JSON-FG.

use std::io::{self, Write};

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::layer::{Layer, OutputFeature};
use super::position::{Bounds, position};
use super::schema::ColumnHead;
use super::value::Value;
use super::{Content, Division, Format};
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

    fn write(&self, content: &Content<'_>, out: &mut dyn Write) -> io::Result<()> {
        write_collection(content.name, &content.layers, out)
    }
}

/// Writes one collection, one feature a line, sorted by id.
fn write_collection(name: &str, layers: &[&Layer], mut out: &mut dyn Write) -> io::Result<()> {
    let mut features: Vec<FeatureOut<'_>> = layers
        .iter()
        .flat_map(|layer| layer.features.iter().map(|feature| FeatureOut { feature, columns: &layer.columns }))
        .collect();
    features.sort_by(|a, b| a.feature.id.cmp(&b.feature.id));

    write!(out, "{{\"type\":\"FeatureCollection\",\"name\":")?;
    serde_json::to_writer(&mut out, name)?;
    let drawn = features.iter().filter_map(|feature| feature.feature.geometry.as_ref());
    if let Some(bounds) = Bounds::of(drawn) {
        out.write_all(b",\"bbox\":")?;
        serde_json::to_writer(&mut out, &bounds.west_south_east_north())?;
    }
    out.write_all(b",\"features\":[")?;
    for (index, feature) in features.iter().enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut out, feature)?;
    }
    out.write_all(b"\n]}\n")?;
    out.flush()
}

struct FeatureOut<'a> {
    feature: &'a OutputFeature,
    columns: &'a [ColumnHead],
}

impl Serialize for FeatureOut<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("type", "Feature")?;
        map.serialize_entry("id", &self.feature.id)?;
        map.serialize_entry("geometry", &self.feature.geometry.as_ref().map(GeometryOut))?;
        map.serialize_entry("properties", &Properties { columns: self.columns, values: &self.feature.values })?;
        map.end()
    }
}

struct Properties<'a> {
    columns: &'a [ColumnHead],
    values: &'a [Value],
}

impl Serialize for Properties<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.columns.len()))?;
        for (column, value) in self.columns.iter().zip(self.values) {
            map.serialize_entry(column.name, value)?;
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
