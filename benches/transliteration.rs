//! What the transliteration key joins, and what it confuses.
//!
//! `cargo bench --bench transliteration` prints both for the rows of the embedded gazetteer, in
//! the Arab countries and in the rest. There is no clock in it: the figures say how good the key
//! is, and whoever changes a rule in `gazetteer/transliteration.csv` compares them.
//!
//! *Joined* are, of the pairs of names of one place in two scripts (or two Latin spellings) that
//! no exact key joins, those with a common transliteration key, and those that are near enough to
//! each other as well. Not all of the others are misses: Damascus is no spelling of الشام.
//! *Merged* are pairs of settlements of one country, more than 3 km apart, that share a
//! transliteration key and no exact key, regular variants included; near ones are what
//! [`Gazetteer::similar_names`] would answer for each other.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use masar::gazetteer::Gazetteer;
use masar::gazetteer::spellings::MOST_PLACES;
use masar::model::coordinate::Coordinate;
use masar::model::place::{FeatureClass, PlaceIndex};
use masar::text::key::name_key;
use masar::text::transliteration::{MOST_APART, Spelling};

const ARAB_COUNTRIES: [&str; 19] = [
    "Algeria",
    "Bahrain",
    "Egypt",
    "Iraq",
    "Jordan",
    "Kuwait",
    "Lebanon",
    "Libya",
    "Mauritania",
    "Morocco",
    "Oman",
    "Palestine",
    "Qatar",
    "Saudi Arabia",
    "Sudan",
    "Syria",
    "Tunisia",
    "United Arab Emirates",
    "Yemen",
];

/// Rows this near to each other are one village told twice.
const SAME_PLACE_M: f64 = 3_000.0;

/// Merges within this distance can mislead a reader of the context.
const NEAR_M: f64 = 50_000.0;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Arabic,
    Latin,
    /// Latin with letters that Turkish and Kurdish have and English lacks.
    Turkish,
    Cyrillic,
}

fn kind(name: &str) -> Option<Kind> {
    match name.chars().find(|c| c.is_alphabetic())? {
        '\u{0600}'..='\u{06FF}' => Some(Kind::Arabic),
        '\u{0400}'..='\u{052F}' => Some(Kind::Cyrillic),
        _ if name.chars().any(|c| "şŞğĞıİçÇ".contains(c)) => Some(Kind::Turkish),
        c if c < '\u{0250}' || ('\u{1E00}'..'\u{1F00}').contains(&c) => Some(Kind::Latin),
        _ => None,
    }
}

/// The row of the table for two names, the first of which is the place's English one or not.
fn pair(first: Kind, second: Kind, of_english: bool) -> Option<&'static str> {
    match (first.min(second), first.max(second)) {
        (Kind::Arabic, Kind::Arabic) => Some("Arabic - Arabic"),
        (Kind::Arabic, Kind::Latin) => Some("Arabic - Latin"),
        (Kind::Arabic, Kind::Turkish) => Some("Arabic - Turkish"),
        (Kind::Arabic, Kind::Cyrillic) => Some("Arabic - Cyrillic"),
        (Kind::Latin, Kind::Latin) => of_english.then_some("Latin - Latin"),
        (Kind::Latin, Kind::Turkish) => Some("Latin - Turkish"),
        (Kind::Latin, Kind::Cyrillic) => Some("Latin - Cyrillic"),
        _ => None,
    }
}

struct Row {
    place: PlaceIndex,
    country: String,
    coordinate: Coordinate,
    names: Vec<(Option<Kind>, String, Spelling)>,
    /// Exact keys and regular variants.
    keys: HashSet<String>,
    is_settlement: bool,
}

fn rows(gazetteer: &Gazetteer, is_arab: bool) -> Vec<Row> {
    let places = gazetteer.indices().map(|index| gazetteer.place(index));
    let places = places.filter(|place| ARAB_COUNTRIES.contains(&place.country()) == is_arab);
    places
        .map(|place| Row {
            place: place.index(),
            country: place.country().to_owned(),
            coordinate: place.coordinate(),
            names: place.names().map(|name| (kind(name), name_key(name), Spelling::of(name))).collect(),
            keys: place.names().map(name_key).collect(),
            is_settlement: place.feature_class() == FeatureClass::Populated,
        })
        .collect()
}

#[derive(Default)]
struct Joined {
    exact: usize,
    others: usize,
    by_key: usize,
    near: usize,
}

