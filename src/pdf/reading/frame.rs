//! The boxes and turns of a page.

use hayro_font::kurbo::{Affine, Rect};
use hayro_syntax::object::{Array, Dict, Object};
use hayro_syntax::page::Page;

use crate::model::geometry;
use crate::pdf::objects::plain;

/// The boxes and turns of one page.
#[derive(Clone, Debug)]
pub struct PageGeometry {
    /// Size as seen, in points on paper.
    pub size: geometry::Size,
    /// Boxes in user space as written: media, crop, bleed, trim, art.
    pub boxes: [Option<geometry::Rect>; 5],
    /// The trim box on the page as seen.
    pub trim: Option<geometry::Rect>,
    /// The bleed box on the page as seen; without one, the trim box or the art box.
    pub bleed: Option<geometry::Rect>,
    /// Names of boxes whose corners are in the wrong order.
    pub inverted: Vec<String>,
    /// `/Rotate` as written.
    pub rotate: i32,
    /// `/UserUnit`.
    pub user_unit: f64,
}

impl PageGeometry {
    /// The boxes of a page.
    pub(super) fn of(page: &Page<'_>) -> Self {
        let raw = page.raw();
        let unit = user_unit(raw);
        let (width, height) = page.render_dimensions();
        let view = view(page);
        let own = |key: &[u8]| raw.get::<hayro_syntax::object::Rect>(key).map(upright);
        let seen = |key: &[u8]| own(key).map(|r| plain(view.transform_rect_bbox(r)));
        let trim = seen(b"TrimBox");
        Self {
            size: geometry::Size::new(f64::from(width) * unit, f64::from(height) * unit),
            boxes: [
                says(raw, b"MediaBox").then(|| plain(upright(page.media_box()))),
                says(raw, b"CropBox").then(|| plain(upright(page.crop_box()))),
                own(b"BleedBox").map(plain),
                own(b"TrimBox").map(plain),
                own(b"ArtBox").map(plain),
            ],
            trim,
            bleed: seen(b"BleedBox").or(trim).or_else(|| seen(b"ArtBox")),
            inverted: BOXES
                .iter()
                .filter(|key| is_inverted(raw, key))
                .map(|key| (*key).to_owned())
                .collect(),
            rotate: raw
                .get::<i32>(b"Rotate")
                .unwrap_or_else(|| match page.rotation() {
                    hayro_syntax::page::Rotation::None => 0,
                    hayro_syntax::page::Rotation::Horizontal => 90,
                    hayro_syntax::page::Rotation::Flipped => 180,
                    hayro_syntax::page::Rotation::FlippedHorizontal => 270,
                }),
            user_unit: unit,
        }
    }
}

const BOXES: [&str; 5] = ["MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox"];

/// Whether a box of the page's own names its upper right corner first. Readers put that right, each in its way.
fn is_inverted(page: &Dict<'_>, key: &str) -> bool {
    let corners: Vec<f64> = page
        .get::<Array<'_>>(key.as_bytes())
        .map_or_else(Vec::new, |array| array.iter::<f64>().take(4).collect());
    matches!(corners.as_slice(), [x0, y0, x1, y1] if x0 > x1 || y0 > y1)
}

/// Whether a page, or what it inherits from, has a box.
fn says(page: &Dict<'_>, key: &[u8]) -> bool {
    /// Nodes of the tree above a page. Real trees have four or five.
    const NODES: usize = 32;
    let mut nodes =
        std::iter::successors(Some(page.clone()), |node| node.get(b"Parent")).take(NODES);
    nodes.any(|node| node.get::<hayro_syntax::object::Rect>(key).is_some())
}

/// What a page says of its size that is none, for messages; some readers refuse the page for it.
pub(super) fn oddities(page: &Dict<'_>) -> Vec<String> {
    let has_more = |key: &&str| {
        let corners = page.get::<Array<'_>>(key.as_bytes());
        corners.is_some_and(|corners| corners.raw_iter().count() > 4)
    };
    let boxes = BOXES.iter().filter(|key| has_more(key));
    let boxes = boxes.map(|key| format!("the {key} of more than four numbers"));
    let unit = page.get::<Object<'_>>(b"UserUnit");
    let is_null = matches!(unit, None | Some(Object::Null(_)));
    let is_size = page.get::<f64>(b"UserUnit").is_some_and(|unit| unit > 0.0);
    let unit = (!is_null && !is_size).then(|| "a UserUnit that is no size".to_owned());
    boxes.chain(unit).collect()
}

pub(super) fn user_unit(page: &Dict<'_>) -> f64 {
    page.get::<f64>(b"UserUnit")
        .filter(|u| u.is_finite() && *u > 0.0 && *u <= 1000.0)
        .unwrap_or(1.0)
}

/// From user space to the page as seen: top-left corner, y down, points on paper.
pub(crate) fn view(page: &Page<'_>) -> Affine {
    Affine::scale(user_unit(page.raw())) * Affine::new(page.initial_transform(true).as_coeffs())
}

pub(super) fn upright(r: hayro_syntax::object::Rect) -> Rect {
    Rect::new(r.x0, r.y0, r.x1, r.y1).abs()
}
