//! Corrections: what a person who knows the region puts right, one row of a table each.
//!
//! A table of corrections is applied over places that are there already, by the build script over
//! the files of `gazetteer/`, and at run time over the layers of an opened gazetteer. Rows count
//! in their order, so that a place can be added and then named. Every row says why and from where.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::gazetteer::compile::PlaceRow;
use crate::gazetteer::error::{CompileError, Problem};
use crate::gazetteer::table::{Row, Table};
use crate::model::coordinate::Coordinate;
use crate::text::key::name_key;

/// Columns that every table of corrections has.
const REQUIRED: [&str; 3] = ["action", "reason", "source"];

/// Columns that may be left out where no row fills them.
const OPTIONAL: [&str; 12] = [
    "id",
    "name_en",
    "name_ar",
    "names",
    "lat_deg",
    "lon_deg",
    "feature_code",
    "country",
    "admin1",
    "population",
    "uncertainty_m",
    "into",
];

/// All columns, in the order in which a new table has them.
pub const CORRECTION_COLUMNS: [&str; 15] = [
    "action",
    "id",
    "name_en",
    "name_ar",
    "names",
    "lat_deg",
    "lon_deg",
    "feature_code",
    "country",
    "admin1",
    "population",
    "uncertainty_m",
    "into",
    "reason",
    "source",
];

/// A place with texts of its own.
#[derive(Clone, PartialEq, Debug)]
pub struct OwnedPlace {
    pub id: String,
    pub name_en: String,
    pub name_ar: Option<String>,
    pub names: Vec<String>,
    pub coordinate: Coordinate,
    pub feature_code: String,
    pub country: String,
    pub admin1: String,
    pub population: u64,
    /// `None`: as the feature code says.
    pub uncertainty_m: Option<f64>,
    pub source: String,
    pub note: String,
}

impl OwnedPlace {
    pub fn of(row: &PlaceRow<'_>) -> Self {
        Self {
            id: row.id.to_owned(),
            name_en: row.name_en.to_owned(),
            name_ar: row.name_ar.map(str::to_owned),
            names: row.names.iter().map(|name| (*name).to_owned()).collect(),
            coordinate: row.coordinate,
            feature_code: row.feature_code.to_owned(),
            country: row.country.to_owned(),
            admin1: row.admin1.to_owned(),
            population: row.population,
            uncertainty_m: row.uncertainty_m,
            source: row.source.to_owned(),
            note: row.note.to_owned(),
        }
    }

    pub fn as_row(&self) -> PlaceRow<'_> {
        PlaceRow {
            id: &self.id,
            name_en: &self.name_en,
            name_ar: self.name_ar.as_deref(),
            names: self.names.iter().map(String::as_str).collect(),
            coordinate: self.coordinate,
            feature_code: &self.feature_code,
            country: &self.country,
            admin1: &self.admin1,
            population: self.population,
            uncertainty_m: self.uncertainty_m,
            source: &self.source,
            note: &self.note,
        }
    }

    fn all_names(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.name_en).chain(&self.name_ar).chain(&self.names)
    }

    fn add_name(&mut self, name: String) {
        if !self.all_names().any(|known| *known == name) {
            self.names.push(name);
        }
    }
}

/// What a row asks for.
#[derive(Clone, PartialEq, Debug)]
pub enum Action {
    /// The place lies elsewhere.
    Move { coordinate: Coordinate, uncertainty_m: Option<f64> },
    /// Other columns of the place are wrong.
    Change(Changes),
    /// The place has these names too.
    Name { names: Vec<String> },
    /// The place, or none at all where the row has no id, is not called so.
    Forbid { names: Vec<String> },
    /// There is no such place.
    Remove,
    /// The place is the same as another one, which gets its names.
    Merge { into: String },
    /// A place that no gazetteer has.
    Add(Box<OwnedPlace>),
}

/// The cells that are to be replaced.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Changes {
    pub name_en: Option<String>,
    pub name_ar: Option<String>,
    pub feature_code: Option<String>,
    pub country: Option<String>,
    pub admin1: Option<String>,
    pub population: Option<u64>,
    pub uncertainty_m: Option<f64>,
}

