//! The table of letters, `gazetteer/transliteration.csv`: which sound a letter stands for.

use std::sync::LazyLock;

use crate::text::fold::{Folded, fold_char};

/// What a letter contributes to a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sound {
    Consonant {
        /// The class that keys are made of, an ASCII letter.
        class: u8,
        /// Which letter of the class it is, where the spelling tells; 0 where it does not.
        exact: u8,
    },
    Vowel {
        /// A union of [`OPEN`], [`FRONT`] and [`BACK`]: what the spelling leaves open.
        qualities: u8,
        /// Those of them that no other spelling can lack: a glide, one half of a diphthong.
        strong: u8,
        /// `w` or `y`: a consonant at the start of a name.
        glide: bool,
        /// Ayn and hamza: a vowel at the start of a name, nothing or one elsewhere.
        optional: bool,
    },
}

/// a
pub const OPEN: u8 = 1;
/// e, i
pub const FRONT: u8 = 2;
/// o, u
pub const BACK: u8 = 4;

/// A row of the table that cannot be read.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("gazetteer/transliteration.csv:{line}: {problem}; {hint}")]
pub struct RuleError {
    line: u64,
    problem: String,
    hint: &'static str,
}

/// One spelling and what it stands for under each habit.
struct Rule {
    /// The letters behind the first.
    rest: Vec<char>,
    /// In the order of [`Rules::habits`], the default first; `None`: as the default.
    sounds: Vec<Option<Vec<Sound>>>,
}

/// The rules by their first letter, and the habits that disagree with the default.
pub struct Rules {
    habits: Vec<String>,
    /// Position in `by_first` plus one, by code point.
    first: Vec<u16>,
    by_first: Vec<FirstLetter>,
    /// How each character up to [`LAST_LETTER`] takes part.
    letters: Vec<Part>,
}

struct FirstLetter {
    /// Longest first.
    rules: Vec<Rule>,
    /// Bit n: habit n reads some spelling that begins so in its own way.
    habits: u8,
}

/// Letters above this have no rules.
const LAST_LETTER: usize = 0x1FFF;

/// As many habits as [`FirstLetter::habits`] has bits.
const MOST_HABITS: usize = 8;

const COLUMNS: [&str; 5] = ["script", "letters", "sounds", "habit", "source"];

/// The table that is part of the program.
pub fn rules() -> &'static Rules {
    checked_rules().expect("the build script has read the same table")
}

/// Reads the table, for the build script, which shows what is wrong with it.
pub fn check_rules() -> Result<(), RuleError> {
    checked_rules().map(|_| ())
}

fn checked_rules() -> Result<&'static Rules, RuleError> {
    static RULES: LazyLock<Result<Rules, RuleError>> =
        LazyLock::new(|| Rules::parse(include_str!("../../../gazetteer/transliteration.csv")));
    RULES.as_ref().map_err(Clone::clone)
}

impl Rules {
    fn parse(text: &str) -> Result<Self, RuleError> {
        let mut rules = Self {
            habits: vec![String::new()],
            first: vec![0; LAST_LETTER + 1],
            by_first: Vec::new(),
            letters: Vec::new(),
        };
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        for (at, record) in reader.records().enumerate() {
            let error = |line: u64, problem: String, hint| RuleError { line, problem, hint };
            let record = record.map_err(|e| error(at as u64 + 1, e.to_string(), "a row has five columns"))?;
            let line = record.position().map_or(at as u64 + 1, csv::Position::line);
            if at == 0 {
                if record.iter().ne(COLUMNS) {
                    return Err(error(line, "unknown columns".into(), "write script,letters,sounds,habit,source"));
                }
                continue;
            }
            let cell = |column: usize| record.get(column).unwrap_or("");
            let sounds = sounds(cell(2)).ok_or_else(|| {
                error(line, format!("no sounds: {:?}", cell(2)), "write consonants, A I U E, w, y, * or -")
            })?;
            let habit = rules
                .habit(cell(3))
                .ok_or_else(|| error(line, format!("one habit too many: {:?}", cell(3)), "join it with another one"))?;
            for letters in cell(1).split('|') {
                rules.add(letters, &sounds, habit).ok_or_else(|| {
                    error(line, format!("no letters or repeated: {letters:?}"), "write each spelling once a habit")
                })?;
            }
        }
        for first in &mut rules.by_first {
            first.rules.sort_by_key(|rule| std::cmp::Reverse(rule.rest.len()));
        }
        let letters = (0..=LAST_LETTER as u32).map(|code| char::from_u32(code).map_or(Part::Border, |c| rules.part(c)));
        rules.letters = letters.collect();
        Ok(rules)
    }

    fn habit(&mut self, name: &str) -> Option<usize> {
        if let Some(at) = self.habits.iter().position(|known| known == name) {
            return Some(at);
        }
        self.habits.push(name.to_owned());
        (self.habits.len() <= MOST_HABITS).then_some(self.habits.len() - 1)
    }

