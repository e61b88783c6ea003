//! How often each pass of the resolution decided.

use std::collections::BTreeMap;

use masar::model::mention::{RankedCandidate, Resolution};

/// What one pass did in an article.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct PassUse {
    /// Mentions of which it gave points to some candidate.
    pub gave_points: usize,
    /// Mentions of which another candidate would be first without it.
    pub decided: usize,
}

/// The passes of an article by name, and how many of its mentions had a choice at all.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct PassStatistics {
    pub with_choice: usize,
    pub passes: BTreeMap<&'static str, PassUse>,
}

/// Counts over the candidates that a resolution tells of, which are the best few.
pub fn statistics(resolutions: &[Resolution]) -> PassStatistics {
    let mut statistics = PassStatistics::default();
    for ranked in resolutions.iter().map(Resolution::ranked) {
        let mut used: Vec<&'static str> =
            ranked.iter().flat_map(|candidate| &candidate.contributions).map(|(pass, _)| *pass).collect();
        used.sort_unstable();
        used.dedup();
        statistics.with_choice += usize::from(ranked.len() > 1);
        for pass in used {
            let entry = statistics.passes.entry(pass).or_default();
            entry.gave_points += 1;
            entry.decided += usize::from(decides(ranked, pass));
        }
    }
    statistics
}

/// Whether the first candidate is first only by the points of a pass.
fn decides(ranked: &[RankedCandidate], pass: &str) -> bool {
    let without = |candidate: &RankedCandidate| {
        let points: f64 =
            candidate.contributions.iter().filter(|(name, _)| *name == pass).map(|(_, points)| points).sum();
        candidate.score - points
    };
    match ranked.split_first() {
        Some((first, others)) => others.iter().any(|other| without(other) > without(first)),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use masar::model::mention::UnresolvedReason;
    use masar::model::place::PlaceIndex;

    #[test]
    fn a_pass_decides_when_another_candidate_would_be_first_without_it() {
        let candidate = |place, contributions: &[(&'static str, f64)]| RankedCandidate {
            place: PlaceIndex(place),
            score: contributions.iter().map(|(_, points)| points).sum(),
            probability: 0.5,
            contributions: contributions.to_vec(),
        };
        let ranked = vec![candidate(0, &[("cue", 3.0), ("importance", 1.0)]), candidate(1, &[("importance", 2.0)])];
        let resolution = Resolution::Unresolved { reason: UnresolvedReason::Ambiguous, ranked };
        let statistics = statistics(&[resolution]);
        assert_eq!(statistics.with_choice, 1);
        assert_eq!(statistics.passes["cue"], PassUse { gave_points: 1, decided: 1 });
        assert_eq!(statistics.passes["importance"], PassUse { gave_points: 1, decided: 0 });
    }
}
