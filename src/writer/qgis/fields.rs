//! What fields are called, how a form shows them, and which ones a table leaves out.

use super::xml::{Element, typed};
use crate::writer::layer::{Layer, LayerKind};

/// Fields that a person reads elsewhere or not at all.
const HIDDEN: [&str; 2] = ["provenance_json", "kind"];

/// Fields of several lines.
const LONG: [&str; 2] = ["evidence", "description"];

/// Aliases, widgets and the table of a layer.
pub fn field_settings(layer: &Layer) -> Vec<Element> {
    let names: Vec<&str> = layer.columns.iter().map(|column| column.name).collect();
    let alias = |(index, name): (usize, &&str)| {
        Element::new("alias").with("index", index).with("field", name).with("name", alias(name))
    };
    let widget = |name: &&str| {
        let (kind, multiline) = (widget(name), LONG.contains(name));
        let config = Element::new("Option").with("type", "Map").child(typed("IsMultiline", "bool", multiline));
        Element::new("field")
            .with("name", name)
            .with("configurationFlags", "None")
            .child(Element::new("editWidget").with("type", kind).child(Element::new("config").child(config)))
    };
    let column = |name: &&str| {
        Element::new("column")
            .with("type", "field")
            .with("name", name)
            .with("width", -1)
            .with("hidden", u8::from(HIDDEN.contains(name)))
    };
    vec![
        Element::new("fieldConfiguration").children(names.iter().map(widget)),
        Element::new("aliases").children(names.iter().enumerate().map(alias)),
        Element::new("attributetableconfig")
            .with("actionWidgetStyle", "dropDown")
            .with("sortExpression", if layer.kind == LayerKind::Places { "\"name\"" } else { "\"time_start\"" })
            .with("sortOrder", 0)
            .child(Element::new("columns").children(names.iter().map(column))),
        Element::new("previewExpression").text("\"title\""),
    ]
}

fn widget(name: &str) -> &'static str {
    if HIDDEN.contains(&name) { "Hidden" } else { "TextEdit" }
}

/// A name as a person reads it: words instead of underscores, units in brackets.
fn alias(name: &str) -> String {
    match name {
        "url" => return "Address".to_owned(),
        "provenance_json" => return "Provenance (JSON)".to_owned(),
        "cameo" | "plover" | "acled" => return format!("{} type", name.to_uppercase()),
        _ => {}
    }
    let (stem, bracket) = [("_m", "m"), ("_km", "km"), ("_ar", "Arabic")]
        .into_iter()
        .find_map(|(ending, word)| name.strip_suffix(ending).map(|stem| (stem, format!(" ({word})"))))
        .unwrap_or((name, String::new()));
    let words = stem.replace('_', " ");
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}{bracket}", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_readable() {
        assert_eq!(alias("uncertainty_m"), "Uncertainty (m)");
        assert_eq!(alias("stated_length_km"), "Stated length (km)");
        assert_eq!(alias("title_ar"), "Title (Arabic)");
        assert_eq!(alias("acled"), "ACLED type");
        assert_eq!(alias("date"), "Date");
    }
}
