//! How places stand to each other: "A غرب B", "A بريف B الشمالي", "A, west of B".

use super::Recognition;
use crate::lexicon::cue::CueTable;
use crate::lexicon::sense::{RouteRole, Sense};
use crate::model::mention::{Bearing, MentionIndex, MentionKind, MentionRole, PlaceCue, RelationKind, SpatialRelation};
use crate::text::NormalizedText;
use crate::text::token::TokenKind;

/// How far before a name its connecting words may reach, in tokens.
const REACH: usize = 10;

/// What stands between a figure and its ground.
#[derive(Default)]
struct Connector {
    direction: Option<Bearing>,
    countryside: bool,
    near: bool,
    within: bool,
    /// An administrative cue ("محافظة") stands at the ground.
    administrative: bool,
    distance_m: Option<f64>,
    /// First token of the connecting words.
    start: usize,
}

impl Connector {
    fn kind(&self) -> Option<RelationKind> {
        match self.direction {
            _ if self.countryside => Some(RelationKind::Countryside { side: self.direction }),
            Some(bearing) => Some(RelationKind::Direction(bearing)),
            None if self.near || self.distance_m.is_some() => Some(RelationKind::Near),
            None if self.within => Some(RelationKind::Within),
            None => None,
        }
    }
}

/// Reads the relations of all mentions, in text order of their grounds.
pub(super) fn relations(text: &NormalizedText, cues: &CueTable<'_>, recognition: &Recognition) -> Vec<SpatialRelation> {
    let mut relations = Vec::new();
    for index in 0..recognition.mentions.len() {
        let mention = &recognition.mentions[index];
        if matches!(mention.kind, MentionKind::Road { .. })
            || matches!(mention.role, MentionRole::Noise | MentionRole::InName)
        {
            continue;
        }
        if let Some(relation) = alias(text, recognition, index) {
            relations.push(relation);
            continue;
        }
        let mut connector = connector_before(text, cues, recognition, index);
        let behind = connector_behind(text, cues, recognition, index, &mut connector);
        let side = side_after(text, cues, recognition.tokens[index].end);
        if connector.countryside && connector.direction.is_none() {
            connector.direction = side;
        }
        if let Some(within) = locative(text, cues, recognition, index) {
            relations.push(within);
            continue;
        }
        let Some(kind) = connector.kind() else { continue };
        let figure = match behind {
            Some(end) if connector.start == recognition.tokens[index].start => {
                figure_behind(text, recognition, cues, index, end)
            }
            _ => None,
        };
        let figure = if cues.pack().is_head_final() {
            figure
        } else {
            figure.or_else(|| figure_before(text, recognition, index, connector.start))
        };
        // "في X" without a figure says nothing about X.
        if kind == RelationKind::Within && figure.is_none() {
            continue;
        }
        // "east of the Euphrates, in the A - B sector": an area is told twice, and a river lies in no town.
        let told_area = |figure: MentionIndex| {
            let unknown = recognition.mentions.get(figure.0).is_some_and(|m| m.kind == MentionKind::Unknown);
            unknown && relations.iter().any(|told: &SpatialRelation| told.ground == figure && told.figure.is_none())
        };
        if kind == RelationKind::Within && figure.is_some_and(told_area) {
            continue;
        }
        let ground = MentionIndex(index);
        let span = text.token_span(connector.start..recognition.tokens[index].end);
        relations.push(SpatialRelation { figure, ground, kind, distance_m: connector.distance_m, span });
    }
    relations
}

