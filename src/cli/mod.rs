//! The command line: one file a command.
//!
//! A command first checks everything that was typed and does nothing if some of it is wrong.
//! Data go to standard output, everything else to standard error.

mod map;
mod inputs;
mod explain;
mod passes;
mod gazetteer;
mod table;
mod report;

use std::io;
use std::process::ExitCode;
use std::sync::LazyLock;

use clap::{Parser, Subcommand};
use jiff::civil::Date;
use masar::gazetteer::Gazetteer;

/// What `--version` tells: results depend on the gazetteer as much as on the program.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let places = Gazetteer::embedded().len();
    format!("{} (gazetteer of {places} places)", env!("CARGO_PKG_VERSION"))
});

/// Reads news articles and draws the patrols, positions and places they report on a map.
///
/// Works offline, in Arabic first. Everything drawn carries the words of the article that prove it.
#[derive(Parser, Debug)]
#[command(name = "masar", version = VERSION.as_str(), after_help = EXAMPLES)]
#[command(arg_required_else_help = true, subcommand_required = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  masar map articles/ -o output
  masar explain article.txt
  masar gazetteer search أريحا

Exit codes:
  0  done
  1  done, but some input failed: each is reported, the rest is finished
  2  could not run: something typed is wrong, or the result cannot be written";

#[derive(Subcommand, Debug)]
enum Command {
    /// Map articles: patrols, positions, events and places as files that QGIS opens.
    Map(map::MapArgs),
    /// Show how one article was read: every place with its candidates, every event with its words.
    Explain(explain::ExplainArgs),
    /// Ask the gazetteer which places it knows.
    #[command(subcommand)]
    Gazetteer(gazetteer::GazetteerCommand),
}

/// How a run ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Outcome {
    Done,
    /// Some input failed or was not found; everything else was done.
    FailedInputs,
    /// Nothing was done, or its result could not be handed over.
    CouldNotRun,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => ExitCode::SUCCESS,
            Outcome::FailedInputs => ExitCode::from(1),
            Outcome::CouldNotRun => ExitCode::from(2),
        }
    }
}

/// Runs the command that was typed. Wrong arguments end the process with code 2.
pub fn run() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Map(args) => map::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Gazetteer(command) => gazetteer::run(&command),
    };
    outcome.into()
}

/// Turns the result of writing to standard output into an outcome. A reader that has closed the
/// pipe has seen enough, which is no failure.
fn written(result: io::Result<()>, outcome: Outcome) -> Outcome {
    match result {
        Ok(()) => outcome,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => outcome,
        Err(error) => {
            report::error(&format!("cannot write to standard output: {error}"), None);
            Outcome::CouldNotRun
        }
    }
}

fn parse_day(text: &str) -> Result<Date, String> {
    let well_formed = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let date = text.parse().ok().filter(|_| well_formed);
    date.ok_or_else(|| "not a day of the calendar written as YYYY-MM-DD, such as 2020-08-17".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_argument_has_help() {
        fn check(command: &clap::Command) {
            assert!(command.get_about().is_some(), "{} has no help", command.get_name());
            for argument in command.get_arguments() {
                assert!(argument.get_help().is_some(), "{} {} has no help", command.get_name(), argument.get_id());
            }
            command.get_subcommands().for_each(check);
        }
        check(&Cli::command());
    }

    #[test]
    fn days_are_full_and_real() {
        assert!(parse_day("2020-08-17").is_ok());
        for wrong in ["2020-02-30", "17.08.2020", "2020-08", "20200817", "2020-08-17T10:00", ""] {
            assert!(parse_day(wrong).is_err(), "{wrong}");
        }
    }
}
