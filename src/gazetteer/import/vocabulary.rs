//! What an import knows beforehand: feature codes with their radii, and how Masar spells
//! countries and divisions.

use std::collections::HashMap;

use crate::gazetteer::Gazetteer;
use crate::gazetteer::error::{CompileError, Problem};
use crate::gazetteer::table::Table;
use crate::model::coordinate::Coordinate;
use crate::model::place::FeatureClass;
use crate::text::key::name_key;

/// The tables of `gazetteer/` that the compiler needs as well.
pub const FEATURE_CODES: Table<'static> =
    Table { file: "gazetteer/feature_codes.csv", text: include_str!("../../../gazetteer/feature_codes.csv") };
pub const NAME_HEADS: Table<'static> =
    Table { file: "gazetteer/name_heads.csv", text: include_str!("../../../gazetteer/name_heads.csv") };
const FEATURE_CLASSES: Table<'static> =
    Table { file: "gazetteer/feature_classes.csv", text: include_str!("../../../gazetteer/feature_classes.csv") };

/// What holds for a whole feature class.
#[derive(Clone, PartialEq, Debug)]
pub struct ClassDefaults {
    /// The code of a place whose code is not told.
    pub code: String,
    /// Radius for codes that `feature_codes.csv` lacks.
    pub uncertainty_m: f64,
    /// Two places of one name this near to each other are one.
    pub merge_m: f64,
}

/// Feature codes and classes.
pub struct Vocabulary {
    codes: HashMap<String, FeatureClass>,
    classes: HashMap<FeatureClass, ClassDefaults>,
}

impl Vocabulary {
    /// Reads the tables that are part of the program.
    ///
    /// # Errors
    /// When one of them has a fault, which the tests would have found.
    pub fn read() -> Result<Self, CompileError> {
        let (mut codes, mut classes) = (HashMap::new(), HashMap::new());
        let class_of = |row: &crate::gazetteer::table::Row<'_>, column: usize| {
            let letter = row.cell(column);
            FeatureClass::from_code(letter)
                .ok_or_else(|| row.error(column, Problem::UnknownFeatureClass(letter.to_owned())))
        };
        FEATURE_CODES.rows(&["feature_code", "feature_class", "label_en", "uncertainty_m", "note"], |row| {
            codes.insert(row.cell(0).to_owned(), class_of(row, 1)?);
            Ok(())
        })?;
        let columns = ["feature_class", "label_en", "default_code", "uncertainty_m", "merge_m", "note"];
        FEATURE_CLASSES.rows(&columns, |row| {
            let metres = |column: usize, name: &'static str| match row.cell(column).parse::<f64>() {
                Ok(metres) if metres > 0.0 && metres.is_finite() => Ok(metres),
                _ => Err(row.error(column, Problem::Number { column: name, value: row.cell(column).to_owned() })),
            };
            let defaults = ClassDefaults {
                code: row.cell(2).to_owned(),
                uncertainty_m: metres(3, "uncertainty_m")?,
                merge_m: metres(4, "merge_m")?,
            };
            classes.insert(class_of(row, 0)?, defaults);
            Ok(())
        })?;
        Ok(Self { codes, classes })
    }

    /// The class of a code of `feature_codes.csv`.
    pub fn class_of(&self, code: &str) -> Option<FeatureClass> {
        self.codes.get(code).copied()
    }

    /// What holds for a class.
    pub fn defaults(&self, class: FeatureClass) -> ClassDefaults {
        let fallback = || ClassDefaults { code: class.code().to_string(), uncertainty_m: 10_000.0, merge_m: 1000.0 };
        self.classes.get(&class).cloned().unwrap_or_else(fallback)
    }
}

/// Which places of a source with many kinds are taken.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Selection {
    /// Populated places, divisions, waters, areas and land forms, and of roads, buildings,
    /// undersea and vegetation the codes that `feature_codes.csv` lists.
    #[default]
    Usual,
    All,
    /// Classes (`P`) and codes (`HLL`).
    Listed(Vec<String>),
}

impl Selection {
    /// From `usual`, `all`, or classes and codes with commas between them.
    pub fn parse(text: &str) -> Self {
        match text.trim() {
            "usual" => Self::Usual,
            "all" => Self::All,
            list => Self::Listed(list.split(',').map(|item| item.trim().to_ascii_uppercase()).collect()),
        }
    }

    pub fn takes(&self, vocabulary: &Vocabulary, class: FeatureClass, code: &str) -> bool {
        use FeatureClass::{Road, Spot, Undersea, Vegetation};
        match self {
            Self::All => true,
            Self::Usual => !matches!(class, Road | Spot | Undersea | Vegetation) || vocabulary.class_of(code).is_some(),
            Self::Listed(items) => {
                items.iter().any(|item| item == code || item.chars().eq(std::iter::once(class.code())))
            }
        }
    }
}

/// A country as Masar knows it.
#[derive(Clone, PartialEq, Debug)]
pub struct Country {
    /// `iso:SY`.
    pub id: String,
    pub name: String,
    middle: Coordinate,
    radius_m: f64,
}

impl Country {
    /// Whether a position is far outside while its mirror (latitude and longitude exchanged) is
    /// inside.
    pub fn looks_swapped(&self, position: Coordinate) -> bool {
        let is_far = self.middle.distance_m(position) > 4.0 * self.radius_m + 500_000.0;
        is_far
            && Coordinate::new(position.lat_deg(), position.lon_deg())
                .is_ok_and(|mirrored| self.middle.distance_m(mirrored) < 2.0 * self.radius_m)
    }
}

