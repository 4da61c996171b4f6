//! The shape of a glyph: its extent, its advance, and what it stands for.

use std::rc::Rc;

use hayro_font::hayro_cmap::BfString;
use hayro_font::kurbo::{Affine, BezPath, ParamCurve, PathEl, PathSeg, Point, Rect, Shape, Vec2};
use hayro_font::{Font, FontGlyph, GlyphId, Type3Glyph};

use crate::pdf::fonts::glyph_text::GlyphText;
use crate::pdf::fonts::type3::Type3Paint;
use crate::pdf::raster::blocks;
use crate::pdf::reading::missing;
use crate::pdf::reading::trouble::Troubles;

/// The shape and the advance of one character code.
#[derive(Clone)]
pub(crate) struct GlyphShape<'p> {
    /// The extent in thousandths of the em, y up, placed as the font wants it.
    pub(crate) ink: Option<Rect>,
    /// The share of that extent which is filled, at most.
    pub(crate) filled: f32,
    /// How far the pen moves, in thousandths of the em.
    pub(crate) advance: Vec2,
    /// Shift and stretch from the outline to `ink`.
    pub(crate) placement: Affine,
    /// The characters it stands for.
    pub(crate) text: GlyphText,
    /// The program of a Type 3 glyph, still to be measured.
    pub(crate) program: Option<Type3Glyph<'p>>,
    /// How its program paints, unless it does so in the colour of the text alone.
    pub(crate) drawn: Option<Rc<Type3Paint>>,
    /// What went wrong when its program was run.
    pub(crate) troubles: Option<Rc<Troubles>>,
    /// Operators that its program ran.
    pub(crate) cost: u64,
    /// Operators that drawing it costs beyond those.
    pub(crate) further: u64,
    /// The font has no glyph for this code and shows .notdef.
    pub(crate) missing: bool,
    /// It is a letter or figure, and the embedded font has no outline for it.
    pub(crate) empty: bool,
    /// The embedded font has an outline for it that is damaged.
    pub(crate) damaged: bool,
    /// It is a block character.
    pub(crate) block: bool,
}

/// The shape of a code in a font.
pub(in crate::pdf::fonts) fn measure<'p>(font: &Font<'p>, code: u32) -> GlyphShape<'p> {
    let id = font.map_code(code);
    let placement = Affine::translate(font.origin_displacement(code))
        * Affine::scale_non_uniform(font.glyph_stretch(id, code), 1.0);
    let advance = font.code_advance(code);
    let (mut missing, mut block, mut filled) = (false, false, 1.0);
    let empty;
    let (ink, text, program) = match font.glyph(id, code) {
        FontGlyph::Outline(glyph) => {
            let outline = glyph.outline();
            missing = id == GlyphId::NOTDEF && missing::is_box(&outline);
            let drawn = outline.segments().next().is_some();
            empty = !drawn && id != GlyphId::NOTDEF;
            let outline = placement * outline;
            let ink = drawn.then(|| extent(&outline));
            block = ink.is_some_and(|ink| blocks::is_block(&outline, ink, advance.x));
            filled = ink.map_or(1.0, |ink| filled_share(&outline, ink));
            (ink.filter(|r| r.is_finite()), glyph.as_unicode(), None)
        }
        FontGlyph::Type3(glyph) => {
            empty = glyph.program().is_none();
            (None, glyph.as_unicode(), Some(glyph))
        }
    };
    GlyphShape {
        empty: empty && missing::is_letter(text.as_ref()),
        missing: missing && !missing::is_space(text.as_ref()),
        damaged: false,
        block,
        ink,
        filled,
        advance,
        placement,
        text: match text {
            None => GlyphText::Unknown,
            Some(BfString::Char(c)) => GlyphText::Char(c),
            Some(BfString::String(s)) => GlyphText::Many(s.into()),
        },
        program,
        drawn: None,
        troubles: None,
        cost: 0,
        further: 0,
    }
}

/// The share of its extent that an outline fills, at most: what goes round the other way within it is left out.
fn filled_share(outline: &BezPath, extent: Rect) -> f32 {
    let mut parts: Vec<(f64, Rect)> = Vec::new();
    let mut part = BezPath::new();
    let mut close = |part: &mut BezPath| {
        let done = std::mem::take(part);
        if !done.is_empty() {
            parts.push((done.area(), done.control_box()));
        }
    };
    for element in outline.elements() {
        if matches!(element, PathEl::MoveTo(_)) {
            close(&mut part);
        }
        part.push(*element);
    }
    close(&mut part);
    // The largest part goes round the way that fills.
    let largest = parts.iter().map(|(area, _)| *area);
    let way = largest.max_by(|a, b| a.abs().total_cmp(&b.abs()));
    let fills = |area: f64| area * way.unwrap_or(0.0) >= 0.0;
    let is_hole = |area: f64, place: Rect| {
        let around = |(other, outer): &(f64, Rect)| {
            fills(*other) && other.abs() > area.abs() && outer.contains_rect(place)
        };
        !fills(area) && parts.iter().any(around)
    };
    let area: f64 = parts
        .iter()
        .map(|(area, place)| {
            if is_hole(*area, *place) {
                -area.abs()
            } else {
                area.abs()
            }
        })
        .sum();
    let share = area / extent.area();
    if share.is_finite() {
        share.clamp(0.0, 1.0) as f32
    } else {
        1.0
    }
}

/// The exact extent of an outline. Type designers put points on extremes, so hardly a curve need be solved.
fn extent(outline: &BezPath) -> Rect {
    let within =
        |area: Rect, p: Point| area.x0 <= p.x && p.x <= area.x1 && area.y0 <= p.y && p.y <= area.y1;
    let mut ends: Option<Rect> = None;
    for segment in outline.segments() {
        let (from, to) = (segment.start(), segment.end());
        let area = ends.unwrap_or_else(|| Rect::from_points(from, from));
        ends = Some(area.union_pt(from).union_pt(to));
    }
    let ends = ends.unwrap_or_default();
    outline.segments().fold(ends, |area, segment| {
        let inside = match segment {
            PathSeg::Line(_) => true,
            PathSeg::Quad(q) => within(area, q.p1),
            PathSeg::Cubic(c) => within(area, c.p1) && within(area, c.p2),
        };
        if inside {
            area
        } else {
            area.union(segment.bounding_box())
        }
    })
}
