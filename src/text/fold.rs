//! Folding: what two spellings of one word have in common.
//!
//! The order matters. Composition (NFC, UAX #15) comes first, because a decomposed `آ` would
//! otherwise lose its madda as if it were a vowel mark; then marks go, letters fold, digits
//! become ASCII. Every step maps one character, so offsets survive.

use unicode_normalization::char::{canonical_combining_class, decompose_canonical, decompose_compatible};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// What folding makes of one character.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Folded {
    /// A character to compare.
    Keep(char),
    /// A mark that belongs to the letter before it: vowel sign, tatweel, combining mark.
    Mark,
    /// An invisible control that belongs to nothing: bidi controls, zero-width space.
    Invisible,
}

/// Folds a whole text, calling `emit(character, start, end)` for each character kept, with the
/// bytes of the original it stands for. Marks widen the character before them.
pub fn fold_with(text: &str, mut emit: impl FnMut(char, usize, usize)) {
    let mut pending: Option<(char, usize, usize)> = None;
    let mut chars = text.char_indices().peekable();
    let mut previous = ' ';
    while let Some((start, first)) = chars.next() {
        let mut end = start + first.len_utf8();
        // "انفجـ.ـار": a dot between two tatweels hides a word from filters and is no full stop.
        let hidden = previous == TATWEEL
            && matches!(first, '.' | '*' | '_')
            && chars.peek().is_some_and(|(_, next)| *next == TATWEEL);
        previous = first;
        if hidden {
            if let Some(last) = pending.as_mut() {
                last.2 = end;
            }
            continue;
        }
        let composed = |c: char,
                        end: usize,
                        pending: &mut Option<(char, usize, usize)>,
                        emit: &mut dyn FnMut(char, usize, usize)| {
            compatible(c, &mut |c| match fold_char(c) {
                Folded::Keep(folded) => {
                    if let Some((c, s, e)) = pending.replace((folded, start, end)) {
                        emit(c, s, e);
                    }
                }
                Folded::Mark => {
                    if let Some(last) = pending.as_mut() {
                        last.2 = end;
                    }
                }
                Folded::Invisible => {}
            });
        };
        let mut cluster_end = None;
        while let Some(&(at, next)) = chars.peek() {
            if next.is_ascii() || canonical_combining_class(next) == 0 {
                break;
            }
            cluster_end = Some(at + next.len_utf8());
            chars.next();
        }
        match cluster_end {
            None if is_composed(first) => composed(first, end, &mut pending, &mut emit),
            None => {
                for c in text[start..end].nfc() {
                    composed(c, end, &mut pending, &mut emit);
                }
            }
            Some(cluster_end) => {
                end = cluster_end;
                for c in text[start..end].nfc() {
                    composed(c, end, &mut pending, &mut emit);
                }
            }
        }
    }
    if let Some((c, s, e)) = pending {
        emit(c, s, e);
    }
}

/// The mark that lengthens a word and says nothing.
const TATWEEL: char = 'ـ';

/// Whether a character stays as it is under NFC (the Angstrom sign does not).
fn is_composed(c: char) -> bool {
    c.is_ascii() || ('\u{0620}'..='\u{06FF}').contains(&c) || is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes
}

/// The folded form of a text, without offsets.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_with(text, |c, _, _| folded.push(c));
    folded
}

/// Arabic presentation forms and full-width letters, which are typesetting and not spelling.
/// A sign that stands for several words (`ﷺ`) stays one: its words would share one place.
fn compatible(c: char, emit: &mut dyn FnMut(char)) {
    match c {
        '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{FF01}'..='\u{FF5E}' => {
            let mut words = false;
            decompose_compatible(c, |part| words |= part.is_whitespace());
            if words { emit(c) } else { decompose_compatible(c, emit) }
        }
        _ => emit(c),
    }
}

