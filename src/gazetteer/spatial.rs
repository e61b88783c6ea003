//! Which places lie near a position.
//!
//! The compiled file holds all places sorted by grid cell, so a query is a binary search for
//! each row of cells. An R-tree would answer in the same time, but it would have to be built or
//! read at every start.

use super::Gazetteer;
use super::format::{self, CELL_COLUMNS, CELL_DEG, Section, read_u32};
use crate::model::coordinate::Coordinate;
use crate::model::place::PlaceIndex;

/// Metres of a degree of latitude, rounded down: a box that is a little too large costs nothing.
const METRES_PER_DEGREE: f64 = 110_000.0;

impl Gazetteer {
    /// Places within `radius_m` metres, nearest first, with their distance.
    pub fn near(&self, position: Coordinate, radius_m: f64) -> Vec<(PlaceIndex, f64)> {
        let mut found = Vec::new();
        if radius_m.is_nan() || radius_m < 0.0 {
            return found;
        }
        let lat_span = radius_m / METRES_PER_DEGREE;
        let (south, north) = (position.lat_deg() - lat_span, position.lat_deg() + lat_span);
        let widest = south.abs().max(north.abs());
        // Near a pole every meridian is near.
        let lon_span = if widest < 89.0 { lat_span / widest.to_radians().cos() } else { 180.0 };
        let (west, east) = (position.lon_deg() - lon_span, position.lon_deg() + lon_span);
        let column = |lon_deg: f64| format::cell(lon_deg, 0.0).1;
        let columns: Vec<(u32, u32)> = if lon_span >= 180.0 - CELL_DEG {
            vec![(0, CELL_COLUMNS - 1)]
        } else if west < -180.0 {
            vec![(column(west + 360.0), CELL_COLUMNS - 1), (0, column(east))]
        } else if east > 180.0 {
            vec![(column(west), CELL_COLUMNS - 1), (0, column(east - 360.0))]
        } else {
            vec![(column(west), column(east))]
        };
        let rows = format::cell(0.0, south.max(-90.0)).0..=format::cell(0.0, north.min(90.0)).0;
        for row in rows {
            for (first, last) in &columns {
                self.collect_cells(row * CELL_COLUMNS + first, row * CELL_COLUMNS + last, |place| {
                    let distance_m = place.1.distance_m(position);
                    if distance_m <= radius_m {
                        found.push((place.0, distance_m));
                    }
                });
            }
        }
        found.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        found
    }

    fn collect_cells(&self, first: u32, last: u32, mut each: impl FnMut((PlaceIndex, Coordinate))) {
        let grid = self.section(Section::Grid);
        let count = grid.len() / 8;
        let cell = |at: usize| read_u32(grid, at * 8).unwrap_or(u32::MAX);
        let mut at = super::partition_point(count, |at| cell(at) < first);
        while at < count && cell(at) <= last {
            if let Some(place) = read_u32(grid, at * 8 + 4).and_then(|place| self.get(PlaceIndex(place))) {
                each((place.index(), place.coordinate()));
            }
            at += 1;
        }
    }
}
