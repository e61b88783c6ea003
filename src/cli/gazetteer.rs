//! `masar gazetteer`: looking places up, and making a gazetteer of one's own.

mod build;
mod info;
mod diff;

use std::io;

use masar::gazetteer::Gazetteer;
use masar::gazetteer::place::Place;
use masar::gazetteer::search::SearchMatch;
use masar::model::coordinate::Coordinate;

use super::arguments::GazetteerCommand;
use super::correct;
use super::outcome::{Fault, Outcome, tell};
use super::table::{Table, filled};

pub fn run(command: &GazetteerCommand) -> Result<Outcome, Fault> {
    match command {
        GazetteerCommand::Correct(command) => correct::run(command),
        GazetteerCommand::Search { names, limit, sources } => search(sources.open()?, names, *limit),
        GazetteerCommand::Near { lon_deg, lat_deg, radius_km, limit, sources } => {
            let position = Coordinate::new(*lon_deg, *lat_deg)?;
            near(sources.open()?, position, *radius_km, *limit)
        }
        GazetteerCommand::Info { file: Some(file), all, .. } => info::run(&Gazetteer::open(file)?, *all),
        GazetteerCommand::Info { file: None, all, sources } => info::run(sources.open()?, *all),
        GazetteerCommand::Build(arguments) => build::run(arguments),
        GazetteerCommand::Diff { old, new, format } => {
            let (old, new) = (Gazetteer::open(old)?, Gazetteer::open(new)?);
            // Two damaged files may look as if nothing had changed.
            old.check()?;
            new.check()?;
            diff::run(&old, &new, *format)
        }
    }
}

fn search(gazetteer: &Gazetteer, names: &[String], limit: usize) -> Result<Outcome, Fault> {
    let mut heads = vec!["NAME", "ARABIC", "FOUND AS"];
    heads.extend(OTHER_HEADS);
    // With one name, this column would say the same in every row.
    let several = names.len() > 1;
    if several {
        heads.insert(0, "SEARCHED");
    }
    let mut table = Table::new(&heads);
    let mut outcome = Outcome::Done;
    for name in names {
        let found = gazetteer.search(name);
        match found.first() {
            None => {
                tell(format_args!("no place of the gazetteer is called \"{name}\""));
                outcome = Outcome::Failed;
            }
            Some(best) if best.matched == SearchMatch::Transliteration => {
                tell(format_args!("note: no name is \"{name}\"; these sound like it, or begin so"));
            }
            Some(best) if best.matched != SearchMatch::Name => {
                tell(format_args!("note: no name is \"{name}\"; these begin so or differ in one letter"));
            }
            Some(_) => {}
        }
        for result in found.iter().take(limit) {
            let mut row = cells(&gazetteer.place(result.place), result.name);
            if several {
                row.insert(0, name.clone());
            }
            table.add(row);
        }
        tell_rest(found.len(), limit);
    }
    let joined = names.join(" ");
    if several && gazetteer.search(&joined).first().is_some_and(|best| best.matched == SearchMatch::Name) {
        tell(format_args!("hint: quote a name of several words: \"{joined}\""));
    }
    if !table.is_empty() {
        table.print(&mut io::stdout().lock())?;
    }
    Ok(outcome)
}

fn near(gazetteer: &Gazetteer, position: Coordinate, radius_km: f64, limit: usize) -> Result<Outcome, Fault> {
    let found = gazetteer.near(position, radius_km * 1000.0);
    if found.is_empty() {
        tell(format_args!("no place of the gazetteer lies within {radius_km} km"));
        return Ok(Outcome::Failed);
    }
    let mut heads = vec!["NAME", "ARABIC", "KM"];
    heads.extend(OTHER_HEADS);
    let mut table = Table::new(&heads);
    for (place, distance_m) in found.iter().take(limit) {
        table.add(cells(&gazetteer.place(*place), &format!("{:.1}", distance_m / 1000.0)));
    }
    table.print(&mut io::stdout().lock())?;
    tell_rest(found.len(), limit);
    Ok(Outcome::Done)
}

fn tell_rest(found: usize, limit: usize) {
    if found > limit {
        tell(format_args!("… and {} more (--limit shows them)", found - limit));
    }
}

/// The columns behind name, Arabic name and the one that differs between the commands.
const OTHER_HEADS: [&str; 8] = ["CODE", "ADMIN", "COUNTRY", "LON", "LAT", "RADIUS M", "ID", "SOURCE"];

fn cells(place: &Place<'_>, third: &str) -> Vec<String> {
    let coordinate = place.coordinate();
    vec![
        place.name_en().to_owned(),
        place.name_ar().unwrap_or("-").to_owned(),
        third.to_owned(),
        format!("{}/{}", place.feature_class().code(), place.feature_code()),
        filled(place.admin1()),
        filled(place.country()),
        format!("{:.5}", coordinate.lon_deg()),
        format!("{:.5}", coordinate.lat_deg()),
        format!("{:.0}", place.uncertainty_m()),
        place.id().to_owned(),
        place.source().to_owned(),
    ]
}
