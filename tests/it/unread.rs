//! A page is read only if all that its content asks for was read; whatever was not is a gap, and what viewers pass over
//! without harm is told.
//!
//! Each case breaks one thing on page 2 of a good book. `an_unread_page_never_passes` does so at random and asks another
//! reader whether its picture of the page has changed; it needs mutool (mupdf-tools), and takes another start from
//! `PRESSCHECK_SEED`.

use std::path::Path;
use std::process::Command;

use made::Small;
use presscheck::facts::Document;
use presscheck::limits::Limits;
use presscheck::measure::{self, Wanted};
use presscheck_fixtures::content::Content;
use presscheck_fixtures::made;
use presscheck_fixtures::pdf::{Pdf, deflate};
use presscheck_fixtures::rng::Rng;

/// A book of three pages and their blank end, page 2 drawn by a function.
pub fn book(draw: impl FnOnce(&mut Pdf, &mut Content)) -> Vec<u8> {
    let mut book = Small::new();
    book.plain();
    let mut content = book.body();
    draw(&mut book.pdf, &mut content);
    book.page(&content).plain();
    book.finish()
}

/// The same, the content of page 2 being what a function makes of it.
pub fn content(make: impl FnOnce(&mut Pdf, &Content) -> String) -> Vec<u8> {
    let mut book = Small::new();
    book.plain();
    let body = book.body();
    let value = make(&mut book.pdf, &body);
    book.page_with(&body, |page| page.entry("Contents", value))
        .plain();
    book.finish()
}

pub fn measured(bytes: Vec<u8>) -> Document {
    let limits = Limits::default();
    measure::document(
        "made".to_owned(),
        bytes,
        &limits,
        Wanted::everything(),
        &|_, _| {},
    )
}

/// The gaps of a file, with their pages.
pub fn gaps(document: &Document) -> Vec<(Option<u32>, &str)> {
    document
        .gaps
        .iter()
        .map(|gap| (gap.page, gap.why.as_str()))
        .collect()
}

/// That page 2 and no other is a gap, for a reason that holds these words.
pub fn lost(name: &str, bytes: Vec<u8>, words: &str) {
    let document = measured(bytes);
    match gaps(&document)[..] {
        [(Some(2), why)] => assert!(why.contains(words), "{name}: {why}"),
        ref other => panic!("{name}: {other:?}"),
    }
}

/// That nothing is a gap, and page 2 tells what was passed over.
pub fn passed_over(name: &str, bytes: Vec<u8>, what: &[&str]) {
    let document = measured(bytes);
    assert_eq!(gaps(&document), [], "{name}");
    assert_eq!(document.pages[1].skipped, what, "{name}");
}

#[test]
fn a_good_book_has_no_gap() {
    assert_eq!(gaps(&measured(book(|_, _| {}))), []);
    assert_eq!(
        gaps(&measured(content(|pdf, body| pdf
            .flate("", body.bytes())
            .to_string()))),
        []
    );
    // A page without content is a blank one, and so is one whose content is empty.
    assert_eq!(gaps(&measured(content(|_, _| String::new()))), []);
    assert_eq!(
        gaps(&measured(content(|pdf, _| pdf
            .stream("/Filter /FlateDecode", b"")
            .to_string()))),
        []
    );
}

#[test]
fn content_that_is_missing_is_a_gap() {
    lost(
        "dangling",
        content(|_, _| "999 0 R".to_owned()),
        "a content stream is named",
    );
    lost(
        "null object",
        content(|pdf, _| pdf.add("null").to_string()),
        "a content stream is named",
    );
    lost(
        "a number",
        content(|_, _| "7".to_owned()),
        "a content stream is named",
    );
    let part =
        |pdf: &mut Pdf, body: &Content| format!("[{} 999 0 R]", pdf.stream("", body.bytes()));
    lost(
        "part of an array",
        content(part),
        "a content stream is named",
    );
}

#[test]
fn content_behind_a_missing_part_is_still_read() {
    let bytes = content(|pdf, body| format!("[999 0 R {}]", pdf.stream("", body.bytes())));
    let document = measured(bytes);
    assert!(
        document.pages[1]
            .text
            .iter()
            .any(|run| run.text.contains("dawn"))
    );
}

#[test]
fn content_whose_filter_fails_is_a_gap() {
    let packed = |change: fn(&mut Vec<u8>)| {
        content(move |pdf, body| {
            let mut data = deflate(body.bytes());
            change(&mut data);
            pdf.stream("/Filter /FlateDecode", &data).to_string()
        })
    };
    let damaged = "is damaged and cannot be read whole";
    lost("half", packed(|d| d.truncate(d.len() / 2)), damaged);
    lost(
        "zeros",
        packed(|d| {
            let n = d.len() / 2;
            d[n..n + 8].fill(0);
        }),
        damaged,
    );
    lost("header", packed(|d| d[0] = 0), damaged);
    lost(
        "checksum",
        packed(|d| {
            let n = d.len();
            d[n - 1] ^= 1;
        }),
        damaged,
    );
    let filters = |entries: &'static str, data: &'static [u8]| {
        content(move |pdf, _| pdf.stream(entries, data).to_string())
    };
    lost(
        "unknown filter",
        filters("/Filter /BrotliDecode", b"q Q"),
        damaged,
    );
    lost(
        "one unknown of two",
        filters("/Filter [/ASCIIHexDecode /Other]", b"71 51>"),
        damaged,
    );
    lost(
        "run lengths",
        filters("/Filter /RunLengthDecode", &[200, 113, 90, 81]),
        damaged,
    );
    lost(
        "base 16",
        filters("/Filter /ASCIIHexDecode", b"71 xx 51>"),
        damaged,
    );
    lost(
        "base 85",
        filters("/Filter /ASCII85Decode", b"87cUR\x80D]i,~>"),
        damaged,
    );
    lost(
        "a picture's filter",
        filters("/Filter /DCTDecode", b"q Q"),
        damaged,
    );
    lost(
        "in another file",
        filters("/F (other.bin)", b"q Q"),
        damaged,
    );
    for entries in [
        "/Filter 999 0 R",
        "/Filter (FlateDecode)",
        "/Filter << >>",
        "/Filter [/ASCIIHexDecode 999 0 R]",
    ] {
        lost(entries, filters(entries, b"71 51>"), damaged);
    }
    for (entries, cut) in [
        ("/Filter /ASCIIHexDecode", &b"71 51"[..]),
        ("/Filter /ASCII85Decode", b"87cURD]"),
    ] {
        lost(entries, filters(entries, cut), damaged);
    }
}

