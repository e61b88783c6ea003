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
//! `cargo bench --bench transliteration` counts what the key joins and confuses. A first key without
//! names of two consonants, the habits of French and Slavic romanisation and g for ق joined 50 of
//! 100 pairs of Arabic and Latin names in the Arab countries, with 1.5 other places a place in its
//! country; this one joins 63, with 3.0, of which the distance leaves 2.0.
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn meet(a: &str, b: &str) -> bool {
        Spelling::of(a).distance_within(&Spelling::of(b), MOST_APART).is_some()
    }

    #[test]
    fn spellings_of_one_name_meet() {
        let names: [&[&str]; 13] = [
            &["Jisr al-Shughur", "Jisr ash-Shugur", "Cisr eş-Şuğur", "جسر الشغور", "Джиср-эш-Шугур"],
            &["Tronba", "Tarnaba", "Turumbah", "ترنبة", "الترنبة", "طرنبة"],
            &["كفرلاتا", "كفر لاتا", "Kafr Lata", "Kefer Lata", "Kafrlata"],
            &["Saraqib", "سراقب", "Serakib", "Саракиб"],
            &["معرة النعمان", "Maarrat al-Nu'man", "Maarat an-Numan", "Maaret en Numan"],
            &["خان شيخون", "Khan Shaykhun", "Han Şeyhun", "Хан-Шейхун", "Khan Cheikhoun"],
            &["أبو الظهور", "Abu al-Duhur", "Abu ad-Duhur"],
            &["أبو الظهور", "Ebu Zuhur"],
            &["حوران", "Hauran", "Havran", "Хауран"],
            &["وادي", "Wadi", "Ouadi", "Vadi"],
            &["الجيزة", "Giza", "Al Gizah"],
            &["الجيزة", "Al Jizah", "Cize"],
            &["منبج", "Manbij", "Menbiç", "Mambij"],
        ];
        for spellings in names {
            for (at, a) in spellings.iter().enumerate() {
                for b in &spellings[at + 1..] {
                    assert!(meet(a, b), "{a} {b}: {:?} {:?}", transliteration_keys(a), transliteration_keys(b));
                }
            }
        }
    }

    #[test]
    fn names_of_two_places_do_not() {
        let pairs = [
            ("Hama", "Homs"),
            ("Saraqib", "Sarqa"),
            ("سراقب", "سرجة"),
            ("Aleppo", "Idlib"),
            ("إدلب", "Halab"),
            ("Kafr Nabl", "كفر نبودة"),
            ("Tell Abyad", "تل أبيض الغربي"),
        ];
        for (a, b) in pairs {
            assert!(!meet(a, b), "{a} {b}: {:?}", spelling_distance(a, b));
        }
    }

    #[test]
    fn a_glide_more_is_a_difference() {
        for (nearer, further, name) in [("الشرقية", "شرقة", "Sharqiyah"), ("الرويضة", "روضة", "Ruwaydah")]
        {
            assert_eq!(spelling_distance(nearer, name), Some(0.0), "{nearer} {name}");
            assert!(spelling_distance(further, name) >= Some(0.5), "{further} {name}");
        }
    }

    #[test]
    fn articles_leave_no_trace() {
        for spelling in ["ash-Shughur", "al-Shughur", "esh Shughur", "Shughur", "el-Shughur", "الشغور", "شغور"]
        {
            assert_eq!(transliteration_key(spelling), "xgr", "{spelling}");
        }
        assert_eq!(transliteration_key("An Loc"), "anlk", "n is no article before l");
        assert_eq!(transliteration_key("Ain Naqra"), "ankr", "ain is a word");
    }

    #[test]
    fn too_short_and_foreign_names_have_no_key() {
        for name in ["", "-", "a", "Ba", "qqqzzz", "ههههههه", "عين 東京", "東京"] {
            assert_eq!(transliteration_key(name), "", "{name}");
        }
        assert_eq!(spelling_distance("東京", "Tokyo"), None);
    }

    #[test]
    fn a_vowel_at_the_end_tells_names_of_two_consonants_apart() {
        assert_eq!((transliteration_key("Hama"), transliteration_key("Ham")), ("hme".into(), "hmo".into()));
    }

    #[test]
    fn every_rule_of_the_table_is_read() {
        assert_eq!(rules::check_rules(), Ok(()));
    }

    proptest! {
        #[test]
        fn any_text_has_a_key_or_none(name in ".{0,80}", other in ".{0,20}") {
            let spelling = Spelling::of(&name);
            prop_assert!(spelling.keys().all(|key| key.len() >= 3 && key.is_ascii()));
            prop_assert_eq!(spelling_distance(&name, &other), spelling_distance(&other, &name));
        }

        #[test]
        fn case_marks_hyphens_and_articles_do_not_matter(word in "[bdfklmnrst][aiu][bdfklmrz][aiu][bdfklmrsz]{1}") {
            let key = transliteration_key(&word);
            prop_assert_eq!(&transliteration_key(&word.to_uppercase()), &key);
            prop_assert_eq!(&transliteration_key(&format!("al-{word}")), &key);
            prop_assert_eq!(&transliteration_key(&format!("El {word}")), &key);
            prop_assert_eq!(&transliteration_key(&word.replace('a', "a\u{0304}").replace('u', "ū")), &key);
            prop_assert_eq!(&transliteration_key(&word.replace('i', "'i")), &key);
            let first = word.chars().next().unwrap_or('l');
            if "tdrzsn".contains(first) {
                prop_assert_eq!(&transliteration_key(&format!("e{first}-{word}")), &key);
            }
        }

        #[test]
        fn vowel_signs_and_tatweel_do_not_matter(letters in "[بتدرسفقكلمن]{3,6}") {
            let key = transliteration_keys(&letters);
            let marked: String = letters.chars().flat_map(|c| [c, '\u{064E}']).collect();
            prop_assert_eq!(&transliteration_keys(&marked), &key);
            let drawn: String = letters.chars().flat_map(|c| [c, 'ـ']).collect();
            prop_assert_eq!(&transliteration_keys(&drawn), &key);
            // With the article's own, a third ل is no spelling at all.
            if !letters.starts_with("لل") {
                prop_assert_eq!(&transliteration_keys(&format!("ال{letters}")), &key);
            }
        }

        #[test]
        fn a_spelling_is_no_distance_from_itself(name in "[a-zşğçıابتثجحخدعغقوي' -]{1,30}") {
            if let Some(distance) = spelling_distance(&name, &name) {
                prop_assert_eq!(distance, 0.0);
            }
        }
    }
}
