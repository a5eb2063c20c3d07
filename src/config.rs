//! `claimlint.toml`: what a site says of its articles.
//!
//! Takes the file's text; gives settings for a path under it. Errors point into the file. Reads no disk.

mod domains;

use crate::catalogue::Catalogue;
use crate::checks::{Audience, Setting};
use crate::datafile::{DataError, DataFile, Step};
use crate::engine::{Level, Settings};
use crate::finding::Severity;
use crate::leftover::host::{Policy, Verdict};
use crate::reading::Options;
use glob::{MatchOptions, Pattern};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The name of the file.
pub const FILE_NAME: &str = "claimlint.toml";

/// The file as written.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Record {
    /// `[rules]`: code or name to a level.
    pub rules: BTreeMap<String, LevelName>,
    /// `[[override]]`: other settings for some paths.
    #[serde(rename = "override")]
    pub overrides: Vec<Override>,
    /// Globs of rule files, relative to the file.
    pub rule_files: Vec<String>,
    /// Globs of word files, relative to the file.
    pub lexicon: Vec<String>,
    /// Facts files, relative to the file.
    pub facts: Vec<String>,
    /// The baseline, relative to the file.
    pub baseline: Option<String>,
    /// The decisions of editors, relative to the file.
    pub decisions: Option<String>,
    /// Globs of paths that are not read.
    pub exclude: Vec<String>,
    /// Hosts.
    pub links: Links,
    /// What every article is about.
    pub topic: Option<String>,
    /// Who the articles are for.
    pub audience: Audience,
    /// Whose approvals and crisis lines count.
    pub jurisdiction: Option<String>,
    /// What the page template adds to every article.
    pub supplies: Vec<Supply>,
    /// Front matter keys that readers see.
    pub prose_fields: Vec<String>,
    /// Component props that readers see.
    pub prose_props: Vec<String>,
}

/// `[links]`.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Links {
    /// Hosts that are always allowed.
    pub allow: Vec<String>,
    /// Hosts that never are.
    pub deny: Vec<String>,
    /// Globs of lists of hosts that are allowed, relative to the file.
    pub allow_files: Vec<String>,
    /// Globs of lists of hosts that are denied, relative to the file.
    pub deny_files: Vec<String>,
}

/// What a page template may add.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Supply {
    /// The author.
    Author,
    /// The date.
    Date,
    /// A crisis line.
    CrisisLine,
    /// A line that sends readers to a professional.
    ProfessionalAdvice,
}

impl Supply {
    const fn name(self) -> &'static str {
        match self {
            Self::Author => "author",
            Self::Date => "date",
            Self::CrisisLine => "crisis-line",
            Self::ProfessionalAdvice => "professional-advice",
        }
    }
}

/// `off` or a severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LevelName {
    /// The rule does not run.
    Off,
    /// Severity info.
    Info,
    /// Severity warning.
    Warning,
    /// Severity error.
    Error,
}

impl From<LevelName> for Level {
    fn from(name: LevelName) -> Self {
        match name {
            LevelName::Off => Self::Off,
            LevelName::Info => Self::At(Severity::Info),
            LevelName::Warning => Self::At(Severity::Warning),
            LevelName::Error => Self::At(Severity::Error),
        }
    }
}

/// `[[override]]`.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Override {
    /// Globs of paths, relative to the file.
    pub paths: Vec<String>,
    /// Levels for these paths.
    pub rules: BTreeMap<String, LevelName>,
    /// Audience for these paths.
    pub audience: Option<Audience>,
}

/// A configuration with its globs compiled.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// As written.
    pub record: Record,
    exclude: Vec<Pattern>,
    overrides: Vec<Vec<Pattern>>,
    domains: Arc<Policy>,
}

/// Paths are matched as the shell does: `*` stays in a folder, `**` does not.
const MATCHING: MatchOptions =
    MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: false };

impl Config {
    /// Reads the file.
    ///
    /// # Errors
    /// When it is not TOML, has an unknown key or value, or holds a broken glob.
    pub fn parse(file: &DataFile) -> Result<Self, DataError> {
        let record: Record = file.parse()?;
        let compile = |globs: &[String], way: &[Step<'_>]| -> Result<Vec<Pattern>, DataError> {
            let one = |(index, glob): (usize, &String)| {
                Pattern::new(glob.strip_prefix("./").unwrap_or(glob)).map_err(|error| {
                    let way: Vec<Step<'_>> = way.iter().copied().chain([Step::Index(index)]).collect();
                    file.error(&way, format!("`{glob}` is no path pattern: {}", error.msg))
                })
            };
            globs.iter().enumerate().map(one).collect()
        };
        let exclude = compile(&record.exclude, &[Step::Key("exclude")])?;
        for (key, globs) in [("rule-files", &record.rule_files), ("lexicon", &record.lexicon)] {
            compile(globs, &[Step::Key(key)])?;
        }
        for (key, globs) in [("allow-files", &record.links.allow_files), ("deny-files", &record.links.deny_files)] {
            compile(globs, &[Step::Key("links"), Step::Key(key)])?;
        }
        let mut overrides = Vec::new();
        for (index, own) in record.overrides.iter().enumerate() {
            let way = [Step::Key("override"), Step::Index(index), Step::Key("paths")];
            if own.paths.is_empty() {
                return Err(file.error(&way, "an override needs `paths`"));
            }
            overrides.push(compile(&own.paths, &way)?);
        }
        let domains = Arc::new(Policy::default());
        let config = Self { record, exclude, overrides, domains };
        config.with_lists(file, &[], &[])
    }