#[test]
fn content_behind_the_end_that_its_filter_found_is_a_gap() {
    let filters = |entries: &'static str, data: Vec<u8>| {
        content(move |pdf, _| pdf.stream(entries, &data).to_string())
    };
    let damaged = "is damaged and cannot be read whole";
    let flate = "/Filter /FlateDecode";
    let twice = [deflate(b"q Q"), deflate(b"90 90 9 9 re f")].concat();
    lost("deflated twice", filters(flate, twice), damaged);
    let hex = b"71 51> 39 30 20 39 30 20 39 20 39 20 72 65 20 66".to_vec();
    lost("base 16", filters("/Filter /ASCIIHexDecode", hex), damaged);
    let runs = [&[2, b'q', b' ', b'Q', 128][..], &[13], b"90 90 9 9 re f"].concat();
    lost(
        "run lengths",
        filters("/Filter /RunLengthDecode", runs),
        damaged,
    );
    // Writers count the end of the line, or a few bytes more.
    let careless = [deflate(b"q Q").as_slice(), b"\r\n\0\0", b"1234"].concat();
    assert_eq!(gaps(&measured(filters(flate, careless))), []);
}

#[test]
fn content_that_ends_in_an_operand_or_in_what_never_closes_is_a_gap() {
    let raw =
        |text: &'static str| content(move |pdf, _| pdf.stream("", text.as_bytes()).to_string());
    for cut in [
        "q Q 90 90 9 9 re f 90",
        "q Q /X9",
        "BT (letters) ET (more",
        "BT [(a) 5 (b)",
    ] {
        lost(cut, raw(cut), "breaks off");
    }
    for whole in ["q Q 90 90 9 9 re f % 90", "q Q\n\n", "90 90 9 9 re f ] q Q"] {
        assert_eq!(gaps(&measured(raw(whole))), [], "{whole}");
    }
    let form = book(|pdf, c| {
        let form = pdf.stream("/Subtype /Form /BBox [0 0 9 9]", b"0 0 9 9 re f 1 0");
        c.resource("XObject", "X9", form).raw("/X9 Do\n");
    });
    lost("form", form, "breaks off");
}

#[test]
fn what_is_named_and_is_not_there_is_a_gap() {
    lost(
        "object",
        book(|_, c| {
            c.raw("/Nope Do\n");
        }),
        "a form or picture is named (Nope)",
    );
    lost(
        "pattern",
        book(|_, c| {
            c.raw("/Pattern cs /P0 scn 72 72 9 9 re f\n");
        }),
        "a pattern is named (P0)",
    );
    lost(
        "shading",
        book(|_, c| {
            c.raw("/Sh0 sh\n");
        }),
        "a shading is named (Sh0)",
    );
    lost(
        "font",
        book(|_, c| {
            c.raw("BT /F9 9 Tf 90 90 Td (no font) Tj ET\n");
        }),
        "a font on it",
    );
}

#[test]
fn forms_pictures_and_shadings_that_cannot_be_read_are_gaps() {
    let object = |entries: &'static str, data: &'static [u8]| {
        book(move |pdf, c| {
            let id = pdf.stream(entries, data);
            c.resource("XObject", "X9", id)
                .raw("q 90 0 0 90 90 90 cm /X9 Do Q\n");
        })
    };
    lost(
        "form without box",
        object("/Type /XObject /Subtype /Form", b"0 0 9 9 re f"),
        "a form (object",
    );
    lost(
        "form cut",
        object(
            "/Subtype /Form /BBox [0 0 1 1] /Filter /FlateDecode",
            b"x\x9c",
        ),
        "a form (object",
    );
    lost(
        "picture without width",
        object("/Subtype /Image /Height 1", b"0"),
        "a picture (object",
    );
    lost(
        "no subtype",
        object("/Length1 1", b"0"),
        "a form or picture (object",
    );
    let shading = |value: &'static str| {
        book(move |pdf, c| {
            let id = pdf.add(value);
            c.resource("Shading", "S9", id).raw("/S9 sh\n");
        })
    };
    lost(
        "shading type",
        shading("<< /ShadingType 9 /ColorSpace /DeviceGray >>"),
        "a shading (object",
    );
    lost(
        "shading function",
        shading("<< /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 9 9] >>"),
        "a shading",
    );
    let function = "/Coords [0 0 9 9] /Function << /FunctionType 2 /Domain [0 1] /N 1 >>";
    for space in [
        "",
        "/ColorSpace /Foo",
        "/ColorSpace 999 0 R",
        "/ColorSpace [/ICCBased 999 0 R]",
    ] {
        let bytes = book(|pdf, c| {
            let id = pdf.add(format!("<< /ShadingType 2 {space} {function} >>"));
            c.resource("Shading", "S9", id).raw("/S9 sh\n");
        });
        lost(space, bytes, "a colour space");
    }
    for entries in [
        "/PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9",
        "/PatternType 9 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9",
        "/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 0",
    ] {
        let bytes = book(|pdf, c| {
            let cell = pdf.stream(entries, b"0 0 5 5 re f");
            c.resource("Pattern", "P9", cell);
            c.raw("/Pattern cs /P9 scn 72 72 9 9 re f\n");
        });
        lost(entries, bytes, "a pattern (object");
    }
}

