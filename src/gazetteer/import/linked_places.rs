//! The Linked Places format (LPF 1.2 and 1.3): GeoJSON whose features are places, as one
//! collection or one feature a line (<https://github.com/LinkedPasts/linked-places-format>).
//!
//! A collection is read feature by feature, however large it is. What a feature says of time is
//! not read: Masar's places have none.

use std::borrow::Cow;
use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::clean::looks_arabic;
use super::draft::{Admin1, Block, Draft, Rules, checked_position};
use super::report::Reason;
use super::source::{Line, LineBlock, Source, SourceError, parse_lines};
use super::{Intake, SourceFormat};
use crate::model::coordinate::Coordinate;
use crate::model::place::FeatureClass;

pub struct LinkedPlaces;

impl SourceFormat for LinkedPlaces {
    fn name(&self) -> &'static str {
        "linked-places"
    }

    fn licence(&self) -> &'static str {
        "licence not told; see the publisher of the data set"
    }

    fn recognises(&self, source: &Source) -> bool {
        let head = String::from_utf8_lossy(source.head());
        head.trim_start().starts_with('{') && head.contains("\"Feature")
    }

    fn read(&self, source: &Source, intake: &mut Intake<'_>) -> Result<(), SourceError> {
        match serde_json::from_str::<Kind>(source.first_line()) {
            Ok(kind) if kind.r#type == "Feature" => read_lines(source, intake),
            _ => read_collection(source, intake),
        }
    }
}

#[derive(Deserialize)]
struct Kind {
    r#type: String,
}

fn read_lines(source: &Source, intake: &mut Intake<'_>) -> Result<(), SourceError> {
    let (rules, watcher) = (intake.rules, intake.watcher);
    let (file, number) = (intake.file.clone(), intake.number);
    source.with_reader(watcher, |reader| {
        let parse = |lines: &LineBlock| {
            let mut block = Block::new(file.clone(), number);
            lines.for_each(|line, text| match text {
                Line::Text(text) => read_feature(&mut block, rules, line, text),
                Line::NotUtf8 => block.refuse(line, Reason::NotUtf8),
                Line::TooLong => block.refuse(line, Reason::LineTooLong),
            });
            block
        };
        parse_lines(reader, parse, |block| intake.take(&block)).map_err(|error| intake.io_error(error))
    })
}

/// Features held before they are taken in.
const BLOCK_FEATURES: u64 = 1024;

fn read_collection(source: &Source, intake: &mut Intake<'_>) -> Result<(), SourceError> {
    let (rules, watcher) = (intake.rules, intake.watcher);
    source.with_reader(watcher, |reader| {
        let line = Rc::new(Cell::new(1));
        let mut failed = None;
        let mut block = intake.block();
        let mut each = |line: u64, text: &str| {
            read_feature(&mut block, rules, line, text);
            if block.rows == BLOCK_FEATURES {
                let next = intake.block();
                let full = std::mem::replace(&mut block, next);
                if let Err(error) = intake.take(&full) {
                    failed = Some(error);
                    return false;
                }
            }
            true
        };
        let counted = CountedLines { reader, line: line.clone() };
        let mut deserializer = serde_json::Deserializer::from_reader(counted);
        let read = Collection { line, each: &mut each }.deserialize(&mut deserializer);
        let read = read.and_then(|()| deserializer.end());
        if let Some(error) = failed {
            return Err(intake.io_error(error));
        }
        read.map_err(|error| match error.classify() {
            serde_json::error::Category::Io => intake.io_error(error.into()),
            _ => SourceError::Json { file: source.name().to_owned(), source: error },
        })?;
        intake.take(&block).map_err(|error| intake.io_error(error))
    })
}

/// Counts the lines that a parser has read. The parser reads byte by byte.
struct CountedLines<'r> {
    reader: &'r mut (dyn BufRead + Send),
    line: Rc<Cell<u64>>,
}

impl Read for CountedLines<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        let lines = buffer.iter().take(read).filter(|byte| **byte == b'\n').count() as u64;
        self.line.set(self.line.get() + lines);
        Ok(read)
    }
}

/// A FeatureCollection whose features are handed over one by one, with their first line.
struct Collection<'c> {
    line: Rc<Cell<u64>>,
    each: &'c mut dyn FnMut(u64, &str) -> bool,
}

impl<'de> DeserializeSeed<'de> for Collection<'_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Collection<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a FeatureCollection")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut found = false;
        while let Some(key) = map.next_key::<String>()? {
            if key == "features" {
                found = true;
                map.next_value_seed(Features { line: self.line.clone(), each: &mut *self.each })?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        if found { Ok(()) } else { Err(A::Error::custom("no member `features`")) }
    }
}

struct Features<'c> {
    line: Rc<Cell<u64>>,
    each: &'c mut dyn FnMut(u64, &str) -> bool,
}

