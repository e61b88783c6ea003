//! The way along a road through several places: which points of the road they are reached at, and
//! the stretches between those.
//!
//! The nearest point of the road is not always the one to choose. It may lie on the other
//! carriageway, from which the only way is one to the next crossing and back, or on a slip road
//! that ends. So a few points are tried for each place, and the shortest way as a whole decides.

use std::collections::{HashMap, HashSet};

use petgraph::algo::dijkstra;
use petgraph::graph::{EdgeIndex, NodeIndex, UnGraph};
use petgraph::visit::EdgeRef;

use super::road::{GAP_COST, Link, RoadGraph, RoadPoint, millimetres};
use crate::gazetteer::roads::Survey;
use crate::model::coordinate::Coordinate;

/// A gap up to this length is drawn through: a missing crossing, or the end of a carriageway.
const DRAWN_GAP_M: f64 = 250.0;

/// What a metre farther from the place costs, in metres of road.
const ENTRY_COST: f64 = 2.0;

/// A stretch of road between two of its points.
#[derive(Clone, PartialEq, Debug)]
pub struct Stretch {
    /// In the order of travel, cut where the road has a gap. A piece may be a single position, but
    /// none stands twice in succession.
    pub pieces: Vec<Vec<Coordinate>>,
    /// What is known of its worst part.
    pub survey: Survey,
}

/// A way along the road through several places.
#[derive(Clone, PartialEq, Debug)]
pub struct Way {
    /// For each place the point at which the road is joined.
    pub points: Vec<RoadPoint>,
    /// The stretches between them; `None` where the road does not lead from one to the next.
    pub stretches: Vec<Option<Stretch>>,
}

impl RoadGraph {
    /// The shortest way along the road through places in their order, each reached at one of its
    /// entries. A point that lies farther from its place than the best one costs as much road again.
    ///
    /// Every place needs an entry. Where the road does not lead from one place to the next, or
    /// `wanted` says of the leg that nobody asks, the way begins anew.
    pub fn through(&self, entries: &[Vec<RoadPoint>], wanted: &[bool]) -> Way {
        let mut graph = self.graph.clone();
        let Some(anywhere) = entries.iter().flatten().next() else {
            return Way { points: Vec::new(), stretches: Vec::new() };
        };
        let hub = graph.add_node(anywhere.coordinate);
        let mut costs: Vec<Vec<u64>> = vec![entries.first().map_or(Vec::new(), |all| extra_costs(all))];
        let mut legs: Vec<Vec<Option<Arrival>>> = Vec::new();
        for (number, pair) in entries.windows(2).enumerate() {
            let [from, to] = pair else { continue };
            let so_far = costs.last().map_or(&[][..], Vec::as_slice);
            let asked = wanted.get(number).copied().unwrap_or(true);
            let arrivals = if asked { self.arrivals(&mut graph, hub, from, so_far, to) } else { vec![None; to.len()] };
            let extra = extra_costs(to);
            let is_reached = arrivals.iter().any(Option::is_some);
            let next = arrivals.iter().zip(extra).map(|(arrival, extra)| match arrival {
                Some(arrival) => arrival.cost.saturating_add(extra),
                None if is_reached => u64::MAX,
                None => extra,
            });
            costs.push(next.collect());
            legs.push(arrivals);
        }
        self.read_back(entries, &costs, legs)
    }

