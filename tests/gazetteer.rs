//! The gazetteer from outside: what is in the embedded one, and what a compiled file withstands.

use std::sync::LazyLock;

use masar::gazetteer::Gazetteer;
use masar::gazetteer::compile::Compiler;
use masar::gazetteer::corrections::{self, Correction, CorrectionWarning};
use masar::gazetteer::error::{GazetteerError, OpenError};
use masar::gazetteer::names::NameKind;
use masar::gazetteer::roads::RoadQuality;
use masar::gazetteer::search::SearchMatch;
use masar::gazetteer::table::Table;
use masar::model::coordinate::Coordinate;
use masar::model::mention::NameAgreement;
use masar::model::place::{FeatureClass, PlaceIndex};
use masar::text::key::name_key;
use proptest::prelude::*;

const CODES: &str = "feature_code,feature_class,label_en,uncertainty_m,note\n\
    PPL,P,populated place,1000,\nPPLA,P,seat,3000,\nADM1,A,division,50000,\nPCLI,A,country,300000,\n";
const HEADS: &str = "head,script,note\nكفر,Arab,village\nkafr,Latn,village\n";
const HEADER: &str = "id,name_en,name_ar,names,lat_deg,lon_deg,feature_class,feature_code,country,admin1,population,\
    uncertainty_m,source,note\n";
const ROWS: &str = "a:1,Kafr Lata,كفرلاتا,Kafar Lata,35.79478,36.62805,P,PPL,Syria,Idlib,,937,test,\n\
    a:2,Jisr ash-Shughur,جسر الشغور,Cisr eş-Şuğur,35.81418,36.31983,P,PPL,Syria,Idlib,39311,,test,\"a, note\"\n\
    a:3,Syria,سوريا,,35,38.5,A,PCLI,Syria,,1,,test,\n\
    a:4,Idlib,إدلب,,35.8,36.7,A,ADM1,Syria,Idlib,,,test,\n\
    a:5,Suva,سوفا,,-18.14161,178.44149,P,PPL,Fiji,,77366,,test,\n";
const ROADS: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"ref":"M4",
    "name_en":"Lata road","names":"M-4","country":"Syria","quality":"road","source":"test"},
    "geometry":{"type":"LineString","coordinates":[[36.3,35.8],[36.6,35.8]]}}]}"#;

fn compile(codes: &str, heads: &str, places: &str) -> Result<Vec<u8>, String> {
    let table = |file, text| Table { file, text };
    let mut compiler =
        Compiler::new(table("codes.csv", codes), Some(table("heads.csv", heads))).map_err(|error| error.to_string())?;
    compiler.add_places(table("places.csv", places)).map_err(|error| error.to_string())?;
    compiler.add_roads("roads.geojson", ROADS).map_err(|error| error.to_string())?;
    compiler.finish("CC0").map(|compiled| compiled.to_bytes()).map_err(|error| error.to_string())
}

fn small() -> Vec<u8> {
    static BYTES: LazyLock<Vec<u8>> =
        LazyLock::new(|| compile(CODES, HEADS, &format!("{HEADER}{ROWS}")).expect("the sample is valid"));
    BYTES.clone()
}

/// The ids behind a name.
fn ids(gazetteer: &Gazetteer, name: &str) -> Vec<String> {
    gazetteer.names(&name_key(name)).map(|found| gazetteer.place(found.place).id().to_owned()).collect()
}

fn embedded_ids(name: &str) -> Vec<String> {
    ids(Gazetteer::embedded(), name)
}

#[test]
fn damascus_is_36_east_and_33_north() {
    let gazetteer = Gazetteer::embedded();
    let damascus = gazetteer.place(gazetteer.search("Damascus")[0].place);
    assert_eq!((damascus.country(), damascus.feature_code()), ("Syria", "PPLC"));
    assert!((damascus.coordinate().lon_deg() - 36.3).abs() < 0.1, "{damascus:?}");
    assert!((damascus.coordinate().lat_deg() - 33.5).abs() < 0.1, "{damascus:?}");
    assert_eq!(damascus.name_ar(), Some("دمشق"));
    assert!(damascus.population() > 1_000_000 && damascus.uncertainty_m() > 0.0);
}

#[test]
fn a_compound_is_found_written_apart_and_together() {
    for spelling in ["كفرلاتا", "كفر لاتا", "كَفَر لاتة", "Kafr Lata"] {
        assert!(embedded_ids(spelling).contains(&"gn:168667".to_owned()), "{spelling}");
    }
    let gazetteer = Gazetteer::from_bytes(small()).unwrap();
    assert_eq!(ids(&gazetteer, "كفر لاتا"), ["a:1"]);
    assert_eq!(ids(&gazetteer, "Kafrlata"), ["a:1"]);
}

