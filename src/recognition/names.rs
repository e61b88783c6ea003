//! Which scanned names are names here, and which words are names that nobody indexed.

use std::collections::BTreeSet;
use std::ops::Range;

use super::scan::{ScannedName, scan_at};
use super::{Claims, Proposal, capitalised, previous_word};
use crate::gazetteer::Gazetteer;
use crate::lexicon::cue::CueTable;
use crate::lexicon::sense::{RouteRole, Sense};
use crate::model::mention::{MentionKind, PlaceCue};
use crate::model::span::Span;
use crate::text::NormalizedText;
use crate::text::key::name_key;
use crate::text::token::TokenKind;

/// The longest name that a list may hold, in words.
const LONGEST_LISTED_NAME: usize = 3;
/// A name of at most this many letters is as likely a word.
const SHORT_NAME: usize = 3;
/// How far before its members a word may open a list, in tokens.
const LIST_OPENING: usize = 7;
/// A word of this frequency (Zipf scale) is too common to be a name on its coordination alone.
const TOO_COMMON_IN_COORDINATION: f32 = 5.5;

/// Places that the lexicon knows by name alone.
pub(super) fn unlocated(cues: &CueTable<'_>) -> Vec<Proposal> {
    cues.iter()
        .filter(|(_, sense)| **sense == Sense::Unlocated)
        .map(|(cue, _)| Proposal {
            tokens: cue.tokens.clone(),
            span: cue.span,
            kind: MentionKind::Unknown,
            cue: None,
            rule: "unlocated name",
        })
        .collect()
}

/// The names of the gazetteer that are meant as names.
pub(super) fn known(
    text: &NormalizedText,
    cues: &CueTable<'_>,
    scanned: &[ScannedName],
    claimed: &Claims,
    gazetteer: &Gazetteer,
) -> Vec<Proposal> {
    let mut proposals: Vec<Proposal> = Vec::new();
    // Everyday words that the text has shown to be names once.
    let mut trusted: BTreeSet<String> = BTreeSet::new();
    for name in scanned {
        if claimed.any(name.tokens.clone()) {
            continue;
        }
        // "محافظة إدلب", "مدينة حلب": the first word is a cue, even where the name is indexed with it.
        let bare = without_cue(text, cues, name, gazetteer);
        let name = bare.as_ref().unwrap_or(name);
        let cue = cue_before(text, cues, name.tokens.start)
            .or_else(|| Some((name.tokens.end, capitalised::class_behind(text, cues, name.tokens.end)?)));
        // "Marj Ismail": words of a longer name that the gazetteer lacks.
        if capitalised::in_longer_name(text, cues, &name.tokens, name.weight > 1) {
            continue;
        }
        let village =
            matches!(cue, Some((_, PlaceCue::Settlement | PlaceCue::City | PlaceCue::Crossing | PlaceCue::Camp)));
        // After "قرية" a word is the name as it stands: بليون is not ب and Lyon.
        if village && name.peeled > 0 {
            continue;
        }
        // "معرة حطاط": the head of a compound that the gazetteer lacks.
        if village && is_head_of_unknown(text, cues, name, claimed) {
            continue;
        }
        let Some(rule) = accept(text, cues, name, cue, proposals.last(), &trusted) else { continue };
        if rule != "gazetteer name" {
            trusted.insert(name_key(name.span.slice(text.original())));
        }
        let mut proposal = Proposal {
            tokens: name.tokens.clone(),
            span: name.span,
            kind: MentionKind::Known { candidates: name.candidates.clone() },
            cue: cue.map(|(_, cue)| cue),
            rule,
        };
        if let Some(compound) = compound(text, cues, name, claimed) {
            proposals.push(compound);
            continue;
        }
        // "Taftanaz airbase": so is a class noun behind the name.
        if let Some((tokens, span, kind)) = capitalised::name_noun_behind(text, cues, name.tokens.end) {
            proposal.span = proposal.span.join(span);
            proposal.tokens.end = tokens.end;
            proposal.cue = Some(kind);
            proposal.rule = "name cue";
        }
        // "مطار القامشلي": the word is part of the name, whose point is that of the town.
        if let Some((token, kind)) = name_cue_before(text, cues, name.tokens.start)
            && !claimed.any(token..token + 1)
        {
            proposal.span = name_cue_span(text, cues, token).join(proposal.span);
            proposal.tokens.start = token;
            proposal.cue = Some(kind);
            if kind == PlaceCue::Mountain {
                proposal.kind = MentionKind::Unknown;
            }
            proposal.rule = "name cue";
        }
        proposals.push(proposal);
    }
    proposals
}

