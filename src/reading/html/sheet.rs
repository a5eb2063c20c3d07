//! Style sheets inside a page: which classes and ids they hide by a trick.
//!
//! Takes the text of `style` elements; answers for the class and id of an element. Reads rules that name one class or
//! id alone and leaves out those inside at-rules, which hold for some screens only. What folds is not kept: a page may
//! show it again by a script.

use super::style::{self, Hiding};
use std::collections::HashSet;

/// The classes (`.name`) and ids (`#name`) that hide by a trick.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    tricks: HashSet<String>,
}

impl Sheet {
    /// Adds the rules of a style sheet.
    pub(super) fn read(&mut self, css: &str) {
        let css = without_comments(css);
        let mut rest = css.as_str();
        while let Some(open) = rest.find('{') {
            let (selectors, after) = (rest.get(..open).unwrap_or_default(), rest.get(open + 1..).unwrap_or_default());
            let selectors = selectors.rsplit(';').next().unwrap_or_default().trim();
            let is_at_rule = selectors.starts_with('@');
            let end = if is_at_rule { closing(after) } else { after.find('}').unwrap_or(after.len()) };
            let body = after.get(..end).unwrap_or_default();
            if !is_at_rule && style::hides(body) == Some(Hiding::Tricked) {
                self.tricks.extend(selectors.split(',').filter_map(alone).map(str::to_owned));
            }
            rest = after.get(end + 1..).unwrap_or_default();
        }
    }

    /// How an element with these classes and this id is hidden.
    pub(super) fn hides(&self, class: Option<&str>, id: Option<&str>) -> Option<Hiding> {
        if self.tricks.is_empty() {
            return None;
        }
        let classes = class.into_iter().flat_map(str::split_ascii_whitespace).map(|name| format!(".{name}"));
        let ids = id.into_iter().map(|name| format!("#{}", name.trim()));
        classes.chain(ids).any(|name| self.tricks.contains(&name)).then_some(Hiding::Tricked)
    }
}

/// The class or id of a selector that names nothing else, an element's name aside.
fn alone(selector: &str) -> Option<&str> {
    let selector = selector.trim();
    let from = selector.find(['.', '#'])?;
    let (element, name) = selector.split_at_checked(from)?;
    let is_name = |text: &str| text.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_'));
    (is_name(element) && name.len() > 1 && name.get(1..).is_some_and(is_name)).then_some(name)
}

/// Where the braces of an at-rule close, from behind its opening brace.
fn closing(text: &str) -> usize {
    let mut depth = 1_usize;
    let at = text.bytes().position(|byte| {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    at.unwrap_or(text.len())
}

fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tricks_of_plain_rules_are_known_and_nothing_else() {
        let mut sheet = Sheet::default();
        sheet.read(
            "@import 'a.css'; .x9, div.y9 { position:absolute; left:-9999px } /* .z{left:-9999px} */ #foot{font-size:0}
             .tab { display:none } @media print { .menu { left:-9999px } } .a .b { left:-9999px } a:focus{left:-9999px}",
        );
        for class in ["x9", "wide y9"] {
            assert_eq!(sheet.hides(Some(class), None), Some(Hiding::Tricked), "{class}");
        }
        assert_eq!(sheet.hides(None, Some("foot")), Some(Hiding::Tricked));
        for class in ["tab", "menu", "a", "b", "z", "x"] {
            assert_eq!(sheet.hides(Some(class), None), None, "{class}");
        }
        for broken in ["{", "}", ".a{", "/*", "@media {", ".a{left:-9999px"] {
            Sheet::default().read(broken);
        }
    }
}
