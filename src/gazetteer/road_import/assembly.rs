//! From lines with tags to roads with a reference, a country and names.
//!
//! Lines of one reference are one road in each country. Of the names that lines bear, those count
//! that the road itself is called by: a road through a town bears the names of its streets.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use petgraph::unionfind::UnionFind;

use super::RoadImportOptions;
use super::report::{Origin, RoadReason};
use super::tags::{RoadName, RoadTags, Use};
use crate::gazetteer::Gazetteer;
use crate::gazetteer::format;
use crate::gazetteer::roads::{Road, RoadQuality, Survey, folded_reference};
use crate::model::coordinate::Coordinate;
use crate::text::key::name_key;

/// A name is the road's own when lines bear it along at least this part of the road.
const OWN_NAME: f64 = 0.1;

/// A country keeps its lines of a road that crosses a border when they are at least this part of
/// the whole; less is a border that the nearest place puts on the wrong side.
const OWN_COUNTRY: f64 = 0.2;

/// A name without a reference is one road's when this part of its lines lies together.
const ONE_ROAD: f64 = 0.8;

/// How far in metres around a line places are looked for, to tell its country.
const COUNTRY_REACH_M: [f64; 3] = [20_000.0, 60_000.0, 200_000.0];

/// At most so many sources are named for one road.
const MOST_SOURCES: usize = 4;

/// What holds the lines of a road together. References come first.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Identity {
    /// A reference, folded.
    Reference(String),
    /// The key of a name.
    Name(String),
}

/// Collects lines.
#[derive(Default)]
pub struct Assembly {
    drafts: BTreeMap<Identity, Draft>,
}

/// What is known of one reference or name so far.
#[derive(Default)]
struct Draft {
    /// The reference as lines spell it, or the name.
    spellings: Vec<String>,
    lines: Vec<DraftLine>,
    /// Names that are the road's as a whole.
    route_names: Vec<RoadName>,
    ends: Vec<String>,
    stops: Vec<String>,
    sources: BTreeSet<String>,
}

struct DraftLine {
    positions: Vec<Coordinate>,
    length_m: f64,
    survey: Survey,
    country: Option<String>,
    names: Vec<RoadName>,
}

impl Assembly {
    /// Adds a line to every road that it is part of: those of its own references and those of the
    /// routes that have it for a member.
    pub fn add(
        &mut self,
        tags: RoadTags,
        routes: &[&RoadTags],
        pieces: Vec<Vec<Coordinate>>,
        source: &str,
        all_names: bool,
    ) {
        let mut identities: BTreeMap<Identity, (String, Option<&RoadTags>)> = BTreeMap::new();
        let own = tags.references.iter().map(|reference| (reference, None));
        let of_routes =
            routes.iter().flat_map(|route| route.references.iter().map(|reference| (reference, Some(*route))));
        for (reference, route) in own.chain(of_routes) {
            let folded = folded_reference(reference);
            if !folded.is_empty() {
                let entry = identities.entry(Identity::Reference(folded)).or_insert((reference.clone(), None));
                entry.1 = entry.1.or(route);
            }
        }
        if identities.is_empty()
            && tags.worth(all_names) == Use::Named
            && let Some(name) = tags.names.first()
        {
            let key = name_key(&name.name);
            if !key.is_empty() {
                identities.insert(Identity::Name(key), (name.name.clone(), None));
            }
        }
        for (identity, (spelling, route)) in identities {
            let draft = self.drafts.entry(identity).or_default();
            add_new(&mut draft.spellings, &spelling);
            if let Some(route) = route {
                for name in &route.names {
                    add_new(&mut draft.route_names, name);
                }
            }
            for (own, told) in [(&mut draft.ends, &tags.ends), (&mut draft.stops, &tags.stops)] {
                if own.is_empty() {
                    own.clone_from(told);
                }
            }
            if let Some(route) = route.filter(|_| draft.ends.is_empty()) {
                draft.ends.clone_from(&route.ends);
            }
            draft.sources.insert(tags.source.clone().unwrap_or_else(|| source.to_owned()));
            draft.lines.extend(pieces.iter().map(|positions| DraftLine {
                positions: positions.clone(),
                length_m: positions.windows(2).map(|pair| pair[0].distance_m(pair[1])).sum(),
                survey: tags.survey,
                country: tags.country.clone(),
                names: tags.names.clone(),
            }));
        }
    }