/// One row of a table of corrections.
#[derive(Clone, PartialEq, Debug)]
pub struct Correction {
    /// Empty where a name is forbidden everywhere.
    pub id: String,
    pub action: Action,
    pub reason: String,
    pub source: String,
    pub file: String,
    pub line: usize,
    /// Where the id stands in the line, in characters from 1.
    id_column: usize,
}

/// A correction that could not be made; the others were.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CorrectionWarning {
    pub file: String,
    pub line: usize,
    pub finding: Finding,
}

/// Why not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Finding {
    UnknownId(String),
    /// An earlier row removed the place or merged it into another.
    RemovedBefore(String),
    UnknownName(String),
    NotItsName {
        id: String,
        name: String,
    },
}

impl fmt::Display for CorrectionWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.file, self.line)?;
        match &self.finding {
            Finding::UnknownId(id) => write!(
                f,
                "no gazetteer has the id `{id}`, so this correction changes nothing: look it up with \
                 `masar gazetteer search`, or leave the row out"
            ),
            Finding::RemovedBefore(id) => {
                write!(f, "`{id}` was removed or merged by an earlier row, so this correction changes nothing")
            }
            Finding::UnknownName(name) => {
                write!(f, "no place is called `{name}`, so that there is nothing to forbid")
            }
            Finding::NotItsName { id, name } => {
                write!(f, "`{id}` is not called `{name}`, so that there is nothing to forbid")
            }
        }
    }
}

impl Action {
    /// The word for it in the table.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Move { .. } => "move",
            Self::Change(_) => "change",
            Self::Name { .. } => "name",
            Self::Forbid { .. } => "forbid",
            Self::Remove => "remove",
            Self::Merge { .. } => "merge",
            Self::Add(_) => "add",
        }
    }
}

/// Says what was corrected, why, from where, and where the row stands.
impl fmt::Display for Correction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.action {
            Action::Move { coordinate, .. } => {
                write!(f, "moved to {:.5} {:.5}", coordinate.lon_deg(), coordinate.lat_deg())?;
            }
            Action::Change(_) => f.write_str("changed")?,
            Action::Name { names } => write!(f, "named {}", names.join(", "))?,
            Action::Forbid { names } => write!(f, "not called {}", names.join(", "))?,
            Action::Remove => f.write_str("removed")?,
            Action::Merge { into } => write!(f, "{} merged into {into}", self.id)?,
            Action::Add(_) => f.write_str("added")?,
        }
        write!(f, ": {} [{}; {}:{}]", self.reason, self.source, self.file, self.line)
    }
}

/// Reads a table of corrections.
///
/// # Errors
/// For the first row that is not one, with file, line and column.
pub fn read(table: Table<'_>) -> Result<Vec<Correction>, CompileError> {
    let mut corrections = Vec::new();
    table.rows_of(&REQUIRED, &OPTIONAL, |row| {
        corrections.push(Cells { row }.correction(table.file)?);
        Ok(())
    })?;
    Ok(corrections)
}

/// A row whose cells are asked for by the name of their column.
struct Cells<'r> {
    row: &'r Row<'r>,
}

