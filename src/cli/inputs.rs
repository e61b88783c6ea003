//! Which articles are meant, and under which ids.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use masar::diagnostic::Diagnostic;
use masar::model::article::Article;
use masar::reader::{self, ReadError};
use thiserror::Error;

/// One article that was asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Input {
    pub place: InputPlace,
    /// Different from the ids of all other inputs.
    pub id: String,
}

/// Where an article lies.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum InputPlace {
    StandardInput,
    File(PathBuf),
}

/// Why an argument stands for no article.
#[derive(Debug, Error)]
pub enum InputError {
    #[error("cannot list the folder {}", path.display())]
    Folder { path: PathBuf, source: io::Error },
    #[error("there is no *.txt file in the folder {}", path.display())]
    EmptyFolder { path: PathBuf },
    #[error("standard input (-) can be read only once")]
    StandardInputTwice,
}

/// The inputs that some arguments stand for.
#[derive(Debug, Default)]
pub struct Inputs {
    pub inputs: Vec<Input>,
    /// Folders without an article: the run goes on without them.
    pub failed: Vec<InputError>,
    /// Ids that had to be changed, with the files.
    pub renamed: Vec<Input>,
}

impl Inputs {
    /// Replaces folders by the text files in them and gives every input an id of its own.
    ///
    /// # Errors
    /// When standard input is asked for twice.
    pub fn expand(arguments: &[PathBuf]) -> Result<Self, InputError> {
        let mut expanded = Self::default();
        let mut taken = BTreeSet::new();
        for argument in arguments {
            if argument.as_os_str() == "-" {
                if !taken.insert("stdin".to_owned()) {
                    return Err(InputError::StandardInputTwice);
                }
                expanded.inputs.push(Input { place: InputPlace::StandardInput, id: "stdin".to_owned() });
            } else if argument.is_dir() {
                match articles_in(argument) {
                    Ok(files) => files.into_iter().for_each(|file| expanded.add(file, &mut taken)),
                    Err(error) => expanded.failed.push(error),
                }
            } else {
                expanded.add(argument.clone(), &mut taken);
            }
        }
        Ok(expanded)
    }

    fn add(&mut self, file: PathBuf, taken: &mut BTreeSet<String>) {
        let stem = file.file_stem().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
        let mut id = stem.clone();
        let mut number = 2;
        while !taken.insert(id.clone()) {
            id = format!("{stem}-{number}");
            number += 1;
        }
        let input = Input { place: InputPlace::File(file), id };
        if input.id != stem {
            self.renamed.push(input.clone());
        }
        self.inputs.push(input);
    }
}

impl Input {
    /// Reads the article.
    ///
    /// # Errors
    /// When it cannot be read or is no text.
    pub fn read(&self) -> Result<(Article, Vec<Diagnostic>), ReadError> {
        let (mut article, mut diagnostics) = match &self.place {
            InputPlace::StandardInput => reader::read_stream(io::stdin().lock(), &self.id)?,
            InputPlace::File(path) => reader::read_file(path)?,
        };
        article.id.clone_from(&self.id);
        for diagnostic in &mut diagnostics {
            diagnostic.article_id.clone_from(&self.id);
        }
        Ok((article, diagnostics))
    }
}

/// The text files in a folder, sorted by name.
fn articles_in(folder: &Path) -> Result<Vec<PathBuf>, InputError> {
    let error = |source| InputError::Folder { path: folder.to_owned(), source };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(error)? {
        let path = entry.map_err(error)?.path();
        if path.extension().is_some_and(|extension| extension == "txt") && !path.is_dir() {
            files.push(path);
        }
    }
    if files.is_empty() {
        return Err(InputError::EmptyFolder { path: folder.to_owned() });
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_stems_get_ids_of_their_own() {
        let arguments: Vec<PathBuf> =
            ["a/x.txt", "b/x.txt", "b/x-2.txt", "c/x.txt"].iter().map(PathBuf::from).collect();
        let expanded = Inputs::expand(&arguments).unwrap();
        let ids: Vec<&str> = expanded.inputs.iter().map(|input| input.id.as_str()).collect();
        assert_eq!(ids, ["x", "x-2", "x-2-2", "x-3"]);
        assert_eq!(expanded.renamed.len(), 3);
    }

    #[test]
    fn a_folder_stands_for_its_text_files_in_order() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.txt", "a.txt", "notes.md"] {
            fs::write(folder.path().join(name), "نص").unwrap();
        }
        let expanded = Inputs::expand(&[folder.path().to_owned()]).unwrap();
        let ids: Vec<&str> = expanded.inputs.iter().map(|input| input.id.as_str()).collect();
        assert_eq!(ids, ["a", "b"]);

        let empty = tempfile::tempdir().unwrap();
        let expanded = Inputs::expand(&[empty.path().to_owned()]).unwrap();
        assert!(matches!(expanded.failed.as_slice(), [InputError::EmptyFolder { .. }]));
    }

    #[test]
    fn standard_input_can_be_asked_for_once() {
        let twice = [PathBuf::from("-"), PathBuf::from("-")];
        assert!(matches!(Inputs::expand(&twice), Err(InputError::StandardInputTwice)));
    }
}
