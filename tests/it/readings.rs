//! Readings of the platforms' own calculators, templates and previewers against our spines and covers.
//!
//! Figures only; where each was read stands in the profiles' sources. KDP must agree within 0.0006 in for
//! spines and 0.0011 in for covers, Ingram within 0.0011 in: the calculators print three decimals.

use presscheck::geometry::Size;

use crate::figures::{profile, spine};

/// Trim in inches, stock, pages, then what was read: spine, cover width, cover height (0 where not shown).
#[rustfmt::skip]
const KDP: &[(f64, f64, &str, u32, f64, f64, f64)] = &[
    (6.0, 9.0, "black-white", 200, 0.45, 12.7, 9.25),
    (6.0, 9.0, "black-white", 120, 0.27, 12.52, 9.25),
    (8.5, 11.0, "black-white", 200, 0.45, 17.7, 11.25),
    (6.0, 9.0, "black-white", 24, 0.054, 12.304, 9.25),
    (6.0, 9.0, "black-white", 78, 0.176, 12.426, 9.25),
    (6.0, 9.0, "black-white", 80, 0.18, 12.43, 9.25),
    (7.0, 10.0, "black-white", 200, 0.45, 14.7, 10.25),
    (8.0, 10.0, "black-white", 200, 0.45, 16.7, 10.25),
    (8.5, 11.0, "black-white", 120, 0.27, 17.52, 11.25),
    (8.5, 11.0, "black-cream", 120, 0.3, 17.55, 11.25),
    (8.5, 11.0, "black-groundwood", 120, 0.282, 17.532, 11.25),
    (8.5, 11.0, "standard-white", 120, 0.27, 17.52, 11.25),
    (8.5, 11.0, "premium-white", 120, 0.282, 17.532, 11.25),
    (6.0, 9.0, "black-cream", 240, 0.6, 12.85, 9.25),
    (6.0, 9.0, "black-white", 240, 0.54, 12.79, 9.25),
    (6.0, 9.0, "premium-white", 240, 0.563, 12.813, 9.25),
    (6.0, 9.0, "black-groundwood", 240, 0.564, 12.814, 9.25),
    (6.0, 9.0, "black-groundwood", 120, 0.282, 0.0, 0.0),
    (6.0, 9.0, "black-groundwood", 240, 0.564, 0.0, 0.0),
    (8.5, 11.0, "black-white", 110, 0.248, 17.498, 11.25),
    (6.0, 9.0, "standard-white", 500, 1.126, 13.376, 9.25),
    (6.0, 9.0, "black-cream", 161, 0.403, 12.653, 9.25),
    (8.0, 10.0, "standard-white", 76, 0.0, 16.421, 10.25),
    (6.0, 9.0, "black-white", 346, 0.0, 13.029, 0.0),
];

/// Stock, pages, spine.
#[rustfmt::skip]
const INGRAM: &[(&str, u32, f64)] = &[
    ("black-cream-50", 24, 0.058),
    ("black-cream-50", 48, 0.115),
    ("black-cream-50", 100, 0.24),
    ("black-cream-50", 150, 0.348),
    ("black-cream-50", 200, 0.458),
    ("black-cream-50", 240, 0.545),
    ("black-cream-50", 300, 0.674),
    ("black-cream-50", 400, 0.89),
    ("black-cream-50", 500, 1.114),
    ("black-cream-50", 600, 1.333),
    ("black-cream-50", 800, 1.767),
    ("black-white-50", 24, 0.05),
    ("black-white-50", 48, 0.099),
    ("black-white-50", 100, 0.207),
    ("black-white-50", 150, 0.321),
    ("black-white-50", 200, 0.424),
    ("black-white-50", 240, 0.505),
    ("black-white-50", 300, 0.629),
    ("black-white-50", 400, 0.821),
    ("black-white-50", 500, 1.005),
    ("black-white-50", 600, 1.213),
    ("black-white-50", 800, 1.59),
    ("black-groundwood-38", 24, 0.068),
    ("black-groundwood-38", 48, 0.127),
    ("black-groundwood-38", 100, 0.255),
    ("black-groundwood-38", 150, 0.378),
    ("black-groundwood-38", 200, 0.502),
    ("black-groundwood-38", 240, 0.6),
    ("black-groundwood-38", 300, 0.748),
    ("black-groundwood-38", 400, 0.994),
    ("black-groundwood-38", 500, 1.241),
    ("black-groundwood-38", 600, 1.487),
    ("black-groundwood-38", 800, 1.98),
    ("black-white-70", 24, 0.065),
    ("black-white-70", 48, 0.13),
    ("black-white-70", 100, 0.272),
    ("black-white-70", 150, 0.408),
    ("black-white-70", 200, 0.543),
    ("black-white-70", 240, 0.652),
    ("black-white-70", 300, 0.815),
    ("black-white-70", 400, 1.087),
    ("black-white-70", 500, 1.359),
    ("black-white-70", 600, 1.63),
    ("black-white-70", 800, 2.174),
    ("premium-white-70", 24, 0.062),
    ("premium-white-70", 48, 0.125),
    ("premium-white-70", 100, 0.26),
    ("premium-white-70", 150, 0.39),
    ("premium-white-70", 200, 0.52),
    ("premium-white-70", 240, 0.623),
    ("premium-white-70", 300, 0.779),
    ("premium-white-70", 400, 1.039),
    ("premium-white-70", 500, 1.299),
    ("premium-white-70", 600, 1.558),
    ("premium-white-70", 800, 2.078),
    ("black-cream-50", 18, 0.043),
    ("black-cream-50", 1050, 2.352),
    ("black-white-50", 18, 0.037),
    ("black-white-50", 1200, 2.344),
    ("premium-white-70", 900, 2.338),
];

