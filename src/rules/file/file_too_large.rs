//! A file larger than the platform takes.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::finding::{Finding, Inspection, Level, Measure, MeasureUnit, Part, Skip};
use crate::rules::{Context, Meta, Need, Rule};

/// Megabytes of a million bytes.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// The largest interior that is taken.
    interior_mb: f64,
    /// The largest cover that is taken.
    cover_mb: f64,
    /// The largest cover that is recommended.
    cover_recommended_mb: Option<f64>,
}

pub(super) struct FileTooLarge;

impl Rule for FileTooLarge {
    const META: Meta = Meta {
        id: "file-too-large",
        title: "the file is larger than the platform takes",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Structure],
        why: "A file over the limit fails at upload or in conversion, often after a long wait.",
        fix: "Bring pictures down to 300 ppi at their printed size and save them as high-quality JPEG within the PDF.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let files = cx.files()?;
        let findings = files
            .iter()
            .filter_map(|(part, file)| {
                let size = file.bytes as f64 / 1e6;
                let most = match part {
                    Part::Interior => limits.interior_mb,
                    Part::Cover => limits.cover_mb,
                };
                let advised = limits.cover_recommended_mb.filter(|_| *part == Part::Cover);
                let (limit, level) = match advised {
                    _ if size > most => (most, Level::Error),
                    Some(advised) if size > advised => (advised, Level::Warning),
                    _ => return None,
                };
                let verb = if level == Level::Error {
                    "takes at most"
                } else {
                    "recommends at most"
                };
                // Round up, so that a file a byte over the limit is not shown as equal to it.
                let shown = (size * 10.0).ceil() / 10.0;
                let message = format!(
                    "the {} is {shown:.1} MB; the platform {verb} {limit:.0} MB",
                    part.word()
                );
                let measure = |v| Measure::new(v, MeasureUnit::Megabytes);
                Some(
                    Finding::about(*part, message)
                        .at(level)
                        .measured(measure(size), measure(limit)),
                )
            })
            .collect();
        Ok(Inspection::looked(files.len(), findings))
    }
}
