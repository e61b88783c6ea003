//! `masar map`: from articles to files.

use std::io;
use std::path::{Path, PathBuf};

use masar::diagnostic::Diagnostic;
use masar::gazetteer::Gazetteer;
use masar::model::event::EventKind;
use masar::model::feature::ArticleMap;
use masar::model::span::Span;
use masar::pipeline::Pipeline;
use masar::text::code_points::CodePointIndex;
use masar::writer::article::{ArticleText, ArticleTexts};
use masar::writer::destination::{self, Destination};
use masar::writer::files;
use masar::writer::geojson::GeoJson;
use masar::writer::layer::{ArticleFeatures, Layers};
use masar::writer::{self, FORMATS, Format, Options};

use super::arguments::MapArguments;
use super::articles::each_article;
use super::inputs::Inputs;
use super::outcome::{Fault, Outcome, report_error, tell};
use super::progress::Progress;

/// Diagnostics told without `--verbose`.
const DIAGNOSTICS_TOLD: usize = 20;

pub fn run(arguments: &MapArguments) -> Result<Outcome, Fault> {
    let destination = destination(&arguments.output, arguments.format.as_deref())?;
    let options = Options { simplestyle: arguments.simplestyle, record_separators: arguments.record_separators };
    heeded(options, destination.formats())?;
    let quiet = arguments.articles.quiet;
    let inputs = Inputs::expand(&arguments.articles.articles, arguments.articles.from)?;
    if let Some(folder) = destination.folder() {
        files::check_folder(folder)?;
    }
    let pipeline = Pipeline::new(arguments.articles.sources.open_telling_roads(quiet)?)?;
    arguments.articles.start_threads()?;
    let mut summary = Summary { failed: inputs.tell_oddities(quiet), ..Summary::default() };
    let (mut features, mut texts) = (Vec::new(), ArticleTexts::default());
    let keep_texts = destination.formats().iter().any(|format| format.wants_articles());
    let mut progress = Progress::new(&inputs, quiet);
    let look = |map: ArticleMap, diagnostics: Vec<Diagnostic>| ReadArticle {
        text: keep_texts.then(|| ArticleText::of(&map, &diagnostics)),
        ..ReadArticle::new(&map, &diagnostics, pipeline.gazetteer())
    };
    each_article(&inputs, arguments.articles.published, &pipeline, &mut progress, look, |result| {
        match result {
            Ok(article) => {
                summary.add(&article);
                features.push(article.features);
                article.text.into_iter().for_each(|text| texts.add(text));
            }
            Err(error) => {
                summary.failed += 1;
                report_error(&error);
            }
        }
        Ok(())
    })?;
    progress.finish();

    let mut written = Vec::new();
    if summary.articles > 0 {
        let mut layers = Layers::collect(features);
        if keep_texts {
            layers = layers.with_articles(texts, pipeline.gazetteer());
        }
        if let Some(folder) = destination.folder() {
            files::prepare_folder(folder)?;
        }
        written = match &destination {
            Destination::Folder(folder, formats) => destination::write_folder(formats, &layers, options, folder)?,
            Destination::File(path, format) => destination::write_file(*format, &layers, options, path)?,
            Destination::Stream(format) => {
                let mut out = io::BufWriter::new(io::stdout().lock());
                destination::write_stream(*format, &layers, options, &mut out)?;
                Vec::new()
            }
        };
    } else {
        tell(format_args!("error: no article could be read, nothing is written"));
    }
    if !quiet {
        summary.tell(&written, arguments.verbose);
    }
    Ok(if summary.failed == 0 { Outcome::Done } else { Outcome::Failed })
}

/// Where `--output` and `--format` lead: a name with an extension is one file unless it is a folder.
fn destination(output: &Path, format: Option<&str>) -> Result<Destination, Fault> {
    let asked = match format {
        Some(name) => Some(writer::format(name).ok_or("unknown format")?),
        None => None,
    };
    if output.as_os_str() == "-" {
        return Ok(Destination::Stream(asked.unwrap_or(&GeoJson)));
    }
    let extension = output.extension().and_then(|extension| extension.to_str()).filter(|_| !output.is_dir());
    let of_name = extension.and_then(writer::format_of_extension);
    Ok(match (asked, of_name, extension) {
        (None, None, _) => Destination::usual_folder(output.to_owned()),
        (None, Some(format), _) | (Some(format), _, Some(_)) => Destination::File(output.to_owned(), format),
        (Some(format), _, None) => Destination::Folder(output.to_owned(), vec![format]),
    })
}

