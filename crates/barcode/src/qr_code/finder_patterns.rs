//! Where in a picture a QR code may be: three finder patterns at the corners of a square, found by a scan that
//! costs a few operations a pixel, so that pictures without codes are put aside at once.

use crate::binarize::{binarize, edges};
use crate::homography::LumaView;
use crate::qr_code::finder_rings::{Centre, Rings};
use crate::qr_code::finder_triples::{stretched, triples};
use crate::qr_code::triple::{FinderTriple, same};

/// Each further pass scans a picture this many times smaller.
const STEP: usize = 3;
/// A picture with more centres is texture.
const MOST_CENTRES: usize = 200;
/// The scan stops after so many finder-like crossings: the modules of a large code make some hundred by chance.
const MOST_CROSSED: usize = 4000;
/// The same for crossings with wider tolerance; noise has any number of them.
const MOST_DOUBTFUL: usize = 2000;
/// With more centres than this, each is checked along all directions.
const FEW_CENTRES: usize = 20;
/// Lines that have to cross a centre which has rings.
const FEWEST_HITS: u32 = 2;
/// A picture with more candidate regions is texture, too.
const MOST_SIGHTS: usize = 40;

/// Places in grey pixels (0 is black) that have the three finder patterns of a QR code, dark on light or light on
/// dark, turned by any angle. `None` if there are too many candidates: then the whole picture has to be searched.
pub fn finders(width: usize, height: usize, pixels: &[u8]) -> Option<Vec<FinderTriple>> {
    if pixels.len() < width * height {
        return Some(Vec::new());
    }
    in_binarized(width, height, pixels, binarize(width, height, pixels))
}

/// The same in a picture that was parted into dark and light.
pub(crate) fn in_binarized(
    width: usize,
    height: usize,
    pixels: &[u8],
    dark: Vec<bool>,
) -> Option<Vec<FinderTriple>> {
    let mut found: Vec<FinderTriple> = Vec::new();
    let mut scale = 1;
    let mut small = (width, height, std::borrow::Cow::Borrowed(pixels));
    let mut dark = Some(dark);
    while small.0 >= 21 && small.1 >= 21 {
        let binarized = dark
            .take()
            .unwrap_or_else(|| binarize(small.0, small.1, &small.2));
        let centres = centres(small.0, small.1, &binarized)?;
        let plane = LumaView {
            width: small.0,
            height: small.1,
            pixels: &small.2,
        };
        let square = triples(&centres, plane);
        let skewed = stretched(&centres, &square, plane);
        for sight in square.into_iter().chain(skewed) {
            let factor = scale as f64;
            let sight = FinderTriple {
                area: sight.area.map(|v| v * factor),
                module: sight.module * factor,
                marks: sight
                    .marks
                    .map(|marks| marks.map(|p| p.map(|v| v * factor))),
            };
            if !found.iter().any(|f| same(f, &sight)) {
                found.push(sight);
            }
        }
        if found.len() > MOST_SIGHTS {
            return None;
        }
        small = (
            small.0 / STEP,
            small.1 / STEP,
            shrink(small.0, small.1, &small.2).into(),
        );
        scale *= STEP;
    }
    Some(found)
}

/// Lines through a finder's middle cross it in 1 : 1 : 3 : 1 : 1 modules, whatever its angle.
fn centres(width: usize, height: usize, dark: &[bool]) -> Option<Vec<Centre>> {
    let is_dark = |x: usize, y: usize| dark.get(y * width + x).copied().unwrap_or(false);
    let mut found: Vec<Centre> = Vec::new();
    let mut doubtful = 0;
    let mut runs: Vec<usize> = Vec::new();
    for y in 0..height {
        runs.clear();
        let Some(row) = dark.get(y * width..(y + 1) * width) else {
            break;
        };
        let mut start = 0;
        for x in edges(row).chain([width]) {
            runs.push(x - start);
            start = x;
            let Some(last) = runs.last_chunk::<5>() else {
                continue;
            };
            let Some(across) = finder(last) else {
                continue;
            };
            let [.., c, d, e] = *last;
            let middle = x - e - d - c / 2 - 1;
            // The same must hold down the column; seen from there the middle is put right.
            let Some((centre, down)) = column(&is_dark, middle, y, height, across.module) else {
                continue;
            };
            let sure = across.sure && down.sure;
            if !sure && doubtful > MOST_DOUBTFUL {
                continue;
            }
            doubtful += usize::from(!sure);
            let at = [(x - e - d) as f64 - c as f64 / 2.0, centre];
            add(&mut found, at, [across.module, down.module], sure);
        }
        if found.len() > MOST_CROSSED + doubtful {
            return None;
        }
    }
    // The core of a finder is three modules high, so as many lines cross it: fewer where it is turned, for then their
    // proportions change with each.
    let rings = Rings::new();
    found.retain_mut(|c| {
        c.sure = c.sure && f64::from(c.hits) >= c.module().min(4.0);
        if !c.sure && c.hits >= FEWEST_HITS {
            rings.see(&is_dark, c);
        }
        c.sure || c.ringed == Some(true)
    });
    let many = found.len() > FEW_CENTRES;
    found.retain_mut(|c| {
        rings.see(&is_dark, c);
        !many || c.ringed == Some(true)
    });
    (found.len() <= MOST_CENTRES).then_some(found)
}

