//! What the job leaves open, concluded once for the whole book: from the interior first, then from the covers, with the
//! evidence for each answer.

use super::answers::Choice;
use super::answers::{Assumption, Conclusion, ProductFiles};
use super::direction::{self, EvidencedDirection as Read};
use super::ink::{self};
use super::sheet::Sheets;
use super::stock;
use super::trim;
use crate::model::facts::{Book, Document};
use crate::model::geometry::Direction;
use crate::model::job::{Job, Setting};
use crate::profile::Profile;

/// Concludes what the job leaves open. All products share the interior; each may have a cover of its own.
pub fn conclude(job: &Job, asked: &[ProductFiles<'_>], known: &[Profile]) -> Conclusion {
    let readable = |d: &&Document| d.unreadable.is_none();
    let interior = asked
        .iter()
        .find_map(|a| a.book.interior.as_deref())
        .filter(readable);
    let mut covers: Vec<&Document> = Vec::new();
    for cover in asked.iter().filter_map(|a| a.book.cover.as_deref()) {
        if readable(&cover) && !covers.iter().any(|c| std::ptr::eq(*c, cover)) {
            covers.push(cover);
        }
    }
    let unit = job.unit();
    let mut assumptions = Vec::new();
    let found = trim::conclude(job, interior, &covers, asked, known);
    let trim = found.as_ref().map(|f| f.trim);
    if let Some(found) = found.filter(|f| f.trim.assumed) {
        assumptions.push(Assumption {
            what: Setting::Trim,
            value: super::size_words(found.trim.size, unit),
            evidence: found.evidence,
        });
    }
    let direction = match (job.direction, interior.or(covers.first().copied())) {
        (Some(told), _) => told,
        (None, None) => Direction::default(),
        (None, Some(file)) => {
            let Read {
                direction,
                evidence,
            } = direction::conclude(file);
            assumptions.push(Assumption {
                what: Setting::Direction,
                value: match direction {
                    Direction::Ltr => "left to right".to_owned(),
                    Direction::Rtl => "right to left".to_owned(),
                },
                evidence,
            });
            direction
        }
    };
    let sheets = match (interior, trim) {
        (Some(interior), Some(trim)) => {
            Sheets::of(interior, trim.size, &trim::bleeds(asked), trim.facing)
        }
        _ => Sheets::default(),
    };
    let pages = interior.map(|d| sheets.pages(d.page_count())).or(job.pages);
    let looked = interior.filter(|_| job.ink.is_none()).map(ink::conclude);
    let mut conclusion = Conclusion {
        trim,
        direction,
        sheets,
        pages,
        press: looked.as_ref().map(|l| l.press),
        stated_spine: job.spine,
        stock: Choice::default(),
        assumptions,
    };
    let (choice, mut more) = stock::conclude(job, asked, &conclusion, looked.as_ref(), unit);
    conclusion.stock = choice;
    conclusion.assumptions.append(&mut more);
    // Standards ask for none of it.
    if asked.iter().all(|one| one.profile.standard) {
        conclusion.assumptions.clear();
    }
    conclusion
}

/// The same for one book that several products get alike, or for a job alone with an empty one.
pub fn conclude_book<'a>(
    job: &Job,
    book: &'a Book,
    products: impl IntoIterator<Item = &'a Profile>,
    known: &[Profile],
) -> Conclusion {
    let asked = |profile| ProductFiles { profile, book };
    let asked: Vec<ProductFiles<'_>> = products.into_iter().map(asked).collect();
    conclude(job, &asked, known)
}
