//! Reading the automaton of the name index, on any bytes.
//!
//! The index is written by the crate `fst`, in its format 3. That crate's reader trusts the bytes:
//! on a damaged file it panics. A gazetteer of gigabytes cannot be checked whenever it is opened,
//! so this reader takes nothing for granted. Every access is bounded, and a node that does not
//! fit where it stands is one that no key goes through. A node lies behind those it leads to;
//! addresses that do not are refused, so that no walk goes round in circles.
//!
//! ```text
//! file     version u64 (3), type u64, nodes, key count u64, root address u64, CRC-32 u32
//! node     read from its last byte, which is its address, down; address 0 is the empty final node
//!   11iiiiii [input]                         one way, output 0, to the node that ends just before
//!   10iiiiii [input] sizes delta output      one way; the low nibble of `sizes` is the length of
//!                                            an output, the high one that of a delta
//!   0fnnnnnn [n] sizes [index] inputs deltas outputs [final output]
//!                                            n ways, `index` of 256 bytes above 32; f: a key ends
//! ```
//!
//! `i` counts a byte of [`COMMON_INPUTS`] from 1, with 0 the byte follows. A delta is the distance
//! from the first byte of the node down to the address it leads to; 0 leads to address 0.

/// A position in the automaton: the address of a node and the sum of the outputs up to it.
pub type State = (usize, u64);

const VERSION: u64 = 3;
const HEADER_LEN: usize = 16;
const FOOTER_LEN: usize = 20;

/// The address of the node where a key ends and none goes on.
const EMPTY_FINAL: usize = 0;

/// From this number of ways on, a node has a table from bytes to ways.
const INDEXED_ABOVE: usize = 32;
const INDEX_LEN: usize = 256;

/// The bytes that a node holds in its first one, by their number.
const COMMON_INPUTS: &[u8; 63] = b"te/oasripcnw.hlm-du012g=:bf3y5&_4v9678k%?xCDASFIBEjPTzRNM+LOqHG";

/// An automaton from keys to numbers.
pub struct Automaton<D> {
    bytes: D,
    root: usize,
    len: u64,
}

enum Node<'b> {
    EmptyFinal,
    One { input: u8, way: State },
    Many(Ways<'b>),
}

/// A node of several ways. All positions were checked to lie in `bytes`.
struct Ways<'b> {
    bytes: &'b [u8],
    is_final: bool,
    count: usize,
    delta_len: usize,
    output_len: usize,
    /// Where the table stands, if there is one.
    index_at: Option<usize>,
    inputs_at: usize,
    /// The first byte of the node.
    start: usize,
}

impl<D: AsRef<[u8]>> Automaton<D> {
    /// Reads header and footer; `None` when they are not those of an automaton.
    pub fn new(bytes: D) -> Option<Self> {
        let data = bytes.as_ref();
        let footer = data.len().checked_sub(FOOTER_LEN).filter(|at| *at >= HEADER_LEN)?;
        let (len, root) = (number(data, footer, 8)?, usize::try_from(number(data, footer + 8, 8)?).ok()?);
        // The root is written last. An empty automaton has no node at all.
        let root_is_last = if root == EMPTY_FINAL { footer == HEADER_LEN } else { root.checked_add(1)? == footer };
        (number(data, 0, 8)? == VERSION && root_is_last).then_some(Self { bytes, root, len })
    }

    /// How many keys it holds, as the file says.
    pub fn key_count(&self) -> usize {
        usize::try_from(self.len).unwrap_or(usize::MAX)
    }

    /// The state before the first byte of every key.
    pub fn root(&self) -> State {
        (self.root, 0)
    }

    /// Follows bytes from a state; `None` where no key goes on so.
    #[inline]
    pub fn walk(&self, from: State, bytes: &[u8]) -> Option<State> {
        let data = self.bytes.as_ref();
        let (mut address, mut output) = from;
        for byte in bytes {
            let (next, more) = Node::at(data, address)?.find(*byte)?;
            address = next;
            output = output.checked_add(more)?;
        }
        Some((address, output))
    }

