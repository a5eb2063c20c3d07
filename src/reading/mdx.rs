//! What stands in Markdown files and is neither Markdown nor HTML is masked byte by byte.
//!
//! Takes the text of a file; gives a text of the same length in which imports, exports, expressions, component tags,
//! shortcodes and template tags are white space, the tags that stood there, and the directives in expressions.
//! Reads no Markdown beyond fences and code spans, which it leaves alone.

mod expression;
mod nesting;
mod tag;
mod template;

use super::directive;
use crate::document::Directive;
use crate::source::{Format, Span};
use memchr::memmem;
use nesting::{Admonition, Nesting};
use template::Template;

/// What masked bytes inside a line become; readers take it for white space. Lines of nothing else are blanked.
pub(super) const FILLER: u8 = 1;

/// The name of the HTML element whose tag stands at the start of `text`; `None` for components and all else.
pub(super) fn element(text: &str) -> Option<&str> {
    let name = tag::name(text);
    (!name.is_empty() && !tag::is_component(text)).then_some(name)
}

/// Searches that remember where they failed: for comments, for each kind of template tag, for code spans by width.
const MEMOS: usize = 1 + 2 * template::KINDS.len() + WIDTHS;
/// Widths of code spans that are told apart.
const WIDTHS: usize = 8;

/// A masked text.
#[derive(Debug, Default)]
pub(super) struct Masked {
    /// As long as the source.
    pub(super) text: String,
    /// Tags and shortcodes that were masked, in order.
    pub(super) tags: Vec<Span>,
    /// Directives in expression comments.
    pub(super) directives: Vec<Directive>,
}

/// Masks `text` from byte `from`.
pub(super) fn mask(text: &str, from: usize, format: Format) -> Masked {
    let mut masking = Masking {
        text,
        bytes: text.as_bytes().to_vec(),
        is_mdx: format == Format::Mdx,
        expressions: if format == Format::Mdx { expression::pairs(text, from) } else { Vec::new() },
        masked: Masked::default(),
        at: from,
        unclosed: [0; MEMOS],
        untagged: 0,
        nesting: Nesting::default(),
        admonition: Admonition::default(),
        paragraph: from,
        unbalanced: 0,
    };
    masking.run();
    let mut bytes = masking.bytes;
    blank(&mut bytes, from);
    let mut masked = masking.masked;
    masked.text = String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned());
    masked
}

/// Lines of nothing but masked bytes become blank.
fn blank(bytes: &mut [u8], from: usize) {
    let mut rest = bytes.get_mut(from..).unwrap_or_default();
    while !rest.is_empty() {
        let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
        let (line, after) = rest.split_at_mut(end);
        if line.contains(&FILLER)
            && line.iter().all(|byte| byte.is_ascii_whitespace() || matches!(*byte, FILLER | b'>'))
        {
            line.iter_mut().filter(|byte| **byte == FILLER).for_each(|byte| *byte = b' ');
        }
        rest = after;
    }
}

struct Masking<'s> {
    text: &'s str,
    bytes: Vec<u8>,
    is_mdx: bool,
    /// Outermost `{…}`, in order.
    expressions: Vec<Span>,
    masked: Masked,
    at: usize,
    /// For each kind of bracket and width of code fence: up to where a search found no end.
    unclosed: [usize; MEMOS],
    /// Up to where no tag is looked for.
    untagged: usize,
    nesting: Nesting,
    admonition: Admonition,
    /// Where the paragraph ends whose code spans were looked for last.
    paragraph: usize,
    /// Up to where brackets of module code are known not to close.
    unbalanced: usize,
}

