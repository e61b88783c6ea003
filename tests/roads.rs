//! Roads from the files of others to the line of a patrol.

mod osm_pbf;

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use masar::gazetteer::Gazetteer;
use masar::gazetteer::road_files::{self, RoadFileError};
use masar::gazetteer::road_import::report::RoadReport;
use masar::gazetteer::road_import::{RoadImportError, RoadImportOptions, import};
use masar::gazetteer::roads::{Road, RoadQuality};
use masar::geometry::road::RoadGraph;
use masar::geometry::route;
use masar::model::coordinate::Coordinate;
use masar::model::feature::Geometry;
use osm_pbf::{Element, OsmPbf};
use proptest::prelude::*;
use serde_json::{Value, json};
use tempfile::TempDir;

/// The M4 from Saraqib to west of Ariha as somebody might have drawn it: the northern carriageway.
const NORTH: [(f64, f64); 6] =
    [(36.8059, 35.8640), (36.75, 35.8551), (36.70, 35.8402), (36.65, 35.8253), (36.6096, 35.8152), (36.55, 35.8104)];

/// The southern one between the same ends.
const SOUTH: [(f64, f64); 6] =
    [(36.8059, 35.8640), (36.75, 35.8547), (36.70, 35.8398), (36.65, 35.8249), (36.6096, 35.8148), (36.55, 35.8104)];

const ARTICLE: &str = "سيرت القوات الروسية والتركية دورية مشتركة على الطريق الدولي M4 من سراقب إلى أريحا بريف إدلب \
    في 12 آب 2020.";

const TRUNK: [(&str, &str); 4] =
    [("highway", "trunk"), ("ref", "M 4;M60"), ("name:ar", "أوتوستراد أريحا"), ("oneway", "yes")];

fn osm() -> OsmPbf {
    let mut file = OsmPbf::default();
    // Both carriageways share the nodes at which they meet.
    for (at, (lon, lat)) in NORTH.iter().enumerate() {
        file.node(10 + at as i64, *lon, *lat);
    }
    for (at, (lon, lat)) in SOUTH.iter().enumerate().skip(1).take(4) {
        file.node(20 + at as i64, *lon, *lat);
    }
    file.way(100, &TRUNK, &[10, 11, 12, 13, 14, 15]);
    // Only the route gives it a reference.
    file.way(101, &[("highway", "trunk")], &[15, 24, 23, 22, 21, 10]);
    file.way(102, &[("highway", "residential"), ("name", "Baghdad Street"), ("ref", "7")], &[10, 21]);
    file.way(103, &[("highway", "secondary"), ("name", "Some Street")], &[10, 21]);
    file.way(104, &[("building", "yes")], &[10, 21, 22, 10]);
    file.relation(
        500,
        &[("type", "route"), ("route", "road"), ("ref", "M-4")],
        &[(Element::Way, 101), (Element::Way, 9)],
    );
    file
}

fn folder_with(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

fn imported(bytes: &[u8], options: &RoadImportOptions) -> Result<(Vec<Road>, RoadReport), RoadImportError> {
    let folder = folder_with(&[("roads.bin", bytes)]);
    import(&[folder.path().join("roads.bin")], options, Gazetteer::embedded(), &(), &mut |_| {})
}

fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("masar"));
    let output = command.current_dir(folder).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// The one patrol that is drawn on standard output.
fn patrol(folder: &Path, arguments: &[&str]) -> Value {
    let (code, out, err) = run(folder, &[&["map", "article.txt", "-o", "-"], arguments].concat());
    assert_eq!(code, 0, "{err}");
    let map: Value = serde_json::from_str(&out).unwrap();
    let is_patrol = |feature: &&Value| feature["properties"]["kind"] == "patrol";
    let mut patrols = map["features"].as_array().unwrap().iter().filter(is_patrol);
    let patrol = patrols.next().expect("a patrol").clone();
    assert!(patrols.next().is_none());
    patrol
}

