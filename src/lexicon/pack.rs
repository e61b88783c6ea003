//! One language pack: its rows, checked, and the matcher over them.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::LexiconError;
use super::cue::{Cue, EntryIndex};
use super::event_types::EventTypes;
use super::sense::{AbbreviationBefore, Inflection, LanguageTrait, RouteRole, Sense};
use crate::model::span::Span;
use crate::text::NormalizedText;
use crate::text::clitics::peelings;
use crate::text::key::name_key;
use crate::text::token::{Token, TokenKind};

/// One form of one row.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    /// Folded words.
    words: Vec<Box<str>>,
    pub sense: Sense,
    pub example: String,
    pub file: String,
    pub line: u64,
}

/// The words of one language.
#[derive(Clone, Debug)]
pub struct LanguagePack {
    tag: String,
    entries: Vec<Entry>,
    /// Entries by their first word, longest first.
    by_first_word: HashMap<Box<str>, Vec<u32>>,
    /// Everyday words that are also names, with their frequency on the Zipf scale.
    common_words: BTreeMap<Box<str>, f32>,
    /// Endings that may follow a name or a term, longest first.
    suffixes: Vec<Box<str>>,
    /// Endings of names behind an apostrophe.
    name_endings: Vec<Box<str>>,
    /// Case endings that give a place its part in a route.
    case_endings: Vec<(Box<str>, Option<RouteRole>)>,
    /// Endings of inflected names, longest first.
    inflections: Vec<(Box<str>, Inflection)>,
    abbreviations: Vec<(Box<str>, AbbreviationBefore)>,
    /// Codes of the language, and scripts, in lower case.
    language_codes: Vec<Box<str>>,
    scripts: Vec<Box<str>>,
    own_letters: Vec<char>,
    traits: Vec<LanguageTrait>,
}

/// A form of a word without its ending.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BaseForm {
    /// The folded form that the gazetteer may hold.
    pub word: String,
    /// How many folded bytes at its end are written onto the name and no part of it: a Turkish
    /// case ending is, a Russian one is not.
    pub trimmed: usize,
}

/// A shorter stem is as likely another word as the one without its ending.
const SHORTEST_STEM: usize = 3;
/// What the last word of a name of several words keeps at least.
const SHORTEST_LAST_STEM: usize = 2;
/// An agglutinated ending without an apostrophe leaves more.
const SHORTEST_BARE_STEM: usize = 4;

const TERM_COLUMNS: [&str; 5] = ["term", "sense", "value", "example", "note"];
const COMMON_COLUMNS: [&str; 2] = ["term", "zipf"];

impl LanguagePack {
    pub(super) fn new(tag: &str) -> Self {
        Self {
            tag: tag.to_owned(),
            entries: Vec::new(),
            by_first_word: HashMap::new(),
            common_words: BTreeMap::new(),
            suffixes: Vec::new(),
            name_endings: Vec::new(),
            case_endings: Vec::new(),
            inflections: Vec::new(),
            abbreviations: Vec::new(),
            language_codes: Vec::new(),
            scripts: Vec::new(),
            own_letters: Vec::new(),
            traits: Vec::new(),
        }
    }

    pub fn tag(&self) -> &str {
        &self.tag
    }

    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub fn sense(&self, cue: &Cue) -> &Sense {
        &self.entries[cue.entry.0 as usize].sense
    }

    /// The frequency of a folded word on the Zipf scale (log10 per billion words), where it is an
    /// everyday word that is also a name.
    pub fn common_word(&self, folded: &str) -> Option<f32> {
        self.common_words.get(folded).copied()
    }

    /// The endings a word may carry in this language, longest first.
    pub fn suffixes(&self) -> &[Box<str>] {
        &self.suffixes
    }

    /// The part in a route that a case ending gives to the name it is written onto.
    pub fn case_role(&self, ending: &str) -> Option<RouteRole> {
        self.case_endings.iter().find(|(known, _)| **known == *ending).and_then(|(_, role)| *role)
    }

    /// The part that the case of a class noun gives to the name before it ("X köyünden").
    pub fn case_role_of_noun(&self, noun: &str) -> Option<RouteRole> {
        let endings = self.case_endings.iter().filter(|(ending, _)| noun.ends_with(ending.as_ref()));
        endings.max_by_key(|(ending, _)| ending.len()).and_then(|(_, role)| *role)
    }

