//! Short forms of first-level divisions behind the name of a town: "Columbia, Ky.", "NEWARK, N.J.".
//!
//! "Miss" and "Ill" are words; a comma and a capitalised word before them, and a dot or nothing but
//! capitals, make them divisions.

use super::{has_capitals, starts_upper};
use crate::gazetteer::Gazetteer;
use crate::lexicon::cue::{Cue, CueTable};
use crate::lexicon::sense::Sense;
use crate::model::mention::{Candidate, MentionKind, PlaceCue};
use crate::recognition::Proposal;
use crate::text::NormalizedText;
use crate::text::key::name_key;

pub(in crate::recognition) fn abbreviations(
    text: &NormalizedText,
    cues: &CueTable<'_>,
    gazetteer: &Gazetteer,
) -> Vec<Proposal> {
    let found = cues.iter().filter_map(|(cue, sense)| {
        let Sense::DivisionAbbreviation(division) = sense else { return None };
        if !behind_town(text, cue) || !is_abbreviated(text, cue) {
            return None;
        }
        let mut candidates: Vec<Candidate> = gazetteer.names(&name_key(division)).candidates(division);
        candidates.retain(|candidate| candidate.division);
        (!candidates.is_empty()).then(|| Proposal {
            tokens: cue.tokens.clone(),
            span: cue.span,
            kind: MentionKind::Known { candidates },
            cue: Some(PlaceCue::Governorate),
            rule: "abbreviation",
        })
    });
    found.collect()
}

/// Whether a comma and a capitalised word stand before.
fn behind_town(text: &NormalizedText, cue: &Cue) -> bool {
    let comma = cue.tokens.start.checked_sub(1).filter(|comma| text.token(*comma).is_some_and(|t| t.is_mark(',')));
    comma.and_then(|comma| comma.checked_sub(1)).is_some_and(|town| {
        text.token(town).is_some_and(|token| token.is_word() && starts_upper(text, token.span))
            && has_capitals(text, town)
    })
}

/// Whether a dot follows or stands in it, or all its letters are capitals.
fn is_abbreviated(text: &NormalizedText, cue: &Cue) -> bool {
    let surface = cue.span.slice(text.original());
    let dot_behind = text.token(cue.tokens.end).is_some_and(|token| token.glued && token.is_mark('.'));
    let upper = surface.chars().all(|c| !c.is_alphabetic() || c.is_uppercase());
    starts_upper(text, cue.span) && (dot_behind || upper || surface.contains('.'))
}
