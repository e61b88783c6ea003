//! Names from outside, made fit for the gazetteer: composed, without invisible characters, of a
//! sane length.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use super::report::Reason;

/// Longer than any name: the field of GeoNames ends there.
pub const LONGEST_NAME: usize = 200;

/// Names that one place keeps; GeoNames has some two hundred for a country.
pub const MOST_NAMES: usize = 1000;

/// A name with what was done to it.
#[derive(Clone, PartialEq, Debug)]
pub enum CleanName<'n> {
    /// As it was, but for spaces around it.
    Same(&'n str),
    Repaired(String, Reason),
    /// Not kept.
    Refused(Reason),
    /// Nothing but spaces.
    Empty,
}

/// Cleans one name.
pub fn clean_name(name: &str) -> CleanName<'_> {
    let name = name.trim();
    if name.is_empty() {
        return CleanName::Empty;
    }
    if name.len() > LONGEST_NAME {
        let characters = name.chars().count();
        if characters > LONGEST_NAME {
            return CleanName::Refused(Reason::LongName { characters, limit: LONGEST_NAME });
        }
    }
    let plain = name.bytes().all(|byte| (b' '..0x7f).contains(&byte)) && !name.contains("  ");
    if !plain && let Some((cleaned, reason)) = repaired(name) {
        return match cleaned.chars().any(char::is_alphanumeric) {
            true => CleanName::Repaired(cleaned, reason),
            false => CleanName::Refused(Reason::NoLetter { name: shown(name) }),
        };
    }
    match name.chars().any(char::is_alphanumeric) {
        true => CleanName::Same(name),
        false => CleanName::Refused(Reason::NoLetter { name: shown(name) }),
    }
}

/// The cleaned name where it differs, and what was wrong with it.
fn repaired(name: &str) -> Option<(String, Reason)> {
    let invisible = name.chars().any(|c| is_invisible(c) && !is_joiner(c)) || has_loose_joiner(name);
    let visible: Cow<'_, str> = if invisible { Cow::Owned(without_invisible(name)) } else { Cow::Borrowed(name) };
    let composed: Cow<'_, str> = match is_nfc_quick(visible.chars()) {
        IsNormalized::Yes => visible,
        _ => Cow::Owned(visible.nfc().collect()),
    };
    let spaced = composed.chars().any(|c| c.is_whitespace() && c != ' ') || composed.contains("  ");
    let cleaned = match spaced {
        true => composed.split_whitespace().collect::<Vec<_>>().join(" "),
        false => composed.trim().to_owned(),
    };
    if cleaned == name {
        return None;
    }
    let reason = match invisible || spaced {
        true => Reason::InvisibleCharacters { name: shown(name) },
        false => Reason::Composed { name: shown(name) },
    };
    Some((cleaned, reason))
}

fn is_invisible(c: char) -> bool {
    !c.is_ascii_graphic()
        && c != ' '
        && matches!(c.general_category(), GeneralCategory::Control | GeneralCategory::Format)
}

/// The non-joiner and the joiner are spelling in Persian, Kurdish and Indic names.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
}

/// A joiner that does not stand between two letters or marks.
fn has_loose_joiner(name: &str) -> bool {
    name.contains(is_joiner) && joined(name).count() != name.chars().count()
}

/// The characters of a name without its loose joiners.
fn joined(name: &str) -> impl Iterator<Item = char> {
    let written = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace() && !is_invisible(c));
    let mut last = None;
    name.char_indices().filter_map(move |(at, c)| {
        let next = name.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next());
        let keep = !is_joiner(c) || (written(last) && written(next));
        last = Some(c);
        keep.then_some(c)
    })
}

fn without_invisible(name: &str) -> String {
    // A control that breaks lines or columns parts words, the others stand inside them.
    let visible: String = name
        .chars()
        .filter_map(|c| match c {
            '\t' | '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' => Some(' '),
            c if is_invisible(c) && !is_joiner(c) => None,
            c => Some(c),
        })
        .collect();
    joined(&visible).collect()
}

/// A name for a report: its invisible characters spelled out, cut to a readable length.
fn shown(name: &str) -> String {
    let mut text = String::new();
    for c in name.chars().take(60) {
        if is_invisible(c) { text.extend(c.escape_unicode()) } else { text.push(c) }
    }
    if name.chars().nth(60).is_some() {
        text.push('…');
    }
    text
}