/// Reads the words before a mention from right to left for as long as they connect.
fn connector_before(text: &NormalizedText, cues: &CueTable<'_>, recognition: &Recognition, index: usize) -> Connector {
    let start = recognition.tokens[index].start;
    let mut connector = Connector { start, ..Connector::default() };
    let mut proclitic = proclitic_of(text, recognition, index);
    connector.within = proclitic == Some('ب');
    let mut at = start;
    let mut pending_from = false;
    for _ in 0..REACH {
        if text.token(at).is_none_or(|token| token.after_line_break) {
            break;
        }
        let Some(before) = at.checked_sub(1) else { break };
        let Some(token) = text.token(before) else { break };
        if recognition.mention_at(before).is_some() {
            break;
        }
        if matches!(token.kind, TokenKind::Mark('"' | '\'' | '#')) {
            at = before;
            continue;
        }
        let connected = connector.kind().is_some();
        if token.is_number() {
            // "13 كم غربها", "على بعد 6 كم من X": read with its unit.
            if connector.distance_m == Some(0.0) {
                connector.distance_m = None;
            }
            if let Some(unit) = unit_after(cues, before) {
                connector.distance_m = text.token_text(token).parse::<f64>().ok().map(|value| value * unit);
                at = before;
                connector.start = before;
                continue;
            }
            break;
        }
        let mut step = None;
        for (cue, sense) in cues.ending_at(before) {
            let extended = match sense {
                Sense::PlaceCue(PlaceCue::Countryside) => {
                    connector.countryside = true;
                    true
                }
                Sense::PlaceCue(PlaceCue::Road) => false,
                Sense::PlaceCue(PlaceCue::Governorate | PlaceCue::District) => {
                    connector.administrative = true;
                    true
                }
                Sense::PlaceCue(_) => true,
                Sense::Direction(bearing) => {
                    connector.direction.get_or_insert(*bearing);
                    true
                }
                // "الأطراف" are the parties, "أطراف X" the edge of X.
                Sense::Near if !cue.definite => {
                    connector.near = true;
                    true
                }
                Sense::Within => {
                    connector.within = true;
                    true
                }
                Sense::Article => true,
                Sense::Located => connected,
                Sense::Unit(_) => {
                    connector.distance_m.get_or_insert(0.0);
                    true
                }
                Sense::NotPlace => connector.distance_m.is_some(),
                // "من" belongs to "إلى الغرب من", "كم من"; else it governs a stop.
                Sense::MotionPreposition(_) if !connected => {
                    pending_from = true;
                    *sense == Sense::MotionPreposition(RouteRole::Start)
                }
                Sense::MotionPreposition(_) => connector.direction.is_some() && text.word(before).starts_with("ال"),
                _ => false,
            };
            if extended {
                let first = text.word(cue.tokens.start);
                proclitic = first.get(..cue.peeled).and_then(|p| p.chars().find(|c| matches!(c, 'ب' | 'ل')));
                step = Some(cue.tokens.start);
                break;
            }
        }
        let Some(next) = step else { break };
        // A pending "من" counts only when a direction or a distance stands before it.
        let relational = connector.direction.is_some() || connector.distance_m.is_some() || connector.near;
        if pending_from && next < before && !relational {
            break;
        }
        at = next;
        let is_from =
            pending_from && cues.starting_at(next).any(|(_, sense)| matches!(sense, Sense::MotionPreposition(_)));
        if !is_from {
            if pending_from && !relational {
                break;
            }
            pending_from = false;
            connector.start = next;
        }
        if proclitic == Some('ب') {
            connector.within = true;
        }
    }
    if connector.distance_m == Some(0.0) {
        connector.distance_m = None;
    }
    if pending_from && connector.direction.is_none() && connector.distance_m.is_none() && !connector.near {
        connector.start = start;
    }
    connector
}

/// Reads what stands behind the ground and connects it: "Latakia's northern countryside",
/// "Serakib'in 5 km batısında". Returns the token after it.
fn connector_behind(
    text: &NormalizedText,
    cues: &CueTable<'_>,
    recognition: &Recognition,
    index: usize,
    connector: &mut Connector,
) -> Option<usize> {
    let mut at = recognition.tokens[index].end;
    let (mut side, mut distance_m) = (None, None);
    loop {
        let token = text.token(at).filter(|token| !token.after_line_break)?;
        if recognition.mention_at(at).is_some() {
            return None;
        }
        if token.is_number() {
            let unit = unit_after(cues, at)?;
            distance_m = text.token_text(token).parse::<f64>().ok().map(|value| value * unit);
            at += 2;
            continue;
        }
        let (cue, sense) = cues.starting_at(at).find(|(_, sense)| {
            matches!(
                sense,
                Sense::Direction(_)
                    | Sense::DirectionAfter(_)
                    | Sense::NearAfter
                    | Sense::PlaceCueAfter(_)
                    | Sense::Located
            )
        })?;
        at = cue.tokens.end;
        match sense {
            Sense::Direction(bearing) => side = Some(*bearing),
            Sense::PlaceCueAfter(PlaceCue::Countryside) => {
                connector.countryside = true;
                connector.direction = connector.direction.or(side);
            }
            Sense::PlaceCueAfter(_) | Sense::Located => continue,
            Sense::DirectionAfter(bearing) => {
                connector.direction = Some(*bearing);
                connector.distance_m = distance_m;
            }
            _ => {
                connector.near = true;
                connector.distance_m = distance_m;
            }
        }
        if !matches!(sense, Sense::Direction(_)) {
            return Some(at);
        }
    }
}

