//! One place, read from its record on demand.

use super::format::{
    self, FEATURE_CODE_LEN, Section, UNITS_PER_DEGREE, read_f64, read_i32, read_text, read_u16, read_u32, read_u64,
    record,
};
use super::layer::Layer;
use crate::model::coordinate::Coordinate;
use crate::model::place::{FeatureClass, PlaceIndex};

/// Half the circumference of the Earth: no two places are farther apart.
const ANYWHERE_M: f64 = 20_037_508.0;

/// A view of one row of the gazetteer.
#[derive(Clone, Copy)]
pub struct Place<'g> {
    layer: &'g Layer,
    index: PlaceIndex,
    record: &'g [u8],
}

impl<'g> Place<'g> {
    /// The place of a row of a layer, `None` past its end.
    pub(super) fn of(layer: &'g Layer, row: u32) -> Option<Self> {
        Some(Self { layer, index: PlaceIndex(layer.first.checked_add(row)?), record: layer.record(row)? })
    }

    pub fn index(&self) -> PlaceIndex {
        self.index
    }

    fn text(&self, field: usize) -> &'g str {
        read_u32(self.record, field).map_or("", |offset| self.layer.string(offset))
    }

    /// The id of the row (`gn:169389`, `iso:SY-ID`, `masar:new-zayzun`).
    pub fn id(&self) -> &'g str {
        self.text(record::ID)
    }

    pub fn name_en(&self) -> &'g str {
        self.text(record::NAMES)
    }

    pub fn name_ar(&self) -> Option<&'g str> {
        let has_arabic = self.record.get(record::HAS_ARABIC).is_some_and(|flag| *flag != 0);
        if has_arabic { self.names().nth(1) } else { None }
    }

    /// Every spelling as the data give it: English, Arabic where there is one, then the others.
    pub fn names(&self) -> impl Iterator<Item = &'g str> + use<'g> {
        let strings = self.layer.section(Section::Strings);
        let mut at = read_u32(self.record, record::NAMES).unwrap_or(0) as usize;
        let count = read_u16(self.record, record::NAME_COUNT).unwrap_or(0);
        (0..count).map_while(move |_| read_text(strings, &mut at))
    }

    /// The spelling that starts `offset` bytes behind the first one.
    pub(super) fn name_at(&self, offset: u64) -> Option<&'g str> {
        let first = read_u32(self.record, record::NAMES)?;
        let mut at = usize::try_from(offset).ok()?.checked_add(first as usize)?;
        read_text(self.layer.section(Section::Strings), &mut at)
    }

    /// To seven decimals, about a centimetre.
    pub fn coordinate(&self) -> Coordinate {
        let degrees = |field, limit: f64| {
            (f64::from(read_i32(self.record, field).unwrap_or(0)) / UNITS_PER_DEGREE).clamp(-limit, limit)
        };
        Coordinate::new(degrees(record::LON, 180.0), degrees(record::LAT, 90.0)).expect("clamped to the valid range")
    }

    fn code_row(&self) -> &'g [u8] {
        let row = usize::from(read_u16(self.record, record::FEATURE_CODE).unwrap_or(0)) * FEATURE_CODE_LEN;
        self.layer.section(Section::FeatureCodes).get(row..row + FEATURE_CODE_LEN).unwrap_or(&[])
    }

    pub fn feature_class(&self) -> FeatureClass {
        let letter = self.code_row().get(4..5).and_then(|letter| std::str::from_utf8(letter).ok());
        letter.and_then(FeatureClass::from_code).unwrap_or(FeatureClass::Spot)
    }

    /// The GeoNames feature code (`PPLA2`, `ADM1`).
    pub fn feature_code(&self) -> &'g str {
        read_u32(self.code_row(), 0).map_or("", |offset| self.layer.string(offset))
    }

    /// English name of the country; empty for what belongs to none.
    pub fn country(&self) -> &'g str {
        self.text(record::COUNTRY)
    }

    /// English name of the first-level division; empty where none is known.
    pub fn admin1(&self) -> &'g str {
        self.text(record::ADMIN1)
    }

    /// Two numbers that are the same for two places of one gazetteer exactly when country and
    /// division are; 0 for none.
    pub fn division_key(&self) -> (u64, u64) {
        // In one file a text stands once, so its position will do. Files are compared by a hash of
        // 64 bits: that two of some thousand divisions share one happens once in 10^12 gazetteers.
        let key = |field| match read_u32(self.record, field).unwrap_or(0) {
            offset if self.layer.alone => u64::from(offset),
            offset => match self.layer.string(offset) {
                "" => 0,
                text => format::word_hash(text.as_bytes()).max(1),
            },
        };
        (key(record::COUNTRY), key(record::ADMIN1))
    }

    /// 0 where none is known.
    pub fn population(&self) -> u64 {
        read_u64(self.record, record::POPULATION).unwrap_or(0)
    }

    /// Radius in metres: the row's own, or that of its feature code. A damaged one is that of the
    /// whole Earth.
    pub fn uncertainty_m(&self) -> f64 {
        let radius_m = read_f64(self.record, record::UNCERTAINTY);
        radius_m.filter(|radius_m| *radius_m > 0.0 && *radius_m <= ANYWHERE_M).unwrap_or(ANYWHERE_M)
    }

    pub fn source(&self) -> &'g str {
        self.text(record::SOURCE)
    }

    pub fn note(&self) -> &'g str {
        self.text(record::NOTE)
    }
}

impl std::fmt::Debug for Place<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({}, {} {}, {})", self.name_en(), self.id(), self.feature_code(), self.admin1(), self.country())
    }
}
