//! Points: where "10 km west of X", "between A and B" or "along the M4 near X" is drawn.

use geo::{Destination, Haversine};

use super::road::RoadGraph;
use super::uncertainty::{COUNTRYSIDE_M, NEAR_M, SECTOR};
use crate::model::coordinate::Coordinate;
use crate::model::feature::{GeometryQuality, LocatedPoint};
use crate::model::mention::{Bearing, RelationKind};

/// A place as the thing that others are located by.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Ground {
    pub coordinate: Coordinate,
    pub radius_m: f64,
    pub extent: Extent,
}

/// Whether a place is a spot on the map or an area that the text's relations do not widen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Extent {
    Spot,
    Area,
}

/// How the text locates a thing by a place.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Relation {
    pub kind: RelationKind,
    pub distance_m: Option<f64>,
}

/// The point for a relation to one place, or to two for "between", on a road if one is told.
pub fn locate_point(
    relation: Relation,
    ground: Ground,
    other: Option<Ground>,
    road: Option<&RoadGraph>,
) -> LocatedPoint {
    if let Some(other) = other {
        return between(ground, other);
    }
    let distance_m = relation.distance_m.filter(|d| d.is_finite() && *d > 0.0);
    match (relation.kind, distance_m) {
        (RelationKind::Direction(bearing) | RelationKind::Countryside { side: Some(bearing) }, Some(distance_m)) => {
            offset(ground, bearing, distance_m)
        }
        (_, Some(distance_m)) => widened(ground, distance_m * (1.0 + SECTOR)),
        (RelationKind::At | RelationKind::Alias, None) => {
            LocatedPoint { quality: GeometryQuality::Gazetteer, ..widened(ground, 0.0) }
        }
        _ if ground.extent == Extent::Area => widened(ground, 0.0),
        (RelationKind::Within, None) => widened(ground, 0.0),
        (RelationKind::Near, None) => beside_road(widened(ground, NEAR_M), road),
        (RelationKind::Between, None) => widened(ground, COUNTRYSIDE_M),
        (RelationKind::AlongRoad | RelationKind::Countryside { .. } | RelationKind::Direction(_), None) => {
            beside_road(widened(ground, COUNTRYSIDE_M), road)
        }
    }
}

fn widened(ground: Ground, by_m: f64) -> LocatedPoint {
    LocatedPoint {
        coordinate: ground.coordinate,
        radius_m: ground.radius_m + by_m,
        quality: GeometryQuality::Approximate,
    }
}

fn offset(ground: Ground, bearing: Bearing, distance_m: f64) -> LocatedPoint {
    let moved = destination(ground.coordinate, bearing.degrees(), distance_m);
    LocatedPoint { coordinate: moved.unwrap_or(ground.coordinate), ..widened(ground, SECTOR * distance_m) }
}

fn between(a: Ground, b: Ground) -> LocatedPoint {
    let middle = Coordinate::new(
        (a.coordinate.lon_deg() + b.coordinate.lon_deg()) / 2.0,
        (a.coordinate.lat_deg() + b.coordinate.lat_deg()) / 2.0,
    );
    LocatedPoint {
        coordinate: middle.unwrap_or(a.coordinate),
        radius_m: a.coordinate.distance_m(b.coordinate) / 2.0 + a.radius_m.max(b.radius_m),
        quality: GeometryQuality::Approximate,
    }
}

/// Moves a point to the road that the thing lies at, when the road passes through its circle.
///
/// The thing then lies on the part of the road inside the circle: the point goes to the middle of
/// that part, and its circle holds all of it and what the road may be off.
fn beside_road(point: LocatedPoint, road: Option<&RoadGraph>) -> LocatedPoint {
    match road.and_then(|road| road.in_circle(point.coordinate, point.radius_m)) {
        Some(part) => LocatedPoint {
            coordinate: part.middle,
            radius_m: part.reach_m + part.survey.accuracy_m,
            quality: GeometryQuality::Approximate,
        },
        None => point,
    }
}

