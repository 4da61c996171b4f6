//! Soft masks of the graphics state: their extent, and whether they hide what lies outside it.

use hayro_font::kurbo::Rect;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_syntax::page::Resources;

use crate::pdf::colour;
use crate::pdf::interpreting::context::Stop;
use crate::pdf::interpreting::walk::Walker;
use crate::pdf::objects::{matrix, object_number, rect};
use crate::pdf::reading::trouble::{Thing, Trouble};

impl<'p> Walker<'p, '_, '_> {
    /// The extent outside which a soft mask is zero, if there is one.
    pub(crate) fn soft_mask(
        &mut self,
        mask: &Dict<'p>,
        resources: &Resources<'p>,
    ) -> Result<Option<Rect>, Stop> {
        self.state.has_artwork = false;
        let Some(group) = mask.get::<Stream<'p>>(b"G") else {
            self.cx.trouble(Trouble::Damaged(Thing::Mask, None));
            return Ok(None);
        };
        // A transfer function or a light backdrop may let content through where the group paints nothing.
        let backdrop_is_dark = self.backdrop_is_dark(mask, group.dict(), resources);
        let transfer = mask
            .get::<Object<'_>>(b"TR")
            .filter(|o| matches!(o, Object::Dict(_) | Object::Stream(_)));
        let transfers = transfer.is_some();
        if transfer.is_some_and(|o| colour::function::read(&o).is_none()) {
            self.cx.trouble(Trouble::Damaged(Thing::Mask, None));
        }
        let dict = group.dict();
        if !is_whole(mask, dict) {
            let object = object_number(dict);
            self.cx.trouble(Trouble::Damaged(Thing::Mask, object));
        }
        let Some(bounds) = dict.get::<hayro_syntax::object::Rect>(b"BBox") else {
            self.cx
                .trouble(Trouble::Damaged(Thing::Mask, object_number(group.dict())));
            return Ok(None);
        };
        let own = dict.get::<Dict<'p>>(b"Resources").map(Resources::new);
        let base = self.state.ctm * matrix(dict);
        let found = self.cx.found_in(
            Thing::Mask,
            &group,
            own.as_ref().unwrap_or(resources),
            base,
            rect(bounds),
            false,
        )?;
        if transfers || !backdrop_is_dark {
            self.state.has_artwork = true;
            return Ok(None);
        }
        self.state.has_artwork = found.is_artwork();
        Ok(Some(
            found
                .area
                .map_or(crate::pdf::interpreting::walk::EMPTY, |a| {
                    Rect::new(a.x0.into(), a.y0.into(), a.x1.into(), a.y1.into())
                }),
        ))
    }

    /// Whether a mask is zero where its group does not paint.
    fn backdrop_is_dark(
        &self,
        mask: &Dict<'p>,
        group: &Dict<'p>,
        resources: &Resources<'p>,
    ) -> bool {
        let Some(backdrop) = mask.get::<Array<'_>>(b"BC") else {
            return true;
        };
        // `BC` applies to luminosity masks only.
        if mask.get::<Name<'_>>(b"S").as_deref() == Some(b"Alpha") {
            return true;
        }
        let family = group
            .get::<Dict<'_>>(b"Group")
            .and_then(|g| g.get::<Object<'_>>(b"CS"))
            .map_or(colour::Family::Unknown, |cs| colour::family(&cs, resources));
        let amounts: Vec<f64> = backdrop.iter::<f64>().collect();
        match family {
            colour::Family::Cmyk | colour::Family::Icc(4) => {
                amounts.last().is_some_and(|k| *k >= 1.0)
            }
            _ => amounts.iter().all(|c| *c == 0.0),
        }
    }
}

/// Whether a mask says whether it takes the opacity of its group or its brightness, and its group is one.
fn is_whole(mask: &Dict<'_>, group: &Dict<'_>) -> bool {
    let kind = mask.get::<Name<'_>>(b"S");
    let takes = matches!(kind.as_deref(), Some(b"Alpha" | b"Luminosity"));
    takes && group.get::<Dict<'_>>(b"Group").is_some()
}
