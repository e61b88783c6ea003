//! What QGIS shows of a feature under the pointer: HTML in which every text of an article is escaped.

use super::expression::{escaped_html, field, filled_in};
use crate::writer::layer::LayerKind;

/// The template of a layer's map tips.
pub fn map_tip(kind: LayerKind) -> String {
    let text = |expression: &str| filled_in(&escaped_html(expression));
    let mut rows = Vec::new();
    if kind != LayerKind::Places {
        rows.push(("Date", text(DATE)));
        rows.push(("Said by", text(&field("attribution"))));
    }
    rows.push(("Sure", text("round(\"confidence\" * 100) || ' %'")));
    rows.push(("Drawn", text(DRAWN)));
    rows.push(("Article", text("concat(\"source\" || ', ', \"article_id\", ', ' || \"published\")")));
    rows.push(("Address", filled_in(&link("url"))));
    let rows: String = rows
        .iter()
        .map(|(head, value)| format!("<tr><td><i>{head}</i>&nbsp;</td><td dir=\"auto\">{value}</td></tr>"))
        .collect();
    format!(
        "<div style=\"width:26em;font-family:sans-serif\"><b>{}</b><div dir=\"rtl\" lang=\"ar\"><b>{}</b></div>\
         <p>{}</p><blockquote dir=\"auto\" style=\"margin:0.5em 0;padding:0.3em 0.6em;background:#f2efe6\">{}\
         </blockquote><table>{rows}</table></div>",
        text(&field("title")),
        text(&field("title_ar")),
        text(&field("description")),
        text(&field("evidence")),
    )
}

/// The day, or what the text gives of it, with its words.
const DATE: &str = "concat(coalesce(\"date\" || '', \"date_partial\", 'until ' || \"date_end\", 'not told'), \
    ' (' || \"date_text\" || ')')";

/// What was drawn, and how far it may be off.
const DRAWN: &str = "concat(\"geometry_quality\", ', within ' || round(\"uncertainty_m\" / 1000.0, 1) || ' km')";

/// A link to an address of the web, and the bare text of any other, which might be a script.
fn link(name: &str) -> String {
    let address = escaped_html(&field(name));
    format!(
        "if(regexp_match(coalesce({}, ''), '^https?://') = 1, '<a href=\"' || {address} || '\">' || {address} || \
         '</a>', {address})",
        field(name)
    )
}
