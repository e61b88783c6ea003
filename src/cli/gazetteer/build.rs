//! `masar gazetteer build`: from published tables to one compiled file, with a report.

use masar::gazetteer::Gazetteer;
use masar::gazetteer::import::report::{Finding, Report, Verdict};
use masar::gazetteer::import::{self, ImportError, ImportOptions, Selection};
use masar::writer::files;

use crate::cli::arguments::BuildArguments;
use crate::cli::importing::{Bar, FindingRow, Findings, Position, check_output, folder_of, publish};
use crate::cli::interrupt;
use crate::cli::outcome::{Fault, Outcome, tell};

pub fn run(arguments: &BuildArguments) -> Result<Outcome, Fault> {
    let folder = folder_of(&arguments.output);
    for path in [Some(&arguments.output), arguments.report.as_ref()].into_iter().flatten() {
        check_output(path, &arguments.sources)?;
    }
    files::prepare_folder(folder)?;
    let options = ImportOptions {
        format: arguments.format.clone(),
        selection: Selection::parse(&arguments.features),
        languages: arguments.languages.clone(),
        columns: arguments.columns.clone(),
        licence: arguments.licence.clone(),
    };
    interrupt::watch()?;

    let mut findings = Findings::begin(arguments.report.as_deref())?;
    let watcher = Bar::new(arguments.quiet);
    let built = import::build(&arguments.sources, &options, Gazetteer::embedded(), folder, &watcher, &mut |finding| {
        findings.add(&row(finding));
    });
    watcher.finish();
    let (compiled, report) = match built {
        Ok(built) => built,
        Err(error) => {
            if let ImportError::NoPlaces(report) = &error {
                tell_report(report, true);
            }
            return Err(error.into());
        }
    };
    let paths = publish(&compiled, &arguments.output, findings)?;
    if !arguments.quiet {
        tell_report(&report, arguments.report.is_none());
        let bytes: usize = compiled.section_sizes().map(|(_, size)| size).sum();
        for path in paths {
            match path == arguments.output {
                true => tell(format_args!(
                    "wrote {}: {:.1} MB, {:.0} bytes a name",
                    path.display(),
                    bytes as f64 / 1e6,
                    bytes as f64 / report.names.max(1) as f64,
                )),
                false => tell(format_args!("wrote {}", path.display())),
            }
        }
    }
    let is_barren = |file: &import::report::FileReport| file.rows > 0 && file.taken == 0;
    Ok(if report.files.iter().any(is_barren) { Outcome::Failed } else { Outcome::Done })
}

/// A line of the list of findings.
fn row(finding: &Finding) -> FindingRow<'_> {
    FindingRow {
        file: &finding.file,
        line: Position::Line(finding.line),
        verdict: finding.verdict.name(),
        code: finding.reason.code(),
        reason: finding.reason.to_string(),
    }
}

fn tell_report(report: &Report, hint: bool) {
    for file in &report.files {
        let mut line = format!("{} ({}): rows {}, taken {}", file.file, file.format, file.rows, file.taken);
        for (what, count) in [
            ("of other kinds", file.passed_over),
            ("refused", file.refused),
            ("repairs", file.repaired),
            ("warnings", file.warned),
        ] {
            if count > 0 {
                line.push_str(&format!(", {what} {count}"));
            }
        }
        tell(line);
    }
    for verdict in Verdict::ALL {
        let total = report.total(verdict);
        if total == 0 {
            continue;
        }
        tell(format_args!("{}: {total}", verdict.name()));
        for ((_, code), count) in report.totals.iter().filter(|((of, _), _)| *of == verdict) {
            tell(format_args!("  {code}: {count}"));
            let samples: Vec<&Finding> = report
                .samples
                .iter()
                .filter(|finding| finding.verdict == verdict && finding.reason.code() == *code)
                .collect();
            for finding in &samples {
                let place = match finding.line {
                    0 => finding.file.to_string(),
                    line => format!("{}:{line}", finding.file),
                };
                tell(format_args!("    {place}: {}", finding.reason));
            }
            let rest = count.saturating_sub(samples.len() as u64);
            if rest > 0 {
                tell(format_args!("    … and {rest} more{}", if hint { " (--report FILE lists all)" } else { "" }));
            }
        }
    }
    for licence in report.licences().lines() {
        tell(format_args!("licence of {licence}"));
    }
    if report.places > 0 {
        tell(format_args!(
            "places {}, names {}, rows joined with others {}",
            report.places, report.names, report.merged
        ));
    }
}
