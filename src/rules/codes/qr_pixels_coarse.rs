//! QR codes that are pictures of too few pixels, or of pixels that do not fit their modules.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::facts::Code;
use crate::model::finding::{Finding, Inspection, Level, Measure, MeasureUnit, Part, Skip};
use crate::rules::scan;
use crate::rules::words::count;
use crate::rules::{Context, Meta, Need, Rule};

/// Pixels of a code that is a picture.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// The fewest pixels a module.
    least: f64,
    /// How far pixels a module may be from a whole number.
    whole_within: f64,
    /// From this many pixels a module on, parts of a pixel no longer matter.
    whole_up_to: f64,
    /// How much the greys of a lossy picture may vary, against its contrast.
    noise_above: f64,
}

/// Sides are measured to a part in some hundreds.
const SLACK: f64 = 0.006;

pub(super) struct QrPixelsCoarse;

impl Rule for QrPixelsCoarse {
    const META: Meta = Meta {
        id: "qr-pixels-coarse",
        title: "a QR code is a coarse picture",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Codes],
        why: "A press draws a picture's pixels as they fall on its own grid. Modules of few pixels, or of a number that is not \
              whole, come out of different widths, and the ripples of JPEG blur their edges.",
        fix: "Place the code as vector; or export it with a whole number of pixels a module, four or more at the size it is \
              printed, as PNG and not as JPEG.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in cx.files()? {
            let pictured = scan::qr(file).filter_map(|c| {
                let [across, down] = c.pixels_per_module?;
                Some((across.min(down), c))
            });
            let mut pictured: Vec<(f64, &Code)> = pictured.collect();
            looked += pictured.len();
            pictured.sort_by(|a, b| a.0.total_cmp(&b.0));
            let (few, enough): (Vec<_>, Vec<_>) = pictured
                .into_iter()
                .partition(|(n, _)| *n < limits.least * (1.0 - SLACK));
            let pixels = |v: f64| Measure::new(v, MeasureUnit::PixelsPerModule);
            if let Some((least, code)) = few.first() {
                let message = format!(
                    "{} {least:.1} pixels a module; {:.0} needed",
                    count(
                        few.len(),
                        "QR code is a picture of",
                        "QR codes are pictures of as few as"
                    ),
                    limits.least
                );
                let wanted = f64::from(code.modules + 8) * limits.least;
                let advice = format!(
                    "Place the code as vector; as a picture it needs {wanted:.0} x {wanted:.0} pixels, its quiet zone of four modules included."
                );
                findings.push(
                    Finding::about(part, message)
                        .at_places(few.iter().map(|(_, c)| scan::place(c)).collect())
                        .measured(pixels(*least), pixels(limits.least))
                        .advise(advice),
                );
            }
            let off = |n: &f64| (n - n.round()).abs();
            let uneven: Vec<_> = enough
                .iter()
                .filter(|(n, _)| {
                    *n < limits.whole_up_to && off(n) > limits.whole_within + SLACK * n
                })
                .collect();
            if let Some((worst, _)) = uneven.iter().max_by(|a, b| off(&a.0).total_cmp(&off(&b.0))) {
                let message = format!(
                    "{} {worst:.2} pixels a module; a whole number is needed",
                    count(
                        uneven.len(),
                        "QR code is a picture of",
                        "QR codes are pictures of"
                    )
                );
                findings.push(
                    Finding::about(part, message)
                        .at_places(uneven.iter().map(|(_, c)| scan::place(c)).collect())
                        .measured(pixels(*worst), pixels(worst.round())),
                );
            }
            let noise = |c: &Code| c.noise.filter(|_| c.lossy).unwrap_or(0.0);
            let noisy: Vec<_> = enough
                .iter()
                .filter(|(_, c)| noise(c) > limits.noise_above)
                .collect();
            if let Some(worst) = noisy.iter().map(|(_, c)| noise(c)).max_by(f64::total_cmp) {
                let message = format!(
                    "the greys of {} vary by {:.0} % of the contrast, as JPEG makes them; {:.0} % is allowed",
                    count(noisy.len(), "QR code", "QR codes"),
                    worst * 100.0,
                    limits.noise_above * 100.0
                );
                let percent = |v: f64| Measure::new(v * 100.0, MeasureUnit::Percent);
                findings.push(
                    Finding::about(part, message)
                        .at_places(noisy.iter().map(|(_, c)| scan::place(c)).collect())
                        .measured(percent(worst), percent(limits.noise_above)),
                );
            }
        }
        Ok(Inspection::looked(looked, findings))
    }
}
