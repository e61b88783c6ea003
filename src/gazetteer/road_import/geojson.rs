//! Lines as GeoJSON: a collection, or one feature after the other. Properties are tags of
//! OpenStreetMap, also packed into `other_tags` or `tags`, or those of `gazetteer/roads.geojson`.

use geojson::{Geometry, GeometryValue, Position as JsonPosition};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::report::{Origin, RoadReason};
use super::tags::RoadTags;
use super::{Intake, Position, RoadFormat};
use crate::gazetteer::import::source::{Source, SourceError};

pub struct GeoJsonLines;

/// A collection or a feature.
#[derive(Deserialize)]
struct Object {
    #[serde(default)]
    features: Vec<Box<RawValue>>,
    geometry: Option<Box<RawValue>>,
    properties: Option<Map<String, Value>>,
}

impl RoadFormat for GeoJsonLines {
    fn name(&self) -> &'static str {
        "geojson"
    }

    fn licence(&self) -> &'static str {
        "not told; --licence names it"
    }

    fn source(&self) -> &'static str {
        "GeoJSON"
    }

    fn recognises(&self, source: &Source) -> bool {
        let head = String::from_utf8_lossy(source.head());
        head.trim_start_matches(['\u{1e}', ' ', '\n', '\r', '\t']).starts_with('{') && head.contains("\"Feature")
    }

    fn read(&self, source: &Source, intake: &mut Intake<'_>) -> Result<(), SourceError> {
        let watcher = intake.watcher;
        source.with_reader(watcher, |reader| {
            let json = |error| SourceError::Json { file: source.name().to_owned(), source: error };
            let mut number = 0;
            let objects = serde_json::Deserializer::from_reader(WithoutSeparators(reader)).into_iter::<Object>();
            for object in objects {
                let object = object.map_err(json)?;
                if object.features.is_empty() {
                    if object.geometry.is_some() {
                        number += 1;
                        read_feature(number, &object, intake);
                    }
                    continue;
                }
                for feature in &object.features {
                    number += 1;
                    match serde_json::from_str(feature.get()) {
                        Ok(feature) => read_feature(number, &feature, intake),
                        Err(error) => intake.find(Origin::Feature(number), RoadReason::Malformed(error.to_string())),
                    }
                }
            }
            Ok(())
        })
    }
}

/// Blanks out the record separators of RFC 8142.
struct WithoutSeparators<R>(R);

impl<R: std::io::Read> std::io::Read for WithoutSeparators<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.0.read(buffer)?;
        buffer.iter_mut().take(read).filter(|byte| **byte == 0x1e).for_each(|byte| *byte = b' ');
        Ok(read)
    }
}

fn read_feature(number: u64, feature: &Object, intake: &mut Intake<'_>) {
    intake.count(1);
    let origin = Origin::Feature(number);
    let Some(geometry) = &feature.geometry else { return };
    let geometry: Geometry = match serde_json::from_str::<Option<Geometry>>(geometry.get()) {
        Ok(Some(geometry)) => geometry,
        Ok(None) => return,
        Err(error) => return intake.find(origin, RoadReason::Malformed(error.to_string())),
    };
    let pieces = match geometry.value {
        GeometryValue::LineString { coordinates } => vec![coordinates],
        GeometryValue::MultiLineString { coordinates } => coordinates,
        // Points and areas are no roads.
        _ => return,
    };
    let pieces: Option<Vec<Vec<Position>>> = pieces.iter().map(|piece| piece.iter().map(position).collect()).collect();
    let Some(pieces) = pieces else {
        return intake.find(origin, RoadReason::Malformed("a position has fewer than two numbers".to_owned()));
    };
    match RoadTags::read_cells(&cells(feature.properties.as_ref())) {
        Ok(tags) if intake.wants(&tags) => intake.line(origin, tags, &[], pieces),
        Ok(_) => {}
        Err(problem) => intake.find(origin, RoadReason::Malformed(problem)),
    }
}

fn position(position: &JsonPosition) -> Option<Position> {
    match position.as_slice() {
        [lon_deg, lat_deg, ..] => Some([*lon_deg, *lat_deg]),
        _ => None,
    }
}

/// Properties as cells of a table; a group of them (`tags`) is opened.
fn cells(properties: Option<&Map<String, Value>>) -> Vec<(String, String)> {
    let mut cells = Vec::new();
    for (key, value) in properties.into_iter().flatten() {
        match value {
            Value::String(text) => cells.push((key.clone(), text.clone())),
            Value::Number(number) => cells.push((key.clone(), number.to_string())),
            Value::Object(group) if key == "tags" => cells.extend(self::cells(Some(group))),
            _ => {}
        }
    }
    cells
}
