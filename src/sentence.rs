//! Blocks become sentences and words.
//!
//! Takes a block and the lexicon; gives its sentences in order, each with its words. Where a sentence ends is
//! UAX #29's idea mended by the abbreviations of the lexicon (`sentence/boundary.rs`). Knows no grammar.

mod abbreviation;
mod boundary;

use crate::document::{Block, BlockKind};
use crate::grammar::address::{Address, addresses};
use crate::lexicon::{Lexicon, Token, pieces};

pub use crate::lexicon::{Word, WordKind};

use crate::source::Span;
use std::ops::Range;

/// One sentence of a block.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Bytes in the block's prose.
    pub range: Range<usize>,
    /// Bytes in the source; the first sentence of an item begins at the item's marker.
    pub span: Span,
    /// Its words and marks.
    pub words: Vec<Word>,
}

/// The sentences of a block, in order, without the white space around them. A block without prose has none.
pub fn split(block: &Block, lexicon: &Lexicon) -> Vec<Sentence> {
    let text = block.text.as_str();
    let addresses = addresses(text, lexicon);
    let mut sentences: Vec<Sentence> = Vec::new();
    let mut from = 0;
    let mut rest = addresses.as_slice();
    for end in boundary::ends(text, &addresses, lexicon) {
        let piece = text.get(from..end).unwrap_or_default();
        let kept = piece.trim_start();
        let start = end - kept.len();
        let range = start..start + kept.trim_end().len();
        from = end;
        if range.is_empty() {
            continue;
        }
        if let Some(last) = sentences.last_mut()
            && !kept.contains(char::is_alphanumeric)
        {
            // stray marks are no sentence
            last.words.extend(words(text, &range, &[], lexicon));
            last.span.end = last.span.end.max(block.text.span(range.clone()).end);
            last.range.end = range.end;
            continue;
        }
        let inside = rest.partition_point(|address| address.range.end <= range.end);
        let (here, later) = rest.split_at_checked(inside).unwrap_or((rest, &[]));
        rest = later;
        let mut span = block.text.span(range.clone());
        if sentences.is_empty() && block.kind == BlockKind::Item {
            span.start = span.start.min(block.span.start);
        }
        sentences.push(Sentence { words: words(text, &range, here, lexicon), range, span });
    }
    sentences
}

/// The words of a range; an address is one word.
fn words(text: &str, range: &Range<usize>, addresses: &[Address], lexicon: &Lexicon) -> Vec<Word> {
    let mut found = Vec::with_capacity(range.len() / 5);
    let mut from = range.start;
    let vocabulary = lexicon.vocabulary();
    let plain = |found: &mut Vec<Word>, from: usize, to: usize| {
        let Some(part) = text.get(from..to) else { return };
        for piece in pieces(part) {
            let written = part.get(piece.clone()).unwrap_or_default();
            let range = from + piece.start..from + piece.end;
            found.push(Word { range, kind: kind(written), token: vocabulary.token(written) });
        }
    };
    for address in addresses {
        plain(&mut found, from, address.range.start);
        from = address.range.end;
        found.push(Word { range: address.range.clone(), kind: WordKind::Address, token: Token::default() });
    }
    plain(&mut found, from, range.end);
    found
}

