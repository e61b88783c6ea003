//! Event coreference: the same event told twice in one article becomes one.
//!
//! Headline, lead and background tell one run in different words. Two tellings are merged when
//! the text says that the one goes on about the other, or when something that identifies a run
//! agrees (its number, its day, both ends of its route) and nothing contradicts.

pub mod contradictions;
mod lone_number;
pub mod series;

use std::collections::{BTreeMap, BTreeSet};

use crate::model::date::{ClockTime, DatePrecision, EventDate};
use crate::model::event::{Event, EventKind, EventMention, Modality, Movement, Patrol, RouteLegs};
use crate::model::mention::{MentionIndex, Resolution, ToponymMention};
use crate::model::span::Span;
use crate::text::NormalizedText;
use crate::text::key::name_key;

/// A telling is compared with this many events before it. An article that tells more events than
/// that is a collection, and the bound keeps the work linear.
const WINDOW: usize = 200;

/// Decides whether two mentions are one place.
struct Identity<'a> {
    text: &'a NormalizedText,
    mentions: &'a [ToponymMention],
    resolutions: &'a [Resolution],
}

impl Identity<'_> {
    /// The line in which a telling stands.
    fn paragraph(&self, telling: &EventMention) -> usize {
        let sentence = self.text.sentence_of(self.text.token_at(telling.evidence.start()));
        self.text.sentences().get(sentence).map_or(0, |sentence| sentence.paragraph)
    }

    fn same(&self, a: MentionIndex, b: MentionIndex) -> bool {
        if a == b {
            return true;
        }
        let place = |index: MentionIndex| self.resolutions.get(index.0).and_then(Resolution::place);
        match (place(a), place(b)) {
            (Some(a), Some(b)) => a == b,
            _ => self.key(a) == self.key(b),
        }
    }

    /// The folded surface without the article of its first word.
    fn key(&self, index: MentionIndex) -> String {
        let surface = self.mentions.get(index.0).map_or("", |mention| mention.span.slice(self.text.original()));
        let key = name_key(surface);
        key.strip_prefix("ال").map_or(key.clone(), str::to_owned)
    }

    /// Whether two tellings name a place in common, be it a stop or the area.
    fn share_a_place(&self, p: &Patrol, q: &Patrol) -> bool {
        let places = |patrol: &Patrol| -> Vec<MentionIndex> {
            let legs = &patrol.legs;
            let stops = legs.start.iter().chain(&legs.via).chain(&legs.end).chain(&legs.at).copied();
            stops.chain(patrol.area.map(|area| area.mention)).collect()
        };
        let (p, q) = (places(p), places(q));
        p.iter().any(|a| q.iter().any(|b| self.same(*a, *b)))
    }

    /// Whether two tellings can be of one way: no two starts or ends differ, and where both name
    /// stops, they have one in common.
    fn same_way(&self, m: &Movement, n: &Movement) -> bool {
        let stops = |movement: &Movement| -> Vec<MentionIndex> {
            let legs = &movement.legs;
            legs.start.iter().chain(&legs.via).chain(&legs.end).chain(&legs.at).copied().collect()
        };
        let (p, q) = (stops(m), stops(n));
        self.same_option(m.legs.start, n.legs.start) != Some(false)
            && self.same_option(m.legs.end, n.legs.end) != Some(false)
            && (p.is_empty() || q.is_empty() || p.iter().any(|a| q.iter().any(|b| self.same(*a, *b))))
    }

    fn same_option(&self, a: Option<MentionIndex>, b: Option<MentionIndex>) -> Option<bool> {
        Some(self.same(a?, b?))
    }
}

/// Merges the tellings of one article into events, in the order of their first telling.
pub fn merge(
    text: &NormalizedText,
    tellings: Vec<EventMention>,
    mentions: &[ToponymMention],
    resolutions: &[Resolution],
) -> Vec<Event> {
    let identity = Identity { text, mentions, resolutions };
    let mut events: Vec<Event> = Vec::new();
    // Which event each telling went to.
    let mut event_of: Vec<usize> = Vec::with_capacity(tellings.len());
    for telling in tellings {
        let continued = telling.continues.and_then(|index| event_of.get(index).copied());
        let target = match continued {
            Some(event) if compatible(&identity, &events[event].merged, &telling, true) => Some(event),
            _ => {
                let apart = match &telling.kind {
                    EventKind::Patrol(patrol) => patrol.apart_from.and_then(|index| event_of.get(index).copied()),
                    _ => None,
                };
                best_match(&identity, &events, &telling, apart)
            }
        };
        match target {
            Some(event) => {
                absorb(&identity, &mut events[event], telling);
                event_of.push(event);
            }
            None => {
                event_of.push(events.len());
                let tellings = vec![telling.evidence];
                events.push(Event { merged: telling, tellings });
            }
        }
    }
    contradictions::join_headline(&identity, &mut events);
    lone_number::join(&identity, &mut events);
    for event in &mut events {
        contradictions::of_counts(&mut event.merged);
        match &mut event.merged.kind {
            EventKind::Patrol(patrol) => finish_route(&identity, patrol),
            EventKind::Other { movement, .. } => finish_movement(&identity, movement),
            EventKind::Position(_) => {}
        }
        event.tellings = one_a_sentence(text, &event.tellings);
        event.merged.details.sort();
        event.merged.details.dedup();
        event.merged.attributions.sort_by_key(|attribution| attribution.span);
        event.merged.attributions.dedup();
    }
    events
}

