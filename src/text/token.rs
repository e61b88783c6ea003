//! Tokens: words, numbers and marks of a text, each with its place in the original.

use std::ops::Range;

use super::fold::fold_with;
use super::key::{CharClass, char_class, parts_words};
use crate::model::span::Span;

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TokenKind {
    /// A run of letters; apostrophes inside it are dropped from its folded form.
    Word,
    /// A run of ASCII digits after folding.
    Number,
    /// One folded punctuation mark or symbol.
    Mark(char),
}

/// One token.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Token {
    /// Bytes of the original, marks of the last letter included.
    pub span: Span,
    /// Bytes of the folded text; empty for a mark.
    pub folded: Range<usize>,
    pub kind: TokenKind,
    /// Length in bytes of the folded form before the first apostrophe inside the word
    /// ("Mardin'in": 6), where a Turkish case ending may begin.
    pub stem_len: Option<usize>,
    /// No space stands between this token and the one before.
    pub glued: bool,
    /// A line break stands between this token and the one before.
    pub after_line_break: bool,
}

impl Token {
    pub fn is_mark(&self, mark: char) -> bool {
        self.kind == TokenKind::Mark(mark)
    }

    pub fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }

    pub fn is_number(&self) -> bool {
        self.kind == TokenKind::Number
    }
}

/// A token that is being built.
#[derive(Default)]
struct Open {
    class: Option<CharClass>,
    span: Span,
    folded_start: usize,
    stem_len: Option<usize>,
    /// An apostrophe seen after a letter; it belongs to the word only when a letter follows.
    apostrophe: Option<Span>,
    glued: bool,
    after_line_break: bool,
}

/// Cuts `original` into tokens, appending the folded words to `folded` and, for each folded
/// byte, the start and end of its character in the original.
pub(super) fn tokenize(
    original: &str,
    folded: &mut String,
    starts: &mut Vec<u32>,
    ends: &mut Vec<u32>,
    tokens: &mut Vec<Token>,
) {
    let mut open = Open::default();
    let mut line_break = true;
    let mut space = true;
    let mut last_letter: Option<(char, Span)> = None;

    fn close(open: &mut Open, folded: &str, tokens: &mut Vec<Token>) {
        if let Some(class) = open.class.take() {
            let kind = if class == CharClass::Digit { TokenKind::Number } else { TokenKind::Word };
            tokens.push(Token {
                span: open.span,
                folded: open.folded_start..folded.len(),
                kind,
                stem_len: open.stem_len.take(),
                glued: open.glued,
                after_line_break: open.after_line_break,
            });
        }
    }
    let mark = |c: char, span: Span, space: bool, line_break: bool, tokens: &mut Vec<Token>| {
        tokens.push(Token {
            span,
            folded: 0..0,
            kind: TokenKind::Mark(c),
            stem_len: None,
            glued: !space,
            after_line_break: line_break,
        });
    };

    fold_with(original, |c, start, end| {
        let class = char_class(c);
        let span = Span::new(start, end);
        if let Some(apostrophe) = open.apostrophe.take() {
            if class == CharClass::Letter {
                open.stem_len.get_or_insert(folded.len() - open.folded_start);
            } else {
                close(&mut open, folded, tokens);
                mark('\'', apostrophe, false, false, tokens);
            }
        }
        match class {
            CharClass::Letter | CharClass::Digit => {
                let parted = class == CharClass::Letter
                    && last_letter.is_some_and(|(letter, at)| parts_words(at.slice(original), letter, c));
                last_letter = (class == CharClass::Letter).then_some((c, span));
                if open.class != Some(class) || parted {
                    let glued = open.class.is_some() || !space;
                    close(&mut open, folded, tokens);
                    if !folded.is_empty() {
                        let at = folded.len();
                        folded.push(' ');
                        // The space between two words stands for nothing in the original.
                        let seam = ends.get(at - 1).copied().unwrap_or(0);
                        starts.push(seam);
                        ends.push(seam);
                    }
                    open = Open {
                        class: Some(class),
                        span,
                        folded_start: folded.len(),
                        stem_len: None,
                        apostrophe: None,
                        glued,
                        after_line_break: line_break,
                    };
                }
                open.span = open.span.join(span);
                folded.push(c);
                for _ in 0..c.len_utf8() {
                    starts.push(start as u32);
                    ends.push(end as u32);
                }
                space = false;
                line_break = false;
            }
            CharClass::Apostrophe
                if open.class == Some(CharClass::Letter) || (open.class == Some(CharClass::Digit)) =>
            {
                if open.class == Some(CharClass::Digit) {
                    // "4'üncü": the ending is a word of its own.
                    close(&mut open, folded, tokens);
                } else {
                    open.apostrophe = Some(span);
                }
                space = false;
            }
            CharClass::Space => {
                last_letter = None;
                close(&mut open, folded, tokens);
                space = true;
                line_break |= matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{0085}');
            }
            CharClass::Apostrophe | CharClass::Mark => {
                last_letter = None;
                close(&mut open, folded, tokens);
                mark(c, span, space, line_break, tokens);
                space = false;
                line_break = false;
            }
        }
    });
    let dangling = open.apostrophe.take();
    close(&mut open, folded, tokens);
    if let Some(apostrophe) = dangling {
        mark('\'', apostrophe, false, false, tokens);
    }
}

#[cfg(test)]
mod tests {
    use crate::text::NormalizedText;

    fn words(text: &str) -> Vec<String> {
        let text = NormalizedText::new(text);
        text.tokens().iter().map(|t| text.token_text(t).to_owned()).collect()
    }

    #[test]
    fn letters_and_digits_are_cut_apart() {
        assert_eq!(words("إم4 الـ12 12th"), ["ام", "4", "ال", "12", "12", "th"]);
    }

    #[test]
    fn an_apostrophe_inside_a_word_leaves_a_stem() {
        let text = NormalizedText::new("Mardin'in Kızıltepe’de 4'üncü 'quoted'");
        let words: Vec<_> = text.tokens().iter().map(|t| (text.token_text(t), t.stem_len)).collect();
        assert_eq!(words[0], ("mardinin", Some(6)));
        assert_eq!(words[1], ("kiziltepede", Some(9)));
        assert_eq!(words[2], ("4", None));
        assert_eq!(words[3], ("uncu", None));
        assert_eq!(words[4], ("'", None));
        assert_eq!(words[5], ("quoted", None));
    }

    #[test]
    fn words_that_were_glued_come_apart() {
        assert_eq!(words("التركيةوالروسية طريقM4"), ["التركيه", "والروسيه", "طريق", "m", "4"]);
    }

    #[test]
    fn hyphens_and_underscores_are_marks_between_glued_words() {
        let text = NormalizedText::new("al-Hour خفض_التصعيد");
        assert_eq!(words("al-Hour خفض_التصعيد"), ["al", "-", "hour", "خفض", "_", "التصعيد"]);
        assert!(text.tokens()[1].glued && text.tokens()[2].glued && !text.tokens()[3].glued);
    }
}
