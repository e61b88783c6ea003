//! Evaluation: how well a map agrees with what a person says that the articles report.
//!
//! - Places: a shared spelling, or a feature that covers the first mention. What stands in menus and
//!   datelines is never required.
//! - Resolution: settlements, camps and crossings whose coordinates are sure, right within 5 km.
//! - Patrols: one to one by number, day and route; strict asks for all three at once.
//! - Positions: by place and party; strict asks for the status too.
//!
//! It stands low in the table of layers on purpose: it knows gold and GeoJSON features and nothing
//! of how they were made, so that it can judge the output of any program.

pub mod text_position;
pub mod gold;
pub mod names;
pub mod feature;
pub mod score;
pub mod finding;
pub mod calibration;
mod atlas;
mod places;
mod patrols;
mod positions;

use atlas::Atlas;
use calibration::Judgement;
use feature::{Feature, of_kind};
use finding::Finding;
use gold::GoldArticle;
use score::Score;

/// What came of comparing maps with gold.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Evaluation {
    pub score: Score,
    /// Every miss, every invention and every wrong detail, article by article.
    pub findings: Vec<Finding>,
    /// Which features are right, for those that gold can judge.
    pub judgements: Vec<Judgement>,
}

impl Evaluation {
    /// Compares the features of one article with its gold.
    pub fn of(article: &GoldArticle, features: &[Feature]) -> Self {
        let atlas = Atlas::new(article);
        let mut evaluation = Self::default();
        evaluation.score.articles = 1;
        places::compare(&mut evaluation, &atlas, &of_kind(features, "place"));
        patrols::compare(&mut evaluation, &atlas, &of_kind(features, "patrol"));
        positions::compare(&mut evaluation, &atlas, &of_kind(features, "position"));
        // As they stand in the text: an annotator goes through it once.
        evaluation.findings.sort_by_key(|finding| finding.position);
        evaluation
    }

    /// Adds what came of other articles.
    pub fn add(&mut self, other: Self) {
        self.score.add(&other.score);
        self.findings.extend(other.findings);
        self.judgements.extend(other.judgements);
    }
}
