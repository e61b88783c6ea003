//! Famously ambiguous places, resolved with the embedded gazetteer.
//!
//! The mentions are found here by name alone, with a handful of cues, so that the tests do not
//! depend on recognition.

use masar::gazetteer::Gazetteer;
use masar::gazetteer::compile::Compiler;
use masar::gazetteer::table::Table;
use masar::model::mention::{
    Bearing, MentionIndex, MentionKind, MentionRole, PlaceCue, RelationKind, Resolution, SpatialRelation,
    ToponymMention, UnresolvedReason,
};
use masar::model::span::Span;
use masar::resolution::resolve;
use masar::text::NormalizedText;
use masar::text::clitics::peelings;
use proptest::prelude::*;

/// Words that say what the next name is; they are no names themselves in these texts.
const CUES: [(&str, PlaceCue); 22] = [
    ("مدينه", PlaceCue::City),
    ("بلده", PlaceCue::Settlement),
    ("قريه", PlaceCue::Settlement),
    ("محافظه", PlaceCue::Governorate),
    ("ريف", PlaceCue::Countryside),
    ("حي", PlaceCue::Neighbourhood),
    ("مخيم", PlaceCue::Camp),
    ("معبر", PlaceCue::Crossing),
    ("مطار", PlaceCue::Airport),
    ("جبل", PlaceCue::Mountain),
    ("دوله", PlaceCue::Country),
    ("منطقه", PlaceCue::Region),
    ("المدينه", PlaceCue::City),
    ("city", PlaceCue::City),
    ("village", PlaceCue::Settlement),
    ("town", PlaceCue::Settlement),
    ("governorate", PlaceCue::Governorate),
    ("countryside", PlaceCue::Countryside),
    ("camp", PlaceCue::Camp),
    ("mount", PlaceCue::Mountain),
    ("airport", PlaceCue::Airport),
    ("country", PlaceCue::Country),
];

/// Words of the test sentences that some place somewhere is called too.
const WORDS: [&str; 16] =
    ["في", "من", "الى", "على", "بين", "قال", "الطريق", "طريق", "the", "of", "in", "on", "to", "near", "and", "تقع"];

/// Finds the longest known name at each word, in a text of plain words.
fn mentions(text: &NormalizedText, gazetteer: &Gazetteer) -> Vec<ToponymMention> {
    let mut mentions = Vec::new();
    let (mut at, mut cue) = (0, None);
    while at < text.tokens().len() {
        let token = &text.tokens()[at];
        let word = text.token_text(token).to_owned();
        let found = peelings(&word).filter(|peeling| !WORDS.contains(&peeling.stem)).find_map(|peeling| {
            let mut walk = gazetteer.name_walk();
            let mut best = None;
            let mut end = at;
            let mut alive = walk.push(peeling.stem);
            while alive {
                end += 1;
                if walk.matches().is_some() {
                    best = Some((end, walk.clone()));
                }
                alive = text.token(end).is_some_and(|next| !next.is_mark('،') && !next.is_mark(','))
                    && walk.push(text.word(end));
            }
            let (end, walk) = best?;
            let start = token.folded.start + peeling.proclitics.len();
            let span = text.original_span(start..text.token(end - 1)?.folded.end);
            Some((end, span, walk.matches()?))
        });
        let bare = word.strip_prefix('ب').unwrap_or(&word);
        let told = CUES.iter().find(|(word, _)| *word == bare).map(|(_, cue)| *cue);
        // A cue can begin a name (مخيم النيرب), but it is none by itself.
        let found = found.filter(|(end, ..)| told.is_none() || end - at > 1);
        let Some((end, span, names)) = found else {
            (at, cue) = (at + 1, told);
            continue;
        };
        let kind = match names.road() {
            Some(reference) => MentionKind::Road { reference: reference.to_owned() },
            None => MentionKind::Known { candidates: names.candidates(span.slice(text.original())) },
        };
        mentions.push(ToponymMention {
            span,
            expression: span,
            kind,
            cue: cue.take(),
            role: MentionRole::Literal,
            rule: "test",
        });
        at = end;
    }
    mentions
}

struct Resolved {
    text: NormalizedText,
    mentions: Vec<ToponymMention>,
    resolutions: Vec<Resolution>,
}

impl Resolved {
    /// The resolution of the nth mention of a surface.
    fn nth(&self, surface: &str, n: usize) -> &Resolution {
        let of_surface = self.mentions.iter().zip(&self.resolutions);
        let mut found = of_surface.filter(|(m, _)| m.span.slice(self.text.original()) == surface);
        found.nth(n).unwrap_or_else(|| panic!("{surface} is not a mention: {:?}", self.surfaces())).1
    }

