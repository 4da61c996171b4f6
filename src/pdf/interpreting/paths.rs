//! Path operators: construction, painting, clipping and shading.

use std::rc::Rc;

use hayro_font::kurbo::{PathEl, Point, Rect};
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Array, Name};
use hayro_syntax::page::Resources;

use crate::pdf::interpreting::context::Stop;
use crate::pdf::interpreting::hiding::is_upright_rectangle;
use crate::pdf::interpreting::pen_width::pen_width;
use crate::pdf::interpreting::state::meet;
use crate::pdf::interpreting::stroke::{self, Dash};
use crate::pdf::interpreting::visitor::{PaintEffect, PathMark, PathMode};
use crate::pdf::interpreting::walk::{EMPTY, Walker};
use crate::pdf::objects::{plain, rect};
use crate::pdf::reading::trouble::{Thing, Trouble};
use crate::pdf::separations::shading::Shading;

impl<'p> Walker<'p, '_, '_> {
    /// Runs a path operator; false for any other.
    pub(crate) fn path_operator(&mut self, operator: &Op<'_, '_>) -> Result<bool, Stop> {
        match operator {
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
            Op::FillPathNonZero(_) | Op::FillPathNonZeroCompatibility(_) => {
                self.fill(false)?;
                self.end_path();
            }
            Op::FillPathEvenOdd(_) => {
                self.fill(true)?;
                self.end_path();
            }
            Op::StrokePath(_) => {
                self.stroke()?;
                self.end_path();
            }
            Op::CloseAndStrokePath(_) => {
                self.close();
                self.stroke()?;
                self.end_path();
            }
            Op::FillAndStrokeNonZero(_) | Op::FillAndStrokeEvenOdd(_) => {
                self.fill_and_stroke(matches!(operator, Op::FillAndStrokeEvenOdd(_)))?;
            }
            Op::CloseFillAndStrokeNonZero(_) | Op::CloseFillAndStrokeEvenOdd(_) => {
                self.close();
                self.fill_and_stroke(matches!(operator, Op::CloseFillAndStrokeEvenOdd(_)))?;
            }
            Op::EndPath(_) => self.end_path(),
            Op::ClipNonZero(_) => self.clip_pending = Some(false),
            Op::ClipEvenOdd(_) => self.clip_pending = Some(true),
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn line_to(&mut self, to: Point) {
        // Not `is_empty`, which is still true of a path with nothing but a starting point.
        if !self.path.elements().is_empty() {
            self.path.line_to(to);
            self.last = to;
        }
    }

    fn curve_to(&mut self, p1: Point, p2: Point, p3: Point) {
        if !self.path.elements().is_empty() {
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
        if let Some(even_odd) = self.clip_pending.take()
            && !self.path.elements().is_empty()
        {
            let mut area: Option<Rect> = None;
            let mut parts = 0;
            stroke::fills(&self.path, self.state.ctm, |r| {
                area = Some(area.map_or(r, |a| a.union(r)));
                parts += 1;
            });
            if let Some(area) = area {
                self.visitor.clip(plain(area), parts);
            }
            self.state.clipped_by(&self.path);
            self.clip_to(area.unwrap_or(EMPTY));
            if self.plates.is_some() {
                let path = std::mem::take(&mut self.path);
                self.clip_plates(&path, self.state.ctm, even_odd);
                self.path = path;
            }
        }
        self.path.truncate(0);
    }

    /// Intersects the clip; an empty intersection leaves an empty clip.
    pub(crate) fn clip_to(&mut self, area: Rect) {
        let clip = self.state.clip;
        self.state.clip = meet(area, clip).unwrap_or(EMPTY);
    }

    fn fill_and_stroke(&mut self, even_odd: bool) -> Result<(), Stop> {
        let path = std::mem::take(&mut self.path);
        let opened = self.shows() && self.open_pair(&path);
        self.path = path;
        self.fill(even_odd)?;
        self.stroke()?;
        self.close_pair(opened);
        self.end_path();
        Ok(())
    }

    fn fill(&mut self, even_odd: bool) -> Result<(), Stop> {
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
        let seen = area.and_then(|a| self.state.seen(a));
        let hides =
            self.state.hides(&self.state.fill) && is_upright_rectangle(&self.path, self.state.ctm);
        self.report(PathMode::Fill, area, (seen, hides), 0.0);
        if self.plates.is_some() && seen.is_some() {
            self.lay_fill(even_odd)?;
        }
        Ok(())
    }

    fn stroke(&mut self) -> Result<(), Stop> {
        if !self.shows() {
            return Ok(());
        }
        self.parts.clear();
        let (parts, state) = (&mut self.parts, &self.state);
        let dashed = state.pen.dash.is_some();
        let mut area: Option<Rect> = None;
        let mut seen: Option<Rect> = None;
        stroke::pieces(&self.path, &state.pen, state.ctm, |r| {
            parts.push(plain(r));
            area = Some(area.map_or(r, |a| a.union(r)));
            // Dashes are cut one by one: the clip's edge may fall into a gap.
            if dashed && let Some(cut) = state.seen(r) {
                seen = Some(seen.map_or(cut, |s| s.union(cut)));
            }
        });
        if !dashed {
            seen = area.and_then(|a| self.state.seen(a));
        }
        let width = pen_width(&self.path, &self.state.pen, self.state.ctm);
        self.report(PathMode::Stroke, area, (seen, false), width);
        if self.plates.is_some() && seen.is_some() {
            self.lay_stroke()?;
        }
        Ok(())
    }

    /// Reports a path to the visitor.
    fn report(
        &mut self,
        mode: PathMode,
        area: Option<Rect>,
        (seen, hides): (Option<Rect>, bool),
        width: f64,
    ) {
        let Some(area) = area.filter(|a| a.is_finite()) else {
            return;
        };
        let paint = match mode {
            PathMode::Stroke => &self.state.stroke,
            _ => &self.state.fill,
        };
        if seen.is_some() {
            self.cx.spend_further(paint.cell);
        }
        let mark = PathMark {
            mode,
            effect: self.state.effect(paint),
            outline: plain(area),
            seen: seen.map(plain),
            hides,
            parts: &self.parts,
            appearance: self.state.appearance(paint),
            width: width as f32,
        };
        self.visitor.path(&mark);
    }

    /// Paints a shading through the clip.
    pub(crate) fn shading(
        &mut self,
        name: &Name<'_>,
        resources: &Resources<'p>,
    ) -> Result<(), Stop> {
        if !self.shows() {
            return Ok(());
        }
        let Some(object) = resources.get_shading(name) else {
            self.cx.missing(Thing::Shading, name);
            return Ok(());
        };
        let Some(shading) = Shading::read(object, self.cx.spaces, resources) else {
            self.cx.trouble(Trouble::Damaged(Thing::Shading, None));
            return Ok(());
        };
        let mut area = self.state.clip;
        if let Some(bounds) = shading.dict.get::<hayro_syntax::object::Rect>(b"BBox") {
            let bounds = self.state.ctm.transform_rect_bbox(rect(bounds));
            match meet(area, bounds) {
                Some(cut) => area = cut,
                None => return Ok(()),
            }
        }
        let effect = if self.state.fill.alpha <= 0.0 {
            PaintEffect::None
        } else {
            PaintEffect::Ink
        };
        self.parts.clear();
        let mark_is_seen = self.state.seen(area).is_some();
        let mut appearance = self.state.appearance(&self.state.fill);
        appearance.has_artwork |= shading.is_stepped();
        if !self.state.fixed_colour {
            appearance.colour = self.cx.shading_colour(&shading);
        }
        let mark = PathMark {
            mode: PathMode::Shading,
            effect,
            outline: plain(area),
            seen: self.state.seen(area).map(plain),
            hides: false,
            parts: &self.parts,
            appearance,
            width: 0.0,
        };
        self.visitor.path(&mark);
        if mark_is_seen {
            self.lay_shading(&shading)?;
        }
        Ok(())
    }

    /// Sets the dashes of lines from now on.
    pub(crate) fn dash(&mut self, pattern: &Array<'_>, phase: f64) {
        self.state.pen.dash = Dash::new(pattern.iter::<f64>().collect(), phase).map(Rc::new);
    }
}
