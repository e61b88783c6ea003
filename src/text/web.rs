//! What belongs to the web and not to the language: addresses, handles and hashtags.
//!
//! Posts and pages mix them into their sentences. An address or a handle names no place, though
//! `t.co/m5zY` holds a road and `@AJA_Egypt` a country; a hashtag is a name of its own, of which a
//! place may be the whole (`#إدلب`) or only a part (`#سيول_الأردن`).

use std::ops::Range;

use super::token::{Token, TokenKind};

/// The addresses (URLs, mail addresses, handles) and the hashtags of a text, as token ranges in
/// text order. A hashtag's range holds the words behind its sign, with their underscores.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct WebTokens {
    pub addresses: Vec<Range<usize>>,
    pub hashtags: Vec<Range<usize>>,
}

impl WebTokens {
    /// Finds them. Linear: every token is looked at a bounded number of times.
    pub(super) fn find(tokens: &[Token], opens_address: impl Fn(&Token) -> bool) -> Self {
        let mut found = Self::default();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let end = match token.kind {
                TokenKind::Word if is_address(tokens, at, opens_address(token)) => {
                    let end = run(tokens, at + 1, |_| true);
                    found.addresses.push(at..end);
                    end
                }
                TokenKind::Mark('@') => {
                    // What is glued before it belongs to a mail address.
                    let floor = found.addresses.last().map_or(0, |last| last.end);
                    let mut start = at;
                    while start > floor && tokens[start].glued && is_part_of_handle(&tokens[start - 1]) {
                        start -= 1;
                    }
                    let end = run(tokens, at + 1, is_part_of_handle);
                    if end > at + 1 {
                        found.addresses.push(start..end);
                    }
                    end
                }
                TokenKind::Mark('#') => {
                    let end = run(tokens, at + 1, is_part_of_hashtag);
                    if end > at + 1 {
                        found.hashtags.push(at + 1..end);
                    }
                    end
                }
                _ => at + 1,
            };
            at = end;
        }
        found
    }

    /// Whether a token belongs to an address.
    pub fn in_address(&self, token: usize) -> bool {
        range_at(&self.addresses, token).is_some()
    }

    /// The words of the hashtag that holds a token.
    pub fn hashtag_at(&self, token: usize) -> Option<Range<usize>> {
        range_at(&self.hashtags, token)
    }
}

/// Whether a word opens an address: `https://…`, `www.…`.
fn is_address(tokens: &[Token], at: usize, opens: bool) -> bool {
    let mark = |at: usize, mark: char| tokens.get(at).is_some_and(|token| token.glued && token.is_mark(mark));
    opens && ((mark(at + 1, ':') && mark(at + 2, '/') && mark(at + 3, '/')) || mark(at + 1, '.'))
}

fn is_part_of_handle(token: &Token) -> bool {
    !matches!(token.kind, TokenKind::Mark(mark) if !matches!(mark, '_' | '.' | '-'))
}

fn is_part_of_hashtag(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Word | TokenKind::Number | TokenKind::Mark('_'))
}

/// Where a run of tokens ends that stand without a space between them.
fn run(tokens: &[Token], mut at: usize, belongs: impl Fn(&Token) -> bool) -> usize {
    while tokens.get(at).is_some_and(|token| token.glued && belongs(token)) {
        at += 1;
    }
    at
}

fn range_at(ranges: &[Range<usize>], token: usize) -> Option<Range<usize>> {
    let at = ranges.partition_point(|range| range.end <= token);
    ranges.get(at).filter(|range| range.contains(&token)).cloned()
}

#[cfg(test)]
mod tests {
    use crate::text::NormalizedText;

    fn found(text: &str) -> (Vec<String>, Vec<String>) {
        let text = NormalizedText::new(text);
        let words = |range: &std::ops::Range<usize>| text.token_span(range.clone()).slice(text.original()).to_owned();
        (text.web().addresses.iter().map(words).collect(), text.web().hashtags.iter().map(words).collect())
    }

    #[test]
    fn addresses_handles_and_hashtags_are_told_apart() {
        let (addresses, hashtags) =
            found("RT @AJA_Egypt: #سيول_الأردن في #إدلب، انظر https://t.co/m5zYoc أو mail.box@idlib.org #");
        assert_eq!(addresses, ["@AJA_Egypt", "https://t.co/m5zYoc", "mail.box@idlib.org"]);
        assert_eq!(hashtags, ["سيول_الأردن", "إدلب"]);
    }

    #[test]
    fn prose_has_none() {
        let (addresses, hashtags) = found("www is a word, http: too, and 5 @ 3, # alone. إلى الغرب.من هناك");
        assert!(addresses.is_empty() && hashtags.is_empty(), "{addresses:?} {hashtags:?}");
    }
}
