//! Codes for programs: as measured, with their distances from cuts and folds.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::isbn::{self, AddOn};
use crate::model::facts::{Code, CodeKind, Document, Grade, InkAmount, Page, Unread};
use crate::model::finding::Part;
use crate::model::geometry::{Rect, Side, Size};
use crate::model::units::round3;
use crate::resolve::{ResolvedJob, cover_art};

/// What the pages of a file are, which says what codes are measured from.
#[derive(Clone, Copy, Debug)]
pub enum Setting<'o> {
    /// Cards, posters, anything: from the edges of the finished page, whose size may be told.
    Sheets(Option<Size>),
    /// The pages of a book: from the bind edge as well.
    Interior(&'o ResolvedJob<'o>),
    /// A cover laid out: from its folds as well.
    Cover(&'o ResolvedJob<'o>),
}

/// A code.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CodeReport {
    /// The symbology.
    pub kind: CodeKind,
    /// Its text; empty where only the symbology is recognised.
    pub text: String,
    /// The digits of the add-on beside a bar code.
    pub add_on: Option<String>,
    /// What the add-on means: a price, or none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub add_on_means: Option<String>,
    /// The file it is in, where files have roles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<Part>,
    /// The page, from 1.
    pub page: u32,
    /// Where on the page as seen, without its quiet zone.
    pub area_pt: Rect,
    /// The same in millimetres.
    pub area_mm: [f64; 4],
    /// Its printed side without the quiet zone.
    pub side_mm: f64,
    /// Its printed module (X-dimension).
    pub module_mm: f64,
    /// Modules along a side.
    pub modules: u32,
    /// Whether it is light on dark.
    pub inverted: bool,
    /// Whether it is seen from behind.
    pub mirrored: bool,
    /// How far it is turned to the left, in degrees.
    pub rotation_deg: f64,
    /// The error correction of a QR code: L, M, Q or H.
    pub correction: Option<char>,
    /// Bytes of its text that a code one version smaller has no room for.
    pub bytes_over: Option<u32>,
    /// The height of a bar code's bars.
    pub bar_height_mm: Option<f64>,
    /// The least clear space around it, in modules; none where it could not be measured.
    pub quiet_zone_modules: Option<f64>,
    /// The clear space in modules: left of, above, right of and below a QR code; before and after a bar code.
    pub quiet_sides_modules: Vec<f64>,
    /// Pixels a module, across and down, where it is a picture.
    pub pixels_per_module: Option<[f64; 2]>,
    /// The inks its dark parts are drawn in, where known.
    pub inks: Option<Vec<InkAmount>>,
    /// From the left, upper, right and lower edge of the finished page; negative where it is cut.
    pub to_trim_mm: [f64; 4],
    /// From the nearest fold of a cover; negative where it lies across.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_fold_mm: Option<f64>,
    /// From the bind edge of an interior page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_gutter_mm: Option<f64>,
    /// Whether its page is a right-hand or a left-hand one of an interior; its bind edge is on the other side.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page_side: Option<Side>,
    /// How a verifier would grade the artwork.
    pub grade: Option<Grade>,
}

/// What stands like a code and cannot be read.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct UnreadReport {
    /// What it looks like.
    pub kind: CodeKind,
    /// The page, from 1.
    pub page: u32,
    /// Where on the page as seen.
    pub area_pt: Rect,
    /// What was seen of it and tried.
    pub tried: String,
}

impl CodeReport {
    /// A code of a page whose finished area is `trim`.
    fn new(code: &Code, trim: Rect) -> Self {
        let [x0, y0, x1, y1] = code.area.to_f64();
        let [t0, u0, t1, u1] = trim.to_f64();
        Self {
            kind: code.kind,
            text: code.text.clone(),
            file: None,
            page: code.page,
            area_pt: code.area,
            area_mm: code.area.to_mm(),
            side_mm: code.side_mm,
            module_mm: code.module_mm,
            modules: code.modules,
            inverted: code.inverted,
            mirrored: code.mirrored,
            rotation_deg: code.rotation_deg,
            correction: code.correction,
            bytes_over: code.bytes_over,
            add_on: code.add_on.clone(),
            add_on_means: add_on_means(code),
            bar_height_mm: code.bar_height_mm,
            quiet_zone_modules: code.quiet_zone_modules,
            quiet_sides_modules: code.quiet_sides_modules.clone(),
            pixels_per_module: code.pixels_per_module,
            inks: code.inks.clone(),
            to_trim_mm: [x0 - t0, y0 - u0, t1 - x1, u1 - y1].map(mm),
            to_fold_mm: None,
            to_gutter_mm: None,
            page_side: None,
            grade: code.grade,
        }
    }
}

