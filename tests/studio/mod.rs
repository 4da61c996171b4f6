//! The workshop where every PDF of our own is made by code, for tests, benches and the sample books.

#![allow(
    dead_code,
    reason = "each test and bench uses its own part of the workshop"
)]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "the workshop is test code and feeds itself only known input"
)]
#![allow(
    unreachable_pub,
    reason = "a module of test binaries, where nothing is reachable from outside"
)]
#![allow(unused_imports, reason = "the names below are for whoever needs them")]

mod art;
pub mod blocks;
pub mod book;
pub mod codes;
pub mod content;
mod cover;
pub mod ean;
pub mod enlarge;
pub mod font;
mod front;
mod interior;
mod layout;
pub mod pdf;
pub mod picture;
mod prose;
pub mod rng;
pub mod truetype;
pub mod typeset;

pub use blocks::Set;
pub use book::{Book, picture_book, text_book};
pub use codes::{Drawn, Qr, Spot};
pub use content::{Content, Spacing};
pub use cover::cover;
pub use ean::{BarSize, Ean13};
pub use font::Font;
pub use hayro_font::StandardFont as Face;
pub use interior::TITLE;
pub use pdf::{Id, Page, Pdf};
pub use picture::{Picture, Tone};

/// Every file of the sample books: its path under `test_pdfs/`, its bytes.
pub fn books() -> Vec<(String, Vec<u8>)> {
    [book::novel(), book::faulty()]
        .into_iter()
        .flat_map(|book| {
            let folder = book.folder;
            let files = book.files.into_iter();
            files.map(move |(name, bytes)| (format!("{folder}/{name}"), bytes))
        })
        .collect()
}
