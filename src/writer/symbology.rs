//! What a feature looks like, the same in every format that draws: `assets/symbology.toml`.
//!
//! [`Symbology::symbol`] is the symbol of one feature, for formats that draw each by itself; formats
//! that are given rules (QGIS) make them of the same [`Party`], [`Marker`] and [`LineStyle`].

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::layer::{LayerKind, Record};
use crate::model::feature::Geometry;

const DEFINITION: &str = include_str!("../../assets/symbology.toml");

/// The whole definition.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Symbology {
    /// What a legend says of all symbols.
    pub notes: Vec<String>,
    /// In the order in which they are tried; the last one fits everybody.
    #[serde(rename = "party")]
    pub parties: Vec<Party>,
    pub line: LineStyle,
    #[serde(rename = "marker")]
    pub markers: Vec<Marker>,
}

/// Who takes part, and the colour for it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    pub word: String,
    /// English names, all of which have to take part.
    pub actors: Vec<String>,
    /// `#rrggbb`.
    pub color: String,
}

/// Lines of all layers.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineStyle {
    /// In pixels.
    pub width: f64,
    /// The same for what is not reported to have happened.
    pub width_not_reported: f64,
    /// Pixels on and off.
    pub dash: Vec<u8>,
    /// The `geometry_quality` that is drawn without dashes.
    pub solid: String,
}

/// What stands at a point of a layer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Marker {
    /// The name of the layer.
    pub layer: String,
    /// The `position_type` it stands for; none for all that are left.
    pub value: Option<String>,
    /// `circle`, `square`, `diamond`, `triangle`, `pentagon`, `hexagon`, `star` or `cross`.
    pub shape: String,
    /// The Maki icon.
    pub maki: String,
    /// In pixels.
    pub size: f64,
    /// `#rrggbb`, for points and lines of the layer; none where the party gives it.
    pub color: Option<String>,
}

/// How the direction of a line is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Arrow {
    /// The usual direction.
    Filled,
    /// Told to run the other way.
    Open,
    /// The direction is not told.
    None,
}

/// The symbol of one feature.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Symbol<'s> {
    /// The words of the legend.
    pub label: String,
    pub color: &'s str,
    /// Of a line, in pixels.
    pub width: f64,
    /// Of a marker, in pixels.
    pub size: f64,
    /// Pixels on and off; nothing for a solid line.
    pub dash: &'s [u8],
    pub arrow: Arrow,
    /// Across the line where it is told to be shortened.
    pub bar: bool,
    /// The shape of a point; none for a line.
    pub marker: Option<&'s str>,
    /// The Maki icon of a point.
    #[serde(skip)]
    pub maki: &'s str,
    pub hollow: bool,
}

/// How opaque what is dashed or hollow is where a format knows neither.
const TRANSLUCENT: f64 = 0.6;

impl Symbol<'_> {
    /// 0 to 1, for formats that know neither dashes nor hollow markers.
    pub fn opacity(&self) -> f64 {
        if self.hollow || !self.dash.is_empty() { TRANSLUCENT } else { 1.0 }
    }
}

static EMBEDDED: LazyLock<Symbology> = LazyLock::new(|| {
    // A test reads the definition, so no release can carry one that is damaged.
    toml::from_str(DEFINITION).unwrap_or_else(|_| Symbology {
        notes: Vec::new(),
        parties: Vec::new(),
        line: LineStyle { width: 4.0, width_not_reported: 2.0, dash: vec![9, 5], solid: "road".to_owned() },
        markers: Vec::new(),
    })
});

/// For what the definition leaves open.
const COLOR: &str = "#455a64";

impl Symbology {
    /// The definition in the binary.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// The party that a list of actors is drawn as.
    pub fn party(&self, actors: &str) -> Option<&Party> {
        let takes_part = |name: &String| actors.split("; ").any(|actor| actor == name);
        self.parties.iter().find(|party| party.actors.iter().all(takes_part))
    }

    /// The markers of a layer in the order in which they are tried.
    pub fn markers_of(&self, kind: LayerKind) -> impl Iterator<Item = &Marker> {
        self.markers.iter().filter(move |marker| marker.layer == kind.name())
    }

