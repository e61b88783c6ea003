//! The gazetteer: places, their names, where they lie, and named roads.
//!
//! A gazetteer is a stack of layers. Each is one block of bytes ([`format`]) that is read where
//! it lies: the embedded one is part of the binary, others are files that are mapped into memory.
//! Opening one neither parses nor copies anything, and memory holds only the pages that an article
//! touches. Later layers win: a place hides those of the same id below it.
//!
//! ```
//! use masar::gazetteer::Gazetteer;
//!
//! let gazetteer = Gazetteer::embedded();
//! let damascus = gazetteer.search("دمشق").first().map(|result| gazetteer.place(result.place));
//! assert_eq!(damascus.map(|place| place.name_en()), Some("Damascus"));
//! ```

pub mod error;
pub mod format;
pub mod variants;
pub mod table;
pub mod roads;
pub mod automaton;
pub mod index;
pub mod spellings;
pub mod compile;
pub mod corrections;
mod bytes;
mod layer;
pub mod place;
pub mod names;
mod spatial;
pub mod similar;
pub mod search;
pub mod correcting;
mod disagreement;
pub mod diff;
pub mod import;
pub mod road_files;
pub mod road_import;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;
use std::sync::OnceLock;

use crate::model::place::PlaceIndex;
use correcting::Note;
use corrections::Correction;
use error::{GazetteerError, OpenError};
use format::Section;
use layer::{Layer, Marks};
use place::Place;
use roads::Road;

static EMBEDDED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/gazetteer.gaz"));

/// What the embedded layer is called among others.
pub const EMBEDDED_NAME: &str = "embedded";

/// Compiled gazetteers, opened and stacked.
pub struct Gazetteer {
    /// Lowest first, one at least.
    layers: Vec<Layer>,
    roads: OnceLock<RoadTable>,
    /// Postings of keys that are forbidden everywhere, by layer and offset.
    withheld: HashSet<(usize, u64)>,
    /// The keys themselves.
    forbidden: BTreeSet<String>,
    /// The corrections that made places of its layers, and those that forbid names everywhere.
    notes: Vec<Note>,
    forbidding: Vec<Correction>,
}

struct RoadTable {
    roads: Vec<Road>,
    /// Where the roads with a reference stand in `roads`.
    by_reference: HashMap<String, Vec<usize>>,
    /// For each layer, where its roads stand in `roads`.
    by_layer: Vec<Vec<usize>>,
}