fn add(found: &mut Vec<Centre>, at: [f64; 2], modules: [f64; 2], sure: bool) {
    let module = modules[0].midpoint(modules[1]);
    let near = found.iter_mut().rev().find(|c| {
        (c.at[0] - at[0]).abs() <= 2.0 * c.module().max(1.0)
            && (c.at[1] - at[1]).abs() <= 2.0 * c.module().max(1.0)
            && c.module() < 1.7 * module
            && module < 1.7 * c.module()
    });
    match near {
        Some(c) => {
            let n = f64::from(c.hits);
            let mean = |old: [f64; 2], new: [f64; 2]| {
                [
                    (old[0] * n + new[0]) / (n + 1.0),
                    (old[1] * n + new[1]) / (n + 1.0),
                ]
            };
            c.at = mean(c.at, at);
            c.modules = mean(c.modules, modules);
            c.hits += 1;
            c.sure |= sure;
        }
        None => found.push(Centre {
            at,
            modules,
            hits: 1,
            sure,
            ringed: None,
        }),
    }
}

/// A scan line across a possible finder pattern.
struct FinderSection {
    module: f64,
    /// Whether its proportions hold without allowance for edges that fell to whole pixels.
    sure: bool,
}

/// The module of five runs that stand as 1 : 1 : 3 : 1 : 1, and whether they do with the slack that readers give, three
/// quarters of a module. Edges that fell to whole pixels spoil that where a module has few; from edge to like edge the
/// distances still hold.
fn finder(runs: &[usize; 5]) -> Option<FinderSection> {
    let [a, b, c, d, e] = runs.map(|r| r as f64);
    let near = |run: f64, should: f64, slack: f64| (run - should).abs() <= slack;
    let outer = (a + b + d + e) / 4.0;
    let slack = outer * 0.75;
    let module = (a + b + c + d + e) / 7.0;
    // The outer runs of a symbol at the edge of its picture may be longer than they should: they go on outside.
    if [a, b, d, e].into_iter().all(|run| near(run, outer, slack)) && near(c, 3.0 * outer, slack) {
        return Some(FinderSection { module, sure: true });
    }
    let like = [(a + b, 2.0), (b + c, 4.0), (c + d, 4.0), (d + e, 2.0)];
    let rounded = module >= FEWEST_PIXELS
        && [a, b, d, e].into_iter().all(|run| run < 2.0 * module)
        && like
            .into_iter()
            .all(|(run, modules)| near(run, modules * module, LIKE * module));
    rounded.then_some(FinderSection {
        module,
        sure: false,
    })
}

/// Pixels a module from which edges are taken to have fallen to whole ones.
const FEWEST_PIXELS: f64 = 1.5;
/// How far the distance between like edges may be off then, in modules.
const LIKE: f64 = 0.6;

/// Looks down the column through a centre: its exact height and the module there.
fn column(
    is_dark: &impl Fn(usize, usize) -> bool,
    x: usize,
    y: usize,
    height: usize,
    module: f64,
) -> Option<(f64, FinderSection)> {
    let core = is_dark(x, y);
    let longest = (module * 5.0).ceil() as usize + 2;
    // Runs from the middle outwards: half the core, the ring of paper, the ring of ink.
    let reach = |step: &dyn Fn(usize) -> Option<usize>| -> Option<[usize; 3]> {
        let mut runs = [0usize; 3];
        let (mut ring, mut at) = (0usize, step(y));
        while let Some(now) = at {
            if (is_dark(x, now) == core) != (ring % 2 == 0) {
                ring += 1;
            }
            let Some(run) = runs.get_mut(ring) else {
                break;
            };
            *run += 1;
            if *run > longest {
                return None;
            }
            at = step(now);
        }
        Some(runs)
    };
    let up = reach(&|at| at.checked_sub(1))?;
    let down = reach(&|at| Some(at + 1).filter(|at| *at < height))?;
    let [u0, u1, u2] = up;
    let [d0, d1, d2] = down;
    let line = finder(&[u2, u1, u0 + d0 + 1, d1, d2])?;
    let centre = y as f64 + (d0 as f64 - u0 as f64) / 2.0 + 0.5;
    Some((centre, line))
}

