//! Regions that only the whole page shows: what stands outside its one `main` element, and the title in its header.
//!
//! Takes all blocks and where `main` stood; corrects their regions. Knows no tags.

use crate::document::{Block, BlockId, BlockKind, Region};
use std::ops::Range;

/// Sets the regions. A page with one `main` that holds most of its text has its article there; a page whose only
/// first-level heading stands in the page header has its title there.
pub(super) fn settle(blocks: &mut [Block], mains: &[Range<BlockId>]) {
    if let [main] = mains {
        outside(blocks, main);
    }
    title(blocks);
}

fn outside(blocks: &mut [Block], main: &Range<BlockId>) {
    let (mut inside, mut all) = (0, 0);
    for (id, block) in blocks.iter().enumerate().filter(|(_, block)| block.is_article()) {
        all += block.text.as_str().len();
        inside += if main.contains(&id) { block.text.as_str().len() } else { 0 };
    }
    if inside * 2 < all {
        return;
    }
    for (id, block) in blocks.iter_mut().enumerate() {
        if block.region == Region::Body && block.level != 1 && !main.contains(&id) {
            block.region = if id < main.start { Region::Header } else { Region::Footer };
        }
    }
}

fn title(blocks: &mut [Block]) {
    let mut titles =
        blocks.iter_mut().enumerate().filter(|(_, block)| block.kind == BlockKind::Heading && block.level == 1);
    let (Some((id, block)), None) = (titles.next(), titles.next()) else { return };
    if block.region != Region::Header {
        return;
    }
    block.region = Region::Body;
    for block in blocks.iter_mut().skip(id + 1) {
        block.heading.get_or_insert(id);
    }
}
