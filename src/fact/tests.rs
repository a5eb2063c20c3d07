//! Facts made by hand, compared, swept and read from a facts file.

use super::attribute::AttributeFile;
use super::frame::Frames;
use super::house;
use super::index::{Record, Site, conflicts};
use super::value::Interval;
use super::{Fact, Origin, Qualifier, Value, clash};
use crate::datafile::DataFile;
use crate::finding::Place;
use crate::grammar::quantity::{Units, quantities};
use crate::lexicon::{Data, Lexicon};
use crate::source::{Format, Source, Span};
use std::sync::Arc;

fn units() -> Units {
    let data: Data = toml::from_str(
        r#"unit = [
            { symbol = "h", kind = "duration", base = "s", factor = 3600.0, alias = ["hour", "hours"] },
            { symbol = "min", kind = "duration", base = "s", factor = 60.0, alias = ["minute", "minutes", "min"] },
        ]"#,
    )
    .unwrap();
    Units::new(&data.unit)
}

fn frames() -> Frames {
    let file: AttributeFile = toml::from_str(
        r#"
        usual.population = ["adults"]
        [[attribute]]
        name = "session-length"
        title = "the length of one session"
        asks = "How long does one session take?"
        value = "duration"
        conflict = "disjoint"
        same = ["population", "route"]
        [[attribute]]
        name = "half-life"
        title = "the half-life"
        asks = "How long until half is gone?"
        value = "duration"
        conflict = "disjoint"
        single = true
        same = ["population"]
        [[attribute]]
        name = "schedule"
        title = "the schedule"
        asks = "How is it controlled?"
        value = "class"
        conflict = "exclusive"
        single = true
        class = [{ name = "ii", cues = [] }, { name = "iv", cues = [] }]
        "#,
    )
    .unwrap();
    let units = units();
    Frames::new(file, &|text| quantities(text, &units)).unwrap()
}

fn minutes(low: f64, high: f64) -> Value {
    Value::Interval(Interval {
        low: Some(low * 60.0),
        high: Some(high * 60.0),
        low_step: 60.0,
        high_step: 60.0,
        unit: Some("s".into()),
        fuzzy: false,
        maximum: false,
        minimum: false,
    })
}

/// A fact in its own statement and block.
fn fact(attribute: &str, value: Value, qualifiers: &[(&str, &str)], statement: usize) -> Fact {
    let source = Source::new("a.md", "text", Format::Markdown);
    let mut qualifiers: Vec<Qualifier> = qualifiers
        .iter()
        .map(|(name, value)| Qualifier { name: (*name).into(), value: (*value).into(), origin: Origin::Stated })
        .collect();
    qualifiers.sort();
    Fact {
        subject: "ketamine".into(),
        subject_origin: Origin::Stated,
        named: true,
        attribute: attribute.into(),
        value,
        shown: String::new(),
        qualifiers,
        polarity: true,
        hedge: 0,
        conditional: false,
        apart: false,
        against: false,
        words: Vec::new(),
        block: statement,
        table: None,
        statement,
        place: Place::of(&source, Span::new(0, 4)),
    }
}

fn session(low: f64, high: f64, qualifiers: &[(&str, &str)], statement: usize) -> Fact {
    fact("session-length", minutes(low, high), qualifiers, statement)
}

/// The grade of a clash within one article: `None` for no clash, `Some("")` for a plain one.
fn grade(a: &Fact, b: &Fact) -> Option<&'static str> {
    let there = clash(a, b, &frames(), false).map(|clash| clash.grade.unwrap_or(""));
    assert_eq!(there, clash(b, a, &frames(), false).map(|clash| clash.grade.unwrap_or("")));
    there
}

#[test]
fn two_values_of_one_thing_clash() {
    assert_eq!(grade(&session(40.0, 60.0, &[], 1), &session(15.0, 30.0, &[], 9)), Some(""));
    assert_eq!(grade(&session(40.0, 60.0, &[], 1), &session(45.0, 50.0, &[], 9)), None);
}

