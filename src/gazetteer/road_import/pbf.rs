//! OpenStreetMap as PBF (<https://wiki.openstreetmap.org/wiki/PBF_Format>).
//!
//! Three passes, because a way names its nodes by number and routes, which give ways a reference,
//! stand behind the ways: relations, then the ways that are kept, then the nodes of those. Blocks
//! are unpacked on all processors, and one without anything that a pass wants only in the first.
//! Memory holds what is kept.

use std::collections::HashMap;
use std::io::{self, Read};
use std::panic::{self, AssertUnwindSafe};

use osmpbf::{Blob, BlobDecode, BlobReader, HeaderBlock, PrimitiveBlock, RelMemberType};
use rayon::prelude::*;

use super::report::{Origin, RoadReason};
use super::tags::{RoadTags, Use};
use super::{Intake, OSM_LICENCE, Position, RoadFormat};
use crate::gazetteer::import::source::{Source, SourceError};

pub struct Pbf;

impl RoadFormat for Pbf {
    fn name(&self) -> &'static str {
        "osm-pbf"
    }

    fn licence(&self) -> &'static str {
        OSM_LICENCE
    }

    fn source(&self) -> &'static str {
        "OpenStreetMap"
    }

    fn recognises(&self, source: &Source) -> bool {
        // Four bytes of length, then a message whose first field is this text.
        source.head().get(4..15) == Some(b"\x0a\x09OSMHeader")
    }

    fn passes(&self) -> u64 {
        3
    }

    fn read(&self, source: &Source, intake: &mut Intake<'_>) -> Result<(), SourceError> {
        let all_names = intake.options.all_names;
        let watcher = intake.watcher;
        let mut contents: Vec<Contents> = Vec::new();
        let mut routes: Vec<RoadTags> = Vec::new();
        let mut members: HashMap<i64, Vec<usize>> = HashMap::new();
        let mut faults: Vec<(i64, String)> = Vec::new();
        let mut blocks = Blocks { source, watcher };
        blocks.each(
            |_| true,
            relations,
            |found| {
                contents.push(found.contents);
                for (id, tags, ways) in found.routes {
                    match tags {
                        Ok(tags) => {
                            ways.into_iter().for_each(|way| members.entry(way).or_default().push(routes.len()));
                            routes.push(tags);
                        }
                        Err(problem) => faults.push((id, problem)),
                    }
                }
            },
        )?;
        for (id, problem) in faults {
            intake.find(Origin::Relation(id), RoadReason::Malformed(problem));
        }

        let mut ways: Vec<Way> = Vec::new();
        let (mut looked_at, mut faults) = (0, Vec::new());
        let has = |flag: fn(&Contents) -> bool| {
            let contents = &contents;
            move |number: usize| contents.get(number).is_some_and(flag)
        };
        let is_member = |id: i64| members.contains_key(&id);
        blocks.each(
            has(|contents| contents.ways),
            |block| kept_ways(block, all_names, &is_member),
            |found| {
                looked_at += found.looked_at;
                ways.extend(found.ways);
                faults.extend(found.faults);
            },
        )?;
        intake.count(looked_at);
        for (id, problem) in faults {
            intake.find(Origin::Way(id), RoadReason::Malformed(problem));
        }

        let mut ids: Vec<i64> = ways.iter().flat_map(|way| &way.nodes).copied().collect();
        ids.sort_unstable();
        ids.dedup();
        let mut positions: Vec<Option<(i32, i32)>> = vec![None; ids.len()];
        blocks.each(
            has(|contents| contents.nodes),
            |block| nodes(block, &ids),
            |found| {
                for (at, position) in found {
                    if let Some(slot) = positions.get_mut(at) {
                        *slot = Some(position);
                    }
                }
            },
        )?;
        for way in ways {
            let node = |id: &i64| -> Option<Position> {
                let (lon, lat) = positions.get(ids.binary_search(id).ok()?).copied().flatten()?;
                Some([f64::from(lon) / DECIMICRO, f64::from(lat) / DECIMICRO])
            };
            let nodes: Vec<Option<Position>> = way.nodes.iter().map(node).collect();
            let of: Vec<&RoadTags> =
                members.get(&way.id).into_iter().flatten().filter_map(|route| routes.get(*route)).collect();
            intake.way(way.id, way.tags, &of, &nodes);
        }
        Ok(())
    }
}

/// Units of a degree in which the reader gives positions.
const DECIMICRO: f64 = 1e7;

/// Blocks that are unpacked at a time: some 16 MB each.
const BLOCKS: usize = 16;

/// What a reader must understand to read a file. Others tell of data that is laid out differently.
const KNOWN_FEATURES: [&str; 2] = ["OsmSchema-V0.6", "DenseNodes"];

/// Which kinds of elements a block holds.
#[derive(Clone, Copy, Default)]
struct Contents {
    nodes: bool,
    ways: bool,
}

#[derive(Default)]
struct Relations {
    contents: Contents,
    /// Routes with a reference: their id, their tags, their ways.
    routes: Vec<(i64, Result<RoadTags, String>, Vec<i64>)>,
}

struct Way {
    id: i64,
    tags: RoadTags,
    nodes: Vec<i64>,
}

#[derive(Default)]
struct Ways {
    looked_at: u64,
    ways: Vec<Way>,
    faults: Vec<(i64, String)>,
}

