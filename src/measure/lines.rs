//! The lines of a page: strokes with their width, and filled rectangles so thin that they are lines.

use super::bar_rows::rows_of_bars;
use crate::model::facts::{CropMarks, Line, LineKind, Lines, MarkStyle};
use crate::model::geometry::Rect;
use crate::pdf::{PathMark, PathMode};

/// Widths kept apart; of thicker ones only the number is known.
const KEPT: usize = 16;
/// A filled rectangle thicker than this, in points, is a bar rather than a line.
const THICK: f64 = 3.0;
/// A filled rectangle shorter than this, in points, may be a dash or a bar of a letter turned into outlines.
const SHORT: f64 = 14.0;
/// A line is at least so many times longer than wide.
const SLENDER: f64 = 8.0;

/// Lines of a page kept apart until it is known whether some of them are crop marks.
const APART: usize = 2048;

/// Collects lines that are inked.
#[derive(Default)]
pub(super) struct LineCollector {
    lines: Lines,
    /// The first lines, one by one.
    apart: Vec<(LineKind, f32, Rect)>,
    last: Option<ThinRectangle>,
}

/// A thin filled rectangle, and whether it goes on where another left off: then both are parts of a tint or a blend.
struct ThinRectangle {
    area: Rect,
    joined: bool,
}

impl LineCollector {
    /// Takes a path of which `seen` is left by its clip.
    pub(super) fn path(&mut self, mark: &PathMark<'_>, seen: Rect) {
        match mark.mode {
            PathMode::Stroke if is_dot(seen, mark.width) => {}
            PathMode::Stroke => self.add(LineKind::Stroke, mark.width, seen),
            PathMode::Fill => {
                if let [only] = mark.parts {
                    // A thin slit cut out of something large by its clip is seen as a line, too.
                    let area = only.intersection(seen).unwrap_or(seen);
                    self.strip(area);
                } else if mark.parts.iter().all(|p| is_line(*p)) {
                    for part in mark.parts.iter().filter_map(|p| p.intersection(seen)) {
                        self.strip(part);
                    }
                }
            }
            PathMode::Shading => {}
        }
    }

    /// Drops what an opaque mark over `area` hides.
    pub(super) fn cover(&mut self, area: Rect) {
        self.flush();
        self.apart.retain(|(_, _, line)| !area.contains(*line, 0.0));
    }

    /// The thinnest lines, thinnest first, but for those that are printer's marks or lie outside the trim box.
    pub(super) fn finish(mut self, marks: Option<&CropMarks>, trim: Option<Rect>) -> Lines {
        self.flush();
        let apart = std::mem::take(&mut self.apart);
        let bars = rows_of_bars(&apart);
        for (kind, width, area) in apart {
            if bars.iter().any(|row| row.contains(area, 0.1)) {
                continue;
            }
            let cut_away = trim.is_some_and(|t| !area.overlaps(t));
            if !cut_away && !marks.is_some_and(|m| is_mark(area, m)) {
                self.count(kind, width, area);
            }
        }
        let order = |l: &Line| (l.kind as u8, l.area.y0, l.area.x0);
        self.lines.thinnest.sort_by(|a, b| {
            let places = order(a).partial_cmp(&order(b));
            a.width
                .total_cmp(&b.width)
                .then(places.unwrap_or(std::cmp::Ordering::Equal))
        });
        self.lines
    }

    fn strip(&mut self, area: Rect) {
        if !is_line(area) {
            return;
        }
        let joined = self.last.as_ref().is_some_and(|l| abut(l.area, area));
        if joined {
            self.last = None;
        }
        self.flush();
        self.last = Some(ThinRectangle { area, joined });
    }

    fn flush(&mut self) {
        if let Some(ThinRectangle {
            area,
            joined: false,
        }) = self.last.take()
        {
            let width = area.width().min(area.height()) as f32;
            self.add(LineKind::Rule, width, area);
        }
    }

    fn add(&mut self, kind: LineKind, width: f32, area: Rect) {
        if self.apart.len() < APART {
            self.apart.push((kind, width, area));
        } else {
            self.count(kind, width, area);
        }
    }

