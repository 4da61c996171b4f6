//! Finds absurd figures in a profile: negative lengths, and lengths larger than any sheet.

use toml::{Table, Value};

use crate::model::units::Length;

/// No sheet, bleed or margin is longer, in inches.
const LONGEST_IN: f64 = 200.0;
/// No page count, resolution, share or number of inks is larger.
const LARGEST: f64 = 1e6;
/// Lengths that may be negative: a panel may be narrower than the trim, an intercept may lie below nothing.
const MAY_BE_NEGATIVE: [&str; 3] = ["panel-wider", "panel-higher", "constant"];

/// The first absurd figure of a profile: the keys that lead to it, and what is wrong.
pub(super) fn absurd(table: &Table) -> Option<(Vec<String>, String)> {
    table.iter().find_map(|(key, value)| {
        let (mut path, why) = within(key, value)?;
        path.insert(0, key.clone());
        Some((path, why))
    })
}

fn within(key: &str, value: &Value) -> Option<(Vec<String>, String)> {
    let here = |why: String| Some((Vec::new(), why));
    match value {
        Value::Table(table) => absurd(table),
        Value::Array(list) => list.iter().enumerate().find_map(|(n, one)| {
            let (mut path, why) = within(key, one)?;
            path.insert(0, n.to_string());
            Some((path, why))
        }),
        Value::String(text) => {
            let number = text
                .trim_start_matches('-')
                .starts_with(|c: char| c.is_ascii_digit());
            let length = number
                .then(|| text.parse::<Length>().ok())
                .flatten()?
                .as_inches();
            if length < 0.0 && !MAY_BE_NEGATIVE.contains(&key) {
                return here(format!(
                    "{text} is negative; a length of nothing or more is expected"
                ));
            }
            if length.abs() > LONGEST_IN {
                return here(format!("{text} is longer than any sheet"));
            }
            None
        }
        Value::Integer(_) | Value::Float(_) => {
            let number = value.as_float().or(value.as_integer().map(|n| n as f64))?;
            if !number.is_finite() || number.abs() > LARGEST {
                return here(format!("{value} is no figure that a printer means"));
            }
            if number < 0.0 && !MAY_BE_NEGATIVE.contains(&key) {
                return here(format!("{value} is negative; nothing or more is expected"));
            }
            None
        }
        _ => None,
    }
}
