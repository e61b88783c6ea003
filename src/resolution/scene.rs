//! What the passes look at: the article's toponyms, their candidates, and what stands around them.

use std::collections::{BTreeMap, HashMap};

use crate::gazetteer::Gazetteer;
use crate::gazetteer::roads::Road;
use crate::model::mention::{
    self, Demonym, MentionKind, MentionRole, NameAgreement, PlaceCue, RelationKind, SpatialRelation, ToponymMention,
};
use crate::recognition::names::unknown::UNLOCATED;
use crate::text::NormalizedText;
use crate::text::key::name_key;

use super::candidate::{Candidate, PlaceKind};
use super::passes::PASSES;
use super::reading::{self, Reading};
use super::spelled;

/// Toponyms whose beliefs others see. Texts with more are lists, where each name stands alone.
const CONTEXT_TOPONYMS: usize = 200;

/// Candidates of one toponym that others see; the rest are too unlikely to matter.
const CONTEXT_CANDIDATES: usize = 5;
const CONTEXT_PROBABILITY: f64 = 0.05;

/// What a named road says about the country, against a place named once.
const ROAD_WEIGHT: f64 = 1.0;
/// What the adjective of a country says ("Canadian"): people are often far from home.
const DEMONYM_WEIGHT: f64 = 0.4;

/// Pairs of neighbours looked at for one name.
const NEIGHBOURS_AT_MOST: usize = 8;

/// A relation seen from one of its ends.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Link {
    /// The toponym at the other end.
    pub other: usize,
    pub kind: RelationKind,
    pub distance_m: Option<f64>,
    /// Whether this end is the figure.
    pub is_figure: bool,
}

/// All mentions of one name under one cue: they mean the same place (one sense per discourse).
#[derive(Clone, Debug)]
pub struct Toponym {
    /// The same number for the same folded name, whatever the cue.
    pub surface: usize,
    pub key: String,
    pub cue: Option<PlaceCue>,
    pub reading: Reading,
    /// Its candidates are only spelled like it: the others do not see them.
    pub is_guess: bool,
    /// How much its mentions say about what the article is about.
    pub weight: f64,
    pub mentions: usize,
    pub candidates: Vec<Candidate>,
    pub links: Vec<Link>,
    /// The toponyms before and behind it in one sentence.
    pub between: Vec<(usize, usize)>,
    /// Positions of the candidates from best to worst.
    pub order: Vec<usize>,
}

impl Toponym {
    /// The best candidate so far.
    pub fn best(&self) -> Option<&Candidate> {
        self.order.first().and_then(|at| self.candidates.get(*at))
    }

    /// The candidates that others should reckon with.
    pub fn likely(&self) -> impl Iterator<Item = &Candidate> {
        let best = self.order.iter().take(CONTEXT_CANDIDATES).filter_map(|at| self.candidates.get(*at));
        best.filter(|candidate| candidate.probability >= CONTEXT_PROBABILITY)
    }

    /// Takes new points, and with them new probabilities and a new order.
    pub fn take_scores(&mut self, points: Vec<[f64; PASSES.len()]>) {
        for (candidate, points) in self.candidates.iter_mut().zip(points) {
            candidate.points = points;
            candidate.score = points.iter().sum();
        }
        let highest = self.candidates.iter().map(|c| c.score).fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = self.candidates.iter().map(|c| (c.score - highest).exp()).sum();
        for candidate in &mut self.candidates {
            candidate.probability = (candidate.score - highest).exp() / sum;
        }
        let candidates = &self.candidates;
        self.order.sort_by(|a, b| {
            let (a, b) = (&candidates[*a], &candidates[*b]);
            b.score.total_cmp(&a.score).then(a.place.cmp(&b.place))
        });
    }
}

/// What the rest of the article is about, seen from one toponym: its own name is left out.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// Weight of each country that other names suggest.
    countries: Vec<(u64, f64)>,
    divisions: Vec<((u64, u64), f64)>,
    country_total: f64,
    division_total: f64,
}

impl Surroundings {
    fn add_country(&mut self, country: u64, weight: f64) {
        self.country_total += weight;
        match self.countries.iter_mut().find(|(known, _)| *known == country) {
            Some((_, sum)) => *sum += weight,
            None => self.countries.push((country, weight)),
        }
    }

    fn add_division(&mut self, division: (u64, u64), weight: f64) {
        self.division_total += weight;
        match self.divisions.iter_mut().find(|(known, _)| *known == division) {
            Some((_, sum)) => *sum += weight,
            None => self.divisions.push((division, weight)),
        }
    }

    /// Whether no other name says anything about a country.
    pub fn is_empty(&self) -> bool {
        self.country_total <= 0.0
    }

    /// How much of what the other names say is about a country, in 0..=1.
    pub fn country_share(&self, country: u64) -> f64 {
        share(self.countries.iter().find(|(known, _)| *known == country).map(|(_, sum)| *sum), self.country_total)
    }

