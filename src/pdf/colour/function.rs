//! Reads PDF functions within bounds: the interpreter we hand them to checks neither depth nor size.

use hayro::hayro_interpret::Function;
use hayro_syntax::object::{Array, Dict, Object, Stream};

use crate::pdf::colour::{function_copy, function_limits};
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

/// Reads a function, and the bytes of program that each evaluation runs. None if it is damaged, has no value somewhere, or
/// exceeds a bound.
pub(in crate::pdf) fn read(object: &Object<'_>) -> Option<(Function, usize)> {
    let mut weight = Weight {
        left: MAX_FUNCTIONS,
        whole: true,
    };
    let program = weight.of(object, DEPTH)?;
    let function = if function_copy::is_needed(object, DEPTH) {
        function_copy::read(object, DEPTH)
    } else {
        Function::new(object)
    };
    let function = function.filter(|function| weight.whole && has_values(function))?;
    Some((function, program))
}

/// Whether a function has a value at the ends of its domain and in between. A calculator function may want more operands than
/// there are.
fn has_values(function: &Function) -> bool {
    // Inputs beyond the domain count as its ends.
    const PLACES: [f32; 3] = [-1e9, 0.5, 1e9];
    let inputs = function.num_inputs();
    let mut outputs = vec![0.0; function.num_outputs()];
    let alone = (0..inputs).map(|n| {
        let mut at = vec![PLACES[0]; inputs];
        at.iter_mut().skip(n).take(1).for_each(|v| *v = PLACES[2]);
        at
    });
    let mut together = PLACES.iter().map(|place| vec![*place; inputs]);
    together
        .by_ref()
        .chain(alone)
        .all(|at| function.eval(&at, &mut outputs).is_some())
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
    let within = |one: &Object<'_>| {
        let mut weight = Weight {
            left: MAX_FUNCTIONS,
            whole: true,
        };
        weight.of(one, DEPTH).is_some()
    };
    match object {
        Object::Array(all) => all.iter::<Object<'_>>().take(64).all(|one| within(&one)),
        one => within(one),
    }
}

/// The keys of a function's lists of numbers.
const LISTS: [&[u8]; 8] = [
    b"Domain", b"Range", b"Size", b"Encode", b"Decode", b"C0", b"C1", b"Bounds",
];

/// Whether an entry that is there is a list of nothing but numbers.
fn is_of_numbers(dict: &Dict<'_>, key: &[u8]) -> bool {
    match dict.get::<Object<'_>>(key) {
        Some(Object::Array(list)) => list.iter::<f64>().count() == list.raw_iter().count(),
        Some(Object::Null(_)) => true,
        Some(_) => false,
        None => !dict.contains_key(key),
    }
}

/// What reading a function takes.
struct Weight {
    /// Functions that may still be met.
    left: usize,
    /// Whether all data met so far could be unpacked to their end.
    whole: bool,
}

impl Weight {
    /// The bytes of program in a function and all that it is made of; none beyond the bounds.
    fn of(&mut self, object: &Object<'_>, depth: usize) -> Option<usize> {
        self.left = self.left.checked_sub(1)?;
        let depth = depth.checked_sub(1)?;
        let dict = match object {
            Object::Dict(dict) => Some(dict),
            Object::Stream(stream) => Some(stream.dict()),
            _ => None,
        };
        let is_sound = |dict: &Dict<'_>| {
            LISTS.iter().all(|key| is_of_numbers(dict, key)) && function_limits::are_right(dict)
        };
        self.whole &= dict.is_none_or(is_sound);
        match object {
            Object::Dict(dict) => self.stitched(dict, depth),
            Object::Stream(stream) if stream.dict().get::<u8>(b"FunctionType") == Some(4) => {
                self.program(stream)
            }
            Object::Stream(stream) => self.sampled(stream).then_some(1),
            _ => Some(1),
        }
    }

    fn stitched(&mut self, dict: &Dict<'_>, depth: usize) -> Option<usize> {
        let Some(parts) = dict.get::<Array<'_>>(b"Functions") else {
            return Some(1);
        };
        let mut most = 1;
        for part in parts.iter::<Object<'_>>() {
            most = most.max(self.of(&part, depth)?);
        }
        Some(most)
    }

    fn program(&mut self, stream: &Stream<'_>) -> Option<usize> {
        let unpacked = unpacked(stream, PROGRAM).ok()?;
        self.whole &= unpacked.whole;
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

    fn sampled(&mut self, stream: &Stream<'_>) -> bool {
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
        let fits = samples.saturating_mul(outputs.max(1)) <= SAMPLES && fits(stream, SAMPLES);
        self.whole &= fits && unpacked(stream, SAMPLES).is_ok_and(|table| table.whole);
        fits
    }
}
