//! The artwork on a cover page, which may be a larger sheet.

use crate::model::facts::{CropMarks, Page};
use crate::model::geometry::{Rect, Size};
use crate::model::units::Length;
use crate::profile::{CoverModel, SAME_TRIM_PT as SAME, TemplateSheet};

/// The artwork on a cover page: the page itself, or what its trim box marks on a larger sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CoverArt {
    /// Its size with bleed.
    pub size: Size,
    /// Where it lies on the page.
    pub area: Rect,
    /// How it was found.
    pub found: ArtSource,
}

/// How the artwork of a cover was found on its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArtSource {
    /// It is the page.
    Page,
    /// The page is a larger sheet; its trim box marks the cover.
    TrimBox,
    /// The page is a larger sheet; crop marks stand around the cover.
    CropMarks,
    /// The page is a template sheet; the art is what is painted on it.
    Extent,
}

impl CoverArt {
    /// Whether the page is a larger sheet, such as a printer's template.
    pub fn on_sheet(&self) -> bool {
        self.found != ArtSource::Page
    }
}

/// Finds the artwork on a cover page for a book of this trim: the page itself; on a larger sheet what its trim box
/// marks, or what is painted there.
pub fn cover_art(page: &Page, trim: Size, model: &CoverModel) -> CoverArt {
    let whole = CoverArt {
        size: page.size,
        area: Rect::new(0.0, 0.0, page.size.width, page.size.height),
        found: ArtSource::Page,
    };
    let height = model.size(trim, Length::default()).height;
    let bleed = model.bleed.as_pt();
    // Only a sheet that leaves half an inch or more around the art is a sheet.
    let roomy =
        |size: Size| page.size.width - size.width > 36.0 || page.size.height - size.height > 36.0;
    let on_sheet = |area: Rect, found| {
        let size = Size::new(area.width(), area.height());
        let fits = roomy(size) && (size.height - height).abs() <= SAME * 4.0;
        fits.then_some(CoverArt { size, area, found })
    };
    if let Some(art) = page
        .trim
        .and_then(|t| on_sheet(t.inflate(bleed), ArtSource::TrimBox))
    {
        return art;
    }
    // Marks that keep off their corners mark a cover, whatever its height.
    let marked = |m: CropMarks| {
        let area = m.trim.inflate(bleed);
        let size = Size::new(area.width(), area.height());
        (m.are_sure() && roomy(size)).then_some(CoverArt {
            size,
            area,
            found: ArtSource::CropMarks,
        })
    };
    // Lines that touch their corners may be a frame's: they have to stand around a wrap of the right height.
    let unsure = |m: CropMarks| {
        let wide = m.trim.width() >= 2.0 * trim.width - SAME;
        let found = on_sheet(m.trim.inflate(bleed), ArtSource::CropMarks);
        found.filter(|_| wide)
    };
    let marks = page.crop_marks;
    if let Some(art) = marks.and_then(marked).or_else(|| marks.and_then(unsure)) {
        return art;
    }
    // A page of the right height is the cover. Otherwise the extent of the art is, where the art fills it.
    if (page.size.height - height).abs() <= SAME * 4.0 {
        return whole;
    }
    let is_sheet = |s: &TemplateSheet| {
        page.size
            .is_near(Size::new(s.width.as_pt(), s.height.as_pt()), SAME)
    };
    let known_sheet = model.sheets.iter().any(is_sheet);
    page.painted
        .filter(|_| known_sheet)
        .and_then(|area| on_sheet(area, ArtSource::Extent))
        .unwrap_or(whole)
}

/// Art this near to the edge of the page, in points, runs off it.
const AT_EDGE: f64 = 0.5;
/// Art smaller than this along its longer side, in points, is a rule or an ornament.
const SMALLEST_ART: f64 = 36.0;

/// Whether art runs off a page: a picture or a shape of some size ends at its edge or is cut by it.
pub(super) fn runs_off(page: &Page) -> bool {
    let images = page
        .images
        .iter()
        .filter(|i| i.visible)
        .map(|i| i.area.to_f64());
    let art = page.art.iter().map(|a| a.area.to_f64());
    images.chain(art).any(|[x0, y0, x1, y1]| {
        let large = (x1 - x0).max(y1 - y0) >= SMALLEST_ART;
        let at_edge = x0 <= AT_EDGE
            || y0 <= AT_EDGE
            || x1 >= page.size.width - AT_EDGE
            || y1 >= page.size.height - AT_EDGE;
        large && at_edge
    })
}
