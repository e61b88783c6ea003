//! The project and the layer definition: the layers of the GeoPackage over a map of the countries.
//!
//! Paths are relative, so that the folder can be moved. The countries are those that QGIS brings along
//! (Natural Earth, 1:10 million): they need no network and no space here.

use super::expression::field;
use super::labeling::{LabelStyle, Placement, labels_of};
use super::rules::legend_entries;
use super::symbol::{plain_fill, plain_line};
use super::xml::{Element, options};
use super::{VERSION, has_times, notes, style};
use crate::writer::extent;
use crate::writer::layer::{Layer, LayerKind, Layers};
use crate::writer::position::Bounds;

/// The layers from the top of the map to its bottom: points over lines, and places below both.
const TOP_DOWN: [LayerKind; 5] =
    [LayerKind::Positions, LayerKind::Events, LayerKind::Patrols, LayerKind::EventLines, LayerKind::Places];

const GEOPACKAGE: &str = "./masar.gpkg";

/// A path of QGIS's own resources, which it resolves wherever it is installed (`QgsPathResolver`).
const WORLD: &str = "inbuilt:/data/world_map.gpkg";

/// How far around the features the map opens.
const MARGIN: f64 = 0.08;
const MARGIN_DEG: f64 = 0.1;

/// What opens where nothing is drawn: the inhabited world.
const WORLD_VIEW: Bounds = Bounds { west: -180.0, south: -60.0, east: 180.0, north: 75.0 };

/// Of the water around the countries.
const WATER: [(&str, u8); 3] = [("Red", 221), ("Green", 231), ("Blue", 238)];

/// The project.
pub fn project(layers: &Layers) -> Element {
    let title = title(layers);
    let ground = Ground::ALL;
    let mut tree = tree_group(layers);
    tree = Element::new("layer-tree-group").child(tree).child(
        Element::new("layer-tree-group")
            .with("name", "Countries (Natural Earth)")
            .with("checked", "Qt::Checked")
            .with("expanded", 0)
            .children(ground.iter().map(Ground::tree_layer)),
    );
    let mut project = Element::new("qgis")
        .with("projectname", &title)
        .with("version", VERSION)
        .child(Element::new("title").text(&title))
        .child(Element::new("projectCrs").child(web_mercator()))
        .child(tree);
    let view = extent::of_first_view(layers.all()).map_or(WORLD_VIEW, |bounds| bounds.widened(MARGIN, MARGIN_DEG));
    let (canvas, view) = views(view);
    project = project.child(canvas).child(view);
    let range = time_range(layers);
    if let Some((start, end)) = &range {
        project = project.child(
            Element::new("ProjectTimeSettings")
                .with("timeStep", 1)
                .with("timeStepUnit", "d")
                .with("frameRate", 2)
                .with("cumulativeTemporalRange", 0)
                .child(time_span("TemporalRange", start, end)),
        );
    }
    let map_layers = TOP_DOWN.iter().map(|kind| map_layer(layers.layer(*kind)));
    project
        .child(Element::new("projectlayers").children(map_layers).children(ground.iter().map(Ground::map_layer)))
        .child(properties(range))
        .child(
            Element::new("projectMetadata")
                .child(Element::new("type").text("dataset"))
                .child(Element::new("title").text(&title))
                .child(Element::new("abstract").text(notes()))
                .child(Element::new("rights").text(&layers.backdrop().licence)),
        )
}

/// The layers alone.
pub fn layer_definition(layers: &Layers) -> Element {
    let map_layers = TOP_DOWN.iter().map(|kind| map_layer(layers.layer(*kind)));
    Element::new("qlr")
        .child(Element::new("layer-tree-group").child(tree_group(layers)))
        .child(Element::new("maplayers").children(map_layers))
}

fn title(layers: &Layers) -> String {
    match layers.articles() {
        [] => "Masar".to_owned(),
        [only] => format!("Masar: {}", only.id),
        several => format!("Masar: {} articles", several.len()),
    }
}

/// The id of a layer; QGIS replaces those of ten letters or fewer.
fn layer_id(kind: LayerKind) -> String {
    format!("masar_layer_{}", kind.name())
}

/// What a layer is called in the tree.
fn layer_title(kind: LayerKind) -> &'static str {
    match kind {
        LayerKind::Patrols => "Patrols · الدوريات",
        LayerKind::Positions => "Positions · المواقع العسكرية",
        LayerKind::Events => "Events · الأحداث",
        LayerKind::EventLines => "Events along a route · أحداث على طريق",
        LayerKind::Places => "Places · الأماكن",
    }
}

fn source(kind: LayerKind) -> String {
    format!("{GEOPACKAGE}|layername={}", kind.name())
}

