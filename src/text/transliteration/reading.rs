//! A name as a row of sounds, and the key that is made of it.

use unicode_normalization::UnicodeNormalization;

use super::rules::{BACK, FRONT, OPEN, Part, Rules, Sound, rules};

/// Names are not longer; what stands behind this many letters is not read.
const MOST_LETTERS: usize = 64;

/// Letters that must stand behind an Arabic article for it to be one.
const SHORTEST_REST: usize = 3;

/// Every vowel quality there is.
const ANY: u8 = OPEN | FRONT | BACK;

const ARTICLE: [char; 2] = ['ا', 'ل'];

/// One way to read a name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reading {
    /// Without articles, words joined; no two vowels stand side by side.
    pub(super) sounds: Vec<Sound>,
    /// Short vowels are not written.
    pub(super) is_unvocalised: bool,
    /// The key, empty where there is too little to make one.
    pub(super) key: String,
}

/// The letters of a name.
struct Letters {
    letters: Vec<char>,
    /// Where each word ends.
    ends: Vec<usize>,
    /// Bit n: habit n may read it in its own way.
    habits: u8,
    is_arabic: bool,
}

fn is_arabic(c: char) -> bool {
    ('\u{0600}'..='\u{06FF}').contains(&c)
}

impl Letters {
    /// `None` for a name with letters of a script that the table lacks, and for a text with one
    /// letter three times in a row, which is no name.
    fn of(name: &str, rules: &Rules) -> Option<Self> {
        let mut letters =
            Self { letters: Vec::with_capacity(name.len()), ends: Vec::new(), habits: 1, is_arabic: false };
        // Combining marks want their letter, presentation forms are typesetting.
        let composed = |c: char| !matches!(c, '\u{0300}'..='\u{036F}' | '\u{0653}'..='\u{0655}' | '\u{FB00}'..);
        match name.chars().all(composed) {
            true => name.chars().try_for_each(|c| letters.push(c, rules))?,
            false => name.nfkc().try_for_each(|c| letters.push(c, rules))?,
        }
        letters.end_word();
        Some(letters)
    }

    fn push(&mut self, c: char, rules: &Rules) -> Option<()> {
        match rules.letter(c) {
            Part::Foreign => return None,
            Part::Silent => {}
            Part::Border => self.end_word(),
            Part::Sounded(letter) if self.letters.len() < MOST_LETTERS => {
                let word = &self.letters[self.ends.last().copied().unwrap_or(0)..];
                if word.ends_with(&[letter, letter]) && letter.is_alphabetic() {
                    return None;
                }
                self.habits |= rules.habits_of(letter);
                self.is_arabic |= is_arabic(letter);
                self.letters.push(letter);
            }
            Part::Sounded(_) => {}
        }
        Some(())
    }

    fn end_word(&mut self) {
        if self.ends.last().copied().unwrap_or(0) < self.letters.len() {
            self.ends.push(self.letters.len());
        }
    }

    fn words(&self) -> impl Iterator<Item = &[char]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.letters[start..*end])
    }
}

/// Every way to read a name, the default first, each once. None for other scripts.
pub fn readings(name: &str) -> Vec<Reading> {
    let rules = rules();
    let Some(letters) = Letters::of(name, rules) else { return Vec::new() };
    let mut readings: Vec<Reading> = Vec::with_capacity(2);
    for habit in 0..rules.habit_count() {
        if letters.habits >> habit & 1 == 0 {
            continue;
        }
        let sounds = merged(&spoken(&letters, habit, rules));
        if !readings.iter().any(|reading| reading.sounds == sounds) {
            let key = key(&sounds);
            readings.push(Reading { sounds, is_unvocalised: letters.is_arabic, key });
        }
    }
    readings
}

fn is_vowel(sound: &Sound) -> bool {
    matches!(sound, Sound::Vowel { .. })
}

fn class(sound: &Sound) -> Option<u8> {
    match sound {
        Sound::Consonant { class, .. } => Some(*class),
        Sound::Vowel { .. } => None,
    }
}

/// The sounds of all words, without articles and what is not heard at the end of a word.
fn spoken(letters: &Letters, habit: usize, rules: &Rules) -> Vec<Sound> {
    let mut sounds: Vec<Sound> = Vec::with_capacity(letters.letters.len() + 4);
    // Where the last word begins that may turn out to be an article.
    let mut last_word = 0;
    let last = letters.ends.len().saturating_sub(1);
    for (at, word) in letters.words().enumerate() {
        let mut start = sounds.len();
        let mut rest = word;
        if rest.starts_with(&ARTICLE) && rest.len() >= ARTICLE.len() + SHORTEST_REST {
            rest = &rest[ARTICLE.len()..];
        }
        let begins_arabic = rest.first().is_some_and(|c| is_arabic(*c));
        while let Some(first) = rest.first() {
            if first.is_ascii_digit() {
                sounds.push(Sound::Consonant { class: *first as u8, exact: 0 });
                rest = &rest[1..];
                continue;
            }
            let (next, length) = rules.longest(rest, habit);
            sounds.extend_from_slice(next);
            rest = &rest[length..];
        }
        if begins_arabic && let Some(Sound::Vowel { qualities, glide: false, .. }) = sounds.get_mut(start) {
            // Alef only carries the vowel of a word's first syllable.
            *qualities = ANY;
        }
        if sounds.get(start).is_some_and(|first| is_article(&sounds[last_word..start], first)) {
            sounds.drain(last_word..start);
            start = last_word;
        }
        if let [_, .., Sound::Consonant { .. }, last @ Sound::Consonant { class: b'h', exact: b'3' }] =
            &mut sounds[start..]
        {
            // Ta marbuta without its dots.
            *last = Sound::Vowel { qualities: OPEN, strong: 0, glide: false, optional: false };
        } else if is_silent(&sounds[start..]) || at < last && is_construct(&sounds[start..]) {
            sounds.pop();
        }
        last_word = start;
    }
    sounds
}

