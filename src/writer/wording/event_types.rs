//! What the types of events are called.

use std::sync::OnceLock;

use crate::lexicon::event_types::{EventType, EventTypes};

/// The entry of a type in `lexicon/event_types.toml`, if it has one.
pub fn event_type(id: &str) -> Option<&'static EventType> {
    static TYPES: OnceLock<EventTypes> = OnceLock::new();
    // The file was checked when the language packs were loaded; without it a type is its own name.
    let parse = || EventTypes::parse(include_str!("../../../lexicon/event_types.toml")).unwrap_or_default();
    TYPES.get_or_init(parse).get(id)
}
