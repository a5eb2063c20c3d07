//! Numbers set against each other: "3 in 4", "45 of 60", `45/60`, "3-fold", "twice as", `120/80 mmHg`.
//!
//! Takes an amount already read, or the text from the first number on; gives what the relation says.

use super::QuantityKind;
use super::amount::{Amount, Scene, Vague};
use super::unit::{Measure, Place};
use crate::grammar::number::{Form, Number, Read, digits, gap, gap0, hyphen, number, one_word, word};
use nom::Parser;
use nom::branch::alt;
use nom::character::complete::one_of;
use nom::combinator::{opt, recognize};
use nom::sequence::preceded;

const NO: nom::Err<()> = nom::Err::Error(());

/// What a relation says.
#[derive(Clone, Debug)]
pub struct Related {
    /// Fraction, fold or pressure.
    pub kind: QuantityKind,
    /// Lower and upper value.
    pub values: (f64, f64),
    /// Steps of both.
    pub steps: (f64, f64),
    /// Both printed numbers.
    pub parts: Option<(f64, f64)>,
    /// The unit, of a pressure.
    pub unit: Option<Measure>,
    /// Behind the last number.
    pub number_end: usize,
    /// Behind the relation.
    pub end: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    In,
    OutOf,
    Of,
    Per,
}

fn joint(input: &str) -> Read<'_, Joint> {
    let (rest, _) = gap(input)?;
    let (rest, found) = one_word(rest, &["in", "out", "of", "per", "from"])?;
    let (rest, _) = gap(rest)?;
    match found {
        "in" => {
            let (rest, _) = opt(|input| {
                let (rest, _) = one_word(input, &["every", "each", "about", "approximately", "around", "roughly"])?;
                gap(rest)
            })
            .parse(rest)?;
            Ok((rest, Joint::In))
        }
        "out" => {
            let (rest, _) = one_word(rest, &["of"])?;
            let (rest, _) = gap(rest)?;
            let (rest, _) = determiner(rest)?;
            Ok((rest, Joint::OutOf))
        }
        "of" => {
            let (rest, _) = determiner(rest)?;
            Ok((rest, Joint::Of))
        }
        "per" => Ok((rest, Joint::Per)),
        _ => Err(NO),
    }
}

/// What joins the numbers of a share, and whether those who are counted stand before it: "in", "women in every".
fn shared<'t>(scene: Scene<'t>, input: &'t str) -> Read<'t, (Joint, bool)> {
    if let Ok((rest, joined)) = joint(input) {
        return Ok((rest, (joined, false)));
    }
    let (rest, _) = gap(input)?;
    let (rest, noun) = word(rest)?;
    if !scene.units.is_shared(noun.as_str()) {
        return Err(NO);
    }
    joint(rest).map(|(rest, joined)| (rest, (joined, true)))
}

fn determiner(input: &str) -> Read<'_, Option<&'static str>> {
    opt(|input| {
        let (rest, found) = one_word(input, &["the", "these", "those", "all", "our", "every", "a", "total"])?;
        let (rest, _) = gap(rest)?;
        let (rest, _) = opt(|input| {
            let (rest, _) = one_word(input, &["total", "first", "original", "remaining"])?;
            gap(rest)
        })
        .parse(rest)?;
        Ok((rest, found))
    })
    .parse(input)
}

fn whole(number: &Number) -> bool {
    number.value.fract() == 0.0 && number.value >= 0.0 && number.form != Form::Fraction
}

/// A denominator that is not itself a measured thing.
fn denominator<'t>(scene: Scene<'t>, input: &'t str, joint: Joint) -> Read<'t, Number> {
    let (rest, number) = number(input)?;
    let year = number.is_plain_integer() && (1900.0..2100.0).contains(&number.value);
    if !whole(&number) || number.value < 1.0 || year && joint == Joint::In {
        return Err(NO);
    }
    if rest.starts_with(|next: char| next.is_alphanumeric() || next == '%' || next == ':') || decimal(rest) {
        return Err(NO);
    }
    if joint == Joint::Per && (number.value < 100.0 || !is_power_of_ten(number.value)) {
        return Err(NO);
    }
    let place = Place::bare(false);
    if let Ok((_, unit)) = preceded(alt((gap, recognize(hyphen))), |input| scene.units.read(input, place)).parse(rest) {
        // "1 in 100 cells" is a share, "2 in 24 hours" is not
        if unit.kind != QuantityKind::Count && !(unit.kind == QuantityKind::Dose && joint != Joint::In) {
            return Err(NO);
        }
    }
    // "5 of 6-8 weeks"
    if preceded((gap0, hyphen, gap0), nom::character::complete::digit1::<&str, ()>).parse(rest).is_ok() {
        return Err(NO);
    }
    Ok((rest, number))
}

