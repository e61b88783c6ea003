//! Positions on the globe, checked when they are made.

use thiserror::Error;

/// A WGS 84 position in degrees, always finite and in range.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Coordinate {
    lon_deg: f64,
    lat_deg: f64,
}

/// Why a pair of numbers is not a position.
#[derive(Clone, Copy, PartialEq, Debug, Error)]
pub enum CoordinateError {
    #[error("longitude {0} is not between -180 and 180")]
    Longitude(f64),
    #[error("latitude {0} is not between -90 and 90")]
    Latitude(f64),
}

impl Coordinate {
    /// Refuses NaN, infinities and values out of range.
    pub fn new(lon_deg: f64, lat_deg: f64) -> Result<Self, CoordinateError> {
        if !(-180.0..=180.0).contains(&lon_deg) {
            return Err(CoordinateError::Longitude(lon_deg));
        }
        if !(-90.0..=90.0).contains(&lat_deg) {
            return Err(CoordinateError::Latitude(lat_deg));
        }
        Ok(Self { lon_deg, lat_deg })
    }

    pub fn lon_deg(self) -> f64 {
        self.lon_deg
    }

    pub fn lat_deg(self) -> f64 {
        self.lat_deg
    }

    /// Great-circle distance in metres on the mean sphere (radius 6,371,008.8 m, IUGG).
    pub fn distance_m(self, other: Coordinate) -> f64 {
        let (lat_a, lat_b) = (self.lat_deg.to_radians(), other.lat_deg.to_radians());
        let half_lat = ((lat_b - lat_a) / 2.0).sin();
        let half_lon = ((other.lon_deg - self.lon_deg).to_radians() / 2.0).sin();
        let haversine = half_lat * half_lat + lat_a.cos() * lat_b.cos() * half_lon * half_lon;
        2.0 * 6_371_008.8 * haversine.min(1.0).sqrt().asin()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nan_and_out_of_range_are_refused() {
        assert!(Coordinate::new(f64::NAN, 0.0).is_err());
        assert!(Coordinate::new(0.0, f64::NAN).is_err());
        assert_eq!(Coordinate::new(181.0, 0.0), Err(CoordinateError::Longitude(181.0)));
        assert_eq!(Coordinate::new(0.0, 95.0), Err(CoordinateError::Latitude(95.0)));
    }

    #[test]
    fn damascus_to_aleppo_is_about_310_km() {
        let damascus = Coordinate::new(36.29, 33.51).unwrap();
        let aleppo = Coordinate::new(37.16, 36.20).unwrap();
        assert!((damascus.distance_m(aleppo) / 1000.0 - 310.0).abs() < 5.0);
    }
}