    /// The roads, sorted by reference and country.
    pub fn finish(
        self,
        options: &RoadImportOptions,
        base: &Gazetteer,
        find: &mut dyn FnMut(Origin, RoadReason),
    ) -> Vec<Road> {
        let mut countries = Countries { base, known: HashMap::new() };
        let mut roads = Vec::new();
        for (identity, mut draft) in self.drafts {
            let reference = match &identity {
                Identity::Reference(folded) => folded.clone(),
                Identity::Name(_) => draft.spellings.first().cloned().unwrap_or_default(),
            };
            let clusters = clusters(&draft.lines);
            let total_m: f64 = draft.lines.iter().map(|line| line.length_m).sum();
            if matches!(identity, Identity::Name(_)) && !options.all_names {
                let largest_m = by_length(clusters.iter().copied().zip(&draft.lines)).first().map_or(0.0, |all| all.1);
                if largest_m < ONE_ROAD * total_m {
                    find(Origin::Road(reference), RoadReason::Scattered);
                    continue;
                }
            }
            countries.settle(&mut draft.lines, &clusters, options);
            let lines = std::mem::take(&mut draft.lines);
            let mut by_country: BTreeMap<String, Vec<DraftLine>> = BTreeMap::new();
            for mut line in lines {
                by_country.entry(line.country.take().unwrap_or_default()).or_default().push(line);
            }
            for (country, lines) in by_country {
                if country.is_empty() {
                    find(Origin::Road(reference.clone()), RoadReason::NoCountry);
                }
                let names = draft.names(&reference, &lines, options, base, find);
                roads.push(draft.road(&reference, country, names, lines));
            }
        }
        roads
    }
}

impl Draft {
    /// The names of the road, those that most of it bears first. Left out are those of parts, and
    /// those that are places' names: a road must not be read where a place is meant.
    fn names(
        &self,
        reference: &str,
        lines: &[DraftLine],
        options: &RoadImportOptions,
        base: &Gazetteer,
        find: &mut dyn FnMut(Origin, RoadReason),
    ) -> Vec<RoadName> {
        let total_m: f64 = lines.iter().map(|line| line.length_m).sum();
        let borne = by_length(lines.iter().flat_map(|line| line.names.iter().map(move |name| (name, line))));
        let mut names = self.route_names.clone();
        let mut of_parts = BTreeSet::new();
        for (name, length_m) in borne {
            match options.all_names || length_m >= OWN_NAME * total_m || self.route_names.contains(name) {
                true => add_new(&mut names, name),
                false => {
                    of_parts.insert(name.name.as_str());
                }
            }
        }
        let is_place = |name: &RoadName| base.names(&name_key(&name.name)).next().is_some();
        let of_places: BTreeSet<String> =
            names.extract_if(.., |name| is_place(name)).map(|name: RoadName| name.name).collect();
        let told = |names: Vec<&str>| names.join("`, `");
        if !of_parts.is_empty() {
            let names = told(of_parts.into_iter().collect());
            find(Origin::Road(reference.to_owned()), RoadReason::NameOfPart(names));
        }
        if !of_places.is_empty() {
            let names = told(of_places.iter().map(String::as_str).collect());
            find(Origin::Road(reference.to_owned()), RoadReason::NameOfPlace(names));
        }
        names
    }

    fn road(&self, reference: &str, country: String, names: Vec<RoadName>, lines: Vec<DraftLine>) -> Road {
        let spoken = |language: &str| names.iter().find(|name| name.language.as_deref() == Some(language));
        let written = |letter: fn(char) -> bool| {
            names.iter().find(|name| name.language.is_none() && name.name.chars().any(letter))
        };
        let english = spoken("en").or_else(|| written(|c| c.is_ascii_alphabetic()));
        let arabic = spoken("ar").or_else(|| written(|c| ('\u{620}'..='\u{64a}').contains(&c)));
        let mut others: Vec<String> = Vec::new();
        for name in self.spellings.iter().filter(|spelling| spelling.as_str() != reference) {
            add_new(&mut others, name);
        }
        for name in &names {
            add_new(&mut others, &name.name);
        }
        let name_en = english.map_or_else(|| reference.to_owned(), |name| name.name.clone());
        let name_ar = arabic.map(|name| name.name.clone());
        others.retain(|name| *name != name_en && Some(name) != name_ar.as_ref());
        let mut sources: Vec<&str> = self.sources.iter().map(String::as_str).take(MOST_SOURCES).collect();
        if self.sources.len() > MOST_SOURCES {
            sources.push("…");
        }
        Road {
            reference: reference.to_owned(),
            name_en,
            name_ar,
            names: others,
            ends: self.ends.clone(),
            country,
            quality: lines.iter().map(|line| line.survey.quality).max().unwrap_or(RoadQuality::Road),
            surveys: lines.iter().map(|line| line.survey).collect(),
            lines: lines.into_iter().map(|line| line.positions).collect(),
            stops: self.stops.clone(),
            source: sources.join("; "),
        }
    }
}