fn decimal(rest: &str) -> bool {
    preceded(one_of(".,"), nom::character::complete::digit1::<&str, ()>).parse(rest).is_ok()
}

fn to(input: &str) -> Read<'_, &str> {
    let (rest, _) = gap(input)?;
    let (rest, _) = one_word(rest, &["to", "or"])?;
    gap(rest)
}

fn is_power_of_ten(value: f64) -> bool {
    (value.log10() - value.log10().round()).abs() < 1e-9
}

/// "in 4", "of the 60", "out of 10", "per 1,000" behind a bare number or a range of two.
pub fn share<'t>(scene: Scene<'t>, amount: &Amount) -> Option<Related> {
    let low = &amount.low.number;
    if amount.low.unit.is_some() || amount.low.vague != Vague::No || !whole(low) && amount.high.is_some() {
        return None;
    }
    let rest = scene.from(amount.end());
    let (rest, (joined, noun)) = shared(scene, rest).ok()?;
    let first = denominator(scene, rest, joined);
    let (rest, below) = first.ok()?;
    // "4 patients in 12 hospitals" is no share, "1 patient in 12" and "4 patients in 100" are
    let round = low.value == 1.0 || is_power_of_ten(below.value) && below.value >= 10.0;
    if noun && (joined == Joint::Of || !round) {
        return None;
    }
    let fits = |number: &Number| joined == Joint::Per || whole(number);
    if !fits(low) || joined == Joint::In && low.value > below.value || below.value == 1.0 && joined != Joint::OutOf {
        return None;
    }
    let mut end = scene.at(rest);
    let top = amount.high.as_ref().map_or(low.value, |high| high.number.value);
    let mut values = (low.value / below.value, top / below.value);
    let mut parts = amount.high.is_none().then_some((low.value, below.value));
    // "1 in 5 to 1 in 10"
    if amount.high.is_none()
        && let Ok((after, _)) = preceded(gap, |input| one_word(input, &["to"])).parse(rest)
        && let Ok((after, (_, above))) = (gap, number).parse(after)
        && let Ok((after, (again, _))) = shared(scene, after)
        && again == joined
        && let Ok((after, second)) = denominator(scene, after, joined)
        && whole(&above)
    {
        values.1 = above.value / second.value;
        parts = None;
        end = scene.at(after);
    }
    // "1 in 200 to 300"
    if amount.high.is_none()
        && parts.is_some()
        && joined != Joint::Of
        && let Ok((after, _)) = alt((to, recognize((gap0, hyphen, gap0)))).parse(rest)
        && let Ok((after, second)) = denominator(scene, after, joined)
        && second.value > below.value
        && joint(after).is_err()
    {
        values = (low.value / second.value, values.1);
        parts = None;
        end = scene.at(after);
    }
    let step = 1.0 / below.value;
    Some(Related { kind: QuantityKind::Fraction, values, steps: (step, step), parts, unit: None, number_end: end, end })
}

/// `5'10"`, `5′ 10″`: metres, and the length of the text.
pub fn stature(input: &str) -> Option<(f64, usize)> {
    let (rest, feet) = nom::character::complete::digit1::<&str, ()>(input).ok()?;
    let (rest, _) = one_of::<&str, _, ()>("'\u{2019}\u{2032}").parse(rest).ok()?;
    let (rest, _) = gap0(rest).ok()?;
    let (rest, inches) = nom::character::complete::digit1::<&str, ()>(rest).ok()?;
    let (rest, _) = one_of::<&str, _, ()>("\"\u{201d}\u{2033}").parse(rest).ok()?;
    let (feet, inches): (f64, f64) = (feet.parse().ok()?, inches.parse().ok()?);
    (feet < 10.0 && inches < 12.0).then(|| (feet * 0.3048 + inches * 0.0254, input.len() - rest.len()))
}

