//! Finds bar codes set in bar code fonts: glyphs side by side, equally high and much higher than wide. Font names do
//! not help: programs rename fonts when they embed them.

use crate::measure::codes::candidate::{Candidate, LOWEST_BARS, bars};
use crate::model::geometry::Rect;

/// Letters that stand side by side, as far as they were followed.
#[derive(Default)]
pub(in crate::measure) struct SetBars {
    upright: LetterRow,
    lying: LetterRow,
    found: Vec<Rect>,
}

#[derive(Default)]
struct LetterRow {
    last: Rect,
    all: Rect,
    letters: usize,
    advance: f32,
    /// Letters up to here as wide as one another, and the most of them.
    even: usize,
    evenly: usize,
}

/// The fewest letters: an EAN-13 has twelve digits in bars, and those of some fonts are halves of it.
const MIN_LETTERS: usize = 7;
/// Digits of one side of the middle, all seven modules wide; the letters of a heading in narrow type differ.
const EVENLY: usize = 6;
const EVEN: f32 = 0.02;
/// The widest a letter may be against its height: seven modules, or eleven of a Code 128, of bars that were cut low.
const NARROW: f64 = 0.6;
/// How much of the height of letters may be without a counterpart in the next: guards are longer than other bars.
const ALIKE: f64 = 0.65;
/// How far letters may be apart, against their height.
const APART: f64 = 0.3;
/// Symbols set in type on one page that are looked at.
const MOST_SET: usize = 20;

impl SetBars {
    pub(in crate::measure) fn glyph(&mut self, seen: Rect, advance: f32) {
        // Nearly all letters of a book.
        let low = seen.width().max(seen.height()) < LOWEST_BARS;
        if low && self.upright.letters + self.lying.letters == 0 {
            return;
        }
        let lying = self.lying.glyph(turned(seen), advance).map(turned);
        let ended = [self.upright.glyph(seen, advance), lying];
        self.found.extend(ended.into_iter().flatten());
    }

    /// The rows of such letters that are as wide and high as bars.
    pub(in crate::measure) fn finish(mut self) -> Vec<Candidate> {
        let ended = [self.upright.end(), self.lying.end().map(turned)];
        self.found.extend(ended.into_iter().flatten());
        let mut found: Vec<Candidate> = self.found.into_iter().filter_map(bars).collect();
        found.truncate(MOST_SET);
        found
    }
}

impl LetterRow {
    /// One more letter; the row that it does not belong to, if that is one of bars.
    fn glyph(&mut self, seen: Rect, advance: f32) -> Option<Rect> {
        let follows = self.letters > 0 && follows(self.last, seen);
        let ended = if follows { None } else { self.end() };
        if follows || is_narrow(seen) {
            let even = follows && (advance - self.advance).abs() <= EVEN * advance.abs();
            self.even = if even { self.even + 1 } else { 1 };
            self.evenly = self.evenly.max(self.even);
            self.all = if follows { self.all.union(seen) } else { seen };
            (self.last, self.advance) = (seen, advance);
            self.letters += 1;
        }
        ended
    }

    fn end(&mut self) -> Option<Rect> {
        let row = std::mem::take(self);
        (row.letters >= MIN_LETTERS && row.evenly >= EVENLY).then_some(row.all)
    }
}

fn is_narrow(r: Rect) -> bool {
    r.height() >= LOWEST_BARS && r.width() <= NARROW * r.height()
}

fn follows(last: Rect, next: Rect) -> bool {
    let high = last.height().max(next.height());
    let shared = f64::from(last.y1.min(next.y1)) - f64::from(last.y0.max(next.y0));
    let gap = f64::from(next.x0.max(last.x0)) - f64::from(next.x1.min(last.x1));
    is_narrow(next) && shared >= ALIKE * high && gap <= APART * high
}

/// With its sides swapped.
fn turned(r: Rect) -> Rect {
    let [x0, y0, x1, y1] = r.to_f64();
    Rect::new(y0, x0, y1, x1)
}
