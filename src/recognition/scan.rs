//! The scan for gazetteer names: from every token, with and without its proclitics.

use std::ops::Range;

use crate::gazetteer::Gazetteer;
use crate::gazetteer::names::NameWalk;
use crate::gazetteer::place::Place;
use crate::lexicon::pack::skip_joiner;
use crate::model::mention::Candidate;
use crate::model::place::FeatureClass;
use crate::model::span::Span;
use crate::text::NormalizedText;
use crate::text::clitics::peelings;
use crate::text::token::TokenKind;

/// The longest gazetteer name that starts at one token.
#[derive(Clone, Debug)]
pub(crate) struct ScannedName {
    pub tokens: Range<usize>,
    pub span: Span,
    /// Folded bytes of proclitics before the name.
    pub peeled: usize,
    pub candidates: Vec<Candidate>,
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
pub(crate) fn scan(text: &NormalizedText, gazetteer: &Gazetteer) -> Vec<ScannedName> {
    let mut names: Vec<ScannedName> = Vec::new();
    let mut index = 0;
    while index < text.tokens().len() {
        let found = scan_at(text, gazetteer, index);
        index = found.as_ref().map_or(index + 1, |name| name.tokens.end);
        names.extend(found);
    }
    names
}

/// The best name that starts at token `index`.
pub(crate) fn scan_at(text: &NormalizedText, gazetteer: &Gazetteer, index: usize) -> Option<ScannedName> {
    let token = text.token(index)?;
    if token.kind != TokenKind::Word {
        return None;
    }
    let word = text.token_text(token);
    let mut best: Option<ScannedName> = None;
    let mut consider = |peeled: usize, first: &str, trimmed: usize| {
        let Some(name) = walk(text, gazetteer, index, peeled, first, trimmed) else { return };
        // More tokens win; then the word as it stands, unless what is peeled is better known.
        let better = best.as_ref().is_none_or(|best| {
            let (new, old) = (name.tokens.len(), best.tokens.len());
            new > old || (new == old && best.peeled < name.peeled && name.weight > best.weight)
        });
        if better {
            best = Some(name);
        }
    };
    for peeling in peelings(word) {
        consider(peeling.proclitics.len(), peeling.stem, 0);
    }
    // "Mardin'in": the name ends at the apostrophe.
    if let Some(stem) = token.stem_len.and_then(|length| word.get(..length)) {
        consider(0, stem, word.len() - stem.len());
    }
    best
}

/// Every name along one walk from `index`, whose first word is `first`.
fn walk(
    text: &NormalizedText,
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
        if !walk.push(word) {
            break;
        }
        at = next + 1;
        longest = scanned(text, gazetteer, &walk, index..at, peeled, 0).or(longest);
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
    Some(ScannedName { tokens, span, peeled, candidates, weight })
}
