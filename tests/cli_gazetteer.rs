//! Making and comparing gazetteers from the command line.

use std::fs;

use assert_cmd::Command;
use tempfile::TempDir;

const HEADER: &str = "id,name_en,name_ar,names,lat_deg,lon_deg,feature_class,feature_code,country,admin1,population,\
    uncertainty_m,source,note\n";

fn folder(rows: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("mine.csv"), format!("{HEADER}{rows}")).unwrap();
    folder
}

fn run(folder: &TempDir, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("masar"));
    let output = command.current_dir(folder.path()).arg("gazetteer").args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn names_in(folder: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(folder.path()).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

const GOOD: &str = "a:1,Qaryat Ikhtibar,قرية اختبار,Test Köyü,35.8,36.6,P,PPL,Syria,Idlib,,,survey,\n";
const BAD: &str = "a:2,Too Far North,,,95,36.6,P,PPL,Syria,Idlib,,,survey,\n";

#[test]
fn a_table_becomes_a_gazetteer_with_a_report() {
    let folder = folder(&format!("{GOOD}{BAD}"));
    let arguments = ["build", "mine.csv", "-o", "mine.gaz", "--report", "all.csv", "--licence", "CC0 1.0"];
    let (code, out, err) = run(&folder, &arguments);
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    let expected = "mine.csv (csv): rows 2, taken 1, refused 1\n\
        refused: 1\n  \
          out-of-range-swapped: 1\n    \
            mine.csv:3: latitude 95 is not between -90 and 90; are latitude and longitude swapped?\n\
        licence of mine.csv: CC0 1.0\n\
        places 1, names 3, rows joined with others 0\n\
        wrote mine.gaz: ";
    assert!(err.starts_with(expected), "{err}");
    assert_eq!(
        fs::read_to_string(folder.path().join("all.csv")).unwrap(),
        "file,line,verdict,code,reason\nmine.csv,3,refused,out-of-range-swapped,latitude 95 is not between -90 and 90; \
         are latitude and longitude swapped?\n"
    );
    assert_eq!(names_in(&folder), ["all.csv", "mine.csv", "mine.gaz"]);

    let (code, out, _) = run(&folder, &["info", "mine.gaz"]);
    assert_eq!(code, 0);
    assert!(out.starts_with("1 places, 3 names ("), "{out}");
    assert!(out.contains("the checksum is right") && out.contains("mine.csv: CC0 1.0"), "{out}");
    let (code, out, _) = run(&folder, &["search", "Test Köyü", "--gazetteer", "mine.gaz"]);
    assert!(code == 0 && out.contains("a:1"), "{out}");
}

#[test]
fn the_report_may_be_json_lines_and_quiet_is_quiet() {
    let folder = folder(&format!("{GOOD}{BAD}"));
    let (code, out, err) = run(&folder, &["build", "mine.csv", "-o", "mine.gaz", "--report", "all.jsonl", "-q"]);
    assert_eq!((code, out.as_str(), err.as_str()), (0, "", ""));
    let text = fs::read_to_string(folder.path().join("all.jsonl")).unwrap();
    let row: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!((row["line"].as_u64(), row["verdict"].as_str()), (Some(3), Some("refused")));
}

#[test]
fn what_cannot_be_built_leaves_the_earlier_file() {
    let folder = folder(BAD);
    fs::write(folder.path().join("mine.gaz"), "old").unwrap();
    let (code, _, err) = run(&folder, &["build", "mine.csv", "-o", "mine.gaz"]);
    assert_eq!(code, 2);
    assert!(err.contains("mine.csv:3: latitude 95") || err.contains("mine.csv:2: latitude 95"), "{err}");
    assert!(err.contains("error: no row of the sources is a usable place\nhint: "), "{err}");
    assert_eq!(fs::read_to_string(folder.path().join("mine.gaz")).unwrap(), "old");
    assert_eq!(names_in(&folder), ["mine.csv", "mine.gaz"]);

    for (arguments, message) in [
        (&["build", "missing.csv", "-o", "a.gaz"][..], "missing.csv: cannot be read"),
        (&["build", "mine.csv", "-o", "mine.csv"], "mine.csv is a source; name another file to write"),
        (&["build", "mine.csv", "-o", "."], ". is a folder; name a file"),
        (&["build", "mine.csv", "-o", "a.gaz", "--column", "x"], "a column is given as FIELD=HEADER"),
        (
            &["build", "mine.csv", "-o", "a.gaz", "--as", "shapefile"],
            "possible values: geonames, linked-places, csv, ocha",
        ),
        (&["info", "mine.csv"], "not a masar gazetteer file"),
    ] {
        let (code, out, err) = run(&folder, arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}");
        assert!(err.contains(message), "{arguments:?}: {err}");
    }
    assert_eq!(names_in(&folder), ["mine.csv", "mine.gaz"]);
}

#[test]
fn differences_are_listed_and_told_by_the_exit_code() {
    let folder = folder(GOOD);
    assert_eq!(run(&folder, &["build", "mine.csv", "-o", "old.gaz"]).0, 0);
    let changed = GOOD.replace("35.8,", "35.81,").replace("Test Köyü", "Deneme");
    fs::write(folder.path().join("mine.csv"), format!("{HEADER}{changed}{}", BAD.replace(",95,", ",36,"))).unwrap();
    assert_eq!(run(&folder, &["build", "mine.csv", "-o", "new.gaz"]).0, 0);

    let (code, out, err) = run(&folder, &["diff", "old.gaz", "new.gaz", "--format", "csv"]);
    assert_eq!((code, err.as_str()), (1, "1 added, 0 removed, 1 moved, 1 renamed, 0 changed otherwise\n"));
    assert_eq!(
        out,
        "change,id,name_en,moved_m,names_gained,names_lost,columns\n\
         moved; renamed,a:1,Qaryat Ikhtibar,1112,Deneme,Test Köyü,\nadded,a:2,Too Far North,,,,\n"
    );
    let (code, out, _) = run(&folder, &["diff", "old.gaz", "new.gaz"]);
    assert!(code == 1 && out.starts_with("CHANGE          ID   NAME EN"), "{out}");
    let (code, out, _) = run(&folder, &["diff", "old.gaz", "old.gaz"]);
    assert_eq!((code, out.as_str()), (0, ""));
    assert_eq!(run(&folder, &["diff", "old.gaz", "mine.csv"]).0, 2);
}

#[test]
fn a_damaged_file_is_refused_in_words() {
    let folder = folder(GOOD);
    assert_eq!(run(&folder, &["build", "mine.csv", "-o", "mine.gaz"]).0, 0);
    let path = folder.path().join("mine.gaz");
    let good = fs::read(&path).unwrap();
    for at in [0, 9, 50, good.len() / 2, good.len() - 1] {
        let mut bytes = good.clone();
        bytes[at] ^= 0x20;
        fs::write(&path, bytes).unwrap();
        let (code, out, err) = run(&folder, &["info", "mine.gaz"]);
        assert_eq!((code, out.as_str()), (2, ""), "byte {at}");
        assert!(err.starts_with("error: "), "byte {at}: {err}");
    }
    fs::write(&path, &good[..good.len() / 2]).unwrap();
    assert!(run(&folder, &["info", "mine.gaz"]).2.contains("bytes long and should be"));
}
