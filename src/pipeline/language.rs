//! Which language pack reads a text.

use crate::lexicon::Lexicon;
use crate::lexicon::pack::LanguagePack;
use crate::text::NormalizedText;

/// Bytes of the text that are enough to tell its language.
const SAMPLE_BYTES: usize = 4096;
/// So many letters of one language alone settle it.
const ENOUGH_OWN_LETTERS: usize = 3;

/// The tag of the pack for a text, or `None` when it holds no word or no pack fits.
///
/// Letters that one language alone writes decide first: a news article of a few lines, half of it
/// names, is too short for statistics. Then the statistics of `whatlang` do, where a pack bears
/// the code of their language, and last the script: Persian and Urdu articles about the region
/// name the same places, and reading them with Arabic words does less harm than not reading them;
/// the same holds for Latin and English. Which letters, codes and scripts are whose, the packs say.
pub fn language_of<'l>(text: &NormalizedText, lexicon: &'l Lexicon) -> Option<&'l str> {
    let mut end = text.original().len().min(SAMPLE_BYTES);
    while !text.original().is_char_boundary(end) {
        end -= 1;
    }
    let sample = &text.original()[..end];
    let script = script_of(text)?;
    let pack = by_letters(sample, lexicon)
        // Short Arabic texts are easily taken for its neighbours.
        .or_else(|| (script != Script::Arabic).then(|| by_statistics(sample, lexicon)).flatten())
        .or_else(|| lexicon.packs().find(|pack| pack.reads_script(script.code())))?;
    Some(pack.tag())
}

/// The pack that most of the text's peculiar letters belong to.
fn by_letters<'l>(sample: &str, lexicon: &'l Lexicon) -> Option<&'l LanguagePack> {
    let own = |pack: &LanguagePack| sample.chars().filter(|c| pack.own_letters().contains(c)).count();
    // Of two packs with as many, neither is plain.
    let mut counted: Vec<(usize, &LanguagePack)> = lexicon.packs().map(|pack| (own(pack), pack)).collect();
    counted.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    match counted.as_slice() {
        [(most, pack), rest @ ..] if *most >= ENOUGH_OWN_LETTERS && rest.iter().all(|(count, _)| count < most) => {
            Some(pack)
        }
        _ => None,
    }
}

fn by_statistics<'l>(sample: &str, lexicon: &'l Lexicon) -> Option<&'l LanguagePack> {
    let code = whatlang::detect_lang(sample)?.code();
    lexicon.packs().find(|pack| pack.has_code(code))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Arabic,
    Cyrillic,
    Latin,
}

impl Script {
    /// The code of ISO 15924, in lower case.
    fn code(self) -> &'static str {
        match self {
            Self::Arabic => "arab",
            Self::Cyrillic => "cyrl",
            Self::Latin => "latn",
        }
    }
}

/// The script that at least a third of the words are written in, `None` for a text without words.
fn script_of(text: &NormalizedText) -> Option<Script> {
    let (mut total, mut arabic, mut cyrillic) = (0, 0, 0);
    for token in text.tokens().iter().filter(|token| token.is_word()) {
        let word = text.token_text(token);
        total += word.len();
        match word.chars().next() {
            Some('\u{0600}'..='\u{06FF}') => arabic += word.len(),
            Some('\u{0400}'..='\u{04FF}') => cyrillic += word.len(),
            _ => {}
        }
    }
    match total {
        0 => None,
        _ if arabic * 3 > total => Some(Script::Arabic),
        _ if cyrillic * 3 > total => Some(Script::Cyrillic),
        _ => Some(Script::Latin),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        let lexicon = Lexicon::embedded().unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(language_of(&NormalizedText::new(text), &lexicon), expected, "{text}");
    }

    #[test]
    fn letters_statistics_and_scripts_tell_the_pack() {
        check("سيّرت القوات الروسية والتركية دورية", Some("ar"));
        check("Russian and Turkish troops ran a joint patrol on the highway near the town", Some("en"));
        check("Türk ve Rus askerleri bugün ortak devriye gerçekleştirdi, bölgede güvenlik sağlandı", Some("tr"));
        check("Военные двух стран провели патрулирование на трассе", Some("ru"));
        check("12 34 -- !", None);
        check("", None);
    }

    #[test]
    fn texts_in_other_languages_fall_to_the_pack_of_their_script() {
        check("نیروهای روسیه و ترکیه گشت مشترک برگزار کردند", Some("ar"));
        check("Російські військові провели патрулювання на трасі, повідомили джерела", Some("ru"));
        check("Die russischen und türkischen Truppen fuhren eine gemeinsame Patrouille", Some("en"));
    }
}
