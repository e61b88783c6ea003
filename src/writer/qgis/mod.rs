//! What QGIS needs to show a result as it is meant: a style beside each GeoJSON file, a project and a
//! layer definition over the GeoPackage.
//!
//! Written by hand, since what QGIS itself saves is ten times as long: it reads what is there and
//! takes its defaults for the rest. A style that is found beside a file, or in a GeoPackage, is read
//! with its temporal settings switched off (seen in QGIS 3.22); in a project they are on.

mod expression;
mod fields;
mod labeling;
mod map_tip;
mod project;
mod rules;
mod symbol;
mod xml;

use std::io::{self, Write};

use super::layer::{Layer, LayerKind};
use super::symbology::Symbology;
use super::{Companion, Content, Division};
use xml::Element;

/// What QGIS calls its own documents.
const DOCUMENT_TYPE: &str = "qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'";

/// Of the oldest QGIS that reads this.
const VERSION: &str = "3.22.0";

/// A style beside each GeoJSON file, which QGIS takes when the file is opened.
pub struct LayerStyle;

impl Companion for LayerStyle {
    fn beside(&self) -> &'static str {
        "geojson"
    }

    fn extension(&self) -> &'static str {
        "qml"
    }

    fn division(&self) -> Division {
        Division::ByLayer
    }

    fn write(&self, content: &Content<'_>, out: &mut dyn Write) -> io::Result<()> {
        content.layers.iter().try_for_each(|layer| write_style(layer, out))
    }
}

/// A project over the GeoPackage.
pub struct Project;

impl Companion for Project {
    fn beside(&self) -> &'static str {
        "gpkg"
    }

    fn extension(&self) -> &'static str {
        "qgs"
    }

    fn division(&self) -> Division {
        Division::Together("masar")
    }

    fn write(&self, content: &Content<'_>, out: &mut dyn Write) -> io::Result<()> {
        project::project(content.result).write_document(DOCUMENT_TYPE, out)
    }
}

/// The layers of the project, for a project that is open already.
pub struct LayerDefinition;

impl Companion for LayerDefinition {
    fn beside(&self) -> &'static str {
        "gpkg"
    }

    fn extension(&self) -> &'static str {
        "qlr"
    }

    fn division(&self) -> Division {
        Division::Together("masar")
    }

    fn write(&self, content: &Content<'_>, out: &mut dyn Write) -> io::Result<()> {
        project::layer_definition(content.result).write_document("qgis-layer-definition", out)
    }
}

/// The style of a layer (QML), for files beside it and for `layer_styles` of a GeoPackage.
///
/// Its rules are those that the layer's features need, and one for all others.
///
/// # Errors
/// When the writer fails.
pub fn write_style(layer: &Layer, out: &mut dyn Write) -> io::Result<()> {
    Element::new("qgis")
        .with("version", VERSION)
        .with("styleCategories", "Symbology|Labeling|Fields|Forms|AttributeTable|MapTips|Temporal")
        .with("labelsEnabled", 1)
        .children(style(layer))
        .write_document(DOCUMENT_TYPE, out)
}

/// The parts of a style, which stand in a style's file and in a project alike.
fn style(layer: &Layer) -> Vec<Element> {
    let mut parts = Vec::new();
    if has_times(layer.kind) {
        parts.push(
            Element::new("temporal")
                .with("enabled", 1)
                .with("mode", TIMES_IN_TWO_FIELDS)
                .with("startField", "time_start")
                .with("endField", "time_end")
                .with("limitMode", 0)
                .with("accumulate", 0)
                .with("fixedDuration", 0)
                .with("durationUnit", "min")
                .with("durationField", "")
                .with("startExpression", "")
                .with("endExpression", "")
                .child(Element::new("fixedRange").child(Element::new("start")).child(Element::new("end"))),
        );
    }
    parts.push(rules::renderer(layer));
    parts.push(labeling::labeling(layer.kind));
    parts.extend(fields::field_settings(layer));
    parts.push(Element::new("mapTip").with("enabled", 1).text(map_tip::map_tip(layer.kind)));
    parts
}

/// `Qgis::VectorTemporalMode::FeatureDateTimeStartAndEndFromFields`.
const TIMES_IN_TWO_FIELDS: u8 = 2;

/// Whether features of a kind have times.
fn has_times(kind: LayerKind) -> bool {
    kind != LayerKind::Places
}

/// What the legend of any map says.
fn notes() -> String {
    Symbology::embedded().notes.join("\n")
}
