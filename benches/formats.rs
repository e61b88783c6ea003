//! Writing 200,000 features in every format, beside what cannot be undercut.
//!
//! `cargo bench --locked --bench formats`, or `-- 20000` for as many as that. The features are those of
//! the corpus's articles, each article as often as needed under an id of its own: patrols, positions,
//! events and places with Arabic texts as long as they are. Files go to the system's temporary folder,
//! sync not included, as when the program runs.
//!
//! Beside the time by the clock stands that of the processors (Linux), which tells more on a machine that
//! others keep busy.
//!
//! Two limits come with them: serde_json writing the same properties to memory, and SQLite inserting
//! them into tables without geometries, index and description.

use std::fs::{self, File};
use std::hint::black_box;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use masar::gazetteer::Gazetteer;
use masar::model::article::Article;
use masar::model::feature::ArticleMap;
use masar::pipeline::Pipeline;
use masar::writer::destination::write_stream;
use masar::writer::layer::{ArticleFeatures, Layers};
use masar::writer::value::Value;
use masar::writer::{FORMATS, Options};
use rusqlite::Connection;
use rusqlite::types::Null;

const DEFAULT_FEATURES: usize = 200_000;
const CORPUS: [&str; 2] = ["tests/corpus/dev", "tests/corpus/authored"];

/// Seconds at most, by format.
const BARS: [(&str, f64); 2] = [("geojson", 3.0), ("gpkg", 15.0)];

fn corpus() -> io::Result<Vec<ArticleMap>> {
    let pipeline = Pipeline::new(Gazetteer::embedded()).map_err(io::Error::other)?;
    let mut paths = Vec::new();
    for folder in CORPUS {
        for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder))? {
            paths.push(entry?.path());
        }
    }
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    let read = |path| Ok(pipeline.read(Article { text: fs::read_to_string(path)?, ..Article::default() }).0);
    paths.into_iter().map(read).collect()
}

fn count(layers: &Layers) -> usize {
    layers.all().iter().map(|layer| layer.features.len()).sum()
}

/// The features of the articles again and again, until there are enough.
fn layers(mut maps: Vec<ArticleMap>, features: usize) -> Layers {
    let mut articles = Vec::new();
    let (mut round, mut made) = (0, 0);
    while made < features {
        for (number, map) in maps.iter_mut().enumerate() {
            map.article.id = format!("article-{number:02}-{round:05}");
            articles.push(ArticleFeatures::of(map, Gazetteer::embedded()));
        }
        made += maps.iter().map(|map| map.events.len() + map.places.len()).sum::<usize>();
        round += 1;
    }
    Layers::collect(articles)
}

/// Linux counts the time of processes in hundredths of a second.
const TICKS_A_SECOND: f64 = 100.0;

/// The time that this process has had on all processors.
fn processor_seconds() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // Behind the name, which may hold spaces, utime and stime are the twelfth and thirteenth field.
    let fields = stat.rsplit(") ").next()?.split(' ').skip(11).take(2);
    let ticks: Vec<f64> = fields.filter_map(|field| field.parse().ok()).collect();
    (ticks.len() == 2).then(|| ticks.iter().sum::<f64>() / TICKS_A_SECOND)
}

/// What some work took: by the clock, and on the processors.
struct Cost {
    wall_seconds: f64,
    processor_seconds: Option<f64>,
}

fn measure<T>(work: impl FnOnce() -> io::Result<T>) -> io::Result<(T, Cost)> {
    let (start, before) = (Instant::now(), processor_seconds());
    let result = work()?;
    let processor_seconds = processor_seconds().zip(before).map(|(after, before)| after - before);
    Ok((result, Cost { wall_seconds: start.elapsed().as_secs_f64(), processor_seconds }))
}

fn report(what: &str, cost: &Cost, bytes: u64, note: &str) {
    let megabytes = bytes as f64 / 1e6;
    let processor = cost.processor_seconds.map_or("?".to_owned(), |seconds| format!("{seconds:.2}"));
    println!(
        "{what:<22} {:>6.2} s, {processor:>6} s of processor, {megabytes:>7.1} MB, {:>6.1} MB/s{note}",
        cost.wall_seconds,
        megabytes / cost.wall_seconds
    );
}

fn bare_json(layers: &Layers) -> io::Result<u64> {
    let mut out = Vec::new();
    for feature in layers.all().iter().flat_map(|layer| &layer.features) {
        serde_json::to_writer(&mut out, &feature.values)?;
        out.push(b'\n');
    }
    Ok(black_box(out).len() as u64)
}

fn bare_sqlite(layers: &Layers, path: &Path) -> Result<u64, rusqlite::Error> {
    let mut connection = Connection::open(path)?;
    connection
        .execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;")?;
    let database = connection.transaction()?;
    for layer in layers.all() {
        let (name, names): (_, Vec<&str>) =
            (layer.kind.name(), layer.columns.iter().map(|column| column.name).collect());
        database.execute_batch(&format!("CREATE TABLE \"{name}\" (\"{}\")", names.join("\",\"")))?;
        let places = vec!["?"; names.len()].join(",");
        let mut insert = database.prepare(&format!("INSERT INTO \"{name}\" VALUES ({places})"))?;
        for feature in &layer.features {
            for (at, value) in (1..).zip(&feature.values) {
                match value {
                    Value::Null => insert.raw_bind_parameter(at, Null)?,
                    Value::Text(text) => insert.raw_bind_parameter(at, text.as_str())?,
                    Value::Integer(number) => insert.raw_bind_parameter(at, number)?,
                    Value::Number(number) => insert.raw_bind_parameter(at, number)?,
                    Value::Boolean(boolean) => insert.raw_bind_parameter(at, boolean)?,
                }
            }
            insert.raw_execute()?;
        }
    }
    database.commit()?;
    Ok(fs::metadata(path).map_or(0, |metadata| metadata.len()))
}

fn main() -> io::Result<()> {
    let asked = std::env::args().skip(1).find_map(|argument| argument.replace('_', "").parse::<usize>().ok());
    let layers = layers(corpus()?, asked.unwrap_or(DEFAULT_FEATURES));
    let features = count(&layers);
    let counts = layers.all().iter().map(|layer| format!("{} {}", layer.features.len(), layer.kind.name()));
    println!("{features} features: {}", counts.collect::<Vec<_>>().join(", "));
    let folder = tempfile::tempdir()?;

    let (bytes, cost) = measure(|| bare_json(&layers))?;
    report("serde_json to memory", &cost, bytes, "");
    let bare = folder.path().join("bare.sqlite");
    let (bytes, cost) = measure(|| bare_sqlite(&layers, &bare).map_err(io::Error::other))?;
    report("SQLite, plain inserts", &cost, bytes, "");
    fs::remove_file(bare)?;

    for format in FORMATS {
        let path = folder.path().join(format!("masar.{}", format.extension()));
        let ((), cost) = measure(|| {
            let mut out = BufWriter::new(File::create(&path)?);
            write_stream(*format, &layers, Options::default(), &mut out).map_err(io::Error::other)?;
            out.flush()
        })?;
        let bar = BARS.iter().find(|(name, _)| *name == format.name() && features <= 220_000);
        let note = match (bar, format.name()) {
            (Some((_, most)), _) if cost.wall_seconds > *most => format!("; MORE than {most} s"),
            (Some((_, most)), _) => format!("; {most} s are allowed"),
            (None, "html") => "; 50,000 features at most".to_owned(),
            (None, _) => String::new(),
        };
        report(format.name(), &cost, fs::metadata(&path)?.len(), &note);
        fs::remove_file(path)?;
    }
    Ok(())
}