fn positions(feature: &Value) -> Vec<(f64, f64)> {
    let line = feature["geometry"]["coordinates"].as_array().unwrap();
    line.iter().map(|position| (position[0].as_f64().unwrap(), position[1].as_f64().unwrap())).collect()
}

fn runs_along(line: &[(f64, f64)], vertices: &[(f64, f64)]) -> bool {
    line.windows(vertices.len()).any(|part| part == vertices)
}

// The way of an analyst: import, map, look.

#[test]
fn a_patrol_follows_the_road_of_an_osm_file() {
    let folder = folder_with(&[("syria.osm.pbf", &osm().to_bytes()), ("article.txt", ARTICLE.as_bytes())]);
    let (code, out, err) = run(folder.path(), &["roads", "import", "syria.osm.pbf", "-o", "syria.roads"]);
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    for line in
        ["syria.osm.pbf (osm-pbf): lines 5, kept 2", "licence of syria.osm.pbf: ODbL 1.0, © OpenStreetMap contributors"]
    {
        assert!(err.contains(line), "{err}");
    }

    let before = patrol(folder.path(), &[]);
    assert_eq!(before["properties"]["geometry_quality"], "schematic");
    assert_eq!(before["properties"]["uncertainty_m"].as_f64(), Some(3_000.0));

    let after = patrol(folder.path(), &["--roads", "syria.roads"]);
    assert_eq!(after["properties"]["geometry_quality"], "road");
    assert_eq!(after["properties"]["road"], "M4");
    let line = positions(&after);
    assert!(runs_along(&line, &NORTH[1..4]) || runs_along(&line, &SOUTH[1..4]), "{line:?}");
    assert!(line.first().unwrap().0 > 36.80 && (line.last().unwrap().0 - 36.61).abs() < 0.01, "{line:?}");
    assert!(after["properties"]["uncertainty_m"].as_f64().unwrap() < 2_000.0);
}

#[test]
fn files_in_the_folder_roads_are_found_and_told() {
    let folder = folder_with(&[("syria.osm.pbf", &osm().to_bytes()), ("article.txt", ARTICLE.as_bytes())]);
    let (code, _, err) = run(folder.path(), &["roads", "import", "syria.osm.pbf", "-o", "roads/syria.roads", "-q"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let (_, _, err) = run(folder.path(), &["map", "article.txt", "-o", "-"]);
    assert!(err.starts_with(&format!("roads of {}\n", Path::new("roads").join("syria.roads").display())), "{err}");
    assert_eq!(patrol(folder.path(), &[])["properties"]["geometry_quality"], "road");
    assert_eq!(patrol(folder.path(), &["--no-roads-folder"])["properties"]["geometry_quality"], "schematic");

    let (code, out, _) = run(folder.path(), &["roads", "info", "roads/syria.roads"]);
    assert_eq!(code, 0);
    assert!(out.starts_with("roads 2, "), "{out}");
    assert!(out.contains("ODbL 1.0") && out.contains("OpenStreetMap") && out.contains("Syria"), "{out}");
    let (code, out, _) = run(folder.path(), &["roads", "list", "M-4", "M60"]);
    assert_eq!(code, 0);
    assert!(out.contains("Aleppo-Latakia highway") && out.contains("M60"), "{out}");
    let (code, _, err) = run(folder.path(), &["roads", "list", "M99"]);
    assert_eq!((code, err.lines().last().unwrap()), (1, "no road is called \"M99\""));
}

#[test]
fn geojson_of_roads_needs_no_import() {
    let line: Vec<Value> = NORTH.iter().map(|(lon, lat)| json!([lon, lat])).collect();
    let text = json!({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {
        "ref": "M4", "name_en": "M4", "country": "Syria", "quality": "road", "accuracy_m": 20, "source": "survey"},
        "geometry": {"type": "LineString", "coordinates": line}}]});
    let folder = folder_with(&[("m4.geojson", text.to_string().as_bytes()), ("article.txt", ARTICLE.as_bytes())]);
    let patrol = patrol(folder.path(), &["--roads", "m4.geojson"]);
    assert_eq!(patrol["properties"]["geometry_quality"], "road");
    assert!(runs_along(&positions(&patrol), &NORTH[1..4]));
}