    fn surfaces(&self) -> Vec<&str> {
        self.mentions.iter().map(|m| m.span.slice(self.text.original())).collect()
    }

    /// "name, division, country" of the nth mention of a surface.
    #[track_caller]
    fn check_nth(&self, surface: &str, n: usize, id: &str) {
        let gazetteer = Gazetteer::embedded();
        let resolution = self.nth(surface, n);
        let found = resolution.place().map(|place| gazetteer.place(place).id());
        let told: Vec<String> = resolution
            .ranked()
            .iter()
            .take(4)
            .map(|r| format!("{:?} {:.2} {:?}", gazetteer.place(r.place), r.probability, r.contributions))
            .collect();
        assert_eq!(found, Some(id), "{surface}: {told:#?}");
    }

    #[track_caller]
    fn check(&self, surface: &str, id: &str) {
        self.check_nth(surface, 0, id);
    }
}

fn read(text: &str) -> Resolved {
    read_with(text, &[])
}

/// Relations are given as positions among the mentions.
fn read_with(text: &str, relations: &[(usize, usize, RelationKind)]) -> Resolved {
    read_in(text, relations, |_| {})
}

fn read_in(
    text: &str,
    relations: &[(usize, usize, RelationKind)],
    change: impl Fn(&mut Vec<ToponymMention>),
) -> Resolved {
    let gazetteer = Gazetteer::embedded();
    let text = NormalizedText::new(text);
    let mut mentions = mentions(&text, gazetteer);
    change(&mut mentions);
    let relations: Vec<SpatialRelation> = relations
        .iter()
        .map(|(figure, ground, kind)| SpatialRelation {
            figure: Some(MentionIndex(*figure)),
            ground: MentionIndex(*ground),
            kind: *kind,
            distance_m: None,
            span: Span::default(),
        })
        .collect();
    let resolutions = resolve(&text, &mentions, &relations, &[], gazetteer);
    assert_eq!(resolutions.len(), mentions.len());
    Resolved { text, mentions, resolutions }
}

const COUNTRYSIDE: RelationKind = RelationKind::Countryside { side: None };

const ARIHA: &str = "gn:172994";
const JERICHO: &str = "gn:284899";
const NAYRAB: &str = "gn:166357";
const NAYRAB_ALEPPO: &str = "gn:166356";
const AIN_AL_HOUR: &str = "gn:172221";
const AIN_AL_HOUR_BADAMA: &str = "gn:172220";
const AIN_HOUR_ZABADANI: &str = "gn:172222";
const IDLIB: &str = "gn:169389";
const IDLIB_GOVERNORATE: &str = "iso:SY-ID";
const LATAKIA: &str = "gn:173576";
const LATAKIA_GOVERNORATE: &str = "iso:SY-LA";

#[test]
fn ariha_on_the_m4_is_not_jericho() {
    let text = read("سيرت القوات دورية على طريق M4 من سراقب باتجاه جسر الشغور وأريحا");
    text.check("أريحا", ARIHA);
    text.check("سراقب", "gn:164816");
    text.check("جسر الشغور", "gn:169023");
}

#[test]
fn an_article_on_the_west_bank_means_jericho() {
    let text = read("اقتحمت القوات مدينة أريحا ورام الله ونابلس في الضفة الغربية");
    text.check("أريحا", JERICHO);
    let text = read("Clashes in Jericho, Ramallah and Nablus in the West Bank");
    text.check("Jericho", JERICHO);
}

#[test]
fn nayrab_follows_its_neighbours() {
    read("دورية بين النيرب وسراقب في إدلب").check("النيرب", NAYRAB);
    read("بلدة النيرب قرب سراقب").check("النيرب", NAYRAB);
    let aleppo = read_with("قرية النيرب بريف حلب", &[(0, 1, COUNTRYSIDE)]);
    aleppo.check("النيرب", NAYRAB_ALEPPO);
    read("مخيم النيرب في مدينة حلب").check("مخيم النيرب", "masar:nayrab-camp");
}

