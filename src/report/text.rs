//! The report for people: what is wrong, worst first, each fault once for all platforms it concerns.

use super::model::{CauseReport, FindingReport, OutcomeWord, Report, Verdict};
use crate::model::finding::Level;
use crate::model::geometry::Size;
use crate::model::units::{Length, Unit};
use crate::profile::Profile;
use crate::rules::fold_pages;

/// How text is dressed.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// With colour.
    pub colour: bool,
    /// Columns to wrap at.
    pub width: usize,
    /// Every place and every check.
    pub verbose: bool,
    /// Only the verdicts.
    pub quiet: bool,
    /// The unit that comes first.
    pub unit: Unit,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            colour: false,
            width: 100,
            verbose: false,
            quiet: false,
            unit: Unit::Inches,
        }
    }
}

/// The report as text. `known` gives products their names.
pub fn text(report: &Report, known: &[Profile], style: Style) -> String {
    let mut page = TextWriter {
        out: String::new(),
        style,
        known,
    };
    if !style.quiet {
        page.head(report);
        page.causes(report);
        page.unchecked(report);
    }
    page.verdicts(report);
    page.out
}

/// The page being written.
pub(super) struct TextWriter<'a> {
    pub(super) out: String,
    pub(super) style: Style,
    pub(super) known: &'a [Profile],
}

#[derive(Clone, Copy)]
pub(super) enum Emphasis {
    Bold,
    Dim,
    Red,
    Yellow,
    Cyan,
    Green,
}

