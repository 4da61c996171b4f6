//! Readings of hardcovers and of the guests' calculators against our spines and covers. Figures only; where each was
//! read stands in the profiles' sources.

use presscheck::geometry::{Direction, Size};
use presscheck::profile::Profile;
use presscheck::units::Length;

use crate::figures::{profile, spine};

/// The whole cover in inches.
fn cover(profile: &Profile, trim: (f64, f64), spine: Length) -> [f64; 2] {
    let trim = Size::new(trim.0 * 72.0, trim.1 * 72.0);
    let size = profile.cover.as_ref().unwrap().size(trim, spine);
    [size.width / 72.0, size.height / 72.0]
}

fn near(a: f64, b: f64, within: f64) -> bool {
    b == 0.0 || (a - b).abs() <= within
}

/// Trim, stock, pages, then what KDP's calculator, templates and previewer said: spine, cover width, cover height (0
/// where not shown).
#[rustfmt::skip]
const KDP_CASES: &[(f64, f64, &str, u32, f64, f64, f64)] = &[
    (6.0, 9.0, "black-white", 76, 0.36, 13.935, 10.417),
    (6.0, 9.0, "black-white", 80, 0.369, 13.944, 10.417),
    (6.0, 9.0, "black-white", 100, 0.414, 13.989, 10.417),
    (6.0, 9.0, "black-white", 110, 0.437, 14.011, 10.417),
    (6.0, 9.0, "black-white", 120, 0.459, 14.034, 10.417),
    (6.0, 9.0, "black-white", 122, 0.464, 14.039, 10.417),
    (6.0, 9.0, "black-white", 150, 0.527, 14.102, 10.417),
    (6.0, 9.0, "black-white", 200, 0.639, 14.214, 10.417),
    (6.0, 9.0, "black-white", 250, 0.752, 14.327, 10.417),
    (6.0, 9.0, "black-white", 300, 0.865, 14.439, 10.417),
    (6.0, 9.0, "black-white", 350, 0.977, 14.552, 10.417),
    (6.0, 9.0, "black-white", 400, 1.09, 14.665, 10.417),
    (6.0, 9.0, "black-white", 450, 1.202, 14.777, 10.417),
    (6.0, 9.0, "black-white", 500, 1.315, 14.89, 10.417),
    (6.0, 9.0, "black-white", 550, 1.428, 15.002, 10.417),
    (6.0, 9.0, "black-cream", 76, 0.379, 13.954, 10.417),
    (6.0, 9.0, "black-cream", 200, 0.689, 14.264, 10.417),
    (6.0, 9.0, "black-cream", 550, 1.564, 15.139, 10.417),
    (8.25, 11.0, "black-white", 120, 0.459, 18.534, 12.417),
    (7.0, 10.0, "black-white", 120, 0.459, 16.034, 11.417),
    (8.25, 11.0, "premium-white", 200, 0.658, 18.733, 12.417),
    (5.5, 8.5, "black-white", 200, 0.639, 13.214, 9.917),
    (6.0, 9.0, "black-white", 200, 0.639, 14.214, 10.417),
    (6.14, 9.21, "black-white", 200, 0.639, 14.494, 10.627),
    (7.0, 10.0, "black-white", 200, 0.639, 16.214, 11.417),
    (8.25, 11.0, "black-white", 200, 0.639, 18.714, 12.417),
    (6.0, 9.0, "black-cream", 240, 0.789, 14.364, 10.417),
    (7.0, 10.0, "premium-white", 269, 0.82, 16.395, 11.417),
    (7.0, 10.0, "premium-white", 275, 0.834, 16.409, 11.417),
    (6.0, 9.0, "black-white", 186, 0.0, 14.183, 10.417),
];

#[test]
fn kdp_cases() {
    let kdp = profile("kdp/case-laminate");
    for (w, h, stock, pages, read_spine, read_w, read_h) in KDP_CASES.iter().copied() {
        let spine = spine(&kdp, stock, pages);
        let [width, height] = cover(&kdp, (w, h), spine);
        let at = format!("{stock} {pages}: {} {width} {height}", spine.as_inches());
        assert!(near(spine.as_inches(), read_spine, 0.0006), "{at}");
        // A template is rounded to whole points.
        let within = if pages == 400 && w == 7.0 {
            0.0025
        } else {
            0.0011
        };
        assert!(
            near(width, read_w, within) && near(height, read_h, 0.0011),
            "{at}"
        );
    }
}

