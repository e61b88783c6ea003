//! Dates: expressions in the text, the day of publication, and what the one makes of the other.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::Finding;
use super::numbers::{NumberExpression, NumberKind};
use crate::lexicon::cue::CueTable;
use crate::lexicon::sense::{Sense, TimeModifier, TimeUnit};
use crate::model::date::{DatePrecision, EventDate, PartialDate};
use crate::model::span::Span;
use crate::recognition::Recognition;
use crate::text::NormalizedText;
use crate::text::token::{Token, TokenKind};

/// Lines of a page in which its date line can stand.
const HEADER_LINES: usize = 10;
/// How far before a date its verb of saying may stand, in tokens.
const STATEMENT_REACH: usize = 9;
/// A line with more tokens than this is a sentence and no date line, unless it opens with the date.
const HEADER_TOKENS: usize = 14;

/// How far from a date a word of planning may stand, in tokens.
const PLAN_REACH: usize = 6;

/// One wording of a day, as far as it goes.
#[derive(Clone, PartialEq, Debug)]
pub struct DateExpression {
    pub tokens: Range<usize>,
    pub span: Span,
    pub parts: PartialDate,
    pub weekday: Option<Weekday>,
    /// Days from publication ("أمس": -1).
    pub relative_day: Option<i32>,
    pub modifier: Option<TimeModifier>,
    /// The unit that the modifier belongs to, when it is told ("الشهر الفائت").
    pub unit: Option<TimeUnit>,
    /// The date is that of an agreement, a bound, or a beginning, and of nothing else.
    pub of_other: bool,
    /// The date on which somebody said what follows.
    pub of_statement: bool,
    /// The word before it says "before".
    pub before: bool,
    /// Month names between slashes: the clock of a web page.
    pub page_clock: bool,
    /// The day it stands for, filled by [`resolve`].
    pub resolved: EventDate,
}

/// The day of publication and how it was found.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Publication {
    pub day: Option<Date>,
    /// A date line that was passed over.
    pub page_clock: Option<Span>,
}

/// Finds every date expression, in text order.
pub(super) fn expressions(
    text: &NormalizedText,
    cues: &CueTable<'_>,
    recognition: &Recognition,
    numbers: &[NumberExpression],
) -> Vec<DateExpression> {
    let mut found = Vec::new();
    let mut index = 0;
    while index < text.tokens().len() {
        let expression =
            if recognition.mention_at(index).is_some() { None } else { Parser { text, cues, numbers }.parse(index) };
        index = expression.as_ref().map_or(index + 1, |e: &DateExpression| e.tokens.end);
        found.extend(expression);
    }
    found
}

struct Parser<'a> {
    text: &'a NormalizedText,
    cues: &'a CueTable<'a>,
    numbers: &'a [NumberExpression],
}

