//! The output contract: one table of properties for each kind of feature.
//!
//! Every property of a table stands in every feature of its kind, with the type given here or
//! null. Properties that several kinds share have one type in all of them.

use jiff::civil::Date;

use super::row::{Context, EventRow, OtherRow, PatrolRow, PlaceRow, PositionRow, Row};
use super::value::ValueType::{Boolean, Date as Day, DateTime, Integer, Number, Text};
use super::value::{Value, ValueType};
use super::wording::{arabic, english};
use super::{identity, provenance};
use crate::model::date::weekday_name;
use crate::model::feature::LocatedStop;
use crate::model::mention::MentionIndex;

/// A property: what it is called, its type, what it means, and how it is read off a row.
pub struct Column<R> {
    pub head: ColumnHead,
    pub value: fn(&R) -> Value,
}

/// A property without its accessor.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ColumnHead {
    pub name: &'static str,
    pub value_type: ValueType,
    pub meaning: &'static str,
}

const fn column<R>(
    name: &'static str,
    value_type: ValueType,
    meaning: &'static str,
    value: fn(&R) -> Value,
) -> Column<R> {
    Column { head: ColumnHead { name, value_type, meaning }, value }
}

/// The names of a kind's features, which differ in how they are worded.
struct Naming<R> {
    kind: fn(&R) -> Value,
    title: fn(&R) -> Value,
    title_ar: fn(&R) -> Value,
    description: fn(&R) -> Value,
}

fn common<R: Row>(naming: Naming<R>) -> Vec<Column<R>> {
    vec![
        column("kind", Text, "patrol, position, event or place", naming.kind),
        column("title", Text, "what a popup is headed by, in English", naming.title),
        column("description", Text, "what a person reads in a popup, in English", naming.description),
        column("title_ar", Text, "the title in Arabic", naming.title_ar),
        column("article_id", Text, "file stem, or the record's id", |row| {
            Value::text(row.context().map.article.id.as_str())
        }),
        column("source", Text, "outlet", |row| row.context().map.article.source.as_deref().into()),
        column("url", Text, "address of the article", |row| row.context().map.article.url.as_deref().into()),
        column("published", Day, "publication day, YYYY-MM-DD", |row| day(row.context().published())),
        column("evidence", Text, "the words of the article that carry the feature", |row| {
            Value::text(row.evidence().text)
        }),
        column("evidence_offset", Integer, "where they start, in Unicode code points", |row| {
            Value::integer(row.evidence().offset)
        }),
        column("evidence_length", Integer, "how long they are, in Unicode code points", |row| {
            Value::integer(row.evidence().length)
        }),
        column("confidence", Number, "how sure the feature is, 0 to 1", |row| Value::number(row.confidence(), 3)),
        column("geometry_quality", Text, "gazetteer, road, schematic, straight, approximate or none", |row| {
            Value::text(row.quality().as_str())
        }),
        column("uncertainty_m", Number, "radius in metres inside which the truth is claimed to lie", |row| {
            row.uncertainty_m().map_or(Value::Null, |metres| Value::number(metres, 0))
        }),
    ]
}

fn dates<R: EventRow>() -> Vec<Column<R>> {
    vec![
        column("date", Day, "day, YYYY-MM-DD", |row| day(row.merged().date.date)),
        column("date_end", Day, "last day, YYYY-MM-DD", |row| day(row.merged().date.date_end)),
        column("date_precision", Text, "day, month, year, before or unknown", |row| {
            Value::text(row.merged().date.precision.as_str())
        }),
        column("date_partial", Text, "what the text gives of a date that is not whole: --03-15, 2020-03", |row| {
            row.merged().date.partial.and_then(|partial| partial.iso_partial()).into()
        }),
        column("weekday", Text, "weekday as the text names it, in English", |row| {
            row.merged().date.weekday.map(weekday_name).into()
        }),
        column("date_text", Text, "the words that carry the date", |row| {
            row.merged().date.span.map(|span| row.context().quote(span).text).into()
        }),
        column("time_start", DateTime, "when it started, else the start of the day, UTC; null without a day", |row| {
            let day = row.merged().date.date.map(|date| format!("{date}T00:00:00Z"));
            row.feature().time.as_ref().map(|time| time.start.to_string()).or(day).into()
        }),
        column("time_end", DateTime, "when it ended, else the end of the last day, UTC", |row| {
            let date = &row.merged().date;
            let day = date.date_end.or(date.date).map(|date| format!("{date}T23:59:59Z"));
            row.feature().time.as_ref().map(|time| time.end.to_string()).or(day).into()
        }),
        column("time_text", Text, "the words that tell the time of day", |row| {
            row.merged().date.time_span.map(|span| row.context().quote(span).text).into()
        }),
        column(
            "time_precision",
            Text,
            "how well time_start and time_end are known: minute, hour or day",
            |row| match (&row.feature().time, row.merged().date.date.or(row.merged().date.date_end)) {
                (Some(_), _) if row.merged().date.clock.to_the_minute => Value::text("minute"),
                (Some(_), _) => Value::text("hour"),
                (None, Some(_)) => Value::text("day"),
                (None, None) => Value::Null,
            },
        ),
        column("time_zone", Text, "the clock that the text goes by, by its name in the tz database", |row| {
            row.feature().time.as_ref().map(|time| time.zone.as_str()).into()
        }),
    ]
}

