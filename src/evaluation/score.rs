//! The figures: what is right, invented and missed.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// Right, invented and missed.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Tally {
    pub right: usize,
    pub invented: usize,
    pub missed: usize,
}

impl Tally {
    /// Counts something that was found, as an invention and a miss when it is not right.
    pub fn judge(&mut self, is_right: bool) {
        self.right += usize::from(is_right);
        self.invented += usize::from(!is_right);
        self.missed += usize::from(!is_right);
    }

    /// Of what was predicted, the share that is right; 1 when nothing was.
    pub fn precision(self) -> f64 {
        ratio(self.right, self.right + self.invented).unwrap_or(1.0)
    }

    /// Of what gold holds, the share that was found; 1 when it holds nothing.
    pub fn recall(self) -> f64 {
        ratio(self.right, self.right + self.missed).unwrap_or(1.0)
    }

    /// The harmonic mean of precision and recall.
    pub fn f1(self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
    }

    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.invented += other.invented;
        self.missed += other.missed;
    }

    fn as_json(self) -> Value {
        json!({
            "p": self.precision(), "r": self.recall(), "f1": self.f1(),
            "tp": self.right, "fp": self.invented, "fn": self.missed,
        })
    }
}

/// A part of a whole, in 0..=1, or `None` of nothing.
pub fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// The figures of some articles.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Score {
    pub articles: usize,
    pub places: Tally,
    pub patrols: Tally,
    pub patrols_strict: Tally,
    pub positions: Tally,
    pub positions_strict: Tally,
    /// Places whose coordinates are sure.
    pub sure: usize,
    /// Those of them that were put on the map at all.
    pub located: usize,
    /// Those of them that were put within 5 km.
    pub near: usize,
    /// Right and compared, by property of the patrols that were found.
    pub patrol_fields: BTreeMap<&'static str, (usize, usize)>,
}

impl Score {
    pub fn add(&mut self, other: &Self) {
        self.articles += other.articles;
        self.places.add(other.places);
        self.patrols.add(other.patrols);
        self.patrols_strict.add(other.patrols_strict);
        self.positions.add(other.positions);
        self.positions_strict.add(other.positions_strict);
        self.sure += other.sure;
        self.located += other.located;
        self.near += other.near;
        for (name, (right, compared)) in &other.patrol_fields {
            let field = self.patrol_fields.entry(name).or_default();
            field.0 += right;
            field.1 += compared;
        }
    }

    /// Of the sure places, the share that lies within 5 km; 0 when there is none.
    pub fn resolution(&self) -> f64 {
        ratio(self.near, self.sure).unwrap_or(0.0)
    }

    /// The same of the sure places that are on the map.
    pub fn resolution_of_located(&self) -> f64 {
        ratio(self.near, self.located).unwrap_or(0.0)
    }

    /// The share that is right, by property of the patrols that were found.
    pub fn patrol_shares(&self) -> impl Iterator<Item = (&'static str, f64)> {
        let share =
            |(name, (right, compared)): (&&'static str, &(usize, usize))| Some((*name, ratio(*right, *compared)?));
        self.patrol_fields.iter().filter_map(share)
    }

    /// The tallies by the names they have in tables.
    pub fn tallies(&self) -> [(&'static str, Tally); 5] {
        [
            ("places", self.places),
            ("patrols", self.patrols),
            ("patrols_strict", self.patrols_strict),
            ("positions", self.positions),
            ("positions_strict", self.positions_strict),
        ]
    }

    /// The figures as lines of a table.
    pub fn table(&self) -> String {
        let mut lines = vec![format!("{} articles", self.articles)];
        for (name, tally) in self.tallies() {
            let Tally { right, invented, missed } = tally;
            lines.push(format!(
                "{name:18} P {:.3}  R {:.3}  F1 {:.3}   ({right} right, {invented} invented, {missed} missed)",
                tally.precision(),
                tally.recall(),
                tally.f1()
            ));
        }
        lines.push(format!(
            "resolution @5 km   {:.3} of {} places ({:.3} of those found)",
            self.resolution(),
            self.sure,
            self.resolution_of_located()
        ));
        let fields: Vec<String> = self.patrol_shares().map(|(name, share)| format!("{name} {share:.3}")).collect();
        lines.push(format!("patrol fields      {}", fields.join("  ")));
        lines.join("\n")
    }

    /// The figures as a JSON object.
    pub fn as_json(&self) -> Map<String, Value> {
        let mut figures = Map::new();
        figures.insert("articles".into(), self.articles.into());
        for (name, tally) in self.tallies() {
            figures.insert(name.into(), tally.as_json());
        }
        figures.insert("resolution_5km".into(), self.resolution().into());
        figures.insert("resolution_5km_of_found".into(), self.resolution_of_located().into());
        figures.insert("resolution_n".into(), self.sure.into());
        let fields: Map<String, Value> =
            self.patrol_shares().map(|(name, share)| (name.into(), share.into())).collect();
        figures.insert("patrol_fields".into(), fields.into());
        figures
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_asked_and_nothing_told_is_perfect() {
        assert_eq!(Tally::default().f1(), 1.0);
        assert_eq!(Tally { missed: 1, ..Tally::default() }.f1(), 0.0);
        assert_eq!(Tally { right: 1, invented: 1, missed: 0 }.f1(), 2.0 / 3.0);
    }

    #[test]
    fn scores_add_up_and_are_told_alike_in_both_forms() {
        let mut one = Score { articles: 1, sure: 3, located: 2, near: 2, ..Score::default() };
        one.positions_strict.judge(false);
        one.patrol_fields.insert("date", (1, 2));
        let mut two = one.clone();
        two.add(&one);
        assert_eq!((two.articles, two.positions_strict.missed, two.patrol_fields["date"]), (2, 2, (2, 4)));
        let json = two.as_json();
        assert_eq!(json["resolution_5km"], 2.0 / 3.0);
        assert_eq!(json["patrol_fields"]["date"], 0.5);
        assert!(two.table().contains("resolution @5 km   0.667 of 6 places (1.000 of those found)"), "{}", two.table());
    }
}
