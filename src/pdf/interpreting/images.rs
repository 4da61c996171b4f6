//! Reads the images of a content stream, external or inline, and has them painted.

use hayro_font::kurbo::Rect;
use hayro_syntax::Filter;
use hayro_syntax::object::Object;
use hayro_syntax::page::Resources;

use crate::model::facts::Codec;
use crate::model::facts::SpaceKind;
use crate::pdf::colour::{self, InkBound};
use crate::pdf::images::picture::{FoundPicture, ImageSource};
use crate::pdf::images::soundness::{self, InspectedImage, Verdict};
use crate::pdf::images::thumbnail::effective_size;
use crate::pdf::interpreting::context::Stop;
use crate::pdf::interpreting::hiding::is_upright;
use crate::pdf::interpreting::painter::Image;
use crate::pdf::interpreting::state::meet;
use crate::pdf::interpreting::visitor::{ImageMark, PaintEffect};
use crate::pdf::interpreting::walk::Walker;
use crate::pdf::objects::{object_number, plain};
use crate::pdf::reading::trouble::{Thing, Trouble};

impl<'p> Walker<'p, '_, '_> {
    /// Paints an image: the unit square under the current matrix.
    pub(crate) fn image(
        &mut self,
        source: ImageSource<'_, 'p>,
        object: Option<(u32, i32)>,
        resources: &Resources<'p>,
    ) -> Result<(), Stop> {
        if !self.shows() {
            return Ok(());
        }
        let stream = source.stream();
        let dict = stream.dict();
        let number =
            |long: &[u8], short: &[u8]| dict.get::<u32>(short).or_else(|| dict.get::<u32>(long));
        let (Some(width), Some(height)) = (number(b"Width", b"W"), number(b"Height", b"H")) else {
            self.cx.trouble(Trouble::Damaged(
                Thing::Picture,
                object_number(stream.dict()),
            ));
            return Ok(());
        };
        if width == 0 || height == 0 {
            self.cx.trouble(Trouble::Damaged(
                Thing::Picture,
                object_number(stream.dict()),
            ));
            return Ok(());
        }
        let stencil = dict
            .get::<bool>(b"IM")
            .or_else(|| dict.get::<bool>(b"ImageMask"))
            .unwrap_or(false);
        let ctm = self.state.ctm;
        let outline = ctm.transform_rect_bbox(Rect::new(0.0, 0.0, 1.0, 1.0));
        if !outline.is_finite() {
            return Ok(());
        }
        let [a, b, c, d, e, f] = ctm.as_coeffs();
        let filters = stream.filters();
        let codec = match filters.last() {
            Some(Filter::DctDecode) => Codec::Jpeg,
            Some(Filter::JpxDecode) => Codec::Jpeg2000,
            Some(Filter::Jbig2Decode) => Codec::Jbig2,
            Some(Filter::CcittFaxDecode) => Codec::Fax,
            _ => Codec::Lossless,
        };
        // In an uncoloured cell or glyph an image is painted as a block of the current colour.
        let as_stencil = stencil || self.state.fixed_colour;
        let space = (!as_stencil)
            .then(|| {
                dict.get::<Object<'_>>(b"CS")
                    .or_else(|| dict.get::<Object<'_>>(b"ColorSpace"))
            })
            .flatten()
            .map(|object| self.cx.spaces.resolve(&object, resources));
        let unknown = space.as_ref().is_none_or(|s| s.kind == SpaceKind::Unknown);
        // JPEG 2000 carries its own space. Where it names one that cannot be had, some viewers show nothing.
        let names_none = !dict.contains_key(b"ColorSpace")
            || matches!(dict.get::<Object<'_>>(b"ColorSpace"), Some(Object::Null(_)));
        let tells_itself = codec == Codec::Jpeg2000 && names_none;
        let broken = space.as_ref().is_some_and(|s| s.is_broken());
        if !as_stencil && (broken || unknown && !tells_itself) {
            self.cx
                .trouble(Trouble::Damaged(Thing::ColourSpace, object_number(dict)));
        }
        let mut appearance = self.state.appearance(&self.state.fill);
        let colour = match &space {
            _ if as_stencil => None,
            Some(space) => {
                let most = self.cx.palette.converter().most(space);
                appearance.colour =
                    self.cx
                        .palette
                        .many(space, &most.max_colour, most.per_plate_max);
                Some(space.family())
            }
            None => {
                // JPEG 2000 carries its own space.
                let unknown = self.cx.spaces.unknown();
                let most = InkBound::of([]);
                appearance.colour =
                    self.cx
                        .palette
                        .many(unknown, &most.max_colour, most.per_plate_max);
                Some(colour::Family::Unknown)
            }
        };
        let bits = if stencil || matches!(codec, Codec::Jbig2 | Codec::Fax) {
            1
        } else {
            number(b"BitsPerComponent", b"BPC")
                .and_then(|b| u8::try_from(b).ok())
                .unwrap_or(8)
        };
        let effect = if stencil {
            self.state.effect(&self.state.fill)
        } else if self.state.fill.alpha <= 0.0 {
            PaintEffect::None
        } else {
            PaintEffect::Ink
        };
        // An image's own soft mask replaces the one in force.
        let own_mask =
            dict.contains_key(b"SMask") || dict.get::<u8>(b"SMaskInData").is_some_and(|n| n > 0);
        let masked = own_mask
            || stencil
            || dict.contains_key(b"Mask")
            || self.state.mask.is_some()
            || self.state.in_soft_masked_group;
        let seen = if own_mask {
            meet(outline, self.state.clip)
        } else {
            self.state.seen(outline)
        };
        let inline_samples = || {
            let space = dict
                .get::<Object<'_>>(b"CS")
                .or_else(|| dict.get(b"ColorSpace"));
            let own = space.and_then(|s| soundness::samples(&s, resources));
            if stencil { Some(1) } else { own }
        };
        let breaks_off =
            || soundness::inline_breaks_off(stream, inline_samples(), [width, height], bits);
        if object.is_none() && seen.is_some() && breaks_off() {
            self.cx
                .trouble(Trouble::Damaged(Thing::InlinePicture, None));
        }
        let looked_at = object.is_some() && seen.is_some() && effect != PaintEffect::None;
        let mut verdict = Verdict::default();
        if looked_at {
            let space = dict.get::<Object<'_>>(b"ColorSpace");
            let own = space
                .as_ref()
                .and_then(|s| soundness::samples(s, resources));
            let inspection = InspectedImage {
                stream,
                pixels: [width, height],
                bits,
                samples: if stencil { Some(1) } else { own },
                indexed: matches!(colour, Some(colour::Family::Indexed)),
            };
            let mut pictures = self.cx.fonts.pictures.borrow_mut();
            verdict = pictures.verdict(&inspection, self.cx.allowance());
        }
        let flaw = verdict.flaw;
        self.cx.tell_disagreement(dict, verdict);
        // Inline images are not checked for soundness, so none is taken to hide anything.
        let sound = object.is_some() && flaw.is_none() && effect != PaintEffect::None;
        let hides = !masked && sound && is_upright(ctm) && self.state.is_opaque(&self.state.fill);
        let mark = ImageMark {
            object,
            outline: plain(outline),
            seen: seen.map(plain),
            pixels: effective_size(dict, [width, height]),
            own_pixels: [width, height],
            // Rows of a picture run down from the top of its unit square.
            place: [a, b, -c, -d, e + c, f + d],
            sides: [a.hypot(b), c.hypot(d)],
            bits,
            colour,
            codec,
            effect,
            appearance,
            own_mask,
            flaw,
            hides,
            masked,
        };
        if looked_at {
            self.cx.verify_sign(Thing::Picture, dict);
            self.cx.verify_mask(dict, resources);
        }
        let image = Image {
            picture: FoundPicture {
                source,
                resources,
                pixels: [width, height],
                bits,
            },
            mark: &mark,
            is_stencil: stencil,
        };
        self.painter.image(self.cx, &self.state, &image)
    }
}
