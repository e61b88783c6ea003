//! GeoJSON (RFC 7946), one file a layer, or one collection on a stream.
//!
//! Written through serde and not through the `geojson` crate, whose properties are a sorted map
//! and would lose the order of the contract; tests read the result back with that crate. There is
//! no `crs` (RFC 7946, section 4) and no `time` or `featureType` member, which GDAL 3.8 and later
//! takes for JSON-FG.

use std::io::{self, Write};

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::layer::{Layer, OutputFeature};
use super::schema::ColumnHead;
use super::value::{Value, rounded};
use super::{Content, Division, Format};
use crate::model::coordinate::Coordinate;
use crate::model::feature::Geometry;

/// Decimals of a degree: 0.1 m, as RFC 7946 section 11.2 advises.
const DECIMALS: i32 = 6;

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
    if let Some(bounds) = bounds(&features) {
        out.write_all(b",\"bbox\":")?;
        serde_json::to_writer(&mut out, &bounds)?;
    }
    out.write_all(b",\"features\":[")?;
    for (index, feature) in features.iter().enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut out, feature)?;
    }
    out.write_all(b"\n]}\n")?;
    out.flush()
}

/// West, south, east, north of everything drawn, as it is written.
fn bounds(features: &[FeatureOut<'_>]) -> Option<[f64; 4]> {
    let mut bounds: Option<[f64; 4]> = None;
    let mut cover = |coordinate: &Coordinate| {
        let [lon, lat] = position(*coordinate);
        let [west, south, east, north] = bounds.unwrap_or([lon, lat, lon, lat]);
        bounds = Some([west.min(lon), south.min(lat), east.max(lon), north.max(lat)]);
    };
    for geometry in features.iter().filter_map(|feature| feature.feature.geometry.as_ref()) {
        match geometry {
            Geometry::Point(coordinate) => cover(coordinate),
            Geometry::Line(line) => line.iter().for_each(&mut cover),
            Geometry::Lines(lines) => lines.iter().flatten().for_each(&mut cover),
        }
    }
    bounds
}

/// Longitude before latitude: decided here and nowhere else.
fn position(coordinate: Coordinate) -> [f64; 2] {
    [rounded(coordinate.lon_deg(), DECIMALS), rounded(coordinate.lat_deg(), DECIMALS)]
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