    /// The number of the key that ends at a state, if one does.
    #[inline]
    pub fn value(&self, (address, output): State) -> Option<u64> {
        match Node::at(self.bytes.as_ref(), address)? {
            Node::EmptyFinal => Some(output),
            Node::One { .. } => None,
            Node::Many(ways) => output.checked_add(ways.final_output()?),
        }
    }

    /// The number of a key.
    pub fn get(&self, key: &[u8]) -> Option<u64> {
        self.walk(self.root(), key).and_then(|state| self.value(state))
    }

    /// The bytes that can follow a state and where they lead, in the order of the bytes.
    pub fn ways(&self, (address, output): State) -> impl Iterator<Item = (u8, State)> {
        let (one, many) = match Node::at(self.bytes.as_ref(), address) {
            None | Some(Node::EmptyFinal) => (None, None),
            Some(Node::One { input, way }) => (Some((input, way)), None),
            Some(Node::Many(ways)) => (None, Some(ways)),
        };
        let many = many.into_iter().flat_map(|ways| (0..ways.count).filter_map(move |number| ways.get(number)));
        one.into_iter()
            .chain(many)
            .filter_map(move |(input, (address, more))| Some((input, (address, output.checked_add(more)?))))
    }
}

impl<'b> Node<'b> {
    /// The node at an address; `None` where there can be none.
    #[inline]
    fn at(bytes: &'b [u8], address: usize) -> Option<Self> {
        if address == EMPTY_FINAL {
            return Some(Self::EmptyFinal);
        }
        let state = *bytes.get(address)?;
        if state >> 6 < 0b10 {
            return Ways::at(bytes, address, state).map(Self::Many);
        }
        let (input, below) = match state & 0b11_1111 {
            0 => (*bytes.get(address - 1)?, address - 1),
            number => (COMMON_INPUTS[usize::from(number) - 1], address),
        };
        if state >> 6 == 0b11 {
            return Some(Self::One { input, way: (below.checked_sub(1)?, 0) });
        }
        let sizes_at = below.checked_sub(1)?;
        let (delta_len, output_len) = sizes(*bytes.get(sizes_at)?)?;
        let start = sizes_at.checked_sub(delta_len + output_len)?;
        let target = target(start, number(bytes, sizes_at - delta_len, delta_len)?)?;
        Some(Self::One { input, way: (target, number(bytes, start, output_len)?) })
    }

    /// Where a byte leads, and the output on the way.
    #[inline]
    fn find(&self, byte: u8) -> Option<State> {
        match self {
            Self::EmptyFinal => None,
            Self::One { input, way } => (*input == byte).then_some(*way),
            Self::Many(ways) => ways.find(byte),
        }
    }
}

impl<'b> Ways<'b> {
    #[inline]
    fn at(bytes: &'b [u8], address: usize, state: u8) -> Option<Self> {
        let (count, below) = match usize::from(state & 0b11_1111) {
            0 => match bytes.get(address - 1)? {
                // One way is never written here, so that 1 stands for what no byte can hold.
                1 => (256, address - 1),
                count => (usize::from(*count), address - 1),
            },
            count => (count, address),
        };
        let is_final = state & 0b0100_0000 != 0;
        let sizes_at = below.checked_sub(1)?;
        let (delta_len, output_len) = sizes(*bytes.get(sizes_at)?)?;
        let index_len = if count > INDEXED_ABOVE { INDEX_LEN } else { 0 };
        let outputs = count + usize::from(is_final);
        let start = sizes_at.checked_sub(index_len + count * (1 + delta_len) + outputs * output_len)?;
        let index_at = (index_len > 0).then(|| sizes_at - index_len);
        let inputs_at = sizes_at - index_len - count;
        Some(Self { bytes, is_final, count, delta_len, output_len, index_at, inputs_at, start })
    }

