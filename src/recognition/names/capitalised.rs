//! Unknown names in scripts with capitals: what stands around a capitalised word decides.

use std::collections::BTreeSet;
use std::ops::Range;

use super::unknown::name_end;
use super::{has_capitals, starts_upper};
use crate::lexicon::cue::CueTable;
use crate::lexicon::sense::Sense;
use crate::model::mention::{MentionKind, PlaceCue};
use crate::model::span::Span;
use crate::recognition::{Claims, Proposal, previous_word};
use crate::text::NormalizedText;
use crate::text::key::name_key;
use crate::text::token::TokenKind;

/// So many names in a row are a list of places.
const LONG_LIST: usize = 3;
/// A longer word is no article or "Tel" before a hyphen.
const LONGEST_NAME_HEAD: usize = 4;

/// The rule of a name that only its capitals and the words around it show to be one.
pub const CAPITALISED_NAME: &str = "capitalised name";
/// The rule of one that stood so elsewhere in the text.
pub const NAMED_BEFORE: &str = "named before";

/// Capitalised names that a preposition of place governs or a class noun follows, names joined
/// to another name, and any of these again.
pub(super) fn capitalised(text: &NormalizedText, cues: &CueTable<'_>, claimed: &Claims) -> Vec<Proposal> {
    let mut proposals: Vec<Proposal> = Vec::new();
    let mut surfaces: BTreeSet<String> = BTreeSet::new();
    let mut list_end = 0;
    let mut taken = vec![false; text.tokens().len()];
    for repeated in [false, true] {
        for index in 0..text.tokens().len() {
            if taken[index] || !opens_name(text, cues, claimed, index) {
                continue;
            }
            let tokens = index..name_end(text, cues, claimed, index);
            let span = stem_span(text, cues, text.token_span(tokens.clone()));
            let key = name_key(span.slice(text.original()));
            let rule = if repeated {
                surfaces.contains(&key).then_some(NAMED_BEFORE)
            } else {
                let context = governed(text, cues, index)
                    || postposition_behind(text, cues, tokens.end)
                    || local_ending(text, cues, tokens.end - 1)
                    || division_behind(text, cues, claimed, tokens.end)
                    || index < list_end
                    || long_list(text, cues, claimed, &tokens).inspect(|end| list_end = *end).is_some();
                (context || joined_to_name(text, cues, claimed, &taken, &tokens)).then_some(CAPITALISED_NAME)
            };
            let Some(rule) = rule else { continue };
            surfaces.insert(key);
            taken[tokens.clone()].fill(true);
            let cue = class_behind(text, cues, tokens.end);
            proposals.push(Proposal { tokens, span, kind: MentionKind::Unknown, cue, rule });
        }
    }
    proposals
}

/// Whether a class noun or a postposition stands behind a name ("X köyü", "X çevresinde").
fn postposition_behind(text: &NormalizedText, cues: &CueTable<'_>, end: usize) -> bool {
    text.token(end).is_some_and(|token| !token.after_line_break)
        && cues.starting_at(end).any(|(_, sense)| {
            matches!(
                sense,
                Sense::PlaceCueAfter(_)
                    | Sense::NameCueAfter(_)
                    | Sense::DirectionAfter(_)
                    | Sense::NearAfter
                    | Sense::RouteAfter(_)
                    | Sense::Post(_)
            )
        })
}

/// "Alvin, Texas", "DANBURY, Conn.": a comma and a name of the gazetteer, closed by a mark or a small
/// word.
fn division_behind(text: &NormalizedText, cues: &CueTable<'_>, claimed: &Claims, end: usize) -> bool {
    let comma = text.token(end).is_some_and(|token| token.is_mark(',') && token.glued);
    let division =
        |index: usize| claimed.any(index..index + 1) && text.token(index).is_some_and(|token| !token.after_line_break);
    if !comma || !division(end + 1) || text.token(end + 1).is_none() {
        return false;
    }
    let behind = (end + 1..end + 4).find(|index| !division(*index)).unwrap_or(end + 4);
    text.token(behind).is_none_or(|token| {
        token.after_line_break
            || matches!(token.kind, TokenKind::Mark(mark) if mark != ',')
            || !starts_upper(text, token.span)
    }) && !cues.any(behind, |sense| *sense == Sense::Conjunction)
}

/// Whether a word carries a case ending of places ("X'da").
fn local_ending(text: &NormalizedText, cues: &CueTable<'_>, last: usize) -> bool {
    let ending = text.token(last).and_then(|token| text.token_text(token).get(token.stem_len?..));
    ending.is_some_and(|ending| cues.pack().is_local_ending(ending))
}

