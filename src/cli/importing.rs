//! What the commands that import data share: the bar, the list of findings, where to write.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressStyle};
use masar::gazetteer::compile::Compiled;
use masar::gazetteer::import::Watcher;
use masar::writer::files::{self, Batch};
use serde::Serialize;

use super::interrupt::{self, Interruptible};
use super::outcome::Fault;

/// The folder that a file lies in.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Refuses a file to write that is a folder, one of the sources, or in a folder where nothing can be
/// made.
pub fn check_output(path: &Path, sources: &[PathBuf]) -> Result<(), Fault> {
    files::check_folder(folder_of(path))?;
    if path.is_dir() {
        return Err(format!("{} is a folder; name a file", path.display()).into());
    }
    if sources.iter().any(|source| is_same_file(source, path)) {
        return Err(format!("{} is a source; name another file to write", path.display()).into());
    }
    Ok(())
}

fn is_same_file(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

/// One line of the list of findings.
#[derive(Serialize)]
pub struct FindingRow<'f> {
    pub file: &'f str,
    pub line: Position,
    pub verdict: &'static str,
    pub code: &'static str,
    pub reason: String,
}

/// Where in its file a finding stands.
#[derive(Serialize)]
#[serde(untagged)]
pub enum Position {
    /// Counted from 1; 0 for the whole file.
    Line(u64),
    /// What else tells it: a way, a feature, a row.
    Named(String),
}

const COLUMNS: &str = "file,line,verdict,code,reason";

/// The list of all findings, where one is asked for: a file without a name until the work is done.
pub struct Findings {
    list: Option<List>,
    /// The first row that could not be written.
    failed: Option<io::Error>,
}

struct List {
    path: PathBuf,
    out: BufWriter<File>,
    is_json: bool,
}

impl Findings {
    pub fn begin(path: Option<&Path>) -> io::Result<Self> {
        let list = match path {
            Some(path) => Some(List::begin(path)?),
            None => None,
        };
        Ok(Self { list, failed: None })
    }

    /// Adds a row; that it failed is told by [`publish`].
    pub fn add(&mut self, row: &FindingRow<'_>) {
        if let (Some(list), None) = (&mut self.list, &self.failed) {
            self.failed = list.add(row).err();
        }
    }
}

impl List {
    fn begin(path: &Path) -> io::Result<Self> {
        let is_json = path.extension().is_some_and(|extension| extension == "jsonl" || extension == "ndjson");
        let mut out = BufWriter::new(tempfile::tempfile_in(folder_of(path))?);
        if !is_json {
            writeln!(out, "{COLUMNS}")?;
        }
        Ok(Self { path: path.to_owned(), out, is_json })
    }

    fn add(&mut self, row: &FindingRow<'_>) -> io::Result<()> {
        if self.is_json {
            serde_json::to_writer(&mut self.out, row)?;
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

/// Gives what was compiled and the list of findings their names, both or none.
pub fn publish(compiled: &Compiled, output: &Path, findings: Findings) -> Result<Vec<PathBuf>, Fault> {
    if let Some(error) = findings.failed {
        return Err(error.into());
    }
    let written = interrupt::while_writing(|| -> Result<Batch, Fault> {
        let mut batch = Batch::default();
        batch.write(output.to_owned(), |out| compiled.write_to(Interruptible(out)))?;
        if let Some(mut list) = findings.list {
            batch.write(list.path.clone(), |out| list.copy_to(out))?;
        }
        Ok(batch)
    });
    let paths = written?.publish()?;
    interrupt::done();
    Ok(paths)
}

/// A bar on standard error, when that is a terminal.
pub struct Bar {
    bar: Mutex<ProgressBar>,
    shown: bool,
}

impl Bar {
    pub fn new(quiet: bool) -> Self {
        Self { bar: Mutex::new(ProgressBar::hidden()), shown: !quiet && io::stderr().is_terminal() }
    }

    pub fn finish(&self) {
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