#[test]
fn a_qualifier_that_differs_tells_facts_apart() {
    let vein = session(40.0, 60.0, &[("route", "iv")], 1);
    assert_eq!(grade(&vein, &session(5.0, 5.0, &[("route", "nasal")], 9)), None);
    assert_eq!(grade(&vein, &session(5.0, 5.0, &[("route", "iv")], 9)), Some(""));
    // anything else that differs counts too, named by the frame or not
    let night = session(40.0, 60.0, &[("time-of-day", "night")], 1);
    assert_eq!(grade(&night, &session(5.0, 5.0, &[("time-of-day", "day")], 9)), None);
}

#[test]
fn a_qualifier_on_one_side_makes_a_query() {
    let bare = session(5.0, 5.0, &[], 9);
    assert_eq!(grade(&session(40.0, 60.0, &[("route", "iv")], 1), &bare), Some("one-sided"));
    assert_eq!(grade(&session(40.0, 60.0, &[("population", "adults")], 1), &bare), Some(""));
    assert_eq!(grade(&session(40.0, 60.0, &[("time-of-day", "night")], 1), &bare), Some(""));
}

#[test]
fn studies_are_not_set_against_each_other() {
    let first = session(40.0, 60.0, &[("study", "10.1/a")], 1);
    assert_eq!(grade(&first, &session(5.0, 5.0, &[("study", "10.1/b")], 9)), None);
    assert_eq!(grade(&first, &session(5.0, 5.0, &[], 9)), Some("study"));
    assert_eq!(grade(&first, &session(5.0, 5.0, &[("study", "10.1/a")], 9)), Some(""));
}

#[test]
fn what_the_author_contrasts_is_left_alone() {
    let first = session(40.0, 60.0, &[], 1);
    let however = |statement| Fact { against: true, ..session(5.0, 5.0, &[], statement) };
    assert_eq!(grade(&first, &however(2)), None);
    assert_eq!(grade(&first, &however(9)), Some(""));
    assert_eq!(grade(&first, &Fact { apart: true, ..session(5.0, 5.0, &[], 9) }), None);
    assert_eq!(grade(&first, &session(5.0, 5.0, &[], 1)), None, "one statement");
}

#[test]
fn inherited_subjects_and_conditions_weaken() {
    let inherited = |fact: Fact| Fact { subject_origin: Origin::Inherited, ..fact };
    let (first, second) = (session(40.0, 60.0, &[], 1), session(5.0, 5.0, &[], 9));
    assert_eq!(grade(&inherited(first.clone()), &second), Some(""));
    assert_eq!(grade(&inherited(first.clone()), &inherited(second.clone())), Some("inherited"));
    assert_eq!(grade(&Fact { conditional: true, ..first }, &second), None);
}

fn record(path: &str, facts: Vec<Fact>) -> Record {
    Record { path: path.into(), facts, ..Record::default() }
}

fn half_life(hours: f64) -> Fact {
    fact("half-life", minutes(hours * 60.0, hours * 60.0), &[], 1)
}

#[test]
fn an_outlier_is_told_once_with_the_others() {
    let records = [
        record("a.md", vec![half_life(2.5)]),
        record("b.md", vec![half_life(12.0)]),
        record("c.md", vec![half_life(2.5)]),
        record("d.md", vec![half_life(2.6)]),
    ];
    let frames = frames();
    let found = conflicts(&Site::new(&records, &frames, true));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].fact, (1, 0));
    assert_eq!(found[0].others, [(0, 0), (2, 0), (3, 0)]);
}

#[test]
fn one_against_one_is_told_at_the_path_that_sorts_last() {
    let records = [record("a.md", vec![half_life(12.0)]), record("b.md", vec![half_life(2.5)])];
    let frames = frames();
    let found = conflicts(&Site::new(&records, &frames, true));
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].fact, found[0].others.as_slice()), ((1, 0), &[(0, 0)][..]));
}

