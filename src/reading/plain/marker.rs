//! List markers of plain text: bullets, numbers and letters, at the start of a line and inside one.
//!
//! Takes text; gives the family of a marker and its length. Does not know what an item holds.

/// What kind of list a marker belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// A bullet, by its character.
    Bullet(char),
    /// A number and the punctuation behind it.
    Number(&'static str),
    /// A letter and the punctuation behind it.
    Letter(&'static str),
}

impl Family {
    /// True for numbers and letters.
    pub(super) const fn is_ordered(self) -> bool {
        !matches!(self, Self::Bullet(_))
    }
}

/// A list marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    /// The kind of list.
    pub(super) family: Family,
    /// The number that it prints, counting letters from 1; 0 for a bullet.
    pub(super) value: u32,
    /// Bytes of the marker and the white space behind it.
    pub(super) len: usize,
}

/// Characters that are bullets wherever they open a line.
const BULLETS: &str = "\u{f0a7}\u{f0b7}\u{f0d8}\u{f0fc}•‣◦▪▫●○■□◆◇►▶▸▹➤➢➔✓✔✅☑⁃∙·";
/// Characters that are bullets only with white space behind them.
const DASHES: &str = "-–*";
/// What may stand behind a number or letter.
const CLOSERS: [&str; 3] = [".)", ")", "."];

/// The marker that opens a line.
pub(super) fn at_start(line: &str) -> Option<Marker> {
    let first = line.chars().next()?;
    let after = line.get(first.len_utf8()..)?;
    let space = after.len() - after.trim_start().len();
    if BULLETS.contains(first) {
        let rest = after.trim_start_matches(['\u{fe0e}', '\u{fe0f}']).trim_start();
        // a bullet may carry a number of its own
        let own = numbered(rest).map_or(0, |own| own.len);
        return (!rest.is_empty()).then_some(Marker {
            family: Family::Bullet(first),
            value: 0,
            len: line.len() - rest.len() + own,
        });
    }
    if DASHES.contains(first) && space > 0 && space < after.len() {
        return Some(Marker { family: Family::Bullet(first), value: 0, len: first.len_utf8() + space });
    }
    numbered(line)
}

/// A number or letter with its punctuation and the white space behind it.
fn numbered(line: &str) -> Option<Marker> {
    let inner = line.strip_prefix('(').unwrap_or(line);
    let opened = line.len() - inner.len();
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let (value, length, is_number) = if digits > 0 {
        (inner.get(..digits)?.parse().ok()?, digits, true)
    } else {
        let letter = inner.chars().next().filter(char::is_ascii_lowercase)?;
        (u32::from(letter) - u32::from('a') + 1, 1, false)
    };
    let tail = inner.get(length..)?;
    let closer = CLOSERS.into_iter().find(|closer| tail.starts_with(closer))?;
    if (opened > 0 && closer != ")") || digits > 3 {
        return None;
    }
    let rest = tail.get(closer.len()..)?;
    let space = rest.len() - rest.trim_start().len();
    let glued = space == 0 && is_number && digits < 3 && begins_sentence(rest);
    if space == rest.len() || (space == 0 && !glued) {
        return None;
    }
    let style = match (opened > 0, closer) {
        (true, _) => "()",
        (_, closer) => closer,
    };
    let family = if is_number { Family::Number(style) } else { Family::Letter(style) };
    Some(Marker { family, value, len: opened + length + closer.len() + space })
}

/// A capital and a small letter.
fn begins_sentence(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}

/// Offsets in `text` where further items of an inline enumeration begin, each with its marker. `text` is a whole
/// paragraph; `first` is the marker that opens it, if one does. Where the paragraph leads the enumeration in
/// ("the following: • one • two"), the first offset is that of the first item.
pub(super) fn inside(text: &str, first: Option<Marker>) -> Vec<(usize, Marker)> {
    let found = match first.map(|marker| marker.family) {
        Some(Family::Bullet(bullet)) => bullets(text, bullet, first.map_or(0, |marker| marker.len)),
        Some(family) => sequence(text, family, first.map_or(0, |marker| marker.len), first.map_or(0, |m| m.value)),
        None => led_in(text).or_else(|| dashes(text)),
    };
    found.unwrap_or_default()
}

/// Further items behind the same bullet. A dash needs two spaces before it, or it is a dash.
fn bullets(text: &str, bullet: char, from: usize) -> Option<Vec<(usize, Marker)>> {
    let spaces = if BULLETS.contains(bullet) { 1 } else { 2 };
    let mut found = Vec::new();
    let mut buffer = [0; 4];
    let needle = bullet.encode_utf8(&mut buffer);
    let tail = text.get(from..)?;
    for at in memchr::memmem::find_iter(tail.as_bytes(), needle.as_bytes()) {
        let at = from + at;
        let before = text.get(..at)?;
        if before.chars().rev().take(spaces).filter(|letter| letter.is_whitespace()).count() < spaces {
            continue;
        }
        if let Some(marker) = at_start(text.get(at..)?) {
            found.push((at, marker));
        }
    }
    Some(found)
}