    /// How each point of the next place is reached from any of the points of one, at the costs with
    /// which these were reached.
    fn arrivals(
        &self,
        graph: &mut UnGraph<Coordinate, Link>,
        hub: NodeIndex,
        from: &[RoadPoint],
        so_far: &[u64],
        to: &[RoadPoint],
    ) -> Vec<Option<Arrival>> {
        // What it costs to get to a vertex without passing another one, and from which point.
        let mut starts: HashMap<NodeIndex, (u64, usize)> = HashMap::new();
        for (number, (point, cost)) in from.iter().zip(so_far).enumerate() {
            for end in point.ends.into_iter().filter(|_| *cost < u64::MAX) {
                let start = (cost.saturating_add(self.part_of_edge(point, end)), number);
                let known = starts.entry(end).or_insert(start);
                *known = start.min(*known);
            }
        }
        let mut ends: Vec<(&NodeIndex, &(u64, usize))> = starts.iter().collect();
        ends.sort_unstable();
        let roads = graph.edge_count();
        for (end, (cost, _)) in ends {
            graph.add_edge(hub, *end, Link { cost: *cost, survey: None });
        }
        let mut goals: HashSet<NodeIndex> = to.iter().flat_map(|point| point.ends).collect();
        let is_last_goal = |vertex: &NodeIndex| goals.remove(vertex) && goals.is_empty();
        let found = dijkstra::with_dynamic_goal(&*graph, hub, is_last_goal, |edge| edge.weight().cost);
        while graph.edge_count() > roads {
            graph.remove_edge(EdgeIndex::new(graph.edge_count() - 1));
        }
        let arrival = |point: &RoadPoint| {
            let on_one_edge = from.iter().zip(so_far).enumerate().filter_map(|(number, (start, cost))| {
                let is_same = start.ends == point.ends && *cost < u64::MAX;
                let length = millimetres(start.coordinate.distance_m(point.coordinate));
                is_same.then(|| (cost.saturating_add(length), number))
            });
            let direct = on_one_edge.min();
            let over_vertex = point
                .ends
                .into_iter()
                .filter_map(|end| Some((found.scores.get(&end)?.saturating_add(self.part_of_edge(point, end)), end)));
            match (direct, over_vertex.min()) {
                (Some((cost, start)), over) if over.is_none_or(|(over, _)| cost <= over) => {
                    Some(Arrival { cost, start, path: Vec::new() })
                }
                (_, Some((cost, end))) => {
                    let (start, path) = self.path_back(end, &|vertex| found.scores.get(&vertex).copied(), &starts)?;
                    Some(Arrival { cost, start, path })
                }
                (_, None) => None,
            }
        };
        to.iter().map(arrival).collect()
    }

    /// The vertices from a start to a vertex, with what is known of the edge behind each: those by
    /// which the costs add up. Costs grow along every edge, so that this comes to an end.
    fn path_back(
        &self,
        end: NodeIndex,
        score_of: &dyn Fn(NodeIndex) -> Option<u64>,
        starts: &HashMap<NodeIndex, (u64, usize)>,
    ) -> Option<(usize, Vec<Step>)> {
        let mut path = vec![Step { vertex: end, link: None }];
        loop {
            let step = path.last_mut()?;
            let score = score_of(step.vertex)?;
            if let Some((_, start)) = starts.get(&step.vertex).filter(|(cost, _)| *cost == score) {
                path.reverse();
                return Some((*start, path));
            }
            let before = self.graph.edges(step.vertex).filter(|edge| {
                let reached = score_of(edge.target());
                reached.is_some_and(|reached| reached.checked_add(edge.weight().cost) == Some(score))
            });
            let edge = before.min_by_key(|edge| edge.target())?;
            let (vertex, link) = (edge.target(), *edge.weight());
            path.push(Step { vertex, link: Some(link) });
        }
    }

    /// Follows the cheapest arrivals back from the last place.
    fn read_back(&self, entries: &[Vec<RoadPoint>], costs: &[Vec<u64>], legs: Vec<Vec<Option<Arrival>>>) -> Way {
        let cheapest = |place: usize| {
            let costs = costs.get(place).map_or(&[][..], Vec::as_slice);
            (0..costs.len()).min_by_key(|at| costs.get(*at)).unwrap_or(0)
        };
        let mut way = Way { points: Vec::new(), stretches: Vec::new() };
        let mut chosen = cheapest(entries.len().saturating_sub(1));
        for place in (0..entries.len()).rev() {
            let Some(point) = entries.get(place).and_then(|all| all.get(chosen)) else { break };
            way.points.push(*point);
            let Some(leg) = place.checked_sub(1).and_then(|leg| legs.get(leg)) else { break };
            match leg.get(chosen).and_then(Option::as_ref) {
                Some(arrival) => {
                    let from = entries.get(place - 1).and_then(|all| all.get(arrival.start));
                    way.stretches.push(from.map(|from| self.stretch(from, point, &arrival.path)));
                    chosen = arrival.start;
                }
                None => {
                    way.stretches.push(None);
                    chosen = cheapest(place - 1);
                }
            }
        }
        way.points.reverse();
        way.stretches.reverse();
        way
    }

