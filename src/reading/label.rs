//! Labels of references: numbers, lists and ranges of them.
//!
//! Takes what stands in a marker or before an entry; gives labels, ranges written out. Resolves nothing.

/// Most labels that one range may name.
const LONGEST: u32 = 60;

/// The labels of `3`, `3,5`, `[3–5, 8]`; `None` when it is something else.
pub(super) fn labels(content: &str) -> Option<Vec<String>> {
    let inner = content.trim_matches(['[', ']', '(', ')', ' ', '\u{a0}']);
    let mut labels = Vec::new();
    for part in inner.split([',', ';', ' ', '\u{a0}']).map(str::trim).filter(|part| !part.is_empty()) {
        let mut ends = part
            .split(['-', '–', '—', '\u{2010}', '\u{2011}'])
            .map(|end| (1..=3).contains(&end.len()).then(|| end.parse::<u32>().ok()).flatten());
        let first = ends.next()??;
        let last = match ends.next() {
            Some(last) => last?,
            None => first,
        };
        if ends.next().is_some() || last < first || last - first > LONGEST {
            return None;
        }
        labels.extend((first..=last).map(|label| label.to_string()));
    }
    (!labels.is_empty()).then_some(labels)
}

/// The number that an entry begins with: `3.`, `3)`, `[3]`, `(3)`, `³`.
pub(super) fn entry(text: &str) -> Option<u32> {
    let text = text.trim_start();
    let (open, rest) = match text.chars().next()? {
        '[' => (Some(']'), text.get(1..)?),
        '(' => (Some(')'), text.get(1..)?),
        _ => (None, text),
    };
    let end = rest.find(|letter: char| !letter.is_ascii_digit() && digit(letter).is_none()).unwrap_or(rest.len());
    let number = rest.get(..end)?;
    let after = rest.get(end..)?;
    let raised = number.chars().next().and_then(digit).is_some();
    let closed = match open {
        Some(close) => after.starts_with(close),
        None => {
            let behind = after.strip_prefix(['.', ')']);
            raised || behind.is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
        }
    };
    let number: String = number.chars().map(|letter| digit(letter).unwrap_or(letter)).collect();
    if closed && number.len() <= 3 { number.parse().ok() } else { None }
}

/// The digit that a superscript digit stands for.
pub(super) fn digit(letter: char) -> Option<char> {
    match letter {
        '¹' => Some('1'),
        '²' => Some('2'),
        '³' => Some('3'),
        '⁰' | '⁴'..='⁹' => char::from_digit(u32::from(letter).checked_sub(0x2070)?, 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_written_out() {
        let found = |text| labels(text).map(|labels| labels.join(" "));
        assert_eq!(found("[3–5, 8]").as_deref(), Some("3 4 5 8"));
        assert_eq!(found("12; 14").as_deref(), Some("12 14"));
        for text in ["", "2019", "a", "5-3", "1-200", "3.5", "-2"] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn entries_begin_with_their_number() {
        for (text, number) in [("3. Smith", 3), ("[12] Lee", 12), (" (4) Ng", 4), ("5) Bo", 5), ("¹⁰ Ray", 10)] {
            assert_eq!(entry(text), Some(number), "{text}");
        }
        for text in ["Smith 2019", "2019. Title", "3 mg", "3.5 mg", "", "[a]"] {
            assert_eq!(entry(text), None, "{text}");
        }
    }
}
