//! `masar roads`: making files of roads and looking at what they hold.

mod import;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use masar::gazetteer::Gazetteer;
use masar::gazetteer::roads::{Road, folded_reference};
use masar::text::key::name_key;

use super::arguments::RoadsCommand;
use super::outcome::{Fault, Outcome, printable, tell};
use super::table::{Table, filled};

pub fn run(command: &RoadsCommand) -> Result<Outcome, Fault> {
    match command {
        RoadsCommand::Import(arguments) => import::run(arguments),
        RoadsCommand::Info { file } => info(file),
        RoadsCommand::List { names, sources } => list(sources.open_telling_roads(false)?, names),
    }
}

fn info(path: &Path) -> Result<Outcome, Fault> {
    let file = Gazetteer::open_roads(path)?;
    let mut of_quality: BTreeMap<&str, (usize, f64)> = BTreeMap::new();
    let mut of_country: BTreeMap<&str, (usize, f64)> = BTreeMap::new();
    let mut of_source: BTreeMap<&str, usize> = BTreeMap::new();
    for road in file.roads() {
        let length_m = road.length_m();
        for (roads, total_m) in
            [of_quality.entry(road.quality.name()).or_default(), of_country.entry(road.country.as_str()).or_default()]
        {
            *roads += 1;
            *total_m += length_m;
        }
        *of_source.entry(road.source.as_str()).or_default() += 1;
    }
    let vertices: usize = file.roads().iter().map(vertices).sum();
    let total_m: f64 = of_quality.values().map(|(_, length_m)| length_m).sum();
    let mut out = io::BufWriter::new(io::stdout().lock());
    writeln!(out, "roads {}, {:.0} km, vertices {vertices}; the file is sound", file.roads().len(), total_m / 1e3)?;
    for (head, counts) in [("QUALITY", &of_quality), ("COUNTRY", &of_country)] {
        let mut table = Table::new(&[head, "ROADS", "KM"]);
        for (what, (roads, length_m)) in counts {
            table.add(vec![filled(what), roads.to_string(), format!("{:.0}", length_m / 1e3)]);
        }
        writeln!(out)?;
        table.print(&mut out)?;
    }
    let mut table = Table::new(&["SOURCE", "ROADS"]);
    of_source.iter().for_each(|(source, roads)| table.add(vec![filled(source), roads.to_string()]));
    writeln!(out)?;
    table.print(&mut out)?;
    writeln!(out, "\nLICENCES")?;
    for line in file.licence().lines() {
        writeln!(out, "{}", printable(line))?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}

fn vertices(road: &Road) -> usize {
    road.lines.iter().map(Vec::len).sum()
}

fn list(gazetteer: &Gazetteer, wanted: &[String]) -> Result<Outcome, Fault> {
    let mut table = Table::new(&["ROAD", "NAME", "ARABIC", "COUNTRY", "QUALITY", "KM", "NAMES", "SOURCE"]);
    let mut add = |road: &Road| {
        table.add(vec![
            road.reference.clone(),
            road.name_en.clone(),
            filled(road.name_ar.as_deref().unwrap_or("")),
            filled(&road.country),
            road.quality.name().to_owned(),
            format!("{:.0}", road.length_m() / 1e3),
            road.all_names().count().to_string(),
            filled(&road.source),
        ]);
    };
    let mut outcome = Outcome::Done;
    if wanted.is_empty() {
        gazetteer.roads().iter().for_each(&mut add);
    }
    for name in wanted {
        let (key, reference) = (name_key(name), folded_reference(name));
        let is_called =
            |road: &&Road| road.reference == reference || road.all_names().any(|other| name_key(other) == key);
        let mut found = gazetteer.roads().iter().filter(is_called).peekable();
        if found.peek().is_none() {
            tell(format_args!("no road is called \"{name}\""));
            outcome = Outcome::Failed;
        }
        found.for_each(&mut add);
    }
    if !table.is_empty() {
        table.print(&mut io::stdout().lock())?;
    }
    Ok(outcome)
}
