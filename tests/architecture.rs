//! The layer table of ARCHITECTURE.md, enforced: a module uses only modules above it.
//!
//! Sources are read as text. Comments, literals and what stands under `#[cfg(test)]` are blanked
//! out first, so that only code that ships is judged, and line numbers stay right.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules of the library, in pipeline order.
const LAYERS: [&str; 14] = [
    "model",
    "evaluation",
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

/// Modules that stand one above the other in the table and yet must not know each other.
const SIBLINGS: [(&str, &str); 1] = [("resolution", "extraction")];

/// The module of the binary.
const BINARY: &str = "cli";

/// A piece of source that a rule forbids.
#[derive(Debug, PartialEq, Eq)]
struct Breach {
    line: usize,
    what: String,
}

/// A source file: its path inside `src/`, the module of the table it belongs to, and its code.
struct SourceFile {
    path: PathBuf,
    module: String,
    code: String,
}

// Reading sources.

/// The source with comments and the insides of literals blanked out. Every line keeps its number.
fn without_comments_and_literals(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    let blank = |out: &mut String, piece: &str| out.extend(piece.chars().map(|c| if c == '\n' { c } else { ' ' }));
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            block_comment(rest)
        } else if let Some(length) = literal(rest, out.chars().next_back()) {
            length
        } else {
            out.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        };
        let (piece, after) = rest.split_at(length);
        blank(&mut out, piece);
        rest = after;
    }
    out
}

/// The length of the block comment that `rest` starts with; such comments nest.
fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// The length of the string or character literal that `rest` starts with. A lifetime is none.
fn literal(rest: &str, before: Option<char>) -> Option<usize> {
    let in_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    if rest.starts_with('r') && !in_word {
        let hashes = rest[1..].chars().take_while(|c| *c == '#').count();
        if rest[1 + hashes..].starts_with('"') {
            let end = format!("\"{}", "#".repeat(hashes));
            let open = 2 + hashes;
            return Some(rest[open..].find(&end).map_or(rest.len(), |at| open + at + end.len()));
        }
        return None;
    }
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    if quote == '\'' {
        let mut inside = rest[1..].chars();
        let escaped = inside.next()? == '\\';
        if !escaped && inside.next() != Some('\'') {
            return None;
        }
    }
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return Some(at + c.len_utf8()),
            _ => {}
        }
    }
    Some(rest.len())
}

/// The code with every item under `#[cfg(test)]` blanked out. Takes code without comments.
fn without_tests(code: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(at) = rest.find(MARK) {
        out.push_str(&rest[..at]);
        let end = at + MARK.len() + item_length(&rest[at + MARK.len()..]);
        out.extend(rest[at..end].chars().map(|c| if c == '\n' { c } else { ' ' }));
        rest = &rest[end..];
    }
    out + rest
}

/// The length of the item that `rest` starts with: to its `;`, or to the brace that closes it.
fn item_length(rest: &str) -> usize {
    let mut depth = 0;
    for (at, c) in rest.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 && matches!(c, ';' | '}') {
            return at + 1;
        }
    }
    rest.len()
}

fn line_at(code: &str, at: usize) -> usize {
    1 + code[..at].matches('\n').count()
}

/// The first names of every path that starts with `prefix`, with their lines: one for
/// `crate::text::fold`, two for `crate::{model, text::{fold, key}}`.
fn first_names(prefix: &str, code: &str) -> Vec<(usize, String)> {
    let mut names = Vec::new();
    for (at, _) in code.match_indices(prefix) {
        if code[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
            continue;
        }
        let path = &code[at + prefix.len()..];
        let starts = match path.trim_start().strip_prefix('{') {
            Some(group) => top_level_starts(group, code.len() - group.len()),
            None => vec![code.len() - path.len()],
        };
        for start in starts {
            let tail = code[start..].trim_start();
            let name: String = tail.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if !name.is_empty() {
                names.push((line_at(code, code.len() - tail.len()), name));
            }
        }
    }
    names
}

