//! What a cover of the wrong size was made for: other page counts, papers, trims and bindings.

use crate::model::job::{Paper, Setting};
use crate::model::units::Length;
use crate::profile::{Stock, StockFit, covers};
use crate::resolve::other_binding;
use crate::rules::cover::cover_size_check::{CoverSizeCheck, pages_words};

/// A cover this near to a size in points is made for it: PDF writers round.
const NEAR: f64 = 1.0;

impl CoverSizeCheck<'_> {
    /// The stocks and page counts this cover would fit at the job's products and their platforms, likeliest first.
    pub(super) fn fits(&self) -> Vec<StockFit<'_>> {
        let asked = |id: &str| self.cx.peers.iter().any(|p| p.profile.id == id);
        let pages = self.cx.resolved.pages.unwrap_or_default();
        // A book of one ink is not offered another.
        let ink = self.cx.resolved.stock.map(|s| s.ink);
        let mut fits: Vec<StockFit<'_>> = covers(self.cx.known, self.art.size, Some(self.trim))
            .into_iter()
            .map(|(_, fit)| fit)
            .filter(|fit| ink.is_none_or(|ink| ink == fit.stock.ink))
            .filter(|fit| {
                asked(&fit.profile.id)
                    && !(fit.profile.is_twin() && fit.profile.id != self.cx.resolved.profile.id)
            })
            .collect();
        // This product before others, stocks that agree with the job before the rest, and the nearest page count.
        fits.sort_by_key(|fit| {
            let own = fit.profile.id == self.cx.resolved.profile.id;
            let meant = own
                && self
                    .cx
                    .resolved
                    .candidates
                    .iter()
                    .any(|s| s.id == fit.stock.id);
            (
                !own,
                !meant,
                fit.stock.paper == Paper::Groundwood,
                fit.pages.abs_diff(pages),
            )
        });
        fits
    }

    /// Whether the size is that of this very book in another binding.
    pub(super) fn other_binding(&self) -> Option<String> {
        let fit = other_binding(self.cx.resolved, self.art.size, self.trim, self.cx.known)?;
        Some(format!(
            "It has the size of {} for this book in {}; if that is what you order, say so with --binding {}.",
            fit.profile.title,
            fit.stock.title,
            fit.profile.binding.word()
        ))
    }

    /// The stock of another ink that the cover is right for, where the ink was concluded from the interior's colours.
    pub(super) fn other_ink(&self) -> Option<String> {
        let resolved = self.cx.resolved;
        let ink = resolved
            .stock
            .filter(|_| resolved.assumed.contains(&Setting::Ink))?
            .ink;
        let printed = resolved.printed();
        let fits = |stock: &&Stock| {
            printed.iter().any(|n| {
                let width = stock.spine.width(*n);
                let size = width.map(|spine| self.model.size(self.trim, spine));
                size.is_some_and(|size| size.is_near(self.art.size, NEAR))
            })
        };
        let mut others = resolved
            .profile
            .stocks
            .iter()
            .filter(|s| s.ink != ink && s.paper != Paper::Groundwood);
        let other = others.find(fits)?;
        Some(format!(
            "It fits this book in {} exactly; if that is what you order, say so with --ink {}.",
            other.title,
            other.ink.word()
        ))
    }

    /// The trim, page count and paper at this product that a cover for another trim has the size of.
    pub(super) fn made_for(&self) -> Option<String> {
        let own = |fit: &StockFit<'_>| fit.profile.id == self.cx.resolved.profile.id;
        let ink = self.cx.resolved.stock.map(|s| s.ink);
        let fits = covers(self.cx.known, self.art.size, None);
        let pages = self.cx.resolved.pages.unwrap_or_default();
        let (trim, fit) = fits
            .into_iter()
            .filter(|(_, fit)| own(fit) && ink.is_none_or(|ink| ink == fit.stock.ink))
            .min_by_key(|(_, fit)| fit.pages.abs_diff(pages))?;
        Some(format!(
            "It has the size of one for a trim of {} and {} pages in {}.",
            self.cx.resolved.size_words(trim),
            pages_words(&fit),
            fit.stock.title,
        ))
    }

    /// The page counts and papers this cover would fit, at most three.
    pub(super) fn solve(&self) -> String {
        const MOST: usize = 3;
        let spine = self.model.spine_of(self.trim, self.art.size.width);
        if spine.as_pt() < 0.0 {
            return format!(
                "It is narrower than two pages of {} and what goes around them.",
                self.cx.resolved.words(Length::pt(self.trim.width)),
            );
        }
        let would = self.fits().into_iter().take(MOST).map(|fit| {
            let words = format!("{} pages in {}", pages_words(&fit), fit.stock.title);
            if fit.profile.id == self.cx.resolved.profile.id {
                words
            } else {
                format!("{words} at {}", fit.profile.title)
            }
        });
        let would: Vec<String> = would.collect();
        let spine = self.cx.resolved.words(spine);
        if would.is_empty() {
            format!(
                "It has room for a spine of {spine}, which fits no page count on any paper here."
            )
        } else {
            format!(
                "It has room for a spine of {spine}, which would fit {}.",
                would.join(", or ")
            )
        }
    }
}
