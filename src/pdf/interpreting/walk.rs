//! The content walk: runs a page's operators and reports every mark they make.
//!
//! It follows the imaging model far enough to know what is painted where: graphics state, clips, forms,
//! patterns, Type 3 glyphs, soft masks, layers, annotations. Clips are kept as upright rectangles, so a
//! mark cut by a slanted or curved clip may be reported larger than it shows, never smaller.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use hayro_font::kurbo::{Affine, BezPath, Point, Rect};
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Array, Dict, Object};
use hayro_syntax::page::Resources;

use crate::model::limits::Limits;
use crate::pdf::colour::{Defaults, Palette, Spaces};
use crate::pdf::fonts::cache::{FontEntry, FontStore};
use crate::pdf::images::decode::Allowance;
use crate::pdf::interpreting::blend::Blend;
use crate::pdf::interpreting::show_array::ShowArray;
use crate::pdf::interpreting::state::{State, cap, join};
use crate::pdf::interpreting::visitor::Visitor;
use crate::pdf::objects::affine;
use crate::pdf::reading::layers::Layers;
use crate::pdf::reading::trouble::{Thing, Trouble, Troubles};
use crate::pdf::separations::Separations;

/// The walk ends: its budget of operators is used up.
pub(crate) struct Stop;

/// Walks content and reports marks.
pub(crate) struct Walker<'p, 'v> {
    pub(crate) fonts: &'v FontStore<'p>,
    pub(crate) layers: &'v Layers,
    pub(crate) limits: &'v Limits,
    /// Numbers of objects that an update of the file has deleted.
    pub(crate) deleted: &'v HashSet<u32>,
    pub(crate) visitor: &'v mut dyn Visitor,
    /// Operators left to run.
    pub(crate) budget: &'v mut u64,
    /// The cost of drawing the page beyond the operators of the walk: glyph programs each time they are set, cells
    /// each time they fill, and the compositing of groups.
    pub(crate) further: &'v mut u64,
    pub(crate) troubles: &'v mut Troubles,
    pub(crate) state: State<'p>,
    pub(crate) saved: Vec<State<'p>>,
    /// `q` operators beyond the limit; as many `Q` are ignored.
    pub(crate) overflowed_saves: usize,
    pub(crate) path: BezPath,
    pub(crate) last: Point,
    pub(crate) start: Point,
    /// A clip that takes effect when the path ends, and whether by the even-odd rule.
    pub(crate) clip_pending: Option<bool>,
    /// Extent of text that will clip at the end of the text object.
    pub(crate) text_clip: Option<Rect>,
    /// One entry a marked-content level: whether it shows.
    pub(crate) marked: Vec<bool>,
    /// Streams being run, outermost first: where their data lie.
    pub(crate) running: Vec<usize>,
    /// The base of patterns: the CTM of the page or form being run.
    pub(crate) root: Affine,
    pub(crate) parts: Vec<crate::model::geometry::Rect>,
    /// The last `TJ` array, kept to reuse its allocations.
    pub(in crate::pdf) array: ShowArray,
    pub(crate) spaces: &'v Spaces,
    pub(crate) palette: &'v mut Palette<'p>,
    /// The default colour spaces of the content being run.
    pub(crate) defaults: Defaults,
    /// The separations being made, if any; without them each call costs one branch.
    pub(crate) plates: Option<&'v mut Separations>,
    /// Outlines of text that will clip the separations at the end of the text object, on the page.
    pub(crate) text_cut: Option<BezPath>,
    /// Whether colour operators are ignored: in uncoloured cells and glyphs.
    pub(crate) fixed_colour: bool,
    /// Whether the program of a glyph is run.
    pub(crate) is_glyph: bool,
}

/// The cost of an external object or a soft mask, in operators.
const OBJECT_COST: u64 = 60;

