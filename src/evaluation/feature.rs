//! What a map says: GeoJSON features by the output contract, from this program or another.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;
use thiserror::Error;

use crate::model::coordinate::Coordinate;

/// Why a folder of results cannot be scored.
#[derive(Debug, Error)]
pub enum ResultError {
    #[error("cannot list the folder {}", path.display())]
    Folder { path: PathBuf, source: io::Error },
    #[error("there is no *.geojson in the folder {}: write the map there with masar map -o", path.display())]
    Empty { path: PathBuf },
    #[error("cannot read {}", path.display())]
    Io { path: PathBuf, source: io::Error },
    #[error("{}:{line}:{column}: not a GeoJSON FeatureCollection: {message}", path.display())]
    Json { path: PathBuf, line: usize, column: usize, message: String },
}

/// One feature. What is missing or of another type reads as nothing: any program's output can be
/// scored, and what it does not say is wrong where gold says it.
#[derive(Clone, PartialEq, Debug, Deserialize)]
pub struct Feature {
    #[serde(default)]
    geometry: Value,
    #[serde(default)]
    properties: Value,
}

#[derive(Deserialize)]
struct Collection {
    features: Vec<Feature>,
}

impl Feature {
    pub fn text(&self, key: &str) -> &str {
        self.properties[key].as_str().unwrap_or_default()
    }

    /// Whether a property is exactly this text, or null where there is none.
    pub fn says(&self, key: &str, text: Option<&str>) -> bool {
        match text {
            Some(text) => self.properties[key] == *text,
            None => self.properties[key].is_null(),
        }
    }

    /// Whether a property is exactly this number, or null where there is none.
    pub fn counts(&self, key: &str, number: Option<u64>) -> bool {
        match number {
            Some(number) => self.number(key) == Some(number as f64),
            None => self.properties[key].is_null(),
        }
    }

    /// A property as JSON, for a person.
    pub fn quoted(&self, key: &str) -> String {
        self.properties[key].to_string()
    }

    pub fn number(&self, key: &str) -> Option<f64> {
        self.properties[key].as_f64()
    }

    /// A list: text joined by `; `, or a JSON array.
    pub fn list(&self, key: &str) -> Vec<&str> {
        match &self.properties[key] {
            Value::String(joined) => joined.split(';').map(str::trim).filter(|item| !item.is_empty()).collect(),
            Value::Array(items) => items.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// The position, when the geometry is a point.
    pub fn point(&self) -> Option<Coordinate> {
        let (kind, at) = (&self.geometry["type"], &self.geometry["coordinates"]);
        (kind == "Point").then(|| Coordinate::new(at[0].as_f64()?, at[1].as_f64()?).ok())?
    }

    /// Whether it tells of what happened, which is what a feature without the key means.
    pub fn is_reported(&self) -> bool {
        self.properties.get("modality").is_none_or(|modality| modality == "reported")
    }

    pub fn is_several(&self) -> bool {
        self.number("count").is_some_and(|count| count > 1.0)
    }

    /// Where its evidence stands, in code points.
    pub fn evidence(&self) -> Option<std::ops::Range<usize>> {
        let start = usize::try_from(self.properties["evidence_offset"].as_u64()?).ok()?;
        let length = self.properties["evidence_length"].as_u64().and_then(|length| usize::try_from(length).ok());
        Some(start..start.saturating_add(length.unwrap_or(0)))
    }

    /// What a person calls it.
    pub fn title(&self) -> &str {
        match self.text("title") {
            "" => self.text("evidence"),
            title => title,
        }
    }
}

/// The features of one kind.
pub fn of_kind<'f>(features: &'f [Feature], kind: &str) -> Vec<&'f Feature> {
    features.iter().filter(|feature| feature.text("kind") == kind).collect()
}

/// The features of a collection, given as JSON.
///
/// # Errors
/// When it is not a FeatureCollection.
pub fn features(collection: &[u8]) -> Result<Vec<Feature>, serde_json::Error> {
    serde_json::from_slice::<Collection>(collection).map(|collection| collection.features)
}

/// The features of all `*.geojson` in a folder and below, by the id of their article.
///
/// # Errors
/// When the folder cannot be listed or holds no such file, or one of them cannot be read.
pub fn result_folder(folder: &Path) -> Result<BTreeMap<String, Vec<Feature>>, ResultError> {
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    if files.is_empty() {
        return Err(ResultError::Empty { path: folder.to_owned() });
    }
    files.sort();
    let mut articles: BTreeMap<String, Vec<Feature>> = BTreeMap::new();
    for path in files {
        let bytes = fs::read(&path).map_err(|source| ResultError::Io { path: path.clone(), source })?;
        let features = features(&bytes).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            ResultError::Json { path: path.clone(), line, column, message: error.to_string() }
        })?;
        for feature in features {
            articles.entry(feature.text("article_id").to_owned()).or_default().push(feature);
        }
    }
    Ok(articles)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), ResultError> {
    let error = |source| ResultError::Folder { path: folder.to_owned(), source };
    for entry in fs::read_dir(folder).map_err(error)? {
        let entry = entry.map_err(error)?;
        let path = entry.path();
        // A link to a folder above would never end.
        if entry.file_type().map_err(error)?.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "geojson") {
            files.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_feature_does_not_say_reads_as_nothing() {
        let collection = br#"{"features": [{"properties": {"route": "A; B ;", "actors": ["X"], "date": 7}}, {}]}"#;
        let features = features(collection).unwrap();
        assert_eq!((features[0].list("route"), features[0].list("actors")), (vec!["A", "B"], vec!["X"]));
        assert_eq!(features[0].text("date"), "");
        assert!(features[1].is_reported() && features[1].point().is_none() && features[1].evidence().is_none());
    }

    #[test]
    fn a_result_folder_is_read_to_its_depth_and_by_article() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(result_folder(folder.path()), Err(ResultError::Empty { .. })));
        fs::create_dir(folder.path().join("deep")).unwrap();
        let of = |id: &str| format!(r#"{{"features": [{{"properties": {{"article_id": "{id}"}}}}]}}"#);
        fs::write(folder.path().join("a.geojson"), of("a")).unwrap();
        fs::write(folder.path().join("deep/b.geojson"), of("b")).unwrap();
        let articles = result_folder(folder.path()).unwrap();
        assert_eq!(articles.keys().collect::<Vec<_>>(), ["a", "b"]);
        fs::write(folder.path().join("c.geojson"), "[]").unwrap();
        let error = result_folder(folder.path()).unwrap_err().to_string();
        assert!(error.contains("c.geojson:1:"), "{error}");
    }
}
