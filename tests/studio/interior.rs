//! Builds the inside of the sample novel page by page, with or without the faults a newcomer should see found.

use super::art;
use super::content::Content;
use super::front;
use super::layout::{self, Area, Faces, Row};
use super::pdf::{Page, Pdf};
use super::picture::{Picture, Tone};
use super::prose::{Passage, Writer};

/// Title of the sample novel.
pub const TITLE: &str = "The Lighthouse Keeper’s Almanac";
/// Its author.
pub const AUTHOR: &str = "Imogen Vane";
/// Its ISBN, as printed.
pub const ISBN: &str = "978-1-234-56789-7";
/// What its QR code says.
pub const ADDRESS: &str = "https://example.org/lighthouse";

/// Pages before the first chapter.
const FRONT: usize = 8;
/// The chapter with the photograph, from 0, and its page within the chapter, from 0.
const PLATE: (usize, usize) = (6, 2);
/// Rows of the grid the photograph and its caption take.
const PLATE_ROWS: usize = 18;
/// Rows above the text on a chapter's first page.
const SINK: usize = 11;

const CHAPTERS: [&str; 20] = [
    "The Boat in September",
    "Oil and Wick",
    "Ninety-Eight Steps",
    "A Letter Without a Stamp",
    "The Fog Signal",
    "What Harrow Wrote",
    "The View from the Gallery",
    "Low Water",
    "The Inspector Calls",
    "A Page Is Missing",
    "Frost on the Lantern",
    "The Halcyon",
    "Hens in a Gale",
    "The Second Keeper",
    "Bells",
    "Lady Day",
    "The Anvil Rock",
    "A Fair Wind for Corrigan",
    "The Last of the Oil",
    "Lighting-Up",
];

/// What is wrong with an interior. All lengths in points, pages counted from 1.
#[derive(Clone, Debug)]
pub struct Faults {
    /// Pages whose text stands too near the spine.
    pub gutter_pages: &'static [usize],
    /// A page whose number hangs too near the lower edge.
    pub low_folio: Option<usize>,
    /// Effective resolution of the photograph in pixels per inch.
    pub ppi: f64,
    /// Running heads in Helvetica without its program.
    pub missing_font: bool,
    /// A page of another size.
    pub odd_size: Option<usize>,
    /// A page with `/Rotate 90`.
    pub rotated: Option<usize>,
    /// Whether the address on the copyright page is a link.
    pub link: bool,
    /// Side of the QR code without its quiet zone.
    pub code_side: f64,
    /// Whether a last page with text makes the count odd.
    pub odd_count: bool,
}

impl Faults {
    /// Nothing wrong.
    pub const NONE: Self = Self {
        gutter_pages: &[],
        low_folio: None,
        ppi: 310.0,
        missing_font: false,
        odd_size: None,
        rotated: None,
        link: false,
        code_side: 64.8,
        odd_count: false,
    };
}

/// A book in the making: everything each page needs.
struct Setter<'a> {
    pdf: Pdf,
    faces: Faces,
    area: Area,
    faults: &'a Faults,
}

/// The novel with so many pages for each chapter (even, at least 4), every chapter beginning on a right-hand page.
pub fn novel(chapters: &[usize], faults: &Faults) -> Vec<u8> {
    let mut pdf = Pdf::compressed();
    pdf.info("Title", TITLE).info("Author", AUTHOR);
    let mut faces = Faces::embedded(&mut pdf);
    if faults.missing_font {
        faces.head = super::Font::standard(&mut pdf, super::Face::Helvetica);
    }
    let mut setter = Setter {
        pdf,
        faces,
        area: Area::NOVEL,
        faults,
    };
    setter.front(chapters);
    let mut writer = Writer::new(1875);
    for (number, length) in chapters.iter().enumerate() {
        setter.chapter(&mut writer, number, *length);
    }
    setter.back();
    setter.pdf.finish()
}

