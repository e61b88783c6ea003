//! An article that names a road names places along it.

use crate::resolution::candidate::Candidate;
use crate::resolution::scene::{Scene, SceneRoad, Toponym};

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

fn along(scene: &Scene<'_>, named: &SceneRoad<'_>, candidate: &Candidate) -> f64 {
    let SceneRoad { road, bounds: [west, south, east, north] } = *named;
    let at = candidate.coordinate;
    // Most candidates are on another continent: no need to measure.
    let within = |low: f64, value: f64, high: f64, margin: f64| low - margin <= value && value <= high + margin;
    if !within(west, at.lon_deg(), east, MARGIN_LON_DEG) || !within(south, at.lat_deg(), north, MARGIN_LAT_DEG) {
        return 0.0;
    }
    let distance_m = road.distance_m(at);
    let near = ON_ROAD * (1.0 - distance_m / REACH_M).max(0.0);
    let name_en = scene.gazetteer.place(candidate.place).name_en();
    let stop = distance_m <= STOP_M && road.stops.iter().any(|stop| stop == name_en);
    near + if stop { STOP } else { 0.0 }
}
