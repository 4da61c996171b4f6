//! Bar codes and QR codes within pictures as scanners, browsers and cutters of layers write them: turned over, in masks, behind
//! clips, over coarser layers; and on pages with more of them, or more around them, than are drawn one by one.

use presscheck::facts::{Code, CodeKind};
use presscheck::limits::Limits;
use presscheck::measure::{self, Wanted};
use presscheck_fixtures::{Content, Drawn, Ean13, Id, Page, Pdf, Qr, Spot};

const ISBN: &str = "978-0-306-40615-7";
const DIGITS: &str = "9780306406157";
const SAYS: &str = "https://example.org/lamp";
/// Pixels a module of a picture; points a pixel on the page (250 ppi).
const SCALE: usize = 4;
const PIXEL: f64 = 72.0 / 250.0;
/// How far a side may be off, as a share.
const CLOSE: f64 = 0.02;

/// A picture in black and white: pixels in a row, rows, whether each is dark.
struct Art {
    size: [usize; 2],
    dark: Vec<bool>,
}

impl Art {
    /// A bar code above a QR code, with clear space around both.
    fn pair() -> Self {
        let (bars, code) = (Ean13::new(ISBN).modules(), Qr::new(SAYS));
        let [wide, high] = [(95 + 30) * SCALE, 120 * SCALE];
        let dark = |at: usize| {
            let (x, y) = (at % wide / SCALE, at / wide / SCALE);
            let (bar, column) = (x.wrapping_sub(15), x.wrapping_sub(20));
            (10..60).contains(&y) && bars.get(bar) == Some(&true)
                || code.dark(column, y.wrapping_sub(80))
        };
        Self {
            size: [wide, high],
            dark: (0..wide * high).map(dark).collect(),
        }
    }

    /// A byte a pixel.
    fn bytes(&self, dark: u8, light: u8) -> Vec<u8> {
        let byte = |is_dark: &bool| if *is_dark { dark } else { light };
        self.dark.iter().map(byte).collect()
    }

    /// A bit a pixel, rows in whole bytes.
    fn bits(&self, dark: bool) -> Vec<u8> {
        let mut bytes = Vec::new();
        for row in self.dark.chunks(self.size[0]) {
            for eight in row.chunks(8) {
                let bit = |(n, is_dark): (usize, &bool)| u8::from(*is_dark == dark) << (7 - n);
                bytes.push(eight.iter().enumerate().map(bit).sum());
            }
        }
        bytes
    }

    fn entries(&self, more: &str) -> String {
        let [wide, high] = self.size;
        format!("/Type /XObject /Subtype /Image /Width {wide} /Height {high} {more}")
    }

    fn place(&self, content: &mut Content, id: Id) {
        let [wide, high] = self.size.map(|n| n as f64 * PIXEL);
        content.image(id, 40.0, 40.0, wide, high);
    }
}

/// The codes of a file.
fn read(pdf: Pdf) -> Vec<Code> {
    read_within(pdf, Limits::default())
}

fn read_within(pdf: Pdf, limits: Limits) -> Vec<Code> {
    let wanted = Wanted {
        codes: true,
        ..Wanted::default()
    };
    let name = "x.pdf".to_owned();
    measure::document(name, pdf.finish(), &limits, wanted, &|_, _| {}).codes
}

#[test]
fn pictures_are_read_however_they_say_what_is_dark() {
    let art = Art::pair();
    let grey = "/BitsPerComponent 8 /ColorSpace /DeviceGray";
    let colour = "/BitsPerComponent 8 /ColorSpace /DeviceRGB";
    let bit = "/BitsPerComponent 1";
    let black_and_white = "/ColorSpace [/Indexed /DeviceGray 1 <00FF>]";
    let thrice = |bytes: Vec<u8>| bytes.into_iter().flat_map(|v| [v; 3]).collect::<Vec<u8>>();
    let pictures = [
        ("grey", grey.to_owned(), art.bytes(0, 255)),
        (
            "grey, turned over",
            format!("{grey} /Decode [1 0]"),
            art.bytes(255, 0),
        ),
        (
            "colour, turned over",
            format!("{colour} /Decode [1 0 1 0 1 0]"),
            thrice(art.bytes(255, 0)),
        ),
        (
            "bits, turned over",
            format!("{bit} /ColorSpace /DeviceGray /Decode [1 0]"),
            art.bits(true),
        ),
        (
            "a palette, turned over",
            format!("{bit} {black_and_white} /Decode [1 0]"),
            art.bits(true),
        ),
        (
            "a stencil",
            format!("{bit} /ImageMask true"),
            art.bits(false),
        ),
        (
            "a stencil, turned over",
            format!("{bit} /ImageMask true /Decode [1 0]"),
            art.bits(true),
        ),
    ];
    let (mut pdf, mut made) = (Pdf::new(), Vec::new());
    for (name, entries, data) in pictures {
        let id = pdf.flate(&art.entries(&entries), &data);
        let mut content = Content::new();
        art.place(content.fill_gray(0.0), id);
        pdf.page(Page::new(300.0, 300.0, content));
        made.push(name);
    }
    // Paper painted in white on black.
    let id = pdf.flate(
        &art.entries(&format!("{bit} /ImageMask true")),
        &art.bits(true),
    );
    let mut content = Content::new();
    content.fill_gray(0.0).fill_rect(0.0, 0.0, 300.0, 300.0);
    art.place(content.fill_gray(1.0), id);
    pdf.page(Page::new(300.0, 300.0, content));
    made.push("a stencil in white on black");
    both_are_read(pdf, &made);
}

