//! QR codes whose dark and light are too near to each other.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::facts::{Code, Grade, grade_up, letter};
use crate::model::finding::{Finding, Inspection, Level, Measure, MeasureUnit, Part, Skip};
use crate::rules::scan;
use crate::rules::words::{count, wanted};
use crate::rules::{Context, Meta, Need, Rule};

/// Grades of ISO/IEC 15415, as shares of reflectance.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// The least symbol contrast of the grades A, B, C and D.
    contrast: [f64; 4],
    /// The least modulation and reflectance margin of the same.
    modulation: [f64; 4],
    /// A grade below this is refused: 4 is A, 3 is B, 2 is C, 1 is D.
    error_below: u8,
    /// A grade below this is doubtful.
    warn_below: u8,
}

/// One of the measures.
struct GradeParameter {
    of: fn(&Grade) -> f64,
    words: &'static str,
}

const PARAMETERS: [GradeParameter; 3] = [
    GradeParameter {
        of: |g| g.symbol_contrast,
        words: "symbol contrast",
    },
    GradeParameter {
        of: |g| g.modulation,
        words: "modulation",
    },
    GradeParameter {
        of: margin,
        words: "reflectance margin",
    },
];

/// The reflectance margin, where modules of the wrong colour make it less than the modulation, which is told anyway. If it
/// is nothing, they use the error correction up by themselves, which `qr-correction-low` tells.
fn margin(grade: &Grade) -> f64 {
    grade
        .reflectance_margin
        .filter(|m| *m > 0.0 && *m < grade.modulation)
        .unwrap_or(1.0)
}

pub(super) struct QrContrastLow;

impl Rule for QrContrastLow {
    const META: Meta = Meta {
        id: "qr-contrast-low",
        title: "a QR code has too little contrast",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Codes],
        why: "A phone tells dark squares from light ones. Grey on white, colour on colour, or squares that differ among \
              themselves lose what little paper and ink leave of the difference.",
        fix: "Draw the code in 100 % black on white.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, file) in cx.files()? {
            let graded: Vec<(&Code, Grade)> =
                scan::qr(file).filter_map(|c| Some((c, c.grade?))).collect();
            looked += graded.len();
            for (kind, steps) in
                PARAMETERS
                    .iter()
                    .zip([limits.contrast, limits.modulation, limits.modulation])
            {
                let values = graded.iter().map(|(c, g)| ((kind.of)(g), *c));
                let below = |value: f64, grade: u8| grade_up(value, steps) < f64::from(grade);
                let limits = [limits.error_below, limits.warn_below];
                for (codes, grade, level) in scan::graded(values, limits, below) {
                    let Some((worst, _)) = codes.first() else {
                        continue;
                    };
                    let needed = 4usize
                        .checked_sub(usize::from(grade))
                        .and_then(|n| steps.get(n))
                        .copied()
                        .unwrap_or(1.0);
                    let message = format!(
                        "{} {} of {:.0} % (artwork grade {}); {:.0} % ({}) {}",
                        count(codes.len(), "QR code has a", "QR codes have a"),
                        kind.words,
                        worst * 100.0,
                        letter(grade_up(*worst, steps)),
                        needed * 100.0,
                        letter(f64::from(grade)),
                        wanted(level),
                    );
                    let percent = |v: f64| Measure::new(v * 100.0, MeasureUnit::Percent);
                    findings.push(
                        Finding::about(part, message)
                            .at(level)
                            .at_places(codes.iter().map(|(_, c)| scan::place(c)).collect())
                            .measured(percent(*worst), percent(needed)),
                    );
                }
            }
        }
        Ok(Inspection::looked(looked, findings))
    }
}
