//! Titles and descriptions in English.

use std::collections::BTreeSet;

use jiff::civil::{Date, Time};

use super::parties::party_of;
use crate::gazetteer::place::Place;
use crate::model::date::{DatePrecision, EventDate, weekday_name};
use crate::model::event::{Event, Modality, PlaceReference, PositionStatus};
use crate::model::feature::{GeometryQuality, LocatedStop};
use crate::model::mention::{MentionIndex, RelationKind};
use crate::model::place::FeatureClass;
use crate::writer::row::{Context, EventRow, OtherRow, PatrolRow, PlaceRow, PositionRow};

/// A route with more stops than this is told by its ends.
const TITLE_STOPS: usize = 4;

const STOPS_TOLD: &str = "Stops in the order of travel";
const ENDS_TOLD: &str = "Ends told, without a direction";

pub fn patrol_title(row: &PatrolRow<'_>) -> String {
    let patrol = row.patrol;
    let mut words: Vec<String> = Vec::new();
    match (patrol.count > 1, patrol.ordinal) {
        (true, _) => words.push(patrol.count.to_string()),
        (false, Some(number)) => words.push(ordinal(number)),
        (false, None) => {}
    }
    if patrol.abbreviated {
        words.push("abbreviated".into());
    }
    if row.merged().actors.len() > 1 {
        words.push("joint".into());
    }
    words.extend(adjectives(&row.merged().actors));
    words.push(if patrol.count > 1 { "patrols" } else { "patrol" }.into());
    let names: Vec<&str> = row.stops().iter().map(|stop| row.context.name(stop.mention)).collect();
    match (names.as_slice(), &patrol.area) {
        ([from, to], _) if patrol.undirected => words.push(format!("between {from} and {to}")),
        ([], Some(area)) => words.push(place_phrase(row.context, area)),
        _ => {}
    }
    if let Some(road) = &row.merged().road {
        words.push(format!("on the {road}"));
    }
    let mut title = words.join(" ");
    if patrol.reverse {
        title.push_str(", reversed");
    }
    if row.merged().modality != Modality::Reported {
        title.push_str(", ");
        title.push_str(row.merged().modality.as_str());
    }
    match names.as_slice() {
        [] => {}
        [_, _] if patrol.undirected => {}
        [from, .., to] if names.len() > TITLE_STOPS => title.push_str(&format!(": {from} → … → {to}")),
        names => title.push_str(&format!(": {}", names.join(" → "))),
    }
    capitalised(&title)
}

pub fn patrol_description(row: &PatrolRow<'_>) -> String {
    let patrol = row.patrol;
    let mut sentences = vec![date_sentence(&row.merged().date)];
    sentences.extend(time_sentence(row));
    let names = |mentions: &mut dyn Iterator<Item = MentionIndex>| {
        mentions.map(|mention| row.context.name(mention)).collect::<Vec<_>>().join(", ")
    };
    if !row.stops().is_empty() {
        let stops = names(&mut row.stops().iter().map(|stop| stop.mention));
        let lead = match (row.stops().len(), patrol.undirected) {
            (1, _) => "Only stop told",
            (_, true) => ENDS_TOLD,
            (_, false) => STOPS_TOLD,
        };
        sentences.push(format!("{lead}: {stops}."));
    }
    if !patrol.planned_route.is_empty() {
        sentences.push(format!("Planned route: {}.", names(&mut patrol.planned_route.iter().copied())));
    }
    if let Some(area) = &patrol.area {
        sentences.push(format!("Area: {}.", place_phrase(row.context, area)));
    }
    for (told, sentence) in [
        (patrol.abbreviated, "It was abbreviated."),
        (patrol.full, "It covered the whole stretch."),
        (patrol.returned, "It returned to its start."),
    ] {
        if told {
            sentences.push(sentence.into());
        }
    }
    if let (Some(number), Some(series)) = (patrol.ordinal, &patrol.series) {
        let counter = patrol.counter.as_ref().map(|counter| format!(", as {counter} counts")).unwrap_or_default();
        sentences.push(format!("Number {number} of the series {series}{counter}."));
    }
    sentences.extend(line_sentences(row, row.stops()));
    if let Some(stated) = patrol.stated_length_m {
        sentences.push(format!("The article says {}.", kilometres(stated)));
    }
    sentences.extend(tellings_sentence(row.event()));
    sentences.join(" ")
}

