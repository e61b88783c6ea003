//! Which names of the gazetteer are names here.

use std::collections::BTreeSet;

use super::{capitalised, governed_by_preposition, has_capitals, located_behind, starts_upper};
use crate::gazetteer::Gazetteer;
use crate::lexicon::cue::CueTable;
use crate::lexicon::sense::{RouteRole, Sense};
use crate::model::mention::{MentionKind, PlaceCue};
use crate::model::span::Span;
use crate::recognition::scan::{self, ScannedName, scan_at};
use crate::recognition::{Claims, Proposal, previous_word};
use crate::text::NormalizedText;
use crate::text::key::name_key;
use crate::text::token::TokenKind;

/// A name of at most this many letters is as likely a word.
const SHORT_NAME: usize = 3;
/// A word of this frequency (Zipf scale) is too common to be a name on its coordination alone.
const TOO_COMMON_IN_COORDINATION: f32 = 5.5;
/// A city's name that is no more common a word than this may be meant behind a preposition of place.
const COMMON_AS_A_CITY: f32 = 4.8;

/// The names of the gazetteer that are meant as names.
pub(in crate::recognition) fn known(
    text: &NormalizedText,
    cues: &CueTable<'_>,
    scanned: &[ScannedName],
    claimed: &Claims,
    gazetteer: &Gazetteer,
) -> Vec<Proposal> {
    let mut proposals: Vec<Proposal> = Vec::new();
    // Everyday words that the text has shown to be names once.
    let mut trusted: BTreeSet<String> = BTreeSet::new();
    let persons = persons(text, cues, scanned);
    for name in scanned {
        if claimed.any(name.tokens.clone()) {
            continue;
        }
        if persons.contains(&name_key(name.span.slice(text.original()))) && !preposition_before(text, cues, name) {
            continue;
        }
        // "محافظة إدلب", "مدينة حلب": the first word is a cue, even where the name is indexed with it.
        let bare =
            without_cue(text, cues, name, gazetteer).or_else(|| without_class_behind(text, cues, name, gazetteer));
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
        // "لكن" is no ل and Cannes, "كويتي" no ك and a hamlet.
        if name.peeled > 0
            && name.tokens.len() == 1
            && name.weight <= 1
            && cues.pack().common_word(text.word(name.tokens.start)).is_some()
        {
            continue;
        }
        // "الحالة المطرية": an adjective of the noun before it.
        if is_adjective(text, cues, name) {
            continue;
        }
        // "معرة حطاط": the head of a compound that the gazetteer lacks.
        if village && is_head_of_unknown(text, cues, name, claimed) {
            continue;
        }
        let Some(rule) = accept(text, cues, name, cue, proposals.last(), &trusted, gazetteer) else { continue };
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

/// Names that the text shows to be a person's, by their key: "Nancy Kellogg", "Georgia Stevens". Such
/// a name is one wherever it stands alone, unless a preposition says that a place is meant.
fn persons(text: &NormalizedText, cues: &CueTable<'_>, scanned: &[ScannedName]) -> BTreeSet<String> {
    let given = |name: &ScannedName| {
        let tokens = &name.tokens;
        let named = cues.covering(tokens.start).any(|(_, sense)| *sense == Sense::GivenName);
        let next = || text.token(tokens.end).is_some_and(|token| token.is_word() && !token.after_line_break);
        named && tokens.len() == 1 && next() && capitalised::is_free_capital(text, cues, tokens.end)
    };
    let person =
        |name: &&ScannedName| given(name) || capitalised::is_surname(text, cues, &name.tokens, name.weight > 1);
    scanned.iter().filter(person).map(|name| name_key(name.span.slice(text.original()))).collect()
}

/// Whether an Arabic name has the form of an adjective and agrees with a common noun right before it
/// in its article ("السفارة الكويتية", "عاصفة بردية").
fn is_adjective(text: &NormalizedText, cues: &CueTable<'_>, name: &ScannedName) -> bool {
    let start = name.tokens.start;
    let word = text.word(start);
    let Some(before) = start.checked_sub(1).filter(|before| text.token(*before).is_some_and(|token| token.is_word()))
    else {
        return false;
    };
    let definite = |word: &str| word.starts_with("ال");
    let noun = text.word(before);
    name.peeled == 0
        && name.tokens.len() == 1
        && word.ends_with("يه")
        && noun.ends_with('ه')
        && definite(noun) == definite(word)
        && !text.token(start).is_some_and(|token| token.after_line_break)
        && !cues.any(before, |_| true)
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
    let rest =
        (cue.tokens.end < name.tokens.end).then(|| scan_at(text, cues.pack(), gazetteer, cue.tokens.end)).flatten()?;
    (rest.tokens.end == name.tokens.end && rest.peeled == 0).then_some(rest)
}

/// The name without a class noun behind it that is written small, and so is no part of it ("Idlib
/// province"), even where the name is indexed with it.
fn without_class_behind(
    text: &NormalizedText,
    cues: &CueTable<'_>,
    name: &ScannedName,
    gazetteer: &Gazetteer,
) -> Option<ScannedName> {
    let last = name.tokens.end.checked_sub(1).filter(|last| *last > name.tokens.start)?;
    let class = cues.starting_at(last).any(|(_, sense)| matches!(sense, Sense::PlaceCueAfter(_)));
    let small = has_capitals(text, last) && !text.token(last).is_some_and(|token| starts_upper(text, token.span));
    if !class || !small {
        return None;
    }
    let tokens = name.tokens.start..last;
    let end = text.token_span(tokens.clone()).end();
    let span = Span::new(name.span.start(), end);
    let surface = span.slice(text.original());
    let candidates = gazetteer.names(&name_key(surface)).candidates(surface);
    let weight = candidates.iter().map(|candidate| scan::weight(&gazetteer.place(candidate.place))).max()?;
    Some(ScannedName { tokens, span, candidates, weight, ..name.clone() })
}

/// Why a scanned name is taken for one, or `None`.
fn accept(
    text: &NormalizedText,
    cues: &CueTable<'_>,
    name: &ScannedName,
    cue: Option<(usize, PlaceCue)>,
    last: Option<&Proposal>,
    trusted: &BTreeSet<String>,
    gazetteer: &Gazetteer,
) -> Option<&'static str> {
    let start = name.tokens.start;
    // "for us", "a turkey"
    if has_capitals(text, start) && !starts_upper(text, name.span) && !capitalised::starts_name_word(text, start) {
        return None;
    }
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
    let plain =
        name.tokens.len() == 1 && name.tokens.clone().all(|token| cues.any(token, |sense| *sense != Sense::GivenName));
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
            .or_else(|| pack.common_word(name.base.as_deref()?))
    });
    // Two or three letters make a word as easily as a hamlet's name.
    let short = single && name.weight <= 1 && folded.is_some_and(|word| word.chars().count() <= SHORT_NAME);
    if single && (plain || short || common.is_some()) {
        // An everyday word is a name where a route word governs it or a name stands beside it.
        let governed = previous_word(text, start).is_some_and(|before| {
            cues.ending_at(before).any(|(cue, sense)| {
                match sense {
                    Sense::Route(RouteRole::Start | RouteRole::End) => cue.tokens.len() > 1,
                    // "وتجاوزت خس", "جنوب الباب"
                    Sense::Route(RouteRole::Via) => !text.word(start).starts_with("ال"),
                    Sense::Direction(_) => !cue.definite,
                    _ => false,
                }
            })
        });
        let beside = last.is_some_and(|last| coordinated(text, cues, last.tokens.end, start, name.peeled))
            && common.unwrap_or(0.0) < TOO_COMMON_IN_COORDINATION
            && !plain;
        let preposition = preposition_before(text, cues, name);
        let known = preposition && trusted.contains(&name_key(name.span.slice(text.original())));
        let located = preposition && located_behind(text, cues, name.tokens.end);
        // "إلى العقبة", "#العقبة": a city is meant where a place can be.
        let alone = || text.web().hashtag_at(start).is_some_and(|hashtag| hashtag == name.tokens);
        let city = name.weight > 1
            && !plain
            && common.unwrap_or(f32::MAX) < COMMON_AS_A_CITY
            && (preposition || alone())
            && is_main_name(text, name, gazetteer);
        return if governed {
            Some("route word")
        } else if beside {
            Some("coordination")
        } else if city {
            Some("city")
        } else if located || (short && preposition && common.is_none() && !plain) {
            Some("located")
        } else {
            known.then_some("named before")
        };
    }
    Some("gazetteer name")
}

