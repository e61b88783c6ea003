//! Which senses and event types each language pack covers: `lexicon/COVERAGE.md` is made here.
//!
//! `MASAR_WRITE_COVERAGE=1 cargo test --test coverage` writes the page anew after a row was added.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use masar::lexicon::Lexicon;
use masar::lexicon::event_types::EventTypes;

/// Event types that rows of another sense tell: a convoy is no `event` row.
const BY_OTHER_SENSE: [(&str, &str); 3] =
    [("convoy", "convoy"), ("exercise", "exercise"), ("suspension", "suspension")];

/// Senses that a language has no use for, with the reason that the page gives.
const NOT_NEEDED: [(&str, &str, &str); 64] = [
    ("ar", "place_cue_after", "heads stand first"),
    ("ar", "name_cue_after", "heads stand first"),
    ("ar", "direction_after", "heads stand first"),
    ("ar", "near_after", "prepositions"),
    ("ar", "between_after", "prepositions"),
    ("ar", "route_after", "prepositions"),
    ("ar", "article", "ال is part of the word"),
    ("ar", "case_ending", "no cases in spelling"),
    ("ar", "inflection", "no cases in spelling"),
    ("ar", "locative_inflection", "no cases in spelling"),
    ("ar", "name_ending", "no apostrophe"),
    ("ar", "abbreviation", "no full stop"),
    ("ar", "own_letter", "the pack of its script"),
    ("ar", "trait", "has articles"),
    ("ar", "patrol_again", "the number alone stands for it, see another and one_of"),
    ("en", "suffix", "forms are listed"),
    ("en", "case_ending", "no cases"),
    ("en", "inflection", "no cases"),
    ("en", "locative_inflection", "no cases"),
    ("en", "name_cue_after", "see place_cue_after"),
    ("en", "direction_after", "prepositions"),
    ("en", "route_after", "prepositions"),
    ("en", "near_after", "prepositions"),
    ("en", "own_letter", "the pack of its script"),
    ("en", "trait", "has articles"),
    ("tr", "article", "no articles"),
    ("tr", "between", "postpositions"),
    ("tr", "near", "postpositions"),
    ("tr", "within", "case endings"),
    ("tr", "route", "case endings and postpositions"),
    ("tr", "motion_preposition", "case endings"),
    ("tr", "planned_end", "verbs stand last, see not_reached"),
    ("tr", "copula", "the number stands before the noun"),
    ("tr", "topic", "stands behind its noun"),
    ("tr", "inflection", "endings are added, see suffix"),
    ("tr", "locative_inflection", "endings are added, see case_ending"),
    ("tr", "script", "English is the pack of the script"),
    ("tr", "name_ending", "see case_ending and suffix"),
    ("ru", "place_cue_after", "heads stand first"),
    ("ru", "name_cue_after", "heads stand first"),
    ("ru", "direction_after", "heads stand first"),
    ("ru", "near_after", "prepositions"),
    ("ru", "between_after", "prepositions"),
    ("ru", "route_after", "prepositions"),
    ("ru", "article", "no articles"),
    ("ru", "case_ending", "endings replace, see inflection"),
    ("ru", "name_ending", "no apostrophe"),
    ("ar", "demonym", "no capitals"),
    ("ar", "given_name", "no capitals: titles open the names of persons"),
    ("ru", "given_name", "names of persons are inflected"),
    ("tr", "given_name", "titles open the names of persons"),
    ("ar", "total", "sums stand in a sentence with a post of its own"),
    ("ru", "demonym", "written small"),
    ("ru", "suffix", "forms are listed"),
    ("ar", "clock_after", "hours stand behind the word for the clock"),
    ("ar", "clock_time", "see clock_minutes and day_part"),
    ("ar", "division_abbreviation", "no abbreviations"),
    ("en", "clock", "hours stand first"),
    ("ru", "clock", "hours stand first"),
    ("ru", "division_abbreviation", "not in reports"),
    ("tr", "clock_after", "see clock"),
    ("tr", "clock_time", "see day_part"),
    ("tr", "counts", "see source"),
    ("tr", "division_abbreviation", "not in reports"),
];

