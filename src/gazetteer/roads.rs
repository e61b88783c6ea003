//! Named roads: read from GeoJSON, kept in a section of the compiled file.
//!
//! A road is found by its reference, as road signs have it, and by its names. Several files may
//! know one road: the later one gives the geometry unless it is the worse one, and no file takes
//! away a name that another one knew.

use geojson::{FeatureCollection, GeometryValue, JsonObject};

use crate::gazetteer::error::{CompileError, Problem};
use crate::gazetteer::format::{UNITS_PER_DEGREE, read_i32, read_text, read_varint, write_text, write_varint};
use crate::model::coordinate::Coordinate;
use crate::text::key::name_key;

/// How good the geometry of a road is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum RoadQuality {
    /// Surveyed.
    Road,
    /// Drawn through places beside the road.
    Schematic,
}

impl RoadQuality {
    /// How far in metres such a line may lie from the course of the road, where its source does
    /// not say. Surveyed lines are far better than that themselves; the rest is for which
    /// carriageway was driven, and for what was rebuilt since.
    pub fn usual_accuracy_m(self) -> f64 {
        match self {
            Self::Road => 250.0,
            Self::Schematic => 3_000.0,
        }
    }

    /// As files spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Road => "road",
            Self::Schematic => "schematic",
        }
    }

    /// The quality that a file spells so.
    pub fn of_name(name: &str) -> Option<Self> {
        [Self::Road, Self::Schematic].into_iter().find(|quality| quality.name() == name)
    }
}

/// How well the course of a line is known.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Survey {
    pub quality: RoadQuality,
    /// How far in metres it may lie from the course of the road.
    pub accuracy_m: f64,
}

impl Survey {
    pub const BEST: Self = Self { quality: RoadQuality::Road, accuracy_m: 0.0 };

    /// The usual one of a quality.
    pub fn usual(quality: RoadQuality) -> Self {
        Self { quality, accuracy_m: quality.usual_accuracy_m() }
    }

    /// What holds of two lines together.
    pub fn worse(self, other: Self) -> Self {
        Self { quality: self.quality.max(other.quality), accuracy_m: self.accuracy_m.max(other.accuracy_m) }
    }
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
    /// How well each of the lines is known.
    pub surveys: Vec<Survey>,
    /// The English names of the places along it, in the order of the lines.
    pub stops: Vec<String>,
    pub source: String,
}

impl Road {
    /// The reference and every name.
    pub fn all_names(&self) -> impl Iterator<Item = &str> {
        [&self.reference, &self.name_en].into_iter().chain(&self.name_ar).chain(&self.names).map(String::as_str)
    }

    /// Distance in metres from a position to the nearest point of the road; infinite when it has
    /// no line.
    ///
    /// Segments are taken as straight in a local equirectangular projection, which is good to
    /// better than one in a thousand over the few hundred kilometres of a segment.
    pub fn distance_m(&self, position: Coordinate) -> f64 {
        let plane = Plane::at(position);
        let segments = self.lines.iter().flat_map(|line| line.windows(2));
        let measured = segments.map(|ends| (plane.squared(ends[0], ends[1]), ends));
        let nearest = measured.min_by(|(one, _), (other, _)| one.total_cmp(other));
        nearest.map_or(f64::INFINITY, |(_, ends)| plane.nearest(ends[0], ends[1]).coordinate.distance_m(position))
    }

    /// Length in metres of all lines together: both carriageways, where there are two.
    pub fn length_m(&self) -> f64 {
        self.lines.iter().flat_map(|line| line.windows(2)).map(|ends| ends[0].distance_m(ends[1])).sum()
    }

    /// West, south, east and north of all its vertices, in degrees; `None` without any.
    pub fn bounds(&self) -> Option<[f64; 4]> {
        let positions = self.lines.iter().flatten().map(|at| [at.lon_deg(), at.lat_deg(), at.lon_deg(), at.lat_deg()]);
        positions.reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
    }

