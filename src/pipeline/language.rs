//! Which language pack reads a text.

use whatlang::Lang;

use crate::lexicon::Lexicon;
use crate::text::NormalizedText;

/// Bytes of the text that are enough to tell its language.
const SAMPLE_BYTES: usize = 4096;

/// The tag of the pack for a text, or `None` when it holds no word or no pack fits.
///
/// The statistics of `whatlang` decide where a pack for their language exists. Else the script
/// does: Persian and Urdu articles about the region name the same places, and reading them with
/// Arabic words does less harm than not reading them; the same holds for Latin and English.
pub fn language_of<'l>(text: &NormalizedText, lexicon: &'l Lexicon) -> Option<&'l str> {
    let mut end = text.original().len().min(SAMPLE_BYTES);
    while !text.original().is_char_boundary(end) {
        end -= 1;
    }
    let sample = &text.original()[..end];
    let script = script_of(text)?;
    let pack = |tag: &str| lexicon.tags().find(|known| *known == tag);
    let detected = match script {
        // Short Arabic texts are easily taken for its neighbours.
        Script::Arabic if pack("ar").is_some() => Some("ar"),
        // Letters that Turkish alone has in such numbers.
        Script::Latin if sample.chars().filter(|c| matches!(c, 'ı' | 'ğ' | 'ş' | 'İ' | 'Ğ' | 'Ş')).count() >= 3 => {
            Some("tr")
        }
        _ => whatlang::detect_lang(sample).and_then(tag_of),
    };
    detected.and_then(pack).or_else(|| pack(script.default_tag()))
}

#[derive(Clone, Copy)]
enum Script {
    Arabic,
    Cyrillic,
    Latin,
}

impl Script {
    fn default_tag(self) -> &'static str {
        match self {
            Self::Arabic => "ar",
            Self::Cyrillic => "ru",
            Self::Latin => "en",
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

/// The BCP 47 tag of a detected language; those not listed fall back to their script's pack.
fn tag_of(language: Lang) -> Option<&'static str> {
    Some(match language {
        Lang::Ara => "ar",
        Lang::Deu => "de",
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Heb => "he",
        Lang::Ita => "it",
        Lang::Pes => "fa",
        Lang::Por => "pt",
        Lang::Rus => "ru",
        Lang::Spa => "es",
        Lang::Tur => "tr",
        Lang::Ukr => "uk",
        Lang::Urd => "ur",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        let lexicon = Lexicon::embedded().unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(language_of(&NormalizedText::new(text), &lexicon), expected, "{text}");
    }

    #[test]
    fn scripts_and_statistics_tell_the_pack() {
        check("سيّرت القوات الروسية والتركية دورية", Some("ar"));
        check("Russian and Turkish troops ran a joint patrol on the highway near the town", Some("en"));
        check("Türk ve Rus askerleri bugün ortak devriye gerçekleştirdi, bölgede güvenlik sağlandı", Some("tr"));
        check("12 34 -- !", None);
        check("", None);
    }
}
