//! The formats of one book on lines of their own: a hardcover and a paperback have an ISBN each, and a paperback has one
//! wherever it is printed.

use std::collections::HashMap;

use crate::batch::input::isbn;
use crate::batch::running::fingerprint::short;
use crate::model::job::{Binding, Job};

/// ISBNs and books of earlier titles, as hashes: the texts would hold the whole catalogue in memory.
#[derive(Default)]
pub(in crate::batch) struct Editions {
    /// Who had an ISBN first: the title's number, and whether it is a paperback.
    isbns: HashMap<u64, (usize, bool)>,
    /// Who first had a title by an author in a format and size: its number, and its ISBN.
    books: HashMap<u64, (usize, u64)>,
}

impl Editions {
    /// The faults of the ISBN of the title with this number, compared with earlier titles.
    pub(in crate::batch) fn compare(&mut self, number: usize, job: &Job) -> Vec<String> {
        let Some(isbn) = job.isbn.as_deref().and_then(isbn::thirteen) else {
            return Vec::new();
        };
        let soft = job.binding.is_none_or(|b| b.takes(Binding::Paperback));
        let word = |soft: bool| if soft { "paperback" } else { "hardcover" };
        let mut notes = Vec::new();
        let (first, was_soft) = *self.isbns.entry(short(&isbn)).or_insert((number, soft));
        if was_soft != soft {
            notes.push(format!(
                "the ISBN {isbn} is that of title {first}, a {}, as well; this is a {}, which needs its own",
                word(was_soft),
                word(soft)
            ));
        }
        if let (Some(title), Some(author), Ok(digits)) = (&job.title, &job.author, isbn.parse()) {
            let same = |text: &str| text.trim().to_lowercase();
            let book = format!("{}\n{}\n{soft}\n{:?}", same(title), same(author), job.trim);
            let (first, theirs) = *self.books.entry(short(&book)).or_insert((number, digits));
            if theirs != digits {
                notes.push(format!(
                    "title {first} is this book as a {} too, with ISBN {theirs:013}; this has {isbn}, and one edition has one \
                     (a number a platform gave is for that platform alone)",
                    word(soft)
                ));
            }
        }
        notes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::job::WantedBinding;

    const ISBNS: [&str; 2] = ["978-1-234-56789-7", "9780306406157"];

    fn job(isbn: &str, title: &str, binding: Option<WantedBinding>) -> Job {
        Job {
            isbn: Some(isbn.to_owned()),
            title: Some(title.to_owned()),
            author: Some("Imogen Vane".to_owned()),
            binding,
            ..Job::default()
        }
    }

    #[test]
    fn a_format_has_one_isbn_and_formats_have_different_ones() {
        let hard = Some(WantedBinding::Hardcover);
        let [one, other] = ISBNS;
        for (first, second, notes) in [
            // The same paperback for two printers.
            (job(one, "The Lamp", None), job(one, "the lamp ", None), 0),
            (job(one, "The Lamp", None), job(other, "the lamp", None), 1),
            // Two books, or two formats.
            (job(one, "The Lamp", None), job(other, "The Wick", None), 0),
            (job(one, "The Lamp", None), job(other, "The Lamp", hard), 0),
            (job(one, "The Lamp", None), job(one, "The Lamp", hard), 1),
        ] {
            let mut editions = Editions::default();
            assert_eq!(editions.compare(1, &first), Vec::<String>::new());
            let said = editions.compare(2, &second);
            assert_eq!(said.len(), notes, "{said:?}");
        }
    }
}