/// Folds one composed character.
pub fn fold_char(c: char) -> Folded {
    if c.is_ascii() {
        return Folded::Keep(c.to_ascii_lowercase());
    }
    match c {
        // Vowel signs, Quranic marks, superscript alef, tatweel.
        '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06ED}' | '\u{0640}' => {
            Folded::Mark
        }
        // Bidi controls, joiners, soft hyphen, byte order mark.
        '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}'
        | '\u{061C}'
        | '\u{FEFF}'
        | '\u{00AD}' => Folded::Invisible,
        'أ' | 'إ' | 'آ' | 'ٱ' => Folded::Keep('ا'),
        'ى' | 'ی' | 'ئ' | 'ې' => Folded::Keep('ي'),
        'ؤ' => Folded::Keep('و'),
        'ة' | 'ہ' | 'ۀ' | 'ە' => Folded::Keep('ه'),
        'ک' => Folded::Keep('ك'),
        '٠'..='٩' => digit(c, '٠'),
        '۰'..='۹' => digit(c, '۰'),
        '،' => Folded::Keep(','),
        '؛' => Folded::Keep(';'),
        '؟' => Folded::Keep('?'),
        '“' | '”' | '„' | '«' | '»' | '‹' | '›' | '‟' | '″' => Folded::Keep('"'),
        '’' | '‘' | 'ʼ' | '‛' | '′' => Folded::Keep('\''),
        // The letters ayn and hamza of scholarly transliteration: no part of the common spelling.
        'ʿ' | 'ʾ' | 'ʻ' | 'ˈ' => Folded::Mark,
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => Folded::Keep('-'),
        'ı' | 'İ' => Folded::Keep('i'),
        'ø' | 'Ø' => Folded::Keep('o'),
        'đ' | 'Đ' | 'ð' | 'Ð' => Folded::Keep('d'),
        'ł' | 'Ł' => Folded::Keep('l'),
        'ß' => Folded::Keep('s'),
        'ə' | 'Ə' => Folded::Keep('e'),
        'ё' | 'Ё' => Folded::Keep('е'),
        '\u{00C0}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}' => latin(c),
        '\u{00A0}' | '\u{2007}' | '\u{202F}' => Folded::Keep(' '),
        _ if canonical_combining_class(c) != 0 => Folded::Mark,
        _ => {
            // Only one-to-one mappings keep offsets exact.
            let mut lower = c.to_lowercase();
            match (lower.next(), lower.next()) {
                (Some(single), None) => Folded::Keep(single),
                _ => Folded::Keep(c),
            }
        }
    }
}

fn digit(c: char, zero: char) -> Folded {
    let value = c as u32 - zero as u32;
    Folded::Keep(char::from_digit(value, 10).unwrap_or(c))
}

/// The base letter of an accented Latin one, in lower case.
fn latin(c: char) -> Folded {
    let mut base = None;
    decompose_canonical(c, |part| {
        base.get_or_insert(part);
    });
    let base = base.unwrap_or(c);
    Folded::Keep(base.to_lowercase().next().unwrap_or(base))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composition_comes_before_folding_alef() {
        assert_eq!(fold("\u{0627}\u{0653}ب"), "اب");
        assert_eq!(fold("آب"), "اب");
        assert_eq!(fold("\u{0648}\u{0654}"), "و");
    }

    #[test]
    fn tashkeel_and_tatweel_go() {
        assert_eq!(fold("سَيَّرَتْ"), "سيرت");
        assert_eq!(fold("الـدوريـة"), "الدوريه");
        assert_eq!(fold("انفجـ.ـار. نعم"), "انفجار. نعم");
    }

    #[test]
    fn bidi_controls_go() {
        assert_eq!(fold("\u{202B}سراقب\u{202C}\u{200F}"), "سراقب");
    }

    #[test]
    fn arabic_letters_fold() {
        assert_eq!(fold("أإآٱ ى ئ ؤ ة"), "اااا ي ي و ه");
    }

    #[test]
    fn persian_letters_fold() {
        assert_eq!(fold("ک ی"), "ك ي");
    }

    #[test]
    fn digits_become_ascii() {
        assert_eq!(fold("١٧ ۲۰۲۰"), "17 2020");
    }

    #[test]
    fn latin_case_and_diacritics_fold_and_the_turkish_i_is_one_letter() {
        assert_eq!(fold("Şuğur İdlib ISPARTA ılıca Aïn"), "sugur idlib isparta ilica ain");
    }

    #[test]
    fn quotes_and_dashes_are_one_each() {
        assert_eq!(fold("«M4» – “A”"), "\"m4\" - \"a\"");
        assert_eq!(fold("\u{212B}"), "a", "the Angstrom sign is the letter");
    }

    #[test]
    fn presentation_forms_are_typesetting() {
        assert_eq!(fold("ﺳﺮﺍﻗﺐ"), "سراقب");
        assert_eq!(fold("ﻻ"), "لا");
        assert_eq!(fold("ﷺ"), "ﷺ");
    }

    #[test]
    fn cyrillic_keeps_its_short_i() {
        assert_eq!(fold("Нейраб Ёлка"), "нейраб елка");
    }

    #[test]
    fn marks_widen_the_letter_before_them() {
        let mut spans = Vec::new();
        fold_with("دَّه", |c, start, end| spans.push((c, start, end)));
        assert_eq!(spans, [('د', 0, 6), ('ه', 6, 8)]);
    }
}
