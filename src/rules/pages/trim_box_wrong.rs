//! A trim box that marks another area than the page that will be cut.

use crate::model::facts::Page;
use crate::model::finding::{Finding, Inspection, Level, Part, Place, Skip};
use crate::model::geometry::Rect;
use crate::model::units::Length;
use crate::profile::{Edge, SAME_TRIM_PT};
use crate::resolve::cover_art;
use crate::rules::words::count;
use crate::rules::{Context, Meta, Need, NoLimits, Rule};

/// Boxes that differ by less than this in points agree: PDF writers round.
const SAME: f64 = 1.5;

pub(super) struct TrimBoxWrong;

impl Rule for TrimBoxWrong {
    const META: Meta = Meta {
        id: "trim-box-wrong",
        title: "the trim box marks another area than the finished page",
        level: Level::Warning,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Structure],
        why: "A file can say where its pages are to be cut: that is the trim box. The pages have the right size, but the box in them \
              is smaller or lies elsewhere. Software that lays pages out for the press cuts by the box, and then every page is cut \
              in the wrong place.",
        fix: "Export again with the document's page set to the trim and the bleed set as bleed, so that the program writes the box \
              itself; or remove the box with a PDF editor (set it equal to the page).",
        since: "0.1.0",
    };
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let trim = cx.trim()?;
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, document) in cx.files()? {
            looked += document.pages.len();
            let finished = |page: &Page| match part {
                Part::Interior => interior(cx, page),
                Part::Cover => cover(cx, page, trim),
            };
            let mut wrong: Vec<(Rect, Place, bool)> = Vec::new();
            for page in &document.pages {
                if let Some((boxed, finished)) = page
                    .trim
                    .zip(finished(page))
                    .filter(|(b, f)| is_wrong(*b, *f, page))
                {
                    let what = format!("the trim box; {}", shifted(cx, boxed, finished));
                    wrong.push((
                        boxed,
                        Place {
                            page: page.number,
                            area: Some(boxed),
                            what,
                        },
                        is_same_size(boxed, finished),
                    ));
                }
            }
            let Some((first, ..)) = wrong.first() else {
                continue;
            };
            let size = cx.resolved.size_words(crate::model::geometry::Size::new(
                first.width(),
                first.height(),
            ));
            let (of, finished) = match part {
                Part::Interior => (count(wrong.len(), "page", "pages"), "page"),
                Part::Cover => ("the cover".to_owned(), "cover"),
            };
            let message = if wrong.iter().all(|(.., is_shifted)| *is_shifted) {
                format!(
                    "the trim box of {of} has the size of the finished {finished}, but not its place"
                )
            } else {
                format!("the trim box of {of} marks {size}, not the finished {finished}")
            };
            findings.push(
                Finding::about(part, message)
                    .at_places(wrong.into_iter().map(|(_, p, _)| p).collect()),
            );
        }
        Ok(Inspection::looked(looked, findings))
    }
}

/// The finished page of an interior page that has one of the two right sizes.
fn interior(cx: &Context<'_>, page: &Page) -> Option<Rect> {
    let placement = cx.resolved.placement(page);
    (placement.fits && !placement.marked && !cx.resolved.sheets.is_double(page.number))
        .then_some(placement.trim)
}

/// What is left after cutting of a cover whose page has the right height.
fn cover(cx: &Context<'_>, page: &Page, trim: crate::model::geometry::Size) -> Option<Rect> {
    let model = cx
        .resolved
        .profile
        .cover
        .as_ref()
        .filter(|m| m.edge == Edge::Bleed)?;
    let art = cover_art(page, trim, model);
    let wanted = model
        .size(trim, crate::model::units::Length::default())
        .height;
    let right = !art.on_sheet() && (art.size.height - wanted).abs() <= SAME_TRIM_PT;
    right.then(|| art.area.inflate(-model.bleed.as_pt()))
}

/// Whether a box is neither the finished page nor the whole page (the default, which states nothing).
fn is_wrong(boxed: Rect, finished: Rect, page: &Page) -> bool {
    let whole = Rect::new(0.0, 0.0, page.size.width, page.size.height);
    let same = |a: Rect, b: Rect| a.contains(b, SAME) && b.contains(a, SAME);
    !same(boxed, finished) && !same(boxed, whole)
}

/// Whether two areas differ in place alone.
fn is_same_size(a: Rect, b: Rect) -> bool {
    (a.width() - b.width()).abs() <= SAME && (a.height() - b.height()).abs() <= SAME
}

/// How far a trim box lies from where the page is cut, edge by edge.
fn shifted(cx: &Context<'_>, boxed: Rect, finished: Rect) -> String {
    let ([x0, y0, x1, y1], [cut_x0, cut_y0, cut_x1, cut_y1]) =
        (boxed.to_array(), finished.to_array());
    let edge = |name: &str, off: f64, inside: bool| {
        let way = if inside { "inside" } else { "outside" };
        (off.abs() > SAME).then(|| {
            format!(
                "its {name} edge is {} {way}",
                cx.resolved.words(Length::pt(off.abs()))
            )
        })
    };
    let edges = [
        edge("left", x0 - cut_x0, x0 > cut_x0),
        edge("right", x1 - cut_x1, x1 < cut_x1),
        edge("top", y0 - cut_y0, y0 > cut_y0),
        edge("bottom", y1 - cut_y1, y1 < cut_y1),
    ];
    let edges: Vec<String> = edges.into_iter().flatten().collect();
    format!("{} the cut", edges.join(", "))
}
