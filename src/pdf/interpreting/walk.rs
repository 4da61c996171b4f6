//! The content walk: runs the operators of a page and has a painter paint every mark they make.
//!
//! It follows the imaging model far enough to know what is painted where: graphics state, clips, forms,
//! patterns, Type 3 glyphs, soft masks, layers, annotations. It keeps clips as upright rectangles, so a
//! mark cut by a slanted or curved clip may be reported larger than it shows, never smaller.

use std::collections::HashMap;
use std::rc::Rc;

use hayro_font::kurbo::{BezPath, Point, Rect};
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Array, Dict, Object};
use hayro_syntax::page::Resources;

use crate::model::facts::Construct;
use crate::pdf::colour::Defaults;
use crate::pdf::fonts::cache::FontEntry;
use crate::pdf::images::picture::ImageSource;
use crate::pdf::interpreting::blend::Blend;
use crate::pdf::interpreting::context::{Context, Stop};
use crate::pdf::interpreting::painter::Painter;
use crate::pdf::interpreting::show_array::ShowArray;
use crate::pdf::interpreting::state::{State, cap, join};
use crate::pdf::objects::{affine, is_lzw, object_number};
use crate::pdf::reading::trouble::{Thing, Trouble};

/// Walks content and has its marks painted.
pub(crate) struct Walker<'p, 'v, 'w> {
    pub(crate) cx: &'w mut Context<'p, 'v>,
    pub(super) painter: &'w mut (dyn Painter<'p> + 'w),
    pub(super) state: State<'p>,
    pub(super) saved: Vec<State<'p>>,
    /// `q` operators beyond the limit; as many `Q` are ignored.
    pub(super) overflowed_saves: usize,
    pub(super) path: BezPath,
    pub(super) last: Point,
    pub(super) start: Point,
    /// A clip that takes effect when the path ends, and whether by the even-odd rule.
    pub(super) clip_pending: Option<bool>,
    /// Extent of text that will clip at the end of the text object.
    pub(super) text_clip: Option<Rect>,
    /// One entry a marked-content level: whether it shows.
    pub(super) marked: Vec<bool>,
    /// The last `TJ` array, kept to reuse its allocations.
    pub(super) array: ShowArray,
    /// The default colour spaces of the content being run.
    pub(super) defaults: Defaults,
    /// Whether the program of a glyph is run.
    pub(super) is_glyph: bool,
}

impl<'p, 'v, 'w> Walker<'p, 'v, 'w> {
    /// A walker for content that begins in `state`.
    pub(crate) fn new(
        cx: &'w mut Context<'p, 'v>,
        painter: &'w mut (dyn Painter<'p> + 'w),
        state: State<'p>,
    ) -> Self {
        let defaults = cx.spaces.device().clone();
        Self {
            cx,
            painter,
            state,
            saved: Vec::new(),
            overflowed_saves: 0,
            path: BezPath::new(),
            last: Point::ZERO,
            start: Point::ZERO,
            clip_pending: None,
            text_clip: None,
            marked: Vec::new(),
            array: ShowArray::default(),
            defaults,
            is_glyph: false,
        }
    }

    /// Whether the current operator lies in layers that are on.
    pub(crate) fn shows(&self) -> bool {
        self.marked.last().copied().unwrap_or(true)
    }

