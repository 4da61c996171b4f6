//! Flows a chapter's passages over pages, so that no page begins or ends on a stray line.

use super::content::Content;
use super::font::Font;
use super::pdf::Pdf;
use super::prose::Passage;
use super::typeset::{Line, Shape, paragraph};
use hayro_font::StandardFont;
use std::ops::Range;

/// The faces of a book.
#[derive(Clone, Debug)]
pub struct Faces {
    /// For text.
    pub roman: Font,
    /// For the log, captions and titles.
    pub italic: Font,
    /// For the line above each page.
    pub head: Font,
}

impl Faces {
    /// All embedded; running heads in the text face.
    pub fn embedded(pdf: &mut Pdf) -> Self {
        let roman = Font::embedded(pdf, StandardFont::TimesRoman);
        Self {
            italic: Font::embedded(pdf, StandardFont::TimesItalic),
            head: roman.clone(),
            roman,
        }
    }
}

/// The type area of a page; lengths in points.
#[derive(Clone, Copy, Debug)]
pub struct Area {
    /// Page width and height.
    pub page: (f64, f64),
    /// From the bind edge to the text.
    pub inner: f64,
    /// From the text to the outside edge.
    pub outer: f64,
    /// Baseline of the first line of text.
    pub first: f64,
    /// From baseline to baseline.
    pub leading: f64,
    /// Size of the text face.
    pub size: f64,
    /// Lines on a full page.
    pub lines: usize,
}

impl Area {
    /// The novel's: 6 x 9 in, gutter 0.75 in, outside 0.6 in, 11 on 14 pt.
    pub const NOVEL: Self = Self {
        page: (432.0, 648.0),
        inner: 54.0,
        outer: 43.2,
        first: 566.0,
        leading: 14.0,
        size: 11.0,
        lines: 35,
    };

    /// Width of the column.
    pub fn measure(&self) -> f64 {
        self.page.0 - self.inner - self.outer
    }

    /// Left edge of the column on a page; odd pages are right-hand pages, bound on their left.
    pub fn left(&self, page: usize) -> f64 {
        if page.is_multiple_of(2) {
            self.outer
        } else {
            self.inner
        }
    }

    /// Baseline of a row of the grid, 0 the topmost.
    pub fn baseline(&self, row: usize) -> f64 {
        self.first - row as f64 * self.leading
    }
}

/// A row of the page's grid.
#[derive(Clone, Debug)]
pub enum Row {
    /// A line of a paragraph.
    Text {
        /// The line.
        line: Line,
        /// Whether it is set in italics.
        italic: bool,
        /// Whether the paragraph begins with it.
        first: bool,
        /// Whether the paragraph ends with it.
        last: bool,
    },
    /// White space.
    Blank,
    /// The sign between two scenes.
    Ornament,
}

/// Lines beside the large initial of a chapter.
pub const INITIAL_LINES: usize = 3;

/// The opening passage of a chapter: its large initial, how wide that is, and the rows of what follows it.
pub fn opening(passage: &Passage, faces: &Faces, area: &Area) -> (String, Vec<Row>) {
    let Passage::Text(text) = passage else {
        panic!("chapters open with ordinary text");
    };
    let mut rest = text.chars();
    let initial: String = rest.by_ref().take(1).collect();
    let width = faces.roman.width(&initial, initial_size(area)) + 4.0;
    let shape = Shape {
        beside: (INITIAL_LINES, width),
        ..Shape::body(area.measure(), 0.0)
    };
    let lines = paragraph(rest.as_str().trim_start(), &faces.roman, area.size, &shape);
    (initial, rows(lines, false))
}

/// The size at which a capital reaches from the top of the first line to the baseline of the third.
pub fn initial_size(area: &Area) -> f64 {
    const CAP_HEIGHT: f64 = 0.662;
    (INITIAL_LINES - 1) as f64 * area.leading / CAP_HEIGHT + area.size
}

/// The rows of a passage; `flush` when it stands after a break and is not indented.
pub fn set(passage: &Passage, faces: &Faces, area: &Area, flush: bool) -> Vec<Row> {
    match passage {
        Passage::Text(text) => {
            let shape = Shape::body(area.measure(), if flush { 0.0 } else { 1.4 * area.size });
            rows(paragraph(text, &faces.roman, area.size, &shape), false)
        }
        Passage::Log(text) => {
            let shape = Shape {
                sides: 2.2 * area.size,
                ..Shape::body(area.measure(), 0.0)
            };
            let mut out = vec![Row::Blank];
            out.extend(rows(
                paragraph(text, &faces.italic, area.size, &shape),
                true,
            ));
            out.push(Row::Blank);
            out
        }
        Passage::Break => vec![Row::Blank, Row::Ornament, Row::Blank],
    }
}

/// Adds rows at the end; white space does not add up.
pub fn push(rows: &mut Vec<Row>, more: Vec<Row>) {
    let doubled = matches!(
        (rows.last(), more.first()),
        (Some(Row::Blank), Some(Row::Blank))
    );
    rows.extend(more.into_iter().skip(usize::from(doubled)));
}

fn rows(lines: Vec<Line>, italic: bool) -> Vec<Row> {
    let count = lines.len();
    lines
        .into_iter()
        .enumerate()
        .map(|(index, line)| Row::Text {
            line,
            italic,
            first: index == 0,
            last: index + 1 == count,
        })
        .collect()
}

/// Divides rows into pages; `room` says how many rows the nth page of the chapter, from 0, can hold.
pub fn pages(rows: &[Row], room: impl Fn(usize) -> usize) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    loop {
        // White space between passages is lost at the head of a page.
        while matches!(rows.get(start), Some(Row::Blank)) {
            start += 1;
        }
        if start >= rows.len() {
            return out;
        }
        let mut end = (start + room(out.len())).min(rows.len());
        while end < rows.len() && end > start + 4 && stray(rows, end) {
            end -= 1;
        }
        out.push(start..end);
        start = end;
    }
}

/// Whether a page ending before this row would leave a line alone on either side.
fn stray(rows: &[Row], end: usize) -> bool {
    let alone_above = match &rows[end - 1] {
        Row::Text { first, last, .. } => *first && !*last,
        Row::Ornament => true,
        Row::Blank => matches!(rows.get(end.wrapping_sub(2)), Some(Row::Ornament)),
    };
    let alone_below = match &rows[end] {
        Row::Text { first, last, .. } => *last && !*first,
        Row::Ornament => true,
        Row::Blank => false,
    };
    alone_above || alone_below
}

/// Draws rows from a row of the grid downwards; `left` is the column's left edge.
pub fn draw(
    content: &mut Content,
    rows: &[Row],
    from: usize,
    left: f64,
    faces: &Faces,
    area: &Area,
) {
    for (index, row) in rows.iter().enumerate() {
        let y = area.baseline(from + index);
        match row {
            Row::Text { line, italic, .. } => {
                let face = if *italic { &faces.italic } else { &faces.roman };
                line.draw(content, face, area.size, left, y);
            }
            Row::Ornament => {
                let middle = left + area.measure() / 2.0;
                for dot in [-1.0, 0.0, 1.0] {
                    content.circle(middle + dot * 16.0, y + 3.0, 1.1);
                }
                content.fill();
            }
            Row::Blank => {}
        }
    }
}