/// The picture made smaller by averaging squares of pixels.
fn shrink(width: usize, height: usize, pixels: &[u8]) -> Vec<u8> {
    let (columns, rows) = (width / STEP, height / STEP);
    let mut sums = vec![0u16; columns * rows];
    for (y, row) in pixels.chunks_exact(width).take(rows * STEP).enumerate() {
        let line = sums.get_mut(y / STEP * columns..).unwrap_or_default();
        for (square, sum) in row.chunks_exact(STEP).zip(line) {
            *sum += square.iter().map(|p| u16::from(*p)).sum::<u16>();
        }
    }
    sums.into_iter()
        .map(|sum| (sum / (STEP * STEP) as u16) as u8)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qr_code::layout;
    use crate::qr_code::layout::Role;

    /// Finders of a version 1 code with modules of `module` pixels, `margin` away from the edges.
    fn symbol(module: usize, margin: usize, ink: u8, paper: u8) -> (usize, Vec<u8>) {
        let side = 21 * module + 2 * margin;
        let finder = |x: usize, y: usize| {
            let ring = x.min(y).min(6 - x).min(6 - y);
            ring != 1
        };
        let dark = |x: usize, y: usize| match (x, y) {
            (..=6, ..=6) => finder(x, y),
            (14.., ..=6) => finder(x - 14, y),
            (..=6, 14..) => finder(x, y - 14),
            (8.., 8..) => (x * 7 + y * 3) % 5 < 2,
            _ => false,
        };
        let pixels = (0..side * side)
            .map(|i| {
                let place = |at: usize| at.checked_sub(margin).map(|p| p / module);
                match (place(i % side), place(i / side)) {
                    (Some(x), Some(y)) if x < 21 && y < 21 && dark(x, y) => ink,
                    _ => paper,
                }
            })
            .collect();
        (side, pixels)
    }

    #[test]
    fn finders_are_seen_small_and_large_dark_and_light() {
        for module in [1, 2, 3, 7, 20, 45] {
            for (ink, paper) in [(0, 255), (255, 0), (120, 180)] {
                let (side, pixels) = symbol(module, 4 * module, ink, paper);
                let found = finders(side, side, &pixels).unwrap_or_default();
                let [sight] = found.as_slice() else {
                    panic!("{module} {ink}: {found:?}");
                };
                let wanted = (4 * module) as f64;
                assert!(sight.area[0] <= wanted && sight.area[3] >= (25 * module) as f64 - 1.0);
                assert!(
                    sight.area[0] > wanted - 4.0 * module as f64 - 2.0,
                    "{sight:?}"
                );
            }
        }
    }

    #[test]
    fn finders_of_the_largest_code_are_told_from_chance() {
        const SIDE: usize = 177;
        const MODULE: usize = 5;
        let mut seed = 7u32;
        let mut modules: Vec<bool> = (0..SIDE * SIDE)
            .map(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                seed >> 31 == 1
            })
            .collect();
        for (module, role) in modules.iter_mut().zip(layout::roles(40)) {
            if let Role::Fixed(dark) = role {
                *module = *dark;
            }
        }
        let side = SIDE * MODULE;
        let dark = |i: usize| modules[i / side / MODULE * SIDE + i % side / MODULE];
        let pixels: Vec<u8> = (0..side * side)
            .map(|i| if dark(i) { 0 } else { 255 })
            .collect();
        let found = finders(side, side, &pixels).unwrap_or_default();
        let is_it = |s: &FinderTriple| s.area[2] - s.area[0] > side as f64;
        assert!(found.iter().any(is_it), "{found:?}");
    }

    #[test]
    fn a_picture_without_finders_is_put_aside() {
        let waves: Vec<u8> = (0..300u32 * 300)
            .map(|i| ((i % 300) * (i / 300) % 251) as u8)
            .collect();
        assert_eq!(finders(300, 300, &waves).map(|f| f.len()), Some(0));
        assert_eq!(finders(300, 300, &[90; 90_000]), Some(Vec::new()));
        assert_eq!(finders(30, 30, &[0; 10]), Some(Vec::new()));
    }
}
