//! KML 2.2 (OGC 07-147r2) for Google Earth and whatever else reads it: a folder a layer, typed data,
//! times, and symbols of the one definition.
//!
//! - Google Earth shows a description as HTML. What articles say is therefore written as HTML in which
//!   every letter stands for itself, and the balloon shows title and description alone.
//! - Nothing is loaded: no icon has an address, so that points are pins of the party's colour. What
//!   other formats dash or leave hollow is translucent, and the legend's words stand in the snippet.
//! - Characters that XML 1.0 forbids become U+FFFD.

use std::borrow::Cow;
use std::io::{self, Write};

use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::characters::replaced;
use super::layer::{Layer, Record};
use super::position::{lines, position};
use super::symbology::{Legend, Symbol};
use super::value::{Value, ValueType};
use super::{Content, Division, Format};
use crate::model::coordinate::Coordinate;
use crate::model::feature::Geometry;

const NAMESPACE: &str = "http://www.opengis.net/kml/2.2";

/// A marker of this many pixels has KML's scale 1.
const SCALE_1_PX: f64 = 16.0;

/// Without the table of all data, which Google Earth would show as HTML.
const BALLOON: &str = "<b>$[name]</b><br/>$[description]";

/// The KML format.
pub struct Kml;

impl Format for Kml {
    fn name(&self) -> &'static str {
        "kml"
    }

    fn division(&self) -> Division {
        Division::Together("masar")
    }

    fn write(&self, content: &Content<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut kml = Elements(quick_xml::Writer::new(out));
        kml.write_document(content)?;
        kml.0.into_inner().flush()
    }
}

/// Writes elements with texts that XML allows.
struct Elements<'w>(quick_xml::Writer<&'w mut dyn Write>);

impl Elements<'_> {
    fn write_document(&mut self, content: &Content<'_>) -> io::Result<()> {
        let mut legend = Legend::default();
        let number = |record: Record<'_>| legend.number_of(&record);
        let numbers: Vec<usize> = content.layers.iter().flat_map(|layer| layer.records()).map(number).collect();
        let symbols = legend.symbols();

        self.0.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        self.break_line()?;
        self.start("kml", &[("xmlns", NAMESPACE)])?;
        self.start("Document", &[])?;
        self.element("name", content.name)?;
        for (number, symbol) in symbols.iter().enumerate() {
            self.break_line()?;
            self.write_style(number, symbol)?;
        }
        for layer in &content.layers {
            self.break_line()?;
            self.write_schema(layer)?;
        }
        let mut numbers = numbers.into_iter();
        for layer in &content.layers {
            self.break_line()?;
            self.start("Folder", &[])?;
            self.element("name", layer.kind.name())?;
            self.element("description", layer.kind.meaning())?;
            for (record, number) in layer.records().zip(&mut numbers) {
                self.break_line()?;
                let label = symbols.get(number).map_or("", |symbol| symbol.label.as_str());
                self.write_placemark(&record, number, label)?;
            }
            self.end("Folder")?;
        }
        self.break_line()?;
        self.end("Document")?;
        self.end("kml")?;
        self.break_line()
    }

    fn write_style(&mut self, number: usize, symbol: &Symbol<'_>) -> io::Result<()> {
        self.start("Style", &[("id", &style_id(number))])?;
        let color = color(symbol);
        if symbol.marker.is_some() {
            self.start("IconStyle", &[])?;
            self.element("color", &color)?;
            self.element("scale", &(symbol.size / SCALE_1_PX).to_string())?;
            self.end("IconStyle")?;
        } else {
            self.start("LineStyle", &[])?;
            self.element("color", &color)?;
            self.element("width", &symbol.width.to_string())?;
            self.end("LineStyle")?;
        }
        self.start("BalloonStyle", &[])?;
        self.element("text", BALLOON)?;
        self.end("BalloonStyle")?;
        self.end("Style")
    }

    fn write_schema(&mut self, layer: &Layer) -> io::Result<()> {
        let name = layer.kind.name();
        self.start("Schema", &[("name", name), ("id", name)])?;
        for column in &layer.columns {
            let (name, field_type) = (field_name(column.name), field_type(column.value_type));
            self.start("SimpleField", &[("type", field_type), ("name", name)])?;
            self.element("displayName", column.meaning)?;
            self.end("SimpleField")?;
        }
        self.end("Schema")
    }

    /// The elements stand in the order that the schema of KML prescribes.
    fn write_placemark(&mut self, record: &Record<'_>, number: usize, label: &str) -> io::Result<()> {
        self.start("Placemark", &[("id", &record.feature.id)])?;
        self.element("name", record.text("title").unwrap_or_default())?;
        self.element("Snippet", label)?;
        self.element("description", &as_html(record.text("description").unwrap_or_default()))?;
        let (begin, end) = (record.text("time_start"), record.text("time_end"));
        if begin.is_some() || end.is_some() {
            self.start("TimeSpan", &[])?;
            for (name, time) in [("begin", begin), ("end", end)] {
                if let Some(time) = time {
                    self.element(name, time)?;
                }
            }
            self.end("TimeSpan")?;
        }
        self.element("styleUrl", &format!("#{}", style_id(number)))?;
        self.start("ExtendedData", &[])?;
        self.start("SchemaData", &[("schemaUrl", &format!("#{}", record.layer.kind.name()))])?;
        for (column, value) in record.layer.columns.iter().zip(&record.feature.values) {
            match value {
                Value::Null => {}
                Value::Text(text) => self.write_datum(column.name, text)?,
                Value::Integer(number) => self.write_datum(column.name, &number.to_string())?,
                Value::Number(number) => self.write_datum(column.name, &number.to_string())?,
                Value::Boolean(boolean) => self.write_datum(column.name, &u8::from(*boolean).to_string())?,
            }
        }
        self.end("SchemaData")?;
        self.end("ExtendedData")?;
        if let Some(geometry) = &record.feature.geometry {
            self.write_geometry(geometry)?;
        }
        self.end("Placemark")
    }

    fn write_datum(&mut self, name: &str, text: &str) -> io::Result<()> {
        self.start("SimpleData", &[("name", field_name(name))])?;
        self.text(text)?;
        self.end("SimpleData")
    }

    fn write_geometry(&mut self, geometry: &Geometry) -> io::Result<()> {
        match geometry {
            Geometry::Point(coordinate) => {
                self.start("Point", &[])?;
                self.element("coordinates", &tuples(std::slice::from_ref(coordinate)))?;
                self.end("Point")
            }
            Geometry::Line(_) | Geometry::Lines(_) => {
                let lines = lines(geometry);
                let several = lines.len() > 1;
                if several {
                    self.start("MultiGeometry", &[])?;
                }
                for line in lines {
                    self.start("LineString", &[])?;
                    // Along the ground and not through the hills.
                    self.element("tessellate", "1")?;
                    self.element("coordinates", &tuples(line))?;
                    self.end("LineString")?;
                }
                if several { self.end("MultiGeometry") } else { Ok(()) }
            }
        }
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.0.write_event(Event::Start(BytesStart::new(name).with_attributes(attributes.iter().copied())))
    }

    fn end(&mut self, name: &str) -> io::Result<()> {
        self.0.write_event(Event::End(BytesEnd::new(name)))
    }

    fn text(&mut self, text: &str) -> io::Result<()> {
        self.0.write_event(Event::Text(BytesText::new(&replaced(text, is_forbidden))))
    }

    fn element(&mut self, name: &str, text: &str) -> io::Result<()> {
        self.start(name, &[])?;
        self.text(text)?;
        self.end(name)
    }

    fn break_line(&mut self) -> io::Result<()> {
        self.0.get_mut().write_all(b"\n")
    }
}

