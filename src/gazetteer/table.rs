//! Gazetteer tables in CSV: rows with their line and column, for errors that can be found again.

use csv::{ReaderBuilder, StringRecord, Trim};

use crate::gazetteer::error::{CompileError, Problem};

/// One CSV file, held as text.
#[derive(Clone, Copy, Debug)]
pub struct Table<'t> {
    /// The name that errors give.
    pub file: &'t str,
    pub text: &'t str,
}

/// Where a column stands that the table does not have.
const NO_COLUMN: usize = usize::MAX;

/// One row of a table, its cells in the order of the columns asked for.
pub struct Row<'r> {
    table: Table<'r>,
    cells: &'r StringRecord,
    /// For each column asked for, where it stands in the file.
    order: &'r [usize],
    pub line: usize,
    byte: usize,
}

impl Row<'_> {
    /// The trimmed cell of a column by its position among the columns asked for.
    pub fn cell(&self, column: usize) -> &str {
        self.order.get(column).and_then(|at| self.cells.get(*at)).unwrap_or("")
    }

    /// An error that points to the cell of a column.
    pub fn error(&self, column: usize, problem: Problem) -> CompileError {
        let cell = self.order.get(column).copied().filter(|cell| *cell != NO_COLUMN).unwrap_or(0);
        let (line, column) = locate(self.table.text, self.byte, self.line, cell);
        CompileError { file: self.table.file.to_owned(), line, column, problem }
    }
}

impl<'t> Table<'t> {
    /// Reads every row. The header must hold exactly `columns`, in any order.
    pub fn rows(
        self,
        columns: &[&'static str],
        each: impl FnMut(&Row<'_>) -> Result<(), CompileError>,
    ) -> Result<(), CompileError> {
        self.rows_of(columns, &[], each)
    }

    /// Reads every row. The header must hold all `required` columns and may hold `optional` ones,
    /// in any order. The cells of a row are those of `required`, then those of `optional`; a
    /// column that is not there has empty cells.
    pub fn rows_of(
        self,
        required: &[&'static str],
        optional: &[&'static str],
        mut each: impl FnMut(&Row<'_>) -> Result<(), CompileError>,
    ) -> Result<(), CompileError> {
        let columns: Vec<&'static str> = required.iter().chain(optional).copied().collect();
        let text = self.text.strip_prefix('\u{feff}').unwrap_or(self.text);
        let table = Table { file: self.file, text };
        let mut reader =
            ReaderBuilder::new().has_headers(false).flexible(true).trim(Trim::All).from_reader(text.as_bytes());
        let mut cells = StringRecord::new();
        let fail = |line, column, problem| CompileError { file: self.file.to_owned(), line, column, problem };
        let csv = |error: csv::Error| {
            let line = error.position().map_or(1, |position| position.line() as usize);
            fail(line, 1, Problem::Csv(error.to_string()))
        };
        if !reader.read_record(&mut cells).map_err(csv)? {
            return Err(fail(1, 1, Problem::MissingColumn(columns.first().copied().unwrap_or(""))));
        }
        let mut order = Vec::with_capacity(columns.len());
        for (at, name) in cells.iter().enumerate() {
            let (line, column) = locate(text, 0, 1, at);
            if !columns.contains(&name) {
                return Err(fail(line, column, Problem::UnknownColumn(name.to_owned())));
            }
            if cells.iter().take(at).any(|other| other == name) {
                return Err(fail(line, column, Problem::RepeatedColumn(name.to_owned())));
            }
        }
        for column in columns {
            match cells.iter().position(|name| name == column) {
                Some(at) => order.push(at),
                None if optional.contains(&column) => order.push(NO_COLUMN),
                None => return Err(fail(1, 1, Problem::MissingColumn(column))),
            }
        }
        let expected = cells.len();
        while reader.read_record(&mut cells).map_err(csv)? {
            let position = cells.position();
            let line = position.map_or(1, |p| p.line() as usize);
            let byte = position.map_or(0, |p| p.byte() as usize);
            if cells.len() != expected {
                let (line, column) = locate(text, byte, line, expected.min(cells.len().saturating_sub(1)));
                return Err(fail(line, column, Problem::CellCount { found: cells.len(), expected }));
            }
            each(&Row { table, cells: &cells, order: &order, line, byte })?;
        }
        Ok(())
    }
}

/// Line and column in characters, from 1, of the cell at `index` of the record that starts at
/// `byte`. Only run when something is wrong, so that good rows cost nothing.
fn locate(text: &str, byte: usize, line: usize, index: usize) -> (usize, usize) {
    let start = text.get(byte..).unwrap_or("");
    // The CSV reader places a record behind a blank line at the blank line.
    let skipped = start.len() - start.trim_start_matches(['\r', '\n']).len();
    let mut line = line + start.get(..skipped).map_or(0, |blank| blank.matches('\n').count());
    let (mut column, mut cell, mut quoted) = (1, 0, false);
    for c in start.get(skipped..).unwrap_or("").chars() {
        if cell == index {
            break;
        }
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cell += 1,
            '\n' if !quoted => break,
            '\n' => (line, column) = (line + 1, 0),
            _ => {}
        }
        column += 1;
    }
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Result<Vec<String>, String> {
        let mut seen = Vec::new();
        Table { file: "t.csv", text }
            .rows(&["id", "name"], |row| {
                if row.cell(1).is_empty() {
                    return Err(row.error(1, Problem::Empty { column: "name" }));
                }
                seen.push(format!("{}={}", row.cell(0), row.cell(1)));
                Ok(())
            })
            .map_err(|error| error.to_string())?;
        Ok(seen)
    }

    #[test]
    fn columns_may_stand_in_any_order_and_behind_a_byte_order_mark() {
        assert_eq!(check("\u{feff}name,id\nأريحا,1\n"), Ok(vec!["1=أريحا".into()]));
    }

    #[test]
    fn errors_name_line_and_column() {
        assert_eq!(check("id,nom\n"), Err("t.csv:1:4: unknown column `nom`".into()));
        assert_eq!(check("id\n"), Err("t.csv:1:1: column `name` is missing".into()));
        assert_eq!(check(""), Err("t.csv:1:1: column `id` is missing".into()));
        assert_eq!(check("id,name,id\n"), Err("t.csv:1:9: column `id` stands twice".into()));
        assert_eq!(check("id,name\n1,a\n\"x,\"\"y\",\n"), Err("t.csv:3:9: `name` is empty".into()));
        assert_eq!(check("id,name\n1,a\nأب,b,c\n"), Err("t.csv:3:6: 3 cells where the header has 2".into()));
        assert_eq!(check("id,name\n\n\n1,\n"), Err("t.csv:4:3: `name` is empty".into()));
    }
}
