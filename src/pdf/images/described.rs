//! Whether the dictionary of a picture says what its codec has to know, in entries of the types that they are to have.

use hayro_syntax::Filter;
use hayro_syntax::object::{Array, Dict, Object, Stream};

use crate::pdf::images::unpack::{parameters, predicts};

/// Whether a picture has the bits of a sample that its codec asks for, a range for each sample if it has ranges, and parameters
/// that its filters can have. Viewers differ on what else they make of it; some show nothing.
pub(in crate::pdf::images) fn is_described(stream: &Stream<'_>, samples: Option<u8>) -> bool {
    let dict = stream.dict();
    has_its_bits(stream)
        && has_ranges(dict, samples)
        && is_as(dict, b"ImageMask", |o| matches!(o, Object::Boolean(_)))
        && is_as(dict, b"SMaskInData", is_whole_number)
        && has_its_parameters(stream)
}

/// Whether an entry is missing or null, or is there and of the type that it is to have. One in an object that is not in the
/// file is of none.
fn is_as(dict: &Dict<'_>, key: &[u8], is_right: impl Fn(&Object<'_>) -> bool) -> bool {
    match dict.get::<Object<'_>>(key) {
        None => !dict.contains_key(key),
        Some(Object::Null(_)) => true,
        Some(object) => is_right(&object),
    }
}

fn is_whole_number(object: &Object<'_>) -> bool {
    matches!(object, Object::Number(number) if number.as_f64().fract() == 0.0)
}

fn has_its_bits(stream: &Stream<'_>) -> bool {
    let dict = stream.dict();
    let bits = dict.get::<u8>(b"BitsPerComponent");
    let is_stencil = dict.get::<bool>(b"ImageMask") == Some(true);
    match stream.filters().last() {
        _ if is_stencil => true,
        Some(Filter::JpxDecode) => true,
        // Its data tell too, and some viewers ask them; others show nothing.
        Some(Filter::DctDecode) => bits == Some(8),
        // They can have no other; readers show nothing where it is not said.
        Some(Filter::Jbig2Decode | Filter::CcittFaxDecode) => bits == Some(1),
        _ => matches!(bits, Some(1 | 2 | 4 | 8 | 16)),
    }
}

fn has_ranges(dict: &Dict<'_>, samples: Option<u8>) -> bool {
    is_as(dict, b"Decode", |ranges| match (ranges, samples) {
        (Object::Array(ranges), Some(samples)) => {
            ranges.iter::<f64>().count() >= 2 * usize::from(samples)
        }
        (ranges, _) => matches!(ranges, Object::Array(_)),
    })
}

/// Whether the parameters of its filters are dictionaries with entries that filters can have.
fn has_its_parameters(stream: &Stream<'_>) -> bool {
    let are_dicts = |list: &Array<'_>| {
        let is_dict = |o: &Object<'_>| matches!(o, Object::Dict(_) | Object::Null(_));
        list.iter::<Object<'_>>().filter(is_dict).count() == list.raw_iter().count()
    };
    let are_there = is_as(stream.dict(), b"DecodeParms", |o| match o {
        Object::Array(list) => are_dicts(list),
        other => matches!(other, Object::Dict(_)),
    });
    are_there && !are_beside_a_list(stream) && parameters(stream).iter().flatten().all(are_possible)
}

/// Whether the filters stand in a list and parameters that matter do not, or the other way round: viewers then take the filters to
/// have none.
fn are_beside_a_list(stream: &Stream<'_>) -> bool {
    let is_list = |key: &[u8]| {
        let value = stream.dict().get::<Object<'_>>(key);
        value.map(|value| matches!(value, Object::Array(_)))
    };
    let matter = |parameters: &Dict<'_>| {
        let named = [b"K".as_slice(), b"JBIG2Globals"];
        predicts(parameters) || named.iter().any(|key| parameters.contains_key(key))
    };
    let lists = is_list(b"Filter").zip(is_list(b"DecodeParms"));
    lists.is_some_and(|(filters, told)| filters != told)
        && parameters(stream).iter().flatten().any(matter)
}

/// The entries of filters' parameters that are true or false.
const SWITCHES: [&[u8]; 4] = [
    b"BlackIs1",
    b"EncodedByteAlign",
    b"EndOfBlock",
    b"EndOfLine",
];
/// Those that are numbers.
const NUMBERS: [&[u8]; 7] = [
    b"Predictor",
    b"Colors",
    b"BitsPerComponent",
    b"Columns",
    b"EarlyChange",
    b"K",
    b"Rows",
];

fn are_possible(parameters: &Dict<'_>) -> bool {
    let positive = |key: &[u8]| parameters.get::<i64>(key).is_none_or(|n| n > 0);
    let has_rows = || {
        let bits = parameters.get::<u8>(b"BitsPerComponent").unwrap_or(8);
        let predictor = parameters.get::<i64>(b"Predictor");
        matches!(predictor, Some(2 | 10..=15))
            && positive(b"Colors")
            && positive(b"Columns")
            && matches!(bits, 1 | 2 | 4 | 8 | 16)
    };
    let is_switch = |o: &Object<'_>| matches!(o, Object::Boolean(_));
    SWITCHES.iter().all(|key| is_as(parameters, key, is_switch))
        && NUMBERS
            .iter()
            .all(|key| is_as(parameters, key, is_whole_number))
        && parameters.get::<i64>(b"Predictor").is_none_or(|n| n > 0)
        && (!predicts(parameters) || has_rows())
}

/// Whether the colours that a picture leaves out are two numbers for each of its samples.
pub(in crate::pdf) fn are_colours(list: &Array<'_>, samples: Option<u8>) -> bool {
    let all = list.raw_iter().count();
    let told = list
        .iter::<Object<'_>>()
        .filter(|o| is_whole_number(o) && matches!(o, Object::Number(n) if n.as_f64() >= 0.0));
    let wanted = samples.map(|samples| 2 * usize::from(samples));
    told.count() == all && all > 0 && all.is_multiple_of(2) && wanted.is_none_or(|n| all >= n)
}
