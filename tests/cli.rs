//! The command line as a person meets it.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use masar::gazetteer::compile::Compiler;
use masar::gazetteer::table::Table;
use serde_json::Value;
use tempfile::TempDir;

const ARTICLE: &str = "سيرت القوات الروسية والتركية يوم الاثنين 17 آب 2020 الدورية المشتركة الرابعة والعشرين على الطريق \
    الدولي \"M4\" من بلدة ترنبة باتجاه مدينة أريحا وصولاً إلى عين الحور بريف اللاذقية.\n";

/// What a folder holds when no format is asked for.
const FILES: &[&str] = &[
    "events.geojson",
    "events.qml",
    "events_lines.geojson",
    "events_lines.qml",
    "map.html",
    "masar.gpkg",
    "masar.qgs",
    "masar.qlr",
    "patrols.geojson",
    "patrols.qml",
    "places.geojson",
    "places.qml",
    "positions.geojson",
    "positions.qml",
];

fn masar() -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("masar"));
    command.env_remove("RUST_BACKTRACE");
    command
}

/// A folder with an article in it.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("article.txt"), ARTICLE).unwrap();
    folder
}

fn names_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Runs in a folder and returns the exit code, standard output and standard error.
fn run(folder: &TempDir, arguments: &[&str]) -> (i32, String, String) {
    run_with_input(folder, arguments, b"")
}

fn run_with_input(folder: &TempDir, arguments: &[&str], input: &[u8]) -> (i32, String, String) {
    let output = masar().current_dir(folder.path()).args(arguments).write_stdin(input).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn features(path: &Path) -> Vec<Value> {
    let collection: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    collection["features"].as_array().unwrap().clone()
}

#[test]
fn an_article_becomes_a_folder_and_a_summary() {
    let folder = folder();
    let (code, out, err) = run(&folder, &["map", "article.txt", "-o", "maps"]);
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    assert_eq!(names_in(&folder.path().join("maps")), FILES);
    assert!(err.starts_with("1 article: "), "{err}");
    let patrols = features(&folder.path().join("maps/patrols.geojson"));
    assert_eq!(patrols.len(), 1);
    assert_eq!(patrols[0]["properties"]["ordinal"], 24);
    assert_eq!(patrols[0]["properties"]["article_id"], "article");
    assert_eq!(patrols[0]["geometry"]["type"], "LineString");
}

#[test]
fn the_output_folder_has_a_default() {
    let folder = folder();
    assert_eq!(run(&folder, &["map", "article.txt"]).0, 0);
    assert_eq!(names_in(&folder.path().join("output")), FILES);
}

#[test]
fn one_format_goes_to_a_file_a_folder_or_standard_output() {
    let folder = folder();
    let count = |path: &str| features(&folder.path().join(path)).len();
    assert_eq!(run(&folder, &["map", "article.txt", "-o", "one/all.geojson"]).0, 0);
    assert_eq!(names_in(&folder.path().join("one")), ["all.geojson"]);
    assert_eq!(run(&folder, &["map", "article.txt", "-f", "geojson", "-o", "all.json"]).0, 0);
    assert_eq!(count("all.json"), count("one/all.geojson"));
    assert_eq!(run(&folder, &["map", "article.txt", "-f", "html", "-o", "page"]).0, 0);
    assert_eq!(names_in(&folder.path().join("page")), ["map.html"]);
    assert_eq!(run(&folder, &["map", "article.txt", "-o", "by-name.html"]).0, 0);
    assert_eq!(
        fs::read(folder.path().join("by-name.html")).unwrap(),
        fs::read(folder.path().join("page/map.html")).unwrap()
    );
    // A name with a dot in it is no format, and a folder stays one whatever it is called.
    fs::create_dir(folder.path().join("old.geojson")).unwrap();
    for name in ["maps.2020", "old.geojson"] {
        assert_eq!(run(&folder, &["map", "article.txt", "-o", name]).0, 0);
        assert_eq!(names_in(&folder.path().join(name)), FILES);
    }
    assert_eq!(count("maps.2020/patrols.geojson"), 1);
}

#[test]
fn running_twice_gives_the_same_bytes() {
    let folder = folder();
    run(&folder, &["map", "article.txt", "-o", "a"]);
    run(&folder, &["map", "article.txt", "-o", "b", "--jobs", "2"]);
    for name in FILES {
        let read = |run: &str| fs::read(folder.path().join(run).join(name)).unwrap();
        assert_eq!(read("a"), read("b"), "{name}");
    }
}

#[test]
fn a_missing_file_is_reported_and_the_run_goes_on() {
    let folder = folder();
    let (code, _, err) = run(&folder, &["map", "missing.txt", "article.txt", "-o", "maps"]);
    assert_eq!(code, 1);
    assert!(err.contains("error: cannot read missing.txt: "), "{err}");
    assert!(err.contains("1 article (1 failed): "), "{err}");
    assert_eq!(features(&folder.path().join("maps/patrols.geojson")).len(), 1);
}

#[test]
fn when_nothing_can_be_read_an_earlier_result_is_left_alone() {
    let folder = folder();
    run(&folder, &["map", "article.txt", "-o", "maps"]);
    let before = fs::read(folder.path().join("maps/patrols.geojson")).unwrap();
    let (code, _, err) = run(&folder, &["map", "missing.txt", "-o", "maps"]);
    assert_eq!(code, 1);
    assert!(err.contains("nothing is written"), "{err}");
    assert_eq!(fs::read(folder.path().join("maps/patrols.geojson")).unwrap(), before);
    assert_eq!(names_in(&folder.path().join("maps")), FILES);
}

#[test]
fn an_empty_file_is_a_diagnostic_and_empty_collections() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("empty.txt"), "").unwrap();
    let (code, _, err) = run(&folder, &["map", "empty.txt", "-o", "maps"]);
    assert_eq!(code, 0, "{err}");
    assert_eq!(err.matches("[empty-article]").count(), 1, "{err}");
    for name in FILES.iter().filter(|name| name.ends_with(".geojson")) {
        assert!(features(&folder.path().join("maps").join(name)).is_empty());
    }
}