impl<'s> Masking<'s> {
    fn rest(&self) -> &'s str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn run(&mut self) {
        let mut fence: Option<(u8, usize)> = None;
        let mut after_blank = true;
        while self.at < self.text.len() {
            let line = self.rest().split_inclusive('\n').next().unwrap_or_default();
            let end = self.at + line.len();
            let bare = line.trim_start_matches([' ', '\t', '>']).trim_end();
            let found = fence_of(bare);
            if let Some(indent) = self.nesting.line(line, bare).or_else(|| self.admonition.indent(line, bare)) {
                self.unindent(indent);
            }
            match (fence, found) {
                (Some((sign, width)), Some((same, wide))) if same == sign && wide >= width && bare.len() == wide => {
                    fence = None;
                    self.at = end;
                }
                (Some(_), _) => self.at = end,
                (None, Some(opened)) => {
                    fence = Some(opened);
                    self.at = end;
                }
                (None, None) if self.is_mdx && after_blank && expression::is_module(line) => {
                    let (length, closed) = expression::module(self.rest(), self.at < self.unbalanced);
                    let end = self.at + length;
                    if !closed {
                        self.unbalanced = self.unbalanced.max(self.at + expression::REACH);
                    }
                    self.fill(Span::new(self.at, end), b' ');
                    self.at = end;
                }
                (None, None) if bare.starts_with(":::") || !self.is_mdx && self.admonition.opens(line) => {
                    self.fill(Span::new(self.at, end), b' ');
                    self.at = end;
                }
                (None, None) if bare == "$$" => {
                    let length = self.formula(line).unwrap_or(line.len());
                    self.fill(Span::new(self.at, self.at + length), b' ');
                    self.at += length;
                }
                (None, None) => {
                    // a colon that touches its word defines no term
                    let word = bare.strip_prefix(':').filter(|rest| !rest.starts_with(['-', ' ', '\t']));
                    if let Some(word) = word {
                        let colon = self.at + line.trim_end().len() - word.len() - 1;
                        self.fill(Span::new(colon, colon + 1), FILLER);
                    }
                    self.line(line, end);
                }
            }
            after_blank = bare.is_empty() || self.is_mdx && after_blank && expression::is_module(line);
        }
    }

    /// Masks what begins in a line.
    fn line(&mut self, line: &str, end: usize) {
        self.tag_line(line);
        let mut end = end;
        while self.at < end {
            let rest = self.rest().as_bytes();
            let begins = |byte: &u8| matches!(byte, b'`' | b'{' | b'<' | b'[' | b'$');
            let Some(next) = rest.iter().take(end - self.at).position(begins) else { break };
            if next > 0 && rest.get(next - 1) == Some(&b'\\') {
                self.at += next + 1;
                continue;
            }
            self.at += next;
            let before = self.at;
            match rest.get(next) {
                Some(b'`') => self.code(),
                Some(b'<') => self.markup(),
                Some(b'$') => self.inline_formula(),
                Some(b'[') if !self.is_mdx && self.wiki_link(next > 0 && rest.get(next - 1) == Some(&b'!')) => {}
                _ => self.template(),
            }
            self.at = self.at.max(before + 1);
            if self.at > end {
                let line = self.rest().split_inclusive('\n').next().unwrap_or_default();
                let inside = !self.text.get(..self.at).is_none_or(|head| head.ends_with('\n'));
                end = if inside { self.at + line.len() } else { self.at };
            }
        }
        self.at = self.at.max(end);
    }

    /// Takes so many bytes of indent from the line: its line break moves behind them, so that all else keeps its place.
    fn unindent(&mut self, indent: usize) {
        let Some(start) = self.at.checked_sub(1) else { return };
        let Some([line_break, .., last]) = self.bytes.get_mut(start..=start + indent) else { return };
        if *line_break == b'\n' {
            (*line_break, *last) = (b' ', b'\n');
            if let Some(before) = start.checked_sub(1).and_then(|at| self.bytes.get_mut(at))
                && *before == b'\r'
            {
                *before = b' ';
            }
        }
    }

    /// A line of nothing but tags: CommonMark would read what stands below as HTML, MDX reads Markdown.
    fn tag_line(&mut self, line: &str) {
        let start = self.at + line.len() - line.trim_start_matches([' ', '\t', '>']).len();
        let mut at = start;
        let mut tags = Vec::new();
        while at >= self.untagged
            && let Some(length) = self.tag(at)
        {
            tags.push(Span::new(at, at + length));
            let rest = self.text.get(at + length..).unwrap_or_default();
            let after = rest.trim_start_matches([' ', '\t', '\r']);
            at += length + rest.len() - after.len();
            if after.is_empty() || after.starts_with('\n') {
                for tag in tags {
                    let written = self.text.get(tag.range()).unwrap_or_default();
                    self.nesting.tag(written, start - self.at);
                    self.fill(tag, FILLER);
                    self.masked.tags.push(tag);
                }
                self.at = at;
                return;
            }
        }
    }

    /// Length of the tag at byte `at` that is masked: of a component, and in MDX of any element.
    fn tag(&mut self, at: usize) -> Option<usize> {
        let rest = self.text.get(at..)?;
        if !(tag::is_component(rest) || self.is_mdx && tag::is_element(rest)) {
            return None;
        }
        let length = tag::length(rest);
        if length.is_none() {
            self.untagged = at + tag::REACH.min(rest.len());
        }
        length
    }

    /// Passes a code span.
    fn code(&mut self) {
        let rest = self.rest();
        let width = rest.bytes().take_while(|byte| *byte == b'`').count();
        let memo = MEMOS - WIDTHS + width.min(WIDTHS - 1);
        if self.unclosed.get(memo).is_none_or(|until| *until <= self.at) {
            if self.paragraph <= self.at {
                self.paragraph = self.at + paragraph(rest).max(1);
            }
            let block = self.paragraph - self.at;
            let mut from = width;
            while let Some(at) = rest.as_bytes().get(from..block).and_then(|rest| memchr::memchr(b'`', rest)) {
                let run = rest.bytes().skip(from + at).take_while(|byte| *byte == b'`').count();
                from += at + run;
                if run == width {
                    self.at += from;
                    return;
                }
            }
            let end = self.at + block;
            if let Some(until) = self.unclosed.get_mut(memo) {
                *until = end;
            }
        }
        self.at += width;
    }

    /// A comment is passed; a tag with expressions in it is masked, since HTML has no such attributes.
    fn markup(&mut self) {
        if self.rest().starts_with("<!--") {
            if let Some(length) = self.find(0, 0, "-->", true) {
                self.at += length;
            }
            return;
        }
        if self.at < self.untagged {
            return;
        }
        if let Some(length) = self.tag(self.at) {
            let span = Span::new(self.at, self.at + length);
            if self.text.get(span.range()).is_some_and(|tag| tag.contains('{') || tag.starts_with("<>") || tag == "</>")
            {
                self.fill(span, FILLER);
                self.masked.tags.push(span);
            }
            self.at += length;
        }
    }

    /// `[[Page]]`, `[[Page|text]]`: only the text is shown; of an embedded file, nothing. False when none stands here.
    fn wiki_link(&mut self, embeds: bool) -> bool {
        let Some((whole, shown)) = template::wiki_link(self.rest()) else { return false };
        let start = self.at - usize::from(embeds);
        if embeds {
            self.fill(Span::new(start, self.at + whole), FILLER);
        } else {
            self.fill(Span::new(self.at, self.at + shown.start), FILLER);
            self.fill(Span::new(self.at + shown.end, self.at + whole), FILLER);
        }
        self.at += whole;
        true
    }

    /// A formula of LaTeX inside a line.
    fn inline_formula(&mut self) {
        let length = template::formula(self.rest()).unwrap_or(0);
        self.fill(Span::new(self.at, self.at + length), FILLER);
        self.at += length;
    }

    /// Length of the formula between two lines of `$$`, of which `line` is the first.
    fn formula(&self, line: &str) -> Option<usize> {
        let paragraph = self.rest().get(line.len()..).map(paragraph)?;
        let inner = self.rest().get(line.len()..line.len() + paragraph)?;
        let mut length = line.len();
        for next in inner.split_inclusive('\n') {
            length += next.len();
            if next.trim().ends_with("$$") {
                return Some(length);
            }
        }
        None
    }

    fn template(&mut self) {
        for (kind, template) in template::KINDS.iter().enumerate() {
            if !template.begins(self.rest()) || self.is_mdx && !template.in_mdx {
                continue;
            }
            let Some(length) = self.find(1 + 2 * kind, 0, template.end, template.over_lines) else { continue };
            let tag = self.rest().get(..length).unwrap_or_default();
            let length = match template.closing(tag) {
                Some(name) => self.closing(2 + 2 * kind, template, name, length).unwrap_or(length),
                None => length,
            };
            let span = Span::new(self.at, self.at + length);
            self.fill(span, FILLER);
            self.masked.tags.push(span);
            self.at = span.end;
            return;
        }
        if self.is_mdx && self.rest().starts_with('{') {
            let at = self.at;
            let index = self.expressions.partition_point(|span| span.start < at);
            if let Some(span) = self.expressions.get(index).copied().filter(|span| span.start == at) {
                let inner = self.text.get(span.start + 1..span.end - 1).unwrap_or_default();
                let comment = inner.trim().strip_prefix("/*").and_then(|inner| inner.strip_suffix("*/"));
                if let Some(comment) = comment {
                    let offset = span.start + 1 + inner.len() - inner.trim_start().len() + 2;
                    self.masked.directives.extend(directive::parse(comment, span, offset));
                }
                self.fill(span, FILLER);
                self.at = span.end;
            }
        }
    }

    /// Length through the tag that says `name` and closes the one whose length is `after`; `None` when there is none.
    fn closing(&mut self, memo: usize, template: &Template, name: &str, after: usize) -> Option<usize> {
        let mut from = after;
        loop {
            let begins = self.find(memo, from, template.start, true)? - template.start.len();
            let rest = self.rest().get(begins..)?;
            let length = memmem::find(rest.as_bytes(), template.end.as_bytes())? + template.end.len();
            if template.is_closed_by(rest.get(..length)?, name) {
                return Some(begins + length);
            }
            from = begins + template.start.len();
        }
    }

    /// Length through the next `mark` behind `from` bytes. A search that fails is not made again over the same text.
    fn find(&mut self, memo: usize, from: usize, mark: &str, over_lines: bool) -> Option<usize> {
        let until = self.unclosed.get(memo).copied().unwrap_or_default();
        if until > self.at {
            return None;
        }
        let rest = self.rest();
        let within = if over_lines { rest.len() } else { rest.find('\n').unwrap_or(rest.len()) };
        let found = rest.get(from..within).and_then(|text| memmem::find(text.as_bytes(), mark.as_bytes()));
        if found.is_none()
            && let Some(until) = self.unclosed.get_mut(memo)
        {
            *until = self.at + within;
        }
        found.map(|at| from + at + mark.len())
    }

    /// Masks what is not a line break.
    fn fill(&mut self, span: Span, with: u8) {
        for byte in self.bytes.get_mut(span.range()).into_iter().flatten() {
            if !matches!(*byte, b'\n' | b'\r') {
                *byte = with;
            }
        }
    }
}

/// Length of the paragraph at the start: through the line before the first blank one.
fn paragraph(text: &str) -> usize {
    text.split_inclusive('\n').take_while(|line| !line.trim().is_empty()).map(str::len).sum()
}

/// The sign and width of a code fence that a line begins with.
fn fence_of(line: &str) -> Option<(u8, usize)> {
    let sign = line.bytes().next().filter(|sign| matches!(sign, b'`' | b'~'))?;
    let width = line.bytes().take_while(|byte| *byte == sign).count();
    let info = line.get(width..).unwrap_or_default();
    (width >= 3 && !(sign == b'`' && info.contains('`'))).then_some((sign, width))
}
