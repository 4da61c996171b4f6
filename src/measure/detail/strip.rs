//! A strip of a picture, and what recurs along it: pixels made up between others are smoother than those they were made
//! from, and that comes again with every pixel of the picture as it was.

use crate::measure::detail::fourier::{count, power};
use crate::measure::detail::spectrum::median;
use crate::pdf::Grey;

/// Pixels along a strip at most, and across it.
const LONG: usize = 2048;
const WIDE: usize = 512;
/// Steps in the frequencies of what recurs: a wave in two pixels is half as many.
pub(super) const STEPS: usize = LONG;

/// How unevenness is measured at a pixel.
#[derive(Clone, Copy)]
pub(super) enum Probe {
    /// Against the mean of the two so many pixels away.
    Around(usize),
    /// Of two neighbours against the two beside them.
    Between,
}

/// Rows of a picture, or its columns laid down as rows.
pub(super) struct PixelStrip {
    rows: Vec<Vec<i16>>,
}

impl PixelStrip {
    /// The strip with most structure, along rows or along columns. It begins on the lattice of JPEG's blocks.
    pub(super) fn of(grey: &Grey, along_columns: bool) -> Self {
        let (length, width) = if along_columns {
            (grey.height, grey.width)
        } else {
            (grey.width, grey.height)
        };
        let places = |whole: usize, part: usize| {
            let room = whole.saturating_sub(part);
            let mut all: Vec<usize> = (0..4).map(|n| room * n / 3 / 8 * 8).collect();
            all.dedup();
            all
        };
        let cut = |from: usize, side: usize, step: usize| -> Self {
            let rows = (side..width.min(side + WIDE)).step_by(step);
            let lines = || grey.pixels.chunks_exact(grey.width.max(1));
            if !along_columns {
                let row = |n: usize| -> Vec<i16> {
                    let line = lines().nth(n).unwrap_or_default();
                    let line = line.iter().skip(from).take(LONG);
                    line.map(|v| i16::from(*v)).collect()
                };
                return Self {
                    rows: rows.map(row).collect(),
                };
            }
            let mut columns: Vec<Vec<i16>> = rows.clone().map(|_| Vec::new()).collect();
            let lines: Vec<&[u8]> = lines().skip(from).take(LONG).collect();
            // A few lines at a time, which stay near while all columns take from them.
            for lines in lines.chunks(32) {
                for (column, n) in columns.iter_mut().zip(rows.clone()) {
                    let values = lines.iter().filter_map(|line| line.get(n));
                    column.extend(values.map(|v| i16::from(*v)));
                }
            }
            Self { rows: columns }
        };
        let places = places(length, LONG).into_iter().flat_map(|from| {
            places(width, WIDE)
                .into_iter()
                .map(move |side| (from, side))
        });
        let best = places.max_by_key(|(from, side)| cut(*from, *side, 16).structure());
        let (from, side) = best.unwrap_or_default();
        cut(from, side, 1)
    }

    /// Pixels along it.
    pub(super) fn length(&self) -> usize {
        self.rows.first().map_or(0, Vec::len)
    }

    pub(super) fn rows(&self) -> &[Vec<i16>] {
        &self.rows
    }

    fn structure(&self) -> usize {
        let uneven = |row: &Vec<i16>| -> usize {
            let row = Probe::Around(3).row(row);
            row.iter().map(|v| usize::from((*v).min(24))).sum()
        };
        self.rows.iter().map(uneven).sum()
    }

    /// How uneven it is at each place along it, against its surroundings, on average over its rows. Flat parts count less.
    pub(super) fn profile(&self, probe: Probe) -> Vec<f32> {
        let uneven: Vec<Vec<u16>> = self.rows.iter().map(|row| probe.row(row)).collect();
        let length = uneven.first().map_or(0, Vec::len);
        let mut profile = vec![0.0; length];
        let mut columns = vec![0u32; length];
        let mut around = Around::default();
        let (mut first, mut last) = (0, 0);
        for (n, row) in uneven.iter().enumerate() {
            while let Some(next) = uneven.get(last).filter(|_| last <= n + ROWS) {
                let sums = columns.iter_mut().zip(next);
                sums.for_each(|(sum, v)| *sum += u32::from(*v));
                last += 1;
            }
            while let Some(old) = uneven.get(first).filter(|_| first + ROWS < n) {
                let sums = columns.iter_mut().zip(old);
                sums.for_each(|(sum, v)| *sum -= u32::from(*v));
                first += 1;
            }
            let means = around.means(&columns, COLUMNS, last - first);
            for ((sum, v), mean) in profile.iter_mut().zip(row).zip(means) {
                *sum += f32::from(*v) / (mean + FLAT);
            }
        }
        profile
    }

