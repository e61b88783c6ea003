//! Patrol lines: the stops of a route joined in the order of travel.

use super::backtrack;
use super::road::{RoadGraph, RoadPoint};
use super::way::Way;
use crate::gazetteer::roads::Survey;
use crate::model::coordinate::Coordinate;
use crate::model::feature::Geometry;

/// A stop at most this far from a road is taken to be passed on the road.
pub const ON_ROAD_M: f64 = 5_000.0;

/// A way along the road may be this many times as long as the straight line.
const LONGEST_DETOUR: f64 = 3.0;

/// Between two stops on the road it may be this much longer in any case: a road winds, and its stops
/// are points beside it.
const FREE_DETOUR_M: f64 = 5_000.0;

/// The line of a route.
#[derive(Clone, PartialEq, Debug)]
pub struct RouteLine {
    /// A line, or several where the road has gaps.
    pub geometry: Geometry,
    pub length_m: f64,
    /// How much of it follows the road.
    pub road_m: f64,
    /// What is known of the worst part of the road that it follows.
    pub road: Option<Survey>,
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
    let line = match road {
        Some(road) => draw_along(stops, road),
        None => draw_straight(stops),
    };
    match line {
        // Two villages beside the same point of the road: the road cannot show the way.
        None if road.is_some() => draw_straight(stops),
        line => line,
    }
}

fn draw_straight(stops: &[Coordinate]) -> Option<RouteLine> {
    let mut pen = Pen::default();
    for pair in stops.windows(2) {
        if let [from, to] = *pair {
            pen.straight(from, to);
        }
    }
    pen.finish(vec![0.0; stops.len()])
}

fn draw_along(stops: &[Coordinate], road: &RoadGraph) -> Option<RouteLine> {
    let entries: Vec<Vec<RoadPoint>> = stops.iter().map(|stop| road.entries(*stop)).collect();
    // All or none: a road without a line.
    if entries.iter().any(Vec::is_empty) {
        return None;
    }
    let on_road: Vec<bool> =
        entries.iter().map(|points| points.first().is_some_and(|point| point.distance_m <= ON_ROAD_M)).collect();
    let near_road: Vec<bool> = on_road.windows(2).map(|leg| leg.contains(&true)).collect();
    let Way { points, stretches } = road.through(&entries, &near_road);
    let mut stop_distances_m: Vec<f64> =
        points.iter().zip(&on_road).map(|(point, on)| if *on { point.distance_m } else { 0.0 }).collect();

    let mut legs: Vec<Leg> = Vec::with_capacity(stretches.len());
    for (number, stretch) in stretches.into_iter().enumerate() {
        let (Some([from, to]), Some([a, b])) = (stops.get(number..number + 2), points.get(number..number + 2)) else {
            continue;
        };
        let on = |at: usize| on_road.get(at).copied().unwrap_or(false);
        let start = if on(number) { a.coordinate } else { *from };
        let end = if on(number + 1) { b.coordinate } else { *to };
        let straight = Leg::Straight(start, end);
        let Some(stretch) = stretch.filter(|_| on(number) || on(number + 1)) else {
            legs.push(straight);
            continue;
        };
        let along_m = a.distance_m + length_m(&stretch.pieces) + b.distance_m;
        let longest_m = LONGEST_DETOUR * from.distance_m(*to);
        let leg = match (on(number), on(number + 1)) {
            (true, true) if along_m > longest_m + LONGEST_DETOUR * (a.distance_m + b.distance_m) + FREE_DETOUR_M => {
                straight
            }
            (true, true) => Leg::Road { pieces: stretch.pieces, survey: stretch.survey },
            _ if along_m > longest_m => straight,
            (from_road, to_road) => Leg::Spur {
                before: (!from_road).then_some((start, a.coordinate)),
                pieces: stretch.pieces,
                survey: stretch.survey,
                after: (!to_road).then_some((b.coordinate, end)),
            },
        };
        legs.push(leg);
    }
    for at in 1..legs.len() {
        let (before, after) = legs.split_at_mut(at);
        let (Some(Leg::Road { pieces: come, .. }), Some(Leg::Road { pieces: go, .. })) =
            (before.last_mut(), after.first_mut())
        else {
            continue;
        };
        let (Some(stop), Some(distance_m)) = (stops.get(at), stop_distances_m.get_mut(at)) else { continue };
        if let Some(turn) = backtrack::cut(come, go, *distance_m) {
            *distance_m = stop.distance_m(turn);
        }
    }

    let mut pen = Pen::default();
    for leg in &legs {
        match leg {
            Leg::Straight(from, to) => pen.straight(*from, *to),
            Leg::Road { pieces, survey } => pen.follow(pieces, *survey),
            Leg::Spur { before, pieces, survey, after } => {
                before.iter().for_each(|(from, to)| pen.straight(*from, *to));
                pen.follow(pieces, *survey);
                after.iter().for_each(|(from, to)| pen.straight(*from, *to));
            }
        }
    }
    pen.finish(stop_distances_m)
}