fn near(a: &Spelling, b: &Spelling) -> bool {
    a.distance_within(b, MOST_APART).is_some()
}

fn joined(rows: &[Row]) -> BTreeMap<&'static str, Joined> {
    let mut table: BTreeMap<&'static str, Joined> = BTreeMap::new();
    for row in rows {
        for (at, (first, first_key, first_spelling)) in row.names.iter().enumerate() {
            for (second, second_key, second_spelling) in row.names.iter().skip(at + 1) {
                let (Some(first), Some(second)) = (first, second) else { continue };
                let Some(pair) = pair(*first, *second, at == 0) else { continue };
                let counts = table.entry(pair).or_default();
                if first_key == second_key {
                    counts.exact += 1;
                    continue;
                }
                counts.others += 1;
                counts.by_key += usize::from(first_spelling.shares_key(second_spelling));
                counts.near += usize::from(near(first_spelling, second_spelling));
            }
        }
    }
    table
}

/// Pairs of places and what share of all places takes part in one.
#[derive(Default)]
struct Merged {
    pairs: usize,
    places: HashSet<PlaceIndex>,
}

impl Merged {
    fn add(&mut self, a: &Row, b: &Row) {
        self.pairs += 1;
        self.places.extend([a.place, b.place]);
    }

    fn line(&self, what: &str, settlements: usize) {
        let share = self.places.len() as f64 / settlements as f64;
        let each = 2.0 * self.pairs as f64 / settlements as f64;
        println!("  {what:<42} {:>7} pairs  {each:>6.3} others a place  {share:>6.3} of the places", self.pairs);
    }
}

fn merged(gazetteer: &Gazetteer, rows: &[Row]) {
    let mut by_key: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| row.is_settlement) {
        let keys: BTreeSet<&str> = row.names.iter().flat_map(|(.., spelling)| spelling.keys()).collect();
        for key in keys {
            by_key.entry((row.country.as_str(), key)).or_default().push(at);
        }
    }
    let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
    for places in by_key.values().filter(|places| places.len() <= MOST_PLACES) {
        for (at, first) in places.iter().enumerate() {
            pairs.extend(places.iter().skip(at + 1).map(|second| (*first, *second)));
        }
    }
    let share_name = |a: &Row, b: &Row| {
        a.keys.iter().any(|key| b.keys.contains(key) || gazetteer.names(key).any(|name| name.place == b.place))
            || b.keys.iter().any(|key| gazetteer.names(key).any(|name| name.place == a.place))
    };
    let (mut by_key, mut by_key_near) = (Merged::default(), Merged::default());
    let (mut close, mut close_near) = (Merged::default(), Merged::default());
    for (first, second) in pairs {
        let (a, b) = (&rows[first], &rows[second]);
        let distance_m = a.coordinate.distance_m(b.coordinate);
        if distance_m < SAME_PLACE_M || share_name(a, b) {
            continue;
        }
        let is_close = a.names.iter().any(|(.., a)| b.names.iter().any(|(.., b)| near(a, b)));
        let counts: [(&mut Merged, bool); 4] = [
            (&mut by_key, true),
            (&mut by_key_near, distance_m <= NEAR_M),
            (&mut close, is_close),
            (&mut close_near, is_close && distance_m <= NEAR_M),
        ];
        counts.into_iter().filter(|(_, counts)| *counts).for_each(|(merged, _)| merged.add(a, b));
    }
    let settlements = rows.iter().filter(|row| row.is_settlement).count();
    println!("\n  merged, of {settlements} settlements");
    by_key.line("one key in one country", settlements);
    by_key_near.line("one key within 50 km", settlements);
    close.line("near spellings in one country", settlements);
    close_near.line("near spellings within 50 km", settlements);
}

fn main() {
    let gazetteer = Gazetteer::embedded();
    for (title, is_arab) in [("Arab countries", true), ("other countries", false)] {
        let rows = rows(gazetteer, is_arab);
        println!("\n{title}: {} places\n", rows.len());
        println!("  {:<20} {:>8} {:>8} {:>9} {:>9}", "pairs of names", "exact", "others", "one key", "near");
        for (pair, Joined { exact, others, by_key, near }) in joined(&rows) {
            let share = |count: usize| count as f64 / others.max(1) as f64;
            println!("  {pair:<20} {exact:>8} {others:>8} {:>9.3} {:>9.3}", share(by_key), share(near));
        }
        merged(gazetteer, &rows);
    }
}
