//! Where bar codes are set in type: runs of a font whose letters are bars.

use super::seek::{Kind, Target, sides};
use crate::facts::{Page, TextRun, Visibility};
use crate::pdf::FontIdentity;

/// Words in the names of fonts whose letters are bars.
const BAR_FONTS: [&str; 7] = [
    "ean13", "ean-13", "ean bwr", "eanbwr", "barcode", "isbn", "bookland",
];

/// Text that is set in a bar code font.
pub(super) fn set_bars(page: &Page, fonts: &[FontIdentity]) -> Vec<Target> {
    let of_bars = |run: &&TextRun| {
        let font = usize::try_from(run.font).ok().and_then(|n| fonts.get(n));
        let name = font.map(|f| f.name.to_lowercase()).unwrap_or_default();
        run.visibility == Visibility::Visible && BAR_FONTS.iter().any(|word| name.contains(word))
    };
    let mut all: Vec<Target> = Vec::new();
    for run in page.text.iter().filter(of_bars) {
        let long = sides(run.area).1;
        // A symbol and its add-on: 95 modules, or some 155.
        let detail = long / 155.0;
        let area = run.area.inflate(16.0 * detail);
        // Runs of one symbol are looked at together.
        match all.iter_mut().find(|t| t.area.overlaps(area)) {
            Some(target) => {
                target.area = target.area.union(area);
                target.detail = target.detail.max(detail);
            }
            None => all.push(Target {
                area,
                detail,
                kind: Kind::Bars,
                pictured: false,
                turn: 0.0,
            }),
        }
    }
    all.truncate(MOST_SET);
    all
}

/// Symbols set in type on one page that are looked at.
const MOST_SET: usize = 20;
