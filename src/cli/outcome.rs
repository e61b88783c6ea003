//! How a command ended, and how faults are told.

use std::error::Error;
use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

use masar::writer::files::WriteError;

/// How a command that could run has ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    Done,
    /// Some input failed, or nothing was found.
    Failed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => ExitCode::SUCCESS,
            Outcome::Failed => ExitCode::from(1),
        }
    }
}

/// Anything that keeps a command from running.
pub type Fault = Box<dyn Error>;

/// Tells a fault and its causes in one line on standard error.
pub fn report_error(error: &dyn Error) {
    let mut line = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        line.push_str(": ");
        line.push_str(&cause.to_string());
        source = cause.source();
    }
    tell(format_args!("error: {line}"));
}

/// Writes a line on standard error. That nobody reads it is no reason to stop.
pub fn tell(line: impl fmt::Display) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Whether the reader of our output went away, as `head` does: that is no fault.
pub fn is_closed_pipe(error: &(dyn Error + 'static)) -> bool {
    let closed = |error: &io::Error| error.kind() == io::ErrorKind::BrokenPipe;
    error.downcast_ref::<io::Error>().is_some_and(closed)
        || error.downcast_ref::<WriteError>().is_some_and(WriteError::is_closed_pipe)
}
