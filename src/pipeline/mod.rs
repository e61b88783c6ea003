//! From an article to what is drawn: the one module that knows every stage.

use crate::coreference;
use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::extraction::{self, Finding};
use crate::gazetteer::Gazetteer;
use crate::geometry::clock::ClockProblem;
use crate::geometry::network::RoadNetwork;
use crate::geometry::{self, GeometryFinding};
use crate::lexicon::cue::CueTable;
use crate::lexicon::sense::Sense;
use crate::lexicon::{Lexicon, LexiconError};
use crate::model::article::Article;
use crate::model::date::weekday_name;
use crate::model::event::Contradiction;
use crate::model::feature::{ArticleMap, EventFeature};
use crate::model::mention::{MentionIndex, Resolution, UnresolvedReason};
use crate::model::span::Span;
use crate::recognition::{self, Recognition};
use crate::resolution;
use crate::text::NormalizedText;

pub mod language;

/// Reads articles with one gazetteer and the embedded language packs.
#[derive(Debug)]
pub struct Pipeline<'g> {
    gazetteer: &'g Gazetteer,
    network: RoadNetwork<'g>,
    lexicon: Lexicon,
}

impl<'g> Pipeline<'g> {
    /// Loads the language packs; a fault in one of them is an error that names file and line.
    pub fn new(gazetteer: &'g Gazetteer) -> Result<Self, LexiconError> {
        Ok(Self::with_lexicon(gazetteer, Lexicon::embedded()?))
    }

    /// The same with language packs of one's own.
    pub fn with_lexicon(gazetteer: &'g Gazetteer, lexicon: Lexicon) -> Self {
        Self { gazetteer, network: RoadNetwork::new(gazetteer), lexicon }
    }

    pub fn gazetteer(&self) -> &'g Gazetteer {
        self.gazetteer
    }

    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Reads one article. Never fails: what is odd comes back as diagnostics.
    pub fn read(&self, article: Article) -> (ArticleMap, Vec<Diagnostic>) {
        let mut diagnostics = Diagnostics { article_id: article.id.clone(), found: Vec::new() };
        let text = NormalizedText::with_abbreviations(&article.text, self.lexicon.abbreviations());
        let tag = language::language_of(&text, &self.lexicon);
        let Some(pack) = tag.and_then(|tag| self.lexicon.pack(tag)) else {
            let code = if text.tokens().is_empty() {
                DiagnosticCode::EmptyArticle
            } else {
                DiagnosticCode::LanguageUnsupported
            };
            let message = match code {
                DiagnosticCode::EmptyArticle => "the article holds no text".to_owned(),
                _ => format!(
                    "no language pack fits the text; there are packs for {}",
                    self.lexicon.tags().collect::<Vec<_>>().join(", ")
                ),
            };
            diagnostics.add(code, message, None);
            return (empty_map(article), diagnostics.found);
        };
        let cues = CueTable::new(pack, pack.annotate(&text), text.tokens().len());
        let recognition = recognition::recognize(&text, &cues, self.gazetteer);
        // Inside a name a word has no meaning of its own; a country is a party all the same.
        let cues = cues.without(&recognition.tokens, |sense| !matches!(sense, Sense::Party(_)));
        let resolutions = resolution::resolve(
            &text,
            &recognition.mentions,
            &recognition.relations,
            &recognition.demonyms,
            self.gazetteer,
        );
        let (recognition, resolutions) = keep_plausible(recognition, resolutions);

        let extraction = extraction::extract(&text, &cues, &recognition, article.published);
        for finding in &extraction.findings {
            diagnostics.add_finding(finding);
        }
        let mut events = coreference::merge(&text, extraction.tellings, &recognition.mentions, &resolutions);
        coreference::series::name_series(&mut events, &resolutions, self.gazetteer);
        for event in &events {
            for contradiction in &event.merged.contradictions {
                diagnostics.add_contradiction(contradiction, text.original());
            }
        }
        let mentions = &recognition.mentions;
        let told =
            geometry::told_points(text.original(), mentions, &resolutions, &recognition.relations, self.gazetteer);
        let (events, geometry_findings) = geometry::locate(events, mentions, &resolutions, &told, &self.network);
        let approximations =
            geometry::approximate_points(text.original(), mentions, &resolutions, &told, &events, self.gazetteer);
        let places =
            geometry::place_features(text.original(), mentions, &resolutions, &approximations, &events, self.gazetteer);
        for finding in &geometry_findings {
            let place = |index: MentionIndex| recognition.mentions[index.0].span.slice(text.original());
            diagnostics.add_geometry(finding, &events, &place);
        }
        if places.is_empty() {
            diagnostics.add(DiagnosticCode::NoPlace, "the article names no place".to_owned(), None);
        }
        let map = ArticleMap {
            article,
            language: pack.tag().to_owned(),
            published: extraction.published,
            mentions: recognition.mentions,
            demonyms: recognition.demonyms,
            relations: recognition.relations,
            resolutions,
            approximations,
            events,
            places,
        };
        (map, diagnostics.found)
    }
}

