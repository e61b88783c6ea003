//! Points of places that the gazetteer lacks, from what the text says of them: in the countryside of
//! a town, west of a village, between two others, a stop between its neighbours on a route.
//!
//! Such a point is the middle of what is claimed, and its radius covers all of it.

use std::collections::BTreeMap;

use super::ground_of;
use super::point::{self, Ground, Relation};
use crate::gazetteer::Gazetteer;
use crate::model::event::EventKind;
use crate::model::feature::{EventFeature, LocatedPoint};
use crate::model::mention::{
    MentionIndex, MentionKind, RelationKind, Resolution, SpatialRelation, ToponymMention, UnresolvedReason,
};
use crate::text::key::name_key;

/// To be somewhere in a larger area says too little to be drawn.
const LARGEST_GROUND_M: f64 = 300_000.0;

/// Between neighbours of a route that are farther apart than this anything may lie.
const LONGEST_GAP_M: f64 = 60_000.0;

/// One entry a mention: a point for unknown names that the text locates. All mentions of one name
/// share the most exact one.
pub fn approximate_points(
    text: &str,
    mentions: &[ToponymMention],
    resolutions: &[Resolution],
    relations: &[SpatialRelation],
    events: &[EventFeature],
    gazetteer: &Gazetteer,
) -> Vec<Option<LocatedPoint>> {
    let article = Article { mentions, resolutions, gazetteer };
    let mut best: BTreeMap<String, LocatedPoint> = BTreeMap::new();
    let name = |mention: MentionIndex| mentions.get(mention.0).map(|mention| name_key(mention.span.slice(text)));
    let mut consider = |mention: MentionIndex, point: LocatedPoint| {
        if let Some(name) = name(mention).filter(|_| article.is_unknown(mention)) {
            let known = best.entry(name).or_insert(point);
            if point.radius_m < known.radius_m {
                *known = point;
            }
        }
    };
    for relation in relations {
        if let (Some(figure), Some(point)) = (relation.figure, article.related(relation, relations)) {
            consider(figure, point);
        }
    }
    for event in events {
        if let EventKind::Patrol(patrol) = &event.event.merged.kind {
            for stops in patrol.route.windows(3) {
                if let [before, stop, after] = stops
                    && let Some(point) = article.between(*before, *after)
                {
                    consider(*stop, point);
                }
            }
        }
    }
    let indices = (0..mentions.len()).map(MentionIndex);
    indices.map(|mention| best.get(&name(mention)?).copied().filter(|_| article.is_unknown(mention))).collect()
}

struct Article<'a> {
    mentions: &'a [ToponymMention],
    resolutions: &'a [Resolution],
    gazetteer: &'a Gazetteer,
}

impl Article<'_> {
    fn is_unknown(&self, mention: MentionIndex) -> bool {
        let road = self.mentions.get(mention.0).is_none_or(|m| matches!(m.kind, MentionKind::Road { .. }));
        let unknown = Resolution::is_unresolved_for;
        !road && self.resolutions.get(mention.0).is_some_and(|outcome| unknown(outcome, UnresolvedReason::UnknownName))
    }

    fn ground(&self, mention: MentionIndex) -> Option<Ground> {
        let place = self.resolutions.get(mention.0).and_then(Resolution::place)?;
        ground_of(self.gazetteer, place).filter(|ground| ground.radius_m <= LARGEST_GROUND_M)
    }

    /// The point that a relation gives its figure.
    fn related(&self, relation: &SpatialRelation, all: &[SpatialRelation]) -> Option<LocatedPoint> {
        let ground = self.ground(relation.ground)?;
        let other = match relation.kind {
            RelationKind::Alias | RelationKind::At | RelationKind::AlongRoad => return None,
            RelationKind::Between => {
                let other = all.iter().find(|other| {
                    other.kind == RelationKind::Between
                        && other.figure == relation.figure
                        && other.ground != relation.ground
                });
                Some(self.ground(other?.ground)?)
            }
            _ => None,
        };
        let told = Relation { kind: relation.kind, distance_m: relation.distance_m };
        Some(point::locate_point(told, ground, other, None))
    }

    fn between(&self, before: MentionIndex, after: MentionIndex) -> Option<LocatedPoint> {
        let (before, after) = (self.ground(before)?, self.ground(after)?);
        let near = before.coordinate.distance_m(after.coordinate) <= LONGEST_GAP_M;
        let told = Relation { kind: RelationKind::Between, distance_m: None };
        near.then(|| point::locate_point(told, before, Some(after), None))
    }
}
