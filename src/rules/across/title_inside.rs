//! Compares the stated title and author with an interior: title page, copyright page, running heads.

use crate::model::facts::{Document, Page};
use crate::model::finding::{Level, Place};
use crate::rules::across::metadata::{BookMetadata, Name, Of, TitleScan, Wrong, short};
use crate::rules::across::title_heads;
use crate::rules::across::title_words::name_like;
use crate::rules::heads::{self, Head, body_size, is_sparse};
use crate::rules::page_text::{PageText, TextLine};
use crate::wording::Folded;

/// Front pages that may show the title, and back pages that may be an imprint.
const FRONT: usize = 12;
const BACK: usize = 4;
/// A title page is among the first so many pages that have anything on them.
const TITLES: usize = 6;
/// It has no more letters and lines than this.
const LETTERS: usize = 350;
const LINES: usize = 24;
/// Not even a subtitle and an imprint take so many letters in the size of the body text.
const CHAPTER: usize = 160;
/// Its title is so much larger than the body text.
const LARGER: f32 = 1.25;

/// Letters so much larger than the author's name are a title's.
const SURELY: f32 = 1.3;

/// A page of the front matter.
struct ReadPage<'a> {
    page: &'a Page,
    sheet: PageText,
}

impl ReadPage<'_> {
    /// Whether it has as few words as title pages have.
    fn is_open(&self) -> bool {
        let letters = self.sheet.letters();
        letters > 0 && letters <= LETTERS && self.sheet.lines.len() <= LINES
    }

    fn has(&self, words: &[&str]) -> bool {
        self.sheet
            .lines
            .iter()
            .any(|l| l.folded.words().iter().any(|w| words.contains(&w.as_str())))
    }

    fn is_imprint(&self) -> bool {
        self.has(&["copyright", "isbn"])
            || self.sheet.lines.iter().any(|l| l.text.contains('\u{a9}'))
    }

    /// Whether it begins with words that no title page begins with.
    fn is_another(&self) -> bool {
        const FIRST: &[&str] = &[
            "chapter",
            "kapitel",
            "chapitre",
            "capitulo",
            "capitolo",
            "hoofdstuk",
            "kapitola",
            "part",
            "teil",
            "partie",
            "parte",
            "prologue",
            "prolog",
            "preface",
            "vorwort",
            "foreword",
            "introduction",
            "einleitung",
            "contents",
            "inhalt",
            "table",
            "dedication",
            "dedicated",
            "for",
            "to",
            "fur",
            "pour",
            "para",
            "praise",
            "also",
            "other",
            "books",
            "acknowledgements",
            "acknowledgments",
            "one",
            "i",
            "1",
            "copyright",
            "epigraph",
            "map",
            "глава",
            "часть",
            "κεφαλαιο",
            "الفصل",
            "لصفلا",
            "פרק",
            "קרפ",
            "第",
            "目",
            "序",
        ];
        let first = self.sheet.lines.first().map(|l| l.folded.words());
        first
            .and_then(|w| w.first().cloned())
            .is_some_and(|w| FIRST.contains(&w.as_str()))
            || self.is_imprint()
    }

    fn place(&self, line: &TextLine) -> Place {
        Place {
            page: self.page.number,
            area: Some(line.area),
            what: format!("\"{}\"", short(&line.text)),
        }
    }
}

/// Reads the places of an interior where title and author belong.
pub(super) fn look(file: &Document, listed: &BookMetadata) -> TitleScan {
    let mut seen = TitleScan::default();
    let pages_read: Vec<ReadPage<'_>> = file
        .pages
        .iter()
        .take(FRONT)
        .map(|page| ReadPage {
            page,
            sheet: PageText::of(page),
        })
        .collect();
    // A name in the story is not the author's: pages full of text are not heard, an imprint always is.
    for read in pages_read
        .iter()
        .filter(|l| l.is_imprint() || is_sparse(l.page))
    {
        seen.add_page(&read.sheet);
    }
    for page in file
        .pages
        .iter()
        .skip(FRONT.max(file.pages.len().saturating_sub(BACK)))
        .filter(|p| is_sparse(p))
    {
        seen.add_page(&PageText::of(page));
    }
    let heads = heads::running(file);
    for head in &heads {
        seen.said.append(&head.folded);
    }
    let body = body_size(file);
    title(&pages_read, &heads, body, listed, &mut seen);
    if listed.title.is_some() {
        let sheets: Vec<(u32, &PageText)> = pages_read
            .iter()
            .map(|l| (l.page.number, &l.sheet))
            .collect();
        title_heads::running(file, &sheets, &heads, listed, &mut seen);
    }
    author(&pages_read, listed, &mut seen);
    seen
}