#[test]
fn masks_are_read_whatever_lies_behind_them() {
    let art = Art::pair();
    let (mut pdf, mut made) = (Pdf::new(), Vec::new());
    // One pixel, as browsers write it; a layer of colour coarser than its mask, as scans are cut into layers.
    for side in [1usize, 40] {
        for (name, key, mask, data) in [
            (
                "a soft mask",
                "SMask",
                "/ColorSpace /DeviceGray /BitsPerComponent 8",
                art.bytes(255, 0),
            ),
            (
                "a stencil",
                "Mask",
                "/ImageMask true /BitsPerComponent 1",
                art.bits(false),
            ),
            (
                "a stencil, turned over",
                "Mask",
                "/ImageMask true /BitsPerComponent 1 /Decode [1 0]",
                art.bits(true),
            ),
        ] {
            let mask = pdf.flate(&art.entries(mask), &data);
            let entries = format!(
                "/Type /XObject /Subtype /Image /Width {side} /Height {side} /ColorSpace /DeviceGray /BitsPerComponent 8 /{key} {mask}"
            );
            let id = pdf.flate(&entries, &vec![20; side * side]);
            let mut content = Content::new();
            art.place(&mut content, id);
            pdf.page(Page::new(300.0, 300.0, content));
            made.push(format!("{name} over {side} pixels"));
        }
    }
    let made: Vec<&str> = made.iter().map(String::as_str).collect();
    both_are_read(pdf, &made);
}

#[test]
fn what_a_clip_takes_away_is_not_there() {
    let art = Art::pair();
    let [wide, high] = art.size;
    // Black all around, where the clip lets nothing through.
    let padded = Art {
        size: [wide + 80, high + 80],
        dark: (0..(wide + 80) * (high + 80))
            .map(|at| {
                let (x, y) = (at % (wide + 80), at / (wide + 80));
                let inside = (40..wide + 40).contains(&x) && (40..high + 40).contains(&y);
                !inside || art.dark[(y - 40) * wide + x - 40]
            })
            .collect(),
    };
    let mut pdf = Pdf::new();
    let id = pdf.flate(
        &padded.entries("/BitsPerComponent 8 /ColorSpace /DeviceGray"),
        &padded.bytes(0, 255),
    );
    let mut content = Content::new();
    // Up to the first bar: what is clipped would join it.
    let [left, low] = [15 * SCALE + 40, 40].map(|n| 40.0 + n as f64 * PIXEL);
    let [across, up] = [95 * SCALE, high].map(|n| n as f64 * PIXEL);
    content.rect(left, low, across, up).clip();
    padded.place(&mut content, id);
    pdf.page(Page::new(300.0, 300.0, content));
    both_are_read(pdf, &["clipped"]);
}

#[test]
fn white_modules_between_black_ones_are_no_bars() {
    let modules = Ean13::new(ISBN).modules();
    let mut pdf = Pdf::new();
    let mut content = Content::new();
    for (at, dark) in modules.iter().enumerate() {
        let module = SCALE as f64 * PIXEL;
        content.fill_gray(if *dark { 0.0 } else { 1.0 });
        content.fill_rect(40.0 + at as f64 * module, 200.0, module, 60.0);
    }
    let code = Qr::new(SAYS);
    for at in 0..code.size() * code.size() {
        let (x, y) = (at % code.size(), at / code.size());
        let module = SCALE as f64 * PIXEL;
        content.fill_gray(if code.dark(x, y) { 0.0 } else { 1.0 });
        content.fill_rect(
            60.0 + x as f64 * module,
            120.0 - y as f64 * module,
            module,
            module,
        );
    }
    pdf.page(Page::new(300.0, 300.0, content));
    both_are_read(pdf, &["cells of a table"]);
}

