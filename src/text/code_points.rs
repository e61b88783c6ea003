//! Code points: the unit in which the output counts (W3C Web Annotation).

use crate::model::span::Span;

/// Converts byte offsets of one text into code point offsets, in logarithmic time.
#[derive(Clone, Debug)]
pub struct CodePointIndex {
    /// Code points before each block of `BLOCK` bytes.
    blocks: Vec<usize>,
}

const BLOCK: usize = 1024;

impl CodePointIndex {
    pub fn new(text: &str) -> Self {
        let mut blocks = Vec::with_capacity(text.len() / BLOCK + 1);
        let mut count = 0;
        for chunk in text.as_bytes().chunks(BLOCK) {
            blocks.push(count);
            count += chunk.iter().filter(|b| is_start(**b)).count();
        }
        blocks.push(count);
        Self { blocks }
    }

    /// Code points before byte `offset` of `text`, which must be the text the index was made of.
    pub fn offset(&self, text: &str, offset: usize) -> usize {
        let offset = offset.min(text.len());
        let block = offset / BLOCK;
        let base = self.blocks.get(block).copied().unwrap_or(0);
        base + text.as_bytes()[block * BLOCK..offset].iter().filter(|b| is_start(**b)).count()
    }

    /// The offset and length of a span in code points.
    pub fn span(&self, text: &str, span: Span) -> (usize, usize) {
        let start = self.offset(text, span.start());
        (start, self.offset(text, span.end()) - start)
    }
}

fn is_start(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_counting_characters(text in "[a-zا-ي \u{1F600}]{0,3000}") {
            let index = CodePointIndex::new(&text);
            for (count, (byte, _)) in text.char_indices().enumerate().step_by(97) {
                prop_assert_eq!(index.offset(&text, byte), count);
            }
            prop_assert_eq!(index.offset(&text, text.len()), text.chars().count());
        }
    }
}
