//! Files that appear under their final name only when they are complete.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use thiserror::Error;

/// Why a result could not be written.
#[derive(Debug, Error)]
pub enum WriteError {
    #[error("cannot create the folder {}", path.display())]
    Folder { path: PathBuf, source: io::Error },
    #[error("cannot write {}", path.display())]
    File { path: PathBuf, source: io::Error },
    #[error("cannot write to the output stream")]
    Stream { source: io::Error },
}

impl WriteError {
    /// Whether the reader of the output closed it, which is no failure.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Stream { source } if source.kind() == io::ErrorKind::BrokenPipe)
    }
}

/// Makes sure that files can be made in a folder, or the folder itself, and leaves no trace: for
/// the time before the work is done.
///
/// # Errors
/// When the folder, or the nearest one above it that exists, is no folder or is not writable.
pub fn check_folder(folder: &Path) -> Result<(), WriteError> {
    let error = |source| WriteError::Folder { path: folder.to_owned(), source };
    for ancestor in folder.ancestors() {
        let ancestor = if ancestor.as_os_str().is_empty() { Path::new(".") } else { ancestor };
        match fs::metadata(ancestor) {
            Ok(found) if found.is_dir() => {
                let probe = tempfile::tempfile_in(ancestor);
                return probe.map(drop).map_err(|source| match ancestor == folder {
                    true => WriteError::File { path: folder.to_owned(), source },
                    false => error(source),
                });
            }
            Ok(_) => {
                let message = format!("{} is a file", ancestor.display());
                return Err(error(io::Error::new(io::ErrorKind::NotADirectory, message)));
            }
            Err(found) if matches!(found.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {}
            Err(found) => return Err(error(found)),
        }
    }
    Err(error(io::Error::from(io::ErrorKind::NotFound)))
}

/// Creates a folder where there is none and makes sure that files can be made in it.
///
/// # Errors
/// When it cannot be created or is not writable.
pub fn prepare_folder(folder: &Path) -> Result<(), WriteError> {
    let error = |source| WriteError::Folder { path: folder.to_owned(), source };
    fs::create_dir_all(folder).map_err(error)?;
    let probe = tempfile::tempfile_in(folder).map_err(|source| WriteError::File { path: folder.to_owned(), source })?;
    drop(probe);
    Ok(())
}

/// Several files of one result. All are written in full before the first gets its name.
#[derive(Default)]
pub struct Batch {
    pending: Vec<(NamedTempFile, PathBuf)>,
}

impl Batch {
    /// Writes a file beside its final place, under a passing name.
    ///
    /// # Errors
    /// When it cannot be created or written; nothing is left behind then.
    pub fn write(
        &mut self,
        path: PathBuf,
        content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), WriteError> {
        // Known before anything is published, so that no result is half new and half old.
        if path.is_dir() {
            return Err(WriteError::File { path, source: io::ErrorKind::IsADirectory.into() });
        }
        let written = passing_file(&path).and_then(|file| {
            let mut writer = BufWriter::new(file);
            content(&mut writer)?;
            writer.into_inner().map_err(io::IntoInnerError::into_error)
        });
        match written {
            Ok(file) => self.pending.push((file, path)),
            Err(source) => return Err(WriteError::File { path, source }),
        }
        Ok(())
    }

    /// Gives every file its final name, in place of an older one, and returns the names.
    ///
    /// # Errors
    /// When a file cannot be renamed; the rest is removed then.
    pub fn publish(self) -> Result<Vec<PathBuf>, WriteError> {
        let publish = |(file, path): (NamedTempFile, PathBuf)| match file.persist(&path) {
            Ok(_) => Ok(path),
            Err(error) => Err(WriteError::File { path, source: error.error }),
        };
        self.pending.into_iter().map(publish).collect()
    }
}

fn passing_file(path: &Path) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".masar-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file: the process's mask takes off what it must.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_leaves_nothing_behind_and_the_old_file_alone() {
        let folder = tempfile::tempdir().unwrap();
        let (first, second) = (folder.path().join("a.geojson"), folder.path().join("b.geojson"));
        fs::write(&first, "old").unwrap();
        let mut batch = Batch::default();
        batch.write(first.clone(), |out| out.write_all(b"new")).unwrap();
        let failed = batch.write(second, |_| Err(io::Error::other("full")));
        assert!(matches!(failed, Err(WriteError::File { .. })));
        drop(batch);
        assert_eq!(fs::read_to_string(&first).unwrap(), "old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_is_checked_without_a_trace() {
        let folder = tempfile::tempdir().unwrap();
        check_folder(folder.path()).unwrap();
        check_folder(&folder.path().join("new/deep")).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        for wrong in [file.clone(), file.join("below")] {
            let error = check_folder(&wrong).unwrap_err();
            assert!(matches!(error, WriteError::Folder { path, .. } if path == wrong));
        }
    }

    #[test]
    fn a_batch_is_published_as_a_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.geojson");
        let mut batch = Batch::default();
        batch.write(path.clone(), |out| out.write_all(b"new")).unwrap();
        assert!(!path.exists());
        assert_eq!(batch.publish().unwrap(), std::slice::from_ref(&path));
        assert_eq!(fs::read_to_string(path).unwrap(), "new");
    }
}
