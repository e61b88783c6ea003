//! What can be typed.

use std::path::PathBuf;
use std::sync::LazyLock;

use clap::builder::{NonEmptyStringValueParser, PossibleValuesParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use masar::gazetteer::Gazetteer;
use masar::gazetteer::import::format_names;
use masar::writer::FORMATS;

use super::inputs::InputForm;

/// A result depends on the gazetteer as much as on the program.
static VERSION: LazyLock<String> =
    LazyLock::new(|| format!("{} (gazetteer of {} places)", env!("CARGO_PKG_VERSION"), Gazetteer::embedded().len()));

#[derive(Parser)]
#[command(
    name = "masar",
    version = VERSION.as_str(),
    about = "Reads news articles and draws the patrols, positions and places they report on a map",
    after_help = "Examples:\n  \
        masar map articles/*.txt -o output      a web map, a GeoPackage and GeoJSON files\n  \
        masar places articles.jsonl             every mention of a place, a JSON line an article\n  \
        masar explain article.txt               why each place and event was read as it was\n  \
        masar eval annotated/                   how well the map agrees with your annotations\n  \
        masar gazetteer search سراقب            which places bear a name\n\n\
        Exit codes: 0 done, 1 done but an input failed, 2 could not run."
)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Draw what articles report
    Map(MapArguments),
    /// List every mention of a place with its offsets, coordinates and candidates
    Places(PlacesArguments),
    /// Show how one article was read: candidates, scores, rules and words
    Explain(ExplainArguments),
    /// Measure maps against your own annotations of the articles
    Eval(EvalArguments),
    /// Look places up in the gazetteer
    Gazetteer(GazetteerArguments),
    /// Import roads that patrols follow, and look at those that are known
    Roads(RoadsArguments),
}

/// Where places come from; every command that knows places takes these.
#[derive(Args)]
pub struct GazetteerSources {
    /// Compiled gazetteer to add; may be given several times. Later ones win: their places and
    /// roads replace those of the same id
    #[arg(long = "gazetteer", value_name = "FILE")]
    pub gazetteers: Vec<PathBuf>,

    /// Know only the places of the files given with --gazetteer
    #[arg(long, requires = "gazetteers")]
    pub no_embedded_gazetteer: bool,

    /// File of roads to add: what `masar roads import` wrote, or GeoJSON as in
    /// gazetteer/roads.geojson; may be given several times. Later ones win. Files named *.roads in
    /// the folder roads/ of the working folder are added before them
    #[arg(long = "roads", value_name = "FILE")]
    pub roads: Vec<PathBuf>,

    /// Do not look for files of roads in the folder roads/
    #[arg(long)]
    pub no_roads_folder: bool,

    /// Table of corrections to make over all gazetteers (CSV, see `masar gazetteer add --help`);
    /// may be given several times
    #[arg(long, value_name = "FILE")]
    pub corrections: Vec<PathBuf>,
}

#[derive(Args)]
#[command(after_help = "Examples:\n  \
    masar map article.txt                     writes a folder called output\n  \
    masar map articles/ -o maps               every *.txt and *.jsonl in a folder\n  \
    curl -s URL | masar map - -o - | jq .     from standard input to standard output\n\n\
    The folder gets map.html for a browser, masar.gpkg (a GeoPackage of all layers) with masar.qgs (a\n\
    QGIS project) and masar.qlr (its layers for another project), and, each with a QGIS style beside\n\
    it, patrols.geojson and events_lines.geojson (lines), positions.geojson, events.geojson and\n\
    places.geojson (points). On standard output and in one file all layers stand together. When no\n\
    article can be read, nothing is written.")]
pub struct MapArguments {
    #[command(flatten)]
    pub articles: ArticleArguments,

    /// Folder to write to, created when missing; a file, if the name has the extension of a format (or
    /// any, with --format); - for standard output
    #[arg(short, long, value_name = "PATH", default_value = "output")]
    pub output: PathBuf,

