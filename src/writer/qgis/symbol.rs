//! Symbols of QGIS made of those of the one definition.
//!
//! Sizes are millimetres and not pixels, so that a print has those of the screen. Symbols are drawn
//! level by level: areas of uncertainty below casings, those below lines, arrows and markers on top,
//! whatever the order of the features.

use super::xml::{Element, data_defined, options};
use crate::writer::symbology::{Arrow, Symbol, Symbology};

/// Millimetres of a pixel at 96 to the inch.
const PIXEL_MM: f64 = 25.4 / 96.0;

/// Levels of drawing.
const AREA: u8 = 0;
const CASING: u8 = 1;
const BODY: u8 = 2;
const ARROWS: u8 = 3;

/// Up to this many features of a layer are compared with each other, for lines on one road and areas on one
/// point: that costs the square of it.
const MOST_COMPARED: usize = 500;

/// Degrees of latitude in a metre, on the sphere that distances are measured on (`model::coordinate`).
const DEGREE_M: f64 = 111_195.0;

/// The symbol of points.
///
/// `with_area` draws the circle inside which the truth is claimed to lie.
pub fn point_symbol(number: usize, symbol: &Symbol<'_>, with_area: bool) -> Element {
    let mut layers = Vec::new();
    if with_area {
        layers.push(uncertainty_circle(symbol.color, number));
    }
    let shape = match symbol.marker.unwrap_or("circle") {
        "cross" => "cross_fill",
        other => other,
    };
    let halo = rgba("#ffffff", 1.0);
    let marker = |fill: &str, stroke: &str, stroke_px: f64, size_px: f64| {
        let stroke_style = if stroke_px > 0.0 { "solid" } else { "no" };
        vec![
            ("name", shape.to_owned()),
            ("color", fill.to_owned()),
            ("outline_color", stroke.to_owned()),
            ("outline_width", mm(stroke_px)),
            ("outline_width_unit", "MM".to_owned()),
            ("outline_style", stroke_style.to_owned()),
            ("joinstyle", "round".to_owned()),
            ("size", mm(size_px)),
            ("size_unit", "MM".to_owned()),
        ]
    };
    let color = rgba(symbol.color, 1.0);
    layers.push(layer("SimpleMarker", CASING, marker(&halo, &halo, 3.0, symbol.size)));
    layers.push(match symbol.hollow {
        true => layer("SimpleMarker", BODY, marker(&halo, &color, 2.2, symbol.size - 1.0)),
        false => layer("SimpleMarker", BODY, marker(&color, "0,0,0,102", 0.8, symbol.size)),
    });
    symbol_of("marker", &number.to_string(), layers)
}

/// The symbol of lines.
pub fn line_symbol(number: usize, symbol: &Symbol<'_>) -> Element {
    let line = &Symbology::embedded().line;
    let lane = [("offset", lane(line.lane))];
    let mut body = vec![("capstyle", "flat".to_owned())];
    if !symbol.dash.is_empty() {
        let dash: Vec<String> = symbol.dash.iter().map(|px| mm(f64::from(*px))).collect();
        body.extend([
            ("use_custom_dash", "1".to_owned()),
            ("customdash", dash.join(";")),
            ("customdash_unit", "MM".to_owned()),
        ]);
    }
    let mut layers = vec![
        layer("SimpleLine", CASING, stroke(&rgba("#ffffff", 0.85), symbol.width + line.casing, Vec::new()))
            .child(data_defined("data_defined_properties", &lane)),
        layer("SimpleLine", BODY, stroke(&rgba(symbol.color, 1.0), symbol.width, body))
            .child(data_defined("data_defined_properties", &lane)),
    ];
    let reach = symbol.width + 4.0;
    if symbol.arrow != Arrow::None {
        layers.push(along(number, layers.len(), arrow_head(symbol, 1.9 * reach)));
    }
    if symbol.bar {
        let ahead = if symbol.arrow == Arrow::None { 0.0 } else { reach + 2.5 };
        layers.push(along(number, layers.len(), bar(symbol, 1.9 * reach, ahead)));
    }
    symbol_of("line", &number.to_string(), layers)
}

/// The band inside which lines are claimed to lie, too much to be drawn unasked.
pub fn band_symbol(number: usize, color: &str) -> Element {
    let style = &Symbology::embedded().area;
    let mercator = "transform($geometry, 'EPSG:4326', 'EPSG:3857')";
    let radius = "\"uncertainty_m\" / max(0.02, cos(radians(y(centroid($geometry)))))";
    let band = format!("transform(buffer({mercator}, {radius}, 12), 'EPSG:3857', 'EPSG:4326')");
    let middle = stroke(&rgba(color, style.outline_opacity), 1.0, Vec::new());
    symbol_of("line", &number.to_string(), vec![area(&band, color, number), layer("SimpleLine", BODY, middle)])
}

