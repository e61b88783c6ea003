//! Linear referencing: where a place lies along a road, and the stretch between two such points.
//!
//! A road is a graph, because surveyed roads come as many short ways with two carriageways and
//! slip roads. The search is written here and not taken from a graph library: it starts and ends
//! inside edges and has to tell driven edges from gaps.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use crate::model::coordinate::Coordinate;

/// A gap costs this many times its length, so that a path prefers any road to it.
const GAP_COST: u64 = 4;

/// The lines of one road, joined where they share a vertex.
#[derive(Clone, Debug)]
pub struct RoadGraph {
    vertices: Vec<Coordinate>,
    /// Pairs of vertices that a line of the road joins.
    edges: Vec<(usize, usize)>,
    neighbours: Vec<Vec<Neighbour>>,
}

#[derive(Clone, Copy, Debug)]
struct Neighbour {
    vertex: usize,
    /// In millimetres, so that costs have a total order.
    cost: u64,
    gap: bool,
}

/// A point of a road.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct RoadPoint {
    pub coordinate: Coordinate,
    /// Distance in metres from the place that was projected.
    pub distance_m: f64,
    edge: usize,
    /// Where on the edge it lies, 0 at its first vertex and 1 at its second.
    fraction: f64,
}

impl RoadGraph {
    /// The graph of a road's lines. Lines that do not touch are joined by gaps at their nearest ends.
    pub fn new(lines: &[Vec<Coordinate>]) -> Self {
        let mut graph = Self { vertices: Vec::new(), edges: Vec::new(), neighbours: Vec::new() };
        let mut known = BTreeMap::new();
        for line in lines {
            let ids: Vec<usize> = line.iter().map(|c| graph.vertex(*c, &mut known)).collect();
            for pair in ids.windows(2) {
                if let [a, b] = *pair
                    && a != b
                {
                    graph.edges.push((a, b));
                    graph.join(a, b, false);
                }
            }
        }
        graph.bridge_gaps();
        graph
    }

    fn vertex(&mut self, coordinate: Coordinate, known: &mut BTreeMap<(i64, i64), usize>) -> usize {
        // A millionth of a degree is 0.1 m: ways that meet share their node exactly.
        let key = |degrees: f64| (degrees * 1e6).round() as i64;
        *known.entry((key(coordinate.lon_deg()), key(coordinate.lat_deg()))).or_insert_with(|| {
            self.vertices.push(coordinate);
            self.neighbours.push(Vec::new());
            self.vertices.len() - 1
        })
    }

    fn join(&mut self, a: usize, b: usize, gap: bool) {
        let length = millimetres(self.vertices[a].distance_m(self.vertices[b]));
        let cost = if gap { length.saturating_mul(GAP_COST) } else { length };
        self.neighbours[a].push(Neighbour { vertex: b, cost, gap });
        self.neighbours[b].push(Neighbour { vertex: a, cost, gap });
    }

    /// Joins the connected parts by the shortest gaps between their loose ends (Kruskal).
    fn bridge_gaps(&mut self) {
        let mut parts: Vec<usize> = (0..self.vertices.len()).collect();
        for &(a, b) in &self.edges {
            union(&mut parts, a, b);
        }
        let mut ends: Vec<usize> = (0..self.vertices.len()).filter(|v| self.neighbours[*v].len() == 1).collect();
        let roots: Vec<usize> = (0..parts.len()).map(|v| root(&mut parts, v)).collect();
        for part in roots.iter().copied().collect::<std::collections::BTreeSet<_>>() {
            // A closed ring has no loose end; any of its vertices serves.
            if !ends.iter().any(|end| roots[*end] == part) {
                ends.push(part);
            }
        }
        let mut gaps: Vec<(u64, usize, usize)> = Vec::new();
        for (i, &a) in ends.iter().enumerate() {
            for &b in ends[i + 1..].iter().filter(|b| roots[a] != roots[**b]) {
                gaps.push((millimetres(self.vertices[a].distance_m(self.vertices[b])), a, b));
            }
        }
        gaps.sort_unstable();
        for (_, a, b) in gaps {
            if union(&mut parts, a, b) {
                self.join(a, b, true);
            }
        }
    }

