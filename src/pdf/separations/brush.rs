//! How marks and groups meet what lies below them on the plates, and where they may.

use std::rc::Rc;

use crate::pdf::interpreting::blend::Blend;
use crate::pdf::separations::CoverageMask;
use crate::pdf::separations::SoftMaskPixels;
use crate::pdf::separations::transfer::Transfer;

/// How a mark meets what lies below it.
#[derive(Clone, Debug)]
pub(crate) struct CompositeParams {
    pub(crate) alpha: f32,
    pub(crate) blend: Blend,
    pub(crate) overprint: bool,
    /// Overprint mode 1.
    pub(crate) opm_nonzero: bool,
    /// What the press makes of its amounts.
    pub(crate) transfer: Option<Rc<Transfer>>,
}

impl CompositeParams {
    /// Covers what lies below.
    pub(crate) fn plain() -> Self {
        Self {
            alpha: 1.0,
            blend: Blend::Normal,
            overprint: false,
            opm_nonzero: false,
            transfer: None,
        }
    }
}

/// What kind of group is begun.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Group {
    /// Its marks do not meet what lies below it.
    pub(crate) isolated: bool,
    /// Nor do they meet each other: each takes the place of those before.
    pub(crate) knocks_out: bool,
}

/// Where something may be laid: what the clip and the soft mask let through.
#[derive(Clone, Default)]
pub(crate) struct PaintMask {
    pub(crate) clip: Option<Rc<CoverageMask>>,
    pub(crate) soft_mask: Option<Rc<SoftMaskPixels>>,
}

impl PaintMask {
    /// Narrows what is laid from `x0` on in row `y` by the soft mask.
    pub(super) fn narrow_soft(&self, y: usize, x0: usize, row: &mut [f32]) {
        let Some(soft_mask) = &self.soft_mask else {
            return;
        };
        let area = soft_mask.area;
        let inside = area.y0 <= y && y < area.y1;
        for (x, alpha) in (x0..).zip(row.iter_mut()) {
            let own = if inside && area.x0 <= x && x < area.x1 {
                soft_mask.data.get(area.row(y) + (x - area.x0))
            } else {
                None
            };
            *alpha *= share(own.copied().unwrap_or(soft_mask.outside));
        }
    }
}

/// A covering as a share of one.
pub(super) fn share(c: u8) -> f32 {
    f32::from(c) / 255.0
}
