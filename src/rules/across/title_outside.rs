//! Compares the stated title and author with a cover: its front and its spine.

use crate::model::facts::Page;
use crate::model::finding::{Level, Place, Skip};
use crate::model::geometry::{Direction, Rect};
use crate::profile::PanelKind;
use crate::rules::Context;
use crate::rules::across::metadata::{BookMetadata, Name, Of, TitleScan, Wrong, short};
use crate::rules::across::title_words::name_like;
use crate::rules::page_text::{PageText, TextLine};
use crate::wording::Folded;

/// Letters of a title on a cover are at least so large, in points.
const TITLE: f32 = 14.0;
/// Beside a picture that may hold the title, letters have to be this large and so much larger than the author's name
/// before they are taken for it.
const SURELY: f32 = 20.0;
const LARGER: f32 = 1.3;
/// A title outside the front panel is at least so large, in points; smaller words belong to a blurb.
const SET: f32 = 11.0;
/// Fewer letters than this on a spine are a publisher's mark.
const FEW: usize = 4;

/// The parts of a cover that are read.
struct Parts<'a> {
    page: &'a Page,
    whole: PageText,
    front: PageText,
    spine: PageText,
}

impl<'a> Parts<'a> {
    /// By the layout the product wants, or by halves where the cover has another.
    fn of(cx: &Context<'a>, page: &'a Page) -> Self {
        let wrap = cx.wrap().ok();
        let (width, height) = (page.size.width, page.size.height);
        let half = match cx.resolved.direction {
            Direction::Ltr => Rect::new(width * 0.53, 0.0, width, height),
            Direction::Rtl => Rect::new(0.0, 0.0, width * 0.47, height),
        };
        // Panels end at the trim; what is set a little beyond belongs to them as well.
        let panel = |kind| wrap.as_ref().and_then(|w| w.panel(kind));
        let spread = |area: Rect| Rect::new(f64::from(area.x0), 0.0, f64::from(area.x1), height);
        // A file that is no wrap is a front alone.
        let is_front = width < height * 1.1;
        let whole = PageText::of(page);
        let front = match panel(PanelKind::Front) {
            _ if is_front => whole.clone(),
            Some(area) => PageText::within(page, spread(area)),
            None => PageText::within(page, half),
        };
        let spine = panel(PanelKind::Spine).map_or_else(PageText::default, |area| {
            PageText::within(page, spread(area))
        });
        Self {
            page,
            whole,
            front,
            spine,
        }
    }

    fn place(&self, line: &TextLine) -> Place {
        Place {
            page: self.page.number,
            area: Some(line.area),
            what: format!("\"{}\"", short(&line.text)),
        }
    }

    fn wrong(
        &self,
        of: Of,
        shown: String,
        at: &str,
        line: &TextLine,
        level: Option<Level>,
    ) -> Wrong {
        Wrong {
            of,
            shown,
            at: at.to_owned(),
            place: self.place(line),
            level,
        }
    }
}

/// Reads the front and the spine of the cover. `inside` is all text of the interior's front matter.
pub(super) fn look(
    cx: &Context<'_>,
    listed: &BookMetadata,
    inside: Option<&Folded>,
) -> Result<TitleScan, Skip> {
    let cover = cx.cover()?;
    let mut seen = TitleScan::default();
    let Some(page) = cover.pages.first() else {
        return Ok(seen);
    };
    let parts = Parts::of(cx, page);
    seen.add_page(&parts.whole);
    if listed.title.is_some() {
        front(&parts, listed, &mut seen);
        spine(&parts, listed, inside, &mut seen);
    }
    author(&parts, listed, &mut seen);
    Ok(seen)
}

