//! Builds the sample novel's paperback cover for any spine: back, spine and front in one piece with bleed.

use super::art::{self, AMBER, CREAM, NIGHT};
use super::content::{Content, Spacing};
use super::ean::{BarSize, Ean13};
use super::font::Font;
use super::front::spaced;
use super::interior::{AUTHOR, ISBN, TITLE};
use super::pdf::{Page, Pdf};
use super::typeset::{Shape, paragraph};
use hayro_font::StandardFont;

const BLEED: f64 = 9.0;
const TRIM: (f64, f64) = (432.0, 648.0);
/// From the trim to the words on the back cover: 0.6 in, more than any platform's 0.25 in.
const MARGIN: f64 = 43.0;

struct Faces {
    roman: Font,
    italic: Font,
    bold: Font,
    sans: Font,
}

/// A cover for 6 x 9 in whose spine is so many inches wide.
pub fn cover(spine: f64) -> Vec<u8> {
    let mut pdf = Pdf::compressed();
    pdf.info("Title", TITLE).info("Author", AUTHOR);
    let faces = Faces {
        roman: Font::embedded(&mut pdf, StandardFont::TimesRoman),
        italic: Font::embedded(&mut pdf, StandardFont::TimesItalic),
        bold: Font::embedded(&mut pdf, StandardFont::TimesBold),
        sans: Font::embedded(&mut pdf, StandardFont::Helvetica),
    };
    let spine = spine * 72.0;
    let (width, height) = (2.0 * (BLEED + TRIM.0) + spine, 2.0 * BLEED + TRIM.1);
    let fold = BLEED + TRIM.0;
    let front = fold + spine + TRIM.0 / 2.0;

    let mut content = Content::new();
    let quiet = [
        [BLEED + MARGIN - 8.0, 325.0, fold - MARGIN + 8.0, 606.0],
        [fold, 0.0, fold + spine, height],
        [front - 180.0, 425.0, front + 180.0, 620.0],
        [front - 165.0, 390.0, front - 100.0, 412.0],
    ];
    art::poster(&mut content, (width, height), front + 58.0, &quiet);
    front_words(&mut content, &faces, front);
    spine_words(&mut content, &faces, fold + spine / 2.0, height);
    back_words(&mut content, &faces);
    bar_code(&mut content, &faces.sans, fold);
    pdf.page(Page::new(width, height, content).bleed(BLEED));
    pdf.finish()
}

fn front_words(content: &mut Content, faces: &Faces, middle: f64) {
    content.fill_cmyk(CREAM);
    spaced(content, &faces.roman, 17.0, middle, 594.0, "THE", 6.0);
    for (y, word) in [
        (543.0, "LIGHTHOUSE"),
        (490.0, "KEEPER’S"),
        (437.0, "ALMANAC"),
    ] {
        spaced(content, &faces.roman, 49.0, middle, y, word, 3.0);
    }
    content.fill_cmyk(AMBER);
    spaced(
        content,
        &faces.bold,
        17.0,
        middle,
        40.0,
        &AUTHOR.to_uppercase(),
        5.0,
    );
    content.fill_cmyk(CREAM);
    content.text(&faces.italic, 15.0, middle - 160.0, 398.0, "a novel");
}

/// Reads from head to tail, as English spines do; letters stay a good way inside both folds.
fn spine_words(content: &mut Content, faces: &Faces, middle: f64, height: f64) {
    let size = 13.0;
    // Half the height of capitals, so that they stand in the middle of the spine.
    let drop = 0.662 * size / 2.0;
    content.save().turn(middle, height - 62.0, 3);
    content.fill_cmyk(CREAM);
    let spacing = 1.6;
    content.spaced(
        &faces.roman,
        size,
        (0.0, -drop),
        &TITLE.to_uppercase(),
        Spacing::letters(spacing),
    );
    content.fill_cmyk(AMBER);
    let author = AUTHOR.to_uppercase();
    let length = faces.bold.width(&author, 10.5) + spacing * 11.0;
    content
        .spaced(
            &faces.bold,
            10.5,
            (height - 124.0 - length, -0.662 * 10.5 / 2.0),
            &author,
            Spacing::letters(spacing),
        )
        .restore();
}

fn back_words(content: &mut Content, faces: &Faces) {
    let left = BLEED + MARGIN;
    let measure = TRIM.0 - 2.0 * MARGIN;
    let shape = Shape {
        justified: false,
        ..Shape::body(measure, 0.0)
    };
    content.fill_cmyk(AMBER);
    let mut y = 580.0;
    for line in paragraph(
        "“A light is kept for those who will never thank you.”",
        &faces.italic,
        21.0,
        &shape,
    ) {
        line.draw(content, &faces.italic, 21.0, left, y);
        y -= 26.0;
    }
    content.fill_cmyk(CREAM);
    y -= 12.0;
    let shape = Shape::body(measure, 0.0);
    for text in [
        "When the September boat leaves without its passenger, the new keeper of the Corrigan light is alone with \
         ninety-eight steps, eleven hens and an almanac that forty years of keepers have filled with weather, \
         grudges and recipes for ling.",
        "One page is missing. Everyone on the coast can say what stood on it, and no two of them agree: not \
         Tobias, who taught her the knots, nor Mrs Pell at the post office, nor the inspector who comes to count \
         the wicks and stays to listen.",
        "A novel about work done in the dark, the things people write down, and the patience of oil lamps.",
    ] {
        for line in paragraph(text, &faces.roman, 12.0, &shape) {
            line.draw(content, &faces.roman, 12.0, left, y);
            y -= 16.5;
        }
        y -= 9.0;
    }
    let press = "LANTERN ROOM PRESS";
    content.spaced(
        &faces.roman,
        8.5,
        (left, 70.0),
        press,
        Spacing::letters(1.6),
    );
    content.text(&faces.italic, 10.0, left, 54.0, "Fiction");
}

/// Bars in the area KDP keeps free for its own: 2 x 1.2 in, a quarter inch from the fold and from the lower trim.
fn bar_code(content: &mut Content, font: &Font, fold: f64) {
    let area = (fold - 18.0 - 144.0, BLEED + 18.0, 144.0, 86.4);
    let code = Ean13::new(ISBN);
    let size = BarSize {
        module: 0.936,
        height: 45.0,
    };
    let (width, height) = code.box_size(size);
    // The box is widened to the 1.75 in that IngramSpark leaves for it.
    let pad = (126.0 - width) / 2.0;
    let (x, y) = (
        area.0 + (area.2 - width) / 2.0,
        area.1 + (area.3 - height) / 2.0,
    );
    content
        .fill_cmyk([0.0; 4])
        .fill_rect(x - pad, y - 2.0, 126.0, height + 4.0);
    code.draw(content, font, x, y, size);
    content.fill_cmyk(NIGHT);
}
