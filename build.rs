//! Compiles `gazetteer/` into one file and lists `lexicon/`, so that the binary carries both.
//!
//! The modules below are the library's own: what the build script writes and what the library
//! reads cannot drift apart.

// Each of the two users of these modules needs only a part of them.
#![allow(dead_code)]

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

#[path = "src/model"]
mod model {
    pub mod coordinate;
    pub mod place;
}

#[path = "src/text"]
mod text {
    pub mod fold;
    pub mod key;
    pub mod transliteration;
}

#[path = "src/gazetteer"]
mod gazetteer {
    pub mod error;
    pub mod format;
    pub mod variants;
    pub mod table;
    pub mod roads;
    pub mod automaton;
    pub mod index;
    pub mod spellings;
    pub mod compile;
    pub mod corrections;
}

use gazetteer::compile::{Compiler, is_place_table};
use gazetteer::corrections;
use gazetteer::table::Table;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    // The importers beside the compiler change nothing that the build script makes.
    let modules =
        ["error", "format", "variants", "table", "roads", "automaton", "index", "spellings", "compile", "corrections"];
    let modules = modules.map(|module| format!("src/gazetteer/{module}.rs"));
    for path in ["gazetteer", "lexicon", "src/model", "src/text"] {
        println!("cargo:rerun-if-changed={path}");
    }
    for path in modules {
        println!("cargo:rerun-if-changed={path}");
    }
    if let Err(error) = build() {
        // Cargo shows what a failing build script wrote; a panic would bury it under a backtrace.
        eprintln!("error: {error}");
        std::process::exit(1);
    }
}

fn build() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    fs::write(out.join("gazetteer.gaz"), compile_gazetteer(&root.join("gazetteer"))?)?;
    fs::write(out.join("lexicon_files.rs"), list_lexicon(&root.join("lexicon"))?)?;
    Ok(())
}

fn compile_gazetteer(folder: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    text::transliteration::rules::check_rules()?;
    let read = |name: &str| fs::read_to_string(folder.join(name)).map_err(|error| format!("gazetteer/{name}: {error}"));
    let codes = read("feature_codes.csv")?;
    let heads = folder.join("name_heads.csv").exists().then(|| read("name_heads.csv")).transpose()?;
    let mut compiler = Compiler::new(
        Table { file: "gazetteer/feature_codes.csv", text: &codes },
        heads.as_deref().map(|text| Table { file: "gazetteer/name_heads.csv", text }),
    )?;
    let corrections = read("corrections.csv")?;
    compiler.correct(corrections::read(Table { file: "gazetteer/corrections.csv", text: &corrections })?);
    for path in sorted(folder, "csv")? {
        let name = file_name(&path)?;
        let text = read(&name)?;
        if is_place_table(&text) {
            compiler.add_places(Table { file: &format!("gazetteer/{name}"), text: &text })?;
        }
    }
    for warning in compiler.apply_corrections()? {
        println!("cargo:warning={warning}");
    }
    if folder.join("roads.geojson").exists() {
        compiler.add_roads("gazetteer/roads.geojson", &read("roads.geojson")?)?;
    }
    Ok(compiler.finish(&read("LICENCES.txt")?)?.to_bytes())
}

/// A static table of the lexicon's files and their contents.
fn list_lexicon(folder: &Path) -> Result<String, Box<dyn Error>> {
    let mut code = String::from("pub static LEXICON_FILES: &[(&str, &str, &str)] = &[\n");
    for pack in sorted(folder, "")?.into_iter().filter(|path| path.is_dir()) {
        let tag = file_name(&pack)?;
        for file in sorted(&pack, "csv")? {
            writeln!(code, "    ({tag:?}, {:?}, include_str!({:?})),", file_name(&file)?, file.display().to_string())?;
        }
    }
    code.push_str("];\n");
    let types = folder.join("event_types.toml");
    match types.exists() {
        true => writeln!(code, "pub static EVENT_TYPES_TOML: &str = include_str!({:?});", types.display().to_string())?,
        false => writeln!(code, "pub static EVENT_TYPES_TOML: &str = \"\";")?,
    }
    Ok(code)
}

/// The entries of a folder with one extension, sorted; none where there is no folder.
fn sorted(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().and_then(|e| e.to_str()).unwrap_or("") == extension {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn file_name(path: &Path) -> Result<String, Box<dyn Error>> {
    let name = path.file_name().and_then(|name| name.to_str());
    Ok(name.ok_or_else(|| format!("{}: the file name is not UTF-8", path.display()))?.to_owned())
}