impl Gazetteer {
    /// The gazetteer that is part of the program.
    pub fn embedded() -> &'static Gazetteer {
        static GAZETTEER: OnceLock<Gazetteer> = OnceLock::new();
        GAZETTEER.get_or_init(Self::open_embedded)
    }

    /// The same, opened anew; [`Self::embedded`] does it once.
    pub fn open_embedded() -> Gazetteer {
        let layer = Layer::from_static(EMBEDDED_NAME, EMBEDDED);
        Self::of(layer.expect("the build script wrote this gazetteer for this very reader"))
    }

    /// A gazetteer from the bytes of a compiled file. Everything is checked before use: a file
    /// that is cut short, damaged or of another version is refused.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Gazetteer, GazetteerError> {
        Layer::from_bytes("bytes in memory", bytes).map(Self::of)
    }

    /// Opens a compiled file by mapping it into memory, in a few milliseconds whatever its size:
    /// up to 16 MB it is read as a whole and its checksum compared; of a larger one, header and
    /// length are checked and some rows looked up, and [`Self::check`] does the rest. What slips
    /// through can make answers wrong, but no reader panics on it.
    pub fn open(path: &Path) -> Result<Gazetteer, OpenError> {
        Layer::open(path).map(Self::of)
    }

    fn of(layer: Layer) -> Gazetteer {
        Gazetteer {
            layers: vec![layer],
            roads: OnceLock::new(),
            withheld: HashSet::new(),
            forbidden: BTreeSet::new(),
            notes: Vec::new(),
            forbidding: Vec::new(),
        }
    }

    /// Puts another gazetteer on top of this one. A place of `upper` hides the place with the same
    /// id; a road gives its course to the one with the same reference and country, see
    /// [`Road::overlay`]. Indices of this gazetteer stay
    /// what they were, those of `upper` do not.
    ///
    /// # Errors
    /// When both together have more rows than an index can tell apart.
    ///
    /// ```
    /// # use masar::gazetteer::Gazetteer;
    /// let stack = Gazetteer::open_embedded().with(Gazetteer::open_embedded()).unwrap();
    /// assert_eq!(stack.layer_names().count(), 2);
    /// assert_eq!(stack.len(), Gazetteer::embedded().len());
    /// ```
    pub fn with(mut self, upper: Gazetteer) -> Result<Gazetteer, GazetteerError> {
        let lower_layers = self.layers.len();
        for layer in &mut self.layers {
            let rows = layer.places();
            layer.marks.get_or_insert_with(|| Marks::new(rows)).forget_shown();
        }
        self.layers.extend(upper.layers);
        let mut first = 0u32;
        for layer in &mut self.layers {
            layer.first = first;
            layer.alone = false;
            first = first.checked_add(layer.places()).ok_or(GazetteerError::TooManyPlaces)?;
        }
        self.withheld.extend(upper.withheld.into_iter().map(|(number, offset)| (number + lower_layers, offset)));
        self.forbidden.extend(upper.forbidden);
        self.notes.extend(upper.notes.into_iter().map(|note| Note { number: note.number + lower_layers, ..note }));
        self.forbidding.extend(upper.forbidding);
        Ok(Gazetteer { roads: OnceLock::new(), ..self })
    }

    /// Reads all of it and compares the checksums that were taken when it was compiled.
    pub fn check(&self) -> Result<(), GazetteerError> {
        self.layers.iter().try_for_each(Layer::check)
    }

    /// What its layers are called, lowest first.
    pub fn layer_names(&self) -> impl Iterator<Item = &str> {
        self.layers.iter().map(|layer| layer.name.as_str())
    }

    /// What the layer of a place is called.
    pub fn layer_name(&self, place: PlaceIndex) -> &str {
        self.layer_of(place).map_or("", |(_, layer)| layer.name.as_str())
    }

    /// How many places it shows. Of several layers, the rows of all but the highest are counted
    /// one by one.
    pub fn len(&self) -> usize {
        match self.layers.as_slice() {
            [only] if only.marks.is_none() => only.places() as usize,
            _ => self.indices().count(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.indices().next().is_none()
    }

    /// The licences of the data in it.
    pub fn licence(&self) -> Cow<'_, str> {
        let of = |layer: &'_ Layer| String::from_utf8_lossy(layer.section(Section::Licence)).into_owned();
        match self.layers.as_slice() {
            [only] => String::from_utf8_lossy(only.section(Section::Licence)),
            layers => layers.iter().map(|layer| format!("{}: {}\n", layer.name, of(layer).trim_end())).collect(),
        }
    }

    /// Bytes of each section, in all layers together.
    pub fn section_sizes(&self) -> impl Iterator<Item = (Section, usize)> {
        let size = |section: Section| self.layers.iter().map(|layer| layer.section(section).len()).sum();
        Section::ALL.into_iter().map(move |section| (section, size(section)))
    }

    /// Every place that is shown, in the order of the layers and their data files.
    pub fn indices(&self) -> impl Iterator<Item = PlaceIndex> + use<'_> {
        self.layers.iter().enumerate().flat_map(move |(number, layer)| {
            let shown = move |row: &u32| self.is_shown(number, *row);
            (0..layer.places()).filter(shown).map(|row| PlaceIndex(layer.first + row))
        })
    }

    /// The place at an index of this gazetteer.
    ///
    /// # Panics
    ///
    /// When the index comes from a larger gazetteer than this one, which is a mistake of the
    /// program and not of its input; [`Self::get`] asks first.
    pub fn place(&self, index: PlaceIndex) -> Place<'_> {
        self.get(index).expect("an index is used with the gazetteer that gave it")
    }

    /// The place at an index, `None` past the end.
    pub fn get(&self, index: PlaceIndex) -> Option<Place<'_>> {
        let (_, layer) = self.layer_of(index)?;
        Place::of(layer, index.0 - layer.first)
    }

    /// The layer of an index and its number.
    fn layer_of(&self, index: PlaceIndex) -> Option<(usize, &Layer)> {
        self.layers.iter().enumerate().rev().find(|(_, layer)| layer.first <= index.0)
    }

    /// Whether no later layer has the row's id, and nobody removed the row.
    #[inline]
    fn is_shown(&self, number: usize, row: u32) -> bool {
        let Some(layer) = self.layers.get(number) else { return false };
        let Some(marks) = &layer.marks else { return true };
        let above = || self.layers.get(number + 1..).unwrap_or_default();
        !marks.is_hidden(row, || above().iter().any(|upper| upper.row_of_id(layer.id(row)).is_some()))
    }

    /// The row that is shown of those which a search in each layer finds, highest layer first.
    fn highest(&self, find: impl Fn(&Layer) -> Option<u32>) -> Option<PlaceIndex> {
        self.layers.iter().enumerate().rev().find_map(|(number, layer)| {
            let row = find(layer).filter(|row| self.is_shown(number, *row))?;
            Some(PlaceIndex(layer.first + row))
        })
    }

    /// The place with an id (`gn:169389`, `iso:SY`).
    pub fn place_by_id(&self, id: &str) -> Option<PlaceIndex> {
        self.highest(|layer| layer.row_of_id(id))
    }

    /// The row of a country, by its English name as the `country` column spells it.
    pub fn country(&self, name_en: &str) -> Option<PlaceIndex> {
        self.highest(|layer| layer.division(name_en, ""))
    }

    /// The row of a first-level division, by the `country` and `admin1` columns.
    pub fn admin1(&self, country: &str, admin1: &str) -> Option<PlaceIndex> {
        if admin1.is_empty() { None } else { self.highest(|layer| layer.division(country, admin1)) }
    }

    /// Every named road.
    pub fn roads(&self) -> &[Road] {
        &self.road_table().roads
    }

    /// The road with a reference ("M4"); the first one where several countries use it.
    pub fn road(&self, reference: &str) -> Option<&Road> {
        self.roads_called(reference).next()
    }

    /// The roads with a reference, one for each country that uses it.
    pub fn roads_called(&self, reference: &str) -> impl Iterator<Item = &Road> {
        let table = self.road_table();
        let positions = table.by_reference.get(reference).map_or(&[][..], Vec::as_slice);
        positions.iter().filter_map(|at| table.roads.get(*at))
    }

    /// The reference of the road that bears a name with this key.
    pub fn road_by_name(&self, key: &str) -> Option<&str> {
        self.names(key).road()
    }

    fn road_of_layer(&self, number: usize, road: u32) -> Option<&Road> {
        let table = self.road_table();
        table.roads.get(*table.by_layer.get(number)?.get(road as usize)?)
    }

    /// Decoded on first use: there are few roads, and most articles name none.
    fn road_table(&self) -> &RoadTable {
        self.roads.get_or_init(|| RoadTable::new(&self.layers))
    }
}

impl RoadTable {
    fn new(layers: &[Layer]) -> Self {
        let mut roads: Vec<Road> = Vec::new();
        let mut by_reference: HashMap<String, Vec<usize>> = HashMap::new();
        let mut by_layer = Vec::with_capacity(layers.len());
        for layer in layers {
            let own = roads::decode(layer.section(Section::Roads)).unwrap_or_default();
            let mut positions = Vec::with_capacity(own.len());
            for road in own {
                let known = by_reference.entry(road.reference.clone()).or_default();
                let same = known.iter().copied().find(|at| roads[*at].country == road.country);
                match same {
                    Some(at) => {
                        positions.push(at);
                        roads[at].overlay(road);
                    }
                    None => {
                        positions.push(roads.len());
                        known.push(roads.len());
                        roads.push(road);
                    }
                }
            }
            by_layer.push(positions);
        }
        Self { roads, by_reference, by_layer }
    }
}

impl std::fmt::Debug for Gazetteer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gazetteer").field("layers", &self.layer_names().collect::<Vec<_>>()).finish_non_exhaustive()
    }
}
