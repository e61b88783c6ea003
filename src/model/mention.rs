//! Toponym mentions: where a text names a place, and which place that is.

use super::place::PlaceIndex;
use super::span::Span;

/// The position of a mention in its article's list of mentions, which is in text order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct MentionIndex(pub usize);

/// What a word beside a name says about the kind of place ("قرية X", "X governorate").
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum PlaceCue {
    /// Village, town or an unspecified settlement.
    Settlement,
    City,
    Neighbourhood,
    Camp,
    Crossing,
    Airport,
    /// A base, silo, bridge or another single site.
    Facility,
    Mountain,
    Governorate,
    District,
    /// The countryside of the place named, an area around it.
    Countryside,
    Region,
    Country,
    Road,
    /// A member of a list that such a word opened ("the villages A, B and C").
    Listed,
}

impl PlaceCue {
    /// The wording of the output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Settlement => "settlement",
            Self::City => "city",
            Self::Neighbourhood => "neighbourhood",
            Self::Camp => "camp",
            Self::Crossing => "crossing",
            Self::Airport => "airport",
            Self::Facility => "facility",
            Self::Mountain => "mountain",
            Self::Governorate => "governorate",
            Self::District => "district",
            Self::Countryside => "countryside",
            Self::Region => "region",
            Self::Country => "country",
            Self::Road => "road",
            Self::Listed => "listed",
        }
    }
}

/// How well an indexed name agrees with the surface.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum NameAgreement {
    /// Letter for letter, a definite article included.
    Exact,
    /// The same after folding.
    Folded,
    /// A regular variant: an article more or less, a compound written apart or together.
    Variant,
    /// The same sounds spelled otherwise, in the same script or another.
    Transliteration,
    /// One letter more, less, other, or two in exchanged order.
    OneEdit,
}

/// One gazetteer row that bears the mention's name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Candidate {
    pub place: PlaceIndex,
    pub agreement: NameAgreement,
    /// The row is a country's first-level division.
    pub division: bool,
}

/// What kind of text a mention stands in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum MentionRole {
    Literal,
    /// Inside another name: an agreement, a conference, "the A-B road".
    InName,
    Dateline,
    /// Menus, tags, headlines of other articles.
    Noise,
}

impl MentionRole {
    /// The wording of the output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Literal => "literal",
            Self::InName => "in name",
            Self::Dateline => "dateline",
            Self::Noise => "noise",
        }
    }
}

/// What was recognised.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum MentionKind {
    /// A name that the gazetteer holds, with every row that bears it.
    Known { candidates: Vec<Candidate> },
    /// A name that only its context shows to be one.
    Unknown,
    /// A named road, by its reference ("M4").
    Road { reference: String },
}

impl ToponymMention {
    /// Whether the name can stand for a first-level division and nothing says that the town of
    /// that name is meant.
    pub fn may_be_division(&self) -> bool {
        let town = matches!(self.cue, Some(PlaceCue::City | PlaceCue::Settlement | PlaceCue::Listed));
        match &self.kind {
            MentionKind::Known { candidates } => !town && candidates.iter().any(|candidate| candidate.division),
            _ => false,
        }
    }
}

/// One mention of a place, before it is resolved.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ToponymMention {
    /// The name alone: proclitics, quotes and case endings stand outside.
    pub span: Span,
    /// The name with the noun of its class ("محافظة إدلب"); the name itself where there is none.
    pub expression: Span,
    pub kind: MentionKind,
    pub cue: Option<PlaceCue>,
    pub role: MentionRole,
    /// The rule that recognised it, for `masar explain`.
    pub rule: &'static str,
}

/// An adjective made of the name of a country or region ("Syrian"): it says where people and things
/// are from, and only so where something happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Demonym {
    pub span: Span,
    pub place: PlaceIndex,
}

/// Compass directions as texts use them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Bearing {
    North,
    NorthEast,
    East,
    SouthEast,
    South,
    SouthWest,
    West,
    NorthWest,
}

