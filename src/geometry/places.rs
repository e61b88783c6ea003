//! The distinct places of an article, each with all its mentions.

use std::collections::{BTreeMap, BTreeSet};

use super::confidence;
use crate::gazetteer::Gazetteer;
use crate::model::event::EventKind;
use crate::model::feature::{EventFeature, Geometry, GeometryQuality, LocatedPoint, PlaceFeature};
use crate::model::mention::{MentionIndex, MentionKind, Resolution, ToponymMention, UnresolvedReason};
use crate::model::place::PlaceIndex;
use crate::text::key::name_key;

/// What makes two mentions the same place.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Identity {
    Place(PlaceIndex),
    Road(String),
    /// The bare name of what is not resolved.
    Name(String),
}

/// The places of an article in the order of their first mention, none of them dropped.
///
/// Mentions are one place when they resolve to one row, name one road, or are not resolved and
/// bear one name. An unresolved mention joins the one resolved place that the article calls so.
/// `events` are the article's own: that one of them needs a name shows it to be one.
pub fn place_features(
    text: &str,
    mentions: &[ToponymMention],
    resolutions: &[Resolution],
    approximations: &[Option<LocatedPoint>],
    events: &[EventFeature],
    gazetteer: &Gazetteer,
) -> Vec<PlaceFeature> {
    let told = told_by(events);
    let name = |mention: &ToponymMention| bare_name(mention.span.slice(text));
    let mut called: BTreeMap<String, Vec<PlaceIndex>> = BTreeMap::new();
    for (mention, resolution) in mentions.iter().zip(resolutions) {
        if let Some(place) = resolution.place() {
            let places = called.entry(name(mention)).or_default();
            if !places.contains(&place) {
                places.push(place);
            }
        }
    }
    let mut groups: Vec<(Identity, Vec<usize>)> = Vec::new();
    let mut known: BTreeMap<Identity, usize> = BTreeMap::new();
    for (index, (mention, resolution)) in mentions.iter().zip(resolutions).enumerate() {
        let identity = match (&mention.kind, resolution) {
            (MentionKind::Road { reference }, _) => Identity::Road(reference.clone()),
            (_, Resolution::Resolved { place, .. }) => Identity::Place(*place),
            (_, Resolution::Unresolved { reason, .. }) => {
                let name = name(mention);
                match called.get(&name).map(Vec::as_slice) {
                    Some([place]) if *reason != UnresolvedReason::Implausible => Identity::Place(*place),
                    _ => Identity::Name(name),
                }
            }
        };
        let group = *known.entry(identity.clone()).or_insert_with(|| {
            groups.push((identity, Vec::new()));
            groups.len() - 1
        });
        if let Some((_, members)) = groups.get_mut(group) {
            members.push(index);
        }
    }
    groups
        .iter()
        .map(|(identity, members)| {
            let place = feature(identity, members, mentions, resolutions, &told, gazetteer);
            let told = members.iter().find_map(|index| approximations.get(*index).copied().flatten());
            approximated(place, told)
        })
        .collect()
}

/// The mentions that a patrol goes through, or at which something stands or happened.
fn told_by(events: &[EventFeature]) -> BTreeSet<MentionIndex> {
    let mut told = BTreeSet::new();
    for feature in events {
        let place = match &feature.event.merged.kind {
            EventKind::Patrol(patrol) => {
                told.extend(patrol.route.iter().chain(&patrol.planned_route));
                patrol.area
            }
            EventKind::Position(position) => Some(position.place),
            EventKind::Other { place, .. } => *place,
        };
        told.extend(place.into_iter().flat_map(|place| [Some(place.mention), place.other]).flatten());
    }
    told
}

/// A place without a point of its own, where the text says that it lies.
fn approximated(mut feature: PlaceFeature, told: Option<LocatedPoint>) -> PlaceFeature {
    if let (None, Some(point)) = (&feature.geometry, told) {
        feature.geometry = Some(Geometry::Point(point.coordinate));
        feature.quality = GeometryQuality::Approximate;
        feature.uncertainty_m = Some(point.radius_m);
    }
    feature
}

fn feature(
    identity: &Identity,
    members: &[usize],
    mentions: &[ToponymMention],
    resolutions: &[Resolution],
    told: &BTreeSet<MentionIndex>,
    gazetteer: &Gazetteer,
) -> PlaceFeature {
    let members_read = || members.iter().filter_map(|index| Some((mentions.get(*index)?, resolutions.get(*index)?)));
    let place = match identity {
        Identity::Place(place) => Some(*place),
        Identity::Road(_) | Identity::Name(_) => None,
    };
    let reason = match identity {
        Identity::Place(_) => None,
        Identity::Road(_) => Some(UnresolvedReason::Road),
        Identity::Name(_) => members_read().find_map(|(_, outcome)| match outcome {
            Resolution::Unresolved { reason, .. } => Some(*reason),
            Resolution::Resolved { .. } => None,
        }),
    };
    let row = place.and_then(|place| gazetteer.get(place));
    let candidates = members.iter().filter_map(|index| match &mentions.get(*index)?.kind {
        MentionKind::Known { candidates } => Some(candidates.len()),
        MentionKind::Unknown | MentionKind::Road { .. } => None,
    });
    let is_told = members.iter().any(|index| told.contains(&MentionIndex(*index)));
    let agreeing = members_read().filter(|(_, outcome)| outcome.place() == place);
    let sure = |(mention, outcome): (&ToponymMention, &Resolution)| match is_told {
        true => confidence::of_told_place(outcome),
        false => confidence::of_place(mention, outcome),
    };
    PlaceFeature {
        mentions: members.iter().map(|index| MentionIndex(*index)).collect(),
        place,
        reason,
        candidates: candidates.max().unwrap_or(0),
        geometry: row.as_ref().map(|row| Geometry::Point(row.coordinate())),
        quality: if row.is_some() { GeometryQuality::Gazetteer } else { GeometryQuality::None },
        uncertainty_m: row.as_ref().map(|row| gazetteer.uncertainty_m(row.index())),
        confidence: agreeing.map(sure).fold(0.0, f64::max),
    }
}

/// A name without definite articles, by which unresolved mentions are compared.
fn bare_name(surface: &str) -> String {
    let key = name_key(surface);
    let words = key.split(' ').filter(|word| !matches!(*word, "al" | "el"));
    let bare = words.map(|word| match word.strip_prefix("ال") {
        Some(rest) if rest.chars().count() > 2 => rest,
        _ => word,
    });
    bare.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_do_not_tell_two_unresolved_names_apart() {
        assert_eq!(bare_name("الشيوخ"), bare_name("شيوخ"));
        assert_eq!(bare_name("al-Sinaa"), bare_name("Sinaa"));
        assert_ne!(bare_name("ألم"), bare_name("لم"));
    }
}
