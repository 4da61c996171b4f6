//! Rules about QR codes, bar codes and ISBNs.

mod barcode_badly_placed;
mod imprint;
mod inked;
mod isbn_barcode_colour;
mod isbn_barcode_grade_low;
mod isbn_barcode_missing;
mod isbn_barcode_quiet_zone;
mod isbn_barcode_size;
mod isbn_barcode_unreadable;
mod isbn_invalid;
mod isbn_mismatch;
mod punycode;
mod qr_badly_placed;
mod qr_contrast_low;
mod qr_correction_low;
mod qr_inverted;
mod qr_link_unsafe;
mod qr_module_too_small;
mod qr_multi_ink;
mod qr_pixels_coarse;
mod qr_quiet_zone_short;
mod qr_too_small;
mod qr_unreadable;

use super::{Entry, Group};

pub(super) const GROUP: Group = Group {
    folder: "codes",
    title: "Codes",
    rules: &[
        Entry::of::<qr_too_small::QrTooSmall>(),
        Entry::of::<qr_module_too_small::QrModuleTooSmall>(),
        Entry::of::<qr_quiet_zone_short::QrQuietZoneShort>(),
        Entry::of::<qr_contrast_low::QrContrastLow>(),
        Entry::of::<qr_correction_low::QrCorrectionLow>(),
        Entry::of::<qr_inverted::QrInverted>(),
        Entry::of::<qr_unreadable::QrUnreadable>(),
        Entry::of::<qr_pixels_coarse::QrPixelsCoarse>(),
        Entry::of::<qr_multi_ink::QrMultiInk>(),
        Entry::of::<qr_badly_placed::QrBadlyPlaced>(),
        Entry::of::<qr_link_unsafe::QrLinkUnsafe>(),
        Entry::of::<isbn_barcode_missing::IsbnBarcodeMissing>(),
        Entry::of::<isbn_barcode_unreadable::IsbnBarcodeUnreadable>(),
        Entry::of::<isbn_invalid::IsbnInvalid>(),
        Entry::of::<isbn_mismatch::IsbnMismatch>(),
        Entry::of::<isbn_barcode_size::IsbnBarcodeSize>(),
        Entry::of::<isbn_barcode_quiet_zone::IsbnBarcodeQuietZone>(),
        Entry::of::<isbn_barcode_colour::IsbnBarcodeColour>(),
        Entry::of::<isbn_barcode_grade_low::IsbnBarcodeGradeLow>(),
        Entry::of::<barcode_badly_placed::BarcodeBadlyPlaced>(),
    ],
};
