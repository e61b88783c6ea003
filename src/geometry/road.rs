//! Linear referencing: where a place lies along a road, and the way along it through such points.
//!
//! A road is a graph, because surveyed roads come as many short ways with two carriageways and
//! slip roads. The graph and the search in it are `petgraph`'s; what is ours is that a way begins
//! and ends inside edges, that a place may be reached at several points of the road (see
//! [`super::way`]), and that gaps are told from road.
//!
//! One-way signs are not obeyed: a report tells neither the carriageway nor whether a convoy kept
//! to it, and both lie within what a line claims.

use std::collections::{BTreeMap, HashMap, HashSet};

use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::unionfind::UnionFind;
use petgraph::visit::EdgeRef;

use crate::gazetteer::roads::{Plane, Road, Survey};
use crate::model::coordinate::Coordinate;

/// A gap costs this many times its length, so that a way prefers any road to it.
pub(super) const GAP_COST: u64 = 4;

/// Parts of a road that are farther apart are not joined: such a gap is no road. The reference of a
/// road is often missing inside a town, so it is as wide as a large one.
pub const LONGEST_GAP_M: f64 = 20_000.0;

/// At most so many vertices of a closed ring are looked at for the gap to another part.
const MOST_RING_ENDS: usize = 64;

/// At most so many points of a road are tried for one place.
const MOST_ENTRIES: usize = 4;

/// A point of the road is tried if it is at most this much farther from the place than the
/// nearest one: the other carriageway, the main road beside a slip road.
const ENTRY_MARGIN_M: f64 = 300.0;

/// The same as a part of the distance of the nearest one.
const ENTRY_MARGIN: f64 = 0.3;

/// Points closer than this are one.
const SAME_POINT_M: f64 = 1.0;

/// The lines of one road, joined where they share a vertex.
#[derive(Clone, Debug)]
pub struct RoadGraph {
    pub(super) graph: UnGraph<Coordinate, Link>,
}

/// What joins two vertices.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    /// In millimetres, so that costs have a total order and sums are exact. Never 0.
    pub cost: u64,
    /// `None` for a gap.
    pub survey: Option<Survey>,
}

/// A point of a road.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct RoadPoint {
    pub coordinate: Coordinate,
    /// Distance in metres from the place that was projected.
    pub distance_m: f64,
    /// The ends of the edge that it lies on, the lower one first, and what is known of that.
    pub(super) ends: [NodeIndex; 2],
    pub(super) survey: Survey,
}

impl RoadGraph {
    pub fn of(road: &Road) -> Self {
        Self::new(&road.lines, &road.surveys)
    }

    /// The graph of a road's lines; a line for which no survey is given counts as exact. Lines that
    /// do not touch are joined by gaps at their nearest ends, up to [`LONGEST_GAP_M`].
    pub fn new(lines: &[Vec<Coordinate>], surveys: &[Survey]) -> Self {
        let mut graph = UnGraph::default();
        let mut known = HashMap::new();
        for (number, line) in lines.iter().enumerate() {
            let survey = surveys.get(number).copied().unwrap_or(Survey::BEST);
            let mut before: Option<NodeIndex> = None;
            for coordinate in line {
                // A millionth of a degree is 0.1 m: ways that meet share their node exactly.
                let key = |degrees: f64| (degrees * 1e6).round() as i64;
                let key = (key(coordinate.lon_deg()), key(coordinate.lat_deg()));
                let vertex = *known.entry(key).or_insert_with(|| graph.add_node(*coordinate));
                if let Some(before) = before.filter(|before| *before != vertex) {
                    let length_m = distance_m(&graph, before, vertex);
                    graph.add_edge(before, vertex, Link { cost: millimetres(length_m), survey: Some(survey) });
                }
                before = Some(vertex);
            }
        }
        let mut graph = Self { graph };
        graph.bridge_gaps();
        graph
    }