    /// Whether a case ending says that something is in or comes from what it is written onto.
    pub fn is_local_ending(&self, ending: &str) -> bool {
        let local = |role: &Option<RouteRole>| matches!(role, None | Some(RouteRole::Start));
        self.case_endings.iter().any(|(known, role)| **known == *ending && local(role))
    }

    /// Whether what stands behind an apostrophe is an ending and no part of a name ("Ma'arrat").
    pub fn is_name_ending(&self, ending: &str) -> bool {
        let case_endings = self.case_endings.iter().map(|(known, _)| known);
        self.name_endings.iter().chain(&self.suffixes).chain(case_endings).any(|known| **known == *ending)
    }

    /// The forms that a name in a case may have in the gazetteer, the longest ending first.
    ///
    /// The last word of a name of several may be short ("Айн-Ису"): the words before it speak for it.
    pub fn base_forms(&self, word: &str, opens_name: bool) -> impl Iterator<Item = BaseForm> {
        let shortest = if opens_name { SHORTEST_STEM } else { SHORTEST_LAST_STEM };
        let inflected = self.inflections.iter().filter_map(move |(ending, inflection)| {
            let stem = word.strip_suffix(ending.as_ref()).filter(|stem| has_letters(stem, shortest))?;
            Some(BaseForm { word: format!("{stem}{}", inflection.base), trimmed: 0 })
        });
        // A bare "a" or "in" ends as many names as it is an ending.
        let agglutinated = self.is_head_final().then_some(&self.suffixes).into_iter().flatten();
        inflected.chain(agglutinated.filter_map(move |ending| {
            let stem = word.strip_suffix(ending.as_ref()).filter(|stem| has_letters(stem, SHORTEST_BARE_STEM))?;
            has_letters(ending, 2).then(|| BaseForm { word: stem.to_owned(), trimmed: ending.len() })
        }))
    }

    /// Whether a word's ending says that something is there and not that it goes there.
    pub fn is_locative(&self, word: &str) -> bool {
        self.inflections.iter().any(|(ending, inflection)| inflection.locative && word.ends_with(ending.as_ref()))
    }

    /// The words of the language that a full stop abbreviates.
    pub fn abbreviations(&self) -> impl Iterator<Item = (&str, AbbreviationBefore)> {
        self.abbreviations.iter().map(|(word, before)| (word.as_ref(), *before))
    }

    /// Whether the language has this code.
    pub fn has_code(&self, code: &str) -> bool {
        self.language_codes.iter().any(|known| **known == *code)
    }

    /// Whether the pack reads what is written in a script and in no language that has a pack.
    pub fn reads_script(&self, script: &str) -> bool {
        self.scripts.iter().any(|known| **known == *script)
    }

    /// Letters that texts in this language alone have in such numbers.
    pub fn own_letters(&self) -> &[char] {
        &self.own_letters
    }

    pub fn has_trait(&self, wanted: LanguageTrait) -> bool {
        self.traits.contains(&wanted)
    }

    /// The first words of terms of the given senses, folded.
    pub fn words_that_open(&self, wanted: impl Fn(&Sense) -> bool) -> impl Iterator<Item = &str> {
        self.entries.iter().filter(move |entry| wanted(&entry.sense)).map(|entry| entry.words[0].as_ref())
    }

    /// Whether the language puts what governs a noun behind it.
    pub fn is_head_final(&self) -> bool {
        !self.case_endings.is_empty()
    }

