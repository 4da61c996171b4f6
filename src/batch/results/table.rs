//! The end of a run for people: how many, what is different, which rules, and the worst titles first.

use std::fmt::Write;

use crate::batch::results::change::{Cause, What};
use crate::batch::results::tally::{RuleCount, Tally};
use crate::batch::running::batch_record::Ending;
use crate::batch::running::title_outcome::TitleOutcome;
use crate::model::visible::visible;

/// A number with a comma at every thousand.
pub(in crate::batch) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn titles(number: usize) -> String {
    format!(
        "{} title{}",
        grouped(number),
        if number == 1 { "" } else { "s" }
    )
}

/// How the titles ended, in one line.
pub fn totals(tally: &Tally) -> String {
    let mut parts: Vec<String> = Vec::new();
    for ending in Ending::ALL {
        let count = tally.ended(ending);
        if count > 0 {
            parts.push(format!("{} {}", grouped(count), ending.word()));
        }
    }
    let mut line = format!(
        "{}: {}",
        titles(tally.titles),
        if parts.is_empty() {
            "none".to_owned()
        } else {
            parts.join(", ")
        }
    );
    if tally.accepted > 0 {
        let _ = write!(line, "; {} accepted", grouped(tally.accepted));
    }
    if tally.skipped > 0 {
        let _ = write!(line, "; {} left out", grouped(tally.skipped));
    }
    line
}

/// What differs from the run compared with, a line a kind; none without one.
pub(in crate::batch) fn changes(tally: &Tally, gone: Option<&(usize, Vec<String>)>) -> Vec<String> {
    let mut lines = Vec::new();
    for what in [
        What::NewlyFailing,
        What::NewlyPassing,
        What::Changed,
        What::New,
        What::Same,
    ] {
        let of: Vec<_> = tally
            .changes
            .iter()
            .filter(|((w, _), _)| *w == what)
            .collect();
        let sum: usize = of.iter().map(|(_, n)| **n).sum();
        if sum == 0 {
            continue;
        }
        let mut causes: Vec<String> = of
            .iter()
            .filter(|((_, because), _)| !because.is_empty())
            .map(|((_, because), n)| {
                format!(
                    "{} by the {}",
                    grouped(**n),
                    because
                        .iter()
                        .map(|c| c.word())
                        .collect::<Vec<_>>()
                        .join(" or the ")
                )
            })
            .collect();
        causes.sort();
        let causes = if causes.is_empty() {
            String::new()
        } else {
            format!(" ({})", causes.join(", "))
        };
        let line = format!("{} {}{causes}", grouped(sum), what.word());
        // Unchanged and new titles are not listed.
        let named = match what {
            What::Same | What::New => None,
            what => tally.changed.get(&what),
        };
        lines.push(match named {
            Some(named) if !named.is_empty() => {
                let names: Vec<_> = named.iter().map(|(_, id)| visible(id)).collect();
                let more = if sum > names.len() { ", ..." } else { "" };
                format!("{line}: {}{more}", names.join(", "))
            }
            _ => line,
        });
    }
    if let Some((number, names)) = gone.filter(|(n, _)| *n > 0) {
        let more = if *number > names.len() { ", ..." } else { "" };
        let names: Vec<_> = names.iter().map(|name| visible(name)).collect();
        lines.push(format!(
            "{} not in this catalogue ({}{more})",
            grouped(*number),
            names.join(", ")
        ));
    }
    lines
}

/// What a rule found, for people: `212 titles, 212 of them new by a change of the rule (its limit was read on 2026-06-12)`.
pub(in crate::batch) fn rule(count: &RuleCount) -> String {
    let mut line = titles(count.titles);
    if count.new > 0 {
        let _ = write!(line, ", {} of them new", grouped(count.new));
        if count.by_rule > 0 {
            let all = if count.by_rule == count.new {
                String::new()
            } else {
                format!(" {}", grouped(count.by_rule))
            };
            let _ = write!(
                line,
                ",{all} by a change of the rules (limit read on {})",
                count.checked
            );
        }
    }
    line
}

/// The whole end of a run. `width` is where lines of the table are cut.
pub fn text(tally: &Tally, gone: Option<&(usize, Vec<String>)>, width: usize) -> String {
    let mut out = String::new();
    let rules = tally.rules();
    if !rules.is_empty() {
        out.push_str("by rule\n");
        let widest = rules.iter().map(|r| r.rule.len()).max().unwrap_or_default();
        for count in rules {
            let _ = writeln!(
                out,
                "  {:<7}  {:<widest$}  {}",
                count.level.word(),
                count.rule,
                rule(count)
            );
        }
        out.push('\n');
    }
    if !tally.worst.is_empty() {
        let wrong: usize = tally.titles - tally.ended(Ending::Pass);
        let more = if wrong > tally.worst.len() {
            format!(" ({} of {})", tally.worst.len(), grouped(wrong))
        } else {
            String::new()
        };
        let _ = writeln!(out, "worst first{more}");
        table(&mut out, &tally.worst, width);
        out.push('\n');
    }
    let changes = changes(tally, gone);
    if !changes.is_empty() {
        out.push_str("since the run compared with\n");
        for line in changes {
            let _ = writeln!(out, "  {line}");
        }
        out.push('\n');
    }
    out.push_str(&totals(tally));
    out.push('\n');
    out
}

fn table(out: &mut String, worst: &[TitleOutcome], width: usize) {
    let id = worst
        .iter()
        .map(|r| visible(&r.id).chars().count())
        .max()
        .unwrap_or_default()
        .clamp(5, 32);
    let _ = writeln!(
        out,
        "  {:<11}  {:>6}  {:>8}  {:>7}  {:<id$}  worst",
        "result", "errors", "warnings", "gaps", "title"
    );
    for outcome in worst {
        let [errors, warnings, _] = outcome.open;
        let mark = match outcome
            .change
            .as_ref()
            .map(|c| (c.what, c.because.as_slice()))
        {
            Some((What::NewlyFailing, [Cause::Rule])) => "new by a rule: ",
            Some((What::NewlyFailing, [Cause::File])) => "new by its file: ",
            Some((What::NewlyFailing, _)) => "new: ",
            _ => "",
        };
        let line = format!(
            "  {:<11}  {errors:>6}  {warnings:>8}  {:>7}  {:<id$}  {mark}{}",
            outcome.ending.word(),
            outcome.not_checked,
            cut(&visible(&outcome.id), id),
            visible(&outcome.worst().replace('\n', " "))
        );
        let _ = writeln!(out, "{}", cut(line.trim_end(), width));
    }
}

/// The text, cut with dots where it is longer.
fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(3)).collect();
    format!("{}...", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(
            [0, 12, 999, 1000, 1_234_567].map(grouped),
            ["0", "12", "999", "1,000", "1,234,567"]
        );
    }

    #[test]
    fn long_lines_are_cut_by_characters() {
        assert_eq!(cut("ééééé", 5), "ééééé");
        assert_eq!(cut("éééééé", 5), "éé...");
    }
}
