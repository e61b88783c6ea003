//! Where in an article something stands, for a person with an editor.

use std::fmt;

/// A position in a text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct TextPosition {
    /// In Unicode code points from 0, as in gold and output.
    pub offset: usize,
    /// From 1, as editors count.
    pub line: usize,
    /// In code points from 1.
    pub column: usize,
}

impl TextPosition {
    /// The position of the code point at `offset`, or `None` beyond the text.
    pub fn of(text: &str, offset: usize) -> Option<Self> {
        let (mut line, mut column) = (1, 1);
        let mut characters = text.chars();
        for _ in 0..offset {
            match characters.next()? {
                '\n' => (line, column) = (line + 1, 1),
                _ => column += 1,
            }
        }
        Some(Self { offset, line, column })
    }
}

impl fmt::Display for TextPosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one_in_code_points() {
        let position = |offset| TextPosition::of("سر\nab", offset).map(|at| (at.line, at.column));
        assert_eq!(position(0), Some((1, 1)));
        assert_eq!(position(2), Some((1, 3)));
        assert_eq!(position(4), Some((2, 2)));
        assert_eq!(position(6), None);
    }
}
