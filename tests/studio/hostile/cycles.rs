//! Things that contain themselves: forms, patterns, glyphs, masks, colour spaces, lengths.

use super::{End, Put, form, page_of, square};
use crate::studio::content::Content;
use crate::studio::pdf::{Id, Page, Pdf};

pub fn fill(put: Put<'_>) {
    let mut pdf = Pdf::new();
    let (a, b) = (pdf.reserve(), pdf.reserve());
    form(
        &mut pdf,
        a,
        &format!("/XObject << /F {a} >>"),
        "108 108 9 9 re f /F Do /F Do",
    );
    form(&mut pdf, b, &format!("/XObject << /F {b} >>"), "");
    let mut content = Content::new();
    content.xobject(a);
    put("form-draws-itself", End::Any, page_of(pdf, &content));

    let mut pdf = Pdf::new();
    let ring: Vec<Id> = (0..5).map(|_| pdf.reserve()).collect();
    for (n, id) in ring.iter().enumerate() {
        let next = ring[(n + 1) % ring.len()];
        form(
            &mut pdf,
            *id,
            &format!("/XObject << /F {next} >>"),
            "108 108 9 9 re f /F Do /F Do",
        );
    }
    let mut content = Content::new();
    content.xobject(ring[0]);
    put("forms-in-a-ring", End::Any, page_of(pdf, &content));

    // Twelve forms, each of which draws the next ten times: a million million squares.
    let mut pdf = Pdf::new();
    let stairs: Vec<Id> = (0..12).map(|_| pdf.reserve()).collect();
    for (n, id) in stairs.iter().enumerate() {
        match stairs.get(n + 1) {
            Some(next) => form(
                &mut pdf,
                *id,
                &format!("/XObject << /F {next} >>"),
                &"/F Do ".repeat(10),
            ),
            None => form(&mut pdf, *id, "", "108 108 9 9 re f"),
        }
    }
    let mut content = Content::new();
    content.xobject(stairs[0]);
    put("forms-exponential", End::Unchecked, page_of(pdf, &content));

    let mut pdf = Pdf::new();
    let cell = pdf.reserve();
    pdf.set(
        cell,
        format!(
            "<< /Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9 \
             /Resources << /Pattern << /P {cell} >> >> /Length 28 >>\nstream\n/Pattern cs /P scn 0 0 9 9 re f\nendstream"
        )
        .replace("/Length 28", "/Length 32"),
    );
    let mut content = Content::new();
    content
        .resource("Pattern", "P", cell)
        .raw("/Pattern cs /P scn 0 0 432 648 re f");
    put("pattern-of-itself", End::Any, page_of(pdf, &content));

    // A cell of a millionth of a point.
    let mut pdf = Pdf::new();
    let cell = pdf.stream(
        "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.000001 /YStep 0.000001 \
         /Resources << >>",
        b"0 0 1 1 re f",
    );
    let mut content = Content::new();
    content
        .resource("Pattern", "P", cell)
        .raw("/Pattern cs /P scn 0 0 432 648 re f");
    put(
        "pattern-of-countless-cells",
        End::Any,
        page_of(pdf, &content),
    );

    let mut pdf = Pdf::new();
    let (font, glyph) = (pdf.reserve(), pdf.reserve());
    pdf.set(
        font,
        format!(
            "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 65 \
             /LastChar 65 /Widths [600] /Encoding << /Differences [65 /a] >> /CharProcs << /a {glyph} >> \
             /Resources << /Font << /F {font} >> >> >>"
        ),
    );
    let marks = "600 0 d0 0 0 500 500 re f BT /F 900 Tf (AA) Tj ET";
    pdf.set(
        glyph,
        format!("<< /Length {} >>\nstream\n{marks}\nendstream", marks.len()),
    );
    let mut content = Content::new();
    content
        .resource("Font", "F", font)
        .raw("BT /F 20 Tf 108 324 Td (AAAA) Tj ET");
    put("type3-glyph-draws-itself", End::Any, page_of(pdf, &content));

    let mut pdf = Pdf::new();
    let mask = pdf.reserve();
    form(
        &mut pdf,
        mask,
        &format!("/ExtGState << /G << /SMask << /S /Alpha /G {mask} >> >> >>"),
        "/G gs 0 0 432 648 re f",
    );
    let mut content = square();
    content
        .state("G", format!("<< /SMask << /S /Alpha /G {mask} >> >>"))
        .fill_rect(0.0, 0.0, 99.0, 99.0);
    put("soft-mask-of-itself", End::Any, page_of(pdf, &content));

    for (name, body) in [
        ("colour-space-of-itself", "[/Indexed ID 1 <000000ffffff>]"),
        (
            "alternate-space-of-itself",
            "[/Separation /Gold ID << /FunctionType 2 /N 1 /Domain [0 1] >>]",
        ),
        (
            "function-of-itself",
            "[/Separation /Gold /DeviceGray << /FunctionType 3 /Domain [0 1] /Functions [ID ID] /Bounds [0.5] /Encode [0 1 0 1] >>]",
        ),
    ] {
        let mut pdf = Pdf::new();
        let space = pdf.reserve();
        pdf.set(space, body.replace("ID", &space.to_string()));
        let mut content = Content::new();
        content
            .resource("ColorSpace", "C", space)
            .raw("/C cs 0 scn 108 324 72 72 re f");
        put(name, End::Any, page_of(pdf, &content));
    }

    let mut pdf = Pdf::new();
    let font = pdf.reserve();
    pdf.set(font, format!("<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding {font} /DescendantFonts [{font}] >>"));
    let mut content = Content::new();
    content
        .resource("Font", "F", font)
        .raw("BT /F 20 Tf 108 324 Td (AAAA) Tj ET");
    put("font-of-itself", End::Any, page_of(pdf, &content));

    let mut pdf = Pdf::new();
    let look = pdf.reserve();
    form(
        &mut pdf,
        look,
        &format!("/XObject << /F {look} >>"),
        "/F Do 0 0 9 9 re f",
    );
    pdf.page(Page::new(432.0, 648.0, square()).entry(
        "Annots",
        format!("[<< /Type /Annot /Subtype /Stamp /F 4 /Rect [9 9 99 99] /AP << /N {look} >> >>]"),
    ));
    put("appearance-of-itself", End::Any, pdf.finish());

    let mut pdf = Pdf::new();
    let length = pdf.reserve();
    pdf.set(
        length,
        format!("<< /Length {length} >>\nstream\n0 0 9 9 re f\nendstream"),
    );
    pdf.page(Page::new(432.0, 648.0, Content::new()).entry("Contents", length));
    put("length-of-itself", End::Any, pdf.finish());

    let mut pdf = Pdf::new();
    let (a, b) = (pdf.reserve(), pdf.reserve());
    pdf.set(a, b.to_string());
    pdf.set(b, a.to_string());
    pdf.page(
        Page::new(432.0, 648.0, square())
            .entry("Contents", a)
            .entry("MediaBox", b),
    );
    put("references-in-a-ring", End::Any, pdf.finish());
}
