//! Styles, project and layer definition for QGIS as files: well formed, true to the schema and to the
//! one definition of symbols, free of paths and of anything out of an article. `.ci/qgis-check.py` opens
//! them in QGIS itself.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use assert_cmd::Command;
use masar::model::coordinate::Coordinate;
use masar::model::feature::Geometry;
use masar::writer::layer::{Layer, LayerKind, OutputFeature, Record};
use masar::writer::qgis::write_style;
use masar::writer::schema::{self, ColumnHead};
use masar::writer::symbology::{Symbology, Traits};
use masar::writer::value::Value;
use quick_xml::XmlVersion;
use quick_xml::events::Event;
use serde_json::json;

const ARTICLE: &str = "tests/corpus/authored/m4-reversed-patrol.txt";
const DEV: &str = "tests/corpus/dev";

/// The styles, the project and the layer definition of some input, by file name.
fn files(arguments: &[&str], input: &str) -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut masar = Command::cargo_bin("masar").expect("the binary is built");
    masar.current_dir(Path::new(env!("CARGO_MANIFEST_DIR"))).write_stdin(input);
    masar.arg("map").args(arguments).arg("-q").arg("-o").arg(folder.path()).assert().success();
    let mut files = BTreeMap::new();
    for entry in folder.path().read_dir().expect("readable") {
        let path = entry.expect("readable").path();
        let extension = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        if ["qml", "qgs", "qlr"].contains(&extension.as_str()) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&path).expect("UTF-8");
            let here = folder.path().to_string_lossy();
            assert!(!text.contains(here.as_ref()), "{name} names the folder that it was made in");
            files.insert(name, text);
        }
    }
    files
}

/// An element with its attributes and the text directly in it.
#[derive(Debug, Default)]
struct Node {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
}

impl Node {
    fn get(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }
}

/// All elements of a document in their order; panics where it is not well formed.
fn nodes(document: &str) -> Vec<Node> {
    let mut reader = quick_xml::Reader::from_str(document);
    let (mut nodes, mut open): (Vec<Node>, Vec<usize>) = (Vec::new(), Vec::new());
    loop {
        let event = reader.read_event().unwrap_or_else(|error| panic!("{error} at {}", reader.error_position()));
        match &event {
            Event::Eof => break,
            Event::Start(start) | Event::Empty(start) => {
                let mut node = Node { name: start.name().as_ref().to_owned(), ..Node::default() };
                for attribute in start.attributes() {
                    let attribute = attribute.expect("a whole attribute");
                    let value = attribute.normalized_value(XmlVersion::Implicit1_0).expect("escaped").into_owned();
                    let name = attribute.key.as_ref().to_owned();
                    assert!(node.attributes.insert(name, value).is_none(), "an attribute stands twice");
                }
                nodes.push(node);
                if matches!(event, Event::Start(_)) {
                    open.push(nodes.len() - 1);
                }
            }
            Event::End(_) => assert!(open.pop().is_some()),
            Event::Text(text) => {
                if let Some(node) = open.last() {
                    nodes[*node].text.push_str(text);
                }
            }
            Event::GeneralRef(reference) => {
                let name: &str = reference;
                let character = match reference.resolve_char_ref().expect("a character") {
                    Some(character) => character.to_string(),
                    None => quick_xml::escape::resolve_predefined_entity(name).expect("a known entity").to_owned(),
                };
                let node = open.last().expect("inside an element");
                nodes[*node].text.push_str(&character);
            }
            _ => {}
        }
    }
    assert!(open.is_empty(), "an element is not closed");
    nodes
}

/// The expressions of a style: rules, labels, map tips and what symbols take from data.
fn expressions(nodes: &[Node]) -> Vec<String> {
    let mut found = Vec::new();
    for node in nodes {
        let attributes = ["filter", "fieldName", "geometryGenerator", "sortExpression"];
        found.extend(attributes.iter().map(|name| node.get(name).to_owned()));
        if node.name == "Option" && ["expression", "geometryModifier"].contains(&node.get("name")) {
            found.push(node.get("value").to_owned());
        }
        match node.name.as_str() {
            "mapTip" => {
                let parts = node.text.split("[%").skip(1).filter_map(|part| part.split_once("%]"));
                found.extend(parts.map(|(expression, _)| expression.to_owned()));
            }
            "previewExpression" => found.push(node.text.clone()),
            _ => {}
        }
    }
    found.retain(|expression| !expression.is_empty());
    found
}

/// The fields that an expression asks for: what stands in double quotes outside texts.
fn fields(expression: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut characters = expression.chars();
    while let Some(quote) = characters.next() {
        if quote == '\'' || quote == '"' {
            let inside: String = characters.by_ref().take_while(|character| *character != quote).collect();
            if quote == '"' {
                found.insert(inside);
            }
        }
    }
    found
}

