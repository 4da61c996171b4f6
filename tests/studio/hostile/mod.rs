//! Files that mean harm, each with one trick: cycles, depths, bombs, absurd numbers, broken structure.

#![allow(
    dead_code,
    missing_docs,
    clippy::cast_possible_truncation,
    clippy::expect_used,
    clippy::indexing_slicing,
    unreachable_pub,
    reason = "test code"
)]

mod bombs;
mod broken;
mod cycles;
mod depths;
mod numbers;
mod plates;
mod sizes;
mod trees;

use crate::made::lock::locked;
use crate::studio::content::Content;
use crate::studio::pdf::{Id, Page, Pdf};
use crate::studio::rng::Rng;

/// What may come of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It cannot be read, or not wholly: exit 3.
    Unchecked,
    /// Any verdict will do, as long as there is one: exit 0, 1 or 3.
    Any,
}

/// A hostile file.
pub struct Hostile {
    /// Its name without `.pdf`.
    pub name: &'static str,
    pub bytes: Vec<u8>,
    pub end: End,
}

/// All of them.
pub fn all() -> Vec<Hostile> {
    let mut out = Vec::new();
    let mut put = |name, end, bytes| out.push(Hostile { name, bytes, end });
    no_files(&mut put);
    trees::fill(&mut put);
    cycles::fill(&mut put);
    depths::fill(&mut put);
    bombs::fill(&mut put);
    numbers::fill(&mut put);
    broken::fill(&mut put);
    plates::fill(&mut put);
    sizes::fill(&mut put);
    out
}

pub type Put<'a> = &'a mut dyn FnMut(&'static str, End, Vec<u8>);

/// One page with this content.
pub fn page(content: &Content) -> Vec<u8> {
    // Packed where it would only fill the repository.
    let long = content.bytes().len() > 20_000;
    let pdf = if long { Pdf::compressed() } else { Pdf::new() };
    page_of(pdf, content)
}

/// The page with a small picture besides: since it may hold a code, the page is rasterised as well.
pub fn page_of(mut pdf: Pdf, content: &Content) -> Vec<u8> {
    let picture = pdf.flate(
        "/Type /XObject /Subtype /Image /Width 30 /Height 30 /ColorSpace /DeviceGray /BitsPerComponent 8",
        &[99; 900],
    );
    let mut content = content.clone();
    let mut after = Content::new();
    after.image(picture, 300.0, 500.0, 36.0, 36.0);
    content.append(&after);
    pdf.page(Page::new(432.0, 648.0, content));
    pdf.finish()
}

pub fn square() -> Content {
    let mut content = Content::new();
    content.fill_rect(108.0, 324.0, 72.0, 72.0);
    content
}

/// A form that names forms in its resources, its own stream given.
pub fn form(pdf: &mut Pdf, id: Id, resources: &str, stream: &str) {
    pdf.set(
        id,
        format!(
            "<< /Type /XObject /Subtype /Form /BBox [0 0 432 648] /Resources << {resources} >> /Length {} >>\n\
             stream\n{stream}\nendstream",
            stream.len()
        ),
    );
}

fn no_files(put: Put<'_>) {
    put("empty", End::Unchecked, Vec::new());
    put("text", End::Unchecked, b"Chapter one\n".to_vec());
    put("header-alone", End::Unchecked, b"%PDF-1.7\n".to_vec());
    put(
        "html",
        End::Unchecked,
        b"<!doctype html><title>404</title>\n".to_vec(),
    );
    put("header-and-noise", End::Unchecked, noise(4000));
    put("password", End::Unchecked, locked("keeper"));
    put("locked-but-open", End::Any, locked(""));
}

fn noise(length: usize) -> Vec<u8> {
    let mut rng = Rng::new(13);
    let mut out = b"%PDF-1.4\n".to_vec();
    out.extend((0..length).map(|_| rng.below(256) as u8));
    out
}
