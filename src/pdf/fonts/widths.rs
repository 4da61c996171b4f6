//! Whether the widths and the codes that a font names are there, and of the shape that they are to have: its letters are misplaced
//! otherwise, or others.

use hayro_syntax::object::{Array, Dict, Object};

/// Whether a font lacks widths or codes that it names, or part of them.
pub(in crate::pdf::fonts) fn are_lacking(font: &Dict<'_>) -> bool {
    const NAMED: [&[u8]; 5] = [b"Widths", b"W", b"W2", b"CIDToGIDMap", b"Encoding"];
    let is_lost = |key: &[u8]| matches!(font.get::<Object<'_>>(key), None | Some(Object::Null(_)));
    let is_named_in_vain = |key: &[u8]| font.contains_key(key) && is_lost(key);
    NAMED.into_iter().any(is_named_in_vain)
        || is_wrong(font, b"Widths", |list| {
            !is_of(list, is_number) || has_too_few(font, list)
        })
        || is_wrong(font, b"W", |list| !are_composite(list))
        || font
            .get::<Dict<'_>>(b"Encoding")
            .is_some_and(|encoding| is_wrong(&encoding, b"Differences", |list| !are_codes(list)))
}

/// Whether an entry is there and is no list, or is a list of which this is true. One that is null or missing is judged elsewhere.
fn is_wrong(dict: &Dict<'_>, key: &[u8], is_wrong: impl Fn(&Array<'_>) -> bool) -> bool {
    match dict.get::<Object<'_>>(key) {
        None => dict.contains_key(key),
        Some(Object::Null(_)) => false,
        Some(Object::Array(list)) => is_wrong(&list),
        Some(_) => true,
    }
}

/// Whether all items of a list are in the file and of a kind.
fn is_of(list: &Array<'_>, is_right: fn(&Object<'_>) -> bool) -> bool {
    list.iter::<Object<'_>>().take_while(is_right).count() == list.raw_iter().count()
}

fn is_number(object: &Object<'_>) -> bool {
    matches!(object, Object::Number(_))
}

/// Whether there are fewer widths than codes from the first to the last. Viewers take another width for those without.
fn has_too_few(font: &Dict<'_>, widths: &Array<'_>) -> bool {
    let (first, last) = (font.get::<i64>(b"FirstChar"), font.get::<i64>(b"LastChar"));
    let is_lost = |key: &[u8]| font.contains_key(key) && font.get::<i64>(key).is_none();
    let wanted = first.zip(last).map(|(first, last)| last - first + 1);
    let has = i64::try_from(widths.raw_iter().count()).unwrap_or(i64::MAX);
    is_lost(b"FirstChar") || is_lost(b"LastChar") || wanted.is_some_and(|wanted| has < wanted)
}

/// Whether the widths of a composite font are groups of a character and the list of its width and those that follow, or of the
/// first and the last character and their width.
fn are_composite(list: &Array<'_>) -> bool {
    let mut items = list.iter::<Object<'_>>();
    let mut read = 0usize;
    while let Some(first) = items.next() {
        let group = match (character(&first), items.next()) {
            (Some(_), Some(Object::Array(widths))) => is_of(&widths, is_number).then_some(2),
            (Some(first), Some(last)) => {
                let runs_on = character(&last).is_some_and(|last| first <= last);
                let width = items.next();
                (runs_on && width.as_ref().is_some_and(is_number)).then_some(3)
            }
            _ => None,
        };
        let Some(group) = group else {
            return false;
        };
        read += group;
    }
    read == list.raw_iter().count()
}

/// The number of a character.
fn character(object: &Object<'_>) -> Option<f64> {
    match object {
        Object::Number(number) => Some(number.as_f64()).filter(|n| *n >= 0.0),
        _ => None,
    }
}

/// Whether differences of an encoding are codes, each followed by the names of the glyphs from there on.
fn are_codes(list: &Array<'_>) -> bool {
    let is_right = |object: &Object<'_>| matches!(object, Object::Number(_) | Object::Name(_));
    let begins = list.iter::<Object<'_>>().next();
    is_of(list, is_right) && begins.is_none_or(|first| is_number(&first))
}
