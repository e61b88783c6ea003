//! Contradictions between the tellings of one event: kept beside the value that is taken.
//!
//! Headlines err, ministries count differently, and background repeats an older wording. The
//! fuller or more frequent telling decides; what the other one says stays in the event, with its
//! words, so that a reader can decide otherwise.

use super::{Identity, absorb};
use crate::model::event::{Contradiction, Event, EventKind, EventMention, Modality, Patrol};
use crate::model::mention::MentionIndex;
use crate::model::span::Span;

/// Notes what a telling says differently from the event that takes it in.
pub(super) fn compare(identity: &Identity<'_>, merged: &mut EventMention, telling: &EventMention) {
    let mut found = Vec::new();
    match (&merged.kind, &telling.kind) {
        // Without a start of its own a telling goes on along the route of the one before.
        (EventKind::Patrol(p), EventKind::Patrol(q))
            if !p.undirected && !q.undirected && p.legs.start.is_some() && q.legs.start.is_some() =>
        {
            found.extend(identity.stop_contradiction("route start", p, p.legs.start, q.legs.start));
            found.extend(identity.stop_contradiction("route end", p, p.legs.end, q.legs.end));
        }
        _ => {}
    }
    let (a, b) = (&merged.actors, &telling.actors);
    if !a.is_empty() && !b.is_empty() && !a.is_subset(b) && !b.is_subset(a) {
        let join = |actors: &std::collections::BTreeSet<String>| actors.iter().cloned().collect::<Vec<_>>().join(", ");
        found.push(Contradiction {
            field: "actors",
            kept: join(a),
            other: join(b),
            kept_span: Some(merged.evidence),
            other_span: Some(telling.evidence),
        });
    }
    merged.contradictions.extend(found);
    merged.contradictions.extend(telling.contradictions.iter().cloned());
}

/// Notes the numbers that others who count give to a run.
pub(super) fn of_counts(merged: &mut EventMention) {
    let EventKind::Patrol(patrol) = &merged.kind else { return };
    let Some(kept) = patrol.ordinal else { return };
    let by = |number: u32, counter: &Option<String>| match counter {
        Some(counter) => format!("{number} as the {counter} counts"),
        None => number.to_string(),
    };
    let found = patrol.other_numbers.iter().filter(|other| other.number != kept).map(|other| Contradiction {
        field: "ordinal",
        kept: by(kept, &patrol.counter),
        other: by(other.number, &other.counter),
        kept_span: patrol.ordinal_span,
        other_span: Some(other.span),
    });
    let found: Vec<Contradiction> = found.collect();
    merged.contradictions.extend(found);
    merged.contradictions.dedup();
}

/// Joins a headline with the run that the body tells first, when nothing but their numbers
/// differs: the body never comes back to the headline's number, so it is a slip.
pub(super) fn join_headline(identity: &Identity<'_>, events: &mut Vec<Event>) {
    let run = |event: &Event| match &event.merged.kind {
        EventKind::Patrol(patrol) if patrol.count == 1 && event.merged.modality == Modality::Reported => {
            patrol.ordinal.map(|ordinal| (ordinal, patrol.another))
        }
        _ => None,
    };
    let in_headline = |span: &Span| identity.line(*span) == 0;
    let is_headline = |event: &Event| run(event).is_some() && event.tellings.iter().all(in_headline);
    let Some(headline) = events.iter().position(is_headline) else { return };
    let is_patrol = |event: &Event| matches!(event.merged.kind, EventKind::Patrol(_));
    let body = (headline + 1..events.len())
        .find(|index| is_patrol(&events[*index]) && !events[*index].tellings.iter().any(in_headline));
    let Some(body) = body else { return };
    // A run that the text sets off from another, or one without a number, may be the headline's.
    let Some((_, false)) = run(&events[body]) else { return };
    if events[body + 1..].iter().any(|event| is_patrol(event) && run(event).is_none_or(|(_, another)| !another)) {
        return;
    }
    if !identity.agree_but_for_number(&events[headline].merged, &events[body].merged) {
        return;
    }
    let told = events.remove(headline);
    let event = &mut events[body - 1];
    let often = told.tellings.len() > event.tellings.len();
    let numbers = (number(&event.merged), number(&told.merged));
    if let (Some((kept, kept_span)), Some((other, other_span))) = numbers {
        let ((kept, kept_span), (other, other_span)) =
            if often { ((other, other_span), (kept, kept_span)) } else { ((kept, kept_span), (other, other_span)) };
        let (kept_text, other) = (kept.to_string(), other.to_string());
        event.merged.contradictions.push(Contradiction {
            field: "ordinal",
            kept: kept_text,
            other,
            kept_span,
            other_span,
        });
        if let EventKind::Patrol(patrol) = &mut event.merged.kind {
            (patrol.ordinal, patrol.ordinal_span) = (Some(kept), kept_span);
        }
    }
    let spans = told.tellings;
    absorb(identity, event, told.merged);
    event.tellings.extend(spans);
    event.tellings.sort();
    event.tellings.dedup();
}

fn number(telling: &EventMention) -> Option<(u32, Option<Span>)> {
    match &telling.kind {
        EventKind::Patrol(patrol) => Some((patrol.ordinal?, patrol.ordinal_span)),
        _ => None,
    }
}

impl Identity<'_> {
    /// The line of the text in which a span starts, counted from 0.
    fn line(&self, span: Span) -> usize {
        let sentence = self.text.sentence_of(self.text.token_at(span.start()));
        self.text.sentences().get(sentence).map_or(0, |sentence| sentence.paragraph)
    }

    /// Two different places for one part of a route; none where the other one is a stop anyway.
    fn stop_contradiction(
        &self,
        field: &'static str,
        patrol: &Patrol,
        kept: Option<MentionIndex>,
        other: Option<MentionIndex>,
    ) -> Option<Contradiction> {
        let (kept, other) = (kept?, other?);
        let legs = &patrol.legs;
        let known = legs.start.iter().chain(&legs.via).chain(&legs.end).any(|stop| self.same(*stop, other));
        if known {
            return None;
        }
        let span = |mention: MentionIndex| self.mentions.get(mention.0).map(|mention| mention.span);
        let words = |mention| span(mention).map_or("", |span| span.slice(self.text.original())).to_owned();
        Some(Contradiction {
            field,
            kept: words(kept),
            other: words(other),
            kept_span: span(kept),
            other_span: span(other),
        })
    }

    /// Whether day, ends and parties of two runs go together, with no look at their numbers.
    fn agree_but_for_number(&self, a: &EventMention, b: &EventMention) -> bool {
        let (EventKind::Patrol(p), EventKind::Patrol(q)) = (&a.kind, &b.kind) else { return false };
        let actors = a.actors.is_empty()
            || b.actors.is_empty()
            || a.actors.is_subset(&b.actors)
            || b.actors.is_subset(&a.actors);
        a.date.agrees_with(&b.date)
            && actors
            && self.same_option(p.legs.start, q.legs.start) != Some(false)
            && self.same_option(p.legs.end, q.legs.end) != Some(false)
    }
}
