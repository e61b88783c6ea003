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
        '\'' | '`' => CharClass::Apostrophe,
        _ if c.is_alphabetic() => CharClass::Letter,
        _ if c.is_numeric() => CharClass::Mark,
        _ if c.is_whitespace() || c.is_control() => CharClass::Space,
        _ => CharClass::Mark,
    }
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
    fold_with(name, |c, _, _| {
        let class = char_class(c);
        match class {
            CharClass::Letter | CharClass::Digit => {
                if last != class && !key.is_empty() && !(last == CharClass::Apostrophe && class == CharClass::Letter) {
                    key.push(' ');
                }
                key.push(c);
                last = class;
            }
            CharClass::Apostrophe if last == CharClass::Letter => last = CharClass::Apostrophe,
            _ => last = CharClass::Space,
        }
    });
    key
}