fn style_id(number: usize) -> String {
    format!("symbol-{number}")
}

/// Alpha, blue, green, red, each in two hexadecimal digits (KML 2.2, 16.2).
fn color(symbol: &Symbol<'_>) -> String {
    let alpha = (symbol.opacity() * 255.0).round() as u8;
    let part = |from: usize| symbol.color.get(from..from + 2).unwrap_or("00");
    format!("{alpha:02x}{}{}{}", part(5), part(3), part(1))
}

/// GDAL takes a field called `name` for the heading of the placemark.
fn field_name(column: &str) -> &str {
    if column == "name" { "place_name" } else { column }
}

/// KML 2.2, 9.4: there is no type for days and times.
fn field_type(value_type: ValueType) -> &'static str {
    match value_type {
        ValueType::Text | ValueType::Date | ValueType::DateTime => "string",
        ValueType::Integer => "int",
        ValueType::Number => "double",
        ValueType::Boolean => "bool",
    }
}

/// Longitude before latitude, tuples apart by a space.
fn tuples(coordinates: &[Coordinate]) -> String {
    let tuple = |coordinate: &Coordinate| {
        let [lon, lat] = position(*coordinate);
        format!("{lon},{lat}")
    };
    coordinates.iter().map(tuple).collect::<Vec<_>>().join(" ")
}

/// HTML that shows the text as it is.
fn as_html(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '\n']) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\n', "<br/>"))
}

/// What is no character of XML 1.0 (section 2.2).
fn is_forbidden(character: char) -> bool {
    matches!(character, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_article_says_is_text_in_html_too() {
        assert_eq!(as_html("<b>a</b> & c\nd"), "&lt;b&gt;a&lt;/b&gt; &amp; c<br/>d");
        assert_eq!(as_html("سراقب"), "سراقب");
    }

    #[test]
    fn forbidden_characters_are_replaced_one_for_one() {
        assert_eq!(
            replaced("a\u{1}\u{b}\t\r\n\u{FFFF}\u{2028}z", is_forbidden),
            "a\u{FFFD}\u{FFFD}\t\r\n\u{FFFD}\u{2028}z"
        );
    }
}
