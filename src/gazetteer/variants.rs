//! Regular variants of a name: an article more or less, a compound written apart or together.
//!
//! They are derived once, when a gazetteer is compiled, so that looking a name up stays one walk.
//! A variant is a key; it ranks below every spelling that a source gives.

/// The words that open compound names (`كفر`, `Tell`), folded, by script.
#[derive(Clone, Debug, Default)]
pub struct NameHeads {
    arabic: Vec<String>,
    latin: Vec<String>,
}

impl NameHeads {
    /// Adds a head by its key. Returns whether its script is one that has heads.
    pub fn add(&mut self, key: &str) -> bool {
        let heads = match script(key) {
            Script::Arabic => &mut self.arabic,
            Script::Latin => &mut self.latin,
            Script::Other => return false,
        };
        if !heads.iter().any(|head| head == key) {
            heads.push(key.to_owned());
        }
        true
    }

    fn of(&self, script: Script) -> &[String] {
        match script {
            Script::Arabic => &self.arabic,
            Script::Latin => &self.latin,
            Script::Other => &[],
        }
    }
}

/// Which rules a place's names take part in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum VariantRules {
    All,
    /// Names of countries: "El Salvador" without its article is another word, المغرب is not.
    ArabicArticleOnly,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Script {
    Arabic,
    Latin,
    Other,
}

fn script(key: &str) -> Script {
    match key.chars().find(|c| c.is_alphabetic()) {
        Some('\u{0600}'..='\u{06FF}') => Script::Arabic,
        Some(c) if c.is_ascii() => Script::Latin,
        _ => Script::Other,
    }
}

/// A key worth indexing: neither one letter nor nothing but digits and spaces.
pub fn is_indexable(key: &str) -> bool {
    let mut letters = key.chars().filter(|c| c.is_alphabetic());
    letters.next().is_some() && key.chars().nth(1).is_some()
}

/// Letters that must stand behind an article or a head that is taken off: two-letter words are
/// too often ordinary ones.
const SHORTEST_REST: usize = 3;

const ARTICLE: &str = "ال";

/// The article before each kind of letter, as sources romanise it ("ash-Shughur").
const ASSIMILATED: [(&str, &str); 8] =
    [("sh", "ash"), ("s", "as"), ("r", "ar"), ("n", "an"), ("d", "ad"), ("t", "at"), ("z", "az"), ("dh", "adh")];

fn is_latin_article(word: &str) -> bool {
    matches!(word, "al" | "el" | "ul") || ASSIMILATED.iter().any(|(_, article)| *article == word)
}

/// The variants of a key, without the key itself, each once, in a fixed order.
pub fn variants(key: &str, heads: &NameHeads, rules: VariantRules) -> Vec<String> {
    let mut found = Vec::new();
    let kind = script(key);
    match kind {
        Script::Arabic => {
            arabic_article(key, heads, &mut found);
            if rules == VariantRules::All {
                compounds(key, heads.of(kind), &mut found);
                glued(key, &mut found);
            }
        }
        Script::Latin if rules == VariantRules::All => {
            latin_article(key, &mut found);
            compounds(key, heads.of(kind), &mut found);
        }
        _ => {}
    }
    let mut variants: Vec<String> = Vec::with_capacity(found.len());
    for variant in found {
        if variant != key && is_indexable(&variant) && !variants.contains(&variant) {
            variants.push(variant);
        }
    }
    variants
}

fn without_article(word: &str) -> Option<&str> {
    word.strip_prefix(ARTICLE).filter(|rest| rest.chars().count() >= SHORTEST_REST)
}

/// The other form of a word: its article dropped or one added.
fn toggled(word: &str) -> Option<String> {
    match without_article(word) {
        Some(rest) => Some(rest.to_owned()),
        // A short word in ال is a word that begins so; one with a digit has no article.
        None if word.starts_with(ARTICLE) || word.chars().count() < SHORTEST_REST => None,
        None => word.chars().all(char::is_alphabetic).then(|| format!("{ARTICLE}{word}")),
    }
}

fn arabic_article(key: &str, heads: &NameHeads, found: &mut Vec<String>) {
    let words: Vec<&str> = key.split(' ').collect();
    match words.as_slice() {
        [word] => found.extend(toggled(word)),
        [first, second] => {
            let bare = without_article(first);
            // عين الحور ↔ عين حور: the head of a compound never takes the article itself.
            if let Some(second) = toggled(second) {
                found.push(format!("{first} {second}"));
                match bare {
                    // الدير الشرقي ↔ دير شرقي: a name and its adjective take it together.
                    Some(bare) if !second.starts_with(ARTICLE) => found.push(format!("{bare} {second}")),
                    None if second.starts_with(ARTICLE) && !heads.arabic.iter().any(|head| head == first) => {
                        found.extend(toggled(first).map(|first| format!("{first} {second}")));
                    }
                    _ => {}
                }
            }
            found.extend(bare.map(|bare| format!("{bare} {second}")));
        }
        [first, rest @ ..] => found.extend(without_article(first).map(|bare| format!("{bare} {}", rest.join(" ")))),
        [] => {}
    }
}

