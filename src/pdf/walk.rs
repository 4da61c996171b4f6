//! The content walk: runs a page's operators and reports every mark they make.
//!
//! It follows the imaging model far enough to know what is painted where: graphics state, clips, forms,
//! patterns, Type 3 glyphs, soft masks, layers, annotations. Clips are kept as upright rectangles, so a
//! mark cut by a slanted or curved clip may be reported larger than it shows, never smaller.

use std::collections::HashMap;
use std::rc::Rc;

use hayro_font::kurbo::{Affine, BezPath, PathEl, Point, Rect};
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Array, Dict, Name, Number, Object};
use hayro_syntax::page::Resources;

use super::colour::{self, Family};
use super::decode::{Refusal, decode};
use super::fonts::{FontEntry, FontShelf};
use super::layers::Layers;
use super::state::{Paint, State, cap, join, plain};
use super::stroke;
use super::visitor::{Ink, PathMark, PathMode, Visitor};
use crate::limits::Limits;

/// What cut a walk short or left part of it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Trouble {
    /// More operators than the limit.
    Operators,
    /// Forms or patterns within one another beyond the limit, or a form that draws itself.
    Nesting,
    /// A stream that would unpack beyond the limit.
    TooLarge,
    /// A stream that does not unpack.
    Damaged,
    /// Text in a font that cannot be read.
    Font,
}

impl Trouble {
    /// For people.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Operators => "it has more drawing operators than the limit",
            Self::Nesting => "its forms or patterns draw themselves or nest too deeply",
            Self::TooLarge => "part of its content would unpack to more than the limit",
            Self::Damaged => "part of its content is damaged and cannot be unpacked",
            Self::Font => "a font on it is damaged; its text was measured with a stand-in",
        }
    }
}

/// The walk is over: the operators are used up.
pub(crate) struct Stop;

/// Walks content and reports marks.
pub(crate) struct Walker<'p, 'v> {
    pub(crate) shelf: &'v FontShelf<'p>,
    pub(crate) layers: &'v Layers,
    pub(crate) limits: &'v Limits,
    pub(crate) visitor: &'v mut dyn Visitor,
    /// Operators left to run.
    pub(crate) budget: &'v mut u64,
    pub(crate) troubles: &'v mut Vec<Trouble>,
    pub(crate) state: State<'p>,
    pub(crate) saved: Vec<State<'p>>,
    /// Saves beyond the limit, to be matched by as many restores.
    pub(crate) unsaved: usize,
    pub(crate) path: BezPath,
    pub(crate) last: Point,
    pub(crate) start: Point,
    pub(crate) clip_pending: bool,
    /// Extent of text that will clip at the end of the text object.
    pub(crate) text_clip: Option<Rect>,
    /// One entry a marked-content level: whether it shows.
    pub(crate) marked: Vec<bool>,
    /// Streams being run, outermost first: where their data lie.
    pub(crate) running: Vec<usize>,
    /// The base of patterns: the CTM of the page or form being run.
    pub(crate) root: Affine,
    pub(crate) parts: Vec<crate::geometry::Rect>,
}

impl<'p, 'v> Walker<'p, 'v> {
    /// Records a trouble once.
    pub(crate) fn trouble(&mut self, trouble: Trouble) {
        if !self.troubles.contains(&trouble) {
            self.troubles.push(trouble);
        }
    }