#[test]
fn open_questions_need_a_stated_qualifier_across_articles() {
    let frames = frames();
    let site = |qualifiers: &[(&str, &str)]| {
        let records = [
            record("a.md", vec![session(40.0, 60.0, qualifiers, 1)]),
            record("b.md", vec![session(5.0, 5.0, qualifiers, 1)]),
        ];
        conflicts(&Site::new(&records, &frames, true)).len()
    };
    assert_eq!(site(&[]), 0);
    assert_eq!(site(&[("route", "iv")]), 1);
}

#[test]
fn versions_of_one_article_are_not_compared() {
    let with = |record: Record, sentences: &[u64]| Record { sentences: sentences.to_vec(), ..record };
    let records = [
        with(record("a.md", vec![half_life(12.0)]), &[1, 2, 3, 4, 5]),
        with(record("b.md", vec![half_life(2.5)]), &[1, 2, 3, 4, 6]),
        with(record("c.md", vec![]), &[1, 7, 8, 9]),
    ];
    let frames = frames();
    assert_eq!(Site::new(&records, &frames, true).versions.into_iter().collect::<Vec<_>>(), [(0, 1)]);
    assert!(conflicts(&Site::new(&records, &frames, true)).is_empty());
}

fn read(text: &str) -> Result<Vec<house::HouseFact>, crate::datafile::DataError> {
    let units = units();
    let lexicon = Lexicon::new(Data::default()).unwrap();
    let file = DataFile::new("facts.toml", text);
    house::read(&file, &lexicon, &frames(), &|text| quantities(text, &units))
}

#[test]
fn a_facts_file_is_read() {
    let facts = read(
        r#"
        [[fact]]
        subject = "Ketamine"
        attribute = "session_length"
        route = "iv"
        value = "40 min"
        accept = "40-60 min"
        source = "label"
        checked = "2026-06-01"
        review_by = "1970-01-11"
        "#,
    )
    .unwrap();
    let [fact] = facts.as_slice() else { panic!("{facts:?}") };
    assert_eq!((&*fact.fact.subject, &*fact.fact.attribute), ("ketamine", "session-length"));
    assert_eq!(fact.accept.as_ref().map(|accept| (accept.low, accept.high)), Some((Some(2400.0), Some(3600.0))));
    assert_eq!(fact.review_by, Some(10));
    assert_eq!(fact.fact.qualifier("route").map(|one| Arc::clone(&one.value)).collect::<Vec<_>>(), ["iv".into()]);
    assert_eq!(fact.fact.place.text, "\"40 min\"");
}

#[test]
fn a_broken_facts_file_is_pointed_into() {
    let fault = |line: &str| {
        let text = format!("[[fact]]\nsubject = \"x\"\n{line}\n");
        let error = read(&text).unwrap_err();
        (error.message.clone(), text.get(error.span.range()).unwrap_or_default().to_owned())
    };
    let (message, at) = fault("attribute = \"session-lenght\"\nvalue = \"1 hour\"");
    assert_eq!((message.as_str(), at.as_str()), ("no attribute is called `session-lenght`", "\"session-lenght\""));
    let (message, at) = fault("attribute = \"half-life\"\nvalue = \"soon\"");
    assert!(message.starts_with("this is not a value of `half-life`"), "{message}");
    assert_eq!(at, "\"soon\"");
    let (message, at) = fault("attribute = \"schedule\"\nvalue = \"vi\"");
    assert_eq!((message.as_str(), at.as_str()), ("`vi` is not a value of `schedule`", "\"vi\""));
    let (message, at) = fault("attribute = \"half-life\"\nvalue = \"1 hour\"\nreview_by = \"soon\"");
    assert_eq!((message.as_str(), at.as_str()), ("`soon` is not a date, write 2026-06-01", "\"soon\""));
    let (message, _) = fault("attribute = \"half-life\"\nvalue = \"1 hour\"\nrouet = \"iv\"");
    assert!(message.contains("unknown field `rouet`"), "{message}");
}
