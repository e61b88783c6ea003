//! Colours and markers as properties, which geojson.io and GitHub draw by (simplestyle 1.1,
//! github.com/mapbox/simplestyle-spec).
//!
//! It knows neither dashes nor shapes: what other formats dash is translucent here, and a Maki icon
//! stands for the shape. `title` and `description` are properties of every feature anyway.

use serde::ser::SerializeMap;

use super::layer::Record;
use super::symbology::{Symbol, Symbology};

/// A marker is small below this many pixels, and medium otherwise.
const MEDIUM_PX: f64 = 12.0;

/// The properties of one feature.
pub struct Simplestyle(Symbol<'static>);

impl Simplestyle {
    /// `None` for what is not drawn.
    pub fn of(record: &Record<'_>) -> Option<Self> {
        record.feature.geometry.as_ref().map(|_| Self(Symbology::embedded().symbol(record)))
    }

    /// Adds the properties to those of the feature.
    ///
    /// # Errors
    /// When the serializer fails.
    pub fn add_to<M: SerializeMap>(&self, properties: &mut M) -> Result<(), M::Error> {
        let symbol = &self.0;
        if symbol.marker.is_some() {
            properties.serialize_entry("marker-color", symbol.color)?;
            properties.serialize_entry("marker-size", if symbol.size < MEDIUM_PX { "small" } else { "medium" })?;
            return properties.serialize_entry("marker-symbol", symbol.maki);
        }
        properties.serialize_entry("stroke", symbol.color)?;
        properties.serialize_entry("stroke-width", &symbol.width)?;
        properties.serialize_entry("stroke-opacity", &symbol.opacity())
    }
}
