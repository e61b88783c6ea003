//! Plain text: bytes of any encoding become a string.
//!
//! UTF-8 is taken as it is. Everything else is guessed, in this order: a byte order mark; UTF-16
//! without one; UTF-8 with a few damaged bytes, as a cut or a broken copy leaves it; and at last
//! a legacy encoding by its letter statistics (windows-1256 is common on Arabic pages).

use std::fmt;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use thiserror::Error;

/// A decoded text, and how it was decoded when that was not plain UTF-8.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decoded {
    pub text: String,
    pub guess: Option<Guess>,
}

/// How bytes that are not UTF-8 were read. Displayed as the message of a diagnostic.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Guess {
    /// Decoded from another encoding, named as in the WHATWG Encoding Standard.
    Encoding { name: &'static str, replaced: usize },
    /// UTF-8 in which some byte sequences are damaged.
    DamagedUtf8 { replaced: usize },
}

impl fmt::Display for Guess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Encoding { name, replaced: 0 } => write!(f, "not UTF-8: decoded as {name}"),
            Self::Encoding { name, replaced } => {
                write!(f, "not UTF-8: decoded as {name}, {replaced} characters could not be read")
            }
            Self::DamagedUtf8 { replaced } => {
                write!(f, "damaged UTF-8: {replaced} characters could not be read and stand as U+FFFD")
            }
        }
    }
}

/// The bytes are no text in any encoding.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[error("{control_bytes} of its {bytes} bytes are control characters")]
pub struct NotText {
    pub control_bytes: usize,
    pub bytes: usize,
}

/// One control byte in this many is too much for a text.
const BYTES_A_CONTROL: usize = 50;

/// Damaged UTF-8 has at most one damaged sequence in this many whole ones.
const SEQUENCES_A_DAMAGE: usize = 20;

/// Decodes a whole file.
///
/// A byte order mark is taken off. Otherwise the text of a valid UTF-8 file is untouched.
///
/// # Errors
/// When the bytes look like binary data.
pub fn decode(bytes: Vec<u8>) -> Result<Decoded, NotText> {
    if let Some((encoding, _)) = Encoding::for_bom(&bytes)
        && encoding != UTF_8
    {
        return Ok(decode_as(encoding, &bytes));
    }
    if let Some(encoding) = unmarked_utf_16(&bytes) {
        return Ok(decode_as(encoding, &bytes));
    }
    refuse_binary(&bytes)?;
    let bytes = match String::from_utf8(bytes) {
        Ok(mut text) => {
            if text.starts_with('\u{FEFF}') {
                text.drain(..'\u{FEFF}'.len_utf8());
            }
            return Ok(Decoded { text, guess: None });
        }
        Err(error) => error.into_bytes(),
    };
    if let Some(decoded) = damaged_utf_8(&bytes) {
        return Ok(decoded);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes, true);
    Ok(decode_as(detector.guess(None, Utf8Detection::Deny), &bytes))
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, encoding, _) = encoding.decode(bytes);
    let replaced = text.matches('\u{FFFD}').count();
    let guess = Guess::Encoding { name: encoding.name(), replaced };
    Decoded { text: text.into_owned(), guess: Some(guess) }
}

/// UTF-16 without a byte order mark, known by its high bytes: those of Latin (00) and Arabic (06)
/// stand at every second place.
fn unmarked_utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    let pairs = sample.len() / 2;
    if pairs < 8 {
        return None;
    }
    let high = |at: usize| sample.iter().skip(at).step_by(2).filter(|b| matches!(b, 0x00 | 0x06)).count();
    match (high(0), high(1)) {
        (big, little) if big * 10 >= pairs * 9 && little * 10 < pairs => Some(UTF_16BE),
        (big, little) if little * 10 >= pairs * 9 && big * 10 < pairs => Some(UTF_16LE),
        _ => None,
    }
}

fn refuse_binary(bytes: &[u8]) -> Result<(), NotText> {
    // Tab, line feed, vertical tab, form feed, carriage return, escape and end of file do occur.
    let control = |b: &&u8| matches!(b, 0x00..=0x08 | 0x0E..=0x19 | 0x1C..=0x1F | 0x7F);
    let control_bytes = bytes.iter().filter(control).count();
    if control_bytes * BYTES_A_CONTROL > bytes.len() {
        return Err(NotText { control_bytes, bytes: bytes.len() });
    }
    Ok(())
}

/// Reads UTF-8 with a few damaged sequences; `None` when too much is damaged for it to be UTF-8.
fn damaged_utf_8(bytes: &[u8]) -> Option<Decoded> {
    let (mut text, mut replaced, mut whole) = (String::with_capacity(bytes.len()), 0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            replaced += 1;
            text.push('\u{FFFD}');
        }
    }
    if text.starts_with('\u{FEFF}') {
        text.drain(..'\u{FEFF}'.len_utf8());
    }
    (replaced * SEQUENCES_A_DAMAGE <= whole).then_some(Decoded { text, guess: Some(Guess::DamagedUtf8 { replaced }) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::WINDOWS_1256;
    use proptest::prelude::*;

    const ARABIC: &str = "سيرت القوات الروسية والتركية دورية مشتركة من سراقب وصولاً لعين الحور بريف اللاذقية";

    #[test]
    fn windows_1256_is_recognised() {
        let (bytes, _, unmappable) = WINDOWS_1256.encode(ARABIC);
        assert!(!unmappable);
        let decoded = decode(bytes.into_owned()).unwrap();
        assert_eq!(decoded.text, ARABIC);
        assert_eq!(decoded.guess.unwrap().to_string(), "not UTF-8: decoded as windows-1256");
    }

    #[test]
    fn byte_order_marks_are_taken_off() {
        let utf_8 = [b"\xEF\xBB\xBF", ARABIC.as_bytes()].concat();
        assert_eq!(decode(utf_8).unwrap(), Decoded { text: ARABIC.to_owned(), guess: None });
        let units: Vec<u8> =
            "\u{FEFF}".encode_utf16().chain(ARABIC.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let decoded = decode(units).unwrap();
        assert_eq!(decoded.text, ARABIC);
        assert_eq!(decoded.guess, Some(Guess::Encoding { name: "UTF-16LE", replaced: 0 }));
    }

    #[test]
    fn utf_16_without_a_mark_is_recognised() {
        let little: Vec<u8> = ARABIC.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = ARABIC.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(little).unwrap().text, ARABIC);
        assert_eq!(decode(big).unwrap().text, ARABIC);
    }

    #[test]
    fn a_text_cut_inside_a_character_stays_utf_8() {
        let cut = ARABIC.as_bytes()[..ARABIC.len() - 1].to_vec();
        let decoded = decode(cut).unwrap();
        assert!(decoded.text.starts_with("سيرت القوات"));
        assert_eq!(decoded.guess, Some(Guess::DamagedUtf8 { replaced: 1 }));
    }

    #[test]
    fn binary_data_is_refused() {
        let noise: Vec<u8> = (0..4096u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let error = decode(noise).unwrap_err();
        assert_eq!(error.bytes, 4096);
        assert!(error.control_bytes > 81);
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_text_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = decode(bytes);
        }

        #[test]
        fn valid_text_is_untouched(text in "[ -~ا-ي\\r\\n\u{064B}]{0,200}") {
            prop_assert_eq!(decode(text.clone().into_bytes()), Ok(Decoded { text, guess: None }));
        }
    }
}
