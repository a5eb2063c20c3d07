//! A phrase as written becomes a tree, and a tree prints as a phrase.
//!
//! ```text
//! phrase   = sequence
//! sequence = { term }
//! term     = gap | "!" group | [ name ":" ] group | "[" choice "]" | "{" kind "}" | "<" class ">"
//!          | "@" list | '"' text '"' | "=" word | word ["~" | "*"] | "^" | "$" | "=" | "<" | ">"
//! group    = "(" choice ")"
//! choice   = sequence { "|" sequence }
//! gap      = "..." [ number ] | "[" gap "]"
//! ```

use super::{PatternError, Reason};
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while1};
use nom::character::complete::char as sign;
use nom::combinator::{map, opt};
use nom::error::{ErrorKind, ParseError};
use nom::multi::many0;
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};
use std::fmt;

/// A phrase or a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node<'p> {
    Word(&'p str),
    Inflected(&'p str),
    Prefix(&'p str),
    Cased(&'p str),
    Literal(&'p str),
    Quantity(&'p str),
    Class(&'p str),
    /// Any entry of a list of the lexicon.
    List(&'p str),
    Sequence(Vec<Self>),
    Choice(Vec<Self>),
    Optional(Box<Self>),
    Not(Box<Self>),
    Capture(&'p str, Box<Self>),
    Gap(u8),
    Start,
    End,
}

/// How many groups may stand inside each other.
const DEEPEST: u8 = 16;
/// Words in a gap without a number.
const GAP: u8 = 5;
const WIDEST: u8 = 30;

/// Where a phrase went wrong: the text from the fault on, how many bytes of it, and why.
#[derive(Debug)]
struct Fault<'p> {
    rest: &'p str,
    length: usize,
    reason: Reason,
}

impl<'p> ParseError<&'p str> for Fault<'p> {
    fn from_error_kind(rest: &'p str, _: ErrorKind) -> Self {
        let found = rest.chars().next();
        Self { rest, length: found.map_or(0, char::len_utf8), reason: found.map_or(Reason::Empty, Reason::Stray) }
    }
    fn append(_: &'p str, _: ErrorKind, other: Self) -> Self {
        other
    }
}

type Parsed<'p, T> = IResult<&'p str, T, Fault<'p>>;

/// An error that no other alternative may mend.
fn fail<T>(rest: &str, length: usize, reason: Reason) -> Parsed<'_, T> {
    Err(nom::Err::Failure(Fault { rest, length, reason }))
}

/// Reads a whole phrase.
pub(super) fn phrase(text: &str) -> Result<Node<'_>, PatternError> {
    let parsed = sequence(0, text).and_then(|(rest, node)| match rest.chars().next() {
        None => check(node, text).map(|node| (rest, node)).map_err(nom::Err::Failure),
        Some(found @ (')' | ']' | '}' | '>')) => fail(rest, 1, Reason::Unopened(found)),
        Some(found) => fail(rest, found.len_utf8(), Reason::Stray(found)),
    });
    parsed.map(|(_, node)| node).map_err(|error| match error {
        nom::Err::Error(Fault { rest, length, reason }) | nom::Err::Failure(Fault { rest, length, reason }) => {
            let start = text.len() - rest.len();
            PatternError { range: start..(start + length).min(text.len()), reason }
        }
        nom::Err::Incomplete(_) => PatternError { range: 0..text.len(), reason: Reason::Empty },
    })
}

/// What only the whole phrase shows: it is not empty, and gaps and anchors stand where they may.
fn check<'p>(node: Node<'p>, text: &'p str) -> Result<Node<'p>, Fault<'p>> {
    if leads_with_gap(&node) {
        let at = text.find("...").or_else(|| text.find('…')).unwrap_or(0);
        return Err(Fault { rest: text.get(at..).unwrap_or(text), length: 3, reason: Reason::GapAtStart });
    }
    let parts = match &node {
        Node::Sequence(parts) if parts.is_empty() => {
            return Err(Fault { rest: text, length: text.len(), reason: Reason::Empty });
        }
        Node::Sequence(parts) => parts.as_slice(),
        one => std::slice::from_ref(one),
    };
    let last = parts.len().saturating_sub(1);
    for (index, part) in parts.iter().enumerate() {
        let misplaced = match part {
            Node::Start if index != 0 => Some('^'),
            Node::End if index != last => Some('$'),
            _ => None,
        };
        if let Some(found) = misplaced {
            let at = if found == '^' { text.rfind(found) } else { text.find(found) };
            let rest = text.get(at.unwrap_or(0)..).unwrap_or(text);
            return Err(Fault { rest, length: 1, reason: Reason::Anchor(found) });
        }
    }
    Ok(node)
}

/// True when a gap may come first: what stands before it would be anything.
fn leads_with_gap(node: &Node<'_>) -> bool {
    match node {
        Node::Gap(_) => true,
        Node::Sequence(nodes) => {
            for node in nodes {
                if leads_with_gap(node) {
                    return true;
                }
                if !matches!(node, Node::Optional(_) | Node::Not(_) | Node::Start) {
                    return false;
                }
            }
            false
        }
        Node::Choice(nodes) => nodes.iter().any(leads_with_gap),
        Node::Optional(node) | Node::Capture(_, node) => leads_with_gap(node),
        _ => false,
    }
}

fn spaces(text: &str) -> Parsed<'_, &str> {
    take_while(char::is_whitespace).parse(text)
}

/// Terms up to the end, a `|` or a closing bracket.
fn sequence(depth: u8, text: &str) -> Parsed<'_, Node<'_>> {
    let (rest, mut nodes) = terminated(many0(preceded(spaces, |text| term(depth, text))), spaces).parse(text)?;
    let one = if nodes.len() == 1 { nodes.pop() } else { None };
    Ok((rest, one.unwrap_or(Node::Sequence(nodes))))
}

/// Alternatives and the bracket that closes them.
fn choice(depth: u8, open: char, close: char, text: &str) -> Parsed<'_, Vec<Node<'_>>> {
    if depth >= DEEPEST {
        return fail(text, 1, Reason::TooLarge);
    }
    let (mut rest, _) = sign(open).parse(text)?;
    let mut nodes = Vec::new();
    loop {
        let before = rest;
        let (after, node) = sequence(depth + 1, rest)?;
        let found = after.chars().next();
        if matches!(&node, Node::Sequence(parts) if parts.is_empty()) && (found == Some('|') || found == Some(close)) {
            return fail(before, before.len() - after.len() + 1, Reason::EmptyAlternative);
        }
        nodes.push(node);
        match found {
            Some('|') => rest = after.get(1..).unwrap_or_default(),
            Some(found) if found == close => return Ok((after.get(1..).unwrap_or_default(), nodes)),
            Some(found @ (')' | ']' | '}' | '>')) => return fail(after, 1, Reason::Unopened(found)),
            Some(_) | None => return fail(text, 1, Reason::Unclosed(open)),
        }
    }
}

/// One term. Its first letter says which it may be; the alternatives behind one letter are tried in order.
fn term(depth: u8, text: &str) -> Parsed<'_, Node<'_>> {
    let group = |text| map(|text| choice(depth, '(', ')', text), Node::Choice).parse(text);
    let optional = map(
        |text| choice(depth, '[', ']', text),
        |mut nodes| {
            let one = if nodes.len() == 1 { nodes.pop() } else { None };
            Node::Optional(Box::new(one.unwrap_or(Node::Choice(nodes))))
        },
    );
    let capture = map((terminated(name, sign(':')), group), |(name, node)| Node::Capture(name, Box::new(node)));
    match text.chars().next() {
        Some('.' | '…') => alt((gap, word)).parse(text),
        // a gap may be empty anyway
        Some('[') => alt((delimited(sign('['), gap, sign(']')), optional)).parse(text),
        Some('!') => negation(depth, text),
        Some('(') => group(text),
        Some('{') => map(|text| named('{', '}', text), Node::Quantity).parse(text),
        Some('<') => alt((relation, map(|text| named('<', '>', text), Node::Class))).parse(text),
        Some('@') => map(preceded(sign('@'), name), Node::List).parse(text),
        Some('"') => literal(text),
        Some('=') => alt((relation, map(preceded(sign('='), written), Node::Cased))).parse(text),
        Some('>') => relation(text),
        Some('^') => map(sign('^'), |_| Node::Start).parse(text),
        Some('$') => map(sign('$'), |_| Node::End).parse(text),
        _ => alt((capture, word)).parse(text),
    }
}

/// `...` or `...7`, or with the one sign `…`.
fn gap(text: &str) -> Parsed<'_, Node<'_>> {
    let (rest, _) = alt((tag("..."), tag("…"))).parse(text)?;
    let (rest, digits) = take_while(|letter: char| letter.is_ascii_digit()).parse(rest)?;
    let width = if digits.is_empty() { GAP } else { digits.parse().unwrap_or(0) };
    if width == 0 || width > WIDEST {
        return fail(text, text.len() - rest.len(), Reason::GapLength);
    }
    Ok((rest, Node::Gap(width)))
}

/// `!(a|b)`
fn negation(depth: u8, text: &str) -> Parsed<'_, Node<'_>> {
    let (rest, _) = sign('!').parse(text)?;
    if !rest.starts_with('(') {
        return fail(text, 1, Reason::Stray('!'));
    }
    let (after, nodes) = choice(depth, '(', ')', rest)?;
    if nodes.iter().any(reaches_too_far) {
        return fail(text, text.len() - after.len(), Reason::InNegation);
    }
    Ok((after, Node::Not(Box::new(Node::Choice(nodes)))))
}

fn reaches_too_far(node: &Node<'_>) -> bool {
    match node {
        Node::Gap(_) | Node::Capture(..) | Node::Start | Node::End | Node::Not(_) => true,
        Node::Sequence(nodes) | Node::Choice(nodes) => nodes.iter().any(reaches_too_far),
        Node::Optional(node) => reaches_too_far(node),
        _ => false,
    }
}

/// A name in brackets: `{percent}`, `<medicine>`.
fn named(open: char, close: char, text: &str) -> Parsed<'_, &str> {
    let (rest, _) = sign(open).parse(text)?;
    match delimited(spaces, name, (spaces, sign(close))).parse(rest) {
        Err(nom::Err::Error(_)) => fail(text, 1, Reason::Unclosed(open)),
        parsed => parsed,
    }
}

fn name(text: &str) -> Parsed<'_, &str> {
    take_while1(|letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_').parse(text)
}

/// `"text with punctuation"`
fn literal(text: &str) -> Parsed<'_, Node<'_>> {
    let (rest, _) = sign('"').parse(text)?;
    let (rest, inner) = take_while(|letter| letter != '"').parse(rest)?;
    let (rest, close) = opt(sign('"')).parse(rest)?;
    if close.is_none() {
        return fail(text, 1, Reason::Unclosed('"'));
    }
    if !inner.chars().any(|letter| !letter.is_whitespace()) {
        return fail(text, inner.len() + 2, Reason::EmptyAlternative);
    }
    Ok((rest, Node::Literal(inner)))
}

/// `=`, `<` and `>` with nothing behind them are themselves.
fn relation(text: &str) -> Parsed<'_, Node<'_>> {
    let (rest, found) = alt((tag("="), tag("<"), tag(">"))).parse(text)?;
    match rest.chars().next() {
        Some(next) if !next.is_whitespace() && !matches!(next, '|' | ')' | ']') => {
            Err(nom::Err::Error(Fault::from_error_kind(text, ErrorKind::Char)))
        }
        _ => Ok((rest, Node::Literal(found))),
    }
}

/// A word with what follows it: `show`, `show~`, `dizz*`.
fn word(text: &str) -> Parsed<'_, Node<'_>> {
    let (rest, word) = written(text)?;
    match rest.chars().next() {
        Some('~') => Ok((rest.get(1..).unwrap_or_default(), Node::Inflected(word))),
        Some('*') => Ok((rest.get(1..).unwrap_or_default(), Node::Prefix(word))),
        _ => Ok((rest, Node::Word(word))),
    }
}

/// Letters, digits and inner punctuation up to a sign of the language.
fn written(text: &str) -> Parsed<'_, &str> {
    let mut end = text.len();
    for (at, letter) in text.char_indices() {
        if letter.is_ascii_alphanumeric() {
            continue;
        }
        let special = matches!(
            letter,
            '~' | '*' | '@' | '"' | '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' | '|' | '!' | '=' | '^' | '$' | '…'
        );
        let is_gap = letter == '.' && text.get(at..).is_some_and(|rest| rest.starts_with("..."));
        if special || is_gap || letter.is_whitespace() {
            end = at;
            break;
        }
    }
    match (text.get(..end), text.get(end..)) {
        (Some(word), Some(rest)) if crate::lexicon::pieces(word).next().is_some() => Ok((rest, word)),
        _ => Err(nom::Err::Error(Fault::from_error_kind(text, ErrorKind::TakeWhile1))),
    }
}

