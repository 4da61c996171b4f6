//! Holds the extents our content walk measures against two independent readers: hayro-interpret on every
//! page of the corpus, and ghostscript's `bbox` device on a sample.
//!
//! Both need the corpus, named by `PRESSCHECK_CORPUS`; without it they say so and pass.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    missing_docs
)]

use std::collections::{BTreeMap, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use hayro::hayro_interpret;
use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::kurbo::{self, Affine, BezPath, Cap, Join, PathEl, Rect, Shape};
use hayro_interpret::{
    BlendMode, CacheKey, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, MaskType, SoftMask, StrokeProps, TransformExt,
};
use hayro_syntax::Pdf;
use presscheck::extract::{Wanted, document};
use presscheck::facts::Document;
use presscheck::limits::Limits;
use rayon::prelude::*;

/// How far two edges may lie apart, in points.
const SLACK: f64 = 0.1;

/// Pages on which the two readers differ, and why: file (from its folder in the corpus), page, reason.
/// A page that stands here and agrees fails the test as one that differs and does not.
const LISTED: &[(&str, u32, &str)] = &[
    (
        "hostile/qpdf__qtest__qpdf__split-content-stream.pdf",
        1,
        CUT_STRING,
    ),
    ("hostile/qpdf__qtest__qpdf__split-tokens.pdf", 1, CUT_STRING),
    (
        "hostile/qpdf__qtest__qpdf__split-tokens-split-1-2.pdf",
        1,
        CUT_STRING,
    ),
];

const CUT_STRING: &str = "a string is cut in two by the end of a content stream, which the format forbids; \
    we join streams with a line feed, so that a comment ends with its stream, hayro with a blank, which \
    the string then sets";

/// The corpus, or nothing with a word about it.
fn corpus() -> Option<PathBuf> {
    let folder = std::env::var_os("PRESSCHECK_CORPUS").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: PRESSCHECK_CORPUS does not name the corpus");
    }
    folder
}

/// All PDFs below a folder, sorted.
fn pdfs(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(pdfs(&path));
        } else if path.extension().is_some_and(|e| e == "pdf") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn facts(path: &Path) -> Document {
    let bytes = std::fs::read(path).unwrap();
    document(
        path.display().to_string(),
        bytes,
        &Limits::default(),
        Wanted::default(),
        &|_, _| {},
    )
}

/// Runs `work` where deep nesting does not overflow the stack and panics of the readers stay quiet.
fn quietly<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let loud = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let pool = rayon::ThreadPoolBuilder::new()
        .stack_size(64 << 20)
        .build()
        .unwrap();
    let result = pool.install(work);
    std::panic::set_hook(loud);
    result
}

#[derive(Default)]
struct Tally {
    unreadable: usize,
    compared: usize,
    gaps: usize,
    oracle_panics: usize,
    /// Page to what differs.
    differ: BTreeMap<u32, String>,
}

fn compare(path: &Path) -> Tally {
    let mut tally = Tally::default();
    let ours = facts(path);
    let bytes = std::fs::read(path).unwrap();
    let opened = catch_unwind(AssertUnwindSafe(|| Pdf::new(bytes).ok()));
    let (None, Ok(Some(pdf))) = (&ours.unreadable, opened) else {
        tally.unreadable = 1;
        return tally;
    };
    let mut cache = InterpreterCache::new();
    for page in &ours.pages {
        if let Some(gap) = &page.gap {
            println!("gap: {} page {}: {gap}", ours.name, page.number);
            tally.gaps += 1;
            continue;
        }
        let index = page.number as usize - 1;
        let measured = catch_unwind(AssertUnwindSafe(|| oracle(&pdf, index, &cache)));
        let Ok(theirs) = measured else {
            cache = InterpreterCache::new();
            tally.oracle_panics += 1;
            continue;
        };
        tally.compared += 1;
        let painted = page
            .painted
            .map(|r| Rect::new(r.x0.into(), r.y0.into(), r.x1.into(), r.y1.into()));
        if !agree(painted, theirs, SLACK) {
            tally
                .differ
                .insert(page.number, format!("{} {}", show(painted), show(theirs)));
        }
    }
    tally
}

fn agree(a: Option<Rect>, b: Option<Rect>, slack: f64) -> bool {
    match (a, b) {
        (None, None) => true,
        (Some(a), Some(b)) => [a.x0 - b.x0, a.y0 - b.y0, a.x1 - b.x1, a.y1 - b.y1]
            .iter()
            .all(|d| d.abs() <= slack),
        _ => false,
    }
}

fn show(r: Option<Rect>) -> String {
    r.map_or_else(
        || "[blank]".to_owned(),
        |r| format!("[{:.2} {:.2} {:.2} {:.2}]", r.x0, r.y0, r.x1, r.y1),
    )
}

#[test]
fn painted_extents_agree_with_hayro_interpret() {
    let Some(corpus) = corpus() else { return };
    let files = pdfs(&corpus);
    let tallies: Vec<(String, Tally)> = quietly(|| {
        files
            .par_iter()
            .map(|path| {
                let name = path.strip_prefix(&corpus).unwrap_or(path);
                (name.display().to_string(), compare(path))
            })
            .collect()
    });
    let sum = |of: fn(&Tally) -> usize| tallies.iter().map(|(_, t)| of(t)).sum::<usize>();
    println!(
        "{} files, {} unreadable; {} pages compared, {} listed, {} with gaps, {} the oracle panics on",
        files.len(),
        sum(|t| t.unreadable),
        sum(|t| t.compared),
        LISTED.len(),
        sum(|t| t.gaps),
        sum(|t| t.oracle_panics),
    );
    let mut faults = Vec::new();
    for (name, tally) in &tallies {
        for (page, what) in &tally.differ {
            if !LISTED.iter().any(|(n, p, _)| n == name && p == page) {
                faults.push(format!("differs: {name} page {page}: ours, theirs {what}"));
            }
        }
    }
    for (name, page, reason) in LISTED {
        let differs = tallies
            .iter()
            .any(|(n, t)| n == name && t.differ.contains_key(page));
        if !differs {
            faults.push(format!("stale: {name} page {page} ({reason})"));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// The extent of what hayro-interpret paints on a page, on the page as seen.
fn oracle<'p>(pdf: &'p Pdf, index: usize, cache: &InterpreterCache<'p>) -> Option<Rect> {
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
            (props.transform * outline).bounding_box()
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