/// Makes sure that every option asked for changes something.
fn heeded(options: Options, formats: &[&dyn Format]) -> Result<(), Fault> {
    let heeds = |heeds: fn(Options) -> bool| formats.iter().any(|format| heeds(format.heeds()));
    let ignored = |option: &str, takes: fn(Options) -> bool| {
        let able: Vec<&str> =
            FORMATS.iter().filter(|format| takes(format.heeds())).map(|format| format.name()).collect();
        Err(Fault::from(format!("{option} is for the formats {} alone, see --format", able.join(" and "))))
    };
    if options.simplestyle && !heeds(|heeded| heeded.simplestyle) {
        return ignored("--simplestyle", |heeded| heeded.simplestyle);
    }
    if options.record_separators && !heeds(|heeded| heeded.record_separators) {
        return ignored("--record-separators", |heeded| heeded.record_separators);
    }
    Ok(())
}

/// What is kept of an article until all are read.
struct ReadArticle {
    features: ArticleFeatures,
    /// For a format that shows it.
    text: Option<ArticleText>,
    counts: Counts,
    /// In words, because the text that their spans point into is not kept.
    diagnostics: Vec<String>,
}

impl ReadArticle {
    fn new(map: &ArticleMap, diagnostics: &[Diagnostic], gazetteer: &Gazetteer) -> Self {
        Self {
            features: ArticleFeatures::of(map, gazetteer),
            text: None,
            counts: Counts::of(map),
            diagnostics: worded(diagnostics, &map.article.text),
        }
    }
}

/// Each diagnostic with the place in the article, in code points as in the output.
fn worded(diagnostics: &[Diagnostic], text: &str) -> Vec<String> {
    if diagnostics.is_empty() {
        return Vec::new();
    }
    let code_points = CodePointIndex::new(text);
    let place = |span: Span| format!(", at {}", code_points.offset(text, span.start()));
    diagnostics.iter().map(|found| format!("{found}{}", found.span.map(place).unwrap_or_default())).collect()
}

/// How much was read from articles.
#[derive(Default)]
struct Counts {
    places: usize,
    resolved: usize,
    patrols: usize,
    positions: usize,
    events: usize,
}

impl Counts {
    fn of(map: &ArticleMap) -> Self {
        let mut counts = Self {
            places: map.places.len(),
            resolved: map.places.iter().filter(|place| place.place.is_some()).count(),
            ..Self::default()
        };
        for feature in &map.events {
            match feature.event.merged.kind {
                EventKind::Patrol(_) => counts.patrols += 1,
                EventKind::Position(_) => counts.positions += 1,
                EventKind::Other { .. } => counts.events += 1,
            }
        }
        counts
    }
}

/// What is told at the end.
#[derive(Default)]
struct Summary {
    articles: usize,
    failed: usize,
    counts: Counts,
    diagnostics: Vec<String>,
}

impl Summary {
    fn add(&mut self, article: &ReadArticle) {
        let Counts { places, resolved, patrols, positions, events } = article.counts;
        self.articles += 1;
        self.counts.places += places;
        self.counts.resolved += resolved;
        self.counts.patrols += patrols;
        self.counts.positions += positions;
        self.counts.events += events;
        self.diagnostics.extend(article.diagnostics.iter().cloned());
    }

    fn tell(&self, written: &[PathBuf], verbose: bool) {
        let Counts { places, resolved, patrols, positions, events } = self.counts;
        let failed = if self.failed > 0 { format!(" ({} failed)", self.failed) } else { String::new() };
        tell(format_args!(
            "{}{failed}: {} ({resolved} resolved, {} not), {}, {}, {}, {}",
            counted(self.articles, "article"),
            counted(places, "place"),
            places - resolved,
            counted(patrols, "patrol"),
            counted(positions, "position"),
            counted(events, "event"),
            counted(self.diagnostics.len(), "diagnostic"),
        ));
        let told = if verbose { self.diagnostics.len() } else { DIAGNOSTICS_TOLD };
        for diagnostic in self.diagnostics.iter().take(told) {
            tell(format_args!("  {diagnostic}"));
        }
        if self.diagnostics.len() > told {
            tell(format_args!("  … and {} more (-v shows all)", self.diagnostics.len() - told));
        }
        match written {
            [] => {}
            [file] => tell(format_args!("wrote {}", file.display())),
            [first, ..] => {
                let folder = first.parent().unwrap_or(Path::new("."));
                let names: Vec<_> = written.iter().filter_map(|path| path.file_name()?.to_str()).collect();
                tell(format_args!("wrote to {}: {}", folder.display(), names.join(", ")));
            }
        }
    }
}

/// "1 article", "2 articles".
fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