impl TextWriter<'_> {
    pub(super) fn paint(&self, text: &str, ink: Emphasis) -> String {
        if !self.style.colour {
            return text.to_owned();
        }
        let code = match ink {
            Emphasis::Bold => "1",
            Emphasis::Dim => "2",
            Emphasis::Red => "1;31",
            Emphasis::Yellow => "1;33",
            Emphasis::Cyan => "1;36",
            Emphasis::Green => "1;32",
        };
        format!("\x1b[{code}m{text}\x1b[0m")
    }

    pub(super) fn line(&mut self, text: &str) {
        self.out.push_str(text.trim_end());
        self.out.push('\n');
    }

    /// A paragraph behind a label, wrapped and hung.
    pub(super) fn hang(&mut self, label: &str, text: &str, ink: Option<Emphasis>) {
        const INDENT: usize = 9;
        let room = self.style.width.saturating_sub(INDENT).max(30);
        for (i, piece) in wrap(text, room).into_iter().enumerate() {
            let label = if i == 0 {
                self.paint(&format!("  {label:<6} "), Emphasis::Dim)
            } else {
                " ".repeat(INDENT)
            };
            let piece = ink.map_or(piece.clone(), |ink| self.paint(&piece, ink));
            self.line(&format!("{label}{piece}"));
        }
    }

    fn causes(&mut self, report: &Report) {
        for cause in &report.causes {
            self.cause(cause, report);
        }
    }

    /// One cause: what it is, where, at which products, and the way to mend it.
    fn cause(&mut self, cause: &CauseReport, report: &Report) {
        let all: Vec<&FindingReport> = cause
            .findings
            .iter()
            .filter_map(|n| report.findings.get(*n))
            .collect();
        let worst = cause.level;
        let (word, ink) = match worst {
            Level::Error => ("ERROR", Emphasis::Red),
            Level::Warning => ("WARNING", Emphasis::Yellow),
            Level::Note => ("NOTE", Emphasis::Cyan),
        };
        let mut names: Vec<(String, Level)> = Vec::new();
        for f in &all {
            let name = self.name(&f.profile);
            match names.iter_mut().find(|(n, _)| *n == name) {
                Some((_, level)) => *level = f.level.min(*level),
                None => names.push((name, f.level)),
            }
        }
        let names: Vec<String> = names
            .into_iter()
            .map(|(name, level)| match level == worst {
                true => name,
                false => format!("{name} ({})", level.word()),
            })
            .collect();
        let word = self.paint(word, ink);
        let rule = self.paint(&cause.rule, Emphasis::Bold);
        let names = self.paint(&names.join(", "), Emphasis::Dim);
        self.line(&format!("{word}  {rule}  {names}"));
        self.hang("what", &cause.message, Some(Emphasis::Bold));
        self.elsewhere(cause, &all);
        self.places(cause, report);
        self.hang("mend", &cause.fix, None);
        self.explained(cause, report);
        let mut told: Vec<String> = Vec::new();
        for f in all {
            let url = f
                .source
                .url
                .as_deref()
                .map_or(String::new(), |u| format!(" <{u}>"));
            // One's own judgement is made, and not read.
            let read = match f.source.title.starts_with("presscheck") {
                true => "of",
                false => "read",
            };
            let says = format!("{}{url}, {read} {}", f.source.title, f.source.checked);
            if !told.contains(&says) {
                told.push(says);
            }
        }
        for says in told {
            self.hang("says", &says, Some(Emphasis::Dim));
        }
        self.out.push('\n');
    }

    /// What the other products say of the same things, where their limits differ.
    fn elsewhere(&mut self, cause: &CauseReport, all: &[&FindingReport]) {
        let mut others: Vec<(&str, Vec<String>, &[u32])> = Vec::new();
        for f in all.iter().filter(|f| f.message != cause.message) {
            let name = match f.level == cause.level {
                true => self.name(&f.profile),
                false => format!("{} ({})", self.name(&f.profile), f.level.word()),
            };
            match others.iter_mut().find(|(m, ..)| *m == f.message) {
                Some((_, names, _)) => names.push(name),
                None => others.push((&f.message, vec![name], &f.pages)),
            }
        }
        let shown = all.iter().find(|f| f.message == cause.message);
        for (message, names, pages) in others {
            let on = match shown.is_some_and(|f| f.pages == *pages) || pages.is_empty() {
                true => String::new(),
                false => format!(" ({})", self.pages(pages)),
            };
            self.hang(
                "also",
                &format!("{}: {message}{on}", names.join(", ")),
                None,
            );
        }
    }

    /// `page 3`, `pages 3-9, 12`; unless every place is asked for, no more than a line of them.
    pub(super) fn pages(&self, pages: &[u32]) -> String {
        let most = if self.style.verbose { usize::MAX } else { 12 };
        let noun = if pages.len() == 1 { "page" } else { "pages" };
        format!("{noun} {}", fold_pages(pages, most))
    }

    /// What follows from a cause, in one line.
    fn explained(&mut self, cause: &CauseReport, report: &Report) {
        let mut rules: Vec<&str> = Vec::new();
        for finding in cause
            .explains
            .iter()
            .filter_map(|n| report.findings.get(*n))
        {
            if !rules.contains(&&*finding.rule) {
                rules.push(&finding.rule);
            }
        }
        if !rules.is_empty() {
            let text = format!(
                "{} (not counted: {} with this)",
                rules.join(", "),
                if rules.len() == 1 {
                    "it goes"
                } else {
                    "they go"
                }
            );
            self.hang("hence", &text, Some(Emphasis::Dim));
        }
    }

    /// What could not be checked, reasons once.
    fn unchecked(&mut self, report: &Report) {
        let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
        let open = report.checks.iter().filter(|c| {
            c.outcome == OutcomeWord::NotChecked
                || (c.outcome == OutcomeWord::Failed && c.why.is_some())
        });
        for check in open {
            let why = check.why.as_deref().unwrap_or("no reason was given");
            match reasons.iter_mut().find(|(w, _)| *w == why) {
                Some((_, rules)) if rules.contains(&&*check.rule) => {}
                Some((_, rules)) => rules.push(&check.rule),
                None => reasons.push((why, vec![&*check.rule])),
            }
        }
        for (why, rules) in reasons {
            let head = self.paint("NOT CHECKED", Emphasis::Yellow);
            let list = match rules.as_slice() {
                [one] => (*one).to_owned(),
                [first, second] => format!("{first}, {second}"),
                many if self.style.verbose => many.join(", "),
                many => format!(
                    "{} rules, among them {} (-v names all)",
                    many.len(),
                    many.first().unwrap_or(&"")
                ),
            };
            self.line(&format!("{head}  {list}"));
            self.hang("why", why, None);
            self.out.push('\n');
        }
    }

    fn verdicts(&mut self, report: &Report) {
        let names: Vec<String> = report
            .verdicts
            .iter()
            .map(|v| self.name(&v.profile))
            .collect();
        let width = names.iter().map(|n| n.chars().count()).max().unwrap_or(0);
        for (verdict, name) in report.verdicts.iter().zip(names) {
            let (word, ink) = match verdict.verdict {
                Verdict::Pass => ("PASS", Emphasis::Green),
                Verdict::Warn => ("WARN", Emphasis::Yellow),
                Verdict::Fail => ("FAIL", Emphasis::Red),
                Verdict::Incomplete => ("INCOMPLETE", Emphasis::Yellow),
            };
            let of = |o: OutcomeWord| {
                report
                    .checks
                    .iter()
                    .filter(|c| c.profile == verdict.profile && c.outcome == o)
                    .count()
            };
            let mut counts: Vec<String> = Vec::new();
            for (n, one) in [
                (verdict.errors, "error"),
                (verdict.warnings, "warning"),
                (verdict.notes, "note"),
            ] {
                if n > 0 {
                    counts.push(format!("{n} {one}{}", if n == 1 { "" } else { "s" }));
                }
            }
            let passed = of(OutcomeWord::Passed);
            let checks = if passed == 1 { "check" } else { "checks" };
            counts.push(format!("{passed} {checks} passed"));
            if verdict.not_checked > 0 {
                counts.push(format!("{} not checked", verdict.not_checked));
            }
            let name = self.paint(&format!("{name:<width$}"), Emphasis::Bold);
            let word = self.paint(&format!("{word:<10}"), ink);
            self.line(&format!("{name}  {word}  {}", counts.join(", ")));
        }
    }

    pub(super) fn name(&self, profile: &str) -> String {
        self.known
            .iter()
            .find(|p| p.id == profile)
            .map_or_else(|| profile.to_owned(), |p| p.title.clone())
    }

    pub(super) fn size(&self, size: Size) -> String {
        match self.style.unit {
            Unit::Inches => {
                format!("{:.3} x {:.3} in", size.width / 72.0, size.height / 72.0)
            }
            Unit::Millimetres => {
                let (w, h) = (Length::pt(size.width), Length::pt(size.height));
                format!("{:.1} x {:.1} mm", w.as_mm(), h.as_mm())
            }
        }
    }
}

/// Words into lines of at most `room` characters.
fn wrap(text: &str, room: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        let word_length = word.chars().count();
        if length > 0 && length + 1 + word_length > room {
            lines.push(std::mem::take(&mut line));
            length = 0;
        }
        if length > 0 {
            line.push(' ');
            length += 1;
        }
        line.push_str(word);
        length += word_length;
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_wrap_and_none_is_lost() {
        let text = "a cover that misses by a sixteenth of an inch is the commonest rejection";
        let lines = wrap(text, 20);
        assert!(lines.iter().all(|l| l.chars().count() <= 20), "{lines:?}");
        assert_eq!(lines.join(" "), text);
    }
}
