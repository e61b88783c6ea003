//! Writes files of OpenStreetMap as PBF (<https://wiki.openstreetmap.org/wiki/PBF_Format>): as much
//! of the format as a test of its reader needs.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

/// Kinds of members of a relation, as the format numbers them.
#[derive(Clone, Copy)]
pub enum Element {
    Way = 1,
}

type Tags = Vec<(String, String)>;
type Members = Vec<(Element, i64)>;

/// What the file is to hold, in the order in which it was added.
#[derive(Default)]
pub struct OsmPbf {
    nodes: Vec<(i64, f64, f64)>,
    ways: Vec<(i64, Tags, Vec<i64>)>,
    relations: Vec<(i64, Tags, Members)>,
}

impl OsmPbf {
    pub fn node(&mut self, id: i64, lon: f64, lat: f64) {
        self.nodes.push((id, lon, lat));
    }

    pub fn way(&mut self, id: i64, tags: &[(&str, &str)], nodes: &[i64]) {
        self.ways.push((id, owned(tags), nodes.to_vec()));
    }

    pub fn relation(&mut self, id: i64, tags: &[(&str, &str)], members: &[(Element, i64)]) {
        self.relations.push((id, owned(tags), members.to_vec()));
    }

    /// A header, then a block for each kind of elements, the second one not compressed.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut header = Message::default();
        header.bytes(4, b"OsmSchema-V0.6");
        header.bytes(4, b"DenseNodes");
        let mut file = blob("OSMHeader", &header.0, true);

        let mut dense = Message::default();
        dense.packed(1, deltas(self.nodes.iter().map(|node| node.0)).map(zigzag));
        dense.packed(8, deltas(self.nodes.iter().map(|node| units(node.2))).map(zigzag));
        dense.packed(9, deltas(self.nodes.iter().map(|node| units(node.1))).map(zigzag));
        file.extend(blob("OSMData", &block(Strings::default(), 2, &[dense]), true));

        let mut strings = Strings::default();
        let ways: Vec<Message> = self
            .ways
            .iter()
            .map(|(id, tags, nodes)| {
                let mut way = element(*id, tags, &mut strings);
                way.packed(8, deltas(nodes.iter().copied()).map(zigzag));
                way
            })
            .collect();
        file.extend(blob("OSMData", &block(strings, 3, &ways), false));

        let mut strings = Strings::default();
        let relations: Vec<Message> = self
            .relations
            .iter()
            .map(|(id, tags, members)| {
                let mut relation = element(*id, tags, &mut strings);
                relation.packed(8, members.iter().map(|_| 0));
                relation.packed(9, deltas(members.iter().map(|member| member.1)).map(zigzag));
                relation.packed(10, members.iter().map(|member| member.0 as u64));
                relation
            })
            .collect();
        file.extend(blob("OSMData", &block(strings, 4, &relations), true));
        file
    }
}

fn owned(tags: &[(&str, &str)]) -> Tags {
    tags.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

/// Positions are stored in units of 100 billionths of a degree.
fn units(degrees: f64) -> i64 {
    (degrees * 1e7).round() as i64
}

fn deltas(numbers: impl Iterator<Item = i64>) -> impl Iterator<Item = i64> {
    let mut before = 0;
    numbers.map(move |number| number - std::mem::replace(&mut before, number))
}

fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)).cast_unsigned()
}

/// The strings of a block; the first one is empty by convention.
#[derive(Default)]
struct Strings(Vec<String>);

impl Strings {
    fn number(&mut self, text: &str) -> u64 {
        let at = self.0.iter().position(|known| known == text).unwrap_or_else(|| {
            self.0.push(text.to_owned());
            self.0.len() - 1
        });
        at as u64 + 1
    }
}

fn element(id: i64, tags: &Tags, strings: &mut Strings) -> Message {
    let mut element = Message::default();
    element.number(1, id.cast_unsigned());
    element.packed(2, tags.iter().map(|(key, _)| strings.number(key)));
    element.packed(3, tags.iter().map(|(_, value)| strings.number(value)));
    element
}

/// A block with one group of elements of one kind.
fn block(strings: Strings, kind: u64, elements: &[Message]) -> Vec<u8> {
    let mut table = Message::default();
    table.bytes(1, b"");
    strings.0.iter().for_each(|text| table.bytes(1, text.as_bytes()));
    let mut group = Message::default();
    elements.iter().for_each(|element| group.bytes(kind, &element.0));
    let mut block = Message::default();
    block.bytes(1, &table.0);
    block.bytes(2, &group.0);
    block.0
}

fn blob(kind: &str, content: &[u8], is_packed: bool) -> Vec<u8> {
    let mut blob = Message::default();
    if is_packed {
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
        packed.write_all(content).unwrap();
        blob.number(2, content.len() as u64);
        blob.bytes(3, &packed.finish().unwrap());
    } else {
        blob.bytes(1, content);
    }
    let mut header = Message::default();
    header.bytes(1, kind.as_bytes());
    header.number(3, blob.0.len() as u64);
    let mut bytes = (header.0.len() as u32).to_be_bytes().to_vec();
    bytes.extend(header.0);
    bytes.extend(blob.0);
    bytes
}

/// A message of protocol buffers.
#[derive(Default)]
struct Message(Vec<u8>);

impl Message {
    fn varint(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    fn number(&mut self, field: u64, number: u64) {
        self.varint(field << 3);
        self.varint(number);
    }

    fn bytes(&mut self, field: u64, bytes: &[u8]) {
        self.varint(field << 3 | 2);
        self.varint(bytes.len() as u64);
        self.0.extend_from_slice(bytes);
    }

    fn packed(&mut self, field: u64, numbers: impl Iterator<Item = u64>) {
        let mut content = Message::default();
        numbers.for_each(|number| content.varint(number));
        self.bytes(field, &content.0);
    }
}
