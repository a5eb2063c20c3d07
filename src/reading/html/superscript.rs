//! A superscript is a reference marker, an exponent or a letter of the text.
//!
//! Takes what it holds and what stands before; decides. Resolves no marker.

use crate::reading::label::labels;

/// What a superscript is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Superscript {
    /// A reference marker with the labels it names.
    Marker(Vec<String>),
    /// An exponent, written with superscript digits.
    Exponent(String),
    /// Text: `1st`, `™`.
    Text,
}

/// Decides what `content` is behind `before`. `linked`: it is a link to a place in the page. `units`: those that take
/// an exponent.
pub(super) fn superscript(content: &str, before: &str, linked: bool, units: &[String]) -> Superscript {
    let content = content.trim();
    if !content.contains(|letter: char| letter.is_ascii_digit()) {
        return Superscript::Text;
    }
    let Some(labels) = labels(content) else {
        return exponent(content).map_or(Superscript::Text, Superscript::Exponent);
    };
    let word = before.rsplit(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
    let unit = word.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let measured = word == "10" || units.iter().any(|known| known == unit);
    if linked || content.starts_with(['[', '(']) || !measured || content.len() > 2 {
        return Superscript::Marker(labels);
    }
    exponent(content).map_or(Superscript::Marker(labels), Superscript::Exponent)
}

/// Digits and signs as superscript characters; `None` when there is another character.
fn exponent(content: &str) -> Option<String> {
    content
        .chars()
        .map(|letter| match letter {
            '0'..='9' => "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(letter as usize - '0' as usize),
            '-' | '−' | '–' => Some('⁻'),
            '+' => Some('⁺'),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marker(labels: &[&str]) -> Superscript {
        Superscript::Marker(labels.iter().map(ToString::to_string).collect())
    }

    fn units() -> Vec<String> {
        vec!["m".into(), "cm".into()]
    }

    #[test]
    fn markers_follow_words_and_stops() {
        assert_eq!(superscript("1", "children", false, &units()), marker(&["1"]));
        assert_eq!(superscript("[3–5, 8]", "trial.", false, &units()), marker(&["3", "4", "5", "8"]));
        assert_eq!(superscript("2", "in 2015", true, &units()), marker(&["2"]));
        assert_eq!(superscript("12", "rose to 35", false, &units()), marker(&["12"]));
    }

    #[test]
    fn exponents_follow_numbers_and_units() {
        assert_eq!(superscript("3", "10", false, &units()), Superscript::Exponent("³".into()));
        assert_eq!(superscript("2", "30 kg/m", false, &units()), Superscript::Exponent("²".into()));
        assert_eq!(superscript("-9", "10", false, &units()), Superscript::Exponent("⁻⁹".into()));
    }

    #[test]
    fn other_superscripts_are_text() {
        assert_eq!(superscript("st", "1", false, &units()), Superscript::Text);
        assert_eq!(superscript("™", "Brand", false, &units()), Superscript::Text);
        assert_eq!(superscript("2+", "Ca", false, &units()), Superscript::Exponent("²⁺".into()));
    }
}