/// A first-level division as Masar knows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Division {
    pub id: String,
    /// As the `admin1` column spells it.
    pub name: String,
}

/// Countries and divisions, by every name they bear.
pub struct Spellings {
    countries: Vec<Country>,
    by_code: HashMap<String, usize>,
    by_name: HashMap<String, usize>,
    by_key: HashMap<String, usize>,
    divisions: HashMap<(usize, String), Division>,
}

impl Spellings {
    /// Reads them from a gazetteer whose countries have ids such as `iso:SY`.
    pub fn of(gazetteer: &Gazetteer) -> Self {
        let mut spellings = Self {
            countries: Vec::new(),
            by_code: HashMap::new(),
            by_name: HashMap::new(),
            by_key: HashMap::new(),
            divisions: HashMap::new(),
        };
        let mut divisions = Vec::new();
        for place in gazetteer.indices().filter_map(|index| gazetteer.get(index)) {
            if place.feature_code() == "ADM1" {
                divisions.push(place);
            }
            let Some(code) = place.id().strip_prefix("iso:").filter(|_| place.feature_code().starts_with("PCL")) else {
                continue;
            };
            let at = spellings.countries.len();
            spellings.countries.push(Country {
                id: place.id().to_owned(),
                name: place.name_en().to_owned(),
                middle: place.coordinate(),
                radius_m: place.uncertainty_m(),
            });
            spellings.by_name.insert(place.name_en().to_owned(), at);
            spellings.by_code.insert(code.to_owned(), at);
            for name in place.names() {
                spellings.by_key.entry(name_key(name)).or_insert(at);
            }
        }
        for place in divisions {
            let Some(country) = spellings.by_name.get(place.country()).copied() else { continue };
            let division = Division { id: place.id().to_owned(), name: place.admin1().to_owned() };
            for name in place.names().chain([place.admin1()]) {
                spellings.divisions.entry((country, name_key(name))).or_insert_with(|| division.clone());
            }
        }
        spellings
    }

    /// A country by its ISO 3166 code of two letters.
    pub fn country_of_code(&self, code: &str) -> Option<&Country> {
        self.by_code.get(code).and_then(|at| self.countries.get(*at))
    }

    /// A country by the English name that Masar has for it.
    pub fn country_named(&self, name: &str) -> Option<&Country> {
        self.by_name.get(name).and_then(|at| self.countries.get(*at))
    }

    /// A country by any of its names.
    pub fn country(&self, name: &str) -> Option<&Country> {
        self.by_key.get(&name_key(name)).and_then(|at| self.countries.get(*at))
    }

    /// A division by any of its names, in the country of that English name.
    pub fn division(&self, country: &str, name: &str) -> Option<&Division> {
        let country = *self.by_key.get(&name_key(country))?;
        self.divisions.get(&(country, name_key(name)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_and_divisions_are_found_by_the_names_of_other_sources() {
        let spellings = Spellings::of(Gazetteer::embedded());
        let syria = spellings.country_of_code("SY").unwrap();
        assert_eq!((syria.id.as_str(), syria.name.as_str()), ("iso:SY", "Syria"));
        assert_eq!(spellings.country("Syrian Arab Republic"), Some(syria));
        assert_eq!(spellings.country("سوريا"), Some(syria));
        let idlib = spellings.division("Syria", "Idlib Governorate").unwrap();
        assert_eq!(idlib, &Division { id: "iso:SY-ID".into(), name: "Idlib".into() });
        assert_eq!(spellings.division("Syria", "إدلب"), Some(idlib));
        assert_eq!(spellings.division("Lebanon", "Idlib"), None);
    }

    #[test]
    fn a_swapped_position_is_seen() {
        let spellings = Spellings::of(Gazetteer::embedded());
        let syria = spellings.country_of_code("SY").unwrap();
        assert!(!syria.looks_swapped(Coordinate::new(36.3, 33.5).unwrap()), "Damascus");
        assert!(!syria.looks_swapped(Coordinate::new(33.5, 36.3).unwrap()), "near enough to be meant");
        let mexico = spellings.country_of_code("MX").unwrap();
        assert!(mexico.looks_swapped(Coordinate::new(19.4, -89.9).unwrap()));
    }

    #[test]
    fn the_tables_are_sound_and_every_class_has_defaults() {
        let vocabulary = Vocabulary::read().unwrap();
        assert_eq!(vocabulary.class_of("HLL"), Some(FeatureClass::Hypsographic));
        for letter in ["A", "H", "L", "P", "R", "S", "T", "U", "V"] {
            let class = FeatureClass::from_code(letter).unwrap();
            let code = vocabulary.defaults(class).code;
            assert!(code == letter || vocabulary.class_of(&code) == Some(class), "{code}");
        }
    }

    #[test]
    fn the_usual_selection_leaves_hotels_out() {
        let vocabulary = Vocabulary::read().unwrap();
        let takes = |selection: &str, class, code| Selection::parse(selection).takes(&vocabulary, class, code);
        assert!(takes("usual", FeatureClass::Populated, "PPL") && takes("usual", FeatureClass::Spot, "AIRB"));
        assert!(!takes("usual", FeatureClass::Spot, "HTL") && takes("all", FeatureClass::Spot, "HTL"));
        assert!(takes("p, hll", FeatureClass::Populated, "PPLX") && takes("p,hll", FeatureClass::Hypsographic, "HLL"));
        assert!(!takes("P,HLL", FeatureClass::Hypsographic, "MT"));
    }
}
