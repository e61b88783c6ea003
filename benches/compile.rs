//! Compiling a gazetteer from text to file: time, memory, size, and what opening it costs.
//!
//! `cargo bench --bench compile` builds a million places, `cargo bench --bench compile -- 12000000`
//! as many as GeoNames has. The rows are made up, always the same ones, with the columns of
//! GeoNames' main table and with names as long, as many and in such scripts as there. The whole
//! of `masar gazetteer build` is measured, reading included, in a process of its own.
//!
//! Memory is the peak that Linux gives in `/proc`; elsewhere it is not told.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use masar::gazetteer::Gazetteer;

const DEFAULT_PLACES: u64 = 1_000_000;

/// A small generator of numbers (Marsaglia's xorshift64*): the same rows on every machine.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() >> 33) as usize % end
    }

    fn choose<'a, T: ?Sized>(&mut self, items: &[&'a T]) -> &'a T {
        items[self.below(items.len())]
    }
}

const LATIN: [&str; 48] = [
    "ba", "sa", "ra", "qib", "tel", "kaf", "ar", "na", "bel", "mor", "vil", "lo", "san", "ta", "ri", "do", "ki", "mu",
    "ne", "os", "kra", "shu", "ghur", "jis", "der", "hau", "ber", "gen", "stein", "xi", "zhou", "pa", "lan", "tin",
    "gua", "za", "che", "lu", "bo", "ro", "dze", "wy", "hill", "ton", "ford", "is", "la", "ém",
];
const ARABIC: [&str; 24] = [
    "سر", "اق", "ب", "كفر", "نب", "ل", "حا", "رم", "دير", "عين", "تل", "بي", "ت", "جس", "ور", "شا", "م", "يا", "خان",
    "شي", "مع", "رة", "قل", "عة",
];
const CYRILLIC: [&str; 20] = [
    "ни", "ко", "ла", "ев", "ка", "гор", "од", "ст", "ро", "ма", "ри", "по", "ль", "бо", "ро", "ди", "но", "ва", "ск",
    "ий",
];
const CHINESE: [&str; 20] = [
    "上", "海", "北", "京", "村", "河", "山", "东", "西", "南", "大", "小", "石", "家", "庄", "水", "口", "新", "城",
    "李",
];
/// What names of towns, waters and schools are full of.
const WORDS: [&str; 16] = [
    "San", "Saint", "New", "Creek", "River", "School", "Mount", "Lake", "Upper", "Wadi", "Tall", "Cerro", "Rancho",
    "al", "de", "Church",
];
/// Class, code and share in a hundred, about as in GeoNames.
const KINDS: [(&str, &str, usize); 14] = [
    ("P", "PPL", 33),
    ("P", "PPLX", 4),
    ("P", "PPLA3", 1),
    ("H", "STM", 11),
    ("H", "LK", 4),
    ("H", "WLL", 3),
    ("S", "SCH", 6),
    ("S", "HTL", 4),
    ("S", "FRM", 8),
    ("T", "HLL", 6),
    ("T", "MT", 7),
    ("L", "LCTY", 5),
    ("A", "ADM3", 4),
    ("R", "RD", 4),
];
const COUNTRIES: [&str; 20] = [
    "US", "CN", "MX", "ID", "IN", "NO", "TR", "RU", "SY", "EG", "BR", "FR", "DE", "IR", "PK", "TH", "NP", "MA", "IQ",
    "UA",
];

