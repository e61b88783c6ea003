//! Confidence: how sure a feature is, in 0..=1.
//!
//! Two doubts are multiplied. The first is about the reading: a telling that also gives a number,
//! a day, the parties or a route is less likely to be misread, so each of these leaves a fixed
//! part of the doubt. The second is about the places: the feature is no surer than its least sure
//! place. The places of one route vouch for each other, so their doubts are not multiplied.

use crate::model::event::{Event, EventKind};
use crate::model::mention::{Resolution, UnresolvedReason};

/// The doubt about a telling that has nothing but its trigger.
const BARE_DOUBT: f64 = 0.4;

/// The part of the doubt that each further fact leaves.
const DOUBT_LEFT: f64 = 0.5;

/// How sure an event is, given the resolutions of the places it needs.
pub fn of_event<'a>(event: &Event, places: impl Iterator<Item = &'a Resolution>) -> f64 {
    let merged = &event.merged;
    let facts = [
        !merged.date.is_empty(),
        !merged.actors.is_empty(),
        event.tellings.len() > 1,
        match &merged.kind {
            EventKind::Patrol(patrol) => patrol.ordinal.is_some() || patrol.count > 1,
            EventKind::Position(_) => true,
            EventKind::Other { place, .. } => place.is_some(),
        },
        matches!(&merged.kind, EventKind::Patrol(patrol) if patrol.route.len() > 1),
    ];
    let doubt = facts.iter().filter(|fact| **fact).fold(BARE_DOUBT, |doubt, _| doubt * DOUBT_LEFT);
    let least_sure_place = places.map(of_place).fold(1.0, f64::min);
    ((1.0 - doubt) * least_sure_place).clamp(0.0, 1.0)
}

/// How sure it is that a mention is what its resolution says.
pub fn of_place(resolution: &Resolution) -> f64 {
    let sure: f64 = match resolution {
        Resolution::Resolved { probability, .. } => *probability,
        Resolution::Unresolved { reason, .. } => match reason {
            UnresolvedReason::Road => 0.95,
            UnresolvedReason::Ambiguous => 0.8,
            UnresolvedReason::UnknownName | UnresolvedReason::OnlySimilar => 0.7,
            UnresolvedReason::Implausible => 0.2,
        },
    };
    if sure.is_nan() { 0.0 } else { sure.clamp(0.0, 1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::date::EventDate;
    use crate::model::event::{EventMention, Modality, Patrol};
    use crate::model::place::PlaceIndex;
    use crate::model::span::Span;

    fn patrol(ordinal: Option<u32>) -> Event {
        Event {
            merged: EventMention {
                kind: EventKind::Patrol(Patrol { ordinal, count: 1, ..Patrol::default() }),
                actors: Default::default(),
                date: EventDate::default(),
                modality: Modality::Reported,
                road: None,
                evidence: Span::default(),
                details: Vec::new(),
                continues: None,
            },
            tellings: vec![Span::default()],
        }
    }

    fn resolved(probability: f64) -> Resolution {
        Resolution::Resolved { place: PlaceIndex(0), probability, ranked: Vec::new() }
    }

    #[test]
    fn every_fact_adds_and_the_least_sure_place_decides() {
        let bare = of_event(&patrol(None), [].iter());
        let numbered = of_event(&patrol(Some(24)), [].iter());
        assert!(bare < numbered && numbered < 1.0);
        let doubtful = of_event(&patrol(Some(24)), [resolved(0.9), resolved(0.5)].iter());
        assert!((doubtful - numbered * 0.5).abs() < 1e-12);
    }

    #[test]
    fn a_probability_that_is_no_number_is_no_confidence() {
        assert!(of_place(&resolved(f64::NAN)).abs() < 1e-12);
        assert!(of_place(&resolved(1.5)) <= 1.0);
    }
}
