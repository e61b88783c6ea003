//! The output contract, checked from outside: what is written is read back and looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::civil::date;
use masar::gazetteer::Gazetteer;
use masar::geometry::network::RoadNetwork;
use masar::geometry::{locate, place_features};
use masar::model::article::Article;
use masar::model::date::{DatePrecision, EventDate, PartialDate};
use masar::model::event::{
    Event, EventKind, EventMention, Evidence, Modality, Movement, Patrol, PlaceReference, Position, PositionStatus,
    PositionType,
};
use masar::model::feature::ArticleMap;
use masar::model::mention::{
    MentionIndex, MentionKind, MentionRole, RankedCandidate, RelationKind, Resolution, ToponymMention, UnresolvedReason,
};
use masar::model::span::Span;
use masar::writer::Options;
use masar::writer::destination::{write_folder, write_stream};
use masar::writer::geojson::GeoJson;
use masar::writer::layer::{LayerKind, Layers};
use proptest::prelude::*;
use serde_json::Value;

const TEXT: &str = "\u{200f}سيرت القوات الروسية والتركية اليوم الاثنين 17 آب الدورية الرابعة والعشرين على الطريق الدولي \"أم 4\" \
    من عين الحور إلى سراقب، وثبتت نقاطاً جديدة بريف جسر الشغور قرب دمشق 😀 وقرية المجهولة.";

const FILES: [&str; 5] =
    ["events.geojson", "events_lines.geojson", "patrols.geojson", "places.geojson", "positions.geojson"];

fn span_of(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap_or_else(|| panic!("{words} is not in the text"));
    Span::new(start, start + words.len())
}

fn mention(text: &str, words: &str) -> ToponymMention {
    let span = span_of(text, words);
    let kind = MentionKind::Known { candidates: Vec::new() };
    ToponymMention { span, expression: span, kind, cue: None, role: MentionRole::Literal, rule: "known name" }
}

fn resolved(id: &str) -> Resolution {
    let place = Gazetteer::embedded().place_by_id(id).unwrap_or_else(|| panic!("the gazetteer has no {id}"));
    let contributions = vec![("population", 0.5), ("proximity", 1.25)];
    let ranked = vec![RankedCandidate { place, score: 1.75, probability: 0.93, contributions }];
    Resolution::Resolved { place, probability: 0.93, ranked }
}

fn event(kind: EventKind, evidence: Span, date: EventDate) -> Event {
    let merged = EventMention {
        kind,
        actors: ["Russia".to_owned(), "Turkey".to_owned()].into(),
        date,
        modality: Modality::Reported,
        road: Some("M4".to_owned()),
        evidence,
        details: vec![Evidence { span: evidence, rule: "trigger" }],
        attributions: Vec::new(),
        contradictions: Vec::new(),
        continues: None,
    };
    Event { merged, tellings: vec![evidence] }
}

