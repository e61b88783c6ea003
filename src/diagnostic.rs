//! Findings that do not stop the run.

use std::fmt;

use crate::model::span::Span;

/// A stable code a diagnostic is known by. The wording may change, the code does not.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum DiagnosticCode {
    /// The article holds no text.
    EmptyArticle,
    /// No place was found.
    NoPlace,
    /// The bytes were not UTF-8 and were decoded from another encoding.
    EncodingGuessed,
    /// A record's day of publication could not be read.
    UnreadableDay,
    /// A record has the id of another article and got one of its own.
    RepeatedId,
    /// A stated length contradicts the distance on the map.
    LengthContradiction,
    /// Weekday and date name different days.
    WeekdayContradiction,
    /// Two tellings of one event give different values.
    TellingContradiction,
    /// A date line was read as the date of the page, not of the article.
    PageClock,
    /// A stop lies farther from the road than a stop on it can.
    StopFarFromRoad,
    /// A clock time cannot be turned to UTC, or not for certain.
    LocalTime,
    /// No language pack fits the article.
    LanguageUnsupported,
}

impl DiagnosticCode {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::EmptyArticle => "empty-article",
            Self::NoPlace => "no-place",
            Self::EncodingGuessed => "encoding-guessed",
            Self::UnreadableDay => "unreadable-day",
            Self::RepeatedId => "repeated-id",
            Self::LengthContradiction => "length-contradiction",
            Self::WeekdayContradiction => "weekday-contradiction",
            Self::TellingContradiction => "telling-contradiction",
            Self::PageClock => "page-clock",
            Self::StopFarFromRoad => "stop-far-from-road",
            Self::LocalTime => "local-time",
            Self::LanguageUnsupported => "language-unsupported",
        }
    }
}

/// One finding about one article: the run goes on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    pub code: DiagnosticCode,
    pub article_id: String,
    /// In plain English, lower case, without a full stop.
    pub message: String,
    pub span: Option<Span>,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} [{}]", self.article_id, self.message, self.code.as_str())
    }
}
