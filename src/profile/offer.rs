//! Whether a product is offered in a size and on a stock, and between which page counts.

use super::{CustomTrims, OfferedTrim, PageRange, Profile, SAME_TRIM_PT, Stock};
use crate::model::geometry::Size;
use crate::model::units::Length;

/// Whether a platform offers a size on a stock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer<'a> {
    /// One of its trims.
    Listed {
        /// Fewest and most pages.
        pages: PageRange,
        /// Who says so.
        source: &'a str,
        /// The source whose list does not have this trim on this stock, if one does not.
        doubt: Option<&'a str>,
    },
    /// Within its limits for sizes of one's own.
    Custom {
        /// Fewest and most pages of the stock.
        pages: PageRange,
        /// Outside these it is doubtful: the platform states none for this size.
        doubtful: Option<PageRange>,
        /// Who says so.
        source: &'a str,
        /// Where sources differ on this size: the one that says how.
        doubt: Option<&'a str>,
    },
    /// One of its trims, but not on this stock.
    OtherStock,
    /// Not a size it makes.
    None,
}

impl<'a> Offer<'a> {
    /// Fewest and most pages, if it is offered.
    pub fn pages(self) -> Option<PageRange> {
        match self {
            Self::Listed { pages, .. } | Self::Custom { pages, .. } => Some(pages),
            Self::OtherStock | Self::None => None,
        }
    }

    /// Whether it can be had, be it doubtful.
    pub fn is_made(self) -> bool {
        self.pages().is_some()
    }

    /// The source on which a doubt rests, where it may not be had after all.
    pub fn doubt(self) -> Option<&'a str> {
        match self {
            Self::Listed { doubt, .. } | Self::Custom { doubt, .. } => doubt,
            Self::OtherStock | Self::None => None,
        }
    }
}

impl Profile {
    /// Whether this trim can be had on this stock.
    pub fn offer(&self, trim: Size, stock: &Stock) -> Offer<'_> {
        let Some(listed) = self.offered(trim) else {
            return self.custom(trim, stock).unwrap_or(Offer::None);
        };
        let on_list = match self.on_stock(listed, stock) {
            offer @ (Offer::Listed { doubt: None, .. } | Offer::None) => return offer,
            offer => offer,
        };
        // What is not listed on this stock may be had as a size of one's own.
        match self.custom(trim, stock) {
            Some(custom) if custom.doubt().is_none() || !on_list.is_made() => custom,
            _ => on_list,
        }
    }

    fn on_stock<'a>(&'a self, listed: &'a OfferedTrim, stock: &Stock) -> Offer<'a> {
        let source = &listed.source;
        if !listed.pages.is_empty() {
            let pages = listed.pages.get(&stock.id).copied();
            return pages.map_or(Offer::OtherStock, |pages| Offer::Listed {
                pages,
                source,
                doubt: None,
            });
        }
        let lists = self.trims_by_stock.as_ref();
        let left_out = lists.filter(|lists| {
            let names = lists.stocks.get(&stock.id);
            names.is_some_and(|names| !names.contains(&listed.name))
        });
        Offer::Listed {
            pages: stock.pages,
            source,
            doubt: left_out.map(|lists| lists.source.as_str()),
        }
    }

    /// Whether the platform offers this size as a custom one, be it also a trim of its list or not.
    pub fn custom(&self, trim: Size, stock: &Stock) -> Option<Offer<'_>> {
        let fits = |c: &&CustomTrims| {
            c.stocks.contains(&stock.id)
                && within(c.width, trim.width)
                && within(c.height, trim.height)
        };
        let custom = self.custom_trims.iter().find(fits)?;
        let beyond = |limits: Option<[Length; 2]>, side| limits.is_some_and(|l| !within(l, side));
        let doubtful = custom.doubtful
            || beyond(custom.doubtful_width, trim.width)
            || beyond(custom.doubtful_height, trim.height);
        Some(Offer::Custom {
            pages: stock.pages,
            doubtful: custom.doubtful_pages.get(&stock.id).copied(),
            source: &custom.source,
            doubt: doubtful.then_some(custom.source.as_str()),
        })
    }
}

fn within([least, most]: [Length; 2], side: f64) -> bool {
    (least.as_pt() - SAME_TRIM_PT..=most.as_pt() + SAME_TRIM_PT).contains(&side)
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
        let known = |a, b| Some(PageRange::known(a, b));
        assert_eq!(pages(offer(6.0, 9.0, "black-cream")), known(24, 776));
        assert_eq!(pages(offer(8.27, 11.69, "black-white")), known(24, 780));
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