/// The properties of a patrol.
pub fn patrol_columns<'a>() -> Vec<Column<PatrolRow<'a>>> {
    let mut columns = common::<PatrolRow<'a>>(Naming {
        kind: |_| Value::text("patrol"),
        title: |row| Value::text(english::patrol_title(row)),
        title_ar: |row| Value::text(arabic::patrol_title(row)),
        description: |row| Value::text(english::patrol_description(row)),
    });
    columns.extend(dates());
    columns.extend([
        column("ordinal", Integer, "the number of this run", |row: &PatrolRow<'a>| row.patrol.ordinal.into()),
        column("ordinal_text", Text, "the words that give the number", |row| {
            row.patrol.ordinal_span.map(|span| row.context.quote(span).text).into()
        }),
        column("counter", Text, "who counts, where the text says so", |row| row.patrol.counter.as_deref().into()),
        column("count", Integer, "how many runs this feature stands for", |row| row.patrol.count.max(1).into()),
        column("actors", Text, "countries or groups in English, joined by '; '", actors),
        column("road", Text, "reference of the road", |row| row.merged().road.as_deref().into()),
        column("route", Text, ROUTE, |row| Value::list(row.stops().iter().map(|stop| row.context.name(stop.mention)))),
        column("route_surfaces", Text, ROUTE_SURFACES, |row| {
            Value::list(row.stops().iter().map(|stop| row.context.surface(stop.mention)))
        }),
        column("route_text", Text, ROUTE_TEXT, |row| arrows(row.context, row.stops())),
        column("planned_route", Text, "the announced route, where it differs", |row| {
            names(row, &row.patrol.planned_route)
        }),
        column("area", Text, "where only an area is told", |row| {
            row.patrol.area.as_ref().map(|area| area_text(row, area)).into()
        }),
        column("reverse", Boolean, "told to run against the usual direction", |row| row.patrol.reverse.into()),
        column("abbreviated", Boolean, "told to be shortened or cut off", |row| row.patrol.abbreviated.into()),
        column("full", Boolean, "told to have covered the whole stretch", |row| row.patrol.full.into()),
        column("returned", Boolean, RETURNED, |row| row.patrol.returned.into()),
        column("undirected", Boolean, UNDIRECTED, |row| row.patrol.undirected.into()),
        column("modality", Text, "reported, planned, cancelled, suspended or denied", |row| {
            Value::text(row.merged().modality.as_str())
        }),
        column("length_km", Number, LENGTH, |row| kilometres(row.feature.length_m)),
        column("stated_length_km", Number, "length that the text gives", |row| kilometres(row.patrol.stated_length_m)),
        column("series", Text, "which numbering the number belongs to", |row| row.patrol.series.as_deref().into()),
        column("attribution", Text, ATTRIBUTION, attribution),
        column("event_key", Text, "what tellings of one event in several articles share", |row| {
            identity::patrol_key(row).into()
        }),
        column("provenance_json", Text, PROVENANCE, |row| Value::text(provenance::of_patrol(row))),
    ]);
    columns
}