/// Stock, pages, spine as Ingram's calculator gave it.
#[rustfmt::skip]
const INGRAM_CASES: &[(&str, u32, f64)] = &[
    ("black-cream-50", 24, 0.25),
    ("black-cream-50", 48, 0.25),
    ("black-cream-50", 100, 0.375),
    ("black-cream-50", 150, 0.5),
    ("black-cream-50", 200, 0.625),
    ("black-cream-50", 240, 0.688),
    ("black-cream-50", 300, 0.813),
    ("black-cream-50", 400, 1.0),
    ("black-cream-50", 500, 1.25),
    ("black-cream-50", 600, 1.5),
    ("black-cream-50", 800, 1.938),
    ("black-white-50", 24, 0.25),
    ("black-white-50", 48, 0.25),
    ("black-white-50", 100, 0.313),
    ("black-white-50", 150, 0.375),
    ("black-white-50", 200, 0.5),
    ("black-white-50", 240, 0.563),
    ("black-white-50", 300, 0.688),
    ("black-white-50", 400, 0.875),
    ("black-white-50", 500, 1.063),
    ("black-white-50", 600, 1.313),
    ("black-white-50", 800, 1.688),
    ("black-groundwood-38", 24, 0.25),
    ("black-groundwood-38", 48, 0.25),
    ("black-groundwood-38", 100, 0.375),
    ("black-groundwood-38", 150, 0.5),
    ("black-groundwood-38", 200, 0.625),
    ("black-groundwood-38", 240, 0.75),
    ("black-groundwood-38", 300, 0.875),
    ("black-groundwood-38", 400, 1.125),
    ("black-groundwood-38", 500, 1.375),
    ("black-groundwood-38", 600, 1.625),
    ("black-groundwood-38", 800, 2.125),
    ("premium-white-70", 24, 0.25),
    ("premium-white-70", 48, 0.25),
    ("premium-white-70", 100, 0.375),
    ("premium-white-70", 150, 0.5),
    ("premium-white-70", 200, 0.688),
    ("premium-white-70", 240, 0.75),
    ("premium-white-70", 300, 0.938),
    ("premium-white-70", 400, 1.188),
    ("premium-white-70", 500, 1.438),
    ("premium-white-70", 600, 1.688),
    ("premium-white-70", 800, 2.188),
];

#[test]
fn ingram_cases_and_jackets() {
    for id in [
        "ingramspark/case-laminate",
        "ingramspark/jacketed",
        "lightning-source/case-laminate",
        "lightning-source/jacketed",
    ] {
        let ingram = profile(id);
        for (stock, pages, read) in INGRAM_CASES.iter().copied() {
            let width = spine(&ingram, stock, pages).as_inches();
            // Three decimals, half up: a sixteenth is 0.0625.
            assert!(
                (width - read).abs() <= 0.00051,
                "{id} {stock} {pages}: {width}"
            );
        }
    }
}