    pub(super) fn add_file(
        &mut self,
        path: &str,
        name: &str,
        content: &str,
        event_types: &EventTypes,
    ) -> Result<(), LexiconError> {
        let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(content.as_bytes());
        let file_error = |message: String| LexiconError::File { file: path.to_owned(), message };
        let header = reader.headers().map_err(|error| file_error(error.to_string()))?.clone();
        let common = name == "common_words.csv";
        let expected: &[&str] = if common { &COMMON_COLUMNS } else { &TERM_COLUMNS };
        if header.iter().ne(expected.iter().copied()) {
            return Err(file_error(format!("the columns must be {}", expected.join(","))));
        }
        for record in reader.records() {
            let record = record.map_err(|error| file_error(error.to_string()))?;
            let line = record.position().map_or(0, csv::Position::line);
            let row_error = |message: String| LexiconError::Row { file: path.to_owned(), line, message };
            let cell = |index: usize| record.get(index).unwrap_or("").trim();
            if common {
                let zipf = cell(1).parse::<f32>().map_err(|_| row_error(format!("`{}` is not a number", cell(1))))?;
                self.common_words.insert(name_key(cell(0)).into(), zipf);
                continue;
            }
            let sense = Sense::parse(cell(1), cell(2)).map_err(row_error)?;
            if sense.needs_example() && cell(3).is_empty() {
                return Err(row_error(format!("a row of sense `{}` needs an example", cell(1))));
            }
            if let Sense::Event(id) = &sense
                && event_types.get(id).is_none()
            {
                return Err(row_error(format!("event_types.toml has no type `{id}`")));
            }
            for form in cell(0).split('|') {
                self.add_form(form, &sense, cell(3), path, line).map_err(row_error)?;
            }
        }
        self.suffixes.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
        self.inflections.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then(a.cmp(b)));
        Ok(())
    }

    fn add_form(&mut self, form: &str, sense: &Sense, example: &str, path: &str, line: u64) -> Result<(), String> {
        let key = name_key(form);
        if key.is_empty() {
            return Err(format!("the term `{form}` has no letters"));
        }
        if *sense == Sense::Suffix {
            self.suffixes.push(key.into());
            return Ok(());
        }
        if *sense == Sense::NameEnding {
            self.name_endings.push(key.into());
            return Ok(());
        }
        if let Sense::CaseEnding(role) = sense {
            self.case_endings.push((key.into(), *role));
            return Ok(());
        }
        match sense {
            Sense::Inflection(inflection) => self.inflections.push((key.into(), inflection.clone())),
            Sense::Abbreviation(before) => self.abbreviations.push((key.into(), *before)),
            Sense::LanguageCode => self.language_codes.push(key.into()),
            Sense::Script => self.scripts.push(key.into()),
            Sense::Trait(language_trait) => self.traits.push(*language_trait),
            // As they are written: a folded ı is no letter of Turkish alone.
            Sense::OwnLetter => self.own_letters.extend(form.trim().chars()),
            _ => return self.add_term(&key, sense, example, path, line),
        }
        Ok(())
    }

    fn add_term(&mut self, key: &str, sense: &Sense, example: &str, path: &str, line: u64) -> Result<(), String> {
        let words: Vec<Box<str>> = key.split(' ').map(Box::from).collect();
        let index = self.entries.len() as u32;
        let first = words[0].clone();
        self.entries.push(Entry {
            words,
            sense: sense.clone(),
            example: example.to_owned(),
            file: path.to_owned(),
            line,
        });
        let bucket = self.by_first_word.entry(first).or_default();
        bucket.push(index);
        let entries = &self.entries;
        bucket.sort_by_key(|index| (std::cmp::Reverse(entries[*index as usize].words.len()), *index));
        Ok(())
    }

    /// Finds every term of the pack in a text: the longest at each place, with all its senses.
    ///
    /// Proclitics (`و ف ب ل ك`) and the article `ال` may stand before a term that is written
    /// without them; a term that is written with them wins.
    pub fn annotate(&self, text: &NormalizedText) -> Vec<Cue> {
        let mut cues = Vec::new();
        let mut index = 0;
        while index < text.tokens().len() {
            let found = cues.len();
            self.annotate_at(text, index, &mut cues);
            index = cues.get(found).map_or(index + 1, |cue: &Cue| cue.tokens.end);
        }
        cues
    }

    fn annotate_at(&self, text: &NormalizedText, index: usize, cues: &mut Vec<Cue>) {
        let Some(token) = text.token(index) else { return };
        if matches!(token.kind, TokenKind::Mark(_)) {
            return;
        }
        let word = text.token_text(token);
        let first = cues.len();
        let mut longest = 0;
        let mut propose = |peeled: usize, stem: &str, definite: bool, cues: &mut Vec<Cue>| {
            let Some(bucket) = self.by_first_word.get(stem) else { return };
            for entry in bucket {
                let words = &self.entries[*entry as usize].words;
                let length = words.len();
                if length < longest {
                    break;
                }
                let Some(end) = self.match_rest(text, index, words) else { continue };
                if length > longest {
                    longest = length;
                    cues.truncate(first);
                }
                // Of two equally long readings, the one that takes less off the word is better.
                if cues.get(first).is_some_and(|cue| cue.peeled < peeled || (definite && !cue.definite)) {
                    return;
                }
                // Two rows can spell one term with and without an article.
                let known = |cue: &Cue| self.sense(cue) == &self.entries[*entry as usize].sense;
                if cues[first..].iter().any(known) {
                    continue;
                }
                let start = token.folded.start + peeled;
                let span =
                    Span::new(text.original_span(start..token.folded.end).start(), text.token_span(index..end).end());
                cues.push(Cue { entry: EntryIndex(*entry), tokens: index..end, span, peeled, definite });
            }
        };
        for peeling in peelings(word) {
            let peeled = peeling.proclitics.len();
            propose(peeled, peeling.stem, peeling.proclitics.ends_with("لل"), cues);
            if let Some(bare) = peeling.stem.strip_prefix("ال").filter(|bare| bare.chars().nth(1).is_some()) {
                propose(peeled, bare, true, cues);
            }
        }
        if cues.len() > first {
            return;
        }
        for peeling in peelings(word) {
            let peeled = peeling.proclitics.len();
            let apostrophe = token.stem_len.filter(|_| peeled == 0).and_then(|length| word.get(..length));
            for stem in apostrophe.into_iter().chain(self.without_suffix(peeling.stem)) {
                propose(peeled, stem, false, cues);
                if let Some(bare) = stem.strip_prefix("ال").filter(|bare| bare.chars().nth(1).is_some()) {
                    propose(peeled, bare, true, cues);
                }
                if cues.len() > first {
                    return;
                }
            }
        }
    }

    /// The word without each ending it may carry, the shortest ending last.
    pub fn stems<'t>(&'t self, token: &'t Token, word: &'t str) -> impl Iterator<Item = &'t str> {
        let apostrophe = token.stem_len.and_then(|length| word.get(..length));
        apostrophe.into_iter().chain(self.without_suffix(word))
    }

    /// The word without each of the pack's endings that leaves at least three letters.
    fn without_suffix<'t>(&'t self, word: &'t str) -> impl Iterator<Item = &'t str> {
        self.suffixes
            .iter()
            .filter_map(move |suffix| word.strip_suffix(suffix.as_ref()).filter(|stem| stem.chars().nth(2).is_some()))
    }

    /// Matches the words of a term after its first; returns the token after the last.
    fn match_rest(&self, text: &NormalizedText, index: usize, words: &[Box<str>]) -> Option<usize> {
        let mut at = index + 1;
        for expected in &words[1..] {
            at = skip_joiner(text, at);
            let token = text.token(at)?;
            if token.after_line_break {
                return None;
            }
            let word = text.token_text(token);
            let equal = word == expected.as_ref()
                || word.strip_prefix("ال") == Some(expected)
                || self.stems(token, word).any(|stem| stem == expected.as_ref());
            if !equal {
                return None;
            }
            at += 1;
        }
        Some(at)
    }
}

