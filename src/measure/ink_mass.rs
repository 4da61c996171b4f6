//! A bound on the ink of every window of a page from the areas of its marks: where lettering and lines cannot fill half of any,
//! plates need not be made.

use crate::model::facts::{Colour, STEP_PT};
use crate::model::geometry::{Rect, Size};
use crate::pdf::{Appearance, PathMark, PathMode};

/// Marks on a page beyond which only plates tell.
const MOST_MARKS: usize = 200_000;
/// Windows that marks cross, each counted for each, beyond which plates cost less.
const MOST_CROSSED: usize = 4_000_000;

/// What is painted, as far as it bears ink.
#[derive(Default)]
pub(super) struct InkMass {
    marks: Vec<Mark>,
    has_more: bool,
}

struct Mark {
    seen: Rect,
    /// The share of that which is painted, at most.
    share: f32,
    /// Its colour, as an index in the page's palette; none where it may have any of the page.
    colour: Option<u32>,
}

impl InkMass {
    /// Adds a mark that paints at most this share of what is seen of it.
    pub(super) fn mark(&mut self, appearance: Appearance, seen: Rect, share: f32) {
        let is_plain = !appearance.has_artwork && appearance.within.is_none();
        self.add(seen, share, is_plain.then_some(appearance.colour));
    }

    /// Adds a path.
    pub(super) fn path(&mut self, mark: &PathMark<'_>, seen: Rect) {
        // A stroke is a pixel wide at least.
        let room = if mark.mode == PathMode::Stroke {
            1.0
        } else {
            0.0
        };
        match mark.mode {
            PathMode::Shading => self.any(seen),
            _ => {
                for part in mark.parts {
                    if let Some(part) = part.inflate(room).intersection(seen.inflate(room)) {
                        self.mark(mark.appearance, part, 1.0);
                    }
                }
            }
        }
    }

    /// Adds a mark that may have any colour of the page anywhere.
    pub(super) fn any(&mut self, seen: Rect) {
        self.add(seen, 1.0, None);
    }

    fn add(&mut self, seen: Rect, share: f32, colour: Option<u32>) {
        if self.marks.len() >= MOST_MARKS {
            self.has_more = true;
            return;
        }
        self.marks.push(Mark {
            seen,
            share,
            colour,
        });
    }

    /// No window of the page's plates, made at so many pixels a point, carries more than this on half of its pixels, in per cent,
    /// if marks only cover one another and none anywhere has more than `bound`. None if that is not known.
    pub(super) fn most(
        &self,
        page: Size,
        scale: f64,
        (palette, bound): (&[Colour], f32),
    ) -> Option<f32> {
        if self.has_more {
            return None;
        }
        let windows = Windows::new(page, scale);
        let mut masses = vec![0.0f64; windows.columns * windows.rows];
        let mut crossed = 0;
        for mark in &self.marks {
            let ink = match mark.colour {
                Some(colour) => palette.get(usize::try_from(colour).ok()?)?.total(),
                None => bound,
            };
            let [x0, y0, x1, y1] = mark.seen.to_f64().map(|v| v * scale);
            let painted = (x1 - x0) * (y1 - y0) * f64::from(mark.share);
            let columns = windows.crossed(x0, x1, windows.columns);
            let rows = windows.crossed(y0, y1, windows.rows);
            crossed += columns.len() * rows.len();
            if crossed > MOST_CROSSED {
                return None;
            }
            for row in rows {
                let high = windows.shared(row, y0, y1);
                let line = masses.get_mut(row * windows.columns..).unwrap_or_default();
                let line = line.iter_mut().enumerate();
                for (column, mass) in line.skip(columns.start).take(columns.len()) {
                    let area = high * windows.shared(column, x0, x1);
                    *mass += f64::from(ink) * area.min(painted);
                }
            }
        }
        // Half of a window cannot carry more than twice what all of it does on average.
        let most = masses.iter().enumerate().map(|(n, mass)| {
            let [wide, high] = [n % windows.columns, n / windows.columns].map(|n| {
                let (from, to) = windows.bounds(n);
                to - from
            });
            2.0 * mass / (wide * high).max(1.0)
        });
        Some(most.fold(0.0, f64::max) as f32)
    }
}

/// The windows of plates, in pixels: as `ink` sums them up.
struct Windows {
    scale: f64,
    columns: usize,
    rows: usize,
}

impl Windows {
    fn new(page: Size, scale: f64) -> Self {
        let count = |side: f64| (side / STEP_PT).ceil().clamp(1.0, 10_000.0) as usize;
        Self {
            scale,
            columns: count(page.width),
            rows: count(page.height),
        }
    }

    /// Where a window begins and ends along a side.
    fn bounds(&self, n: usize) -> (f64, f64) {
        let pixel = |step: usize| (step as f64 * STEP_PT * self.scale).round();
        (pixel(n), pixel(n + 2))
    }

    /// The windows, of so many, that something between two places may cross.
    fn crossed(&self, from: f64, to: f64, count: usize) -> std::ops::Range<usize> {
        let step = STEP_PT * self.scale;
        let first = (from / step - 3.0).max(0.0) as usize;
        let last = (to / step + 2.0).max(0.0) as usize;
        first.min(count)..last.min(count)
    }

    /// How much of a window, along a side, lies between two places.
    fn shared(&self, n: usize, from: f64, to: f64) -> f64 {
        let (begin, end) = self.bounds(n);
        (to.min(end) - from.max(begin)).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::facts::{InkAmount, SpaceKind};

    const PAGE: Size = Size {
        width: 200.0,
        height: 100.0,
    };

    /// The bound of marks in one ink of 90 %.
    fn most(marks: &[(Rect, f32)]) -> f32 {
        let ink = Colour {
            inks: vec![InkAmount {
                ink: "Black".to_owned(),
                percent: 90.0,
            }],
            space: SpaceKind::DeviceGray,
            profile: None,
            names: Vec::new(),
            alternate: None,
            amounts: vec![0.1],
            apart: Vec::new(),
            parts: Vec::new(),
        };
        let mut mass = InkMass::default();
        for (seen, share) in marks {
            mass.add(*seen, *share, Some(0));
        }
        mass.most(PAGE, 100.0 / 72.0, (&[ink], 90.0)).unwrap()
    }

    #[test]
    fn a_full_window_carries_all_and_a_thin_line_little() {
        let patch = |side: f64| Rect::new(50.0, 50.0, 50.0 + side, 50.0 + side);
        assert!(most(&[(patch(9.0), 1.0)]) >= 90.0);
        assert!(most(&[(Rect::new(0.0, 50.0, 200.0, 50.5), 1.0)]) < 15.0);
        // Half of a window in one ink of 90 % may all have it; less cannot.
        assert!(most(&[(patch(20.0), 0.04)]) < 90.0);
        assert_eq!(most(&[]), 0.0);
    }

    #[test]
    fn marks_in_the_corners_count_as_those_in_the_middle() {
        for [x, y] in [[0.0, 0.0], [191.0, 0.0], [0.0, 91.0], [191.0, 91.0]] {
            let patch = Rect::new(x, y, x + 9.0, y + 9.0);
            assert!(most(&[(patch, 1.0)]) >= 90.0, "{x} {y}");
        }
    }
}
