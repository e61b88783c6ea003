//! Clock times: "عند الساعة 10:30 صباحاً", "saat 11.20'de", "between eight and ten".
//!
//! A number is a clock time where something beside it says so: a word such as الساعة or
//! "o'clock", a part of the day, or minutes behind a colon. Which half of the day a twelve-hour
//! time means is told by a part of the day, beside it or elsewhere in its sentence; where nothing
//! tells it, the words are kept and no time is made of them.

use std::ops::Range;

use jiff::civil::Time;

use super::numbers::{NumberExpression, NumberKind};
use crate::lexicon::cue::{Cue, CueTable};
use crate::lexicon::sense::{DayPart, RouteRole, Sense};
use crate::model::span::Span;
use crate::recognition::Recognition;
use crate::text::NormalizedText;

/// One clock time, or a range of two.
#[derive(Clone, PartialEq, Debug)]
pub struct ClockExpression {
    pub tokens: Range<usize>,
    pub span: Span,
    /// Local time; `None` where it is not told which half of the day is meant.
    pub start: Option<Time>,
    pub end: Option<Time>,
    pub to_the_minute: bool,
    /// The clock that is named; `None` for that of the place.
    pub zone: Option<String>,
}

/// An hour with what stands beside it.
#[derive(Clone, Debug, Default)]
struct Point {
    end: usize,
    hour: i8,
    minute: i8,
    /// "08.40", "14:05": the hour is one of twenty-four.
    of_twenty_four: bool,
    to_the_minute: bool,
    /// What says that it is a clock time.
    evidence: Evidence,
    part: Option<DayPart>,
    zone: Option<String>,
}

/// How sure a number is a clock time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
enum Evidence {
    #[default]
    Nothing,
    /// A part of the day or a fraction of an hour: enough behind a preposition.
    Weak,
    /// "o'clock", a colon, "9 a.m.".
    Strong,
}

/// Finds every clock time outside the mentions, in text order.
pub(super) fn expressions(
    text: &NormalizedText,
    cues: &CueTable<'_>,
    recognition: &Recognition,
    numbers: &[NumberExpression],
) -> Vec<ClockExpression> {
    let parser = Parser { text, cues, numbers };
    let mut found = Vec::new();
    let mut index = 0;
    while index < text.tokens().len() {
        let clock = if recognition.mention_at(index).is_some() { None } else { parser.parse(index) };
        index = clock.as_ref().map_or(index + 1, |clock| clock.tokens.end);
        found.extend(clock);
    }
    found
}

struct Parser<'a> {
    text: &'a NormalizedText,
    cues: &'a CueTable<'a>,
    numbers: &'a [NumberExpression],
}