/// Where the members of a group begin, given what follows its opening brace.
fn top_level_starts(group: &str, offset: usize) -> Vec<usize> {
    let mut starts = vec![offset];
    let mut depth = 1;
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => starts.push(offset + at + 1),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    starts
}

// The rules.

/// Uses of modules that do not stand above `module`.
fn breaches_of_layers(module: &str, code: &str) -> Vec<Breach> {
    let rank = |name: &str| LAYERS.iter().position(|layer| *layer == name);
    let own = rank(module).unwrap_or_else(|| panic!("`{module}` is not in the layer table"));
    let are_siblings = |a: &str, b: &str| SIBLINGS.contains(&(a, b)) || SIBLINGS.contains(&(b, a));
    first_names("crate::", code)
        .into_iter()
        .filter(|(_, used)| used != module)
        .filter(|(_, used)| rank(used).is_none_or(|rank| rank > own) || are_siblings(module, used))
        .map(|(line, used)| Breach { line, what: format!("{module} uses {used}") })
        .collect()
}

/// Pieces of code that a file must not hold. A word that begins with a letter is matched whole.
fn breaches_of_words(words: &[&str], code: &str) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for word in words {
        for (at, _) in code.match_indices(word) {
            let inside = |c: char| c.is_alphanumeric() || c == '_';
            let begins = !word.starts_with(inside) || !code[..at].ends_with(inside);
            let ends = !word.ends_with(inside) || !code[at + word.len()..].starts_with(inside);
            if begins && ends {
                breaches.push(Breach { line: line_at(code, at), what: (*word).to_owned() });
            }
        }
    }
    breaches.sort_by_key(|breach| breach.line);
    breaches
}

