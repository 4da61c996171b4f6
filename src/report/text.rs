//! The report for people: what is wrong, worst first, each fault once for all platforms it concerns.

use super::model::{CauseReport, Report};
use super::queries::{pages_named, product_name};
use crate::model::finding::Level;
use crate::model::geometry::Size;
use crate::model::units::{Length, Unit};
use crate::model::visible::{isolated, visible_lines};
use crate::profile::Profile;

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
            width: 80,
            verbose: false,
            quiet: false,
            unit: Unit::Inches,
        }
    }
}

/// The report as text. `known` gives products their names.
pub fn text(report: &Report, known: &[Profile], style: Style) -> String {
    let report = &report.with_visible_names();
    let mut page = TextWriter {
        out: String::new(),
        style,
        known,
    };
    page.verdicts(report);
    if !style.quiet {
        page.line("");
        page.head(report);
        page.causes(report);
        page.unchecked(report);
    }
    page.end()
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

/// Where a colour ends: see [`Emphasis::marks`].
const END: (char, &str) = ('\u{fdd6}', "\x1b[0m");

impl Emphasis {
    const ALL: [Self; 6] = [
        Self::Bold,
        Self::Dim,
        Self::Red,
        Self::Yellow,
        Self::Cyan,
        Self::Green,
    ];

    /// What stands for it while the page is written, which Unicode has set apart for such a use, and what a terminal is told.
    fn marks(self) -> (char, &'static str) {
        match self {
            Self::Bold => ('\u{fdd0}', "\x1b[1m"),
            Self::Dim => ('\u{fdd1}', "\x1b[2m"),
            Self::Red => ('\u{fdd2}', "\x1b[1;31m"),
            Self::Yellow => ('\u{fdd3}', "\x1b[1;33m"),
            Self::Cyan => ('\u{fdd4}', "\x1b[1;36m"),
            Self::Green => ('\u{fdd5}', "\x1b[1;32m"),
        }
    }
}

impl TextWriter<'_> {
    pub(super) fn paint(&self, text: &str, ink: Emphasis) -> String {
        if !self.style.colour {
            return text.to_owned();
        }
        let (begin, _) = ink.marks();
        format!("{begin}{text}{}", END.0)
    }

    /// The whole page. What acts on a terminal is written out, whatever brought it, before colours are put in.
    pub(super) fn end(self) -> String {
        let mut out = isolated(&visible_lines(&self.out)).into_owned();
        if self.style.colour {
            for (mark, code) in Emphasis::ALL.map(Emphasis::marks).into_iter().chain([END]) {
                out = out.replace(mark, code);
            }
        }
        out
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

    /// Notes are counted, and listed only where they are asked for or nothing worse is there.
    fn causes(&mut self, report: &Report) {
        let worse = report.causes.iter().any(|c| c.level != Level::Note);
        let shown = |c: &&CauseReport| c.level != Level::Note || self.style.verbose || !worse;
        let shown: Vec<&CauseReport> = report.causes.iter().filter(shown).collect();
        for (order, cause) in shown.iter().enumerate() {
            let above = shown.get(..order).unwrap_or_default();
            self.cause(cause, above, report);
        }
        let left = report.causes.len() - shown.len();
        if left > 0 {
            let notes = report.causes.iter().filter(|c| c.level == Level::Note);
            let mut left_out: Vec<&str> = notes.map(|c| &*c.rule).collect();
            left_out.dedup();
            let word = self.paint(&counted(left, "NOTE"), Emphasis::Cyan);
            let rules = left_out.join(", ");
            let line = format!("{}  {rules}  (-v shows them)", counted(left, "NOTE"));
            if line.chars().count() <= self.style.width {
                self.line(&format!("{word}  {rules}  (-v shows them)"));
            } else {
                self.line(&format!("{word}  -v shows them"));
                self.hang("", &rules, Some(Emphasis::Dim));
            }
            self.out.push('\n');
        }
    }

    /// One cause: what it is, where, at which products, and the way to mend it.
    fn cause(&mut self, cause: &CauseReport, above: &[&CauseReport], report: &Report) {
        let (word, ink) = match cause.level {
            Level::Error => ("ERROR", Emphasis::Red),
            Level::Warning => ("WARNING", Emphasis::Yellow),
            Level::Note => ("NOTE", Emphasis::Cyan),
        };
        self.titled(word, ink, &cause.rule, &self.products(cause, report));
        self.hang("what", &cause.message, Some(Emphasis::Bold));
        self.elsewhere(cause, report);
        self.places(cause, report);
        // What several causes of a rule have in common is told once.
        let told = above
            .iter()
            .find(|c| c.rule == cause.rule && c.fix == cause.fix);
        match told.filter(|_| !self.style.verbose) {
            Some(_) => self.hang("fix", &format!("as for {} above", cause.rule), None),
            None => self.hang("fix", &cause.fix, None),
        }
        self.explained(cause, report);
        if self.style.verbose {
            self.sources(cause, report);
        }
        self.out.push('\n');
    }

    /// The products of a cause by their names, or that it is all of them.
    fn products(&self, cause: &CauseReport, report: &Report) -> String {
        let products = cause.products(report);
        let is_same = products.iter().all(|(_, level)| *level == cause.level);
        match products.len() {
            many if many > 1 && many == report.verdicts.len() && is_same && !self.style.verbose => {
                "at all products".to_owned()
            }
            _ => cause.named(&products, |id| self.short_name(id, report)),
        }
    }

    /// A product's name without its last word where all products asked have that one: the binding.
    pub(super) fn short_name(&self, profile: &str, report: &Report) -> String {
        let name = self.name(profile);
        let Some((short, binding)) = name.rsplit_once(' ') else {
            return name;
        };
        let mut others = report.verdicts.iter().map(|v| self.name(&v.profile));
        let is_shared = report.verdicts.len() > 1
            && others.all(|other| {
                other
                    .rsplit_once(' ')
                    .is_some_and(|(_, last)| last == binding)
            });
        match is_shared && !self.style.verbose {
            true => short.to_owned(),
            false => name,
        }
    }

    /// The first lines of a cause: how bad it is, its rule and its products.
    fn titled(&mut self, word: &str, ink: Emphasis, rule: &str, products: &str) {
        let taken = word.chars().count() + rule.chars().count() + 4;
        let room = self.style.width.saturating_sub(taken);
        let (word, rule) = (self.paint(word, ink), self.paint(rule, Emphasis::Bold));
        if products.chars().count() <= room {
            let products = self.paint(products, Emphasis::Dim);
            self.line(&format!("{word}  {rule}  {products}"));
        } else {
            self.line(&format!("{word}  {rule}"));
            self.hang("at", products, Some(Emphasis::Dim));
        }
    }

    /// Who states the limits, each page once.
    fn sources(&mut self, cause: &CauseReport, report: &Report) {
        let mut sources: Vec<String> = Vec::new();
        for source in report.findings_at(&cause.findings).map(|f| &f.source) {
            let url = source.url.as_deref();
            let url = url.map_or(String::new(), |u| format!(" <{u}>"));
            // One's own judgement is made, and not read.
            let read = match source.title.starts_with("presscheck") {
                true => "of",
                false => "read",
            };
            let text = format!("{}{url}, {read} {}", source.title, source.checked);
            if !sources.contains(&text) {
                sources.push(text);
            }
        }
        for source in sources {
            self.hang("source", &source, Some(Emphasis::Dim));
        }
    }

    /// What the other products say of the same things, where their limits differ.
    fn elsewhere(&mut self, cause: &CauseReport, report: &Report) {
        for other in cause.others(report) {
            let products = cause.named(&other.products, |id| self.short_name(id, report));
            let on = match other.pages {
                [] => String::new(),
                pages => format!(" ({})", self.pages(pages)),
            };
            // What was found is the same; what is wanted of it differs.
            let shared = |(found, wanted)| cause.message.starts_with(found).then_some(wanted);
            let differs = other.message.split_once("; ").and_then(shared);
            let message = differs.unwrap_or(other.message);
            let text = format!("{products}: {message}{on}");
            self.hang("also", &text, None);
        }
    }

    /// `page 3`, `pages 3-9, 12`; unless every place is asked for, no more than half a line of them.
    pub(super) fn pages(&self, pages: &[u32]) -> String {
        let most = if self.style.verbose { usize::MAX } else { 6 };
        pages_named(pages, most).unwrap_or_default()
    }

    /// What follows from a cause, in one line.
    fn explained(&mut self, cause: &CauseReport, report: &Report) {
        if let Some(text) = cause.following(report) {
            self.hang("hence", &text, Some(Emphasis::Dim));
        }
    }

    /// What could not be checked, reasons once.
    fn unchecked(&mut self, report: &Report) {
        for (why, rules) in report.gaps() {
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

    pub(super) fn name(&self, profile: &str) -> String {
        product_name(self.known, profile)
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

/// `1 note`, `3 notes`.
pub(super) fn counted(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ if noun.chars().all(char::is_uppercase) => format!("{number} {noun}S"),
        _ => format!("{number} {noun}s"),
    }
}

/// Words into lines of at most `room` characters.
pub(super) fn wrap(text: &str, room: usize) -> Vec<String> {
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