#[test]
fn an_article_that_names_no_place_is_a_diagnostic() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "ارتفعت الأسعار كثيراً هذا الأسبوع.").unwrap();
    let (code, _, err) = run(&folder, &["map", "a.txt", "-o", "maps"]);
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("[no-place]"), "{err}");
}

#[test]
fn a_page_in_windows_1256_is_read_and_said_so() {
    let folder = tempfile::tempdir().unwrap();
    let (bytes, _, _) = encoding_rs::WINDOWS_1256.encode(ARTICLE);
    fs::write(folder.path().join("a.txt"), &bytes).unwrap();
    let (code, _, err) = run(&folder, &["map", "a.txt", "-o", "maps"]);
    assert_eq!(code, 0);
    assert!(err.contains("decoded as windows-1256 [encoding-guessed]"), "{err}");
    assert_eq!(features(&folder.path().join("maps/patrols.geojson")).len(), 1);
}

#[test]
fn binary_junk_is_a_failed_input() {
    let folder = folder();
    let junk: Vec<u8> = (0..2048u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 11) as u8).collect();
    fs::write(folder.path().join("photo.txt"), junk).unwrap();
    let (code, _, err) = run(&folder, &["map", "photo.txt", "article.txt", "-o", "maps"]);
    assert_eq!(code, 1);
    assert!(err.contains("error: photo.txt is not a text file: extract the article's text and pass that"), "{err}");
}

#[test]
fn a_folder_that_cannot_be_written_stops_the_run_before_it_begins() {
    let folder = folder();
    let (code, _, err) = run(&folder, &["map", "missing.txt", "-o", "article.txt/maps"]);
    assert_eq!(code, 2);
    assert!(err.contains("error: cannot create the folder article.txt/maps: "), "{err}");
    assert!(err.contains("hint: name another folder with -o"), "{err}");
    assert!(!err.contains("missing.txt"), "{err}");
    assert_eq!(names_in(folder.path()), ["article.txt"]);
}

#[test]
fn a_run_that_fails_leaves_no_folder_behind() {
    let folder = tempfile::tempdir().unwrap();
    let (code, _, err) = run(&folder, &["map", "missing.txt", "-o", "maps"]);
    assert_eq!(code, 1);
    assert!(err.contains("hint: an article is a text file"), "{err}");
    assert!(names_in(folder.path()).is_empty());
}

#[test]
fn a_folder_in_the_place_of_a_file_leaves_the_other_files_alone() {
    let folder = folder();
    fs::create_dir_all(folder.path().join("maps/places.geojson")).unwrap();
    let (code, _, err) = run(&folder, &["map", "article.txt", "-o", "maps"]);
    assert_eq!(code, 2);
    assert!(err.contains("error: cannot write maps/places.geojson: "), "{err}");
    assert_eq!(names_in(&folder.path().join("maps")), ["places.geojson"]);
}

