//! Language packs: what words mean, as data under `lexicon/<tag>/`.
//!
//! The files are embedded by the build script, so a new pack needs no Rust. Every pack has two
//! kinds of file: term tables (`term,sense,value,example,note`) and `common_words.csv`
//! (`term,zipf`), the everyday words that are also names of places.

pub mod sense;
pub mod pack;
pub mod cue;
pub mod event_types;

use std::collections::BTreeMap;

use thiserror::Error;

use crate::text::sentence::Abbreviations;
use event_types::EventTypes;
use pack::LanguagePack;
use sense::{AbbreviationBefore, LanguageTrait, Sense};

pub(crate) mod embedded {
    include!(concat!(env!("OUT_DIR"), "/lexicon_files.rs"));
}

/// A fault in a lexicon file.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum LexiconError {
    #[error("lexicon/{file}:{line}: {message}")]
    Row { file: String, line: u64, message: String },
    #[error("lexicon/{file}: {message}")]
    File { file: String, message: String },
}

/// All language packs and the event types.
#[derive(Clone, Debug)]
pub struct Lexicon {
    packs: BTreeMap<String, LanguagePack>,
    pub event_types: EventTypes,
    /// Those of all packs: sentences are cut before the language is known.
    abbreviations: Abbreviations,
}

impl Lexicon {
    /// The packs that were compiled in.
    pub fn embedded() -> Result<Self, LexiconError> {
        Self::from_files(embedded::LEXICON_FILES, embedded::EVENT_TYPES_TOML)
    }

    /// The packs that were compiled in and further files, which add to a pack or make a new one.
    pub fn embedded_with(files: &[(&str, &str, &str)]) -> Result<Self, LexiconError> {
        Self::from_files(&[embedded::LEXICON_FILES, files].concat(), embedded::EVENT_TYPES_TOML)
    }

    /// Builds packs from `(tag, file name, content)` and the text of `event_types.toml`.
    pub fn from_files(files: &[(&str, &str, &str)], event_types: &str) -> Result<Self, LexiconError> {
        let event_types = EventTypes::parse(event_types)?;
        let mut packs: BTreeMap<String, LanguagePack> = BTreeMap::new();
        for (tag, name, content) in files {
            let pack = packs.entry((*tag).to_owned()).or_insert_with(|| LanguagePack::new(tag));
            pack.add_file(&format!("{tag}/{name}"), name, content, &event_types)?;
        }
        let mut abbreviations = Abbreviations::default();
        for (word, before) in packs.values().flat_map(LanguagePack::abbreviations) {
            match before {
                AbbreviationBefore::Number => abbreviations.before_numbers.insert(word.into()),
                AbbreviationBefore::Name => abbreviations.before_names.insert(word.into()),
            };
        }
        let ranked = |sense: &Sense| matches!(sense, Sense::Party(_) | Sense::Joint | Sense::Patrol(_));
        for pack in packs.values().filter(|pack| pack.has_trait(LanguageTrait::DottedOrdinals)) {
            abbreviations.behind_ordinals.extend(pack.words_that_open(ranked).map(Box::from));
        }
        Ok(Self { packs, event_types, abbreviations })
    }

    /// The words whose full stop ends no sentence, in any of the languages.
    pub fn abbreviations(&self) -> &Abbreviations {
        &self.abbreviations
    }

    pub fn packs(&self) -> impl Iterator<Item = &LanguagePack> {
        self.packs.values()
    }

    /// The pack of a language, by its BCP 47 tag.
    pub fn pack(&self, tag: &str) -> Option<&LanguagePack> {
        self.packs.get(tag)
    }

    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.packs.keys().map(String::as_str)
    }
}

#[cfg(test)]
pub(crate) mod fixture {
    //! A text with its language pack, for the tests of the stages.

    use super::Lexicon;
    use super::cue::CueTable;
    use crate::text::NormalizedText;

    pub struct Fixture {
        lexicon: Lexicon,
        tag: &'static str,
        pub text: NormalizedText,
    }

    impl Fixture {
        pub fn new(tag: &'static str, text: &str) -> Self {
            let lexicon = Lexicon::embedded().unwrap();
            let text = NormalizedText::with_abbreviations(text, lexicon.abbreviations());
            Self { lexicon, tag, text }
        }

        pub fn cues(&self) -> CueTable<'_> {
            let pack = self.lexicon.pack(self.tag).unwrap();
            CueTable::new(pack, pack.annotate(&self.text), self.text.tokens().len())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::NormalizedText;

    #[test]
    fn every_example_holds_its_term() {
        let lexicon = Lexicon::embedded().unwrap_or_else(|error| panic!("{error}"));
        let mut missing = Vec::new();
        for tag in lexicon.tags() {
            let pack = lexicon.pack(tag).expect("listed");
            for entry in pack.entries().iter().filter(|entry| !entry.example.is_empty()) {
                let cues = pack.annotate(&NormalizedText::new(&entry.example));
                if !cues.iter().any(|cue| pack.sense(cue) == &entry.sense) {
                    missing.push(format!("lexicon/{}:{}: {}", entry.file, entry.line, entry.example));
                }
            }
        }
        missing.dedup();
        assert!(missing.is_empty(), "examples without their term:\n{}", missing.join("\n"));
    }

    #[test]
    fn a_faulty_row_is_named_by_file_and_line() {
        let files = [("xx", "terms.csv", "term,sense,value,example,note\nfoo,near,,,\nbar,sideways,,,\n")];
        let error = Lexicon::from_files(&files, "").unwrap_err();
        assert_eq!(error.to_string(), "lexicon/xx/terms.csv:3: unknown sense `sideways`; lexicon/README.md lists them");
    }

    #[test]
    fn a_trigger_without_example_is_refused() {
        let files = [("xx", "terms.csv", "term,sense,value,example,note\nfoo,patrol,singular,,\n")];
        let error = Lexicon::from_files(&files, "").unwrap_err();
        assert!(error.to_string().starts_with("lexicon/xx/terms.csv:2: "), "{error}");
    }
}
