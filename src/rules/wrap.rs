//! The cover as rules see it: its panels laid over the page that was measured, and the text on each.

use super::Context;
use crate::model::facts::{Document, Page, TextRun, Visibility};
use crate::model::finding::{Place, Skip};
use crate::model::geometry::Rect;
use crate::model::units::{Length, Unit};
use crate::profile::{Cover, CoverModel, PanelKind};
use crate::resolve::cover_art;

/// Why a cover of another size has not been looked at for what depends on its folds. Reports tell it also where it is no gap, for
/// the cover is refused anyhow.
pub(crate) const OTHER_SIZE: &str =
    "the cover is not the size this book needs, so its folds are elsewhere; mend that first";

/// A cover page with the layout the product wants laid over it.
pub(super) struct Wrap<'a> {
    pub(super) document: &'a Document,
    pub(super) page: &'a Page,
    pub(super) model: &'a CoverModel,
    pub(super) cover: Cover,
    /// Where the layout's top-left corner lies on the page.
    origin: [f64; 2],
    /// How far folds may be off because the file is not exactly the size it should be.
    pub(super) slack: Length,
    unit: Unit,
}

/// A cover further off than this, in points, has its folds elsewhere: its size has to be mended first. 1/16 in is
/// what Ingram's presses drift and more than KDP lets pass.
const ANOTHER_SIZE: f64 = 4.5;

impl<'a> Context<'a> {
    /// The cover with the product's layout over it; ends the check where it has no layout.
    pub(super) fn wrap(&self) -> Result<Wrap<'a>, Skip> {
        let document = self.cover()?;
        let page = self.cover_page()?;
        let trim = self.trim()?;
        let model = self.model()?;
        self.pages()?;
        let stock = self.stock()?;
        let art = cover_art(page, trim, model);
        let misfit = |cover: &Cover| {
            let width = (cover.size.width - art.size.width).abs();
            width.max((cover.size.height - art.size.height).abs())
        };
        // Where the spine is unknown, its width is taken from the cover. The rule about cover sizes reports that it judged no width.
        let own = model.spine_of(trim, art.size.width);
        let own = Some(own).filter(|own| own.as_pt() > 0.0);
        let layouts = self.resolved.printed().into_iter().filter_map(|n| {
            let spare = stock.spine.tolerance(n);
            let spine = self.resolved.spine_of(stock, n).or(own)?;
            Some((self.resolved.cover_with(spine)?, spare))
        });
        let nearest = layouts.min_by(|(a, _), (b, _)| misfit(a).total_cmp(&misfit(b)));
        let Some((cover, spare)) = nearest else {
            return Err(Skip::NotChecked(
                "how wide the spine has to be is not known".to_owned(),
            ));
        };
        if misfit(&cover) - spare.as_pt() > ANOTHER_SIZE {
            return Err(Skip::NotApplicable(OTHER_SIZE.to_owned()));
        }
        // The press lays the middle of the file on the middle of the spine.
        let [x0, y0, x1, y1] = art.area.to_f64();
        let origin = [
            (x0 + x1 - cover.size.width) / 2.0,
            (y0 + y1 - cover.size.height) / 2.0,
        ];
        let slack = Length::pt(misfit(&cover) / 2.0);
        Ok(Wrap {
            document,
            page,
            model,
            cover,
            origin,
            slack,
            unit: self.resolved.unit,
        })
    }
}

impl<'a> Wrap<'a> {
    /// An area of the layout on the page.
    fn on_page(&self, area: Rect) -> Rect {
        let [dx, dy] = self.origin;
        let [x0, y0, x1, y1] = area.to_f64();
        Rect::new(x0 + dx, y0 + dy, x1 + dx, y1 + dy)
    }

    /// A panel on the page.
    pub(super) fn panel(&self, kind: PanelKind) -> Option<Rect> {
        let panel = self.cover.panels.iter().find(|p| p.kind == kind)?;
        Some(self.on_page(panel.area))
    }

    /// Whether an area lies left of the middle of the cover.
    pub(super) fn is_left(&self, area: Rect) -> bool {
        let [x0, _, x1, _] = area.to_f64();
        let [dx, _] = self.origin;
        x0.midpoint(x1) < dx + self.cover.size.width / 2.0
    }

    /// The fixed place of the platform's own bar code, on the page.
    pub(super) fn barcode(&self) -> Option<Rect> {
        let fixed = self.cover.barcode.filter(|_| !self.cover.barcode_moves)?;
        Some(self.on_page(fixed))
    }

    /// Whether nothing begins, ends or shows in an area: text, pictures, art other than a ground.
    pub(super) fn is_clear(&self, area: Rect) -> bool {
        let inner = area.inflate(-0.4);
        let text = self.text().any(|run| run.area.overlaps(inner));
        let picture = |i: &crate::model::facts::PlacedImage| {
            i.visible && !i.is_flat_fill() && i.area.overlaps(inner)
        };
        let drawn =
            |a: &crate::model::facts::Art| a.area.overlaps(inner) && !a.area.contains(inner, 0.0);
        !text && !self.page.images.iter().any(picture) && !self.page.art.iter().any(drawn)
    }

    /// What is left of the cover after cutting, or seen of it when wrapped, on the page.
    pub(super) fn finished(&self) -> Rect {
        self.on_page(self.cover.finished)
    }

