//! Small files whose words ask for more memory or depth than a machine has, one for each kind of thing that a file may size.

use super::{End, Put, page_of};
use crate::studio::content::Content;
use crate::studio::pdf::{Page, Pdf};

pub fn fill(put: Put<'_>) {
    pictures(put);
    meshes(put);
    fonts(put);
    catalogue(put);
    let mut content = Content::new();
    content.raw("BI /W 1 /H 1 /BPC 8 /CS /G ID x EI\n".repeat(3000));
    content.raw("BI /W 1 /H 1 /BPC 8 /CS /G ID \n");
    content.raw("EI x ".repeat(3000));
    let pdf = Pdf::compressed();
    put(
        "inline-pictures-without-an-end",
        End::Any,
        page_of(pdf, &content),
    );
}

/// A page that shows one picture.
fn picture(entries: &str, data: &[u8]) -> Vec<u8> {
    let mut pdf = Pdf::new();
    let id = pdf.stream(&format!("/Type /XObject /Subtype /Image {entries}"), data);
    let mut content = Content::new();
    content.image(id, 108.0, 108.0, 216.0, 216.0);
    page_of(pdf, &content)
}

fn pictures(put: Put<'_>) {
    const STENCIL: &str = "/Width 8 /Height 8 /ImageMask true";
    let fax =
        "/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 2147483640 /Rows 2147483640 >>";
    put(
        "fax-of-two-thousand-million-columns",
        End::Any,
        picture(&format!("{STENCIL} {fax}"), b"\x00\x10\x01"),
    );
    // A page and a generic region, both as wide and high as a number can say.
    let mut jbig2 = vec![0, 0, 0, 0, 48, 0, 1, 0, 0, 0, 19];
    jbig2.extend([0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff]);
    jbig2.extend([0; 11]);
    jbig2.extend([0, 0, 0, 1, 38, 0, 1, 0, 0, 0, 26]);
    jbig2.extend([0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff]);
    jbig2.extend([0; 18]);
    put(
        "jbig2-region-as-wide-as-numbers-go",
        End::Any,
        picture(&format!("{STENCIL} /Filter /JBIG2Decode"), &jbig2),
    );
    // A JPEG 2000 code stream: size, coding style, quantisation, one empty tile.
    let mut jpx = vec![0xff, 0x4f, 0xff, 0x51, 0, 41, 0, 0];
    for number in [0x7fff_ffffu32, 0x7fff_ffff, 0, 0, 1, 1, 0, 0] {
        jpx.extend(number.to_be_bytes());
    }
    jpx.extend([0, 1, 7, 1, 1]);
    jpx.extend([0xff, 0x52, 0, 12, 0, 0, 0, 1, 0, 5, 4, 4, 0, 1]);
    jpx.extend([0xff, 0x5c, 0, 5, 0x40, 8, 8]);
    jpx.extend([
        0xff, 0x90, 0, 10, 0, 0, 0, 0, 0, 0, 0, 1, 0xff, 0x93, 0xff, 0xd9,
    ]);
    put(
        "jpx-of-countless-tiles",
        End::Any,
        picture("/Width 8 /Height 8 /Filter /JPXDecode", &jpx),
    );
    let profile = [
        &[0u8; 128][..],
        &u32::MAX.to_be_bytes(),
        b"A2B0",
        &[0xff; 64],
    ]
    .concat();
    let mut pdf = Pdf::new();
    let profile = pdf.stream("/N 4", &profile);
    let mut content = Content::new();
    content
        .resource("ColorSpace", "C", format!("[/ICCBased {profile}]"))
        .raw("/C cs 0 0 0 1 scn 108 324 72 72 re f\n");
    put(
        "profile-of-countless-tags",
        End::Any,
        page_of(pdf, &content),
    );
}

