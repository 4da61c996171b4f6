//! The edges of an upright code, exactly, and how much around it is clear.

use crate::pdf::Grey;

/// Modules around a code that are looked at for its quiet zone, which has four.
pub(super) const CLEAR: f64 = 6.0;
/// The share of the contrast that disturbs a quiet zone.
const DISTURBED: f64 = 0.25;
/// How far a reader's corners may be off, in modules.
const OFF: f64 = 1.0;

/// A code in a picture of it and its surroundings.
pub(super) struct Surroundings<'g> {
    picture: &'g Grey,
    module: f64,
    inverted: bool,
    dark: u8,
    light: u8,
}

impl<'g> Surroundings<'g> {
    /// A code with modules of `module` pixels. None if there is too little contrast to tell.
    pub(super) fn new(picture: &'g Grey, module: f64, inverted: bool) -> Option<Self> {
        let extremes = |(d, l): (u8, u8), p: &u8| (d.min(*p), l.max(*p));
        let (dark, light) = picture.pixels.iter().fold((u8::MAX, 0), extremes);
        (module >= 2.0 && light.abs_diff(dark) >= 16).then_some(Self {
            picture,
            module,
            inverted,
            dark,
            light,
        })
    }

    /// Whether a pixel is paper, give or take a share of the contrast. Beyond the picture all is paper.
    fn clear(&self, x: f64, y: f64, share: f64) -> bool {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let at = |v: f64, n: usize| (v >= 0.0 && (v as usize) < n).then_some(v as usize);
        let place = at(x, self.picture.width).zip(at(y, self.picture.height));
        let grey = place.and_then(|(x, y)| self.picture.pixels.get(y * self.picture.width + x));
        grey.is_none_or(|g| {
            let off = if self.inverted {
                g - self.dark
            } else {
                self.light - g
            };
            f64::from(off) < share * f64::from(self.light - self.dark)
        })
    }

    /// Whether a line of pixels is paper.
    fn line(&self, [fx, fy]: [f64; 2], [tx, ty]: [f64; 2], share: f64) -> bool {
        let steps = (tx - fx).abs().max((ty - fy).abs()).ceil().max(1.0);
        let mut n = 0.0;
        while n <= steps {
            let (x, y) = (fx + (tx - fx) * n / steps, fy + (ty - fy) * n / steps);
            if !self.clear(x, y, share) {
                return false;
            }
            n += 1.0;
        }
        true
    }

    /// The edges of a symbol near the box a reader gave: left, top, right, bottom. Each edge of a QR code bears dark
    /// modules, so the first clear line outwards is just beyond it. None where something touches the symbol.
    pub(super) fn edges(&self, [x0, y0, x1, y1]: [f64; 4]) -> Option<[f64; 4]> {
        let reach = OFF * self.module;
        let outwards = |start: f64, step: f64, line: &dyn Fn(f64) -> bool| {
            let mut at = start - step * reach;
            while (at - start) * step <= reach {
                if line(at.floor()) {
                    return Some(if step > 0.0 {
                        at.floor()
                    } else {
                        at.floor() + 1.0
                    });
                }
                at += step;
            }
            None
        };
        let column = |x: f64| self.line([x, y0], [x, y1], 0.5);
        let row = |y: f64| self.line([x0, y], [x1, y], 0.5);
        Some([
            outwards(x0, -1.0, &column)?,
            outwards(y0, -1.0, &row)?,
            outwards(x1, 1.0, &column)?,
            outwards(y1, 1.0, &row)?,
        ])
    }

    /// The clear space around a symbol in modules, up to [`CLEAR`]: the nearest ring with anything on it.
    pub(super) fn quiet_zone(&self, [x0, y0, x1, y1]: [f64; 4]) -> f64 {
        // Edges are spread over a pixel or two.
        let mut out = 2.0;
        while out < CLEAR * self.module {
            let (l, t, r, b) = (x0 - out, y0 - out, x1 + out, y1 + out);
            let sides = [
                ([l, t], [r, t]),
                ([l, b], [r, b]),
                ([l, t], [l, b]),
                ([r, t], [r, b]),
            ];
            if !sides
                .iter()
                .all(|(from, to)| self.line(*from, *to, DISTURBED))
            {
                return out / self.module;
            }
            out += 1.0;
        }
        CLEAR
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A dark square of 100 pixels at 60, 60 in 240, and a dot so far from its right edge.
    fn picture(dot: usize) -> Grey {
        let mut pixels = vec![250u8; 240 * 240];
        for y in 60..160 {
            pixels[y * 240 + 60..y * 240 + 160].fill(10);
        }
        pixels[100 * 240 + 160 + dot] = 10;
        Grey {
            width: 240,
            height: 240,
            pixels,
        }
    }

    #[test]
    fn edges_are_found_from_corners_that_are_a_little_off() {
        let grey = picture(30);
        let around = Surroundings::new(&grey, 10.0, false);
        let edges = around.and_then(|a| a.edges([54.0, 65.0, 167.0, 153.0]));
        assert_eq!(edges, Some([60.0, 60.0, 160.0, 160.0]));
    }

    #[test]
    fn the_nearest_mark_ends_the_quiet_zone() {
        for (dot, modules) in [(15, 1.5), (30, 3.0), (70, CLEAR)] {
            let grey = picture(dot);
            let quiet = Surroundings::new(&grey, 10.0, false)
                .map(|a| a.quiet_zone([60.0, 60.0, 160.0, 160.0]));
            assert_eq!(quiet, Some(modules), "{dot}");
        }
    }
}
