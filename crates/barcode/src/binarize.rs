//! Dark from light: one threshold for a whole, or one that follows the light from place to place.

/// Side of the blocks whose darkest and lightest pixels make the threshold.
const BLOCK: usize = 8;
/// Blocks on each side that are taken into account: together 40 pixels, in which modules of up to 13 pixels show
/// both their colours. Larger modules are seen when the picture has been made smaller.
const REACH: usize = 2;
/// Differences of grey below this are one colour: paper grain, compression.
const FLAT: u8 = 24;

/// How far greys lie from the middle between the darkest and the lightest, as a share of half their distance: one for ink on
/// paper, a third for grain. Modules that grain drowns cannot be read either.
const GRAIN: f64 = 0.36;

/// What the pixels of a block are like, or of several.
#[derive(Clone, Copy)]
struct Block {
    darkest: u8,
    lightest: u8,
    count: u32,
    sum: u32,
    squares: u32,
}

/// Sums down the columns of a row of blocks, which are quicker to add to than blocks.
struct Columns {
    rows: u32,
    darkest: Vec<u8>,
    lightest: Vec<u8>,
    sums: Vec<u16>,
    squares: Vec<u32>,
}

impl Columns {
    fn of<'a>(width: usize, rows: impl Iterator<Item = &'a [u8]>) -> Self {
        let mut all = Self {
            rows: 0,
            darkest: vec![u8::MAX; width],
            lightest: vec![0; width],
            sums: vec![0; width],
            squares: vec![0; width],
        };
        for row in rows {
            all.rows += 1;
            let extremes = all.darkest.iter_mut().zip(&mut all.lightest);
            let sums = all.sums.iter_mut().zip(&mut all.squares);
            for ((pixel, (darkest, lightest)), (sum, squares)) in row.iter().zip(extremes).zip(sums)
            {
                *darkest = *pixel.min(darkest);
                *lightest = *pixel.max(lightest);
                *sum += u16::from(*pixel);
                *squares += u32::from(*pixel) * u32::from(*pixel);
            }
        }
        all
    }

    fn blocks(&self) -> impl Iterator<Item = Block> {
        let extremes = self.darkest.chunks(BLOCK).zip(self.lightest.chunks(BLOCK));
        let sums = self.sums.chunks(BLOCK).zip(self.squares.chunks(BLOCK));
        extremes
            .zip(sums)
            .map(|((darkest, lightest), (sums, squares))| Block {
                darkest: darkest.iter().copied().min().unwrap_or(u8::MAX),
                lightest: lightest.iter().copied().max().unwrap_or_default(),
                count: self.rows * darkest.len() as u32,
                sum: sums.iter().map(|sum| u32::from(*sum)).sum(),
                squares: squares.iter().sum(),
            })
    }
}

impl Block {
    const NONE: Self = Self {
        darkest: u8::MAX,
        lightest: 0,
        count: 0,
        sum: 0,
        squares: 0,
    };

    fn and(self, other: &Self) -> Self {
        Self {
            darkest: self.darkest.min(other.darkest),
            lightest: self.lightest.max(other.lightest),
            count: self.count + other.count,
            sum: self.sum + other.sum,
            squares: self.squares + other.squares,
        }
    }

    /// The grey below which pixels are dark.
    fn threshold(&self) -> u8 {
        let middle = self.darkest.midpoint(self.lightest);
        // Where all is one colour, the middle of the scale tells whether it is a dark one.
        let one_colour = if middle < 128 { u8::MAX } else { 0 };
        if self.lightest - self.darkest < FLAT {
            return one_colour;
        }
        let [count, sum, squares] = [self.count, self.sum, self.squares].map(f64::from);
        let grey = f64::from(middle);
        let apart = squares - 2.0 * grey * sum + grey * grey * count;
        let most = f64::from(self.lightest - self.darkest) / 2.0;
        if apart < GRAIN * GRAIN * most * most * count {
            return one_colour;
        }
        middle
    }
}

/// Which pixels are dark, judged against the darkest and lightest around them.
pub(super) fn binarize(width: usize, height: usize, pixels: &[u8]) -> Vec<bool> {
    let (columns, rows) = (width.div_ceil(BLOCK), height.div_ceil(BLOCK));
    let lines: Vec<&[u8]> = pixels.chunks_exact(width).take(height).collect();
    let blocks: Vec<Block> = lines
        .chunks(BLOCK)
        .flat_map(|lines| {
            let columns = Columns::of(width, lines.iter().copied());
            columns.blocks().collect::<Vec<_>>()
        })
        .collect();
    let around = spread(
        &spread(&blocks, columns, 1, columns),
        columns,
        columns,
        rows,
    );
    let thresholds: Vec<u8> = around.iter().map(Block::threshold).collect();
    let mut dark = vec![false; width * height];
    for (y, (row, dark)) in lines.iter().zip(dark.chunks_exact_mut(width)).enumerate() {
        let line = thresholds.get(y / BLOCK * columns..).unwrap_or_default();
        // Blocks of a length that is known, which the compiler makes use of.
        let (whole, rest) = row.as_chunks::<BLOCK>();
        let (dark, dark_rest) = dark.as_chunks_mut::<BLOCK>();
        for ((block, dark), threshold) in whole.iter().zip(dark).zip(line) {
            *dark = block.map(|pixel| pixel < *threshold);
        }
        let last = line.get(whole.len()).copied().unwrap_or_default();
        for (pixel, dark) in rest.iter().zip(dark_rest) {
            *dark = *pixel < last;
        }
    }
    dark
}

