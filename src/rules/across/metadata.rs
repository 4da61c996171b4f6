//! Compares the book's metadata at the platform with the text of a page; shared by the parts of the rule about titles.

use crate::model::finding::{Level, Place};
use crate::rules::across::title_words::{is_said_of_books, name_like};
use crate::rules::page_text::{PageText, TextLine};
use crate::wording::{Authors, Folded, Title, distance};

/// Title and author as entered at the platform.
pub(super) struct BookMetadata {
    pub(super) title: Option<Title>,
    pub(super) authors: Option<Authors>,
}

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    Title,
    Author,
}

/// A title or author on a page that differs from the metadata.
#[derive(Clone, Debug)]
pub(super) struct Wrong {
    pub(super) of: Of,
    /// What is shown.
    pub(super) shown: String,
    /// Where, for people: `on the title page`.
    pub(super) at: String,
    pub(super) place: Place,
    /// A level of its own, where it is less sure.
    pub(super) level: Option<Level>,
}

/// What came of looking at one file.
#[derive(Debug, Default)]
pub(super) struct TitleScan {
    pub(super) wrong: Vec<Wrong>,
    pub(super) gaps: Vec<String>,
    /// Places that were compared with the metadata.
    pub(super) looked: usize,
    /// The whole front cover was read, and no title is there.
    pub(super) no_title: bool,
    /// Everything read that may name an author.
    pub(super) said: Folded,
    /// The same line by line.
    pub(super) lines: Vec<Folded>,
    /// Lines that may be names.
    pub(super) names: Vec<Name>,
}

/// A line that may be a name.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) name: String,
    /// Where, for people.
    pub(super) at: String,
    pub(super) place: Place,
    /// Whether it is at an author's place: beside the title, or on the cover.
    pub(super) sure: bool,
}

impl Wrong {
    /// A title that is not the stated one.
    pub(super) fn title(shown: String, at: String, place: Place, level: Option<Level>) -> Self {
        Self {
            of: Of::Title,
            shown,
            at,
            place,
            level,
        }
    }
}

impl TitleScan {
    /// Adds a page's text to what was read.
    pub(super) fn add_page(&mut self, sheet: &PageText) {
        self.said.add(
            &sheet
                .lines
                .iter()
                .map(|l| l.text.as_str())
                .collect::<Vec<_>>(),
        );
        self.lines
            .extend(sheet.lines.iter().map(|l| l.folded.clone()));
        // In another reading order, a name whose parts are apart is whole.
        for reading in sheet.readings(false).into_iter().skip(1) {
            self.said.append(&reading);
        }
    }
}

/// Most lines a title is set in.
const ROWS: usize = 6;
/// As many words are left away with a subtitle, at least.
const SUBTITLE: usize = 3;

impl BookMetadata {
    /// Whether a sheet shows the title.
    pub(super) fn title_on(&self, sheet: &PageText) -> bool {
        let Some(title) = &self.title else {
            return false;
        };
        let alone = |row: std::ops::Range<usize>| {
            title.is(&sheet.folded(&row)) || (title.rtl && title.is(&sheet.mirrored(&row)))
        };
        if title.is_short() && sheet.windows(ROWS).any(alone) {
            return true;
        }
        sheet
            .readings(title.rtl)
            .iter()
            .any(|text| title.is_in(text))
    }

