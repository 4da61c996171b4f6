//! Rules about pages: their sizes, boxes, number and order.

mod blank_run_too_long;
mod boxes_inconsistent;
mod folio_at_bind_edge;
mod last_page_not_blank;
mod odd_number_on_left;
mod page_count_odd;
mod page_count_too_high;
mod page_count_too_low;
mod page_off_centre;
mod page_rotated;
mod page_size_wrong;
mod page_sizes_mixed;
mod printer_marks_present;
mod spreads_not_pages;
mod stock_not_offered;
mod trim_box_wrong;
mod trim_size_not_offered;
mod user_unit_set;

use super::{Entry, Group};

pub(super) const GROUP: Group = Group {
    folder: "pages",
    title: "Pages and sizes",
    rules: &[
        Entry::of::<page_size_wrong::PageSizeWrong>(),
        Entry::of::<page_sizes_mixed::PageSizesMixed>(),
        Entry::of::<page_rotated::PageRotated>(),
        Entry::of::<user_unit_set::UserUnitSet>(),
        Entry::of::<boxes_inconsistent::BoxesInconsistent>(),
        Entry::of::<trim_box_wrong::TrimBoxWrong>(),
        Entry::of::<spreads_not_pages::SpreadsNotPages>(),
        Entry::of::<stock_not_offered::StockNotOffered>(),
        Entry::of::<trim_size_not_offered::TrimSizeNotOffered>(),
        Entry::of::<page_count_too_low::PageCountTooLow>(),
        Entry::of::<page_count_too_high::PageCountTooHigh>(),
        Entry::of::<page_count_odd::PageCountOdd>(),
        Entry::of::<last_page_not_blank::LastPageNotBlank>(),
        Entry::of::<blank_run_too_long::BlankRunTooLong>(),
        Entry::of::<printer_marks_present::PrinterMarksPresent>(),
        Entry::of::<page_off_centre::PageOffCentre>(),
        Entry::of::<folio_at_bind_edge::FolioAtBindEdge>(),
        Entry::of::<odd_number_on_left::OddNumberOnLeft>(),
    ],
};
