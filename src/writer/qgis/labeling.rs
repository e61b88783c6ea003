//! Labels in English and Arabic.

use super::rules::by_party;
use super::symbol::{number_on_road, rgba};
use super::xml::{Element, data_defined};
use crate::writer::layer::LayerKind;

/// Fonts that have Arabic letters; the first that is installed counts, and Qt takes letters that a font
/// lacks from another one.
const FONTS: [&str; 5] = ["Noto Sans", "Noto Sans Arabic", "Segoe UI", "Geeza Pro", "Arial"];

/// How labels look and where they stand.
pub struct LabelStyle {
    pub expression: String,
    pub size_pt: f64,
    /// `#rrggbb`.
    pub color: &'static str,
    /// An expression for the colour of each.
    pub colors: Option<String>,
    pub italic: bool,
    /// Letters of a line; 0 for no limit.
    pub wrap: u8,
    /// An expression from 0 to 10: who stays where two labels do not fit.
    pub priority: String,
    /// The denominators of the nearest and the farthest scale; 0 for no limit.
    pub scales: (u32, u32),
    /// An expression for the point that the label stands at; none for that of a feature.
    pub anchor: Option<String>,
    /// Beside the point, or inside an area.
    pub placement: Placement,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Placement {
    /// In the first of some positions around the point where there is room.
    Around,
    /// Horizontally inside an area.
    Inside,
}

/// Number, day and both ends, because patrols are alike and their titles long; a run without a direction
/// or several told together are better told by the title. The Arabic title names the stops behind a colon.
const PATROLS: &str = r#"concat(
if("undirected" OR "count" > 1 OR coalesce("route_text", '') NOT LIKE '%→%', "title",
concat('No. ' || "ordinal" || ' · ', "date" || ' · ', regexp_replace("route_text", ' → .* → ', ' → … → '))), '\n',
if("title_ar" LIKE '%: %', concat('رقم ' || "ordinal" || ' · ', regexp_substr("title_ar", ': (.*)$')), "title_ar"))"#;

/// Both titles, or the one there is.
const TITLES: &str = r#"concat("title", '\n' || "title_ar")"#;

/// Both names, or the one there is, of the first of all features that stand for one place: every article
/// has its own.
const NAMES: &str = r#"if(layer_property(@layer_id, 'feature_count') > 5000
OR array_find(array_agg(coalesce("gazetteer_id", "id")), coalesce("gazetteer_id", "id")) = array_find(array_agg("id"), "id"),
concat("name", if("name_ar" = "name", '', '\n' || "name_ar")), NULL)"#;

/// The labels of a layer.
pub fn labeling(kind: LayerKind) -> Element {
    let style = LabelStyle {
        expression: TITLES.to_owned(),
        size_pt: 8.0,
        color: "#20262c",
        colors: None,
        italic: false,
        wrap: 38,
        priority: "5".to_owned(),
        scales: (0, 3_000_000),
        anchor: None,
        placement: Placement::Around,
    };
    labels_of(&match kind {
        LayerKind::Patrols => LabelStyle {
            expression: one_line(PATROLS),
            size_pt: 8.5,
            colors: Some(by_party(kind)),
            wrap: 60,
            priority: "7".to_owned(),
            anchor: Some(along_line()),
            ..style
        },
        LayerKind::Positions => LabelStyle { colors: Some(by_party(kind)), priority: "6".to_owned(), ..style },
        LayerKind::Events => LabelStyle { color: "#8a3600", ..style },
        LayerKind::EventLines => LabelStyle { color: "#8a3600", anchor: Some(along_line()), ..style },
        LayerKind::Places => LabelStyle {
            expression: one_line(NAMES),
            color: "#3a444e",
            wrap: 0,
            // The more often a place is named, the more it is missed.
            priority: "min(5, 1 + coalesce(\"mentions\", 0))".to_owned(),
            scales: (0, 0),
            ..style
        },
    })
}

/// A point on a line, for the lines of one road at different distances along it.
fn along_line() -> String {
    format!("line_interpolate_point($geometry, length($geometry) * (0.25 + ({} % 3) * 0.25))", number_on_road())
}

/// Line breaks of the source are no part of an expression.
fn one_line(expression: &str) -> String {
    expression.replace('\n', " ")
}

/// Labels of a style.
pub fn labels_of(style: &LabelStyle) -> Element {
    let families = FONTS.iter().map(|name| Element::new("family").with("name", name));
    let text = Element::new("text-style")
        .with("fieldName", &style.expression)
        .with("isExpression", 1)
        .with("fontFamily", FONTS[0])
        .with("namedStyle", if style.italic { "Italic" } else { "Regular" })
        .with("fontItalic", u8::from(style.italic))
        .with("fontWeight", 50)
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
    // QGIS 3.22 leaves out labels that stand around a point without a distance.
    let mut placement = Element::new("placement")
        .with("placement", if style.placement == Placement::Inside { 4 } else { 6 })
        .with("predefinedPositionOrder", "TR,TL,BR,BL,R,L,TSR,BSR")
        // A label at a line must not touch the lines beside it.
        .with("dist", if style.anchor.is_some() { 4.5 } else { 2.4 })
        .with("distUnits", "MM")
        .with("offsetUnits", "MM")
        .with("fitInPolygonOnly", 0);
    if let Some(anchor) = &style.anchor {
        placement = placement
            .with("geometryGeneratorEnabled", 1)
            .with("geometryGeneratorType", "PointGeometry")
            .with("geometryGenerator", anchor);
    }
    let (nearest, farthest) = style.scales;
    let rendering = Element::new("rendering")
        .with("drawLabels", 1)
        .with("displayAll", 0)
        .with("obstacle", u8::from(style.placement == Placement::Around))
        .with("obstacleFactor", 1)
        .with("scaleVisibility", u8::from(nearest > 0 || farthest > 0))
        .with("scaleMin", nearest)
        .with("scaleMax", farthest);
    let mut properties = vec![("Priority", style.priority.clone())];
    properties.extend(style.colors.iter().map(|colors| ("Color", colors.clone())));
    Element::new("labeling").with("type", "simple").child(
        Element::new("settings")
            .with("calloutType", "simple")
            .child(text)
            .child(format)
            .child(placement)
            .child(rendering)
            .child(data_defined("dd_properties", &properties)),
    )
}