impl<'p, 'v> Walker<'p, 'v> {
    /// The limits on images.
    pub(crate) fn allowance(&self) -> Allowance<'v> {
        Allowance {
            limits: self.limits,
            sizes: &self.fonts.sizes,
        }
    }

    /// A walker for nested content, in an initial state and without separations.
    pub(crate) fn within<'s>(&'s mut self, state: State<'p>, root: Affine) -> Walker<'p, 's> {
        Walker {
            fonts: self.fonts,
            layers: self.layers,
            limits: self.limits,
            deleted: self.deleted,
            visitor: &mut *self.visitor,
            budget: &mut *self.budget,
            further: &mut *self.further,
            troubles: &mut *self.troubles,
            state,
            saved: Vec::new(),
            overflowed_saves: 0,
            path: BezPath::new(),
            last: Point::ZERO,
            start: Point::ZERO,
            clip_pending: None,
            text_clip: None,
            marked: Vec::new(),
            running: Vec::new(),
            root,
            parts: Vec::new(),
            array: ShowArray::default(),
            spaces: self.spaces,
            palette: &mut *self.palette,
            defaults: self.spaces.device().clone(),
            plates: None,
            text_cut: None,
            fixed_colour: false,
            is_glyph: false,
        }
    }

    /// Records a trouble once.
    pub(crate) fn trouble(&mut self, trouble: Trouble) {
        self.troubles.add(trouble);
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
                    self.troubles
                        .skip(format!("the graphics state {name} (not in the file)"));
                }
            },

            Op::Shading(s) => self.shading(s.0, resources)?,
            // `d1`: the glyph takes the colour of the text.
            Op::ShapeGlyph(_) if self.is_glyph => {
                self.fixed_colour = true;
                self.state.stroke = self.state.fill.clone();
            }
            Op::XObject(x) => self.x_object(x.0, resources)?,
            Op::InlineImage(i) => {
                self.spend_object();
                self.image(i.0, None, resources)?;
            }

            Op::BeginMarkedContent(_) => self.marked.push(self.shows()),
            Op::BeginMarkedContentWithProperties(m) => {
                let shows = self.shows() && self.layer_shows(m.1, resources);
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

    fn layer_shows(&self, properties: &Object<'_>, resources: &Resources<'p>) -> bool {
        match properties {
            Object::Name(name) => {
                let properties = &resources.properties;
                let dict = properties.get::<Dict<'_>>(name.as_ref());
                self.layers
                    .shows(&dict.unwrap_or_default(), properties.get_ref(name.as_ref()))
            }
            Object::Dict(dict) => dict.get_ref(b"OC").is_none_or(|reference| {
                self.layers.shows(
                    &dict.get::<Dict<'_>>(b"OC").unwrap_or_default(),
                    Some(reference),
                )
            }),
            _ => true,
        }
    }

    pub(crate) fn save(&mut self) {
        if self.saved.len() < self.limits.saved_states {
            self.saved.push(self.state.clone());
        } else {
            // The matching `Q` must not restore an older state.
            self.overflowed_saves += 1;
            self.trouble(Trouble::Nesting);
        }
    }

    pub(crate) fn restore(&mut self, floor: usize) {
        if self.overflowed_saves > 0 {
            self.overflowed_saves -= 1;
        } else if self.saved.len() > floor
            && let Some(state) = self.saved.pop()
        {
            self.state = state;
        }
    }

    /// Charges for an object whose lookup and unpacking cost far more than an operator.
    pub(crate) fn spend_object(&mut self) {
        *self.budget = self.budget.saturating_sub(OBJECT_COST);
    }

    fn graphics_state(&mut self, dict: &Dict<'p>, resources: &Resources<'p>) -> Result<(), Stop> {
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
            if let (Some(Object::Array(pattern)), Some(Object::Number(phase))) =
                (items.next(), items.next())
            {
                self.dash(&pattern, phase.as_f64());
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
                self.state.text.font = self.fonts.font(&font, self.deleted);
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
                self.state.soft_mask = None;
            }
            Some(Object::Dict(mask)) => {
                self.spend_object();
                self.state.mask = self.soft_mask(&mask, resources)?;
                self.state.masked = true;
                self.state.soft_mask = self.soft_pixels(&mask, resources)?;
            }
            None if dict.contains_key(b"SMask") => {
                self.trouble(Trouble::Missing(
                    Thing::Mask,
                    "by a graphics state".to_owned(),
                ));
            }
            _ => {}
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
