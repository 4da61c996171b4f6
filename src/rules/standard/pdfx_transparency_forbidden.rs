//! Transparency in a file of a PDF/X that knows none.

use crate::model::facts::Construct;
use crate::model::finding::{Inspection, Level, Part, Skip};
use crate::rules::standard::restricted::{Forbidden, find};
use crate::rules::{Context, Meta, Need, Rule};

pub(super) struct PdfxTransparencyForbidden;

/// Every kind of transparency, with its words.
const KINDS: &[(Construct, &str)] = &[
    (Construct::SoftMask, "a soft mask of a graphics state"),
    (Construct::ImageSoftMask, "a picture with a soft mask"),
    (Construct::Opacity, "opacity below 1"),
    (Construct::BlendMode, "a blend mode other than Normal"),
    (Construct::TransparencyGroup, "a transparency group"),
];

impl Rule for PdfxTransparencyForbidden {
    const META: Meta = Meta {
        id: "pdfx-transparency-forbidden",
        title: "transparency in a standard without it",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Exchange],
        why: "PDF/X-1a and PDF/X-3 are for machines that do not know transparency: they print what shines through as if it \
              were opaque, or not at all.",
        fix: "Flatten transparency when you export (a preset of PDF/X-1a or PDF/X-3 does), or ask the printer whether PDF/X-4 \
              will do.",
        since: "0.1.0",
    };
    type Limits = Forbidden;

    fn check(limits: &Forbidden, cx: &Context<'_>) -> Result<Inspection, Skip> {
        find(limits, KINDS, cx)
    }
}
