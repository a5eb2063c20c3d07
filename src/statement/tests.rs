//! Sentences with the mode, hedge, negations and support that a reader would give them.

#![allow(clippy::string_slice)]

use super::*;
use crate::grammar::cue::Cues;
use crate::grammar::pattern::PatternSet;
use crate::grammar::quantity::Units;
use crate::lexicon::{Data, Lexicon};
use crate::source::{Format, Source};
use proptest::prelude::*;
use std::sync::OnceLock;

fn reader() -> &'static Reader {
    static READER: OnceLock<Reader> = OnceLock::new();
    READER.get_or_init(|| {
        let mut data = Data::default();
        for file in [
            include_str!("../../rules/lexicon/abbreviations.toml"),
            include_str!("../../rules/lexicon/classes.toml"),
            include_str!("../../rules/lexicon/cues.toml"),
            include_str!("../../rules/lexicon/irregulars.toml"),
            include_str!("../../rules/lexicon/plain.toml"),
            include_str!("../../rules/lexicon/units.toml"),
        ] {
            data.merge(toml::from_str(file).unwrap());
        }
        let words = r#"word = [
            { name = "Quiet Review", class = "journal" },
            { name = "Nature", class = "journal", ambiguous = true },
            { name = "Northern Drug Agency", class = "regulator", alias = ["=NDA"] },
            { name = "zincapril", class = "medicine" },
        ]"#;
        data.merge(toml::from_str(words).unwrap());
        let mut lexicon = Lexicon::new(data).unwrap();
        let mut patterns = PatternSet::new();
        let cues = Cues::new(&mut patterns, &mut lexicon).unwrap_or_else(|error| panic!("{error}"));
        patterns.finish(&lexicon);
        let units = Units::of(&lexicon);
        Reader::new(lexicon, units, patterns, cues)
    })
}

fn document(text: &str) -> Document {
    let source = Source::new("a.txt", text, Format::Text);
    crate::reading::read(&source, &crate::reading::Options::default(), reader().lexicon())
}

fn one(text: &str) -> (Document, Statement) {
    let document = document(text);
    let mut read = reader().read(&document);
    assert_eq!(read.len(), 1, "{text}: {read:?}");
    (document, read.remove(0))
}

#[test]
fn a_statement_has_a_mode() {
    for (mode, texts) in [
        (
            Mode::Assert,
            vec![
                "Zincapril lowers blood pressure in most people.",
                "Use of zincapril is common in older people.",
                "It works even if you have tried other drugs.",
                "People who ask for it can get it.",
                "Take-home doses are sold in boxes of ten.",
                "It is not clear when zincapril works.",
                "Sleep often follows after an hour.",
                "Zincapril is strong, and you should keep off alcohol for 48 hours.",
            ],
        ),
        (Mode::Question, vec!["Does zincapril lower blood pressure?", "“Does it really work?”"]),
        (
            Mode::Conditional,
            vec![
                "If you take zincapril every day, your blood pressure falls.",
                "Unless you are pregnant, zincapril is safe.",
                "Should you miss a dose, nothing happens to you.",
            ],
        ),
        (
            Mode::Imperative,
            vec![
                "Take one tablet every morning with food.",
                "Please ask your doctor first about other drugs.",
                "Do not take zincapril with grapefruit juice.",
                "You should never stop it without advice.",
            ],
        ),
        (
            Mode::Reported,
            vec![
                "Myth: zincapril cures all heart disease.",
                "Some people claim that zincapril cures colds.",
                "It is often claimed that zincapril cures colds.",
                "A common myth is that zincapril cures colds.",
            ],
        ),
        (Mode::Quoted, vec!["“Zincapril changed my whole life,” she says."]),
    ] {
        for text in texts {
            assert_eq!(one(text).1.mode, mode, "{text}");
        }
    }
}

#[test]
fn hedges_have_a_level_and_bounds_are_none() {
    for (level, texts) in [
        (
            0,
            vec![
                "Zincapril lowers blood pressure by about 10 points.",
                "It works for up to six hours, or at least four.",
                "It cannot cure heart disease.",
                "Take it as soon as possible after a meal.",
                "It was approved in May 1999 for adults.",
            ],
        ),
        (
            1,
            vec![
                "Zincapril may lower blood pressure.",
                "It usually works within days.",
                "The results suggest a benefit.",
                "It could help.",
            ],
        ),
        (
            2,
            vec![
                "It is not known whether zincapril works.",
                "More research is needed on zincapril.",
                "Its long-term effects remain uncertain.",
                "There is not enough evidence that it works.",
                "It is still being studied in children.",
            ],
        ),
    ] {
        for text in texts {
            assert_eq!(one(text).1.hedge, level, "{text}");
        }
    }
}

#[test]
fn a_negation_reaches_to_the_end_of_its_clause() {
    for (text, scopes) in [
        ("Zincapril is not a cure for asthma.", vec!["a cure for asthma"]),
        ("Zincapril doesn’t cure asthma, but it helps.", vec!["cure asthma"]),
        ("It is not a cure but works well.", vec!["a cure"]),
        ("It works without side effects, as trials say.", vec!["side effects"]),
        ("There is no nausea, vomiting, or headache.", vec!["nausea, vomiting, or headache"]),
        ("It is a non-addictive drug.", vec!["addictive"]),
        ("Dependence is very unlikely.", vec![]),
        ("A full cure is unlikely.", vec!["A full cure"]),
        ("It is not only safe but also cheap.", vec![]),
        ("It is not without risk.", vec![]),
        ("There is no doubt that it works.", vec![]),
        ("It treats the cause rather than the pain.", vec!["the pain"]),
        ("It no longer works.", vec!["works"]),
        ("While not a cure, it eases pain.", vec!["a cure"]),
        ("Neither drug cures it; zincapril helps.", vec!["drug cures it"]),
    ] {
        let (document, statement) = one(text);
        let found: Vec<_> = statement
            .negations
            .iter()
            .map(|negation| statement.prose(&document, statement.bytes_of(negation.scope.clone())))
            .collect();
        assert_eq!(found, scopes, "{text}");
    }
}

