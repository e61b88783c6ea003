//! Named roads: read from GeoJSON, kept in a section of the compiled file.

use geojson::{FeatureCollection, GeometryValue, JsonObject};

use crate::gazetteer::error::{CompileError, Problem};
use crate::gazetteer::format::{UNITS_PER_DEGREE, read_i32, read_text, read_varint, write_text, write_varint};
use crate::model::coordinate::Coordinate;

/// How good the geometry of a road is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum RoadQuality {
    /// Surveyed.
    Road,
    /// Drawn through places beside the road.
    Schematic,
}

/// A named road with all its sections.
#[derive(Clone, PartialEq, Debug)]
pub struct Road {
    /// The official reference ("M4").
    pub reference: String,
    pub name_en: String,
    pub name_ar: Option<String>,
    /// Every other spelling, in every language.
    pub names: Vec<String>,
    /// The English names of the places that the road joins.
    pub ends: Vec<String>,
    pub country: String,
    /// The worst of its sections.
    pub quality: RoadQuality,
    /// One line a section, of at least two positions each.
    pub lines: Vec<Vec<Coordinate>>,
    /// The English names of the places along it, in the order of the lines.
    pub stops: Vec<String>,
    pub source: String,
}

impl Road {
    /// The reference and every name.
    pub fn all_names(&self) -> impl Iterator<Item = &str> {
        [&self.reference, &self.name_en].into_iter().chain(&self.name_ar).chain(&self.names).map(String::as_str)
    }

    /// Distance in metres from a position to the nearest point of the road.
    ///
    /// Segments are taken as straight in a local equirectangular projection, which is good to
    /// better than one in a thousand over the few hundred kilometres of a segment.
    pub fn distance_m(&self, position: Coordinate) -> f64 {
        let segments = self.lines.iter().flat_map(|line| line.windows(2));
        segments.map(|ends| segment_distance_m(ends[0], ends[1], position)).fold(f64::INFINITY, f64::min)
    }

    fn continue_with(&mut self, section: Road) {
        let overlap = usize::from(self.stops.last().is_some_and(|last| section.stops.first() == Some(last)));
        self.stops.extend(section.stops.into_iter().skip(overlap));
        self.lines.extend(section.lines);
        self.quality = self.quality.max(section.quality);
        for name in section.names {
            if !self.names.contains(&name) {
                self.names.push(name);
            }
        }
    }
}

fn segment_distance_m(from: Coordinate, to: Coordinate, position: Coordinate) -> f64 {
    let scale = position.lat_deg().to_radians().cos();
    let flat = |c: Coordinate| ((c.lon_deg() - position.lon_deg()) * scale, c.lat_deg() - position.lat_deg());
    let ((from_x, from_y), (to_x, to_y)) = (flat(from), flat(to));
    let (along_x, along_y) = (to_x - from_x, to_y - from_y);
    let length = along_x * along_x + along_y * along_y;
    let share = if length > 0.0 { (-(from_x * along_x + from_y * along_y) / length).clamp(0.0, 1.0) } else { 0.0 };
    let lon_deg = from.lon_deg() + share * (to.lon_deg() - from.lon_deg());
    let lat_deg = from.lat_deg() + share * (to.lat_deg() - from.lat_deg());
    // A point between two valid positions is one itself; rounding at the very edge is not worth more.
    Coordinate::new(lon_deg, lat_deg).unwrap_or(from).distance_m(position)
}

