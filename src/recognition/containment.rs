//! "Alvin, Texas", "Qumran, Idlib, Syria": behind a comma stands what the place lies in.
//!
//! Only in scripts with capitals: Arabic parts the members of a list by commas.

use super::Recognition;
use super::names::has_capitals;
use crate::gazetteer::Gazetteer;
use crate::lexicon::cue::CueTable;
use crate::lexicon::sense::Sense;
use crate::model::mention::{MentionIndex, MentionKind, MentionRole, RelationKind, SpatialRelation};
use crate::text::NormalizedText;

/// The containments that commas tell, in text order.
pub(super) fn containments(
    text: &NormalizedText,
    cues: &CueTable<'_>,
    recognition: &Recognition,
    gazetteer: &Gazetteer,
) -> Vec<SpatialRelation> {
    let mut found = Vec::new();
    for figure in 0..recognition.mentions.len() {
        let Some(ground) = behind_comma(text, recognition, figure) else { continue };
        let listed = figure > 0 && behind_comma(text, recognition, figure - 1) == Some(figure);
        if !is_area(recognition, ground, gazetteer) || (listed && !is_area(recognition, figure, gazetteer)) {
            continue;
        }
        // "Idlib, Aleppo and Hama", "Idlib, Aleppo, Saraqib": the members of a list.
        let end = recognition.tokens[ground].end;
        let goes_on =
            behind_comma(text, recognition, ground).is_some_and(|next| !is_area(recognition, next, gazetteer));
        let comma = text.token(end).is_some_and(|token| token.is_mark(','));
        let joined = |index: usize| cues.starting_at(index).any(|(_, sense)| *sense == Sense::Conjunction);
        if goes_on || joined(end) || (comma && joined(end + 1)) {
            continue;
        }
        let mentions = &recognition.mentions;
        found.push(SpatialRelation {
            figure: Some(MentionIndex(figure)),
            ground: MentionIndex(ground),
            kind: RelationKind::Within,
            distance_m: None,
            span: mentions[figure].span.join(mentions[ground].span),
        });
    }
    found
}

/// The mention right behind a mention and a comma.
fn behind_comma(text: &NormalizedText, recognition: &Recognition, index: usize) -> Option<usize> {
    let (tokens, next) = (recognition.tokens.get(index)?, recognition.tokens.get(index + 1)?);
    let comma = text.token(tokens.end).is_some_and(|token| token.is_mark(',') && token.glued);
    let same_line = text.token(next.start).is_some_and(|token| !token.after_line_break);
    let literal = |index: usize| {
        recognition.mentions.get(index).is_some_and(|mention| {
            !matches!(mention.role, MentionRole::Noise | MentionRole::InName)
                && !matches!(mention.kind, MentionKind::Road { .. })
        })
    };
    let joined = comma && same_line && next.start == tokens.end + 1 && has_capitals(text, tokens.start);
    (joined && literal(index) && literal(index + 1)).then_some(index + 1)
}

/// Whether a mention can be a country or a first-level division.
fn is_area(recognition: &Recognition, index: usize, gazetteer: &Gazetteer) -> bool {
    let Some(mention) = recognition.mentions.get(index) else { return false };
    let MentionKind::Known { candidates } = &mention.kind else { return false };
    let country = || candidates.iter().any(|c| gazetteer.place(c.place).feature_code().starts_with("PCL"));
    mention.may_be_division() || country()
}
