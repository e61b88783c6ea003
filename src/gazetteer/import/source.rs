//! The files that an import reads: plain, gzip or zip, told apart by their first bytes.
//!
//! Packed files are unpacked while they are read. One that grows beyond all reason is refused
//! before it fills anything.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use rayon::prelude::*;
use thiserror::Error;
use zip::ZipArchive;
use zip::result::ZipError;

use super::Watcher;

/// Why a file cannot be read as a whole.
#[derive(Debug, Error)]
pub enum SourceError {
    #[error("{file}: cannot be read")]
    Io { file: String, source: io::Error },
    #[error("{file}: the archive is encrypted; unpack it first")]
    Encrypted { file: String },
    #[error("{file}: the archive holds no file with places")]
    EmptyArchive { file: String },
    #[error("{file}: not a zip archive that can be read")]
    Zip { file: String, source: ZipError },
    #[error("{file}: a spreadsheet; save its table as CSV and give that")]
    Spreadsheet { file: String },
    #[error("{file}: UTF-16; save it as UTF-8")]
    Utf16 { file: String },
    #[error("{file}: not UTF-8, line {line}")]
    NotUtf8 { file: String, line: u64 },
    #[error("{file}: {problem}")]
    Header { file: String, problem: String },
    #[error("{file}: damaged: {problem}")]
    Damaged { file: String, problem: String },
    #[error("{file}: malformed JSON")]
    Json { file: String, source: serde_json::Error },
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Packing {
    Plain,
    Gzip,
    /// The position of the member that holds the data.
    Zip(usize),
}

/// One file to read.
#[derive(Clone, Debug)]
pub struct Source {
    path: PathBuf,
    /// The name that reports give: the path, and the member of an archive.
    name: String,
    /// The name of the file itself, without folders and packing.
    file_name: String,
    packing: Packing,
    /// Bytes on disk.
    size: u64,
    /// The first bytes of the unpacked content.
    head: Vec<u8>,
}

const HEAD_BYTES: usize = 64 * 1024;

/// A packed file may hold this much in any case, and a multiple of its own size.
const UNPACKED_FREE: u64 = 64 << 20;
const UNPACKED_RATIO: u64 = 200;

/// Members of the archives of GeoNames that hold no places.
const NOT_DATA: [&str; 2] = ["readme.txt", "iso-languagecodes.txt"];

impl Source {
    /// Opens a file and reads its beginning.
    ///
    /// # Errors
    /// When it cannot be read, or is an archive without data.
    pub fn open(path: &Path) -> Result<Source, SourceError> {
        let name = path.display().to_string();
        let io = |source| SourceError::Io { file: name.clone(), source };
        let mut file = File::open(path).map_err(io)?;
        let metadata = file.metadata().map_err(io)?;
        if metadata.is_dir() {
            return Err(io(io::ErrorKind::IsADirectory.into()));
        }
        let mut magic = [0u8; 4];
        let read = read_up_to(&mut file, &mut magic).map_err(io)?;
        let mut source = Source {
            path: path.to_owned(),
            file_name: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            name: name.clone(),
            packing: Packing::Plain,
            size: metadata.len(),
            head: Vec::new(),
        };
        match magic.get(..read).unwrap_or(&[]) {
            [0x1f, 0x8b, ..] => {
                source.packing = Packing::Gzip;
                source.file_name = source.file_name.trim_end_matches(".gz").to_owned();
            }
            [b'P', b'K', 3, 4] | [b'P', b'K', 5, 6] => source.choose_member()?,
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => return Err(SourceError::Utf16 { file: name }),
            _ => {}
        }
        let mut head = vec![0u8; HEAD_BYTES];
        let len = source.with_reader(&(), |reader| read_up_to(reader, &mut head).map_err(io))?;
        head.truncate(len);
        source.head = head;
        Ok(source)
    }

    /// Chooses the largest file of an archive that is no page of words.
    fn choose_member(&mut self) -> Result<(), SourceError> {
        let mut archive = self.archive()?;
        if archive.index_for_name("[Content_Types].xml").is_some() {
            return Err(SourceError::Spreadsheet { file: self.name.clone() });
        }
        let mut best: Option<(u64, usize, String)> = None;
        for at in 0..archive.len() {
            let member = archive.by_index_raw(at).map_err(|error| self.zip_error(error))?;
            let path = member.name().map_err(|error| self.zip_error(error))?;
            let name = path.rsplit('/').next().unwrap_or("").to_owned();
            let is_data = member.is_file() && !NOT_DATA.contains(&name.to_ascii_lowercase().as_str());
            if is_data && best.as_ref().is_none_or(|(size, ..)| member.size() > *size) {
                best = Some((member.size(), at, name));
            }
        }
        let Some((_, at, name)) = best else { return Err(SourceError::EmptyArchive { file: self.name.clone() }) };
        self.packing = Packing::Zip(at);
        self.name = format!("{}:{name}", self.name);
        self.file_name = name;
        Ok(())
    }