    pub(in crate::pdf) fn operator(
        &mut self,
        operator: Op<'_, '_>,
        resources: &Resources<'p>,
        fonts: &mut HashMap<Vec<u8>, Option<Rc<FontEntry<'p>>>>,
        floor: usize,
    ) -> Result<(), Stop> {
        match operator {
            Op::SaveState(_) => self.save(),
            Op::RestoreState(_) => self.restore(floor),
            Op::Transform(t) => self.state.ctm *= affine([t.0, t.1, t.2, t.3, t.4, t.5]),
            Op::LineWidth(w) => self.state.pen.width = w.0.as_f64().abs(),
            Op::LineCap(c) => self.state.pen.cap = cap(c.0.as_i64()),
            Op::LineJoin(j) => self.state.pen.join = join(j.0.as_i64()),
            Op::MiterLimit(m) => self.state.pen.miter_limit = m.0.as_f64(),
            Op::SetGraphicsState(gs) => match resources.get_ext_g_state(gs.0) {
                Some(dict) => self.graphics_state(&dict, resources)?,
                None => {
                    let name: String = gs.0.as_str().chars().take(40).collect();
                    self.cx
                        .troubles
                        .skip(format!("the graphics state {name} (not in the file)"));
                }
            },

            Op::Shading(s) => self.shading(s.0, resources)?,
            // `d1`: the glyph takes the colour of the text.
            Op::ShapeGlyph(_) if self.is_glyph => {
                self.state.fixed_colour = true;
                self.state.stroke = self.state.fill.clone();
            }
            Op::XObject(x) => self.x_object(x.0, resources)?,
            Op::InlineImage(i) => {
                self.cx.spend_object();
                if is_lzw(i.0.dict()) {
                    self.cx.troubles.restrict(Construct::Lzw, None);
                }
                self.image(ImageSource::Inline(i.0), None, resources)?;
            }

            Op::BeginMarkedContent(_) => self.marked.push(self.shows()),
            Op::BeginMarkedContentWithProperties(m) => {
                let shows = self.shows() && self.layer_shows(m.0.as_ref() == b"OC", m.1, resources);
                self.marked.push(shows);
            }
            Op::EndMarkedContent(_) => {
                self.marked.pop();
            }

            Op::DashPattern(d) => self.dash(d.0, d.1.as_f64()),

            other => {
                if !self.path_operator(&other)? && !self.colour_operator(&other, resources)? {
                    self.text_operator(&other, resources, fonts)?;
                }
            }
        }
        Ok(())
    }

    /// Whether marked content shows; `layer` says that its tag is that of optional content.
    fn layer_shows(
        &mut self,
        layer: bool,
        properties: &Object<'_>,
        resources: &Resources<'p>,
    ) -> bool {
        match properties {
            Object::Name(name) => {
                let properties = &resources.properties;
                // Whether it shows is not to be told; readers show it.
                if layer && !properties.contains_key(name.as_ref()) {
                    let name: String = name.as_str().chars().take(40).collect();
                    self.cx.troubles.skip(format!(
                        "the layer {name} of marked content (not in the file)"
                    ));
                }
                let dict = properties.get::<Dict<'_>>(name.as_ref());
                self.cx
                    .layers
                    .shows(&dict.unwrap_or_default(), properties.get_ref(name.as_ref()))
            }
            Object::Dict(dict) => dict.get_ref(b"OC").is_none_or(|reference| {
                self.cx.layers.shows(
                    &dict.get::<Dict<'_>>(b"OC").unwrap_or_default(),
                    Some(reference),
                )
            }),
            _ => true,
        }
    }

    pub(crate) fn save(&mut self) {
        if self.saved.len() < self.cx.limits.saved_states {
            self.saved.push(self.state.clone());
            self.painter.save();
        } else {
            // The matching `Q` must not restore an older state.
            self.overflowed_saves += 1;
            self.cx.trouble(Trouble::Nesting);
        }
    }

    pub(crate) fn restore(&mut self, floor: usize) {
        if self.overflowed_saves > 0 {
            self.overflowed_saves -= 1;
        } else if self.saved.len() > floor
            && let Some(state) = self.saved.pop()
        {
            self.state = state;
            self.painter.restore();
        }
    }

