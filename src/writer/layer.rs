//! Layers: the features of one kind from any number of articles, as a table with geometries.

use std::collections::BTreeSet;

use super::article::{ArticleText, ArticleTexts};
use super::backdrop::Backdrop;
use super::identity;
use super::row::{Context, OtherRow, PatrolRow, PlaceRow, PositionRow, Row};
use super::schema::{self, Column, ColumnHead};
use super::value::Value;
use crate::gazetteer::Gazetteer;
use crate::model::event::EventKind;
use crate::model::feature::{ArticleMap, Geometry};

/// The kinds of features, in the order of the output.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum LayerKind {
    Patrols,
    Positions,
    Events,
    /// Events that tell a route.
    EventLines,
    Places,
}

impl LayerKind {
    pub const ALL: [LayerKind; 5] = [Self::Patrols, Self::Positions, Self::Events, Self::EventLines, Self::Places];

    /// The name of the layer and the stem of its file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Patrols => "patrols",
            Self::Positions => "positions",
            Self::Events => "events",
            Self::EventLines => "events_lines",
            Self::Places => "places",
        }
    }

    /// What a feature of the layer is.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Patrols => "patrols: one run each, however often the article tells it",
            Self::Positions => "military positions: one post, base, checkpoint or deployment each",
            Self::Events => "other events at a place",
            Self::EventLines => "other events that tell a route: convoys and withdrawals",
            Self::Places => "places that the articles name",
        }
    }

    /// Whether its features are drawn as lines; those of the others are points.
    pub fn is_of_lines(self) -> bool {
        matches!(self, Self::Patrols | Self::EventLines)
    }
}

/// A feature ready to be written.
#[derive(Clone, PartialEq, Debug)]
pub struct OutputFeature {
    pub id: String,
    pub geometry: Option<Geometry>,
    /// One for each column of the layer.
    pub values: Vec<Value>,
}

/// All features of one kind.
#[derive(Clone, PartialEq, Debug)]
pub struct Layer {
    pub kind: LayerKind,
    pub columns: Vec<ColumnHead>,
    /// Sorted by id; an id stands once.
    pub features: Vec<OutputFeature>,
}

impl Layer {
    /// The features with their properties by name.
    pub fn records(&self) -> impl Iterator<Item = Record<'_>> {
        self.features.iter().map(|feature| Record { layer: self, feature })
    }
}

/// One feature with its properties by their names.
#[derive(Clone, Copy)]
pub struct Record<'a> {
    pub layer: &'a Layer,
    pub feature: &'a OutputFeature,
}

impl<'a> Record<'a> {
    /// `Null` for a property that the layer does not have.
    pub fn value(&self, name: &str) -> &'a Value {
        let at = self.layer.columns.iter().position(|column| column.name == name);
        at.and_then(|at| self.feature.values.get(at)).unwrap_or(&Value::Null)
    }

    /// A text that is there and not empty.
    pub fn text(&self, name: &str) -> Option<&'a str> {
        match self.value(name) {
            Value::Text(text) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    pub fn number(&self, name: &str) -> Option<f64> {
        match self.value(name) {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// Whether a property is true.
    pub fn is(&self, name: &str) -> bool {
        *self.value(name) == Value::Boolean(true)
    }
}

/// The features of some layers together, sorted by id.
pub fn sorted_records<'a>(layers: &[&'a Layer]) -> Vec<Record<'a>> {
    let mut records: Vec<Record<'a>> = layers.iter().flat_map(|layer| layer.records()).collect();
    records.sort_by(|a, b| a.feature.id.cmp(&b.feature.id));
    records
}

/// The features of one article, by kind in the order of [`LayerKind::ALL`].
#[derive(Clone, PartialEq, Debug)]
pub struct ArticleFeatures([Vec<OutputFeature>; 5]);

