//! The text of a page in reading order, and whether it may have lettering that is no text: outlines or pictures.

use crate::model::facts::{ArtKind, Page, TextRun, Visibility};
use crate::model::geometry::Rect;
use crate::wording::Folded;

/// A line of text.
#[derive(Clone, Debug)]
pub(super) struct TextLine {
    /// Its text.
    pub(super) text: String,
    /// The same in bare letters.
    pub(super) folded: Folded,
    /// Its largest letters, in points.
    pub(super) size: f32,
    /// Where it lies.
    pub(super) area: Rect,
}

/// The lines of a page, or of a part of it.
#[derive(Clone, Debug, Default)]
pub(super) struct PageText {
    /// From top to bottom, from left to right.
    pub(super) lines: Vec<TextLine>,
    /// The same lines in the order in which they were painted, as places in `lines`.
    painted: Vec<usize>,
    /// Why some of its lettering may not be among them.
    pub(super) unread: Option<&'static str>,
}

/// Lettering of a title takes at least this share of the width it stands in.
const WIDE: f64 = 0.2;
/// A title turned into outlines has at least so many shapes.
const SHAPES: u32 = 4;
/// A shape or picture of a larger share of the page is its ground; a ground may hold lettering only if it is a picture.
const GROUND: f64 = 0.6;
/// Shapes lower than this, in points, are rules and dots.
const LOW: f64 = 4.0;

impl PageText {
    /// What can be read on a whole page.
    pub(super) fn of(page: &Page) -> Self {
        Self::within(page, Rect::new(0.0, 0.0, page.size.width, page.size.height))
    }

    /// What can be read within a part of a page: runs count where their middle lies.
    pub(super) fn within(page: &Page, part: Rect) -> Self {
        let runs: Vec<&TextRun> = page
            .text
            .iter()
            .filter(|r| r.visibility == Visibility::Visible && holds_middle(part, r.area))
            .collect();
        let painted = joined(&runs);
        let resolved = down(&painted);
        let mut places = vec![0; resolved.len()];
        for (place, n) in resolved.iter().enumerate() {
            if let Some(slot) = places.get_mut(*n) {
                *slot = place;
            }
        }
        let lines = resolved
            .iter()
            .filter_map(|n| painted.get(*n).cloned())
            .collect();
        Self {
            lines,
            painted: places,
            unread: unread(page, part, &runs),
        }
    }

    /// Its lines in letters of at least this size.
    pub(super) fn of_size(&self, least: f32) -> Self {
        let kept = |n: &usize| self.lines.get(*n).is_some_and(|l| l.size >= least);
        let mut places: Vec<usize> = Vec::new();
        let mut lines = Vec::new();
        for (n, line) in self.lines.iter().enumerate() {
            if kept(&n) {
                places.push(n);
                lines.push(line.clone());
            }
        }
        let painted = self
            .painted
            .iter()
            .filter_map(|n| places.iter().position(|p| p == n))
            .collect();
        Self {
            lines,
            painted,
            unread: self.unread,
        }
    }

    /// Letters and figures on it.
    pub(super) fn letters(&self) -> usize {
        self.lines.iter().map(|l| l.folded.len()).sum()
    }

    /// The size of its largest letters.
    pub(super) fn largest(&self) -> f32 {
        self.lines.iter().map(|l| l.size).fold(0.0, f32::max)
    }

    /// All it says, in the orders in which it may be meant: from top to bottom, as painted, the large letters apart from
    /// the small; for text from right to left also mirrored, and from the right.
    pub(super) fn readings(&self, rtl: bool) -> Vec<Folded> {
        let down: Vec<&TextLine> = self.lines.iter().collect();
        let painted: Vec<&TextLine> = self
            .painted
            .iter()
            .filter_map(|n| self.lines.get(*n))
            .collect();
        let mut resolved_jobs = vec![down.clone(), painted];
        let mut sizes: Vec<f32> = self.lines.iter().map(|l| l.size).collect();
        sizes.sort_by(|a, b| b.total_cmp(a));
        sizes.dedup_by(|a, b| (*a - *b).abs() < 0.05 * *b);
        for size in sizes.iter().take(SIZES) {
            let near = |l: &&&TextLine| (l.size - size).abs() <= 0.05 * size;
            resolved_jobs.push(down.iter().filter(near).copied().collect());
            resolved_jobs.push(
                down.iter()
                    .filter(|l| l.size >= 0.94 * size)
                    .copied()
                    .collect(),
            );
        }
        if rtl {
            let mut from_right = down;
            from_right.reverse();
            resolved_jobs.push(from_right);
        }
        let mut readings: Vec<Folded> = resolved_jobs
            .iter()
            .map(|lines| Folded::of_lines(lines.iter().map(|l| l.text.as_str())))
            .collect();
        if rtl {
            readings.extend(
                resolved_jobs
                    .iter()
                    .map(|lines| Folded::of_mirrored(lines.iter().map(|l| l.text.as_str()))),
            );
        }
        readings
    }

    /// Rows of up to `most` lines that follow one another, as places in `lines`.
    pub(super) fn windows(
        &self,
        most: usize,
    ) -> impl Iterator<Item = std::ops::Range<usize>> + use<> {
        let all = self.lines.len();
        (0..all).flat_map(move |from| (from + 1..=(from + most).min(all)).map(move |to| from..to))
    }

