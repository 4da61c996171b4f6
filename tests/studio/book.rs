//! The sample books: a novel that every platform takes, its faulty twin, and books of a given length for benches.

use super::content::Content;
use super::cover::cover;
use super::font::Font;
use super::interior::{AUTHOR, Faults, ISBN, TITLE, novel as interior};
use super::layout::{self, Area, Faces};
use super::pdf::{Page, Pdf};
use super::picture::{Picture, Tone};
use super::prose::{Passage, Writer};
use hayro_font::StandardFont;

/// A book with all its files.
#[derive(Clone, Debug)]
pub struct Book {
    /// Its folder under `test_pdfs/`.
    pub folder: &'static str,
    /// `interior.pdf`, `book.toml` and the covers: name in the folder, bytes.
    pub files: Vec<(&'static str, Vec<u8>)>,
}

impl Book {
    /// A file by its name in the folder.
    pub fn file(&self, name: &str) -> &[u8] {
        let found = self.files.iter().find(|(known, _)| *known == name);
        &found.expect("the book has such a file").1
    }
}

/// A 6 x 9 in novel of 200 pages on cream with a cover for each platform; nothing is wrong with it.
pub fn novel() -> Book {
    // Front matter 8, chapters 15 x 10 + 5 x 8, the author's page and a blank one.
    let chapters: Vec<usize> = (0..20).map(|n| if n % 4 == 3 { 8 } else { 10 }).collect();
    let editions = "[editions.kdp]\ncover = \"cover-kdp.pdf\"\n\n\
                    [editions.ingramspark]\ncover = \"cover-ingram.pdf\"\n\n\
                    [editions.lightning-source]\ncover = \"cover-ingram.pdf\"\n";
    Book {
        folder: "books/novel",
        files: vec![
            ("interior.pdf", interior(&chapters, &Faults::NONE)),
            // KDP: 0.0025 in a page on cream. IngramSpark: its calculator's value for 200 pages on creme 50#.
            ("cover-kdp.pdf", cover(200.0 * 0.0025)),
            ("cover-ingram.pdf", cover(0.458)),
            ("book.toml", toml("", &format!("\n{editions}"))),
        ],
    }
}

/// The same novel cut to 121 pages, with one of each fault a newcomer is likely to make.
pub fn faulty() -> Book {
    let faults = Faults {
        gutter_pages: &[41, 42, 43, 44, 57],
        low_folio: Some(23),
        ppi: 110.0,
        missing_font: true,
        odd_size: Some(75),
        rotated: Some(62),
        link: true,
        code_side: 28.8,
        odd_count: true,
    };
    Book {
        folder: "books/faulty-twin",
        files: vec![
            ("interior.pdf", interior(&[10; 11], &faults)),
            // Made for 160 pages on white, from before the last round of cuts.
            ("cover.pdf", cover(160.0 * 0.002_252)),
            ("book.toml", toml("cover = \"cover.pdf\"\n", "")),
        ],
    }
}

fn toml(cover: &str, editions: &str) -> Vec<u8> {
    let isbn = ISBN.replace('-', "");
    let title = TITLE.replace('’', "'");
    format!(
        "title = \"{title}\"\nauthor = \"{AUTHOR}\"\nisbn = \"{isbn}\"\ninterior = \"interior.pdf\"\n{cover}\
         trim = \"6x9\"\nbinding = \"paperback\"\nink = \"black\"\npaper = \"cream\"\n\
         for = [\"kdp\", \"ingramspark\", \"lightning-source\"]\n{editions}"
    )
    .into_bytes()
}

/// An interior of nothing but text, 6 x 9 in, so many full pages.
pub fn text_book(pages: usize) -> Vec<u8> {
    let mut pdf = Pdf::compressed();
    let faces = Faces::embedded(&mut pdf);
    let area = Area::NOVEL;
    let mut writer = Writer::new(300);
    let mut rows = Vec::new();
    let mut flush = true;
    while rows.len() < (pages + 1) * area.lines {
        let passage = writer.next();
        layout::push(&mut rows, layout::set(&passage, &faces, &area, flush));
        flush = passage == Passage::Break;
    }
    for range in layout::pages(&rows, |_| area.lines).into_iter().take(pages) {
        let number = pdf.page_count() + 1;
        let left = area.left(number);
        let middle = left + area.measure() / 2.0;
        let mut content = Content::new();
        content.centred(&faces.italic, 9.0, middle, 590.0, TITLE);
        layout::draw(&mut content, &rows[range], 0, left, &faces, &area);
        content.centred(&faces.roman, 9.5, middle, 60.0, &number.to_string());
        pdf.page(Page::new(area.page.0, area.page.1, content));
    }
    pdf.finish()
}

/// An interior of 8.5 x 8.5 in with bleed: on each page a photograph to the edges and a caption on a white band.
pub fn picture_book(pages: usize) -> Vec<u8> {
    const TRIM: f64 = 612.0;
    const BLEED: f64 = 9.0;
    let mut pdf = Pdf::compressed();
    let italic = Font::embedded(&mut pdf, StandardFont::TimesItalic);
    // Bleed on three sides only: pages are bound edge to edge.
    let (width, height) = (TRIM + BLEED, TRIM + 2.0 * BLEED);
    let mut writer = Writer::new(40);
    for number in 1..=pages {
        let picture = Picture::landscape(621, 630, Tone::Rgb, number as u32);
        let id = picture.embed_jpeg(&mut pdf, 80);
        let mut content = Content::new();
        content.image(id, 0.0, 0.0, width, height);
        content
            .fill_gray(1.0)
            .fill_rect(0.0, 45.0, width, 54.0)
            .fill_gray(0.0);
        let recto = !number.is_multiple_of(2);
        let from = if recto { 0.0 } else { BLEED };
        let caption = writer.caption();
        content.centred(&italic, 15.0, from + TRIM / 2.0, 67.0, &caption);
        pdf.page(
            Page::new(width, height, content)
                .boxed("TrimBox", [from, BLEED, from + TRIM, BLEED + TRIM])
                .boxed("BleedBox", [0.0, 0.0, width, height]),
        );
    }
    pdf.finish()
}
