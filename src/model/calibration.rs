//! The fitted numbers behind every confidence, in one place.
//!
//! A confidence is the probability that the feature is right: that a place is the one meant, that
//! a patrol has this day, number and route, that a position is there, of that party, in that state.
//! Two small models give it, each monotone in what speaks for the feature.
//!
//! **Places.** The softmax over the candidates of a name takes two things for granted: that the
//! place meant is among them, and that the passes' points are worth what they say. Neither holds:
//! of names that only one place of the gazetteer bears, one in twenty means another place. So an
//! unnamed place competes with [`NO_PLACE_SCORE`] points, the log-odds that come out are put on a
//! line with [`PLACE_INTERCEPT`] and [`PLACE_SLOPE`], and nothing is surer than
//! [`PLACE_CEILING`]: of the places for which everything speaks, some are wrong all the same.
//!
//! Fitted by greatest likelihood over the three folders of `tests/corpus` (417 places), 118 English
//! news articles (TR-News, Kamalloo and Rafiei 2018; 477 places) and 2,170 Arabic tweets
//! (IDRISI-DA, Suwaileh et al.; 2,428 places), each set with the same weight. Right is within 5 km
//! in the corpus, within 20 km or inside the gold's box in the others. The likelihood is flat
//! around its summit, so the numbers are round. Expected calibration error with them: .02 on `dev`,
//! .02 on `authored`, .02 on `patterns`, .07 on the news, .02 on the tweets. Fitted on four of the
//! sets and tried on the fifth: .03, .03, .03, .09 and .03. The news is the hardest because its
//! errors are famous names (London, Edmonton) of which the lesser bearer is meant.
//!
//! **Readings.** What is told with more facts is misread less often: [`BARE_DOUBT`] is the doubt
//! about a report that has nothing but its trigger, and each further fact leaves the part
//! [`DOUBT_LEFT`] of it. The articles of the corpus are read almost without a fault, since the
//! rules were tuned on them, and so say little about other articles. What does is how the folder
//! `patterns` was read *before* the rules learned from it: 7 of 22 patrols and 11 of 18 positions
//! were right. These are fitted together with the present readings of all three folders (62 patrols
//! and 55 positions, of which 60 and 52 are right), at a quarter of their weight, as if one report
//! in twelve were worded in a way that the rules have not met.
//!
//! `masar eval --calibration` measures what came of it, and gives the intercept and slope that
//! would correct it; after a change of the passes or the rules, put those into the numbers below.

/// What a place that the gazetteer lacks scores against the candidates of a name, in the points of
/// the resolution's passes (log-odds). A lone village without context has about as much.
pub const NO_PLACE_SCORE: f64 = 1.5;

/// Log-odds of a place being right where the points for and against it are even.
pub const PLACE_INTERCEPT: f64 = 1.3;

/// How much of the points' log-odds holds.
pub const PLACE_SLOPE: f64 = 0.6;

/// The most that points can make sure of: of the surest places in all five sets, 718 of 738 are
/// right.
pub const PLACE_CEILING: f64 = 0.985;

/// A road reference is spelled like nothing else: 25 of 25 in the corpus.
pub const ROAD: f64 = 0.97;

/// A name that several places bear is at least a place's name: 38 of 47, most of them in tweets.
pub const AMBIGUOUS_NAME: f64 = 0.85;

/// A name that the gazetteer lacks, where the words around it say that it is one: 48 of 48 in the
/// corpus, 103 of 120 in the tweets.
pub const TOLD_NAME: f64 = 0.95;

/// The same where only its capital letters and a preposition do, and no report needs it: 96 of 206
/// in the English news, where people and organisations are most of the others.
pub const CAPITALISED_NAME: f64 = 0.6;

/// What bears a place's name but is likely none.
pub const IMPLAUSIBLE_NAME: f64 = 0.2;

/// The doubt about a report that has nothing but its trigger.
pub const BARE_DOUBT: f64 = 0.14;

/// The part of the doubt that each further fact leaves.
pub const DOUBT_LEFT: f64 = 0.72;

/// The probability that a place is the one meant.
///
/// `share` is its share of the softmax over all candidates, `score` its points. A share that is
/// no number gives 0.
pub fn place_probability(share: f64, score: f64) -> f64 {
    if share.is_nan() || score.is_nan() || share <= 0.0 {
        return 0.0;
    }
    let others = (1.0 - share).max(0.0) / share;
    let unnamed = (NO_PLACE_SCORE - score).exp();
    let log_odds = -(others + unnamed).ln();
    PLACE_CEILING / (1.0 + (-(PLACE_INTERCEPT + PLACE_SLOPE * log_odds)).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_points_and_a_larger_share_make_a_place_likelier() {
        let steps = [(0.3, 2.0), (0.6, 2.0), (0.9, 2.0), (1.0, 2.0), (1.0, 4.0), (1.0, 9.0)];
        let probabilities = steps.map(|(share, score)| place_probability(share, score));
        assert!(
            probabilities.is_sorted() && probabilities[0] > 0.4 && probabilities[5] < PLACE_CEILING,
            "{probabilities:?}"
        );
    }

    #[test]
    fn the_only_bearer_of_a_name_is_not_certain() {
        let lone = place_probability(1.0, NO_PLACE_SCORE);
        assert!((0.7..0.85).contains(&lone), "{lone}");
    }

    #[test]
    fn odd_numbers_are_no_confidence() {
        assert_eq!(place_probability(f64::NAN, 3.0), 0.0);
        assert_eq!(place_probability(0.0, 3.0), 0.0);
        assert!((0.0..=1.0).contains(&place_probability(1.0 + 1e-9, f64::MAX)));
        assert!((0.0..=1.0).contains(&place_probability(1e-300, -f64::MAX)));
    }
}