#[test]
fn jisr_al_shughur_is_found_by_every_romanisation() {
    for spelling in ["Jisr al-Shughur", "Jisr ash-Shugur", "Jisr Shughur", "Cisr eş-Şuğur", "جسر الشغور", "جسر شغور"]
    {
        assert!(embedded_ids(spelling).contains(&"gn:169023".to_owned()), "{spelling}");
    }
}

#[test]
fn the_m4_has_several_names() {
    let gazetteer = Gazetteer::embedded();
    for name in ["M4", "M-4", "أم 4", "إم4", "ام٤", "طريق حلب - اللاذقية", "Aleppo-Latakia highway", "M4 karayolu"]
    {
        assert_eq!(gazetteer.road_by_name(&name_key(name)), Some("M4"), "{name}");
        assert_eq!(gazetteer.names(&name_key(name)).road(), Some("M4"), "{name}");
    }
    let road = gazetteer.road("M4").expect("the M4 is in the data");
    assert_eq!(
        (road.ends.as_slice(), road.country.as_str()),
        (["Aleppo", "Latakia"].map(String::from).as_slice(), "Syria")
    );
    assert_eq!(road.quality, RoadQuality::Schematic);
    assert_eq!(
        (road.stops.first().map(String::as_str), road.stops.last().map(String::as_str)),
        (Some("Saraqib"), Some("Latakia"))
    );
    assert!(gazetteer.road("M99").is_none());
    let saraqib = gazetteer.place(gazetteer.place_by_id("gn:164816").unwrap());
    assert!(road.distance_m(saraqib.coordinate()) < 1000.0);
}

#[test]
fn a_walk_finds_the_names_that_begin_at_a_word() {
    let gazetteer = Gazetteer::embedded();
    let mut walk = gazetteer.name_walk();
    assert!(walk.push("عين"));
    assert!(walk.push("الحور"));
    let places: Vec<&str> = walk.matches().unwrap().map(|name| gazetteer.place(name.place).id()).collect();
    assert!(places.contains(&"gn:172221") && places.contains(&"gn:172220") && places.contains(&"gn:172222"));
    assert!(!walk.push("قالت"));
    assert!(walk.matches().is_none() && !walk.push("عين"), "a walk that is over stays over");
    assert!(!gazetteer.name_walk().push("واكدت"));
}

#[test]
fn candidates_come_once_a_place_with_their_best_agreement() {
    let gazetteer = Gazetteer::embedded();
    let of = |surface: &str| gazetteer.names(&name_key(surface)).candidates(surface);
    let idlib = gazetteer.place_by_id("gn:169389").unwrap();
    let agreement = |surface: &str| of(surface).iter().find(|c| c.place == idlib).map(|c| c.agreement);
    assert_eq!(agreement("إدلب"), Some(NameAgreement::Exact));
    assert_eq!(agreement("ادلب"), Some(NameAgreement::Exact), "the data hold this spelling too");
    assert_eq!(agreement("أدلب"), Some(NameAgreement::Folded));
    assert_eq!(agreement("الإدلب"), Some(NameAgreement::Variant));
    let candidates = of("أريحا");
    assert!(candidates.windows(2).all(|pair| pair[0].place < pair[1].place));
    assert!(candidates.len() >= 3);
}

#[test]
fn countries_and_divisions_are_found_by_their_columns() {
    let gazetteer = Gazetteer::embedded();
    let code = |index: Option<PlaceIndex>| index.map(|index| gazetteer.place(index).feature_code());
    assert_eq!(code(gazetteer.country("Syria")), Some("PCLI"));
    assert_eq!(code(gazetteer.admin1("Syria", "Idlib")), Some("ADM1"));
    assert_eq!(gazetteer.admin1("Syria", "Texas"), None);
    assert_eq!(gazetteer.admin1("Syria", ""), None);
    assert_eq!(gazetteer.country("Atlantis"), None);
}

