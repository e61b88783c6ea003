//! FlatGeobuf (flatgeobuf.org): one indexed file that is read in part, also over a network.
//!
//! - The features stand in the order of a Hilbert curve and not of their ids, since the packed index
//!   demands it. What has no geometry comes last.
//! - Days are text, for the format has only times.
//! - One file has one geometry type, or takes all of them where all layers stand together.
//!
//! The tables are those of the crate, and so is the index. The crate's own writer is not used: it cannot
//! leave a geometry out, and GDAL refuses the empty one that it writes instead. Every feature is put
//! together twice, once for its size, so that nothing but the index is kept.

use std::io::{self, Write};

use flatbuffers::{FlatBufferBuilder, WIPOffset};
use flatgeobuf::packed_r_tree::{NodeItem, PackedRTree, calc_extent, hilbert_sort};
use flatgeobuf::{
    Column, ColumnArgs, ColumnType, Crs, CrsArgs, Feature, FeatureArgs, GeometryArgs, GeometryType, Header, HeaderArgs,
};

use super::characters::{ends_a_c_string, replaced};
use super::layer::Record;
use super::position::{Bounds, lines, position};
use super::table::Table;
use super::value::{Value, ValueType};
use super::{Content, Division, Format};
use crate::model::feature::Geometry;

/// "fgb", the version of the specification, and the same with its patch level.
const MAGIC: [u8; 8] = [b'f', b'g', b'b', flatgeobuf::VERSION, b'f', b'g', b'b', 0];

/// EPSG code of WGS 84.
const CRS_CODE: i32 = 4326;

/// The FlatGeobuf format.
pub struct FlatGeobuf;

impl Format for FlatGeobuf {
    fn name(&self) -> &'static str {
        "flatgeobuf"
    }

    fn extension(&self) -> &'static str {
        "fgb"
    }

    fn division(&self) -> Division {
        Division::ByLayer
    }

    fn write(&self, content: &Content<'_>, out: &mut dyn Write) -> io::Result<()> {
        let table = Table::of(&content.layers);
        let mut dataset = Dataset { table: &table, geometry_type: geometry_type(content), buffer: Vec::new() };
        dataset.write(content, out)
    }
}

fn geometry_type(content: &Content<'_>) -> GeometryType {
    match content.layers.as_slice() {
        [layer] if layer.kind.is_of_lines() => GeometryType::MultiLineString,
        [_] => GeometryType::Point,
        _ => GeometryType::Unknown,
    }
}

struct Dataset<'t, 'a> {
    table: &'t Table<'a>,
    /// `Unknown` where each feature has its own.
    geometry_type: GeometryType,
    /// The properties of one feature.
    buffer: Vec<u8>,
}

impl Dataset<'_, '_> {
    fn write(&mut self, content: &Content<'_>, mut out: &mut dyn Write) -> io::Result<()> {
        let table = self.table;
        let mut builder = FlatBufferBuilder::new();
        let mut nodes = Vec::with_capacity(table.records().len());
        let mut sizes = Vec::with_capacity(table.records().len());
        for (index, record) in (0..).zip(table.records()) {
            nodes.push(node(record, index));
            self.build_feature(record, &mut builder);
            sizes.push(builder.finished_data().len() as u64);
        }
        let extent = calc_extent(&nodes);
        // An index of nothing is none, and readers stumble over it.
        let is_indexed = nodes.iter().any(|node| node.min_x <= node.max_x);
        if is_indexed {
            hilbert_sort(&mut nodes, &extent);
        }

        out.write_all(&MAGIC)?;
        builder.reset();
        self.build_header(content, is_indexed.then_some(&extent), &mut builder);
        out.write_all(builder.finished_data())?;
        let order: Vec<u64> = nodes.iter().map(|node| node.offset).collect();
        if is_indexed {
            let mut offset = 0;
            for node in &mut nodes {
                let size = usize::try_from(node.offset).ok().and_then(|at| sizes.get(at)).copied().unwrap_or_default();
                node.offset = offset;
                offset += size;
            }
            let tree = PackedRTree::build(&nodes, &extent, PackedRTree::DEFAULT_NODE_SIZE).map_err(io::Error::other)?;
            tree.stream_write(&mut out)?;
        }
        let record = |at: &u64| usize::try_from(*at).ok().and_then(|at| table.records().get(at));
        for record in order.iter().filter_map(record) {
            self.build_feature(record, &mut builder);
            out.write_all(builder.finished_data())?;
        }
        out.flush()
    }