impl Parser<'_> {
    fn sense_at<T>(&self, index: usize, pick: impl Fn(&Sense) -> Option<T>) -> Option<(T, usize)> {
        self.cues.starting_at(index).find_map(|(cue, sense)| pick(sense).map(|value| (value, cue.tokens.end)))
    }

    fn month_at(&self, index: usize) -> Option<(i8, usize)> {
        self.sense_at(index, |sense| match sense {
            Sense::Month(month) => Some(*month),
            _ => None,
        })
    }

    fn number_at(&self, index: usize) -> Option<&NumberExpression> {
        let at = self.numbers.partition_point(|number| number.tokens.start < index);
        self.numbers.get(at).filter(|number| number.tokens.start == index)
    }

    fn digits_at(&self, index: usize) -> Option<i64> {
        let token = self.text.token(index).filter(|token| token.is_number())?;
        self.text.token_text(token).parse().ok()
    }

    fn mark_at(&self, index: usize, marks: &[char]) -> bool {
        self.text.token(index).is_some_and(|token| marks.iter().any(|mark| token.is_mark(*mark)))
    }

    /// Parses the longest expression that starts at `index`.
    fn parse(&self, index: usize) -> Option<DateExpression> {
        let mut date = DateExpression {
            tokens: index..index,
            span: Span::default(),
            parts: PartialDate::default(),
            weekday: None,
            relative_day: None,
            modifier: None,
            unit: None,
            of_other: false,
            of_statement: false,
            before: false,
            page_clock: false,
            resolved: EventDate::default(),
        };
        let mut at = index;
        // The end of the last part that said something.
        let mut end = index;
        while self.text.token(at).is_some_and(|token| at == index || !token.after_line_break) {
            let Some(next) = self.step(&mut date, at, index) else { break };
            let (next, meaningful) = next;
            at = next;
            if meaningful {
                end = at;
            }
        }
        let parts = date.parts;
        let of_a_month = date.modifier == Some(TimeModifier::Same) || date.unit == Some(TimeUnit::Month);
        let says_day = parts.day.is_some() && (parts.month.is_some() || of_a_month);
        let says_month =
            parts.month.is_some() && (parts.year.is_some() || date.modifier.is_some() || self.month_is_governed(index));
        let relative_unit = matches!(date.unit, Some(TimeUnit::Month)) && date.modifier.is_some();
        let says_year = parts.year.is_some() && parts.month.is_none() && date.unit == Some(TimeUnit::Year);
        if !(says_day
            || says_month
            || says_year
            || relative_unit
            || date.weekday.is_some()
            || date.relative_day.is_some())
        {
            return None;
        }
        date.tokens = index..end;
        date.span = self.text.token_span(index..end);
        if let Some((cue, _)) = self.cues.starting_at(index).next() {
            date.span = Span::new(cue.span.start(), date.span.end().max(cue.span.end()));
        }
        self.read_context(&mut date);
        Some(date)
    }

    /// Reads one part; returns where to go on and whether the part says something by itself.
    fn step(&self, date: &mut DateExpression, at: usize, start: usize) -> Option<(usize, bool)> {
        let empty = date.parts == PartialDate::default();
        if let Some((weekday, end)) = self.sense_at(at, |sense| match sense {
            Sense::Weekday(weekday) => Some(*weekday),
            _ => None,
        }) && date.weekday.is_none()
        {
            date.weekday = Some(weekday);
            return Some((end, true));
        }
        if let Some((days, end)) = self.sense_at(at, |sense| match sense {
            Sense::RelativeDay(days) => Some(*days),
            _ => None,
        }) && date.relative_day.is_none()
        {
            date.relative_day = Some(days);
            return Some((end, true));
        }
        if empty && let Some((parts, end)) = self.numeric(at) {
            date.parts = parts;
            return Some((end, true));
        }
        if let Some((month, mut end)) = self.month_at(at)
            && date.parts.month.is_none()
        {
            date.parts.month = Some(month);
            // "آذار/ مارس": the same month in two systems.
            if self.mark_at(end, &['/', '-', '('])
                && let Some((same, twin_end)) = self.month_at(end + 1)
                && same == month
            {
                end = if self.mark_at(end, &['(']) && self.mark_at(twin_end, &[')']) { twin_end + 1 } else { twin_end };
            }
            return Some((end, true));
        }
        if let Some(number) = self.number_at(at) {
            let value = i64::from(number.value);
            let end = number.tokens.end;
            let day = (1..=31).contains(&value) && date.parts.day.is_none() && number.kind != NumberKind::Cardinal;
            if day && (self.month_follows(end) || date.parts.month.is_some()) && !self.mark_at(end, &[':']) {
                date.parts.day = Some(value as i8);
                return Some((end, true));
            }
            if day && self.same_month_follows(end) {
                date.parts.day = Some(value as i8);
                return Some((end, true));
            }
            if (1900..=2100).contains(&value)
                && date.parts.year.is_none()
                && (date.parts.month.is_some() || date.unit == Some(TimeUnit::Year))
            {
                date.parts.year = Some(value as i16);
                return Some((end, true));
            }
            // "الأربعاء ١٣ / نوفمبر / ٢٠٢٤"
            if day && self.mark_at(end, &['/']) && self.month_at(end + 1).is_some() {
                date.parts.day = Some(value as i8);
                date.page_clock = true;
                return Some((end + 1, true));
            }
        }
        if !empty && date.page_clock && self.mark_at(at, &['/']) {
            return Some((at + 1, false));
        }
        if let Some((modifier, end)) = self.sense_at(at, |sense| match sense {
            Sense::TimeModifier(modifier) => Some(*modifier),
            _ => None,
        }) && (!empty || date.weekday.is_some() || date.unit.is_some() || date.relative_day.is_some())
            && date.modifier.is_none()
        {
            date.modifier = Some(modifier);
            return Some((end, true));
        }
        if let Some((unit, end)) = self.sense_at(at, |sense| match sense {
            Sense::TimeUnit(unit) => Some(*unit),
            _ => None,
        }) {
            // "the month after" begins a new thought when a day is already told in full.
            if unit != TimeUnit::Day && date.unit.is_none() {
                date.unit = Some(unit);
            }
            return Some((end, false));
        }
        // Words and marks that only join the parts.
        let joining_word = || {
            self.cues.starting_at(at).any(|(_, sense)| {
                matches!(sense, Sense::MotionPreposition(_) | Sense::NumberMarker | Sense::Within | Sense::NotPlace)
            }) || matches!(self.text.word(at), "الموافق" | "of" | "the")
        };
        let joins = at > start && (self.mark_at(at, &[',', '(']) || joining_word());
        let goes_on = |next: usize| {
            self.month_at(next).is_some()
                || self.number_at(next).is_some_and(|number| (1..=2100).contains(&number.value))
                || self
                    .sense_at(next, |sense| matches!(sense, Sense::TimeUnit(_) | Sense::TimeModifier(_)).then_some(()))
                    .is_some()
                || self.sense_at(next, |sense| matches!(sense, Sense::Weekday(_)).then_some(())).is_some()
        };
        // "Dec. 9"
        let abbreviated = self.mark_at(at, &['.'])
            && date.parts.month.is_some()
            && date.parts.day.is_none()
            && at.checked_sub(1).is_some_and(|month| matches!(self.text.word(month).len(), 3 | 4))
            && self.text.sentence_of(at) == self.text.sentence_of(at + 1);
        let joins = joins || abbreviated;
        let article = self.cues.any(at + 1, |sense| *sense == Sense::Article);
        let next = if article { at + 2 } else { at + 1 };
        (joins && goes_on(next)).then_some((next, false))
    }

    /// "2021/01/28", "28.11.2020", "11-11-2019": year first or day first, never month first.
    fn numeric(&self, at: usize) -> Option<(PartialDate, usize)> {
        let (first, second, third) = (self.digits_at(at)?, self.digits_at(at + 2)?, self.digits_at(at + 4)?);
        let separator =
            |index: usize| self.mark_at(index, &['/', '.', '-']) && self.text.token(index).is_some_and(|t| t.glued);
        if !separator(at + 1) || !separator(at + 3) {
            return None;
        }
        let (year, month, day) = if first > 31 { (first, second, third) } else { (third, second, first) };
        let date = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        let parts = PartialDate { year: Some(date.year()), month: Some(date.month()), day: Some(date.day()) };
        (1900..=2100).contains(&year).then_some((parts, at + 5))
    }

    /// Whether a month name follows, perhaps after "من", "شهر" or "of".
    fn month_follows(&self, mut at: usize) -> bool {
        for _ in 0..3 {
            if self.text.token(at).is_none_or(|token| token.after_line_break) {
                return false;
            }
            if self.month_at(at).is_some() {
                return true;
            }
            let joins = self.cues.starting_at(at).any(|(_, sense)| {
                matches!(sense, Sense::MotionPreposition(_) | Sense::TimeUnit(TimeUnit::Month) | Sense::NumberMarker)
            }) || self.text.word(at) == "of";
            if !joins {
                return false;
            }
            at += 1;
        }
        false
    }

    /// "السادس منه", "11 من الشهر نفسه", "العاشر من الشهر الجاري".
    fn same_month_follows(&self, at: usize) -> bool {
        (at..at + 3).any(|index| {
            let month = index > at && self.cues.any(index - 1, |sense| *sense == Sense::TimeUnit(TimeUnit::Month));
            self.sense_at(index, |sense| match sense {
                Sense::TimeModifier(TimeModifier::Same) => Some(()),
                Sense::TimeModifier(_) if month => Some(()),
                _ => None,
            })
            .is_some()
        }) && (at..at + 2).any(|index| {
            matches!(self.text.word(index), "منه" | "من")
                || self.sense_at(index, |sense| (*sense == Sense::TimeUnit(TimeUnit::Month)).then_some(())).is_some()
        })
    }

    /// A bare month name is a date only after a preposition or the word for month.
    fn month_is_governed(&self, index: usize) -> bool {
        self.sense_at(index, |sense| matches!(sense, Sense::TimeUnit(TimeUnit::Month)).then_some(())).is_some()
            || index.checked_sub(1).is_some_and(|before| {
                self.cues.ending_at(before).any(|(_, sense)| matches!(sense, Sense::Within | Sense::After))
            })
    }

    /// Whether a word of planning stands close to a date, and none of cancelling behind it.
    fn is_planned(&self, start: usize) -> bool {
        let sentence = &self.text.sentences()[self.text.sentence_of(start)].tokens;
        let near = sentence.start.max(start.saturating_sub(PLAN_REACH))..sentence.end.min(start + PLAN_REACH);
        let has = |range: Range<usize>, wanted: &Sense| self.cues.within(range).any(|(_, sense)| sense == wanted);
        let before = has(near.start..start, &Sense::Plan);
        let behind = self.cues.pack().is_head_final() && has(start..near.end, &Sense::Plan);
        (before || behind) && !has(start..sentence.end, &Sense::Cancellation)
    }

    /// Whether the verb at a token is said of an agreement named before it.
    fn is_of_agreement(&self, verb: usize) -> bool {
        let sentence = &self.text.sentences()[self.text.sentence_of(verb)].tokens;
        let near = sentence.start.max(verb.saturating_sub(PLAN_REACH))..verb;
        self.cues.within(near).any(|(_, sense)| *sense == Sense::NameOfOther)
    }

    /// What the words before a date make of it.
    fn read_context(&self, date: &mut DateExpression) {
        let start = date.tokens.start;
        // "A patrol is planned for Monday": the one to come, unless it was called off.
        let plain = date.parts == PartialDate::default() && date.modifier.is_none() && date.relative_day.is_none();
        if plain && date.weekday.is_some() && self.is_planned(start) {
            date.modifier = Some(TimeModifier::Next);
        }
        // "5 Mart'tan beri": in languages that put the noun last, what governs a date stands behind it.
        let head_final = self.cues.pack().is_head_final();
        if head_final && self.cues.any(date.tokens.end, |sense| *sense == Sense::After) {
            date.of_other = true;
        }
        let mut commas = 0;
        for back in 1..=STATEMENT_REACH {
            let near = back <= 4;
            let Some(index) = start.checked_sub(back) else { break };
            if self.text.token(index + 1).is_none_or(|token| token.after_line_break) || self.mark_at(index, &['.', ';'])
            {
                break;
            }
            // Behind a comma, only a verb of saying still reaches.
            commas += usize::from(self.mark_at(index, &[',']));
            if commas > 1 {
                break;
            }
            for (_, sense) in self.cues.ending_at(index) {
                match sense {
                    // "قال المركز يوم الخميس إن ...": the day of the saying.
                    Sense::Says => date.of_statement = date.parts.to_date().is_some(),
                    Sense::NameOfOther if near && commas == 0 => date.of_other = true,
                    // "الاتفاق الذي تم التوصل إليه في موسكو في 5 آذار"
                    Sense::Adopted if commas == 0 && self.is_of_agreement(index) => date.of_other = true,
                    Sense::After if back <= 2 && commas == 0 && !head_final => date.of_other = true,
                    Sense::Before if back <= 3 && commas == 0 => date.before = true,
                    _ => {}
                }
            }
            // Another verb or noun of an event takes the date for itself.
            if self.cues.any(index, |sense| matches!(sense, Sense::Patrol(_) | Sense::Run | Sense::Route(_))) {
                break;
            }
        }
    }
}

