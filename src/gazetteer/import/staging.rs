//! Between reading and compiling: rows lie in a passing file, those that are one place are
//! found and joined.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::draft::{Block, Entry, Stored};
use super::report::{Finding, Reason, Verdict};
use super::vocabulary::Vocabulary;
use crate::gazetteer::format::{self, read_varint};
use crate::model::place::FeatureClass;
use crate::text::key::name_key;

/// All rows that were taken in.
pub struct Staging {
    spill: BufWriter<File>,
    len: u64,
    entries: Vec<Entry>,
    /// The file of each source.
    files: Vec<Arc<str>>,
}

/// What becomes of rows that are not alone; those that are stand in no list.
#[derive(Default)]
pub struct Fates {
    /// Rows that go into the gazetteer as part of another one, or not at all.
    gone: HashSet<u32>,
    /// For a row that stays: the rows whose names it takes over.
    joined: HashMap<u32, Vec<u32>>,
}

/// The bytes of the rows that others take over.
pub type Rows = HashMap<u32, Vec<u8>>;

impl Staging {
    /// Begins in a folder. The passing file has no name there, so nothing can be left behind.
    ///
    /// # Errors
    /// When no file can be made there.
    pub fn begin(folder: &Path) -> io::Result<Self> {
        let spill = BufWriter::with_capacity(1 << 20, tempfile::tempfile_in(folder)?);
        Ok(Self { spill, len: 0, entries: Vec::new(), files: Vec::new() })
    }

    /// Names the next source and returns its number.
    pub fn add_file(&mut self, file: Arc<str>) -> u16 {
        self.files.push(file);
        u16::try_from(self.files.len() - 1).unwrap_or(u16::MAX)
    }

