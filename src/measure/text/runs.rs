//! Glyphs joined into runs: one font, one size, one colour, one line, one visibility.

use std::rc::Rc;

use crate::measure::text::visual_order::as_read;
use crate::model::facts::{Missing, RenderMode, TextRun, Tip, Visibility};
use crate::model::geometry::Rect;
use crate::pdf::{Appearance, FontIdentity, GlyphMark, GlyphMode};
use crate::wording::is_right_to_left;

/// A gap along the line wider than this many ems starts a new run.
const BREAK: f32 = 1.5;
/// A gap along the line wider than this many ems is a space.
const SPACE: f32 = 0.18;
/// A glyph this far off the line, in points, starts a new run.
const DRIFT: f32 = 0.05;

/// Joins glyphs into runs as they come.
pub(in crate::measure) struct TextRunBuilder {
    runs: Vec<TextRun>,
    most: usize,
    left_out: bool,
    fonts: Vec<Rc<FontIdentity>>,
    open: Option<OpenRun>,
}

struct OpenRun {
    font: u32,
    size: f32,
    mode: GlyphMode,
    paint: u32,
    /// In per cent.
    opacity: u8,
    ground: Option<u32>,
    visibility: Visibility,
    area: Option<Rect>,
    text: String,
    tips: [Reach; 4],
    /// Where the next glyph is expected.
    pen: [f32; 2],
    along: [f32; 2],
    missing: Option<Missing>,
    x_height: Option<f32>,
    cap_height: Option<f32>,
    /// Where each glyph's characters begin, kept from the first one on that is read from right to left.
    turned: Vec<usize>,
    /// Glyphs placed to the right of the one before, less those placed to the left of it.
    rightwards: i32,
}

/// The glyph that reaches furthest: its ink, and its characters as a stretch of the run's text.
#[derive(Clone, Copy, Default)]
struct Reach {
    area: Rect,
    from: usize,
    to: usize,
}

impl TextRunBuilder {
    /// Keeps no more runs than this.
    pub(in crate::measure) fn new(most: usize) -> Self {
        Self {
            runs: Vec::new(),
            most,
            left_out: false,
            fonts: Vec::new(),
            open: None,
        }
    }

    /// Whether there are more.
    pub(in crate::measure) fn has_left_out(&self) -> bool {
        self.left_out || (self.open.is_some() && self.runs.len() >= self.most)
    }

    /// Takes a glyph that leaves a mark or would, on this ground.
    pub(in crate::measure) fn glyph(
        &mut self,
        mark: &GlyphMark<'_>,
        visibility: Visibility,
        area: Rect,
        ground: Option<u32>,
        text: &dyn Fn(&mut String),
    ) {
        let font = self.font(mark.font);
        if !self
            .open
            .as_ref()
            .is_some_and(|o| o.takes(mark, font, visibility))
        {
            self.close();
        }
        let open = self.open.get_or_insert_with(|| OpenRun {
            font,
            size: mark.size,
            mode: mark.mode,
            paint: mark.appearance.colour,
            opacity: opacity(&mark.appearance),
            ground,
            visibility,
            area: None,
            text: String::new(),
            tips: [Reach::default(); 4],
            pen: mark.origin,
            along: mark.along,
            missing: None,
            x_height: None,
            cap_height: None,
            turned: Vec::new(),
            rightwards: 0,
        });
        if mark.missing {
            let missing = open.missing.get_or_insert(Missing { count: 0, area });
            missing.count = missing.count.saturating_add(1);
        }
        open.space_before(mark);
        let from = open.text.len();
        text(&mut open.text);
        open.order(mark, from);
        open.letter(mark, from);
        open.add(area, from);
        open.pass(mark);
    }

    /// Takes a blank: it belongs to the run it stands in and starts none.
    pub(in crate::measure) fn blank(&mut self, mark: &GlyphMark<'_>, text: &dyn Fn(&mut String)) {
        let font = self.font(mark.font);
        if let Some(open) = &mut self.open {
            if open.takes(mark, font, open.visibility) {
                open.space_before(mark);
                let from = open.text.len();
                text(&mut open.text);
                open.order(mark, from);
                open.pass(mark);
            } else {
                self.close();
            }
        }
    }

    /// Drops what an opaque mark over `area` hides.
    pub(in crate::measure) fn cover(&mut self, area: Rect) {
        let hidden = |a: Rect| area.contains(a, 0.0);
        if self
            .open
            .as_ref()
            .is_some_and(|o| o.area.is_some_and(hidden))
        {
            self.close();
        }
        for run in &mut self.runs {
            if run.visibility == Visibility::Visible && hidden(run.area) {
                run.visibility = Visibility::Covered;
            }
        }
    }

    /// The runs and the fonts they name by number.
    pub(in crate::measure) fn finish(mut self) -> (Vec<TextRun>, Vec<FontIdentity>) {
        self.close();
        (
            self.runs,
            self.fonts.iter().map(|f| (**f).clone()).collect(),
        )
    }

