//! What of a QR code's fixed patterns is the wrong colour: finders, timing, alignment, format and quiet zone.
//!
//! ISO/IEC 15415 grades them by figures that nobody has checked for us, so they are measured and no more: a logo over an
//! alignment pattern fails no code whose error correction copes.

use crate::artwork_grade::Damage;
use crate::artwork_grade::round3;
use crate::qr_code::grid::LocatedSymbol;
use crate::qr_code::layout::{self, Role};

/// Modules along a side of a finder with its light rim, and of an alignment pattern.
const FINDER: usize = 8;
const ALIGNMENT: usize = 5;
/// Modules of the quiet zone.
const QUIET: i32 = 4;

/// Wrong modules among those checked.
#[derive(Clone, Copy, Default)]
struct Tally {
    wrong: u32,
    all: u32,
}

impl Tally {
    fn add(&mut self, wrong: bool) {
        self.wrong += u32::from(wrong);
        self.all += 1;
    }

    fn share(self) -> f64 {
        round3(f64::from(self.wrong) / f64::from(self.all.max(1)))
    }
}

/// Measures the damage of a symbol: `wrong` are its modules of the wrong colour, `is_dark` tells the colour of a place
/// beside the symbol, in modules, where the picture shows it.
pub(crate) fn damage(
    fit: &LocatedSymbol,
    wrong: &[bool],
    is_dark: impl Fn([f64; 2]) -> Option<bool>,
) -> Damage {
    let side = fit.reading.right.side;
    let version = fit.reading.version;
    let is_wrong = |x: usize, y: usize| wrong.get(y * side + x).copied().unwrap_or(false);
    let square = |x0: usize, y0: usize, size: usize| {
        let mut tally = Tally::default();
        for y in y0..y0 + size {
            (x0..x0 + size).for_each(|x| tally.add(is_wrong(x, y)));
        }
        tally.share()
    };
    let far = side - FINDER;
    let mut timing = [Tally::default(); 2];
    let [row, column] = &mut timing;
    for n in FINDER..far {
        row.add(is_wrong(n, 6));
        column.add(is_wrong(6, n));
    }
    let mut format = Tally::default();
    for (place, role) in layout::roles(version).iter().enumerate() {
        if *role == Role::Told {
            format.add(is_wrong(place % side, place / side));
        }
    }
    let aligned = layout::alignment(version);
    let last = aligned.last().copied().unwrap_or(0);
    let middles = aligned
        .iter()
        .flat_map(|y| aligned.iter().map(move |x| (*x, *y)))
        // The corners of the finders have none.
        .filter(|(x, y)| !matches!((*x == 6, *y == 6), (true, true)))
        .filter(|(x, y)| !((*x == 6 && *y == last) || (*x == last && *y == 6)));
    let alignment = middles
        .map(|(x, y)| square(x - 2, y - 2, ALIGNMENT))
        .reduce(f64::max);
    Damage {
        finders: [
            square(0, 0, FINDER),
            square(far, 0, FINDER),
            square(0, far, FINDER),
        ],
        timing: timing.map(Tally::share),
        alignment,
        format: format.share(),
        quiet_zone: quiet_zone(side, is_dark),
    }
}

/// The share of the quiet zone that is as dark as modules are.
fn quiet_zone(side: usize, is_dark: impl Fn([f64; 2]) -> Option<bool>) -> f64 {
    let side = i32::try_from(side).unwrap_or(0);
    let mut tally = Tally::default();
    for y in -QUIET..side + QUIET {
        for x in -QUIET..side + QUIET {
            let within = (0..side).contains(&x) && (0..side).contains(&y);
            if !within && let Some(dark) = is_dark([f64::from(x) + 0.5, f64::from(y) + 0.5]) {
                tally.add(dark);
            }
        }
    }
    tally.share()
}
