//! What a person reads on standard error: errors, notes, diagnostics and the summary.

use std::error::Error;
use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write as _};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use masar::diagnostic::Diagnostic;
use masar::gazetteer::Gazetteer;
use masar::model::feature::ArticleMap;
use masar::writer::row::Context;

/// Lines of one kind that are shown without `-v`.
const MOST_LINES: usize = 20;

/// Runs of up to this many inputs are over before a counter could be read.
const INPUTS_WITHOUT_PROGRESS: usize = 20;

const PROGRESS_INTERVAL: Duration = Duration::from_millis(100);

/// How much is told.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Verbosity {
    /// Errors only.
    Quiet,
    Normal,
    /// Every line, however many there are.
    Verbose,
}

/// Reports an error, and what to do about it where that is not plain.
pub fn error(message: &str, hint: Option<&str>) {
    line(&format!("error: {message}"));
    if let Some(hint) = hint {
        line(&format!("hint: {hint}"));
    }
}

/// An error with all its causes in one line.
pub fn with_causes(error: &dyn Error) -> String {
    let mut message = error.to_string();
    let mut cause = error.source();
    while let Some(source) = cause {
        let _ = write!(message, ": {source}");
        cause = source.source();
    }
    message
}

/// Writes one line. Standard error may be closed, and then there is nobody to tell.
pub fn line(text: &str) {
    let _ = writeln!(io::stderr(), "{}", printable(text));
}

/// Writes lines of one kind, the first few unless everything is wanted.
pub fn lines(lines: &[String], verbosity: Verbosity) {
    let shown = match verbosity {
        Verbosity::Quiet => return,
        Verbosity::Normal => MOST_LINES,
        Verbosity::Verbose => usize::MAX,
    };
    for text in lines.iter().take(shown) {
        line(text);
    }
    if let Some(more) = lines.len().checked_sub(shown).filter(|more| *more > 0) {
        line(&format!("… and {more} more; -v shows all"));
    }
}

/// A diagnostic as a line, with the place in the article in code points.
pub fn diagnostic(diagnostic: &Diagnostic, context: &Context<'_>) -> String {
    let Diagnostic { code, article_id, message, span } = diagnostic;
    let place = span.map(|span| format!(" (at {})", context.quote(span).offset)).unwrap_or_default();
    format!("{article_id}: {message}{place} [{}]", code.as_str())
}

/// The diagnostics of one article as lines.
pub fn diagnostics(found: &[Diagnostic], map: &ArticleMap, gazetteer: &Gazetteer) -> Vec<String> {
    if found.is_empty() {
        return Vec::new();
    }
    let context = Context::new(map, gazetteer);
    let mut lines: Vec<String> = found.iter().map(|found| diagnostic(found, &context)).collect();
    // Reader and pipeline both notice an empty article.
    lines.dedup();
    lines
}

/// Text from outside that is safe on a terminal: line breaks become spaces, and characters that
/// steer the terminal or turn the order of others around are spelled out.
pub fn printable(text: &str) -> String {
    let mut printable = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => printable.push(' '),
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => printable.extend(character.escape_unicode()),
            _ if character.is_control() => printable.extend(character.escape_unicode()),
            _ => printable.push(character),
        }
    }
    printable
}

/// What a run read and found.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Summary {
    pub articles: usize,
    pub failed: usize,
    pub places: usize,
    pub resolved_places: usize,
    pub patrols: usize,
    pub positions: usize,
    pub events: usize,
    pub diagnostics: usize,
}

impl Summary {
    pub fn lines(&self) -> [String; 6] {
        let failed = if self.failed > 0 { format!(", {} failed", self.failed) } else { String::new() };
        let unresolved = self.places - self.resolved_places;
        [
            format!("articles     {} read{failed}", self.articles),
            format!("places       {} found, {} resolved, {unresolved} unresolved", self.places, self.resolved_places),
            format!("patrols      {}", self.patrols),
            format!("positions    {}", self.positions),
            format!("events       {}", self.events),
            format!("diagnostics  {}", self.diagnostics),
        ]
    }
}

/// A counter for long runs, on a terminal only.
pub struct Progress {
    total: usize,
    done: AtomicUsize,
    /// When it was last written; `None` where it is not wanted.
    written: Option<Mutex<Instant>>,
}

impl Progress {
    pub fn new(total: usize, verbosity: Verbosity) -> Self {
        let wanted = verbosity > Verbosity::Quiet && total > INPUTS_WITHOUT_PROGRESS && io::stderr().is_terminal();
        Self { total, done: AtomicUsize::new(0), written: wanted.then(|| Mutex::new(Instant::now())) }
    }

    /// Counts one input.
    pub fn advance(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let Some(Ok(mut written)) = self.written.as_ref().map(Mutex::try_lock) else { return };
        if written.elapsed() >= PROGRESS_INTERVAL {
            let _ = write!(io::stderr(), "\r{done}/{} articles", self.total);
            *written = Instant::now();
        }
    }

    /// Takes the counter away.
    pub fn finish(self) {
        if self.written.is_some() {
            let width = 2 * self.total.to_string().len() + "/ articles".len();
            let _ = write!(io::stderr(), "\r{:width$}\r", "");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_text_cannot_steer_the_terminal() {
        assert_eq!(printable("سراقب\r\nأريحا"), "سراقب  أريحا");
        assert_eq!(printable("a\u{1b}[31mb"), "a\\u{1b}[31mb");
        assert_eq!(printable("a\u{202e}b"), "a\\u{202e}b");
    }

    #[test]
    fn an_error_tells_its_causes() {
        let error = masar::reader::read_file(std::path::Path::new("no/such.txt")).unwrap_err();
        assert!(with_causes(&error).starts_with("cannot read no/such.txt: "));
    }
}