    /// The positions along a path between two points.
    fn stretch(&self, from: &RoadPoint, to: &RoadPoint, path: &[Step]) -> Stretch {
        let mut survey = from.survey.worse(to.survey);
        let mut pieces = vec![vec![from.coordinate]];
        for step in path {
            if let Some(piece) = pieces.last_mut() {
                piece.push(self.graph[step.vertex]);
            }
            match step.link {
                Some(Link { survey: Some(of_edge), .. }) => survey = survey.worse(of_edge),
                Some(Link { survey: None, cost }) if cost / GAP_COST > millimetres(DRAWN_GAP_M) => {
                    pieces.push(Vec::new());
                }
                _ => {}
            }
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(to.coordinate);
        }
        pieces.iter_mut().for_each(|piece| piece.dedup());
        Stretch { pieces, survey }
    }

    fn part_of_edge(&self, point: &RoadPoint, end: NodeIndex) -> u64 {
        millimetres(point.coordinate.distance_m(self.graph[end]))
    }
}

/// How a point of the road is reached.
#[derive(Clone, Debug)]
struct Arrival {
    /// With all that lies before.
    cost: u64,
    /// The number of the point of the place before.
    start: usize,
    /// Empty when both lie on one edge.
    path: Vec<Step>,
}

/// A vertex of a path and the edge that leads on from it.
#[derive(Clone, Copy, Debug)]
struct Step {
    vertex: NodeIndex,
    /// `None` at the last vertex.
    link: Option<Link>,
}