    /// The one format to write [default: what the extension says; for a folder, all that belong into
    /// one]
    #[arg(
        short,
        long,
        value_parser = PossibleValuesParser::new(FORMATS.iter().map(|format| format.name())),
    )]
    pub format: Option<String>,

    /// Add marker and stroke properties to geojson and geojsonl, which geojson.io and GitHub draw by;
    /// other formats are drawn so anyway or not at all
    #[arg(long)]
    pub simplestyle: bool,

    /// Put a record separator before each line of geojsonl (RFC 8142)
    #[arg(long)]
    pub record_separators: bool,

    /// Print every diagnostic
    #[arg(short, long, conflicts_with = "quiet")]
    pub verbose: bool,
}

/// Which articles to read, and how.
#[derive(Args)]
pub struct ArticleArguments {
    /// Text files, files of JSON Lines (*.jsonl, one article a line), folders of both (not their
    /// subfolders), or - for standard input
    #[arg(required = true, value_name = "ARTICLE")]
    pub articles: Vec<PathBuf>,

    /// What the files are, whatever their names say
    #[arg(long, value_name = "FORM")]
    pub from: Option<InputForm>,

    /// Day of publication of the articles that do not say it, where it is known from elsewhere
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
    pub published: Option<Date>,

    /// How many articles to read at a time [default: one for each processor]
    #[arg(short, long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,

    /// Print nothing on standard error but errors
    #[arg(short, long)]
    pub quiet: bool,

    #[command(flatten)]
    pub sources: GazetteerSources,
}

impl ArticleArguments {
    /// Sets the number of threads that was asked for.
    pub fn start_threads(&self) -> Result<(), rayon::ThreadPoolBuildError> {
        match self.jobs {
            Some(jobs) => rayon::ThreadPoolBuilder::new().num_threads(jobs.into()).build_global(),
            None => Ok(()),
        }
    }
}

#[derive(Args)]
#[command(after_help = "Examples:\n  \
    masar places article.txt                   one JSON line an article on standard output\n  \
    masar places articles.jsonl -o places.jsonl\n  \
    crawl | masar places --from jsonl - | jq -r '.mentions[] | [.surface, .lat, .lon] | @tsv'\n\n\
    A line of JSON Lines is an object with the article's text, and where known an id, published,\n\
    source and url. Offsets count Unicode code points of the text, the end is exclusive.")]
pub struct PlacesArguments {
    #[command(flatten)]
    pub articles: ArticleArguments,

    /// File to write to; - for standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    pub output: PathBuf,

    /// Format of the output
    #[arg(short, long, default_value = "jsonl")]
    pub format: PlacesFormat,

    /// Also names inside other names (an agreement, a longer hashtag), menus and lists of links
    #[arg(short, long)]
    pub all: bool,
}

/// What `masar places` can write.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum PlacesFormat {
    /// JSON Lines: one article a line
    Jsonl,
}

#[derive(Args)]
#[command(after_help = "Examples:\n  \
    masar explain article.txt\n  \
    masar explain article.txt --stats\n\n\
    Offsets count Unicode code points, as in the output of masar map. The points of a pass are\n\
    log-odds: one point more makes a reading 2.7 times as likely.")]
pub struct ExplainArguments {
    /// A text file, or - for standard input
    #[arg(value_name = "ARTICLE")]
    pub article: PathBuf,

    /// Day of publication, where it is known from outside the text
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
    pub published: Option<Date>,

    /// Only count how often each pass had a say and how often it decided
    #[arg(long)]
    pub stats: bool,

    #[command(flatten)]
    pub sources: GazetteerSources,
}

