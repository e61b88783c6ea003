//! Reading one article from its bytes to its map.

use std::io;
use std::panic::{self, AssertUnwindSafe};

use jiff::civil::Date;
use masar::diagnostic::{Diagnostic, DiagnosticCode};
use masar::model::article::Article;
use masar::model::feature::ArticleMap;
use masar::pipeline::Pipeline;
use masar::reader::ReadError;
use masar::reader::json_lines::RecordError;
use thiserror::Error;

use super::inputs::Input;

/// Where an article comes from.
pub enum Source {
    /// A file or a stream that is one article, not read yet.
    Input(Input),
    /// A record of a file of many; `place` names file and line.
    Record { place: String, article: Article, diagnostics: Vec<Diagnostic> },
}

/// Why there is no map of an article.
#[derive(Debug, Error)]
pub enum ArticleError {
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error("cannot read {file}")]
    Records { file: String, source: io::Error },
    #[error("{place}")]
    Record { place: String, source: RecordError },
    #[error("{article}: masar itself failed at this article: please report it")]
    Fault { article: String },
}

/// Reads an article and maps it; what the reader and the pipeline both find is told once.
/// `published` is for articles that do not say it themselves.
///
/// # Errors
/// When the article cannot be read or is no text, or the program fails at it: of a hundred
/// thousand articles, one that shows a fault must not cost the others.
pub fn read(
    source: Source,
    published: Option<Date>,
    pipeline: &Pipeline<'_>,
) -> Result<(ArticleMap, Vec<Diagnostic>), ArticleError> {
    let (place, mut article, mut diagnostics) = match source {
        Source::Input(input) => {
            let (article, diagnostics) = input.read()?;
            (input.place.to_string(), article, diagnostics)
        }
        Source::Record { place, article, diagnostics } => (place, article, diagnostics),
    };
    article.published = article.published.or(published);
    let (map, found) = panic::catch_unwind(AssertUnwindSafe(|| pipeline.read(article)))
        .map_err(|_| ArticleError::Fault { article: place })?;
    let empty = |diagnostic: &Diagnostic| diagnostic.code == DiagnosticCode::EmptyArticle;
    let told = diagnostics.iter().any(empty);
    diagnostics.extend(found.into_iter().filter(|found| !(told && empty(found))));
    Ok((map, diagnostics))
}