    fn add(&mut self, letters: &str, sounds: &[Sound], habit: usize) -> Option<()> {
        let mut letters = letters.chars();
        let first = letters.next()?;
        let rest: Vec<char> = letters.collect();
        let slot = self.first.get_mut(first as usize)?;
        if *slot == 0 {
            self.by_first.push(FirstLetter { rules: Vec::new(), habits: 0 });
            *slot = u16::try_from(self.by_first.len()).ok()?;
        }
        let entry = self.by_first.get_mut(usize::from(*slot) - 1)?;
        if habit > 0 {
            entry.habits |= 1 << habit;
        }
        let at = entry.rules.iter().position(|rule| rule.rest == rest).unwrap_or(entry.rules.len());
        if at == entry.rules.len() {
            entry.rules.push(Rule { rest, sounds: vec![None; MOST_HABITS] });
        }
        let slot = entry.rules.get_mut(at)?.sounds.get_mut(habit)?;
        slot.replace(sounds.to_vec()).is_none().then_some(())
    }

    /// How many habits there are, the default included.
    pub fn habit_count(&self) -> usize {
        self.habits.len()
    }

    /// How a character takes part in a name.
    pub fn letter(&self, c: char) -> Part {
        self.letters.get(c as usize).copied().unwrap_or_else(|| self.part(c))
    }

    /// A letter stands in the table as itself, in lower case, or folded.
    fn part(&self, c: char) -> Part {
        let lower = if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) };
        if self.first_letter(lower).is_some() {
            return Part::Sounded(lower);
        }
        match fold_char(c) {
            Folded::Keep('\'' | '`') | Folded::Mark | Folded::Invisible => Part::Silent,
            Folded::Keep(folded) if folded.is_ascii_digit() || self.first_letter(folded).is_some() => {
                Part::Sounded(folded)
            }
            // Modifier letters: primes and raised letters of scholarly romanisation.
            Folded::Keep('\u{02B0}'..='\u{02FF}') => Part::Silent,
            Folded::Keep(folded) if folded.is_alphabetic() => Part::Foreign,
            Folded::Keep(_) => Part::Border,
        }
    }

    fn first_letter(&self, c: char) -> Option<&FirstLetter> {
        let slot = self.first.get(c as usize)?.checked_sub(1)?;
        self.by_first.get(usize::from(slot))
    }

    /// Bit n: habit n may read a spelling that begins with this letter in its own way.
    pub fn habits_of(&self, letter: char) -> u8 {
        self.first_letter(letter).map_or(0, |first| first.habits)
    }

    /// The sounds of the longest spelling at the start of `letters` and its length.
    pub fn longest(&self, letters: &[char], habit: usize) -> (&[Sound], usize) {
        let Some((first, rest)) = letters.split_first() else { return (&[], 0) };
        let rules = self.first_letter(*first).map_or(&[][..], |first| &first.rules);
        rules
            .iter()
            // One or two letters: a call to compare memory would cost more than they do.
            .filter(|rule| rule.rest.len() <= rest.len() && rule.rest.iter().zip(rest).all(|(a, b)| a == b))
            .find_map(|rule| {
                let own = rule.sounds.get(habit).and_then(Option::as_ref);
                let sounds = own.or(rule.sounds.first().and_then(Option::as_ref))?;
                Some((sounds.as_slice(), rule.rest.len() + 1))
            })
            .unwrap_or((&[], 1))
    }
}

/// How a character takes part in a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    Sounded(char),
    /// A mark that belongs to the letter before it, an apostrophe, a control.
    Silent,
    /// A space, a hyphen, another mark.
    Border,
    /// A letter of a script without rules.
    Foreign,
}

/// Reads a cell of the column `sounds`.
fn sounds(cell: &str) -> Option<Vec<Sound>> {
    if cell == "-" {
        return Some(Vec::new());
    }
    let mut sounds = Vec::new();
    let vowel = |qualities, glide, optional| {
        let strong = if glide { qualities } else { 0 };
        Sound::Vowel { qualities, strong, glide, optional }
    };
    for c in cell.chars() {
        let sound = match c {
            'A' => vowel(OPEN, false, false),
            'I' => vowel(FRONT, false, false),
            'U' => vowel(BACK, false, false),
            'E' => vowel(OPEN | FRONT, false, false),
            'w' => vowel(BACK, true, false),
            'y' => vowel(FRONT, true, false),
            '*' => vowel(OPEN | FRONT | BACK, false, true),
            'a'..='z' => Sound::Consonant { class: c as u8, exact: 0 },
            '1'..='9' => match sounds.pop()? {
                Sound::Consonant { class, exact: 0 } => Sound::Consonant { class, exact: c as u8 },
                _ => return None,
            },
            _ => return None,
        };
        sounds.push(sound);
    }
    (!sounds.is_empty()).then_some(sounds)
}