    /// Panels that hold text, on the page: which, its area, and the area text stays in.
    pub(super) fn safe(&self) -> Vec<(PanelKind, Rect, Rect)> {
        let with_panel = |safe: &crate::profile::Panel| {
            Some((safe.kind, self.panel(safe.kind)?, self.on_page(safe.area)))
        };
        self.cover.safe.iter().filter_map(with_panel).collect()
    }

    /// The place of a text run, for people.
    pub(super) fn place(&self, run: &TextRun) -> Place {
        Place {
            page: self.page.number,
            area: Some(run.area),
            what: super::words::text(self.document, run, None),
        }
    }

    /// Text that can be seen on the cover, and not on a sheet around it.
    pub(super) fn text(&self) -> impl Iterator<Item = &'a TextRun> + use<'a> {
        let (page, size) = (self.page, self.cover.size);
        let whole = self.on_page(Rect::new(0.0, 0.0, size.width, size.height));
        let seen = |r: &&TextRun| r.visibility == Visibility::Visible && !r.text.trim().is_empty();
        page.text
            .iter()
            .filter(seen)
            .filter(move |r| r.area.overlaps(whole))
    }

    /// Text on the spine, whatever way it is turned: it covers half the spine's width or more, or half of it lies
    /// there.
    pub(super) fn spine_text(&self) -> Vec<&'a TextRun> {
        let Some(spine) = self.panel(PanelKind::Spine) else {
            return Vec::new();
        };
        self.text()
            .filter(|run| {
                let common = run.area.intersection(spine).map_or(0.0, Rect::width);
                common >= 0.5 * run.area.width().min(spine.width()) && common > 0.0
            })
            .collect()
    }

    /// Art on the spine that may be lettering: a picture over it, or small filled shapes.
    pub(super) fn spine_art(&self) -> Option<&'static str> {
        let spine = self.panel(PanelKind::Spine)?;
        let share = |area: Rect| {
            let common = area.intersection(spine);
            common.map_or(0.0, |c| c.width() * c.height())
                / (spine.width() * spine.height()).max(1.0)
        };
        let shapes = self
            .page
            .art
            .iter()
            .filter(|a| self.is_spine_shape(a.area, spine))
            .map(|a| a.paths)
            .sum::<u32>();
        if shapes >= FEWEST_SHAPES {
            return Some("drawn shapes, perhaps text turned into outlines");
        }
        let pictured = self
            .page
            .images
            .iter()
            .any(|i| i.visible && share(i.area) > 0.5 && !i.is_flat_fill());
        // A plain ground, though part of a picture, bears no text.
        let [x0, _, x1, _] = spine.to_f64();
        (pictured && self.is_lively(x0, x1) != Some(false)).then_some("part of a picture")
    }

    /// The message about art on the spine near a fold that may be lettering, and its place.
    pub(super) fn crossing(&self, what: &str, sides: Length) -> Option<(String, Rect)> {
        let spine = self.panel(PanelKind::Spine)?;
        let inner = {
            let [x0, y0, x1, y1] = spine.to_f64();
            let by = sides.as_pt().min((x1 - x0) / 2.0);
            Rect::new(x0 + by, y0, x1 - by, y1)
        };
        let words = self.unit_words(sides);
        let near = self
            .page
            .art
            .iter()
            .filter(|a| self.is_spine_shape(a.area, spine))
            .find(|a| a.area.x0 < inner.x0 || a.area.x1 > inner.x1);
        match near {
            Some(shape) => Some((
                format!(
                    "the spine holds {what}; something there comes nearer to a fold than the {words} text needs"
                ),
                shape.area,
            )),
            None if self
                .page
                .images
                .iter()
                .any(|i| i.visible && i.area.overlaps(spine)) =>
            {
                let [x0, _, x1, _] = spine.to_f64();
                let by = sides.as_pt();
                let folds = self.is_lively(x0, x0 + by).zip(self.is_lively(x1 - by, x1));
                let seen = match folds {
                    Some((false, false)) => return None,
                    Some(_) => format!(
                        "what is drawn there comes nearer to a fold than the {words} text needs"
                    ),
                    None => format!("if there is any, it needs {words} to each fold"),
                };
                let message =
                    format!("the spine is {what}: text there cannot be told from art; {seen}");
                Some((message, spine))
            }
            None => None,
        }
    }

    /// Whether the raster of a cover has so much detail between two places that it may be lettering; `None` without a raster.
    fn is_lively(&self, x0: f64, x1: f64) -> Option<bool> {
        let relief = self.page.relief.as_ref()?;
        Some(relief.most(x0, x1) >= LETTERING)
    }

    fn is_spine_shape(&self, area: Rect, spine: Rect) -> bool {
        let within = area.intersection(spine).map_or(0.0, Rect::width) >= 0.5 * area.width();
        within && area.height() < 0.8 * spine.height()
    }

    fn unit_words(&self, length: Length) -> String {
        length.show(self.unit)
    }
}

/// Outlines of a word have at least so many shapes; rules and ornaments have fewer.
const FEWEST_SHAPES: u32 = 4;
/// Strong changes down a column from which on it may cross lettering: a word of four letters has as many.
const LETTERING: u16 = 6;
