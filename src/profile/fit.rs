//! From a cover's size back to the products, stocks and page counts it would fit.

use super::{Profile, Stock};
use crate::model::geometry::Size;
use crate::model::units::Length;

/// A stock and the page counts at which it has the cover's spine.
#[derive(Clone, Copy, Debug)]
pub struct StockFit<'a> {
    /// The product.
    pub profile: &'a Profile,
    /// The stock.
    pub stock: &'a Stock,
    /// The page count that comes nearest; the middle one where many have the same spine.
    pub pages: u32,
    /// The fewest and most pages that fit.
    pub range: [u32; 2],
    /// The spine of `pages` pages.
    pub spine: Length,
    /// How far the spine at `pages` is from the cover's.
    pub off: Length,
}

/// Every product, stock and page count a cover of this size would fit, best first. Without a trim, every trim
/// offered of the right height is tried.
pub fn covers(known: &[Profile], size: Size, trim: Option<Size>) -> Vec<(Size, StockFit<'_>)> {
    let mut found: Vec<(Size, StockFit<'_>)> = Vec::new();
    for profile in known {
        let Some(model) = &profile.cover else {
            continue;
        };
        let told = trim.is_some();
        let trims: Vec<Size> = match trim {
            Some(trim) => vec![trim],
            None => profile.trims.iter().map(super::OfferedTrim::size).collect(),
        };
        for trim in trims {
            let high =
                (model.size(trim, Length::default()).height - size.height).abs() <= HEIGHT_PT;
            let spine = model.spine_of(trim, size.width);
            if !high || spine.as_pt() <= 0.0 {
                continue;
            }
            let fit = |stock| {
                // A stated size may be missing from this product's list; the rule about trims reports that.
                let limits = profile.offer(trim, stock).pages();
                let pages = limits.or(told.then_some(stock.pages))?;
                nearest(profile, stock, spine, pages.or(stock.pages))
            };
            found.extend(profile.stocks.iter().filter_map(fit).map(|f| (trim, f)));
        }
    }
    // Best first; equals stay in the order of the products.
    found.sort_by_key(|(_, fit)| (fit.off.as_pt() * 100.0) as i64);
    found
}

/// Heights this near in points are of one trim: PDF writers round to whole points.
const HEIGHT_PT: f64 = 1.0;

/// Three quarters of a leaf: half would do on paper, PDF writers' rounding takes the rest.
const LEAF_SHARE: f64 = 0.75;
/// What a width may be off where spines come in steps.
const STEP_SLACK: Length = Length::pt(1.0);

fn nearest<'a>(
    profile: &'a Profile,
    stock: &'a Stock,
    spine: Length,
    [fewest, most]: [u32; 2],
) -> Option<StockFit<'a>> {
    let model = &stock.spine;
    if !model.is_known() {
        return None;
    }
    let width = |pages: u32| model.width(pages).unwrap_or_default();
    let off = |pages: u32| width(pages).distance(spine);
    let fit = |pages: u32| {
        let within = if model.jumps() {
            STEP_SLACK
        } else {
            let leaf = width(pages + 2) - width(pages);
            leaf * LEAF_SHARE + model.tolerance(pages)
        };
        width(pages).is_near(spine, within)
    };
    let counted = |n: u32| profile.printed_counts(n).contains(&n);
    // Widths rise with the page count, so the nearest lies about the first that is wide enough.
    let mut span = (fewest, most.max(fewest));
    while span.0 < span.1 {
        let middle = span.0.midpoint(span.1);
        if width(middle) < spine {
            span.0 = middle + 1;
        } else {
            span.1 = middle;
        }
    }
    let about = span.0.saturating_sub(2).max(fewest)..=(span.0 + 2).min(most);
    let best = about
        .filter(|n| counted(*n))
        .min_by(|a, b| off(*a).as_pt().total_cmp(&off(*b).as_pt()))?;
    if !fit(best) {
        return None;
    }
    let run = |counts: &mut dyn Iterator<Item = u32>| {
        counts
            .take_while(|n| fit(*n))
            .filter(|n| counted(*n))
            .last()
            .unwrap_or(best)
    };
    let first = run(&mut (fewest..=best).rev());
    let last = run(&mut (best..=most));
    // Where a band of page counts has one spine, take its middle.
    let pages = if model.jumps() {
        let middle = first.midpoint(last);
        middle + middle % 2
    } else {
        best
    };
    Some(StockFit {
        profile,
        stock,
        pages,
        range: [first, last],
        spine: width(pages),
        off: off(best),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every stock of a product that has a page count with this spine.
    fn fits(profile: &Profile, spine: Length) -> Vec<StockFit<'_>> {
        let stocks = profile.stocks.iter();
        stocks
            .filter_map(|stock| nearest(profile, stock, spine, stock.pages.or(stock.pages)))
            .collect()
    }

    #[test]
    fn the_manifestos_cover_that_did_not_fit() {
        let profiles = crate::profile::built_in().unwrap_or_else(|e| panic!("{e}"));
        let found = fits(&profiles[0], Length::inches(0.9375));
        let of = |id: &str| found.iter().find(|f| f.stock.id == id).map(|f| f.pages);
        assert_eq!(of("black-cream"), Some(375));
        assert_eq!(of("black-white"), Some(416));
        assert!(fits(&profiles[0], Length::inches(4.0)).is_empty());
    }

    #[test]
    fn a_cover_says_what_it_was_made_for() {
        let profiles = crate::profile::built_in().unwrap_or_else(|e| panic!("{e}"));
        let size = Size::new(12.85 * 72.0, 9.25 * 72.0);
        let found = covers(&profiles, size, None);
        let best = found.first().map(|(trim, f)| {
            (
                trim.to_array(),
                f.profile.id.as_str(),
                f.stock.id.as_str(),
                f.pages,
            )
        });
        assert_eq!(
            best,
            Some(([432.0, 648.0], "kdp/paperback", "black-cream", 240))
        );
    }
}