/// The day of publication: given, or in a date line at the head of the text.
pub(super) fn publication(text: &NormalizedText, dates: &[DateExpression], given: Option<Date>) -> Publication {
    let mut publication = Publication { day: given, page_clock: None };
    if given.is_some() {
        return publication;
    }
    let todays: Vec<Weekday> =
        dates.iter().filter(|date| date.relative_day == Some(0)).filter_map(|date| date.weekday).collect();
    for date in dates {
        let Some(day) = date.parts.to_date() else { continue };
        let sentence_index = text.sentence_of(date.tokens.start);
        let Some(sentence) = text.sentences().get(sentence_index) else { continue };
        let opens = sentence.tokens.start == date.tokens.start;
        let words = sentence.tokens.clone().filter(|index| text.token(*index).is_some_and(|t| !is_mark(t))).count();
        // "ALEPPO, 9 September 2020.": the place of filing in capitals, and the day.
        let filed = names_place_of_filing(text, sentence.tokens.start..date.tokens.start);
        let in_header = sentence.paragraph < HEADER_LINES
            && (opens || words <= HEADER_TOKENS)
            && (filed || !ends_with_full_stop(text, &sentence.tokens));
        if !in_header {
            continue;
        }
        // The page shows the day on which it was saved; the article's "today" is another one.
        let contradicted = !todays.is_empty() && !todays.contains(&day.weekday());
        if date.page_clock || contradicted {
            publication.page_clock.get_or_insert(date.span);
            continue;
        }
        publication.day = Some(day);
        return publication;
    }
    // "اليوم الاثنين 17 آب 2020" in the running text tells it too, and so does the day on which
    // somebody said what is reported.
    let today = dates.iter().filter(|date| date.relative_day == Some(0)).find_map(|date| date.parts.to_date());
    let statement = dates.iter().filter(|date| date.of_statement).find_map(|date| date.parts.to_date());
    publication.day = today.or(statement);
    publication
}

