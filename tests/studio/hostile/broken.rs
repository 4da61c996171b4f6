//! Files whose structure is damaged.

use super::{End, Put, page, square};
use crate::studio::content::Content;
use crate::studio::pdf::{Page, Pdf};

pub fn fill(put: Put<'_>) {
    let sound = page(&square());
    let with = |old: &str, new: &str| {
        let at = sound
            .windows(old.len())
            .position(|w| w == old.as_bytes())
            .expect("it is there");
        [&sound[..at], new.as_bytes(), &sound[at + old.len()..]].concat()
    };
    let start = sound
        .windows(7)
        .position(|w| w == b"xref\n0 ")
        .expect("there is a table");
    for (name, old, new) in [
        ("length-too-long", "/Length ", "/Length 99999"),
        ("length-negative", "/Length ", "/Length -"),
        ("length-too-short", "/Length ", "/Length 0 % "),
        ("xref-garbage", "00000 n", "0x0z0 q"),
        ("xref-count-of-billions", "xref\n0 ", "xref\n0 999999999"),
        ("root-missing", "/Root", "/Roof"),
        ("catalogue-without-pages", "/Pages 2 0 R", "/Pagan 2 0 R"),
        ("stream-without-end", "endstream", "endstrean"),
    ] {
        put(name, End::Any, with(old, new));
    }
    put(
        "xref-in-a-ring",
        End::Any,
        with("trailer\n<<", &format!("trailer\n<< /Prev {start}")),
    );
    put(
        "startxref-beyond-the-end",
        End::Any,
        with(
            &format!("startxref\n{start}"),
            "startxref\n99999999999999999999",
        ),
    );
    let mut filters = Pdf::new();
    let id = filters.stream(
        &format!("/Filter [{}]", "/ASCIIHexDecode ".repeat(1000)),
        b"303020302039203920726520660a>",
    );
    filters.page(Page::new(432.0, 648.0, Content::new()).entry("Contents", id));
    put("filters-by-the-thousand", End::Any, filters.finish());
    let mut strange = Pdf::new();
    let id = strange.stream("/Filter /LunarDecode", b"0 0 9 9 re f");
    strange.page(Page::new(432.0, 648.0, Content::new()).entry("Contents", id));
    put("filter-unknown", End::Any, strange.finish());
    let mut predictor = Pdf::new();
    let parms =
        "/DecodeParms << /Predictor 12 /Columns 2000000000 /Colors 32 /BitsPerComponent 16 >>";
    let id = predictor.flate(parms, b"0 0 9 9 re f");
    predictor.page(Page::new(432.0, 648.0, Content::new()).entry("Contents", id));
    put(
        "predictor-of-billions-of-columns",
        End::Any,
        predictor.finish(),
    );
}
