//! Whether a product is offered in a size and on a stock, and between which page counts.

use super::{Profile, Stock};
use crate::geometry::Size;

/// What a platform says to a size on a stock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer<'a> {
    /// One of its trims.
    Listed {
        /// Fewest and most pages.
        pages: [u32; 2],
        /// Who says so.
        source: &'a str,
    },
    /// Within its limits for sizes of one's own.
    Custom {
        /// Fewest and most pages of the stock.
        pages: [u32; 2],
        /// Outside these it is doubtful: the platform states none for this size.
        doubtful: [u32; 2],
        /// Who says so.
        source: &'a str,
    },
    /// One of its trims, but not on this stock.
    OtherStock,
    /// Not a size it makes.
    None,
}

impl Offer<'_> {
    /// Fewest and most pages, if it is offered.
    pub fn pages(self) -> Option<[u32; 2]> {
        match self {
            Self::Listed { pages, .. } | Self::Custom { pages, .. } => Some(pages),
            Self::OtherStock | Self::None => None,
        }
    }
}

impl Profile {
    /// Whether this trim can be had on this stock.
    pub fn offer(&self, trim: Size, stock: &Stock) -> Offer<'_> {
        let listed = self.offered(trim);
        if let Some(listed) = listed {
            let pages = if listed.pages.is_empty() {
                Some(stock.pages)
            } else {
                listed.pages.get(&stock.id).copied()
            };
            if let Some(pages) = pages {
                return Offer::Listed {
                    pages,
                    source: &listed.source,
                };
            }
        }
        let within = |[least, most]: [crate::units::Length; 2], side: f64| {
            let slack = super::SAME_TRIM_PT;
            (least.as_pt() - slack..=most.as_pt() + slack).contains(&side)
        };
        let custom = self.custom_trims.iter().find(|c| {
            c.stocks.contains(&stock.id)
                && within(c.width, trim.width)
                && within(c.height, trim.height)
        });
        match (custom, listed) {
            (Some(custom), _) => Offer::Custom {
                pages: stock.pages,
                doubtful: custom
                    .doubtful_pages
                    .get(&stock.id)
                    .copied()
                    .unwrap_or(stock.pages),
                source: &custom.source,
            },
            (None, Some(_)) => Offer::OtherStock,
            (None, None) => Offer::None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kdp_offers_a4_in_black_but_not_in_standard_colour() {
        let profiles = crate::profile::built_in().unwrap_or_else(|e| panic!("{e}"));
        let kdp = profiles.iter().find(|p| p.id == "kdp/paperback");
        let offer = |width: f64, height: f64, stock: &str| {
            let kdp = kdp?;
            let stock = kdp.stocks.iter().find(|s| s.id == stock)?;
            Some(kdp.offer(Size::new(width * 72.0, height * 72.0), stock))
        };
        let pages = |o: Option<Offer<'_>>| o.and_then(Offer::pages);
        assert_eq!(pages(offer(6.0, 9.0, "black-cream")), Some([24, 776]));
        assert_eq!(pages(offer(8.27, 11.69, "black-white")), Some([24, 780]));
        assert_eq!(
            offer(8.27, 11.69, "standard-white"),
            Some(Offer::OtherStock)
        );
        assert!(matches!(
            offer(5.9, 8.1, "black-white"),
            Some(Offer::Custom { .. })
        ));
        assert_eq!(offer(9.0, 9.0, "black-white"), Some(Offer::None));
    }
}