/// Numbers or letters that count on from `value` in the same style.
fn sequence(text: &str, family: Family, from: usize, value: u32) -> Option<Vec<(usize, Marker)>> {
    let mut found = Vec::new();
    let mut next = value + 1;
    let mut last_space = false;
    for (at, letter) in text.char_indices() {
        let after_space = std::mem::replace(&mut last_space, letter.is_whitespace());
        if at < from || !after_space || !(letter.is_ascii_alphanumeric() || letter == '(') {
            continue;
        }
        let Some(rest) = text.get(at..) else { continue };
        let Some(marker) = numbered(rest) else { continue };
        let begins = rest.get(marker.len..).and_then(|rest| rest.chars().next());
        if marker.family == family && marker.value == next && begins.is_some_and(|next| !next.is_ascii_digit()) {
            found.push((at, marker));
            next += 1;
        }
    }
    Some(found)
}

/// Items behind wide dashes ("may - help  - harm  - do nothing"): two at least, each behind two spaces; the first item
/// may stand behind one.
fn dashes(text: &str) -> Option<Vec<(usize, Marker)>> {
    let bullet = '-';
    let mut found = bullets(text, bullet, 0)?;
    let (first, _) = *found.first().filter(|_| found.len() > 1)?;
    let before = text.get(..first)?;
    if let Some(at) = before.find(" - ").map(|at| at + 1)
        && let Some(marker) = at_start(text.get(at..)?)
    {
        found.insert(0, (at, marker));
    }
    Some(found)
}

/// An enumeration behind a colon.
fn led_in(text: &str) -> Option<Vec<(usize, Marker)>> {
    for (colon, _) in text.match_indices(':') {
        let rest = text.get(colon + 1..)?;
        let item = rest.trim_start();
        let space = rest.len() - item.len();
        if space == 0 {
            continue;
        }
        let Some(marker) = at_start(item) else { continue };
        let wide = match marker.family {
            Family::Bullet(bullet) => BULLETS.contains(bullet) || space > 1,
            _ => marker.value == 1,
        };
        if !wide {
            continue;
        }
        let at = text.len() - item.len();
        let more = inside(item, Some(marker));
        if !more.is_empty() {
            let mut found = vec![(at, marker)];
            found.extend(more.into_iter().map(|(offset, marker)| (at + offset, marker)));
            return Some(found);
        }
        return None;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        let mut pieces = Vec::new();
        let mut from = 0;
        for (at, _) in inside(text, at_start(text)) {
            pieces.push(text[from..at].trim_end());
            from = at;
        }
        pieces.push(&text[from..]);
        pieces
    }

    #[test]
    fn markers_open_lines() {
        let rest = |line: &'static str| at_start(line).map(|marker| &line[marker.len..]);
        assert_eq!(rest("• Relief"), Some("Relief"));
        assert_eq!(rest("•Relief"), Some("Relief"));
        assert_eq!(rest("– Relief"), Some("Relief"));
        assert_eq!(rest("1.) Relief"), Some("Relief"));
        assert_eq!(rest("(12)\u{a0}Relief"), Some("Relief"));
        assert_eq!(rest("3.Relief"), Some("Relief"));
        assert_eq!(rest("b) Relief"), Some("Relief"));
        assert_eq!(rest("• 9. Relief"), Some("Relief"));
    }

    #[test]
    fn numbers_and_dashes_of_a_sentence_are_no_markers() {
        for line in ["1.5 mg", "2019. The", "-5 °C", "A. Smith wrote", "50 people", "i.v. access", "*note", "•", "- "]
        {
            assert_eq!(at_start(line), None, "{line}");
        }
    }

    #[test]
    fn enumerations_inside_a_line_are_split() {
        assert_eq!(split("1) One thing. 2) Two. 3) Three"), ["1) One thing.", "2) Two.", "3) Three"]);
        assert_eq!(split("a. one b. two"), ["a. one", "b. two"]);
        assert_eq!(
            split("- a cough  - a long-term - slow - fever  - pain"),
            ["- a cough", "- a long-term - slow - fever", "- pain"]
        );
        assert_eq!(split("It depends on:    - age  - dose"), ["It depends on:", "- age", "- dose"]);
        assert_eq!(split("They may - help  - harm  - do nothing"), ["They may", "- help", "- harm", "- do nothing"]);
        assert_eq!(split("Signs: • cough • fever"), ["Signs:", "• cough", "• fever"]);
    }

    #[test]
    fn running_text_is_not_split() {
        for text in
            ["Home • About • Contact", "1. Take 2 tablets", "It costs: $5 - $6", "Use either (a) one or (b) two"]
        {
            assert_eq!(split(text).len(), 1, "{text}");
        }
    }
}
