//! What the page is given: features, articles and context, as the script in `assets/map/` reads it.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::model::coordinate::Coordinate;
use crate::model::feature::Geometry;
use crate::writer::article::{ArticleText, MOST_TEXT, Remark};
use crate::writer::backdrop::{NamedRoad, Town};
use crate::writer::generalisation::simplified;
use crate::writer::layer::{Layer, LayerKind, Layers, Record};
use crate::writer::symbology::{Area, Legend, LineStyle, Symbol, Symbology};
use crate::writer::value::{Value, rounded};

/// Features that a page stays fluid with.
pub const MOST_FEATURES: usize = 50_000;

/// Decimals of a degree: 1 m, finer than any claim on the map.
const DECIMALS: i32 = 5;

/// How far a line may be off, in degrees: 5 m, two pixels in the closest view.
const TOLERANCE_DEG: f64 = 0.000_05;

#[derive(Serialize)]
pub struct PageData<'a> {
    articles: Vec<ArticleOut<'a>>,
    features: Vec<FeatureOut<'a>>,
    styles: Vec<Symbol<'a>>,
    legend_notes: &'static [String],
    line: &'static LineStyle,
    area: &'static Area,
    backdrop: BackdropOut<'a>,
    /// What is not in the page, one sentence each.
    left_out: Vec<String>,
    licence: &'a str,
}

#[derive(Serialize)]
struct ArticleOut<'a> {
    id: &'a str,
    language: &'a str,
    source: Option<&'a str>,
    url: Option<&'a str>,
    published: Option<&'a str>,
    text: Option<&'a str>,
    notes: Vec<NoteOut<'a>>,
}

#[derive(Serialize)]
struct NoteOut<'a> {
    code: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<(usize, usize)>,
}

#[derive(Serialize)]
struct FeatureOut<'a> {
    id: &'a str,
    /// patrol, position, event or place
    kind: &'a str,
    /// What the filter by type offers.
    #[serde(rename = "type")]
    kind_in_full: Cow<'a, str>,
    article: usize,
    style: usize,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title_ar: Option<&'a str>,
    description: &'a str,
    evidence: &'a str,
    confidence: f64,
    quality: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    uncertainty_m: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    actors: Vec<&'a str>,
    /// Offset, length and rule of everything that was read, in code points.
    spans: Vec<(usize, usize, Cow<'a, str>)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    details: Vec<(&'static str, Cow<'a, str>)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name_ar: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resolved: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    geometry: Option<GeometryOut>,
}

#[derive(Serialize)]
struct BackdropOut<'a> {
    towns: Vec<(f64, f64, &'a str, Option<&'a str>)>,
    roads: Vec<RoadOut<'a>>,
}

#[derive(Serialize)]
struct RoadOut<'a> {
    reference: &'a str,
    schematic: bool,
    lines: Vec<Vec<[f64; 2]>>,
}

/// The part of `provenance_json` that the page shows.
#[derive(Deserialize, Default)]
struct Provenance {
    #[serde(default)]
    evidence: Vec<Words>,
    #[serde(default)]
    tellings: Vec<Words>,
    #[serde(default)]
    mentions: Vec<(usize, usize)>,
}

#[derive(Deserialize)]
struct Words {
    #[serde(default)]
    rule: String,
    offset: usize,
    length: usize,
}

impl<'a> PageData<'a> {
    pub fn of(layers: &'a Layers) -> Self {
        let mut left_out = Vec::new();
        let rows = rows_kept(layers.all(), MOST_FEATURES, &mut left_out);
        let mut articles = articles(layers.articles(), &mut left_out);
        let mut positions: HashMap<&str, usize> = articles.iter().enumerate().map(|(at, a)| (a.id, at)).collect();
        let mut legend = Legend::default();
        let mut features = Vec::with_capacity(rows.len());
        for row in rows {
            let id = row.text("article_id").unwrap_or_default();
            // Features can come without the articles' texts.
            let article = *positions.entry(id).or_insert_with(|| {
                articles.push(article_of(&row, id));
                articles.len() - 1
            });
            features.push(feature_out(&row, article, &mut legend));
        }
        let backdrop = layers.backdrop();
        Self {
            articles,
            features,
            styles: legend.symbols(),
            legend_notes: &Symbology::embedded().notes,
            line: &Symbology::embedded().line,
            area: &Symbology::embedded().area,
            backdrop: BackdropOut {
                towns: backdrop.towns.iter().map(town_out).collect(),
                roads: backdrop.roads.iter().map(road_out).collect(),
            },
            left_out,
            licence: &backdrop.licence,
        }
    }
}

/// A value as a person reads it; nothing for what is not told.
fn shown<'a>(record: &Record<'a>, name: &str) -> Option<Cow<'a, str>> {
    match record.value(name) {
        Value::Text(text) if !text.is_empty() => Some(Cow::Borrowed(text)),
        Value::Integer(number) => Some(Cow::Owned(number.to_string())),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        Value::Boolean(true) => Some(Cow::Borrowed("yes")),
        Value::Null | Value::Text(_) | Value::Boolean(false) => None,
    }
}

