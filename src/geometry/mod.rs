//! Events become features: lines along roads, points moved as the text says, honest radii.
//!
//! Nothing is drawn that the text and the gazetteer do not support: what cannot be located keeps
//! no geometry at all.

pub mod road;
pub mod way;
pub mod road_in_circle;
pub mod network;
mod backtrack;
pub mod route;
pub mod uncertainty;
pub mod point;
pub mod clock;
pub mod confidence;
pub mod places;
pub mod approximate;

use std::collections::{BTreeMap, BTreeSet};

use crate::gazetteer::Gazetteer;
use crate::gazetteer::roads::RoadQuality;
use crate::model::coordinate::Coordinate;
use crate::model::event::{Event, EventKind, PlaceReference};
use crate::model::feature::{EventFeature, Geometry, GeometryQuality, LocatedPoint, LocatedStop};
use crate::model::mention::{MentionIndex, MentionKind, RelationKind, Resolution, ToponymMention};
use crate::model::place::{FeatureClass, PlaceIndex};
pub use approximate::{approximate_points, told_points};
use clock::ClockProblem;
use network::RoadNetwork;
pub use places::place_features;
use point::{Extent, Ground, Relation};
use uncertainty::STRAIGHT_SAG;

/// What the map contradicts.
#[derive(Clone, PartialEq, Debug)]
pub enum GeometryFinding {
    /// The text gives a length that the line cannot have. `event` is the position in the list.
    StatedLengthContradiction { event: usize, stated_m: f64, measured_m: f64 },
    /// A stop of a patrol lies farther from the patrol's road than a stop on it can.
    StopFarFromRoad { event: usize, stop: MentionIndex, road: String, distance_m: f64 },
    /// A clock time that cannot be turned to UTC, or not for certain.
    LocalTime { event: usize, problem: ClockProblem },
}

/// A line goes through no stop with a larger radius: that is an area, and its middle is no stop.
const LARGEST_STOP_M: f64 = 25_000.0;

/// No patrol stop lies farther than this from all others of its route.
const LONGEST_LEG_M: f64 = 300_000.0;

/// A stated length this many times longer or shorter than the line contradicts it.
const LENGTH_RATIO: f64 = 1.5;

/// Draws every event of an article, in the order given.
///
/// `resolutions` and `told` ([`told_points`]) hold one entry for each of `mentions`; an index that
/// points past them is a place that cannot be located.
pub fn locate(
    events: Vec<Event>,
    mentions: &[ToponymMention],
    resolutions: &[Resolution],
    told: &[Option<LocatedPoint>],
    network: &RoadNetwork<'_>,
) -> (Vec<EventFeature>, Vec<GeometryFinding>) {
    let atlas = Atlas { mentions, resolutions, told, network, gazetteer: network.gazetteer() };
    let mut findings = Vec::new();
    let features =
        events.into_iter().enumerate().map(|(index, event)| atlas.draw(index, event, &mut findings)).collect();
    (features, findings)
}

/// What an event looks like on the map.
struct Drawing {
    geometry: Option<Geometry>,
    quality: GeometryQuality,
    uncertainty_m: Option<f64>,
    length_m: Option<f64>,
    stops: Vec<LocatedStop>,
}

impl Drawing {
    const NOTHING: Self =
        Self { geometry: None, quality: GeometryQuality::None, uncertainty_m: None, length_m: None, stops: Vec::new() };
}

/// What a line is drawn by.
struct Course<'a> {
    route: &'a [MentionIndex],
    road: Option<&'a str>,
    /// Length in metres that the text gives.
    stated_m: Option<f64>,
    returned: bool,
}

/// What one article's events are drawn from.
struct Atlas<'a> {
    mentions: &'a [ToponymMention],
    resolutions: &'a [Resolution],
    told: &'a [Option<LocatedPoint>],
    network: &'a RoadNetwork<'a>,
    gazetteer: &'a Gazetteer,
}