/// "في شير مغار بريف حماة", "إلى أم الدوالي": a hamlet's name that the gazetteer lacks ends in a
/// word that is a hamlet's name elsewhere.
fn compound(text: &NormalizedText, cues: &CueTable<'_>, name: &ScannedName, claimed: &Claims) -> Option<Proposal> {
    let start = name.tokens.start.checked_sub(1)?;
    let first = text.token(start).filter(|token| token.is_word())?;
    let next = text.token(name.tokens.start)?;
    let single = name.tokens.len() == 1 && name.peeled == 0 && name.weight == 0 && !next.after_line_break;
    if !single || claimed.any(start..start + 1) || has_capitals(text, start) {
        return None;
    }
    let head = cues.starting_at(start).find(|(_, sense)| matches!(sense, Sense::NameCue(PlaceCue::Settlement)));
    let (span_start, peeled) = match head {
        Some((cue, _)) if !cue.definite => (cue.span.start(), cue.peeled),
        Some(_) => return None,
        None => {
            let definite = |index: usize| text.word(index).starts_with("ال");
            let unknown = !cues.any(start, |_| true) && !definite(start) && !definite(name.tokens.start);
            if !unknown || !located_behind(text, cues, name.tokens.end) {
                return None;
            }
            (first.span.start(), 0)
        }
    };
    governed_by_preposition(text, cues, start, peeled).then(|| Proposal {
        tokens: start..name.tokens.end,
        span: Span::new(span_start, name.span.end()),
        kind: MentionKind::Unknown,
        cue: Some(PlaceCue::Settlement),
        rule: "compound name",
    })
}

/// Whether a name is only the first word of a compound that nobody indexed.
fn is_head_of_unknown(text: &NormalizedText, cues: &CueTable<'_>, name: &ScannedName, claimed: &Claims) -> bool {
    let next = name.tokens.end;
    name.tokens.len() == 1
        && name.weight == 0
        && cues.any(name.tokens.start, |sense| matches!(sense, Sense::NameCue(PlaceCue::Settlement)))
        && text.token(next).is_some_and(|token| token.is_word() && !token.after_line_break)
        && !cues.any(next, |_| true)
        && !claimed.any(next..next + 1)
}

/// The name without a place cue that its indexed form begins with.
fn without_cue(
    text: &NormalizedText,
    cues: &CueTable<'_>,
    name: &ScannedName,
    gazetteer: &Gazetteer,
) -> Option<ScannedName> {
    let (cue, _) = cues.starting_at(name.tokens.start).find(|(_, sense)| {
        matches!(
            sense,
            Sense::PlaceCue(PlaceCue::Governorate | PlaceCue::City | PlaceCue::Settlement | PlaceCue::District)
        )
    })?;
    let rest = (cue.tokens.end < name.tokens.end).then(|| scan_at(text, gazetteer, cue.tokens.end)).flatten()?;
    (rest.tokens.end == name.tokens.end && rest.peeled == 0).then_some(rest)
}

