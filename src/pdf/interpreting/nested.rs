//! Runs content on its own, for its extent and the colours of its marks: the cells of patterns and the groups of soft
//! masks.

use hayro_font::kurbo::{Affine, Rect};
use hayro_syntax::object::Stream;
use hayro_syntax::page::Resources;

use crate::model::facts::ImageFlaw;
use crate::pdf::interpreting::bounds::BoundsPainter;
use crate::pdf::interpreting::context::{Context, Stop};
use crate::pdf::interpreting::paint::Paint;
use crate::pdf::interpreting::state::State;
use crate::pdf::interpreting::visitor::BoundsVisitor;
use crate::pdf::interpreting::walk::Walker;
use crate::pdf::reading::trouble::{Thing, Trouble};

impl<'p> Context<'p, '_> {
    /// Runs `stream` on its own under the matrix `base`, coloured or uncoloured, and gives the extent and the colours
    /// of its marks.
    pub(crate) fn found_in(
        &mut self,
        thing: Thing,
        stream: &Stream<'p>,
        resources: &Resources<'p>,
        base: Affine,
        bounds: Rect,
        fixed_colour: bool,
    ) -> Result<BoundsVisitor, Stop> {
        let mut extent = BoundsVisitor::default();
        if !self.may_run(stream) {
            self.trouble(Trouble::Nesting);
            return Ok(extent);
        }
        let Some(content) = self.content(thing, stream) else {
            return Ok(extent);
        };
        let black = Paint::black(self.spaces, self.palette);
        let mut state = State::new(base, base.transform_rect_bbox(bounds), black);
        state.fixed_colour = fixed_colour;
        self.enter(stream);
        let result = {
            let mut painter = BoundsPainter::new(&mut extent);
            Walker::new(self, &mut painter, state).run(&content, resources)
        };
        self.leave();
        self.tell_flawed(&extent);
        result.map(|()| extent)
    }

    /// Records the flawed pictures of content that was run on its own: no mark of the page tells of them.
    pub(crate) fn tell_flawed(&mut self, extent: &BoundsVisitor) {
        for (number, flaw) in &extent.flawed {
            self.trouble(match flaw {
                ImageFlaw::NotChecked => Trouble::TooLarge,
                _ => Trouble::Damaged(Thing::Picture, Some(*number)),
            });
        }
    }
}