/// An article with one feature of each kind at least, and one of each kind that is not located.
fn sample(id: &str) -> ArticleMap {
    let gazetteer = Gazetteer::embedded();
    let mut mentions = vec![
        mention(TEXT, "أم 4"),
        mention(TEXT, "عين الحور"),
        mention(TEXT, "سراقب"),
        mention(TEXT, "جسر الشغور"),
        mention(TEXT, "دمشق"),
        mention(TEXT, "المجهولة"),
    ];
    mentions[0].kind = MentionKind::Road { reference: "M4".to_owned() };
    mentions[5].kind = MentionKind::Unknown;
    let damascus = gazetteer.search("دمشق").first().map(|result| gazetteer.place(result.place).id()).unwrap();
    let unresolved = |reason| Resolution::Unresolved { reason, ranked: Vec::new() };
    let resolutions = vec![
        unresolved(UnresolvedReason::Road),
        resolved("gn:172221"),
        resolved("gn:164816"),
        resolved("gn:169023"),
        resolved(damascus),
        unresolved(UnresolvedReason::UnknownName),
    ];
    let day = EventDate {
        date: Some(date(2020, 8, 17)),
        precision: DatePrecision::Day,
        span: Some(span_of(TEXT, "الاثنين 17 آب")),
        ..EventDate::default()
    };
    let month = EventDate {
        partial: Some(PartialDate { year: Some(2020), month: Some(3), day: None }),
        precision: DatePrecision::Month,
        ..EventDate::default()
    };
    let before =
        EventDate { date_end: Some(date(2020, 5, 5)), precision: DatePrecision::Before, ..EventDate::default() };
    let patrol = |route: &[usize], ordinal, count| {
        EventKind::Patrol(Patrol {
            ordinal,
            count,
            route: route.iter().copied().map(MentionIndex).collect(),
            ..Patrol::default()
        })
    };
    let reference =
        |mention, relation| PlaceReference { mention: MentionIndex(mention), relation, other: None, distance_m: None };
    let position = |place| {
        EventKind::Position(Position {
            position_type: PositionType::Post,
            status: PositionStatus::New,
            place: reference(place, RelationKind::Countryside { side: None }),
            count: 1,
        })
    };
    let other = |place: Option<usize>| EventKind::Other {
        event_type: "attack".to_owned(),
        place: place.map(|place| reference(place, RelationKind::At)),
        movement: Movement::default(),
    };
    let convoy = |route: &[usize]| EventKind::Other {
        event_type: "convoy".to_owned(),
        place: Some(reference(route[0], RelationKind::At)),
        movement: Movement { route: route.iter().copied().map(MentionIndex).collect(), ..Movement::default() },
    };
    let told = |words| span_of(TEXT, words);
    let events = vec![
        event(patrol(&[1, 2], Some(24), 1), told("الدورية الرابعة والعشرين"), day.clone()),
        event(patrol(&[2], None, 7), told("سيرت القوات"), before),
        event(position(3), told("نقاطاً جديدة"), month),
        event(position(5), told("نقاطاً جديدة"), EventDate::default()),
        event(other(Some(4)), told("قرب دمشق 😀"), day.clone()),
        event(convoy(&[1, 3]), told("من عين الحور"), day),
        event(convoy(&[5, 0]), told("وقرية المجهولة"), EventDate::default()),
        event(other(None), told("وقرية المجهولة"), EventDate::default()),
    ];
    let (events, _) = locate(events, &mentions, &resolutions, &[], &RoadNetwork::new(gazetteer));
    let places = place_features(TEXT, &mentions, &resolutions, &[], &events, gazetteer);
    ArticleMap {
        article: Article { id: id.to_owned(), text: TEXT.to_owned(), ..Article::default() },
        language: "ar".to_owned(),
        published: Some(date(2020, 8, 17)),
        mentions,
        demonyms: Vec::new(),
        approximations: vec![None; resolutions.len()],
        relations: Vec::new(),
        resolutions,
        events,
        places,
    }
}

fn write(maps: &[ArticleMap], folder: &Path) -> BTreeMap<String, String> {
    let layers = Layers::of(maps, Gazetteer::embedded());
    let written = write_folder(&[&GeoJson], &layers, Options::default(), folder).unwrap();
    let collections = written.iter().filter(|path| path.extension().is_some_and(|extension| extension == "geojson"));
    assert_eq!(collections.count(), FILES.len());
    let read = |name: &str| (name.to_owned(), std::fs::read_to_string(folder.join(name)).unwrap());
    FILES.iter().map(|name| read(name)).collect()
}

/// The files by name.
fn files(maps: &[ArticleMap]) -> BTreeMap<String, String> {
    write(maps, tempfile::tempdir().unwrap().path())
}

fn parsed(maps: &[ArticleMap]) -> BTreeMap<String, Value> {
    files(maps).into_iter().map(|(name, text)| (name, serde_json::from_str(&text).unwrap())).collect()
}

fn features(collection: &Value) -> &[Value] {
    collection["features"].as_array().unwrap()
}

fn all_features(collections: &BTreeMap<String, Value>) -> Vec<&Value> {
    collections.values().flat_map(features).collect()
}

