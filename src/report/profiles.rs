//! Products as tables: which are known, and one in full with its sources.

use std::fmt::Write;

use super::tables::{columns, markdown};
use crate::model::units::Length;
use crate::profile::{BleedEdges, CoverModel, CustomTrims, Edge, HingeAt, Profile, Spine};

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
                match (p.standard, p.guest) {
                    (true, _) => format!("{} (standard)", p.title),
                    (_, true) => format!("{} (guest)", p.title),
                    (false, false) => p.title.clone(),
                },
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

/// One product in full. With today's date (`YYYY-MM-DD`) every source also tells its age.
pub fn profile_page(profile: &Profile, today: Option<&str>) -> String {
    let mut out = format!("{}: {}\n", profile.id, profile.title);
    if let Some(base) = &profile.extends {
        let _ = writeln!(out, "says only how it differs from {base}");
    }
    if !profile.standard {
        product(&mut out, profile);
    }
    let _ = writeln!(
        out,
        "\nRules\n  {}",
        profile.rules.keys().cloned().collect::<Vec<_>>().join(", ")
    );
    let _ = writeln!(out, "\nSources");
    for (key, source) in &profile.sources {
        let _ = writeln!(
            out,
            "  [{key}] {}, read {}{} ({})",
            source.title,
            source.checked,
            today
                .and_then(|t| age(&source.checked, t))
                .unwrap_or_default(),
            source.confidence.words(),
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

/// What only a product has: its pages and cover, stocks and trims.
fn product(out: &mut String, profile: &Profile) {
    let _ = writeln!(out, "\nPages and cover");
    match &profile.interior {
        Some(interior) => {
            let edges = match interior.edges {
                BleedEdges::Outer => "on the outside, top and bottom",
                BleedEdges::All => "on all four sides",
            };
            let _ = writeln!(
                out,
                "  interior bleed {} {edges} [{}]",
                interior.bleed, interior.source
            );
        }
        None => out.push_str("  interior bleed: not known\n"),
    }
    match &profile.cover {
        Some(cover) => {
            for (what, source) in cover_lines(cover) {
                let source = source.map_or_else(String::new, |s| format!(" [{s}]"));
                let _ = writeln!(out, "  {what}{source}");
            }
        }
        None => {
            out.push_str("  cover: its composition is not known; use the platform's template\n")
        }
    }
    let _ = writeln!(out, "\nStocks");
    let rows: Vec<Vec<String>> = profile
        .stocks
        .iter()
        .map(|s| {
            let at300 = s.spine.width(300);
            let at300 =
                at300.map_or_else(String::new, |width| format!("{:.3} in", width.as_inches()));
            let doubt = s.doubtful_pages.map_or_else(String::new, |pages| {
                format!(", {} by some sources", pages.words())
            });
            vec![
                format!("  {}", s.id),
                format!("{}{doubt}", s.pages.words()),
                spine_words(&s.spine),
                at300,
                format!("[{}]", s.source),
            ]
        })
        .collect();
    let head = ["  stock", "pages", "spine", "300 pages", "source"].map(str::to_owned);
    out.push_str(&columns(&head, &rows));
    let _ = writeln!(out, "\nTrims");
    let trims: Vec<&str> = profile.trims.iter().map(|t| t.name.as_str()).collect();
    let trims = match trims.as_slice() {
        [] => "none is listed".to_owned(),
        trims => trims.join("; "),
    };
    let _ = writeln!(out, "  {trims}");
    trims_by_stock(out, profile);
    for custom in &profile.custom_trims {
        custom_trims(out, custom);
    }
}

/// The stocks that trims are listed on, stocks with the same list together.
fn trims_by_stock(out: &mut String, profile: &Profile) {
    let Some(lists) = &profile.trims_by_stock else {
        return;
    };
    let mut groups: Vec<(&[String], Vec<&str>)> = Vec::new();
    for (stock, names) in &lists.stocks {
        match groups.iter_mut().find(|(n, _)| *n == names.as_slice()) {
            Some((_, stocks)) => stocks.push(stock),
            None => groups.push((names, vec![stock])),
        }
    }
    for (names, stocks) in groups {
        let names = match names {
            [] => "in none of them".to_owned(),
            names => names.join("; "),
        };
        let _ = writeln!(
            out,
            "  listed on {}: {names} [{}]",
            stocks.join(", "),
            lists.source
        );
    }
}

fn custom_trims(out: &mut String, custom: &CustomTrims) {
    let span = |[least, most]: [Length; 2]| {
        format!("{:.3} to {:.3} in", least.as_inches(), most.as_inches())
    };
    let doubt = match (custom.doubtful_width, custom.doubtful_height) {
        (None, None) if custom.doubtful => ", though sources differ".to_owned(),
        (None, None) => String::new(),
        (width, height) => format!(
            ", though sources differ beyond {} by {}",
            span(width.unwrap_or(custom.width)),
            span(height.unwrap_or(custom.height))
        ),
    };
    let _ = writeln!(
        out,
        "  and any {} wide and {} high on {}{doubt} [{}]",
        span(custom.width),
        span(custom.height),
        custom.stocks.join(", "),
        custom.source
    );
}

/// How a cover is composed, a line a part, each with the source that states it.
fn cover_lines(cover: &CoverModel) -> Vec<(String, Option<&str>)> {
    let none = Length::default();
    let composed = Some(cover.source.as_str());
    let edge = match cover.edge {
        Edge::Bleed => "bleed",
        Edge::Wrap => "wrap",
    };
    let mut lines = vec![(
        format!("cover {edge} {} on all sides", cover.bleed),
        composed,
    )];
    if cover.panel_wider != none || cover.panel_higher != none {
        let panel = format!(
            "each board or panel is {:+.4} in wider and {:+.4} in higher than the trim",
            cover.panel_wider.as_inches(),
            cover.panel_higher.as_inches()
        );
        lines.push((panel, composed));
    }
    if cover.hinge != none {
        let place = match cover.hinge_at {
            HingeAt::BesideSpine => "between board and spine",
            HingeAt::OnBoard => "on the board, next to the spine",
        };
        lines.push((format!("hinge {} {place}", cover.hinge), composed));
    }
    if cover.flap != none {
        let flap = format!("flaps {}, fold strips {}", cover.flap, cover.fold);
        lines.push((flap, composed));
    }
    for sheet in &cover.sheets {
        let (w, h) = (sheet.width.as_inches(), sheet.height.as_inches());
        lines.push((
            format!("may come on the template sheet of {w} x {h} in"),
            composed,
        ));
    }
    let safety_source = cover.safety_source.as_deref();
    if let Some(safety) = cover.safety {
        lines.push((
            format!("text stays {safety} inside every panel"),
            safety_source,
        ));
    }
    for safety in &cover.spine_safety {
        let from = match safety.from_width {
            w if w == none => String::new(),
            w => format!(" on spines from {w}"),
        };
        let text = format!("spine text stays {} from each fold{from}", safety.sides);
        lines.push((text, safety_source));
    }
    if let Some(code) = &cover.barcode {
        let place = match (code.from_inner, code.from_bottom) {
            (Some(inner), Some(bottom)) => {
                format!("{inner} from the fold or hinge and {bottom} from the bottom of the back")
            }
            _ => "anywhere in the safe area of the back".to_owned(),
        };
        let text = format!("bar code {} x {}, {place}", code.width, code.height);
        lines.push((text, cover.barcode_source.as_deref()));
    }
    lines
}

/// A spine model in words.
fn spine_words(spine: &Spine) -> String {
    let plus = |constant: Length| match constant.as_inches() {
        0.0 => String::new(),
        c => format!("{c:.4} in + "),
    };
    match spine {
        Spine::Factor {
            per_page, constant, ..
        } => {
            format!("{}{:.6} in a page", plus(*constant), per_page.as_inches())
        }
        Spine::Affine {
            constant,
            pages_per_inch,
            ..
        } => {
            format!("{}pages / {pages_per_inch}", plus(*constant))
        }
        Spine::Table { pages, .. } => format!("table of {} readings", pages.len()),
        Spine::Bands { bands, .. } => format!("{} steps", bands.len()),
        Spine::Unknown {} => "not known; its calculator tells it".to_owned(),
        Spine::Stepped {
            add, step, least, ..
        } => format!(
            "paperback's + {:.4} in, up to the next {:.4} in, at least {:.3} in",
            add.as_inches(),
            step.as_inches(),
            least.as_inches()
        ),
    }
}

/// How long ago a day was, in words.
fn age(day: &str, today: &str) -> Option<String> {
    let days = days(today)? - days(day)?;
    Some(match days {
        ..=0 => ", today".to_owned(),
        1 => ", yesterday".to_owned(),
        2..=90 => format!(", {days} days ago"),
        _ => format!(", {} months ago", days * 12 / 365),
    })
}

/// Days since the first of March of year 0, for a day as `2026-09-30`.
fn days(day: &str) -> Option<i64> {
    let mut parts = day.splitn(3, '-').map(str::parse::<i64>);
    let mut next = || parts.next()?.ok();
    let (year, month, day) = (next()?, next()?, next()?);
    // The year begins in March, so that the leap day is its last.
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    Some(365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages() {
        assert_eq!(
            days("2026-11-22")
                .zip(days("2026-09-30"))
                .map(|(a, b)| a - b),
            Some(53)
        );
        assert_eq!(
            days("2024-03-01")
                .zip(days("2024-02-28"))
                .map(|(a, b)| a - b),
            Some(2)
        );
        assert_eq!(
            age("2026-11-21", "2026-11-22").as_deref(),
            Some(", yesterday")
        );
        assert_eq!(
            age("2019-09-10", "2026-11-22").as_deref(),
            Some(", 86 months ago")
        );
    }
}
