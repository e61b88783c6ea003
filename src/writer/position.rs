//! Coordinates as they are written: their order, their decimals, the box around them and their middle.

use std::fmt::Write;

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

/// The point, or the point half-way along the lines; `None` for a line without positions.
pub fn middle(geometry: &Geometry) -> Option<Coordinate> {
    if let Geometry::Point(coordinate) = geometry {
        return Some(*coordinate);
    }
    let legs = || lines(geometry).iter().flat_map(|line| line.windows(2)).map(|leg| (leg[0], leg[1]));
    let mut rest_m = legs().map(|(from, to)| from.distance_m(to)).sum::<f64>() / 2.0;
    for (from, to) in legs() {
        let length_m = from.distance_m(to);
        if length_m > 0.0 && rest_m <= length_m {
            let share = rest_m / length_m;
            let between = |from: f64, to: f64| from + (to - from) * share;
            let middle = Coordinate::new(between(from.lon_deg(), to.lon_deg()), between(from.lat_deg(), to.lat_deg()));
            return middle.ok();
        }
        rest_m -= length_m;
    }
    coordinates(geometry).next()
}

/// The geometry as well-known text (OGC 06-103r4, section 7).
pub fn wkt(geometry: &Geometry) -> String {
    let mut text = String::new();
    match geometry {
        Geometry::Point(coordinate) => {
            text.push_str("POINT ");
            push_wkt(std::slice::from_ref(coordinate), &mut text);
        }
        Geometry::Line(line) => {
            text.push_str("LINESTRING ");
            push_wkt(line, &mut text);
        }
        Geometry::Lines(lines) => {
            text.push_str("MULTILINESTRING ");
            for (index, line) in lines.iter().enumerate() {
                text.push_str(if index == 0 { "(" } else { ", " });
                push_wkt(line, &mut text);
            }
            text.push(')');
        }
    }
    text
}

fn push_wkt(coordinates: &[Coordinate], text: &mut String) {
    for (index, coordinate) in coordinates.iter().enumerate() {
        let [lon, lat] = position(*coordinate);
        // Writing to a string cannot fail.
        let _ = write!(text, "{}{lon} {lat}", if index == 0 { "(" } else { ", " });
    }
    text.push(')');
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

    #[test]
    fn the_middle_of_a_line_lies_half_way_along_it() {
        let middle = |geometry| middle(&geometry).map(position);
        assert_eq!(middle(Geometry::Point(at(36.3, 33.5))), Some([36.3, 33.5]));
        // Three legs along the equator, 1, 2 and 5 degrees long.
        let line = vec![at(0.0, 0.0), at(1.0, 0.0), at(3.0, 0.0), at(8.0, 0.0)];
        assert_eq!(middle(Geometry::Line(line)), Some([4.0, 0.0]));
        let parts = vec![vec![at(0.0, 0.0), at(1.0, 0.0)], vec![at(10.0, 0.0), at(13.0, 0.0)]];
        assert_eq!(middle(Geometry::Lines(parts)), Some([11.0, 0.0]));
        assert_eq!(middle(Geometry::Line(vec![at(2.0, 1.0), at(2.0, 1.0)])), Some([2.0, 1.0]));
    }

    #[test]
    fn well_known_text_has_longitude_first() {
        assert_eq!(wkt(&Geometry::Point(at(36.3, 33.5))), "POINT (36.3 33.5)");
        let line = || vec![at(1.0, 2.0), at(3.5, -4.0)];
        assert_eq!(wkt(&Geometry::Line(line())), "LINESTRING (1 2, 3.5 -4)");
        assert_eq!(wkt(&Geometry::Lines(vec![line(), line()])), "MULTILINESTRING ((1 2, 3.5 -4), (1 2, 3.5 -4))");
    }
}
