//! The nom parsers of statements and of the rules' phrase language.
//!
//! Each takes text (and the lexicon) and gives values with byte ranges of that text. None knows a document.

pub mod address;
pub mod citation;
pub mod cue;
pub mod dose;
pub mod identifier;
pub mod number;
pub mod pattern;
pub mod phrase;
pub mod quantity;
pub mod statistic;
pub mod time;
