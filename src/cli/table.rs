//! Tables on the terminal, in any script.

use std::io::{self, Write};

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use super::outcome::printable;

/// A cell, with a dash where there is nothing.
pub fn filled(text: &str) -> String {
    if text.is_empty() { "-".to_owned() } else { text.to_owned() }
}

/// A table with columns as wide as their widest cell.
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    pub fn new(heads: &[&str]) -> Self {
        Self { rows: vec![heads.iter().map(|head| (*head).to_owned()).collect()] }
    }

    pub fn add(&mut self, cells: Vec<String>) {
        self.rows.push(cells.iter().map(|cell| printable(cell)).collect());
    }

    /// Whether it has no row below the heads.
    pub fn is_empty(&self) -> bool {
        self.rows.len() <= 1
    }

    pub fn print(&self, out: &mut impl Write) -> io::Result<()> {
        let columns = self.rows.first().map_or(0, Vec::len);
        let widest = |column: usize| self.rows.iter().filter_map(|row| row.get(column)).map(|cell| width(cell)).max();
        let widths: Vec<usize> = (0..columns).map(|column| widest(column).unwrap_or(0)).collect();
        for row in &self.rows {
            let mut line = String::new();
            for (cell, wanted) in row.iter().zip(&widths) {
                line.push_str(cell);
                let padding = (wanted + 2).saturating_sub(width(cell));
                line.extend(std::iter::repeat_n(' ', padding));
            }
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

/// Columns of the terminal that a text takes: vowel signs and joiners take none.
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
        let mut table = Table::new(&["A", "B"]);
        table.add(vec!["أَريحا".to_owned(), "1".to_owned()]);
        table.add(vec!["حلب".to_owned(), "2".to_owned()]);
        let mut out = Vec::new();
        table.print(&mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "A      B\nأَريحا  1\nحلب    2\n");
    }
}
