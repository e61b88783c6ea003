//! Positions: posts, bases, checkpoints and deployments, with their place and state.

use std::ops::Range;

use super::Context;
use crate::lexicon::sense::Sense;
use crate::model::date::EventDate;
use crate::model::event::{EventKind, EventMention, Evidence, Modality, PlaceReference, Position, PositionStatus, PositionType};
use crate::model::mention::{MentionIndex, MentionKind, PlaceCue, RelationKind};
use crate::model::span::Span;

/// How far behind its noun a position's place may stand, in tokens.
const PLACE_REACH: usize = 16;

/// A word that says that there is a position.
struct Trigger {
    tokens: Range<usize>,
    span: Span,
    position_type: PositionType,
}

/// Reads every position that has a place and a party.
pub(super) fn positions(context: &Context<'_>) -> Vec<EventMention> {
    let mut positions: Vec<EventMention> = Vec::new();
    for sentence in context.text.sentences() {
        let tokens = sentence.tokens.clone();
        if context.recognition.is_noise(tokens.start) {
            continue;
        }
        let triggers = triggers(context, &tokens);
        for (index, trigger) in triggers.iter().enumerate() {
            let end = triggers.get(index + 1).map_or(tokens.end, |next| next.tokens.start);
            read(context, trigger, &tokens, end, &mut positions);
        }
    }
    positions
}

fn triggers(context: &Context<'_>, sentence: &Range<usize>) -> Vec<Trigger> {
    let mut triggers: Vec<Trigger> = Vec::new();
    let posts = context.cues.within(sentence.clone()).any(|(_, sense)| matches!(sense, Sense::Post(_)));
    for (cue, sense) in context.cues.within(sentence.clone()) {
        let position_type = match sense {
            Sense::Post(position_type) => *position_type,
            // "تمركزت القوات في X": troops that take up places, where no post is spoken of.
            Sense::Deploy if !posts => PositionType::Deployment,
            _ => continue,
        };
        if context.recognition.mention_at(cue.tokens.start).is_some() {
            continue;
        }
        triggers.push(Trigger { tokens: cue.tokens.clone(), span: cue.span, position_type });
    }
    triggers
}

fn read(
    context: &Context<'_>,
    trigger: &Trigger,
    sentence: &Range<usize>,
    end: usize,
    positions: &mut Vec<EventMention>,
) {
    let clause = clause_around(context, trigger, sentence, end);
    let places = places(context, trigger, &clause);
    if places.is_empty() {
        return;
    }
    let Some(actor) = actor(context, trigger, &clause, sentence) else { return };
    let (status, status_span) = status(context, trigger, &clause);
    let count = context
        .numbers_in(clause.clone())
        .find(|number| number.tokens.end == trigger.tokens.start)
        .map_or(1, |number| number.value);
    let several = places.len() > 1;
    for place in places {
        // A post known only by its governorate is one more among many.
        let governorate = context.mention(place.mention).cue == Some(PlaceCue::Governorate);
        if governorate && status == PositionStatus::Existing {
            continue;
        }
        let date = context
            .dates_in(clause.clone())
            .find(|date| !date.of_other && !date.resolved.is_empty())
            .map(|date| date.resolved.clone())
            .unwrap_or_default();
        positions.push(position(context, trigger, &clause, place, &actor, status, status_span, if several { 1 } else { count.max(1) }, date));
    }
}

#[allow(clippy::too_many_arguments)]
fn position(
    context: &Context<'_>,
    trigger: &Trigger,
    clause: &Range<usize>,
    place: PlaceReference,
    actor: &str,
    status: PositionStatus,
    status_span: Option<Span>,
    count: u32,
    date: EventDate,
) -> EventMention {
    let mut details = vec![
        Evidence { span: trigger.span, rule: "trigger" },
        Evidence { span: context.mention(place.mention).span, rule: "place" },
    ];
    details.extend(status_span.map(|span| Evidence { span, rule: "status" }));
    details.extend(date.span.map(|span| Evidence { span, rule: "date" }));
    details.sort();
    let road = context.recognition.roads.iter().find(|road| clause.contains(&road.tokens.start));
    EventMention {
        kind: EventKind::Position(Position { position_type: trigger.position_type, status, place, count }),
        actors: [actor.to_owned()].into(),
        date,
        modality: if status == PositionStatus::Planned { Modality::Planned } else { Modality::Reported },
        road: road.map(|road| road.reference.clone()),
        evidence: context.trimmed_span(clause.clone()),
        details,
        continues: None,
    }
}

/// The clause that a trigger stands in: from the last break before it that a verb follows.
fn clause_around(context: &Context<'_>, trigger: &Trigger, sentence: &Range<usize>, end: usize) -> Range<usize> {
    let breaks = |token: usize| {
        context.cues.any(token, |sense| matches!(sense, Sense::ClauseBreak | Sense::Topic))
            || context.text.token(token).is_some_and(|t| t.is_mark(';'))
    };
    let start = (sentence.start..trigger.tokens.start).rev().find(|token| breaks(*token)).unwrap_or(sentence.start);
    let stop = (trigger.tokens.end..end).find(|token| breaks(*token)).unwrap_or(end);
    start..stop
}

