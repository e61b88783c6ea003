//! `masar explain`: how one article was read.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;
use masar::gazetteer::Gazetteer;
use masar::gazetteer::place::Place;
use masar::model::article::Article;
use masar::model::date::EventDate;
use masar::model::event::{EventKind, Patrol, PlaceReference};
use masar::model::feature::{ArticleMap, EventFeature, Geometry, LocatedStop};
use masar::model::mention::{
    MentionIndex, MentionKind, MentionRole, PlaceCue, RelationKind, Resolution, SpatialRelation,
};
use masar::model::span::Span;
use masar::pipeline::Pipeline;
use masar::writer::row::{Context, OtherRow, PatrolRow, PositionRow};
use masar::writer::wording::english;

use super::inputs::Source;
use super::passes::{self, PassUse};
use super::table::{self, Align};
use super::{Outcome, parse_day, report, written};

/// Candidates told of each mention.
const CANDIDATES: usize = 5;

const EXAMPLES: &str = "\
Examples:
  masar explain article.txt | less
  masar explain article.txt --stats
  masar explain - --published 2020-08-17 < article.txt

Offsets count Unicode code points, as in the files that `masar map` writes. The points of a
pass are log-odds: one point more makes a reading e times as likely.";

#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct ExplainArgs {
    /// A text file, or `-` for standard input
    #[arg(value_name = "ARTICLE")]
    article: PathBuf,

    /// Day on which the article was published; by default its own dateline tells it
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
    published: Option<Date>,

    /// Count how often each pass of the resolution decided
    #[arg(long)]
    stats: bool,
}

pub fn run(args: &ExplainArgs) -> Outcome {
    let gazetteer = Gazetteer::embedded();
    let pipeline = match Pipeline::new(gazetteer) {
        Ok(pipeline) => pipeline,
        Err(error) => {
            report::error(&report::with_causes(&error), None);
            return Outcome::CouldNotRun;
        }
    };
    let source = Source::from_argument(&args.article);
    let (article, mut diagnostics) = match source.read(&source.id()) {
        Ok(read) => read,
        Err(error) => {
            report::error(&report::with_causes(&error), None);
            return Outcome::FailedInputs;
        }
    };
    let (map, later) = pipeline.read(Article { published: args.published, ..article });
    diagnostics.extend(later);
    let diagnostics = report::diagnostics(&diagnostics, &map, gazetteer);

    let mut out = BufWriter::new(io::stdout().lock());
    let context = Context::new(&map, gazetteer);
    let explanation = Explanation { context: &context, map: &map, gazetteer };
    let result = explanation
        .write(&mut out)
        .and_then(|()| if args.stats { explanation.write_statistics(&mut out) } else { Ok(()) })
        .and_then(|()| write_diagnostics(&mut out, &diagnostics))
        .and_then(|()| out.flush());
    written(result, Outcome::Done)
}

fn write_diagnostics(out: &mut dyn Write, diagnostics: &[String]) -> io::Result<()> {
    writeln!(out, "\nDIAGNOSTICS ({})", diagnostics.len())?;
    diagnostics.iter().try_for_each(|line| writeln!(out, "  {}", report::printable(line)))
}

struct Explanation<'a> {
    context: &'a Context<'a>,
    map: &'a ArticleMap,
    gazetteer: &'a Gazetteer,
}