/// The flaw of a picture of 40 by 30 grey pixels on page 2, made from its entries and data.
pub fn flaw(entries: &str, data: &[u8]) -> Option<presscheck::facts::ImageFlaw> {
    let usual = "/Subtype /Image /Width 40 /Height 30 /BitsPerComponent 8 /ColorSpace /DeviceGray";
    let document = measured(book(|pdf, c| {
        let id = pdf.stream(&format!("{usual} {entries}"), data);
        c.image(id, 90.0, 90.0, 160.0, 120.0);
    }));
    document.pages[1].images[0].flaw
}

#[test]
fn pictures_that_are_too_short_are_flawed_whatever_packs_them() {
    let hex = |rows: usize| "7f".repeat(40 * rows) + ">";
    assert_eq!(flaw("/Filter /ASCIIHexDecode", hex(30).as_bytes()), None);
    for rows in [0, 1, 15] {
        let flawed = flaw("/Filter /ASCIIHexDecode", hex(rows).as_bytes());
        assert!(flawed.is_some(), "{rows} rows");
    }
    let runs = |rows: usize| [[217u8, 127].repeat(rows), vec![128]].concat();
    assert_eq!(flaw("/Filter /RunLengthDecode", &runs(30)), None);
    assert!(flaw("/Filter /RunLengthDecode", &runs(15)).is_some());
    let packed = |rows: usize| {
        let hex: String = deflate(&vec![9; 40 * rows])
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        hex + ">"
    };
    let both = "/Filter [/ASCIIHexDecode /FlateDecode]";
    assert_eq!(flaw(both, packed(30).as_bytes()), None);
    assert!(flaw(both, packed(10).as_bytes()).is_some());
}

#[test]
fn pictures_without_usual_bits_are_flawed_and_jpegs_without_a_space_are_gaps() {
    let sides = "/Subtype /Image /Width 40 /Height 30";
    let picture = |entries: &str, data: &[u8]| {
        book(|pdf, c| {
            let id = pdf.stream(&format!("{sides} {entries}"), data);
            c.image(id, 90.0, 90.0, 160.0, 120.0);
        })
    };
    let data = vec![127; 1200];
    for (bits, is_flawed) in [
        ("/BitsPerComponent 8", false),
        ("/BitsPerComponent 7", true),
        ("", true),
    ] {
        let document = measured(picture(&format!("{bits} /ColorSpace /DeviceGray"), &data));
        assert_eq!(
            document.pages[1].images[0].flaw.is_some(),
            is_flawed,
            "{bits}"
        );
    }
    let tone = presscheck_fixtures::picture::Tone::Rgb;
    let jpeg = presscheck_fixtures::picture::Picture::landscape(40, 30, tone, 3).jpeg(80);
    let usual = "/BitsPerComponent 8 /Filter /DCTDecode";
    assert_eq!(
        gaps(&measured(picture(
            &format!("{usual} /ColorSpace /DeviceRGB"),
            &jpeg
        ))),
        []
    );
    for space in ["/ColorSpace /Foo", "/ColorSpace 999 0 R", ""] {
        lost(
            space,
            picture(&format!("{usual} {space}"), &jpeg),
            "a colour space",
        );
    }
}

#[test]
fn pictures_whose_dictionary_does_not_describe_their_data_are_flawed() {
    let data = vec![127; 1200];
    assert_eq!(flaw("", &data), None);
    assert_eq!(flaw("/Decode [1 0]", &data), None);
    for entries in [
        "/Decode [0]",
        "/Decode (x)",
        "/Filter [/FlateDecode (x)]",
        "/Filter 999 0 R",
    ] {
        assert!(flaw(entries, &data).is_some(), "{entries}");
    }
    let predicted = |row: usize| {
        let rows = vec![2u8; (row + 1) * (1200 / row)];
        let first = |n: usize| if n.is_multiple_of(row + 1) { 2 } else { 90 };
        deflate(
            &rows
                .iter()
                .enumerate()
                .map(|(n, _)| first(n))
                .collect::<Vec<u8>>(),
        )
    };
    let own = "/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 40 >>";
    assert_eq!(flaw(own, &predicted(40)), None);
    let other = "/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 20 >>";
    assert!(flaw(other, &predicted(40)).is_some());
    assert_eq!(
        flaw(other, &predicted(20)),
        None,
        "told by the rows themselves"
    );
}

#[test]
fn fonts_whose_program_cannot_be_read_are_gaps() {
    let font = |program: fn(&mut Pdf) -> String| {
        book(move |pdf, c| {
            let program = program(pdf);
            let descriptor = pdf.add(format!(
                "<< /Type /FontDescriptor /FontName /Odd /Flags 32 /FontBBox [0 0 1 1] /ItalicAngle 0 /Ascent 1 /Descent 0 \
                 /CapHeight 1 /StemV 1 /FontFile2 {program} >>"
            ));
            let font = pdf.add(format!(
                "<< /Type /Font /Subtype /TrueType /BaseFont /Odd /FirstChar 65 /LastChar 65 /Widths [500] \
                 /FontDescriptor {descriptor} >>"
            ));
            c.resource("Font", "F9", font)
                .raw("BT /F9 12 Tf 90 90 Td (A) Tj ET\n");
        })
    };
    lost(
        "dangling",
        font(|_| "999 0 R".to_owned()),
        "a font on it is damaged",
    );
    lost(
        "garbage",
        font(|pdf| pdf.stream("", b"this is no font").to_string()),
        "a font on it is damaged",
    );
    lost(
        "cut",
        font(|pdf| pdf.stream("", &[0, 1, 0, 0, 0, 9, 0, 0]).to_string()),
        "a font on it is damaged",
    );
}

