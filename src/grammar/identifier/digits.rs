//! Check digits of ISBN, ISSN and ORCID.
//!
//! Takes all digits of a number (`X` for ten); gives the digit that should stand last when another one does.

/// Ten digits, weights 10 to 1, modulo 11.
pub(super) fn isbn10(digits: &[char]) -> Option<char> {
    weighted(digits, 10)
}

/// Eight digits, weights 8 to 1, modulo 11.
pub(super) fn eleven(digits: &[char]) -> Option<char> {
    weighted(digits, 8)
}

/// Thirteen digits, weights 1 and 3 by turns, modulo 10.
pub(super) fn isbn13(digits: &[char]) -> Option<char> {
    let (last, head) = digits.split_last()?;
    let sum: u32 = head.iter().zip([1, 3].into_iter().cycle()).map(|(digit, weight)| value(*digit) * weight).sum();
    other(*last, (10 - sum % 10) % 10)
}

/// Sixteen digits, ISO 7064 modulo 11-2.
pub(super) fn eleven_two(digits: &[char]) -> Option<char> {
    let (last, head) = digits.split_last()?;
    let total = head.iter().fold(0, |total, digit| (total + value(*digit)) * 2 % 11);
    other(*last, (12 - total % 11) % 11)
}

fn weighted(digits: &[char], heaviest: u32) -> Option<char> {
    let (last, head) = digits.split_last()?;
    let sum: u32 = head.iter().zip((2..=heaviest).rev()).map(|(digit, weight)| value(*digit) * weight).sum();
    other(*last, (11 - sum % 11) % 11)
}

/// The digit that is wanted, when it is not the one that stands there.
fn other(stands: char, wanted: u32) -> Option<char> {
    let wanted = char::from_digit(wanted, 10).unwrap_or('X');
    (wanted != stands).then_some(wanted)
}

fn value(digit: char) -> u32 {
    digit.to_digit(10).unwrap_or(10)
}