impl Explanation<'_> {
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let published = self.map.published.map_or_else(|| "not known".to_owned(), |day| day.to_string());
        writeln!(out, "article    {}", report::printable(&self.map.article.id))?;
        writeln!(out, "published  {published}")?;
        writeln!(out, "language   {}", self.map.language)?;

        writeln!(out, "\nMENTIONS ({})", self.map.mentions.len())?;
        for index in 0..self.map.mentions.len() {
            self.write_mention(out, MentionIndex(index))?;
        }
        writeln!(out, "\nRELATIONS ({})", self.map.relations.len())?;
        for relation in &self.map.relations {
            self.write_relation(out, relation)?;
        }
        writeln!(out, "\nEVENTS ({})", self.map.events.len())?;
        for (index, event) in self.map.events.iter().enumerate() {
            self.write_event(out, index + 1, event)?;
        }
        Ok(())
    }

    fn write_mention(&self, out: &mut dyn Write, index: MentionIndex) -> io::Result<()> {
        let Some(mention) = self.map.mentions.get(index.0) else { return Ok(()) };
        let cue = mention.cue.map(|cue| format!(", cue {}", cue_name(cue))).unwrap_or_default();
        let kind = match &mention.kind {
            MentionKind::Known { candidates } => format!("{} in the gazetteer", candidates.len()),
            MentionKind::Unknown => "not in the gazetteer".to_owned(),
            MentionKind::Road { reference } => format!("road {reference}"),
        };
        let role = role_name(mention.role);
        writeln!(out, "  {}  {role}{cue}, rule {}, {kind}", self.quoted(mention.span), mention.rule)?;
        let Some(resolution) = self.context.resolution(index) else { return Ok(()) };
        match resolution {
            Resolution::Resolved { place, probability, .. } => {
                let place = self.gazetteer.get(*place).map(|place| described(&place)).unwrap_or_default();
                writeln!(out, "      is {place}, probability {probability:.3}")?;
            }
            Resolution::Unresolved { reason, .. } => writeln!(out, "      not resolved: {}", reason.as_str())?,
        }
        for candidate in resolution.ranked().iter().take(CANDIDATES) {
            let place = self.gazetteer.get(candidate.place).map(|place| described(&place)).unwrap_or_default();
            writeln!(out, "      {:.3} {:>7.2}  {place}", candidate.probability, candidate.score)?;
            let points = candidate.contributions.iter().map(|(pass, points)| format!("{pass} {points:+.2}"));
            writeln!(out, "                     {}", points.collect::<Vec<_>>().join(", "))?;
        }
        let rest = resolution.ranked().len().saturating_sub(CANDIDATES);
        if rest > 0 {
            writeln!(out, "      … and {rest} less likely")?;
        }
        Ok(())
    }

    fn write_relation(&self, out: &mut dyn Write, relation: &SpatialRelation) -> io::Result<()> {
        let figure = relation.figure.map_or_else(|| "an area".to_owned(), |figure| self.named(figure));
        let kind = match relation.kind {
            RelationKind::Countryside { side: Some(side) } => format!("in the {} countryside of", side.as_str()),
            RelationKind::Countryside { side: None } => "in the countryside of".to_owned(),
            RelationKind::Alias => "another name of".to_owned(),
            kind => kind.as_text(),
        };
        let distance = relation.distance_m.map(|metres| format!("{}, ", kilometres(metres))).unwrap_or_default();
        let words = self.quoted(relation.span);
        writeln!(out, "  {figure} {distance}{kind} {}: {words}", self.named(relation.ground))
    }

    fn write_event(&self, out: &mut dyn Write, number: usize, feature: &EventFeature) -> io::Result<()> {
        let (context, event) = (self.context, &feature.event.merged);
        let (kind, title) = match &event.kind {
            EventKind::Patrol(patrol) => ("patrol", english::patrol_title(&PatrolRow { context, feature, patrol })),
            EventKind::Position(position) => {
                ("position", english::position_title(&PositionRow { context, feature, position }))
            }
            EventKind::Other { event_type, place } => {
                let row = OtherRow { context, feature, event_type, place: place.as_ref() };
                (event_type.as_str(), english::other_title(&row))
            }
        };
        writeln!(out, "  {number}. {kind}: {}", report::printable(&title))?;
        writeln!(out, "      words       {}", self.quoted(event.evidence))?;
        let others: Vec<&Span> = feature.event.tellings.iter().filter(|telling| **telling != event.evidence).collect();
        for telling in others {
            writeln!(out, "      told also   {}", self.quoted(*telling))?;
        }
        writeln!(out, "      status      {}", event.modality.as_str())?;
        writeln!(out, "      date        {}", self.date(&event.date))?;
        if !event.actors.is_empty() {
            let actors: Vec<&str> = event.actors.iter().map(String::as_str).collect();
            writeln!(out, "      actors      {}", report::printable(&actors.join("; ")))?;
        }
        if let Some(road) = &event.road {
            writeln!(out, "      road        {}", report::printable(road))?;
        }
        match &event.kind {
            EventKind::Patrol(patrol) => self.write_patrol(out, patrol, &feature.stops)?,
            EventKind::Position(position) => {
                let (kind, status) = (position.position_type.as_str(), position.status.as_str());
                writeln!(out, "      position    {status} {kind}, count {}", position.count)?;
                self.write_place(out, "place", &position.place)?;
            }
            EventKind::Other { place, .. } => {
                if let Some(place) = place {
                    self.write_place(out, "place", place)?;
                }
            }
        }
        for detail in &event.details {
            writeln!(out, "      rule        {}: {}", detail.rule, self.quoted(detail.span))?;
        }
        let shape = match &feature.geometry {
            Some(Geometry::Point(point)) => format!("point at {:.5} {:.5}", point.lon_deg(), point.lat_deg()),
            Some(Geometry::Line(line)) => format!("line of {} positions", line.len()),
            Some(Geometry::Lines(lines)) => format!("{} lines", lines.len()),
            None => "not located".to_owned(),
        };
        let length = feature.length_m.map(|metres| format!(", length {}", kilometres(metres))).unwrap_or_default();
        let radius = feature
            .uncertainty_m
            .map_or_else(|| "uncertainty not known".to_owned(), |metres| format!("uncertainty {metres:.0} m"));
        writeln!(out, "      geometry    {shape}, quality {}, {radius}{length}", feature.quality.as_str())?;
        writeln!(out, "      confidence  {:.3}", feature.confidence)
    }

    fn write_patrol(&self, out: &mut dyn Write, patrol: &Patrol, stops: &[LocatedStop]) -> io::Result<()> {
        let number = patrol.ordinal.map(|ordinal| format!("number {ordinal}"));
        let counter = patrol.counter.as_ref().map(|counter| format!("counted by {counter}"));
        let series = patrol.series.as_ref().map(|series| format!("series {series}"));
        let length = patrol.stated_length_m.map(|metres| format!("stated length {}", kilometres(metres)));
        let flags = [
            (patrol.reverse, "reversed"),
            (patrol.abbreviated, "abbreviated"),
            (patrol.full, "unabridged"),
            (patrol.returned, "returned"),
            (patrol.undirected, "direction not told"),
        ];
        let flags = flags.into_iter().filter(|(told, _)| *told).map(|(_, word)| word.to_owned());
        let count = Some(format!("count {}", patrol.count));
        let facts: Vec<String> = [number, counter, series, count, length].into_iter().flatten().chain(flags).collect();
        writeln!(out, "      run         {}", report::printable(&facts.join(", ")))?;
        for stop in stops {
            let distance = match stop.distance_to_line_m {
                Some(metres) => format!("{metres:.0} m from the line"),
                None => "not drawn".to_owned(),
            };
            writeln!(out, "      stop        {}, {distance}", self.named(stop.mention))?;
        }
        for stop in &patrol.planned_route {
            writeln!(out, "      planned     {}", self.named(*stop))?;
        }
        match &patrol.area {
            Some(area) => self.write_place(out, "area", area),
            None => Ok(()),
        }
    }

    fn write_place(&self, out: &mut dyn Write, label: &str, place: &PlaceReference) -> io::Result<()> {
        let other = place.other.map(|other| format!(" and {}", self.named(other))).unwrap_or_default();
        let distance = place.distance_m.map(|metres| format!("{} ", kilometres(metres))).unwrap_or_default();
        let relation = place.relation.as_text();
        writeln!(out, "      {label:<10}  {distance}{relation} {}{other}", self.named(place.mention))
    }

    fn date(&self, date: &EventDate) -> String {
        let mut parts = Vec::new();
        parts.extend(date.date.map(|day| day.to_string()));
        parts.extend(date.date_end.map(|day| format!("until {day}")));
        parts.extend(date.partial.and_then(|partial| partial.iso_partial()));
        parts.extend(date.weekday.map(|weekday| masar::model::date::weekday_name(weekday).to_owned()));
        parts.extend(date.time.map(|time| time.to_string()));
        parts.push(format!("precision {}", date.precision.as_str()));
        let words = date.span.map(|span| format!(": {}", self.quoted(span))).unwrap_or_default();
        parts.join(", ") + &words
    }

    /// Words of the article with their offset in code points.
    fn quoted(&self, span: Span) -> String {
        let quote = self.context.quote(span);
        format!("at {} \"{}\"", quote.offset, report::printable(quote.text))
    }

    /// A mention by its English name and its spelling.
    fn named(&self, mention: MentionIndex) -> String {
        let (name, surface) = (self.context.name(mention), self.context.surface(mention));
        match name == surface {
            true => format!("\"{}\"", report::printable(surface)),
            false => format!("{} (\"{}\")", report::printable(name), report::printable(surface)),
        }
    }

    fn write_statistics(&self, out: &mut dyn Write) -> io::Result<()> {
        let statistics = passes::statistics(&self.map.resolutions);
        writeln!(out, "\nPASSES ({} mentions with more than one candidate)", statistics.with_choice)?;
        writeln!(out, "A pass decided where another candidate would be first without its points.")?;
        let row = |(name, PassUse { gave_points, decided }): (&&str, &PassUse)| {
            vec![(*name).to_owned(), gave_points.to_string(), decided.to_string()]
        };
        let rows: Vec<Vec<String>> = statistics.passes.iter().map(row).collect();
        table::write(out, &[("pass", Align::Left), ("gave points", Align::Right), ("decided", Align::Right)], &rows)
    }
}