/// A book with a letter in a font of these entries, whose codes go from that of A to `last`.
pub fn font(last: u32, entries: &str) -> Vec<u8> {
    book(|pdf, c| {
        let font = pdf.add(format!(
            "<< /Type /Font /Subtype /TrueType /BaseFont /Odd /FirstChar 65 /LastChar {last} {entries} >>"
        ));
        c.resource("Font", "F9", font)
            .raw("BT /F9 12 Tf 90 90 Td (A) Tj ET\n");
    })
}

#[test]
fn fonts_that_name_widths_or_codes_which_are_not_there_are_gaps() {
    assert_eq!(gaps(&measured(font(65, "/Widths [500]"))), []);
    for entries in [
        "/Widths 999 0 R",
        "/Widths [500] /Encoding 999 0 R",
        "/Widths null",
    ] {
        lost(entries, font(65, entries), "a font on it is damaged");
    }
}

#[test]
fn figures_of_an_inline_picture_that_break_off_are_a_gap() {
    let inline = |figures: &'static str| {
        book(move |_, c| {
            c.raw("q 90 0 0 90 90 90 cm BI /W 8 /H 8 /BPC 8 /CS /G /F /AHx ID ");
            c.raw(figures).raw(" EI Q\n");
        })
    };
    let whole: &'static str = Box::leak(format!("{}>", "7f".repeat(64)).into_boxed_str());
    let half: &'static str = Box::leak("7f".repeat(32).into_boxed_str());
    assert_eq!(gaps(&measured(inline(whole))), []);
    lost("half", inline(half), "an inline picture");
}

#[test]
fn a_jpeg_with_a_hole_is_flawed() {
    let photo = presscheck_fixtures::picture::Picture::landscape(
        160,
        120,
        presscheck_fixtures::picture::Tone::Rgb,
        3,
    );
    let picture = |hole: bool| {
        let mut jpeg = photo.jpeg(80);
        if hole {
            let middle = jpeg.len() / 2;
            jpeg[middle..middle + 24].fill(0);
        }
        measured(book(move |pdf, c| {
            let id = pdf.stream(
                "/Subtype /Image /Width 160 /Height 120 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode",
                &jpeg,
            );
            c.image(id, 90.0, 90.0, 160.0, 120.0);
        }))
        .pages[1]
            .images[0]
            .flaw
    };
    assert!(picture(false).is_none());
    assert!(picture(true).is_some());
}

#[test]
fn colour_spaces_whose_function_or_palette_cannot_be_read_are_gaps() {
    let space = |make: fn(&mut Pdf) -> String| {
        book(move |pdf, c| {
            let space = make(pdf);
            c.resource("ColorSpace", "C9", space)
                .raw("/C9 cs 1 scn 90 90 9 9 re f\n");
        })
    };
    let whole = space(|_| {
        let function = "<< /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [0 1 1 0] /N 1 >>";
        format!("[/Separation /Red /DeviceCMYK {function}]")
    });
    assert_eq!(gaps(&measured(whole)), []);
    for (name, make) in [
        (
            "no function",
            (|_: &mut Pdf| "[/Separation /Red /DeviceCMYK]".to_owned()) as fn(&mut Pdf) -> String,
        ),
        ("function not in the file", |_| {
            "[/DeviceN [/Red] /DeviceCMYK 999 0 R]".to_owned()
        }),
        ("calculator cut", |pdf| {
            let program = pdf.stream(
                "/FunctionType 4 /Domain [0 1] /Range [0 1 0 1 0 1 0 1]",
                b"{ 0 exch dup",
            );
            format!("[/Separation /Red /DeviceCMYK {program}]")
        }),
        ("no palette", |_| {
            "[/Indexed /DeviceRGB 3 999 0 R]".to_owned()
        }),
        ("empty palette", |_| "[/Indexed /DeviceRGB 3 <>]".to_owned()),
        ("short palette", |_| {
            "[/Indexed /DeviceRGB 3 <000000 ffffff 888888>]".to_owned()
        }),
    ] {
        lost(name, space(make), "a colour space");
    }
}

#[test]
fn letters_whose_drawing_is_lost_are_gaps_and_letters_left_blank_are_not() {
    let type3 = |procs: &'static str| {
        book(move |pdf, c| {
            let drawing = pdf.stream("", b"500 0 0 0 500 500 d1 0 0 500 500 re f");
            let map = pdf.stream(
                "",
                b"1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <41> <0041> endbfchar",
            );
            let font = pdf.add(format!(
                "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 500 500] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 65 /LastChar 65 \
                 /Widths [500] /Encoding << /Differences [65 /A] >> /ToUnicode {map} /CharProcs << /{procs} {drawing} >> >>"
            ));
            c.resource("Font", "F9", font)
                .raw("BT /F9 12 Tf 90 90 Td (A) Tj ET\n");
        })
    };
    assert_eq!(gaps(&measured(type3("A"))), []);
    lost("no drawing", type3("B"), "no drawing of them");
    let bytes = exchanged(type3("A"), b"/FontMatrix", b"/FontOther_");
    lost("no matrix", bytes, "a font on it is damaged");
}

