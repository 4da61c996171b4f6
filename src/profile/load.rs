//! Loads profiles from TOML, built in or the user's own, and checks that every figure has a source.

use std::sync::{Arc, Mutex, PoisonError};

use toml::{Table, Value};

use super::Profile;
use super::figures::absurd;
use super::origin::Origin;
use super::shipped::BUILT_IN;
use crate::model::error::Error;

/// How long a chain of `extends` may be.
const LONGEST_CHAIN: usize = 4;

/// All products that ship, in order.
pub fn built_in() -> Result<Vec<Profile>, Error> {
    BUILT_IN
        .iter()
        .map(|(id, text)| from_text(id, text))
        .collect()
}

/// A profile from its text. `file` names it in errors, which show the line that is at fault.
pub fn from_text(file: &str, text: &str) -> Result<Profile, Error> {
    let origin = Arc::new(Origin::new(file, text));
    let table = resolve(text, LONGEST_CHAIN).map_err(|(path, why)| origin.fault(&path, &why))?;
    if let Some((path, why)) = absurd(&table) {
        return Err(origin.fault(&path, &why));
    }
    let read: Result<Profile, _> = serde_path_to_error::deserialize(Value::Table(table));
    let mut profile = read.map_err(|e| {
        let path: Vec<String> = e.path().iter().map(ToString::to_string).collect();
        origin.fault(&path, e.inner().message())
    })?;
    profile.origin = origin;
    match sound(&profile) {
        Ok(()) => Ok(profile),
        Err((path, why)) => Err(profile.fault(&path, &why)),
    }
}

/// What is wrong, and the keys that lead to it.
type Fault = (Vec<String>, String);

fn fault<T>(path: &[&str], why: impl Into<String>) -> Result<T, Fault> {
    Err((path.iter().map(|s| (*s).to_owned()).collect(), why.into()))
}

/// The table of a profile with what it extends laid under it, and spines that refer to others filled in.
fn resolve(text: &str, depth: usize) -> Result<Table, Fault> {
    let own: Table =
        toml::from_str(text).or_else(|e: toml::de::Error| fault(&[], e.to_string().trim_end()))?;
    let mut whole = match own.get("extends") {
        Some(Value::String(base)) => {
            let mut under = shipped(base, "extends", depth)?;
            // What a guest extends does not make its heirs guests.
            under.remove("guest");
            // A list of trims by stock is of the trims and stocks beside it.
            if own.contains_key("trims") || own.contains_key("stocks") {
                under.remove("trims-by-stock");
            }
            under.remove("without");
            leave_out(&mut under, &own)?;
            lay_over(&mut under, own);
            under
        }
        Some(_) => return fault(&["extends"], "the id of a product is expected"),
        None => own,
    };
    let stocks = whole.get_mut("stocks").and_then(Value::as_array_mut);
    let mut own_spines: Vec<(String, Value)> = Vec::new();
    for stock in stocks.into_iter().flatten() {
        let id = stock.get("id").and_then(Value::as_str).map(str::to_owned);
        // A stock on the paper of an earlier one has its spine.
        let like = stock.get("spine").and_then(|s| s.get("same-as"));
        if let Some(like) = like.and_then(Value::as_str).map(str::to_owned) {
            let found = own_spines.iter().find(|(id, _)| *id == like);
            let spine = match found {
                Some((_, spine)) => spine.clone(),
                None => return fault(&["stocks"], format!("no stock \"{like}\" stands above it")),
            };
            if let Some(table) = stock.as_table_mut() {
                table.insert("spine".to_owned(), spine);
            }
        }
        let mut of = stock.get_mut("spine").and_then(|s| s.get_mut("of"));
        let word = |key: &str| of.as_ref()?.get(key)?.as_str().map(str::to_owned);
        if let (Some(product), Some(wanted)) = (word("profile"), word("stock")) {
            let base = shipped(&product, "stocks", depth)?;
            let found = base
                .get("stocks")
                .and_then(Value::as_array)
                .and_then(|all| {
                    all.iter()
                        .find(|s| s.get("id").and_then(Value::as_str) == Some(&wanted))
                })
                .and_then(|stock| stock.get("spine"));
            match found {
                Some(spine) => {
                    if let Some(of) = &mut of {
                        **of = spine.clone();
                    }
                }
                None => return fault(&["stocks"], format!("{product} has no stock \"{wanted}\"")),
            }
        }
        own_spines.extend(id.zip(stock.get("spine").cloned()));
    }
    Ok(whole)
}

