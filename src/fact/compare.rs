//! Whether two facts exclude each other, and how surely.
//!
//! Takes two facts of one frame; gives a grade or nothing. Everything that makes two values incomparable is here.

use super::attribute::Conflict;
use super::frame::{Frame, Frames};
use super::value::Relation;
use super::{Fact, Origin, Qualifier, Value};

/// Two facts exclude each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clash {
    /// Why it is less than sure: one of [`GRADES`].
    pub grade: Option<&'static str>,
}

/// Grades of a clash, the surest first. `unconfigured` is for articles that no configuration makes one site, `opposite` for
/// what one article of a site affirms and another denies, `kind` for a class against one of its kind, `same-words` and
/// `twin` for sentences that are compared without a frame.
pub const GRADES: &[&str] =
    &["unconfigured", "opposite", "overlap", "kind", "inherited", "one-sided", "study", "maxima", "same-words", "twin"];

/// Compares two facts of one attribute and subject. `across`: they stand in different articles.
pub fn clash(a: &Fact, b: &Fact, frames: &Frames, across: bool) -> Option<Clash> {
    let frame = frames.named(&a.attribute)?;
    let apart = a.attribute != b.attribute
        || a.subject != b.subject
        || !a.is_comparable()
        || !b.is_comparable()
        || (!across && a.table.is_some() && a.table == b.table)
        || (!across && is_set_against(a, b));
    if apart {
        return None;
    }
    let values = values(a, b, frame)?;
    let difference = qualifiers(a, b, frame, frames, across)?;
    if across && !frame.record.single && !difference.shared {
        return None;
    }
    if (a.conditional || b.conditional) && !difference.one_case {
        return None;
    }
    let grade = if values == Some("maxima") {
        values
    } else if difference.study {
        Some("study")
    } else if difference.one_sided {
        Some("one-sided")
    } else if a.subject_origin == Origin::Inherited && b.subject_origin == Origin::Inherited {
        Some("inherited")
    } else {
        values
    };
    // overlapping ranges are a fault only where everything else is one
    if values == Some("overlap") && (across || grade != values || !is_same_wording(a, b)) {
        return None;
    }
    Some(Clash { grade })
}

/// True when two facts of one attribute and subject say the same, or what can both hold.
pub fn alike(a: &Fact, b: &Fact, frames: &Frames) -> bool {
    let Some(frame) = frames.named(&a.attribute) else { return false };
    if a.attribute != b.attribute || a.subject != b.subject {
        return false;
    }
    match (&a.value, &b.value) {
        (Value::Interval(x), Value::Interval(y)) => {
            matches!(x.relation(y, frame.slack), Relation::Agree | Relation::Overlap | Relation::Maxima)
        }
        (x, y) => x == y && a.polarity == b.polarity,
    }
}

impl Fact {
    /// True when it may be compared at all.
    pub fn is_comparable(&self) -> bool {
        self.hedge < 2 && !self.apart
    }
}

/// True when the author sets one of two facts of an article against the other, or lists them side by side.
fn is_set_against(a: &Fact, b: &Fact) -> bool {
    if a.statement == b.statement {
        return true;
    }
    let apart = a.statement.abs_diff(b.statement);
    let near = a.block == b.block || apart <= 2;
    near && (a.against || b.against) || apart == 1 && is_next_case(a, b)
}

/// True for two sentences in a row that put one word in the place of another ("on the arm", "on the belly").
fn is_next_case(a: &Fact, b: &Fact) -> bool {
    let own =
        |one: &Fact, other: &Fact| one.words.iter().filter(|word| other.words.binary_search(word).is_err()).count();
    let shared = a.words.len() - own(a, b);
    let figures = matches!((&a.value, &b.value), (Value::Interval(_), Value::Interval(_)));
    figures && shared >= 2 && own(a, b) == 1 && own(b, a) == 1
}

