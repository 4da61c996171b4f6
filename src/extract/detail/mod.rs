//! How much of a picture's resolution carries detail: whether it was enlarged from fewer pixels, and how many times.
//!
//! Two witnesses have to agree. Pixels made up between others are smoother than those they were made from, which recurs
//! with the period of the enlargement, along both axes alike: noise, sharpening and JPEG weaken it little, and nothing
//! that a camera or a lens does has it (`traces`). And the spectrum of the picture's sharpest parts has to fall away beyond the
//! frequency at which the detail of so few pixels ends (`spectrum`), so a screen, a fence, a picture made smaller, or a
//! sharp part in a soft picture speaks against it. Pixels that are only repeated are told by that (`repeats`).

mod fourier;
mod known;
mod repeats;
mod spectrum;
mod strip;
mod traces;

use std::cell::OnceCell;

use crate::pdf::Grey;
pub(super) use known::{Details, Looked};
use spectrum::Spectrum;
use traces::{Candidate, Traces};

/// Pixels along a side below which nothing can be said.
const SMALLEST: u32 = 256;

/// Decibels by which the spectrum has to fall where detail ends. Photographs as taken fall by up to 12 there where they are
/// crisp; by more the farther from the end of their resolution, and where only half an octave is left beyond.
const FALL: f32 = 13.0;
const FALL_FAR: f32 = 15.0;
const FALL_NEAR: f32 = 17.0;
/// A trace so strong is no chance: noise that was added later may fill up what is missing.
const CERTAIN: f32 = 400.0;
const FALL_CERTAIN: f32 = 9.0;
/// Decibels by which it may fall before, where blurring could have left the trace.
const FALL_BEFORE: f32 = 14.0;

/// The share of its resolution, along each side, that carries detail: 1 unless it was enlarged. None for pictures too
/// small to tell.
fn share(grey: &Grey) -> Option<f32> {
    let least = usize::try_from(SMALLEST).unwrap_or(0);
    if grey.width < least || grey.height < least {
        return None;
    }
    let candidates = Traces::of(grey).candidates();
    let spectrum = OnceCell::new();
    let spectrum = || spectrum.get_or_init(|| Spectrum::of(grey));
    let mut factors = candidates.iter().map(|c| c.factor).chain([2.0]);
    let factor = factors
        .find(|factor| repeats::are_there(grey, *factor))
        .or_else(|| candidates.iter().find_map(|c| confirmed(spectrum(), c)));
    Some(factor.map_or(1.0, |factor| 1.0 / factor))
}

fn confirmed(spectrum: &Spectrum, candidate: &Candidate) -> Option<f32> {
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
