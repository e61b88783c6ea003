//! Layers side by side in one table, for formats that know one list of columns a file.

use super::layer::{Layer, Record, sorted_records};
use super::schema::ColumnHead;
use super::value::Value;

/// Layers as one table: every column that one of them has, and all their features.
pub struct Table<'a> {
    /// In the order of the first layer that has them.
    pub columns: Vec<ColumnHead>,
    /// For each layer, where it has the columns of the table.
    sources: Vec<(&'a Layer, Vec<Option<usize>>)>,
    records: Vec<Record<'a>>,
}

impl<'a> Table<'a> {
    pub fn of(layers: &[&'a Layer]) -> Self {
        let mut columns: Vec<ColumnHead> = Vec::new();
        for column in layers.iter().flat_map(|layer| &layer.columns) {
            if !columns.iter().any(|known| known.name == column.name) {
                columns.push(*column);
            }
        }
        let source = |layer: &&'a Layer| {
            let place = |column: &ColumnHead| layer.columns.iter().position(|own| own.name == column.name);
            (*layer, columns.iter().map(place).collect())
        };
        let sources = layers.iter().map(source).collect();
        Self { columns, sources, records: sorted_records(layers) }
    }

    /// The features, sorted by id.
    pub fn records(&self) -> &[Record<'a>] {
        &self.records
    }

    /// The values of a feature, one for each column of the table.
    pub fn values(&self, record: &Record<'a>) -> impl Iterator<Item = &'a Value> {
        let source = self.sources.iter().find(|(layer, _)| layer.kind == record.layer.kind);
        let places = source.map_or(&[][..], |(_, places)| places);
        let values = &record.feature.values;
        places.iter().map(|place| place.and_then(|place| values.get(place)).unwrap_or(&Value::Null))
    }
}
