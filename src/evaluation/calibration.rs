//! Calibration: whether what is said to be 90 % sure is right nine times in ten.
//!
//! A feature is judged only where gold can tell:
//!
//! - A **place** is right when the article names it and its point, if it has one, lies within 5 km
//!   of gold's sure point; for provinces and other areas, whose middle is a convention, within the
//!   feature's own radius. A place that gold does not have is wrong; one for which gold has no
//!   coordinates is not judged.
//! - A **patrol** is right when gold has it with the same day, number and route. One that gold does
//!   not have is wrong. What was planned, cancelled or told several at a time is not judged.
//! - A **position** is right when gold has it at that place, of that party, with that status.

use serde_json::{Value, json};

use super::feature::Feature;
use super::finding::Subject;

/// Bins of equal width over 0..=1, as is usual for the expected calibration error.
pub const BINS: usize = 10;

/// With fewer right or wrong features than this, a line through them means nothing.
const ENOUGH_TO_FIT: usize = 10;

/// Steps of Newton's method; it converges in a handful.
const NEWTON_STEPS: usize = 50;

/// Confidences nearer than this to 0 or 1 are taken to lie there: their log-odds are infinite.
const EDGE: f64 = 1e-4;

/// One feature that gold can judge.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Judgement {
    pub subject: Subject,
    /// In 0..=1.
    pub confidence: f64,
    pub is_right: bool,
}

impl Judgement {
    /// `None` where gold cannot tell, or the feature does not say how sure it is.
    pub(super) fn of(subject: Subject, feature: &Feature, is_right: Option<bool>) -> Option<Self> {
        let confidence = feature.number("confidence").filter(|confidence| (0.0..=1.0).contains(confidence))?;
        Some(Self { subject, confidence, is_right: is_right? })
    }
}

/// The features whose confidence lies in one bin.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Bin {
    pub count: usize,
    pub right: usize,
    sum: f64,
}

impl Bin {
    pub fn mean_confidence(&self) -> f64 {
        self.sum / self.count.max(1) as f64
    }

    pub fn share_right(&self) -> f64 {
        self.right as f64 / self.count.max(1) as f64
    }
}

/// How the confidences of some features agree with how many of them are right.
#[derive(Clone, PartialEq, Debug)]
pub struct Reliability {
    pub bins: [Bin; BINS],
    pub fit: Option<Fit>,
}

/// The logistic line that would calibrate the confidences (Cox 1958; Platt 1999): the log-odds of
/// being right are `intercept + slope` times those that are told. Calibrated ones have 0 and 1.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Fit {
    pub intercept: f64,
    pub slope: f64,
}

impl Reliability {
    pub fn of<'j>(judgements: impl IntoIterator<Item = &'j Judgement>) -> Self {
        let judgements: Vec<&Judgement> = judgements.into_iter().collect();
        let mut bins = [Bin::default(); BINS];
        for judgement in &judgements {
            let at = (judgement.confidence * BINS as f64) as usize;
            if let Some(bin) = bins.get_mut(at.min(BINS - 1)) {
                bin.count += 1;
                bin.right += usize::from(judgement.is_right);
                bin.sum += judgement.confidence;
            }
        }
        Self { bins, fit: Fit::of(&judgements) }
    }

    pub fn count(&self) -> usize {
        self.bins.iter().map(|bin| bin.count).sum()
    }

    pub fn right(&self) -> usize {
        self.bins.iter().map(|bin| bin.right).sum()
    }

    /// Over all features, in 0..=1; 0 of none.
    pub fn mean_confidence(&self) -> f64 {
        self.bins.iter().map(|bin| bin.sum).sum::<f64>() / self.count().max(1) as f64
    }

    /// Over all features, in 0..=1; 0 of none.
    pub fn share_right(&self) -> f64 {
        self.right() as f64 / self.count().max(1) as f64
    }

    /// The expected calibration error (Guo et al. 2017): the mean distance between how sure and
    /// how right, each bin weighted by its features. 0 of none.
    pub fn error(&self) -> f64 {
        let distance = |bin: &Bin| (bin.sum - bin.right as f64).abs();
        self.bins.iter().map(distance).sum::<f64>() / self.count().max(1) as f64
    }

    /// As lines of a table, without the bins that hold nothing.
    pub fn table(&self) -> String {
        let mut lines = vec!["  confidence   count   mean   right".to_owned()];
        for (at, bin) in self.bins.iter().enumerate().filter(|(_, bin)| bin.count > 0) {
            let (low, high) = (at as f64 / BINS as f64, (at + 1) as f64 / BINS as f64);
            let (mean, right) = (bin.mean_confidence(), bin.share_right());
            lines.push(format!("  {low:.1} to {high:.1}   {:5}   {mean:.3}   {right:.3}", bin.count));
        }
        let (mean, right) = (self.mean_confidence(), self.share_right());
        lines.push(format!("  all          {:5}   {mean:.3}   {right:.3}   ECE {:.3}", self.count(), self.error()));
        match self.fit {
            Some(Fit { intercept, slope }) => {
                lines.push(format!("  log-odds of being right: {intercept:+.2} {slope:+.2} × those of the confidence"));
            }
            None => lines.push(format!("  fewer than {ENOUGH_TO_FIT} right or wrong: no line is fitted")),
        }
        lines.join("\n")
    }

    /// As a JSON object.
    pub fn as_json(&self) -> Value {
        let bin = |(at, bin): (usize, &Bin)| {
            json!({
                "from": at as f64 / BINS as f64, "to": (at + 1) as f64 / BINS as f64, "count": bin.count,
                "mean_confidence": (bin.count > 0).then(|| bin.mean_confidence()),
                "share_right": (bin.count > 0).then(|| bin.share_right()),
            })
        };
        json!({
            "count": self.count(), "right": self.right(), "ece": self.error(),
            "mean_confidence": self.mean_confidence(), "share_right": self.share_right(),
            "intercept": self.fit.map(|fit| fit.intercept), "slope": self.fit.map(|fit| fit.slope),
            "bins": self.bins.iter().enumerate().map(bin).collect::<Vec<_>>(),
        })
    }
}