/// What an add-on means. Five digits are a price beside books alone.
fn add_on_means(code: &Code) -> Option<String> {
    let digits = code.add_on.as_deref()?;
    let known = digits.len() == 2 || isbn::is_bookland(&code.text);
    known.then(|| AddOn::of(digits)).flatten().map(AddOn::words)
}

fn mm(points: f64) -> f64 {
    round3(points * 25.4 / 72.0)
}

/// The codes of a file, measured from what its pages are.
pub(super) fn of_file(document: &Document, setting: Setting<'_>) -> Vec<CodeReport> {
    let of = |code: &Code| {
        let page = page(document, code)?;
        Some(match setting {
            Setting::Sheets(told) => CodeReport::new(code, finished(page, told)),
            Setting::Interior(resolved) => {
                let placement = resolved.placement(page);
                CodeReport {
                    to_gutter_mm: Some(mm(placement.from_bind(code.area).as_pt())),
                    page_side: Some(placement.side),
                    ..CodeReport::new(code, placement.trim)
                }
            }
            Setting::Cover(resolved) => cover(code, page, resolved),
        })
    };
    document.codes.iter().filter_map(of).collect()
}

/// What cannot be read in a file.
pub(super) fn unread(document: &Document) -> Vec<UnreadReport> {
    let of = |u: &Unread| UnreadReport {
        kind: u.kind,
        page: u.page,
        area_pt: u.area,
        tried: u.tried.clone(),
    };
    document.unread.iter().map(of).collect()
}

/// The codes of the file that is `part` of a job.
pub(super) fn of_part(part: Part, file: &Document, resolved: &ResolvedJob<'_>) -> Vec<CodeReport> {
    let setting = match part {
        Part::Interior => Setting::Interior(resolved),
        Part::Cover => Setting::Cover(resolved),
    };
    let mut codes = of_file(file, setting);
    for code in &mut codes {
        code.file = Some(part);
    }
    codes
}

/// A cover whose size is further off than this, in points, has its folds elsewhere.
const ANOTHER_SIZE: f64 = 4.5;

/// A code on a cover, whose middle lies on the middle of the artwork: of the page, or of what is marked on a larger sheet.
fn cover(code: &Code, page: &Page, resolved: &ResolvedJob<'_>) -> CodeReport {
    let laid_out = resolved
        .cover()
        .zip(resolved.trim)
        .zip(resolved.profile.cover.as_ref());
    let Some(((layout, trim), model)) = laid_out else {
        return CodeReport::new(code, finished(page, None));
    };
    let art = cover_art(page, trim, model);
    let off = (art.size.width - layout.size.width)
        .abs()
        .max((art.size.height - layout.size.height).abs());
    if off > ANOTHER_SIZE {
        return CodeReport::new(code, finished(page, None));
    }
    let [a0, b0, a1, b1] = art.area.to_f64();
    let dx = (a0 + a1 - layout.size.width) / 2.0;
    let dy = (b0 + b1 - layout.size.height) / 2.0;
    let [x0, y0, x1, y1] = layout.finished.to_f64();
    let trim = Rect::new(x0 + dx, y0 + dy, x1 + dx, y1 + dy);
    let [left, _, right, _] = code.area.to_f64();
    let off = layout.folds.iter().map(|fold| {
        let fold = fold + dx;
        (left - fold).max(fold - right)
    });
    CodeReport {
        to_fold_mm: off.min_by(f64::total_cmp).map(mm),
        ..CodeReport::new(code, trim)
    }
}

fn page<'d>(document: &'d Document, code: &Code) -> Option<&'d Page> {
    document.pages.iter().find(|p| p.number == code.page)
}

/// Sizes this near are one, in points.
const SAME: f64 = 1.5;

/// The finished area of a page: its trim box, the stated size in its middle, or all of it.
fn finished(page: &Page, told: Option<Size>) -> Rect {
    let whole = Rect::new(0.0, 0.0, page.size.width, page.size.height);
    let Some(told) = told else {
        return page.trim.unwrap_or(whole);
    };
    // People give the long side of a card first, whatever its orientation.
    let lying = |a: Size| a.width >= a.height;
    let told = if lying(told) == lying(page.size) {
        told
    } else {
        Size::new(told.height, told.width)
    };
    if let Some(trim) = page
        .trim
        .filter(|t| Size::new(t.width(), t.height()).is_near(told, SAME))
    {
        return trim;
    }
    let (dx, dy) = (
        (page.size.width - told.width) / 2.0,
        (page.size.height - told.height) / 2.0,
    );
    Rect::new(dx, dy, dx + told.width, dy + told.height)
}
