//! Events become features: lines along roads, points moved as the text says, honest radii.

pub mod road;
pub mod route;