/// Whether some tokens are words in capitals alone, as the head of a dispatch has them.
fn names_place_of_filing(text: &NormalizedText, tokens: Range<usize>) -> bool {
    let capital =
        |token: &Token| token.span.slice(text.original()).chars().all(char::is_uppercase) && token.span.len() > 1;
    text.token(tokens.start).is_some_and(|token| token.after_line_break && capital(token))
        && tokens.filter_map(|index| text.token(index)).all(|token| is_mark(token) || capital(token))
}

fn is_mark(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Mark(_))
}

fn ends_with_full_stop(text: &NormalizedText, tokens: &Range<usize>) -> bool {
    tokens.end.checked_sub(1).and_then(|last| text.token(last)).is_some_and(|token| token.is_mark('.'))
}

/// Fills in the day each expression stands for.
pub(super) fn resolve(mut dates: Vec<DateExpression>, published: Option<Date>) -> (Vec<DateExpression>, Vec<Finding>) {
    let mut findings = Vec::new();
    // The month that "the same month" and "last month" refer to.
    let mut month: Option<(Option<i16>, i8)> = published.map(|day| (Some(day.year()), day.month()));
    let mut named_month = false;
    let mut last_day: Option<Date> = None;
    for date in &mut dates {
        let parts = complete(date, published, if named_month { month } else { month.filter(|_| published.is_some()) });
        let mut resolved = EventDate { weekday: date.weekday, span: Some(date.span), ..EventDate::default() };
        // "في اليوم نفسه" is the day told before.
        let same_day = date.relative_day == Some(0) && date.modifier == Some(TimeModifier::Same);
        let day = if same_day { last_day } else { parts.to_date().or_else(|| relative_day(date, parts, published)) };
        match day {
            Some(day) => {
                if let Some(stated) = date.weekday
                    && stated != day.weekday()
                {
                    findings.push(Finding::WeekdayContradiction { span: date.span, stated, date: day });
                }
                resolved.date = Some(day);
                resolved.precision = DatePrecision::Day;
            }
            None if parts != PartialDate::default() => {
                resolved.partial = Some(parts);
                resolved.precision = match parts {
                    PartialDate { day: Some(_), .. } => DatePrecision::Day,
                    PartialDate { month: Some(_), .. } => DatePrecision::Month,
                    _ => DatePrecision::Year,
                };
            }
            None => {}
        }
        if date.before && !resolved.is_empty() {
            resolved.date_end = resolved.date.take();
            resolved.precision = DatePrecision::Before;
        }
        if let Some(named) = date.parts.month
            && !date.of_other
            && !date.page_clock
        {
            month = Some((parts.year, named));
            named_month = true;
        }
        last_day = resolved.date.or(last_day);
        date.resolved = resolved;
    }
    (dates, findings)
}

