//! Confidence: how sure a feature is, in 0..=1.
//!
//! It is the probability that the feature is right; the numbers are fitted, and stand with their
//! provenance in [`crate::model::calibration`]. Two doubts are multiplied. The first is about the reading: a telling that also gives a number,
//! a day, the parties or a route is less likely to be misread, so each of these leaves a fixed
//! part of the doubt. The second is about the places: the feature is no surer than its least sure
//! place. The places of one route vouch for each other, so their doubts are not multiplied.

use crate::model::calibration::{
    AMBIGUOUS_NAME, BARE_DOUBT, CAPITALISED_NAME, DOUBT_LEFT, IMPLAUSIBLE_NAME, ROAD, TOLD_NAME,
};
use crate::model::event::{Event, EventKind};
use crate::model::mention::{Resolution, ToponymMention, UnresolvedReason};
use crate::recognition::names::capitalised;

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
    let least_sure_place = places.map(of_told_place).fold(1.0, f64::min);
    ((1.0 - doubt) * least_sure_place).clamp(0.0, 1.0)
}

/// How sure it is that a mention is what its resolution says: this place, or, where none is found,
/// the name of one.
pub fn of_place(mention: &ToponymMention, resolution: &Resolution) -> f64 {
    let unknown = match mention.rule {
        capitalised::CAPITALISED_NAME | capitalised::NAMED_BEFORE => CAPITALISED_NAME,
        _ => TOLD_NAME,
    };
    of_name(resolution, unknown)
}

/// The same of a mention that a patrol or another event needs, which shows it to be a name.
pub fn of_told_place(resolution: &Resolution) -> f64 {
    of_name(resolution, TOLD_NAME)
}

/// The same, given how sure an unknown name is one.
fn of_name(resolution: &Resolution, unknown: f64) -> f64 {
    let sure: f64 = match resolution {
        Resolution::Resolved { probability, .. } => *probability,
        Resolution::Unresolved { reason, .. } => match reason {
            UnresolvedReason::Road => ROAD,
            UnresolvedReason::Ambiguous => AMBIGUOUS_NAME,
            UnresolvedReason::UnknownName | UnresolvedReason::OnlySimilar => unknown,
            UnresolvedReason::Implausible => IMPLAUSIBLE_NAME,
        },
    };
    if sure.is_nan() { 0.0 } else { sure.clamp(0.0, 1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::date::EventDate;
    use crate::model::event::{EventMention, Modality, Patrol};
    use crate::model::mention::{MentionKind, MentionRole};
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
                attributions: Vec::new(),
                contradictions: Vec::new(),
                continues: None,
            },
            tellings: vec![Span::default()],
        }
    }

    fn mention(rule: &'static str) -> ToponymMention {
        let (span, kind) = (Span::default(), MentionKind::Unknown);
        ToponymMention { span, kind, cue: None, role: MentionRole::Literal, rule, expression: Span::default() }
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
    fn a_name_that_words_tell_of_is_surer_than_one_in_capitals() {
        let unknown = Resolution::Unresolved { reason: UnresolvedReason::UnknownName, ranked: Vec::new() };
        let told = of_place(&mention("place cue"), &unknown);
        assert!(of_place(&mention(capitalised::CAPITALISED_NAME), &unknown) < told && told < 1.0);
        assert_eq!(of_told_place(&unknown), told);
    }

    #[test]
    fn a_probability_that_is_no_number_is_no_confidence() {
        assert!(of_place(&mention("test"), &resolved(f64::NAN)).abs() < 1e-12);
        assert!(of_place(&mention("test"), &resolved(1.5)) <= 1.0);
    }
}
