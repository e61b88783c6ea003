//! Everything else that happens at a place: attacks, agreements, calls, suspensions.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Context;
use crate::lexicon::event_types::EventTypes;
use crate::lexicon::sense::{RouteRole, Sense};
use crate::model::event::{EventKind, EventMention, Evidence, Movement, PlaceReference};
use crate::model::mention::{MentionIndex, MentionKind, MentionRole, RelationKind};
use crate::model::span::Span;

/// How far from its word an event's place may stand, in tokens.
const PLACE_REACH: usize = 20;

/// How many sentences before an event that takes two parties both may be named.
const SENTENCES_BACK: usize = 3;

/// The type of event that the posts of its sentence may tell already.
const WITHDRAWAL: &str = "withdrawal";

/// Reads the events that are neither patrols nor positions; one a type and sentence.
pub(super) fn incidents(context: &Context<'_>) -> Vec<EventMention> {
    let mut incidents = Vec::new();
    for sentence in context.text.sentences() {
        let tokens = sentence.tokens.clone();
        if context.is_aside(tokens.start) {
            continue;
        }
        let mut seen: Vec<&str> = Vec::new();
        for (cue, sense) in context.cues.within(tokens.clone()) {
            let Some(event_type) = event_type(context, sense, &cue.tokens, &tokens) else { continue };
            if seen.contains(&event_type) {
                continue;
            }
            if let Some(incident) = read(context, event_type, cue.tokens.clone(), cue.span, &tokens) {
                seen.push(event_type);
                incidents.push(incident);
            }
        }
    }
    incidents
}

/// The type of event that a word starts, in its sentence.
fn event_type<'p>(
    context: &Context<'_>,
    sense: &'p Sense,
    cue: &Range<usize>,
    sentence: &Range<usize>,
) -> Option<&'p str> {
    match sense {
        Sense::Event(event_type) => Some(event_type),
        Sense::Exercise => Some("exercise"),
        Sense::Suspension => {
            let end = sentence.end.min(cue.end + 6);
            let patrols = context.cues.within(cue.start..end).any(|(_, sense)| matches!(sense, Sense::Patrol(_)));
            patrols.then_some("suspension")
        }
        _ => None,
    }
}

fn read(
    context: &Context<'_>,
    event_type: &str,
    cue: Range<usize>,
    cue_span: Span,
    sentence: &Range<usize>,
) -> Option<EventMention> {
    let agreement = event_type == "agreement";
    // "تم تبنيه في موسكو في 5 آذار": where and when it was made stands behind the verb.
    let adopted = context.cues.within(cue.end..sentence.end).find(|(_, sense)| **sense == Sense::Adopted);
    let made = adopted.filter(|_| agreement).map(|(verb, _)| verb.tokens.clone());
    let anchor = made.clone().unwrap_or(cue.clone());
    // Without that verb, a place beside an agreement is what it is about.
    let place = if agreement && made.is_none() { None } else { place(context, event_type, &anchor, sentence) };
    let mut date = context
        .dates_in(sentence.clone())
        .filter(|date| !date.resolved.is_empty())
        .filter(|date| match (agreement, &made) {
            (true, Some(verb)) => date.tokens.start >= verb.end,
            (true, None) => date.of_other && date.tokens.start >= cue.end,
            (false, _) => !date.of_other,
        })
        .min_by_key(|date| date.tokens.start.abs_diff(anchor.start))
        .map(|date| date.resolved.clone())
        .unwrap_or_default();
    let located = context.mention_place(&place);
    // A word alone tells nothing that could be put on a map or in a calendar; a suspension is
    // one of the series that the article is about.
    if located.is_none() && date.is_empty() && event_type != "suspension" {
        return None;
    }
    // An agreement is an event where its making is told: somewhere, or on a day.
    if agreement && date.is_empty() {
        return None;
    }
    let mut details = vec![Evidence { span: cue_span, rule: "trigger" }];
    details.extend(place.map(|place| Evidence { span: context.mention(place.mention).span, rule: "place" }));
    details.extend(date.span.map(|span| Evidence { span, rule: "date" }));
    let clause = clause(context, &cue, sentence);
    context.tell_time(&mut date, clause.clone());
    details.extend(date.time_span.map(|span| Evidence { span, rule: "time" }));
    let (modality, modality_span) = context.event_modality(&cue, &clause);
    details.extend(modality_span.map(|span| Evidence { span, rule: "modality" }));
    let movement = movement(context, event_type, cue.end..clause.end, &mut details);
    // Leaving a post is told by the post, and "withdrew" of nobody is said of a team or a bid.
    let posts = context.cues.within(sentence.clone()).any(|(_, sense)| matches!(sense, Sense::Post(_)));
    let told_by_post = posts && movement.legs.is_empty();
    if event_type == WITHDRAWAL && (told_by_post || context.parties(clause.clone()).is_empty()) {
        return None;
    }
    // Troops that withdraw from A to B did so at A.
    let place = movement.legs.start.filter(|_| !movement.legs.is_empty()).map_or(place, |start| {
        Some(PlaceReference { mention: start, relation: RelationKind::At, other: None, distance_m: None })
    });
    details.sort();
    Some(EventMention {
        kind: EventKind::Other { event_type: event_type.to_owned(), place, movement },
        actors: actors(context, event_type, &clause, sentence),
        date,
        modality,
        road: context.road_in(clause.clone()).map(|road| road.reference.clone()),
        evidence: context.trimmed_span(clause),
        details,
        attributions: Vec::new(),
        contradictions: Vec::new(),
        continues: None,
    })
}

