//! Toponym recognition: where a text names a place.
//!
//! Recognition is generous with names that the gazetteer holds and careful with everything else:
//! an everyday word is a name only where the words around it say so, and a name that the
//! gazetteer lacks is one only after a cue ("قرية X") or in a list of names. Which place a name
//! means, and whether a rare one is meant at all, is for `resolution` to say.

pub mod scan;
pub mod names;
pub mod roads;
pub mod relations;
mod expression;
mod containment;

use std::ops::Range;

use crate::gazetteer::Gazetteer;
use crate::lexicon::cue::CueTable;
use crate::lexicon::sense::Sense;
use crate::model::mention::{
    Demonym, MentionIndex, MentionKind, MentionRole, PlaceCue, SpatialRelation, ToponymMention,
};
use crate::model::place::FeatureClass;
use crate::model::span::Span;
use crate::text::NormalizedText;
use crate::text::key::name_key;

pub use roads::RoadFrame;

/// The longest head of a dispatch between its place and its dash, in tokens.
const LONGEST_DATE_LINE: usize = 9;

/// What recognition finds in one text.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Recognition {
    /// In text order; they do not overlap.
    pub mentions: Vec<ToponymMention>,
    /// The tokens of each mention; its first token may carry a proclitic that its span excludes.
    pub tokens: Vec<Range<usize>>,
    /// In text order, none of them inside a mention.
    pub demonyms: Vec<Demonym>,
    pub relations: Vec<SpatialRelation>,
    /// Named roads, however they are named.
    pub roads: Vec<RoadFrame>,
    /// Token ranges that are no part of the article (menus, lists of other articles).
    pub noise: Vec<Range<usize>>,
}

impl Recognition {
    /// The mention that covers a token.
    pub fn mention_at(&self, token: usize) -> Option<MentionIndex> {
        let index = self.tokens.partition_point(|range| range.end <= token);
        self.tokens.get(index).filter(|range| range.start <= token).map(|_| MentionIndex(index))
    }

    pub fn is_noise(&self, token: usize) -> bool {
        let index = self.noise.partition_point(|range| range.end <= token);
        self.noise.get(index).is_some_and(|range| range.start <= token)
    }
}

/// A mention that competes with others for its tokens.
#[derive(Clone, Debug)]
pub(crate) struct Proposal {
    pub tokens: Range<usize>,
    pub span: Span,
    pub kind: MentionKind,
    pub cue: Option<PlaceCue>,
    pub rule: &'static str,
}

/// Finds the toponyms of a text and how they stand to each other.
pub fn recognize(text: &NormalizedText, cues: &CueTable<'_>, gazetteer: &Gazetteer) -> Recognition {
    let noise = noise_ranges(text, cues);
    let mut proposals = roads::road_names(text, cues, gazetteer);
    proposals.extend(names::unknown::unlocated(text, cues));
    proposals.extend(names::abbreviations::abbreviations(text, cues, gazetteer));
    let scanned = scan::scan(text, cues.pack(), gazetteer);
    proposals.extend(names::lists::lists(text, cues, &scanned, gazetteer));
    let claimed = Claims::new(text.tokens().len(), &proposals);
    proposals.extend(names::known::known(text, cues, &scanned, &claimed, gazetteer));
    let claimed = Claims::new(text.tokens().len(), &proposals);
    proposals.extend(names::unknown::unknown(text, cues, &claimed));
    proposals.retain(|proposal| !proposal.tokens.clone().any(|token| text.web().in_address(token)));
    proposals.sort_by_key(|proposal| (proposal.tokens.start, std::cmp::Reverse(proposal.tokens.end)));

    let mut recognition = Recognition { noise, ..Recognition::default() };
    let mut next_free = 0;
    for proposal in proposals {
        if proposal.tokens.start < next_free || proposal.span.is_empty() {
            continue;
        }
        next_free = proposal.tokens.end;
        let (tokens, expression) = expression::expression(text, cues, proposal.tokens.clone(), proposal.span);
        let role = role_of(text, cues, &recognition, &proposal, tokens);
        recognition.mentions.push(ToponymMention {
            span: proposal.span,
            expression,
            kind: proposal.kind,
            cue: proposal.cue,
            role,
            rule: proposal.rule,
        });
        recognition.tokens.push(proposal.tokens);
    }
    recognition.demonyms = demonyms(text, cues, &recognition, gazetteer);
    recognition.roads = roads::road_frames(text, cues, &recognition, gazetteer);
    for frame in &recognition.roads {
        for end in &frame.ends {
            if let Some(mention) = recognition.mentions.get_mut(end.0)
                && mention.role == MentionRole::Literal
            {
                mention.role = MentionRole::InName;
            }
        }
    }
    recognition.relations = relations::relations(text, cues, &recognition);
    recognition.relations.extend(containment::containments(text, cues, &recognition, gazetteer));
    recognition
}