    /// The point of the road that is nearest to a place; `None` for a road without a line.
    pub fn nearest(&self, place: Coordinate) -> Option<RoadPoint> {
        let points = self.edges.iter().enumerate().map(|(edge, &(a, b))| {
            let (coordinate, fraction) = nearest_on_segment(place, self.vertices[a], self.vertices[b]);
            RoadPoint { coordinate, distance_m: place.distance_m(coordinate), edge, fraction }
        });
        points.min_by(|a, b| a.distance_m.total_cmp(&b.distance_m))
    }

    /// The shortest way along the road between two of its points, cut where the road has a gap.
    ///
    /// The pieces are in the order of travel. A piece may be a single position, but none stands twice
    /// in succession.
    pub fn stretch(&self, from: RoadPoint, to: RoadPoint) -> Vec<Vec<Coordinate>> {
        let (Some(&(from_a, from_b)), Some(&(to_a, to_b))) = (self.edges.get(from.edge), self.edges.get(to.edge))
        else {
            return Vec::new();
        };
        if from.edge == to.edge {
            return vec![vec![from.coordinate, to.coordinate]];
        }
        let to_vertex =
            |point: RoadPoint, vertex: usize| millimetres(point.coordinate.distance_m(self.vertices[vertex]));
        let mut costs = vec![u64::MAX; self.vertices.len()];
        let mut came_from: Vec<Option<(usize, bool)>> = vec![None; self.vertices.len()];
        let mut queue = BinaryHeap::new();
        for vertex in [from_a, from_b] {
            costs[vertex] = to_vertex(from, vertex);
            queue.push(Reverse((costs[vertex], vertex)));
        }
        while let Some(Reverse((cost, vertex))) = queue.pop() {
            if cost > costs[vertex] {
                continue;
            }
            for next in &self.neighbours[vertex] {
                let cost = cost.saturating_add(next.cost);
                if cost < costs[next.vertex] {
                    costs[next.vertex] = cost;
                    came_from[next.vertex] = Some((vertex, next.gap));
                    queue.push(Reverse((cost, next.vertex)));
                }
            }
        }
        let total = |vertex: usize| costs[vertex].saturating_add(to_vertex(to, vertex));
        let last = if total(to_a) <= total(to_b) { to_a } else { to_b };

        let mut pieces = vec![vec![to.coordinate]];
        let mut vertex = Some(last);
        while let Some(at) = vertex {
            if let Some(piece) = pieces.last_mut() {
                piece.push(self.vertices[at]);
            }
            vertex = came_from[at].map(|(previous, gap)| {
                if gap {
                    pieces.push(Vec::new());
                }
                previous
            });
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(from.coordinate);
        }
        pieces.reverse();
        for piece in &mut pieces {
            piece.reverse();
            piece.dedup();
        }
        pieces
    }
}

fn millimetres(metres: f64) -> u64 {
    (metres * 1000.0).round() as u64
}

fn root(parts: &mut [usize], mut vertex: usize) -> usize {
    while parts[vertex] != vertex {
        parts[vertex] = parts[parts[vertex]];
        vertex = parts[vertex];
    }
    vertex
}

/// Joins the parts of two vertices; whether they were apart.
fn union(parts: &mut [usize], a: usize, b: usize) -> bool {
    let (a, b) = (root(parts, a), root(parts, b));
    parts[a.max(b)] = a.min(b);
    a != b
}

