//! What the dark parts of codes are drawn in, for the rules about QR codes and bar codes alike.

use crate::model::facts::{Code, SpaceKind};

/// What a code's dark parts are drawn in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inked {
    /// Black alone, however much of it.
    Black,
    /// One ink that is not black.
    Other,
    /// Several inks.
    Several,
    /// Light: RGB, of which the press makes inks.
    Light,
    /// Its inks are unknown.
    Unknown,
}

/// What a code's dark parts are drawn in.
pub(super) fn of(code: &Code) -> Inked {
    if code.space.is_some_and(SpaceKind::is_rgb) {
        return Inked::Light;
    }
    match code.inks.as_deref() {
        None | Some([]) => Inked::Unknown,
        Some([one]) if one.ink == "Black" => Inked::Black,
        Some([_]) => Inked::Other,
        Some(_) => Inked::Several,
    }
}

/// Inks for people: `Cyan 60 %, Black 100 %`.
pub(super) fn words(code: &Code) -> String {
    let inks = code.inks.as_deref().unwrap_or_default();
    let words = inks.iter().map(|i| format!("{} {:.0} %", i.ink, i.percent));
    words.collect::<Vec<_>>().join(", ")
}
