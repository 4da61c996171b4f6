//! How much of a picture's resolution carries detail: whether it was enlarged from fewer pixels, and how many times.
//!
//! Two witnesses have to agree. Pixels made up between others are smoother than those they were made from, which recurs
//! with the period of the enlargement, along both axes alike: noise, sharpening and JPEG weaken it little, and nothing
//! that a camera or a lens does has it (`traces`). And the spectrum of the picture's sharpest parts has to fall away beyond the
//! frequency at which the detail of so few pixels ends (`spectrum`), so a screen, a fence, a picture made smaller, or a
//! sharp part in a soft picture speaks against it. Pixels that are only repeated are told by that (`repeats`).
//!
//! Exactly two and four times as many pixels recur as JPEG's blocks do: once saved as JPEG, most such pictures cannot be told
//! from soft ones and pass. docs/enlarged-pictures.md says what was tried on which pictures, and how many were found.

mod fourier;
mod known;
mod repeats;
mod spectrum;
mod strip;
mod traces;

use std::cell::OnceCell;

use fourier::count;
pub(super) use known::Looked;
use spectrum::Spectrum;
use traces::{EnlargementFactor, EnlargementTraces};

use crate::pdf::Grey;

/// Pixels along a side below which nothing can be said.
const SMALLEST: u32 = 256;

/// Decibels by which the spectrum has to fall where detail ends. Photographs as taken fall by up to 12 there where they are
/// crisp; by more the farther from the end of their resolution, and where only half an octave is left beyond.
const FALL: f32 = 13.0;
const FALL_FAR: f32 = 15.0;
const FALL_NEAR: f32 = 17.0;
/// A trace so strong is no chance: noise that was added later may fill up what is missing.
const CERTAIN: f32 = 400.0;
const FALL_CERTAIN: f32 = 12.0;
/// Decibels by which it may fall before, where blurring could have left the trace.
const FALL_BEFORE: f32 = 14.0;

/// Grey levels that a photograph has at least, each on one pixel in `SELDOM`.
const LEVELS: usize = 48;
const SELDOM: usize = 4000;
/// The share of its pixels that may be about as dark as the two commonest greys, of 32: more are black on white.
const PLAIN: f32 = 0.7;

/// The share about as dark as the four commonest, of pixels that may be plainly repeated: more are a drawing in blocks.
const FLAT: f32 = 0.9;

/// Whether a picture has the greys of a photograph. Drawings, lettering and codes have sharp edges on a lattice of their own:
/// a module of a code is many pixels on purpose.
fn is_photograph(levels: &[usize; 256]) -> bool {
    let all = levels.iter().sum();
    let varied = levels.iter().filter(|n| **n * SELDOM > all).count() >= LEVELS;
    varied && commonest(levels, 2) <= PLAIN * count(all)
}

/// How many pixels have each grey.
fn levels(grey: &Grey) -> [usize; 256] {
    // In turn, so that alike neighbours do not wait for one another.
    let mut turns = [[0usize; 256]; 4];
    for four in grey.pixels.chunks(turns.len()) {
        for (pixel, levels) in four.iter().zip(&mut turns) {
            if let Some(level) = levels.get_mut(usize::from(*pixel)) {
                *level += 1;
            }
        }
    }
    std::array::from_fn(|n| turns.iter().filter_map(|levels| levels.get(n)).sum())
}

/// How many pixels are about as dark as so many commonest greys, of 32.
fn commonest(levels: &[usize; 256], most: usize) -> f32 {
    let mut greys: Vec<usize> = levels.chunks(8).map(|eight| eight.iter().sum()).collect();
    let mut found = 0;
    for _ in 0..most {
        let most = greys.iter().enumerate().max_by_key(|(_, n)| **n);
        let from = most.map_or(0, |(at, _)| at.saturating_sub(1));
        for grey in greys.iter_mut().skip(from).take(3) {
            found += std::mem::take(grey);
        }
    }
    count(found)
}

/// The share of its resolution, along each side, that carries detail: 1 unless it is a photograph that was enlarged. None for
/// pictures too small to tell.
fn share(grey: &Grey) -> Option<f32> {
    let least = usize::try_from(SMALLEST).unwrap_or(0);
    if grey.width < least || grey.height < least {
        return None;
    }
    let levels = levels(grey);
    if !is_photograph(&levels) {
        return Some(1.0);
    }
    let candidates = EnlargementTraces::of(grey).candidates();
    let spectrum = OnceCell::new();
    let spectrum = || spectrum.get_or_init(|| Spectrum::of(grey));
    let blocks = commonest(&levels, 4) > FLAT * count(grey.pixels.len());
    let factor = candidates.iter().find_map(|c| {
        let repeated = !blocks && c.strength >= CERTAIN && repeats::are_there(grey, c.factor);
        repeated
            .then_some(c.factor)
            .or_else(|| confirmed(spectrum(), c))
    });
    Some(factor.map_or(1.0, |factor| 1.0 / factor))
}

fn confirmed(spectrum: &Spectrum, candidate: &EnlargementFactor) -> Option<f32> {
    if candidate.repeats_only {
        return None;
    }
    let falls = |factor: &f32, least: f32| {
        let fall = spectrum.fall(*factor).is_some_and(|fall| fall >= least);
        fall && (!candidate.doubtful || spectrum.fall_before(*factor) <= FALL_BEFORE)
    };
    let least = match candidate.factor {
        factor if factor < 2.3 => FALL,
        _ if candidate.strength >= CERTAIN => FALL_CERTAIN,
        _ => FALL_FAR,
    };
    let nearer = candidate.other.filter(|factor| falls(factor, FALL_NEAR));
    Some(candidate.factor)
        .filter(|factor| falls(factor, least))
        .or(nearer)
}
