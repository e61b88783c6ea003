//! A run's own number among everything that is counted beside it.

use std::ops::Range;

use super::{ORDINAL_REACH, Reader, Trigger};
use crate::extraction::numbers::{NumberExpression, NumberKind};
use crate::lexicon::sense::{GrammaticalNumber, RouteRole, Sense};
use crate::model::mention::{MentionIndex, MentionKind};

/// A number that could be the run's own.
struct OrdinalCandidate<'a> {
    number: &'a NumberExpression,
    rank: u8,
}

impl Reader<'_> {
    /// The run's own number and the count of runs told together.
    pub(super) fn number_of(
        &self,
        trigger: &Trigger,
        segment: &Range<usize>,
    ) -> (Option<&NumberExpression>, Option<u32>) {
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
            // "الدوريات السبع الأولى"
            if number.kind == NumberKind::Cardinal
                && start == trigger.tokens.end
                && number.definite
                && number.value > 1
                && trigger.number == Some(GrammaticalNumber::Plural)
            {
                count = Some(number.value);
                continue;
            }
            let rank = match number.kind {
                NumberKind::Ordinal if number.marked => 4,
                NumberKind::Ordinal if self.is_secondary(end, segment.end, attached) => continue,
                // "the patrol, the 22nd so far,"
                NumberKind::Ordinal if attached || self.is_apposition(trigger.tokens.end, start) => 3,
                NumberKind::Ordinal if behind && start == trigger.tokens.end && !self.month_count(end) => 1,
                NumberKind::Digits if self.is_secondary(end, segment.end, attached) => continue,
                NumberKind::Digits if behind && (trigger.tokens.end..start).all(|token| self.is_adjective(token)) => 3,
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
    pub(super) fn is_named_anew(&self, noun: &Range<usize>) -> bool {
        noun.start.checked_sub(1).is_some_and(|before| self.is_article(before))
            && self
                .context
                .numbers_in(noun.end..noun.end + 3)
                .any(|number| number.kind == NumberKind::Ordinal && self.is_apposition(noun.end, number.tokens.start))
    }

    /// Whether only a comma and an article stand between a noun and its number.
    pub(super) fn is_apposition(&self, from: usize, number: usize) -> bool {
        number == from + 2
            && self.context.text.token(from).is_some_and(|mark| mark.is_mark(',') || mark.is_mark('('))
            && self.is_article(from + 1)
    }

    /// A number of kilometres, a day of a month, a resolution.
    pub(super) fn belongs_elsewhere(&self, number: &NumberExpression) -> bool {
        let context = self.context;
        let unit = context.cues.starting_at(number.tokens.end).any(|(_, sense)| matches!(sense, Sense::Unit(_)));
        let date = context.date_at(number.tokens.start);
        unit || date || number.value > 5000
    }

    /// Whether what follows an ordinal makes it count something else than the series.
    pub(super) fn is_secondary(&self, after: usize, end: usize, attached: bool) -> bool {
        let context = self.context;
        for token in after..(after + 4).min(end) {
            if self.is_break(token) {
                return false;
            }
            for (_, sense) in context.cues.starting_at(token) {
                match sense {
                    Sense::SecondaryCount | Sense::Reverse | Sense::Abbreviated | Sense::Full => return true,
                    // "أولى دوريات أيلول"
                    Sense::Month(_) if token == after => return true,
                    // "ثالث دورية تقطع الطريق": the third of those that do.
                    Sense::Route(RouteRole::Via) if token == after => return true,
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
    pub(super) fn month_count(&self, at: usize) -> bool {
        let context = self.context;
        context.cues.any(at, |sense| *sense == Sense::Within)
            && (context.cues.any(at + 1, |sense| matches!(sense, Sense::Month(_)))
                || context.cues.any(at + 1, |sense| matches!(sense, Sense::TimeUnit(_))))
    }

    /// Words that stand between a number and its noun without changing it.
    pub(super) fn is_adjective(&self, token: usize) -> bool {
        let road = |mention: MentionIndex| matches!(self.context.mention(mention).kind, MentionKind::Road { .. });
        self.context.cues.any(token, |sense| {
            matches!(
                sense,
                Sense::Party(_) | Sense::Joint | Sense::Another | Sense::Abbreviated | Sense::Full | Sense::Reverse
            )
        }) || self.context.text.token(token).is_some_and(|mark| mark.is_mark('-') && mark.glued)
            || self.context.recognition.mention_at(token).is_some_and(road)
    }
}
