//! Days as news tells them: exact, partial, or only bounded.

use jiff::civil::{Date, Time, Weekday};

use super::span::Span;

/// How well the day of an event is known.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum DatePrecision {
    Day,
    Month,
    Year,
    /// Only a latest day is known: it stands in `date_end`.
    Before,
    #[default]
    Unknown,
}

impl DatePrecision {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
            Self::Before => "before",
            Self::Unknown => "unknown",
        }
    }
}

/// The parts of a date that a text gives, none of them invented.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct PartialDate {
    pub year: Option<i16>,
    pub month: Option<i8>,
    pub day: Option<i8>,
}

impl PartialDate {
    /// The full date, when all three parts are there and form one.
    pub fn to_date(self) -> Option<Date> {
        Date::new(self.year?, self.month?, self.day?).ok()
    }

    /// The reduced or truncated form of ISO 8601:1988 and XML Schema Part 2
    /// (`2020-03`, `--03-15`, `--03`, `---15`, `2020`); `None` for a full or an empty date.
    pub fn iso_partial(self) -> Option<String> {
        match (self.year, self.month, self.day) {
            (Some(_), Some(_), Some(_)) | (None, None, None) => None,
            (Some(year), Some(month), None) => Some(format!("{year:04}-{month:02}")),
            (Some(year), None, _) => Some(format!("{year:04}")),
            (None, Some(month), Some(day)) => Some(format!("--{month:02}-{day:02}")),
            (None, Some(month), None) => Some(format!("--{month:02}")),
            (None, None, Some(day)) => Some(format!("---{day:02}")),
        }
    }
}

/// What a text tells by the clock of an event's place, or by another one that it names.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ClockTime {
    pub start: Option<Time>,
    pub end: Option<Time>,
    /// Whether minutes are told, and not only the hour.
    pub to_the_minute: bool,
    /// The clock it is told by, a name of the tz database; that of the place where there is none.
    pub zone: Option<String>,
}

impl ClockTime {
    pub fn is_empty(&self) -> bool {
        self.start.is_none() && self.end.is_none()
    }
}

/// When an event happened, as far as the text and the publication date say.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct EventDate {
    pub date: Option<Date>,
    pub date_end: Option<Date>,
    pub precision: DatePrecision,
    /// Set only where `date` is not.
    pub partial: Option<PartialDate>,
    pub weekday: Option<Weekday>,
    pub clock: ClockTime,
    /// The words that tell the time of day, be it by the clock or not ("this morning").
    pub time_span: Option<Span>,
    /// The words that carry the date.
    pub span: Option<Span>,
}

impl EventDate {
    /// Whether the text says anything at all about the day.
    pub fn is_empty(&self) -> bool {
        self.date.is_none() && self.date_end.is_none() && self.partial.is_none() && self.weekday.is_none()
    }

    /// Whether both can be the same day. Unknown parts contradict nothing.
    pub fn agrees_with(&self, other: &EventDate) -> bool {
        let differ = |a: Option<i16>, b: Option<i16>| matches!((a, b), (Some(a), Some(b)) if a != b);
        let parts = |d: &EventDate| match d.date {
            Some(date) => PartialDate { year: Some(date.year()), month: Some(date.month()), day: Some(date.day()) },
            None => d.partial.unwrap_or_default(),
        };
        let (a, b) = (parts(self), parts(other));
        let weekday = |d: &EventDate| d.date.map(|date| date.weekday()).or(d.weekday);
        let weekdays_differ = matches!((weekday(self), weekday(other)), (Some(a), Some(b)) if a != b);
        !(differ(a.year, b.year)
            || differ(a.month.map(i16::from), b.month.map(i16::from))
            || differ(a.day.map(i16::from), b.day.map(i16::from))
            || weekdays_differ
            || (self.precision == DatePrecision::Before) != (other.precision == DatePrecision::Before)
                && !self.is_empty()
                && !other.is_empty())
    }
}

/// The English name of a weekday, as the output spells it.
pub fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partial_dates_are_spelled_as_iso_8601_truncates_them() {
        let of = |year, month, day| PartialDate { year, month, day }.iso_partial();
        assert_eq!(of(Some(2020), Some(3), None).as_deref(), Some("2020-03"));
        assert_eq!(of(None, Some(3), Some(15)).as_deref(), Some("--03-15"));
        assert_eq!(of(None, Some(9), None).as_deref(), Some("--09"));
        assert_eq!(of(None, None, Some(11)).as_deref(), Some("---11"));
        assert_eq!(of(Some(2020), Some(3), Some(1)), None);
    }
}