    /// How strongly unevenness recurs at each frequency, as a multiple of what is usual near that frequency.
    pub(super) fn recurrence(&self, probe: Probe) -> Vec<f32> {
        let profile = self.profile(probe);
        let scaled: Vec<u32> = profile.iter().map(|v| fine(*v)).collect();
        let mut around = Around::default();
        let means = around.means(&scaled, 16, 1);
        let pairs = profile.iter().zip(means);
        let relative: Vec<f32> = pairs
            .map(|(v, mean)| v / (mean / FINE).max(1e-6) - 1.0)
            .collect();
        let power = power(&relative, STEPS);
        let blocks: Vec<&[f32]> = power.chunks(64).collect();
        let usual = (0..blocks.len()).map(|n| {
            let near = blocks
                .iter()
                .skip(n.saturating_sub(1))
                .take(if n == 0 { 2 } else { 3 });
            median(near.flat_map(|b| b.iter().copied()).collect()).max(1e-9)
        });
        let usual: Vec<f32> = usual.collect();
        let pairs = blocks.iter().zip(&usual);
        pairs
            .flat_map(|(block, usual)| block.iter().map(move |v| v / usual))
            .collect()
    }
}

/// Rows and columns to either side that are a pixel's surroundings.
const ROWS: usize = 4;
const COLUMNS: usize = 15;
/// Grey levels of unevenness that are as good as none.
const FLAT: f32 = 2.0;
/// Parts of one in which profiles are summed.
const FINE: f32 = 512.0;

fn fine(value: f32) -> u32 {
    (value * FINE) as u32
}

/// Means of values and those around them. It keeps its memory from one row to the next.
#[derive(Default)]
struct Around {
    /// The sum of all values before each.
    sums: Vec<u64>,
    means: Vec<f32>,
}

impl Around {
    /// The mean of each value and so many to either side, which are themselves sums over so many `rows`.
    fn means(&mut self, values: &[u32], reach: usize, rows: usize) -> &[f32] {
        let (length, whole) = (values.len(), 2 * reach + 1);
        self.sums.clear();
        self.sums.push(0);
        self.sums.extend(values.iter().scan(0, |sum, value| {
            *sum += u64::from(*value);
            Some(*sum)
        }));
        let at = |n: usize| self.sums.get(n).copied().unwrap_or(0);
        let near_an_end = |n: usize| {
            let (from, to) = (n.saturating_sub(reach), (n + reach + 1).min(length));
            (at(to) - at(from)) as f32 / count((to - from) * rows)
        };
        let before = reach.min(length);
        self.means.clear();
        self.means.extend((0..before).map(near_an_end));
        // Away from the ends all sums are of as many, which the compiler makes use of.
        let ends = self.sums.get(whole..).unwrap_or_default();
        let many = count(whole * rows);
        let middle = self.sums.iter().zip(ends);
        self.means
            .extend(middle.map(|(from, to)| (to - from) as f32 / many));
        let after = self.means.len().max(before);
        self.means.extend((after..length).map(near_an_end));
        &self.means
    }
}

impl Probe {
    /// How many pixels from the beginning of a row the first measured one lies.
    pub(super) fn begins(self) -> usize {
        match self {
            Self::Around(reach) => reach,
            Self::Between => 1,
        }
    }

    fn row(self, row: &[i16]) -> Vec<u16> {
        let after = |n: usize| row.get(n..).unwrap_or_default();
        match self {
            Self::Around(reach) => {
                let [middle, right] = [reach, 2 * reach].map(after);
                let three = row.iter().zip(middle).zip(right);
                three
                    .map(|((a, b), c)| (a - 2 * b + c).unsigned_abs())
                    .collect()
            }
            Self::Between => {
                let [second, third, fourth] = [1, 2, 3].map(after);
                let four = row.iter().zip(second).zip(third).zip(fourth);
                four.map(|(((a, b), c), d)| (a - b - c + d).unsigned_abs())
                    .collect()
            }
        }
    }
}
