//! Sentences: where one statement ends. A line break always ends one.

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

/// Cuts tokens into sentences; together they hold every token once, in order.
pub(super) fn segment(original: &str, folded: &str, tokens: &[Token]) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let (mut start, mut paragraph) = (0, 0);
    for (index, token) in tokens.iter().enumerate() {
        if index > start
            && (token.after_line_break
                || index - start == LONGEST_SENTENCE
                || ends_sentence(original, folded, tokens, index - 1))
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
fn ends_sentence(original: &str, folded: &str, tokens: &[Token], index: usize) -> bool {
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
                Some(last) if last.is_word() && last.glued_initial(folded) => false,
                Some(last) if last.is_word() && next.is_number() && abbreviated(folded.get(last.folded.clone())) => {
                    false
                }
                Some(last) if last.is_number() => !starts_lower(original, next),
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

/// What is written with a full stop before a number.
fn abbreviated(word: Option<&str>) -> bool {
    const BEFORE_NUMBERS: [&str; 12] =
        ["no", "nr", "jan", "feb", "mar", "apr", "aug", "sep", "sept", "oct", "nov", "dec"];
    word.is_some_and(|word| BEFORE_NUMBERS.contains(&word))
}

impl Token {
    /// A single letter of a script with capitals, as in "J. Smith".
    fn glued_initial(&self, folded: &str) -> bool {
        folded.get(self.folded.clone()).is_some_and(|word| word.len() == 1)
    }
}

fn starts_lower(original: &str, token: &Token) -> bool {
    token.span.slice(original).chars().next().is_some_and(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use crate::text::NormalizedText;

    fn sentences(text: &str) -> Vec<String> {
        let text = NormalizedText::new(text);
        text.sentences().iter().map(|s| text.token_span(s.tokens.clone()).slice(text.original()).to_owned()).collect()
    }

    #[test]
    fn full_stops_and_lines_end_sentences() {
        assert_eq!(sentences("عنوان\nجملة أولى. جملة ثانية؟ ثالثة"), ["عنوان", "جملة أولى.", "جملة ثانية؟", "ثالثة"]);
    }

    #[test]
    fn decimals_dates_and_ordinals_do_not() {
        assert_eq!(sentences("7.5 km on 28.11.2020 by the 4. devriye"), ["7.5 km on 28.11.2020 by the 4. devriye"]);
        assert_eq!(sentences("on Dec. 9 it left"), ["on Dec. 9 it left"]);
        assert_eq!(sentences("patrol no. 5 left"), ["patrol no. 5 left"]);
    }

    #[test]
    fn a_closing_quote_stays_with_its_sentence() {
        assert_eq!(sentences("قال \"نعم\". ثم ذهب"), ["قال \"نعم\".", "ثم ذهب"]);
        assert_eq!(sentences("\"He left.\" Then"), ["\"He left.\"", "Then"]);
    }
}