/// What is told within one sentence is one telling.
fn one_a_sentence(text: &NormalizedText, spans: &[Span]) -> Vec<Span> {
    let mut by_sentence: BTreeMap<usize, Span> = BTreeMap::new();
    for span in spans {
        let sentence = text.sentence_of(text.token_at(span.start()));
        by_sentence.entry(sentence).and_modify(|known| *known = known.join(*span)).or_insert(*span);
    }
    by_sentence.into_values().collect()
}

/// The event that a telling fits best, by what identifies it.
fn best_match(
    identity: &Identity<'_>,
    events: &[Event],
    telling: &EventMention,
    apart: Option<usize>,
) -> Option<usize> {
    let first = events.len().saturating_sub(WINDOW);
    events
        .iter()
        .enumerate()
        .skip(first)
        .filter(|(index, event)| Some(*index) != apart && compatible(identity, &event.merged, telling, false))
        .map(|(index, event)| (agreement(identity, &event.merged, telling), index))
        .filter(|(score, _)| *score > 0)
        .max_by_key(|(score, index)| (*score, std::cmp::Reverse(*index)))
        .map(|(_, index)| index)
}

/// Whether nothing in two tellings contradicts. `continued`: the wording joins them already, so
/// only a different day or count keeps them apart.
fn compatible(identity: &Identity<'_>, a: &EventMention, b: &EventMention, continued: bool) -> bool {
    if a.modality != b.modality || !a.date.agrees_with(&b.date) {
        return false;
    }
    match (&a.kind, &b.kind) {
        (EventKind::Patrol(p), EventKind::Patrol(q)) => {
            let ordinals = matches!((p.ordinal, q.ordinal), (Some(x), Some(y)) if x != y);
            if continued {
                return !ordinals && (p.count == q.count || q.count == 1);
            }
            let starts = identity.same_option(p.legs.start, q.legs.start) == Some(false);
            let ends = identity.same_option(p.legs.end, q.legs.end) == Some(false);
            let apart =
                (starts && ends) || (p.ordinal != q.ordinal && (starts || ends) && !p.undirected && !q.undirected);
            let actors = !a.actors.is_empty()
                && !b.actors.is_empty()
                && !a.actors.is_subset(&b.actors)
                && !b.actors.is_subset(&a.actors);
            p.count == q.count && !ordinals && !apart && !actors
        }
        (EventKind::Position(p), EventKind::Position(q)) => {
            identity.same(p.place.mention, q.place.mention) && p.status == q.status && a.actors == b.actors
        }
        (
            EventKind::Other { event_type: x, place: p, movement: m },
            EventKind::Other { event_type: y, place: q, movement: n },
        ) => {
            let moves = !m.legs.is_empty() || !n.legs.is_empty();
            x == y
                && match (p, q) {
                    _ if continued => true,
                    _ if moves => identity.same_way(m, n),
                    (Some(p), Some(q)) => identity.same(p.mention, q.mention),
                    _ => true,
                }
        }
        _ => false,
    }
}