fn tree_group(layers: &Layers) -> Element {
    let layer = |kind: &LayerKind| {
        let entries = legend_entries(layers.layer(*kind));
        // The rule for features of later times is left out of the legend as long as there are none.
        let shown = match entries {
            // QGIS takes no text for no order.
            0 => "empty".to_owned(),
            _ => (0..entries).map(|entry| entry.to_string()).collect::<Vec<_>>().join(","),
        };
        let empty = layers.layer(*kind).features.iter().all(|feature| feature.geometry.is_none());
        Element::new("layer-tree-layer")
            .with("id", layer_id(*kind))
            .with("name", layer_title(*kind))
            .with("checked", "Qt::Checked")
            .with("expanded", u8::from(!empty))
            .with("providerKey", "ogr")
            .with("source", source(*kind))
            .child(Element::new("customproperties").child(options([("legend/node-order", shown)])))
    };
    Element::new("layer-tree-group")
        .with("name", "Masar")
        .with("checked", "Qt::Checked")
        .with("expanded", 1)
        .children(TOP_DOWN.iter().map(layer))
}

fn map_layer(layer: &Layer) -> Element {
    let kind = layer.kind;
    let geometry = if kind.is_of_lines() { "Line" } else { "Point" };
    Element::new("maplayer")
        .with("type", "vector")
        .with("geometry", geometry)
        .with("labelsEnabled", 1)
        .with("simplifyDrawingHints", 1)
        .child(Element::new("id").text(layer_id(kind)))
        .child(Element::new("datasource").text(source(kind)))
        .child(Element::new("layername").text(layer_title(kind)))
        .child(Element::new("provider").with("encoding", "UTF-8").text("ogr"))
        .child(Element::new("srs").child(wgs84()))
        .child(Element::new("abstract").text(notes()))
        .children(style(layer))
}

/// A layer of the ground.
struct Ground {
    table: &'static str,
    title: &'static str,
    lines: bool,
    labels: Option<GroundLabels>,
}

/// Names on the ground, which give way to all others.
struct GroundLabels {
    /// The field.
    name: &'static str,
    size_pt: f64,
    scales: (u32, u32),
}

impl Ground {
    const ALL: [Ground; 3] = [
        Ground { table: "disputed_borders", title: "Disputed borders", lines: true, labels: None },
        Ground {
            table: "states_provinces",
            title: "Provinces",
            lines: false,
            labels: Some(GroundLabels { name: "name", size_pt: 8.0, scales: (0, 4_000_000) }),
        },
        Ground {
            table: "countries",
            title: "Countries",
            lines: false,
            labels: Some(GroundLabels { name: "NAME", size_pt: 11.0, scales: (1_000_000, 0) }),
        },
    ];

    fn id(&self) -> String {
        format!("masar_ground_{}", self.table)
    }

    fn source(&self) -> String {
        format!("{WORLD}|layername={}", self.table)
    }

    fn tree_layer(&self) -> Element {
        Element::new("layer-tree-layer")
            .with("id", self.id())
            .with("name", self.title)
            .with("checked", "Qt::Checked")
            .with("expanded", 0)
            .with("providerKey", "ogr")
            .with("source", self.source())
    }

    fn map_layer(&self) -> Element {
        let symbol = match (self.lines, self.table) {
            (true, _) => plain_line("#8d8577", 1.4),
            (false, "countries") => plain_fill("250,248,243,255", "150,142,130,255", 1.4, false),
            (false, _) => plain_fill("0,0,0,0", "200,192,178,255", 0.8, true),
        };
        Element::new("maplayer")
            .with("type", "vector")
            .with("geometry", if self.lines { "Line" } else { "Polygon" })
            .with("labelsEnabled", u8::from(self.labels.is_some()))
            .with("simplifyDrawingHints", 1)
            .child(Element::new("id").text(self.id()))
            .child(Element::new("datasource").text(self.source()))
            .child(Element::new("layername").text(self.title))
            .child(Element::new("provider").with("encoding", "UTF-8").text("ogr"))
            .child(Element::new("srs").child(wgs84()))
            .child(
                Element::new("flags")
                    .child(Element::new("Identifiable").text(0))
                    .child(Element::new("Searchable").text(0))
                    .child(Element::new("Removable").text(1)),
            )
            .child(
                Element::new("renderer-v2")
                    .with("type", "singleSymbol")
                    .with("symbollevels", 0)
                    .child(Element::new("symbols").child(symbol)),
            )
            .children(self.labels.iter().map(GroundLabels::labeling))
    }
}

impl GroundLabels {
    fn labeling(&self) -> Element {
        labels_of(&LabelStyle {
            expression: field(self.name),
            size_pt: self.size_pt,
            color: "#8d8577",
            colors: None,
            italic: true,
            wrap: 0,
            priority: "0".to_owned(),
            scales: self.scales,
            anchor: None,
            placement: Placement::Inside,
        })
    }
}

/// The first instant of the first day and the last second of the last one, as text.
fn time_range(layers: &Layers) -> Option<(String, String)> {
    let times = |name: &'static str| {
        let records = layers.all().iter().filter(|layer| has_times(layer.kind)).flat_map(Layer::records);
        records.filter_map(move |record| record.text(name)).filter_map(|time| time.get(..10))
    };
    let first = times("time_start").chain(times("time_end")).min()?;
    let last = times("time_start").chain(times("time_end")).max()?;
    Some((format!("{first}T00:00:00Z"), format!("{last}T23:59:59Z")))
}

