//! Series: which numbering a patrol's ordinal belongs to.
//!
//! Several series run side by side, each with its own first and second: along the M4 in Idlib, at
//! Kobani, at al-Darbasiyah. `gazetteer/patrol_series.csv` names them by their road and the
//! divisions it crosses, or by the town that they are patrolled around; a patrol of no known series
//! is named by its road or its first place. A run that tells too little is taken to belong where
//! the article's other places lie.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use csv::{ReaderBuilder, StringRecord};

use crate::gazetteer::Gazetteer;
use crate::gazetteer::place::Place;
use crate::model::event::{Event, EventKind, Patrol};
use crate::model::mention::{MentionIndex, Resolution};

const SERIES_CSV: &str = include_str!("../../gazetteer/patrol_series.csv");

/// One row of the table.
#[derive(Clone, PartialEq, Debug)]
struct Series {
    name: String,
    road: Option<String>,
    divisions: Vec<String>,
    /// Gazetteer id of the town that it is patrolled around, and how far from it in metres.
    centre: Option<(String, f64)>,
    actors: Vec<String>,
}

/// The known series, in the order of the table.
fn known() -> &'static [Series] {
    static KNOWN: OnceLock<Vec<Series>> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let mut reader = ReaderBuilder::new().from_reader(SERIES_CSV.as_bytes());
        reader.records().filter_map(|row| series(&row.ok()?)).collect()
    })
}

fn series(row: &StringRecord) -> Option<Series> {
    let cell = |at: usize| row.get(at).map(str::trim).filter(|cell| !cell.is_empty());
    let list = |at: usize| cell(at).map(|cell| cell.split('|').map(str::to_owned).collect()).unwrap_or_default();
    let radius_m = cell(4).and_then(|radius| radius.parse::<f64>().ok()).map(|radius_km| radius_km * 1000.0);
    Some(Series {
        name: cell(0)?.to_owned(),
        road: cell(1).map(str::to_owned),
        divisions: list(2),
        centre: cell(3).map(str::to_owned).zip(radius_m),
        actors: list(5),
    })
}

/// Names the series of every patrol that has a number.
pub fn name_series(events: &mut [Event], resolutions: &[Resolution], gazetteer: &Gazetteer) {
    let place = |index: MentionIndex| {
        resolutions.get(index.0).and_then(Resolution::place).and_then(|place| gazetteer.get(place))
    };
    let article: Vec<Place<'_>> = (0..resolutions.len()).map(MentionIndex).filter_map(place).collect();
    for event in events {
        let road = event.merged.road.clone();
        let actors: Vec<&str> = event.merged.actors.iter().map(String::as_str).collect();
        let EventKind::Patrol(patrol) = &mut event.merged.kind else { continue };
        if patrol.ordinal.is_none() {
            continue;
        }
        let own: Vec<Place<'_>> = stops(patrol).filter_map(place).collect();
        patrol.series = match road {
            Some(road) => Some(on_road(&road, &own, &article)),
            None => around(&own, &actors, gazetteer)
                .or_else(|| own.first().map(|place| place.name_en().to_owned()))
                .or_else(|| around(&article, &actors, gazetteer)),
        };
    }
}

/// The series of a road: by the division that its own places lie in, else the article's.
fn on_road(road: &str, own: &[Place<'_>], article: &[Place<'_>]) -> String {
    let of_road: Vec<&Series> = known().iter().filter(|series| series.road.as_deref() == Some(road)).collect();
    let crossed = |division: &&str| of_road.iter().any(|series| series.divisions.iter().any(|known| known == division));
    let divisions = |places: &[Place<'_>]| commonest(places.iter().map(|place| place.admin1()).filter(crossed));
    let division = divisions(own).or_else(|| divisions(article));
    let named = division.and_then(|division| {
        of_road.iter().find(|series| series.divisions.contains(&division)).map(|series| series.name.clone())
    });
    named.unwrap_or_else(|| match commonest(own.iter().map(|place| place.admin1())) {
        Some(division) => format!("{road} {division}"),
        None => road.to_owned(),
    })
}

/// The series around a town that most of the places lie at, of those that the parties run.
fn around(places: &[Place<'_>], actors: &[&str], gazetteer: &Gazetteer) -> Option<String> {
    let nearest = |place: &Place<'_>| {
        let distance = |series: &'static Series| {
            let (centre, radius_m) = series.centre.as_ref()?;
            let runs = series.actors.is_empty() || series.actors.iter().all(|actor| actors.contains(&actor.as_str()));
            let town = gazetteer.place_by_id(centre).filter(|_| runs).and_then(|town| gazetteer.get(town))?;
            let distance_m = town.coordinate().distance_m(place.coordinate());
            // The middle of a province or country is near nothing.
            (distance_m <= *radius_m && place.uncertainty_m() <= *radius_m).then_some((distance_m, series))
        };
        let near = known().iter().filter_map(distance).min_by(|a, b| a.0.total_cmp(&b.0));
        near.map(|(_, series)| series.name.clone())
    };
    commonest(places.iter().filter_map(nearest))
}

/// The area first, which names a series better than one village in it.
fn stops(patrol: &Patrol) -> impl Iterator<Item = MentionIndex> {
    patrol.area.map(|area| area.mention).into_iter().chain(patrol.route.iter().copied())
}

/// The commonest of some names; of equally common ones the first in the alphabet.
fn commonest<N: AsRef<str>>(names: impl Iterator<Item = N>) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for name in names {
        if !name.as_ref().is_empty() {
            *counts.entry(name.as_ref().to_owned()).or_default() += 1;
        }
    }
    let most = counts.values().copied().max()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_says_where_its_series_runs() {
        let rows = SERIES_CSV.lines().filter(|line| !line.is_empty()).count();
        assert_eq!(known().len() + 1, rows);
        for series in known() {
            let town = series.centre.as_ref().map(|(id, _)| Gazetteer::embedded().place_by_id(id));
            assert!(town.is_none_or(|town| town.is_some()), "{}: no such place", series.name);
            assert!(series.centre.is_some() != series.road.is_some(), "{}: a road or a town", series.name);
        }
    }

    #[test]
    fn a_run_without_places_belongs_where_the_article_is() {
        let places = |ids: &[&str]| -> Vec<Place<'static>> {
            let gazetteer = Gazetteer::embedded();
            ids.iter().filter_map(|id| gazetteer.get(gazetteer.place_by_id(id)?)).collect()
        };
        let saraqib = places(&["gn:164816"]);
        assert_eq!(on_road("M4", &[], &saraqib), "M4 Idlib");
        assert_eq!(on_road("M4", &places(&["gn:163434"]), &saraqib), "M4 Tal Tamr");
        assert_eq!(on_road("M5", &saraqib, &[]), "M5 Idlib");
        let manbij = places(&["gn:167357"]);
        let series = |actors: &[&str]| around(&manbij, actors, Gazetteer::embedded());
        assert_eq!(series(&["Turkey", "United States"]).as_deref(), Some("Manbij"));
        assert_eq!(series(&["Russia", "Turkey"]), None);
    }
}
