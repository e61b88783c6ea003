//! Names of single sites in scripts without capitals: "معهد الأورام", "سد الوالة",
//! "مستشفى الملك فهد", "الجسر الروماني".
//!
//! The noun of a class opens the name. What follows is a name when it is definite, or when it is
//! no everyday word and no adjective ("مستشفى ميداني" is any field hospital).

use std::ops::Range;

use super::{has_capitals, skip_marks};
use crate::lexicon::cue::{Cue, CueTable};
use crate::lexicon::sense::Sense;
use crate::model::mention::{MentionKind, PlaceCue};
use crate::recognition::{Claims, Proposal};
use crate::text::NormalizedText;

/// Words of a name behind the class noun.
const LONGEST: usize = 3;
/// Marks that may stand between the class noun and the name.
const MARKS_BETWEEN: [char; 5] = ['#', '_', '"', '\'', '('];

/// Sites that the gazetteer lacks.
pub(super) fn facilities(text: &NormalizedText, cues: &CueTable<'_>, claimed: &Claims) -> Vec<Proposal> {
    let mut proposals: Vec<Proposal> = Vec::new();
    for (cue, sense) in cues.iter() {
        let Sense::PlaceCue(kind @ (PlaceCue::Facility | PlaceCue::Neighbourhood | PlaceCue::District)) = sense else {
            continue;
        };
        let taken = proposals.last().is_some_and(|last| cue.tokens.start < last.tokens.end);
        if taken || cue.tokens.len() > 1 || has_capitals(text, cue.tokens.start) {
            continue;
        }
        let start = skip_marks(text, cue.tokens.end, &MARKS_BETWEEN);
        let Some(end) = name_end(text, cues, claimed, cue, *kind, start) else { continue };
        // The class noun of a site belongs to its name, that of a quarter does not.
        let tokens = if *kind == PlaceCue::Facility { cue.tokens.start..end } else { start..end };
        let span = text.token_span(start..end);
        proposals.push(Proposal {
            span: if *kind == PlaceCue::Facility { cue.span.join(span) } else { span },
            tokens,
            kind: MentionKind::Unknown,
            cue: Some(*kind),
            rule: "named site",
        });
    }
    proposals
}

/// Where the name behind a class noun ends; `None` where no name follows.
fn name_end(
    text: &NormalizedText,
    cues: &CueTable<'_>,
    claimed: &Claims,
    cue: &Cue,
    kind: PlaceCue,
    start: usize,
) -> Option<usize> {
    let definite = |index: usize| text.word(index).starts_with("ال");
    let free = |range: Range<usize>| {
        range.into_iter().all(|index| {
            text.token(index).is_some_and(|token| token.is_word() && !token.after_line_break)
                && !claimed.any(index..index + 1)
                && !cues.any(index, |_| true)
        })
    };
    // "مستشفى الملك فهد": named after a person.
    if kind == PlaceCue::Facility && cues.starting_at(start).any(|(_, sense)| *sense == Sense::PersonTitle) {
        let named = definite(start) && free(start + 1..start + 2) && !definite(start + 1);
        return named.then_some(start + 2);
    }
    if !free(start..start + 1) {
        return None;
    }
    let opens = if definite(start) {
        cue.definite || common(cues, text.word(start)).is_none() || kind == PlaceCue::Facility
    } else {
        !cue.definite && !is_adjective(text.word(start)) && common(cues, text.word(start)).is_none()
    };
    // "الجسر الروماني", but not "المنطقة الحدودية": only a site is told by an adjective.
    if !opens || (cue.definite && (kind != PlaceCue::Facility || !definite(start))) {
        return None;
    }
    let mut end = start + 1;
    // A hashtag ends what it names.
    let last = text.web().hashtag_at(start).map_or(usize::MAX, |hashtag| hashtag.end);
    while definite(start) && end - start < LONGEST && end < last {
        let next = if text.token(end).is_some_and(|token| token.is_mark('_')) { end + 1 } else { end };
        if !free(next..next + 1) || !definite(next) {
            break;
        }
        end = next + 1;
    }
    Some(end)
}

/// How common a word is, with its article or without.
fn common(cues: &CueTable<'_>, word: &str) -> Option<f32> {
    let pack = cues.pack();
    pack.common_word(word).or_else(|| pack.common_word(word.strip_prefix("ال")?))
}

/// Whether an indefinite word has the ending of an adjective, a feminine noun or an accusative
/// ("جسرا متضررا").
fn is_adjective(folded: &str) -> bool {
    folded.ends_with(['ي', 'ه', 'ا'])
}
