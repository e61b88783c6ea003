//! What the commands that import data share: the bar, the list of findings, where to write.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressStyle};
use masar::gazetteer::import::Watcher;
use masar::writer::files;
use serde::Serialize;

use super::interrupt::Interruptible;
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

/// All findings, in a file without a name until the build is done.
pub struct FindingsFile {
    out: BufWriter<File>,
    is_json: bool,
}

impl FindingsFile {
    /// `head` names the columns, which are the fields of what is added.
    pub fn begin<const COLUMNS: usize>(path: &Path, head: [&str; COLUMNS]) -> io::Result<Self> {
        let is_json = path.extension().is_some_and(|extension| extension == "jsonl" || extension == "ndjson");
        let mut out = BufWriter::new(tempfile::tempfile_in(folder_of(path))?);
        if !is_json {
            writeln!(out, "{}", head.join(","))?;
        }
        Ok(Self { out, is_json })
    }

    pub fn add(&mut self, row: &impl Serialize) -> io::Result<()> {
        if self.is_json {
            serde_json::to_writer(&mut self.out, row)?;
            writeln!(self.out)
        } else {
            let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(&mut self.out);
            writer.serialize(row).map_err(io::Error::other)?;
            writer.flush()
        }
    }

    pub fn copy_to(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.out.flush()?;
        let file = self.out.get_mut();
        file.seek(SeekFrom::Start(0))?;
        io::copy(file, &mut Interruptible(out)).map(drop)
    }
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