impl ArticleFeatures {
    /// Spells out everything that was read from an article, which is not needed afterwards.
    pub fn of(map: &ArticleMap, gazetteer: &Gazetteer) -> Self {
        let context = &Context::new(map, gazetteer);
        let (mut patrols, mut positions) = (Vec::new(), Vec::new());
        let (mut points, mut lines) = (Vec::new(), Vec::new());
        for feature in &map.events {
            let evidence = context.quote(feature.event.merged.evidence);
            match &feature.event.merged.kind {
                EventKind::Patrol(patrol) => patrols.push(PatrolRow { context, evidence, feature, patrol }),
                EventKind::Position(position) => positions.push(PositionRow { context, evidence, feature, position }),
                EventKind::Other { event_type, place, movement } => {
                    let row = OtherRow { context, evidence, feature, event_type, place: place.as_ref(), movement };
                    if row.is_line() { lines.push(row) } else { points.push(row) }
                }
            }
        }
        let places: Vec<PlaceRow<'_>> = map.places.iter().map(|feature| PlaceRow::new(context, feature)).collect();
        Self([
            spell(&patrols, &schema::patrol_columns(), identity::patrol_id),
            spell(&positions, &schema::position_columns(), identity::position_id),
            spell(&points, &schema::other_columns(), identity::other_id),
            spell(&lines, &schema::line_columns(), identity::other_id),
            spell(&places, &schema::place_columns(), identity::place_id),
        ])
    }
}

/// All features of a run, and what some formats show beside them.
#[derive(Clone, PartialEq, Debug)]
pub struct Layers {
    layers: [Layer; 5],
    articles: Vec<ArticleText>,
    backdrop: Backdrop,
}

impl Layers {
    /// The layers of some articles, whose ids must differ.
    pub fn of(maps: &[ArticleMap], gazetteer: &Gazetteer) -> Self {
        Self::collect(maps.iter().map(|map| ArticleFeatures::of(map, gazetteer)))
    }

    /// The layers of the features of some articles, whose ids must differ.
    ///
    /// Every layer is sorted by id: what is written does not depend on the order of the articles.
    pub fn collect(articles: impl IntoIterator<Item = ArticleFeatures>) -> Self {
        let layer = |kind, columns| Layer { kind, columns, features: Vec::new() };
        let mut layers = [
            layer(LayerKind::Patrols, heads(&schema::patrol_columns())),
            layer(LayerKind::Positions, heads(&schema::position_columns())),
            layer(LayerKind::Events, heads(&schema::other_columns())),
            layer(LayerKind::EventLines, heads(&schema::line_columns())),
            layer(LayerKind::Places, heads(&schema::place_columns())),
        ];
        for article in articles {
            for (layer, features) in layers.iter_mut().zip(article.0) {
                layer.features.extend(features);
            }
        }
        for layer in &mut layers {
            layer.features.sort_by(|a, b| a.id.cmp(&b.id));
        }
        Self { layers, articles: Vec::new(), backdrop: Backdrop::default() }
    }

    /// The same with the articles and the surroundings, for a format that
    /// [wants them](super::Format::wants_articles).
    pub fn with_articles(mut self, articles: ArticleTexts, gazetteer: &Gazetteer) -> Self {
        self.backdrop = Backdrop::of(&self.layers, gazetteer);
        self.articles = articles.sorted();
        self
    }

    /// The articles, sorted by id; none unless they were given.
    pub fn articles(&self) -> &[ArticleText] {
        &self.articles
    }

    /// Towns and roads around the features; nothing unless the articles were given.
    pub fn backdrop(&self) -> &Backdrop {
        &self.backdrop
    }

    /// The layers in the order of [`LayerKind::ALL`].
    pub fn all(&self) -> &[Layer] {
        &self.layers
    }

    pub fn layer(&self, kind: LayerKind) -> &Layer {
        &self.layers[kind as usize]
    }
}

fn heads<R>(columns: &[Column<R>]) -> Vec<ColumnHead> {
    columns.iter().map(|column| column.head).collect()
}

fn spell<R: Row>(rows: &[R], columns: &[Column<R>], id: fn(&R) -> String) -> Vec<OutputFeature> {
    let mut taken = BTreeSet::new();
    let feature = |row: &R| OutputFeature {
        id: free(id(row), &mut taken),
        geometry: row.geometry().cloned(),
        values: columns.iter().map(|column| (column.value)(row)).collect(),
    };
    rows.iter().map(feature).collect()
}

/// An id that is not yet taken in this article: the second of two equal features gets `-2`.
fn free(id: String, taken: &mut BTreeSet<String>) -> String {
    let mut candidate = id.clone();
    let mut number = 2;
    while !taken.insert(candidate.clone()) {
        candidate = format!("{id}-{number}");
        number += 1;
    }
    candidate
}
