//! Which pieces of a plain text are headings, captions or bylines.
//!
//! Takes the pieces and the lexicon's words for bylines and captions; gives each piece its role. Guesses only from
//! shape: a heading is short, has no full stop and leads something longer.

use super::paragraph::Piece;
use crate::lexicon::{Lexicon, fold};

/// What a piece looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A heading.
    Heading,
    /// A picture's caption or its description.
    Caption,
    /// Anything else.
    Body,
}

/// Longest heading in title case or with a question mark, in characters and words.
const LONGEST: (usize, usize) = (130, 20);
/// Longest heading in sentence case.
const LONGEST_PLAIN: (usize, usize) = (64, 8);
/// From here on a piece is running text that a heading can lead.
const RUNNING: usize = 60;

/// How a piece looks, standing alone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    /// Title case, capitals or a question: a heading wherever something follows.
    Title,
    /// Short, without a full stop: a heading where running text follows.
    Short,
    /// Marked with `#` as in Markdown.
    Hashed,
    /// A caption by its first words.
    Caption,
    /// Neither.
    Other,
}

/// The role of every piece.
pub(super) fn roles(text: &str, pieces: &[Piece], lexicon: &Lexicon) -> Vec<Role> {
    let content = |piece: &Piece| text.get(piece.span.range()).unwrap_or_default();
    let looks: Vec<Look> = pieces.iter().map(|piece| look(content(piece), piece, lexicon)).collect();
    let mut roles = vec![Role::Body; pieces.len()];
    // from the end: a heading may lead another heading
    let mut leads = false;
    let mut next_item = false;
    for (index, piece) in pieces.iter().enumerate().rev() {
        let look = looks.get(index).copied().unwrap_or(Look::Other);
        let before = index.checked_sub(1).and_then(|at| pieces.get(at).zip(looks.get(at)));
        let next_heading = roles.get(index + 1) == Some(&Role::Heading);
        let in_list =
            piece.marker.is_some() && (next_item || before.is_some_and(|(before, _)| before.marker.is_some()));
        let heading = !in_list
            && match look {
                Look::Hashed => true,
                Look::Title => leads,
                Look::Short if index == 0 => leads || next_heading,
                // a short line under a short line is a list or a caption
                Look::Short => {
                    leads && !next_heading && before.is_none_or(|(_, look)| piece.after_blank || *look == Look::Other)
                }
                _ => false,
            };
        let running = piece.width >= RUNNING || ends_clause(content(piece)) || piece.marker.is_some();
        leads = heading || (running && look != Look::Caption);
        next_item = piece.marker.is_some();
        if let Some(role) = roles.get_mut(index) {
            *role = match look {
                _ if heading => Role::Heading,
                Look::Caption => Role::Caption,
                _ => Role::Body,
            };
        }
    }
    title(text, pieces, looks.first() == Some(&Look::Title), &mut roles);
    roles
}

/// The first line of a text is its title, in whatever case, when more follows.
fn title(text: &str, pieces: &[Piece], shaped: bool, roles: &mut [Role]) {
    if let (Some(piece), Some(role)) = (pieces.first(), roles.first_mut())
        && *role == Role::Body
        && pieces.len() > 2
        && piece.alone
        && piece.marker.is_none()
        && piece.width <= LONGEST.0
    {
        let content = text.get(piece.span.range()).unwrap_or_default();
        if shaped || content.split_whitespace().count() > 3 && !ends_clause(content) && !content.contains(". ") {
            *role = Role::Heading;
        }
    }
}

/// Length of the `#`s that mark a heading as in Markdown, with the white space behind them; 0 without.
pub(super) fn hashes(content: &str) -> usize {
    let rest = content.trim_start_matches('#');
    let text = rest.trim_start();
    let marked = (1..=6).contains(&(content.len() - rest.len())) && rest.len() > text.len() && !text.is_empty();
    if marked { content.len() - text.len() } else { 0 }
}

/// True when the content ends as sentences and clauses do.
fn ends_clause(content: &str) -> bool {
    content.trim_end_matches(['"', '”', '’', ')']).ends_with(['.', '!', '?', ':', ';', '…'])
}

fn look(content: &str, piece: &Piece, lexicon: &Lexicon) -> Look {
    if piece.alone && hashes(content) > 0 {
        return Look::Hashed;
    }
    let folded = fold(content.get(..content.floor_char_boundary(64)).unwrap_or_default());
    if piece.alone && piece.marker.is_none() && starts_with_any(&folded, lexicon.list("caption-start")) {
        return Look::Caption;
    }
    let body = content.get(piece.marker.map_or(0, |marker| marker.len)..).unwrap_or_default();
    if !piece.alone || piece.width > LONGEST.0 || matches!(piece.marker, Some(marker) if !marker.family.is_ordered()) {
        return Look::Other;
    }
    let question = body.ends_with(['?', '？']);
    let closes = body.ends_with(|letter: char| letter.is_alphanumeric() || ")?!’'\"”%®™".contains(letter));
    let opens =
        body.starts_with(|letter: char| letter.is_uppercase() || letter.is_numeric() || "\"“‘¿".contains(letter));
    if !closes || !opens || !body.contains(char::is_alphabetic) {
        return Look::Other;
    }
    let last = body.rsplit(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
    if !question && lexicon.list("heading-never-ends").iter().any(|word| *word == fold(last)) {
        return Look::Other;
    }
    if interrupted(body) || has_clock(body) || starts_with_any(&folded, lexicon.list("byline-start")) {
        return Look::Other;
    }
    let (mut words, mut long, mut capital) = (0_usize, 0_usize, 0_usize);
    for word in body.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)) {
        words += 1;
        let mut letters = word.chars().skip_while(|letter| !letter.is_alphanumeric());
        let first = letters.next();
        if letters.count() >= 3 {
            long += 1;
            capital += usize::from(first.is_some_and(|letter| letter.is_uppercase() || letter.is_numeric()));
        }
    }
    if words > LONGEST.1 {
        return Look::Other;
    }
    if question || (capital >= 2 && capital * 10 >= long * 7) {
        return Look::Title;
    }
    if piece.width <= LONGEST_PLAIN.0 && words <= LONGEST_PLAIN.1 && !body.ends_with('!') {
        return Look::Short;
    }
    Look::Other
}

/// True when a folded text begins with one of the phrases, at the end of a word.
fn starts_with_any(folded: &str, phrases: &[String]) -> bool {
    phrases
        .iter()
        .any(|phrase| folded.strip_prefix(phrase.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
}

/// True when a sentence ends inside: a full stop or exclamation mark behind a small letter and before white space.
fn interrupted(body: &str) -> bool {
    body.match_indices(['.', '!']).any(|(at, _)| {
        let before = body.get(..at).unwrap_or_default();
        let word = before.rsplit(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
        let after = body.get(at + 1..).unwrap_or_default();
        word.chars().count() > 3
            && after.starts_with(char::is_whitespace)
            && after.trim_start().starts_with(char::is_uppercase)
    })
}

/// True when a time of day stands in it, as in feed lines.
fn has_clock(body: &str) -> bool {
    body.as_bytes()
        .windows(4)
        .any(|four| matches!(four, [hour, b':', tens, ones] if [hour, tens, ones].into_iter().all(u8::is_ascii_digit)))
}
