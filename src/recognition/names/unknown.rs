//! Names that the gazetteer lacks, where the words around them say what they are.

use super::{LONGEST_NAME, capitalised, facilities, governed_by_preposition, has_capitals, located_behind, skip_marks};
use crate::lexicon::cue::CueTable;
use crate::lexicon::sense::{RouteRole, Sense};
use crate::model::mention::{MentionKind, PlaceCue};
use crate::recognition::{Claims, Proposal};
use crate::text::NormalizedText;

/// The rule of names that the lexicon knows to be in no gazetteer.
pub const UNLOCATED: &str = "unlocated name";

/// Places that the lexicon knows by name alone.
pub(in crate::recognition) fn unlocated(text: &NormalizedText, cues: &CueTable<'_>) -> Vec<Proposal> {
    cues.iter()
        .filter(|(_, sense)| **sense == Sense::Unlocated)
        .map(|(cue, _)| Proposal {
            tokens: cue.tokens.clone(),
            span: capitalised::stem_span(text, cues, cue.span),
            kind: MentionKind::Unknown,
            cue: None,
            rule: UNLOCATED,
        })
        .collect()
}

/// Names that the gazetteer lacks, after a word that says what they are.
pub(in crate::recognition) fn unknown(text: &NormalizedText, cues: &CueTable<'_>, claimed: &Claims) -> Vec<Proposal> {
    let mut proposals = Vec::new();
    for (cue, sense) in cues.iter() {
        let (kind, start, part_of_name) = match sense {
            Sense::PlaceCue(kind @ (PlaceCue::Settlement | PlaceCue::City | PlaceCue::Crossing | PlaceCue::Camp)) => {
                (*kind, cue.tokens.end, false)
            }
            Sense::NameCue(kind) => (*kind, cue.tokens.end, true),
            _ => continue,
        };
        let start = if part_of_name { start } else { skip_marks(text, start, &['"', '\'', '(', '#']) };
        let Some(token) = text.token(start) else { continue };
        if token.after_line_break || !token.is_word() || claimed.any(start..start + 1) {
            continue;
        }
        // "المعبر" and "البوابة" name nothing themselves.
        if cue.definite && !part_of_name {
            continue;
        }
        if cues.any(start, |sense| !matches!(sense, Sense::NameCue(_))) {
            continue;
        }
        if has_capitals(text, start) && !capitalised::starts_name_word(text, start) {
            continue;
        }
        if part_of_name {
            // "عين", "تل", "جبل" are words too: a preposition must say that a place follows.
            let named = matches!(kind, PlaceCue::Mountain | PlaceCue::Airport) && !cue.definite;
            // "قريتي عين البط وخربة الزعرور": joined to a name.
            let joined =
                cue.peeled > 0 && cue.tokens.start.checked_sub(1).is_some_and(|before| claimed.any(before..before + 1));
            if !(named || joined || governed_by_preposition(text, cues, cue.tokens.start, cue.peeled))
                || claimed.any(cue.tokens.clone())
            {
                continue;
            }
            let end = if has_capitals(text, start) { name_end(text, cues, claimed, start) } else { start + 1 };
            proposals.push(Proposal {
                tokens: cue.tokens.start..end,
                span: capitalised::stem_span(text, cues, cue.span.join(text.token_span(start..end))),
                kind: MentionKind::Unknown,
                cue: Some(kind),
                rule: "name cue",
            });
            continue;
        }
        let end = name_end(text, cues, claimed, start);
        proposals.push(Proposal {
            tokens: start..end,
            span: text.token_span(start..end),
            kind: MentionKind::Unknown,
            cue: Some(kind),
            rule: "place cue",
        });
    }
    proposals.extend(located(text, cues, claimed));
    proposals.extend(facilities::facilities(text, cues, claimed));
    proposals.extend(capitalised::capitalised(text, cues, claimed));
    proposals
}

