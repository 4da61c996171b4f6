//! Maps the keys of a profile to lines of its TOML, so that an error can show them.

use std::fmt::Write;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::model::error::Error;

/// A profile's file and text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Origin {
    file: String,
    text: String,
}

impl Origin {
    pub(super) fn new(file: &str, text: &str) -> Self {
        Self {
            file: file.to_owned(),
            text: text.to_owned(),
        }
    }

    /// An error that names file, table and key and shows the line. `path` leads to the fault from the top; a number
    /// in it counts the tables of an array. Keys that `why` names in backticks are looked for below it.
    pub(super) fn fault(&self, path: &[String], why: &str) -> Error {
        let mut path = path.to_vec();
        if let Some(word) = why.split('`').nth(1) {
            let mut deeper = path.clone();
            deeper.push(word.to_owned());
            if self.find(&deeper).is_some_and(|(_, whole)| whole) {
                path = deeper;
            }
        }
        // The parser's own pointer has done its work.
        let why = why.split("\nin `").next().unwrap_or(why);
        let at = heading(&path);
        let mut text = if at.is_empty() {
            why.to_owned()
        } else {
            format!("{at}: {why}")
        };
        match self.find(&path) {
            Some((span, _)) if !path.is_empty() => self.show(&mut text, span),
            _ => {}
        }
        Error::Profile {
            file: self.file.clone(),
            why: text,
        }
    }

    /// The deepest part of `path` that is written in this file, and whether that is all of it.
    fn find(&self, path: &[String]) -> Option<(Range<usize>, bool)> {
        let table = DeTable::parse(&self.text).ok()?;
        let mut best = None;
        let mut level = TomlNode::Table(table.get_ref());
        for (depth, step) in path.iter().enumerate() {
            let (span, value) = match level {
                TomlNode::Table(table) => {
                    let Some((key, value)) = table.iter().find(|(k, _)| k.get_ref() == step) else {
                        break;
                    };
                    (key.span(), value)
                }
                TomlNode::Array(array) => {
                    let Some(value) = step.parse().ok().and_then(|n: usize| array.get(n)) else {
                        break;
                    };
                    (value.span(), value)
                }
                TomlNode::Leaf => break,
            };
            best = Some((span, depth + 1 == path.len()));
            level = match value.get_ref() {
                DeValue::Table(table) => TomlNode::Table(table),
                DeValue::Array(array) => TomlNode::Array(array),
                _ => TomlNode::Leaf,
            };
        }
        best
    }

    /// Adds the first line of `span` with carets under it.
    fn show(&self, text: &mut String, span: Range<usize>) {
        let before = self.text.get(..span.start).unwrap_or_default();
        let number = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count();
        let Some(line) = self.text.lines().nth(number - 1) else {
            return;
        };
        let room = line.chars().count().saturating_sub(column).max(1);
        let marked = self
            .text
            .get(span)
            .map_or(1, |s| s.chars().count())
            .clamp(1, room);
        let margin = " ".repeat(number.to_string().len());
        let (gap, carets) = (" ".repeat(column), "^".repeat(marked));
        // Writing to a String cannot fail.
        let _ = write!(
            text,
            "\n{margin} |\n{number} | {line}\n{margin} | {gap}{carets}"
        );
    }
}

enum TomlNode<'t, 'i> {
    Table(&'t DeTable<'i>),
    Array(&'t toml::de::DeArray<'i>),
    Leaf,
}

/// A path as TOML writes it: `[rules.page-rotated] source`, `[[stocks]] 3, spine`.
fn heading(path: &[String]) -> String {
    let (tables, key) = match path {
        [] => return String::new(),
        [one] => return format!("[{one}]"),
        [array, number, rest @ ..] if number.parse::<usize>().is_ok() => {
            let number = number.parse::<usize>().unwrap_or(0) + 1;
            let rest = rest.iter().map(|r| format!(", {r}")).collect::<String>();
            return format!("[[{array}]] {number}{rest}");
        }
        [table, key] if table != "rules" && table != "sources" => (table.clone(), Some(key)),
        [table, name, rest @ ..] => (format!("{table}.{name}"), rest.first()),
    };
    match key {
        Some(key) => format!("[{tables}] {key}"),
        None => format!("[{tables}]"),
    }
}
