//! Whether the numbers of a function can be those of one: limits that do not run backwards, and powers that have a value.

use hayro_syntax::object::Dict;

/// Whether the limits of a function are right. Viewers refuse one whose are not, or each makes another function of it.
pub(in crate::pdf::colour) fn are_right(dict: &Dict<'_>) -> bool {
    [b"Domain".as_slice(), b"Range"]
        .iter()
        .all(|key| run_forwards(dict, key))
        && match dict.get::<u8>(b"FunctionType") {
            Some(2) => has_powers(dict),
            Some(3) => has_rising_bounds(dict),
            _ => true,
        }
}

/// Whether the numbers of an array are pairs, the least and the most. One that is missing is judged elsewhere.
fn run_forwards(dict: &Dict<'_>, key: &[u8]) -> bool {
    let Some(numbers) = dict.get::<Vec<f32>>(key) else {
        return true;
    };
    let (pairs, rest) = numbers.as_chunks::<2>();
    rest.is_empty() && pairs.iter().all(|[least, most]| least <= most)
}

/// Whether every number of its domain can be raised to the power of an exponential function.
fn has_powers(dict: &Dict<'_>) -> bool {
    let Some(power) = dict.get::<f32>(b"N") else {
        return false;
    };
    let domain = dict.get::<[f32; 2]>(b"Domain");
    let [least, most] = domain.unwrap_or([0.0, 1.0]);
    let holds_nought = least <= 0.0 && most >= 0.0;
    (power >= 0.0 || !holds_nought) && (power.fract() == 0.0 || least >= 0.0)
}

/// Whether the places at which a function is stitched together rise within its domain.
fn has_rising_bounds(dict: &Dict<'_>) -> bool {
    let (Some(domain), Some(bounds)) = (
        dict.get::<[f32; 2]>(b"Domain"),
        dict.get::<Vec<f32>>(b"Bounds"),
    ) else {
        return true;
    };
    let [least, most] = domain;
    bounds.is_sorted() && bounds.iter().all(|bound| (least..=most).contains(bound))
}
