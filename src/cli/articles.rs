//! From inputs to articles, a few at a time: a file of records can be larger than memory.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::slice;

use jiff::civil::Date;
use masar::diagnostic::{Diagnostic, DiagnosticCode};
use masar::model::feature::ArticleMap;
use masar::pipeline::Pipeline;
use masar::reader::json_lines::{self, Record};
use rayon::prelude::*;

use super::inputs::{Input, InputForm, InputPlace, Inputs};
use super::progress::Progress;
use super::reading::{self, ArticleError, Source};

/// Articles read at a time, so that memory holds a few texts and not all.
const BATCH: usize = 64;

/// Reads every article and hands each result on in the order of the input. `look` runs beside
/// other articles' `look`, `take` does not.
pub fn each_article<T: Send>(
    inputs: &Inputs,
    published: Option<Date>,
    pipeline: &Pipeline<'_>,
    progress: &mut Progress,
    look: impl Fn(ArticleMap, Vec<Diagnostic>) -> T + Sync,
    mut take: impl FnMut(Result<T, ArticleError>) -> io::Result<()>,
) -> io::Result<()> {
    let mut articles = Articles::new(inputs);
    let read = |source| match source {
        Ok(source) => reading::read(source, published, pipeline).map(|(map, found)| look(map, found)),
        Err(error) => Err(error),
    };
    loop {
        let mut batch: Vec<_> = articles.by_ref().take(BATCH).collect();
        let count = batch.len();
        // One article does not pay for threads.
        let results: Vec<_> = match count {
            0 => return Ok(()),
            1 => batch.pop().map(read).into_iter().collect(),
            _ => batch.into_par_iter().map(read).collect(),
        };
        results.into_iter().try_for_each(&mut take)?;
        progress.advance(count);
    }
}

/// The articles of some inputs, in order.
struct Articles<'i> {
    inputs: slice::Iter<'i, Input>,
    records: Option<Records>,
    /// Feature ids are made of article ids, so these must differ.
    taken: HashSet<String>,
}

/// A file of records that is being read.
struct Records {
    lines: Box<dyn BufRead + Send>,
    line: usize,
    input: Input,
}

impl<'i> Articles<'i> {
    fn new(inputs: &'i Inputs) -> Self {
        let ids = inputs.inputs.iter().map(|input| input.id.clone());
        Self { inputs: inputs.inputs.iter(), records: None, taken: ids.collect() }
    }

    fn open(input: &Input) -> Result<Records, ArticleError> {
        let lines: Box<dyn BufRead + Send> = match &input.place {
            InputPlace::StandardInput => Box::new(BufReader::new(io::stdin())),
            InputPlace::File(path) => match File::open(path) {
                Ok(file) => Box::new(BufReader::new(file)),
                Err(source) => return Err(ArticleError::Records { file: path.display().to_string(), source }),
            },
        };
        Ok(Records { lines, line: 0, input: input.clone() })
    }

    /// The record as a source of its own, under an id that no other article has.
    fn source(&mut self, input: &Input, line: usize, record: Record) -> Source {
        let place = format!("{}:{line}", input.place);
        let mut article = record.article;
        article.id = record.id.unwrap_or_else(|| format!("{}-{line}", input.id));
        let told = article.id.clone();
        let mut number = 1;
        while !self.taken.insert(article.id.clone()) {
            number += 1;
            article.id = format!("{told}-{number}");
        }
        let mut diagnostics = Vec::new();
        let mut report = |code, message| {
            diagnostics.push(Diagnostic { code, article_id: article.id.clone(), message, span: None });
        };
        if number > 1 {
            report(DiagnosticCode::RepeatedId, format!("{place} has the id {told}, as another article has"));
        }
        if let Some(day) = record.unreadable_day {
            report(DiagnosticCode::UnreadableDay, format!("`{day}` is no day such as 2020-08-17"));
        }
        Source::Record { place, article, diagnostics }
    }
}

impl Iterator for Articles<'_> {
    type Item = Result<Source, ArticleError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Some(records) = &mut self.records else {
                let input = self.inputs.next()?;
                if input.form == InputForm::Text {
                    return Some(Ok(Source::Input(input.clone())));
                }
                match Self::open(input) {
                    Ok(records) => self.records = Some(records),
                    Err(error) => return Some(Err(error)),
                }
                continue;
            };
            let mut bytes = Vec::new();
            match records.lines.read_until(b'\n', &mut bytes) {
                Ok(0) => self.records = None,
                Ok(_) => {
                    records.line += 1;
                    if bytes.iter().all(u8::is_ascii_whitespace) {
                        continue;
                    }
                    let (input, line) = (records.input.clone(), records.line);
                    return Some(match json_lines::record(&bytes) {
                        Ok(record) => Ok(self.source(&input, line, record)),
                        Err(source) => Err(ArticleError::Record { place: format!("{}:{line}", input.place), source }),
                    });
                }
                Err(source) => {
                    let file = records.input.place.to_string();
                    self.records = None;
                    return Some(Err(ArticleError::Records { file, source }));
                }
            }
        }
    }
}
