//! Every mention of a place, one article a line: for programs that only want the places.
//!
//! ```json
//! {"id": "a", "language": "ar", "published": null, "mentions": [{
//!   "start": 6, "end": 17, "surface": "مدينة أريحا", "name_start": 12, "name_end": 17, "role": "literal", "cue": "city",
//!   "rule": "gazetteer name", "resolved": true, "geometry_quality": "gazetteer", "reason": null,
//!   "gazetteer_id": "gn:172994", "name": "Ariha", "name_ar": "أريحا", "country": "Syria",
//!   "admin1": "Idlib", "feature_code": "PPLA2", "lat": 35.8146, "lon": 36.6103,
//!   "uncertainty_m": 2100.0, "confidence": 0.98,
//!   "candidates": [{"gazetteer_id": "gn:172994", "name": "Ariha", …, "probability": 0.98}]}]}
//! ```
//!
//! `start` and `end` are Unicode code points, `end` exclusive; `surface` has the noun of the place's
//! class where that is written as a part of the name, `name_start` and `name_end` leave it out. Each candidate is a place that
//! bears the name, best first; a mention that is not resolved says why, and has a `lat` only where the
//! text says where it lies (`geometry_quality` `approximate`). Adjectives
//! of countries ("Syrian") have the role `demonym` and the country's point.

use std::io::{self, Write};

use serde::Serialize;

use super::value::rounded;
use crate::gazetteer::Gazetteer;
use crate::gazetteer::place::Place;
use crate::model::feature::ArticleMap;
use crate::model::mention::{MentionKind, MentionRole, RankedCandidate, Resolution, ToponymMention};
use crate::model::span::Span;
use crate::text::code_points::CodePointIndex;

/// Decimals of a degree, as in the maps.
const DEGREE_DECIMALS: i32 = 6;
const PROBABILITY_DECIMALS: i32 = 3;

#[derive(Serialize)]
struct ArticleLine<'a> {
    id: &'a str,
    language: &'a str,
    published: Option<String>,
    mentions: Vec<MentionEntry<'a>>,
}

#[derive(Serialize)]
struct MentionEntry<'a> {
    start: usize,
    end: usize,
    surface: &'a str,
    name_start: usize,
    name_end: usize,
    role: &'static str,
    cue: Option<&'static str>,
    rule: &'static str,
    /// The reference of a named road.
    #[serde(skip_serializing_if = "Option::is_none")]
    road: Option<&'a str>,
    resolved: bool,
    /// `gazetteer`, `approximate` where only the text says where it lies, or `none`.
    geometry_quality: &'static str,
    reason: Option<&'static str>,
    #[serde(flatten)]
    place: PlaceEntry<'a>,
    uncertainty_m: Option<f64>,
    confidence: Option<f64>,
    candidates: Vec<CandidateEntry<'a>>,
}

/// Nulls where there is no place: every line has the same members.
#[derive(Serialize, Default)]
struct PlaceEntry<'a> {
    gazetteer_id: Option<&'a str>,
    name: Option<&'a str>,
    name_ar: Option<&'a str>,
    country: Option<&'a str>,
    admin1: Option<&'a str>,
    feature_code: Option<&'a str>,
    lat: Option<f64>,
    lon: Option<f64>,
}

#[derive(Serialize)]
struct CandidateEntry<'a> {
    #[serde(flatten)]
    place: PlaceEntry<'a>,
    probability: f64,
}

