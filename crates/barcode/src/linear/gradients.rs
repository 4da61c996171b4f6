//! Tells lines on which bars may stand from those on which none can: along bars grey changes in one direction, in grain and
//! foliage in all.

/// Side of the blocks over which gradients are added up, in pixels: two blocks of a JPEG, in each of which grain may leave a
/// single wave.
const BLOCK: usize = 16;
/// The least that gradients of a block come to: an edge between two greys that count as different, down a quarter of it.
const FAINT: i32 = 4 * 2 * 24 * 24;
/// The coherence of the structure tensor from which grey changes in one direction: one for bars, less where grain lies over
/// them, and about a tenth in grain alone.
const COHERENT: f64 = 0.35;
/// Blocks along a line that are looked at together.
const WINDOW: usize = 6;
/// How many of them have to run one way. The guard of bars with modules of thirteen pixels, the largest that are read, has edges
/// in three.
const LEAST: f64 = 2.9;
/// The cosine of twice the angle between a line and the gradients of bars that it can read.
const ASLANT: f64 = -0.5;

/// Which rows and columns of a picture may have bars, by blocks.
pub(crate) struct Gradients {
    rows: Vec<bool>,
    columns: Vec<bool>,
}

impl Gradients {
    pub(crate) fn of(width: usize, height: usize, pixels: &[u8]) -> Self {
        let across = width.div_ceil(BLOCK);
        let mut tensors = vec![Tensor::default(); across * height.div_ceil(BLOCK)];
        let rows = || pixels.chunks_exact(width.max(1)).take(height);
        for (y, (upper, lower)) in rows().zip(rows().skip(1)).enumerate() {
            let line = tensors.get_mut(y / BLOCK * across..).unwrap_or_default();
            add(line, upper, lower);
        }
        let directions: Vec<_> = tensors.iter().map(Tensor::direction).collect();
        let rows = directions.chunks(across.max(1));
        let column = |x: usize| directions.iter().skip(x).step_by(across.max(1));
        Self {
            rows: spread(rows.map(|row| run_one_way(row.iter(), 1.0)).collect()),
            columns: spread((0..across).map(|x| run_one_way(column(x), -1.0)).collect()),
        }
    }

    /// Whether bars that a row crosses may stand there.
    pub(crate) fn in_row(&self, row: usize) -> bool {
        self.rows.get(row / BLOCK).copied().unwrap_or(true)
    }

    /// Whether bars that a column crosses may stand there.
    pub(crate) fn in_column(&self, column: usize) -> bool {
        self.columns.get(column / BLOCK).copied().unwrap_or(true)
    }
}

/// The structure tensor of a block, from differences along both diagonals.
#[derive(Clone, Copy, Default)]
struct Tensor {
    falling: i32,
    rising: i32,
    both: i32,
}

impl Tensor {
    /// Adds the differences within squares of pixels.
    #[inline]
    fn add(&mut self, upper: &[u8], upper_next: &[u8], lower: &[u8], lower_next: &[u8]) {
        let [mut falling, mut rising, mut both] = [0; 3];
        let squares = upper.iter().zip(upper_next).zip(lower).zip(lower_next);
        for (((a, b), c), d) in squares {
            let [a, b, c, d] = [*a, *b, *c, *d].map(i32::from);
            let (down, up) = (d - a, b - c);
            falling += down * down;
            rising += up * up;
            both += down * up;
        }
        self.falling += falling;
        self.rising += rising;
        self.both += both;
    }

    /// Twice the angle of the gradients as a vector of length one; nothing where they run all ways.
    fn direction(&self) -> [f64; 2] {
        let trace = self.falling + self.rising;
        if trace < FAINT {
            return [0.0; 2];
        }
        let whole = f64::from(trace);
        let [cosine, sine] = [2 * self.both, self.falling - self.rising].map(f64::from);
        let coherent = cosine.hypot(sine);
        if coherent < COHERENT * whole {
            return [0.0; 2];
        }
        [cosine / coherent, sine / coherent]
    }
}

/// Adds the differences between two rows, and along them, to the blocks that they cross.
fn add(line: &mut [Tensor], upper: &[u8], lower: &[u8]) {
    let [upper_next, lower_next] = [upper, lower].map(|row| row.get(1..).unwrap_or_default());
    // Blocks of a length that is known, which the compiler makes use of.
    let rows = [upper, upper_next, lower, lower_next].map(<[u8]>::as_chunks::<BLOCK>);
    let [a, b, c, d] = rows.map(|(whole, _)| whole.iter());
    let mut tensors = line.iter_mut();
    for (((a, b), (c, d)), tensor) in a.zip(b).zip(c.zip(d)).zip(&mut tensors) {
        tensor.add(a, b, c, d);
    }
    if let Some(tensor) = tensors.next() {
        let [a, b, c, d] = rows.map(|(_, rest)| rest);
        tensor.add(a, b, c, d);
    }
}