/// Whether a text has at least so many letters.
fn has_letters(text: &str, count: usize) -> bool {
    text.chars().nth(count - 1).is_some()
}

/// Steps over a hyphen or underscore that joins two words of one term, and over the point between
/// two letters ("a.m.").
pub fn skip_joiner(text: &NormalizedText, index: usize) -> usize {
    let letter = |i: usize| text.token(i).is_some_and(|t| t.is_word()) && text.word(i).chars().nth(1).is_none();
    let point =
        text.token(index).is_some_and(|t| t.glued && t.is_mark('.')) && text.token(index + 1).is_some_and(|t| t.glued);
    if point && index.checked_sub(1).is_some_and(letter) && letter(index + 1) {
        return index + 1;
    }
    let joins = |range: Range<usize>| {
        range.clone().all(|i| text.token(i).is_some_and(|t| t.glued))
            && text.token(range.start).is_some_and(|t| t.is_mark('-') || t.is_mark('_'))
    };
    // "U.S.", "W.Va.": the dots of an abbreviation join its letters.
    let letter = |index: usize| text.token(index).is_some_and(|t| t.is_word()) && text.word(index).len() == 1;
    let dotted = || {
        text.token(index).is_some_and(|t| t.glued && t.is_mark('.'))
            && text.token(index + 1).is_some_and(|t| t.glued)
            && index.checked_sub(1).is_some_and(letter)
            && text.token(index + 1).is_some_and(|t| t.is_word())
            && text.word(index + 1).len() <= 2
    };
    if joins(index..index + 2) || dotted() { index + 1 } else { index }
}