/// How one stop is left for the next.
enum Leg {
    Straight(Coordinate, Coordinate),
    Road {
        pieces: Vec<Vec<Coordinate>>,
        survey: Survey,
    },
    /// Along the road and, straight, from or to a stop beside it.
    Spur {
        before: Option<(Coordinate, Coordinate)>,
        pieces: Vec<Vec<Coordinate>>,
        survey: Survey,
        after: Option<(Coordinate, Coordinate)>,
    },
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
    road: Option<Survey>,
    straight_m: f64,
    longest_straight_m: f64,
}

impl Pen {
    fn follow(&mut self, pieces: &[Vec<Coordinate>], survey: Survey) {
        for (index, piece) in pieces.iter().enumerate() {
            if index > 0 {
                self.lines.push(Vec::new());
            }
            for coordinate in piece {
                self.add(*coordinate);
            }
        }
        let length_m = length_m(pieces);
        self.road_m += length_m;
        if length_m > 0.0 {
            self.road = Some(self.road.map_or(survey, |so_far| so_far.worse(survey)));
        }
    }

    fn straight(&mut self, from: Coordinate, to: Coordinate) {
        self.add(from);
        self.add(to);
        self.count_straight(from.distance_m(to));
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

    /// A route that begins or ends right at a gap begins and ends there all the same: the gap is
    /// drawn straight.
    fn join_lone_ends(&mut self) {
        if let [first, second, ..] = self.lines.as_mut_slice()
            && let ([start], Some(next)) = (first.as_slice(), second.first().copied())
        {
            let start = *start;
            first.clear();
            second.insert(0, start);
            self.count_straight(start.distance_m(next));
        }
        if let [.., before, last] = self.lines.as_mut_slice()
            && let ([end], Some(previous)) = (last.as_slice(), before.last().copied())
        {
            let end = *end;
            last.clear();
            before.push(end);
            self.count_straight(previous.distance_m(end));
        }
    }

    fn count_straight(&mut self, length_m: f64) {
        self.straight_m += length_m;
        self.longest_straight_m = self.longest_straight_m.max(length_m);
    }

    fn finish(mut self, stop_distances_m: Vec<f64>) -> Option<RouteLine> {
        self.join_lone_ends();
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
            road: self.road,
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
        RoadGraph::new(&[vec![at(36.0, 35.0), at(36.1, 35.05), at(36.2, 35.0), at(36.3, 35.05)]], &[])
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
        let road = RoadGraph::new(&[vec![at(36.0, 35.0), at(36.1, 35.0)], vec![at(36.2, 35.0), at(36.3, 35.0)]], &[]);
        let route = draw(&[at(36.0, 35.0), at(36.3, 35.0)], Some(&road)).unwrap();
        assert!(matches!(route.geometry, Geometry::Lines(lines) if lines.len() == 2));
    }

    #[test]
    fn a_route_that_ends_at_a_gap_ends_there() {
        let road = RoadGraph::new(&[vec![at(36.0, 35.0), at(36.1, 35.0)], vec![at(36.2, 35.0), at(36.3, 35.0)]], &[]);
        let route = draw(&[at(36.0, 35.0), at(36.2, 35.0)], Some(&road)).unwrap();
        assert!((route.longest_straight_m - 9_108.0).abs() < 20.0, "{} m", route.longest_straight_m);
        assert_eq!(line(route), [at(36.0, 35.0), at(36.1, 35.0), at(36.2, 35.0)]);
    }

    #[test]
    fn stops_in_order_are_passed_without_running_on_and_back() {
        // The second stop lies a little past the third, as points of villages do.
        let stops = [at(36.0, 35.0), at(36.153, 35.03), at(36.15, 35.02), at(36.3, 35.05)];
        let route = draw(&stops, Some(&road())).unwrap();
        let lons: Vec<f64> = line(route).iter().map(|position| position.lon_deg()).collect();
        assert!(lons.is_sorted(), "{lons:?}");
    }

    #[test]
    fn the_order_of_the_stops_may_turn() {
        let stops = [at(36.0, 35.0), at(36.3, 35.05), at(36.1, 35.05)];
        let line = line(draw(&stops, Some(&road())).unwrap());
        let lons: Vec<f64> = line.iter().map(|position| position.lon_deg()).collect();
        assert_eq!(lons, [36.0, 36.1, 36.2, 36.3, 36.2, 36.1]);
    }

    #[test]
    fn a_way_all_around_is_no_way_between_neighbours() {
        // A ring with an opening: its ends are near each other, and so are the stops.
        let ring = vec![at(36.0, 35.0), at(36.0, 35.3), at(36.4, 35.3), at(36.4, 35.0), at(36.25, 35.0)];
        let route = draw(&[at(36.0, 35.0), at(36.25, 35.0)], Some(&RoadGraph::new(&[ring], &[]))).unwrap();
        assert!(!route.follows_road());
    }
}
