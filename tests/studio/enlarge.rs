//! Enlarges, and softens, pictures as photo programs do.

use super::picture::Picture;

/// How pixels are made up between others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kernel {
    /// The nearest one is repeated.
    Nearest,
    /// Along straight lines.
    Linear,
    /// Along cubic curves, as most programs do unless told otherwise.
    Cubic,
}

impl Kernel {
    /// The pixels, as offsets from the one before the place, and their weights.
    fn weights(self, part: f64) -> Vec<(i64, f64)> {
        let at = |offset: i64, weight: f64| (offset, weight);
        match self {
            Self::Nearest => vec![at(i64::from(part >= 0.5), 1.0)],
            Self::Linear => vec![at(0, 1.0 - part), at(1, part)],
            Self::Cubic => (-1..=2).map(|n| at(n, cubic(part - n as f64))).collect(),
        }
    }
}

/// Catmull and Rom's curve.
fn cubic(x: f64) -> f64 {
    let x = x.max(-x);
    if x < 1.0 {
        1.5 * x * x * x - 2.5 * x * x + 1.0
    } else if x < 2.0 {
        -0.5 * x * x * x + 2.5 * x * x - 4.0 * x + 2.0
    } else {
        0.0
    }
}

impl Picture {
    /// In grey, enlarged to so many pixels across, in proportion.
    pub fn enlarged(&self, width: usize, kernel: Kernel) -> Self {
        let scale = self.width as f64 / width as f64;
        let height = (self.height as f64 / scale + 0.5) as usize;
        let rows: Vec<f64> = self.pixels.iter().map(|v| f64::from(*v)).collect();
        let across = stretched(&rows, self.width, width, scale, kernel);
        let down = stretched(&turned(&across, width), self.height, height, scale, kernel);
        self.with(width, height, turned(&down, height))
    }

    /// In grey, as a lens shows it that is out of focus: every pixel the mean of those around it, three times.
    pub fn softened(&self, reach: usize) -> Self {
        let soften = |pixels: &[f64], width: usize| -> Vec<f64> {
            let rows = pixels.chunks(width);
            let mean = |row: &[f64], x: usize| {
                let near = &row[x.saturating_sub(reach)..(x + reach + 1).min(width)];
                near.iter().sum::<f64>() / near.len() as f64
            };
            rows.flat_map(|row| (0..width).map(move |x| mean(row, x)))
                .collect()
        };
        let mut pixels: Vec<f64> = self.pixels.iter().map(|v| f64::from(*v)).collect();
        for _ in 0..3 {
            let across = soften(&pixels, self.width);
            pixels = turned(
                &soften(&turned(&across, self.width), self.height),
                self.height,
            );
        }
        self.with(self.width, self.height, pixels)
    }

    fn with(&self, width: usize, height: usize, pixels: Vec<f64>) -> Self {
        let byte = |v: f64| (v.clamp(0.0, 255.0) + 0.5) as u8;
        Self {
            width,
            height,
            tone: self.tone,
            pixels: pixels.into_iter().map(byte).collect(),
        }
    }
}

/// Every row of `from` pixels stretched to `to`.
fn stretched(pixels: &[f64], from: usize, to: usize, scale: f64, kernel: Kernel) -> Vec<f64> {
    let places: Vec<(i64, Vec<(i64, f64)>)> = (0..to)
        .map(|x| {
            let at = (x as f64 + 0.5) * scale - 0.5;
            (at.floor() as i64, kernel.weights(at - at.floor()))
        })
        .collect();
    let rows = pixels.chunks(from);
    rows.flat_map(|row| {
        places.iter().map(move |(first, weights)| {
            let pixel = |offset: i64| row[(first + offset).clamp(0, from as i64 - 1) as usize];
            weights
                .iter()
                .map(|(offset, weight)| pixel(*offset) * weight)
                .sum::<f64>()
        })
    })
    .collect()
}

/// Rows become columns.
fn turned(pixels: &[f64], width: usize) -> Vec<f64> {
    (0..width)
        .flat_map(|x| pixels.iter().skip(x).step_by(width).copied())
        .collect()
}
