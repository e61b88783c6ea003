//! Patrol lines: the stops of a route joined in the order of travel.

use super::road::{RoadGraph, RoadPoint};
use crate::model::coordinate::Coordinate;
use crate::model::feature::Geometry;

/// A stop at most this far from a road is taken to be passed on the road.
pub const ON_ROAD_M: f64 = 5_000.0;

/// A way along the road to a stop beside it may be this many times as long as the straight line.
const LONGEST_DETOUR: f64 = 3.0;

/// The line of a route.
#[derive(Clone, PartialEq, Debug)]
pub struct RouteLine {
    /// A line, or several where the road has gaps.
    pub geometry: Geometry,
    pub length_m: f64,
    /// How much of it follows the road.
    pub road_m: f64,
    /// The longest straight piece between two stops, in metres.
    pub longest_straight_m: f64,
    /// Distance of each stop from the line, in metres.
    pub stop_distances_m: Vec<f64>,
}

impl RouteLine {
    /// Whether most of it follows the road.
    pub fn follows_road(&self) -> bool {
        self.road_m > self.length_m / 2.0
    }
}

/// Draws a route through its stops, which may repeat; `None` when they are not two different points.
///
/// Between two stops on the road the line follows the road; a stop beside the road is drawn
/// straight from the point of the road that is nearest to it and back again. What has no road is
/// straight.
pub fn draw(stops: &[Coordinate], road: Option<&RoadGraph>) -> Option<RouteLine> {
    let on_road: Vec<Option<RoadPoint>> = stops.iter().map(|stop| road.and_then(|road| road.nearest(*stop))).collect();
    let mut pen = Pen::default();
    let is_on = |point: &RoadPoint| point.distance_m <= ON_ROAD_M;
    for (index, pair) in stops.windows(2).enumerate() {
        let [from, to] = *pair else { continue };
        match (road, on_road.get(index).copied().flatten(), on_road.get(index + 1).copied().flatten()) {
            (Some(road), Some(a), Some(b)) if is_on(&a) && is_on(&b) => pen.follow(&road.stretch(a, b)),
            (Some(road), Some(a), Some(b)) if is_on(&a) || is_on(&b) => {
                let pieces = road.stretch(a, b);
                let (start, end) =
                    (if is_on(&a) { a.coordinate } else { from }, if is_on(&b) { b.coordinate } else { to });
                let along = a.distance_m + length_m(&pieces) + b.distance_m;
                if along > LONGEST_DETOUR * from.distance_m(to) {
                    pen.straight(start, end);
                } else {
                    pen.straight(start, a.coordinate);
                    pen.follow(&pieces);
                    pen.straight(b.coordinate, end);
                }
            }
            _ => pen.straight(from, to),
        }
    }
    let stop_distances_m = on_road.iter().map(|point| point.filter(is_on).map_or(0.0, |p| p.distance_m)).collect();
    match pen.finish(stop_distances_m) {
        // Two villages beside the same point of the road: the road cannot show the way.
        None if road.is_some() => draw(stops, None),
        line => line,
    }
}

/// The length of several lines in metres.
pub fn length_m(lines: &[Vec<Coordinate>]) -> f64 {
    let length = |line: &Vec<Coordinate>| line.windows(2).map(|p| p[0].distance_m(p[1])).sum::<f64>();
    lines.iter().map(length).sum()
}

/// Lays pieces end to end, without a position twice in succession.
#[derive(Default)]
struct Pen {
    lines: Vec<Vec<Coordinate>>,
    road_m: f64,
    straight_m: f64,
    longest_straight_m: f64,
}

impl Pen {
    fn follow(&mut self, pieces: &[Vec<Coordinate>]) {
        for (index, piece) in pieces.iter().enumerate() {
            if index > 0 {
                self.lines.push(Vec::new());
            }
            for coordinate in piece {
                self.add(*coordinate);
            }
        }
        self.road_m += length_m(pieces);
    }

    fn straight(&mut self, from: Coordinate, to: Coordinate) {
        self.add(from);
        self.add(to);
        let length = from.distance_m(to);
        self.straight_m += length;
        self.longest_straight_m = self.longest_straight_m.max(length);
    }

