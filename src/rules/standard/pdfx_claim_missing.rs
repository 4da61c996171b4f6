//! A file that does not say it is the PDF/X that is asked for, or says it is another.

use schemars::JsonSchema;
use serde::Deserialize;

use super::measured::exchange;
use crate::model::facts::Document;
use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::rules::{Context, Explains, Meta, Need, Rule, Scope};

pub(super) struct PdfxClaimMissing;

/// Where a standard has its claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Stated {
    /// In the document information dictionary.
    Info,
    /// In the XMP metadata.
    Xmp,
}

impl Stated {
    fn words(self) -> &'static str {
        match self {
            Self::Info => "document information",
            Self::Xmp => "XMP metadata",
        }
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// The standard, for people.
    pub(super) name: String,
    /// The version that the file has to state.
    pub(super) version: String,
    /// The conformance that it has to state as well.
    pub(super) conformance: Option<String>,
    /// Where.
    pub(super) stated: Stated,
}

impl Limits {
    /// Whether a file says that it is this standard.
    pub(super) fn is_claimed_by(&self, file: &Document) -> bool {
        let (version, conformance) = claim(file, self.stated);
        version == Some(&self.version)
            && (self.conformance.is_none() || conformance == self.conformance.as_ref())
    }
}

/// The version and the conformance that a file states in one place.
fn claim(file: &Document, stated: Stated) -> (Option<&String>, Option<&String>) {
    let info = &file.structure.info;
    match stated {
        Stated::Info => (info.pdfx_version.as_ref(), info.pdfx_conformance.as_ref()),
        Stated::Xmp => {
            let xmp = file.exchange.as_ref().and_then(|e| e.xmp.as_ref());
            (xmp.and_then(|xmp| xmp.pdfx_version.as_ref()), None)
        }
    }
}

/// What a file says that it is, wherever it does; a conformance is more exact than a version.
pub(super) fn claimed(file: &Document) -> Option<&str> {
    let (version, conformance) = claim(file, Stated::Info);
    let (in_xmp, _) = claim(file, Stated::Xmp);
    let any = conformance.or(version).or(in_xmp);
    any.map(String::as_str)
}

impl Rule for PdfxClaimMissing {
    const META: Meta = Meta {
        id: "pdfx-claim-missing",
        title: "the file does not say that it is the PDF/X asked for",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Exchange],
        why: "PDF/X is a promise: a file that keeps it says so, with its version, and a printer's software looks there first. A \
              file without the promise is treated as any other PDF, however well it is made.",
        fix: "Export with the preset of that very standard and year; renaming or re-saving the file does not help.",
        since: "0.1.0",
    };
    // Nobody fills in what PDF/X asks for in a file that is none.
    const EXPLAINS: &'static [Explains] = &[
        ("pdfx-metadata-incomplete", Scope::File),
        ("pdfx-output-intent-wrong", Scope::File),
    ];
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let files = cx.files()?;
        let mut findings = Vec::new();
        let mut gaps = Vec::new();
        for (part, file) in &files {
            let trouble = exchange(file)?.xmp_trouble.as_ref();
            if limits.is_claimed_by(file) {
                continue;
            }
            if let Some(why) = trouble.filter(|_| limits.stated == Stated::Xmp) {
                gaps.push(format!("{}: {why}", part.word()));
                continue;
            }
            let (part, place) = (*part, limits.stated.words());
            let message = match claimed(file) {
                None => format!(
                    "the {} does not say that it is {}: GTS_PDFXVersion is missing from its {place}",
                    part.word(),
                    limits.name
                ),
                Some(other) if other == limits.name || other == limits.version => format!(
                    "the {} says that it is {}, but not as that standard has it in its {place}",
                    part.word(),
                    limits.name
                ),
                Some(other) => format!(
                    "the {} says that it is {other} and not {}",
                    part.word(),
                    limits.name
                ),
            };
            findings.push(Finding::about(part, message));
        }
        Ok(Inspection {
            at: files.len(),
            findings,
            gaps,
        })
    }
}