impl Atlas<'_> {
    fn draw(&self, index: usize, event: Event, findings: &mut Vec<GeometryFinding>) -> EventFeature {
        let (drawing, needed) = match &event.merged.kind {
            EventKind::Patrol(patrol) => {
                let road = event.merged.road.as_deref();
                let course =
                    Course { route: &patrol.route, road, stated_m: patrol.stated_length_m, returned: patrol.returned };
                (self.draw_course(index, &course, findings), patrol.route.clone())
            }
            EventKind::Other { movement, .. } if self.is_line(&movement.route) => {
                let road = event.merged.road.as_deref();
                let course = Course { route: &movement.route, road, stated_m: None, returned: movement.returned };
                (self.draw_course(index, &course, findings), movement.route.clone())
            }
            EventKind::Position(position) => self.draw_point(&event, Some(position.place)),
            EventKind::Other { place, .. } => self.draw_point(&event, *place),
        };
        let confidence = confidence::of_event(&event, self.outcomes(&needed));
        let Drawing { geometry, quality, uncertainty_m, length_m, stops } = drawing;
        let country = self.country(&needed);
        let (time, problem) = clock::in_utc(&event.merged.date, country);
        findings.extend(problem.map(|problem| GeometryFinding::LocalTime { event: index, problem }));
        EventFeature { event, geometry, quality, uncertainty_m, length_m, stops, time, confidence }
    }

    /// The country of an event's places, else the one that most places of the article lie in.
    fn country(&self, needed: &[MentionIndex]) -> Option<&str> {
        let named = |mention: MentionIndex| {
            let place = self.gazetteer.get(self.place(mention)?)?;
            Some(place.country()).filter(|country| !country.is_empty())
        };
        let own = commonest(needed.iter().copied().filter_map(named));
        own.or_else(|| commonest((0..self.mentions.len()).map(MentionIndex).filter_map(named)))
    }

    /// Whether a route is drawn as a line or, without any place to draw it through, not at all: of
    /// a convoy of which one stop alone is located, the place is the better drawing.
    fn is_line(&self, route: &[MentionIndex]) -> bool {
        let drawn = self.drawn_through(&self.stops(route));
        let places: Vec<Coordinate> = drawn.into_iter().flatten().map(|ground| ground.coordinate).collect();
        route.len() > 1 && (places.is_empty() || places.windows(2).any(|pair| pair[0] != pair[1]))
    }

    /// The line of something that moves, the `index`th of the events.
    fn draw_course(&self, index: usize, course: &Course<'_>, findings: &mut Vec<GeometryFinding>) -> Drawing {
        let Course { route, road, stated_m, returned } = *course;
        let mut stops = self.stops(route);
        let drawn = self.drawn_through(&stops);
        let grounds: Vec<Ground> = drawn.iter().copied().flatten().collect();
        let coordinates: Vec<Coordinate> = grounds.iter().map(|ground| ground.coordinate).collect();
        let graph = road.and_then(|reference| self.network.road_near(reference, &coordinates));
        if let (Some(reference), Some(graph)) = (road, &graph) {
            findings.extend(stops.iter().filter_map(|stop| {
                let ground = self.ground(stop.mention).filter(|ground| ground.radius_m <= LARGEST_STOP_M)?;
                let distance_m = graph.nearest(ground.coordinate)?.distance_m;
                (distance_m > route::ON_ROAD_M).then(|| GeometryFinding::StopFarFromRoad {
                    event: index,
                    stop: stop.mention,
                    road: reference.to_owned(),
                    distance_m,
                })
            }));
        }
        let Some(line) = route::draw(&coordinates, graph.as_deref()) else {
            return Drawing { stops, ..Drawing::NOTHING };
        };

        let mut distances = line.stop_distances_m.iter();
        for (stop, _) in stops.iter_mut().zip(&drawn).filter(|(_, ground)| ground.is_some()) {
            stop.distance_to_line_m = distances.next().copied();
        }
        let quality = match line.road.map(|road| road.quality) {
            Some(RoadQuality::Road) if line.follows_road() => GeometryQuality::Road,
            Some(RoadQuality::Schematic) if line.follows_road() => GeometryQuality::Schematic,
            _ => GeometryQuality::Straight,
        };
        let of_road_m = line.road.map_or(0.0, |road| road.accuracy_m);
        let of_straight_m = line.longest_straight_m * STRAIGHT_SAG;
        let of_stops_m = grounds.iter().map(|ground| ground.radius_m).fold(0.0, f64::max);
        if let Some(stated_m) = stated_m {
            let ends_m = [grounds.first(), grounds.last()].into_iter().flatten().map(|ground| ground.radius_m).sum();
            let ways: &[f64] = if returned { &[1.0, 2.0] } else { &[1.0] };
            if ways.iter().all(|ways| contradicts(stated_m, ways * line.length_m, ends_m)) {
                let measured_m = line.length_m;
                findings.push(GeometryFinding::StatedLengthContradiction { event: index, stated_m, measured_m });
            }
        }
        Drawing {
            geometry: Some(line.geometry),
            quality,
            uncertainty_m: Some(of_stops_m.max(of_road_m).max(of_straight_m)),
            length_m: Some(line.length_m),
            stops,
        }
    }

    /// The drawing for an event at a place, and the mentions that it needs.
    fn draw_point(&self, event: &Event, place: Option<PlaceReference>) -> (Drawing, Vec<MentionIndex>) {
        let needed = place.iter().flat_map(|place| [Some(place.mention), place.other]).flatten().collect();
        let road = event.merged.road.as_deref();
        let Some(located) = place.and_then(|place| self.point(place, road)) else {
            return (Drawing::NOTHING, needed);
        };
        let drawing = Drawing {
            geometry: Some(Geometry::Point(located.coordinate)),
            quality: located.quality,
            uncertainty_m: Some(located.radius_m),
            ..Drawing::NOTHING
        };
        (drawing, needed)
    }

    /// The point for a place and a relation; when only one end of "between" is known, that end.
    fn point(&self, place: PlaceReference, road: Option<&str>) -> Option<LocatedPoint> {
        let other = place.other.and_then(|other| self.ground(other));
        let ground = self.ground(place.mention).or_else(|| self.told_ground(place.mention));
        let kind = if place.other.is_some() { RelationKind::Between } else { place.relation };
        let relation = Relation { kind, distance_m: place.distance_m };
        let along = |ground: Ground| self.network.road_near(road?, &[ground.coordinate]);
        let mut located = match (ground, other) {
            (Some(ground), other) => point::locate_point(relation, ground, other, along(ground).as_deref()),
            (None, Some(other)) => point::locate_point(relation, other, None, along(other).as_deref()),
            (None, None) => return None,
        };
        if self.place(place.mention).is_none() {
            located.quality = GeometryQuality::Approximate;
        }
        Some(located)
    }

    /// The stops of a route, none of them twice in succession.
    fn stops(&self, route: &[MentionIndex]) -> Vec<LocatedStop> {
        let mut stops: Vec<LocatedStop> = Vec::with_capacity(route.len());
        for &mention in route {
            let place = self.place(mention);
            let repeated =
                stops.last().is_some_and(|last| last.mention == mention || place.is_some() && last.place == place);
            if !repeated {
                stops.push(LocatedStop { mention, place, distance_to_line_m: None });
            }
        }
        stops
    }

    /// Where each stop lies, as far as a line can honestly go through it.
    ///
    /// Not through the middle of a province, and not to a place that no patrol reaches from any
    /// other stop: a name read as its namesake on another continent would spoil the whole line.
    fn drawn_through(&self, stops: &[LocatedStop]) -> Vec<Option<Ground>> {
        let precise = |ground: &Ground| ground.radius_m <= LARGEST_STOP_M;
        let located: Vec<Option<Ground>> = stops.iter().map(|stop| self.ground(stop.mention).filter(precise)).collect();
        let places: BTreeSet<PlaceIndex> = stops
            .iter()
            .zip(&located)
            .filter(|(_, ground)| ground.is_some())
            .filter_map(|(stop, _)| stop.place)
            .collect();
        let reached = |stop: &LocatedStop, ground: &Ground| {
            let others = stops.iter().zip(&located).filter(|(other, _)| other.place != stop.place);
            others
                .filter_map(|(_, other)| *other)
                .any(|other| other.coordinate.distance_m(ground.coordinate) <= LONGEST_LEG_M)
        };
        // Of two places that are far apart nobody can tell which one is wrong.
        let judge = places.len() > 2;
        stops
            .iter()
            .zip(&located)
            .map(|(stop, ground)| ground.filter(|ground| !judge || reached(stop, ground)))
            .collect()
    }

    fn place(&self, mention: MentionIndex) -> Option<PlaceIndex> {
        self.resolutions.get(mention.0).and_then(Resolution::place)
    }

    /// Where the text says that an unknown place lies.
    fn told_ground(&self, mention: MentionIndex) -> Option<Ground> {
        let point = self.told.get(mention.0).copied().flatten()?;
        Some(Ground { coordinate: point.coordinate, radius_m: point.radius_m, extent: Extent::Area })
    }

    fn ground(&self, mention: MentionIndex) -> Option<Ground> {
        ground_of(self.gazetteer, self.place(mention)?)
    }

    /// The outcomes for those of the mentions that name a place and not a road.
    fn outcomes(&self, needed: &[MentionIndex]) -> impl Iterator<Item = &Resolution> {
        needed.iter().filter_map(|mention| {
            let is_road = matches!(self.mentions.get(mention.0)?.kind, MentionKind::Road { .. });
            self.resolutions.get(mention.0).filter(|_| !is_road)
        })
    }
}