impl fmt::Display for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let join = |f: &mut fmt::Formatter<'_>, nodes: &[Self], between: &str| {
            for (index, node) in nodes.iter().enumerate() {
                write!(f, "{}{node}", if index == 0 { "" } else { between })?;
            }
            Ok(())
        };
        match self {
            Self::Word(word) => f.write_str(word),
            Self::Inflected(word) => write!(f, "{word}~"),
            Self::Prefix(word) => write!(f, "{word}*"),
            Self::Cased(word) => write!(f, "={word}"),
            Self::Literal(text) => write!(f, "\"{text}\""),
            Self::Quantity(kind) => write!(f, "{{{kind}}}"),
            Self::Class(class) => write!(f, "<{class}>"),
            Self::List(list) => write!(f, "@{list}"),
            Self::Sequence(nodes) => join(f, nodes, " "),
            Self::Choice(nodes) => {
                f.write_str("(")?;
                join(f, nodes, "|")?;
                f.write_str(")")
            }
            Self::Optional(node) => match node.as_ref() {
                Self::Choice(nodes) if nodes.len() > 1 => {
                    f.write_str("[")?;
                    join(f, nodes, "|")?;
                    f.write_str("]")
                }
                node => write!(f, "[{node}]"),
            },
            Self::Not(node) => write!(f, "!{node}"),
            Self::Capture(name, node) => write!(f, "{name}:{node}"),
            Self::Gap(GAP) => f.write_str("..."),
            Self::Gap(width) => write!(f, "...{width}"),
            Self::Start => f.write_str("^"),
            Self::End => f.write_str("$"),
        }
    }
}
