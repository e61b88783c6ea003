//! One set of checks for every output format: what is written is read back by somebody else's reader.
//!
//! The checks go through `FORMATS`; a format without a reader in `format_readers` fails them.

mod format_readers;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use format_readers::{READERS, Reader, Seen};
use jiff::civil::date;
use masar::gazetteer::Gazetteer;
use masar::model::article::Article;
use masar::model::feature::{ArticleMap, Geometry};
use masar::pipeline::Pipeline;
use masar::writer::destination::{write_file, write_folder, write_stream};
use masar::writer::layer::{Layers, Record};
use masar::writer::value::Value;
use masar::writer::{FORMATS, Format, Options};

/// A patrol by road, an unknown village, a post and an attack; with what breaks careless writers.
const TEXT: &str = "سيّرت القوات\u{1} الروسية والتركية يوم الاثنين 17 آب 2020 الدورية المشتركة \"الرابعة والعشرين\" على \
    طريق 'M4'\u{2028} من سراقب\tإلى أريحا، وسط <b>انتشار</b> & حراسة؛ \u{202e}ثم عادت.\nوثبتت القوات التركية نقطة \
    عسكرية جديدة قرب قرية المجهولة.\r\nوقع انفجار في مدينة إدلب 😀 يوم 18 آب 2020.";

/// A value that a spreadsheet would run, quotes, breaks, what XML and C strings do not bear, and emoji.
const OUTLET: &str = "=HYPERLINK(\"http://example.org/?\"&A1,\"وكالة\")\r\n\u{2028}'; DROP TABLE places;--\0\u{1}\u{7f}\u{FFFF}\
    </Placemark>]]>{{data}}\u{202e} 😀";

fn pipeline() -> Pipeline<'static> {
    Pipeline::new(Gazetteer::embedded()).unwrap()
}

fn article(id: &str) -> Article {
    Article {
        id: id.to_owned(),
        text: TEXT.to_owned(),
        source: Some(OUTLET.to_owned()),
        url: Some("-1+1\tjavascript:alert(1)".to_owned()),
        published: Some(date(2020, 8, 19)),
    }
}

/// The hostile article, and one without a source.
fn maps() -> Vec<ArticleMap> {
    let other = Article { source: None, url: None, published: None, ..article("@second") };
    [article("=first"), other].into_iter().map(|article| pipeline().read(article).0).collect()
}

fn layers(maps: &[ArticleMap]) -> Layers {
    Layers::of(maps, Gazetteer::embedded())
}

fn reader(format: &dyn Format) -> &'static Reader {
    let found = READERS.iter().find(|reader| reader.format == format.name());
    found.unwrap_or_else(|| panic!("{}: add a reader to tests/format_readers", format.name()))
}

/// What a reader should see of a feature.
fn expected(reader: &Reader, record: &Record<'_>) -> Seen {
    let columns = record.layer.columns.iter().zip(&record.feature.values);
    let round = |degrees: f64| (degrees * 1e6).round() / 1e6;
    let positions = match &record.feature.geometry {
        None => Vec::new(),
        Some(Geometry::Point(point)) => vec![*point],
        Some(Geometry::Line(line)) => line.clone(),
        Some(Geometry::Lines(lines)) => lines.concat(),
    };
    Seen {
        id: record.feature.id.clone(),
        properties: columns.filter_map(|(head, value)| (reader.spell)(head.name, head.value_type, value)).collect(),
        positions: match reader.keeps_positions {
            true => positions.iter().map(|at| [round(at.lon_deg()), round(at.lat_deg())]).collect(),
            false => Vec::new(),
        },
    }
}

fn by_id(seen: Vec<Seen>) -> BTreeMap<String, Seen> {
    let count = seen.len();
    let by_id: BTreeMap<String, Seen> = seen.into_iter().map(|feature| (feature.id.clone(), feature)).collect();
    assert_eq!(by_id.len(), count, "an id stands twice");
    by_id
}

