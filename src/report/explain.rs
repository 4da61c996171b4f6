//! One rule in full, the table of rules, and the generated page of a rule.

use std::fmt::Write;

use crate::profile::Profile;
use crate::rules::{self, Entry, Meta};

/// The level of a rule at a product: the profile's, else the rule's; none where the product states nothing.
pub(super) fn level(meta: &Meta, profile: &Profile) -> Option<String> {
    let limits = profile.rules.get(meta.id)?;
    let own = limits.get("level").and_then(toml::Value::as_str);
    Some(own.map_or_else(|| meta.level.word().to_owned(), str::to_owned))
}

/// Limits as a profile writes them, on one line.
fn limits(meta: &Meta, profile: &Profile) -> String {
    let Some(table) = profile.rules.get(meta.id).and_then(toml::Value::as_table) else {
        return String::new();
    };
    let parts: Vec<String> = table
        .iter()
        .filter(|(k, _)| !matches!(k.as_str(), "source" | "level"))
        .map(|(k, v)| format!("{k} {}", flat(v)))
        .collect();
    parts.join(", ")
}

fn flat(value: &toml::Value) -> String {
    match value {
        toml::Value::String(s) => s.clone(),
        toml::Value::Array(items) => items.iter().map(flat).collect::<Vec<_>>().join("; "),
        toml::Value::Table(t) => t
            .iter()
            .map(|(k, v)| format!("{k} {}", flat(v)))
            .collect::<Vec<_>>()
            .join(" "),
        other => other.to_string(),
    }
}

/// One rule for the terminal.
pub fn explain(entry: &Entry, known: &[Profile]) -> String {
    let meta = entry.meta;
    let mut out = format!("{}: {}\n\n", meta.id, meta.title);
    let _ = writeln!(out, "Why it matters\n  {}\n", meta.why);
    let _ = writeln!(out, "What to do\n  {}", meta.fix);
    for (program, advice) in rules::advice_by_program(meta) {
        let _ = writeln!(out, "  - {}: {advice}", program.title);
    }
    let _ = writeln!(out, "\nWho asks for it");
    for profile in known {
        if let Some(level) = level(meta, profile) {
            let limits = limits(meta, profile);
            let limits = if limits.is_empty() {
                limits
            } else {
                format!(": {limits}")
            };
            let _ = writeln!(out, "  {} ({level}){limits}", profile.title);
            if let Some(source) = source(meta, profile) {
                let url = source
                    .url
                    .as_deref()
                    .map_or(String::new(), |u| format!(" <{u}>"));
                let _ = writeln!(out, "    {}{url}, read {}", source.title, source.checked);
                if let Some(note) = &source.note {
                    let _ = writeln!(out, "    {note}");
                }
            }
        }
    }
    out
}

fn source<'a>(meta: &Meta, profile: &'a Profile) -> Option<&'a crate::profile::Source> {
    profile.source(profile.rules.get(meta.id)?.get("source")?.as_str()?)
}

/// The generated page of a rule, in Markdown.
pub fn rule_page(entry: &Entry, known: &[Profile]) -> String {
    let meta = entry.meta;
    let parts: Vec<&str> = meta.parts.iter().map(|p| p.word()).collect();
    let mut out = format!(
        "<!-- generated from {} and templates/; UPDATE=1 cargo test rewrites it -->\n# {}\n\n{}.\n\n",
        rules::path(meta.id).unwrap_or_default(),
        meta.id,
        capital(meta.title),
    );
    let _ = writeln!(
        out,
        "Looks at: {}. Since {}.\n",
        parts.join(" and "),
        meta.since
    );
    let _ = writeln!(
        out,
        "## Why it matters\n\n{}\n\n## What to do\n\n{}\n",
        meta.why, meta.fix
    );
    let mut by_program = rules::advice_by_program(meta).peekable();
    let is_advised = by_program.peek().is_some();
    for (program, advice) in by_program {
        let _ = writeln!(out, "- *{}*: {advice}", program.title);
    }
    if is_advised {
        out.push('\n');
    }
    let _ = writeln!(
        out,
        "## Who asks for it\n\n| product | level | limits | source |\n|---|---|---|---|"
    );
    for profile in known {
        let Some(level) = level(meta, profile) else {
            continue;
        };
        let source = source(meta, profile).map_or_else(String::new, |s| {
            let title = s
                .url
                .as_ref()
                .map_or_else(|| s.title.clone(), |u| format!("[{}]({u})", s.title));
            format!("{title}, read {}", s.checked)
        });
        let _ = writeln!(
            out,
            "| {} | {level} | {} | {source} |",
            profile.title,
            limits(meta, profile)
        );
    }
    out
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| {
        c.to_uppercase().collect::<String>() + chars.as_str()
    })
}

/// All rules with their level at each platform; as Markdown with links, or plain for the terminal.
pub fn rules_table(known: &[Profile], markdown: bool) -> String {
    let houses = houses(known);
    let rows: Vec<Vec<String>> = rules::all()
        .map(|entry| {
            let meta = entry.meta;
            let id = if markdown {
                format!("[`{0}`](docs/rules/{0}.md)", meta.id)
            } else {
                meta.id.to_owned()
            };
            let mut row = vec![id];
            row.extend(houses.iter().map(|h| levels(meta, &h.products)));
            row.push(meta.title.to_owned());
            row
        })
        .collect();
    let mut head = vec!["rule".to_owned()];
    head.extend(houses.into_iter().map(|h| h.name));
    head.push("what it catches".to_owned());
    if markdown {
        super::tables::markdown(&head, &rows)
    } else {
        super::tables::columns(&head, &rows)
    }
}

/// Platforms that ask for the same share a column.
struct House<'a> {
    name: String,
    products: Vec<&'a Profile>,
}

fn houses(known: &[Profile]) -> Vec<House<'_>> {
    let mut houses: Vec<House<'_>> = Vec::new();
    for profile in known {
        match houses.iter_mut().find(|h| h.name == profile.platform) {
            Some(house) => house.products.push(profile),
            None => houses.push(House {
                name: profile.platform.clone(),
                products: vec![profile],
            }),
        }
    }
    let asks = |house: &House<'_>| -> Vec<String> {
        let rules = rules::all();
        rules.map(|e| levels(e.meta, &house.products)).collect()
    };
    let mut shared: Vec<House<'_>> = Vec::new();
    for house in houses {
        match shared.iter_mut().find(|h| asks(h) == asks(&house)) {
            Some(first) => first.name = format!("{}, {}", first.name, house.name),
            None => shared.push(house),
        }
    }
    shared
}

/// The level of a rule at a platform; several where its products differ, the paperback's first.
fn levels(meta: &Meta, products: &[&Profile]) -> String {
    let mut words: Vec<String> = Vec::new();
    for product in products {
        let word = level(meta, product).unwrap_or_else(|| "-".to_owned());
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words.join(" / ")
}