/// Holds the title against the front matter.
fn title(
    pages_read: &[ReadPage<'_>],
    heads: &[Head],
    body: f32,
    listed: &BookMetadata,
    seen: &mut TitleScan,
) {
    let Some(title) = &listed.title else {
        return;
    };
    let outer: Vec<&ReadPage<'_>> = pages_read
        .iter()
        .filter(|l| !l.page.is_blank())
        .take(TITLES)
        .collect();
    let open: Vec<&ReadPage<'_>> = outer.iter().filter(|l| l.is_open()).copied().collect();
    // Among many words, as in a table of contents, it may be a chapter's.
    let shows = |l: &&ReadPage<'_>| match l.is_open() || l.is_imprint() {
        true => listed.title_on(&l.sheet),
        false => listed.title_on(&l.sheet.of_size(LARGER * body)),
    };
    let shown: Vec<u32> = pages_read
        .iter()
        .filter(shows)
        .map(|l| l.page.number)
        .collect();
    seen.looked += shown.len();
    let near = open
        .iter()
        .filter(|l| !shown.contains(&l.page.number))
        .find_map(|read| {
            let (text, line) = listed.near_title(&read.sheet, 5)?;
            Some(Wrong::title(text, at_page(read), read.place(line), None))
        });
    if let Some(near) = near {
        seen.looked += 1;
        seen.wrong.push(near);
        return;
    }
    let is_large = |read: &ReadPage<'_>| read.sheet.largest() >= LARGER * body;
    let names = |read: &ReadPage<'_>| read.sheet.lines.iter().any(|l| listed.is_author(&l.folded));
    // Below the heading of a chapter there is text.
    let is_chapter = |read: &ReadPage<'_>| {
        let text = read
            .sheet
            .lines
            .iter()
            .filter(|l| (l.size - body).abs() <= 0.08 * body);
        text.map(|l| l.folded.len()).sum::<usize>() > CHAPTER
    };
    let candidates = || {
        open.iter()
            .filter(|l| !l.is_another() && !is_chapter(l) && (is_large(l) || names(l)))
    };
    if shown.is_empty() {
        // A page with lettering that is no text may have the title there.
        let hidden = outer.iter().find_map(|l| {
            let few = l.sheet.letters() <= LETTERS;
            l.sheet
                .unread
                .filter(|_| few)
                .map(|what| (l.page.number, what))
        });
        let pick = candidates().max_by_key(|l| {
            (
                names(l),
                ordered(l.sheet.largest()),
                std::cmp::Reverse(l.page.number),
            )
        });
        // Beside a picture, letters that are much larger than the author's name are the title.
        let sure = pick.filter(|l| {
            let rest = listed.largest(&l.sheet).map_or(0.0, |(_, line)| line.size);
            let author = listed.author_size(&l.sheet);
            author > 0.0 && rest >= SURELY * author && l.sheet.unread == Some("a picture")
        });
        match (hidden.filter(|_| sure.is_none()), sure.or(pick)) {
            (Some((page, what)), _) => {
                seen.gaps.push(format!(
                    "page {page} of the interior has {what}, in which the title may stand"
                ));
            }
            (None, Some(read)) => {
                if let Some((text, line)) = listed.largest(&read.sheet) {
                    seen.looked += 1;
                    let level = listed.level(&text).or(sure.map(|_| Level::Warning));
                    seen.wrong
                        .push(Wrong::title(text, at_page(read), read.place(line), level));
                }
            }
            (None, None) => {}
        }
        return;
    }
    // The title page names the author; a half title before it may be right while it is not.
    let other = candidates().find(|l| {
        let author = l
            .sheet
            .lines
            .iter()
            .filter(|line| listed.is_author(&line.folded))
            .map(|line| line.size)
            .fold(0.0, f32::max);
        let rest = listed.largest(&l.sheet).map_or(0.0, |(_, line)| line.size);
        !shown.contains(&l.page.number)
            && author > 0.0
            && rest >= author
            && l.sheet.unread.is_none()
            && is_large(l)
    });
    if let Some((read, (text, line))) =
        other.and_then(|read| Some((read, listed.largest(&read.sheet)?)))
    {
        seen.looked += 1;
        seen.wrong
            .push(Wrong::title(text, at_page(read), read.place(line), None));
        return;
    }
    // A longer title that has this one in it.
    let titled: Vec<&&ReadPage<'_>> = open
        .iter()
        .filter(|l| shown.contains(&l.page.number) && !l.is_imprint())
        .collect();
    let in_heads = heads.iter().any(|h| title.is(&h.folded));
    if !titled.is_empty() && !in_heads && !titled.iter().any(|l| listed.stands_clean(&l.sheet)) {
        let longer = titled.iter().find_map(|read| {
            let (text, line) = listed.largest(&read.sheet)?;
            let is_it = Folded::of(&text);
            (title.is_in(&is_it) && !title.is(&is_it))
                .then(|| Wrong::title(text, at_page(read), read.place(line), Some(Level::Warning)))
        });
        seen.wrong.extend(longer);
    }
    // The line that names the book on the copyright page.
    let imprint = pages_read
        .iter()
        .filter(|l| l.is_imprint() && !shown.contains(&l.page.number))
        .find_map(|read| {
            let (text, line) = listed.near_title(&read.sheet, 2)?;
            Some(Wrong::title(text, at_page(read), read.place(line), None))
        });
    seen.wrong.extend(imprint);
}