/// One row of a term table, read from the file itself.
struct Row {
    forms: usize,
    sense: String,
    value: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rows(tag: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    for entry in std::fs::read_dir(root().join("lexicon").join(tag)).expect("a pack is a folder") {
        let path = entry.expect("readable").path();
        if path.file_name().is_some_and(|name| name == "common_words.csv") {
            continue;
        }
        let mut reader = csv::Reader::from_path(&path).expect("readable");
        for record in reader.records() {
            let record = record.expect("the build read it too");
            rows.push(Row {
                forms: record[0].split('|').count(),
                sense: record[1].to_owned(),
                value: record[2].to_owned(),
            });
        }
    }
    rows
}

/// Every sense that `Sense::parse` knows, from its source.
fn senses() -> BTreeSet<String> {
    let source = std::fs::read_to_string(root().join("src/lexicon/sense.rs")).expect("in the repository");
    let parse = source.split("match sense {").nth(1).and_then(|rest| rest.split("unknown sense").next());
    parse
        .expect("parse matches on the sense")
        .lines()
        .filter_map(|line| line.strip_prefix("            \"")?.split_once("\" =>"))
        // "time_zone" if value == "local" is another reading of the same sense.
        .map(|(sense, _)| sense.split('"').next().unwrap_or(sense).to_owned())
        .collect()
}

struct Coverage {
    tags: Vec<String>,
    rows: BTreeMap<String, Vec<Row>>,
}

impl Coverage {
    fn read() -> Self {
        let lexicon = Lexicon::embedded().unwrap_or_else(|error| panic!("{error}"));
        let tags: Vec<String> = lexicon.tags().map(str::to_owned).collect();
        let rows = tags.iter().map(|tag| (tag.clone(), rows(tag))).collect();
        Self { tags, rows }
    }

    /// How many forms a pack has of a sense, of one value of it where one is given.
    fn forms(&self, tag: &str, sense: &str, value: Option<&str>) -> usize {
        self.rows[tag]
            .iter()
            .filter(|row| row.sense == sense && value.is_none_or(|value| row.value == value))
            .map(|row| row.forms)
            .sum()
    }

    fn event_forms(&self, tag: &str, id: &str) -> usize {
        let other = BY_OTHER_SENSE.iter().find(|(known, _)| *known == id);
        other.map_or(0, |(_, sense)| self.forms(tag, sense, None)) + self.forms(tag, "event", Some(id))
    }

    fn page(&self) -> String {
        let mut page = String::from(
            "# Coverage\n\nHow many forms each pack has, made by `tests/coverage.rs`; do not edit. \
             A dash stands where the language has no use for a sense.\n",
        );
        let head = |page: &mut String, first: &str| {
            writeln!(page, "\n| {first} | {} |\n|---|{}", self.tags.join(" | "), "---:|".repeat(self.tags.len()))
        };
        head(&mut page, "event type").expect("writes to memory");
        for (id, _) in EventTypes::embedded().iter() {
            let cells: Vec<String> = self.tags.iter().map(|tag| self.event_forms(tag, id).to_string()).collect();
            writeln!(page, "| `{id}` | {} |", cells.join(" | ")).expect("writes to memory");
        }
        head(&mut page, "sense").expect("writes to memory");
        for sense in senses() {
            let cell = |tag: &String| match self.forms(tag, &sense, None) {
                0 if needless(tag, &sense) => "–".to_owned(),
                forms => forms.to_string(),
            };
            let cells: Vec<String> = self.tags.iter().map(cell).collect();
            writeln!(page, "| `{sense}` | {} |", cells.join(" | ")).expect("writes to memory");
        }
        page
    }
}

fn needless(tag: &str, sense: &str) -> bool {
    NOT_NEEDED.iter().any(|(known, needless, _)| *known == tag && *needless == sense)
}

#[test]
fn every_pack_covers_every_event_type_and_every_sense_it_has_a_use_for() {
    let coverage = Coverage::read();
    let mut gaps = Vec::new();
    for tag in &coverage.tags {
        for (id, _) in EventTypes::embedded().iter() {
            if coverage.event_forms(tag, id) == 0 {
                gaps.push(format!("{tag}: event {id}"));
            }
        }
        for sense in senses() {
            let forms = coverage.forms(tag, &sense, None);
            if forms == 0 && !needless(tag, &sense) {
                gaps.push(format!("{tag}: {sense}"));
            }
            if forms > 0 && needless(tag, &sense) {
                gaps.push(format!("{tag}: {sense} has rows and is said to be of no use"));
            }
        }
    }
    assert!(gaps.is_empty(), "{}", gaps.join("\n"));
}

#[test]
fn the_page_is_up_to_date() {
    let path = root().join("lexicon/COVERAGE.md");
    let page = Coverage::read().page();
    if std::env::var_os("MASAR_WRITE_COVERAGE").is_some() {
        std::fs::write(&path, &page).expect("the repository is writable");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == page, "lexicon/COVERAGE.md is stale: MASAR_WRITE_COVERAGE=1 cargo test --test coverage");
}
