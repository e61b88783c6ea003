//! The layer table of ARCHITECTURE.md, enforced: a module uses only modules above it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules of `src/`, in pipeline order. `resolution` and `extraction` are siblings.
const LAYERS: [&str; 13] = [
    "model",
    "diagnostic",
    "text",
    "lexicon",
    "gazetteer",
    "reader",
    "recognition",
    "resolution",
    "extraction",
    "coreference",
    "geometry",
    "writer",
    "pipeline",
];

/// A piece of source that a rule forbids.
#[derive(Debug, PartialEq, Eq)]
struct Breach {
    line: usize,
    what: String,
}

/// The lines of a source file outside its tests, comments and doc comments.
fn code(source: &str) -> Vec<(usize, &str)> {
    let mut lines = Vec::new();
    for (index, line) in source.lines().enumerate() {
        if line.trim_start().starts_with("#[cfg(test)]") {
            break;
        }
        if !line.trim_start().starts_with("//") {
            lines.push((index + 1, line));
        }
    }
    lines
}

/// The modules that a line names as `crate::module` or, in a group, as `crate::{a, b}`.
fn used_modules(line: &str) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for part in line.split("crate::").skip(1) {
        let names = match part.strip_prefix('{') {
            Some(group) => group.split('}').next().unwrap_or("").split(',').collect::<Vec<_>>(),
            None => vec![part],
        };
        for name in names {
            let name: String = name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            used.insert(name);
        }
    }
    used
}

/// Uses of modules that do not stand above `module`.
fn breaches_of_layers(module: &str, source: &str) -> Vec<Breach> {
    let rank = |name: &str| LAYERS.iter().position(|layer| *layer == name);
    let own = rank(module).unwrap_or_else(|| panic!("`{module}` is not in the layer table"));
    let mut breaches = Vec::new();
    for (line, text) in code(source) {
        for used in used_modules(text) {
            let sibling = (module, used.as_str()) == ("extraction", "resolution");
            if used != module && (sibling || rank(&used).is_some_and(|rank| rank > own)) {
                breaches.push(Breach { line, what: format!("{module} uses {used}") });
            }
        }
    }
    breaches
}

/// Pieces of source that a module must not hold, outside its tests.
fn breaches_of_words(words: &[&str], source: &str) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (line, text) in code(source) {
        for word in words.iter().filter(|word| text.contains(**word)) {
            breaches.push(Breach { line, what: (*word).to_owned() });
        }
    }
    breaches
}

fn source_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            files.extend(source_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every file of the library with the module it belongs to.
fn library() -> Vec<(String, PathBuf, String)> {
    source_files(&src())
        .into_iter()
        .filter_map(|path| {
            let inside = path.strip_prefix(src()).expect("under src").to_path_buf();
            let module = inside.components().next()?.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned();
            let source = fs::read_to_string(&path).expect("readable");
            (!matches!(module.as_str(), "lib" | "main" | "cli")).then_some((module, inside, source))
        })
        .collect()
}

fn report(breaches: Vec<(PathBuf, Breach)>) {
    let lines: Vec<String> = breaches
        .iter()
        .map(|(path, breach)| format!("src/{}:{}: {}", path.display(), breach.line, breach.what))
        .collect();
    assert!(lines.is_empty(), "{}", lines.join("\n"));
}

#[test]
fn modules_use_only_modules_above_them() {
    let files = library();
    assert!(files.len() > 40, "the library was found");
    report(
        files
            .iter()
            .flat_map(|(module, path, source)| {
                breaches_of_layers(module, source).into_iter().map(move |breach| (path.clone(), breach))
            })
            .collect(),
    );
}

#[test]
fn the_core_types_know_no_input_no_clock_and_no_serialisation() {
    let words = ["serde", "std::fs", "std::io", "std::env", "SystemTime", "Instant", "Zoned::now"];
    report(
        library()
            .iter()
            .filter(|(module, ..)| module == "model")
            .flat_map(|(_, path, source)| breaches_of_words(&words, source).into_iter().map(move |b| (path.clone(), b)))
            .collect(),
    );
}

#[test]
fn the_library_neither_prints_nor_reads_the_environment_nor_gives_up() {
    let words = ["println!", "eprintln!", "std::env::", "todo!", "unimplemented!", ".unwrap()", "panic!(", "dbg!"];
    report(
        library()
            .iter()
            .flat_map(|(_, path, source)| breaches_of_words(&words, source).into_iter().map(move |b| (path.clone(), b)))
            .collect(),
    );
}

#[test]
fn every_module_of_the_table_exists() {
    for layer in LAYERS {
        let folder = src().join(layer);
        assert!(folder.is_dir() || folder.with_extension("rs").is_file(), "src/{layer} is missing");
    }
}

#[test]
fn a_breach_is_found() {
    assert_eq!(
        breaches_of_layers("text", "use crate::model::span::Span;\nuse crate::gazetteer::Gazetteer;\n"),
        [Breach { line: 2, what: "text uses gazetteer".into() }]
    );
    assert_eq!(
        breaches_of_layers("extraction", "fn f() { crate::resolution::resolve() }"),
        [Breach { line: 1, what: "extraction uses resolution".into() }]
    );
    assert_eq!(breaches_of_layers("writer", "use crate::{model, pipeline};").len(), 1);
    assert_eq!(breaches_of_layers("model", "// crate::writer\n#[cfg(test)]\nuse crate::writer;"), []);
    assert_eq!(breaches_of_words(&[".unwrap()"], "x.unwrap()"), [Breach { line: 1, what: ".unwrap()".into() }]);
}