/// How strongly two compatible tellings identify one event; 0 means not at all.
fn agreement(identity: &Identity<'_>, a: &EventMention, b: &EventMention) -> u32 {
    let same_day = a.date.date.is_some() && a.date.date == b.date.date;
    let same_weekday = a.date.weekday.is_some() && a.date.weekday == b.date.weekday;
    let day = if same_day { 4 } else { u32::from(same_weekday) * 2 };
    match (&a.kind, &b.kind) {
        (EventKind::Patrol(p), EventKind::Patrol(q)) => {
            let ordinal = if p.ordinal.is_some() && p.ordinal == q.ordinal { 6 } else { 0 };
            let ends = [(p.legs.start, q.legs.start), (p.legs.end, q.legs.end)]
                .into_iter()
                .filter(|(x, y)| identity.same_option(*x, *y) == Some(true))
                .count() as u32;
            let bare = q.ordinal.is_none() && b.date.is_empty() && q.legs.is_empty() && q.area.is_none();
            let count = u32::from(p.count > 1 && p.count == q.count) * 4;
            let reverse = u32::from(p.reverse && q.reverse) * 2;
            let both_ends = if ends == 2 { 4 } else { ends };
            // One shared end is not enough to make two runs one, unless nothing else is told.
            let weak = u32::from(
                ends == 1 && (q.ordinal.is_none() || p.ordinal.is_none()) && (a.date.is_empty() || b.date.is_empty()),
            );
            // A headline that names a place of the run and no day or number tells that run.
            let vague = (q.ordinal.is_none() && b.date.is_empty()) || (p.ordinal.is_none() && a.date.is_empty());
            let shared = identity.share_a_place(p, q);
            // A headline without day or number tells the run that the text opens with.
            let headline = p.ordinal.is_none()
                && a.date.is_empty()
                && p.count == 1
                && identity.paragraph(a) == 0
                && identity.paragraph(b) > 0;
            let strong = u32::from(vague && shared)
                + u32::from(headline)
                + ordinal
                + day
                + count
                + reverse
                + if ends == 2 { both_ends } else { weak };
            strong + u32::from(bare)
        }
        (EventKind::Position(_), EventKind::Position(_)) => 1,
        (EventKind::Other { place: p, .. }, EventKind::Other { place: q, .. }) => {
            let place = u32::from(p.is_some() && q.is_some()) * 2;
            let repeated = u32::from(b.date.is_empty() || a.date == b.date);
            if place + day > 0 || (p.is_none() && q.is_none()) { place + day + repeated } else { repeated }
        }
        _ => 0,
    }
}

/// Takes a telling into an event: what was unknown is filled in, what was vague made exact.
fn absorb(identity: &Identity<'_>, event: &mut Event, telling: EventMention) {
    contradictions::compare(identity, &mut event.merged, &telling);
    event.tellings.push(telling.evidence);
    let merged = &mut event.merged;
    merged.details.extend(telling.details.iter().copied());
    merged.attributions.extend(telling.attributions.iter().cloned());
    let actors: BTreeSet<String> = merged.actors.union(&telling.actors).cloned().collect();
    merged.actors = actors;
    merged.date = combine_dates(&merged.date, &telling.date);
    if merged.road.is_none() {
        merged.road.clone_from(&telling.road);
    }
    // The fuller telling is the better evidence: a headline says less than the lead.
    if weight(&telling) > weight(merged) {
        merged.evidence = telling.evidence;
    }
    match (&mut merged.kind, telling.kind) {
        (EventKind::Patrol(patrol), EventKind::Patrol(other)) => {
            absorb_patrol(identity, patrol, other);
        }
        (
            EventKind::Other { place, movement, .. },
            EventKind::Other { place: other_place, movement: other_movement, .. },
        ) => {
            absorb_movement(identity, movement, other_movement);
            *place = place.or(other_place);
        }
        _ => {}
    }
}

fn absorb_patrol(identity: &Identity<'_>, patrol: &mut Patrol, other: Patrol) {
    if patrol.planned_route.is_empty() {
        patrol.planned_route = other.planned_route;
    }
    if patrol.ordinal.is_none() {
        patrol.ordinal = other.ordinal;
        patrol.ordinal_span = other.ordinal_span;
    }
    patrol.counter = patrol.counter.take().or(other.counter);
    patrol.other_numbers.extend(other.other_numbers);
    patrol.reverse |= other.reverse;
    patrol.full |= other.full;
    patrol.abbreviated |= other.abbreviated;
    patrol.returned |= other.returned;
    patrol.area = patrol.area.or(other.area);
    patrol.stated_length_m = patrol.stated_length_m.or(other.stated_length_m);
    absorb_legs(identity, (&mut patrol.legs, &mut patrol.undirected), (other.legs, other.undirected));
}

fn absorb_movement(identity: &Identity<'_>, movement: &mut Movement, other: Movement) {
    movement.returned |= other.returned;
    absorb_legs(identity, (&mut movement.legs, &mut movement.undirected), (other.legs, other.undirected));
}