/// Sizes in tenths of a point, to be put in order.
fn ordered(size: f32) -> i32 {
    (size * 10.0) as i32
}

fn at_page(read: &ReadPage<'_>) -> String {
    if read.is_imprint() {
        return format!("on the copyright page ({})", read.page.number);
    }
    format!("on page {}", read.page.number)
}

/// Looks for names that are nearly the author's, and for names at all.
fn author(pages_read: &[ReadPage<'_>], listed: &BookMetadata, seen: &mut TitleScan) {
    let Some(authors) = &listed.authors else {
        return;
    };
    for read in pages_read.iter().filter(|l| l.is_open() || l.is_imprint()) {
        let is_here = authors.any_in(&Folded::of(&joined_all(&read.sheet)));
        for line in &read.sheet.lines {
            let holder = holder(&line.text);
            let text = match (&holder, read.is_imprint()) {
                (Some(name), _) => name.clone(),
                (None, true) => continue,
                (None, false) => line.text.trim().to_owned(),
            };
            let folded = Folded::of(&text);
            let at = at_page(read);
            if !is_here && authors.nearly(&folded) {
                seen.wrong.push(Wrong {
                    of: Of::Author,
                    shown: short(&text),
                    at,
                    place: read.place(line),
                    level: None,
                });
            } else if let Some(name) = name_like(&text) {
                let sure = !read.is_imprint() && listed.title_on(&read.sheet);
                seen.names.push(Name {
                    name,
                    at,
                    place: read.place(line),
                    sure,
                });
            }
        }
    }
}

fn joined_all(sheet: &PageText) -> String {
    sheet
        .lines
        .iter()
        .map(|l| l.text.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The holder in a copyright line: what follows the sign, the year and "by".
fn holder(line: &str) -> Option<String> {
    let lower = line.to_lowercase();
    let after = lower
        .rfind('\u{a9}')
        .map(|at| at + '\u{a9}'.len_utf8())
        .or_else(|| lower.rfind("copyright").map(|at| at + 9))?;
    // Small letters may be longer or shorter than large ones; then the line is left alone.
    let rest = line.get(after..).filter(|_| lower.len() == line.len())?;
    let name = rest.trim_start_matches(|c: char| !c.is_alphabetic());
    let name = name.strip_prefix("by ").unwrap_or(name);
    let name: String = name
        .chars()
        .take_while(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '\u{2019}'))
        .collect();
    let words: Vec<&str> = name.split_whitespace().collect();
    (!words.is_empty() && words.len() <= 5)
        .then(|| words.join(" ").trim_end_matches('.').to_owned())
}
