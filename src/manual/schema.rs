//! JSON schemas of the user's files, so that editors complete and check them.
//!
//! Takes the records that read the files, with their comments, and the names that the built-in data knows; gives JSON
//! of draft 7, which editors of TOML understand.

use crate::catalogue::Catalogue;
use crate::config::Record;
use crate::fact::house::FactsFile;
use crate::rule::RuleFile;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

/// The schema of `claimlint.toml`.
pub fn config(catalogue: &Catalogue) -> String {
    let mut schema = of::<Record>("claimlint.toml", "Settings of a site.");
    let mut known = Map::new();
    for (letter, family) in super::FAMILIES {
        if catalogue.rules.iter().any(|rule| rule.code.starts_with(letter)) {
            known.insert(letter.to_string(), level(&format!("All rules of the family: {}.", family.to_lowercase())));
        }
    }
    for rule in &catalogue.rules {
        known.insert(rule.code.clone(), level(&format!("{}: {}", rule.name, rule.summary)));
        known.insert(rule.name.clone(), level(&format!("{}: {}", rule.code, rule.summary)));
    }
    // both tables of levels are one record, whose entries of other names are the house's own rules
    for place in ["/properties/rules", "/definitions/Override/properties/rules"] {
        if let Some(Value::Object(rules)) = schema.pointer_mut(place) {
            let mut levels = std::mem::take(rules);
            if let Some(description) = levels.remove("description") {
                rules.insert("description".to_owned(), description);
            }
            rules.insert("allOf".to_owned(), json!([{ "$ref": "#/definitions/RuleLevels" }]));
            levels.insert("properties".to_owned(), Value::Object(known.clone()));
            if let Some(Value::Object(definitions)) = schema.pointer_mut("/definitions") {
                definitions.insert("RuleLevels".to_owned(), Value::Object(levels));
            }
        }
    }
    if let Some(Value::Object(own)) = schema.pointer_mut("/definitions/Override") {
        own.insert("required".to_owned(), json!(["paths"]));
    }
    written(&schema)
}

/// The schema of rule files.
pub fn rules() -> String {
    written(&of::<RuleFile>("claimlint rules", "Rules of the house's own."))
}

/// The schema of facts files.
pub fn facts(catalogue: &Catalogue) -> String {
    let mut schema = of::<FactsFile>("claimlint facts", "What the house has checked.");
    let attributes: Vec<&str> = catalogue.frames.frames.iter().map(|frame| frame.name.as_ref()).collect();
    let properties = schema.pointer_mut("/definitions/FactRecord/properties");
    if let Some(Value::Object(properties)) = properties {
        if let Some(Value::Object(attribute)) = properties.get_mut("attribute") {
            attribute.insert("enum".to_owned(), json!(attributes));
        }
        // the reader takes these with a dash too
        for (name, other) in [("review_by", "review-by"), ("time_point", "time-point")] {
            if let Some(own) = properties.get(name).cloned() {
                properties.insert(other.to_owned(), own);
            }
        }
    }
    written(&schema)
}

/// A level of a rule, with what the rule asks.
fn level(description: &str) -> Value {
    json!({ "description": description, "allOf": [{ "$ref": "#/definitions/LevelName" }] })
}

fn of<T: JsonSchema>(title: &str, description: &str) -> Value {
    let generator = SchemaSettings::draft07().into_generator();
    let mut schema = generator.into_root_schema_for::<T>().to_value();
    if let Value::Object(root) = &mut schema {
        root.insert("title".to_owned(), json!(title));
        root.insert("description".to_owned(), json!(description));
    }
    tidy(&mut schema);
    schema
}

/// Takes out defaults that say nothing, and joins lines of comments.
fn tidy(value: &mut Value) {
    match value {
        Value::Object(map) => {
            let empty = |value: &Value| match value {
                Value::Null | Value::Bool(false) => true,
                Value::Array(all) => all.is_empty(),
                Value::Object(all) => all.is_empty(),
                Value::String(text) => text.is_empty(),
                _ => false,
            };
            // a property may itself be called `default`
            if map.get("default").is_some_and(|default| empty(default) || default.is_object())
                && map.contains_key("description")
            {
                map.remove("default");
            }
            if let Some(Value::String(text)) = map.get_mut("description") {
                *text = super::unwrapped(text);
            }
            map.values_mut().for_each(tidy);
        }
        Value::Array(all) => all.iter_mut().for_each(tidy),
        _ => {}
    }
}

fn written(schema: &Value) -> String {
    let mut out = serde_json::to_string_pretty(schema).unwrap_or_default();
    out.push('\n');
    out
}
