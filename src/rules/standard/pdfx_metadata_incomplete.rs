//! Metadata that PDF/X requires and a file lacks.

use schemars::JsonSchema;
use serde::Deserialize;

use super::measured::exchange;
use crate::model::facts::{Document, Exchange};
use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::rules::paint::list;
use crate::rules::{Context, Meta, Need, Rule};

pub(super) struct PdfxMetadataIncomplete;

/// An entry of the document information dictionary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
enum InfoKey {
    Title,
    CreationDate,
    ModDate,
    Trapped,
}

/// A property of the XMP metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
enum XmpKey {
    #[serde(rename = "dc:title")]
    Title,
    #[serde(rename = "xmp:CreateDate")]
    CreateDate,
    #[serde(rename = "xmp:ModifyDate")]
    ModifyDate,
    #[serde(rename = "xmp:MetadataDate")]
    MetadataDate,
    #[serde(rename = "pdf:Trapped")]
    Trapped,
    #[serde(rename = "xmpMM:DocumentID")]
    DocumentId,
    #[serde(rename = "xmpMM:VersionID")]
    VersionId,
    #[serde(rename = "xmpMM:RenditionClass")]
    RenditionClass,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// Entries required of the document information dictionary.
    #[serde(default)]
    info: Vec<InfoKey>,
    /// Properties required of the XMP metadata.
    #[serde(default)]
    xmp: Vec<XmpKey>,
}

impl Rule for PdfxMetadataIncomplete {
    const META: Meta = Meta {
        id: "pdfx-metadata-incomplete",
        title: "metadata that PDF/X requires are missing",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Exchange],
        why: "A printer has to know which version of a job this is, and whether its colours were trapped (spread so that no \
              paper shows between them): trapped twice or not at all, it prints with halos or gaps. PDF/X therefore requires \
              title, dates, an id and a plain yes or no on trapping.",
        fix: "Give the document a title and export it again with the preset of the standard, which fills in the rest.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let files = cx.files()?;
        let mut findings = Vec::new();
        for (part, file) in &files {
            let lacking = lacking(limits, file, exchange(file)?);
            if !lacking.is_empty() {
                let words: Vec<&str> = lacking.iter().map(String::as_str).collect();
                let message = format!("the {}: {}", part.word(), list(&words));
                findings.push(Finding::about(*part, message));
            }
        }
        Ok(Inspection::looked(files.len(), findings))
    }
}

/// What a file lacks, for people.
fn lacking(limits: &Limits, file: &Document, exchange: &Exchange) -> Vec<String> {
    let mut lacking = Vec::new();
    let info = &file.structure.info;
    for key in &limits.info {
        let (name, value, is_right): (_, _, fn(&str) -> bool) = match key {
            InfoKey::Title => ("Title", &info.title, is_some),
            InfoKey::CreationDate => ("CreationDate", &info.creation_date, is_date),
            InfoKey::ModDate => ("ModDate", &info.mod_date, is_date),
            InfoKey::Trapped => ("Trapped", &info.trapped, is_named_so),
        };
        lacking.extend(fault(name, value.as_deref(), is_right));
    }
    if !limits.xmp.is_empty() {
        match (&exchange.xmp, &exchange.xmp_trouble) {
            (Some(xmp), _) => {
                for key in &limits.xmp {
                    let (name, value, is_right): (_, _, fn(&str) -> bool) = match key {
                        XmpKey::Title => ("dc:title", &xmp.title, is_some),
                        XmpKey::CreateDate => ("xmp:CreateDate", &xmp.created, is_xmp_date),
                        XmpKey::ModifyDate => ("xmp:ModifyDate", &xmp.modified, is_xmp_date),
                        XmpKey::MetadataDate => {
                            ("xmp:MetadataDate", &xmp.metadata_date, is_xmp_date)
                        }
                        XmpKey::Trapped => ("pdf:Trapped", &xmp.trapped, is_yes_or_no),
                        XmpKey::DocumentId => ("xmpMM:DocumentID", &xmp.document_id, is_some),
                        XmpKey::VersionId => ("xmpMM:VersionID", &xmp.version_id, is_some),
                        XmpKey::RenditionClass => {
                            ("xmpMM:RenditionClass", &xmp.rendition_class, is_some)
                        }
                    };
                    lacking.extend(fault(name, value.as_deref(), is_right));
                }
            }
            (None, Some(why)) => lacking.push(why.clone()),
            (None, None) => lacking.push("it has no XMP metadata".to_owned()),
        }
    }
    if let Some(xmp) = &exchange.xmp {
        for (name, own, other) in [
            ("Trapped", &info.trapped, &xmp.trapped),
            ("GTS_PDFXVersion", &info.pdfx_version, &xmp.pdfx_version),
        ] {
            if let (Some(own), Some(other)) = (own, other)
                && !own.eq_ignore_ascii_case(other)
            {
                lacking.push(format!(
                    "{name} is {own} in its document information and {other} in its XMP metadata"
                ));
            }
        }
    }
    if !file.structure.has_id {
        lacking.push("its trailer has no ID".to_owned());
    }
    lacking
}

/// What is wrong with a value.
fn fault(name: &str, value: Option<&str>, is_right: fn(&str) -> bool) -> Option<String> {
    match value {
        None => Some(format!("{name} is missing")),
        Some(value) if is_right(value) => None,
        Some(value) => {
            let short: String = value.chars().take(40).collect();
            Some(format!("{name} is \"{short}\""))
        }
    }
}

fn is_some(value: &str) -> bool {
    !value.trim().is_empty()
}

/// Unknown is an answer of PDF, and none of PDF/X.
fn is_named_so(value: &str) -> bool {
    matches!(value, "True" | "False")
}

/// The same in XMP, which has true and false of its own.
fn is_yes_or_no(value: &str) -> bool {
    is_named_so(value) || matches!(value, "true" | "false")
}

/// A date as PDF has it: `D:20261129120000`.
fn is_date(value: &str) -> bool {
    let value = value.strip_prefix("D:").unwrap_or(value);
    let end = value.find(|c: char| !c.is_ascii_digit());
    let (digits, zone) = value.split_at(end.unwrap_or(value.len()));
    let is_zone = zone.is_empty() || (digits.len() == 14 && zone.starts_with(['Z', '+', '-']));
    digits.len() >= 4 && digits.len() % 2 == 0 && digits.len() <= 14 && is_zone && is_day(digits)
}

/// Whether digits that begin with a year, a month and a day can be those of a day, as far as they go.
fn is_day(digits: &str) -> bool {
    let part = |from: usize| digits.get(from..from + 2)?.parse::<u32>().ok();
    digits.get(..4) != Some("0000")
        && part(4).is_none_or(|month| (1..=12).contains(&month))
        && part(6).is_none_or(|day| (1..=31).contains(&day))
}

/// A date as XMP has it: `2026-11-29T12:00:00Z`.
fn is_xmp_date(value: &str) -> bool {
    let (day, time) = value.split_at(value.find('T').unwrap_or(value.len()));
    let parts: Vec<&str> = day.split('-').collect();
    let is_part = |(part, digits): (&&str, usize)| {
        part.len() == digits && part.bytes().all(|b| b.is_ascii_digit())
    };
    let is_time = |c: char| c.is_ascii_digit() || "T:.+-Z".contains(c);
    parts.len() <= 3
        && parts.iter().zip([4, 2, 2]).all(is_part)
        && is_day(&parts.concat())
        && time.chars().all(is_time)
}