fn columns(kind: LayerKind) -> Vec<ColumnHead> {
    match kind {
        LayerKind::Patrols => schema::patrol_columns().iter().map(|column| column.head).collect(),
        LayerKind::Positions => schema::position_columns().iter().map(|column| column.head).collect(),
        LayerKind::Events => schema::other_columns().iter().map(|column| column.head).collect(),
        LayerKind::EventLines => schema::line_columns().iter().map(|column| column.head).collect(),
        LayerKind::Places => schema::place_columns().iter().map(|column| column.head).collect(),
    }
}

/// A layer of features that have some properties and nothing else.
fn layer(kind: LayerKind, features: &[Vec<(&str, Value)>]) -> Layer {
    let columns = columns(kind);
    let at = |lon, lat| Coordinate::new(lon, lat).expect("a coordinate");
    let geometry = match kind.is_of_lines() {
        true => Geometry::Line(vec![at(36.3, 35.8), at(36.8, 35.9)]),
        false => Geometry::Point(at(36.3, 35.8)),
    };
    let feature = |(number, properties): (usize, &Vec<(&str, Value)>)| OutputFeature {
        id: format!("{number:04}"),
        geometry: Some(geometry.clone()),
        values: columns
            .iter()
            .map(|column| {
                let given = properties.iter().find(|(name, _)| *name == column.name);
                given.map_or(Value::Null, |(_, value)| value.clone())
            })
            .collect(),
    };
    let features = features.iter().enumerate().map(feature).collect();
    Layer { kind, columns, features }
}

fn style(layer: &Layer) -> Vec<Node> {
    let mut out = Vec::new();
    write_style(layer, &mut out).expect("written");
    nodes(std::str::from_utf8(&out).expect("UTF-8"))
}

#[test]
fn a_folder_has_a_style_for_each_layer_and_the_same_bytes_in_every_run() {
    let made = files(&[DEV], "");
    let mut expected: Vec<String> = LayerKind::ALL.iter().map(|kind| format!("{}.qml", kind.name())).collect();
    expected.extend(["masar.qgs".to_owned(), "masar.qlr".to_owned()]);
    expected.sort();
    assert_eq!(made.keys().cloned().collect::<Vec<_>>(), expected);
    for (name, text) in &made {
        let root = if name.ends_with("qlr") { "qlr" } else { "qgis" };
        assert_eq!(nodes(text)[0].name, root, "{name}");
    }
    assert_eq!(files(&[DEV], ""), made);
}

#[test]
fn a_style_asks_for_no_field_that_the_schema_does_not_have() {
    let made = files(&[DEV], "");
    for kind in LayerKind::ALL {
        let known: BTreeSet<String> =
            columns(kind).iter().map(|column| column.name.to_owned()).chain(["id".to_owned()]).collect();
        let nodes = nodes(&made[&format!("{}.qml", kind.name())]);
        let mut asked: BTreeSet<String> = expressions(&nodes).iter().flat_map(|text| fields(text)).collect();
        assert!(asked.contains("title") && asked.contains("evidence") && asked.contains("confidence"), "{asked:?}");
        for node in &nodes {
            asked.extend(["startField", "endField"].map(|name| node.get(name).to_owned()));
            if ["alias", "field", "column"].contains(&node.name.as_str()) {
                asked.extend(["field", "name"].map(|name| node.get(name).to_owned()).into_iter().next());
            }
        }
        asked.remove("");
        let unknown: Vec<_> = asked.difference(&known).collect();
        assert!(unknown.is_empty(), "{}: {unknown:?}", kind.name());
        let aliases: BTreeSet<String> =
            nodes.iter().filter(|node| node.name == "alias").map(|node| node.get("field").to_owned()).collect();
        assert_eq!(aliases.len() + 1, known.len(), "{}: every property has an alias", kind.name());
    }
}