    /// The same of a first-level division.
    pub fn division_share(&self, division: (u64, u64)) -> f64 {
        share(self.divisions.iter().find(|(known, _)| *known == division).map(|(_, sum)| *sum), self.division_total)
    }
}

fn share(part: Option<f64>, whole: f64) -> f64 {
    if whole > 0.0 { part.unwrap_or(0.0) / whole } else { 0.0 }
}

/// A road that the article names, with west, south, east and north of it in degrees.
#[derive(Clone, Copy)]
pub struct SceneRoad<'g> {
    pub road: &'g Road,
    pub bounds: [f64; 4],
}

/// One article as the passes see it.
pub struct Scene<'g> {
    pub gazetteer: &'g Gazetteer,
    pub toponyms: Vec<Toponym>,
    /// For each mention the toponym that it belongs to; `None` for roads and unknown names.
    pub toponym_of: Vec<Option<usize>>,
    /// The roads that the article names.
    pub roads: Vec<SceneRoad<'g>>,
    /// Countries that something else than a place name suggests, with their weight.
    told_countries: Vec<(u64, f64)>,
    /// For each surface, what the others suggest.
    surroundings: Vec<Surroundings>,
}

impl<'g> Scene<'g> {
    /// Groups the mentions by name and cue.
    pub fn new(
        text: &NormalizedText,
        mentions: &[ToponymMention],
        relations: &[SpatialRelation],
        demonyms: &[Demonym],
        gazetteer: &'g Gazetteer,
    ) -> Self {
        let readings = reading::readings(text, mentions, relations, gazetteer);
        let mut scene = Self {
            gazetteer,
            toponyms: Vec::new(),
            toponym_of: Vec::with_capacity(mentions.len()),
            roads: Vec::new(),
            told_countries: told_countries(demonyms, gazetteer),
            surroundings: Vec::new(),
        };
        let mut surfaces: HashMap<String, usize> = HashMap::new();
        let mut groups: HashMap<(usize, Option<PlaceCue>, Reading, bool), usize> = HashMap::new();
        // An article that has a name tells it often, and to look for its spellings is dear.
        let mut spelled: HashMap<(&str, bool), Vec<Candidate>> = HashMap::new();
        for (mention, reading) in mentions.iter().zip(readings) {
            let surface = mention.span.slice(text.original());
            let candidates: Vec<Candidate> = match &mention.kind {
                MentionKind::Known { candidates } if !candidates.is_empty() => known(gazetteer, candidates),
                MentionKind::Road { reference } => {
                    scene.add_road(reference);
                    scene.toponym_of.push(None);
                    continue;
                }
                _ => {
                    let found = spelled.entry((surface, mention.rule == UNLOCATED));
                    found.or_insert_with(|| spelled::candidates(gazetteer, mention, surface)).clone()
                }
            };
            if candidates.is_empty() {
                scene.toponym_of.push(None);
                continue;
            }
            let is_guess = candidates.iter().all(|candidate| candidate.agreement > NameAgreement::Variant);
            let key = name_key(surface);
            let next = surfaces.len();
            let surface = *surfaces.entry(key.clone()).or_insert(next);
            let at = *groups.entry((surface, mention.cue, reading, is_guess)).or_insert(scene.toponyms.len());
            if at == scene.toponyms.len() {
                scene.toponyms.push(Toponym {
                    surface,
                    key,
                    cue: mention.cue,
                    reading,
                    is_guess,
                    weight: 0.0,
                    mentions: 0,
                    candidates: Vec::new(),
                    links: Vec::new(),
                    between: Vec::new(),
                    order: Vec::new(),
                });
            }
            scene.toponym_of.push(Some(at));
            let toponym = &mut scene.toponyms[at];
            toponym.mentions += 1;
            toponym.weight = toponym.weight.max(role_weight(mention.role));
            for candidate in candidates {
                match toponym.candidates.iter_mut().find(|known| known.place == candidate.place) {
                    Some(known) => known.agreement = known.agreement.min(candidate.agreement),
                    None => toponym.candidates.push(candidate),
                }
            }
        }
        for toponym in &mut scene.toponyms {
            // The tenth mention says less than the first.
            toponym.weight *= 1.0 + (toponym.mentions as f64).ln();
            toponym.order = (0..toponym.candidates.len()).collect();
        }
        scene.surroundings = vec![Surroundings::default(); surfaces.len()];
        scene.link(relations);
        scene.line_up(text, mentions);
        scene
    }

    fn add_road(&mut self, reference: &str) {
        for road in self.gazetteer.roads_called(reference) {
            let Some(bounds) = road.bounds() else { continue };
            if self.roads.iter().any(|known| std::ptr::eq(known.road, road)) {
                continue;
            }
            self.roads.push(SceneRoad { road, bounds });
            let country = self.gazetteer.country(&road.country);
            let told = country.map(|place| (self.gazetteer.place(place).division_key().0, ROAD_WEIGHT));
            self.told_countries.extend(told);
        }
    }