/// Holds the title against the front.
fn front(parts: &Parts<'_>, listed: &BookMetadata, seen: &mut TitleScan) {
    let front = &parts.front;
    if listed.title_on(front) {
        seen.looked += 1;
        return;
    }
    if let Some((text, line)) = listed.near_title(front, 6) {
        seen.looked += 1;
        seen.wrong
            .push(parts.wrong(Of::Title, text, "on the front cover", line, None));
        return;
    }
    let authors = listed.author_size(front);
    let shown = listed
        .largest(front)
        .filter(|(text, line)| line.size >= TITLE && Folded::of(text).len() > 2);
    let sure = match (front.unread, &shown) {
        (None, Some(_)) => Some(None),
        // The author's name is text, and larger text is beside it: that would be the title.
        (Some("a picture"), Some((_, line))) => {
            (authors > 0.0 && line.size >= SURELY && line.size >= LARGER * authors)
                .then_some(Some(Level::Warning))
        }
        _ => None,
    };
    if let (Some(level), Some((text, line))) = (sure, shown) {
        seen.looked += 1;
        let level = listed.level(&text).or(level);
        seen.wrong
            .push(parts.wrong(Of::Title, text, "on the front cover", line, level));
        return;
    }
    // Whatever is on its back, or on a front that is laid out otherwise, is the title all the same.
    if listed.title_on(&parts.whole.of_size(SET)) {
        seen.looked += 1;
        return;
    }
    match front.unread {
        Some(what) => seen.gaps.push(format!(
            "the front cover has {what}, in which the title may stand"
        )),
        None => {
            seen.looked += 1;
            seen.no_title = true;
        }
    }
}

/// Holds the title against the spine, where there is text on it.
fn spine(parts: &Parts<'_>, listed: &BookMetadata, inside: Option<&Folded>, seen: &mut TitleScan) {
    let (Some(title), spine) = (&listed.title, &parts.spine) else {
        return;
    };
    let words = |l: &&TextLine| !l.folded.without_figures().is_empty();
    if !spine.lines.iter().any(|l| words(&l)) {
        return;
    }
    seen.looked += 1;
    let shortened = |l: &TextLine| title.shortens_to(&l.folded);
    if listed.title_on(spine) || spine.lines.iter().any(shortened) || title.rtl {
        return;
    }
    if let Some((text, line)) = listed.near_title(spine, 3) {
        seen.wrong
            .push(parts.wrong(Of::Title, text, "on the spine", line, None));
        return;
    }
    let rests = spine
        .lines
        .iter()
        .filter(words)
        .map(|l| (l, listed.beside_author(&l.folded)));
    let is_name = |line: &Folded| listed.authors.as_ref().is_some_and(|a| a.is(line));
    let others = rests.filter(|(l, rest)| rest.len() >= FEW && !is_name(&l.folded));
    let front: Vec<Folded> = parts.front.readings(false);
    let largest = others.clone().map(|(l, _)| l.size).fold(0.0, f32::max);
    for (line, rest) in others.filter(|(l, _)| l.size >= 0.9 * largest) {
        let same = seen.wrong.iter().any(|w| Folded::of(&w.shown).is(&rest));
        // A publisher or a series is named on other pages as well.
        let known = front.iter().chain(inside).any(|text| text.holds(&rest));
        if same || (!known && spine.unread.is_none()) {
            let level = if same || inside.is_some() {
                None
            } else {
                Some(Level::Warning)
            };
            seen.wrong
                .push(parts.wrong(Of::Title, short(&line.text), "on the spine", line, level));
            return;
        }
    }
}

/// Looks for names that are nearly the author's, and for names at all.
fn author(parts: &Parts<'_>, listed: &BookMetadata, seen: &mut TitleScan) {
    let Some(authors) = &listed.authors else {
        return;
    };
    for (sheet, at) in [
        (&parts.front, "on the front cover"),
        (&parts.spine, "on the spine"),
    ] {
        let is_here = sheet
            .readings(false)
            .iter()
            .any(|text| authors.any_in(text))
            || sheet.lines.iter().any(|l| authors.is(&l.folded));
        for line in &sheet.lines {
            if !is_here && authors.nearly(&line.folded) {
                seen.wrong
                    .push(parts.wrong(Of::Author, short(&line.text), at, line, None));
            } else if let Some(name) = name_like(&line.text) {
                seen.names.push(Name {
                    name,
                    at: at.to_owned(),
                    place: parts.place(line),
                    sure: true,
                });
            }
        }
    }
}
