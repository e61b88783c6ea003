//! What a map shows behind its features: the largest towns around them and the roads they name.

use std::cmp::Reverse;

use super::layer::{Layer, LayerKind};
use super::value::Value;
use crate::gazetteer::Gazetteer;
use crate::gazetteer::place::Place;
use crate::gazetteer::roads::{Road, RoadQuality};
use crate::model::coordinate::Coordinate;
use crate::model::feature::Geometry;
use crate::model::place::{FeatureClass, PlaceIndex};

/// Towns of one view: more would only hide the features.
const TOWNS: usize = 60;

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

impl Backdrop {
    /// The context of some layers.
    pub fn of(layers: &[Layer], gazetteer: &Gazetteer) -> Self {
        let mut towns = Vec::new();
        for extent in Extent::of(layers) {
            for town in largest(extent, gazetteer) {
                if !towns.contains(&town) {
                    towns.push(town);
                }
            }
        }
        Self { towns, roads: roads(layers, gazetteer), licence: gazetteer.licence().into_owned() }
    }
}

/// West, south, east, north in degrees.
#[derive(Clone, Copy, Debug)]
struct Extent {
    west: f64,
    south: f64,
    east: f64,
    north: f64,
}

impl Extent {
    /// Around everything drawn but places, and around what the map opens with: patrols and positions,
    /// else events, else places.
    fn of(layers: &[Layer]) -> Vec<Self> {
        use LayerKind::{EventLines, Events, Patrols, Places, Positions};
        let around = |kinds: &[LayerKind]| Self::around(layers, kinds);
        let all = around(&[Patrols, Positions, Events, EventLines]);
        let first = around(&[Patrols, Positions]).or(all).or_else(|| around(&[Places]));
        all.into_iter().chain(first).map(Self::widened).collect()
    }

    fn around(layers: &[Layer], kinds: &[LayerKind]) -> Option<Self> {
        let mut extent = None;
        let layers = layers.iter().filter(|layer| kinds.contains(&layer.kind));
        for geometry in layers.flat_map(|layer| &layer.features).filter_map(|feature| feature.geometry.as_ref()) {
            match geometry {
                Geometry::Point(at) => Self::cover(&mut extent, *at),
                Geometry::Line(line) => line.iter().for_each(|at| Self::cover(&mut extent, *at)),
                Geometry::Lines(lines) => lines.iter().flatten().for_each(|at| Self::cover(&mut extent, *at)),
            }
        }
        extent
    }

    fn cover(extent: &mut Option<Extent>, at: Coordinate) {
        let (lon, lat) = (at.lon_deg(), at.lat_deg());
        let old = extent.unwrap_or(Extent { west: lon, south: lat, east: lon, north: lat });
        *extent = Some(Extent {
            west: old.west.min(lon),
            south: old.south.min(lat),
            east: old.east.max(lon),
            north: old.north.max(lat),
        });
    }

    /// A screen is wider than what it shows.
    fn widened(self) -> Self {
        let margin = (self.east - self.west).max(self.north - self.south) * 0.6 + 0.15;
        Extent {
            west: (self.west - margin).max(-180.0),
            south: (self.south - margin * 0.6).max(-90.0),
            east: (self.east + margin).min(180.0),
            north: (self.north + margin * 0.6).min(90.0),
        }
    }

    fn contains(&self, at: Coordinate) -> bool {
        (self.west..=self.east).contains(&at.lon_deg()) && (self.south..=self.north).contains(&at.lat_deg())
    }

    /// Its middle and the distance in metres from there to the farthest corner.
    fn circle(&self) -> Option<(Coordinate, f64)> {
        let middle = Coordinate::new((self.west + self.east) / 2.0, (self.south + self.north) / 2.0).ok()?;
        let corners =
            [(self.west, self.south), (self.west, self.north), (self.east, self.south), (self.east, self.north)];
        let distance = |(lon, lat)| Coordinate::new(lon, lat).map_or(f64::INFINITY, |corner| corner.distance_m(middle));
        Some((middle, corners.into_iter().map(distance).fold(0.0, f64::max)))
    }
}

fn largest(extent: Extent, gazetteer: &Gazetteer) -> Vec<Town> {
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

/// The roads that a feature names, in the order of the gazetteer.
fn roads(layers: &[Layer], gazetteer: &Gazetteer) -> Vec<NamedRoad> {
    let named = |road: &&Road| layers.iter().any(|layer| names(layer, &road.reference));
    let drawn = |road: &Road| NamedRoad {
        reference: road.reference.clone(),
        schematic: road.quality == RoadQuality::Schematic,
        lines: road.lines.clone(),
    };
    gazetteer.roads().iter().filter(named).map(drawn).collect()
}

fn names(layer: &Layer, reference: &str) -> bool {
    let is_road = |name: &str| matches!(name, "road" | "near_road");
    let columns: Vec<usize> =
        layer.columns.iter().enumerate().filter(|(_, column)| is_road(column.name)).map(|(at, _)| at).collect();
    let names = |value: Option<&Value>| matches!(value, Some(Value::Text(text)) if text == reference);
    layer.features.iter().any(|feature| columns.iter().any(|at| names(feature.values.get(*at))))
}
