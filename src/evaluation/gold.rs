//! Gold: what a person says that an article reports, in the format of `tests/corpus/README.md`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer};
use thiserror::Error;

use super::text_position::TextPosition;
use crate::model::coordinate::{Coordinate, CoordinateError};

/// The ending of a gold file; what stands before it is the article's id.
const GOLD_ENDING: &str = ".gold.json";

/// Why gold cannot be used. Every message says what to do.
#[derive(Debug, Error)]
pub enum GoldError {
    #[error("cannot list the folder {}", path.display())]
    Folder { path: PathBuf, source: io::Error },
    #[error(
        "there is no *.gold.json in the folder {}: annotate each article NAME.txt in a NAME.gold.json beside it",
        path.display()
    )]
    Empty { path: PathBuf },
    #[error("{} has no text: put the article into {} beside it", gold.display(), text.display())]
    NoText { gold: PathBuf, text: PathBuf },
    #[error("cannot read {}", path.display())]
    Io { path: PathBuf, source: io::Error },
    #[error("{}:{line}:{column}: {message}: correct the annotation", path.display())]
    Json { path: PathBuf, line: usize, column: usize, message: String },
    #[error(
        "{}: {entry} starts at {offset}, beyond the text of {length} characters: count Unicode code points from 0",
        path.display()
    )]
    Beyond { path: PathBuf, entry: String, offset: usize, length: usize },
    #[error(
        "{}: {entry} does not stand at {offset}, where the text reads \"{found}\"{}",
        path.display(),
        elsewhere.map_or(
            ": spell it as the text does, without clitics".to_owned(),
            |offset| format!(": the first one starts at {offset}")
        )
    )]
    Mismatch { path: PathBuf, entry: String, offset: usize, found: String, elsewhere: Option<usize> },
    #[error("{}: {entry}: lat and lon go together: give both or null", path.display())]
    HalfCoordinate { path: PathBuf, entry: String },
    #[error("{}: {entry}: correct the coordinate", path.display())]
    Coordinate { path: PathBuf, entry: String, source: CoordinateError },
}

/// An annotated article that was found in a folder.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct GoldFile {
    /// The files' common stem, which is the article's id on the map.
    pub id: String,
    pub gold: PathBuf,
    pub text: PathBuf,
}

/// The annotated articles of a folder, sorted by id. Its subfolders are not looked into.
///
/// # Errors
/// When the folder cannot be listed or holds no gold.
pub fn gold_files(folder: &Path) -> Result<Vec<GoldFile>, GoldError> {
    let error = |source| GoldError::Folder { path: folder.to_owned(), source };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(error)? {
        let gold = entry.map_err(error)?.path();
        let name = gold.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match name.strip_suffix(GOLD_ENDING) {
            // Copies that other programs keep, such as `._a.gold.json` on a Mac's disk, are no gold.
            Some(id) if !id.is_empty() && !id.starts_with('.') => {
                let text = folder.join(format!("{id}.txt"));
                files.push(GoldFile { id: id.to_owned(), gold, text });
            }
            _ => {}
        }
    }
    if files.is_empty() {
        return Err(GoldError::Empty { path: folder.to_owned() });
    }
    files.sort();
    Ok(files)
}

/// What a place is and where, as annotated.
#[derive(Clone, PartialEq, Debug, Deserialize)]
pub struct GoldPlace {
    /// The first mention exactly as written.
    pub surface: String,
    /// Where it starts, in code points.
    pub start: usize,
    /// The name by which the other lists refer to it.
    pub canonical_en: String,
    #[serde(default, deserialize_with = "or_default")]
    pub aliases: Vec<String>,
    #[serde(default, deserialize_with = "or_default")]
    role: String,
    #[serde(default, deserialize_with = "or_default")]
    kind: String,
    #[serde(default, deserialize_with = "or_default")]
    optional: bool,
    lon: Option<f64>,
    lat: Option<f64>,
    #[serde(default, deserialize_with = "or_default")]
    coord_conf: String,
}

impl GoldPlace {
    /// Whether a map may lack it: what stands in menus and datelines is never required.
    pub fn is_optional(&self) -> bool {
        self.optional || self.role == "noise" || self.role == "dateline"
    }

    /// Its position; [`Gold::read`] has refused coordinates out of range.
    pub fn coordinate(&self) -> Option<Coordinate> {
        Coordinate::new(self.lon?, self.lat?).ok()
    }

    /// Whether its coordinates say where it is to a few kilometres, so that a map can be held to
    /// them. A province has a middle at most.
    pub fn is_sure(&self) -> bool {
        matches!(self.coord_conf.as_str(), "high" | "medium")
            && matches!(self.kind.as_str(), "settlement" | "camp" | "crossing")
            && self.coordinate().is_some()
    }
}

