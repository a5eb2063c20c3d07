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
    /// A list of references or notes, wherever it stands.
    References,
}

/// How CSS hides text from readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hiding {
    /// As a part of a page that folds out or fades in.
    Folded,
    /// In a way that is of no use to readers: off the screen, without size, in the colour of its ground.
    Tricked,
}

/// How declarations hide what they style from readers, if they do.
pub(super) fn hides(style: &str) -> Option<Hiding> {
    let style = fold(style);
    let (mut ink, mut paper) = (None, None);
    let mut clipped = false;
    let mut folded = false;
    for declaration in style.split(';') {
        let Some((property, value)) = declaration.split_once(':') else { continue };
        let value = value.replace("!important", "");
        let (property, value) = (property.trim(), value.trim());
        match property {
            "display" => folded |= value == "none",
            "visibility" => folded |= matches!(value, "hidden" | "collapse"),
            "opacity" => folded |= number(value).is_some_and(|size| size < 0.05),
            "font-size" if number(value).is_some_and(|size| size < 0.05) => return Some(Hiding::Tricked),
            "font-size" if value.ends_with("px") && number(value).is_some_and(|size| size <= 1.0) => {
                return Some(Hiding::Tricked);
            }
            "clip" | "clip-path" if cuts_away(value) => return Some(Hiding::Tricked),
            "left" | "top" | "right" | "bottom" | "text-indent" | "margin-left" | "margin-top"
                if number(value).is_some_and(|length| length <= -500.0) =>
            {
                return Some(Hiding::Tricked);
            }
            "transform" if value.contains("scale(0)") => return Some(Hiding::Tricked),
            "height" | "width" | "max-height" | "max-width" | "line-height" => {
                clipped |= number(value).is_some_and(|length| length <= 1.0)
                    && (property != "line-height" || number(value).is_some_and(|length| length < 0.05));
            }
            "color" if value == "transparent" => return Some(Hiding::Tricked),
            "color" => ink = Some(value.to_owned()),
            "background" | "background-color" => paper = Some(value.to_owned()),
            _ => {}
        }
    }
    // the overflow may be declared first
    let overflows = style.contains("overflow:hidden") || style.contains("overflow: hidden");
    let same = ink.zip(paper).is_some_and(|(ink, paper)| colour(&ink) == colour(&paper));
    if (clipped && overflows) || same {
        return Some(Hiding::Tricked);
    }
    folded.then_some(Hiding::Folded)
}

/// True when a clip leaves nothing: `rect(0,0,0,0)`, `rect(1px 1px 1px 1px)`, `inset(50%)`.
fn cuts_away(value: &str) -> bool {
    if let Some(sides) = value.strip_prefix("rect(").and_then(|rest| rest.strip_suffix(')')) {
        let mut sides = sides.split([',', ' ']).filter(|side| !side.is_empty()).map(number);
        let first = sides.next().flatten();
        return first.is_some() && sides.all(|side| side == first);
    }
    let inset = value.strip_prefix("inset(").and_then(|rest| rest.strip_suffix(')'));
    inset.is_some_and(|inset| inset.ends_with('%') && number(inset).is_some_and(|share| share >= 50.0))
        || value.strip_prefix("circle(").is_some_and(|rest| number(rest) == Some(0.0))
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
        const LISTS: [(&str, Place); 8] = [
            ("class-reader-only", Place::ReaderOnly),
            ("class-comments", Place::Region(Region::Comments)),
            ("class-cookie", Place::Region(Region::Cookie)),
            ("class-navigation", Place::Region(Region::Navigation)),
            ("class-aside", Place::Region(Region::Aside)),
            ("class-form", Place::Region(Region::Form)),
            ("class-footer", Place::Region(Region::Footer)),
            ("class-references", Place::References),
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
            "clip: rect(0, 0, 0, 0)",
            "clip-path: inset(100%)",
            "color:white;background-color:#fff",
        ] {
            assert!(hides(style).is_some(), "{style}");
        }
        assert_eq!(hides("display:none"), Some(Hiding::Folded));
        assert_eq!(hides("display:none;left:-9999px"), Some(Hiding::Tricked));
        assert_eq!(hides("clip:rect(1px 1px 1px 1px)"), Some(Hiding::Tricked));
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
            "clip:rect(0, 200px, 100px, 0)",
            "clip-path:circle(50%)",
        ] {
            assert_eq!(hides(style), None, "{style}");
        }
    }
}
