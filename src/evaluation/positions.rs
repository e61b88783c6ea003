//! Positions: by place and party.

use super::Evaluation;
use super::atlas::{Atlas, overlapping};
use super::calibration::Judgement;
use super::feature::Feature;
use super::finding::{Fault, Finding, Subject};
use super::names::folded;

pub(super) fn compare(evaluation: &mut Evaluation, atlas: &Atlas<'_>, features: &[&Feature]) {
    let mut free: Vec<&Feature> = features.to_vec();
    for want in &atlas.article.gold.positions {
        let about = |fault| atlas.about_gold(Subject::Position, fault, want.evidence_start, &want.evidence);
        let found = free.iter().position(|feature| {
            let names = folded(["place", "place_surface", "place_ar"].map(|key| feature.text(key)));
            atlas.is_place(&want.place, &names, feature.point()) && want.actor == feature.text("actor")
        });
        let Some(found) = found else {
            evaluation.score.positions.missed += 1;
            evaluation.score.positions_strict.missed += 1;
            evaluation.findings.push(Finding {
                wanted: format!("{} at {}", want.actor, want.place),
                read: overlapping(&free, want.evidence_start, &want.evidence),
                ..about(Fault::Missed)
            });
            continue;
        };
        let feature = free.remove(found);
        let read = match feature.text("status") {
            "" => "existing",
            status => status,
        };
        let strict = read == want.status();
        evaluation.score.positions.right += 1;
        evaluation.score.positions_strict.judge(strict);
        evaluation.judgements.extend(Judgement::of(Subject::Position, feature, Some(strict)));
        if !strict {
            let (wanted, read) = (want.status().to_owned(), read.to_owned());
            evaluation.findings.push(Finding { wanted, read, ..about(Fault::Wrong("status")) });
        }
    }
    for feature in free {
        evaluation.score.positions.invented += 1;
        evaluation.score.positions_strict.invented += 1;
        evaluation.findings.push(atlas.invented(Subject::Position, feature));
        evaluation.judgements.extend(Judgement::of(Subject::Position, feature, Some(false)));
    }
}
