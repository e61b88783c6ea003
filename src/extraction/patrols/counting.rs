//! Whose count a run's number is, and what others who count give it.
//!
//! Outlets and ministries number one patrol differently, so a number is told together with who
//! counts where the text says so: "الدورية رقم 13 بحسب وزارة الدفاع الروسية", "the ministry counts
//! it as the 24th". A source that only tells of the run counts nothing.

use std::ops::Range;

use super::Reader;
use crate::extraction::numbers::{NumberExpression, NumberKind};
use crate::lexicon::sense::Sense;
use crate::model::event::{EventKind, Evidence, OtherNumber};

/// How far behind a number who counts may stand, in tokens.
const COUNTER_REACH: usize = 3;
/// How far from a word for counting the number and who counts may stand, in tokens.
const COUNTING_REACH: usize = 7;

impl Reader<'_> {
    /// Who counts a number, when the words right behind it say so.
    pub(super) fn counter_of(&self, number: &NumberExpression) -> Option<String> {
        let context = self.context;
        let end = number.tokens.end;
        let all = &context.attributions;
        let first = all.partition_point(|found| found.tokens.start < end);
        let found = all.get(first).filter(|found| found.according && found.tokens.start - end <= COUNTER_REACH)?;
        let plain = (end..found.tokens.start).all(|token| {
            let mark = context.text.token(token).is_some_and(|mark| mark.is_mark(')') || mark.is_mark('"'));
            mark || self.is_adjective(token)
        });
        plain.then(|| found.attribution.name.clone())
    }

    /// The numbers that a segment gives its run by other counters than that of its own number.
    pub(super) fn other_numbers(&self, segment: &Range<usize>, own: &NumberExpression) -> Vec<OtherNumber> {
        let others = self.context.numbers_in(segment.clone()).filter(|number| {
            number.tokens.start > own.tokens.start && number.value != own.value && !self.belongs_elsewhere(number)
        });
        others
            .filter_map(|number| {
                let counter = self.counter_of(number)?;
                Some(OtherNumber { number: number.value, counter: Some(counter), span: number.span })
            })
            .collect()
    }

    /// "The ministry counts it as the 24th": a sentence that only tells whose count gives the run
    /// in focus which number. Returns whether it was one.
    pub(super) fn read_counting(&mut self, sentence: &Range<usize>) -> bool {
        let context = self.context;
        let Some(focus) = self.focus else { return false };
        let Some((cue, _)) = context.cues.within(sentence.clone()).find(|(_, sense)| **sense == Sense::Counts) else {
            return false;
        };
        let tells_more = context
            .cues
            .within(sentence.clone())
            .any(|(_, sense)| matches!(sense, Sense::Run | Sense::Route(_) | Sense::Motion | Sense::Weekday(_)));
        if tells_more {
            return false;
        }
        let near = cue.tokens.start.saturating_sub(COUNTING_REACH).max(sentence.start)
            ..sentence.end.min(cue.tokens.end + COUNTING_REACH);
        let counter = context.cues.within(near.clone()).find_map(|(_, sense)| match sense {
            Sense::Source(name) => Some(name.clone()),
            _ => None,
        });
        let number = context.numbers_in(near).find(|number| number.kind == NumberKind::Ordinal).cloned();
        let (Some(counter), Some(number)) = (counter, number) else { return false };
        let root = self.root(focus);
        let telling = &mut self.tellings[root];
        let EventKind::Patrol(patrol) = &mut telling.kind else { return false };
        match patrol.ordinal {
            None => {
                patrol.ordinal = Some(number.value);
                patrol.ordinal_span = Some(number.span);
                patrol.counter = Some(counter);
                self.numbered.insert(root);
            }
            Some(known) if known == number.value => patrol.counter = patrol.counter.take().or(Some(counter)),
            Some(_) => {
                let other = OtherNumber { number: number.value, counter: Some(counter), span: number.span };
                patrol.other_numbers.push(other);
            }
        }
        let telling = &mut self.tellings[root];
        telling.details.push(Evidence { span: number.span, rule: "counter" });
        telling.details.sort();
        true
    }
}
