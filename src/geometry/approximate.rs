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

/// One entry a mention: a point for each unknown name that a relation locates. All mentions of one
/// name share the most exact one.
pub fn told_points(
    text: &str,
    mentions: &[ToponymMention],
    resolutions: &[Resolution],
    relations: &[SpatialRelation],
    gazetteer: &Gazetteer,
) -> Vec<Option<LocatedPoint>> {
    let article = Article { text, mentions, resolutions, gazetteer };
    let related = |relation: &SpatialRelation| Some((relation.figure?, article.related(relation, relations)?));
    article.shared(relations.iter().filter_map(related))
}

/// The same with the stops of routes that nothing but their neighbours locates; `told` are the
/// points of [`told_points`].
pub fn approximate_points(
    text: &str,
    mentions: &[ToponymMention],
    resolutions: &[Resolution],
    told: &[Option<LocatedPoint>],
    events: &[EventFeature],
    gazetteer: &Gazetteer,
) -> Vec<Option<LocatedPoint>> {
    let article = Article { text, mentions, resolutions, gazetteer };
    let routes = events.iter().filter_map(|event| match &event.event.merged.kind {
        EventKind::Patrol(patrol) => Some(&patrol.route),
        _ => None,
    });
    let between = routes.flat_map(|route| route.windows(3)).filter_map(|stops| match stops {
        [before, stop, after] => Some((*stop, article.between(*before, *after)?)),
        _ => None,
    });
    let told = told.iter().enumerate().filter_map(|(index, point)| Some((MentionIndex(index), (*point)?)));
    article.shared(told.chain(between))
}

struct Article<'a> {
    text: &'a str,
    mentions: &'a [ToponymMention],
    resolutions: &'a [Resolution],
    gazetteer: &'a Gazetteer,
}

impl Article<'_> {
    /// One entry a mention: the most exact of the points given to the mentions of its name.
    fn shared(&self, points: impl Iterator<Item = (MentionIndex, LocatedPoint)>) -> Vec<Option<LocatedPoint>> {
        let name = |mention: MentionIndex| {
            let mention = self.mentions.get(mention.0).filter(|_| self.is_unknown(mention))?;
            Some(name_key(mention.span.slice(self.text)))
        };
        let mut best: BTreeMap<String, LocatedPoint> = BTreeMap::new();
        for (mention, point) in points {
            let Some(name) = name(mention) else { continue };
            let known = best.entry(name).or_insert(point);
            if point.radius_m < known.radius_m {
                *known = point;
            }
        }
        (0..self.mentions.len()).map(|index| best.get(&name(MentionIndex(index))?).copied()).collect()
    }

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