/// Two megabytes and not the fifty that a release build reads in seconds: without optimisation
/// they would take minutes, and a stage that is not linear shows at two as well.
#[test]
fn a_large_file_of_one_line_is_mapped() {
    let folder = tempfile::tempdir().unwrap();
    let line = format!("{} ", ARTICLE.trim_end());
    fs::write(folder.path().join("large.txt"), line.repeat(2_000_000 / line.len() + 1)).unwrap();
    let (code, _, err) = run(&folder, &["map", "large.txt", "-o", "maps"]);
    assert_eq!(code, 0, "{err}");
    assert_eq!(features(&folder.path().join("maps/patrols.geojson")).len(), 1);
    assert_eq!(names_in(&folder.path().join("maps")), FILES);
}

#[test]
fn damaged_utf_8_is_read_and_said_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut bytes = ARTICLE.as_bytes().to_vec();
    bytes.extend(b"\xD8 \xFF\n");
    fs::write(folder.path().join("a.txt"), &bytes).unwrap();
    let (code, _, err) = run(&folder, &["map", "a.txt", "-o", "maps"]);
    assert_eq!(code, 0);
    assert!(err.contains("damaged UTF-8: 2 characters could not be read"), "{err}");
    assert_eq!(features(&folder.path().join("maps/patrols.geojson")).len(), 1);
}

#[test]
fn an_article_of_the_corpus_is_mapped_and_its_contradiction_is_told() {
    let article = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/authored/m4-reversed-patrol.txt");
    let folder = tempfile::tempdir().unwrap();
    let (code, _, err) = run(&folder, &["map", article.to_str().unwrap(), "-o", "maps"]);
    assert_eq!(code, 0, "{err}");
    let told = err.lines().find(|line| line.contains("[length-contradiction]"));
    assert!(told.is_some_and(|line| line.contains("m4-reversed-patrol: the text says 3 km") && line.contains(", at ")));
    let patrols = features(&folder.path().join("maps/patrols.geojson"));
    assert!(patrols.iter().any(|patrol| patrol["properties"]["ordinal"] == 21));
}

#[test]
fn the_result_does_not_depend_on_order_or_threads_and_a_repeat_changes_nothing() {
    let folder = folder();
    fs::create_dir(folder.path().join("more")).unwrap();
    for number in 0..30 {
        let text = ARTICLE.replace("17 آب", &format!("{} آب", number % 28 + 1));
        fs::write(folder.path().join(format!("more/{number}.txt")), text).unwrap();
    }
    fs::write(folder.path().join("more/article.txt"), ARTICLE.replace("M4", "M5")).unwrap();
    run(&folder, &["map", "article.txt", "more", "-o", "a", "--jobs", "1"]);
    let (code, _, err) =
        run(&folder, &["map", "more", "article.txt", "more/3.txt", "./article.txt", "-o", "b", "--jobs", "4"]);
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("note: more/3.txt is named twice and read once"), "{err}");
    for name in FILES {
        let read = |run: &str| fs::read(folder.path().join(run).join(name)).unwrap();
        assert_eq!(read("a"), read("b"), "{name}");
    }
}

#[test]
fn what_an_article_says_cannot_steer_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), format!("\u{1b}[31m {ARTICLE}")).unwrap();
    let (code, out, err) = run(&folder, &["explain", "a.txt"]);
    assert_eq!(code, 0, "{err}");
    assert!(!out.contains('\x1b') && !err.contains('\x1b'));
}

#[test]
fn standard_input_goes_to_standard_output() {
    let folder = tempfile::tempdir().unwrap();
    let (code, out, err) = run_with_input(&folder, &["map", "-", "-o", "-"], ARTICLE.as_bytes());
    assert_eq!(code, 0, "{err}");
    let collection: Value = serde_json::from_str(&out).unwrap();
    let features = collection["features"].as_array().unwrap();
    let kinds: Vec<&str> = features.iter().map(|feature| feature["properties"]["kind"].as_str().unwrap()).collect();
    assert!(kinds.contains(&"patrol") && kinds.contains(&"place"));
    assert!(features.iter().all(|feature| feature["properties"]["article_id"] == "stdin"));
    assert!(names_in(folder.path()).is_empty());
}

#[test]
fn a_folder_stands_for_its_text_files_and_equal_stems_are_told_apart() {
    let folder = folder();
    fs::create_dir(folder.path().join("more")).unwrap();
    fs::write(folder.path().join("more/article.txt"), ARTICLE).unwrap();
    let (code, _, err) = run(&folder, &["map", "article.txt", "more", "-o", "maps"]);
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("note: "), "{err}");
    let mut ids: Vec<String> = features(&folder.path().join("maps/patrols.geojson"))
        .iter()
        .map(|patrol| patrol["properties"]["article_id"].as_str().unwrap().to_owned())
        .collect();
    ids.sort();
    assert_eq!(ids, ["article", "article-2"]);
}