    fn font(&mut self, identity: &Rc<FontIdentity>) -> u32 {
        // Text stays in one font for long.
        if let Some(open) = &self.open
            && let Some(known) = self.fonts.get(open.font as usize)
            && Rc::ptr_eq(known, identity)
        {
            return open.font;
        }
        let known = self.fonts.iter().rposition(|f| Rc::ptr_eq(f, identity));
        let index = known.unwrap_or_else(|| {
            self.fonts.push(Rc::clone(identity));
            self.fonts.len() - 1
        });
        u32::try_from(index).unwrap_or(u32::MAX)
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else {
            return;
        };
        let Some(area) = open.area else {
            return;
        };
        if self.runs.len() >= self.most {
            self.left_out = true;
            return;
        }
        let mut text = open.text;
        let tips = open.tips.map(|reach| Tip {
            text: text
                .get(reach.from..reach.to)
                .unwrap_or_default()
                .to_owned(),
            area: reach.area,
        });
        if !open.turned.is_empty() && open.rightwards >= 0 {
            text = in_reading_order(&text, &open.turned);
        }
        text.truncate(text.trim_end().len());
        self.runs.push(TextRun {
            area,
            text,
            font: open.font,
            size: open.size,
            angle: angle(open.along),
            mode: match open.mode {
                GlyphMode::Fill => RenderMode::Fill,
                GlyphMode::Stroke => RenderMode::Stroke,
                GlyphMode::FillStroke => RenderMode::FillStroke,
                GlyphMode::Invisible => RenderMode::Invisible,
            },
            visibility: open.visibility,
            tips: Box::new(tips),
            paint: open.paint,
            opacity: open.opacity,
            ground: open.ground,
            missing: open.missing,
            x_height: open.x_height,
            cap_height: open.cap_height,
        });
    }
}

/// How opaque a glyph is, in per cent, with the groups it lies in.
fn opacity(appearance: &Appearance) -> u8 {
    (appearance.alpha * appearance.groups * 100.0)
        .round()
        .clamp(0.0, 100.0) as u8
}

/// The direction of a line in whole degrees, clockwise on the page as seen.
fn angle([x, y]: [f32; 2]) -> u16 {
    let degrees = y.atan2(x).to_degrees().rem_euclid(360.0).round();
    let degrees = degrees as u16;
    degrees % 360
}

impl OpenRun {
    /// Whether a glyph goes on where this run stops.
    fn takes(&self, mark: &GlyphMark<'_>, font: u32, visibility: Visibility) -> bool {
        if font != self.font
            || mark.mode != self.mode
            || mark.appearance.colour != self.paint
            || opacity(&mark.appearance) != self.opacity
            || visibility != self.visibility
            || (mark.size - self.size).abs() > 0.01
        {
            return false;
        }
        let (gap, drift) = self.gap(mark);
        drift.abs() <= DRIFT.max(self.size * 0.01) && gap > -self.size && gap < self.size * BREAK
    }

    /// How far beyond the pen the glyph starts, along the line and across it.
    fn gap(&self, mark: &GlyphMark<'_>) -> (f32, f32) {
        let [dx, dy] = [mark.origin[0] - self.pen[0], mark.origin[1] - self.pen[1]];
        let [ax, ay] = self.along;
        (dx * ax + dy * ay, dx * ay - dy * ax)
    }

    fn space_before(&mut self, mark: &GlyphMark<'_>) {
        let (gap, _) = self.gap(mark);
        if gap > self.size * SPACE && !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }

    /// Records letters that are read from right to left, and the order they are placed in.
    fn order(&mut self, mark: &GlyphMark<'_>, from: usize) {
        let characters = self.text.get(from..).unwrap_or_default();
        if self.turned.is_empty() && !characters.chars().any(is_right_to_left) {
            return;
        }
        self.turned.push(from);
        let (gap, _) = self.gap(mark);
        self.rightwards += if gap < -self.size * SPACE { -1 } else { 1 };
    }

    /// Records the height of a letter above its baseline.
    fn letter(&mut self, mark: &GlyphMark<'_>, from: usize) {
        // One letter without accents, which is one byte.
        let known = match self.text.as_bytes().get(from..) {
            Some(
                [
                    b'a' | b'c' | b'e' | b'm' | b'n' | b'o' | b'r' | b's' | b'u' | b'v' | b'w'
                    | b'x' | b'z',
                ],
            ) => &mut self.x_height,
            Some([b'A'..=b'I' | b'K'..=b'P' | b'R'..=b'Z' | b'0'..=b'9']) => &mut self.cap_height,
            _ => return,
        };
        let Some(outline) = mark.outline else {
            return;
        };
        let height = match mark.along.map(f32::abs) {
            [_, y] if y < 1e-3 => outline.y1 - outline.y0,
            [x, _] if x < 1e-3 => outline.x1 - outline.x0,
            _ => return,
        };
        *known = Some(known.map_or(height, |h| h.max(height)));
    }

    fn add(&mut self, area: Rect, from: usize) {
        let reach = Reach {
            area,
            from,
            to: self.text.len(),
        };
        match self.area {
            None => {
                self.tips = [reach; 4];
                self.area = Some(area);
            }
            Some(all) => {
                let [left, top, right, bottom] = &mut self.tips;
                if area.x0 < all.x0 {
                    *left = reach;
                }
                if area.y0 < all.y0 {
                    *top = reach;
                }
                if area.x1 > all.x1 {
                    *right = reach;
                }
                if area.y1 > all.y1 {
                    *bottom = reach;
                }
                self.area = Some(all.union(area));
            }
        }
    }

    fn pass(&mut self, mark: &GlyphMark<'_>) {
        self.along = mark.along;
        self.pen = [
            mark.origin[0] + mark.along[0] * mark.advance,
            mark.origin[1] + mark.along[1] * mark.advance,
        ];
    }
}

/// A run's text as it is read. Its glyphs from the first that is read from right to left on are cut at `turned`; what
/// comes before is Latin.
fn in_reading_order(text: &str, turned: &[usize]) -> String {
    let first = turned.first().copied().unwrap_or_default();
    let before = text.get(..first).unwrap_or_default();
    let mut glyphs: Vec<&str> = before.split_inclusive(|_: char| true).collect();
    let ends = turned.iter().skip(1).copied().chain([text.len()]);
    glyphs.extend(
        turned
            .iter()
            .zip(ends)
            .filter_map(|(from, to)| text.get(*from..to)),
    );
    as_read(&glyphs).trim_start().to_owned()
}
