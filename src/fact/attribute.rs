//! Frames as `rules/attributes.toml` writes them: which question a phrase answers.
//!
//! Records only; `frame` makes them ready to be used.

use crate::grammar::phrase::{Followers, Phrase};
use crate::grammar::quantity::QuantityKind;
use serde::Deserialize;
use std::collections::BTreeMap;

/// `rules/attributes.toml`.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct AttributeFile {
    /// `[[attribute]]`: the frames; where two answer with one value, the one with more fixed words wins, then the
    /// earlier one.
    pub attribute: Vec<Attribute>,
    /// `[[contrast]]`: words that tell two facts apart (adults and children, first and second).
    pub contrast: Vec<Contrast>,
    /// Values of qualifiers that hold when nothing is said: name and value.
    pub usual: BTreeMap<String, Vec<String>>,
    /// Phrases that make a statement the result of one study.
    pub study: Vec<Phrase>,
    /// Phrases that set a statement against any other ("previously", "whereas").
    pub apart: Vec<Phrase>,
    /// Phrases that set a statement against what stands near it ("however", "instead").
    pub against: Vec<Phrase>,
    /// Lists of words.
    pub words: FactWords,
}

/// Words that tell how a fact is meant, folded; sorted once they are in use.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct FactWords {
    /// Words that open a condition.
    pub conditions: Vec<String>,
    /// Words of labels that name a question, not a case.
    pub label_words: Vec<String>,
    /// Verbs that no label has: with one of them it is a sentence.
    pub verbs: Vec<String>,
    /// Frequencies that do not say how many times ("every day"): at least so often.
    pub daily: Vec<String>,
    /// Words in front of a number that is exceeded ("more than").
    pub beyond: Vec<String>,
    /// Words that make a time a limit and no length ("within").
    pub limits: Vec<String>,
    /// Words of headings about somebody's questions ("ask").
    pub asking: Vec<String>,
    /// Words of somebody who speaks of themselves ("my").
    pub speakers: Vec<String>,
    /// Words in front of an example of what was just named ("such as").
    pub examples: Vec<String>,
    /// Words that stand for a subject named before ("it", "the drug").
    pub stand_ins: Vec<String>,
    /// Those of them that stand for something done ("the operation").
    pub acts: Vec<String>,
    /// Classes of what is taken and not done, which they never mean.
    pub taken: Vec<String>,
    /// Canonical names that stand for many things ("surgery"): what the article is about is meant, where that is one.
    pub generic: Vec<String>,
    /// Classes of what a thing is for: "ablation for atrial fibrillation" is about the ablation.
    pub purposes: Vec<String>,
    /// Words that name a helping of what was named before ("session"), or who pays for it.
    pub helpings: Vec<String>,
    /// Words that carry no content.
    pub plain: Vec<String>,
}

impl FactWords {
    /// The same lists, to be looked up by halves.
    pub(super) fn sorted(mut self) -> Self {
        for list in [
            &mut self.conditions,
            &mut self.label_words,
            &mut self.verbs,
            &mut self.daily,
            &mut self.beyond,
            &mut self.limits,
            &mut self.asking,
            &mut self.speakers,
            &mut self.examples,
            &mut self.stand_ins,
            &mut self.acts,
            &mut self.taken,
            &mut self.generic,
            &mut self.purposes,
            &mut self.helpings,
            &mut self.plain,
        ] {
            list.sort_unstable();
            list.dedup();
        }
        self
    }
}

/// What kind of value answers a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum ValueKind {
    Duration,
    Count,
    Percent,
    Dose,
    Frequency,
    Age,
    Year,
    Money,
    /// What is measured in blood or urine: "48 mmol/mol".
    Level,
    /// A class of the frame's closed list.
    Class,
    /// It holds or does not.
    Holds,
    /// Words, for house facts only.
    Text,
}

