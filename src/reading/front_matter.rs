//! Front matter: the fields before the text of a Markdown file.
//!
//! Takes the text of a file; gives its fields with exact places and where the body begins. YAML between `---`, TOML
//! between `+++`, a JSON object; several blocks in a row. Does not know what fields mean.

mod json;
mod lines;
mod toml;
mod yaml;

use crate::document::Field;
use crate::source::Span;

/// Longest front matter that is parsed as a whole, in bytes; longer ones are read line by line.
const LONGEST: usize = 256 * 1024;

/// The fields and the end of the front matter.
#[derive(Debug, Default)]
pub(super) struct FrontMatter {
    /// All fields in source order.
    pub(super) fields: Vec<Field>,
    /// Where the body begins.
    pub(super) end: usize,
}

/// Reads the front matter of `text`, behind a byte order mark.
pub(super) fn read(text: &str) -> FrontMatter {
    let mut front = FrontMatter { end: text.len() - text.trim_start_matches('\u{feff}').len(), ..Default::default() };
    let mut at = front.end;
    while let Some(rest) = text.get(at..) {
        let blank = rest.len() - rest.trim_start_matches(['\n', '\r', ' ', '\t']).len();
        if blank > 0 && front.fields.is_empty() && rest.get(..blank).is_some_and(|blank| !blank.ends_with('\n')) {
            break;
        }
        at += blank;
        let Some(length) = block(text, at, &mut front.fields) else { break };
        at += length;
        front.end = at;
    }
    front
}

/// Reads one block at byte `at`; gives its length, delimiters included.
fn block(text: &str, at: usize, fields: &mut Vec<Field>) -> Option<usize> {
    let rest = text.get(at..)?;
    if rest.starts_with('{') {
        let (found, length) = json::read(rest, at)?;
        fields.extend(found);
        return Some(length);
    }
    let fence = ["---", "+++"].into_iter().find(|fence| rest.starts_with(fence))?;
    let mut lines = rest.split_inclusive('\n');
    let first = lines.next()?;
    if first.trim_end() != fence {
        return None;
    }
    let mut length = first.len();
    for line in lines {
        let bare = line.trim_end();
        if bare == fence || (bare == "..." && fence == "---") {
            let span = Span::new(at + first.len(), at + length);
            let inner = text.get(span.range())?;
            if !lines::is_fields(inner) {
                return None;
            }
            let whole = if inner.len() > LONGEST {
                None
            } else if fence == "---" {
                yaml::read(inner)
            } else {
                toml::read(inner)
            };
            let found = whole.unwrap_or_else(|| lines::read(inner));
            fields.extend(found.into_iter().map(|field| Field {
                span: Span::new(field.span.start + span.start, field.span.end + span.start),
                ..field
            }));
            return Some(length + line.len());
        }
        length += line.len();
    }
    None
}

/// Where in nested maps and lists a value stands.
#[derive(Debug, Default)]
struct Path {
    levels: Vec<Level>,
}

#[derive(Debug)]
enum Level {
    Map(Option<String>),
    List,
}

impl Path {
    fn open_map(&mut self) {
        self.levels.push(Level::Map(None));
    }

    fn open_list(&mut self) {
        self.levels.push(Level::List);
    }

    /// The innermost map or list ends, and with it the value of the key around it.
    fn close(&mut self) {
        self.levels.pop();
        self.end_value();
    }

    /// True when a key comes next.
    fn wants_key(&self) -> bool {
        matches!(self.levels.last(), Some(Level::Map(None)))
    }

    fn key(&mut self, key: &str) {
        if let Some(Level::Map(slot)) = self.levels.last_mut() {
            *slot = Some(key.to_owned());
        }
    }

    fn end_value(&mut self) {
        if let Some(Level::Map(slot)) = self.levels.last_mut() {
            *slot = None;
        }
    }