/// Where the positions are: the places behind the noun, else the nearest before it.
fn places(context: &Context<'_>, trigger: &Trigger, clause: &Range<usize>) -> Vec<PlaceReference> {
    let behind = trigger.tokens.end..clause.end.min(trigger.tokens.end + PLACE_REACH);
    let located = |range: Range<usize>| -> Vec<MentionIndex> {
        context
            .mentions_in(range)
            .filter(|mention| {
                let kind = &context.mention(*mention).kind;
                !matches!(kind, MentionKind::Road { .. })
                    && !matches!(context.mention(*mention).cue, Some(PlaceCue::Country))
                    && (!context.is_background(*mention) || is_area(context, *mention))
            })
            .collect()
    };
    let mut mentions = located(behind.clone());
    if let Some(first) = mentions.first().copied() {
        if let Some(other) = between(context, first, &mentions) {
            return vec![reference(context, first, Some(other))];
        }
        // "في A وB وC": one post in each, for as long as they are joined.
        let mut joined = vec![first];
        for mention in mentions.drain(..).skip(1) {
            let last = joined[joined.len() - 1];
            let gap = context.mention_tokens(last).end..context.mention_tokens(mention).start;
            let conjoined = gap.clone().all(|token| {
                context.text.token(token).is_some_and(|t| t.is_mark(',') || t.is_mark('"'))
                    || context.cues.any(token, |sense| matches!(sense, Sense::PlaceCue(_)))
                    || matches!(context.text.word(token), "and" | "ve")
            });
            if !conjoined {
                break;
            }
            joined.push(mention);
        }
        return joined.into_iter().map(|mention| reference(context, mention, None)).collect();
    }
    let before = located(clause.start..trigger.tokens.start);
    before.last().map(|mention| reference(context, *mention, None)).into_iter().collect()
}

/// Whether a mention is a ground without a figure: the area in which something is.
fn is_area(context: &Context<'_>, mention: MentionIndex) -> bool {
    context.ground_relation(mention).is_some_and(|relation| relation.figure.is_none())
}

/// The other end of "between A and B".
fn between(context: &Context<'_>, first: MentionIndex, mentions: &[MentionIndex]) -> Option<MentionIndex> {
    let start = context.mention_tokens(first).start;
    let word = start.checked_sub(1)?;
    let governed = context.cues.any(word, |sense| *sense == Sense::Between)
        || word.checked_sub(1).is_some_and(|before| {
            context.cues.any(word, |sense| matches!(sense, Sense::PlaceCue(_)))
                && context.cues.any(before, |sense| *sense == Sense::Between)
        });
    governed.then(|| mentions.get(1).copied()).flatten()
}

fn reference(context: &Context<'_>, mention: MentionIndex, other: Option<MentionIndex>) -> PlaceReference {
    let relation = context.ground_relation(mention).filter(|relation| relation.figure.is_none());
    let governed_near = relation.map(|relation| relation.kind);
    PlaceReference {
        mention,
        relation: match (other, governed_near) {
            (Some(_), _) => RelationKind::Between,
            (None, Some(kind)) => kind,
            (None, None) => RelationKind::At,
        },
        other,
        distance_m: relation.and_then(|relation| relation.distance_m),
    }
}

/// Whose position it is: the party named at the noun, else the subject of the clause.
fn actor(context: &Context<'_>, trigger: &Trigger, clause: &Range<usize>, sentence: &Range<usize>) -> Option<String> {
    let single = |range: Range<usize>| {
        let parties = context.parties(range);
        (parties.len() == 1).then(|| parties.into_iter().next()).flatten()
    };
    let near = trigger.tokens.end..(trigger.tokens.end + 3).min(clause.end);
    // The last party before the noun is the subject of its clause.
    let nearest_before = context
        .cues
        .within(clause.start..trigger.tokens.start)
        .filter_map(|(cue, sense)| match sense {
            Sense::Party(party) if context.recognition.mention_at(cue.tokens.start).is_none() => Some(party.clone()),
            _ => None,
        })
        .last();
    single(near)
        .or(nearest_before)
        .or_else(|| single(clause.clone()))
        .or_else(|| single(sentence.clone()))
        .or_else(|| article_actor(context, sentence))
}

/// The only party that the text before this sentence names.
fn article_actor(context: &Context<'_>, sentence: &Range<usize>) -> Option<String> {
    let parties = context.parties(0..sentence.end);
    (parties.len() == 1).then(|| parties.into_iter().next()).flatten()
}

/// What the clause says about the position's life, and the words that say it.
fn status(context: &Context<'_>, trigger: &Trigger, clause: &Range<usize>) -> (PositionStatus, Option<Span>) {
    let mut status = (PositionStatus::Existing, None);
    let mut distance = usize::MAX;
    for (cue, sense) in context.cues.within(clause.clone()) {
        let told = match sense {
            Sense::Intent => PositionStatus::Planned,
            Sense::Establish => PositionStatus::New,
            Sense::Evacuate => PositionStatus::Evacuated,
            Sense::Deploy if trigger.position_type == PositionType::Deployment => PositionStatus::New,
            _ => continue,
        };
        let away = cue.tokens.start.abs_diff(trigger.tokens.start);
        if away < distance {
            distance = away;
            status = (told, Some(cue.span));
        }
    }
    status
}