impl Bearing {
    /// Degrees clockwise from north.
    pub fn degrees(self) -> f64 {
        match self {
            Self::North => 0.0,
            Self::NorthEast => 45.0,
            Self::East => 90.0,
            Self::SouthEast => 135.0,
            Self::South => 180.0,
            Self::SouthWest => 225.0,
            Self::West => 270.0,
            Self::NorthWest => 315.0,
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::North => "north",
            Self::NorthEast => "north-east",
            Self::East => "east",
            Self::SouthEast => "south-east",
            Self::South => "south",
            Self::SouthWest => "south-west",
            Self::West => "west",
            Self::NorthWest => "north-west",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        use Bearing::*;
        [North, NorthEast, East, SouthEast, South, SouthWest, West, NorthWest].into_iter().find(|b| b.as_str() == text)
    }
}

/// How a figure stands to a ground in space.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum RelationKind {
    At,
    Near,
    /// In the countryside of the ground, perhaps of one side of it.
    Countryside {
        side: Option<Bearing>,
    },
    /// In a direction from the ground, outside or at its edge.
    Direction(Bearing),
    Between,
    AlongRoad,
    /// Inside the ground ("X in Y", "X بمحافظة Y").
    Within,
    /// Another name of the ground ("عين العرب (كوباني)").
    Alias,
}

impl RelationKind {
    /// The wording of the output property `relation`.
    pub fn as_text(self) -> String {
        match self {
            Self::At => "at".into(),
            Self::Near => "near".into(),
            Self::Countryside { .. } => "countryside".into(),
            Self::Direction(bearing) => format!("{} of", bearing.as_str()),
            Self::Between => "between".into(),
            Self::AlongRoad => "along road".into(),
            Self::Within => "within".into(),
            Self::Alias => "alias".into(),
        }
    }
}

/// "FIGURE north of GROUND", as the text words it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct SpatialRelation {
    /// The place that is located; `None` where only an area is told ("north of GROUND").
    pub figure: Option<MentionIndex>,
    pub ground: MentionIndex,
    pub kind: RelationKind,
    /// Stated distance in metres.
    pub distance_m: Option<f64>,
    pub span: Span,
}

/// One scored reading of a mention.
#[derive(Clone, PartialEq, Debug)]
pub struct RankedCandidate {
    pub place: PlaceIndex,
    pub score: f64,
    /// Softmax of the scores over the mention's candidates, in 0..=1.
    pub probability: f64,
    /// What each pass added, in the order of the passes: pass name and points.
    pub contributions: Vec<(&'static str, f64)>,
}

/// Why a mention has no place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum UnresolvedReason {
    /// The gazetteer has no such name.
    UnknownName,
    /// The gazetteer has only names that are spelled like it, and nothing in the text supports any.
    OnlySimilar,
    /// Several places bear it and nothing in the text decides.
    Ambiguous,
    /// A road has no single point.
    Road,
    /// It bears a place's name but nothing suggests that the place is meant.
    Implausible,
}

impl UnresolvedReason {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UnknownName => "the gazetteer has no such name",
            Self::OnlySimilar => "the gazetteer only has names spelled like it, and nothing in the text supports them",
            Self::Ambiguous => "several places bear this name and nothing in the text decides",
            Self::Road => "a road has no single point",
            Self::Implausible => "nothing in the text suggests that a place of this name is meant",
        }
    }
}

/// The outcome for one mention.
#[derive(Clone, PartialEq, Debug)]
pub enum Resolution {
    /// `ranked` is sorted from best to worst, and its first entry is the place. `probability` is
    /// calibrated (see `calibration`), while those of `ranked` are shares among the candidates.
    Resolved {
        place: PlaceIndex,
        probability: f64,
        ranked: Vec<RankedCandidate>,
    },
    Unresolved {
        reason: UnresolvedReason,
        ranked: Vec<RankedCandidate>,
    },
}

impl Resolution {
    pub fn place(&self) -> Option<PlaceIndex> {
        match self {
            Self::Resolved { place, .. } => Some(*place),
            Self::Unresolved { .. } => None,
        }
    }

    /// Whether a mention has no place, and this is why.
    pub fn is_unresolved_for(&self, why: UnresolvedReason) -> bool {
        matches!(self, Self::Unresolved { reason, .. } if *reason == why)
    }

    pub fn ranked(&self) -> &[RankedCandidate] {
        match self {
            Self::Resolved { ranked, .. } | Self::Unresolved { ranked, .. } => ranked,
        }
    }
}
