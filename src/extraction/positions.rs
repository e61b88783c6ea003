//! Positions: posts, bases, checkpoints and deployments, with their place and state.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Context;
use super::numbers::NumberKind;
use crate::lexicon::sense::Sense;
use crate::model::event::{
    EventKind, EventMention, Evidence, Modality, PlaceReference, Position, PositionStatus, PositionType,
};
use crate::model::mention::{MentionIndex, MentionKind, PlaceCue, RelationKind};
use crate::model::span::Span;

/// How far behind its noun a position's place may stand, in tokens.
const PLACE_REACH: usize = 16;

/// How far before a sentence the one party of an article is looked for, in tokens.
const PARTY_REACH: usize = 1000;

/// A verb of taking up places this near before a noun for a post governs the noun, in tokens.
const DEPLOY_REACH: usize = 10;

/// A word that says that there is a position.
struct Trigger {
    tokens: Range<usize>,
    span: Span,
    position_type: PositionType,
    /// It repeats the noun and verb before ("وأخرى في X").
    elliptic: bool,
}

/// Reads every position that has a place and a party.
pub(super) fn positions(context: &Context<'_>) -> Vec<EventMention> {
    let mut positions: Vec<EventMention> = Vec::new();
    for sentence in context.text.sentences() {
        let tokens = sentence.tokens.clone();
        if context.is_aside(tokens.start) {
            continue;
        }
        // "Counts put the posts at 74": a sum over many places is no position.
        if context.cues.within(tokens.clone()).any(|(_, sense)| *sense == Sense::Total) {
            continue;
        }
        let triggers = triggers(context, &tokens);
        let mut last_status = (PositionStatus::Existing, None);
        for (index, trigger) in triggers.iter().enumerate() {
            let scope = scope(context, &triggers, index, &tokens);
            let status = status(context, trigger, &scope.tokens).unwrap_or(if scope.goes_on || trigger.elliptic {
                last_status
            } else {
                (PositionStatus::Existing, None)
            });
            last_status = status;
            Reading {
                context,
                trigger,
                sentence: &tokens,
                clause: &scope.tokens,
                status: status.0,
                status_span: status.1,
            }
            .read(&mut positions);
        }
    }
    positions
}

fn triggers(context: &Context<'_>, sentence: &Range<usize>) -> Vec<Trigger> {
    let mut triggers: Vec<Trigger> = Vec::new();
    let mut last_type = None;
    let posts = context.cues.within(sentence.clone()).any(|(_, sense)| matches!(sense, Sense::Post(_)));
    let post_near = |token: usize| {
        let near = token.saturating_sub(3).max(sentence.start)..(token + DEPLOY_REACH).min(sentence.end);
        context.cues.within(near).any(|(_, sense)| matches!(sense, Sense::Post(_)))
    };
    for (cue, sense) in context.cues.within(sentence.clone()) {
        let position_type = match sense {
            Sense::Post(position_type) => {
                last_type = Some(*position_type);
                *position_type
            }
            // ... but "نقطة أخرى" is one post.
            Sense::Another
                if cue
                    .tokens
                    .start
                    .checked_sub(1)
                    .is_some_and(|before| context.cues.any(before, |sense| matches!(sense, Sense::Post(_)))) =>
            {
                continue;
            }
            // "ونصب ثالثة على تلة X": the number stands for another one of the same.
            Sense::Establish if last_type.is_some() && ordinal_alone(context, cue.tokens.end) => {
                last_type.unwrap_or(PositionType::Post)
            }
            Sense::Another if last_type.is_some() => last_type.unwrap_or(PositionType::Post),
            // "تمركزت القوات في X": troops that take up places, where no post is spoken of.
            Sense::Deploy if !post_near(cue.tokens.start) || another_place(context, sentence, &cue.tokens) => {
                PositionType::Deployment
            }
            // "أخلت نقطة في X، وانسحبت من Y": the second verb needs no noun.
            Sense::Evacuate if posts && leaves_a_place(context, cue.tokens.end) => PositionType::Post,
            _ => continue,
        };
        if context.recognition.mention_at(cue.tokens.start).is_some() {
            continue;
        }
        triggers.push(Trigger {
            tokens: cue.tokens.clone(),
            span: cue.span,
            position_type,
            elliptic: matches!(sense, Sense::Another | Sense::Establish),
        });
    }
    triggers
}