fn in_one_file(format: &dyn Format, layers: &Layers, folder: &Path) -> PathBuf {
    let path = folder.join(format!("one.{}", format.extension()));
    let written = write_file(format, layers, Options::default(), &path).unwrap();
    assert_eq!(written, std::slice::from_ref(&path));
    path
}

/// Every feature is read back from the files of a folder, and from one file.
fn hold(layers: &Layers) {
    for format in FORMATS {
        let reader = reader(*format);
        let records = layers.all().iter().flat_map(|layer| layer.records());
        let expected: BTreeMap<String, Seen> =
            records.map(|record| (record.feature.id.clone(), expected(reader, &record))).collect();
        let folder = tempfile::tempdir().unwrap();
        let mut files = write_folder(&[*format], layers, Options::default(), folder.path()).unwrap();
        // Styles and projects stand beside them.
        files.retain(|file| file.extension().is_some_and(|extension| extension == format.extension()));
        let together = (reader.read)(&in_one_file(*format, layers, folder.path()));
        for seen in [files.iter().flat_map(|file| (reader.read)(file)).collect(), together] {
            let seen = by_id(seen);
            assert_eq!(seen.len(), expected.len(), "{}", format.name());
            for (id, expected) in &expected {
                assert_eq!(seen.get(id), Some(expected), "{}", format.name());
            }
        }
    }
}

#[test]
fn every_format_has_one_reader_and_a_name_and_extension_of_its_own() {
    let names: Vec<&str> = FORMATS.iter().map(|format| format.name()).collect();
    assert_eq!(READERS.iter().map(|reader| reader.format).collect::<Vec<_>>(), names);
    for (index, format) in FORMATS.iter().enumerate() {
        assert!(FORMATS[..index].iter().all(|other| other.extension() != format.extension()));
        assert_eq!(
            masar::writer::format_of_extension(&format.extension().to_uppercase()).unwrap().name(),
            format.name()
        );
    }
}

#[test]
fn hostile_texts_and_missing_geometries_come_back_as_they_were() {
    let layers = layers(&maps());
    let records = || layers.all().iter().flat_map(|layer| layer.records());
    // The sample is what it is meant to be.
    assert!(layers.all().iter().filter(|layer| !layer.features.is_empty()).count() >= 4);
    assert!(records().any(|record| record.feature.geometry.is_none()), "nothing is unlocated");
    assert!(records().any(|record| matches!(record.feature.geometry, Some(Geometry::Line(_) | Geometry::Lines(_)))));
    assert!(records().any(|record| record.text("evidence").is_some_and(|text| text.contains(['\u{2028}', '\u{1}']))));
    assert!(records().any(|record| record.text("source") == Some(OUTLET)));
    hold(&layers);
}

#[test]
fn an_empty_result_is_a_file_that_opens() {
    let (map, _) = pipeline().read(Article { text: "لا شيء هنا.".to_owned(), ..article("empty") });
    let layers = layers(&[map]);
    assert!(layers.all().iter().all(|layer| layer.features.is_empty()));
    hold(&layers);
    hold(&Layers::collect([]));
}

#[test]
fn thousands_of_features_and_a_long_text_come_back() {
    let mut maps = maps();
    let long = Some("وكالة \"أنباء\" ".repeat(100_000));
    maps[0].article.source = long.clone();
    for number in 0..400 {
        let mut copy = maps[1].clone();
        copy.article.id = format!("copy {number}");
        maps.push(copy);
    }
    let layers = layers(&maps);
    assert!(layers.all().iter().map(|layer| layer.features.len()).sum::<usize>() > 2000);
    assert!(
        layers.all().iter().flat_map(|layer| layer.records()).any(|record| record.text("source") == long.as_deref())
    );
    hold(&layers);
}

#[test]
fn the_same_articles_give_the_same_bytes_in_any_order_and_anywhere() {
    let (there, mut turned) = (maps(), maps());
    turned.reverse();
    for format in FORMATS {
        let folder = tempfile::tempdir().unwrap();
        let file = fs::read(in_one_file(*format, &layers(&there), folder.path())).unwrap();
        let mut stream = Vec::new();
        write_stream(*format, &layers(&turned), Options::default(), &mut stream).unwrap();
        assert!(file == stream, "{}", format.name());
    }
}