#[test]
fn ain_al_hour_is_the_one_that_the_words_beside_it_say() {
    let m4 = "دورية على طريق M4 من سراقب إلى عين الحور مرورا بأريحا وجسر الشغور";
    read(m4).check("عين الحور", AIN_AL_HOUR);
    let latakia = read_with("من عين الحور بريف اللاذقية باتجاه مدينة سراقب", &[(0, 1, COUNTRYSIDE)]);
    latakia.check("عين الحور", AIN_AL_HOUR);
    // The south-western edge of the Idlib countryside, as one report has it.
    let side = RelationKind::Countryside { side: Some(Bearing::SouthWest) };
    let idlib = read_with("على M4 من عين حور في ريف إدلب إلى ترنبة قرب سراقب", &[(1, 2, side)]);
    idlib.check("عين حور", AIN_AL_HOUR);
    let zabadani = read("قرية عين حور قرب الزبداني وسرغايا بريف دمشق");
    zabadani.check("عين حور", AIN_HOUR_ZABADANI);
    let badama = read_with("قرية عين الحور قرب بداما", &[(0, 1, RelationKind::Near)]);
    badama.check("عين الحور", AIN_AL_HOUR_BADAMA);
}

#[test]
fn idlib_without_city_is_the_governorate() {
    read("تنفيذ الاتفاقات في إدلب وفي سوريا").check("إدلب", IDLIB_GOVERNORATE);
    read("لا دوريات في إدلب").check("إدلب", IDLIB_GOVERNORATE);
    read("وصل الرتل إلى مدينة إدلب").check("إدلب", IDLIB);
    let both = read("في ريف إدلب ثم إلى مدينة إدلب ومنها إلى أريحا");
    both.check_nth("إدلب", 0, IDLIB_GOVERNORATE);
    both.check_nth("إدلب", 1, IDLIB);
    read("في محافظة إدلب").check("محافظة إدلب", IDLIB_GOVERNORATE);
    read_with("ترنبة شرق إدلب", &[(0, 1, RelationKind::Direction(Bearing::East))]).check("إدلب", IDLIB_GOVERNORATE);
}

#[test]
fn a_road_between_two_names_joins_the_cities() {
    let between = |text: &str| read_with(text, &[(2, 0, RelationKind::Between), (2, 1, RelationKind::Between)]);
    between("الواصل بين حلب واللاذقية عند سراقب").check("اللاذقية", LATAKIA);
    let in_name = read_in("حلب واللاذقية قرب أريحا", &[], |mentions| {
        mentions.iter_mut().take(2).for_each(|mention| mention.role = MentionRole::InName);
    });
    in_name.check("اللاذقية", LATAKIA);
    read("The Aleppo-Latakia highway close to Ariha").check("Latakia", LATAKIA);
    read("M4 between Aleppo and Latakia saw its fourth patrol in Idlib").check("Aleppo", "gn:170063");
    let countryside = read_with("من عين الحور بريف اللاذقية", &[(0, 1, COUNTRYSIDE)]);
    countryside.check("اللاذقية", LATAKIA_GOVERNORATE);
}

#[test]
fn capitals_are_cities() {
    let text = read("قالت موسكو وأنقرة ودمشق إن الدوريات في إدلب تتوقف، ومؤتمر برلين");
    text.check("موسكو", "gn:524901");
    text.check("أنقرة", "gn:323786");
    text.check("دمشق", "gn:170654");
    text.check("برلين", "gn:2950159");
}

#[test]
fn countries_are_countries() {
    let text = read("روسيا وتركيا وسوريا والأردن ولبنان وجورجيا");
    for (surface, id) in [
        ("روسيا", "iso:RU"),
        ("تركيا", "iso:TR"),
        ("سوريا", "iso:SY"),
        ("الأردن", "iso:JO"),
        ("لبنان", "iso:LB"),
        ("جورجيا", "iso:GE"),
    ] {
        text.check(surface, id);
    }
}

#[test]
fn other_languages_resolve_alike() {
    let text = read("A patrol on the M4 from Tarnaba to Ain Hour passed Ariha and Jisr al-Shughour in Idlib");
    text.check("Ain Hour", AIN_AL_HOUR);
    text.check("Ariha", ARIHA);
    text.check("Idlib", IDLIB_GOVERNORATE);
    let text = read("M4 karayolunda Serakib ve Neyrab arasında, İdlib");
    text.check("Neyrab", NAYRAB);
}

#[test]
fn one_name_means_one_place() {
    let text = read("بلدة النيرب قرب سراقب في إدلب. وفي النيرب قالت مصادر إن حلب هادئة");
    text.check_nth("النيرب", 0, NAYRAB);
    text.check_nth("النيرب", 1, NAYRAB);
}

