//! The nearer the spelling, the likelier the place.

use crate::model::mention::NameAgreement;
use crate::resolution::candidate::Candidate;
use crate::resolution::scene::{Scene, Toponym};

pub fn score(_: &Scene<'_>, _: &Toponym, candidate: &Candidate) -> f64 {
    match candidate.agreement {
        NameAgreement::Exact => 1.0,
        // Hamza and ta marbuta are left out so often that their lack says little.
        NameAgreement::Folded => 0.7,
        // How far other spellings are off is told by a pass of its own.
        NameAgreement::Variant | NameAgreement::Transliteration | NameAgreement::OneEdit => 0.0,
    }
}
