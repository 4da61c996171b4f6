//! QR codes that cannot be decoded.

use crate::model::facts::CodeKind;
use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::rules::words::count;
use crate::rules::{Context, Meta, Need, NoLimits, Rule, scan};

pub(super) struct QrUnreadable;

impl Rule for QrUnreadable {
    const META: Meta = Meta {
        id: "qr-unreadable",
        title: "a QR code cannot be read",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Codes],
        why: "Something with the three corner marks of a QR code is there, but too much of it is covered, cut away or changed. \
              What a patient reader cannot read from the artwork no phone reads from paper.",
        fix: "Place the code anew, whole, from the program that made it; if a logo lies on it, make that smaller, or use a \
              higher error correction.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in cx.files()? {
            let places = scan::unread(file, CodeKind::Qr);
            looked += scan::qr(file).count() + places.len();
            let empty: Vec<_> = scan::qr(file)
                .filter(|c| c.text.is_empty())
                .map(scan::place)
                .collect();
            if !empty.is_empty() {
                let message = format!(
                    "{} nothing",
                    count(empty.len(), "QR code says", "QR codes say")
                );
                let advice = "Make the code anew with the link or text that it is meant to hold.";
                findings.push(
                    Finding::about(part, message)
                        .at_places(empty)
                        .advise_alone(advice),
                );
            }
            if !places.is_empty() {
                let message = format!(
                    "{} and cannot be read",
                    count(
                        places.len(),
                        "pattern looks like a QR code",
                        "patterns look like QR codes"
                    )
                );
                findings.push(Finding::about(part, message).at_places(places));
            }
        }
        Ok(Inspection::looked(looked, findings))
    }
}