    /// Lines that are nearly the title and yet not: a slip of the pen.
    pub(super) fn near_title<'s>(
        &self,
        sheet: &'s PageText,
        most: usize,
    ) -> Option<(String, &'s TextLine)> {
        let title = self.title.as_ref()?;
        let rows = sheet.windows(most).filter_map(|row| {
            let shown = self.beside_author(&sheet.folded(&row));
            let far = title.forms().filter_map(|form| {
                let letters = form.len().max(shown.len());
                let n = distance(form.letters(), shown.letters())?;
                (letters >= 6 && n > 0 && n <= (letters / 7).max(1)).then_some(n)
            });
            Some((far.min()?, row))
        });
        let (_, row) = rows.min_by_key(|(far, row)| (*far, row.len()))?;
        let lines = sheet.lines.get(row)?;
        Some((joined(lines), lines.first()?))
    }

    /// How bad it is that this is shown: a title cut short may be a short title, above all where a whole subtitle is gone.
    pub(super) fn level(&self, shown: &str) -> Option<Level> {
        let title = self.title.as_ref()?;
        let shown = Folded::of(shown);
        if !title.shortens_to(&shown) {
            return None;
        }
        let left = Folded::of(&title.told)
            .words()
            .len()
            .saturating_sub(shown.words().len());
        Some(if left >= SUBTITLE {
            Level::Note
        } else {
            Level::Warning
        })
    }

    /// Whether a line is the name of an author, or has it.
    pub(super) fn is_author(&self, line: &Folded) -> bool {
        self.authors
            .as_ref()
            .is_some_and(|a| a.is(line) || a.any_in(line))
    }

    /// The rest of a line beside the author's name.
    pub(super) fn beside_author(&self, line: &Folded) -> Folded {
        match &self.authors {
            Some(authors) if authors.any_in(line) => authors.taken_out(line),
            _ => line.clone(),
        }
    }

    /// The size of the author's name on a sheet; if it is not there, that of a name nearly or possibly the author's.
    pub(super) fn author_size(&self, sheet: &PageText) -> f32 {
        let size = |is: &dyn Fn(&TextLine) -> bool| {
            sheet
                .lines
                .iter()
                .filter(|l| is(l))
                .map(|l| l.size)
                .fold(0.0, f32::max)
        };
        let sure = size(&|l| self.is_author(&l.folded));
        if sure > 0.0 {
            sure
        } else {
            size(&|l| name_like(&l.text).is_some())
        }
    }

    /// The lines in the largest letters of a sheet that name no author: its title, most likely.
    pub(super) fn largest<'s>(&self, sheet: &'s PageText) -> Option<(String, &'s TextLine)> {
        let is_by = |l: &TextLine| {
            l.folded
                .words()
                .iter()
                .all(|w| matches!(w.as_str(), "by" | "von" | "par" | "por" | "di" | "door"))
        };
        let speaks = |l: &&TextLine| {
            !self.is_author(&l.folded) && l.folded.without_figures().len() > 1 && !is_by(l)
        };
        let lines = || sheet.lines.iter().filter(speaks);
        let size = lines().map(|l| l.size).fold(0.0, f32::max);
        let large: Vec<&TextLine> = lines().filter(|l| l.size >= 0.9 * size).collect();
        let first = *large.first()?;
        let mut words: Vec<&str> = large.iter().take(ROWS).map(|l| l.text.trim()).collect();
        // A shadow is the same words once more.
        words.dedup();
        Some((short(&words.join(" ")), first))
    }

    /// Whether a sheet shows the title by itself, and not as a part of a longer one.
    pub(super) fn stands_clean(&self, sheet: &PageText) -> bool {
        let Some(title) = &self.title else {
            return true;
        };
        if title.rtl || sheet.windows(ROWS).any(|row| title.is(&sheet.folded(&row))) {
            return true;
        }
        // Lines of other sizes may stand between its own, and a line may go on after a colon or with words that are no title.
        if sheet
            .readings(false)
            .iter()
            .skip(2)
            .any(|text| title.is(text))
        {
            return true;
        }
        let parted = |line: &TextLine| {
            let ends = |c: char| {
                matches!(
                    c,
                    ':' | '\u{2013}'
                        | '\u{2014}'
                        | '|'
                        | '('
                        | ')'
                        | ','
                        | ';'
                        | '/'
                        | '.'
                        | '!'
                        | '?'
                )
            };
            line.text
                .split(ends)
                .any(|part| title.is(&Folded::of(part)))
        };
        let followed = |row: &Folded| {
            title.forms().any(|form| {
                let Some(at) = row.find(form) else {
                    return false;
                };
                let (before, after) = (
                    row.part(0..at).words(),
                    row.part(at + form.len()..row.len()).words(),
                );
                before.iter().chain(&after).all(|w| is_said_of_books(w))
            })
        };
        sheet.lines.iter().any(parted)
            || sheet.windows(ROWS).any(|row| followed(&sheet.folded(&row)))
    }
}

/// Lines as one, short enough for a message.
pub(super) fn joined(lines: &[TextLine]) -> String {
    short(
        &lines
            .iter()
            .map(|l| l.text.trim())
            .collect::<Vec<_>>()
            .join(" "),
    )
}

/// Text for a message.
pub(super) fn short(text: &str) -> String {
    crate::rules::scan::short(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}
