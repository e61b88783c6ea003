//! Which places lie near a position.
//!
//! A compiled file holds all its places sorted by grid cell, so a query is a binary search for
//! each row of cells. An R-tree would answer in the same time, but it would have to be built or
//! read at every start.

use super::Gazetteer;
use super::layer::cells_around;
use crate::model::coordinate::Coordinate;
use crate::model::place::PlaceIndex;

impl Gazetteer {
    /// Places within `radius_m` metres, nearest first, with their distance.
    pub fn near(&self, position: Coordinate, radius_m: f64) -> Vec<(PlaceIndex, f64)> {
        let mut found = Vec::new();
        if radius_m.is_nan() || radius_m < 0.0 {
            return found;
        }
        let ranges = cells_around(position, radius_m);
        for (number, layer) in self.layers.iter().enumerate() {
            for (first, last) in &ranges {
                layer.each_in_cells(*first, *last, |row| {
                    let index = PlaceIndex(layer.first + row);
                    let Some(place) = self.get(index) else { return };
                    let distance_m = place.coordinate().distance_m(position);
                    if distance_m <= radius_m && self.is_shown(number, row) {
                        found.push((index, distance_m));
                    }
                });
            }
        }
        found.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        found
    }
}
