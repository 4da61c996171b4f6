//! Proposes candidates in images: detects finder patterns and bars in a thumbnail, so that only those areas are
//! rasterised.

use std::collections::HashSet;
use std::rc::Rc;
use std::sync::Arc;

use presscheck_barcode::{self, FinderTriple};
use tracing::debug;

use crate::measure::codes::candidate::{BESIDE, Candidate, CandidateKind};
use crate::measure::codes::tiled_images::Pieces;
use crate::measure::glance::{Detection, Glance, ImageKey};
use crate::measure::known_pictures::KnownPictures;
use crate::model::geometry::Rect;
use crate::model::limits::Limits;
use crate::pdf::{Grey, ImageMark, PaintEffect, Thumbnail};

/// The finest pixel of a thumbnail, in points (300 ppi): a module of 0.25 mm, the least that scans, has three there.
const THUMBNAIL_PIXEL: f64 = 72.0 / 300.0;

/// Pixels along the longer side of an image that may be one Data Matrix.
const LARGEST_MATRIX: usize = 600;
/// Points that a clip has to take from a picture's edge to be worth following.
const CLIPPED: f64 = 0.1;

/// Collects candidates in the images of a page.
#[derive(Default)]
pub(in crate::measure) struct ImageCandidates {
    found: Vec<Candidate>,
    /// Images without a candidate, which may be tiles of one picture.
    pieces: Pieces,
    /// Images met on this page.
    seen: HashSet<ImageKey>,
    /// Pixels of images, each counted once, whether they were unpacked here or on another page.
    pixels: u64,
}

impl ImageCandidates {
    /// Adds an image large enough to hold a code. Gives the share of its pixels that are coloured, as far as it was unpacked.
    pub(in crate::measure) fn see(
        &mut self,
        mark: &ImageMark,
        seen: Rect,
        limits: &Limits,
        pixels: (&KnownPictures, &dyn Fn(usize) -> Option<Rc<Thumbnail>>),
    ) -> Option<f32> {
        let [width, height] = mark.pixels;
        let [across, down] = mark.sides;
        let detail = (across / f64::from(width)).max(down / f64::from(height));
        let whole = Candidate {
            area: seen,
            detail,
            kind: CandidateKind::Picture,
            pictured: true,
            turn: 0.0,
        };
        let glance = self.glance(mark, seen, detail, limits, pixels);
        match glance.detections {
            None => self.found.push(whole),
            Some(detections) => {
                self.pieces.add(mark, seen);
                let step = thumbnail_step(detail);
                let places = detections.iter().filter_map(|detection| {
                    let place = on_page(detection, mark, (step, detail));
                    let area = place.area.intersection(seen)?;
                    Some(Candidate { area, ..place })
                });
                self.found.extend(places);
            }
        }
        glance.coloured
    }

    /// Adds an image too small to hold a code.
    pub(in crate::measure) fn piece(&mut self, mark: &ImageMark, seen: Rect) {
        self.pieces.add(mark, seen);
    }

    /// A first look at an image.
    fn glance(
        &mut self,
        mark: &ImageMark,
        seen: Rect,
        detail: f64,
        limits: &Limits,
        (known, thumbnail): (&KnownPictures, &dyn Fn(usize) -> Option<Rc<Thumbnail>>),
    ) -> Glance {
        // Finder patterns out of square are not detected by their proportions.
        if is_squeezed(mark) {
            debug!("a picture out of square is searched where it is drawn");
            return Glance::default();
        }
        let step = thumbnail_step(detail);
        // An image mask paints where its samples are dark.
        let in_white = mark.colour.is_none() && mark.effect == PaintEffect::White;
        let left = left_by_clips(mark, seen);
        let key = |id| (id, step, in_white, left.map(|l| l.map(f64::to_bits)));
        let key = mark.object.map(key);
        if key.is_none_or(|key| !self.seen.contains(&key)) {
            self.pixels += u64::from(mark.pixels[0]) * u64::from(mark.pixels[1]);
            if self.pixels > limits.image_pixels {
                debug!("a picture is searched where it is drawn: too many pixels came before it");
                return Glance::default();
            }
            self.seen.extend(key);
        }
        known.glances.get_or(key, || {
            let pixels = thumbnail(step);
            let found = pixels.as_deref().and_then(|pixels| {
                if !in_white && left.is_none() {
                    return detections(pixels);
                }
                let pixels = pixels.clone();
                let pixels = if in_white { pixels.inverted() } else { pixels };
                detections(&left.into_iter().fold(pixels, Thumbnail::clipped))
            });
            debug!(
                object = ?mark.object,
                pixels = ?mark.pixels,
                step,
                unpacked = pixels.is_some(),
                finders_or_bars = ?found.as_ref().map(Vec::len),
                "decoded a picture at a glance"
            );
            Glance {
                detections: found.map(Arc::from),
                coloured: pixels.map(|pixels| pixels.coloured()),
            }
        })
    }

    pub(in crate::measure) fn finish(mut self) -> Vec<Candidate> {
        self.found.extend(self.pieces.finish());
        self.found
    }
}

