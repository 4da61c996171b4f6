//! File names that uploads stumble over, or that are not the platform's own.

use std::path::Path;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::finding::{Finding, Inspection, Level, Part, Skip};
use crate::rules::{Context, Meta, Need, Rule};
use crate::wording;

/// How the platform names files.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// What the interior's name ends in, after the ISBN.
    #[serde(default)]
    interior_endings: Vec<String>,
    /// What the cover's name ends in, after the ISBN.
    #[serde(default)]
    cover_endings: Vec<String>,
}

pub(super) struct FileNameUnsafe;

impl Rule for FileNameUnsafe {
    const META: Meta = Meta {
        id: "file-name-unsafe",
        title: "the file's name may stop the upload",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Structure],
        why: "Emoji, ampersands and characters that mean something to a system have made uploads fail without a word. Some \
              platforms tell interior and cover apart by their names.",
        fix: "Rename the file: letters, digits, dots, hyphens and underscores are safe everywhere.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let files = cx.files()?;
        let mut findings = Vec::new();
        for (part, file) in &files {
            let name = Path::new(&file.name)
                .file_name()
                .map_or_else(|| file.name.clone(), |n| n.to_string_lossy().into_owned());
            let mut odd: Vec<char> = name.chars().filter(|c| is_unsafe(*c)).collect();
            odd.dedup();
            if !odd.is_empty() {
                let odd: Vec<String> = odd.iter().take(6).map(|c| character(*c)).collect();
                let message = format!(
                    "the {}'s file name \"{}\" contains {}",
                    part.word(),
                    printable(&name),
                    odd.join(", ")
                );
                findings.push(Finding::about(*part, message));
            }
            let (endings, word) = match part {
                Part::Interior => (&limits.interior_endings, "interior"),
                Part::Cover => (&limits.cover_endings, "cover"),
            };
            let lower = name.to_lowercase();
            if let Some(first) = endings
                .first()
                .filter(|_| !endings.iter().any(|e| is_named(&lower, e)))
            {
                let message = format!(
                    "the {word} is named \"{}\"; the platform's own pattern is the ISBN without hyphens, followed by {first}",
                    printable(&name)
                );
                let told = cx
                    .resolved
                    .isbn
                    .as_deref()
                    .map(|i| i.replace(['-', ' '], ""));
                let stem = lower
                    .strip_suffix(".pdf")
                    .filter(|stem| is_named(&format!("{stem}.pdf"), ".pdf"));
                let advice = match told.as_deref().or(stem) {
                    Some(isbn) => format!("Name it {isbn}{first}."),
                    None => {
                        format!("Name it after the ISBN of this book, as in 9781234567897{first}.")
                    }
                };
                findings.push(
                    Finding::about(*part, message)
                        .at(Level::Note)
                        .advise_alone(advice),
                );
            }
        }
        Ok(Inspection::looked(files.len(), findings))
    }
}

/// Thirteen or ten digits and the ending.
fn is_named(name: &str, ending: &str) -> bool {
    name.strip_suffix(&ending.to_lowercase())
        .is_some_and(|isbn| {
            let digits = isbn.chars().filter(char::is_ascii_digit).count();
            matches!(isbn.len(), 10 | 13)
                && (digits == isbn.len()
                    || (isbn.len() == 10 && digits == 9 && isbn.ends_with('x')))
        })
}

/// Characters that shells, web forms or file systems treat in their own way, and emoji.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || "&<>:\"|?*\\/#%{}$!'`@+=^~;".contains(c) && !"'+=@~^!".contains(c)
        || matches!(u32::from(c), 0x200B..=0x200F | 0x202A..=0x202E | 0x2190..=0x2BFF | 0xFE00..=0xFE0F | 0x1F000..=0x1FAFF | 0xE0000..=0xE007F | 0xFFFD)
}

fn character(c: char) -> String {
    if c.is_control() || matches!(u32::from(c), 0x200B..=0x202E | 0xFE00..=0xFE0F) {
        format!("the invisible character U+{:04X}", u32::from(c))
    } else {
        format!("\"{c}\"")
    }
}

fn printable(name: &str) -> String {
    name.chars()
        .map(|c| match c.is_control() || wording::turns(c) {
            true => '?',
            false => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_safe_and_not() {
        let bad = |name: &str| name.chars().any(is_unsafe);
        assert!(!bad("My Book - v2 (final), Über_9781234567890.pdf"));
        assert!(!bad("Zoë's book.pdf"));
        for name in [
            "a & b.pdf",
            "heart ❤.pdf",
            "book 📚.pdf",
            "a\u{7}.pdf",
            "what?.pdf",
            "a:b.pdf",
        ] {
            assert!(bad(name), "{name}");
        }
    }

    #[test]
    fn ingrams_pattern() {
        assert!(is_named("9781234567897_txt.pdf", "_txt.pdf"));
        assert!(is_named("9781234567897txt.pdf", "txt.pdf"));
        assert!(is_named("080442957x_txt.pdf", "_txt.pdf"));
        assert!(!is_named("book_txt.pdf", "_txt.pdf"));
        assert!(!is_named("978-1-234567-89-7_txt.pdf", "_txt.pdf"));
    }
}
