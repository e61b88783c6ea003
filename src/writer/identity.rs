//! Identifiers: the id of a feature, and the key under which one event of many articles meets.

use super::row::{Context, OtherRow, PatrolRow, PlaceRow, PositionRow, Row};
use crate::gazetteer::place::Place;
use crate::model::date::EventDate;
use crate::model::event::PlaceReference;
use crate::model::mention::MentionIndex;
use crate::text::key::name_key;

/// The 64-bit FNV-1a hash of some texts, each ended by a byte that no UTF-8 text holds
/// (draft-eastlake-fnv). Written here because an id must never change with a library.
pub fn stable_hash<'a>(texts: impl IntoIterator<Item = &'a str>) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for text in texts {
        for byte in text.bytes().chain([0xFF]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    hash
}

/// An id out of the article, the words that carry the feature and what tells it from others
/// that the same words carry. The gazetteer has no part in it, so a better one changes no id.
fn id(row: &impl Row, kind: &str, parts: &[&str]) -> String {
    let quote = row.evidence();
    let offset = quote.offset.to_string();
    let article = row.context().map.article.id.as_str();
    let hash = stable_hash([article, kind, &offset, quote.text].into_iter().chain(parts.iter().copied()));
    format!("{kind}-{hash:016x}")
}

pub fn patrol_id(row: &PatrolRow<'_>) -> String {
    let patrol = row.patrol;
    let ordinal = patrol.ordinal.map(|number| number.to_string()).unwrap_or_default();
    let count = patrol.count.to_string();
    let mut parts = vec![ordinal.as_str(), &count];
    parts.extend(patrol.route.iter().map(|stop| row.context.surface(*stop)));
    id(row, "patrol", &parts)
}

pub fn position_id(row: &PositionRow<'_>) -> String {
    let place = &row.position.place;
    let relation = place.relation.as_text();
    let mut parts = vec![row.position.position_type.as_str(), row.position.status.as_str(), &relation];
    parts.push(row.context.surface(place.mention));
    parts.extend(row.feature.event.merged.actors.iter().map(String::as_str));
    id(row, "position", &parts)
}

pub fn other_id(row: &OtherRow<'_>) -> String {
    let place = row.place.map_or("", |place| row.context.surface(place.mention));
    let mut parts = vec![row.event_type, place];
    parts.extend(row.movement.route.iter().map(|stop| row.context.surface(*stop)));
    id(row, "event", &parts)
}

pub fn place_id(row: &PlaceRow<'_>) -> String {
    id(row, "place", &[])
}

/// The key that the tellings of one patrol in different articles share; `None` when the article
/// says neither day nor number.
///
/// The day decides before the number, because outlets and ministries number one patrol
/// differently; the road or else the series or else the first stop tells the patrols of one day
/// apart. The route has no part in it: one article tells the ends, the other every village.
pub fn patrol_key(row: &PatrolRow<'_>) -> Option<String> {
    let event = &row.feature.event.merged;
    let first = row.patrol.route.first().map(|stop| place_key(row.context, *stop));
    let area = row.patrol.area.as_ref().map(|area| place_key(row.context, area.mention));
    let locus = event.road.clone().or_else(|| row.patrol.series.clone()).or(first).or(area).unwrap_or_default();
    let several = if row.patrol.count > 1 { format!("x{}", row.patrol.count) } else { String::new() };
    let number = row.patrol.ordinal.map(|number| format!("no{number}"));
    let when = day_key(&event.date).or(number).or_else(|| part_key(&event.date))?;
    Some(["patrol", &locus, &when, &several].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("|"))
}

/// The key that tellings of one position share.
pub fn position_key(row: &PositionRow<'_>) -> String {
    let actors: Vec<&str> = row.feature.event.merged.actors.iter().map(String::as_str).collect();
    let place = reference_key(row.context, &row.position.place);
    ["position", &actors.join("+"), &place].join("|")
}

/// The key that tellings of any other event share; `None` without a day.
pub fn other_key(row: &OtherRow<'_>) -> Option<String> {
    let when = day_key(&row.feature.event.merged.date)?;
    let place = row.place.map(|place| reference_key(row.context, place)).unwrap_or_default();
    Some(["event", row.event_type, &place, &when].join("|"))
}

fn day_key(date: &EventDate) -> Option<String> {
    let start = date.date?;
    Some(match date.date_end.filter(|end| *end != start) {
        Some(end) => format!("{start}/{end}"),
        None => start.to_string(),
    })
}

fn part_key(date: &EventDate) -> Option<String> {
    let before = date.date_end.map(|end| format!("../{end}"));
    before.or_else(|| date.partial.and_then(|partial| partial.iso_partial()))
}

fn reference_key(context: &Context<'_>, place: &PlaceReference) -> String {
    let mut key = format!("{} {}", place.relation.as_text(), place_key(context, place.mention));
    if let Some(other) = place.other {
        key.push('+');
        key.push_str(&place_key(context, other));
    }
    key
}

/// A place's id, a road's reference, or the folded name of what is not known.
fn place_key(context: &Context<'_>, mention: MentionIndex) -> String {
    let known = context.road(mention).or_else(|| context.place(mention).as_ref().map(Place::id));
    known.map_or_else(|| name_key(context.surface(mention)), ToOwned::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_fnv_1a() {
        // The published value for "foobar", before the byte that ends a text.
        let foobar = "foobar"
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        assert_eq!(foobar, 0x8594_4171_f739_67e8);
        assert_eq!(stable_hash(["foobar"]), (foobar ^ 0xFF).wrapping_mul(0x0000_0100_0000_01b3));
        assert_ne!(stable_hash(["ab", "c"]), stable_hash(["a", "bc"]));
    }
}