pub fn position_title(row: &PositionRow<'_>) -> String {
    let position = row.position;
    let mut words: Vec<String> = Vec::new();
    if position.count > 1 {
        words.push(position.count.to_string());
    }
    match position.status {
        PositionStatus::Existing => {}
        status => words.push(status.as_str().into()),
    }
    words.extend(adjectives(&row.merged().actors));
    let plural = if position.count > 1 { "s" } else { "" };
    words.push(format!("{}{plural}", position.position_type.as_str()));
    words.push(place_phrase(row.context, &position.place));
    if let Some(road) = &row.merged().road
        && row.context.road(position.place.mention) != Some(road)
    {
        words.push(format!("on the {road}"));
    }
    capitalised(&words.join(" "))
}

pub fn position_description(row: &PositionRow<'_>) -> String {
    let mut sentences = vec![date_sentence(&row.merged().date)];
    sentences.extend(time_sentence(row));
    sentences.push(point_sentence(row, Some(&row.position.place)));
    sentences.extend(tellings_sentence(row.event()));
    sentences.join(" ")
}

pub fn other_title(row: &OtherRow<'_>) -> String {
    let mut title = row.known_type().map_or_else(|| row.event_type.replace('_', " "), |known| known.label_en.clone());
    if row.merged().modality != Modality::Reported {
        title.push_str(", ");
        title.push_str(row.merged().modality.as_str());
    }
    let names: Vec<&str> = row.stops().iter().map(|stop| row.context.name(stop.mention)).collect();
    match (names.as_slice(), row.place) {
        ([from, to], _) if row.movement.undirected => title.push_str(&format!(" between {from} and {to}")),
        ([from, .., to], _) if names.len() > TITLE_STOPS => title.push_str(&format!(": {from} → … → {to}")),
        ([_, _, ..], _) => title.push_str(&format!(": {}", names.join(" → "))),
        (_, Some(place)) => {
            title.push(' ');
            title.push_str(&place_phrase(row.context, place));
        }
        _ => {}
    }
    capitalised(&title)
}

pub fn other_description(row: &OtherRow<'_>) -> String {
    let mut sentences = vec![date_sentence(&row.merged().date)];
    sentences.extend(time_sentence(row));
    if !row.merged().actors.is_empty() {
        let actors: Vec<&str> = row.merged().actors.iter().map(String::as_str).collect();
        sentences.push(format!("Actors: {}.", actors.join(", ")));
    }
    let route: Vec<&str> = row.movement.route.iter().map(|stop| row.context.name(*stop)).collect();
    if !route.is_empty() {
        let lead = if row.movement.undirected { ENDS_TOLD } else { STOPS_TOLD };
        sentences.push(format!("{lead}: {}.", route.join(", ")));
    }
    match row.is_line() {
        true => sentences.extend(line_sentences(row, row.stops())),
        false => sentences.push(point_sentence(row, row.place)),
    }
    sentences.extend(tellings_sentence(row.event()));
    sentences.join(" ")
}

/// How a line was drawn, and which stops it does not go through.
fn line_sentences(row: &impl EventRow, stops: &[LocatedStop]) -> Vec<String> {
    let length = row.feature().length_m.map(kilometres).unwrap_or_default();
    let road = row.merged().road.as_deref().unwrap_or("road");
    let mut sentences = vec![match row.quality() {
        GeometryQuality::Road => format!("Drawn along the {road}, {length}."),
        GeometryQuality::Schematic => format!("Drawn along a schematic {road}, {length}."),
        GeometryQuality::Straight => format!("Drawn straight from stop to stop, {length}."),
        _ if stops.is_empty() => "Not drawn: the article tells no route.".into(),
        _ => "Not drawn: fewer than two of its stops could be located.".into(),
    }];
    if row.geometry().is_some() {
        let left_out = stops.iter().filter(|stop| stop.distance_to_line_m.is_none());
        let names: Vec<&str> = left_out.map(|stop| row.context().name(stop.mention)).collect();
        if !names.is_empty() {
            sentences.push(format!("Not drawn through {}, which could not be located.", names.join(", ")));
        }
    }
    sentences
}

