//! `masar places` and JSON Lines, from outside: what a pipe gives and gets.

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

fn masar() -> Command {
    Command::cargo_bin("masar").expect("the binary is built")
}

/// The mentions of one text, as the command writes them.
fn mentions(text: &str, arguments: &[&str]) -> Vec<Value> {
    let run = masar().args(["places", "-q", "-"]).args(arguments).write_stdin(text).assert().success();
    let line: Value = serde_json::from_slice(&run.get_output().stdout).expect("one line of JSON");
    line["mentions"].as_array().expect("a list").clone()
}

/// The words of each mention, cut out of the text by its offsets.
fn surfaces(text: &str, arguments: &[&str]) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let offset = |mention: &Value, key: &str| mention[key].as_u64().expect("an offset") as usize;
    let words = |mention: &Value| {
        let surface: String = characters[offset(mention, "start")..offset(mention, "end")].iter().collect();
        assert_eq!(mention["surface"], surface.as_str(), "the offsets are code points");
        surface
    };
    mentions(text, arguments).iter().map(words).collect()
}

#[test]
fn a_mention_has_offsets_coordinates_and_candidates() {
    let text = "دوت انفجارات في مدينة أريحا بريف إدلب.";
    let found = mentions(text, &[]);
    let ariha = &found[0];
    assert_eq!(ariha["surface"], "مدينة أريحا");
    assert_eq!((ariha["name_end"].as_u64(), ariha["end"].as_u64()), (Some(27), Some(27)));
    assert_eq!(ariha["name_start"], 22);
    assert_eq!(ariha["gazetteer_id"], "gn:172994");
    assert!((ariha["lat"].as_f64().expect("a latitude") - 35.81).abs() < 0.02);
    assert_eq!(ariha["candidates"][0]["gazetteer_id"], "gn:172994");
    assert!(ariha["candidates"].as_array().expect("a list").len() > 1, "Jericho bears the name too");
    let keys = |mention: &Value| mention.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    assert!(found.iter().all(|mention| keys(mention) == keys(ariha)), "every mention has the same members");
}

#[test]
fn class_nouns_sites_and_hashtags_are_taken_as_they_are_written() {
    assert_eq!(surfaces("حريق في معهد الأورام قرب جامعة القاهرة", &[]), ["معهد الأورام", "جامعة القاهرة"]);
    assert_eq!(
        surfaces("#سيول_الأردن في #العقبة و #محافظة_معان https://t.co/m5z @AJA_Egypt", &[]),
        ["العقبة", "محافظة_معان"]
    );
    assert_eq!(surfaces("#سيول_الأردن", &["--all"]), ["الأردن"]);
    assert_eq!(surfaces("Sheriffs of Plymouth County and of Idlib province met.", &[]), ["Plymouth County", "Idlib"]);
}

#[test]
fn words_are_no_names() {
    for text in [
        "لكن الحالة المطرية قد تكون مستمرة، وكيف يكون ذلك",
        "قال مواطن كويتي إنه لا يزال لديه وقت",
        "They sent us a turkey, and it may be a polish one.",
        "Georgia Stevens met Nancy Kellogg. Kellogg said that Georgia won.",
    ] {
        assert_eq!(surfaces(text, &[]), [""; 0], "{text}");
    }
}

#[test]
fn english_names_by_division_adjective_and_abbreviation() {
    let found = mentions("COLUMBIA, Ky. (AP) - A Syrian man from Foobarville, Kentucky, left the U.S. on Monday.", &[]);
    let told: Vec<(&str, &str, Option<&str>)> = found
        .iter()
        .map(|mention| {
            let text = |key: &str| mention[key].as_str();
            (text("surface").unwrap_or(""), text("role").unwrap_or(""), text("name"))
        })
        .collect();
    assert!(told.contains(&("Ky", "literal", Some("Kentucky"))), "{told:?}");
    assert!(told.contains(&("Syrian", "demonym", Some("Syria"))), "{told:?}");
    assert!(told.contains(&("U.S", "literal", Some("United States"))), "{told:?}");
    let unknown = found.iter().find(|mention| mention["surface"] == "Foobarville").expect("a mention");
    assert_eq!(unknown["resolved"], false);
    assert_eq!(unknown["geometry_quality"], "approximate");
    assert!(unknown["uncertainty_m"].as_f64().expect("a radius") > 100_000.0, "no smaller than Kentucky");
}

#[test]
fn a_file_of_records_is_read_line_by_line_and_past_bad_ones() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("crawl.jsonl");
    let lines = [
        r#"{"id": "a", "text": "سراقب", "published": "2020-08-17", "url": "https://example.org/a"}"#,
        "",
        r#"{"id": "b"}"#,
        r#"{"text": "أريحا", "date": "soon"}"#,
        r#"{"id": "a", "text": "إدلب"}"#,
    ];
    std::fs::write(&path, lines.join("\n")).expect("a file");
    let run = masar().arg("places").arg(&path).assert().code(1);
    let errors = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(errors.contains("crawl.jsonl:3: not a JSON object with a text"), "{errors}");
    let output = String::from_utf8_lossy(&run.get_output().stdout).into_owned();
    let ids: Vec<Value> =
        output.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON")["id"].clone()).collect();
    assert_eq!(ids, ["a", "crawl-4", "a-2"]);

    let run = masar().args(["map", "-v", "-o", "-"]).arg(&path).assert().code(1);
    let errors = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(errors.contains("[unreadable-day]") && errors.contains("[repeated-id]"), "{errors}");
    let map: Value = serde_json::from_slice(&run.get_output().stdout).expect("GeoJSON");
    let features = map["features"].as_array().expect("features");
    let saraqib = features.iter().find(|feature| feature["properties"]["article_id"] == "a").expect("a feature");
    assert_eq!(saraqib["properties"]["published"], "2020-08-17");
    assert_eq!(saraqib["properties"]["url"], "https://example.org/a");
}

#[test]
fn output_goes_to_a_file_only_when_it_is_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("places.jsonl");
    masar()
        .args(["places", "--from", "jsonl", "-", "-o"])
        .arg(&out)
        .write_stdin(r#"{"text": "سراقب"}"#)
        .assert()
        .success();
    assert_eq!(std::fs::read_to_string(&out).expect("a file").lines().count(), 1);
    masar().args(["places", "-", "-o", "no/such/folder/p.jsonl"]).write_stdin("سراقب").assert().code(2);
    assert!(!Path::new("no").exists());
}
