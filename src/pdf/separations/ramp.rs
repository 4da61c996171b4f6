//! Function-based, axial and radial shadings.

use hayro::hayro_interpret::Function;
use hayro_font::kurbo::{Affine, Point};
use hayro_syntax::object::{Array, Dict};

use crate::pdf::colour::function::of_shading as functions;
use crate::pdf::colour::{CmykConverter, Inks, Space};
use crate::pdf::objects::lacks_numbers;

/// How a point maps to the inputs of a shading's function.
#[derive(Clone, Copy, Debug)]
enum RampGeometry {
    /// Axial: between two points.
    Axial([f64; 4]),
    /// Radial: between two circles.
    Radial([f64; 6]),
    /// Function-based: the inverse of its matrix.
    Plane(Affine),
}

/// A shading by function.
pub(crate) struct Ramp {
    shape: RampGeometry,
    /// Least and greatest of each input.
    domain: [f32; 4],
    functions: Vec<Function>,
    extend: [bool; 2],
    components: usize,
}

/// Samples along a ramp.
pub(crate) const STEPS: usize = 256;

impl Ramp {
    /// None for meshes, and for what is damaged.
    pub(crate) fn read(dict: &Dict<'_>, space: &Space) -> Option<Self> {
        let functions = functions(dict).filter(|f| !f.is_empty())?;
        let kind = dict.get::<u8>(b"ShadingType")?;
        let wanted = if kind == 1 { 2 } else { 1 };
        if functions.iter().any(|f| f.num_inputs() != wanted) {
            return None;
        }
        let components = space.components();
        let given = match functions.as_slice() {
            [one] => one.num_outputs(),
            many => many.iter().map(Function::num_outputs).sum(),
        };
        if components == 0 || given != components {
            return None;
        }
        let is_given = match kind {
            1 => !lacks_numbers::<6>(dict, b"Matrix") && !lacks_numbers::<4>(dict, b"Domain"),
            _ => !lacks_numbers::<2>(dict, b"Domain"),
        };
        if !is_given {
            return None;
        }
        let (shape, domain) = match kind {
            1 => {
                let matrix = dict
                    .get::<[f64; 6]>(b"Matrix")
                    .map_or(Affine::IDENTITY, Affine::new);
                if matrix.determinant() == 0.0 {
                    return None;
                }
                let domain = dict
                    .get::<[f32; 4]>(b"Domain")
                    .unwrap_or([0.0, 1.0, 0.0, 1.0]);
                (RampGeometry::Plane(matrix.inverse()), domain)
            }
            2 | 3 => {
                let [t0, t1] = dict.get::<[f32; 2]>(b"Domain").unwrap_or([0.0, 1.0]);
                let shape = if kind == 2 {
                    RampGeometry::Axial(dict.get::<[f64; 4]>(b"Coords")?)
                } else {
                    RampGeometry::Radial(dict.get::<[f64; 6]>(b"Coords")?)
                };
                (shape, [t0, t1, 0.0, 0.0])
            }
            _ => return None,
        };
        let mut extend = dict
            .get::<Array<'_>>(b"Extend")
            .into_iter()
            .flat_map(|a| a.iter::<bool>().take(2).collect::<Vec<_>>());
        let extend = [
            extend.next().unwrap_or(false),
            extend.next().unwrap_or(false),
        ];
        Some(Self {
            shape,
            domain,
            functions,
            extend,
            components,
        })
    }

    /// The colour at its inputs.
    fn colour(&self, inputs: &[f32]) -> Option<Vec<f32>> {
        let mut out = vec![0.0; self.components];
        match self.functions.as_slice() {
            [one] => one.eval(inputs, &mut out)?,
            many => {
                for (function, value) in many.iter().zip(out.iter_mut()) {
                    function.eval(inputs, std::slice::from_mut(value))?;
                }
            }
        }
        Some(out)
    }

    /// The inks at even steps along a ramp; none for a function-based shading.
    pub(crate) fn inks(&self, space: &Space, converter: &CmykConverter) -> Option<Vec<Inks>> {
        if matches!(self.shape, RampGeometry::Plane(_)) {
            return None;
        }
        let [t0, t1, ..] = self.domain;
        (0..STEPS)
            .map(|n| {
                let t = t0 + (t1 - t0) * n as f32 / (STEPS - 1) as f32;
                Some(converter.inks(space, &self.colour(&[t])?))
            })
            .collect()
    }

    /// The inks at a point of the shading's own space in two dimensions.
    pub(crate) fn inks_at(
        &self,
        at: Point,
        space: &Space,
        converter: &CmykConverter,
    ) -> Option<Inks> {
        let RampGeometry::Plane(inverse) = self.shape else {
            return None;
        };
        let [x0, x1, y0, y1] = self.domain;
        let p = inverse * at;
        let (x, y) = (p.x as f32, p.y as f32);
        if x < x0 || x > x1 || y < y0 || y > y1 {
            return None;
        }
        Some(converter.inks(space, &self.colour(&[x, y])?))
    }

    /// The parametric value of a point, 0 to 1; none where nothing is painted.
    pub(crate) fn along(&self, at: Point) -> Option<f64> {
        match self.shape {
            RampGeometry::Axial([x0, y0, x1, y1]) => {
                let (dx, dy) = (x1 - x0, y1 - y0);
                let length = dx * dx + dy * dy;
                if length == 0.0 {
                    return None;
                }
                self.within(((at.x - x0) * dx + (at.y - y0) * dy) / length)
            }
            RampGeometry::Radial(circles) => self.radial(circles, at),
            RampGeometry::Plane(_) => None,
        }
    }

    fn within(&self, t: f64) -> Option<f64> {
        let [before, after] = self.extend;
        ((before || t >= 0.0) && (after || t <= 1.0)).then_some(t.clamp(0.0, 1.0))
    }

    /// The greatest t whose circle passes through the point.
    fn radial(&self, [x0, y0, r0, x1, y1, r1]: [f64; 6], at: Point) -> Option<f64> {
        let (dx, dy, dr) = (x1 - x0, y1 - y0, r1 - r0);
        let (px, py) = (at.x - x0, at.y - y0);
        let a = dx * dx + dy * dy - dr * dr;
        let b = px * dx + py * dy + r0 * dr;
        let c = px * px + py * py - r0 * r0;
        let valid = |t: f64| r0 + t * dr >= 0.0;
        if a.abs() < 1e-9 {
            let t = (b != 0.0).then(|| c / (2.0 * b))?;
            return valid(t).then_some(t).and_then(|t| self.within(t));
        }
        let root = b * b - a * c;
        if root < -1e-9 {
            return None;
        }
        let root = root.max(0.0).sqrt();
        let (s, t) = ((b + root) / a, (b - root) / a);
        [s.max(t), s.min(t)]
            .into_iter()
            .find_map(|t| valid(t).then(|| self.within(t)).flatten())
    }
}