fn kind(written: &str) -> WordKind {
    let mut letters = written.chars();
    match letters.next() {
        Some(first) if first.is_numeric() => {
            if letters.any(char::is_alphabetic) {
                WordKind::Word
            } else {
                WordKind::Number
            }
        }
        Some(first) if first.is_alphabetic() || first == '_' => WordKind::Word,
        _ => WordKind::Mark,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Data;
    use proptest::prelude::*;

    fn lexicon() -> Lexicon {
        let mut data: Data = toml::from_str(include_str!("../rules/lexicon/abbreviations.toml")).unwrap();
        data.merge(toml::from_str(include_str!("../rules/lexicon/plain.toml")).unwrap());
        Lexicon::new(data).unwrap()
    }

    fn block(text: &str) -> Block {
        let mut prose = crate::document::Text::new();
        prose.push(text, Span::new(0, text.len()));
        Block {
            kind: BlockKind::Paragraph,
            span: Span::new(0, text.len()),
            text: prose,
            level: 0,
            heading: None,
            list: None,
            cell: None,
            region: crate::document::Region::Body,
            hidden: false,
            tricked: false,
            leftover: false,
            foreign: false,
        }
    }

    fn sentences(text: &str) -> Vec<String> {
        split(&block(text), &lexicon()).into_iter().map(|sentence| text[sentence.range].to_owned()).collect()
    }

    #[track_caller]
    fn whole(text: &str) {
        assert_eq!(sentences(text), [text]);
    }

    #[track_caller]
    fn parts(text: &str) {
        let expected: Vec<&str> = text.split('|').collect();
        assert_eq!(sentences(&text.replace('|', "")), expected.iter().map(|part| part.trim()).collect::<Vec<_>>());
    }

    #[test]
    fn abbreviations_end_no_sentence() {
        whole("Dr. Marsh saw about 40 people vs. 38 in the other arm, i.e. nearly all.");
        whole("Give 5 mg i.v. Ketamine is not the only choice, e.g. S-ketamine, approx. 0.3 mg/kg.");
        whole("As Smith et al. (2019) and Jones et al. 2020 found, see Fig. 3 and Table No. 5 of the report.");
        whole("The U.S. Food and Drug Administration approved it on Oct. 5, 2020, at 10 a.m. Eastern time.");
        whole("Gen. Lee and Sen. Marsh asked Mrs. Hill about it.");
        whole("The panel was led by J. A. Smith and Mary B. Jones of St. Thomas Hospital.");
    }

    #[test]
    fn a_point_behind_a_relation_belongs_to_its_number() {
        whole("The groups differed (t = 4.1), p < . 001 in both.");
        parts("The groups differed at p = .03.| 12 left.");
    }

    #[test]
    fn the_same_full_stop_can_end_one() {
        parts("One has an X and a Y.| Hill and B. Jones saw A and B.| Most did not.");
        parts("Is it safe? ?| It is!");
        parts("She moved to the U.S.| The trial began there.");
        parts("Take vitamin D.| Most adults need it.");
        parts("The virus is hepatitis B.| Vaccines prevent it.");
        parts("The dose is 50 mg.| It lasts 40 min.| Then it fades.");
        parts("Do eight to ten rep.| Then rest for 5 sec.| Wait 7 min.| Larger trials say min. 5 days.");
        parts("People with MS.| Others too.");
        parts("It helps with sleep, mood, etc.| The effect is small.");
        parts("Is it safe?| The answer is no.| Ask first.");
        parts("mRNA vaccines work.| mRNA breaks down.| pH stays at 7.4.");
    }

    #[test]
    fn brackets_and_quotations_stay_together() {
        parts("It works (see the box. It is below.) for most.| (This is apart.| So is this.)");
        parts("“It helped.” she said.| “I slept well.”| He agreed.");
        parts("They asked \"Is it safe?\" and left.| Nobody knew...| Well … maybe not.");
    }

    #[test]
    fn reference_marks_belong_to_the_sentence_before() {
        parts(
            "It is given intravenously.2 |The dose varies.3,4 |Most recover.[5–7] |Some do not. [8] |End.¹² |Wait 7 min.| Larger trials say min. 5 days.",
        );
        parts("It helps.\u{200b} |The dose is small. |\u{feff}Most recover.");
        parts("It rose to 5.2 per cent.| In 2019.| 40% of them left.");
    }

    #[test]
    fn glued_sentences_are_parted() {
        parts("Take one dose.|It is safe.|Ask Ph.D. students or Node.js users (2019).|The rest is known!|Good.");
        parts("Read example.com/a.b today.| Write to Jane.Doe@example.org.| Bye.");
    }

    #[test]
    fn the_first_sentence_of_an_item_begins_at_its_marker() {
        let mut item = block("One thing. Another.");
        item.kind = BlockKind::Item;
        item.text = crate::document::Text::new();
        item.text.push("One thing. Another.", Span::new(3, 22));
        item.span = Span::new(0, 22);
        let spans: Vec<_> =
            split(&item, &lexicon()).into_iter().map(|sentence| (sentence.span, sentence.range)).collect();
        assert_eq!(spans, [(Span::new(0, 13), 0..10), (Span::new(14, 22), 11..19)]);
    }

    #[test]
    fn an_address_is_one_word() {
        let text = "See https://a.example/b?c=1, doi:10.1000/182 or 1,000 notes.";
        let read = split(&block(text), &lexicon());
        let words: Vec<_> = read[0].words.iter().map(|word| (&text[word.range.clone()], word.kind)).collect();
        use WordKind::{Address, Mark, Number, Word};
        assert_eq!(
            words,
            [
                ("See", Word),
                ("https://a.example/b?c=1", Address),
                (",", Mark),
                ("doi", Word),
                (":", Mark),
                ("10.1000/182", Address),
                ("or", Word),
                ("1,000", Number),
                ("notes", Word),
                (".", Mark),
            ]
        );
    }

    proptest! {
        #[test]
        fn sentences_are_in_order_and_in_bounds(text in ".*|[a-zA-Z .!?()\\[\\]\"'0-9“”…²\u{a0}\n@:/]{0,200}") {
            let block = block(&text);
            let (mut end, mut word_end) = (0, 0);
            for sentence in split(&block, &lexicon()) {
                prop_assert!(sentence.range.start >= end && sentence.range.end <= text.len());
                let slice = text.get(sentence.range.clone()).unwrap();
                prop_assert!(!slice.is_empty() && slice.trim() == slice);
                end = sentence.range.end;
                for word in sentence.words {
                    prop_assert!(word.range.start >= word_end.max(sentence.range.start) && word.range.end <= end);
                    prop_assert!(text.get(word.range.clone()).is_some());
                    word_end = word.range.end;
                }
            }
        }
    }
}
