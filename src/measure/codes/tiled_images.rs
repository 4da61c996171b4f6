//! Joins images cut into strips or tiles, none of which shows a code by itself.

use crate::measure::codes::candidate::{Candidate, CandidateKind, SMALLEST_CODE, sides};
use crate::model::geometry::Rect;
use crate::pdf::ImageMark;

/// Pieces whose edges are nearer than this, in points, may belong together.
const SEAM: f64 = 1.0;
/// Runs of tiles on a page beyond which tiles are not joined.
const MOST_RUNS: usize = 1000;
/// How far directions may differ, in radians, in pieces of one picture.
const ASKEW: f64 = 0.005;
/// How far pixels may differ in size, in pieces of one picture.
const ALIKE: f64 = 0.02;
/// The fewest pixels along the side of a code.
const FEWEST_PIXELS: f64 = 21.0;

/// Tiles that touch.
#[derive(Clone, Copy, Debug)]
struct TileRun {
    /// On the page.
    area: Rect,
    /// In axes along the pieces' own edges: left, top, right, bottom.
    own: [f64; 4],
    /// The direction of those axes, less than a quarter turn.
    turn: f64,
    detail: f64,
    pieces: usize,
}

/// Gathers the pictures of a page that may be pieces.
#[derive(Default)]
pub(in crate::measure) struct Pieces {
    runs: Vec<TileRun>,
}

impl Pieces {
    /// A picture that shows nothing by itself.
    pub(in crate::measure) fn add(&mut self, mark: &ImageMark, seen: Rect) {
        let [width, height] = mark.pixels.map(f64::from);
        let [across, down] = mark.sides;
        let [a, b, c, d, e, f] = mark.place;
        let turn = b.atan2(a).rem_euclid(std::f64::consts::FRAC_PI_2);
        let (sine, cosine) = turn.sin_cos();
        let along = |[x, y]: [f64; 2]| [x * cosine + y * sine, y * cosine - x * sine];
        let corners = [
            [e, f],
            [e + a, f + b],
            [e + c, f + d],
            [e + a + c, f + b + d],
        ]
        .map(along);
        let fold = |axis: usize, f: fn(f64, f64) -> f64, from: f64| {
            corners
                .iter()
                .filter_map(|p| p.get(axis))
                .copied()
                .fold(from, f)
        };
        let one = TileRun {
            area: seen,
            own: [
                fold(0, f64::min, f64::INFINITY),
                fold(1, f64::min, f64::INFINITY),
                fold(0, f64::max, f64::NEG_INFINITY),
                fold(1, f64::max, f64::NEG_INFINITY),
            ],
            turn,
            detail: (across / width).max(down / height),
            pieces: 1,
        };
        // Pieces are painted one after another.
        match self.runs.last_mut() {
            Some(last) if last.meets(&one) => last.join(&one),
            _ => self.runs.push(one),
        }
    }

    /// What the pieces make up together, where it may hold a code.
    pub(in crate::measure) fn finish(mut self) -> impl Iterator<Item = Candidate> {
        if self.runs.len() > MOST_RUNS {
            self.runs.retain(|run| run.pieces > 1);
            self.runs.truncate(MOST_RUNS);
        }
        let mut whole = Vec::new();
        while let Some(mut one) = self.runs.pop() {
            while let Some(at) = self.runs.iter().position(|run| run.meets(&one)) {
                one.join(&self.runs.swap_remove(at));
            }
            whole.push(one);
        }
        whole
            .into_iter()
            .filter(TileRun::may_be_code)
            .map(|run| Candidate {
                area: run.area,
                detail: run.detail,
                kind: CandidateKind::Picture,
                pictured: true,
                turn: 0.0,
            })
    }
}

impl TileRun {
    /// Whether another lies edge to edge with it.
    fn meets(&self, other: &Self) -> bool {
        let quarter = std::f64::consts::FRAC_PI_2;
        let askew = (self.turn - other.turn).abs();
        if askew.min(quarter - askew) > ASKEW {
            return false;
        }
        let [ax, ay, bx, by] = self.own;
        let [cx, cy, dx, dy] = other.own;
        let shared = [bx.min(dx) - ax.max(cx), by.min(dy) - ay.max(cy)];
        let [short, long] = [shared[0].min(shared[1]), shared[0].max(shared[1])];
        // Tiles laid row by row lie within what they make up with the row before.
        let grown = self.pieces.max(other.pieces) > 1;
        let alike = (self.detail - other.detail).abs() <= ALIKE * self.detail;
        let overlaps = grown && alike && short > 0.0;
        overlaps || (-SEAM..=SEAM).contains(&short) && long > 0.0
    }

    fn join(&mut self, other: &Self) {
        let [ax, ay, bx, by] = self.own;
        let [cx, cy, dx, dy] = other.own;
        self.own = [ax.min(cx), ay.min(cy), bx.max(dx), by.max(dy)];
        self.area = self.area.union(other.area);
        self.detail = self.detail.min(other.detail);
        self.pieces += other.pieces;
    }

    fn may_be_code(&self) -> bool {
        let short = sides(self.area).0;
        self.pieces > 1 && short >= SMALLEST_CODE && short >= FEWEST_PIXELS * self.detail
    }
}