impl Cells<'_> {
    fn position(name: &'static str) -> usize {
        REQUIRED.iter().chain(&OPTIONAL).position(|column| *column == name).unwrap_or(usize::MAX)
    }

    fn cell(&self, name: &'static str) -> &str {
        self.row.cell(Self::position(name))
    }

    fn error(&self, name: &'static str, problem: Problem) -> CompileError {
        self.row.error(Self::position(name), problem)
    }

    fn required(&self, name: &'static str) -> Result<&str, CompileError> {
        match self.cell(name) {
            "" => Err(self.error(name, Problem::Empty { column: name })),
            text => Ok(text),
        }
    }

    fn text(&self, name: &'static str) -> Option<String> {
        Some(self.cell(name)).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    fn number(&self, name: &'static str) -> Result<f64, CompileError> {
        let text = self.required(name)?;
        let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
        number.ok_or_else(|| self.error(name, Problem::Number { column: name, value: text.to_owned() }))
    }

    fn coordinate(&self) -> Result<Coordinate, CompileError> {
        let (lat_deg, lon_deg) = (self.number("lat_deg")?, self.number("lon_deg")?);
        Coordinate::new(lon_deg, lat_deg).map_err(|error| {
            let message = error.to_string();
            let column = if message.starts_with("latitude") { "lat_deg" } else { "lon_deg" };
            self.error(column, Problem::Coordinate(message))
        })
    }

    fn uncertainty_m(&self) -> Result<Option<f64>, CompileError> {
        const NAME: &str = "uncertainty_m";
        match self.cell(NAME) {
            "" => Ok(None),
            _ => match self.number(NAME)? {
                radius_m if radius_m > 0.0 => Ok(Some(radius_m)),
                _ => Err(self.error(NAME, Problem::Number { column: NAME, value: self.cell(NAME).to_owned() })),
            },
        }
    }

    fn population(&self) -> Result<Option<u64>, CompileError> {
        const NAME: &str = "population";
        let wrong = |text: &str| self.error(NAME, Problem::Number { column: NAME, value: text.to_owned() });
        match self.cell(NAME) {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| wrong(text)),
        }
    }

    /// The names of a cell, at least one unless `may_be_empty`.
    fn names(&self) -> Vec<String> {
        let names = self.cell("names").split('|').map(str::trim);
        names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
    }

    /// Names that can be looked up.
    fn names_to_find(&self) -> Result<Vec<String>, CompileError> {
        self.required("names")?;
        let names = self.names();
        match names.iter().find(|name| name_key(name).is_empty()) {
            Some(name) => Err(self.error("names", Problem::NoName(name.clone()))),
            None if names.is_empty() => Err(self.error("names", Problem::Empty { column: "names" })),
            None => Ok(names),
        }
    }

    fn correction(&self, file: &str) -> Result<Correction, CompileError> {
        let action = self.required("action")?;
        let used: &[&str] = match action {
            "move" => &["id", "lat_deg", "lon_deg", "uncertainty_m"],
            "change" => {
                &["id", "name_en", "name_ar", "feature_code", "country", "admin1", "population", "uncertainty_m"]
            }
            "name" | "forbid" => &["id", "names"],
            "remove" => &["id"],
            "merge" => &["id", "into"],
            "add" => &OPTIONAL[..OPTIONAL.len() - 1],
            _ => return Err(self.error("action", Problem::UnknownAction(action.to_owned()))),
        };
        // A cell that would be passed over is a mistake of whoever filled it.
        for column in OPTIONAL {
            if !used.contains(&column) && !self.cell(column).is_empty() {
                return Err(self.error(column, Problem::UnusedCell { column, action: action.to_owned() }));
            }
        }
        let id = if action == "forbid" { self.cell("id") } else { self.required("id")? };
        let source = self.required("source")?.to_owned();
        let parsed = match action {
            "move" => Action::Move { coordinate: self.coordinate()?, uncertainty_m: self.uncertainty_m()? },
            "change" => {
                let changes = Changes {
                    name_en: self.text("name_en"),
                    name_ar: self.text("name_ar"),
                    feature_code: self.text("feature_code"),
                    country: self.text("country"),
                    admin1: self.text("admin1"),
                    population: self.population()?,
                    uncertainty_m: self.uncertainty_m()?,
                };
                if changes == Changes::default() {
                    return Err(self.error("action", Problem::NothingToChange));
                }
                Action::Change(changes)
            }
            "name" => Action::Name { names: self.names_to_find()? },
            "forbid" => Action::Forbid { names: self.names_to_find()? },
            "remove" => Action::Remove,
            "merge" => {
                let into = self.required("into")?.to_owned();
                if into == id {
                    return Err(self.error("into", Problem::MergedIntoItself));
                }
                Action::Merge { into }
            }
            _ => Action::Add(Box::new(OwnedPlace {
                id: id.to_owned(),
                name_en: self.required("name_en")?.to_owned(),
                name_ar: self.text("name_ar"),
                names: self.names(),
                coordinate: self.coordinate()?,
                feature_code: self.required("feature_code")?.to_owned(),
                country: self.cell("country").to_owned(),
                admin1: self.cell("admin1").to_owned(),
                population: self.population()?.unwrap_or(0),
                uncertainty_m: self.uncertainty_m()?,
                source: source.clone(),
                note: self.required("reason")?.to_owned(),
            })),
        };
        let at = self.error("id", Problem::Empty { column: "id" });
        Ok(Correction {
            id: id.to_owned(),
            action: parsed,
            reason: self.required("reason")?.to_owned(),
            source,
            file: file.to_owned(),
            line: at.line,
            id_column: at.column,
        })
    }
}