#[test]
fn a_road_that_only_an_imported_file_knows_is_read_where_the_text_calls_it_one() {
    let line: Vec<Value> =
        [(36.10, 36.20), (36.13, 36.23), (36.16, 36.20)].map(|(lon, lat)| json!([lon, lat])).to_vec();
    let text = json!({"type": "Feature", "properties": {"ref": "D-420", "highway": "trunk"},
        "geometry": {"type": "LineString", "coordinates": line}});
    let folder = folder_with(&[("tr.geojson", text.to_string().as_bytes())]);
    let arguments = ["roads", "import", "tr.geojson", "-o", "tr.roads", "--country", "Turkey", "-q"];
    assert_eq!(run(folder.path(), &arguments).0, 0);
    let roads = |article: &str| {
        fs::write(folder.path().join("article.txt"), article).unwrap();
        let (_, out, _) = run(folder.path(), &["places", "article.txt", "--roads", "tr.roads"]);
        let places: Value = serde_json::from_str(&out).unwrap();
        let mentions = places["mentions"].as_array().unwrap().clone();
        mentions.into_iter().filter_map(|mention| mention["road"].as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    assert_eq!(roads("Antakya'da D420 karayolu üzerinde bir patlama meydana geldi."), ["D420"]);
    assert_eq!(roads("Antakya'da D420 modeli bir makine patladı, üç kişi yaralandı."), Vec::<String>::new());
}

// Every form of file gives the same road.

fn as_overpass(with_geometry: bool) -> Vec<u8> {
    let point = |(lon, lat): &(f64, f64)| json!({"lat": lat, "lon": lon});
    let mut way =
        json!({"type": "way", "id": 100, "tags": {"highway": "trunk", "ref": "M4"}, "nodes": [1, 2, 3, 4, 5, 6]});
    let mut elements: Vec<Value> = Vec::new();
    if with_geometry {
        way["geometry"] = NORTH.iter().map(point).collect();
    } else {
        let node = |(at, position): (usize, &(f64, f64))| json!({"type": "node", "id": at + 1, "lon": position.0, "lat": position.1});
        elements.extend(NORTH.iter().enumerate().map(node));
    }
    elements.push(way);
    json!({"version": 0.6, "osm3s": {"copyright": "ODbL"}, "elements": elements}).to_string().into_bytes()
}

fn as_geojson_lines() -> Vec<u8> {
    let half = |range: std::ops::RangeInclusive<usize>| -> Vec<Value> {
        NORTH[range].iter().map(|(lon, lat)| json!([lon, lat])).collect()
    };
    let feature = |line: Vec<Value>| {
        let tags = json!({"highway": "trunk", "other_tags": "\"ref\"=>\"M4\",\"name:ar\"=>\"أوتوستراد\""});
        json!({"type": "Feature", "properties": tags, "geometry": {"type": "LineString", "coordinates": line}})
    };
    format!("\u{1e}{}\n\u{1e}{}\n", feature(half(0..=2)), feature(half(2..=5))).into_bytes()
}

fn as_geopackage(number: i64) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("roads.gpkg");
    let file = rusqlite::Connection::open(&path).unwrap();
    file.execute_batch(&format!(
        "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT, \
           organization_coordsys_id INTEGER, definition TEXT);
         CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, srs_id INTEGER);
         CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER);
         CREATE TABLE \"my roads\" (fid INTEGER PRIMARY KEY, shape BLOB, ref TEXT, fclass TEXT, lanes INTEGER);
         INSERT INTO gpkg_spatial_ref_sys VALUES ('x', 1, 'EPSG', {number}, '');
         INSERT INTO gpkg_contents VALUES ('my roads', 'features', 1);
         INSERT INTO gpkg_geometry_columns VALUES ('my roads', 'shape', 'LINESTRING', 1);"
    ))
    .unwrap();
    // Header, little-endian, no envelope; then one line of several.
    let mut geometry = b"GP\0\x01\x01\0\0\0\x01\x05\0\0\0\x01\0\0\0\x01\x02\0\0\0".to_vec();
    geometry.extend((NORTH.len() as u32).to_le_bytes());
    for number in NORTH.iter().flat_map(|(lon, lat)| [lon, lat]) {
        geometry.extend(number.to_le_bytes());
    }
    let insert = "INSERT INTO \"my roads\" (shape, ref, fclass, lanes) VALUES (?, 'M4', 'trunk', 2)";
    file.execute(insert, [&geometry]).unwrap();
    file.execute(insert, [&geometry[..40]]).unwrap();
    drop(file);
    fs::read(path).unwrap()
}

