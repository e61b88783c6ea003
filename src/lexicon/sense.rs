//! What a word of the lexicon can mean to the stages that read it.
//!
//! A row's `sense` and `value` cells become one [`Sense`]; `lexicon/README.md` describes each
//! for the linguist who edits the rows.

use crate::model::event::PositionType;
use crate::model::mention::{Bearing, PlaceCue};
use crate::text::key::name_key;
use jiff::civil::Weekday;
use jiff::tz::TimeZoneDatabase;

/// Grammatical number of a noun.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum GrammaticalNumber {
    Singular,
    Dual,
    Plural,
}

/// Which month, week or year a word points to, seen from the day of publication.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TimeModifier {
    This,
    Last,
    Next,
    /// The one mentioned last.
    Same,
}

/// A calendar unit.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TimeUnit {
    Day,
    Week,
    Month,
    Year,
}

/// A part of the day, which tells the halves of a twelve-hour clock apart.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum DayPart {
    /// Before noon, by the clock ("a.m.") or by the word.
    Morning,
    Noon,
    /// After noon, evening included.
    Afternoon,
    Night,
}

/// The part a word gives to the places it governs.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RouteRole {
    Start,
    End,
    /// A direction in which somebody moves; the end when no other end is told.
    Heading,
    Via,
    /// The way back.
    Return,
}

/// The meaning of one lexicon row.
#[derive(Clone, PartialEq, Debug)]
pub enum Sense {
    // Places.
    PlaceCue(PlaceCue),
    /// A cue that belongs to the name ("مطار القامشلي").
    NameCue(PlaceCue),
    /// A cue that stands behind its name ("Idlib province").
    PlaceCueAfter(PlaceCue),
    /// A part of the name that stands behind the rest ("Taftanaz airbase").
    NameCueAfter(PlaceCue),
    /// An article or possessive that opens a noun phrase ("the").
    Article,
    /// Behind the ground: the side on which the figure lies ("Serakib'in batısında").
    DirectionAfter(Bearing),
    /// Behind the ground: close to it ("Ariha yakınında").
    NearAfter,
    /// Behind two places: what lies between them ("A ile B arasında").
    BetweenAfter,
    /// Behind a place: its part in a route ("Ariha üzerinden").
    RouteAfter(RouteRole),
    /// An ending that a name carries behind an apostrophe ("Latakia's").
    NameEnding,
    /// A case ending of places, with the part in a route that it gives ("Ariha'dan", "Ariha'da").
    CaseEnding(Option<RouteRole>),
    /// An ending of an inflected name ("Саракибе"), with what the form in the gazetteer has instead.
    Inflection(Inflection),
    /// Opens a list of names ("قرى").
    ListCue,
    Direction(Bearing),
    Near,
    Within,
    Between,
    /// Stands between a place and what locates it ("الواقعة").
    Located,
    /// A letter that names a class of road when a number follows.
    RoadLetter(String),
    /// Opens the name of an agreement, a conference or an organisation.
    NameOfOther,
    /// Short for a first-level division ("Ky."), with the division's English name.
    DivisionAbbreviation(String),
    /// A place's name that people are called too ("Georgia"): before a surname it is a person's.
    GivenName,
    /// Opens the name of a person.
    PersonTitle,
    /// Never a place.
    NotPlace,
    /// A place of which no source with a point was found.
    Unlocated,

    // Parties.
    Party(String),
    /// An adjective or noun made of a country's or region's name ("Syrian"), by its English name.
    Demonym(String),
    /// A word for the parties named before ("الجانبان").
    BothParties,
    Escort,

    // Patrols.
    Patrol(GrammaticalNumber),
    /// Stands for a patrol that was named before ("the latest one").
    PatrolAgain,
    /// Governs the end that was meant and not reached ("the aim had been").
    PlannedEnd,
    /// What moves on a patrol ("الآليات").
    Vehicles,
    /// Moves like a patrol and is none.
    Convoy,
    Exercise,
    /// A verb or preposition that governs places of a route.
    Route(RouteRole),
    /// A preposition that governs a place only where something moves.
    MotionPreposition(RouteRole),
    Motion,
    Run,
    Joint,
    /// Of one party alone ("منفردة").
    Alone,
    Reverse,
    Abbreviated,
    /// Says that what was named as the end was not reached ("لم تبلغ غايتها").
    NotReached,
    Full,
    Returned,
    Another,
    /// Takes one out of several ("آخر الدوريات").
    OneOf,
    Demonstrative,
    Copula,
    Topic,

    // Numbers.
    Ordinal(u32),
    Cardinal(u32),
    /// What stands before a number that is an ordinal ("رقم").
    NumberMarker,
    /// What makes an ordinal count something else than the series.
    SecondaryCount,
    Unit(f64),