/// Adds the year or month that the text or the day of publication gives; invents nothing.
fn complete(date: &DateExpression, published: Option<Date>, month: Option<(Option<i16>, i8)>) -> PartialDate {
    let mut parts = date.parts;
    match (date.unit, date.modifier, parts.month) {
        (_, Some(TimeModifier::Same), None) if parts.day.is_some() || date.unit == Some(TimeUnit::Month) => {
            if let Some((year, month)) = month {
                parts.year = parts.year.or(year);
                parts.month = Some(month);
            }
        }
        (
            Some(TimeUnit::Month),
            Some(modifier @ (TimeModifier::Last | TimeModifier::This | TimeModifier::Next)),
            None,
        ) => {
            if let Some((year, month)) = month {
                let months = match modifier {
                    TimeModifier::Last => -1,
                    TimeModifier::Next => 1,
                    _ => 0,
                };
                let zero_based = i32::from(month) - 1 + months;
                parts.month = Some((zero_based.rem_euclid(12) + 1) as i8);
                parts.year = year.map(|year| year + zero_based.div_euclid(12) as i16);
            }
        }
        (Some(TimeUnit::Year), Some(modifier), _) if parts.year.is_none() => {
            parts.year = published.map(|day| match modifier {
                TimeModifier::Last => day.year() - 1,
                TimeModifier::Next => day.year() + 1,
                _ => day.year(),
            });
        }
        _ => {}
    }
    if parts.year.is_none()
        && let (Some(published), Some(month)) = (published, parts.month)
    {
        // The last such month or day that is not after the day of publication.
        let day = parts.day.unwrap_or(1);
        let future = match date.modifier {
            Some(TimeModifier::Next) => (month, day) > (published.month(), published.day()),
            Some(TimeModifier::This) => true,
            // A date a few days ahead is an announcement, not last year's.
            _ => {
                (month, day) <= (published.month(), published.day())
                    || Date::new(published.year(), month, day).is_ok_and(|date| (date - published).get_days() <= 10)
            }
        };
        let year = match (future, date.modifier) {
            (true, _) => published.year(),
            (false, Some(TimeModifier::Next)) => published.year() + 1,
            (false, _) => published.year() - 1,
        };
        parts.year = Some(year);
    }
    parts
}

