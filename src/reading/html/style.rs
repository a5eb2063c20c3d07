//! Whether attributes hide an element, and what part of the page its classes name.
//!
//! Takes attribute values and the lexicon's class lists; gives a verdict. Reads inline CSS only.

use crate::document::Region;
use crate::lexicon::{Lexicon, fold};

/// What the classes or the role of an element say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A region of the page.
    Region(Region),
    /// Text for screen readers only.
    ReaderOnly,
}

/// True when inline CSS hides what it styles from readers.
pub(super) fn hides(style: &str) -> bool {
    let style = fold(style);
    let (mut ink, mut paper) = (None, None);
    let mut clipped = false;
    for declaration in style.split(';') {
        let Some((property, value)) = declaration.split_once(':') else { continue };
        let value = value.replace("!important", "");
        let (property, value) = (property.trim(), value.trim());
        match property {
            "display" if value == "none" => return true,
            "visibility" if matches!(value, "hidden" | "collapse") => return true,
            "opacity" | "font-size" if number(value).is_some_and(|size| size < 0.05) => return true,
            "font-size" if value.ends_with("px") && number(value).is_some_and(|size| size <= 1.0) => return true,
            "left" | "top" | "right" | "bottom" | "text-indent" | "margin-left" | "margin-top"
                if number(value).is_some_and(|length| length <= -500.0) =>
            {
                return true;
            }
            "transform" if value.contains("scale(0)") => return true,
            "height" | "width" | "max-height" | "max-width" | "line-height" => {
                clipped |= number(value).is_some_and(|length| length <= 1.0)
                    && (property != "line-height" || number(value).is_some_and(|length| length < 0.05));
            }
            "overflow" if value == "hidden" && clipped => return true,
            "color" if value == "transparent" => return true,
            "color" => ink = Some(value.to_owned()),
            "background" | "background-color" => paper = Some(value.to_owned()),
            _ => {}
        }
    }
    // the overflow may be declared first
    if clipped && style.contains("overflow:hidden") | style.contains("overflow: hidden") {
        return true;
    }
    ink.zip(paper).is_some_and(|(ink, paper)| colour(&ink) == colour(&paper))
}

/// The number that a CSS value begins with.
fn number(value: &str) -> Option<f32> {
    let end = value.find(|letter: char| !(letter.is_ascii_digit() || matches!(letter, '-' | '.' | '+')));
    value.get(..end.unwrap_or(value.len()))?.parse().ok()
}

/// A colour in one writing: `white`, `#fff` and `#ffffff` are the same.
fn colour(value: &str) -> String {
    match value.strip_prefix('#') {
        Some(short) if short.len() == 3 => short.chars().flat_map(|digit| [digit, digit]).collect(),
        Some(long) => long.to_owned(),
        None if value == "white" => "ffffff".to_owned(),
        None if value == "black" => "000000".to_owned(),
        None => value.split_whitespace().collect(),
    }
}

/// The classes that name a part of the page, by their length.
pub(super) struct Classes<'l> {
    by_length: Vec<Vec<(&'l str, Place)>>,
}

impl<'l> Classes<'l> {
    /// Those of the lexicon.
    pub(super) fn new(lexicon: &'l Lexicon) -> Self {
        const LISTS: [(&str, Place); 7] = [
            ("class-reader-only", Place::ReaderOnly),
            ("class-comments", Place::Region(Region::Comments)),
            ("class-cookie", Place::Region(Region::Cookie)),
            ("class-navigation", Place::Region(Region::Navigation)),
            ("class-aside", Place::Region(Region::Aside)),
            ("class-form", Place::Region(Region::Form)),
            ("class-footer", Place::Region(Region::Footer)),
        ];
        let mut by_length: Vec<Vec<(&str, Place)>> = Vec::new();
        for (list, place) in LISTS {
            for word in lexicon.list(list) {
                if by_length.len() <= word.len() {
                    by_length.resize(word.len() + 1, Vec::new());
                }
                if let Some(words) = by_length.get_mut(word.len()) {
                    words.push((word, place));
                }
            }
        }
        Self { by_length }
    }

    /// What an element's classes or id name, each a word of its own.
    pub(super) fn place(&self, classes: &str) -> Option<Place> {
        classes.split_ascii_whitespace().find_map(|class| {
            let words = self.by_length.get(class.len())?;
            let is_same = |word: &str| {
                word.bytes().zip(class.bytes()).all(|(word, byte)| match byte {
                    b'_' => word == b'-',
                    _ => word == byte.to_ascii_lowercase(),
                })
            };
            words.iter().find(|(word, _)| is_same(word)).map(|(_, place)| *place)
        })
    }
}

/// What a `role` attribute names.
pub(super) fn role(role: &str) -> Option<Place> {
    match role.trim() {
        "navigation" | "menu" | "menubar" | "tablist" => Some(Place::Region(Region::Navigation)),
        "contentinfo" => Some(Place::Region(Region::Footer)),
        "complementary" => Some(Place::Region(Region::Aside)),
        "search" | "form" | "button" => Some(Place::Region(Region::Form)),
        "dialog" | "alertdialog" => Some(Place::Region(Region::Cookie)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tricks_that_hide_text_are_seen() {
        for style in [
            "display:none",
            "color:red; DISPLAY : None !important",
            "visibility: hidden",
            "font-size:0",
            "font-size:0px",
            "position:absolute;left:-9999px",
            "text-indent:-10000em",
            "opacity:0",
            "color:#fff;background:#FFFFFF",
            "height:1px;width:1px;overflow:hidden",
            "overflow:hidden;height:0",
        ] {
            assert!(hides(style), "{style}");
        }
    }

    #[test]
    fn ordinary_styles_hide_nothing() {
        for style in [
            "",
            "display:block",
            "font-size:0.9em",
            "font-size:12px",
            "opacity:0.8",
            "margin-left:-15px",
            "color:#fff;background:#333",
            "overflow:hidden;height:200px",
            "left:0;top:0;line-height:1",
        ] {
            assert!(!hides(style), "{style}");
        }
    }
}
