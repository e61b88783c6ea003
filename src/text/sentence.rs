//! Sentences: where one statement ends. A line break always ends one.

use std::collections::BTreeSet;
use std::ops::Range;

use super::token::{Token, TokenKind};

/// A text without any punctuation is cut here, so that what reads sentences stays linear.
const LONGEST_SENTENCE: usize = 500;

/// A run of tokens that belong to one statement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sentence {
    pub tokens: Range<usize>,
    /// Which paragraph (line) of the text it stands in, from 0.
    pub paragraph: usize,
}

/// Words that are written with a full stop, folded. They come with the language packs.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Abbreviations {
    /// "no. 5": the full stop ends no sentence where a number follows.
    pub before_numbers: BTreeSet<Box<str>>,
    /// "г. Камышлы": nor where a name does.
    pub before_names: BTreeSet<Box<str>>,
    /// "97. Türk-Rus ortak devriyesi": nor between a number and what it ranks.
    pub behind_ordinals: BTreeSet<Box<str>>,
}

/// Cuts tokens into sentences; together they hold every token once, in order.
pub(super) fn segment(original: &str, folded: &str, tokens: &[Token], abbreviations: &Abbreviations) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let (mut start, mut paragraph) = (0, 0);
    for (index, token) in tokens.iter().enumerate() {
        if index > start
            && (token.after_line_break
                || index - start == LONGEST_SENTENCE
                || ends_sentence(original, folded, tokens, abbreviations, index - 1))
        {
            sentences.push(Sentence { tokens: start..index, paragraph });
            start = index;
        }
        if token.after_line_break && index > 0 {
            paragraph += 1;
        }
    }
    if start < tokens.len() {
        sentences.push(Sentence { tokens: start..tokens.len(), paragraph });
    }
    sentences
}

/// Whether a sentence ends after the token at `index`.
fn ends_sentence(original: &str, folded: &str, tokens: &[Token], abbreviations: &Abbreviations, index: usize) -> bool {
    let Some(token) = tokens.get(index) else { return false };
    let next = tokens.get(index + 1);
    match token.kind {
        // Closing quotes and brackets stay with their sentence.
        TokenKind::Mark('!' | '?' | '…' | '.')
            if next.is_some_and(|n| n.glued && matches!(n.kind, TokenKind::Mark(_))) =>
        {
            false
        }
        TokenKind::Mark('!' | '?' | '…') => true,
        TokenKind::Mark('.') => {
            let Some(next) = next else { return true };
            if next.glued {
                return false;
            }
            match index.checked_sub(1).and_then(|i| tokens.get(i)) {
                // An initial, "no. 5", a Turkish ordinal "4. devriye".
                Some(last) if last.is_word() && is_initial(original, folded, last) => false,
                Some(last) if last.is_word() => {
                    let word = folded.get(last.folded.clone()).unwrap_or("");
                    // "в 2020 г. Колонна": behind a number the word is a unit and not a title.
                    let unit = index.checked_sub(2).and_then(|i| tokens.get(i)).is_some_and(Token::is_number);
                    let title = !unit && abbreviations.before_names.contains(word);
                    !(title || (next.is_number() && abbreviations.before_numbers.contains(word)))
                }
                Some(last) if last.is_number() => {
                    let ranked = folded.get(next.folded.clone()).unwrap_or("");
                    !starts_lower(original, next) && !abbreviations.behind_ordinals.contains(ranked)
                }
                _ => true,
            }
        }
        TokenKind::Mark('"' | '\'' | ')' | '”') => {
            // The mark inside the quotation decides: `... الدولي".`, `... said." He`.
            matches!(
                index.checked_sub(1).and_then(|i| tokens.get(i)).map(|t| t.kind),
                Some(TokenKind::Mark('!' | '?' | '.'))
            ) && token.glued
        }
        _ => false,
    }
}

/// A single capital, as in "J. Smith".
fn is_initial(original: &str, folded: &str, token: &Token) -> bool {
    folded.get(token.folded.clone()).is_some_and(|word| word.chars().count() == 1)
        && token.span.slice(original).chars().next().is_some_and(char::is_uppercase)
}

fn starts_lower(original: &str, token: &Token) -> bool {
    token.span.slice(original).chars().next().is_some_and(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::Abbreviations;
    use crate::text::NormalizedText;

    fn sentences(text: &str) -> Vec<String> {
        let abbreviations = Abbreviations {
            before_numbers: ["no", "dec"].map(Box::from).into(),
            before_names: ["г"].map(Box::from).into(),
            behind_ordinals: ["turk"].map(Box::from).into(),
        };
        let text = NormalizedText::with_abbreviations(text, &abbreviations);
        text.sentences().iter().map(|s| text.token_span(s.tokens.clone()).slice(text.original()).to_owned()).collect()
    }

    #[test]
    fn full_stops_and_lines_end_sentences() {
        assert_eq!(sentences("عنوان\nجملة أولى. جملة ثانية؟ ثالثة"), ["عنوان", "جملة أولى.", "جملة ثانية؟", "ثالثة"]);
    }

    #[test]
    fn decimals_dates_and_ordinals_do_not() {
        assert_eq!(sentences("7.5 km on 28.11.2020 by the 4. devriye"), ["7.5 km on 28.11.2020 by the 4. devriye"]);
        assert_eq!(sentences("sektöründe 97. Türk-Rus devriyesi"), ["sektöründe 97. Türk-Rus devriyesi"]);
        assert_eq!(sentences("on Dec. 9 it left"), ["on Dec. 9 it left"]);
        assert_eq!(sentences("patrol no. 5 left"), ["patrol no. 5 left"]);
    }

    #[test]
    fn abbreviations_before_names_do_not_unless_they_are_units() {
        assert_eq!(sentences("из г. Камышлы. Затем"), ["из г. Камышлы.", "Затем"]);
        assert_eq!(sentences("в 2020 г. Затем А. Петров"), ["в 2020 г.", "Затем А. Петров"]);
    }

    #[test]
    fn a_closing_quote_stays_with_its_sentence() {
        assert_eq!(sentences("قال \"نعم\". ثم ذهب"), ["قال \"نعم\".", "ثم ذهب"]);
        assert_eq!(sentences("\"He left.\" Then"), ["\"He left.\"", "Then"]);
    }
}