#[test]
fn what_is_near_comes_nearest_first() {
    let gazetteer = Gazetteer::embedded();
    let saraqib = gazetteer.place(gazetteer.place_by_id("gn:164816").unwrap());
    let near = gazetteer.near(saraqib.coordinate(), 12_000.0);
    assert_eq!(near[0], (saraqib.index(), 0.0));
    assert!(near.windows(2).all(|pair| pair[0].1 <= pair[1].1));
    let nayrab = gazetteer.place_by_id("gn:166357").unwrap();
    assert!(near.iter().any(|(place, _)| *place == nayrab));
    // Every place, the slow way.
    let slow = gazetteer
        .indices()
        .filter(|place| gazetteer.place(*place).coordinate().distance_m(saraqib.coordinate()) <= 12_000.0);
    assert_eq!(near.len(), slow.count());
}

#[test]
fn the_antimeridian_is_no_border() {
    let gazetteer = Gazetteer::from_bytes(small()).unwrap();
    let near = gazetteer.near(Coordinate::new(-179.9, -18.0).unwrap(), 300_000.0);
    assert_eq!(near.iter().map(|(place, _)| gazetteer.place(*place).id()).collect::<Vec<_>>(), ["a:5"]);
    assert_eq!(gazetteer.near(Coordinate::new(0.0, 90.0).unwrap(), 30_000_000.0).len(), 5);
    assert!(gazetteer.near(Coordinate::new(0.0, 0.0).unwrap(), f64::NAN).is_empty());
}

#[test]
fn a_row_is_read_back_as_it_was_given() {
    let gazetteer = Gazetteer::from_bytes(small()).unwrap();
    assert_eq!(gazetteer.len(), 5);
    let place = gazetteer.place(gazetteer.place_by_id("a:2").unwrap());
    assert_eq!((place.name_en(), place.name_ar()), ("Jisr ash-Shughur", Some("جسر الشغور")));
    assert_eq!(place.names().collect::<Vec<_>>(), ["Jisr ash-Shughur", "جسر الشغور", "Cisr eş-Şuğur"]);
    assert_eq!((place.coordinate().lon_deg(), place.coordinate().lat_deg()), (36.31983, 35.81418));
    assert_eq!((place.feature_class(), place.feature_code()), (FeatureClass::Populated, "PPL"));
    assert_eq!((place.country(), place.admin1(), place.population()), ("Syria", "Idlib", 39311));
    assert_eq!((place.uncertainty_m(), place.source(), place.note()), (1000.0, "test", "a, note"));
    let place = gazetteer.place(gazetteer.place_by_id("a:1").unwrap());
    assert_eq!(place.uncertainty_m(), 937.0);
    assert_eq!(gazetteer.licence(), "CC0");
    assert_eq!(gazetteer.get(PlaceIndex(5)).map(|place| place.index()), None);
    let kinds: Vec<NameKind> =
        ["kafr lata", "kafar lata", "kafrlata"].map(|key| gazetteer.names(key).next().unwrap().agreement_kind).to_vec();
    assert_eq!(kinds, [NameKind::Primary, NameKind::Alternate, NameKind::Variant]);
}

#[test]
fn a_search_falls_back_to_beginnings_and_near_misses() {
    let gazetteer = Gazetteer::embedded();
    assert!(gazetteer.search("").is_empty() && gazetteer.search("«»").is_empty());
    let first = |query: &str| {
        let results = gazetteer.search(query);
        (gazetteer.place(results[0].place).name_en(), results[0].matched)
    };
    assert_eq!(first("syria"), ("Syria", SearchMatch::Name));
    assert_eq!(first("سراقبل"), ("Saraqib", SearchMatch::OneEdit));
    assert_eq!(first("جسر الشغو"), ("Jisr al-Shughur", SearchMatch::Prefix));
}

#[test]
fn a_search_finds_what_sounds_like_the_query_before_beginnings_and_near_misses() {
    let gazetteer = Gazetteer::embedded();
    let first = |query: &str| {
        let results = gazetteer.search(query);
        (gazetteer.place(results[0].place).id(), results[0].matched)
    };
    assert_eq!(first("Tarnaba"), ("gn:163092", SearchMatch::Name));
    assert_eq!(first("Tarnabba"), ("gn:163092", SearchMatch::Transliteration));
    assert_eq!(first("Саракыб"), ("gn:164816", SearchMatch::Transliteration));
    assert_eq!(first("Ceser Sugur"), ("gn:169023", SearchMatch::Transliteration));
    assert_eq!(first("Kefer Latah"), ("gn:168667", SearchMatch::Transliteration));
}

