//! `masar map`: articles to files, the main job.

use std::io::{self, BufWriter};
use std::num::NonZeroUsize;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use clap::Args;
use clap::builder::PossibleValuesParser;
use jiff::civil::Date;
use masar::gazetteer::Gazetteer;
use masar::model::article::Article;
use masar::pipeline::Pipeline;
use masar::reader::ReadError;
use masar::writer::files::{self, WriteError};
use masar::writer::layer::{LayerKind, Layers};
use masar::writer::{self, FORMATS, Format};
use thiserror::Error;

use super::inputs::{self, Input, Inputs};
use super::report::{self, Progress, Summary, Verbosity};
use super::{Outcome, parse_day};

const EXAMPLES: &str = "\
Examples:
  masar map article.txt                           writes output/*.geojson
  masar map articles/ more/*.txt -o map           a folder stands for its .txt files
  curl -s https://… | html2text | masar map - --published 2020-08-17
  masar map article.txt -o - | jq '.features[].properties.title'";

#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct MapArgs {
    /// Text files; `-` for standard input; a folder for its .txt files (not those of subfolders)
    #[arg(required = true, value_name = "ARTICLE")]
    articles: Vec<PathBuf>,

    /// Folder for the result, made where there is none; `-` writes one file to standard output
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    output: PathBuf,

    /// Format of the result
    #[arg(short, long, default_value = "geojson", value_parser = PossibleValuesParser::new(FORMATS.iter().map(|format| format.name())))]
    format: String,

    /// Day on which the articles were published, against which "today" and "Monday" are read; by
    /// default each article's own dateline tells it
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
    published: Option<Date>,

    /// Articles read at the same time; by default as many as there are processor cores. The
    /// result does not depend on it
    #[arg(short, long, value_name = "N")]
    jobs: Option<NonZeroUsize>,

    /// Show every diagnostic, not only the first few
    #[arg(short, long)]
    verbose: bool,

    /// Show errors only
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,
}

impl MapArgs {
    fn verbosity(&self) -> Verbosity {
        match (self.quiet, self.verbose) {
            (true, _) => Verbosity::Quiet,
            (_, true) => Verbosity::Verbose,
            _ => Verbosity::Normal,
        }
    }
}

/// Where the result goes.
enum Destination<'a> {
    Stdout,
    Folder(&'a Path),
}

/// Why one article could not be mapped.
#[derive(Debug, Error)]
enum ArticleError {
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error("{name}: masar failed at this article, which is a fault of the program: please report it")]
    Fault { name: String },
}

/// What became of all articles.
struct Mapped<'g> {
    layers: Layers<'g>,
    summary: Summary,
    /// By the number of the input; of one article in the order of the text.
    diagnostics: Vec<(usize, Vec<String>)>,
    failures: Vec<(usize, ArticleError)>,
}

impl<'g> Mapped<'g> {
    fn new(gazetteer: &'g Gazetteer) -> Self {
        Self {
            layers: Layers::new(gazetteer),
            summary: Summary::default(),
            diagnostics: Vec::new(),
            failures: Vec::new(),
        }
    }

    fn append(&mut self, other: Self) {
        self.layers.append(other.layers);
        self.summary.articles += other.summary.articles;
        self.summary.resolved_places += other.summary.resolved_places;
        self.diagnostics.extend(other.diagnostics);
        self.failures.extend(other.failures);
    }

    /// Puts everything in an order that does not depend on which thread was faster.
    fn finish(&mut self) {
        self.layers.finish();
        self.diagnostics.sort_by_key(|(number, _)| *number);
        self.failures.sort_by_key(|(number, _)| *number);
        let count = |kind| self.layers.layer(kind).features.len();
        self.summary.places = count(LayerKind::Places);
        self.summary.patrols = count(LayerKind::Patrols);
        self.summary.positions = count(LayerKind::Positions);
        self.summary.events = count(LayerKind::Events);
        self.summary.diagnostics = self.diagnostics.iter().map(|(_, lines)| lines.len()).sum();
    }
}

pub fn run(args: &MapArgs) -> Outcome {
    // The parser of the arguments knows the names, so that this cannot fail.
    let Some(format) = writer::format(&args.format) else {
        report::error(&format!("no format is called {}", args.format), None);
        return Outcome::CouldNotRun;
    };
    let destination = match args.output.as_os_str() == "-" {
        true => Destination::Stdout,
        false => Destination::Folder(&args.output),
    };
    if let Destination::Folder(folder) = destination
        && let Err(error) = files::check_folder(folder)
    {
        return cannot_write(&error);
    }
    let gazetteer = Gazetteer::embedded();
    let pipeline = match Pipeline::new(gazetteer) {
        Ok(pipeline) => pipeline,
        Err(error) => {
            report::error(&report::with_causes(&error), None);
            return Outcome::CouldNotRun;
        }
    };

    let verbosity = args.verbosity();
    let Inputs { inputs, failures, notes } = inputs::list(&args.articles);
    for error in &failures {
        report::error(&report::with_causes(error), None);
    }
    report::lines(&notes, verbosity);
    let mut mapped = map_all(&inputs, &pipeline, args, verbosity);
    mapped.summary.failed = failures.len() + mapped.failures.len();
    for (_, error) in &mapped.failures {
        report::error(&report::with_causes(error), hint(error));
    }
    // An earlier result is worth more than an empty one made of a mistyped name.
    if mapped.summary.articles == 0 {
        report::error("nothing is written, because no article could be read", None);
        return Outcome::FailedInputs;
    }

    let written = match write(format, &mapped.layers, destination) {
        Ok(written) => written,
        Err(error) if error.is_closed_pipe() => Vec::new(),
        Err(error) => return cannot_write(&error),
    };
    if verbosity > Verbosity::Quiet {
        tell(&mapped, &written, verbosity);
    }
    if mapped.summary.failed > 0 { Outcome::FailedInputs } else { Outcome::Done }
}

fn cannot_write(error: &WriteError) -> Outcome {
    let hint = match error {
        WriteError::Folder { .. } | WriteError::File { .. } => {
            Some("name another folder with -o, or write to standard output with -o -")
        }
        WriteError::Stream { .. } => None,
    };
    report::error(&report::with_causes(error), hint);
    Outcome::CouldNotRun
}

fn hint(error: &ArticleError) -> Option<&'static str> {
    match error {
        ArticleError::Read(ReadError::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
            Some("check the name; a folder of .txt files or - for standard input will do as well")
        }
        _ => None,
    }
}

/// Maps every input. Each thread holds the text of one article at a time.
fn map_all<'g>(inputs: &[Input], pipeline: &Pipeline<'g>, args: &MapArgs, verbosity: Verbosity) -> Mapped<'g> {
    let jobs = args.jobs.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let progress = Progress::new(inputs.len(), verbosity);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut mapped = Mapped::new(pipeline.gazetteer());
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(input) = inputs.get(number) else { break mapped };
            match map_one(input, pipeline, args.published) {
                Ok((article, lines)) => {
                    mapped.append(article);
                    mapped.diagnostics.push((number, lines));
                }
                Err(error) => mapped.failures.push((number, error)),
            }
            progress.advance();
        }
    };
    let mut mapped = Mapped::new(pipeline.gazetteer());
    thread::scope(|scope| {
        let others: Vec<_> = (1..jobs.min(inputs.len())).map(|_| scope.spawn(work)).collect();
        mapped.append(work());
        for other in others {
            match other.join() {
                Ok(other) => mapped.append(other),
                Err(panic) => panic::resume_unwind(panic),
            }
        }
    });
    progress.finish();
    mapped.finish();
    mapped
}

/// One article and its diagnostics. A fault of the program costs this article and not the others.
fn map_one<'g>(
    input: &Input,
    pipeline: &Pipeline<'g>,
    published: Option<Date>,
) -> Result<(Mapped<'g>, Vec<String>), ArticleError> {
    let (article, mut found) = input.source.read(&input.id)?;
    let article = Article { published, ..article };
    let fault = |_| ArticleError::Fault { name: input.source.to_string() };
    panic::catch_unwind(AssertUnwindSafe(|| {
        let (map, later) = pipeline.read(article);
        found.extend(later);
        let mut mapped = Mapped::new(pipeline.gazetteer());
        mapped.layers.add(&map);
        mapped.summary.articles = 1;
        mapped.summary.resolved_places = map.places.iter().filter(|place| place.place.is_some()).count();
        let lines = report::diagnostics(&found, &map, pipeline.gazetteer());
        (mapped, lines)
    }))
    .map_err(fault)
}

/// Hands the result over and returns the files made.
fn write(format: &dyn Format, layers: &Layers<'_>, destination: Destination<'_>) -> Result<Vec<PathBuf>, WriteError> {
    match destination {
        Destination::Stdout => {
            format.write_stream(layers, &mut BufWriter::new(io::stdout().lock()))?;
            Ok(Vec::new())
        }
        Destination::Folder(folder) => {
            files::prepare_folder(folder)?;
            format.write_folder(layers, folder)
        }
    }
}

fn tell(mapped: &Mapped<'_>, written: &[PathBuf], verbosity: Verbosity) {
    for line in mapped.summary.lines() {
        report::line(&line);
    }
    let diagnostics: Vec<String> =
        mapped.diagnostics.iter().flat_map(|(_, lines)| lines).map(|line| format!("  {line}")).collect();
    report::lines(&diagnostics, verbosity);
    for path in written {
        report::line(&format!("wrote {}", path.display()));
    }
}