/// Where a list of at least three names ends that only commas and a conjunction part: what such
/// reports list are places.
fn long_list(text: &NormalizedText, cues: &CueTable<'_>, claimed: &Claims, tokens: &Range<usize>) -> Option<usize> {
    let mut members = 1;
    let mut end = tokens.end;
    loop {
        let joint = text.token(end).is_some_and(|token| {
            !token.after_line_break
                && (token.is_mark(',') || cues.starting_at(end).any(|(_, sense)| *sense == Sense::Conjunction))
        });
        if !joint {
            break;
        }
        let oxford = text.token(end).is_some_and(|token| token.is_mark(','))
            && cues.starting_at(end + 1).any(|(_, sense)| *sense == Sense::Conjunction);
        let next = if oxford { end + 2 } else { end + 1 };
        let known = text.token(next).is_some() && claimed.any(next..next + 1);
        if !known && !opens_name(text, cues, claimed, next) {
            break;
        }
        end = if known { next + 1 } else { name_end(text, cues, claimed, next) };
        members += 1;
    }
    (members >= LONG_LIST).then_some(end)
}

/// Whether a free word with a capital stands here, perhaps behind a small article ("al-Hasud").
fn opens_name(text: &NormalizedText, cues: &CueTable<'_>, claimed: &Claims, index: usize) -> bool {
    let Some(token) = text.token(index) else { return false };
    let hyphen = joined_by_hyphen(text, index);
    token.is_word()
        && !token.after_line_break
        && has_capitals(text, index)
        && starts_name_word(text, index)
        && (hyphen || token.span.len() > 2)
        && !claimed.any(index..index + 1)
        && !cues.any(index, |_| true)
}

/// Whether a word has a capital, be it behind a small article ("al-Keif").
pub(super) fn starts_name_word(text: &NormalizedText, index: usize) -> bool {
    let upper = |index: usize| text.token(index).is_some_and(|token| starts_upper(text, token.span));
    upper(index) || (joined_by_hyphen(text, index) && upper(index + 2))
}

/// Whether a short first part of a name is hyphened to the rest ("Al-Bara").
pub(super) fn joined_by_hyphen(text: &NormalizedText, index: usize) -> bool {
    text.word(index).len() <= LONGEST_NAME_HEAD
        && text.token(index + 1).is_some_and(|mark| mark.is_mark('-') && mark.glued)
        && text.token(index + 2).is_some_and(|next| next.is_word() && next.glued)
}

/// Whether a capitalised word means nothing else.
pub(super) fn is_free_capital(text: &NormalizedText, cues: &CueTable<'_>, index: usize) -> bool {
    text.token(index).is_some_and(|token| {
        token.is_word() && has_capitals(text, index) && starts_name_word(text, index) && !cues.any(index, |_| true)
    })
}

/// Whether a name of one word ends a name of two that does not open its sentence ("Nancy Kellogg").
/// What is `well_known` by itself is no surname.
pub(super) fn is_surname(text: &NormalizedText, cues: &CueTable<'_>, tokens: &Range<usize>, well_known: bool) -> bool {
    let Some(before) = tokens.start.checked_sub(1) else { return false };
    let apart = text.token(tokens.start).is_none_or(|token| token.after_line_break);
    let opens = text.sentences().get(text.sentence_of(before)).is_some_and(|s| s.tokens.start == before);
    tokens.len() == 1
        && !well_known
        && !apart
        && !opens
        && is_free_capital(text, cues, tokens.start)
        && is_free_capital(text, cues, before)
        && ending_of(text, cues, before).is_none()
}

/// Whether one capitalised word stands beside another that means nothing else, so that the two
/// make one name.
///
/// Where the one is `well_known` by itself, brackets must hold the two together.
pub(super) fn in_longer_name(
    text: &NormalizedText,
    cues: &CueTable<'_>,
    tokens: &Range<usize>,
    well_known: bool,
) -> bool {
    let free_capital = |index: usize| is_free_capital(text, cues, index);
    let apart = |index: usize| text.token(index).is_none_or(|token| token.after_line_break);
    let opens_sentence = |index: usize| {
        text.sentences().get(text.sentence_of(index)).is_some_and(|sentence| sentence.tokens.start == index)
    };
    let inflected = |index: usize| ending_of(text, cues, index).is_some();
    let behind = free_capital(tokens.end) && !apart(tokens.end) && !inflected(tokens.end - 1);
    let before = tokens.start.checked_sub(1).is_some_and(|before| {
        free_capital(before) && !apart(tokens.start) && !inflected(before) && !opens_sentence(before)
    });
    let enclosed = |words: Range<usize>| {
        words.start.checked_sub(1).and_then(|before| text.token(before)).is_some_and(|mark| mark.is_mark('('))
            && text.token(words.end).is_some_and(|mark| mark.is_mark(')'))
    };
    let held = || enclosed(tokens.start..tokens.end + 1) || (before && enclosed(tokens.start - 1..tokens.end));
    let one_word = tokens.len() == 1 || (tokens.len() == 3 && joined_by_hyphen(text, tokens.start));
    one_word && free_capital(tokens.start) && (behind || before) && (!well_known || held())
}