pub fn place_title(row: &PlaceRow<'_>) -> String {
    match row.row().map(|place| place.country()) {
        Some(country) if !country.is_empty() && country != row.name() => format!("{} ({country})", row.name()),
        _ => row.name().to_owned(),
    }
}

pub fn place_description(row: &PlaceRow<'_>) -> String {
    let times = match row.feature.mentions.len() {
        1 => "once".to_owned(),
        count => format!("{count} times"),
    };
    let mut sentences = vec![format!("Named {times} in the article.")];
    match (row.row(), row.feature.reason) {
        (Some(place), _) => {
            let within: Vec<&str> = [place.admin1(), place.country()]
                .into_iter()
                .filter(|name| !name.is_empty() && *name != place.name_en())
                .collect();
            if !within.is_empty() {
                sentences.push(format!("Lies in {}.", within.join(", ")));
            }
            if row.feature.candidates > 1 {
                sentences.push(format!("Chosen among {} places of this name.", row.feature.candidates));
            }
        }
        (None, Some(reason)) => sentences.push(format!("Not located: {}.", reason.as_str())),
        (None, None) => sentences.push("Not located.".into()),
    }
    sentences.join(" ")
}

/// How the text locates a thing: "10 km west of Kobani", "in the countryside of Idlib".
pub fn place_phrase(context: &Context<'_>, place: &PlaceReference) -> String {
    let name = context.name(place.mention);
    if let Some(road) = context.road(place.mention) {
        return format!("on the {road}");
    }
    if let Some(other) = place.other {
        return format!("between {name} and {}", context.name(other));
    }
    let distance = place.distance_m.map(|metres| format!("{} ", kilometres(metres))).unwrap_or_default();
    match place.relation {
        RelationKind::At | RelationKind::Alias if distance.is_empty() => {
            let area = context.place(place.mention).is_some_and(|place| is_area(&place));
            format!("{} {name}", if area { "in" } else { "at" })
        }
        RelationKind::Near if distance.is_empty() => format!("near {name}"),
        RelationKind::At | RelationKind::Alias | RelationKind::Near => format!("{distance}from {name}"),
        RelationKind::Countryside { side: None } => format!("in the countryside of {name}"),
        RelationKind::Countryside { side: Some(side) } if distance.is_empty() => {
            format!("in the {}ern countryside of {name}", side.as_str())
        }
        RelationKind::Countryside { side: Some(bearing) } | RelationKind::Direction(bearing) => {
            format!("{distance}{} of {name}", bearing.as_str())
        }
        RelationKind::Between | RelationKind::AlongRoad => format!("near {name}"),
        RelationKind::Within => format!("in {name}"),
    }
}

fn is_area(place: &Place<'_>) -> bool {
    matches!(place.feature_class(), FeatureClass::Administrative | FeatureClass::Area)
}

fn point_sentence(row: &impl EventRow, place: Option<&PlaceReference>) -> String {
    let radius = row.uncertainty_m().map(kilometres).unwrap_or_default();
    match row.quality() {
        GeometryQuality::Gazetteer => format!("Drawn at the place's own point, within {radius}."),
        GeometryQuality::None => match place {
            None => "Not drawn: the article does not say where.".into(),
            Some(place) => format!("Not drawn: {} has no known point.", row.context().name(place.mention)),
        },
        _ => format!("Drawn approximately, within {radius}."),
    }
}

fn tellings_sentence(event: &Event) -> Option<String> {
    (event.tellings.len() > 1).then(|| format!("Told {} times in the article.", event.tellings.len()))
}

