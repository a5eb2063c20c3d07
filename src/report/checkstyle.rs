//! Checkstyle XML, as Jenkins, SonarQube and many review bots read it.
//!
//! The format has one place for each finding; the other sides stand in the message.

use super::{Run, prose};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, Event};
use std::collections::BTreeMap;

/// The version of Checkstyle whose shape this is.
const SHAPE: &str = "4.3";

/// The attributes of one `error`.
struct Entry {
    line: String,
    column: String,
    severity: &'static str,
    message: String,
    source: String,
}

/// The report as one XML document.
pub fn render(run: &Run<'_>) -> String {
    let mut files: BTreeMap<&str, Vec<Entry>> = BTreeMap::new();
    for one in run.findings {
        files.entry(&one.primary.path).or_default().push(Entry {
            line: one.primary.start.line.to_string(),
            column: one.primary.start.column.to_string(),
            severity: one.severity.name(),
            message: prose::line(one),
            source: format!("claimlint.{}", one.code),
        });
    }
    for problem in run.problems {
        files.entry(&problem.path).or_default().push(Entry {
            line: "1".to_owned(),
            column: "1".to_owned(),
            severity: "error",
            message: prose::single(&problem.message),
            source: "claimlint.not-read".to_owned(),
        });
    }
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    // writing to memory does not fail
    let mut write = |event: Event<'_>| drop(writer.write_event(event));
    write(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
    write(Event::Start(BytesStart::new("checkstyle").with_attributes([("version", SHAPE)])));
    for (path, entries) in files {
        let name = allowed(path);
        write(Event::Start(BytesStart::new("file").with_attributes([("name", name.as_str())])));
        for one in entries {
            write(Event::Empty(BytesStart::new("error").with_attributes([
                ("line", one.line.as_str()),
                ("column", &one.column),
                ("severity", one.severity),
                ("message", &allowed(&one.message)),
                ("source", &one.source),
            ])));
        }
        write(Event::End(BytesEnd::new("file")));
    }
    write(Event::End(BytesEnd::new("checkstyle")));
    let mut out = String::from_utf8(writer.into_inner()).unwrap_or_default();
    out.push('\n');
    out
}

/// A text without the characters that XML 1.0 has no way to write.
fn allowed(text: &str) -> String {
    let may = |letter: &char| !matches!(letter, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    text.chars().filter(may).collect()
}
