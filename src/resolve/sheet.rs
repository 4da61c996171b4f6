//! Sheets of the file that hold two facing pages: how many pages the book really has, and where each begins.

use crate::model::facts::{Document, Page};
use crate::model::geometry::Size;
use crate::profile::SAME_TRIM_PT as SAME;

/// How the pages of a book lie on the sheets of its file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheets {
    /// Numbers of the sheets that hold two pages, rising. Empty for nearly every book.
    double: Vec<u32>,
}

impl Sheets {
    /// Looks for sheets of two pages. `facing` says that the trim was read off such sheets; otherwise a sheet as wide as
    /// two pages may also be one page of a landscape book, where the job states the trim.
    pub fn of(interior: &Document, trim: Size, bleeds: &[f64], facing: bool) -> Self {
        let is_double = |page: &&Page| {
            (facing || !page.size.is_near(trim, SAME)) && is_double(page.size, trim, bleeds)
        };
        Self {
            double: interior
                .pages
                .iter()
                .filter(is_double)
                .map(|p| p.number)
                .collect(),
        }
    }

    /// Whether a sheet holds two pages.
    pub fn is_double(&self, sheet: u32) -> bool {
        self.double.binary_search(&sheet).is_ok()
    }

    /// The pages on so many sheets.
    pub fn pages(&self, sheets: u32) -> u32 {
        sheets.saturating_add(u32::try_from(self.double.len()).unwrap_or(u32::MAX))
    }

    /// The number of the page that a sheet begins with, as the book counts them.
    pub fn first_page(&self, sheet: u32) -> u32 {
        let before = self.double.partition_point(|d| *d < sheet);
        sheet.saturating_add(u32::try_from(before).unwrap_or(u32::MAX))
    }
}

/// Whether a size is that of two pages side by side, with bleed around both or without.
pub(super) fn is_double(size: Size, trim: Size, bleeds: &[f64]) -> bool {
    let near = |bleed: f64| {
        let both = Size::new(2.0 * (trim.width + bleed), trim.height + 2.0 * bleed);
        size.is_near(both, SAME)
    };
    near(0.0) || bleeds.iter().any(|b| near(*b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_counted_across_sheets_of_two() {
        let sheets = Sheets { double: vec![2, 3] };
        assert_eq!(sheets.pages(4), 6);
        assert_eq!([1, 2, 3, 4].map(|n| sheets.first_page(n)), [1, 2, 4, 6]);
        assert!(sheets.is_double(3) && !sheets.is_double(4));
    }

    #[test]
    fn two_pages_with_bleed_around_both_are_a_double_sheet() {
        let trim = Size::new(432.0, 648.0);
        assert!(is_double(Size::new(864.0, 648.0), trim, &[9.0]));
        assert!(is_double(Size::new(882.0, 666.0), trim, &[9.0]));
        assert!(!is_double(Size::new(900.0, 648.0), trim, &[9.0]));
    }
}
