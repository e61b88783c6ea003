//! Event extraction: from words and mentions to tellings of events.
//!
//! Every stage here is language-neutral; what words mean comes from the language pack. The
//! resolution of places is not known here: a stop is a mention, and `coreference` decides
//! which tellings speak of one event.

pub mod numbers;
pub mod dates;
pub mod parties;
pub mod patrols;
pub mod routes;
pub mod positions;
pub mod incidents;

use std::ops::Range;

use jiff::civil::Date;

use crate::lexicon::cue::CueTable;
use crate::model::event::EventMention;
use crate::model::span::Span;
use crate::recognition::Recognition;
use crate::text::NormalizedText;
use dates::{DateExpression, Publication};
use numbers::NumberExpression;

/// What extraction reads from one text.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Extraction {
    pub tellings: Vec<EventMention>,
    /// Publication day, given or read from the text.
    pub published: Option<Date>,
    pub findings: Vec<Finding>,
}

/// Something odd in the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Finding {
    /// Weekday and date name different days.
    WeekdayContradiction { span: Span, stated: jiff::civil::Weekday, date: Date },
    /// A date line that is the page's clock and not the article's date.
    PageClock { span: Span },
}

/// What the stages of extraction read from: one text with everything found in it so far.
pub(crate) struct Context<'a> {
    pub text: &'a NormalizedText,
    pub cues: &'a CueTable<'a>,
    pub recognition: &'a Recognition,
    pub numbers: Vec<NumberExpression>,
    pub dates: Vec<DateExpression>,
    pub published: Option<Date>,
}

impl Context<'_> {
    /// The numbers that start inside a range of tokens.
    pub fn numbers_in(&self, tokens: Range<usize>) -> impl Iterator<Item = &NumberExpression> {
        self.numbers.iter().filter(move |number| tokens.contains(&number.tokens.start))
    }

    /// The dates that start inside a range of tokens.
    pub fn dates_in(&self, tokens: Range<usize>) -> impl Iterator<Item = &DateExpression> {
        self.dates.iter().filter(move |date| tokens.contains(&date.tokens.start))
    }

    /// The span of a range of tokens without the marks at its edges.
    pub fn trimmed_span(&self, tokens: Range<usize>) -> Span {
        let word = |index: &usize| self.text.token(*index).is_some_and(|token| token.is_word() || token.is_number());
        let first = tokens.clone().find(word).unwrap_or(tokens.start);
        let last = tokens.clone().rev().find(word).map_or(tokens.end, |last| last + 1);
        self.text.token_span(first..last.max(first + 1).min(tokens.end.max(first + 1)))
    }
}

/// Reads the events of a text. `published` is the publication day when it is known from
/// outside; otherwise the text's own header may tell it.
pub fn extract(
    text: &NormalizedText,
    cues: &CueTable<'_>,
    recognition: &Recognition,
    published: Option<Date>,
) -> Extraction {
    let numbers = numbers::numbers(text, cues, recognition);
    let expressions = dates::expressions(text, cues, recognition, &numbers);
    let publication = dates::publication(text, &expressions, published);
    let mut findings = Vec::new();
    if let Publication { page_clock: Some(span), .. } = publication {
        findings.push(Finding::PageClock { span });
    }
    let (dates, weekday_findings) = dates::resolve(expressions, publication.day);
    findings.extend(weekday_findings);
    let context = Context { text, cues, recognition, numbers, dates, published: publication.day };
    let mut tellings = patrols::patrols(&context);
    tellings.extend(positions::positions(&context));
    tellings.extend(incidents::incidents(&context));
    Extraction { tellings, published: publication.day, findings }
}