    fn archive(&self) -> Result<ZipArchive<File>, SourceError> {
        let file = File::open(&self.path).map_err(|source| SourceError::Io { file: self.name.clone(), source })?;
        ZipArchive::new(file).map_err(|error| self.zip_error(error))
    }

    fn zip_error(&self, error: ZipError) -> SourceError {
        let file = self.name.clone();
        match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => SourceError::Encrypted { file },
            ZipError::Io(source) => SourceError::Io { file, source },
            source => SourceError::Zip { file, source },
        }
    }

    /// The name that reports give.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name of the file itself, without folders and packing.
    pub fn file_name(&self) -> &str {
        &self.file_name
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Bytes on disk.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The first bytes of the content, without a byte order mark.
    pub fn head(&self) -> &[u8] {
        self.head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.head)
    }

    /// The first line, as far as it is UTF-8.
    pub fn first_line(&self) -> &str {
        let line = self.head().split(|byte| *byte == b'\n').next().unwrap_or(&[]);
        let line = match std::str::from_utf8(line) {
            Ok(line) => line,
            Err(error) => line.get(..error.valid_up_to()).and_then(|line| std::str::from_utf8(line).ok()).unwrap_or(""),
        };
        line.trim_end_matches('\r')
    }

    /// Reads the content; `watcher` hears of every byte that comes from disk.
    ///
    /// # Errors
    /// Those of `read`, and when the file cannot be opened.
    pub fn with_reader<T>(
        &self,
        watcher: &dyn Watcher,
        read: impl FnOnce(&mut (dyn BufRead + Send)) -> Result<T, SourceError>,
    ) -> Result<T, SourceError> {
        let io = |source| SourceError::Io { file: self.name.clone(), source };
        match self.packing {
            Packing::Plain => {
                let file = Watched { inner: File::open(&self.path).map_err(io)?, watcher };
                read(&mut BufReader::with_capacity(1 << 18, file))
            }
            Packing::Gzip => {
                let file = Watched { inner: File::open(&self.path).map_err(io)?, watcher };
                let unpacked = MultiGzDecoder::new(BufReader::with_capacity(1 << 16, file));
                read(&mut BufReader::with_capacity(1 << 18, Bounded::new(unpacked, self.size)))
            }
            Packing::Zip(at) => {
                let mut archive = self.archive()?;
                let member = archive.by_index(at).map_err(|error| self.zip_error(error))?;
                let packed = member.compressed_size().min(self.size);
                // Bytes from disk cannot be seen through the archive: those of the content, scaled.
                let scale = member.size() as f64 / packed.max(1) as f64;
                let scaled = Scaled { watcher, scale: scale.max(1.0) };
                let member = Watched { inner: Bounded::new(member, packed), watcher: &scaled };
                read(&mut BufReader::with_capacity(1 << 18, member))
            }
        }
    }
}

struct Scaled<'w> {
    watcher: &'w dyn Watcher,
    scale: f64,
}

impl Watcher for Scaled<'_> {
    fn advance(&self, bytes: u64) {
        self.watcher.advance((bytes as f64 / self.scale) as u64);
    }
}

/// Tells a watcher of the bytes that pass.
struct Watched<'w, R> {
    inner: R,
    watcher: &'w dyn Watcher,
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.watcher.advance(read as u64);
        Ok(read)
    }
}

/// Stops unpacking what grows beyond all reason.
struct Bounded<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Bounded<R> {
    fn new(inner: R, packed: u64) -> Self {
        Self { inner, left: UNPACKED_FREE.saturating_add(packed.saturating_mul(UNPACKED_RATIO)) }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| {
            let message = format!("unpacks to more than {UNPACKED_RATIO} times its size; unpack it yourself first");
            io::Error::new(io::ErrorKind::InvalidData, message)
        })?;
        Ok(read)
    }
}

fn read_up_to(reader: &mut (impl Read + ?Sized), buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match reader.read(rest) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// Some whole lines of a file.
pub struct LineBlock {
    bytes: Vec<u8>,
    /// The number of the first one, from 1.
    first_line: u64,
}

/// A line longer than any row: it is not held.
const LONGEST_LINE: usize = 1 << 20;
const BLOCK_BYTES: usize = 1 << 20;
const BLOCKS_AT_A_TIME: usize = 8;

/// What a line of a file is.
pub enum Line<'b> {
    Text(&'b str),
    NotUtf8,
    /// Longer than [`LONGEST_LINE`].
    TooLong,
}

impl LineBlock {
    /// Calls back for every line that is not blank, without its end, with its number.
    pub fn for_each(&self, mut each: impl FnMut(u64, Line<'_>)) {
        for (at, line) in self.bytes.split(|byte| *byte == b'\n').enumerate() {
            let number = self.first_line + at as u64;
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            let line = if number == 1 { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line) } else { line };
            match std::str::from_utf8(line) {
                _ if line.is_empty() => {}
                _ if line.len() >= LONGEST_LINE => each(number, Line::TooLong),
                Ok(text) => each(number, Line::Text(text)),
                Err(_) => each(number, Line::NotUtf8),
            }
        }
    }
}

/// Cuts a stream into blocks of lines.
struct Blocks<'r> {
    reader: &'r mut (dyn BufRead + Send),
    rest: Vec<u8>,
    next_line: u64,
    ended: bool,
}