/// The point of a segment nearest to a place, and where on the segment it lies.
///
/// Worked out on the plane that touches the globe at the place, which is off by less than a part
/// in a thousand over the length of a road's segment.
fn nearest_on_segment(place: Coordinate, a: Coordinate, b: Coordinate) -> (Coordinate, f64) {
    let shrink = place.lat_deg().to_radians().cos();
    let plane = |c: Coordinate| ((c.lon_deg() - place.lon_deg()) * shrink, c.lat_deg() - place.lat_deg());
    let ((a_x, a_y), (b_x, b_y)) = (plane(a), plane(b));
    let (along_x, along_y) = (b_x - a_x, b_y - a_y);
    let squared = along_x * along_x + along_y * along_y;
    let fraction = if squared > 0.0 { (-(a_x * along_x + a_y * along_y) / squared).clamp(0.0, 1.0) } else { 0.0 };
    let between = |from: f64, to: f64| from + fraction * (to - from);
    let coordinate = Coordinate::new(between(a.lon_deg(), b.lon_deg()), between(a.lat_deg(), b.lat_deg()));
    (coordinate.unwrap_or(a), fraction)
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

    fn stretch(graph: &RoadGraph, from: Coordinate, to: Coordinate) -> Vec<Vec<Coordinate>> {
        graph.stretch(graph.nearest(from).unwrap(), graph.nearest(to).unwrap())
    }

    #[test]
    fn the_stretch_runs_in_the_order_of_travel() {
        let graph = RoadGraph::new(&[line(&[(36.0, 35.0), (36.1, 35.1), (36.2, 35.0)])]);
        let (west, east) = (at(36.0, 35.0), at(36.2, 35.0));
        let there = stretch(&graph, west, east);
        assert_eq!(there, [line(&[(36.0, 35.0), (36.1, 35.1), (36.2, 35.0)])]);
        let mut back = stretch(&graph, east, west);
        back[0].reverse();
        assert_eq!(there, back);
    }

    #[test]
    fn a_stop_between_two_vertices_lies_on_the_edge() {
        let graph = RoadGraph::new(&[line(&[(36.0, 35.0), (36.2, 35.0)])]);
        let point = graph.nearest(at(36.05, 35.01)).unwrap();
        assert!((point.coordinate.lon_deg() - 36.05).abs() < 1e-9);
        assert!((point.coordinate.lat_deg() - 35.0).abs() < 1e-9);
        assert!((point.distance_m - 1112.0).abs() < 1.0);
    }

    #[test]
    fn lines_that_share_an_end_are_one_road() {
        let graph = RoadGraph::new(&[line(&[(36.1, 35.0), (36.2, 35.0)]), line(&[(36.1, 35.0), (36.0, 35.0)])]);
        assert_eq!(stretch(&graph, at(36.0, 35.0), at(36.2, 35.0)).len(), 1);
    }

    #[test]
    fn a_gap_cuts_the_stretch() {
        let graph = RoadGraph::new(&[line(&[(36.0, 35.0), (36.1, 35.0)]), line(&[(36.3, 35.0), (36.4, 35.0)])]);
        let pieces = stretch(&graph, at(36.05, 35.0), at(36.35, 35.0));
        assert_eq!(pieces, [line(&[(36.05, 35.0), (36.1, 35.0)]), line(&[(36.3, 35.0), (36.35, 35.0)])]);
    }

    #[test]
    fn the_shorter_carriageway_is_taken() {
        let north = line(&[(36.0, 35.0), (36.1, 35.3), (36.2, 35.0)]);
        let south = line(&[(36.0, 35.0), (36.1, 34.99), (36.2, 35.0)]);
        let graph = RoadGraph::new(&[north, south]);
        let pieces = graph.stretch(graph.nearest(at(36.0, 35.0)).unwrap(), graph.nearest(at(36.2, 35.0)).unwrap());
        assert!(pieces[0].contains(&at(36.1, 34.99)));
        assert!(!pieces[0].contains(&at(36.1, 35.3)));
    }

    #[test]
    fn a_road_without_a_line_has_no_nearest_point() {
        assert_eq!(RoadGraph::new(&[]).nearest(at(36.0, 35.0)), None);
        assert_eq!(RoadGraph::new(&[line(&[(36.0, 35.0)])]).nearest(at(36.0, 35.0)), None);
    }
}
