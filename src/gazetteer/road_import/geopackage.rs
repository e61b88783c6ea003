//! Lines of a GeoPackage (<https://www.geopackage.org/spec/>): every layer of features, its columns
//! as tags. Geometry is well-known binary behind a header.

use std::sync::Arc;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};

use super::report::{Origin, RoadReason};
use super::tags::RoadTags;
use super::{Intake, Position, RoadFormat};
use crate::gazetteer::import::source::{Source, SourceError};

pub struct GeoPackage;

/// The tables of features with the column of their geometry and what their positions mean.
const LAYERS: &str = "SELECT c.table_name, g.column_name, s.organization, s.organization_coordsys_id \
    FROM gpkg_contents c JOIN gpkg_geometry_columns g ON g.table_name = c.table_name \
    JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id WHERE c.data_type = 'features' ORDER BY c.table_name";

/// WGS 84, by its number in the EPSG's list.
const WGS_84: i64 = 4326;

impl RoadFormat for GeoPackage {
    fn name(&self) -> &'static str {
        "geopackage"
    }

    fn licence(&self) -> &'static str {
        "not told; --licence names it"
    }

    fn source(&self) -> &'static str {
        "GeoPackage"
    }

    fn recognises(&self, source: &Source) -> bool {
        source.head().starts_with(b"SQLite format 3\0")
    }

    fn read(&self, source: &Source, intake: &mut Intake<'_>) -> Result<(), SourceError> {
        let failed = |problem: &dyn std::fmt::Display| SourceError::Damaged {
            file: source.name().to_owned(),
            problem: problem.to_string(),
        };
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let file = Connection::open_with_flags(source.path(), flags).map_err(|error| failed(&error))?;
        let mut statement = file.prepare(LAYERS).map_err(|error| failed(&error))?;
        let layers = statement.query_map([], |row| {
            Ok(Layer { table: row.get(0)?, column: row.get(1)?, authority: row.get(2)?, number: row.get(3)? })
        });
        let layers: Result<Vec<Layer>, _> = layers.map_err(|error| failed(&error))?.collect();
        for layer in layers.map_err(|error| failed(&error))? {
            if !layer.authority.eq_ignore_ascii_case("epsg") || layer.number != WGS_84 {
                return Err(failed(&format_args!(
                    "the positions of {} are {}:{}; reproject it to EPSG:4326",
                    layer.table, layer.authority, layer.number
                )));
            }
            read_layer(&file, &layer, intake).map_err(|error| failed(&error))?;
        }
        intake.watcher.advance(source.size());
        Ok(())
    }
}

struct Layer {
    table: String,
    column: String,
    authority: String,
    number: i64,
}

fn read_layer(file: &Connection, layer: &Layer, intake: &mut Intake<'_>) -> Result<(), rusqlite::Error> {
    let quoted = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
    let mut statement = file.prepare(&format!("SELECT rowid, * FROM {}", quoted(&layer.table)))?;
    let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let table: Arc<str> = Arc::from(layer.table.as_str());
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        intake.count(1);
        let origin = Origin::Row { table: table.clone(), row: row.get(0)? };
        let mut cells: Vec<(String, String)> = Vec::new();
        let mut geometry: Option<Result<Option<Lines>, &'static str>> = None;
        for (at, column) in columns.iter().enumerate().skip(1) {
            match row.get_ref(at)? {
                ValueRef::Blob(blob) if *column == layer.column => geometry = Some(lines(blob)),
                ValueRef::Text(text) => cells.push((column.clone(), String::from_utf8_lossy(text).into_owned())),
                ValueRef::Integer(number) => cells.push((column.clone(), number.to_string())),
                ValueRef::Real(number) => cells.push((column.clone(), number.to_string())),
                _ => {}
            }
        }
        let pieces = match geometry {
            Some(Ok(Some(pieces))) => pieces,
            Some(Err(problem)) => {
                intake.find(origin, RoadReason::Malformed(problem.to_owned()));
                continue;
            }
            // No geometry, or points and areas.
            Some(Ok(None)) | None => continue,
        };
        match RoadTags::read_cells(&cells) {
            Ok(tags) if intake.wants(&tags) => intake.line(origin, tags, &[], pieces),
            Ok(_) => {}
            Err(problem) => intake.find(origin, RoadReason::Malformed(problem)),
        }
    }
    Ok(())
}

type Lines = Vec<Vec<Position>>;

/// Lengths in bytes of the envelopes that the flags of a header tell of.
const ENVELOPES: [usize; 5] = [0, 32, 48, 48, 64];