#[test]
fn masks_that_cannot_be_read_are_gaps() {
    let masked = |mask: fn(&mut Pdf) -> String| {
        book(move |pdf, c| {
            let mask = mask(pdf);
            let entries = format!(
                "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /SMask {mask}"
            );
            let picture = pdf.stream(&entries, b"0");
            c.resource("XObject", "X9", picture)
                .raw("q 90 0 0 90 90 90 cm /X9 Do Q\n");
        })
    };
    let cut = |pdf: &mut Pdf| {
        let data = deflate(&[7; 4000]);
        let entries = "/Subtype /Image /Width 40 /Height 100 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /FlateDecode";
        pdf.stream(entries, &data[..data.len() / 2]).to_string()
    };
    let stream = |entries: &'static str| {
        let mask = book(move |pdf, c| {
            let mask = pdf.stream(&format!("/Subtype /Image {entries}"), &[0; 16]);
            let own = if entries.contains("ImageMask") {
                "Mask"
            } else {
                "SMask"
            };
            let entries = format!(
                "/Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /{own} {mask}"
            );
            let picture = pdf.stream(&entries, b"0");
            c.resource("XObject", "X9", picture)
                .raw("q 90 0 0 90 90 90 cm /X9 Do Q\n");
        });
        (entries, mask)
    };
    for (entries, bytes) in [
        stream("/Width 4 /Height 4 /BitsPerComponent 8 /ColorSpace /DeviceGray"),
        stream("/Width 8 /Height 16 /ImageMask true /BitsPerComponent 1"),
    ] {
        assert_eq!(gaps(&measured(bytes)), [], "{entries}");
    }
    for (entries, bytes) in [
        stream("/Height 4 /BitsPerComponent 8 /ColorSpace /DeviceGray"),
        stream("/Width 0 /Height 4 /BitsPerComponent 8 /ColorSpace /DeviceGray"),
        stream("/Width 4 /Height -4 /BitsPerComponent 8 /ColorSpace /DeviceGray"),
        stream("/Width 4 /Height 4 /BitsPerComponent 9 /ColorSpace /DeviceGray"),
        stream("/Width 4 /Height 4 /BitsPerComponent 8 /ColorSpace /Foo"),
        stream("/Width 4 /Height 4 /BitsPerComponent 8 /ColorSpace /DeviceRGB"),
        stream("/Width 4 /Height 4 /BitsPerComponent 8"),
        stream("/Width 40 /Height 40 /BitsPerComponent 8 /ColorSpace /DeviceGray"),
        stream("/Width 4 /Height 4 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /Foo"),
        stream("/Width 4 /Height 4 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /JPXDecode"),
        stream("/Width 80 /Height 16 /ImageMask true /BitsPerComponent 1"),
        stream("/Height 16 /ImageMask true /BitsPerComponent 1"),
    ] {
        lost(entries, bytes, "a soft mask (object");
    }
    lost(
        "a dictionary",
        masked(|_| "<< >>".to_owned()),
        "a soft mask",
    );
    lost(
        "missing mask",
        masked(|_| "999 0 R".to_owned()),
        "a soft mask is named",
    );
    lost("cut mask", masked(cut), "a soft mask (object");
    lost(
        "mask of a state",
        book(|_, c| {
            c.state("G9", "<< /SMask 999 0 R >>");
        }),
        "a soft mask is named",
    );
    lost(
        "cut group of a mask with a light backdrop",
        book(|pdf, c| {
            let group = pdf.stream(
                "/Subtype /Form /BBox [0 0 9 9] /Filter /FlateDecode",
                b"x\x9c",
            );
            c.state(
                "G9",
                format!("<< /SMask << /S /Luminosity /BC [1] /G {group} >> >>"),
            );
        }),
        "a soft mask (object",
    );
    lost(
        "transfer function of a mask that is none",
        book(|pdf, c| {
            let group = pdf.stream("/Subtype /Form /BBox [0 0 9 9]", b"0 0 9 9 re f");
            c.state(
                "G9",
                format!("<< /SMask << /S /Luminosity /G {group} /TR << /FunctionType 9 >> >> >>"),
            );
        }),
        "a soft mask",
    );
}

