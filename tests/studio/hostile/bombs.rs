//! Small files that unpack to more than a machine holds.

use super::{End, Put, page_of};
use crate::studio::content::Content;
use crate::studio::pdf::{Page, Pdf, deflate};

const GIB: u64 = 1 << 30;

pub fn fill(put: Put<'_>) {
    let plain = zeros(320 << 20);
    let twice = deflate(&zeros(3 * GIB));
    let thrice = deflate(&twice);
    const TWICE: &str = "/Filter [/FlateDecode /FlateDecode]";
    let content = |entries: &str, data: &[u8]| {
        let mut pdf = Pdf::new();
        let id = pdf.stream(entries, data);
        pdf.page(Page::new(432.0, 648.0, Content::new()).entry("Contents", id));
        pdf.finish()
    };
    put(
        "bomb-content-320-mb",
        End::Unchecked,
        content("/Filter /FlateDecode", &plain),
    );
    put(
        "bomb-content-3-gb-packed-twice",
        End::Unchecked,
        content(TWICE, &twice),
    );
    put(
        "bomb-content-3-gb-packed-thrice",
        End::Unchecked,
        content("/Filter [/FlateDecode /FlateDecode /FlateDecode]", &thrice),
    );
    // Sixteen streams of 200 MB each, of which no single one exceeds the limit.
    let mut pdf = Pdf::new();
    let id = pdf.stream(TWICE, &deflate(&zeros(192 << 20)));
    pdf.page(
        Page::new(432.0, 648.0, Content::new())
            .entry("Contents", format!("[{}]", format!("{id} ").repeat(16))),
    );
    put("bomb-content-of-many-streams", End::Any, pdf.finish());

    let image = |entries: &str, data: &[u8]| {
        let mut pdf = Pdf::new();
        let id = pdf.stream(&format!("/Type /XObject /Subtype /Image {entries}"), data);
        let mut content = Content::new();
        content.image(id, 108.0, 108.0, 216.0, 216.0);
        page_of(pdf, &content)
    };
    const GRAY: &str = "/ColorSpace /DeviceGray /BitsPerComponent 8";
    put(
        "bomb-image-320-mb",
        End::Any,
        image(
            &format!("/Width 20000 /Height 16777 {GRAY} {TWICE}"),
            &deflate(&plain),
        ),
    );
    put(
        "bomb-image-3-gb-packed-twice",
        End::Any,
        image(
            &format!("/Width 50000 /Height 60000 {GRAY} {TWICE}"),
            &twice,
        ),
    );
    put(
        "bomb-image-small-by-its-words",
        End::Any,
        image(&format!("/Width 100 /Height 100 {GRAY} {TWICE}"), &twice),
    );
    put(
        "bomb-image-large-by-its-words",
        End::Any,
        image(
            &format!("/Width 2000000000 /Height 2000000000 {GRAY}"),
            b"x",
        ),
    );
    put(
        "bomb-stencil-large-by-its-words",
        End::Any,
        image(
            "/Width 100000 /Height 100000 /ImageMask true /BitsPerComponent 1",
            b"x",
        ),
    );
    put("bomb-soft-mask", End::Any, {
        let mut pdf = Pdf::new();
        let mask = pdf.stream(
            &format!("/Type /XObject /Subtype /Image /Width 50000 /Height 60000 {GRAY} {TWICE}"),
            &twice,
        );
        let id = pdf.stream(
            &format!("/Type /XObject /Subtype /Image /Width 30 /Height 30 {GRAY} /SMask {mask}"),
            &[99; 900],
        );
        let mut content = Content::new();
        content.image(id, 108.0, 108.0, 216.0, 216.0);
        page_of(pdf, &content)
    });

    for (name, key, subtype) in [
        ("bomb-font-truetype", "FontFile2", "/TrueType"),
        ("bomb-font-cff", "FontFile3 ", "/Type1"),
        ("bomb-font-type1", "FontFile", "/Type1"),
    ] {
        let mut pdf = Pdf::new();
        let kind = if key.starts_with("FontFile3") {
            "/Subtype /Type1C"
        } else {
            ""
        };
        let file = pdf.stream(&format!("{TWICE} {kind}"), &twice);
        let font = pdf.add(format!(
            "<< /Type /Font /Subtype {subtype} /BaseFont /Bomb /FirstChar 65 /LastChar 65 /Widths [600] \
             /FontDescriptor << /Type /FontDescriptor /FontName /Bomb /Flags 32 /{key} {file} >> >>"
        ));
        let mut content = Content::new();
        content
            .resource("Font", "F", font)
            .raw("BT /F 20 Tf 108 324 Td (AAAA) Tj ET");
        put(name, End::Any, page_of(pdf, &content));
    }
    let mut pdf = Pdf::new();
    let map = pdf.stream(TWICE, &twice);
    let font = pdf.add(format!(
        "<< /Type /Font /Subtype /Type0 /BaseFont /Bomb /Encoding {map} /ToUnicode {map} /DescendantFonts [<< /Type \
         /Font /Subtype /CIDFontType2 /BaseFont /Bomb /CIDSystemInfo << >> /CIDToGIDMap {map} >>] >>"
    ));
    let mut content = Content::new();
    content
        .resource("Font", "F", font)
        .raw("BT /F 20 Tf 108 324 Td (AAAA) Tj ET");
    put("bomb-character-maps", End::Any, page_of(pdf, &content));

    let mut pdf = Pdf::new();
    let profile = pdf.stream(&format!("/N 3 {TWICE}"), &twice);
    let space = format!("[/ICCBased {profile}]");
    let id = pdf.stream(&format!("/Type /XObject /Subtype /Image /Width 30 /Height 30 /BitsPerComponent 8 /ColorSpace {space}"), &[99; 2700]);
    let mut content = Content::new();
    content
        .resource("ColorSpace", "C", &space)
        .raw("/C cs 0 0 0 scn 108 324 72 72 re f");
    content.image(id, 108.0, 108.0, 216.0, 216.0);
    put("bomb-colour-profile", End::Any, page_of(pdf, &content));
    put("bomb-object-stream", End::Any, object_stream(TWICE, &twice));
    put(
        "bomb-object-stream-320-mb",
        End::Any,
        object_stream("/Filter /FlateDecode", &plain),
    );
    let mut content = Content::new();
    content.raw("108 324 72 72 re f ".repeat(2000));
    let streams = content.bytes().to_vec();
    let mut pdf = Pdf::new();
    let id = pdf.flate("", &streams);
    pdf.page(
        Page::new(432.0, 648.0, Content::new())
            .entry("Contents", format!("[{}]", format!("{id} ").repeat(15_000))),
    );
    put("bomb-operators-90-million", End::Unchecked, pdf.finish());
    // Each picture may hold a code, and to look at one the whole page has to be drawn.
    let mut pdf = Pdf::new();
    let mut content = Content::new();
    let marks = Content::new()
        .raw("108 324 72 72 re f ".repeat(1_000_000))
        .bytes()
        .to_vec();
    let id = pdf.flate("", &marks);
    for n in 0..24 {
        let picture = pdf.flate(
            "/Type /XObject /Subtype /Image /Width 30 /Height 30 /ColorSpace /DeviceGray /BitsPerComponent 8",
            &[n; 900],
        );
        content.image(picture, 20.0 + 16.0 * f64::from(n), 20.0, 14.0, 14.0);
    }
    let pictures = pdf.stream("", content.bytes());
    pdf.page(Page::new(432.0, 648.0, content).entry("Contents", format!("[{id} {pictures}]")));
    put(
        "operators-3-million-and-24-pictures",
        End::Any,
        pdf.finish(),
    );
}

