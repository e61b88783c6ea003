//! Event extraction: from words and mentions to tellings of events.
//!
//! Every stage here is language-neutral; what words mean comes from the language pack. The
//! resolution of places is not known here: a stop is a mention, and `coreference` decides
//! which tellings speak of one event.

pub mod numbers;
pub mod dates;
pub mod clocks;
pub mod attributions;
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
use crate::lexicon::sense::{RouteRole, Sense};
use crate::model::date::EventDate;
use crate::model::event::{EventMention, Evidence};
use crate::model::mention::RelationKind;
use crate::model::span::Span;
use crate::recognition::{Recognition, RoadFrame};
use crate::text::NormalizedText;
use attributions::AttributionExpression;
use clocks::ClockExpression;
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
    pub clocks: Vec<ClockExpression>,
    pub attributions: Vec<AttributionExpression>,
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

    /// Whether a date or a clock time covers a token.
    pub fn date_at(&self, token: usize) -> bool {
        let index = self.dates.partition_point(|date| date.tokens.end <= token);
        let date = self.dates.get(index).is_some_and(|date| date.tokens.start <= token);
        let index = self.clocks.partition_point(|clock| clock.tokens.end <= token);
        date || self.clocks.get(index).is_some_and(|clock| clock.tokens.start <= token)
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

    /// Adds to a date the clock times that a stretch tells, or else the part of the day.
    pub fn tell_time(&self, date: &mut EventDate, tokens: Range<usize>) {
        let first = self.clocks.partition_point(|clock| clock.tokens.start < tokens.start);
        for told in self.clocks[first..].iter().take_while(|clock| clock.tokens.start < tokens.end) {
            // "بلغت أريحا عند الحادية عشرة": when it arrived and not when it set off.
            let last = self
                .cues
                .within(tokens.start..told.tokens.start)
                .filter(|(_, sense)| matches!(sense, Sense::Route(_) | Sense::Motion | Sense::Run))
                .last();
            let arrives = matches!(last, Some((_, Sense::Route(RouteRole::End | RouteRole::Return))));
            let clock = &mut date.clock;
            let (start, end) = if arrives && told.end.is_none() { (None, told.start) } else { (told.start, told.end) };
            let adds = (clock.start.is_none() && start.is_some()) || (clock.end.is_none() && end.is_some());
            if adds && (clock.is_empty() || clock.zone == told.zone) {
                clock.to_the_minute |= told.to_the_minute;
                clock.zone.clone_from(&told.zone);
                clock.start = clock.start.or(start);
                clock.end = clock.end.or(end);
            }
            date.time_span = date.time_span.or(Some(told.span));
        }
        let part = || self.cues.within(tokens.clone()).find(|(_, sense)| matches!(sense, Sense::DayPart(_)));
        date.time_span = date.time_span.or_else(|| part().map(|(cue, _)| cue.span));
    }

    /// Whether a sentence that starts at a token is no part of the report.
    pub fn is_aside(&self, token: usize) -> bool {
        self.recognition.is_noise(token) || is_caption(self.text, self.cues, token)
    }

    /// Adds to a telling who says so.
    fn attribute(&self, telling: &mut EventMention) {
        let first = self.text.token_at(telling.evidence.start());
        let stretch = first..self.text.token_at(telling.evidence.end()).max(first + 1);
        let Some(sentence) = self.text.sentences().get(self.text.sentence_of(first)) else { return };
        for found in attributions::of_stretch(&self.attributions, &stretch, &sentence.tokens) {
            telling.details.push(Evidence { span: found.attribution.span, rule: "attribution" });
            telling.attributions.push(found.attribution.clone());
        }
        telling.details.sort();
        telling.details.dedup();
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

/// Whether a token stands in the words of a picture: a line that opens or ends with a word for one.
fn is_caption(text: &NormalizedText, cues: &CueTable<'_>, token: usize) -> bool {
    let Some(sentence) = text.sentences().get(text.sentence_of(token)) else { return false };
    let tokens = &sentence.tokens;
    let opens_line = text.token(tokens.start).is_some_and(|first| first.after_line_break);
    opens_line
        && cues.within(tokens.clone()).any(|(cue, sense)| {
            let edge = cue.tokens.start <= tokens.start + 1 || cue.tokens.end + 2 >= tokens.end;
            *sense == Sense::Caption && edge
        })
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
    let mut expressions = dates::expressions(text, cues, recognition, &numbers);
    // The day of a picture is neither the article's nor an event's.
    expressions.retain(|date| !is_caption(text, cues, date.tokens.start));
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
    let clocks = clocks::expressions(text, cues, recognition, &numbers);
    let attributions = attributions::expressions(text, cues, recognition);
    let context = Context { text, cues, recognition, numbers, dates, clocks, attributions, grounds, aliases };
    let mut tellings = patrols::patrols(&context);
    tellings.extend(positions::positions(&context));
    let first = tellings.len();
    tellings.extend(movements::movements(&context).into_iter().map(|telling| {
        let continues = telling.continues.map(|index| first + index);
        EventMention { continues, ..telling }
    }));
    tellings.extend(incidents::incidents(&context));
    for telling in &mut tellings {
        context.attribute(telling);
    }
    Extraction { tellings, published: publication.day, findings }
}
