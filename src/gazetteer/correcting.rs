//! Corrections over an opened gazetteer.
//!
//! Places that corrections touch are compiled in memory as one more layer on top, where their ids
//! win over the rows they had. A name that is forbidden everywhere is withheld in each layer.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::OnceLock;

use super::compile::Compiler;
use super::corrections::{self, Action, Correction, CorrectionWarning, OwnedPlace};
use super::error::CorrectionError;
use super::layer::{Layer, Marks};
use super::place::Place;
use super::table::Table;
use super::{EMBEDDED_NAME, Gazetteer};
use crate::model::place::PlaceIndex;
use crate::text::key::name_key;

pub(super) const FEATURE_CODES: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/gazetteer/feature_codes.csv"));
const NAME_HEADS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/gazetteer/name_heads.csv"));
const CORRECTIONS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/gazetteer/corrections.csv"));

/// What the layer of corrected places is called among others.
pub const CORRECTIONS_NAME: &str = "corrections";

/// A correction and the row that it made, by layer and position.
pub(super) struct Note {
    pub number: usize,
    pub row: u32,
    pub correction: Correction,
}

/// The corrections that the build script made in the embedded gazetteer. It would have stopped at
/// a faulty row.
fn embedded_corrections() -> &'static [Correction] {
    static ROWS: OnceLock<Vec<Correction>> = OnceLock::new();
    ROWS.get_or_init(|| {
        corrections::read(Table { file: "gazetteer/corrections.csv", text: CORRECTIONS }).unwrap_or_default()
    })
}

/// Whether a correction is about a place.
fn is_about(correction: &Correction, id: &str) -> bool {
    correction.id == id || matches!(&correction.action, Action::Merge { into } if into == id)
}