#[derive(Args)]
#[command(after_help = "Examples:\n  \
    masar eval annotated/                        precision, recall and F1\n  \
    masar eval annotated/ --errors               every miss, invention and wrong detail, with its line\n  \
    masar eval annotated/ --predictions maps/    the same of maps written before\n  \
    masar eval annotated/ --calibration          how far the confidence can be trusted\n\n\
    A folder holds articles NAME.txt, each with its annotation NAME.gold.json; the format is in\n\
    tests/corpus/README.md. Figures:\n  \
    places      found when a feature spells the name or covers its first mention\n  \
    resolution  towns, camps and crossings with sure coordinates: right within 5 km\n  \
    patrols     matched by number, day and route; strict asks for all three\n  \
    positions   matched by place and party; strict asks for the status too\n\n\
    With --calibration, features are sorted into ten bins by their confidence. ECE, the expected\n\
    calibration error, is the mean distance between how sure and how often right. Right is\n  \
    a place     that gold names, within 5 km of its sure point; an area within its own radius; a\n              \
    name without a point when gold names it. Not judged where gold has no point\n  \
    a patrol    with day, number and route as in gold. Not judged when planned, cancelled or\n              \
    several at a time\n  \
    a position  with place, party and status as in gold\n\
    and what gold does not have is wrong. Other events are not judged: gold is not exhaustive.")]
pub struct EvalArguments {
    /// Folders of articles NAME.txt with annotations NAME.gold.json, scored together
    #[arg(required = true, value_name = "GOLD_DIR")]
    pub gold: Vec<PathBuf>,

    /// Score the *.geojson in this folder and below instead of reading the articles
    #[arg(long, value_name = "DIR")]
    pub predictions: Option<PathBuf>,

    /// List every miss, invention and wrong detail, with what was read instead
    #[arg(long)]
    pub errors: bool,

    /// Give the figures of each article too
    #[arg(long)]
    pub by_article: bool,

    /// Give the reliability of the confidences instead of the figures
    #[arg(long)]
    pub calibration: bool,

    /// Write one JSON object
    #[arg(long)]
    pub json: bool,

    #[command(flatten)]
    pub sources: GazetteerSources,
}

#[derive(Args)]
pub struct GazetteerArguments {
    #[command(subcommand)]
    pub command: GazetteerCommand,
}

/// What every row of a table of corrections says, and the table it goes to.
#[derive(Args)]
pub struct NewCorrection {
    /// Why, for those who read the table later
    #[arg(long, value_name = "TEXT", value_parser = NonEmptyStringValueParser::new())]
    pub reason: String,

    /// Where it can be looked up: an address, a report, a person and a day
    #[arg(long, value_name = "TEXT", value_parser = NonEmptyStringValueParser::new())]
    pub source: String,

    #[command(flatten)]
    pub sources: GazetteerSources,
}

/// A row more in the table that the last --corrections names; it is created when missing.
#[derive(Subcommand)]
pub enum CorrectCommand {
    /// Add a place to a table of corrections
    Add(AddArguments),
    /// Write into a table of corrections that a place lies elsewhere
    #[command(after_help = "Example:\n  masar gazetteer move gn:172221 --at 36.19 35.82 --corrections my.csv \\\n    \
        --source \"satellite image of 2024-05-02\" --reason \"the point lies on the next hill\"")]
    Move {
        /// Id of the place, as `masar gazetteer search` shows it
        #[arg(value_name = "ID", value_parser = NonEmptyStringValueParser::new())]
        id: String,

        /// Longitude and latitude in degrees, east and north positive
        #[arg(long, required = true, num_args = 2, value_names = ["LON", "LAT"], allow_negative_numbers = true)]
        at: Vec<f64>,

        /// Radius in metres inside which something reported there may lie [default: as before]
        #[arg(long, value_name = "METRES")]
        uncertainty_m: Option<f64>,

        #[command(flatten)]
        new: NewCorrection,
    },
    /// Write into a table of corrections that a place has names too
    Name {
        /// Id of the place, as `masar gazetteer search` shows it
        #[arg(value_name = "ID", value_parser = NonEmptyStringValueParser::new())]
        id: String,

        /// Names, each one argument: quote a name of several words
        #[arg(required = true, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
        names: Vec<String>,

        #[command(flatten)]
        new: NewCorrection,
    },
    /// Write into a table of corrections that no place, or one, is called so
    Forbid {
        /// Names, each one argument: quote a name of several words
        #[arg(required = true, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
        names: Vec<String>,

        /// Id of the only place that is not called so [default: no place is]
        #[arg(long, value_name = "ID", value_parser = NonEmptyStringValueParser::new())]
        id: Option<String>,

        #[command(flatten)]
        new: NewCorrection,
    },
    /// Write into a table of corrections that there is no such place
    Remove {
        /// Id of the place, as `masar gazetteer search` shows it
        #[arg(value_name = "ID", value_parser = NonEmptyStringValueParser::new())]
        id: String,

        #[command(flatten)]
        new: NewCorrection,
    },
    /// Write into a table of corrections that two ids are one place
    Merge {
        /// Id that goes; its names are added to those of the other
        #[arg(value_name = "ID", value_parser = NonEmptyStringValueParser::new())]
        id: String,

        /// Id that stays
        #[arg(value_name = "INTO", value_parser = NonEmptyStringValueParser::new())]
        into: String,

        #[command(flatten)]
        new: NewCorrection,
    },
}