/// A place of the gazetteer as the thing that others are located by.
fn ground_of(gazetteer: &Gazetteer, place: PlaceIndex) -> Option<Ground> {
    let row = gazetteer.get(place)?;
    let extent = match row.feature_class() {
        FeatureClass::Administrative | FeatureClass::Area => Extent::Area,
        _ => Extent::Spot,
    };
    Some(Ground { coordinate: row.coordinate(), radius_m: gazetteer.uncertainty_m(place), extent })
}

/// The commonest of some names; of equally common ones the first in the alphabet.
fn commonest<'n>(names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
    let most = counts.values().copied().max()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(name, _)| name)
}

/// Whether a stated and a measured length cannot both be right, given where the ends may lie.
fn contradicts(stated_m: f64, measured_m: f64, ends_m: f64) -> bool {
    let (short, long) = (stated_m.min(measured_m), stated_m.max(measured_m));
    long > short * LENGTH_RATIO && long - short > ends_m
}

#[cfg(test)]
mod tests {
    use super::road::RoadGraph;
    use super::*;
    use crate::model::date::EventDate;
    use crate::model::event::{EventMention, Modality, Patrol, Position, PositionStatus, PositionType};
    use crate::model::mention::{MentionRole, UnresolvedReason};
    use crate::model::span::Span;