#[test]
fn every_form_gives_the_same_road() {
    let mut bare = OsmPbf::default();
    for (at, (lon, lat)) in NORTH.iter().enumerate() {
        bare.node(1 + at as i64, *lon, *lat);
    }
    bare.way(1, &[("highway", "trunk"), ("ref", "M4")], &[1, 2, 3, 4, 5, 6]);
    let expected: Vec<Coordinate> = NORTH.iter().map(|(lon, lat)| Coordinate::new(*lon, *lat).unwrap()).collect();
    for (form, bytes) in [
        ("pbf", bare.to_bytes()),
        ("overpass with positions", as_overpass(true)),
        ("overpass with nodes", as_overpass(false)),
        ("geojson, a feature a line", as_geojson_lines()),
        ("geopackage", as_geopackage(4326)),
    ] {
        let (roads, report) = imported(&bytes, &RoadImportOptions::default()).unwrap_or_else(|e| panic!("{form}: {e}"));
        let [road] = roads.as_slice() else { panic!("{form}: {roads:?}") };
        assert_eq!(
            (road.reference.as_str(), road.country.as_str(), road.quality),
            ("M4", "Syria", RoadQuality::Road),
            "{form}"
        );
        let mut vertices: Vec<Coordinate> = road.lines.concat();
        vertices.dedup();
        assert_eq!(vertices.len(), expected.len(), "{form}");
        assert!(vertices.iter().zip(&expected).all(|(one, other)| one.distance_m(*other) < 0.02), "{form}");
        assert_eq!(report.vertices as usize, road.lines.concat().len(), "{form}");
    }
    let (_, report) = imported(&as_geopackage(4326), &RoadImportOptions::default()).unwrap();
    let told: Vec<String> = report.samples.iter().map(ToString::to_string).collect();
    assert!(told[0].ends_with("my roads row 2: malformed: the geometry is cut short"), "{told:?}");
}

#[test]
fn positions_of_another_reference_system_are_refused() {
    let error = imported(&as_geopackage(3857), &RoadImportOptions::default()).unwrap_err().to_string();
    assert!(error.ends_with("the positions of my roads are EPSG:3857; reproject it to EPSG:4326"), "{error}");
}

// What is kept, and under which names.

#[test]
fn a_way_with_two_references_is_part_of_both_roads_and_routes_give_theirs() {
    let (roads, report) = imported(&osm().to_bytes(), &RoadImportOptions::default()).unwrap();
    let lines: Vec<(&str, usize)> = roads.iter().map(|road| (road.reference.as_str(), road.lines.len())).collect();
    assert_eq!(lines, [("M4", 2), ("M60", 1)]);
    let names: Vec<&str> = roads[0].all_names().collect();
    assert!(names.contains(&"M 4") && names.contains(&"M-4") && names.contains(&"أوتوستراد أريحا"), "{names:?}");
    assert_eq!(roads[0].name_ar.as_deref(), Some("أوتوستراد أريحا"));
    assert!(!names.contains(&"Baghdad Street"));
    assert_eq!((report.files[0].read, report.files[0].kept), (5, 2));
}

