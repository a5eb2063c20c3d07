//! Packs the rule data for the binary: TOML is for people, JSON starts faster, and a lexicon that is made already
//! starts faster still.
//!
//! Takes `rules/*.toml` and `rules/lexicon/*.toml`; gives `rules.json` (rules without their examples), `examples.json.z`
//! (by code), `lexicon.json.z` (all tables merged, for those who add to them), `lexicon.bin` (the lexicon that the library
//! makes of them), `phrases.bin` (the phrases of all files that it compiles with that lexicon) and a JSON file of the
//! same name for every other file of `rules/`. Knows no key of a rule but `rule`, `code`, `rejects` and `accepts`; the
//! catalogue and its tests judge the rest.

/// The part of the library that makes a lexicon and compiles phrases.
#[path = "src"]
#[allow(dead_code, unused_imports, reason = "only the making of a lexicon and of phrases is needed here")]
mod library {
    pub mod lexicon;
    pub mod grammar {
        pub mod pattern;
        pub mod quantity {
            mod record;
            pub use record::{Bound, Quantity, QuantityKind};
        }
    }
}

use library::grammar::pattern::PatternSet;
use library::lexicon::{Data, Lexicon};
use library::{grammar, lexicon};
use serde_json::{Map, Value, json};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("rules");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    #[allow(clippy::print_stdout, reason = "this is how a build script talks to cargo")]
    {
        println!("cargo:rerun-if-changed=rules");
        println!("cargo:rerun-if-changed=build.rs");
        println!("cargo:rerun-if-changed=src/lexicon.rs");
        println!("cargo:rerun-if-changed=src/lexicon");
        println!("cargo:rerun-if-changed=src/grammar/pattern.rs");
        println!("cargo:rerun-if-changed=src/grammar/pattern");
        println!("cargo:rerun-if-changed=src/grammar/quantity/record.rs");
    }

    let mut files = Vec::new();
    let mut examples = Map::new();
    let mut phrases = Vec::new();
    for path in toml_files(&root)? {
        let mut table = read(&path)?;
        let Some(Value::Array(rules)) = table.get_mut("rule") else {
            table.values().for_each(|value| texts(value, &mut phrases));
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            fs::write(out.join(format!("{name}.json")), Value::Object(table).to_string())?;
            continue;
        };
        for rule in rules.iter_mut().filter_map(Value::as_object_mut) {
            let own = json!({ "rejects": rule.remove("rejects"), "accepts": rule.remove("accepts") });
            rule.get("check").into_iter().for_each(|check| texts(check, &mut phrases));
            if let Some(code) = rule.get("code").and_then(Value::as_str) {
                examples.insert(code.to_owned(), own);
            }
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        files.push(json!({ "path": format!("rules/{name}"), "rule": rules }));
    }
    fs::write(out.join("rules.json"), Value::Array(files).to_string())?;
    fs::write(out.join("examples.json.z"), compressed(&Value::Object(examples)))?;

    let mut tables = Map::new();
    for path in toml_files(&root.join("lexicon"))? {
        for (table, entries) in read(&path)? {
            let (Value::Array(all), Value::Array(entries)) =
                (tables.entry(table).or_insert_with(|| json!([])), entries)
            else {
                return Err(format!("{}: only arrays of tables are expected", path.display()).into());
            };
            all.extend(entries);
        }
    }
    tables.get("phrases").into_iter().for_each(|groups| texts(groups, &mut phrases));
    let tables = Value::Object(tables);
    fs::write(out.join("lexicon.json.z"), compressed(&tables))?;
    let mut lexicon = Lexicon::new(serde_json::from_value::<Data>(tables)?)?;
    let mut patterns = PatternSet::new();
    for phrase in phrases {
        // names and codes are among them: what is no phrase is not prepared, and what is one by accident is never asked for
        let _ = patterns.prepare(&phrase, &mut lexicon);
    }
    lexicon.pack()?;
    fs::write(out.join("lexicon.bin"), postcard::to_allocvec(&lexicon)?)?;
    fs::write(out.join("phrases.bin"), patterns.pack()?)?;
    Ok(())
}

/// A value as compressed JSON: what few runs ask for is to take little room.
fn compressed(value: &Value) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec(value.to_string().as_bytes(), 9)
}

/// The texts in a value, at any depth, of which the phrases are some.
fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| texts(value, found)),
        Value::Object(values) => values.values().for_each(|value| texts(value, found)),
        _ => {}
    }
}

/// The TOML files of a folder in order of their names; none when there is no such folder.
fn toml_files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut found = Vec::new();
    if folder.is_dir() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "toml") {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn read(path: &Path) -> Result<Map<String, Value>, Box<dyn Error>> {
    let text = fs::read_to_string(path)?;
    let table: toml::Table = toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    match serde_json::to_value(table)? {
        Value::Object(table) => Ok(table),
        _ => Err(format!("{}: not a table", path.display()).into()),
    }
}