impl ValueKind {
    /// True when a placeholder of this name ("duration") takes quantities that can be the value.
    pub fn is_named(self, placeholder: &str) -> bool {
        match self {
            Self::Duration => placeholder == "duration",
            Self::Count => placeholder == "count",
            Self::Percent => matches!(placeholder, "percent" | "fraction"),
            Self::Dose => matches!(placeholder, "dose" | "mass"),
            Self::Frequency => placeholder == "frequency",
            Self::Age => placeholder == "age",
            Self::Year => matches!(placeholder, "year" | "date"),
            Self::Money => placeholder == "money",
            Self::Level => matches!(placeholder, "concentration" | "ratio"),
            Self::Class | Self::Holds | Self::Text => false,
        }
    }

    /// The same below a head that asks for it: "12 years" below "Minimum age", "3 months" below "Given every".
    pub const fn takes_below(self, kind: QuantityKind) -> bool {
        self.takes(kind)
            || match self {
                Self::Age => matches!(kind, QuantityKind::Duration | QuantityKind::Count),
                Self::Frequency => matches!(kind, QuantityKind::Duration),
                _ => false,
            }
    }

    /// True when a quantity of this kind can be the value.
    pub const fn takes(self, kind: QuantityKind) -> bool {
        match self {
            Self::Duration => matches!(kind, QuantityKind::Duration),
            Self::Count => matches!(kind, QuantityKind::Count),
            Self::Percent => matches!(kind, QuantityKind::Percent | QuantityKind::Fraction),
            Self::Dose => matches!(kind, QuantityKind::Dose | QuantityKind::Mass),
            Self::Frequency => matches!(kind, QuantityKind::Frequency),
            Self::Age => matches!(kind, QuantityKind::Age),
            Self::Year => matches!(kind, QuantityKind::Date),
            Self::Money => matches!(kind, QuantityKind::Money),
            Self::Level => matches!(kind, QuantityKind::Concentration | QuantityKind::Ratio),
            Self::Class | Self::Holds | Self::Text => false,
        }
    }
}

/// When two values of a frame exclude each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Conflict {
    /// Intervals without a common value.
    Disjoint,
    /// Dates of which neither contains the other.
    NotContained,
    /// Different classes.
    Exclusive,
    /// Affirmed and denied.
    Opposite,
    /// Different directions on one object.
    Direction,
}

/// Where a frame's subject is looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SubjectKind {
    /// A lexicon entry of one of the classes in `about`.
    #[default]
    Entity,
    /// The words in front of the cue.
    Phrase,
    /// A lexicon entry, else the words in front of the cue.
    Either,
    /// A lexicon entry, else what was named before, else the words in front of the cue.
    Known,
}

/// What holds for a whole class where it is said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kinds {
    /// What is denied ("ACE inhibitors must not be taken in pregnancy").
    Denied,
    /// What is affirmed ("benzodiazepines are addictive").
    Affirmed,
}

/// A class of a frame with classes.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// Its name, as facts files write it.
    pub name: String,
    /// The phrases that say it.
    pub cues: Vec<Phrase>,
    /// Names of classes that do not exclude it.
    #[serde(default)]
    pub with: Vec<String>,
}

