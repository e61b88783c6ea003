//! A line on standard error that counts articles, on a terminal and for long runs only.

use std::io::{self, IsTerminal, Write};

use super::inputs::Inputs;

/// Shorter runs are over before a person looks.
const WORTH_SHOWING: usize = 20;

/// The counting line.
pub struct Progress {
    /// Unknown where files hold many articles.
    total: Option<usize>,
    done: usize,
    shown: bool,
}

impl Progress {
    pub fn new(inputs: &Inputs, quiet: bool) -> Self {
        let total = inputs.article_count();
        let shown = !quiet && total.is_none_or(|total| total > WORTH_SHOWING) && io::stderr().is_terminal();
        Self { total, done: 0, shown }
    }

    /// Counts some articles more.
    pub fn advance(&mut self, articles: usize) {
        self.done += articles;
        if self.shown {
            // A terminal that cannot be written to is no reason to stop.
            let total = self.total.map_or(String::new(), |total| format!("/{total}"));
            let _ = write!(io::stderr(), "\r{}{total} articles", self.done);
        }
    }

    /// Wipes the line.
    pub fn finish(self) {
        if self.shown {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
