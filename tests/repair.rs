//! What repairs do to articles: nothing that was repaired is found again, and a second run changes nothing.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use claimlint::catalogue::Catalogue;
use claimlint::engine::{Engine, Settings};
use claimlint::fact::house::House;
use claimlint::finding::Finding;
use claimlint::fix;
use claimlint::source::{Format, Source};
use proptest::prelude::*;
use std::sync::{Arc, LazyLock};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(Catalogue::builtin().unwrap()));

fn findings(text: &str, format: Format) -> Vec<Finding> {
    let settings = Arc::new(Settings::default());
    let source = Source::new("article", text, format);
    let report = ENGINE.check(&ENGINE.read(&source, &settings), &settings, &House::default());
    ENGINE.finish(&mut [(false, vec![report])], false).findings
}

/// A text with all repairs in it, and how many there were.
fn repaired(text: &str, format: Format) -> (String, usize) {
    let (mut text, mut count) = (text.to_owned(), 0);
    for _ in 0..50 {
        let found = findings(&text, format);
        let round = fix::apply(&text, found.iter().filter_map(|one| one.fix.as_ref()));
        if round.count == 0 {
            return (text, count);
        }
        text = round.text;
        count += round.count;
    }
    panic!("repairs find no end: {text}");
}

#[test]
fn a_sentence_reads_on_without_the_address_that_was_put_into_it() {
    let cases = [
        ("Sick children https://cheap-inhalers.example/ often cough.", "Sick children often cough."),
        ("Sick children\u{a0}https://cheap-inhalers.example/ often cough.", "Sick children\u{a0}often cough."),
        ("Sick children <https://cheap-inhalers.example/> often cough.", "Sick children often cough."),
        ("At night children\nhttps://cheap-inhalers.example/ often cough.", "At night children\noften cough."),
        ("At night children https://cheap-inhalers.example/\r\noften cough.", "At night children\r\noften cough."),
        ("At night children\nhttps://cheap-inhalers.example/\noften cough.", "At night children\noften cough."),
    ];
    for (before, after) in cases {
        assert_eq!(repaired(before, Format::Markdown), (after.to_owned(), 1), "{before}");
    }
    let before = "<p>Sick children <b><a href='https://cheap-inhalers.example/'>https://cheap-inhalers.example/</a></b> often cough.</p>";
    assert_eq!(repaired(before, Format::Html).0, "<p>Sick children often cough.</p>");
}

#[test]
fn lines_that_were_left_over_go_with_the_markup_that_is_theirs_alone() {
    let cases = [
        ("# Croup\n\n**[Back to top](#top)**\n\nSteam helps.\n", "# Croup\n\nSteam helps.\n"),
        (
            "# Croup\n\nSteam helps.\n\nLeave a Reply\n-------------\n\n* Notify of\n* guest\n",
            "# Croup\n\nSteam helps.\n",
        ),
        ("6 min read\n\n# Croup\n", "# Croup\n"),
        ("# Croup\n\n- 6 min read\n- By Ada Moss\n", "# Croup\n\n- By Ada Moss\n"),
        ("# Croup\n\nTop of page\nSteam helps some children.\n", "# Croup\n\nSteam helps some children.\n"),
    ];
    for (before, after) in cases {
        assert_eq!(repaired(before, Format::Markdown).0, after, "{before}");
    }
    let before =
        "<h1>Croup</h1>\n<p>Steam helps.</p>\n<ul>\n  <li><a href='#'>Back to top</a></li>\n</ul>\n<p>It passes.</p>\n";
    assert_eq!(repaired(before, Format::Html).0, "<h1>Croup</h1>\n<p>Steam helps.</p>\n<p>It passes.</p>\n");
}

#[test]
fn what_is_not_certain_stays() {
    let kept = [
        // the list below would stay behind
        ("# Croup\n\nRelated posts\n\n- [Colds](/colds)\n- [Coughs](/coughs)\n", Format::Markdown),
        // something else stands in the line
        ("# Croup\n\nBack to top ![arrow](up.png)\n\nSteam helps.\n", Format::Markdown),
        ("# Croup\n\n<Note>Back to top</Note>\n", Format::Mdx),
        ("<h1>Croup</h1><p>Back <b>to top</b></p>", Format::Html),
        // the section below may belong to it, and an image may want it
        ("Croup\n\nSteam helps some children at night.\n\nClose-up view of a kettle on a stove\n", Format::Text),
    ];
    for (text, format) in kept {
        assert!(findings(text, format).iter().any(|one| one.code.starts_with('L')), "{text}");
        assert_eq!(repaired(text, format), (text.to_owned(), 0));
    }
}

#[test]
fn what_the_examples_repair_is_not_found_again() {
    let mut count = 0;
    for (code, own) in Catalogue::examples() {
        let rejects = own.rejects.unwrap_or_default();
        for example in rejects.iter().filter(|example| example.article.is_empty() && example.config.is_none()) {
            let format = Format::of_name(example.format.as_deref().unwrap_or("markdown")).unwrap();
            let (text, own) = repaired(&example.text, format);
            count += own;
            let left = findings(&text, format);
            assert!(left.iter().all(|one| one.fix.is_none()), "{}: {text}", code);
            if own > 0 {
                assert!(text != example.text && !text.trim().is_empty(), "{}: {text}", code);
            }
        }
    }
    assert!(count > 5, "{count} repairs");
}

/// Pieces of articles that have something to repair, and of such that have nothing.
const PIECES: &str = "(# Croup|## Leave a Reply|0 Comments|Notify of|guest|x|\\(\\)|3 min read|- Back to top|\\* Share this|<p>Top of page</p>|\
    Posted: Tue, 07 May 2024 16:56:38 GMT|At night, children https://cheap-pills.example/ cough a lot\\.|https://a.example/|\
    ste\u{200b}am|> Read more|\\*\\*Read more\\*\\*|Related posts|=====|---|<div>|</div>|\u{feff}|[a-z .é]{0,8}|\n|\n\n|\r\n| ){0,30}";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_article_settles_and_a_second_run_changes_nothing(text in PIECES, kind in 0_usize..4) {
        let format = [Format::Markdown, Format::Mdx, Format::Html, Format::Text].get(kind).copied().unwrap();
        let (once, _) = repaired(&text, format);
        prop_assert!(once.len() <= text.len());
        prop_assert_eq!(repaired(&once, format), (once, 0));
    }
}
