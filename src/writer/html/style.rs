//! What each feature looks like on the page, and the words of the legend for it.

use serde::Serialize;

use super::data::Row;
use crate::model::feature::Geometry;
use crate::writer::layer::LayerKind;
use crate::writer::value::Value;

/// What the legend says of all symbols.
pub const NOTES: &[&str] = &[
    "Solid line: along a surveyed road. Dashed: along a road that is known roughly, or straight from stop to stop.",
    "Filled arrow: direction of travel. Open: told to run the other way. Bar before it: told to be shortened.",
    "Circle: how far a point may be off. Lines side by side run on one road.",
];

/// One symbol.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct StyleOut {
    label: String,
    color: &'static str,
    /// Of a line, in pixels.
    width: f64,
    /// Of a marker, in pixels.
    size: f64,
    /// Pixels on and off; nothing for a solid line.
    dash: &'static [u8],
    /// `filled`, `open` or `none`.
    arrow: &'static str,
    /// Across the line where it is told to be shortened.
    bar: bool,
    /// The shape of a point; none for a line.
    marker: Option<&'static str>,
    hollow: bool,
}

/// The symbols in use, each once.
#[derive(Default)]
pub struct Styles(Vec<StyleOut>);

impl Styles {
    /// The number of the symbol of a feature.
    pub fn of(&mut self, row: &Row<'_>) -> usize {
        let style = style(row);
        match self.0.iter().position(|known| *known == style) {
            Some(known) => known,
            None => {
                self.0.push(style);
                self.0.len() - 1
            }
        }
    }

    pub fn all(self) -> Vec<StyleOut> {
        self.0
    }
}

/// The colour of a party and the word for it.
fn party(actors: &str) -> (&'static str, &'static str) {
    let has = |name| actors.split("; ").any(|actor| actor == name);
    match (has("Russia"), has("Turkey")) {
        (true, true) => ("#7b2d8e", "joint"),
        (true, false) => ("#c62828", "Russian"),
        (false, true) => ("#1565c0", "Turkish"),
        (false, false) => ("#455a64", "other"),
    }
}

const EVENT_COLOR: &str = "#a84300";
const PLACE_COLOR: &str = "#4a5663";

fn style(row: &Row<'_>) -> StyleOut {
    let text = |name| row.text(name).unwrap_or_default();
    let (party_color, party) = party(row.text("actors").or(row.text("actor")).unwrap_or_default());
    let mut label = match row.layer.kind {
        LayerKind::Patrols => format!("{party} patrol"),
        LayerKind::Positions => format!("{party} {}", text("position_type")),
        LayerKind::Events => "event".to_owned(),
        LayerKind::EventLines => "event along a route".to_owned(),
        LayerKind::Places => "place named".to_owned(),
    };
    let color = match row.layer.kind {
        LayerKind::Patrols | LayerKind::Positions => party_color,
        LayerKind::Events | LayerKind::EventLines => EVENT_COLOR,
        LayerKind::Places => PLACE_COLOR,
    };
    let is = |name| *row.value(name) == Value::Boolean(true);
    for (told, word) in [(is("reverse"), "reversed"), (is("abbreviated"), "abbreviated")] {
        if told {
            label.push_str(", ");
            label.push_str(word);
        }
    }
    let modality = text("modality");
    let told_otherwise = !matches!(modality, "" | "reported");
    if told_otherwise && row.layer.kind != LayerKind::Events {
        label.push_str(", ");
        label.push_str(modality);
    }
    let evacuated = text("status") == "evacuated";
    if evacuated {
        label.push_str(", evacuated");
    }
    match row.feature.geometry {
        Some(Geometry::Line(_) | Geometry::Lines(_)) => StyleOut {
            label,
            color,
            width: if told_otherwise { 2.0 } else { 4.0 },
            size: 0.0,
            dash: if text("geometry_quality") == "road" { &[] } else { &[9, 5] },
            arrow: match (is("undirected"), is("reverse")) {
                (true, _) => "none",
                (false, true) => "open",
                (false, false) => "filled",
            },
            bar: is("abbreviated"),
            marker: None,
            hollow: false,
        },
        Some(Geometry::Point(_)) | None => StyleOut {
            label,
            color,
            width: 0.0,
            size: if row.layer.kind == LayerKind::Places { 9.0 } else { 16.0 },
            dash: &[],
            arrow: "none",
            bar: false,
            marker: Some(marker(row.layer.kind, text("position_type"))),
            hollow: evacuated,
        },
    }
}

fn marker(kind: LayerKind, position_type: &str) -> &'static str {
    match (kind, position_type) {
        (LayerKind::Positions, "observation post") => "triangle",
        (LayerKind::Positions, "base") => "pentagon",
        (LayerKind::Positions, "checkpoint") => "diamond",
        (LayerKind::Positions, "deployment") => "hexagon",
        (LayerKind::Positions, _) => "square",
        (LayerKind::Patrols, _) => "cross",
        (LayerKind::Events | LayerKind::EventLines, _) => "star",
        (LayerKind::Places, _) => "circle",
    }
}
