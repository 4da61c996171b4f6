//! Pictures as grey or coloured pixels.

/// Grey pixels, row by row from the top: 0 is black, 255 is paper.
#[derive(Clone, Debug, Default)]
pub struct Grey {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// The pixels.
    pub pixels: Vec<u8>,
}

impl Grey {
    /// Black where it is darker than a grey, and white elsewhere.
    pub fn thresholded(mut self, grey: u8) -> Self {
        for pixel in &mut self.pixels {
            *pixel = if *pixel < grey { 0 } else { u8::MAX };
        }
        self
    }

    /// The grey at a point between pixels, which have their middles at halves; paper beyond the picture.
    pub fn between(&self, [x, y]: [f64; 2]) -> u8 {
        let grey = |column: f64, row: f64| {
            let (column, row) = (column.max(0.0) as usize, row.max(0.0) as usize);
            let line = self.pixels.get(row * self.width..).unwrap_or_default();
            let pixel = line.get(column).filter(|_| column < self.width);
            f64::from(pixel.copied().unwrap_or(u8::MAX))
        };
        let (left, top) = ((x - 0.5).floor(), (y - 0.5).floor());
        let (right, low) = (x - 0.5 - left, y - 0.5 - top);
        let along = |row: f64| grey(left, row) * (1.0 - right) + grey(left + 1.0, row) * right;
        let mixed = along(top) * (1.0 - low) + along(top + 1.0) * low;

        mixed.round() as u8
    }

    /// The pixels within left, top, right and bottom.
    pub fn part(&self, [x0, y0, x1, y1]: [f64; 4]) -> Self {
        let pixel = |v: f64, most: usize| (v.max(0.0) as usize).min(most);
        let (left, right) = (pixel(x0, self.width), pixel(x1.ceil(), self.width));
        let (top, bottom) = (pixel(y0, self.height), pixel(y1.ceil(), self.height));
        let lines = self.pixels.chunks_exact(self.width.max(1));
        let lines = lines.take(bottom).skip(top);
        let pixels: Vec<u8> = lines
            .flat_map(|line| line.get(left..right).unwrap_or_default())
            .copied()
            .collect();
        let width = right.saturating_sub(left);
        Self {
            width,
            height: pixels.len().checked_div(width).unwrap_or(0),
            pixels,
        }
    }

    /// The same in so many columns and rows, each of its pixels as often or as seldom as it takes.
    pub fn stretched(self, [columns, rows]: [usize; 2]) -> Self {
        if [self.width, self.height] == [columns, rows] || self.width * self.height == 0 {
            return self;
        }
        let mut pixels = Vec::with_capacity(columns * rows);
        for row in 0..rows {
            let start = row * self.height / rows * self.width;
            let line = self.pixels.get(start..start + self.width);
            let line = line.unwrap_or_default();
            let at = |column: usize| line.get(column * self.width / columns).copied();
            pixels.extend((0..columns).map(|column| at(column).unwrap_or(u8::MAX)));
        }
        Self {
            width: columns,
            height: rows,
            pixels,
        }
    }

    /// Squares of `step` by `step` pixels averaged; what is left over at the right and below is dropped.
    pub fn shrunk(&self, step: usize) -> Self {
        let columns = self.width / step.max(1);
        let lines = self.pixels.chunks_exact((self.width * step).max(1));
        let mut shrunk = Self {
            width: columns,
            height: lines.len(),
            pixels: Vec::with_capacity(columns * lines.len()),
        };
        for lines in lines {
            let mut sums = vec![0usize; columns];
            for line in lines.chunks_exact(self.width) {
                for (square, sum) in line.chunks_exact(step).zip(&mut sums) {
                    *sum += square.iter().map(|p| usize::from(*p)).sum::<usize>();
                }
            }
            let mean = |sum: usize| u8::try_from(sum / (step * step)).unwrap_or(u8::MAX);
            shrunk.pixels.extend(sums.into_iter().map(mean));
        }
        shrunk
    }

    /// Without light lines of up to two pixels; all else is as it was.
    pub fn closed(&self) -> Self {
        self.around(u8::min).around(u8::max)
    }

    /// The darkest, or the lightest, of each pixel and its neighbours.
    fn around(&self, most: fn(u8, u8) -> u8) -> Self {
        let mut pixels = self.pixels.clone();
        for (line, old) in pixels
            .chunks_exact_mut(self.width.max(1))
            .zip(self.pixels.chunks_exact(self.width.max(1)))
        {
            for (pixel, three) in line.iter_mut().skip(1).zip(old.windows(3)) {
                *pixel = three.iter().copied().fold(*pixel, most);
            }
        }
        let along = pixels.clone();
        for shift in [0, 2 * self.width] {
            let near = along.iter().skip(shift);
            for (pixel, near) in pixels.iter_mut().skip(self.width).zip(near) {
                *pixel = most(*pixel, *near);
            }
        }
        Self { pixels, ..*self }
    }
}

