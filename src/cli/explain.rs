//! `masar explain`: how one article was read, for a person at a terminal.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{self, Write};

use masar::diagnostic::Diagnostic;
use masar::gazetteer::Gazetteer;
use masar::gazetteer::place::Place;
use masar::model::event::{EventKind, PlaceReference};
use masar::model::feature::{ArticleMap, EventFeature, Geometry};
use masar::model::mention::{MentionIndex, MentionKind, RankedCandidate, Resolution, ToponymMention};
use masar::model::span::Span;
use masar::pipeline::Pipeline;
use masar::text::code_points::CodePointIndex;
use masar::text::key::name_key;

use super::arguments::ExplainArguments;
use super::inputs::{InputForm, Inputs};
use super::outcome::{Fault, Outcome, printable, report_error};
use super::reading::{self, Source};

/// Readings shown for each mention.
const CANDIDATES: usize = 5;

/// Longer quotes are cut in the middle.
const QUOTE_LEN: usize = 120;

pub fn run(arguments: &ExplainArguments) -> Result<Outcome, Fault> {
    let inputs = Inputs::expand(std::slice::from_ref(&arguments.article), Some(InputForm::Text))?;
    let [input] = inputs.inputs.as_slice() else {
        return Err("explain takes one article, not a folder".into());
    };
    let gazetteer = arguments.sources.open_telling_roads(false)?;
    let pipeline = Pipeline::new(gazetteer)?;
    let (map, diagnostics) = match reading::read(Source::Input(input.clone()), arguments.published, &pipeline) {
        Ok(read) => read,
        Err(error) => {
            report_error(&error);
            return Ok(Outcome::Failed);
        }
    };
    let explanation = Explanation { map: &map, gazetteer, code_points: CodePointIndex::new(&map.article.text) };
    let mut out = io::BufWriter::new(io::stdout().lock());
    if arguments.stats {
        explanation.stats(&mut out)?;
    } else {
        explanation.write(&diagnostics, &mut out)?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}

struct Explanation<'a> {
    map: &'a ArticleMap,
    gazetteer: &'a Gazetteer,
    code_points: CodePointIndex,
}