impl Setter<'_> {
    /// The number of the page about to be made.
    fn number(&self) -> usize {
        self.pdf.page_count() + 1
    }

    fn left(&self) -> f64 {
        let number = self.number();
        let shift = if !self.faults.gutter_pages.contains(&number) {
            0.0
        } else if number.is_multiple_of(2) {
            // As if the margins had been swapped and halved: 0.3 in are left at the spine.
            self.area.inner - 21.6
        } else {
            21.6 - self.area.inner
        };
        self.area.left(number) + shift
    }

    fn middle(&self) -> f64 {
        self.left() + self.area.measure() / 2.0
    }

    fn finish(&mut self, content: Content, annotations: &str) {
        let number = Some(self.number());
        let (width, height) = self.area.page;
        let page = if number == self.faults.odd_size {
            // An A5 sheet, the page scaled to fit, as a careless print dialogue does.
            let (a5_width, a5_height) = (419.53, 595.28);
            let scale = a5_height / height;
            let mut scaled = Content::new();
            scaled
                .cm([
                    scale,
                    0.0,
                    0.0,
                    scale,
                    (a5_width - width * scale) / 2.0,
                    0.0,
                ])
                .append(&content);
            Page::new(a5_width, a5_height, scaled)
        } else {
            Page::new(width, height, content)
        };
        let page = page.boxed(
            "TrimBox",
            if number == self.faults.odd_size {
                [0.0, 0.0, 419.53, 595.28]
            } else {
                [0.0, 0.0, width, height]
            },
        );
        let page = page.entry("Annots", annotations);
        let rotated = number == self.faults.rotated;
        self.pdf
            .page(page.entry("Rotate", if rotated { "90" } else { "" }));
    }

    fn blank(&mut self) {
        self.finish(Content::new(), "");
    }

    fn front(&mut self, chapters: &[usize]) {
        let starts = chapters.iter().scan(FRONT + 1, |at, length| {
            let start = *at;
            *at += length;
            Some(start)
        });
        let entries: Vec<(&str, usize)> = CHAPTERS.iter().copied().zip(starts).collect();

        let half_title = front::half_title(&self.faces, self.middle());
        self.finish(half_title, "");
        self.blank();
        let title = front::title(&self.faces, self.middle());
        self.finish(title, "");
        let left = self.left();
        let copyright = front::copyright(&mut self.pdf, &self.faces, left, self.faults.code_side);
        let link = self.faults.link.then(|| front::link(&self.faces, left));
        self.finish(copyright, &link.unwrap_or_default());
        let dedication = front::dedication(&self.faces, self.middle());
        self.finish(dedication, "");
        self.blank();
        let (left, measure) = (self.left(), self.area.measure());
        let contents = front::contents(&self.faces, left, measure, &entries);
        self.finish(contents, "");
        self.blank();
    }

    fn back(&mut self) {
        let (left, area) = (self.left(), self.area);
        let about = front::about(&self.faces, left, &area);
        self.finish(about, "");
        self.blank();
        if self.faults.odd_count {
            let also = front::also_by(&self.faces, self.middle());
            self.finish(also, "");
        }
    }

    fn chapter(&mut self, writer: &mut Writer, number: usize, length: usize) {
        // Every third chapter ends on a right-hand page and leaves its back blank, as chapters do.
        let filled = length - usize::from(number % 3 == 1);
        let lines = self.area.lines;
        let top = |page: usize| match page {
            0 => SINK,
            _ if (number, page) == PLATE => PLATE_ROWS,
            _ => 0,
        };
        let (initial, rows) = self.write(writer, filled, |page| lines - top(page));
        for (page, range) in layout::pages(&rows, |page| lines - top(page))
            .into_iter()
            .enumerate()
        {
            let mut content = Content::new();
            let left = self.left();
            if page == 0 {
                self.heading(&mut content, number, &initial);
            } else {
                self.head(&mut content);
            }
            if (number, page) == PLATE {
                self.plate(&mut content);
            }
            layout::draw(
                &mut content,
                &rows[range],
                top(page),
                left,
                &self.faces,
                &self.area,
            );
            self.folio(&mut content);
            self.finish(content, "");
        }
        if filled < length {
            self.blank();
        }
    }

    /// A chapter's initial and rows, written until they fill exactly so many pages, the last one in part.
    fn write(
        &self,
        writer: &mut Writer,
        filled: usize,
        room: impl Fn(usize) -> usize,
    ) -> (String, Vec<Row>) {
        let (initial, mut rows) = layout::opening(&writer.opening(), &self.faces, &self.area);
        let mut flush = false;
        loop {
            let passage = writer.next();
            let more = layout::set(&passage, &self.faces, &self.area, flush);
            flush = passage == Passage::Break;
            let before = rows.len();
            layout::push(&mut rows, more);
            let pages = layout::pages(&rows, &room);
            let last = pages.last().map_or(0, |range| range.len());
            if pages.len() > filled {
                rows.truncate(before);
                return (initial, rows);
            }
            // Closing on a paragraph somewhere below the middle of the page looks as if meant.
            if pages.len() == filled && last >= 16 && !flush {
                return (initial, rows);
            }
        }
    }

    fn heading(&self, content: &mut Content, number: usize, initial: &str) {
        let middle = self.middle();
        art::waves(content, middle, self.area.baseline(0) - 6.0);
        let label = format!("{}", number + 1);
        content.centred(
            &self.faces.roman,
            13.0,
            middle,
            self.area.baseline(3),
            &label,
        );
        content.centred(
            &self.faces.italic,
            22.0,
            middle,
            self.area.baseline(6),
            CHAPTERS[number],
        );
        content.text(
            &self.faces.roman,
            layout::initial_size(&self.area),
            self.left(),
            self.area.baseline(SINK + layout::INITIAL_LINES - 1),
            initial,
        );
    }

    fn head(&self, content: &mut Content) {
        let text = if self.number().is_multiple_of(2) {
            AUTHOR
        } else {
            TITLE
        };
        let spacing = 1.2;
        front::spaced(
            content,
            &self.faces.head,
            7.5,
            self.middle(),
            590.0,
            &text.to_uppercase(),
            spacing,
        );
    }

    fn folio(&self, content: &mut Content) {
        let y = if self.faults.low_folio == Some(self.number()) {
            14.4
        } else {
            60.0
        };
        content.centred(
            &self.faces.roman,
            9.5,
            self.middle(),
            y,
            &self.number().to_string(),
        );
    }

    fn plate(&mut self, content: &mut Content) {
        let width = self.area.measure();
        let pixels = (width / 72.0 * self.faults.ppi + 0.5) as usize;
        let picture = Picture::landscape(pixels, pixels * 2 / 3, Tone::Gray, 3);
        let id = self.pdf_picture(&picture);
        let (left, height) = (self.left(), width * 2.0 / 3.0);
        let bottom = self.area.first + 8.0 - height;
        content.image(id, left, bottom, width, height);
        let caption = "The light from Corrigan Head, the evening before the boat came";
        content.centred(
            &self.faces.italic,
            9.0,
            self.middle(),
            bottom - 13.0,
            caption,
        );
    }

    fn pdf_picture(&mut self, picture: &Picture) -> super::Id {
        picture.embed_jpeg(&mut self.pdf, 82)
    }
}
