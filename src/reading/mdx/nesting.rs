//! How deep a line stands in components, and how much of its indent is theirs.
//!
//! Takes lines and the tags that stand alone on theirs; gives the bytes of indent that Markdown must not see, since it
//! would take deep text for code. Masks nothing itself.

/// The components that are open.
#[derive(Debug, Default)]
pub(super) struct Nesting {
    level: Level,
    around: Vec<Level>,
}

/// What is known inside one component.
#[derive(Debug, Default)]
struct Level {
    /// True below a list item.
    in_list: bool,
    /// Indent of the first line, in bytes.
    first: Option<usize>,
    /// Indent that belongs to a list around the component.
    base: usize,
}

/// The call-out of Python's Markdown that is open: `!!! note`, `??? question`, with its text indented below.
#[derive(Debug, Default)]
pub(super) struct Admonition {
    /// The indent of its text; `None` when none is open.
    indent: Option<usize>,
}

/// How far the text of a call-out is indented.
const DEEPER: usize = 4;

impl Admonition {
    /// True for a line that opens one.
    pub(super) fn opens(&mut self, line: &str) -> bool {
        let bare = line.trim_start_matches(' ');
        let word =
            bare.strip_prefix("!!!").or_else(|| bare.strip_prefix("???")).map(|rest| rest.trim_start_matches('+'));
        let named = word
            .and_then(|word| word.strip_prefix(' '))
            .is_some_and(|word| word.trim_start().starts_with(|letter: char| letter.is_ascii_alphabetic()));
        if named {
            self.indent = Some(line.len() - bare.len() + DEEPER);
        }
        named
    }

    /// The bytes of indent to take away from a line, which may end it.
    pub(super) fn indent(&mut self, line: &str, bare: &str) -> Option<usize> {
        let indent = self.indent.filter(|_| !bare.is_empty())?;
        if line.bytes().take_while(|byte| *byte == b' ').count() < indent {
            self.indent = None;
        }
        self.indent
    }
}

impl Nesting {
    /// A tag, which stands behind `indent` bytes on a line of its own.
    pub(super) fn tag(&mut self, tag: &str, indent: usize) {
        if tag.starts_with("</") {
            self.level = self.around.pop().unwrap_or_default();
        } else if !tag.ends_with("/>") {
            let base = if self.level.in_list { indent } else { 0 };
            let outer = std::mem::replace(&mut self.level, Level { base, ..Level::default() });
            self.around.push(outer);
        }
    }

    /// A line, and what it holds behind its indent; gives the bytes of indent to take away.
    pub(super) fn line(&mut self, line: &str, bare: &str) -> Option<usize> {
        if bare.is_empty() {
            return None;
        }
        let indent = line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        if !bare.starts_with('<') {
            let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
            let sign = bare.get(digits..).unwrap_or_default();
            let marks: &[&str] = if digits > 0 { &[". ", ") "] } else { &["- ", "* ", "+ "] };
            let is_item = marks.iter().any(|mark| sign.starts_with(mark));
            let first = *self.level.first.get_or_insert(indent);
            self.level.in_list = is_item || self.level.in_list && indent > first.min(indent.saturating_sub(1));
        }
        let surplus = self.level.first.unwrap_or(indent).saturating_sub(self.level.base).min(indent);
        (surplus > 0 && !self.around.is_empty()).then_some(surplus)
    }
}
