//! A cover without an ISBN bar code.

use super::{scan, words};
use super::{Context, Meta, Need, NoLimits, Rule};
use crate::facts::{Code, CodeKind};
use crate::finding::{Finding, Level, Outcome, Part};

pub(super) struct This;

impl Rule for This {
    const META: Meta = Meta {
        id: "isbn-barcode-missing",
        title: "no ISBN bar code is on the cover",
        level: Level::Error,
        parts: &[Part::Cover],
        needs: &[Need::Codes],
        why: "Shops and libraries take in books by the bar code on the back. Some platforms print one where room is left, \
              others refuse a cover without.",
        fix: "Place an EAN-13 of the ISBN on the back cover, as vector, in 100 % black on white; or leave the platform's \
              own box clear if it prints one.",
        fix_in: &[],
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, at: &Context<'_>) -> Result<Outcome, Outcome> {
        let cover = at.cover()?;
        let none = scan::isbns(cover).is_empty();
        if none && !scan::unread(cover, CodeKind::Ean13).is_empty() {
            // It is told once, as what it is.
            return Err(Outcome::NotApplicable("a bar code is there but cannot be read".to_owned()));
        }
        let finding = none.then(|| {
            let named = |c: &Code| match c.kind {
                CodeKind::Ean13 if c.text.starts_with("9790") => format!("EAN-13 {}, which is printed music", c.text),
                CodeKind::Ean13 => format!("EAN-13 {}", c.text),
                kind => kind.word().to_owned(),
            };
            let other = words::some_of(cover.codes.iter().map(named), 3);
            let message = if other.is_empty() {
                "no ISBN bar code was found on the cover".to_owned()
            } else {
                format!("no ISBN bar code was found on the cover, only {other}")
            };
            Finding::about(Part::Cover, message)
        });
        Ok(Outcome::one(finding))
    }
}
