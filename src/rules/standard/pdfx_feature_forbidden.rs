//! Features of PDF that PDF/X does not allow: how data are packed, settings of the press, layers, parts outside of the file.

use crate::model::facts::Construct;
use crate::model::finding::{Inspection, Level, Part, Skip};
use crate::rules::standard::restricted::{Forbidden, find};
use crate::rules::{Context, Meta, Need, Rule};

pub(super) struct PdfxFeatureForbidden;

/// Every feature, with its words.
const FEATURES: &[(Construct, &str)] = &[
    (Construct::Lzw, "data packed with LZW"),
    (Construct::Jbig2, "a picture packed with JBIG2"),
    (Construct::Jpeg2000, "a JPEG 2000 picture"),
    (Construct::CryptFilter, "a filter that decrypts"),
    (Construct::ExternalStream, "data in another file"),
    (Construct::ReferenceXobject, "a page of another file (Ref)"),
    (Construct::Postscript, "PostScript"),
    (
        Construct::AlternateForPrint,
        "a picture with another one for print",
    ),
    (
        Construct::Opi,
        "a stand-in for a picture on an image server (OPI)",
    ),
    (Construct::TransferFunction, "a transfer function"),
    (Construct::HalftonePhase, "an origin of the halftone (HTP)"),
    (
        Construct::HalftoneType,
        "a halftone of another type than 1 and 5",
    ),
    (Construct::HalftoneName, "a halftone by name"),
    (
        Construct::Preseparated,
        "a page that is one separation of several",
    ),
    (
        Construct::TrapNetFonts,
        "traps made without the right fonts",
    ),
    (
        Construct::UnknownOperator,
        "an operator that PDF does not define",
    ),
    (Construct::OptionalContent, "layers"),
    (
        Construct::FontNotEmbedded,
        "a font of a pattern, a glyph or a mask that is not embedded",
    ),
    (
        Construct::AutomaticLayers,
        "layers that switch themselves (AS)",
    ),
];

impl Rule for PdfxFeatureForbidden {
    const META: Meta = Meta {
        id: "pdfx-feature-forbidden",
        title: "features that the standard does not allow",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks, Need::Exchange],
        why: "A file for print has to look the same on every press and hold all that it needs. What some machines follow and \
              others do not, or what lies outside of the file, PDF/X does not allow.",
        fix: "Export anew with the preset of the standard, instead of changing the claim of a finished file.",
        since: "0.1.0",
    };
    type Limits = Forbidden;

    fn check(limits: &Forbidden, cx: &Context<'_>) -> Result<Inspection, Skip> {
        find(limits, FEATURES, cx)
    }
}
