//! What leaves ink on the interior's pages: text, pictures and art, each with the placement of its page.

use crate::model::facts::{
    Art, ArtKind, CropMarks, Document, Page, PlacedImage, TextRun, Visibility,
};
use crate::model::finding::Place;
use crate::model::geometry::Rect;
use crate::resolve::{PagePlacement, ResolvedJob};

use super::words;

/// Something on a page of the interior that leaves ink: a text run, a picture or other art.
#[derive(Clone, Debug)]
pub(super) struct PageObject<'a> {
    pub(super) page: &'a Page,
    pub(super) placement: PagePlacement,
    pub(super) area: Rect,
    pub(super) kind: ObjectKind<'a>,
}

/// Which of these it is.
#[derive(Clone, Copy, Debug)]
pub(super) enum ObjectKind<'a> {
    Text(&'a TextRun),
    Image(&'a PlacedImage),
    Art(&'a Art),
}

/// An edge of a page as seen, as an index into a run's tips.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    Left,
    Top,
    Right,
    Bottom,
}

/// Everything on a page of the interior that leaves ink in the book.
pub(super) fn objects_on<'a>(
    resolved: &'a ResolvedJob<'a>,
    page: &'a Page,
) -> impl Iterator<Item = PageObject<'a>> + use<'a> {
    let bleed = resolved.interior_bleed().map_or(0.0, |(bleed, _)| bleed);
    let double = resolved.sheets.is_double(page.number);
    let whole = resolved.placement(page);
    let object = move |area, kind| PageObject {
        page,
        placement: if double {
            resolved.placement_at(page, area)
        } else {
            whole
        },
        area,
        kind,
    };
    let text = page
        .text
        .iter()
        .filter(|r| r.visibility == Visibility::Visible)
        .map(move |r| object(r.area, ObjectKind::Text(r)));
    let images = page
        .images
        .iter()
        .filter(|i| i.visible)
        .map(move |i| object(i.area, ObjectKind::Image(i)));
    let art = page
        .art
        .iter()
        .map(move |a| object(a.area, ObjectKind::Art(a)));
    // Lines around sure crop marks are marks themselves, even where the job states the page's size as trim.
    let marks = page.crop_marks.filter(CropMarks::are_sure);
    let is_mark = move |object: &PageObject<'_>| {
        let outside = |m: CropMarks| !object.area.overlaps(m.trim.inflate(-1.0));
        let thin = object.area.width().min(object.area.height()) <= CropMarks::THICK_PT;
        matches!(object.kind, ObjectKind::Art(_)) && thin && marks.is_some_and(outside)
    };
    text.chain(images)
        .chain(art)
        .filter(move |i| !i.is_on_the_sheet(bleed) && !is_mark(i))
}

impl PageObject<'_> {
    /// Whether it is text.
    pub(super) fn is_text(&self) -> bool {
        matches!(self.kind, ObjectKind::Text(_))
    }

    /// Whether it lies on the sheet around a marked page: beyond its bleed, or, of what is drawn, beyond its edge.
    fn is_on_the_sheet(&self, bleed: f64) -> bool {
        let keeps = match self.kind {
            ObjectKind::Art(_) => -1.0,
            ObjectKind::Text(_) | ObjectKind::Image(_) => bleed,
        };
        self.placement.marked && !self.area.overlaps(self.placement.trim.inflate(keeps))
    }

    /// Whether it reaches any edge of the finished page, or runs beyond: then it is art that bleeds.
    pub(super) fn reaches_trim(&self, within: f64) -> bool {
        let (a, t) = (self.area, self.placement.trim);
        let within = within as f32;
        a.x0 <= t.x0 + within
            || a.y0 <= t.y0 + within
            || a.x1 >= t.x1 - within
            || a.y1 >= t.y1 - within
    }

    /// Where exactly it comes nearest to an edge, named for people.
    pub(super) fn place(&self, document: &Document, edge: Edge) -> Place {
        let (area, what) = match self.kind {
            ObjectKind::Text(run) => {
                let tip = run.tips.get(edge as usize);
                (
                    tip.map_or(run.area, |t| t.area),
                    words::text(document, run, tip),
                )
            }
            ObjectKind::Image(image) => (self.area, words::image(image)),
            ObjectKind::Art(art) => {
                let what = match (art.kind, art.paths) {
                    (ArtKind::Fill, 1) => "a filled shape".to_owned(),
                    (ArtKind::Stroke, 1) => "a drawn line".to_owned(),
                    (ArtKind::Shading, _) => "a shading".to_owned(),
                    (_, n) => format!("{n} shapes or lines"),
                };
                (self.area, what)
            }
        };
        Place {
            page: self.page.number,
            area: Some(area),
            what,
        }
    }
}
