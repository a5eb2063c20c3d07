//! How texts are put into the page: markup becomes text, and characters that would turn the direction of the text around
//! them, or that have no sign, are named.

use askama::filters::{Escaper, Html};
use std::fmt::{self, Write};

/// The escaper of all templates of the page.
#[derive(Clone, Copy, Debug, Default)]
pub struct Escape;

impl Escaper for Escape {
    fn write_escaped_str<W: Write>(&self, mut dest: W, string: &str) -> fmt::Result {
        for piece in string.split_inclusive(is_control) {
            let words = piece.trim_end_matches(is_control);
            Html.write_escaped_str(&mut dest, words)?;
            if let Some(control) = piece.chars().next_back().filter(|char| is_control(*char)) {
                write!(dest, "[{}]", named(control))?;
            }
        }
        Ok(())
    }
}

/// The name of a character by its number (`U+202E`).
pub fn named(control: char) -> String {
    format!("U+{:04X}", u32::from(control))
}

/// True for characters that turn the direction of text around them, and for those that have no sign.
pub fn is_control(char: char) -> bool {
    matches!(char, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || (char.is_control() && !matches!(char, '\n' | '\t' | '\r'))
}
