//! Pixels that were only repeated: the nearest one taken, as the crudest way of enlarging does.

use crate::measure::detail::fourier::count;
use crate::measure::detail::strip::PixelStrip;
use crate::pdf::Grey;

/// Steps between neighbours that repeat a pixel, as part of those that do not: JPEG makes them more than nothing.
const REPEATED: f32 = 0.4;
/// The share of steps that lead to another grey, where pixels change: a photograph has few flat parts.
const LIVELY: f32 = 0.35;

/// Whether each pixel is there so many times on average, along both axes.
pub(super) fn are_there(grey: &Grey, factor: f32) -> bool {
    [false, true]
        .into_iter()
        .all(|down| along(&PixelStrip::of(grey, down), factor))
}

fn along(strip: &PixelStrip, factor: f32) -> bool {
    let length = strip.length();
    // How far each column is from the one before, and in how many rows it is another grey.
    let mut steps = vec![[0.0f32; 2]; length.saturating_sub(1)];
    for row in strip.rows() {
        for (pair, [far, moved]) in row.windows(2).zip(&mut steps) {
            if let [a, b] = pair {
                let by = f32::from((a - b).unsigned_abs());
                *far += by;
                *moved += f32::from(u8::from(by > 1.0));
            }
        }
    }
    // Against the columns around, for no picture is alike from side to side.
    let relative = steps.iter().enumerate().map(|(n, [far, moved])| {
        let from = n.saturating_sub(AROUND);
        let near = steps.iter().skip(from).take(n + AROUND + 1 - from);
        let (sum, many) = near.fold((0.0, 0), |(sum, many), [far, _]| (sum + far, many + 1));
        (far * count(many) / f32::max(sum, 1e-6), *moved)
    });
    let mut relative: Vec<(f32, f32)> = relative.collect();
    relative.sort_by(|a, b| a.0.total_cmp(&b.0));
    let all = relative.len();
    let part = |share: f32| (count(all) * share) as usize;
    let (borders, repeats) = (part(0.9 / factor), part(0.9 - 0.9 / factor));
    let mean = |sum: f32, many: usize| sum / count(many.max(1));
    let low = mean(
        relative.iter().take(repeats).map(|(far, _)| far).sum(),
        repeats,
    );
    let high = relative.iter().skip(all - borders);
    let (far, moved) = high.fold((0.0, 0.0), |sum, (far, moved)| (sum.0 + far, sum.1 + moved));
    let lively = mean(moved, borders) / count(strip.rows().len().max(1));
    low < REPEATED * mean(far, borders) && lively > LIVELY
}

/// Columns to either side that are around one.
const AROUND: usize = 12;
