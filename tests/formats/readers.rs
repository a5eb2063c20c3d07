//! Readers of the report formats as other programs read them: `serde_json`, `quick-xml` and the rules that GitHub's
//! runner and editors' problem matchers go by. Each gives the findings in the order of their places.

use html5gum::{StartTag, Token, Tokenizer};
use pulldown_cmark::{Event as Markdown, Options, Parser, Tag, TagEnd};
use quick_xml::events::Event;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// The formats that are compared with JSON.
pub const FORMATS: [&str; 9] =
    ["concise", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson", "markdown", "html"];

/// The formats that say where a finding ends.
pub const HAS_ENDS: [&str; 5] = ["json", "sarif", "github", "gitlab", "rdjson"];

/// A finding as a format tells it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Told {
    pub path: String,
    pub line: u64,
    /// In characters, from 1; 0 where the format does not say.
    pub column: u64,
    pub code: String,
    pub severity: String,
    pub end_line: Option<u64>,
}

/// The findings of a report, by place.
pub fn told(format: &str, text: &str, folder: &Path) -> Vec<Told> {
    let mut found = match format {
        "json" => json(text),
        "concise" => concise(text),
        "sarif" => sarif(text),
        "github" => github(text),
        "gitlab" => gitlab(text),
        "junit" => junit(text),
        "checkstyle" => checkstyle(text),
        "rdjson" => rdjson(text, folder),
        "markdown" => markdown(text),
        "html" => html(text),
        _ => panic!("no reader of {format}"),
    };
    found.sort();
    found
}

fn severity(name: &str) -> String {
    match name.to_lowercase().as_str() {
        "error" | "major" => "error",
        "warning" | "minor" => "warning",
        "info" | "notice" | "note" => "info",
        other => panic!("what severity is {other}?"),
    }
    .to_owned()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("{value} is no number"))
}

fn json(report: &str) -> Vec<Told> {
    let report: Value = serde_json::from_str(report).unwrap();
    let one = |one: &Value| Told {
        path: text(&one["path"]),
        line: number(&one["span"]["line"]),
        column: number(&one["span"]["column"]),
        code: text(&one["code"]),
        severity: text(&one["severity"]),
        end_line: Some(number(&one["span"]["end_line"])),
    };
    report["findings"].as_array().unwrap().iter().map(one).collect()
}

/// `path:line:col: severity[CODE] message`; lines that are moved in belong to the one above.
fn concise(report: &str) -> Vec<Told> {
    let one = |line: &str| {
        let (place, rest) = line.split_once(": ").unwrap();
        let (rest_of_place, column) = place.rsplit_once(':').unwrap();
        let (path, line) = rest_of_place.rsplit_once(':').unwrap();
        let (level, rest) = rest.split_once('[').unwrap();
        Told {
            path: path.to_owned(),
            line: line.parse().unwrap(),
            column: column.parse().unwrap(),
            code: rest.split_once(']').unwrap().0.to_owned(),
            severity: severity(level),
            end_line: None,
        }
    };
    report.lines().filter(|line| !line.starts_with(' ')).map(one).collect()
}

/// Without the results that are suppressed; columns are characters from 1, as the log declares.
fn sarif(report: &str) -> Vec<Told> {
    let report: Value = serde_json::from_str(report).unwrap();
    let run = &report["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let one = |one: &Value| {
        let place = &one["locations"][0]["physicalLocation"];
        let uri = text(&place["artifactLocation"]["uri"]);
        Told {
            path: decoded(&uri),
            line: number(&place["region"]["startLine"]),
            column: number(&place["region"]["startColumn"]),
            code: text(&one["ruleId"]),
            severity: severity(one["level"].as_str().unwrap()),
            end_line: Some(number(&place["region"]["endLine"])),
        }
    };
    let shown = |one: &&Value| one["suppressions"].as_array().unwrap().is_empty();
    run["results"].as_array().unwrap().iter().filter(shown).map(one).collect()
}

