//! What the words around a number make of it: a number, a pronoun, a part of a name, a score.
//!
//! Takes an amount that was read and the text around it. Decides; builds nothing.

use super::amount::{Amount, Scene};
use super::{QuantityKind, age, bound, frequency, relation};
use crate::grammar::number::{Form, gap, is_gap, one_word};
use nom::Parser;
use nom::sequence::preceded;

/// True when "a week" is a length of time, not "40 hours a week".
pub(super) fn stands_alone(scene: Scene<'_>, at: usize, floor: usize) -> bool {
    if one_word(scene.from(at), &["a", "an"]).is_err() {
        return true;
    }
    let before = scene.before(at);
    let Some((start, word)) = bound::words_back(before).next() else {
        return floor < at || floor == 0;
    };
    if start < floor {
        return false;
    }
    matches!(
        word.as_str(),
        "for"
            | "in"
            | "within"
            | "after"
            | "over"
            | "about"
            | "around"
            | "than"
            | "to"
            | "nearly"
            | "almost"
            | "least"
            | "most"
            | "until"
            | "through"
            | "under"
            | "lasts"
            | "lasting"
            | "last"
            | "lasted"
            | "takes"
            | "taking"
            | "take"
            | "took"
            | "spend"
            | "spent"
            | "is"
            | "was"
            | "of"
            | "or"
            | "and"
            | "by"
            | "from"
            | "just"
            | "only"
            | "past"
            | "wait"
            | "during"
            | "throughout"
            | "every"
            | "approximately"
            | "roughly"
            | "between"
            | "up"
            | "before"
            | "once"
            | "be"
            | "with"
            | "half"
            | "not"
            | "but"
            | "even"
    )
}

/// True when a bare number in words is a number and no pronoun or part of a name.
pub(super) fn counts(scene: Scene<'_>, found: &Amount, at: usize) -> bool {
    let rest = scene.from(found.end());
    let number = &found.low.number;
    let next = preceded(gap, crate::grammar::number::word).parse(rest).ok();
    let next = next.as_ref().map_or("", |(_, word)| word.as_str());
    let previous = bound::words_back(scene.before(at)).next();
    let previous = previous.as_ref().map_or("", |(_, word)| word.as_str());
    // "only one dose" counts, "the only one" does not
    let only = previous == "only" && {
        let mut words = bound::words_back(scene.before(at)).skip(1);
        next.is_empty() || words.next().is_some_and(|(_, word)| matches!(word.as_str(), "the" | "an" | "my" | "your"))
    };
    if number.form == Form::ArticleFraction {
        return matches!(next, "of" | "as" | "more" | "less")
            || rest.trim_start_matches(is_gap).is_empty()
            || rest.starts_with([',', '.', ';', ')'])
            || rest.trim_start_matches(is_gap).starts_with('(');
    }
    if number.form == Form::Fraction && number.parts == Some((1.0, 2.0)) {
        return !rest.starts_with(['-', '\u{2011}'])
            && !matches!(previous, "first" | "second" | "other" | "better" | "latter" | "and")
            && !matches!(
                next,
                "life" | "lives" | "way" | "time" | "brother" | "sister" | "asleep" | "full" | "empty" | "hearted"
            );
    }
    if found.high.is_none()
        && number.value == 1.0
        && number.form == Form::Words
        && relation::share(scene, found).is_none()
        && frequency::counted(scene, found).is_none()
        && relation::fold(scene, found).is_none()
    {
        return !(only
            || rest.starts_with(['\'', '\u{2019}', '-'])
            || matches!(
                previous,
                "the"
                    | "that"
                    | "this"
                    | "no"
                    | "any"
                    | "every"
                    | "each"
                    | "which"
                    | "another"
                    | "some"
                    | "as"
                    | "by"
                    | "or"
                    | "right"
                    | "wrong"
                    | "good"
                    | "bad"
                    | "new"
                    | "best"
                    | "first"
                    | "last"
                    | "next"
                    | "same"
                    | "for"
                    | "not"
                    | "if"
            )
            || matches!(
                next,
                "of" | "another"
                    | "can"
                    | "may"
                    | "might"
                    | "could"
                    | "should"
                    | "would"
                    | "will"
                    | "must"
                    | "is"
                    | "was"
                    | "has"
                    | "had"
                    | "who"
                    | "that"
                    | "you"
                    | "which"
                    | "to"
                    | "or"
                    | "and"
                    | "day"
                    | "needs"
                    | "cannot"
                    | "does"
                    | "thing"
                    | "way"
                    | "reason"
                    | "such"
                    | "size"
                    | "might've"
                    | "on"
                    | "more"
                    | "with"
                    | "i"
                    | "we"
                    | "they"
                    | "s"
                    | "time"
                    | "hand"
                    | "side"
            )
            || next.is_empty() && !rest.is_empty());
    }
    true
}

