//! The closed list of mechanisms: what claimlint can decide.
//!
//! A mechanism is a pure function from parameters and an article to observations. It never sees severity or wording.
//! Adding one: a file here, whose records derive `Deserialize` and `schemars::JsonSchema`, a variant of [`Check`], an
//! arm in [`Check::mechanism`] and [`Check::mechanism_mut`]. Phrases that it asks for only where others stand are named in
//! [`Mechanism::followers`]: they are not looked for anywhere else.

pub mod abbreviation;
pub mod antecedent;
pub mod approval;
pub mod band;
pub mod calendar;
pub mod certainty;
pub mod change;
pub mod companion;
pub mod conflict;
pub mod currency;
pub mod denominators;
pub mod directive;
pub mod evidence;
pub mod fraction;
pub mod granularity;
pub mod identifier;
pub mod impossible;
pub mod interval;
pub mod leftover;
pub mod link;
pub mod notation;
pub mod p_form;
pub mod parts;
pub mod phrase;
pub mod placeholder;
pub mod product;
pub mod promise;
pub mod reference;
pub mod regimen;
pub mod repeated;
pub mod reversed;
pub mod revision;
pub mod scope;
pub mod script;
pub mod significance;
pub mod speaker;
pub mod splice;
pub mod summary;
pub mod support;
pub mod title;
pub mod truncated;
pub mod twins;
pub mod unit;
pub mod versions;
pub mod weak;

pub use crate::grammar::phrase::{Followers, Phrase};

use crate::bibliography::Library;
use crate::document::Document;
use crate::fact::Fact;
use crate::fact::frame::Frames;
use crate::fact::house::House;
use crate::fact::index::{Claim, Site};
use crate::finding::{Fix, Place};
use crate::leftover::host::Policy;
use crate::lexicon::Lexicon;
use crate::source::{Source, Span};
use crate::statement::{Index, Statement};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Who an article is written for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// The public.
    #[default]
    Consumer,
    /// Health professionals.
    Professional,
}

/// What is known of the site beside the text.
#[derive(Clone, Debug, Default)]
pub struct Setting {
    /// Who it is for.
    pub audience: Audience,
    /// What the template adds to every page: `author`, `date`, `crisis-line`, ….
    pub supplies: Vec<String>,
    /// The jurisdiction whose approvals and lines count (`US`, `UK`, …).
    pub jurisdiction: Option<String>,
    /// Canonical name of the article's topic, when the config names one.
    pub topic: Option<String>,
    /// Domains that are allowed or denied.
    pub domains: Arc<Policy>,
    /// Today as days since 1970-01-01.
    pub today: i64,
}

/// One article, read.
#[derive(Clone, Debug)]
pub struct Article<'s> {
    /// The file.
    pub source: &'s Source,
    /// Its blocks.
    pub document: Document,
    /// Its statements, in source order.
    pub statements: Vec<Statement>,
    /// The statements by the phrases found in them.
    pub index: Index,
    /// Its facts, in source order.
    pub facts: Vec<Fact>,
    /// What its title and description say.
    pub front: Front,
    /// What it may cite by keys; `None` when that is not known.
    pub library: Option<Library>,
    /// The files that its links name and that are known to be missing, as the links write them.
    pub gone: BTreeSet<String>,
}

/// The title, the first heading and the description of an article, read like its text.
#[derive(Clone, Debug)]
pub struct Front {
    /// Their lines; the first is the heading itself.
    pub document: Document,
    /// Their statements.
    pub statements: Vec<Statement>,
    /// Their facts. Blocks and statements count behind those of the article, so that none lies near another.
    pub facts: Vec<Fact>,
}

/// Everything a mechanism may look at.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The article.
    pub article: &'a Article<'a>,
    /// The words.
    pub lexicon: &'a Lexicon,
    /// The site.
    pub setting: &'a Setting,
    /// The frames that facts were read by.
    pub frames: &'a Frames,
    /// The house facts.
    pub house: &'a House,
    /// The sentences of the article that are like each other.
    pub twins: &'a twins::Twins,
}

/// The role of a place that stands beside the primary one and does not oppose it: what it says is no part of what the
/// finding is known by.
pub const BESIDE: &str = "also";

/// A place with a role, for the rule to word.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// The role (`other`, `house`, `part`, …); a closed list for each mechanism.
    pub role: &'static str,
    /// Where.
    pub place: Place,
    /// What `{value}` stands for in the role's label.
    pub value: String,
}

/// What a mechanism saw.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// One of the mechanism's grades.
    pub grade: Option<&'static str>,
    /// Where, in the article at hand.
    pub span: Span,
    /// Other places.
    pub related: Vec<Side>,
    /// Values for the message's placeholders.
    pub values: Vec<(&'static str, String)>,
    /// A repair, where it is certain.
    pub fix: Option<Fix>,
}

