//! What a cover of the wrong size was made for: other page counts, papers, trims and bindings.

use super::cover_size_wrong::Judge;
use crate::job::Paper;
use crate::profile::{Fit, covers};
use crate::units::Length;

impl Judge<'_> {
    /// The stocks and page counts this cover would fit at the products asked and their platforms, likeliest first.
    pub(super) fn fits(&self) -> Vec<Fit<'_>> {
        let asked = |id: &str| self.at.peers.iter().any(|p| p.profile.id == id);
        let pages = self.at.order.pages.unwrap_or_default();
        // A book of one ink is not offered another.
        let ink = self.at.order.stock.map(|s| s.ink);
        let mut fits: Vec<Fit<'_>> = covers(self.at.known, self.art.size, Some(self.trim))
            .into_iter()
            .map(|(_, fit)| fit)
            .filter(|fit| ink.is_none_or(|ink| ink == fit.stock.ink))
            .filter(|fit| {
                asked(&fit.profile.id)
                    && !(fit.profile.is_twin() && fit.profile.id != self.at.order.profile.id)
            })
            .collect();
        // This product before others, what may be meant before what was told otherwise, and the nearest page count.
        fits.sort_by_key(|fit| {
            let own = fit.profile.id == self.at.order.profile.id;
            let meant = own
                && self
                    .at
                    .order
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
        let pages = self.at.order.pages?;
        let this = self.at.order.profile;
        let asked = |platform: &str| self.at.peers.iter().any(|p| p.profile.platform == platform);
        let fit = covers(self.at.known, self.art.size, Some(self.trim))
            .into_iter()
            .find(|(_, fit)| {
                let [least, most] = fit.range;
                asked(&fit.profile.platform)
                    && fit.profile.binding != this.binding
                    && (least..=most).contains(&(pages + pages % 2))
            })?;
        let (_, fit) = fit;
        Some(format!(
            "It has the size of {} for this book in {}.",
            fit.profile.title, fit.stock.title
        ))
    }

    /// The trim, page count and paper at this product that a cover for another trim has the size of.
    pub(super) fn made_for(&self) -> Option<String> {
        let own = |fit: &Fit<'_>| fit.profile.id == self.at.order.profile.id;
        let ink = self.at.order.stock.map(|s| s.ink);
        let fits = covers(self.at.known, self.art.size, None);
        let pages = self.at.order.pages.unwrap_or_default();
        let (trim, fit) = fits
            .into_iter()
            .filter(|(_, fit)| own(fit) && ink.is_none_or(|ink| ink == fit.stock.ink))
            .min_by_key(|(_, fit)| fit.pages.abs_diff(pages))?;
        Some(format!(
            "It has the size of one for a trim of {} and {} pages in {}.",
            self.at.order.size_words(trim),
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
                self.at.order.words(Length::pt(self.trim.width)),
            );
        }
        let would = self.fits().into_iter().take(MOST).map(|fit| {
            let words = format!("{} pages in {}", pages_words(&fit), fit.stock.title);
            if fit.profile.id == self.at.order.profile.id {
                words
            } else {
                format!("{words} at {}", fit.profile.title)
            }
        });
        let would: Vec<String> = would.collect();
        let spine = self.at.order.words(spine);
        if would.is_empty() {
            format!("Its spine is {spine}, which fits no page count on any paper here.")
        } else {
            format!(
                "Its spine is {spine}, which would fit {}.",
                would.join(", or ")
            )
        }
    }
}

/// `240`, or `230-248` where many page counts have one spine.
pub(super) fn pages_words(fit: &Fit<'_>) -> String {
    match fit.range {
        [least, most] if fit.stock.spine.jumps() && least != most => format!("{least}-{most}"),
        _ => fit.pages.to_string(),
    }
}