/// Why a scanned name is taken for one, or `None`.
fn accept(
    text: &NormalizedText,
    cues: &CueTable<'_>,
    name: &ScannedName,
    cue: Option<(usize, PlaceCue)>,
    last: Option<&Proposal>,
    trusted: &BTreeSet<String>,
) -> Option<&'static str> {
    let start = name.tokens.start;
    let blocked = name.tokens.clone().all(|token| cues.any(token, |sense| !sense.allows_name()));
    let word =
        blocked && cues.covering(start).all(|(_, sense)| matches!(sense, Sense::NotPlace | Sense::Demonstrative));
    let village = cue.is_some_and(|(_, cue)| matches!(cue, PlaceCue::Settlement | PlaceCue::City));
    if word
        && village
        && previous_word(text, start).is_some_and(|before| !cues.covering(before).any(|(cue, _)| cue.definite))
    {
        return Some("place cue");
    }
    if word && located_behind(text, cues, name.tokens.end) && preposition_before(text, cues, name) {
        return Some("located");
    }
    // "October 6" is a day, and a city in Egypt.
    let month = cues.any(start, |sense| matches!(sense, Sense::Month(_)));
    if month && name.tokens.len() == 2 && text.token(start + 1).is_some_and(|token| token.is_number()) {
        return None;
    }
    let country = name.weight == 3;
    if blocked {
        // A country is a party too; an adjective of one is not a place.
        let party = cues.any(start, |sense| matches!(sense, Sense::Party(_)));
        let whole = cues.covering(start).any(|(cue, sense)| matches!(sense, Sense::Party(_)) && !cue.definite);
        return (party && whole && country && cues.covering(start).all(|(cue, _)| cue.tokens == name.tokens))
            .then_some("country");
    }
    let plain = name.tokens.len() == 1 && name.tokens.clone().all(|token| cues.any(token, |_| true));
    if has_capitals(text, start) && !starts_upper(text, name.span) && !capitalised::starts_name_word(text, start) {
        return None;
    }
    // "شرقي المدينة": the word itself, though some hamlet bears it.
    let cue_word = cues.any(start, |sense| matches!(sense, Sense::PlaceCue(_)));
    if name.tokens.len() == 1 && cue_word {
        return None;
    }
    if let Some((_, cue)) = cue
        && cue != PlaceCue::Road
        && (name.weight > 0 || cue != PlaceCue::Country)
    {
        return Some("place cue");
    }
    if in_person_name(text, cues, start) && name.weight < 3 {
        return None;
    }
    let single = name.tokens.len() == 1;
    let folded =
        text.token(start).and_then(|token| text.folded().get(token.folded.start + name.peeled..token.folded.end));
    let common = folded.and_then(|word| {
        let pack = cues.pack();
        pack.common_word(word)
            .or_else(|| pack.common_word(word.strip_prefix("ال")?))
            .or_else(|| pack.common_word(&format!("ال{word}")))
    });
    // Two or three letters make a word as easily as a hamlet's name.
    let short = single && name.weight <= 1 && folded.is_some_and(|word| word.chars().count() <= SHORT_NAME);
    if single && (plain || short || common.is_some()) {
        // An everyday word is a name where a route word governs it or a name stands beside it.
        let governed = previous_word(text, start).is_some_and(|before| {
            cues.ending_at(before).any(|(cue, sense)| {
                matches!(sense, Sense::Route(RouteRole::Start | RouteRole::End)) && cue.tokens.len() > 1
            })
        });
        let beside = last.is_some_and(|last| coordinated(text, last.tokens.end, start, name.peeled))
            && common.unwrap_or(0.0) < TOO_COMMON_IN_COORDINATION
            && !plain;
        let preposition = preposition_before(text, cues, name);
        let known = preposition && trusted.contains(&name_key(name.span.slice(text.original())));
        let located = preposition && located_behind(text, cues, name.tokens.end);
        return if governed {
            Some("route word")
        } else if beside {
            Some("coordination")
        } else if located || (short && preposition && common.is_none() && !plain) {
            Some("located")
        } else {
            known.then_some("named before")
        };
    }
    Some("gazetteer name")
}