    // Time.
    Month(i8),
    Weekday(Weekday),
    /// Days from the day of publication.
    RelativeDay(i32),
    TimeModifier(TimeModifier),
    TimeUnit(TimeUnit),
    Before,
    After,
    /// A verb of saying: a day beside it is the day of the statement.
    Says,
    /// Goes on with what the one before said ("وأضاف").
    SaysMore,

    // Attribution.
    /// Governs who says it ("وفق").
    AccordingTo,
    /// Who may say it, by its English name.
    Source(String),
    /// Opens the name of a source ("وكالة").
    Outlet,
    /// Says that somebody counts ("في إحصاء").
    Counts,
    /// The picture's words and no report ("صورة أرشيفية").
    Caption,

    // Clock times.
    /// Makes a clock time of the number behind it ("الساعة").
    Clock,
    /// Makes a clock time of the number before it ("o'clock").
    ClockAfter,
    /// A time of day by a word of its own, in hours and minutes ("noon").
    ClockTime(i8, i8),
    /// Minutes to add to the hour beside it ("والنصف", "quarter to").
    ClockMinutes(i8),
    DayPart(DayPart),
    /// A preposition that may govern a clock time ("عند").
    AtTime,
    /// The clock that a time is told by, a name of the tz database; `None` for that of the place.
    TimeZone(Option<String>),

    // Modality.
    Suspension,
    Cancellation,
    Plan,
    Denial,
    Negation,

    // Positions.
    Post(PositionType),
    Establish,
    Evacuate,
    Deploy,
    /// What is counted here is a sum over many places ("the number of").
    Total,
    /// A plan for a position.
    Intent,
    /// Governs what a position looks over, which is not where it stands ("المشرفة على").
    Overlooks,

    /// What is done to an agreement ("تم تبنيه").
    Adopted,

    /// Another event, by its type in `lexicon/event_types.toml`.
    Event(String),

    // Structure.
    /// Joins members of a list.
    Conjunction,
    ClauseBreak,
    /// Everything after it belongs to other articles.
    NoiseStart,
    /// The line it stands in is no part of the article.
    NoiseLine,
    SourceLabel,
    /// A word ending, for languages that inflect by suffixes.
    Suffix,
    /// A word that is written with a full stop and does not end a sentence, before what it stands.
    Abbreviation(AbbreviationBefore),
    /// A name that programs which tell languages give this one (ISO 639-3).
    LanguageCode,
    /// A script (ISO 15924) of which texts in no language that has a pack are read with this one.
    Script,
    /// A letter that no neighbouring language writes so often.
    OwnLetter,
    /// Something that the language does or lacks as a whole.
    Trait(LanguageTrait),
}

/// What a whole language does or lacks.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LanguageTrait {
    /// It has no definite article: a bare noun may be the one that was named before.
    NoArticles,
    /// It writes an ordinal as digits with a full stop: "4. devriye".
    DottedOrdinals,
}

/// What an inflected name has instead of its ending in the gazetteer, and what its case says.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Inflection {
    /// What the form in the gazetteer ends in; empty where nothing takes the ending's place.
    pub base: Box<str>,
    /// Whether the case says where something is, so that a preposition of motion before it means
    /// no motion ("в Идлибе" beside "в Идлиб").
    pub locative: bool,
}

/// What follows an abbreviation.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum AbbreviationBefore {
    /// "no. 5": before a number alone; else the full stop ends the sentence.
    Number,
    /// "г. Камышлы": before a name too.
    Name,
}

