//! The values that all stages share. No input or output, no clock and no serialisation here:
//! what a run needs from outside is passed in, and `writer` alone decides how a value is spelled.

pub mod span;
pub mod coordinate;
pub mod date;
pub mod article;
pub mod place;
pub mod mention;
pub mod event;
pub mod feature;
pub mod calibration;