    fn count(&mut self, kind: LineKind, width: f32, area: Rect) {
        self.lines.total = self.lines.total.saturating_add(1);
        let width = (width * 1000.0).round() / 1000.0;
        let thinnest = &mut self.lines.thinnest;
        #[allow(clippy::float_cmp)]
        let known = thinnest
            .iter_mut()
            .find(|l| l.kind == kind && l.width == width);
        if let Some(line) = known {
            line.count = line.count.saturating_add(1);
            line.extent = line.extent.union(area);
            return;
        }
        let line = Line {
            kind,
            width,
            area,
            extent: area,
            count: 1,
        };
        if thinnest.len() < KEPT {
            thinnest.push(line);
            return;
        }
        let thickest = thinnest
            .iter_mut()
            .max_by(|a, b| a.width.total_cmp(&b.width));
        if let Some(thickest) = thickest.filter(|t| t.width > width) {
            *thickest = line;
        }
    }
}

/// Whether a line is a printer's mark: it lies outside the rectangle that marks stand around. Where they touch its corners,
/// as the lines of a table do as well, only what ends on its edge from outside is one. A frame may be an ornament, which
/// the trim of the book has to decide.
fn is_mark(line: Rect, marks: &CropMarks) -> bool {
    const ON_EDGE: f64 = 1.0;
    let trim = marks.trim;
    if line.overlaps(trim.inflate(-ON_EDGE)) {
        return false;
    }
    match marks.style {
        MarkStyle::Apart => return true,
        MarkStyle::Touching => {}
        MarkStyle::Crossing => return crosses_a_corner(line, trim),
        MarkStyle::Frame => return false,
    }
    let [x0, y0, x1, y1] = line.to_f64();
    let [t0, u0, t1, u1] = trim.to_f64();
    let near = |a: f64, b: f64| (a - b).abs() <= ON_EDGE;
    if x1 - x0 > y1 - y0 {
        near(x1, t0) || near(x0, t1)
    } else {
        near(y1, u0) || near(y0, u1)
    }
}

fn crosses_a_corner(line: Rect, of: Rect) -> bool {
    let holds = |x: f32, y: f32| {
        let corner = Rect {
            x0: x,
            y0: y,
            x1: x,
            y1: y,
        };
        line.inflate(0.5).contains(corner, 0.0)
    };
    [of.x0, of.x1]
        .iter()
        .any(|x| [of.y0, of.y1].iter().any(|y| holds(*x, *y)))
}

/// Whether a stroke is about as long as wide, and small.
pub(super) fn is_dot(seen: Rect, width: f32) -> bool {
    let long = seen.width().max(seen.height());
    long <= THICK && long < 2.0 * f64::from(width)
}

fn is_line(area: Rect) -> bool {
    let (width, height) = (area.width(), area.height());
    let (short, long) = (width.min(height), width.max(height));
    short <= THICK && long >= SHORT && long >= SLENDER * short
}

