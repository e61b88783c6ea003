//! The words that stand for a patrol, and where the words about each begin.

use std::ops::Range;

use super::{ORDINAL_REACH, Reader, Trigger};
use crate::extraction::numbers::{NumberExpression, NumberKind};
use crate::lexicon::sense::{GrammaticalNumber, LanguageTrait, Sense};

impl Reader<'_> {
    /// The words of a sentence that stand for a patrol.
    pub(super) fn triggers(&self, sentence: &Range<usize>) -> Vec<Trigger> {
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
                        || self.has_article(cue.tokens.start)
                        || self.is_bare(cue.tokens.start),
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
            // "وكانت سابقتها الخامسة عشرة": another one, by its number.
            let another = number.definite && after_sense(&|sense| *sense == Sense::Another);
            let stands_alone = (ordinal && (copula || topic || another)) || (topic && number.definite) || number.marked;
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
    pub(super) fn is_periodic(&self, trigger: &Trigger) -> bool {
        let Some(before) = trigger.tokens.start.checked_sub(1) else { return false };
        let word = self.context.text.word(before);
        !trigger.definite
            && !word.starts_with("ال")
            && (word.ends_with("ات") || word.ends_with('ه'))
            && self.context.cues.covering(before).next().is_none()
            && self.context.recognition.mention_at(before).is_none()
            && !self.context.text.token(trigger.tokens.start).is_some_and(|token| token.after_line_break)
    }

    pub(super) fn focus_or(&self, triggers: &[Trigger]) -> bool {
        self.focus.is_some() || !triggers.is_empty()
    }

    /// "ورقمها": the suffix refers to the run before. A bare "رقم 122" names another one.
    pub(super) fn refers_back(&self, number: &NumberExpression) -> bool {
        let word = self.context.text.word(number.tokens.start);
        word.ends_with("ها") || word.ends_with("هما") || word == "its"
    }

    /// "وهي الدورية", "هذه الدورية", "ورقم هذه الدورية".
    pub(super) fn says_same(&self, start: usize) -> bool {
        let start = self.noun_phrase_start(start);
        (start.saturating_sub(2)..start)
            .any(|token| self.context.cues.any(token, |sense| matches!(sense, Sense::Copula | Sense::Demonstrative)))
    }

    /// Where the article, number and adjectives before a noun begin ("the first joint patrol").
    pub(super) fn noun_phrase_start(&self, noun: usize) -> usize {
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

    pub(super) fn has_article(&self, noun: usize) -> bool {
        self.is_article(self.noun_phrase_start(noun))
    }

    /// "патруль не дошёл", "Devriyeye İHA'lar eşlik etti": where there are no articles, a noun that
    /// nothing qualifies is the one named before.
    fn is_bare(&self, noun: usize) -> bool {
        let qualified = |before: usize| {
            self.is_adjective(before)
                || self.context.cues.any(before, |sense| {
                    matches!(
                        sense,
                        Sense::Ordinal(_) | Sense::Cardinal(_) | Sense::NumberMarker | Sense::Establish | Sense::OneOf
                    )
                })
                || self.context.text.token(before).is_some_and(|token| token.is_number())
        };
        self.context.cues.pack().has_trait(LanguageTrait::NoArticles)
            && !self.context.text.token(noun).is_some_and(|token| token.after_line_break)
            && !noun.checked_sub(1).is_some_and(qualified)
            && !self.has_subject(noun)
    }

    /// Whether the clause names a party before the noun: who patrolled is told of a run that is new.
    fn has_subject(&self, noun: usize) -> bool {
        let sentence = self.context.text.sentences().get(self.context.text.sentence_of(noun));
        let opens = sentence.map_or(noun, |sentence| sentence.tokens.start);
        (opens..noun)
            .rev()
            .take_while(|token| !self.is_break(*token))
            .any(|token| self.context.cues.any(token, |sense| matches!(sense, Sense::Party(_))))
    }

    pub(super) fn is_article(&self, token: usize) -> bool {
        self.context.cues.any(token, |sense| *sense == Sense::Article)
    }

    /// Whether a comma, semicolon or clause break stands between two tokens.
    pub(super) fn strong_break(&self, from: usize, to: usize) -> bool {
        (from..to).any(|token| self.is_break(token))
    }

    pub(super) fn is_break(&self, token: usize) -> bool {
        self.context.text.token(token).is_some_and(|t| t.is_mark(',') || t.is_mark(';') || t.is_mark(':'))
            || self.context.cues.any(token, |sense| matches!(sense, Sense::ClauseBreak | Sense::Topic))
    }

    /// Where the words about the second of two triggers begin: after the last break between
    /// them, else at the trigger itself.
    pub(super) fn boundary(&self, from: usize, to: usize) -> usize {
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
}
