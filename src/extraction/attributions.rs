//! Attribution: who says what an article reports.
//!
//! "قالت وزارة الدفاع", "according to Hawar News", "TSK'dan yapılan açıklamada": a verb of saying
//! or a word like "according to" with a source beside it. Sources are words of the lexicon, which
//! give them an English name, or names that only the wording shows: what stands in quotation marks,
//! in capitals, or behind a word such as "agency".

use std::ops::Range;

use crate::lexicon::cue::CueTable;
use crate::lexicon::sense::Sense;
use crate::model::event::Attribution;
use crate::model::span::Span;
use crate::recognition::Recognition;
use crate::text::NormalizedText;
use crate::text::token::Token;

/// How far from a verb of saying its subject may stand, in tokens.
const SUBJECT_REACH: usize = 5;
/// The longest name of an unknown outlet, in tokens.
const LONGEST_NAME: usize = 5;
/// The longest unknown name in a script without capitals and without quotation marks, in words.
const LONGEST_BARE_NAME: usize = 2;

/// One attribution and where it stands.
#[derive(Clone, PartialEq, Debug)]
pub struct AttributionExpression {
    pub tokens: Range<usize>,
    pub attribution: Attribution,
    /// By a word like "according to", which may also tell who counts.
    pub according: bool,
}

/// Finds every attribution outside the noise, in text order.
pub(super) fn expressions(
    text: &NormalizedText,
    cues: &CueTable<'_>,
    recognition: &Recognition,
) -> Vec<AttributionExpression> {
    let finder = Finder { text, cues, recognition };
    let mut found: Vec<AttributionExpression> = Vec::new();
    for sentence in text.sentences() {
        if recognition.is_noise(sentence.tokens.start) {
            continue;
        }
        for (cue, sense) in cues.within(sentence.tokens.clone()) {
            let told = match sense {
                Sense::AccordingTo => finder.according(&cue.tokens, &sentence.tokens),
                Sense::Says => finder.subject(&cue.tokens, &sentence.tokens),
                // "وأضاف": the one who spoke before.
                Sense::SaysMore => finder
                    .subject(&cue.tokens, &sentence.tokens)
                    .or_else(|| found.last().map(|last| (cue.tokens.clone(), last.attribution.name.clone()))),
                _ => continue,
            };
            let Some((source, name)) = told else { continue };
            let tokens = cue.tokens.start.min(source.start)..cue.tokens.end.max(source.end);
            let span = match source.start < cue.tokens.start {
                true => text.token_span(tokens.clone()),
                false => Span::new(cue.span.start(), text.token_span(tokens.clone()).end()),
            };
            let according = *sense == Sense::AccordingTo;
            let last = found.last().is_some_and(|last| last.tokens.end > tokens.start);
            if !last {
                found.push(AttributionExpression { tokens, attribution: Attribution { name, span }, according });
            }
        }
    }
    found
}

struct Finder<'a> {
    text: &'a NormalizedText,
    cues: &'a CueTable<'a>,
    recognition: &'a Recognition,
}

