//! The words of titles and descriptions, one language a file.

pub mod parties;
pub mod english;
pub mod arabic;