    /// The index and the box are left out where nothing is drawn.
    fn build_header(&self, content: &Content<'_>, extent: Option<&NodeItem>, builder: &mut FlatBufferBuilder<'_>) {
        let mut columns =
            vec![column("id", ColumnType::String, "the same for the same feature in every run and format", builder)];
        for head in &self.table.columns {
            columns.push(column(head.name, column_type(head.value_type), head.meaning, builder));
        }
        let columns = builder.create_vector(&columns);
        let org = builder.create_string("EPSG");
        let crs_name = builder.create_string("WGS 84");
        let crs = CrsArgs { org: Some(org), code: CRS_CODE, name: Some(crs_name), ..CrsArgs::default() };
        let crs = Crs::create(builder, &crs);
        let name = builder.create_string(content.name);
        let description = match content.layers.as_slice() {
            [layer] => layer.kind.meaning(),
            _ => "everything that was read from the articles",
        };
        let description = builder.create_string(description);
        let envelope = extent.map(|box_| builder.create_vector(&[box_.min_x, box_.min_y, box_.max_x, box_.max_y]));
        let header = HeaderArgs {
            name: Some(name),
            envelope,
            geometry_type: self.geometry_type,
            columns: Some(columns),
            features_count: self.table.records().len() as u64,
            index_node_size: if extent.is_some() { PackedRTree::DEFAULT_NODE_SIZE } else { 0 },
            crs: Some(crs),
            description: Some(description),
            ..HeaderArgs::default()
        };
        let header = Header::create(builder, &header);
        builder.finish_size_prefixed(header, None);
    }

    fn build_feature(&mut self, record: &Record<'_>, builder: &mut FlatBufferBuilder<'_>) {
        builder.reset();
        self.buffer.clear();
        push_text(0, &record.feature.id, &mut self.buffer);
        for (at, value) in (1..).zip(self.table.values(record)) {
            push(at, value, &mut self.buffer);
        }
        let properties = Some(builder.create_vector(&self.buffer));
        let geometry = record.feature.geometry.as_ref().map(|geometry| self.build_geometry(geometry, builder));
        let feature = Feature::create(builder, &FeatureArgs { geometry, properties, columns: None });
        builder.finish_size_prefixed(feature, None);
    }

    /// Lines are always multi-lines.
    fn build_geometry<'b>(
        &self,
        geometry: &Geometry,
        builder: &mut FlatBufferBuilder<'b>,
    ) -> WIPOffset<flatgeobuf::Geometry<'b>> {
        let (own_type, numbers) = match geometry {
            Geometry::Point(coordinate) => (GeometryType::Point, position(*coordinate).to_vec()),
            Geometry::Line(_) | Geometry::Lines(_) => {
                let coordinates = lines(geometry).iter().flatten();
                (GeometryType::MultiLineString, coordinates.flat_map(|coordinate| position(*coordinate)).collect())
            }
        };
        let xy = Some(builder.create_vector(&numbers));
        // Where each line ends. Of a single one that says nothing, and GDAL 3.6 refuses to do without.
        let ends = matches!(geometry, Geometry::Line(_) | Geometry::Lines(_)).then(|| {
            let mut end = 0;
            let ends = lines(geometry).iter().map(|line| {
                end += u32::try_from(line.len()).unwrap_or(u32::MAX);
                end
            });
            builder.create_vector(&ends.collect::<Vec<u32>>())
        });
        let type_ = if self.geometry_type == GeometryType::Unknown { own_type } else { GeometryType::Unknown };
        flatgeobuf::Geometry::create(builder, &GeometryArgs { ends, xy, type_, ..GeometryArgs::default() })
    }
}

/// What stands for a feature in the index: its box, which holds nothing where there is no geometry.
fn node(record: &Record<'_>, index: u64) -> NodeItem {
    let mut node = NodeItem::create(index);
    if let Some(bounds) = Bounds::of(&record.feature.geometry) {
        node.expand_xy(bounds.west, bounds.south);
        node.expand_xy(bounds.east, bounds.north);
    }
    node
}

fn column<'b>(
    name: &str,
    type_: ColumnType,
    meaning: &str,
    builder: &mut FlatBufferBuilder<'b>,
) -> WIPOffset<Column<'b>> {
    let name = builder.create_string(name);
    let description = builder.create_string(meaning);
    let column = ColumnArgs { name: Some(name), type_, description: Some(description), ..ColumnArgs::default() };
    Column::create(builder, &column)
}

/// There is no type for a day without a time.
fn column_type(value_type: ValueType) -> ColumnType {
    match value_type {
        ValueType::Text | ValueType::Date => ColumnType::String,
        ValueType::DateTime => ColumnType::DateTime,
        ValueType::Integer => ColumnType::Long,
        ValueType::Number => ColumnType::Double,
        ValueType::Boolean => ColumnType::Bool,
    }
}

/// Adds a property: the number of its column, then its value. Null is a property that is not there.
fn push(at: u16, value: &Value, buffer: &mut Vec<u8>) {
    match value {
        Value::Null => {}
        Value::Text(text) => push_text(at, &replaced(text, ends_a_c_string), buffer),
        Value::Integer(number) => push_bytes(at, &number.to_le_bytes(), buffer),
        Value::Number(number) => push_bytes(at, &number.to_le_bytes(), buffer),
        Value::Boolean(boolean) => push_bytes(at, &[u8::from(*boolean)], buffer),
    }
}

/// A text comes with its length. None is as long as the number can count.
fn push_text(at: u16, text: &str, buffer: &mut Vec<u8>) {
    push_bytes(at, &u32::try_from(text.len()).unwrap_or(u32::MAX).to_le_bytes(), buffer);
    buffer.extend(text.as_bytes());
}

fn push_bytes(at: u16, bytes: &[u8], buffer: &mut Vec<u8>) {
    buffer.extend(at.to_le_bytes());
    buffer.extend(bytes);
}