impl Explanation<'_> {
    fn write(&self, diagnostics: &[Diagnostic], out: &mut impl Write) -> io::Result<()> {
        let published =
            self.map.published.map_or("day of publication unknown".to_owned(), |day| format!("published {day}"));
        writeln!(out, "{}: language {}, {published}", printable(&self.map.article.id), self.map.language)?;

        writeln!(out, "\nMENTIONS ({})", self.map.mentions.len())?;
        // The first mention of each name: the others are often read in the same way.
        let mut first = HashMap::new();
        for (index, mention) in self.map.mentions.iter().enumerate() {
            let earlier = *first.entry(mention.span.slice(&self.map.article.text)).or_insert(index);
            self.mention(index, mention, Some(earlier).filter(|earlier| *earlier < index), out)?;
        }
        writeln!(out, "\nRELATIONS ({})", self.map.relations.len())?;
        for relation in &self.map.relations {
            let figure = relation.figure.map_or("(an area)".to_owned(), |figure| self.named(figure));
            let distance = relation.distance_m.map_or(String::new(), |metres| format!(" {:.1} km", metres / 1000.0));
            let ground = self.named(relation.ground);
            writeln!(
                out,
                "  {figure} —{distance} {} → {ground}   {}",
                relation.kind.as_text(),
                self.quote(relation.span)
            )?;
        }
        writeln!(out, "\nEVENTS ({})", self.map.events.len())?;
        for feature in &self.map.events {
            self.event(feature, out)?;
        }
        self.forbidden_names(out)?;
        writeln!(out, "\nDIAGNOSTICS ({})", diagnostics.len())?;
        for diagnostic in diagnostics {
            let words = diagnostic.span.map_or(String::new(), |span| format!("   {}", self.quote(span)));
            writeln!(out, "  {} [{}]{words}", printable(&diagnostic.message), diagnostic.code.as_str())?;
        }
        Ok(())
    }

    /// Names of the article that a correction forbids everywhere.
    fn forbidden_names(&self, out: &mut impl Write) -> io::Result<()> {
        let words = format!(" {} ", name_key(&self.map.article.text));
        let forbidden = self.gazetteer.forbidden_names().filter(|(key, _)| words.contains(&format!(" {key} ")));
        let lines: BTreeSet<String> = forbidden.map(|(_, correction)| printable(&correction.to_string())).collect();
        if lines.is_empty() {
            return Ok(());
        }
        writeln!(out, "\nFORBIDDEN NAMES ({})", lines.len())?;
        lines.iter().try_for_each(|line| writeln!(out, "  {line}"))
    }

    fn mention(
        &self,
        index: usize,
        mention: &ToponymMention,
        earlier: Option<usize>,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let cue = mention.cue.map_or(String::new(), |cue| format!(", cue {cue:?}"));
        writeln!(out, "  #{index} {}   rule \"{}\", {:?}{cue}", self.quote(mention.span), mention.rule, mention.role)?;
        let resolution = self.map.resolutions.get(index);
        if let Some(earlier) = earlier.filter(|earlier| self.map.resolutions.get(*earlier) == resolution) {
            return writeln!(out, "      as #{earlier}");
        }
        match (&mention.kind, resolution) {
            (MentionKind::Road { reference }, _) => writeln!(out, "      road {reference}")?,
            (_, Some(Resolution::Resolved { place, probability, .. })) => {
                let place = self.gazetteer.place(*place);
                let at = place.coordinate();
                writeln!(
                    out,
                    "      → {place:?}, {:.5} {:.5}, probability {probability:.2}",
                    at.lon_deg(),
                    at.lat_deg()
                )?;
                for correction in self.gazetteer.corrections_of(place.index()) {
                    writeln!(out, "      corrected: {}", printable(&correction.to_string()))?;
                }
            }
            (_, Some(Resolution::Unresolved { reason, .. })) => {
                writeln!(out, "      not resolved: {}", reason.as_str())?
            }
            (_, None) => writeln!(out, "      not resolved")?,
        }
        let ranked = resolution.map(Resolution::ranked).unwrap_or_default();
        for candidate in ranked.iter().take(CANDIDATES) {
            let points: Vec<String> = candidate
                .contributions
                .iter()
                .filter(|(_, points)| points.abs() >= 0.005)
                .map(|(pass, points)| format!("{pass} {points:+.2}"))
                .collect();
            let place = described(&self.gazetteer.place(candidate.place));
            let spelled = match mention.kind {
                MentionKind::Unknown => {
                    let surface = mention.span.slice(&self.map.article.text);
                    self.gazetteer.nearest_spelling(candidate.place, surface)
                }
                MentionKind::Known { .. } | MentionKind::Road { .. } => None,
            };
            let spelled = spelled.map_or(String::new(), |name| format!(", spelled like \"{}\"", printable(name)));
            let points = points.join(", ");
            writeln!(
                out,
                "        {:.2}  score {:+.2}  {place}{spelled}   {points}",
                candidate.probability, candidate.score
            )?;
        }
        if ranked.len() > CANDIDATES {
            writeln!(out, "        … and {} more", ranked.len() - CANDIDATES)?;
        }
        Ok(())
    }

    fn event(&self, feature: &EventFeature, out: &mut impl Write) -> io::Result<()> {
        let merged = &feature.event.merged;
        match &merged.kind {
            EventKind::Patrol(patrol) => {
                let ordinal = patrol.ordinal.map_or(String::new(), |number| format!(" no. {number}"));
                let count = if patrol.count > 1 { format!(" × {}", patrol.count) } else { String::new() };
                writeln!(out, "  patrol{ordinal}{count}, {}", merged.modality.as_str())?;
                let route: Vec<String> = patrol.route.iter().map(|stop| self.named(*stop)).collect();
                if !route.is_empty() {
                    writeln!(out, "      route     {}", route.join(" → "))?;
                }
                if let Some(area) = &patrol.area {
                    writeln!(out, "      area      {}", self.reference(area))?;
                }
            }
            EventKind::Position(position) => {
                let (kind, status) = (position.position_type.as_str(), position.status.as_str());
                writeln!(out, "  position: {status} {kind}, {}", self.reference(&position.place))?;
            }
            EventKind::Other { event_type, place, movement } => {
                let place = place.as_ref().map_or(String::new(), |place| format!(", {}", self.reference(place)));
                writeln!(out, "  event: {event_type}, {}{place}", merged.modality.as_str())?;
                let route: Vec<String> = movement.route.iter().map(|stop| self.named(*stop)).collect();
                if !route.is_empty() {
                    writeln!(out, "      route     {}", route.join(" → "))?;
                }
            }
        }
        if !merged.actors.is_empty() {
            let actors: Vec<&str> = merged.actors.iter().map(String::as_str).collect();
            writeln!(out, "      actors    {}", actors.join(", "))?;
        }
        if !merged.date.is_empty() {
            let partial = merged.date.partial.and_then(|partial| partial.iso_partial());
            let date = merged.date.date.map(|date| date.to_string()).or(partial).unwrap_or_default();
            let end = merged.date.date_end.map_or(String::new(), |end| format!(" until {end}"));
            writeln!(out, "      date      {date}{end} ({})", merged.date.precision.as_str())?;
        }
        if let Some(road) = &merged.road {
            writeln!(out, "      road      {road}")?;
        }
        let drawn = match &feature.geometry {
            None => "nothing".to_owned(),
            Some(Geometry::Point(at)) => format!("point {:.5} {:.5}", at.lon_deg(), at.lat_deg()),
            Some(Geometry::Line(line)) => format!("line of {} positions", line.len()),
            Some(Geometry::Lines(lines)) => format!("{} lines", lines.len()),
        };
        let radius =
            feature.uncertainty_m.map_or(String::new(), |metres| format!(", within {:.1} km", metres / 1000.0));
        writeln!(out, "      drawn     {drawn}, {}{radius}", feature.quality.as_str())?;
        writeln!(out, "      confidence {:.2}", feature.confidence)?;
        for telling in &feature.event.tellings {
            writeln!(out, "      told      {}", self.quote(*telling))?;
        }
        for detail in &merged.details {
            writeln!(out, "      {:<9} {}", detail.rule, self.quote(detail.span))?;
        }
        Ok(())
    }

    /// How often each pass had a say, and how often the place would be another one without it.
    fn stats(&self, out: &mut impl Write) -> io::Result<()> {
        let mut passes: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        let mut order = Vec::new();
        for resolution in &self.map.resolutions {
            let ranked = resolution.ranked();
            let names =
                ranked.first().map(|best| best.contributions.iter().map(|(pass, _)| *pass)).into_iter().flatten();
            for pass in names {
                let counts = passes.entry(pass).or_insert_with(|| {
                    order.push(pass);
                    (0, 0)
                });
                counts.0 += usize::from(ranked.iter().any(|candidate| points_of(candidate, pass).abs() >= 0.005));
                counts.1 += usize::from(resolution.place().is_some() && decides(ranked, pass));
            }
        }
        let resolved = self.map.resolutions.iter().filter(|resolution| resolution.place().is_some()).count();
        writeln!(out, "{} mentions, {resolved} resolved", self.map.mentions.len())?;
        writeln!(out, "\n{:<24} {:>8} {:>8}", "PASS", "HAD SAY", "DECIDED")?;
        for pass in order {
            let (had_say, decided) = passes.get(pass).copied().unwrap_or_default();
            writeln!(out, "{pass:<24} {had_say:>8} {decided:>8}")?;
        }
        let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
        for mention in &self.map.mentions {
            *rules.entry(mention.rule).or_default() += 1;
        }
        writeln!(out, "\n{:<24} {:>8}", "RULE", "MENTIONS")?;
        for (rule, count) in rules {
            writeln!(out, "{rule:<24} {count:>8}")?;
        }
        Ok(())
    }

    fn reference(&self, place: &PlaceReference) -> String {
        let other = place.other.map_or(String::new(), |other| format!(" and {}", self.named(other)));
        let distance = place.distance_m.map_or(String::new(), |metres| format!("{:.1} km ", metres / 1000.0));
        format!("{distance}{} {}{other}", place.relation.as_text(), self.named(place.mention))
    }

    /// The English name and the number of the mention.
    fn named(&self, mention: MentionIndex) -> String {
        let place = self.map.resolutions.get(mention.0).and_then(Resolution::place);
        let name = match (self.map.mentions.get(mention.0).map(|mention| (&mention.kind, mention.span)), place) {
            (Some((MentionKind::Road { reference }, _)), _) => reference.clone(),
            (_, Some(place)) => self.gazetteer.place(place).name_en().to_owned(),
            (Some((_, span)), None) => span.slice(&self.map.article.text).to_owned(),
            (None, None) => String::new(),
        };
        format!("{} #{}", printable(&name), mention.0)
    }

    /// The words under a span and their offset in code points.
    fn quote(&self, span: Span) -> String {
        let text = &self.map.article.text;
        let words: Vec<char> = printable(span.slice(text)).chars().collect();
        let shown: String = if words.len() > QUOTE_LEN {
            let (head, tail) = (&words[..QUOTE_LEN / 2], &words[words.len() - QUOTE_LEN / 2..]);
            head.iter().chain([&'…']).chain(tail).collect()
        } else {
            words.iter().collect()
        };
        format!("\"{shown}\" @{}", self.code_points.offset(text, span.start()))
    }
}

/// "Ariha (gn:172994, PPLA2, Idlib, Syria)".
fn described(place: &Place<'_>) -> String {
    let parts = [place.id(), place.feature_code(), place.admin1(), place.country()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{} ({})", place.name_en(), parts.join(", "))
}

fn points_of(candidate: &RankedCandidate, pass: &str) -> f64 {
    candidate.contributions.iter().filter(|(name, _)| *name == pass).map(|(_, points)| points).sum()
}

/// Whether another candidate would be first without the points of a pass.
fn decides(ranked: &[RankedCandidate], pass: &str) -> bool {
    let without = |candidate: &RankedCandidate| candidate.score - points_of(candidate, pass);
    let Some(best) = ranked.first() else { return false };
    ranked.iter().skip(1).any(|other| without(other) > without(best))
}