/// "1 over twenty" with nothing behind it.
pub fn over(scene: Scene<'_>, amount: &Amount) -> Option<Related> {
    let above = &amount.low.number;
    if amount.low.unit.is_some() || amount.high.is_some() || amount.low.vague != Vague::No || !whole(&above.absolute())
    {
        return None;
    }
    let (rest, _) = gap(scene.from(amount.end())).ok()?;
    let (rest, _) = one_word(rest, &["over"]).ok()?;
    let (rest, (_, below)) = (gap, number).parse(rest).ok()?;
    let ends = rest.is_empty() || rest.starts_with(['.', ',', ';', ')']) && !decimal(rest);
    if !ends || !whole(&below) || below.value < 2.0 {
        return None;
    }
    let (value, step, end) = (above.value / below.value, 1.0 / below.value, scene.at(rest));
    Some(Related {
        kind: QuantityKind::Fraction,
        values: (value, value),
        steps: (step, step),
        parts: Some((above.value, below.value)),
        unit: None,
        number_end: end,
        end,
    })
}

/// What two whole numbers with a stroke between them are.
pub enum Stroke {
    /// A share or a pressure.
    Related(Related),
    /// A number with a unit behind it: "1/2 cup".
    Number(Number, usize),
    /// Neither: up to this byte there is nothing.
    Silent(usize),
}

/// `45/60`, `120/80 mmHg`, `1/2 cup`, "120 over 80"; `None` where no second number follows.
pub fn stroke<'t>(scene: Scene<'t>, at: usize) -> Option<Stroke> {
    let (rest, above) = digits(scene.from(at)).ok()?;
    let over = |input| {
        let (rest, _) = gap(input)?;
        let (rest, _) = one_word(rest, &["over"])?;
        gap(rest).map(|(rest, _)| (rest, true))
    };
    let (rest, spoken) = alt((|input| one_of("/\u{2044}\u{2215}").parse(input).map(|(rest, _)| (rest, false)), over))
        .parse(rest)
        .ok()?;
    let (rest, below) = match digits(rest) {
        Ok(found) if rest.starts_with(|next: char| next.is_ascii_digit()) => found,
        _ => return None,
    };
    let end = scene.at(rest);
    let measure = |rest| -> Read<'t, Measure> {
        let place = Place { glued: true, large: false, before: scene.before(at), typed: false };
        preceded(|input| alt((gap, recognize(hyphen), gap0)).parse(input), |input| scene.units.measure(input, place))
            .parse(rest)
    };
    let read = measure(rest).ok();
    if let Some((after, unit)) = &read
        && unit.kind == QuantityKind::Pressure
    {
        return Some(Stroke::Related(pressure(&above, &below, Some(unit.clone()), end, scene.at(after))));
    }
    let plain = above.is_plain_integer() && below.is_plain_integer();
    let blood = plain
        && (70.0..=250.0).contains(&above.value)
        && (40.0..=140.0).contains(&below.value)
        && above.value > below.value;
    if blood && read.is_none() {
        return Some(Stroke::Related(pressure(&above, &below, None, end, end)));
    }
    if spoken {
        return None;
    }
    let followed = rest.starts_with(|next: char| next.is_alphabetic() || "/-_:".contains(next)) && read.is_none();
    let idiom = matches!((above.value as u32, below.value as u32), (24, 7) | (9, 11) | (50, 50) | (20, 20));
    if !plain || followed || idiom || above.value > below.value || below.value < 2.0 {
        // "120 mg/5 mL" never comes here: its first number has a unit
        return if !plain && read.is_some() { None } else { Some(Stroke::Silent(end)) };
    }
    let fraction = Number::fraction(above.value, below.value, Form::Fraction);
    if read.as_ref().is_some_and(|(_, unit)| unit.kind != QuantityKind::Percent && unit.kind != QuantityKind::Dose)
        || read.is_some() && below.value <= 10.0
    {
        return Some(Stroke::Number(Number { form: Form::Plain, parts: None, ..fraction }, end));
    }
    let step = fraction.step;
    Some(Stroke::Related(Related {
        kind: QuantityKind::Fraction,
        values: (fraction.value, fraction.value),
        steps: (step, step),
        parts: Some((above.value, below.value)),
        unit: None,
        number_end: end,
        end,
    }))
}

