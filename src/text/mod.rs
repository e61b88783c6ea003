//! Normalised text that maps every byte back to the original.
//!
//! One normaliser serves articles, lexicon and gazetteer alike: [`fold`] turns a character into
//! what is compared, [`key`] turns a name into the key it is indexed under, and
//! [`NormalizedText`] does the same to a running text while it keeps the offsets.
//! Segmenters ([`token`], [`sentence`]) never change text.

pub mod fold;
pub mod key;
pub mod transliteration;
pub mod token;
pub mod sentence;
pub mod clitics;
pub mod web;
pub mod code_points;

use crate::model::span::Span;
use sentence::{Abbreviations, Sentence};
use token::{Token, TokenKind};
use web::WebTokens;

/// An article's text with its folded form, tokens and sentences.
#[derive(Clone, Debug)]
pub struct NormalizedText {
    original: String,
    folded: String,
    /// For each byte of `folded`, the original bytes of the character it belongs to.
    starts: Vec<u32>,
    ends: Vec<u32>,
    tokens: Vec<Token>,
    sentences: Vec<Sentence>,
    web: WebTokens,
}

impl NormalizedText {
    /// Folds, tokenises and segments a text. Linear in its length; texts over 4 GiB are cut there.
    pub fn new(original: &str) -> Self {
        Self::with_abbreviations(original, &Abbreviations::default())
    }

    /// The same with the words whose full stop ends no sentence.
    pub fn with_abbreviations(original: &str, abbreviations: &Abbreviations) -> Self {
        let mut length = original.len().min(u32::MAX as usize);
        while !original.is_char_boundary(length) {
            length -= 1;
        }
        let original = original[..length].to_owned();
        let mut text = Self {
            folded: String::with_capacity(original.len()),
            starts: Vec::with_capacity(original.len()),
            ends: Vec::with_capacity(original.len()),
            tokens: Vec::with_capacity(original.len() / 6),
            sentences: Vec::new(),
            web: WebTokens::default(),
            original,
        };
        token::tokenize(&text.original, &mut text.folded, &mut text.starts, &mut text.ends, &mut text.tokens);
        text.sentences = sentence::segment(&text.original, &text.folded, &text.tokens, abbreviations);
        let opens_address = |token: &Token| matches!(text.token_text(token), "http" | "https" | "www");
        text.web = WebTokens::find(&text.tokens, opens_address);
        text
    }

    pub fn original(&self) -> &str {
        &self.original
    }

    /// The folded words, one space between them. Marks do not stand in it.
    pub fn folded(&self) -> &str {
        &self.folded
    }

    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    pub fn token(&self, index: usize) -> Option<&Token> {
        self.tokens.get(index)
    }

    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// Addresses, handles and hashtags.
    pub fn web(&self) -> &WebTokens {
        &self.web
    }

    /// The folded form of one token; a mark's own character for a mark.
    pub fn token_text(&self, token: &Token) -> &str {
        match token.kind {
            TokenKind::Mark(_) => token.span.slice(&self.original),
            _ => self.folded.get(token.folded.clone()).unwrap_or(""),
        }
    }

    /// The folded form of the token at `index`, `""` past the end.
    pub fn word(&self, index: usize) -> &str {
        self.tokens.get(index).map_or("", |token| self.token_text(token))
    }

    /// The original bytes under a range of folded bytes.
    pub fn original_span(&self, folded: std::ops::Range<usize>) -> Span {
        if folded.is_empty() {
            let at = self.starts.get(folded.start).copied().unwrap_or(self.original.len() as u32) as usize;
            return Span::new(at, at);
        }
        let start = self.starts.get(folded.start).copied().unwrap_or(0) as usize;
        let end = self.ends.get(folded.end - 1).copied().unwrap_or(0) as usize;
        Span::new(start, end)
    }

