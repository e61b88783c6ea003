//! Patrols: every telling of a run, with its number, day, route and kind.

pub mod triggers;
pub mod numbering;
pub mod counting;
pub mod inheritance;

use std::collections::BTreeSet;
use std::ops::Range;

use super::Context;
use super::dates::DateExpression;
use super::numbers::NumberKind;
use crate::lexicon::sense::{GrammaticalNumber, Sense};
use crate::model::date::{DatePrecision, EventDate};
use crate::model::event::{EventKind, EventMention, Evidence, Modality, Patrol};
use crate::model::span::Span;

/// How far an ordinal may stand behind the word for patrol, adjectives between, in tokens.
const ORDINAL_REACH: usize = 8;
/// How far before or behind the word for patrol its modality may stand, in tokens.
const MODALITY_REACH: usize = 7;

/// The word that a telling starts from.
#[derive(Clone, PartialEq, Debug)]
struct Trigger {
    tokens: Range<usize>,
    span: Span,
    /// `None` where only a number stands for the patrol ("أما الثالثة").
    number: Option<GrammaticalNumber>,
    definite: bool,
    /// It says itself that it goes on about the run before ("وهي", "هذه").
    same: bool,
}

/// Reads every patrol telling, in text order.
pub(super) fn patrols(context: &Context<'_>) -> Vec<EventMention> {
    let mut reader = Reader {
        context,
        tellings: Vec::new(),
        roots: Vec::new(),
        focus: None,
        numbered: BTreeSet::new(),
        dated: BTreeSet::new(),
    };
    for sentence in context.text.sentences() {
        if !context.is_aside(sentence.tokens.start) {
            reader.read_sentence(sentence.tokens.clone());
        }
    }
    // A patrol of nobody is that of a police or a coast guard.
    if reader.tellings.iter().all(|telling| telling.actors.is_empty()) && !names_a_party(context) {
        return Vec::new();
    }
    reader.inherit_parties();
    reader.inherit_road();
    reader.tellings
}

struct Reader<'a> {
    context: &'a Context<'a>,
    tellings: Vec<EventMention>,
    /// For each telling, the first of the chain that it goes on with.
    roots: Vec<usize>,
    /// The telling that a sentence without a trigger goes on about.
    focus: Option<usize>,
    /// First tellings of the runs that have a number.
    numbered: BTreeSet<usize>,
    /// First tellings of the runs that have a day.
    dated: BTreeSet<usize>,
}