/// A file of version 1.5 whose page tree is said to lie in an object stream that is a bomb.
fn object_stream(filter: &str, data: &[u8]) -> Vec<u8> {
    let mut out = b"%PDF-1.5\n".to_vec();
    let mut at = vec![0];
    let mut object = |out: &mut Vec<u8>, number: usize, body: &[u8]| {
        at.push(out.len());
        out.extend(format!("{number} 0 obj\n").bytes());
        out.extend(body);
        out.extend(b"\nendobj\n");
    };
    object(&mut out, 1, b"<< /Type /Catalog /Pages 3 0 R >>");
    let mut body = format!(
        "<< /Type /ObjStm /N 2 /First 10 {filter} /Length {} >>\nstream\n",
        data.len()
    )
    .into_bytes();
    body.extend(data);
    body.extend(b"\nendstream");
    object(&mut out, 2, &body);
    let start = out.len();
    let mut table = Vec::new();
    for (kind, place, index) in [
        (0, 0, 255),
        (1, at[1], 0),
        (1, at[2], 0),
        (2, 2, 0),
        (2, 2, 1),
        (1, start, 0),
    ] {
        table.push(kind);
        table.extend(&(place as u32).to_be_bytes());
        table.push(index);
    }
    out.extend(
        format!(
            "5 0 obj\n<< /Type /XRef /Size 6 /W [1 4 1] /Root 1 0 R /Length {} >>\nstream\n",
            table.len()
        )
        .bytes(),
    );
    out.extend(table);
    out.extend(format!("\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n").bytes());
    out
}

/// Zeros packed by Flate without ever being held: whole pieces repeat byte for byte once the window is full.
fn zeros(length: u64) -> Vec<u8> {
    use std::io::Write as _;
    const PIECE: usize = 1 << 24;
    let pieces = length / PIECE as u64;
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    let zero = vec![0_u8; PIECE];
    let mut ends = Vec::new();
    for _ in 0..3 {
        encoder.write_all(&zero).expect("memory takes all");
        encoder.flush().expect("memory takes all");
        ends.push(encoder.get_ref().len());
    }
    let data = encoder.get_ref();
    let mut out = data[..ends[1]].to_vec();
    for _ in 2..pieces {
        out.extend_from_slice(&data[ends[1]..ends[2]]);
    }
    // An empty last block, and the checksum: of zeros it is their number, and one.
    out.extend([0x01, 0x00, 0x00, 0xff, 0xff]);
    let count = (pieces * PIECE as u64 % 65521) as u32;
    out.extend((count << 16 | 1).to_be_bytes());
    out
}