fn empty_map(article: Article) -> ArticleMap {
    ArticleMap {
        published: article.published,
        article,
        language: "und".to_owned(),
        mentions: Vec::new(),
        demonyms: Vec::new(),
        relations: Vec::new(),
        resolutions: Vec::new(),
        approximations: Vec::new(),
        events: Vec::new(),
        places: Vec::new(),
    }
}

/// Drops the mentions that resolution found to be no names at all.
fn keep_plausible(mut recognition: Recognition, resolutions: Vec<Resolution>) -> (Recognition, Vec<Resolution>) {
    let keep: Vec<bool> = resolutions
        .iter()
        .map(|resolution| !matches!(resolution, Resolution::Unresolved { reason: UnresolvedReason::Implausible, .. }))
        .collect();
    let mut renumbered = Vec::with_capacity(keep.len());
    let mut next = 0;
    for kept in &keep {
        renumbered.push(kept.then_some(MentionIndex(next)));
        next += usize::from(*kept);
    }
    let renumber = |index: MentionIndex| renumbered.get(index.0).copied().flatten();
    let mut flags = keep.iter();
    recognition.mentions.retain(|_| *flags.next().unwrap_or(&true));
    let mut flags = keep.iter();
    recognition.tokens.retain(|_| *flags.next().unwrap_or(&true));
    recognition.relations = recognition
        .relations
        .into_iter()
        .filter_map(|mut relation| {
            relation.ground = renumber(relation.ground)?;
            relation.figure = relation.figure.and_then(renumber);
            Some(relation)
        })
        .collect();
    for road in &mut recognition.roads {
        road.ends = road.ends.iter().copied().filter_map(renumber).collect();
    }
    let resolutions =
        resolutions.into_iter().zip(keep).filter(|(_, kept)| *kept).map(|(resolution, _)| resolution).collect();
    (recognition, resolutions)
}

/// Collects the diagnostics of one article and words them.
struct Diagnostics {
    article_id: String,
    found: Vec<Diagnostic>,
}

impl Diagnostics {
    fn add(&mut self, code: DiagnosticCode, message: String, span: Option<Span>) {
        self.found.push(Diagnostic { code, article_id: self.article_id.clone(), message, span });
    }

    fn add_finding(&mut self, finding: &Finding) {
        match finding {
            Finding::WeekdayContradiction { span, stated, date } => {
                let message = format!(
                    "the text says {}, but {date} is a {}",
                    weekday_name(*stated),
                    weekday_name(date.weekday())
                );
                self.add(DiagnosticCode::WeekdayContradiction, message, Some(*span));
            }
            Finding::PageClock { span } => {
                let message = "a date line contradicts the text or shows the clock of the page; it is not taken for the day of publication";
                self.add(DiagnosticCode::PageClock, message.to_owned(), Some(*span));
            }
        }
    }

    /// Both wordings, the kept one first.
    fn add_contradiction(&mut self, found: &Contradiction, text: &str) {
        let quote = |span: Option<Span>| span.map(|span| format!(" (\"{}\")", span.slice(text))).unwrap_or_default();
        let Contradiction { field, kept, other, kept_span, other_span } = found;
        let message = format!(
            "one event is told with two values for {field}: {kept}{} and {other}{}; {kept} is kept",
            quote(*kept_span),
            quote(*other_span)
        );
        self.add(DiagnosticCode::TellingContradiction, message, *other_span);
    }

    fn add_geometry<'t>(
        &mut self,
        finding: &GeometryFinding,
        events: &[EventFeature],
        surface: &impl Fn(MentionIndex) -> &'t str,
    ) {
        let span_of = |event: usize| events.get(event).map(|event| event.event.merged.evidence);
        match finding {
            GeometryFinding::StatedLengthContradiction { event, stated_m, measured_m } => {
                let message = format!(
                    "the text says {:.0} km for a stretch that measures about {:.0} km on the map",
                    stated_m / 1000.0,
                    measured_m / 1000.0
                );
                self.add(DiagnosticCode::LengthContradiction, message, span_of(*event));
            }
            GeometryFinding::LocalTime { event, problem } => {
                let message = match problem {
                    ClockProblem::UnknownClock => "nothing tells which country's clock a clock time goes by",
                    ClockProblem::Skipped => "the clocks were put forward over a clock time, so it never was",
                    ClockProblem::Repeated => "the clocks were put back over a clock time; the first one is taken",
                };
                let told = events.get(*event).and_then(|event| event.event.merged.date.time_span);
                self.add(DiagnosticCode::LocalTime, message.to_owned(), told.or(span_of(*event)));
            }
            GeometryFinding::StopFarFromRoad { event, stop, road, distance_m } => {
                let message = format!("{} lies {:.0} km from {road}", surface(*stop), distance_m / 1000.0);
                self.add(DiagnosticCode::StopFarFromRoad, message, span_of(*event));
            }
        }
    }
}