#[test]
fn similar_names_are_those_of_a_common_key_and_near_enough() {
    let rows = "a:6,Tarnaba,ترنبة,,35.859,36.768,P,PPL,Syria,Idlib,,,test,\n\
        a:7,Turunba,,,35,36,P,PPL,Syria,Idlib,,,test,\na:8,Tarmabish,,,35,36,P,PPL,Syria,Idlib,,,test,\n";
    let gazetteer = Gazetteer::from_bytes(compile(CODES, HEADS, &format!("{HEADER}{ROWS}{rows}")).unwrap()).unwrap();
    let similar = |name: &str| -> Vec<(&str, f64)> {
        gazetteer.similar_names(name).into_iter().map(|similar| (similar.name, similar.distance)).collect()
    };
    assert_eq!(similar("طرنبة"), [("Tarnaba", 0.0), ("Turunba", 0.0)]);
    assert_eq!(similar("Cisr eş Şugur"), [("Jisr ash-Shughur", 0.0)]);
    assert_eq!(similar("سوفه"), [("Suva", 0.0)]);
    assert!(similar("東京").is_empty() && similar("").is_empty());
    let slips = gazetteer.names_one_edit_away("Trnaba");
    assert_eq!(
        slips.iter().map(|slip| (slip.name, slip.agreement)).collect::<Vec<_>>(),
        [("Tarnaba", NameAgreement::OneEdit)]
    );
    assert!(gazetteer.names_one_edit_away("Suv").is_empty(), "too short");
}

#[test]
fn a_key_of_too_many_places_is_left_out() {
    let rows: String = (0..300).map(|at| format!("b:{at:03},Dabbagh,,,35,36,P,PPL,Syria,,,,test,\n")).collect();
    let gazetteer = Gazetteer::from_bytes(compile(CODES, HEADS, &format!("{HEADER}{ROWS}{rows}")).unwrap()).unwrap();
    assert!(gazetteer.similar_names("دباغ").is_empty());
    assert_eq!(gazetteer.search("Dabbagh").len(), 300);
}

#[test]
fn faults_in_the_data_name_file_line_and_column() {
    let check = |places: &str| compile(CODES, HEADS, places).unwrap_err();
    let row = |row: &str| check(&format!("{HEADER}{ROWS}{row}\n"));
    assert_eq!(check(&HEADER.replace("note", "notes")), "places.csv:1:116: unknown column `notes`");
    assert_eq!(check("id,name_en\n"), "places.csv:1:1: column `name_ar` is missing");
    assert_eq!(row("b:1,X,,,95,36,P,PPL,Syria,Idlib,,,test,"), "places.csv:7:9: latitude 95 is not between -90 and 90");
    assert_eq!(
        row("b:1,X,,,35,236,P,PPL,Syria,Idlib,,,test,"),
        "places.csv:7:12: longitude 236 is not between -180 and 180"
    );
    assert_eq!(
        row("b:1,X,,,NaN,36,P,PPL,Syria,Idlib,,,test,"),
        "places.csv:7:9: `NaN` in `lat_deg` is not a number of that kind"
    );
    assert_eq!(row("b:1,X,,,,36,P,PPL,Syria,Idlib,,,test,"), "places.csv:7:9: `lat_deg` is empty");
    assert_eq!(row("b:1,,,,35,36,P,PPL,Syria,Idlib,,,test,"), "places.csv:7:5: `name_en` is empty");
    assert_eq!(row("b:1,X,,,35,36,P,PPL,Syria,Idlib,,,,"), "places.csv:7:35: `source` is empty");
    assert_eq!(
        row("b:1,X,,,35,36,P,PPQ,Syria,Idlib,,,test,"),
        "places.csv:7:17: feature code `PPQ` is not in feature_codes.csv"
    );
    assert_eq!(
        row("b:1,X,,,35,36,A,PPL,Syria,Idlib,,,test,"),
        "places.csv:7:15: feature class `A` does not belong to feature code `PPL`, which is of class `P`"
    );
    assert_eq!(
        row("b:1,X,,,35,36,P,PPL,Syria,Idlib,-5,,test,"),
        "places.csv:7:33: `-5` in `population` is not a number of that kind"
    );
    assert_eq!(
        row("b:1,X,,,35,36,P,PPL,Syria,Idlib,,0,test,"),
        "places.csv:7:34: `0` in `uncertainty_m` is not a number of that kind"
    );
    assert_eq!(
        row("a:1,X,,,35,36,P,PPL,Syria,Idlib,,,test,"),
        "places.csv:7:1: id `a:1` was already given in places.csv:2"
    );
    assert_eq!(row("b:1,X"), "places.csv:7:5: 2 cells where the header has 14");
    assert_eq!(
        compile(&CODES.replace("PPLA,P", "PPLA,Q"), HEADS, HEADER).unwrap_err(),
        "codes.csv:3:6: `Q` is no feature class"
    );
    assert_eq!(
        compile(&CODES.replace("PPLA,P", "PPL,P"), HEADS, HEADER).unwrap_err(),
        "codes.csv:3:1: feature code `PPL` was already given"
    );
    assert_eq!(
        compile(CODES, "head,script,note\nсело,Cyrl,\n", HEADER).unwrap_err(),
        "heads.csv:2:1: `село` is neither an Arabic nor a Latin word"
    );
}

