//! The part of a road inside a circle: where "along the M4 in the countryside of X" may be.

use petgraph::visit::EdgeRef;

use super::road::{METRES_PER_DEGREE, RoadGraph};
use crate::gazetteer::roads::Survey;
use crate::model::coordinate::Coordinate;

/// The part of a road inside a circle.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct RoadInCircle {
    /// A point of the road in the middle of that part.
    pub middle: Coordinate,
    /// The greatest distance in metres from it to another point of that part.
    pub reach_m: f64,
    pub survey: Survey,
}

impl RoadGraph {
    /// The part of the road inside a circle; `None` when it does not pass through.
    pub fn in_circle(&self, centre: Coordinate, radius_m: f64) -> Option<RoadInCircle> {
        let shrink = centre.lat_deg().to_radians().cos().max(0.01);
        let radius = radius_m / METRES_PER_DEGREE;
        let plane = |c: Coordinate| ((c.lon_deg() - centre.lon_deg()) * shrink, c.lat_deg() - centre.lat_deg());
        let mut parts: Vec<[(f64, f64); 2]> = Vec::new();
        let mut survey = Survey::BEST;
        for edge in self.graph.edge_references() {
            let Some(of_edge) = edge.weight().survey else { continue };
            let ends = [edge.source(), edge.target()].map(|end| plane(self.graph[end]));
            if let Some(part) = chord(ends, radius) {
                parts.push(part);
                survey = survey.worse(of_edge);
            }
        }
        let positions = || parts.iter().flatten().copied();
        let bounds = |axis: fn((f64, f64)) -> f64| {
            let low = positions().map(axis).fold(f64::INFINITY, f64::min);
            let high = positions().map(axis).fold(f64::NEG_INFINITY, f64::max);
            (low + high) / 2.0
        };
        let middle = (bounds(|at| at.0), bounds(|at| at.1));
        let nearest = parts.iter().map(|part| foot(middle, *part)).min_by(|a, b| {
            let squared = |at: &(f64, f64)| (at.0 - middle.0).powi(2) + (at.1 - middle.1).powi(2);
            squared(a).total_cmp(&squared(b))
        })?;
        let on_globe = |at: (f64, f64)| Coordinate::new(centre.lon_deg() + at.0 / shrink, centre.lat_deg() + at.1).ok();
        let middle = on_globe(nearest)?;
        let reach_m = positions().filter_map(on_globe).map(|at| middle.distance_m(at)).fold(0.0, f64::max);
        Some(RoadInCircle { middle, reach_m, survey })
    }
}

/// The part of a segment inside the circle around 0,0.
fn chord([(from_x, from_y), (to_x, to_y)]: [(f64, f64); 2], radius: f64) -> Option<[(f64, f64); 2]> {
    let (along_x, along_y) = (to_x - from_x, to_y - from_y);
    let at = |share: f64| (from_x + share * along_x, from_y + share * along_y);
    // |from + share · along|² = radius², solved for the share.
    let a = along_x * along_x + along_y * along_y;
    let half_b = from_x * along_x + from_y * along_y;
    let c = from_x * from_x + from_y * from_y - radius * radius;
    let root = half_b * half_b - a * c;
    if a <= 0.0 || root < 0.0 {
        return None;
    }
    let (enters, leaves) = ((-half_b - root.sqrt()) / a, (-half_b + root.sqrt()) / a);
    let (enters, leaves) = (enters.max(0.0), leaves.min(1.0));
    (enters <= leaves).then(|| [at(enters), at(leaves)])
}

/// The point of a segment that is nearest to another one.
fn foot(to: (f64, f64), [from, end]: [(f64, f64); 2]) -> (f64, f64) {
    let along = (end.0 - from.0, end.1 - from.1);
    let squared = along.0 * along.0 + along.1 * along.1;
    let share = ((to.0 - from.0) * along.0 + (to.1 - from.1) * along.1) / squared;
    let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
    (from.0 + share * along.0, from.1 + share * along.1)
}
