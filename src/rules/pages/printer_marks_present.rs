//! Crop marks, registration marks, colour bars and slug lines left in the file.

use crate::model::facts::{CropMarks, Document, MarkStyle, Page, Visibility};
use crate::model::finding::{Finding, Inspection, Level, Part, Place, Skip};
use crate::model::geometry::{Rect, Size};
use crate::model::units::Length;
use crate::profile::PanelKind;
use crate::resolve::{ArtSource, cover_art};
use crate::rules::words;
use crate::rules::{Context, Explains, Meta, Need, NoLimits, Rule, Scope};

/// A sheet is at least this much larger than trim and bleed, in points: there is room for marks.
const ROOM: f64 = 6.0;
/// Marks enclose at least this share of the page: a pocket book on a letter sheet takes three tenths.
const LEAST_SHARE: f64 = 0.25;
/// Text runs that the slug may have: name, date, colours.
const SLUG: usize = 4;
/// What begins this far outside the bleed, in points, is no art that was dragged a little too far.
const OUTSIDE: f64 = 1.0;
/// A fold mark is at least this long, in points.
const SHORTEST: f64 = 3.0;
/// It goes no further into the cover than this, in points: what does is an ornament.
const INTO: f64 = 1.0;
/// The folds of another paper lie this near to those of the one that is asked for, in points.
const OTHER_PAPER: f64 = 9.0;
/// More lines like it elsewhere in the bleed than this are an ornament.
const OTHERS: usize = 4;
/// A page this near to a platform's sheet, in points, is that sheet.
const SAME: f64 = 2.0;

pub(super) struct PrinterMarksPresent;

impl Rule for PrinterMarksPresent {
    const META: Meta = Meta {
        id: "printer-marks-present",
        title: "crop marks or other printer's marks are in the file",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks],
        why: "The platforms place pages by their size alone. Marks make the page larger than it should be, or are printed in the \
              book; files with crop marks, registration marks or colour bars are refused.",
        fix: "Export again without marks: pages of the trim size, or of the trim with bleed; a cover as one page that ends with its \
              bleed.",
        since: "0.1.0",
    };
    const EXPLAINS: &'static [Explains] = &[
        ("page-size-wrong", Scope::File),
        ("registration-colour", Scope::Pages),
        ("page-off-centre", Scope::Pages),
        ("trim-box-wrong", Scope::Pages),
        ("line-too-thin", Scope::Places),
    ];
    type Limits = NoLimits;

    fn check(_: &NoLimits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        for (part, document) in cx.files()? {
            let bleed = match part {
                Part::Interior => cx.resolved.interior_bleed().map(|(bleed, _)| bleed),
                Part::Cover => cx.resolved.profile.cover.as_ref().map(|c| c.bleed.as_pt()),
            };
            let mut places = Vec::new();
            let mut trims = Vec::new();
            let mut framed = true;
            let mut folds = Vec::new();
            for page in &document.pages {
                // A platform's own sheet comes with its own marks.
                if part == Part::Cover && is_known_sheet(cx, page) {
                    continue;
                }
                looked += 1;
                if let Some(marks) = page
                    .crop_marks
                    .filter(|m| stands_around(m, page) && is_sure(m, page, cx, part))
                {
                    let (w, h) = (
                        Length::pt(marks.trim.width()),
                        Length::pt(marks.trim.height()),
                    );
                    framed &= marks.style == MarkStyle::Frame;
                    let kind = match marks.style {
                        MarkStyle::Frame => "a frame around".to_owned(),
                        _ => format!("crop marks at {} corners of", marks.corners),
                    };
                    let what = format!("{kind} {:.1} x {:.1} mm", w.as_mm(), h.as_mm());
                    trims.push(Size::new(w.as_pt(), h.as_pt()));
                    places.push(Place {
                        page: page.number,
                        area: Some(marks.area),
                        what,
                    });
                } else if let Some((area, what)) = bleed.and_then(|b| outside(document, page, b)) {
                    let what = format!("{what}, outside the bleed of the trim box");
                    places.push(Place {
                        page: page.number,
                        area: Some(area),
                        what,
                    });
                } else if part == Part::Cover {
                    folds.extend(fold_marks(cx, page));
                }
            }
            let at_folds = places.is_empty() && !folds.is_empty();
            places.append(&mut folds);
            if places.is_empty() {
                continue;
            }
            let kind = match trims.is_empty() {
                true if at_folds => "fold marks are",
                true => "marks outside the trim box are",
                false if framed => "frames around the trim are",
                false => "crop marks are",
            };
            let where_ = match part {
                Part::Cover => "on the cover".to_owned(),
                Part::Interior => format!("on {}", words::count(places.len(), "page", "pages")),
            };
            let mut finding = Finding::about(part, format!("{kind} {where_}; none are allowed"))
                .at_places(places);
            if let Some(trim) = trims.first() {
                let told = cx
                    .resolved
                    .trim
                    .filter(|t| part == Part::Interior && !t.is_near(*trim, SAME));
                let told = told.map_or_else(String::new, |t| {
                    format!(", and not {}", cx.resolved.size_words(t))
                });
                let what = match part {
                    Part::Cover => "a cover without bleed",
                    Part::Interior => "a trim",
                };
                finding = finding.advise(format!(
                    "They mark {what} of {}{told}.",
                    cx.resolved.size_words(*trim)
                ));
            }
            findings.push(finding);
        }
        Ok(Inspection::looked(looked, findings))
    }
}