/// A written h at the end of a word that is not heard: ta marbuta without its dots, "-ah".
fn is_silent(word: &[Sound]) -> bool {
    let [_, .., before, Sound::Consonant { class: b'h', exact }] = word else { return false };
    let is_open = matches!(before, Sound::Vowel { qualities, .. } if qualities & OPEN != 0);
    *exact == b'3' || *exact == 0 && is_open
}

/// The -t of a feminine that another word follows: "Maarrat", "Khirbet".
fn is_construct(word: &[Sound]) -> bool {
    let [head @ .., consonant, Sound::Vowel { glide: false, .. }, Sound::Consonant { class: b't', exact: 0 }] = word
    else {
        return false;
    };
    !is_vowel(consonant) && head.iter().any(|sound| !is_vowel(sound))
}

/// "al", "el", "ash" before sh: a vowel, then l or the consonant that the next word begins with.
/// No article in Arabic letters stands alone.
fn is_article(word: &[Sound], next: &Sound) -> bool {
    let [Sound::Vowel { glide: false, optional: false, qualities, .. }, Sound::Consonant { class, .. }] = word else {
        return false;
    };
    let assimilated = matches!(class, b't' | b'd' | b'r' | b'z' | b's' | b'x' | b'n' | b'j');
    *qualities != ANY && (*class == b'l' || assimilated && self::class(next) == Some(*class))
}

/// Vowels side by side become one, doubled consonants single.
fn merged(sounds: &[Sound]) -> Vec<Sound> {
    let mut merged: Vec<Sound> = Vec::with_capacity(sounds.len());
    let mut rest = sounds;
    if let Some(glide) = initial_glide(sounds) {
        merged.push(glide);
        // "Ouadi": two letters may spell it.
        while rest.first() == sounds.first() {
            rest = &rest[1..];
        }
    }
    for sound in rest {
        match (merged.last_mut(), *sound) {
            (
                Some(Sound::Vowel { qualities, strong, optional, glide }),
                Sound::Vowel { qualities: more, strong: stronger, optional: also, glide: next },
            ) => {
                if *qualities != more && !*optional && !also {
                    // One half of a diphthong or a hiatus: "ay", "au", "ia".
                    let half = |qualities: u8| if qualities & OPEN == 0 { qualities } else { 0 };
                    *strong |= half(*qualities) | half(more);
                }
                *strong |= stronger;
                *qualities |= more;
                *optional &= also;
                *glide |= next;
            }
            (Some(Sound::Consonant { class, .. }), Sound::Consonant { class: next, .. }) if *class == next => {}
            _ => merged.push(*sound),
        }
    }
    merged
}

/// The consonant w or y at the start of a name: "Wadi", "Ouadi", "Yabrud".
fn initial_glide(sounds: &[Sound]) -> Option<Sound> {
    let first @ Sound::Vowel { qualities, glide, optional: false, .. } = sounds.first()? else { return None };
    let class = match *qualities {
        BACK => b'w',
        FRONT => b'y',
        _ => return None,
    };
    let before_vowel = sounds.iter().find(|sound| *sound != first).is_some_and(is_vowel);
    (*glide || before_vowel).then_some(Sound::Consonant { class, exact: 0 })
}

/// Consonants by class, `a` for a vowel at the start; n before b is m.
fn key(sounds: &[Sound]) -> String {
    let mut key = String::with_capacity(sounds.len());
    let mut last = 0;
    for (at, sound) in sounds.iter().enumerate() {
        let symbol = match sound {
            Sound::Consonant { class, .. } => *class,
            Sound::Vowel { .. } if at == 0 => b'a',
            Sound::Vowel { .. } => continue,
        };
        if symbol == b'b' && last == b'n' {
            key.pop();
            if !key.ends_with('m') {
                key.push('m');
            }
        }
        if symbol != last {
            key.push(char::from(symbol));
        }
        last = symbol;
    }
    match key.len() {
        // Too little to tell names apart: whether a vowel ends the name is told as well.
        2 => key.push(if sounds.last().is_some_and(is_vowel) { 'e' } else { 'o' }),
        0 | 1 => key.clear(),
        _ => {}
    }
    key
}
