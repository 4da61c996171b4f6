//! The filters of the page: styles that hide what does not match what was chosen, so that they work without scripts.

use std::fmt::Write;

use super::maker::Maker;
use super::view::{LevelAt, LevelCount, NumberAt};
use crate::model::finding::Level;
use crate::report::model::CauseReport;

const LEVELS: [Level; 3] = [Level::Error, Level::Warning, Level::Note];
/// The class of what is shown while all products are.
const ALL: &str = "p-all";

impl Maker<'_> {
    /// The class of a product: its number among the verdicts, as ids may hold anything.
    pub(super) fn class(&self, profile: &str) -> String {
        let mut verdicts = self.report.verdicts.iter();
        let number = verdicts.position(|v| v.profile == profile);
        format!("p{}", number.map_or(0, |n| n + 1))
    }

    /// The products that can be chosen; one alone is no choice.
    fn choosable(&self) -> Vec<String> {
        let verdicts = &self.report.verdicts;
        let ids = verdicts.iter().filter(|_| verdicts.len() > 1);
        ids.map(|v| self.class(&v.profile)).collect()
    }

    /// The level of a cause for everybody and at each product.
    fn levels(&self, cause: &CauseReport) -> Vec<(String, Level)> {
        let at_products = cause.products(self.report).into_iter();
        let at_products = at_products.map(|(id, level)| (self.class(id), level));
        [(ALL.to_owned(), cause.level)]
            .into_iter()
            .chain(at_products)
            .collect()
    }

    /// The classes of a cause, by which it is found.
    pub(super) fn classes(&self, cause: &CauseReport) -> String {
        let levels = self.levels(cause);
        let mut classes: Vec<String> = levels.iter().map(|(class, _)| class.clone()).collect();
        let at = levels
            .iter()
            .map(|(class, level)| format!("{class}-{}", level.word()));
        classes.extend(at);
        classes.extend([cause.level.word(), cause.file.word()].map(str::to_owned));
        classes.join(" ")
    }

    /// Its levels with those who say so.
    pub(super) fn levels_at(&self, cause: &CauseReport) -> Vec<LevelAt> {
        let levels = self.levels(cause);
        let of = |level: Level| {
            let at = levels.iter().filter(|(_, l)| *l == level);
            let classes: Vec<&str> = at.map(|(class, _)| class.as_str()).collect();
            (!classes.is_empty()).then(|| LevelAt {
                level: level.word(),
                classes: classes.join(" "),
            })
        };
        LEVELS.into_iter().filter_map(of).collect()
    }

    /// How many causes have a level, for everybody and at each product.
    pub(super) fn counts(&self) -> Vec<LevelCount> {
        let all: Vec<Vec<(String, Level)>> = (self.report.causes.iter())
            .map(|c| self.levels(c))
            .collect();
        let mut classes = vec![ALL.to_owned()];
        classes.extend(self.choosable());
        let count = |level: Level, noun: &'static str| LevelCount {
            level: level.word(),
            noun,
            numbers: (classes.iter())
                .map(|class| NumberAt {
                    number: (all.iter().flatten())
                        .filter(|(c, l)| c == class && *l == level)
                        .count(),
                    class: class.clone(),
                })
                .collect(),
        };
        vec![
            count(Level::Error, "errors"),
            count(Level::Warning, "warnings"),
            count(Level::Note, "notes"),
        ]
    }

    /// The styles that hide what does not match.
    pub(super) fn filters(&self) -> String {
        let mut css = String::new();
        let mut hide = |chosen: &str, what: &str| {
            // Writing to a String cannot fail.
            let _ = writeln!(css, ".choose{chosen}~section {what} {{ display: none }}");
        };
        let products = self.choosable();
        let unchecked = |level: Level| format!(":has(#l-{}:not(:checked))", level.word());
        let states = [ALL.to_owned()].into_iter().chain(products.iter().cloned());
        for state in states {
            let chosen = match products.is_empty() {
                true => String::new(),
                false => format!(":has(#{state}:checked)"),
            };
            for level in LEVELS {
                let what = format!(".cause.{state}-{}", level.word());
                hide(&format!("{chosen}{}", unchecked(level)), &what);
            }
            if !chosen.is_empty() {
                hide(&chosen, &format!(".cause:not(.{state})"));
                hide(&chosen, &format!(".of:not(.{state})"));
            }
        }
        for number in 1..=self.report.causes.len() {
            let other = format!(":has(option:checked:not(.all, .c{number}))");
            hide(&other, &format!("#cause-{number}"));
        }
        for choice in 0..self.index.pages.len() {
            let chosen = format!(":has(#o{choice}:checked)");
            hide(&chosen, &format!(":is(.crop, .sheet):not(.o{choice})"));
        }
        // A cause has the colour of its level at the printer that was chosen.
        for state in &products {
            for level in LEVELS.map(Level::word) {
                let _ = writeln!(
                    css,
                    ".choose:has(#{state}:checked)~section .cause.{state}-{level} {{ border-left-color: var(--{level}) }}"
                );
            }
        }
        for state in &products {
            let _ = writeln!(
                css,
                ".choose:has(#{state}:checked) .of:not(.{state}) {{ display: none }}"
            );
        }
        if !products.is_empty() {
            let _ = writeln!(
                css,
                ".choose:has(#{ALL}:checked) .of:not(.{ALL}) {{ display: none }}"
            );
        }
        let shown: Vec<String> = (self.report.causes.iter().zip(1..))
            .flat_map(|(cause, number)| self.shown_where(cause, number))
            .collect();
        if !shown.is_empty() {
            let shown = shown.join(", ");
            let _ = writeln!(
                css,
                ".choose:not({shown})~section .nothing {{ display: block }}"
            );
        }
        css
    }

    /// What has to be chosen for a cause to be shown: one selector a level.
    fn shown_where(&self, cause: &CauseReport, number: usize) -> Vec<String> {
        let file = match self.report.files.len() {
            0 | 1 => String::new(),
            _ => format!(":has(#f-{}:checked)", cause.file.word()),
        };
        let page = match self.has_pages() {
            true => format!(":has(option:is(.all, .c{number}):checked)"),
            false => String::new(),
        };
        let is_choice = !self.choosable().is_empty();
        let at = self.levels_at(cause).into_iter();
        at.map(|at| {
            let ids: Vec<String> = at
                .classes
                .split(' ')
                .map(|class| format!("#{class}"))
                .collect();
            let product = match is_choice {
                true => format!(":has(:is({}):checked)", ids.join(", ")),
                false => String::new(),
            };
            format!("{product}:has(#l-{}:checked){file}{page}", at.level)
        })
        .collect()
    }

    /// Whether something was found on a page, so that pages are a choice.
    pub(super) fn has_pages(&self) -> bool {
        self.index
            .pages
            .iter()
            .any(|found| !found.causes.is_empty())
    }
}
