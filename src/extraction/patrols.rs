//! Patrols: every telling of a run, with its number, day, route and kind.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Context;
use super::dates::DateExpression;
use super::numbers::{NumberExpression, NumberKind};
use crate::lexicon::sense::{GrammaticalNumber, Sense};
use crate::model::date::{DatePrecision, EventDate};
use crate::model::event::{EventKind, EventMention, Evidence, Modality, Patrol};
use crate::model::mention::{MentionIndex, MentionKind};
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

/// A number that could be the run's own.
struct OrdinalCandidate<'a> {
    number: &'a NumberExpression,
    rank: u8,
}

/// Reads every patrol telling, in text order.
pub(super) fn patrols(context: &Context<'_>) -> Vec<EventMention> {
    let mut reader =
        Reader { context, tellings: Vec::new(), focus: None, numbered: BTreeSet::new(), dated: BTreeSet::new() };
    for sentence in context.text.sentences() {
        if !context.recognition.is_noise(sentence.tokens.start) {
            reader.read_sentence(sentence.tokens.clone());
        }
    }
    reader.inherit_parties();
    reader.inherit_road();
    // A patrol of nobody is that of a police or a coast guard.
    if reader.tellings.iter().all(|telling| telling.actors.is_empty()) && !names_a_party(context) {
        reader.tellings.clear();
    }
    reader.tellings
}

struct Reader<'a> {
    context: &'a Context<'a>,
    tellings: Vec<EventMention>,
    /// The telling that a sentence without a trigger goes on about.
    focus: Option<usize>,
    /// First tellings of the runs that have a number.
    numbered: BTreeSet<usize>,
    /// First tellings of the runs that have a day.
    dated: BTreeSet<usize>,
}

