//! Series: which numbering a patrol's ordinal belongs to.
//!
//! Several series run side by side, each with its own first and second: along the M4 in Idlib, at
//! Kobani, at al-Darbasiyah. A road names the series together with the division it is patrolled
//! in; without a road the area or the first stop does.

use std::collections::BTreeMap;

use crate::gazetteer::Gazetteer;
use crate::model::event::{Event, EventKind, Patrol};
use crate::model::mention::{MentionIndex, Resolution};

/// Names the series of every patrol that has a number.
pub fn name_series(events: &mut [Event], resolutions: &[Resolution], gazetteer: &Gazetteer) {
    let place = |index: MentionIndex| {
        resolutions.get(index.0).and_then(Resolution::place).and_then(|place| gazetteer.get(place))
    };
    for event in events {
        let road = event.merged.road.clone();
        let EventKind::Patrol(patrol) = &mut event.merged.kind else { continue };
        if patrol.ordinal.is_none() {
            continue;
        }
        patrol.series = match road {
            Some(road) => {
                let division = commonest(stops(patrol).filter_map(place).map(|place| place.admin1()));
                Some(division.map_or(road.clone(), |division| format!("{road} {division}")))
            }
            None => stops(patrol).find_map(place).map(|place| place.name_en().to_owned()),
        };
    }
}

/// The area first, which names a series better than one village in it.
fn stops(patrol: &Patrol) -> impl Iterator<Item = MentionIndex> {
    patrol.area.map(|area| area.mention).into_iter().chain(patrol.route.iter().copied())
}

/// The commonest of some names; of equally common ones the first in the alphabet.
fn commonest<'n>(names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in names.filter(|name| !name.is_empty()) {
        *counts.entry(name).or_default() += 1;
    }
    let most = counts.values().copied().max()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(name, _)| name)
}
