//! Event types that are neither patrols nor positions, with their counterparts elsewhere.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::LexiconError;

/// One event type of `lexicon/event_types.toml`.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventType {
    /// What a person reads.
    pub label_en: String,
    pub label_ar: String,
    /// Event code of CAMEO 1.1b3, where one fits.
    pub cameo: Option<String>,
    /// Event and mode of PLOVER, where one fits.
    pub plover: Option<String>,
    /// Sub-event type of ACLED, where one fits.
    pub acled: Option<String>,
    /// Whether the event happens at a place that is worth a point.
    pub located: bool,
    /// Whether it goes from place to place, so that the words about it may tell a route.
    #[serde(default)]
    pub moves: bool,
    /// Whether it takes two parties: a call, a meeting, an agreement.
    #[serde(default)]
    pub mutual: bool,
}

/// The event types by id, in alphabetical order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct EventTypes {
    types: BTreeMap<String, EventType>,
}

impl EventTypes {
    /// The types that were compiled in. A fault in the file is reported by
    /// [`super::Lexicon::embedded`]; here it leaves no types.
    pub fn embedded() -> &'static Self {
        static EMBEDDED: OnceLock<EventTypes> = OnceLock::new();
        EMBEDDED.get_or_init(|| Self::parse(super::embedded::EVENT_TYPES_TOML).unwrap_or_default())
    }

    pub fn parse(toml: &str) -> Result<Self, LexiconError> {
        let types = toml::from_str(toml)
            .map_err(|error| LexiconError::File { file: "event_types.toml".to_owned(), message: error.to_string() })?;
        Ok(Self { types })
    }

    pub fn get(&self, id: &str) -> Option<&EventType> {
        self.types.get(id)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &EventType)> {
        self.types.iter().map(|(id, event_type)| (id.as_str(), event_type))
    }
}
