//! The whole flow: bind the plans, measure the files, resolve the job, run the rules.

mod measured;
mod options;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::check::{Check, Plan};
use crate::measure::{Listener, Wanted};
use crate::model::error::Error;
use crate::model::facts::{Book, Document};
use crate::model::job::{Job, WantedBinding};
use crate::model::visible::visible;
use crate::profile::Profile;
use crate::resolve::{self, Conclusion, ProductFiles, ResolvedJob};
use crate::rules::Need;

pub use measured::Measured;
pub use options::Options;

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

/// The products that a job names, among those known; all of its binding where it names none.
pub fn products<'a>(job: &Job, known: &'a [Profile]) -> Result<Vec<&'a Profile>, Error> {
    let binding = job.binding.unwrap_or(WantedBinding::Paperback);
    let mut chosen: Vec<&Profile> = Vec::new();
    let mut take = |profile: &'a Profile| {
        if !chosen.iter().any(|p| p.id == profile.id) {
            chosen.push(profile);
        }
    };
    if job.platforms.is_empty() {
        // Guests take part only if the job names them.
        for platform in platforms(known.iter().filter(|p| !p.guest)) {
            if let Some(profile) = one_of(platform, binding, known)? {
                take(profile);
            }
        }
        // A cover for one printer asks that printer.
        let covers = job.editions.iter().filter(|(_, own)| own.cover.is_some());
        for (name, _) in covers {
            let exact = known.iter().find(|p| p.id == *name);
            let found = match exact.filter(|p| p.is_for(binding)) {
                Some(exact) => Some(exact),
                None => one_of(name, binding, known)?,
            };
            found.into_iter().for_each(&mut take);
        }
    }
    for asked in &job.platforms {
        let is_known = known.iter().any(|p| p.id == *asked || p.platform == *asked);
        let asked = &if is_known {
            asked.clone()
        } else {
            canonical(asked)
        };
        let found = match known.iter().find(|p| p.id == *asked) {
            // A product's own binding is as good as said, unless another was.
            Some(exact) if job.binding.is_some_and(|b| !exact.is_for(b)) => {
                return Err(Error::Job(format!(
                    "\"{asked}\" is a {} book; the job says {}",
                    exact.binding.word(),
                    binding.word()
                )));
            }
            Some(exact) => Some(exact),
            None => one_of(asked, binding, known)?,
        };
        take(found.ok_or_else(|| Error::Job(unknown(asked, binding, known)))?);
    }
    if chosen.is_empty() {
        return Err(Error::Job(format!(
            "no platform known makes {} books",
            binding.word()
        )));
    }
    Ok(chosen)
}

/// Whether every platform or product that the job tells something of its own is known.
pub fn verify_editions(job: &Job, known: &[Profile]) -> Result<(), Error> {
    let is_known = |name: &String| known.iter().any(|p| p.platform == *name || p.id == *name);
    let binding = job.binding.unwrap_or(WantedBinding::Paperback);
    match job.editions.keys().find(|name| !is_known(name)) {
        Some(name) => Err(Error::Job(unknown(name, binding, known))),
        None => Ok(()),
    }
}

/// A platform or product by its own name, whatever people call it.
pub fn canonical(asked: &str) -> String {
    let mut lower = asked.trim().to_lowercase().replace([' ', '_'], "-");
    // As the standard itself writes it: PDF/X-1a:2001.
    if let Some(level) = lower.strip_prefix("pdf/x-") {
        lower = format!("pdfx/{}", level.replace(':', "-"));
    }
    let (platform, binding) = match lower.split_once('/') {
        Some((platform, binding)) => (platform, Some(binding)),
        None => (lower.as_str(), None),
    };
    let platform = match platform {
        "amazon" | "amazon-kdp" | "kdp-print" | "createspace" => "kdp",
        "ingram" | "ingram-spark" | "is" => "ingramspark",
        "lsi" | "ls" | "lightningsource" | "lightning" => "lightning-source",
        "b&n" | "bn" | "barnes" | "barnes-and-noble" | "barnes-&-noble" | "bn-press" => {
            "barnes-noble"
        }
        "dtrpg" | "drivethru" => "drivethrurpg",
        other => other,
    };
    match binding {
        Some(binding) => format!("{platform}/{binding}"),
        None => platform.to_owned(),
    }
}

/// The platforms of products, each once, in order.
fn platforms<'p>(products: impl Iterator<Item = &'p Profile>) -> Vec<&'p str> {
    let mut names: Vec<&str> = Vec::new();
    for product in products {
        if !names.contains(&product.platform.as_str()) {
            names.push(&product.platform);
        }
    }
    names
}

/// The one product of a platform that is bound as wanted.
fn one_of<'a>(
    platform: &str,
    binding: WantedBinding,
    known: &'a [Profile],
) -> Result<Option<&'a Profile>, Error> {
    let mut fitting = known
        .iter()
        .filter(|p| p.platform == platform && p.is_for(binding));
    let first = fitting.next();
    match (first, fitting.next()) {
        (Some(a), Some(_)) if a.standard => {
            let all = known.iter().filter(|p| p.platform == platform);
            let all: Vec<&str> = all.map(|p| p.id.as_str()).collect();
            Err(Error::Job(format!(
                "{platform} is several standards: say which of {}",
                all.join(", ")
            )))
        }
        (Some(a), Some(b)) if a.binding != b.binding => Err(Error::Job(format!(
            "{platform} makes several kinds of {} books: say --binding {} or {}",
            binding.word(),
            a.binding.word(),
            b.binding.word()
        ))),
        (first, _) => Ok(first),
    }
}

fn unknown(asked: &str, binding: WantedBinding, known: &[Profile]) -> String {
    let of_platform = known.iter().filter(|p| p.platform == asked);
    let bindings: Vec<&str> = of_platform.map(|p| p.binding.word()).collect();
    if !bindings.is_empty() {
        return format!(
            "no figures are known for {} books of \"{asked}\", only for {} ones; leave it out of --for, or tell another --binding",
            binding.word(),
            bindings.join(" and ")
        );
    }
    let known_ones = platforms(known.iter()).join(", ");
    if ["all", "any", "every", "everything", "*"].contains(&asked) {
        let usual = platforms(known.iter().filter(|p| !p.guest)).join(", ");
        return format!(
            "there is no platform \"{asked}\"; without --for all of {usual} are asked, others by name; known are {known_ones}"
        );
    }
    format!("there is no platform or product \"{asked}\"; known are {known_ones}")
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
        if let Some(document) = kept.and_then(|kept| kept.get(path, self.wanted)) {
            self.measured.insert(path.to_owned(), Arc::clone(&document));
            return Ok(document);
        }
        let report_progress = |done: usize, all: usize| (self.progress)(path, done, all);
        let listener = Listener {
            progress: &report_progress,
            cancelled: &|| self.options.is_cancelled(),
        };
        let document = Arc::new(self.options.measure(path, self.wanted, listener)?);
        self.measured.insert(path.to_owned(), Arc::clone(&document));
        if let Some(kept) = kept {
            kept.keep(path, self.wanted, &document);
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