/// Whether an ordinal that ranks nothing named stands at a token.
fn ordinal_alone(context: &Context<'_>, token: usize) -> bool {
    let number = context.numbers_in(token..token + 1).find(|number| number.kind == NumberKind::Ordinal);
    number.is_some_and(|number| {
        let next = number.tokens.end;
        !context.date_at(token) && !context.cues.any(next, |sense| matches!(sense, Sense::Post(_) | Sense::Patrol(_)))
    })
}

/// Whether places part a verb of deployment from the posts of its sentence ("set up a base at A and
/// took up positions in B").
fn another_place(context: &Context<'_>, sentence: &Range<usize>, verb: &Range<usize>) -> bool {
    let post = |range: Range<usize>| context.cues.within(range).any(|(_, sense)| matches!(sense, Sense::Post(_)));
    let before = context.mentions_in(sentence.start..verb.start).last().map(|place| context.mention_tokens(place).end);
    before.is_some_and(|place| !post(place..sentence.end))
        && context.mentions_in(verb.end..sentence.end).next().is_some()
}

/// Whether a place follows a verb, with nothing but a place cue between.
fn leaves_a_place(context: &Context<'_>, end: usize) -> bool {
    (end..end + 2).any(|token| {
        context.recognition.mention_at(token).is_some()
            && (end..token).all(|between| context.cues.any(between, |sense| matches!(sense, Sense::PlaceCue(_))))
    })
}

/// One trigger with its clause, sentence and state.
struct Reading<'a> {
    context: &'a Context<'a>,
    trigger: &'a Trigger,
    sentence: &'a Range<usize>,
    clause: &'a Range<usize>,
    status: PositionStatus,
    status_span: Option<Span>,
}

impl Reading<'_> {
    /// Adds the positions that the clause tells: one a place.
    fn read(&self, positions: &mut Vec<EventMention>) {
        let Self { context, trigger, clause, .. } = self;
        let mut members = enumeration(context, trigger, clause);
        if members.is_empty() {
            let mut places = places(context, trigger, clause);
            // "... لنشر نقاطها على كامل الطريق": the place before belongs to the post before.
            places.retain(|place| !self.stands_before(place.mention) || !is_taken(place.mention, positions));
            let count = if places.len() > 1 { 1 } else { self.count() };
            members = places.into_iter().map(|place| (place, count)).collect();
        }
        if members.is_empty() {
            return;
        }
        let Some(actor) = actor(context, trigger, clause, self.sentence) else { return };
        for (place, count) in members {
            // A post known only by its governorate is one more among many.
            let vague = context.mention(place.mention).may_be_division()
                && place.other.is_none()
                && place.relation == RelationKind::At;
            if !vague || self.status != PositionStatus::Existing {
                positions.push(self.position(place, count, &actor));
            }
        }
    }

    fn stands_before(&self, mention: MentionIndex) -> bool {
        self.context.mention_tokens(mention).start < self.trigger.tokens.start
    }

    /// The number right before the noun.
    fn count(&self) -> u32 {
        let number =
            self.context.numbers_in(self.clause.clone()).find(|number| number.tokens.end == self.trigger.tokens.start);
        number.map_or(1, |number| number.value.max(1))
    }

    fn position(&self, place: PlaceReference, count: u32, actor: &str) -> EventMention {
        let context = self.context;
        let mut date = context.own_date(self.clause.clone());
        context.tell_time(&mut date, self.clause.clone());
        let mut details = vec![
            Evidence { span: self.trigger.span, rule: "trigger" },
            Evidence { span: context.mention(place.mention).span, rule: "place" },
        ];
        details.extend(self.status_span.map(|span| Evidence { span, rule: "status" }));
        details.extend(date.span.map(|span| Evidence { span, rule: "date" }));
        details.extend(date.time_span.map(|span| Evidence { span, rule: "time" }));
        details.sort();
        let (position_type, status) = (self.trigger.position_type, self.status);
        EventMention {
            kind: EventKind::Position(Position { position_type, status, place, count }),
            actors: [actor.to_owned()].into(),
            date,
            modality: if status == PositionStatus::Planned { Modality::Planned } else { Modality::Reported },
            road: context.road_in(self.clause.clone()).map(|road| road.reference.clone()),
            evidence: context.trimmed_span(self.clause.clone()),
            details,
            attributions: Vec::new(),
            contradictions: Vec::new(),
            continues: None,
        }
    }
}