/// A product that ships, resolved.
fn shipped(id: &str, key: &str, depth: usize) -> Result<Table, Fault> {
    if depth == 0 {
        return fault(
            &[key],
            format!("\"{id}\": the chain of profiles is too long or a circle"),
        );
    }
    match BUILT_IN.iter().find(|(known, _)| *known == id) {
        // Half of what ships extends something: each is resolved once.
        Some((known, text)) => {
            static RESOLVED: Mutex<Vec<(&str, Table)>> = Mutex::new(Vec::new());
            let mine = || RESOLVED.lock().unwrap_or_else(PoisonError::into_inner);
            let before = mine()
                .iter()
                .find(|(k, _)| k == known)
                .map(|(_, t)| t.clone());
            if let Some(table) = before {
                return Ok(table);
            }
            let table = resolve(text, depth - 1)?;
            mine().push((known, table.clone()));
            Ok(table)
        }
        None => fault(
            &[key],
            format!("there is no product \"{id}\"; `presscheck profiles` lists them"),
        ),
    }
}

/// Takes the rules out of a base that a profile says it is without.
fn leave_out(under: &mut Table, own: &Table) -> Result<(), Fault> {
    let names = own.get("without").and_then(Value::as_array);
    let rules = under.get_mut("rules").and_then(Value::as_table_mut);
    let (Some(names), Some(rules)) = (names, rules) else {
        return Ok(());
    };
    for name in names.iter().filter_map(Value::as_str) {
        if rules.remove(name).is_none() {
            return fault(
                &["without"],
                format!("what it extends has no rule \"{name}\""),
            );
        }
    }
    Ok(())
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

/// Every figure has a source, every model makes sense, every name is known.
fn sound(profile: &Profile) -> Result<(), Fault> {
    let known = |path: &[&str], key: &str| {
        if profile.sources.contains_key(key) {
            Ok(())
        } else {
            fault(path, format!("source \"{key}\" is not among [sources]"))
        }
    };
    if let Some(interior) = &profile.interior {
        known(&["interior", "source"], &interior.source)?;
    }
    if let Some(cover) = &profile.cover {
        known(&["cover", "source"], &cover.source)?;
        for (key, figure, source) in [
            ("safety", cover.safety.is_some(), &cover.safety_source),
            (
                "spine-safety",
                !cover.spine_safety.is_empty(),
                &cover.safety_source,
            ),
            ("barcode", cover.barcode.is_some(), &cover.barcode_source),
        ] {
            match source {
                Some(source) => known(&["cover"], source)?,
                None if figure => {
                    return fault(
                        &["cover", key],
                        "no source; every figure names who states it",
                    );
                }
                None => {}
            }
        }
    }
    match &profile.pages {
        Some(pages) => known(&["pages", "source"], &pages.source)?,
        None if profile.standard => {}
        None => return fault(&["pages"], "how pages are counted is needed"),
    }
    if profile.stocks.is_empty() && !profile.standard {
        return fault(&["stocks"], "at least one stock is needed");
    }
    let stocked = |path: &[&str], id: &str| {
        if profile.stocks.iter().any(|s| s.id == *id) {
            Ok(())
        } else {
            fault(path, format!("\"{id}\" is not among [[stocks]]"))
        }
    };
    for (n, trim) in profile.trims.iter().enumerate() {
        let n = n.to_string();
        known(&["trims", &n, "source"], &trim.source)?;
        for id in trim.pages.keys() {
            stocked(&["trims", &n, "pages"], id)?;
        }
    }
    for (n, custom) in profile.custom_trims.iter().enumerate() {
        let n = n.to_string();
        known(&["custom-trims", &n, "source"], &custom.source)?;
        for id in custom.stocks.iter().chain(custom.doubtful_pages.keys()) {
            stocked(&["custom-trims", &n, "stocks"], id)?;
        }
    }
    if let Some(lists) = &profile.trims_by_stock {
        known(&["trims-by-stock", "source"], &lists.source)?;
        for (id, names) in &lists.stocks {
            let path = ["trims-by-stock", "stocks", id];
            stocked(&path, id)?;
            let listed = |name: &&String| profile.trims.iter().any(|t| t.name == **name);
            if let Some(name) = names.iter().find(|name| !listed(name)) {
                return fault(&path, format!("\"{name}\" is not among [[trims]]"));
            }
        }
    }
    for (n, stock) in profile.stocks.iter().enumerate() {
        let n = n.to_string();
        known(&["stocks", &n, "source"], &stock.source)?;
        let (fewest, most) = (stock.pages.fewest, stock.pages.most);
        // A count no press binds; it also bounds every search over counts.
        if fewest.zip(most).is_some_and(|(a, b)| a > b) || most.max(fewest) > Some(MOST_PAGES) {
            return fault(
                &["stocks", &n, "pages"],
                format!("fewest and most pages are expected, at most {MOST_PAGES}"),
            );
        }
        if let Some(why) = stock.spine.fault() {
            return fault(&["stocks", &n, "spine"], why);
        }
    }
    for (rule, limits) in &profile.rules {
        match limits.get("source") {
            Some(Value::String(key)) => known(&["rules", rule, "source"], key)?,
            _ => {
                return fault(
                    &["rules", rule],
                    "no source; every limit names who states it",
                );
            }
        }
    }
    for (key, source) in &profile.sources {
        let day = source.checked.as_bytes();
        let dashed = day.len() == 10 && day.get(4) == Some(&b'-') && day.get(7) == Some(&b'-');
        if !dashed {
            return fault(
                &["sources", key, "checked"],
                format!("\"{}\" is not a day as 2026-09-30", source.checked),
            );
        }
    }
    Ok(())
}

/// More pages than any book has.
const MOST_PAGES: u32 = 10_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_is_sound() {
        let profiles = built_in().unwrap_or_else(|e| panic!("{e}"));
        for (profile, (id, _)) in profiles.iter().zip(BUILT_IN) {
            assert_eq!(profile.id, *id);
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
    fn a_profile_is_without_rules_of_what_it_extends() {
        let text = |without: &str| {
            format!(
                "id = \"own/x\"\ntitle = \"X\"\nplatform = \"own\"\nextends = \"pdfx/4\"\n\
                 without = [\"{without}\"]\nstandard = true\n[sources]\n[rules]\n"
            )
        };
        let own = from_text("own", &text("pdfx-claim-missing")).unwrap();
        let base = from_text(
            "pdfx/4",
            BUILT_IN.iter().find(|(id, _)| *id == "pdfx/4").unwrap().1,
        );
        assert_eq!(own.rules.len() + 1, base.unwrap().rules.len());
        let error = from_text("own", &text("pdfx-claim"))
            .map(|_| ())
            .unwrap_err();
        assert!(
            error.to_string().contains("has no rule \"pdfx-claim\""),
            "{error}"
        );
    }

    #[test]
    fn absurd_figures_stop_the_load_and_are_shown() {
        let (id, text) = BUILT_IN[0];
        for (from, to, word) in [
            ("bleed = \"0.125in\"", "bleed = \"-0.125in\"", "negative"),
            (
                "bleed = \"0.125in\"",
                "bleed = \"9000in\"",
                "longer than any sheet",
            ),
            ("warn-below = 3\n", "warn-below = -3\n", "negative"),
            ("warn-below = 3\n", "warn-below = nan\n", "no figure"),
        ] {
            let broken = text.replacen(from, to, 1);
            assert_ne!(broken, text, "{from}");
            let error = from_text(id, &broken).map(|_| ()).unwrap_err().to_string();
            assert!(error.contains(word), "{error}");
        }
    }

    #[test]
    fn a_misspelt_key_is_named() {
        let (id, text) = BUILT_IN[0];
        let broken = text.replacen("\nbleed =", "\nbled =", 1);
        let error = from_text(id, &broken).map(|_| ()).unwrap_err().to_string();
        let line = broken
            .lines()
            .position(|l| l.starts_with("bled"))
            .unwrap_or(0)
            + 1;
        assert!(
            error.contains("[interior]") && error.contains("`bled`"),
            "{error}"
        );
        assert!(
            error.contains(&format!("{line} | bled =")) && error.contains("| ^^^^"),
            "{error}"
        );
    }
}
