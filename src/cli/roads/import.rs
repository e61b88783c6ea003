//! `masar roads import`: from published files to one file of roads, with a report.

use masar::gazetteer::Gazetteer;
use masar::gazetteer::import::report::Verdict;
use masar::gazetteer::road_files;
use masar::gazetteer::road_import::report::{RoadFinding, RoadReport};
use masar::gazetteer::road_import::{self, RoadImportError, RoadImportOptions};
use masar::writer::files;

use crate::cli::arguments::RoadImportArguments;
use crate::cli::importing::{Bar, FindingRow, Findings, Position, check_output, folder_of, publish};
use crate::cli::interrupt;
use crate::cli::outcome::{Fault, Outcome, tell};

pub fn run(arguments: &RoadImportArguments) -> Result<Outcome, Fault> {
    for path in [Some(&arguments.output), arguments.report.as_ref()].into_iter().flatten() {
        check_output(path, &arguments.sources)?;
        files::prepare_folder(folder_of(path))?;
    }
    let options = RoadImportOptions {
        country: arguments.country.clone(),
        all_names: arguments.all_names,
        licence: arguments.licence.clone(),
    };
    interrupt::watch()?;
    let mut findings = Findings::begin(arguments.report.as_deref())?;
    let watcher = Bar::new(arguments.quiet);
    let base = Gazetteer::embedded();
    let imported = road_import::import(&arguments.sources, &options, base, &watcher, &mut |finding| {
        findings.add(&row(finding));
    });
    watcher.finish();
    let (roads, report) = match imported {
        Ok(imported) => imported,
        Err(error) => {
            if let RoadImportError::NoRoads(report) = &error {
                tell_report(report, true);
            }
            return Err(error.into());
        }
    };
    let compiled = road_files::compile(roads, &report.licences())?;
    let paths = publish(&compiled, &arguments.output, findings)?;
    if !arguments.quiet {
        tell_report(&report, arguments.report.is_none());
        paths.iter().for_each(|path| tell(format_args!("wrote {}", path.display())));
    }
    Ok(if report.files.iter().any(|file| file.kept == 0) { Outcome::Failed } else { Outcome::Done })
}

/// A line of the list of findings.
fn row(finding: &RoadFinding) -> FindingRow<'_> {
    FindingRow {
        file: &finding.file,
        line: Position::Named(finding.origin.to_string()),
        verdict: finding.reason.verdict().name(),
        code: finding.reason.code(),
        reason: finding.reason.to_string(),
    }
}

fn tell_report(report: &RoadReport, hint: bool) {
    for file in &report.files {
        let refused = if file.refused > 0 { format!(", refused {}", file.refused) } else { String::new() };
        tell(format_args!("{} ({}): lines {}, kept {}{refused}", file.file, file.format, file.read, file.kept));
    }
    for verdict in Verdict::ALL {
        let of = report.totals.iter().filter(|((of, _), _)| *of == verdict);
        let total: u64 = of.clone().map(|(_, count)| count).sum();
        if total == 0 {
            continue;
        }
        tell(format_args!("{}: {total}", verdict.name()));
        for ((_, code), count) in of {
            tell(format_args!("  {code}: {count}"));
            let samples: Vec<&RoadFinding> =
                report.samples.iter().filter(|finding| finding.reason.code() == *code).collect();
            samples.iter().for_each(|finding| tell(format_args!("    {finding}")));
            let rest = count.saturating_sub(samples.len() as u64);
            if rest > 0 {
                tell(format_args!("    … and {rest} more{}", if hint { " (--report FILE lists all)" } else { "" }));
            }
        }
    }
    for licence in report.licences().lines() {
        tell(format_args!("licence of {licence}"));
    }
    if report.roads > 0 {
        let kilometres = report.length_m / 1000.0;
        tell(format_args!("roads {}, {kilometres:.0} km, vertices {}", report.roads, report.vertices));
    }
}