#[test]
fn a_layer_alone_holds_its_features_and_no_others() {
    let layers = layers(&maps());
    for format in FORMATS.iter().filter(|format| format.division() == masar::writer::Division::ByLayer) {
        let folder = tempfile::tempdir().unwrap();
        write_folder(&[*format], &layers, Options::default(), folder.path()).unwrap();
        for layer in layers.all() {
            let path = folder.path().join(format!("{}.{}", layer.kind.name(), format.extension()));
            let ids: Vec<String> = by_id((reader(*format).read)(&path)).into_keys().collect();
            let expected: Vec<&str> = layer.features.iter().map(|feature| feature.id.as_str()).collect();
            assert_eq!(ids, expected, "{}: {}", format.name(), layer.kind.name());
        }
    }
}

#[test]
fn no_cell_of_a_table_is_a_formula() {
    let folder = tempfile::tempdir().unwrap();
    let path = in_one_file(masar::writer::format("csv").unwrap(), &layers(&maps()), folder.path());
    let mut rows = csv::Reader::from_path(path).unwrap();
    let mut guarded = 0;
    for row in rows.records() {
        for cell in &row.unwrap() {
            let first = cell.chars().next();
            let number = cell.parse::<f64>().is_ok();
            assert!(number || !matches!(first, Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n')), "{cell}");
            guarded += usize::from(cell.starts_with("'="));
        }
    }
    assert!(guarded > 0);
}

#[test]
fn a_description_in_kml_is_text_to_a_reader_of_html() {
    let folder = tempfile::tempdir().unwrap();
    let mut layers = maps();
    layers[0].article.id = "kml".to_owned();
    let path = in_one_file(masar::writer::format("kml").unwrap(), &self::layers(&layers), folder.path());
    let kml = fs::read_to_string(path).unwrap();
    for description in kml.split("<description>").skip(1) {
        let html = description.split("</description>").next().unwrap().replace("&lt;br/&gt;", "");
        assert!(!html.contains("&lt;"), "{html}");
    }
    assert_eq!(kml.matches("<text>").count(), kml.matches("<Style ").count());
    assert!(!kml.contains("$[evidence]"));
}

#[test]
fn record_separators_make_a_text_sequence() {
    let layers = layers(&maps());
    let format = masar::writer::format("geojsonl").unwrap();
    let options = Options { record_separators: true, ..Options::default() };
    let (mut with, mut without) = (Vec::new(), Vec::new());
    write_stream(format, &layers, options, &mut with).unwrap();
    write_stream(format, &layers, Options::default(), &mut without).unwrap();
    let with = String::from_utf8(with).unwrap();
    assert!(with.starts_with("\u{1e}{"));
    assert_eq!(with.replace('\u{1e}', ""), String::from_utf8(without).unwrap());
    for record in with.split('\u{1e}').skip(1) {
        assert!(record.ends_with("}\n"));
        record.parse::<geojson::Feature>().unwrap();
    }
}

#[test]
fn simplestyle_follows_the_symbology() {
    let layers = layers(&maps());
    let options = Options { simplestyle: true, ..Options::default() };
    for name in ["geojson", "geojsonl"] {
        let mut out = Vec::new();
        write_stream(masar::writer::format(name).unwrap(), &layers, options, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let lines = text.lines().map(|line| line.trim_end_matches(',')).filter(|line| line.contains("\"Feature\""));
        let mut kinds = BTreeMap::new();
        for line in lines {
            let feature: geojson::Feature = line.parse().unwrap();
            let property = |key: &str| feature.property(key).cloned();
            let (point, drawn) = (line.contains("\"type\":\"Point\""), feature.geometry.is_some());
            for key in ["marker-color", "marker-size", "marker-symbol"] {
                assert_eq!(property(key).is_some(), drawn && point, "{key}: {line}");
            }
            for key in ["stroke", "stroke-width", "stroke-opacity"] {
                assert_eq!(property(key).is_some(), drawn && !point, "{key}: {line}");
            }
            if drawn {
                let kind = property("kind").unwrap().as_str().unwrap().to_owned();
                kinds.insert(kind, property(if point { "marker-color" } else { "stroke" }).unwrap());
            }
        }
        assert_eq!(kinds["patrol"], "#7b2d8e");
        assert_eq!(kinds["place"], "#4a5663");
        assert_eq!(kinds["event"], "#a84300");
    }
}

/// As the binary meets it.
mod binary {
    use super::*;
    use assert_cmd::Command;

    const PROSE: &str = "سيرت القوات الروسية والتركية يوم 17 آب 2020 دورية على الطريق M4 من سراقب إلى أريحا.";

    fn masar(folder: &Path, arguments: &[&str]) -> (i32, String) {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("masar"));
        let output = command.current_dir(folder).args(arguments).output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    }

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("article.txt"), PROSE).unwrap();
        folder
    }

    #[test]
    fn an_extension_is_enough() {
        let folder = folder();
        for format in FORMATS {
            let file = format!("map.{}", format.extension());
            let (code, errors) = masar(folder.path(), &["map", "article.txt", "-o", &file]);
            assert_eq!(code, 0, "{errors}");
            assert!(!(reader(*format).read)(&folder.path().join(file)).is_empty());
        }
    }

    #[test]
    fn an_option_that_would_do_nothing_is_refused_before_anything_is_done() {
        let folder = folder();
        for (option, able) in
            [("--simplestyle", &["geojson", "geojsonl"][..]), ("--record-separators", &["geojsonl"][..])]
        {
            for format in FORMATS {
                let (code, errors) =
                    masar(folder.path(), &["map", "article.txt", "-f", format.name(), "-o", "out", option]);
                let takes = able.contains(&format.name());
                assert_eq!(code, if takes { 0 } else { 2 }, "{option} {}: {errors}", format.name());
                assert_eq!(errors.contains("for the formats"), !takes);
                assert_eq!(folder.path().join("out").exists(), takes);
                let _ = fs::remove_dir_all(folder.path().join("out"));
            }
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_an_error_and_leaves_nothing_under_the_final_name() {
        use std::process::Stdio;
        let folder = folder();
        for format in FORMATS {
            let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("masar"));
            let full = fs::File::options().write(true).open("/dev/full").unwrap();
            command.current_dir(folder.path()).args(["map", "article.txt", "-f", format.name(), "-o", "-"]);
            let output = command.stdout(full).stderr(Stdio::piped()).output().unwrap();
            let errors = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{}: {errors}", format.name());
            assert!(errors.contains("cannot write to the output stream"), "{}: {errors}", format.name());

            // No file may grow beyond a block, in the folder or elsewhere.
            let file = format!("map.{}", format.extension());
            fs::write(folder.path().join(&file), "older").unwrap();
            let output = std::process::Command::new("sh")
                .current_dir(folder.path())
                .args(["-c", "trap '' XFSZ; ulimit -f 1; exec \"$@\"", "sh"])
                .arg(assert_cmd::cargo::cargo_bin!("masar"))
                .args(["map", "article.txt", "-o", &file])
                .output()
                .unwrap();
            let errors = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{}: {errors}", format.name());
            assert!(errors.contains("cannot write"), "{}: {errors}", format.name());
            assert_eq!(fs::read_to_string(folder.path().join(&file)).unwrap(), "older");
            fs::remove_file(folder.path().join(&file)).unwrap();
            let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
            assert_eq!(left, ["article.txt"], "{}", format.name());
        }
    }
}

#[test]
fn null_is_not_a_text() {
    let layers = layers(&maps());
    let nulls = layers.all().iter().flat_map(|layer| &layer.features).flat_map(|feature| &feature.values);
    assert!(nulls.filter(|value| **value == Value::Null).count() > 10);
    for format in FORMATS {
        let folder = tempfile::tempdir().unwrap();
        for seen in (reader(*format).read)(&in_one_file(*format, &layers, folder.path())) {
            assert!(seen.properties.values().all(|text| text != "null" && text != "NULL"), "{}", format.name());
        }
    }
}