/// The properties of a position.
pub fn position_columns<'a>() -> Vec<Column<PositionRow<'a>>> {
    let mut columns = common::<PositionRow<'a>>(Naming {
        kind: |_| Value::text("position"),
        title: |row| Value::text(english::position_title(row)),
        title_ar: |row| Value::text(arabic::position_title(row)),
        description: |row| Value::text(english::position_description(row)),
    });
    columns.extend([
        column("actor", Text, "whose position it is, in English", |row: &PositionRow<'a>| {
            match row.merged().actors.is_empty() {
                true => Value::Null,
                false => actors(row),
            }
        }),
        column("position_type", Text, "observation post, post, base, checkpoint or deployment", |row| {
            Value::text(row.position.position_type.as_str())
        }),
        column("status", Text, "new, existing, planned or evacuated", |row| Value::text(row.position.status.as_str())),
        column("count", Integer, "how many positions this feature stands for", |row| row.position.count.max(1).into()),
        column("place", Text, PLACE, |row| Value::text(row.context.name(row.position.place.mention))),
        column("place_surface", Text, PLACE_SURFACE, |row| {
            Value::text(row.context.surface(row.position.place.mention))
        }),
        column("place_ar", Text, "Arabic name of the place", |row| {
            row.context.name_ar(row.position.place.mention).into()
        }),
        column("relation", Text, "how it stands to the place: at, near, countryside, west of, between ...", |row| {
            Value::text(row.position.place.relation.as_text())
        }),
        column("near_road", Text, "reference of the road it lies at", |row| {
            row.merged().road.as_deref().or(row.context.road(row.position.place.mention)).into()
        }),
    ]);
    columns.extend(dates());
    columns.extend([
        column("attribution", Text, ATTRIBUTION, attribution),
        column("event_key", Text, "what tellings of one event in several articles share", |row: &PositionRow<'a>| {
            Value::text(identity::position_key(row))
        }),
        column("provenance_json", Text, PROVENANCE, |row| Value::text(provenance::of_position(row))),
    ]);
    columns
}

/// The properties of any other event at a place.
pub fn other_columns<'a>() -> Vec<Column<OtherRow<'a>>> {
    event_columns(Vec::new())
}

/// The properties of an event that tells a route: those of the others and the route's.
pub fn line_columns<'a>() -> Vec<Column<OtherRow<'a>>> {
    event_columns(vec![
        column("road", Text, "reference of the road", |row: &OtherRow<'a>| row.merged().road.as_deref().into()),
        column("route", Text, ROUTE, |row| Value::list(row.stops().iter().map(|stop| row.context.name(stop.mention)))),
        column("route_surfaces", Text, ROUTE_SURFACES, |row| {
            Value::list(row.stops().iter().map(|stop| row.context.surface(stop.mention)))
        }),
        column("route_text", Text, ROUTE_TEXT, |row| arrows(row.context, row.stops())),
        column("returned", Boolean, RETURNED, |row| row.movement.returned.into()),
        column("undirected", Boolean, UNDIRECTED, |row| row.movement.undirected.into()),
        column("length_km", Number, LENGTH, |row| kilometres(row.feature.length_m)),
    ])
}

fn event_columns<'a>(of_route: Vec<Column<OtherRow<'a>>>) -> Vec<Column<OtherRow<'a>>> {
    let mut columns = common::<OtherRow<'a>>(Naming {
        kind: |_| Value::text("event"),
        title: |row| Value::text(english::other_title(row)),
        title_ar: |row| arabic::other_title(row).into(),
        description: |row| Value::text(english::other_description(row)),
    });
    columns.extend([
        column("event_type", Text, "a type out of lexicon/event_types.toml", |row: &OtherRow<'a>| {
            Value::text(row.event_type)
        }),
        column("cameo", Text, "CAMEO event code, where one fits", |row| {
            row.known_type().and_then(|known| known.cameo.as_deref()).into()
        }),
        column("plover", Text, "PLOVER event and mode, where one fits", |row| {
            row.known_type().and_then(|known| known.plover.as_deref()).into()
        }),
        column("acled", Text, "ACLED sub-event type, where one fits", |row| {
            row.known_type().and_then(|known| known.acled.as_deref()).into()
        }),
        column("place", Text, PLACE, |row| row.place.map(|place| row.context.name(place.mention)).into()),
        column("place_surface", Text, PLACE_SURFACE, |row| {
            row.place.map(|place| row.context.surface(place.mention)).into()
        }),
        column("actors", Text, "countries or groups in English, joined by '; '", actors),
        column("modality", Text, "reported, planned, cancelled, suspended or denied", |row| {
            Value::text(row.merged().modality.as_str())
        }),
    ]);
    columns.extend(of_route);
    columns.extend(dates());
    columns.extend([
        column("attribution", Text, ATTRIBUTION, attribution),
        column("event_key", Text, "what tellings of one event in several articles share", |row: &OtherRow<'a>| {
            identity::other_key(row).into()
        }),
        column("provenance_json", Text, PROVENANCE, |row| Value::text(provenance::of_other(row))),
    ]);
    columns
}

