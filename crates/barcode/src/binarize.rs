//! Dark from light: one threshold for a whole, or one that follows the light from place to place.

/// Side of the blocks whose darkest and lightest pixels make the threshold.
const BLOCK: usize = 8;
/// Blocks on each side that are taken into account: together 40 pixels, in which modules of up to 13 pixels show
/// both their colours. Larger modules are seen when the picture has been made smaller.
const REACH: usize = 2;
/// Differences of grey below this are one colour: paper grain, compression.
const FLAT: u8 = 24;

/// Which pixels are dark, judged against the darkest and lightest around them.
pub(super) fn binarize(width: usize, height: usize, pixels: &[u8]) -> Vec<bool> {
    let (columns, rows) = (width.div_ceil(BLOCK), height.div_ceil(BLOCK));
    let mut extremes = vec![(u8::MAX, 0u8); columns * rows];
    for (y, row) in pixels.chunks_exact(width).take(height).enumerate() {
        let line = extremes.get_mut(y / BLOCK * columns..).unwrap_or_default();
        for (block, extreme) in row.chunks(BLOCK).zip(line) {
            for pixel in block {
                extreme.0 = extreme.0.min(*pixel);
                extreme.1 = extreme.1.max(*pixel);
            }
        }
    }
    let around = spread(
        &spread(&extremes, columns, 1, columns),
        columns,
        columns,
        rows,
    );
    let mut dark = Vec::with_capacity(width * height);
    for (y, row) in pixels.chunks_exact(width).take(height).enumerate() {
        let line = around.get(y / BLOCK * columns..).unwrap_or_default();
        for (block, (low, high)) in row.chunks(BLOCK).zip(line) {
            // Where all is one colour, the middle of the scale tells whether it is a dark one.
            let threshold = if high - low < FLAT {
                128
            } else {
                low.midpoint(*high)
            };
            dark.extend(block.iter().map(|p| *p < threshold));
        }
    }
    dark
}

/// Extremes over the neighbours along one axis: `step` apart, `count` in a line.
fn spread(blocks: &[(u8, u8)], columns: usize, step: usize, count: usize) -> Vec<(u8, u8)> {
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
                .fold((u8::MAX, 0), |(low, high), b| (low.min(b.0), high.max(b.1)))
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
}
