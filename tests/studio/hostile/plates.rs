//! Pages that want their ink weighed and would take for ever, or all memory there is.

use super::{End, Put, form, page_of};
use crate::studio::content::Content;
use crate::studio::pdf::{Id, Page, Pdf};

/// All inks over the whole page: reason enough to make plates.
const FLOOD: &str = "1 1 1 1 k 0 0 432 648 re f";

pub fn fill(put: Put<'_>) {
    put("plates-groups-27-deep", End::Any, groups());
    let mut content = Content::new();
    content.raw(format!("{FLOOD} ").repeat(5000));
    put(
        "plates-flooded-5000-times",
        End::Unchecked,
        page_of(Pdf::compressed(), &content),
    );
    put("plates-3000-soft-masks", End::Unchecked, masks());
    put("plates-pattern-of-a-million-cells", End::Unchecked, cells());
    put("plates-500-named-inks", End::Unchecked, inks());
    put("plates-sheet-of-14400-points", End::Any, sheet());
    put("plates-20000-shadings", End::Unchecked, shadings());
}

fn groups() -> Vec<u8> {
    let mut pdf = Pdf::new();
    let chain: Vec<Id> = (0..27).map(|_| pdf.reserve()).collect();
    for (n, id) in chain.iter().enumerate() {
        let group = "/Group << /S /Transparency /I true >>";
        match chain.get(n + 1) {
            Some(next) => form(
                &mut pdf,
                *id,
                &format!("/XObject << /F {next} >> >> {group} /X <<"),
                "/F Do",
            ),
            None => form(&mut pdf, *id, &format!(">> {group} /X <<"), FLOOD),
        }
    }
    let mut content = Content::new();
    content.xobject(chain[0]);
    page_of(pdf, &content)
}

fn masks() -> Vec<u8> {
    let mut pdf = Pdf::compressed();
    let mut inner = Content::new();
    inner.raw("0.5 g 0 0 432 648 re f");
    let mask = pdf.form_with(
        "/Group << /S /Transparency /CS /DeviceGray >>",
        [0.0, 0.0, 432.0, 648.0],
        [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
        &inner,
    );
    let mut content = Content::new();
    content.resource(
        "ExtGState",
        "M",
        format!("<< /SMask << /Type /Mask /S /Luminosity /G {mask} >> >>"),
    );
    content.raw(format!("/M gs {FLOOD} ").repeat(3000));
    page_of(pdf, &content)
}

fn cells() -> Vec<u8> {
    let mut pdf = Pdf::new();
    let cell = pdf.stream(
        "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 0.4 0.4] /XStep 0.4 /YStep 0.4 /Resources << >>",
        b"1 1 1 1 k 0 0 0.2 0.2 re f",
    );
    let mut content = Content::new();
    content.resource("Pattern", "P", cell);
    content.raw("/Pattern cs /P scn 0 0 432 648 re f");
    page_of(pdf, &content)
}

fn inks() -> Vec<u8> {
    let pdf = Pdf::compressed();
    let mut content = Content::new();
    content.raw(FLOOD);
    for n in 0..500 {
        let space = format!(
            "[/Separation /Ink{n} /DeviceCMYK << /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [0 1 0 0] /N 1 >>]"
        );
        content.resource("ColorSpace", &format!("I{n}"), space);
        content.raw(format!("/I{n} cs 1 scn 0 0 432 648 re f"));
    }
    page_of(pdf, &content)
}

fn sheet() -> Vec<u8> {
    let mut pdf = Pdf::new();
    let mut content = Content::new();
    content.raw("1 1 1 1 k 0 0 14400 14400 re f");
    pdf.page(Page::new(14400.0, 14400.0, content));
    pdf.finish()
}

fn shadings() -> Vec<u8> {
    let pdf = Pdf::compressed();
    let mut content = Content::new();
    content.resource(
        "Shading",
        "S",
        "<< /ShadingType 2 /ColorSpace /DeviceCMYK /Coords [0 0 432 0] /Function << /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [1 1 1 1] /N 1 >> >>",
    );
    content.raw("/S sh ".repeat(20_000));
    page_of(pdf, &content)
}