/// The properties of a place that an article names.
pub fn place_columns<'a>() -> Vec<Column<PlaceRow<'a>>> {
    let mut columns = common::<PlaceRow<'a>>(Naming {
        kind: |_| Value::text("place"),
        title: |row| Value::text(english::place_title(row)),
        title_ar: |row| arabic::place_title(row).into(),
        description: |row| Value::text(english::place_description(row)),
    });
    columns.extend([
        column("surface", Text, "the name as the article first spells it", |row: &PlaceRow<'a>| {
            Value::text(row.surface())
        }),
        column("name", Text, "English name, or the article's spelling", |row| Value::text(row.name())),
        column("name_ar", Text, "Arabic name", |row| row.name_ar().into()),
        column("country", Text, "English name of the country", |row| filled(row.row().map(|place| place.country()))),
        column("admin1", Text, "first-level division", |row| filled(row.row().map(|place| place.admin1()))),
        column("feature_code", Text, "GeoNames feature code", |row| {
            filled(row.row().map(|place| place.feature_code()))
        }),
        column("gazetteer_id", Text, "id of the gazetteer's row", |row| row.row().map(|place| place.id()).into()),
        column("resolved", Boolean, "whether it is known which place is meant", |row| {
            row.feature.place.is_some().into()
        }),
        column("reason", Text, "why not, when it is not", |row| {
            row.feature.reason.map(|reason| reason.as_str()).into()
        }),
        column("candidates", Integer, "how many places of the gazetteer bear the name", |row| {
            Value::integer(row.feature.candidates)
        }),
        column("mentions", Integer, "how often the article names it", |row| Value::integer(row.feature.mentions.len())),
        column("provenance_json", Text, PROVENANCE, |row| Value::text(provenance::of_place(row))),
    ]);
    columns
}

const PLACE: &str = "English name of the place, or the article's spelling";
const PLACE_SURFACE: &str = "the place as the article spells it";
const ATTRIBUTION: &str = "who says so: the English name of a known source, else the article's words";
const ROUTE: &str = "stops in the order of travel, English names joined by '; '";
const ROUTE_SURFACES: &str = "the same stops as the article spells them";
const ROUTE_TEXT: &str = "the same stops, A → B → C";
const RETURNED: &str = "told to have gone back to its start";
const UNDIRECTED: &str = "the ends are told but not the direction";
const LENGTH: &str = "length of the line drawn";
const PROVENANCE: &str = "what led to the feature, as JSON text";

fn day(date: Option<Date>) -> Value {
    date.map(|date| date.to_string()).into()
}

fn kilometres(metres: Option<f64>) -> Value {
    metres.map_or(Value::Null, |metres| Value::number(metres / 1000.0, 2))
}

fn arrows(context: &Context<'_>, stops: &[LocatedStop]) -> Value {
    let names: Vec<&str> = stops.iter().map(|stop| context.name(stop.mention)).collect();
    Value::text(names.join(" → "))
}

fn filled(text: Option<&str>) -> Value {
    text.filter(|text| !text.is_empty()).into()
}

fn actors<R: EventRow>(row: &R) -> Value {
    Value::list(&row.merged().actors)
}

/// Each source once, in the order of the text.
fn attribution<R: EventRow>(row: &R) -> Value {
    let mut names: Vec<&str> = Vec::new();
    for attribution in &row.merged().attributions {
        if !names.contains(&attribution.name.as_str()) {
            names.push(&attribution.name);
        }
    }
    if names.is_empty() { Value::Null } else { Value::list(names) }
}

fn names(row: &PatrolRow<'_>, mentions: &[MentionIndex]) -> Value {
    Value::list(mentions.iter().map(|mention| row.context.name(*mention)))
}

fn area_text(row: &PatrolRow<'_>, area: &crate::model::event::PlaceReference) -> String {
    english::place_phrase(row.context, area)
}
