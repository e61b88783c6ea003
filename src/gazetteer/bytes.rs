//! The bytes of a compiled file and its sections: borrowed from the binary, owned, or mapped.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::sync::Arc;

use memmap2::Mmap;

use super::error::GazetteerError;
use super::format::{self, HEADER_LEN, MAGIC, Section, TABLE_ENTRY_LEN, VERSION, read_u32, read_u64};

/// A whole file.
#[derive(Clone)]
pub(super) enum Bytes {
    Static(&'static [u8]),
    Owned(Arc<Vec<u8>>),
    Mapped(Arc<Mmap>),
}

impl Bytes {
    pub(super) fn owned(bytes: Vec<u8>) -> Self {
        Self::Owned(Arc::new(bytes))
    }

    /// Maps a file into memory.
    pub(super) fn map(file: &File) -> io::Result<Self> {
        // SAFETY: the mapping is only read. Were the file changed or cut short by another program
        // meanwhile, reads would see other bytes or the process would be stopped; every program
        // that maps its data rests on that not happening, and `masar gazetteer build` replaces
        // files by renaming and never writes into one.
        #[allow(unsafe_code)]
        let mapped = unsafe { Mmap::map(file) }?;
        Ok(Self::Mapped(Arc::new(mapped)))
    }

    fn as_slice(&self) -> &[u8] {
        match self {
            Self::Static(bytes) => bytes,
            Self::Owned(bytes) => bytes,
            Self::Mapped(bytes) => bytes,
        }
    }
}

/// One section of a file. The range was checked when the file was opened.
#[derive(Clone)]
pub(super) struct Part {
    file: Bytes,
    range: Range<usize>,
}

impl AsRef<[u8]> for Part {
    #[inline]
    fn as_ref(&self) -> &[u8] {
        self.file.as_slice().get(self.range.clone()).unwrap_or(&[])
    }
}

impl Part {
    /// Takes the end off, as no file that passes [`sections`] has it.
    #[cfg(test)]
    pub(super) fn cut(&mut self, len: usize) {
        self.range.end = self.range.start + len;
    }

    /// The checksum over all sections that the file's header gives.
    pub(super) fn body_checksum(&self) -> Option<u64> {
        read_u64(self.file.as_slice(), 24)
    }
}

/// All sections, in the order of [`Section::ALL`].
pub(super) type Parts = [Part; Section::ALL.len()];

/// Checks header and table and cuts the file into its sections.
pub(super) fn sections(file: &Bytes) -> Result<Parts, GazetteerError> {
    let bytes = file.as_slice();
    if bytes.get(..MAGIC.len()) != Some(&MAGIC) {
        return Err(GazetteerError::NotAGazetteer);
    }
    let cut_short = GazetteerError::Damaged("header");
    let version = read_u32(bytes, 8).ok_or(cut_short.clone())?;
    if version != VERSION {
        return Err(GazetteerError::Version { found: version, expected: VERSION });
    }
    let expected = read_u64(bytes, 16).ok_or(cut_short.clone())?;
    if expected != bytes.len() as u64 {
        return Err(GazetteerError::Length { found: bytes.len() as u64, expected });
    }
    let table_end = HEADER_LEN + Section::ALL.len() * TABLE_ENTRY_LEN;
    let (Some(header), Some(table)) = (bytes.get(..HEADER_LEN - 8), bytes.get(HEADER_LEN..table_end)) else {
        return Err(cut_short);
    };
    let sum = format::combine(format::checksum(header), format::checksum(table));
    if read_u32(bytes, 12) != Some(Section::ALL.len() as u32) || read_u64(bytes, HEADER_LEN - 8) != Some(sum) {
        return Err(cut_short);
    }
    let mut parts = Section::ALL.map(|_| Part { file: file.clone(), range: 0..0 });
    for (part, entry) in parts.iter_mut().zip(table.chunks_exact(TABLE_ENTRY_LEN)) {
        let start = read_u64(entry, 0).and_then(|start| usize::try_from(start).ok());
        let len = read_u64(entry, 8).and_then(|len| usize::try_from(len).ok());
        let range = start.zip(len).and_then(|(start, len)| Some(start..start.checked_add(len)?));
        part.range = range.filter(|range| range.end <= bytes.len()).ok_or(GazetteerError::Damaged("section table"))?;
    }
    Ok(parts)
}
