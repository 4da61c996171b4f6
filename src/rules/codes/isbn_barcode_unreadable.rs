//! ISBN bar codes that cannot be decoded.

use crate::model::facts::CodeKind;
use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::rules::words::count;
use crate::rules::{Context, Meta, Need, NoLimits, Rule, scan};

pub(super) struct IsbnBarcodeUnreadable;

impl Rule for IsbnBarcodeUnreadable {
    const META: Meta = Meta {
        id: "isbn-barcode-unreadable",
        title: "a bar code on the cover cannot be read",
        level: Level::Error,
        parts: &[Part::Cover],
        needs: &[Need::Codes],
        why: "Bars that stand like an EAN-13 are there, but some are covered, missing or of the wrong width, or the check digit is \
              wrong. Platforms answer that no valid bar code was detected, or replace it without a word.",
        fix: "Make the bar code anew from the ISBN and place it whole, as vector, at the size it was made for.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let cover = cx.cover()?;
        let places = scan::unread(cover, CodeKind::Ean13);
        let looked = scan::isbns(cover).len() + places.len();
        if looked == 0 {
            return Err(Skip::NotApplicable(
                "no bar code was found on the cover".to_owned(),
            ));
        }
        let finding = (!places.is_empty()).then(|| {
            let message = format!(
                "{} and cannot be read",
                count(
                    places.len(),
                    "place looks like a bar code",
                    "places look like bar codes"
                )
            );
            Finding::about(Part::Cover, message).at_places(places)
        });
        Ok(Inspection::looked(looked, finding.into_iter().collect()))
    }
}
