//! Backwards from a spine: the stocks and page counts it would fit.

use super::{Profile, Stock};
use crate::units::Length;

/// A stock and the page count at which its spine comes nearest.
#[derive(Clone, Copy, Debug)]
pub struct Fit<'a> {
    /// The product.
    pub profile: &'a Profile,
    /// The stock.
    pub stock: &'a Stock,
    /// The page count.
    pub pages: u32,
}

/// Every stock of `profile` that has a page count within its limits whose spine is `spine`, to within most
/// of a leaf and what the model is known to be off by.
pub fn fits(profile: &Profile, spine: Length) -> Vec<Fit<'_>> {
    let fit = |stock| {
        Some(Fit {
            profile,
            stock,
            pages: nearest(profile, stock, spine)?,
        })
    };
    profile.stocks.iter().filter_map(fit).collect()
}

/// Three quarters of a leaf: half would do on paper, PDF writers' rounding takes the rest.
const LEAF_SHARE: f64 = 0.75;

fn nearest(profile: &Profile, stock: &Stock, spine: Length) -> Option<u32> {
    let [fewest, most] = stock.pages;
    let off = |pages: u32| stock.spine.width(pages).distance(spine).as_pt();
    let best = (fewest..=most)
        .filter(|n| profile.printed_counts(*n).contains(n))
        .min_by(|a, b| off(*a).total_cmp(&off(*b)))?;
    let leaf = stock.spine.width(best + 2) - stock.spine.width(best);
    let within = leaf * LEAF_SHARE + stock.spine.tolerance(best);
    stock
        .spine
        .width(best)
        .is_near(spine, within)
        .then_some(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifestos_cover_that_did_not_fit() {
        let profiles = crate::profile::built_in().unwrap_or_else(|e| panic!("{e}"));
        let found = fits(&profiles[0], Length::inches(0.9375));
        let of = |id: &str| found.iter().find(|f| f.stock.id == id).map(|f| f.pages);
        assert_eq!(of("black-cream"), Some(375));
        assert_eq!(of("black-white"), Some(416));
        assert!(fits(&profiles[0], Length::inches(4.0)).is_empty());
    }
}
