//! Whether the figures of a job can be those of a book.

use super::Job;
use crate::model::error::Error;

/// More pages than any book has.
const MOST_PAGES: u32 = 10_000;
/// Heavier paper than any, in pounds.
const MOST_WEIGHT: u32 = 1_000;
/// A side that no book is shorter than, in points.
const SMALLEST_PT: f64 = 36.0;

impl Job {
    /// Whether its figures can be those of a book; a slip is better told than computed with.
    pub fn verify(&self) -> Result<(), Error> {
        let wrong = |what: &str| Err(Error::Job(what.to_owned()));
        if self
            .pages
            .is_some_and(|pages| !(1..=MOST_PAGES).contains(&pages))
        {
            return wrong("a book has between 1 and 10000 pages");
        }
        if self
            .weight
            .is_some_and(|weight| !(1..=MOST_WEIGHT).contains(&weight))
        {
            return wrong("paper has between 1 and 1000 pounds");
        }
        if self
            .trim
            .is_some_and(|t| t.size.width.min(t.size.height) < SMALLEST_PT)
        {
            return wrong("a book is half an inch wide and high at least");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::Job;

    #[test]
    fn figures_that_no_book_has_are_refused_and_the_last_that_one_may_have_is_not() {
        for (told, is_possible) in [
            ("pages = 1", true),
            ("pages = 10000", true),
            ("pages = 0", false),
            ("pages = 10001", false),
            ("weight = 1000", true),
            ("weight = 0", false),
            ("weight = 1001", false),
            ("trim = '0.5x0.5in'", true),
            ("trim = '0.49x9in'", false),
        ] {
            let job: Job = toml::from_str(told).unwrap();
            assert_eq!(job.verify().is_ok(), is_possible, "{told}");
        }
    }
}
