//! The walk's annotations: appearances that are shown with the page.

use hayro_font::kurbo::Affine;
use hayro_syntax::object::{Dict, MaybeRef, Name, Object, Stream};
use hayro_syntax::page::Resources;

use crate::pdf::interpreting::context::Stop;
use crate::pdf::interpreting::walk::Walker;
use crate::pdf::objects::{matrix, object_number, rect};
use crate::pdf::reading::trouble::{Thing, Trouble};

/// The flag of annotations that are printed.
const PRINT: u32 = 1 << 2;

impl<'p> Walker<'p, '_, '_> {
    /// Paints an annotation's appearance, fitted into its rectangle as the format prescribes.
    pub(crate) fn annotation(
        &mut self,
        annotation: &Dict<'p>,
        resources: &Resources<'p>,
    ) -> Result<(), Stop> {
        let layer = annotation.get::<Dict<'_>>(b"OC");
        if layer.is_some_and(|oc| !self.cx.layers.shows(&oc, annotation.get_ref(b"OC"))) {
            return Ok(());
        }
        let Some(stream) = appearance(annotation) else {
            // Many have none; one that names what is not there has lost it.
            let lost = |dict: &Dict<'_>, key: &[u8]| {
                let names = matches!(dict.get_raw::<Object<'_>>(key), Some(MaybeRef::Ref(_)));
                let found = dict.get::<Object<'_>>(key);
                names && matches!(found, None | Some(Object::Null(_)))
            };
            let forms = annotation.get::<Dict<'_>>(b"AP");
            // The state that is chosen; one that is not listed shows nothing, as that of a box that is off.
            let chosen = || {
                let states = forms.as_ref()?.get::<Dict<'_>>(b"N")?;
                let state = annotation.get::<Name<'_>>(b"AS")?;
                Some(lost(&states, state.as_ref()))
            };
            let prints = annotation.get::<u32>(b"F").unwrap_or(0) & PRINT != 0;
            let is_lost = lost(annotation, b"AP")
                || forms.as_ref().is_some_and(|forms| lost(forms, b"N"))
                || chosen() == Some(true);
            if prints && (is_lost || forms.is_some_and(|forms| !names_forms(&forms))) {
                self.cx.trouble(Trouble::Missing(
                    Thing::Appearance,
                    "by an annotation".to_owned(),
                ));
            }
            return Ok(());
        };
        let dict = stream.dict();
        let (Some(target), Some(bounds)) = (
            annotation.get::<hayro_syntax::object::Rect>(b"Rect"),
            dict.get::<hayro_syntax::object::Rect>(b"BBox"),
        ) else {
            if annotation.get::<u32>(b"F").unwrap_or(0) & PRINT != 0 {
                let object = object_number(dict);
                self.cx.trouble(Trouble::Damaged(Thing::Appearance, object));
            }
            return Ok(());
        };
        let target = rect(target);
        let bounds = matrix(dict).transform_rect_bbox(rect(bounds));
        if bounds.width() <= 0.0 || bounds.height() <= 0.0 {
            return Ok(());
        }
        let (sx, sy) = (
            target.width() / bounds.width(),
            target.height() / bounds.height(),
        );
        let fit = Affine::new([
            sx,
            0.0,
            0.0,
            sy,
            target.x0 - sx * bounds.x0,
            target.y0 - sy * bounds.y0,
        ]);
        let before = self.state.clone();
        self.state.ctm *= fit;
        // Not every viewer and press shows it: what lies below is not taken for hidden.
        self.state.whole = false;
        let result = self.form(Thing::Appearance, &stream, resources);
        self.state = before;
        result
    }
}

/// Whether the normal appearance, if there is one, is a form, or a choice of forms by the state of the annotation.
fn names_forms(forms: &Dict<'_>) -> bool {
    match forms.get::<Object<'_>>(b"N") {
        Some(Object::Dict(states)) => {
            let mut states = states
                .keys()
                .filter_map(|name| states.get::<Object<'_>>(name));
            states.any(|state| matches!(state, Object::Stream(_) | Object::Null(_)))
        }
        Some(Object::Stream(_) | Object::Null(_)) | None => true,
        Some(_) => false,
    }
}

/// The normal appearance of an annotation, in the state it is in.
pub(crate) fn appearance<'p>(annotation: &Dict<'p>) -> Option<Stream<'p>> {
    match annotation.get::<Dict<'p>>(b"AP")?.get::<Object<'p>>(b"N")? {
        Object::Stream(stream) => Some(stream),
        Object::Dict(states) => annotation
            .get::<Name<'_>>(b"AS")
            .and_then(|state| states.get::<Stream<'p>>(state.as_ref()))
            .or_else(|| states.get::<Stream<'p>>(b"Off")),
        _ => None,
    }
}
