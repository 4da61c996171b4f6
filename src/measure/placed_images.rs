//! The pictures of a page: collected during the walk, looked at after it for codes, colours and detail.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::measure::codes::candidates::CandidateFinder;
use crate::measure::detail::Looked;
use crate::measure::glance::ObjectKey;
use crate::measure::known_pictures::KnownPictures;
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
        let mut mark = mark.clone();
        // What it looks like elsewhere says nothing of it here.
        mark.object = mark.object.filter(|_| picture.is_alike_everywhere());
        self.all.push(Placed {
            mark,
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
        (known, mut details): (&KnownPictures, Option<Looked<'_>>),
        thumbnail: &dyn Fn(&Picture<'p>, usize) -> Option<Thumbnail>,
    ) {
        let mut facts = facts.iter_mut();
        // The share of coloured pixels of objects looked at before.
        let mut looked_at: HashMap<ObjectKey, f32> = HashMap::new();
        for Placed {
            mark,
            seen,
            picture,
        } in &self.all
        {
            // The full-size pixels are decoded once for all uses.
            let whole = OnceCell::new();
            let thumbnail = |step: usize| {
                let picture = picture.as_ref()?;
                let pixels = || thumbnail(picture, step).map(Rc::new);
                match step {
                    1 => whole.get_or_init(pixels).clone(),
                    _ => pixels(),
                }
            };
            let finder = finder.as_mut().zip(*seen);
            let glance =
                finder.and_then(|(finder, seen)| finder.look(mark, seen, known, &thumbnail));
            // Whether its colours are greys decides the ink to order, so it is always measured.
            let pixels = u64::from(mark.pixels[0]) * u64::from(mark.pixels[1]);
            let is_asked = seen.is_some() && pixels <= MOST_PIXELS && has_colours(mark);
            let share = || Some(thumbnail(COARSE)?.coloured());
            let before = mark.object.and_then(|id| looked_at.get(&id).copied());
            let coloured = before.or(glance).or_else(|| {
                let share = is_asked.then(|| known.coloured.get_or(mark.object, share));
                share.flatten()
            });
            if let Some((id, share)) = mark.object.zip(coloured) {
                looked_at.insert(id, share);
            }
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
