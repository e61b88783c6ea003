//! Transliteration: what the spellings of one name in Arabic, Latin and Cyrillic letters share.
//!
//! A name is read letter by letter with the table `gazetteer/transliteration.csv` into a row of
//! [`rules::Sound`]s: consonants by class, vowels by what the spelling leaves open. The **key** of
//! a reading is its skeleton: the classes of its consonants, and `a` where it begins with a vowel.
//! Articles with their assimilations, word borders, doubled consonants, the silent -h and the
//! linking -t of the feminine, ayn and hamza leave no trace, because spellings differ in nothing
//! as often as in these. w, y and all vowels inside a name are dropped, since و and ي stand for
//! both; the skeleton alone would confuse too many names, so that [`spelling_distance`] compares
//! the sounds in full and [`Spelling::distance_within`] refuses what is too far.
//!
//! One letter can stand for several classes: c is k in English and ج in Turkish, ş is ص in the
//! romanisation of BGN/PCGN and ش in Turkish, ظ is d in Aleppo and z in Turkish, ج and ق are g in
//! Egypt and the Gulf, v is f or و. A class for both would merge ج with ك. Instead the table names
//! *habits*: sets of choices that are made together. A name has a key a habit, most names one in
//! all; two names meet where any two keys do.
//!
//! A key has three symbols or more. Of a name with two consonants it tells as well whether a vowel
//! ends it; a name with one has no key.

pub mod rules;
mod reading;
mod distance;

use reading::{Reading, readings};

/// Spellings further apart than this, in consonants, are those of two names.
pub const MOST_APART: f64 = 1.0;

/// The same for each symbol of a key: what may differ in a long name may not in a short one.
const MOST_APART_A_SYMBOL: f64 = 0.25;

/// A name with all its readings, ready to be compared with others.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spelling {
    readings: Vec<Reading>,
}

impl Spelling {
    /// Reads a name. One in a script without rules has no reading and no key.
    pub fn of(name: &str) -> Self {
        Self { readings: readings(name) }
    }

    /// Its keys, each once, that of the default habit first.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.readings.iter().enumerate().filter_map(|(at, reading)| {
            let earlier = self.readings.iter().take(at).any(|earlier| earlier.key == reading.key);
            (!reading.key.is_empty() && !earlier).then_some(reading.key.as_str())
        })
    }

    /// Whether the two have a key in common.
    pub fn shares_key(&self, other: &Spelling) -> bool {
        self.keys().any(|key| other.keys().any(|other| key == other))
    }

    /// The distance of the two readings of one key that are nearest to each other, where it is at
    /// most `most` consonants and not too much for names of this length; `None` where it is more
    /// or the two share no key.
    pub fn distance_within(&self, other: &Spelling, most: f64) -> Option<f64> {
        let pairs = self.readings.iter().flat_map(|a| other.readings.iter().map(move |b| (a, b)));
        let near = pairs.filter(|(a, b)| !a.key.is_empty() && a.key == b.key).filter_map(|(a, b)| {
            let distance = distance::distance(a, b);
            (distance <= most.min(MOST_APART_A_SYMBOL * a.key.len() as f64)).then_some(distance)
        });
        near.min_by(f64::total_cmp)
    }
}

/// The key of a name under the default habit; empty where it has none.
///
/// ```
/// use masar::text::transliteration::transliteration_key;
/// assert_eq!(transliteration_key("Jisr ash-Shugur"), "jsrxgr");
/// assert_eq!(transliteration_key("جسر الشغور"), "jsrxgr");
/// ```
pub fn transliteration_key(name: &str) -> String {
    transliteration_keys(name).into_iter().next().unwrap_or_default()
}

/// All keys of a name, each once, that of the default habit first.
///
/// ```
/// use masar::text::transliteration::transliteration_keys;
/// assert!(transliteration_keys("Cisr eş-Şuğur").contains(&"jsrxgr".to_owned()));
/// ```
pub fn transliteration_keys(name: &str) -> Vec<String> {
    Spelling::of(name).keys().map(str::to_owned).collect()
}

/// How far two spellings are apart, in consonants: 0 where nothing contradicts that they are the
/// same name, 1 for a consonant more, less or other. `None` where one has no reading.
///
/// ```
/// use masar::text::transliteration::spelling_distance;
/// assert_eq!(spelling_distance("سراقب", "Saraqib"), Some(0.0));
/// assert!(spelling_distance("سراقب", "Sarqa") > Some(1.0));
/// ```
pub fn spelling_distance(a: &str, b: &str) -> Option<f64> {
    let (a, b) = (readings(a), readings(b));
    let pairs = a.iter().flat_map(|a| b.iter().map(move |b| (a, b)));
    pairs.map(|(a, b)| distance::distance(a, b)).min_by(f64::total_cmp)
}
