//! Tags of template languages: how each kind begins and ends, and which hold what is not prose.
//!
//! Takes the text of tags; answers for one tag at a time. Masks nothing and runs nothing.

use std::ops::Range;

/// A kind of template tag.
#[derive(Debug)]
pub(super) struct Template {
    /// How it begins.
    pub(super) start: &'static str,
    /// How it ends.
    pub(super) end: &'static str,
    /// True when it may run over lines.
    pub(super) over_lines: bool,
    /// True when it also stands in MDX, where a brace begins an expression.
    pub(super) in_mdx: bool,
}

const fn template(start: &'static str, end: &'static str, over_lines: bool, in_mdx: bool) -> Template {
    Template { start, end, over_lines, in_mdx }
}

/// All kinds; the first that fits is meant.
pub(super) const KINDS: [Template; 12] = [
    template("{{<", ">}}", true, true),
    template("{{%", "%}}", true, true),
    template("{{!--", "--}}", true, false),
    template("{{/*", "*/}}", true, false),
    template("{{", "}}", false, false),
    template("{%", "%}", true, false),
    // a comment; a name directly behind the sign is the id of a heading
    template("{#", "#}", true, false),
    template("{#", "}", false, false),
    template("{:", "}", false, false),
    template("{.", "}", false, false),
    // attributes: `{width=50%}`, `{=html}`
    template("{", "}", false, false),
    template("[[toc", "]]", false, false),
];

/// Tags whose content is not prose, up to the tag that closes them.
const CLOSED: [&str; 2] = ["highlight", "comment"];

impl Template {
    /// True when `text` begins with a tag of this kind.
    pub(super) fn begins(&self, text: &str) -> bool {
        let head = text.get(..self.start.len()).is_some_and(|head| head.eq_ignore_ascii_case(self.start));
        let after = text.get(self.start.len()..).and_then(|rest| rest.chars().next());
        head && match (self.start, self.end) {
            (_, "#}") => after.is_none_or(|letter| !letter.is_alphanumeric()),
            ("{", _) => is_attribute(text),
            _ => true,
        }
    }

    /// The name of a tag whose content is not prose.
    pub(super) fn closing(&self, tag: &str) -> Option<&'static str> {
        let word = self.word(tag);
        CLOSED.into_iter().find(|name| *name == word)
    }

    /// True when `tag` closes the one of that name: `endname` or `/name`.
    pub(super) fn is_closed_by(&self, tag: &str, name: &str) -> bool {
        let word = self.word(tag);
        word.strip_prefix("end").or_else(|| word.strip_prefix('/')).is_some_and(|rest| rest.trim_start() == name)
    }

    /// The first word of a tag, with the slash before it.
    fn word<'t>(&self, tag: &'t str) -> &'t str {
        let inner = tag.get(self.start.len()..).unwrap_or_default().trim_start_matches(['-', ' ', '\t', '\n', '\r']);
        let slash = inner.len() - inner.trim_start_matches(['/', ' ']).len();
        let name = inner.get(slash..).unwrap_or_default();
        let end = name.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(name.len());
        inner.get(..slash + end).unwrap_or_default()
    }
}

/// True for `{name=…`, `{=…`.
fn is_attribute(text: &str) -> bool {
    let inner = text.strip_prefix('{').unwrap_or(text);
    let name = inner.trim_start_matches(|letter: char| letter.is_ascii_alphanumeric() || letter == '-');
    name.starts_with('=') && !inner.starts_with(|letter: char| letter.is_ascii_digit())
}

/// Longest wiki link and formula, in bytes.
const LONGEST: usize = 200;

/// The length of the wiki link at the start of a text, and the place of the text that it shows; `None` for a
/// bracketed number, which is a reference marker.
pub(super) fn wiki_link(text: &str) -> Option<(usize, Range<usize>)> {
    let inner = text.strip_prefix("[[")?;
    let end = inner.bytes().take(LONGEST).position(|byte| matches!(byte, b']' | b'[' | b'\n'))?;
    let link = inner.get(..end).filter(|link| link.contains(char::is_alphabetic) && !link.starts_with(['^', '@']))?;
    inner.get(end..)?.strip_prefix("]]").filter(|rest| !rest.starts_with('('))?;
    let shown = link.find('|').map_or(0, |bar| bar + 1);
    Some((end + 4, 2 + shown..2 + end))
}

/// The length of the formula at the start of a text: it holds a sign of LaTeX and touches both its `$`. Prices do not.
pub(super) fn formula(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('$')?;
    let end = inner.bytes().take(LONGEST).position(|byte| matches!(byte, b'$' | b'\n'))?;
    let (formula, rest) = (inner.get(..end)?, inner.get(end..)?);
    let touches =
        !formula.is_empty() && !formula.starts_with(char::is_whitespace) && !formula.ends_with(char::is_whitespace);
    let closes = rest.strip_prefix('$').is_some_and(|after| !after.starts_with(|next: char| next.is_ascii_digit()));
    (touches && closes && formula.contains(['\\', '^', '_'])).then_some(end + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_closed_by_its_own_end() {
        let liquid = &KINDS[5];
        assert_eq!(liquid.closing("{%- comment -%}"), Some("comment"));
        assert_eq!(liquid.closing("{% comments %}"), None);
        assert!(liquid.is_closed_by("{%- endcomment -%}", "comment"));
        assert!(!liquid.is_closed_by("{% endif %}", "comment"));
        let hugo = &KINDS[0];
        assert!(hugo.is_closed_by("{{< / highlight >}}", "highlight"));
    }

    #[test]
    fn prices_and_markers_are_neither_formulas_nor_links() {
        assert_eq!(formula("$H_2O$ is"), Some(6));
        for text in ["$5 to $10 a month", "$5_$10", "$5", "$ x^2 $", "$$"] {
            assert_eq!(formula(text), None, "{text}");
        }
        assert_eq!(wiki_link("[[Sleep|rest]] x"), Some((14, 8..12)));
        assert_eq!(wiki_link("[[Sleep]]."), Some((9, 2..7)));
        for text in ["[[3]]", "[[^a]]", "[[Lee](x)]", "[[Lee]](x)", "[a]"] {
            assert_eq!(wiki_link(text), None, "{text}");
        }
    }

    #[test]
    fn a_heading_id_is_no_comment() {
        let comment = &KINDS[6];
        assert!(comment.begins("{# note #}") && comment.begins("{#- note -#}"));
        assert!(!comment.begins("{#dosing}"));
    }
}
