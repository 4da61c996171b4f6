//! Profiles from TOML: built in or a printer of one's own, checked so that no figure stands without a source.

use toml::{Table, Value};

use super::Profile;
use crate::error::Error;

/// The products that ship with presscheck: id and text. Adding one is adding a file and a line here.
pub const BUILT_IN: [(&str, &str); 3] = [
    (
        "kdp/paperback",
        include_str!("../../templates/kdp/paperback.toml"),
    ),
    (
        "ingramspark/paperback",
        include_str!("../../templates/ingramspark/paperback.toml"),
    ),
    (
        "lightning-source/paperback",
        include_str!("../../templates/lightning-source/paperback.toml"),
    ),
];

/// How long a chain of `extends` may be.
const LONGEST_CHAIN: usize = 4;

/// All products that ship, in order.
pub fn built_in() -> Result<Vec<Profile>, Error> {
    BUILT_IN
        .iter()
        .map(|(id, text)| from_text(id, text))
        .collect()
}

/// A profile from its text. `file` names it in errors.
pub fn from_text(file: &str, text: &str) -> Result<Profile, Error> {
    let fault = |why: String| Error::Profile {
        file: file.to_owned(),
        why,
    };
    let table = resolve(text, LONGEST_CHAIN).map_err(fault)?;
    let profile: Profile = table
        .try_into()
        .map_err(|e: toml::de::Error| fault(e.to_string().trim_end().to_owned()))?;
    sound(&profile).map_err(fault)?;
    Ok(profile)
}

/// The table of a profile with what it extends laid under it.
fn resolve(text: &str, depth: usize) -> Result<Table, String> {
    let own: Table = toml::from_str(text).map_err(|e| e.to_string().trim_end().to_owned())?;
    let Some(Value::String(base)) = own.get("extends") else {
        return Ok(own);
    };
    if depth == 0 {
        return Err(format!(
            "extends = \"{base}\": the chain of profiles is too long or a circle"
        ));
    }
    let text = BUILT_IN
        .iter()
        .find(|(id, _)| id == base)
        .map(|(_, text)| *text)
        .ok_or_else(|| format!("extends = \"{base}\": there is no such profile"))?;
    let mut under = resolve(text, depth - 1)?;
    lay_over(&mut under, own);
    Ok(under)
}

/// Tables are joined key by key; anything else replaces what lies under it.
fn lay_over(under: &mut Table, over: Table) {
    for (key, value) in over {
        match (under.get_mut(&key), value) {
            (Some(Value::Table(below)), Value::Table(above)) => lay_over(below, above),
            (_, value) => {
                under.insert(key, value);
            }
        }
    }
}

/// Every figure has a source, every model makes sense.
fn sound(profile: &Profile) -> Result<(), String> {
    let known = |at: &str, key: &str| {
        if profile.sources.contains_key(key) {
            Ok(())
        } else {
            Err(format!("{at}: source = \"{key}\" is not among [sources]"))
        }
    };
    known("[interior]", &profile.interior.source)?;
    known("[cover]", &profile.cover.source)?;
    known("[pages]", &profile.pages.source)?;
    for trim in &profile.trims {
        known(&format!("[[trims]] {}", trim.name), &trim.source)?;
    }
    for stock in &profile.stocks {
        let at = format!("[[stocks]] {}", stock.id);
        known(&at, &stock.source)?;
        if let Some(fault) = stock.spine.fault() {
            return Err(format!("{at}, spine: {fault}"));
        }
    }
    if profile.stocks.is_empty() {
        return Err("[[stocks]]: at least one stock is needed".to_owned());
    }
    for (rule, limits) in &profile.rules {
        let at = format!("[rules.{rule}]");
        match limits.get("source") {
            Some(Value::String(key)) => known(&at, key)?,
            _ => return Err(format!("{at}: no source; every limit names who states it")),
        }
    }
    for (key, source) in &profile.sources {
        let day = source.checked.as_bytes();
        let dashed = day.len() == 10 && day.get(4) == Some(&b'-') && day.get(7) == Some(&b'-');
        if !dashed {
            return Err(format!(
                "[sources.{key}]: checked = \"{}\" is not a day as 2026-09-30",
                source.checked
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_is_sound() {
        let profiles = built_in().unwrap_or_else(|e| panic!("{e}"));
        for (profile, (id, _)) in profiles.iter().zip(BUILT_IN) {
            assert_eq!(profile.id, id);
        }
    }

    #[test]
    fn a_figure_without_a_source_stops_the_load() {
        let (id, text) = BUILT_IN[0];
        let broken = text.replacen(
            "[rules.page-rotated]\nsource",
            "[rules.page-rotated]\nsauce",
            1,
        );
        assert_ne!(broken, text);
        let error = from_text(id, &broken).map(|_| ()).unwrap_err().to_string();
        assert!(
            error.contains("[rules.page-rotated]") && error.contains("source"),
            "{error}"
        );
    }

    #[test]
    fn a_misspelt_key_is_named() {
        let (id, text) = BUILT_IN[0];
        let error = from_text(id, &text.replacen("bleed =", "bled =", 1))
            .map(|_| ())
            .unwrap_err()
            .to_string();
        assert!(error.contains("bled"), "{error}");
    }
}
