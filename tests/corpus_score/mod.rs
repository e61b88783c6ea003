//! Scores a map against gold in the format of `tests/corpus/README.md`.
//!
//! - Places: a shared spelling, or a feature that covers the first mention. What stands in menus and
//!   datelines is never required.
//! - Resolution: settlements, camps and crossings whose coordinates are sure, right within 5 km.
//! - Patrols: one to one by number, day and route; strict asks for all three at once.
//! - Positions: by place and party; strict asks for the status too.
//!
//! It reads GeoJSON features and gold alone, so that it can judge the output of any program.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use masar::model::coordinate::Coordinate;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Distance within which a place counts as resolved, in metres.
const NEAR_M: f64 = 5_000.0;
/// Distance within which a predicted position is at a gold place, in metres.
const SAME_PLACE_M: f64 = 3_000.0;

/// Right, invented and missed.
#[derive(Clone, Copy, Default, Debug)]
pub struct Tally {
    pub right: usize,
    pub invented: usize,
    pub missed: usize,
}

impl Tally {
    pub fn precision(self) -> f64 {
        ratio(self.right, self.right + self.invented)
    }

    pub fn recall(self) -> f64 {
        ratio(self.right, self.right + self.missed)
    }

    pub fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// The figures of a folder of articles.
#[derive(Clone, Default, Debug)]
pub struct Score {
    pub articles: usize,
    pub places: Tally,
    pub patrols: Tally,
    pub patrols_strict: Tally,
    pub positions: Tally,
    pub positions_strict: Tally,
    /// Places whose coordinates are sure, those of them that were put on the map at all, and those
    /// that were put within 5 km.
    pub sure: usize,
    pub located: usize,
    pub near: usize,
    /// Right and compared, by property of the matched patrols.
    pub patrol_fields: BTreeMap<&'static str, (usize, usize)>,
    pub errors: Vec<String>,
}

impl Score {
    pub fn resolution(&self) -> f64 {
        ratio(self.near, self.sure)
    }

    /// The figures as lines of a table.
    pub fn table(&self) -> String {
        let mut lines = vec![format!("{} articles", self.articles)];
        for (name, tally) in [
            ("places", self.places),
            ("patrols", self.patrols),
            ("patrols strict", self.patrols_strict),
            ("positions", self.positions),
            ("positions strict", self.positions_strict),
        ] {
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
            ratio(self.near, self.located)
        ));
        let fields: Vec<String> = self
            .patrol_fields
            .iter()
            .map(|(name, (right, compared))| format!("{name} {:.3}", ratio(*right, *compared)))
            .collect();
        lines.push(format!("patrol fields      {}", fields.join("  ")));
        lines.join("\n")
    }
}

/// Folds a name so that the spellings of one name compare equal.
fn fold(name: &str) -> String {
    let folded: String = name
        .chars()
        .filter(|c| *c != 'ـ')
        .map(|c| match c {
            'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
            'ى' | 'ی' | 'ئ' => 'ي',
            'ؤ' => 'و',
            'ة' => 'ه',
            'ک' => 'ك',
            _ => c,
        })
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && !"ʿʾ'’‘`´\"”“()".contains(*c))
        .flat_map(char::to_lowercase)
        .collect();
    let articles = ["al", "el", "ash", "an", "ar", "as", "the", ""];
    folded
        .trim()
        .split(|c: char| c.is_whitespace() || "-–_/".contains(c))
        .filter(|word| !articles.contains(word))
        .map(|word| match word.strip_prefix("ال") {
            Some(rest) if rest.chars().count() >= 3 => rest,
            _ => word,
        })
        .collect()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or("")
}

