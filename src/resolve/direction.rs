//! The direction a book is read in: as its file says, else by its language, else by the script of its text.

use crate::model::facts::{Document, Page, TextRun, Visibility};
use crate::model::geometry::Direction;
use crate::wording::is_right_to_left;

/// The direction, and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct EvidencedDirection {
    /// The direction.
    pub direction: Direction,
    /// For people.
    pub evidence: String,
}

/// Languages written from right to left, by the first part of their tag (ISO 639), with their names.
const RIGHT_TO_LEFT: [(&str, &str); 13] = [
    ("ar", "Arabic"),
    ("arc", "Aramaic"),
    ("ckb", "Sorani Kurdish"),
    ("dv", "Dhivehi"),
    ("fa", "Persian"),
    ("he", "Hebrew"),
    ("iw", "Hebrew"),
    ("nqo", "N'Ko"),
    ("ps", "Pashto"),
    ("sd", "Sindhi"),
    ("syr", "Syriac"),
    ("ug", "Uyghur"),
    ("ur", "Urdu"),
];
/// Yiddish, kept apart only because its two tags have one name.
const YIDDISH: [&str; 2] = ["yi", "ji"];
/// Languages that are also set in columns from right to left, in books bound on the right.
const IN_COLUMNS: [&str; 2] = ["ja", "zh"];

/// Letters counted in a file: a few chapters are enough to know the script.
const LETTERS: usize = 20_000;
/// Fewer letters than this tell nothing: a title page in another script.
const FEWEST: usize = 40;

/// Concludes the direction of a file.
pub(super) fn conclude(file: &Document) -> EvidencedDirection {
    let rtl = |evidence: String| EvidencedDirection {
        direction: Direction::Rtl,
        evidence,
    };
    let ltr = |evidence: String| EvidencedDirection {
        direction: Direction::Ltr,
        evidence,
    };
    let script = Script::of(file);
    let tag = file.structure.lang.as_deref().unwrap_or_default();
    let named = language(tag);
    match (file.structure.direction, named, script.share()) {
        (Some(Direction::Rtl), ..) => {
            rtl("the file says that it is read from right to left".to_owned())
        }
        // Programs write the format's default unasked, so it does not outweigh the text itself.
        (_, _, Some(share)) if share > 0.5 => rtl(format!(
            "{:.0} % of its letters are of a script read from right to left",
            (share * 100.0).floor()
        )),
        (None, Some(name), None) => rtl(format!("the file says that its language is {name}")),
        (_, _, None) if script.columns() => {
            rtl("its text stands in columns from right to left".to_owned())
        }
        (_, _, Some(_)) if script.columns() => {
            rtl("its text stands in columns from right to left".to_owned())
        }
        (Some(Direction::Ltr), ..) => {
            ltr("the file says that it is read from left to right".to_owned())
        }
        (_, _, Some(_)) => ltr("its text is of a script read from left to right".to_owned()),
        (None, None, None) => ltr("most books are; nothing in the file tells".to_owned()),
    }
}

/// The name of a language written from right to left, by its tag.
fn language(tag: &str) -> Option<&'static str> {
    let first = tag.split(['-', '_']).next()?.to_ascii_lowercase();
    // Azerbaijani, Kurdish and others are written so in one script only.
    let arabic = tag
        .split(['-', '_'])
        .any(|part| part.eq_ignore_ascii_case("arab") || part.eq_ignore_ascii_case("hebr"));
    let latin = tag
        .split(['-', '_'])
        .any(|part| part.eq_ignore_ascii_case("latn") || part.eq_ignore_ascii_case("cyrl"));
    if latin {
        return None;
    }
    RIGHT_TO_LEFT
        .iter()
        .find(|(code, _)| *code == first)
        .map(|(_, name)| *name)
        .or(YIDDISH.contains(&first.as_str()).then_some("Yiddish"))
        .or(arabic.then_some("one written in Arabic or Hebrew script"))
}

/// Letters of a file by the way they are read.
#[derive(Default)]
struct Script {
    right: usize,
    left: usize,
    /// Chinese and Japanese characters set in columns, and in rows.
    down: usize,
    across: usize,
    in_columns: bool,
}

impl Script {
    fn of(file: &Document) -> Self {
        let tag = file.structure.lang.as_deref().unwrap_or_default();
        let first = tag.split(['-', '_']).next().unwrap_or_default();
        let mut script = Self {
            in_columns: IN_COLUMNS
                .iter()
                .any(|code| first.eq_ignore_ascii_case(code)),
            ..Self::default()
        };
        // The middle of a book is its text; the first pages are often titles in another script.
        let middle = file.pages.len() / 2;
        let (before, after) = file.pages.split_at(middle);
        for page in after.iter().chain(before) {
            script.page(page);
            if script.right + script.left + script.down + script.across > LETTERS {
                break;
            }
        }
        script
    }

    fn page(&mut self, page: &Page) {
        let seen = |r: &&TextRun| r.visibility == Visibility::Visible;
        for run in page.text.iter().filter(seen) {
            let upright = run.area.height() > 2.0 * run.area.width() && run.area.height() > 60.0;
            for c in run.text.chars().filter(|c| c.is_alphabetic()) {
                if is_right_to_left(c) {
                    self.right += 1;
                } else if is_east_asian(c) && upright {
                    self.down += 1;
                } else if is_east_asian(c) {
                    self.across += 1;
                } else {
                    self.left += 1;
                }
            }
        }
    }

    /// The share of letters read from right to left; none where there are too few letters.
    fn share(&self) -> Option<f64> {
        let all = self.right + self.left + self.down + self.across;
        (all >= FEWEST).then(|| self.right as f64 / all as f64)
    }

    /// Whether most of it is Chinese or Japanese set in columns.
    fn columns(&self) -> bool {
        let most = self.down > 2 * (self.across + self.left + self.right);
        self.down >= FEWEST && most && (self.in_columns || self.down > self.across * 4)
    }
}

fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_tag_tells_the_direction_unless_it_names_a_latin_script() {
        assert_eq!(language("he"), Some("Hebrew"));
        assert_eq!(language("ar-EG"), Some("Arabic"));
        assert_eq!(language("en-GB"), None);
        assert_eq!(language("ug-Latn"), None);
        assert!(language("az-Arab").is_some());
    }

    #[test]
    fn the_file_s_own_word_comes_first_and_silence_is_left_to_right() {
        let mut file = Document::default();
        assert_eq!(conclude(&file).direction, Direction::Ltr);
        file.structure.lang = Some("ar".to_owned());
        assert_eq!(conclude(&file).direction, Direction::Rtl);
        file.structure.direction = Some(Direction::Ltr);
        assert_eq!(conclude(&file).direction, Direction::Ltr);
        file.structure.direction = Some(Direction::Rtl);
        file.structure.lang = Some("en".to_owned());
        assert_eq!(conclude(&file).direction, Direction::Rtl);
    }
}