/// Figures in circulation that are wrong for the product: its spine must not come near them.
#[rustfmt::skip]
const WRONG: &[(&str, &str, u32, f64, &str)] = &[
    ("kdp/paperback", "black-cream", 300, 0.81, "0.06 in added, which is another printer's constant"),
    ("kdp/paperback", "standard-white", 500, 1.1735, "0.002347 in a page, premium colour's factor"),
    ("ingramspark/paperback", "black-cream-50", 300, 0.750, "KDP's factor"),
    ("ingramspark/paperback", "black-cream-50", 300, 0.833, "360 pages an inch"),
    ("ingramspark/paperback", "black-cream-50", 300, 0.6757, "the paper sheet's 444 pages an inch"),
    ("ingramspark/paperback", "black-white-50", 300, 0.5859, "the paper sheet's 512 pages an inch"),
    ("ingramspark/paperback", "black-white-50", 1200, 2.412, "a line through two anchors that nobody read"),
    ("ingramspark/paperback", "black-cream-50", 1050, 2.339, "a line through two anchors that nobody read"),
    ("ingramspark/paperback", "black-white-70", 300, 0.8824, "340 pages an inch"),
];

#[test]
fn kdp_paperbacks() {
    let kdp = profile("kdp/paperback");
    for (w, h, stock, pages, read_spine, read_w, read_h) in KDP.iter().copied() {
        let spine = spine(&kdp, stock, pages);
        let near = |a: f64, b: f64, within: f64| b == 0.0 || (a - b).abs() <= within;
        assert!(
            near(spine.as_inches(), read_spine, 0.0006),
            "{stock} {pages}: {}",
            spine.as_inches()
        );
        let trim = Size::new(w * 72.0, h * 72.0);
        let model = kdp.cover.as_ref().unwrap();
        let size = model.size(trim, spine);
        assert!(
            near(size.width / 72.0, read_w, 0.0011),
            "{stock} {pages}: {}",
            size.width / 72.0
        );
        assert!(
            near(size.height / 72.0, read_h, 0.0011),
            "{stock} {pages}: {}",
            size.height / 72.0
        );
    }
}

#[test]
fn ingram_paperbacks() {
    for id in ["ingramspark/paperback", "lightning-source/paperback"] {
        let ingram = profile(id);
        for (stock, pages, read) in INGRAM.iter().copied() {
            let width = spine(&ingram, stock, pages).as_inches();
            assert!(
                (width - read).abs() <= 0.0011,
                "{id} {stock} {pages}: {width}"
            );
        }
    }
}

#[test]
fn figures_that_are_wrong_are_not_ours() {
    for (id, stock, pages, wrong, why) in WRONG.iter().copied() {
        let width = spine(&profile(id), stock, pages).as_inches();
        assert!(
            (width - wrong).abs() > 0.0015,
            "{id} {stock} {pages}: {width} is the figure of {why}"
        );
    }
}

#[test]
fn odd_counts_are_padded_as_each_platform_does() {
    assert_eq!(profile("kdp/paperback").printed_counts(161), [161, 162]);
    assert_eq!(profile("kdp/paperback").printed_counts(160), [160]);
    assert_eq!(profile("ingramspark/paperback").printed_counts(189), [190]);
}
