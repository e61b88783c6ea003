//! Roads: by reference ("M4", "أم 4"), by name, or by the towns at their ends.

use std::ops::Range;

use super::{Proposal, Recognition};
use crate::gazetteer::Gazetteer;
use crate::lexicon::cue::CueTable;
use crate::lexicon::sense::Sense;
use crate::model::mention::{MentionIndex, MentionKind, PlaceCue};
use crate::model::span::Span;
use crate::text::NormalizedText;
use crate::text::key::name_key;

/// One naming of a road.
#[derive(Clone, PartialEq, Debug)]
pub struct RoadFrame {
    /// The road's reference.
    pub reference: String,
    pub span: Span,
    pub tokens: Range<usize>,
    /// The mentions that only name the road ("the A–B highway").
    pub ends: Vec<MentionIndex>,
}

/// The longest distance in tokens between a road word and the towns that name the road.
const ROAD_WORD_REACH: usize = 4;

/// Names made of a letter and a number.
pub(super) fn road_names(text: &NormalizedText, cues: &CueTable<'_>, gazetteer: &Gazetteer) -> Vec<Proposal> {
    let mut proposals = Vec::new();
    for (cue, sense) in cues.iter() {
        let Sense::RoadLetter(letter) = sense else { continue };
        let mut number = cue.tokens.end;
        // "M-4", "أم-4", "(إم) 4": a mark may stand between.
        if text.token(number).is_some_and(|token| token.is_mark('-') && token.glued) {
            number += 1;
        }
        let Some(token) = text.token(number) else { continue };
        let digits = text.token_text(token);
        if !token.is_number() || token.after_line_break || digits.len() > 2 {
            continue;
        }
        let reference = format!("{letter}{digits}");
        let reference = gazetteer.road_by_name(&name_key(&reference)).map_or(reference.clone(), str::to_owned);
        proposals.push(Proposal {
            tokens: cue.tokens.start..number + 1,
            span: Span::new(cue.span.start(), token.span.end()),
            kind: MentionKind::Road { reference },
            cue: Some(PlaceCue::Road),
            rule: "road reference",
        });
    }
    proposals
}

/// Every naming of a road, those by the towns at its ends included.
pub(super) fn road_frames(
    text: &NormalizedText,
    cues: &CueTable<'_>,
    recognition: &Recognition,
    gazetteer: &Gazetteer,
) -> Vec<RoadFrame> {
    let mut frames: Vec<RoadFrame> = Vec::new();
    for (mention, tokens) in recognition.mentions.iter().zip(&recognition.tokens) {
        if let MentionKind::Road { reference } = &mention.kind {
            frames.push(RoadFrame {
                reference: reference.clone(),
                span: mention.span,
                tokens: tokens.clone(),
                ends: Vec::new(),
            });
        }
    }
    for index in 1..recognition.tokens.len() {
        let (a, b) = (&recognition.tokens[index - 1], &recognition.tokens[index]);
        let Some(road_word) = joined_by_road_word(text, cues, a, b) else { continue };
        let key = |index: usize| name_key(recognition.mentions[index].span.slice(text.original()));
        if let Some(reference) = road_between(gazetteer, recognition, index - 1, index, &key) {
            let tokens = road_word.min(a.start)..b.end.max(road_word + 1);
            frames.push(RoadFrame {
                reference,
                span: text.token_span(tokens.clone()),
                tokens,
                ends: vec![MentionIndex(index - 1), MentionIndex(index)],
            });
        }
    }
    frames.sort_by_key(|frame| (frame.tokens.start, frame.tokens.end));
    frames
}

/// The token of the road word that two names share: "طريق A - B", "الطريق الواصل بين A وB",
/// "the A–B highway".
fn joined_by_road_word(
    text: &NormalizedText,
    cues: &CueTable<'_>,
    a: &Range<usize>,
    b: &Range<usize>,
) -> Option<usize> {
    let between = a.end..b.start;
    let conjunction = between.is_empty() && text.word(b.start).starts_with('و');
    let joined = conjunction
        || (between.len() <= 2
            && between.clone().all(|token| {
                text.token(token).is_some_and(|t| t.is_mark('-') || t.is_mark('"') || t.is_mark('/'))
                    || cues.any(token, |sense| *sense == Sense::Conjunction)
            }));
    if !joined {
        return None;
    }
    let road =
        |token: usize| cues.any(token, |sense| matches!(sense, Sense::PlaceCue(PlaceCue::Road) | Sense::RoadLetter(_)));
    let before = (a.start.saturating_sub(ROAD_WORD_REACH)..a.start)
        .rev()
        .take_while(|token| text.token(token + 1).is_some_and(|next| !next.after_line_break));
    let after = (b.end..b.end + 2).take_while(|token| text.token(*token).is_some_and(|t| !t.after_line_break));
    before.into_iter().find(|token| road(*token)).or_else(|| after.into_iter().find(|token| road(*token)))
}

/// The road whose ends two mentions name, in either order.
fn road_between(
    gazetteer: &Gazetteer,
    recognition: &Recognition,
    a: usize,
    b: usize,
    key: &impl Fn(usize) -> String,
) -> Option<String> {
    let names = |index: usize| -> Vec<String> {
        let mut names = vec![key(index)];
        if let MentionKind::Known { candidates } = &recognition.mentions[index].kind {
            names.extend(candidates.iter().map(|candidate| name_key(gazetteer.place(candidate.place).name_en())));
        }
        names
    };
    let (names_a, names_b) = (names(a), names(b));
    gazetteer.roads().iter().find_map(|road| {
        let ends: Vec<String> = road.ends.iter().map(|end| name_key(end)).collect();
        let [first, last] = ends.as_slice() else { return None };
        let either =
            (names_a.contains(first) && names_b.contains(last)) || (names_a.contains(last) && names_b.contains(first));
        either.then(|| road.reference.clone())
    })
}