    #[inline]
    fn find(&self, byte: u8) -> Option<State> {
        let way = match self.index_at {
            Some(index_at) => usize::from(*self.bytes.get(index_at + usize::from(byte))?),
            None => {
                let inputs = self.bytes.get(self.inputs_at..self.inputs_at + self.count)?;
                inputs.iter().rev().position(|input| *input == byte)?
            }
        };
        self.get(way).map(|(_, state)| state)
    }

    /// A way by its number, in the order of the inputs. They stand backwards.
    #[inline]
    fn get(&self, way: usize) -> Option<(u8, State)> {
        if way >= self.count {
            return None;
        }
        let input = *self.bytes.get(self.inputs_at + self.count - 1 - way)?;
        let delta = number(self.bytes, self.inputs_at - (way + 1) * self.delta_len, self.delta_len)?;
        let outputs_end = self.inputs_at - self.count * self.delta_len;
        let output = number(self.bytes, outputs_end - (way + 1) * self.output_len, self.output_len)?;
        Some((input, (target(self.start, delta)?, output)))
    }

    /// What is added where a key ends here; `None` where none does.
    #[inline]
    fn final_output(&self) -> Option<u64> {
        if self.is_final { number(self.bytes, self.start, self.output_len) } else { None }
    }
}

/// The lengths of deltas and outputs.
#[inline]
fn sizes(byte: u8) -> Option<(usize, usize)> {
    let (delta_len, output_len) = (usize::from(byte >> 4), usize::from(byte & 0b1111));
    (delta_len <= 8 && output_len <= 8).then_some((delta_len, output_len))
}

/// The address that a delta leads to. It always lies before the node.
#[inline]
fn target(start: usize, delta: u64) -> Option<usize> {
    match usize::try_from(delta).ok()? {
        0 => Some(EMPTY_FINAL),
        delta => start.checked_sub(delta),
    }
}