#[test]
fn an_empty_folder_is_a_failed_input() {
    let folder = folder();
    fs::create_dir(folder.path().join("none")).unwrap();
    let (code, _, err) = run(&folder, &["map", "none", "article.txt", "-o", "maps"]);
    assert_eq!(code, 1);
    assert!(err.contains("error: there is no *.txt or *.jsonl file in the folder none"), "{err}");
}

#[test]
fn the_day_of_publication_can_be_given() {
    let folder = tempfile::tempdir().unwrap();
    let text = "سيرت القوات الروسية والتركية اليوم دورية مشتركة من ترنبة إلى أريحا.";
    fs::write(folder.path().join("a.txt"), text).unwrap();
    run(&folder, &["map", "a.txt", "-o", "maps", "--published", "2020-08-12"]);
    let patrols = features(&folder.path().join("maps/patrols.geojson"));
    assert_eq!(patrols[0]["properties"]["published"], "2020-08-12");
    assert_eq!(patrols[0]["properties"]["date"], "2020-08-12");
}

#[test]
fn what_was_typed_wrongly_does_nothing() {
    let folder = folder();
    for arguments in [
        &["map"][..],
        &["map", "article.txt", "--published", "17.8.2020"],
        &["map", "article.txt", "--format", "shapefile"],
        &["map", "article.txt", "--jobs", "0"],
        &["map", "-", "-"],
        &["gazetteer", "near", "36.8", "95"],
        &["gazetteer", "near", "x", "35"],
        &["gazetteer", "search", ""],
        &["frobnicate"],
    ] {
        let (code, out, err) = run(&folder, arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}");
        assert!(err.starts_with("error: ") || err.contains("Usage: "), "{arguments:?}: {err}");
    }
    assert_eq!(names_in(folder.path()), ["article.txt"]);
}

#[test]
fn quiet_says_nothing_but_errors() {
    let folder = folder();
    assert_eq!(run(&folder, &["map", "article.txt", "-o", "maps", "-q"]), (0, String::new(), String::new()));
}

#[test]
fn diagnostics_are_capped_until_all_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let names: Vec<String> = (0..25).map(|number| format!("{number}.txt")).collect();
    for name in &names {
        fs::write(folder.path().join(name), "").unwrap();
    }
    let mut arguments = vec!["map", "-o", "maps"];
    arguments.extend(names.iter().map(String::as_str));
    let (_, _, err) = run(&folder, &arguments);
    assert_eq!(err.matches("[empty-article]").count(), 20);
    assert!(err.contains("… and 5 more (-v shows all)"), "{err}");
    arguments.push("-v");
    assert_eq!(run(&folder, &arguments).2.matches("[empty-article]").count(), 25);
}

#[test]
fn explain_shows_candidates_rules_and_words() {
    let folder = folder();
    let (code, out, err) = run(&folder, &["explain", "article.txt"]);
    assert_eq!((code, err.as_str()), (0, ""));
    for part in
        ["MENTIONS", "\"أريحا\" @", "Ariha (gn:172994", "Jericho (gn:284899", "EVENTS", "patrol no. 24", "trigger"]
    {
        assert!(out.contains(part), "{part} is not in:\n{out}");
    }
    let (code, out, _) = run(&folder, &["explain", "article.txt", "--stats"]);
    assert_eq!(code, 0);
    assert!(out.contains("DECIDED"));
    assert_eq!(run(&folder, &["explain", "missing.txt"]).0, 1);
}

#[test]
fn the_gazetteer_can_be_searched() {
    let folder = tempfile::tempdir().unwrap();
    let (code, out, _) = run(&folder, &["gazetteer", "search", "سراقب"]);
    assert_eq!(code, 0);
    assert!(out.contains("gn:164816"), "{out}");
    let (code, out, _) = run(&folder, &["gazetteer", "near", "36.8059", "35.8645", "--limit", "1"]);
    assert_eq!(code, 0);
    assert!(out.contains("Saraqib"), "{out}");
    let (code, out, err) = run(&folder, &["gazetteer", "search", "qqqqzzzz"]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.contains("no place"), "{err}");
    assert_eq!(run(&folder, &["gazetteer", "near", "-140", "-50", "--radius-km", "5"]).0, 1);
    assert!(run(&folder, &["gazetteer", "info"]).1.contains("places"));
}

