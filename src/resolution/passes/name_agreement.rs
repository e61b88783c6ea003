//! The nearer the spelling, the likelier the place.

use crate::model::mention::NameAgreement;
use crate::resolution::candidate::{Candidate, PlaceKind};
use crate::resolution::scene::{Scene, Toponym};
use crate::text::key::name_key;

/// For the name that a country goes by, against one of another's many: Taiwan is "China" too.
const MAIN_NAME: f64 = 0.5;

pub fn score(scene: &Scene<'_>, toponym: &Toponym, candidate: &Candidate) -> f64 {
    let main = || {
        if candidate.kind != PlaceKind::Country {
            return false;
        }
        let place = scene.gazetteer.place(candidate.place);
        let mut names = [Some(place.name_en()), place.name_ar()].into_iter().flatten();
        names.any(|name| name_key(name) == toponym.key)
    };
    match candidate.agreement {
        NameAgreement::Exact if main() => 1.0 + MAIN_NAME,
        NameAgreement::Folded if main() => 0.7 + MAIN_NAME,
        NameAgreement::Exact => 1.0,
        // Hamza and ta marbuta are left out so often that their lack says little.
        NameAgreement::Folded => 0.7,
        // How far other spellings are off is told by a pass of its own.
        NameAgreement::Variant | NameAgreement::Transliteration | NameAgreement::OneEdit => 0.0,
    }
}
