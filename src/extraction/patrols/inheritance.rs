//! What a telling leaves unsaid because the article has said it: the parties and the road.

use std::collections::BTreeSet;

use super::Reader;
use crate::lexicon::sense::Sense;

impl Reader<'_> {
    /// A run whose telling names nobody has the parties of the runs around it.
    pub(super) fn inherit_parties(&mut self) {
        let joint: BTreeSet<String> = self
            .tellings
            .iter()
            .map(|telling| &telling.actors)
            .find(|actors| actors.len() > 1)
            .cloned()
            .unwrap_or_default();
        let article: BTreeSet<String> = self
            .context
            .parties(0..self.context.text.tokens().len())
            .into_iter()
            .filter(|party| matches!(party.as_str(), "Russia" | "Turkey" | "United States"))
            .collect();
        for index in 0..self.tellings.len() {
            let continued = self.tellings[index].continues.map(|focus| self.tellings[focus].actors.clone());
            let telling = &mut self.tellings[index];
            if telling.actors.is_empty() || continued.as_ref().is_some_and(|actors| actors.len() > 1) {
                telling.actors = match continued {
                    Some(actors) if !actors.is_empty() => actors,
                    _ if !joint.is_empty() => joint.clone(),
                    _ => article.clone(),
                };
            }
        }
    }

    /// An article about one road tells of its patrols on that road.
    pub(super) fn inherit_road(&mut self) {
        let context = self.context;
        // A road that is named only where posts or attacks are told is not that of the patrols.
        let of_patrols = |token: usize| {
            let sentence = &context.text.sentences()[context.text.sentence_of(token)];
            context.cues.within(sentence.tokens.clone()).any(|(_, sense)| matches!(sense, Sense::Patrol(_)))
        };
        let references: BTreeSet<&str> = context
            .recognition
            .roads
            .iter()
            .filter(|road| of_patrols(road.tokens.start))
            .map(|road| road.reference.as_str())
            .collect();
        let named: BTreeSet<String> = self.tellings.iter().filter_map(|telling| telling.road.clone()).collect();
        let only = match (named.len(), references.len()) {
            (1, _) => named.first().cloned(),
            (0, 1) => references.first().map(|reference| (*reference).to_owned()),
            _ => None,
        };
        for telling in &mut self.tellings {
            if telling.road.is_none() {
                telling.road.clone_from(&only);
            }
        }
    }
}