/// A run, or several told together.
#[derive(Clone, PartialEq, Debug, Deserialize)]
pub struct GoldPatrol {
    /// Left out means reported; null means nothing that is counted.
    #[serde(default = "reported")]
    modality: Option<String>,
    pub date: Option<String>,
    pub ordinal: Option<u64>,
    pub count: Option<u64>,
    #[serde(default, deserialize_with = "or_default")]
    pub actors: Vec<String>,
    pub road: Option<String>,
    pub route: Vec<String>,
    /// Stops that a map may have or lack.
    #[serde(default, deserialize_with = "or_default")]
    pub optional_via: Vec<String>,
    #[serde(default, deserialize_with = "or_default")]
    undirected: bool,
    #[serde(default, deserialize_with = "or_default")]
    direction_notes: String,
    #[serde(default, deserialize_with = "or_default")]
    pub evidence: String,
    pub evidence_start: Option<usize>,
}

impl GoldPatrol {
    pub fn is_reported(&self) -> bool {
        self.modality.as_deref() == Some("reported")
    }

    /// Whether it stands for several runs, which have no number or day of their own.
    pub fn is_several(&self) -> bool {
        self.count.is_some_and(|count| count > 1)
    }

    /// Whether the text gives the ends but not the direction.
    pub fn is_undirected(&self) -> bool {
        self.undirected || self.direction_notes.contains("between")
    }
}

/// A post of one party at a place.
#[derive(Clone, PartialEq, Debug, Deserialize)]
pub struct GoldPosition {
    #[serde(default, deserialize_with = "or_default")]
    pub actor: String,
    pub place: String,
    #[serde(default, deserialize_with = "or_default")]
    status: String,
    #[serde(default, deserialize_with = "or_default")]
    pub evidence: String,
    pub evidence_start: Option<usize>,
}

impl GoldPosition {
    pub fn status(&self) -> &str {
        if self.status.is_empty() { "existing" } else { &self.status }
    }
}

/// What an article reports, as annotated. Other keys of the format are for people.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
pub struct Gold {
    #[serde(default, deserialize_with = "or_default")]
    pub places: Vec<GoldPlace>,
    #[serde(default, deserialize_with = "or_default")]
    pub patrols: Vec<GoldPatrol>,
    #[serde(default, deserialize_with = "or_default")]
    pub positions: Vec<GoldPosition>,
}

impl Gold {
    /// Reads a gold file and checks it against its article's text.
    ///
    /// # Errors
    /// When the file cannot be read, is not in the format, or says of the text what is not so:
    /// an offset beyond its end, a name or evidence that does not stand where it should.
    pub fn read(path: &Path, text: &str) -> Result<Self, GoldError> {
        let source = fs::read(path).map_err(|source| GoldError::Io { path: path.to_owned(), source })?;
        let source = source.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&source);
        // Serde reads an array as an object whose keys were left out.
        if source.trim_ascii_start().first().is_some_and(|byte| *byte != b'{') {
            let message = "gold is one JSON object with places, patrols and positions".to_owned();
            return Err(GoldError::Json { path: path.to_owned(), line: 1, column: 1, message });
        }
        let gold: Self = serde_json::from_slice(source).map_err(|error| GoldError::Json {
            path: path.to_owned(),
            line: error.line(),
            column: error.column(),
            message: without_position(&error.to_string()),
        })?;
        gold.check(path, text)?;
        Ok(gold)
    }

    fn check(&self, path: &Path, text: &str) -> Result<(), GoldError> {
        let characters: Vec<char> = text.chars().collect();
        let check = |entry: String, words: &str, start: usize| {
            let length = characters.len();
            if start >= length {
                return Err(GoldError::Beyond { path: path.to_owned(), entry, offset: start, length });
            }
            let found: String = characters.iter().skip(start).take(words.chars().count()).collect();
            if found == words {
                return Ok(());
            }
            let elsewhere = text.find(words).map(|at| text.get(..at).unwrap_or_default().chars().count());
            Err(GoldError::Mismatch { path: path.to_owned(), entry, offset: start, found, elsewhere })
        };
        for (index, place) in self.places.iter().enumerate() {
            let entry = || format!("places[{index}] \"{}\"", place.surface);
            check(entry(), &place.surface, place.start)?;
            match (place.lon, place.lat) {
                (Some(lon), Some(lat)) => {
                    let error = |source| GoldError::Coordinate { path: path.to_owned(), entry: entry(), source };
                    Coordinate::new(lon, lat).map_err(error)?;
                }
                (None, None) => {}
                _ => return Err(GoldError::HalfCoordinate { path: path.to_owned(), entry: entry() }),
            }
        }
        for (index, patrol) in self.patrols.iter().enumerate() {
            if let Some(start) = patrol.evidence_start {
                check(format!("the evidence of patrols[{index}]"), &patrol.evidence, start)?;
            }
        }
        for (index, position) in self.positions.iter().enumerate() {
            if let Some(start) = position.evidence_start {
                check(format!("the evidence of positions[{index}]"), &position.evidence, start)?;
            }
        }
        Ok(())
    }
}