    /// Takes in the rows of a block.
    pub fn add(&mut self, block: &Block) -> io::Result<()> {
        let start = self.len;
        self.spill.write_all(&block.bytes)?;
        self.len += block.bytes.len() as u64;
        self.entries.extend(block.entries.iter().map(|entry| Entry { at: start + entry.at, ..*entry }));
        match u32::try_from(self.entries.len()) {
            Ok(_) => Ok(()),
            Err(_) => Err(io::Error::other("more than four billion places")),
        }
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    fn file(&self, entry: &Entry) -> Arc<str> {
        self.files.get(usize::from(entry.source)).cloned().unwrap_or_else(|| Arc::from(""))
    }

    fn finding(&self, entry: &Entry, verdict: Verdict, reason: Reason) -> Finding {
        Finding { file: self.file(entry), line: entry.line.into(), verdict, reason }
    }

    /// The bytes of some rows.
    fn rows(&mut self, places: &[u32]) -> io::Result<Rows> {
        self.spill.flush()?;
        let mut places = places.to_vec();
        places.sort_unstable();
        places.dedup();
        let mut reader = BufReader::with_capacity(1 << 12, self.spill.get_ref());
        let mut position = u64::MAX;
        let mut rows = HashMap::with_capacity(places.len());
        for place in places {
            let Some(entry) = self.entries.get(place as usize) else { continue };
            if position != entry.at {
                reader.seek(SeekFrom::Start(entry.at))?;
            }
            let (row, len) = read_row(&mut reader)?;
            position = entry.at + len;
            rows.insert(place, row);
        }
        Ok(rows)
    }

    /// Finds the rows that are one place: first those with one id, then those of different
    /// sources that bear one name near to each other.
    ///
    /// # Errors
    /// When the passing file cannot be read.
    pub fn join(&mut self, vocabulary: &Vocabulary, tell: &mut dyn FnMut(&Finding)) -> io::Result<Fates> {
        let mut fates = Fates::default();
        self.join_ids(vocabulary, &mut fates, tell)?;
        if self.files.len() > 1 {
            self.join_names(vocabulary, &mut fates, tell)?;
        }
        Ok(fates)
    }

    fn join_ids(
        &mut self,
        vocabulary: &Vocabulary,
        fates: &mut Fates,
        tell: &mut dyn FnMut(&Finding),
    ) -> io::Result<()> {
        let mut hashes: Vec<(u64, u32)> =
            self.entries.iter().enumerate().map(|(at, entry)| (entry.id_hash, at as u32)).collect();
        hashes.par_sort_unstable();
        let groups: Vec<Vec<u32>> = hashes
            .chunk_by(|a, b| a.0 == b.0)
            .filter(|group| group.len() > 1)
            .map(|group| group.iter().map(|(_, place)| *place).collect())
            .collect();
        drop(hashes);
        for groups in groups.chunks(10_000) {
            let rows = self.rows(&groups.concat())?;
            for group in groups {
                // Rows in the order of the sources; the last one that is still there.
                let mut kept: HashMap<&str, u32> = HashMap::new();
                for place in group {
                    let Some(row) = stored(&rows, *place) else { continue };
                    let Some(earlier) = kept.insert(row.id, *place) else { continue };
                    let Some(earlier_row) = stored(&rows, earlier) else { continue };
                    let (Some(entry), Some(earlier_entry)) =
                        (self.entries.get(*place as usize), self.entries.get(earlier as usize))
                    else {
                        continue;
                    };
                    let (id, file, line) = (row.id.to_owned(), self.file(earlier_entry), earlier_entry.line.into());
                    let near_m = vocabulary.defaults(row.class).merge_m;
                    let is_same =
                        row.position.distance_m(earlier_row.position) <= near_m || share_name(&row, &earlier_row);
                    let (verdict, reason) = match is_same {
                        true => {
                            fates.take_over(*place, earlier);
                            (Verdict::Merged, Reason::SameId { id, file, line })
                        }
                        false if entry.source == earlier_entry.source => {
                            fates.gone.insert(*place);
                            kept.insert(row.id, earlier);
                            (Verdict::Refused, Reason::RepeatedId { id, file, line })
                        }
                        false => {
                            fates.gone.insert(earlier);
                            (Verdict::Merged, Reason::Replaces { id, file, line })
                        }
                    };
                    tell(&self.finding(entry, verdict, reason));
                }
            }
        }
        Ok(())
    }

    fn join_names(
        &mut self,
        vocabulary: &Vocabulary,
        fates: &mut Fates,
        tell: &mut dyn FnMut(&Finding),
    ) -> io::Result<()> {
        let mut names = self.names_near_other_sources(fates)?;
        names.par_sort_unstable_by_key(|name| (name.hash, name.place));
        let mut pairs: Vec<(u64, u32, u32)> = Vec::new();
        for group in names.chunk_by_mut(|a, b| a.hash == b.hash).filter(|group| group.len() > 1) {
            // From south to north, so that each looks at its neighbours only.
            group.sort_unstable_by_key(|name| self.entries.get(name.place as usize).map_or(0, |entry| entry.lat));
            for (at, name) in group.iter().enumerate() {
                let Some((one, position)) = self.entry(name.place) else { continue };
                let near_m = vocabulary.defaults(one.class).merge_m;
                let reach = (near_m / METRES_PER_DEGREE * format::UNITS_PER_DEGREE) as i64 + 1;
                for other in group.get(at + 1..).unwrap_or(&[]) {
                    let Some((two, other_position)) = self.entry(other.place) else { continue };
                    if i64::from(two.lat) - i64::from(one.lat) > reach {
                        break;
                    }
                    let metres = position.distance_m(other_position);
                    if one.source != two.source && metres <= near_m {
                        pairs.push((metres as u64, name.place.min(other.place), name.place.max(other.place)));
                    }
                }
            }
        }
        drop(names);
        pairs.sort_unstable();
        pairs.dedup();
        // The nearest first; a place is joined once, and with one row of each other source.
        let mut taken: HashSet<(u32, u16)> = HashSet::new();
        let mut merges = Vec::new();
        for (metres, first, second) in pairs {
            let (Some((first_entry, _)), Some((second_entry, _))) = (self.entry(first), self.entry(second)) else {
                continue;
            };
            let is_free = !fates.gone.contains(&first)
                && !fates.gone.contains(&second)
                && !taken.contains(&(first, second_entry.source))
                && !taken.contains(&(second, first_entry.source));
            if is_free {
                taken.insert((first, second_entry.source));
                taken.insert((second, first_entry.source));
                fates.take_over(first, second);
                merges.push((first, second, metres));
            }
        }
        merges.sort_unstable_by_key(|(_, second, _)| *second);
        for merges in merges.chunks(10_000) {
            let places: Vec<u32> = merges.iter().flat_map(|(first, second, _)| [*first, *second]).collect();
            let rows = self.rows(&places)?;
            for (first, second, metres) in merges {
                let (Some(into), Some(row)) = (stored(&rows, *first), stored(&rows, *second)) else { continue };
                let (Some((into_entry, _)), Some((entry, _))) = (self.entry(*first), self.entry(*second)) else {
                    continue;
                };
                let reason = Reason::SamePlace {
                    id: row.id.to_owned(),
                    into: into.id.to_owned(),
                    file: self.file(into_entry),
                    line: into_entry.line.into(),
                    metres: *metres,
                };
                tell(&self.finding(entry, Verdict::Merged, reason));
            }
        }
        Ok(())
    }

    fn entry(&self, place: u32) -> Option<(&Entry, crate::model::coordinate::Coordinate)> {
        let entry = self.entries.get(place as usize)?;
        Some((entry, entry.position()?))
    }

    /// The names of all rows but those of the largest source that no row of another one is near:
    /// most of it, when a small source joins a large one.
    fn names_near_other_sources(&mut self, fates: &Fates) -> io::Result<Vec<NameHash>> {
        let mut counts = vec![0usize; self.files.len()];
        for entry in &self.entries {
            if let Some(count) = counts.get_mut(usize::from(entry.source)) {
                *count += 1;
            }
        }
        let largest = (0..counts.len()).max_by_key(|at| counts.get(*at)).unwrap_or(0);
        let mut cells: HashSet<(u32, u32)> = HashSet::new();
        for entry in self.entries.iter().filter(|entry| usize::from(entry.source) != largest) {
            if let Some(position) = entry.position() {
                let (row, column) = format::cell(position.lon_deg(), position.lat_deg());
                for row in row.saturating_sub(REACH_CELLS)..=row + REACH_CELLS {
                    for column in column.saturating_sub(REACH_CELLS)..=column + REACH_CELLS {
                        cells.insert((row, column));
                    }
                }
            }
        }
        let mut hashes = Vec::new();
        let entries = std::mem::take(&mut self.entries);
        let read = self.each_row(|place, row| {
            let Some(entry) = entries.get(place as usize).filter(|_| !fates.gone.contains(&place)) else { return };
            let Some(position) = entry.position() else { return };
            let is_near = usize::from(entry.source) != largest
                || cells.contains(&format::cell(position.lon_deg(), position.lat_deg()));
            if let Some(row) = is_near.then(|| Stored::read(row)).flatten() {
                for name in &row.names {
                    let mut key = name_key(name);
                    key.push(row.class.code());
                    // A governorate and the district of its name have nearly one middle.
                    if row.class == FeatureClass::Administrative {
                        key.push_str(row.code);
                    }
                    hashes.push(NameHash { hash: format::word_hash(key.as_bytes()), place });
                }
            }
        });
        self.entries = entries;
        read?;
        Ok(hashes)
    }

    /// Every row in order, with its number.
    pub fn each_row(&mut self, mut each: impl FnMut(u32, &[u8])) -> io::Result<()> {
        self.spill.flush()?;
        let mut file = self.spill.get_ref();
        file.seek(SeekFrom::Start(0))?;
        let mut reader = BufReader::with_capacity(1 << 20, file);
        let (mut at, mut place) = (0, 0u32);
        while at < self.len {
            let (row, len) = read_row(&mut reader)?;
            each(place, &row);
            at += len;
            place += 1;
        }
        Ok(())
    }

    /// The rows that stay, several thousand at a time, each with those that it takes over.
    ///
    /// # Errors
    /// When the passing file cannot be read, or `each` fails.
    pub fn compile<E: From<io::Error>>(
        mut self,
        fates: &Fates,
        mut each: impl FnMut(&[StagedRow], &Rows) -> Result<(), E>,
    ) -> Result<(), E> {
        let joined: Vec<u32> = fates.joined.values().flatten().copied().collect();
        let others = self.rows(&joined)?;
        let origins: Vec<(u16, u32)> = self.entries.iter().map(|entry| (entry.source, entry.line)).collect();
        self.entries = Vec::new();
        let mut file = self.spill.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.seek(SeekFrom::Start(0))?;
        let mut reader = BufReader::with_capacity(1 << 20, file);
        let mut batch = Vec::with_capacity(BATCH_ROWS);
        for (place, (source, line)) in (0u32..).zip(origins) {
            let (bytes, _) = read_row(&mut reader)?;
            if !fates.gone.contains(&place) {
                let joined = fates.joined.get(&place).cloned().unwrap_or_default();
                batch.push(StagedRow { bytes, source, line, joined });
            }
            if batch.len() == BATCH_ROWS {
                each(&batch, &others)?;
                batch.clear();
            }
        }
        each(&batch, &others)
    }
}

const BATCH_ROWS: usize = 1 << 14;
const METRES_PER_DEGREE: f64 = 111_195.0;

/// Cells of a tenth of a degree around a place that are searched for its like: more than the
/// largest distance of `feature_classes.csv` as far north as people live.
const REACH_CELLS: u32 = 5;

/// A row that stays.
pub struct StagedRow {
    pub bytes: Vec<u8>,
    pub source: u16,
    pub line: u32,
    /// Rows whose names it takes over.
    pub joined: Vec<u32>,
}

struct NameHash {
    hash: u64,
    place: u32,
}

impl Fates {
    fn take_over(&mut self, stays: u32, goes: u32) {
        self.gone.insert(goes);
        let mut all = self.joined.remove(&goes).unwrap_or_default();
        all.insert(0, goes);
        self.joined.entry(stays).or_default().extend(all);
    }
}

fn stored(rows: &Rows, place: u32) -> Option<Stored<'_>> {
    rows.get(&place).and_then(|row| Stored::read(row))
}

fn share_name(one: &Stored<'_>, other: &Stored<'_>) -> bool {
    let keys: HashSet<String> = one.names.iter().map(|name| name_key(name)).collect();
    other.names.iter().any(|name| keys.contains(&name_key(name)))
}

/// A row, and how many bytes it took with its length.
fn read_row(reader: &mut impl Read) -> io::Result<(Vec<u8>, u64)> {
    let mut head = [0u8; 10];
    let mut filled = 0;
    loop {
        let byte = head.get_mut(filled..=filled).ok_or(io::ErrorKind::InvalidData)?;
        reader.read_exact(byte)?;
        filled += 1;
        if byte.first().is_some_and(|byte| byte & 0x80 == 0) {
            break;
        }
    }
    let len = read_varint(&head, &mut 0).and_then(|len| usize::try_from(len).ok()).ok_or(io::ErrorKind::InvalidData)?;
    let mut row = vec![0; len];
    reader.read_exact(&mut row)?;
    Ok((row, (filled + len) as u64))
}
