//! What a page asks for and cannot be read whole, by kind of object: functions, masks, pictures, fonts, settings, operands. Each
//! case breaks one thing on page 2 of a good book.

use presscheck::facts::ImageFlaw;
use presscheck_fixtures::content::Content;
use presscheck_fixtures::made::Small;
use presscheck_fixtures::pdf::{Pdf, deflate};

use crate::unread::{book, content, flaw, font, gaps, lost, measured, passed_over};

/// A page that fills a square with full tint of a spot colour, by a function.
fn tinted(function: impl FnOnce(&mut Pdf) -> String) -> Vec<u8> {
    book(|pdf, c| {
        let function = function(pdf);
        let space = format!("[/Separation /Red /DeviceRGB {function}]");
        c.resource("ColorSpace", "C9", space)
            .raw("/C9 cs 1 scn 90 90 9 9 re f\n");
    })
}

#[test]
fn numbers_of_a_function_may_be_objects_of_their_own() {
    let bytes = tinted(|pdf| {
        let (least, most) = (pdf.add("0"), pdf.add("1"));
        let tail = pdf.add(format!(
            "<< /FunctionType 2 /Domain [{least} {most}] /Range [{least} 1 0 1 {least} 1] /C0 [1 1 1] /C1 [1 0 0] /N 1 >>"
        ));
        format!(
            "<< /FunctionType 3 /Domain [{least} 1] /Functions [{tail}] /Bounds [] /Encode [{least} 1] >>"
        )
    });
    assert_eq!(gaps(&measured(bytes)), []);
    let lost_number =
        "<< /FunctionType 2 /Domain [999 0 R 1] /C0 [1 1 1] /C1 [1 0 0] /N 1 >>".to_owned();
    lost("lost", tinted(|_| lost_number), "a colour space");
}

#[test]
fn functions_whose_data_are_damaged_or_which_have_no_value_are_gaps() {
    let sampled = |damage: bool| {
        tinted(move |pdf| {
            let mut table = deflate(&[9; 768]);
            if damage {
                let last = table.len() - 1;
                table[last] ^= 1;
            }
            let entries = "/FunctionType 0 /Domain [0 1] /Range [0 1 0 1 0 1] /Size [256] /BitsPerSample 8 /Filter /FlateDecode";
            pdf.stream(entries, &table).to_string()
        })
    };
    assert_eq!(gaps(&measured(sampled(false))), []);
    lost("table", sampled(true), "a colour space");
    let calculator = |program: &'static str| {
        tinted(move |pdf| {
            let entries = "/FunctionType 4 /Domain [0 1] /Range [0 1 0 1 0 1]";
            pdf.stream(entries, program.as_bytes()).to_string()
        })
    };
    for sound in [
        "{ dup dup }",
        "{ pop 0 1 2 3 }",
        "{ dup 0.5 gt { dup dup } { dup 1 } ifelse }",
    ] {
        assert_eq!(gaps(&measured(calculator(sound))), [], "{sound}");
    }
    for wrong in [
        "{ pop pop pop }",
        "{ 7 copy }",
        "{ dup 40 index }",
        "{ pop }",
        "{ }",
    ] {
        lost(wrong, calculator(wrong), "a colour space");
    }
    for list in ["/C0 [1 1 null]", "/C0 [1 1 999 0 R]", "/Domain [0 /X]"] {
        let others = "/FunctionType 2 /Domain [0 1] /C0 [1 1 1] /C1 [1 0 0] /N 1";
        let key = list.split(' ').next().unwrap_or_default();
        let others = others.replace(key, "/Other");
        let function = format!("<< {others} {list} >>");
        lost(list, tinted(|_| function), "a colour space");
    }
    let outputs = "<< /FunctionType 2 /Domain [0 1] /C0 [1 1] /C1 [1 0] /N 1 >>";
    lost(
        "two components of three",
        tinted(|_| outputs.to_owned()),
        "a colour space",
    );
}

