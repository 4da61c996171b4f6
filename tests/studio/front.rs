//! The pages before and after the story: titles, copyright page, contents, a word about the author.

use super::art;
use super::codes::{Drawn, Qr, Spot};
use super::content::{Content, Spacing};
use super::font::Font;
use super::interior::{ADDRESS, AUTHOR, ISBN, TITLE};
use super::layout::{Area, Faces};
use super::pdf::{Pdf, numbers, string};
use super::typeset::{Shape, paragraph};

/// Baseline of the first line of the copyright page.
const SMALL_PRINT: f64 = 290.0;
/// Lower edge of the QR code on the copyright page.
const CODE_BOTTOM: f64 = 66.0;

/// A centred line of spaced letters; `middle` is the centre of what is seen.
pub fn spaced(
    content: &mut Content,
    font: &Font,
    size: f64,
    middle: f64,
    y: f64,
    text: &str,
    letter: f64,
) {
    // The space after the last letter is not seen.
    let width = font.width(text, size) + (text.chars().count() - 1) as f64 * letter;
    content.spaced(
        font,
        size,
        (middle - width / 2.0, y),
        text,
        Spacing::letters(letter),
    );
}

/// Page 1: the title alone.
pub fn half_title(faces: &Faces, middle: f64) -> Content {
    let mut content = Content::new();
    content.centred(&faces.italic, 17.0, middle, 430.0, TITLE);
    content
}

/// Page 3: title, author, imprint.
pub fn title(faces: &Faces, middle: f64) -> Content {
    let mut content = Content::new();
    spaced(&mut content, &faces.roman, 13.0, middle, 540.0, "THE", 4.0);
    spaced(
        &mut content,
        &faces.roman,
        35.0,
        middle,
        497.0,
        "LIGHTHOUSE",
        3.0,
    );
    spaced(
        &mut content,
        &faces.roman,
        35.0,
        middle,
        458.0,
        "KEEPER’S",
        3.0,
    );
    spaced(
        &mut content,
        &faces.roman,
        35.0,
        middle,
        419.0,
        "ALMANAC",
        3.0,
    );
    content.centred(&faces.italic, 13.0, middle, 386.0, "A novel");
    art::emblem(&mut content, middle, 215.0);
    spaced(
        &mut content,
        &faces.roman,
        14.0,
        middle,
        150.0,
        &AUTHOR.to_uppercase(),
        2.5,
    );
    spaced(
        &mut content,
        &faces.roman,
        8.0,
        middle,
        80.0,
        "LANTERN ROOM PRESS",
        2.0,
    );
    content
}

/// How far the code stands in from the text, in points.
const INSET: f64 = 4.0;

/// Page 4: the small print, and a QR code with a side of so many points.
pub fn copyright(pdf: &mut Pdf, faces: &Faces, left: f64, side: f64) -> Content {
    let mut content = Content::new();
    let isbn = format!("ISBN {ISBN} (paperback)");
    let lines = [
        TITLE,
        "Text copyright by Imogen Vane. All rights reserved.",
        "",
        "The rock, the light, the hens and everybody who keeps them are invented;",
        "the weather is not.",
        "",
        "First edition",
        "Published by Lantern Room Press",
        &isbn,
        "",
        "Set in Chrom Serif, eleven points on fourteen",
    ];
    for (index, line) in lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.is_empty())
    {
        let face = if index == 0 {
            &faces.italic
        } else {
            &faces.roman
        };
        content.text(face, 8.5, left, SMALL_PRINT - 12.0 * index as f64, line);
    }
    Qr::new(ADDRESS).draw(
        pdf,
        &mut content,
        Drawn::Rows,
        // Its clear band keeps to the margin as well.
        Spot::new(left + INSET, CODE_BOTTOM, side),
    );
    // Beside the quiet zone of four modules.
    let beside = left + INSET + side * 1.2;
    content.text(
        &faces.roman,
        8.5,
        beside,
        CODE_BOTTOM + 26.0,
        "More about the light and those who kept it:",
    );
    content.text(&faces.italic, 8.5, beside, CODE_BOTTOM + 14.0, ADDRESS);
    content
}

/// The annotation that makes the address on the copyright page a link, for a code of 0.4 in.
pub fn link(faces: &Faces, left: f64) -> String {
    let (x, y) = (left + 28.8 * 1.2, CODE_BOTTOM + 12.0);
    let area = numbers(&[x, y, x + faces.italic.width(ADDRESS, 8.5), y + 10.0]);
    format!(
        "[<< /Type /Annot /Subtype /Link /Rect {area} /Border [0 0 0] /F 4 /A << /S /URI /URI {} >> >>]",
        string(ADDRESS)
    )
}

/// Page 5: for whom.
pub fn dedication(faces: &Faces, middle: f64) -> Content {
    let mut content = Content::new();
    content.centred(
        &faces.italic,
        12.0,
        middle,
        440.0,
        "For everyone who ever waited for the boat",
    );
    content
}

/// Page 7: the chapters and where they begin.
pub fn contents(faces: &Faces, left: f64, measure: f64, entries: &[(&str, usize)]) -> Content {
    let mut content = Content::new();
    content.centred(&faces.italic, 22.0, left + measure / 2.0, 545.0, "Contents");
    for (index, (title, page)) in entries.iter().enumerate() {
        let y = 500.0 - 20.0 * index as f64;
        let number = (index + 1).to_string();
        let page = page.to_string();
        let size = 11.0;
        let right = left + measure - faces.roman.width(&page, size);
        content.text(
            &faces.roman,
            size,
            left + 14.0 - faces.roman.width(&number, size),
            y,
            &number,
        );
        content.text(&faces.roman, size, left + 26.0, y, title);
        content.text(&faces.roman, size, right, y, &page);
        // Dots on a grid of their own, so that they stand below one another.
        let (from, to) = (
            left + 26.0 + faces.roman.width(title, size) + 6.0,
            right - 6.0,
        );
        let first = ((from - left) / 7.0).ceil() as usize;
        let last = ((to - left) / 7.0).floor() as usize;
        for dot in first..last {
            content.circle(left + dot as f64 * 7.0, y + 0.8, 0.45);
        }
        content.fill();
    }
    content
}

/// The last page with text.
pub fn about(faces: &Faces, left: f64, area: &Area) -> Content {
    let mut content = Content::new();
    let middle = left + area.measure() / 2.0;
    content.centred(
        &faces.italic,
        22.0,
        middle,
        area.baseline(6),
        "About the Author",
    );
    let text = "Imogen Vane grew up within sight of three lighthouses and has been afraid of none of them. She has \
                worked as a ferry clerk, a piano tuner and a teacher of geography, and keeps a daily record of the \
                weather which nobody has yet asked to see. She lives on the coast with a dog who dislikes boats. \
                This is her first novel.";
    let shape = Shape::body(area.measure(), 0.0);
    for (row, line) in paragraph(text, &faces.roman, area.size, &shape)
        .iter()
        .enumerate()
    {
        line.draw(
            &mut content,
            &faces.roman,
            area.size,
            left,
            area.baseline(10 + row),
        );
    }
    art::waves(&mut content, middle, area.baseline(18));
    content
}

/// A page too many: what else the author wrote.
pub fn also_by(faces: &Faces, middle: f64) -> Content {
    let mut content = Content::new();
    content.centred(&faces.italic, 17.0, middle, 430.0, "Also by Imogen Vane");
    content.centred(
        &faces.roman,
        11.0,
        middle,
        395.0,
        "A Short Guide to Long Winters",
    );
    content.centred(&faces.roman, 11.0, middle, 377.0, "The Ferry Clerk");
    content
}
