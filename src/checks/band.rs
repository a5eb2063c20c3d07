//! Frequency words against the figure printed with them: "rare (1 in 20)".
//!
//! The words and their bands are the rule's; those of the European Union stand in the guideline on the summary of
//! product characteristics (2009), after CIOMS III.

use super::phrase::{found, is_about, overlap};
use super::scope::Scope;
use super::{Followers, Mechanism, Observation, Phrase, Scene};
use crate::grammar::quantity::{Bound, Quantity, QuantityKind};
use serde::Deserialize;

/// Parameters.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Bands {
    /// The words with their bands.
    pub bands: Vec<Band>,
    /// When given, one of these must stand in the statement, its heading or the line that leads its list.
    pub about: Vec<Phrase>,
    /// A phrase that silences what it overlaps.
    pub unless: Vec<Phrase>,
    /// Jurisdictions in which people use the words more freely: grade `lay`.
    pub lay_in: Vec<String>,
    /// Where figures count.
    pub scope: Scope,
}

/// One word and what it stands for, as a share from 0 to 1.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// The word as the message shows it.
    pub word: String,
    /// Phrases with the capture `risk:(…)` around the figure.
    pub phrases: Vec<Phrase>,
    /// The smallest share.
    pub least: f64,
    /// The largest share.
    pub most: f64,
    /// The band for people.
    pub shown: String,
}

const GRADES: &[&str] = &["lay"];

impl Mechanism for Bands {
    fn phrases(&mut self) -> Vec<&mut Phrase> {
        let bands = self.bands.iter_mut().flat_map(|band| &mut band.phrases);
        bands.chain(&mut self.about).chain(&mut self.unless).collect()
    }

    fn followers(&self) -> Vec<Followers<'_>> {
        let leaders: Vec<&Phrase> = self.bands.iter().flat_map(|band| &band.phrases).collect();
        let near = Followers { leaders: leaders.clone(), ..Followers::near([], [&self.unless[..]]) };
        vec![near, Followers { leaders, ..Followers::far([], [&self.about[..]]) }]
    }

    fn grades(&self) -> &'static [&'static str] {
        GRADES
    }

    fn values(&self) -> &'static [&'static str] {
        &["word", "band", "risk", "right"]
    }

    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        let lay = scene.setting.jurisdiction.as_ref().is_some_and(|own| self.lay_in.contains(own));
        for statement in scene.article.statements.iter().filter(|one| self.scope.admits(scene, one)) {
            if !self.about.is_empty() && !is_about(scene, statement, &self.about) {
                continue;
            }
            // of words that share text the longer counts: "very common", not "common"
            let all = || self.bands.iter().flat_map(|band| found(statement, &band.phrases).map(move |one| (band, one)));
            for (band, matched) in all() {
                let longer = |other: &crate::grammar::pattern::Match| {
                    overlap(&other.words, &matched.words) && other.words.len() > matched.words.len()
                };
                if all().any(|(_, other)| longer(other))
                    || found(statement, &self.unless).any(|other| overlap(&other.words, &matched.words))
                {
                    continue;
                }
                let bytes = matched.capture("risk").map(|words| statement.bytes_of(words));
                let risk = bytes.and_then(|bytes| {
                    statement.quantities.iter().find(|one| one.range.start < bytes.end && bytes.start < one.range.end)
                });
                let Some((risk, (low, high))) = risk.and_then(|risk| Some((risk, share(risk)?))) else { continue };
                if high >= band.least * 0.999 && low <= band.most * 1.001 {
                    continue;
                }
                let right = self.bands.iter().find(|other| low >= other.least * 0.999 && low <= other.most * 1.001);
                let range = statement.bytes_of(matched.words.clone());
                seen.push(Observation {
                    grade: lay.then_some("lay"),
                    span: statement.span_of(&scene.article.document, range),
                    related: Vec::new(),
                    values: vec![
                        ("word", band.word.clone()),
                        ("band", band.shown.clone()),
                        ("risk", statement.prose(&scene.article.document, risk.range.clone()).to_owned()),
                        ("right", right.map_or_else(|| "something else".to_owned(), |band| band.word.clone())),
                    ],
                    fix: None,
                });
            }
        }
    }
}

/// The share that a figure gives, from 0 to 1.
fn share(risk: &Quantity) -> Option<(f64, f64)> {
    let scale = match risk.kind {
        QuantityKind::Percent if risk.unit.as_deref() == Some("%") => 0.01,
        QuantityKind::Fraction => 1.0,
        _ => return None,
    };
    let (low, high) = (risk.low.min(risk.high) * scale, risk.low.max(risk.high) * scale);
    Some(match risk.bound {
        Bound::Exact | Bound::About => (low, high),
        Bound::AtMost => (0.0, high),
        Bound::AtLeast => (low, 1.0),
    })
}
