//! The pages for people: what they list is what there is, and their links lead somewhere.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

const PAGES: [&str; 8] = [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "assets/README.md",
    "gazetteer/README.md",
    "lexicon/README.md",
    "tests/corpus/README.md",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What stands between backticks.
fn quoted(page: &str) -> BTreeSet<&str> {
    page.lines().flat_map(|line| line.split('`').skip(1).step_by(2)).collect()
}

/// The keys of the match in `Sense::parse`: the words that a `sense` cell may hold.
fn senses(source: &str) -> BTreeSet<&str> {
    let parse = source.split("match sense {").nth(1).expect("`Sense::parse` matches on the sense");
    let arms = parse.lines().take_while(|line| !line.contains("unknown sense"));
    // An arm of the outer match stands deeper than its function by two levels.
    let heads = arms.filter_map(|line| line.strip_prefix("            \""));
    heads.filter_map(|head| head.split('"').next()).collect()
}

#[test]
fn the_lexicon_page_tells_every_sense() {
    let source = read("src/lexicon/sense.rs");
    let senses = senses(&source);
    assert!(senses.len() > 60 && senses.contains("place_cue") && senses.contains("suffix"), "{senses:?}");
    let page = read("lexicon/README.md");
    let told = quoted(&page);
    let untold: Vec<_> = senses.iter().filter(|sense| !told.contains(**sense)).collect();
    assert!(untold.is_empty(), "lexicon/README.md does not tell of {untold:?}");
}

#[test]
fn relative_links_lead_somewhere() {
    let mut broken = Vec::new();
    let mut seen = 0;
    for page in PAGES {
        let text = read(page);
        let folder = root().join(page).parent().expect("a page lies in a folder").to_path_buf();
        for link in links(&text).filter(|link| !link.contains("://") && !link.starts_with('#')) {
            seen += 1;
            let file: PathBuf = folder.join(link.split('#').next().unwrap_or(link));
            if !file.exists() {
                broken.push(format!("{page}: {link}"));
            }
        }
    }
    assert!(seen > 5, "the links were not found");
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// The targets of Markdown links.
fn links(page: &str) -> impl Iterator<Item = &str> {
    page.split("](").skip(1).filter_map(|rest| rest.split(')').next())
}

#[test]
fn the_commands_of_the_readme_exist() {
    let page = read("README.md");
    let mut seen = BTreeSet::new();
    for command in quoted(&page).into_iter().chain(page.lines()) {
        let mut words = command.split_whitespace();
        if words.next() != Some("masar") {
            continue;
        }
        let subcommands: Vec<&str> = match words.next() {
            Some(group @ ("gazetteer" | "roads")) => [group].into_iter().chain(words.next()).collect(),
            Some(word) if word.chars().all(|c| c.is_ascii_lowercase()) => vec![word],
            _ => continue,
        };
        seen.insert(subcommands.clone());
        let mut masar = Command::cargo_bin("masar").expect("the binary is built");
        masar.args(&subcommands).arg("--help").assert().success();
    }
    assert!(seen.len() >= 4, "{seen:?}");
}

#[test]
fn pages_hold_no_path_of_somebodys_machine() {
    let mut found = Vec::new();
    for page in PAGES.iter().chain(&[".ci/run", ".ci/formats.sh", ".ci/formats.py"]) {
        for (number, line) in read(page).lines().enumerate() {
            if ["/work/", "/tmp/", "/home/", "/Users/", "/root/"].iter().any(|path| line.contains(path)) {
                found.push(format!("{page}:{}: {line}", number + 1));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn what_the_tests_look_for_is_found() {
    assert_eq!(
        senses("match sense {\n            \"a\" => x,\n                \"b\" => y,\n            \"c\" => z"),
        BTreeSet::from(["a", "c"])
    );
    assert_eq!(quoted("`a`, b and `c d`\n`e"), BTreeSet::from(["a", "c d", "e"]));
    assert_eq!(links("[a](b.md) and ![c](d.png)").collect::<Vec<_>>(), ["b.md", "d.png"]);
}
