//! Running heads and page numbers: lines that recur at the top or the bottom of pages.

use super::page_text::PageText;
use crate::model::facts::{Document, Page, TextRun, Visibility};
use crate::model::geometry::Rect;
use crate::wording::Folded;

/// A page number as printed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Folio<'a> {
    pub(super) page: &'a Page,
    /// Its text.
    pub(super) number: u32,
    pub(super) area: Rect,
}

/// Fewer pages with numbers than this are no pattern.
const FEWEST: usize = 8;
/// How many of the lines of a page, from its top and from its foot, may bear its number.
const LINES: usize = 2;

/// The page numbers of a book: numbers in the first or last line of pages that go up by one a page; none where they
/// stand on less than half of the pages.
pub(super) fn folios(document: &Document) -> Vec<Folio<'_>> {
    let found: Vec<(i64, Folio<'_>)> = document.pages.iter().flat_map(candidates).collect();
    let mut offsets: std::collections::BTreeMap<i64, usize> = std::collections::BTreeMap::new();
    for (offset, _) in &found {
        *offsets.entry(*offset).or_default() += 1;
    }
    let Some((best, _)) = offsets
        .into_iter()
        .max_by_key(|(offset, n)| (*n, -offset.abs()))
    else {
        return Vec::new();
    };
    let mut folios: Vec<Folio<'_>> = found
        .into_iter()
        .filter(|(o, _)| *o == best)
        .map(|(_, f)| f)
        .collect();
    folios.dedup_by_key(|f| f.page.number);
    let printed = document.pages.iter().filter(|p| !p.text.is_empty()).count();
    if folios.len() < FEWEST || 2 * folios.len() < printed {
        return Vec::new();
    }
    folios
}

/// Numbers that may be a page's own, with how far they are from its place in the file.
fn candidates(page: &Page) -> Vec<(i64, Folio<'_>)> {
    let rows = edge_rows(&page.text);
    let mut found = Vec::new();
    for run in rows {
        let text = run.text.trim().trim_matches(|c: char| !c.is_alphanumeric());
        let words: Vec<&str> = text.split_whitespace().collect();
        let (Some(first), Some(last)) = (words.first(), words.last()) else {
            continue;
        };
        let [x0, y0, x1, y1] = run.area.to_f64();
        for (word, is_first) in [(*first, true), (*last, false)] {
            let digits = word.trim_matches(|c: char| !c.is_alphanumeric());
            if digits.is_empty() || digits.len() > 4 || !digits.chars().all(|c| c.is_ascii_digit())
            {
                continue;
            }
            let Ok(number) = digits.parse::<u32>() else {
                continue;
            };
            // Of a line with other words the number is an end.
            let width =
                f64::from(run.size) * 0.5 * f64::from(u32::try_from(digits.len()).unwrap_or(1));
            let area = match (words.len(), is_first) {
                (1, _) => run.area,
                (_, true) => Rect::new(x0, y0, (x0 + width).min(x1), y1),
                (_, false) => Rect::new((x1 - width).max(x0), y0, x1, y1),
            };
            found.push((
                i64::from(number) - i64::from(page.number),
                Folio { page, number, area },
            ));
            if words.len() == 1 {
                break;
            }
        }
    }
    found
}

/// The runs in the first and the last lines of a page.
fn edge_rows(text: &[TextRun]) -> Vec<&TextRun> {
    let mut runs: Vec<&TextRun> = text
        .iter()
        .filter(|r| {
            r.visibility == Visibility::Visible && r.angle == 0 && !r.text.trim().is_empty()
        })
        .collect();
    runs.sort_by(|a, b| a.area.y1.total_cmp(&b.area.y1));
    let mut kept: Vec<&TextRun> = Vec::new();
    let mut rows = 0;
    let mut last: Option<f32> = None;
    for run in &runs {
        if last.is_none_or(|y| run.area.y1 - y > 0.6 * run.size) {
            rows += 1;
        }
        if rows > LINES {
            break;
        }
        last = Some(run.area.y1);
        kept.push(*run);
    }
    let (mut rows, mut last): (usize, Option<f32>) = (0, None);
    // Those that are kept already are the first ones.
    let others = runs.get(kept.len()..).unwrap_or_default();
    for run in others.iter().rev() {
        if last.is_none_or(|y| y - run.area.y1 > 0.6 * run.size) {
            rows += 1;
        }
        if rows > LINES {
            break;
        }
        last = Some(run.area.y1);
        kept.push(*run);
    }
    kept
}

/// Words that recur at the head or foot of many pages.
#[derive(Clone, Debug)]
pub(super) struct Head {
    /// As first printed.
    pub(super) text: String,
    /// In bare letters, without page numbers.
    pub(super) folded: Folded,
    /// The pages it is on, with its areas.
    pub(super) on: Vec<(u32, Rect)>,
}

