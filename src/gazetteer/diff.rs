//! What changed between two gazetteers: places by their ids, side by side.

use std::cmp::Ordering;

use super::Gazetteer;
use super::format::{Section, read_u32};
use super::place::Place;
use crate::model::place::PlaceIndex;

/// One place that is not the same in both.
#[derive(Clone, Debug)]
pub enum Change<'g> {
    Added(Place<'g>),
    Removed(Place<'g>),
    Changed(ChangedPlace<'g>),
}

/// A place that both have, and what became of it.
#[derive(Clone, Debug)]
pub struct ChangedPlace<'g> {
    pub old: Place<'g>,
    pub new: Place<'g>,
    /// By how many metres, when at all.
    pub moved_m: Option<f64>,
    pub names_gained: Vec<&'g str>,
    pub names_lost: Vec<&'g str>,
    /// Columns with another value, in the order of the data files.
    pub columns: Vec<&'static str>,
}

/// All changes, in the order of the ids.
pub fn changes<'g>(old: &'g Gazetteer, new: &'g Gazetteer) -> impl Iterator<Item = Change<'g>> {
    let (mut old, mut new) = (by_id(old).peekable(), by_id(new).peekable());
    std::iter::from_fn(move || {
        loop {
            let order = match (old.peek(), new.peek()) {
                (None, None) => return None,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(one), Some(other)) => one.id().cmp(other.id()),
            };
            match order {
                Ordering::Less => return old.next().map(Change::Removed),
                Ordering::Greater => return new.next().map(Change::Added),
                Ordering::Equal => {
                    let (one, other) = (old.next()?, new.next()?);
                    if let Some(changed) = compare(one, other) {
                        return Some(Change::Changed(changed));
                    }
                }
            }
        }
    })
}

/// The places that are shown, by their ids. One layer holds them in that order.
fn by_id(gazetteer: &Gazetteer) -> Box<dyn Iterator<Item = Place<'_>> + '_> {
    match gazetteer.layers.as_slice() {
        [only] if only.marks.is_none() => {
            let ids = only.section(Section::Ids);
            let place = move |at: usize| read_u32(ids, at * 4).and_then(|place| gazetteer.get(PlaceIndex(place)));
            Box::new((0..ids.len() / 4).filter_map(place))
        }
        _ => {
            let mut places: Vec<Place<'_>> = gazetteer.indices().filter_map(|index| gazetteer.get(index)).collect();
            places.sort_by(|a, b| a.id().cmp(b.id()));
            Box::new(places.into_iter())
        }
    }
}

fn compare<'g>(old: Place<'g>, new: Place<'g>) -> Option<ChangedPlace<'g>> {
    let moved_m = (old.coordinate() != new.coordinate()).then(|| old.coordinate().distance_m(new.coordinate()));
    let lacking = |own: Place<'g>, other: Place<'g>| -> Vec<&'g str> {
        let mut names: Vec<&str> = own.names().filter(|name| !other.names().any(|known| known == *name)).collect();
        names.dedup();
        names
    };
    let differs = [
        ("name_en", old.name_en() != new.name_en()),
        ("name_ar", old.name_ar() != new.name_ar()),
        ("feature_code", old.feature_code() != new.feature_code()),
        ("country", old.country() != new.country()),
        ("admin1", old.admin1() != new.admin1()),
        ("population", old.population() != new.population()),
        ("uncertainty_m", old.uncertainty_m() != new.uncertainty_m()),
        ("source", old.source() != new.source()),
        ("note", old.note() != new.note()),
    ];
    let changed = ChangedPlace {
        old,
        new,
        moved_m,
        names_gained: lacking(new, old),
        names_lost: lacking(old, new),
        columns: differs.into_iter().filter(|(_, differs)| *differs).map(|(column, _)| column).collect(),
    };
    let is_same = changed.moved_m.is_none()
        && changed.names_gained.is_empty()
        && changed.names_lost.is_empty()
        && changed.columns.is_empty();
    (!is_same).then_some(changed)
}