    /// Unpacks a content stream or records why not.
    pub(crate) fn content(
        &mut self,
        stream: &hayro_syntax::object::Stream<'p>,
    ) -> Option<std::borrow::Cow<'p, [u8]>> {
        match decode(stream, self.limits.stream_bytes) {
            Ok(data) => Some(data),
            Err(Refusal::TooLarge) => {
                self.trouble(Trouble::TooLarge);
                None
            }
            Err(Refusal::Damaged) => {
                self.trouble(Trouble::Damaged);
                None
            }
        }
    }

    /// Whether the current operator lies in layers that are on.
    pub(crate) fn shows(&self) -> bool {
        self.marked.last().copied().unwrap_or(true)
    }

    /// Runs one content stream in the current state and leaves the state as it was.
    pub(crate) fn run(&mut self, content: &[u8], resources: &Resources<'p>) -> Result<(), Stop> {
        let depth = self.saved.len();
        let marked = self.marked.len();
        let before = self.state.clone();
        let mut fonts: HashMap<Vec<u8>, Option<Rc<FontEntry<'p>>>> = HashMap::new();
        let mut operators = TypedIter::new(content);
        let mut result = Ok(());
        while let Some(operator) = operators.next() {
            if *self.budget == 0 {
                self.trouble(Trouble::Operators);
                result = Err(Stop);
                break;
            }
            *self.budget -= 1;
            if let Err(stop) = self.operator(operator, resources, &mut fonts, depth) {
                result = Err(stop);
                break;
            }
        }
        self.path.truncate(0);
        self.clip_pending = false;
        self.saved.truncate(depth);
        self.marked.truncate(marked);
        self.state = before;
        result
    }

    fn operator(
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
            Op::SetGraphicsState(gs) => {
                if let Some(dict) = resources.get_ext_g_state(gs.0) {
                    self.graphics_state(&dict, resources)?;
                }
            }

            Op::MoveTo(p) => {
                let p = Point::new(p.0.as_f64(), p.1.as_f64());
                self.start = p;
                self.last = p;
                self.path.move_to(p);
            }
            Op::LineTo(p) => self.line_to(Point::new(p.0.as_f64(), p.1.as_f64())),
            Op::CubicTo(c) => {
                let p1 = Point::new(c.0.as_f64(), c.1.as_f64());
                let p2 = Point::new(c.2.as_f64(), c.3.as_f64());
                self.curve_to(p1, p2, Point::new(c.4.as_f64(), c.5.as_f64()));
            }
            Op::CubicStartTo(c) => {
                let p2 = Point::new(c.0.as_f64(), c.1.as_f64());
                self.curve_to(self.last, p2, Point::new(c.2.as_f64(), c.3.as_f64()));
            }
            Op::CubicEndTo(c) => {
                let p1 = Point::new(c.0.as_f64(), c.1.as_f64());
                let p3 = Point::new(c.2.as_f64(), c.3.as_f64());
                self.curve_to(p1, p3, p3);
            }
            Op::RectPath(r) => {
                let (x, y) = (r.0.as_f64(), r.1.as_f64());
                let (w, h) = (r.2.as_f64(), r.3.as_f64());
                self.path.move_to((x, y));
                self.path.line_to((x + w, y));
                self.path.line_to((x + w, y + h));
                self.path.line_to((x, y + h));
                self.path.close_path();
                self.last = Point::new(x, y);
                self.start = self.last;
            }
            Op::ClosePath(_) => self.close(),
            Op::FillPathNonZero(_)
            | Op::FillPathNonZeroCompatibility(_)
            | Op::FillPathEvenOdd(_) => {
                self.fill(resources)?;
                self.end_path();
            }
            Op::StrokePath(_) => {
                self.stroke();
                self.end_path();
            }
            Op::CloseAndStrokePath(_) => {
                self.close();
                self.stroke();
                self.end_path();
            }
            Op::FillAndStrokeNonZero(_) | Op::FillAndStrokeEvenOdd(_) => {
                self.fill(resources)?;
                self.stroke();
                self.end_path();
            }
            Op::CloseFillAndStrokeNonZero(_) | Op::CloseFillAndStrokeEvenOdd(_) => {
                self.close();
                self.fill(resources)?;
                self.stroke();
                self.end_path();
            }
            Op::EndPath(_) => self.end_path(),
            Op::ClipNonZero(_) | Op::ClipEvenOdd(_) => self.clip_pending = true,

            Op::StrokeColorDeviceGray(c) => self.state.stroke.set(Family::Gray, &[c.0.as_f64()]),
            Op::NonStrokeColorDeviceGray(c) => self.state.fill.set(Family::Gray, &[c.0.as_f64()]),
            Op::StrokeColorDeviceRgb(c) => self
                .state
                .stroke
                .set(Family::Rgb, &numbers(&[c.0, c.1, c.2])),
            Op::NonStrokeColorDeviceRgb(c) => {
                self.state.fill.set(Family::Rgb, &numbers(&[c.0, c.1, c.2]))
            }
            Op::StrokeColorCmyk(c) => self
                .state
                .stroke
                .set(Family::Cmyk, &numbers(&[c.0, c.1, c.2, c.3])),
            Op::NonStrokeColorCmyk(c) => self
                .state
                .fill
                .set(Family::Cmyk, &numbers(&[c.0, c.1, c.2, c.3])),
            Op::ColorSpaceStroke(c) => {
                let family = colour::named(c.0, resources);
                self.state.stroke.set(family, family.initial());
            }
            Op::ColorSpaceNonStroke(c) => {
                let family = colour::named(c.0, resources);
                self.state.fill.set(family, family.initial());
            }
            Op::StrokeColor(c) => self.state.stroke.components(&numbers(&c.0)),
            Op::NonStrokeColor(c) => self.state.fill.components(&numbers(&c.0)),
            Op::StrokeColorNamed(c) => {
                self.state.stroke.components(&numbers(&c.0));
                if let Some(name) = c.1 {
                    self.state.stroke.empty_pattern = self.pattern_is_empty(name, resources)?;
                }
            }
            Op::NonStrokeColorNamed(c) => {
                self.state.fill.components(&numbers(&c.0));
                if let Some(name) = c.1 {
                    self.state.fill.empty_pattern = self.pattern_is_empty(name, resources)?;
                }
            }

            Op::Shading(s) => self.shading(s.0, resources),
            Op::XObject(x) => self.x_object(x.0, resources)?,
            Op::InlineImage(i) => self.image(i.0, None, resources),

            Op::BeginMarkedContent(_) => self.marked.push(self.shows()),
            Op::BeginMarkedContentWithProperties(m) => {
                let shows = self.shows() && self.layer_shows(m.1, resources);
                self.marked.push(shows);
            }
            Op::EndMarkedContent(_) => {
                self.marked.pop();
            }

            other => self.text_operator(&other, resources, fonts)?,
        }
        Ok(())
    }

    fn layer_shows(&self, properties: &Object<'_>, resources: &Resources<'p>) -> bool {
        match properties {
            Object::Name(name) => {
                resources
                    .properties
                    .get_ref(name.as_ref())
                    .is_none_or(|reference| {
                        let dict = resources
                            .properties
                            .get::<Dict<'_>>(name.as_ref())
                            .unwrap_or_default();
                        self.layers.shows(&dict, Some(reference))
                    })
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
            self.unsaved += 1;
        }
    }

    pub(crate) fn restore(&mut self, floor: usize) {
        if self.unsaved > 0 {
            self.unsaved -= 1;
        } else if self.saved.len() > floor
            && let Some(state) = self.saved.pop()
        {
            self.state = state;
        }
    }

    fn line_to(&mut self, to: Point) {
        if !self.path.is_empty() {
            self.path.line_to(to);
            self.last = to;
        }
    }

    fn curve_to(&mut self, p1: Point, p2: Point, p3: Point) {
        if !self.path.is_empty() {
            self.path.curve_to(p1, p2, p3);
            self.last = p3;
        }
    }

    fn close(&mut self) {
        if !self.path.is_empty() && self.path.elements().last() != Some(&PathEl::ClosePath) {
            self.path.close_path();
            self.last = self.start;
        }
    }

    /// Paints nothing; a pending clip takes effect.
    fn end_path(&mut self) {
        if std::mem::take(&mut self.clip_pending) && !self.path.is_empty() {
            let mut area: Option<Rect> = None;
            stroke::fills(&self.path, self.state.ctm, |r| {
                area = Some(area.map_or(r, |a| a.union(r)));
            });
            self.clip_to(area.unwrap_or_default());
        }
        self.path.truncate(0);
    }

    /// Narrows the clip; an empty meeting leaves an empty clip.
    pub(crate) fn clip_to(&mut self, area: Rect) {
        let clip = self.state.clip;
        self.state.clip = super::state::meet(area, clip).unwrap_or(EMPTY);
    }

    fn fill(&mut self, resources: &Resources<'p>) -> Result<(), Stop> {
        let _ = resources;
        if !self.shows() {
            return Ok(());
        }
        self.parts.clear();
        let parts = &mut self.parts;
        let mut area: Option<Rect> = None;
        stroke::fills(&self.path, self.state.ctm, |r| {
            parts.push(plain(r));
            area = Some(area.map_or(r, |a| a.union(r)));
        });
        self.report(PathMode::Fill, self.state.fill, area);
        Ok(())
    }

    fn stroke(&mut self) {
        if !self.shows() {
            return;
        }
        self.parts.clear();
        let parts = &mut self.parts;
        let mut area: Option<Rect> = None;
        stroke::pieces(&self.path, self.state.pen, self.state.ctm, |r| {
            parts.push(plain(r));
            area = Some(area.map_or(r, |a| a.union(r)));
        });
        self.report(PathMode::Stroke, self.state.stroke, area);
    }

    fn report(&mut self, mode: PathMode, paint: Paint, area: Option<Rect>) {
        let Some(area) = area.filter(|a| a.is_finite()) else {
            return;
        };
        let mark = PathMark {
            mode,
            ink: paint.ink(),
            outline: plain(area),
            seen: self.state.seen(area).map(plain),
            parts: &self.parts,
        };
        self.visitor.path(&mark);
    }

    /// Paints a shading through the clip.
    fn shading(&mut self, name: &Name<'_>, resources: &Resources<'p>) {
        if !self.shows() {
            return;
        }
        let Some(dict) = resources.get_shading(name).and_then(|o| match o {
            Object::Dict(d) => Some(d),
            Object::Stream(s) => Some(s.dict().clone()),
            _ => None,
        }) else {
            return;
        };
        let mut area = self.state.clip;
        if let Some(bounds) = dict.get::<hayro_syntax::object::Rect>(b"BBox") {
            let bounds = self.state.ctm.transform_rect_bbox(rect(bounds));
            match super::state::meet(area, bounds) {
                Some(cut) => area = cut,
                None => return,
            }
        }
        let ink = if self.state.fill.alpha <= 0.0 {
            Ink::None
        } else {
            Ink::Ink
        };
        self.parts.clear();
        let mark = PathMark {
            mode: PathMode::Shading,
            ink,
            outline: plain(area),
            seen: self.state.seen(area).map(plain),
            parts: &self.parts,
        };
        self.visitor.path(&mark);
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
                self.state.text.font = self.shelf.font(&font);
                self.state.text.size = size.as_f64();
            }
        }
        match dict.get::<Object<'p>>(b"SMask") {
            Some(Object::Name(_)) => self.state.mask = None,
            Some(Object::Dict(mask)) => self.state.mask = self.soft_mask(&mask, resources)?,
            _ => {}
        }
        Ok(())
    }
}

/// A clip through which nothing shows: no mark can meet it.
pub(crate) const EMPTY: Rect = Rect {
    x0: f64::MAX,
    y0: f64::MAX,
    x1: f64::MIN,
    y1: f64::MIN,
};

pub(crate) fn affine(n: [Number; 6]) -> Affine {
    Affine::new(n.map(|n| n.as_f64()))
}

pub(crate) fn rect(r: hayro_syntax::object::Rect) -> Rect {
    Rect::new(r.x0, r.y0, r.x1, r.y1)
}

fn numbers(n: &[Number]) -> Vec<f64> {
    n.iter().map(Number::as_f64).collect()
}
