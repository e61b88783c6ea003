//! Rows: a feature beside the article that it comes from, with everything a property may ask for.

use jiff::civil::Date;

use crate::gazetteer::Gazetteer;
use crate::gazetteer::place::Place;
use crate::lexicon::event_types::{EventType, EventTypes};
use crate::model::event::{Event, EventMention, Movement, Patrol, PlaceReference, Position};
use crate::model::feature::{ArticleMap, EventFeature, Geometry, GeometryQuality, LocatedStop, PlaceFeature};
use crate::model::mention::{MentionIndex, MentionKind, Resolution};
use crate::model::span::Span;
use crate::text::code_points::CodePointIndex;

/// Words of the article, where they stand in code points.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Quote<'a> {
    pub text: &'a str,
    pub offset: usize,
    pub length: usize,
}

/// One article's map with what is needed to spell it out.
pub struct Context<'a> {
    pub map: &'a ArticleMap,
    pub gazetteer: &'a Gazetteer,
    code_points: CodePointIndex,
}

impl<'a> Context<'a> {
    pub fn new(map: &'a ArticleMap, gazetteer: &'a Gazetteer) -> Self {
        Self { map, gazetteer, code_points: CodePointIndex::new(&map.article.text) }
    }

    /// The words under a span. A span that cuts a character is widened to whole ones, so that the
    /// text always stands at its offset.
    pub fn quote(&self, span: Span) -> Quote<'a> {
        let text = self.map.article.text.as_str();
        let span = Span::new(text.floor_char_boundary(span.start()), text.ceil_char_boundary(span.end()));
        let (offset, length) = self.code_points.span(text, span);
        Quote { text: span.slice(text), offset, length }
    }

    pub fn resolution(&self, mention: MentionIndex) -> Option<&'a Resolution> {
        self.map.resolutions.get(mention.0)
    }

    pub fn place(&self, mention: MentionIndex) -> Option<Place<'a>> {
        self.resolution(mention).and_then(Resolution::place).and_then(|place| self.gazetteer.get(place))
    }

    /// The name as the article spells it.
    pub fn surface(&self, mention: MentionIndex) -> &'a str {
        self.map.mentions.get(mention.0).map_or("", |mention| self.quote(mention.span).text)
    }

    /// The road that a mention names.
    pub fn road(&self, mention: MentionIndex) -> Option<&'a str> {
        match &self.map.mentions.get(mention.0)?.kind {
            MentionKind::Road { reference } => Some(reference),
            MentionKind::Known { .. } | MentionKind::Unknown => None,
        }
    }

    /// The English name of the place, the reference of a road, or else the article's spelling.
    pub fn name(&self, mention: MentionIndex) -> &'a str {
        let road = self.road(mention);
        road.or_else(|| self.place(mention).map(|place| place.name_en())).unwrap_or_else(|| self.surface(mention))
    }

    /// The Arabic name of the place, or the article's spelling where that is Arabic.
    pub fn name_ar(&self, mention: MentionIndex) -> Option<&'a str> {
        let of_row = self.place(mention).and_then(|place| place.name_ar()).filter(|name| !name.is_empty());
        of_row.or_else(|| Some(self.surface(mention)).filter(|surface| is_arabic(surface)))
    }

    /// The name for an Arabic sentence: Arabic where there is one.
    pub fn name_for_arabic(&self, mention: MentionIndex) -> &'a str {
        self.road(mention).or_else(|| self.name_ar(mention)).unwrap_or_else(|| self.name(mention))
    }

    pub fn published(&self) -> Option<Date> {
        self.map.published.or(self.map.article.published)
    }
}

/// Whether a text has a letter of the Arabic script.
pub fn is_arabic(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{0620}'..='\u{06FF}'))
}

/// What the features of all kinds have in common.
pub trait Row {
    fn context(&self) -> &Context<'_>;
    /// The words that carry the feature.
    fn evidence(&self) -> Quote<'_>;
    fn geometry(&self) -> Option<&Geometry>;
    fn quality(&self) -> GeometryQuality;
    fn uncertainty_m(&self) -> Option<f64>;
    fn confidence(&self) -> f64;
}

/// What the features of events of all kinds have in common.
pub trait EventRow: Row {
    fn feature(&self) -> &EventFeature;

    fn event(&self) -> &Event {
        &self.feature().event
    }

    fn merged(&self) -> &EventMention {
        &self.feature().event.merged
    }
}

