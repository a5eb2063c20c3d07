//! Links that run a program where readers expect a page.
//!
//! Takes a link whose address is none of the web; gives an observation when the program goes somewhere or builds a
//! page. Knows no script: it looks for a list of words.

use super::shown;
use crate::checks::{Observation, Scene};
use crate::document::{Block, Link};
use crate::lexicon::fold;

/// What a link does instead of leading somewhere.
pub(super) fn runs(scene: &Scene<'_>, link: &Link, block: &Block) -> Option<Observation> {
    // browsers leave out white space and control characters in a scheme
    let target: String =
        link.target.chars().filter(|letter| !letter.is_whitespace() && !letter.is_control()).take(LONGEST).collect();
    let target = fold(&target);
    let (scheme, program) = target.split_once(':')?;
    let has = |list: &str| scene.lexicon.list(list).iter().any(|word| program.contains(word.as_str()));
    let is_at_fault = match scheme {
        "javascript" => has("script-cue") && !has("share-host"),
        "vbscript" => true,
        "data" => scene.lexicon.list("page-type").iter().any(|kind| program.starts_with(kind.as_str())),
        _ => false,
    };
    let text = block.text.as_str().get(link.range.clone()).unwrap_or_default().trim();
    is_at_fault.then(|| Observation {
        grade: Some("script"),
        span: shown(link),
        related: Vec::new(),
        values: vec![
            ("domain", format!("{scheme}:")),
            ("shown", text.to_owned()),
            ("word", scheme.to_owned()),
            ("count", String::new()),
        ],
        fix: None,
    })
}

/// How much of an address is looked at, in characters.
const LONGEST: usize = 2000;
