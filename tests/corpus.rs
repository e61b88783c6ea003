//! The corpus: every article with gold is read and scored, and no figure may fall.
//!
//! `cargo test --test corpus -- --nocapture` prints the tables and every miss.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use masar::diagnostic::{Diagnostic, DiagnosticCode};
use masar::evaluation::Evaluation;
use masar::evaluation::calibration::Reliability;
use masar::evaluation::feature::{self, Feature};
use masar::evaluation::finding::{Finding, Subject};
use masar::evaluation::gold::{Gold, GoldArticle, GoldFile, gold_files};
use masar::gazetteer::Gazetteer;
use masar::model::article::Article;
use masar::pipeline::Pipeline;
use masar::writer::Options;
use masar::writer::destination::write_stream;
use masar::writer::geojson::GeoJson;
use masar::writer::layer::Layers;
use serde_json::Value;

fn pipeline() -> &'static Pipeline<'static> {
    static PIPELINE: OnceLock<Pipeline<'static>> = OnceLock::new();
    PIPELINE.get_or_init(|| Pipeline::new(Gazetteer::embedded()).unwrap_or_else(|error| panic!("{error}")))
}

/// What the GeoJSON writer makes of one article.
fn written(id: &str, text: &str) -> (Vec<u8>, Vec<Diagnostic>) {
    let article = Article { id: id.into(), text: text.into(), ..Article::default() };
    let (map, diagnostics) = pipeline().read(article);
    let layers = Layers::of(&[map], pipeline().gazetteer());
    let mut written = Vec::new();
    write_stream(&GeoJson, &layers, Options::default(), &mut written).expect("writes to memory");
    (written, diagnostics)
}

/// Its features as a program that reads GeoJSON sees them.
fn features(id: &str, text: &str) -> (Vec<Value>, Vec<Diagnostic>) {
    let (written, diagnostics) = written(id, text);
    let mut collection: Value = serde_json::from_slice(&written).expect("valid JSON");
    let Value::Array(features) = collection["features"].take() else { panic!("a FeatureCollection has features") };
    (features, diagnostics)
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(name)
}

fn corpus(name: &str) -> Vec<GoldArticle> {
    let files = gold_files(&folder(name)).unwrap_or_else(|error| panic!("{error}"));
    let article = |file: GoldFile| {
        let text = std::fs::read_to_string(&file.text).unwrap_or_else(|error| panic!("{}: {error}", file.id));
        let gold = Gold::read(&file.gold, &text).unwrap_or_else(|error| panic!("{error}"));
        GoldArticle { id: file.id, text, gold }
    };
    files.into_iter().map(article).collect()
}

fn evaluate(article: &GoldArticle) -> Evaluation {
    let features: Vec<Feature> = feature::features(&written(&article.id, &article.text).0).expect("GeoJSON");
    Evaluation::of(article, &features)
}