impl<'de> DeserializeSeed<'de> for Features<'_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Features<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an array of features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut features: A) -> Result<(), A::Error> {
        while let Some(feature) = features.next_element::<Box<RawValue>>()? {
            let text = feature.get();
            let inside = text.bytes().filter(|byte| *byte == b'\n').count() as u64;
            if !(self.each)(self.line.get().saturating_sub(inside), text) {
                return Err(A::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}

/// What is read of a feature. Members may be absent or null.
#[derive(Deserialize)]
struct Feature<'f> {
    #[serde(rename = "@id", default)]
    linked_id: Option<Value>,
    #[serde(default)]
    id: Option<Value>,
    #[serde(default, borrow)]
    properties: Option<Properties<'f>>,
    #[serde(default, borrow)]
    names: Option<Vec<Name<'f>>>,
    #[serde(default, borrow)]
    types: Option<Vec<Type<'f>>>,
    #[serde(default)]
    geometry: Option<Geometry>,
}

#[derive(Deserialize, Default)]
struct Properties<'f> {
    #[serde(default, borrow)]
    title: Option<Cow<'f, str>>,
    #[serde(default)]
    ccodes: Option<Vec<String>>,
    #[serde(default)]
    fclasses: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct Name<'f> {
    #[serde(default, borrow)]
    toponym: Option<Cow<'f, str>>,
    #[serde(default, borrow)]
    lang: Option<Cow<'f, str>>,
}

#[derive(Deserialize)]
struct Type<'f> {
    #[serde(default, borrow)]
    label: Option<Cow<'f, str>>,
}

#[derive(Deserialize)]
struct Geometry {
    #[serde(default)]
    coordinates: Option<Value>,
    #[serde(default)]
    geometries: Option<Vec<Geometry>>,
    #[serde(default)]
    certainty: Option<String>,
}

fn read_feature(block: &mut Block, rules: &Rules, line: u64, text: &str) {
    block.rows += 1;
    let feature: Feature<'_> = match serde_json::from_str(text) {
        Ok(feature) => feature,
        Err(error) => return block.refuse(line, Reason::Json(error.to_string())),
    };
    let id = feature.linked_id.as_ref().or(feature.id.as_ref()).map(|id| match id {
        Value::String(id) => id.clone(),
        Value::Number(id) => id.to_string(),
        _ => String::new(),
    });
    let Some(geometry) = feature.geometry else { return block.refuse(line, Reason::NoCoordinates) };
    let spot = match spot(&geometry) {
        Ok(spot) => spot,
        Err(reason) => return block.refuse(line, reason),
    };
    let properties = feature.properties.unwrap_or_default();
    let listed = feature.names.unwrap_or_default();
    let is_arabic = |name: &Name<'_>| name.lang.as_deref() == Some("ar");
    let toponym = |name: &'_ Name<'_>| name.toponym.as_deref().map(str::to_owned);
    let name_ar = listed.iter().find(|name| is_arabic(name)).and_then(toponym);
    let names: Vec<String> = listed.iter().filter_map(toponym).collect();
    let name_ar = name_ar.or_else(|| names.iter().find(|name| looks_arabic(name)).cloned());

    let letters = properties.fclasses.unwrap_or_default();
    let class = letters.iter().find_map(|class| class.get(..1)).map(str::to_ascii_uppercase).unwrap_or_default();
    // The format knows classes only.
    let code = FeatureClass::from_code(&class).map(|class| rules.vocabulary.defaults(class).code);
    let countries = properties.ccodes.unwrap_or_default();
    let country = match countries.as_slice() {
        [only] => rules.spellings.country_of_code(&only.to_ascii_uppercase()).map_or(only.as_str(), |c| &c.name),
        // What lies in several countries belongs to none.
        _ => "",
    };
    let kinds: Vec<&str> = feature.types.iter().flatten().filter_map(|kind| kind.label.as_deref()).collect();
    let mut notes = Vec::new();
    if !kinds.is_empty() {
        notes.push(kinds.join(", "));
    }
    notes.extend(spot.certainty.filter(|certainty| certainty != "certain"));
    let draft = Draft {
        id: Cow::Owned(id.unwrap_or_default()),
        name: properties.title.as_deref().unwrap_or(""),
        name_ar: name_ar.as_deref().unwrap_or(""),
        names: names.iter().map(String::as_str).collect(),
        position: spot.position,
        class: &class,
        code: code.as_deref().unwrap_or(""),
        country: Cow::Borrowed(country),
        admin1: Admin1::default(),
        population: 0,
        uncertainty_m: spot.radius_m,
        source: Cow::Borrowed("Linked Places"),
        note: Cow::Owned(notes.join("; ")),
    };
    block.add(rules, line, &draft);
}

/// A point for a geometry.
struct Spot {
    position: Coordinate,
    /// How far its parts lie from there; `None` for a single point.
    radius_m: Option<f64>,
    certainty: Option<String>,
}

