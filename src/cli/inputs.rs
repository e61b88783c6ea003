//! Which articles are meant, and under which ids.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use masar::diagnostic::Diagnostic;
use masar::model::article::Article;
use masar::reader::{self, ReadError};
use thiserror::Error;

use super::outcome::{report_error, tell};

/// One article that was asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Input {
    pub place: InputPlace,
    /// Different from the ids of all other inputs. Records that have no id are numbered behind it.
    pub id: String,
    pub form: InputForm,
}

/// How articles lie in a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum InputForm {
    /// One article, plain text
    Text,
    /// JSON Lines: one article a line
    Jsonl,
}

impl InputForm {
    /// The form that a file's name tells.
    fn of(path: &Path) -> Self {
        let extension = path.extension().map(|extension| extension.to_ascii_lowercase());
        match extension.as_deref().and_then(|extension| extension.to_str()) {
            Some("jsonl" | "ndjson") => Self::Jsonl,
            _ => Self::Text,
        }
    }
}

/// Where an article lies.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum InputPlace {
    StandardInput,
    File(PathBuf),
}

impl fmt::Display for InputPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::StandardInput => f.write_str("standard input"),
            Self::File(path) => path.display().fmt(f),
        }
    }
}

/// Why an argument stands for no article.
#[derive(Debug, Error)]
pub enum InputError {
    #[error("cannot list the folder {}", path.display())]
    Folder { path: PathBuf, source: io::Error },
    #[error("there is no *.txt or *.jsonl file in the folder {}", path.display())]
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
    /// Files that were named before, perhaps by another path.
    pub repeated: Vec<InputPlace>,
}

impl Inputs {
    /// Replaces folders by the files of articles in them and gives every input an id of its own.
    /// Without a `form`, a file's name tells it; standard input is text then.
    ///
    /// # Errors
    /// When standard input is asked for twice.
    pub fn expand(arguments: &[PathBuf], form: Option<InputForm>) -> Result<Self, InputError> {
        let mut expanded = Self::default();
        let mut places = Vec::new();
        for argument in arguments {
            if argument.as_os_str() == "-" {
                if places.contains(&InputPlace::StandardInput) {
                    return Err(InputError::StandardInputTwice);
                }
                places.push(InputPlace::StandardInput);
            } else if argument.is_dir() {
                match articles_in(argument) {
                    Ok(files) => places.extend(files.into_iter().map(InputPlace::File)),
                    Err(error) => expanded.failed.push(error),
                }
            } else {
                places.push(InputPlace::File(argument.clone()));
            }
        }
        let places = expanded.drop_repeats(places);
        let input = |place: InputPlace| {
            let told = match &place {
                InputPlace::StandardInput => InputForm::Text,
                InputPlace::File(path) => InputForm::of(path),
            };
            Input { id: place.id(), place, form: form.unwrap_or(told) }
        };
        expanded.inputs = places.into_iter().map(input).collect();
        expanded.tell_ids_apart();
        Ok(expanded)
    }

    /// Tells what is odd about the arguments and returns how many of them stand for no article.
    pub fn tell_oddities(&self, quiet: bool) -> usize {
        self.failed.iter().for_each(|error| report_error(error));
        if !quiet {
            for place in &self.repeated {
                tell(format_args!("note: {place} is named twice and read once"));
            }
            for Input { place, id, .. } in &self.renamed {
                tell(format_args!("note: another article is called so too, {place} gets the id {id}"));
            }
        }
        self.failed.len()
    }

    /// How many articles there are; `None` where files must be read to know.
    pub fn article_count(&self) -> Option<usize> {
        self.inputs.iter().all(|input| input.form == InputForm::Text).then_some(self.inputs.len())
    }

    /// The same article twice would double everything on the map.
    fn drop_repeats(&mut self, places: Vec<InputPlace>) -> Vec<InputPlace> {
        let mut known = BTreeSet::new();
        let (kept, repeated) = places.into_iter().partition(|place| match place {
            InputPlace::StandardInput => true,
            InputPlace::File(path) => known.insert(fs::canonicalize(path).unwrap_or_else(|_| path.clone())),
        });
        self.repeated = repeated;
        kept
    }

