//! Clock times in UTC: from local time by the country in which an event's places lie.
//!
//! The tz database is compiled in, so that every machine gives the same. A country with several
//! clocks (Russia, the United States) is not in the table: without a clock that the text names
//! ("Moscow time") its local times stay words.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use jiff::civil::{DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, ToSpan};

use crate::model::date::EventDate;
use crate::model::feature::EventTime;

/// Which clock each country has, with one row a country that has only one.
const TIME_ZONES_CSV: &str = include_str!("../../gazetteer/time_zones.csv");

/// Why a clock time cannot be turned to UTC, or not for certain.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ClockProblem {
    /// Neither the text nor the place tells which clock is meant.
    UnknownClock,
    /// The clocks were put forward over this time: there was none such.
    Skipped,
    /// The clocks were put back over this time: there were two such, and the first is taken.
    Repeated,
}

/// The name in the tz database of the only clock of a country, by its English name.
pub fn zone_of_country(country: &str) -> Option<&'static str> {
    static ZONES: OnceLock<BTreeMap<&str, &str>> = OnceLock::new();
    let zones = ZONES.get_or_init(|| {
        let rows = TIME_ZONES_CSV.lines().skip(1);
        rows.filter_map(|row| row.split_once(',')).map(|(country, rest)| (country, first_cell(rest))).collect()
    });
    zones.get(country).copied()
}

fn first_cell(cells: &str) -> &str {
    cells.split(',').next().unwrap_or("")
}

/// An event's time by the clock in UTC; `None` where the text tells none or the day is unknown.
///
/// Where only the end is told, the event starts with the day, and the other way round.
pub fn in_utc(date: &EventDate, country: Option<&str>) -> (Option<EventTime>, Option<ClockProblem>) {
    let clock = &date.clock;
    let Some(day) = date.date.filter(|_| !clock.is_empty()) else { return (None, None) };
    let name = clock.zone.as_deref().or_else(|| country.and_then(zone_of_country));
    let zone = name.and_then(|name| Some((name, TimeZoneDatabase::bundled().get(name).ok()?)));
    let Some((name, zone)) = zone else { return (None, Some(ClockProblem::UnknownClock)) };
    let mut last_day = date.date_end.filter(|end| *end > day).unwrap_or(day);
    // "between eleven at night and two": the second is of the next day.
    if let (Some(start), Some(end)) = (clock.start, clock.end)
        && end < start
        && last_day == day
    {
        last_day = day.checked_add(1.day()).unwrap_or(day);
    }
    let start_of_day = Time::midnight();
    let end_of_day = Time::constant(23, 59, 59, 0);
    let mut problem = None;
    let mut instant = |local: DateTime| {
        let (at, found) = timestamp(&zone, local)?;
        problem = problem.or(found);
        Some(at)
    };
    let start = instant(day.to_datetime(clock.start.unwrap_or(start_of_day)));
    let end = instant(last_day.to_datetime(clock.end.unwrap_or(end_of_day)));
    let (Some(start), Some(end)) = (start, end) else { return (None, Some(ClockProblem::UnknownClock)) };
    (Some(EventTime { start, end, zone: name.to_owned() }), problem)
}

/// A local time in UTC; one that the clocks skipped is as much later as they were put forward.
fn timestamp(zone: &TimeZone, local: DateTime) -> Option<(Timestamp, Option<ClockProblem>)> {
    let ambiguous = zone.to_ambiguous_timestamp(local);
    let problem = match ambiguous.offset() {
        AmbiguousOffset::Unambiguous { .. } => None,
        AmbiguousOffset::Gap { .. } => Some(ClockProblem::Skipped),
        AmbiguousOffset::Fold { .. } => Some(ClockProblem::Repeated),
    };
    Some((ambiguous.compatible().ok()?, problem))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::date::ClockTime;
    use jiff::civil::{date, time};

    fn check(day: (i16, i8, i8), start: Time, end: Option<Time>, zone: Option<&str>, country: &str) -> String {
        let clock = ClockTime { start: Some(start), end, zone: zone.map(Into::into), ..ClockTime::default() };
        let date = EventDate { date: Some(date(day.0, day.1, day.2)), clock, ..EventDate::default() };
        match in_utc(&date, Some(country)) {
            (Some(time), problem) => {
                let problem = problem.map(|problem| format!(" {problem:?}")).unwrap_or_default();
                format!("{} {}{problem}", time.start, time.end)
            }
            (None, problem) => format!("{problem:?}"),
        }
    }

    #[test]
    fn summer_time_of_syria_and_the_clock_that_the_text_names() {
        let nine = time(9, 0, 0, 0);
        assert_eq!(check((2020, 8, 17), nine, None, None, "Syria"), "2020-08-17T06:00:00Z 2020-08-17T20:59:59Z");
        assert_eq!(check((2020, 1, 17), nine, None, None, "Syria"), "2020-01-17T07:00:00Z 2020-01-17T21:59:59Z");
        let moscow = check((2020, 8, 17), nine, Some(time(11, 0, 0, 0)), Some("Europe/Moscow"), "Syria");
        assert_eq!(moscow, "2020-08-17T06:00:00Z 2020-08-17T08:00:00Z");
    }

    #[test]
    fn a_range_may_end_on_the_next_day() {
        let night = check((2021, 6, 1), time(23, 0, 0, 0), Some(time(2, 0, 0, 0)), None, "Turkey");
        assert_eq!(night, "2021-06-01T20:00:00Z 2021-06-01T23:00:00Z");
    }

    #[test]
    fn times_that_the_clocks_skipped_or_repeated_are_told() {
        // Damascus put its clocks forward at midnight of 27 March 2020 and back on 30 October.
        assert!(check((2020, 3, 27), time(0, 30, 0, 0), None, None, "Syria").ends_with("Skipped"));
        assert!(check((2020, 10, 29), time(23, 30, 0, 0), None, None, "Syria").ends_with("Repeated"));
    }

    #[test]
    fn a_country_with_several_clocks_has_no_local_time() {
        assert_eq!(check((2021, 6, 1), time(9, 0, 0, 0), None, None, "Russia"), "Some(UnknownClock)");
    }

    #[test]
    fn every_clock_of_the_table_is_in_the_tz_database() {
        for row in TIME_ZONES_CSV.lines().skip(1) {
            let zone = row.split_once(',').map_or("", |(_, rest)| first_cell(rest));
            assert!(TimeZoneDatabase::bundled().get(zone).is_ok(), "{row}");
        }
    }
}
