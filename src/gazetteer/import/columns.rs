//! Which column of a table holds what.

/// What a column can hold, with the names that `--column` uses: those of the columns of
/// `gazetteer/README.md`.
pub const FIELDS: [(&str, Field); 14] = [
    ("id", Field::Id),
    ("name_en", Field::NameEn),
    ("name_ar", Field::NameAr),
    ("names", Field::Names),
    ("lat_deg", Field::Lat),
    ("lon_deg", Field::Lon),
    ("feature_class", Field::Class),
    ("feature_code", Field::Code),
    ("country", Field::Country),
    ("admin1", Field::Admin1),
    ("population", Field::Population),
    ("uncertainty_m", Field::Uncertainty),
    ("source", Field::Source),
    ("note", Field::Note),
];

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Field {
    Id,
    NameEn,
    NameAr,
    Names,
    Lat,
    Lon,
    Class,
    Code,
    Country,
    Admin1,
    Population,
    Uncertainty,
    Source,
    Note,
}

impl Field {
    /// The field of a name of [`FIELDS`].
    pub fn of(name: &str) -> Option<Self> {
        FIELDS.iter().find(|(field, _)| *field == name).map(|(_, field)| *field)
    }
}

/// The columns that were named on the command line: field and position.
///
/// # Errors
/// When the header has no such column.
pub fn overridden(columns: &[(String, String)], header: &[&str]) -> Result<Vec<(Field, usize)>, String> {
    let mut found = Vec::new();
    for (field, wanted) in columns {
        let Some(field) = Field::of(field) else { continue };
        let at = header.iter().position(|name| name.trim() == wanted.trim());
        let at = at.or_else(|| header.iter().position(|name| name.trim().eq_ignore_ascii_case(wanted.trim())));
        match at {
            Some(at) => found.push((field, at)),
            None => return Err(format!("the header has no column `{wanted}`; it has {}", header.join(", "))),
        }
    }
    Ok(found)
}

/// The columns of a table in Masar's own form.
pub struct OwnColumns {
    pub known: Vec<(Field, usize)>,
    /// Headers that mean nothing.
    pub unknown: Vec<String>,
}

/// Finds the columns of a table in Masar's own form; those named on the command line come first.
///
/// # Errors
/// When a column that every place needs is missing, or one stands twice.
pub fn own_columns(header: &[&str], overrides: &[(Field, usize)]) -> Result<OwnColumns, String> {
    let mut columns = OwnColumns { known: overrides.to_vec(), unknown: Vec::new() };
    for (at, name) in header.iter().enumerate() {
        if overrides.iter().any(|(_, used)| *used == at) {
            continue;
        }
        let Some(field) = Field::of(&name.trim().to_ascii_lowercase()) else {
            columns.unknown.push((*name).to_owned());
            continue;
        };
        if overrides.iter().any(|(known, _)| *known == field) {
            continue;
        }
        if columns.known.iter().any(|(known, _)| *known == field) {
            return Err(format!("column `{name}` stands twice"));
        }
        columns.known.push((field, at));
    }
    for needed in [Field::Id, Field::NameEn, Field::Lat, Field::Lon] {
        if !columns.known.iter().any(|(field, _)| *field == needed) {
            let name = FIELDS.iter().find(|(_, field)| *field == needed).map_or("", |(name, _)| name);
            return Err(format!("no column `{name}`; --column {name}=HEADER names it"));
        }
    }
    Ok(columns)
}

/// Which part of a place or of a division above it a column of a table of p-codes holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Part {
    NameEn,
    NameAr,
    OtherName,
    PCode,
}

/// What a column of a table of p-codes holds. Level 0 is the country.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Slot {
    Level(u8, Part),
    Lat,
    Lon,
    Population,
    AreaKm2,
}

/// Stands for a populated place, below every division.
pub const SETTLEMENT: u8 = 9;

const SETTLEMENTS: [&str; 14] = [
    "location",
    "loc",
    "community",
    "settlement",
    "village",
    "place",
    "feature",
    "populatedplace",
    "ppl",
    "site",
    "town",
    "city",
    "neighbourhood",
    "neighborhood",
];
const LATITUDES: [&str; 14] = [
    "lat",
    "latitude",
    "latdeg",
    "latdd",
    "y",
    "ycoord",
    "ycoordinate",
    "pointy",
    "centroidy",
    "centery",
    "latitudey",
    "ylat",
    "centerlat",
    "centroidlat",
];
const LONGITUDES: [&str; 17] = [
    "lon",
    "long",
    "lng",
    "longitude",
    "londeg",
    "londd",
    "x",
    "xcoord",
    "xcoordinate",
    "pointx",
    "centroidx",
    "centerx",
    "longitudex",
    "xlon",
    "xlong",
    "centerlon",
    "centroidlon",
];
const POPULATIONS: [&str; 5] = ["population", "pop", "totalpopulation", "poptotal", "populationtotal"];
const AREAS: [&str; 4] = ["areasqkm", "areakm2", "areasqkm2", "sqkm"];

