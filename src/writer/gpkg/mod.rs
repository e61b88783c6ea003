//! GeoPackage (OGC 12-128r17, version 1.3): one SQLite database with a table a layer, which QGIS
//! opens at once however large it is.
//!
//! The database is made in a passing file, since SQLite has to seek and a stream cannot, and copied
//! to where it goes. The spatial index is filled and its triggers are made after the rows, which takes
//! half the time. Nothing in it depends on the clock: the tables are as old as the newest article.

mod geometry;
mod styles;

use std::io::{self, Write};
use std::path::Path;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, params};
use tempfile::NamedTempFile;

use super::characters::{ends_a_c_string, replaced};
use super::layer::{Layer, LayerKind};
use super::position::Bounds;
use super::schema::ColumnHead;
use super::value::{Value, ValueType};
use super::{Content, Division, Format};

const TABLES: &str = include_str!("tables.sql");
const INDEX_TRIGGERS: &str = include_str!("index_triggers.sql");

/// "GPKG" in ASCII and version 1.3.0 (requirement 2). Writing without a journal is safe, because a
/// database that was not finished is thrown away.
const PRAGMAS: &str = "
PRAGMA page_size = 4096;
PRAGMA application_id = 0x47504B47;
PRAGMA user_version = 10300;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA cache_size = -65536;
PRAGMA temp_store = MEMORY;";

/// When nothing in a result has a day of publication.
const NO_DAY: &str = "1970-01-01";

/// The GeoPackage format.
pub struct GeoPackage;

impl Format for GeoPackage {
    fn name(&self) -> &'static str {
        "gpkg"
    }

    fn division(&self) -> Division {
        Division::Together("masar")
    }

    fn in_every_folder(&self) -> bool {
        true
    }

    fn write(&self, content: &Content<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut file = NamedTempFile::with_prefix(".masar-")?;
        write_database(&content.layers, file.path()).map_err(io::Error::other)?;
        io::copy(file.as_file_mut(), out)?;
        out.flush()
    }
}

fn write_database(layers: &[&Layer], path: &Path) -> Result<(), rusqlite::Error> {
    let mut connection = Connection::open(path)?;
    connection.execute_batch(PRAGMAS)?;
    let database = connection.transaction()?;
    database.execute_batch(TABLES)?;
    let last_change = last_change(layers);
    for layer in layers {
        register(&database, layer, &last_change)?;
        create_table(&database, layer)?;
        insert_features(&database, layer)?;
        index(&database, layer)?;
    }
    styles::add(&database, layers, &last_change)?;
    database.commit()?;
    connection.close().map_err(|(_, error)| error)
}

/// The start of the newest day of publication.
fn last_change(layers: &[&Layer]) -> String {
    let records = layers.iter().flat_map(|layer| layer.records());
    let day = records.filter_map(|record| record.text("published")).max().unwrap_or(NO_DAY);
    format!("{day}T00:00:00.000Z")
}

/// Enters a layer into the tables of contents, of geometries and of extensions.
fn register(database: &Connection, layer: &Layer, last_change: &str) -> Result<(), rusqlite::Error> {
    let name = layer.kind.name();
    let bounds = Bounds::of(layer.features.iter().filter_map(|feature| feature.geometry.as_ref()));
    database.execute(
        "INSERT INTO gpkg_contents VALUES (?1, 'features', ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            name,
            layer.kind.meaning(),
            last_change,
            bounds.map(|bounds| bounds.west),
            bounds.map(|bounds| bounds.south),
            bounds.map(|bounds| bounds.east),
            bounds.map(|bounds| bounds.north),
            geometry::SRS_ID,
        ],
    )?;
    database.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?1, 'geom', ?2, ?3, 0, 0)",
        params![name, geometry_type(layer.kind), geometry::SRS_ID],
    )?;
    database.execute(
        "INSERT INTO gpkg_extensions VALUES \
         (?1, 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')",
        [name],
    )?;
    Ok(())
}

fn geometry_type(kind: LayerKind) -> &'static str {
    if kind.is_of_lines() { "MULTILINESTRING" } else { "POINT" }
}

/// GeoPackage 1.3, table 1.
fn column_type(value_type: ValueType) -> &'static str {
    match value_type {
        ValueType::Text => "TEXT",
        ValueType::Date => "DATE",
        ValueType::DateTime => "DATETIME",
        ValueType::Integer => "INTEGER",
        ValueType::Number => "REAL",
        ValueType::Boolean => "BOOLEAN",
    }
}

