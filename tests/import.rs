//! Building a gazetteer from the files of others: one small input a format, and everything that
//! can be wrong with a row or a file.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use masar::gazetteer::Gazetteer;
use masar::gazetteer::diff::{Change, changes};
use masar::gazetteer::import::report::Report;
use masar::gazetteer::import::{ImportOptions, Selection, build};
use masar::gazetteer::place::Place;
use masar::text::key::name_key;
use proptest::prelude::*;
use tempfile::TempDir;

struct Built {
    gazetteer: Gazetteer,
    report: Report,
    /// Every finding as a line, without the folder.
    findings: Vec<String>,
}

impl Built {
    fn place(&self, id: &str) -> Place<'_> {
        let index = self.gazetteer.place_by_id(id).unwrap_or_else(|| panic!("no {id} among {:?}", self.ids()));
        self.gazetteer.place(index)
    }

    fn ids(&self) -> Vec<&str> {
        self.gazetteer.indices().map(|index| self.gazetteer.place(index).id()).collect()
    }

    fn found(&self, name: &str) -> Vec<&str> {
        self.gazetteer.names(&name_key(name)).map(|found| self.gazetteer.place(found.place).id()).collect()
    }
}

fn try_build(files: &[(&str, &[u8])], options: &ImportOptions) -> Result<Built, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let (paths, shown) = write(&folder, files);
    let mut findings = Vec::new();
    let result = build(&paths, options, Gazetteer::embedded(), folder.path(), &(), &mut |finding| {
        findings.push(finding.to_string().replace(&shown, ""));
    });
    let left = fs::read_dir(folder.path()).expect("readable").count();
    assert_eq!(left, files.len(), "a passing file was left");
    let (compiled, report) = result.map_err(|error| {
        let mut text = error.to_string();
        let mut source = std::error::Error::source(&error);
        while let Some(cause) = source {
            text = format!("{text}: {cause}");
            source = cause.source();
        }
        text.replace(&shown, "")
    })?;
    let gazetteer = Gazetteer::from_bytes(compiled.to_bytes()).expect("what was compiled can be read");
    Ok(Built { gazetteer, report, findings })
}

fn write(folder: &TempDir, files: &[(&str, &[u8])]) -> (Vec<PathBuf>, String) {
    let paths: Vec<PathBuf> = files.iter().map(|(name, _)| folder.path().join(name)).collect();
    for (path, (_, bytes)) in paths.iter().zip(files) {
        fs::write(path, bytes).expect("writable");
    }
    (paths, format!("{}/", folder.path().display()))
}

fn built(files: &[(&str, &str)]) -> Built {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    try_build(&files, &ImportOptions::default()).unwrap_or_else(|error| panic!("{error}"))
}

/// The findings about one row of GeoNames, which stands between two good ones.
fn findings_of(row: &str) -> Vec<String> {
    let good = |id: &str, name: &str| geonames(&[("id", id), ("name", name), ("ascii", name)]);
    let built = built(&[("SY.txt", &format!("{}\n{row}\n{}\n", good("1", "First"), good("3", "Last")))]);
    assert!(built.ids().starts_with(&["gn:1"]) && built.ids().ends_with(&["gn:3"]), "{:?}", built.ids());
    built.findings
}

/// A row of the main table of GeoNames: a village near Saraqib, but for what is given.
fn geonames(given: &[(&str, &str)]) -> String {
    let columns = [
        ("id", "2"),
        ("name", "Some Village"),
        ("ascii", "Some Village"),
        ("others", ""),
        ("lat", "35.86442"),
        ("lon", "36.80575"),
        ("class", "P"),
        ("code", "PPL"),
        ("country", "SY"),
        ("cc2", ""),
        ("admin1", ""),
        ("admin2", ""),
        ("admin3", ""),
        ("admin4", ""),
        ("population", "0"),
        ("elevation", ""),
        ("dem", "371"),
        ("timezone", "Asia/Damascus"),
        ("changed", "2019-09-05"),
    ];
    for (name, _) in given {
        assert!(columns.iter().any(|(column, _)| column == name), "{name}");
    }
    let value = |column: &str, default| given.iter().find(|(name, _)| *name == column).map_or(default, |(_, v)| *v);
    columns.map(|(column, default)| value(column, default)).join("\t")
}

