//! What the words around a mention say about a name that a division and its seat share.

use crate::gazetteer::Gazetteer;
use crate::gazetteer::roads::Road;
use crate::model::mention::{MentionKind, MentionRole, PlaceCue, RelationKind, SpatialRelation, ToponymMention};
use crate::text::NormalizedText;

/// What the words around a mention say about a name that a division and its seat share.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Reading {
    Seat,
    Division,
    Open,
}

/// Tokens between the two ends of a road where a text names it by them ("between A and B").
const ROAD_NAME_TOKENS: usize = 3;

/// One reading a mention.
pub(super) fn readings(
    text: &NormalizedText,
    mentions: &[ToponymMention],
    relations: &[SpatialRelation],
    gazetteer: &Gazetteer,
) -> Vec<Reading> {
    let mut readings: Vec<Reading> = mentions.iter().map(by_cue_and_role).collect();
    for relation in relations {
        let read = match (relation.kind, relation.distance_m) {
            (RelationKind::Countryside { .. } | RelationKind::Within, _) | (RelationKind::Direction(_), None) => {
                Reading::Division
            }
            // A distance is measured from a town, and a stretch of road lies between two.
            (RelationKind::Direction(_), Some(_)) | (RelationKind::Near | RelationKind::Between, _) => Reading::Seat,
            _ => continue,
        };
        settle(&mut readings, relation.ground.0, read);
    }
    let mut roads: Vec<&Road> = Vec::new();
    for road in mentions.iter().flat_map(|mention| named_roads(mention, gazetteer)) {
        if !roads.iter().any(|known| std::ptr::eq(*known, road)) {
            roads.push(road);
        }
    }
    for (at, pair) in mentions.windows(2).enumerate() {
        if joined_by_dash(text, &pair[0], &pair[1]) || ends_of_a_road(text, &pair[0], &pair[1], &roads, gazetteer) {
            settle(&mut readings, at, Reading::Seat);
            settle(&mut readings, at + 1, Reading::Seat);
        }
    }
    readings
}

fn by_cue_and_role(mention: &ToponymMention) -> Reading {
    match (mention.cue, mention.role) {
        (Some(PlaceCue::City | PlaceCue::Settlement | PlaceCue::Listed | PlaceCue::Neighbourhood), _) => Reading::Seat,
        (Some(PlaceCue::Governorate | PlaceCue::Countryside | PlaceCue::Region), _) => Reading::Division,
        // A road, a treaty or a front joins towns; a report is filed in one.
        (_, MentionRole::InName | MentionRole::Dateline) => Reading::Seat,
        _ => Reading::Open,
    }
}

fn settle(readings: &mut [Reading], at: usize, read: Reading) {
    if let Some(reading @ Reading::Open) = readings.get_mut(at) {
        *reading = read;
    }
}

/// The roads that a mention may mean: one for each country that uses the reference.
fn named_roads<'g>(mention: &ToponymMention, gazetteer: &'g Gazetteer) -> impl Iterator<Item = &'g Road> {
    let reference = match &mention.kind {
        MentionKind::Road { reference } => Some(reference.as_str()),
        _ => None,
    };
    reference.into_iter().flat_map(|reference| gazetteer.roads_called(reference))
}

/// "A-B": a road, a line or a front from town to town.
fn joined_by_dash(text: &NormalizedText, first: &ToponymMention, second: &ToponymMention) -> bool {
    let between = text.original().get(first.span.end()..second.span.start()).unwrap_or("");
    matches!(between.trim(), "-" | "‐" | "‑" | "–" | "—")
}

/// The two names at which a road of the article ends, close together: the road's name in words.
fn ends_of_a_road(
    text: &NormalizedText,
    first: &ToponymMention,
    second: &ToponymMention,
    roads: &[&Road],
    gazetteer: &Gazetteer,
) -> bool {
    let (from, to) = (text.token_at(first.span.end()), text.token_at(second.span.start()));
    if to.saturating_sub(from) > ROAD_NAME_TOKENS {
        return false;
    }
    let is = |mention: &ToponymMention, end: &String| match &mention.kind {
        MentionKind::Known { candidates } => {
            candidates.iter().any(|c| gazetteer.get(c.place).is_some_and(|place| place.name_en() == end))
        }
        _ => false,
    };
    roads.iter().any(|road| match road.ends.as_slice() {
        [a, b] => (is(first, a) && is(second, b)) || (is(first, b) && is(second, a)),
        _ => false,
    })
}