#[test]
fn every_kind_has_exactly_the_properties_of_the_contract_in_their_order() {
    const COMMON: &str = "kind title description title_ar article_id source url published evidence evidence_offset \
        evidence_length confidence geometry_quality uncertainty_m";
    const EVENT: &str = "event_type cameo plover acled place place_surface actors modality";
    const DATES: &str = "date date_end date_precision date_partial weekday date_text time_start time_end time_text time_precision \
        time_zone";
    let expected = [
        (
            LayerKind::Patrols,
            format!(
                "{COMMON} {DATES} ordinal ordinal_text counter count actors road route route_surfaces route_text \
                 planned_route area reverse abbreviated full returned undirected modality length_km stated_length_km \
                 series attribution event_key provenance_json"
            ),
        ),
        (
            LayerKind::Positions,
            format!(
                "{COMMON} actor position_type status count place place_surface place_ar relation near_road {DATES} \
                 attribution event_key provenance_json"
            ),
        ),
        (LayerKind::Events, format!("{COMMON} {EVENT} {DATES} attribution event_key provenance_json")),
        (
            LayerKind::EventLines,
            format!(
                "{COMMON} {EVENT} road route route_surfaces route_text returned undirected length_km {DATES} attribution \
                 event_key provenance_json"
            ),
        ),
        (
            LayerKind::Places,
            format!(
                "{COMMON} surface name name_ar country admin1 feature_code gazetteer_id resolved reason candidates \
                 mentions provenance_json"
            ),
        ),
    ];
    let layers = Layers::of(&[sample("a")], Gazetteer::embedded());
    for (kind, names) in expected {
        let names: Vec<&str> = names.split_whitespace().collect();
        let layer = layers.layer(kind);
        assert_eq!(layer.columns.iter().map(|column| column.name).collect::<Vec<_>>(), names);
        assert!(!layer.features.is_empty());
        for feature in &layer.features {
            assert_eq!(feature.values.len(), names.len());
        }
    }
    for feature in all_features(&parsed(&[sample("a")])) {
        assert!(feature["properties"].get("id").is_none());
    }
}

#[test]
fn every_value_has_the_type_of_its_column() {
    let layers = Layers::of(&[sample("a")], Gazetteer::embedded());
    for layer in layers.all() {
        for feature in &layer.features {
            for (column, value) in layer.columns.iter().zip(&feature.values) {
                assert!(column.value_type.takes(value), "{}: {value:?}", column.name);
            }
        }
    }
}

#[test]
fn properties_are_flat_scalars_with_one_type_a_key_over_all_files() {
    let collections = parsed(&[sample("a"), sample("b")]);
    let mut types: BTreeMap<&str, &str> = BTreeMap::new();
    for feature in all_features(&collections) {
        for (key, value) in feature["properties"].as_object().unwrap() {
            let found = match value {
                Value::Null => continue,
                Value::String(_) => "text",
                Value::Bool(_) => "boolean",
                Value::Number(_) => "number",
                Value::Array(_) | Value::Object(_) => panic!("{key} is nested: {value}"),
            };
            assert_eq!(*types.entry(key).or_insert(found), found, "{key}");
        }
    }
    assert_eq!(types["evidence_offset"], "number");
}

#[test]
fn ids_are_unique_sorted_and_independent_of_the_other_articles() {
    let both = parsed(&[sample("a"), sample("b")]);
    let mut seen = BTreeSet::new();
    for collection in both.values() {
        let ids: Vec<&str> = features(collection).iter().map(|feature| feature["id"].as_str().unwrap()).collect();
        assert!(ids.is_sorted());
        for id in ids {
            assert!(seen.insert(id.to_owned()), "{id} stands twice");
        }
    }
    let alone = parsed(&[sample("b")]);
    for feature in all_features(&alone) {
        assert!(seen.contains(feature["id"].as_str().unwrap()));
    }
}

#[test]
fn equal_features_of_one_article_get_ids_of_their_own() {
    let mut map = sample("a");
    map.events.push(map.events[0].clone());
    let collections = parsed(&[map]);
    let ids: Vec<&str> = features(&collections["patrols.geojson"]).iter().map(|f| f["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 3);
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), 3);
    assert!(ids.iter().any(|id| id.ends_with("-2")));
}

#[test]
fn the_same_input_gives_the_same_bytes_in_any_order_of_articles() {
    let there = files(&[sample("a"), sample("b")]);
    let back = files(&[sample("b"), sample("a")]);
    assert_eq!(there, back);
}

#[test]
fn the_evidence_stands_at_its_offset_in_code_points() {
    let collections = parsed(&[sample("a")]);
    let code_points: Vec<char> = TEXT.chars().collect();
    for feature in all_features(&collections) {
        let properties = &feature["properties"];
        let number = |key: &str| usize::try_from(properties[key].as_u64().unwrap()).unwrap();
        let (offset, length) = (number("evidence_offset"), number("evidence_length"));
        let found: String = code_points[offset..offset + length].iter().collect();
        assert_eq!(properties["evidence"], Value::String(found));
        assert!(length > 0);
    }
}