/// Short lines in the bleed of a cover that point at both folds of its spine, or at those of a spine a little thinner or
/// thicker.
fn fold_marks(cx: &Context<'_>, page: &Page) -> Vec<Place> {
    let Ok(wrap) = cx.wrap() else {
        return Vec::new();
    };
    let Some(spine) = wrap
        .panel(PanelKind::Spine)
        .filter(|_| wrap.page.number == page.number)
    else {
        return Vec::new();
    };
    let finished = wrap.finished();
    let inner = finished.inflate(-INTO);
    let is_tick = |area: Rect| {
        let thin = area.width() <= CropMarks::THICK_PT && area.height() >= SHORTEST;
        thin && !finished.contains(area, 0.0) && !area.overlaps(inner)
    };
    let art = page.art.iter().filter(|a| a.paths == 1);
    let ticks: Vec<Rect> = art.map(|a| a.area).filter(|a| is_tick(*a)).collect();
    let middle = spine.middle()[0];
    let fold = f64::from(spine.x1) - middle;
    let from_middle = |tick: &Rect| tick.middle()[0] - middle;
    let near = |a: f64, b: f64| (a - b).abs() <= OUTSIDE;
    let pairs = |tick: &&Rect| {
        let by = from_middle(tick);
        let near_fold = (by.abs() - fold).abs() <= OTHER_PAPER && by.abs() > OUTSIDE;
        near_fold && ticks.iter().any(|other| near(from_middle(other), -by))
    };
    let (marks, others): (Vec<&Rect>, Vec<&Rect>) = ticks.iter().partition(pairs);
    // Those at the corners are trim marks.
    let at_sides = |tick: &Rect| {
        let x = tick.middle()[0];
        near(x, finished.x0.into()) || near(x, finished.x1.into())
    };
    let others = others.into_iter().filter(|tick| !at_sides(tick)).count();
    if others > OTHERS {
        return Vec::new();
    }
    let place = |area: &Rect| Place {
        page: page.number,
        area: Some(*area),
        what: "a fold mark in the bleed".to_owned(),
    };
    marks.into_iter().map(place).collect()
}

