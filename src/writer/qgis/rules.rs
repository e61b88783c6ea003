//! The rules by which QGIS chooses a symbol: one for each combination of traits that a layer has.
//!
//! Only what is in use becomes a rule, so that the legend holds what is on the map and nothing else; a
//! last rule draws features that somebody adds or changes later.

use super::expression::{field, literal};
use super::symbol::{band_symbol, line_symbol, point_symbol};
use super::xml::Element;
use crate::writer::layer::{Layer, LayerKind};
use crate::writer::symbology::{Arrow, Party, Symbol, Symbology, Traits};

/// The renderer of a layer.
pub fn renderer(layer: &Layer) -> Element {
    let traits = traits_of(layer);
    let mut rules = Rules { kind: layer.kind, symbols: Vec::new(), known: Vec::new() };
    let mut top = Vec::new();
    let mut rest = traits.as_slice();
    while let Some(first) = rest.first() {
        let (group, others) = rest.split_at(rest.iter().take_while(|traits| traits.party == first.party).count());
        rest = others;
        match first.party {
            Some(number) => top.push(rules.of_party(number, group)),
            None => top.extend(group.iter().map(|traits| rules.of_traits(traits, None))),
        }
    }
    if layer.kind.is_of_lines() {
        top.push(rules.band());
    }
    top.push(rules.of_the_rest());
    Element::new("renderer-v2")
        .with("type", "RuleRenderer")
        .with("symbollevels", 1)
        .with("enableorderby", 0)
        .with("forceraster", 0)
        .child(Element::new("rules").with("key", "masar").children(top))
        .child(Element::new("symbols").children(rules.symbols))
}

/// The entries of the legend, that for the rest apart, which stands last.
pub fn legend_entries(layer: &Layer) -> usize {
    let traits = traits_of(layer);
    let mut parties: Vec<usize> = traits.iter().filter_map(|traits| traits.party).collect();
    parties.dedup();
    traits.len() + parties.len() + usize::from(layer.kind.is_of_lines())
}

/// What the features that are drawn look like, each once.
fn traits_of(layer: &Layer) -> Vec<Traits<'_>> {
    let drawn = layer.records().filter(|record| record.feature.geometry.is_some());
    let mut traits: Vec<Traits<'_>> = drawn.map(|record| Traits::of(&record)).collect();
    traits.sort_unstable();
    traits.dedup();
    traits
}

struct Rules {
    kind: LayerKind,
    symbols: Vec<Element>,
    /// The conditions of all rules, their party's included.
    known: Vec<String>,
}

impl Rules {
    /// A rule for all that a party has, with one for each look below it.
    fn of_party(&mut self, number: usize, group: &[Traits<'_>]) -> Element {
        let word = Symbology::embedded().parties.get(number).map_or("other", |party| party.word.as_str());
        let fits = party_condition(number, actors_field(self.kind));
        let rules: Vec<Element> = group.iter().map(|traits| self.of_traits(traits, Some(&fits))).collect();
        Element::new("rule")
            .with("key", format!("{}-{word}", self.kind.name()))
            .with("filter", &fits)
            .with("label", word)
            .children(rules)
    }

    /// A rule for one look, of features of which `outer` is known.
    fn of_traits(&mut self, traits: &Traits<'_>, outer: Option<&str>) -> Element {
        let symbol = Symbology::embedded().symbol_of(traits);
        let label = match traits.solid {
            true => format!("{}, along a surveyed road", symbol.label),
            false => symbol.label.clone(),
        };
        // The circles of places would hide the map; those whose point only the text gives need one.
        let with_area = self.kind != LayerKind::Places || traits.approximate;
        let condition = condition(traits);
        self.known.push(match outer {
            Some(outer) => format!("({outer} AND {condition})"),
            None => format!("({condition})"),
        });
        self.rule(&label, &condition, &symbol, with_area)
    }

    /// Features that were added or changed after this was written. Not by QGIS's `ELSE`, which does not count
    /// when a feature fits a rule that is switched off, as that for bands is.
    fn of_the_rest(&mut self) -> Element {
        let traits = Traits {
            kind: self.kind,
            party: None,
            position_type: "",
            arrow: Arrow::None,
            abbreviated: false,
            not_reported: None,
            evacuated: false,
            approximate: false,
            is_line: self.kind.is_of_lines(),
            solid: false,
        };
        let symbol = Symbology::embedded().symbol_of(&traits);
        let unknown = match self.known.is_empty() {
            true => "TRUE".to_owned(),
            false => format!("NOT ({})", self.known.join(" OR ")),
        };
        self.rule("anything else", &unknown, &symbol, self.kind != LayerKind::Places)
    }

    fn rule(&mut self, label: &str, filter: &str, symbol: &Symbol<'_>, with_area: bool) -> Element {
        let number = self.symbols.len();
        self.symbols.push(match self.kind.is_of_lines() {
            true => line_symbol(number, symbol),
            false => point_symbol(number, symbol, with_area),
        });
        Element::new("rule")
            .with("key", format!("{}-{number}", self.kind.name()))
            .with("filter", filter)
            .with("label", label)
            .with("symbol", number)
    }

    /// How far lines may be off, for who ticks it: bands of many lines would cover the map.
    fn band(&mut self) -> Element {
        let number = self.symbols.len();
        self.symbols.push(band_symbol(number, "#455a64"));
        Element::new("rule")
            .with("key", format!("{}-band", self.kind.name()))
            .with("filter", "\"uncertainty_m\" > 0")
            .with("label", "how far a line may be off")
            .with("symbol", number)
            .with("checkstate", 0)
    }
}

/// The field that holds who takes part.
fn actors_field(kind: LayerKind) -> &'static str {
    if kind == LayerKind::Positions { "actor" } else { "actors" }
}

