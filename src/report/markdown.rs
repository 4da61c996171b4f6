//! The report as Markdown, for issues, pull requests and mails: the verdicts as a table, then the causes, folded.

use std::fmt::Write;

use super::escape;
use super::model::{CauseReport, Report, Verdict};
use super::queries::{pages_named, product_name};
use super::text_places::position;
use crate::model::finding::Level;
use crate::model::units::Unit;
use crate::model::visible::{isolated, visible};
use crate::profile::Profile;

/// Places of a cause that are listed.
const PLACES: usize = 5;

/// The report as Markdown. `known` gives products their names, `unit` comes first in lengths.
pub fn markdown(report: &Report, known: &[Profile], unit: Unit) -> String {
    let report = &report.with_visible_names();
    let mut out = String::new();
    let name = |id: &str| plain(&product_name(known, id));
    // Writing to a String cannot fail.
    let _ = writeln!(
        out,
        "| Printer | Verdict | Errors | Warnings | Not checked |"
    );
    let _ = writeln!(out, "|---|---|--:|--:|--:|");
    for verdict in &report.verdicts {
        let word = match verdict.verdict {
            Verdict::Pass => "✅ pass",
            Verdict::Warn => "⚠️ warnings",
            Verdict::Fail => "❌ fail",
            Verdict::Incomplete => "❔ incomplete",
        };
        let _ = writeln!(
            out,
            "| {} | {word} | {} | {} | {} |",
            name(&verdict.profile),
            verdict.errors,
            verdict.warnings,
            verdict.not_checked
        );
    }
    out.push('\n');
    for cause in &report.causes {
        let products = cause.named(&cause.products(report), name);
        let others = cause.others(report).into_iter().map(|other| {
            let products = cause.named(&other.products, name);
            format!("{products}: {}", worded(other.message))
        });
        out.push_str(&of_cause(cause, &products, others.collect(), unit));
    }
    for (why, rules) in report.gaps() {
        let _ = writeln!(
            out,
            "<details><summary><b>not checked</b>: {} {}</summary>\n\n{}: {}\n\n</details>\n",
            rules.len(),
            if rules.len() == 1 { "rule" } else { "rules" },
            rules.join(", "),
            worded(why)
        );
    }
    out
}

fn of_cause(cause: &CauseReport, products: &str, others: Vec<String>, unit: Unit) -> String {
    let word = match cause.level {
        Level::Error => "❌ error",
        Level::Warning => "⚠️ warning",
        Level::Note => "ℹ️ note",
    };
    let mut out = format!(
        "<details><summary><b>{word}</b>: {} (<code>{}</code>)</summary>\n\n",
        html(&cause.message),
        cause.rule
    );
    let pages = pages_named(&cause.pages, usize::MAX);
    let pages = pages.map_or(String::new(), |pages| format!(", {pages}"));
    let _ = writeln!(out, "- **Where**: {}{pages}", plain(&cause.name));
    for place in cause.places.iter().take(PLACES) {
        if let Some(area) = place.area_pt {
            let at = position(area, unit);
            let what = plain(&place.what);
            let _ = writeln!(out, "  - page {}: {what}, {at}", place.page);
        }
    }
    let _ = writeln!(out, "- **At**: {products}");
    for other in others {
        let _ = writeln!(out, "- **Also**: {other}");
    }
    let _ = writeln!(out, "- **Fix**: {}\n\n</details>\n", worded(&cause.fix));
    out
}

/// Text within HTML tags, where Markdown is not read.
fn html(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    escape::worded(&text).replace('@', "@\u{2060}")
}

/// Text of the wording: what it has between backticks is code.
fn worded(text: &str) -> String {
    let pieces: Vec<&str> = text.split('`').collect();
    if pieces.len().is_multiple_of(2) {
        return plain(text);
    }
    let pieces = pieces.into_iter().enumerate();
    let words = pieces.map(|(place, piece)| match place % 2 {
        1 => format!("<code>{}</code>", plain(piece)),
        _ => plain(piece),
    });
    words.collect()
}

/// Text from a file as Markdown that shows it and does nothing else. Marks of direction are written out, and what is read from
/// right to left is kept apart from what stands around it.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let text: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    for c in isolated(&visible(&text)).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // A name may look like that of a person; a word joiner keeps the code host from calling them.
            '@' => out.push_str("@\u{2060}"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{plain, worded};

    #[test]
    fn text_of_a_file_stays_text() {
        assert_eq!(
            plain("<b>|[x](y) @me\n# `"),
            "&lt;b&gt;\\|\\[x\\](y) @\u{2060}me \\# \\`"
        );
        assert_eq!(plain("a\u{202e}\u{5d0}"), "a\\\\u{202e}\u{5d0}");
        assert_eq!(plain("\"\u{5d0}\""), "\"\u{2068}\u{5d0}\u{2069}\"");
        assert_eq!(worded("see `a_b`"), "see <code>a\\_b</code>");
    }
}
