//! A language is data: a pack that no line of Rust knows of reads a report.
//!
//! `tests/packs/kmr/` is a small pack for Kurmanji, far from complete. `whatlang` cannot tell that
//! language, so the pack's own letters have to.

use masar::gazetteer::Gazetteer;
use masar::lexicon::Lexicon;
use masar::model::article::Article;
use masar::model::event::EventKind;
use masar::model::feature::ArticleMap;
use masar::pipeline::Pipeline;

const KURMANJI: &[(&str, &str, &str)] = &[
    ("kmr", "language.csv", include_str!("packs/kmr/language.csv")),
    ("kmr", "patrols.csv", include_str!("packs/kmr/patrols.csv")),
    ("kmr", "words.csv", include_str!("packs/kmr/words.csv")),
];

fn read(text: &str) -> ArticleMap {
    let lexicon = Lexicon::embedded_with(KURMANJI).unwrap_or_else(|error| panic!("{error}"));
    let pipeline = Pipeline::with_lexicon(Gazetteer::embedded(), lexicon);
    pipeline.read(Article { id: "kmr".into(), text: text.into(), ..Article::default() }).0
}

#[test]
fn a_pack_of_data_alone_reads_a_patrol() {
    let text = "Hêzên Rûs û Tirk 5 Îlonê 2020 dewriyeya pêncemîn a hevbeş pêk anîn. \
                Wesayît ji Qamişloyê derketin û gihîştin Kobanê.\n\
                Hêzên Tirk li nêzî Amûdê xaleke leşkerî ava kirin.";
    let map = read(text);
    assert_eq!(map.language, "kmr");
    let patrols: Vec<_> = map
        .events
        .iter()
        .filter_map(|feature| match &feature.event.merged.kind {
            EventKind::Patrol(patrol) => Some((patrol, &feature.event.merged)),
            _ => None,
        })
        .collect();
    let [(patrol, told)] = patrols.as_slice() else { panic!("one patrol, not {}", patrols.len()) };
    assert_eq!(patrol.ordinal, Some(5));
    assert_eq!(told.date.date.map(|day| day.to_string()).as_deref(), Some("2020-09-05"));
    assert_eq!(told.actors.iter().collect::<Vec<_>>(), ["Russia", "Turkey"]);
    let stops: Vec<&str> = patrol.route.iter().map(|stop| map.mentions[stop.0].span.slice(text)).collect();
    assert_eq!(stops, ["Qamişloyê", "Kobanê"], "the case endings stay with the names");
}

#[test]
fn the_other_languages_stay_what_they_were() {
    let language = |text: &str| read(text).language;
    assert_eq!(language("Türk ve Rus askerleri bugün ortak devriye gerçekleştirdi, bölgede güvenlik sağlandı"), "tr");
    assert_eq!(language("Russian and Turkish troops ran a joint patrol on the highway near the town"), "en");
}
