//! What has been painted on a page so far, text aside, by its true shapes: tells whether something lies on something else.

use crate::model::geometry::{Rect, Size};
use crate::pdf::Outline;

/// Cells along each side of the page, by which what is painted is found.
const CELLS: usize = 48;
/// What lies in more cells than this is looked at wherever it may lie.
const MANY: usize = 96;
/// Things that are looked at, on one page.
const LOOKS: u64 = 100_000_000;
/// Things that only touch do not lie on each other; in points.
const TOUCH: f64 = 0.05;

/// Something painted.
struct Layer {
    /// What clips leave of its extent.
    seen: Rect,
    /// Its true shape; its extent where that is not known.
    outline: Option<Outline>,
    /// Its colour; none for paper white, which takes away what it hides.
    colour: Option<u32>,
}

/// What has been painted so far, the topmost last.
pub(super) struct Underlay {
    page: Size,
    layers: Vec<Layer>,
    /// The layers in each cell, by their places, and those in very many.
    cells: Vec<Vec<u32>>,
    large: Vec<u32>,
    /// Layers from here on do not count for the mark that is looked at.
    end: u32,
    /// Looks that are left.
    looks: u64,
}

impl Underlay {
    pub(super) fn new(page: Size) -> Self {
        Self {
            page,
            layers: Vec::new(),
            cells: vec![Vec::new(); CELLS * CELLS],
            large: Vec::new(),
            end: 0,
            looks: LOOKS,
        }
    }

    /// Whether it was asked more than it can answer.
    pub(super) fn is_exhausted(&self) -> bool {
        self.looks == 0
    }

    /// How many layers there are.
    pub(super) fn len(&self) -> u32 {
        u32::try_from(self.layers.len()).unwrap_or(u32::MAX)
    }

    /// For the next mark, layers from here on do not count.
    pub(super) fn end_at(&mut self, end: u32) {
        self.end = end;
    }

    /// Adds something painted; without a colour, paper white that hides what lies below.
    pub(super) fn add(&mut self, seen: Rect, outline: Option<Outline>, colour: Option<u32>) {
        let id = self.len();
        let [columns, rows] = self.spans(seen);
        if columns.len() * rows.len() > MANY {
            self.large.push(id);
        } else {
            for row in rows {
                for column in columns.clone() {
                    if let Some(cell) = self.cells.get_mut(row * CELLS + column) {
                        cell.push(id);
                    }
                }
            }
        }
        self.layers.push(Layer {
            seen,
            outline,
            colour,
        });
        self.end = self.len();
    }

    /// The columns and rows of cells that an area touches.
    fn spans(&self, area: Rect) -> [std::ops::Range<usize>; 2] {
        let cell = |at: f32, side: f64| {
            let cell = f64::from(at) / side.max(1.0) * CELLS as f64;
            cell.clamp(0.0, (CELLS - 1) as f64) as usize
        };
        let (width, height) = (self.page.width, self.page.height);
        [
            cell(area.x0, width)..cell(area.x1, width) + 1,
            cell(area.y0, height)..cell(area.y1, height) + 1,
        ]
    }

    /// Whether something of another colour lies below an area.
    pub(super) fn is_under(&mut self, area: Rect, colour: u32) -> bool {
        let inner = area.inflate(-TOUCH.min(area.width() / 4.0).min(area.height() / 4.0));
        let [columns, rows] = self.spans(inner);
        let mut ids: Vec<u32> = self.large.clone();
        for row in rows {
            for column in columns.clone() {
                let cell = self.cells.get(row * CELLS + column);
                ids.extend(cell.into_iter().flatten());
            }
        }
        let looks = ids.len() as u64;
        if self.looks < looks {
            self.looks = 0;
            return false;
        }
        self.looks -= looks;
        ids.retain(|id| *id < self.end);
        ids.sort_unstable_by(|a, b| b.cmp(a));
        ids.dedup();
        let layers = ids.iter().filter_map(|id| self.layers.get(*id as usize));
        for layer in layers {
            let Some(shared) = meet(layer.seen, inner) else {
                continue;
            };
            let hides = || {
                let within = layer.seen.contains(inner, 0.0);
                within && layer.outline.as_ref().is_none_or(|o| o.covers(inner))
            };
            let touches = || layer.outline.as_ref().is_none_or(|o| o.touches(shared));
            if layer.colour.is_some_and(|of| of != colour) {
                if touches() {
                    return true;
                }
            } else if hides() {
                // What lies below it is hidden, by paper white or by its own colour.
                return false;
            }
        }
        false
    }
}

/// What two rectangles share, those without width or height included.
fn meet(a: Rect, b: Rect) -> Option<Rect> {
    let shared = Rect {
        x0: a.x0.max(b.x0),
        y0: a.y0.max(b.y0),
        x1: a.x1.min(b.x1),
        y1: a.y1.min(b.y1),
    };
    (shared.x0 <= shared.x1 && shared.y0 <= shared.y1).then_some(shared)
}
