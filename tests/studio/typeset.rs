//! Breaks paragraphs into justified lines, choosing all breaks of a paragraph together so that none looks loose.

use super::content::{Content, Spacing};
use super::font::Font;

/// A line set and ready to be placed; lengths in points.
#[derive(Clone, Debug)]
pub struct Line {
    /// The words with single spaces between.
    pub text: String,
    /// How far it starts to the right of the column's left edge.
    pub indent: f64,
    /// Extra width for each space, negative where the line is squeezed.
    pub word_space: f64,
}

impl Line {
    /// Draws the line with its baseline at y in a column whose left edge is at x.
    pub fn draw(&self, content: &mut Content, font: &Font, size: f64, x: f64, y: f64) {
        let spacing = Spacing {
            word: self.word_space,
            ..Spacing::default()
        };
        content.spaced(font, size, (x + self.indent, y), &self.text, spacing);
    }
}

/// The shape of a paragraph; lengths in points.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Width of the column.
    pub measure: f64,
    /// Indent of the first line.
    pub first: f64,
    /// Lines beside a large initial, and how far they are indented.
    pub beside: (usize, f64),
    /// Indent of all lines on both sides.
    pub sides: f64,
    /// Whether lines are stretched to the full measure.
    pub justified: bool,
}

impl Shape {
    /// A justified paragraph with an indented first line.
    pub fn body(measure: f64, first: f64) -> Self {
        Self {
            measure,
            first,
            beside: (0, 0.0),
            sides: 0.0,
            justified: true,
        }
    }

    /// Indent and width of a line by its number from 0.
    fn line(&self, number: usize) -> (f64, f64) {
        let mut indent = self.sides;
        if number == 0 {
            indent += self.first;
        }
        if number < self.beside.0 {
            indent += self.beside.1;
        }
        (indent, self.measure - indent - self.sides)
    }
}

/// Sets a paragraph. The text's words are parted by single spaces; it must not be empty.
pub fn paragraph(text: &str, font: &Font, size: f64, shape: &Shape) -> Vec<Line> {
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    let widths: Vec<f64> = words.iter().map(|word| font.width(word, size)).collect();
    let space = font.width(" ", size);
    let breaks = best_breaks(&widths, space, shape);

    let mut lines = Vec::new();
    let mut start = 0;
    for (number, end) in breaks.iter().copied().enumerate() {
        let (indent, room) = shape.line(number);
        let gaps = (end - start - 1) as f64;
        let natural: f64 = widths[start..end].iter().sum::<f64>() + gaps * space;
        let last = end == words.len();
        let stretch = shape.justified && gaps > 0.0 && (!last || natural > room);
        lines.push(Line {
            text: words[start..end].join(" "),
            indent,
            word_space: if stretch {
                (room - natural) / gaps
            } else {
                0.0
            },
        });
        start = end;
    }
    lines
}

/// How bad a line is whose spaces must change by so much; beyond a quarter of a space no squeezing helps.
fn badness(change: f64, space: f64) -> f64 {
    let ratio = change / space;
    if ratio < -0.25 {
        1e9 * -ratio
    } else if ratio < 0.0 {
        (ratio * 3.0) * (ratio * 3.0)
    } else {
        ratio * ratio * (1.0 + ratio)
    }
}

/// The word after each line, for the least sum of badness over the paragraph.
fn best_breaks(widths: &[f64], space: f64, shape: &Shape) -> Vec<usize> {
    let count = widths.len();
    // reached[line] holds for each word the least cost of `line` lines ending before it, and where the last began.
    let mut reached: Vec<Vec<Option<(f64, usize)>>> = vec![vec![None; count + 1]];
    reached[0][0] = Some((0.0, 0));
    let mut best: Option<(f64, usize)> = None;
    for number in 0..count {
        let (_, room) = shape.line(number);
        let mut next: Vec<Option<(f64, usize)>> = vec![None; count + 1];
        for (start, state) in reached[number].iter().enumerate().take(count) {
            let Some((cost, _)) = *state else {
                continue;
            };
            let mut natural = -space;
            for end in start + 1..=count {
                natural += widths[end - 1] + space;
                let gaps = (end - start - 1).max(1) as f64;
                // A single word too wide for the line must stand there all the same.
                if natural - gaps * space * 0.25 > room && end > start + 1 {
                    break;
                }
                let line = if end == count && natural <= room {
                    // A last line of one short word looks lost.
                    if natural < room * 0.12 { 2.0 } else { 0.0 }
                } else {
                    badness((room - natural) / gaps, space)
                };
                let total = cost + line;
                if next[end].is_none_or(|(known, _)| total < known) {
                    next[end] = Some((total, start));
                }
            }
        }
        let done = next.iter().all(Option::is_none);
        if let Some((total, _)) = next[count]
            && best.is_none_or(|(known, _)| total < known)
        {
            best = Some((total, number + 1));
        }
        reached.push(next);
        if done {
            break;
        }
    }
    let (_, lines) = best.expect("every text can be broken, if need be word by word");
    let mut breaks = vec![count];
    for line in (2..=lines).rev() {
        let end = breaks[breaks.len() - 1];
        let (_, start) = reached[line][end].expect("the way back was the way there");
        breaks.push(start);
    }
    breaks.reverse();
    breaks
}
