//! Bytes as a grey picture in which codes are looked for.

#![no_main]

use libfuzzer_sys::fuzz_target;
use presscheck_barcode as barcode;

fuzz_target!(|bytes: &[u8]| {
    let Some((width, pixels)) = bytes.split_first() else {
        return;
    };
    let width = usize::from(*width) + 21;
    let height = pixels.len() / width;
    let Some(pixels) = pixels.get(..width * height) else {
        return;
    };
    barcode::search(width, height, pixels);
    barcode::linear(width, height, pixels, 1);
    barcode::finders(width, height, pixels);
    barcode::data_matrix(width, height, pixels);
});
