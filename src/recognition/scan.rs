//! The scan for gazetteer names: from every token, with and without its proclitics.

use std::ops::Range;

use crate::gazetteer::Gazetteer;
use crate::gazetteer::names::NameWalk;
use crate::gazetteer::place::Place;
use crate::lexicon::pack::{LanguagePack, skip_joiner};
use crate::model::mention::Candidate;
use crate::model::place::FeatureClass;
use crate::model::span::Span;
use crate::text::NormalizedText;
use crate::text::clitics::peelings;
use crate::text::token::{Token, TokenKind};

/// The longest gazetteer name that starts at one token.
#[derive(Clone, Debug)]
pub(crate) struct ScannedName {
    pub tokens: Range<usize>,
    pub span: Span,
    /// Folded bytes of proclitics before the name.
    pub peeled: usize,
    pub candidates: Vec<Candidate>,
    /// The basic form of a name of one word that stands in a case.
    pub base: Option<String>,
    /// The greatest weight among the candidates, see [`weight`].
    pub weight: u8,
}

/// How well known a place is: 3 for countries and first-level divisions, 2 for cities, 1 for
/// towns, 0 for everything else.
pub(crate) fn weight(place: &Place<'_>) -> u8 {
    match (place.feature_class(), place.population()) {
        (FeatureClass::Administrative, _) if place.feature_code() != "ADM2" => 3,
        _ if place.feature_code() == "PPLC" => 3,
        (_, 100_000..) => 2,
        (_, 15_000..) => 1,
        _ => 0,
    }
}

/// Finds names from left to right; a longer name wins over a shorter one that starts in it.
pub(crate) fn scan(text: &NormalizedText, pack: &LanguagePack, gazetteer: &Gazetteer) -> Vec<ScannedName> {
    let mut names: Vec<ScannedName> = Vec::new();
    let mut index = 0;
    while index < text.tokens().len() {
        let found = scan_at(text, pack, gazetteer, index);
        index = found.as_ref().map_or(index + 1, |name| name.tokens.end);
        names.extend(found);
    }
    names
}

/// The best name that starts at token `index`.
pub(crate) fn scan_at(
    text: &NormalizedText,
    pack: &LanguagePack,
    gazetteer: &Gazetteer,
    index: usize,
) -> Option<ScannedName> {
    let token = text.token(index)?;
    if token.kind != TokenKind::Word {
        return None;
    }
    let word = text.token_text(token);
    let mut best: Option<ScannedName> = None;
    let mut consider = |peeled: usize, first: &str, trimmed: usize| {
        let Some(name) = walk(text, pack, gazetteer, index, peeled, first, trimmed) else { return };
        // More tokens win; then the word as it stands, unless what is peeled is better known.
        let better = best.as_ref().is_none_or(|best| {
            let (new, old) = (name.tokens.len(), best.tokens.len());
            new > old || (new == old && best.peeled < name.peeled && name.weight > best.weight)
        });
        if better {
            best = Some(name);
        }
    };
    // "Steele's" is what Steele has, though a village is called Steeles.
    let possessive = token.stem_len.is_some_and(|length| word.get(length..) == Some("s"));
    for peeling in peelings(word).filter(|_| !possessive) {
        consider(peeling.proclitics.len(), peeling.stem, 0);
    }
    // "Mardin'in": the name ends at the apostrophe.
    if let Some(stem) = token.stem_len.and_then(|length| word.get(..length)) {
        consider(0, stem, word.len() - stem.len());
    }
    // "в Саракибе": the gazetteer holds the basic form.
    if best.is_none() && is_capitalised(text, token) {
        best = pack.base_forms(word, true).find_map(|form| {
            let name = walk(text, pack, gazetteer, index, 0, &form.word, form.trimmed)?;
            (name.tokens.len() == 1).then_some(ScannedName { base: Some(form.word), ..name })
        });
    }
    best
}

/// Whether a word of a script with capitals has one.
fn is_capitalised(text: &NormalizedText, token: &Token) -> bool {
    text.token_text(token).chars().next().is_some_and(char::is_lowercase)
        && token.span.slice(text.original()).chars().next().is_some_and(char::is_uppercase)
}

/// Every name along one walk from `index`, whose first word is `first`.
fn walk(
    text: &NormalizedText,
    pack: &LanguagePack,
    gazetteer: &Gazetteer,
    index: usize,
    peeled: usize,
    first: &str,
    trimmed: usize,
) -> Option<ScannedName> {
    let mut walk = gazetteer.name_walk();
    if !walk.push(first) {
        return None;
    }
    let mut longest = scanned(text, gazetteer, &walk, index..index + 1, peeled, trimmed);
    if trimmed > 0 {
        return longest;
    }
    let mut at = index + 1;
    loop {
        let next = skip_joiner(text, at);
        let Some(token) = text.token(next) else { break };
        if matches!(token.kind, TokenKind::Mark(_)) || token.after_line_break {
            break;
        }
        let word = text.token_text(token);
        // The last word of a name may carry an ending of its own ("Kefer Lusin'den").
        if let Some(stem) = token.stem_len.and_then(|length| word.get(..length)) {
            let mut ending = walk.clone();
            if ending.push(stem) {
                longest =
                    scanned(text, gazetteer, &ending, index..next + 1, peeled, word.len() - stem.len()).or(longest);
            }
        }
        // "в Джиср-эш-Шугуре": or an ending that the whole name bears.
        let inflected =
            is_capitalised(text, token).then(|| pack.base_forms(word, false)).into_iter().flatten().find_map(|form| {
                let mut ending = walk.clone();
                let known = ending.push(&form.word);
                known.then(|| scanned(text, gazetteer, &ending, index..next + 1, peeled, form.trimmed)).flatten()
            });
        let known = walk.push(word);
        let found = known.then(|| scanned(text, gazetteer, &walk, index..next + 1, peeled, 0)).flatten();
        longest = found.or(inflected).or(longest);
        if !known {
            break;
        }
        at = next + 1;
    }
    longest
}

/// The name at the end of a walk, if one ends there.
fn scanned(
    text: &NormalizedText,
    gazetteer: &Gazetteer,
    walk: &NameWalk<'_>,
    tokens: Range<usize>,
    peeled: usize,
    trimmed: usize,
) -> Option<ScannedName> {
    let first = text.token(tokens.start)?;
    let last = text.token(tokens.end - 1)?;
    let span = Span::new(
        text.original_span(first.folded.start + peeled..first.folded.end).start(),
        text.original_span(last.folded.start..last.folded.end - trimmed).end(),
    );
    let candidates = walk.matches()?.candidates(span.slice(text.original()));
    let weight = candidates.iter().map(|candidate| weight(&gazetteer.place(candidate.place))).max()?;
    Some(ScannedName { tokens, span, peeled, candidates, base: None, weight })
}