#[test]
fn roads_and_unknown_names_stay_without_a_place() {
    let text = read_in("طريق M4 قرب سراقب", &[], |mentions| {
        let end = mentions[1].span.end();
        let unknown = ToponymMention {
            span: Span::new(end - 8, end),
            expression: Span::new(end - 8, end),
            kind: MentionKind::Unknown,
            cue: None,
            role: MentionRole::Literal,
            rule: "test",
        };
        mentions.push(unknown);
    });
    let reasons: Vec<Option<UnresolvedReason>> = text
        .resolutions
        .iter()
        .map(|resolution| match resolution {
            Resolution::Unresolved { reason, .. } => Some(*reason),
            Resolution::Resolved { .. } => None,
        })
        .collect();
    assert_eq!(reasons, [Some(UnresolvedReason::Road), None, Some(UnresolvedReason::OnlySimilar)]);
}

/// A gazetteer of villages: name, longitude, latitude, country.
fn villages(rows: &[(&str, f64, f64, &str)]) -> Gazetteer {
    let codes = "feature_code,feature_class,label_en,uncertainty_m,note\nPPL,P,populated place,1000,\n";
    let mut table = String::from(
        "id,name_en,name_ar,names,lat_deg,lon_deg,feature_class,feature_code,country,admin1,population,uncertainty_m,\
         source,note\n",
    );
    for (at, (name, lon_deg, lat_deg, country)) in rows.iter().enumerate() {
        table += &format!("a:{at},{name},,,{lat_deg},{lon_deg},P,PPL,{country},,,,t,\n");
    }
    let mut compiler = Compiler::new(Table { file: "codes", text: codes }, None).unwrap();
    compiler.add_places(Table { file: "places", text: &table }).unwrap();
    Gazetteer::from_bytes(compiler.finish("").unwrap().to_bytes()).unwrap()
}

fn resolve_in(gazetteer: &Gazetteer, text: &str) -> Vec<Resolution> {
    let text = NormalizedText::new(text);
    resolve(&text, &mentions(&text, gazetteer), &[], &[], gazetteer)
}

fn resolve_namesakes(apart: f64) -> Resolution {
    let gazetteer = villages(&[("Zaytun", 36.0, 35.0, "Syria"), ("Zaytun", 36.0 + apart, 35.0, "Syria")]);
    resolve_in(&gazetteer, "Zaytun").remove(0)
}

#[test]
fn namesakes_far_apart_are_ambiguous_and_neighbours_are_not() {
    let far = resolve_namesakes(2.0);
    assert!(matches!(far, Resolution::Unresolved { reason: UnresolvedReason::Ambiguous, .. }), "{far:?}");
    assert_eq!(far.ranked().len(), 2);
    let Resolution::Resolved { probability, .. } = resolve_namesakes(0.03) else { panic!("neighbours are one place") };
    assert!(probability > far.ranked()[0].probability, "{probability}");
}

#[test]
fn a_tiny_place_in_a_country_that_the_article_is_not_about_is_implausible() {
    let rows = [("Saraqib", 36.8, 35.9, "Syria"), ("Ariha", 36.6, 35.8, "Syria"), ("Early", -85.0, 31.3, "US")];
    let gazetteer = villages(&rows);
    let early = |text: &str| resolve_in(&gazetteer, text).pop().unwrap();
    let implausible = early("From Saraqib to Ariha, early");
    assert!(matches!(implausible, Resolution::Unresolved { reason: UnresolvedReason::Implausible, .. }));
    assert_eq!(implausible.ranked().len(), 1, "the reading is told all the same");
    // A word that says it is a place keeps the name; the bearer abroad is not the one meant.
    let namesake = early("From Saraqib to Ariha, village Early");
    assert!(matches!(namesake, Resolution::Unresolved { reason: UnresolvedReason::UnknownName, .. }), "{namesake:?}");
    assert!(early("Early").place().is_some());
}

/// Resolves the last word of a text of known names as a name that only its context shows.
fn resolve_spelled(gazetteer: &Gazetteer, text: &str, cue: Option<PlaceCue>) -> Resolution {
    let text = NormalizedText::new(text);
    let mut mentions = mentions(&text, gazetteer);
    let last = text.tokens().len() - 1;
    mentions.retain(|mention| mention.span != text.token_span(last..last + 1));
    mentions.push(ToponymMention {
        span: text.token_span(last..last + 1),
        kind: MentionKind::Unknown,
        cue,
        role: MentionRole::Literal,
        rule: "test",
        expression: Span::default(),
    });
    resolve(&text, &mentions, &[], &[], gazetteer).pop().unwrap()
}

