//! Measures the ink coverage of a page: a bound from its colours, and the sums over its separations.

use crate::measure::average_ink::average;
use crate::measure::ink_mass::InkMass;
use crate::measure::wanted::Wanted;
use crate::model::facts::Window;
use crate::model::facts::{Colour, Coverage, InkAmount, Page, Painted, Plates, STEP_PT, SpaceKind};
use crate::model::geometry::Rect;
use crate::model::limits::Limits;
use crate::pdf::{Blend, Compositing, PROCESS, Reader, ResourceCache, SeparationSet, plate_scale};

/// What a plate can hold, in per cent.
const FULL: f32 = 100.0;

/// Bounds the ink of a page; whether only plates can tell that nothing of it exceeds a limit.
pub(super) fn may_exceed(
    limit: Option<f64>,
    page: &mut Page,
    palette: &[Colour],
    (compositing, mass): (Compositing, Option<InkMass>),
) -> bool {
    let over = |bound: f32| limit.is_some_and(|limit| f64::from(bound) > limit);
    page.coverage.bound = bound(page, palette, compositing);
    if !over(page.coverage.bound) {
        return false;
    }
    if only_covers(page, palette, compositing) {
        let bound = mass.and_then(|mass| window_bound(page, palette, &mass));
        page.coverage.window_bound = bound;
    }
    page.coverage.window_bound.is_none_or(over)
}

/// An upper bound on the ink at any place, in per cent, from the visible colours and how they are composited.
fn bound(page: &Page, palette: &[Colour], compositing: Compositing) -> f32 {
    let used = || used(page, palette);
    if only_covers(page, palette, compositing) {
        return used().map(|(_, c)| c.total()).fold(0.0, f32::max);
    }
    let unknown = has_unknown(page, palette);
    let blends = compositing.blends().next().is_some();
    let brings_ink = brings_ink(compositing);
    // Marks may add up: on each plate as much as any lays there or, where they blend, all it can hold. Some bring ink to plates
    // on which none has any.
    let mut plates: Vec<(&str, f32)> = Vec::new();
    if unknown || brings_ink {
        plates.extend(PROCESS.map(|ink| (ink, FULL)));
    }
    let inks = used().flat_map(|(_, c)| c.inks.iter().chain(&c.apart));
    for ink in inks {
        let amount = if blends || brings_ink {
            FULL
        } else {
            ink.percent
        };
        match plates.iter_mut().find(|(name, _)| *name == ink.ink) {
            Some((_, most)) => *most = most.max(amount),
            None => plates.push((&ink.ink, amount)),
        }
    }
    plates.iter().map(|(_, most)| most).sum()
}

fn used<'f>(page: &'f Page, palette: &'f [Colour]) -> impl Iterator<Item = (Painted, &'f Colour)> {
    let places = page.colours.iter();
    places.filter_map(|u| Some((u.on, palette.get(u.colour as usize)?)))
}

/// The ink of an image in an unknown space is unknown.
fn has_unknown(page: &Page, palette: &[Colour]) -> bool {
    used(page, palette).any(|(on, c)| on == Painted::Image && c.space == SpaceKind::Unknown)
}

fn brings_ink(compositing: Compositing) -> bool {
    compositing.blends().any(Blend::brings_ink) || compositing.has_transfer()
}

/// Whether no place has more ink than the mark there that has most.
fn only_covers(page: &Page, palette: &[Colour], compositing: Compositing) -> bool {
    let blends = compositing.blends().next().is_some();
    let adds_up = blends || brings_ink(compositing) || compositing.has_overprint();
    !adds_up && !has_unknown(page, palette)
}

/// A bound on the ink of half a window, from the areas of marks that only cover one another.
fn window_bound(page: &Page, palette: &[Colour], mass: &InkMass) -> Option<f32> {
    let scale = plate_scale(page.size)?;
    let most = mass.most(page.size, scale, (palette, page.coverage.bound))?;
    Some(most.min(page.coverage.bound))
}

/// Makes the separations of a page and sums them up, or records why not. The tuple has the operators it ran, and
/// whether it can be drawn within the limits.
pub(super) fn weigh<'p>(
    reader: &'p Reader,
    cache: &ResourceCache<'p>,
    index: usize,
    (spent, is_drawable): (u64, &dyn Fn() -> bool),
    (limits, wanted): (&Limits, &Wanted),
    coverage: &mut Coverage,
) {
    if spent > limits.raster_operators {
        coverage.gap = Some("it has too many drawing operators to weigh its ink".to_owned());
        return;
    }
    if !is_drawable() {
        let why = "a picture on it would unpack to more than the limit; its ink was not weighed";
        coverage.gap = Some(why.to_owned());
        return;
    }
    // Patterns and soft masks are run anew for each use.
    let mut budget = limits.raster_operators.saturating_mul(2);
    if let Some(set) = reader.plates(index, cache, &mut budget) {
        let mut plates = sum_up(&set);
        plates.averages = wanted.exchange.then(|| average(&set));
        coverage.plates = Some(plates);
        if !set.troubles.is_empty() {
            coverage.gap = Some(set.troubles.join("; "));
        }
    }
}

