//! `output/` holds what the main command of the README makes; it must stay true.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

const ARTICLE: &str = "tests/corpus/authored/m4-reversed-patrol.txt";

#[test]
fn the_committed_output_is_what_the_main_command_makes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().expect("a temporary folder");
    Command::cargo_bin("masar")
        .expect("the binary is built")
        .current_dir(root)
        .args(["map", ARTICLE, "-o"])
        .arg(folder.path())
        .assert()
        .success();
    let names = |folder: &Path| -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
            .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    };
    let committed = root.join("output");
    assert_eq!(names(&committed), names(folder.path()), "{}", regenerate());
    for name in names(folder.path()) {
        let made = fs::read(folder.path().join(&name)).expect("readable");
        let kept = fs::read(committed.join(&name)).expect("readable");
        assert!(made == kept, "output/{name} differs from what is made now; {}", regenerate());
    }
}

fn regenerate() -> String {
    format!("run: cargo run --release --locked -- map {ARTICLE} -o output")
}
