//! Aligned tables for the terminal.

use std::io::{self, Write};

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// Stands where a row has no value, so that columns can still be counted.
const NOTHING: &str = "-";

/// How the cells of a column stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Align {
    Left,
    Right,
}

/// Writes a heading and rows, the columns two spaces apart. A row has one cell a column.
pub fn write(out: &mut dyn Write, columns: &[(&str, Align)], rows: &[Vec<String>]) -> io::Result<()> {
    let heading: Vec<String> = columns.iter().map(|(name, _)| (*name).to_owned()).collect();
    let widths: Vec<usize> = (0..columns.len())
        .map(|column| {
            let cells = rows.iter().chain([&heading]).filter_map(|row| row.get(column));
            cells.map(|cell| width(shown(cell))).max().unwrap_or(0)
        })
        .collect();
    for row in [&heading].into_iter().chain(rows) {
        let mut line = String::new();
        for ((cell, (_, align)), wanted) in row.iter().zip(columns).zip(&widths) {
            if !line.is_empty() {
                line.push_str("  ");
            }
            let cell = shown(cell);
            let padding = " ".repeat(wanted.saturating_sub(width(cell)));
            match align {
                Align::Left => line.extend([cell, padding.as_str()]),
                Align::Right => line.extend([padding.as_str(), cell]),
            }
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

fn shown(cell: &str) -> &str {
    if cell.is_empty() { NOTHING } else { cell }
}

/// Columns of the terminal that a text takes: vowel signs and controls take none.
fn width(text: &str) -> usize {
    let takes_none =
        |c: &char| matches!(c.general_category_group(), GeneralCategoryGroup::Mark | GeneralCategoryGroup::Other);
    text.chars().filter(|c| !takes_none(c)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_by_what_is_seen() {
        let rows = [
            vec!["Ariha".to_owned(), "أَريحا".to_owned(), "5".to_owned()],
            vec![String::new(), "حلب".to_owned(), "10".to_owned()],
        ];
        let mut out = Vec::new();
        write(&mut out, &[("name", Align::Left), ("arabic", Align::Left), ("n", Align::Right)], &rows).unwrap();
        let expected = "name   arabic   n\nAriha  أَريحا    5\n-      حلب     10\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
