//! Joins scan lines that decode to the same digits into one symbol.

use crate::linear::run_lengths::Runs;
use crate::linear::symbol::Pixel;
use crate::linear::symbol::{Bars, DecodedLine};

/// Rows that must agree, so that texture is not read as a code.
const LEAST_ROWS: usize = 3;
/// The lowest symbol, in modules: less is a row of pixels that says something by chance.
const LEAST_HEIGHT: f64 = 2.0;
/// Edges of dark and light that make a line as busy as bars, which have sixty.
const BUSY: usize = 20;
/// The share of a symbol's lines, as one of so many, that an add-on of two digits is read in at least.
const SHARE: usize = 8;

/// A symbol as far as it was followed: where each of its lines lies, begins and ends, and what is clear beside it.
struct Open {
    bars: Bars,
    lines: Vec<Stretch>,
    /// Down to where lines are as busy as its bars, though they do not read.
    busy: f64,
}

/// A line of a symbol.
struct Stretch {
    at: f64,
    from: f64,
    end: f64,
    module: f64,
    clear: [f64; 2],
    add_on: Option<String>,
}

/// Reads every `step`-th of `rows` lines that may have bars, which `line` copies, and joins what neighbours say.
pub(crate) fn gather(
    rows: usize,
    step: usize,
    may_have_bars: impl Fn(usize) -> bool,
    line: &mut dyn FnMut(usize, &mut Vec<Pixel>),
) -> Vec<Bars> {
    let mut open: Vec<Open> = Vec::new();
    let mut runs = Runs::default();
    let mut pixels = Vec::new();
    for row in (0..rows).step_by(step).filter(|row| may_have_bars(*row)) {
        pixels.clear();
        line(row, &mut pixels);
        let (top, bottom, step) = (row as f64, (row + step) as f64, step as f64);
        for known in &mut open {
            if known.is_near(top, step) && known.is_busy(&pixels) {
                known.busy = bottom;
            }
        }
        for line in runs.codes(&pixels) {
            let same = open.iter_mut().find(|known| {
                let last = known
                    .lines
                    .last()
                    .map_or(0.0, |l| line_slack(l, &line, top));
                known.bars.digits == line.digits
                    && known.bars.symbology == line.symbology
                    && last <= 0.0
                    && known.is_near(top, step)
            });
            let stretch = Stretch {
                at: top,
                from: line.from,
                end: line.end,
                module: line.module,
                clear: line.clear,
                add_on: line.add_on,
            };
            match same {
                Some(known) => {
                    let bars = &mut known.bars;
                    bars.area[3] = bottom;
                    bars.area[0] = bars.area[0].min(line.from);
                    bars.area[2] = bars.area[2].max(line.to);
                    known.lines.push(stretch);
                }
                None => open.push(Open {
                    bars: Bars {
                        symbology: line.symbology,
                        modules: line.modules,
                        digits: line.digits,
                        add_on: None,
                        area: [line.from, top, line.to, bottom],
                        module: line.module,
                        quiet: [0.0; 2],
                        lying: false,
                        lean: 0.0,
                    },
                    lines: vec![stretch],
                    busy: bottom,
                }),
            }
        }
    }
    settled(open)
}

/// Symbols of enough lines. Of those that are read at one place, the one that most lines say is there.
fn settled(mut open: Vec<Open>) -> Vec<Bars> {
    open.retain(|known| known.lines.len() >= LEAST_ROWS);
    open.sort_by_key(|known| std::cmp::Reverse(known.lines.len()));
    let mut found: Vec<Bars> = Vec::new();
    for known in open {
        let bars = known.close();
        match found.iter_mut().find(|f| is_same_place(f, &bars)) {
            Some(same) if same.digits == bars.digits => {
                same.area[1] = same.area[1].min(bars.area[1]);
                same.area[3] = same.area[3].max(bars.area[3]);
            }
            Some(_) => {}
            None => found.push(bars),
        }
    }
    found.retain(|bars| bars.area[3] - bars.area[1] >= LEAST_HEIGHT * bars.module);
    found.sort_by(|a, b| a.area[1].total_cmp(&b.area[1]));
    found
}

