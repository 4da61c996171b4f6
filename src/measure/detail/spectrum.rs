//! Where the detail of a picture ends: the spectrum of those of its parts that are sharpest.

use crate::measure::detail::fourier::{count, power};
use crate::pdf::Grey;

/// Pixels along the side of a part that is looked at by itself.
const SIDE: usize = 128;
/// Parts along either axis at most.
const MAX_TILES: usize = 8;

/// Power by frequency, from none to one wave in two pixels, in `SIDE / 2` steps.
pub(super) struct Spectrum(Vec<f32>);

impl Spectrum {
    /// Of the eighth of the picture's parts that have most structure of 8 to 16 pixels, along both axes.
    pub(super) fn of(grey: &Grey) -> Self {
        let mut parts: Vec<(f32, [usize; 2])> = corners(grey.height)
            .into_iter()
            .flat_map(|y| corners(grey.width).into_iter().map(move |x| [x, y]))
            .map(|corner| {
                let middle = |power: &[f32]| power.iter().skip(8).take(9).sum::<f32>();
                let [across, down] = spectra(grey, corner, 4);
                (middle(&across).min(middle(&down)), corner)
            })
            .collect();
        parts.sort_by(|a, b| b.0.total_cmp(&a.0));
        parts.truncate((parts.len() / 8).max(3));
        let measured: Vec<[Vec<f32>; 2]> = parts
            .iter()
            .map(|(_, corner)| spectra(grey, *corner, 1))
            .collect();
        let at = |n: usize| {
            let both = |[a, b]: &[Vec<f32>; 2]| Some((a.get(n)? + b.get(n)?) / 2.0);
            median(measured.iter().filter_map(both).collect())
        };
        Self((0..=SIDE / 2).map(at).collect())
    }

    /// Decibels between two shares of the highest frequency. Multiples of an eighth are left out, where blocks of JPEG
    /// show, and so are the strongest frequencies: a fence, a screen.
    fn level(&self, from: f32, to: f32) -> f32 {
        let last = count(SIDE / 2);
        let within = self.0.iter().enumerate().filter(|(n, _)| {
            let at = count(*n);
            *n >= 2 && n % (SIDE / 8) != 0 && at >= from * last && at <= to * last
        });
        let mut powers: Vec<f32> = within.map(|(_, power)| *power).collect();
        powers.sort_by(f32::total_cmp);
        powers.truncate((powers.len() * 3 / 4).max(1));
        10.0 * (powers.iter().sum::<f32>() / count(powers.len().max(1)) + 1e-3).log10()
    }

    /// How far, in decibels, power falls from below to above the frequency at which the detail of a picture ends that was
    /// enlarged by a factor. None where there is too little below to tell.
    pub(super) fn fall(&self, factor: f32) -> Option<f32> {
        let end = 1.0 / factor;
        let below = self.level(0.45 * end, 0.85 * end);
        let above = self.level(1.3 * end, (2.1 * end).min(0.985));
        (below > NOISE_DB).then_some(below - above)
    }

    /// How far, in decibels, it falls before that frequency: enlarging leaves most of what is there, blurring little.
    pub(super) fn fall_before(&self, factor: f32) -> f32 {
        let end = 1.0 / factor;
        self.level(0.3 * end, 0.5 * end) - self.level(0.7 * end, 0.95 * end)
    }
}

/// Decibels below which there is nothing to be seen but what storing a picture leaves: a grey level or two.
const NOISE_DB: f32 = 3.0;

/// Where parts begin along a side, on the lattice of JPEG's blocks.
fn corners(length: usize) -> Vec<usize> {
    let Some(room) = length.checked_sub(SIDE) else {
        return Vec::new();
    };
    let parts = (length / SIDE).clamp(1, MAX_TILES);
    let at = |n: usize| (room * n / (parts - 1).max(1)) / 8 * 8;
    (0..parts).map(at).collect()
}

/// The power of a part along its rows and along its columns, of every so many of them.
fn spectra(grey: &Grey, [x, y]: [usize; 2], step: usize) -> [Vec<f32>; 2] {
    let lines = grey
        .pixels
        .chunks_exact(grey.width.max(1))
        .skip(y)
        .take(SIDE);
    let rows: Vec<&[u8]> = lines.filter_map(|line| line.get(x..x + SIDE)).collect();
    let columns = (0..SIDE).map(|n| rows.iter().filter_map(|row| row.get(n).copied()).collect());
    let columns: Vec<Vec<u8>> = columns.step_by(step).collect();
    [
        mean(rows.iter().copied().step_by(step)),
        mean(columns.iter().map(Vec::as_slice)),
    ]
}

fn mean<'r>(rows: impl Iterator<Item = &'r [u8]>) -> Vec<f32> {
    let mut sum = vec![0.0; SIDE / 2 + 1];
    let mut many = 0;
    for row in rows {
        let row: Vec<f32> = row.iter().map(|v| f32::from(*v)).collect();
        many += 1;
        for (sum, power) in sum.iter_mut().zip(power(&row, SIDE)) {
            *sum += power;
        }
    }
    sum.into_iter().map(|v| v / count(many.max(1))).collect()
}

pub(super) fn median(mut values: Vec<f32>) -> f32 {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}