/// Whether one of the last positions stands at a place already.
fn is_taken(mention: MentionIndex, positions: &[EventMention]) -> bool {
    positions
        .iter()
        .rev()
        .take(10)
        .any(|known| matches!(&known.kind, EventKind::Position(position) if position.place.mention == mention))
}

/// The words that speak of one of a sentence's positions.
struct Scope {
    tokens: Range<usize>,
    /// No comma parts it from the position before: one verb governs both.
    goes_on: bool,
}

/// The clause of a trigger; where a sentence has several, a comma between two parts them.
fn scope(context: &Context<'_>, triggers: &[Trigger], index: usize, sentence: &Range<usize>) -> Scope {
    let mark = |token: usize, mark: char| context.text.token(token).is_some_and(|t| t.is_mark(mark));
    let breaks = |token: usize| {
        context.cues.any(token, |sense| matches!(sense, Sense::ClauseBreak | Sense::Topic)) || mark(token, ';')
    };
    let parts = |token: &usize| breaks(*token) || mark(*token, ',');
    let trigger = &triggers[index];
    let previous = index.checked_sub(1).map(|previous| triggers[previous].tokens.end);
    let comma = previous.and_then(|end| (end..trigger.tokens.start).rev().find(parts));
    let start = match previous {
        Some(end) => comma.unwrap_or(end),
        None => (sentence.start..trigger.tokens.start).rev().find(|token| breaks(*token)).unwrap_or(sentence.start),
    };
    let next = triggers.get(index + 1).map_or(sentence.end, |next| {
        (trigger.tokens.end..next.tokens.start).rev().find(parts).unwrap_or(next.tokens.start)
    });
    let end = (trigger.tokens.end..next).find(|token| breaks(*token)).unwrap_or(next);
    Scope { tokens: start..end, goes_on: previous.is_some() && comma.is_none() }
}

/// Where the positions are: the places behind the noun, else the nearest before it.
fn places(context: &Context<'_>, trigger: &Trigger, clause: &Range<usize>) -> Vec<PlaceReference> {
    let reach = trigger.tokens.end..clause.end.min(trigger.tokens.end + PLACE_REACH);
    // "وصلت إلى قاعدة، وانتشرت في X": another verb takes the place.
    let other_verb = reach.clone().skip(1).find(|token| {
        context.text.token(token - 1).is_some_and(|before| before.is_mark(','))
            && context.cues.any(*token, |sense| {
                matches!(sense, Sense::Deploy | Sense::Motion | Sense::Run | Sense::Route(_) | Sense::Event(_))
            })
    });
    let overlooks = reach.clone().find(|token| context.cues.any(*token, |sense| *sense == Sense::Overlooks));
    let behind = reach.start..other_verb.into_iter().chain(overlooks).min().unwrap_or(reach.end);
    let located = |range: Range<usize>| -> Vec<MentionIndex> {
        context
            .mentions_in(range)
            .filter(|mention| {
                let kind = &context.mention(*mention).kind;
                !matches!(kind, MentionKind::Road { .. })
                    && !matches!(context.mention(*mention).cue, Some(PlaceCue::Country))
                    && (!context.is_background(*mention) || is_area(context, *mention))
            })
            .collect()
    };
    if context.cues.pack().is_head_final() {
        return places_before(context, located(clause.start..trigger.tokens.start));
    }
    // "the Morek observation post"
    let attached = located(clause.start..trigger.tokens.start).last().copied().filter(|mention| {
        context.mention_tokens(*mention).end == trigger.tokens.start && !context.cues.pack().is_head_final()
    });
    if let Some(mention) = attached {
        return vec![reference(context, mention, None)];
    }
    let mut mentions = located(behind.clone());
    if let Some(first) = mentions.first().copied() {
        if let Some(other) = between(context, first, &mentions) {
            return vec![reference(context, first, Some(other))];
        }
        // "في A وB وC": one post in each, for as long as they are joined.
        let mut joined = vec![first];
        for mention in mentions.drain(..).skip(1) {
            let last = joined[joined.len() - 1];
            let gap = context.mention_tokens(last).end..context.mention_tokens(mention).start;
            let conjoined = gap.clone().all(|token| {
                context.text.token(token).is_some_and(|t| t.is_mark(',') || t.is_mark('"'))
                    || context.cues.any(token, |sense| matches!(sense, Sense::PlaceCue(_) | Sense::Conjunction))
            });
            if !conjoined {
                break;
            }
            joined.push(mention);
        }
        return joined.into_iter().map(|mention| reference(context, mention, None)).collect();
    }
    // A post at a place without a name, told by what it looks over.
    if overlooks.is_some() {
        return Vec::new();
    }
    // "ومرت بقرية A ثم عادت إلى قاعدتها": a word of movement parts the post from the place.
    let moved = (clause.start..trigger.tokens.start).rev().find(|token| {
        context.cues.any(*token, |sense| matches!(sense, Sense::Route(_) | Sense::MotionPreposition(_)))
            && context.recognition.mention_at(*token).is_none()
    });
    let governed = moved.is_some_and(|word| context.mentions_in(word..trigger.tokens.start).next().is_none());
    if governed {
        return Vec::new();
    }
    let before = located(clause.start..trigger.tokens.start);
    before.last().map(|mention| reference(context, *mention, None)).into_iter().collect()
}

