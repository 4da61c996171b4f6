//! Values of the file's objects as numbers and shapes.

use hayro_font::kurbo::{Affine, Rect};
use hayro_syntax::object::{Dict, Name, Number, ObjRef, Object};

/// White space, as ISO 32000 has it.
pub(crate) fn is_space(c: u8) -> bool {
    matches!(c, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

/// The number of the object that a dictionary is, or that its stream is.
pub(crate) fn object_number(dict: &Dict<'_>) -> Option<u32> {
    let id = dict.obj_id().map(ObjRef::from)?;
    (id.obj_number > 0).then_some(id.obj_number)
}

/// A matrix that an operator names.
pub(crate) fn affine(n: [Number; 6]) -> Affine {
    Affine::new(n.map(|n| n.as_f64()))
}

/// A rectangle of the file, its corners as written.
pub(crate) fn rect(r: hayro_syntax::object::Rect) -> Rect {
    Rect::new(r.x0, r.y0, r.x1, r.y1)
}

/// The `/Matrix` of a form, a pattern or a glyph.
pub(crate) fn matrix(dict: &Dict<'_>) -> Affine {
    Affine::new(
        dict.get::<[f64; 6]>(b"Matrix")
            .unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]),
    )
}

/// Whether an entry is there and is no array of so many numbers, one of which may be in an object that is not in the file. A
/// null is as good as no entry.
pub(crate) fn lacks_numbers<const COUNT: usize>(dict: &Dict<'_>, key: &[u8]) -> bool {
    dict.contains_key(key)
        && dict.get::<[f64; COUNT]>(key).is_none()
        && !matches!(dict.get::<Object<'_>>(key), Some(Object::Null(_)))
}

/// Into the plain geometry of the facts.
// Written out, not through `geometry::Rect::new`: this runs twice a glyph, and mapping an array is slow here.
pub(crate) fn plain(r: Rect) -> crate::model::geometry::Rect {
    crate::model::geometry::Rect {
        x0: r.x0.min(r.x1) as f32,
        y0: r.y0.min(r.y1) as f32,
        x1: r.x0.max(r.x1) as f32,
        y1: r.y0.max(r.y1) as f32,
    }
}

/// Names looked at of an array of names.
const NAMES: usize = 64;

/// A name, or each of an array of names.
pub(in crate::pdf) fn names<'a>(object: Option<Object<'a>>) -> Vec<Name<'a>> {
    match object {
        Some(Object::Name(name)) => vec![name],
        Some(Object::Array(names)) => names.iter::<Name<'a>>().take(NAMES).collect(),
        _ => Vec::new(),
    }
}

/// Whether the data of an inline image are packed with LZW, alone or among others.
pub(in crate::pdf) fn is_lzw(image: &Dict<'_>) -> bool {
    let told = [b"Filter".as_slice(), b"F"];
    let mut filters = told.into_iter().flat_map(|key| names(image.get(key)));
    filters.any(|filter| matches!(filter.as_ref(), b"LZWDecode" | b"LZW"))
}
