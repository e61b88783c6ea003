//! JSON Lines: one article a line, as crawlers and press archives hand them over.
//!
//! A line is an object with the article's `text`, and where it is known an `id`, the `published`
//! (or `date`) day, the `source` and the `url`. Other members are left alone. Offsets of the
//! output count in `text`, so nothing is added to it.

use jiff::civil::Date;
use jiff::fmt::strtime;
use serde::Deserialize;
use thiserror::Error;

use crate::model::article::Article;

/// One line: an article, whose id may be missing, and what was odd about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
    pub id: Option<String>,
    /// Its own `id` is empty: the caller knows which ids are taken.
    pub article: Article,
    /// A day of publication that could not be read.
    pub unreadable_day: Option<String>,
}

/// Why a line is no article.
#[derive(Debug, Error)]
pub enum RecordError {
    #[error("not a JSON object with a text (column {column}): {message}")]
    Malformed { column: usize, message: String },
    #[error("not UTF-8: JSON is, convert the file first")]
    Encoding,
}

#[derive(Deserialize)]
struct Line {
    text: String,
    #[serde(default)]
    id: Id,
    #[serde(alias = "date")]
    published: Option<String>,
    source: Option<String>,
    url: Option<String>,
}

/// Archives number their articles or name them.
#[derive(Deserialize, Default)]
#[serde(untagged)]
enum Id {
    #[default]
    None,
    Number(i64),
    Text(String),
}

/// Reads one line.
///
/// # Errors
/// When it is no JSON object with a string `text`.
pub fn record(line: &[u8]) -> Result<Record, RecordError> {
    let line = std::str::from_utf8(line).map_err(|_| RecordError::Encoding)?;
    let line = line.trim_start_matches('\u{feff}');
    if !line.trim_start().starts_with('{') {
        // A list would do for serde: it takes its members for those of the object.
        return Err(RecordError::Malformed { column: 1, message: "it does not begin with {".to_owned() });
    }
    let line: Line = serde_json::from_str(line).map_err(|error| {
        // The position stands in the message as well, as a line that is always the first.
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or(&message).to_owned();
        RecordError::Malformed { column: error.column(), message }
    })?;
    let published = line.published.as_deref().map(|day| (day, day_of(day)));
    let filled = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    Ok(Record {
        id: match line.id {
            Id::None => None,
            Id::Number(number) => Some(number.to_string()),
            Id::Text(text) => filled(Some(text)),
        },
        unreadable_day: published.and_then(|(day, date)| date.is_none().then(|| day.to_owned())),
        article: Article {
            id: String::new(),
            text: line.text,
            source: filled(line.source),
            url: filled(line.url),
            published: published.and_then(|(_, date)| date),
        },
    })
}

/// The day of `2020-08-17`, of a time stamp that begins so, and of what social media write
/// ("Tue Aug 04 20:54:56 +0000 2020").
fn day_of(text: &str) -> Option<Date> {
    let text = text.trim();
    let iso = text.get(..10).and_then(|day| day.parse().ok());
    iso.or_else(|| strtime::parse("%a %b %d %H:%M:%S %z %Y", text).ok()?.to_date().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_an_article() {
        let line =
            r#"{"id": 7, "text": "أريحا", "date": "2020-08-17T09:00:00Z", "url": "https://e.org/7", "tags": []}"#;
        let record = record(line.as_bytes()).unwrap();
        assert_eq!(record.id.as_deref(), Some("7"));
        assert_eq!(record.article.text, "أريحا");
        assert_eq!(record.article.published, Some(jiff::civil::date(2020, 8, 17)));
        assert_eq!(record.article.url.as_deref(), Some("https://e.org/7"));
        assert_eq!(record.unreadable_day, None);
    }

    #[test]
    fn days_are_read_as_archives_write_them() {
        assert_eq!(day_of("Tue Aug 04 20:54:56 +0000 2020"), Some(jiff::civil::date(2020, 8, 4)));
        assert_eq!(day_of(" 2020-08-17 "), Some(jiff::civil::date(2020, 8, 17)));
        assert_eq!(day_of("yesterday"), None);
        let odd = record(br#"{"text": "x", "published": "soon"}"#).unwrap();
        assert_eq!((odd.article.published, odd.unreadable_day.as_deref()), (None, Some("soon")));
    }

    #[test]
    fn what_is_no_article_says_where_and_why() {
        for (line, expected) in [
            (&b"{\"id\": \"a\"}"[..], "not a JSON object with a text (column 11): missing field `text`"),
            (b"[]", "not a JSON object with a text (column 1): it does not begin with {"),
            (b"\xff", "not UTF-8: JSON is, convert the file first"),
        ] {
            assert_eq!(record(line).unwrap_err().to_string(), expected);
        }
    }
}
