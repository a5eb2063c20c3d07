//! YAML as values, and ways through them.

use saphyr_parser::{Event, Parser};
use serde_json::{Map, Value};

/// One document; every scalar is a text.
pub fn parse(text: &str) -> Value {
    let mut events = Parser::new_from_str(text).map(|event| event.unwrap().0);
    loop {
        match events.next() {
            Some(Event::StreamStart | Event::DocumentStart(_)) => {}
            Some(event) => return value(event, &mut events),
            None => return Value::Null,
        }
    }
}

fn value<'e>(event: Event<'e>, events: &mut impl Iterator<Item = Event<'e>>) -> Value {
    match event {
        Event::Scalar(text, ..) => Value::String(text.into_owned()),
        Event::SequenceStart(..) => {
            let mut all = Vec::new();
            loop {
                match events.next().unwrap() {
                    Event::SequenceEnd => return Value::Array(all),
                    event => all.push(value(event, events)),
                }
            }
        }
        Event::MappingStart(..) => {
            let mut map = Map::new();
            loop {
                match events.next().unwrap() {
                    Event::MappingEnd => return Value::Object(map),
                    Event::Scalar(key, ..) => {
                        let event = events.next().unwrap();
                        map.insert(key.into_owned(), value(event, events));
                    }
                    event => panic!("{event:?} is no key"),
                }
            }
        }
        event => panic!("{event:?} is no value"),
    }
}

/// Every map.
pub fn maps(value: &Value, each: &mut impl FnMut(&Map<String, Value>)) {
    match value {
        Value::Object(map) => {
            each(map);
            for value in map.values() {
                maps(value, each);
            }
        }
        Value::Array(all) => {
            for value in all {
                maps(value, each);
            }
        }
        _ => {}
    }
}

/// Every text, or text of a list, that stands under a key.
pub fn below(value: &Value, key: &str, each: &mut impl FnMut(&str)) {
    maps(value, &mut |map| match map.get(key) {
        Some(Value::String(text)) => each(text),
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).for_each(&mut *each),
        _ => {}
    });
}
