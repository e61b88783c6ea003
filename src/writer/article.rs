//! Articles beside their features, for formats that show the text itself.

use std::collections::{BTreeMap, BTreeSet};

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
    /// `None` where there are too many texts for one map.
    pub text: Option<String>,
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
            text: Some(text.clone()),
            remarks: diagnostics.iter().map(remark).collect(),
        }
    }
}

/// Bytes of article texts on one map, all together.
pub const MOST_TEXT: usize = 6_000_000;

/// The articles of a run, with as many texts as fit on a map: those of the first ids, in whatever order
/// they come, so that memory does not grow with the texts.
#[derive(Default, Debug)]
pub struct ArticleTexts {
    articles: BTreeMap<String, ArticleText>,
    /// The ids of the articles whose text is kept.
    with_text: BTreeSet<String>,
    /// The first id whose text was dropped: none after it is kept either.
    dropped: Option<String>,
    bytes: usize,
}

impl ArticleTexts {
    /// Adds an article with an id of its own.
    pub fn add(&mut self, article: ArticleText) {
        self.add_within(article, MOST_TEXT);
    }

    fn add_within(&mut self, mut article: ArticleText, most: usize) {
        if self.dropped.as_ref().is_some_and(|dropped| article.id > *dropped) {
            article.text = None;
        }
        if let Some(text) = &article.text {
            self.bytes += text.len();
            self.with_text.insert(article.id.clone());
        }
        self.articles.insert(article.id.clone(), article);
        while self.bytes > most {
            let Some(last) = self.with_text.pop_last() else { break };
            let text = self.articles.get_mut(&last).and_then(|article| article.text.take());
            self.bytes -= text.map_or(0, |text| text.len());
            self.dropped = Some(last);
        }
    }

    /// The articles, sorted by id.
    pub fn sorted(self) -> Vec<ArticleText> {
        self.articles.into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(articles: &[(&str, &str)]) -> Vec<(String, bool)> {
        let mut texts = ArticleTexts::default();
        for (id, text) in articles {
            let article = ArticleText {
                id: (*id).to_owned(),
                language: "ar".to_owned(),
                source: None,
                url: None,
                published: None,
                text: Some((*text).to_owned()),
                remarks: Vec::new(),
            };
            texts.add_within(article, 10);
        }
        texts.sorted().into_iter().map(|article| (article.id, article.text.is_some())).collect()
    }

    #[test]
    fn the_order_of_the_articles_does_not_decide_which_texts_stay() {
        let expected =
            [("a".to_owned(), true), ("b".to_owned(), true), ("c".to_owned(), false), ("d".to_owned(), false)];
        assert_eq!(kept(&[("a", "12345"), ("b", "1234"), ("c", "123456"), ("d", "1")]), expected);
        assert_eq!(kept(&[("d", "1"), ("c", "123456"), ("b", "1234"), ("a", "12345")]), expected);
        assert_eq!(kept(&[("c", "123456"), ("a", "12345"), ("d", "1"), ("b", "1234")]), expected);
    }
}
