//! What a single file is taken for, when its codes are asked for.

use std::sync::Arc;

use super::possible;
use crate::model::error::Error;
use crate::model::facts::{Book, Document};
use crate::model::geometry::Size;
use crate::model::job::Job;
use crate::pipeline;
use crate::profile::Profile;
use crate::report::Setting;
use crate::resolve::{self, ResolvedJob};

/// What a file is taken for.
pub enum Taken<'k> {
    /// Cards, posters, anything; the finished size where it was told.
    Sheets(Option<Size>),
    /// The pages of a book.
    Interior(Box<ResolvedJob<'k>>),
    /// A cover laid out.
    Cover(Box<ResolvedJob<'k>>),
}

/// Files of more pages than a folded card are books, if their pages are no smaller than a book's: no platform known
/// has a trim below 4 x 6 in.
const MOST_SHEETS: usize = 4;
const LEAST: Size = Size::new(4.0 * 72.0, 6.0 * 72.0);

impl<'k> Taken<'k> {
    /// By its pages, and by the job as far as it is told.
    pub fn of(document: &Arc<Document>, job: &Job, known: &'k [Profile]) -> Result<Self, Error> {
        let told = job.trim.map(|t| t.size);
        let one_page = document.pages.len() == 1;
        if document.unreadable.is_some() || (one_page && job.pages.is_none()) {
            return Ok(Self::Sheets(told));
        }
        let resolved = |book: &Book, product: &'k Profile| {
            let concluded = resolve::conclude_book(job, book, [product], known);
            Box::new(ResolvedJob::new(product, job, book, &concluded))
        };
        if one_page {
            if told.is_none() {
                return Err(wrong(
                    "tell the finished size of the book with --trim, as in --trim 6x9",
                ));
            }
            let products = pipeline::products(job, known)?;
            let [product] = products.as_slice() else {
                return Err(wrong(
                    "folds are elsewhere at each printer: name one product, as in --for kdp",
                ));
            };
            let book = Book {
                interior: None,
                cover: Some(Arc::clone(document)),
            };
            let resolved = resolved(&book, product);
            possible(&resolved)?;
            return Ok(Self::Cover(resolved));
        }
        let size = told
            .or_else(|| resolve::typical(document).map(|p| p.size))
            .unwrap_or_default();
        let is_book = document.pages.len() > MOST_SHEETS
            && size.width >= LEAST.width
            && size.height >= LEAST.height;
        let products = pipeline::products(job, known)?;
        let Some(product) = products.first().filter(|_| is_book) else {
            return Ok(Self::Sheets(told));
        };
        let book = Book {
            interior: Some(Arc::clone(document)),
            cover: None,
        };
        Ok(Self::Interior(resolved(&book, product)))
    }

    /// What the places of its codes are measured from.
    pub fn setting(&self) -> Setting<'_> {
        match self {
            Self::Sheets(told) => Setting::Sheets(*told),
            Self::Interior(resolved) => Setting::Interior(resolved),
            Self::Cover(resolved) => Setting::Cover(resolved),
        }
    }
}

fn wrong(why: &str) -> Error {
    Error::Job(why.to_owned())
}