/// The circle around a point as an ellipse in degrees, so that it has the right size in any projection
/// and at any latitude. In the Mercator projection itself a metre at 36° N is drawn 1.24 m long.
fn uncertainty_circle(color: &str, number: usize) -> Element {
    let radius = format!("(\"uncertainty_m\" / {DEGREE_M})");
    let of_longitude = format!("({radius} / max(0.02, cos(radians(y($geometry)))))");
    area(&format!("make_ellipse($geometry, {of_longitude}, {radius}, 90, 90)"), color, number)
}

/// A translucent area that an expression gives.
///
/// Several features often share a point and a radius, those told of one governorate for example: together
/// they are as opaque as one. What covers much of the map is fainter.
fn area(geometry: &str, color: &str, number: usize) -> Element {
    let style = &Symbology::embedded().area;
    let same = "concat(geom_to_wkt($geometry, 4), \"uncertainty_m\")";
    let few = format!("layer_property(@layer_id, 'feature_count') <= {MOST_COMPARED}");
    let share = format!("1.0 / if({few}, count(1, group_by:={same}), 1)");
    let radius_mm = "\"uncertainty_m\" / max(0.02, cos(radians(y(centroid($geometry))))) / @map_scale * 1000";
    let fill = format!("if({radius_mm} > {}, {}, {})", mm(style.wide), style.opacity_wide, style.opacity);
    // A legend draws the symbol of no feature and would fill a large square.
    let translucent = |opacity: &str| {
        let part = |at| channel(color, at);
        let alpha = format!("255 * (1 - (1 - {opacity}) ^ ({share}))");
        let of_feature = format!("color_rgba({}, {}, {}, {alpha})", part(0), part(1), part(2));
        format!("if($id IS NULL, color_rgba(0, 0, 0, 0), {of_feature})")
    };
    let properties =
        [("fillColor", translucent(&fill)), ("outlineColor", translucent(&style.outline_opacity.to_string()))];
    let settings = vec![
        ("color", rgba(color, style.opacity)),
        ("style", "solid".to_owned()),
        ("outline_color", rgba(color, style.outline_opacity)),
        ("outline_style", "solid".to_owned()),
        ("outline_width", mm(1.0)),
        ("outline_width_unit", "MM".to_owned()),
    ];
    let fill = layer("SimpleFill", AREA, settings).child(data_defined("data_defined_properties", &properties));
    let settings = vec![
        ("SymbolType", "Fill".to_owned()),
        ("geometryModifier", geometry.to_owned()),
        ("units", "MapUnit".to_owned()),
    ];
    layer("GeometryGenerator", AREA, settings).child(symbol_of("fill", &format!("@{number}@0"), vec![fill]))
}

/// A marker at equal distances along a line, at least one, as on the web map.
fn along(number: usize, position: usize, marker: Vec<Element>) -> Element {
    let line = &Symbology::embedded().line;
    // Millimetres of the line on the map, as long as that is in Mercator.
    let length = "(length(transform($geometry, 'EPSG:4326', 'EPSG:3857')) / @map_scale * 1000)";
    let interval = format!("{length} / max(1, round({length} / {}))", mm(line.arrow_gap));
    let properties =
        [("interval", interval.clone()), ("offsetAlongLine", format!("({interval}) / 2")), ("offset", lane(line.lane))];
    let settings = vec![
        ("placement", "interval".to_owned()),
        ("interval", mm(line.arrow_gap)),
        ("interval_unit", "MM".to_owned()),
        // Only a legend takes this, where the line is as short.
        ("offset_along_line", mm(9.0)),
        ("offset_along_line_unit", "MM".to_owned()),
        ("offset_unit", "MM".to_owned()),
        ("rotate", "1".to_owned()),
        ("average_angle_length", mm(12.0)),
        ("average_angle_unit", "MM".to_owned()),
    ];
    layer("MarkerLine", ARROWS, settings).child(data_defined("data_defined_properties", &properties)).child(symbol_of(
        "marker",
        &format!("@{number}@{position}"),
        marker,
    ))
}

/// A head that is filled, or open for a run told to go the other way.
fn arrow_head(symbol: &Symbol<'_>, size_px: f64) -> Vec<Element> {
    let (white, color) = (rgba("#ffffff", 1.0), rgba(symbol.color, 1.0));
    let fill = if symbol.arrow == Arrow::Open { &white } else { &color };
    vec![
        shape("filled_arrowhead", &white, &white, 3.5, size_px, 0.0),
        shape("filled_arrowhead", fill, &color, 1.6, size_px, 0.0),
    ]
}

/// A bar across the line, for a run told to be shortened.
fn bar(symbol: &Symbol<'_>, size_px: f64, ahead_px: f64) -> Vec<Element> {
    let (white, color) = (rgba("#ffffff", 1.0), rgba(symbol.color, 1.0));
    vec![shape("line", &white, &white, 5.0, size_px, ahead_px), shape("line", &color, &color, 2.2, size_px, ahead_px)]
}

