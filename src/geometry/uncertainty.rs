//! The one model of uncertainty: how far from its point, or from its line, the truth may lie.
//!
//! A radius starts from the place's own and grows with what the text leaves open. There is no
//! default: what cannot be given a radius is not drawn.
//!
//! **The radius of a place X**
//!
//! | what is known | radius |
//! |---|---|
//! | the row's own `uncertainty_m` | that |
//! | only the feature code | that of `gazetteer/feature_codes.csv`, else of `feature_classes.csv` |
//! | rows joined by a build, or two layers, give points that are d apart, 100 m to 25 km | at least d + the radius of the other row: the circle holds what each of them claims |
//! | the same, but d is larger or the upper row is a correction that moves X | the row's own: the other point is a mistake |
//!
//! The first two lines are settled when a gazetteer is compiled, the third by
//! `gazetteer::import` for the rows of one build and by `Gazetteer::uncertainty_m` for layers.
//!
//! **A point**
//!
//! | the text says | radius around the point drawn |
//! |---|---|
//! | at X, in X | radius of X |
//! | near X | radius of X + 3 km |
//! | d from X | radius of X + 1.4 d |
//! | countryside of the town X | radius of X + 12 km |
//! | west of the town X | radius of X + 12 km |
//! | d west of X | radius of X + 0.4 d around the point moved by d |
//! | between A and B | half their distance + the larger radius |
//! | one of these without d, on a road | the part of the road inside that circle, seen from its middle, + the accuracy of the road; the circle itself when the road does not pass through |
//! | any of these of a governorate or a country | its own radius, unless a distance is told |
//!
//! A compass word covers an eighth of the circle, 22.5° to both sides: at distance d the truth is
//! up to d · sin 22.5° ≈ 0.4 d away from the point drawn. That includes the rounding of d.
//!
//! **A line**: the largest of
//!
//! | what | radius |
//! |---|---|
//! | the stops | the largest radius among them |
//! | the stretch of road that is followed | the accuracy of its worst part: as its source says, else 250 m of a surveyed road, 3 km of a schematic one |
//! | straight pieces: spurs to stops beside the road, and where there is no road | a quarter of the longest |

/// What "near" adds to a place's own radius, in metres.
pub const NEAR_M: f64 = 3_000.0;

/// How far the countryside of a town reaches, in metres. Sub-districts of northern Syria, which
/// "ريف" of a town mostly stands for, have areas of 150 to 600 km²: radii of 7 to 14 km.
pub const COUNTRYSIDE_M: f64 = 12_000.0;

/// Sine of half the angle that a compass word covers, rounded up for the distance's own rounding.
pub const SECTOR: f64 = 0.4;

/// A road between two places leaves the straight line by up to this part of its length.
pub const STRAIGHT_SAG: f64 = 0.25;
