//! Expressions of QGIS, as text.

/// A field.
pub fn field(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A text.
pub fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "''"))
}

/// The expression's text so that HTML shows it as it stands. QGIS 3.22 has no function for it, and a
/// `replace` by a map takes its keys in alphabetical order, which would escape the quote's `&` again.
pub fn escaped_html(expression: &str) -> String {
    let replaced = [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("''", "&#39;")];
    let empty = format!("coalesce({expression}, '')");
    replaced.iter().fold(empty, |inner, (from, to)| format!("replace({inner}, '{from}', '{to}')"))
}

/// The expression in a template that QGIS fills in: map tips.
pub fn filled_in(expression: &str) -> String {
    format!("[% {expression} %]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_end_neither_fields_nor_texts() {
        assert_eq!(field("a\"b"), "\"a\"\"b\"");
        assert_eq!(literal("it's \\"), "'it''s \\\\'");
    }
}
