//! Phrases grouped by what they find, phrases that must not compile, and the round trip.

#![allow(clippy::string_slice)]

use super::parse;
use super::*;
use crate::grammar::quantity::{Bound, Quantity, QuantityKind};
use crate::lexicon::{ClassEntry, Data, Irregular, NamedList, Word, WordEntry, WordKind, pieces};
use proptest::prelude::*;

pub(super) fn lexicon() -> Lexicon {
    let class = |name: &str, of: &[&str]| ClassEntry {
        name: name.to_owned(),
        of: of.iter().map(|name| (*name).to_owned()).collect(),
    };
    let word = |name: &str, class: &str| WordEntry {
        name: name.to_owned(),
        class: class.to_owned(),
        alias: Vec::new(),
        kind_of: Vec::new(),
        never_same: Vec::new(),
        imply: std::collections::BTreeMap::new(),
        ambiguous: false,
        domain: None,
        source: None,
    };
    Lexicon::new(Data {
        class: vec![class("treatment", &[]), class("medicine", &["treatment"]), class("journal", &[])],
        word: vec![word("folic acid", "medicine"), word("yoga", "treatment"), word("Quiet Review", "journal")],
        list: vec![NamedList {
            name: "person".to_owned(),
            words: vec!["nurses".to_owned(), "school nurses".to_owned()],
        }],
        irregular: vec![Irregular { word: "take".to_owned(), forms: vec!["takes".to_owned(), "took".to_owned()] }],
        ..Data::default()
    })
    .unwrap()
}