/// From the most certain down; what nothing is said of stands between.
fn doubt(geometry: &Geometry) -> u8 {
    match geometry.certainty.as_deref() {
        Some("certain") => 0,
        Some("less-certain") => 2,
        Some("uncertain") => 3,
        _ => 1,
    }
}

fn spot(geometry: &Geometry) -> Result<Spot, Reason> {
    let mut best = geometry;
    // Collections inside collections are legal and rare.
    for _ in 0..8 {
        let members = best.geometries.iter().flatten();
        match members.filter(|g| g.coordinates.is_some() || g.geometries.is_some()).min_by_key(|g| doubt(g)) {
            Some(member) => best = member,
            None => break,
        }
    }
    let mut positions = Vec::new();
    collect_positions(best.coordinates.as_ref().unwrap_or(&Value::Null), &mut positions)?;
    let first = *positions.first().ok_or(Reason::NoCoordinates)?;
    // A ring ends where it began.
    if positions.len() > 1 && positions.last() == Some(&first) {
        positions.pop();
    }
    let certainty = best.certainty.clone().or_else(|| geometry.certainty.clone());
    let middle = middle(&positions).unwrap_or(first);
    let radius_m = positions.iter().map(|position| position.distance_m(middle)).fold(0.0, f64::max);
    Ok(Spot { position: middle, radius_m: (radius_m > 1.0).then(|| radius_m.round()), certainty })
}

/// All positions of a member `coordinates`, however deep they are nested.
fn collect_positions(coordinates: &Value, positions: &mut Vec<Coordinate>) -> Result<(), Reason> {
    let Value::Array(items) = coordinates else { return Ok(()) };
    match items.as_slice() {
        [Value::Array(_), ..] => items.iter().try_for_each(|item| collect_positions(item, positions)),
        [] => Ok(()),
        [lon, lat, ..] => {
            let number = |what: &'static str, value: &Value| {
                value
                    .as_f64()
                    .ok_or_else(|| Reason::Number { what, value: value.to_string().chars().take(40).collect() })
            };
            positions.push(checked_position(number("longitude", lon)?, number("latitude", lat)?)?);
            Ok(())
        }
        [_] => Err(Reason::NoCoordinates),
    }
}

/// The middle of positions on the sphere, also across the antimeridian; `None` where they lie
/// opposite each other.
fn middle(positions: &[Coordinate]) -> Option<Coordinate> {
    if let [only] = positions {
        return Some(*only);
    }
    let (mut x, mut y, mut z) = (0.0, 0.0, 0.0);
    for position in positions {
        let (lon, lat) = (position.lon_deg().to_radians(), position.lat_deg().to_radians());
        x += lat.cos() * lon.cos();
        y += lat.cos() * lon.sin();
        z += lat.sin();
    }
    let length = (x * x + y * y + z * z).sqrt();
    if length < 1e-9 * positions.len() as f64 {
        return None;
    }
    Coordinate::new(y.atan2(x).to_degrees(), (z / length).clamp(-1.0, 1.0).asin().to_degrees()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot_of(geometry: &str) -> Result<(f64, f64, Option<f64>), String> {
        let geometry = serde_json::from_str(geometry).unwrap();
        let spot = spot(&geometry).map_err(|reason| reason.to_string())?;
        let round = |degrees: f64| (degrees * 100.0).round() / 100.0;
        Ok((round(spot.position.lon_deg()), round(spot.position.lat_deg()), spot.radius_m))
    }

    #[test]
    fn a_geometry_becomes_a_point_and_a_radius() {
        assert_eq!(spot_of(r#"{"type":"Point","coordinates":[36.3,33.5]}"#), Ok((36.3, 33.5, None)));
        let (lon, lat, radius_m) = spot_of(r#"{"type":"MultiPoint","coordinates":[[179,0],[-179,0]]}"#).unwrap();
        assert_eq!((lon.abs(), lat), (180.0, 0.0));
        assert!((radius_m.unwrap() - 111_195.0).abs() < 10.0);
        let collection = r#"{"type":"GeometryCollection","geometries":[
            {"type":"Point","coordinates":[1,2],"certainty":"uncertain"},{"type":"Point","coordinates":[3,4]}]}"#;
        assert_eq!(spot_of(collection), Ok((3.0, 4.0, None)));
    }

    #[test]
    fn bad_geometries_say_why() {
        assert_eq!(spot_of(r#"{"type":"Point","coordinates":[]}"#), Err("no coordinates".into()));
        assert_eq!(spot_of(r#"{"type":"GeometryCollection","geometries":[]}"#), Err("no coordinates".into()));
        assert_eq!(
            spot_of(r#"{"type":"Point","coordinates":["36","33"]}"#),
            Err("`\"36\"` in longitude is not a number".into())
        );
        assert_eq!(
            spot_of(r#"{"type":"Point","coordinates":[36,95]}"#),
            Err("latitude 95 is not between -90 and 90; are latitude and longitude swapped?".into())
        );
    }
}
