//! Convoys: columns that move from place to place and are no patrols.
//!
//! A convoy is told like a patrol, start, way and end, often over several sentences: the first
//! names "a convoy", the next ones go on about "the convoy" or have no subject at all. Each
//! stretch becomes a telling; `coreference` joins them.

use std::ops::Range;

use super::Context;
use crate::lexicon::sense::Sense;
use crate::model::event::{EventKind, EventMention, Evidence, Movement, PlaceReference};
use crate::model::mention::RelationKind;
use crate::model::span::Span;

/// How far before a noun its article may stand, an adjective between, in tokens.
const ARTICLE_REACH: usize = 2;

/// A word for a convoy.
struct Trigger {
    tokens: Range<usize>,
    span: Span,
    /// "The convoy": one that was named before.
    definite: bool,
}

/// Reads every convoy, in text order. `continues` counts from the first of them.
pub(super) fn movements(context: &Context<'_>) -> Vec<EventMention> {
    let mut tellings: Vec<EventMention> = Vec::new();
    let mut patrol_told = false;
    // The last telling, where the sentence before told it, and its line.
    let mut focus: Option<(usize, usize)> = None;
    for sentence in context.text.sentences() {
        let tokens = sentence.tokens.clone();
        if context.is_aside(tokens.start) {
            continue;
        }
        let triggers = triggers(context, &tokens);
        let mut next_focus = None;
        if triggers.is_empty() {
            // A headline is followed by the lead, which names its subject anew.
            let open = focus.filter(|(_, line)| *line > 0 || *line == sentence.paragraph);
            next_focus = open.filter(|_| goes_on(context, &tokens)).and_then(|(focus, _)| {
                let root = tellings[focus].continues.unwrap_or(focus);
                let telling = telling(context, None, tokens.clone(), Some(root))?;
                tellings.push(telling);
                Some((tellings.len() - 1, sentence.paragraph))
            });
        }
        for (index, trigger) in triggers.iter().enumerate() {
            patrol_told |= has_patrol(context, sentence.tokens.start..trigger.tokens.start);
            let root = tellings.last().map(|last| last.continues.unwrap_or(tellings.len() - 1));
            let same = root.filter(|_| trigger.definite && !is_another(context, trigger));
            // Where only patrols were told of, "the convoy" is theirs.
            if trigger.definite && root.is_none() && patrol_told {
                continue;
            }
            let segment = segment(context, &triggers, index, &tokens);
            if let Some(telling) = telling(context, Some(trigger), segment, same) {
                tellings.push(telling);
                next_focus = Some((tellings.len() - 1, sentence.paragraph));
            }
        }
        patrol_told |= has_patrol(context, tokens);
        focus = next_focus;
    }
    tellings
}

/// The words for convoys in a sentence. What is trained for is none.
fn triggers(context: &Context<'_>, sentence: &Range<usize>) -> Vec<Trigger> {
    let exercise = context.cues.within(sentence.clone()).find(|(_, sense)| **sense == Sense::Exercise);
    let end = exercise.map_or(sentence.end, |(cue, _)| cue.tokens.start);
    context
        .cues
        .within(sentence.start..end)
        .filter(|(cue, sense)| **sense == Sense::Convoy && context.recognition.mention_at(cue.tokens.start).is_none())
        .map(|(cue, _)| {
            let start = cue.tokens.start;
            let article = (start.saturating_sub(ARTICLE_REACH).max(sentence.start)..start)
                .any(|token| context.cues.any(token, |s| matches!(s, Sense::Article | Sense::Demonstrative)));
            let definite = cue.definite || context.text.word(start).get(cue.peeled..).is_some_and(has_article);
            Trigger { tokens: cue.tokens.clone(), span: cue.span, definite: definite || article }
        })
        .collect()
}

fn has_article(word: &str) -> bool {
    word.starts_with("ال")
}

fn has_patrol(context: &Context<'_>, tokens: Range<usize>) -> bool {
    context.cues.within(tokens).any(|(_, sense)| matches!(sense, Sense::Patrol(_)))
}

/// "The second convoy", "رتل آخر": not the one before.
fn is_another(context: &Context<'_>, trigger: &Trigger) -> bool {
    let near = trigger.tokens.start.saturating_sub(1)..trigger.tokens.end + 2;
    context.cues.within(near.clone()).any(|(_, sense)| *sense == Sense::Another)
        || context.numbers_in(near).any(|number| number.kind == super::numbers::NumberKind::Ordinal)
}

