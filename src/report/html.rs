//! The annotated report: one page with the articles as a reader sees them and every finding next to its words.
//!
//! Takes a run with its papers; gives a page that needs nothing else: its style and script stand in it and are all that
//! its content security policy allows. Everything from articles is escaped by the templates. The script adds filters,
//! sorting and keys; without it the page is whole. Decides nothing.

mod colophon;
mod desk;
mod escape;
mod excerpt;
mod facing;
mod ledger;
mod line;
mod note;
mod overview;
mod paper;
mod piece;
mod policy;
mod register;
mod sheet;

pub use paper::Paper;

use super::{Run, VERSION};
use askama::Template;
use colophon::Colophon;
use facing::Facing;
use overview::Overview;
use register::Register;
use sheet::{Beside, Sheet};

const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = concat!(include_str!("html/page.js"), include_str!("html/decide.js"));

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
    policy: String,
    style: &'static str,
    script: &'static str,
    version: &'static str,
    headline: String,
    overview: Overview,
    facing: Vec<Facing>,
    sheets: &'a [Sheet],
    elsewhere: Vec<Beside>,
    rows: &'a [ledger::Row],
    bare: usize,
    colophon: Colophon,
    desks: Vec<desk::File>,
    compares: bool,
}

/// The page of a run.
pub fn render(run: &Run<'_>) -> String {
    let register = Register::new(run);
    let sheets = sheet::sheets(run, &register);
    let rows = ledger::rows(run, &register);
    let page = Page {
        policy: policy::policy(STYLE, SCRIPT),
        style: STYLE,
        script: SCRIPT,
        version: VERSION,
        headline: colophon::headline(run),
        overview: overview::overview(run, &register, &sheets, &rows),
        facing: facing::facing(&register),
        sheets: &sheets,
        elsewhere: sheet::elsewhere(run, &register),
        rows: &rows,
        bare: rows.iter().filter(|row| row.sources.is_empty()).count(),
        colophon: colophon::colophon(run),
        desks: desk::files(run),
        compares: run.compares,
    };
    // writing to a string does not fail
    page.render().unwrap_or_default()
}
