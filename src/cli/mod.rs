//! The command line: what was typed is checked first, then the work is done once.
//!
//! Data goes to standard output, everything else to standard error. The exit code is 0 when all
//! is done, 1 when some input failed, 2 when the command could not run at all.

mod arguments;
mod inputs;
mod outcome;
mod sources;
mod reading;
mod progress;
mod interrupt;
mod importing;
mod articles;
mod map;
mod places;
mod explain;
mod eval;
mod correct;
mod table;
mod gazetteer;
mod roads;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};
use outcome::{Outcome, report_error};

/// Runs the command that was typed.
pub fn main() -> ExitCode {
    // Clap itself prints help and usage errors and leaves with 0 and 2.
    let arguments = Arguments::parse();
    let result = match arguments.command {
        Command::Map(arguments) => map::run(&arguments),
        Command::Places(arguments) => places::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Eval(arguments) => eval::run(&arguments),
        Command::Gazetteer(arguments) => gazetteer::run(&arguments.command),
        Command::Roads(arguments) => roads::run(&arguments.command),
    };
    match result {
        Ok(outcome) => outcome.into(),
        Err(error) if outcome::is_closed_pipe(&*error) => Outcome::Done.into(),
        Err(error) => {
            report_error(&*error);
            ExitCode::from(2)
        }
    }
}
