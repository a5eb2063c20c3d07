//! Whether an article, or a block of it, is written in another language than English.
//!
//! Takes a document and the lexicon's common English words; sets what is foreign. Text with enough common words is
//! English without a closer look; a language model of letters decides on the rest. Knows no format.

use crate::document::{BlockKind, Document};
use crate::lexicon::{Lexicon, List};
use whatlang::{Info, Lang};

/// Letters that an article must have before its language counts.
const ARTICLE: usize = 200;
/// Letters that a block must have before its language counts.
const BLOCK: usize = 120;
/// Bytes of a text that are looked at.
const SAMPLE: usize = 4000;
/// One common word in so many makes a text English.
const COMMON: usize = 8;

/// Marks a foreign article, else the foreign blocks of an English one.
pub(super) fn mark(document: &mut Document, lexicon: &Lexicon) {
    let common = lexicon.words("english-word");
    let is_text = |kind| !matches!(kind, BlockKind::Reference | BlockKind::Cell);
    let mut whole = String::new();
    for block in document.blocks.iter().filter(|block| is_text(block.kind) && block.is_article()) {
        if whole.len() >= SAMPLE {
            break;
        }
        whole.push_str(sample(block.text.as_str()));
        whole.push('\n');
    }
    if let Some(info) = foreign(sample(&whole), ARTICLE, common) {
        document.foreign = Some(info.lang().eng_name());
        return;
    }
    for block in document.blocks.iter_mut().filter(|block| is_text(block.kind)) {
        if foreign(sample(block.text.as_str()), BLOCK, common).is_some() {
            block.foreign = true;
            document.unread.foreign_blocks += 1;
        }
    }
}

/// The beginning of a text.
fn sample(text: &str) -> &str {
    let end = (0..=SAMPLE.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    text.get(..end.unwrap_or_default()).unwrap_or_default()
}

/// The language of a text with at least so many letters, when it is surely not English.
fn foreign(text: &str, letters: usize, common: &List) -> Option<Info> {
    // there are no more words than bytes that are no letters of English, and one
    let others = text.bytes().filter(|byte| !byte.is_ascii_alphabetic()).count();
    let most = others + 1;
    let has_letters = || text.chars().filter(|letter| letter.is_alphabetic()).take(letters).count() == letters;
    if text.len() - others < letters && !has_letters() {
        return None;
    }
    let (words, known) = if text.is_ascii() {
        let words = text.as_bytes().split(|byte| !byte.is_ascii_alphabetic());
        counts(words, most, common)?
    } else {
        counts(text.split(|letter: char| !letter.is_alphabetic()).map(str::as_bytes), most, common)?
    };
    if known * COMMON >= words {
        return None;
    }
    whatlang::detect(text).filter(|info| info.is_reliable() && info.lang() != Lang::Eng)
}

/// How many words there are, and how many of them are common; `None` as soon as those to come, of at most `most` words in
/// all, cannot make the text foreign any more.
fn counts<'t>(words: impl Iterator<Item = &'t [u8]>, most: usize, common: &List) -> Option<(usize, usize)> {
    let (mut count, mut known) = (0, 0);
    for word in words.filter(|word| !word.is_empty()) {
        count += 1;
        known += usize::from(common.contains_short(word));
        if known * COMMON >= most {
            return None;
        }
    }
    Some((count, known))
}

#[cfg(test)]
mod tests {
    use super::super::{Options, read};
    use super::*;
    use crate::source::{Format, Source};

    const FRENCH: &str = "Le médicament est pris deux fois par jour avec un grand verre d'eau, de préférence pendant le \
                          repas. Les effets indésirables les plus fréquents sont la fatigue et les maux de tête, qui \
                          disparaissent en général après quelques jours de traitement.";
    const ENGLISH: &str = "The tablet is taken twice a day with a large glass of water, best with a meal. The most common \
                           side effects are tiredness and headache, and these go away after a few days in most people \
                           who take it as their doctor told them to.";

    fn document(text: &str) -> Document {
        let data = toml::from_str(include_str!("../../rules/lexicon/reading.toml")).unwrap();
        let source = Source::new("a.md", text, Format::Markdown);
        read(&source, &Options::default(), &Lexicon::new(data).unwrap())
    }

    #[test]
    fn a_foreign_article_is_named() {
        assert_eq!(document(FRENCH).foreign, Some("French"));
        assert_eq!(document(ENGLISH).foreign, None);
        assert_eq!(document("Bonjour tout le monde").foreign, None);
    }

    #[test]
    fn a_foreign_block_in_an_english_article_is_left_out() {
        let read = document(&format!("{ENGLISH}\n\n{ENGLISH}\n\n{FRENCH}\n"));
        assert_eq!(read.foreign, None);
        assert_eq!(read.blocks.iter().map(|block| block.foreign).collect::<Vec<_>>(), [false, false, true]);
        assert_eq!(read.unread.foreign_blocks, 1);
    }

    #[test]
    fn lists_of_names_are_not_foreign() {
        let text = "- Acetaminophen, ibuprofen, naproxen, diclofenac, ketoprofen, celecoxib, meloxicam, piroxicam\n- \
                    Staphylococcus aureus, Streptococcus pneumoniae, Escherichia coli, Pseudomonas aeruginosa\n";
        assert_eq!(document(text).foreign, None);
    }
}