/// Pixels that are compared at once.
const AT_ONCE: usize = 32;

/// Where dark meets light along a row.
pub(super) fn edges(row: &[bool]) -> impl Iterator<Item = usize> {
    let next = row.get(1..).unwrap_or_default();
    let pieces = row.chunks(AT_ONCE).zip(next.chunks(AT_ONCE)).enumerate();
    pieces
        .filter(|(_, (here, next))| here.get(..next.len()) != Some(*next))
        .flat_map(|(n, (here, next))| {
            let pairs = here.iter().zip(next).enumerate();
            let unlike = pairs.filter(|(_, (a, b))| a != b);
            unlike.map(move |(at, _)| n * AT_ONCE + at + 1)
        })
}

/// Blocks together with their neighbours along one axis: `step` apart, `count` in a line.
fn spread(blocks: &[Block], columns: usize, step: usize, count: usize) -> Vec<Block> {
    (0..blocks.len())
        .map(|at| {
            let place = if step == 1 {
                at % columns
            } else {
                at / columns
            };
            let first = at - place.min(REACH) * step;
            let last = at + (count - 1 - place).min(REACH) * step;
            (first..=last)
                .step_by(step)
                .filter_map(|i| blocks.get(i))
                .fold(Block::NONE, Block::and)
        })
        .collect()
}

/// The grey value that parts dark from light best: the one that makes both sides most alike within
/// themselves (Otsu's method).
pub(super) fn otsu_threshold(pixels: &[u8]) -> u8 {
    let mut histogram = [0f64; 256];
    for pixel in pixels {
        if let Some(count) = histogram.get_mut(usize::from(*pixel)) {
            *count += 1.0;
        }
    }
    let all: f64 = histogram.iter().sum();
    let moment = |h: &[f64]| {
        h.iter()
            .zip(0u32..)
            .map(|(n, v)| n * f64::from(v))
            .sum::<f64>()
    };
    let whole = moment(&histogram);
    let (mut dark, mut dark_moment) = (0.0, 0.0);
    let mut best = (0.0, 128u8);
    for (value, count) in (0u8..=255).zip(histogram) {
        dark += count;
        dark_moment += count * f64::from(value);
        let light = all - dark;
        if dark > 0.0 && light > 0.0 {
            let apart = dark_moment / dark - (whole - dark_moment) / light;
            let between = dark * light * apart * apart;
            if between > best.0 {
                best = (between, value.saturating_add(1));
            }
        }
    }
    best.1
}

/// The grey half-way between the dark and the light ones among these.
pub(super) fn between(greys: &[f64]) -> f64 {
    let whole: Vec<u8> = greys.iter().map(|g| g.clamp(0.0, 255.0) as u8).collect();
    let threshold = f64::from(otsu_threshold(&whole));
    let mean = |dark: bool| {
        let mut sum = [0.0, 0.0];
        for grey in greys.iter().filter(|g| (**g < threshold) == dark) {
            sum = [sum[0] + grey, sum[1] + 1.0];
        }
        (sum[1] > 0.0).then(|| sum[0] / sum[1])
    };
    match (mean(true), mean(false)) {
        (Some(dark), Some(light)) => dark.midpoint(light),
        _ => threshold,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threshold_falls_between_the_two_greys() {
        let pixels: Vec<u8> = [vec![180; 500], vec![240; 900]].concat();
        let at = otsu_threshold(&pixels);
        assert!(at > 180 && at <= 240, "{at}");
    }

    /// The share of a picture's pixels that differ from their neighbour on the right.
    fn busy(pixels: &[u8]) -> f64 {
        let side = pixels.len().isqrt();
        let dark = binarize(side, side, pixels);
        let edges = dark.chunks(side).map(|row| edges(row).count());
        edges.sum::<usize>() as f64 / pixels.len() as f64
    }

    /// Greys that add up to bell curves of a mean and a deviation.
    fn bells(deviation: f64, mean: impl Fn(usize, usize) -> f64) -> Vec<u8> {
        let mut seed = 7u32;
        let mut even = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f64::from(seed >> 8) / f64::from(1 << 24) - 0.5
        };
        let mut grain = move || (0..12).map(|_| even()).sum::<f64>() * deviation;
        (0..400 * 400)
            .map(|i| (mean(i % 400, i / 400) + grain()).clamp(0.0, 255.0) as u8)
            .collect()
    }

    #[test]
    fn grain_is_one_colour_and_modules_under_grain_are_two() {
        for deviation in [2.0, 8.0, 20.0] {
            assert!(busy(&bells(deviation, |_, _| 150.0)) < 0.01, "{deviation}");
            // Modules of three pixels, light and dark by six times as much as the grain deviates.
            let far = 3.0 * deviation.max(6.0);
            let modules = |x: usize, y: usize| {
                if (x / 3 + y / 3).is_multiple_of(2) {
                    128.0 - far
                } else {
                    128.0 + far
                }
            };
            let busy = busy(&bells(deviation, modules));
            assert!((0.3..0.4).contains(&busy), "{deviation}: {busy}");
        }
    }

    #[test]
    fn edges_are_found_wherever_they_lie() {
        let mut row = vec![false; 100];
        for at in [0, 1, 31, 32, 33, 63, 64, 99] {
            row[at] = true;
        }
        assert_eq!(edges(&row).collect::<Vec<_>>(), [2, 31, 34, 63, 65, 99]);
        assert_eq!(edges(&[]).count() + edges(&[true]).count(), 0);
    }
}