fn shape(name: &str, fill: &str, stroke: &str, stroke_px: f64, size_px: f64, ahead_px: f64) -> Element {
    let settings = vec![
        ("name", name.to_owned()),
        ("color", fill.to_owned()),
        ("outline_color", stroke.to_owned()),
        ("outline_width", mm(stroke_px)),
        ("outline_width_unit", "MM".to_owned()),
        ("outline_style", "solid".to_owned()),
        ("joinstyle", "round".to_owned()),
        ("cap_style", "flat".to_owned()),
        ("size", mm(size_px)),
        ("size_unit", "MM".to_owned()),
        ("offset", format!("{},0", mm(ahead_px))),
        ("offset_unit", "MM".to_owned()),
    ];
    layer("SimpleMarker", 0, settings)
}

fn stroke<'a>(color: &str, width_px: f64, more: Vec<(&'a str, String)>) -> Vec<(&'a str, String)> {
    let mut settings = vec![
        ("line_color", color.to_owned()),
        ("line_width", mm(width_px)),
        ("line_width_unit", "MM".to_owned()),
        ("line_style", "solid".to_owned()),
        ("joinstyle", "round".to_owned()),
        ("offset_unit", "MM".to_owned()),
    ];
    settings.extend(more);
    settings
}

/// How far from its road a line is drawn, in millimetres to its right: the lines of one road take the
/// lanes 0, 1, -1, 2, -2, 3, -3 in turn, on the same side whichever way they run.
fn lane(lane_px: f64) -> String {
    let number = format!("{} % 7", number_on_road());
    let side = "if(x(end_point($geometry)) < x(start_point($geometry)), -1, 1)";
    format!("with_variable('n', {number}, ceil(@n / 2.0) * if(@n % 2 = 1, 1, -1)) * {} * {side}", mm(lane_px))
}

/// Which of the lines on its road a line is, from 0, in the order of time.
pub fn number_on_road() -> String {
    let road = "coalesce(\"road\", \"route\")";
    let ids = format!("array_agg(\"id\", group_by:={road}, order_by:=coalesce(\"time_start\", \"time_end\"))");
    let few = format!("layer_property(@layer_id, 'feature_count') <= {MOST_COMPARED}");
    format!("if({few}, max(0, array_find({ids}, \"id\")), 0)")
}

fn symbol_of(of_type: &'static str, name: &str, layers: Vec<Element>) -> Element {
    Element::new("symbol")
        .with("type", of_type)
        .with("name", name)
        .with("alpha", 1)
        .with("clip_to_extent", 1)
        .with("force_rhr", 0)
        .children(layers)
}

/// A plain fill, for the ground of a map.
pub fn plain_fill(fill: &str, stroke: &str, stroke_px: f64, dotted: bool) -> Element {
    let settings = vec![
        ("color", fill.to_owned()),
        ("style", "solid".to_owned()),
        ("outline_color", stroke.to_owned()),
        ("outline_style", if dotted { "dot" } else { "solid" }.to_owned()),
        ("outline_width", mm(stroke_px)),
        ("outline_width_unit", "MM".to_owned()),
    ];
    symbol_of("fill", "0", vec![layer("SimpleFill", 0, settings)])
}

/// A plain dashed line, for the ground of a map.
pub fn plain_line(color: &str, width_px: f64) -> Element {
    let mut settings = stroke(color, width_px, Vec::new());
    settings.push(("use_custom_dash", "1".to_owned()));
    settings.push(("customdash", format!("{};{}", mm(4.0), mm(3.0))));
    symbol_of("line", "0", vec![layer("SimpleLine", 0, settings)])
}

fn layer(class: &'static str, level: u8, settings: Vec<(&str, String)>) -> Element {
    Element::new("layer")
        .with("class", class)
        .with("enabled", 1)
        .with("locked", 0)
        .with("pass", level)
        .child(options(settings))
}

/// Pixels as millimetres with two decimals.
fn mm(pixels: f64) -> String {
    format!("{:.2}", pixels * PIXEL_MM)
}

/// A colour `#rrggbb` as QGIS writes it.
pub fn rgba(color: &str, opacity: f64) -> String {
    let part = |at| channel(color, at);
    format!("{},{},{},{:.0}", part(0), part(1), part(2), opacity * 255.0)
}

/// Red, green or blue of a colour `#rrggbb`.
fn channel(color: &str, number: usize) -> u8 {
    let digits = color.get(1 + 2 * number..3 + 2 * number);
    digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_and_sizes_are_those_of_qgis() {
        assert_eq!(rgba("#7b2d8e", 1.0), "123,45,142,255");
        assert_eq!(rgba("#ffffff", 0.16), "255,255,255,41");
        assert_eq!(mm(4.0), "1.06");
    }
}