/// The point `distance_m` metres away along a great circle; `None` past the edge of the map.
fn destination(from: Coordinate, bearing_deg: f64, distance_m: f64) -> Option<Coordinate> {
    let point = Haversine.destination(geo::Point::new(from.lon_deg(), from.lat_deg()), bearing_deg, distance_m);
    Coordinate::new(point.x(), point.y()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::roads::{RoadQuality, Survey};

    fn town() -> Ground {
        Ground { coordinate: Coordinate::new(36.32, 35.81).unwrap(), radius_m: 1_000.0, extent: Extent::Spot }
    }

    fn governorate() -> Ground {
        Ground { radius_m: 45_000.0, extent: Extent::Area, ..town() }
    }

    fn relation(kind: RelationKind) -> Relation {
        Relation { kind, distance_m: None }
    }

    #[test]
    fn at_a_town_is_the_gazetteer_point_as_it_stands() {
        let point = locate_point(relation(RelationKind::At), town(), None, None);
        assert_eq!(point.coordinate, town().coordinate);
        assert_eq!((point.radius_m, point.quality), (1_000.0, GeometryQuality::Gazetteer));
    }

    #[test]
    fn ten_kilometres_west_is_moved_and_widened() {
        let west = Relation { kind: RelationKind::Direction(Bearing::West), distance_m: Some(10_000.0) };
        let point = locate_point(west, town(), None, None);
        assert!((point.coordinate.distance_m(town().coordinate) - 10_000.0).abs() < 1.0);
        assert!(point.coordinate.lon_deg() < 36.22);
        assert_eq!((point.radius_m, point.quality), (5_000.0, GeometryQuality::Approximate));
    }

    #[test]
    fn a_direction_without_a_distance_only_widens() {
        let point = locate_point(relation(RelationKind::Direction(Bearing::East)), town(), None, None);
        assert_eq!((point.coordinate, point.radius_m), (town().coordinate, 13_000.0));
    }

    #[test]
    fn the_countryside_of_a_governorate_is_no_smaller_than_the_governorate() {
        let point = locate_point(relation(RelationKind::Countryside { side: None }), governorate(), None, None);
        assert_eq!((point.radius_m, point.quality), (45_000.0, GeometryQuality::Approximate));
    }

    #[test]
    fn between_two_towns_covers_both() {
        let other = Ground { coordinate: Coordinate::new(36.61, 35.81).unwrap(), ..town() };
        let point = locate_point(relation(RelationKind::Between), town(), Some(other), None);
        for end in [town(), other] {
            assert!(point.coordinate.distance_m(end.coordinate) <= point.radius_m);
        }
    }

    #[test]
    fn a_post_on_a_road_in_a_countryside_stands_on_the_road() {
        let positions = [(36.2, 35.78), (36.6, 35.78)].map(|(lon, lat)| Coordinate::new(lon, lat).unwrap());
        let survey = Survey { quality: RoadQuality::Road, accuracy_m: 250.0 };
        let road = RoadGraph::new(&[positions.to_vec()], &[survey]);
        let countryside = relation(RelationKind::Countryside { side: None });
        let point = locate_point(countryside, town(), None, Some(&road));
        assert!((point.coordinate.lat_deg() - 35.78).abs() < 1e-6);
        let circle = locate_point(countryside, town(), None, None);
        // As much of the road as the circle holds, seen from its middle, and what it may be off.
        let west_m = positions[0].distance_m(point.coordinate);
        assert!(point.radius_m < circle.radius_m, "{} m", point.radius_m);
        assert!((point.radius_m - west_m - 250.0).abs() < 10.0, "{} m and {west_m} m", point.radius_m);
        assert!(positions[1].distance_m(point.coordinate) > point.radius_m, "the rest lies outside the circle");
    }

    #[test]
    fn every_line_of_the_model_gives_its_radius() {
        let far = Coordinate::new(36.52, 35.81).unwrap();
        let other = Ground { coordinate: far, radius_m: 2_000.0, ..town() };
        let apart_m = town().coordinate.distance_m(far);
        let told = |kind, distance_m| Relation { kind, distance_m };
        let west = RelationKind::Direction(Bearing::West);
        let countryside = RelationKind::Countryside { side: None };
        for (name, relation, ground, other, radius_m) in [
            ("at", told(RelationKind::At, None), town(), None, 1_000.0),
            ("in", told(RelationKind::Within, None), town(), None, 1_000.0),
            ("near", told(RelationKind::Near, None), town(), None, 4_000.0),
            ("5 km from", told(RelationKind::Near, Some(5_000.0)), town(), None, 8_000.0),
            ("countryside", told(countryside, None), town(), None, 13_000.0),
            ("west of", told(west, None), town(), None, 13_000.0),
            ("10 km west of", told(west, Some(10_000.0)), town(), None, 5_000.0),
            ("20 km west of", told(west, Some(20_000.0)), town(), None, 9_000.0),
            ("between", told(RelationKind::Between, None), town(), Some(other), apart_m / 2.0 + 2_000.0),
            ("near a governorate", told(RelationKind::Near, None), governorate(), None, 45_000.0),
            ("west of a governorate", told(west, None), governorate(), None, 45_000.0),
            ("10 km west of a governorate", told(west, Some(10_000.0)), governorate(), None, 49_000.0),
        ] {
            let point = locate_point(relation, ground, other, None);
            assert!((point.radius_m - radius_m).abs() < 1e-6, "{name}: {} m", point.radius_m);
        }
    }

    #[test]
    fn a_road_that_does_not_pass_through_moves_nothing() {
        let far = [(37.2, 35.8), (37.3, 35.8)].map(|(lon, lat)| Coordinate::new(lon, lat).unwrap());
        let road = RoadGraph::new(&[far.to_vec()], &[]);
        let near = relation(RelationKind::Near);
        assert_eq!(locate_point(near, town(), None, Some(&road)), locate_point(near, town(), None, None));
    }
}
