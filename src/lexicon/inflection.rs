//! Inflected forms of English words, made by rule and from the list of irregular ones.
//!
//! `word~` in a phrase stands for all of them. Forms are made from the base form, never undone from the text, so
//! that "universe" and "university" stay two words.

use super::data::Irregular;
use super::vocabulary::FastMap;
use serde::{Deserialize, Serialize};

/// Forms of words.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Inflections {
    irregular: FastMap<String, Vec<String>>,
    /// Of an irregular form its base form.
    bases: FastMap<String, String>,
}

impl Inflections {
    /// With a list of irregular words.
    pub fn new(irregular: &[Irregular]) -> Self {
        let pairs =
            irregular.iter().flat_map(|entry| entry.forms.iter().map(|form| (form.clone(), entry.word.clone())));
        let bases = pairs.collect();
        Self { irregular: irregular.iter().map(|entry| (entry.word.clone(), entry.forms.clone())).collect(), bases }
    }

    /// The base form of an irregular form; none of any other word.
    pub fn base(&self, form: &str) -> Option<&str> {
        self.bases.get(form).map(String::as_str)
    }

    /// The plurals of a noun that no rule makes; none for all others. A word with an -ing form is a verb.
    pub fn irregular_plurals(&self, word: &str) -> &[String] {
        match self.irregular.get(word) {
            Some(forms) if !forms.iter().any(|form| form.ends_with("ing")) => forms,
            _ => &[],
        }
    }

    /// The word itself and all its forms: plural or third person, possessive, past, participle.
    pub fn all(&self, word: &str) -> Vec<String> {
        if let Some(forms) = self.irregular.get(word) {
            return std::iter::once(word.to_owned()).chain(forms.iter().cloned()).collect();
        }
        if !word.chars().next_back().is_some_and(char::is_alphabetic) {
            return vec![word.to_owned()];
        }
        vec![word.to_owned(), with_s(word), format!("{word}'s"), with_suffix(word, "ed"), with_suffix(word, "ing")]
    }
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// Letters before the last one, and the last two letters.
fn tail(word: &str) -> (Option<char>, Option<char>, Option<char>) {
    let mut back = word.chars().rev();
    let last = back.next();
    let before = back.next();
    (back.next(), before, last)
}

fn with_s(word: &str) -> String {
    let (_, before, last) = tail(word);
    match (before, last) {
        (Some(before), Some('y')) if !is_vowel(before) => format!("{}ies", word.trim_end_matches('y')),
        (_, Some('s' | 'x' | 'z')) | (Some('c' | 's'), Some('h')) => format!("{word}es"),
        _ => format!("{word}s"),
    }
}

fn with_suffix(word: &str, suffix: &str) -> String {
    let (third, before, last) = tail(word);
    match (third, before, last) {
        (_, Some(before), Some('e')) if before != 'e' || suffix == "ed" => {
            if before == 'i' && suffix == "ing" {
                format!("{}ying", word.trim_end_matches("ie"))
            } else {
                format!("{}{suffix}", word.strip_suffix('e').unwrap_or(word))
            }
        }
        (_, Some(before), Some('y')) if !is_vowel(before) && suffix == "ed" => {
            format!("{}ied", word.trim_end_matches('y'))
        }
        (Some(third), Some(before), Some(last)) if doubles(word, third, before, last) => {
            format!("{word}{last}{suffix}")
        }
        _ => format!("{word}{suffix}"),
    }
}

/// A final consonant doubles after one short vowel in a word of one syllable (stop, stopped); longer words that
/// double stand in the irregulars.
fn doubles(word: &str, third: char, before: char, last: char) -> bool {
    let vowels = word.chars().filter(|letter| is_vowel(*letter)).count();
    vowels == 1 && !is_vowel(third) && is_vowel(before) && !is_vowel(last) && !matches!(last, 'w' | 'x' | 'y')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_made_by_rule() {
        let forms = |word: &str| Inflections::default().all(word).join(" ");
        assert_eq!(forms("study"), "study studies study's studied studying");
        assert_eq!(forms("stop"), "stop stops stop's stopped stopping");
        assert_eq!(forms("reduce"), "reduce reduces reduce's reduced reducing");
        assert_eq!(forms("relax"), "relax relaxes relax's relaxed relaxing");
        assert_eq!(forms("show"), "show shows show's showed showing");
    }
}
