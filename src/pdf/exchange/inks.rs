//! How the resources of a file define its named inks: the alternate space and the tint transform, told apart by their objects.

use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use sha2::{Digest, Sha256};

use crate::model::digest::hex;
use crate::model::facts::InkDefinition;
use crate::pdf::images::codec::name_words;

/// Definitions kept: no press has more plates.
const DEFINITIONS: usize = 256;
/// How deep colour spaces, and the objects of a definition, are followed.
const DEPTH: usize = 12;
/// Objects of one definition that are compared.
const OBJECTS: usize = 4096;

/// Adds the inks that a colour space defines.
pub(super) fn add_of(space: &Object<'_>, found: &mut Vec<InkDefinition>) {
    add(space, found, DEPTH);
}

fn add(space: &Object<'_>, found: &mut Vec<InkDefinition>, depth: usize) {
    let (Object::Array(array), Some(depth)) = (space, depth.checked_sub(1)) else {
        return;
    };
    let mut items = array.iter::<Object<'_>>();
    let Some(Object::Name(family)) = items.next() else {
        return;
    };
    match family.as_ref() {
        b"Separation" => {
            if let (Some(Object::Name(name)), Some(alternate), Some(tint)) =
                (items.next(), items.next(), items.next())
            {
                keep(&name, [&alternate, &tint], found);
            }
        }
        b"DeviceN" => {
            let Some(Object::Dict(attributes)) = items.nth(3) else {
                return;
            };
            let Some(described) = attributes.get::<Dict<'_>>(b"Colorants") else {
                return;
            };
            let names: Vec<Name<'_>> = described.keys().take(DEFINITIONS).collect();
            for name in names {
                if let Some(own) = described.get::<Object<'_>>(name.as_ref()) {
                    add(&own, found, depth);
                }
            }
        }
        b"Indexed" | b"I" | b"Pattern" => {
            if let Some(base) = items.next() {
                add(&base, found, depth);
            }
        }
        _ => {}
    }
}

/// The colour space of an image or a shading.
pub(super) fn add_of_dict(dict: &Dict<'_>, found: &mut Vec<InkDefinition>) {
    if let Some(space) = dict.get::<Object<'_>>(b"ColorSpace") {
        add_of(&space, found);
    }
}

fn keep(name: &Name<'_>, of: [&Object<'_>; 2], found: &mut Vec<InkDefinition>) {
    let mut hash = Sha256::new();
    let mut left = OBJECTS;
    if of
        .into_iter()
        .any(|object| feed(&mut hash, object, DEPTH, &mut left).is_none())
    {
        return;
    }
    let one = InkDefinition {
        name: name_words(name.as_ref()),
        sha256: hex(&hash.finalize()),
    };
    if found.len() < DEFINITIONS && !found.contains(&one) {
        found.push(one);
    }
}

/// Feeds an object to a hash, whether it is written in its place or referred to; none if it is too large to be compared.
fn feed(hash: &mut Sha256, object: &Object<'_>, depth: usize, left: &mut usize) -> Option<()> {
    let depth = depth.checked_sub(1)?;
    *left = left.checked_sub(1)?;
    match object {
        Object::Null(_) => hash.update("null "),
        Object::Boolean(value) => hash.update(if *value { "true " } else { "false " }),
        Object::Number(number) => hash.update(format!("{} ", number.as_f64())),
        Object::Name(name) => sized(hash, b"/", name.as_ref()),
        Object::String(string) => sized(hash, b"(", string.as_bytes()),
        Object::Array(array) => array_of(hash, array, depth, left)?,
        Object::Dict(dict) => dict_of(hash, dict, depth, left)?,
        Object::Stream(stream) => stream_of(hash, stream, depth, left)?,
    }
    Some(())
}

fn sized(hash: &mut Sha256, kind: &[u8], bytes: &[u8]) {
    hash.update(kind);
    hash.update(format!("{} ", bytes.len()));
    hash.update(bytes);
}

fn array_of(hash: &mut Sha256, array: &Array<'_>, depth: usize, left: &mut usize) -> Option<()> {
    hash.update("[");
    for item in array.iter::<Object<'_>>() {
        feed(hash, &item, depth, left)?;
    }
    hash.update("]");
    Some(())
}

fn dict_of(hash: &mut Sha256, dict: &Dict<'_>, depth: usize, left: &mut usize) -> Option<()> {
    let mut keys: Vec<Name<'_>> = dict.keys().collect();
    keys.sort_by(|a, b| a.as_ref().cmp(b.as_ref()));
    hash.update("<<");
    for key in keys {
        // How a stream is packed is no part of what it says.
        if matches!(key.as_ref(), b"Length" | b"Filter" | b"DecodeParms") {
            continue;
        }
        sized(hash, b"/", key.as_ref());
        if let Some(value) = dict.get::<Object<'_>>(key.as_ref()) {
            feed(hash, &value, depth, left)?;
        }
    }
    hash.update(">>");
    Some(())
}

fn stream_of(hash: &mut Sha256, stream: &Stream<'_>, depth: usize, left: &mut usize) -> Option<()> {
    dict_of(hash, stream.dict(), depth, left)?;
    sized(hash, b"stream", &stream.decoded().ok()?);
    Some(())
}
