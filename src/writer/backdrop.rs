//! What a map shows behind its features: the largest towns around them and the roads they name.

use std::cmp::Reverse;

use super::extent;
use super::generalisation::{clipped, joined, simplified};
use super::layer::Layer;
use super::position::Bounds;
use super::value::Value;
use crate::gazetteer::Gazetteer;
use crate::gazetteer::place::Place;
use crate::gazetteer::roads::{Road, RoadQuality};
use crate::model::coordinate::Coordinate;
use crate::model::place::{FeatureClass, PlaceIndex};

/// Towns of one view: more would only hide the features.
const TOWNS: usize = 60;

/// How far around the features towns are shown: this share of their extent and so many degrees.
const MARGIN: f64 = 0.6;
const MARGIN_DEG: f64 = 0.15;

/// Vertices of all roads: some 400 kB of a page.
const ROAD_VERTICES: usize = 20_000;

/// How far a road may be off its true line, in degrees: 5 m, and twice as much again and again until the
/// vertices are few enough, but no more than 1 km.
const TOLERANCE_DEG: f64 = 0.000_05;
const LARGEST_TOLERANCE_DEG: f64 = 0.01;

/// Up to this radius in metres the spatial index is asked; beyond it every place is looked at once,
/// which costs less than sorting most of the world by distance.
const NEAR_M: f64 = 600_000.0;

/// Towns and roads as context.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Backdrop {
    /// Those of the widest view before those of the view that the map opens with.
    pub towns: Vec<Town>,
    pub roads: Vec<NamedRoad>,
    /// The licences of the gazetteer's data.
    pub licence: String,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Town {
    pub at: Coordinate,
    pub name_en: String,
    pub name_ar: Option<String>,
}

#[derive(Clone, PartialEq, Debug)]
pub struct NamedRoad {
    pub reference: String,
    /// Drawn through places beside the road and not surveyed.
    pub schematic: bool,
    pub lines: Vec<Vec<Coordinate>>,
}

impl NamedRoad {
    fn simplified(&self, tolerance_deg: f64) -> Self {
        let lines = self.lines.iter().map(|line| simplified(line, tolerance_deg)).collect();
        Self { lines, ..self.clone() }
    }
}

impl Backdrop {
    /// The context of some layers.
    pub fn of(layers: &[Layer], gazetteer: &Gazetteer) -> Self {
        let mut towns = Vec::new();
        let extents = [extent::of_reports(layers), extent::of_first_view(layers)];
        let views: Vec<Bounds> =
            extents.into_iter().flatten().map(|bounds| bounds.widened(MARGIN, MARGIN_DEG)).collect();
        for view in &views {
            for town in largest(*view, gazetteer) {
                if !towns.contains(&town) {
                    towns.push(town);
                }
            }
        }
        Self { towns, roads: roads(layers, gazetteer, &views), licence: gazetteer.licence().into_owned() }
    }
}

fn largest(extent: Bounds, gazetteer: &Gazetteer) -> Vec<Town> {
    let mut largest: Vec<(Reverse<u64>, PlaceIndex)> = Vec::new();
    let mut offer = |index: PlaceIndex| {
        let Some(place) = gazetteer.get(index) else { return };
        if place.feature_class() != FeatureClass::Populated || !extent.contains(place.coordinate()) {
            return;
        }
        largest.push((Reverse(place.population()), index));
        // Sorting now and then keeps the list short whatever the gazetteer holds.
        if largest.len() > 64 * TOWNS {
            largest.sort_unstable();
            largest.truncate(TOWNS);
        }
    };
    match extent.circle() {
        Some((middle, radius_m)) if radius_m <= NEAR_M => {
            gazetteer.near(middle, radius_m).into_iter().for_each(|(index, _)| offer(index));
        }
        _ => gazetteer.indices().for_each(offer),
    }
    largest.sort_unstable();
    largest.truncate(TOWNS);
    largest.into_iter().filter_map(|(_, index)| gazetteer.get(index)).map(|place| town(&place)).collect()
}

fn town(place: &Place<'_>) -> Town {
    let name_ar = place.name_ar().filter(|name| !name.is_empty()).map(str::to_owned);
    Town { at: place.coordinate(), name_en: place.name_en().to_owned(), name_ar }
}

/// The roads that a feature names, in the order of the gazetteer, as far as a view shows them.
fn roads(layers: &[Layer], gazetteer: &Gazetteer, views: &[Bounds]) -> Vec<NamedRoad> {
    let named = |road: &&Road| layers.iter().any(|layer| names(layer, &road.reference));
    let drawn = |road: &Road| NamedRoad {
        reference: road.reference.clone(),
        schematic: road.quality == RoadQuality::Schematic,
        lines: clipped(&joined(&road.lines), views),
    };
    let roads: Vec<NamedRoad> = gazetteer.roads().iter().filter(named).map(drawn).collect();
    let mut tolerance_deg = TOLERANCE_DEG;
    loop {
        let coarser: Vec<NamedRoad> = roads.iter().map(|road| road.simplified(tolerance_deg)).collect();
        let vertices: usize = coarser.iter().flat_map(|road| &road.lines).map(Vec::len).sum();
        if vertices <= ROAD_VERTICES || tolerance_deg >= LARGEST_TOLERANCE_DEG {
            return coarser;
        }
        tolerance_deg *= 2.0;
    }
}

fn names(layer: &Layer, reference: &str) -> bool {
    let is_road = |name: &str| matches!(name, "road" | "near_road");
    let columns: Vec<usize> =
        layer.columns.iter().enumerate().filter(|(_, column)| is_road(column.name)).map(|(at, _)| at).collect();
    let names = |value: Option<&Value>| matches!(value, Some(Value::Text(text)) if text == reference);
    layer.features.iter().any(|feature| columns.iter().any(|at| names(feature.values.get(*at))))
}
