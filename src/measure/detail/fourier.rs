//! The power spectrum of a row of numbers.

use std::f32::consts::PI;
use std::sync::LazyLock;

/// The power at each frequency from 0 to half a turn a sample, of a row that is filled up with zeros to `size`, a power
/// of two. The row fades in and out, so that its ends do not show.
pub(super) fn power(row: &[f32], size: usize) -> Vec<f32> {
    let fade = fade(row.len());
    let weight: f32 = fade.iter().map(|w| w * w).sum();
    let mean = row.iter().sum::<f32>() / count(row.len().max(1));
    let faded = row.iter().zip(&fade).map(|(v, w)| [(v - mean) * w, 0.0]);
    let mut wave: Vec<[f32; 2]> = faded.take(size).collect();
    wave.resize(size, [0.0; 2]);
    transform(&mut wave);
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

/// The longest wave that is transformed, as a power of two.
const LONGEST: u32 = 11;

/// Turns by which odd halves are joined to even ones, for waves of two numbers, of four, and so on.
static TURNS: LazyLock<Vec<Vec<[f32; 2]>>> = LazyLock::new(|| {
    let turns = |size: usize| {
        let turn = -2.0 * PI / count(size);
        let at = |k: usize| {
            let (sin, cos) = (turn * count(k)).sin_cos();
            [cos, sin]
        };
        (0..size / 2).map(at).collect()
    };
    (1..=LONGEST).map(|power| turns(1 << power)).collect()
});

/// The fast Fourier transform of complex numbers, as many as a power of two: halves first, then joined.
fn transform(wave: &mut [[f32; 2]]) {
    let size = wave.len();
    if size < 2 {
        return;
    }
    // Even ones before odd ones, all the way down.
    let shift = usize::BITS - size.trailing_zeros();
    for n in 0..size {
        let other = n.reverse_bits() >> shift;
        if n < other {
            wave.swap(n, other);
        }
    }
    for turns in TURNS.iter().take_while(|turns| 2 * turns.len() <= size) {
        for part in wave.chunks_exact_mut(2 * turns.len()) {
            let (even, odd) = part.split_at_mut(turns.len());
            for ((even, odd), [cos, sin]) in even.iter_mut().zip(odd).zip(turns) {
                let [re, im] = *odd;
                let turned = [re * cos - im * sin, re * sin + im * cos];
                *odd = [even[0] - turned[0], even[1] - turned[1]];
                *even = [even[0] + turned[0], even[1] + turned[1]];
            }
        }
    }
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