/// How the values stand: nothing when they can both hold, else the grade they allow.
fn values(a: &Fact, b: &Fact, frame: &Frame) -> Option<Option<&'static str>> {
    match (&a.value, &b.value) {
        (Value::Interval(x), Value::Interval(y)) if a.polarity && b.polarity => match x.relation(y, frame.slack) {
            Relation::Apart => Some(None),
            Relation::Overlap => Some(Some("overlap")),
            Relation::Maxima => Some(Some("maxima")),
            Relation::Agree | Relation::Incomparable => None,
        },
        (Value::Class(x), Value::Class(y)) => {
            if !matches!(frame.record.conflict, Conflict::Exclusive | Conflict::Direction) || a.hedge > 0 || b.hedge > 0
            {
                return None;
            }
            if x == y {
                return (a.polarity != b.polarity).then_some(None);
            }
            let with = |x: &str, y: &str| {
                let class = frame.record.class.iter().find(|class| class.name == x);
                class.is_some_and(|class| class.with.iter().any(|name| name == y))
            };
            (a.polarity && b.polarity && !with(x, y) && !with(y, x)).then_some(None)
        }
        (Value::Holds, Value::Holds) => (a.polarity != b.polarity && a.hedge == 0 && b.hedge == 0).then_some(None),
        _ => None,
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Difference {
    /// A qualifier of `same` stands on one side only.
    one_sided: bool,
    /// One side is the result of a study.
    study: bool,
    /// Both state one qualifier alike.
    shared: bool,
    /// That qualifier says for whom or for what it holds, not beside which other figure.
    one_case: bool,
}

/// Walks the qualifiers of both; nothing when they tell the facts apart. What the title says holds for both where they
/// stand in one article.
fn qualifiers(a: &Fact, b: &Fact, frame: &Frame, frames: &Frames, across: bool) -> Option<Difference> {
    let mut difference = Difference::default();
    let mut names: Vec<&str> = a.qualifiers.iter().chain(&b.qualifiers).map(|one| one.name.as_ref()).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let mut mine: Vec<&Qualifier> = a.qualifier(name).collect();
        let mut theirs: Vec<&Qualifier> = b.qualifier(name).collect();
        // what the title says in a wider word is the same thing ("diabetes" and "type 2 diabetes")
        let wider = |one: &Qualifier, two: &Qualifier| one.origin == Origin::Title && two.value.ends_with(&*one.value);
        let alike = mine
            .iter()
            .any(|one| theirs.iter().any(|two| one.value == two.value || wider(one, two) || wider(two, one)));
        if !across && alike && !mine.iter().any(|one| theirs.iter().any(|two| one.value == two.value)) {
            continue;
        }
        if !across && !alike {
            mine.retain(|one| !one.is_settled());
            theirs.retain(|one| !one.is_settled());
        }
        if mine.is_empty() && theirs.is_empty() {
            continue;
        }
        if name == "study" {
            // two studies may find two things; one study and the rest of the article are another matter
            let same = mine.iter().any(|one| !one.value.is_empty() && theirs.iter().any(|two| one.value == two.value));
            match (mine.is_empty(), theirs.is_empty()) {
                (false, false) if !same => return None,
                (false, false) => (difference.shared, difference.one_case) = (true, true),
                _ => difference.study = true,
            }
            continue;
        }
        let held =
            |own: &[&Qualifier], all: &[&Qualifier]| own.iter().all(|one| all.iter().any(|two| one.value == two.value));
        // items that one line leads stand behind labels of their own
        let labels = name == "label" && !held(&mine, &theirs) && !held(&theirs, &mine);
        let common = !labels && mine.iter().any(|one| theirs.iter().any(|two| one.value == two.value));
        if common {
            let stated = |all: &[&Qualifier]| {
                all.iter().any(|one| matches!(one.origin, Origin::Stated | Origin::Implied | Origin::Settled))
            };
            let both = stated(&mine) && stated(&theirs);
            difference.shared |= both;
            difference.one_case |= both && !name.starts_with("at-");
        } else if !mine.is_empty() && !theirs.is_empty() {
            return None;
        } else {
            let only = if mine.is_empty() { &theirs } else { &mine };
            // what a word implies need not be said on the other side
            let usual = only.iter().all(|one| one.origin == Origin::Implied || frames.is_usual(name, &one.value));
            if !usual && frame.record.needs.iter().any(|needed| needed == name) {
                return None;
            }
            // a form that a heading gave before need not be said again later
            let led = !across
                && only.iter().all(|one| one.origin == Origin::Inherited)
                && matches!(name, "form" | "route" | "way")
                && if theirs.is_empty() { a.statement < b.statement } else { b.statement < a.statement };
            difference.one_sided |=
                !usual && !led && frame.record.same.iter().chain(&frames.strict).any(|same| same == name);
        }
    }
    Some(difference)
}

/// True when most content words of the two clauses are the same. A cell has none beside its value: its heads asked.
fn is_same_wording(a: &Fact, b: &Fact) -> bool {
    if a.words.is_empty() || b.words.is_empty() {
        return true;
    }
    let shared = a.words.iter().filter(|word| b.words.binary_search(word).is_ok()).count();
    let all = a.words.len() + b.words.len() - shared;
    shared >= 2 && shared * 5 >= all * 3
}