#[test]
fn files_that_are_cut_short_damaged_or_of_another_version_are_refused() {
    let bytes = small();
    assert_eq!(Gazetteer::from_bytes(Vec::new()).unwrap_err(), GazetteerError::NotAGazetteer);
    assert_eq!(Gazetteer::from_bytes(b"id,name_en".to_vec()).unwrap_err(), GazetteerError::NotAGazetteer);
    let mut other = bytes.clone();
    other[8] += 1;
    assert_eq!(Gazetteer::from_bytes(other).unwrap_err(), GazetteerError::Version { found: 4, expected: 3 });
    for len in 8..bytes.len() {
        let error = Gazetteer::from_bytes(bytes[..len].to_vec()).unwrap_err();
        assert!(matches!(error, GazetteerError::Length { .. } | GazetteerError::Damaged(_)), "{len}: {error}");
    }
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1;
        assert!(Gazetteer::from_bytes(damaged).is_err(), "byte {at}");
    }
}

#[test]
fn a_mapped_file_is_read_like_an_owned_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("small.gaz");
    std::fs::write(&path, small()).unwrap();
    let gazetteer = Gazetteer::open(&path).unwrap();
    assert_eq!(gazetteer.check(), Ok(()));
    assert_eq!(ids(&gazetteer, "كفر لاتا"), ["a:1"]);
    let mut damaged = small();
    *damaged.last_mut().unwrap() ^= 1;
    std::fs::write(&path, damaged).unwrap();
    let error = Gazetteer::open(&path).unwrap_err();
    assert!(matches!(error, OpenError::Gazetteer { source: GazetteerError::Damaged("checksum"), .. }), "{error}");
    std::fs::write(&path, "").unwrap();
    assert!(matches!(Gazetteer::open(&path), Err(OpenError::Gazetteer { .. })));
    assert!(matches!(Gazetteer::open(&folder.path().join("none.gaz")), Err(OpenError::Io { .. })));
}

/// Places and roads of a layer that goes on top of [`small`]: one place moved, one new.
const UPPER_ROWS: &str = "a:1,Kafr Lata,كفرلاتا,Lata,35.9,36.7,P,PPL,Syria,Idlib,,,upper,\n\
    b:1,Jisr ash-Shughur,جسر الشغور,,33.1,36.1,P,PPL,Syria,Daraa,,,upper,\n\
    b:2,Idlib,إدلب,,35.9,36.6,A,ADM1,Syria,Idlib,,,upper,\n";

fn upper() -> Gazetteer {
    Gazetteer::from_bytes(compile(CODES, HEADS, &format!("{HEADER}{UPPER_ROWS}")).unwrap()).unwrap()
}

fn stack() -> Gazetteer {
    Gazetteer::from_bytes(small()).unwrap().with(upper()).unwrap()
}

#[test]
fn a_place_of_a_later_layer_hides_the_one_with_its_id_everywhere() {
    let gazetteer = stack();
    let id_of = |index: &PlaceIndex| gazetteer.place(*index).id();
    let kafr_lata = gazetteer.place_by_id("a:1").unwrap();
    let place = gazetteer.place(kafr_lata);
    assert_eq!((place.source(), place.coordinate().lat_deg(), kafr_lata), ("upper", 35.9, PlaceIndex(5)));
    assert_eq!(gazetteer.len(), 7);
    let all: Vec<&str> = gazetteer.indices().map(|index| gazetteer.place(index).id()).collect();
    assert_eq!(all, ["a:2", "a:3", "a:4", "a:5", "a:1", "b:1", "b:2"]);
    // By name: the name that only the hidden row had is gone, the rows of both layers are one list.
    assert_eq!(ids(&gazetteer, "كفر لاتا"), ["a:1"]);
    assert!(ids(&gazetteer, "Kafar Lata").is_empty());
    assert_eq!(ids(&gazetteer, "جسر الشغور"), ["a:2", "b:1"]);
    assert_eq!(gazetteer.search("Jisr ash-Shughur").len(), 2);
    let candidates = gazetteer.names(&name_key("كفرلاتا")).candidates("كفرلاتا");
    assert_eq!(candidates.iter().map(|candidate| candidate.place).collect::<Vec<_>>(), [kafr_lata]);
    // By position: it is where the later layer has it, and there alone.
    let near = |lon, lat| gazetteer.near(Coordinate::new(lon, lat).unwrap(), 2_000.0);
    assert_eq!(near(36.7, 35.9).iter().map(|(place, _)| id_of(place)).collect::<Vec<_>>(), ["a:1"]);
    assert!(near(36.62805, 35.79478).is_empty());
    // Divisions: the later layer's row for the same columns.
    assert_eq!(gazetteer.admin1("Syria", "Idlib").as_ref().map(id_of), Some("b:2"));
    assert_eq!(gazetteer.country("Syria").as_ref().map(id_of), Some("a:3"));
}