/// In languages that put the noun last: the last place before it, with all that are joined to it.
fn places_before(context: &Context<'_>, mut mentions: Vec<MentionIndex>) -> Vec<PlaceReference> {
    let Some(last) = mentions.pop() else { return Vec::new() };
    let mut joined = vec![last];
    for mention in mentions.into_iter().rev() {
        let gap = context.mention_tokens(mention).end..context.mention_tokens(joined[joined.len() - 1]).start;
        let conjoined = !gap.is_empty()
            && gap.clone().all(|token| {
                context.text.token(token).is_some_and(|t| t.is_mark(','))
                    || context.cues.any(token, |sense| matches!(sense, Sense::PlaceCueAfter(_) | Sense::Conjunction))
            });
        if !conjoined {
            break;
        }
        joined.push(mention);
    }
    joined.into_iter().rev().map(|mention| reference(context, mention, None)).collect()
}

/// "ثلاث نقاط ...: الأولى في A، واثنتان بين B وC": each member with its place and count.
fn enumeration(context: &Context<'_>, trigger: &Trigger, clause: &Range<usize>) -> Vec<(PlaceReference, u32)> {
    let colon =
        (trigger.tokens.end..clause.end).find(|token| context.text.token(*token).is_some_and(|t| t.is_mark(':')));
    let Some(colon) = colon else { return Vec::new() };
    let starts: Vec<(usize, u32)> = context
        .numbers_in(colon..clause.end)
        .filter(|number| number.kind != NumberKind::Digits)
        .map(|number| (number.tokens.end, if number.kind == NumberKind::Cardinal { number.value } else { 1 }))
        .collect();
    let mut members = Vec::new();
    for (index, (start, count)) in starts.iter().enumerate() {
        let end = starts.get(index + 1).map_or(clause.end, |(next, _)| *next);
        let located: Vec<MentionIndex> =
            context.mentions_in(*start..end).filter(|m| !context.is_background(*m)).collect();
        if let Some(first) = located.first() {
            let other = between(context, *first, &located);
            members.push((reference(context, *first, other), *count));
        }
    }
    members
}

/// Whether a mention is a ground without a figure: the area in which something is.
fn is_area(context: &Context<'_>, mention: MentionIndex) -> bool {
    context.ground_relation(mention).is_some_and(|relation| relation.figure.is_none())
}

/// The other end of "between A and B".
fn between(context: &Context<'_>, first: MentionIndex, mentions: &[MentionIndex]) -> Option<MentionIndex> {
    let start = context.mention_tokens(first).start;
    let word = start.checked_sub(1)?;
    let governed = context.cues.any(word, |sense| *sense == Sense::Between)
        || word.checked_sub(1).is_some_and(|before| {
            context.cues.any(word, |sense| matches!(sense, Sense::PlaceCue(_)))
                && context.cues.any(before, |sense| *sense == Sense::Between)
        });
    governed.then(|| mentions.get(1).copied()).flatten()
}