#[test]
fn colour_spaces_that_lack_an_item_are_gaps() {
    let filled = |space: &'static str| {
        book(move |_, c| {
            c.resource("ColorSpace", "C9", space)
                .raw("/C9 cs 90 90 9 9 re f\n");
        })
    };
    for sound in [
        "[/Lab << /WhitePoint [0.9 1 0.8] /Range [-99 99 -99 99] >>]",
        "[/Lab << /WhitePoint [0.9 1 0.8] >>]",
        "[/CalGray << /WhitePoint [0.9 1 0.8] /Gamma 2 >>]",
        "[/CalRGB << /WhitePoint [0.9 1 0.8] /Gamma [2 2 2] >>]",
        "[/Lab << /WhitePoint [0.9 1 0.8] /Range null >>]",
    ] {
        assert_eq!(gaps(&measured(filled(sound))), [], "{sound}");
    }
    for broken in [
        "[/Lab << /WhitePoint [0.9 1 0.8] /Range [null 99 -99 99] >>]",
        "[/Lab << /WhitePoint [0.9 1 0.8] /Range 999 0 R >>]",
        "[/Lab null]",
        "[/Lab << >>]",
        "[/CalGray << >>]",
        "[/CalRGB << /WhitePoint [0.9 1 0.8] /Gamma [2 2 null] >>]",
        "[/CalRGB << /WhitePoint [0.9 1] >>]",
        "[/Indexed /DeviceRGB /X <000000>]",
    ] {
        lost(broken, filled(broken), "a colour space");
    }
    let inks = |names: &str| {
        let names = names.to_owned();
        book(move |pdf, c| {
            let entries = "/FunctionType 4 /Domain [0 1 0 1] /Range [0 1 0 1 0 1]";
            let tint = pdf.stream(entries, b"{ dup }");
            c.resource(
                "ColorSpace",
                "C9",
                format!("[/DeviceN [{names}] /DeviceRGB {tint}]"),
            )
            .raw("/C9 cs 1 1 scn 90 90 9 9 re f\n");
        })
    };
    assert_eq!(gaps(&measured(inks("/Red /Blue"))), []);
    lost("a lost ink", inks("/Red null"), "a colour space");
}

#[test]
fn a_palette_whose_data_are_damaged_is_a_gap() {
    let palette = |damage: usize| {
        book(move |pdf, c| {
            let mut table = deflate(&[200, 40, 40, 10, 10, 10, 30, 30, 30, 7, 7, 7]);
            let last = table.len() - 1;
            table[last - damage] ^= u8::from(damage > 0);
            let table = pdf.stream("/Filter /FlateDecode", &table);
            c.resource(
                "ColorSpace",
                "C9",
                format!("[/Indexed /DeviceRGB 3 {table}]"),
            )
            .raw("/C9 cs 1 scn 90 90 9 9 re f\n");
        })
    };
    assert_eq!(gaps(&measured(palette(0))), []);
    lost("checksum", palette(1), "a colour space");
}

#[test]
fn the_group_of_a_soft_mask_is_read_whatever_its_transfer_function() {
    let masked = |entries: &'static str, group: &'static str| {
        book(move |pdf, c| {
            let group = pdf.stream(&format!("/Subtype /Form {entries}"), group.as_bytes());
            let transfer = "<< /FunctionType 2 /Domain [0 1] /C0 [1] /C1 [0] /N 1 >>";
            c.state(
                "G9",
                format!("<< /SMask << /S /Luminosity /G {group} /TR {transfer} >> >>"),
            );
        })
    };
    let boxed = "/BBox [0 0 400 400] /Group << /S /Transparency >>";
    assert_eq!(gaps(&measured(masked(boxed, "1 g 0 0 99 99 re f"))), []);
    lost("missing", masked(boxed, "/Nope Do"), "is named (Nope)");
    lost(
        "no box",
        masked("/Group << /S /Transparency >>", "1 g 0 0 99 99 re f"),
        "a soft mask (object",
    );
    lost("cut", masked(boxed, "BT (never closed"), "breaks off");
}

/// The entries of a grey picture of 9 by 9 pixels.
const GREY: &str = "/Subtype /Image /Width 9 /Height 9 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /FlateDecode";