fn is_same_place(a: &Bars, b: &Bars) -> bool {
    let ([a0, a1, a2, a3], [b0, b1, b2, b3]) = (a.area, b.area);
    let width = (a2 - a0).min(b2 - b0);
    a2.min(b2) - a0.max(b0) > width / 2.0 && a3.min(b3) - a1.max(b1) > -2.0 * a.module
}

/// How much further a line begins from the last one than it may.
fn line_slack(last: &Stretch, line: &DecodedLine, top: f64) -> f64 {
    (last.from - line.from).abs() - 3.0 * line.module - (top - last.at)
}

impl Open {
    /// Whether a line may still belong to it. Lines that lettering or a scratch cuts through are bridged, and all that are as busy
    /// as bars: in a coarse picture some can be read and others cannot.
    fn is_near(&self, top: f64, step: f64) -> bool {
        top - self.busy.max(self.bars.area[3]) <= 4.0 * self.bars.module + 2.0 * step
    }

    fn is_busy(&self, pixels: &[Pixel]) -> bool {
        let at = |place: f64| (place.max(0.0) as usize).min(pixels.len());
        let [from, _, to, _] = self.bars.area;
        let line = pixels.get(at(from)..at(to)).unwrap_or_default();
        line.chunk_by(|a, b| a.0 == b.0).count() > BUSY
    }

    fn close(self) -> Bars {
        let Self {
            mut bars, lines, ..
        } = self;
        bars.lean = lean(&lines);
        bars.module = (bars.area[2] - bars.area[0]) / bars.modules;
        bars.add_on = add_on(&lines);
        let after = || lines.iter().filter(|l| l.add_on == bars.add_on);
        bars.quiet = [
            quiet(|| lines.iter(), bars.lean, |l| (l.from, l.clear[0])),
            quiet(after, bars.lean, |l| (l.end, l.clear[1])),
        ];
        bars
    }
}

/// The add-on that most lines read. Its bars may begin lower than the symbol's, and the digits printed over them are strokes in
/// which a line now and then reads two digits.
fn add_on(lines: &[Stretch]) -> Option<String> {
    let read = || lines.iter().filter_map(|l| l.add_on.as_deref());
    let votes = |digits: &str| read().filter(|other| *other == digits).count();
    let best = read().max_by_key(|digits| (votes(digits), digits.len()))?;
    let least = if best.len() == 2 {
        LEAST_ROWS.max(lines.len() / SHARE)
    } else {
        1
    };
    (votes(best) >= least).then(|| best.to_owned())
}

/// How far lines begin further along from one to the next; a few that begin with a void say nothing.
fn lean(lines: &[Stretch]) -> f64 {
    let apart = (lines.len() * 2 / 3).max(1);
    let mut slopes: Vec<f64> = lines
        .iter()
        .zip(lines.iter().skip(apart))
        .map(|(a, b)| (b.from - a.from) / (b.at - a.at).max(1.0))
        .collect();
    slopes.sort_by(f64::total_cmp);
    slopes.get(slopes.len() / 2).copied().unwrap_or(0.0)
}

/// The least clear space beside a symbol, in modules. Where the symbol ends on most lines tells it from a void in its outer bar: clear
/// space reaches outwards from there.
fn quiet<'a, I: Iterator<Item = &'a Stretch>>(
    lines: impl Fn() -> I,
    lean: f64,
    beside: impl Fn(&Stretch) -> (f64, f64),
) -> f64 {
    let edge = |l: &Stretch| beside(l).0 - lean * l.at;
    let mut edges: Vec<f64> = lines().map(edge).collect();
    edges.sort_by(f64::total_cmp);
    let usual = edges.get(edges.len() / 2).copied().unwrap_or(0.0);
    let is_outside = |l: &&Stretch| beside(l).1 > (edge(l) - usual).abs();
    let clear = |l: &Stretch| beside(l).1 / l.module;
    let outside = lines().filter(is_outside).map(clear);
    let least = outside.fold(f64::INFINITY, f64::min);
    // Where all lines are alike in having none, there is none.
    if least.is_finite() { least } else { 0.0 }
}
