//! The whole expression that a name heads: "محافظة إدلب", "#جامعة_حلب", "Metcalfe County".
//!
//! A map wants the name alone; who counts or marks mentions in a text wants the noun of its class
//! too, where that is written as a part of the name: right before it in a script without capitals,
//! with a capital of its own in a script that has them.

use std::ops::Range;

use super::names::{has_capitals, starts_upper};
use crate::lexicon::cue::CueTable;
use crate::lexicon::sense::Sense;
use crate::model::mention::PlaceCue;
use crate::model::span::Span;
use crate::text::NormalizedText;

/// Marks that may stand between a class noun and the name: "مدينة #حلب", "#محافظة_حلب".
const MARKS_BETWEEN: [char; 6] = ['#', '_', '"', '\'', '(', '«'];

/// The tokens of the expression around a name, and its span without proclitics.
pub(super) fn expression(
    text: &NormalizedText,
    cues: &CueTable<'_>,
    name: Range<usize>,
    span: Span,
) -> (Range<usize>, Span) {
    let (start, span) = match class_before(text, cues, name.start) {
        Some((start, cue)) => (start, cue.join(span)),
        None => (name.start, span),
    };
    match class_behind(text, cues, name.end) {
        Some(end) => (start..end, span.join(text.token_span(end - 1..end))),
        None => (start..name.end, span),
    }
}

/// The first token and the span of the class noun before a name.
fn class_before(text: &NormalizedText, cues: &CueTable<'_>, start: usize) -> Option<(usize, Span)> {
    let mut at = start;
    let before = loop {
        if text.token(at)?.after_line_break {
            return None;
        }
        at = at.checked_sub(1)?;
        let token = text.token(at)?;
        if !MARKS_BETWEEN.iter().any(|mark| token.is_mark(*mark)) {
            break at;
        }
    };
    let (cue, _) = cues.ending_at(before).find(|(cue, sense)| {
        let class = matches!(sense, Sense::PlaceCue(kind) if *kind != PlaceCue::Countryside);
        class && cue.tokens.len() == 1 && !cue.definite
    })?;
    let written = !has_capitals(text, before) || starts_upper(text, cue.span);
    written.then_some((cue.tokens.start, cue.span))
}

/// The end of the class noun behind a name, where it is written as a part of it.
fn class_behind(text: &NormalizedText, cues: &CueTable<'_>, end: usize) -> Option<usize> {
    let token = text.token(end).filter(|token| !token.after_line_break && starts_upper(text, token.span))?;
    let class = |sense: &Sense| match sense {
        Sense::PlaceCueAfter(kind) | Sense::NameCueAfter(kind) => *kind != PlaceCue::Countryside,
        _ => false,
    };
    let (cue, _) = cues.starting_at(end).find(|(_, sense)| class(sense))?;
    // A Turkish class noun carries its own endings and is no part of the name.
    (token.stem_len.is_none()).then_some(cue.tokens.end)
}