/// Whether a well-known place has the name for its own, and not only as one of many spellings.
fn is_main_name(text: &NormalizedText, name: &ScannedName, gazetteer: &Gazetteer) -> bool {
    let key = name_key(name.span.slice(text.original()));
    name.candidates.iter().any(|candidate| {
        let place = gazetteer.place(candidate.place);
        let own = [Some(place.name_en()), place.name_ar()].into_iter().flatten().any(|own| name_key(own) == key);
        own && scan::weight(&place) > 0
    })
}

/// Whether "A وB" or "A فB" joins a name to the one that ends before `end`.
fn coordinated(text: &NormalizedText, cues: &CueTable<'_>, end: usize, start: usize, peeled: usize) -> bool {
    let then = start == end + 1 && cues.any(end, |sense| *sense == Sense::Conjunction);
    then || start == end
        && text.token(start).is_some_and(|token| {
            matches!(text.folded().get(token.folded.start..token.folded.start + peeled), Some("و" | "ف"))
        })
}

/// Whether a preposition of place or movement governs a name.
fn preposition_before(text: &NormalizedText, cues: &CueTable<'_>, name: &ScannedName) -> bool {
    governed_by_preposition(text, cues, name.tokens.start, name.peeled)
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
        // "ملعب البلدة الجولة": with the article the word means itself.
        Sense::PlaceCue(_) if cue.definite => None,
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