/// What entries cost against the best of them.
fn extra_costs(entries: &[RoadPoint]) -> Vec<u64> {
    let best_m = entries.iter().map(|point| point.distance_m).fold(f64::INFINITY, f64::min);
    entries.iter().map(|point| ((point.distance_m - best_m) * ENTRY_COST * 1000.0).round() as u64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::roads::RoadQuality;

    fn line(positions: &[(f64, f64)]) -> Vec<Coordinate> {
        positions.iter().map(|(lon, lat)| Coordinate::new(*lon, *lat).unwrap()).collect()
    }

    fn at(lon_deg: f64, lat_deg: f64) -> Coordinate {
        Coordinate::new(lon_deg, lat_deg).unwrap()
    }

    fn way(graph: &RoadGraph, places: &[Coordinate]) -> Vec<Option<Stretch>> {
        let entries: Vec<Vec<RoadPoint>> = places.iter().map(|place| graph.entries(*place)).collect();
        graph.through(&entries, &[]).stretches
    }

    fn stretch(graph: &RoadGraph, from: Coordinate, to: Coordinate) -> Vec<Vec<Coordinate>> {
        way(graph, &[from, to])[0].clone().unwrap().pieces
    }

    #[test]
    fn the_stretch_runs_in_the_order_of_travel() {
        let graph = RoadGraph::new(&[line(&[(36.0, 35.0), (36.1, 35.1), (36.2, 35.0)])], &[]);
        let (west, east) = (at(36.0, 35.0), at(36.2, 35.0));
        let there = stretch(&graph, west, east);
        assert_eq!(there, [line(&[(36.0, 35.0), (36.1, 35.1), (36.2, 35.0)])]);
        let mut back = stretch(&graph, east, west);
        back[0].reverse();
        assert_eq!(there, back);
    }

    #[test]
    fn lines_that_share_an_end_are_one_road() {
        let graph = RoadGraph::new(&[line(&[(36.1, 35.0), (36.2, 35.0)]), line(&[(36.1, 35.0), (36.0, 35.0)])], &[]);
        assert_eq!(stretch(&graph, at(36.0, 35.0), at(36.2, 35.0)).len(), 1);
    }

    #[test]
    fn a_gap_cuts_the_stretch() {
        let graph = RoadGraph::new(&[line(&[(36.0, 35.0), (36.1, 35.0)]), line(&[(36.3, 35.0), (36.4, 35.0)])], &[]);
        let pieces = stretch(&graph, at(36.05, 35.0), at(36.35, 35.0));
        assert_eq!(pieces, [line(&[(36.05, 35.0), (36.1, 35.0)]), line(&[(36.3, 35.0), (36.35, 35.0)])]);
    }

    #[test]
    fn the_shorter_carriageway_is_taken() {
        let north = line(&[(36.0, 35.0), (36.1, 35.3), (36.2, 35.0)]);
        let south = line(&[(36.0, 35.0), (36.1, 34.99), (36.2, 35.0)]);
        let graph = RoadGraph::new(&[north, south], &[]);
        let pieces = stretch(&graph, at(36.0, 35.0), at(36.2, 35.0));
        assert!(pieces[0].contains(&at(36.1, 34.99)));
        assert!(!pieces[0].contains(&at(36.1, 35.3)));
    }

    #[test]
    fn a_place_beside_the_other_carriageway_is_reached_from_the_one_that_leads_there() {
        // The carriageways meet at the western end alone; the goal is nearer to the northern one.
        let (start, end) = ((36.0, 35.0), 36.4);
        let north = line(&[start, (36.02, 35.0005), (end, 35.0005)]);
        let south = line(&[start, (36.02, 35.0), (end, 35.0)]);
        let graph = RoadGraph::new(&[north, south], &[]);
        let stretches = way(&graph, &[at(36.2, 34.999), at(36.3, 35.0015)]);
        let pieces = &stretches[0].as_ref().unwrap().pieces;
        let length_m: f64 = pieces[0].windows(2).map(|pair| pair[0].distance_m(pair[1])).sum();
        assert!((9_000.0..9_300.0).contains(&length_m), "{length_m} m");
        assert!(!pieces[0].contains(&at(36.0, 35.0)));
    }

    #[test]
    fn a_stop_on_a_slip_road_that_ends_is_passed_on_the_main_road() {
        let main = line(&[(36.0, 35.0), (36.1, 35.0), (36.2, 35.0)]);
        let slip = line(&[(36.1, 35.0), (36.1005, 35.001)]);
        let graph = RoadGraph::new(&[main.clone(), slip], &[]);
        let stretches = way(&graph, &[main[0], at(36.1005, 35.0011), main[2]]);
        let pieces: Vec<Vec<Coordinate>> = stretches.into_iter().flat_map(|stretch| stretch.unwrap().pieces).collect();
        assert!(pieces.iter().flatten().all(|position| position.lat_deg() < 35.0001), "{pieces:?}");
    }

    #[test]
    fn parts_that_lie_too_far_apart_are_no_way() {
        let graph = RoadGraph::new(&[line(&[(36.0, 35.0), (36.1, 35.0)]), line(&[(36.4, 35.0), (36.5, 35.0)])], &[]);
        let stretches = way(&graph, &[at(36.0, 35.0), at(36.1, 35.0), at(36.4, 35.0), at(36.5, 35.0)]);
        assert_eq!(stretches.iter().map(Option::is_some).collect::<Vec<_>>(), [true, false, true]);
    }

    #[test]
    fn a_hairline_gap_is_drawn_through() {
        let graph = RoadGraph::new(&[line(&[(36.0, 35.0), (36.1, 35.0)]), line(&[(36.101, 35.0), (36.2, 35.0)])], &[]);
        assert_eq!(stretch(&graph, at(36.0, 35.0), at(36.2, 35.0)).len(), 1);
    }

    #[test]
    fn a_stretch_is_as_good_as_its_worst_part() {
        let schematic = Survey { quality: RoadQuality::Schematic, accuracy_m: 10_000.0 };
        let surveys = [Survey::usual(RoadQuality::Road), schematic];
        let lines = [line(&[(36.0, 35.0), (36.1, 35.0)]), line(&[(36.1, 35.0), (36.2, 35.0)])];
        let graph = RoadGraph::new(&lines, &surveys);
        let survey = |to: f64| way(&graph, &[at(36.0, 35.0), at(to, 35.0)])[0].as_ref().unwrap().survey;
        assert_eq!(survey(36.09), surveys[0]);
        assert_eq!(survey(36.15), schematic);
    }
}