    /// Adds a section that the same file tells of.
    pub fn continue_with(&mut self, section: Road) {
        let overlap = usize::from(self.stops.last().is_some_and(|last| section.stops.first() == Some(last)));
        self.stops.extend(section.stops.into_iter().skip(overlap));
        self.lines.extend(section.lines);
        self.surveys.extend(section.surveys);
        self.quality = self.quality.max(section.quality);
        self.add_names(section.names);
    }

    /// Lays over it what a later file says of the same road: the course, unless it is only
    /// schematic and this one surveyed; stops and ends, if any; and all its names more.
    pub fn overlay(&mut self, later: Road) {
        let older: Vec<String> = self.all_names().map(str::to_owned).collect();
        // A file that knows no name gives the reference for one.
        if later.name_en != later.reference {
            self.name_en = later.name_en;
        }
        self.name_ar = later.name_ar.or(self.name_ar.take());
        self.names = later.names;
        self.add_names(older.into_iter().filter(|name| *name != self.reference && *name != self.name_en).collect());
        if later.quality <= self.quality {
            self.lines = later.lines;
            self.surveys = later.surveys;
            self.quality = later.quality;
            self.source = later.source;
        }
        for (own, later) in [(&mut self.stops, later.stops), (&mut self.ends, later.ends)] {
            if !later.is_empty() {
                *own = later;
            }
        }
    }

    fn add_names(&mut self, names: Vec<String>) {
        for name in names {
            if !self.names.contains(&name) {
                self.names.push(name);
            }
        }
    }
}

/// A reference as it is compared: "M 4", "M-4", "m4" and the Cyrillic "М-4" are all `M4`. Empty
/// when nothing but marks is left.
///
/// ```
/// # use masar::gazetteer::roads::folded_reference;
/// assert_eq!(folded_reference("D.400"), folded_reference("D 400"));
/// ```
pub fn folded_reference(reference: &str) -> String {
    let key = name_key(reference).to_uppercase();
    key.chars().filter(|c| c.is_alphanumeric()).map(latin_twin).collect()
}

/// The Latin letter that looks like a Cyrillic one: signs of one road bear either.
fn latin_twin(letter: char) -> char {
    match letter {
        'А' => 'A',
        'В' => 'B',
        'Е' => 'E',
        'К' => 'K',
        'М' => 'M',
        'Н' => 'H',
        'О' => 'O',
        'Р' => 'P',
        'С' => 'C',
        'Т' => 'T',
        'Х' => 'X',
        other => other,
    }
}

/// The point of a segment nearest to a place.
#[derive(Clone, Copy, Debug)]
pub struct SegmentPoint {
    pub coordinate: Coordinate,
    /// The square of its distance in degrees of latitude: for comparing, as it costs no sine.
    pub planar: f64,
}

/// The plane that touches the globe at a place, in degrees of latitude. Over the length of a road's
/// segment it is off by less than a part in a thousand.
#[derive(Clone, Copy, Debug)]
pub struct Plane {
    place: Coordinate,
    /// What a degree of longitude is there, in degrees of latitude.
    shrink: f64,
}

impl Plane {
    pub fn at(place: Coordinate) -> Self {
        Self { place, shrink: place.lat_deg().to_radians().cos() }
    }

    #[inline]
    fn flat(self, at: Coordinate) -> (f64, f64) {
        ((at.lon_deg() - self.place.lon_deg()) * self.shrink, at.lat_deg() - self.place.lat_deg())
    }

    /// Where on a segment the point nearest to the place lies, 0 at its first end and 1 at its
    /// second, and where that is on the plane.
    #[inline]
    fn foot(self, a: Coordinate, b: Coordinate) -> (f64, f64, f64) {
        let ((a_x, a_y), (b_x, b_y)) = (self.flat(a), self.flat(b));
        let (along_x, along_y) = (b_x - a_x, b_y - a_y);
        let squared = along_x * along_x + along_y * along_y;
        let fraction = if squared > 0.0 { (-(a_x * along_x + a_y * along_y) / squared).clamp(0.0, 1.0) } else { 0.0 };
        (fraction, a_x + fraction * along_x, a_y + fraction * along_y)
    }

