//! Drawings made of a few shapes: the small ones inside the book and the poster around its cover.

use super::content::Content;
use super::rng::Rng;

/// Ink of four plates, 0 to 1 each. No two colours that meet may pass 240 % together; none overprints.
pub type Ink = [f64; 4];

/// The night sky far from the lamp: 210 % ink in all.
pub const NIGHT: Ink = [0.90, 0.65, 0.30, 0.25];
/// The paper-coloured light that letters are drawn in.
pub const CREAM: Ink = [0.0, 0.03, 0.14, 0.0];
/// The lamp, and what should be seen first.
pub const AMBER: Ink = [0.0, 0.22, 0.70, 0.0];

/// Three small waves, centred about x, black ink at half strength.
pub fn waves(content: &mut Content, middle: f64, y: f64) {
    content.save().stroke_gray(0.45).line_width(0.9);
    let mut x = middle - 27.0;
    content.move_to(x, y);
    for _ in 0..3 {
        content.curve_to([x + 3.0, y + 7.0, x + 12.0, y + 7.0, x + 18.0, y]);
        x += 18.0;
    }
    content.stroke().restore();
}

/// A small lighthouse with four rays, 90 points high, standing on y.
pub fn emblem(content: &mut Content, middle: f64, y: f64) {
    content
        .save()
        .fill_gray(0.0)
        .stroke_gray(0.0)
        .line_width(0.8);
    content.polygon(&[
        (middle - 10.0, y),
        (middle - 6.0, y + 56.0),
        (middle + 6.0, y + 56.0),
        (middle + 10.0, y),
    ]);
    content.rect(middle - 8.5, y + 57.5, 17.0, 2.5);
    content.rect(middle - 4.5, y + 61.5, 9.0, 9.0);
    content.polygon(&[
        (middle - 6.5, y + 72.0),
        (middle, y + 80.0),
        (middle + 6.5, y + 72.0),
    ]);
    content.fill();
    // White bands, and rays that begin a little off the glass.
    content.fill_gray(1.0);
    content
        .rect(middle - 9.5, y + 16.0, 19.0, 11.0)
        .rect(middle - 8.5, y + 38.0, 17.0, 9.0)
        .fill();
    for (dx, dy) in [(-1.0, 0.28), (-1.0, -0.12), (1.0, 0.28), (1.0, -0.12)] {
        let lamp = y + 66.0;
        content.line(
            (middle + dx * 12.0, lamp + dy * 12.0),
            (middle + dx * 70.0, lamp + dy * 70.0),
        );
    }
    content
        .line((middle - 42.0, y), (middle + 42.0, y))
        .restore();
}

/// The whole cover's picture: night sky, halos of light, beams, sea and the lighthouse with its foot at x. It fills
/// `size`, width and height in points, to the very edge; no star shines in the `quiet` rectangles (left, bottom, right,
/// top) kept for words.
pub fn poster(content: &mut Content, size: (f64, f64), x: f64, quiet: &[[f64; 4]]) {
    let (width, height) = size;
    let lamp = (x, 338.0);
    content.save().rect(0.0, 0.0, width, height).clip();
    content.fill_cmyk(NIGHT).fill_rect(0.0, 0.0, width, height);
    stars(content, width, height, quiet);
    beams(content, width, height, lamp);
    for (radius, ink) in [
        (168.0, [0.82, 0.57, 0.28, 0.16]),
        (128.0, [0.68, 0.44, 0.26, 0.08]),
        (94.0, [0.50, 0.29, 0.25, 0.03]),
        (64.0, [0.27, 0.16, 0.31, 0.0]),
        (38.0, [0.05, 0.08, 0.40, 0.0]),
    ] {
        content.fill_cmyk(ink).circle(lamp.0, lamp.1, radius).fill();
    }
    sea(content, width);
    cliff(content, width, x);
    lighthouse(content, x);
    content.restore();
}

/// Stars over the upper part; one between two words would pass for a full stop.
fn stars(content: &mut Content, width: f64, height: f64, quiet: &[[f64; 4]]) {
    let mut rng = Rng::new(88);
    content.fill_cmyk([0.35, 0.20, 0.10, 0.0]);
    for _ in 0..230 {
        let (x, y) = (rng.unit() * width, 190.0 + rng.unit() * (height - 190.0));
        let radius = 0.35 + rng.unit() * rng.unit() * 0.9;
        let hidden = |area: &[f64; 4]| x > area[0] && y > area[1] && x < area[2] && y < area[3];
        if !quiet.iter().any(hidden) {
            content.circle(x, y, radius);
        }
    }
    content.fill();
}

fn beams(content: &mut Content, width: f64, height: f64, lamp: (f64, f64)) {
    let (x, y) = lamp;
    content.fill_cmyk([0.80, 0.54, 0.28, 0.14]);
    content.polygon(&[(x, y), (0.0, y + 205.0), (0.0, y + 120.0)]);
    content.polygon(&[(x, y), (width, y + 84.0), (width, y + 30.0)]);
    content.polygon(&[(x, y), (x + 40.0, height), (x + 96.0, height)]);
    content.polygon(&[(x, y), (x - 150.0, height), (x - 205.0, height)]);
    content.fill();
}

