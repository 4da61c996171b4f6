//! The whole flow: bind the plans, measure the files, resolve the job, run the rules.

mod measured;
mod options;
mod products;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::check::{Check, Plan};
use crate::measure::{Listener, Wanted};
use crate::model::error::Error;
use crate::model::facts::{Book, Document};
use crate::model::job::Job;
use crate::model::visible::visible;
use crate::profile::Profile;
use crate::resolve::{self, Conclusion, ProductFiles, ResolvedJob};
use crate::rules::Need;

pub use measured::Measured;
pub use options::Options;
pub use products::{canonical, products, verify_editions};

/// Called with progress: the file, pages done, pages in all.
pub type Progress<'a> = &'a (dyn Fn(&Path, usize, usize) + Sync);

/// One product's answer.
pub struct Judged<'a> {
    /// The job as resolved for this product.
    pub resolved: ResolvedJob<'a>,
    /// The book it was judged by.
    pub book: Book,
    /// Every rule's answer, in the catalogue's order.
    pub checks: Vec<Check>,
}

/// Everything known after a run.
pub struct Run<'a> {
    /// The job as stated, with a role for each of its files.
    pub job: Job,
    /// What was concluded of the book, the same for every product.
    pub concluded: Conclusion,
    /// One answer for each product, in the job's order.
    pub judged: Vec<Judged<'a>>,
}

/// Resolves a job without files for every product it asks for: stock, spine and cover.
pub fn resolve_jobs<'a>(job: &Job, known: &'a [Profile]) -> Result<Vec<ResolvedJob<'a>>, Error> {
    let book = Book::default();
    let products = products(job, known)?;
    if let Some(standard) = products.iter().find(|p| p.standard) {
        return Err(Error::Job(format!(
            "{} is a standard, which has neither spine nor cover; name a printer with --for",
            standard.title
        )));
    }
    let concluded = resolve::conclude_book(job, &book, products.iter().copied(), known);
    Ok(products
        .into_iter()
        .map(|p| ResolvedJob::new(p, job, &book, &concluded))
        .collect())
}

/// Checks a book. `loose` are files whose role is to be found out from their pages.
///
/// Plans are bound first, so that a wrong profile or flag costs no waiting.
pub fn check<'a>(
    mut job: Job,
    loose: &[PathBuf],
    known: &'a [Profile],
    options: &Options,
    progress: Progress<'_>,
) -> Result<Run<'a>, Error> {
    options.selection.verify()?;
    let products = products(&job, known)?;
    let plans = products
        .iter()
        .map(|p| Plan::new(p, &options.selection))
        .collect::<Result<Vec<_>, _>>()?;
    verify_editions(&job, known)?;
    let wanted = Wanted {
        codes: plans.iter().any(|p| p.needs(Need::Codes)),
        weigh_above: plans.iter().filter_map(Plan::weighs).reduce(f64::min),
        relief: plans.iter().any(|p| p.needs(Need::Relief)),
        leftovers: plans.iter().any(|p| p.needs(Need::Leftovers)),
        detail: plans.iter().any(|p| p.needs(Need::Detail)),
        exchange: plans.iter().any(|p| p.needs(Need::Exchange)),
        overlaps: plans.iter().any(|p| p.needs(Need::Overlaps)),
        press: None,
    };
    let mut measurer = FileMeasurer {
        measured: HashMap::new(),
        options,
        wanted,
        progress,
    };
    assign_roles(&mut job, loose, &mut measurer)?;
    let interior = job
        .interior
        .as_ref()
        .map(|p| measurer.measure(p))
        .transpose()?;
    let mut books = Vec::new();
    for product in &products {
        let cover = job.edition(&product.id, &product.platform).cover;
        books.push(Book {
            interior: interior.clone(),
            cover: cover.map(|p| measurer.measure(&p)).transpose()?,
        });
    }
    if books
        .iter()
        .all(|b| b.interior.is_none() && b.cover.is_none())
    {
        return Err(Error::Job(
            "there is nothing to check: give an interior, a cover or a book.toml".to_owned(),
        ));
    }
    // One conclusion for all: it is the same book.
    let asked: Vec<ProductFiles<'_>> = plans
        .iter()
        .zip(&books)
        .map(|(plan, book)| ProductFiles {
            profile: plan.profile,
            book,
        })
        .collect();
    let concluded = resolve::conclude(&job, &asked, known);
    let resolved_jobs: Vec<ResolvedJob<'_>> = asked
        .iter()
        .zip(&plans)
        .map(|(one, plan)| ResolvedJob::new(plan.profile, &job, one.book, &concluded))
        .collect();
    let judged = plans
        .iter()
        .zip(books)
        .zip(&resolved_jobs)
        .map(|((plan, book), resolved)| Judged {
            checks: plan.run(resolved, &book, known, &resolved_jobs),
            resolved: resolved.clone(),
            book,
        })
        .collect();
    Ok(Run {
        job,
        concluded,
        judged,
    })
}