/// A patrol.
pub struct PatrolRow<'a> {
    pub context: &'a Context<'a>,
    pub evidence: Quote<'a>,
    pub feature: &'a EventFeature,
    pub patrol: &'a Patrol,
}

impl<'a> PatrolRow<'a> {
    pub fn stops(&self) -> &'a [LocatedStop] {
        &self.feature.stops
    }
}

/// A position.
pub struct PositionRow<'a> {
    pub context: &'a Context<'a>,
    pub evidence: Quote<'a>,
    pub feature: &'a EventFeature,
    pub position: &'a Position,
}

/// Any other event.
pub struct OtherRow<'a> {
    pub context: &'a Context<'a>,
    pub evidence: Quote<'a>,
    pub feature: &'a EventFeature,
    pub event_type: &'a str,
    pub place: Option<&'a PlaceReference>,
    pub movement: &'a Movement,
}

impl<'a> OtherRow<'a> {
    /// The stops of its route, where it is drawn by one.
    pub fn stops(&self) -> &'a [LocatedStop] {
        &self.feature.stops
    }

    /// Whether it belongs to the lines: it tells a route, and no point stands for it.
    pub fn is_line(&self) -> bool {
        !self.movement.route.is_empty() && !matches!(self.feature.geometry, Some(Geometry::Point(_)))
    }

    /// The event type's entry in `lexicon/event_types.toml`.
    pub fn known_type(&self) -> Option<&'static EventType> {
        EventTypes::embedded().get(self.event_type)
    }
}

/// A place that the article names.
pub struct PlaceRow<'a> {
    pub context: &'a Context<'a>,
    pub evidence: Quote<'a>,
    pub feature: &'a PlaceFeature,
}

impl<'a> PlaceRow<'a> {
    pub fn new(context: &'a Context<'a>, feature: &'a PlaceFeature) -> Self {
        let first = feature.mentions.first().and_then(|mention| context.map.mentions.get(mention.0));
        let evidence = context.quote(first.map_or_else(Span::default, |mention| mention.span));
        Self { context, evidence, feature }
    }

    /// The first mention.
    pub fn first(&self) -> Option<MentionIndex> {
        self.feature.mentions.first().copied()
    }

    pub fn surface(&self) -> &'a str {
        self.first().map_or("", |mention| self.context.surface(mention))
    }

    pub fn row(&self) -> Option<Place<'a>> {
        self.feature.place.and_then(|place| self.context.gazetteer.get(place))
    }

    /// The English name, the reference of a road, or else the article's spelling.
    pub fn name(&self) -> &'a str {
        match (self.row(), self.first()) {
            (Some(row), _) => row.name_en(),
            (None, Some(mention)) => self.context.name(mention),
            (None, None) => "",
        }
    }

    pub fn name_ar(&self) -> Option<&'a str> {
        let of_row = self.row().and_then(|row| row.name_ar()).filter(|name| !name.is_empty());
        of_row.or_else(|| self.first().and_then(|mention| self.context.name_ar(mention)))
    }
}

macro_rules! event_rows {
    ($($row:ident),*) => {$(
        impl Row for $row<'_> {
            fn context(&self) -> &Context<'_> {
                self.context
            }
            fn evidence(&self) -> Quote<'_> {
                self.evidence
            }
            fn geometry(&self) -> Option<&Geometry> {
                self.feature.geometry.as_ref()
            }
            fn quality(&self) -> GeometryQuality {
                self.feature.quality
            }
            fn uncertainty_m(&self) -> Option<f64> {
                self.feature.uncertainty_m
            }
            fn confidence(&self) -> f64 {
                self.feature.confidence
            }
        }
        impl EventRow for $row<'_> {
            fn feature(&self) -> &EventFeature {
                self.feature
            }
        }
    )*};
}

event_rows!(PatrolRow, PositionRow, OtherRow);

impl Row for PlaceRow<'_> {
    fn context(&self) -> &Context<'_> {
        self.context
    }

    fn evidence(&self) -> Quote<'_> {
        self.evidence
    }

    fn geometry(&self) -> Option<&Geometry> {
        self.feature.geometry.as_ref()
    }

    fn quality(&self) -> GeometryQuality {
        self.feature.quality
    }

    fn uncertainty_m(&self) -> Option<f64> {
        self.feature.uncertainty_m
    }

    fn confidence(&self) -> f64 {
        self.feature.confidence
    }
}