/// Four rows of waves, darker towards the reader.
fn sea(content: &mut Content, width: f64) {
    for (row, (top, ink)) in [
        (168.0, [0.72, 0.42, 0.26, 0.10]),
        (140.0, [0.82, 0.52, 0.28, 0.16]),
        (108.0, [0.88, 0.60, 0.30, 0.24]),
        (74.0, [0.92, 0.66, 0.32, 0.36]),
    ]
    .into_iter()
    .enumerate()
    {
        let length = 64.0 + 14.0 * row as f64;
        let mut at = -length * (0.3 + 0.17 * row as f64);
        content.fill_cmyk(ink).move_to(at, -10.0).line_to(at, top);
        while at < width {
            let (crest, end) = (at + length * 0.62, at + length);
            content.curve_to([at + length * 0.3, top - 9.0, crest, top - 6.0, end, top]);
            at = end;
        }
        content.line_to(at, -10.0).close().fill();
    }
}

fn cliff(content: &mut Content, width: f64, x: f64) {
    content.fill_cmyk([0.66, 0.58, 0.42, 0.58]);
    content.polygon(&[
        (x - 128.0, -10.0),
        (x - 112.0, 46.0),
        (x - 92.0, 62.0),
        (x - 80.0, 98.0),
        (x - 58.0, 112.0),
        (x - 46.0, 138.0),
        (x - 20.0, 148.0),
        (x + 34.0, 150.0),
        (x + 52.0, 132.0),
        (x + 84.0, 126.0),
        (x + 104.0, 92.0),
        (x + 140.0, 80.0),
        (x + 168.0, 48.0),
        (width + 10.0, 30.0),
        (width + 10.0, -10.0),
    ]);
    content.fill();
    // The side the lamp does not reach.
    content.fill_cmyk([0.70, 0.60, 0.42, 0.50]);
    content.polygon(&[
        (x - 46.0, 138.0),
        (x - 20.0, 148.0),
        (x + 34.0, 150.0),
        (x + 20.0, 118.0),
        (x - 6.0, 96.0),
        (x - 30.0, 104.0),
    ]);
    content.fill();
}

fn lighthouse(content: &mut Content, x: f64) {
    const FOOT: f64 = 146.0;
    const TOP: f64 = 318.0;
    let half = |y: f64| 24.0 - 9.0 * (y - FOOT) / (TOP - FOOT);
    let band = |content: &mut Content, low: f64, high: f64, from: f64, to: f64| {
        let (a, b) = (half(low), half(high));
        content
            .polygon(&[
                (x + from * a, low),
                (x + from * b, high),
                (x + to * b, high),
                (x + to * a, low),
            ])
            .fill();
    };
    let bands = 6;
    let step = (TOP - FOOT) / f64::from(bands);
    for n in 0..bands {
        let (low, high) = (FOOT + step * f64::from(n), FOOT + step * f64::from(n + 1));
        let red = n % 2 == 1;
        content.fill_cmyk(if red { [0.10, 0.85, 0.80, 0.08] } else { CREAM });
        band(content, low, high, -1.0, 1.0);
        content.fill_cmyk(if red {
            [0.20, 0.90, 0.80, 0.40]
        } else {
            [0.20, 0.18, 0.28, 0.08]
        });
        band(content, low, high, 0.35, 1.0);
    }
    let dark = [0.66, 0.58, 0.42, 0.58];
    content.fill_cmyk(dark);
    content.rect(x - 4.5, FOOT, 9.0, 17.0).fill();
    for window in [206.0, 263.0] {
        content.rect(x - 2.5, window, 5.0, 9.0).fill();
    }
    content
        .rect(x - 22.0, TOP, 44.0, 4.5)
        .rect(x - 20.0, TOP + 11.0, 40.0, 1.4)
        .fill();
    for post in -4..=4 {
        content.rect(x + f64::from(post) * 4.9 - 0.4, TOP + 4.0, 0.8, 8.0);
    }
    content.fill();
    content
        .fill_cmyk(AMBER)
        .fill_rect(x - 10.0, TOP + 4.5, 20.0, 30.0);
    content
        .fill_cmyk([0.0, 0.02, 0.25, 0.0])
        .circle(x, 338.0, 6.5)
        .fill();
    content.fill_cmyk(dark);
    for bar in [-10.0, -3.8, 2.4, 8.6] {
        content.rect(x + bar, TOP + 4.5, 1.4, 30.0);
    }
    content.rect(x - 13.0, TOP + 34.0, 26.0, 3.0).fill();
    content
        .move_to(x - 12.0, TOP + 37.0)
        .curve_to([x - 11.0, TOP + 50.0, x - 4.0, TOP + 52.0, x, TOP + 55.0])
        .curve_to([
            x + 4.0,
            TOP + 52.0,
            x + 11.0,
            TOP + 50.0,
            x + 12.0,
            TOP + 37.0,
        ])
        .close()
        .fill();
    content
        .rect(x - 0.7, TOP + 53.0, 1.4, 16.0)
        .circle(x, TOP + 56.0, 2.4)
        .fill();
}