/// At most `most` features: reports before places, and of one kind the surest. How many of each kind do
/// not go in is told.
fn rows_kept<'a>(layers: &'a [Layer], most: usize, left_out: &mut Vec<String>) -> Vec<Record<'a>> {
    let mut kept = Vec::new();
    for layer in layers {
        let mut rows: Vec<Record<'a>> = layer.records().collect();
        let room = most - kept.len();
        if rows.len() > room {
            let confidence = |row: &Record<'_>| row.number("confidence").unwrap_or(0.0);
            rows.sort_by(|a, b| confidence(b).total_cmp(&confidence(a)).then_with(|| a.feature.id.cmp(&b.feature.id)));
            let missing = rows.len() - room;
            left_out.push(format!(
                "{missing} of {} {}, the least sure: a page with more than {most} features would not stay fluid. \
                 The GeoJSON files hold them all.",
                rows.len(),
                layer_words(layer.kind)
            ));
            rows.truncate(room);
            rows.sort_by(|a, b| a.feature.id.cmp(&b.feature.id));
        }
        kept.extend(rows);
    }
    kept
}

fn layer_words(kind: LayerKind) -> &'static str {
    match kind {
        LayerKind::Patrols => "patrols",
        LayerKind::Positions => "positions",
        LayerKind::Events => "events at a place",
        LayerKind::EventLines => "events along a route",
        LayerKind::Places => "places",
    }
}

fn articles<'a>(articles: &'a [ArticleText], left_out: &mut Vec<String>) -> Vec<ArticleOut<'a>> {
    let without_text = articles.iter().filter(|article| article.text.is_none()).count();
    if without_text > 0 {
        left_out.push(format!(
            "the texts of {without_text} of {} articles: a page holds {} MB of text. Of those articles only the \
             words are here that carry a feature.",
            articles.len(),
            MOST_TEXT / 1_000_000
        ));
    }
    let out = |article: &'a ArticleText| ArticleOut {
        id: &article.id,
        language: &article.language,
        source: article.source.as_deref(),
        url: article.url.as_deref(),
        published: article.published.as_deref(),
        text: article.text.as_deref(),
        notes: article.remarks.iter().map(note_out).collect(),
    };
    articles.iter().map(out).collect()
}

fn note_out(remark: &Remark) -> NoteOut<'_> {
    NoteOut { code: remark.code, message: &remark.message, words: remark.words }
}

/// What a feature tells of its article.
fn article_of<'a>(row: &Record<'a>, id: &'a str) -> ArticleOut<'a> {
    let (source, url, published) = (row.text("source"), row.text("url"), row.text("published"));
    ArticleOut { id, language: "und", source, url, published, text: None, notes: Vec::new() }
}

fn feature_out<'a>(row: &Record<'a>, article: usize, legend: &mut Legend<'a>) -> FeatureOut<'a> {
    let kind = row.text("kind").unwrap_or_default();
    let is_place = row.layer.kind == LayerKind::Places;
    let of_place = |name: &str| if is_place { row.text(name) } else { None };
    FeatureOut {
        id: &row.feature.id,
        kind,
        kind_in_full: kind_in_full(row, kind),
        article,
        style: legend.number_of(row),
        title: row.text("title").unwrap_or_default(),
        title_ar: row.text("title_ar"),
        description: row.text("description").unwrap_or_default(),
        evidence: row.text("evidence").unwrap_or_default(),
        confidence: row.number("confidence").unwrap_or(0.0),
        quality: row.text("geometry_quality").unwrap_or_default(),
        uncertainty_m: row.number("uncertainty_m"),
        start: row.text("time_start"),
        end: row.text("time_end"),
        actors: row.text("actors").or(row.text("actor")).map(|list| list.split("; ").collect()).unwrap_or_default(),
        spans: spans(row, is_place),
        details: DETAILS.iter().filter_map(|(name, words)| Some((*words, shown(row, name)?))).collect(),
        name: of_place("name"),
        name_ar: of_place("name_ar"),
        resolved: if is_place { Some(row.is("resolved")) } else { None },
        reason: of_place("reason"),
        geometry: row.feature.geometry.as_ref().map(geometry_out),
    }
}

/// Properties that the details show, with the words for them. What the description tells already is
/// not repeated.
const DETAILS: [(&str, &str); 9] = [
    ("modality", "told as"),
    ("status", "status"),
    ("attribution", "according to"),
    ("counter", "counted by"),
    ("length_km", "length, km"),
    ("stated_length_km", "length told, km"),
    ("time_text", "time told"),
    ("gazetteer_id", "gazetteer"),
    ("reason", "why not found"),
];

fn kind_in_full<'a>(row: &Record<'a>, kind: &'a str) -> Cow<'a, str> {
    match row.text("position_type").or(row.text("event_type")) {
        Some(of_it) => Cow::Owned(format!("{kind}: {}", of_it.replace('_', " "))),
        None => Cow::Borrowed(kind),
    }
}

