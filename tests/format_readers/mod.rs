//! Reads what each format wrote, with a crate of somebody else's, into one shape.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use flatgeobuf::{FallibleStreamingIterator, FeatureProperties, FgbReader};
use masar::writer::value::{Value, ValueType};
use quick_xml::events::Event;
use rusqlite::Connection;
use rusqlite::types::ValueRef;

/// A feature as a program of somebody else's sees it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Seen {
    pub id: String,
    /// Every property that is neither null nor an empty text, by name.
    pub properties: BTreeMap<String, String>,
    /// Longitude and latitude of every position; none where nothing is drawn.
    pub positions: Vec<[f64; 2]>,
}

/// What a format's reader needs.
pub struct Reader {
    /// The name of the format.
    pub format: &'static str,
    pub read: fn(&Path) -> Vec<Seen>,
    /// How the format spells a value; `None` for what it does not keep.
    pub spell: fn(name: &str, value_type: ValueType, value: &Value) -> Option<(String, String)>,
    /// Whether every feature's own positions are kept as they are.
    pub keeps_positions: bool,
}

/// One for each of `masar::writer::FORMATS`.
pub const READERS: &[Reader] = &[
    Reader { format: "geojson", read: read_geojson, spell: plain, keeps_positions: true },
    Reader { format: "geojsonl", read: read_geojsonl, spell: plain, keeps_positions: true },
    Reader { format: "csv", read: read_csv, spell: in_csv, keeps_positions: true },
    Reader { format: "gpkg", read: read_gpkg, spell: in_gpkg, keeps_positions: true },
    Reader { format: "flatgeobuf", read: read_flatgeobuf, spell: without_nul, keeps_positions: true },
    Reader { format: "kml", read: read_kml, spell: in_kml, keeps_positions: true },
    // Made for eyes: it holds the texts that a person reads, and positions to a metre.
    Reader { format: "html", read: read_html, spell: in_html, keeps_positions: false },
];

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Text(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::Boolean(boolean) => Some(boolean.to_string()),
    }
}

fn plain(name: &str, _: ValueType, value: &Value) -> Option<(String, String)> {
    Some((name.to_owned(), text_of(value)?))
}

fn without_nul(name: &str, _: ValueType, value: &Value) -> Option<(String, String)> {
    Some((name.to_owned(), text_of(value)?.replace('\0', "\u{FFFD}")))
}

fn in_csv(name: &str, _: ValueType, value: &Value) -> Option<(String, String)> {
    let text = text_of(value)?.replace('\0', "\u{FFFD}");
    let runs = matches!(value, Value::Text(_)) && text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    Some((name.to_owned(), if runs { format!("'{text}") } else { text }))
}

fn in_gpkg(name: &str, value_type: ValueType, value: &Value) -> Option<(String, String)> {
    let text = text_of(value)?.replace('\0', "\u{FFFD}");
    let text = match (value_type, value) {
        (ValueType::DateTime, _) => text.replace('Z', ".000Z"),
        (_, Value::Boolean(boolean)) => i32::from(*boolean).to_string(),
        _ => text,
    };
    Some((name.to_owned(), text))
}

fn in_kml(name: &str, _: ValueType, value: &Value) -> Option<(String, String)> {
    let forbidden = |c: char| (c < ' ' && !"\t\n\r".contains(c)) || c == '\u{FFFE}' || c == '\u{FFFF}';
    let text = match value {
        Value::Boolean(boolean) => i32::from(*boolean).to_string(),
        other => text_of(other)?.replace(forbidden, "\u{FFFD}"),
    };
    Some((if name == "name" { "place_name" } else { name }.to_owned(), text))
}

fn in_html(name: &str, _: ValueType, value: &Value) -> Option<(String, String)> {
    let kept = ["kind", "title", "title_ar", "description", "evidence", "confidence"].contains(&name);
    Some((name.to_owned(), text_of(value)?)).filter(|_| kept)
}

fn json_text(value: &serde_json::Value) -> Option<String> {
    match value {
        serde_json::Value::Null => None,
        serde_json::Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        // 24.0 and 24 are one number in JSON.
        serde_json::Value::Number(number) => number.as_f64().map(|number| number.to_string()),
        other => Some(other.to_string()),
    }
}