/// Measures every file once.
struct FileMeasurer<'o> {
    measured: HashMap<PathBuf, Arc<Document>>,
    options: &'o Options,
    wanted: Wanted,
    progress: Progress<'o>,
}

impl FileMeasurer<'_> {
    fn measure(&mut self, path: &Path) -> Result<Arc<Document>, Error> {
        if let Some(document) = self.measured.get(path) {
            return Ok(Arc::clone(document));
        }
        let kept = self.options.measured.as_deref();
        if let Some(document) = kept.and_then(|kept| kept.get(path, &self.wanted)) {
            self.measured.insert(path.to_owned(), Arc::clone(&document));
            return Ok(document);
        }
        let report_progress = |done: usize, all: usize| (self.progress)(path, done, all);
        let listener = Listener {
            progress: &report_progress,
            cancelled: &|| self.options.is_cancelled(),
        };
        let document = Arc::new(self.options.measure(path, self.wanted.clone(), listener)?);
        self.measured.insert(path.to_owned(), Arc::clone(&document));
        if let Some(kept) = kept {
            kept.keep(path, &self.wanted, &document);
        }
        Ok(document)
    }
}

/// Gives each loose file its role: a cover is one page, an interior has many.
fn assign_roles(
    job: &mut Job,
    loose: &[PathBuf],
    measurer: &mut FileMeasurer<'_>,
) -> Result<(), Error> {
    match loose {
        [] => {}
        [one] => {
            if measurer.measure(one)?.looks_like_cover() && job.cover.is_none() {
                job.cover = Some(one.clone());
            } else {
                job.interior = Some(one.clone());
            }
        }
        [a, b] => {
            let (first, second) = (measurer.measure(a)?, measurer.measure(b)?);
            let alike = alike(a, &first, b, &second);
            if let Some(why) = alike.filter(|_| !measurer.options.takes_unlikely_roles) {
                return Err(Error::Job(why));
            }
            let swapped = match (first.unreadable.is_none(), second.unreadable.is_none()) {
                (true, true) => match (first.pages.len(), second.pages.len()) {
                    (1, 1) => width(&first) > width(&second),
                    (1, _) => true,
                    (_, 1) => false,
                    (n, m) => m > n,
                },
                (true, false) => first.looks_like_cover(),
                (false, true) => second.pages.len() > 1,
                (false, false) => false,
            };
            let (interior, cover) = if swapped { (b, a) } else { (a, b) };
            job.interior = Some(interior.clone());
            job.cover = Some(cover.clone());
        }
        more => {
            return Err(Error::Job(format!(
                "{} files were given; a book is an interior and a cover. Of several covers each is for one printer: give the \
                 interior with one of them at a time. For several books, run once for each",
                more.len()
            )));
        }
    }
    Ok(())
}

/// Why two files are no interior and cover, where both are the same.
fn alike(a: &Path, first: &Document, b: &Path, second: &Document) -> Option<String> {
    /// A cover may come with its inside, or as single panels; no cover has more pages.
    const MOST: usize = 8;
    let [a, b] = [a, b].map(|path| visible(&path.display().to_string()).into_owned());
    let [n, m] = [first, second].map(|file| file.pages.len());
    if n > MOST && m > MOST {
        return Some(format!(
            "{a} has {n} pages and {b} has {m}: these are two interiors, for a cover is one page. Give the files of one book"
        ));
    }
    (first.looks_like_cover() && second.looks_like_cover()).then(|| {
        format!("{a} and {b} are one wide page each: these are two covers. Give an interior, and one of them")
    })
}

fn width(document: &Document) -> f64 {
    document.pages.first().map_or(0.0, |p| p.size.width)
}
