//! What is drawn: an event or a place with its geometry.

use jiff::Timestamp;
use jiff::civil::Date;

use super::article::Article;
use super::coordinate::Coordinate;
use super::event::Event;
use super::mention::{Demonym, MentionIndex, Resolution, SpatialRelation, ToponymMention, UnresolvedReason};
use super::place::PlaceIndex;

/// How good a geometry is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum GeometryQuality {
    /// A gazetteer point as it stands.
    Gazetteer,
    /// Follows a surveyed road.
    Road,
    /// Follows a schematic road, whose vertices are villages beside it.
    Schematic,
    /// Straight lines between the stops.
    Straight,
    /// Moved or widened by what the text says ("10 km west of X").
    Approximate,
    /// No geometry.
    None,
}

impl GeometryQuality {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gazetteer => "gazetteer",
            Self::Road => "road",
            Self::Schematic => "schematic",
            Self::Straight => "straight",
            Self::Approximate => "approximate",
            Self::None => "none",
        }
    }
}

/// A geometry of one of the three kinds that the output uses.
#[derive(Clone, PartialEq, Debug)]
pub enum Geometry {
    Point(Coordinate),
    /// At least two positions.
    Line(Vec<Coordinate>),
    /// At least two lines of at least two positions each.
    Lines(Vec<Vec<Coordinate>>),
}

/// A stop of a patrol and how it was joined to the line.
#[derive(Clone, PartialEq, Debug)]
pub struct LocatedStop {
    pub mention: MentionIndex,
    pub place: Option<PlaceIndex>,
    /// Distance in metres from the stop's own point to the line drawn.
    pub distance_to_line_m: Option<f64>,
}

/// An event's time by the clock, in UTC.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EventTime {
    pub start: Timestamp,
    /// The end that the text tells, else the end of the day.
    pub end: Timestamp,
    /// Name in the tz database of the clock that the text goes by.
    pub zone: String,
}

/// One event with its geometry.
#[derive(Clone, PartialEq, Debug)]
pub struct EventFeature {
    pub event: Event,
    pub geometry: Option<Geometry>,
    pub quality: GeometryQuality,
    /// Radius in metres inside which the truth is claimed to lie.
    pub uncertainty_m: Option<f64>,
    /// Length in metres of a line.
    pub length_m: Option<f64>,
    /// The stops of a patrol in travel order; empty for everything else.
    pub stops: Vec<LocatedStop>,
    /// Set where the text tells a clock time, the day is known and so is the clock.
    pub time: Option<EventTime>,
    /// In 0..=1.
    pub confidence: f64,
}

/// One distinct place of an article.
#[derive(Clone, PartialEq, Debug)]
pub struct PlaceFeature {
    /// All mentions, in text order; the first one is the feature's evidence.
    pub mentions: Vec<MentionIndex>,
    pub place: Option<PlaceIndex>,
    pub reason: Option<UnresolvedReason>,
    /// How many gazetteer rows bear the name.
    pub candidates: usize,
    pub geometry: Option<Geometry>,
    pub quality: GeometryQuality,
    pub uncertainty_m: Option<f64>,
    pub confidence: f64,
}

/// A point with its honest radius.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct LocatedPoint {
    pub coordinate: Coordinate,
    pub radius_m: f64,
    pub quality: GeometryQuality,
}

/// Everything that was read from one article, ready to be written.
#[derive(Clone, PartialEq, Debug)]
pub struct ArticleMap {
    pub article: Article,
    /// BCP 47 tag of the language pack that read it.
    pub language: String,
    /// Publication day, given from outside or read from the text's own header.
    pub published: Option<Date>,
    /// In text order; every [`MentionIndex`] below points into it.
    pub mentions: Vec<ToponymMention>,
    pub demonyms: Vec<Demonym>,
    pub relations: Vec<SpatialRelation>,
    /// One a mention.
    pub resolutions: Vec<Resolution>,
    /// For each mention that is not resolved, where the text says that it lies.
    pub approximations: Vec<Option<LocatedPoint>>,
    pub events: Vec<EventFeature>,
    pub places: Vec<PlaceFeature>,
}