/// A little-endian number of up to eight bytes; 0 when it has none.
#[inline]
fn number(bytes: &[u8], at: usize, len: usize) -> Option<u64> {
    if len == 0 {
        return Some(0);
    }
    // The footer stands behind all nodes, so that eight bytes are nearly always there.
    if let Some(eight) = bytes.get(at..at.checked_add(8)?).and_then(|eight| eight.try_into().ok()) {
        return Some(u64::from_le_bytes(eight) & (u64::MAX >> (64 - 8 * len)));
    }
    let bytes = bytes.get(at..at.checked_add(len)?)?;
    Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use fst::Streamer;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn build(keys: &BTreeMap<Vec<u8>, u64>) -> Vec<u8> {
        let mut builder = fst::MapBuilder::memory();
        keys.iter().for_each(|(key, value)| builder.insert(key, *value).unwrap());
        builder.into_inner().unwrap()
    }

    /// Every key with its number, read way by way; `None` when that takes more than so many steps.
    fn all(automaton: &Automaton<&[u8]>, mut steps: usize) -> Option<BTreeMap<Vec<u8>, u64>> {
        let mut found = BTreeMap::new();
        let mut open = vec![(Vec::new(), automaton.root())];
        while let Some((key, state)) = open.pop() {
            steps = steps.checked_sub(1)?;
            if let Some(value) = automaton.value(state) {
                found.insert(key.clone(), value);
            }
            for (byte, next) in automaton.ways(state) {
                automaton.walk(state, &[byte]);
                let mut longer = key.clone();
                longer.push(byte);
                open.push((longer, next));
            }
        }
        Some(found)
    }

    /// Keys that need every kind of node: wide ones, chains, outputs of several lengths.
    fn sample() -> BTreeMap<Vec<u8>, u64> {
        let mut keys = BTreeMap::new();
        for byte in 0..=255u8 {
            keys.insert(vec![byte], u64::from(byte) << 20);
            keys.insert(vec![b'w', byte, b'q'], 7);
        }
        for byte in 0..40u8 {
            keys.insert(vec![b'f', byte, byte], 1 << byte);
        }
        for (value, name) in ["", "سراقب", "سراقب ادلب", "سرمين", "jisr", "jisr al shughur"].into_iter().enumerate()
        {
            keys.insert(name.as_bytes().to_vec(), value as u64 * 1_000_003);
        }
        keys
    }

    #[test]
    fn it_reads_what_the_crate_wrote() {
        for keys in [BTreeMap::new(), BTreeMap::from([(b"one".to_vec(), 300)]), sample()] {
            let bytes = build(&keys);
            let automaton = Automaton::new(bytes.as_slice()).unwrap();
            assert_eq!(automaton.key_count(), keys.len());
            assert_eq!(all(&automaton, usize::MAX), Some(keys.clone()));
            for (key, value) in &keys {
                assert_eq!(automaton.get(key), Some(*value));
            }
            assert_eq!(automaton.get("سرا".as_bytes()), None);
            assert_eq!(automaton.get(b"jisr al shughur "), None);
        }
    }

    #[test]
    fn it_reads_the_names_of_the_gazetteer_as_the_crate_does() {
        let embedded = include_bytes!(concat!(env!("OUT_DIR"), "/gazetteer.gaz"));
        // The section of the keys begins where the crate's header stands.
        let table = &embedded[40..];
        let entry = crate::gazetteer::format::Section::Keys as usize * 16;
        let field = |at: usize| number(table, entry + at, 8).unwrap() as usize;
        let keys = &embedded[field(0)..field(0) + field(8)];
        let automaton = Automaton::new(keys).unwrap();
        let peer = fst::raw::Fst::new(keys).unwrap();
        assert_eq!(automaton.key_count(), peer.len());
        let mut stream = peer.stream();
        let mut seen = 0;
        while let Some((key, value)) = stream.next() {
            assert_eq!(automaton.get(key), Some(value.value()));
            seen += 1;
        }
        assert!(seen > 100_000 && seen == automaton.key_count());
    }

    #[test]
    fn every_changed_byte_and_every_cut_is_survived() {
        let bytes = build(&sample());
        for at in 0..bytes.len() {
            for flip in [0x01, 0x10, 0x40, 0x80, 0xff] {
                let mut damaged = bytes.clone();
                damaged[at] ^= flip;
                if let Some(automaton) = Automaton::new(damaged.as_slice()) {
                    all(&automaton, 300);
                    automaton.get("سراقب".as_bytes());
                }
            }
            if let Some(automaton) = Automaton::new(&bytes[..at]) {
                all(&automaton, 300);
            }
        }
    }

    proptest! {
        #[test]
        fn any_keys_are_found_again(keys in prop::collection::btree_map(prop::collection::vec(any::<u8>(), 0..6), any::<u64>(), 0..60)) {
            let bytes = build(&keys);
            prop_assert_eq!(all(&Automaton::new(bytes.as_slice()).unwrap(), usize::MAX), Some(keys));
        }

        #[test]
        fn any_bytes_are_survived(mut bytes in prop::collection::vec(any::<u8>(), 36..300), key in prop::collection::vec(any::<u8>(), 0..9)) {
            // A header and a footer that are accepted, so that the nodes between them are read.
            let footer = bytes.len() - FOOTER_LEN;
            bytes[..8].copy_from_slice(&VERSION.to_le_bytes());
            bytes[footer + 8..footer + 16].copy_from_slice(&(footer as u64 - 1).to_le_bytes());
            let automaton = Automaton::new(bytes.as_slice()).unwrap();
            automaton.get(&key);
            all(&automaton, 300);
            for address in 0..bytes.len() + 9 {
                automaton.value((address, u64::MAX));
                automaton.walk((address, u64::MAX), &key);
                automaton.ways((address, u64::MAX)).count();
            }
        }
    }
}