/// Durations are digits with "minutes", perhaps after "over" or "about"; years are four digits.
fn quantities(text: &str, words: &[Word]) -> Vec<Quantity> {
    let mut found = Vec::new();
    let at = |index: usize| words.get(index).map_or("", |word| &text[word.range.clone()]);
    for (index, word) in words.iter().enumerate() {
        let written = at(index);
        if !written.bytes().all(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let minutes = at(index + 1) == "minutes";
        let bound = index > 0 && matches!(at(index - 1), "over" | "about");
        let start = if bound { words[index - 1].range.start } else { word.range.start };
        let end = if minutes { words[index + 1].range.end } else { word.range.end };
        let kind = match (minutes, written.len()) {
            (true, _) => QuantityKind::Duration,
            (false, 4) => QuantityKind::Date,
            _ => QuantityKind::Count,
        };
        found.push(Quantity {
            kind,
            low: 0.0,
            high: 0.0,
            unit: None,
            printed_unit: None,
            bound: Bound::Exact,
            decimals: 0,
            low_step: 1.0,
            high_step: 1.0,
            parts: None,
            fuzzy: false,
            range: start..end,
            number: word.range.clone(),
        });
    }
    found
}

fn read(text: &str, lexicon: &Lexicon) -> Vec<Word> {
    pieces(text)
        .map(|range| {
            let written = &text[range.clone()];
            let kind = if written.chars().all(char::is_alphanumeric) || written.contains('\'') {
                WordKind::Word
            } else {
                WordKind::Mark
            };
            Word { range, kind, token: lexicon.vocabulary().token(written) }
        })
        .collect()
}

/// Everything that the phrases find in a text, clauses ending at semicolons.
fn search(phrases: &[&str], text: &str) -> Vec<Match> {
    let mut lexicon = lexicon();
    let mut set = PatternSet::new();
    for phrase in phrases {
        set.add(phrase, &mut lexicon).unwrap_or_else(|error| panic!("{phrase}: {error}"));
    }
    search_with(set, &lexicon, text)
}

fn search_with(mut set: PatternSet, lexicon: &Lexicon, text: &str) -> Vec<Match> {
    set.finish(lexicon);
    with_view(lexicon, text, |view| set.find(view, &mut Search::default()))
}

/// A text as phrases see it.
pub(super) fn with_view<T>(lexicon: &Lexicon, text: &str, look: impl FnOnce(&View<'_>) -> T) -> T {
    let words = read(text, lexicon);
    let mut clauses = Vec::new();
    let mut start = 0;
    for (at, word) in words.iter().enumerate() {
        if &text[word.range.clone()] == ";" {
            clauses.push(start..at + 1);
            start = at + 1;
        }
    }
    clauses.push(start..words.len());
    let mut entities = Vec::new();
    lexicon.find(
        words.len(),
        |at| (words[at].token, &text[words[at].range.clone()]),
        |hit| entities.push((hit.entry, hit.start..hit.end)),
    );
    let quantities = quantities(text, &words);
    look(&View::new(lexicon, text, &words, &quantities, entities.into_iter(), &clauses))
}

fn shown(text: &str, words: Range<usize>) -> String {
    let all: Vec<Range<usize>> = pieces(text).collect();
    match (all.get(words.start), all.get(words.end - 1)) {
        (Some(first), Some(last)) => text[first.start..last.end].to_owned(),
        _ => String::new(),
    }
}

/// The texts that one phrase finds.
fn found(phrase: &str, text: &str) -> Vec<String> {
    search(&[phrase], text).into_iter().map(|hit| shown(text, hit.words)).collect()
}

#[test]
fn a_phrase_compiled_beforehand_finds_what_it_finds_when_compiled_anew() {
    let text = "Yoga took about 40 minutes; the nurses were dizzy in 1990, say nurses.";
    let phrases = ["@person", "<treatment> take~ ...2 {duration}", "dizz* in {year}", "=Yoga", "@person", "the nurses"];
    let mut lexicon = lexicon();
    let mut set = PatternSet::new();
    // one that nobody asks for, and none that is no phrase
    set.prepare("minutes", &mut lexicon).unwrap();
    set.prepare("(a", &mut lexicon).unwrap_err();
    for phrase in phrases.iter().take(5) {
        set.prepare(phrase, &mut lexicon).unwrap();
    }
    let mut set = PatternSet::unpack(set.pack().unwrap().leak()).unwrap();
    for (number, phrase) in (0..).zip(phrases) {
        assert_eq!(set.add(phrase, &mut lexicon).unwrap(), PatternId(number), "{phrase}");
    }
    let found = search_with(set, &lexicon, text);
    assert_eq!(found.len(), 8, "{found:?}");
    assert_eq!(found, search(&phrases, text));
}

#[test]
fn words_are_found_in_their_forms() {
    for (phrase, text, finds) in [
        ("studies show", "Many STUDIES show it.", "STUDIES show"),
        ("don't", "They don’t.", "don’t"),
        ("last~", "It lasted long.", "lasted"),
        ("take~", "It took long.", "took"),
        ("dizz*", "Some dizziness follows.", "dizziness"),
        ("di* spell~", "Her dizzy spells", "dizzy spells"),
        ("=MS", "She has MS.", "MS"),
        ("\"[source]\"", "It works [source].", "[source]"),
        ("100 %", "It is 100% safe", "100%"),
        ("take~ {duration}", "It takes about 40 minutes.", "takes about 40 minutes"),
        ("approved in {year}", "It was approved in 1990.", "approved in 1990"),
        ("{number} people", "For about 12 people", "about 12 people"),
        ("<medicine>", "Folic acid helps.", "Folic acid"),
        ("<treatment> help~", "Folic acid helps.", "Folic acid helps"),
    ] {
        assert_eq!(found(phrase, text), [finds], "{phrase} in {text}");
    }
    for (phrase, text) in [
        ("universe~", "the university"),
        ("=MS", "as Ms Roe said"),
        ("\"[source]\"", "the source"),
        ("approved in {year}", "approved in 12"),
        ("<medicine>", "Yoga helps"),
        ("studies show", "studies, show"),
        ("{duration}", "in 1990"),
    ] {
        assert_eq!(found(phrase, text), [""; 0], "{phrase} in {text}");
    }
}

#[test]
fn alternatives_options_and_gaps() {
    for (phrase, text, finds) in [
        ("(safe|safe and effective)", "It is safe and effective.", "safe and effective"),
        ("(no (known|common) risk~|harmless)", "It has no known risks", "no known risks"),
        ("a [very [very]] small", "a very small", "a very small"),
        ("a [very|quite] small", "a small", "a small"),
        ("a [...2] small", "a small", "a small"),
        ("cure [for ...3]", "a cure for all our many ills", "cure for all our many"),
        ("cure [for ...9]", "a cure for ills, pains (x); and", "cure for ills, pains (x"),
        ("cure ...9", "a cure, he said.", "cure, he said"),
        ("cure [of ...2] [all] pain", "a cure of some pain", "cure of some pain"),
        ("p < .", "with p < .05", "p < ."),
        ("cure~ !(all|rate~)", "a cure for it", "cure"),
        ("infusion ... takes", "each infusion of it usually takes", "infusion of it usually takes"),
        ("infusion ... takes", "infusion (if any), then, takes", "infusion (if any), then, takes"),
        ("a ...1 minute", "a 40 minutes minute", "a 40 minutes minute"),
        ("studies ... show", "studies show; studies show", "studies show"),
        ("a ... b ... c", "a x b y c z c", "a x b y c"),
        ("^ studies", "“Studies show", "Studies"),
        ("show $", "studies show.”", "show"),
        ("infused over {duration}", "infused over 40 minutes", "infused over 40 minutes"),
    ] {
        assert_eq!(found(phrase, text).first().map(String::as_str), Some(finds), "{phrase} in {text}");
    }
    for (phrase, text) in [
        ("cure~ !(all|rate~)", "a cure-all"),
        ("cure~ !(all|rate~)", "cure rates"),
        ("infusion ... takes", "infusion; it takes"),
        ("infusion ...2 takes", "infusion of it usually takes"),
        ("^ show", "studies show"),
        ("studies $", "studies show"),
    ] {
        assert_eq!(found(phrase, text), [""; 0], "{phrase} in {text}");
    }
}

#[test]
fn a_compound_and_its_words_are_one() {
    for phrase in ["fast-acting drug~", "fast acting drug~"] {
        for text in ["fast-acting drugs", "fast\u{2011}acting drugs", "fast acting drugs", "“fast” acting drugs"] {
            assert_eq!(found(phrase, text), [text.trim_start_matches('“')], "{phrase} in {text}");
        }
        assert_eq!(found(phrase, "fast - acting drugs"), [""; 0]);
    }
}

#[test]
fn captures_name_what_they_took() {
    let text = "In 1990 a study in Quiet Review found relief.";
    let hit = &search(&["{year} ... source:(<journal>) ... what:(relief|harm)"], text)[0];
    let captures: Vec<_> =
        hit.captures.iter().map(|(name, words)| (name.to_string(), shown(text, words.clone()))).collect();
    let expected = [("year", "1990"), ("journal", "Quiet Review"), ("source", "Quiet Review"), ("what", "relief")];
    assert_eq!(captures, expected.map(|(name, text)| (name.to_owned(), text.to_owned())));
    assert_eq!(hit.capture("nothing"), None);
}

#[test]
fn matches_are_sorted_by_phrase_and_do_not_overlap() {
    let hits = search(&["b", "a a", "a"], "a a a b a");
    let shown: Vec<_> = hits.iter().map(|hit| (hit.pattern.0, hit.words.clone())).collect();
    assert_eq!(shown, [(0, 3..4), (1, 0..2), (2, 0..1), (2, 1..2), (2, 2..3), (2, 4..5)]);
}

#[test]
fn a_broken_phrase_says_where_and_why() {
    for (phrase, at, reason) in [
        ("", 0..0, Reason::Empty),
        ("  ", 0..2, Reason::Empty),
        ("a (b|c", 2..3, Reason::Unclosed('(')),
        ("a [b", 2..3, Reason::Unclosed('[')),
        ("a {percent", 2..3, Reason::Unclosed('{')),
        ("a \"b", 2..3, Reason::Unclosed('"')),
        ("a b)", 3..4, Reason::Unopened(')')),
        ("(a]", 2..3, Reason::Unopened(']')),
        ("a (b|)", 5..6, Reason::EmptyAlternative),
        ("a ()", 3..4, Reason::EmptyAlternative),
        ("a <drug>", 3..7, Reason::UnknownClass("drug".to_owned())),
        ("a @persons b", 3..10, Reason::UnknownList("persons".to_owned())),
        ("{percents} of", 1..9, Reason::UnknownQuantity("percents".to_owned())),
        ("... a", 0..3, Reason::GapAtStart),
        ("[a] (b|... c)", 7..10, Reason::GapAtStart),
        ("a ...0 b", 2..6, Reason::GapLength),
        ("a ...99 b", 2..7, Reason::GapLength),
        ("a !b", 2..3, Reason::Stray('!')),
        ("a ~b", 2..3, Reason::Stray('~')),
        ("a | b", 2..3, Reason::Stray('|')),
        ("a !(b ... c)", 2..12, Reason::InNegation),
        ("a ^ b", 2..3, Reason::Anchor('^')),
        ("a $ b", 2..3, Reason::Anchor('$')),
        ("[a] [b]", 0..7, Reason::NothingFixed),
        ("!(a)", 0..4, Reason::NothingFixed),
    ] {
        let error = PatternSet::new().add(phrase, &mut lexicon()).expect_err(phrase);
        assert_eq!((error.range, error.reason), (at, reason), "{phrase}");
    }
    let deep = "(".repeat(100_000);
    assert_eq!(PatternSet::new().add(&deep, &mut lexicon()).unwrap_err().reason, Reason::TooLarge);
}

#[test]
fn many_ways_through_a_phrase_cost_no_more_than_one() {
    let phrase = format!("start {} end", "[a] ...9 [a] ".to_owned() + &"[a] [a b] ".repeat(200));
    let text = format!("start {}", "a b a ".repeat(400));
    assert_eq!(found(&phrase, &text), [""; 0]);
}

fn nodes() -> impl Strategy<Value = parse::Node<'static>> {
    use parse::Node;
    let word = "[a-z]{1,6}(-[a-z]{1,4})?('s)?";
    let leaf = prop_oneof![
        word.prop_map(|word| Node::Word(word.leak())),
        word.prop_map(|word| Node::Inflected(word.leak())),
        "[a-z]{2,6}".prop_map(|word| Node::Prefix(word.leak())),
        "[A-Za-z]{1,6}".prop_map(|word| Node::Cased(word.leak())),
        "[a-z\\[\\].,(]{1,8}".prop_map(|text| Node::Literal(text.leak())),
        Just(Node::Quantity("percent")),
        Just(Node::Class("medicine")),
        Just(Node::List("person")),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let sequence =
            (prop::collection::vec(inner.clone(), 2..4), 1..9_u8, any::<bool>()).prop_map(|(nodes, gap, wide)| {
                let mut parts = Vec::new();
                for (index, node) in nodes.into_iter().enumerate() {
                    if index > 0 && wide {
                        parts.push(Node::Gap(gap));
                    }
                    match node {
                        Node::Sequence(inner) => parts.extend(inner),
                        node => parts.push(node),
                    }
                }
                Node::Sequence(parts)
            });
        let optional = prop::collection::vec(inner.clone(), 1..3).prop_map(|mut nodes| {
            let one = if nodes.len() == 1 { nodes.pop() } else { None };
            Node::Optional(Box::new(one.unwrap_or(Node::Choice(nodes))))
        });
        prop_oneof![
            sequence,
            optional,
            prop::collection::vec(inner.clone(), 1..4).prop_map(Node::Choice),
            prop::collection::vec(inner, 1..3).prop_map(|nodes| Node::Capture("name", Box::new(Node::Choice(nodes)))),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_phrase_survives_printing(node in nodes()) {
        let printed = format!("start {node}");
        let read = parse::phrase(&printed);
        prop_assert_eq!(read.map(|node| node.to_string()), Ok(printed));
    }

    #[test]
    fn no_phrase_and_no_text_panics(phrase in "[a-c~*=\"()|!.{}<>:^$\\[\\] 5é…-]{0,24}", text in "([a-c5é “”;,.-]{0,3}){0,8}") {
        let mut lexicon = lexicon();
        match PatternSet::new().add(&phrase, &mut lexicon) {
            Ok(_) => for hit in search(&[&phrase], &text) {
                prop_assert!(hit.words.start < hit.words.end);
                prop_assert!(hit.words.end <= pieces(&text).count());
            },
            Err(error) => {
                prop_assert!(error.range.start <= error.range.end && error.range.end <= phrase.len());
                prop_assert!(phrase.get(error.range).is_some());
            }
        }
    }
}

#[test]
fn a_list_stands_for_each_of_its_entries() {
    for (phrase, text, words) in [
        ("two @person", "Two school nurses came.", &["Two school nurses"][..]),
        ("(men|@person) came", "All nurses came.", &["nurses came"]),
        ("(men|@person) came", "All men came.", &["men came"]),
        ("@person", "All doctors came.", &[]),
    ] {
        assert_eq!(found(phrase, text), words, "{phrase}: {text}");
    }
}