/// Whether a preposition of place governs the word, an article between them or not.
fn governed(text: &NormalizedText, cues: &CueTable<'_>, index: usize) -> bool {
    let before = previous_word(text, index).and_then(|before| {
        if cues.any(before, |sense| *sense == Sense::Article) { previous_word(text, before) } else { Some(before) }
    });
    let moving = || {
        let sentence = text.sentences().get(text.sentence_of(index)).map_or(0..0, |sentence| sentence.tokens.clone());
        cues.within(sentence).any(|(_, sense)| {
            matches!(
                sense,
                Sense::Patrol(_) | Sense::Vehicles | Sense::Convoy | Sense::Motion | Sense::Party(_) | Sense::ListCue
            )
        })
    };
    before.is_some_and(|before| {
        cues.ending_at(before).any(|(cue, sense)| match sense {
            // "left", "to": people and firms are left and spoken to as well.
            Sense::Route(_) if cue.tokens.len() > 1 => true,
            Sense::Route(_) | Sense::MotionPreposition(_) => moving(),
            sense => matches!(
                sense,
                Sense::Event(_)
                    | Sense::Evacuate
                    | Sense::Deploy
                    | Sense::Within
                    | Sense::Near
                    | Sense::Between
                    | Sense::Direction(_)
                    | Sense::PlaceCue(_)
                    | Sense::PlannedEnd
            ),
        })
    })
}

/// "A, B and X", "A (X)": joined to a name, with nothing behind that would make it a subject.
fn joined_to_name(
    text: &NormalizedText,
    cues: &CueTable<'_>,
    claimed: &Claims,
    taken: &[bool],
    tokens: &Range<usize>,
) -> bool {
    let joins = |index: usize| {
        text.token(index).is_some_and(|token| {
            !token.after_line_break && (token.is_mark(',') || token.is_mark('(') || token.is_mark('"'))
        }) || cues.any(index, |sense| *sense == Sense::Conjunction)
    };
    let first = (tokens.start.saturating_sub(2)..tokens.start).find(|index| (*index..tokens.start).all(joins));
    let Some(before) = first.and_then(|first| first.checked_sub(1)) else { return false };
    let name = claimed.any(before..before + 1) || taken.get(before).copied().unwrap_or(false);
    let closed = text.token(tokens.end).is_none_or(|next| {
        next.after_line_break
            || matches!(next.kind, TokenKind::Mark(_))
            || cues.any(tokens.end, |sense| {
                matches!(
                    sense,
                    Sense::Conjunction
                        | Sense::Near
                        | Sense::Direction(_)
                        | Sense::Within
                        | Sense::MotionPreposition(_)
                        | Sense::Route(_)
                )
            })
    });
    name && closed
}

/// The class noun right behind a name ("Idlib province").
pub(super) fn class_behind(text: &NormalizedText, cues: &CueTable<'_>, end: usize) -> Option<PlaceCue> {
    text.token(end).filter(|token| !token.after_line_break)?;
    cues.starting_at(end).find_map(|(_, sense)| match sense {
        Sense::PlaceCueAfter(kind) => Some(*kind),
        _ => None,
    })
}

/// The class noun behind a name that belongs to it ("Taftanaz airbase"), with its tokens.
pub(super) fn name_noun_behind(
    text: &NormalizedText,
    cues: &CueTable<'_>,
    end: usize,
) -> Option<(Range<usize>, Span, PlaceCue)> {
    text.token(end).filter(|token| !token.after_line_break)?;
    cues.starting_at(end).find_map(|(cue, sense)| match sense {
        Sense::NameCueAfter(kind) => Some((cue.tokens.clone(), stem_span(text, cues, cue.span), *kind)),
        _ => None,
    })
}

/// A span without the case ending behind an apostrophe at its end ("Mardin'in").
pub(super) fn stem_span(text: &NormalizedText, cues: &CueTable<'_>, span: Span) -> Span {
    let Some(last) = span.end().checked_sub(1).map(|at| text.token_at(at)) else { return span };
    match (ending_of(text, cues, last), text.token(last)) {
        (Some(stem), Some(token)) if token.span.end() == span.end() => {
            Span::new(span.start(), text.original_span(token.folded.start..token.folded.start + stem).end())
        }
        _ => span,
    }
}

/// The length of a word's stem where an ending of the language follows its apostrophe.
pub(super) fn ending_of(text: &NormalizedText, cues: &CueTable<'_>, index: usize) -> Option<usize> {
    let token = text.token(index)?;
    let stem = token.stem_len?;
    let ending = text.token_text(token).get(stem..)?;
    cues.pack().is_name_ending(ending).then_some(stem)
}