fn time_span(name: &'static str, start: &str, end: &str) -> Element {
    Element::new(name).child(Element::new("start").text(start)).child(Element::new("end").text(end))
}

/// Settings of the project; the temporal controller is on over the whole range, so that everything is on
/// the map until somebody presses play.
fn properties(range: Option<(String, String)>) -> Element {
    let typed = |name: &'static str, of_type: &str, value: &str| Element::new(name).with("type", of_type).text(value);
    let mut controller = Element::new("TemporalControllerWidget");
    if let Some((start, end)) = range {
        controller = controller
            .child(typed("NavigationMode", "int", FIXED_RANGE))
            .child(typed("StartDateTime", "QString", &start))
            .child(typed("EndDateTime", "QString", &end));
    }
    let water = WATER.map(|(part, value)| match part {
        "Red" => typed("CanvasColorRedPart", "int", &value.to_string()),
        "Green" => typed("CanvasColorGreenPart", "int", &value.to_string()),
        _ => typed("CanvasColorBluePart", "int", &value.to_string()),
    });
    Element::new("properties")
        .child(Element::new("SpatialRefSys").child(typed("ProjectionsEnabled", "int", "1")))
        .child(Element::new("Paths").child(typed("Absolute", "bool", "false")))
        .child(Element::new("Measurement").child(typed("DistanceUnits", "QString", "kilometers")))
        .child(Element::new("Measure").child(typed("Ellipsoid", "QString", "EPSG:7030")))
        .child(Element::new("Gui").children(water))
        .child(Element::new("PAL").child(typed("ShowingPartialsLabels", "bool", "false")).child(typed(
            "PlacementEngineVersion",
            "int",
            NEWER_PLACEMENT,
        )))
        .child(controller)
}

/// `QgsLabelingEngineSettings::PlacementEngineVersion2`; without it QGIS takes the project for an old one.
const NEWER_PLACEMENT: &str = "1";

/// `QgsTemporalNavigationObject::FixedRange`.
const FIXED_RANGE: &str = "2";

/// The map and the view that it opens with.
fn views(extent: Bounds) -> (Element, Element) {
    let (west, south) = mercator(extent.west, extent.south);
    let (east, north) = mercator(extent.east, extent.north);
    let metres = |metres: f64| format!("{metres:.0}");
    let corners = [("xmin", west), ("ymin", south), ("xmax", east), ("ymax", north)];
    let corner = |(name, value): (&'static str, f64)| Element::new(name).text(metres(value));
    let canvas = Element::new("mapcanvas")
        .with("name", "theMapCanvas")
        .with("annotationsVisible", 1)
        .child(Element::new("units").text("meters"))
        .child(Element::new("extent").children(corners.map(corner)))
        .child(Element::new("rotation").text(0))
        .child(Element::new("destinationsrs").child(web_mercator()));
    let mut view = Element::new("DefaultViewExtent");
    for (name, value) in corners {
        view = view.with(name, metres(value));
    }
    (canvas, Element::new("ProjectViewSettings").child(view.child(web_mercator())))
}

/// A point in the spherical Mercator projection (EPSG:3857), in its metres.
fn mercator(lon_deg: f64, lat_deg: f64) -> (f64, f64) {
    const RADIUS_M: f64 = 6_378_137.0;
    let lat = lat_deg.clamp(-85.0, 85.0).to_radians();
    (RADIUS_M * lon_deg.to_radians(), RADIUS_M * (std::f64::consts::FRAC_PI_4 + lat / 2.0).tan().ln())
}

fn web_mercator() -> Element {
    reference_system("3857", "3857", "EPSG:3857", "WGS 84 / Pseudo-Mercator", "merc", false)
}

fn wgs84() -> Element {
    reference_system("3452", "4326", "EPSG:4326", "WGS 84", "longlat", true)
}

fn reference_system(
    own_id: &str,
    epsg: &str,
    name: &str,
    description: &str,
    projection: &str,
    geographic: bool,
) -> Element {
    let part = |name: &'static str, text: &str| Element::new(name).text(text);
    Element::new("spatialrefsys")
        .child(part("srsid", own_id))
        .child(part("srid", epsg))
        .child(part("authid", name))
        .child(part("description", description))
        .child(part("projectionacronym", projection))
        .child(part("ellipsoidacronym", "EPSG:7030"))
        .child(part("geographicflag", if geographic { "true" } else { "false" }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damascus_lies_where_it_does_in_mercator() {
        let (east, north) = mercator(36.3, 33.5);
        assert!((east - 4_040_897.5).abs() < 1.0, "{east}");
        assert!((north - 3_961_813.0).abs() < 200.0, "{north}");
    }
}