#[test]
fn every_quote_in_the_provenance_stands_at_its_offset() {
    fn check(value: &Value, code_points: &[char], quotes: &mut usize) {
        match value {
            Value::Object(map) => {
                if let (Some(text), Some(offset), Some(length)) =
                    (map.get("text"), map.get("offset"), map.get("length"))
                {
                    let at = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
                    let found: String = code_points[at(offset)..at(offset) + at(length)].iter().collect();
                    assert_eq!(text, &Value::String(found));
                    *quotes += 1;
                }
                map.values().for_each(|value| check(value, code_points, quotes));
            }
            Value::Array(values) => values.iter().for_each(|value| check(value, code_points, quotes)),
            _ => {}
        }
    }
    let code_points: Vec<char> = TEXT.chars().collect();
    let mut quotes = 0;
    for feature in all_features(&parsed(&[sample("a")])) {
        let text = feature["properties"]["provenance_json"].as_str().unwrap();
        check(&serde_json::from_str(text).unwrap(), &code_points, &mut quotes);
    }
    assert!(quotes > 12);
}

#[test]
fn the_box_covers_what_is_drawn_and_nothing_more() {
    fn positions(value: &Value, found: &mut Vec<(f64, f64)>) {
        let Some(values) = value.as_array() else { return };
        match values.as_slice() {
            [lon, lat] if lon.is_number() => found.push((lon.as_f64().unwrap(), lat.as_f64().unwrap())),
            values => values.iter().for_each(|value| positions(value, found)),
        }
    }
    for (name, collection) in parsed(&[sample("a")]) {
        let mut found = Vec::new();
        for feature in features(&collection) {
            positions(&feature["geometry"]["coordinates"], &mut found);
        }
        let edge =
            |pick: fn(&(f64, f64)) -> f64, better: fn(f64, f64) -> f64| found.iter().map(pick).reduce(better).unwrap();
        let expected =
            [edge(|p| p.0, f64::min), edge(|p| p.1, f64::min), edge(|p| p.0, f64::max), edge(|p| p.1, f64::max)];
        assert_eq!(collection["bbox"], serde_json::json!(expected), "{name}");
    }
}

#[test]
fn what_is_not_located_keeps_a_null_geometry_and_no_radius() {
    for (name, collection) in parsed(&[sample("a")]) {
        let unlocated: Vec<&Value> = features(&collection).iter().filter(|f| f["geometry"].is_null()).collect();
        assert!(!unlocated.is_empty(), "{name}");
        for feature in unlocated {
            assert_eq!(feature["properties"]["geometry_quality"], "none");
            assert!(feature["properties"]["uncertainty_m"].is_null());
        }
    }
}

#[test]
fn an_empty_result_is_a_valid_collection_in_every_file() {
    for (name, text) in files(&[]) {
        let collection: geojson::FeatureCollection = text.parse().unwrap();
        assert!(collection.features.is_empty(), "{name}");
        assert!(collection.bbox.is_none());
    }
}

#[test]
fn the_files_hold_one_geometry_type_each_and_no_foreign_member_that_gdal_reads() {
    for (name, text) in files(&[sample("a")]) {
        let _: geojson::FeatureCollection = text.parse().unwrap();
        let collection: Value = serde_json::from_str(&text).unwrap();
        let members: Vec<&String> = collection.as_object().unwrap().keys().collect();
        assert_eq!(members, ["bbox", "features", "name", "type"]);
        for feature in features(&collection) {
            let allowed: &[&str] = if name == "patrols.geojson" || name == "events_lines.geojson" {
                &["LineString", "MultiLineString"]
            } else {
                &["Point"]
            };
            if let Some(found) = feature["geometry"]["type"].as_str() {
                assert!(allowed.contains(&found), "{name}: {found}");
            }
        }
    }
}

#[test]
fn times_are_whole_or_null() {
    for feature in all_features(&parsed(&[sample("a")])) {
        for key in ["time_start", "time_end"] {
            if let Some(time) = feature["properties"].get(key).and_then(Value::as_str) {
                let shape: String = time.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
                assert_eq!(shape, "0000-00-00T00:00:00Z");
            }
        }
        let properties = &feature["properties"];
        if properties.get("date").is_some_and(Value::is_null) {
            assert!(properties["time_start"].is_null());
        }
    }
}

