//! Layers: the features of one kind from any number of articles, as a table with geometries.

use std::collections::BTreeSet;

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
    Places,
}

impl LayerKind {
    pub const ALL: [LayerKind; 4] = [Self::Patrols, Self::Positions, Self::Events, Self::Places];

    /// The name of the layer and the stem of its file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Patrols => "patrols",
            Self::Positions => "positions",
            Self::Events => "events",
            Self::Places => "places",
        }
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

/// All features of a run. Articles may be added one by one and dropped at once.
pub struct Layers<'g> {
    gazetteer: &'g Gazetteer,
    layers: [Layer; 4],
}

impl<'g> Layers<'g> {
    pub fn new(gazetteer: &'g Gazetteer) -> Self {
        let layer = |kind, columns| Layer { kind, columns, features: Vec::new() };
        let layers = [
            layer(LayerKind::Patrols, heads(&schema::patrol_columns())),
            layer(LayerKind::Positions, heads(&schema::position_columns())),
            layer(LayerKind::Events, heads(&schema::other_columns())),
            layer(LayerKind::Places, heads(&schema::place_columns())),
        ];
        Self { gazetteer, layers }
    }

    /// The layers of some articles, whose ids must differ.
    pub fn of(maps: &[ArticleMap], gazetteer: &'g Gazetteer) -> Self {
        let mut layers = Self::new(gazetteer);
        for map in maps {
            layers.add(map);
        }
        layers.finish();
        layers
    }

    /// Adds the features of one article; [`Self::finish`] puts them in order.
    pub fn add(&mut self, map: &ArticleMap) {
        let context = &Context::new(map, self.gazetteer);
        let [patrols, positions, events, places] = &mut self.layers;
        let (mut patrol_rows, mut position_rows, mut other_rows) = (Vec::new(), Vec::new(), Vec::new());
        for feature in &map.events {
            match &feature.event.merged.kind {
                EventKind::Patrol(patrol) => patrol_rows.push(PatrolRow { context, feature, patrol }),
                EventKind::Position(position) => position_rows.push(PositionRow { context, feature, position }),
                EventKind::Other { event_type, place } => {
                    other_rows.push(OtherRow { context, feature, event_type, place: place.as_ref() });
                }
            }
        }
        let place_rows: Vec<PlaceRow<'_>> = map.places.iter().map(|feature| PlaceRow { context, feature }).collect();
        fill(patrols, &patrol_rows, &schema::patrol_columns(), identity::patrol_id);
        fill(positions, &position_rows, &schema::position_columns(), identity::position_id);
        fill(events, &other_rows, &schema::other_columns(), identity::other_id);
        fill(places, &place_rows, &schema::place_columns(), identity::place_id);
    }

    /// Takes in the features of other articles, which another thread may have collected.
    pub fn append(&mut self, other: Self) {
        for (layer, other) in self.layers.iter_mut().zip(other.layers) {
            layer.features.extend(other.features);
        }
    }

    /// Sorts every layer by id. What is written does not depend on the order of the articles.
    pub fn finish(&mut self) {
        for layer in &mut self.layers {
            layer.features.sort_by(|a, b| a.id.cmp(&b.id));
        }
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

fn fill<R: Row>(layer: &mut Layer, rows: &[R], columns: &[Column<R>], id: fn(&R) -> String) {
    let mut taken = BTreeSet::new();
    for row in rows {
        let values = columns.iter().map(|column| (column.value)(row)).collect();
        layer.features.push(OutputFeature { id: free(id(row), &mut taken), geometry: row.geometry().cloned(), values });
    }
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