fn add_new<T: PartialEq + Clone>(list: &mut Vec<T>, item: &T) {
    if !list.contains(item) {
        list.push(item.clone());
    }
}

/// The lengths in metres of the lines with one mark, the longest first.
fn by_length<'l, M: Ord + Clone>(lines: impl Iterator<Item = (M, &'l DraftLine)>) -> Vec<(M, f64)> {
    let mut lengths: BTreeMap<M, f64> = BTreeMap::new();
    for (mark, line) in lines {
        *lengths.entry(mark).or_default() += line.length_m;
    }
    let mut lengths: Vec<(M, f64)> = lengths.into_iter().collect();
    lengths.sort_by(|a, b| b.1.total_cmp(&a.1));
    lengths
}

/// For each line the number of the cluster it belongs to. Lines of one cluster lie, from one to the
/// next, in cells that are neighbours: no more than some twenty kilometres apart.
fn clusters(lines: &[DraftLine]) -> Vec<usize> {
    let mut numbers: HashMap<(u32, u32), usize> = HashMap::new();
    let cells: Vec<Vec<usize>> = lines
        .iter()
        .map(|line| {
            let cells = line.positions.iter().map(|at| format::cell(at.lon_deg(), at.lat_deg()));
            cells
                .map(|cell| {
                    let next = numbers.len();
                    *numbers.entry(cell).or_insert(next)
                })
                .collect()
        })
        .collect();
    let mut parts: UnionFind<usize> = UnionFind::new(numbers.len());
    for line in &cells {
        line.windows(2).for_each(|pair| {
            parts.union(pair[0], pair[1]);
        });
    }
    for ((row, column), number) in &numbers {
        for neighbour in
            [(row + 1, column.wrapping_sub(1)), (row + 1, *column), (row + 1, column + 1), (*row, column + 1)]
        {
            if let Some(other) = numbers.get(&neighbour) {
                parts.union(*number, *other);
            }
        }
    }
    // Numbered by their first lines, so that nothing depends on the order of a hash map.
    let mut first: HashMap<usize, usize> = HashMap::new();
    cells
        .iter()
        .map(|line| {
            let next = first.len();
            line.first().map_or(next, |cell| *first.entry(parts.find(*cell)).or_insert(next))
        })
        .collect()
}

/// Tells the country of a position by the nearest place.
struct Countries<'g> {
    base: &'g Gazetteer,
    known: HashMap<(u32, u32), Option<String>>,
}

impl Countries<'_> {
    /// Gives every line a country, as far as one can be told.
    fn settle(&mut self, lines: &mut [DraftLine], clusters: &[usize], options: &RoadImportOptions) {
        for line in lines.iter_mut().filter(|line| line.country.is_none()) {
            let middle = line.positions.get(line.positions.len() / 2).copied();
            line.country = options.country.clone().or_else(|| self.country_at(middle?));
        }
        if options.country.is_some() {
            return;
        }
        let mut lengths: BTreeMap<usize, Vec<(String, f64)>> = BTreeMap::new();
        for cluster in clusters {
            lengths.entry(*cluster).or_insert_with(|| {
                let own = lines.iter().zip(clusters).filter(|(_, of)| *of == cluster);
                by_length(own.filter_map(|(line, _)| Some((line.country.clone()?, line))))
            });
        }
        for (line, cluster) in lines.iter_mut().zip(clusters) {
            let Some(countries) = lengths.get(cluster) else { continue };
            let total_m: f64 = countries.iter().map(|(_, length_m)| length_m).sum();
            let own_m = countries.iter().find(|(name, _)| Some(name) == line.country.as_ref()).map_or(0.0, |own| own.1);
            if own_m < OWN_COUNTRY * total_m {
                line.country = countries.first().map(|(name, _)| name.clone());
            }
        }
    }

    fn country_at(&mut self, at: Coordinate) -> Option<String> {
        let base = self.base;
        let find = || {
            COUNTRY_REACH_M.iter().find_map(|reach_m| {
                let near = base.near(at, *reach_m).into_iter().filter_map(|(place, _)| base.get(place));
                near.map(|place| place.country().to_owned()).find(|country| !country.is_empty())
            })
        };
        self.known.entry(format::cell(at.lon_deg(), at.lat_deg())).or_insert_with(find).clone()
    }
}
