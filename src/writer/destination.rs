//! Where a result goes: a folder, one file, or a stream.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::files::{Batch, WriteError};
use super::layer::{Layer, Layers};
use super::{COMPANIONS, Content, Division, FORMATS, Format, Options};

/// What the whole of a result is called where a format gives it a name.
const WHOLE: &str = "masar";

/// Where a result goes, and in which formats.
#[derive(Clone)]
pub enum Destination {
    /// A folder with the files of some formats.
    Folder(PathBuf, Vec<&'static dyn Format>),
    /// One file of all layers.
    File(PathBuf, &'static dyn Format),
    /// One stream of all layers.
    Stream(&'static dyn Format),
}

impl Destination {
    /// A folder with everything that belongs into one.
    pub fn usual_folder(folder: PathBuf) -> Self {
        Self::Folder(folder, FORMATS.iter().copied().filter(|format| format.in_every_folder()).collect())
    }

    /// The formats asked for.
    pub fn formats(&self) -> &[&'static dyn Format] {
        match self {
            Self::Folder(_, formats) => formats,
            Self::File(_, format) | Self::Stream(format) => std::slice::from_ref(format),
        }
    }

    /// The folder that files are made in; none for a stream.
    pub fn folder(&self) -> Option<&Path> {
        match self {
            Self::Folder(folder, _) => Some(folder),
            Self::File(path, _) => Some(path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))),
            Self::Stream(_) => None,
        }
    }
}

/// Writes a result, and what goes with its formats, into a folder that exists and returns the files made.
///
/// # Errors
/// When a file cannot be written. No partial file is left under a final name then, and files of an
/// earlier result stay as they were.
pub fn write_folder(
    formats: &[&dyn Format],
    layers: &Layers,
    options: Options,
    folder: &Path,
) -> Result<Vec<PathBuf>, WriteError> {
    let mut files = FolderFiles { folder, layers, options, batch: Batch::default() };
    for format in formats {
        files.add(format.division(), format.extension(), |content, out| format.write(content, out))?;
        for companion in COMPANIONS.iter().filter(|companion| companion.beside() == format.name()) {
            files.add(companion.division(), companion.extension(), |content, out| companion.write(content, out))?;
        }
    }
    files.batch.publish()
}

/// The files of a folder while they are made.
struct FolderFiles<'a> {
    folder: &'a Path,
    layers: &'a Layers,
    options: Options,
    batch: Batch,
}

impl FolderFiles<'_> {
    /// Writes what one format or companion has.
    fn add(
        &mut self,
        division: Division,
        extension: &str,
        write: impl Fn(&Content<'_>, &mut dyn Write) -> io::Result<()>,
    ) -> Result<(), WriteError> {
        let mut file = |stem: &str, content: &Content<'_>| {
            self.batch.write(self.folder.join(format!("{stem}.{extension}")), |out| write(content, out))
        };
        match division {
            Division::ByLayer => self.layers.all().iter().try_for_each(|layer| {
                let name = layer.kind.name();
                file(name, &Content { name, layers: vec![layer], result: self.layers, options: self.options })
            }),
            Division::Together(stem) => file(stem, &whole(self.layers, self.options)),
        }
    }
}

/// Writes a result into one file.
///
/// # Errors
/// As [`write_folder`].
pub fn write_file(
    format: &dyn Format,
    layers: &Layers,
    options: Options,
    path: &Path,
) -> Result<Vec<PathBuf>, WriteError> {
    let mut batch = Batch::default();
    batch.write(path.to_owned(), |out| format.write(&whole(layers, options), out))?;
    batch.publish()
}

/// Writes a result to a stream.
///
/// # Errors
/// When the stream cannot be written to.
pub fn write_stream(
    format: &dyn Format,
    layers: &Layers,
    options: Options,
    out: &mut dyn Write,
) -> Result<(), WriteError> {
    let written = format.write(&whole(layers, options), out).and_then(|()| out.flush());
    written.map_err(|source| WriteError::Stream { source })
}

fn whole(layers: &Layers, options: Options) -> Content<'_> {
    let all: Vec<&Layer> = layers.all().iter().collect();
    Content { name: WHOLE, layers: all, result: layers, options }
}