#[test]
fn names_of_streets_and_places_are_no_names_of_a_road() {
    let feature = |name: &str, from: usize, to: usize| {
        let line: Vec<Value> = (from..=to).map(|at| json!([36.0 + at as f64 / 100.0, 35.8])).collect();
        json!({"type": "Feature", "properties": {"highway": "trunk", "ref": "M77", "name": name},
            "geometry": {"type": "LineString", "coordinates": line}})
    };
    // A street along a twentieth of the road, a town's name along half of it.
    let features = [feature("Republic Street", 0, 1), feature("Ariha", 1, 10), feature("Long Highway", 10, 20)];
    let bytes = json!({"type": "FeatureCollection", "features": features}).to_string();
    let names = |all_names: bool| {
        let options = RoadImportOptions { all_names, ..RoadImportOptions::default() };
        let (roads, report) = imported(bytes.as_bytes(), &options).unwrap();
        let codes: Vec<&str> = report.samples.iter().map(|finding| finding.reason.code()).collect();
        (roads[0].all_names().map(str::to_owned).collect::<Vec<_>>(), codes)
    };
    assert_eq!(names(false), (vec!["M77".into(), "Long Highway".into()], vec!["name-of-part", "name-of-place"]));
    let (all, codes) = names(true);
    assert!(all.contains(&"Republic Street".to_owned()) && !all.contains(&"Ariha".to_owned()), "{all:?}");
    assert_eq!(codes, ["name-of-place"]);
}

#[test]
fn a_name_without_a_reference_is_a_road_only_where_it_lies_together() {
    let feature = |name: &str, lon: f64| {
        let line = json!([[lon, 35.8], [lon + 0.05, 35.8]]);
        json!({"type": "Feature", "properties": {"highway": "primary", "name": name},
            "geometry": {"type": "LineString", "coordinates": line}})
    };
    let features = [
        feature("Victory Road", 36.0),
        feature("Victory Road", 37.5),
        feature("Valley Road", 36.0),
        feature("Valley Road", 36.06),
    ];
    let bytes = json!({"type": "FeatureCollection", "features": features}).to_string();
    let (roads, report) = imported(bytes.as_bytes(), &RoadImportOptions::default()).unwrap();
    assert_eq!(roads.iter().map(|road| road.reference.as_str()).collect::<Vec<_>>(), ["Valley Road"]);
    assert_eq!(report.samples[0].reason.code(), "scattered");
}

#[test]
fn one_reference_in_two_countries_is_two_roads() {
    let feature = |lon: f64, lat: f64| {
        let line = json!([[lon, lat], [lon + 0.1, lat]]);
        json!({"type": "Feature", "properties": {"highway": "trunk", "ref": "M4"},
            "geometry": {"type": "LineString", "coordinates": line}})
    };
    let bytes =
        json!({"type": "FeatureCollection", "features": [feature(36.6, 35.8), feature(-1.5, 51.4)]}).to_string();
    let (roads, _) = imported(bytes.as_bytes(), &RoadImportOptions::default()).unwrap();
    let countries: Vec<&str> = roads.iter().map(|road| road.country.as_str()).collect();
    assert_eq!(countries, ["Syria", "United Kingdom"]);
}

// Bad input.