/// The first party that fits, as [`Symbology::party_number`] finds it.
fn party_condition(number: usize, actors: &str) -> String {
    let list = format!("string_to_array(coalesce({}, ''), '; ')", field(actors));
    let fits = |names: &[String]| -> Option<String> {
        let takes_part = |name: &String| format!("array_contains({list}, {})", literal(name));
        let conditions: Vec<String> = names.iter().map(takes_part).collect();
        (!conditions.is_empty()).then(|| format!("({})", conditions.join(" AND ")))
    };
    let parties = &Symbology::embedded().parties;
    let own = parties.get(number).and_then(|party| fits(&party.actors));
    let earlier = parties.iter().take(number).filter_map(|party| fits(&party.actors)).map(|fits| format!("NOT {fits}"));
    let conditions: Vec<String> = own.into_iter().chain(earlier).collect();
    if conditions.is_empty() { "TRUE".to_owned() } else { conditions.join(" AND ") }
}

/// An expression for the colour of the party of each feature.
pub fn by_party(kind: LayerKind) -> String {
    let case = |(number, party): (usize, &Party)| {
        format!("WHEN {} THEN {}", party_condition(number, actors_field(kind)), literal(&party.color))
    };
    let cases: Vec<String> = Symbology::embedded().parties.iter().enumerate().map(case).collect();
    format!("CASE {} END", cases.join(" "))
}

/// Exactly the features with some traits, their party apart.
fn condition(traits: &Traits<'_>) -> String {
    let told = |name: &str, told: bool| {
        let not = if told { "" } else { "NOT " };
        format!("{not}coalesce({}, false)", field(name))
    };
    let is = |name: &str, value: &str, is: bool| {
        let operator = if is { "=" } else { "<>" };
        format!("coalesce({}, '') {operator} {}", field(name), literal(value))
    };
    let mut conditions = Vec::new();
    if traits.is_line {
        conditions.push(told("undirected", traits.arrow == Arrow::None));
    }
    match traits.kind {
        LayerKind::Patrols => {
            if traits.arrow != Arrow::None {
                conditions.push(told("reverse", traits.arrow == Arrow::Open));
            }
            conditions.push(told("abbreviated", traits.abbreviated));
        }
        LayerKind::Positions => {
            conditions.push(is("position_type", traits.position_type, true));
            conditions.push(is("status", "evacuated", traits.evacuated));
        }
        LayerKind::Places => conditions.push(is("geometry_quality", "approximate", traits.approximate)),
        LayerKind::Events | LayerKind::EventLines => {}
    }
    if traits.is_line {
        conditions.push(match traits.not_reported {
            Some(modality) => is("modality", modality, true),
            None => format!("coalesce({}, 'reported') = 'reported'", field("modality")),
        });
        conditions.push(is("geometry_quality", &Symbology::embedded().line.solid, traits.solid));
    }
    if conditions.is_empty() { "TRUE".to_owned() } else { conditions.join(" AND ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_party_leaves_to_earlier_ones_what_they_take() {
        let list = "string_to_array(coalesce(\"actor\", ''), '; ')";
        assert_eq!(
            party_condition(2, "actor"),
            format!(
                "(array_contains({list}, 'Turkey')) AND NOT (array_contains({list}, 'Russia') AND \
                 array_contains({list}, 'Turkey')) AND NOT (array_contains({list}, 'Russia'))"
            )
        );
        assert!(party_condition(3, "actor").starts_with("NOT (array_contains("));
    }
}
