//! Name keys: the form under which the gazetteer and the lexicon index a name.
//!
//! The key of a name is its folded words joined by single spaces, exactly as
//! [`super::token`] would cut it in running text, so that data and article always meet.

use super::fold::fold_with;

/// How a folded character takes part in tokens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CharClass {
    Letter,
    Digit,
    /// Dropped between letters, where it marks a Turkish case ending or a glottal stop.
    Apostrophe,
    Space,
    /// Any other visible character.
    Mark,
}

/// The class of one folded character.
pub fn char_class(c: char) -> CharClass {
    match c {
        '0'..='9' => CharClass::Digit,
        'a'..='z' | '\u{0620}'..='\u{064A}' => CharClass::Letter,
        '\'' | '`' => CharClass::Apostrophe,
        _ if c.is_alphabetic() => CharClass::Letter,
        _ if c.is_numeric() => CharClass::Mark,
        _ if c.is_whitespace() || c.is_control() => CharClass::Space,
        _ => CharClass::Mark,
    }
}

/// Whether two neighbouring letters cannot belong to one word: a ta marbuta ends a word, and no
/// word changes from Arabic to another script ("التركيةوالروسية", "طريقM4").
///
/// `last_original` is the spelling of the first letter before folding.
pub fn parts_words(last_original: &str, last: char, next: char) -> bool {
    let arabic = |c: char| ('\u{0600}'..='\u{06FF}').contains(&c);
    last_original.starts_with('ة') || arabic(last) != arabic(next)
}

/// The key of a name: folded words joined by spaces; empty when the name has no letter or digit.
///
/// ```
/// assert_eq!(masar::text::key::name_key("Jisr ash-Shughūr"), "jisr ash shughur");
/// assert_eq!(masar::text::key::name_key("أم-4"), "ام 4");
/// assert_eq!(masar::text::key::name_key("Ma'arrat"), "maarrat");
/// ```
pub fn name_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    let mut last = CharClass::Space;
    let mut last_letter: Option<(char, usize, usize)> = None;
    fold_with(name, |c, start, end| {
        let class = char_class(c);
        match class {
            CharClass::Letter | CharClass::Digit => {
                let glued = class == CharClass::Letter
                    && last == CharClass::Letter
                    && last_letter.is_some_and(|(letter, from, to)| parts_words(&name[from..to], letter, c));
                let apart = last != class && !(last == CharClass::Apostrophe && class == CharClass::Letter);
                if (apart || glued) && !key.is_empty() {
                    key.push(' ');
                }
                last_letter = (class == CharClass::Letter).then_some((c, start, end));
                key.push(c);
                last = class;
            }
            CharClass::Apostrophe if last == CharClass::Letter => last = CharClass::Apostrophe,
            _ => last = CharClass::Space,
        }
    });
    key
}