fn reference(context: &Context<'_>, mention: MentionIndex, other: Option<MentionIndex>) -> PlaceReference {
    let relation = context.ground_relation(mention).filter(|relation| relation.figure.is_none());
    let governed_near = relation.map(|relation| relation.kind);
    PlaceReference {
        mention,
        relation: match (other, governed_near) {
            (Some(_), _) => RelationKind::Between,
            (None, Some(kind)) => kind,
            (None, None) => RelationKind::At,
        },
        other,
        distance_m: relation.and_then(|relation| relation.distance_m),
    }
}

/// Whose position it is: the party named at the noun, else the subject of the clause.
fn actor(context: &Context<'_>, trigger: &Trigger, clause: &Range<usize>, sentence: &Range<usize>) -> Option<String> {
    let single = |range: Range<usize>| {
        let parties = context.parties(range);
        (parties.len() == 1).then(|| parties.into_iter().next()).flatten()
    };
    let near = trigger.tokens.end..(trigger.tokens.end + 3).min(clause.end);
    // The last party before the noun is the subject of its clause.
    let nearest_before = context
        .cues
        .within(clause.start..trigger.tokens.start)
        .filter_map(|(cue, sense)| match sense {
            Sense::Party(party) if context.recognition.mention_at(cue.tokens.start).is_none() => Some(party.clone()),
            _ => None,
        })
        .last();
    single(near)
        .or(nearest_before)
        .or_else(|| single(clause.clone()))
        .or_else(|| single(sentence.clone()))
        .or_else(|| article_actor(context, sentence))
        .or_else(|| last_subject(context, sentence).filter(|_| is_possessive(context, trigger)))
        .or_else(|| commonest_party(context, sentence))
}

/// "قاعدته", "نقاطهم": the pronoun refers to who was named last.
fn is_possessive(context: &Context<'_>, trigger: &Trigger) -> bool {
    let word = context.text.word(trigger.tokens.start);
    ["ته", "ها", "هم", "هما"].iter().any(|ending| word.ends_with(ending))
}

/// The party that the text up to here names most often, if one stands out.
fn commonest_party(context: &Context<'_>, sentence: &Range<usize>) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, sense) in context.cues.within(sentence.start.saturating_sub(PARTY_REACH)..sentence.end) {
        if let Sense::Party(party) = sense {
            *counts.entry(party).or_default() += 1;
        }
    }
    let most = counts.values().copied().max()?;
    let mut leading = counts.into_iter().filter(|(_, count)| *count == most);
    let (party, _) = leading.next()?;
    leading.next().is_none().then(|| party.to_owned())
}

/// "... أقام الجيش التركي نقطة. ولا تزال قاعدته في X": the only party of the sentence before.
fn last_subject(context: &Context<'_>, sentence: &Range<usize>) -> Option<String> {
    let before = context.text.sentence_of(sentence.start.checked_sub(1)?);
    let parties = context.parties(context.text.sentences().get(before)?.tokens.clone());
    (parties.len() == 1).then(|| parties.into_iter().next()).flatten()
}

/// The only party that the text up to this sentence names.
fn article_actor(context: &Context<'_>, sentence: &Range<usize>) -> Option<String> {
    let parties = context.parties(sentence.start.saturating_sub(PARTY_REACH)..sentence.end);
    (parties.len() == 1).then(|| parties.into_iter().next()).flatten()
}

/// What the clause says about the position's life, and the words that say it.
fn status(context: &Context<'_>, trigger: &Trigger, clause: &Range<usize>) -> Option<(PositionStatus, Option<Span>)> {
    let mut status = None;
    let mut denied = false;
    let mut distance = usize::MAX;
    for (cue, sense) in context.cues.within(clause.clone()) {
        let told = match sense {
            Sense::Intent | Sense::Plan => PositionStatus::Planned,
            Sense::Establish => PositionStatus::New,
            Sense::Denial => {
                denied = true;
                continue;
            }
            // "نفى تفكيك النقطة": it stands.
            Sense::Evacuate if denied => PositionStatus::Existing,
            Sense::Evacuate => PositionStatus::Evacuated,
            Sense::Deploy if trigger.position_type == PositionType::Deployment => PositionStatus::New,
            _ => continue,
        };
        // "تعتزم إنشاء نقطة جديدة" is a plan, however near the other words stand.
        let away = match told {
            PositionStatus::Planned => 0,
            _ => cue.tokens.start.abs_diff(trigger.tokens.start).max(1),
        };
        if away < distance {
            distance = away;
            status = Some((told, Some(cue.span)));
        }
    }
    status
}
