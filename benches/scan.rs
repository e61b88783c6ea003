//! The scan for every name at once, by four ways of doing it, on real and on made-up text.
//!
//! `cargo bench --locked --bench scan` measures with 0.4 million names. With ten million it needs
//! some 12 GB and ten minutes, so that it is measured on request:
//! `MASAR_SCAN_NAMES=10000000 cargo bench --locked --bench scan`. `MASAR_SCAN_ONLY=bare` builds only
//! the structures with that in their names, and the walks, which all others are measured against.
//!
//! The names are those of the embedded gazetteer, filled up with made-up ones. Two peers are bare
//! automata, which know nothing of words and proclitics and report one name where several begin;
//! the others do what recognition asks for: every name from every word, with and without its
//! proclitics. The gazetteer derives variants of names besides, so that it holds more keys.
//!
//! Before criterion's figures a table tells what each took to build, what it occupies, and by how
//! much the process grew at most meanwhile (Linux alone can say). Structures are built one after
//! the other, and dropped; the walks are measured again beside each of them, so that a machine that
//! is busier at one time than at another does not spoil the ratio.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::hash::{BuildHasherDefault, Hasher};
use std::hint::black_box;
use std::mem::size_of;
use std::path::Path;
use std::time::Instant;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder};
use masar::gazetteer::Gazetteer;
use masar::gazetteer::compile::{Compiler, PlaceRow};
use masar::gazetteer::format::Section;
use masar::gazetteer::table::Table;
use masar::model::coordinate::Coordinate;
use masar::text::NormalizedText;
use masar::text::clitics::peelings;
use masar::text::key::name_key;
use tempfile::NamedTempFile;

const NAMES: usize = 400_000;
const MADE_UP_BYTES: usize = 300_000;

/// Numbers that look random and are the same in every run (Knuth's MMIX generator).
struct Lottery(u64);

impl Lottery {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

/// Syllables of one script, and the nouns that names of places begin with in it.
struct Script {
    syllables: &'static [&'static str],
    heads: &'static [&'static str],
}

const ARABIC: Script = Script {
    syllables: &[
        "سل", "نور", "حس", "زيت", "رم", "شم", "قم", "بح", "لا", "دي", "را", "نا", "مو", "عا", "يه", "ون", "ين", "ات",
        "خر", "صا", "طي", "غر", "جو", "هد",
    ],
    heads: &["كفر", "تل", "بيت", "عين", "دير", "خربه", "وادي", "جبل"],
};
const LATIN: Script = Script {
    syllables: &[
        "ka", "ra", "lo", "ben", "tor", "mi", "shu", "dal", "ver", "an", "ost", "il", "gen", "ham", "bu", "ri", "ne",
        "sul", "zar", "ek", "ton", "pol", "wi", "que",
    ],
    heads: &["san", "new", "tell", "kafr", "saint", "upper", "yeni", "al"],
};
const CYRILLIC: Script = Script {
    syllables: &[
        "ка", "ра", "ло", "бор", "ни", "ми", "шу", "дол", "вер", "ов", "ск", "ель", "гор", "ма", "бу", "ри", "не",
        "пол", "зар", "ек",
    ],
    heads: &["новая", "старый", "большой", "верхний"],
};

/// A word of two to four syllables.
fn word(script: &Script, lottery: &mut Lottery) -> String {
    (0..2 + lottery.below(3)).map(|_| lottery.pick(script.syllables)).collect()
}

fn script(lottery: &mut Lottery) -> &'static Script {
    match lottery.below(20) {
        0..11 => &ARABIC,
        11..17 => &LATIN,
        _ => &CYRILLIC,
    }
}

/// A name of one to three words; every third begins with a noun that thousands begin with.
fn made_up_name(lottery: &mut Lottery) -> String {
    let script = script(lottery);
    let first = if lottery.below(3) == 0 { lottery.pick(script.heads).to_owned() } else { word(script, lottery) };
    let mut name = first;
    for _ in 0..[0, 1, 1, 2][lottery.below(4)] {
        name = name + " " + &word(script, lottery);
    }
    name
}

/// Distinct keys, sorted: those of the embedded gazetteer and as many made-up ones as it takes.
fn keys(count: usize) -> Vec<String> {
    let gazetteer = Gazetteer::embedded();
    let names = gazetteer.indices().flat_map(|place| gazetteer.place(place).names().map(name_key).collect::<Vec<_>>());
    let real: BTreeSet<String> = names.filter(|key| key.chars().count() > 1).collect();
    let mut keys: Vec<String> = real.into_iter().take(count).collect();
    let mut lottery = Lottery(1);
    while keys.len() < count {
        let missing = count - keys.len();
        keys.extend((0..missing).map(|_| name_key(&made_up_name(&mut lottery))));
        keys.sort_unstable();
        keys.dedup();
    }
    keys
}

