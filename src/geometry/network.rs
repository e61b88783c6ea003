//! The roads of a gazetteer as graphs, each made when an article first names it and kept for the
//! next: a surveyed road has tens of thousands of vertices.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use super::road::RoadGraph;
use crate::gazetteer::Gazetteer;
use crate::model::coordinate::Coordinate;

/// The graphs of all roads with one reference, one for each country that uses it.
type Namesakes = Arc<[Arc<RoadGraph>]>;

/// Roads ready for linear referencing.
pub struct RoadNetwork<'g> {
    gazetteer: &'g Gazetteer,
    graphs: Mutex<HashMap<String, Namesakes>>,
}

impl std::fmt::Debug for RoadNetwork<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RoadNetwork").field("gazetteer", &self.gazetteer).finish_non_exhaustive()
    }
}

impl<'g> RoadNetwork<'g> {
    pub fn new(gazetteer: &'g Gazetteer) -> Self {
        Self { gazetteer, graphs: Mutex::default() }
    }

    pub fn gazetteer(&self) -> &'g Gazetteer {
        self.gazetteer
    }

    /// The road with a reference; of several countries' roads the one that is nearest to most of
    /// what happens on it, by the sum of the distances.
    pub fn road_near(&self, reference: &str, places: &[Coordinate]) -> Option<Arc<RoadGraph>> {
        let namesakes = self.namesakes(reference);
        let [_, _, ..] = &*namesakes else { return namesakes.first().cloned() };
        let away_m = |graph: &Arc<RoadGraph>| -> f64 {
            let distance = |place: &Coordinate| graph.nearest(*place).map_or(f64::INFINITY, |point| point.distance_m);
            places.iter().map(distance).sum()
        };
        namesakes.iter().min_by(|one, other| away_m(one).total_cmp(&away_m(other))).cloned()
    }

    fn namesakes(&self, reference: &str) -> Namesakes {
        // A thread that failed while it held the lock has left no half-made graph behind.
        let mut graphs = self.graphs.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(known) = graphs.get(reference) {
            return known.clone();
        }
        let made: Namesakes =
            self.gazetteer.roads_called(reference).map(|road| Arc::new(RoadGraph::of(road))).collect();
        // Articles may name any number of roads that do not exist.
        if !made.is_empty() {
            graphs.insert(reference.to_owned(), made.clone());
        }
        made
    }
}
