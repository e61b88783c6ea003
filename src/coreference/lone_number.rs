//! "This is the 90th patrol since the ceasefire": a number that stands far from the run it counts.
//!
//! A number alone draws nothing. Where an article numbers one patrol only, tells nothing else of it, and
//! tells of a run without a number, the number is that run's.

use super::{Identity, absorb, compatible};
use crate::model::event::{Event, EventKind, Modality, Patrol};

/// Joins the one number without a run with the first run without a number.
pub(super) fn join(identity: &Identity<'_>, events: &mut Vec<Event>) {
    let numbered: Vec<usize> = (0..events.len()).filter(|at| run(&events[*at]).is_some_and(has_number)).collect();
    let [number] = numbered.as_slice() else { return };
    let bare = |event: &Event| event.merged.date.is_empty() && run(event).is_some_and(|patrol| !is_drawn(patrol));
    if !bare(&events[*number]) {
        return;
    }
    let told = |event: &Event| run(event).is_some_and(|patrol| !has_number(patrol) && is_drawn(patrol));
    let fits = |event: &Event| told(event) && compatible(identity, &event.merged, &events[*number].merged, true);
    let Some(target) = events.iter().position(fits) else { return };
    let lone = events.remove(*number);
    let event = &mut events[if target > *number { target - 1 } else { target }];
    absorb(identity, event, lone.merged);
    event.tellings.extend(lone.tellings);
    event.tellings.sort();
    event.tellings.dedup();
}

/// A single run that is said to have happened.
fn run(event: &Event) -> Option<&Patrol> {
    match &event.merged.kind {
        EventKind::Patrol(patrol) if patrol.count == 1 && event.merged.modality == Modality::Reported => Some(patrol),
        _ => None,
    }
}

fn has_number(patrol: &Patrol) -> bool {
    patrol.ordinal.is_some()
}

/// Whether a place of it is told.
fn is_drawn(patrol: &Patrol) -> bool {
    !patrol.legs.is_empty() || patrol.area.is_some()
}
