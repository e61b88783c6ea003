//! Words of the lexicon found in a text, and a table to look them up by token.

use std::ops::Range;

use super::pack::LanguagePack;
use super::sense::Sense;
use crate::model::span::Span;

/// The row an annotation comes from, within its pack.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct EntryIndex(pub u32);

/// One occurrence of one lexicon row. A word with several senses gives several cues.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cue {
    pub entry: EntryIndex,
    pub tokens: Range<usize>,
    /// The words without the proclitics before them.
    pub span: Span,
    /// How many bytes of proclitics (`و`, `ب`, ...) were taken off the folded first token.
    pub peeled: usize,
    /// Whether the definite article was taken off.
    pub definite: bool,
}

/// The cues of one text, by token.
#[derive(Clone, Debug)]
pub struct CueTable<'p> {
    pack: &'p LanguagePack,
    cues: Vec<Cue>,
    /// For each token, the cues that cover it, as a range of `cues`.
    covering: Vec<Range<u32>>,
}

impl<'p> CueTable<'p> {
    /// A table over cues in text order that do not overlap, except where they cover the same
    /// tokens; `tokens` is the number of tokens of the text.
    pub fn new(pack: &'p LanguagePack, cues: Vec<Cue>, tokens: usize) -> Self {
        let mut covering = vec![0..0; tokens];
        let mut first = 0;
        while let Some(cue) = cues.get(first) {
            let same = cues[first..].iter().take_while(|other| other.tokens == cue.tokens).count();
            for token in cue.tokens.clone() {
                if let Some(range) = covering.get_mut(token) {
                    *range = first as u32..(first + same) as u32;
                }
            }
            first += same;
        }
        Self { pack, cues, covering }
    }

    pub fn pack(&self) -> &'p LanguagePack {
        self.pack
    }

    pub fn iter(&self) -> impl Iterator<Item = (&Cue, &'p Sense)> {
        self.cues.iter().map(|cue| (cue, self.pack.sense(cue)))
    }

    /// The cues that cover a token.
    pub fn covering(&self, token: usize) -> impl Iterator<Item = (&Cue, &'p Sense)> {
        let range = self.covering.get(token).cloned().unwrap_or(0..0);
        self.cues[range.start as usize..range.end as usize].iter().map(|cue| (cue, self.pack.sense(cue)))
    }

    /// The cues whose first token is `token`.
    pub fn starting_at(&self, token: usize) -> impl Iterator<Item = (&Cue, &'p Sense)> {
        self.covering(token).filter(move |(cue, _)| cue.tokens.start == token)
    }

    /// The cues whose last token is `token`.
    pub fn ending_at(&self, token: usize) -> impl Iterator<Item = (&Cue, &'p Sense)> {
        self.covering(token).filter(move |(cue, _)| cue.tokens.end == token + 1)
    }

    /// Whether a cue that satisfies `test` covers the token.
    pub fn any(&self, token: usize, test: impl Fn(&Sense) -> bool) -> bool {
        self.covering(token).any(|(_, sense)| test(sense))
    }

    /// The cues that start inside a range of tokens.
    pub fn within(&self, tokens: Range<usize>) -> impl Iterator<Item = (&Cue, &'p Sense)> {
        let first = self.cues.partition_point(|cue| cue.tokens.start < tokens.start);
        self.cues[first..]
            .iter()
            .take_while(move |cue| cue.tokens.start < tokens.end)
            .map(|cue| (cue, self.pack.sense(cue)))
    }

    /// Drops the cues that lie inside the given token ranges and whose sense `test` selects.
    pub fn without(self, ranges: &[Range<usize>], test: impl Fn(&Sense) -> bool) -> Self {
        let Self { pack, cues, covering } = self;
        let inside = |cue: &Cue| {
            let next = ranges.partition_point(|range| range.end <= cue.tokens.start);
            ranges.get(next).is_some_and(|range| range.start <= cue.tokens.start && cue.tokens.end <= range.end)
        };
        let kept = cues.into_iter().filter(|cue| !(inside(cue) && test(pack.sense(cue)))).collect();
        Self::new(pack, kept, covering.len())
    }
}
