//! The search against a plain one that tries every phrase at every word, and its memory against a fresh one.

use super::super::tests::{lexicon, with_view};
use super::*;
use crate::lexicon::Lexicon;
use proptest::prelude::*;

/// Phrases of every kind of step, over few words so that most of them nearly fit.
const PHRASES: &[&str] = &[
    "a",
    "(a|b)",
    "a b",
    "a (b|c d|e) [(a|b)] c",
    "(a b|c|d e|a c d)",
    "a !(b|c) d",
    "(a|b) ...2 (c|d e)",
    "a ...3",
    "text:((a|b) [c]) d",
    "({percent}|<medicine>) (a|of b)",
    "{percent} of [(a|b)] <medicine>",
    "<medicine> , a",
    "^ a [b] c",
    "b c $",
    "=A b",
    "b* c",
    "[a] b (c|[d] e)",
    "\"(\" a \")\"",
];

fn set(lexicon: &mut Lexicon) -> PatternSet {
    let mut set = PatternSet::new();
    let ids: Vec<PatternId> = PHRASES.iter().map(|phrase| set.add(phrase, lexicon).unwrap()).collect();
    // the first stands beside another, the second anywhere in its article
    set.follow([ids[2]], &[ids[0]], false);
    set.follow([ids[3]], &[ids[1]], true);
    set.finish(lexicon);
    set
}

/// Each phrase at each word, with nothing known beforehand.
fn plain(set: &PatternSet, view: &View<'_>) -> Vec<Match> {
    let mut found = Vec::new();
    for (number, program) in (0..).zip(set.programs.clone()) {
        let mut from = 0;
        while from < view.pieces.len() {
            let mut search = Search::default();
            search.grow(program.len() * (view.pieces.len() + 1));
            let start = from;
            from += 1;
            // silent marks are passed over by what begins behind them
            let silent = view.pieces[start].silent;
            let Some(end) = set.attempt(&program, start, view, &mut search).filter(|_| !silent) else { continue };
            let reaches = set.opening(number as usize, &program).unwrap().reaches;
            let words = trim(view, start..end, reaches);
            if !words.is_empty() {
                let captures = search.captures(view, &set.names, reaches);
                found.push(Match { pattern: PatternId(number), words, captures });
            }
            from = end.max(from);
        }
    }
    found
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    let word = prop::sample::select(vec![
        "a", "b", "c", "d", "e", "A", "bb", "of", "5%", "ketamine", ",", "(", ")", "“", "”", ";", "-",
    ]);
    let text = prop::collection::vec(word, 1..90).prop_map(|words| words.join(" "));
    prop::collection::vec(text, 1..4)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn filters_and_memory_change_nothing(texts in texts()) {
        let mut lexicon = lexicon();
        let set = set(&mut lexicon);
        let mut search = Search::default();
        let (mut found, mut expected) = (Vec::new(), Vec::new());
        for text in &texts {
            with_view(&lexicon, text, |view| {
                found.push(set.find(view, &mut search));
                expected.push(plain(&set, view));
            });
        }
        let followers = set.followers(found.iter().flatten());
        for (text, found) in texts.iter().zip(&mut found) {
            if let Some(followers) = &followers {
                with_view(&lexicon, text, |view| found.extend(set.matches_of(followers, view, &mut search)));
                found.sort_by_key(|found| found.pattern);
            }
        }
        let has = |found: &[Match], number: u32| found.iter().any(|one| one.pattern == PatternId(number));
        let far = expected.iter().any(|found| has(found, 3));
        for (found, mut expected) in found.into_iter().zip(expected) {
            let near = has(&expected, 2);
            expected.retain(|one| match one.pattern.0 {
                0 => near,
                1 => far,
                _ => true,
            });
            prop_assert_eq!(found, expected);
        }
    }
}

#[test]
fn a_short_statement_behind_a_long_one_leaves_nothing_behind() {
    let mut lexicon = lexicon();
    let mut set = PatternSet::new();
    for phrase in ["a b", "e (a c|b d|c e|d f|e g|b b b|c c c|d d d)"] {
        set.add(phrase, &mut lexicon).unwrap();
    }
    set.finish(&lexicon);
    let long = format!("{}a b", "c ".repeat(80));
    let mut search = Search::default();
    with_view(&lexicon, &long, |view| assert_eq!(set.find(view, &mut search).len(), 1));
    for _ in 0..2 {
        with_view(&lexicon, "e b d", |view| assert_eq!(set.find(view, &mut search).len(), 1));
    }
}