/// "في الإذاعة غربي كوباني", "من شير مغار بريف حماة": a word or two that a preposition governs and
/// that the words behind locate by a place the gazetteer knows.
fn located(text: &NormalizedText, cues: &CueTable<'_>, claimed: &Claims) -> Vec<Proposal> {
    let mut proposals = Vec::new();
    let free = |index: usize| {
        text.token(index).is_some_and(|token| token.is_word() && !token.after_line_break)
            && !claimed.any(index..index + 1)
            && !cues.any(index, |sense| *sense != Sense::NameOfOther)
    };
    for (cue, sense) in cues.iter() {
        if !matches!(
            sense,
            Sense::Within | Sense::Near | Sense::Between | Sense::MotionPreposition(_) | Sense::Route(_)
        ) {
            continue;
        }
        let start = skip_marks(text, cue.tokens.end, &['"', '\'', '#']);
        let hashtag = start > cue.tokens.end && text.token(start - 1).is_some_and(|token| token.is_mark('#'));
        if !free(start) {
            continue;
        }
        let definite = |index: usize| text.word(index).starts_with("ال");
        // One definite word, or two that are not: "في الإذاعة", "في شير مغار". One that is not
        // definite needs more than a preposition that governs everything: "قرب صرين".
        let moves = matches!(sense, Sense::Near | Sense::Route(_) | Sense::MotionPreposition(RouteRole::End));
        // "قاعدة روسية في صرين.": what has a base and ends the clause is a place.
        let post = (cue.tokens.start.saturating_sub(4)..cue.tokens.start)
            .any(|token| cues.any(token, |sense| matches!(sense, Sense::Post(_))))
            && matches!(sense, Sense::Within | Sense::Near)
            && !has_pronoun(text, start)
            && (text.token(start + 1).is_none_or(|next| next.after_line_break || !next.is_word())
                || located_behind(text, cues, start + 1));
        // "انطلاقاً من توخار حتى": a verb of the route that carries its preposition names a place.
        let leg = matches!(sense, Sense::Route(RouteRole::Start | RouteRole::End))
            && cue.tokens.len() > 1
            && !definite(start)
            && !has_pronoun(text, start)
            && cues.any(start + 1, |sense| matches!(sense, Sense::Route(_) | Sense::MotionPreposition(_)));
        // "بين المناجير وتل كفشي": the other end is a name.
        let end_of_stretch =
            *sense == Sense::Between && text.word(start + 1).starts_with('و') && claimed.any(start + 1..start + 2);
        if (post || leg || end_of_stretch) && !has_capitals(text, start) {
            proposals.push(Proposal {
                tokens: start..start + 1,
                span: text.token_span(start..start + 1),
                kind: MentionKind::Unknown,
                cue: None,
                rule: if post { "place of a post" } else { "stretch or leg" },
            });
            continue;
        }
        let single = definite(start) || hashtag || (moves && located_behind(text, cues, start + 1));
        let end = if single { start + 1 } else { start + 2 };
        if !single && (!free(start + 1) || definite(start + 1)) {
            continue;
        }
        if located_behind(text, cues, end) && !has_capitals(text, start) {
            proposals.push(Proposal {
                tokens: start..end,
                span: text.token_span(start..end),
                kind: MentionKind::Unknown,
                cue: None,
                rule: "located",
            });
        }
    }
    proposals
}

/// Whether a word ends in a possessive pronoun, as no name does ("منزله", "مقرها").
fn has_pronoun(text: &NormalizedText, index: usize) -> bool {
    text.token(index).is_some_and(|token| {
        let word = token.span.slice(text.original());
        ["ه", "ها", "هم", "هما"].iter().any(|pronoun| word.ends_with(pronoun))
    })
}

/// How far an unknown name reaches: a head word takes the next with it, capitals go on.
pub(in crate::recognition) fn name_end(
    text: &NormalizedText,
    cues: &CueTable<'_>,
    claimed: &Claims,
    start: usize,
) -> usize {
    let head = cues.any(start, |sense| matches!(sense, Sense::NameCue(_)));
    let goes_on = |index: usize| {
        text.token(index).is_some_and(|token| token.is_word() && !token.after_line_break)
            && !claimed.any(index..index + 1)
            && !cues.any(index, |_| true)
    };
    if has_capitals(text, start) {
        let mut end = if capitalised::joined_by_hyphen(text, start) { start + 3 } else { start + 1 };
        // A case ending closes a name.
        let inflected = |last: usize| capitalised::ending_of(text, cues, last).is_some();
        while end - start < LONGEST_NAME
            && goes_on(end)
            && !inflected(end - 1)
            && capitalised::starts_name_word(text, end)
        {
            end += if capitalised::joined_by_hyphen(text, end) { 3 } else { 1 };
        }
        return end;
    }
    if head && goes_on(start + 1) { start + 2 } else { start + 1 }
}
