//! Path operators: construction, painting, clipping and shading.

use std::rc::Rc;

use hayro_font::kurbo::{PathEl, Point, Rect};
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Array, Name};
use hayro_syntax::page::Resources;

use crate::pdf::interpreting::context::Stop;
use crate::pdf::interpreting::painter::{ClipPath, ShadingFill};
use crate::pdf::interpreting::state::meet;
use crate::pdf::interpreting::stroke::{self, Dash};
use crate::pdf::interpreting::walk::{EMPTY, Walker};
use crate::pdf::objects::rect;
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
            Op::FillPathNonZero(_) | Op::FillPathNonZeroCompatibility(_) => self.fill(false)?,
            Op::FillPathEvenOdd(_) => self.fill(true)?,
            Op::StrokePath(_) => self.stroke()?,
            Op::CloseAndStrokePath(_) => {
                self.close();
                self.stroke()?;
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
            self.state.clipped_by(&self.path);
            self.clip_to(area.unwrap_or(EMPTY));
            let clip = ClipPath {
                path: &self.path,
                even_odd,
                area,
                parts,
            };
            self.painter.clip(&self.state, &clip);
        }
        self.path.truncate(0);
    }

    /// Intersects the clip; an empty intersection leaves an empty clip.
    pub(crate) fn clip_to(&mut self, area: Rect) {
        let clip = self.state.clip;
        self.state.clip = meet(area, clip).unwrap_or(EMPTY);
    }

    fn fill(&mut self, even_odd: bool) -> Result<(), Stop> {
        if self.shows() {
            self.painter
                .fill(self.cx, &self.state, &self.path, even_odd)?;
        }
        self.end_path();
        Ok(())
    }

    fn stroke(&mut self) -> Result<(), Stop> {
        if self.shows() {
            self.painter.stroke(self.cx, &self.state, &self.path)?;
        }
        self.end_path();
        Ok(())
    }

    fn fill_and_stroke(&mut self, even_odd: bool) -> Result<(), Stop> {
        if self.shows() {
            self.painter
                .fill_and_stroke(self.cx, &self.state, &self.path, even_odd)?;
        }
        self.end_path();
        Ok(())
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
        let colour = if self.state.fixed_colour {
            self.state.fill.colour
        } else {
            self.cx.shading_colour(&shading)
        };
        let fill = ShadingFill {
            shading: &shading,
            area,
            colour,
        };
        self.painter.shading(self.cx, &self.state, &fill)
    }

    /// Sets the dashes of lines from now on.
    pub(crate) fn dash(&mut self, pattern: &Array<'_>, phase: f64) {
        self.state.pen.dash = Dash::new(pattern.iter::<f64>().collect(), phase).map(Rc::new);
    }
}
