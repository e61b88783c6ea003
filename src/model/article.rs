//! One article as a reader hands it over.

use jiff::civil::Date;

/// One article: its text and what is known about it from outside the text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Article {
    /// File stem, or the record's own id.
    pub id: String,
    /// The text as every span refers to it: valid UTF-8, otherwise untouched.
    pub text: String,
    /// Outlet, where a record or the text's own source line names it.
    pub source: Option<String>,
    pub url: Option<String>,
    /// Publication day given from outside the text (command line or record).
    pub published: Option<Date>,
}
