//! How far two readings are apart: an edit distance over sounds, in consonants.
//!
//! The prices follow what scripts and habits leave open. Arabic writes no short vowel, so that one
//! in Latin letters has nothing to be compared with; it writes every long one, so that one without
//! a counterpart is a difference. A consonant that a spelling leaves open (k for ق and for ك) costs
//! nothing, two that are told apart do.

use super::reading::Reading;
use super::rules::Sound;

/// Two letters of one class that are certainly not the same letter (ق and ك).
const OTHER_LETTER: f64 = 0.4;
/// A consonant more, less or other.
const OTHER_CONSONANT: f64 = 1.0;
/// A vowel that one of two vocalised spellings lacks ("Tronba", "Turumbah").
const MISSING_VOWEL: f64 = 0.25;
/// A long vowel that Arabic writes and the other spelling lacks.
const MISSING_LONG_VOWEL: f64 = 0.75;
/// A vowel at the end that one spelling lacks: every script writes it.
const MISSING_FINAL_VOWEL: f64 = 0.5;
/// Short vowels are heard and written differently from place to place.
const OTHER_VOWEL: f64 = 0.5;
/// w or y, or one half of a diphthong, that the other spelling cannot be read with.
const MISSING_GLIDE: f64 = 0.5;
const OTHER_LONG_VOWEL: f64 = 0.75;

/// Weighted edit distance over the sounds.
pub fn distance(a: &Reading, b: &Reading) -> f64 {
    let mut above: Vec<f64> = Vec::with_capacity(b.sounds.len() + 1);
    above.push(0.0);
    for at in 0..b.sounds.len() {
        above.push(above[at] + missing(b, at, a));
    }
    let mut row = Vec::with_capacity(above.len());
    for at in 0..a.sounds.len() {
        row.clear();
        row.push(above[0] + missing(a, at, b));
        for other in 0..b.sounds.len() {
            let exchanged = above[other] + exchanged(a, at, b, other);
            let removed = above[other + 1] + missing(a, at, b);
            let added = row[other] + missing(b, other, a);
            row.push(exchanged.min(removed).min(added));
        }
        std::mem::swap(&mut above, &mut row);
    }
    above.last().copied().unwrap_or(0.0)
}

/// The price of a sound that the other spelling lacks.
fn missing(reading: &Reading, at: usize, other: &Reading) -> f64 {
    match reading.sounds[at] {
        Sound::Consonant { class, .. } => {
            // "Dadat" and "Ddat": a double letter told once.
            let doubled =
                at > 1 && matches!(reading.sounds[at - 2], Sound::Consonant { class: before, .. } if before == class);
            if doubled { 0.5 * OTHER_CONSONANT } else { OTHER_CONSONANT }
        }
        Sound::Vowel { optional: true, .. } => 0.0,
        Sound::Vowel { .. } if at + 1 == reading.sounds.len() => MISSING_FINAL_VOWEL,
        Sound::Vowel { .. } if reading.is_unvocalised && other.is_unvocalised => MISSING_FINAL_VOWEL,
        Sound::Vowel { .. } if reading.is_unvocalised => MISSING_LONG_VOWEL,
        Sound::Vowel { strong, .. } if other.is_unvocalised => MISSING_GLIDE * f64::from(strong.count_ones()),
        Sound::Vowel { .. } => MISSING_VOWEL,
    }
}

fn exchanged(a: &Reading, at: usize, b: &Reading, position: usize) -> f64 {
    match (a.sounds[at], b.sounds[position]) {
        (Sound::Consonant { class, exact }, Sound::Consonant { class: other, exact: other_exact }) => {
            if is_before_b(a, at) && is_before_b(b, position) && is_nasal(class) && is_nasal(other) {
                0.0
            } else if class != other {
                OTHER_CONSONANT
            } else if exact != other_exact && is_certain(exact) && is_certain(other_exact) {
                OTHER_LETTER
            } else {
                0.0
            }
        }
        (
            Sound::Vowel { qualities, strong, .. },
            Sound::Vowel { qualities: other_qualities, strong: other_strong, .. },
        ) => {
            let lacking = (strong & !other_qualities).count_ones() + (other_strong & !qualities).count_ones();
            if lacking > 0 {
                MISSING_GLIDE * f64::from(lacking)
            } else if qualities & other_qualities != 0 {
                0.0
            } else if a.is_unvocalised || b.is_unvocalised {
                OTHER_LONG_VOWEL
            } else {
                OTHER_VOWEL
            }
        }
        // A vowel for a consonant is one less and one more.
        _ => f64::INFINITY,
    }
}

/// Whether a spelling tells which letter of its class is meant.
fn is_certain(exact: u8) -> bool {
    !matches!(exact, 0 | b'9')
}

fn is_nasal(class: u8) -> bool {
    matches!(class, b'n' | b'm')
}

/// Whether the next consonant is b, before which n is heard as m.
fn is_before_b(reading: &Reading, at: usize) -> bool {
    let mut behind = reading.sounds[at + 1..].iter();
    let next = behind.find_map(|sound| match sound {
        Sound::Consonant { class, .. } => Some(*class),
        Sound::Vowel { .. } => None,
    });
    next == Some(b'b')
}