fn pressure(above: &Number, below: &Number, unit: Option<Measure>, number_end: usize, end: usize) -> Related {
    let factor = unit.as_ref().map_or(1.0, |unit| unit.factor);
    let unit = unit.unwrap_or_else(|| Measure {
        kind: QuantityKind::Pressure,
        base: "mmHg".into(),
        factor: 1.0,
        symbol: "mmHg".into(),
    });
    Related {
        kind: QuantityKind::Pressure,
        values: (above.value * factor, above.value * factor),
        steps: (above.step * factor, above.step * factor),
        parts: Some((above.value, below.value)),
        unit: Some(unit),
        number_end,
        end,
    }
}

const COMPARED: &[&str] = &[
    "as",
    "more",
    "higher",
    "greater",
    "larger",
    "bigger",
    "lower",
    "less",
    "fewer",
    "likelier",
    "stronger",
    "faster",
    "slower",
    "longer",
    "the",
    "that",
    "their",
    "what",
    "its",
    "normal",
    "baseline",
    "worse",
    "better",
    "smaller",
    "shorter",
    "heavier",
    "above",
    "below",
    "increased",
    "riskier",
    "deadlier",
    "safer",
];

/// "-fold", "times as likely", "× higher" behind a number: the byte behind it.
pub fn fold(scene: Scene<'_>, amount: &Amount) -> Option<usize> {
    if amount.low.unit.is_some() {
        return None;
    }
    let rest = scene.from(amount.end());
    let suffix = preceded(alt((gap, recognize(hyphen), gap0)), |input| one_word(input, &["fold"]));
    if let Ok((rest, _)) = { suffix }.parse(rest) {
        return Some(scene.at(rest));
    }
    if let Ok((rest, _)) = preceded(gap, |input| one_word(input, &["times"])).parse(rest) {
        let (_, next) = preceded(gap, word).parse(rest).ok()?;
        return COMPARED.contains(&next.as_str()).then(|| scene.at(rest));
    }
    let (rest, _) = one_of::<&str, _, ()>("x\u{d7}").parse(rest).ok()?;
    let ends = !rest.starts_with(|next: char| next.is_alphanumeric())
        && gap0(rest).is_ok_and(|(rest, _)| !rest.starts_with(|next: char| next.is_ascii_digit()));
    ends.then(|| scene.at(rest))
}

/// "doubled", "halved", "tenfold", "double the", "twice as": the ratio, and the byte behind it.
pub fn fold_word(scene: Scene<'_>, at: usize) -> Option<(f64, usize)> {
    let (rest, found) = word(scene.from(at)).ok()?;
    let compared = || preceded(gap, word).parse(rest).is_ok_and(|(_, next)| COMPARED.contains(&next.as_str()));
    let value = match found.as_str() {
        "halves" if !compared() => return None,
        "doubled" | "doubles" | "doubling" | "twofold" => 2.0,
        "tripled" | "triples" | "tripling" | "threefold" => 3.0,
        "quadrupled" | "quadruples" | "fourfold" => 4.0,
        "fivefold" => 5.0,
        "sixfold" => 6.0,
        "sevenfold" => 7.0,
        "eightfold" => 8.0,
        "tenfold" => 10.0,
        "hundredfold" => 100.0,
        "halve" | "halved" | "halves" | "halving" => 0.5,
        "double" | "twice" if compared() => 2.0,
        "triple" | "thrice" if compared() => 3.0,
        "quadruple" if compared() => 4.0,
        _ => return None,
    };
    if rest.starts_with('-') { None } else { Some((value, scene.at(rest))) }
}