#[test]
fn another_spelling_is_believed_among_the_places_of_the_article_only() {
    let rows = [("Saraqib", 36.8, 35.9, "Syria"), ("Ariha", 36.6, 35.8, "Syria"), ("Tarnaba", 36.7, 35.8, "Syria")];
    let gazetteer = villages(&rows);
    let near = resolve_spelled(&gazetteer, "Saraqib Ariha طرنبة", None);
    let place = near.place().map(|place| gazetteer.place(place).name_en());
    assert_eq!(place, Some("Tarnaba"));
    let Resolution::Resolved { probability, .. } = near else { unreachable!() };
    assert!(probability < 0.9, "less sure than a name that a source gives");
    let far = villages(&[("Saraqib", 36.8, 35.9, "Syria"), ("Tarnaba", 40.7, 35.8, "Syria")]);
    let abroad = villages(&[("Saraqib", 36.8, 35.9, "Syria"), ("Tarnaba", 36.7, 35.8, "Iraq")]);
    for gazetteer in [far, abroad] {
        let outcome = resolve_spelled(&gazetteer, "Saraqib طرنبة", None);
        assert!(matches!(outcome, Resolution::Unresolved { reason: UnresolvedReason::OnlySimilar, .. }), "{outcome:?}");
        assert_eq!(outcome.ranked().len(), 1, "what was looked at is told");
    }
}

#[test]
fn a_slip_is_believed_after_a_word_that_says_what_it_is() {
    let rows = [("Saraqib", 36.8, 35.9, "Syria"), ("Ariha", 36.6, 35.8, "Syria"), ("Tarnaba", 36.7, 35.8, "Syria")];
    let gazetteer = villages(&rows);
    let slip = |text: &str, cue| resolve_spelled(&gazetteer, text, cue).place().map(|at| gazetteer.place(at).name_en());
    assert_eq!(slip("Saraqib Ariha Tarnala", Some(PlaceCue::Settlement)), Some("Tarnaba"));
    assert_eq!(slip("Saraqib Ariha Tarnala", None), None);
    assert_eq!(slip("Saraqib Ariha Tarnala", Some(PlaceCue::Mountain)), None, "a village is no mountain");
    assert_eq!(slip("Tarnaba Ariha Tarnala", Some(PlaceCue::Settlement)), None, "the article spells it well elsewhere");
}

#[test]
fn a_guess_resolves_no_other_name() {
    let rows = [("Zaytun", 36.0, 35.0, "Syria"), ("Zaytun", 39.0, 35.0, "Syria"), ("Tarnaba", 36.05, 35.0, "Syria")];
    let gazetteer = villages(&rows);
    let text = NormalizedText::new("Zaytun طرنبة");
    let mut all = mentions(&text, &gazetteer);
    let alone = resolve(&text, &all, &[], &[], &gazetteer);
    all.push(ToponymMention {
        span: text.token_span(1..2),
        kind: MentionKind::Unknown,
        cue: None,
        role: MentionRole::Literal,
        rule: "test",
        expression: Span::default(),
    });
    assert_eq!(resolve(&text, &all, &[], &[], &gazetteer)[..1], alone[..]);
}

#[test]
fn contributions_add_up_to_the_score() {
    let text = read("دورية على M4 من سراقب إلى عين الحور مرورا بأريحا في إدلب");
    for resolution in &text.resolutions {
        for ranked in resolution.ranked() {
            let sum: f64 = ranked.contributions.iter().map(|(_, points)| points).sum();
            assert!((sum - ranked.score).abs() < 1e-9);
        }
        assert!(resolution.ranked().windows(2).all(|pair| pair[0].score >= pair[1].score));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn every_mention_has_one_resolution_and_the_same_again(
        words in prop::collection::vec(prop::sample::select(vec![
            "سراقب", "أريحا", "إدلب", "النيرب", "عين الحور", "حلب", "مدينة", "ريف", "M4", "دمشق", "لبنان", "باريس",
        ]), 0..25),
        relations in prop::collection::vec((0usize..30, 0usize..30), 0..10),
    ) {
        let gazetteer = Gazetteer::embedded();
        let text = NormalizedText::new(&words.join(" "));
        let mentions = mentions(&text, gazetteer);
        let relations: Vec<SpatialRelation> = relations.into_iter().map(|(figure, ground)| SpatialRelation {
            figure: Some(MentionIndex(figure)),
            ground: MentionIndex(ground),
            kind: RelationKind::Near,
            distance_m: None,
            span: Span::default(),
        }).collect();
        let once = resolve(&text, &mentions, &relations, &[], gazetteer);
        prop_assert_eq!(once.len(), mentions.len());
        for resolution in &once {
            if let Resolution::Resolved { place, probability, ranked } = resolution {
                prop_assert!((0.0..=1.0).contains(probability));
                prop_assert_eq!(ranked[0].place, *place);
            }
        }
        prop_assert_eq!(&once, &resolve(&text, &mentions, &relations, &[], gazetteer));
    }
}