    fn graphics_state(&mut self, dict: &Dict<'p>, resources: &Resources<'p>) -> Result<(), Stop> {
        const READ: [&[u8]; 13] = [
            b"LW", b"LC", b"LJ", b"ML", b"D", b"CA", b"ca", b"Font", b"OP", b"op", b"OPM", b"BM",
            b"TR",
        ];
        // One that names what is not in the file.
        let is_lost =
            |key: &&[u8]| dict.contains_key(*key) && dict.get::<Object<'_>>(*key).is_none();
        if let Some(key) = READ.iter().find(|key| is_lost(key)) {
            let name = String::from_utf8_lossy(key).into_owned();
            self.cx.trouble(Trouble::Missing(Thing::Setting, name));
        }
        if let Some(width) = dict.get::<f64>(b"LW") {
            self.state.pen.width = width.abs();
        }
        if let Some(number) = dict.get::<i32>(b"LC") {
            self.state.pen.cap = cap(number.into());
        }
        if let Some(number) = dict.get::<i32>(b"LJ") {
            self.state.pen.join = join(number.into());
        }
        if let Some(limit) = dict.get::<f64>(b"ML") {
            self.state.pen.miter_limit = limit;
        }
        if let Some(dash) = dict.get::<Array<'_>>(b"D") {
            let mut items = dash.iter::<Object<'_>>();
            match (items.next(), items.next()) {
                (Some(Object::Array(pattern)), Some(Object::Number(phase)))
                    if pattern.iter::<f64>().count() == pattern.raw_iter().count() =>
                {
                    self.dash(&pattern, phase.as_f64());
                }
                _ => {
                    let object = object_number(dict);
                    self.cx.trouble(Trouble::Damaged(Thing::Setting, object));
                }
            }
        }
        if let Some(alpha) = dict.get::<f64>(b"CA") {
            self.state.stroke.alpha = alpha;
        }
        if let Some(alpha) = dict.get::<f64>(b"ca") {
            self.state.fill.alpha = alpha;
        }
        if let Some(font) = dict.get::<Array<'p>>(b"Font") {
            let mut items = font.iter::<Object<'p>>();
            if let (Some(Object::Dict(font)), Some(Object::Number(size))) =
                (items.next(), items.next())
            {
                self.state.text.font = self.cx.fonts.font(&font, self.cx.deleted);
                self.state.text.size = size.as_f64();
            }
        }
        // `OP` alone sets both.
        if let Some(overprint) = dict.get::<bool>(b"OP") {
            self.state.stroke.overprint = overprint;
            self.state.fill.overprint = overprint;
        }
        if let Some(overprint) = dict.get::<bool>(b"op") {
            self.state.fill.overprint = overprint;
        }
        if let Some(mode) = dict.get::<i32>(b"OPM") {
            self.state.opm_nonzero = mode == 1;
        }
        if let Some(mode) = dict.get::<Object<'_>>(b"BM") {
            self.state.blend = Blend::read(&mode);
        }
        self.press_settings(dict);
        match dict.get::<Object<'p>>(b"SMask") {
            Some(Object::Name(_)) => {
                self.state.mask = None;
                self.state.masked = false;
                self.state.has_artwork = false;
                self.painter
                    .set_soft_mask(self.cx, &self.state, None, resources)?;
            }
            Some(Object::Dict(mask)) => {
                self.cx.spend_object();
                self.state.mask = self.soft_mask(&mask, resources)?;
                self.state.masked = true;
                self.painter
                    .set_soft_mask(self.cx, &self.state, Some(&mask), resources)?;
            }
            None if dict.contains_key(b"SMask") => {
                self.cx.trouble(Trouble::Missing(
                    Thing::Mask,
                    "by a graphics state".to_owned(),
                ));
            }
            None | Some(Object::Null(_)) => {}
            Some(_) => self.cx.trouble(Trouble::Damaged(Thing::Mask, None)),
        }
        Ok(())
    }
}

/// An empty clip: no mark intersects it.
pub(crate) const EMPTY: Rect = Rect {
    x0: f64::MAX,
    y0: f64::MAX,
    x1: f64::MIN,
    y1: f64::MIN,
};
