//! What the walk of a page shares with the walks of the content nested in it: resources, budget, troubles.

use std::collections::HashSet;

use hayro_syntax::object::Stream;

use crate::model::facts::SpaceKind;
use crate::model::limits::Limits;
use crate::pdf::colour::{Palette, Spaces};
use crate::pdf::fonts::cache::FontStore;
use crate::pdf::images::decode::Allowance;
use crate::pdf::objects::object_number;
use crate::pdf::reading::layers::Layers;
use crate::pdf::reading::trouble::{Thing, Trouble, Troubles};
use crate::pdf::separations::shading::Shading;

/// The walk ends: its budget of operators is used up.
pub(crate) struct Stop;

/// What all walks of one page share.
pub(crate) struct Context<'p, 'v> {
    pub(crate) fonts: &'v FontStore<'p>,
    pub(crate) layers: &'v Layers,
    pub(crate) limits: &'v Limits,
    /// Numbers of objects that an update of the file has deleted.
    pub(crate) deleted: &'v HashSet<u32>,
    pub(crate) spaces: &'v Spaces,
    pub(crate) palette: &'v mut Palette<'p>,
    /// Operators left to run.
    pub(crate) budget: u64,
    /// The cost of drawing the page beyond the operators of the walk: glyph programs each time they are set, cells
    /// each time they fill, and the compositing of groups.
    pub(crate) further: u64,
    pub(crate) troubles: Troubles,
    /// Streams being run, outermost first: where their data lie.
    pub(crate) running: Vec<usize>,
}

/// The cost of an external object or a soft mask, in operators: its lookup and unpacking cost far more than one.
const OBJECT_COST: u64 = 60;
/// The cost of a shading: unpacking a mesh or asking a function at many places costs far more than an operator.
const SHADING_COST: u64 = 30;

impl<'p, 'v> Context<'p, 'v> {
    /// The limits on images.
    pub(crate) fn allowance(&self) -> Allowance<'v> {
        Allowance {
            limits: self.limits,
            sizes: &self.fonts.sizes,
        }
    }

    /// Records a trouble once.
    pub(crate) fn trouble(&mut self, trouble: Trouble) {
        self.troubles.add(trouble);
    }

    /// Spends operators, or ends the walk if fewer are left.
    pub(crate) fn spend(&mut self, operators: u64) -> Result<(), Stop> {
        let left = self.budget.checked_sub(operators);
        self.budget = left.unwrap_or(0);
        if left.is_none() {
            self.trouble(Trouble::Operators);
            return Err(Stop);
        }
        Ok(())
    }

    /// Charges for an external object or a soft mask.
    pub(crate) fn spend_object(&mut self) {
        self.budget = self.budget.saturating_sub(OBJECT_COST);
    }

    /// Adds to the cost of drawing the page.
    pub(crate) fn spend_further(&mut self, operators: u64) {
        self.further = self.further.saturating_add(operators);
    }

    /// Whether a stream may be run: it is not running already, nor do too many enclose it.
    pub(crate) fn may_run(&self, stream: &Stream<'_>) -> bool {
        self.running.len() < self.limits.nesting && !self.running.contains(&key(stream))
    }

    /// Notes that a stream is run, until `leave`.
    pub(crate) fn enter(&mut self, stream: &Stream<'_>) {
        self.running.push(key(stream));
    }

    /// Ends what `enter` began.
    pub(crate) fn leave(&mut self) {
        self.running.pop();
    }

    /// The palette entry for the colours of a shading.
    pub(crate) fn shading_colour(&mut self, shading: &Shading<'p>) -> u32 {
        if shading.space.kind == SpaceKind::Unknown || shading.space.is_broken() {
            let object = object_number(&shading.dict);
            self.trouble(Trouble::Damaged(Thing::ColourSpace, object));
        }
        self.budget = self.budget.saturating_sub(SHADING_COST);
        let (converter, limits) = (self.palette.converter(), self.limits);
        let known = self.spaces.shading(shading, |s| s.most(converter, limits));
        let most = known.unwrap_or_else(|| {
            let object = object_number(&shading.dict);
            self.troubles.add(Trouble::Damaged(Thing::Shading, object));
            converter.most(&shading.space)
        });
        self.palette
            .many(&shading.space, &most.max_colour, most.per_plate_max)
    }
}

/// Where a stream's data lie.
fn key(stream: &Stream<'_>) -> usize {
    stream.dict().data().as_ptr() as usize
}