#[test]
fn layers_that_disagree_widen_the_radius_and_a_correction_settles_it() {
    let row = |lat: f64| format!("a:1,Kafr Lata,كفر لاتا,,{lat},36.62805,P,PPL,Syria,Idlib,,2000,s,\n");
    let layer = |lat| Gazetteer::from_bytes(compile(CODES, HEADS, &format!("{HEADER}{}", row(lat))).unwrap()).unwrap();
    let radius_m = |gazetteer: &Gazetteer| gazetteer.uncertainty_m(gazetteer.place_by_id("a:1").unwrap());
    assert_eq!(radius_m(&layer(35.80)), 2_000.0);
    let stack = || layer(35.80).with(layer(35.81)).unwrap();
    assert!((radius_m(&stack()) - 3_112.0).abs() < 1.0, "{}", radius_m(&stack()));
    let corrected = |row: &str| {
        let text = format!("action,id,lat_deg,lon_deg,names,reason,source\n{row},r,s\n");
        let rows = corrections::read(Table { file: "my.csv", text: &text }).unwrap();
        radius_m(&stack().corrected(rows).unwrap().0)
    };
    assert_eq!(corrected("move,a:1,35.82,36.62805,"), 2_000.0);
    assert!((corrected("name,a:1,,,Lata") - 3_112.0).abs() < 1.0);
}

#[test]
fn walks_go_through_all_layers_at_once() {
    let gazetteer = stack();
    let mut walk = gazetteer.name_walk();
    assert!(walk.push("جسر") && walk.matches().is_none() && walk.push("الشغور"));
    assert_eq!(walk.matches().unwrap().count(), 2);
    // A name that the upper layer alone has, then one that the lower one alone has.
    for (name, id) in [("lata", "a:1"), ("suva", "a:5")] {
        let mut walk = gazetteer.name_walk();
        assert!(walk.push(name), "{name}");
        let found: Vec<&str> = walk.matches().unwrap().map(|name| gazetteer.place(name.place).id()).collect();
        assert_eq!(found, [id]);
        assert!(!walk.push("x") && walk.matches().is_none());
    }
}

#[test]
fn places_of_two_files_share_a_division_when_their_columns_do() {
    let gazetteer = stack();
    let key = |id: &str| gazetteer.place(gazetteer.place_by_id(id).unwrap()).division_key();
    assert_eq!(key("a:1"), key("a:2"));
    assert_eq!(key("b:1").0, key("a:2").0);
    assert_ne!(key("b:1").1, key("a:2").1);
    assert_eq!(key("a:3").1, 0);
}

#[test]
fn a_road_of_a_later_layer_replaces_that_of_its_reference_and_country() {
    let road =
        |country: &str, source: &str| ROADS.replace("Syria", country).replace("\"test\"", &format!("\"{source}\""));
    let layer = |roads: &str| {
        let table = |file, text| Table { file, text };
        let mut compiler = Compiler::new(table("codes.csv", CODES), None).unwrap();
        compiler.add_roads("roads.geojson", roads).unwrap();
        Gazetteer::from_bytes(compiler.finish("CC0").unwrap().to_bytes()).unwrap()
    };
    let gazetteer = Gazetteer::from_bytes(small()).unwrap();
    let gazetteer = gazetteer.with(layer(&road("Syria", "survey"))).unwrap();
    let gazetteer = gazetteer.with(layer(&road("Russia", "other"))).unwrap();
    let sources: Vec<&str> = gazetteer.roads().iter().map(|road| road.source.as_str()).collect();
    assert_eq!(sources, ["survey", "other"]);
    assert_eq!(gazetteer.road("M4").unwrap().source, "survey");
    assert_eq!(gazetteer.road_by_name("lata road"), Some("M4"));
    assert_eq!(gazetteer.names("lata road").road(), Some("M4"));
}

