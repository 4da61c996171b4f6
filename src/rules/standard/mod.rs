//! Rules about standards of exchange (PDF/X). What a level forbids or requires is data of its profile.

mod measured;
mod pdf_version_too_new;
mod pdfx_boxes_wrong;
mod pdfx_claim_missing;
mod pdfx_claim_untrue;
mod pdfx_colour_forbidden;
mod pdfx_feature_forbidden;
mod pdfx_interactive_forbidden;
mod pdfx_metadata_incomplete;
mod pdfx_output_intent_wrong;
mod pdfx_transparency_forbidden;
mod restricted;

pub(super) use measured::{exchange, gaps};

use super::{Entry, Group};

pub(super) const GROUP: Group = Group {
    folder: "standard",
    title: "Standards",
    rules: &[
        Entry::of::<pdfx_claim_untrue::PdfxClaimUntrue>(),
        Entry::of::<pdfx_claim_missing::PdfxClaimMissing>(),
        Entry::of::<pdf_version_too_new::PdfVersionTooNew>(),
        Entry::of::<pdfx_metadata_incomplete::PdfxMetadataIncomplete>(),
        Entry::of::<pdfx_output_intent_wrong::PdfxOutputIntentWrong>(),
        Entry::of::<pdfx_boxes_wrong::PdfxBoxesWrong>(),
        Entry::of::<pdfx_colour_forbidden::PdfxColourForbidden>(),
        Entry::of::<pdfx_transparency_forbidden::PdfxTransparencyForbidden>(),
        Entry::of::<pdfx_feature_forbidden::PdfxFeatureForbidden>(),
        Entry::of::<pdfx_interactive_forbidden::PdfxInteractiveForbidden>(),
    ],
};