    /// The keys around the value, joined.
    fn name(&self) -> String {
        let keys: Vec<&str> = self
            .levels
            .iter()
            .filter_map(|level| match level {
                Level::Map(Some(key)) => Some(key.as_str()),
                _ => None,
            })
            .collect();
        keys.join(".")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fields(text: &str) -> Vec<(String, String, String)> {
        let front = read(text);
        front.fields.into_iter().map(|field| (field.key, field.value, text[field.span.range()].to_owned())).collect()
    }

    fn same(key: &str, value: &str) -> (String, String, String) {
        (key.into(), value.into(), value.into())
    }

    #[test]
    fn yaml_fields_have_their_places() {
        let text = "---\r\ntitle: \"Café — naïve\"\r\ndate: 2025-01-02 # é\r\nclaimlint: { disable: [R002, S001], audience: \
                    professional }\r\nauthors:\r\n  - name: 'Ann Lee'\r\n    role: MD\r\n  - name: Bo\r\nempty:\r\n---\r\nBody";
        assert_eq!(
            fields(text),
            [
                same("title", "Café — naïve"),
                same("date", "2025-01-02"),
                same("claimlint.disable", "R002"),
                same("claimlint.disable", "S001"),
                same("claimlint.audience", "professional"),
                same("authors.name", "Ann Lee"),
                same("authors.role", "MD"),
                same("authors.name", "Bo"),
            ]
        );
        assert_eq!(&text[read(text).end..], "Body");
    }

    #[test]
    fn folded_and_escaped_values_are_decoded() {
        let text = "---\nabout: >\n  One line\n  and two.\nquote: 'it''s'\nlast: |\n  a\n  b\n---\n";
        let found = fields(text);
        assert_eq!(found[0].1, "One line and two.");
        assert_eq!(found[0].2, "One line\n  and two.");
        assert_eq!((found[1].1.as_str(), found[1].2.as_str()), ("it's", "it''s"));
        assert_eq!((found[2].1.as_str(), found[2].2.as_str()), ("a\nb", "a\n  b"));
    }

    #[test]
    fn toml_and_json_are_read() {
        let text =
            "\u{feff}+++\ntitle = \"Só\"\ntags = [\"a\", 'b']\n[claimlint]\ndisable = [\"R002\"]\nweight = 3\n+++\nx";
        assert_eq!(
            fields(text),
            [
                same("title", "Só"),
                same("tags", "a"),
                same("tags", "b"),
                same("claimlint.disable", "R002"),
                same("claimlint.weight", "3"),
            ]
        );
        let text = "{\n \"title\": \"A \\\"b\\\"\", \"n\": [1, {\"k\": true}], \"e\": \"\"\n}\n\n# Body";
        let found = fields(text);
        assert_eq!(found[0].1, "A \"b\"");
        assert_eq!(found[0].2, "A \\\"b\\\"");
        assert_eq!(found[1..], [same("n", "1"), same("n.k", "true")]);
        assert_eq!(&text[read(text).end..], "\n# Body");
    }

    #[test]
    fn two_blocks_in_a_row_are_both_read() {
        let text = "---\ntitle: A\n---\n\n---\nlayout: b\n---\nBody";
        assert_eq!(fields(text), [same("title", "A"), same("layout", "b")]);
        assert_eq!(&text[read(text).end..], "Body");
        assert_eq!(read("---\n---\nBody").end, 8);
    }

    #[test]
    fn what_is_broken_is_read_line_by_line() {
        let text = "---\ntitle: Sleep: a guide\n\tbad: [\ndate: 2024-01-01\n---\nBody";
        assert_eq!(fields(text), [same("title", "Sleep: a guide"), same("date", "2024-01-01")]);
    }

    #[test]
    fn rules_between_paragraphs_are_no_front_matter() {
        for text in [
            "---\n\nOne.\n\n---\n\nTwo.",
            "---\nno end: here",
            "{ a: 1 }",
            "{\"a\"} text",
            "Text\n---\na: b\n---\n",
            "",
        ] {
            assert_eq!(read(text).end, 0, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(inner in "[\\PC\n\t]{0,60}|[-a\":\\[\\]{}#|>&*!%, \n'é]{0,50}", fence in "---|\\+\\+\\+|\\{|") {
            for text in [format!("{fence}\n{inner}\n{fence}\nx"), format!("{fence}\na: b\n{inner}\n{fence}\nx"), format!("{fence}{inner}")] {
                let front = read(&text);
                prop_assert!(text.get(front.end..).is_some());
                for field in &front.fields {
                    prop_assert!(text.get(field.span.range()).is_some(), "{field:?}");
                    prop_assert!(field.span.end <= front.end);
                }
            }
        }
    }
}
