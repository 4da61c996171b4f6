//! A device for hayro-interpret that keeps the extent of whatever is painted.

use std::collections::HashMap;

use hayro::hayro_interpret;
use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::kurbo::{self, Affine, BezPath, Cap, Join, PathEl, Rect, Shape};
use hayro_interpret::{
    BlendMode, CacheKey, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, MaskType, SoftMask, StrokeProps, TransformExt,
};
use hayro_syntax::Pdf;

/// The extent of what hayro-interpret paints on a page, on the page as seen.
pub(crate) fn oracle<'p>(pdf: &'p Pdf, index: usize, cache: &InterpreterCache<'p>) -> Option<Rect> {
    let page = &pdf.pages()[index];
    let unit = page
        .raw()
        .get::<f64>(b"UserUnit")
        .filter(|u| *u > 0.0 && *u <= 1000.0)
        .unwrap_or(1.0);
    let (width, height) = page.render_dimensions();
    let seen = Rect::new(0.0, 0.0, f64::from(width) * unit, f64::from(height) * unit);
    let view = Affine::scale(unit) * page.initial_transform(true).to_kurbo();
    let settings = InterpreterSettings::default();
    let mut context = Context::new(view, seen, cache, pdf.xref(), settings);
    let mut device = Extent::within(seen);
    hayro_interpret::interpret_page(page, &mut context, &mut device);
    device.area
}

/// A device that keeps the extent of whatever is painted.
struct Extent {
    /// Innermost last; clips and the masks of groups.
    bounds: Vec<Option<Rect>>,
    area: Option<Rect>,
    masks: HashMap<u128, Option<Rect>>,
}

impl Extent {
    fn within(bounds: Rect) -> Self {
        Self {
            bounds: vec![Some(bounds)],
            area: None,
            masks: HashMap::new(),
        }
    }

    fn innermost(&self) -> Option<Rect> {
        self.bounds.last().copied().flatten()
    }

    fn push(&mut self, bounds: Option<Rect>) {
        let narrowed = self.innermost().zip(bounds).and_then(|(a, b)| meet(a, b));
        self.bounds.push(narrowed);
    }

    fn paint(&mut self, area: Rect, mask: Option<&SoftMask<'_>>) {
        if !area.is_finite() {
            return;
        }
        let through = match mask {
            None => Some(area),
            Some(mask) => self.mask(mask).and_then(|m| meet(m, area)),
        };
        if let Some(seen) = self.innermost().zip(through).and_then(|(a, b)| meet(a, b)) {
            self.area = Some(self.area.map_or(seen, |a| a.union(seen)));
        }
    }

    /// Where a soft mask may let something through.
    fn mask(&mut self, mask: &SoftMask<'_>) -> Option<Rect> {
        let light = mask.mask_type() == MaskType::Luminosity
            && mask.background_color().to_rgba().to_rgba8()[..3] != [0, 0, 0];
        if light || mask.transfer_function().is_some() {
            return Some(WIDE);
        }
        if let Some(known) = self.masks.get(&mask.cache_key()) {
            return *known;
        }
        let mut device = Extent::within(WIDE);
        mask.interpret(&mut device);
        self.masks.insert(mask.cache_key(), device.area);
        device.area
    }

    fn stroke(&mut self, path: &BezPath, props: &DrawProps<'_>, pen: &StrokeProps, text: bool) {
        let area = if !text && is_hairline(path, props.transform, pen) {
            if path.control_box() == Rect::ZERO {
                // A fill of no path at all, made into a dot at the origin.
                return;
            }
            props.transform.transform_rect_bbox(path.control_box())
        } else {
            let style = kurbo::Stroke::new(f64::from(pen.line_width))
                .with_caps(pen.line_cap)
                .with_join(pen.line_join)
                .with_miter_limit(f64::from(pen.miter_limit));
            let scale = props.transform.determinant().abs().sqrt().max(1e-6);
            let style = if pen.dash_array.is_empty() {
                style
            } else {
                style.with_dashes(
                    f64::from(pen.dash_offset),
                    pen.dash_array.iter().map(|d| f64::from(*d)),
                )
            };
            let outline = kurbo::stroke(path, &style, &Default::default(), 0.01 / scale);
            if outline.segments().next().is_none() {
                return;
            }
            let outline = props.transform * outline;
            if !pen.dash_array.is_empty() {
                // The edge of a clip may fall into a gap, so dashes are cut one by one.
                for dash in subpaths(&outline) {
                    self.paint(dash.bounding_box(), props.soft_mask.as_ref());
                }
                return;
            }
            outline.bounding_box()
        };
        self.paint(area, props.soft_mask.as_ref());
    }
}