/// Takes the parts of a route from another telling; each comes with whether it has no direction.
fn absorb_legs(
    identity: &Identity<'_>,
    (legs, undirected): (&mut RouteLegs, &mut bool),
    (other, other_undirected): (RouteLegs, bool),
) {
    if legs.is_empty() {
        *undirected = other_undirected;
        *legs = other;
        return;
    }
    // A direction told once settles the order of the ends.
    if *undirected && !other_undirected && (other.start.is_some() || other.end.is_some()) {
        let mut directed = other;
        let unused = |known: &RouteLegs, end: MentionIndex| {
            ![known.start, known.end].iter().flatten().any(|known| identity.same(*known, end))
        };
        if directed.start.is_none() {
            directed.start = [legs.start, legs.end].into_iter().flatten().find(|end| unused(&directed, *end));
        }
        if directed.end.is_none() {
            directed.end = [legs.end, legs.start].into_iter().flatten().find(|end| unused(&directed, *end));
        }
        *legs = directed;
        *undirected = false;
        return;
    }
    let has_ends = legs.start.is_some() || legs.end.is_some();
    let fuller = legs.start.is_none() && other.start.is_some();
    *undirected |= other_undirected && !has_ends;
    legs.start = legs.start.or(other.start);
    legs.at = legs.at.or(other.at);
    legs.back_to = legs.back_to.or(other.back_to);
    match (legs.end, other.end) {
        (None, end) => legs.end = end,
        (Some(end), Some(later)) if !identity.same(end, later) && !other_undirected => {
            // A telling with both ends knows the end better than a headline; without a start, the
            // list of villages goes on after what looked like the end.
            if fuller {
                legs.end = Some(later);
            } else if other.start.is_none() {
                legs.via.push(end);
                legs.end = Some(later);
            }
        }
        _ => {}
    }
    for stop in other.via {
        let known = legs.via.iter().chain(&legs.start).chain(&legs.end).any(|known| identity.same(*known, stop));
        if !known {
            legs.via.push(stop);
        }
    }
}

/// Puts the legs of a patrol in the order of travel.
fn finish_route(identity: &Identity<'_>, patrol: &mut Patrol) {
    patrol.route = order_of_travel(identity, &patrol.legs, patrol.abbreviated);
}

/// Puts the legs of a convoy in the order of travel; a place alone is no route.
fn finish_movement(identity: &Identity<'_>, movement: &mut Movement) {
    movement.route = order_of_travel(identity, &movement.legs, false);
    if movement.route.len() < 2 {
        movement.route.clear();
    }
}

/// The stops in the order of travel. `turned_round`: what looks like the way back of a run that
/// did not reach its end also tells where it had come from.
fn order_of_travel(identity: &Identity<'_>, legs: &RouteLegs, turned_round: bool) -> Vec<MentionIndex> {
    let mut route: Vec<MentionIndex> = Vec::new();
    route.extend(legs.start);
    route.extend(&legs.via);
    route.extend(legs.end);
    if route.is_empty() {
        route.extend(legs.at);
    }
    // "It turned round at B and went home to A": A is where it had come from.
    if let (None, Some(home)) = (legs.start, legs.back_to)
        && legs.end.is_some()
        && turned_round
        && !route.iter().any(|stop| identity.same(*stop, home))
    {
        route.insert(0, home);
    }
    if let Some(back) = legs.back_to {
        let from_start = route.first().is_some_and(|first| identity.same(*first, back));
        // A loop ends where it began; the same way back is not listed again.
        if (from_start && route.len() > 3) || (!from_start && !route.iter().any(|stop| identity.same(*stop, back))) {
            route.push(back);
        }
    }
    route.dedup_by(|b, a| identity.same(*a, *b));
    route
}

/// The more exact of two dates that agree.
fn combine_dates(a: &EventDate, b: &EventDate) -> EventDate {
    let rank = |date: &EventDate| match (date.date.is_some(), date.precision, date.partial) {
        (true, _, _) => 5,
        (_, DatePrecision::Before, _) => 4,
        (_, _, Some(partial)) => 1 + u8::from(partial.day.is_some()) + u8::from(partial.month.is_some()),
        _ => u8::from(date.weekday.is_some()),
    };
    let (better, other) = if rank(b) > rank(a) { (b, a) } else { (a, b) };
    let (by, also) = if better.clock.is_empty() { (other, better) } else { (better, other) };
    // Clocks of two zones are not mixed.
    let joins = by.clock.zone == also.clock.zone;
    let clock = ClockTime {
        start: by.clock.start.or(also.clock.start.filter(|_| joins)),
        end: by.clock.end.or(also.clock.end.filter(|_| joins)),
        ..by.clock.clone()
    };
    EventDate {
        weekday: better.weekday.or(other.weekday),
        clock,
        time_span: by.time_span.or(also.time_span),
        ..better.clone()
    }
}

/// How much a telling says.
fn weight(telling: &EventMention) -> usize {
    let patrol = match &telling.kind {
        EventKind::Patrol(patrol) => {
            usize::from(patrol.ordinal.is_some()) * 2
                + usize::from(patrol.legs.start.is_some()) * 2
                + usize::from(patrol.legs.end.is_some())
        }
        EventKind::Other { movement, .. } => {
            usize::from(movement.legs.start.is_some()) * 2 + usize::from(movement.legs.end.is_some())
        }
        EventKind::Position(_) => 0,
    };
    patrol + usize::from(!telling.date.is_empty()) * 2 + usize::from(telling.modality != Modality::Reported)
}
