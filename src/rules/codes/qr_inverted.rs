//! QR codes drawn light on dark.

use crate::model::facts::Code;
use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::rules::scan;
use crate::rules::words::count;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct QrInverted;

impl Rule for QrInverted {
    const META: Meta = Meta {
        id: "qr-inverted",
        title: "a QR code is light on dark",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Codes],
        why: "The standard allows it, many readers do not: a good part of the phones in use fail on a reversed code.",
        fix: "Draw the code dark on light, with a light box around it.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in cx.files()? {
            let codes: Vec<&Code> = scan::qr(file).collect();
            looked += codes.len();
            let inverted: Vec<&&Code> = codes.iter().filter(|c| c.inverted).collect();
            if !inverted.is_empty() {
                let message = format!(
                    "{} light on dark",
                    count(inverted.len(), "QR code is", "QR codes are")
                );
                let places = inverted.into_iter().map(|c| scan::place(c)).collect();
                findings.push(Finding::about(part, message).at_places(places));
            }
        }
        Ok(Inspection::looked(looked, findings))
    }
}
