//! `masar gazetteer build`: from published tables to one compiled file, with a report.

use masar::gazetteer::Gazetteer;
use masar::gazetteer::import::report::{Finding, Report, Verdict};
use masar::gazetteer::import::{self, ImportError, ImportOptions, Selection};
use masar::writer::files::{self, Batch};
use serde::Serialize;

use crate::cli::arguments::BuildArguments;
use crate::cli::importing::{Bar, FindingsFile, check_output, folder_of};
use crate::cli::interrupt::{self, Interruptible};
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

    let mut findings = match &arguments.report {
        Some(path) => Some(FindingsFile::begin(path, FINDINGS_HEAD)?),
        None => None,
    };
    let mut failed = None;
    let watcher = Bar::new(arguments.quiet);
    let built = import::build(&arguments.sources, &options, Gazetteer::embedded(), folder, &watcher, &mut |finding| {
        if let Some(file) = &mut findings
            && let Err(error) = file.add(&row(finding))
        {
            failed.get_or_insert(error);
        }
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
    if let Some(error) = failed {
        return Err(error.into());
    }

    let written = interrupt::while_writing(|| -> Result<Batch, Fault> {
        let mut batch = Batch::default();
        batch.write(arguments.output.clone(), |out| compiled.write_to(Interruptible(out)))?;
        if let (Some(path), Some(mut findings)) = (&arguments.report, findings.take()) {
            batch.write(path.clone(), |out| findings.copy_to(out))?;
        }
        Ok(batch)
    });
    let paths = written?.publish()?;
    interrupt::done();
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

/// What the list of findings says of each.
const FINDINGS_HEAD: [&str; 5] = ["file", "line", "verdict", "code", "reason"];

fn row(finding: &Finding) -> FindingRow<'_> {
    FindingRow {
        file: &finding.file,
        line: finding.line,
        verdict: finding.verdict.name(),
        code: finding.reason.code(),
        reason: finding.reason.to_string(),
    }
}

/// One line of the list of findings.
#[derive(Serialize)]
struct FindingRow<'f> {
    file: &'f str,
    line: u64,
    verdict: &'static str,
    code: &'static str,
    reason: String,
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
