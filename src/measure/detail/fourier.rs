//! The power spectrum of a row of numbers.

use std::f32::consts::PI;

/// The power at each frequency from 0 to half a turn a sample, of a row that is filled up with zeros to `size`, a power
/// of two. The row fades in and out, so that its ends do not show.
pub(super) fn power(row: &[f32], size: usize) -> Vec<f32> {
    let fade = fade(row.len());
    let weight: f32 = fade.iter().map(|w| w * w).sum();
    let mean = row.iter().sum::<f32>() / count(row.len().max(1));
    let faded = row.iter().zip(&fade).map(|(v, w)| [(v - mean) * w, 0.0]);
    let mut wave: Vec<[f32; 2]> = faded.take(size).collect();
    wave.resize(size, [0.0; 2]);
    let wave = transform(wave);
    let half = wave.iter().take(size / 2 + 1);
    half.map(|[re, im]| (re * re + im * im) / weight.max(f32::MIN_POSITIVE))
        .collect()
}

/// A window that rises from nothing and falls to nothing again (Hann's).
pub(super) fn fade(length: usize) -> Vec<f32> {
    let whole = count(length.max(2));
    let at = |n: usize| 0.5 - 0.5 * (2.0 * PI * (count(n) + 0.5) / whole).cos();
    (0..length).map(at).collect()
}

/// The fast Fourier transform of complex numbers, as many as a power of two: halves first, then joined.
fn transform(wave: Vec<[f32; 2]>) -> Vec<[f32; 2]> {
    let size = wave.len();
    if size < 2 {
        return wave;
    }
    let even = transform(wave.iter().step_by(2).copied().collect());
    let odd = transform(wave.iter().skip(1).step_by(2).copied().collect());
    let turn = -2.0 * PI / count(size);
    let turned = odd.iter().zip(0u16..).map(|([re, im], k)| {
        let (sin, cos) = (turn * f32::from(k)).sin_cos();
        [re * cos - im * sin, re * sin + im * cos]
    });
    let turned: Vec<[f32; 2]> = turned.collect();
    let sums = even
        .iter()
        .zip(&turned)
        .map(|(e, o)| [e[0] + o[0], e[1] + o[1]]);
    let differences = even
        .iter()
        .zip(&turned)
        .map(|(e, o)| [e[0] - o[0], e[1] - o[1]]);
    sums.chain(differences).collect()
}

/// A number of things as a number to reckon with.
pub(super) fn count(n: usize) -> f32 {
    n as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wave_shows_at_its_own_frequency() {
        let row: Vec<f32> = (0..64)
            .map(|n| (2.0 * PI * 10.0 * count(n) / 64.0).cos())
            .collect();
        let power = power(&row, 64);
        let most = (0..power.len()).max_by(|a, b| power[*a].total_cmp(&power[*b]));
        assert_eq!((power.len(), most), (33, Some(10)));
        assert!(power[20] < power[10] * 1e-6);
    }
}