/// The data of such a picture, with damage or without.
fn grey(damage: bool) -> Vec<u8> {
    let pixels: Vec<u8> = (0..81u8).map(|n| n.wrapping_mul(37)).collect();
    let mut data = deflate(&pixels);
    if damage {
        let last = data.len() - 1;
        data[last] ^= 1;
    }
    data
}

#[test]
fn pictures_in_cells_and_type_3_glyphs_that_are_damaged_are_gaps() {
    let tiled = |damage: bool| {
        book(move |pdf, c| {
            let picture = pdf.stream(GREY, &grey(damage));
            let entries = format!(
                "/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9 /Resources << /XObject << /I {picture} >> >>"
            );
            let cell = pdf.stream(&entries, b"9 0 0 9 0 0 cm /I Do");
            c.resource("Pattern", "P9", cell);
            c.raw("/Pattern cs /P9 scn 90 90 40 40 re f\n");
        })
    };
    let lettered = |damage: bool| {
        book(move |pdf, c| {
            let picture = pdf.stream(GREY, &grey(damage));
            let drawing = pdf.stream("", b"500 0 d0 500 0 0 500 0 0 cm /I Do");
            let font = pdf.add(format!(
                "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 500 500] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 65 /LastChar 65 \
                 /Widths [500] /Encoding << /Differences [65 /A] >> /CharProcs << /A {drawing} >> \
                 /Resources << /XObject << /I {picture} >> >> >>"
            ));
            c.resource("Font", "F9", font)
                .raw("BT /F9 12 Tf 90 90 Td (A) Tj ET\n");
        })
    };
    assert_eq!(gaps(&measured(tiled(false))), []);
    assert_eq!(gaps(&measured(lettered(false))), []);
    lost("cell", tiled(true), "a picture (object");
    lost("glyph", lettered(true), "a picture (object");
}

#[test]
fn packed_streams_without_a_byte_are_passed_over_unless_bytes_were_promised_or_a_glyph_is_lost() {
    let packed = "/Filter /FlateDecode";
    let form = |entries: &'static str| {
        book(move |pdf, c| {
            let form = pdf.stream(&format!("/Subtype /Form /BBox [0 0 9 9] {entries}"), b"");
            c.resource("XObject", "X9", form).raw("/X9 Do\n");
        })
    };
    // As qpdf writes whatever is empty.
    passed_over("form", form(packed), &[]);
    passed_over("bare form", form(""), &[]);
    passed_over(
        "content",
        content(|pdf, _| pdf.stream(packed, b"").to_string()),
        &[],
    );
    let mesh = book(|pdf, c| {
        let entries = "/ShadingType 4 /ColorSpace /DeviceGray /BitsPerCoordinate 8 /BitsPerComponent 8 /BitsPerFlag 8 /Decode [0 9 0 9 0 1]";
        let mesh = pdf.stream(&format!("{entries} {packed}"), b"");
        c.resource("Shading", "S9", mesh).raw("/S9 sh\n");
    });
    lost("mesh", mesh, "a shading (object");
    let glyph = book(|pdf, c| {
        let drawing = pdf.stream(packed, b"");
        let font = pdf.add(format!(
            "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 500 500] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 65 /LastChar 65 \
             /Widths [500] /Encoding << /Differences [65 /A] >> /CharProcs << /A {drawing} >> >>"
        ));
        c.resource("Font", "F9", font)
            .raw("BT /F9 12 Tf 90 90 Td (A) Tj ET\n");
    });
    lost("glyph", glyph, "the drawing of a Type 3 glyph");
}

/// A JPEG 2000 of eight by eight black pixels: one tile of one empty packet.
pub fn jpeg_2000() -> Vec<u8> {
    let mut data = vec![0xff, 0x4f, 0xff, 0x51, 0, 41, 0, 0];
    for side in [8u32, 8, 0, 0, 8, 8, 0, 0] {
        data.extend(side.to_be_bytes());
    }
    data.extend([0, 1, 7, 1, 1]);
    data.extend([0xff, 0x52, 0, 12, 0, 0, 0, 1, 0, 0, 4, 4, 0, 1]);
    data.extend([0xff, 0x5c, 0, 4, 0x40, 0x40]);
    data.extend([0xff, 0x90, 0, 10, 0, 0, 0, 0, 0, 15, 0, 1]);
    data.extend([0xff, 0x93, 0, 0xff, 0xd9]);
    data
}

