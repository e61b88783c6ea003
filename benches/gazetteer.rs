//! The gazetteer: opening it, looking a name up, scanning a text for every name, laying files over
//! each other.
//!
//! `cargo bench --bench gazetteer`. The scan is measured beside its peers in the same run: a bare
//! multi-pattern automaton over the same names and the same folded text, which knows nothing of
//! words and proclitics, and the search for one byte, which is about how fast text can be read.

use std::collections::BTreeSet;
use std::hint::black_box;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use masar::gazetteer::Gazetteer;
use masar::gazetteer::compile::{Compiler, PlaceRow};
use masar::gazetteer::table::Table;
use masar::model::coordinate::Coordinate;
use masar::text::NormalizedText;
use masar::text::clitics::peelings;
use masar::text::key::name_key;
use tempfile::NamedTempFile;

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

/// A compiled file of made-up places, whose names share syllables as real ones do.
fn made_up(places: usize) -> NamedTempFile {
    const SYLLABLES: [&str; 16] =
        ["كفر", "تل", "بيت", "عين", "دير", "مر", "سلم", "نور", "حسن", "زيت", "رمل", "شمس", "قمر", "بحر", "جبل", "وادي"];
    let codes = Table {
        file: "codes",
        text: "feature_code,feature_class,label_en,uncertainty_m,note\nPPL,P,populated place,1000,\n",
    };
    let mut compiler = Compiler::new(codes, None).expect("the table is sound");
    let file = compiler.add_file("made up").expect("the first file");
    let mut state = 1u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for number in 0..places {
        let id = format!("own:{number:08}");
        let mut word = || (0..3).map(|_| SYLLABLES[next(16)]).collect::<String>();
        let name_ar = format!("{} {}", word(), word());
        let coordinate = Coordinate::new(30.0 + next(1_000_000) as f64 / 1e5, 30.0 + next(1_000_000) as f64 / 1e5);
        let row = PlaceRow {
            id: &id,
            name_en: &id,
            name_ar: Some(&name_ar),
            names: Vec::new(),
            coordinate: coordinate.expect("in range"),
            feature_code: "PPL",
            country: "Syria",
            admin1: "Idlib",
            population: 0,
            uncertainty_m: None,
            source: "made up",
            note: "",
        };
        compiler.add_place(&row, file, number).expect("a sound row");
    }
    let mut file = NamedTempFile::new().expect("a temporary file");
    let compiled = compiler.finish("CC0").expect("it fits");
    compiled.write_to(&mut file).expect("it can be written");
    file
}

/// Files of users: opened, and laid over the embedded places.
fn layering(criterion: &mut Criterion) {
    let (small, large) = (made_up(60_000), made_up(500_000));
    for file in [&small, &large] {
        let megabytes = file.as_file().metadata().expect("it is there").len() >> 20;
        criterion.bench_function(&format!("open a file of {megabytes} MB"), |bench| {
            bench.iter(|| Gazetteer::open(black_box(file.path())).expect("it is sound"));
        });
    }
    let text = text();
    let open = |file: &NamedTempFile| Gazetteer::open(file.path()).expect("it is sound");
    let two = Gazetteer::open_embedded().with(open(&large)).expect("they fit");
    let three = Gazetteer::open_embedded().with(open(&large)).and_then(|stack| stack.with(open(&small)));
    let three = three.expect("they fit");
    let mut group = criterion.benchmark_group("layers");
    group.throughput(Throughput::Bytes(text.original().len() as u64));
    group.sample_size(20);
    group.bench_function("name walks, one layer", |bench| bench.iter(|| scan(&text, Gazetteer::embedded())));
    group.bench_function("name walks, two layers", |bench| bench.iter(|| scan(&text, &two)));
    group.bench_function("name walks, three layers", |bench| bench.iter(|| scan(&text, &three)));
    let candidates = |gazetteer: &Gazetteer| {
        ["سراقب", "دمشق", "أريحا", "إدلب"].map(|name| gazetteer.names(&name_key(name)).candidates(name).len())
    };
    group.bench_function("candidates of four names, one layer", |bench| {
        bench.iter(|| candidates(Gazetteer::embedded()));
    });
    group.bench_function("candidates of four names, two layers", |bench| bench.iter(|| candidates(&two)));
    group.finish();
}

criterion_group!(benches, opening, looking_up, scanning, layering);
criterion_main!(benches);