const ADMIN1: &str = "SY.12\tIdlib Governorate\tIdlib Governorate\t169387\nSY.09\tḨalab\tHalab\t170063\n";
const ADMIN2: &str = "SY.12.77\tJisr ash-Shughur District\tJisr ash-Shughur District\t77\n";
const ALTERNATES: &str = "1\t10\tar\tسراقب\t1\t\t\t\t\t\n2\t10\ten\tSaraqib\t1\t\t\t\t\t\n3\t10\ttr\tSerakib\t\t\t\t\t\t\n\
    4\t10\tlink\thttps://example.org/Saraqib\t\t\t\t\t\t\n5\t10\t\tSarāqib Town\t\t\t1\t\t\t\n6\t999\tar\tلا أحد\t\t\t\t\t\t\n";

fn syria() -> String {
    [
        geonames(&[
            ("id", "10"),
            ("name", "Sarāqib"),
            ("ascii", "Saraqib"),
            ("others", "Saraqeb,سراقب"),
            ("population", "134231"),
            ("admin1", "12"),
        ]),
        geonames(&[
            ("id", "11"),
            ("name", "Ghassānīyah"),
            ("ascii", "Ghassaniyah"),
            ("admin1", "12"),
            ("admin2", "77"),
        ]),
        geonames(&[("id", "12"), ("class", "S"), ("code", "HTL"), ("name", "A Hotel"), ("ascii", "A Hotel")]),
        geonames(&[("id", "13"), ("class", "H"), ("code", "XYZ"), ("name", "A Water"), ("ascii", "A Water")]),
        geonames(&[
            ("id", "163843"),
            ("class", "A"),
            ("code", "PCLI"),
            ("name", "Syria"),
            ("ascii", "Syria"),
            ("admin1", "00"),
        ]),
        geonames(&[
            ("id", "169387"),
            ("class", "A"),
            ("code", "ADM1"),
            ("name", "Idlib Governorate"),
            ("ascii", "Idlib Governorate"),
            ("admin1", "12"),
        ]),
    ]
    .join("\n")
}

#[test]
fn geonames_joins_its_tables() {
    let built = built(&[
        ("SY.txt", &syria()),
        ("alternateNamesV2.txt", ALTERNATES),
        ("admin1CodesASCII.txt", ADMIN1),
        ("admin2Codes.txt", ADMIN2),
    ]);
    assert_eq!(built.findings, Vec::<String>::new());
    let place = built.place("gn:10");
    assert_eq!((place.name_en(), place.name_ar()), ("Saraqib", Some("سراقب")));
    assert_eq!(place.names().collect::<Vec<_>>(), ["Saraqib", "سراقب", "Sarāqib", "Saraqeb", "Serakib"]);
    assert_eq!((place.country(), place.admin1(), place.feature_code()), ("Syria", "Idlib", "PPL"));
    assert_eq!((place.population(), place.uncertainty_m(), place.source()), (134_231, 2300.0, "GeoNames"));
    assert!((place.coordinate().lon_deg() - 36.80575).abs() < 1e-6);
    assert!((place.coordinate().lat_deg() - 35.86442).abs() < 1e-6);
    assert_eq!(built.place("gn:11").note(), "in Jisr ash-Shughur District");
    assert_eq!(built.place("gn:13").uncertainty_m(), 10_000.0, "an unknown code has the radius of its class");
    assert_eq!(built.found("Serakib"), ["gn:10"]);
    assert!(built.gazetteer.place_by_id("gn:12").is_none(), "a hotel is no usual place");
    assert_eq!(built.found("https example org Saraqib"), Vec::<&str>::new());
    let files: Vec<_> =
        built.report.files.iter().map(|f| (f.file.rsplit('/').next().unwrap(), f.rows, f.taken)).collect();
    let expected =
        [("alternateNamesV2.txt", 6, 4), ("admin1CodesASCII.txt", 2, 2), ("admin2Codes.txt", 1, 1), ("SY.txt", 6, 5)];
    assert_eq!(files, expected);
    assert_eq!(built.report.files[3].passed_over, 1);
    assert!(built.gazetteer.licence().contains("SY.txt: GeoNames (https://www.geonames.org), CC BY 4.0\n"));
}

#[test]
fn countries_and_divisions_have_the_ids_of_the_embedded_gazetteer() {
    let built = built(&[("SY.txt", &syria())]);
    assert_eq!(built.place("iso:SY").note(), "GeoNames 163843");
    assert_eq!(built.place("iso:SY-ID").admin1(), "Idlib");
    assert_eq!(built.place("gn:10").admin1(), "Idlib", "the row of the division itself tells its name");
    let syria = built.gazetteer.country("Syria").map(|index| built.gazetteer.place(index).id());
    assert_eq!(syria, Some("iso:SY"));
}