/// Whether "A وB" or "A فB" joins a name to the one that ends before `end`.
fn coordinated(text: &NormalizedText, end: usize, start: usize, peeled: usize) -> bool {
    start == end
        && text.token(start).is_some_and(|token| {
            matches!(text.folded().get(token.folded.start..token.folded.start + peeled), Some("و" | "ف"))
        })
}

/// Whether what follows a word says where it lies: "غريب، شرقي كوباني", "X بريف Y".
fn located_behind(text: &NormalizedText, cues: &CueTable<'_>, end: usize) -> bool {
    let comma = text.token(end).is_some_and(|token| token.is_mark(','));
    let next = if comma { end + 1 } else { end };
    text.token(next).is_some_and(|token| !token.after_line_break)
        && cues.starting_at(next).any(|(cue, sense)| match sense {
            // "الغربي" after a noun is its adjective and locates nothing.
            Sense::Direction(_) => !cue.definite,
            Sense::PlaceCue(PlaceCue::Countryside) => cue.peeled > 0,
            _ => false,
        })
}

/// Whether a preposition of place or movement governs a name.
fn preposition_before(text: &NormalizedText, cues: &CueTable<'_>, name: &ScannedName) -> bool {
    governed_by_preposition(text, cues, name.tokens.start, name.peeled)
}

/// Whether the script of a token has capital letters.
pub(super) fn has_capitals(text: &NormalizedText, index: usize) -> bool {
    text.word(index).chars().next().is_some_and(|c| c.is_lowercase())
}

pub(super) fn starts_upper(text: &NormalizedText, span: Span) -> bool {
    span.slice(text.original()).chars().next().is_some_and(char::is_uppercase)
}

/// Whether a title stands close before: what follows is then the name of a person.
fn in_person_name(text: &NormalizedText, cues: &CueTable<'_>, start: usize) -> bool {
    let mut at = start;
    for _ in 0..3 {
        let Some(before) = previous_word(text, at) else { return false };
        if text.token(before).is_some_and(|token| matches!(token.kind, TokenKind::Mark(_))) {
            return false;
        }
        if cues.ending_at(before).any(|(_, sense)| *sense == Sense::PersonTitle) {
            return true;
        }
        if cues.any(before, |sense| !matches!(sense, Sense::Party(_) | Sense::NotPlace)) {
            return false;
        }
        at = before;
    }
    false
}

/// The place cue that ends right before a name.
fn cue_before(text: &NormalizedText, cues: &CueTable<'_>, start: usize) -> Option<(usize, PlaceCue)> {
    let before = previous_word(text, start)?;
    cues.ending_at(before).find_map(|(cue, sense)| match sense {
        Sense::PlaceCue(kind) => Some((cue.tokens.start, *kind)),
        _ => None,
    })
}

/// The part-of-name cue that ends right before a name.
fn name_cue_before(text: &NormalizedText, cues: &CueTable<'_>, start: usize) -> Option<(usize, PlaceCue)> {
    let before = start.checked_sub(1).filter(|_| !text.token(start).is_some_and(|token| token.after_line_break))?;
    cues.ending_at(before).find_map(|(cue, sense)| match sense {
        Sense::NameCue(kind) if *kind != PlaceCue::Settlement => Some((cue.tokens.start, *kind)),
        _ => None,
    })
}

fn name_cue_span(text: &NormalizedText, cues: &CueTable<'_>, token: usize) -> Span {
    cues.starting_at(token).next().map_or_else(|| text.token_span(token..token + 1), |(cue, _)| cue.span)
}