#[test]
fn clauses_end_at_marks_and_openers() {
    for (text, expected) in [
        ("It works; it is safe: yes", vec!["It works;", "it is safe:", "yes"]),
        ("It works — fast", vec!["It works —", "fast"]),
        ("It is fast-acting, and it is safe", vec!["It is fast-acting,", "and it is safe"]),
        ("nausea, vomiting, and headache", vec!["nausea, vomiting, and headache"]),
        ("an infusion (IV) of the drug", vec!["an infusion (IV) of the drug"]),
        ("an infusion (which takes long) of it", vec!["an infusion", "(which takes long)", "of it"]),
    ] {
        let (document, statement) = one(text);
        let found: Vec<_> = statement
            .clauses
            .iter()
            .map(|clause| statement.prose(&document, statement.bytes_of(clause.clone())))
            .collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn a_statement_carries_its_support() {
    use SupportKind::{AuthorYear, Doi, Named, Unnamed};
    for (text, expected) in [
        ("Zincapril works (Roe et al., 2019).", vec![(AuthorYear, "Roe et al., 2019")]),
        ("It works, doi:10.1000/182 says.", vec![(Doi, "doi:10.1000/182")]),
        ("A study in Quiet Review found relief.", vec![(Named, "Quiet Review")]),
        ("It works, according to Dr. Jane Roe.", vec![(Named, "Dr. Jane Roe")]),
        ("Studies show that it works.", vec![(Unnamed, "Studies show")]),
        ("A recent study found relief in adults.", vec![(Unnamed, "A recent study")]),
        ("Most experts recommend it.", vec![(Unnamed, "Most experts recommend")]),
        ("According to the NDA, it works.", vec![(Named, "NDA")]),
        ("It is approved by the NDA.", vec![]),
        ("It is the nature of the drug.", vec![]),
        ("Nature heals most colds.", vec![]),
        ("In Nature we find much that heals.", vec![]),
        ("It was published in Nature last year.", vec![(Named, "Nature")]),
        ("Zincapril lowers blood pressure.", vec![]),
    ] {
        let (document, statement) = one(text);
        let found: Vec<_> =
            statement.support.iter().map(|one| (one.kind, statement.prose(&document, one.range.clone()))).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn quantities_and_statistics_stand_where_the_block_has_them() {
    let document = document("It works. In 1999 it took 40 minutes, t(28) = 2.20, p = .03.");
    let statement = &reader().read(&document)[1];
    let shown: Vec<_> = statement.quantities.iter().map(|one| statement.prose(&document, one.range.clone())).collect();
    assert!(shown.contains(&"1999") && shown.contains(&"40 minutes"), "{shown:?}");
    assert_eq!(statement.prose(&document, statement.statistics[0].range.clone()), "t(28) = 2.20, p = .03");
}

#[test]
fn words_know_where_they_stand() {
    let (_, statement) = one("It helps if you sleep badly, “really well,” but may not cure.");
    let at = |text: &str| {
        let (document, _) = one("It helps if you sleep badly, “really well,” but may not cure.");
        statement.words.iter().position(|word| statement.prose(&document, word.range.clone()) == text).unwrap()
    };
    assert!(statement.is_conditional(at("sleep")) && !statement.is_conditional(at("helps")));
    assert!(statement.is_quoted(at("really")) && !statement.is_quoted(at("helps")));
    assert!(statement.is_negated(at("cure")) && !statement.is_negated(at("helps")));
    assert_eq!((statement.hedge_at(at("cure")), statement.hedge_at(at("helps"))), (1, 0));
}

#[test]
fn what_is_told_under_a_myth_heading_is_reported() {
    let text = "Common myths\n\n“Zincapril cures colds.”\n\nZincapril does not cure colds.\n";
    let document = document(text);
    let modes: Vec<Mode> = reader().read(&document).iter().map(|one| one.mode).collect();
    assert_eq!(modes, [Mode::Assert, Mode::Reported, Mode::Assert]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_panics_and_ranges_are_in_bounds(text in "(([a-z]{1,6}|If|not|“|”|\"|'|\\(|\\)|;|,|—|é|may|10 mg|Dr\\.|\\(Roe, 2019\\)|\u{a0}|\\n)[ .]?){0,24}") {
        let document = document(&text);
        for statement in reader().read(&document) {
            let count = statement.words.len();
            let mut end = 0;
            for clause in &statement.clauses {
                prop_assert_eq!(clause.start, end);
                end = clause.end;
            }
            prop_assert_eq!(end, count);
            for range in statement.negations.iter().flat_map(|one| [&one.cue, &one.scope]).chain(&statement.quotations).chain(&statement.conditions) {
                prop_assert!(range.start < range.end && range.end <= count);
            }
            for support in &statement.support {
                prop_assert!(!statement.prose(&document, support.range.clone()).is_empty());
            }
        }
    }
}