    /// Numbers the inputs that have one stem. Which of them keeps it depends on their paths and
    /// not on the order in which they were typed, because feature ids are made of it.
    fn tell_ids_apart(&mut self) {
        let mut taken: BTreeSet<String> = self.inputs.iter().map(|input| input.id.clone()).collect();
        let mut order: Vec<&mut Input> = self.inputs.iter_mut().collect();
        order.sort_by(|a, b| (&a.id, &a.place).cmp(&(&b.id, &b.place)));
        let (mut stem, mut number) = (None, 1);
        for input in order {
            if stem.as_ref() != Some(&input.id) {
                (stem, number) = (Some(input.id.clone()), 1);
                continue;
            }
            let plain = input.id.clone();
            while !taken.insert(input.id.clone()) {
                number += 1;
                input.id = format!("{plain}-{number}");
            }
            self.renamed.push(input.clone());
        }
    }
}

impl InputPlace {
    /// The id of its article where no other has the same.
    fn id(&self) -> String {
        match self {
            Self::StandardInput => "stdin".to_owned(),
            Self::File(path) => reader::article_id(path),
        }
    }
}

impl Input {
    /// Reads a file that is one article.
    ///
    /// # Errors
    /// When it cannot be read or is no text.
    pub fn read(&self) -> Result<(Article, Vec<Diagnostic>), ReadError> {
        match &self.place {
            InputPlace::StandardInput => reader::read_stream(io::stdin().lock(), &self.id),
            InputPlace::File(path) => reader::read_file_as(path, &self.id),
        }
    }
}

/// The files of articles in a folder, sorted by name.
fn articles_in(folder: &Path) -> Result<Vec<PathBuf>, InputError> {
    let error = |source| InputError::Folder { path: folder.to_owned(), source };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(error)? {
        let path = entry.map_err(error)?.path();
        // Copies that other programs keep, such as `._a.txt` on a Mac's disk, are no articles.
        let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        if hidden {
            continue;
        }
        let text = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("txt"));
        if (text || InputForm::of(&path) == InputForm::Jsonl) && !path.is_dir() {
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
        let expanded = Inputs::expand(&arguments, None).unwrap();
        let ids: Vec<&str> = expanded.inputs.iter().map(|input| input.id.as_str()).collect();
        assert_eq!(ids, ["x", "x-3", "x-2", "x-4"]);
        assert_eq!(expanded.renamed.len(), 2);
    }

    #[test]
    fn the_order_of_the_arguments_changes_no_id() {
        let ids = |paths: [&str; 3]| {
            let arguments: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
            let mut inputs = Inputs::expand(&arguments, None).unwrap().inputs;
            inputs.sort_by(|a, b| a.place.cmp(&b.place));
            inputs
        };
        assert_eq!(ids(["b/x.txt", "-", "a/x.txt"]), ids(["-", "a/x.txt", "b/x.txt"]));
    }

    #[test]
    fn a_file_named_twice_is_read_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        fs::write(&file, "نص").unwrap();
        let expanded = Inputs::expand(&[folder.path().to_owned(), file, folder.path().join("./a.txt")], None).unwrap();
        assert_eq!((expanded.inputs.len(), expanded.repeated.len()), (1, 2));
    }

    #[test]
    fn a_folder_stands_for_its_text_files_in_order() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.TXT", "a.txt", "notes.md", "._a.txt", "c.jsonl"] {
            fs::write(folder.path().join(name), "نص").unwrap();
        }
        let expanded = Inputs::expand(&[folder.path().to_owned()], None).unwrap();
        let ids: Vec<&str> = expanded.inputs.iter().map(|input| input.id.as_str()).collect();
        assert_eq!(ids, ["a", "b", "c"]);

        let empty = tempfile::tempdir().unwrap();
        let expanded = Inputs::expand(&[empty.path().to_owned()], None).unwrap();
        assert!(matches!(expanded.failed.as_slice(), [InputError::EmptyFolder { .. }]));
    }

    #[test]
    fn standard_input_can_be_asked_for_once() {
        let twice = [PathBuf::from("-"), PathBuf::from("-")];
        assert!(matches!(Inputs::expand(&twice, None), Err(InputError::StandardInputTwice)));
    }
}