/// An article with its text and its gold.
#[derive(Clone, PartialEq, Debug)]
pub struct GoldArticle {
    pub id: String,
    pub text: String,
    pub gold: Gold,
}

impl GoldArticle {
    /// Where the words of an entry stand; entries without an offset are looked for.
    pub fn position(&self, start: Option<usize>, words: &str) -> Option<TextPosition> {
        let found = || {
            let at = (!words.is_empty()).then(|| self.text.find(words))??;
            Some(self.text.get(..at)?.chars().count())
        };
        TextPosition::of(&self.text, start.or_else(found)?)
    }
}

fn reported() -> Option<String> {
    Some("reported".to_owned())
}

/// Null where nothing is said is as good as leaving the key out.
fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(deserializer: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// The message of a JSON error without its own "at line 3 column 7".
fn without_position(message: &str) -> String {
    message.rsplit_once(" at line ").map_or(message, |(message, _)| message).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "دورية من سراقب\nإلى أريحا";

    fn read(gold: &str) -> Result<Gold, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.gold.json");
        fs::write(&path, gold).unwrap();
        let mark = format!("{}/", folder.path().display());
        Gold::read(&path, TEXT).map_err(|error| error.to_string().replace(&mark, ""))
    }

    #[test]
    fn null_says_as_much_as_a_key_that_is_left_out() {
        let gold = read(
            r#"{"places": [{"surface": "سراقب", "start": 9, "canonical_en": "Saraqib", "lat": null, "role": null}],
                "patrols": [{"route": ["Saraqib"], "actors": null}, {"route": [], "modality": null}],
                "positions": null}"#,
        )
        .unwrap();
        assert_eq!(gold.places[0].coordinate(), None);
        assert!(gold.patrols[0].is_reported() && !gold.patrols[1].is_reported());
        assert_eq!(gold.positions, []);
    }

    #[test]
    fn what_is_wrong_is_said_with_the_place_and_what_to_do() {
        let place = |keys: &str| format!(r#"{{"places": [{{"canonical_en": "Saraqib", {keys}}}]}}"#);
        let cases = [
            (
                "[]".to_owned(),
                "a.gold.json:1:1: gold is one JSON object with places, patrols and positions: correct the annotation",
            ),
            ("{\n  \"places\": [}".to_owned(), "a.gold.json:2:14: expected value: correct the annotation"),
            (place(r#""surface": "سراقب""#), "a.gold.json:1:64: missing field `start`: correct the annotation"),
            (
                place(r#""surface": "سراقب", "start": 24"#),
                "a.gold.json: places[0] \"سراقب\" starts at 24, beyond the text of 24 characters: \
                 count Unicode code points from 0",
            ),
            (
                place(r#""surface": "سراقب", "start": 8"#),
                "a.gold.json: places[0] \"سراقب\" does not stand at 8, where the text reads \" سراق\": \
                 the first one starts at 9",
            ),
            (
                place(r#""surface": "سرمين", "start": 9"#),
                "a.gold.json: places[0] \"سرمين\" does not stand at 9, where the text reads \"سراقب\": \
                 spell it as the text does, without clitics",
            ),
            (
                place(r#""surface": "سراقب", "start": 9, "lat": 35.8"#),
                "a.gold.json: places[0] \"سراقب\": lat and lon go together: give both or null",
            ),
            (
                place(r#""surface": "سراقب", "start": 9, "lat": 95, "lon": 36"#),
                "a.gold.json: places[0] \"سراقب\": correct the coordinate",
            ),
            (
                r#"{"patrols": [{"route": [], "evidence": "قافلة", "evidence_start": 0}]}"#.to_owned(),
                "a.gold.json: the evidence of patrols[0] does not stand at 0, where the text reads \"دورية\": \
                 spell it as the text does, without clitics",
            ),
        ];
        for (gold, message) in cases {
            assert_eq!(read(&gold), Err(message.to_owned()), "{gold}");
        }
    }

    #[test]
    fn a_folder_stands_for_its_annotated_articles() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(gold_files(folder.path()), Err(GoldError::Empty { .. })));
        for name in ["b.gold.json", "a.gold.json", "a.txt", "c.txt", "._a.gold.json", ".gold.json"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let ids: Vec<String> = gold_files(folder.path()).unwrap().into_iter().map(|file| file.id).collect();
        assert_eq!(ids, ["a", "b"]);
        assert!(matches!(gold_files(&folder.path().join("none")), Err(GoldError::Folder { .. })));
    }
}
