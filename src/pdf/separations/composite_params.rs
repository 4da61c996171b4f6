//! The parameters of compositing on the separations: alpha, blend mode, overprint, masks.

use std::rc::Rc;

use crate::pdf::interpreting::blend::Blend;
use crate::pdf::separations::CoverageMask;
use crate::pdf::separations::SoftMaskPixels;
use crate::pdf::separations::transfer::Transfer;

/// How a mark is composited.
#[derive(Clone, Debug)]
pub(crate) struct CompositeParams {
    pub(crate) alpha: f32,
    pub(crate) blend: Blend,
    pub(crate) overprint: bool,
    /// Overprint mode 1.
    pub(crate) opm_nonzero: bool,
    /// The transfer functions for its amounts.
    pub(crate) transfer: Option<Rc<Transfer>>,
}

impl CompositeParams {
    /// Opaque, in blend mode Normal.
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

/// The kind of a transparency group.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Group {
    /// Its marks do not blend with the backdrop of the group.
    pub(crate) isolated: bool,
    /// Its marks do not blend with each other: each replaces those before.
    pub(crate) knocks_out: bool,
}

/// Where paint is allowed: the clip and the soft mask.
#[derive(Clone, Default)]
pub(crate) struct PaintMask {
    pub(crate) clip: Option<Rc<CoverageMask>>,
    pub(crate) soft_mask: Option<Rc<SoftMaskPixels>>,
}

impl PaintMask {
    /// Multiplies the alpha of row `y`, from `x0` on, by the soft mask.
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

/// A coverage of 0 to 255 as a share of one.
pub(super) fn share(c: u8) -> f32 {
    f32::from(c) / 255.0
}