#[test]
fn several_names_can_be_searched_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let (code, out, err) = run(&folder, &["gazetteer", "search", "سراقب", "qqqqzzzz", "Ariha"]);
    assert_eq!(code, 1);
    assert!(out.starts_with("SEARCHED"), "{out}");
    assert!(out.contains("gn:164816") && out.contains("gn:172994"), "{out}");
    assert!(err.contains("qqqqzzzz"), "{err}");
    let (_, _, err) = run(&folder, &["gazetteer", "search", "جسر", "الشغور"]);
    assert!(err.contains("hint: quote a name of several words: \"جسر الشغور\""), "{err}");
    let (code, _, err) = run(&folder, &["gazetteer", "near", "35.86", "120"]);
    assert_eq!(code, 2);
    assert!(err.contains("hint: longitude comes first"), "{err}");
}

#[test]
fn the_version_tells_how_large_the_gazetteer_is() {
    let folder = tempfile::tempdir().unwrap();
    let (code, out, _) = run(&folder, &["--version"]);
    assert_eq!(code, 0);
    let expected = format!("masar {} (gazetteer of ", env!("CARGO_PKG_VERSION"));
    assert!(out.starts_with(&expected) && out.ends_with(" places)\n"), "{out}");
}

#[test]
fn help_is_complete_and_goes_to_standard_output() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [&["--help"][..], &["map", "--help"], &["explain", "--help"], &["gazetteer", "search", "--help"]] {
        let (code, out, err) = run(&folder, arguments);
        assert_eq!((code, err.as_str()), (0, ""));
        assert!(out.contains("Examples:"), "{arguments:?}");
        assert!(!out.contains('\x1b'), "{arguments:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_success() {
    use std::process::Stdio;
    let folder = folder();
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("masar"))
        .current_dir(folder.path())
        .args(["map", "article.txt", "-o", "-"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[cfg(unix)]
#[test]
fn closed_standard_error_is_no_reason_to_stop() {
    use std::process::Stdio;
    let folder = folder();
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("masar"))
        .current_dir(folder.path())
        .args(["map", "article.txt", "-o", "maps"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stderr.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(names_in(&folder.path().join("maps")), FILES);
}

/// Compiles a table of places into a file of a folder.
fn compile_gazetteer(folder: &TempDir, file: &str, rows: &str) {
    const CODES: &str = "feature_code,feature_class,label_en,uncertainty_m,note\nPPL,P,populated place,1000,\n";
    const HEADER: &str = "id,name_en,name_ar,names,lat_deg,lon_deg,feature_class,feature_code,country,admin1,population,\
        uncertainty_m,source,note\n";
    let mut compiler = Compiler::new(Table { file: "codes.csv", text: CODES }, None).unwrap();
    compiler.add_places(Table { file, text: &format!("{HEADER}{rows}") }).unwrap();
    fs::write(folder.path().join(file), compiler.finish("CC0").unwrap().to_bytes()).unwrap();
}

/// The place of an output folder that was named so in the article.
fn place_named(folder: &TempDir, output: &str, surface: &str) -> Option<Value> {
    let places = features(&folder.path().join(output).join("places.geojson"));
    places.into_iter().find(|place| place["properties"]["surface"] == surface)
}

#[test]
fn a_village_that_only_a_users_file_knows_is_drawn() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "وصلت الدورية إلى كفر زعبوط شرق مدينة سراقب في ريف إدلب.").unwrap();
    assert_eq!(run(&folder, &["map", "a.txt", "-o", "without"]).0, 0);
    let before = place_named(&folder, "without", "كفر زعبوط");
    assert!(before.is_none_or(|place| place["properties"]["resolved"] == false));

    compile_gazetteer(&folder, "own.gaz", "own:1,Kafr Zaabut,كفر زعبوط,,35.86,36.85,P,PPL,Syria,Idlib,,,visit,\n");
    let (code, _, err) = run(&folder, &["map", "a.txt", "-o", "with", "--gazetteer", "own.gaz"]);
    assert_eq!(code, 0, "{err}");
    let village = place_named(&folder, "with", "كفر زعبوط").unwrap();
    assert_eq!(village["geometry"]["coordinates"], serde_json::json!([36.85, 35.86]));
    assert_eq!(village["properties"]["gazetteer_id"], "own:1");
    assert_eq!(village["properties"]["admin1"], "Idlib");
    let saraqib = place_named(&folder, "with", "سراقب").unwrap();
    assert_eq!(saraqib["properties"]["gazetteer_id"], "gn:164816", "the embedded places are there too");

    let (code, out, _) = run(&folder, &["explain", "a.txt", "--gazetteer", "own.gaz"]);
    assert_eq!(code, 0);
    assert!(out.contains("Kafr Zaabut (own:1"), "{out}");
}

#[test]
fn later_gazetteers_win_and_the_embedded_one_can_be_left_out() {
    let folder = tempfile::tempdir().unwrap();
    compile_gazetteer(&folder, "1.gaz", "gn:164816,Saraqib,سراقب,,35.1,36.1,P,PPL,Syria,Idlib,,,one,\n");
    compile_gazetteer(&folder, "2.gaz", "gn:164816,Saraqib,سراقب,,35.2,36.2,P,PPL,Syria,Idlib,,,two,\n");
    let search = |more: &[&str]| {
        let arguments = [&["gazetteer", "search", "سراقب"], more].concat();
        let (code, out, err) = run(&folder, &arguments);
        assert_eq!(code, 0, "{err}");
        out
    };
    let found = search(&["--gazetteer", "1.gaz", "--gazetteer", "2.gaz"]);
    assert_eq!(found.matches("gn:164816").count(), 1, "{found}");
    assert!(found.contains("36.20000  35.20000"), "{found}");
    assert!(search(&["--gazetteer", "2.gaz", "--gazetteer", "1.gaz"]).contains("36.10000  35.10000"));

    let alone = ["--gazetteer", "1.gaz", "--no-embedded-gazetteer"];
    assert_eq!(search(&alone).lines().count(), 2);
    let (code, _, err) = run(&folder, &[&["gazetteer", "search", "دمشق"][..], &alone].concat());
    assert_eq!(code, 1, "{err}");
    let (code, out, _) = run(&folder, &[&["gazetteer", "near", "36.1", "35.1"][..], &alone].concat());
    assert_eq!((code, out.lines().count()), (0, 2));
    let (code, out, _) = run(&folder, &[&["gazetteer", "info"][..], &alone].concat());
    assert!(code == 0 && out.starts_with("1 places"), "{out}");
    let (code, _, err) = run(&folder, &["gazetteer", "search", "دمشق", "--no-embedded-gazetteer"]);
    assert!(code == 2 && err.contains("--gazetteer <FILE>"), "{err}");
}

#[test]
fn a_gazetteer_file_that_cannot_be_used_is_refused_with_what_to_do() {
    let folder = folder();
    compile_gazetteer(&folder, "good.gaz", "own:1,Kafr Zaabut,كفر زعبوط,,35.86,36.85,P,PPL,Syria,Idlib,,,visit,\n");
    let good = fs::read(folder.path().join("good.gaz")).unwrap();
    let refused = |bytes: &[u8]| {
        fs::write(folder.path().join("bad.gaz"), bytes).unwrap();
        let (code, out, err) = run(&folder, &["map", "article.txt", "-o", "maps", "--gazetteer", "bad.gaz"]);
        assert_eq!((code, out.as_str()), (2, ""), "{err}");
        assert!(!folder.path().join("maps").exists());
        err
    };
    let mut damaged = good.clone();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    let mut other_version = good.clone();
    other_version[8] += 1;
    let cases: [(&[u8], &str, &str); 5] = [
        (&damaged, "bad.gaz: not a usable gazetteer: the file is damaged: checksum", "copy or compile it again"),
        (&good[..good.len() - 9], "bad.gaz: not a usable gazetteer: the file is", "copy or compile it again"),
        (&other_version, "this version reads format", "compile it again"),
        (b"id,name_en\n", "bad.gaz: not a usable gazetteer: not a masar gazetteer file", "masar gazetteer build"),
        (b"", "bad.gaz: not a usable gazetteer: not a masar gazetteer file", "masar gazetteer build"),
    ];
    for (bytes, what, hint) in cases {
        let err = refused(bytes);
        assert!(err.starts_with("error: ") && err.contains(what) && err.contains(hint), "{err}");
    }
    let (code, _, err) = run(&folder, &["map", "article.txt", "--gazetteer", "none.gaz"]);
    assert!(code == 2 && err.contains("error: none.gaz: cannot be read: "), "{err}");
}

const PATROL: &str = "وصلت الدورية إلى كفر زعبوط شرق مدينة سراقب، ثم عادت إلى النيرب في ريف إدلب.";

/// A folder with an article that names three villages and a table of corrections.
fn corrected_folder(rows: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), PATROL).unwrap();
    let header = "action,id,name_en,name_ar,names,lat_deg,lon_deg,feature_code,country,admin1,into,reason,source";
    fs::write(folder.path().join("my.csv"), format!("{header}\n{rows}")).unwrap();
    folder
}