/// Fewer pages than this have no running head worth the name.
const HEADED: usize = 10;
/// A head on this share of the left or of the right pages is the book's, not a chapter's.
const SHARE: f64 = 0.6;
/// Different heads kept: a book has no more chapters.
const KEPT: usize = 400;
/// A line at the head or foot is set apart from the next by this much, in parts of its size.
const APART: f32 = 1.45;

/// The running heads on most left or most right pages throughout.
pub(super) fn running(document: &Document) -> Vec<Head> {
    let mut heads: Vec<Head> = Vec::new();
    let mut pages = [0usize; 2];
    for page in &document.pages {
        let sheet = PageText::of(page);
        let lines = sheet.lines.len();
        if lines < 4 {
            continue;
        }
        if let Some(n) = pages.get_mut((page.number % 2) as usize) {
            *n += 1;
        }
        let [Some(first), Some(second)] = [0, 1].map(|n| sheet.lines.get(n)) else {
            continue;
        };
        let [Some(last), Some(before)] = [lines - 1, lines - 2].map(|n| sheet.lines.get(n)) else {
            continue;
        };
        let top = (second.area.y1 - first.area.y1 > APART * second.size).then_some(first);
        let foot = (last.area.y1 - before.area.y1 > APART * before.size).then_some(last);
        for line in [top, foot].into_iter().flatten() {
            let folded = line.folded.without_figures();
            if folded.len() < 2 || folded.len() > 90 {
                continue;
            }
            let on = (page.number, line.area);
            match heads.iter_mut().find(|h| h.folded.is(&folded)) {
                Some(head) => head.on.push(on),
                None => {
                    let text = line.text.trim().to_owned();
                    heads.push(Head {
                        text,
                        folded,
                        on: vec![on],
                    });
                    heads.truncate(KEPT);
                }
            }
        }
    }
    let is_books = |head: &Head| {
        [0u32, 1].into_iter().any(|side| {
            let all = pages.get(side as usize).copied().unwrap_or_default();
            let here = head.on.iter().filter(|(page, _)| page % 2 == side).count();
            here >= HEADED && here as f64 >= SHARE * all as f64
        })
    };
    heads.retain(is_books);
    heads
}

/// Whether a page has fewer letters than a page of a story.
pub(super) fn is_sparse(page: &Page) -> bool {
    const FEW: usize = 900;
    page.text
        .iter()
        .map(|r| r.text.chars().count())
        .sum::<usize>()
        < FEW
}

/// The commonest size of text.
pub(super) fn body_size(file: &Document) -> f32 {
    let mut sizes: std::collections::BTreeMap<i32, usize> = std::collections::BTreeMap::new();
    let runs = file
        .pages
        .iter()
        .flat_map(|p| &p.text)
        .filter(|r| r.visibility == Visibility::Visible);
    for run in runs {
        let size = (run.size * 2.0).round() as i32;
        *sizes.entry(size).or_default() += run.text.len();
    }
    let most = sizes
        .into_iter()
        .max_by_key(|(_, n)| *n)
        .map_or(0, |(size, _)| size);

    most as f32 / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::facts::{RenderMode, Tip};

    fn run(y: f64) -> TextRun {
        let tip = || Tip {
            text: String::new(),
            area: Rect::default(),
        };
        TextRun {
            area: Rect::new(0.0, y, 50.0, y + 5.0),
            text: "12".to_owned(),
            font: 0,
            size: 10.0,
            angle: 0,
            mode: RenderMode::Fill,
            visibility: Visibility::Visible,
            tips: Box::new([tip(), tip(), tip(), tip()]),
            paint: 0,
            opacity: 100,
            ground: None,
            x_height: None,
            cap_height: None,
            missing: None,
        }
    }

    #[test]
    fn the_lines_at_both_edges_are_kept_and_each_run_once() {
        let text: Vec<TextRun> = [0.0, 20.0, 40.0, 60.0, 80.0].map(run).into();
        let tops = |text: &[TextRun]| -> Vec<f32> {
            edge_rows(text).iter().map(|run| run.area.y0).collect()
        };
        assert_eq!(tops(&text), [0.0, 20.0, 80.0, 60.0]);
        assert_eq!(tops(text.get(..3).unwrap()), [0.0, 20.0, 40.0]);
        assert_eq!(tops(&[]), [0.0; 0]);
    }

    #[test]
    fn texts_by_the_hundred_thousand_on_one_line_are_looked_at_once_each() {
        assert_eq!(edge_rows(&vec![run(0.0); 400_000]).len(), 400_000);
    }
}
