//! Masar reads news articles and draws what they report on a map.
//!
//! The modules stand in pipeline order; each may use only those above it
//! (`tests/architecture.rs` enforces this).

pub mod model;
pub mod evaluation;
pub mod diagnostic;
pub mod text;
pub mod lexicon;
pub mod gazetteer;
pub mod reader;
pub mod recognition;
pub mod resolution;
pub mod extraction;
pub mod coreference;
pub mod geometry;
pub mod writer;
pub mod pipeline;
