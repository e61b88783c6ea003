//! Which language pack reads a text.

use crate::lexicon::Lexicon;
use crate::text::NormalizedText;

/// Bytes of the text that are enough to tell its language.
const SAMPLE_BYTES: usize = 4096;

/// The tag of the pack for a text, or `None` when no pack fits.
///
/// The script decides for Arabic: Persian and Urdu articles about the region name the same
/// places, and reading them with Arabic words does less harm than not reading them.
pub fn language_of<'l>(text: &NormalizedText, lexicon: &'l Lexicon) -> Option<&'l str> {
    let words = || text.tokens().iter().filter(|token| token.is_word()).map(|token| text.token_text(token));
    let total: usize = words().map(str::len).sum();
    if total == 0 {
        return None;
    }
    let in_range = |low: char, high: char| -> usize {
        words().filter(|word| word.chars().next().is_some_and(|c| (low..=high).contains(&c))).map(str::len).sum()
    };
    let tag = if in_range('\u{0600}', '\u{06FF}') * 3 > total {
        "ar"
    } else if in_range('\u{0400}', '\u{04FF}') * 3 > total {
        "ru"
    } else {
        let mut end = text.original().len().min(SAMPLE_BYTES);
        while !text.original().is_char_boundary(end) {
            end -= 1;
        }
        let sample = &text.original()[..end];
        let turkish = sample.chars().filter(|c| matches!(c, 'ı' | 'ğ' | 'ş' | 'İ' | 'Ğ' | 'Ş')).count();
        match whatlang::detect_lang(sample) {
            Some(whatlang::Lang::Tur) => "tr",
            _ if turkish >= 3 => "tr",
            _ => "en",
        }
    };
    lexicon.tags().find(|known| *known == tag)
}
