//! How much ink a page carries: a bound from its colours, and, where that is high, what its plates show.

use bitcode::{Decode, Encode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::InkAmount;
use crate::model::geometry::Rect;

/// How much ink a page carries.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct Coverage {
    /// No place on the page can carry more than this, in per cent of all inks together.
    pub bound: f32,
    /// No window of three millimetres carries more than this on half of it, in per cent; none where that was not asked or only
    /// plates can tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window_bound: Option<f32>,
    /// What its plates show; none where no rule needed them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plates: Option<Plates>,
    /// Why the plates could not be made though a rule needed them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gap: Option<String>,
}

/// The plates of a page, summed up.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct Plates {
    /// Pixels an inch they were made at.
    pub ppi: f32,
    /// The most ink anywhere, in per cent.
    pub most: f32,
    /// What lies there.
    pub inks: Vec<InkAmount>,
    /// Where: from the left and the top, in points.
    pub at_pt: [f32; 2],
    /// What RGB and Lab were converted through; none where there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub through: Option<String>,
    /// Ink averaged over squares of 15 mm; measured where a standard asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub averages: Option<AverageInk>,
    /// Pixels by ink, in steps of one per cent: `[per cent, pixels]`, the lower end of each step. Bare paper is left out.
    pub histogram: Vec<[u32; 2]>,
    /// Windows of three millimetres, one every half of that, row by row; larger ones are made of them.
    #[serde(skip)]
    pub windows: Vec<Window>,
    /// Windows in a row.
    #[serde(skip)]
    pub columns: usize,
}

/// The most ink that any square of 15 mm on a page carries on average; of a smaller page, the page.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct AverageInk {
    /// Of cyan, magenta, yellow and black together.
    pub process: SquareInk,
    /// Of all inks together.
    pub all: SquareInk,
}

/// How much ink a square carries on average.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema,
)]
pub struct SquareInk {
    /// In per cent.
    pub percent: f32,
    /// The square.
    #[serde(rename = "area_pt")]
    pub area: Rect,
}

/// A window of three millimetres.
#[derive(Clone, Copy, Debug, Default, PartialEq, Encode, Decode)]
pub struct Window {
    /// The ink that at least half of it carries, in per cent.
    pub ink: f32,
    /// The extent of what in it carries as much, in points on the page.
    pub area: Rect,
}

/// A place that carries more ink than a limit.
#[derive(Clone, Debug, PartialEq)]
pub struct Patch {
    /// Its extent.
    pub area: Rect,
    /// The most ink that at least half of any window in it carries.
    pub most: f32,
    /// How many windows it takes.
    pub windows: usize,
}

/// How far windows lie apart, in points: 1.5 mm. Each is twice as wide, so that no patch of three millimetres falls between.
pub const STEP_PT: f64 = 1.5 / 25.4 * 72.0;

/// The smallest window that ink is averaged over, in points: three millimetres.
pub const WINDOW_PT: f64 = 2.0 * STEP_PT;

/// How many of the windows that are kept lie along one of so many points.
fn steps(side: f64) -> usize {
    let steps = (side / STEP_PT).round().clamp(2.0, 10_000.0) as usize;
    steps - 1
}

impl Plates {
    /// The area that carries more than `limit` per cent, in square millimetres. Slack is the caller's.
    pub fn area_over(&self, limit: f64) -> f64 {
        let pixel = (25.4 / f64::from(self.ppi.max(1.0))).powi(2);
        self.histogram
            .iter()
            .filter(|[percent, _]| f64::from(*percent) >= limit)
            .map(|[_, pixels]| f64::from(*pixels) * pixel)
            .sum()
    }

    /// Places that carry more than `limit` per cent, averaged over a window of so many points a side, the largest first. Below
    /// three millimetres there is no smaller window.
    pub fn patches(&self, limit: f64, side: f64) -> Vec<Patch> {
        let across = steps(side);
        if across > 1 {
            return self.averaged(across, limit).clustered(limit);
        }
        self.clustered(limit)
    }

    /// Larger windows, so many of those that are there along each side: what they carry on average.
    fn averaged(&self, across: usize, limit: f64) -> Self {
        let columns = self.columns.max(1);
        let rows = self.windows.len() / columns;
        let (wide, high) = (across.min(columns), across.min(rows));
        if wide == 0 || high == 0 {
            return Self::default();
        }
        let held = |x: usize, y: usize| self.windows.get(y * columns + x);
        // Sums of everything above and to the left.
        let mut sums = vec![0.0f64; (columns + 1) * (rows + 1)];
        let sum = |sums: &[f64], x: usize, y: usize| {
            sums.get(y * (columns + 1) + x).copied().unwrap_or(0.0)
        };
        for y in 0..rows {
            for x in 0..columns {
                let own = held(x, y).map_or(0.0, |w| f64::from(w.ink));
                let all = own + sum(&sums, x, y + 1) + sum(&sums, x + 1, y) - sum(&sums, x, y);
                if let Some(place) = sums.get_mut((y + 1) * (columns + 1) + x + 1) {
                    *place = all;
                }
            }
        }
        let count = (wide * high) as f64;
        let mut windows = Vec::new();
        for y in 0..=rows - high {
            for x in 0..=columns - wide {
                let all = sum(&sums, x + wide, y + high)
                    - sum(&sums, x, y + high)
                    - sum(&sums, x + wide, y)
                    + sum(&sums, x, y);
                let ink = (all / count) as f32;
                let mut area: Option<Rect> = None;
                if f64::from(ink) > limit {
                    // What makes it too much.
                    let parts = (y..y + high).flat_map(|y| (x..x + wide).map(move |x| (x, y)));
                    for part in parts.filter_map(|(x, y)| held(x, y)) {
                        if f64::from(part.ink) > limit {
                            area = Some(area.map_or(part.area, |a| a.union(part.area)));
                        }
                    }
                }
                windows.push(Window {
                    ink,
                    area: area.unwrap_or_default(),
                });
            }
        }
        Self {
            windows,
            columns: columns - wide + 1,
            ..Self::default()
        }
    }