    /// The square of the distance of a segment from the place.
    #[inline]
    pub fn squared(self, a: Coordinate, b: Coordinate) -> f64 {
        let (_, x, y) = self.foot(a, b);
        x * x + y * y
    }

    /// The point of a segment nearest to the place.
    #[inline]
    pub fn nearest(self, a: Coordinate, b: Coordinate) -> SegmentPoint {
        let (fraction, x, y) = self.foot(a, b);
        let between = |from: f64, to: f64| from + fraction * (to - from);
        // A point between two valid positions is one itself; rounding at the very edge is not worth more.
        let coordinate =
            Coordinate::new(between(a.lon_deg(), b.lon_deg()), between(a.lat_deg(), b.lat_deg())).unwrap_or(a);
        SegmentPoint { coordinate, planar: x * x + y * y }
    }
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
        let quality = required(&properties, "quality").map_err(road)?;
        let quality = RoadQuality::of_name(quality)
            .ok_or_else(|| road(format!("`quality` is `{quality}`, not `road` or `schematic`")))?;
        let accuracy_m = accuracy(&properties).map_err(road)?.unwrap_or(quality.usual_accuracy_m());
        let written = required(&properties, "ref").map_err(road)?;
        // A name in the place of a reference stays as it is.
        let has_digit = written.chars().any(char::is_numeric);
        let reference = if has_digit { folded_reference(written) } else { written.to_owned() };
        let mut names = list(&properties, "names").map_err(road)?;
        if reference != written && !names.iter().any(|name| name == written) {
            names.push(written.to_owned());
        }
        let section = Road {
            reference,
            name_en: required(&properties, "name_en").map_err(road)?.to_owned(),
            name_ar: optional(&properties, "name_ar").map_err(road)?.map(str::to_owned),
            names,
            ends: list(&properties, "ends").map_err(road)?,
            country: required(&properties, "country").map_err(road)?.to_owned(),
            quality,
            surveys: vec![Survey { quality, accuracy_m }; checked.len()],
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

fn accuracy(properties: &JsonObject) -> Result<Option<f64>, String> {
    match properties.get("accuracy_m") {
        None | Some(serde_json::Value::Null) => Ok(None),
        Some(value) => match value.as_f64() {
            Some(metres) if (0.0..=MOST_ACCURACY_M).contains(&metres) => Ok(Some(metres)),
            _ => Err(format!("`accuracy_m` is not a number of metres up to {MOST_ACCURACY_M}")),
        },
    }
}

/// What lies farther off says nothing of the course of a road.
const MOST_ACCURACY_M: f64 = 100_000.0;

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
        for (line, survey) in road.lines.iter().zip(&road.surveys) {
            write_varint(&mut bytes, survey.accuracy_m.max(0.0).round() as u64);
            bytes.push(u8::from(survey.quality == RoadQuality::Schematic));
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
        let quality = decode_quality(bytes, &mut at)?;
        let (names, ends) = (decode_list(bytes, &mut at)?, decode_list(bytes, &mut at)?);
        let stops = decode_list(bytes, &mut at)?;
        let (mut lines, mut surveys) = (Vec::new(), Vec::new());
        for _ in 0..read_varint(bytes, &mut at)? {
            let accuracy_m = read_varint(bytes, &mut at)? as f64;
            surveys.push(Survey { quality: decode_quality(bytes, &mut at)?, accuracy_m });
            let len = usize::try_from(read_varint(bytes, &mut at)?).ok()?;
            let end = at.checked_add(len.checked_mul(POSITION_LEN)?)?;
            let positions = bytes.get(at..end)?.chunks_exact(POSITION_LEN).map(|position| {
                let degrees = |at| Some(f64::from(read_i32(position, at)?) / UNITS_PER_DEGREE);
                Coordinate::new(degrees(0)?, degrees(POSITION_LEN / 2)?).ok()
            });
            let line: Vec<Coordinate> = positions.collect::<Option<_>>()?;
            at = end;
            if line.len() < 2 {
                return None;
            }
            lines.push(line);
        }
        let name_ar = (!name_ar.is_empty()).then_some(name_ar);
        roads.push(Road { reference, name_en, name_ar, names, ends, country, quality, lines, surveys, stops, source });
    }
    Some(roads)
}

/// Bytes of a position: longitude and latitude, i32 each.
const POSITION_LEN: usize = 8;

fn decode_quality(bytes: &[u8], at: &mut usize) -> Option<RoadQuality> {
    let quality = match bytes.get(*at)? {
        0 => RoadQuality::Road,
        _ => RoadQuality::Schematic,
    };
    *at += 1;
    Some(quality)
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
    fn a_reference_is_folded_and_found_as_it_was_written() {
        let roads = read_geojson("roads.geojson", &TWO_SECTIONS.replace("\"ref\":\"M4\"", "\"ref\":\"M 4\"")).unwrap();
        assert_eq!((roads.len(), roads[0].reference.as_str()), (1, "M4"));
        assert!(roads[0].all_names().any(|name| name == "M 4"));
    }

    #[test]
    fn each_section_keeps_its_own_accuracy() {
        let told = TWO_SECTIONS.replace("\"quality\":\"schematic\"", "\"quality\":\"schematic\",\"accuracy_m\":10000");
        let road = &read_geojson("roads.geojson", &told).unwrap()[0];
        let accuracies: Vec<f64> = road.surveys.iter().map(|survey| survey.accuracy_m).collect();
        assert_eq!(accuracies, [250.0, 10_000.0]);
        assert_eq!(decode(&encode(std::slice::from_ref(road))).unwrap()[0].surveys, road.surveys);
        let broken = told.replace("10000", "\"far\"");
        assert!(
            read_geojson("roads.geojson", &broken).unwrap_err().to_string().contains("`accuracy_m` is not a number")
        );
    }

    #[test]
    fn a_later_file_gives_the_course_and_takes_no_name_away() {
        let read = |text: &str| read_geojson("roads.geojson", text).unwrap().remove(0);
        let mut road = read(TWO_SECTIONS);
        let later = Road {
            name_en: "M4".into(),
            name_ar: None,
            names: vec!["M 4".into(), "new".into()],
            ends: Vec::new(),
            stops: Vec::new(),
            quality: RoadQuality::Road,
            lines: vec![road.lines[1].clone()],
            surveys: vec![Survey::usual(RoadQuality::Road)],
            source: "survey".into(),
            ..road.clone()
        };
        road.overlay(later.clone());
        assert_eq!((road.lines.len(), road.quality, road.source.as_str()), (1, RoadQuality::Road, "survey"));
        assert_eq!(
            (road.name_en.as_str(), road.name_ar.as_deref()),
            ("Aleppo-Latakia highway", Some("طريق حلب اللاذقية"))
        );
        assert_eq!(road.ends, ["Aleppo", "Latakia"]);
        for name in ["M4", "M-4", "M 4", "new", "Aleppo-Latakia highway"] {
            assert!(road.all_names().any(|own| own == name), "{name}");
        }
        // What is only schematic does not take the place of a surveyed course.
        road.overlay(read(TWO_SECTIONS));
        assert_eq!((road.lines.len(), road.source.as_str()), (1, "survey"));
    }

    #[test]
    fn references_are_folded_as_signs_write_them() {
        for reference in ["M4", "M 4", "M-4", "m4", "М-4", "M٤"] {
            assert_eq!(folded_reference(reference), "M4", "{reference}");
        }
        assert_eq!(folded_reference("D.400"), "D400");
        assert_eq!(folded_reference("–"), "");
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
