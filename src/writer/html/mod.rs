//! One page that needs nothing else: the map at the left, the articles at the right.
//!
//! Leaflet, the countries and the page's own script stand in `assets/` and are joined here. The page
//! asks the network for nothing, and its security policy forbids it to: only the one script whose
//! hash the policy names can run. What comes from articles goes in as JSON in an element that is no
//! script to a browser, with `<` spelled out, and is shown as text only.

mod data;

use std::io::{self, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::layer::Layers;
use super::{Content, Division, Format};
use data::PageData;

const TEMPLATE: &str = include_str!("../../../assets/map/page.html");
const COUNTRIES: &str = include_str!("../../../assets/countries.json");
const LEAFLET: &str = include_str!("../../../assets/leaflet/leaflet.js");
const STYLES: [&str; 2] =
    [include_str!("../../../assets/leaflet/leaflet.css"), include_str!("../../../assets/map/map.css")];
/// The page's own script, in the order in which the parts use each other.
const PARTS: [&str; 7] = [
    include_str!("../../../assets/map/data.js"),
    include_str!("../../../assets/map/symbols.js"),
    include_str!("../../../assets/map/map.js"),
    include_str!("../../../assets/map/article.js"),
    include_str!("../../../assets/map/timeline.js"),
    include_str!("../../../assets/map/panel.js"),
    include_str!("../../../assets/map/main.js"),
];
/// Leaflet's last line, at which a browser's tools would look for a file beside the page.
const SOURCE_MAP: &str = "//# sourceMappingURL=leaflet.js.map";

/// The web map.
pub struct Html;

impl Format for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn division(&self) -> Division {
        Division::Together("map")
    }

    fn in_every_folder(&self) -> bool {
        true
    }

    fn wants_articles(&self) -> bool {
        true
    }

    fn write(&self, content: &Content<'_>, out: &mut dyn Write) -> io::Result<()> {
        write_page(content.result, out)
    }
}

/// Writes the page.
///
/// # Errors
/// When the writer fails.
fn write_page(layers: &Layers, out: &mut dyn Write) -> io::Result<()> {
    let script = script();
    let style = style();
    let policy = policy(&script, &style);
    let title = escaped(&title(layers));
    // The template is cut at its marks and never searched again, so that no text can be taken for one.
    let mut rest = TEMPLATE;
    while let Some((before, after)) = rest.split_once("{{") {
        out.write_all(before.as_bytes())?;
        let (mark, after) = after.split_once("}}").unwrap_or((after, ""));
        match mark {
            "policy" => out.write_all(policy.as_bytes())?,
            "title" => out.write_all(title.as_bytes())?,
            "style" => out.write_all(style.as_bytes())?,
            "countries" => out.write_all(COUNTRIES.trim_end().as_bytes())?,
            "script" => out.write_all(script.as_bytes())?,
            "data" => write_json(&PageData::of(layers), out)?,
            other => return Err(io::Error::other(format!("assets/map/page.html: unknown mark {other}"))),
        }
        rest = after;
    }
    out.write_all(rest.as_bytes())
}

/// The one script of the page.
fn script() -> String {
    let leaflet = LEAFLET.trim_end().trim_end_matches(SOURCE_MAP);
    unix_lines(&format!("{leaflet}\n(() => {{\n\"use strict\";\n{}}})();\n", PARTS.concat()))
}

fn style() -> String {
    unix_lines(&STYLES.concat())
}

/// A browser reads every line break as a line feed before it takes the hash (HTML, section 13.2.3.5).
fn unix_lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}

/// The Content Security Policy (CSP Level 3): nothing may be loaded, and of scripts and styles only
/// those with these hashes count.
fn policy(script: &str, style: &str) -> String {
    let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())));
    format!(
        "default-src 'none'; script-src {}; style-src {}; img-src data:; base-uri 'none'; form-action 'none'",
        hash(script),
        hash(style)
    )
}

/// Writes JSON that no reader of HTML can take for the end of its element or for a comment.
fn write_json(data: &PageData<'_>, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(WithoutAngles(out), data).map_err(io::Error::from)
}

/// Spells out `<`, which stands in JSON only inside texts.
struct WithoutAngles<'w>(&'w mut dyn Write);

impl Write for WithoutAngles<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for (index, part) in bytes.split(|byte| *byte == b'<').enumerate() {
            if index > 0 {
                self.0.write_all(b"\\u003c")?;
            }
            self.0.write_all(part)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn title(layers: &Layers) -> String {
    match layers.articles() {
        [only] => format!("Masar: {}", only.id),
        several => format!("Masar: {} articles", several.len()),
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(character),
        }
    }
    escaped
}
