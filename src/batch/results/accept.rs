//! Findings that the user has accepted: not counted for that very file, until a day.

use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::batch::running::report_summary::{FindingSummary, ReportSummary};
use crate::model::error::Error;
use crate::model::readable;
use crate::rules;

/// A finding that was accepted.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Accepted {
    /// The rule.
    pub rule: String,
    /// The product.
    pub profile: String,
    /// Why.
    pub reason: String,
    /// The last day, if there is one.
    pub until: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct AcceptEntry {
    rule: String,
    /// SHA-256 of the file the finding is about.
    file: String,
    /// A platform or product; all without it.
    #[serde(rename = "for")]
    product: Option<String>,
    reason: String,
    /// A day, in quotation marks or without.
    until: Option<toml::Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(default)]
    accept: Vec<AcceptEntry>,
}

/// What was accepted, from a file of `[[accept]]` tables.
#[derive(Debug, Default)]
pub struct Acceptances {
    entries: Vec<(AcceptEntry, Option<String>)>,
    today: String,
}

impl Acceptances {
    /// Reads a file; `today` is `YYYY-MM-DD`.
    pub fn read(path: &Path, today: &str) -> Result<Self, Error> {
        let text = readable::text(path)?;
        Self::from_text(&text, today)
            .map_err(|why| Error::Catalogue(format!("{}: {why}", path.display())))
    }

    fn from_text(text: &str, today: &str) -> Result<Self, String> {
        let table: Table = toml::from_str(text).map_err(|e| e.to_string().trim_end().to_owned())?;
        let mut entries = Vec::new();
        for mut entry in table.accept {
            let rule = &entry.rule;
            if rules::find(rule).is_none() {
                return Err(rules::unknown(rule));
            }
            entry.file.make_ascii_lowercase();
            if entry.file.len() != 64 || !entry.file.bytes().all(|b| b.is_ascii_hexdigit()) {
                return Err(format!(
                    "{rule}: file is the SHA-256 of the file it is accepted for, 64 digits, as reports have it in `files`"
                ));
            }
            if entry.reason.trim().is_empty() {
                return Err(format!("{rule}: say why in reason"));
            }
            let until = match &entry.until {
                None => None,
                Some(toml::Value::String(day)) => Some(day.clone()),
                Some(other) => Some(other.to_string()),
            };
            if let Some(day) = until.as_deref().filter(|d| !is_day(d)) {
                return Err(format!(
                    "{rule}: until is a day as in 2027-01-31, not \"{day}\""
                ));
            }
            entries.push((entry, until));
        }
        Ok(Self {
            entries,
            today: today.to_owned(),
        })
    }

    /// Whether a finding is accepted today; `Err` has the day an acceptance ran out.
    pub(in crate::batch) fn of(
        &self,
        summary: &ReportSummary<'_>,
        finding: &FindingSummary<'_>,
    ) -> Result<Option<Accepted>, String> {
        let Some(hash) = summary
            .hash_of(finding)
            .filter(|_| !self.entries.is_empty())
        else {
            return Ok(None);
        };
        let platform = finding.profile.split('/').next().unwrap_or_default();
        let mut out = None;
        for (entry, until) in &self.entries {
            let product = entry
                .product
                .as_deref()
                .is_none_or(|p| p == platform || *p == *finding.profile);
            if entry.rule != *finding.rule || entry.file != hash || !product {
                continue;
            }
            if let Some(day) = until.as_ref().filter(|d| **d < self.today) {
                out = Some(day.clone());
                continue;
            }
            return Ok(Some(Accepted {
                rule: entry.rule.clone(),
                profile: finding.profile.to_string(),
                reason: entry.reason.clone(),
                until: until.clone(),
            }));
        }
        out.map_or(Ok(None), Err)
    }
}

fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number =
        |s: &str, length: usize| (s.len() == length).then(|| s.parse::<u32>().ok()).flatten();
    match parts.as_slice() {
        [y, m, d] => {
            number(y, 4).is_some()
                && number(m, 2).is_some_and(|m| (1..=12).contains(&m))
                && number(d, 2).is_some_and(|d| (1..=31).contains(&d))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HASH: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    fn report(hash: &str) -> String {
        format!(
            r#"{{"files":[{{"role":"cover","for":["kdp/paperback"],"name":"c.pdf","sha256":"{hash}","pages":1,"readable":true}}],
            "verdicts":[],"findings":[{{"rule":"page-rotated","profile":"kdp/paperback","level":"warning","message":"m","file":"cover",
            "pages":[1],"source":{{"checked":"2026-01-01"}},"fix":"f"}}]}}"#
        )
    }

    fn asked(toml: &str, hash: &str) -> Result<Option<Accepted>, String> {
        let acceptances = Acceptances::from_text(toml, "2026-06-15").unwrap();
        let text = report(hash);
        let summary = ReportSummary::read(&text).unwrap();
        acceptances.of(&summary, &summary.findings[0])
    }

    fn entry(more: &str) -> String {
        format!(
            "[[accept]]\nrule = 'page-rotated'\nfile = '{HASH}'\nreason = 'seen on proof'\n{more}"
        )
    }

    #[test]
    fn only_for_that_very_file_product_and_time() {
        assert!(asked(&entry(""), HASH).unwrap().is_some());
        assert_eq!(asked(&entry(""), &HASH.replace('a', "b")), Ok(None));
        assert!(asked(&entry("for = 'kdp'"), HASH).unwrap().is_some());
        assert!(
            asked(&entry("for = 'kdp/paperback'"), HASH)
                .unwrap()
                .is_some()
        );
        assert_eq!(asked(&entry("for = 'lulu'"), HASH), Ok(None));
        assert!(
            asked(&entry("until = '2026-06-15'"), HASH)
                .unwrap()
                .is_some()
        );
        assert!(asked(&entry("until = 2026-06-16"), HASH).unwrap().is_some());
        assert_eq!(
            asked(&entry("until = '2026-06-14'"), HASH),
            Err("2026-06-14".to_owned())
        );
    }

    #[test]
    fn what_is_wrong_is_told() {
        for (text, word) in [
            (
                "[[accept]]\nrule = 'no-such'\nfile = 'a'\nreason = 'x'",
                "no rule",
            ),
            (
                "[[accept]]\nrule = 'page-rotated'\nfile = 'abc'\nreason = 'x'",
                "64 digits",
            ),
            ("[[accept]]\nrule = 'page-rotated'\nreason = 'x'", "file"),
            (&entry("until = 'soon'"), "until is a day"),
            (&entry("").replace("seen on proof", " "), "say why"),
            ("[[acept]]\nrule = 'page-rotated'", "acept"),
        ] {
            let why = Acceptances::from_text(text, "2026-06-15").unwrap_err();
            assert!(why.contains(word), "{text}: {why}");
        }
    }
}