#[test]
fn every_party_and_every_marker_has_a_rule_that_looks_like_the_one_definition() {
    let symbology = Symbology::embedded();
    let types = ["observation post", "post", "base", "checkpoint", "deployment"];
    let given: Vec<&str> =
        symbology.markers_of(LayerKind::Positions).filter_map(|marker| marker.value.as_deref()).collect();
    assert!(given.len() > 2 && given.iter().all(|value| types.contains(value)), "{given:?}");
    let mut positions = Vec::new();
    let mut patrols = Vec::new();
    for party in &symbology.parties {
        let actors = Value::list(&party.actors);
        for position_type in types {
            for status in ["new", "evacuated"] {
                positions.push(vec![
                    ("actor", actors.clone()),
                    ("position_type", Value::text(position_type)),
                    ("status", Value::text(status)),
                ]);
            }
        }
        for (reverse, abbreviated, undirected) in [
            (false, false, false),
            (true, false, false),
            (false, true, false),
            (true, true, false),
            (false, true, true),
        ] {
            for quality in ["road", "schematic", "straight"] {
                for modality in ["reported", "planned"] {
                    patrols.push(vec![
                        ("actors", actors.clone()),
                        ("reverse", Value::Boolean(reverse)),
                        ("abbreviated", Value::Boolean(abbreviated)),
                        ("undirected", Value::Boolean(undirected)),
                        ("geometry_quality", Value::text(quality)),
                        ("modality", Value::text(modality)),
                    ]);
                }
            }
        }
    }
    let place = |quality| vec![("geometry_quality", Value::text(quality))];
    let layers = [
        layer(LayerKind::Positions, &positions),
        layer(LayerKind::Patrols, &patrols),
        layer(LayerKind::Places, &[place("gazetteer"), place("approximate")]),
        layer(LayerKind::Events, &[Vec::new()]),
        layer(LayerKind::EventLines, &[Vec::new()]),
    ];
    for layer in &layers {
        let nodes = style(layer);
        let rules: Vec<&Node> =
            nodes.iter().filter(|node| node.name == "rule" && node.attributes.contains_key("symbol")).collect();
        let mut traits: Vec<Traits<'_>> = layer.records().map(|record| Traits::of(&record)).collect();
        traits.sort();
        traits.dedup();
        // And one for the rest, and for lines one for their bands.
        let more = if layer.kind.is_of_lines() { 2 } else { 1 };
        assert_eq!(rules.len(), traits.len() + more, "{}", layer.kind.name());
        for record in layer.records() {
            check_rule(&record, &nodes, &rules);
        }
        let filters: BTreeSet<(&str, &str)> =
            rules.iter().map(|rule| (rule.get("label"), rule.get("filter"))).collect();
        assert_eq!(filters.len(), rules.len(), "{}: two rules are alike", layer.kind.name());
    }
}

/// The rule with the words of a feature's symbol draws in its colour, dashes and arrow.
fn check_rule(record: &Record<'_>, nodes: &[Node], rules: &[&Node]) {
    let symbol = Symbology::embedded().symbol(record);
    let solid = if Traits::of(record).solid { ", along a surveyed road" } else { "" };
    let label = format!("{}{solid}", symbol.label);
    let rule = rules.iter().find(|rule| rule.get("label") == label).unwrap_or_else(|| panic!("no rule for {label}"));
    let start = nodes
        .iter()
        .position(|node| node.name == "symbol" && node.get("name") == rule.get("symbol"))
        .unwrap_or_else(|| panic!("no symbol for {label}"));
    let drawn: Vec<(&str, &str)> = nodes[start + 1..]
        .iter()
        .take_while(|node| node.name != "symbol" || node.get("name").starts_with('@'))
        .filter(|node| node.name == "Option")
        .map(|node| (node.get("name"), node.get("value")))
        .collect();
    let number = |at: usize| u8::from_str_radix(&symbol.color[at..at + 2], 16).expect("a colour");
    let color = format!("{},{},{},255", number(1), number(3), number(5));
    assert!(drawn.iter().any(|(_, value)| *value == color), "{label}: not in {}", symbol.color);
    let has = |name: &str, value: &str| drawn.contains(&(name, value));
    assert_eq!(has("use_custom_dash", "1"), !symbol.dash.is_empty(), "{label}: dashes");
    assert_eq!(has("name", "line"), symbol.bar, "{label}: a bar for what was shortened");
    let arrow = serde_json::to_value(symbol.arrow).expect("a word");
    assert_eq!(has("name", "filled_arrowhead"), arrow != json!("none"), "{label}: an arrow");
    if let Some(marker) = symbol.marker {
        assert!(has("name", marker), "{label}: {marker}");
        assert_eq!(has("outline_color", &color), symbol.hollow, "{label}: hollow");
    }
}

