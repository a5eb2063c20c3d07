//! Configurations, with the engine and the house facts that each asks for.

use super::{Failure, house};
use crate::catalogue::Catalogue;
use crate::config::{Config, FILE_NAME};
use crate::datafile::DataFile;
use crate::engine::{Engine, Level, Settings};
use crate::fact::house::House;
use crate::past::decisions;
use crate::report::{Artifact, Role};
use crate::rule::Rule;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One configuration, ready for articles.
pub struct Site {
    /// True when a file made it.
    pub configured: bool,
    /// The rules.
    pub engine: Engine,
    /// The house facts.
    pub house: House,
    config: Config,
    file: DataFile,
    /// The files that made it.
    files: Vec<(Role, DataFile)>,
    /// The folder of the configuration, else the one at hand.
    pub folder: PathBuf,
    shared: Option<Arc<Settings>>,
    today: i64,
    levels: HashMap<usize, Level>,
    selected: Option<Vec<usize>>,
}

/// What the arguments say for all sites.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// `--select`.
    pub select: Vec<String>,
    /// `--ignore`.
    pub ignore: Vec<String>,
    /// `--facts`.
    pub facts: Vec<PathBuf>,
    /// Days since 1970-01-01.
    pub today: i64,
}

/// All configurations that the files of a run fall under.
#[derive(Default)]
pub struct Workspace {
    /// The sites, in the order in which they were met.
    pub sites: Vec<Site>,
    by_file: HashMap<Option<PathBuf>, usize>,
    /// By folder as the files in it are named.
    by_folder: HashMap<PathBuf, usize>,
}

impl Workspace {
    /// The site of a file: that of the configuration given, else the one found upwards.
    ///
    /// # Errors
    /// When the configuration or a file that it names cannot be used.
    pub fn site_of(&mut self, path: &Path, given: Option<&Path>, wishes: &Wishes) -> Result<usize, Failure> {
        let parent = path.parent().unwrap_or(Path::new(""));
        if let Some(site) = self.by_folder.get(parent) {
            return Ok(*site);
        }
        let site = self.met(path, given, wishes)?;
        self.by_folder.insert(parent.to_owned(), site);
        Ok(site)
    }

    /// The same, the first time that a folder is met.
    fn met(&mut self, path: &Path, given: Option<&Path>, wishes: &Wishes) -> Result<usize, Failure> {
        let config = match given {
            Some(given) => Some(given.to_owned()),
            None => {
                let folder = std::path::absolute(path)?.parent().map(Path::to_owned).unwrap_or_default();
                found_upwards(&folder)
            }
        };
        if let Some(site) = self.by_file.get(&config) {
            return Ok(*site);
        }
        let site = Site::new(config.as_deref(), wishes)?;
        self.sites.push(site);
        self.by_file.insert(config, self.sites.len() - 1);
        Ok(self.sites.len() - 1)
    }

    /// The rules of all sites.
    pub fn rules(&self) -> Vec<&Rule> {
        self.sites.iter().flat_map(|site| &site.engine.catalogue().rules).collect()
    }

    /// The facts files of all sites, by the paths that findings give.
    pub fn facts_files(&self) -> impl Iterator<Item = &str> {
        let files = self.sites.iter().flat_map(|site| &site.files);
        files.filter(|(role, _)| *role == Role::Facts).map(|(_, file)| file.path())
    }

    /// The settings, rules, words and facts of all sites by their hashes.
    pub fn artifacts(&self) -> Vec<Artifact> {
        let files = self.sites.iter().flat_map(|site| &site.files);
        files.map(|(role, file)| Artifact::new(file.path(), *role, file.source().text().as_bytes())).collect()
    }
}

/// The configuration in a folder, else the next one above it.
fn found_upwards(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().map(|folder| folder.join(FILE_NAME)).find(|file| file.is_file())
}

