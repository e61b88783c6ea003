//! Reading one article from its bytes to its map.

use std::panic::{self, AssertUnwindSafe};

use jiff::civil::Date;
use masar::diagnostic::{Diagnostic, DiagnosticCode};
use masar::model::feature::ArticleMap;
use masar::pipeline::Pipeline;
use masar::reader::ReadError;
use thiserror::Error;

use super::inputs::Input;

/// Why there is no map of an article.
#[derive(Debug, Error)]
pub enum ArticleError {
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error("{article}: masar itself failed at this article: please report it")]
    Fault { article: String },
}

/// Reads an article and maps it; what the reader and the pipeline both find is told once.
///
/// # Errors
/// When the article cannot be read or is no text, or the program fails at it: of a hundred
/// thousand articles, one that shows a fault must not cost the others.
pub fn read(
    input: &Input,
    published: Option<Date>,
    pipeline: &Pipeline<'_>,
) -> Result<(ArticleMap, Vec<Diagnostic>), ArticleError> {
    let (mut article, mut diagnostics) = input.read()?;
    article.published = published;
    let (map, found) = panic::catch_unwind(AssertUnwindSafe(|| pipeline.read(article)))
        .map_err(|_| ArticleError::Fault { article: input.place.to_string() })?;
    let empty = |diagnostic: &Diagnostic| diagnostic.code == DiagnosticCode::EmptyArticle;
    let told = diagnostics.iter().any(empty);
    diagnostics.extend(found.into_iter().filter(|found| !(told && empty(found))));
    Ok((map, diagnostics))
}
