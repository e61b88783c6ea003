//! Provenance: everything that led to a feature, as one JSON text.
//!
//! It is text and not an object, so that the file stays flat; QGIS reads it with `from_json()`.
//! Offsets and lengths count Unicode code points, as `evidence_offset` does.

use std::collections::BTreeMap;

use jiff::civil::Time;
use serde::Serialize;

use super::row::{Context, EventRow, OtherRow, PatrolRow, PlaceRow, PositionRow};
use super::value::rounded;
use crate::gazetteer::place::Place;
use crate::model::event::{Contradiction, EventMention, Evidence};
use crate::model::feature::LocatedStop;
use crate::model::mention::{MentionIndex, RankedCandidate, Resolution};
use crate::model::span::Span;

/// How many readings of a place are told.
const CANDIDATES: usize = 3;

/// What would be written as 0.000 is left out.
const NEGLIGIBLE: f64 = 0.0005;

#[derive(Serialize)]
struct Provenance<'a> {
    language: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<QuotedRule<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tellings: Vec<Words<'a>>,
    /// Offset and length of every mention.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mentions: Vec<[usize; 2]>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contradictions: Vec<ToldTwice<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    local_time: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    stops: Vec<Stop<'a>>,
    places: Vec<ReadPlace<'a>>,
}

#[derive(Serialize)]
struct Words<'a> {
    text: &'a str,
    offset: usize,
    length: usize,
}

#[derive(Serialize)]
struct QuotedRule<'a> {
    rule: &'a str,
    #[serde(flatten)]
    words: Words<'a>,
}

/// What two tellings tell differently, with the words of each.
#[derive(Serialize)]
struct ToldTwice<'a> {
    field: &'a str,
    kept: &'a str,
    other: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kept_words: Option<Words<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    other_words: Option<Words<'a>>,
}

#[derive(Serialize)]
struct Stop<'a> {
    name: &'a str,
    surface: &'a str,
    gazetteer_id: Option<&'a str>,
    distance_to_line_m: Option<f64>,
    probability: Option<f64>,
}

#[derive(Serialize)]
struct ReadPlace<'a> {
    #[serde(flatten)]
    words: Words<'a>,
    rule: &'a str,
    gazetteer_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    candidates: Vec<ReadCandidate<'a>>,
}

#[derive(Serialize)]
struct ReadCandidate<'a> {
    gazetteer_id: &'a str,
    name: &'a str,
    score: f64,
    probability: f64,
    /// Points that each pass gave.
    passes: BTreeMap<&'a str, f64>,
}

pub fn of_patrol(row: &PatrolRow<'_>) -> String {
    let area = row.patrol.area.iter().map(|area| area.mention);
    let needed = row.patrol.route.iter().chain(&row.patrol.planned_route).copied().chain(area);
    of_event(row, stops(row.context, row.stops()), needed.collect())
}

fn stops<'a>(context: &Context<'a>, stops: &[LocatedStop]) -> Vec<Stop<'a>> {
    let told = |stop: &LocatedStop| Stop {
        name: context.name(stop.mention),
        surface: context.surface(stop.mention),
        gazetteer_id: context.place(stop.mention).as_ref().map(Place::id),
        distance_to_line_m: stop.distance_to_line_m.map(|metres| rounded(metres, 0)),
        probability: probability(context, stop.mention),
    };
    stops.iter().map(told).collect()
}

pub fn of_position(row: &PositionRow<'_>) -> String {
    let place = row.position.place;
    of_event(row, Vec::new(), [Some(place.mention), place.other].into_iter().flatten().collect())
}

pub fn of_other(row: &OtherRow<'_>) -> String {
    let place = row.place.iter().flat_map(|place| [Some(place.mention), place.other]).flatten();
    of_event(row, stops(row.context, row.stops()), place.chain(row.movement.route.iter().copied()).collect())
}

/// The provenance of a place: its first mention that was read as this place.
pub fn of_place(row: &PlaceRow<'_>) -> String {
    let as_this = |mention: &&MentionIndex| {
        row.context.resolution(**mention).is_some_and(|outcome| outcome.place() == row.feature.place)
    };
    let mention = row.feature.mentions.iter().find(as_this).copied().or(row.first());
    let provenance = Provenance {
        language: &row.context.map.language,
        evidence: Vec::new(),
        tellings: Vec::new(),
        mentions: row.feature.mentions.iter().map(|mention| position(row.context, *mention)).collect(),
        contradictions: Vec::new(),
        local_time: None,
        stops: Vec::new(),
        places: mention.into_iter().map(|mention| read_place(row.context, mention)).collect(),
    };
    json(&provenance)
}