impl Reader<'_> {
    fn read_sentence(&mut self, sentence: Range<usize>) {
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

    /// The words of a sentence that stand for a patrol.
    fn triggers(&self, sentence: &Range<usize>) -> Vec<Trigger> {
        let context = self.context;
        let mut triggers: Vec<Trigger> = Vec::new();
        for (cue, sense) in context.cues.within(sentence.clone()) {
            let trigger = match sense {
                Sense::Patrol(number) => Trigger {
                    tokens: cue.tokens.clone(),
                    span: cue.span,
                    number: Some(*number),
                    definite: cue.definite
                        || context.text.word(cue.tokens.start).contains("ال")
                        || self.has_article(cue.tokens.start),
                    same: self.says_same(cue.tokens.start) || self.is_named_anew(&cue.tokens),
                },
                Sense::PatrolAgain if self.focus_or(&triggers) => Trigger {
                    tokens: cue.tokens.clone(),
                    span: cue.span,
                    number: Some(GrammaticalNumber::Singular),
                    definite: false,
                    same: false,
                },
                _ => continue,
            };
            if self.is_periodic(&trigger) {
                continue;
            }
            let Some(last) = triggers.last() else {
                triggers.push(trigger);
                continue;
            };
            // "وكانت الدورية الثالثة آخر دورية بلغت القرية": the second is said of the first.
            let predicate = last.definite
                && !trigger.definite
                && trigger.number == Some(GrammaticalNumber::Singular)
                && trigger.tokens.start - last.tokens.end <= 4
                && !(last.tokens.end..trigger.tokens.start).any(|token| {
                    self.is_break(token)
                        || context.cues.any(token, |sense| {
                            matches!(sense, Sense::Run | Sense::Route(_) | Sense::Motion | Sense::After | Sense::Before)
                        })
                });
            triggers.push(Trigger { same: trigger.same || predicate, ..trigger });
        }
        // "أما الثالثة فكانت", "وهي الثانية هذا الشهر", "وكانت رقم 122", "ورقمها 69".
        for number in context.numbers_in(sentence.clone()) {
            let start = number.tokens.start;
            let beside = triggers.iter().any(|trigger| {
                trigger.tokens.start.abs_diff(number.tokens.end) <= 1
                    || (number.tokens.end < trigger.tokens.start
                        && (number.tokens.end..trigger.tokens.start).all(|token| self.is_adjective(token)))
                    || (trigger.tokens.end <= start
                        && start - trigger.tokens.end <= ORDINAL_REACH
                        && !self.strong_break(trigger.tokens.end, start))
            });
            let article = start.checked_sub(1).filter(|before| self.is_article(*before)).unwrap_or(start);
            let before = article.checked_sub(1).filter(|_| article > sentence.start);
            let after_sense = |test: &dyn Fn(&Sense) -> bool| {
                before.is_some_and(|before| context.cues.any(before, |sense| test(sense)))
            };
            let copula = after_sense(&|sense| *sense == Sense::Copula);
            let topic = after_sense(&|sense| *sense == Sense::Topic);
            let ordinal = number.kind == NumberKind::Ordinal;
            let stands_alone = (ordinal && (copula || topic)) || (topic && number.definite) || number.marked;
            if beside || context.date_at(start) || !stands_alone || !self.focus_or(&triggers) {
                continue;
            }
            // A run that has a number gets no second one: "وهي الثانية منذ مطلع الشهر".
            if copula && triggers.is_empty() && self.focus.is_some_and(|focus| self.is_numbered(focus)) {
                continue;
            }
            let demonstrative = number.marked && !topic && self.refers_back(number);
            triggers.push(Trigger {
                tokens: number.tokens.clone(),
                span: number.span,
                number: None,
                definite: true,
                same: copula || demonstrative,
            });
        }
        triggers.sort_by_key(|trigger| trigger.tokens.start);
        triggers
    }

    /// "حملات دورية": after an indefinite noun in the feminine the word means periodic.
    fn is_periodic(&self, trigger: &Trigger) -> bool {
        let Some(before) = trigger.tokens.start.checked_sub(1) else { return false };
        let word = self.context.text.word(before);
        !trigger.definite
            && !word.starts_with("ال")
            && (word.ends_with("ات") || word.ends_with('ه'))
            && self.context.cues.covering(before).next().is_none()
            && self.context.recognition.mention_at(before).is_none()
            && !self.context.text.token(trigger.tokens.start).is_some_and(|token| token.after_line_break)
    }

    fn focus_or(&self, triggers: &[Trigger]) -> bool {
        self.focus.is_some() || !triggers.is_empty()
    }

    /// "ورقمها": the suffix refers to the run before. A bare "رقم 122" names another one.
    fn refers_back(&self, number: &NumberExpression) -> bool {
        let word = self.context.text.word(number.tokens.start);
        word.ends_with("ها") || word.ends_with("هما") || word == "its"
    }

    /// "وهي الدورية", "هذه الدورية", "ورقم هذه الدورية".
    fn says_same(&self, start: usize) -> bool {
        let start = self.noun_phrase_start(start);
        (start.saturating_sub(2)..start)
            .any(|token| self.context.cues.any(token, |sense| matches!(sense, Sense::Copula | Sense::Demonstrative)))
    }

    /// Where the article, number and adjectives before a noun begin ("the first joint patrol").
    fn noun_phrase_start(&self, noun: usize) -> usize {
        let mut start = noun;
        while let Some(before) = start.checked_sub(1) {
            if self.is_article(before) {
                return before;
            }
            let modifies = self.is_adjective(before)
                || self.context.text.token(before).is_some_and(|token| token.is_number())
                || self.context.cues.any(before, |sense| matches!(sense, Sense::Ordinal(_) | Sense::NumberMarker));
            if !modifies || self.context.text.token(start).is_some_and(|token| token.after_line_break) {
                break;
            }
            start = before;
        }
        noun
    }

    fn has_article(&self, noun: usize) -> bool {
        self.is_article(self.noun_phrase_start(noun))
    }

    fn is_article(&self, token: usize) -> bool {
        self.context.cues.any(token, |sense| *sense == Sense::Article)
    }

    /// Whether a comma, semicolon or clause break stands between two tokens.
    fn strong_break(&self, from: usize, to: usize) -> bool {
        (from..to).any(|token| self.is_break(token))
    }

    fn is_break(&self, token: usize) -> bool {
        self.context.text.token(token).is_some_and(|t| t.is_mark(',') || t.is_mark(';') || t.is_mark(':'))
            || self.context.cues.any(token, |sense| matches!(sense, Sense::ClauseBreak | Sense::Topic))
    }

    /// Where the words about the second of two triggers begin: after the last break between
    /// them, else at the trigger itself.
    fn boundary(&self, from: usize, to: usize) -> usize {
        let last = (from..to).rev().find(|token| self.is_break(*token));
        match last {
            Some(token) if self.context.text.token(token).is_some_and(|t| !t.is_word()) => token + 1,
            Some(token) => token,
            None => {
                // "... بعد دورية السادس منه": the word before decides.
                let after = to.checked_sub(1).filter(|before| {
                    *before >= from
                        && self.context.cues.any(*before, |sense| matches!(sense, Sense::After | Sense::Before))
                });
                after.unwrap_or(to)
            }
        }
    }

    fn read_segment(&mut self, trigger: &Trigger, segment: Range<usize>, sentence: &Range<usize>) {
        let context = self.context;
        let modality = self.modality(trigger, &segment);
        // "آخر تلك الدوريات" is one of them.
        let one_of = (trigger.tokens.start.saturating_sub(2).max(segment.start)..trigger.tokens.start)
            .any(|token| context.cues.any(token, |sense| *sense == Sense::OneOf));
        let generic = trigger.number == Some(GrammaticalNumber::Plural) && !one_of;
        let (ordinal, count) = self.number_of(trigger, &segment);
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
        let EventKind::Patrol(patrol) = &mut telling.kind else { return };
        patrol.count = count.unwrap_or(1);
        if let Some(number) = ordinal
            && patrol.count == 1
        {
            patrol.ordinal = Some(number.value);
            patrol.ordinal_span = Some(number.span);
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

    /// Whether a telling of the same run gives its number.
    fn is_numbered(&self, index: usize) -> bool {
        self.numbered.contains(&self.root(index))
    }

    fn push(&mut self, telling: EventMention) {
        let has_number = matches!(&telling.kind, EventKind::Patrol(patrol) if patrol.ordinal.is_some());
        let has_day = !telling.date.is_empty();
        self.tellings.push(telling);
        let root = self.root(self.tellings.len() - 1);
        if has_number {
            self.numbered.insert(root);
        }
        if has_day {
            self.dated.insert(root);
        }
    }

    /// The first telling of the chain that a telling goes on with.
    fn root(&self, mut index: usize) -> usize {
        while let Some(earlier) = self.tellings[index].continues {
            index = earlier;
        }
        index
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
        let moves = context
            .cues
            .within(sentence.clone())
            .any(|(_, sense)| matches!(sense, Sense::Route(_) | Sense::Motion | Sense::ListCue | Sense::Run));
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
        let date = self.date_of(segment, sentence, aggregate);
        if let Some(span) = date.span {
            details.push(Evidence { span, rule: "date" });
        }
        let full = has(&Sense::Full);
        let patrol = Patrol {
            count: 1,
            undirected: reading.undirected,
            reverse: has(&Sense::Reverse),
            abbreviated: has(&Sense::Abbreviated) && !full,
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
            continues: None,
        }
    }

    /// The day that a segment gives its run; for several runs told together also the day
    /// before which they all were.
    fn date_of(&self, segment: &Range<usize>, sentence: &Range<usize>, aggregate: bool) -> EventDate {
        let context = self.context;
        let own = |date: &&DateExpression| !date.of_other && !date.resolved.is_empty();
        let found = context.dates_in(segment.clone()).find(own);
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
                    weekday: None,
                    time: None,
                    span: bound.resolved.span,
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
        let after = (trigger.tokens.end + MODALITY_REACH).min(segment.end);
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
                Sense::Plan if precedes || cue.tokens.start < trigger.tokens.end + 3 => {
                    // "A patrol planned for Monday was called off"
                    modality = Modality::Planned;
                    continue;
                }
                _ if modality == Modality::Planned => continue,
                Sense::Denial if precedes => Modality::Denied,
                _ => continue,
            };
            break;
        }
        modality
    }

    /// The run's own number and the count of runs told together.
    fn number_of(&self, trigger: &Trigger, segment: &Range<usize>) -> (Option<&NumberExpression>, Option<u32>) {
        let context = self.context;
        let mut candidates: Vec<OrdinalCandidate<'_>> = Vec::new();
        let mut count = None;
        let mut primary_seen_at = None;
        for number in context.numbers_in(segment.clone()) {
            let (start, end) = (number.tokens.start, number.tokens.end);
            if self.belongs_elsewhere(number) {
                continue;
            }
            if trigger.number.is_none() && start == trigger.tokens.start {
                if number.kind == NumberKind::Cardinal {
                    count = Some(number.value);
                } else if !self.is_secondary(end, segment.end, false) {
                    candidates.push(OrdinalCandidate { number, rank: 2 });
                    primary_seen_at.get_or_insert(start);
                }
                continue;
            }
            if end <= trigger.tokens.start && (end..trigger.tokens.start).all(|token| self.is_adjective(token)) {
                // Before the noun: "رابع دورية" ranks, "سبع دوريات" and "24 دورية" count.
                match number.kind {
                    NumberKind::Ordinal if number.marked => candidates.push(OrdinalCandidate { number, rank: 3 }),
                    NumberKind::Ordinal
                        if self.is_secondary(trigger.tokens.end, segment.end, false)
                            || self.is_secondary(end, trigger.tokens.start, false) => {}
                    NumberKind::Ordinal => candidates.push(OrdinalCandidate { number, rank: 2 }),
                    _ if number.value > 1 => count = Some(number.value),
                    _ => {}
                }
                continue;
            }
            let behind = start >= trigger.tokens.end && start - trigger.tokens.end <= ORDINAL_REACH;
            if !behind && !number.marked {
                continue;
            }
            // "والخامسة عشر غير المختصرة، والثانية بين A وB" after the run's own number.
            if number.conjoined && primary_seen_at.is_some() {
                continue;
            }
            let attached = trigger.number.is_some()
                && behind
                && number.definite
                && trigger.definite
                && !self.strong_break(trigger.tokens.end, start);
            let rank = match number.kind {
                NumberKind::Ordinal if number.marked => 4,
                NumberKind::Ordinal if self.is_secondary(end, segment.end, attached) => continue,
                // "the patrol, the 22nd so far,"
                NumberKind::Ordinal if attached || self.is_apposition(trigger.tokens.end, start) => 3,
                NumberKind::Ordinal if behind && start == trigger.tokens.end && !self.month_count(end) => 1,
                NumberKind::Digits if self.is_secondary(end, segment.end, attached) => continue,
                NumberKind::Digits
                    if start == trigger.tokens.end
                        || (start == trigger.tokens.end + 1 && self.is_adjective(trigger.tokens.end)) =>
                {
                    3
                }
                _ => continue,
            };
            candidates.push(OrdinalCandidate { number, rank });
            primary_seen_at.get_or_insert(start);
        }
        let best = candidates.iter().map(|candidate| candidate.rank).max();
        let number = candidates.iter().find(|candidate| Some(candidate.rank) == best).map(|candidate| candidate.number);
        (number, count)
    }

    /// "The patrol, the 22nd so far, had left ...": the run before gets its number.
    fn is_named_anew(&self, noun: &Range<usize>) -> bool {
        noun.start.checked_sub(1).is_some_and(|before| self.is_article(before))
            && self
                .context
                .numbers_in(noun.end..noun.end + 3)
                .any(|number| number.kind == NumberKind::Ordinal && self.is_apposition(noun.end, number.tokens.start))
    }

    /// Whether only a comma and an article stand between a noun and its number.
    fn is_apposition(&self, from: usize, number: usize) -> bool {
        number == from + 2
            && self.context.text.token(from).is_some_and(|mark| mark.is_mark(',') || mark.is_mark('('))
            && self.is_article(from + 1)
    }

    /// A number of kilometres, a day of a month, a resolution.
    fn belongs_elsewhere(&self, number: &NumberExpression) -> bool {
        let context = self.context;
        let unit = context.cues.starting_at(number.tokens.end).any(|(_, sense)| matches!(sense, Sense::Unit(_)));
        let date = context.date_at(number.tokens.start);
        unit || date || number.value > 5000
    }

    /// Whether what follows an ordinal makes it count something else than the series.
    fn is_secondary(&self, after: usize, end: usize, attached: bool) -> bool {
        let context = self.context;
        for token in after..(after + 4).min(end) {
            if self.is_break(token) {
                return false;
            }
            for (_, sense) in context.cues.starting_at(token) {
                match sense {
                    Sense::SecondaryCount | Sense::Reverse | Sense::Abbreviated | Sense::Full => return true,
                    // "الدورية التاسعة بين A وB" is the ninth of all; "والثانية بين A وB" is not.
                    Sense::Between if attached => return false,
                    Sense::Between => {
                        // "الثانية بين سراقب وعين الحور", but "بين الطرفين" is the series itself.
                        return (token..token + 3).any(|near| {
                            context.recognition.mention_at(near).is_some_and(|mention| !context.is_background(mention))
                        });
                    }
                    Sense::Party(_) | Sense::Joint | Sense::NotPlace | Sense::BothParties => {}
                    _ => return self.month_count(token),
                }
            }
        }
        false
    }

    /// "ثانية في أيلول": the second of a month.
    fn month_count(&self, at: usize) -> bool {
        let context = self.context;
        context.cues.any(at, |sense| *sense == Sense::Within)
            && (context.cues.any(at + 1, |sense| matches!(sense, Sense::Month(_)))
                || context.cues.any(at + 1, |sense| matches!(sense, Sense::TimeUnit(_))))
    }

    /// Words that stand between a number and its noun without changing it.
    fn is_adjective(&self, token: usize) -> bool {
        let road = |mention: MentionIndex| matches!(self.context.mention(mention).kind, MentionKind::Road { .. });
        self.context.cues.any(token, |sense| {
            matches!(
                sense,
                Sense::Party(_) | Sense::Joint | Sense::Another | Sense::Abbreviated | Sense::Full | Sense::Reverse
            )
        }) || self.context.text.token(token).is_some_and(|mark| mark.is_mark('-') && mark.glued)
            || self.context.recognition.mention_at(token).is_some_and(road)
    }

    /// A run whose telling names nobody has the parties of the runs around it.
    fn inherit_parties(&mut self) {
        let joint: BTreeSet<String> = self
            .tellings
            .iter()
            .map(|telling| &telling.actors)
            .find(|actors| actors.len() > 1)
            .cloned()
            .unwrap_or_default();
        let article: BTreeSet<String> = self
            .context
            .parties(0..self.context.text.tokens().len())
            .into_iter()
            .filter(|party| matches!(party.as_str(), "Russia" | "Turkey" | "United States"))
            .collect();
        for index in 0..self.tellings.len() {
            let continued = self.tellings[index].continues.map(|focus| self.tellings[focus].actors.clone());
            let telling = &mut self.tellings[index];
            if telling.actors.is_empty() || continued.as_ref().is_some_and(|actors| actors.len() > 1) {
                telling.actors = match continued {
                    Some(actors) if !actors.is_empty() => actors,
                    _ if !joint.is_empty() => joint.clone(),
                    _ => article.clone(),
                };
            }
        }
    }

    /// An article about one road tells of its patrols on that road.
    fn inherit_road(&mut self) {
        let context = self.context;
        // A road that is named only where posts or attacks are told is not that of the patrols.
        let of_patrols = |token: usize| {
            let sentence = &context.text.sentences()[context.text.sentence_of(token)];
            context.cues.within(sentence.tokens.clone()).any(|(_, sense)| matches!(sense, Sense::Patrol(_)))
        };
        let references: BTreeSet<&str> = context
            .recognition
            .roads
            .iter()
            .filter(|road| of_patrols(road.tokens.start))
            .map(|road| road.reference.as_str())
            .collect();
        let named: BTreeSet<String> = self.tellings.iter().filter_map(|telling| telling.road.clone()).collect();
        let only = match (named.len(), references.len()) {
            (1, _) => named.first().cloned(),
            (0, 1) => references.first().map(|reference| (*reference).to_owned()),
            _ => None,
        };
        for telling in &mut self.tellings {
            if telling.road.is_none() {
                telling.road.clone_from(&only);
            }
        }
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
    context.cues.iter().any(|(_, sense)| matches!(sense, Sense::Party(_) | Sense::BothParties | Sense::Joint))
}

/// Whether a segment calls its patrol joint.
fn has_joint(context: &Context<'_>, segment: &Range<usize>) -> bool {
    context.cues.within(segment.clone()).any(|(_, sense)| *sense == Sense::Joint)
}
