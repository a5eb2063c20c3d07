//! Arguments as the contract names them.

use crate::finding::Severity;
use crate::past::decisions::Verdict;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// The linter that checks what health articles claim.
#[derive(Debug, Parser)]
#[command(name = "claimlint", version, about, propagate_version = true, max_term_width = 100)]
#[command(
    after_help = "Exit status: 0 nothing at or above --fail-on, 1 findings, 2 usage, configuration or an unreadable input."
)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// When to use colours; NO_COLOR is honoured.
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub color: Color,
}

impl Arguments {
    /// When to use colours.
    pub const fn color(&self) -> Color {
        self.color
    }
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal that wants them.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check articles.
    Check(Box<CheckOptions>),
    /// Print every statement as it was read, one JSON object a line.
    Statements(ReadOptions),
    /// List the checkable claims of articles with their values and sources, or write a facts file from them.
    Claims(Box<ClaimsOptions>),
    /// Report figures, negations and hedges that changed between two versions while their source did not.
    Compare(Box<CompareOptions>),
    /// Decide about a finding: it is not reported any more until one of its sides changes.
    Accept(Box<AcceptOptions>),
    /// List what was decided about findings, and whether it still holds.
    Decisions(Box<DecisionsOptions>),
    /// Explain a rule by its code or name.
    Explain {
        /// Code or name (C001, value-conflict).
        rule: String,
    },
    /// List all rules.
    Rules,
    /// Run the examples of rule files.
    Test {
        /// Rule files; without any, the built-in rules are tested.
        files: Vec<PathBuf>,
    },
    /// Write a claimlint.toml to start from into this folder.
    Init,
    /// Print the JSON schema of a kind of file, for editors that complete and check it.
    Schema {
        /// The kind of file.
        #[arg(value_enum)]
        file: SchemaFile,
    },
    /// Print the manual page of claimlint or of one of its commands.
    Man {
        /// The command (check, claims); without one, the page of claimlint itself.
        command: Option<String>,
        /// Write the pages of claimlint and all commands into this folder instead.
        #[arg(long, value_name = "FOLDER", conflicts_with = "command")]
        to: Option<PathBuf>,
    },
    /// Print completions for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

/// A kind of file that has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaFile {
    /// claimlint.toml.
    Config,
    /// Rule files.
    Rules,
    /// Facts files.
    Facts,
}

/// Which articles are read, and how.
#[derive(Debug, Default, Args)]
pub struct ReadOptions {
    /// Files, folders or globs; `-` reads standard input.
    #[arg(default_value = ".", value_name = "PATHS")]
    pub paths: Vec<String>,
    /// The name, and so the format, of standard input.
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<String>,
    /// The configuration, instead of the claimlint.toml found upwards from each file.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Number of threads; 0 takes all cores.
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub jobs: usize,
    /// Show no progress bar.
    #[arg(long)]
    pub no_progress: bool,
}

/// How findings are shown, and which of them fail.
#[derive(Debug, Args)]
pub struct ReportOptions {
    /// How findings are printed.
    #[arg(long, value_enum, default_value_t = Format::Pretty)]
    pub format: Format,
    /// Write the report to a file instead of standard output.
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The lowest severity that is shown.
    #[arg(long, value_enum, default_value_t = SeverityName::Warning, value_name = "SEVERITY")]
    pub min_severity: SeverityName,
    /// The lowest severity that makes the exit status 1.
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "SEVERITY")]
    pub fail_on: FailOn,
}

/// Options of `compare`.
#[derive(Debug, Args)]
pub struct CompareOptions {
    /// The earlier version: a file, a folder, or REV:path in a git repository.
    #[arg(value_name = "OLD")]
    pub old: String,
    /// The version at hand, named in the same way.
    #[arg(value_name = "NEW")]
    pub new: String,
    /// How findings leave.
    #[command(flatten)]
    pub report: ReportOptions,
    /// The configuration, instead of the claimlint.toml found upwards from the new version.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Today, for rules that look at the calendar.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub today: Option<i64>,
}

/// Options of `claims`.
#[derive(Debug, Args)]
pub struct ClaimsOptions {
    /// What is read.
    #[command(flatten)]
    pub read: ReadOptions,
    /// How the claims are printed.
    #[arg(long, value_enum, default_value_t = Listing::Table)]
    pub format: Listing,
    /// Write to a file instead of standard output.
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write a facts file to start from instead: what the articles say, for the house to check.
    #[arg(long, conflicts_with = "format")]
    pub facts_template: bool,
    /// Today, the date in a facts file.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub today: Option<i64>,
}

/// How claims are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Listing {
    /// Aligned columns, for people.
    Table,
    /// For spreadsheets.
    Csv,
    /// One array, for programs.
    Json,
}