    fn link(&mut self, relations: &[SpatialRelation]) {
        for relation in relations {
            let toponym = |at: usize| self.toponym_of.get(at).copied().flatten();
            let (Some(figure), Some(ground)) = (relation.figure.and_then(|f| toponym(f.0)), toponym(relation.ground.0))
            else {
                continue;
            };
            if figure == ground {
                continue;
            }
            for (this, other, is_figure) in [(figure, ground, true), (ground, figure, false)] {
                if self.toponyms[other].is_guess {
                    continue;
                }
                let link = Link { other, kind: relation.kind, distance_m: relation.distance_m, is_figure };
                if !self.toponyms[this].links.contains(&link) {
                    self.toponyms[this].links.push(link);
                }
            }
        }
    }

    /// Notes for each name which others stand before and behind it in its sentences.
    fn line_up(&mut self, text: &NormalizedText, mentions: &[ToponymMention]) {
        let sentence = |mention: &ToponymMention| text.sentence_of(text.token_at(mention.span.start()));
        let stops: Vec<(usize, usize)> = mentions
            .iter()
            .zip(&self.toponym_of)
            .filter(|(mention, _)| mention.role == MentionRole::Literal)
            .filter_map(|(mention, toponym)| Some((sentence(mention), (*toponym)?)))
            .collect();
        for stop in stops.windows(3) {
            let [(first, before), (sentence, toponym), (last, after)] = stop else { continue };
            let distinct = before != toponym && toponym != after && before != after;
            let between = &mut self.toponyms[*toponym].between;
            if first == sentence && sentence == last && distinct && between.len() < NEIGHBOURS_AT_MOST {
                between.push((*before, *after));
            }
        }
    }

    /// Sums up, for every surface, what the other names suggest at the moment.
    pub fn look_around(&mut self) {
        let mut surroundings = vec![Surroundings::default(); self.surroundings.len()];
        for seen in self.toponyms.iter().filter(|seen| !seen.is_guess).take(CONTEXT_TOPONYMS) {
            for candidate in seen.likely() {
                let Some(country) = candidate.country() else { continue };
                let weight = seen.weight * candidate.probability;
                // A country or its capital is often named as an actor and not as a scene.
                let country_weight = match candidate.kind {
                    PlaceKind::Country => 0.7 * weight,
                    PlaceKind::Capital => 0.5 * weight,
                    _ => weight,
                };
                let in_division = candidate.division.1 != 0 && candidate.kind != PlaceKind::Capital;
                for (surface, around) in surroundings.iter_mut().enumerate() {
                    if surface != seen.surface {
                        around.add_country(country, country_weight);
                        if in_division {
                            around.add_division(candidate.division, weight);
                        }
                    }
                }
            }
        }
        for (country, weight) in &self.told_countries {
            surroundings.iter_mut().for_each(|around| around.add_country(*country, *weight));
        }
        self.surroundings = surroundings;
    }

    /// What the other names of the article suggest.
    pub fn around(&self, toponym: &Toponym) -> &Surroundings {
        static NOTHING: Surroundings =
            Surroundings { countries: Vec::new(), divisions: Vec::new(), country_total: 0.0, division_total: 0.0 };
        self.surroundings.get(toponym.surface).unwrap_or(&NOTHING)
    }

    /// The other names that a toponym's candidates may be compared with.
    pub fn others(&self, toponym: &Toponym) -> impl Iterator<Item = &Toponym> {
        let surface = toponym.surface;
        let told = self.toponyms.iter().filter(|other| !other.is_guess).take(CONTEXT_TOPONYMS);
        told.filter(move |other| other.surface != surface)
    }
}

fn known(gazetteer: &Gazetteer, candidates: &[mention::Candidate]) -> Vec<Candidate> {
    let rows = candidates.iter().filter_map(|c| Some(Candidate::new(gazetteer.get(c.place)?, c.agreement)));
    rows.collect()
}

/// The countries of adjectives, each weighing more the oftener it is told.
fn told_countries(demonyms: &[Demonym], gazetteer: &Gazetteer) -> Vec<(u64, f64)> {
    let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
    for place in demonyms.iter().filter_map(|demonym| gazetteer.get(demonym.place)) {
        if place.division_key().0 != 0 {
            *counts.entry(place.division_key().0).or_default() += 1;
        }
    }
    counts.into_iter().map(|(country, count)| (country, DEMONYM_WEIGHT * (1.0 + (count as f64).ln()))).collect()
}

/// Menus and tags say little about what an article tells; nor does the place in a treaty's name.
fn role_weight(role: MentionRole) -> f64 {
    match role {
        MentionRole::Literal => 1.0,
        MentionRole::InName | MentionRole::Dateline => 0.5,
        MentionRole::Noise => 0.1,
    }
}
