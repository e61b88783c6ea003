//! An article that names a road names places along it.

use crate::gazetteer::roads::Road;
use crate::resolution::candidate::Candidate;
use crate::resolution::scene::{Scene, Toponym};

/// Beyond this a place has nothing to do with the road.
const REACH_M: f64 = 15_000.0;

/// For a place on the road.
const ON_ROAD: f64 = 2.0;

/// On top, for a place that the road's own list of stops names: reports of the road name it
/// often, and a namesake beside the road hardly ever.
const STOP: f64 = 2.0;

/// A stop of a schematic road lies on the line, give or take the choice of the point.
const STOP_M: f64 = 3_000.0;

/// Degrees of latitude in `REACH_M`, and of longitude up to 60 degrees north or south.
const MARGIN_LAT_DEG: f64 = 0.14;
const MARGIN_LON_DEG: f64 = 0.28;

pub fn score(scene: &Scene<'_>, _: &Toponym, candidate: &Candidate) -> f64 {
    if !candidate.kind.is_local() {
        return 0.0;
    }
    scene.roads.iter().map(|road| along(scene, road, candidate)).fold(0.0, f64::max)
}

fn along(scene: &Scene<'_>, road: &Road, candidate: &Candidate) -> f64 {
    let at = candidate.coordinate;
    // Most candidates are on another continent: no need to measure.
    let within = |low: f64, value: f64, high: f64, margin: f64| low - margin <= value && value <= high + margin;
    let mut bounds = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    for vertex in road.lines.iter().flatten() {
        let (lon_deg, lat_deg) = (vertex.lon_deg(), vertex.lat_deg());
        bounds = [bounds[0].min(lon_deg), bounds[1].min(lat_deg), bounds[2].max(lon_deg), bounds[3].max(lat_deg)];
    }
    if !within(bounds[0], at.lon_deg(), bounds[2], MARGIN_LON_DEG)
        || !within(bounds[1], at.lat_deg(), bounds[3], MARGIN_LAT_DEG)
    {
        return 0.0;
    }
    let distance_m = road.distance_m(at);
    let near = ON_ROAD * (1.0 - distance_m / REACH_M).max(0.0);
    let name_en = scene.gazetteer.place(candidate.place).name_en();
    let stop = distance_m <= STOP_M && road.stops.iter().any(|stop| stop == name_en);
    near + if stop { STOP } else { 0.0 }
}
