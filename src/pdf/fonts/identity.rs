//! The identity of a font, from its dictionary.

use hayro_syntax::object::{Array, Dict, Name};

use crate::model::facts::FontKind;
use crate::pdf::images::codec::name_words;

/// The identity of a font.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FontIdentity {
    /// Its name without the subset tag.
    pub name: String,
    /// Its technology.
    pub technology: FontKind,
    /// Whether the program that draws it is in the file.
    pub embedded: bool,
    /// Whether its name carries a subset tag.
    pub subset: bool,
    /// Its object number, or 0; distinguishes two fonts of one name.
    pub object: u32,
}

/// Whether a composite font's codes are its glyphs' numbers, two bytes each.
pub(in crate::pdf) fn has_identity_codes(dict: &Dict<'_>) -> bool {
    dict.get::<Name<'_>>(b"Subtype").as_deref() == Some(b"Type0")
        && matches!(
            dict.get::<Name<'_>>(b"Encoding").as_deref(),
            Some(b"Identity-H" | b"Identity-V")
        )
}

pub(in crate::pdf) fn identify(dict: &Dict<'_>) -> FontIdentity {
    let technology = match dict.get::<Name<'_>>(b"Subtype").as_deref() {
        Some(b"Type1" | b"MMType1") => FontKind::Type1,
        Some(b"TrueType") => FontKind::TrueType,
        Some(b"Type0") => FontKind::Composite,
        Some(b"Type3") => FontKind::Type3,
        _ => FontKind::Unknown,
    };
    let descendant = dict
        .get::<Array<'_>>(b"DescendantFonts")
        .and_then(|a| a.iter::<Dict<'_>>().next());
    let described = descendant.as_ref().unwrap_or(dict);
    let embedded = technology == FontKind::Type3
        || described
            .get::<Dict<'_>>(b"FontDescriptor")
            .is_some_and(|d| {
                [b"FontFile".as_slice(), b"FontFile2", b"FontFile3"]
                    .iter()
                    .any(|k| d.contains_key(k))
            });
    let written = dict
        .get::<Name<'_>>(b"BaseFont")
        .or_else(|| dict.get::<Name<'_>>(b"Name"))
        .map_or_else(|| "unnamed".to_owned(), |n| name_words(n.as_ref()));
    let (name, subset) = match written.split_once('+') {
        Some((tag, rest)) if tag.len() == 6 && tag.bytes().all(|b| b.is_ascii_uppercase()) => {
            (rest.to_owned(), true)
        }
        _ => (written, false),
    };
    FontIdentity {
        name,
        technology,
        embedded,
        subset,
        object: dict
            .obj_id()
            .map_or(0, |id| hayro_syntax::object::ObjRef::from(id).obj_number),
    }
}