/// Whether two strips lie side by side without a gap, from end to end.
pub(super) fn abut(a: Rect, b: Rect) -> bool {
    const GAP: f32 = 0.1;
    const ENDS: f32 = 0.2;
    let near = |p: f32, q: f32| (p - q).abs() <= ENDS;
    let touch = |a0: f32, a1: f32, b0: f32, b1: f32| a0.max(b0) - a1.min(b1) <= GAP;
    (near(a.x0, b.x0)
        && near(a.x1, b.x1)
        && a.width() > a.height()
        && touch(a.y0, a.y1, b.y0, b.y1))
        || (near(a.y0, b.y0)
            && near(a.y1, b.y1)
            && a.height() > a.width()
            && touch(a.x0, a.x1, b.x0, b.x1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::{Appearance, Blend, Compositing, PaintEffect};

    fn draw(to: &mut LineCollector, mode: PathMode, width: f32, parts: &[Rect]) {
        let outline = parts
            .iter()
            .copied()
            .reduce(Rect::union)
            .unwrap_or_default();
        let mark = PathMark {
            mode,
            effect: PaintEffect::Ink,
            outline,
            hides: false,
            seen: Some(outline),
            parts,
            width,
            cell: &[],
            shape: None,
            appearance: Appearance {
                colour: 0,
                overprint: false,
                nonzero: false,
                alpha: 1.0,
                groups: 1.0,
                blend: Blend::Normal,
                masked: false,
                has_artwork: false,
                within: Compositing::default(),
            },
        };
        to.path(&mark, outline);
    }

    #[test]
    fn thin_rectangles_are_lines_and_bars_dashes_and_blends_are_not() {
        let mut lines = LineCollector::default();
        draw(
            &mut lines,
            PathMode::Fill,
            0.0,
            &[Rect::new(72.0, 100.0, 360.0, 100.4)],
        );
        draw(
            &mut lines,
            PathMode::Fill,
            0.0,
            &[Rect::new(72.0, 200.0, 360.0, 206.0)],
        );
        draw(
            &mut lines,
            PathMode::Fill,
            0.0,
            &[Rect::new(72.0, 300.0, 76.0, 300.5)],
        );
        for i in 0..50 {
            let y = 400.0 + f64::from(i) * 0.5;
            draw(
                &mut lines,
                PathMode::Fill,
                0.0,
                &[Rect::new(72.0, y, 360.0, y + 0.5)],
            );
        }
        let found = lines.finish(None, None);
        assert_eq!(found.total, 1, "{:?}", found.thinnest);
        assert!((found.thinnest[0].width - 0.4).abs() < 0.001);
    }

    #[test]
    fn only_the_thinnest_widths_are_kept_and_all_are_counted() {
        let mut lines = LineCollector::default();
        for i in (0..1000u16).rev() {
            let x = f64::from(i);
            draw(
                &mut lines,
                PathMode::Stroke,
                f32::from(i) * 0.01,
                &[Rect::new(x, 0.0, x, 9.0)],
            );
        }
        let found = lines.finish(None, None);
        assert_eq!((found.total, found.thinnest.len()), (1000, KEPT));
        assert!(found.thinnest.iter().all(|l| l.width < 0.1601));
    }

    #[test]
    fn bars_of_a_code_and_dots_are_no_lines() {
        let bars = |distance: &dyn Fn(u16) -> f32| {
            let mut lines = LineCollector::default();
            let mut x = 72.0;
            for nth in 0..24 {
                draw(
                    &mut lines,
                    PathMode::Stroke,
                    0.5,
                    &[Rect {
                        x0: x,
                        y0: 100.0,
                        x1: x + 0.5,
                        y1: 140.0,
                    }],
                );
                x += distance(nth);
            }
            lines.finish(None, None).total
        };
        assert_eq!(bars(&|nth| if nth % 3 == 0 { 3.0 } else { 1.5 }), 0);
        // Guard bars are longer.
        let mut ean = LineCollector::default();
        let mut x = 72.0;
        for nth in 0..24u16 {
            let longer = if nth % 11 < 2 { 6.0 } else { 0.0 };
            let bar = Rect {
                x0: x,
                y0: 100.0,
                x1: x + 0.5,
                y1: 140.0 + longer,
            };
            draw(&mut ean, PathMode::Stroke, 0.5, &[bar]);
            x += if nth % 3 == 0 { 3.0 } else { 1.5 };
        }
        assert_eq!(ean.finish(None, None).total, 0);
        // Squared paper.
        assert_eq!(bars(&|_| 2.8), 24);
        let mut dots = LineCollector::default();
        draw(
            &mut dots,
            PathMode::Stroke,
            0.5,
            &[Rect {
                x0: 10.0,
                y0: 10.0,
                x1: 10.9,
                y1: 10.5,
            }],
        );
        draw(
            &mut dots,
            PathMode::Stroke,
            0.5,
            &[Rect {
                x0: 20.0,
                y0: 10.0,
                x1: 21.1,
                y1: 10.5,
            }],
        );
        assert_eq!(dots.finish(None, None).total, 1);
    }
}