impl Finder<'_> {
    /// The source that a word like "according to" governs.
    fn according(&self, cue: &Range<usize>, sentence: &Range<usize>) -> Option<(Range<usize>, String)> {
        if self.cues.pack().is_head_final() {
            return self.last_source(cue.start.saturating_sub(SUBJECT_REACH).max(sentence.start)..cue.start);
        }
        let behind = cue.end..sentence.end.min(cue.end + SUBJECT_REACH);
        self.first_source(behind.clone()).or_else(|| self.unknown(behind, true))
    }

    /// The subject of a verb of saying: behind it, or before it.
    fn subject(&self, verb: &Range<usize>, sentence: &Range<usize>) -> Option<(Range<usize>, String)> {
        let behind = verb.end..sentence.end.min(verb.end + SUBJECT_REACH);
        let before = verb.start.saturating_sub(SUBJECT_REACH).max(sentence.start)..verb.start;
        let found = self.first_source(behind.clone()).or_else(|| self.last_source(before));
        found.or_else(|| self.unknown(behind, false))
    }

    fn source_at(&self, token: usize) -> Option<(Range<usize>, String)> {
        self.cues.starting_at(token).find_map(|(cue, sense)| match sense {
            Sense::Source(name) => Some((cue.tokens.clone(), name.clone())),
            _ => None,
        })
    }

    fn first_source(&self, tokens: Range<usize>) -> Option<(Range<usize>, String)> {
        let end = tokens.clone().find(|token| self.is_mark(*token, &[',', ';', ':'])).unwrap_or(tokens.end);
        (tokens.start..end).find_map(|token| self.source_at(token))
    }

    fn last_source(&self, tokens: Range<usize>) -> Option<(Range<usize>, String)> {
        let start = tokens.clone().rev().find(|token| self.is_mark(*token, &[';', ':'])).unwrap_or(tokens.start);
        (start..tokens.end).rev().find_map(|token| self.source_at(token))
    }

    fn is_mark(&self, token: usize, marks: &[char]) -> bool {
        self.text.token(token).is_some_and(|found| marks.iter().any(|mark| found.is_mark(*mark)))
    }

    /// A name that the lexicon lacks: in quotation marks, behind a word such as "agency", or in
    /// capitals; without any of these only where it must be one (`governed`).
    fn unknown(&self, tokens: Range<usize>, governed: bool) -> Option<(Range<usize>, String)> {
        let first = tokens.start;
        let outlet =
            self.cues.starting_at(first).find(|(_, sense)| **sense == Sense::Outlet).map(|(cue, _)| cue.tokens.end);
        let at = outlet.unwrap_or(first);
        if self.is_mark(at, &['"']) {
            let end = (at + 1..at + 2 + LONGEST_NAME).find(|token| self.is_mark(*token, &['"']))?;
            return self.named(at + 1..end);
        }
        if !(governed || outlet.is_some()) {
            return None;
        }
        let word =
            |token: usize| self.text.token(token).filter(|t| t.is_word() && (token == at || !t.after_line_break));
        let capital =
            |token: &Token| token.span.slice(self.text.original()).chars().next().is_some_and(char::is_uppercase);
        let cased = word(at).is_some_and(|token| {
            token.span.slice(self.text.original()).chars().any(|c| c.is_lowercase() || c.is_uppercase())
        });
        let stops = |token: usize| {
            token > at && self.cues.covering(token).next().is_some() || self.recognition.mention_at(token).is_some()
        };
        let part = |token: usize| match cased {
            true => word(token).is_some_and(capital),
            false => word(token).is_some() && !stops(token) && self.cues.covering(token).next().is_none(),
        };
        let longest = if cased { LONGEST_NAME } else { LONGEST_BARE_NAME };
        let end = (at..at + longest).find(|token| !part(*token)).unwrap_or(at + longest);
        (end > at).then(|| self.named(at..end)).flatten()
    }

    fn named(&self, tokens: Range<usize>) -> Option<(Range<usize>, String)> {
        let name = self.text.token_span(tokens.clone()).slice(self.text.original()).trim();
        (!name.is_empty()).then(|| (tokens, name.to_owned()))
    }
}

/// The attributions of a stretch: those inside it, else the last before it or the first behind it
/// in its sentence.
pub(super) fn of_stretch<'a>(
    all: &'a [AttributionExpression],
    stretch: &Range<usize>,
    sentence: &Range<usize>,
) -> Vec<&'a AttributionExpression> {
    let within = |range: &Range<usize>| {
        let first = all.partition_point(|found| found.tokens.start < range.start);
        let end = all.partition_point(|found| found.tokens.start < range.end);
        &all[first..end.max(first)]
    };
    let own = within(stretch);
    if !own.is_empty() {
        return own.iter().collect();
    }
    let before = within(&(sentence.start..stretch.start)).last();
    let behind = within(&(stretch.end..sentence.end.max(stretch.end))).first();
    before.or(behind).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::fixture::Fixture;

    fn check(tag: &'static str, text: &str, expected: &[&str]) {
        let fixture = Fixture::new(tag, text);
        let cues = fixture.cues();
        let found: Vec<String> = expressions(&fixture.text, &cues, &Recognition::default())
            .into_iter()
            .map(|found| format!("{}: {}", found.attribution.name, found.attribution.span.slice(text)))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn ministries_observers_and_sources_have_an_english_name() {
        check(
            "ar",
            "أعلنت وزارة الدفاع التركية تنفيذ الدورية",
            &["Turkish Ministry of Defence: أعلنت وزارة الدفاع التركية"],
        );
        check(
            "ar",
            "خرجت الدورية وفق المرصد السوري لحقوق الإنسان",
            &["Syrian Observatory for Human Rights: وفق المرصد السوري لحقوق الإنسان"],
        );
        check(
            "en",
            "the Russian Defense Ministry said",
            &["Russian Ministry of Defence: Russian Defense Ministry said"],
        );
        check(
            "tr",
            "Milli Savunma Bakanlığı duyurdu",
            &["Turkish Ministry of Defence: Milli Savunma Bakanlığı duyurdu"],
        );
        check("tr", "TSK'dan yapılan açıklamada", &["Turkish Armed Forces: TSK'dan yapılan açıklamada"]);
    }

    #[test]
    fn names_of_unknown_outlets_are_taken_from_the_words() {
        check("ar", "بحسب \"بلدي نيوز\" تحركت الآليات", &["بلدي نيوز: بحسب \"بلدي نيوز"]);
        check("en", "a patrol left, according to Hawar News on Monday", &["Hawar News: according to Hawar News"]);
        check("ar", "نقلت وكالة \"هاوار\" عن شهود", &["هاوار: نقلت وكالة \"هاوار"]);
    }

    #[test]
    fn who_goes_on_speaking_spoke_before() {
        check(
            "ar",
            "قال مراسل محلي إن الدورية خرجت. وأضاف أنها عادت.",
            &["local correspondent: قال مراسل محلي", "local correspondent: أضاف"],
        );
    }
}