    /// The text of a row of lines if each is stored in visual order, from right to left.
    pub(super) fn mirrored(&self, row: &std::ops::Range<usize>) -> Folded {
        let lines = self.lines.get(row.clone()).unwrap_or_default();
        Folded::of_mirrored(lines.iter().map(|l| l.text.as_str()))
    }

    /// The text of a row of lines.
    pub(super) fn folded(&self, row: &std::ops::Range<usize>) -> Folded {
        let lines = self.lines.get(row.clone()).unwrap_or_default();
        Folded::of_lines(lines.iter().map(|l| l.text.as_str()))
    }
}

/// Lines from top to bottom, those whose middles lie at one height from left to right.
fn down(lines: &[TextLine]) -> Vec<usize> {
    let mut rows: Vec<(usize, f32, f32)> = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        rows.push((
            n,
            f32::midpoint(line.area.y0, line.area.y1),
            line.area.y1 - line.area.y0,
        ));
    }
    rows.sort_by(|a, b| a.1.total_cmp(&b.1));
    let mut resolved: Vec<(usize, usize)> = Vec::new();
    let (mut row, mut last): (usize, Option<(f32, f32)>) = (0, None);
    for (n, middle, height) in rows {
        match last {
            Some((first, least)) if middle - first < 0.3 * height.min(least) => {
                last = Some((first, height.min(least)))
            }
            Some(_) => {
                row += 1;
                last = Some((middle, height));
            }
            None => last = Some((middle, height)),
        }
        resolved.push((row, n));
    }
    let left = |n: usize| lines.get(n).map_or(0.0, |l| l.area.x0);
    resolved.sort_by(|a, b| a.0.cmp(&b.0).then(left(a.1).total_cmp(&left(b.1))));
    resolved.into_iter().map(|(_, n)| n).collect()
}

/// Letter sizes that are tried one by one.
const SIZES: usize = 5;

/// Runs joined into lines.
fn joined(runs: &[&TextRun]) -> Vec<TextLine> {
    let mut lines: Vec<(TextLine, &TextRun)> = Vec::new();
    for run in runs {
        match lines.last_mut() {
            Some((line, last)) if last.angle == 0 && run.angle == 0 && last.goes_on_in(run) => {
                if last.parts_from(run) {
                    line.text.push(' ');
                }
                line.text.push_str(&run.text);
                line.size = line.size.max(run.size);
                line.area = line.area.union(run.area);
                *last = run;
            }
            _ => {
                let (text, size, area) = (run.text.clone(), run.size, run.area);
                lines.push((
                    TextLine {
                        text,
                        folded: Folded::default(),
                        size,
                        area,
                    },
                    run,
                ));
            }
        }
    }
    let folded = lines.into_iter().map(|(mut line, _)| {
        line.folded = Folded::of(&line.text);
        line
    });
    folded.filter(|l| !l.folded.is_empty()).collect()
}

fn holds_middle(part: Rect, area: Rect) -> bool {
    let (x, y) = (
        f32::midpoint(area.x0, area.x1),
        f32::midpoint(area.y0, area.y1),
    );
    part.x0 <= x && x <= part.x1 && part.y0 <= y && y <= part.y1
}

/// Why lettering may be there that is not among the text: in pictures, as outlines, in letters of which nobody knows
/// what they say.
fn unread(page: &Page, part: Rect, runs: &[&TextRun]) -> Option<&'static str> {
    if runs.iter().any(|r| says_nothing(&r.text) && r.size >= 9.0) {
        return Some("letters of which the file does not say what they are");
    }
    let wide = |width: f64| width >= WIDE * part.width();
    let pictured = page
        .images
        .iter()
        .filter(|i| i.visible && !i.is_flat_fill());
    let pictured = pictured
        .filter_map(|i| i.area.intersection(part))
        .any(|seen| wide(seen.width()) && seen.height() > LOW);
    if pictured {
        return Some("a picture");
    }
    let whole = part.width() * part.height();
    let mut shapes = 0u32;
    let mut extent: Option<Rect> = None;
    for art in page
        .art
        .iter()
        .filter(|a| a.kind != ArtKind::Stroke && holds_middle(part, a.area))
    {
        let is_ground = art.area.width() * art.area.height() > GROUND * whole;
        if !is_ground && art.area.height() > LOW {
            shapes = shapes.saturating_add(art.parts);
            extent = Some(extent.map_or(art.area, |e| e.union(art.area)));
        }
    }
    let drawn = shapes >= SHAPES && extent.is_some_and(|e| wide(e.width()));
    (drawn || white_shapes(page) >= SHAPES)
        .then_some("drawn shapes, perhaps text turned into outlines")
}

/// Shapes in paper white that are spared out of something printed. They are no art, and where they lie is not kept.
fn white_shapes(page: &Page) -> u32 {
    let fills = page.art.iter().filter(|a| a.kind != ArtKind::Stroke);
    let inked: u32 = fills.map(|a| a.paths).sum();
    page.paths
        .fills
        .saturating_sub(page.paths.unseen)
        .saturating_sub(inked)
}

/// Whether a run has letters of which the file does not say what they are.
fn says_nothing(text: &str) -> bool {
    let odd = |c: char| c.is_control() || c == '\u{fffd}' || matches!(c, '\u{e000}'..='\u{f8ff}');
    let all = text.chars().filter(|c| !c.is_whitespace()).count();
    all == 0 || 2 * text.chars().filter(|c| odd(*c)).count() > all
}