fn relations(block: &PrimitiveBlock) -> Relations {
    let mut found = Relations::default();
    for group in block.groups() {
        found.contents.nodes |= group.nodes().next().is_some() || group.dense_nodes().next().is_some();
        found.contents.ways |= group.ways().next().is_some();
        for relation in group.relations() {
            if !relation.tags().any(|tag| tag == ("route", "road")) {
                continue;
            }
            let tags = RoadTags::read(relation.tags());
            if tags.as_ref().is_ok_and(|tags| tags.references.is_empty()) {
                continue;
            }
            let ways = relation.members().filter(|member| member.member_type == RelMemberType::Way);
            found.routes.push((relation.id(), tags, ways.map(|member| member.member_id).collect()));
        }
    }
    found
}

fn kept_ways(block: &PrimitiveBlock, all_names: bool, is_member: &(dyn Fn(i64) -> bool + Sync)) -> Ways {
    let mut found = Ways::default();
    for way in block.groups().flat_map(|group| group.ways()) {
        found.looked_at += 1;
        // Most ways are houses and paths.
        if !way.tags().any(|(key, _)| key == "highway") {
            continue;
        }
        match RoadTags::read(way.tags()) {
            Ok(tags) if tags.worth(all_names) != Use::None || tags.is_road() && is_member(way.id()) => {
                found.ways.push(Way { id: way.id(), tags, nodes: way.refs().collect() });
            }
            Ok(_) => {}
            Err(problem) => found.faults.push((way.id(), problem)),
        }
    }
    found
}

/// Where the wanted nodes of a block lie, by their place in the sorted list of ids.
fn nodes(block: &PrimitiveBlock, ids: &[i64]) -> Vec<(usize, (i32, i32))> {
    let mut found = Vec::new();
    for group in block.groups() {
        let sparse = group.nodes().map(|node| (node.id(), node.decimicro_lon(), node.decimicro_lat()));
        let dense = group.dense_nodes().map(|node| (node.id, node.decimicro_lon(), node.decimicro_lat()));
        for (id, lon, lat) in sparse.chain(dense) {
            if let Ok(at) = ids.binary_search(&id) {
                found.push((at, (lon, lat)));
            }
        }
    }
    found
}

/// The blocks of a file, read anew for each pass.
struct Blocks<'s> {
    source: &'s Source,
    watcher: &'s dyn crate::gazetteer::import::Watcher,
}

impl Blocks<'_> {
    /// Reads the blocks whose numbers are wanted, several at a time, and takes what was found in
    /// their order.
    fn each<T: Send>(
        &mut self,
        is_wanted: impl Fn(usize) -> bool,
        read: impl Fn(&PrimitiveBlock) -> T + Sync,
        mut take: impl FnMut(T),
    ) -> Result<(), SourceError> {
        let file = self.source.name().to_owned();
        let damaged = |problem: String| SourceError::Damaged { file: file.clone(), problem };
        self.source.with_reader(self.watcher, |reader| {
            let mut number = 0;
            let mut blobs = BlobReader::new(Whole(reader));
            loop {
                let mut batch: Vec<Blob> = Vec::with_capacity(BLOCKS);
                while batch.len() < BLOCKS {
                    let Some(blob) = blobs.next() else { break };
                    let blob = blob.map_err(|error| damaged(error.to_string()))?;
                    match blob.get_type() {
                        osmpbf::BlobType::OsmHeader => {
                            let header = blob.to_headerblock().map_err(|error| damaged(error.to_string()))?;
                            check_features(&header).map_err(&damaged)?;
                        }
                        osmpbf::BlobType::OsmData => {
                            if is_wanted(number) {
                                batch.push(blob);
                            }
                            number += 1;
                        }
                        osmpbf::BlobType::Unknown(_) => {}
                    }
                }
                if batch.is_empty() {
                    return Ok(());
                }
                let found: Vec<Result<T, String>> = batch.par_iter().map(|blob| read_block(blob, &read)).collect();
                for found in found {
                    take(found.map_err(&damaged)?);
                }
            }
        })
    }
}

fn check_features(header: &HeaderBlock) -> Result<(), String> {
    match header.required_features().iter().find(|feature| !KNOWN_FEATURES.contains(&feature.as_str())) {
        Some(feature) => Err(format!("it needs `{feature}`, which is not known here: export it as a plain extract")),
        None => Ok(()),
    }
}

/// Unpacks and reads a block. The crate gives up on some damage by a panic, which is damage here too.
fn read_block<T>(blob: &Blob, read: &(impl Fn(&PrimitiveBlock) -> T + Sync)) -> Result<T, String> {
    let read = || match blob.decode() {
        Ok(BlobDecode::OsmData(block)) => Ok(read(&block)),
        Ok(_) => Err("a block is none".to_owned()),
        Err(error) => Err(error.to_string()),
    };
    panic::catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err("a block that cannot be read".to_owned()))
}

/// A reader that tells an end inside the length of a block from the end of the file: the crate
/// takes both for the end.
struct Whole<R>(R);

impl<R: Read> Read for Whole<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut filled = 0;
        while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match self.0.read(rest) {
                Ok(0) => break,
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        match (filled, buffer.len()) {
            // Only lengths are asked for in fours, and a file ends before one.
            (1..=3, 4) => Err(io::Error::new(io::ErrorKind::InvalidData, "the file is cut short")),
            _ => Ok(filled),
        }
    }
}
