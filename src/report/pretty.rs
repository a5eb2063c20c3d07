//! Findings as miette diagnostics: both sides of a contradiction in view, lines cut to the terminal's width.
//!
//! Takes findings and a way to the sources they point into; gives text. Sources are read through the line index, since
//! miette by itself counts lines from the start of the file for every label.

mod window;

use super::{Run, Sources};
use crate::finding::{Finding, Place, Severity};
use crate::source::Span;
use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode, SourceSpan};
use std::fmt::{self, Display};
use window::Window;

/// How the terminal looks.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Colours and styles.
    pub color: bool,
    /// Columns.
    pub width: usize,
}

/// All findings, one below the other.
pub fn render(run: &Run<'_>, look: Look) -> String {
    let theme = if look.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(look.width)
        .with_context_lines(1)
        .with_links(false)
        .with_primary_span_start();
    let mut out = String::new();
    for finding in run.findings {
        let mut shown = Shown::new(finding, run.sources, look.width);
        shown.help = Some(format!("{}\n({})", finding.help, ways_on(finding, run)));
        if handler.render_report(&mut out, &shown).is_err() {
            out.push_str(&finding.message);
        }
        out.push('\n');
    }
    out
}

/// The commands that say more of a finding, and that let it stand. What two versions differ in is not decided about.
fn ways_on(finding: &Finding, run: &Run<'_>) -> String {
    let explain = format!("claimlint explain {}", finding.code);
    if run.compares { explain } else { format!("{explain}, claimlint accept {}", finding.fingerprint) }
}

/// A finding, or one of its sides in another file, as miette sees it.
#[derive(Debug)]
struct Shown<'s> {
    message: String,
    severity: Option<miette::Severity>,
    help: Option<String>,
    window: Option<Window<'s>>,
    labels: Vec<(Span, String)>,
    sides: Vec<Shown<'s>>,
}

impl<'s> Shown<'s> {
    fn new(finding: &Finding, sources: &Sources<'s>, width: usize) -> Self {
        let own = |place: &Place| place.path == finding.primary.path;
        let mut labels = vec![(finding.primary.span, finding.label.clone())];
        for side in finding.related.iter().filter(|side| own(&side.place)) {
            labels.push((side.place.span, side.message.clone()));
        }
        let sides = finding.related.iter().filter(|side| !own(&side.place)).map(|side| Self {
            message: side.message.clone(),
            severity: Some(miette::Severity::Advice),
            help: None,
            window: sources(&side.place.path).map(|source| Window::new(source, &[side.place.span], width)),
            labels: vec![(side.place.span, String::new())],
            sides: Vec::new(),
        });
        let spans: Vec<Span> = labels.iter().map(|(span, _)| *span).collect();
        Self {
            message: format!("{} [{}]", finding.message, finding.code),
            severity: Some(match finding.severity {
                Severity::Error => miette::Severity::Error,
                Severity::Warning => miette::Severity::Warning,
                Severity::Info => miette::Severity::Advice,
            }),
            help: None,
            window: sources(&finding.primary.path).map(|source| Window::new(source, &spans, width)),
            labels,
            sides: sides.collect(),
        }
    }
}

impl Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Shown<'_> {}

impl Diagnostic for Shown<'_> {
    fn severity(&self) -> Option<miette::Severity> {
        self.severity
    }

    fn help<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.window.as_ref().map(|window| window as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let window = self.window.as_ref()?;
        Some(Box::new(self.labels.iter().enumerate().map(move |(index, (span, text))| {
            let text = (!text.is_empty()).then(|| text.clone());
            let span = window.shown(*span);
            let place = SourceSpan::new(span.start.into(), span.len());
            if index == 0 {
                LabeledSpan::new_primary_with_span(text, place)
            } else {
                LabeledSpan::new_with_span(text, place)
            }
        })))
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        let sides = self.sides.iter().map(|side| side as &dyn Diagnostic);
        (!self.sides.is_empty()).then(|| Box::new(sides) as Box<dyn Iterator<Item = &dyn Diagnostic>>)
    }
}
