//! `masar gazetteer diff`: what changed between two compiled files.

use std::io::{self, Write};

use masar::gazetteer::Gazetteer;
use masar::gazetteer::diff::{Change, ChangedPlace, changes};
use masar::gazetteer::place::Place;

use crate::cli::arguments::DiffFormat;
use crate::cli::outcome::{Fault, Outcome, tell};
use crate::cli::table::{Table, filled};

const HEADS: [&str; 7] = ["change", "id", "name_en", "moved_m", "names_gained", "names_lost", "columns"];

/// Rows aligned with each other; more are not worth holding.
const TABLE_ROWS: usize = 5000;

#[derive(Default)]
struct Counts {
    added: u64,
    removed: u64,
    moved: u64,
    renamed: u64,
    edited: u64,
}

/// Returns [`Outcome::Failed`] when they differ, as `diff` does.
pub fn run(old: &Gazetteer, new: &Gazetteer, format: DiffFormat) -> Result<Outcome, Fault> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut counts = Counts::default();
    match format {
        DiffFormat::Csv => {
            let mut writer = csv::Writer::from_writer(&mut out);
            writer.write_record(HEADS).map_err(io_error)?;
            for change in changes(old, new) {
                writer.write_record(cells(&change, &mut counts)).map_err(io_error)?;
            }
            writer.flush()?;
        }
        DiffFormat::Table => {
            let heads = HEADS.map(|head| head.to_uppercase().replace('_', " "));
            let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
            let mut table = Table::new(&heads);
            let mut rows = 0;
            for change in changes(old, new) {
                table.add(cells(&change, &mut counts).iter().map(|cell| filled(cell)).collect());
                rows += 1;
                if rows % TABLE_ROWS == 0 {
                    table.print(&mut out)?;
                    table = Table::new(&heads);
                }
            }
            if !table.is_empty() {
                table.print(&mut out)?;
            }
        }
    }
    out.flush()?;
    let Counts { added, removed, moved, renamed, edited } = counts;
    tell(format_args!(
        "{added} added, {removed} removed, {moved} moved, {renamed} renamed, {edited} changed otherwise"
    ));
    let differ = added + removed + moved + renamed + edited > 0;
    Ok(if differ { Outcome::Failed } else { Outcome::Done })
}

/// The closed pipe inside a CSV error must stay one.
fn io_error(error: csv::Error) -> Fault {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        kind => format!("{kind:?}").into(),
    }
}

fn cells(change: &Change<'_>, counts: &mut Counts) -> [String; 7] {
    let row =
        |change: &str, place: &Place<'_>| [change, place.id(), place.name_en(), "", "", "", ""].map(str::to_owned);
    match change {
        Change::Added(place) => {
            counts.added += 1;
            row("added", place)
        }
        Change::Removed(place) => {
            counts.removed += 1;
            row("removed", place)
        }
        Change::Changed(ChangedPlace { old, new, moved_m, names_gained, names_lost, columns }) => {
            let is_renamed = !names_gained.is_empty()
                || !names_lost.is_empty()
                || columns.iter().any(|column| column.starts_with("name_"));
            let mut kinds = Vec::new();
            if moved_m.is_some() {
                counts.moved += 1;
                kinds.push("moved");
            }
            if is_renamed {
                counts.renamed += 1;
                kinds.push("renamed");
            }
            if kinds.is_empty() {
                counts.edited += 1;
                kinds.push("changed");
            }
            let name = match old.name_en() == new.name_en() {
                true => new.name_en().to_owned(),
                false => format!("{} → {}", old.name_en(), new.name_en()),
            };
            [
                kinds.join("; "),
                new.id().to_owned(),
                name,
                moved_m.map(|metres| format!("{metres:.0}")).unwrap_or_default(),
                names_gained.join("|"),
                names_lost.join("|"),
                columns.join("; "),
            ]
        }
    }
}
