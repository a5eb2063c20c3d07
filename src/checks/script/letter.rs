//! Letters: which are of another alphabet and look Latin, which characters nobody sees.
//!
//! Takes characters and words; the tables of look-alikes are those of UTS 39.

use unicode_security::is_potential_mixed_script_confusable_char;

/// The letters of a word that pass for Latin ones, each with its alphabet. A word counts when most of its letters are
/// Latin; Greek letters count only where a formula or a name would not have them.
pub(super) fn impostors(word: &str) -> Vec<(char, &'static str)> {
    let latin = word.chars().filter(char::is_ascii_alphabetic).count();
    let letters: Vec<char> = word.chars().collect();
    let mut found: Vec<(char, &'static str)> = Vec::new();
    let mut others = 0;
    for (at, letter) in letters.iter().copied().enumerate() {
        let Some(script) = script(letter) else { continue };
        others += 1;
        let beside = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(char::is_ascii_lowercase);
        let (before, after) = (beside(at.checked_sub(1)), beside(Some(at + 1)));
        let counts = match script {
            "Greek" if letter.is_uppercase() => after && LIKE_LATIN.contains(&letter),
            "Greek" => before && after && LIKE_LATIN.contains(&letter),
            _ => is_potential_mixed_script_confusable_char(letter),
        };
        if counts && !found.iter().any(|(own, _)| *own == letter) {
            found.push((letter, script));
        }
    }
    if latin < 2 || others >= latin {
        found.clear();
    }
    found
}

/// Greek letters that print like Latin ones.
const LIKE_LATIN: [char; 19] =
    ['ο', 'ν', 'ι', 'υ', 'α', 'Α', 'Β', 'Ε', 'Ζ', 'Η', 'Ι', 'Κ', 'Μ', 'Ν', 'Ο', 'Ρ', 'Τ', 'Υ', 'Χ'];

const fn script(letter: char) -> Option<&'static str> {
    match letter {
        '\u{400}'..='\u{52f}' => Some("Cyrillic"),
        '\u{370}'..='\u{3ff}' => Some("Greek"),
        '\u{531}'..='\u{587}' => Some("Armenian"),
        '\u{13a0}'..='\u{13fd}' => Some("Cherokee"),
        _ => None,
    }
}

/// True for characters that take no room: zero-width spaces and joiners, controls of direction.
pub(super) const fn is_unseen(letter: char) -> bool {
    matches!(
        letter,
        '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_other_alphabets_are_seen_in_latin_words() {
        for word in ["pla\u{441}ebo", "b\u{43e}ne", "s\u{3bf}re", "\u{392}one"] {
            assert_eq!(impostors(word).len(), 1, "{word}");
        }
    }

    #[test]
    fn names_units_and_other_languages_are_left_alone() {
        for word in ["TNFα", "IFNγ", "NFκB", "μg", "ΔFosB", "β", "кость", "λmax", "naïve", "αMSH", "µmol"]
        {
            assert_eq!(impostors(word), [], "{word}");
        }
    }
}
