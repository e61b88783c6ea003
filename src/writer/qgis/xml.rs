//! A tree of XML elements, written by `quick-xml`.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

use crate::writer::characters::replaced;

/// An element with its attributes in the order in which they were given.
#[derive(Clone, Debug)]
pub struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    content: Vec<Node>,
}

#[derive(Clone, Debug)]
enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    pub fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), content: Vec::new() }
    }

    /// The same with an attribute.
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.attributes.push((name, allowed(&value.to_string())));
        self
    }

    /// The same with a text behind what it holds.
    pub fn text(mut self, text: impl ToString) -> Self {
        self.content.push(Node::Text(allowed(&text.to_string())));
        self
    }

    /// The same with an element behind what it holds.
    pub fn child(mut self, child: Element) -> Self {
        self.content.push(Node::Element(child));
        self
    }

    /// The same with some elements behind what it holds.
    pub fn children(mut self, children: impl IntoIterator<Item = Element>) -> Self {
        self.content.extend(children.into_iter().map(Node::Element));
        self
    }

    /// The element as a document of a type, indented by one space a level.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write_document(&self, document_type: &str, out: &mut dyn io::Write) -> io::Result<()> {
        let mut writer = Writer::new_with_indent(out, b' ', 1);
        writer.write_event(Event::DocType(BytesText::from_escaped(document_type)))?;
        self.write(&mut writer)?;
        writer.into_inner().write_all(b"\n")
    }

    fn write(&self, writer: &mut Writer<&mut dyn io::Write>) -> io::Result<()> {
        let mut start = BytesStart::new(self.name);
        start.extend_attributes(self.attributes.iter().map(|(name, value)| (*name, value.as_str())));
        if self.content.is_empty() {
            return writer.write_event(Event::Empty(start));
        }
        writer.write_event(Event::Start(start))?;
        for node in &self.content {
            match node {
                Node::Element(element) => element.write(writer)?,
                Node::Text(text) => writer.write_event(Event::Text(BytesText::new(text)))?,
            }
        }
        writer.write_event(Event::End(BytesEnd::new(self.name)))
    }
}

/// A text without the characters that no XML document can hold, however they are escaped (XML 1.0,
/// section 2.2).
fn allowed(text: &str) -> String {
    let forbidden = |c: char| (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}');
    replaced(text, forbidden).into_owned()
}

/// The map of options that most settings of QGIS are kept in.
pub fn options<'a>(options: impl IntoIterator<Item = (&'a str, String)>) -> Element {
    let option = |(name, value): (&str, String)| typed(name, "QString", value);
    Element::new("Option").with("type", "Map").children(options.into_iter().map(option))
}

/// One option with a type of Qt.
pub fn typed(name: &str, of_type: &str, value: impl ToString) -> Element {
    Element::new("Option").with("name", name).with("type", of_type).with("value", value)
}

/// Settings of a symbol layer or label that an expression gives feature by feature.
pub fn data_defined(element: &'static str, properties: &[(&str, String)]) -> Element {
    let property = |(name, expression): &(&str, String)| {
        Element::new("Option")
            .with("name", name)
            .with("type", "Map")
            .child(typed("active", "bool", true))
            .child(typed("expression", "QString", expression))
            .child(typed("type", "int", 3))
    };
    let all = Element::new("Option").with("name", "properties").with("type", "Map");
    Element::new(element).child(
        Element::new("Option")
            .with("type", "Map")
            .child(typed("name", "QString", ""))
            .child(all.children(properties.iter().map(property)))
            .child(typed("type", "QString", "collection")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(element: &Element) -> String {
        let mut out = Vec::new();
        element.write_document("test", &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn texts_are_escaped_and_what_xml_forbids_is_replaced() {
        let element = Element::new("a").with("b", "\"<&\u{1}'").text("]]></a>\u{fffe}\u{8}!");
        assert_eq!(
            written(&element),
            "<!DOCTYPE test>\n<a b=\"&quot;&lt;&amp;\u{fffd}&apos;\">]]&gt;&lt;/a&gt;\u{fffd}\u{fffd}!</a>\n"
        );
    }
}
