//! How an event stands to what happened: told as a fact, planned, called off or denied.

use std::ops::Range;

use super::Context;
use crate::lexicon::sense::Sense;
use crate::model::event::Modality;
use crate::model::span::Span;

/// How far before its event a word of planning or cancelling may stand, in tokens.
const REACH: usize = 5;

impl Context<'_> {
    /// The modality that the words of a clause give to the event named by `cue`, with the words
    /// that say so; reported where nothing does.
    ///
    /// A denial governs all that follows in its clause ("نفت الوزارة تعرض نقطة لها للقصف"); a plan
    /// or a cancellation only what stands close behind it, or before it where verbs come last.
    pub(super) fn event_modality(&self, cue: &Range<usize>, clause: &Range<usize>) -> (Modality, Option<Span>) {
        let breaks =
            |from: usize, to: usize| (from..to).any(|token| self.cues.any(token, |sense| *sense == Sense::ClauseBreak));
        let denial = self.cues.within(clause.start..cue.start).filter(|(_, sense)| **sense == Sense::Denial).last();
        if let Some((denial, _)) = denial.filter(|(denial, _)| !breaks(denial.tokens.end, cue.start)) {
            return (Modality::Denied, Some(denial.span));
        }
        let head_final = self.cues.pack().is_head_final();
        let near = match head_final {
            true => cue.end..clause.end.min(cue.end + REACH),
            false => clause.start.max(cue.start.saturating_sub(REACH))..cue.start,
        };
        let governs = |range: Range<usize>| {
            self.cues.within(range).find_map(|(found, sense)| match sense {
                Sense::Denial if head_final => Some((Modality::Denied, Some(found.span))),
                Sense::Cancellation => Some((Modality::Cancelled, Some(found.span))),
                Sense::Plan | Sense::Intent => Some((Modality::Planned, Some(found.span))),
                _ => None,
            })
        };
        governs(near).unwrap_or_default()
    }
}
