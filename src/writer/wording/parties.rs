//! How parties are called: an event names its actors in English, and a title needs adjectives.

/// The forms of one party's name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Party {
    pub name_en: &'static str,
    pub adjective_en: &'static str,
    pub name_ar: &'static str,
    /// Masculine; the feminine adds ة.
    pub adjective_ar: &'static str,
}

const fn party(
    name_en: &'static str,
    adjective_en: &'static str,
    name_ar: &'static str,
    adjective_ar: &'static str,
) -> Party {
    Party { name_en, adjective_en, name_ar, adjective_ar }
}

/// Sorted by English name. A party that is not here keeps the name the event gives it.
const PARTIES: &[Party] = &[
    party("China", "Chinese", "الصين", "صيني"),
    party("Egypt", "Egyptian", "مصر", "مصري"),
    party("France", "French", "فرنسا", "فرنسي"),
    party("Germany", "German", "ألمانيا", "ألماني"),
    party("Iran", "Iranian", "إيران", "إيراني"),
    party("Iraq", "Iraqi", "العراق", "عراقي"),
    party("Israel", "Israeli", "إسرائيل", "إسرائيلي"),
    party("Jordan", "Jordanian", "الأردن", "أردني"),
    party("Lebanon", "Lebanese", "لبنان", "لبناني"),
    party("Libya", "Libyan", "ليبيا", "ليبي"),
    party("Russia", "Russian", "روسيا", "روسي"),
    party("Syria", "Syrian", "سوريا", "سوري"),
    party("Turkey", "Turkish", "تركيا", "تركي"),
    party("Ukraine", "Ukrainian", "أوكرانيا", "أوكراني"),
    party("United Kingdom", "British", "بريطانيا", "بريطاني"),
    party("United Nations", "UN", "الأمم المتحدة", "أممي"),
    party("United States", "US", "الولايات المتحدة", "أمريكي"),
];

/// The forms of a party's name, if it is a known one.
pub fn party_of(name_en: &str) -> Option<Party> {
    PARTIES.iter().copied().find(|party| party.name_en == name_en)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parties_are_sorted_and_unique() {
        assert!(PARTIES.windows(2).all(|pair| pair[0].name_en < pair[1].name_en));
    }
}