#[derive(Args)]
#[command(after_help = "Example:\n  \
    masar gazetteer add --corrections my.csv --name \"Kafr Example\" --name-ar \"كفر مثال\" \\\n    \
        --at 36.61 35.80 --feature-code PPL --country Syria --admin1 Idlib \\\n    \
        --source \"visit, 2024-05-02\" --reason \"founded after the maps were drawn\"\n  \
    masar map article.txt --corrections my.csv\n\n\
    The last --corrections names the table to write to, which is created when missing; earlier ones\n\
    and --gazetteer are read first. A row that is faulty or changes nothing is not written. The\n\
    table is CSV, to be edited by hand as well; gazetteer/README.md describes its columns. The id of\n\
    the new place goes to standard output.")]
pub struct AddArguments {
    /// Its name in English, or romanised
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub name: String,

    /// Its name in Arabic
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub name_ar: Option<String>,

    /// Another name or spelling; may be given several times
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub also: Vec<String>,

    /// Longitude and latitude in degrees, east and north positive
    #[arg(long, required = true, num_args = 2, value_names = ["LON", "LAT"], allow_negative_numbers = true)]
    pub at: Vec<f64>,

    /// What it is, by GeoNames' feature codes: PPL a populated place, HLL a hill
    #[arg(long, value_name = "CODE", default_value = "PPL")]
    pub feature_code: String,

    /// English name of the country
    #[arg(long, value_name = "NAME")]
    pub country: Option<String>,

    /// English name of the first-level division (governorate, province)
    #[arg(long, value_name = "NAME", requires = "country")]
    pub admin1: Option<String>,

    /// How many people live there
    #[arg(long, value_name = "NUMBER")]
    pub population: Option<u64>,

    /// Radius in metres inside which something reported there may lie [default: as the code says]
    #[arg(long, value_name = "METRES")]
    pub uncertainty_m: Option<f64>,

    /// Its id [default: made of the name]
    #[arg(long, value_name = "ID", value_parser = NonEmptyStringValueParser::new())]
    pub id: Option<String>,

    #[command(flatten)]
    pub new: NewCorrection,
}