/// The articles of the corpus, one after the other.
fn real_text() -> NormalizedText {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut files: Vec<_> = ["authored", "dev", "languages", "patterns"]
        .iter()
        .flat_map(|folder| fs::read_dir(corpus.join(folder)).expect("the corpus is there"))
        .map(|entry| entry.expect("it can be listed").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort();
    let articles: Vec<_> = files.iter().map(|file| fs::read_to_string(file).expect("it is UTF-8")).collect();
    NormalizedText::new(&articles.join("\n\n"))
}

/// Words of all scripts, every twelfth of which begins a name, every sixth of those with a proclitic.
fn made_up_text(keys: &[String]) -> NormalizedText {
    let mut lottery = Lottery(2);
    let mut text = String::new();
    while text.len() < MADE_UP_BYTES {
        if lottery.below(12) == 0 {
            text += if lottery.below(6) == 0 { "و" } else { "" };
            text += &keys[lottery.below(keys.len())];
        } else {
            text += &word(script(&mut lottery), &mut lottery);
        }
        text += if lottery.below(20) == 0 { ".\n" } else { " " };
    }
    NormalizedText::new(&text)
}

/// A compiled file with a place for each key.
fn compiled(keys: &[String]) -> NamedTempFile {
    let codes = Table {
        file: "codes",
        text: "feature_code,feature_class,label_en,uncertainty_m,note\nPPL,P,populated place,1000,\n",
    };
    let mut compiler = Compiler::new(codes, None).expect("the table is sound");
    let file = compiler.add_file("made up").expect("the first file");
    for (number, key) in keys.iter().enumerate() {
        let id = format!("own:{number:08}");
        let spread = |modulus: usize| 30.0 + (number % modulus) as f64 / modulus as f64 * 10.0;
        let row = PlaceRow {
            id: &id,
            name_en: key,
            name_ar: None,
            names: Vec::new(),
            coordinate: Coordinate::new(spread(9_973), spread(10_007)).expect("in range"),
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
    compiler.finish("CC0").expect("it fits").write_to(&mut file).expect("it can be written");
    file
}

/// What the scan needs of a gazetteer.
fn index_bytes(gazetteer: &Gazetteer) -> usize {
    let needed = [Section::Keys, Section::Postings, Section::FirstWords, Section::Words];
    gazetteer.section_sizes().filter(|(section, _)| needed.contains(section)).map(|(_, bytes)| bytes).sum()
}

/// How many names begin at words, with and without proclitics, where `begin` counts those that
/// begin with a stem at a word.
fn from_every_word(text: &NormalizedText, mut begin: impl FnMut(usize, &str) -> usize) -> usize {
    (0..text.tokens().len())
        .map(|at| peelings(text.word(at)).map(|peeling| begin(at, peeling.stem)).sum::<usize>())
        .sum()
}

/// What recognition does: walks through the index of the gazetteer.
fn name_walks(text: &NormalizedText, gazetteer: &Gazetteer) -> usize {
    from_every_word(text, |at, first| {
        let mut walk = gazetteer.name_walk();
        let (mut found, mut end) = (0, at);
        let mut alive = walk.push(first);
        while alive {
            found += usize::from(walk.matches().is_some());
            end += 1;
            alive = end < text.tokens().len() && walk.push(text.word(end));
        }
        found
    })
}

/// The hash of some words is the key already.
#[derive(Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn write(&mut self, _: &[u8]) {
        unreachable!("keys are numbers")
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Whether some words are a name; what begins no name is absent.
type WordGrams = HashMap<u64, bool, BuildHasherDefault<AsItIs>>;

/// The hash of some words and one more, eight bytes at a time.
fn hash_on(words: u64, word: &str) -> u64 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let mix = |hash: u64, part: u64| {
        let product = u128::from(hash ^ part) * u128::from(FACTOR);
        product as u64 ^ (product >> 64) as u64
    };
    let mut chunks = word.as_bytes().chunks_exact(8);
    let mut hash = words.wrapping_add(FACTOR ^ word.len() as u64);
    for chunk in &mut chunks {
        hash = mix(hash, u64::from_le_bytes(chunk.try_into().expect("eight bytes")));
    }
    let rest = chunks.remainder().iter().fold(0, |rest, byte| rest << 8 | u64::from(*byte));
    mix(mix(hash, rest), FACTOR)
}

fn word_grams(keys: &[String]) -> WordGrams {
    let mut grams = WordGrams::default();
    for key in keys {
        let mut hash = 0;
        for word in key.split(' ') {
            hash = hash_on(hash, word);
            grams.entry(hash).or_insert(false);
        }
        grams.insert(hash, true);
    }
    grams
}

fn hashed(text: &NormalizedText, grams: &WordGrams) -> usize {
    from_every_word(text, |at, first| {
        let mut hash = hash_on(0, first);
        let (mut found, mut end) = (0, at);
        while let Some(is_name) = grams.get(&hash) {
            found += usize::from(*is_name);
            end += 1;
            if end >= text.tokens().len() {
                break;
            }
            hash = hash_on(hash, text.word(end));
        }
        found
    })
}

/// All matches of a double array that begin where a word or its stem does and end with a word.
fn double_array_at_words(text: &NormalizedText, automaton: &CharwiseDoubleArrayAhoCorasick<u32>) -> usize {
    let mut edges = vec![0u8; text.folded().len() + 1];
    for (at, token) in text.tokens().iter().enumerate() {
        for peeling in peelings(text.word(at)) {
            edges[token.folded.start + peeling.proclitics.len()] |= 1;
        }
        edges[token.folded.end] |= 2;
    }
    let at_words = |found: &daachorse::Match<u32>| edges[found.start()] & 1 == 1 && edges[found.end()] & 2 == 2;
    automaton.find_overlapping_iter(text.folded()).filter(at_words).count()
}

/// Kilobytes of a line of the kernel's account of this process, 0 where there is none.
fn process_kb(line: &str) -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|found| found.strip_prefix(line));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok()).unwrap_or(0)
}