fn described(place: &Place<'_>) -> String {
    let code = format!("{}/{}", place.feature_class().code(), place.feature_code());
    let parts = [place.name_en(), &code, place.admin1(), place.country(), place.id()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    report::printable(&parts.join(", "))
}

fn kilometres(metres: f64) -> String {
    format!("{:.1} km", metres / 1000.0)
}

fn role_name(role: MentionRole) -> &'static str {
    match role {
        MentionRole::Literal => "literal",
        MentionRole::InName => "in another name",
        MentionRole::Dateline => "dateline",
        MentionRole::Noise => "noise",
    }
}

fn cue_name(cue: PlaceCue) -> &'static str {
    match cue {
        PlaceCue::Settlement => "settlement",
        PlaceCue::City => "city",
        PlaceCue::Neighbourhood => "neighbourhood",
        PlaceCue::Camp => "camp",
        PlaceCue::Crossing => "crossing",
        PlaceCue::Airport => "airport",
        PlaceCue::Facility => "facility",
        PlaceCue::Mountain => "mountain",
        PlaceCue::Governorate => "governorate",
        PlaceCue::District => "district",
        PlaceCue::Countryside => "countryside",
        PlaceCue::Region => "region",
        PlaceCue::Country => "country",
        PlaceCue::Road => "road",
        PlaceCue::Listed => "list",
    }
}