impl Blocks<'_> {
    fn batch(&mut self) -> io::Result<Vec<LineBlock>> {
        let mut blocks = Vec::with_capacity(BLOCKS_AT_A_TIME);
        while blocks.len() < BLOCKS_AT_A_TIME && !self.ended {
            blocks.extend(self.block()?);
        }
        Ok(blocks)
    }

    fn block(&mut self) -> io::Result<Option<LineBlock>> {
        let mut bytes = std::mem::take(&mut self.rest);
        bytes.reserve(BLOCK_BYTES);
        loop {
            let available = match self.reader.fill_buf() {
                Ok(available) => available,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if available.is_empty() {
                self.ended = true;
                break;
            }
            let len = available.len();
            // The tail of an overlong line is dropped, so that memory stays bounded.
            let held = bytes.len() - bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            if held >= LONGEST_LINE && bytes.len() >= BLOCK_BYTES {
                let end = available.iter().position(|byte| *byte == b'\n');
                bytes.extend_from_slice(end.and_then(|end| available.get(end..)).unwrap_or(&[]));
            } else {
                bytes.extend_from_slice(available);
            }
            self.reader.consume(len);
            if bytes.len() >= BLOCK_BYTES
                && let Some(end) = bytes.iter().rposition(|byte| *byte == b'\n')
            {
                self.rest = bytes.split_off(end + 1);
                break;
            }
        }
        if bytes.is_empty() {
            return Ok(None);
        }
        let lines = bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
        let first_line = self.next_line;
        self.next_line += lines;
        Ok(Some(LineBlock { bytes, first_line }))
    }
}

/// Parses all lines of a stream, several blocks at a time while the next ones are read, and
/// hands the results over in the order of the file.
///
/// # Errors
/// When the stream cannot be read, or `take` fails.
pub fn parse_lines<T: Send>(
    reader: &mut (dyn BufRead + Send),
    parse: impl Fn(&LineBlock) -> T + Sync,
    mut take: impl FnMut(T) -> io::Result<()>,
) -> io::Result<()> {
    let mut blocks = Blocks { reader, rest: Vec::new(), next_line: 1, ended: false };
    let mut batch = blocks.batch()?;
    while !batch.is_empty() {
        let (parsed, next) = rayon::join(|| batch.par_iter().map(&parse).collect::<Vec<T>>(), || blocks.batch());
        parsed.into_iter().try_for_each(&mut take)?;
        batch = next?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8]) -> Vec<(u64, String)> {
        let mut seen = Vec::new();
        let mut reader = BufReader::with_capacity(1 << 16, bytes);
        parse_lines(
            &mut reader,
            |block| {
                let mut found = Vec::new();
                block.for_each(|number, line| {
                    let text = match line {
                        Line::Text(text) => text.chars().take(9).collect(),
                        Line::NotUtf8 => "not UTF-8".to_owned(),
                        Line::TooLong => "too long".to_owned(),
                    };
                    found.push((number, text));
                });
                found
            },
            |found| {
                seen.extend(found);
                Ok(())
            },
        )
        .unwrap();
        seen
    }

    #[test]
    fn lines_keep_their_numbers() {
        let expected = [(1, "a".to_owned()), (3, "b".to_owned()), (4, "not UTF-8".to_owned()), (5, "c".to_owned())];
        assert_eq!(lines(b"\xef\xbb\xbfa\r\n\nb\n\xff\nc"), expected);
        assert_eq!(lines(b""), []);
    }

    #[test]
    fn numbers_go_on_from_block_to_block() {
        let text: String = (1..=400_000).map(|number| format!("{number}\n")).collect();
        let seen = lines(text.as_bytes());
        assert_eq!(seen.len(), 400_000);
        assert!(seen.iter().all(|(number, text)| *text == number.to_string()));
    }

    #[test]
    fn an_overlong_line_is_told_and_the_next_one_read() {
        let text = format!("a\n{}\nb\n", "x".repeat(5 * LONGEST_LINE));
        assert_eq!(lines(text.as_bytes()), [(1, "a".into()), (2, "too long".into()), (3, "b".into())]);
    }
}
