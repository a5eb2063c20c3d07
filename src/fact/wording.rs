//! Words of two statements held against each other: what carries content, without endings.
//!
//! For comparing words of one article with each other, never with data: the stems are no words of any dictionary.

use super::subject::Ground;
use crate::document::Document;
use crate::lexicon::{WordKind, fold};
use crate::statement::Statement;
use std::ops::Range;

/// Words of a statement that carry content, folded, with their places. `plain`: words that do not, sorted.
pub fn content<'s>(
    document: &'s Document,
    statement: &'s Statement,
    words: Range<usize>,
    plain: &'s [String],
) -> impl Iterator<Item = (usize, String)> + use<'s> {
    let end = words.end.min(statement.words.len());
    (words.start..end).filter_map(move |place| {
        let word = statement.words.get(place).filter(|word| word.kind == WordKind::Word)?;
        let folded = fold(statement.prose(document, word.range.clone())).into_owned();
        let folded = folded.strip_suffix("'s").map_or(folded.clone(), str::to_owned);
        let long = folded.chars().count() > 2;
        (long && plain.binary_search(&folded).is_err()).then_some((place, folded))
    })
}

/// A word without the endings of number and tense: "eased", "ease" and "easing" are one.
pub fn stem(word: &str) -> String {
    let cut = |ending: &str| word.strip_suffix(ending).filter(|rest| rest.chars().count() > 2);
    if let Some(rest) = cut("ies").or_else(|| cut("ied")) {
        return format!("{rest}y");
    }
    let rest = ["ing", "ed", "es"].into_iter().find_map(cut).or_else(|| {
        let kept = word.ends_with("ss") || word.ends_with("us") || word.ends_with("is");
        if kept { None } else { cut("s") }
    });
    let rest = rest.unwrap_or(word);
    let rest = rest.strip_suffix('e').filter(|short| short.chars().count() > 2).unwrap_or(rest);
    // stopped, stopping
    let mut letters = rest.chars().rev();
    match (letters.next(), letters.next()) {
        (Some(last), Some(other)) if last == other && rest.len() < word.len() && !matches!(last, 'l' | 's') => {
            rest.strip_suffix(last).unwrap_or(rest).to_owned()
        }
        _ => rest.to_owned(),
    }
}

/// True when a condition does not bear on some words: it only says that one takes what is spoken of ("if you take
/// warfarin"), or ends two clauses before them ("if that fails, it is raised, and the most is 200 mg").
pub fn is_free(ground: &Ground<'_>, statement: &Statement, words: &Range<usize>) -> bool {
    let clause = |place: usize| statement.clauses.iter().position(|clause| clause.contains(&place));
    let Some(own) = clause(words.start) else { return false };
    let treatment = ground.lexicon.class("treatment");
    !statement.conditions.is_empty()
        && statement.conditions.iter().all(|condition| {
            let far = clause(condition.end.saturating_sub(1)).is_some_and(|last| last + 2 <= own);
            let mut content = ground.content(statement, condition.clone());
            let trivial = content.all(|(place, word)| {
                let mut own = statement.entities.iter().filter(|entity| entity.words.contains(&place));
                own.any(|entity| treatment.is_some_and(|class| ground.lexicon.is_a(entity.entry, class)))
                    || ground.frames.words.conditions.binary_search(&word).is_ok()
            });
            far || trivial && condition.len() <= 6
        })
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn forms_of_one_word_have_one_stem() {
        for forms in [
            &["ease", "eased", "eases", "easing"][..],
            &["flush", "flushes"],
            &["therapy", "therapies"],
            &["stop", "stopped", "stopping", "stops"],
            &["dose", "doses", "dosing"],
        ] {
            let stems: Vec<String> = forms.iter().map(|form| stem(form)).collect();
            assert!(stems.windows(2).all(|pair| pair[0] == pair[1]), "{forms:?} gave {stems:?}");
        }
    }

    #[test]
    fn words_of_other_meaning_are_kept_apart() {
        for (one, two) in [("virus", "vir"), ("diabetes", "diet"), ("loss", "lose"), ("universe", "university")] {
            assert_ne!(stem(one), stem(two));
        }
    }
}
