//! "X in the countryside of Y", "X north of Y", "X (Y)": the one settles the other.

use crate::model::coordinate::Coordinate;
use crate::model::mention::RelationKind;
use crate::resolution::candidate::{Candidate, PlaceKind};
use crate::resolution::scene::{Link, Scene, Toponym};

/// For the figure of a relation that fits. Stronger than importance and context together,
/// because it is said in so many words.
const FIGURE: f64 = 4.0;

/// For the ground: "the village X north of Y" says a little about Y too.
const GROUND: f64 = 2.0;

/// Beyond this, nobody locates a village by a town.
const REACH_M: f64 = 60_000.0;

/// What is this near to a division's middle, in radii of a circle of its area, may be told as a
/// part of it: borders are not round, and reports take them loosely.
const BORDER_RADII: f64 = 1.2;

/// How well such a place fits, against one whose row names the division.
const BORDER_FIT: f64 = 0.8;

/// Two rows this near to each other can be one place under two names.
const SAME_PLACE_M: f64 = 5_000.0;

pub fn score(scene: &Scene<'_>, toponym: &Toponym, candidate: &Candidate) -> f64 {
    let points = toponym.links.iter().filter_map(|link| {
        let other = scene.toponyms.get(link.other)?;
        let fit = other.likely().map(|end| {
            let (figure, ground) = if link.is_figure { (candidate, end) } else { (end, candidate) };
            end.probability * fit(link, figure, ground)
        });
        Some(if link.is_figure { FIGURE } else { GROUND } * fit.fold(0.0, f64::max))
    });
    // Two relations that say the same are not twice as sure.
    points.fold(0.0, f64::max)
}

/// How well two places fit a relation, in 0..=1.
fn fit(link: &Link, figure: &Candidate, ground: &Candidate) -> f64 {
    if link.kind == RelationKind::Alias {
        return if figure.place == ground.place || figure.distance_m(ground) <= SAME_PLACE_M { 1.0 } else { 0.0 };
    }
    let distance_m = figure.distance_m(ground);
    let contained = match ground.kind {
        PlaceKind::Country => figure.country() == ground.country() && figure.country().is_some(),
        PlaceKind::Division => figure.shares_division(ground),
        _ => return nearness(link, figure, ground, distance_m),
    };
    let located = match link.kind {
        RelationKind::Direction(bearing) | RelationKind::Countryside { side: Some(bearing) } => {
            // A side only chooses among what fits otherwise.
            0.8 + 0.2 * agreement(figure.coordinate, ground.coordinate, bearing.degrees())
        }
        _ => 1.0,
    };
    if contained {
        located
    } else if ground.kind == PlaceKind::Division && distance_m <= BORDER_RADII * ground.radius_m {
        BORDER_FIT * located
    } else {
        0.0
    }
}

fn nearness(link: &Link, figure: &Candidate, ground: &Candidate, distance_m: f64) -> f64 {
    let near = match link.distance_m {
        // Stated distances are rounded, and measured along roads.
        Some(stated) => {
            let tolerance = (0.5 * stated).max(5_000.0);
            (1.0 - (distance_m - stated).abs() / tolerance).max(0.0)
        }
        None => (1.0 - distance_m / REACH_M).max(0.0),
    };
    match link.kind {
        RelationKind::Direction(bearing) | RelationKind::Countryside { side: Some(bearing) } => {
            near * (0.6 + 0.4 * agreement(figure.coordinate, ground.coordinate, bearing.degrees()))
        }
        _ => near,
    }
}

/// 1 where the figure lies exactly in the direction told, 0 where it lies a right angle or more
/// away from it.
fn agreement(figure: Coordinate, ground: Coordinate, told_deg: f64) -> f64 {
    let east = (figure.lon_deg() - ground.lon_deg()) * ground.lat_deg().to_radians().cos();
    let north = figure.lat_deg() - ground.lat_deg();
    let off = (east.atan2(north) - told_deg.to_radians()).cos();
    off.max(0.0)
}
