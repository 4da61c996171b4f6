//! A cover without an ISBN bar code.

use crate::model::facts::{Code, CodeKind};
use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::model::geometry::Rect;
use crate::profile::PanelKind;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};
use crate::rules::{scan, words};

pub(super) struct IsbnBarcodeMissing;

impl Rule for IsbnBarcodeMissing {
    const META: Meta = Meta {
        id: "isbn-barcode-missing",
        title: "no ISBN bar code is on the cover",
        level: Level::Error,
        parts: &[Part::Cover],
        needs: &[Need::Codes, Need::Marks],
        why: "Shops and libraries take in books by the bar code on the back. Some platforms print one where room is left, \
              others refuse a cover without.",
        fix: "Place an EAN-13 of the ISBN on the back cover, as vector, in 100 % black on white; or leave the platform's \
              own box clear if it prints one.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let cover = cx.cover()?;
        let none = scan::isbns(cover).is_empty();
        if none && !scan::unread(cover, CodeKind::Ean13).is_empty() {
            // The rule about unreadable bar codes reports it.
            return Err(Skip::NotApplicable(
                "a bar code is there but cannot be read".to_owned(),
            ));
        }
        let finding = none.then(|| {
            let named = |c: &Code| match c.kind {
                CodeKind::Ean13 if c.text.starts_with("9790") => {
                    format!("EAN-13 {}, which is printed music", c.text)
                }
                CodeKind::Ean13 => format!("EAN-13 {}", c.text),
                kind => kind.word().to_owned(),
            };
            let other = words::some_of(cover.codes.iter().map(named), 3);
            let message = if other.is_empty() {
                "no ISBN bar code was found on the cover".to_owned()
            } else {
                format!("no ISBN bar code was found on the cover, only {other}")
            };
            if other.is_empty() && has_room(cx) {
                let message = format!("{message}; there is room for the one the platform adds");
                return Finding::about(Part::Cover, message).at(Level::Note);
            }
            Finding::about(Part::Cover, message)
        });
        Ok(Inspection::one(finding))
    }
}

/// Whether room is left on the back for a bar code that the platform adds: at the lower edge, on the left, in the middle
/// or on the right.
fn has_room(cx: &Context<'_>) -> bool {
    let Ok(wrap) = cx.wrap() else {
        return false;
    };
    let Some(wanted) = wrap
        .model
        .barcode
        .as_ref()
        .filter(|_| wrap.cover.barcode_moves)
    else {
        return false;
    };
    let (width, height) = (wanted.width.as_pt(), wanted.height.as_pt());
    let back = wrap
        .safe()
        .into_iter()
        .find(|(kind, ..)| *kind == PanelKind::Back);
    back.is_some_and(|(_, _, safe)| {
        let [x0, _, x1, low] = safe.to_f64();
        let lefts = [x0, (x0 + x1 - width) / 2.0, x1 - width];
        lefts
            .iter()
            .any(|left| wrap.is_clear(Rect::new(*left, low - height, left + width, low)))
    })
}
