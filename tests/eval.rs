//! `masar eval` as a person meets it who has annotated articles.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::{Value, json};
use tempfile::TempDir;

const ARTICLE: &str = "سيرت القوات الروسية والتركية يوم الاثنين 17 آب 2020 الدورية المشتركة الرابعة والعشرين على الطريق \
    الدولي \"M4\".\nوانطلقت الدورية من بلدة ترنبة باتجاه مدينة أريحا.\n";

/// Where words stand in the article, in code points.
fn offset(words: &str) -> usize {
    let at = ARTICLE.find(words).expect("in the article");
    ARTICLE[..at].chars().count()
}

fn place(surface: &str, canonical: &str, lon: f64, lat: f64) -> Value {
    json!({
        "surface": surface, "start": offset(surface), "canonical_en": canonical, "kind": "settlement",
        "role": "literal", "lon": lon, "lat": lat, "coord_conf": "high",
    })
}

/// What the article reports.
fn gold() -> Value {
    let evidence = "الدورية المشتركة الرابعة والعشرين";
    json!({
        "places": [
            place("ترنبة", "Tronba", 36.767841, 35.859665),
            place("أريحا", "Ariha", 36.61034, 35.81459),
            {"surface": "M4", "start": offset("M4"), "canonical_en": "M4", "kind": "road", "role": "literal"},
        ],
        "patrols": [{
            "date": "2020-08-17", "ordinal": 24, "actors": ["Russia", "Turkey"], "road": "M4",
            "route": ["Tronba", "Ariha"], "evidence": evidence, "evidence_start": offset(evidence),
        }],
        "positions": [],
    })
}

/// A folder `gold` with one annotated article.
fn annotated(gold: &Value) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    add(folder.path(), "a", gold);
    folder
}

fn add(folder: &Path, id: &str, gold: &Value) {
    let articles = folder.join("gold");
    fs::create_dir_all(&articles).unwrap();
    fs::write(articles.join(format!("{id}.txt")), ARTICLE).unwrap();
    fs::write(articles.join(format!("{id}.gold.json")), gold.to_string()).unwrap();
}

/// Runs in a folder and returns the exit code, standard output and standard error.
fn masar(folder: &TempDir, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("masar"));
    let output = command.env_remove("RUST_BACKTRACE").current_dir(folder.path()).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn figures(folder: &TempDir, arguments: &[&str]) -> Value {
    let (code, out, err) = masar(folder, &[arguments, &["--json"]].concat());
    assert_eq!(code, 0, "{err}");
    serde_json::from_str(&out).unwrap()
}