    const AIN_AL_HOUR: &str = "gn:172221";
    const JISR_AL_SHUGHUR: &str = "gn:169023";
    const ARIHA: &str = "gn:172994";
    const SARAQIB: &str = "gn:164816";
    const LATAKIA: &str = "gn:173576";
    const NAYRAB: &str = "gn:166357";
    const UNKNOWN: &str = "";

    /// One mention for each gazetteer id; the empty id is a name that is not known.
    fn read(ids: &[&str]) -> (Vec<ToponymMention>, Vec<Resolution>) {
        let gazetteer = Gazetteer::embedded();
        let mention = ToponymMention {
            span: Span::default(),
            expression: Span::default(),
            kind: MentionKind::Unknown,
            cue: None,
            role: MentionRole::Literal,
            rule: "test",
        };
        let resolution = |id: &&str| match gazetteer.place_by_id(id) {
            Some(place) => Resolution::Resolved { place, probability: 0.9, ranked: Vec::new() },
            None if id.is_empty() => {
                Resolution::Unresolved { reason: UnresolvedReason::UnknownName, ranked: Vec::new() }
            }
            None => panic!("the gazetteer has no {id}"),
        };
        (vec![mention; ids.len()], ids.iter().map(resolution).collect())
    }

    fn event(kind: EventKind, road: Option<&str>) -> Event {
        let merged = EventMention {
            kind,
            actors: Default::default(),
            date: EventDate::default(),
            modality: Modality::Reported,
            road: road.map(Into::into),
            evidence: Span::default(),
            details: Vec::new(),
            attributions: Vec::new(),
            contradictions: Vec::new(),
            continues: None,
        };
        Event { merged, tellings: vec![Span::default()] }
    }