#[test]
fn kinds_and_languages_can_be_chosen() {
    let selection = Selection::parse("S,H");
    let options = ImportOptions { selection, languages: vec!["tr".into()], ..ImportOptions::default() };
    let files = [("SY.txt", syria()), ("alternateNamesV2.txt", ALTERNATES.to_owned())];
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let some = try_build(&files, &options).unwrap();
    assert_eq!(some.ids(), ["gn:12", "gn:13"]);
    let all = ImportOptions { selection: Selection::All, ..options };
    let all = try_build(&files, &all).unwrap();
    assert_eq!(all.ids().len(), 6);
    assert_eq!(all.found("Serakib"), ["gn:10"]);
    assert_eq!(all.place("gn:10").name_en(), "Sarāqib", "the English alternate name was not asked for");
}

#[test]
fn packed_files_are_read_as_they_are() {
    let (plain, alternates) = (syria(), ALTERNATES);
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(plain.as_bytes()).unwrap();
    let gz = gz.finish().unwrap();
    let zip = zipped(&[("readme.txt", &"a".repeat(9999)), ("alternateNamesV2.txt", alternates)]);
    let packed = try_build(&[("SY.txt.gz", &gz), ("alternateNamesV2.zip", &zip)], &ImportOptions::default()).unwrap();
    let loose = built(&[("SY.txt", &plain), ("alternateNamesV2.txt", alternates)]);
    assert_eq!(packed.ids(), loose.ids());
    assert_eq!(changes(&packed.gazetteer, &loose.gazetteer).count(), 0);
    assert!(packed.gazetteer.licence().contains("alternateNamesV2.zip:alternateNamesV2.txt: GeoNames"));
}

