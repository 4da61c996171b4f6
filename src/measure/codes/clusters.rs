//! Clusters the shapes of a page: codes drawn as vectors are clusters of many small shapes.

use crate::measure::codes::candidate::{
    BESIDE, Candidate, CandidateKind, FEWEST_SHAPES, SMALLEST_CODE, sides,
};
use crate::measure::codes::lattice_test::on_lattice;
use crate::measure::codes::layered::Layered;
use crate::measure::codes::module_clusters::{CodeArea, code_areas};
use crate::measure::codes::rotated_bars::{Turned, turned};
use crate::model::geometry::{Rect, Size};

/// The share of a patch that shapes cover: half of a code is dark, a plot or a tree of lines is mostly paper.
const LEAST_COVER: f64 = 0.22;
/// A patch on no lattice needs more: they are drawn in rows or one by one.
const FEWEST_TURNED: usize = 40;
/// Modules along the side of a patch that is a code with a little around it.
const MOST_MODULES: f64 = 200.0;

/// Connected patches of shapes on a grid of `cell` points, added to `candidates` unless already there. Shapes that stand on
/// no lattice count where `irregular` says so.
pub(in crate::measure) fn patches(
    layered: &Layered,
    page: Size,
    cell: f64,
    irregular: bool,
    candidates: &mut Vec<Candidate>,
) {
    let shapes = layered.shapes();
    let cells = |side: f64| ((side / cell).ceil() as usize).clamp(1, 2000) + 2;
    let (columns, rows) = (cells(page.width), cells(page.height));
    let place = |at: f32, limit: usize| {
        (f64::from(at) / cell + 1.0).clamp(0.0, (limit - 1) as f64) as usize
    };
    let mut grid = vec![0u32; columns * rows];
    for shape in shapes {
        let (x0, x1) = (place(shape.x0, columns), place(shape.x1, columns));
        for y in place(shape.y0, rows)..=place(shape.y1, rows) {
            if let Some(row) = grid.get_mut(y * columns + x0..=y * columns + x1) {
                row.fill(1);
            }
        }
    }
    // Numbers each patch from 2; neighbours up to two cells away belong together.
    let mut patch = 1;
    let mut open = Vec::new();
    for start in 0..grid.len() {
        if grid.get(start) != Some(&1) {
            continue;
        }
        patch += 1;
        open.push(start);
        if let Some(c) = grid.get_mut(start) {
            *c = patch;
        }
        while let Some(at) = open.pop() {
            let (x, y) = (at % columns, at / columns);
            for ny in y.saturating_sub(2)..=(y + 2).min(rows - 1) {
                for nx in x.saturating_sub(2)..=(x + 2).min(columns - 1) {
                    let near = ny * columns + nx;
                    if let Some(c) = grid.get_mut(near)
                        && *c == 1
                    {
                        *c = patch;
                        open.push(near);
                    }
                }
            }
        }
    }
    let mut found: Vec<Cluster> = vec![Cluster::default(); patch as usize + 1];
    for (n, shape) in shapes.iter().enumerate() {
        let at = place(shape.y0, rows) * columns + place(shape.x0, columns);
        let number = grid.get(at).copied().unwrap_or(0) as usize;
        if let Some(p) = found.get_mut(number) {
            p.add(*shape, layered.layer(n));
        }
    }
    for p in found {
        // Rows of modules drawn as one are as wide as bars: such a patch may be either.
        let bars = p.all_bars();
        for candidate in bars.into_iter().chain(p.candidates(irregular)) {
            let alike = |t: &Candidate| {
                t.kind != CandidateKind::Bars
                    || (0.8..=1.25).contains(&(t.detail / candidate.detail))
            };
            let known = candidates.iter().any(|t| {
                t.kind == candidate.kind
                    && alike(t)
                    && t.area.contains(candidate.area, 2.0)
                    && t.area.area() < 1.3 * candidate.area.area()
            });
            if !known {
                candidates.push(candidate);
            }
        }
    }
}

/// A cluster of shapes that may be a code.
#[derive(Clone, Default)]
struct Cluster {
    area: Option<Rect>,
    shapes: Vec<Rect>,
    /// The layer each is painted in.
    layers: Vec<usize>,
    /// Shapes much higher than wide, and much wider than high.
    tall: Vec<Rect>,
    flat: Vec<Rect>,
    covered: f64,
    columns: std::collections::BTreeSet<i32>,
    rows: std::collections::BTreeSet<i32>,
}