#[test]
fn a_stack_of_three_asks_all_that_lie_above() {
    let again = |rows: &str| Gazetteer::from_bytes(compile(CODES, HEADS, &format!("{HEADER}{rows}")).unwrap()).unwrap();
    let middle = stack();
    // Asked before the third comes, so that what was found out then must not stay.
    assert_eq!(ids(&middle, "Suva"), ["a:5"]);
    let three = middle.with(again("a:5,Suva,سوفا,Here,-18.1,178.4,P,PPL,Fiji,,,,third,\n")).unwrap();
    assert_eq!(ids(&three, "Suva"), ["a:5"]);
    let suva = three.place(three.place_by_id("a:5").unwrap());
    assert_eq!((suva.source(), suva.index()), ("third", PlaceIndex(8)));
    assert_eq!(three.layer_name(suva.index()), "bytes in memory");
    assert_eq!(three.len(), 7);
    assert_eq!(three.get(PlaceIndex(9)).map(|place| place.index()), None);
    assert_eq!(three.check(), Ok(()));
    assert_eq!(three.licence().matches("CC0").count(), 3);
}

const CORRECTIONS: &str = "action,id,name_en,names,lat_deg,lon_deg,feature_code,into,reason,source\n\
    move,a:1,,,35.9,36.7,,,r,survey\nname,a:1,,Kafr Ltah,,,,,r,s\nforbid,a:1,,Kafar Lata,,,,,r,s\n\
    forbid,,,Suva,,,,,r,s\nmerge,a:4,,,,,,a:3,r,s\nadd,c:1,Corrected,,33,36,PPL,,r,s\nremove,z:9,,,,,,,r,s\n";

fn corrections() -> Vec<Correction> {
    corrections::read(Table { file: "c.csv", text: CORRECTIONS }).unwrap()
}

/// What the corrections above must have made of the sample, by either way.
fn assert_corrected(gazetteer: &Gazetteer, warnings: &[CorrectionWarning]) {
    let place = gazetteer.place(gazetteer.place_by_id("a:1").unwrap());
    assert_eq!((place.coordinate().lat_deg(), place.source()), (35.9, "survey"));
    assert_eq!((place.uncertainty_m(), place.name_ar()), (937.0, Some("كفرلاتا")));
    assert_eq!(ids(gazetteer, "Kafr Ltah"), ["a:1"]);
    assert!(ids(gazetteer, "Kafar Lata").is_empty() && ids(gazetteer, "Suva").is_empty());
    assert_eq!(ids(gazetteer, "سوفا"), ["a:5"]);
    assert_eq!(ids(gazetteer, "إدلب"), ["a:3"], "the names of a merged place stay");
    assert_eq!((gazetteer.place_by_id("a:4"), gazetteer.admin1("Syria", "Idlib")), (None, None));
    assert_eq!(ids(gazetteer, "Corrected"), ["c:1"]);
    assert_eq!(gazetteer.len(), 5);
    assert_eq!(gazetteer.indices().count(), 5);
    let near = gazetteer.near(Coordinate::new(36.62805, 35.79478).unwrap(), 1_000.0);
    assert!(near.is_empty(), "nothing is left where the place was");
    assert_eq!(warnings.len(), 1);
    assert!(warnings[0].to_string().starts_with("c.csv:8: no gazetteer has the id `z:9`"), "{}", warnings[0]);
}

#[test]
fn corrections_over_an_opened_gazetteer_and_over_its_tables_do_the_same() {
    let (opened, warnings) = Gazetteer::from_bytes(small()).unwrap().corrected(corrections()).unwrap();
    assert_corrected(&opened, &warnings);
    for name in ["Suva", "Souva", "Kafar Lata"] {
        let found = opened.similar_names(name);
        assert!(found.iter().all(|found| !["Suva", "Kafar Lata"].contains(&found.name)), "{name}: {found:?}");
    }

    let places = format!("{HEADER}{ROWS}");
    let table = |file, text| Table { file, text };
    let mut compiler = Compiler::new(table("codes.csv", CODES), Some(table("heads.csv", HEADS))).unwrap();
    compiler.correct(corrections());
    compiler.add_places(table("places.csv", &places)).unwrap();
    let warnings = compiler.apply_corrections().unwrap();
    let compiled = Gazetteer::from_bytes(compiler.finish("CC0").unwrap().to_bytes()).unwrap();
    assert_corrected(&compiled, &warnings);
}

