//! Lists of names: "قرى A، B وC", "قرى (A - B)", "القرى التالية: A، B".

use std::ops::Range;

use super::{LONGEST_NAME, capitalised, has_capitals, skip_marks, starts_upper};
use crate::gazetteer::Gazetteer;
use crate::lexicon::cue::CueTable;
use crate::lexicon::pack::LanguagePack;
use crate::lexicon::sense::Sense;
use crate::model::mention::{MentionKind, PlaceCue};
use crate::model::span::Span;
use crate::recognition::Proposal;
use crate::recognition::scan::{ScannedName, scan_at};
use crate::text::NormalizedText;
use crate::text::token::TokenKind;

/// How far before its members a word may open a list, in tokens.
const LIST_OPENING: usize = 7;

/// The members of lists that a word like قرى opens, known or not.
///
/// `القرى التالية: A، B، C`, `قرى (A - B)`, `قرى A وB`, and a bracket with three or more short
/// members right after a word of a route.
pub(in crate::recognition) fn lists(
    text: &NormalizedText,
    cues: &CueTable<'_>,
    scanned: &[ScannedName],
    gazetteer: &Gazetteer,
) -> Vec<Proposal> {
    let mut proposals = Vec::new();
    for (cue, sense) in cues.iter() {
        let opens = match sense {
            Sense::ListCue => true,
            Sense::Route(_) | Sense::MotionPreposition(_) | Sense::PlaceCue(PlaceCue::Road) => false,
            _ => continue,
        };
        let Some((start, bracketed)) = list_start(text, cues, cue.tokens.end, opens) else { continue };
        if proposals.last().is_some_and(|last: &Proposal| last.tokens.end > start) {
            continue;
        }
        let members = list_members(text, cues, start, bracketed);
        // Without a word that says so, only a bracket full of names is a list of names.
        let enough = if opens { 1 } else { 3 };
        if members.len() < enough {
            continue;
        }
        for (tokens, peeled) in members {
            proposals.push(listed(text, cues.pack(), scanned, gazetteer, tokens, peeled));
        }
    }
    proposals
}

/// Where the members of a list begin, and whether a bracket holds them.
fn list_start(text: &NormalizedText, cues: &CueTable<'_>, after: usize, opens: bool) -> Option<(usize, bool)> {
    let reach = if opens { LIST_OPENING } else { 1 };
    for index in after..after + reach {
        let token = text.token(index)?;
        if token.after_line_break {
            return None;
        }
        match token.kind {
            TokenKind::Mark('(') => return Some((index + 1, true)),
            TokenKind::Mark(':') if opens => return Some((index + 1, false)),
            TokenKind::Mark('"') if opens && index == after => return Some((index, false)),
            TokenKind::Mark(_) => return None,
            _ if opens && index == after && !blocks_listed_name(text, cues, index) => return Some((index, false)),
            _ => {}
        }
    }
    None
}

/// Words that cannot stand in a listed name.
fn blocks_listed_name(text: &NormalizedText, cues: &CueTable<'_>, index: usize) -> bool {
    let lower = has_capitals(text, index)
        && !text.token(index).is_some_and(|token| starts_upper(text, token.span))
        && !capitalised::joined_by_hyphen(text, index);
    lower
        || cues.any(index, |sense| {
            !matches!(sense, Sense::NameCue(_) | Sense::Cardinal(_) | Sense::Ordinal(_) | Sense::NumberMarker)
        })
}

