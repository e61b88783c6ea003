//! `masar eval`: how well maps agree with a person's annotations of the same articles.

use std::collections::BTreeMap;
use std::io::{self, Write};

use masar::evaluation::Evaluation;
use masar::evaluation::calibration::Reliability;
use masar::evaluation::feature::{self, Feature};
use masar::evaluation::finding::{Finding, Subject};
use masar::evaluation::gold::{self, Gold, GoldArticle, GoldError, GoldFile};
use masar::evaluation::score::Score;
use masar::gazetteer::Gazetteer;
use masar::model::feature::ArticleMap;
use masar::pipeline::Pipeline;
use masar::writer::Options;
use masar::writer::destination;
use masar::writer::files::WriteError;
use masar::writer::geojson::GeoJson;
use masar::writer::layer::Layers;
use rayon::prelude::*;
use serde_json::{Map, Value, json};
use thiserror::Error;

use super::arguments::EvalArguments;
use super::inputs::{Input, InputForm, InputPlace};
use super::outcome::{Fault, Outcome, printable, report_error, tell};
use super::reading::{self, ArticleError, Source};

/// Why an article could not be scored.
#[derive(Debug, Error)]
enum EvalError {
    #[error(transparent)]
    Gold(#[from] GoldError),
    #[error(transparent)]
    Article(#[from] ArticleError),
    #[error("cannot spell out the map of {article}")]
    Write { article: String, source: WriteError },
    #[error("cannot read the map of {article} back")]
    Map { article: String, source: serde_json::Error },
}

/// An article that was scored.
struct Scored {
    file: GoldFile,
    evaluation: Evaluation,
}

pub fn run(arguments: &EvalArguments) -> Result<Outcome, Fault> {
    let maps = match &arguments.predictions {
        Some(folder) => Maps::Written(feature::result_folder(folder)?),
        None => Maps::Made(Box::new(Pipeline::new(arguments.sources.open_telling_roads(false)?)?)),
    };
    let mut failed = 0;
    let mut files = Vec::new();
    for folder in &arguments.gold {
        match gold::gold_files(folder) {
            Ok(found) => files.extend(found),
            Err(error) => {
                failed += 1;
                report_error(&error);
            }
        }
    }
    if files.is_empty() {
        return Err("no annotated article was found, nothing is scored".into());
    }
    if let Maps::Written(articles) = &maps {
        tell_strangers(&files, articles);
    }
    let results: Vec<_> = files.into_par_iter().map(|file| evaluate(file, &maps)).collect();
    let mut scored = Vec::with_capacity(results.len());
    for result in results {
        match result {
            Ok(article) => scored.push(article),
            Err(error) => {
                failed += 1;
                report_error(&error);
            }
        }
    }
    if scored.is_empty() {
        tell("error: no article could be scored");
        return Ok(Outcome::Failed);
    }
    if failed > 0 {
        tell(format_args!("note: the figures leave out what could not be scored ({failed} failed)"));
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    if arguments.json {
        serde_json::to_writer(&mut out, &as_json(&scored, failed, arguments))?;
        writeln!(out)?;
    } else {
        write_tables(&scored, arguments, &mut out)?;
    }
    out.flush()?;
    Ok(if failed == 0 { Outcome::Done } else { Outcome::Failed })
}

/// Where the maps come from that are scored.
enum Maps {
    /// Features of an earlier run, or of another program, by article.
    Written(BTreeMap<String, Vec<Feature>>),
    /// None yet: the articles are read now.
    Made(Box<Pipeline<'static>>),
}

/// Warns of a result folder that is of other articles: every figure would be 0 without a reason.
fn tell_strangers(files: &[GoldFile], articles: &BTreeMap<String, Vec<Feature>>) {
    let unmapped: Vec<&str> =
        files.iter().filter(|file| !articles.contains_key(&file.id)).map(|file| file.id.as_str()).collect();
    if let [first, rest @ ..] = unmapped.as_slice() {
        let others = if rest.is_empty() { String::new() } else { format!(" and of {} others", rest.len()) };
        tell(format_args!(
            "note: no feature has the article_id {first}{others}: were the same articles mapped? They count as missed"
        ));
    }
}

fn evaluate(file: GoldFile, maps: &Maps) -> Result<Scored, EvalError> {
    if !file.text.is_file() {
        return Err(GoldError::NoText { gold: file.gold, text: file.text }.into());
    }
    let input = Input { place: InputPlace::File(file.text.clone()), id: file.id.clone(), form: InputForm::Text };
    let (text, features) = match maps {
        Maps::Written(articles) => {
            let (article, _) = input.read().map_err(ArticleError::from)?;
            (article.text, articles.get(&file.id).cloned().unwrap_or_default())
        }
        Maps::Made(pipeline) => {
            let (map, _) = reading::read(Source::Input(input), None, pipeline)?;
            let features = features_of(&map, pipeline.gazetteer())?;
            (map.article.text, features)
        }
    };
    let gold = Gold::read(&file.gold, &text)?;
    let article = GoldArticle { id: file.id.clone(), text, gold };
    Ok(Scored { evaluation: Evaluation::of(&article, &features), file })
}

/// The features as `masar map` writes them: what is scored is what a person gets.
fn features_of(map: &ArticleMap, gazetteer: &Gazetteer) -> Result<Vec<Feature>, EvalError> {
    let article = || map.article.id.clone();
    let layers = Layers::of(std::slice::from_ref(map), gazetteer);
    let mut written = Vec::new();
    destination::write_stream(&GeoJson, &layers, Options::default(), &mut written)
        .map_err(|source| EvalError::Write { article: article(), source })?;
    feature::features(&written).map_err(|source| EvalError::Map { article: article(), source })
}

fn total(scored: &[Scored]) -> Evaluation {
    let mut total = Evaluation::default();
    scored.iter().for_each(|article| total.add(article.evaluation.clone()));
    total
}

/// The reliability of each kind of feature and of all together.
fn reliabilities(total: &Evaluation) -> [(&'static str, Reliability); 4] {
    let of = |subject| Reliability::of(total.judgements.iter().filter(|judgement| judgement.subject == subject));
    [
        ("places", of(Subject::Place)),
        ("patrols", of(Subject::Patrol)),
        ("positions", of(Subject::Position)),
        ("all", Reliability::of(&total.judgements)),
    ]
}

fn write_tables(scored: &[Scored], arguments: &EvalArguments, out: &mut impl Write) -> io::Result<()> {
    if arguments.errors {
        for Scored { file, evaluation } in scored {
            for finding in &evaluation.findings {
                // FILE:LINE:COLUMN, which editors and terminals can follow.
                let at = finding.position.map_or(String::new(), |at| format!(":{at}"));
                let offset = finding.position.map_or(String::new(), |at| format!(" (offset {})", at.offset));
                let place = format!("{}{at}: ", file.text.display());
                writeln!(out, "{}", printable(&format!("{place}{finding}{offset}")))?;
            }
        }
    }
    if arguments.by_article {
        writeln!(out, "places  patrols  strict  positions  strict  @5 km  article")?;
        for Scored { file, evaluation } in scored {
            let Score { places, patrols, patrols_strict, positions, positions_strict, .. } = &evaluation.score;
            let f1 = [places, patrols, patrols_strict, positions, positions_strict].map(|tally| tally.f1());
            let [places, patrols, patrols_strict, positions, positions_strict] = f1;
            let (near, sure) = (evaluation.score.near, evaluation.score.sure);
            let id = printable(&file.id);
            writeln!(
                out,
                "{places:6.3}  {patrols:7.3}  {patrols_strict:6.3}  {positions:9.3}  {positions_strict:6.3}  \
                 {near:>2}/{sure:<2}  {id}"
            )?;
        }
    }
    let total = total(scored);
    if arguments.calibration {
        for (name, reliability) in reliabilities(&total) {
            writeln!(out, "{name}\n{}", reliability.table())?;
        }
    } else {
        writeln!(out, "{}", total.score.table())?;
    }
    Ok(())
}

fn as_json(scored: &[Scored], failed: usize, arguments: &EvalArguments) -> Value {
    let total = total(scored);
    let mut object = total.score.as_json();
    object.insert("failed".into(), failed.into());
    if arguments.by_article {
        let article = |Scored { file, evaluation }: &Scored| {
            let mut object = Map::from_iter([("article".to_owned(), json!(file.id))]);
            object.extend(evaluation.score.as_json().into_iter().filter(|(name, _)| name != "articles"));
            Value::Object(object)
        };
        object.insert("by_article".into(), scored.iter().map(article).collect());
    }
    if arguments.errors {
        object.insert("errors".into(), total.findings.iter().map(Finding::as_json).collect());
    }
    if arguments.calibration {
        let tables = reliabilities(&total).map(|(name, reliability)| (name.to_owned(), reliability.as_json()));
        object.insert("calibration".into(), Value::Object(Map::from_iter(tables)));
    }
    object.into()
}