/// Pages, stock, trim, then the spine and the widths of case and jacket that a real template has (0 where none was seen).
type Template = (u32, &'static str, (f64, f64), f64, f64, f64);

#[rustfmt::skip]
const INGRAM_TEMPLATES: &[Template] = &[
    (74, "black-cream-50", (6.0, 9.0), 0.313, 14.194, 20.438),
    (78, "black-cream-50", (6.0, 9.0), 0.313, 0.0, 20.438),
    (86, "black-cream-50", (6.0, 9.0), 0.375, 14.256, 0.0),
    (108, "black-cream-50", (6.0, 9.0), 0.375, 14.256, 0.0),
    (122, "black-cream-50", (6.0, 9.0), 0.438, 14.319, 20.563),
    (198, "black-cream-50", (6.0, 9.0), 0.625, 14.506, 20.750),
    (300, "black-cream-50", (6.0, 9.0), 0.813, 14.694, 20.938),
    (500, "black-cream-50", (6.0, 9.0), 1.250, 15.131, 21.375),
    (76, "black-white-50", (6.0, 9.0), 0.250, 14.131, 20.375),
    (108, "black-white-50", (6.0, 9.0), 0.313, 14.194, 0.0),
    (200, "black-white-50", (6.0, 9.0), 0.500, 14.381, 20.625),
    (400, "black-white-50", (6.0, 9.0), 0.875, 14.756, 21.000),
    (500, "black-white-50", (6.0, 9.0), 1.063, 14.944, 0.0),
    (122, "black-cream-50", (5.5, 8.5), 0.4375, 0.0, 19.5625),
    (144, "black-cream-50", (5.5, 8.5), 0.500, 0.0, 19.625),
    (180, "black-cream-50", (5.5, 8.5), 0.5625, 0.0, 19.6875),
];

#[test]
fn ingram_templates() {
    let (case, jacket) = (
        profile("ingramspark/case-laminate"),
        profile("ingramspark/jacketed"),
    );
    for (pages, stock, trim, read, case_width, jacket_width) in INGRAM_TEMPLATES.iter().copied() {
        let spine = spine(&case, stock, pages);
        assert!(
            near(spine.as_inches(), read, 0.00051),
            "{stock} {pages}: {spine}"
        );
        let [width, height] = cover(&case, trim, spine);
        assert!(
            near(width, case_width, 0.0007) && near(height, trim.1 + 1.5, 0.0001),
            "case {pages}: {width}"
        );
        let [width, height] = cover(&jacket, trim, spine);
        assert!(
            near(width, jacket_width, 0.0007) && near(height, trim.1 + 0.5, 0.0001),
            "jacket {pages}: {width}"
        );
    }
}

/// Where Ingram's jacket template for 6 x 9 in and a spine of 0.313 in has its panels, from the art's own left edge.
#[test]
fn the_panels_of_a_measured_jacket() {
    let jacket = profile("ingramspark/jacketed");
    let model = jacket.cover.as_ref().unwrap();
    let cover = model.lay_out(
        Size::new(432.0, 648.0),
        Length::inches(0.313),
        Direction::Ltr,
    );
    let left = |name: &str| {
        let panel = cover.panels.iter().find(|p| p.kind.word() == name).unwrap();
        f64::from(panel.area.x0) / 72.0
    };
    // On the sheet the art starts at 3.062 in, the back at 6.687, the spine at 13.125, the front flap at 20.125.
    for (name, on_sheet) in [
        ("back", 6.687),
        ("spine", 13.125),
        ("front-fold", 19.875),
        ("front-flap", 20.125),
    ] {
        assert!(
            (left(name) - (on_sheet - 3.062)).abs() < 0.002,
            "{name}: {}",
            left(name)
        );
    }
}

/// Product, stock, pages, spine in inches, and how exactly it must agree.
#[rustfmt::skip]
const GUESTS: &[(&str, &str, u32, f64, f64)] = &[
    ("lulu/paperback", "black-white", 32, 0.1321, 0.0001),
    ("lulu/paperback", "black-cream", 80, 0.2402, 0.0001),
    ("lulu/paperback", "black-white", 210, 0.5330, 0.0001),
    ("lulu/paperback", "black-cream", 300, 0.7357, 0.0001),
    ("lulu/paperback", "black-white", 800, 1.8618, 0.0001),
    ("lulu/case-laminate", "black-white", 24, 0.25, 0.0001),
    ("lulu/case-laminate", "black-white", 84, 0.25, 0.0001),
    ("lulu/case-laminate", "black-white", 86, 0.5, 0.0001),
    ("lulu/case-laminate", "black-white", 140, 0.5, 0.0001),
    ("lulu/case-laminate", "black-white", 142, 0.625, 0.0001),
    ("lulu/case-laminate", "black-white", 168, 0.625, 0.0001),
    ("lulu/case-laminate", "black-white", 196, 0.75, 0.0001),
    ("lulu/case-laminate", "black-white", 300, 0.9375, 0.0001),
    ("lulu/case-laminate", "black-white", 612, 1.6875, 0.0001),
    ("lulu/case-laminate", "black-white", 800, 2.125, 0.0001),
    ("barnes-noble/paperback", "black-white-50", 18, 0.06, 0.0051),
    ("barnes-noble/paperback", "black-white-50", 100, 0.24, 0.0001),
    ("barnes-noble/paperback", "black-white-50", 300, 0.67, 0.0001),
    ("barnes-noble/paperback", "black-white-50", 800, 1.76, 0.0001),
];

#[test]
fn guests() {
    for (id, stock, pages, read, within) in GUESTS.iter().copied() {
        let width = spine(&profile(id), stock, pages).as_inches();
        assert!(
            (width - read).abs() <= within,
            "{id} {stock} {pages}: {width}"
        );
    }
    let lulu = profile("lulu/case-laminate");
    let sized = |pages| cover(&lulu, (6.0, 9.0), spine(&lulu, "black-white", pages));
    for (pages, width) in [
        (84, 14.0),
        (140, 14.25),
        (300, 14.6875),
        (612, 15.4375),
        (800, 15.875),
    ] {
        assert_eq!(
            sized(pages).map(|v| (v * 10_000.0).round()),
            [width * 10_000.0, 107_500.0]
        );
    }
    // Bookvault's calculator, in tenths of a millimetre: 70 g cream.
    let bookvault = profile("bookvault/paperback");
    let cream = bookvault
        .stocks
        .iter()
        .find(|s| s.title.contains("70 g"))
        .unwrap();
    for (pages, mm) in [
        (24, 1.3),
        (40, 2.2),
        (100, 5.6),
        (200, 11.2),
        (280, 15.7),
        (400, 22.4),
        (560, 31.4),
        (800, 44.8),
    ] {
        let width = cream.spine.width(pages).unwrap().as_mm();
        assert!((width - mm).abs() < 0.001, "{pages}: {width}");
    }
}
