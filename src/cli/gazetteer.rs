//! `masar gazetteer`: looking places up.

use std::io::{self, Write};

use masar::gazetteer::Gazetteer;
use masar::gazetteer::place::Place;
use masar::model::coordinate::Coordinate;

use super::arguments::GazetteerCommand;
use super::outcome::{Fault, Outcome, tell};

pub fn run(command: &GazetteerCommand) -> Result<Outcome, Fault> {
    let gazetteer = Gazetteer::embedded();
    match command {
        GazetteerCommand::Search { name, limit } => search(gazetteer, name, *limit),
        GazetteerCommand::Near { lon_deg, lat_deg, radius_km, limit } => {
            near(gazetteer, Coordinate::new(*lon_deg, *lat_deg)?, *radius_km, *limit)
        }
        GazetteerCommand::Info => info(gazetteer),
    }
}

fn search(gazetteer: &Gazetteer, name: &str, limit: usize) -> Result<Outcome, Fault> {
    let found = gazetteer.search(name);
    if found.is_empty() {
        tell(format_args!("no place of the gazetteer is called \"{name}\""));
        return Ok(Outcome::Failed);
    }
    let mut table =
        Table::new(&["NAME", "ARABIC", "FOUND AS", "CODE", "ADMIN", "COUNTRY", "LON", "LAT", "ID", "SOURCE"]);
    for result in found.iter().take(limit) {
        let place = gazetteer.place(result.place);
        table.add(&cells(&place, result.name));
    }
    table.print(&mut io::stdout().lock())?;
    tell_rest(found.len(), limit);
    Ok(Outcome::Done)
}

fn near(gazetteer: &Gazetteer, position: Coordinate, radius_km: f64, limit: usize) -> Result<Outcome, Fault> {
    let found = gazetteer.near(position, radius_km * 1000.0);
    if found.is_empty() {
        tell(format_args!("no place of the gazetteer lies within {radius_km} km"));
        return Ok(Outcome::Failed);
    }
    let mut table = Table::new(&["NAME", "ARABIC", "KM", "CODE", "ADMIN", "COUNTRY", "LON", "LAT", "ID", "SOURCE"]);
    for (place, distance_m) in found.iter().take(limit) {
        table.add(&cells(&gazetteer.place(*place), &format!("{:.1}", distance_m / 1000.0)));
    }
    table.print(&mut io::stdout().lock())?;
    tell_rest(found.len(), limit);
    Ok(Outcome::Done)
}

fn info(gazetteer: &Gazetteer) -> Result<Outcome, Fault> {
    let mut out = io::stdout().lock();
    writeln!(out, "{} places, {} names, {} roads", gazetteer.len(), gazetteer.key_count(), gazetteer.roads().len())?;
    writeln!(out, "\n{}", gazetteer.licence().trim_end())?;
    Ok(Outcome::Done)
}

fn tell_rest(found: usize, limit: usize) {
    if found > limit {
        tell(format_args!("… and {} more (--limit shows them)", found - limit));
    }
}

fn cells(place: &Place<'_>, third: &str) -> [String; 10] {
    let coordinate = place.coordinate();
    [
        place.name_en().to_owned(),
        place.name_ar().unwrap_or("-").to_owned(),
        third.to_owned(),
        format!("{}/{}", place.feature_class().code(), place.feature_code()),
        filled(place.admin1()),
        filled(place.country()),
        format!("{:.5}", coordinate.lon_deg()),
        format!("{:.5}", coordinate.lat_deg()),
        place.id().to_owned(),
        place.source().to_owned(),
    ]
}

fn filled(text: &str) -> String {
    if text.is_empty() { "-".to_owned() } else { text.to_owned() }
}

/// A table with columns as wide as their widest cell.
struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    fn new(heads: &[&str]) -> Self {
        Self { rows: vec![heads.iter().map(|head| (*head).to_owned()).collect()] }
    }

    fn add(&mut self, cells: &[String]) {
        self.rows.push(cells.to_vec());
    }

    fn print(&self, out: &mut impl Write) -> io::Result<()> {
        let columns = self.rows.first().map_or(0, Vec::len);
        let width =
            |column: usize| self.rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
        let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
        for row in &self.rows {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                line.push_str(cell);
                let padding = (width + 2).saturating_sub(cell.chars().count());
                line.extend(std::iter::repeat_n(' ', padding));
            }
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }
}