    fn patrol(stops: usize) -> Patrol {
        Patrol { route: (0..stops).map(MentionIndex).collect(), count: 1, ..Patrol::default() }
    }

    fn draw(ids: &[&str], kind: EventKind, road: Option<&str>) -> (EventFeature, Vec<GeometryFinding>) {
        let (mentions, resolutions) = read(ids);
        let (mut features, findings) =
            locate(vec![event(kind, road)], &mentions, &resolutions, &[], &RoadNetwork::new(Gazetteer::embedded()));
        (features.remove(0), findings)
    }

    fn line(feature: &EventFeature) -> &[Coordinate] {
        match &feature.geometry {
            Some(Geometry::Line(line)) => line,
            other => panic!("not one line: {other:?}"),
        }
    }

    #[test]
    fn a_patrol_on_the_m4_follows_it_in_the_order_of_travel() {
        let stops = [AIN_AL_HOUR, JISR_AL_SHUGHUR, ARIHA, SARAQIB];
        let (feature, findings) = draw(&stops, EventKind::Patrol(patrol(4)), Some("M4"));
        assert_eq!(findings, []);
        assert_eq!(feature.quality, GeometryQuality::Schematic);
        let line = line(&feature);
        assert!(line.len() > 10);
        assert!(line[0].lon_deg() < 36.2 && line[line.len() - 1].lon_deg() > 36.8);
        let length_km = feature.length_m.unwrap() / 1000.0;
        assert!((60.0..80.0).contains(&length_km), "{length_km} km");
        assert!(feature.stops.iter().all(|stop| stop.distance_to_line_m.unwrap() < 5_000.0));
        assert!(feature.uncertainty_m.unwrap() >= 3_000.0);
    }

    #[test]
    fn a_line_is_as_unsure_as_the_worst_part_of_the_road_that_it_follows() {
        let radius_m = |stops: &[&str]| {
            let (feature, _) = draw(stops, EventKind::Patrol(patrol(stops.len())), Some("M4"));
            assert_eq!(feature.quality, GeometryQuality::Schematic);
            feature.uncertainty_m.unwrap()
        };
        assert_eq!(radius_m(&[ARIHA, SARAQIB]), 3_000.0);
        // Behind Ain al-Hour three points are all that is known.
        assert_eq!(radius_m(&[ARIHA, LATAKIA]), 10_000.0);
    }

    #[test]
    fn a_straight_line_is_unsure_by_a_quarter_of_its_longest_piece() {
        let (feature, _) = draw(&[ARIHA, SARAQIB], EventKind::Patrol(patrol(2)), None);
        let expected_m = feature.length_m.unwrap() * STRAIGHT_SAG;
        assert!(expected_m > 4_000.0 && (feature.uncertainty_m.unwrap() - expected_m).abs() < 1.0);
    }