fn paths_in(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            files.extend(paths_in(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of `src/`.
fn sources() -> Vec<SourceFile> {
    let src = root().join("src");
    let files: Vec<SourceFile> = paths_in(&src)
        .into_iter()
        .map(|path| {
            let source = fs::read_to_string(&path).expect("readable");
            let path = path.strip_prefix(&src).expect("under src").to_path_buf();
            let first = path.components().next().expect("a file has a name").as_os_str().to_string_lossy();
            let module = first.trim_end_matches(".rs").to_owned();
            SourceFile { path, module, code: without_tests(&without_comments_and_literals(&source)) }
        })
        .collect();
    assert!(files.len() > 40, "the sources were not found");
    files
}

fn is_layer(file: &SourceFile) -> bool {
    LAYERS.contains(&file.module.as_str())
}

/// Fails with every breach, as `src/file.rs:line: what`.
fn hold(
    files: &[SourceFile],
    applies: impl Fn(&SourceFile) -> bool,
    breaches: impl Fn(&SourceFile) -> Vec<Breach>,
    rule: impl fmt::Display,
) {
    let mut lines = Vec::new();
    let mut seen = 0;
    for file in files.iter().filter(|file| applies(file)) {
        seen += 1;
        for Breach { line, what } in breaches(file) {
            lines.push(format!("src/{}:{line}: {what}", file.path.display()));
        }
    }
    assert!(seen > 0, "no file that the rule applies to: {rule}");
    assert!(lines.is_empty(), "{rule}\n{}", lines.join("\n"));
}

#[test]
fn modules_use_only_modules_above_them() {
    let rule = "a module uses only modules above it in the table of ARCHITECTURE.md";
    hold(&sources(), is_layer, |file| breaches_of_layers(&file.module, &file.code), rule);
}

#[test]
fn no_path_climbs_two_levels() {
    let rule = "`super::super` hides which module is used: write `crate::`";
    hold(&sources(), |_| true, |file| breaches_of_words(&["super::super"], &file.code), rule);
}

#[test]
fn a_module_of_the_table_reaches_its_neighbours_by_crate_alone() {
    // Here `super` is the crate, so that `super::` would hide a use from the first test.
    let rule = "the top of a module names its neighbours by `crate::`";
    let top = |file: &SourceFile| {
        is_layer(file) && (file.path.components().count() == 1 || file.path == Path::new(&file.module).join("mod.rs"))
    };
    hold(&sources(), top, |file| breaches_of_words(&["super::"], &file.code), rule);
}

#[test]
fn the_core_types_know_no_input_no_clock_and_no_serialisation() {
    let words = ["serde", "serde_json", "std::fs", "std::io", "std::env", "std::time", "Zoned::now", "Timestamp::now"];
    let rule = "model holds values: no I/O, no clock, no serialisation";
    hold(&sources(), |file| file.module == "model", |file| breaches_of_words(&words, &file.code), rule);
}

#[test]
fn nothing_below_the_command_line_prints_or_asks_the_environment() {
    let words =
        ["println!", "eprintln!", "print!", "eprint!", "dbg!", "std::env", "env::var", "SystemTime", "Zoned::now"];
    let rule = "the library neither prints nor reads the environment or the clock";
    hold(&sources(), is_layer, |file| breaches_of_words(&words, &file.code), rule);
}

#[test]
fn no_code_gives_up() {
    let words = [".unwrap()", ".unwrap_err()", "panic!", "todo!", "unimplemented!", "unreachable!"];
    let rule = "a failure is an `Err`, a diagnostic or a variant";
    hold(&sources(), |_| true, |file| breaches_of_words(&words, &file.code), rule);
}

#[test]
fn the_command_line_uses_the_public_library_only() {
    let files = sources();
    let rule = "the binary is main.rs and cli; what it needs of the library it names by `masar::`";
    let binary = |file: &SourceFile| file.module == BINARY || file.module == "main";
    let foreign = |file: &SourceFile| {
        let own = |name: &str| name == BINARY;
        let mut breaches: Vec<Breach> = first_names("crate::", &file.code)
            .into_iter()
            .filter(|(_, name)| !own(name))
            .map(|(line, name)| Breach { line, what: format!("crate::{name}") })
            .collect();
        breaches.extend(breaches_of_words(&["#[path"], &file.code));
        breaches
    };
    hold(&files, binary, foreign, rule);
    let main = files.iter().find(|file| file.path == Path::new("main.rs")).expect("src/main.rs");
    assert_eq!(declared_modules(&main.code), [BINARY], "main.rs declares one module");
    hold(&files, is_layer, |file| breaches_of_words(&["clap"], &file.code), "the library knows no arguments");
}

/// The modules that a file declares, in order.
fn declared_modules(code: &str) -> Vec<&str> {
    let declaration = |line| str::trim(line).trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';');
    code.lines().filter_map(declaration).collect()
}

#[test]
fn the_library_declares_the_table_in_its_order() {
    let files = sources();
    let lib = files.iter().find(|file| file.path == Path::new("lib.rs")).expect("src/lib.rs");
    assert_eq!(declared_modules(&lib.code), LAYERS);
    for layer in LAYERS {
        assert!(files.iter().any(|file| file.module == layer), "src/{layer} is missing");
    }
    let strays: Vec<_> = files
        .iter()
        .filter(|file| !is_layer(file) && !["lib", "main", BINARY].contains(&file.module.as_str()))
        .map(|file| file.path.display().to_string())
        .collect();
    assert!(strays.is_empty(), "in no layer: {}", strays.join(", "));
}

#[test]
fn the_table_of_the_architecture_page_is_the_one_enforced() {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("readable");
    assert_eq!(table_rows(&page), [&LAYERS[..], &[BINARY]].concat());
}

/// The first cells of the table whose first column is headed `module`.
fn table_rows(page: &str) -> Vec<&str> {
    page.lines()
        .skip_while(|line| !line.starts_with("| module |"))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .filter_map(|line| line.split('`').nth(1))
        .collect()
}

// The tests of the tests.

fn breach(line: usize, what: &str) -> Breach {
    Breach { line, what: what.to_owned() }
}

#[test]
fn a_use_of_a_module_below_is_found_however_it_is_written() {
    let cases: [(&str, &str, &[Breach]); 9] = [
        (
            "text",
            "use crate::model::span::Span;\nuse crate::gazetteer::Gazetteer;",
            &[breach(2, "text uses gazetteer")],
        ),
        ("text", "use crate::text::fold::fold;", &[]),
        (
            "writer",
            "use crate::{\n    model::{date, span},\n    pipeline::Pipeline,\n};",
            &[breach(3, "writer uses pipeline")],
        ),
        ("writer", "use crate::{model, pipeline};", &[breach(1, "writer uses pipeline")]),
        ("geometry", "fn f() -> crate::writer::Layer { crate::model::new() }", &[breach(1, "geometry uses writer")]),
        ("model", "pub(crate) mod a;\npub(in crate::model) fn f() {}", &[]),
        ("model", "use crate::cli::Arguments;", &[breach(1, "model uses cli")]),
        ("model", "use some_crate::writer::Layer;", &[]),
        ("model", "use $crate::writer::Layer;", &[breach(1, "model uses writer")]),
    ];
    for (module, source, expected) in cases {
        assert_eq!(breaches_of_layers(module, source), expected, "{source}");
    }
}

#[test]
fn siblings_do_not_know_each_other_in_either_direction() {
    let uses = |module: &str, source: &str| breaches_of_layers(module, source).len();
    assert_eq!(uses("extraction", "fn f() { crate::resolution::resolve() }"), 1);
    assert_eq!(uses("resolution", "use crate::extraction::dates;"), 1);
    assert_eq!(uses("coreference", "use crate::{extraction, resolution};"), 0);
}

#[test]
fn comments_literals_and_tests_are_not_judged() {
    let code = |source: &str| without_tests(&without_comments_and_literals(source));
    let innocent = [
        "// crate::writer",
        "/// `crate::writer`",
        "/* crate::writer /* nested */ crate::writer */",
        "const A: &str = \"crate::writer \\\" crate::writer\";",
        "const A: &str = r#\"crate::writer \" crate::writer\"#;",
        "const A: [char; 3] = ['\"', '\\'', '\"']; // crate::writer",
        "#[cfg(test)]\nuse crate::writer::Layer;",
        "#[cfg(test)]\nmod tests {\n    fn f() { if a { crate::writer::b() } }\n}",
    ];
    for source in innocent {
        assert_eq!(breaches_of_layers("model", &code(source)), [], "{source}");
    }
    let guilty = [
        ("fn f<'a>(a: &'a str) { crate::writer::g(a) }", 1),
        ("const A: char = '\"';\nfn f() { crate::writer::g() } // \"", 2),
        ("const A: &str = \"a\nb\";\nuse crate::writer::Layer;", 3),
        ("#[cfg(test)]\nmod tests {\n    fn f() {}\n}\n\nuse crate::writer::Layer;", 6),
        ("#[cfg(test)]\nuse crate::model::a;\nuse crate::writer::Layer;", 3),
    ];
    for (source, line) in guilty {
        assert_eq!(breaches_of_layers("model", &code(source)), [breach(line, "model uses writer")], "{source}");
    }
}

#[test]
fn a_forbidden_word_is_found_and_its_longer_kin_is_not() {
    let found = |source: &str| breaches_of_words(&[".unwrap()", "panic!", "serde", "print!"], source);
    assert_eq!(found("a\n  .unwrap()"), [breach(2, ".unwrap()")]);
    assert_eq!(found("panic!(\"no\")"), [breach(1, "panic!")]);
    assert_eq!(found("use serde::Serialize;"), [breach(1, "serde")]);
    assert_eq!(found("a.unwrap_or(b); dont_panic!(); println!(); use serde_yaml;"), []);
}

#[test]
fn modules_and_table_rows_are_read() {
    assert_eq!(declared_modules("pub mod model;\nmod cli;\nmod inline { }\nuse a;"), ["model", "cli"]);
    assert_eq!(table_rows("x\n\n| module | role |\n|---|---|\n| `a` | b |\n| `c` | `d` |\n\n| `e` |"), ["a", "c"]);
}
