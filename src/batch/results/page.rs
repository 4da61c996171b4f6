//! The summary as one page for people: self-contained, sortable, every title with its findings and a link of its own.

use std::fmt::Write;
use std::path::Path;

use crate::batch::results::change::What;
use crate::batch::results::links::Links;
use crate::batch::results::table::{changes, grouped, rule, totals};
use crate::batch::results::tally::Tally;
use crate::batch::running::batch_record::Ending;
use crate::batch::running::title_outcome::{FindingDigest, TitleOutcome};
use crate::report::escape::html as escape;
use crate::rules::{self, fold_pages};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The page up to its first title. Counts stand at its end, where they are known, and are shown above.
pub(in crate::batch) fn head() -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"generator\" content=\"presscheck\">\n<title>presscheck: a backlist</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <main>\n<p class=\"tools\"><label>Find <input type=\"search\" id=\"find\" placeholder=\"title, id, rule\"></label>\n\
         <label><input type=\"checkbox\" id=\"all\"> show what passes</label></p>\n\
         <table id=\"titles\">\n<thead><tr>\
         <th data-by=\"n\">no.</th><th data-by=\"rank\">result</th><th>title</th><th data-by=\"errors\">errors</th><th data-by=\"warnings\">warnings</th>\
         <th data-by=\"gaps\">gaps</th><th>change</th><th>worst</th></tr></thead>\n"
    )
}

/// One title: its line, and below it its findings.
pub(in crate::batch) fn title(
    outcome: &TitleOutcome,
    results: Option<&Path>,
    links: Option<&Links>,
) -> String {
    let [errors, warnings, notes] = outcome.open;
    let rank = Ending::ALL
        .iter()
        .position(|e| *e == outcome.ending)
        .unwrap_or_default();
    let number = outcome.number;
    let result = outcome.ending.word();
    let name = escape(outcome.title.as_deref().unwrap_or(&outcome.id));
    let id = if outcome.title.is_some() {
        format!(" <small><bdi>{}</bdi></small>", escape(&outcome.id))
    } else {
        String::new()
    };
    let mut out = format!(
        "<tbody id=\"t{number}\" class=\"{result}\" data-n=\"{number}\" data-rank=\"{rank}\" data-errors=\"{errors}\" data-warnings=\"{warnings}\" data-gaps=\"{}\">\n\
         <tr><td>{number}</td><td class=\"r\">{result}</td><td><a href=\"#t{number}\"><bdi>{name}</bdi></a>{id}</td><td>{errors}</td><td>{warnings}</td><td>{}</td>\
         <td>{}</td><td>{}</td></tr>\n",
        outcome.not_checked,
        outcome.not_checked,
        change(outcome),
        escape(&outcome.worst()),
    );
    out.push_str("<tr class=\"more\"><td></td><td colspan=\"7\">");
    let verdicts: Vec<String> = outcome
        .verdicts
        .iter()
        .map(|(p, e)| format!("<span class=\"{0}\">{1} {0}</span>", e.word(), escape(p)))
        .collect();
    let _ = write!(
        out,
        "<p>{}{}</p>",
        verdicts.join(" "),
        if notes > 0 {
            format!(" {notes} notes")
        } else {
            String::new()
        }
    );
    for note in &outcome.notes {
        let _ = write!(out, "<p>{}</p>", escape(note));
    }
    for found in &outcome.findings {
        let pages = if found.pages.is_empty() {
            String::new()
        } else {
            let more = found.pages_total.saturating_sub(found.pages.len());
            let more = if more > 0 {
                format!(" and {more} more")
            } else {
                String::new()
            };
            format!(
                ", page{} {}{more}",
                if found.pages_total == 1 { "" } else { "s" },
                fold_pages(&found.pages, 12)
            )
        };
        let accepted = if found.accepted { " (accepted)" } else { "" };
        let _ = write!(
            out,
            "<p class=\"f\"><b class=\"{0}\">{0}</b> <code>{1}</code>{accepted} {2} <small>{3}{pages}; {4}</small>{5}</p>",
            found.level.word(),
            escape(&found.rule),
            escape(&found.message),
            found.part,
            escape(&found.products.join(", ")),
            advice(found),
        );
    }
    if let Some(links) = links.filter(|_| !outcome.verdicts.is_empty()) {
        let address = escape(&links.to(outcome));
        let _ = write!(out, "<p><a href=\"{address}\">its report</a></p>");
    }
    if let Some(results) = results {
        let file = results
            .file_name()
            .map(|n| n.to_string_lossy().into_owned())
            .unwrap_or_default();
        let _ = write!(
            out,
            "<p><small>the whole report is line {number} of <a href=\"{0}\">{0}</a></small></p>",
            escape(&file)
        );
    }
    out.push_str("</td></tr>\n</tbody>\n");
    out
}

/// The advice for this very case; the rule's own advice is printed once, with the rule.
fn advice(found: &FindingDigest) -> String {
    let general = rules::find(&found.rule).map_or("", |e| e.meta.fix);
    let own = found.fix.split(general).next().unwrap_or_default().trim();
    if own.is_empty() {
        String::new()
    } else {
        format!("<br><i>{}</i>", escape(own))
    }
}

fn change(outcome: &TitleOutcome) -> String {
    let Some(change) = &outcome.change else {
        return String::new();
    };
    if change.what == What::Same {
        return String::new();
    }
    let because: Vec<&str> = change.because.iter().map(|c| c.word()).collect();
    let because = if because.is_empty() {
        String::new()
    } else {
        format!(" ({})", because.join(", "))
    };
    format!("{}{because}", change.what.word())
}

/// The end of the page: the counts, which are shown at its top.
pub(in crate::batch) fn tail(tally: &Tally, gone: Option<&(usize, Vec<String>)>) -> String {
    let mut out = String::from("</table>\n</main>\n<header>\n<h1>A backlist</h1>\n");
    let _ = writeln!(
        out,
        "<p>{}; {} pages</p>",
        escape(&totals(tally)),
        grouped(usize::try_from(tally.pages).unwrap_or(usize::MAX))
    );
    let changes = changes(tally, gone);
    if !changes.is_empty() {
        out.push_str("<h2>Since the run compared with</h2>\n<ul>\n");
        for line in changes {
            let _ = writeln!(out, "<li>{}</li>", escape(&line));
        }
        out.push_str("</ul>\n");
    }
    let found = tally.rules();
    if !found.is_empty() {
        out.push_str("<h2>By rule</h2>\n<ul class=\"rules\">\n");
        for count in found {
            let _ = writeln!(
                out,
                "<li><details><summary><b class=\"{0}\">{0}</b> <a href=\"#\" data-find=\"{1}\"><code>{1}</code></a> {2}</summary>{3}</details></li>",
                count.level.word(),
                escape(&count.rule),
                escape(&rule(count)),
                escape(rules::find(&count.rule).map_or("", |e| e.meta.fix))
            );
        }
        out.push_str("</ul>\n");
    }
    let _ = write!(
        out,
        "</header>\n<footer>presscheck {}</footer>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n",
        env!("CARGO_PKG_VERSION")
    );
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_catalogue_is_taken_for_markup() {
        assert_eq!(
            escape("<b title=\"x\">A & 'B'</b>"),
            "&lt;b title=&quot;x&quot;&gt;A &amp; &#39;B&#39;&lt;/b&gt;"
        );
    }
}
