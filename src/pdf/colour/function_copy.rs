//! Copies functions with all their numbers in place: the interpreter that functions are handed to does not follow a reference
//! that stands first of a pair, as a limit of a domain or of a range does.

use hayro::hayro_interpret::Function;
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Object, ObjectIdentifier};
use lopdf::dictionary;

use crate::pdf::images::decode::read as unpacked;

/// Bytes of the table or program of a function that is copied.
const BYTES: usize = 1 << 20;
/// Entries of an array that are copied.
const ENTRIES: usize = 4096;
/// The keys of arrays that are read in pairs.
const PAIRS: [&[u8]; 4] = [b"Domain", b"Range", b"Encode", b"Decode"];

/// Whether a function, or one that it is stitched from, has a reference among the numbers of its pairs.
pub(in crate::pdf::colour) fn is_needed(object: &Object<'_>, depth: usize) -> bool {
    let (Some(dict), Some(depth)) = (dict_of(object), depth.checked_sub(1)) else {
        return false;
    };
    let refers = |key: &&[u8]| {
        let numbers = dict.get::<Array<'_>>(*key);
        numbers.is_some_and(|all| {
            let mut items = all.raw_iter().take(ENTRIES);
            items.any(|item| matches!(item, MaybeRef::Ref(_)))
        })
    };
    let parts = || dict.get::<Array<'_>>(b"Functions");
    PAIRS.iter().any(refers)
        || parts().is_some_and(|all| {
            let mut parts = all.iter::<Object<'_>>().take(ENTRIES);
            parts.any(|part| is_needed(&part, depth))
        })
}

/// Reads a copy of a function.
pub(in crate::pdf::colour) fn read(object: &Object<'_>, depth: usize) -> Option<Function> {
    let mut file = lopdf::Document::with_version("1.5");
    let copied = copy(object, &mut file, depth)?;
    let number = match copied {
        lopdf::Object::Reference(id) => id,
        direct => file.add_object(direct),
    };
    // No file is opened without a page.
    let tree = file.new_object_id();
    let page = file.add_object(dictionary! {
        "Type" => "Page",
        "Parent" => tree,
        "MediaBox" => vec![0.into(), 0.into(), 1.into(), 1.into()],
    });
    let pages = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
    file.objects.insert(tree, lopdf::Object::Dictionary(pages));
    let catalog = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    file.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).ok()?;
    let copy = Pdf::new(bytes).ok()?;
    let id = ObjectIdentifier::new(number.0, i32::from(number.1));
    let function = copy.xref().get::<Object<'_>>(id)?;
    Function::new(&function)
}

fn dict_of<'o, 'p>(object: &'o Object<'p>) -> Option<&'o Dict<'p>> {
    match object {
        Object::Dict(dict) => Some(dict),
        Object::Stream(stream) => Some(stream.dict()),
        _ => None,
    }
}

/// A copy of an object in which references are replaced by what they refer to; streams stand by themselves.
fn copy(object: &Object<'_>, file: &mut lopdf::Document, depth: usize) -> Option<lopdf::Object> {
    let deeper = depth.checked_sub(1)?;
    Some(match object {
        Object::Number(number) if number.as_f64().fract() == 0.0 => {
            lopdf::Object::Integer(number.as_i64())
        }
        Object::Number(number) => lopdf::Object::Real(number.as_f32()),
        Object::Boolean(value) => lopdf::Object::Boolean(*value),
        Object::Name(name) => lopdf::Object::Name(name.as_ref().to_vec()),
        Object::Array(array) => {
            let items = array.iter::<Object<'_>>().take(ENTRIES);
            let items = items.map(|item| copy(&item, file, deeper));
            lopdf::Object::Array(items.collect::<Option<_>>()?)
        }
        Object::Dict(dict) => lopdf::Object::Dictionary(entries(dict, file, deeper)?),
        Object::Stream(stream) => {
            let data = unpacked(stream, BYTES).ok()?.data.into_owned();
            let mut dict = entries(stream.dict(), file, deeper)?;
            dict.remove(b"Filter");
            dict.remove(b"DecodeParms");
            let id = file.add_object(lopdf::Stream::new(dict, data));
            lopdf::Object::Reference(id)
        }
        _ => return None,
    })
}

/// The entries of a dictionary that a function has; what else stands there is of no use.
fn entries(dict: &Dict<'_>, file: &mut lopdf::Document, depth: usize) -> Option<lopdf::Dictionary> {
    const KEYS: [&[u8]; 12] = [
        b"FunctionType",
        b"Domain",
        b"Range",
        b"Size",
        b"BitsPerSample",
        b"Encode",
        b"Decode",
        b"C0",
        b"C1",
        b"N",
        b"Functions",
        b"Bounds",
    ];
    let mut copied = lopdf::Dictionary::new();
    for key in KEYS {
        if let Some(value) = dict.get::<Object<'_>>(key) {
            copied.set(key, copy(&value, file, depth)?);
        }
    }
    Some(copied)
}
