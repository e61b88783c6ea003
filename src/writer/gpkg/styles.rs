//! The styles inside a GeoPackage, in the table that QGIS made its own and reads by itself.

use rusqlite::{Connection, Error, Result, params};

use crate::writer::layer::Layer;
use crate::writer::qgis::write_style;

/// The columns are those that QGIS creates; GDAL's validator accepts no other default of `update_time`.
const TABLE: &str = "
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  f_table_catalog TEXT(256),
  f_table_schema TEXT(256),
  f_table_name TEXT(256),
  f_geometry_column TEXT(256),
  styleName TEXT(30),
  styleQML TEXT,
  styleSLD TEXT,
  useAsDefault BOOLEAN,
  description TEXT,
  owner TEXT(30),
  ui TEXT(30),
  update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now'))
);";

/// Adds the table with a style (QML) for each layer, which QGIS applies when the layer is opened.
///
/// # Errors
/// When the database cannot be written.
pub fn add(database: &Connection, layers: &[&Layer], last_change: &str) -> Result<()> {
    database.execute_batch(TABLE)?;
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change) \
         VALUES ('layer_styles', 'attributes', 'layer_styles', ?1)",
        [last_change],
    )?;
    for layer in layers {
        let mut style = Vec::new();
        write_style(layer, &mut style).map_err(|error| Error::ToSqlConversionFailure(error.into()))?;
        let style = String::from_utf8_lossy(&style);
        database.execute(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, \
             styleQML, useAsDefault, description, owner, update_time) \
             VALUES ('', '', ?1, 'geom', ?1, ?2, 1, ?3, '', ?4)",
            params![layer.kind.name(), style, layer.kind.meaning(), last_change],
        )?;
    }
    Ok(())
}
