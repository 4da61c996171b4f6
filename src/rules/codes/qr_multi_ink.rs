//! QR codes drawn in more than one ink.

use crate::model::facts::Code;
use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::model::job::Ink;
use crate::rules::codes::inked::{self, Inked};
use crate::rules::scan;
use crate::rules::words::count;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct QrMultiInk;

impl Rule for QrMultiInk {
    const META: Meta = Meta {
        id: "qr-multi-ink",
        title: "a QR code is drawn in several inks",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Codes],
        why: "Inks are printed one after another and never lie exactly on each other. Every module drawn in several gets a \
              coloured rim, which eats into the light ones.",
        fix: "Draw the code in one ink: 100 % black, not rich black and not RGB.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in cx.files()? {
            // Without the picture's pixel values its inks are unknown.
            let known: Vec<&Code> = scan::qr(file)
                .filter(|c| inked::of(c) != Inked::Unknown)
                .collect();
            looked += known.len();
            // A book in black ink is turned to greys, and RGB black to black alone.
            let in_black =
                part == Part::Interior && cx.resolved.stock.is_some_and(|s| s.ink == Ink::Black);
            for (kind, level) in [(Inked::Several, None), (Inked::Light, Some(Level::Note))] {
                if kind == Inked::Light && in_black {
                    continue;
                }
                let of: Vec<&&Code> = known.iter().filter(|c| inked::of(c) == kind).collect();
                let Some(first) = of.first() else {
                    continue;
                };
                let what = match kind {
                    Inked::Light => format!(
                        "{} in RGB, which the press turns into several inks",
                        count(of.len(), "QR code is", "QR codes are")
                    ),
                    _ => format!(
                        "{} in several inks: {}",
                        count(of.len(), "QR code is", "QR codes are"),
                        inked::words(first)
                    ),
                };
                let mut finding = Finding::about(part, format!("{what}; one is needed"))
                    .at_places(of.iter().map(|c| scan::place(c)).collect());
                finding.level = level;
                findings.push(finding);
            }
        }
        Ok(Inspection::looked(looked, findings))
    }
}