#[test]
fn an_annotation_that_is_not_there_is_a_gap_and_the_next_one_is_seen() {
    let mut book = Small::new();
    book.plain();
    let stamp = book.pdf.form(
        [0.0, 0.0, 9.0, 9.0],
        [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
        Content::new().raw("0 0 9 9 re f\n"),
    );
    let body = book.body();
    let annotation =
        format!("<< /Type /Annot /Subtype /Stamp /F 4 /Rect [90 90 99 99] /AP << /N {stamp} >> >>");
    book.page_with(&body, |page| {
        page.entry("Annots", format!("[999 0 R {annotation}]"))
    })
    .plain();
    let bytes = book.finish();
    assert_eq!(
        measured(bytes.clone()).pages[1].paths.fills,
        1,
        "the second is seen"
    );
    lost("annotation", bytes, "is named (among the annotations)");
}

#[test]
fn the_chosen_appearance_of_an_annotation_that_is_not_there_is_a_gap() {
    let stamp = |states: &str| {
        let mut book = Small::new();
        book.plain();
        let body = book.body();
        let annotation = format!(
            "<< /Type /Annot /Subtype /Stamp /F 4 /Rect [90 90 99 99] /AS /On /AP << /N << {states} >> >> >>"
        );
        book.page_with(&body, |page| {
            page.entry("Annots", format!("[{annotation}]"))
        })
        .plain();
        book.finish()
    };
    lost(
        "on",
        stamp("/On 999 0 R"),
        "the appearance of an annotation",
    );
    assert_eq!(
        gaps(&measured(stamp("/Other null"))),
        [],
        "a state that shows nothing"
    );
}

#[test]
fn content_that_breaks_off_is_a_gap() {
    lost(
        "string",
        book(|_, c| {
            c.raw("BT (no end Tj\n");
        }),
        "breaks off",
    );
    lost(
        "inline picture",
        book(|_, c| {
            c.raw("BI /W 9 /H 9 /BPC 8 /CS /G ID 000");
        }),
        "an inline picture",
    );
}

#[test]
fn operators_without_their_operands_are_gaps_and_the_walk_goes_on() {
    let bytes = book(|_, c| {
        c.raw("90 m 95 l S\n1 0 0 rg 90 90 30 30 re f\n");
    });
    let document = measured(bytes.clone());
    assert_eq!(
        document.pages[1].paths.fills, 1,
        "the square behind it is seen"
    );
    lost(
        "path",
        bytes,
        "operator (l) without its operands; its content has an operator (m)",
    );
    lost(
        "colour",
        book(|_, c| {
            c.raw("1 0 rg\n");
        }),
        "operator (rg)",
    );
}

#[test]
fn strays_are_passed_over_as_viewers_do() {
    passed_over(
        "bracket",
        book(|_, c| {
            c.raw("]\n");
        }),
        &["a stray ]"],
    );
    passed_over(
        "dictionary",
        book(|_, c| {
            c.raw(">> }\n");
        }),
        &["a stray >>", "a stray }"],
    );
    passed_over(
        "open bracket",
        book(|_, c| {
            c.raw("[ 0 g\n");
        }),
        &["a stray ["],
    );
    passed_over(
        "operator",
        book(|_, c| {
            c.raw("3 frobnicate\n");
        }),
        &["the unknown operator \"frobnicate\""],
    );
    let state = "the graphics state G9 (not in the file)";
    passed_over(
        "state",
        book(|_, c| {
            c.raw("/G9 gs\n");
        }),
        &[state],
    );
    passed_over(
        "compatibility",
        book(|_, c| {
            c.raw("BX 3 frobnicate EX\n");
        }),
        &[],
    );
    let behind = measured(book(|_, c| {
        c.raw("] 90 90 30 30 re f\n");
    }));
    assert_eq!(
        behind.pages[1].paths.fills, 1,
        "what stands behind a stray is seen"
    );
}

/// The bytes of a file with words exchanged for others of the same length, wherever they stand.
fn exchanged(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let starts = 0..bytes.len() - from.len();
    let found: Vec<usize> = starts.filter(|at| bytes[*at..].starts_with(from)).collect();
    assert!(!found.is_empty());
    for at in found {
        bytes[at..at + to.len()].copy_from_slice(to);
    }
    bytes
}

#[test]
fn what_the_tree_names_as_a_page_and_is_none_is_a_gap() {
    let broken = exchanged(book(|_, _| {}), b"/Type /Page ", b"/Type /Font ");
    let document = measured(broken);
    let told = gaps(&document);
    assert!(
        told.iter().any(|(_, why)| why.contains("the page (object")),
        "{told:?}"
    );
}

#[test]
fn a_page_without_a_size_and_content_of_another_length_are_told() {
    // That the box is missing is then `boxes-inconsistent`.
    let sizeless = measured(exchanged(book(|_, _| {}), b"/MediaBox", b"/MediaBux"));
    assert!(sizeless.pages.iter().all(|page| page.boxes.media.is_none()));
    let shorter = measured(exchanged(book(|_, _| {}), b"/Length 148", b"/Length 140"));
    let mut skipped = shorter.pages.iter().flat_map(|p| &p.skipped);
    assert!(skipped.any(|s| s.contains("wrong length")));
}

#[test]
fn pages_that_the_tree_names_and_has_not_are_gaps() {
    let whole = book(|_, _| {});
    let at = String::from_utf8_lossy(&whole)
        .find("/Kids [")
        .map(|at| at + 7)
        .unwrap();
    let first = whole[at..].iter().position(|c| *c == b'R').unwrap() + 1;
    let mut broken = whole;
    broken[at..at + first].fill(b' ');
    broken[at..at + 4].copy_from_slice(b"null");
    let document = measured(broken);
    let why = "its page tree names a page behind page 0 that is not in the file";
    assert!(
        gaps(&document).contains(&(None, why)),
        "{:?}",
        gaps(&document)
    );
}

#[test]
fn objects_to_which_no_row_of_a_cross_reference_stream_leads_are_lost_as_other_readers_have_it() {
    let whole = std::fs::read("test_pdfs/readers-disagree/pass-objects-in-streams.pdf").unwrap();
    assert_eq!(gaps(&measured(whole.clone())), []);
    let head = b"/Type /XRef /W [1 2 1]";
    let table = whole.windows(head.len()).position(|w| w == head).unwrap();
    let rows = whole[table..]
        .windows(7)
        .position(|w| w == b"stream\n")
        .unwrap()
        + table
        + 7;
    // Pages are objects 3 to 26 of one object stream.
    let at = rows + 4 * 5..rows + 4 * 6;
    let mut row = [0; 4];
    row.copy_from_slice(&whole[at.clone()]);
    let broken = |row: [u8; 4]| {
        let mut file = whole.clone();
        file[at.clone()].copy_from_slice(&row);
        measured(file)
    };
    let [kind, high, low, index] = row;
    for (name, row) in [
        ("of another kind", [3, high, low, index]),
        ("at no place in the file", [1, 0, 0, 0]),
        ("another object of the stream", [kind, high, low, index + 1]),
        ("beyond the stream", [kind, high, low, 200]),
    ] {
        let document = broken(row);
        match gaps(&document)[..] {
            [(Some(3), why)] => assert!(why.contains("does not lead to it"), "{name}: {why}"),
            ref other => panic!("{name}: {other:?}"),
        }
        let told = "the cross-reference table does not lead to 1 of its objects".to_owned();
        assert!(document.structure.repairs.contains(&told), "{name}");
    }
    // What the table calls free was deleted on purpose.
    let freed = broken([0, 0, 0, 0]);
    assert_eq!(gaps(&freed).len(), 1);
    assert_eq!(freed.structure.repairs, [""; 0]);
}

#[test]
fn updates_are_read_as_other_readers_do() {
    let whole = content(|pdf, body| pdf.stream("", body.bytes()).to_string());
    let places = |word: &[u8]| -> Vec<usize> {
        let found = whole
            .windows(word.len())
            .enumerate()
            .filter(|(_, w)| *w == word);
        found.map(|(at, _)| at).collect()
    };
    let table = places(b"xref\n0 ")[0];
    let second = places(b"/Contents ")[1] + 10;
    let digits = whole[second..]
        .iter()
        .take_while(|c| c.is_ascii_digit())
        .count();
    let number = std::str::from_utf8(&whole[second..second + digits]).unwrap();
    let mut deleted = whole.clone();
    let start = deleted.len();
    deleted.extend(
        format!(
            "xref\n{number} 1\n0000000000 00001 f \ntrailer\n<< /Size 99 /Root 1 0 R /Prev {table} >>\nstartxref\n{start}\n%%EOF\n"
        )
        .bytes(),
    );
    lost("deleted", deleted, "was deleted by an update of the file");
    let mut cut = whole;
    cut.extend(b"9 0 obj\n<< /Length 99 >>\nstream\nBT /F1");
    let document = measured(cut);
    assert!(
        document
            .gaps
            .iter()
            .any(|g| g.page.is_none() && g.why.starts_with("it is cut short"))
    );
}

/// The picture another reader makes of page 2, coarse enough that no rounding shows.
fn picture(file: &Path) -> Option<Vec<u8>> {
    let run = Command::new("mutool")
        .args(["draw", "-q", "-r", "30", "-F", "pgm", "-o", "-"])
        .arg(file)
        .arg("2")
        .output();
    run.ok().map(|run| run.stdout)
}

/// Where the bodies of the objects lie that page 2 is made of: between `obj` and `endobj`.
fn objects(bytes: &[u8]) -> Vec<(usize, usize)> {
    let find = |word: &[u8], from: usize| {
        let rest = &bytes[from..];
        rest.windows(word.len())
            .position(|w| w == word)
            .map(|at| from + at)
    };
    let mut spans = Vec::new();
    let mut from = 0;
    while let Some(start) = find(b" obj\n", from) {
        let Some(end) = find(b"\nendobj", start) else {
            break;
        };
        spans.push((start + 5, end));
        from = end;
    }
    // Behind the catalogue, the tree and the information stand the font, the things on page 2, and pages 1 and 2.
    spans.into_iter().skip(3).take(12).collect()
}

/// Breaks one thing of page 2: an object, its data, a reference, a key, or the syntax of its content.
fn broken(good: &[u8], rng: &mut Rng) -> (String, Vec<u8>) {
    let spans = objects(good);
    let (start, end) = *rng.pick(&spans);
    let mut bytes = good.to_vec();
    let body = &good[start..end];
    let find = |word: &[u8]| body.windows(word.len()).position(|w| w == word);
    let data = find(b"stream\n")
        .map(|at| (start + at + 7, end - 10))
        .filter(|(from, to)| from < to);
    let packed = find(b"/FlateDecode").is_some();
    let is_page = find(b"/Type /Page ").is_some();
    let way = match (rng.below(5), data) {
        (1, Some((from, to))) if packed => {
            let at = from + rng.below(to - from);
            let until = (at + 1 + rng.below(24)).min(to);
            bytes[at..until].fill(0);
            "zeros in packed data"
        }
        (2, Some((from, to))) if packed => {
            bytes[from + (to - from) / 2..to].fill(b' ');
            "half of the data"
        }
        (3, _) if find(b" 0 R").is_some() => {
            let at = start + find(b" 0 R").unwrap() - 1;
            bytes[at] = b'9';
            bytes.insert(at, b'9');
            "a reference"
        }
        (4, _) if !is_page => {
            let keys: [&[u8]; 7] = [
                b"/Subtype",
                b"/BBox",
                b"/Width ",
                b"/Height ",
                b"/ColorSpace",
                b"/Filter",
                b"/FontFile2",
            ];
            let there: Vec<usize> = keys.iter().filter_map(|key| find(key)).collect();
            match there.as_slice() {
                [] => bytes[start..end].fill(b' '),
                there => bytes[start + *rng.pick(there) + 2] = b'q',
            }
            "a key"
        }
        (_, Some((from, to))) if !packed && find(b" Tj").is_some() => {
            let space = (from..to)
                .filter(|at| bytes[*at] == b'\n')
                .collect::<Vec<_>>();
            let at = *rng.pick(&space);
            let stray: [&[u8]; 6] = [b"] ", b">> ", b") ", b"{ ", b"( ", b"[ "];
            let stray = *rng.pick(&stray);
            bytes.splice(at..at, stray.iter().copied());
            "a stray"
        }
        _ => {
            bytes[start..end].fill(b' ');
            bytes[start..start + 4].copy_from_slice(b"null");
            "an object"
        }
    };
    (format!("{way} at {start}"), bytes)
}

#[test]
#[ignore = "needs mutool (mupdf-tools); `.ci/run` runs it where it is at hand"]
fn an_unread_page_never_passes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.pdf");
    let things = |pdf: &mut Pdf, c: &mut Content| {
        let form = pdf.flate("/Subtype /Form /BBox [0 0 9 9]", b"0 0 9 9 re f");
        let entries =
            "/Subtype /Image /Width 32 /Height 32 /BitsPerComponent 8 /ColorSpace /DeviceGray";
        let pixels: Vec<u8> = (0..1024u32).map(|n| (n * 37 % 200) as u8).collect();
        let gray = pdf.flate(entries, &pixels);
        let palette = pdf.flate("", &pixels[..768]);
        let indexed = entries.replace(
            "/DeviceGray",
            &format!("[/Indexed /DeviceRGB 255 {palette}]"),
        );
        let indexed = pdf.flate(&indexed, &pixels);
        let group = pdf.flate(
            "/Subtype /Form /BBox [0 0 400 400] /Group << /S /Transparency /CS /DeviceGray >>",
            b"0.7 g 200 200 99 99 re f",
        );
        let transfer = "<< /FunctionType 2 /Domain [0 1] /C0 [1] /C1 [0] /N 1 >>";
        let mask = format!("<< /SMask << /S /Luminosity /G {group} /TR {transfer} >> >>");
        c.resource("XObject", "X1", form)
            .resource("XObject", "X2", gray)
            .resource("XObject", "X3", indexed);
        c.raw("q 9 0 0 9 90 90 cm /X1 Do Q\nq 90 0 0 90 190 90 cm /X2 Do Q\n");
        c.raw("q 90 0 0 90 90 190 cm /X3 Do Q\nq\n")
            .state("G9", mask)
            .raw("200 200 50 50 re f Q\n");
    };
    let seed = std::env::var("PRESSCHECK_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok());
    let mut rng = Rng::new(seed.unwrap_or(20_261_129));
    let (mut changed, mut faults) = (0, Vec::new());
    for packs in [false, true] {
        let mut made = Small::new();
        if packs {
            made.pdf = Pdf::compressed();
            made.face = made::face::blocks(&mut made.pdf);
        }
        made.plain();
        let mut content = made.body();
        things(&mut made.pdf, &mut content);
        made.page(&content).plain();
        let good = made.finish();
        std::fs::write(&path, &good).unwrap();
        let right = picture(&path)
            .filter(|p| !p.is_empty())
            .expect("mutool draws the good book");
        assert!(measured(good.clone()).gaps.is_empty());
        for _ in 0..300 {
            let (way, bytes) = broken(&good, &mut rng);
            std::fs::write(&path, &bytes).unwrap();
            if picture(&path).as_ref() == Some(&right) {
                continue;
            }
            changed += 1;
            let document = measured(bytes);
            let told = document.unreadable.is_some()
                || !document.gaps.is_empty()
                || document.fonts.iter().any(|font| !font.embedded)
                || document.pages.iter().any(|page| {
                    !page.skipped.is_empty() || page.images.iter().any(|image| image.flaw.is_some())
                });
            if !told {
                let kept = std::env::temp_dir().join(format!("unread-{changed}.pdf"));
                std::fs::copy(&path, &kept).unwrap();
                faults.push((way, kept));
            }
        }
    }
    assert!(changed > 100, "only {changed} pages changed");
    assert!(
        faults.is_empty(),
        "{} of {changed} changed pages pass: {faults:#?}",
        faults.len()
    );
}

/// A book with an update that replaces the first page object by this.
fn updated(object: &str) -> Vec<u8> {
    let mut bytes = book(|_, _| {});
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let number = |at: usize| {
        let digits = text[at..].chars().take_while(char::is_ascii_digit);
        digits.collect::<String>()
    };
    let page = text.find("/Type /Page ").unwrap();
    let head = text[..page].rfind(" 0 obj").unwrap();
    let page = number(text[..head].rfind('\n').unwrap() + 1);
    let before = number(text.rfind("startxref\n").unwrap() + "startxref\n".len());
    let start = bytes.len();
    let size = number(text.rfind("/Size ").unwrap() + "/Size ".len());
    let object = format!("{page} 0 obj\n{object}\nendobj\n");
    let table = start + object.len();
    bytes.extend(object.bytes());
    bytes.extend(
        format!(
            "xref\n{page} 1\n{start:010} 00000 n \ntrailer\n<< /Size {size} /Root 1 0 R /Prev {before} >>\nstartxref\n{table}\n%%EOF\n"
        )
        .bytes(),
    );
    bytes
}

#[test]
fn an_object_that_an_update_replaces_by_what_cannot_be_read_is_a_gap() {
    let document = measured(updated("<< /Type /Page /Parent 2 0 R /Media"));
    match gaps(&document)[..] {
        [(None, why)] => assert!(why.contains("as an update of the file has it"), "{why}"),
        ref other => panic!("{other:?}"),
    }
    let sound = updated("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 432 648] >>");
    let told = measured(sound);
    let told = gaps(&told);
    assert!(
        !told.iter().any(|(_, why)| why.contains("update")),
        "{told:?}"
    );
}

#[test]
fn a_node_of_the_page_tree_that_counts_other_pages_than_it_holds_is_a_gap() {
    let node = |count: u8| {
        let page = "<< /Type /Page /MediaBox [0 0 432 648] >>";
        measured(updated(&format!(
            "<< /Type /Pages /Parent 2 0 R /Kids [{page}] /Count {count} >>"
        )))
    };
    let told = |document: &Document| {
        let words = "a node of its page tree counts 2 pages and holds 1";
        gaps(document).contains(&(None, words))
    };
    assert!(!told(&node(1)));
    assert!(told(&node(2)));
}

#[test]
fn layers_that_are_switched_by_what_is_not_there_are_told() {
    let layered = |value: &'static str| {
        let document = measured(book(|pdf, _| {
            pdf.catalog("OCProperties", value);
        }));
        let repairs = document.structure.repairs;
        repairs.iter().any(|repair| repair.contains("layers"))
    };
    assert!(!layered("<< /OCGs [] /D << >> >>"));
    assert!(layered("<< /OCGs [] /D 999 0 R >>"));
    assert!(layered("<< /OCGs [999 0 R] /D << /OFF [999 0 R] >> >>"));
}
