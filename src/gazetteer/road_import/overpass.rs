//! What an Overpass server answers as JSON (<https://wiki.openstreetmap.org/wiki/OSM_JSON>), with
//! nodes beside the ways (`out body; >; out skel;`) or positions inside them (`out geom;`).

use std::collections::HashMap;

use serde::Deserialize;

use super::report::{Origin, RoadReason};
use super::tags::RoadTags;
use super::{Intake, OSM_LICENCE, Position, RoadFormat};
use crate::gazetteer::import::source::{Source, SourceError};

pub struct Overpass;

#[derive(Deserialize)]
struct Answer {
    elements: Vec<Element>,
    /// What the server says when it gave up: what it found until then would pass for all.
    remark: Option<String>,
}

#[derive(Deserialize)]
struct Element {
    #[serde(rename = "type")]
    kind: String,
    id: i64,
    lon: Option<f64>,
    lat: Option<f64>,
    #[serde(default)]
    tags: HashMap<String, String>,
    #[serde(default)]
    nodes: Vec<i64>,
    /// `null` for nodes outside the area that was asked for.
    #[serde(default)]
    geometry: Vec<Option<Point>>,
    #[serde(default)]
    members: Vec<Member>,
}

#[derive(Deserialize)]
struct Point {
    lon: f64,
    lat: f64,
}

#[derive(Deserialize)]
struct Member {
    #[serde(rename = "type")]
    kind: String,
    #[serde(rename = "ref")]
    id: i64,
}

impl RoadFormat for Overpass {
    fn name(&self) -> &'static str {
        "overpass"
    }

    fn licence(&self) -> &'static str {
        OSM_LICENCE
    }

    fn source(&self) -> &'static str {
        "OpenStreetMap"
    }

    fn recognises(&self, source: &Source) -> bool {
        let head = String::from_utf8_lossy(source.head());
        head.trim_start().starts_with('{') && head.contains("\"elements\"")
    }

    fn read(&self, source: &Source, intake: &mut Intake<'_>) -> Result<(), SourceError> {
        let answer: Answer = source.with_reader(intake.watcher, |reader| {
            let json = |error| SourceError::Json { file: source.name().to_owned(), source: error };
            serde_json::from_reader(reader).map_err(json)
        })?;
        if let Some(remark) = answer.remark {
            let problem = format!("the server did not finish: {remark}");
            return Err(SourceError::Damaged { file: source.name().to_owned(), problem });
        }
        let mut nodes: HashMap<i64, Position> = HashMap::new();
        let mut routes: Vec<RoadTags> = Vec::new();
        let mut members: HashMap<i64, Vec<usize>> = HashMap::new();
        for element in &answer.elements {
            match element.kind.as_str() {
                "node" => {
                    if let (Some(lon), Some(lat)) = (element.lon, element.lat) {
                        nodes.insert(element.id, [lon, lat]);
                    }
                }
                "relation" => match read_tags(element) {
                    Ok(tags) if tags.route.as_deref() == Some("road") && !tags.references.is_empty() => {
                        for member in element.members.iter().filter(|member| member.kind == "way") {
                            members.entry(member.id).or_default().push(routes.len());
                        }
                        routes.push(tags);
                    }
                    Ok(_) => {}
                    Err(problem) => intake.find(Origin::Relation(element.id), RoadReason::Malformed(problem)),
                },
                _ => {}
            }
        }
        for element in answer.elements.iter().filter(|element| element.kind == "way") {
            intake.count(1);
            if !element.tags.contains_key("highway") {
                continue;
            }
            let tags = match read_tags(element) {
                Ok(tags) => tags,
                Err(problem) => {
                    intake.find(Origin::Way(element.id), RoadReason::Malformed(problem));
                    continue;
                }
            };
            let of: Vec<&RoadTags> =
                members.get(&element.id).into_iter().flatten().filter_map(|route| routes.get(*route)).collect();
            if !intake.wants(&tags) && (of.is_empty() || !tags.is_road()) {
                continue;
            }
            let positions: Vec<Option<Position>> = match element.geometry.is_empty() {
                true => element.nodes.iter().map(|id| nodes.get(id).copied()).collect(),
                false => element.geometry.iter().map(|at| at.as_ref().map(|at| [at.lon, at.lat])).collect(),
            };
            intake.way(element.id, tags, &of, &positions);
        }
        Ok(())
    }
}

fn read_tags(element: &Element) -> Result<RoadTags, String> {
    // In the order of their keys, whatever that of the map.
    let mut tags: Vec<(&str, &str)> = element.tags.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    tags.sort_unstable();
    RoadTags::read(tags.into_iter())
}