/// Bare digits that are no count: a level of confidence, digits glued to letters, a score.
pub(super) fn unlike_count(scene: Scene<'_>, found: &Amount, at: usize) -> Option<usize> {
    let end = found.end();
    let rest = scene.from(end);
    let token = end + rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    let letters_follow = rest.starts_with(|next: char| next.is_alphabetic() || next == '_');
    if letters_follow && relation::fold(scene, found).is_none() && age::behind(found, rest).is_err() {
        return Some(token);
    }
    // "5-HT", "5-fluorouracil", "20-item"
    let hyphened = rest
        .strip_prefix(['-', '\u{2010}', '\u{2011}', '\u{2013}'])
        .is_some_and(|tail| tail.starts_with(char::is_alphabetic));
    if hyphened
        && relation::fold(scene, found).is_none()
        && frequency::counted(scene, found).is_none()
        && age::behind(found, rest).is_err()
    {
        let hanging = rest.get(1..).is_some_and(|tail| one_word(tail, &["to", "or", "and"]).is_ok());
        return (!hanging).then_some(token.max(end + 1));
    }
    // 5–4 is a score
    if let Some(high) = &found.high
        && found.dashed
        && high.number.value < found.low.number.value
    {
        return Some(end);
    }
    let dash_follows =
        rest.starts_with(['-', '\u{2013}']) && rest.chars().nth(1).is_some_and(|next| next.is_ascii_digit());
    let year_pair = found.high.is_none() && dash_follows && found.low.number.digits == 4;
    let _ = at;
    year_pair.then(|| token.max(end + 1))
}

/// True when "over" before a length of time means "during".
pub(super) fn over_is_during(scene: Scene<'_>, first: usize, start: usize, ranged: bool) -> bool {
    let Some(words) = scene.text.get(first..start) else { return false };
    if !words.trim_end_matches(is_gap).eq_ignore_ascii_case("over") {
        return false;
    }
    let previous = bound::words_back(scene.before(first)).next();
    let previous = previous.as_ref().map_or("", |(_, word)| word.as_str());
    ranged
        || !matches!(
            previous,
            "for"
                | "takes"
                | "take"
                | "took"
                | "lasts"
                | "last"
                | "lasted"
                | "lasting"
                | "is"
                | "was"
                | "of"
                | "are"
                | "be"
                | "been"
        )
}

/// True when a plain word follows that a bare number may count ("over 65 patients").
pub(super) fn counted_noun(rest: &str) -> bool {
    preceded(gap, crate::grammar::number::word).parse(rest).is_ok_and(|(_, word)| {
        !matches!(
            word.as_str(),
            "and"
                | "or"
                | "who"
                | "with"
                | "in"
                | "at"
                | "are"
                | "is"
                | "should"
                | "may"
                | "can"
                | "to"
                | "have"
                | "had"
                | "were"
                | "was"
                | "on"
                | "for"
                | "as"
                | "must"
                | "do"
                | "will"
                | "by"
                | "unless"
                | "because"
                | "but"
                | "need"
                | "without"
        )
    })
}

/// "95%" of "95% CI", "95% confidence interval".
pub(super) fn confidence_level(scene: Scene<'_>, found: &Amount) -> bool {
    let percent = found.unit().is_some_and(|unit| unit.kind == QuantityKind::Percent);
    let rest = scene.from(found.end()).trim_start_matches(|letter: char| is_gap(letter) || letter == '-');
    percent
        && one_word(rest, &["ci", "cis", "cri", "confidence", "credible", "credibility", "uncertainty", "prediction"])
            .is_ok()
}

/// "40-25 mg": two drugs of one tablet, no range.
pub(super) fn combination(found: &Amount) -> bool {
    let dose = found.unit().is_some_and(|unit| matches!(unit.kind, QuantityKind::Dose));
    dose && found.dashed && found.high.as_ref().is_some_and(|high| high.number.value < found.low.number.value)
}
