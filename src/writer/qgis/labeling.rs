//! Labels in English and Arabic.

use super::symbol::rgba;
use super::xml::{Element, data_defined};
use crate::writer::layer::LayerKind;

/// Fonts that have Arabic letters; the first that is installed counts, and Qt takes letters that a font
/// lacks from another one.
const FONTS: [&str; 5] = ["Noto Sans", "Noto Sans Arabic", "Segoe UI", "Geeza Pro", "Arial"];

/// How the labels of a layer look.
struct LabelStyle {
    expression: &'static str,
    size_pt: f64,
    color: &'static str,
    bold: bool,
    /// Letters of a line; 0 for no limit.
    wrap: u8,
    /// 0 to 10: who stays where two labels do not fit.
    priority: u8,
    /// The denominator of the scale beyond which labels would only hide the map; 0 for none.
    farthest: u32,
}

/// Both names, or the one there is.
const NAMES: &str = "if(coalesce(\"name_ar\", '') IN ('', \"name\"), \"name\", \"name\" || '\\n' || \"name_ar\")";
/// Both titles, or the one there is.
const TITLES: &str = "concat(\"title\", '\\n' || \"title_ar\")";
/// The day and the number stand in front, because titles are long and patrols alike.
const PATROLS: &str = "concat(if(\"ordinal\" IS NULL, '', 'No. ' || \"ordinal\" || ' · '), \
    coalesce(\"date\" || ' · ', ''), \"route_text\", '\\n', \"title_ar\")";

fn style_of(kind: LayerKind) -> LabelStyle {
    let style = LabelStyle {
        expression: TITLES,
        size_pt: 8.0,
        color: "#20262c",
        bold: false,
        wrap: 34,
        priority: 5,
        farthest: 3_000_000,
    };
    match kind {
        LayerKind::Patrols => {
            LabelStyle { expression: PATROLS, size_pt: 8.5, bold: true, wrap: 52, priority: 7, ..style }
        }
        LayerKind::Positions => LabelStyle { priority: 6, ..style },
        LayerKind::Events | LayerKind::EventLines => LabelStyle { color: "#8a3600", ..style },
        LayerKind::Places => {
            LabelStyle { expression: NAMES, color: "#3a444e", wrap: 0, priority: 3, farthest: 0, ..style }
        }
    }
}

/// The labels of a layer.
pub fn labeling(kind: LayerKind) -> Element {
    let style = style_of(kind);
    let families = FONTS.iter().map(|name| Element::new("family").with("name", name));
    let text = Element::new("text-style")
        .with("fieldName", style.expression)
        .with("isExpression", 1)
        .with("fontFamily", FONTS[0])
        .with("namedStyle", if style.bold { "Bold" } else { "Regular" })
        .with("fontWeight", if style.bold { 75 } else { 50 })
        .with("fontSize", style.size_pt)
        .with("fontSizeUnit", "Point")
        .with("textColor", rgba(style.color, 1.0))
        .with("textOpacity", 1)
        .with("multilineHeight", 0.9)
        .with("allowHtml", 0)
        .child(Element::new("families").children(families))
        .child(
            Element::new("text-buffer")
                .with("bufferDraw", 1)
                .with("bufferSize", 0.8)
                .with("bufferSizeUnits", "MM")
                .with("bufferColor", rgba("#ffffff", 0.9))
                .with("bufferOpacity", 1)
                .with("bufferJoinStyle", 128),
        );
    let format = Element::new("text-format")
        .with("wrapChar", "")
        .with("autoWrapLength", style.wrap)
        .with("useMaxLineLengthForAutoWrap", 1)
        .with("multilineAlign", 1);
    // Ordered positions around the point: QGIS 3.22 leaves out labels placed around it without a distance.
    let placement = Element::new("placement")
        .with("placement", if super::rules::is_line(kind) { 2 } else { 6 })
        .with("placementFlags", 10)
        .with("predefinedPositionOrder", "TR,TL,BR,BL,R,L,TSR,BSR")
        .with("dist", 2.4)
        .with("distUnits", "MM")
        .with("offsetUnits", "MM")
        .with("priority", style.priority);
    let rendering = Element::new("rendering")
        .with("drawLabels", 1)
        .with("displayAll", 0)
        .with("obstacle", 1)
        .with("obstacleFactor", 1)
        .with("mergeLines", 0)
        .with("scaleVisibility", u8::from(style.farthest > 0))
        .with("scaleMin", 0)
        .with("scaleMax", style.farthest);
    Element::new("labeling").with("type", "simple").child(
        Element::new("settings")
            .with("calloutType", "simple")
            .child(text)
            .child(format)
            .child(placement)
            .child(rendering)
            .child(data_defined("dd_properties", &[])),
    )
}