/// Where the article tells of a feature: the mentions of a place, the words and tellings of an event.
fn spans<'a>(row: &Record<'a>, is_place: bool) -> Vec<(usize, usize, Cow<'a, str>)> {
    let text = row.text("provenance_json").unwrap_or("{}");
    // The writer made this text a moment ago; were it damaged, the evidence would be marked alone.
    let read: Provenance = serde_json::from_str(text).unwrap_or_default();
    let mut spans: Vec<(usize, usize, Cow<'a, str>)> = Vec::new();
    let rule = if is_place { "mention" } else { "telling" };
    spans.extend(read.mentions.into_iter().map(|(offset, length)| (offset, length, Cow::Borrowed(rule))));
    spans.extend(read.tellings.iter().map(|words| (words.offset, words.length, Cow::Borrowed(rule))));
    spans.extend(read.evidence.into_iter().map(|words| (words.offset, words.length, Cow::Owned(words.rule))));
    let offset = |name| match row.value(name) {
        Value::Integer(number) => usize::try_from(*number).ok(),
        _ => None,
    };
    if let (true, Some(at), Some(length)) = (spans.is_empty(), offset("evidence_offset"), offset("evidence_length")) {
        spans.push((at, length, Cow::Borrowed(rule)));
    }
    spans.sort();
    spans.dedup();
    spans
}

fn town_out(town: &Town) -> (f64, f64, &str, Option<&str>) {
    let [lon, lat] = position(town.at);
    (lon, lat, &town.name_en, town.name_ar.as_deref())
}

fn road_out(road: &NamedRoad) -> RoadOut<'_> {
    let lines = road.lines.iter().map(|line| positions(line)).collect();
    RoadOut { reference: &road.reference, schematic: road.schematic, lines }
}

/// As in GeoJSON, without the type: the page tells it by the depth.
#[derive(Serialize)]
#[serde(untagged)]
enum GeometryOut {
    Point([f64; 2]),
    Line(Vec<[f64; 2]>),
    Lines(Vec<Vec<[f64; 2]>>),
}

fn geometry_out(geometry: &Geometry) -> GeometryOut {
    match geometry {
        Geometry::Point(at) => GeometryOut::Point(position(*at)),
        Geometry::Line(line) => GeometryOut::Line(screen_positions(line)),
        Geometry::Lines(lines) => GeometryOut::Lines(lines.iter().map(|line| screen_positions(line)).collect()),
    }
}

fn positions(line: &[Coordinate]) -> Vec<[f64; 2]> {
    line.iter().map(|at| position(*at)).collect()
}

/// Without the vertices that no screen shows.
fn screen_positions(line: &[Coordinate]) -> Vec<[f64; 2]> {
    positions(&simplified(line, TOLERANCE_DEG))
}

fn position(at: Coordinate) -> [f64; 2] {
    [rounded(at.lon_deg(), DECIMALS), rounded(at.lat_deg(), DECIMALS)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::writer::layer::OutputFeature;
    use crate::writer::schema::ColumnHead;
    use crate::writer::value::ValueType;

    fn layer(kind: LayerKind, count: usize) -> Layer {
        let column = ColumnHead { name: "confidence", value_type: ValueType::Number, meaning: "" };
        let feature = |number: usize| OutputFeature {
            id: format!("{}-{number:06}", kind.name()),
            geometry: None,
            values: vec![Value::Number(if number == 7 { 0.1 } else { 0.9 })],
        };
        Layer { kind, columns: vec![column], features: (0..count).map(feature).collect() }
    }

    #[test]
    fn the_least_sure_place_makes_room_and_is_told_of() {
        let layers = [layer(LayerKind::Patrols, 1), layer(LayerKind::Places, MOST_FEATURES)];
        let mut left_out = Vec::new();
        let kept = rows_kept(&layers, MOST_FEATURES, &mut left_out);
        assert_eq!(kept.len(), MOST_FEATURES);
        assert!(kept.iter().any(|row| row.feature.id == "patrols-000000"));
        assert!(!kept.iter().any(|row| row.feature.id == "places-000007"));
        assert!(kept.is_sorted_by(|a, b| (a.layer.kind, &a.feature.id) < (b.layer.kind, &b.feature.id)));
        assert_eq!(left_out.len(), 1);
        assert!(left_out[0].starts_with("1 of 50000 places, the least sure"), "{left_out:?}");
    }

    #[test]
    fn a_page_that_holds_everything_says_nothing_of_it() {
        let mut left_out = Vec::new();
        assert_eq!(rows_kept(&[layer(LayerKind::Places, 3)], MOST_FEATURES, &mut left_out).len(), 3);
        assert!(left_out.is_empty());
    }

    #[test]
    fn texts_that_are_missing_are_counted() {
        let article = |id: &str, text: Option<&str>| ArticleText {
            id: id.to_owned(),
            language: "ar".to_owned(),
            source: None,
            url: None,
            published: None,
            text: text.map(str::to_owned),
            remarks: Vec::new(),
        };
        let mut left_out = Vec::new();
        articles(&[article("a", Some("1")), article("b", None), article("c", None)], &mut left_out);
        assert!(left_out[0].starts_with("the texts of 2 of 3 articles: a page holds 6 MB"), "{left_out:?}");
    }
}
