//! Numbers no page can have.

use super::{End, Put, page, page_of, square};
use crate::studio::content::Content;
use crate::studio::pdf::{Page, Pdf, number};

pub fn fill(put: Put<'_>) {
    for (name, media) in [
        ("media-box-huge", "[0 0 1e9 1e9]"),
        (
            "media-box-of-38-digits",
            "[0 0 100000000000000000000000000000000000000 99999999999999999999999999999999999999]",
        ),
        ("media-box-tiny", "[0 0 0.0001 0.0001]"),
        ("media-box-empty", "[0 0 0 0]"),
        ("media-box-not-numbers", "[nan inf -inf (x)]"),
        ("media-box-negative", "[-432 -648 0 0]"),
        ("media-box-inverted", "[432 648 0 0]"),
        ("media-box-of-two", "[432 648]"),
        (
            "media-box-far-away",
            "[900000000 900000000 900000432 900000648]",
        ),
        ("media-box-missing", ""),
    ] {
        let mut pdf = Pdf::new();
        pdf.page(Page::new(432.0, 648.0, square()).entry("MediaBox", media));
        put(name, End::Any, pdf.finish());
    }
    for (name, key, value) in [
        ("user-unit-of-a-billion", "UserUnit", "1000000000"),
        ("user-unit-negative", "UserUnit", "-3"),
        ("user-unit-nothing", "UserUnit", "0"),
        ("crop-box-elsewhere", "CropBox", "[900 900 999 999]"),
        ("trim-box-huge", "TrimBox", "[-1e30 -1e30 1e30 1e30]"),
        ("rotate-by-7", "Rotate", "7"),
        ("rotate-by-billions", "Rotate", "-2147483648"),
        ("contents-missing", "Contents", ""),
        ("contents-a-number", "Contents", "42"),
        ("resources-missing", "Resources", ""),
        ("resources-a-number", "Resources", "42"),
    ] {
        let mut pdf = Pdf::new();
        pdf.page(Page::new(432.0, 648.0, square()).entry(key, value));
        put(name, End::Any, pdf.finish());
    }
    for (name, ops) in [
        (
            "matrix-of-infinities",
            "1e38 0 0 1e38 0 0 cm 1e38 0 0 1e38 0 0 cm 1e38 0 0 1e38 1e38 1e38 cm 0 0 9 9 re f",
        ),
        (
            "matrix-of-nothing",
            "0 0 0 0 0 0 cm 0 0 9 9 re f 0 0 9 9 re S",
        ),
        ("line-as-wide-as-the-world", "1e30 w 0 0 m 99 99 l S"),
        ("line-of-negative-width", "-5 w 0 0 m 99 99 l S"),
        ("dashes-of-nothing", "[0 0 0] 0 d 5 w 0 0 m 400 400 l S"),
        ("dashes-countless", "[0.0000001] 0 d 5 w 0 0 m 400 400 l S"),
        (
            "curve-to-nowhere",
            "1e300 1e300 m 1 1 2 2 -1e300 5 c 5 5 5 5 5 5 c S",
        ),
        (
            "operators-without-operands",
            "re f m l c S Tf Tj TJ cm gs Do sh scn k rg g d w BI ID EI",
        ),
        (
            "operands-without-operators",
            "1 2 3 (x) /N [1 2] << /A 1 >> true null",
        ),
    ] {
        let mut content = square();
        content.raw(ops);
        put(name, End::Any, page(&content));
    }
    let mut pdf = Pdf::new();
    let font = crate::made::face::blocks(&mut pdf);
    let mut content = Content::new();
    content.resource("Font", "F", font.id());
    content.raw("BT /F 1e30 Tf (AAAA) Tj /F -5 Tf 99 99 Td (AAAA) Tj 1e9 Tc -1e9 Tw 0 Tz (A A) Tj 1e38 Ts (A) Tj ET");
    put("text-of-absurd-sizes", End::Any, page_of(pdf, &content));
    let mut content = Content::new();
    for n in 0..30_000 {
        let (x, y) = (f64::from(n % 200) * 2.1, f64::from(n / 200) * 4.2);
        content.raw(format!("{} {} 1 1 re f", number(x), number(y)));
    }
    put("squares-like-one-huge-code", End::Any, page(&content));
}