fn of_event(row: &impl EventRow, stops: Vec<Stop<'_>>, mut needed: Vec<MentionIndex>) -> String {
    needed.sort_unstable();
    needed.dedup();
    let context = row.context();
    let quoted = |evidence: &Evidence| QuotedRule { rule: evidence.rule, words: words(context, evidence.span) };
    let provenance = Provenance {
        language: &context.map.language,
        evidence: row.merged().details.iter().map(quoted).collect(),
        tellings: row.event().tellings.iter().map(|telling| words(context, *telling)).collect(),
        mentions: Vec::new(),
        contradictions: row.merged().contradictions.iter().map(|found| told_twice(context, found)).collect(),
        local_time: local_time(row.merged()),
        stops,
        places: needed.into_iter().map(|mention| read_place(context, mention)).collect(),
    };
    json(&provenance)
}

fn told_twice<'a>(context: &Context<'a>, found: &'a Contradiction) -> ToldTwice<'a> {
    let quoted = |span: Option<Span>| span.map(|span| words(context, span));
    let (kept_words, other_words) = (quoted(found.kept_span), quoted(found.other_span));
    ToldTwice { field: found.field, kept: &found.kept, other: &found.other, kept_words, other_words }
}

/// "09:00", "08:00/10:00", "../11:30" by the clock that the text goes by.
fn local_time(event: &EventMention) -> Option<String> {
    let clock = &event.date.clock;
    let spelled = |time: Time| time.strftime("%H:%M").to_string();
    match (clock.start.map(spelled), clock.end.map(spelled)) {
        (None, None) => None,
        (Some(start), None) => Some(start),
        (start, Some(end)) => Some(format!("{}/{end}", start.unwrap_or_else(|| "..".to_owned()))),
    }
}

fn json(provenance: &Provenance<'_>) -> String {
    // Only a map with keys that are no text, or a failing writer, can fail to become JSON.
    serde_json::to_string(provenance).unwrap_or_else(|_| "{}".to_owned())
}

fn words<'a>(context: &Context<'a>, span: Span) -> Words<'a> {
    let quote = context.quote(span);
    Words { text: quote.text, offset: quote.offset, length: quote.length }
}

fn position(context: &Context<'_>, mention: MentionIndex) -> [usize; 2] {
    let quote = context.quote(span(context, mention));
    [quote.offset, quote.length]
}

fn span(context: &Context<'_>, mention: MentionIndex) -> Span {
    context.map.mentions.get(mention.0).map_or_else(Span::default, |mention| mention.span)
}

fn probability(context: &Context<'_>, mention: MentionIndex) -> Option<f64> {
    match context.resolution(mention)? {
        Resolution::Resolved { probability, .. } => finite(*probability),
        Resolution::Unresolved { .. } => None,
    }
}

/// To three decimals; JSON has no infinity.
fn finite(number: f64) -> Option<f64> {
    number.is_finite().then(|| rounded(number, 3))
}

fn read_place<'a>(context: &Context<'a>, mention: MentionIndex) -> ReadPlace<'a> {
    let resolution = context.resolution(mention);
    let reason = match resolution {
        Some(Resolution::Unresolved { reason, .. }) => Some(reason.as_str()),
        _ => None,
    };
    let ranked = resolution.map(Resolution::ranked).unwrap_or_default();
    ReadPlace {
        words: words(context, span(context, mention)),
        rule: context.map.mentions.get(mention.0).map_or("", |mention| mention.rule),
        gazetteer_id: context.place(mention).as_ref().map(Place::id),
        source: context.place(mention).as_ref().map(Place::source),
        reason,
        candidates: ranked
            .iter()
            .take(CANDIDATES)
            .enumerate()
            .filter(|(rank, candidate)| *rank == 0 || candidate.probability >= NEGLIGIBLE)
            .filter_map(|(_, candidate)| read_candidate(context, candidate))
            .collect(),
    }
}

fn read_candidate<'a>(context: &Context<'a>, candidate: &'a RankedCandidate) -> Option<ReadCandidate<'a>> {
    let place = context.gazetteer.get(candidate.place)?;
    let mut passes = BTreeMap::new();
    for (pass, points) in &candidate.contributions {
        if points.abs() >= NEGLIGIBLE {
            *passes.entry(*pass).or_insert(0.0) += finite(*points)?;
        }
    }
    Some(ReadCandidate {
        gazetteer_id: place.id(),
        name: place.name_en(),
        score: finite(candidate.score)?,
        probability: finite(candidate.probability)?,
        passes,
    })
}