fn meshes(put: Put<'_>) {
    for (name, kind) in [
        (
            "mesh-of-countless-vertices-a-row",
            "/ShadingType 5 /VerticesPerRow 2147483647",
        ),
        ("mesh-of-countless-patches", "/ShadingType 7 /BitsPerFlag 8"),
    ] {
        let mut pdf = Pdf::new();
        let shading = pdf.flate(
            &format!(
                "{kind} /ColorSpace /DeviceRGB /BitsPerCoordinate 8 /BitsPerComponent 8 /Decode [0 400 0 600 0 1 0 1 0 1]"
            ),
            &vec![0; 4 << 20],
        );
        let mut content = Content::new();
        content.resource("Shading", "S", shading).raw("/S sh\n");
        put(name, End::Any, page_of(pdf, &content));
    }
    let mut pdf = Pdf::new();
    let program = format!("{}{}", "{ ".repeat(10_000), "} ".repeat(10_000));
    let function = pdf.flate(
        "/FunctionType 4 /Domain [0 1] /Range [0 1]",
        program.as_bytes(),
    );
    let mut content = Content::new();
    content
        .resource(
            "ColorSpace",
            "C",
            format!("[/Separation /Gold /DeviceGray {function}]"),
        )
        .raw("/C cs 1 scn 108 324 72 72 re f\n");
    put("calculator-10000-deep", End::Any, page_of(pdf, &content));
}

fn fonts(put: Put<'_>) {
    let composite = |map: &str, text: &str, entries: &str| {
        let mut pdf = Pdf::new();
        let map = pdf.flate("/Type /CMap /CMapName /Odd", map.as_bytes());
        let entries = entries.replace("MAP", &map.to_string());
        let font = pdf.add(format!(
            "<< /Type /Font /Subtype /Type0 /BaseFont /Odd {entries} /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 \
             /BaseFont /Odd /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>] >>"
        ));
        let mut content = Content::new();
        content
            .resource("Font", "F", font)
            .raw(format!("BT /F 9 Tf 108 300 Td {text} Tj ET\n"));
        page_of(pdf, &content)
    };
    let ranges = |kind: &str, to: &str| {
        let all = format!("1 begin{kind}\n<00000000> <ffffffff> {to}\nend{kind}\n").repeat(2000);
        format!(
            "begincmap 1 begincodespacerange <00000000> <ffffffff> endcodespacerange {all} endcmap"
        )
    };
    put(
        "character-map-of-all-codes",
        End::Any,
        composite(&ranges("cidrange", "0"), "<00000041>", "/Encoding MAP"),
    );
    put(
        "unicode-map-of-all-codes",
        End::Any,
        composite(
            &ranges("bfrange", "<0041>"),
            "<0041>",
            "/Encoding /Identity-H /ToUnicode MAP",
        ),
    );
    let mut pdf = Pdf::compressed();
    let font = pdf.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
    let mut content = Content::new();
    let letters = "a".repeat(3_000_000);
    content
        .resource("Font", "F", font)
        .raw(format!("BT /F 9 Tf 108 300 Td ({letters}) Tj ET\n"));
    put(
        "letters-three-million-at-once",
        End::Any,
        page_of(pdf, &content),
    );
}

/// Trees and chains of the catalogue that lead back to themselves.
fn catalogue(put: Put<'_>) {
    for (name, key, body) in [
        (
            "names-of-themselves",
            "Names",
            "<< /EmbeddedFiles ID /JavaScript ID /Kids [ID ID] >>",
        ),
        (
            "actions-in-a-ring",
            "OpenAction",
            "<< /S /URI /URI (http://example.org) /Next [ID ID] >>",
        ),
        (
            "fields-of-themselves",
            "AcroForm",
            "<< /Fields [ID ID] /Kids [ID ID] /T (field) /FT /Tx >>",
        ),
        (
            "outlines-of-themselves",
            "Outlines",
            "<< /First ID /Last ID /Next ID /Title (chapter) >>",
        ),
    ] {
        let mut pdf = Pdf::new();
        let id = pdf.reserve();
        pdf.set(id, body.replace("ID", &id.to_string()));
        pdf.catalog(key, id);
        pdf.page(Page::new(432.0, 648.0, Content::new()));
        put(name, End::Any, pdf.finish());
    }
}
