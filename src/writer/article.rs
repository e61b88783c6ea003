//! Articles beside their features, for formats that show the text itself.

use crate::diagnostic::Diagnostic;
use crate::model::feature::ArticleMap;
use crate::text::code_points::CodePointIndex;

/// An article and what was found odd in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ArticleText {
    pub id: String,
    /// BCP 47 tag.
    pub language: String,
    pub source: Option<String>,
    pub url: Option<String>,
    /// YYYY-MM-DD.
    pub published: Option<String>,
    pub text: String,
    pub remarks: Vec<Remark>,
}

/// A diagnostic as the output tells it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Remark {
    pub code: &'static str,
    pub message: String,
    /// Offset and length, in Unicode code points, of the words it is about.
    pub words: Option<(usize, usize)>,
}

impl ArticleText {
    pub fn of(map: &ArticleMap, diagnostics: &[Diagnostic]) -> Self {
        let text = &map.article.text;
        let code_points = CodePointIndex::new(text);
        let remark = |found: &Diagnostic| Remark {
            code: found.code.as_str(),
            message: found.message.clone(),
            words: found.span.map(|span| code_points.span(text, span)),
        };
        Self {
            id: map.article.id.clone(),
            language: map.language.clone(),
            source: map.article.source.clone(),
            url: map.article.url.clone(),
            published: map.published.or(map.article.published).map(|day| day.to_string()),
            text: text.clone(),
            remarks: diagnostics.iter().map(remark).collect(),
        }
    }
}