#[test]
fn bad_ways_are_refused_one_by_one_and_told() {
    let mut file = osm();
    file.node(90, 36.7, 95.0);
    file.way(200, &[("highway", "trunk"), ("ref", "M4")], &[10, 90]);
    file.way(201, &[("highway", "trunk"), ("ref", "M4")], &[10]);
    file.way(202, &[("highway", "trunk"), ("ref", "M4")], &[7_001, 7_002]);
    file.way(203, &[("highway", "trunk"), ("ref", "M4")], &[10, 11, 7_003, 12, 13]);
    let folder = folder_with(&[("syria.osm.pbf", &file.to_bytes())]);
    let arguments = ["roads", "import", "syria.osm.pbf", "-o", "syria.roads", "--report", "all.csv"];
    let (code, _, err) = run(folder.path(), &arguments);
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("syria.osm.pbf: way 200: latitude 95 is not between -90 and 90"), "{err}");
    let report = fs::read_to_string(folder.path().join("all.csv")).unwrap();
    let told: Vec<String> =
        report.lines().skip(1).map(|row| row.split(',').skip(1).take(3).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(
        told,
        [
            "way 200 refused out-of-range",
            "way 201 refused one-position",
            "way 202 refused no-nodes",
            "way 203 repaired missing-nodes"
        ]
    );
    let roads = Gazetteer::open_roads(&folder.path().join("syria.roads")).unwrap();
    assert_eq!(roads.road("M4").unwrap().lines.len(), 4, "two carriageways and two pieces of way 203");
}

#[test]
fn the_same_way_of_two_files_counts_once() {
    let folder = folder_with(&[("a.osm.pbf", &osm().to_bytes()), ("b.json", &as_overpass(true))]);
    let paths: Vec<PathBuf> = ["a.osm.pbf", "b.json"].map(|name| folder.path().join(name)).to_vec();
    let (roads, report) =
        import(&paths, &RoadImportOptions::default(), Gazetteer::embedded(), &(), &mut |_| {}).unwrap();
    assert_eq!(roads[0].lines.len(), 2);
    assert_eq!(report.samples.iter().map(|finding| finding.reason.code()).collect::<Vec<_>>(), ["repeated"]);
}

#[test]
fn a_damaged_osm_file_is_refused_and_never_a_panic() {
    let whole = osm().to_bytes();
    let mut refused = 0;
    for len in 0..whole.len() {
        refused += usize::from(imported(&whole[..len], &RoadImportOptions::default()).is_err());
    }
    // A cut between two blocks looks like the end of the file; the one before the routes leaves a road.
    assert_eq!(refused, whole.len() - 1);
    for at in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x11;
        if let Ok((roads, _)) = imported(&damaged, &RoadImportOptions::default()) {
            assert!(roads.iter().all(|road| road.lines.len() == road.surveys.len()));
        }
    }
    let json = as_overpass(true);
    for len in 0..json.len() {
        assert!(imported(&json[..len], &RoadImportOptions::default()).is_err(), "{len}");
    }
    let slow = r#"{"elements": [], "remark": "runtime error: Query timed out"}"#;
    let error = imported(slow.as_bytes(), &RoadImportOptions::default()).unwrap_err().to_string();
    assert!(error.contains("the server did not finish"), "{error}");
}

#[test]
fn what_is_no_source_of_roads_is_refused_with_a_hint() {
    let folder = folder_with(&[
        ("map.osm", b"<?xml version='1.0'?><osm/>"),
        ("p.geojson", br#"{"type":"FeatureCollection","features":[]}"#),
    ]);
    let (code, _, err) = run(folder.path(), &["roads", "import", "map.osm", "-o", "x.roads"]);
    assert_eq!(code, 2);
    assert!(
        err.contains("map.osm: neither OpenStreetMap") && err.contains("hint: OpenStreetMap XML becomes PBF"),
        "{err}"
    );
    let (code, _, err) = run(folder.path(), &["roads", "import", "p.geojson", "-o", "x.roads"]);
    assert_eq!(code, 2);
    assert!(err.contains("no line of the files is a road with a reference or a name"), "{err}");
    let arguments = ["roads", "import", "p.geojson", "-o", "x.roads", "--country", "Sirya"];
    assert!(run(folder.path(), &arguments).2.contains("no country of the gazetteer is called `Sirya`"));
    assert!(!folder.path().join("x.roads").exists());
}

#[test]
fn no_changed_or_missing_byte_of_a_road_file_goes_unnoticed() {
    let (roads, _) = imported(&osm().to_bytes(), &RoadImportOptions::default()).unwrap();
    let whole = road_files::compile(roads, "ODbL").unwrap().to_bytes();
    let folder = folder_with(&[]);
    let path = folder.path().join("x.roads");
    let open = |bytes: &[u8]| {
        fs::write(&path, bytes).unwrap();
        Gazetteer::open_roads(&path)
    };
    assert_eq!(open(&whole).unwrap().roads().len(), 2);
    for at in (0..whole.len()).step_by(3) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x40;
        assert!(open(&damaged).is_err(), "byte {at}");
        assert!(open(&whole[..at]).is_err(), "{at} bytes");
    }
    let mut other = whole.clone();
    other[8] += 1;
    let error = open(&other).unwrap_err();
    assert!(matches!(error, RoadFileError::Compiled { .. }), "{error}");
}

