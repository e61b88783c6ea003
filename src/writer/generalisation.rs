//! Lines for a screen: what lies outside the view and what no eye can tell is left out.
//!
//! A surveyed road comes as thousands of short ways with a vertex every few metres. A map on a page
//! needs a hundredth of them; the formats for GIS programs get every vertex.

use std::collections::HashMap;

use geo::{LineString, Simplify};

use super::position::Bounds;
use crate::model::coordinate::Coordinate;

/// Lines that meet end to end, two at a point, as one line; forks stay ends.
pub fn joined(lines: &[Vec<Coordinate>]) -> Vec<Vec<Coordinate>> {
    let mut ends: HashMap<(u64, u64), Vec<usize>> = HashMap::new();
    for (number, line) in lines.iter().enumerate() {
        for end in [line.first(), line.last()].into_iter().flatten() {
            ends.entry(key(*end)).or_default().push(number);
        }
    }
    let mut is_used = vec![false; lines.len()];
    let mut joined = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        if std::mem::replace(&mut is_used[number], true) {
            continue;
        }
        let mut whole = line.clone();
        // On from the last position, then, turned round, on from the first.
        for _ in 0..2 {
            while let Some(next) = whole.last().and_then(|end| only_other(&ends, *end, &is_used)) {
                is_used[next] = true;
                let onward = &lines[next];
                match onward.first().map(|first| key(*first)) == whole.last().map(|last| key(*last)) {
                    true => whole.extend(onward.iter().skip(1)),
                    false => whole.extend(onward.iter().rev().skip(1)),
                }
            }
            whole.reverse();
        }
        joined.push(whole);
    }
    joined
}

fn key(at: Coordinate) -> (u64, u64) {
    (at.lon_deg().to_bits(), at.lat_deg().to_bits())
}

/// The line that goes on from an end of another, where it is the only one.
fn only_other(ends: &HashMap<(u64, u64), Vec<usize>>, end: Coordinate, is_used: &[bool]) -> Option<usize> {
    let meeting = ends.get(&key(end)).filter(|lines| lines.len() == 2)?;
    meeting.iter().copied().find(|line| !is_used[*line])
}

/// The parts of lines of which a segment may be seen in one of some views.
pub fn clipped(lines: &[Vec<Coordinate>], views: &[Bounds]) -> Vec<Vec<Coordinate>> {
    let is_seen = |ends: &[Coordinate]| views.iter().any(|view| may_meet(view, ends));
    let mut parts = Vec::new();
    for line in lines {
        let mut part: Vec<Coordinate> = Vec::new();
        for ends in line.windows(2) {
            if !is_seen(ends) {
                parts.extend(Some(std::mem::take(&mut part)).filter(|part| !part.is_empty()));
            } else if part.is_empty() {
                part.extend(ends);
            } else {
                part.extend(ends.last());
            }
        }
        parts.extend(Some(part).filter(|part| !part.is_empty()));
    }
    parts
}

/// Whether the rectangle around some positions meets a view.
fn may_meet(view: &Bounds, positions: &[Coordinate]) -> bool {
    let range = |axis: fn(&Coordinate) -> f64| {
        let values = || positions.iter().map(axis);
        (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max))
    };
    let ((west, east), (south, north)) = (range(|at| at.lon_deg()), range(|at| at.lat_deg()));
    west <= view.east && east >= view.west && south <= view.north && north >= view.south
}

/// A line without the vertices that lie closer than a tolerance, in degrees, to the line without them
/// (Douglas and Peucker 1973).
pub fn simplified(line: &[Coordinate], tolerance_deg: f64) -> Vec<Coordinate> {
    let positions: LineString<f64> = line.iter().map(|at| (at.lon_deg(), at.lat_deg())).collect();
    let kept = positions.simplify(tolerance_deg);
    kept.coords().filter_map(|at| Coordinate::new(at.x, at.y).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(positions: &[(f64, f64)]) -> Vec<Coordinate> {
        positions.iter().map(|(lon, lat)| Coordinate::new(*lon, *lat).unwrap()).collect()
    }

    #[test]
    fn ways_that_meet_are_one_line_and_a_fork_parts_them() {
        let ways = [
            line(&[(2.0, 0.0), (1.0, 0.0)]),
            line(&[(0.0, 0.0), (1.0, 0.0)]),
            line(&[(2.0, 0.0), (3.0, 0.0)]),
            line(&[(3.0, 0.0), (4.0, 1.0)]),
            line(&[(3.0, 0.0), (4.0, -1.0)]),
        ];
        let mut joined = joined(&ways);
        assert_eq!(joined.len(), 3);
        if joined[0][0].lon_deg() > 0.0 {
            joined[0].reverse();
        }
        assert_eq!(joined[0], line(&[(0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (3.0, 0.0)]));
    }

    #[test]
    fn a_ring_ends_where_it_began() {
        let ring = [line(&[(0.0, 0.0), (1.0, 0.0)]), line(&[(1.0, 0.0), (1.0, 1.0), (0.0, 0.0)])];
        let joined = joined(&ring);
        assert_eq!(joined.len(), 1);
        assert_eq!((joined[0].len(), joined[0][0]), (4, joined[0][3]));
    }

    #[test]
    fn what_no_view_shows_is_cut_and_a_long_segment_through_it_stays() {
        let view = Bounds { west: 0.0, south: 0.0, east: 1.0, north: 1.0 };
        let through = line(&[(-9.0, 0.5), (-5.0, 0.5), (5.0, 0.5), (9.0, 0.5)]);
        assert_eq!(clipped(&[through, line(&[(3.0, 3.0), (4.0, 4.0)])], &[view]), [line(&[(-5.0, 0.5), (5.0, 0.5)])]);
    }

    #[test]
    fn a_bend_that_is_seen_stays() {
        let bent = line(&[(0.0, 0.0), (0.5, 0.000_01), (1.0, 0.0), (1.0, 1.0)]);
        assert_eq!(simplified(&bent, 0.000_1), line(&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)]));
        assert_eq!(simplified(&bent, 0.000_001), bent);
    }
}
