//! What the tags of a line say of the road that it is part of.
//!
//! Keys and values are those of OpenStreetMap (<https://wiki.openstreetmap.org/wiki/Key:highway>);
//! tables made from it give them other names, which are read as well.

use crate::gazetteer::roads::{RoadQuality, Survey, folded_reference};

/// How important a road is, most important first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum RoadClass {
    Motorway,
    Trunk,
    Primary,
    Secondary,
    Tertiary,
    Unclassified,
}

impl RoadClass {
    /// The class of a value of `highway`, and whether it is a slip road of one.
    fn of_highway(value: &str) -> Option<(Self, bool)> {
        let (name, is_link) = match value.strip_suffix("_link") {
            Some(name) => (name, true),
            None => (value, false),
        };
        let class = match name {
            "motorway" => Self::Motorway,
            "trunk" => Self::Trunk,
            "primary" => Self::Primary,
            "secondary" => Self::Secondary,
            "tertiary" => Self::Tertiary,
            "unclassified" => Self::Unclassified,
            _ => return None,
        };
        Some((class, is_link))
    }
}

/// A name and the language that the source gives for it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct RoadName {
    pub language: Option<String>,
    pub name: String,
}

/// Tags, as far as they matter.
#[derive(Clone, PartialEq, Debug)]
pub struct RoadTags {
    pub highway: Option<String>,
    /// As the source spells them.
    pub references: Vec<String>,
    pub names: Vec<RoadName>,
    /// The places that a route joins.
    pub ends: Vec<String>,
    pub stops: Vec<String>,
    pub country: Option<String>,
    pub survey: Survey,
    pub source: Option<String>,
    /// The value of `route`, of a relation.
    pub route: Option<String>,
}

impl Default for RoadTags {
    fn default() -> Self {
        Self {
            highway: None,
            references: Vec::new(),
            names: Vec::new(),
            ends: Vec::new(),
            stops: Vec::new(),
            country: None,
            survey: Survey::usual(RoadQuality::Road),
            source: None,
            route: None,
        }
    }
}

/// Whether a line is part of a road that is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Use {
    /// Of the roads with its references.
    Referenced,
    /// Of the road with its name.
    Named,
    None,
}

impl RoadTags {
    /// Reads tags; of those it does not know nothing is kept.
    ///
    /// # Errors
    /// When a value that Masar itself gives a meaning to has none; the words say which.
    pub fn read<'t>(tags: impl Iterator<Item = (&'t str, &'t str)>) -> Result<Self, String> {
        let mut read = Self::default();
        let (mut quality, mut accuracy_m) = (None, None);
        let (mut from, mut to) = (None, None);
        for (key, value) in tags {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            match key {
                "highway" | "fclass" => read.highway = Some(value.to_owned()),
                "route" => read.route = Some(value.to_owned()),
                "ref" => read.references.extend(listed(value, &[';', ','])),
                "nat_ref" | "int_ref" => read.add_names(None, value),
                "names" => listed(value, &['|']).for_each(|name| read.names.push(RoadName { language: None, name })),
                "ends" => read.ends = listed(value, &['|']).collect(),
                "stops" => read.stops = listed(value, &['|']).collect(),
                "country" => read.country = Some(value.to_owned()),
                "from" => from = Some(value.to_owned()),
                "to" => to = Some(value.to_owned()),
                "source" => read.source = Some(value.to_owned()),
                "quality" => {
                    let known = RoadQuality::of_name(value);
                    quality = Some(known.ok_or(format!("`quality` is `{value}`, not `road` or `schematic`"))?);
                }
                "accuracy_m" => {
                    let metres = value.parse::<f64>().ok().filter(|metres| *metres >= 0.0 && metres.is_finite());
                    accuracy_m = Some(metres.ok_or(format!("`accuracy_m` is `{value}`, not a number of metres"))?);
                }
                _ => {
                    if let Some(language) = name_language(key) {
                        read.add_names(language, value);
                    }
                }
            }
        }
        if let (true, Some(from), Some(to)) = (read.ends.is_empty(), from, to) {
            read.ends = vec![from, to];
        }
        let quality = quality.unwrap_or(RoadQuality::Road);
        read.survey = Survey { quality, accuracy_m: accuracy_m.unwrap_or(quality.usual_accuracy_m()) };
        Ok(read)
    }

    /// The same of a table, whose cells may hold further tags as PostgreSQL's hstore prints them.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn read_cells(cells: &[(String, String)]) -> Result<Self, String> {
        let packed = cells.iter().filter(|(key, _)| matches!(key.as_str(), "other_tags" | "tags"));
        let unpacked: Vec<(String, String)> = packed.flat_map(|(_, value)| hstore(value)).collect();
        Self::read(cells.iter().chain(&unpacked).map(|(key, value)| (key.as_str(), value.as_str())))
    }

    fn add_names(&mut self, language: Option<&str>, value: &str) {
        for name in listed(value, &[';']) {
            self.names.push(RoadName { language: language.map(str::to_owned), name });
        }
    }

    /// What the line is good for. Lines of which no class is known come from tables that somebody
    /// chose; every other line without a reference is one of a hundred streets unless it is large.
    pub fn worth(&self, all_names: bool) -> Use {
        let class = self.highway.as_deref().map(RoadClass::of_highway);
        let is_kept = class.is_none_or(|class| class.is_some());
        let has_reference = self.references.iter().any(|reference| !folded_reference(reference).is_empty());
        match class.flatten() {
            _ if !is_kept => Use::None,
            _ if has_reference => Use::Referenced,
            _ if self.names.is_empty() => Use::None,
            None => Use::Named,
            Some((class, is_link)) if all_names || class <= RoadClass::Primary && !is_link => Use::Named,
            Some(_) => Use::None,
        }
    }

    /// Whether `highway` names a kind that is kept, or is not there.
    pub fn is_road(&self) -> bool {
        self.highway.as_deref().is_none_or(|value| RoadClass::of_highway(value).is_some())
    }
}