fn word(numbers: &mut Numbers, syllables: &[&str], least: usize, most: usize) -> String {
    let count = least + numbers.below(most - least + 1);
    (0..count).map(|_| numbers.choose(syllables)).collect()
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// One or two words of about fourteen letters in all.
fn name(numbers: &mut Numbers) -> String {
    let own = capitalised(&word(numbers, &LATIN, 2, 4));
    match numbers.below(10) {
        0..5 => own,
        5..8 => format!("{} {own}", numbers.choose(&WORDS)),
        _ => format!("{own} {}", capitalised(&word(numbers, &LATIN, 1, 3))),
    }
}

fn alternate(numbers: &mut Numbers) -> String {
    match numbers.below(10) {
        0..4 => name(numbers),
        4..6 => {
            let own = word(numbers, &ARABIC, 2, 4);
            if numbers.below(2) == 0 { own } else { format!("{own} {}", word(numbers, &ARABIC, 2, 3)) }
        }
        6..8 => capitalised(&word(numbers, &CYRILLIC, 3, 4)),
        _ => word(numbers, &CHINESE, 2, 4),
    }
}

fn write_rows(path: &Path, places: u64) -> io::Result<u64> {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
    let mut numbers = Numbers(0x6d61_7361_7221);
    for id in 1..=places {
        let name = name(&mut numbers);
        let ascii = name.replace('é', "e").replace('É', "E");
        // Half of the places have no other name, some have many: 1.4 on average.
        let count = match numbers.below(20) {
            0..10 => 0,
            10..15 => 1,
            15..18 => 2,
            18 => 6,
            _ => 10,
        };
        let others: Vec<String> = (0..count).map(|_| alternate(&mut numbers)).collect();
        let lat = numbers.below(14_000_000) as f64 / 1e5 - 60.0;
        let lon = numbers.below(36_000_000) as f64 / 1e5 - 180.0;
        let mut share = numbers.below(100);
        let (class, code, _) = KINDS
            .iter()
            .find(|(.., weight)| {
                let chosen = share < *weight;
                share = share.saturating_sub(*weight);
                chosen
            })
            .unwrap_or(&KINDS[0]);
        let country = numbers.choose(&COUNTRIES);
        let population = if *class == "P" && numbers.below(10) == 0 { numbers.below(50_000) } else { 0 };
        writeln!(
            out,
            "{id}\t{name}\t{ascii}\t{}\t{lat:.5}\t{lon:.5}\t{class}\t{code}\t{country}\t\t{:02}\t{}\t\t\t{population}\t\t\
             {}\tAsia/Damascus\t2019-09-0{}",
            others.join(","),
            numbers.below(30),
            numbers.below(400),
            numbers.below(900),
            1 + numbers.below(9),
        )?;
    }
    out.flush()?;
    Ok(fs::metadata(path)?.len())
}

/// What a process took.
#[derive(Default)]
struct Cost {
    /// The most memory that it held, in bytes.
    peak: Option<u64>,
    /// On all processors together: what is left when others keep them busy.
    cpu_seconds: Option<f64>,
}

/// Linux counts the time of processes in hundredths of a second.
const TICKS_A_SECOND: f64 = 100.0;

/// Waits for a process and looks at what it takes meanwhile.
fn wait(mut child: Child) -> io::Result<(ExitStatus, Cost)> {
    let status_file = format!("/proc/{}/status", child.id());
    let stat_file = format!("/proc/{}/stat", child.id());
    let mut cost = Cost::default();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok((status, cost));
        }
        let stat = fs::read_to_string(&stat_file).unwrap_or_default();
        // Behind the name, which may hold spaces: state is the first field, utime and stime the
        // twelfth and thirteenth.
        let fields = stat.rsplit(") ").next().unwrap_or("").split(' ').skip(11).take(2);
        let ticks: Vec<f64> = fields.filter_map(|field| field.parse().ok()).collect();
        if let [user, system] = ticks.as_slice() {
            cost.cpu_seconds = Some((user + system) / TICKS_A_SECOND);
        }
        let status = fs::read_to_string(&status_file).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<u64>().ok());
        cost.peak = cost.peak.max(kilobytes.map(|kilobytes| kilobytes * 1024));
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn main() -> io::Result<()> {
    let asked = std::env::args().skip(1).find_map(|argument| argument.replace('_', "").parse::<u64>().ok());
    let places = asked.unwrap_or(DEFAULT_PLACES);
    let folder = tempfile::tempdir()?;
    let (table, compiled) = (folder.path().join("allCountries.txt"), folder.path().join("all.gaz"));
    let text_bytes = write_rows(&table, places)?;
    println!("{places} rows, {:.1} MB of text", text_bytes as f64 / 1e6);

    let start = Instant::now();
    let child = Command::new(env!("CARGO_BIN_EXE_masar"))
        .args(["gazetteer", "build", "--features", "all", "--quiet"])
        .arg(&table)
        .arg("-o")
        .arg(&compiled)
        .stdout(Stdio::null())
        .spawn()?;
    let (status, cost) = wait(child)?;
    let seconds = start.elapsed().as_secs_f64();
    if !status.success() {
        return Err(io::Error::other(format!("masar gazetteer build: {status}")));
    }
    println!("build: {seconds:.1} s, {:.0} places a second", places as f64 / seconds);
    if let Some(cpu_seconds) = cost.cpu_seconds {
        println!("processor time: {cpu_seconds:.1} s");
    }
    match cost.peak {
        Some(bytes) => println!("memory: {:.2} GB at most", bytes as f64 / 1e9),
        None => println!("memory: not known on this system"),
    }

    let bytes = fs::metadata(&compiled)?.len();
    let mut opening = Vec::new();
    for _ in 0..20 {
        let start = Instant::now();
        let gazetteer = Gazetteer::open(&compiled).map_err(io::Error::other)?;
        let found = gazetteer.names("saraqib").count();
        opening.push(start.elapsed());
        std::hint::black_box(found);
    }
    let first = opening.first().copied().unwrap_or_default();
    let best = opening.iter().min().copied().unwrap_or_default();
    println!("opening and one look-up: {:.3} ms at first, {:.3} ms again", millis(first), millis(best));

    let gazetteer = Gazetteer::open(&compiled).map_err(io::Error::other)?;
    let start = Instant::now();
    gazetteer.check().map_err(io::Error::other)?;
    println!("checking the checksum: {:.2} s", start.elapsed().as_secs_f64());
    let names: u64 = gazetteer.indices().map(|index| gazetteer.place(index).names().count() as u64).sum();
    println!(
        "file: {:.1} MB, {names} names, {:.1} bytes a name, {:.1} a place",
        bytes as f64 / 1e6,
        bytes as f64 / names as f64,
        bytes as f64 / places as f64
    );
    for (section, size) in gazetteer.section_sizes() {
        println!("  {section:?}: {:.1} MB", size as f64 / 1e6);
    }
    Ok(())
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}