/// The way that the words behind its trigger tell of an event that goes from place to place; none where it names
/// fewer than two stops.
fn movement(context: &Context<'_>, event_type: &str, behind: Range<usize>, details: &mut Vec<Evidence>) -> Movement {
    if !EventTypes::embedded().get(event_type).is_some_and(|known| known.moves) {
        return Movement::default();
    }
    let reading = context.route(behind, false);
    let mut legs = reading.legs;
    // "انسحبت من A إلى B": the preposition belongs to the verb, which gives A no part.
    legs.start = legs.start.or(legs.at.take());
    if legs.start.is_none() || legs.end.is_none() {
        return Movement::default();
    }
    details.extend(reading.details);
    Movement { legs, undirected: reading.undirected, returned: reading.returned, route: Vec::new() }
}

impl Context<'_> {
    fn mention_place(&self, place: &Option<PlaceReference>) -> Option<MentionIndex> {
        place.map(|place| place.mention)
    }
}

/// Who takes part. A call that "was made at the request of the Turkish side" has two parties all
/// the same: those of the nearest sentence before that names both.
fn actors(context: &Context<'_>, event_type: &str, clause: &Range<usize>, sentence: &Range<usize>) -> BTreeSet<String> {
    let named = context.parties(clause.clone());
    let mutual = EventTypes::embedded().get(event_type).is_some_and(|known| known.mutual);
    if !mutual || named.len() > 1 {
        return named;
    }
    let here = context.text.sentence_of(sentence.start);
    let before = context.text.sentences()[..here].iter().rev().take(SENTENCES_BACK);
    let pair = before.map(|before| context.parties(before.tokens.clone())).find(|parties| parties.len() > 1);
    pair.filter(|pair| named.is_subset(pair)).unwrap_or(named)
}

/// Whether a word of movement governs a place: it is where somebody went, not where it happened.
fn is_on_the_way(context: &Context<'_>, mention: MentionIndex) -> bool {
    let start = context.mention_tokens(mention).start;
    start.checked_sub(1).is_some_and(|before| {
        context.cues.any(before, |sense| {
            matches!(
                sense,
                Sense::MotionPreposition(_)
                    | Sense::Route(RouteRole::Start | RouteRole::Heading | RouteRole::End | RouteRole::Return)
            )
        })
    })
}

/// Whether a country is named for who acts and not for where: no preposition of place governs it.
fn is_party(context: &Context<'_>, mention: MentionIndex) -> bool {
    let start = context.mention_tokens(mention).start;
    let party = context.cues.any(start, |sense| matches!(sense, Sense::Party(_)));
    let within = start
        .checked_sub(1)
        .is_some_and(|before| context.cues.any(before, |sense| matches!(sense, Sense::Within | Sense::Direction(_))));
    party && !within
}

/// The stretch between the commas around a word, widened to hold at least a few words.
fn clause(context: &Context<'_>, cue: &Range<usize>, sentence: &Range<usize>) -> Range<usize> {
    let breaks = |token: &usize| context.text.token(*token).is_some_and(|t| t.is_mark(';') || t.is_mark('.'));
    let start = (sentence.start..cue.start).rev().find(breaks).map_or(sentence.start, |token| token + 1);
    let end = (cue.end..sentence.end).find(breaks).unwrap_or(sentence.end);
    start..end
}

/// The nearest place behind the word, else the nearest before it. A phone call has none.
fn place(
    context: &Context<'_>,
    event_type: &str,
    cue: &Range<usize>,
    sentence: &Range<usize>,
) -> Option<PlaceReference> {
    if event_type == "phone_call" {
        return None;
    }
    let usable = |mention: &MentionIndex| {
        let found = context.mention(*mention);
        let relation = context.ground_relation(*mention);
        !matches!(found.kind, MentionKind::Road { .. })
            && matches!(found.role, MentionRole::Literal)
            && !is_party(context, *mention)
            && !is_on_the_way(context, *mention)
            && relation.is_none_or(|relation| relation.figure.is_none())
    };
    let behind = context.mentions_in(cue.end..sentence.end.min(cue.end + PLACE_REACH)).find(usable);
    let before = || {
        context.mentions_in(sentence.start.max(cue.start.saturating_sub(PLACE_REACH))..cue.start).filter(usable).last()
    };
    let mention = behind.or_else(before)?;
    let relation = context.ground_relation(mention);
    Some(PlaceReference {
        mention,
        relation: relation.map_or(RelationKind::At, |relation| relation.kind),
        other: None,
        distance_m: relation.and_then(|relation| relation.distance_m),
    })
}