/// Reads `roads.geojson`; features with one `ref` and country become one road, in file order.
pub fn read_geojson(file: &str, text: &str) -> Result<Vec<Road>, CompileError> {
    let at = |line, column, problem| CompileError { file: file.to_owned(), line, column, problem };
    let collection: FeatureCollection = serde_json::from_str(text)
        .map_err(|error| at(error.line(), error.column().max(1), Problem::GeoJson(error.to_string())))?;
    let mut roads: Vec<Road> = Vec::new();
    for (index, feature) in collection.features.into_iter().enumerate() {
        let road = |problem: String| at(0, 0, Problem::Road { feature: index + 1, problem });
        let properties = feature.properties.unwrap_or_default();
        let geometry = feature.geometry.ok_or_else(|| road("there is no geometry".into()))?;
        let lines = match geometry.value {
            GeometryValue::LineString { coordinates } => vec![coordinates],
            GeometryValue::MultiLineString { coordinates } => coordinates,
            other => return Err(road(format!("a {} is no line", other.type_name()))),
        };
        let mut checked = Vec::with_capacity(lines.len());
        for line in lines {
            let line: Result<Vec<Coordinate>, String> = line
                .iter()
                .map(|position| match position.as_slice() {
                    [lon_deg, lat_deg, ..] => Coordinate::new(*lon_deg, *lat_deg).map_err(|error| error.to_string()),
                    _ => Err("a position has fewer than two numbers".to_owned()),
                })
                .collect();
            let line = line.map_err(road)?;
            if line.len() < 2 {
                return Err(road("a line has fewer than two positions".into()));
            }
            checked.push(line);
        }
        let section = Road {
            reference: required(&properties, "ref").map_err(road)?.to_owned(),
            name_en: required(&properties, "name_en").map_err(road)?.to_owned(),
            name_ar: optional(&properties, "name_ar").map_err(road)?.map(str::to_owned),
            names: list(&properties, "names").map_err(road)?,
            ends: list(&properties, "ends").map_err(road)?,
            country: required(&properties, "country").map_err(road)?.to_owned(),
            quality: match required(&properties, "quality").map_err(road)? {
                "road" => RoadQuality::Road,
                "schematic" => RoadQuality::Schematic,
                other => return Err(road(format!("`quality` is `{other}`, not `road` or `schematic`"))),
            },
            lines: checked,
            stops: list(&properties, "stops").map_err(road)?,
            source: required(&properties, "source").map_err(road)?.to_owned(),
        };
        match roads.iter_mut().find(|r| r.reference == section.reference && r.country == section.country) {
            Some(road) => road.continue_with(section),
            None => roads.push(section),
        }
    }
    Ok(roads)
}

fn optional<'p>(properties: &'p JsonObject, key: &str) -> Result<Option<&'p str>, String> {
    match properties.get(key) {
        None | Some(serde_json::Value::Null) => Ok(None),
        Some(serde_json::Value::String(text)) => Ok((!text.trim().is_empty()).then_some(text.trim())),
        Some(_) => Err(format!("`{key}` is not a text")),
    }
}

fn required<'p>(properties: &'p JsonObject, key: &str) -> Result<&'p str, String> {
    optional(properties, key)?.ok_or_else(|| format!("`{key}` is missing"))
}

fn list(properties: &JsonObject, key: &str) -> Result<Vec<String>, String> {
    let text = optional(properties, key)?.unwrap_or("");
    Ok(text.split('|').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect())
}

/// The bytes of the roads section.
pub fn encode(roads: &[Road]) -> Vec<u8> {
    let mut bytes = Vec::new();
    write_varint(&mut bytes, roads.len() as u64);
    for road in roads {
        let name_ar = road.name_ar.as_deref().unwrap_or("");
        for text in [&road.reference, &road.name_en, name_ar, &road.country, &road.source] {
            write_text(&mut bytes, text);
        }
        bytes.push(u8::from(road.quality == RoadQuality::Schematic));
        for list in [&road.names, &road.ends, &road.stops] {
            write_varint(&mut bytes, list.len() as u64);
            for text in list {
                write_text(&mut bytes, text);
            }
        }
        write_varint(&mut bytes, road.lines.len() as u64);
        for line in &road.lines {
            write_varint(&mut bytes, line.len() as u64);
            for position in line {
                for degrees in [position.lon_deg(), position.lat_deg()] {
                    bytes.extend_from_slice(&((degrees * UNITS_PER_DEGREE).round() as i32).to_le_bytes());
                }
            }
        }
    }
    bytes
}

