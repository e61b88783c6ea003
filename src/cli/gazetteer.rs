//! `masar gazetteer`: what the gazetteer knows.

use std::io::{self, BufWriter};

use clap::{Args, Subcommand};
use masar::gazetteer::Gazetteer;
use masar::gazetteer::place::Place;
use masar::gazetteer::search::{SearchMatch, SearchResult};
use masar::model::coordinate::{Coordinate, CoordinateError};

use super::table::{self, Align};
use super::{Outcome, report, written};

const SEARCH_EXAMPLES: &str = "\
Examples:
  masar gazetteer search أريحا
  masar gazetteer search \"Ain al-Arab\" Kobani
  masar gazetteer search saraqeb | less -S";

const NEAR_EXAMPLES: &str = "\
Examples:
  masar gazetteer near 36.8 35.86                 longitude comes first
  masar gazetteer near 36.8 35.86 --radius-km 3";

#[derive(Subcommand, Debug)]
pub enum GazetteerCommand {
    /// Find places by name, in any script and any usual spelling
    Search(SearchArgs),
    /// List the places around a position, nearest first
    Near(NearArgs),
}

#[derive(Args, Debug)]
#[command(after_help = SEARCH_EXAMPLES)]
pub struct SearchArgs {
    /// Names to look up, each one argument: quote a name of several words
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,

    /// Places shown for each name
    #[arg(short, long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
    limit: u32,
}

#[derive(Args, Debug)]
#[command(after_help = NEAR_EXAMPLES, allow_negative_numbers = true)]
pub struct NearArgs {
    /// Longitude in degrees, east positive
    #[arg(value_name = "LON")]
    lon_deg: f64,

    /// Latitude in degrees, north positive
    #[arg(value_name = "LAT")]
    lat_deg: f64,

    /// Radius in kilometres inside which places are listed
    #[arg(short, long, value_name = "KM", default_value_t = 10.0, value_parser = parse_radius)]
    radius_km: f64,

    /// Places shown
    #[arg(short, long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
    limit: u32,
}

pub fn run(command: &GazetteerCommand) -> Outcome {
    match command {
        GazetteerCommand::Search(args) => search(args),
        GazetteerCommand::Near(args) => near(args),
    }
}

fn search(args: &SearchArgs) -> Outcome {
    let gazetteer = Gazetteer::embedded();
    let mut outcome = Outcome::Done;
    let mut rows = Vec::new();
    for name in &args.names {
        let results = gazetteer.search(name);
        match results.first() {
            None => {
                report::error(&format!("no place is called {name}, nor nearly so"), None);
                outcome = Outcome::FailedInputs;
            }
            Some(best) if best.matched != SearchMatch::Name => {
                report::line(&format!("note: no place is called {name}; these names begin so or differ in one letter"));
            }
            Some(_) => {}
        }
        tell_rest(results.len(), args.limit);
        let shown = results.iter().take(args.limit as usize);
        rows.extend(shown.map(|result| search_row(gazetteer, name, result)));
    }
    let joined = args.names.join(" ");
    let is_name = |name: &str| gazetteer.search(name).first().is_some_and(|best| best.matched == SearchMatch::Name);
    if args.names.len() > 1 && is_name(&joined) {
        report::line(&format!("hint: quote a name of several words: \"{joined}\""));
    }
    // With one name, the column would say the same in every row.
    let several = args.names.len() > 1;
    let mut columns: Vec<(&str, Align)> = if several { vec![("searched", Align::Left)] } else { Vec::new() };
    columns.extend(COLUMNS);
    if !several {
        rows.iter_mut().for_each(|row| drop(row.remove(0)));
    }
    print(&columns, &rows, outcome)
}

fn search_row(gazetteer: &Gazetteer, searched: &str, result: &SearchResult<'_>) -> Vec<String> {
    let mut row = vec![report::printable(searched)];
    row.extend(cells(&gazetteer.place(result.place)));
    row
}

fn near(args: &NearArgs) -> Outcome {
    let position = match Coordinate::new(args.lon_deg, args.lat_deg) {
        Ok(position) => position,
        Err(error) => {
            let swapped =
                matches!(error, CoordinateError::Latitude(_)) && Coordinate::new(args.lat_deg, args.lon_deg).is_ok();
            report::error(&error.to_string(), swapped.then_some("longitude comes before latitude"));
            return Outcome::CouldNotRun;
        }
    };
    let gazetteer = Gazetteer::embedded();
    let found = gazetteer.near(position, args.radius_km * 1000.0);
    if found.is_empty() {
        let (lon, lat) = (args.lon_deg, args.lat_deg);
        let message = format!("the gazetteer has no place within {} km of {lon} {lat}", args.radius_km);
        report::error(&message, Some("longitude comes before latitude; --radius-km widens the circle"));
        return Outcome::FailedInputs;
    }
    tell_rest(found.len(), args.limit);
    let row = |(place, distance_m): &(_, f64)| {
        let mut row = vec![format!("{:.1}", distance_m / 1000.0)];
        row.extend(cells(&gazetteer.place(*place)));
        row
    };
    let rows: Vec<Vec<String>> = found.iter().take(args.limit as usize).map(row).collect();
    let mut columns = vec![("distance_km", Align::Right)];
    columns.extend(COLUMNS);
    print(&columns, &rows, Outcome::Done)
}

const COLUMNS: [(&str, Align); 10] = [
    ("name", Align::Left),
    ("arabic", Align::Left),
    ("class", Align::Left),
    ("admin1", Align::Left),
    ("country", Align::Left),
    ("lon", Align::Right),
    ("lat", Align::Right),
    ("radius_m", Align::Right),
    ("id", Align::Left),
    ("source", Align::Left),
];

fn cells(place: &Place<'_>) -> [String; COLUMNS.len()] {
    let coordinate = place.coordinate();
    [
        report::printable(place.name_en()),
        report::printable(place.name_ar().unwrap_or_default()),
        format!("{}/{}", place.feature_class().code(), place.feature_code()),
        report::printable(place.admin1()),
        report::printable(place.country()),
        format!("{:.5}", coordinate.lon_deg()),
        format!("{:.5}", coordinate.lat_deg()),
        format!("{:.0}", place.uncertainty_m()),
        report::printable(place.id()),
        report::printable(place.source()),
    ]
}

fn tell_rest(found: usize, limit: u32) {
    if let Some(more) = found.checked_sub(limit as usize).filter(|more| *more > 0) {
        report::line(&format!("note: {more} more places are not shown; --limit {found} shows all"));
    }
}

fn print(columns: &[(&str, Align)], rows: &[Vec<String>], outcome: Outcome) -> Outcome {
    if rows.is_empty() {
        return outcome;
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let result = table::write(&mut out, columns, rows).and_then(|()| io::Write::flush(&mut out));
    written(result, outcome)
}

fn parse_radius(text: &str) -> Result<f64, String> {
    let radius: Option<f64> = text.parse().ok();
    radius.filter(|radius| radius.is_finite() && *radius > 0.0).ok_or_else(|| "not a positive number".to_owned())
}