/// The language of a key that holds a name; `None` for any other key.
fn name_language(key: &str) -> Option<Option<&str>> {
    const KINDS: [&str; 6] = ["name", "int_name", "alt_name", "old_name", "loc_name", "official_name"];
    let is_language = |tag: &str| {
        let short = tag.split(['-', '_']).next().is_some_and(|first| matches!(first.len(), 2 | 3));
        short && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    if KINDS.contains(&key) {
        return Some(None);
    }
    if let Some((kind, language)) = key.split_once(':') {
        return (KINDS.contains(&kind) && is_language(language)).then_some(Some(language));
    }
    // Columns of tables: name_en, NAME_AR.
    let language = key.strip_prefix("name_").or_else(|| key.strip_prefix("NAME_"))?;
    matches!(language.len(), 2 | 3).then_some(Some(language))
}

fn listed(value: &str, separators: &'static [char]) -> impl Iterator<Item = String> {
    let parts = value.split(|c| separators.contains(&c)).map(str::trim).filter(|part| !part.is_empty());
    parts.map(str::to_owned)
}

/// The pairs of `"key"=>"value","key"=>"value"`; what is malformed ends the list.
fn hstore(text: &str) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let mut characters = text.chars().peekable();
    let quoted = |characters: &mut std::iter::Peekable<std::str::Chars<'_>>| -> Option<String> {
        while characters.next_if(|c| matches!(c, ',' | ' ')).is_some() {}
        characters.next_if_eq(&'"')?;
        let mut word = String::new();
        loop {
            match characters.next()? {
                '"' => return Some(word),
                '\\' => word.push(characters.next()?),
                other => word.push(other),
            }
        }
    };
    while let Some(key) = quoted(&mut characters) {
        if characters.next() != Some('=') || characters.next() != Some('>') {
            break;
        }
        let Some(value) = quoted(&mut characters) else { break };
        pairs.push((key, value));
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(tags: &[(&str, &str)]) -> RoadTags {
        RoadTags::read(tags.iter().copied()).unwrap()
    }

    #[test]
    fn references_and_names_of_every_kind_are_read() {
        let tags = read(&[
            ("highway", "trunk"),
            ("ref", "M4;M 5"),
            ("name", "طريق حلب"),
            ("name:en", "Aleppo Road"),
            ("old_name:tr", "Halep Yolu; Eski Yol"),
            ("int_ref", "E 90"),
            ("name:etymology:wikidata", "Q1"),
            ("name:left", "not a language"),
        ]);
        assert_eq!(tags.references, ["M4", "M 5"]);
        let names: Vec<(Option<&str>, &str)> =
            tags.names.iter().map(|name| (name.language.as_deref(), name.name.as_str())).collect();
        assert_eq!(
            names,
            [
                (None, "طريق حلب"),
                (Some("en"), "Aleppo Road"),
                (Some("tr"), "Halep Yolu"),
                (Some("tr"), "Eski Yol"),
                (None, "E 90")
            ]
        );
    }

    #[test]
    fn streets_are_left_alone_unless_they_are_wanted() {
        let worth = |highway: &str, key: &str| read(&[("highway", highway), (key, "B1")]).worth(false);
        assert_eq!(worth("tertiary_link", "ref"), Use::Referenced);
        assert_eq!(worth("primary", "name"), Use::Named);
        for highway in ["primary_link", "secondary", "unclassified"] {
            assert_eq!(worth(highway, "name"), Use::None, "{highway}");
            assert_eq!(read(&[("highway", highway), ("name", "B1")]).worth(true), Use::Named, "{highway}");
        }
        assert_eq!(worth("residential", "ref"), Use::None);
        assert_eq!(read(&[("highway", "residential"), ("name", "B1")]).worth(true), Use::None);
        assert_eq!(read(&[("name", "A road somebody drew")]).worth(false), Use::Named);
        assert_eq!(read(&[("highway", "trunk"), ("ref", "–")]).worth(false), Use::None);
    }

    #[test]
    fn packed_tags_of_a_table_are_unpacked() {
        let cells = [("other_tags", r#""ref"=>"M4","name:ar"=>"طريق \"حلب\"", "x"=>"#), ("highway", "trunk")];
        let cells: Vec<(String, String)> = cells.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        let tags = RoadTags::read_cells(&cells).unwrap();
        assert_eq!((tags.references.as_slice(), tags.names[0].name.as_str()), (&["M4".to_owned()][..], "طريق \"حلب\""));
    }

    #[test]
    fn a_quality_that_is_none_is_told() {
        let error = RoadTags::read([("quality", "guessed")].into_iter()).unwrap_err();
        assert_eq!(error, "`quality` is `guessed`, not `road` or `schematic`");
        assert!(RoadTags::read([("accuracy_m", "far")].into_iter()).is_err());
    }
}
