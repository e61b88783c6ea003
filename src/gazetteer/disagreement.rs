//! Sources that give one place different points: the radius has to hold what each of them claims.

use super::Gazetteer;
use super::correcting::CORRECTIONS_NAME;
use super::place::Place;
use crate::model::coordinate::Coordinate;
use crate::model::place::PlaceIndex;

/// Points closer than this, in metres, agree: three decimals of a degree are as much.
const SAME_POINT_M: f64 = 100.0;

/// Points farther apart than this are no two opinions of one place: one of them is a mistake, or
/// an id was given twice.
const TWO_PLACES_M: f64 = 25_000.0;

/// The radius in metres around a point that also holds the circle of another opinion.
pub(super) fn widened_m(radius_m: f64, point: Coordinate, other: Coordinate, other_radius_m: f64) -> f64 {
    let apart_m = point.distance_m(other);
    match (SAME_POINT_M..=TWO_PLACES_M).contains(&apart_m) {
        true => radius_m.max(apart_m + other_radius_m),
        false => radius_m,
    }
}

impl Gazetteer {
    /// The radius in metres inside which something reported at a place is claimed to lie: the row's
    /// own, and what the rows of lower layers with its id claim as well. A correction that moves a
    /// place says that those below it are wrong. 0 past the end.
    pub fn uncertainty_m(&self, index: PlaceIndex) -> f64 {
        let (Some(place), Some((number, layer))) = (self.get(index), self.layer_of(index)) else { return 0.0 };
        let mut radius_m = place.uncertainty_m();
        let mut is_correction = layer.name == CORRECTIONS_NAME;
        for lower in self.layers.get(..number).unwrap_or_default().iter().rev() {
            let Some(other) = lower.row_of_id(place.id()).and_then(|row| Place::of(lower, row)) else { continue };
            if std::mem::take(&mut is_correction) && other.coordinate() != place.coordinate() {
                break;
            }
            radius_m = widened_m(radius_m, place.coordinate(), other.coordinate(), other.uncertainty_m());
        }
        radius_m
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lon_deg: f64) -> Coordinate {
        Coordinate::new(lon_deg, 0.0).unwrap()
    }

    #[test]
    fn the_circle_of_another_opinion_is_held_too() {
        // A hundredth of a degree is 1,112 m.
        let radius_m = widened_m(1_000.0, at(36.0), at(36.01), 500.0);
        assert!((radius_m - 1_612.0).abs() < 1.0, "{radius_m}");
        assert_eq!(widened_m(5_000.0, at(36.0), at(36.01), 500.0), 5_000.0);
    }

    #[test]
    fn rounding_and_mistakes_are_no_opinions() {
        assert_eq!(widened_m(1_000.0, at(36.0), at(36.0005), 1_000.0), 1_000.0);
        assert_eq!(widened_m(1_000.0, at(36.0), at(37.0), 1_000.0), 1_000.0);
    }
}