/// One frame.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attribute {
    /// Its name, as facts files and JSON use it.
    pub name: String,
    /// The question it answers.
    pub asks: String,
    /// For messages: "length of one session".
    pub title: String,
    /// What answers it.
    pub value: ValueKind,
    /// Classes that its subject may have.
    #[serde(default = "treatments")]
    pub about: Vec<String>,
    /// Where its subject is looked for.
    #[serde(default)]
    pub subject: SubjectKind,
    /// Phrases that hold the value.
    #[serde(default)]
    pub cues: Vec<Phrase>,
    /// Phrases that deny it (`value = "holds"`).
    #[serde(default)]
    pub denied: Vec<Phrase>,
    /// Labels, table heads and questions that ask it.
    #[serde(default)]
    pub heads: Vec<Phrase>,
    /// Classes (`value = "class"`).
    #[serde(default)]
    pub class: Vec<Class>,
    /// Phrases in the same clause that make it another question.
    #[serde(default)]
    pub not: Vec<Phrase>,
    /// Qualifiers that must not differ, and of which a one-sided one makes an info.
    #[serde(default)]
    pub same: Vec<String>,
    /// Qualifiers that both sides must have, and alike.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Qualifiers that mean nothing here.
    #[serde(default)]
    pub ignore: Vec<String>,
    /// When two values exclude each other.
    pub conflict: Conflict,
    /// The values that can answer it, as a range ("1 min to 12 hours").
    #[serde(default)]
    pub range: Option<String>,
    /// True when there can be only one answer, whatever else is said (a half-life, a year of approval).
    #[serde(default)]
    pub single: bool,
    /// Share of the nearer bound that two values may differ by; default 0.05.
    #[serde(default)]
    pub share: Option<f64>,
    /// How much two values may differ at least, in the unit of the kind.
    #[serde(default)]
    pub least: f64,
    /// True when "can" and "may" allow it and do not hedge.
    #[serde(default)]
    pub grants: bool,
    /// True when a bare amount is one of a day (a maximum dose).
    #[serde(default)]
    pub daily: bool,
    /// True when its value is what single amounts make in a day: cues say how they are counted by the captures `day`,
    /// `week` and `often`. It leaves its quantity to other frames too.
    #[serde(default)]
    pub total: bool,
    /// True when a label or first cell that names the subject and little else asks it ("Nausea: 1 in 10").
    #[serde(default)]
    pub labelled: bool,
    /// Classes of what brings it about: the qualifier `by`.
    #[serde(default)]
    pub by: Vec<String>,
    /// What, said of a class of things, cannot be otherwise for one of its kind.
    #[serde(default)]
    pub kinds: Option<Kinds>,
    /// True when subject and object may change places: two medicines that are taken together.
    #[serde(default)]
    pub mutual: bool,
    /// True when it asks for a length, which "within" and "after" do not give.
    #[serde(default)]
    pub length: bool,
    /// True when its subject is nothing that a treatment brings about: a harm counts only where no treatment leads to it.
    #[serde(default)]
    pub harmless: bool,
    /// True when its cues are verbs: words in front of them that name nothing known are a subject of their own.
    #[serde(default)]
    pub verbal: bool,
    /// The frame whose value this one leaves to a hundred per cent: "30% do not respond" says that 70% do.
    #[serde(default)]
    pub complements: Option<String>,
    /// The frame whose value it dates: a house fact of that frame with a year is held against it.
    #[serde(default)]
    pub dates: Option<String>,
    /// True when only the printed number counts ("12 and over" and "not under 12" are one).
    #[serde(default)]
    pub bare: bool,
    /// True when "over" in front of a duration means "during", not "more than".
    #[serde(default)]
    pub over: bool,
}

fn treatments() -> Vec<String> {
    vec!["treatment".to_owned()]
}

/// Words that tell two facts apart.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contrast {
    /// The name of the qualifier.
    pub name: String,
    /// True when it counts only for frames that name it in `same` or `needs`.
    #[serde(default)]
    pub named: bool,
    /// True when it makes a query of any conflict where it stands on one side only.
    #[serde(default)]
    pub strict: bool,
    /// Its values, each with the phrases that say it.
    pub of: BTreeMap<String, Vec<Phrase>>,
}

impl AttributeFile {
    /// All phrases, to be compiled before [`Frames::new`].
    pub fn phrases(&mut self) -> Vec<&mut Phrase> {
        let mut all = Vec::new();
        for attribute in &mut self.attribute {
            all.extend(&mut attribute.cues);
            all.extend(&mut attribute.denied);
            all.extend(&mut attribute.heads);
            all.extend(&mut attribute.not);
            all.extend(attribute.class.iter_mut().flat_map(|class| &mut class.cues));
        }
        all.extend(self.contrast.iter_mut().flat_map(|contrast| contrast.of.values_mut().flatten()));
        all.extend(&mut self.study);
        all.extend(&mut self.apart);
        all.extend(&mut self.against);
        all
    }

    /// The phrases that make it another question say something only where one asks or answers.
    pub fn followers(&self) -> impl Iterator<Item = Followers<'_>> {
        self.attribute.iter().map(|attribute| {
            let asked = [&attribute.cues, &attribute.denied, &attribute.heads].into_iter();
            let classes = attribute.class.iter().map(|class| &class.cues);
            Followers {
                leaders: asked.chain(classes).flatten().collect(),
                phrases: attribute.not.iter().collect(),
                far: false,
            }
        })
    }
}