    /// The folded rest of a token behind an offset of the original: what is written onto a name.
    pub fn folded_behind(&self, token: &Token, offset: usize) -> &str {
        let from = self.starts[token.folded.clone()].partition_point(|start| (*start as usize) < offset);
        self.folded.get(token.folded.start + from..token.folded.end).unwrap_or("")
    }

    /// The span from the first to the last token of a range of token indices.
    pub fn token_span(&self, tokens: std::ops::Range<usize>) -> Span {
        match (self.tokens.get(tokens.start), tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) if tokens.start < tokens.end => first.span.join(last.span),
            _ => Span::default(),
        }
    }

    /// The index of the first token that ends after `offset`.
    pub fn token_at(&self, offset: usize) -> usize {
        self.tokens.partition_point(|token| token.span.end() <= offset)
    }

    /// The index of the sentence that holds the token at `index`.
    pub fn sentence_of(&self, index: usize) -> usize {
        self.sentences.partition_point(|sentence| sentence.tokens.end <= index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_token_of_a_vowelled_text_points_back_to_its_original() {
        let text = NormalizedText::new("انطلقَتْ الـدَّوريّةُ من \"عين الحور\" (M4)، في ١٧ آب");
        let pairs: Vec<(&str, &str)> =
            text.tokens().iter().map(|t| (text.token_text(t), t.span.slice(text.original()))).collect();
        assert_eq!(pairs[0], ("انطلقت", "انطلقَتْ"));
        assert_eq!(pairs[1], ("الدوريه", "الـدَّوريّةُ"));
        assert_eq!(pairs[3], ("\"", "\""));
        assert_eq!(pairs[4], ("عين", "عين"));
        assert!(pairs.contains(&("17", "١٧")));
        assert!(pairs.contains(&("اب", "آب")));
        assert!(pairs.contains(&("m", "M")) && pairs.contains(&("4", "4")));
    }

    fn texts() -> impl Strategy<Value = String> {
        prop_oneof![
            any::<String>(),
            "[اأإآبتةىيئؤـً-ْكلمنهو ٠-٩0-9a-zA-ZİıŞşğ'’\\-_.،؟\\n\u{200f}\u{202b}\u{0301}]{0,80}",
        ]
    }

    proptest! {
        #[test]
        fn every_span_slices_the_original(original in texts()) {
            let text = NormalizedText::new(&original);
            let mut last = 0;
            for token in text.tokens() {
                prop_assert!(original.get(token.span.range()).is_some_and(|s| !s.is_empty()));
                prop_assert!(token.span.start() >= last);
                last = token.span.end();
                if !matches!(token.kind, TokenKind::Mark(_)) {
                    prop_assert!(text.folded().get(token.folded.clone()).is_some_and(|s| !s.is_empty()));
                    prop_assert!(token.span.covers(text.original_span(token.folded.clone())));
                }
            }
        }

        #[test]
        fn offsets_never_run_backwards(original in texts()) {
            let text = NormalizedText::new(&original);
            prop_assert!(text.starts.windows(2).all(|w| w[0] <= w[1]));
            prop_assert!(text.starts.iter().zip(&text.ends).all(|(s, e)| s <= e));
            prop_assert_eq!(text.starts.len(), text.folded.len());
        }

        #[test]
        fn normalising_twice_is_normalising_once(original in texts()) {
            let once = NormalizedText::new(&original).folded().to_owned();
            let twice = NormalizedText::new(&once).folded().to_owned();
            prop_assert_eq!(once, twice);
        }

        #[test]
        fn sentences_partition_the_tokens(original in texts()) {
            let text = NormalizedText::new(&original);
            let mut next = 0;
            for sentence in text.sentences() {
                prop_assert_eq!(sentence.tokens.start, next);
                prop_assert!(sentence.tokens.end > sentence.tokens.start);
                next = sentence.tokens.end;
            }
            prop_assert_eq!(next, text.tokens().len());
        }
    }
}