/// Reads a header of a table of p-codes (`ADM3_AR`, `admin3Name_en`, `PCODE`, `X_COORD`).
pub fn slot_of_header(header: &str) -> Option<Slot> {
    let plain: String = header.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect();
    let is = |names: &[&str]| names.contains(&plain.as_str());
    if is(&LATITUDES) {
        return Some(Slot::Lat);
    }
    if is(&LONGITUDES) {
        return Some(Slot::Lon);
    }
    if is(&POPULATIONS) {
        return Some(Slot::Population);
    }
    if is(&AREAS) {
        return Some(Slot::AreaKm2);
    }
    if let Some(rest) = plain.strip_prefix("admin").or_else(|| plain.strip_prefix("adm")) {
        let level = rest.chars().next().and_then(|c| c.to_digit(6))?;
        return part_of(rest.get(1..)?).map(|part| Slot::Level(level as u8, part));
    }
    if let Some(rest) = plain.strip_prefix("country") {
        return part_of(rest).map(|part| Slot::Level(0, part));
    }
    // The longest word first: "loc" begins "location".
    let mut words: Vec<&str> = SETTLEMENTS.to_vec();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let settlement = words.iter().find_map(|word| part_of(plain.strip_prefix(word)?));
    // Without a word before it, "code" or "en" says too little.
    let alone = || (plain.starts_with("name") || plain.starts_with("pcod")).then(|| part_of(&plain)).flatten();
    settlement.or_else(alone).map(|part| Slot::Level(SETTLEMENT, part))
}

fn part_of(rest: &str) -> Option<Part> {
    let rest = rest.strip_prefix("name").unwrap_or(rest);
    Some(match rest {
        "pcode" | "pcod" | "code" | "pc" => Part::PCode,
        "" | "en" | "eng" | "english" => Part::NameEn,
        "ar" | "ara" | "arabic" => Part::NameAr,
        "ref" | "refname" | "refnameen" | "refen" | "reference" | "refar" | "refnamear" => Part::OtherName,
        _ if rest.starts_with("alt") => Part::OtherName,
        _ if rest.len() == 2 && rest.bytes().all(|byte| byte.is_ascii_lowercase()) => Part::OtherName,
        _ => return None,
    })
}

/// Reads a tag of the Humanitarian Exchange Language (`#adm3+name+ar`,
/// <https://hxlstandard.org/standard/1-1final/tagging/>).
pub fn slot_of_tag(tag: &str) -> Option<Slot> {
    let mut parts = tag.trim().strip_prefix('#')?.split('+').map(|part| part.trim().to_ascii_lowercase());
    let base = parts.next()?;
    let attributes: Vec<String> = parts.collect();
    let has = |attribute: &str| attributes.iter().any(|own| own == attribute);
    let level = match base.as_str() {
        "geo" if has("lat") => return Some(Slot::Lat),
        "geo" if has("lon") => return Some(Slot::Lon),
        "population" => return Some(Slot::Population),
        "country" => 0,
        "loc" => SETTLEMENT,
        base => base.strip_prefix("adm").and_then(|level| level.parse::<u8>().ok()).filter(|level| *level <= 5)?,
    };
    let part = if has("code") {
        Part::PCode
    } else if has("alt") || has("ref") {
        Part::OtherName
    } else if has("ar") || has("i_ar") {
        Part::NameAr
    } else if has("name") || attributes.is_empty() {
        let is_other = attributes.iter().any(|own| {
            let own = own.strip_prefix("i_").unwrap_or(own);
            own.len() == 2 && own != "en"
        });
        if is_other { Part::OtherName } else { Part::NameEn }
    } else {
        return None;
    };
    Some(Slot::Level(level, part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_published_tables_are_read() {
        let level = |level, part| Some(Slot::Level(level, part));
        let cases = [
            ("ADM3_EN", level(3, Part::NameEn)),
            ("ADM3_AR", level(3, Part::NameAr)),
            ("ADM3_PCODE", level(3, Part::PCode)),
            ("ADM0_EN", level(0, Part::NameEn)),
            ("ADM2_REF", level(2, Part::OtherName)),
            ("ADM3ALT1EN", level(3, Part::OtherName)),
            ("admin3Name_en", level(3, Part::NameEn)),
            ("admin3Pcode", level(3, Part::PCode)),
            ("admin1Name", level(1, Part::NameEn)),
            ("adm4_name", level(4, Part::NameEn)),
            ("NAME_EN", level(SETTLEMENT, Part::NameEn)),
            ("NAME_AR", level(SETTLEMENT, Part::NameAr)),
            ("PCODE", level(SETTLEMENT, Part::PCode)),
            ("LocationName_Ar", level(SETTLEMENT, Part::NameAr)),
            ("Community_Pcode", level(SETTLEMENT, Part::PCode)),
            ("Latitude", Some(Slot::Lat)),
            ("LONGITUDE_X", Some(Slot::Lon)),
            ("X_COORD", Some(Slot::Lon)),
            ("AREA_SQKM", Some(Slot::AreaKm2)),
            ("validOn", None),
            ("ADM9_EN", None),
            ("en", None),
            ("code", None),
        ];
        for (header, expected) in cases {
            assert_eq!(slot_of_header(header), expected, "{header}");
        }
    }

    #[test]
    fn tags_are_read() {
        assert_eq!(slot_of_tag("#adm3+name+ar"), Some(Slot::Level(3, Part::NameAr)));
        assert_eq!(slot_of_tag("#adm3 + name + i_en"), Some(Slot::Level(3, Part::NameEn)));
        assert_eq!(slot_of_tag("#adm3+code"), Some(Slot::Level(3, Part::PCode)));
        assert_eq!(slot_of_tag("#loc+name"), Some(Slot::Level(SETTLEMENT, Part::NameEn)));
        assert_eq!(slot_of_tag("#loc+name+tr"), Some(Slot::Level(SETTLEMENT, Part::OtherName)));
        assert_eq!(slot_of_tag("#geo+lat"), Some(Slot::Lat));
        assert_eq!(slot_of_tag("#date"), None);
        assert_eq!(slot_of_tag("Latitude"), None);
    }
}