/// A JBIG2 of eight by eight white pixels: a page, and a region coded as a fax.
pub fn jbig2() -> Vec<u8> {
    let mut data = vec![0, 0, 0, 0, 48, 0, 1, 0, 0, 0, 19];
    data.extend([0, 0, 0, 8, 0, 0, 0, 8]);
    data.extend([0; 11]);
    data.extend([0, 0, 0, 1, 38, 0, 1, 0, 0, 0, 22]);
    data.extend([0, 0, 0, 8, 0, 0, 0, 8]);
    data.extend([0; 9]);
    data.extend([1, 0xff, 0x00, 0x10, 0x01]);
    data
}

/// The flaw of a picture on page 2 by all its entries.
pub fn flaw_of(entries: &str, data: &[u8]) -> Option<ImageFlaw> {
    let document = measured(book(|pdf, c| {
        let id = pdf.stream(&format!("/Subtype /Image {entries}"), data);
        c.image(id, 90.0, 90.0, 160.0, 120.0);
    }));
    document.pages[1].images[0].flaw
}

#[test]
fn pictures_of_rare_codecs_that_are_cut_or_damaged_are_flawed() {
    let jpx = "/Width 8 /Height 8 /Filter /JPXDecode";
    let bits =
        "/Width 8 /Height 8 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /JBIG2Decode";
    let (whole, pages) = (jpeg_2000(), jbig2());
    assert_eq!(flaw_of(jpx, &whole), None);
    assert_eq!(flaw_of(bits, &pages), None);
    for lost in [1, 3, whole.len() / 2] {
        let cut = &whole[..whole.len() - lost];
        assert!(flaw_of(jpx, cut).is_some(), "{lost} bytes lost");
    }
    let mut tiles = whole.clone();
    tiles[24..32].copy_from_slice(&[0, 0, 0, 1, 0, 0, 0, 1]);
    assert!(flaw_of(jpx, &tiles).is_some(), "tiles without data");
    for lost in [1, 4, pages.len() / 2] {
        let cut = &pages[..pages.len() - lost];
        assert!(flaw_of(bits, cut).is_some(), "{lost} bytes lost");
    }
    let mut noise = pages.clone();
    let code = noise.len() - 4;
    noise[code..].fill(0);
    assert!(flaw_of(bits, &noise).is_some(), "codes that there are not");
    let other = bits.replace("/BitsPerComponent 1", "");
    assert!(flaw_of(&other, &pages).is_some(), "bits that are not said");
}

#[test]
fn faxes_whose_rows_have_another_length_are_flawed() {
    let fax = |width: u32, columns: u32, data: &[u8]| {
        let entries = format!(
            "/Width {width} /Height 16 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /CCITTFaxDecode \
             /DecodeParms << /K -1 /Columns {columns} >>"
        );
        flaw_of(&entries, data)
    };
    // Sixteen rows like the one before, and the end.
    let white = [0xff, 0xff, 0x00, 0x10, 0x01];
    assert_eq!(fax(32, 32, &white), None);
    assert_eq!(fax(30, 32, &white), None, "the same bytes a row");
    assert!(fax(40, 32, &white).is_some());
    assert!(
        fax(32, 32, &[0xff, 0x00, 0x10, 0x01]).is_some(),
        "half of the rows"
    );
}

#[test]
fn rows_without_the_number_of_a_predictor_are_flawed() {
    let entries = "/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 40 >>";
    let rows: Vec<u8> = (0..30u8)
        .flat_map(|row| [&[row % 5][..], &[row; 40]].concat())
        .collect();
    assert_eq!(flaw(entries, &deflate(&rows)), None);
    let mut shifted = rows;
    shifted.remove(500);
    shifted.push(9);
    assert!(flaw(entries, &deflate(&shifted)).is_some());
    let lost = entries.replace(
        "/DecodeParms << /Predictor 15 /Columns 40 >>",
        "/DecodeParms 7",
    );
    assert!(flaw(&lost, &deflate(&[9; 1230])).is_some());
}

