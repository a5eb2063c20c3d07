//! What a reader of a marked document would notice.

use super::*;
use crate::lexicon::Data;
use crate::reading::{Options, read};
use crate::source::Format;
use proptest::prelude::*;

fn lexicon() -> Lexicon {
    let mut data = Data::default();
    for file in [
        include_str!("../../rules/lexicon/leftovers.toml"),
        include_str!("../../rules/lexicon/domains.toml"),
        include_str!("../../rules/lexicon/plain.toml"),
    ] {
        data.merge(toml::from_str(file).unwrap());
    }
    Lexicon::new(data).unwrap()
}

fn marked(text: &str, format: Format) -> Document {
    let lexicon = lexicon();
    let source = Source::new("a", text, format);
    let mut document = read(&source, &Options::default(), &lexicon);
    let lines = KnownLines::new(&lexicon);
    let mut policy = Policy::default();
    policy.add(["sleazy.example".to_owned()], host::Verdict::Denied);
    mark(&mut document, &source, &lexicon, &lines, &policy);
    document
}

fn marks<'t>(text: &'t str, document: &Document) -> Vec<(String, &'t str)> {
    document.marks.iter().map(|mark| (mark.kind.clone(), &text[mark.span.range()])).collect()
}

#[test]
fn a_sentence_is_joined_around_an_injected_address() {
    let text = "Why We Yawn\n\nDuring the night, sleepers https://pillow-outlet.example/ breathed more slowly than in the day. See https://www.nhs.uk/sleep for more.\n";
    let document = marked(text, Format::Text);
    assert_eq!(marks(text, &document), [(INJECTED.to_owned(), "https://pillow-outlet.example/")]);
    let prose = document.blocks.last().unwrap().text.as_str();
    assert!(prose.starts_with("During the night, sleepers breathed more slowly"), "{prose}");
    assert_eq!(document.links.len(), 1);
    assert_eq!(&prose[document.links[0].range.clone()], "https://www.nhs.uk/sleep");
}

#[test]
fn a_comment_widget_is_one_mark_and_none_of_it_is_read() {
    let text = "Why We Yawn\n\nNobody knows for certain why people yawn when they are tired or bored.\n\n0 Comments\nOldest\nguest\nNotify of\n()\n";
    let document = marked(text, Format::Text);
    assert_eq!(marks(text, &document), [(COMMENTS.to_owned(), "0 Comments\nOldest\nguest\nNotify of\n()")]);
    assert_eq!(document.blocks.iter().filter(|block| block.is_article()).count(), 2);
}

#[test]
fn a_denied_domain_is_marked_in_mid_sentence() {
    let text = "Most of the guests https://sleazy.example/yawn/study say that they yawn twice an hour.";
    assert_eq!(marked(text, Format::Text).marks.len(), 1);
}

proptest! {
    #[test]
    fn marks_stay_within_any_text(text in "(0 Comments|Reply|guest|x|\\(\\)|3 min read|Posted: Tue, 07 May 2024 16:56:38 GMT|https://a.example/ |yawn é|\n|\r\n| |Why Do Cats Purr At Night|[a-z .<>é]{0,8}){0,40}") {
        for format in [Format::Text, Format::Html, Format::Markdown] {
            let document = marked(&text, format);
            for mark in &document.marks {
                prop_assert!(text.get(mark.span.range()).is_some_and(|marked| !marked.is_empty()));
            }
        }
    }
}
