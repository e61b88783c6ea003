//! The gazetteer: opening it, looking a name up, scanning a text for every name.
//!
//! `cargo bench --bench gazetteer`. The scan is measured beside its peers in the same run: a bare
//! multi-pattern automaton over the same names and the same folded text, which knows nothing of
//! words and proclitics, and the search for one byte, which is about how fast text can be read.

use std::collections::BTreeSet;
use std::hint::black_box;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use masar::gazetteer::Gazetteer;
use masar::text::NormalizedText;
use masar::text::clitics::peelings;
use masar::text::key::name_key;

/// Ordinary news prose with the density of names that such prose has.
const PARAGRAPHS: [&str; 4] = [
    "قالت مصادر محلية إن القوات الروسية والتركية سيّرت صباح اليوم دورية مشتركة على الطريق الدولي (M4) انطلاقاً من \
     قرية الترنبة غرب مدينة سراقب وصولاً إلى قرية عين الحور في ريف اللاذقية، مروراً بمدينتي أريحا وجسر الشغور، وسط \
     انتشار كثيف للجنود على جانبي الطريق وتحليق لطائرات الاستطلاع في أجواء المنطقة.",
    "وأعلنت وزارة الدفاع في بيان لها أن الاجتماع الذي عقد أمس الثلاثاء ناقش سبل تعزيز التعاون بين البلدين في مجالات \
     التجارة والطاقة والنقل، مؤكدة أن الجانبين اتفقا على مواصلة المشاورات خلال الأسابيع المقبلة وعلى تشكيل لجنة فنية \
     مشتركة لمتابعة تنفيذ ما تم التوصل إليه من تفاهمات.",
    "وأضاف المتحدث أن الأسعار ارتفعت بنسبة خمسة في المئة منذ بداية العام الجاري بسبب تراجع الإنتاج وزيادة الطلب، فيما \
     شهدت الأسواق في دمشق وحلب وبيروت حركة محدودة، وطالب التجار بإعادة النظر في الرسوم المفروضة على المواد الأساسية \
     وبتسهيل عبور الشاحنات من المعابر الحدودية.",
    "وفي سياق متصل، نظّم طلاب الجامعة وقفة احتجاجية أمام مبنى الرئاسة طالبوا فيها بتحسين الخدمات وتخفيض الأقساط، ورفعوا \
     لافتات كتب عليها شعارات تدعو إلى الاستجابة لمطالبهم، قبل أن تتدخل إدارة الجامعة وتعد بدراسة الموضوع في أقرب وقت ممكن.",
];

/// A quarter of a megabyte.
fn text() -> NormalizedText {
    NormalizedText::new(&PARAGRAPHS.join("\n").repeat(130))
}

/// The same without proclitics: what the walks themselves cost.
fn scan_whole_words(text: &NormalizedText, gazetteer: &Gazetteer) -> usize {
    (0..text.tokens().len()).map(|at| names_at(text, gazetteer, at, text.word(at))).sum()
}

/// How many names begin with `first`, the word at `at` or what is left of it.
fn names_at(text: &NormalizedText, gazetteer: &Gazetteer, at: usize, first: &str) -> usize {
    let mut walk = gazetteer.name_walk();
    let (mut found, mut end) = (0, at);
    let mut alive = walk.push(first);
    while alive {
        found += usize::from(walk.matches().is_some());
        end += 1;
        alive = end < text.tokens().len() && walk.push(text.word(end));
    }
    found
}

/// Every name that begins at any word, with and without proclitics: what recognition asks of
/// the index before it decides anything.
fn scan(text: &NormalizedText, gazetteer: &Gazetteer) -> usize {
    let words = (0..text.tokens().len()).map(|at| (at, text.word(at)));
    words
        .flat_map(|(at, word)| peelings(word).map(move |peeling| (at, peeling.stem)))
        .map(|(at, stem)| names_at(text, gazetteer, at, stem))
        .sum()
}

fn opening(criterion: &mut Criterion) {
    criterion.bench_function("open and look one name up", |bench| {
        bench.iter(|| black_box(Gazetteer::open_embedded().names(black_box("سراقب")).count()));
    });
}

fn looking_up(criterion: &mut Criterion) {
    let gazetteer = Gazetteer::embedded();
    let names = ["سراقب", "جسر الشغور", "عين الحور", "damascus", "لا مكان", "قال المتحدث"];
    criterion.bench_function("look six keys up", |bench| {
        bench.iter(|| names.iter().map(|name| gazetteer.names(black_box(name)).count()).sum::<usize>());
    });
    criterion.bench_function("search a misspelt name", |bench| {
        bench.iter(|| gazetteer.search(black_box("جسر الشغورر")).len());
    });
    let saraqib = gazetteer.place(gazetteer.names("saraqib").next().expect("in the data").place).coordinate();
    criterion.bench_function("places within 15 km", |bench| {
        bench.iter(|| gazetteer.near(black_box(saraqib), 15_000.0).len());
    });
}

fn scanning(criterion: &mut Criterion) {
    let gazetteer = Gazetteer::embedded();
    let text = text();
    let keys: BTreeSet<String> = gazetteer
        .indices()
        .flat_map(|place| gazetteer.place(place).names().map(name_key).collect::<Vec<_>>())
        .collect();
    let automaton = AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .match_kind(MatchKind::LeftmostLongest)
        .build(keys.iter().filter(|key| !key.is_empty()))
        .expect("the names fit an automaton");
    let mut group = criterion.benchmark_group("scan");
    group.throughput(Throughput::Bytes(text.original().len() as u64));
    group.sample_size(20);
    group.bench_function("name walks", |bench| bench.iter(|| scan(black_box(&text), gazetteer)));
    group.bench_function("name walks, whole words only", |bench| {
        bench.iter(|| scan_whole_words(black_box(&text), gazetteer));
    });
    group.bench_function("aho-corasick, same names", |bench| {
        bench.iter(|| automaton.find_iter(black_box(text.folded())).count());
    });
    group.bench_function("one byte", |bench| {
        bench.iter(|| black_box(text.folded()).bytes().filter(|byte| *byte == b'\n').count());
    });
    group.bench_function("normalising the text", |bench| {
        bench.iter(|| NormalizedText::new(black_box(text.original())).tokens().len());
    });
    group.finish();
}

criterion_group!(benches, opening, looking_up, scanning);
criterion_main!(benches);