/// The day that "today", "yesterday" or a weekday names, seen from the day of publication.
fn relative_day(date: &DateExpression, parts: PartialDate, published: Option<Date>) -> Option<Date> {
    let published = published?;
    if parts != PartialDate::default() {
        return None;
    }
    if let Some(days) = date.relative_day {
        return published.checked_add(i64::from(days).days()).ok();
    }
    let weekday = date.weekday?;
    let back = weekday.until(published.weekday());
    let back = match date.modifier {
        Some(TimeModifier::Last) if back == 0 => 7,
        Some(TimeModifier::Next) => -i32::from(published.weekday().until(weekday)).max(1) as i8,
        _ => back,
    };
    published.checked_sub(i64::from(back).days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extraction::numbers::numbers;
    use crate::lexicon::fixture::Fixture;

    /// The days a text tells, as `date`, `end`, `partial` or weekday, seen from `published`.
    fn days(text: &str, published: Option<&str>) -> Vec<String> {
        let fixture = Fixture::new("ar", text);
        let cues = fixture.cues();
        let recognition = Recognition::default();
        let numbers = numbers(&fixture.text, &cues, &recognition);
        let found = expressions(&fixture.text, &cues, &recognition, &numbers);
        let published = published.map(|day| day.parse().unwrap());
        let (dates, _) = resolve(found, publication(&fixture.text, &[], published).day);
        dates
            .iter()
            .map(|date| {
                let resolved = &date.resolved;
                let partial = || resolved.partial.and_then(PartialDate::iso_partial);
                let weekday = || resolved.weekday.map(|day| format!("{day:?}"));
                let end = || resolved.date_end.map(|day| format!("..{day}"));
                resolved
                    .date
                    .map(|day| day.to_string())
                    .or_else(end)
                    .or_else(partial)
                    .or_else(weekday)
                    .unwrap_or_default()
            })
            .collect()
    }

    #[test]
    fn months_of_the_levant_the_gulf_and_both() {
        for text in
            ["17 آب 2020", "١٧ أغسطس ٢٠٢٠", "17 آب/أغسطس 2020", "السابع عشر من شهر آب 2020", "17 من أغسطس/ آب 2020"]
        {
            assert_eq!(days(text, None), ["2020-08-17"], "{text}");
        }
        assert_eq!(days("5 تشرين الثاني/نوفمبر 2021", None), ["2021-11-05"]);
        assert_eq!(days("5 كانون الثاني 2021", None), ["2021-01-05"]);
    }

    #[test]
    fn a_year_that_the_text_does_not_give_is_not_invented() {
        assert_eq!(days("في 5 آذار", None), ["--03-05"]);
        assert_eq!(days("12 آب الجاري", None), ["--08-12"]);
        assert_eq!(days("يوم الخميس 18 حزيران", None), ["--06-18"]);
    }

    #[test]
    fn the_day_of_publication_gives_the_year() {
        assert_eq!(days("12 آب الجاري", Some("2020-08-17")), ["2020-08-12"]);
        assert_eq!(days("5 آذار/مارس الفائت", Some("2020-08-17")), ["2020-03-05"]);
        assert_eq!(days("في 28 كانون الأول", Some("2021-01-05")), ["2020-12-28"]);
        assert_eq!(days("10 أيلول المقبل", Some("2020-09-07")), ["2020-09-10"]);
        assert_eq!(days("١٩ تموز من العام الماضي", Some("2021-02-25")), ["2020-07-19"]);
    }

    #[test]
    fn days_are_told_by_relation() {
        assert_eq!(days("اليوم الاثنين", Some("2020-08-17")), ["2020-08-17"]);
        assert_eq!(days("أمس", Some("2020-08-17")), ["2020-08-16"]);
        assert_eq!(days("أول أمس", Some("2020-08-17")), ["2020-08-15"]);
        assert_eq!(days("يوم الأربعاء الماضي", Some("2020-08-17")), ["2020-08-12"]);
        assert_eq!(days("يوم الاثنين الماضي", Some("2020-08-17")), ["2020-08-10"]);
        assert_eq!(days("اليوم الاثنين", None), ["Monday"]);
    }

    #[test]
    fn months_and_days_refer_to_those_before() {
        assert_eq!(days("في أيلول، وقبلها السادس منه، وفي الشهر الفائت", None), ["--09", "--09-06", "--08"]);
        assert_eq!(days("أمس السبت، وفي اليوم نفسه", Some("2020-11-22")), ["2020-11-21", "2020-11-21"]);
    }

    #[test]
    fn before_a_day_is_a_bound() {
        assert_eq!(days("قبل العاشر من أيار", Some("2020-07-23")), ["..2020-05-10"]);
    }

    #[test]
    fn numeric_dates_have_the_day_or_the_year_first() {
        assert_eq!(days("2021/01/28", None), ["2021-01-28"]);
        assert_eq!(days("28.11.2020", None), ["2020-11-28"]);
        assert_eq!(days("14-03-2022", None), ["2022-03-14"]);
        assert_eq!(days("31-31-2022", None), [""; 0]);
    }

    #[test]
    fn a_word_that_is_also_a_month_is_none_by_itself() {
        assert_eq!(days("أب وأم", None), [""; 0]);
    }

    fn published(text: &str) -> Option<String> {
        let fixture = Fixture::new("ar", text);
        let cues = fixture.cues();
        let recognition = Recognition::default();
        let numbers = numbers(&fixture.text, &cues, &recognition);
        let found = expressions(&fixture.text, &cues, &recognition, &numbers);
        publication(&fixture.text, &found, None).day.map(|day| day.to_string())
    }

    #[test]
    fn the_dateline_gives_the_day_of_publication() {
        assert_eq!(published("عنوان\n● أخبار سورية ١٧ أغسطس ٢٠٢٠\nنص الخبر."), Some("2020-08-17".into()));
        assert_eq!(published("ALEPPO, 17.08.2020. The patrol left."), Some("2020-08-17".into()));
        assert_eq!(published("الخميس 2021/01/28\nنص الخبر."), Some("2021-01-28".into()));
        assert_eq!(published("وقع الاتفاق في 5 آذار 2020."), None);
    }

    #[test]
    fn the_clock_of_a_page_is_no_dateline() {
        assert_eq!(published("الأربعاء ١٣ / نوفمبر / ٢٠٢٤\nنص الخبر."), None);
        assert_eq!(published("13 نوفمبر 2024\nخرجت الدورية اليوم الاثنين."), None, "13 November 2024 is a Wednesday");
    }
}