/// Builds a structure and says what that took.
fn measured<T>(name: &str, build: impl FnOnce() -> T, bytes: impl FnOnce(&T) -> usize) -> T {
    // 5 resets the peak (proc_pid_clear_refs(5)).
    let _ = fs::write("/proc/self/clear_refs", "5");
    let before_kb = process_kb("VmRSS");
    let begun = Instant::now();
    let built = build();
    let seconds = begun.elapsed().as_secs_f64();
    let grown_kb = process_kb("VmHWM").saturating_sub(before_kb);
    eprintln!("{name:<24} built in {seconds:6.1} s, {:6} MB, peak {:6} MB", bytes(&built) / 1_000_000, grown_kb / 1000);
    built
}

fn scanning(criterion: &mut Criterion) {
    let wanted = std::env::var("MASAR_SCAN_NAMES").ok().map(|count| count.parse().expect("a number of names"));
    let keys = keys(wanted.unwrap_or(NAMES));
    let key_bytes: usize = keys.iter().map(String::len).sum();
    eprintln!("{} names, {} MB", keys.len(), key_bytes / 1_000_000);
    let texts = [("real", real_text()), ("made up", made_up_text(&keys))];
    let mut bench = |name: &str, scan: &dyn Fn(&NormalizedText) -> usize| {
        for (kind, text) in &texts {
            eprintln!("{name}, {kind} text: {} names found", scan(text));
            let mut group = criterion.benchmark_group(format!("{} names, {kind} text", keys.len()));
            group.throughput(Throughput::Bytes(text.original().len() as u64));
            group.sample_size(20);
            group.bench_function(name, |bench| bench.iter(|| scan(black_box(text))));
            group.finish();
        }
    };
    let file = measured(
        "name walks, compiling",
        || compiled(&keys),
        |file| file.as_file().metadata().map_or(0, |metadata| metadata.len() as usize),
    );
    let open = || Gazetteer::open(file.path()).expect("it is sound");
    let gazetteer = measured("name walks, opening", open, index_bytes);
    eprintln!("the index holds {} keys, variants included", gazetteer.key_count());
    let only = std::env::var("MASAR_SCAN_ONLY").unwrap_or_default();
    let walks = |text: &NormalizedText| name_walks(text, &gazetteer);
    if "hashed word n-grams".contains(&only) {
        let bytes = |grams: &WordGrams| grams.capacity() * 8 / 7 * (size_of::<(u64, bool)>() + 1);
        let grams = measured("hashed word n-grams", || word_grams(&keys), bytes);
        bench("name walks beside hashes", &walks);
        bench("hashed word n-grams", &|text| hashed(text, &grams));
    }
    if "double array, at words".contains(&only) {
        let build = || CharwiseDoubleArrayAhoCorasickBuilder::new().build(&keys).expect("the names fit");
        let automaton = measured("double array, all", build, CharwiseDoubleArrayAhoCorasick::<u32>::heap_bytes);
        bench("name walks beside a double array at words", &walks);
        bench("double array, at words", &|text| double_array_at_words(text, &automaton));
    }
    if "double array, bare".contains(&only) {
        let builder = CharwiseDoubleArrayAhoCorasickBuilder::new().match_kind(daachorse::MatchKind::LeftmostLongest);
        let build = || builder.build(&keys).expect("the names fit");
        let automaton = measured("double array, bare", build, CharwiseDoubleArrayAhoCorasick::<u32>::heap_bytes);
        bench("name walks beside a bare double array", &walks);
        bench("double array, bare", &|text| automaton.leftmost_find_iter(text.folded()).count());
    }
    if "aho-corasick, bare".contains(&only) {
        let mut builder = AhoCorasick::builder();
        builder.kind(Some(AhoCorasickKind::ContiguousNFA)).match_kind(MatchKind::LeftmostLongest);
        let build = || builder.build(&keys).expect("the names fit");
        let automaton = measured("aho-corasick, bare", build, AhoCorasick::memory_usage);
        bench("name walks beside a bare Aho-Corasick", &walks);
        bench("aho-corasick, bare", &|text| automaton.find_iter(text.folded()).count());
    }
}

criterion_group!(benches, scanning);
criterion_main!(benches);