    #[test]
    fn a_stated_length_that_the_map_contradicts_is_found() {
        let short = Patrol { stated_length_m: Some(2_000.0), ..patrol(2) };
        let (_, findings) = draw(&[NAYRAB, SARAQIB], EventKind::Patrol(short), Some("M4"));
        let [GeometryFinding::StatedLengthContradiction { measured_m, .. }] = findings.as_slice() else {
            panic!("{findings:?}");
        };
        assert!((7_000.0..10_000.0).contains(measured_m), "{measured_m} m");
        let right = Patrol { stated_length_m: Some(8_000.0), ..patrol(2) };
        assert_eq!(draw(&[NAYRAB, SARAQIB], EventKind::Patrol(right), Some("M4")).1, []);
    }

    #[test]
    fn one_located_stop_is_no_line_but_still_a_feature() {
        let (feature, _) = draw(&[SARAQIB, UNKNOWN], EventKind::Patrol(patrol(2)), Some("M4"));
        assert_eq!((feature.geometry, feature.quality, feature.uncertainty_m), (None, GeometryQuality::None, None));
        assert_eq!(feature.stops.len(), 2);
    }

    #[test]
    fn a_line_goes_through_no_province_and_to_no_namesake_far_away() {
        let (feature, _) = draw(&[SARAQIB, "iso:SY-ID", ARIHA], EventKind::Patrol(patrol(3)), None);
        assert_eq!(line(&feature).len(), 2);
        assert_eq!(feature.stops[1].distance_to_line_m, None);

        let (feature, _) = draw(&[SARAQIB, "gn:524901", ARIHA], EventKind::Patrol(patrol(3)), None);
        assert_eq!(line(&feature).len(), 2);
        assert!(feature.length_m.unwrap() < 30_000.0);
    }

    #[test]
    fn a_stop_told_twice_in_succession_is_one_stop_and_a_loop_is_a_loop() {
        let ids = [SARAQIB, SARAQIB, ARIHA, SARAQIB];
        let (feature, _) = draw(&ids, EventKind::Patrol(patrol(4)), None);
        assert_eq!(feature.stops.len(), 3);
        assert_eq!(feature.quality, GeometryQuality::Straight);
        assert_eq!(line(&feature).len(), 3);
    }

    #[test]
    fn a_stop_far_from_the_road_is_found() {
        let (feature, findings) = draw(&[SARAQIB, "gn:170063"], EventKind::Patrol(patrol(2)), Some("M4"));
        assert!(matches!(findings.as_slice(), [GeometryFinding::StopFarFromRoad { stop: MentionIndex(1), .. }]));
        assert_eq!(feature.quality, GeometryQuality::Straight);
    }

    fn position(relation: RelationKind) -> EventKind {
        EventKind::Position(Position {
            position_type: PositionType::Post,
            status: PositionStatus::New,
            place: PlaceReference { mention: MentionIndex(0), relation, other: None, distance_m: None },
            count: 1,
        })
    }

    #[test]
    fn a_post_along_the_m4_in_a_countryside_is_a_point_on_it_with_an_honest_radius() {
        let kind = position(RelationKind::Countryside { side: None });
        let (feature, _) = draw(&[JISR_AL_SHUGHUR], kind, Some("M4"));
        let Some(Geometry::Point(point)) = feature.geometry else { panic!("{:?}", feature.geometry) };
        let road = Gazetteer::embedded().road("M4").unwrap();
        assert!(RoadGraph::of(road).nearest(point).unwrap().distance_m < 1.0);
        assert_eq!(feature.quality, GeometryQuality::Approximate);
        assert!(feature.uncertainty_m.unwrap() > 12_000.0);
    }

    #[test]
    fn a_post_at_an_unknown_place_is_not_drawn() {
        let (feature, _) = draw(&[UNKNOWN], position(RelationKind::At), Some("M4"));
        assert_eq!((feature.geometry, feature.quality), (None, GeometryQuality::None));
    }
}
