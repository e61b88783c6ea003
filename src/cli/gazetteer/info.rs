//! `masar gazetteer info`: what a compiled file holds.

use std::collections::BTreeMap;
use std::io::{self, Write};

use masar::gazetteer::Gazetteer;

use crate::cli::outcome::{Fault, Outcome, printable};

/// Countries listed without `--all`.
const COUNTRIES_TOLD: usize = 20;

pub fn run(gazetteer: &Gazetteer, all: bool) -> Result<Outcome, Fault> {
    gazetteer.check()?;
    let mut names = 0u64;
    let mut countries: BTreeMap<&str, u64> = BTreeMap::new();
    let mut classes: BTreeMap<char, u64> = BTreeMap::new();
    for place in gazetteer.indices().filter_map(|index| gazetteer.get(index)) {
        names += place.names().count() as u64;
        *countries.entry(place.country()).or_insert(0) += 1;
        *classes.entry(place.feature_class().code()).or_insert(0) += 1;
    }
    let bytes: usize = gazetteer.section_sizes().map(|(_, size)| size).sum();

    let mut out = io::BufWriter::new(io::stdout().lock());
    writeln!(
        out,
        "{} places, {names} names ({} keys), {} roads",
        gazetteer.len(),
        gazetteer.key_count(),
        gazetteer.roads().len()
    )?;
    let a_name = bytes as f64 / names.max(1) as f64;
    writeln!(out, "{:.1} MB, {a_name:.0} bytes a name; the checksum is right", bytes as f64 / 1e6)?;

    writeln!(out, "\nFEATURE CLASS  PLACES")?;
    for (class, count) in classes {
        writeln!(out, "{class:13}  {count}")?;
    }
    let mut countries: Vec<(&str, u64)> = countries.into_iter().collect();
    countries.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let told = if all { countries.len() } else { COUNTRIES_TOLD };
    writeln!(out, "\nPLACES    COUNTRY")?;
    for (country, count) in countries.iter().take(told) {
        let country = if country.is_empty() { "(none)" } else { country };
        writeln!(out, "{count:<8}  {}", printable(country))?;
    }
    if countries.len() > told {
        writeln!(out, "…         and {} more (--all lists them)", countries.len() - told)?;
    }
    writeln!(out, "\nBYTES        SECTION")?;
    for (section, size) in gazetteer.section_sizes() {
        writeln!(out, "{size:<11}  {section:?}")?;
    }
    writeln!(out, "\nLICENCES")?;
    for line in gazetteer.licence().lines() {
        writeln!(out, "{}", printable(line))?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}
