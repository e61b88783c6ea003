//! Geometries as GeoPackage stores them: a header of its own before ISO WKB (GeoPackage 1.3, 2.1.3).

use crate::model::feature::Geometry;
use crate::writer::position::{Bounds, lines, position};

/// EPSG code of WGS 84.
pub const SRS_ID: i32 = 4326;

/// Little-endian numbers, no envelope; points need none.
const FLAGS_OF_POINT: u8 = 0b0000_0001;
/// Little-endian numbers, an envelope of four.
const FLAGS_OF_LINES: u8 = 0b0000_0011;
/// WKB's byte for little-endian numbers.
const LITTLE_ENDIAN: u8 = 1;
const POINT: u32 = 1;
const LINE_STRING: u32 = 2;
const MULTI_LINE_STRING: u32 = 5;

/// Writes a geometry into a buffer, in place of what it held. Single lines become multi-lines, so
/// that a layer has one type.
pub fn write(geometry: &Geometry, buffer: &mut Vec<u8>) {
    buffer.clear();
    // "GP", version 0.
    buffer.extend([b'G', b'P', 0]);
    match geometry {
        Geometry::Point(coordinate) => {
            buffer.push(FLAGS_OF_POINT);
            buffer.extend(SRS_ID.to_le_bytes());
            begin(POINT, buffer);
            numbers(position(*coordinate), buffer);
        }
        Geometry::Line(_) | Geometry::Lines(_) => {
            buffer.push(FLAGS_OF_LINES);
            buffer.extend(SRS_ID.to_le_bytes());
            if let Some(bounds) = Bounds::of([geometry]) {
                numbers([bounds.west, bounds.east, bounds.south, bounds.north], buffer);
            }
            begin(MULTI_LINE_STRING, buffer);
            let lines = lines(geometry);
            count(lines.len(), buffer);
            for line in lines {
                begin(LINE_STRING, buffer);
                count(line.len(), buffer);
                line.iter().for_each(|coordinate| numbers(position(*coordinate), buffer));
            }
        }
    }
}

fn begin(geometry_type: u32, buffer: &mut Vec<u8>) {
    buffer.push(LITTLE_ENDIAN);
    buffer.extend(geometry_type.to_le_bytes());
}

/// No line has as many positions as the number can count.
fn count(count: usize, buffer: &mut Vec<u8>) {
    buffer.extend(u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
}

fn numbers<const N: usize>(numbers: [f64; N], buffer: &mut Vec<u8>) {
    numbers.iter().for_each(|number| buffer.extend(number.to_le_bytes()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::coordinate::Coordinate;

    fn at(lon_deg: f64, lat_deg: f64) -> Coordinate {
        Coordinate::new(lon_deg, lat_deg).unwrap()
    }

    fn number(blob: &[u8], at: usize) -> f64 {
        f64::from_le_bytes(blob[at..at + 8].try_into().unwrap())
    }

    #[test]
    fn a_point_has_its_longitude_first() {
        let mut blob = vec![7; 3];
        write(&Geometry::Point(at(36.3, 33.5)), &mut blob);
        assert_eq!(blob[..8], [b'G', b'P', 0, 1, 0xE6, 0x10, 0, 0]);
        assert_eq!(blob[8..13], [1, 1, 0, 0, 0]);
        assert_eq!((number(&blob, 13), number(&blob, 21), blob.len()), (36.3, 33.5, 29));
    }

    #[test]
    fn a_single_line_becomes_a_multi_line_with_an_envelope() {
        let mut blob = Vec::new();
        write(&Geometry::Line(vec![at(2.0, 40.0), at(1.0, 41.0)]), &mut blob);
        assert_eq!(blob[3], 3);
        assert_eq!([8, 16, 24, 32].map(|at| number(&blob, at)), [1.0, 2.0, 40.0, 41.0]);
        assert_eq!(blob[40..49], [1, 5, 0, 0, 0, 1, 0, 0, 0]);
        assert_eq!(blob[49..58], [1, 2, 0, 0, 0, 2, 0, 0, 0]);
        assert_eq!(blob.len(), 58 + 4 * 8);
    }
}
