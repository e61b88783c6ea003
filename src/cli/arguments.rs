//! What can be typed.

use std::path::PathBuf;
use std::sync::LazyLock;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use masar::gazetteer::Gazetteer;
use masar::gazetteer::import::format_names;
use masar::writer::FORMATS;

/// A result depends on the gazetteer as much as on the program.
static VERSION: LazyLock<String> =
    LazyLock::new(|| format!("{} (gazetteer of {} places)", env!("CARGO_PKG_VERSION"), Gazetteer::embedded().len()));

#[derive(Parser)]
#[command(
    name = "masar",
    version = VERSION.as_str(),
    about = "Reads news articles and draws the patrols, positions and places they report on a map",
    after_help = "Examples:\n  \
        masar map articles/*.txt -o output      four GeoJSON files for QGIS or a web map\n  \
        masar explain article.txt               why each place and event was read as it was\n  \
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
    /// Show how one article was read: candidates, scores, rules and words
    Explain(ExplainArguments),
    /// Look places up in the gazetteer
    Gazetteer(GazetteerArguments),
}

#[derive(Args)]
#[command(after_help = "Examples:\n  \
    masar map article.txt                     writes output/patrols.geojson and three more files\n  \
    masar map articles/ -o maps               every *.txt in a folder\n  \
    curl -s URL | masar map - -o - | jq .     from standard input to standard output\n\n\
    The folder gets patrols.geojson (lines), positions.geojson, events.geojson and\n\
    places.geojson (points). On standard output all of them are one collection. When no article\n\
    can be read, nothing is written.")]
pub struct MapArguments {
    /// Text files, folders of *.txt files (not those of subfolders), or - for standard input
    #[arg(required = true, value_name = "ARTICLE")]
    pub articles: Vec<PathBuf>,

    /// Folder to write to, created when missing; - for standard output
    #[arg(short, long, value_name = "FOLDER", default_value = "output")]
    pub output: PathBuf,

    /// Format of the output
    #[arg(
        short,
        long,
        default_value = "geojson",
        value_parser = PossibleValuesParser::new(FORMATS.iter().map(|format| format.name())),
    )]
    pub format: String,

    /// Day of publication of the articles, where it is known from outside the text
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
    pub published: Option<Date>,

    /// How many articles to read at a time [default: one for each processor]
    #[arg(short, long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,

    /// Print nothing on standard error but errors
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,

    /// Print every diagnostic
    #[arg(short, long)]
    pub verbose: bool,
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
}

#[derive(Args)]
pub struct GazetteerArguments {
    #[command(subcommand)]
    pub command: GazetteerCommand,
}

#[derive(Subcommand)]
pub enum GazetteerCommand {
    /// List the places that bear a name, in any language or spelling
    #[command(after_help = "Examples:\n  masar gazetteer search أريحا\n  masar gazetteer search \"ain al-hour\"\n\n\
        Exit code 1 when a name is not known.")]
    Search {
        /// Names, each one argument: quote a name of several words
        #[arg(required = true, value_name = "NAME", value_parser = clap::builder::NonEmptyStringValueParser::new())]
        names: Vec<String>,

        /// At most so many places a name
        #[arg(long, value_name = "NUMBER", default_value_t = 20)]
        limit: usize,
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
    },
    /// Compile a gazetteer from GeoNames, OCHA, Linked Places or CSV files
    Build(BuildArguments),
    /// Tell what it holds: places, names, countries, sizes, licences
    #[command(after_help = "Examples:\n  masar gazetteer info\n  masar gazetteer info syria.gaz\n\n\
        Reads all of a file and compares its checksum.")]
    Info {
        /// A compiled gazetteer [default: the one inside the program]
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,

        /// List every country
        #[arg(long)]
        all: bool,
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