#[test]
fn a_page_of_many_shapes_is_searched_for_bars_too() {
    let art = Art::pair();
    let mut pdf = Pdf::new();
    let id = pdf.flate(
        &art.entries("/BitsPerComponent 1 /ImageMask true"),
        &art.bits(false),
    );
    let mut content = Content::new();
    content.fill_gray(0.4);
    for at in 0..45_000u32 {
        let (x, y) = (f64::from(at % 300), f64::from(at / 300));
        content.fill_rect(x, 280.0 + y, 0.5, 0.4);
    }
    art.place(content.fill_gray(0.0), id);
    let bars = Ean13::new(ISBN).modules();
    let module = SCALE as f64 * PIXEL;
    for (at, _) in bars.iter().enumerate().filter(|(_, dark)| **dark) {
        content.fill_rect(40.0 + at as f64 * module, 460.0, module, 60.0);
    }
    pdf.page(Page::new(300.0, 600.0, content));
    let codes = read(pdf);
    assert_eq!(codes.iter().filter(|c| c.text == DIGITS).count(), 2);
    assert_eq!(codes.iter().filter(|c| c.text == SAYS).count(), 1);
}

#[test]
fn a_picture_that_is_a_data_matrix_is_named() {
    let side = 18;
    // Two sides all dark, two by turns, and anything between them.
    let module = |x: usize, y: usize| match (x, y) {
        (0, _) | (_, 17) => true,
        (_, 0) => x.is_multiple_of(2),
        (17, _) => y % 2 == 1,
        _ => (x * 7 + y * 5).is_multiple_of(3),
    };
    let (mut pdf, quiet) = (Pdf::new(), 2);
    for scale in [1, 3, 8] {
        let pixels = (side + 2 * quiet) * scale;
        let dark = |at: usize| {
            let place = |pixel: usize| (pixel / scale).checked_sub(quiet).filter(|m| *m < side);
            let (x, y) = (place(at % pixels), place(at / pixels));
            x.zip(y).is_some_and(|(x, y)| module(x, y))
        };
        let art = Art {
            size: [pixels; 2],
            dark: (0..pixels * pixels).map(dark).collect(),
        };
        let entries = art.entries("/BitsPerComponent 8 /ColorSpace /DeviceGray");
        let id = pdf.flate(&entries, &art.bytes(0, 255));
        let mut content = Content::new();
        content.image(id, 40.0, 40.0, 60.0, 60.0);
        pdf.page(Page::new(300.0, 300.0, content));
    }
    let codes = read(pdf);
    let named: Vec<_> = codes.iter().map(|c| (c.page, c.kind, c.modules)).collect();
    let each = [1, 2, 3].map(|page| (page, CodeKind::DataMatrix, 18));
    assert_eq!(named, each);
}

/// More codes than are drawn one by one.
#[test]
fn a_sheet_of_labels_is_read_whole() {
    let mut pdf = Pdf::new();
    let mut content = Content::new();
    let mut texts = Vec::new();
    for at in 0..30u32 {
        let (x, y) = (
            f64::from(at % 10) * 60.0 + 20.0,
            f64::from(at / 10) * 60.0 + 20.0,
        );
        let text = format!("https://example.org/{at}");
        Qr::new(&text).draw(
            &mut pdf,
            &mut content,
            Drawn::Modules,
            Spot::new(x, y, 40.0),
        );
        texts.push(text);
    }
    pdf.page(Page::new(620.0, 220.0, content));
    let limits = Limits {
        code_drawings: 20,
        ..Limits::default()
    };
    let codes = read_within(pdf, limits);
    let side = 40.0 * 25.4 / 72.0;
    let well = |text: &&String| {
        codes
            .iter()
            .any(|c| c.text == **text && (c.side_mm / side - 1.0).abs() < CLOSE)
    };
    let missed: Vec<&String> = texts.iter().filter(|t| !well(t)).collect();
    assert!(
        missed.is_empty() && codes.len() == texts.len(),
        "{} codes; missed {missed:?}",
        codes.len()
    );
}

/// Asserts that every page has its bar code and its QR code, and nothing else.
fn both_are_read(pdf: Pdf, made: &[&str]) {
    let codes = read(pdf);
    let mut wrong = Vec::new();
    for (page, what) in (1u32..).zip(made) {
        let module = SCALE as f64 * PIXEL * 25.4 / 72.0;
        let sides = [
            (DIGITS, 95.0 * module),
            (SAYS, Qr::new(SAYS).size() as f64 * module),
        ];
        let here: Vec<&Code> = codes.iter().filter(|c| c.page == page).collect();
        for (text, side) in sides {
            let found: Vec<&&Code> = here.iter().filter(|c| c.text == text).collect();
            match found.as_slice() {
                [code] if (code.side_mm / side - 1.0).abs() <= CLOSE => {}
                [code] => wrong.push(format!("{what}: {text} is {} mm, not {side}", code.side_mm)),
                _ => wrong.push(format!("{what}: {text} is there {} times", found.len())),
            }
        }
        if here.len() > sides.len() {
            wrong.push(format!("{what}: {} codes", here.len()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
