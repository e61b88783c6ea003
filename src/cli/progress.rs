//! A line on standard error that counts articles, on a terminal and for long runs only.

use std::io::{self, IsTerminal, Write};

/// Shorter runs are over before a person looks.
const WORTH_SHOWING: usize = 20;

/// The counting line.
pub struct Progress {
    total: usize,
    done: usize,
    shown: bool,
}

impl Progress {
    pub fn new(total: usize, quiet: bool) -> Self {
        let shown = !quiet && total > WORTH_SHOWING && io::stderr().is_terminal();
        Self { total, done: 0, shown }
    }

    /// Counts some articles more.
    pub fn advance(&mut self, articles: usize) {
        self.done += articles;
        if self.shown {
            // A terminal that cannot be written to is no reason to stop.
            let _ = write!(io::stderr(), "\r{}/{} articles", self.done, self.total);
        }
    }

    /// Wipes the line.
    pub fn finish(self) {
        if self.shown {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