impl Site {
    fn new(path: Option<&Path>, wishes: &Wishes) -> Result<Self, Failure> {
        let (config, file, folder) = match path {
            Some(path) => {
                let file = house::data_file(path)?;
                let config = Config::parse(&file)?;
                let folder = std::path::absolute(path)?.parent().map(Path::to_owned).unwrap_or_default();
                (config, file, folder)
            }
            None => (Config::default(), DataFile::new(FILE_NAME, ""), std::env::current_dir()?),
        };
        let links = &config.record.links;
        let allow = house::data_files(&folder, &links.allow_files, &file, &["links", "allow-files"])?;
        let deny = house::data_files(&folder, &links.deny_files, &file, &["links", "deny-files"])?;
        let config = config.with_lists(&file, &allow, &deny)?;
        let rules = house::data_files(&folder, &config.record.rule_files, &file, &["rule-files"])?;
        let words = house::data_files(&folder, &config.record.lexicon, &file, &["lexicon"])?;
        let own = house::data_files(&folder, &config.record.facts, &file, &["facts"])?;
        let given = wishes.facts.iter().map(|path| house::data_file(path)).collect::<Result<Vec<_>, _>>()?;
        let catalogue = Catalogue::with_facts(&rules, &words, own.iter().chain(&given))?;
        let mut facts = house::read(&own, &catalogue)?;
        facts.facts.extend(house::read(&given, &catalogue)?.facts);
        let mut files: Vec<(Role, DataFile)> = Vec::new();
        let roles = [
            (Role::Domains, allow),
            (Role::Domains, deny),
            (Role::Rules, rules),
            (Role::Words, words),
            (Role::Facts, own),
            (Role::Facts, given),
        ];
        for (role, all) in roles {
            files.extend(all.into_iter().map(|file| (role, file)));
        }
        if path.is_some() {
            files.push((Role::Config, file.clone()));
        }
        let mut levels = HashMap::new();
        for name in &wishes.ignore {
            levels.extend(named(&catalogue, name)?.into_iter().map(|rule| (rule, Level::Off)));
        }
        let mut selected = None;
        for name in &wishes.select {
            selected.get_or_insert_with(Vec::new).extend(named(&catalogue, name)?);
        }
        let mut site = Self {
            configured: path.is_some(),
            engine: Engine::new(catalogue),
            house: facts,
            config,
            file,
            files,
            folder,
            shared: None,
            today: wishes.today,
            levels,
            selected,
        };
        // names of rules are checked once, here; later only paths differ
        let settings = site.made("")?;
        if site.config.record.overrides.is_empty() {
            site.shared = Some(settings);
        }
        Ok(site)
    }

    /// The path of a file relative to the configuration, with `/`.
    fn relative(&self, path: &Path) -> String {
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let relative = absolute.strip_prefix(&self.folder).unwrap_or(&absolute);
        super::discover::shown(relative)
    }

    /// The baseline that the configuration names.
    pub fn baseline(&self) -> Option<PathBuf> {
        self.config.record.baseline.as_ref().map(|name| self.folder.join(name))
    }

    /// The file of decisions: the one that the configuration names, else the one beside it.
    pub fn decisions(&self) -> PathBuf {
        self.folder.join(self.config.record.decisions.as_deref().unwrap_or(decisions::FILE_NAME))
    }

    /// True when the configuration names the file of decisions, which then must be there.
    pub const fn names_decisions(&self) -> bool {
        self.config.record.decisions.is_some()
    }

    /// True when the configuration says that a file is not read.
    pub fn excludes(&self, path: &Path) -> bool {
        !self.config.record.exclude.is_empty() && self.config.excludes(&self.relative(path))
    }

    /// The settings of a file.
    ///
    /// # Errors
    /// When the configuration names a rule that does not exist.
    pub fn settings(&self, path: &Path) -> Result<Arc<Settings>, Failure> {
        match &self.shared {
            Some(shared) => Ok(Arc::clone(shared)),
            None => self.made(&self.relative(path)),
        }
    }

    fn made(&self, relative: &str) -> Result<Arc<Settings>, Failure> {
        let mut settings = self.config.settings(&self.file, relative, self.engine.catalogue(), self.today)?;
        settings.levels.extend(&self.levels);
        settings.selected.clone_from(&self.selected);
        Ok(Arc::new(settings))
    }
}

/// The rules that a name on the command line means.
fn named(catalogue: &Catalogue, name: &str) -> Result<Vec<usize>, Failure> {
    let found = catalogue.selected(name);
    if found.is_empty() {
        let nearest =
            catalogue.nearest(name).map_or_else(String::new, |nearest| format!("; did you mean `{nearest}`?"));
        return Err(Failure::Usage(format!("there is no rule `{name}`{nearest}")));
    }
    Ok(found)
}
