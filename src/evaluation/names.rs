//! When two spellings are one name.
//!
//! The scorer has a folding of its own, coarser than the program's and independent of it: a fault
//! in the program's own folding must show in the figures and not hide in them.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// Definite articles, which spellings put or leave out.
const ARTICLES: [&str; 8] = ["al", "el", "ash", "an", "ar", "as", "the", ""];

/// Folds a name so that the spellings of one name compare equal.
pub fn fold(name: &str) -> String {
    let folded: String = name
        .chars()
        .filter(|c| *c != 'ـ')
        .map(|c| match c {
            'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
            'ى' | 'ی' | 'ئ' => 'ي',
            'ؤ' => 'و',
            'ة' => 'ه',
            'ک' => 'ك',
            _ => c,
        })
        .nfkd()
        .flat_map(char::to_lowercase)
        .filter(|c| canonical_combining_class(*c) == 0 && !"ʿʾ'’‘`´\"”“()".contains(*c))
        .collect();
    folded
        .trim()
        .split(|c: char| c.is_whitespace() || "-–_/".contains(c))
        .filter(|word| !ARTICLES.contains(word))
        .map(|word| match word.strip_prefix("ال") {
            Some(rest) if rest.chars().count() >= 3 => rest,
            _ => word,
        })
        .collect()
}

/// The folded names, without those of which nothing is left.
pub fn folded<'n>(names: impl IntoIterator<Item = &'n str>) -> BTreeSet<String> {
    let mut folded: BTreeSet<String> = names.into_iter().map(fold).collect();
    folded.remove("");
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_equal() {
        assert_eq!(fold("الأتارب"), fold("اتارب"));
        assert_eq!(fold("Ain al-Hour"), fold("ʿAin Hour"));
        assert_eq!(fold("İdlib"), fold("Idlib"));
        assert_eq!(fold("تل_تمر"), fold("تلّ تمر"));
        assert_ne!(fold("سراقب"), fold("سرمين"));
    }

    #[test]
    fn an_article_alone_is_no_name() {
        assert_eq!(folded(["the", "al", "Ariha"]), BTreeSet::from(["ariha".to_owned()]));
        assert_eq!(fold("الم"), "الم", "too short to have an article");
    }
}