const MAP_CORRECTED: [&str; 6] = ["map", "a.txt", "-o", "maps", "--corrections", "my.csv"];

#[test]
fn corrections_move_add_and_forbid_on_the_map() {
    let folder = corrected_folder(
        "move,gn:164816,,,,35.9,36.9,,,,,the point was off,visit\n\
         add,own:1,Kafr Zaabut,كفر زعبوط,,35.86,36.85,PPL,Syria,Idlib,,it is new,visit\n\
         forbid,,,,النيرب|نيرب,,,,,,,only a test,visit\n",
    );
    let (code, _, err) = run(&folder, &MAP_CORRECTED);
    assert_eq!(code, 0, "{err}");
    assert!(!err.contains("warning"), "{err}");
    let point = |surface| place_named(&folder, "maps", surface).unwrap()["geometry"]["coordinates"].clone();
    assert_eq!(point("سراقب"), serde_json::json!([36.9, 35.9]));
    assert_eq!(point("كفر زعبوط"), serde_json::json!([36.85, 35.86]));
    assert_eq!(place_named(&folder, "maps", "النيرب"), None);
    let (_, out, _) = run(&folder, &["map", "a.txt", "-o", "plain"]);
    assert!(place_named(&folder, "plain", "النيرب").is_some(), "it is there without the correction: {out}");

    let (code, out, _) = run(&folder, &["explain", "a.txt", "--corrections", "my.csv"]);
    assert_eq!(code, 0);
    assert!(out.contains("corrected: moved to 36.90000 35.90000: the point was off [visit; my.csv:2]"), "{out}");
    assert!(out.contains("corrected: added: it is new [visit; my.csv:3]"), "{out}");
    assert!(out.contains("not called النيرب, نيرب: only a test [visit; my.csv:4]"), "{out}");
}