impl Parser<'_> {
    /// The cue at a token that `pick` makes something of.
    fn sense_at<T>(&self, index: usize, pick: impl Fn(&Sense) -> Option<T>) -> Option<(T, &Cue)> {
        self.cues.starting_at(index).find_map(|(cue, sense)| pick(sense).map(|value| (value, cue)))
    }

    fn is(&self, index: usize, test: impl Fn(&Sense) -> bool) -> bool {
        self.cues.any(index, test)
    }

    fn mark_at(&self, index: usize, marks: &[char]) -> bool {
        self.text.token(index).is_some_and(|token| marks.iter().any(|mark| token.is_mark(*mark)))
    }

    fn glued_mark(&self, index: usize, marks: &[char]) -> bool {
        self.mark_at(index, marks) && self.text.token(index).is_some_and(|token| token.glued)
    }

    /// The digits at a token that is written onto the one before.
    fn glued_digits(&self, index: usize) -> Option<&str> {
        let token = self.text.token(index).filter(|token| token.is_number() && token.glued)?;
        Some(self.text.token_text(token))
    }

    fn parse(&self, index: usize) -> Option<ClockExpression> {
        let marker = self.sense_at(index, |sense| (*sense == Sense::Clock).then_some(()));
        let at = marker.map_or(index, |(_, cue)| cue.tokens.end);
        let marked = marker.is_some();
        let first = self.point(at)?;
        let second = self.second(first.end);
        let evidence = first.evidence.max(second.as_ref().map_or(Evidence::Nothing, |second| second.evidence));
        let governed = index.checked_sub(1).is_some_and(|before| {
            self.is(before, |sense| {
                matches!(
                    sense,
                    Sense::AtTime | Sense::Within | Sense::Between | Sense::MotionPreposition(_) | Sense::Route(_)
                )
            }) && !self.text.token(index).is_some_and(|token| token.after_line_break)
        });
        let sure = marked || evidence == Evidence::Strong || (evidence == Evidence::Weak && governed);
        if !sure {
            return None;
        }
        // "9 and 10 a.m." are a range only where something says so.
        let ranges = |second: &Point| {
            let between = index.checked_sub(1).is_some_and(|before| self.is(before, |s| *s == Sense::Between))
                || self.is(second.end, |sense| *sense == Sense::BetweenAfter);
            let joined = self.is(first.end, |s| *s == Sense::Conjunction) || self.conjoined(first.end);
            between || !joined
        };
        let second = second.filter(ranges);
        let end = second.as_ref().map_or(first.end, |second| second.end);
        let told = first.part.or(second.as_ref().and_then(|second| second.part));
        let part = told.or_else(|| self.part_of_sentence(index));
        let mut start = first.time(first.part.or(part));
        let finish = second.as_ref().and_then(|second| second.time(second.part.or(part)));
        // "from nine to two in the afternoon"
        if let (Some(from), Some(to)) = (start, finish)
            && from > to
            && first.part.is_none()
            && from.hour() >= 12
        {
            start = first.time(Some(DayPart::Morning));
        }
        let from = marker.map_or(self.text.token_span(index..index + 1).start(), |(_, cue)| cue.span.start());
        let from = self.cues.starting_at(index).next().map_or(from, |(cue, _)| cue.span.start());
        Some(ClockExpression {
            tokens: index..end,
            span: Span::new(from, self.text.token_span(index..end).end()),
            start,
            end: finish,
            to_the_minute: first.to_the_minute || second.as_ref().is_some_and(|second| second.to_the_minute),
            zone: first.zone.or(second.and_then(|second| second.zone)),
        })
    }

    /// The end of a range, behind "to", "and" or a dash.
    fn second(&self, end: usize) -> Option<Point> {
        if self.text.token(end).is_none_or(|token| token.after_line_break) {
            return None;
        }
        if self.conjoined(end) {
            return self.point(end);
        }
        let joins = self.mark_at(end, &['-'])
            || self.is(end, |sense| {
                matches!(
                    sense,
                    Sense::Conjunction
                        | Sense::MotionPreposition(RouteRole::End)
                        | Sense::Route(RouteRole::End)
                        | Sense::AtTime
                )
            });
        let next = self.cues.covering(end).map(|(cue, _)| cue.tokens.end).max().unwrap_or(end + 1);
        let marker = self.sense_at(next, |sense| (*sense == Sense::Clock).then_some(()));
        joins.then(|| self.point(marker.map_or(next, |(_, cue)| cue.tokens.end))).flatten()
    }

    /// Whether a number is joined to what stands before it by a proclitic ("والعاشرة").
    fn conjoined(&self, index: usize) -> bool {
        self.number_at(index).is_some_and(|number| number.conjoined)
    }

    fn number_at(&self, index: usize) -> Option<&NumberExpression> {
        let at = self.numbers.partition_point(|number| number.tokens.start < index);
        self.numbers.get(at).filter(|number| number.tokens.start == index)
    }

    /// The hour at a token with its minutes, part of the day and clock.
    fn point(&self, index: usize) -> Option<Point> {
        let mut point = Point::default();
        if let Some(((hour, minute), cue)) = self.sense_at(index, |sense| match sense {
            Sense::ClockTime(hour, minute) => Some((*hour, *minute)),
            _ => None,
        }) {
            point = Point { end: cue.tokens.end, hour, minute, of_twenty_four: true, ..point };
            point.evidence = Evidence::Strong;
            self.read_zone(&mut point);
            return Some(point);
        }
        // "half past nine"
        let minutes = |at: usize| {
            self.sense_at(at, |sense| match sense {
                Sense::ClockMinutes(minutes) => Some(*minutes),
                _ => None,
            })
        };
        let before = minutes(index);
        let at = before.map_or(index, |(_, cue)| cue.tokens.end);
        self.read_hour(at, &mut point)?;
        if let Some(((), cue)) = self.sense_at(point.end, |sense| (*sense == Sense::ClockAfter).then_some(())) {
            point.end = cue.tokens.end;
            point.evidence = Evidence::Strong;
        }
        // "التاسعة والنصف", "العاشرة إلا ربعاً"
        if let Some((minutes, end)) = before
            .map(|(minutes, _)| (minutes, point.end))
            .or_else(|| minutes(point.end).map(|(m, cue)| (m, cue.tokens.end)))
        {
            let total = i32::from(point.hour) * 60 + i32::from(point.minute) + i32::from(minutes);
            point.hour = i8::try_from(total.div_euclid(60)).ok()?;
            point.minute = i8::try_from(total.rem_euclid(60)).ok()?;
            point.to_the_minute = true;
            point.end = end;
            point.evidence = point.evidence.max(Evidence::Weak);
        }
        self.read_part(&mut point);
        self.read_zone(&mut point);
        Some(point)
    }

    /// Reads "10", "10:30", "08.40", "0830 hours" or "التاسعة".
    fn read_hour(&self, at: usize, point: &mut Point) -> Option<()> {
        let number = self.number_at(at)?;
        let digits = self.text.token(at).filter(|token| token.is_number()).map(|token| self.text.token_text(token));
        point.end = number.tokens.end;
        if let Some(digits) = digits {
            // "0830 hours"
            let after = self.is(at + 1, |sense| *sense == Sense::ClockAfter);
            if digits.len() == 4 && after {
                (point.hour, point.minute) = (digits.get(..2)?.parse().ok()?, digits.get(2..)?.parse().ok()?);
                (point.of_twenty_four, point.to_the_minute, point.end) = (true, true, at + 1);
                return (point.hour < 24 && point.minute < 60).then_some(());
            }
            let mark = self.glued_mark(at + 1, &[':', '.', '٫']);
            if mark && let Some(minutes) = self.glued_digits(at + 2).filter(|minutes| minutes.len() == 2) {
                // The clock of a page tells seconds, and a date has three parts.
                if self.glued_mark(at + 3, &[':', '.', '/']) && self.glued_digits(at + 4).is_some() {
                    return None;
                }
                point.minute = minutes.parse().ok().filter(|minutes| *minutes < 60)?;
                point.to_the_minute = true;
                point.of_twenty_four = true;
                point.end = at + 3;
                point.evidence = if self.mark_at(at + 1, &[':']) { Evidence::Strong } else { Evidence::Nothing };
            }
            point.of_twenty_four |= digits.len() == 2 && digits.starts_with('0');
        } else if number.marked {
            return None;
        }
        point.hour = i8::try_from(number.value).ok().filter(|hour| (0..=24).contains(hour))?;
        if point.hour == 24 && point.minute > 0 {
            return None;
        }
        // A word that ranks or counts is an hour only up to twelve.
        let word = digits.is_none();
        (!word || (1..=12).contains(&point.hour) && (number.kind != NumberKind::Digits)).then_some(())
    }

    /// Reads "صباحاً", "in the morning", "من صباح اليوم" behind an hour.
    fn read_part(&self, point: &mut Point) {
        let first = point.end;
        for at in first..first + 3 {
            if self.text.token(at).is_none_or(|token| token.after_line_break) {
                return;
            }
            if let Some((part, cue)) = self.sense_at(at, |sense| match sense {
                Sense::DayPart(part) => Some(*part),
                _ => None,
            }) {
                // "الدورية التاسعة صباح اليوم" is the ninth, told to be this morning's.
                let of_a_day = at == first && self.is(at, |sense| matches!(sense, Sense::RelativeDay(_)));
                point.part = Some(part);
                if !of_a_day {
                    point.end = cue.tokens.end;
                    let digits = self.number_is_digits(point);
                    point.evidence = point.evidence.max(if digits { Evidence::Strong } else { Evidence::Weak });
                }
                return;
            }
            let joins = self.is(at, |sense| {
                matches!(sense, Sense::MotionPreposition(_) | Sense::Within | Sense::Article | Sense::AtTime)
            });
            if !joins {
                return;
            }
        }
    }

    /// Whether the hour is written in digits: then a part of the day is enough behind it.
    fn number_is_digits(&self, point: &Point) -> bool {
        (point.end.saturating_sub(4)..point.end).any(|token| self.text.token(token).is_some_and(|t| t.is_number()))
    }

    /// Reads "بتوقيت موسكو", "local time" behind a time, a comma or bracket between.
    fn read_zone(&self, point: &mut Point) {
        for at in [point.end, point.end + 1] {
            if at > point.end && !self.mark_at(point.end, &[',', '(', '.']) {
                return;
            }
            if let Some((zone, cue)) = self.sense_at(at, |sense| match sense {
                Sense::TimeZone(zone) => Some(zone.clone()),
                _ => None,
            }) {
                point.zone = zone;
                point.end = cue.tokens.end;
                point.evidence = Evidence::Strong;
                return;
            }
        }
    }

    /// The part of the day that the sentence tells, if it tells only one.
    fn part_of_sentence(&self, index: usize) -> Option<DayPart> {
        let sentence = self.text.sentences().get(self.text.sentence_of(index))?;
        let mut parts = self.cues.within(sentence.tokens.clone()).filter_map(|(_, sense)| match sense {
            Sense::DayPart(part) => Some(*part),
            _ => None,
        });
        let first = parts.next()?;
        parts.all(|part| part == first).then_some(first)
    }
}