/// Writes the mentions of one article as a line of JSON: those where the text speaks of the place,
/// or `everything`, names inside other names and menus included.
///
/// # Errors
/// When the stream cannot be written to.
pub fn write_line(map: &ArticleMap, gazetteer: &Gazetteer, everything: bool, out: &mut impl Write) -> io::Result<()> {
    let text = &map.article.text;
    let code_points = CodePointIndex::new(text);
    let offsets = |span: Span| (code_points.offset(text, span.start()), code_points.offset(text, span.end()));
    let mentions = map.mentions.iter().zip(&map.resolutions).zip(&map.approximations);
    let mentions = mentions.filter(|((mention, _), _)| everything || is_literal(mention));
    let mentions = mentions.map(|((mention, resolution), told)| {
        let surface = mention.expression.slice(text);
        let mut entry =
            entry(mention, resolution, surface, offsets(mention.expression), offsets(mention.span), gazetteer);
        if let (None, Some(point)) = (entry.place.lat, told) {
            entry.place.lat = Some(rounded(point.coordinate.lat_deg(), DEGREE_DECIMALS));
            entry.place.lon = Some(rounded(point.coordinate.lon_deg(), DEGREE_DECIMALS));
            entry.uncertainty_m = Some(rounded(point.radius_m, 0));
            entry.geometry_quality = point.quality.as_str();
        }
        entry
    });
    let mut mentions: Vec<MentionEntry<'_>> = mentions.collect();
    mentions.extend(map.demonyms.iter().map(|demonym| {
        let place = gazetteer.place(demonym.place);
        demonym_entry(demonym.span.slice(text), offsets(demonym.span), &place)
    }));
    mentions.sort_by_key(|mention| mention.start);
    let line = ArticleLine {
        id: &map.article.id,
        language: &map.language,
        published: map.published.map(|day| day.to_string()),
        mentions,
    };
    serde_json::to_writer(&mut *out, &line)?;
    out.write_all(b"\n")
}

/// Whether a place is meant itself, and not something that is called after it.
fn is_literal(mention: &ToponymMention) -> bool {
    matches!(mention.role, MentionRole::Literal | MentionRole::Dateline)
}

fn entry<'a>(
    mention: &'a ToponymMention,
    resolution: &'a Resolution,
    surface: &'a str,
    (start, end): (usize, usize),
    (name_start, name_end): (usize, usize),
    gazetteer: &'a Gazetteer,
) -> MentionEntry<'a> {
    let (confidence, reason) = match resolution {
        Resolution::Resolved { probability, .. } => (Some(rounded(*probability, PROBABILITY_DECIMALS)), None),
        Resolution::Unresolved { reason, .. } => (None, Some(reason.as_str())),
    };
    let place = resolution.place().map(|place| gazetteer.place(place));
    MentionEntry {
        start,
        end,
        surface,
        name_start,
        name_end,
        role: mention.role.as_str(),
        cue: mention.cue.map(|cue| cue.as_str()),
        rule: mention.rule,
        road: match &mention.kind {
            MentionKind::Road { reference } => Some(reference),
            _ => None,
        },
        resolved: place.is_some(),
        geometry_quality: if place.is_some() { "gazetteer" } else { "none" },
        reason,
        uncertainty_m: resolution.place().map(|place| gazetteer.uncertainty_m(place)),
        place: place.map(|place| place_entry(&place)).unwrap_or_default(),
        confidence,
        candidates: resolution.ranked().iter().map(|candidate| candidate_entry(candidate, gazetteer)).collect(),
    }
}

fn demonym_entry<'a>(surface: &'a str, (start, end): (usize, usize), place: &Place<'a>) -> MentionEntry<'a> {
    MentionEntry {
        start,
        end,
        surface,
        name_start: start,
        name_end: end,
        role: "demonym",
        cue: None,
        rule: "demonym",
        road: None,
        resolved: true,
        geometry_quality: "gazetteer",
        reason: None,
        uncertainty_m: Some(place.uncertainty_m()),
        place: place_entry(place),
        confidence: Some(1.0),
        candidates: Vec::new(),
    }
}

fn candidate_entry<'a>(candidate: &RankedCandidate, gazetteer: &'a Gazetteer) -> CandidateEntry<'a> {
    CandidateEntry {
        place: place_entry(&gazetteer.place(candidate.place)),
        probability: rounded(candidate.probability, PROBABILITY_DECIMALS),
    }
}

fn place_entry<'g>(place: &Place<'g>) -> PlaceEntry<'g> {
    let filled = |text: &'g str| Some(text).filter(|text| !text.is_empty());
    let at = place.coordinate();
    PlaceEntry {
        gazetteer_id: Some(place.id()),
        name: Some(place.name_en()),
        name_ar: place.name_ar(),
        country: filled(place.country()),
        admin1: filled(place.admin1()),
        feature_code: Some(place.feature_code()),
        lat: Some(rounded(at.lat_deg(), DEGREE_DECIMALS)),
        lon: Some(rounded(at.lon_deg(), DEGREE_DECIMALS)),
    }
}
