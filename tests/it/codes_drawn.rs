//! QR codes of every version from 1 to 25 and every level, drawn in six ways, turned, in modules from small to large: each is
//! read as it was made and measured to a part in two hundred.

use presscheck::facts::CodeKind;
use presscheck::limits::Limits;
use presscheck::measure::{self, Wanted};
use presscheck_fixtures::codes::EcLevel;
use presscheck_fixtures::{Content, Drawn, Font, Page, Pdf, Qr, Set, Spot, blocks};

const LEVELS: [(EcLevel, char); 4] = [
    (EcLevel::L, 'L'),
    (EcLevel::M, 'M'),
    (EcLevel::Q, 'Q'),
    (EcLevel::H, 'H'),
];
/// Modules in millimetres: the least that scans, what is asked of print, a generous one.
const MODULES: [f64; 3] = [0.25, 0.33, 0.7];
const VERSIONS: i16 = 25;

/// A code on a page, and what should be read of it.
struct Made {
    says: String,
    level: char,
    modules: usize,
    side_mm: f64,
    /// Degrees it is turned to the left.
    turned: f64,
    what: String,
}

/// A file of codes, a page each.
#[derive(Default)]
struct Sheets {
    pdf: Pdf,
    made: Vec<Made>,
}

impl Sheets {
    fn put(
        &mut self,
        version: i16,
        (level, letter): (EcLevel, char),
        way: Drawn,
        module_mm: f64,
        turned: f64,
    ) {
        let (code, says) = Qr::full(version, level);
        let side = code.size() as f64 * module_mm * 72.0 / 25.4;
        let middle = side * 0.75 + 60.0;
        let (sine, cosine) = turned.to_radians().sin_cos();
        let mut content = Content::new();
        content.cm([cosine, sine, -sine, cosine, middle, middle]);
        code.draw(
            &mut self.pdf,
            &mut content,
            way,
            Spot::new(-side / 2.0, -side / 2.0, side),
        );
        self.pdf
            .page(Page::new(2.0 * middle, 2.0 * middle, content));
        self.made.push(Made {
            says,
            level: letter,
            modules: code.size(),
            side_mm: code.size() as f64 * module_mm,
            turned,
            what: format!(
                "{version}-{letter} as {} of {module_mm} mm, turned by {turned}",
                way.name()
            ),
        });
    }

    /// A code set in blocks of such a size, lines so far apart, in parts of the size, in black or in white on black.
    fn set(
        &mut self,
        version: i16,
        way: Set,
        font: &Font,
        [size, leading]: [f64; 2],
        turned: f64,
        grey: f64,
    ) {
        let (level, letter) = LEVELS[usize::try_from(version).unwrap() % 4];
        let (code, says) = Qr::full(version, level);
        let side = way.side(code.size(), size, leading);
        let half = side + 40.0;
        let (sine, cosine) = turned.to_radians().sin_cos();
        let mut content = Content::new();
        content
            .fill_gray(1.0 - grey)
            .fill_rect(0.0, 0.0, 2.0 * half, 2.0 * half);
        content
            .cm([cosine, sine, -sine, cosine, half, half])
            .fill_gray(grey);
        way.draw(&code, &mut content, font, size, leading);
        self.pdf.page(Page::new(2.0 * half, 2.0 * half, content));
        self.made.push(Made {
            says,
            level: letter,
            modules: code.size(),
            side_mm: side * 25.4 / 72.0,
            turned,
            what: format!("{version} set as {way:?} of {size}, lines {leading} apart, turned by {turned}, grey {grey}"),
        });
    }

    /// A code in a picture of its page that has few pixels: so many a module across and down, the whole turned. Each pixel is
    /// the mean of so many `samples` a side; with one, edges fall to whole pixels.
    fn scan(&mut self, version: i16, [wide, high]: [f64; 2], turned: f64, samples: usize) {
        let (level, letter) = LEVELS[usize::try_from(version).unwrap() % 4];
        let (code, says) = Qr::full(version, level);
        let size = code.size() as f64;
        let (sine, cosine) = turned.to_radians().sin_cos();
        let pixels = ((size + 12.0) * wide.max(high) * (sine.abs() + cosine.abs())).ceil();
        let is_dark = |x: f64, y: f64| {
            let (x, y) = (x - pixels / 2.0, y - pixels / 2.0);
            let column = (x * cosine - y * sine) / wide + size / 2.0;
            let row = (x * sine + y * cosine) / high + size / 2.0;
            column >= 0.0 && row >= 0.0 && code.dark(column as usize, row as usize)
        };
        let side = pixels as usize;
        let step = 1.0 / samples as f64;
        let grey = |at: usize| {
            let (x, y) = ((at % side) as f64, (at / side) as f64);
            let points = (0..samples * samples).map(|n| [n % samples, n / samples]);
            let light = points.filter(|[dx, dy]| {
                let middle = |d: usize| (d as f64 + 0.5) * step;
                !is_dark(x + middle(*dx), y + middle(*dy))
            });
            u8::try_from(light.count() * 255 / (samples * samples)).unwrap()
        };
        let picture: Vec<u8> = (0..side * side).map(grey).collect();
        let entries = format!(
            "/Type /XObject /Subtype /Image /Width {side} /Height {side} /ColorSpace /DeviceGray /BitsPerComponent 8"
        );
        let picture = self.pdf.flate(&entries, &picture);
        let points = pixels * 72.0 / SCAN;
        let mut content = Content::new();
        content.image(picture, 30.0, 30.0, points, points);
        self.pdf
            .page(Page::new(points + 60.0, points + 60.0, content));
        self.made.push(Made {
            says,
            level: letter,
            modules: code.size(),
            side_mm: size * wide.midpoint(high) * 25.4 / SCAN,
            turned,
            what: format!(
                "{version} of {wide} by {high} pixels a module, {samples} samples, turned by {turned}"
            ),
        });
    }