impl Sense {
    /// Reads the `sense` and `value` cells of a row; the error says what would be allowed.
    pub fn parse(sense: &str, value: &str) -> Result<Self, String> {
        let number = |value: &str| value.parse::<u32>().map_err(|_| format!("`{value}` is not a whole number"));
        Ok(match sense {
            "place_cue" => Self::PlaceCue(place_cue(value)?),
            "name_cue" => Self::NameCue(place_cue(value)?),
            "place_cue_after" => Self::PlaceCueAfter(place_cue(value)?),
            "name_cue_after" => Self::NameCueAfter(place_cue(value)?),
            "article" => Self::Article,
            "direction_after" => Self::DirectionAfter(
                Bearing::parse(value).ok_or_else(|| format!("`{value}` is not a compass direction"))?,
            ),
            "near_after" => Self::NearAfter,
            "between_after" => Self::BetweenAfter,
            "route_after" => Self::RouteAfter(route_role(value)?),
            "name_ending" => Self::NameEnding,
            "case_ending" => Self::CaseEnding(if value.is_empty() { None } else { Some(route_role(value)?) }),
            "inflection" => Self::Inflection(Inflection { base: name_key(value).into(), locative: false }),
            "locative_inflection" => Self::Inflection(Inflection { base: name_key(value).into(), locative: true }),
            "patrol_again" => Self::PatrolAgain,
            "planned_end" => Self::PlannedEnd,
            "total" => Self::Total,
            "list_cue" => Self::ListCue,
            "direction" => {
                Self::Direction(Bearing::parse(value).ok_or_else(|| format!("`{value}` is not a compass direction"))?)
            }
            "near" => Self::Near,
            "within" => Self::Within,
            "between" => Self::Between,
            "located" => Self::Located,
            "road_letter" => Self::RoadLetter(required(value)?),
            "name_of_other" => Self::NameOfOther,
            "given_name" => Self::GivenName,
            "person_title" => Self::PersonTitle,
            "not_place" => Self::NotPlace,
            "unlocated" => Self::Unlocated,
            "party" => Self::Party(required(value)?),
            "division_abbreviation" => Self::DivisionAbbreviation(required(value)?),
            "demonym" => Self::Demonym(required(value)?),
            "both_parties" => Self::BothParties,
            "escort" => Self::Escort,
            "patrol" => Self::Patrol(match value {
                "singular" => GrammaticalNumber::Singular,
                "dual" => GrammaticalNumber::Dual,
                "plural" => GrammaticalNumber::Plural,
                _ => return Err(format!("`{value}` is not singular, dual or plural")),
            }),
            "vehicles" => Self::Vehicles,
            "convoy" => Self::Convoy,
            "exercise" => Self::Exercise,
            "route" => Self::Route(route_role(value)?),
            "motion_preposition" => Self::MotionPreposition(route_role(value)?),
            "motion" => Self::Motion,
            "run" => Self::Run,
            "joint" => Self::Joint,
            "alone" => Self::Alone,
            "reverse" => Self::Reverse,
            "abbreviated" => Self::Abbreviated,
            "not_reached" => Self::NotReached,
            "full" => Self::Full,
            "returned" => Self::Returned,
            "another" => Self::Another,
            "one_of" => Self::OneOf,
            "demonstrative" => Self::Demonstrative,
            "copula" => Self::Copula,
            "topic" => Self::Topic,
            "ordinal" => Self::Ordinal(number(value)?),
            "cardinal" => Self::Cardinal(number(value)?),
            "number_marker" => Self::NumberMarker,
            "secondary_count" => Self::SecondaryCount,
            "unit" => match value.parse::<f64>() {
                Ok(metres) if metres > 0.0 && metres.is_finite() => Self::Unit(metres),
                _ => return Err(format!("`{value}` is not a length in metres")),
            },
            "month" => match value.parse::<i8>() {
                Ok(month) if (1..=12).contains(&month) => Self::Month(month),
                _ => return Err(format!("`{value}` is not a month from 1 to 12")),
            },
            "weekday" => Self::Weekday(weekday(value)?),
            "relative_day" => {
                Self::RelativeDay(value.parse().map_err(|_| format!("`{value}` is not a number of days"))?)
            }
            "time_modifier" => Self::TimeModifier(match value {
                "this" => TimeModifier::This,
                "last" => TimeModifier::Last,
                "next" => TimeModifier::Next,
                "same" => TimeModifier::Same,
                _ => return Err(format!("`{value}` is not this, last, next or same")),
            }),
            "time_unit" => Self::TimeUnit(match value {
                "day" => TimeUnit::Day,
                "week" => TimeUnit::Week,
                "month" => TimeUnit::Month,
                "year" => TimeUnit::Year,
                _ => return Err(format!("`{value}` is not day, week, month or year")),
            }),
            "before" => Self::Before,
            "after" => Self::After,
            "says" => Self::Says,
            "says_more" => Self::SaysMore,
            "according_to" => Self::AccordingTo,
            "source" => Self::Source(required(value)?),
            "outlet" => Self::Outlet,
            "counts" => Self::Counts,
            "caption" => Self::Caption,
            "clock" => Self::Clock,
            "clock_after" => Self::ClockAfter,
            "clock_time" => clock_time(value)?,
            "clock_minutes" => match value.parse::<i8>() {
                Ok(minutes) if (-59..=59).contains(&minutes) => Self::ClockMinutes(minutes),
                _ => return Err(format!("`{value}` is not a number of minutes from -59 to 59")),
            },
            "day_part" => Self::DayPart(match value {
                "morning" => DayPart::Morning,
                "noon" => DayPart::Noon,
                "afternoon" => DayPart::Afternoon,
                "night" => DayPart::Night,
                _ => return Err(format!("`{value}` is not morning, noon, afternoon or night")),
            }),
            "at_time" => Self::AtTime,
            "time_zone" if value == "local" => Self::TimeZone(None),
            "time_zone" => match TimeZoneDatabase::bundled().get(value) {
                Ok(_) => Self::TimeZone(Some(value.to_owned())),
                Err(_) => return Err(format!("`{value}` is neither `local` nor a name of the tz database")),
            },
            "suspension" => Self::Suspension,
            "cancellation" => Self::Cancellation,
            "plan" => Self::Plan,
            "denial" => Self::Denial,
            "negation" => Self::Negation,
            "post" => Self::Post(match value {
                "observation post" => PositionType::ObservationPost,
                "post" => PositionType::Post,
                "base" => PositionType::Base,
                "checkpoint" => PositionType::Checkpoint,
                "deployment" => PositionType::Deployment,
                _ => return Err(format!("`{value}` is not a type of position")),
            }),
            "establish" => Self::Establish,
            "evacuate" => Self::Evacuate,
            "deploy" => Self::Deploy,
            "intent" => Self::Intent,
            "overlooks" => Self::Overlooks,
            "adopted" => Self::Adopted,
            "event" => Self::Event(required(value)?),
            "conjunction" => Self::Conjunction,
            "clause_break" => Self::ClauseBreak,
            "noise_start" => Self::NoiseStart,
            "noise_line" => Self::NoiseLine,
            "source_label" => Self::SourceLabel,
            "suffix" => Self::Suffix,
            "abbreviation" => Self::Abbreviation(match value {
                "number" => AbbreviationBefore::Number,
                "name" => AbbreviationBefore::Name,
                _ => return Err(format!("`{value}` is not number or name")),
            }),
            "language_code" => Self::LanguageCode,
            "script" => Self::Script,
            "own_letter" => Self::OwnLetter,
            "trait" => Self::Trait(match value {
                "no articles" => LanguageTrait::NoArticles,
                "dotted ordinals" => LanguageTrait::DottedOrdinals,
                _ => return Err(format!("`{value}` is not `no articles` or `dotted ordinals`")),
            }),
            _ => return Err(format!("unknown sense `{sense}`; lexicon/README.md lists them")),
        })
    }