#[derive(Subcommand)]
pub enum GazetteerCommand {
    #[command(flatten)]
    Correct(Box<CorrectCommand>),
    /// List the places that bear a name, in any language or spelling
    #[command(after_help = "Examples:\n  masar gazetteer search أريحا\n  masar gazetteer search \"ain al-hour\"\n\n\
        Exit code 1 when a name is not known.")]
    Search {
        /// Names, each one argument: quote a name of several words
        #[arg(required = true, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
        names: Vec<String>,

        /// At most so many places a name
        #[arg(long, value_name = "NUMBER", default_value_t = 20)]
        limit: usize,

        #[command(flatten)]
        sources: GazetteerSources,
    },
    /// List the places around a position, nearest first
    #[command(
        after_help = "Examples:\n  masar gazetteer near 36.8059 35.8645\n  \
            masar gazetteer near 36.8059 35.8645 --radius-km 5\n\nExit code 1 when there is none.",
        allow_negative_numbers = true
    )]
    Near {
        /// Longitude in degrees, east positive
        #[arg(value_name = "LON")]
        lon_deg: f64,

        /// Latitude in degrees, north positive
        #[arg(value_name = "LAT")]
        lat_deg: f64,

        /// How far around, in kilometres
        #[arg(long, value_name = "KM", default_value_t = 10.0, value_parser = parse_radius_km)]
        radius_km: f64,

        /// At most so many places
        #[arg(long, value_name = "NUMBER", default_value_t = 20)]
        limit: usize,

        #[command(flatten)]
        sources: GazetteerSources,
    },
    /// Compile a gazetteer from GeoNames, OCHA, Linked Places or CSV files
    Build(BuildArguments),
    /// Tell what it holds: places, names, countries, sizes, licences
    #[command(after_help = "Examples:\n  masar gazetteer info\n  masar gazetteer info syria.gaz\n\n\
        Reads all of a file and compares its checksum.")]
    Info {
        /// A compiled gazetteer by itself [default: the one inside the program and those of --gazetteer]
        #[arg(value_name = "FILE", conflicts_with_all = ["gazetteers", "roads", "no_roads_folder", "corrections"])]
        file: Option<PathBuf>,

        /// List every country
        #[arg(long)]
        all: bool,

        #[command(flatten)]
        sources: GazetteerSources,
    },
    /// Tell what changed between two compiled gazetteers
    #[command(after_help = "Examples:\n  masar gazetteer diff old.gaz new.gaz\n  \
            masar gazetteer diff old.gaz new.gaz --format csv > changes.csv\n\n\
        Exit codes: 0 when they hold the same, 1 when they differ, 2 when one cannot be read.")]
    Diff {
        /// A compiled gazetteer
        #[arg(value_name = "OLD")]
        old: PathBuf,

        /// Another one
        #[arg(value_name = "NEW")]
        new: PathBuf,

        /// How to list the changes
        #[arg(short, long, value_enum, default_value_t = DiffFormat::Table)]
        format: DiffFormat,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum DiffFormat {
    Table,
    Csv,
}

#[derive(Args)]
#[command(after_help = "Examples:\n  \
    masar gazetteer build SY.zip alternateNamesV2.zip admin1CodesASCII.txt -o syria.gaz\n  \
    masar gazetteer build SY.txt syr_adm4.csv mine.csv -o syria.gaz --report refused.csv\n  \
    masar gazetteer build table.csv --as ocha --column name_ar=Ar_Name -o places.gaz\n\n\
    Files may be plain, .gz or .zip. Of rows with one id the last one counts; places of different\n\
    files with one name and a short distance between them are joined and keep the id of the file\n\
    named first. A bad row is refused and told, the rest is built.\n\n\
    Exit codes: 0 built, 1 built but a file gave nothing, 2 nothing built.")]
pub struct BuildArguments {
    /// Files with places, and the tables of GeoNames that go with them
    #[arg(required = true, value_name = "SOURCE")]
    pub sources: Vec<PathBuf>,

    /// The compiled gazetteer to write
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,

    /// Take every source for this format [default: as its name and content say]
    #[arg(long = "as", value_name = "FORMAT", value_parser = PossibleValuesParser::new(format_names()))]
    pub format: Option<String>,

    /// Kinds of places to take from GeoNames: usual, all, or classes and codes such as P,A,HLL
    #[arg(long, value_name = "LIST", default_value = "usual")]
    pub features: String,

    /// Languages of alternate names to take, such as ar,en,tr [default: all]
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub languages: Vec<String>,

    /// The header of the column that holds a field, where it is not found by itself
    #[arg(long = "column", value_name = "FIELD=HEADER", value_parser = parse_column)]
    pub columns: Vec<(String, String)>,

    /// The licence of the sources [default: what is known of their format]
    #[arg(long, value_name = "TEXT")]
    pub licence: Option<String>,

    /// Write every refused, repaired, warned and joined row to this .csv or .jsonl file
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,

    /// Print nothing on standard error but errors
    #[arg(short, long)]
    pub quiet: bool,
}

#[derive(Args)]
pub struct RoadsArguments {
    #[command(subcommand)]
    pub command: RoadsCommand,
}

#[derive(Subcommand)]
pub enum RoadsCommand {
    /// Make a file of roads from OpenStreetMap, GeoJSON or GeoPackage
    Import(RoadImportArguments),
    /// Tell what a file of roads holds: roads, lengths, quality, sources, licences
    #[command(after_help = "Reads all of it and compares its checksum.")]
    Info {
        /// What `masar roads import` wrote, or GeoJSON as in gazetteer/roads.geojson
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// List the roads that are known, or those with a reference or name
    #[command(after_help = "Examples:\n  masar roads list\n  masar roads list M4 --roads syria.roads\n\n\
        Exit code 1 when a road is not known.")]
    List {
        /// References or names, each one argument: quote a name of several words
        #[arg(value_name = "ROAD", value_parser = NonEmptyStringValueParser::new())]
        names: Vec<String>,

        #[command(flatten)]
        sources: GazetteerSources,
    },
}

#[derive(Args)]
#[command(after_help = "Examples:\n  \
    masar roads import syria-latest.osm.pbf -o roads/syria.roads\n  \
    masar roads import answer.json survey.gpkg -o my.roads --report refused.csv\n  \
    masar map article.txt --roads my.roads\n\n\
    Reads .osm.pbf, Overpass JSON, GeoJSON (a collection or one feature a line) and GeoPackage; what a\n\
    file is, its content says. Kept are motorways to unclassified roads with a reference, with their\n\
    slip roads, members of road routes, and larger roads that have only a name. Lines of a table\n\
    need a column ref or name.\n\n\
    Exit codes: 0 imported, 1 imported but a file gave nothing, 2 nothing imported.")]
pub struct RoadImportArguments {
    /// Files with roads
    #[arg(required = true, value_name = "SOURCE")]
    pub sources: Vec<PathBuf>,

    /// The file of roads to write; by its name, *.roads is found in the folder roads/
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,

    /// English name of the country of all lines that do not say it [default: that of the nearest place]
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub country: Option<String>,

    /// Keep every name: of small roads without a reference, and those that a part of a road bears
    #[arg(long)]
    pub all_names: bool,

    /// The licence of the sources [default: what is known of their format]
    #[arg(long, value_name = "TEXT")]
    pub licence: Option<String>,

    /// Write every refused, repaired and repeated line to this .csv or .jsonl file
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,

    /// Print nothing on standard error but errors
    #[arg(short, long)]
    pub quiet: bool,
}

fn parse_column(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((field, header)) if !field.trim().is_empty() && !header.trim().is_empty() => {
            Ok((field.trim().to_owned(), header.trim().to_owned()))
        }
        _ => Err("a column is given as FIELD=HEADER, as in name_ar=Ar_Name".to_owned()),
    }
}

fn parse_day(text: &str) -> Result<Date, String> {
    // The parser knows more spellings than the output does.
    let well_formed = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let date = text.parse().ok().filter(|_| well_formed);
    date.ok_or_else(|| "a day is written YYYY-MM-DD, as in 2020-08-17".to_owned())
}

fn parse_radius_km(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(radius_km) if radius_km > 0.0 && radius_km <= 1000.0 => Ok(radius_km),
        _ => Err("a radius is a number of kilometres above 0, up to 1000".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_sound_and_every_argument_has_help() {
        fn check(command: &clap::Command) {
            for argument in command.get_arguments() {
                assert!(argument.get_help().is_some(), "{} {}", command.get_name(), argument.get_id());
            }
            command.get_subcommands().for_each(check);
        }
        Arguments::command().debug_assert();
        let mut command = Arguments::command();
        command.build();
        check(&command);
    }
}