#[test]
fn a_place_tells_which_corrections_made_it() {
    let (gazetteer, _) = Gazetteer::from_bytes(small()).unwrap().corrected(corrections()).unwrap();
    let told = |id: &str| {
        let corrections = gazetteer.corrections_of(gazetteer.place_by_id(id).unwrap());
        corrections.iter().map(|correction| correction.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(
        told("a:1"),
        [
            "moved to 36.70000 35.90000: r [survey; c.csv:2]",
            "named Kafr Ltah: r [s; c.csv:3]",
            "not called Kafar Lata: r [s; c.csv:4]"
        ]
    );
    assert_eq!(told("a:3"), ["a:4 merged into a:3: r [s; c.csv:6]"]);
    assert!(told("a:2").is_empty());
    let forbidden: Vec<String> = gazetteer.forbidden_names().map(|(key, _)| key).collect();
    assert!(forbidden.contains(&"suva".to_owned()) && gazetteer.is_forbidden("suva"));
}

#[test]
fn a_layer_on_top_of_corrections_is_not_corrected() {
    let (lower, _) = Gazetteer::from_bytes(small()).unwrap().corrected(corrections()).unwrap();
    let gazetteer = lower.with(Gazetteer::from_bytes(small()).unwrap()).unwrap();
    let place = gazetteer.place_by_id("a:1").unwrap();
    assert_eq!(gazetteer.place(place).coordinate().lat_deg(), 35.79478);
    assert!(gazetteer.corrections_of(place).is_empty());
    assert_eq!(ids(&gazetteer, "Suva"), ["a:5"]);
    assert_eq!(ids(&gazetteer, "Corrected"), ["c:1"]);
    // Corrected once more, the highest row is the one that goes.
    let text = "action,id,reason,source\nremove,a:1,r,s\n";
    let rows = corrections::read(Table { file: "d.csv", text }).unwrap();
    let (gazetteer, warnings) = gazetteer.corrected(rows).unwrap();
    assert!(warnings.is_empty() && gazetteer.place_by_id("a:1").is_none());
    assert!(ids(&gazetteer, "كفرلاتا").is_empty() && ids(&gazetteer, "Kafr Ltah").is_empty());
}

#[test]
fn a_code_that_only_a_layer_knows_survives_a_correction() {
    let codes = format!("{CODES}OWNC,T,own code,1234,\n");
    let row = "d:1,Own Hill,تل,,35,36,T,OWNC,Syria,Idlib,,,test,\n";
    let bytes = compile(&codes, HEADS, &format!("{HEADER}{row}")).unwrap();
    let text = "action,id,lat_deg,lon_deg,reason,source\nmove,d:1,35.5,36.5,r,s\n";
    let rows = corrections::read(Table { file: "d.csv", text }).unwrap();
    let (gazetteer, _) = Gazetteer::from_bytes(bytes).unwrap().corrected(rows).unwrap();
    let place = gazetteer.place(gazetteer.place_by_id("d:1").unwrap());
    assert_eq!((place.feature_code(), place.feature_class()), ("OWNC", FeatureClass::Hypsographic));
    assert_eq!((place.uncertainty_m(), place.coordinate().lat_deg()), (1234.0, 35.5));
}

#[test]
fn the_same_data_give_the_same_bytes() {
    assert_eq!(compile(CODES, HEADS, &format!("{HEADER}{ROWS}")).unwrap(), small());
}

proptest! {
    #[test]
    fn foreign_bytes_never_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = small();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = Gazetteer::from_bytes(bytes.clone());
        bytes.truncate(cut.index(bytes.len() + 1));
        let _ = Gazetteer::from_bytes(bytes);
    }

    #[test]
    fn any_words_can_be_walked_and_searched(words in prop::collection::vec("\\PC{0,12}|[ا-ي]{1,5}", 0..5)) {
        let gazetteer = Gazetteer::embedded();
        let mut walk = gazetteer.name_walk();
        let mut alive = true;
        for word in &words {
            alive = walk.push(word) && alive;
            prop_assert!(alive || walk.matches().is_none());
        }
        let by_key: Vec<_> = gazetteer.names(&words.join(" ")).collect();
        let walked: Vec<_> = walk.matches().into_iter().flatten().collect();
        prop_assert!(words.is_empty() || by_key == walked);
        gazetteer.search(&words.join(" "));
    }
}
