//! A name spelled otherwise than any source spells it is the less likely the further it is off.

use crate::model::mention::NameAgreement;
use crate::resolution::candidate::Candidate;
use crate::resolution::scene::{Scene, Toponym};

/// Against a regular variant of a name.
const OTHER_SPELLING: f64 = -0.5;

/// For each consonant that two spellings are apart.
const A_CONSONANT: f64 = -2.0;

/// A slip of one letter is rarer than another way to write the same sounds.
const SLIP: f64 = -3.0;

pub fn score(_: &Scene<'_>, _: &Toponym, candidate: &Candidate) -> f64 {
    match candidate.agreement {
        NameAgreement::Transliteration => OTHER_SPELLING + A_CONSONANT * candidate.apart,
        NameAgreement::OneEdit => SLIP,
        NameAgreement::Exact | NameAgreement::Folded | NameAgreement::Variant => 0.0,
    }
}
