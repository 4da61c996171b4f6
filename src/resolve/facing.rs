//! Trims read off sheets that hold two facing pages.

use super::sheet::is_double;
use super::trim::{EvidencedTrim, TrimResolver, found};
use crate::model::facts::{Page, TextRun, Visibility};
use crate::model::geometry::Size;
use crate::profile::SAME_TRIM_PT as SAME;

impl TrimResolver<'_> {
    /// Half of a sheet that holds two facing pages, and whether that is beyond doubt.
    pub(super) fn facing(&self, page: &Page) -> Option<(EvidencedTrim, bool)> {
        let size = page.size;
        if size.width <= size.height {
            return None;
        }
        let half = Size::new(size.width / 2.0, size.height);
        let less = |b: f64| Size::new(half.width - b, half.height - 2.0 * b);
        let readings: Vec<Size> = [half]
            .into_iter()
            .chain(self.bleeds.iter().map(|b| less(*b)))
            .collect();
        let both = |size: Size, evidence: String| {
            let mut found = found(size, evidence);
            found.trim.facing = true;
            found
        };
        // The first or the last page alone has the very size.
        let single = self.interior.pages.iter().find(|p| {
            let narrow = p.size.width < p.size.height;
            narrow && readings.iter().any(|r| p.size.is_near(*r, SAME))
        });
        if let Some(single) = single {
            let words = "most sheets are as wide as two of the single pages";
            return Some((both(single.size, words.to_owned()), true));
        }
        let numbered = self
            .interior
            .pages
            .iter()
            .filter(|p| is_double(p.size, half, &self.bleeds))
            .filter(|p| has_two_folios(p))
            .count();
        let reading = readings
            .iter()
            .find_map(|r| self.offered(*r, SAME))
            .unwrap_or(half);
        if numbered >= 3 || (numbered > 0 && numbered * 2 > self.interior.pages.len()) {
            let words = format!("{numbered} sheets bear the numbers of two facing pages");
            return Some((both(reading, words), true));
        }
        // Nobody sets a line across the fold.
        let crossed = self.interior.pages.iter().filter(|p| is_crossed(p)).count();
        let lettered = self
            .interior
            .pages
            .iter()
            .filter(|p| is_lettered(p))
            .count();
        if crossed * 3 > lettered {
            return None;
        }
        let offered = readings.iter().find_map(|r| self.offered(*r, SAME))?;
        let words = "the sheets are as wide as two pages of a size that is offered";
        Some((both(offered, words.to_owned()), false))
    }
}

/// Whether the two halves of a sheet bear page numbers that follow each other.
fn has_two_folios(page: &Page) -> bool {
    let middle = page.size.width / 2.0;
    let seen = |r: &&TextRun| r.visibility == Visibility::Visible;
    let mut halves: [Vec<u32>; 2] = [Vec::new(), Vec::new()];
    for run in page.text.iter().filter(seen) {
        let Ok(number) = run.text.trim().parse::<u32>() else {
            continue;
        };
        let [x, _] = run.area.middle();
        let [left, right] = &mut halves;
        if x < middle { left } else { right }.push(number);
    }
    let [left, right] = &halves;
    left.iter()
        .any(|a| right.iter().any(|b| a.abs_diff(*b) == 1))
}

/// Text of a page that can be seen.
fn seen(page: &Page) -> impl Iterator<Item = &TextRun> {
    let text = page.text.iter();
    text.filter(|r| r.visibility == Visibility::Visible && !r.text.trim().is_empty())
}

fn is_lettered(page: &Page) -> bool {
    seen(page).next().is_some()
}

/// Whether a line of text runs across the middle of a sheet.
fn is_crossed(page: &Page) -> bool {
    const CLEAR: f64 = 1.0;
    let middle = page.size.width / 2.0;
    seen(page).any(|r| {
        let [x0, _, x1, _] = r.area.to_f64();
        x0 < middle - CLEAR && x1 > middle + CLEAR
    })
}