    /// A code in the middle of a black picture, of which a mask lets nothing but the code and its margin through.
    fn masked(&mut self, version: i16, mask: &str, opaque: u8) {
        let (level, letter) = LEVELS[usize::try_from(version).unwrap() % 4];
        let (code, says) = Qr::full(version, level);
        let (width, pixels) = code.pixels(4, 4);
        let (side, start) = (width + 80, 40);
        let mut picture = vec![0; side * side];
        let mut shown = vec![!opaque; side * side];
        for (n, row) in pixels.chunks(width).enumerate() {
            let at = (start + n) * side + start;
            picture[at..at + width].copy_from_slice(row);
            shown[at..at + width].fill(opaque);
        }
        let stencil = mask.contains("ImageMask");
        if stencil {
            let row = |row: &[u8]| {
                let byte =
                    |bits: &[u8]| (0..8).fold(0, |b, n| b << 1 | (bits.get(n).unwrap_or(&0) & 1));
                row.chunks(8).map(byte).collect::<Vec<u8>>()
            };
            shown = shown.chunks(side).flat_map(row).collect();
        }
        let entries = format!("/Type /XObject /Subtype /Image /Width {side} /Height {side}");
        let shown = self.pdf.flate(&format!("{entries} {mask}"), &shown);
        let key = if stencil { "Mask" } else { "SMask" };
        let picture = self.pdf.flate(
            &format!("{entries} /ColorSpace /DeviceGray /BitsPerComponent 8 /{key} {shown}"),
            &picture,
        );
        let points = side as f64 * 0.4;
        let mut content = Content::new();
        content.image(picture, 30.0, 30.0, points, points);
        self.pdf
            .page(Page::new(points + 60.0, points + 60.0, content));
        self.made.push(Made {
            says,
            level: letter,
            modules: code.size(),
            side_mm: code.size() as f64 * 1.6 * 25.4 / 72.0,
            turned: 0.0,
            what: format!("{version} through {mask}"),
        });
    }