impl Point {
    /// The time of day, as far as the halves of the day can be told apart.
    fn time(&self, part: Option<DayPart>) -> Option<Time> {
        let hour = match (part, self.hour) {
            (_, 24) => 0,
            (_, hour @ (0 | 13..=23)) => hour,
            (Some(DayPart::Morning), 12) if !self.of_twenty_four => 0,
            (Some(DayPart::Morning), hour) => hour,
            (Some(DayPart::Noon), hour @ 1..=4) => hour + 12,
            (Some(DayPart::Afternoon), hour @ 1..=11) => hour + 12,
            (Some(DayPart::Night), hour @ 6..=11) => hour + 12,
            (Some(DayPart::Night), 12) => 0,
            (Some(_), hour) => hour,
            (None, hour) if self.of_twenty_four => hour,
            (None, _) => return None,
        };
        Time::new(hour, self.minute, 0, 0).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extraction::numbers::numbers;
    use crate::lexicon::fixture::Fixture;

    /// The times of a text as `start`, `start-end` or `?`, with the clock that is named.
    fn check(tag: &'static str, text: &str, expected: &[&str]) {
        let fixture = Fixture::new(tag, text);
        let cues = fixture.cues();
        let recognition = Recognition::default();
        let numbers = numbers(&fixture.text, &cues, &recognition);
        let spelled = |time: Time| time.strftime("%H:%M").to_string();
        let found: Vec<String> = expressions(&fixture.text, &cues, &recognition, &numbers)
            .into_iter()
            .map(|clock| {
                let start = clock.start.map_or("?".to_owned(), spelled);
                let end = clock.end.map(|end| format!("-{}", spelled(end))).unwrap_or_default();
                let zone = clock.zone.map(|zone| format!(" {zone}")).unwrap_or_default();
                format!("{start}{end}{zone}")
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn arabic_hours_in_words_and_digits() {
        check("ar", "عند الساعة 10:30 صباحاً", &["10:30"]);
        check("ar", "في الساعة ١٠٫٣٠ مساء", &["22:30"]);
        check("ar", "في التاسعة صباحاً كالعادة", &["09:00"]);
        check("ar", "عند الساعة الثالثة والنصف عصراً", &["15:30"]);
        check("ar", "عند العاشرة إلا ربعاً ليلاً", &["21:45"]);
        check("ar", "الساعة الثانية عشرة ظهراً", &["12:00"]);
        check("ar", "الساعة الحادية عشرة قبل الظهر", &["11:00"]);
        check("ar", "الساعة التاسعة من صباح اليوم", &["09:00"]);
        check("ar", "الساعة 14:00 بتوقيت موسكو", &["14:00 Europe/Moscow"]);
    }

    #[test]
    fn ranges_share_a_part_of_the_day() {
        check("ar", "بين الثامنة والعاشرة صباحاً", &["08:00-10:00"]);
        check("ar", "من الساعة 9 حتى الساعة 2 بعد الظهر", &["09:00-14:00"]);
        check("en", "between eight and ten in the morning", &["08:00-10:00"]);
        check("en", "from 9 to 11:15 a.m.", &["09:00-11:15"]);
        check("tr", "saat 10.00 ile 12.00 arasında", &["10:00-12:00"]);
    }

    #[test]
    fn english_and_turkish_clocks() {
        check("en", "at 08.40 local time", &["08:40"]);
        check("en", "at half past nine in the evening", &["21:30"]);
        check("en", "at 9 a.m. Moscow time", &["09:00 Europe/Moscow"]);
        check("en", "at noon and again at 0830 hours", &["12:00", "08:30"]);
        check("tr", "saat 11.20'de", &["11:20"]);
        check("tr", "sabah saat 9'da", &["09:00"]);
    }

    #[test]
    fn an_hour_of_twelve_without_a_part_of_the_day_is_no_time() {
        check("ar", "عند الساعة التاسعة", &["?"]);
        check("en", "at nine o'clock", &["?"]);
    }

    #[test]
    fn other_numbers_are_no_clock_times() {
        check("ar", "الدورية التاسعة صباح اليوم", &[]);
        check("ar", "فاز 2:1 على ضيفه", &[]);
        check("ar", "في الدورية التاسعة على الطريق", &[]);
        check("tr", "11.11.2019 13:25:04", &[]);
        check("en", "a stretch of 8.40 km in the morning", &[]);
    }
}