/// The findings as lines for a person.
fn told(evaluation: &Evaluation) -> String {
    let line = |finding: &Finding| {
        let at = finding.position.map_or(String::new(), |at| format!(":{at}"));
        format!("{}{at}: {finding}", finding.article)
    };
    evaluation.findings.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn evaluation(name: &str) -> Evaluation {
    let mut evaluation = Evaluation::default();
    corpus(name).iter().for_each(|article| evaluation.add(evaluate(article)));
    println!("\n{name}: {}\n{}", evaluation.score.table(), told(&evaluation));
    evaluation
}

/// The least that a folder must reach. Floors only ever go up.
struct Floors {
    /// F1 of places, patrols, patrols strict, positions and positions strict.
    f1: [f64; 5],
    /// Share of the sure places that lie within 5 km.
    resolution: f64,
    /// Share that is right in each property of the patrols: actors, date, ordinal, road, route.
    patrol_field: f64,
}

fn hold(evaluation: &Evaluation, floors: &Floors) {
    let score = &evaluation.score;
    let tallies = score.tallies().into_iter().zip(floors.f1);
    let mut figures: Vec<(&str, f64, f64)> = tallies.map(|((name, tally), floor)| (name, tally.f1(), floor)).collect();
    figures.push(("resolution", score.resolution(), floors.resolution));
    figures.extend(score.patrol_shares().map(|(name, share)| (name, share, floors.patrol_field)));
    let fallen: Vec<String> = figures
        .iter()
        .filter(|(_, figure, floor)| figure < floor)
        .map(|(name, figure, floor)| format!("{name}: {figure:.4} fell below {floor}"))
        .collect();
    assert!(fallen.is_empty(), "{}\n{}", fallen.join("\n"), told(evaluation));
}

#[test]
fn development_articles_score_at_least_as_well_as_before() {
    hold(&evaluation("dev"), &Floors { f1: [0.99, 1.0, 1.0, 0.92, 0.92], resolution: 0.96, patrol_field: 1.0 });
}

#[test]
fn authored_articles_score_at_least_as_well_as_before() {
    hold(&evaluation("authored"), &Floors { f1: [0.99, 1.0, 1.0, 1.0, 1.0], resolution: 0.99, patrol_field: 1.0 });
}

/// Written from an inventory of wordings by somebody who had not seen the rules: the figures of
/// these are nearest to what an unknown article gets.
#[test]
fn articles_written_blind_score_at_least_as_well_as_before() {
    hold(&evaluation("patterns"), &Floors { f1: [0.97, 1.0, 0.88, 0.90, 0.86], resolution: 0.89, patrol_field: 0.88 });
}

/// The same in English, Turkish and Russian. On the first reading their patrols had an F1 of .84,
/// .71 and .71, strict .32, .00 and .00.
#[test]
fn articles_in_other_languages_score_at_least_as_well_as_before() {
    hold(
        &evaluation("languages"),
        &Floors { f1: [0.99, 0.93, 0.57, 0.86, 0.79], resolution: 0.97, patrol_field: 0.66 },
    );
}

/// The most by which what a folder's features say of themselves may differ from how many are right
/// (expected calibration error). The folders that the rules were tuned on have hardly an error, and
/// other articles will: their confidences are modest on purpose.
#[test]
fn confidences_are_calibrated() {
    let mut all = Evaluation::default();
    for (name, ceiling) in [("dev", 0.05), ("authored", 0.04), ("patterns", 0.03)] {
        let evaluation = evaluation(name);
        let reliability = Reliability::of(&evaluation.judgements);
        println!("{name}\n{}", reliability.table());
        assert!(reliability.count() > 150, "{name}: only {} features are judged", reliability.count());
        assert!(reliability.error() <= ceiling, "{name}: above {ceiling}\n{}", reliability.table());
        all.add(evaluation);
    }
    for subject in [Subject::Place, Subject::Patrol, Subject::Position] {
        let reliability = Reliability::of(all.judgements.iter().filter(|judgement| judgement.subject == subject));
        println!("{subject:?}\n{}", reliability.table());
        let gap = reliability.share_right() - reliability.mean_confidence();
        assert!((-0.01..=0.08).contains(&gap), "{subject:?} by {gap:.3}\n{}", reliability.table());
    }
}

/// Reads an article about a famous homonym: every sure place of its gold must be found and lie
/// within 5 km, and `surface` must be the place with this English name, division and country.
fn check_homonym(id: &str, surface: &str, expected: [&str; 3]) {
    let article = corpus("authored").into_iter().find(|article| article.id == id).expect("in the repository");
    let evaluation = evaluate(&article);
    assert!(evaluation.score.sure > 1 && evaluation.findings.is_empty(), "{id}:\n{}", told(&evaluation));
    let (features, _) = features(&article.id, &article.text);
    let places = of_kind(&features, "place");
    let place = places.iter().find(|place| place["surface"] == surface).expect("named in the article");
    assert_eq!([&place["name"], &place["admin1"], &place["country"]], expected, "{id}: {surface}");
    assert!(place["candidates"].as_u64().is_some_and(|candidates| candidates > 1), "{surface} is no homonym");
}

#[test]
fn jericho_is_meant_where_the_article_is_about_the_west_bank() {
    check_homonym("jericho", "أريحا", ["Jericho", "Jericho", "Palestine"]);
}

#[test]
fn ariha_is_meant_where_the_article_is_about_the_m4() {
    check_homonym("ain-hour-m4", "أريحا", ["Ariha", "Idlib", "Syria"]);
    check_homonym("m4-reversed-patrol", "أريحا", ["Ariha", "Idlib", "Syria"]);
}

#[test]
fn nayrab_is_the_one_that_its_neighbours_stand_beside() {
    check_homonym("nayrab-aleppo", "النيرب", ["Nayrab", "Aleppo", "Syria"]);
    check_homonym("m4-reversed-patrol", "النيرب", ["Nayrab", "Idlib", "Syria"]);
}

#[test]
fn ain_hour_is_the_one_of_the_road_or_the_district_that_the_article_names() {
    check_homonym("ain-hour-m4", "عين حور", ["Ain al-Hour", "Latakia", "Syria"]);
    check_homonym("zabadani", "عين حور", ["Ain Hour", "Rif Dimashq", "Syria"]);
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
