//! One input file and the places in it.
//!
//! Takes the bytes of a file and its path; gives the text, and lines and columns for people.
//! Knows nothing of formats, files on disk or what the text says.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A byte range in one [`Source`]: `start` inclusive, `end` exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range `start..end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Number of bytes.
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// True when no byte is covered.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// True when the two ranges share a byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// True when `other` lies wholly inside.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest range that covers both.
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// As a standard range.
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A place for people: both numbers count from 1, the column in characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters (Unicode scalar values), from 1.
    pub column: usize,
}

/// How a source is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// CommonMark with GFM extensions.
    Markdown,
    /// Markdown with JSX.
    Mdx,
    /// HTML or XHTML.
    Html,
    /// Plain text as people paste it.
    Text,
}

impl Format {
    /// The format that a file name's extension stands for, if it is one that claimlint reads.
    pub fn of_path(path: &str) -> Option<Self> {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let (_, extension) = name.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "md" | "markdown" => Some(Self::Markdown),
            "mdx" => Some(Self::Mdx),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "txt" | "text" => Some(Self::Text),
            _ => None,
        }
    }

    /// The format named in a rule example (`markdown`, `mdx`, `html`, `text`).
    pub fn of_name(name: &str) -> Option<Self> {
        match name {
            "markdown" => Some(Self::Markdown),
            "mdx" => Some(Self::Mdx),
            "html" => Some(Self::Html),
            "text" => Some(Self::Text),
            _ => None,
        }
    }
}

/// Why bytes are not a text that claimlint can read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// The bytes hold NUL or other signs of a binary file.
    #[error("this is not a text file: byte {at} is {byte:#04x}")]
    Binary {
        /// Offset of the byte.
        at: usize,
        /// Its value.
        byte: u8,
    },
    /// The bytes are UTF-16 by their byte order mark.
    #[error("this file is UTF-16; save it as UTF-8")]
    Utf16,
    /// The bytes are not UTF-8.
    #[error("this file is not UTF-8: invalid bytes at offset {at} (line {line})")]
    NotUtf8 {
        /// Offset of the first wrong byte.
        at: usize,
        /// Line of it, from 1.
        line: usize,
    },
    /// A line is longer than [`LONGEST_LINE`].
    #[error("line {line} is {megabytes} MB long, which no article is (at most {most} MB)", most = LONGEST_LINE / 1_000_000)]
    LongLine {
        /// The line, from 1.
        line: usize,
        /// Its length in millions of bytes.
        megabytes: usize,
    },
}

/// The longest line that is read, in bytes: an article in one line is well below; what is above is data, and would keep
/// a run busy for minutes.
pub const LONGEST_LINE: usize = 32_000_000;

/// The first line that is too long: its number from 1 and its length in bytes.
fn too_long(text: &str) -> Option<(usize, usize)> {
    if text.len() <= LONGEST_LINE {
        return None;
    }
    text.split('\n')
        .map(str::len)
        .enumerate()
        .find(|(_, length)| *length > LONGEST_LINE)
        .map(|(at, length)| (at + 1, length))
}

/// One input: path, text as given, line index.
#[derive(Clone, Debug)]
pub struct Source {
    path: Arc<str>,
    text: Arc<str>,
    format: Format,
    lines: OnceLock<LineIndex>,
}

/// A checkpoint is laid every this many bytes of a long line, so that a column costs a bounded scan.
const CHECKPOINT: usize = 1024;

#[derive(Clone, Debug)]
struct LineIndex {
    /// Offset of the first byte of each line.
    starts: Vec<usize>,
    /// Sorted offsets inside long lines with the number of characters from the line's start.
    checkpoints: Vec<(usize, usize)>,
}