const WIDE: Rect = Rect::new(-1e7, -1e7, 1e7, 1e7);

/// What two rectangles share; touching edges count, as in our walk, so that hairlines survive.
fn meet(a: Rect, b: Rect) -> Option<Rect> {
    let r = Rect {
        x0: a.x0.max(b.x0),
        y0: a.y0.max(b.y0),
        x1: a.x1.min(b.x1),
        y1: a.y1.min(b.y1),
    };
    (r.x0 <= r.x1 && r.y0 <= r.y1).then_some(r)
}

/// Whether this is what hayro-interpret makes of a fill without area: a line one pixel wide. On paper that
/// is no width at all, so the line's own extent counts.
fn is_hairline(path: &BezPath, transform: Affine, pen: &StrokeProps) -> bool {
    let (x, y) = hayro_interpret::util::x_y_advances(&transform);
    let scale = x.length().max(y.length()) as f32;
    let width = if scale > 0.0 { 1.0 / scale } else { 0.001 };
    pen.line_width == width
        && pen.line_join == Join::Bevel
        && pen.line_cap == Cap::Butt
        && matches!(path.elements(), [PathEl::MoveTo(_), PathEl::LineTo(_)])
}

fn subpaths(path: &BezPath) -> Vec<BezPath> {
    let mut parts: Vec<BezPath> = Vec::new();
    for element in path.elements() {
        if matches!(element, PathEl::MoveTo(_)) {
            parts.push(BezPath::new());
        }
        if let Some(part) = parts.last_mut() {
            part.push(*element);
        }
    }
    parts.retain(drawn);
    parts
}

fn drawn(path: &BezPath) -> bool {
    path.segments().next().is_some()
}

impl<'a> Device<'a> for Extent {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        if matches!(mode, DrawMode::Fill(_) | DrawMode::FillAndStroke(..)) && drawn(path) {
            let area = (props.transform * path.clone()).bounding_box();
            self.paint(area, props.soft_mask.as_ref());
        }
        if let DrawMode::Stroke(pen) | DrawMode::FillAndStroke(_, pen) = mode {
            self.stroke(path, &props, pen, false);
        }
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        for glyph in run.glyphs() {
            match (&**glyph, mode) {
                (_, DrawMode::Invisible) => {}
                (Glyph::Type3(program), _) => {
                    program.interpret(self, props.transform, glyph.transform(), &props.paint);
                }
                (Glyph::Outline(shape), DrawMode::Stroke(pen)) => {
                    let outline = glyph.transform() * shape.outline();
                    if drawn(&outline) {
                        self.stroke(&outline, &props, pen, true);
                    }
                }
                (Glyph::Outline(shape), _) => {
                    let outline = props.transform * glyph.transform() * shape.outline();
                    if drawn(&outline) {
                        self.paint(outline.bounding_box(), props.soft_mask.as_ref());
                    }
                }
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let area = Rect::new(0.0, 0.0, image.width().into(), image.height().into());
        self.paint(
            props.transform.transform_rect_bbox(area),
            props.soft_mask.as_ref(),
        );
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.push(drawn(&clip.path).then(|| clip.path.bounding_box()));
    }

    fn pop_clip(&mut self) {
        self.bounds.pop();
    }

    fn push_transparency_group(&mut self, _: f32, mask: Option<SoftMask<'a>>, _: BlendMode) {
        let bounds = match mask {
            Some(mask) => self.mask(&mask),
            None => Some(WIDE),
        };
        self.push(bounds);
    }

    fn pop_transparency_group(&mut self) {
        self.bounds.pop();
    }
}
