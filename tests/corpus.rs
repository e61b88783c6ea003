//! The corpus: every article with gold is read and scored, and no figure may fall.
//!
//! `cargo test --test corpus -- --nocapture` prints the tables and every miss.

mod corpus_score;

use std::path::Path;
use std::sync::OnceLock;

use corpus_score::{Score, articles, score_article};
use masar::diagnostic::{Diagnostic, DiagnosticCode};
use masar::gazetteer::Gazetteer;
use masar::model::article::Article;
use masar::pipeline::Pipeline;
use masar::writer::layer::Layers;
use serde_json::Value;

fn pipeline() -> &'static Pipeline<'static> {
    static PIPELINE: OnceLock<Pipeline<'static>> = OnceLock::new();
    PIPELINE.get_or_init(|| Pipeline::new(Gazetteer::embedded()).unwrap_or_else(|error| panic!("{error}")))
}

/// The features that the GeoJSON writer makes of one article.
fn features(id: &str, text: &str) -> (Vec<Value>, Vec<Diagnostic>) {
    let article = Article { id: id.into(), text: text.into(), ..Article::default() };
    let (map, diagnostics) = pipeline().read(article);
    let layers = Layers::of(&[map], pipeline().gazetteer());
    let mut written = Vec::new();
    masar::writer::format("geojson").expect("listed").write_stream(&layers, &mut written).expect("writes to memory");
    let mut collection: Value = serde_json::from_slice(&written).expect("valid JSON");
    let Value::Array(features) = collection["features"].take() else { panic!("a FeatureCollection has features") };
    (features, diagnostics)
}

fn folder(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(name)
}

fn score(name: &str) -> Score {
    let mut score = Score::default();
    for (id, text, gold) in articles(&folder(name)) {
        score_article(&mut score, &id, &gold, &features(&id, &text).0);
    }
    println!("\n{name}: {}\n{}", score.table(), score.errors.join("\n"));
    score
}

/// The least F1 of places, patrols, patrols strict, positions and positions strict, and the least
/// share of places within 5 km. They only ever go up.
struct Floors {
    f1: [f64; 5],
    resolution: f64,
}

fn hold(score: &Score, floors: &Floors) {
    let tallies = [score.places, score.patrols, score.patrols_strict, score.positions, score.positions_strict];
    let names = ["places", "patrols", "patrols strict", "positions", "positions strict"];
    for ((tally, floor), name) in tallies.iter().zip(floors.f1).zip(names) {
        assert!(tally.f1() >= floor, "{name}: F1 {:.3} fell below {floor}\n{}", tally.f1(), score.errors.join("\n"));
    }
    let resolution = score.resolution();
    assert!(resolution >= floors.resolution, "resolution {resolution:.3} fell below {}", floors.resolution);
}

#[test]
fn development_articles_score_at_least_as_well_as_before() {
    hold(&score("dev"), &Floors { f1: [0.99, 1.0, 1.0, 0.92, 0.92], resolution: 0.96 });
}

#[test]
fn authored_articles_score_at_least_as_well_as_before() {
    hold(&score("authored"), &Floors { f1: [0.99, 1.0, 1.0, 1.0, 1.0], resolution: 0.99 });
}

/// The article of the README, of which more is asked than the score counts.
fn reversed_patrol() -> (Vec<Value>, Vec<Diagnostic>) {
    let path = folder("authored").join("m4-reversed-patrol.txt");
    features("m4-reversed-patrol", &std::fs::read_to_string(path).expect("in the repository"))
}

fn of_kind<'f>(features: &'f [Value], kind: &str) -> Vec<&'f Value> {
    features.iter().map(|feature| &feature["properties"]).filter(|properties| properties["kind"] == kind).collect()
}

#[test]
fn several_abbreviated_patrols_are_one_feature_before_a_day() {
    let (features, _) = reversed_patrol();
    let aggregates: Vec<_> = of_kind(&features, "patrol").into_iter().filter(|patrol| patrol["count"] != 1).collect();
    let [aggregate] = aggregates.as_slice() else { panic!("one aggregate, not {}", aggregates.len()) };
    assert_eq!(aggregate["count"], 6);
    assert_eq!(aggregate["date_precision"], "before");
    assert_eq!(aggregate["date_end"], "2020-05-10");
    assert_eq!(aggregate["abbreviated"], true);
}

#[test]
fn a_patrol_told_in_two_paragraphs_is_one_feature() {
    let (features, _) = reversed_patrol();
    let reversed: Vec<_> =
        of_kind(&features, "patrol").into_iter().filter(|patrol| patrol["reverse"] == true).collect();
    let [patrol] = reversed.as_slice() else { panic!("one reversed patrol, not {}", reversed.len()) };
    assert_eq!(patrol["ordinal"], 21);
    assert_eq!(
        patrol["route"], "Badama; Jisr al-Shughur; Muhambal; Bsanqul; Urum al-Jawz; Ariha; Tronba",
        "the second telling adds the stops on the way"
    );
    let provenance: Value = serde_json::from_str(patrol["provenance_json"].as_str().expect("text")).expect("JSON");
    assert!(provenance["tellings"].as_array().is_some_and(|tellings| tellings.len() >= 2));
}

#[test]
fn the_call_the_agreement_and_the_suspension_are_events() {
    let (features, _) = reversed_patrol();
    let events = of_kind(&features, "event");
    let find = |event_type: &str| events.iter().find(|event| event["event_type"] == event_type);
    assert_eq!(find("phone_call").expect("told")["date"], "2020-07-23");
    let agreement = find("agreement").expect("told");
    assert_eq!((&agreement["date"], &agreement["place"]), (&"2018-09-17".into(), &"Sochi".into()));
    assert!(find("suspension").is_some());
}

#[test]
fn a_length_that_the_map_contradicts_is_a_diagnostic() {
    let (_, diagnostics) = reversed_patrol();
    let contradiction = diagnostics.iter().find(|diagnostic| diagnostic.code == DiagnosticCode::LengthContradiction);
    assert!(contradiction.expect("told").message.contains("3 km"));
}
