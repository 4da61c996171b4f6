//! Products as tables: which are known, and one in full with its sources.

use std::fmt::Write;

use crate::profile::{Profile, Spine};

/// The products known; as Markdown or plain.
pub fn profiles_table(known: &[Profile], as_markdown: bool) -> String {
    let head = [
        "product",
        "name",
        "stocks",
        "trims",
        "rules",
        "newest reading",
    ]
    .map(str::to_owned);
    let rows: Vec<Vec<String>> = known
        .iter()
        .map(|p| {
            vec![
                if as_markdown {
                    format!("`{}`", p.id)
                } else {
                    p.id.clone()
                },
                p.title.clone(),
                p.stocks.len().to_string(),
                p.trims.len().to_string(),
                p.rules.len().to_string(),
                p.checked().to_owned(),
            ]
        })
        .collect();
    if as_markdown {
        markdown(&head, &rows)
    } else {
        columns(&head, &rows)
    }
}

/// One product in full.
pub fn profile_page(profile: &Profile) -> String {
    let mut out = format!("{}: {}\n", profile.id, profile.title);
    if let Some(base) = &profile.extends {
        let _ = writeln!(out, "says only how it differs from {base}");
    }
    let _ = writeln!(out, "\nPages and cover");
    let _ = writeln!(
        out,
        "  interior bleed {} on the outside, top and bottom [{}]",
        profile.interior.bleed, profile.interior.source
    );
    let _ = writeln!(
        out,
        "  cover bleed {} on all sides [{}]",
        profile.cover.bleed, profile.cover.source
    );
    let _ = writeln!(out, "\nStocks");
    let rows: Vec<Vec<String>> = profile
        .stocks
        .iter()
        .map(|s| {
            let [fewest, most] = s.pages;
            let model = match &s.spine {
                Spine::Factor { per_page, .. } => format!("{:.6} in a page", per_page.as_inches()),
                Spine::Affine {
                    constant,
                    pages_per_inch,
                    ..
                } => {
                    format!("{:.4} in + pages / {pages_per_inch}", constant.as_inches())
                }
                Spine::Table { pages, .. } => format!("table of {} readings", pages.len()),
            };
            let at300 = format!("{:.3} in", s.spine.width(300).as_inches());
            vec![
                format!("  {}", s.id),
                format!("{fewest}-{most} pages"),
                model,
                at300,
                format!("[{}]", s.source),
            ]
        })
        .collect();
    let head = ["  stock", "pages", "spine", "300 pages", "source"].map(str::to_owned);
    out.push_str(&columns(&head, &rows));
    let _ = writeln!(out, "\nTrims");
    let trims: Vec<&str> = profile.trims.iter().map(|t| t.name.as_str()).collect();
    let _ = writeln!(out, "  {}", trims.join("; "));
    let _ = writeln!(
        out,
        "\nRules\n  {}",
        profile.rules.keys().cloned().collect::<Vec<_>>().join(", ")
    );
    let _ = writeln!(out, "\nSources");
    for (key, source) in &profile.sources {
        let confidence = serde_json::to_value(source.confidence).unwrap_or_default();
        let _ = writeln!(
            out,
            "  [{key}] {}, read {} ({})",
            source.title,
            source.checked,
            confidence.as_str().unwrap_or_default(),
        );
        if let Some(url) = &source.url {
            let _ = writeln!(out, "      {url}");
        }
        if let Some(note) = &source.note {
            let _ = writeln!(out, "      {note}");
        }
    }
    out
}

/// A table in Markdown.
pub(super) fn markdown(head: &[String], rows: &[Vec<String>]) -> String {
    let mut out = format!("| {} |\n|{}\n", head.join(" | "), "---|".repeat(head.len()));
    for row in rows {
        let _ = writeln!(out, "| {} |", row.join(" | "));
    }
    out
}

/// A table in columns.
pub(super) fn columns(head: &[String], rows: &[Vec<String>]) -> String {
    let mut widths: Vec<usize> = head.iter().map(|h| h.chars().count()).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut out = String::new();
    for row in std::iter::once(head).chain(rows.iter().map(Vec::as_slice)) {
        let cells: Vec<String> = row
            .iter()
            .zip(&widths)
            .map(|(c, w)| format!("{c:<w$}", w = *w))
            .collect();
        let _ = writeln!(out, "{}", cells.join("  ").trim_end());
    }
    out
}
