//! A gazetteer row that a toponym may mean, with what the passes ask of it most.

use crate::gazetteer::place::Place;
use crate::model::coordinate::Coordinate;
use crate::model::mention::NameAgreement;
use crate::model::place::{FeatureClass, PlaceIndex};

use super::passes::PASSES;

const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// What a place is, as far as the passes tell kinds apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PlaceKind {
    Country,
    /// A first-level division.
    Division,
    /// A lower division, or one of unknown level.
    LowerDivision,
    Capital,
    /// The seat of a first-level division.
    Seat,
    /// The seat of a lower division.
    LowerSeat,
    Settlement,
    /// A quarter of a settlement.
    Quarter,
    /// A continent, region, sea or another thing of no one country.
    Region,
    Area,
    Mountain,
    Water,
    Camp,
    Crossing,
    Airport,
    Site,
}

impl PlaceKind {
    fn of(place: &Place<'_>) -> Self {
        let code = place.feature_code();
        match place.feature_class() {
            FeatureClass::Administrative if code.starts_with("PCL") => Self::Country,
            FeatureClass::Administrative if code == "ADM1" => Self::Division,
            FeatureClass::Administrative => Self::LowerDivision,
            FeatureClass::Populated => match code {
                "PPLC" => Self::Capital,
                "PPLA" | "PPLG" => Self::Seat,
                "PPLX" => Self::Quarter,
                _ if code.starts_with("PPLA") => Self::LowerSeat,
                _ => Self::Settlement,
            },
            FeatureClass::Area if matches!(code, "CONT" | "RGN") => Self::Region,
            FeatureClass::Area => Self::Area,
            FeatureClass::Hypsographic => Self::Mountain,
            FeatureClass::Hydrographic | FeatureClass::Undersea => Self::Water,
            FeatureClass::Spot => match code {
                "CMP" | "CMPRF" => Self::Camp,
                "BDRX" => Self::Crossing,
                "AIRP" | "AIRB" | "AIRF" => Self::Airport,
                _ => Self::Site,
            },
            FeatureClass::Road | FeatureClass::Vegetation => Self::Site,
        }
    }

    /// Whether people live there as in a town or village.
    pub fn is_settlement(self) -> bool {
        matches!(self, Self::Capital | Self::Seat | Self::LowerSeat | Self::Settlement)
    }

    /// Whether its point says where something happened, so that nearness to it means something.
    pub fn is_local(self) -> bool {
        !matches!(self, Self::Country | Self::Division | Self::Region | Self::Water)
    }
}

/// A gazetteer row that a toponym may mean, with what the passes ask of it most.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub place: PlaceIndex,
    pub agreement: NameAgreement,
    /// How far its nearest spelling is from the surface, in consonants; 0 where it bears the name.
    pub apart: f64,
    pub kind: PlaceKind,
    pub coordinate: Coordinate,
    /// The same position on the unit sphere: distances are taken very often.
    position: [f64; 3],
    /// Country and first-level division; 0 for none.
    pub division: (u64, u64),
    pub population: u64,
    pub radius_m: f64,
    pub points: [f64; PASSES.len()],
    pub score: f64,
    pub probability: f64,
}

impl Candidate {
    pub(super) fn new(place: Place<'_>, agreement: NameAgreement) -> Self {
        let coordinate = place.coordinate();
        let (lon, lat) = (coordinate.lon_deg().to_radians(), coordinate.lat_deg().to_radians());
        Self {
            place: place.index(),
            agreement,
            apart: 0.0,
            kind: PlaceKind::of(&place),
            coordinate,
            position: [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()],
            division: place.division_key(),
            population: place.population(),
            radius_m: place.uncertainty_m(),
            points: [0.0; PASSES.len()],
            score: 0.0,
            probability: 0.0,
        }
    }

    /// A place whose name is only spelled like the surface.
    pub(super) fn spelled(place: Place<'_>, agreement: NameAgreement, apart: f64) -> Self {
        Self { apart, ..Self::new(place, agreement) }
    }

    /// Great-circle distance in metres.
    pub fn distance_m(&self, other: &Candidate) -> f64 {
        let squares: f64 = self.position.iter().zip(other.position).map(|(a, b)| (a - b) * (a - b)).sum();
        2.0 * EARTH_RADIUS_M * (squares.sqrt() / 2.0).min(1.0).asin()
    }

    pub fn country(&self) -> Option<u64> {
        Some(self.division.0).filter(|country| *country != 0)
    }

    /// Whether both lie in one known first-level division.
    pub fn shares_division(&self, other: &Candidate) -> bool {
        self.division == other.division && self.division.0 != 0 && self.division.1 != 0
    }
}