impl Reader<'_> {
    fn read_sentence(&mut self, sentence: Range<usize>) {
        if self.read_counting(&sentence) {
            return;
        }
        let triggers = self.triggers(&sentence);
        if triggers.is_empty() {
            self.read_continuation(sentence);
            return;
        }
        let starts: Vec<usize> = triggers
            .iter()
            .enumerate()
            .map(|(index, trigger)| match index.checked_sub(1) {
                None => sentence.start,
                Some(before) => self.boundary(triggers[before].tokens.end, trigger.tokens.start),
            })
            .collect();
        for (index, trigger) in triggers.iter().enumerate() {
            let end = starts.get(index + 1).copied().unwrap_or(sentence.end);
            self.read_segment(trigger, starts[index]..end, &sentence);
        }
    }

    fn read_segment(&mut self, trigger: &Trigger, segment: Range<usize>, sentence: &Range<usize>) {
        let context = self.context;
        let modality = self.modality(trigger, &segment);
        // "آخر تلك الدوريات" is one of them.
        let one_of = (trigger.tokens.start.saturating_sub(2).max(segment.start)..trigger.tokens.start)
            .any(|token| context.cues.any(token, |sense| *sense == Sense::OneOf))
            // "أولى دوريات أيلول"
            || context.numbers_in(segment.clone()).any(|number| {
                number.kind == NumberKind::Ordinal && number.tokens.end == trigger.tokens.start
            });
        let generic = trigger.number == Some(GrammaticalNumber::Plural) && !one_of;
        let (ordinal, count) = self.number_of(trigger, &segment);
        let ordinal = ordinal.cloned();
        let count = count.or((trigger.number == Some(GrammaticalNumber::Dual)).then_some(2));
        if generic && count.is_none() && ordinal.is_none() && modality == Modality::Reported {
            return;
        }
        if generic && count.is_none() && matches!(modality, Modality::Planned | Modality::Denied) {
            return;
        }
        // A number alone that is secondary only qualifies the run before.
        if trigger.number.is_none() && trigger.same && ordinal.is_none() && self.focus.is_some() {
            self.read_details(segment, sentence, true);
            return;
        }
        // "... دورية في X، وهي السابعة والخمسون": the number of the run told just before.
        if trigger.number.is_none()
            && trigger.same
            && let Some(number) = &ordinal
            && self.give_number(number.value, number.span, sentence)
        {
            self.read_details(segment, sentence, true);
            return;
        }
        let mut telling = self.telling(&segment, sentence, count.unwrap_or(1) > 1, false);
        telling.modality = modality;
        telling.details.push(Evidence { span: trigger.span, rule: "trigger" });
        let after =
            segment.start > sentence.start && context.cues.any(segment.start, |sense| matches!(sense, Sense::After));
        let preceded = trigger
            .tokens
            .start
            .checked_sub(1)
            .is_some_and(|token| context.cues.any(token, |sense| *sense == Sense::After));
        // "Ortak devriyenin ardından araçlar üslerine çekildi", "after the patrol, the vehicles ...": the run that
        // was told, as the time of something else.
        let followed = context.cues.pack().is_head_final()
            && context.cues.any(trigger.tokens.end, |sense| matches!(sense, Sense::After));
        let only_a_time = followed || preceded && trigger.definite;
        if only_a_time && self.focus.is_some() && ordinal.is_none() && telling.date.is_empty() {
            return;
        }
        let EventKind::Patrol(patrol) = &mut telling.kind else { return };
        patrol.count = count.unwrap_or(1);
        // A series that stops goes nowhere: "العودة إليها" is then its resumption, not a way back.
        if modality == Modality::Suspended {
            patrol.returned = false;
            telling.details.retain(|detail| !matches!(detail.rule, "returned" | "route return"));
        }
        let EventKind::Patrol(patrol) = &mut telling.kind else { return };
        if let Some(number) = &ordinal
            && patrol.count == 1
        {
            patrol.ordinal = Some(number.value);
            patrol.ordinal_span = Some(number.span);
            patrol.counter = self.counter_of(number);
            patrol.other_numbers = self.other_numbers(&segment, number);
            telling.details.push(Evidence { span: number.span, rule: "ordinal" });
        }
        let single = patrol.count == 1;
        let another = context
            .cues
            .within(segment.start..(trigger.tokens.end + 4).min(segment.end))
            .any(|(_, sense)| *sense == Sense::Another);
        let topic = segment.clone().take(2).any(|token| context.cues.any(token, |sense| *sense == Sense::Topic));
        if topic && let EventKind::Patrol(patrol) = &mut telling.kind {
            patrol.apart_from = self.focus;
        }
        let other_run = another || after || preceded || topic || one_of;
        if let EventKind::Patrol(patrol) = &mut telling.kind {
            patrol.another = other_run;
        }
        let more_of_the_same = single && trigger.definite && self.says_only_more(&telling);
        if !other_run && (trigger.same || more_of_the_same) {
            telling.continues = self.focus;
        }
        telling.details.sort();
        if telling.continues.is_none() && self.is_only_a_target(&telling, sentence) {
            return;
        }
        self.push(telling);
        if modality != Modality::Suspended {
            self.focus = Some(self.tellings.len() - 1);
        }
    }

    /// A patrol that is only the target of an attack, without a day, number or route of its own.
    fn is_only_a_target(&self, telling: &EventMention, sentence: &Range<usize>) -> bool {
        let EventKind::Patrol(patrol) = &telling.kind else { return false };
        let attacked = self.context.cues.within(sentence.clone()).any(|(_, sense)| matches!(sense, Sense::Event(_)));
        let legs = &patrol.legs;
        let routed = legs.start.is_some() || legs.end.is_some() || !legs.via.is_empty();
        attacked
            && !routed
            && telling.modality == Modality::Reported
            && patrol.ordinal.is_none()
            && telling.date.is_empty()
    }

    /// Whether a telling of "the patrol" gives nothing that could tell its run from the one in
    /// focus: no day, and no number unless the run in focus has none yet and no route is told.
    fn says_only_more(&self, telling: &EventMention) -> bool {
        let EventKind::Patrol(patrol) = &telling.kind else { return false };
        let numbered = self.focus.is_some_and(|focus| self.is_numbered(focus));
        let dated = self.focus.is_some_and(|focus| self.dated.contains(&self.root(focus)));
        (telling.date.is_empty() || (!dated && patrol.ordinal.is_none()))
            && (patrol.ordinal.is_none() || (!numbered && patrol.legs.is_empty()))
    }

    /// Gives the last telling its number, when it belongs to this sentence and has none.
    fn give_number(&mut self, ordinal: u32, span: Span, sentence: &Range<usize>) -> bool {
        let within = self.context.text.token_span(sentence.clone());
        let Some(last) = self.tellings.last_mut().filter(|last| within.covers(last.evidence)) else { return false };
        let EventKind::Patrol(patrol) = &mut last.kind else { return false };
        if patrol.ordinal.is_some() || patrol.count > 1 || last.continues.is_some() {
            return false;
        }
        patrol.ordinal = Some(ordinal);
        patrol.ordinal_span = Some(span);
        last.details.push(Evidence { span, rule: "ordinal" });
        last.details.sort();
        self.numbered.insert(self.tellings.len() - 1);
        true
    }

    /// Whether a telling of the same run gives its number.
    fn is_numbered(&self, index: usize) -> bool {
        self.numbered.contains(&self.root(index))
    }

    fn push(&mut self, telling: EventMention) {
        let has_number = matches!(&telling.kind, EventKind::Patrol(patrol) if patrol.ordinal.is_some());
        let has_day = !telling.date.is_empty();
        let root = telling.continues.map_or(self.tellings.len(), |earlier| self.root(earlier));
        self.tellings.push(telling);
        self.roots.push(root);
        if has_number {
            self.numbered.insert(root);
        }
        if has_day {
            self.dated.insert(root);
        }
    }

    /// The first telling of the chain that a telling goes on with.
    fn root(&self, index: usize) -> usize {
        self.roots.get(index).copied().unwrap_or(index)
    }

    /// A sentence without a word for patrol that goes on about the run before.
    fn read_continuation(&mut self, sentence: Range<usize>) {
        let context = self.context;
        let Some(_) = self.focus else { return };
        if context.cues.within(sentence.clone()).any(|(_, sense)| matches!(sense, Sense::Convoy | Sense::Exercise)) {
            // Another vehicle column is the subject from here on.
            let moves = context.cues.within(sentence.clone()).any(|(_, sense)| matches!(sense, Sense::Route(_)));
            if moves {
                self.focus = None;
            }
            return;
        }
        let moves = context.cues.within(sentence.clone()).any(|(_, sense)| {
            matches!(sense, Sense::Route(_) | Sense::RouteAfter(_) | Sense::Motion | Sense::ListCue | Sense::Run)
        });
        let qualifies = context
            .cues
            .within(sentence.clone())
            .any(|(_, sense)| matches!(sense, Sense::Abbreviated | Sense::Full | Sense::Reverse | Sense::Returned));
        // Posts stand along roads too.
        let posts = context.cues.within(sentence.clone()).any(|(_, sense)| matches!(sense, Sense::Post(_)));
        if moves || (qualifies && !posts) {
            self.read_details(sentence.clone(), &sentence, false);
        }
    }

    /// Adds what a stretch says to the run in focus.
    fn read_details(&mut self, segment: Range<usize>, sentence: &Range<usize>, same_sentence: bool) {
        let Some(focus) = self.focus else { return };
        let joint = self.tellings[self.root(focus)].actors.len() != 1;
        let mut telling = self.telling(&segment, sentence, false, joint);
        let EventKind::Patrol(patrol) = &telling.kind else { return };
        let (legs, flags) = (&patrol.legs, patrol.reverse || patrol.abbreviated || patrol.full || patrol.returned);
        let routed = legs.start.is_some() || legs.end.is_some() || !legs.via.is_empty() || legs.back_to.is_some();
        let focus_date = &self.tellings[focus].date;
        if !telling.date.agrees_with(focus_date) {
            // It tells another day: a sentence about something else.
            if same_sentence || !routed {
                return;
            }
            telling.date = EventDate::default();
        }
        if !routed && !flags && telling.date.is_empty() {
            return;
        }
        telling.modality = self.tellings[focus].modality;
        telling.continues = Some(focus);
        self.push(telling);
    }

    /// What a segment says about a run, apart from its number and modality.
    fn telling(
        &self,
        segment: &Range<usize>,
        sentence: &Range<usize>,
        aggregate: bool,
        focus_joint: bool,
    ) -> EventMention {
        let context = self.context;
        let actors: BTreeSet<String> = context
            .parties(segment.clone())
            .into_iter()
            .filter(|party| !matches!(party.as_str(), "Syria" | "SDF" | "Iran"))
            .collect();
        // A joint patrol has two parties, named here or elsewhere.
        let alone = context.cues.within(segment.clone()).any(|(_, sense)| *sense == Sense::Alone);
        let actors = if alone { first_party(context, segment).into_iter().collect() } else { actors };
        let names_one = actors.len() == 1 && !alone;
        let said_joint = has_joint(context, segment);
        let actors = if names_one && said_joint { BTreeSet::new() } else { actors };
        let joint = actors.len() != 1 || focus_joint;
        let reading = context.route(segment.clone(), joint);
        let has = |wanted: &Sense| context.cues.within(segment.clone()).any(|(_, sense)| sense == wanted);
        let mut details = reading.details;
        for (cue, sense) in context.cues.within(segment.clone()) {
            let rule = match sense {
                Sense::Reverse => "reverse",
                Sense::Abbreviated => "abbreviated",
                Sense::Full => "full",
                Sense::Returned => "returned",
                _ => continue,
            };
            details.push(Evidence { span: cue.span, rule });
        }
        let mut date = self.date_of(segment, sentence, aggregate);
        if !aggregate {
            context.tell_time(&mut date, segment.clone());
        }
        details.extend(date.time_span.map(|span| Evidence { span, rule: "time" }));
        if let Some(span) = date.span {
            details.push(Evidence { span, rule: "date" });
        }
        let full = has(&Sense::Full);
        let patrol = Patrol {
            count: 1,
            undirected: reading.undirected,
            reverse: has(&Sense::Reverse),
            abbreviated: (has(&Sense::Abbreviated) || has(&Sense::NotReached)) && !full,
            full,
            returned: reading.returned,
            planned_route: reading
                .planned_end
                .map_or_else(Vec::new, |end| reading.legs.start.into_iter().chain([end]).collect()),
            area: reading.area,
            legs: reading.legs,
            stated_length_m: self.stated_length(segment),
            ..Patrol::default()
        };
        let road = context.road_in(segment.clone());
        if let Some(road) = road {
            details.push(Evidence { span: road.span, rule: "road" });
        }
        details.sort();
        EventMention {
            kind: EventKind::Patrol(patrol),
            actors,
            date,
            modality: Modality::Reported,
            road: road.map(|road| road.reference.clone()),
            evidence: context.trimmed_span(segment.clone()),
            details,
            attributions: Vec::new(),
            contradictions: Vec::new(),
            continues: None,
        }
    }

    /// The day that a segment gives its run; for several runs told together also the day
    /// before which they all were.
    fn date_of(&self, segment: &Range<usize>, sentence: &Range<usize>, aggregate: bool) -> EventDate {
        let context = self.context;
        let own = |date: &&DateExpression| !date.of_other && !date.resolved.is_empty();
        // The day of a statement is the run's own only where no other is told.
        let found = context
            .dates_in(segment.clone())
            .filter(own)
            .find(|date| !date.of_statement)
            .or_else(|| context.dates_in(segment.clone()).find(own));
        if aggregate {
            let before = context.cues.within(segment.start..sentence.end).any(|(_, sense)| *sense == Sense::Before);
            let bound = context.dates_in(sentence.clone()).find(own);
            if before && let Some(bound) = bound {
                let day = bound.resolved.date.or(bound.resolved.date_end);
                return EventDate {
                    date: None,
                    date_end: day,
                    precision: DatePrecision::Before,
                    partial: if day.is_none() { bound.resolved.partial } else { None },
                    span: bound.resolved.span,
                    ..EventDate::default()
                };
            }
        }
        found.map(|date| date.resolved.clone()).unwrap_or_default()
    }

    fn stated_length(&self, segment: &Range<usize>) -> Option<f64> {
        let context = self.context;
        context.numbers_in(segment.clone()).find_map(|number| {
            let metres = context.cues.starting_at(number.tokens.end).find_map(|(_, sense)| match sense {
                Sense::Unit(metres) => Some(*metres),
                _ => None,
            })?;
            // A distance from a place is no length.
            let located = context.relation_over(number.span).is_some_and(|relation| relation.distance_m.is_some());
            (!located).then_some(f64::from(number.value) * metres)
        })
    }

    fn modality(&self, trigger: &Trigger, segment: &Range<usize>) -> Modality {
        let context = self.context;
        let before = trigger.tokens.start.saturating_sub(MODALITY_REACH).max(segment.start);
        let reach = if context.cues.pack().is_head_final() {
            // The verb stands last in its clause.
            (trigger.tokens.end..segment.end).find(|token| self.is_break(*token)).unwrap_or(segment.end)
        } else {
            trigger.tokens.end + MODALITY_REACH
        };
        let after = reach.min(segment.end);
        // "No patrol took place on Wednesday"
        let phrase = self.noun_phrase_start(trigger.tokens.start);
        let none = phrase.checked_sub(1).filter(|word| {
            *word >= segment.start
                && trigger.number == Some(GrammaticalNumber::Singular)
                && context.cues.any(*word, |sense| *sense == Sense::Negation)
                && context.cues.any(*word, |sense| *sense == Sense::NumberMarker)
        });
        if none.is_some() {
            return Modality::Cancelled;
        }
        let mut modality = Modality::Reported;
        for (cue, sense) in context.cues.within(before..after) {
            let precedes = cue.tokens.start < trigger.tokens.start;
            modality = match sense {
                // "Joint patrols were suspended"
                Sense::Cancellation => Modality::Cancelled,
                Sense::Suspension if precedes || cue.tokens.len() > 1 => Modality::Suspended,
                Sense::Plan
                    if precedes || cue.tokens.start < trigger.tokens.end + 3 || context.cues.pack().is_head_final() =>
                {
                    // "A patrol planned for Monday was called off"
                    modality = Modality::Planned;
                    continue;
                }
                _ if modality == Modality::Planned => continue,
                // "devriye iddialarını yalanladı": the verb may stand last.
                Sense::Denial if precedes || !self.strong_break(trigger.tokens.end, cue.tokens.start) => {
                    Modality::Denied
                }
                _ => continue,
            };
            break;
        }
        modality
    }
}

/// The party that a segment names first.
fn first_party(context: &Context<'_>, segment: &Range<usize>) -> Option<String> {
    context.cues.within(segment.clone()).find_map(|(_, sense)| match sense {
        Sense::Party(party) => Some(party.clone()),
        _ => None,
    })
}

/// Whether the article names any party, or the sides by a word like "both".
fn names_a_party(context: &Context<'_>) -> bool {
    context.cues.iter().any(|(cue, sense)| match sense {
        // A country may be a mere place, or stand in a list of exchange rates.
        Sense::Party(_) => context.recognition.mention_at(cue.tokens.start).is_none(),
        Sense::BothParties | Sense::Joint => true,
        _ => false,
    })
}

/// Whether a segment calls its patrol joint.
fn has_joint(context: &Context<'_>, segment: &Range<usize>) -> bool {
    context.cues.within(segment.clone()).any(|(_, sense)| *sense == Sense::Joint)
}