    /// Windows that carry more than `limit` per cent, by what hangs together.
    fn clustered(&self, limit: f64) -> Vec<Patch> {
        let over = |n: usize| self.windows.get(n).filter(|w| f64::from(w.ink) > limit);
        let mut seen = vec![false; self.windows.len()];
        let mut patches = Vec::new();
        let columns = self.columns.max(1);
        for start in 0..self.windows.len() {
            if over(start).is_none() || seen.get(start).copied().unwrap_or(true) {
                continue;
            }
            let mut found: Option<Patch> = None;
            let mut open = vec![start];
            while let Some(n) = open.pop() {
                let window = match (over(n), seen.get_mut(n)) {
                    (Some(window), Some(known)) if !*known => {
                        *known = true;
                        window
                    }
                    _ => continue,
                };
                found = Some(match found {
                    None => Patch {
                        area: window.area,
                        most: window.ink,
                        windows: 1,
                    },
                    Some(patch) => Patch {
                        area: patch.area.union(window.area),
                        most: patch.most.max(window.ink),
                        windows: patch.windows + 1,
                    },
                });
                let (x, y) = (n % columns, n / columns);
                if x > 0 {
                    open.push(n - 1);
                }
                if x + 1 < columns {
                    open.push(n + 1);
                }
                if y > 0 {
                    open.push(n - columns);
                }
                open.push(n + columns);
            }
            patches.extend(found);
        }
        patches.sort_by_key(|p| std::cmp::Reverse(p.windows));
        patches
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patches_are_what_hangs_together() {
        let inks = [
            300.0, 300.0, 0.0, 260.0, //
            0.0, 300.0, 0.0, 0.0, //
            240.0, 0.0, 0.0, 250.0,
        ];
        let windows = inks.iter().enumerate().map(|(n, ink)| {
            let (x, y) = ((n % 4) as f64, (n / 4) as f64);
            Window {
                ink: *ink,
                area: Rect::new(x, y, x + 2.0, y + 2.0),
            }
        });
        let plates = Plates {
            windows: windows.collect(),
            columns: 4,
            ..Plates::default()
        };
        let patches = plates.patches(240.0, WINDOW_PT);
        assert_eq!(patches.len(), 3);
        assert_eq!(patches[0].windows, 3);
        assert_eq!(patches[0].area, Rect::new(0.0, 0.0, 3.0, 3.0));
        assert!(plates.patches(300.0, WINDOW_PT).is_empty());
    }

    /// Twenty windows a side without ink but for a square of so many in the middle.
    fn square(side: usize, ink: f32) -> Plates {
        let inside = |n: usize| (5..5 + side).contains(&n);
        let windows = (0..400).map(|n| {
            let (x, y) = (n % 20, n / 20);
            Window {
                ink: if inside(x) && inside(y) { ink } else { 0.0 },
                area: Rect::new(x as f64, y as f64, x as f64 + 2.0, y as f64 + 2.0),
            }
        });
        Plates {
            windows: windows.collect(),
            columns: 20,
            ..Plates::default()
        }
    }

    #[test]
    fn larger_windows_carry_what_they_carry_on_average() {
        // 15 mm are nine windows a side.
        let side = 15.0 / 25.4 * 72.0;
        let whole = square(9, 300.0);
        let patches = whole.patches(299.0, side);
        assert_eq!(patches.len(), 1);
        assert!((patches[0].most - 300.0).abs() < 0.01);
        assert_eq!(patches[0].area, Rect::new(5.0, 5.0, 15.0, 15.0));
        // A smaller patch is thinned out by the paper around it: 300 * 49 / 81.
        let small = square(7, 300.0);
        assert!(small.patches(182.0, side).is_empty());
        assert!((small.patches(181.0, side)[0].most - 181.48).abs() < 0.01);
        assert_eq!(small.patches(240.0, WINDOW_PT).len(), 1);
        // A page smaller than the window is one window.
        assert_eq!(whole.patches(1.0, 500.0).len(), 1);
    }

    #[test]
    fn area_counts_what_lies_over() {
        let plates = Plates {
            ppi: 25.4,
            histogram: vec![[240, 50], [241, 7], [300, 3]],
            ..Plates::default()
        };
        assert!((plates.area_over(241.0) - 10.0).abs() < 1e-3);
    }
}