/// Whether a sentence without a word for a convoy goes on about the one before: it tells of
/// movement and of nothing else.
fn goes_on(context: &Context<'_>, sentence: &Range<usize>) -> bool {
    let has = |test: &dyn Fn(&Sense) -> bool| context.cues.within(sentence.clone()).any(|(_, sense)| test(sense));
    has(&|sense| matches!(sense, Sense::Route(_) | Sense::Motion | Sense::MotionPreposition(_)))
        && !has(&|sense| {
            matches!(
                sense,
                Sense::Patrol(_)
                    | Sense::Exercise
                    | Sense::Event(_)
                    | Sense::Suspension
                    | Sense::Says
                    | Sense::Post(_)
                    | Sense::Establish
                    | Sense::Evacuate
                    | Sense::Deploy
            )
        })
}

/// The words about one of a sentence's convoys.
///
/// A clause break or semicolon parts it from the rest; so does the last comma behind what else
/// the sentence tells of (a patrol, a post, another convoy).
fn segment(context: &Context<'_>, triggers: &[Trigger], index: usize, sentence: &Range<usize>) -> Range<usize> {
    let hard = |token: &usize| {
        context.text.token(*token).is_some_and(|mark| mark.is_mark(';'))
            || context.cues.any(*token, |sense| *sense == Sense::ClauseBreak)
    };
    let comma = |token: &usize| context.text.token(*token).is_some_and(|mark| mark.is_mark(','));
    let begin = |trigger: &Trigger| {
        let floor = (sentence.start..trigger.tokens.start).rev().find(hard).unwrap_or(sentence.start);
        let other = context
            .cues
            .within(floor..trigger.tokens.start)
            .filter(|(_, sense)| {
                matches!(sense, Sense::Patrol(_) | Sense::Post(_) | Sense::Convoy | Sense::Event(_) | Sense::Establish)
            })
            .last()
            .map(|(cue, _)| cue.tokens.end);
        match other {
            Some(end) => (end..trigger.tokens.start).rev().find(comma).unwrap_or(end),
            None => floor,
        }
    };
    let trigger = &triggers[index];
    let limit = triggers.get(index + 1).map_or(sentence.end, &begin);
    let patrol = context
        .cues
        .within(trigger.tokens.end..limit)
        .find(|(_, sense)| matches!(sense, Sense::Patrol(_)))
        .map(|(cue, _)| (trigger.tokens.end..cue.tokens.start).rev().find(comma).unwrap_or(cue.tokens.start));
    let limit = patrol.unwrap_or(limit);
    let end = (trigger.tokens.end..limit).find(hard).unwrap_or(limit);
    begin(trigger)..end.max(trigger.tokens.end)
}

/// What a stretch tells of a convoy; `None` when that is neither a place nor a day.
fn telling(
    context: &Context<'_>,
    trigger: Option<&Trigger>,
    segment: Range<usize>,
    continues: Option<usize>,
) -> Option<EventMention> {
    let reading = context.route(segment.clone(), false);
    let movement =
        Movement { legs: reading.legs, route: Vec::new(), undirected: reading.undirected, returned: reading.returned };
    let legs = &movement.legs;
    let first = [legs.start, legs.via.first().copied(), legs.end, legs.at].into_iter().flatten().next();
    let stop = first.map(|mention| PlaceReference {
        mention,
        relation: context
            .ground_relation(mention)
            .filter(|relation| relation.figure.is_none())
            .map_or(RelationKind::At, |relation| relation.kind),
        other: None,
        distance_m: None,
    });
    let place = stop.or(reading.area);
    let mut date = context.own_date(segment.clone());
    context.tell_time(&mut date, segment.clone());
    if place.is_none() && date.is_empty() {
        return None;
    }
    let cue = trigger.map_or(segment.start..segment.start, |trigger| trigger.tokens.clone());
    let (modality, modality_span) = context.event_modality(&cue, &segment);
    let mut details = reading.details;
    details.extend(trigger.map(|trigger| Evidence { span: trigger.span, rule: "trigger" }));
    details.extend(modality_span.map(|span| Evidence { span, rule: "modality" }));
    details.extend(date.span.map(|span| Evidence { span, rule: "date" }));
    details.extend(date.time_span.map(|span| Evidence { span, rule: "time" }));
    let road = context.road_in(segment.clone());
    details.extend(road.map(|road| Evidence { span: road.span, rule: "road" }));
    details.sort();
    Some(EventMention {
        kind: EventKind::Other { event_type: "convoy".to_owned(), place, movement },
        actors: context.parties(segment.clone()),
        date,
        modality,
        road: road.map(|road| road.reference.clone()),
        evidence: context.trimmed_span(segment),
        details,
        attributions: Vec::new(),
        contradictions: Vec::new(),
        continues,
    })
}