    /// Joins the connected parts by the shortest gaps between their loose ends (Kruskal).
    fn bridge_gaps(&mut self) {
        let graph = &self.graph;
        let mut parts: UnionFind<NodeIndex> = UnionFind::new(graph.node_count());
        for edge in graph.edge_references() {
            parts.union(edge.source(), edge.target());
        }
        let part_of: Vec<NodeIndex> = graph.node_indices().map(|vertex| parts.find(vertex)).collect();
        let part = |vertex: NodeIndex| part_of.get(vertex.index()).copied().unwrap_or(vertex);
        // Most roads are one part; with two carriageways they have no loose end either.
        if graph.node_indices().all(|vertex| part(vertex) == part(NodeIndex::new(0))) {
            return;
        }
        let is_loose = |vertex: NodeIndex| graph.neighbors(vertex).nth(1).is_none();
        let (mut ends, others): (Vec<NodeIndex>, Vec<NodeIndex>) = graph.node_indices().partition(|at| is_loose(*at));
        let with_loose: HashSet<NodeIndex> = ends.iter().map(|vertex| part(*vertex)).collect();
        // A closed ring has no loose end; any of its vertices serves, so some of them do.
        let mut rings: BTreeMap<NodeIndex, Vec<NodeIndex>> = BTreeMap::new();
        for vertex in others.into_iter().filter(|vertex| !with_loose.contains(&part(*vertex))) {
            rings.entry(part(vertex)).or_default().push(vertex);
        }
        for ring in rings.values() {
            ends.extend(ring.iter().step_by(ring.len().div_ceil(MOST_RING_ENDS)));
        }
        ends.sort_by(|a, b| graph[*a].lat_deg().total_cmp(&graph[*b].lat_deg()).then(a.cmp(b)));
        let mut gaps: Vec<(u64, NodeIndex, NodeIndex)> = Vec::new();
        for (at, &a) in ends.iter().enumerate() {
            for &b in ends.get(at + 1..).unwrap_or(&[]) {
                if (graph[b].lat_deg() - graph[a].lat_deg()) * METRES_PER_DEGREE > LONGEST_GAP_M {
                    break;
                }
                if part(a) != part(b) {
                    let gap_m = distance_m(graph, a, b);
                    if gap_m <= LONGEST_GAP_M {
                        gaps.push((millimetres(gap_m), a, b));
                    }
                }
            }
        }
        gaps.sort_unstable();
        for (gap, a, b) in gaps {
            if parts.union(a, b) {
                self.graph.add_edge(a, b, Link { cost: gap.saturating_mul(GAP_COST), survey: None });
            }
        }
    }

    /// Every edge that is no gap, with the point of it that is nearest to a place and the square of
    /// the distance on a plane.
    fn points(&self, place: Coordinate) -> impl Iterator<Item = (f64, RoadPoint)> {
        let plane = Plane::at(place);
        self.graph.edge_references().filter_map(move |edge| {
            let survey = edge.weight().survey?;
            let ends = [edge.source().min(edge.target()), edge.source().max(edge.target())];
            let point = plane.nearest(self.graph[ends[0]], self.graph[ends[1]]);
            let coordinate = point.coordinate;
            Some((point.planar, RoadPoint { coordinate, distance_m: f64::NAN, ends, survey }))
        })
    }

    /// The point of the road that is nearest to a place; `None` for a road without a line.
    pub fn nearest(&self, place: Coordinate) -> Option<RoadPoint> {
        let (_, point) = self.points(place).min_by(|(a, _), (b, _)| a.total_cmp(b))?;
        Some(RoadPoint { distance_m: place.distance_m(point.coordinate), ..point })
    }

