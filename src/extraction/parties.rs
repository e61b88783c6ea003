//! Who acts: the parties that a stretch of text names.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Context;
use crate::lexicon::sense::Sense;

/// How far behind an aircraft its nation may stand, in tokens.
const ESCORT_REACH: usize = 2;

/// How far behind "and" the nation of a second party may stand, in tokens.
const CONJUNCT_REACH: usize = 4;

impl Context<'_> {
    /// The parties that a range of tokens names, without those that only escort.
    ///
    /// Adjectives ("الروسية") count before countries ("روسيا"), which may be mere places.
    pub(super) fn parties(&self, tokens: Range<usize>) -> BTreeSet<String> {
        let mut adjectives = BTreeSet::new();
        let mut countries = BTreeSet::new();
        for (cue, sense) in self.cues.within(tokens) {
            let Sense::Party(party) = sense else { continue };
            let start = cue.tokens.start;
            let escort = (start.saturating_sub(ESCORT_REACH)..start)
                .any(|token| self.cues.any(token, |sense| *sense == Sense::Escort));
            if escort {
                continue;
            }
            if self.recognition.mention_at(start).is_some() {
                countries.insert(party.clone());
            } else {
                adjectives.insert(party.clone());
            }
        }
        if adjectives.is_empty() { countries } else { adjectives }
    }

    /// The one party that the noun phrase after a verb names ("مضت الآليات الروسية"), if it
    /// names exactly one and joins no other to it.
    pub(super) fn single_subject(&self, verb_end: usize, limit: usize) -> Option<String> {
        let mut subject: Option<&str> = None;
        let end = limit.min(verb_end + 4);
        for token in verb_end..end {
            if self.text.token(token).is_none_or(|token| token.after_line_break || token.is_mark(',')) {
                break;
            }
            if self
                .cues
                .any(token, |sense| matches!(sense, Sense::MotionPreposition(_) | Sense::Route(_) | Sense::Patrol(_)))
            {
                break;
            }
            for (cue, sense) in self.cues.starting_at(token) {
                if let Sense::Party(party) = sense {
                    match subject {
                        Some(known) if known != party => return None,
                        _ => subject = Some(party),
                    }
                    // "الروسية والتركية", "الروسية - التركية", "الجيش التركي والشرطة العسكرية الروسية".
                    let next = cue.tokens.end;
                    let reach = if self.text.word(next).starts_with('و') { CONJUNCT_REACH } else { 2 };
                    let moves = |token: &usize| {
                        self.cues.any(*token, |s| matches!(s, Sense::Route(_) | Sense::Motion | Sense::Run))
                    };
                    let joined = (next..next + reach)
                        .take_while(|token| !moves(token))
                        .flat_map(|token| self.cues.starting_at(token))
                        .any(|(_, sense)| matches!(sense, Sense::Party(other) if Some(other.as_str()) != subject));
                    if joined {
                        return None;
                    }
                }
            }
        }
        subject.map(str::to_owned)
    }
}
