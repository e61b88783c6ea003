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
pub mod modality;
pub mod movements;
pub mod incidents;

use std::ops::Range;

use jiff::civil::Date;

use crate::lexicon::cue::CueTable;
use crate::model::date::EventDate;
use crate::model::event::EventMention;
use crate::model::mention::RelationKind;
use crate::model::span::Span;
use crate::recognition::{Recognition, RoadFrame};
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
    /// For each mention, the relation in which it is the ground.
    grounds: Vec<Option<usize>>,
    /// For each mention, whether it is another name of the mention before.
    aliases: Vec<bool>,
}

impl Context<'_> {
    /// The numbers that start inside a range of tokens.
    pub fn numbers_in(&self, tokens: Range<usize>) -> impl Iterator<Item = &NumberExpression> {
        let first = self.numbers.partition_point(|number| number.tokens.start < tokens.start);
        self.numbers[first..].iter().take_while(move |number| number.tokens.start < tokens.end)
    }

    /// The dates that start inside a range of tokens.
    pub fn dates_in(&self, tokens: Range<usize>) -> impl Iterator<Item = &DateExpression> {
        let first = self.dates.partition_point(|date| date.tokens.start < tokens.start);
        self.dates[first..].iter().take_while(move |date| date.tokens.start < tokens.end)
    }

    /// Whether a date expression covers a token.
    pub fn date_at(&self, token: usize) -> bool {
        let index = self.dates.partition_point(|date| date.tokens.end <= token);
        self.dates.get(index).is_some_and(|date| date.tokens.start <= token)
    }

    /// The day that a stretch gives what it tells: not that of an agreement, and that of a
    /// statement only where no other is told.
    pub fn own_date(&self, tokens: Range<usize>) -> EventDate {
        let own = |date: &&DateExpression| !date.of_other && !date.resolved.is_empty();
        self.dates_in(tokens.clone())
            .filter(own)
            .find(|date| !date.of_statement)
            .or_else(|| self.dates_in(tokens).find(own))
            .map(|date| date.resolved.clone())
            .unwrap_or_default()
    }

    /// Whether a sentence that starts at a token is no part of the report.
    pub fn is_aside(&self, token: usize) -> bool {
        self.recognition.is_noise(token)
    }

    /// The first road named inside a range of tokens.
    pub fn road_in(&self, tokens: Range<usize>) -> Option<&RoadFrame> {
        let first = self.recognition.roads.partition_point(|road| road.tokens.start < tokens.start);
        self.recognition.roads.get(first).filter(|road| road.tokens.start < tokens.end)
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
    let mut grounds = vec![None; recognition.mentions.len()];
    let mut aliases = vec![false; recognition.mentions.len()];
    for (index, relation) in recognition.relations.iter().enumerate() {
        match (relation.kind, relation.figure) {
            (RelationKind::Alias, Some(figure)) => aliases[figure.0] = true,
            (RelationKind::Alias, None) => {}
            _ => grounds[relation.ground.0] = Some(index),
        }
    }
    let context = Context { text, cues, recognition, numbers, dates, grounds, aliases };
    let mut tellings = patrols::patrols(&context);
    tellings.extend(positions::positions(&context));
    let first = tellings.len();
    tellings.extend(movements::movements(&context).into_iter().map(|telling| {
        let continues = telling.continues.map(|index| first + index);
        EventMention { continues, ..telling }
    }));
    tellings.extend(incidents::incidents(&context));
    Extraction { tellings, published: publication.day, findings }
}
