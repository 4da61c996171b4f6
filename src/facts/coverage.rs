//! How much ink a page carries: a bound from its colours, and, where that is high, what its plates show.

use schemars::JsonSchema;
use serde::Serialize;

use super::InkAmount;
use crate::geometry::Rect;

/// How much ink a page carries.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Coverage {
    /// No place on the page can carry more than this, in per cent of all inks together.
    pub bound: f32,
    /// What its plates show; none where nobody needed to look.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plates: Option<Plates>,
    /// Why the plates were not made though somebody wanted to look.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gap: Option<String>,
}

/// The plates of a page, summed up.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
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
    /// Pixels by ink, in steps of one per cent: `[per cent, pixels]`, the lower end of each step. Bare paper is left out.
    pub histogram: Vec<[u32; 2]>,
    /// Windows of three millimetres, one every half of that, and the ink that at least half of each carries, in per cent;
    /// row by row.
    #[serde(skip)]
    pub windows: Vec<f32>,
    /// Windows in a row.
    #[serde(skip)]
    pub columns: usize,
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

    /// Places of three millimetres or more that carry more than `limit` per cent, the largest first.
    pub fn patches(&self, limit: f64) -> Vec<Patch> {
        let over = |n: usize| self.windows.get(n).is_some_and(|s| f64::from(*s) > limit);
        let mut seen = vec![false; self.windows.len()];
        let mut patches = Vec::new();
        let columns = self.columns.max(1);
        for start in 0..self.windows.len() {
            if !over(start) || seen.get(start).copied().unwrap_or(true) {
                continue;
            }
            let mut found = Found::default();
            let mut open = vec![start];
            while let Some(n) = open.pop() {
                match seen.get_mut(n) {
                    Some(known) if !*known && over(n) => *known = true,
                    _ => continue,
                }
                let (x, y) = (n % columns, n / columns);
                found.add(x, y, self.windows.get(n).copied().unwrap_or(0.0));
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
            patches.push(found.patch());
        }
        patches.sort_by_key(|p| std::cmp::Reverse(p.windows));
        patches
    }
}

/// A patch being gathered, in steps.
struct Found {
    x: [usize; 2],
    y: [usize; 2],
    most: f32,
    windows: usize,
}

impl Default for Found {
    fn default() -> Self {
        Self {
            x: [usize::MAX, 0],
            y: [usize::MAX, 0],
            most: 0.0,
            windows: 0,
        }
    }
}

impl Found {
    fn add(&mut self, x: usize, y: usize, ink: f32) {
        self.x = [self.x[0].min(x), self.x[1].max(x + 2)];
        self.y = [self.y[0].min(y), self.y[1].max(y + 2)];
        self.most = self.most.max(ink);
        self.windows += 1;
    }

    fn patch(&self) -> Patch {
        #[allow(clippy::cast_precision_loss)]
        let at = |n: usize| n as f64 * STEP_PT;
        Patch {
            area: Rect::new(at(self.x[0]), at(self.y[0]), at(self.x[1]), at(self.y[1])),
            most: self.most,
            windows: self.windows,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patches_are_what_hangs_together() {
        let plates = Plates {
            windows: vec![
                300.0, 300.0, 0.0, 260.0, //
                0.0, 300.0, 0.0, 0.0, //
                240.0, 0.0, 0.0, 250.0,
            ],
            columns: 4,
            ..Plates::default()
        };
        let patches = plates.patches(240.0);
        assert_eq!(patches.len(), 3);
        assert_eq!(patches[0].windows, 3);
        assert!((f64::from(patches[0].area.x1) - 3.0 * STEP_PT).abs() < 1e-3);
        assert!(plates.patches(300.0).is_empty());
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