#[test]
fn the_command_says_what_is_wrong_with_a_road_file() {
    let (roads, _) = imported(&osm().to_bytes(), &RoadImportOptions::default()).unwrap();
    let mut old = road_files::compile(roads, "ODbL").unwrap().to_bytes();
    old[8] = 1;
    let table = "id,name_en,lat_deg,lon_deg,feature_class,feature_code\na:1,Place,35.8,36.6,P,PPL\n";
    let files: [(&str, &[u8]); 5] = [
        ("article.txt", ARTICLE.as_bytes()),
        ("old.roads", &old),
        ("text.roads", b"no roads"),
        ("broken.geojson", b"{\"type\": \"FeatureCollection\",\n oops"),
        ("places.csv", table.as_bytes()),
    ];
    let folder = folder_with(&files);
    assert_eq!(run(folder.path(), &["gazetteer", "build", "places.csv", "-o", "places.gaz"]).0, 0);
    for (file, words) in [
        ("old.roads", "this version reads format"),
        ("text.roads", "hint: --roads takes what `masar roads import` writes"),
        ("broken.geojson", "broken.geojson:2:"),
        ("places.gaz", "a gazetteer with places; give it with --gazetteer"),
        ("missing.roads", "missing.roads: cannot be read"),
    ] {
        let (code, _, err) = run(folder.path(), &["map", "article.txt", "-o", "-", "--roads", file]);
        assert!(code == 2 && err.contains(words), "{file}: {err}");
    }
}

// Any road at all.

fn near_idlib() -> impl Strategy<Value = Coordinate> {
    (0..40i32, 0..40i32)
        .prop_map(|(lon, lat)| Coordinate::new(36.0 + f64::from(lon) / 100.0, 35.5 + f64::from(lat) / 100.0).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_line_begins_and_ends_at_its_stops_whatever_the_road(
        lines in prop::collection::vec(prop::collection::vec(near_idlib(), 0..6), 0..6),
        stops in prop::collection::vec(near_idlib(), 0..6),
    ) {
        let graph = RoadGraph::new(&lines, &[]);
        if let Some(line) = route::draw(&stops, Some(&graph)) {
            let pieces = match line.geometry {
                Geometry::Line(line) => vec![line],
                Geometry::Lines(lines) => lines,
                Geometry::Point(point) => panic!("a point: {point:?}"),
            };
            prop_assert!(pieces.iter().all(|piece| piece.len() > 1));
            prop_assert_eq!(line.stop_distances_m.len(), stops.len());
            let (first, last) = (pieces[0][0], *pieces[pieces.len() - 1].last().unwrap());
            let begins_m = first.distance_m(stops[0]) - line.stop_distances_m[0];
            let ends_m = last.distance_m(stops[stops.len() - 1]) - line.stop_distances_m[stops.len() - 1];
            prop_assert!(begins_m.abs() < 1.0 && ends_m.abs() < 1.0, "{} m and {} m", begins_m, ends_m);
            prop_assert!(line.stop_distances_m.iter().all(|metres| *metres <= 2.0 * route::ON_ROAD_M));
            prop_assert!(line.length_m > 0.0 && line.road_m <= line.length_m + 1e-6);
        }
    }
}