/// The members of lists that a word like قرى opens, known or not.
///
/// `القرى التالية: A، B، C`, `قرى (A - B)`, `قرى A وB`, and a bracket with three or more short
/// members right after a word of a route.
pub(super) fn lists(
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
            proposals.push(listed(text, scanned, gazetteer, tokens, peeled));
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
            if token.after_line_break && end > start || end - member_start == LONGEST_LISTED_NAME + 1 {
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
        if length > LONGEST_LISTED_NAME {
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
        && (start..=start + LONGEST_LISTED_NAME)
            .find(|index| !points(*index))
            .is_some_and(|end| end > start && comma(end))
}

fn skip_marks(text: &NormalizedText, mut index: usize, marks: &[char]) -> usize {
    while text.token(index).is_some_and(|token| marks.iter().any(|mark| token.is_mark(*mark))) {
        index += 1;
    }
    index
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
    scanned: &[ScannedName],
    gazetteer: &Gazetteer,
    tokens: Range<usize>,
    peeled: usize,
) -> Proposal {
    let whole = |name: &ScannedName| name.tokens == tokens;
    let position = scanned.partition_point(|name| name.tokens.start < tokens.start);
    let known = scanned.get(position).filter(|name| whole(name)).cloned();
    let known = known.or_else(|| scan_at(text, gazetteer, tokens.start).filter(whole));
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

/// Names that the gazetteer lacks, after a word that says what they are.
pub(super) fn unknown(text: &NormalizedText, cues: &CueTable<'_>, claimed: &Claims) -> Vec<Proposal> {
    let mut proposals = Vec::new();
    for (cue, sense) in cues.iter() {
        let (kind, start, part_of_name) = match sense {
            Sense::PlaceCue(kind @ (PlaceCue::Settlement | PlaceCue::City | PlaceCue::Crossing | PlaceCue::Camp)) => {
                (*kind, cue.tokens.end, false)
            }
            Sense::NameCue(kind) => (*kind, cue.tokens.end, true),
            _ => continue,
        };
        let start = if part_of_name { start } else { skip_marks(text, start, &['"', '\'', '(', '#']) };
        let Some(token) = text.token(start) else { continue };
        if token.after_line_break || !token.is_word() || claimed.any(start..start + 1) {
            continue;
        }
        // "المعبر" and "البوابة" name nothing themselves.
        if cue.definite && !part_of_name {
            continue;
        }
        if cues.any(start, |sense| !matches!(sense, Sense::NameCue(_))) {
            continue;
        }
        if has_capitals(text, start) && !capitalised::starts_name_word(text, start) {
            continue;
        }
        if part_of_name {
            // "عين", "تل", "جبل" are words too: a preposition must say that a place follows.
            let named = matches!(kind, PlaceCue::Mountain | PlaceCue::Airport) && !cue.definite;
            // "قريتي عين البط وخربة الزعرور": joined to a name.
            let joined =
                cue.peeled > 0 && cue.tokens.start.checked_sub(1).is_some_and(|before| claimed.any(before..before + 1));
            if !(named || joined || governed_by_preposition(text, cues, cue.tokens.start, cue.peeled))
                || claimed.any(cue.tokens.clone())
            {
                continue;
            }
            let end = if has_capitals(text, start) { name_end(text, cues, claimed, start) } else { start + 1 };
            proposals.push(Proposal {
                tokens: cue.tokens.start..end,
                span: capitalised::stem_span(text, cues, cue.span.join(text.token_span(start..end))),
                kind: MentionKind::Unknown,
                cue: Some(kind),
                rule: "name cue",
            });
            continue;
        }
        let end = name_end(text, cues, claimed, start);
        proposals.push(Proposal {
            tokens: start..end,
            span: text.token_span(start..end),
            kind: MentionKind::Unknown,
            cue: Some(kind),
            rule: "place cue",
        });
    }
    proposals.extend(located(text, cues, claimed));
    proposals.extend(capitalised::capitalised(text, cues, claimed));
    proposals
}

/// "في الإذاعة غربي كوباني", "من شير مغار بريف حماة": a word or two that a preposition governs and
/// that the words behind locate by a place the gazetteer knows.
fn located(text: &NormalizedText, cues: &CueTable<'_>, claimed: &Claims) -> Vec<Proposal> {
    let mut proposals = Vec::new();
    let free = |index: usize| {
        text.token(index).is_some_and(|token| token.is_word() && !token.after_line_break)
            && !claimed.any(index..index + 1)
            && !cues.any(index, |sense| *sense != Sense::NameOfOther)
    };
    for (cue, sense) in cues.iter() {
        if !matches!(sense, Sense::Within | Sense::Near | Sense::MotionPreposition(_) | Sense::Route(_)) {
            continue;
        }
        let start = skip_marks(text, cue.tokens.end, &['"', '\'', '#']);
        let hashtag = start > cue.tokens.end && text.token(start - 1).is_some_and(|token| token.is_mark('#'));
        if !free(start) {
            continue;
        }
        let definite = |index: usize| text.word(index).starts_with("ال");
        // One definite word, or two that are not: "في الإذاعة", "في شير مغار". One that is not
        // definite needs more than a preposition that governs everything: "قرب صرين".
        let moves = matches!(sense, Sense::Near | Sense::Route(_) | Sense::MotionPreposition(RouteRole::End));
        // "قاعدة روسية في صرين.": what has a base and ends the clause is a place.
        let post = (cue.tokens.start.saturating_sub(4)..cue.tokens.start)
            .any(|token| cues.any(token, |sense| matches!(sense, Sense::Post(_))))
            && *sense == Sense::Within
            && (text.token(start + 1).is_none_or(|next| next.after_line_break || !next.is_word())
                || located_behind(text, cues, start + 1));
        if post && !has_capitals(text, start) {
            proposals.push(Proposal {
                tokens: start..start + 1,
                span: text.token_span(start..start + 1),
                kind: MentionKind::Unknown,
                cue: None,
                rule: "place of a post",
            });
            continue;
        }
        let single = definite(start) || hashtag || (moves && located_behind(text, cues, start + 1));
        let end = if single { start + 1 } else { start + 2 };
        if !single && (!free(start + 1) || definite(start + 1)) {
            continue;
        }
        if located_behind(text, cues, end) && !has_capitals(text, start) {
            proposals.push(Proposal {
                tokens: start..end,
                span: text.token_span(start..end),
                kind: MentionKind::Unknown,
                cue: None,
                rule: "located",
            });
        }
    }
    proposals
}

/// How far an unknown name reaches: a head word takes the next with it, capitals go on.
pub(super) fn name_end(text: &NormalizedText, cues: &CueTable<'_>, claimed: &Claims, start: usize) -> usize {
    let head = cues.any(start, |sense| matches!(sense, Sense::NameCue(_)));
    let goes_on = |index: usize| {
        text.token(index).is_some_and(|token| token.is_word() && !token.after_line_break)
            && !claimed.any(index..index + 1)
            && !cues.any(index, |_| true)
    };
    if has_capitals(text, start) {
        let mut end = if capitalised::joined_by_hyphen(text, start) { start + 3 } else { start + 1 };
        // A case ending closes a name.
        let inflected = |last: usize| capitalised::ending_of(text, cues, last).is_some();
        while end - start < LONGEST_LISTED_NAME
            && goes_on(end)
            && !inflected(end - 1)
            && capitalised::starts_name_word(text, end)
        {
            end += if capitalised::joined_by_hyphen(text, end) { 3 } else { 1 };
        }
        return end;
    }
    if head && goes_on(start + 1) { start + 2 } else { start + 1 }
}

/// Whether a preposition, a proclitic one included, or a place cue governs the word at `index`.
fn governed_by_preposition(text: &NormalizedText, cues: &CueTable<'_>, index: usize, peeled: usize) -> bool {
    let proclitic = text
        .token(index)
        .and_then(|token| text.folded().get(token.folded.start..token.folded.start + peeled))
        .is_some_and(|proclitics| proclitics.contains(['ب', 'ل']));
    proclitic
        || previous_word(text, index).is_some_and(|before| {
            cues.ending_at(before).any(|(_, sense)| {
                matches!(
                    sense,
                    Sense::MotionPreposition(_)
                        | Sense::Route(_)
                        | Sense::Within
                        | Sense::Near
                        | Sense::Between
                        | Sense::Direction(_)
                        | Sense::PlaceCue(_)
                )
            })
        })
}
