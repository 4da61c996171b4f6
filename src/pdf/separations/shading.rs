//! Shadings: a ramp of colours by function, or a mesh of colours by corner.

use std::rc::Rc;

use hayro_font::kurbo::{Affine, Point};
use hayro_syntax::object::{Array, Dict, Object, Stream};
use hayro_syntax::page::Resources;

use crate::model::limits::Limits;
use crate::pdf::colour::function;
use crate::pdf::colour::{CmykConverter, InkBound, Inks, Space, Spaces};
use crate::pdf::separations::Pixels;
use crate::pdf::separations::mesh::Mesh;
use crate::pdf::separations::ramp::{Ramp, STEPS};

/// Pieces of a function from which it may be bars: an EAN-13 has thirty, and the spaces between them.
const STEPPED: usize = 50;

/// A shading as the file describes it.
#[derive(Clone)]
pub(crate) struct Shading<'p> {
    pub(crate) dict: Dict<'p>,
    /// The data of a mesh.
    stream: Option<Stream<'p>>,
    pub(crate) space: Rc<Space>,
}

/// The evaluated colours of a shading.
pub(crate) enum ShadingColours {
    /// Axial or radial, with the inks along the ramp.
    Along(Ramp, Vec<Inks>),
    /// Function-based.
    Plane(Ramp),
    /// A mesh.
    Corners(Mesh),
}

impl<'p> Shading<'p> {
    /// None for what is no shading.
    pub(crate) fn read(
        object: Object<'p>,
        spaces: &Spaces,
        resources: &Resources<'p>,
    ) -> Option<Self> {
        let (dict, stream) = match object {
            Object::Dict(dict) => (dict, None),
            Object::Stream(stream) => (stream.dict().clone(), Some(stream)),
            _ => return None,
        };
        let space = match dict.get::<Object<'_>>(b"ColorSpace") {
            Some(object) => spaces.resolve(&object, resources),
            None => Rc::clone(spaces.unknown()),
        };
        Some(Self {
            dict,
            stream,
            space,
        })
    }

    /// Whether it has as many stops as a bar code: some programs paint one as a shading with hard stops.
    pub(crate) fn is_stepped(&self) -> bool {
        let many = |function: &Object<'_>| {
            let Object::Dict(dict) = function else {
                return false;
            };
            let pieces = dict.get::<Array<'_>>(b"Functions");
            pieces.is_some_and(|all| all.iter::<Object<'_>>().nth(STEPPED - 1).is_some())
        };
        match self.dict.get::<Object<'_>>(b"Function") {
            Some(Object::Array(each)) => each.iter::<Object<'_>>().take(32).any(|one| many(&one)),
            Some(one) => many(&one),
            None => false,
        }
    }

    /// Its colours; none where it is damaged.
    pub(crate) fn colours(
        &self,
        converter: &CmykConverter,
        limits: &Limits,
    ) -> Option<ShadingColours> {
        if let Some(ramp) = Ramp::read(&self.dict, &self.space) {
            return Some(match ramp.inks(&self.space, converter) {
                Some(inks) => ShadingColours::Along(ramp, inks),
                None => ShadingColours::Plane(ramp),
            });
        }
        let stream = self.stream.as_ref()?;
        Mesh::read(stream, &self.space, limits).map(ShadingColours::Corners)
    }

    /// The ink bound of its colours; none if it is damaged.
    pub(crate) fn most(&self, converter: &CmykConverter, limits: &Limits) -> Option<InkBound> {
        let most = match self.colours(converter, limits) {
            Some(ShadingColours::Along(_, inks)) => Some(InkBound::of(inks)),
            Some(ShadingColours::Corners(mesh)) => mesh.most(&self.space, converter),
            // A function of two numbers may peak anywhere.
            Some(ShadingColours::Plane(_)) => None,
            // The ink of an unknown space, and of a shading in it, is unknown.
            None if self.space.components() == 0 => None,
            None => return None,
        };
        Some(most.unwrap_or_else(|| converter.most(&self.space)))
    }
}

impl ShadingColours {
    /// The inks of every pixel of `area` that is painted, row by row. `to_pixels` goes from the shading to the page.
    pub(crate) fn paint(
        &self,
        area: Pixels,
        to_pixels: Affine,
        space: &Space,
        converter: &CmykConverter,
    ) -> Vec<Option<Inks>> {
        if let Self::Corners(mesh) = self {
            return mesh.paint(area, to_pixels, space, converter);
        }
        let back = to_pixels.inverse();
        let mut pixels = Vec::with_capacity(area.width() * area.height());
        for y in area.y0..area.y1 {
            for x in area.x0..area.x1 {
                let at = back * Point::new(x as f64 + 0.5, y as f64 + 0.5);
                pixels.push(match self {
                    Self::Along(ramp, inks) => ramp.along(at).and_then(|t| {
                        let step = (t * (STEPS - 1) as f64).round() as usize;
                        inks.get(step).cloned()
                    }),
                    Self::Plane(ramp) => ramp.inks_at(at, space, converter),
                    Self::Corners(_) => None,
                });
            }
        }
        pixels
    }
}

/// The cost of evaluating a shading's functions once, in painted pixels: 1 but for long programs.
pub(in crate::pdf) fn cost(dict: &Dict<'_>) -> usize {
    let program = |object: &Object<'_>| function::read(object).map_or(0, |(_, program)| program);
    let bytes = match dict.get::<Object<'_>>(b"Function") {
        None => 0,
        Some(Object::Array(array)) => array
            .iter::<Object<'_>>()
            .take(32)
            .map(|o| program(&o))
            .sum(),
        Some(one) => program(&one),
    };
    1 + bytes / BYTES_A_PIXEL
}

/// Bytes of a calculator function that are run in the time that a pixel is laid in.
const BYTES_A_PIXEL: usize = 64;