/// The clock time that the text tells, by the clock that it goes by.
fn time_sentence(row: &impl EventRow) -> Option<String> {
    let zone = &row.feature().time.as_ref()?.zone;
    let clock = &row.merged().date.clock;
    let spelled = |time: Time| time.strftime("%H:%M").to_string();
    Some(match (clock.start.map(spelled), clock.end.map(spelled)) {
        (Some(start), Some(end)) => format!("From {start} to {end} ({zone})."),
        (Some(start), None) => format!("At {start} ({zone})."),
        (None, Some(end)) => format!("Until {end} ({zone})."),
        (None, None) => return None,
    })
}

fn date_sentence(date: &EventDate) -> String {
    let weekday = date.weekday.or_else(|| date.date.map(Date::weekday)).map(weekday_name);
    match (date.date, date.date_end) {
        (Some(start), Some(end)) if start != end => format!("From {} to {}.", day(start), day(end)),
        (Some(start), _) => format!("On {} {}.", weekday.unwrap_or_default(), day(start)),
        (None, Some(end)) if date.precision == DatePrecision::Before => format!("Before {}.", day(end)),
        (None, Some(end)) => format!("Until {}.", day(end)),
        (None, None) => match (date.partial.and_then(|partial| partial.iso_partial()), weekday) {
            (Some(partial), Some(weekday)) => format!("Date told in part: {partial}, a {weekday}."),
            (Some(partial), None) => format!("Date told in part: {partial}."),
            (None, Some(weekday)) => format!("On a {weekday}."),
            (None, None) => "Date not told.".into(),
        },
    }
}

fn day(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = usize::try_from(date.month() - 1).ok().and_then(|index| MONTHS.get(index)).copied();
    format!("{} {} {}", date.day(), month.unwrap_or_default(), date.year())
}

/// "Russian-Turkish", or the names as they are when one of them has no adjective.
fn adjectives(actors: &BTreeSet<String>) -> Option<String> {
    let words: Vec<&str> =
        actors.iter().map(|actor| party_of(actor).map_or(actor.as_str(), |party| party.adjective_en)).collect();
    (!words.is_empty()).then(|| words.join("-"))
}

/// "24th".
pub fn ordinal(number: u32) -> String {
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// "61 km", "2.5 km".
pub fn kilometres(metres: f64) -> String {
    let kilometres = metres / 1000.0;
    if kilometres < 10.0 && (kilometres.round() - kilometres).abs() >= 0.05 {
        format!("{kilometres:.1} km")
    } else {
        format!("{kilometres:.0} km")
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::date::PartialDate;
    use jiff::civil::date;

    #[test]
    fn ordinals_end_as_english_wants() {
        let words: Vec<String> = [1, 2, 3, 4, 11, 12, 13, 21, 22, 24, 101, 111].map(ordinal).into();
        let expected = ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "24th", "101st", "111th"];
        assert_eq!(words, expected);
    }

    #[test]
    fn dates_say_only_what_is_told() {
        let of = |date: EventDate| date_sentence(&date);
        let start = Some(date(2020, 8, 17));
        assert_eq!(of(EventDate { date: start, ..EventDate::default() }), "On Monday 17 August 2020.");
        let before =
            EventDate { date_end: Some(date(2020, 5, 5)), precision: DatePrecision::Before, ..Default::default() };
        assert_eq!(of(before), "Before 5 May 2020.");
        let partial = Some(PartialDate { month: Some(9), ..PartialDate::default() });
        assert_eq!(of(EventDate { partial, ..EventDate::default() }), "Date told in part: --09.");
        assert_eq!(of(EventDate::default()), "Date not told.");
    }

    #[test]
    fn actors_become_one_adjective() {
        let actors = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(adjectives(&actors(&["Turkey", "Russia"])).as_deref(), Some("Russian-Turkish"));
        assert_eq!(adjectives(&actors(&["SDF"])).as_deref(), Some("SDF"));
        assert_eq!(adjectives(&actors(&[])), None);
    }
}
