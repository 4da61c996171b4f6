//! Makes the separations of a page or a part of it.

use crate::model::geometry::{Rect, Size};
use crate::pdf::interpreting::separations::SeparationsPainter;
use crate::pdf::reading::read::{Reader, ResourceCache};
use crate::pdf::separations::{Pixels, Separations};

/// The separations of a page or a part of it: the amount of each ink at every pixel.
pub struct SeparationSet {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Pixels a point.
    pub scale: f64,
    /// The inks, those of the process first.
    pub names: Vec<String>,
    /// A plate for each ink: amounts from 0 to 1, row by row from the top.
    pub plates: Vec<Vec<f32>>,
    /// The name of the conversion of RGB and Lab, if any was converted.
    pub through: Option<String>,
    /// What could not be painted, for messages.
    pub troubles: Vec<String>,
}

/// Pixels a point: 100 to the inch, so that a patch of three millimetres has twelve a side.
const SCALE: f64 = 100.0 / 72.0;
/// Pixels of one page. Ingram's largest template sheet, for jackets, has some three million.
const MOST_PIXELS: f64 = 3_500_000.0;

/// Beyond this many pixels from a page's corner shapes are no longer exact.
const FARTHEST: f64 = 15_000.0;

/// Pixels a point of the plates of a page; none for a page without an area.
pub fn plate_scale(page: Size) -> Option<f64> {
    let area = page.width * page.height;
    // A sheet far larger than any cover gets a lower resolution.
    let scale = || SCALE.min((MOST_PIXELS / area).sqrt());
    (area > 0.0).then(scale)
}

impl Reader {
    /// Makes the plates of page `index` (from 0). `budget` is what it may spend in operators.
    pub fn plates<'p>(
        &'p self,
        index: usize,
        cache: &ResourceCache<'p>,
        budget: &mut u64,
    ) -> Option<SeparationSet> {
        let size = self.frame(index)?.size;
        let scale = plate_scale(size)?;
        let side = |points: f64| ((points * scale).ceil() as usize).clamp(1, 20_000);
        let page = Pixels {
            x0: 0,
            y0: 0,
            x1: side(size.width),
            y1: side(size.height),
        };
        Some(self.make(index, cache, page, scale, budget))
    }

    /// The plates of a part of page `index`, at up to `scale` pixels a point.
    pub fn plates_within<'p>(
        &'p self,
        index: usize,
        cache: &ResourceCache<'p>,
        area: Rect,
        scale: f64,
        budget: &mut u64,
    ) -> Option<SeparationSet> {
        let [x0, y0, x1, y1] = area.to_f64().map(|v| v.max(0.0));
        let size = (x1 - x0) * (y1 - y0);
        if size.is_nan() || size <= 0.0 {
            return None;
        }
        let scale = scale
            .min((MOST_PIXELS / size).sqrt())
            .min(FARTHEST / x1.max(y1));
        let pixel = |points: f64| (points * scale) as usize;
        let part = Pixels {
            x0: pixel(x0),
            y0: pixel(y0),
            x1: pixel(x1) + 1,
            y1: pixel(y1) + 1,
        };
        Some(self.make(index, cache, part, scale, budget))
    }

    fn make<'p>(
        &'p self,
        index: usize,
        cache: &ResourceCache<'p>,
        part: Pixels,
        scale: f64,
        budget: &mut u64,
    ) -> SeparationSet {
        let plates = Separations::new(part, scale, self.limits.plate_pixels);
        let mut painter = SeparationsPainter::new(plates);
        let mut palette = self.palette();
        let walked = self.run(index, cache, &mut palette, &mut painter, budget);
        let mut plates = painter.plates;
        let own = std::mem::take(&mut plates.troubles);
        let mut troubles: Vec<String> = own.into_iter().map(str::to_owned).collect();
        troubles.extend(walked.troubles);
        let through = plates.converted.then(|| self.converter.through());
        let (names, plates) = plates.finish();
        SeparationSet {
            width: part.width(),
            height: part.height(),
            scale,
            names,
            plates,
            through,
            troubles,
        }
    }
}