#[test]
fn corrections_name_change_merge_and_remove() {
    let folder = corrected_folder(
        "name,gn:164816,,,كفر زعبوط,,,,,,,said so,visit\n\
         change,gn:164816,Saraqib City,,,,,PPLA2,,,,r,visit\n\
         merge,gn:166357,,,,,,,,,gn:164816,r,visit\n\
         forbid,gn:164816,,,Saraqeb,,,,,,,r,visit\n\
         remove,gn:169389,,,,,,,,,,r,visit\n",
    );
    let search = |name: &str| run(&folder, &["gazetteer", "search", name, "--corrections", "my.csv"]).1;
    let saraqib = search("كفر زعبوط");
    assert!(
        saraqib.contains("gn:164816") && saraqib.contains("Saraqib City") && saraqib.contains("PPLA2"),
        "{saraqib}"
    );
    assert!(search("النيرب").contains("gn:164816") && !search("النيرب").contains("gn:166357"));
    assert!(!search("Saraqeb").contains("  Saraqeb  ") && search("سراقب").contains("gn:164816"));
    assert!(!search("إدلب").contains("gn:169389") && search("إدلب").contains("iso:SY-ID"));
}

#[test]
fn a_correction_of_an_id_that_is_not_there_is_told_and_the_run_goes_on() {
    let folder = corrected_folder("move,gn:0,,,,35.9,36.9,,,,,r,s\nmove,gn:164816,,,,35.9,36.9,,,,,r,s\n");
    let (code, _, err) = run(&folder, &MAP_CORRECTED);
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("warning: my.csv:2: no gazetteer has the id `gn:0`"), "{err}");
    let saraqib = place_named(&folder, "maps", "سراقب").unwrap();
    assert_eq!(saraqib["geometry"]["coordinates"], serde_json::json!([36.9, 35.9]));
}

#[test]
fn a_faulty_table_of_corrections_stops_the_run_with_file_line_and_column() {
    for (row, error) in [
        ("move,gn:164816,,,,95,36.9,,,,,r,s", "error: my.csv:2:19: latitude 95 is not between -90 and 90"),
        ("add,gn:164816,X,,,35,36,PPL,,,,r,s", "error: my.csv:2:5: the id `gn:164816` is taken"),
        ("add,own:1,X,,,35,36,XYZ,,,,r,s", "error: my.csv:2:1: feature code `XYZ` is not in feature_codes.csv"),
        ("move,gn:164816,,,,35,36.9,,,,,,s", "error: my.csv:2:31: `reason` is empty"),
        ("move,gn:164816", "error: my.csv:2:6: 2 cells where the header has 13"),
    ] {
        let folder = corrected_folder(row);
        let (code, _, err) = run(&folder, &MAP_CORRECTED);
        assert_eq!(code, 2, "{err}");
        assert!(err.contains(error), "{err}");
        assert!(!folder.path().join("maps").exists());
    }
}