/// The adjectives of countries and regions that are part of no name.
fn demonyms(
    text: &NormalizedText,
    cues: &CueTable<'_>,
    recognition: &Recognition,
    gazetteer: &Gazetteer,
) -> Vec<Demonym> {
    let region = |name: &str| {
        let named = gazetteer.names(&name_key(name)).map(|name| name.place);
        named.into_iter().find(|place| gazetteer.place(*place).feature_class() == FeatureClass::Area)
    };
    let found = cues.iter().filter_map(|(cue, sense)| {
        let Sense::Demonym(name) = sense else { return None };
        let free = names::starts_upper(text, cue.span)
            && !recognition.is_noise(cue.tokens.start)
            && !cue.tokens.clone().any(|token| recognition.mention_at(token).is_some() || text.web().in_address(token));
        let place = free.then(|| gazetteer.country(name).or_else(|| region(name))).flatten()?;
        Some(Demonym { span: cue.span, place })
    });
    found.collect()
}

/// Which tokens are taken.
pub(crate) struct Claims(Vec<bool>);

impl Claims {
    fn new(tokens: usize, proposals: &[Proposal]) -> Self {
        let mut claimed = vec![false; tokens];
        for token in proposals.iter().flat_map(|proposal| proposal.tokens.clone()) {
            if let Some(slot) = claimed.get_mut(token) {
                *slot = true;
            }
        }
        Self(claimed)
    }

    pub fn any(&self, tokens: Range<usize>) -> bool {
        tokens.into_iter().any(|token| self.0.get(token).copied().unwrap_or(true))
    }
}

/// The parts of a text that belong to the page and not to the article.
fn noise_ranges(text: &NormalizedText, cues: &CueTable<'_>) -> Vec<Range<usize>> {
    let mut noise = Vec::new();
    let end = text.tokens().len();
    for sentence in text.sentences() {
        let opens_line = text.token(sentence.tokens.start).is_some_and(|token| token.after_line_break);
        if opens_line && cues.starting_at(sentence.tokens.start).any(|(_, sense)| *sense == Sense::NoiseStart) {
            noise.push(sentence.tokens.start..end);
            break;
        }
        if cues.within(sentence.tokens.clone()).any(|(cue, sense)| {
            *sense == Sense::NoiseLine
                || (*sense == Sense::SourceLabel && opens_line && cue.tokens.start == sentence.tokens.start)
        }) {
            noise.push(sentence.tokens.clone());
        }
    }
    noise
}

fn role_of(
    text: &NormalizedText,
    cues: &CueTable<'_>,
    so_far: &Recognition,
    proposal: &Proposal,
    expression: Range<usize>,
) -> MentionRole {
    let start = proposal.tokens.start;
    if so_far.is_noise(start) {
        return MentionRole::Noise;
    }
    // "#سيول_الأردن" is the name of a flood.
    if let Some(hashtag) = text.web().hashtag_at(start)
        && (hashtag.start < expression.start || hashtag.end > expression.end)
    {
        return MentionRole::InName;
    }
    // "KABUL - ...", "كوباني – نورث برس": the place where the report was filed.
    let opens_line = text.token(start).is_some_and(|token| token.after_line_break);
    let dash_follows = text.token(proposal.tokens.end).is_some_and(|token| token.is_mark('-') && !token.glued);
    if opens_line && (dash_follows || dash_behind_date_line(text, cues, proposal.tokens.end)) {
        return MentionRole::Dateline;
    }
    // "the Sochi deal": in scripts with capitals the noun stands behind.
    if names::has_capitals(text, start)
        && text.token(proposal.tokens.end).is_some_and(|token| !token.after_line_break)
        && cues.starting_at(proposal.tokens.end).any(|(_, sense)| *sense == Sense::NameOfOther)
    {
        return MentionRole::InName;
    }
    // "اتفاق سوتشي", "مؤتمر برلين": part of a name. One adjective may stand between.
    let named = |token: usize| cues.ending_at(token).any(|(_, sense)| *sense == Sense::NameOfOther);
    let before = previous_word(text, start);
    if before.is_some_and(named) && !text.token(start).is_some_and(|token| token.after_line_break) {
        return MentionRole::InName;
    }
    MentionRole::Literal
}

/// "LONDON, May 12 (Reuters) - ": only a date, agencies and marks stand before the dash.
fn dash_behind_date_line(text: &NormalizedText, cues: &CueTable<'_>, end: usize) -> bool {
    let opens = text.token(end).is_some_and(|token| token.is_mark(',') || token.is_mark('('));
    let head = |index: usize| {
        text.token(index).is_some_and(|token| {
            !token.after_line_break
                && (token.is_number()
                    || [',', '(', ')', '/'].iter().any(|mark| token.is_mark(*mark))
                    || cues.any(index, |sense| matches!(sense, Sense::Month(_) | Sense::Weekday(_) | Sense::NotPlace))
                    || (token.is_word() && names::starts_upper(text, token.span)))
        })
    };
    let last = (end..end + LONGEST_DATE_LINE).find(|index| !head(*index));
    opens && last.and_then(|last| text.token(last)).is_some_and(|token| token.is_mark('-') && !token.glued)
}

/// The token before `index`, stepping over quotation marks, brackets and number signs.
pub(crate) fn previous_word(text: &NormalizedText, index: usize) -> Option<usize> {
    let mut at = index;
    loop {
        if text.token(at)?.after_line_break {
            return None;
        }
        at = at.checked_sub(1)?;
        let token = text.token(at)?;
        if !['"', '\'', '(', '[', '#'].iter().any(|mark| token.is_mark(*mark)) {
            return Some(at);
        }
    }
}