/// How many pixels of an image, each of so many points, are one of its thumbnail.
fn thumbnail_step(detail: f64) -> usize {
    ((THUMBNAIL_PIXEL / detail).floor() as usize).clamp(1, 64)
}

/// Where something in the thumbnail of an image lies on the page.
fn on_page(
    (detection, kind): &Detection,
    mark: &ImageMark,
    (step, detail): (usize, f64),
) -> Candidate {
    let [a, b, c, d, e, f] = mark.place;
    let [width, height] = mark.pixels.map(f64::from);
    let step = step as f64;
    // Beside bars there may be an add-on.
    let room = if *kind == CandidateKind::Bars {
        BESIDE
    } else {
        6.0
    } * detection.module;
    let [x0, y0, x1, y1] = detection.area;
    let corners = [
        [x0 - room, y0 - room],
        [x1 + room, y0 - room],
        [x1 + room, y1 + room],
        [x0 - room, y1 + room],
    ];
    let corners = corners.map(|[x, y]| {
        let (x, y) = (x * step / width, y * step / height);
        [a * x + c * y + e, b * x + d * y + f]
    });
    Candidate {
        area: Rect::around(&corners),
        detail: detection.module * step * detail,
        kind: *kind,
        pictured: true,
        turn: 0.0,
    }
}

/// Detects finder patterns and bars in a thumbnail, on white and on black.
fn detections(thumbnail: &Thumbnail) -> Option<Vec<Detection>> {
    let [width, height] = thumbnail.size();
    let mut all = Vec::new();
    for pixels in thumbnail.appearances() {
        // Bars are high: every few lines will do.
        let seen = presscheck_barcode::candidates(width, height, &pixels, 4)?;
        all.extend(
            seen.finders
                .into_iter()
                .map(|detection| (detection, CandidateKind::FinderPatterns)),
        );
        let module = |[x0, y0, x1, y1]: [f64; 4]| (x1 - x0).max(y1 - y0) / 95.0;
        let read: Vec<[f64; 4]> = seen.bars.iter().map(|bars| bars.area).collect();
        // Bars decoded in some lines and undecodable in others are one candidate.
        let unread = |area: &[f64; 4]| !read.iter().any(|bars| overlap(*bars, *area));
        let like = seen.like.into_iter().filter(unread);
        let like = like.map(|area| (area, module(area)));
        let bars = seen.bars.iter().map(|bars| (bars.area, bars.module));
        all.extend(like.chain(bars).map(|(area, module)| {
            let detection = FinderTriple {
                area,
                module,
                marks: None,
            };
            (detection, CandidateKind::Bars)
        }));
        if all.is_empty() {
            all.extend(
                matrix(width, height, pixels.into_owned())
                    .map(|detection| (detection, CandidateKind::Drawn)),
            );
        }
    }
    Some(all)
}

/// Detects a small image that is a Data Matrix.
fn matrix(width: usize, height: usize, pixels: Vec<u8>) -> Option<FinderTriple> {
    let long = width.max(height);
    if long > LARGEST_MATRIX {
        return None;
    }
    // Many are a pixel a module, of which nothing can be said.
    let times = if long < LARGEST_MATRIX / 2 { 3 } else { 1 };
    let grey = Grey {
        width,
        height,
        pixels,
    };
    let grey = grey.stretched([width * times, height * times]);
    let frame = presscheck_barcode::data_matrix(grey.width, grey.height, &grey.pixels)?;
    let area = frame.area.map(|v| v / times as f64);
    let [x0, y0, x1, y1] = area;
    Some(FinderTriple {
        area,
        module: (x1 - x0).max(y1 - y0) / f64::from(frame.modules),
        marks: None,
    })
}

fn overlap(a: [f64; 4], b: [f64; 4]) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

/// Of a picture that lies upright or on its side, what clips leave: shares of its width and height, left, top, right and
/// bottom. None if that is all of it.
fn left_by_clips(mark: &ImageMark, seen: Rect) -> Option<[f64; 4]> {
    let [a, b, c, d, e, f] = mark.place;
    let flat = |v: f64, along: f64| v.abs() < 1e-3 * along.abs();
    let determinant = a * d - b * c;
    let upright = flat(b, a) && flat(c, d) || flat(a, b) && flat(d, c);
    if seen.inflate(CLIPPED).contains(mark.outline, 0.0) || !upright || determinant == 0.0 {
        return None;
    }
    let share = |x: f32, y: f32| {
        let (x, y) = (f64::from(x) - e, f64::from(y) - f);
        [(d * x - c * y) / determinant, (a * y - b * x) / determinant]
    };
    let ([x0, y0], [x1, y1]) = (share(seen.x0, seen.y0), share(seen.x1, seen.y1));
    Some([x0.min(x1), y0.min(y1), x0.max(x1), y0.max(y1)])
}

/// Whether the pixels of an image are not square.
pub(in crate::measure) fn is_squeezed(mark: &ImageMark) -> bool {
    let [width, height] = mark.pixels.map(f64::from);
    let [across, down] = mark.sides;
    !(0.85..=1.18).contains(&((across / width) / (down / height)))
}
