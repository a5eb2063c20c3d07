//! A finding in plain words, for formats that carry one text for it.
//!
//! Takes findings; gives lines without markup. Where a format has no place for the other side of a contradiction, its
//! place stands in these words.

use crate::finding::{Finding, Place, Related};

/// `path:line:column`.
pub fn place(place: &Place) -> String {
    format!("{}:{}:{}", place.path, place.start.line, place.start.column)
}

/// What is to be seen at another place, with the place: `40–60 min here (drafts/a.md:12:38)`.
pub fn side(side: &Related) -> String {
    let message = side.message.trim();
    format!("{} ({})", if message.is_empty() { "see also" } else { message }, place(&side.place))
}

/// The message and the other sides on one line.
pub fn line(finding: &Finding) -> String {
    let sides: Vec<String> = finding.related.iter().map(side).collect();
    let told = if sides.is_empty() { String::new() } else { format!(" — {}", sides.join("; ")) };
    single(&format!("{}{told}", finding.message))
}

/// The message, the other sides, what to do and where to read more, a line each.
pub fn lines(finding: &Finding) -> Vec<String> {
    let mut lines = vec![single(&finding.message)];
    lines.extend(finding.related.iter().map(|one| single(&side(one))));
    lines.push(single(&format!("{} (claimlint explain {})", finding.help, finding.code)));
    lines
}

/// Code and name of the rule: `C001 value-conflict`.
pub fn title(finding: &Finding) -> String {
    format!("{} {}", finding.code, finding.name)
}

/// One line of text: white space of any kind becomes one space, other control characters go.
pub fn single(text: &str) -> String {
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| word.chars().filter(|letter| !letter.is_control()).collect())
        .filter(|word: &String| !word.is_empty())
        .collect();
    words.join(" ")
}

/// Findings, worst first; those that are equally bad keep their order.
pub fn worst_first(findings: &[Finding]) -> Vec<&Finding> {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|one| std::cmp::Reverse((one.severity, one.confidence)));
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_line_has_no_breaks_and_no_control_characters() {
        assert_eq!(single(" one\r\n two\u{a0}\u{2028}three\u{7}\u{1b}[31m "), "one two three[31m");
        assert_eq!(single("\u{1}"), "");
    }
}