#[test]
fn gazetteer_add_writes_a_row_that_the_next_map_uses() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), PATROL).unwrap();
    let add = |more: &[&str]| {
        let common =
            ["gazetteer", "add", "--corrections", "my.csv", "--source", "visit, 2024", "--reason", "it is new"];
        run(&folder, &[&common[..], more].concat())
    };
    let place = ["--name", "Kafr Zaabut", "--name-ar", "كفر زعبوط", "--country", "Syria", "--admin1", "Idlib"];
    let (code, out, err) = add(&[&place[..], &["--at", "36.85", "35.86"]].concat());
    assert_eq!((code, out.as_str()), (0, "own:kafr-zaabut\n"), "{err}");
    assert!(err.contains("wrote line 2 of my.csv"), "{err}");
    // The same again is another place, and the first one is told as what it may be.
    let (code, out, err) = add(&[&place[..], &["--at", "36.86", "35.86"]].concat());
    assert_eq!((code, out.as_str()), (0, "own:kafr-zaabut-2\n"), "{err}");
    assert!(err.contains("own:kafr-zaabut") && err.contains("0.9 km away: is it the same place?"), "{err}");
    assert_eq!(fs::read_to_string(folder.path().join("my.csv")).unwrap().lines().count(), 3);

    let move_it = ["gazetteer", "move", "own:kafr-zaabut-2", "--at", "-1.5", "50.25", "--corrections", "my.csv"];
    let (code, _, err) = run(&folder, &[&move_it[..], &["--source", "s", "--reason", "r"]].concat());
    assert_eq!(code, 0, "{err}");
    assert_eq!(run(&folder, &MAP_CORRECTED).0, 0);
    let village = place_named(&folder, "maps", "كفر زعبوط").unwrap();
    assert_eq!(village["geometry"]["coordinates"], serde_json::json!([36.85, 35.86]));
    assert_eq!(village["properties"]["gazetteer_id"], "own:kafr-zaabut");
}

#[test]
fn gazetteer_add_writes_nothing_that_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let before = "action,id,names,reason,source\nname,gn:164816,كفر مثال,r,s";
    fs::write(folder.path().join("narrow.csv"), before).unwrap();
    let common = ["--source", "s", "--reason", "r", "--corrections"];
    let add = ["gazetteer", "add", "--name", "X"];
    let cases: [(&[&str], &str, &str); 9] = [
        (&["--at", "36", "95"], "my.csv", "latitude 95 is not between -90 and 90"),
        (&["--at", "NaN", "35"], "my.csv", "longitude NaN is not between -180 and 180"),
        (&["--at", "36", "35", "--feature-code", "XYZ"], "my.csv", "feature code `XYZ` is not in feature_codes.csv"),
        (&["--at", "36", "35", "--id", "gn:164816"], "my.csv", "the id `gn:164816` is taken"),
        (&["--at", "36", "35", "--country", "Syriah"], "my.csv", "no gazetteer has a country `Syriah`"),
        (&["--at", "36", "35", "--uncertainty-m=-5"], "my.csv", "`-5` in `uncertainty_m` is not a number of that kind"),
        (&["--at", "36"], "my.csv", "2 values required"),
        (&["--at", "36", "35"], "narrow.csv", "the table has no column `name_en`: add it to its first line"),
        (&["--at", "36", "35"], "none/my.csv", "none/my.csv: cannot be written"),
    ];
    for (more, table, error) in cases {
        let (code, out, err) = run(&folder, &[&add[..], more, &common, &[table]].concat());
        assert_eq!((code, out.as_str()), (2, ""), "{more:?}: {err}");
        assert!(err.contains(error), "{more:?}: {err}");
    }
    let (code, _, err) = run(&folder, &[&["gazetteer", "remove", "gn:0"][..], &common, &["narrow.csv"]].concat());
    assert!(code == 2 && err.contains("the row is not written: narrow.csv:3: no gazetteer has the id `gn:0`"), "{err}");
    let (code, _, err) = run(&folder, &["gazetteer", "remove", "gn:164816", "--source", "s", "--reason", "r"]);
    assert!(code == 2 && err.contains("name it with --corrections FILE"), "{err}");
    assert_eq!(names_in(folder.path()), ["narrow.csv"]);
    assert_eq!(fs::read_to_string(folder.path().join("narrow.csv")).unwrap(), before);

    // A table with fewer columns gets rows of its own shape.
    let (code, _, err) =
        run(&folder, &[&["gazetteer", "forbid", "Foo, \"bar\"", "سراقب"][..], &common, &["narrow.csv"]].concat());
    assert!(code == 2 && err.contains("no place is called `Foo, \"bar\"`"), "{err}");
    let (code, _, err) = run(&folder, &[&["gazetteer", "forbid", "سراقب"][..], &common, &["narrow.csv"]].concat());
    assert_eq!(code, 0, "{err}");
    let after = fs::read_to_string(folder.path().join("narrow.csv")).unwrap();
    assert_eq!(after, format!("{before}\nforbid,,سراقب,r,s\n"));
}
