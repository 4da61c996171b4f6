//! The masks of pictures: whether each is there and sound; and what is told of pictures that disagree with their data.

use hayro_syntax::object::{Dict, MaybeRef, Object};
use hayro_syntax::page::Resources;

use crate::pdf::images::described::are_colours;
use crate::pdf::images::soundness::{self, InspectedImage, Verdict};
use crate::pdf::interpreting::context::Context;
use crate::pdf::objects::object_number;
use crate::pdf::reading::trouble::{Thing, Trouble, numbered};

impl Context<'_, '_> {
    /// Records a trouble if an image's mask is missing or is damaged: viewers then show the image without it, or not at all.
    pub(in crate::pdf) fn verify_mask(&mut self, dict: &Dict<'_>, resources: &Resources<'_>) {
        for (key, stencil) in [(b"SMask".as_slice(), false), (b"Mask", true)] {
            match dict.get::<Object<'_>>(key) {
                None | Some(Object::Null(_)) if names_an_object(dict, key) => {
                    self.trouble(Trouble::Missing(Thing::Mask, "by a picture".to_owned()));
                }
                None | Some(Object::Null(_)) => {}
                // The colours that are left out.
                Some(Object::Array(colours)) if stencil => {
                    let space = dict.get::<Object<'_>>(b"ColorSpace");
                    let samples = space.and_then(|space| soundness::samples(&space, resources));
                    if !are_colours(&colours, samples) {
                        self.trouble(Trouble::Damaged(Thing::Mask, object_number(dict)));
                    }
                }
                Some(Object::Stream(mask)) => {
                    let inspection = InspectedImage::of_mask(&mask, stencil, resources);
                    let allowance = self.allowance();
                    let verdict = inspection.map(|image| {
                        let mut pictures = self.fonts.pictures.borrow_mut();
                        pictures.verdict(&image, allowance)
                    });
                    match verdict {
                        Some(verdict) if verdict.flaw.is_none() => {
                            self.tell_disagreement(mask.dict(), verdict);
                        }
                        _ => {
                            self.trouble(Trouble::Damaged(Thing::Mask, object_number(mask.dict())))
                        }
                    }
                }
                Some(_) => self.trouble(Trouble::Damaged(Thing::Mask, object_number(dict))),
            }
        }
    }

    /// Tells how a sound picture disagrees with its data, if it does.
    pub(crate) fn tell_disagreement(&mut self, dict: &Dict<'_>, verdict: Verdict) {
        if let Some(disagreement) = verdict.disagreement {
            let named = numbered(object_number(dict));
            self.troubles.skip(disagreement.words(&named));
        }
    }
}

/// Whether an entry refers to an object, be it in the file or not.
fn names_an_object(dict: &Dict<'_>, key: &[u8]) -> bool {
    matches!(dict.get_raw::<Object<'_>>(key), Some(MaybeRef::Ref(_)))
}