fn of_geojson(feature: &geojson::Feature) -> Seen {
    let Some(geojson::feature::Id::String(id)) = &feature.id else { panic!("no id in {feature:?}") };
    let properties = feature.properties.iter().flatten();
    let mut positions = Vec::new();
    if let Some(geometry) = &feature.geometry {
        json_positions(&serde_json::to_value(geometry).unwrap()["coordinates"], &mut positions);
    }
    Seen {
        id: id.clone(),
        properties: properties.filter_map(|(name, value)| Some((name.clone(), json_text(value)?))).collect(),
        positions,
    }
}

fn json_positions(value: &serde_json::Value, positions: &mut Vec<[f64; 2]>) {
    let Some(values) = value.as_array() else { return };
    match values.as_slice() {
        [lon, lat] if lon.is_number() => positions.push([lon.as_f64().unwrap(), lat.as_f64().unwrap()]),
        values => values.iter().for_each(|value| json_positions(value, positions)),
    }
}

fn read_geojson(path: &Path) -> Vec<Seen> {
    let collection: geojson::FeatureCollection = fs::read_to_string(path).unwrap().parse().unwrap();
    collection.features.iter().map(of_geojson).collect()
}

fn read_geojsonl(path: &Path) -> Vec<Seen> {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.is_empty() || text.ends_with('\n'));
    // Only a line feed ends a line: U+2028 inside a text does not.
    let lines = text.split('\n').filter(|line| !line.is_empty());
    lines.map(|line| of_geojson(&line.parse().unwrap())).collect()
}

fn read_csv(path: &Path) -> Vec<Seen> {
    let bytes = fs::read(path).unwrap();
    assert!(bytes.starts_with("\u{FEFF}".as_bytes()), "Excel needs the mark to read Arabic");
    let mut rows = csv::Reader::from_reader(bytes.as_slice());
    let names: Vec<String> = rows.headers().unwrap().iter().map(str::to_owned).collect();
    let row = |row: Result<csv::StringRecord, csv::Error>| {
        let mut cells: BTreeMap<String, String> =
            names.iter().cloned().zip(row.unwrap().iter().map(str::to_owned)).filter(|(_, c)| !c.is_empty()).collect();
        let (lon, lat) = (cells.remove("lon"), cells.remove("lat"));
        let wkt = cells.remove("wkt").unwrap_or_default();
        let numbers = wkt.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-')).filter(|n| !n.is_empty());
        let numbers: Vec<f64> = numbers.map(|number| number.parse().unwrap()).collect();
        let positions: Vec<[f64; 2]> = numbers.chunks(2).map(|pair| [pair[0], pair[1]]).collect();
        assert_eq!((lon.is_some(), lat.is_some()), (!positions.is_empty(), !positions.is_empty()));
        if let ([[west, south]], Some(lon), Some(lat)) = (positions.as_slice(), lon, lat) {
            assert_eq!([lon.parse(), lat.parse()], [Ok(*west), Ok(*south)]);
        }
        Seen { id: cells.remove("id").unwrap(), properties: cells, positions }
    };
    rows.records().map(row).collect()
}

fn read_gpkg(path: &Path) -> Vec<Seen> {
    let database = Connection::open(path).unwrap();
    let check: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(check, "ok");
    let mut tables = database.prepare("SELECT table_name FROM gpkg_contents WHERE data_type = 'features'").unwrap();
    let tables: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert_eq!(tables.len(), 5);
    let mut seen = Vec::new();
    for table in tables {
        let mut select = database.prepare(&format!("SELECT * FROM \"{table}\"")).unwrap();
        let names: Vec<String> = select.column_names().map(str::to_owned).collect();
        let mut rows = select.query([]).unwrap();
        let mut located: i64 = 0;
        while let Some(row) = rows.next().unwrap() {
            let mut feature = Seen::default();
            for (at, name) in names.iter().enumerate() {
                let text = match row.get_ref(at).unwrap() {
                    ValueRef::Null => continue,
                    ValueRef::Blob(blob) => {
                        feature.positions = geopackage_positions(blob);
                        located += 1;
                        continue;
                    }
                    ValueRef::Text(text) => String::from_utf8(text.to_vec()).unwrap(),
                    ValueRef::Integer(number) => number.to_string(),
                    ValueRef::Real(number) => number.to_string(),
                };
                match name.as_str() {
                    "fid" => {}
                    "id" => feature.id = text,
                    _ if text.is_empty() => {}
                    _ => drop(feature.properties.insert(name.clone(), text)),
                }
            }
            seen.push(feature);
        }
        let count = format!("SELECT COUNT(*) FROM \"rtree_{table}_geom\" AS tree JOIN \"{table}\" ON tree.id = fid");
        assert_eq!(database.query_row(&count, [], |row| row.get::<_, i64>(0)).unwrap(), located);
    }
    seen
}