/// Options of `check`.
#[derive(Debug, Args)]
pub struct CheckOptions {
    /// What is read.
    #[command(flatten)]
    pub read: ReadOptions,
    /// How findings leave.
    #[command(flatten)]
    pub report: ReportOptions,
    /// Report only these rules: codes, names or family letters, separated by commas.
    #[arg(long, value_delimiter = ',', value_name = "CODES")]
    pub select: Vec<String>,
    /// Do not run these rules.
    #[arg(long, value_delimiter = ',', value_name = "CODES")]
    pub ignore: Vec<String>,
    /// House facts that articles are held against; may be repeated.
    #[arg(long, value_name = "FILE")]
    pub facts: Vec<PathBuf>,
    /// Do not compare the articles with each other.
    #[arg(long)]
    pub no_corpus: bool,
    /// Put the repairs that are certain into the files, then report what remains. The text of standard input goes to
    /// standard output, its report to standard error.
    #[arg(long)]
    pub fix: bool,
    /// Show what --fix would change as a unified diff in place of the report; nothing is written.
    #[arg(long, conflicts_with = "format")]
    pub diff: bool,
    /// Findings that were there before and are not reported; written by --write-baseline.
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write all findings that are shown to the baseline, so that only new ones are reported from then on.
    #[arg(long, conflicts_with_all = ["prune_baseline", "fix", "diff", "changed_since", "against"])]
    pub write_baseline: bool,
    /// Take findings that no longer occur out of the baseline.
    #[arg(long, conflicts_with_all = ["fix", "diff"])]
    pub prune_baseline: bool,
    /// Report only what touches lines changed since this revision in git, and figures that changed without a reason.
    #[arg(long, value_name = "REV")]
    pub changed_since: Option<String>,
    /// Read this folder, too, as the other sides of contradictions; what is found in it alone is not reported.
    #[arg(long, value_name = "DIR")]
    pub against: Vec<String>,
    /// Today, for rules that look at the calendar.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub today: Option<i64>,
}

/// Options of `accept`.
#[derive(Debug, Args)]
pub struct AcceptOptions {
    /// The fingerprint that `check` prints below the finding, or the beginning of it.
    #[arg(value_name = "FINGERPRINT")]
    pub fingerprint: String,
    /// What is read.
    #[command(flatten)]
    pub read: ReadOptions,
    /// Why the text stays as it is.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// Who decides.
    #[arg(long, value_name = "NAME")]
    pub by: String,
    /// The last day on which the decision holds.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub until: Option<i64>,
    /// What is decided.
    #[arg(long = "as", value_enum, default_value_t = VerdictName::Accepted, value_name = "VERDICT")]
    pub verdict: VerdictName,
    /// Look at what changed since this revision in git, too, as `check` does.
    #[arg(long, value_name = "REV")]
    pub changed_since: Option<String>,
    /// The article, where the same sentence stands in several.
    #[arg(long, value_name = "PATH")]
    pub article: Option<PathBuf>,
    /// House facts that articles are held against; may be repeated.
    #[arg(long, value_name = "FILE")]
    pub facts: Vec<PathBuf>,
    /// Today, the day of the decision.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub today: Option<i64>,
}

/// What is decided about a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum VerdictName {
    /// The text stays as it is; the finding is not reported any more.
    Accepted,
    /// The finding is held to be wrong; it is reported with the decision.
    Disputed,
    /// The author is to be asked; it is reported with the decision.
    ToBeAsked,
}

impl From<VerdictName> for Verdict {
    fn from(name: VerdictName) -> Self {
        match name {
            VerdictName::Accepted => Self::Accepted,
            VerdictName::Disputed => Self::Disputed,
            VerdictName::ToBeAsked => Self::ToBeAsked,
        }
    }
}

/// Options of `decisions`.
#[derive(Debug, Args)]
pub struct DecisionsOptions {
    /// What is read.
    #[command(flatten)]
    pub read: ReadOptions,
    /// How the decisions are printed.
    #[arg(long, value_enum, default_value_t = DecisionsFormat::Table)]
    pub format: DecisionsFormat,
    /// Take out decisions whose findings are gone.
    #[arg(long)]
    pub prune: bool,
    /// House facts that articles are held against; may be repeated.
    #[arg(long, value_name = "FILE")]
    pub facts: Vec<PathBuf>,
    /// Today, for decisions that hold until a day.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub today: Option<i64>,
}

/// How decisions are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DecisionsFormat {
    /// A few lines each, for people.
    Table,
    /// One array, for programs.
    Json,
}

fn day(text: &str) -> Result<i64, String> {
    let date: jiff::civil::Date = text.parse().map_err(|_| format!("`{text}` is no date like 2026-01-31"))?;
    let since = date.since(jiff::civil::date(1970, 1, 1)).map_err(|error| error.to_string())?;
    Ok(i64::from(since.get_days()))
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With the text they are about, for people.
    Pretty,
    /// One line each, for problem matchers.
    Concise,
    /// One object, for programs.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow commands, which GitHub Actions shows in pull requests.
    Github,
    /// GitLab's code quality report.
    Gitlab,
    /// JUnit XML, for systems that show tests.
    Junit,
    /// Checkstyle XML, for review bots.
    Checkstyle,
    /// The diagnostic format of reviewdog.
    Rdjson,
    /// A summary for pull requests and jobs, with the questions to the authors.
    Markdown,
    /// One page with the articles and every finding beside its words, for editors.
    Html,
}

/// A severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum SeverityName {
    Error,
    Warning,
    Info,
}

impl From<SeverityName> for Severity {
    fn from(name: SeverityName) -> Self {
        match name {
            SeverityName::Error => Self::Error,
            SeverityName::Warning => Self::Warning,
            SeverityName::Info => Self::Info,
        }
    }
}

/// A severity, or never.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}

impl FailOn {
    /// The severity, if there is one.
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Never => None,
        }
    }
}
