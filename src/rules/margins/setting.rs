//! How the text of a book stands on its pages: whether it is a page that is moved, margins that have changed places, or a
//! line that sticks out.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::geometry::Side;
use crate::model::units::Length;
use crate::rules::page_object::PageObject;

/// Lines whose middles differ by less than this, in points, are at one height.
const LINE: f32 = 3.0;
/// Margins have changed places on so many pages at the least.
const SOME: usize = 4;

/// Whether so few pages of a book are an exception, and its margin is not.
pub(super) fn is_exception(on: usize, pages: u32) -> bool {
    /// Fewer than one page in so many.
    const FEW: usize = 20;
    on * FEW < usize::try_from(pages).unwrap_or(usize::MAX)
}

/// How the text of a book stands on its pages.
#[derive(Default)]
pub(super) struct Setting {
    /// How near it comes to the outside edge anywhere.
    pub(super) outside: Option<Length>,
    /// Of each page the heights at which lines stand, and of those the ones that come too near to the edge in question.
    lines: BTreeMap<u32, [BTreeSet<i32>; 2]>,
    /// The pages on the left of an opening.
    left: BTreeSet<u32>,
}

impl Setting {
    /// Of all things on the pages, and those that come too near to the edge in question. Only faults need it.
    pub(super) fn of<'a: 'i, 'i>(
        all: impl Iterator<Item = PageObject<'a>>,
        near: impl Iterator<Item = &'i PageObject<'a>>,
    ) -> Self {
        let mut setting = Self::default();
        for item in all.filter(PageObject::is_text) {
            let gap = item.placement.from_outside(item.area);
            let nearer = |known: &Length| known.as_pt() <= gap.as_pt();
            setting.outside = setting.outside.filter(nearer).or(Some(gap));
            setting.line(&item, 0);
            if item.placement.side == Side::Left {
                setting.left.insert(item.page.number);
            }
        }
        for item in near.filter(|item| item.is_text()) {
            setting.line(item, 1);
        }
        setting
    }

    fn line(&mut self, item: &PageObject<'_>, kind: usize) {
        let height = (item.area.y0.midpoint(item.area.y1) / LINE).round() as i32;
        let [all, near] = self.lines.entry(item.page.number).or_default();
        (if kind == 0 { all } else { near }).insert(height);
    }

    /// Whether it is the lines of a page that stand too near, rather than a few that stick out.
    fn is_shifted(&self, page: u32) -> bool {
        self.lines
            .get(&page)
            .is_some_and(|[all, near]| near.len() >= 2 && near.len() * 2 >= all.len())
    }

    /// Whether that is so on most pages with text of either side: margins have changed places.
    pub(super) fn is_swapped(&self) -> bool {
        let most = |left: bool| {
            let pages = self.lines.keys().filter(|p| self.left.contains(p) == left);
            let shifted = pages.clone().filter(|page| self.is_shifted(**page)).count();
            let all = pages.count();
            (shifted, shifted * 2 > all || all == 0)
        };
        let ((left, most_left), (right, most_right)) = (most(true), most(false));
        left + right >= SOME && most_left && most_right
    }

    /// The side that all of so many faulty pages are on, where the other side is right.
    pub(super) fn only_side(&self, on: &[u32]) -> Option<&'static str> {
        let left = on.iter().filter(|page| self.left.contains(page)).count();
        match left {
            _ if on.len() < SOME => None,
            0 => Some("right"),
            n if n == on.len() => Some("left"),
            _ => None,
        }
    }

    /// Whether it is a line or two of a page that stand too near, and the text as a whole does not: running heads, page
    /// numbers.
    pub(super) fn is_of_single_lines(&self, on: &[u32]) -> bool {
        let single = |page: &&u32| {
            let lines = self.lines.get(page);
            lines.is_some_and(|[all, near]| {
                (1..=2).contains(&near.len()) && near.len() * 3 <= all.len()
            })
        };
        on.len() >= SOME && on.iter().filter(single).count() * 4 >= on.len() * 3
    }

    /// What to do where a margin is wide enough but on these pages, where it is short by as much as this: the lines of a
    /// page stand too near as a whole, or something sticks out.
    pub(super) fn exception(&self, margin: &str, on: &[u32], worst: &str) -> String {
        let shifted = on.iter().filter(|page| self.is_shifted(**page)).count();
        let (pages, them) = match on.len() {
            1 => ("this page", "it"),
            _ => ("these pages", "them"),
        };
        let cure = if shifted * 2 > on.len() {
            format!(
                "the text as a whole stands too near, by as much as {worst}. Give {them} the margins of the others."
            )
        } else {
            format!(
                "something sticks out of it, by as much as {worst}. Break the line or the long word there, or make the \
                 picture or table narrower."
            )
        };
        format!("Elsewhere the {margin} margin is wide enough: on {pages} {cure}")
    }
}
