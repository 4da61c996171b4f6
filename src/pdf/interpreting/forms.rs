//! Runs external objects: images, and forms with their resources, matrix, clip and group.

use hayro_font::kurbo::Rect;
use hayro_syntax::object::{Dict, Name, ObjRef, Object, Stream};
use hayro_syntax::page::Resources;

use crate::pdf::images::picture::ImageSource;
use crate::pdf::interpreting::blend::Blend;
use crate::pdf::interpreting::context::Stop;
use crate::pdf::interpreting::hiding::is_upright;
use crate::pdf::interpreting::settings;
use crate::pdf::interpreting::walk::Walker;
use crate::pdf::objects::{lacks_numbers, matrix, object_number, rect};
use crate::pdf::reading::trouble::{Thing, Trouble};
use crate::pdf::separations::Group;

/// The cost of compositing a group of an area, in operators that would take as long.
fn composing(seen: Option<Rect>) -> u64 {
    seen.filter(Rect::is_finite)
        .map_or(0, |seen| (seen.area().abs() / POINTS) as u64)
}

/// Square points of a group that are composed in the time of an operator: a full page comes to some twenty thousand.
const POINTS: f64 = 16.0;

impl<'p> Walker<'p, '_, '_> {
    pub(crate) fn x_object(
        &mut self,
        name: &Name<'_>,
        resources: &Resources<'p>,
    ) -> Result<(), Stop> {
        if !self.shows() {
            return Ok(());
        }
        // Looking up and unpacking costs far more than an operator.
        self.cx.spend_object();
        let Some(stream) = resources.get_x_object(name) else {
            self.cx.missing(Thing::Object, name);
            return Ok(());
        };
        let dict = stream.dict();
        let shows = dict
            .get::<Dict<'_>>(b"OC")
            .is_none_or(|oc| self.cx.layers.shows(&oc, dict.get_ref(b"OC")));
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
                self.painter.settings(settings, seen);
            }
        }
        match dict.get::<Name<'_>>(b"Subtype").as_deref() {
            Some(b"Image") => {
                self.cx.verify(Thing::Picture, stream.dict());
                let id = stream.dict().obj_id().map(ObjRef::from);
                let id = id.map(|r| (r.obj_number, r.gen_number));
                self.image(ImageSource::XObject(&stream), id, resources)?;
            }
            Some(b"Form") => self.form(Thing::Form, &stream, resources)?,
            // A PostScript XObject is reported as a setting.
            Some(b"PS") => {}
            _ => self.cx.trouble(Trouble::Damaged(
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
        if !self.cx.may_run(stream) {
            self.cx.trouble(Trouble::Nesting);
            return Ok(());
        }
        let dict = stream.dict();
        let Some(bounds) = dict.get::<hayro_syntax::object::Rect>(b"BBox") else {
            self.cx
                .trouble(Trouble::Damaged(thing, object_number(stream.dict())));
            return Ok(());
        };
        let is_group = matches!(
            dict.get::<Object<'_>>(b"Group"),
            Some(Object::Dict(_) | Object::Null(_))
        );
        let lacks_group = dict.contains_key(b"Group") && !is_group;
        if lacks_group || lacks_numbers::<6>(dict, b"Matrix") {
            self.cx
                .trouble(Trouble::Damaged(thing, object_number(dict)));
        }
        let Some(content) = self.cx.content(thing, stream) else {
            return Ok(());
        };
        let own = dict.get::<Dict<'p>>(b"Resources").map(Resources::new);
        let before = self.state.clone();
        self.painter.save();
        self.state.ctm *= matrix(dict);
        self.state.root = self.state.ctm;
        let area = self.state.ctm.transform_rect_bbox(rect(bounds));
        self.state.whole &= is_upright(self.state.ctm);
        self.clip_to(area);
        self.painter.clip_to_box(&self.state, rect(bounds));
        let group = dict.get::<Dict<'p>>(b"Group");
        if let Some(group) = &group {
            self.group_space(group, resources);
            let appearance = self.state.appearance(&self.state.fill);
            let knocks_out = group.get::<bool>(b"K").unwrap_or(false);
            self.state.whole &=
                !appearance.is_transparent() && !appearance.overprint && !knocks_out;
            let transparency = group.get::<Name<'_>>(b"S").as_deref() == Some(b"Transparency");
            let kind = transparency.then(|| Group {
                isolated: group.get::<bool>(b"I").unwrap_or(false),
                knocks_out,
            });
            self.painter.push_group(&self.state, kind, area);
            self.cx.spend_further(composing(self.state.seen(area)));
            // Where a group is not opaque, its transfer function does not apply.
            if transparency && appearance.is_transparent() {
                self.state.transfer = None;
            }
            self.state.blend = Blend::Normal;
            self.state.masked = false;
            self.state.has_artwork = false;
            // A group is composited with the alpha at its placement; inside it, alpha starts at 1.
            self.state.groups *= self.state.fill.alpha;
            let alpha = f64::from(self.state.fill.alpha > 0.0);
            self.state.fill.alpha = alpha;
            self.state.stroke.alpha = alpha;
            // Its content cannot remove the soft mask of the group either.
            if let Some(mask) = self.state.mask.take() {
                self.clip_to(mask);
                self.state.in_soft_masked_group = true;
            }
        }
        self.cx.enter(stream);
        let (last, start) = (self.last, self.start);
        self.path.truncate(0);
        let result = self.run(&content, own.as_ref().unwrap_or(resources));
        (self.last, self.start) = (last, start);
        self.cx.leave();
        self.state = before;
        self.painter.restore();
        if group.is_some() {
            self.painter.pop_group();
        }
        result
    }

    /// Reports the blending colour space of a group.
    pub(crate) fn group_space(&mut self, group: &Dict<'p>, resources: &Resources<'p>) {
        if let Some(space) = group.get::<Object<'_>>(b"CS") {
            let kind = self.cx.spaces.resolve(&space, resources).kind;
            self.painter.group_space(kind);
        }
    }
}