impl Fit {
    /// The line of greatest likelihood, by Newton's method.
    fn of(judgements: &[&Judgement]) -> Option<Self> {
        let right = judgements.iter().filter(|judgement| judgement.is_right).count();
        if right.min(judgements.len() - right) < ENOUGH_TO_FIT {
            return None;
        }
        let (mut intercept, mut slope) = (0.0, 1.0);
        for _ in 0..NEWTON_STEPS {
            let (mut gradient, mut hessian) = ([0.0; 2], [0.0; 3]);
            for judgement in judgements {
                let odds = log_odds(judgement.confidence);
                let expected = logistic(intercept + slope * odds);
                let error = f64::from(u8::from(judgement.is_right)) - expected;
                let weight = expected * (1.0 - expected);
                gradient = [gradient[0] + error, gradient[1] + error * odds];
                hessian = [hessian[0] + weight, hessian[1] + weight * odds, hessian[2] + weight * odds * odds];
            }
            let determinant = hessian[0] * hessian[2] - hessian[1] * hessian[1];
            // One confidence for all: no line goes through a point.
            if determinant.abs() < 1e-9 {
                return None;
            }
            let step = [
                (hessian[2] * gradient[0] - hessian[1] * gradient[1]) / determinant,
                (hessian[0] * gradient[1] - hessian[1] * gradient[0]) / determinant,
            ];
            // A long step from a bad start would overshoot for good.
            intercept += step[0].clamp(-1.0, 1.0);
            slope += step[1].clamp(-1.0, 1.0);
        }
        Some(Self { intercept, slope })
    }
}

fn log_odds(confidence: f64) -> f64 {
    let inside = confidence.clamp(EDGE, 1.0 - EDGE);
    (inside / (1.0 - inside)).ln()
}

fn logistic(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `right` of `count` features that are all as sure.
    fn judged(confidence: f64, right: usize, count: usize) -> Vec<Judgement> {
        let judgement = |at| Judgement { subject: Subject::Place, confidence, is_right: at < right };
        (0..count).map(judgement).collect()
    }

    #[test]
    fn the_error_is_the_weighted_distance_of_the_bins() {
        let judgements = [judged(0.9, 9, 10), judged(0.5, 1, 5), judged(1.0, 5, 5)].concat();
        let reliability = Reliability::of(&judgements);
        // The first and the last share a bin: (9 + 5) sure, 14 right.
        assert_eq!((reliability.bins[9].count, reliability.bins[9].right), (15, 14));
        assert!((reliability.error() - 1.5 / 20.0).abs() < 1e-12, "{}", reliability.error());
        assert!(reliability.table().contains("ECE 0.075"), "{}", reliability.table());
        assert_eq!(reliability.as_json()["bins"][4]["share_right"], Value::Null);
    }

    #[test]
    fn nothing_judged_is_no_error_and_no_fault() {
        let reliability = Reliability::of(&[]);
        assert_eq!((reliability.count(), reliability.error(), reliability.fit), (0, 0.0, None));
    }

    #[test]
    fn calibrated_confidences_lie_on_the_diagonal() {
        let judgements = [judged(0.9, 90, 100), judged(0.6, 60, 100)].concat();
        let fit = Reliability::of(&judgements).fit.unwrap();
        assert!(fit.intercept.abs() < 1e-6 && (fit.slope - 1.0).abs() < 1e-6, "{fit:?}");
    }

    #[test]
    fn overconfidence_shows_as_a_flat_line() {
        let judgements = [judged(0.99, 80, 100), judged(0.6, 55, 100)].concat();
        let fit = Reliability::of(&judgements).fit.unwrap();
        assert!((0.1..0.5).contains(&fit.slope), "{fit:?}");
        assert_eq!(Reliability::of(&judged(0.9, 50, 100)).fit, None, "one confidence for all");
    }
}
