//! The pictures of a page: collected during the walk, looked at after it for codes, colours and detail.

use std::cell::{Cell, OnceCell};
use std::collections::HashMap;

use crate::measure::codes::candidates::CandidateFinder;
use crate::measure::detail::Looked;
use crate::model::facts::PlacedImage;
use crate::model::geometry::Rect;
use crate::model::limits::Limits;
use crate::pdf::{Family, FoundPicture, ImageMark, Picture, Thumbnail};

/// A picture is looked at for colour this coarsely, unless the search for codes looks more closely.
const COARSE: usize = 8;
/// A picture of more pixels is taken at the word of its colour space.
const MOST_PIXELS: u64 = 40_000_000;
/// A picture of which fewer pixels than this share are coloured is a grey one.
const SPECKS: f32 = 0.005;

/// The images of a page in painting order.
#[derive(Default)]
pub(super) struct PlacedImages<'p> {
    all: Vec<Placed<'p>>,
    /// Bytes of inline images that may still be kept.
    left: usize,
}

struct Placed<'p> {
    mark: ImageMark,
    /// The part of it that is visible, if any.
    seen: Option<Rect>,
    /// What there is to look at, if it is visible.
    picture: Option<Picture<'p>>,
}

impl<'p> PlacedImages<'p> {
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            all: Vec::new(),
            left: limits.stream_bytes,
        }
    }

    /// Adds an image of which `seen` is visible.
    pub(super) fn add(
        &mut self,
        mark: &ImageMark,
        seen: Option<Rect>,
        picture: &FoundPicture<'_, 'p>,
    ) {
        self.all.push(Placed {
            mark: mark.clone(),
            seen,
            picture: seen.and_then(|_| picture.keep(&mut self.left)),
        });
    }

    /// Looks at all of them, and completes the facts of the first ones. `thumbnail` averages the pixels of a picture over
    /// squares of so many pixels.
    pub(super) fn look(
        self,
        facts: &mut [PlacedImage],
        mut finder: Option<&mut CandidateFinder>,
        mut details: Option<Looked<'_>>,
        thumbnail: &dyn Fn(&Picture<'p>, usize) -> Option<Thumbnail>,
    ) {
        let mut facts = facts.iter_mut();
        // The share of coloured pixels of objects looked at before.
        let mut known: HashMap<(u32, i32), f32> = HashMap::new();
        for Placed {
            mark,
            seen,
            picture,
        } in &self.all
        {
            // The full-size pixels are decoded once for all uses.
            let whole = OnceCell::new();
            let coloured = Cell::new(None);
            let thumbnail = |step: usize| {
                let picture = picture.as_ref()?;
                let pixels = match step {
                    1 => whole.get_or_init(|| thumbnail(picture, 1)).clone(),
                    _ => thumbnail(picture, step),
                };
                coloured.set(pixels.as_ref().map(Thumbnail::coloured).or(coloured.get()));
                pixels
            };
            if let (Some(finder), Some(seen)) = (&mut finder, *seen) {
                finder.look(mark, seen, &thumbnail);
            }
            // Whether its colours are greys decides the ink to order, so it is always measured.
            let is_known = mark.object.is_some_and(|id| known.contains_key(&id));
            let pixels = u64::from(mark.pixels[0]) * u64::from(mark.pixels[1]);
            if seen.is_some()
                && coloured.get().is_none()
                && !is_known
                && pixels <= MOST_PIXELS
                && has_colours(mark)
            {
                thumbnail(COARSE);
            }
            let coloured = match (mark.object, coloured.get()) {
                (Some(id), Some(share)) => Some(*known.entry(id).or_insert(share)),
                (Some(id), None) => known.get(&id).copied(),
                (None, share) => share,
            };
            let details = details.as_mut().filter(|_| seen.is_some());
            let detail = details.and_then(|details| details.share(mark, &thumbnail));
            if let Some(facts) = facts.next() {
                facts.gray = coloured.is_some_and(|share| share < SPECKS);
                facts.detail = detail;
            }
        }
    }
}

/// Whether the space of a picture has colours at all.
fn has_colours(mark: &ImageMark) -> bool {
    !matches!(mark.colour, None | Some(Family::Gray | Family::Icc(1)))
}