/// Reads the roads section; `None` when it is damaged.
pub fn decode(bytes: &[u8]) -> Option<Vec<Road>> {
    let mut at = 0;
    let mut roads = Vec::new();
    for _ in 0..read_varint(bytes, &mut at)? {
        let mut text = || read_text(bytes, &mut at).map(str::to_owned);
        let (reference, name_en, name_ar, country, source) = (text()?, text()?, text()?, text()?, text()?);
        let quality = match bytes.get(at)? {
            0 => RoadQuality::Road,
            _ => RoadQuality::Schematic,
        };
        at += 1;
        let (names, ends) = (decode_list(bytes, &mut at)?, decode_list(bytes, &mut at)?);
        let stops = decode_list(bytes, &mut at)?;
        let mut lines = Vec::new();
        for _ in 0..read_varint(bytes, &mut at)? {
            let mut line = Vec::new();
            for _ in 0..read_varint(bytes, &mut at)? {
                let degrees = |at| Some(f64::from(read_i32(bytes, at)?) / UNITS_PER_DEGREE);
                line.push(Coordinate::new(degrees(at)?, degrees(at + 4)?).ok()?);
                at += 8;
            }
            if line.len() < 2 {
                return None;
            }
            lines.push(line);
        }
        let name_ar = (!name_ar.is_empty()).then_some(name_ar);
        roads.push(Road { reference, name_en, name_ar, names, ends, country, quality, lines, stops, source });
    }
    Some(roads)
}

fn decode_list(bytes: &[u8], at: &mut usize) -> Option<Vec<String>> {
    let mut list = Vec::new();
    for _ in 0..read_varint(bytes, at)? {
        list.push(read_text(bytes, at)?.to_owned());
    }
    Some(list)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO_SECTIONS: &str = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"ref":"M4","name_en":"Aleppo-Latakia highway","name_ar":"طريق حلب اللاذقية",
         "names":"M4|M-4","ends":"Aleppo|Latakia","country":"Syria","quality":"road","stops":"Saraqib|Ariha","source":"s"},
         "geometry":{"type":"LineString","coordinates":[[36.80591,35.86447],[36.60964,35.81374]]}},
        {"type":"Feature","properties":{"ref":"M4","name_en":"Aleppo-Latakia highway",
         "names":"M4|M 4","country":"Syria","quality":"schematic","stops":"Ariha|Latakia","source":"s"},
         "geometry":{"type":"LineString","coordinates":[[36.60964,35.81374],[35.79088,35.53125]]}}]}"#;

    #[test]
    fn sections_of_one_reference_are_one_road_and_survive_the_section() {
        let roads = read_geojson("roads.geojson", TWO_SECTIONS).unwrap();
        assert_eq!(roads.len(), 1);
        assert_eq!(roads[0].stops, ["Saraqib", "Ariha", "Latakia"]);
        assert_eq!(roads[0].names, ["M4", "M-4", "M 4"]);
        assert_eq!((roads[0].lines.len(), roads[0].quality), (2, RoadQuality::Schematic));
        assert_eq!(decode(&encode(&roads)), Some(roads));
    }

    #[test]
    fn a_place_beside_a_segment_is_as_far_as_its_foot() {
        let road = &read_geojson("roads.geojson", TWO_SECTIONS).unwrap()[0];
        let ariha = Coordinate::new(36.60964, 35.81374).unwrap();
        assert!(road.distance_m(ariha) < 1.0);
        let idlib = Coordinate::new(36.63393, 35.93062).unwrap();
        assert!((11_000.0..13_500.0).contains(&road.distance_m(idlib)), "{}", road.distance_m(idlib));
    }

    #[test]
    fn faults_name_the_feature() {
        let broken = TWO_SECTIONS.replace("schematic", "guessed");
        let error = read_geojson("roads.geojson", &broken).unwrap_err().to_string();
        assert_eq!(error, "roads.geojson: road 2: `quality` is `guessed`, not `road` or `schematic`");
        assert!(read_geojson("roads.geojson", "{").unwrap_err().to_string().starts_with("roads.geojson:1:"));
        let broken = TWO_SECTIONS.replace("36.80591", "336.80591");
        assert!(read_geojson("roads.geojson", &broken).unwrap_err().to_string().contains("longitude 336.80591"));
    }
}
