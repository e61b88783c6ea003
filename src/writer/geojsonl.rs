//! GeoJSON, one feature a line, for programs that read a stream: newline-delimited, or with a record
//! separator before each line as a GeoJSON Text Sequence (RFC 8142).

use std::io::{self, Write};

use super::geojson::FeatureOut;
use super::layer::sorted_records;
use super::{Content, Division, Format, Options};

/// ASCII's record separator (RFC 7464, section 2.2).
const RECORD_SEPARATOR: &[u8] = b"\x1e";

/// The GeoJSON Lines format.
pub struct GeoJsonLines;

impl Format for GeoJsonLines {
    fn name(&self) -> &'static str {
        "geojsonl"
    }

    fn division(&self) -> Division {
        Division::ByLayer
    }

    fn heeds(&self) -> Options {
        Options { simplestyle: true, record_separators: true }
    }

    fn write(&self, content: &Content<'_>, mut out: &mut dyn Write) -> io::Result<()> {
        for record in sorted_records(&content.layers) {
            if content.options.record_separators {
                out.write_all(RECORD_SEPARATOR)?;
            }
            serde_json::to_writer(&mut out, &FeatureOut::new(record, content.options))?;
            out.write_all(b"\n")?;
        }
        out.flush()
    }
}
