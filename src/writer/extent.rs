//! The rectangles that a map opens with.

use super::layer::{Layer, LayerKind};
use super::position::Bounds;
use crate::model::coordinate::Coordinate;

/// Around everything drawn but places.
pub fn of_reports(layers: &[Layer]) -> Option<Bounds> {
    use LayerKind::{EventLines, Events, Patrols, Positions};
    around(layers, &[Patrols, Positions, Events, EventLines])
}

/// Around what a map opens with: patrols and positions, else events, else places.
pub fn of_first_view(layers: &[Layer]) -> Option<Bounds> {
    use LayerKind::{Patrols, Places, Positions};
    around(layers, &[Patrols, Positions]).or_else(|| of_reports(layers)).or_else(|| around(layers, &[Places]))
}

fn around(layers: &[Layer], kinds: &[LayerKind]) -> Option<Bounds> {
    let layers = layers.iter().filter(|layer| kinds.contains(&layer.kind));
    Bounds::of(layers.flat_map(|layer| &layer.features).filter_map(|feature| feature.geometry.as_ref()))
}

impl Bounds {
    /// Wider by `share` of the longer side and `margin_deg` to the west and east, by three fifths of that to
    /// the north and south, because a screen is wider than high.
    pub fn widened(self, share: f64, margin_deg: f64) -> Self {
        let margin = (self.east - self.west).max(self.north - self.south) * share + margin_deg;
        Self {
            west: (self.west - margin).max(-180.0),
            south: (self.south - margin * 0.6).max(-90.0),
            east: (self.east + margin).min(180.0),
            north: (self.north + margin * 0.6).min(90.0),
        }
    }

    pub fn contains(&self, at: Coordinate) -> bool {
        (self.west..=self.east).contains(&at.lon_deg()) && (self.south..=self.north).contains(&at.lat_deg())
    }

    /// Its middle and the distance in metres from there to the farthest corner.
    pub fn circle(&self) -> Option<(Coordinate, f64)> {
        let middle = Coordinate::new((self.west + self.east) / 2.0, (self.south + self.north) / 2.0).ok()?;
        let corners =
            [(self.west, self.south), (self.west, self.north), (self.east, self.south), (self.east, self.north)];
        let distance = |(lon, lat)| Coordinate::new(lon, lat).map_or(f64::INFINITY, |corner| corner.distance_m(middle));
        Some((middle, corners.into_iter().map(distance).fold(0.0, f64::max)))
    }
}