    /// Takes in the lists of domains that `[links]` names. What `allow` and `deny` themselves say of a domain weighs
    /// more than a list; of two lists, that of denied domains.
    ///
    /// # Errors
    /// When a line of a list, or an entry of `allow` or `deny`, is no domain.
    pub fn with_lists(mut self, file: &DataFile, allow: &[DataFile], deny: &[DataFile]) -> Result<Self, DataError> {
        let mut policy = Policy::default();
        for (lists, verdict) in [(allow, Verdict::Allowed), (deny, Verdict::Denied)] {
            for list in lists {
                policy.add(domains::read(list)?, verdict);
            }
        }
        let links = &self.record.links;
        for (key, own, verdict) in [("allow", &links.allow, Verdict::Allowed), ("deny", &links.deny, Verdict::Denied)] {
            for (index, written) in own.iter().enumerate() {
                let way = [Step::Key("links"), Step::Key(key), Step::Index(index)];
                let domain = domains::domain(written).ok_or_else(|| {
                    file.error(&way, format!("`{written}` is no domain"))
                        .help("write the domain alone, as in `shop.example`")
                })?;
                policy.add([domain], verdict);
            }
        }
        self.domains = Arc::new(policy);
        Ok(self)
    }

    /// True when the file says that a path, relative to it, is not read.
    pub fn excludes(&self, path: &str) -> bool {
        self.exclude.iter().any(|glob| covers(glob, path))
    }

    /// The settings of an article by its path relative to the file. `today`: days since 1970-01-01.
    ///
    /// # Errors
    /// When the file names a rule that does not exist.
    pub fn settings(
        &self,
        file: &DataFile,
        path: &str,
        catalogue: &Catalogue,
        today: i64,
    ) -> Result<Settings, DataError> {
        let record = &self.record;
        let mut levels = HashMap::new();
        apply(&mut levels, &record.rules, &[], file, catalogue)?;
        let mut audience = record.audience;
        for (index, (own, globs)) in record.overrides.iter().zip(&self.overrides).enumerate() {
            let mut apart = HashMap::new();
            let way = [Step::Key("override"), Step::Index(index)];
            apply(&mut apart, &own.rules, &way, file, catalogue)?;
            if globs.iter().any(|glob| covers(glob, path)) {
                levels.extend(apart);
                audience = own.audience.unwrap_or(audience);
            }
        }
        Ok(Settings {
            options: Options { prose_fields: record.prose_fields.clone(), prose_props: record.prose_props.clone() },
            setting: Setting {
                audience,
                supplies: record.supplies.iter().map(|supply| supply.name().to_owned()).collect(),
                jurisdiction: record.jurisdiction.clone(),
                topic: record.topic.clone(),
                domains: Arc::clone(&self.domains),
                today,
            },
            levels,
            selected: None,
        })
    }
}

/// A glob covers a path, or a folder above it.
fn covers(glob: &Pattern, path: &str) -> bool {
    let mut end = path.len();
    loop {
        let head = path.get(..end).unwrap_or_default();
        if glob.matches_with(head, MATCHING) {
            return true;
        }
        match head.rfind('/') {
            Some(cut) => end = cut,
            None => return false,
        }
    }
}

fn apply(
    levels: &mut HashMap<usize, Level>,
    rules: &BTreeMap<String, LevelName>,
    way: &[Step<'_>],
    file: &DataFile,
    catalogue: &Catalogue,
) -> Result<(), DataError> {
    // a family's letter first, so that single rules can differ from it
    let mut names: Vec<_> = rules.iter().collect();
    names.sort_by_key(|(name, _)| name.chars().count() > 1);
    for (name, level) in names {
        let found = catalogue.selected(name);
        if found.is_empty() {
            let way: Vec<Step<'_>> = way.iter().copied().chain([Step::Key("rules"), Step::Name(name)]).collect();
            return Err(file.error(&way, format!("there is no rule `{name}`")).suggest(catalogue.nearest(name)));
        }
        levels.extend(found.into_iter().map(|rule| (rule, Level::from(*level))));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glob_covers_a_folder_and_what_is_below() {
        let covers = |glob: &str, path: &str| super::covers(&Pattern::new(glob).unwrap(), path);
        assert!(covers("old", "old/a/b.md"));
        assert!(covers("old/**", "old/a/b.md"));
        assert!(covers("*.md", "a.md"));
        assert!(!covers("*.md", "old/a.md"));
        assert!(covers("**/*.md", "old/a.md"));
    }

    #[test]
    fn a_misspelt_key_is_pointed_at() {
        let file = DataFile::new(FILE_NAME, "audiense = 'consumer'\n");
        let error = Config::parse(&file).unwrap_err();
        assert_eq!(file.source().slice(error.span), "audiense");
        assert_eq!(error.label.as_deref(), Some("did you mean `audience`?"));
    }
}