impl Cluster {
    fn add(&mut self, shape: Rect, layer: usize) {
        self.area = Some(self.area.map_or(shape, |a| a.union(shape)));
        self.covered += shape.area();
        for (bars, is_bar) in [
            (&mut self.tall, shape.height() > 3.0 * shape.width()),
            (&mut self.flat, shape.width() > 3.0 * shape.height()),
        ] {
            if is_bar && bars.len() < MOST_BARS {
                bars.push(shape);
            }
        }
        if self.shapes.len() < SAMPLE {
            self.columns.insert((shape.x0 * 4.0) as i32);
            self.rows.insert((shape.y0 * 4.0) as i32);
        }
        self.shapes.push(shape);
        self.layers.push(layer);
    }

    /// Bars of all shapes together, and those of each layer by itself: what lies below another may be hidden by what was
    /// painted between.
    fn all_bars(&self) -> Vec<Candidate> {
        let mut found: Vec<Candidate> = self.bars().or_else(|| self.turned()).into_iter().collect();
        let mut layers = self.layers.clone();
        layers.sort_unstable();
        let by_layer = layers.chunk_by(|a, b| a == b);
        let large = by_layer.filter(|l| l.len() >= FEWEST_BARS && l.len() < layers.len());
        let last_first: Vec<usize> = large.filter_map(|l| l.first()).rev().copied().collect();
        for layer in last_first.into_iter().take(MOST_LAYERS) {
            let mut alone = Self::default();
            let all = self.shapes.iter().zip(&self.layers);
            for (shape, _) in all.filter(|(_, of)| **of == layer) {
                alone.add(*shape, layer);
            }
            found.extend(alone.bars().or_else(|| alone.turned()));
        }
        found
    }

    /// Tall shapes side by side that are the bars of a symbol.
    fn bars(&self) -> Option<Candidate> {
        let area = self.area?;
        let (standing, lying) = (
            self.tall.len() >= FEWEST_BARS,
            self.flat.len() >= FEWEST_BARS,
        );
        let upright = |r: &Rect| r.to_f64();
        let turned = |r: &Rect| {
            let [x0, y0, x1, y1] = r.to_f64();
            [y0, x0, y1, x1]
        };
        let standing = standing
            .then(|| symbol(self.tall.iter().map(upright).collect()))
            .flatten();
        let lying = || {
            lying
                .then(|| symbol(self.flat.iter().map(turned).collect()))
                .flatten()
        };
        let (module, stands) = match standing {
            Some(module) => (module, true),
            None => (lying()?, false),
        };
        // Beside the symbol there may be an add-on.
        let [x0, y0, x1, y1] = area.inflate(16.0 * module).to_f64();
        let [across, down] = if stands { [62.0, 0.0] } else { [0.0, 62.0] }.map(|m| m * module);
        Some(Candidate::at(
            Rect::new(x0 - across, y0 - down, x1 + across, y1 + down),
            module,
            CandidateKind::Bars,
        ))
    }

    /// Bars turned by any angle.
    fn turned(&self) -> Option<Candidate> {
        let Turned { module, turn } = turned(&self.shapes)?;
        Some(Candidate {
            area: self.area?.inflate(BESIDE * module),
            detail: module,
            kind: CandidateKind::Bars,
            pictured: false,
            turn,
        })
    }

