//! The one model of uncertainty: how far from its point the truth may lie.
//!
//! A radius starts from the place's own (its feature class decides, never a default) and grows
//! with what the text leaves open:
//!
//! | the text says | radius around the point drawn |
//! |---|---|
//! | at X | radius of X |
//! | near X | radius of X + 3 km, or + the distance told |
//! | countryside of the town X | radius of X + 12 km |
//! | west of the town X | radius of X + 12 km |
//! | d west of X | radius of X + 0.4 d around the point moved by d |
//! | between A and B | half their distance + the larger radius |
//! | along a road, near X | what is left of the above, seen from the nearest point of the road |
//! | any of these of a governorate or a country | its own radius, unless a distance is told |
//!
//! A compass word covers an eighth of the circle, 22.5° to both sides: at distance d the truth is
//! up to d · sin 22.5° ≈ 0.4 d away from the point drawn. That includes the rounding of d.

/// What "near" adds to a place's own radius, in metres.
pub const NEAR_M: f64 = 3_000.0;

/// How far the countryside of a town reaches, in metres. Sub-districts of northern Syria, which
/// "ريف" of a town mostly stands for, have areas of 150 to 600 km²: radii of 7 to 14 km.
pub const COUNTRYSIDE_M: f64 = 12_000.0;

/// Sine of half the angle that a compass word covers, rounded up for the distance's own rounding.
pub const SECTOR: f64 = 0.4;

/// How far a surveyed road may lie from its true course, in metres.
pub const ROAD_M: f64 = 250.0;

/// The same for a schematic road, whose vertices are villages beside it.
pub const SCHEMATIC_ROAD_M: f64 = 3_000.0;

/// A road between two places leaves the straight line by up to this part of its length.
pub const STRAIGHT_SAG: f64 = 0.25;