#[test]
fn a_project_knows_its_data_by_relative_paths_alone() {
    let made = files(&[ARTICLE], "");
    let own: Vec<String> =
        LayerKind::ALL.iter().map(|kind| format!("./masar.gpkg|layername={}", kind.name())).collect();
    for (name, ground) in [("masar.qgs", 3), ("masar.qlr", 0)] {
        let nodes = nodes(&made[name]);
        let sources: Vec<&str> =
            nodes.iter().filter(|node| node.name == "datasource").map(|node| node.text.as_str()).collect();
        assert_eq!(sources.iter().filter(|source| source.starts_with("inbuilt:/data/")).count(), ground, "{name}");
        assert_eq!(sources.len(), own.len() + ground, "{name}");
        for source in &own {
            assert!(sources.contains(&source.as_str()), "{name} lacks {source}");
        }
        let tree = nodes.iter().filter(|node| node.name == "layer-tree-layer");
        let in_tree: BTreeSet<(&str, &str)> = tree.map(|node| (node.get("id"), node.get("source"))).collect();
        let ids = nodes.iter().filter(|node| node.name == "id").map(|node| node.text.as_str());
        let layers: BTreeSet<(&str, &str)> = ids.zip(sources.iter().copied()).collect();
        assert_eq!(in_tree, layers, "{name}: the tree shows the layers that there are");
        // The legend has an entry for each rule but the last, which is for features of later times.
        let orders = nodes.iter().filter(|node| node.get("name") == "legend/node-order");
        let entries: usize =
            orders.map(|node| node.get("value").split(',').filter(|part| *part != "empty").count()).sum();
        assert_eq!(entries + own.len(), nodes.iter().filter(|node| node.name == "rule").count(), "{name}");
        // QGIS gives layers with a shorter id a new one, and the tree loses them.
        assert!(layers.iter().all(|(id, _)| id.len() > 10), "{layers:?}");
    }
    for (name, text) in &made {
        for path in ["file:", "/home", "/tmp", "/root", env!("CARGO_MANIFEST_DIR")] {
            assert!(!text.contains(path), "{name} holds {path}");
        }
    }
}

#[test]
fn the_time_of_a_project_is_that_of_its_features() {
    let made = files(
        &["-", "--from", "jsonl"],
        &(json!({
            "id": "days",
            "published": "2020-08-20",
            "text": "سيّرت القوات الروسية والتركية دورية من سراقب إلى أريحا في 17 آب 2020. \
                     وسيّرت القوات الروسية والتركية دورية أخرى من أريحا إلى سراقب في 12 آب 2020."
        })
        .to_string()
            + "\n"),
    );
    let nodes = nodes(&made["masar.qgs"]);
    let text = |name: &str| nodes.iter().find(|node| node.name == name).map(|node| node.text.clone());
    assert_eq!(text("start").as_deref(), Some("2020-08-12T00:00:00Z"));
    assert_eq!(text("end").as_deref(), Some("2020-08-17T23:59:59Z"));
    assert_eq!(text("NavigationMode").as_deref(), Some("2"), "the controller is on");
    let of_layers = nodes.iter().filter(|node| node.name == "temporal");
    assert!(of_layers.clone().all(|node| node.get("enabled") == "1" && node.get("mode") == "2"));
    assert_eq!(of_layers.count(), 4, "all layers but places have times");
}

#[test]
fn nothing_out_of_an_article_is_code_or_markup() {
    let id = "\"><script>alert(1)</script>]]>&amp;[% 'x' %]\u{1}\u{fffe}";
    let text = "</mapTip><script>alert(2)</script> سيّرت القوات الروسية والتركية دورية من سراقب إلى أريحا [% 1+1 %].";
    let record = json!({"id": id, "source": "\"/><x>", "url": "javascript:alert(3)", "text": text}).to_string() + "\n";
    let made = files(&["-", "--from", "jsonl"], &record);
    for (name, document) in &made {
        let nodes = nodes(document);
        assert!(!nodes.iter().any(|node| node.name == "script" || node.name == "x"), "{name}");
        if name == "masar.qgs" {
            let title = nodes.iter().find(|node| node.name == "title").expect("a title");
            assert_eq!(title.text, "Masar: \"><script>alert(1)</script>]]>&amp;[% 'x' %]\u{fffd}\u{fffd}");
        } else {
            assert!(!document.contains("alert"), "{name}: a style needs no text of an article");
        }
    }
    // Every text of an article that a map tip shows goes through the escaping.
    for kind in LayerKind::ALL {
        let nodes = nodes(&made[&format!("{}.qml", kind.name())]);
        let tip = &nodes.iter().find(|node| node.name == "mapTip").expect("a map tip").text;
        let parts: Vec<&str> = tip.split("[%").skip(1).filter_map(|part| part.split("%]").next()).collect();
        assert!(parts.len() >= 8, "{tip}");
        for part in parts {
            let expression = part.trim();
            let escaped = expression.starts_with("replace(replace(replace(replace(replace(coalesce(");
            let link = expression
                .starts_with("if(regexp_match(coalesce(\"url\", ''), '^https?://') = 1, '<a href=\"' || replace(");
            assert!(escaped || link, "{expression}");
        }
    }
}
