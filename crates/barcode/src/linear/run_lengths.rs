//! Run lengths of a row of pixels: in whole pixels, or interpolated from grey values where a module is about a pixel wide.

use crate::linear::digits::MODULES;
use crate::linear::ean13::read;
use crate::linear::matched_filter::{DigitMatch, Ruler, add_on, fit};
use crate::linear::symbol::{DecodedLine, Pixel, Symbology};
use crate::linear::undecodable::stretch;

/// Bars and spaces of the shortest symbol looked for: an Interleaved 2 of 5 of eight digits.
const FEWEST_RUNS: usize = 47;

/// A row as lengths of light and dark, in turn, light first.
#[derive(Default)]
pub(crate) struct Runs {
    lengths: Vec<f64>,
    total: f64,
}

/// Pixels a stretch of a row of which the finest are told by whole pixels.
const COARSE: f64 = 60.0;
/// Pixels to both sides of an edge that hold the darkest and the lightest of the bars there.
const BESIDE: usize = 6;
/// Pixels by which a symbol may seem to begin too late.
const SLACK: f64 = 2.0;

impl Runs {
    /// Cuts a row where dark meets light, each place as `exact` has it.
    fn cut(&mut self, pixels: &[Pixel], exact: impl Fn(usize) -> f64) {
        self.lengths.clear();
        if pixels.first().is_some_and(|(dark, _)| *dark) {
            self.lengths.push(0.0);
        }
        let (mut at, mut last) = (0, 0.0);
        for run in pixels.chunk_by(|a, b| a.0 == b.0) {
            at += run.len();
            let edge = if at < pixels.len() {
                exact(at)
            } else {
                at as f64
            };
            self.lengths.push(edge - last);
            last = edge;
        }
        self.total = at as f64;
    }

    /// Every code of the row, read either way; where pixels are too coarse, by their greys.
    pub(crate) fn codes(&mut self, pixels: &[Pixel]) -> Vec<DecodedLine> {
        self.cut(pixels, |at| at as f64);
        if self.lengths.len() < FEWEST_RUNS {
            return Vec::new();
        }
        let found = self.either_way();
        let whole = !found.is_empty() && found.iter().all(|line| line.add_on.is_some());
        if whole || self.total > COARSE * self.lengths.len() as f64 {
            return found;
        }
        self.cut(pixels, |at| between(pixels, at));
        let exact = self.either_way();
        let mut found = if exact.is_empty() { found } else { exact };
        if found.is_empty() {
            found.extend(self.fitted(pixels));
        }
        for line in found
            .iter_mut()
            .filter(|line| line.symbology == Symbology::Ean13)
        {
            add_to(line, pixels);
        }
        found
    }

    /// What stands like a symbol, by what its digits would look like.
    fn fitted(&self, pixels: &[Pixel]) -> Option<DecodedLine> {
        let [from, to] = stretch(&self.lengths)?;
        let DigitMatch {
            digits,
            from,
            to,
            turned,
        } = fit(pixels, from, to)?;
        let clear = [clear(pixels, from, true), clear(pixels, to, false)];
        Some(DecodedLine {
            symbology: Symbology::Ean13,
            modules: MODULES,
            digits,
            add_on: None,
            from,
            to,
            module: (to - from) / MODULES,
            clear: if turned { [clear[1], clear[0]] } else { clear },
            end: if turned { from } else { to },
        })
    }

    fn either_way(&self) -> Vec<DecodedLine> {
        let mut found = read(&self.lengths);
        // Upside down: light must come first again.
        let mut back: Vec<f64> = self.lengths.iter().rev().copied().collect();
        if self.lengths.len().is_multiple_of(2) {
            back.insert(0, 0.0);
        }
        found.extend(read(&back).into_iter().map(|line| DecodedLine {
            from: self.total - line.to,
            to: self.total - line.from,
            end: self.total - line.end,
            ..line
        }));
        found
    }
}

/// Searches beside a symbol for an add-on whose edges are blurred.
fn add_to(line: &mut DecodedLine, pixels: &[Pixel]) {
    if line.add_on.is_some() {
        return;
    }
    let (from, to) = (line.from, line.to);
    let turned = line.end <= from;
    if let Some((digits, end)) = add_on(Ruler {
        pixels,
        from,
        to,
        turned,
    }) {
        line.add_on = Some(digits);
        line.end = end;
        line.clear[1] = clear(pixels, end, turned);
    }
}

/// The clear pixels before or after a place where bars begin or end, give or take two.
fn clear(pixels: &[Pixel], place: f64, before: bool) -> f64 {
    let at = |place: f64| (place.max(0.0) as usize).min(pixels.len());
    let light = |pixel: &&Pixel| !pixel.0;
    let count = if before {
        let beyond = pixels.get(..at(place - SLACK)).unwrap_or_default();
        beyond.iter().rev().take_while(light).count()
    } else {
        let beyond = pixels.get(at(place + SLACK)..).unwrap_or_default();
        beyond.iter().take_while(light).count()
    };
    let count = count as f64;
    count + SLACK
}

/// Where between two pixels an edge lies, by how much of each is dark.
fn between(pixels: &[Pixel], at: usize) -> f64 {
    let near = pixels.get(at.saturating_sub(BESIDE)..(at + BESIDE).min(pixels.len()));
    let greys = || {
        near.unwrap_or_default()
            .iter()
            .map(|(_, grey)| f64::from(*grey))
    };
    let (low, high) = (greys().fold(255.0, f64::min), greys().fold(0.0, f64::max));
    let grey = |n: usize| pixels.get(n).map_or(low, |(_, grey)| f64::from(*grey));
    let (before, after) = (grey(at - 1), grey(at));
    let share = (low.midpoint(high) - before) / (after - before);
    let at = at as f64;
    if (0.0..=1.0).contains(&share) {
        at - 0.5 + share
    } else {
        at
    }
}
