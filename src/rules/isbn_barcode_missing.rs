//! A cover without an ISBN bar code.

use super::scan;
use super::{Context, Meta, Need, NoLimits, Rule};
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
        let finding = scan::isbns(cover).is_empty().then(|| {
            let other = cover.codes.iter().map(|c| c.kind.word()).collect::<Vec<_>>().join(", ");
            let message = if other.is_empty() {
                "no ISBN bar code was found on the cover".to_owned()
            } else {
                format!("no ISBN bar code was found on the cover, only: {other}")
            };
            Finding::about(Part::Cover, message)
        });
        Ok(Outcome::one(finding))
    }
}