/// A mechanism with the parameters of one rule.
pub trait Mechanism {
    /// The phrases among the parameters, to be compiled.
    fn phrases(&mut self) -> Vec<&mut Phrase> {
        Vec::new()
    }
    /// Which phrases say something only beside others: they are looked for only there.
    fn followers(&self) -> Vec<Followers<'_>> {
        Vec::new()
    }
    /// Names of lexicon classes, lists and frames among the parameters, each with what it must be (`class`, `list`,
    /// `attribute`), to be validated.
    fn names(&self) -> Vec<(&'static str, &str)> {
        Vec::new()
    }
    /// The grades it may report.
    fn grades(&self) -> &'static [&'static str] {
        &[]
    }
    /// The placeholders it fills in messages.
    fn values(&self) -> &'static [&'static str];
    /// The roles of related places.
    fn roles(&self) -> &'static [&'static str] {
        &[]
    }
    /// True when what it saw with a grade is a fault of the whole article, not of the statement where it shows.
    fn is_of_article(&self, _grade: Option<&str>) -> bool {
        false
    }
    /// Looks at one article.
    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>);
    /// What a site keeps of an article for [`Mechanism::observe_site`], beside its facts.
    fn keep(&self, _scene: &Scene<'_>, _claims: &mut Vec<Claim>) {}
    /// Looks at the articles of one site together: observations with the index of the article they are about.
    fn observe_site(&self, _site: &Site<'_>, _seen: &mut Vec<(usize, Observation)>) {}
    /// Looks at two versions of one article; places are in the new one.
    fn observe_revision(&self, _versions: &revision::Revised<'_>, _seen: &mut Vec<Observation>) {}
}

/// Which mechanism a rule uses, with its parameters: `[rule.check.support]` and so on.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// One short form with two long ones.
    Abbreviation(abbreviation::Abbreviation),
    /// What the house knows of approvals, against what is said of them.
    Approval(Box<approval::Approval>),
    /// Settled in one statement, open in another.
    Certainty(Box<certainty::Certainty>),
    /// An article that says this must also say that.
    Companion(Box<companion::Companion>),
    /// Comparable facts that exclude each other.
    Conflict(Box<conflict::Conflict>),
    /// Who wrote it, when, and how old its evidence is.
    Currency(Box<currency::Currency>),
    /// Directives that silence nothing or name no rule.
    Directive(directive::Directives),
    /// A number of people of a number of people, against its percentage.
    Fraction(Box<fraction::Fraction>),
    /// Whether whole people can give a percentage or mean.
    Granularity(Box<granularity::Granularity>),
    /// Identifiers and addresses that cannot be right.
    Identifier(identifier::Identifier),
    /// Values that cannot be.
    Impossible(Box<impossible::Impossible>),
    /// What was never part of the article.
    Leftover(leftover::Leftover),
    /// Where links lead and what they show.
    Link(link::LinkCheck),
    /// Hidden text and letters that are not what they look like.
    Script(script::Script),
    /// Sentences that stand in an article twice.
    Repeated(repeated::Repeated),
    /// Paragraphs that stop without an ending.
    Truncated(truncated::Truncated),
    /// Words that point back at nothing.
    Antecedent(antecedent::Antecedent),
    /// Text that was never finished.
    Placeholder(placeholder::Placeholder),
    /// Title, description and key points against the body.
    Summary(Box<summary::Summary>),
    /// Search phrases wedged into a sentence.
    Splice(splice::Splice),
    /// Titles like search queries.
    Title(title::Title),
    /// A p-value against its statistic.
    Significance(Box<significance::Significance>),
    /// How a dose is printed.
    Notation(Box<notation::Notation>),
    /// Parts against their whole.
    Parts(Box<parts::Parts>),
    /// Weekdays against their dates.
    Calendar(Box<calendar::Calendar>),
    /// A change against its two ends.
    Change(Box<change::Change>),
    /// Risks compared with different denominators.
    Denominators(Box<denominators::Denominators>),
    /// Headings and leads that promise what does not follow.
    Promise(Box<promise::Promise>),
    /// Reference markers and reference lists held against each other.
    Reference(reference::ReferenceCheck),
    /// Doses against their totals.
    Regimen(Box<regimen::Regimen>),
    /// Ranges that run backwards.
    Reversed(Box<reversed::Reversed>),
    /// What changed since an earlier version while its source did not.
    Revision(Box<revision::Revision>),
    /// An estimate against its interval.
    Interval(Box<interval::Intervals>),
    /// How a p-value is printed.
    PForm(Box<p_form::PForm>),
    /// Frequency words against their figures.
    Band(Box<band::Bands>),
    /// The same number with units a thousandfold apart.
    Unit(Box<unit::Units>),
    /// Wording in a mode and scope.
    Phrase(Box<phrase::Wording>),
    /// People who are quoted without having been introduced.
    Speaker(Box<speaker::Speaker>),
    /// Clinical claims that lean on a weak source.
    Weak(weak::Weak),
    /// Two articles that are versions of one.
    Versions(versions::Versions),
    /// A claim of some kind without evidence of some kind.
    Support(Box<support::Support>),
}

impl Check {
    /// True when it compares the articles of a site.
    pub fn looks_at_site(&self) -> bool {
        matches!(self, Self::Conflict(check) if check.against == conflict::Against::Site)
            || matches!(self, Self::Versions(_) | Self::Certainty(_))
    }

    /// True when it compares versions of an article.
    pub fn looks_at_revision(&self) -> bool {
        matches!(self, Self::Revision(_))
    }

    /// The mechanism, to be asked and to look.
    pub fn mechanism(&self) -> &dyn Mechanism {
        match self {
            Self::Abbreviation(check) => check,
            Self::Approval(check) => check.as_ref(),
            Self::Certainty(check) => check.as_ref(),
            Self::Companion(check) => check.as_ref(),
            Self::Conflict(check) => check.as_ref(),
            Self::Directive(check) => check,
            Self::Fraction(check) => check.as_ref(),
            Self::Granularity(check) => check.as_ref(),
            Self::Identifier(check) => check,
            Self::Impossible(check) => check.as_ref(),
            Self::Leftover(check) => check,
            Self::Link(check) => check,
            Self::Script(check) => check,
            Self::Antecedent(check) => check,
            Self::Placeholder(check) => check,
            Self::Splice(check) => check,
            Self::Summary(check) => check.as_ref(),
            Self::Title(check) => check,
            Self::Repeated(check) => check,
            Self::Truncated(check) => check,
            Self::Significance(check) => check.as_ref(),
            Self::Notation(check) => check.as_ref(),
            Self::Parts(check) => check.as_ref(),
            Self::Calendar(check) => check.as_ref(),
            Self::Change(check) => check.as_ref(),
            Self::Currency(check) => check.as_ref(),
            Self::Denominators(check) => check.as_ref(),
            Self::Promise(check) => check.as_ref(),
            Self::Reference(check) => check,
            Self::Regimen(check) => check.as_ref(),
            Self::Reversed(check) => check.as_ref(),
            Self::Revision(check) => check.as_ref(),
            Self::Interval(check) => check.as_ref(),
            Self::PForm(check) => check.as_ref(),
            Self::Band(check) => check.as_ref(),
            Self::Unit(check) => check.as_ref(),
            Self::Phrase(check) => check.as_ref(),
            Self::Speaker(check) => check.as_ref(),
            Self::Support(check) => check.as_ref(),
            Self::Versions(check) => check,
            Self::Weak(check) => check,
        }
    }

    /// The mechanism, to be compiled.
    pub fn mechanism_mut(&mut self) -> &mut dyn Mechanism {
        match self {
            Self::Abbreviation(check) => check,
            Self::Approval(check) => check.as_mut(),
            Self::Certainty(check) => check.as_mut(),
            Self::Companion(check) => check.as_mut(),
            Self::Conflict(check) => check.as_mut(),
            Self::Directive(check) => check,
            Self::Fraction(check) => check.as_mut(),
            Self::Granularity(check) => check.as_mut(),
            Self::Identifier(check) => check,
            Self::Impossible(check) => check.as_mut(),
            Self::Leftover(check) => check,
            Self::Link(check) => check,
            Self::Script(check) => check,
            Self::Antecedent(check) => check,
            Self::Placeholder(check) => check,
            Self::Splice(check) => check,
            Self::Summary(check) => check.as_mut(),
            Self::Title(check) => check,
            Self::Repeated(check) => check,
            Self::Truncated(check) => check,
            Self::Significance(check) => check.as_mut(),
            Self::Notation(check) => check.as_mut(),
            Self::Parts(check) => check.as_mut(),
            Self::Calendar(check) => check.as_mut(),
            Self::Change(check) => check.as_mut(),
            Self::Currency(check) => check.as_mut(),
            Self::Denominators(check) => check.as_mut(),
            Self::Promise(check) => check.as_mut(),
            Self::Reference(check) => check,
            Self::Regimen(check) => check.as_mut(),
            Self::Reversed(check) => check.as_mut(),
            Self::Revision(check) => check.as_mut(),
            Self::Interval(check) => check.as_mut(),
            Self::PForm(check) => check.as_mut(),
            Self::Band(check) => check.as_mut(),
            Self::Unit(check) => check.as_mut(),
            Self::Phrase(check) => check.as_mut(),
            Self::Speaker(check) => check.as_mut(),
            Self::Support(check) => check.as_mut(),
            Self::Versions(check) => check,
            Self::Weak(check) => check,
        }
    }
}