    fn add(&mut self, coordinate: Coordinate) {
        if self.lines.is_empty() {
            self.lines.push(Vec::new());
        }
        if let Some(line) = self.lines.last_mut()
            && line.last().is_none_or(|last| last.distance_m(coordinate) > 0.5)
        {
            line.push(coordinate);
        }
    }

    fn finish(mut self, stop_distances_m: Vec<f64>) -> Option<RouteLine> {
        self.lines.retain(|line| line.len() > 1);
        let geometry = match self.lines.len() {
            0 => return None,
            1 => Geometry::Line(self.lines.swap_remove(0)),
            _ => Geometry::Lines(self.lines),
        };
        Some(RouteLine {
            geometry,
            length_m: self.road_m + self.straight_m,
            road_m: self.road_m,
            longest_straight_m: self.longest_straight_m,
            stop_distances_m,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lon_deg: f64, lat_deg: f64) -> Coordinate {
        Coordinate::new(lon_deg, lat_deg).unwrap()
    }

    fn road() -> RoadGraph {
        RoadGraph::new(&[vec![at(36.0, 35.0), at(36.1, 35.05), at(36.2, 35.0), at(36.3, 35.05)]])
    }

    fn line(route: RouteLine) -> Vec<Coordinate> {
        match route.geometry {
            Geometry::Line(line) => line,
            other => panic!("not one line: {other:?}"),
        }
    }

    #[test]
    fn stops_on_the_road_follow_it_there_and_back() {
        let stops = [at(36.0, 35.0), at(36.2, 35.01), at(36.0, 35.0)];
        let route = draw(&stops, Some(&road())).unwrap();
        assert!(route.follows_road());
        assert!((route.stop_distances_m[1] - 1000.0).abs() < 200.0);
        let line = line(route);
        assert_eq!(line.len(), 5);
        assert_eq!(line[0], line[4]);
        assert_eq!(line[1], at(36.1, 35.05));
    }

    #[test]
    fn a_stop_far_from_the_road_is_an_honest_spur() {
        let stops = [at(36.0, 35.0), at(36.1, 35.25), at(36.3, 35.05)];
        let line = line(draw(&stops, Some(&road())).unwrap());
        assert_eq!(
            line,
            [at(36.0, 35.0), at(36.1, 35.05), at(36.1, 35.25), at(36.1, 35.05), at(36.2, 35.0), at(36.3, 35.05)]
        );
    }

    #[test]
    fn without_a_road_the_line_is_straight() {
        let route = draw(&[at(36.0, 35.0), at(36.0, 35.0), at(36.1, 35.0)], None).unwrap();
        assert!(!route.follows_road());
        assert!((route.length_m - 9_108.0).abs() < 20.0);
        assert_eq!(line(route), [at(36.0, 35.0), at(36.1, 35.0)]);
    }

    #[test]
    fn a_road_far_away_changes_nothing() {
        let stops = [at(40.0, 36.0), at(40.1, 36.0)];
        assert_eq!(draw(&stops, Some(&road())), draw(&stops, None));
    }

    #[test]
    fn one_place_is_no_line() {
        assert_eq!(draw(&[], None), None);
        assert_eq!(draw(&[at(36.0, 35.0)], None), None);
        assert_eq!(draw(&[at(36.0, 35.0), at(36.0, 35.0)], Some(&road())), None);
    }

    #[test]
    fn villages_beside_one_point_of_the_road_are_joined_straight() {
        let stops = [at(35.99, 35.0), at(35.98, 35.0)];
        assert_eq!(line(draw(&stops, Some(&road())).unwrap()), stops);
    }

    #[test]
    fn a_gap_makes_two_lines() {
        let road = RoadGraph::new(&[vec![at(36.0, 35.0), at(36.1, 35.0)], vec![at(36.2, 35.0), at(36.3, 35.0)]]);
        let route = draw(&[at(36.0, 35.0), at(36.3, 35.0)], Some(&road)).unwrap();
        assert!(matches!(route.geometry, Geometry::Lines(lines) if lines.len() == 2));
    }
}