/// "jisr ash shughur" ↔ "jisr al shughur" ↔ "jisr shughur". A last word is no article.
fn latin_article(key: &str, found: &mut Vec<String>) {
    let words: Vec<&str> = key.split(' ').collect();
    let is_article = |at: usize| at + 1 < words.len() && is_latin_article(words[at]);
    if !(0..words.len()).any(is_article) {
        return;
    }
    let rewritten = |article: &dyn Fn(&str) -> Option<&'static str>| {
        let mut key = String::new();
        for (at, word) in words.iter().enumerate() {
            let word = if is_article(at) { article(words[at + 1]) } else { Some(*word) };
            if let Some(word) = word {
                if !key.is_empty() {
                    key.push(' ');
                }
                key.push_str(word);
            }
        }
        key
    };
    let dropped = rewritten(&|_| None);
    if dropped.chars().count() >= SHORTEST_REST {
        found.push(dropped);
    }
    found.push(rewritten(&|_| Some("al")));
    found.push(rewritten(&|next| {
        let by_letter = ASSIMILATED.iter().filter(|(letter, _)| next.starts_with(letter));
        Some(by_letter.max_by_key(|(letter, _)| letter.len()).map_or("al", |(_, article)| article))
    }));
}

/// حفر الباطن → حفرالباطن: posts and headlines write two words as one.
fn glued(key: &str, found: &mut Vec<String>) {
    let long = |word: &str| word.chars().nth(SHORTEST_REST - 1).is_some();
    if let Some((first, second)) = key.split_once(' ')
        && long(first)
        && long(second)
        && !second.contains(' ')
    {
        found.push(format!("{first}{second}"));
    }
}

/// كفرلاتا ↔ كفر لاتا.
fn compounds(key: &str, heads: &[String], found: &mut Vec<String>) {
    // A compiler asks this of millions of keys: two bytes rule most heads out.
    let begins_alike = |head: &&String| head.as_bytes().get(..2) == key.as_bytes().get(..2);
    for head in heads.iter().filter(begins_alike) {
        let Some(rest) = key.strip_prefix(head.as_str()) else { continue };
        match rest.strip_prefix(' ') {
            Some(rest) => found.push(format!("{head}{rest}")),
            None if rest.chars().take_while(|c| *c != ' ').count() >= SHORTEST_REST => {
                found.push(format!("{head} {rest}"));
            }
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(key: &str) -> Vec<String> {
        let mut heads = NameHeads::default();
        for head in ["كفر", "عين", "تل", "kafr", "tell"] {
            assert!(heads.add(head));
        }
        variants(key, &heads, VariantRules::All)
    }

    #[test]
    fn the_arabic_article_comes_and_goes() {
        assert_eq!(of("الترنبه"), ["ترنبه"]);
        assert_eq!(of("سراقب"), ["السراقب"]);
        assert_eq!(of("الدير الشرقي"), ["الدير شرقي", "دير شرقي", "دير الشرقي", "الديرالشرقي"]);
    }

    #[test]
    fn the_second_word_of_two_may_carry_it() {
        assert!(of("عين الحور").contains(&"عين حور".to_owned()));
        assert!(of("عين حور").contains(&"عين الحور".to_owned()));
        assert!(!of("عين حور").contains(&"العين الحور".to_owned()));
    }

    #[test]
    fn a_word_that_begins_like_the_article_keeps_its_letters() {
        assert_eq!(of("الان"), Vec::<String>::new());
    }

    #[test]
    fn compounds_are_written_apart_and_together() {
        assert!(of("كفرلاتا").contains(&"كفر لاتا".to_owned()));
        assert!(of("كفر لاتا").contains(&"كفرلاتا".to_owned()));
        assert!(of("kafr lata").contains(&"kafrlata".to_owned()));
        assert!(!of("تلعه").iter().any(|v| v == "تل عه"));
    }

    #[test]
    fn two_words_are_written_as_one() {
        assert!(of("حفر الباطن").contains(&"حفرالباطن".to_owned()));
        assert!(!of("ام القرى").contains(&"امالقرى".to_owned()));
    }

    #[test]
    fn latin_articles_are_exchanged_and_dropped() {
        assert_eq!(of("jisr ash shughur"), ["jisr shughur", "jisr al shughur"]);
        assert_eq!(of("jisr al shughur"), ["jisr shughur", "jisr ash shughur"]);
        assert_eq!(of("hoi an"), Vec::<String>::new());
    }

    #[test]
    fn countries_keep_their_latin_article() {
        let none = NameHeads::default();
        assert!(variants("el salvador", &none, VariantRules::ArabicArticleOnly).is_empty());
        assert_eq!(variants("المغرب", &none, VariantRules::ArabicArticleOnly), ["مغرب"]);
    }

    #[test]
    fn letters_and_numbers_are_no_names() {
        assert!(!is_indexable("a") && !is_indexable("12") && !is_indexable("1 2") && !is_indexable(""));
        assert!(is_indexable("m 4") && is_indexable("عن"));
    }
}