/// The positions behind GeoPackage's header, of little-endian points and multi-lines.
fn geopackage_positions(blob: &[u8]) -> Vec<[f64; 2]> {
    let int = |at: usize| u32::from_le_bytes(blob[at..at + 4].try_into().unwrap());
    let pair = |at: usize| [at, at + 8].map(|at| f64::from_le_bytes(blob[at..at + 8].try_into().unwrap()));
    assert_eq!((&blob[..3], int(4)), (&b"GP\0"[..], 4326));
    let start = if blob[3] & 0b1110 == 0 { 8 } else { 40 };
    match int(start + 1) {
        1 => vec![pair(start + 5)],
        5 => {
            let mut positions = Vec::new();
            let mut at = start + 9;
            for _ in 0..int(start + 5) {
                let count = int(at + 5) as usize;
                positions.extend((0..count).map(|index| pair(at + 9 + 16 * index)));
                at += 9 + 16 * count;
            }
            assert_eq!(at, blob.len());
            positions
        }
        other => panic!("geometry type {other}"),
    }
}

fn read_flatgeobuf(path: &Path) -> Vec<Seen> {
    let bytes = fs::read(path).unwrap();
    let mut features = FgbReader::open(bytes.as_slice()).unwrap().select_all_seq().unwrap();
    let mut seen = Vec::new();
    while let Some(feature) = features.next().unwrap() {
        let mut properties: BTreeMap<String, String> = feature.properties().unwrap().into_iter().collect();
        properties.retain(|_, text| !text.is_empty());
        let numbers: Vec<f64> =
            feature.geometry().and_then(|g| g.xy()).map(|xy| xy.iter().collect()).unwrap_or_default();
        seen.push(Seen {
            id: properties.remove("id").unwrap(),
            properties,
            positions: numbers.chunks(2).map(|pair| [pair[0], pair[1]]).collect(),
        });
    }
    seen
}

fn read_kml(path: &Path) -> Vec<Seen> {
    let text = fs::read_to_string(path).unwrap();
    let mut reader = quick_xml::Reader::from_str(&text);
    let (mut seen, mut open, mut inside) = (Vec::new(), Seen::default(), String::new());
    let mut datum = String::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                inside.clear();
                let attribute = |name: &str| {
                    let found = start.try_get_attribute(name).unwrap();
                    found
                        .map(|found| quick_xml::escape::unescape(&found.value).unwrap().into_owned())
                        .unwrap_or_default()
                };
                match start.name().as_ref() {
                    "Placemark" => open = Seen { id: attribute("id"), ..Seen::default() },
                    "SimpleData" => datum = attribute("name"),
                    "href" => panic!("a map for the desk must not load anything"),
                    _ => {}
                }
            }
            Event::Text(text) => inside.push_str(&text),
            Event::GeneralRef(reference) => {
                let resolved = reference.resolve_char_ref().unwrap();
                let named = quick_xml::escape::resolve_predefined_entity(&reference);
                inside.extend(resolved);
                inside.push_str(named.filter(|_| resolved.is_none()).unwrap_or_default());
            }
            Event::End(end) => match end.name().as_ref() {
                "SimpleData" if !inside.is_empty() => {
                    open.properties.insert(std::mem::take(&mut datum), std::mem::take(&mut inside));
                }
                "coordinates" => open.positions.extend(inside.split(' ').map(|tuple| {
                    let (lon, lat) = tuple.split_once(',').unwrap();
                    [lon.parse().unwrap(), lat.parse().unwrap()]
                })),
                "Placemark" => seen.push(std::mem::take(&mut open)),
                _ => {}
            },
            Event::Eof => return seen,
            _ => {}
        }
    }
}

fn read_html(path: &Path) -> Vec<Seen> {
    let page = fs::read_to_string(path).unwrap();
    let data = page.split("<script type=\"application/json\" id=\"data\">").nth(1).unwrap();
    let data: serde_json::Value = serde_json::from_str(data.split("</script>").next().unwrap()).unwrap();
    let features = data["features"].as_array().unwrap();
    let feature = |feature: &serde_json::Value| Seen {
        id: feature["id"].as_str().unwrap().to_owned(),
        properties: ["kind", "title", "title_ar", "description", "evidence", "confidence"]
            .into_iter()
            .filter_map(|name| Some((name.to_owned(), json_text(&feature[name])?)))
            .collect(),
        positions: Vec::new(),
    };
    features.iter().map(feature).collect()
}