fn zipped(members: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in members {
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        zip.start_file(*name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const OCHA: &str = "ADM4_EN,ADM4_AR,ADM4_PCODE,ADM3_EN,ADM3_PCODE,ADM2_EN,ADM1_EN,ADM0_EN,ADM0_PCODE,Latitude,Longitude,\
    AREA_SQKM,validOn\n\
    Saraqab,سراقب,SY07050301,Saraqab,SY070503,Idleb,Idleb,Syrian Arab Republic,SY,35.861,36.811,3.14159265,2020\n\
    \"Jisr, al\",,SY07050302,Saraqab,SY070503,Idleb,Idleb,Syrian Arab Republic,SY,35.8,36.3,,2020\n";

#[test]
fn ocha_tables_are_read_by_their_headers() {
    let built = built(&[("syr_adm4.csv", OCHA)]);
    assert_eq!(built.findings, ["syr_adm4.csv:1: warned: column `validOn` is not known and is not read"]);
    let place = built.place("pcode:SY07050301");
    assert_eq!((place.name_en(), place.name_ar(), place.feature_code()), ("Saraqab", Some("سراقب"), "ADM4"));
    assert_eq!((place.country(), place.admin1()), ("Syria", "Idlib"), "spelled as everywhere in Masar");
    assert_eq!((place.uncertainty_m(), place.note()), (1000.0, "in Saraqab, Idleb"));
    assert_eq!(built.place("pcode:SY07050302").name_en(), "Jisr, al");
}

#[test]
fn hxl_tags_tell_columns_that_headers_do_not() {
    let text = "Ort;Kode;Nord;Ost\n#loc+name;#loc+code;#geo+lat;#geo+lon\nSaraqib;C4126;35.86;36.8\n";
    let options = ImportOptions { format: Some("ocha".into()), ..ImportOptions::default() };
    let built = try_build(&[("t.csv", text.as_bytes())], &options).unwrap();
    assert_eq!((built.ids(), built.report.files[0].rows), (vec!["pcode:C4126"], 1));
    assert_eq!(built.place("pcode:C4126").feature_code(), "PPL");
}

#[test]
fn columns_can_be_named() {
    let text = "Village,Ar_Name,PCODE,LAT,LON\nSaraqib,سراقب,C1,35.86,36.8\n";
    let column = |field: &str, header: &str| (field.to_owned(), header.to_owned());
    let with = |columns| ImportOptions { columns, ..ImportOptions::default() };
    let built = try_build(&[("t.csv", text.as_bytes())], &with(vec![column("name_ar", "Ar_Name")])).unwrap();
    assert_eq!(built.place("pcode:C1").name_ar(), Some("سراقب"));
    assert_eq!(built.findings, Vec::<String>::new());
    let error = |columns| try_build(&[("t.csv", text.as_bytes())], &with(columns)).err().unwrap();
    assert_eq!(
        error(vec![column("name_ar", "Arabic")]),
        "t.csv: the header has no column `Arabic`; it has Village, Ar_Name, PCODE, LAT, LON"
    );
    assert!(
        error(vec![column("nom", "Village")]).starts_with("there is no field `nom` to give a column to; there are id,")
    );
}

const LINKED: &str = r#"{"type": "FeatureCollection", "@context": "https://example.org/lp.jsonld",
 "features": [
  {"@id": "https://example.org/places/1", "type": "Feature",
   "properties": {"title": "Saraqib", "ccodes": ["SY"], "fclasses": ["P"]},
   "names": [{"toponym": "سراقب", "lang": "ar"}, {"toponym": "Serakib", "lang": "tr"}],
   "types": [{"identifier": "aat:300008347", "label": "inhabited place"}],
   "geometry": {"type": "Point", "coordinates": [36.8, 35.86], "certainty": "less-certain"},
   "when": {"timespans": [{"start": {"in": "1200"}}]}},
  {"@id": "x:2", "type": "Feature", "properties": {"title": "Nowhere"}, "geometry": null},
  {"@id": "x:3", "type": "Feature", "properties": {"title": 7}, "geometry": {"type": "Point", "coordinates": [1, 2]}},
  {"@id": "x:4", "type": "Feature", "properties": {"title": "Square", "fclasses": ["L"]},
   "geometry": {"type": "Polygon", "coordinates": [[[36, 35], [36.2, 35], [36.2, 35.2], [36, 35.2], [36, 35]]]}}
 ]}"#;

#[test]
fn linked_places_are_read_feature_by_feature() {
    let built = built(&[("places.json", LINKED)]);
    assert_eq!(built.findings[0], "places.json:9: refused: no coordinates");
    assert!(built.findings[1].starts_with("places.json:10: refused: malformed JSON: invalid type: integer `7`"));
    let place = built.place("https://example.org/places/1");
    assert_eq!((place.name_en(), place.name_ar(), place.country()), ("Saraqib", Some("سراقب"), "Syria"));
    assert_eq!((place.note(), place.feature_code()), ("inhabited place; less-certain", "PPL"));
    assert_eq!(built.found("Serakib"), ["https://example.org/places/1"]);
    let square = built.place("x:4");
    assert!(square.uncertainty_m() > 14_000.0 && square.uncertainty_m() < 16_000.0, "{}", square.uncertainty_m());
}

#[test]
fn linked_places_may_stand_one_a_line() {
    let line = |id: &str| {
        let geometry = r#"{"type":"Point","coordinates":[36.8,35.86]}"#;
        format!(
            r#"{{"type":"Feature","@id":"{id}","properties":{{"title":"A {id}","fclasses":["P"]}},"geometry":{geometry}}}"#
        )
    };
    let built = built(&[("p.jsonl", &format!("{}\n{{broken\n{}\n", line("a"), line("b")))]);
    assert_eq!(built.ids(), ["a", "b"]);
    assert!(
        built.findings[0].starts_with("p.jsonl:2: refused: malformed JSON: key must be a string"),
        "{:?}",
        built.findings
    );
}

#[test]
fn a_broken_collection_builds_nothing() {
    let cut = &LINKED[..LINKED.len() - 100];
    let error = try_build(&[("places.json", cut.as_bytes())], &ImportOptions::default()).err().unwrap();
    assert!(error.starts_with("places.json: malformed JSON: EOF while parsing"), "{error}");
}

const HEADER: &str = "id,name_en,name_ar,names,lat_deg,lon_deg,feature_class,feature_code,country,admin1,population,\
    uncertainty_m,source,note\n";

#[test]
fn own_tables_are_read_leniently() {
    let rows = "a:1,Saraqib,سراقب,Serakib|Saraqeb,35.86,36.8,P,PPL,Syria,Idlib,\"34,231\",,survey,\n\
        a:2,No Latitude,,,,36.8,P,PPL,Syria,Idlib,,,survey,\n\
        a:3,Six,,\n\
        a:4,Wrong Class,,,35,36,H,PPL,Syria,Idlib,many,,survey,\n\
        a:5,\"Two\nLines\",,,35.5,36.5,P,PPL,Syria,Idlib,,,survey,\n";
    let built = built(&[("mine.csv", &format!("{HEADER}{rows}"))]);
    assert_eq!(
        built.findings,
        [
            "mine.csv:3: refused: no coordinates",
            "mine.csv:4: refused: 4 columns where there must be 14",
            "mine.csv:5: repaired: `many` in population is not a number and is left out",
            "mine.csv:5: repaired: feature code `PPL` belongs to class P, not H",
            "mine.csv:6: repaired: invisible characters are taken out of the name `Two\\u{a}Lines`",
        ]
    );
    assert_eq!(built.place("a:1").population(), 34_231);
    assert_eq!(built.place("a:1").source(), "survey");
    assert_eq!(built.place("a:5").name_en(), "Two Lines");
}

#[test]
fn a_short_table_is_enough_and_what_is_assumed_is_told() {
    let built = built(&[("mine.csv", "id,name_en,lat_deg,lon_deg,colour\na:1,Saraqib,35.86,36.8,red\n")]);
    assert_eq!(
        built.findings,
        [
            "mine.csv:1: warned: column `colour` is not known and is not read",
            "mine.csv:2: repaired: no feature code, taken as `PPL`",
        ]
    );
}

#[test]
fn bad_rows_of_geonames_are_refused_with_file_line_and_reason() {
    let refused = |row: &str, reason: &str| {
        assert_eq!(findings_of(row), [format!("SY.txt:2: refused: {reason}")], "{row}");
    };
    let with = |column, value: &str| geonames(&[(column, value)]);
    refused(&with("lat", "95"), "latitude 95 is not between -90 and 90; are latitude and longitude swapped?");
    refused(&with("lon", "-180.5"), "longitude -180.5 is not between -180 and 180");
    refused(&with("lat", "NaN"), "`NaN` in latitude is not a number");
    refused(&with("lon", "inf"), "`inf` in longitude is not a number");
    refused(&with("lat", "35,8"), "`35,8` in latitude is not a number");
    refused(&with("lat", ""), "no coordinates");
    refused(&with("id", ""), "`` is no id of GeoNames");
    refused(&with("id", "-5"), "`-5` is no id of GeoNames");
    refused(&geonames(&[("class", ""), ("code", "WHAT")]), "no feature class");
    refused(&geonames(&[("class", "Q"), ("code", "")]), "`Q` is no feature class");
    let row = geonames(&[]);
    refused(row.rsplit_once('\t').unwrap().0, "18 columns where there must be 19");
    refused(&format!("{row}\t"), "20 columns where there must be 19");
    refused("nonsense", "1 columns where there must be 19");
    refused(&"x".repeat(3_000_000), "a line of more than a million bytes");
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let mut bytes = format!("{}\n", geonames(&[])).into_bytes();
    bytes.extend_from_slice(b"3\t\xff\xfe\t\n");
    bytes.extend_from_slice(b"\0\0\0\0\n");
    let built = try_build(&[("SY.txt", &bytes)], &ImportOptions::default()).unwrap();
    assert_eq!(built.findings, ["SY.txt:2: refused: not UTF-8", "SY.txt:3: refused: 1 columns where there must be 19"]);
}

#[test]
fn bad_names_are_repaired_and_the_row_is_kept() {
    let long = "x".repeat(10_000);
    assert_eq!(
        findings_of(&geonames(&[("name", &long), ("ascii", "Short")])),
        [
            "SY.txt:2: repaired: a name of 10000 characters is left out, 200 are the limit",
            "SY.txt:2: repaired: `Short` takes the place of the missing main name",
        ]
    );
    assert_eq!(
        findings_of(&geonames(&[("name", &long), ("ascii", &long)])),
        [
            "SY.txt:2: repaired: a name of 10000 characters is left out, 200 are the limit",
            "SY.txt:2: refused: no usable name",
        ]
    );
    assert_eq!(
        findings_of(&geonames(&[("others", "\u{202E}سراقب\u{202C},سراقب")])),
        ["SY.txt:2: repaired: invisible characters are taken out of the name `\\u{202e}سراقب\\u{202c}`"]
    );
    assert_eq!(
        findings_of(&geonames(&[("others", "C\u{327}ankiri")])),
        ["SY.txt:2: repaired: the name `C\u{327}ankiri` is composed (NFC)"]
    );
    let row = geonames(&[("name", "\u{202A}Saraqib\u{202C}"), ("ascii", "")]);
    assert_eq!(built(&[("SY.txt", &row)]).place("gn:2").name_en(), "Saraqib");
}

#[test]
fn odd_positions_are_told_and_kept() {
    assert_eq!(
        findings_of(&geonames(&[("lat", "0"), ("lon", "0.0")])),
        ["SY.txt:2: warned: lies at 0,0, which mostly stands for an unknown position"]
    );
    // Mexico City with its axes exchanged lies in the south of the Indian Ocean.
    assert_eq!(
        findings_of(&geonames(&[("lat", "-89.1"), ("lon", "19.4"), ("country", "MX")])),
        ["SY.txt:2: warned: lies far from Mexico, and inside it with latitude and longitude swapped"]
    );
    assert_eq!(findings_of(&geonames(&[("country", "QQ")])), ["SY.txt:2: warned: country `QQ` is not known"]);
}

#[test]
fn two_rows_with_one_id_are_joined_or_the_second_is_refused() {
    let same = geonames(&[("id", "1"), ("name", "First Village"), ("ascii", "First Village"), ("population", "5")]);
    let other = geonames(&[("id", "1"), ("name", "Far Away"), ("ascii", "Far Away"), ("lat", "20")]);
    let first = geonames(&[("id", "1"), ("name", "First"), ("ascii", "First")]);
    let built = built(&[("SY.txt", &[first, same, other].join("\n"))]);
    assert_eq!(
        built.findings[..2],
        [
            "SY.txt:2: merged: id `gn:1` stands in SY.txt:1 as well; the names of both are kept and the rest of the \
             later one",
            "SY.txt:3: refused: id `gn:1` was already given in SY.txt:2 to another place",
        ]
    );
    let place = built.place("gn:1");
    assert_eq!((place.name_en(), place.population(), built.gazetteer.len()), ("First Village", 5, 1));
    assert!(place.names().any(|name| name == "First"));
}

#[test]
fn a_later_file_replaces_an_id() {
    let mine = format!("{HEADER}gn:10,Elsewhere,,,34,37,P,PPL,Syria,Homs,,,mine,\n");
    let built = built(&[("SY.txt", &syria()), ("mine.csv", &mine)]);
    let place = built.place("gn:10");
    assert_eq!((place.name_en(), place.admin1(), place.source()), ("Elsewhere", "Homs", "mine"));
    assert!(
        built.findings.contains(&"mine.csv:2: merged: id `gn:10` takes the place of the one in SY.txt:1".to_owned())
    );
}

#[test]
fn places_of_two_files_with_one_name_are_joined_when_they_are_near() {
    let rows = "m:near,سراقب,,Saraqib District Town,35.8650,36.81,P,PPLA2,Syria,Idlib,40000,,mine,\n\
        m:far,Saraqib,,,34.9,36.8,P,PPL,Syria,Hama,,,mine,\n\
        m:hill,Saraqib,,,35.8645,36.806,T,HLL,Syria,Idlib,,,mine,\n";
    let mine = format!("{HEADER}{rows}");
    let built = built(&[("SY.txt", &syria()), ("mine.csv", &mine)]);
    let joined = "mine.csv:2: merged: `m:near` is the place `gn:10` of SY.txt:1, 388 m away";
    assert!(built.findings.iter().any(|finding| finding == joined), "{:?}", built.findings);
    let place = built.place("gn:10");
    assert_eq!((place.note(), place.feature_code(), place.population()), ("joined with m:near", "PPL", 134_231));
    assert_eq!(built.found("Saraqib District Town"), ["gn:10"]);
    assert!(built.ids().contains(&"m:far") && built.ids().contains(&"m:hill"));
    assert_eq!(built.report.merged, 1);
}

#[test]
fn rows_that_are_joined_and_disagree_widen_the_radius() {
    let row = |lat: f64, radius: &str| format!("m:1,Saraqib,سراقب,,{lat},36.80591,P,PPL,Syria,Idlib,,{radius},mine,\n");
    let radius_m = |row: String| {
        let built = built(&[("SY.txt", &syria()), ("mine.csv", &format!("{HEADER}{row}"))]);
        assert_eq!(built.report.merged, 1, "{:?}", built.findings);
        built.place("gn:10").uncertainty_m()
    };
    let alone_m = built(&[("SY.txt", &syria())]).place("gn:10").uncertainty_m();
    // The same point but for rounding, then one 1,112 m to the north: the circle of either is held.
    assert_eq!(radius_m(row(35.8645, "")), alone_m);
    let apart_m = radius_m(row(35.87447, "3000"));
    assert!((apart_m - 4_112.0).abs() < 20.0, "{apart_m} m");
}

#[test]
fn names_within_one_file_are_left_alone() {
    let twice = [geonames(&[("id", "1")]), geonames(&[("id", "2")])].join("\n");
    let built = built(&[("SY.txt", &twice)]);
    assert_eq!(built.ids(), ["gn:1", "gn:2"]);
}

#[test]
fn whole_files_that_cannot_be_used_are_told() {
    let error = |name: &str, bytes: &[u8]| try_build(&[(name, bytes)], &ImportOptions::default()).err().unwrap();
    assert_eq!(error("a.txt", b"Just words.\n"), "a.txt: no format that Masar knows; --as names it");
    assert_eq!(error("a.txt", b""), "a.txt: no format that Masar knows; --as names it");
    assert_eq!(error("a.csv", b"\xff\xfea\0,\0b\0"), "a.csv: UTF-16; save it as UTF-8");
    assert_eq!(
        error("a.csv", b"ADM3_EN,ADM3_PCODE\nSaraqab,SY1\n"),
        "a.csv: no column for `lat_deg` was found; --column lat_deg=HEADER names it"
    );
    assert_eq!(error("SY.txt", geonames(&[("lat", "95")]).as_bytes()), "no row of the sources is a usable place");
    let xlsx = zipped(&[("[Content_Types].xml", "<x/>"), ("xl/workbook.xml", "<x/>")]);
    assert_eq!(error("a.xlsx", &xlsx), "a.xlsx: a spreadsheet; save its table as CSV and give that");
    assert_eq!(error("a.zip", &zipped(&[("readme.txt", "x")])), "a.zip: the archive holds no file with places");
    assert!(error("a.zip", b"PK\x03\x04broken").starts_with("a.zip: not a zip archive that can be read"));

    let mut encrypted = zipped(&[("SY.txt", &syria())]);
    let central = encrypted.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    for flags in [6, central + 8] {
        encrypted[flags] |= 1;
    }
    assert_eq!(error("a.zip", &encrypted), "a.zip:SY.txt: the archive is encrypted; unpack it first");

    let mut cut = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    cut.write_all(syria().repeat(500).as_bytes()).unwrap();
    let cut = cut.finish().unwrap();
    assert!(error("SY.txt.gz", &cut[..cut.len() / 2]).starts_with("SY.txt.gz: cannot be read"), "a file that is cut");
}

#[test]
fn an_archive_that_grows_beyond_reason_is_refused() {
    let member = |bytes: &[u8]| {
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        gz.write_all(bytes).unwrap();
        gz.finish().unwrap()
    };
    let mut bomb = member(format!("{}\n", geonames(&[])).as_bytes());
    bomb.extend(member(&vec![b'\n'; 1 << 22]).repeat(24));
    let error = try_build(&[("SY.txt.gz", &bomb)], &ImportOptions::default()).err().unwrap();
    assert_eq!(error, "SY.txt.gz: cannot be read: unpacks to more than 200 times its size; unpack it yourself first");
}

#[test]
fn a_file_cannot_be_named_twice() {
    let folder = tempfile::tempdir().unwrap();
    let (paths, shown) = write(&folder, &[("SY.txt", syria().as_bytes())]);
    let twice = [paths[0].clone(), paths[0].clone()];
    let result = build(&twice, &ImportOptions::default(), Gazetteer::embedded(), folder.path(), &(), &mut |_| {});
    assert_eq!(result.err().unwrap().to_string().replace(&shown, ""), "SY.txt is named twice");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let many: String = (1..=3000)
        .map(|id: u32| {
            let (id, name) = (id.to_string(), format!("Village {id}"));
            geonames(&[("id", &id), ("name", &name), ("ascii", &name), ("others", "قرية,Köy")]) + "\n"
        })
        .collect();
    let bytes = || {
        let folder = tempfile::tempdir().unwrap();
        let (paths, _) = write(&folder, &[("SY.txt", many.as_bytes()), ("o.csv", OCHA.as_bytes())]);
        let options = ImportOptions::default();
        let (compiled, _) = build(&paths, &options, Gazetteer::embedded(), folder.path(), &(), &mut |_| {}).unwrap();
        compiled.to_bytes()
    };
    assert!(bytes() == bytes());
}

#[test]
fn changes_between_two_builds_are_listed_by_id() {
    let table = |rows: &str| built(&[("mine.csv", &format!("{HEADER}{rows}"))]).gazetteer;
    let old = table(
        "a:1,Moved,,,35,36,P,PPL,Syria,Idlib,,,s,\na:2,Gone,,,35.1,36,P,PPL,Syria,Idlib,,,s,\n\
         a:3,Same,,,35.2,36,P,PPL,Syria,Idlib,,,s,\na:4,Old Name,,Kept,35.3,36,P,PPL,Syria,Idlib,,,s,\n",
    );
    let new = table(
        "a:1,Moved,,,35.01,36,P,PPL,Syria,Idlib,,,s,\na:3,Same,,,35.2,36,P,PPL,Syria,Idlib,,,s,\n\
         a:4,New Name,,Kept,35.3,36,P,PPL,Syria,Idlib,7,,s,\na:5,Fresh,,,35.4,36,P,PPL,Syria,Idlib,,,s,\n",
    );
    let told: Vec<String> = changes(&old, &new)
        .map(|change| match change {
            Change::Added(place) => format!("+ {}", place.id()),
            Change::Removed(place) => format!("- {}", place.id()),
            Change::Changed(changed) => format!(
                "~ {} {:.0} m, gained {:?}, lost {:?}, {:?}",
                changed.new.id(),
                changed.moved_m.unwrap_or(0.0),
                changed.names_gained,
                changed.names_lost,
                changed.columns
            ),
        })
        .collect();
    assert_eq!(
        told,
        [
            "~ a:1 1112 m, gained [], lost [], []",
            "- a:2",
            "~ a:4 0 m, gained [\"New Name\"], lost [\"Old Name\"], [\"name_en\", \"population\"]",
            "+ a:5",
        ]
    );
    assert_eq!(changes(&old, &old).count(), 0);
}

/// Samples of all formats, to be spoilt.
fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(syria().as_bytes()).unwrap();
    vec![
        ("SY.txt", syria().into_bytes()),
        ("alternateNamesV2.txt", ALTERNATES.into()),
        ("admin1CodesASCII.txt", ADMIN1.into()),
        ("o.csv", OCHA.into()),
        ("p.json", LINKED.into()),
        ("m.csv", format!("{HEADER}a:1,Saraqib,سراقب,Serakib|\"x\"\"y\",35.86,36.8,P,PPL,Syria,Idlib,3,9,s,\n").into()),
        ("SY.txt.gz", gz.finish().unwrap()),
        ("SY.zip", zipped(&[("SY.txt", &syria())])),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn spoilt_files_never_make_an_importer_panic(
        sample in 0usize..8,
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0u8..3), 1..12),
    ) {
        let (name, mut bytes) = samples().swap_remove(sample);
        for (at, byte, kind) in edits {
            let at = at.index(bytes.len().max(1)).min(bytes.len().saturating_sub(1));
            match kind {
                0 if !bytes.is_empty() => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => bytes.truncate(at + 1),
            }
        }
        check_any(name, &bytes)?;
    }

    #[test]
    fn any_bytes_are_read_by_every_format(bytes in prop::collection::vec(any::<u8>(), 0..400), format in 0usize..4) {
        let format = ["geonames", "ocha", "linked-places", "csv"][format];
        let options = ImportOptions { format: Some(format.into()), ..ImportOptions::default() };
        if let Ok(built) = try_build(&[("any", &bytes)], &options) {
            prop_assert!(!built.gazetteer.is_empty());
        }
    }
}

/// A build ends with an error or with a gazetteer whose counts agree with the report.
fn check_any(name: &str, bytes: &[u8]) -> Result<(), TestCaseError> {
    if let Ok(built) = try_build(&[(name, bytes)], &ImportOptions::default()) {
        prop_assert_eq!(built.report.places, built.gazetteer.len() as u64);
        let file = &built.report.files[0];
        prop_assert_eq!(file.rows, file.taken + file.refused + file.passed_over, "{:?}", built.findings);
    }
    Ok(())
}
