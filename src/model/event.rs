//! What an article reports: patrols, positions and other events.

use std::collections::BTreeSet;

use super::date::EventDate;
use super::mention::{MentionIndex, RelationKind};
use super::span::Span;

/// How an event stands to what happened.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Modality {
    #[default]
    Reported,
    Planned,
    Cancelled,
    /// A decision to stop a series of patrols.
    Suspended,
    Denied,
}

impl Modality {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Planned => "planned",
            Self::Cancelled => "cancelled",
            Self::Suspended => "suspended",
            Self::Denied => "denied",
        }
    }
}

/// Words of the article that carry a part of an event, and the rule that read them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Evidence {
    pub span: Span,
    /// What the words give: `trigger`, `ordinal`, `date`, `route start`, ...
    pub rule: &'static str,
}

/// Who says what is reported.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Attribution {
    /// The English name of a source that the lexicon knows, else the article's words.
    pub name: String,
    /// The verb or preposition with the source.
    pub span: Span,
}

/// A thing that two tellings of one event tell differently.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Contradiction {
    /// What is told: `ordinal`, `route start`, `route end`, `actors`.
    pub field: &'static str,
    pub kept: String,
    pub other: String,
    /// The words that give each.
    pub kept_span: Option<Span>,
    pub other_span: Option<Span>,
}

/// A number that another counter gives to the same run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OtherNumber {
    pub number: u32,
    pub counter: Option<String>,
    pub span: Span,
}

/// The places of a route by the part they play in it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RouteLegs {
    pub start: Option<MentionIndex>,
    pub via: Vec<MentionIndex>,
    pub end: Option<MentionIndex>,
    /// Where the way back led, when the text names it.
    pub back_to: Option<MentionIndex>,
    /// Where the patrol was, when no part of a route is told.
    pub at: Option<MentionIndex>,
}

impl RouteLegs {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The facts of one run, or of several told together.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Patrol {
    /// The number of this run in its series, and the words that give it.
    pub ordinal: Option<u32>,
    pub ordinal_span: Option<Span>,
    /// Who counts, in English, where the text says so.
    pub counter: Option<String>,
    /// What others who count give as the number of the same run.
    pub other_numbers: Vec<OtherNumber>,
    /// The text says that it is another run than the one told before.
    pub another: bool,
    /// 1 unless several are reported together.
    pub count: u32,
    /// The parts of the route as this telling words them; `route` follows from them.
    pub legs: RouteLegs,
    /// Stops in the order of travel, with repeats.
    pub route: Vec<MentionIndex>,
    pub planned_route: Vec<MentionIndex>,
    /// The ends are told but not the direction.
    pub undirected: bool,
    pub reverse: bool,
    pub abbreviated: bool,
    pub full: bool,
    pub returned: bool,
    /// Where only an area is told ("east of Kobani").
    pub area: Option<PlaceReference>,
    pub stated_length_m: Option<f64>,
    /// Which numbering the ordinal belongs to.
    pub series: Option<String>,
    /// The telling before it, where the text says that this is another run ("as for the third").
    pub apart_from: Option<usize>,
}

/// The way of something that moves and is no patrol: a convoy, troops that withdraw.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Movement {
    /// The parts of the route as this telling words them; `route` follows from them.
    pub legs: RouteLegs,
    /// Stops in the order of travel, with repeats; empty where no more than a place is told.
    pub route: Vec<MentionIndex>,
    /// The ends are told but not the direction.
    pub undirected: bool,
    pub returned: bool,
}

/// What a position is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum PositionType {
    ObservationPost,
    Post,
    Base,
    Checkpoint,
    Deployment,
}

impl PositionType {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ObservationPost => "observation post",
            Self::Post => "post",
            Self::Base => "base",
            Self::Checkpoint => "checkpoint",
            Self::Deployment => "deployment",
        }
    }
}

/// What the text says about a position's life.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum PositionStatus {
    New,
    Existing,
    Planned,
    Evacuated,
}

impl PositionStatus {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Existing => "existing",
            Self::Planned => "planned",
            Self::Evacuated => "evacuated",
        }
    }
}

/// A place and how the thing located stands to it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct PlaceReference {
    pub mention: MentionIndex,
    pub relation: RelationKind,
    /// The other end of "between A and B".
    pub other: Option<MentionIndex>,
    /// Stated distance from the place, in metres.
    pub distance_m: Option<f64>,
}

/// One position of one party.
#[derive(Clone, PartialEq, Debug)]
pub struct Position {
    pub position_type: PositionType,
    pub status: PositionStatus,
    pub place: PlaceReference,
    /// How many posts this one entry stands for.
    pub count: u32,
}

/// What kind of event it is, with what belongs to that kind alone.
#[allow(clippy::large_enum_variant, reason = "an article tells a handful of events, mostly patrols")]
#[derive(Clone, PartialEq, Debug)]
pub enum EventKind {
    Patrol(Patrol),
    Position(Position),
    /// A type out of `lexicon/event_types.toml`.
    Other {
        event_type: String,
        place: Option<PlaceReference>,
        movement: Movement,
    },
}

/// One telling of an event in one article.
#[derive(Clone, PartialEq, Debug)]
pub struct EventMention {
    pub kind: EventKind,
    /// Country or group names in English.
    pub actors: BTreeSet<String>,
    pub date: EventDate,
    pub modality: Modality,
    /// Reference of the road it runs on or lies at ("M4").
    pub road: Option<String>,
    /// The words that carry the event best.
    pub evidence: Span,
    /// Everything else that was read, in text order.
    pub details: Vec<Evidence>,
    /// Who says so, in text order.
    pub attributions: Vec<Attribution>,
    /// What its tellings tell differently; filled where they are merged.
    pub contradictions: Vec<Contradiction>,
    /// The earlier telling in the same list that this one goes on about, where the wording
    /// says so ("it left from", "this patrol").
    pub continues: Option<usize>,
}

/// One event with all its tellings merged; a telling that stands alone is one too.
#[derive(Clone, PartialEq, Debug)]
pub struct Event {
    pub merged: EventMention,
    /// The evidence span of every telling, in text order.
    pub tellings: Vec<Span>,
}
