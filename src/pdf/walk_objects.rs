//! The walk's external objects: images, forms, patterns, soft masks, annotation appearances.

use hayro_font::kurbo::{Affine, Rect};
use hayro_syntax::Filter;
use hayro_syntax::object::{Array, Dict, Name, ObjRef, Object, Stream};
use hayro_syntax::page::Resources;

use super::blend::Blend;
use super::colour::{self, Most};
use super::glance::{glance, grain};
use super::settings;
use super::soundness::{self, Inspection};
use super::state::{meet, plain};
use super::trouble::{Thing, Trouble};
use super::visitor::{Codec, ImageMark, Ink};
use super::walk::{Stop, Walker, object_number, rect};

/// Operators that composing a group takes, by its area: as many as are run in that time.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn composing(seen: Option<Rect>) -> u64 {
    seen.filter(Rect::is_finite)
        .map_or(0, |seen| (seen.area().abs() / POINTS) as u64)
}

/// Square points of a group that are composed in the time of an operator: a full page comes to some twenty thousand.
const POINTS: f64 = 16.0;

impl<'p> Walker<'p, '_> {
    pub(crate) fn x_object(
        &mut self,
        name: &Name<'_>,
        resources: &Resources<'p>,
    ) -> Result<(), Stop> {
        if !self.shows() {
            return Ok(());
        }
        // Looking up and unpacking costs far more than an operator.
        self.spend_object();
        let Some(stream) = resources.get_x_object(name) else {
            self.missing(Thing::Object, name);
            return Ok(());
        };
        let dict = stream.dict();
        let shows = dict
            .get::<Dict<'_>>(b"OC")
            .is_none_or(|oc| self.layers.shows(&oc, dict.get_ref(b"OC")));
        if !shows {
            return Ok(());
        }
        let settings = settings::of_object(dict);
        if !settings.is_none() {
            // PostScript has no extent; other objects are where their box is.
            let bounds = dict.get::<hayro_syntax::object::Rect>(b"BBox").map(rect);
            let bounds = bounds.unwrap_or(Rect::new(0.0, 0.0, 1.0, 1.0));
            let area = (self.state.ctm * matrix(dict)).transform_rect_bbox(bounds);
            if let Some(seen) = self.state.seen(area).filter(Rect::is_finite) {
                self.visitor.settings(settings, plain(seen));
            }
        }
        match dict.get::<Name<'_>>(b"Subtype").as_deref() {
            Some(b"Image") => {
                self.verify(Thing::Picture, stream.dict());
                let id = stream.dict().obj_id().map(ObjRef::from);
                self.image(&stream, id.map(|r| (r.obj_number, r.gen_number)), resources)?;
            }
            Some(b"Form") => self.form(Thing::Form, &stream, resources)?,
            // A fragment of PostScript is told by its settings.
            Some(b"PS") => {}
            _ => self.trouble(Trouble::Damaged(
                Thing::Object,
                object_number(stream.dict()),
            )),
        }
        Ok(())
    }

    /// Runs a form in the current state.
    pub(crate) fn form(
        &mut self,
        thing: Thing,
        stream: &Stream<'p>,
        resources: &Resources<'p>,
    ) -> Result<(), Stop> {
        let key = stream.raw_data().as_ptr() as usize;
        if self.running.len() >= self.limits.nesting || self.running.contains(&key) {
            self.trouble(Trouble::Nesting);
            return Ok(());
        }
        let dict = stream.dict();
        let Some(bounds) = dict.get::<hayro_syntax::object::Rect>(b"BBox") else {
            self.trouble(Trouble::Damaged(thing, object_number(stream.dict())));
            return Ok(());
        };
        let Some(content) = self.content(thing, stream) else {
            return Ok(());
        };
        let own = dict.get::<Dict<'p>>(b"Resources").map(Resources::new);
        let before = self.state.clone();
        let root = self.root;
        self.state.ctm *= matrix(dict);
        self.root = self.state.ctm;
        let area = self.state.ctm.transform_rect_bbox(rect(bounds));
        self.clip_to(area);
        if self.plates.is_some() {
            let frame = hayro_font::kurbo::Shape::to_path(&rect(bounds), 0.1);
            self.clip_plates(&frame, self.state.ctm, false);
        }
        let mut opened = None;
        if let Some(group) = dict.get::<Dict<'p>>(b"Group") {
            self.group_space(&group, resources);
            let look = self.state.look(&self.state.fill);
            if look.is_transparent()
                && let Some(seen) = self.state.seen(area)
            {
                self.visitor.group(look, plain(seen));
            }
            *self.further = self
                .further
                .saturating_add(composing(self.state.seen(area)));
            opened = self.open_group(&group, area);
            self.state.blend = Blend::Normal;
            self.state.masked = false;
            self.state.figured = false;
            // A group is composed with the alpha in force where it is placed; inside, alpha starts anew.
            self.state.groups *= self.state.fill.alpha;
            let alpha = f64::from(self.state.fill.alpha > 0.0);
            self.state.fill.alpha = alpha;
            self.state.stroke.alpha = alpha;
            // Nor can it lift the soft mask that the group as a whole is seen through.
            if let Some(mask) = self.state.mask.take() {
                self.clip_to(mask);
                self.state.veiled = true;
            }
        }
        self.running.push(key);
        let (last, start) = (self.last, self.start);
        self.path.truncate(0);
        let result = self.run(&content, own.as_ref().unwrap_or(resources));
        (self.last, self.start) = (last, start);
        self.running.pop();
        self.root = root;
        self.state = before;
        self.close_group(opened);
        result
    }

    /// Reports the colour space that a group says it is composed in.
    pub(crate) fn group_space(&mut self, group: &Dict<'p>, resources: &Resources<'p>) {
        if let Some(space) = group.get::<Object<'_>>(b"CS") {
            let kind = self.spaces.resolve(&space, resources).kind;
            self.visitor.group_space(kind);
        }
    }

    /// Reports an image: the unit square under the current matrix.
    pub(crate) fn image(
        &mut self,
        stream: &Stream<'_>,
        object: Option<(u32, i32)>,
        resources: &Resources<'p>,
    ) -> Result<(), Stop> {
        if !self.shows() {
            return Ok(());
        }
        let dict = stream.dict();
        let number =
            |long: &[u8], short: &[u8]| dict.get::<u32>(short).or_else(|| dict.get::<u32>(long));
        let (Some(width), Some(height)) = (number(b"Width", b"W"), number(b"Height", b"H")) else {
            self.trouble(Trouble::Damaged(
                Thing::Picture,
                object_number(stream.dict()),
            ));
            return Ok(());
        };
        if width == 0 || height == 0 {
            self.trouble(Trouble::Damaged(
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
        // In a cell or glyph that takes its colour from outside a picture is a block of it.
        let as_stencil = stencil || self.fixed_colour;
        let space = (!as_stencil)
            .then(|| {
                dict.get::<Object<'_>>(b"CS")
                    .or_else(|| dict.get::<Object<'_>>(b"ColorSpace"))
            })
            .flatten()
            .map(|object| self.spaces.resolve(&object, resources));
        // JPEG 2000 carries its own space, and a JPEG tells how many channels it has.
        let tells_itself = matches!(codec, Codec::Jpeg2000 | Codec::Jpeg);
        let unknown = space
            .as_ref()
            .is_none_or(|s| s.kind == colour::SpaceKind::Unknown);
        let broken = space.as_ref().is_some_and(|s| s.is_broken());
        if !as_stencil && (broken || unknown && !tells_itself) {
            self.trouble(Trouble::Damaged(Thing::ColourSpace, object_number(dict)));
        }
        let mut look = self.state.look(&self.state.fill);
        let colour = match &space {
            _ if as_stencil => None,
            Some(space) => {
                let most = self.palette.press().most(space);
                look.colour = self.palette.many(space, &most.together, most.apart);
                Some(space.family())
            }
            None => {
                // JPEG 2000 carries its own space.
                let unknown = self.spaces.unknown();
                let most = Most::of([]);
                look.colour = self.palette.many(unknown, &most.together, most.apart);
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
        let ink = if stencil {
            self.state.ink(&self.state.fill)
        } else if self.state.fill.alpha <= 0.0 {
            Ink::None
        } else {
            Ink::Ink
        };
        // A picture's own soft mask takes the place of the one in force.
        let own_mask =
            dict.contains_key(b"SMask") || dict.get::<u8>(b"SMaskInData").is_some_and(|n| n > 0);
        let masked = own_mask
            || stencil
            || dict.contains_key(b"Mask")
            || self.state.mask.is_some()
            || self.state.veiled;
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
            self.trouble(Trouble::Damaged(Thing::InlinePicture, None));
        }
        let looked_at = object.is_some() && seen.is_some() && ink != Ink::None;
        let flaw = looked_at
            .then(|| {
                let space = dict.get::<Object<'_>>(b"ColorSpace");
                let own = space
                    .as_ref()
                    .and_then(|s| soundness::samples(s, resources));
                let inspection = Inspection {
                    stream,
                    pixels: [width, height],
                    bits,
                    samples: if stencil { Some(1) } else { own },
                    indexed: matches!(colour, Some(colour::Family::Indexed)),
                };
                self.shelf
                    .pictures
                    .borrow_mut()
                    .flaw(&inspection, self.allowance())
            })
            .flatten();
        let mark = ImageMark {
            object,
            outline: plain(outline),
            seen: seen.map(plain),
            pixels: grain(dict, [width, height]),
            // Rows of a picture run down from the top of its unit square.
            place: [a, b, -c, -d, e + c, f + d],
            sides: [a.hypot(b), c.hypot(d)],
            bits,
            colour,
            codec,
            ink,
            look,
            own_mask,
            flaw,
            masked,
        };
        if looked_at {
            self.verify_mask(dict);
        }
        let allowance = self.allowance();
        self.visitor.image(&mark, &|step| {
            glance(stream, resources, [width, height], bits, step, allowance)
        });
        if self.plates.is_some() && mark.seen.is_some() {
            self.lay_image(stream, stencil, resources)?;
        }
        Ok(())
    }

    /// The extent outside which a soft mask lets nothing through, if it has one.
    pub(crate) fn soft_mask(
        &mut self,
        mask: &Dict<'p>,
        resources: &Resources<'p>,
    ) -> Result<Option<Rect>, Stop> {
        self.state.figured = false;
        let Some(group) = mask.get::<Stream<'p>>(b"G") else {
            self.trouble(Trouble::Damaged(Thing::Mask, None));
            return Ok(None);
        };
        // A transfer function or a light backdrop may let content through where the group paints nothing.
        let backdrop_is_dark = self.backdrop_is_dark(mask, group.dict(), resources);
        let transfers = matches!(
            mask.get::<Object<'_>>(b"TR"),
            Some(Object::Dict(_) | Object::Stream(_))
        );
        if transfers || !backdrop_is_dark {
            // It is not run, but has to be there.
            let _ = self.unpacked(Thing::Mask, &group);
            self.state.figured = true;
            return Ok(None);
        }
        let dict = group.dict();
        let Some(bounds) = dict.get::<hayro_syntax::object::Rect>(b"BBox") else {
            self.trouble(Trouble::Damaged(Thing::Mask, object_number(group.dict())));
            return Ok(None);
        };
        let own = dict.get::<Dict<'p>>(b"Resources").map(Resources::new);
        let base = self.state.ctm * matrix(dict);
        let found = self.found_in(
            Thing::Mask,
            &group,
            own.as_ref().unwrap_or(resources),
            base,
            Some(rect(bounds)),
            false,
        )?;
        self.state.figured = found.is_figure();
        Ok(Some(found.area.map_or(super::walk::EMPTY, |a| {
            Rect::new(a.x0.into(), a.y0.into(), a.x1.into(), a.y1.into())
        })))
    }

    /// Whether a mask hides what its group does not paint.
    fn backdrop_is_dark(
        &self,
        mask: &Dict<'p>,
        group: &Dict<'p>,
        resources: &Resources<'p>,
    ) -> bool {
        let Some(backdrop) = mask.get::<Array<'_>>(b"BC") else {
            return true;
        };
        // Backdrops are for luminosity only.
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

pub(crate) fn matrix(dict: &Dict<'_>) -> Affine {
    Affine::new(
        dict.get::<[f64; 6]>(b"Matrix")
            .unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]),
    )
}
