//! Masar reads news articles and draws what they report on a map.
//!
//! The modules stand in pipeline order; each may use only those above it
//! (`tests/architecture.rs` enforces this).

pub mod coreference;
pub mod diagnostic;
pub mod extraction;
pub mod gazetteer;
pub mod geometry;
pub mod lexicon;
pub mod model;
pub mod pipeline;
pub mod reader;
pub mod recognition;
pub mod resolution;
pub mod text;
pub mod writer;
