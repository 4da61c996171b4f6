//! Reads PDF functions within bounds: the interpreter we hand them to checks neither depth nor size.

use hayro::hayro_interpret::Function;
use hayro_syntax::object::{Array, Dict, Object, Stream};

use crate::pdf::images::decode::{fits, read as unpacked};

/// Functions that one is stitched from, within one another counted each time. Gradients have some ten.
const MAX_FUNCTIONS: usize = 2_000;
/// Functions within one another.
const DEPTH: usize = 8;
/// Bytes of a calculator function. Real ones have some hundred.
const PROGRAM: usize = 16 << 10;
/// Braces within one another in it.
const BRACES: usize = 32;
/// Bytes of a table of samples.
const SAMPLES: usize = 32 << 20;

/// Reads a function, and the bytes of program that each evaluation runs. None if it is damaged or exceeds a bound.
pub(in crate::pdf) fn read(object: &Object<'_>) -> Option<(Function, usize)> {
    let mut left = MAX_FUNCTIONS;
    let program = weigh(object, DEPTH, &mut left)?;
    Function::new(object).map(|function| (function, program))
}

/// The functions that turn numbers into a colour, one for all components or one for each; empty where colours are given
/// without. None where one is damaged.
pub(in crate::pdf) fn of_shading(dict: &Dict<'_>) -> Option<Vec<Function>> {
    let one = |object: &Object<'_>| read(object).map(|(function, _)| function);
    match dict.get::<Object<'_>>(b"Function") {
        None => Some(Vec::new()),
        Some(Object::Array(array)) => array
            .iter::<Object<'_>>()
            .take(32)
            .map(|o| one(&o))
            .collect(),
        Some(object) => one(&object).map(|f| vec![f]),
    }
}

/// Whether a function, or each of several, is within the bounds and may be handed to code that does not check.
pub(in crate::pdf) fn is_bounded(object: &Object<'_>) -> bool {
    let within = |one: &Object<'_>| weigh(one, DEPTH, &mut MAX_FUNCTIONS.clone()).is_some();
    match object {
        Object::Array(all) => all.iter::<Object<'_>>().take(64).all(|one| within(&one)),
        one => within(one),
    }
}

/// The bytes of program in a function and all that it is made of; none beyond the bounds.
fn weigh(object: &Object<'_>, depth: usize, left: &mut usize) -> Option<usize> {
    *left = left.checked_sub(1)?;
    let depth = depth.checked_sub(1)?;
    match object {
        Object::Dict(dict) => stitched(dict, depth, left),
        Object::Stream(stream) if stream.dict().get::<u8>(b"FunctionType") == Some(4) => {
            program(stream)
        }
        Object::Stream(stream) => sampled(stream).then_some(1),
        _ => Some(1),
    }
}

fn stitched(dict: &Dict<'_>, depth: usize, left: &mut usize) -> Option<usize> {
    let Some(parts) = dict.get::<Array<'_>>(b"Functions") else {
        return Some(1);
    };
    let mut most = 1;
    for part in parts.iter::<Object<'_>>() {
        most = most.max(weigh(&part, depth, left)?);
    }
    Some(most)
}

fn program(stream: &Stream<'_>) -> Option<usize> {
    let unpacked = unpacked(stream, PROGRAM).ok()?;
    let mut depth = 0usize;
    for byte in unpacked.data.iter() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > BRACES {
            return None;
        }
    }
    (unpacked.data.len() <= PROGRAM).then_some(unpacked.data.len())
}

fn sampled(stream: &Stream<'_>) -> bool {
    let dict = stream.dict();
    let size = dict.get::<Array<'_>>(b"Size");
    let samples = size.map_or(1, |sizes| {
        sizes
            .iter::<usize>()
            .fold(1usize, |all, size| all.saturating_mul(size))
    });
    let outputs = dict
        .get::<Array<'_>>(b"Range")
        .map_or(1, |r| r.iter::<f64>().take(64).count() / 2);
    samples.saturating_mul(outputs.max(1)) <= SAMPLES && fits(stream, SAMPLES)
}
