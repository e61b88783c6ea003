//! The words of titles and descriptions, one language a file.

pub mod parties;
pub mod event_types;
pub mod english;
pub mod arabic;