impl Source {
    /// A source from text. `path` is shown as given.
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<Arc<str>>, format: Format) -> Self {
        Self { path: path.into(), text: text.into(), format, lines: OnceLock::new() }
    }

    /// A source from a file's bytes.
    ///
    /// # Errors
    /// When the bytes are not UTF-8 text.
    pub fn from_bytes(path: impl Into<Arc<str>>, bytes: Vec<u8>, format: Format) -> Result<Self, SourceError> {
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            return Err(SourceError::Utf16);
        }
        match String::from_utf8(bytes) {
            Ok(text) => match memchr::memchr(0, text.as_bytes()) {
                Some(at) => Err(SourceError::Binary { at, byte: 0 }),
                None => match too_long(&text) {
                    Some((line, length)) => Err(SourceError::LongLine { line, megabytes: length / 1_000_000 }),
                    None => Ok(Self::new(path, text, format)),
                },
            },
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let bytes = error.into_bytes();
                let head = bytes.get(..at).unwrap_or_default();
                match memchr::memchr(0, bytes.get(..bytes.len().min(8192)).unwrap_or_default()) {
                    Some(at) => Err(SourceError::Binary { at, byte: 0 }),
                    None => Err(SourceError::NotUtf8 { at, line: 1 + memchr::memchr_iter(b'\n', head).count() }),
                }
            }
        }
    }

    /// The path as found.
    pub fn path(&self) -> &Arc<str> {
        &self.path
    }

    /// The text as given, a byte order mark included.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How it is read.
    pub const fn format(&self) -> Format {
        self.format
    }

    /// The text of a span; empty when the span is not on character boundaries of this source.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Line and column of a byte offset; offsets past the end give the end.
    pub fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let index = self.index();
        let line = index.starts.partition_point(|start| *start <= offset).max(1);
        let start = index.starts.get(line - 1).copied().unwrap_or_default();
        let at = index.checkpoints.partition_point(|(at, _)| *at <= offset);
        let (from, counted) = match at.checked_sub(1).and_then(|at| index.checkpoints.get(at)) {
            Some((from, counted)) if *from >= start => (*from, *counted),
            _ => (start, 0),
        };
        let bytes = self.text.as_bytes().get(from..offset).unwrap_or_default();
        Position { line, column: 1 + counted + characters(bytes) }
    }

    /// The span of a line without its line ending; `None` past the last line. Lines count from 1.
    pub fn line(&self, line: usize) -> Option<Span> {
        let starts = &self.index().starts;
        let start = *starts.get(line.checked_sub(1)?)?;
        let end = starts.get(line).copied().unwrap_or(self.text.len());
        let text = self.text.get(start..end)?;
        Some(Span::new(start, start + text.trim_end_matches(['\n', '\r']).len()))
    }

    /// How many lines there are; an empty text has one.
    pub fn line_count(&self) -> usize {
        self.index().starts.len()
    }

    fn index(&self) -> &LineIndex {
        self.lines.get_or_init(|| {
            let bytes = self.text.as_bytes();
            let mut starts = vec![0];
            starts.extend(memchr::memchr_iter(b'\n', bytes).map(|at| at + 1));
            let mut checkpoints = Vec::new();
            let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
            for (start, end) in starts.iter().copied().zip(ends) {
                let (mut at, mut counted) = (start, 0);
                while end - at > CHECKPOINT {
                    let mut next = at + CHECKPOINT;
                    while !self.text.is_char_boundary(next) {
                        next += 1;
                    }
                    counted += characters(bytes.get(at..next).unwrap_or_default());
                    checkpoints.push((next, counted));
                    at = next;
                }
            }
            LineIndex { starts, checkpoints }
        })
    }
}

/// Number of characters in UTF-8 bytes: every byte that does not continue one.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0xc0) != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_count_from_one() {
        let source = Source::new("a.txt", "é µ\r\nb🙂c\n", Format::Text);
        assert_eq!(source.position(0), Position { line: 1, column: 1 });
        assert_eq!(source.position(3), Position { line: 1, column: 3 });
        assert_eq!(source.position("é µ\r\nb🙂".len()), Position { line: 2, column: 3 });
        assert_eq!(source.line(1).map(|span| source.slice(span)), Some("é µ"));
        assert_eq!(source.line_count(), 3);
    }

    #[test]
    fn a_long_line_counts_the_same_from_its_checkpoints() {
        let text = "aé🙂 ".repeat(5000);
        let source = Source::new("a.txt", text.clone(), Format::Text);
        for (count, (at, _)) in text.char_indices().enumerate().step_by(97) {
            assert_eq!(source.position(at), Position { line: 1, column: count + 1 });
        }
    }

    #[test]
    fn bytes_that_are_not_text_are_named() {
        let read = |bytes: &[u8]| Source::from_bytes("x", bytes.to_vec(), Format::Text).err();
        assert_eq!(read(b"a\nb\xff"), Some(SourceError::NotUtf8 { at: 3, line: 2 }));
        let long = [b"a\n".to_vec(), vec![b'b'; LONGEST_LINE + 1]].concat();
        assert_eq!(read(&long), Some(SourceError::LongLine { line: 2, megabytes: 32 }));
        assert_eq!(read(&[vec![b'a'; LONGEST_LINE], b"\nb\n".to_vec()].concat()), None);
        assert_eq!(read(b"PK\0\x01"), Some(SourceError::Binary { at: 2, byte: 0 }));
        assert_eq!(read(b"\xff\xfea\0"), Some(SourceError::Utf16));
        assert_eq!(read(b""), None);
    }
}