    /// The cluster if it may be a code as a whole, and areas in it that may be one by themselves.
    fn candidates(self, irregular: bool) -> Vec<Candidate> {
        let Some(patch) = self.area.filter(|area| sides(*area).0 >= SMALLEST_CODE) else {
            return Vec::new();
        };
        let (short, _) = sides(patch);
        // Bars stand in one row; a code has modules in many rows and columns.
        let spread = self.columns.len() >= 6 && self.rows.len() >= 6;
        if self.shapes.len() < FEWEST_SHAPES || !spread {
            return Vec::new();
        }
        // The finest shapes are single modules; the tenth part is robust against slivers.
        let sample = self.shapes.get(..SAMPLE).unwrap_or(&self.shapes);
        let mut short_sides: Vec<f64> = sample.iter().map(|r| sides(*r).0).collect();
        short_sides.sort_by(f64::total_cmp);
        let Some(tenth) = short_sides.get(short_sides.len() / 10).copied() else {
            return Vec::new();
        };
        let whole = CodeArea {
            area: patch,
            // The largest code has 177 modules a side; what is finer than that is texture around it.
            detail: tenth.max(short / MOST_MODULES),
        };
        let code_areas = code_areas(&self.shapes, whole);
        if code_areas.is_empty() {
            return Vec::new();
        }
        let corners: Vec<[f32; 2]> = sample.iter().map(|r| [r.x0, r.y0]).collect();
        let lattice = on_lattice(&corners, tenth);
        let dense = self.covered >= patch.area() * LEAST_COVER;
        // Turned by any angle, modules stand on no upright lattice; the whole is about as wide as high then.
        let square = (0.6..=1.7).contains(&(patch.width() / patch.height()));
        let turned = irregular && square && self.shapes.len() >= FEWEST_TURNED;
        let whole = (dense && (lattice || turned)).then_some(whole);
        let parts = code_areas.into_iter().filter(|place| {
            irregular
                && whole.is_none_or(|whole| {
                    whole.area.area() > MUCH_LARGER * place.area.area()
                        || whole.detail > MUCH_COARSER * place.detail
                })
        });
        let candidate = |place: CodeArea, kind: CandidateKind| {
            Candidate::at(
                place.area.inflate(sides(place.area).0 * 0.06 + 2.0),
                place.detail,
                kind,
            )
        };
        let kind = if lattice {
            CandidateKind::Drawn
        } else {
            CandidateKind::Irregular
        };
        let parts = parts.map(|place| candidate(place, CandidateKind::Irregular));
        parts
            .chain(whole.map(|whole| candidate(whole, kind)))
            .collect()
    }
}

/// How much larger or coarser a patch must be than a place in it for that to be looked at by itself.
const MUCH_LARGER: f64 = 4.0;
const MUCH_COARSER: f64 = 1.5;

/// Shapes of a patch from which its module and lattice are found.
const SAMPLE: usize = 4000;
/// Layers of one patch that are looked at for bars by themselves.
const MOST_LAYERS: usize = 6;
/// An EAN-13 has thirty bars; programs join none, but cut some in two.
const FEWEST_BARS: usize = 20;
/// More bars than any page has in one patch: then they are something else.
const MOST_BARS: usize = 2000;

/// The module of a symbol that bars make along some line across them; none if they make none.
fn symbol(mut bars: Vec<[f64; 4]>) -> Option<f64> {
    bars.sort_by(|a, b| a[0].total_cmp(&b[0]));
    let top = bars.iter().map(|b| b[1]).fold(f64::INFINITY, f64::min);
    let bottom = bars.iter().map(|b| b[3]).fold(f64::NEG_INFINITY, f64::max);
    [0.5, 0.3, 0.7, 0.15].into_iter().find_map(|share| {
        let y = top + share * (bottom - top);
        let mut lengths = Vec::new();
        let mut end = f64::NEG_INFINITY;
        for [x0, _, x1, _] in bars.iter().filter(|b| b[1] < y && y < b[3]) {
            match lengths.last_mut() {
                // Bars that touch are one.
                Some(dark) if *x0 <= end + TOUCH => *dark += (x1 - end).max(0.0),
                Some(_) => lengths.extend([x0 - end, x1 - x0]),
                None => lengths.extend([10.0, x1 - x0]),
            }
            end = end.max(*x1);
        }
        lengths.push(10.0);
        presscheck_barcode::module_of(&lengths)
            .or_else(|| presscheck_barcode::module_of(&between(&lengths)))
    })
}

/// The bars that are left where these are the spaces, painted in white over one dark block: a module of it is left on both
/// sides, as wide as the space beside it.
fn between(lengths: &[f64]) -> Vec<f64> {
    let [margin, spaces @ .., _] = lengths else {
        return Vec::new();
    };
    let guard = |space: Option<&f64>| space.copied().unwrap_or(*margin);
    let ends = [guard(spaces.first()), guard(spaces.last())];
    let mut all = vec![*margin, ends[0]];
    all.extend(spaces);
    all.extend([ends[1], *margin]);
    all
}

/// Bars nearer than this in points are one bar drawn in pieces.
const TOUCH: f64 = 0.05;
