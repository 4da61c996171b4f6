//! Files of more than one page where one is asked for.

use crate::model::finding::{Finding, Inspection, Level, Measure, MeasureUnit, Part, Skip};
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

pub(super) struct GwgNotOnePage;

impl Rule for GwgNotOnePage {
    const META: Meta = Meta {
        id: "gwg-not-one-page",
        title: "the file does not have one page",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Structure],
        why: "An advertisement or a package is placed as one page; of the others nobody would know.",
        fix: "Export each page as a file of its own.",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let files = cx.files()?;
        let mut findings = Vec::new();
        for (part, file) in &files {
            let count = file.page_count();
            if count != 1 {
                let message = format!("the {} has {count} pages; 1 is expected", part.word());
                let measure = |pages: u32| Measure::new(f64::from(pages), MeasureUnit::Pages);
                let finding = Finding::about(*part, message);
                findings.push(finding.measured(measure(count), measure(1)));
            }
        }
        Ok(Inspection::looked(files.len(), findings))
    }
}
