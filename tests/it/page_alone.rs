//! What is measured of a page depends on that page alone, and not on those that the same thread has seen before it.

use made::Small;
use presscheck::facts::{Document, Page};
use presscheck::limits::Limits;
use presscheck::measure::{self, Wanted};
use presscheck_fixtures::content::Content;
use presscheck_fixtures::made;
use presscheck_fixtures::pdf::{Id, Pdf};

/// A file measured by one thread, page after page.
fn measured(bytes: Vec<u8>) -> Document {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .unwrap();
    let limits = Limits::default();
    let name = "made".to_owned();
    pool.install(|| measure::document(name, bytes, &limits, Wanted::everything(), &|_, _| {}))
}

/// A Type 3 font without resources of its own, one glyph a program.
fn drawn_font(pdf: &mut Pdf, programs: &[&[u8]]) -> Id {
    let letters = ["a", "b"];
    let programs: Vec<String> = programs
        .iter()
        .zip(letters)
        .map(|(program, letter)| format!("/{letter} {}", pdf.stream("", program)))
        .collect();
    pdf.add(format!(
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /FirstChar 97 /LastChar 98 \
         /Widths [1 1] /Encoding << /Differences [97 /a /b] >> /CharProcs << {} >> >>",
        programs.join(" ")
    ))
}

#[test]
fn a_glyph_that_draws_what_the_page_names_is_drawn_anew_on_each_page() {
    let mut book = Small::new();
    let font = drawn_font(&mut book.pdf, &[b"1 0 d0 /X Do"]);
    for side in [0.25, 1.0] {
        let form = book.pdf.stream(
            "/Type /XObject /Subtype /Form /BBox [0 0 1 1]",
            format!("0 0 {side} {side} re f").as_bytes(),
        );
        let mut content = Content::new();
        content
            .resource("Font", "F3", font)
            .resource("XObject", "X", form);
        content.raw("BT /F3 100 Tf 90 300 Td (a) Tj ET\n");
        book.page(&content);
    }
    let document = measured(book.finish());
    let width = |page: &Page| page.ink.unwrap().width().round();
    assert_eq!(
        [width(&document.pages[0]), width(&document.pages[1])],
        [25.0, 100.0]
    );
}

#[test]
fn a_colour_space_that_the_page_names_is_read_anew_on_each_page() {
    let mut book = Small::new();
    let space = book.pdf.add("[/Indexed /Base 1 <000000FF00FF>]");
    for base in ["/DeviceRGB", "[/ICCBased 999 0 R]", "/DeviceCMYK"] {
        let mut content = Content::new();
        content
            .resource("ColorSpace", "Base", base)
            .resource("ColorSpace", "CS", space);
        content.raw("/CS cs 1 sc 90 300 90 90 re f\n");
        book.page(&content);
    }
    let document = measured(book.finish());
    let kind = |page: &Page| {
        let filled = &page.colours[0];
        document.colours[filled.colour as usize].space
    };
    let kinds: Vec<_> = document.pages[..3].iter().map(kind).collect();
    assert!(
        kinds[0].is_rgb() && !kinds[1].is_rgb() && !kinds[2].is_rgb(),
        "{kinds:?}"
    );
}

#[test]
fn a_glyph_costs_every_page_what_it_cost_the_first() {
    let mut book = Small::new();
    // Two glyphs are more than a page may spend, one is not.
    let heavy = [b"1 0 d0\n".to_vec(), b"0 0 1 1 re f\n".repeat(15_000)].concat();
    let font = drawn_font(&mut book.pdf, &[&heavy, &heavy]);
    for text in ["ab", "ba", "a", "ab"] {
        let mut content = Content::new();
        content.resource("Font", "F3", font);
        content.raw(format!("BT /F3 100 Tf 90 300 Td ({text}) Tj ET\n"));
        book.page(&content);
    }
    let bytes = book.finish();
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .unwrap();
    // Each of the 24 pages has a share of what one may spend.
    let limits = Limits {
        operators: 50_000,
        file_operators: 24 * 50_000,
        ..Limits::default()
    };
    let measure = || {
        measure::document(
            "made".to_owned(),
            bytes,
            &limits,
            Wanted::default(),
            &|_, _| {},
        )
    };
    let document = pool.install(measure);
    let gaps: Vec<bool> = document.pages[..4]
        .iter()
        .map(|page| page.gap.is_some())
        .collect();
    assert_eq!(gaps, [true, true, false, true]);
}
