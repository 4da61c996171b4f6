//! Finds QR codes set in block characters, as programs print them to a terminal.

use crate::measure::codes::candidate::{Candidate, CandidateKind, FEWEST_SHAPES};
use crate::measure::codes::clusters::patches;
use crate::measure::codes::layered::Layered;
use crate::model::geometry::{Rect, Size};
use crate::pdf::{Grey, PageView};

/// The block characters of a page, as shapes.
#[derive(Default)]
pub(in crate::measure) struct BlockGlyphs {
    blocks: Vec<Rect>,
}

impl BlockGlyphs {
    /// Adds one, up to so many.
    pub(in crate::measure) fn block(&mut self, seen: Rect, most: usize) {
        if self.blocks.len() < most {
            self.blocks.push(seen);
        }
    }

    /// Gives the candidates.
    pub(in crate::measure) fn finish(self, page: Size) -> Vec<Candidate> {
        let mut found = Vec::new();
        if self.blocks.len() >= FEWEST_SHAPES {
            let blocks = Layered::from(self.blocks);
            for cell in [2.5, 9.0] {
                patches(&blocks, page, cell, true, &mut found);
            }
        }
        for candidate in &mut found {
            if candidate.kind != CandidateKind::Bars {
                candidate.kind = CandidateKind::Set;
            }
        }
        found
    }
}

/// Rasterises a candidate; closes the gaps between lines of block characters.
pub(in crate::measure) fn rasterised(
    page: &PageView<'_, '_>,
    candidate: &Candidate,
    scale: f64,
) -> Option<Grey> {
    let picture = page.grey(candidate.area, scale)?;
    Some(if candidate.kind == CandidateKind::Set {
        picture.closed()
    } else {
        picture
    })
}
