//! What is missed, invented or wrong, so that an annotator finds it in the article.

use std::fmt;

use serde_json::{Value, json};

use super::text_position::TextPosition;

/// What a finding is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Subject {
    Place,
    Patrol,
    Position,
}

impl Subject {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Patrol => "patrol",
            Self::Position => "position",
        }
    }
}

/// What is wrong.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Fault {
    /// Gold has it and the map does not.
    Missed,
    /// The map has it and gold does not.
    Invented,
    /// Both have it and differ in this property.
    Wrong(&'static str),
}

/// One disagreement between a map and gold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// The article's id.
    pub article: String,
    pub subject: Subject,
    pub fault: Fault,
    /// Where it stands in the article; `None` where neither gold nor map says so.
    pub position: Option<TextPosition>,
    /// The words of the article that it is about.
    pub words: String,
    /// What gold says; empty for an invention.
    pub wanted: String,
    /// What the map says instead; empty for nothing.
    pub read: String,
}

impl Finding {
    /// As a JSON object.
    pub fn as_json(&self) -> Value {
        let (fault, property) = match self.fault {
            Fault::Missed => ("missed", None),
            Fault::Invented => ("invented", None),
            Fault::Wrong(property) => ("wrong", Some(property)),
        };
        let filled = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        json!({
            "article": self.article, "subject": self.subject.as_str(), "fault": fault, "property": property,
            "offset": self.position.map(|at| at.offset),
            "line": self.position.map(|at| at.line),
            "column": self.position.map(|at| at.column),
            "words": self.words, "wanted": filled(&self.wanted), "read": filled(&self.read),
        })
    }
}

impl fmt::Display for Finding {
    /// What is wrong without the place, which the caller words as its reader needs it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let subject = self.subject.as_str();
        match self.fault {
            Fault::Missed => write!(f, "{subject} missed: {}", self.wanted)?,
            Fault::Invented => write!(f, "{subject} invented: {}", self.read)?,
            Fault::Wrong(property) => write!(f, "{subject} {property}: want {}, read {}", self.wanted, self.read)?,
        }
        match self.fault {
            Fault::Missed if self.read.is_empty() => write!(f, ", nothing was read here")?,
            Fault::Missed => write!(f, ", read instead: {}", self.read)?,
            Fault::Invented | Fault::Wrong(_) => {}
        }
        if !self.words.is_empty() {
            write!(f, "  «{}»", self.words)?;
        }
        Ok(())
    }
}