/// Letters that Arabic script has for other languages alone. The same list decides in
/// `gazetteer/make.py`.
const FOREIGN_ARABIC: &str = "پچگکیہےںڈٹڑژھۀەۆۇێڕڵڤۋڭېڧڨۅۉټځڅډړږښګڼۍۈ";

/// Whether a name is in Arabic letters and shows no sign of another language.
pub fn looks_arabic(name: &str) -> bool {
    let arabic = |c: char| matches!(c, '\u{0621}'..='\u{063A}' | '\u{0641}'..='\u{0652}');
    name.chars().all(|c| (arabic(c) && !FOREIGN_ARABIC.contains(c)) || c == ' ' || c == '-') && name.chars().any(arabic)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn repair(name: &str) -> Option<String> {
        match clean_name(name) {
            CleanName::Repaired(name, _) => Some(name),
            _ => None,
        }
    }

    #[test]
    fn a_good_name_stays_as_it_is() {
        for name in ["Saraqib", "سراقب", "Şuğur", "كفرلاتا‌", "M 4"] {
            let trimmed = name.trim_end_matches('\u{200C}');
            assert_eq!(clean_name(trimmed), CleanName::Same(trimmed));
        }
        assert_eq!(clean_name("  Saraqib "), CleanName::Same("Saraqib"));
        assert_eq!(clean_name(" \t"), CleanName::Empty);
    }

    #[test]
    fn bidi_controls_go_and_are_spelled_out_in_the_report() {
        let CleanName::Repaired(name, reason) = clean_name("\u{202B}سراقب\u{202C}\u{200F}") else {
            panic!("not repaired");
        };
        assert_eq!(name, "سراقب");
        assert_eq!(
            reason.to_string(),
            "invisible characters are taken out of the name `\\u{202b}سراقب\\u{202c}\\u{200f}`"
        );
    }

    #[test]
    fn joiners_stay_between_letters_only() {
        assert_eq!(clean_name("می\u{200C}خواهم"), CleanName::Same("می\u{200C}خواهم"));
        assert_eq!(repair("سراقب\u{200C}").as_deref(), Some("سراقب"));
        assert_eq!(repair("سر \u{200D}اقب").as_deref(), Some("سر اقب"));
    }

    #[test]
    fn names_are_composed_and_spaces_single() {
        assert_eq!(repair("C\u{327}ank\u{131}r\u{131}").as_deref(), Some("Çankırı"));
        assert_eq!(repair("Tell\u{A0}\u{A0}Rifaat").as_deref(), Some("Tell Rifaat"));
        assert_eq!(repair("Tell\tRifaat").as_deref(), Some("Tell Rifaat"));
    }

    #[test]
    fn overlong_and_letterless_names_are_refused() {
        let CleanName::Refused(reason) = clean_name(&"x".repeat(10_000)) else { panic!("not refused") };
        assert_eq!(reason.to_string(), "a name of 10000 characters is left out, 200 are the limit");
        assert!(matches!(clean_name(&"س".repeat(200)), CleanName::Same(_)));
        assert_eq!(clean_name("—"), CleanName::Refused(Reason::NoLetter { name: "—".into() }));
        assert_eq!(clean_name("\u{202E}"), CleanName::Refused(Reason::NoLetter { name: "\\u{202e}".into() }));
    }

    #[test]
    fn persian_and_kurdish_letters_are_not_arabic() {
        assert!(looks_arabic("عين الحور") && looks_arabic("دَير"));
        assert!(!looks_arabic("پاوه") && !looks_arabic("Idlib") && !looks_arabic("ئاگری") && !looks_arabic(" "));
    }

    proptest! {
        #[test]
        fn cleaning_twice_is_cleaning_once(name in "\\PC{0,12}|[\u{200B}-\u{202F}ab\u{0627}\u{0653}\u{327} ]{0,12}") {
            if let CleanName::Repaired(once, _) = clean_name(&name) {
                prop_assert_eq!(clean_name(&once), CleanName::Same(once.as_str()));
            }
        }
    }
}