#[test]
fn damascus_is_36_east_and_33_north() {
    let collections = parsed(&[sample("a")]);
    let damascus = features(&collections["places.geojson"])
        .iter()
        .find(|feature| feature["properties"]["name"] == "Damascus")
        .unwrap();
    let at = |index: usize| damascus["geometry"]["coordinates"][index].as_f64().unwrap();
    assert!((at(0) - 36.3).abs() < 0.1 && (at(1) - 33.5).abs() < 0.1);
}

#[test]
fn coordinates_have_six_decimals_at_most() {
    for text in files(&[sample("a")]).values() {
        for part in text.split("\"coordinates\":").skip(1) {
            let coordinates = part.split('}').next().unwrap();
            for number in coordinates.split([',', '[', ']']).filter(|number| number.contains('.')) {
                assert!(number.split('.').nth(1).unwrap().len() <= 6, "{number}");
            }
        }
    }
}

#[test]
fn a_stream_gets_all_kinds_in_one_collection() {
    let layers = Layers::of(&[sample("a")], Gazetteer::embedded());
    let mut bytes = Vec::new();
    write_stream(&GeoJson, &layers, Options::default(), &mut bytes).unwrap();
    let collection: Value = serde_json::from_slice(&bytes).unwrap();
    let count: usize = layers.all().iter().map(|layer| layer.features.len()).sum();
    assert_eq!(features(&collection).len(), count);
}

#[test]
fn a_patrol_reads_well() {
    let collections = parsed(&[sample("a")]);
    let patrol = features(&collections["patrols.geojson"])
        .iter()
        .map(|feature| &feature["properties"])
        .find(|properties| properties["ordinal"] == 24)
        .unwrap();
    assert_eq!(patrol["title"], "24th joint Russian-Turkish patrol on the M4: Ain al-Hour → Saraqib");
    assert_eq!(patrol["title_ar"], "دورية مشتركة روسية تركية رقم 24 على الطريق M4: عين الحور ← سراقب");
    assert_eq!(patrol["route"], "Ain al-Hour; Saraqib");
    assert_eq!(patrol["route_surfaces"], "عين الحور; سراقب");
    assert_eq!(patrol["actors"], "Russia; Turkey");
    assert_eq!(patrol["event_key"], "patrol|M4|2020-08-17");
    assert_eq!(patrol["time_end"], "2020-08-17T23:59:59Z");
    let description = patrol["description"].as_str().unwrap();
    assert!(description.starts_with("On Monday 17 August 2020. Stops in the order of travel: Ain al-Hour, Saraqib."));
}

#[test]
fn a_convoy_that_tells_a_route_is_a_line_and_reads_well() {
    let collections = parsed(&[sample("a")]);
    let lines = features(&collections["events_lines.geojson"]);
    assert_eq!(lines.len(), 2);
    let drawn = lines.iter().find(|feature| !feature["geometry"].is_null()).unwrap();
    assert_eq!(drawn["properties"]["title"], "Convoy: Ain al-Hour → Jisr al-Shughur");
    assert_eq!(drawn["properties"]["title_ar"], "رتل عسكري: عين الحور ← جسر الشغور");
    assert_eq!(drawn["properties"]["route_surfaces"], "عين الحور; جسر الشغور");
    assert!(drawn["properties"]["length_km"].as_f64().unwrap() > 10.0);
}

proptest! {
    #[test]
    fn any_span_of_any_text_is_quoted_at_its_offset(
        text in "[اأإآبتةىيئؤـًَ 0-9a-z\"\\\\\\n\u{200f}\u{0301}😀]{1,60}",
        start in 0usize..80,
        length in 0usize..80,
    ) {
        let mut map = sample("a");
        map.article.text = text.clone();
        for event in &mut map.events {
            event.event.merged.evidence = Span::new(start, start + length);
        }
        let collections = parsed(&[map]);
        let code_points: Vec<char> = text.chars().collect();
        for feature in all_features(&collections) {
            let properties = &feature["properties"];
            let number = |key: &str| usize::try_from(properties[key].as_u64().unwrap()).unwrap();
            let (offset, length) = (number("evidence_offset"), number("evidence_length"));
            let found: String = code_points[offset..offset + length].iter().collect();
            prop_assert_eq!(&properties["evidence"], &Value::String(found));
        }
    }
}