/// The lines of a geometry; `None` for one of another kind, or an empty one.
fn lines(blob: &[u8]) -> Result<Option<Lines>, &'static str> {
    const CUT_SHORT: &str = "the geometry is cut short";
    let Some(&[b'G', b'P', _, flags, ..]) = blob.first_chunk::<8>() else {
        return Err("the geometry lacks the header of a GeoPackage");
    };
    if flags & 0x10 != 0 {
        return Ok(None);
    }
    let envelope = ENVELOPES.get(usize::from(flags >> 1 & 7)).ok_or("the geometry has an envelope of no known kind")?;
    let mut reader = Binary { bytes: blob.get(8 + envelope..).ok_or(CUT_SHORT)?, is_little: true };
    let mut lines = Vec::new();
    match reader.kind().ok_or(CUT_SHORT)? {
        (LINE, axes) => lines.push(reader.positions(axes).ok_or(CUT_SHORT)?),
        (LINES, _) => {
            for _ in 0..reader.number().ok_or(CUT_SHORT)? {
                match reader.kind().ok_or(CUT_SHORT)? {
                    (LINE, axes) => lines.push(reader.positions(axes).ok_or(CUT_SHORT)?),
                    _ => return Err("a part of several lines is no line"),
                }
            }
        }
        _ => return Ok(None),
    }
    Ok(Some(lines))
}

/// Kinds of geometry in well-known binary.
const LINE: u32 = 2;
const LINES: u32 = 5;

/// Well-known binary (OGC 06-103r4), with the dimensions that ISO and PostGIS add.
struct Binary<'b> {
    bytes: &'b [u8],
    is_little: bool,
}

impl Binary<'_> {
    fn take<const LEN: usize>(&mut self) -> Option<[u8; LEN]> {
        let (first, rest) = self.bytes.split_first_chunk::<LEN>()?;
        self.bytes = rest;
        Some(*first)
    }

    fn number(&mut self) -> Option<u32> {
        let bytes = self.take()?;
        Some(if self.is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    fn degrees(&mut self) -> Option<f64> {
        let bytes = self.take()?;
        Some(if self.is_little { f64::from_le_bytes(bytes) } else { f64::from_be_bytes(bytes) })
    }

    /// The kind of the geometry that begins here and how many numbers a position has.
    fn kind(&mut self) -> Option<(u32, usize)> {
        let [order] = self.take()?;
        self.is_little = order == 1;
        let code = self.number()?;
        let has = |flag: u32| usize::from(code & flag != 0);
        let plain = code & 0x0fff_ffff;
        let more = match plain / 1000 {
            0 => 0,
            1 | 2 => 1,
            _ => 2,
        };
        // A reference system may follow in PostGIS' form.
        if code & 0x2000_0000 != 0 {
            self.number()?;
        }
        Some((plain % 1000, 2 + more + has(0x8000_0000) + has(0x4000_0000)))
    }

    fn positions(&mut self, axes: usize) -> Option<Vec<Position>> {
        let count = self.number()? as usize;
        // A count that the bytes cannot hold must not become memory.
        self.bytes.get(..count.checked_mul(axes * 8)?)?;
        let mut positions = Vec::with_capacity(count);
        for _ in 0..count {
            positions.push([self.degrees()?, self.degrees()?]);
            for _ in 2..axes {
                self.degrees()?;
            }
        }
        Some(positions)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn binary(kind: u32, numbers: &[f64], count: u32) -> Vec<u8> {
        let mut bytes = b"GP\0\x01\xe6\x10\0\0\x01".to_vec();
        bytes.extend(kind.to_le_bytes());
        bytes.extend(count.to_le_bytes());
        numbers.iter().for_each(|number| bytes.extend(number.to_le_bytes()));
        bytes
    }

    #[test]
    fn lines_of_two_and_more_dimensions_are_read() {
        let expected = vec![vec![[36.0, 35.0], [36.1, 35.1]]];
        assert_eq!(lines(&binary(2, &[36.0, 35.0, 36.1, 35.1], 2)), Ok(Some(expected.clone())));
        let heights = [36.0, 35.0, 400.0, 36.1, 35.1, 410.0];
        for kind in [1002, 2002, 0x8000_0002] {
            assert_eq!(lines(&binary(kind, &heights, 2)), Ok(Some(expected.clone())), "{kind}");
        }
        assert_eq!(lines(&binary(1, &[36.0, 35.0], 2)), Ok(None), "a point");
    }

    #[test]
    fn no_cut_makes_more_of_it_than_is_there() {
        let whole = binary(2, &[36.0, 35.0, 36.1, 35.1], 2);
        for len in 0..whole.len() {
            assert!(lines(&whole[..len]).is_err(), "{len}");
        }
        assert!(lines(&binary(2, &[36.0, 35.0], u32::MAX)).is_err());
    }
}
