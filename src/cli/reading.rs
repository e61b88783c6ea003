//! Reading one article from its bytes to its map.

use jiff::civil::Date;
use masar::diagnostic::{Diagnostic, DiagnosticCode};
use masar::model::feature::ArticleMap;
use masar::pipeline::Pipeline;
use masar::reader::ReadError;

use super::inputs::Input;

/// Reads an article and maps it; what the reader and the pipeline both find is told once.
///
/// # Errors
/// When the article cannot be read or is no text.
pub fn read(
    input: &Input,
    published: Option<Date>,
    pipeline: &Pipeline<'_>,
) -> Result<(ArticleMap, Vec<Diagnostic>), ReadError> {
    let (mut article, mut diagnostics) = input.read()?;
    article.published = published;
    let (map, found) = pipeline.read(article);
    let empty = |diagnostic: &Diagnostic| diagnostic.code == DiagnosticCode::EmptyArticle;
    let told = diagnostics.iter().any(empty);
    diagnostics.extend(found.into_iter().filter(|found| !(told && empty(found))));
    Ok((map, diagnostics))
}
