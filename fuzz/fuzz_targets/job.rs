//! Text as a `book.toml`, as a profile, as a trim and as the width of a spine.

#![no_main]

use libfuzzer_sys::fuzz_target;
use presscheck::job::{Job, Trim, spine};
use presscheck::profile;

fuzz_target!(|text: &str| {
    let _ = toml::from_str::<Job>(text);
    let _ = profile::from_text("own.toml", text);
    let _ = text.parse::<Trim>();
    let _ = spine(text);
});
