//! Articles in: bytes become an [`Article`], one file a format.
//!
//! A reader never changes a text that is valid UTF-8, because every span and every offset of the
//! output counts in the text as it stands.

pub mod text;
pub mod json_lines;

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::model::article::Article;
use text::{Decoded, NotText};

/// Why an article could not be read at all.
#[derive(Debug, Error)]
pub enum ReadError {
    #[error("cannot read {}", path.display())]
    Io { path: PathBuf, source: io::Error },
    #[error("{} is a folder, not an article", path.display())]
    Folder { path: PathBuf },
    #[error("{} is not a text file: extract the article's text and pass that", path.display())]
    NotText { path: PathBuf, source: NotText },
}

/// The id of the article in a file: the file's stem.
pub fn article_id(path: &Path) -> String {
    path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// The article in the plain text file at `path`, and what was odd about the file.
///
/// The article's id is the file's stem. An empty file is an article without text and a
/// diagnostic, not an error.
///
/// # Errors
/// When the file cannot be opened or read, or does not hold text.
pub fn read_file(path: &Path) -> Result<(Article, Vec<Diagnostic>), ReadError> {
    read_file_as(path, &article_id(path))
}

/// The same under an id of the caller's choice: ids of one run must differ, stems need not.
///
/// # Errors
/// When the file cannot be opened or read, or does not hold text.
pub fn read_file_as(path: &Path, id: &str) -> Result<(Article, Vec<Diagnostic>), ReadError> {
    let io_error = |source| ReadError::Io { path: path.to_owned(), source };
    if fs::metadata(path).map_err(io_error)?.is_dir() {
        return Err(ReadError::Folder { path: path.to_owned() });
    }
    let bytes = fs::read(path).map_err(io_error)?;
    read_bytes(bytes, id.to_owned(), path)
}

/// The article in a stream, such as standard input, under the given id.
///
/// # Errors
/// When the stream cannot be read or does not hold text; the error names it `-`.
pub fn read_stream(mut stream: impl Read, id: &str) -> Result<(Article, Vec<Diagnostic>), ReadError> {
    let path = Path::new("-");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).map_err(|source| ReadError::Io { path: path.to_owned(), source })?;
    read_bytes(bytes, id.to_owned(), path)
}

fn read_bytes(bytes: Vec<u8>, id: String, path: &Path) -> Result<(Article, Vec<Diagnostic>), ReadError> {
    let Decoded { text, guess } =
        text::decode(bytes).map_err(|source| ReadError::NotText { path: path.to_owned(), source })?;
    let mut diagnostics = Vec::new();
    let mut report = |code, message| {
        diagnostics.push(Diagnostic { code, article_id: id.clone(), message, span: None });
    };
    if let Some(guess) = guess {
        report(DiagnosticCode::EncodingGuessed, guess.to_string());
    }
    if text.trim().is_empty() {
        report(DiagnosticCode::EmptyArticle, "the article holds no text".to_owned());
    }
    Ok((Article { id, text, ..Article::default() }, diagnostics))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(diagnostics: &[Diagnostic]) -> Vec<DiagnosticCode> {
        diagnostics.iter().map(|d| d.code).collect()
    }

    #[test]
    fn the_id_is_the_stem_and_line_ends_stay_as_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sham.2020.txt");
        fs::write(&path, "سراقب\r\nأريحا\r\n").unwrap();
        let (article, diagnostics) = read_file(&path).unwrap();
        assert_eq!(article.id, "sham.2020");
        assert_eq!(article.text, "سراقب\r\nأريحا\r\n");
        assert!(diagnostics.is_empty());
    }

    #[test]
    fn an_empty_file_is_a_diagnostic_and_no_error() {
        for bytes in [&b""[..], b" \r\n\t", b"\xEF\xBB\xBF"] {
            let (article, diagnostics) = read_stream(bytes, "stdin").unwrap();
            assert_eq!(article.id, "stdin");
            assert_eq!(codes(&diagnostics), [DiagnosticCode::EmptyArticle]);
        }
    }

    #[test]
    fn errors_name_the_file_and_keep_the_cause_in_the_source() {
        use std::error::Error;
        let missing = read_file(Path::new("no/such/article.txt")).unwrap_err();
        assert_eq!(missing.to_string(), "cannot read no/such/article.txt");
        assert!(missing.source().is_some());

        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(read_file(folder.path()), Err(ReadError::Folder { .. })));

        let junk = read_stream(&b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0"[..], "stdin").unwrap_err();
        assert!(matches!(junk, ReadError::NotText { .. }), "{junk}");
    }

    #[test]
    fn a_file_of_fifty_megabytes_in_one_line_is_read() {
        let sentence = "سيرت القوات دورية من سراقب إلى أريحا، ";
        let text = sentence.repeat(50_000_000 / sentence.len() + 1);
        let (article, diagnostics) = read_stream(text.as_bytes(), "stdin").unwrap();
        assert_eq!(article.text.len(), text.len());
        assert!(diagnostics.is_empty());
    }
}