impl Gazetteer {
    /// Makes corrections, in their order, over all layers.
    ///
    /// # Errors
    /// When a place is added under an id that is taken, or with a feature code that neither the
    /// program nor a place of a lower layer has.
    ///
    /// ```
    /// # use masar::gazetteer::{Gazetteer, corrections};
    /// # use masar::gazetteer::table::Table;
    /// let text = "action,id,lat_deg,lon_deg,reason,source\nmove,gn:164816,35.87,36.8,an example,none\n";
    /// let rows = corrections::read(Table { file: "my.csv", text })?;
    /// let (gazetteer, warnings) = Gazetteer::open_embedded().corrected(rows)?;
    /// let saraqib = gazetteer.place_by_id("gn:164816").unwrap();
    /// assert_eq!(gazetteer.place(saraqib).coordinate().lat_deg(), 35.87);
    /// assert_eq!(gazetteer.corrections_of(saraqib)[0].reason, "an example");
    /// assert!(warnings.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn corrected(self, rows: Vec<Correction>) -> Result<(Gazetteer, Vec<CorrectionWarning>), CorrectionError> {
        let find = |id: &str| self.place_by_id(id).map(|index| owned(&self.place(index)));
        let effects = corrections::apply(&rows, find, |key| self.names(key).next().is_some())?;
        let removed: Vec<PlaceIndex> = effects.removed.iter().filter_map(|id| self.place_by_id(id)).collect();
        let bytes = if effects.places.is_empty() {
            None
        } else {
            let codes = self.feature_codes(effects.places.iter().map(|corrected| &corrected.place));
            let codes = Table { file: "feature_codes.csv", text: &codes };
            let mut compiler = Compiler::new(codes, Some(Table { file: "name_heads.csv", text: NAME_HEADS }))?;
            effects.places.iter().try_for_each(|place| compiler.add_corrected(place))?;
            Some(compiler.finish("")?.to_bytes())
        };
        let mut gazetteer = match bytes {
            None => self,
            Some(bytes) => self.with(Self::of(Layer::from_bytes(CORRECTIONS_NAME, bytes)?))?,
        };
        removed.into_iter().for_each(|place| gazetteer.hide(place));
        gazetteer.withhold(&corrections::forbidden_everywhere(&rows));
        gazetteer.note(rows);
        Ok((gazetteer, effects.warnings))
    }

    /// The feature codes of the program, and those of corrected places that only their layers know.
    fn feature_codes<'p>(&self, places: impl Iterator<Item = &'p OwnedPlace>) -> String {
        let mut text = FEATURE_CODES.trim_end().to_owned();
        text.push('\n');
        let starts = |code: &str| text.lines().any(|line| line.split(',').next() == Some(code));
        let mut more = String::new();
        let mut seen = BTreeSet::new();
        for place in places {
            let code = place.feature_code.as_str();
            let row = self.place_by_id(&place.id).map(|index| self.place(index));
            if let Some(row) = row.filter(|row| row.feature_code() == code && !starts(code) && seen.insert(code)) {
                let class = row.feature_class().code();
                // Writing to a text does not fail.
                let _ = writeln!(more, "\"{}\",{class},,{},", code.replace('"', "\"\""), row.uncertainty_m());
            }
        }
        text + &more
    }

    /// Takes a place out.
    fn hide(&mut self, place: PlaceIndex) {
        let layer = self.layers.iter_mut().rev().find(|layer| layer.first <= place.0);
        if let Some(layer) = layer {
            let rows = layer.places();
            layer.marks.get_or_insert_with(|| Marks::new(rows)).hide(place.0 - layer.first);
        }
    }

    /// Lets no place be found by some keys.
    fn withhold(&mut self, keys: &BTreeSet<String>) {
        for (number, layer) in self.layers.iter().enumerate() {
            let offsets = keys.iter().filter_map(|key| layer.keys.get(key.as_bytes()));
            self.withheld.extend(offsets.map(|offset| (number, offset)));
        }
        self.forbidden.extend(keys.iter().cloned());
    }

    /// Remembers which corrections made which places.
    fn note(&mut self, rows: Vec<Correction>) {
        for correction in rows {
            let id = match &correction.action {
                Action::Merge { into } => into,
                _ => &correction.id,
            };
            let place = self.place_by_id(id).and_then(|place| self.layer_of(place).map(|found| (place, found)));
            match place {
                Some((place, (number, layer))) if layer.name == CORRECTIONS_NAME => {
                    let row = place.0 - layer.first;
                    self.notes.push(Note { number, row, correction });
                }
                _ if correction.id.is_empty() => self.forbidding.push(correction),
                // The place is not there any more, or never was.
                _ => {}
            }
        }
    }

    /// The corrections that made a place what it is, in their order: those that the program was
    /// built with, then those of [`Self::corrected`].
    pub fn corrections_of(&self, place: PlaceIndex) -> Vec<&Correction> {
        let Some((number, layer)) = self.layer_of(place) else { return Vec::new() };
        let row = place.0 - layer.first;
        let own = self.notes.iter().filter(|note| (note.number, note.row) == (number, row));
        let own: Vec<&Correction> = own.map(|note| &note.correction).collect();
        let built_in = layer.name == EMBEDDED_NAME || !own.is_empty() && self.layer_names().any(|n| n == EMBEDDED_NAME);
        let id = layer.id(row);
        let earlier = embedded_corrections().iter().filter(|correction| built_in && is_about(correction, id));
        earlier.chain(own).collect()
    }

    /// The corrections by which a name is forbidden everywhere, with the key of the name.
    pub fn forbidden_names(&self) -> impl Iterator<Item = (String, &Correction)> {
        let embedded = embedded_corrections().iter().filter(|correction| correction.id.is_empty());
        let has_embedded = self.layer_names().any(|name| name == EMBEDDED_NAME);
        let all = embedded.filter(move |_| has_embedded).chain(&self.forbidding);
        all.flat_map(|correction| {
            let names = match &correction.action {
                Action::Forbid { names } => names.as_slice(),
                _ => &[],
            };
            names.iter().map(move |name| (name_key(name), correction))
        })
    }

    /// Whether a correction lets no place be found by a key.
    pub fn is_forbidden(&self, key: &str) -> bool {
        static BUILT_IN: OnceLock<BTreeSet<String>> = OnceLock::new();
        let built_in = || BUILT_IN.get_or_init(|| corrections::forbidden_everywhere(embedded_corrections()));
        self.forbidden.contains(key) || self.layer_names().any(|name| name == EMBEDDED_NAME) && built_in().contains(key)
    }
}

fn owned(place: &Place<'_>) -> OwnedPlace {
    let names = place.names().skip(1 + usize::from(place.name_ar().is_some()));
    OwnedPlace {
        id: place.id().to_owned(),
        name_en: place.name_en().to_owned(),
        name_ar: place.name_ar().map(str::to_owned),
        names: names.map(str::to_owned).collect(),
        coordinate: place.coordinate(),
        feature_code: place.feature_code().to_owned(),
        country: place.country().to_owned(),
        admin1: place.admin1().to_owned(),
        population: place.population(),
        uncertainty_m: Some(place.uncertainty_m()),
        source: place.source().to_owned(),
        note: place.note().to_owned(),
    }
}
