//! Recognises rows of lines that are the bars of a code.

use std::collections::BTreeMap;

use crate::model::facts::LineKind;
use crate::model::geometry::Rect;

/// So many lines side by side that begin or end level, at uneven distances, are the bars of a code.
const BARS: usize = 12;
/// Most bars of a code are this near to each other, in points.
const CLOSE: f32 = 6.0;

/// The extents of lines that are the bars of a code: lines of a grid or of hatching keep one distance.
pub(super) fn rows_of_bars(lines: &[(LineKind, f32, Rect)]) -> Vec<Rect> {
    if lines.len() < BARS {
        return Vec::new();
    }
    // Whether they lie, which of their ends is level, and where; guard bars are longer at one end.
    let mut rows: BTreeMap<(bool, bool, i32), Vec<Rect>> = BTreeMap::new();
    for (.., area) in lines {
        let lie = area.width() > area.height();
        let ends = if lie {
            [area.x0, area.x1]
        } else {
            [area.y0, area.y1]
        };
        for (last, end) in [(false, ends[0]), (true, ends[1])] {
            let level = (end * 2.0).round() as i32;
            rows.entry((lie, last, level)).or_default().push(*area);
        }
    }
    let mut found = Vec::new();
    for ((lie, ..), row) in rows.into_iter().filter(|(_, row)| row.len() >= BARS) {
        let mut at: Vec<f32> = row.iter().map(|r| if lie { r.y0 } else { r.x0 }).collect();
        at.sort_by(f32::total_cmp);
        let mut gaps: Vec<f32> = at
            .windows(2)
            .filter_map(|w| Some(w.last()? - w.first()?))
            .collect();
        gaps.sort_by(f32::total_cmp);
        let Some(median) = gaps.get(gaps.len() / 2).copied() else {
            continue;
        };
        let uneven = gaps
            .iter()
            .filter(|g| (**g - median).abs() > 0.2 * median)
            .count();
        if median <= CLOSE && uneven * 4 >= gaps.len() {
            found.extend(row.into_iter().reduce(Rect::union));
        }
    }
    found
}