/// Sums up the separations.
fn sum_up(set: &SeparationSet) -> Plates {
    let size = set.width * set.height;
    let mut total = vec![0.0f32; size];
    for plate in &set.plates {
        for (sum, ink) in total.iter_mut().zip(plate) {
            *sum += ink * 100.0;
        }
    }
    let most = total
        .iter()
        .enumerate()
        .max_by(|a, b| a.1.total_cmp(b.1))
        .map_or((0, 0.0), |(n, ink)| (n, *ink));
    let (place, most) = most;
    let inks = set
        .names
        .iter()
        .zip(&set.plates)
        .filter_map(|(name, plate)| {
            let percent = plate.get(place).copied().unwrap_or(0.0) * 100.0;
            (percent >= 0.5).then(|| InkAmount {
                ink: name.clone(),
                percent: tenth(percent),
            })
        })
        .collect();
    let at = |pixels: usize| tenth(((pixels as f64 + 0.5) / set.scale) as f32);
    let (windows, columns) = windows(&total, set);
    Plates {
        ppi: (set.scale * 72.0) as f32,
        most: tenth(most),
        inks,
        at_pt: [at(place % set.width.max(1)), at(place / set.width.max(1))],
        through: set.through.clone(),
        averages: None,
        histogram: histogram(&total),
        windows,
        columns,
    }
}

/// To a tenth.
fn tenth(value: f32) -> f32 {
    (value * 10.0).round() / 10.0
}

fn histogram(total: &[f32]) -> Vec<[u32; 2]> {
    let mut counts: Vec<u32> = Vec::new();
    for ink in total {
        // What rounding leaves a hair below a whole step belongs to it.
        let step = (ink + 0.01).max(0.0) as usize;
        if counts.len() <= step {
            counts.resize(step + 1, 0);
        }
        if let Some(count) = counts.get_mut(step) {
            *count += 1;
        }
    }
    (0..)
        .zip(counts)
        .skip(1)
        .filter(|(_, count)| *count > 0)
        .map(|(step, count)| [step, count])
        .collect()
}

/// The ink that at least half of each window carries, row by row, and how many windows are in a row.
fn windows(total: &[f32], set: &SeparationSet) -> (Vec<Window>, usize) {
    let pixel = |step: usize| (step as f64 * STEP_PT * set.scale).round() as usize;
    let count = |side: usize| (1..).take_while(|n| pixel(n + 1) <= side).count().max(1);
    let (columns, rows) = (count(set.width), count(set.height));
    let mut windows = Vec::with_capacity(columns * rows);
    let mut held: Vec<f32> = Vec::new();
    for row in 0..rows {
        let (y0, y1) = (pixel(row), pixel(row + 2).min(set.height));
        for column in 0..columns {
            let (x0, x1) = (pixel(column), pixel(column + 2).min(set.width));
            held.clear();
            for y in y0..y1 {
                let line = total.get(y * set.width + x0..y * set.width + x1);
                held.extend_from_slice(line.unwrap_or_default());
            }
            let middle = held.len() / 2;
            let median = if held.is_empty() {
                0.0
            } else {
                *held.select_nth_unstable_by(middle, f32::total_cmp).1
            };
            windows.push(Window {
                ink: median,
                area: dark(total, set, [x0, y0, x1, y1], median * ALIKE),
            });
        }
    }
    (windows, columns)
}

/// Ink this near to the middle of a window is as much, as a share: pictures are noisy.
const ALIKE: f32 = 0.98;

/// The extent of pixels in a window that carry at least so much ink, on the page.
fn dark(total: &[f32], set: &SeparationSet, [x0, y0, x1, y1]: [usize; 4], least: f32) -> Rect {
    let mut found: Option<[usize; 4]> = None;
    for y in y0..y1 {
        for x in x0..x1 {
            if total
                .get(y * set.width + x)
                .is_some_and(|ink| *ink >= least)
            {
                let [a, b, c, d] = found.unwrap_or([x, y, x, y]);
                found = Some([a.min(x), b.min(y), c.max(x), d.max(y)]);
            }
        }
    }
    let [a, b, c, d] = found.unwrap_or([x0, y0, x0, y0]);
    let points = |pixel: usize| pixel as f64 / set.scale;
    Rect::new(points(a), points(b), points(c + 1), points(d + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::facts::WINDOW_PT;

    /// A page of 60 x 60 mm in black alone, with a patch of `ink` at `[x0, y0, x1, y1]` in millimetres.
    fn page(ink: f32, patch: [f64; 4]) -> SeparationSet {
        let scale = 100.0 / 72.0;
        let pixel = 25.4 / 100.0;
        let side = 236;
        let [x0, y0, x1, y1] = patch;
        let within = |n: usize, low: f64, high: f64| {
            let at = (n as f64 + 0.5) * pixel;
            (low..high).contains(&at)
        };
        let plate = (0..side * side)
            .map(|n| {
                let inside = within(n % side, x0, x1) && within(n / side, y0, y1);
                if inside { ink } else { 0.0 }
            })
            .collect();
        SeparationSet {
            width: side,
            height: side,
            scale,
            names: vec!["Black".to_owned()],
            plates: vec![plate],
            through: None,
            troubles: Vec::new(),
        }
    }

    #[test]
    fn a_patch_of_three_millimetres_is_found_wherever_it_lies() {
        for off in [10.0, 10.4, 10.75, 11.1] {
            let plates = sum_up(&page(1.0, [off, off, off + 3.2, off + 3.2]));
            let patches = plates.patches(90.0, WINDOW_PT);
            assert_eq!(patches.len(), 1, "at {off}");
            let left = f64::from(patches[0].area.x0) / 72.0 * 25.4;
            assert!((left - off).abs() < 0.3, "{left} for {off}");
        }
        let speck = sum_up(&page(1.0, [10.0, 10.0, 11.5, 11.5]));
        assert!(speck.patches(90.0, WINDOW_PT).is_empty());
        assert!((speck.most - 100.0).abs() < 0.01);
    }

    #[test]
    fn histogram_leaves_bare_paper_out() {
        let plates = sum_up(&page(0.5, [0.0, 0.0, 30.0, 60.0]));
        assert_eq!(plates.histogram.len(), 1);
        assert_eq!(plates.histogram[0][0], 50);
        let area = plates.area_over(50.0);
        assert!((area - 1800.0).abs() < 30.0, "{area}");
    }
}