fn list(value: &Value) -> Vec<String> {
    match value {
        Value::String(joined) => {
            joined.split(';').map(str::trim).filter(|s| !s.is_empty()).map(str::to_owned).collect()
        }
        Value::Array(items) => items.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

fn coordinate(lon: &Value, lat: &Value) -> Option<Coordinate> {
    Coordinate::new(lon.as_f64()?, lat.as_f64()?).ok()
}

/// The point of a predicted feature.
fn point(feature: &Value) -> Option<Coordinate> {
    let geometry = &feature["geometry"];
    (geometry["type"] == "Point").then(|| coordinate(&geometry["coordinates"][0], &geometry["coordinates"][1]))?
}

/// One article's gold.
struct Gold {
    id: String,
    document: Value,
    /// Canonical name and folded spellings, in the order of the text: of two places that share a
    /// spelling, a stop of a route is the one named first.
    names: Vec<(String, BTreeSet<String>)>,
    at: BTreeMap<String, Coordinate>,
}

impl Gold {
    fn new(id: &str, document: Value) -> Self {
        let mut names = Vec::new();
        let mut at = BTreeMap::new();
        for place in document["places"].as_array().into_iter().flatten() {
            let canonical = text(place, "canonical_en").to_owned();
            if let Some(coordinate) = coordinate(&place["lon"], &place["lat"]) {
                at.insert(canonical.clone(), coordinate);
            }
            names.push((canonical, names_of(place)));
        }
        Self { id: id.to_owned(), document, names, at }
    }

    fn entries(&self, key: &str) -> Vec<&Value> {
        self.document[key].as_array().into_iter().flatten().collect()
    }

    fn same_place(&self, canonical: &str, names: &BTreeSet<String>, at: Option<Coordinate>) -> bool {
        let known = self.names.iter().find(|(name, _)| name == canonical);
        let wanted = known.map_or_else(|| [fold(canonical)].into(), |(_, names)| names.clone());
        let near = matches!((self.at.get(canonical), at), (Some(a), Some(b)) if a.distance_m(b) <= SAME_PLACE_M);
        !wanted.is_disjoint(names) || near
    }

    /// The predicted stops by their gold names; a stop that is none of them stays itself.
    fn route_of(&self, properties: &Value) -> Vec<String> {
        let (surfaces, labels) = (list(&properties["route_surfaces"]), list(&properties["route"]));
        (0..surfaces.len().max(labels.len()))
            .map(|index| {
                let spelled: BTreeSet<String> =
                    [surfaces.get(index), labels.get(index)].into_iter().flatten().map(|name| fold(name)).collect();
                let known = self.names.iter().find(|(_, names)| !names.is_disjoint(&spelled));
                known.map_or_else(|| spelled.first().cloned().unwrap_or_default(), |(canonical, _)| canonical.clone())
            })
            .collect()
    }
}

fn names_of(place: &Value) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = [text(place, "surface"), text(place, "canonical_en")].map(fold).into();
    names.extend(list(&place["aliases"]).iter().map(|name| fold(name)));
    names.remove("");
    names
}

/// Scores the features of one article against its gold and adds the figures.
pub fn score_article(score: &mut Score, article: &GoldArticle, features: &[Value]) {
    let gold = Gold::new(&article.id, article.gold.clone());
    let of_kind = |kind: &str| -> Vec<&Value> {
        features.iter().filter(|feature| feature["properties"]["kind"] == kind).collect()
    };
    score.articles += 1;
    score_places(score, &gold, &of_kind("place"));
    score_patrols(score, &gold, &of_kind("patrol"));
    score_positions(score, &gold, &of_kind("position"));
}

fn score_places(score: &mut Score, gold: &Gold, features: &[&Value]) {
    let key = |feature: &Value| {
        let properties = &feature["properties"];
        let spelled = [text(properties, "surface"), text(properties, "name")];
        fold(spelled.into_iter().find(|name| !name.is_empty()).unwrap_or(""))
    };
    let mut used = BTreeSet::new();
    for place in gold.entries("places") {
        let start = place["start"].as_u64().unwrap_or(0);
        let names = names_of(place);
        let matching: Vec<&&Value> = features
            .iter()
            .filter(|feature| {
                let properties = &feature["properties"];
                let spelled: BTreeSet<String> =
                    [key(feature), fold(text(properties, "name")), fold(text(properties, "name_ar"))].into();
                let offset = properties["evidence_offset"].as_u64();
                let length = properties["evidence_length"].as_u64().unwrap_or(0);
                let covers = offset.is_some_and(|offset| offset <= start && start < offset + length);
                covers || spelled.iter().any(|name| !name.is_empty() && names.contains(name))
            })
            .collect();
        used.extend(matching.iter().map(|feature| key(feature)));
        let here = coordinate(&place["lon"], &place["lat"]);
        let distance = |feature: &Value| match (here, point(feature)) {
            (Some(here), Some(at)) => here.distance_m(at),
            _ => f64::INFINITY,
        };
        let best = matching.iter().min_by(|a, b| distance(a).total_cmp(&distance(b)));
        let role = text(place, "role");
        if place["optional"] == true || role == "noise" || role == "dateline" {
            continue;
        }
        match best {
            Some(_) => score.places.right += 1,
            None => {
                score.places.missed += 1;
                score.errors.push(format!("{}: place missed: {}", gold.id, text(place, "surface")));
            }
        }
        let sure = matches!(text(place, "coord_conf"), "high" | "medium") && here.is_some();
        if sure && matches!(text(place, "kind"), "settlement" | "camp" | "crossing") {
            score.sure += 1;
            let off = best.map(|feature| distance(feature)).unwrap_or(f64::INFINITY);
            score.located += usize::from(off.is_finite());
            if off <= NEAR_M {
                score.near += 1;
            } else if best.is_some() {
                let how = if off.is_finite() { format!("off by {:.0} km", off / 1000.0) } else { "not located".into() };
                score.errors.push(format!("{}: place {how}: {}", gold.id, text(place, "surface")));
            }
        }
    }
    let predicted: BTreeSet<String> = features.iter().map(|feature| key(feature)).collect();
    for invented in predicted.difference(&used) {
        score.places.invented += 1;
        score.errors.push(format!("{}: place invented: {invented}", gold.id));
    }
}

/// Whether a run is told as something that happened, which is what an entry without the key means.
fn is_reported(value: &Value) -> bool {
    value.get("modality").is_none_or(|modality| modality == "reported")
}

fn count_of(value: &Value) -> u64 {
    value["count"].as_u64().unwrap_or(1)
}

fn score_patrols(score: &mut Score, gold: &Gold, features: &[&Value]) {
    let wanted: Vec<&Value> = gold.entries("patrols").into_iter().filter(|patrol| is_reported(patrol)).collect();
    let mut pairs = Vec::new();
    for (i, want) in wanted.iter().enumerate() {
        let stops: BTreeSet<String> = list(&want["route"]).into_iter().collect();
        for (j, feature) in features.iter().enumerate() {
            let properties = &feature["properties"];
            let predicted: BTreeSet<String> = gold.route_of(properties).into_iter().collect();
            let union = stops.union(&predicted).count();
            let overlap = if union == 0 { 0.0 } else { stops.intersection(&predicted).count() as f64 / union as f64 };
            let same = |key: &str| !want[key].is_null() && want[key] == properties[key];
            let counted = want["count"].as_u64().is_some_and(|count| count > 0) && want["count"] == properties["count"];
            let mut value = 2.0 * overlap;
            value += if same("ordinal") { 3.0 } else { 0.0 };
            value += if same("date") { 2.0 } else { 0.0 };
            value += if counted { 3.0 } else { 0.0 };
            if value < 1.0 && union == 0 && wanted.len() == 1 {
                value = 1.0;
            }
            if value >= 1.0 {
                pairs.push((value, i, j));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let (mut taken_wants, mut taken_features) = (BTreeSet::new(), BTreeSet::new());
    for (_, i, j) in pairs {
        if taken_wants.contains(&i) || taken_features.contains(&j) {
            continue;
        }
        taken_wants.insert(i);
        taken_features.insert(j);
        let (want, properties) = (wanted[i], &features[j]["properties"]);
        if count_of(want) > 1 {
            continue;
        }
        score.patrols.right += 1;
        let route = gold.route_of(properties);
        let set = |value: &Value| -> BTreeSet<String> { list(value).into_iter().collect() };
        let checks = [
            ("date", want["date"] == properties["date"]),
            ("ordinal", want["ordinal"] == properties["ordinal"]),
            ("actors", set(&want["actors"]) == set(&properties["actors"])),
            ("road", text(want, "road") == text(properties, "road")),
            ("route", routes_agree(want, &route)),
        ];
        for (name, right) in checks {
            let field = score.patrol_fields.entry(name).or_default();
            field.0 += usize::from(right);
            field.1 += 1;
            if !right {
                let got = if name == "route" { route.join(" > ") } else { properties[name].to_string() };
                score.errors.push(format!("{}: patrol {name}: want {} got {got}", gold.id, want[name]));
            }
        }
        let strict = checks.iter().all(|(name, right)| *right || matches!(*name, "actors" | "road"));
        score.patrols_strict.right += usize::from(strict);
        score.patrols_strict.missed += usize::from(!strict);
        score.patrols_strict.invented += usize::from(!strict);
    }
    for (i, want) in wanted.iter().enumerate() {
        if !taken_wants.contains(&i) && count_of(want) <= 1 {
            score.patrols.missed += 1;
            score.patrols_strict.missed += 1;
            score
                .errors
                .push(format!("{}: patrol missed: {} {} {}", gold.id, want["ordinal"], want["date"], want["route"]));
        }
    }
    for (j, feature) in features.iter().enumerate() {
        let properties = &feature["properties"];
        if !taken_features.contains(&j) && is_reported(properties) && count_of(properties) <= 1 {
            score.patrols.invented += 1;
            score.patrols_strict.invented += 1;
            score.errors.push(format!("{}: patrol invented: {}", gold.id, properties["title"]));
        }
    }
}

fn routes_agree(want: &Value, predicted: &[String]) -> bool {
    let optional = list(&want["optional_via"]);
    let needed =
        |stops: &[String]| -> Vec<String> { stops.iter().filter(|stop| !optional.contains(stop)).cloned().collect() };
    let (wanted, mut got) = (needed(&list(&want["route"])), needed(predicted));
    let undirected = want["undirected"] == true || text(want, "direction_notes").contains("between");
    wanted == got
        || (undirected && {
            got.reverse();
            wanted == got
        })
}

fn score_positions(score: &mut Score, gold: &Gold, features: &[&Value]) {
    let mut free: Vec<&Value> = features.to_vec();
    for want in gold.entries("positions") {
        let found = free.iter().position(|feature| {
            let properties = &feature["properties"];
            let names: BTreeSet<String> = ["place", "place_surface", "place_ar"]
                .map(|key| fold(text(properties, key)))
                .into_iter()
                .filter(|name| !name.is_empty())
                .collect();
            gold.same_place(text(want, "place"), &names, point(feature))
                && text(want, "actor") == text(properties, "actor")
        });
        let Some(found) = found else {
            score.positions.missed += 1;
            score.positions_strict.missed += 1;
            let what = format!("{} at {}", text(want, "actor"), text(want, "place"));
            score.errors.push(format!("{}: position missed: {what}", gold.id));
            continue;
        };
        let feature = free.remove(found);
        score.positions.right += 1;
        let status = |value: &Value| match text(value, "status") {
            "" => "existing".to_owned(),
            status => status.to_owned(),
        };
        let (wanted, got) = (status(want), status(&feature["properties"]));
        let strict = wanted == got;
        score.positions_strict.right += usize::from(strict);
        score.positions_strict.missed += usize::from(!strict);
        score.positions_strict.invented += usize::from(!strict);
        if !strict {
            score.errors.push(format!("{}: position status: want {wanted} got {got}", gold.id));
        }
    }
    for feature in free {
        score.positions.invented += 1;
        score.positions_strict.invented += 1;
        score.errors.push(format!("{}: position invented: {}", gold.id, feature["properties"]["title"]));
    }
}

/// An article with its gold.
pub struct GoldArticle {
    pub id: String,
    pub text: String,
    pub gold: Value,
}

/// The articles of a folder, in order: every `<id>.gold.json` with the `<id>.txt` beside it.
///
/// # Errors
/// Names the first file that is missing, unreadable or no JSON, or the folder that holds none.
pub fn articles(folder: &Path) -> Result<Vec<GoldArticle>, String> {
    let read = |path: &Path| std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()));
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut articles = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| format!("{}: {error}", folder.display()))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some(id) = name.strip_suffix(".gold.json") else { continue };
        let gold = serde_json::from_str(&read(&path)?).map_err(|error| format!("{}: {error}", path.display()))?;
        articles.push(GoldArticle { id: id.to_owned(), text: read(&folder.join(format!("{id}.txt")))?, gold });
    }
    if articles.is_empty() {
        return Err(format!("{}: no article with gold", folder.display()));
    }
    articles.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(articles)
}