    /// The symbol of a feature.
    pub fn symbol(&self, record: &Record<'_>) -> Symbol<'_> {
        let kind = record.layer.kind;
        let text = |name| record.text(name).unwrap_or_default();
        let position_type = text("position_type");
        let marker = self.markers_of(kind).find(|marker| marker.value.as_deref().is_none_or(|v| v == position_type));
        let party = self.party(record.text("actors").or(record.text("actor")).unwrap_or_default());
        let word = party.map_or("other", |party| party.word.as_str());
        let mut label = match kind {
            LayerKind::Patrols => format!("{word} patrol"),
            LayerKind::Positions => format!("{word} {position_type}"),
            LayerKind::Events => "event".to_owned(),
            LayerKind::EventLines => "event along a route".to_owned(),
            LayerKind::Places => "place named".to_owned(),
        };
        let modality = text("modality");
        let not_reported = !matches!(modality, "" | "reported");
        let evacuated = text("status") == "evacuated";
        let told = [
            (record.is("reverse"), "reversed"),
            (record.is("abbreviated"), "abbreviated"),
            (not_reported && kind != LayerKind::Events, modality),
            (evacuated, "evacuated"),
        ];
        for (_, word) in told.iter().filter(|(told, _)| *told) {
            label.push_str(", ");
            label.push_str(word);
        }
        let of_layer = marker.and_then(|marker| marker.color.as_deref());
        let color = of_layer.or(party.map(|party| party.color.as_str())).unwrap_or(COLOR);
        let point = Symbol {
            label,
            color,
            width: 0.0,
            size: marker.map_or(9.0, |marker| marker.size),
            dash: &[],
            arrow: Arrow::None,
            bar: false,
            marker: Some(marker.map_or("circle", |marker| &marker.shape)),
            maki: marker.map_or("circle", |marker| &marker.maki),
            hollow: evacuated,
        };
        if !matches!(record.feature.geometry, Some(Geometry::Line(_) | Geometry::Lines(_))) {
            return point;
        }
        Symbol {
            width: if not_reported { self.line.width_not_reported } else { self.line.width },
            size: 0.0,
            dash: if text("geometry_quality") == self.line.solid { &[] } else { &self.line.dash },
            arrow: match (record.is("undirected"), record.is("reverse")) {
                (true, _) => Arrow::None,
                (false, true) => Arrow::Open,
                (false, false) => Arrow::Filled,
            },
            bar: record.is("abbreviated"),
            marker: None,
            hollow: false,
            ..point
        }
    }
}

/// The symbols in use, each once.
#[derive(Default)]
pub struct Legend<'s>(Vec<Symbol<'s>>);

impl<'s> Legend<'s> {
    /// The number of the symbol of a feature.
    pub fn number_of(&mut self, record: &Record<'_>) -> usize {
        let symbol = Symbology::embedded().symbol(record);
        self.0.iter().position(|known| *known == symbol).unwrap_or_else(|| {
            self.0.push(symbol);
            self.0.len() - 1
        })
    }

    pub fn symbols(self) -> Vec<Symbol<'s>> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_whole() {
        let symbology: Symbology = toml::from_str(DEFINITION).unwrap();
        let last = symbology.parties.last().unwrap();
        assert!(last.actors.is_empty(), "the last party must fit everybody");
        for kind in LayerKind::ALL {
            let last = symbology.markers_of(kind).last();
            assert!(last.is_some_and(|marker| marker.value.is_none()), "{}: no marker for what is left", kind.name());
        }
        let of_markers = symbology.markers.iter().filter_map(|marker| marker.color.as_ref());
        for color in symbology.parties.iter().map(|party| &party.color).chain(of_markers) {
            let digits = color.strip_prefix('#').filter(|digits| digits.len() == 6);
            assert!(digits.is_some_and(|digits| digits.chars().all(|c| c.is_ascii_hexdigit())), "{color}");
        }
        let shapes = ["circle", "square", "diamond", "triangle", "pentagon", "hexagon", "star", "cross"];
        for marker in &symbology.markers {
            assert!(shapes.contains(&marker.shape.as_str()), "{}", marker.shape);
        }
    }

    #[test]
    fn the_party_is_the_first_that_fits() {
        let word = |actors| Symbology::embedded().party(actors).unwrap().word.as_str();
        assert_eq!(word("Russia; Turkey"), "joint");
        assert_eq!(word("Turkey; Russia; Iran"), "joint");
        assert_eq!(word("Turkey"), "Turkish");
        assert_eq!(word("Israel; Russia"), "Russian");
        assert_eq!(word(""), "other");
    }
}