#[test]
fn an_annotated_folder_is_read_and_scored() {
    let folder = annotated(&gold());
    let (code, out, err) = masar(&folder, &["eval", "gold"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(
        out,
        "1 articles\n\
         places             P 1.000  R 1.000  F1 1.000   (3 right, 0 invented, 0 missed)\n\
         patrols            P 1.000  R 1.000  F1 1.000   (1 right, 0 invented, 0 missed)\n\
         patrols_strict     P 1.000  R 1.000  F1 1.000   (1 right, 0 invented, 0 missed)\n\
         positions          P 1.000  R 1.000  F1 1.000   (0 right, 0 invented, 0 missed)\n\
         positions_strict   P 1.000  R 1.000  F1 1.000   (0 right, 0 invented, 0 missed)\n\
         resolution @5 km   1.000 of 2 places (1.000 of those found)\n\
         patrol fields      actors 1.000  date 1.000  ordinal 1.000  road 1.000  route 1.000\n"
    );
}

#[test]
fn a_map_made_before_scores_as_one_made_now() {
    let mut wrong = gold();
    wrong["patrols"][0]["date"] = "2020-08-18".into();
    let folder = annotated(&wrong);
    let (code, _, err) = masar(&folder, &["map", "gold/a.txt", "-o", "maps/deep"]);
    assert_eq!(code, 0, "{err}");
    let made = masar(&folder, &["eval", "gold", "--errors"]);
    assert_eq!(masar(&folder, &["eval", "gold", "--errors", "--predictions", "maps"]), made);
    assert!(made.1.contains("patrol date: want \"2020-08-18\", read \"2020-08-17\""), "{}", made.1);
}

#[test]
fn planted_mistakes_are_listed_with_their_line_and_what_was_read() {
    let mut wrong = gold();
    // Jericho, of which the article does not tell.
    wrong["places"][1]["lon"] = 35.45.into();
    wrong["places"][1]["lat"] = 31.86.into();
    wrong["places"].as_array_mut().unwrap().remove(0);
    wrong["positions"] = json!([{"actor": "Turkey", "place": "Ariha", "evidence": "مدينة أريحا"}]);
    let folder = annotated(&wrong);
    let (code, out, _) = masar(&folder, &["eval", "gold", "--errors"]);
    assert_eq!(code, 0, "mistakes are a result and no failure");
    let lines: Vec<&str> = out.lines().take_while(|line| *line != "1 articles").collect();
    let found = |start: &str, rest: &str| lines.iter().any(|line| line.starts_with(start) && line.contains(rest));
    let column = |words| 1 + offset(words) - offset("وانطلقت");
    assert!(found(&format!("gold/a.txt:2:{}: place invented: ", column("ترنبة")), "«ترنبة»"), "{out}");
    assert!(found(&format!("gold/a.txt:2:{}: place location: ", column("أريحا")), "km away"), "{out}");
    assert!(
        found(&format!("gold/a.txt:2:{}: position missed: Turkey at Ariha", column("مدينة أريحا")), "nothing was read"),
        "{out}"
    );
    assert!(found("gold/a.txt:1:", "patrol route: want Tronba → Ariha, read tronba → Ariha"), "{out}");

    let figures = figures(&folder, &["eval", "gold", "--errors"]);
    let errors = figures["errors"].as_array().unwrap();
    assert_eq!(errors.len(), lines.len());
    let missed = errors.iter().find(|error| error["fault"] == "missed").expect("the position");
    assert_eq!(missed["offset"], offset("مدينة أريحا"));
    assert_eq!((&missed["article"], &missed["subject"], &missed["line"]), (&"a".into(), &"position".into(), &2.into()));
    assert_eq!((&missed["wanted"], &missed["read"]), (&"Turkey at Ariha".into(), &Value::Null));
}

#[test]
fn the_json_has_every_figure_and_what_else_was_asked_for() {
    let folder = annotated(&gold());
    let plain = figures(&folder, &["eval", "gold"]);
    let keys: Vec<&String> = plain.as_object().unwrap().keys().collect();
    let expected = [
        "articles",
        "failed",
        "patrol_fields",
        "patrols",
        "patrols_strict",
        "places",
        "positions",
        "positions_strict",
        "resolution_5km",
        "resolution_5km_of_found",
        "resolution_n",
    ];
    assert_eq!(keys, expected);
    assert_eq!(plain["places"], json!({"p": 1.0, "r": 1.0, "f1": 1.0, "tp": 3, "fp": 0, "fn": 0}));

    let full = figures(&folder, &["eval", "gold", "--errors", "--by-article", "--calibration"]);
    assert_eq!((&full["errors"], &full["by_article"][0]["article"]), (&json!([]), &json!("a")));
    for (kind, count) in [("places", 3), ("patrols", 1), ("positions", 0), ("all", 4)] {
        let reliability = &full["calibration"][kind];
        assert_eq!(reliability["count"], count, "{kind}");
        assert_eq!(reliability["bins"].as_array().unwrap().len(), 10);
        assert!(reliability["ece"].as_f64().is_some_and(|error| (0.0..=1.0).contains(&error)));
    }
}

#[test]
fn the_reliability_table_tells_how_sure_and_how_right() {
    let folder = annotated(&gold());
    let (code, out, err) = masar(&folder, &["eval", "gold", "--calibration"]);
    assert_eq!(code, 0, "{err}");
    let heads: Vec<&str> = out.lines().filter(|line| !line.starts_with(' ')).collect();
    assert_eq!(heads, ["places", "patrols", "positions", "all"]);
    let all: Vec<&str> = out.lines().last().into_iter().chain(out.lines().rev().nth(1)).collect();
    assert!(all[0].contains("no line is fitted") && all[1].contains("ECE 0."), "{out}");
}

#[test]
fn bad_gold_is_told_with_the_file_and_the_rest_is_scored() {
    let folder = annotated(&gold());
    let mut beyond = gold();
    beyond["places"][0]["start"] = 5000.into();
    add(folder.path(), "beyond", &beyond);
    let mut shifted = gold();
    shifted["places"][0]["start"] = (offset("ترنبة") + 1).into();
    add(folder.path(), "shifted", &shifted);
    fs::write(folder.path().join("gold/broken.gold.json"), "{\"places\": [").unwrap();
    fs::write(folder.path().join("gold/broken.txt"), ARTICLE).unwrap();
    fs::write(folder.path().join("gold/lone.gold.json"), gold().to_string()).unwrap();
    let (code, out, err) = masar(&folder, &["eval", "gold"]);
    assert_eq!(code, 1, "{err}");
    assert!(out.starts_with("1 articles\n"), "{out}");
    let told = |message: &str| assert!(err.contains(message), "{message}\n{err}");
    told("error: gold/beyond.gold.json: places[0] \"ترنبة\" starts at 5000, beyond the text of");
    told("error: gold/shifted.gold.json: places[0] \"ترنبة\" does not stand at");
    told(&format!("the first one starts at {}", offset("ترنبة")));
    told("error: gold/broken.gold.json:1:12: EOF while parsing a list: correct the annotation");
    told("error: gold/lone.gold.json has no text: put the article into gold/lone.txt beside it");
    told("(4 failed)");
}

#[test]
fn without_gold_or_maps_nothing_is_scored() {
    let folder = annotated(&gold());
    fs::create_dir(folder.path().join("empty")).unwrap();
    let (code, out, err) = masar(&folder, &["eval", "empty"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("there is no *.gold.json in the folder empty: annotate each article"), "{err}");

    let (code, _, err) = masar(&folder, &["eval", "gold", "--predictions", "empty"]);
    assert_eq!(code, 2);
    assert!(err.contains("there is no *.geojson in the folder empty"), "{err}");

    // One of two folders is good.
    let (code, out, _) = masar(&folder, &["eval", "gold", "empty"]);
    assert_eq!((code, out.lines().next()), (1, Some("1 articles")));
}

#[test]
fn maps_of_other_articles_are_noticed() {
    let folder = annotated(&gold());
    fs::create_dir(folder.path().join("maps")).unwrap();
    fs::write(folder.path().join("maps/x.geojson"), r#"{"type": "FeatureCollection", "features": []}"#).unwrap();
    let (code, out, err) = masar(&folder, &["eval", "gold", "--predictions", "maps"]);
    assert_eq!(code, 0, "an empty map is a map");
    assert!(err.contains("note: no feature has the article_id a"), "{err}");
    assert!(out.contains("(0 right, 0 invented, 3 missed)"), "{out}");
}
