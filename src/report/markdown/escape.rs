//! Text of articles in Markdown: it shows as it is and does nothing.
//!
//! Takes any text; gives one line in which no markup, HTML, mathematics, mention of a person, reference to an issue or
//! address begins. An empty comment breaks what GitHub would look for in the text itself.

use crate::report::prose;

/// What keeps two characters apart without being seen.
const BREAK: &str = "<!-- -->";

/// The text on one line.
pub(super) fn escaped(text: &str) -> String {
    let text = prose::single(text);
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut before = ' ';
    for (at, letter) in text.char_indices() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '$' => out.push_str("&#36;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' => {
                out.push('\\');
                out.push(letter);
            }
            // mentions and addresses of mail, references, addresses
            '@' | '#' => {
                out.push(letter);
                out.push_str(BREAK);
            }
            ':' if text.get(at..).is_some_and(|rest| rest.starts_with("://")) => {
                out.push(':');
                out.push_str(BREAK);
            }
            '.' if at
                .checked_sub(3)
                .and_then(|from| text.get(from..at))
                .is_some_and(|head| head.eq_ignore_ascii_case("www")) =>
            {
                out.push_str(BREAK);
                out.push('.');
            }
            // a list, a heading or a line below a heading begins so
            '-' | '+' | '=' if at == 0 => {
                out.push('\\');
                out.push(letter);
            }
            // a numbered list begins so
            '.' | ')'
                if before.is_ascii_digit()
                    && text.get(..at).is_some_and(|head| head.bytes().all(|byte| byte.is_ascii_digit())) =>
            {
                out.push('\\');
                out.push(letter);
            }
            _ => out.push(letter),
        }
        before = letter;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::{Event, Options, Parser};

    /// What a reader sees, and whether anything but text was made of it.
    fn seen(text: &str) -> (String, bool) {
        let not_here = Options::ENABLE_SMART_PUNCTUATION | Options::ENABLE_SUPERSCRIPT;
        let (mut shown, mut plain) = (String::new(), true);
        for event in Parser::new_ext(&format!("- at {text}"), Options::all().difference(not_here)) {
            match event {
                Event::Text(part) => shown.push_str(&part),
                Event::InlineHtml(html) => plain &= html.as_ref() == BREAK,
                Event::Start(pulldown_cmark::Tag::List(None) | pulldown_cmark::Tag::Item) | Event::End(_) => {}
                _ => plain = false,
            }
        }
        (shown.strip_prefix("at ").unwrap_or(&shown).to_owned(), plain)
    }

    #[test]
    fn hostile_text_is_shown_and_does_nothing() {
        let hostile = [
            "<script>alert(1)</script> <img src=x onerror=alert(1)> </details>",
            "| a | b | `code` ``more`` *bold* __bold__ ~~gone~~ $x^2$ $$y$$",
            "[link](javascript:alert(1)) ![image](http://evil.example/x.png) [note]: http://evil.example",
            "http://evil.example https://evil.example www.evil.example WWW.evil.example a@evil.example @everyone #123 &lt; &#64;",
            "\\` \\\\* \\[x\\](y) <!-- claimlint-disable --> --> <!--",
            "1. one",
            "12) twelve",
            "- item",
            "+ item",
            "# head",
            "> quote",
            "=== ",
            "--- ",
            "[^1] [x] footnote",
        ];
        for text in hostile {
            let marked = escaped(text);
            assert_eq!(seen(&marked), (prose::single(text), true), "{marked}");
            for live in ["://", "www.", "WWW.", "@e", "#1"] {
                assert!(!marked.contains(live), "{live} in {marked}");
            }
        }
    }
}