    /// Asserts that every code is read as it was made, and measured as closely.
    fn assert_read(self, close: f64) {
        let wanted = Wanted {
            codes: true,
            ..Wanted::default()
        };
        let name = "x.pdf".to_owned();
        let document = measure::document(
            name,
            self.pdf.finish(),
            &Limits::default(),
            wanted,
            &|_, _| {},
        );
        let faults = (1u32..).zip(&self.made).filter_map(|(page, made)| {
            let codes: Vec<_> = document.codes.iter().filter(|c| c.page == page).collect();
            let [code] = codes.as_slice() else {
                return Some(format!("{}: {} codes", made.what, codes.len()));
            };
            if code.kind != CodeKind::Qr || code.text != made.says {
                return Some(format!("{}: another text", made.what));
            }
            let off = (code.side_mm / made.side_mm - 1.0).abs();
            let askew = (code.rotation_deg - made.turned + 180.0).rem_euclid(360.0) - 180.0;
            let told = (
                code.correction,
                code.modules,
                code.side_mm,
                code.rotation_deg,
            );
            let same = code.correction == Some(made.level)
                && usize::try_from(code.modules) == Ok(made.modules);
            (!same || off > close || askew.abs() > ASKEW)
                .then(|| format!("{}: {told:?}, not {} mm", made.what, made.side_mm))
        });
        let wrong: Vec<String> = faults.collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

/// How far a side may be off, as a share, and an angle, in degrees.
const CLOSE: f64 = 0.005;
const ASKEW: f64 = 0.3;
/// The same in pictures of few pixels, whose edges are a pixel off.
const ROUGH: f64 = 0.02;
/// The pixels of such a picture, an inch.
const SCAN: f64 = 200.0;

#[test]
fn every_version_and_level_is_read_however_it_is_drawn() {
    let mut sheets = Sheets::default();
    let mut turn = 0usize;
    for version in 1..=VERSIONS {
        for level in LEVELS {
            // Steps that share no factor with each other, so that everything meets everything.
            let way = Drawn::ALL.into_iter().cycle().nth(turn).unwrap();
            let module = MODULES.into_iter().cycle().nth(turn / 5).unwrap();
            let quarters = u32::try_from(turn / 7 % 4).unwrap();
            sheets.put(version, level, way, module, f64::from(quarters) * 90.0);
            turn += 1;
        }
    }
    sheets.assert_read(CLOSE);
}

#[test]
fn codes_turned_by_any_angle_are_read_however_they_are_drawn() {
    let mut sheets = Sheets::default();
    let mut turn = 0usize;
    for version in [1, 2, 4, 7, 11, 16, 22] {
        for way in Drawn::ALL {
            let level = LEVELS.into_iter().cycle().nth(turn / 2).unwrap();
            let module = MODULES.into_iter().cycle().nth(turn / 3).unwrap();
            let angle = [3.0, 20.0, 33.0, 45.0, 71.5, 118.0, 200.0, 301.0][turn / 5 % 8];
            sheets.put(version, level, way, module, angle);
            turn += 1;
        }
    }
    sheets.assert_read(CLOSE);
}

#[test]
fn codes_of_few_pixels_whose_edges_fell_to_whole_ones_are_read() {
    let mut sheets = Sheets::default();
    for version in [1, 2, 4, 6, 9, 14] {
        for module in [2.25, 2.4, 2.55, 3.4] {
            sheets.scan(version, [module; 2], 0.0, 1);
        }
    }
    sheets.assert_read(ROUGH);
}

#[test]
fn codes_of_few_pixels_turned_by_about_an_eighth_are_read() {
    let mut sheets = Sheets::default();
    for version in [1, 3, 5, 8] {
        for turned in [38.0, 42.0, 45.0, 48.0, 52.0, 135.0] {
            for module in [2.5, 3.5] {
                sheets.scan(version, [module; 2], turned, 4);
            }
        }
    }
    sheets.assert_read(ROUGH);
}

#[test]
fn codes_out_of_square_are_read() {
    let mut sheets = Sheets::default();
    for version in [1, 2, 5, 9] {
        for high in [3.8, 4.2, 6.0, 6.4] {
            for turned in [0.0, 8.0, 90.0] {
                sheets.scan(version, [5.0, high], turned, 4);
            }
        }
    }
    sheets.assert_read(ROUGH);
}

#[test]
fn codes_set_in_block_characters_are_read() {
    let mut sheets = Sheets::default();
    let font = blocks::face(&mut sheets.pdf);
    let mut turn = 0usize;
    for version in [1, 2, 4, 7, 12] {
        for way in Set::ALL {
            // Lines that overlap, meet, and leave light between them.
            for leading in [1.14, 1.2, 1.22, 1.3] {
                let size = [3.0, 6.0, 11.0][turn % 3];
                let turned = [0.0, 0.0, 0.0, 90.0, 20.0][turn % 5];
                let grey = [0.0, 1.0][usize::from(turn % 7 == 3 && leading < 1.3)];
                sheets.set(version, way, &font, [size, leading], turned, grey);
                turn += 1;
            }
        }
    }
    sheets.assert_read(ROUGH);
}

#[test]
fn codes_seen_through_masks_written_either_way_are_read() {
    let mut sheets = Sheets::default();
    for version in [1, 3, 6] {
        let soft = "/ColorSpace /DeviceGray /BitsPerComponent 8";
        for (turned_over, opaque) in [("", 0), ("/Decode [0 1]", 0), ("/Decode [1 0]", 255)] {
            let stencil = format!("/ImageMask true /BitsPerComponent 1 {turned_over}");
            sheets.masked(version, &stencil, opaque);
            sheets.masked(version, &format!("{soft} {turned_over}"), !opaque);
        }
    }
    sheets.assert_read(CLOSE);
}

#[test]
fn codes_over_older_ones_that_a_box_hides_are_read_alone() {
    let mut sheets = Sheets::default();
    for (n, older) in Drawn::ALL.into_iter().enumerate() {
        for (m, newer) in Drawn::ALL.into_iter().enumerate() {
            let (level, letter) = LEVELS[(n + m) % 4];
            let (below, _) = Qr::full(3, level);
            let (code, says) = Qr::full(4, level);
            let side_mm = code.size() as f64 * 0.5;
            let side = side_mm * 72.0 / 25.4;
            let mut content = Content::new();
            let spot = Spot::new(60.0, 60.0, side);
            content.fill_gray(0.0);
            below.draw(&mut sheets.pdf, &mut content, older, spot);
            content
                .fill_gray(1.0)
                .fill_rect(50.0, 50.0, side + 20.0, side + 20.0)
                .fill_gray(0.0);
            // Off by a part of a module.
            let spot = Spot::new(61.1, 60.7, side);
            code.draw(&mut sheets.pdf, &mut content, newer, spot);
            sheets
                .pdf
                .page(Page::new(side + 120.0, side + 120.0, content));
            sheets.made.push(Made {
                says,
                level: letter,
                modules: code.size(),
                side_mm,
                turned: 0.0,
                what: format!("{} over {}", newer.name(), older.name()),
            });
        }
    }
    sheets.assert_read(0.005);
}