/// A percent-encoded path, by the rules of addresses.
fn decoded(uri: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = uri.as_bytes();
    while let [first, tail @ ..] = rest {
        if *first == b'%' {
            bytes.push(u8::from_str_radix(std::str::from_utf8(&tail[..2]).unwrap(), 16).unwrap());
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// As the runner reads a command: `::name key=value,…::data`, each value and the data unescaped.
fn github(report: &str) -> Vec<Told> {
    let unescape = |text: &str| {
        let text = text.replace("%2C", ",").replace("%3A", ":").replace("%0A", "\n").replace("%0D", "\r");
        text.replace("%25", "%")
    };
    let one = |line: &str| {
        let (head, data) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
        let (level, properties) = head.split_once(' ').unwrap();
        let get = |name: &str| {
            let mut pairs = properties.split(',').map(|pair| pair.split_once('=').unwrap());
            pairs.find(|(key, _)| *key == name).map(|(_, value)| unescape(value))
        };
        assert!(!data.is_empty() && !unescape(data).contains('\u{1}'), "{line}");
        let in_a_line = get("line").is_some() && get("line") == get("endLine");
        assert_eq!(get("col").is_some(), in_a_line, "{line}");
        let title = get("title").unwrap();
        (title != "not read").then(|| Told {
            path: get("file").unwrap(),
            line: get("line").unwrap().parse().unwrap(),
            column: get("col").map_or(0, |column| column.parse().unwrap()),
            code: title.split_once(' ').unwrap().0.to_owned(),
            severity: severity(level),
            end_line: get("endLine").map(|line| line.parse().unwrap()),
        })
    };
    report.lines().filter_map(one).collect()
}

fn gitlab(report: &str) -> Vec<Told> {
    let report: Value = serde_json::from_str(report).unwrap();
    let one = |one: &Value| {
        let place = &one["location"];
        assert_eq!(place["lines"]["begin"], place["positions"]["begin"]["line"]);
        Told {
            path: text(&place["path"]),
            line: number(&place["lines"]["begin"]),
            column: number(&place["positions"]["begin"]["column"]),
            code: text(&one["check_name"]).split_once(' ').unwrap().0.to_owned(),
            severity: severity(one["severity"].as_str().unwrap()),
            end_line: Some(number(&place["lines"]["end"])),
        }
    };
    report.as_array().unwrap().iter().map(one).collect()
}

/// Name, attributes and text of an element.
pub type Element = (String, Vec<(String, String)>, String);

/// The elements of an XML document with their attributes, unescaped, and the text directly after each start.
pub fn elements(xml: &str) -> Vec<Element> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut found: Vec<Element> = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(one) | Event::Empty(one) => {
                let attributes = one.attributes().map(|pair| {
                    let pair = pair.unwrap();
                    let key = pair.key.as_ref().to_owned();
                    let value = pair.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap();
                    (key.to_string(), value.into_owned())
                });
                found.push((one.name().as_ref().to_string(), attributes.collect(), String::new()));
            }
            Event::Text(one) => {
                if let Some(last) = found.last_mut() {
                    last.2.push_str(&one);
                }
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

fn attribute<'a>(attributes: &'a [(String, String)], name: &str) -> &'a str {
    let found = attributes.iter().find(|(key, _)| key == name);
    found.map_or_else(|| panic!("no {name} in {attributes:?}"), |(_, value)| value.as_str())
}

fn junit(report: &str) -> Vec<Told> {
    let all = elements(report);
    let total: usize = attribute(&all[0].1, "failures").parse().unwrap();
    let mut found = Vec::new();
    for pair in all.windows(2).filter(|pair| pair[1].0 == "failure") {
        let (case, failure) = (&pair[0], &pair[1]);
        let (title, place) = attribute(&case.1, "name").rsplit_once(" at ").unwrap();
        let (line, column) = place.split_once(':').unwrap();
        assert_eq!(attribute(&case.1, "line"), line);
        found.push(Told {
            path: attribute(&case.1, "classname").to_owned(),
            line: line.parse().unwrap(),
            column: column.parse().unwrap(),
            code: title.split_once(' ').unwrap().0.to_owned(),
            severity: severity(attribute(&failure.1, "type")),
            end_line: None,
        });
    }
    assert_eq!(found.len(), total);
    found
}

fn checkstyle(report: &str) -> Vec<Told> {
    let mut found = Vec::new();
    let mut path = String::new();
    for (name, attributes, _) in elements(report) {
        match name.as_str() {
            "checkstyle" => {}
            "file" => path = attribute(&attributes, "name").to_owned(),
            "error" if attribute(&attributes, "source") == "claimlint.not-read" => {}
            "error" => found.push(Told {
                path: path.clone(),
                line: attribute(&attributes, "line").parse().unwrap(),
                column: attribute(&attributes, "column").parse().unwrap(),
                code: attribute(&attributes, "source").strip_prefix("claimlint.").unwrap().to_owned(),
                severity: severity(attribute(&attributes, "severity")),
                end_line: None,
            }),
            other => panic!("what is {other}?"),
        }
    }
    found
}

/// Columns are bytes from 1 here.
fn rdjson(report: &str, folder: &Path) -> Vec<Told> {
    let report: Value = serde_json::from_str(report).unwrap();
    let one = |one: &Value| {
        let code = one["code"]["value"].as_str()?;
        let path = text(&one["location"]["path"]);
        let start = &one["location"]["range"]["start"];
        let line = number(&start["line"]);
        let article = fs::read_to_string(folder.join(&path)).unwrap();
        let own = article.split('\n').nth(usize::try_from(line).unwrap() - 1).unwrap();
        let bytes = usize::try_from(number(&start["column"])).unwrap() - 1;
        Some(Told {
            path,
            line,
            column: 1 + own[..bytes].chars().count() as u64,
            code: code.to_owned(),
            severity: severity(one["severity"].as_str().unwrap()),
            end_line: Some(number(&one["location"]["range"]["end"]["line"])),
        })
    };
    report["diagnostics"].as_array().unwrap().iter().filter_map(one).collect()
}

/// As a reader sees it: headings of files, and the items of the outer lists before anything that is folded away.
fn markdown(report: &str) -> Vec<Told> {
    let (shown, _) = report.split_once("<details>").unwrap_or((report, ""));
    let mut found = Vec::new();
    let (mut path, mut item, mut depth, mut heading) = (String::new(), String::new(), 0, false);
    for event in Parser::new_ext(shown, Options::ENABLE_GFM | Options::ENABLE_TABLES | Options::ENABLE_MATH) {
        match event {
            Markdown::Start(Tag::Heading { .. }) => {
                path.clear();
                heading = true;
            }
            Markdown::End(TagEnd::Heading(_)) => heading = false,
            Markdown::Text(text) if heading => path.push_str(&text),
            Markdown::Start(Tag::Item) => {
                depth += 1;
                if depth == 1 {
                    item.clear();
                }
            }
            Markdown::Text(text) if depth == 1 => item.push_str(&text),
            Markdown::End(TagEnd::Item) => {
                depth -= 1;
                if depth == 0 && path != "Not read" {
                    let (level, rest) = item.split_once(" at ").unwrap();
                    let (place, rest) = rest.split_once(", ").unwrap();
                    let (line, column) = place.split_once(':').unwrap();
                    found.push(Told {
                        path: path.clone(),
                        line: line.parse().unwrap(),
                        column: column.parse().unwrap(),
                        code: rest.split_once(' ').unwrap().0.to_owned(),
                        severity: severity(level),
                        end_line: None,
                    });
                }
            }
            Markdown::Html(html) | Markdown::InlineHtml(html) => assert_eq!(html.as_ref(), "<!-- -->", "{report}"),
            Markdown::Code(code) => panic!("{code} became code"),
            Markdown::Start(Tag::Link { dest_url, .. }) => panic!("{dest_url} became a link"),
            _ => {}
        }
    }
    found
}

/// As a browser's tokenizer sees it: each `li` of the class `note` below the name of its article. The page names lines
/// and no columns.
fn html(report: &str) -> Vec<Told> {
    let get = |tag: &StartTag<()>, name: &str| -> Option<String> {
        let found = tag.attributes.iter().find(|(key, _)| key.as_slice() == name.as_bytes());
        found.map(|(_, value)| String::from_utf8(value.to_vec()).unwrap())
    };
    let mut found: Vec<Told> = Vec::new();
    let (mut path, mut naming, mut pointing) = (String::new(), false, false);
    for token in Tokenizer::new(report) {
        match token.unwrap() {
            Token::StartTag(tag) => match tag.name.as_slice() {
                b"h3" => {
                    path.clear();
                    naming = true;
                }
                b"li" if get(&tag, "class").is_some_and(|class| class.starts_with("note ")) => found.push(Told {
                    path: path.clone(),
                    line: 0,
                    column: 0,
                    code: get(&tag, "data-rule").unwrap(),
                    // what is suppressed is shown in grey, and is none of those that are compared
                    severity: match get(&tag, "data-suppressed") {
                        Some(_) => String::new(),
                        None => get(&tag, "data-severity").unwrap(),
                    },
                    end_line: None,
                }),
                b"a" => pointing = get(&tag, "class").is_some_and(|class| class == "to"),
                _ => {}
            },
            Token::EndTag(tag) if tag.name.as_slice() == b"h3" => naming = false,
            Token::EndTag(tag) if tag.name.as_slice() == b"a" => pointing = false,
            Token::String(text) => {
                let text = String::from_utf8(text.to_vec()).unwrap();
                if naming {
                    path.push_str(&text);
                }
                if let Some(one) = found.last_mut().filter(|one| pointing && one.line == 0) {
                    let digits = |letter: &char| letter.is_ascii_digit();
                    let number: String = text.chars().skip_while(|letter| !digits(letter)).take_while(digits).collect();
                    one.line = number.parse().unwrap_or_else(|_| panic!("{text} names no line"));
                }
            }
            _ => {}
        }
    }
    found.retain(|one| !one.severity.is_empty());
    found
}