/// "Cebel Zaviye'deki X": a case ending puts the next place into this one.
fn locative(
    text: &NormalizedText,
    cues: &CueTable<'_>,
    recognition: &Recognition,
    index: usize,
) -> Option<SpatialRelation> {
    let tokens = &recognition.tokens[index];
    let next = recognition.tokens.get(index + 1)?;
    let last = text.token(tokens.end - 1)?;
    let ending = text.token_text(last).get(last.stem_len?..)?;
    let local = cues.pack().is_local_ending(ending) && cues.pack().case_role(ending).is_none();
    (local && next.start == tokens.end).then(|| SpatialRelation {
        figure: Some(MentionIndex(index + 1)),
        ground: MentionIndex(index),
        kind: RelationKind::Within,
        distance_m: None,
        span: text.token_span(tokens.clone()),
    })
}

/// The mention that a ground with its words behind it locates: the next one.
fn figure_behind(
    text: &NormalizedText,
    recognition: &Recognition,
    cues: &CueTable<'_>,
    index: usize,
    end: usize,
) -> Option<MentionIndex> {
    let next = index + 1;
    let tokens = recognition.tokens.get(next)?;
    let linked = (end..tokens.start).all(|token| {
        cues.any(token, |sense| matches!(sense, Sense::Located | Sense::PlaceCue(_) | Sense::PlaceCueAfter(_)))
    });
    let locates = cues.any(end - 1, |sense| matches!(sense, Sense::DirectionAfter(_) | Sense::NearAfter));
    // "Fırat'ın doğusunda A-B sektöründe": two wordings of where something is, and A is not that thing.
    let of_pair = recognition.tokens.get(next + 1).is_some_and(|other| {
        let joined = (tokens.end..other.start).all(|token| {
            text.token(token).is_some_and(|token| token.is_mark('-'))
                || cues.any(token, |sense| *sense == Sense::Conjunction)
        });
        joined && cues.any(other.end, |sense| *sense == Sense::BetweenAfter)
    });
    let is_road = matches!(recognition.mentions[next].kind, MentionKind::Road { .. });
    (locates && linked && !of_pair && !is_road).then_some(MentionIndex(next))
}

/// The one-letter preposition written onto a mention's first token.
fn proclitic_of(text: &NormalizedText, recognition: &Recognition, index: usize) -> Option<char> {
    let token = text.token(recognition.tokens[index].start)?;
    let head = text.original().get(token.span.start()..recognition.mentions[index].span.start())?;
    head.chars().find(|c| matches!(c, 'ب' | 'ل'))
}

/// The unit that follows the number at `index`, in metres.
fn unit_after(cues: &CueTable<'_>, index: usize) -> Option<f64> {
    cues.starting_at(index + 1).find_map(|(_, sense)| match sense {
        Sense::Unit(metres) => Some(*metres),
        _ => None,
    })
}

/// The side that an adjective after the ground names: "ريف حماة الشمالي الغربي".
fn side_after(text: &NormalizedText, cues: &CueTable<'_>, end: usize) -> Option<Bearing> {
    text.token(end).filter(|token| !token.after_line_break)?;
    cues.starting_at(end).find_map(|(cue, sense)| match sense {
        Sense::Direction(bearing) if cue.definite || text.word(end).starts_with("ال") => Some(*bearing),
        _ => None,
    })
}

