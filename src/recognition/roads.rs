//! Roads: by reference ("M4", "أم 4"), by name, or by the towns at their ends.

use std::ops::Range;

use super::{Proposal, Recognition};
use crate::gazetteer::Gazetteer;
use crate::lexicon::cue::CueTable;
use crate::lexicon::pack::skip_joiner;
use crate::lexicon::sense::Sense;
use crate::model::mention::{MentionIndex, MentionKind, PlaceCue};
use crate::model::span::Span;
use crate::text::NormalizedText;
use crate::text::clitics::peelings;
use crate::text::key::name_key;
use crate::text::token::TokenKind;

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

/// How many tokens of a road's name may stand before the word for a road in it.
const ROAD_NAME_REACH: usize = 6;

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
    // "D400 karayolu": what the gazetteer knows for a road, where the text says that it is one.
    for word in road_words(cues) {
        let Some((tokens, reference)) = named_at(text, gazetteer, &word) else { continue };
        let is_reference = tokens.clone().any(|token| text.word(token).contains(|c: char| c.is_ascii_digit()));
        let is_free = !proposals.iter().any(|other| overlap(&other.tokens, &tokens));
        if is_reference && is_free {
            proposals.push(Proposal {
                span: text.token_span(tokens.clone()),
                tokens,
                kind: MentionKind::Road { reference },
                cue: Some(PlaceCue::Road),
                rule: "road name",
            });
        }
    }
    proposals
}

/// The words for a road.
fn road_words<'c>(cues: &'c CueTable<'_>) -> impl Iterator<Item = Range<usize>> + 'c {
    let roads = cues.iter().filter(|(_, sense)| matches!(sense, Sense::PlaceCue(PlaceCue::Road)));
    roads.map(|(cue, _)| cue.tokens.clone())
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// The longest name of a road around a word for one, or right beside it. A name without such a word
/// is left alone: roads are called like squares, heroes and towns.
fn named_at(text: &NormalizedText, gazetteer: &Gazetteer, word: &Range<usize>) -> Option<(Range<usize>, String)> {
    let mut longest: Option<(Range<usize>, String)> = None;
    for start in word.start.saturating_sub(ROAD_NAME_REACH)..=word.end {
        let Some(token) = text.token(start).filter(|token| token.kind == TokenKind::Word || token.is_number()) else {
            continue;
        };
        for peeling in peelings(text.token_text(token)) {
            let mut walk = gazetteer.name_walk();
            let mut end = start;
            let mut known = walk.push(peeling.stem);
            while known {
                end += 1;
                let stands_there = start <= word.start && word.end <= end || end == word.start || start == word.end;
                let is_longer = longest.as_ref().is_none_or(|(tokens, _)| tokens.len() < end - start);
                if stands_there
                    && is_longer
                    && let Some(reference) = walk.matches().and_then(|found| found.road())
                {
                    longest = Some((start..end, reference.to_owned()));
                }
                end = skip_joiner(text, end);
                let next = text
                    .token(end)
                    .filter(|token| !matches!(token.kind, TokenKind::Mark(_)) && !token.after_line_break);
                known = next.is_some_and(|token| walk.push(text.token_text(token)));
            }
        }
    }
    longest
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
    for word in road_words(cues) {
        let Some((tokens, reference)) = named_at(text, gazetteer, &word) else { continue };
        if frames.iter().any(|frame| overlap(&frame.tokens, &tokens)) {
            continue;
        }
        let inside = |range: &Range<usize>| tokens.start <= range.start && range.end <= tokens.end;
        let ends = recognition.tokens.iter().enumerate().filter(|(_, range)| inside(range));
        let ends = ends.map(|(index, _)| MentionIndex(index)).collect();
        frames.push(RoadFrame { reference, span: text.token_span(tokens.clone()), tokens: tokens.clone(), ends });
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
