//! Which words are names: those the gazetteer knows ([`known`]), members of lists ([`lists`]) and
//! those that only their context shows ([`unknown`]).

pub mod known;
pub mod lists;
pub mod unknown;
pub mod capitalised;
mod facilities;
pub mod abbreviations;

use crate::lexicon::cue::CueTable;
use crate::lexicon::sense::Sense;
use crate::model::mention::PlaceCue;
use crate::model::span::Span;
use crate::recognition::previous_word;
use crate::text::NormalizedText;

/// The longest name that is taken without the gazetteer's word for it, in words.
const LONGEST_NAME: usize = 3;

/// Whether what follows a word says where it lies: "غريب، شرقي كوباني", "X بريف Y".
pub(in crate::recognition) fn located_behind(text: &NormalizedText, cues: &CueTable<'_>, end: usize) -> bool {
    let comma = text.token(end).is_some_and(|token| token.is_mark(','));
    let next = if comma { end + 1 } else { end };
    text.token(next).is_some_and(|token| !token.after_line_break)
        && cues.starting_at(next).any(|(cue, sense)| match sense {
            // "الغربي" after a noun is its adjective and locates nothing.
            Sense::Direction(_) => !cue.definite,
            Sense::PlaceCue(PlaceCue::Countryside) => cue.peeled > 0,
            _ => false,
        })
}

/// Whether the script of a token has capital letters.
pub(in crate::recognition) fn has_capitals(text: &NormalizedText, index: usize) -> bool {
    text.word(index).chars().next().is_some_and(|c| c.is_lowercase())
}

pub(in crate::recognition) fn starts_upper(text: &NormalizedText, span: Span) -> bool {
    span.slice(text.original()).chars().next().is_some_and(char::is_uppercase)
}

pub(in crate::recognition) fn skip_marks(text: &NormalizedText, mut index: usize, marks: &[char]) -> usize {
    while text.token(index).is_some_and(|token| marks.iter().any(|mark| token.is_mark(*mark))) {
        index += 1;
    }
    index
}

/// Whether a preposition, a proclitic one included, or a place cue governs the word at `index`.
pub(in crate::recognition) fn governed_by_preposition(
    text: &NormalizedText,
    cues: &CueTable<'_>,
    index: usize,
    peeled: usize,
) -> bool {
    let proclitic = text
        .token(index)
        .and_then(|token| text.folded().get(token.folded.start..token.folded.start + peeled))
        .is_some_and(|proclitics| proclitics.contains(['ب', 'ل']));
    proclitic
        || previous_word(text, index).is_some_and(|before| {
            cues.ending_at(before).any(|(_, sense)| {
                matches!(
                    sense,
                    Sense::MotionPreposition(_)
                        | Sense::Route(_)
                        | Sense::Within
                        | Sense::Near
                        | Sense::Between
                        | Sense::Direction(_)
                        | Sense::PlaceCue(_)
                )
            })
        })
}
