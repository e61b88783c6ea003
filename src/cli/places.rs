//! `masar places`: every mention of a place, for programs.

use std::io::{self, BufWriter, Write};

use masar::pipeline::Pipeline;
use masar::writer::files::Batch;
use masar::writer::mentions;

use super::arguments::{PlacesArguments, PlacesFormat};
use super::articles::each_article;
use super::inputs::Inputs;
use super::outcome::{Fault, Outcome, report_error, tell};
use super::progress::Progress;

pub fn run(arguments: &PlacesArguments) -> Result<Outcome, Fault> {
    let PlacesFormat::Jsonl = arguments.format;
    let quiet = arguments.articles.quiet;
    let inputs = Inputs::expand(&arguments.articles.articles, arguments.articles.from)?;
    let pipeline = Pipeline::new(arguments.articles.sources.open_telling_roads(arguments.articles.quiet)?)?;
    arguments.articles.start_threads()?;
    let (mut articles, mut failed) = (0, inputs.tell_oddities(quiet));
    let mut write_all = |out: &mut dyn Write| {
        let mut progress = Progress::new(&inputs, quiet);
        let look = |map, _| {
            let mut line = Vec::new();
            mentions::write_line(&map, pipeline.gazetteer(), arguments.all, &mut line).map(|()| line)
        };
        each_article(&inputs, arguments.articles.published, &pipeline, &mut progress, look, |result| {
            match result {
                Ok(line) => {
                    articles += 1;
                    out.write_all(&line?)?;
                }
                Err(error) => {
                    failed += 1;
                    report_error(&error);
                }
            }
            Ok(())
        })?;
        progress.finish();
        out.flush()
    };
    if arguments.output.as_os_str() == "-" {
        write_all(&mut BufWriter::new(io::stdout().lock()))?;
    } else {
        let mut batch = Batch::default();
        batch.write(arguments.output.clone(), write_all)?;
        batch.publish()?;
    }
    if !quiet {
        let failed = if failed > 0 { format!(", {failed} failed") } else { String::new() };
        tell(format_args!("{articles} articles read{failed}"));
    }
    Ok(if failed == 0 { Outcome::Done } else { Outcome::Failed })
}
