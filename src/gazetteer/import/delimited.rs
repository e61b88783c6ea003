//! Tables with a header and quotes: separated by commas, semicolons or tabs.

use csv::{ByteRecord, ReaderBuilder, Trim};

use super::Intake;
use super::draft::Block;
use super::report::{Finding, Reason, Verdict};
use super::source::{Source, SourceError};

/// The character between the cells of a header.
pub fn delimiter(line: &str) -> u8 {
    let count = |c: char| line.matches(c).count();
    if count('\t') > count(',').max(count(';')) {
        b'\t'
    } else if count(';') > count(',') {
        b';'
    } else {
        b','
    }
}

/// The cells of the first line.
pub fn header(source: &Source) -> Vec<String> {
    let line = source.first_line();
    let mut reader =
        ReaderBuilder::new().has_headers(false).delimiter(delimiter(line)).trim(Trim::All).from_reader(line.as_bytes());
    let first = reader.records().next().and_then(Result::ok);
    first.map(|record| record.iter().map(str::to_owned).collect()).unwrap_or_default()
}

/// A cell that spans so many lines has a quote that nobody closed.
const LONGEST_CELL_LINES: u64 = 200;

const BLOCK_ROWS: u64 = 4096;

/// Reads all rows behind the header and gives each to `row`, which takes it in. Rows with a cell
/// too many or too few are refused here.
pub fn read(
    source: &Source,
    intake: &mut Intake<'_>,
    mut row: impl FnMut(&mut Block, u64, &[&str]),
) -> Result<(), SourceError> {
    let watcher = intake.watcher;
    source.with_reader(watcher, |reader| {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter(source.first_line()))
            .trim(Trim::All)
            .from_reader(reader);
        let mut record = ByteRecord::new();
        let mut expected = 0;
        let mut block = intake.block();
        loop {
            let start = reader.position().line();
            match reader.read_byte_record(&mut record) {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => match error.into_kind() {
                    csv::ErrorKind::Io(error) => return Err(intake.io_error(error)),
                    kind => {
                        let problem = format!("{kind:?}");
                        return Err(SourceError::Header { file: source.name().to_owned(), problem });
                    }
                },
            }
            if expected == 0 {
                expected = record.len();
                continue;
            }
            let line = record.position().map_or(start, csv::Position::line);
            let lines = reader.position().line() - line;
            block.rows += 1;
            let cells: Result<Vec<&str>, _> = record.iter().map(std::str::from_utf8).collect();
            match cells {
                _ if lines > LONGEST_CELL_LINES => block.refuse(line, Reason::OpenQuote { lines }),
                Ok(cells) if cells.len() == expected => row(&mut block, line, &cells),
                Ok(cells) => block.refuse(line, Reason::Columns { found: cells.len(), expected }),
                Err(_) => block.refuse(line, Reason::NotUtf8),
            }
            if block.rows == BLOCK_ROWS {
                intake.take(&block).map_err(|error| intake.io_error(error))?;
                block = intake.block();
            }
        }
        intake.take(&block).map_err(|error| intake.io_error(error))
    })
}

/// Tells of the columns that are not read.
pub fn tell_unknown(intake: &mut Intake<'_>, unknown: Vec<String>) {
    for column in unknown {
        let finding = Finding {
            file: intake.file.clone(),
            line: 1,
            verdict: Verdict::Warned,
            reason: Reason::UnknownColumn(column.chars().take(60).collect()),
        };
        intake.find(&finding);
    }
}

/// A cell that holds a number that is good to have; told when it is none.
pub fn optional_number(block: &mut Block, line: u64, what: &'static str, cell: &str) -> Option<f64> {
    if cell.is_empty() {
        return None;
    }
    // "39,311" is how spreadsheets show a count.
    let number = cell.replace([',', ' ', '\u{A0}'], "").parse::<f64>().ok().filter(|n| n.is_finite() && *n >= 0.0);
    if number.is_none() {
        let value = cell.chars().take(40).collect();
        block.tell(line, Verdict::Repaired, Reason::LeftOut { what, value });
    }
    number
}