    /// The points at which a place may be reached from the road, nearest first: the nearest one
    /// and those that are hardly farther on other ways.
    pub fn entries(&self, place: Coordinate) -> Vec<RoadPoint> {
        let Some(nearest) = self.nearest(place) else { return Vec::new() };
        let margin_m = ENTRY_MARGIN_M + ENTRY_MARGIN * nearest.distance_m;
        // A little more than that on the plane; what is too far is left out by its true distance.
        let planar = ((nearest.distance_m + margin_m) / METRES_PER_DEGREE * 1.02).powi(2);
        let mut near: Vec<(f64, RoadPoint)> = self.points(place).filter(|(squared, _)| *squared <= planar).collect();
        near.sort_by(|(a, one), (b, other)| a.total_cmp(b).then(one.ends.cmp(&other.ends)));
        let mut entries: Vec<RoadPoint> = Vec::new();
        for (_, point) in near {
            let point = RoadPoint { distance_m: place.distance_m(point.coordinate), ..point };
            // The end at which an edge joins one at hand: the same way going on.
            let joins = |end: &NodeIndex| self.graph[*end].distance_m(point.coordinate) < SAME_POINT_M;
            let goes_on =
                entries.iter().any(|entry| entry.ends.iter().any(|end| point.ends.contains(end) && joins(end)));
            if goes_on || point.distance_m > nearest.distance_m + margin_m {
                continue;
            }
            entries.push(point);
            if entries.len() == MOST_ENTRIES {
                break;
            }
        }
        entries
    }
}

/// Metres of a degree of latitude, as `Coordinate::distance_m` has them.
pub(super) const METRES_PER_DEGREE: f64 = 111_195.0;

fn distance_m(graph: &UnGraph<Coordinate, Link>, a: NodeIndex, b: NodeIndex) -> f64 {
    graph[a].distance_m(graph[b])
}

/// At least 1, so that no edge is free.
pub(super) fn millimetres(metres: f64) -> u64 {
    ((metres * 1000.0).round() as u64).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(positions: &[(f64, f64)]) -> Vec<Coordinate> {
        positions.iter().map(|(lon, lat)| Coordinate::new(*lon, *lat).unwrap()).collect()
    }

    fn at(lon_deg: f64, lat_deg: f64) -> Coordinate {
        Coordinate::new(lon_deg, lat_deg).unwrap()
    }

    #[test]
    fn a_stop_between_two_vertices_lies_on_the_edge() {
        let graph = RoadGraph::new(&[line(&[(36.0, 35.0), (36.2, 35.0)])], &[]);
        let point = graph.nearest(at(36.05, 35.01)).unwrap();
        assert!((point.coordinate.lon_deg() - 36.05).abs() < 1e-9);
        assert!((point.coordinate.lat_deg() - 35.0).abs() < 1e-9);
        assert!((point.distance_m - 1112.0).abs() < 1.0);
    }

    #[test]
    fn a_road_without_a_line_has_no_nearest_point() {
        assert_eq!(RoadGraph::new(&[], &[]).nearest(at(36.0, 35.0)), None);
        assert_eq!(RoadGraph::new(&[line(&[(36.0, 35.0)])], &[]).nearest(at(36.0, 35.0)), None);
        assert!(RoadGraph::new(&[], &[]).entries(at(36.0, 35.0)).is_empty());
    }

    #[test]
    fn the_other_carriageway_is_an_entry_and_the_edge_next_to_it_is_none() {
        let lines = [line(&[(36.0, 35.0), (36.1, 35.0), (36.2, 35.0)]), line(&[(36.0, 35.0005), (36.2, 35.0005)])];
        let graph = RoadGraph::new(&lines, &[]);
        let entries = graph.entries(at(36.05, 34.999));
        assert_eq!(entries.len(), 2, "{entries:?}");
        assert!(entries[0].distance_m < entries[1].distance_m);
        assert_eq!(graph.entries(at(36.05, 34.9)).len(), 2, "far away the carriageways are one");
    }

    #[test]
    fn a_ring_is_joined_to_what_lies_beside_it() {
        let ring = line(&[(36.0, 35.0), (36.1, 35.0), (36.1, 35.1), (36.0, 35.1), (36.0, 35.0)]);
        let graph = RoadGraph::new(&[ring, line(&[(36.15, 35.0), (36.3, 35.0)])], &[]);
        let gaps: Vec<u64> =
            graph.graph.edge_weights().filter(|link| link.survey.is_none()).map(|link| link.cost / GAP_COST).collect();
        assert_eq!(gaps, [millimetres(at(36.1, 35.0).distance_m(at(36.15, 35.0)))]);
    }
}
