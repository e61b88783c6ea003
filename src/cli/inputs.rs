//! Which articles were named on the command line, and what each is called in the output.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use masar::diagnostic::Diagnostic;
use masar::model::article::Article;
use masar::reader::{self, ReadError};
use thiserror::Error;

/// The id of the article on standard input.
const STDIN_ID: &str = "stdin";

/// Where an article comes from.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Source {
    Stdin,
    File(PathBuf),
}

impl Source {
    /// The source that an argument names: `-` is standard input.
    pub fn from_argument(argument: &Path) -> Self {
        if argument.as_os_str() == "-" { Self::Stdin } else { Self::File(argument.to_owned()) }
    }

    /// Reads the article; `id` is the one it gets in the output.
    pub fn read(&self, id: &str) -> Result<(Article, Vec<Diagnostic>), ReadError> {
        match self {
            Self::Stdin => reader::read_stream(io::stdin().lock(), id),
            Self::File(path) => reader::read_file_as(path, id),
        }
    }

    /// The id of its article where no other has the same.
    pub fn id(&self) -> String {
        match self {
            Self::Stdin => STDIN_ID.to_owned(),
            Self::File(path) => reader::article_id(path),
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stdin => f.write_str("standard input"),
            Self::File(path) => path.display().fmt(f),
        }
    }
}

/// One article to be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Input {
    pub source: Source,
    pub id: String,
}

/// Why a folder gives no articles.
#[derive(Debug, Error)]
pub enum FolderError {
    #[error("cannot read the folder {}", path.display())]
    Io { path: PathBuf, source: io::Error },
    #[error("the folder {} holds no .txt file", path.display())]
    NoArticle { path: PathBuf },
}

/// What the arguments name.
#[derive(Debug, Default)]
pub struct Inputs {
    /// In the order of the arguments, the files of a folder by name.
    pub inputs: Vec<Input>,
    pub failures: Vec<FolderError>,
    /// What a person would wonder about in the output.
    pub notes: Vec<String>,
}

/// Lists the articles that the arguments name. A folder stands for its `.txt` files, those of
/// subfolders not among them. No article is opened.
pub fn list(arguments: &[PathBuf]) -> Inputs {
    let mut listed = Inputs::default();
    let mut sources = Vec::new();
    for argument in arguments {
        match Source::from_argument(argument) {
            Source::File(path) if path.is_dir() => match articles_in(&path) {
                Ok(paths) => sources.extend(paths.into_iter().map(Source::File)),
                Err(error) => listed.failures.push(error),
            },
            source => sources.push(source),
        }
    }
    let sources = without_repeats(sources, &mut listed.notes);
    listed.inputs = with_ids(sources, &mut listed.notes);
    listed
}

fn articles_in(folder: &Path) -> Result<Vec<PathBuf>, FolderError> {
    let io_error = |source| FolderError::Io { path: folder.to_owned(), source };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(io_error)? {
        let path = entry.map_err(io_error)?.path();
        let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        let text = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("txt"));
        if text && !hidden && !path.is_dir() {
            paths.push(path);
        }
    }
    if paths.is_empty() {
        return Err(FolderError::NoArticle { path: folder.to_owned() });
    }
    paths.sort();
    Ok(paths)
}

/// Drops what was named before, perhaps by another path: the same article twice would double
/// everything on the map.
fn without_repeats(sources: Vec<Source>, notes: &mut Vec<String>) -> Vec<Source> {
    let mut known = BTreeSet::new();
    let mut kept = Vec::with_capacity(sources.len());
    for source in sources {
        let file = match &source {
            Source::Stdin => Source::Stdin,
            Source::File(path) => Source::File(fs::canonicalize(path).unwrap_or_else(|_| path.clone())),
        };
        if known.insert(file) {
            kept.push(source);
        } else {
            notes.push(format!("note: {source} is named twice and read once"));
        }
    }
    kept
}

/// Gives every source an id of its own. Which of two keeps the plain one does not depend on the
/// order in which they were typed.
fn with_ids(sources: Vec<Source>, notes: &mut Vec<String>) -> Vec<Input> {
    let mut inputs: Vec<Input> = sources.into_iter().map(|source| Input { id: source.id(), source }).collect();
    let mut taken: BTreeSet<String> = inputs.iter().map(|input| input.id.clone()).collect();
    let mut order: Vec<&mut Input> = inputs.iter_mut().collect();
    order.sort_by(|a, b| (&a.id, &a.source).cmp(&(&b.id, &b.source)));
    let mut stem = None;
    let mut number = 1;
    for input in order {
        if stem.as_ref() != Some(&input.id) {
            stem = Some(input.id.clone());
            number = 1;
            continue;
        }
        let free = loop {
            number += 1;
            let id = format!("{}-{number}", input.id);
            if taken.insert(id.clone()) {
                break id;
            }
        };
        notes.push(format!("note: {} becomes {free}, because another article is {}", input.source, input.id));
        input.id = free;
    }
    inputs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(paths: &[&str]) -> Vec<String> {
        let sources = paths.iter().map(|path| Source::from_argument(Path::new(path))).collect();
        with_ids(sources, &mut Vec::new()).into_iter().map(|input| input.id).collect()
    }

    #[test]
    fn equal_stems_become_distinct_whatever_their_order() {
        assert_eq!(ids(&["a/x.txt", "b/x.txt", "y.txt"]), ["x", "x-2", "y"]);
        assert_eq!(ids(&["b/x.txt", "a/x.txt"]), ["x-2", "x"]);
        assert_eq!(ids(&["a/x.txt", "b/x.txt", "x-2.txt"]), ["x", "x-3", "x-2"]);
        assert_eq!(ids(&["-", "stdin.txt"]), ["stdin", "stdin-2"]);
    }

    #[test]
    fn a_folder_stands_for_its_text_files() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.txt", "a.TXT", "c.json", ".d.txt"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        fs::create_dir(folder.path().join("e.txt")).unwrap();
        let listed = list(&[folder.path().to_owned(), folder.path().join("b.txt")]);
        let ids: Vec<&str> = listed.inputs.iter().map(|input| input.id.as_str()).collect();
        assert_eq!(ids, ["a", "b"]);
        assert_eq!(listed.notes.len(), 1, "{:?}", listed.notes);
        let empty = list(&[folder.path().join("e.txt")]);
        assert!(matches!(empty.failures.as_slice(), [FolderError::NoArticle { .. }]));
    }
}