/// What corrections make of the places that are there.
#[derive(Debug, Default)]
pub struct Effects {
    /// Places as they are now, to put in the stead of those of the same id.
    pub places: Vec<CorrectedPlace>,
    /// Ids of places that are no longer there.
    pub removed: Vec<String>,
    pub warnings: Vec<CorrectionWarning>,
}

/// A place with the keys under which it must not be found.
#[derive(Clone, Debug)]
pub struct CorrectedPlace {
    pub place: OwnedPlace,
    pub forbidden: BTreeSet<String>,
    pub file: String,
    pub line: usize,
}

/// The ids that corrections speak of.
pub fn ids(corrections: &[Correction]) -> BTreeSet<String> {
    let into = corrections.iter().filter_map(|correction| match &correction.action {
        Action::Merge { into } => Some(into),
        _ => None,
    });
    let ids = corrections.iter().map(|correction| &correction.id).chain(into);
    ids.filter(|id| !id.is_empty()).cloned().collect()
}

/// The keys that no place may be found by.
pub fn forbidden_everywhere(corrections: &[Correction]) -> BTreeSet<String> {
    let names =
        corrections.iter().filter(|correction| correction.id.is_empty()).flat_map(|correction| {
            match &correction.action {
                Action::Forbid { names } => names.as_slice(),
                _ => &[],
            }
        });
    names.map(|name| name_key(name)).collect()
}

/// Makes corrections in their order. `find` gives the place with an id as it was, `is_name` says
/// whether any place has a key.
///
/// # Errors
/// When a place is added whose id is taken.
pub fn apply(
    corrections: &[Correction],
    find: impl Fn(&str) -> Option<OwnedPlace>,
    is_name: impl Fn(&str) -> bool,
) -> Result<Effects, CompileError> {
    let mut state = State { find, places: BTreeMap::new() };
    let mut warnings = Vec::new();
    for correction in corrections {
        let findings = state.apply(correction, &is_name)?;
        warnings.extend(findings.into_iter().map(|finding| CorrectionWarning {
            file: correction.file.clone(),
            line: correction.line,
            finding,
        }));
    }
    let mut effects = Effects { warnings, ..Effects::default() };
    for (id, place) in state.places {
        match place {
            Some(place) => effects.places.push(place),
            None => effects.removed.push(id),
        }
    }
    Ok(effects)
}

/// The places that corrections have touched so far; `None` for those removed.
struct State<F> {
    find: F,
    places: BTreeMap<String, Option<CorrectedPlace>>,
}

impl<F: Fn(&str) -> Option<OwnedPlace>> State<F> {
    /// The place with an id as it is by now.
    fn place(&mut self, id: &str, correction: &Correction) -> Result<&mut CorrectedPlace, Finding> {
        if !self.places.contains_key(id) {
            let place = (self.find)(id).ok_or_else(|| Finding::UnknownId(id.to_owned()))?;
            let (file, line) = (correction.file.clone(), correction.line);
            self.places.insert(id.to_owned(), Some(CorrectedPlace { place, forbidden: BTreeSet::new(), file, line }));
        }
        self.places.get_mut(id).and_then(Option::as_mut).ok_or_else(|| Finding::RemovedBefore(id.to_owned()))
    }

    fn apply(
        &mut self,
        correction: &Correction,
        is_name: &impl Fn(&str) -> bool,
    ) -> Result<Vec<Finding>, CompileError> {
        if let Action::Add(place) = &correction.action {
            let taken = self.places.contains_key(&place.id) || (self.find)(&place.id).is_some();
            if taken {
                return Err(CompileError {
                    file: correction.file.clone(),
                    line: correction.line,
                    column: correction.id_column,
                    problem: Problem::TakenId(place.id.clone()),
                });
            }
            let (file, line) = (correction.file.clone(), correction.line);
            let place = CorrectedPlace { place: (**place).clone(), forbidden: BTreeSet::new(), file, line };
            self.places.insert(place.place.id.clone(), Some(place));
            return Ok(Vec::new());
        }
        Ok(self.change(correction, is_name).unwrap_or_else(|finding| vec![finding]))
    }