/// Whether enough neighbouring blocks of a line run one way, and not along the line. `along` is 1 for rows and -1 for columns.
fn run_one_way<'a>(line: impl Iterator<Item = &'a [f64; 2]> + Clone, along: f64) -> bool {
    let crossed = |[cosine, sine]: &[f64; 2]| {
        if cosine * along < ASLANT {
            [0.0; 2]
        } else {
            [*cosine, *sine]
        }
    };
    let mut behind = line.clone().map(crossed);
    let mut sum = [0.0; 2];
    for (n, [cosine, sine]) in line.map(crossed).enumerate() {
        sum = [sum[0] + cosine, sum[1] + sine];
        if n >= WINDOW
            && let Some([cosine, sine]) = behind.next()
        {
            sum = [sum[0] - cosine, sum[1] - sine];
        }
        if sum[0].hypot(sum[1]) >= LEAST {
            return true;
        }
    }
    false
}

/// Blocks with their neighbours: bars may end anywhere.
fn spread(blocks: Vec<bool>) -> Vec<bool> {
    let near = |n: usize| {
        let near = blocks.iter().skip(n.saturating_sub(1));
        near.take(if n == 0 { 2 } else { 3 }).any(|may| *may)
    };
    (0..blocks.len()).map(near).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIDE: usize = 400;

    fn picture(grey: impl FnMut(usize, usize) -> u8) -> Vec<u8> {
        let mut grey = grey;
        (0..SIDE * SIDE).map(|i| grey(i % SIDE, i / SIDE)).collect()
    }

    /// Evenly spread greys, so many to both sides of the one given.
    fn grained(mut grey: impl FnMut(usize, usize) -> u8, grain: u8) -> Vec<u8> {
        let mut seed = 7u32;
        picture(|x, y| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let off = (seed >> 16) as u8 % (2 * grain + 1);
            grey(x, y).saturating_add(off).saturating_sub(grain)
        })
    }

    /// The rows and the columns, in blocks, that may have bars.
    fn seen(pixels: &[u8]) -> [usize; 2] {
        let gradients = Gradients::of(SIDE, SIDE, pixels);
        let blocks = || (0..SIDE).step_by(BLOCK);
        [
            blocks().filter(|y| gradients.in_row(*y)).count(),
            blocks().filter(|x| gradients.in_column(*x)).count(),
        ]
    }

    /// Bars of so many pixels, leaning by so much, in a stretch of rows.
    fn bars(module: f64, lean: f64) -> impl Fn(usize, usize) -> u8 {
        move |x, y| {
            let across = x as f64 + lean * y as f64;
            let is_dark = ((across / module) as usize).is_multiple_of(2);
            let within = (80..320).contains(&x) && (160..240).contains(&y);
            if within && is_dark { 40 } else { 220 }
        }
    }

    #[test]
    fn grain_is_passed_over_whatever_its_strength() {
        for grain in [4, 20, 60, 100] {
            assert_eq!(seen(&grained(|_, _| 128, grain)), [0, 0], "{grain}");
        }
    }

    #[test]
    fn bars_are_seen_fine_and_coarse_upright_and_aslant_clean_and_under_grain() {
        for module in [1.0, 1.5, 3.0, 8.0, 13.0] {
            for lean in [0.0, 0.3, -0.8] {
                for grain in [1, 40] {
                    let pixels = grained(bars(module, lean), grain);
                    let gradients = Gradients::of(SIDE, SIDE, &pixels);
                    let all = (160..240).all(|row| gradients.in_row(row));
                    assert!(all, "{module} {lean} {grain}");
                    let far = gradients.in_row(0) || gradients.in_row(SIDE - 1);
                    assert!(!far, "{module} {lean} {grain}");
                }
            }
        }
    }

    #[test]
    fn upright_bars_are_in_rows_and_lying_ones_in_columns() {
        let upright = bars(3.0, 0.0);
        let [rows, columns] = seen(&picture(&upright));
        assert!(rows > 0 && columns == 0, "{rows} {columns}");
        let [rows, columns] = seen(&picture(|x, y| upright(y, x)));
        assert!(rows == 0 && columns > 0, "{rows} {columns}");
    }

    #[test]
    fn a_single_edge_is_no_bars() {
        let edge = |slope: f64| {
            move |x: usize, y: usize| {
                if x as f64 + slope * (y as f64) < 200.0 {
                    20
                } else {
                    230
                }
            }
        };
        for slope in [0.0, 0.5, 1.0] {
            assert_eq!(seen(&picture(edge(slope))), [0, 0], "{slope}");
        }
    }
}
