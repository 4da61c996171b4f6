//! Nesting far deeper than any real file has.

use super::{End, Put, form, page, page_of, square};
use crate::studio::content::Content;
use crate::studio::pdf::{Id, Page, Pdf};

pub fn fill(put: Put<'_>) {
    const DEEP: usize = 10_000;
    for (name, open, close) in [("arrays", "[", "]"), ("dictionaries", "<< /A ", ">>")] {
        let nest = format!("{}{}{}", open.repeat(DEEP), "0 ", close.repeat(DEEP));
        let mut pdf = Pdf::new();
        let id = pdf.add(nest.clone());
        pdf.page(
            Page::new(432.0, 648.0, square())
                .entry("PieceInfo", id)
                .entry("Annots", id),
        );
        let held = pdf.finish();
        let mut content = square();
        content.raw(format!("/A {nest} DP 0 0 9 9 re f"));
        match name {
            "arrays" => {
                put("arrays-10000-deep", End::Any, held);
                put("arrays-10000-deep-in-content", End::Any, page(&content));
            }
            _ => {
                put("dictionaries-10000-deep", End::Any, held);
                put(
                    "dictionaries-10000-deep-in-content",
                    End::Any,
                    page(&content),
                );
            }
        }
    }
    let mut content = Content::new();
    content.raw("q ".repeat(200_000)).raw("108 324 72 72 re f");
    put("states-saved-200000-times", End::Any, page(&content));
    // What is changed in the six hundredth state must not last: whoever keeps fewer has to say so.
    let mut content = Content::new();
    content
        .raw("q ".repeat(6000))
        .raw("1 0 0 1 1000 0 cm")
        .raw("Q ".repeat(6000))
        .raw("2 324 72 72 re f");
    put("state-changed-6000-deep", End::Unchecked, page(&content));
    let mut content = Content::new();
    content.raw("Q ".repeat(100_000)).raw("108 324 72 72 re f");
    put("states-restored-but-never-saved", End::Any, page(&content));
    let mut content = Content::new();
    content
        .raw("/A BMC ".repeat(100_000))
        .raw("108 324 72 72 re f");
    put("marked-content-100000-deep", End::Any, page(&content));
    let mut content = Content::new();
    content
        .raw(format!(
            "0 0 432 648 re {}",
            "W n 0 0 400 600 re ".repeat(20_000)
        ))
        .raw("108 324 72 72 re f");
    put("clips-20000-deep", End::Any, page(&content));
    let mut content = Content::new();
    content.raw("(".repeat(50_000)).raw("108 324 72 72 re f");
    put("string-that-never-ends", End::Any, page(&content));
    // A chain of forms deeper than any real file's.
    let mut pdf = Pdf::new();
    let chain: Vec<Id> = (0..500).map(|_| pdf.reserve()).collect();
    for (n, id) in chain.iter().enumerate() {
        match chain.get(n + 1) {
            Some(next) => form(&mut pdf, *id, &format!("/XObject << /F {next} >>"), "/F Do"),
            None => form(&mut pdf, *id, "", "108 108 9 9 re f"),
        }
    }
    let mut content = Content::new();
    content.xobject(chain[0]);
    put("forms-500-deep", End::Unchecked, page_of(pdf, &content));
}
