//! What a feature looks like, the same in every format that draws: `assets/symbology.toml`.
//!
//! [`Symbology::symbol`] is the symbol of one feature, for formats that draw each by itself. What it
//! depends on are the feature's [`Traits`]; formats that are given rules (QGIS) make one of each
//! combination of them.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::layer::{LayerKind, Record};
use crate::model::feature::Geometry;

const DEFINITION: &str = include_str!("../../assets/symbology.toml");

/// The whole definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Symbology {
    /// What a legend says of all symbols.
    pub notes: Vec<String>,
    /// In the order in which they are tried; the last one fits everybody.
    #[serde(rename = "party")]
    pub parties: Vec<Party>,
    pub line: LineStyle,
    pub area: Area,
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
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct LineStyle {
    /// In pixels.
    pub width: f64,
    /// The same for what is not reported to have happened.
    pub width_not_reported: f64,
    /// How far the white casing stands out, in pixels of both sides together.
    pub casing: f64,
    /// Pixels on and off.
    pub dash: Vec<u8>,
    /// The `geometry_quality` that is drawn without dashes.
    pub solid: String,
    /// Pixels from one arrow to the next.
    pub arrow_gap: f64,
    /// Pixels between lines that run on one road.
    pub lane: f64,
}

/// The area inside which the truth is claimed to lie.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// 0 to 1, of the feature's colour.
    pub opacity: f64,
    /// The same for what covers much of the map.
    pub opacity_wide: f64,
    /// The radius from which on it does, in pixels.
    pub wide: f64,
    pub outline_opacity: f64,
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
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Arrow {
    /// The usual direction.
    Filled,
    /// Told to run the other way.
    Open,
    /// The direction is not told.
    None,
}

/// Everything about a feature that its symbol depends on: features with the same traits look the same.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Traits<'a> {
    pub kind: LayerKind,
    /// The number of the party in the definition; none where the layer has one colour for all.
    pub party: Option<usize>,
    /// Empty where the layer has none.
    pub position_type: &'a str,
    pub arrow: Arrow,
    /// Told to be shortened.
    pub abbreviated: bool,
    /// `planned`, `cancelled` and so on; none for what is reported to have happened.
    pub not_reported: Option<&'a str>,
    pub evacuated: bool,
    /// A place whose point only the words around it give.
    pub approximate: bool,
    pub is_line: bool,
    /// A line that is known well enough to be drawn without dashes.
    pub solid: bool,
}

impl<'a> Traits<'a> {
    /// The traits of a feature.
    pub fn of(record: &Record<'a>) -> Self {
        let symbology = Symbology::embedded();
        let kind = record.layer.kind;
        let text = |name| record.text(name).unwrap_or_default();
        let is_line = matches!(record.feature.geometry, Some(Geometry::Line(_) | Geometry::Lines(_)));
        let party = symbology.party_number(record.text("actors").or(record.text("actor")).unwrap_or_default());
        Self {
            kind,
            party: party.filter(|_| symbology.markers_of(kind).any(|marker| marker.color.is_none())),
            position_type: text("position_type"),
            arrow: match (is_line && !record.is("undirected"), record.is("reverse")) {
                (false, _) => Arrow::None,
                (true, true) => Arrow::Open,
                (true, false) => Arrow::Filled,
            },
            abbreviated: record.is("abbreviated"),
            not_reported: record
                .text("modality")
                .filter(|modality| *modality != "reported" && kind != LayerKind::Events),
            evacuated: text("status") == "evacuated",
            approximate: kind == LayerKind::Places && text("geometry_quality") == "approximate",
            is_line,
            solid: is_line && text("geometry_quality") == symbology.line.solid,
        }
    }
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
    toml::from_str(DEFINITION).unwrap_or_default()
});

/// For what the definition leaves open.
const COLOR: &str = "#455a64";

impl Symbology {
    /// The definition in the binary.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// The number of the party that a list of actors is drawn as.
    pub fn party_number(&self, actors: &str) -> Option<usize> {
        let takes_part = |name: &String| actors.split("; ").any(|actor| actor == name);
        self.parties.iter().position(|party| party.actors.iter().all(takes_part))
    }

    /// The markers of a layer in the order in which they are tried.
    pub fn markers_of(&self, kind: LayerKind) -> impl Iterator<Item = &Marker> {
        self.markers.iter().filter(move |marker| marker.layer == kind.name())
    }

    /// The symbol of a feature.
    pub fn symbol(&self, record: &Record<'_>) -> Symbol<'_> {
        self.symbol_of(&Traits::of(record))
    }

    /// The symbol of all features with some traits.
    pub fn symbol_of(&self, traits: &Traits<'_>) -> Symbol<'_> {
        let marker = self
            .markers_of(traits.kind)
            .find(|marker| marker.value.as_deref().is_none_or(|value| value == traits.position_type));
        let party = traits.party.and_then(|number| self.parties.get(number));
        let of_layer = marker.and_then(|marker| marker.color.as_deref());
        let point = Symbol {
            label: label(traits, party.map_or("other", |party| party.word.as_str())),
            color: of_layer.or(party.map(|party| party.color.as_str())).unwrap_or(COLOR),
            width: 0.0,
            size: marker.map_or(9.0, |marker| marker.size),
            dash: &[],
            arrow: traits.arrow,
            bar: false,
            marker: Some(marker.map_or("circle", |marker| &marker.shape)),
            maki: marker.map_or("circle", |marker| &marker.maki),
            hollow: traits.evacuated || traits.approximate,
        };
        if !traits.is_line {
            return point;
        }
        Symbol {
            width: if traits.not_reported.is_some() { self.line.width_not_reported } else { self.line.width },
            size: 0.0,
            dash: if traits.solid { &[] } else { &self.line.dash },
            bar: traits.abbreviated,
            marker: None,
            hollow: false,
            ..point
        }
    }
}

/// The words of the legend.
fn label(traits: &Traits<'_>, party: &str) -> String {
    let mut label = match traits.kind {
        LayerKind::Patrols => format!("{party} patrol"),
        LayerKind::Positions => format!("{party} {}", traits.position_type),
        LayerKind::Events => "event".to_owned(),
        LayerKind::EventLines => "event along a route".to_owned(),
        LayerKind::Places => "place named".to_owned(),
    };
    let told = [
        (traits.arrow == Arrow::Open).then_some("reversed"),
        traits.abbreviated.then_some("abbreviated"),
        (traits.is_line && traits.arrow == Arrow::None).then_some("direction not told"),
        traits.not_reported,
        traits.evacuated.then_some("evacuated"),
        traits.approximate.then_some("approximate"),
    ];
    for word in told.into_iter().flatten() {
        label.push_str(", ");
        label.push_str(word);
    }
    label
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
        let symbology = Symbology::embedded();
        let word = |actors| symbology.parties[symbology.party_number(actors).unwrap()].word.as_str();
        assert_eq!(word("Russia; Turkey"), "joint");
        assert_eq!(word("Turkey; Russia; Iran"), "joint");
        assert_eq!(word("Turkey"), "Turkish");
        assert_eq!(word("Israel; Russia"), "Russian");
        assert_eq!(word(""), "other");
    }
}
