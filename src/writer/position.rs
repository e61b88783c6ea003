//! Coordinates as they are written: their order, their decimals, and the box around them.

use super::value::rounded;
use crate::model::coordinate::Coordinate;
use crate::model::feature::Geometry;

/// Decimals of a degree: 0.1 m, as RFC 7946 section 11.2 advises. The same in every format, so that
/// a feature lies at one point in all of them.
const DECIMALS: i32 = 6;

/// Longitude before latitude: decided here and nowhere else.
pub fn position(coordinate: Coordinate) -> [f64; 2] {
    [rounded(coordinate.lon_deg(), DECIMALS), rounded(coordinate.lat_deg(), DECIMALS)]
}

/// The box around some positions, in degrees.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Bounds {
    pub west: f64,
    pub south: f64,
    pub east: f64,
    pub north: f64,
}

impl Bounds {
    /// The box around some geometries as they are written; `None` when nothing is drawn.
    pub fn of<'a>(geometries: impl IntoIterator<Item = &'a Geometry>) -> Option<Self> {
        let mut bounds = None;
        for geometry in geometries {
            for coordinate in coordinates(geometry) {
                Self::cover(&mut bounds, position(coordinate));
            }
        }
        bounds
    }

    fn cover(bounds: &mut Option<Self>, [lon, lat]: [f64; 2]) {
        let old = bounds.unwrap_or(Self { west: lon, south: lat, east: lon, north: lat });
        *bounds = Some(Self {
            west: old.west.min(lon),
            south: old.south.min(lat),
            east: old.east.max(lon),
            north: old.north.max(lat),
        });
    }

    /// In the order of RFC 7946, section 5.
    pub fn west_south_east_north(self) -> [f64; 4] {
        [self.west, self.south, self.east, self.north]
    }
}

/// The lines of a geometry; none of a point.
pub fn lines(geometry: &Geometry) -> &[Vec<Coordinate>] {
    match geometry {
        Geometry::Point(_) => &[],
        Geometry::Line(line) => std::slice::from_ref(line),
        Geometry::Lines(lines) => lines,
    }
}

fn coordinates(geometry: &Geometry) -> impl Iterator<Item = Coordinate> {
    let point = match geometry {
        Geometry::Point(coordinate) => Some(*coordinate),
        Geometry::Line(_) | Geometry::Lines(_) => None,
    };
    point.into_iter().chain(lines(geometry).iter().flatten().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lon_deg: f64, lat_deg: f64) -> Coordinate {
        Coordinate::new(lon_deg, lat_deg).unwrap()
    }

    #[test]
    fn damascus_lies_where_it_lies() {
        assert_eq!(position(at(36.291_923_456, 33.513_8)), [36.291_923, 33.513_8]);
    }

    #[test]
    fn the_box_covers_all_parts() {
        let point = Geometry::Point(at(1.0, 50.0));
        let parts = Geometry::Lines(vec![vec![at(2.0, 5.0), at(3.0, 4.0)], vec![at(-1.0, 0.5), at(0.0, 0.0)]]);
        let bounds = Bounds::of([&point, &parts]).unwrap();
        assert_eq!(bounds.west_south_east_north(), [-1.0, 0.0, 3.0, 50.0]);
        assert_eq!(Bounds::of([]), None);
    }
}
