//! Titles in Arabic.

use std::collections::BTreeSet;

use super::parties::party_of;
use crate::model::event::{Modality, PlaceReference, PositionStatus, PositionType};
use crate::model::mention::{Bearing, RelationKind};
use crate::writer::row::{Context, EventRow, OtherRow, PatrolRow, PlaceRow, PositionRow};

const TITLE_STOPS: usize = 4;

/// Grammatical gender of the noun that an adjective follows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gender {
    Masculine,
    Feminine,
}

pub fn patrol_title(row: &PatrolRow<'_>) -> String {
    let patrol = row.patrol;
    let several = patrol.count > 1;
    let mut words: Vec<String> = vec![if several { "دوريات" } else { "دورية" }.into()];
    if row.merged().actors.len() > 1 {
        words.push("مشتركة".into());
    }
    words.extend(adjectives(&row.merged().actors, Gender::Feminine));
    if patrol.abbreviated {
        words.push("مختصرة".into());
    }
    match (several, patrol.ordinal) {
        (true, _) => words.push(format!("(عددها {})", patrol.count)),
        (false, Some(number)) => words.push(format!("رقم {number}")),
        (false, None) => {}
    }
    let names: Vec<&str> = row.stops().iter().map(|stop| row.context.name_for_arabic(stop.mention)).collect();
    match (names.as_slice(), &patrol.area) {
        ([from, to], _) if patrol.undirected => words.push(format!("بين {from} و{to}")),
        ([], Some(area)) => words.push(place_phrase(row.context, area)),
        _ => {}
    }
    if let Some(road) = &row.merged().road {
        words.push(format!("على الطريق {road}"));
    }
    let mut title = words.join(" ");
    if patrol.reverse {
        title.push_str("، معاكسة");
    }
    match row.merged().modality {
        Modality::Reported => {}
        Modality::Planned => title.push_str("، مقررة"),
        Modality::Cancelled => title.push_str("، ملغاة"),
        Modality::Suspended => title.push_str("، معلقة"),
        Modality::Denied => title.push_str("، منفية"),
    }
    match names.as_slice() {
        [] => {}
        [_, _] if patrol.undirected => {}
        [from, .., to] if names.len() > TITLE_STOPS => title.push_str(&format!(": {from} ← … ← {to}")),
        names => title.push_str(&format!(": {}", names.join(" ← "))),
    }
    title
}

pub fn position_title(row: &PositionRow<'_>) -> String {
    let position = row.position;
    let (noun, gender) = match position.position_type {
        PositionType::ObservationPost => ("نقطة مراقبة", Gender::Feminine),
        PositionType::Post => ("نقطة عسكرية", Gender::Feminine),
        PositionType::Base => ("قاعدة عسكرية", Gender::Feminine),
        PositionType::Checkpoint => ("حاجز", Gender::Masculine),
        PositionType::Deployment => ("انتشار عسكري", Gender::Masculine),
    };
    let mut words: Vec<String> = vec![noun.into()];
    words.extend(adjectives(&row.merged().actors, gender));
    let status = match (position.status, gender) {
        (PositionStatus::Existing, _) => None,
        (PositionStatus::New, Gender::Masculine) => Some("جديد"),
        (PositionStatus::New, Gender::Feminine) => Some("جديدة"),
        (PositionStatus::Planned, Gender::Masculine) => Some("مزمع"),
        (PositionStatus::Planned, Gender::Feminine) => Some("مزمعة"),
        (PositionStatus::Evacuated, Gender::Masculine) => Some("مخلى"),
        (PositionStatus::Evacuated, Gender::Feminine) => Some("مخلاة"),
    };
    words.extend(status.map(Into::into));
    if position.count > 1 {
        words.push(format!("(العدد {})", position.count));
    }
    words.push(place_phrase(row.context, &position.place));
    if let Some(road) = &row.merged().road
        && row.context.road(position.place.mention) != Some(road)
    {
        words.push(format!("على الطريق {road}"));
    }
    words.join(" ")
}

pub fn other_title(row: &OtherRow<'_>) -> Option<String> {
    let label = &row.known_type()?.label_ar;
    let names: Vec<&str> = row.stops().iter().map(|stop| row.context.name_for_arabic(stop.mention)).collect();
    Some(match (names.as_slice(), row.place) {
        ([from, to], _) if row.movement.undirected => format!("{label} بين {from} و{to}"),
        ([from, .., to], _) if names.len() > TITLE_STOPS => format!("{label}: {from} ← … ← {to}"),
        ([_, _, ..], _) => format!("{label}: {}", names.join(" ← ")),
        (_, Some(place)) => format!("{label} {}", place_phrase(row.context, place)),
        (_, None) => label.clone(),
    })
}

pub fn place_title(row: &PlaceRow<'_>) -> Option<String> {
    row.name_ar().map(ToOwned::to_owned)
}

fn place_phrase(context: &Context<'_>, place: &PlaceReference) -> String {
    let name = context.name_for_arabic(place.mention);
    if let Some(road) = context.road(place.mention) {
        return format!("على الطريق {road}");
    }
    if let Some(other) = place.other {
        return format!("بين {name} و{}", context.name_for_arabic(other));
    }
    let distance = place.distance_m.map(|metres| format!("على بعد {:.0} كم ", metres / 1000.0)).unwrap_or_default();
    match place.relation {
        RelationKind::At | RelationKind::Alias | RelationKind::Within if distance.is_empty() => format!("في {name}"),
        RelationKind::Near | RelationKind::Between | RelationKind::AlongRoad if distance.is_empty() => {
            format!("قرب {name}")
        }
        RelationKind::Countryside { side: None } => format!("في ريف {name}"),
        RelationKind::Countryside { side: Some(side) } if distance.is_empty() => {
            format!("في ريف {name} {}", side_adjective(side))
        }
        RelationKind::Countryside { side: Some(bearing) } | RelationKind::Direction(bearing) => {
            format!("{distance}{} {name}", side_noun(bearing))
        }
        _ => format!("{distance}من {name}"),
    }
}

fn side_noun(bearing: Bearing) -> &'static str {
    match bearing {
        Bearing::North => "شمال",
        Bearing::NorthEast => "شمال شرق",
        Bearing::East => "شرق",
        Bearing::SouthEast => "جنوب شرق",
        Bearing::South => "جنوب",
        Bearing::SouthWest => "جنوب غرب",
        Bearing::West => "غرب",
        Bearing::NorthWest => "شمال غرب",
    }
}

fn side_adjective(bearing: Bearing) -> &'static str {
    match bearing {
        Bearing::North => "الشمالي",
        Bearing::NorthEast => "الشمالي الشرقي",
        Bearing::East => "الشرقي",
        Bearing::SouthEast => "الجنوبي الشرقي",
        Bearing::South => "الجنوبي",
        Bearing::SouthWest => "الجنوبي الغربي",
        Bearing::West => "الغربي",
        Bearing::NorthWest => "الشمالي الغربي",
    }
}

/// "روسية تركية", or the names as they are where a party has no adjective.
fn adjectives(actors: &BTreeSet<String>, gender: Gender) -> Option<String> {
    let words: Vec<String> = actors
        .iter()
        .map(|actor| match (party_of(actor), gender) {
            (Some(party), Gender::Masculine) => party.adjective_ar.to_owned(),
            (Some(party), Gender::Feminine) => format!("{}ة", party.adjective_ar),
            (None, _) => actor.clone(),
        })
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}
