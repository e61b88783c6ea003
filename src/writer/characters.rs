//! Characters that a text of an article may hold and a format may not.

use std::borrow::Cow;

/// What stands for such a character. One for one, so that lengths in code points stay right.
const REPLACEMENT: &str = "\u{FFFD}";

/// The text with every forbidden character replaced by U+FFFD.
pub fn replaced(text: &str, forbidden: impl Fn(char) -> bool) -> Cow<'_, str> {
    if text.contains(&forbidden) { Cow::Owned(text.replace(forbidden, REPLACEMENT)) } else { Cow::Borrowed(text) }
}

/// For formats whose readers take U+0000 for the end of the text (C strings).
pub fn ends_a_c_string(character: char) -> bool {
    character == '\0'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_forbidden_is_replaced() {
        assert_eq!(replaced("سراقب\0\u{7}", ends_a_c_string), "سراقب\u{FFFD}\u{7}");
        assert!(matches!(replaced("سراقب\n", ends_a_c_string), Cow::Borrowed(_)));
    }
}
