//! The end of a run: the articles of a site are compared, directives silence, and what is left is put in order.

use super::trace::by_value;
use super::{ArticleReport, Engine, Outcome};
use crate::checks::directive::{Directives, Fault};
use crate::checks::{Check, Observation, Side};
use crate::fact::index::{Record, Site};
use crate::finding::{Finding, Severity, Trace};
use crate::source::Span;
use std::collections::HashMap;
use std::sync::Arc;

impl Engine {
    /// Compares the articles of each site, applies directives, and sorts. `sites` gives, for each group of reports,
    /// whether a configuration makes a site of them; the findings are taken out of the reports.
    pub fn finish(&self, sites: &mut [(bool, Vec<ArticleReport>)], across: bool) -> Outcome {
        let mut outcome = Outcome::default();
        for (configured, reports) in sites {
            reports.sort_by(|one, two| one.path.cmp(&two.path));
            if across && reports.len() > 1 {
                self.compare(*configured, reports);
            }
            self.silence(reports, across, &mut outcome);
        }
        outcome.sort();
        outcome
    }

    /// The rules that look at a site.
    fn compare(&self, configured: bool, reports: &mut [ArticleReport]) {
        // the records are lent to the site, not copied
        let records: Vec<Record> = reports.iter_mut().map(|report| std::mem::take(&mut report.record)).collect();
        let site = Site::new(&records, &self.catalogue.frames, configured);
        let mut found = Vec::new();
        for (index, rule) in self.catalogue.rules.iter().enumerate() {
            let mut seen = Vec::new();
            rule.check.mechanism().observe_site(&site, &mut seen);
            for (article, one) in seen {
                let (Some(report), Some(record)) = (reports.get(article), records.get(article)) else { continue };
                let place = record.places().find(|place| place.span == one.span);
                let (true, Some(place)) = (report.settings.runs(index), place) else { continue };
                let (mut severity, confidence, _) = rule.graded(one.grade);
                if !configured {
                    severity = severity.min(Severity::Warning);
                }
                let severity = report.settings.capped(index, severity, one.grade.is_some());
                let place = place.clone();
                let traces = traces(reports, &records, article, &rule.check, &one);
                found.push((article, (index, rule.finding(one, place, traces, (severity, confidence)))));
            }
        }
        for (article, finding) in found {
            if let Some(report) = reports.get_mut(article) {
                report.findings.push(finding);
            }
        }
        for (report, record) in reports.iter_mut().zip(records) {
            report.record = record;
        }
    }

    /// Directives take findings out; then the directives themselves are judged.
    fn silence(&self, reports: &mut [ArticleReport], across: bool, outcome: &mut Outcome) {
        let by_path: HashMap<Arc<str>, usize> =
            reports.iter().enumerate().map(|(index, report)| (Arc::clone(&report.path), index)).collect();
        let all: Vec<Vec<(usize, Finding)>> =
            reports.iter_mut().map(|report| std::mem::take(&mut report.findings)).collect();
        for (at, mut findings) in all.into_iter().enumerate() {
            number(&mut findings);
            for (rule, finding) in findings {
                let mut by = reports.get_mut(at).and_then(|report| report.silences.take(rule, &finding.primary));
                for side in &finding.related {
                    if let Some(report) = by_path.get(&side.place.path).and_then(|index| reports.get_mut(*index)) {
                        by = report.silences.take(rule, &side.place).or(by);
                    }
                }
                outcome.add(finding, by);
            }
        }
        for report in reports {
            outcome.counts.add(report.counts);
            self.judge(report, across, outcome);
        }
    }

    /// D001 and D002.
    fn judge(&self, report: &mut ArticleReport, across: bool, outcome: &mut Outcome) {
        let fault = |wanted: Fault| {
            self.catalogue.rules.iter().enumerate().find(|(index, rule)| {
                matches!(&rule.check, Check::Directive(check) if check.fault == wanted) && report.settings.runs(*index)
            })
        };
        let looks = |other: usize| {
            let Some(rule) = self.catalogue.rules.get(other) else { return false };
            let ran = !rule.check.looks_at_revision() && (across || !rule.check.looks_at_site());
            report.settings.runs(other) && ran && report.counts.foreign == 0
        };
        let unused = report.silences.unused(looks, report.settings.selected.is_none());
        let mut found = Vec::new();
        for (wanted, names) in [(Fault::Unknown, &report.unknown), (Fault::Unused, &unused)] {
            let Some((index, rule)) = fault(wanted) else { continue };
            for (place, name) in names {
                let nearest = if wanted == Fault::Unknown { self.catalogue.nearest(name) } else { None };
                let one = Directives::observation(place.span, name, nearest);
                let severity = report.settings.capped(index, rule.severity, false);
                let traces = (Trace::of([place.text.as_str(), name]), Vec::new());
                found.push((index, rule.finding(one, place.clone(), traces, (severity, rule.confidence))));
            }
        }
        number(&mut found);
        for (rule, finding) in found {
            let by = report.silences.take(rule, &finding.primary);
            outcome.add(finding, by);
        }
    }
}

/// Puts the findings of one article in order, leaves out what was found twice, and counts those of one kind.
pub(super) fn number(findings: &mut Vec<(usize, Finding)>) {
    findings.sort_by(|(_, one), (_, two)| one.sort_key().cmp(&two.sort_key()));
    findings.dedup();
    let mut seen: HashMap<Trace, usize> = HashMap::new();
    for (_, finding) in findings {
        let nth = seen.entry(finding.fingerprint.kind).or_default();
        *nth += 1;
        finding.fingerprint.nth = *nth;
    }
}

/// The traces of what a rule saw across a site: of its own place, and of the sides in their order.
fn traces(
    reports: &[ArticleReport],
    records: &[Record],
    own: usize,
    check: &Check,
    seen: &Observation,
) -> (Trace, Vec<Trace>) {
    let whole = check.mechanism().is_of_article(seen.grade);
    let at = |article: usize, span: Span| {
        let report = reports.get(article)?;
        let index = records.get(article).and_then(|record| record.places().position(|place| place.span == span));
        let kept = index.and_then(|index| report.traces.get(index)).copied();
        Some(if whole { report.whole } else { kept.unwrap_or(report.whole) })
    };
    // of many articles on the other side each may be edited, and more may join them, as long as they say the same
    let many = seen.related.len() > 1;
    let side = |side: &Side| {
        let article = reports.binary_search_by(|report| report.path.cmp(&side.place.path)).ok().filter(|_| !many);
        article.and_then(|article| at(article, side.place.span)).unwrap_or_else(|| by_value(seen, side))
    };
    (at(own, seen.span).unwrap_or_default(), seen.related.iter().map(side).collect())
}