/// The members of a list as token ranges, each with the bytes of its proclitic.
fn list_members(
    text: &NormalizedText,
    cues: &CueTable<'_>,
    start: usize,
    bracketed: bool,
) -> Vec<(Range<usize>, usize)> {
    let mut members = Vec::new();
    let mut at = start;
    loop {
        let member_start = skip_marks(text, at, &['"', '\'', '#']);
        let mut end = member_start;
        let mut last = false;
        while let Some(token) = text.token(end) {
            if token.after_line_break && end > start || end - member_start == LONGEST_NAME + 1 {
                last = true;
                break;
            }
            // In a bracket every word up to the next mark belongs to a name; elsewhere a word
            // with another meaning ends the list, unless commas enclose it ("، تلك،").
            let enclosed = !members.is_empty() && enclosed_by_commas(text, cues, member_start);
            let blocked = token.is_word() && !bracketed && !enclosed && blocks_listed_name(text, cues, end);
            let conjunction = end > member_start && token.is_word() && conjunction_before_name(text, end);
            if !token.is_word() || blocked || conjunction {
                last = blocked;
                break;
            }
            end += 1;
        }
        let length = end - member_start;
        if length == 0 {
            break;
        }
        let peeled = if members.is_empty() { 0 } else { leading_conjunction(text, member_start) };
        if length > LONGEST_NAME {
            // Running text follows without a mark: only its first word is a member.
            members.push((member_start..member_start + 1, peeled));
            break;
        }
        members.push((member_start..end, peeled));
        if last {
            break;
        }
        let next = skip_marks(text, end, &['"', '\'']);
        let Some(token) = text.token(next) else { break };
        if token.after_line_break {
            break;
        }
        match token.kind {
            TokenKind::Mark(',' | '/' | ';') => at = next + 1,
            TokenKind::Mark('-') => at = next + 1,
            TokenKind::Word if leading_conjunction(text, next) > 0 => at = next,
            _ => break,
        }
    }
    members
}

/// Whether a short member between commas may be a name although its words have a meaning
/// ("، تلك،", "، جوم علي،"): none of them governs anything.
fn enclosed_by_commas(text: &NormalizedText, cues: &CueTable<'_>, start: usize) -> bool {
    let comma = |index: usize| text.token(index).is_some_and(|token| token.is_mark(','));
    let points = |index: usize| {
        text.token(index).is_some_and(|token| token.is_word() && !token.after_line_break)
            && cues.covering(index).all(|(_, sense)| {
                matches!(
                    sense,
                    Sense::NotPlace
                        | Sense::Demonstrative
                        | Sense::NameCue(_)
                        | Sense::RoadLetter(_)
                        | Sense::PersonTitle
                )
            })
    };
    start.checked_sub(1).is_some_and(comma)
        && (start..=start + LONGEST_NAME).find(|index| !points(*index)).is_some_and(|end| end > start && comma(end))
}

/// The length in bytes of a leading و that can be a conjunction.
fn leading_conjunction(text: &NormalizedText, index: usize) -> usize {
    let word = text.word(index);
    if word.starts_with('و') && word.chars().nth(3).is_some() { 'و'.len_utf8() } else { 0 }
}

/// Whether a word inside a list begins its next member with و.
fn conjunction_before_name(text: &NormalizedText, index: usize) -> bool {
    leading_conjunction(text, index) > 0
}

/// One member of a list: a gazetteer name when it is one as a whole, else an unknown name.
fn listed(
    text: &NormalizedText,
    pack: &LanguagePack,
    scanned: &[ScannedName],
    gazetteer: &Gazetteer,
    tokens: Range<usize>,
    peeled: usize,
) -> Proposal {
    let whole = |name: &ScannedName| name.tokens == tokens;
    let position = scanned.partition_point(|name| name.tokens.start < tokens.start);
    let known = scanned.get(position).filter(|name| whole(name)).cloned();
    let known = known.or_else(|| scan_at(text, pack, gazetteer, tokens.start).filter(whole));
    match known {
        Some(name) => Proposal {
            tokens,
            span: name.span,
            kind: MentionKind::Known { candidates: name.candidates },
            cue: Some(PlaceCue::Listed),
            rule: "list of names",
        },
        None => Proposal {
            span: peeled_span(text, tokens.clone(), peeled),
            tokens,
            kind: MentionKind::Unknown,
            cue: Some(PlaceCue::Listed),
            rule: "list of names",
        },
    }
}

/// The span of some tokens without the proclitic of the first.
fn peeled_span(text: &NormalizedText, tokens: Range<usize>, peeled: usize) -> Span {
    let Some(first) = text.token(tokens.start) else { return Span::default() };
    let start = text.original_span(first.folded.start + peeled..first.folded.end).start();
    Span::new(start, text.token_span(tokens).end())
}