/// Whether marks stand around what is on the page, but for a line or two in the slug. Lines of a diagram in the text
/// stand around a part of it.
fn stands_around(marks: &CropMarks, page: &Page) -> bool {
    let share =
        marks.trim.width() * marks.trim.height() / (page.size.width * page.size.height).max(1.0);
    let runs = page
        .text
        .iter()
        .filter(|r| r.visibility == Visibility::Visible);
    let (mut inside, mut outside) = (0usize, 0usize);
    for run in runs {
        let [x0, y0, x1, y1] = run.area.to_f64();
        let middle = Rect::new(
            (x0 + x1) / 2.0,
            (y0 + y1) / 2.0,
            (x0 + x1) / 2.0,
            (y0 + y1) / 2.0,
        );
        *(if marks.trim.contains(middle, 0.0) {
            &mut inside
        } else {
            &mut outside
        }) += 1;
    }
    share >= LEAST_SHARE && (outside <= SLUG || outside * 10 <= inside)
}

/// Whether lines are marks and nothing else: they look like nothing else, or stand exactly around the trim, of a cover
/// around what is left of it after cutting.
fn is_sure(marks: &CropMarks, page: &Page, cx: &Context<'_>, part: Part) -> bool {
    let marked = Size::new(marks.trim.width(), marks.trim.height());
    let is_trim = |size: Size| marked.is_near(size, SAME) && !page.size.is_near(size, SAME);
    let boxed = page
        .trim
        .is_some_and(|t| is_trim(Size::new(t.width(), t.height())));
    let finished = match part {
        Part::Interior => cx.resolved.trim.is_some_and(is_trim),
        Part::Cover => cx.resolved.profile.cover.as_ref().is_some_and(|model| {
            let bleed = model.bleed.as_pt();
            let cut = Rect::new(0.0, 0.0, page.size.width, page.size.height).inflate(-bleed);
            let is_cut = |r: Rect, within: f64| {
                r.contains(marks.trim, within) && marks.trim.contains(r, within)
            };
            let wrapped = cx
                .resolved
                .trim
                .is_some_and(|trim| cover_art(page, trim, model).found == ArtSource::CropMarks);
            // A frame on the edges of the cover itself is a template's.
            wrapped || (marks.style != MarkStyle::Frame && is_cut(cut, SAME))
        }),
    };
    marks.stand_apart() || boxed || finished
}

fn is_known_sheet(cx: &Context<'_>, page: &Page) -> bool {
    let (Some(model), Some(trim)) = (&cx.resolved.profile.cover, cx.resolved.trim) else {
        return false;
    };
    let known = |s: &crate::profile::TemplateSheet| {
        page.size
            .is_near(Size::new(s.width.as_pt(), s.height.as_pt()), SAME)
    };
    model.sheets.iter().any(known) && cover_art(page, trim, model).on_sheet()
}

/// Something on a sheet that lies wholly outside the bleed around its trim box.
fn outside(document: &Document, page: &Page, bleed: f64) -> Option<(Rect, String)> {
    let trim = page.trim?;
    let roomy = page.size.width - trim.width() > 2.0 * bleed + ROOM
        && page.size.height - trim.height() > 2.0 * bleed + ROOM;
    if !roomy {
        return None;
    }
    let inside = trim.inflate(bleed + OUTSIDE);
    // Marks may begin within the bleed; a thin line that does and goes on beyond it is no art.
    let is_mark = |area: Rect| {
        let thin = area.width().min(area.height()) <= CropMarks::THICK_PT;
        thin && !area.overlaps(trim) && !inside.contains(area, 0.0)
    };
    let mark = page.art.iter().find(|a| is_mark(a.area));
    if let Some(mark) = mark {
        return Some((mark.area, "a line".to_owned()));
    }
    let art = page
        .art
        .iter()
        .map(|a| (a.area, "a line or shape".to_owned()));
    let text = page
        .text
        .iter()
        .filter(|r| r.visibility == Visibility::Visible);
    let text = text.map(|r| (r.area, words::text(document, r, None)));
    let images = page
        .images
        .iter()
        .filter(|i| i.visible)
        .map(|i| (i.area, words::image(i)));
    let mut all = art.chain(text).chain(images);
    all.find(|(area, _)| !area.overlaps(inside) && area.intersection(inside).is_none())
}