    fn change(&mut self, correction: &Correction, is_name: &impl Fn(&str) -> bool) -> Result<Vec<Finding>, Finding> {
        let id = correction.id.as_str();
        let mut findings = Vec::new();
        match &correction.action {
            Action::Add(_) => {}
            Action::Move { coordinate, uncertainty_m } => {
                let place = &mut self.place(id, correction)?.place;
                place.coordinate = *coordinate;
                place.uncertainty_m = uncertainty_m.or(place.uncertainty_m);
                place.source.clone_from(&correction.source);
            }
            Action::Change(changes) => {
                let place = &mut self.place(id, correction)?.place;
                let replace = |text: &mut String, new: &Option<String>| {
                    if let Some(new) = new {
                        text.clone_from(new);
                    }
                };
                replace(&mut place.name_en, &changes.name_en);
                replace(&mut place.country, &changes.country);
                replace(&mut place.admin1, &changes.admin1);
                if changes.feature_code.is_some() {
                    // The radius may have been that of the old code.
                    place.uncertainty_m = None;
                }
                replace(&mut place.feature_code, &changes.feature_code);
                place.name_ar = changes.name_ar.clone().or(place.name_ar.take());
                place.population = changes.population.unwrap_or(place.population);
                place.uncertainty_m = changes.uncertainty_m.or(place.uncertainty_m);
            }
            Action::Name { names } => {
                let place = self.place(id, correction)?;
                for name in names {
                    place.forbidden.remove(&name_key(name));
                    place.place.add_name(name.clone());
                }
            }
            Action::Forbid { names } if id.is_empty() => {
                let unknown = names.iter().filter(|name| !is_name(&name_key(name)));
                findings.extend(unknown.map(|name| Finding::UnknownName(name.clone())));
            }
            Action::Forbid { names } => {
                let place = self.place(id, correction)?;
                for name in names {
                    let key = name_key(name);
                    if !place.place.all_names().any(|own| name_key(own) == key) && !is_name(&key) {
                        findings.push(Finding::NotItsName { id: id.to_owned(), name: name.clone() });
                    }
                    // The English name stays to be shown, it is only not looked for any more.
                    place.place.names.retain(|own| name_key(own) != key);
                    place.place.name_ar.take_if(|own| name_key(own) == key);
                    place.forbidden.insert(key);
                }
            }
            Action::Remove => {
                self.place(id, correction)?;
                self.places.insert(id.to_owned(), None);
            }
            Action::Merge { into } => {
                let names: Vec<String> = self.place(id, correction)?.place.all_names().cloned().collect();
                let into = &mut self.place(into, correction)?.place;
                names.into_iter().for_each(|name| into.add_name(name));
                self.places.insert(id.to_owned(), None);
            }
        }
        Ok(findings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "action,id,names,lat_deg,lon_deg,into,reason,source\n";

    fn parse(rows: &str) -> Result<Vec<Correction>, String> {
        let text = format!("{HEADER}{rows}");
        read(Table { file: "c.csv", text: &text }).map_err(|error| error.to_string())
    }

    fn village(id: &str) -> Option<OwnedPlace> {
        ["a:1", "a:2"].contains(&id).then(|| OwnedPlace {
            id: id.to_owned(),
            name_en: format!("Village {id}"),
            name_ar: Some("قرية".to_owned()),
            names: vec!["Qarya".to_owned()],
            coordinate: Coordinate::new(36.0, 35.0).unwrap(),
            feature_code: "PPL".to_owned(),
            country: "Syria".to_owned(),
            admin1: "Idlib".to_owned(),
            population: 0,
            uncertainty_m: None,
            source: "old".to_owned(),
            note: String::new(),
        })
    }

    fn effects(rows: &str) -> Effects {
        apply(&parse(rows).unwrap(), village, |key| key == "qarya").unwrap()
    }

    #[test]
    fn a_moved_place_keeps_everything_else() {
        let effects = effects("move,a:1,,35.5,36.5,,seen,visit\n");
        let place = &effects.places[0].place;
        assert_eq!((place.coordinate.lat_deg(), place.coordinate.lon_deg()), (35.5, 36.5));
        assert_eq!((place.source.as_str(), place.name_en.as_str()), ("visit", "Village a:1"));
        assert!(effects.warnings.is_empty() && effects.removed.is_empty());
    }

    #[test]
    fn rows_count_in_their_order() {
        let effects = effects(
            "name,a:1,Kafr X|كفر,,,,r,s\nforbid,a:1,Qarya,,,,r,s\nmerge,a:2,,,,a:1,r,s\nmove,a:2,,35.5,36.5,,r,s\n",
        );
        assert_eq!(effects.removed, ["a:2"]);
        assert_eq!(effects.places.len(), 1);
        let CorrectedPlace { place, forbidden, .. } = &effects.places[0];
        assert_eq!(place.names, ["Kafr X", "كفر", "Village a:2", "Qarya"]);
        assert!(forbidden.contains("qarya"), "what was forbidden stays so");
        let warnings: Vec<String> = effects.warnings.iter().map(ToString::to_string).collect();
        assert_eq!(
            warnings,
            ["c.csv:5: `a:2` was removed or merged by an earlier row, so this correction changes nothing"]
        );
    }

    #[test]
    fn what_is_not_there_is_a_warning_and_the_rest_is_done() {
        let effects =
            effects("remove,b:9,,,,,r,s\nforbid,,Nowhere,,,,r,s\nforbid,a:1,Else,,,,r,s\nremove,a:1,,,,,r,s\n");
        assert_eq!(effects.removed, ["a:1"]);
        let findings: Vec<&Finding> = effects.warnings.iter().map(|warning| &warning.finding).collect();
        assert_eq!(
            findings,
            [
                &Finding::UnknownId("b:9".into()),
                &Finding::UnknownName("Nowhere".into()),
                &Finding::NotItsName { id: "a:1".into(), name: "Else".into() },
            ]
        );
        assert!(effects.warnings[0].to_string().starts_with("c.csv:2: no gazetteer has the id `b:9`"));
    }

    #[test]
    fn faults_name_file_line_column_and_what_to_do() {
        let cases = [
            (
                "mvoe,a:1,,1,1,,r,s\n",
                "c.csv:2:1: `mvoe` is no action: write move, change, name, forbid, remove, merge or add",
            ),
            ("move,a:1,,95,36,,r,s\n", "c.csv:2:11: latitude 95 is not between -90 and 90"),
            ("move,a:1,,NaN,36,,r,s\n", "c.csv:2:11: `NaN` in `lat_deg` is not a number of that kind"),
            ("move,a:1,,35,236,,r,s\n", "c.csv:2:14: longitude 236 is not between -180 and 180"),
            ("move,,,35,36,,r,s\n", "c.csv:2:6: `id` is empty"),
            ("move,a:1,,35,36,,,s\n", "c.csv:2:18: `reason` is empty"),
            ("move,a:1,,35,36,,r,\n", "c.csv:2:20: `source` is empty"),
            ("remove,a:1,X,,,,r,s\n", "c.csv:2:12: `names` has no meaning for `remove`: leave the cell empty"),
            ("forbid,,،,,,,r,s\n", "c.csv:2:9: `،` holds no letter that a name could be found by"),
            ("merge,a:1,,,,a:1,r,s\n", "c.csv:2:14: a place cannot be merged into itself: name the id that stays"),
            ("add,a:3,,35,36,,r,s\n", "c.csv:2:1: `name_en` is empty"),
            ("change,a:3,,,,,r,s\n", "c.csv:2:1: nothing is changed: fill the columns that are to be replaced"),
        ];
        for (rows, error) in cases {
            assert_eq!(parse(rows).unwrap_err(), error);
        }
        let text = "action,reason\n";
        let error = read(Table { file: "c.csv", text }).unwrap_err().to_string();
        assert_eq!(error, "c.csv:1:1: column `source` is missing");
    }

    #[test]
    fn an_id_that_is_taken_cannot_be_added() {
        let text = "action,id,name_en,lat_deg,lon_deg,feature_code,reason,source\nadd,a:1,X,35,36,PPL,r,s\n";
        let corrections = read(Table { file: "c.csv", text }).unwrap();
        let error = apply(&corrections, village, |_| true).unwrap_err().to_string();
        assert!(error.starts_with("c.csv:2:5: the id `a:1` is taken"), "{error}");
    }
}
