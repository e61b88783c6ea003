//! CSV (RFC 4180) for spreadsheets and data frames.
//!
//! - A spreadsheet runs a cell that begins like a formula, and articles are written by strangers: such a
//!   text gets an apostrophe before it, as OWASP advises against CSV injection. Numbers are left alone.
//! - The file begins with a byte order mark, because Excel takes a file without one for the code page
//!   of the machine and shows Arabic as junk. Data frames, DuckDB and GDAL skip it.
//! - `lon` and `lat` are the point, or the middle of a line along its length; `wkt` is the whole geometry.
//!   What is not located has neither.
//! - Null and an empty text are both an empty cell.

use std::io::{self, Write};

use super::characters::{ends_a_c_string, replaced};
use super::position::{middle, position, wkt};
use super::table::Table;
use super::value::Value;
use super::{Content, Division, Format};
use crate::model::feature::Geometry;

const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// What comes before the properties.
const FIRST_COLUMNS: [&str; 4] = ["id", "lon", "lat", "wkt"];

/// What a spreadsheet takes for the start of a formula, full-width forms included (OWASP, "CSV Injection").
const FORMULA_STARTS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The CSV format.
pub struct Csv;

impl Format for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn division(&self) -> Division {
        Division::ByLayer
    }

    fn write(&self, content: &Content<'_>, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(BYTE_ORDER_MARK.as_bytes())?;
        let mut rows = csv::Writer::from_writer(out);
        let table = Table::of(&content.layers);
        let names = table.columns.iter().map(|column| column.name);
        rows.write_record(FIRST_COLUMNS.into_iter().chain(names))?;
        for record in table.records() {
            rows.write_field(&record.feature.id)?;
            for cell in located(record.feature.geometry.as_ref()) {
                rows.write_field(cell)?;
            }
            for value in table.values(record) {
                match value {
                    Value::Null => rows.write_field("")?,
                    Value::Text(text) => rows.write_field(harmless(text))?,
                    Value::Integer(number) => rows.write_field(number.to_string())?,
                    Value::Number(number) => rows.write_field(number.to_string())?,
                    Value::Boolean(boolean) => rows.write_field(boolean.to_string())?,
                }
            }
            rows.write_record(None::<&[u8]>)?;
        }
        rows.flush()
    }
}

/// Longitude, latitude and WKT.
fn located(geometry: Option<&Geometry>) -> [String; 3] {
    let Some(geometry) = geometry else { return Default::default() };
    let point = middle(geometry).map(position);
    let degrees = |at: usize| point.map_or_else(String::new, |point| point[at].to_string());
    [degrees(0), degrees(1), wkt(geometry)]
}

/// The text as a cell that no spreadsheet runs. What cannot be seen before a formula does not hide it.
fn harmless(text: &str) -> String {
    let text = replaced(text, ends_a_c_string);
    let seen = text.trim_start_matches(|c: char| c == ' ' || is_invisible(c));
    if seen.starts_with(FORMULA_STARTS) { format!("'{text}") } else { text.into_owned() }
}

/// Marks of direction and order, and what has no width.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{00A0}' | '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}')
        || matches!(character, '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_begins_like_a_formula() {
        for text in ["=HYPERLINK(\"http://x\")", "+1", "-1", "@A1", "\t=1", "\r=1", "\n=1", "＝1", "\u{200f}=1", "  =1"]
        {
            assert_eq!(harmless(text), format!("'{text}"));
        }
        for text in ["", "سراقب", "A=B", "دورية -1", "'=1", "2020-08-17"] {
            assert_eq!(harmless(text), text);
        }
    }
}
