//! `masar gazetteer build`: from published tables to one compiled file, with a report.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressStyle};
use masar::gazetteer::Gazetteer;
use masar::gazetteer::import::report::{Finding, Report, Verdict};
use masar::gazetteer::import::{self, ImportError, ImportOptions, Selection, Watcher};
use masar::writer::files::{self, Batch};
use serde::Serialize;

use crate::cli::arguments::BuildArguments;
use crate::cli::interrupt::{self, Interruptible};
use crate::cli::outcome::{Fault, Outcome, tell};

pub fn run(arguments: &BuildArguments) -> Result<Outcome, Fault> {
    let folder = folder_of(&arguments.output);
    for path in [Some(&arguments.output), arguments.report.as_ref()].into_iter().flatten() {
        files::check_folder(folder_of(path))?;
        if path.is_dir() {
            return Err(format!("{} is a folder; name a file", path.display()).into());
        }
        if arguments.sources.iter().any(|source| is_same_file(source, path)) {
            return Err(format!("{} is a source; name another file to write", path.display()).into());
        }
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
        Some(path) => Some(FindingsFile::begin(path)?),
        None => None,
    };
    let mut failed = None;
    let watcher = Bar::new(arguments.quiet);
    let built = import::build(&arguments.sources, &options, Gazetteer::embedded(), folder, &watcher, &mut |finding| {
        if let Some(file) = &mut findings
            && let Err(error) = file.add(finding)
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

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn is_same_file(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
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

/// One line of the list of findings.
#[derive(Serialize)]
struct FindingRow<'f> {
    file: &'f str,
    line: u64,
    verdict: &'static str,
    code: &'static str,
    reason: String,
}

/// All findings, in a file without a name until the build is done.
struct FindingsFile {
    out: BufWriter<File>,
    is_json: bool,
}

impl FindingsFile {
    fn begin(path: &Path) -> io::Result<Self> {
        let is_json = path.extension().is_some_and(|extension| extension == "jsonl" || extension == "ndjson");
        let mut out = BufWriter::new(tempfile::tempfile_in(folder_of(path))?);
        if !is_json {
            writeln!(out, "file,line,verdict,code,reason")?;
        }
        Ok(Self { out, is_json })
    }

    fn add(&mut self, finding: &Finding) -> io::Result<()> {
        let row = FindingRow {
            file: &finding.file,
            line: finding.line,
            verdict: finding.verdict.name(),
            code: finding.reason.code(),
            reason: finding.reason.to_string(),
        };
        if self.is_json {
            serde_json::to_writer(&mut self.out, &row)?;
            writeln!(self.out)
        } else {
            let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(&mut self.out);
            writer.serialize(row).map_err(io::Error::other)?;
            writer.flush()
        }
    }

    fn copy_to(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.out.flush()?;
        let file = self.out.get_mut();
        file.seek(SeekFrom::Start(0))?;
        io::copy(file, &mut Interruptible(out)).map(drop)
    }
}

/// A bar on standard error, when that is a terminal.
struct Bar {
    bar: Mutex<ProgressBar>,
    shown: bool,
}

impl Bar {
    fn new(quiet: bool) -> Self {
        Self { bar: Mutex::new(ProgressBar::hidden()), shown: !quiet && io::stderr().is_terminal() }
    }

    fn finish(&self) {
        if let Ok(bar) = self.bar.lock() {
            bar.finish_and_clear();
        }
    }
}

impl Watcher for Bar {
    fn stage(&self, name: &str, total: u64) {
        let Ok(mut bar) = self.bar.lock() else { return };
        bar.finish_and_clear();
        if !self.shown {
            return;
        }
        *bar = match total {
            0 => ProgressBar::new_spinner(),
            total => ProgressBar::new(total),
        };
        let template = if total > 0 { "{msg} [{wide_bar}] {percent}% {eta}" } else { "{spinner} {msg}" };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("=> "));
        }
        bar.set_message(name.to_owned());
        bar.enable_steady_tick(std::time::Duration::from_millis(200));
    }

    fn advance(&self, by: u64) {
        if self.shown
            && let Ok(bar) = self.bar.lock()
        {
            bar.inc(by);
        }
    }
}