#[test]
fn operands_that_no_operator_takes_are_told() {
    let raw = |text: &'static str| {
        book(move |_, c| {
            c.raw(text);
        })
    };
    for (text, operator) in [("q 3 Q\n", "Q"), ("90 90 9 9 re 7 f\n", "f")] {
        let what = format!("operands that the operator {operator} does not take");
        passed_over(text, raw(text), &[&what]);
    }
    let unpainted = "a path that a content stream leaves unpainted at its end";
    passed_over("path", raw("90 90 9 9 re\n"), &[unpainted]);
    lost(
        "run together",
        raw("90 90 9 9\u{1}re f\n"),
        "an operator (re) without its operands",
    );
}

#[test]
fn settings_that_are_not_in_the_file_are_gaps() {
    lost(
        "opacity",
        book(|_, c| {
            c.state("G9", "<< /ca 999 0 R >>");
        }),
        "a setting of a graphics state is named (ca)",
    );
    assert_eq!(
        gaps(&measured(book(|_, c| {
            c.state("G9", "<< /ca null >>");
        }))),
        [],
        "null is as good as no entry"
    );
    for dash in ["[[3 null] 0]", "[3 0]", "[[3] /X]"] {
        let bytes = book(|_, c| {
            c.state("G9", format!("<< /D {dash} >>"));
        });
        lost(dash, bytes, "a setting of a graphics state");
    }
    let form = |matrix: &'static str| {
        book(move |pdf, c| {
            let entries = format!("/Subtype /Form /BBox [0 0 9 9] /Matrix {matrix}");
            let form = pdf.stream(&entries, b"0 0 9 9 re f");
            c.resource("XObject", "X9", form).raw("/X9 Do\n");
        })
    };
    assert_eq!(gaps(&measured(form("[1 0 0 1 90 90]"))), []);
    assert_eq!(gaps(&measured(form("null"))), []);
    for matrix in ["999 0 R", "[1 0 0 1 90]", "[999 0 R 0 0 1 90 90]"] {
        lost(matrix, form(matrix), "a form (object");
    }
    let shading = |domain: &'static str| {
        book(move |pdf, c| {
            let function = "<< /FunctionType 2 /Domain [0 1] /C0 [0] /C1 [1] /N 1 >>";
            let shading = pdf.add(format!(
                "<< /ShadingType 2 /ColorSpace /DeviceGray /Coords [90 90 99 99] /Domain {domain} /Function {function} >>"
            ));
            c.resource("Shading", "S9", shading).raw("/S9 sh\n");
        })
    };
    assert_eq!(gaps(&measured(shading("[0 1]"))), []);
    lost("domain", shading("[0 null]"), "a shading (object");
}

#[test]
fn an_annotation_that_has_lost_its_place_is_a_gap() {
    let stamp = |place: &str| {
        let mut book = Small::new();
        book.plain();
        let stamp = book.pdf.form(
            [0.0, 0.0, 9.0, 9.0],
            [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
            Content::new().raw("0 0 9 9 re f\n"),
        );
        let body = book.body();
        let annotation =
            format!("<< /Type /Annot /Subtype /Stamp /F 4 /Rect {place} /AP << /N {stamp} >> >>");
        book.page_with(&body, |page| {
            page.entry("Annots", format!("[{annotation}]"))
        })
        .plain();
        book.finish()
    };
    assert_eq!(gaps(&measured(stamp("[90 90 99 99]"))), []);
    lost(
        "lost",
        stamp("[90 999 0 R 99 99]"),
        "the appearance of an annotation",
    );
}

#[test]
fn fonts_whose_widths_or_codes_lack_an_item_are_gaps() {
    assert_eq!(gaps(&measured(font(66, "/Widths [500 500]"))), []);
    for entries in [
        "/Widths [500 null]",
        "/Widths [999 0 R 500]",
        "/Widths [/A 500]",
        "/Widths [500 500] /Encoding << /Differences [65 (A) /B] >>",
        "/Widths [500 500] /Encoding << /Differences [65 /A null /B] >>",
    ] {
        lost(entries, font(66, entries), "a font on it is damaged");
    }
}