/// Creates the table of a layer and says what its columns mean.
fn create_table(database: &Connection, layer: &Layer) -> Result<(), rusqlite::Error> {
    let name = layer.kind.name();
    let mut columns = String::from("fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom ");
    columns.push_str(geometry_type(layer.kind));
    columns.push_str(", id TEXT");
    for ColumnHead { name, value_type, .. } in &layer.columns {
        columns.push_str(&format!(", \"{name}\" {}", column_type(*value_type)));
    }
    database.execute_batch(&format!("CREATE TABLE \"{name}\" ({columns})"))?;
    let mut describe =
        database.prepare("INSERT INTO gpkg_data_columns (table_name, column_name, description) VALUES (?1, ?2, ?3)")?;
    describe.execute([name, "id", "the same for the same feature in every run and format"])?;
    for column in &layer.columns {
        describe.execute([name, column.name, column.meaning])?;
    }
    Ok(())
}

fn insert_features(database: &Connection, layer: &Layer) -> Result<(), rusqlite::Error> {
    let places = vec!["?"; layer.columns.len() + 3].join(",");
    let mut insert = database.prepare(&format!("INSERT INTO \"{}\" VALUES ({places})", layer.kind.name()))?;
    let mut blob = Vec::new();
    for (number, feature) in (1i64..).zip(&layer.features) {
        insert.raw_bind_parameter(1, number)?;
        match &feature.geometry {
            Some(drawn) => {
                geometry::write(drawn, &mut blob);
                insert.raw_bind_parameter(2, blob.as_slice())?;
            }
            None => insert.raw_bind_parameter(2, rusqlite::types::Null)?,
        }
        insert.raw_bind_parameter(3, feature.id.as_str())?;
        for (at, (column, value)) in layer.columns.iter().zip(&feature.values).enumerate() {
            insert.raw_bind_parameter(at + 4, cell(column.value_type, value))?;
        }
        insert.raw_execute()?;
    }
    Ok(())
}

fn cell(value_type: ValueType, value: &Value) -> ToSqlOutput<'_> {
    match value {
        Value::Null => ToSqlOutput::Borrowed(ValueRef::Null),
        Value::Text(time) if value_type == ValueType::DateTime => with_milliseconds(time).into(),
        Value::Text(text) => match replaced(text, ends_a_c_string) {
            std::borrow::Cow::Borrowed(text) => text.into(),
            std::borrow::Cow::Owned(text) => text.into(),
        },
        Value::Integer(number) => (*number).into(),
        Value::Number(number) => (*number).into(),
        Value::Boolean(boolean) => (*boolean).into(),
    }
}

/// `2020-08-17T06:00:00Z` with the milliseconds that GeoPackage demands of a time.
fn with_milliseconds(time: &str) -> String {
    match time.strip_suffix('Z') {
        Some(seconds) if !seconds.contains('.') => format!("{seconds}.000Z"),
        _ => time.to_owned(),
    }
}

/// Makes the R-tree of a layer (GeoPackage 1.3, F.3).
fn index(database: &Connection, layer: &Layer) -> Result<(), rusqlite::Error> {
    let name = layer.kind.name();
    database.execute_batch(&format!(
        "CREATE VIRTUAL TABLE \"rtree_{name}_geom\" USING rtree(id, minx, maxx, miny, maxy)"
    ))?;
    let mut insert = database.prepare(&format!("INSERT INTO \"rtree_{name}_geom\" VALUES (?1, ?2, ?3, ?4, ?5)"))?;
    for (number, feature) in (1i64..).zip(&layer.features) {
        if let Some(bounds) = Bounds::of(&feature.geometry) {
            insert.execute(params![number, bounds.west, bounds.east, bounds.south, bounds.north])?;
        }
    }
    database.execute_batch(&INDEX_TRIGGERS.replace("{table}", name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::writer::layer::Layers;
    use crate::writer::qgis::write_style;

    #[test]
    fn times_have_milliseconds() {
        assert_eq!(with_milliseconds("2020-08-17T06:00:00Z"), "2020-08-17T06:00:00.000Z");
        assert_eq!(with_milliseconds("2020-08-17T06:00:00.5Z"), "2020-08-17T06:00:00.5Z");
    }

    #[test]
    fn every_layer_gets_its_style() {
        let file = NamedTempFile::new().unwrap();
        let layers = Layers::collect([]);
        let all: Vec<&Layer> = layers.all().iter().collect();
        write_database(&all, file.path()).unwrap();
        let database = Connection::open(file.path()).unwrap();
        let style = |name: &str| {
            let select = "SELECT styleQML FROM layer_styles WHERE f_table_name = ?1 AND useAsDefault AND \
                f_geometry_column = (SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?1)";
            database.query_row(select, [name], |row| row.get::<_, String>(0)).unwrap()
        };
        for layer in all {
            let mut expected = Vec::new();
            write_style(layer, &mut expected).unwrap();
            assert_eq!(style(layer.kind.name()), String::from_utf8(expected).unwrap());
        }
    }
}
