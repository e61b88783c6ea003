//! Arabic proclitics: the one-letter words that are written onto the next one.
//!
//! Nothing is split off for good here: a caller tries each peeling and keeps the one whose rest
//! it knows. ال is left alone, because `ألبانيا` and `البوكمال` begin with it too.

/// One way of taking proclitics off a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Peeling<'a> {
    /// The letters taken off: و ف ب ل ك, alone or combined.
    pub proclitics: &'a str,
    /// What is left.
    pub stem: &'a str,
}

impl Peeling<'_> {
    /// Whether a conjunction (و or ف) was taken off.
    pub fn has_conjunction(&self) -> bool {
        self.proclitics.starts_with(['و', 'ف'])
    }

    /// The preposition taken off, if any.
    pub fn preposition(&self) -> Option<char> {
        self.proclitics.chars().find(|c| matches!(c, 'ب' | 'ل' | 'ك'))
    }
}

/// Every way of peeling a folded word, the whole word first. At least two letters are left over.
///
/// `لل` is peeled as one: the article behind it has lost its alef, so the stem lacks it too.
pub fn peelings(word: &str) -> impl Iterator<Item = Peeling<'_>> {
    // The first letter rules out nearly all of them.
    let prefixes: &[&str] = match word.chars().next() {
        Some('و') => &["", "و", "وب", "ول", "وك", "ولل"],
        Some('ف') => &["", "ف", "فب", "فل", "فلل"],
        Some('ب') => &["", "ب"],
        Some('ل') => &["", "ل", "لل"],
        Some('ك') => &["", "ك"],
        _ => &[""],
    };
    prefixes.iter().filter_map(move |prefix| {
        let stem = word.strip_prefix(prefix)?;
        let enough = prefix.is_empty() || stem.chars().take(2).count() == 2;
        enough.then(|| Peeling { proclitics: &word[..prefix.len()], stem })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(word: &str) -> Vec<&str> {
        peelings(word).map(|p| p.stem).collect()
    }

    #[test]
    fn the_whole_word_comes_first_and_the_article_is_never_split_blindly() {
        assert_eq!(stems("وادي"), ["وادي", "ادي"]);
        assert_eq!(stems("البانيا"), ["البانيا"]);
        assert_eq!(stems("بيروت"), ["بيروت", "يروت"]);
        assert_eq!(stems("كفر"), ["كفر", "فر"]);
    }

    #[test]
    fn combinations_peel() {
        assert_eq!(stems("وبسراقب"), ["وبسراقب", "بسراقب", "سراقب"]);
        assert_eq!(stems("للترنبه"), ["للترنبه", "لترنبه", "ترنبه"]);
        assert_eq!(stems("فغريب"), ["فغريب", "غريب"]);
    }

    #[test]
    fn other_scripts_have_none() {
        assert_eq!(stems("saraqib"), ["saraqib"]);
    }
}
