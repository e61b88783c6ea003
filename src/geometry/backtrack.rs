//! Running past a stop and back again, where no one went back.
//!
//! The point of the road that is nearest to a village may lie a little farther on than the one at
//! which the road was left, or than the next stop. The line would then run past and return. Such a
//! turn is cut, unless it is longer than what the stop leaves open: a patrol that really goes back
//! the way that it came goes back farther.

use super::route::length_m;
use crate::model::coordinate::Coordinate;

/// A turn up to this length, in metres, says nothing: the point of a village is no surer.
const SHORTEST_TURN_M: f64 = 1_000.0;

/// A point this close to a segment, in metres of way round, lies on it.
const ON_SEGMENT_M: f64 = 0.5;

/// Cuts the turn at a stop between the way to it and the way from it, given the distance of the
/// stop from the road; the point where the line now turns off, or `None` when nothing was cut.
pub fn cut(come: &mut [Vec<Coordinate>], go: &mut [Vec<Coordinate>], stop_distance_m: f64) -> Option<Coordinate> {
    let longest_m = SHORTEST_TURN_M.max(stop_distance_m);
    let legs_m = length_m(come).max(length_m(go));
    let (to, from) = (come.last_mut()?, go.first_mut()?);
    let turn = common(to.iter().rev(), from.iter())?;
    // Of a way that goes back as far as it came, or nearly, the turn is what it is about.
    if turn.length_m > longest_m || turn.length_m > legs_m / 2.0 {
        return None;
    }
    let keep = to.len().checked_sub(turn.vertices)?;
    to.truncate(keep);
    to.push(turn.at);
    from.drain(..turn.vertices.min(from.len()));
    from.insert(0, turn.at);
    // One of them may have had a vertex there.
    to.dedup();
    from.dedup();
    Some(turn.at)
}

/// Where two ways from one point part.
struct Turn {
    at: Coordinate,
    length_m: f64,
    /// How many vertices of each way come before.
    vertices: usize,
}

/// How far two ways from one point are the same; `None` when they part at once.
fn common<'c>(
    mut back: impl Iterator<Item = &'c Coordinate>,
    mut forth: impl Iterator<Item = &'c Coordinate>,
) -> Option<Turn> {
    let mut at = *back.next().filter(|start| forth.next() == Some(start))?;
    let (mut length, mut vertices) = (0.0, 1);
    while let (Some(one), Some(other)) = (back.next(), forth.next()) {
        if one != other {
            // One way may end between two vertices of the other.
            let (near, far) = if at.distance_m(*one) < at.distance_m(*other) { (one, other) } else { (other, one) };
            let round_m = at.distance_m(*near) + near.distance_m(*far);
            if round_m - at.distance_m(*far) < ON_SEGMENT_M {
                length += at.distance_m(*near);
                at = *near;
            }
            break;
        }
        length += at.distance_m(*one);
        at = *one;
        vertices += 1;
    }
    (length > 0.0).then_some(Turn { at, length_m: length, vertices })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(lons: &[f64]) -> Vec<Vec<Coordinate>> {
        vec![lons.iter().map(|lon| Coordinate::new(*lon, 35.0).unwrap()).collect()]
    }

    #[test]
    fn a_short_turn_past_the_next_stop_is_cut() {
        let (mut come, mut go) = (line(&[36.0, 36.1, 36.2]), line(&[36.2, 36.195]));
        let turn = cut(&mut come, &mut go, 0.0).unwrap();
        assert_eq!((come, go), (line(&[36.0, 36.1, 36.195]), line(&[36.195])));
        assert_eq!(turn.lon_deg(), 36.195);
    }

    #[test]
    fn a_way_up_a_branch_and_back_is_cut_at_the_fork() {
        let fork = Coordinate::new(36.1, 35.0).unwrap();
        let branch = [Coordinate::new(36.1, 35.003).unwrap(), Coordinate::new(36.1, 35.006).unwrap()];
        let mut come = line(&[36.0, 36.1]);
        come[0].extend(branch);
        let mut go = vec![vec![branch[1], branch[0], fork, Coordinate::new(36.2, 35.0).unwrap()]];
        assert_eq!(cut(&mut come, &mut go, 0.0), Some(fork));
        assert_eq!((come, go), (line(&[36.0, 36.1]), line(&[36.1, 36.2])));
    }

    #[test]
    fn going_back_all_the_way_or_far_stays() {
        let there = line(&[36.0, 36.001, 36.004]);
        let back = line(&[36.004, 36.001, 36.0]);
        let (mut come, mut go) = (there.clone(), back.clone());
        assert_eq!(cut(&mut come, &mut go, 0.0), None);
        assert_eq!((come, go), (there, back));
        let (mut come, mut go) = (line(&[36.0, 36.3]), line(&[36.3, 36.2]));
        assert_eq!(cut(&mut come, &mut go, 0.0), None);
    }

    #[test]
    fn ways_that_part_at_once_have_no_turn() {
        let (mut come, mut go) = (line(&[36.0, 36.1]), line(&[36.1, 36.2]));
        assert_eq!(cut(&mut come, &mut go, 0.0), None);
    }
}