/// The mention that ends right before the connecting words.
fn figure_before(text: &NormalizedText, recognition: &Recognition, index: usize, start: usize) -> Option<MentionIndex> {
    let mut at = start;
    let mut skipped_comma = false;
    loop {
        if text.token(at).is_none_or(|token| token.after_line_break) {
            return None;
        }
        at = at.checked_sub(1)?;
        if let Some(mention) = recognition.mention_at(at) {
            let usable = mention.0 < index
                && !matches!(recognition.mentions[mention.0].kind, MentionKind::Road { .. })
                && recognition.mentions[mention.0].role != MentionRole::InName;
            return usable.then_some(mention);
        }
        let token = text.token(at)?;
        match token.kind {
            TokenKind::Mark('"' | '\'' | ')' | '(') => {}
            TokenKind::Mark(',') if !skipped_comma => skipped_comma = true,
            _ => return None,
        }
    }
}

/// "A (B)" and "A/B": two names of one place.
fn alias(text: &NormalizedText, recognition: &Recognition, index: usize) -> Option<SpatialRelation> {
    let previous = index.checked_sub(1)?;
    let (a, b) = (&recognition.tokens[previous], &recognition.tokens[index]);
    let open = a.end;
    let bracket = text.token(open)?.is_mark('(') && b.start == open + 1 && text.token(b.end)?.is_mark(')');
    // "A / B / C" is a list.
    let slash_at = |index: Option<usize>| index.and_then(|at| text.token(at)).is_some_and(|token| token.is_mark('/'));
    let chain = slash_at(a.start.checked_sub(1)) || slash_at(Some(b.end));
    let slash = text.token(open)?.is_mark('/') && b.start == open + 1 && !chain;
    let road = |index: usize| matches!(recognition.mentions[index].kind, MentionKind::Road { .. });
    ((bracket || slash) && !road(previous) && !road(index)).then(|| SpatialRelation {
        figure: Some(MentionIndex(index)),
        ground: MentionIndex(previous),
        kind: RelationKind::Alias,
        distance_m: None,
        span: text.token_span(a.start..b.end),
    })
}

#[cfg(test)]
mod tests {
    use crate::gazetteer::Gazetteer;
    use crate::lexicon::fixture::Fixture;
    use crate::recognition::recognize;

    /// The relations of a text as `figure kind ground`, with `-` for no figure.
    fn check(text: &str, expected: &[&str]) {
        let fixture = Fixture::new("ar", text);
        let recognition = recognize(&fixture.text, &fixture.cues(), Gazetteer::embedded());
        let surface =
            |index: crate::model::mention::MentionIndex| recognition.mentions[index.0].span.slice(text).to_owned();
        let found: Vec<String> = recognition
            .relations
            .iter()
            .map(|relation| {
                let figure = relation.figure.map_or("-".to_owned(), surface);
                let distance =
                    relation.distance_m.map_or(String::new(), |metres| format!(" {:.0} km", metres / 1000.0));
                format!("{figure} [{}{distance}] {}", relation.kind.as_text(), surface(relation.ground))
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_figure_is_located_by_its_ground() {
        check("من الترنبة الواقعة غرب سراقب", &["الترنبة [west of] سراقب"]);
        check("في عين الحور بريف اللاذقية", &["عين الحور [countryside] اللاذقية"]);
        check("في كفرشلايا إلى الغرب من أورم الجوز", &["كفرشلايا [west of] أورم الجوز"]);
        check("في بداما بمحافظة إدلب", &["بداما [within] إدلب"]);
    }

    #[test]
    fn an_area_has_a_ground_and_no_figure() {
        check("في ريف إدلب", &["- [countryside] إدلب"]);
        check("انفجار غربي سراقب", &["- [west of] سراقب"]);
        check("على بعد ٦ كم من جسر الشغور", &["- [near 6 km] جسر الشغور"]);
    }

    #[test]
    fn what_stands_in_a_place_without_a_figure_is_no_relation() {
        check("في سراقب", &[]);
        check("الأطراف في ليبيا", &[]);
    }

    #[test]
    fn a_name_in_brackets_is_another_name() {
        check("في عين العرب (كوباني)", &["كوباني [alias] عين العرب"]);
        check("في عين العرب/كوباني", &["كوباني [alias] عين العرب"]);
        check("في سراقب / أريحا / بداما", &[]);
    }
}