/// Luminance with the weights of Rec. 709; together 16384.
pub(in crate::pdf) const LUMINANCE_WEIGHTS: [u32; 3] = [3483, 11718, 1183];
const RED: [u32; 3] = [16384, 0, 0];

/// Coloured pixels, row by row from the top, as a screen shows them on white paper: red, green, blue.
#[derive(Clone, Debug, Default)]
pub struct ColourPixels {
    /// Pixels in a row.
    pub width: usize,
    /// The pixels.
    pub pixels: Vec<[u8; 3]>,
}

impl ColourPixels {
    /// As the eye has them.
    pub fn grey(&self) -> Grey {
        self.shades(LUMINANCE_WEIGHTS)
    }

    /// In red light, as scanners of bar codes have them.
    pub fn red(&self) -> Grey {
        self.shades(RED)
    }

    /// The colour at a point between pixels, which have their middles at halves; paper beyond the picture.
    pub fn between(&self, [x, y]: [f64; 2]) -> [u8; 3] {
        self.mixed(&Between::new(x), &Between::new(y))
    }

    /// The same for a place whose row and column were found before.
    pub(in crate::pdf) fn mixed(&self, column: &Between, row: &Between) -> [u8; 3] {
        let colour = |column: Option<usize>, row: Option<usize>| {
            let inside = column.filter(|x| *x < self.width).zip(row);
            let pixel = inside.and_then(|(x, y)| self.pixels.get(y * self.width + x));
            pixel.copied().unwrap_or([u8::MAX; 3])
        };
        let ([left, right], [top, low]) = (column.pixels, row.pixels);
        let corners = [
            (colour(left, top), column.before * row.before),
            (colour(right, top), column.after * row.before),
            (colour(left, low), column.before * row.after),
            (colour(right, low), column.after * row.after),
        ];
        let mut mixed = [0.5; 3];
        for (colour, share) in corners {
            for (sum, value) in mixed.iter_mut().zip(colour) {
                *sum += f64::from(value) * share;
            }
        }
        mixed.map(|value| value as u8)
    }

    fn shades(&self, weights: [u32; 3]) -> Grey {
        Grey {
            width: self.width,
            height: self.pixels.len() / self.width.max(1),
            pixels: self.pixels.iter().map(|p| shade(*p, weights)).collect(),
        }
    }
}

/// A place between two pixels of a row or a column.
pub(in crate::pdf) struct Between {
    /// The two, where they are not before the first.
    pixels: [Option<usize>; 2],
    /// How much of each there is.
    before: f64,
    after: f64,
}

impl Between {
    /// The place at a distance from the first pixel's edge; pixels have their middles at halves.
    pub(in crate::pdf) fn new(at: f64) -> Self {
        let first = (at - 0.5).floor();
        let after = at - 0.5 - first;
        let pixel = |at: f64| (at >= 0.0).then_some(at as usize);
        Self {
            pixels: [pixel(first), pixel(first + 1.0)],
            before: 1.0 - after,
            after,
        }
    }
}

/// Luminance of a colour.
pub fn luminance(colour: [u8; 3]) -> u8 {
    shade(colour, LUMINANCE_WEIGHTS)
}

pub(in crate::pdf) fn shade([r, g, b]: [u8; 3], weights: [u32; 3]) -> u8 {
    let [red, green, blue] = weights;
    let sum = u32::from(r) * red + u32::from(g) * green + u32::from(b) * blue;
    u8::try_from(sum / 16384).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greys_between_pixels_are_mixed_and_parts_are_cut() {
        let grey = Grey {
            width: 3,
            height: 2,
            pixels: vec![0, 100, 200, 40, 140, 240],
        };
        assert_eq!(grey.between([1.5, 0.5]), 100);
        assert_eq!(grey.between([1.0, 0.5]), 50);
        assert_eq!(grey.between([1.0, 1.0]), 70);
        assert_eq!(grey.between([9.0, 9.0]), 255);
        let part = grey.part([0.5, 1.0, 2.0, 9.0]);
        assert_eq!((part.width, part.height), (2, 1));
        assert_eq!(part.pixels, [40, 140]);
    }
}
