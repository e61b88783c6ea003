//! Places as the gazetteer knows them.

/// The position of a place's row in one loaded gazetteer. Meaningless in another one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PlaceIndex(pub u32);

/// The feature classes of GeoNames (`A` administrative, `P` populated place, ...).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum FeatureClass {
    Administrative,
    Hydrographic,
    Area,
    Populated,
    Road,
    Spot,
    Hypsographic,
    Undersea,
    Vegetation,
}

impl FeatureClass {
    /// The class of a GeoNames letter; `None` for any other text.
    pub fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "A" => Self::Administrative,
            "H" => Self::Hydrographic,
            "L" => Self::Area,
            "P" => Self::Populated,
            "R" => Self::Road,
            "S" => Self::Spot,
            "T" => Self::Hypsographic,
            "U" => Self::Undersea,
            "V" => Self::Vegetation,
            _ => return None,
        })
    }

    pub fn code(self) -> char {
        match self {
            Self::Administrative => 'A',
            Self::Hydrographic => 'H',
            Self::Area => 'L',
            Self::Populated => 'P',
            Self::Road => 'R',
            Self::Spot => 'S',
            Self::Hypsographic => 'T',
            Self::Undersea => 'U',
            Self::Vegetation => 'V',
        }
    }
}