    /// Whether a row of this sense starts an event and so must carry an example.
    pub fn needs_example(&self) -> bool {
        matches!(
            self,
            Self::Patrol(_)
                | Self::Convoy
                | Self::Exercise
                | Self::Suspension
                | Self::Cancellation
                | Self::Plan
                | Self::Denial
                | Self::Post(_)
                | Self::Establish
                | Self::Evacuate
                | Self::Deploy
                | Self::Event(_)
        )
    }

    /// Whether a word of this sense can be the name of a place all the same.
    pub fn allows_name(&self) -> bool {
        matches!(self, Self::PlaceCue(_) | Self::NameCue(_) | Self::Direction(_) | Self::Unlocated | Self::GivenName)
    }
}

fn required(value: &str) -> Result<String, String> {
    if value.is_empty() { Err("this sense needs a value".to_owned()) } else { Ok(value.to_owned()) }
}

fn place_cue(value: &str) -> Result<PlaceCue, String> {
    Ok(match value {
        "settlement" => PlaceCue::Settlement,
        "city" => PlaceCue::City,
        "neighbourhood" => PlaceCue::Neighbourhood,
        "camp" => PlaceCue::Camp,
        "crossing" => PlaceCue::Crossing,
        "airport" => PlaceCue::Airport,
        "facility" => PlaceCue::Facility,
        "mountain" => PlaceCue::Mountain,
        "governorate" => PlaceCue::Governorate,
        "district" => PlaceCue::District,
        "countryside" => PlaceCue::Countryside,
        "region" => PlaceCue::Region,
        "country" => PlaceCue::Country,
        "road" => PlaceCue::Road,
        _ => return Err(format!("`{value}` is not a kind of place")),
    })
}

fn route_role(value: &str) -> Result<RouteRole, String> {
    Ok(match value {
        "start" => RouteRole::Start,
        "end" => RouteRole::End,
        "heading" => RouteRole::Heading,
        "via" => RouteRole::Via,
        "return" => RouteRole::Return,
        _ => return Err(format!("`{value}` is not start, end, heading, via or return")),
    })
}

fn clock_time(value: &str) -> Result<Sense, String> {
    let parts = value.split_once(':').and_then(|(hour, minute)| Some((hour.parse().ok()?, minute.parse().ok()?)));
    match parts {
        Some((hour @ 0..=23, minute @ 0..=59)) => Ok(Sense::ClockTime(hour, minute)),
        _ => Err(format!("`{value}` is not a time of day such as 12:00")),
    }
}

fn weekday(value: &str) -> Result<Weekday, String> {
    Ok(match value {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return Err(format!("`{value}` is not a weekday in English")),
    })
}
