//! Shadings that are meshes: triangles and patches with a colour at each corner.

use hayro::hayro_interpret::Function;
use hayro_font::kurbo::{Affine, Point, Vec2};
use hayro_syntax::object::Stream;

use crate::model::limits::Limits;
use crate::pdf::colour::function::of_shading as functions;
use crate::pdf::colour::{CmykConverter, InkBound, Inks, Space};
use crate::pdf::images::decode::read;
use crate::pdf::separations::Pixels;
use crate::pdf::separations::mesh_data::{MeshVertex, VertexReader};

/// A mesh, cut into triangles in the order they are painted.
pub(crate) struct Mesh {
    triangles: Vec<[MeshVertex; 3]>,
    functions: Vec<Function>,
    components: usize,
}

/// Triangles of one mesh. Pictures turned into meshes have some hundred thousand.
const MAX_TRIANGLES: usize = 400_000;
/// Parts that the side of a patch is cut into.
const PARTS: u8 = 8;

impl Mesh {
    /// None for what is no mesh, or damaged.
    pub(crate) fn read(stream: &Stream<'_>, space: &Space, limits: &Limits) -> Option<Self> {
        let dict = stream.dict();
        let functions = functions(dict)?;
        if functions.iter().any(|f| f.num_inputs() != 1) {
            return None;
        }
        let components = space.components();
        let unpacked = read(stream, limits.stream_bytes).ok();
        let data = unpacked.filter(|u| u.whole)?.data;
        let mut reader = VertexReader::new(
            dict,
            &data,
            if functions.is_empty() { components } else { 1 },
        )?;
        let triangles = match dict.get::<u8>(b"ShadingType")? {
            4 => free_form(&mut reader),
            5 => lattice(&mut reader, dict.get::<usize>(b"VerticesPerRow")?),
            6 => patches(&mut reader, false),
            7 => patches(&mut reader, true),
            _ => return None,
        };
        (components > 0).then_some(Self {
            triangles,
            functions,
            components,
        })
    }

    fn inks(&self, colour: &[f32], space: &Space, converter: &CmykConverter) -> Inks {
        let mut out = vec![0.0; self.components];
        match self.functions.as_slice() {
            [] => return converter.inks(space, colour),
            [one] => {
                // What a function cannot say stays 0.
                let _ = one.eval(colour, &mut out);
            }
            many => {
                for (function, value) in many.iter().zip(out.iter_mut()) {
                    let _ = function.eval(colour, std::slice::from_mut(value));
                }
            }
        }
        converter.inks(space, &out)
    }

    /// The most ink at its corners; none where there may be more between them, since functions peak where they like and what
    /// is converted does not run straight.
    pub(crate) fn most(&self, space: &Space, converter: &CmykConverter) -> Option<InkBound> {
        if !self.functions.is_empty() || space.is_converted() {
            return None;
        }
        let corners = self.triangles.iter().flatten();
        Some(InkBound::of(
            corners.map(|c| self.inks(&c.colour, space, converter)),
        ))
    }

    /// The inks of every pixel of `area` that it covers, row by row.
    pub(crate) fn paint(
        &self,
        area: Pixels,
        to_pixels: Affine,
        space: &Space,
        converter: &CmykConverter,
    ) -> Vec<Option<Inks>> {
        let mut pixels = vec![None; area.width() * area.height()];
        for corners in &self.triangles {
            let [a, b, c] = corners.each_ref().map(|corner| to_pixels * corner.at);
            let whole = (b - a).cross(c - a);
            if whole == 0.0 || !whole.is_finite() {
                continue;
            }
            let bounds = hayro_font::kurbo::Rect::from_points(a, b).union_pt(c);
            let touched = Pixels::touched(bounds, area);
            for y in touched.y0..touched.y1 {
                for x in touched.x0..touched.x1 {
                    let p = Point::new(x as f64 + 0.5, y as f64 + 0.5);
                    let (u, v) = ((c - b).cross(p - b) / whole, (a - c).cross(p - c) / whole);
                    let w = 1.0 - u - v;
                    // A hair beyond the edge, so that neighbours leave no gap.
                    if u < -1e-6 || v < -1e-6 || w < -1e-6 {
                        continue;
                    }
                    let weights = [u as f32, v as f32, w as f32];
                    let colour = mixed(corners, weights);
                    if let Some(pixel) = pixels.get_mut(area.row(y) + x - area.x0) {
                        *pixel = Some(self.inks(&colour, space, converter));
                    }
                }
            }
        }
        pixels
    }
}

fn mixed(corners: &[MeshVertex; 3], weights: [f32; 3]) -> Vec<f32> {
    let [a, b, c] = corners;
    let [u, v, w] = weights;
    let all = a.colour.iter().zip(&b.colour).zip(&c.colour);
    all.map(|((a, b), c)| a * u + b * v + c * w).collect()
}

fn free_form(reader: &mut VertexReader<'_>) -> Vec<[MeshVertex; 3]> {
    let mut triangles: Vec<[MeshVertex; 3]> = Vec::new();
    while triangles.len() < MAX_TRIANGLES {
        let Some((flag, corner)) = reader.flag().zip(reader.corner()) else {
            break;
        };
        let next = match (flag, triangles.last()) {
            (1, Some([_, b, c])) => [b.clone(), c.clone(), corner],
            (2, Some([a, _, c])) => [a.clone(), c.clone(), corner],
            _ => {
                // The flags of the two corners that follow say nothing.
                let mut follow = || reader.flag().zip(reader.corner()).map(|(_, c)| c);
                match follow().zip(follow()) {
                    Some((b, c)) => [corner, b, c],
                    None => break,
                }
            }
        };
        triangles.push(next);
    }
    triangles
}

fn lattice(reader: &mut VertexReader<'_>, columns: usize) -> Vec<[MeshVertex; 3]> {
    let mut triangles = Vec::new();
    if !(2..=MAX_TRIANGLES).contains(&columns) {
        return triangles;
    }
    let mut above: Vec<MeshVertex> = Vec::new();
    while triangles.len() < MAX_TRIANGLES {
        let row: Vec<MeshVertex> = (0..columns).map_while(|_| reader.corner()).collect();
        if row.len() < columns {
            break;
        }
        squares(&above, &row, &mut triangles);
        above = row;
    }
    triangles
}

/// Two triangles for every four neighbours of two rows.
fn squares(above: &[MeshVertex], below: &[MeshVertex], triangles: &mut Vec<[MeshVertex; 3]>) {
    for (top, bottom) in above.windows(2).zip(below.windows(2)) {
        if let ([a, b], [c, d]) = (top, bottom) {
            triangles.push([a.clone(), b.clone(), c.clone()]);
            triangles.push([b.clone(), c.clone(), d.clone()]);
        }
    }
}

/// A patch: sixteen points by row and column, and the colours of its corners at 00, 03, 33 and 30.
#[derive(Clone)]
struct MeshPatch {
    points: [[Point; 4]; 4],
    colours: [Vec<f32>; 4],
}

/// Places of points in the order they are packed: once around, then inside.
const ORDER: [(usize, usize); 16] = [
    (0, 0),
    (0, 1),
    (0, 2),
    (0, 3),
    (1, 3),
    (2, 3),
    (3, 3),
    (3, 2),
    (3, 1),
    (3, 0),
    (2, 0),
    (1, 0),
    (1, 1),
    (1, 2),
    (2, 2),
    (2, 1),
];

fn patches(reader: &mut VertexReader<'_>, tensor: bool) -> Vec<[MeshVertex; 3]> {
    let mut triangles = Vec::new();
    let mut last: Option<MeshPatch> = None;
    let count = if tensor { 16 } else { 12 };
    while triangles.len() < MAX_TRIANGLES {
        let Some(patch) = patch(reader, last.as_ref(), count) else {
            break;
        };
        reader.align();
        cut(&patch, &mut triangles);
        last = Some(patch);
    }
    triangles
}

fn patch(
    reader: &mut VertexReader<'_>,
    last: Option<&MeshPatch>,
    count: usize,
) -> Option<MeshPatch> {
    let flag = reader.flag()?;
    let mut around: Vec<Point> = Vec::with_capacity(16);
    let mut colours: Vec<Vec<f32>> = Vec::with_capacity(4);
    if let (Some(last), 1..=3) = (last, flag) {
        // The side it shares, as it comes around.
        let start = usize::try_from(flag).ok()? * 3;
        for n in start..start + 4 {
            let (row, column) = *ORDER.get(n % 12)?;
            around.push(*last.points.get(row)?.get(column)?);
        }
        let first = start / 3;
        colours.push(last.colours.get(first)?.clone());
        colours.push(last.colours.get((first + 1) % 4)?.clone());
    }
    while around.len() < count {
        around.push(reader.point()?);
    }
    while colours.len() < 4 {
        colours.push(reader.colour()?);
    }
    let mut points = [[Point::ZERO; 4]; 4];
    for (point, (row, column)) in around.iter().zip(ORDER) {
        if let Some(place) = points.get_mut(row).and_then(|r| r.get_mut(column)) {
            *place = *point;
        }
    }
    if count == 12 {
        fill_inside(&mut points);
    }
    let colours = colours.try_into().ok()?;
    Some(MeshPatch { points, colours })
}

/// The inner control points of a Coons patch.
fn fill_inside(points: &mut [[Point; 4]; 4]) {
    let p = points.map(|row| row.map(Point::to_vec2));
    let [r0, r1, r2, r3] = p;
    let inner = |near: Vec2, sides: Vec2, corners: Vec2, far: Vec2, opposite: Vec2| {
        ((near * -4.0 + sides * 6.0 - corners * 2.0 + far * 3.0 - opposite) / 9.0).to_point()
    };
    let [_, second, third, _] = points;
    second[1] = inner(r0[0], r0[1] + r1[0], r0[3] + r3[0], r3[1] + r1[3], r3[3]);
    second[2] = inner(r0[3], r0[2] + r1[3], r0[0] + r3[3], r3[2] + r1[0], r3[0]);
    third[1] = inner(r3[0], r3[1] + r2[0], r3[3] + r0[0], r0[1] + r2[3], r0[3]);
    third[2] = inner(r3[3], r3[2] + r2[3], r3[0] + r0[3], r0[2] + r2[0], r0[0]);
}

/// Cuts a patch into triangles.
fn cut(patch: &MeshPatch, triangles: &mut Vec<[MeshVertex; 3]>) {
    let corner = |row: u8, column: u8| {
        let (u, v) = (
            f64::from(row) / f64::from(PARTS),
            f64::from(column) / f64::from(PARTS),
        );
        let (across, down) = (weights(v), weights(u));
        let mut at = Vec2::ZERO;
        for (line, weight) in patch.points.iter().zip(down) {
            for (point, other) in line.iter().zip(across) {
                at += point.to_vec2() * weight * other;
            }
        }
        let (u, v) = (u as f32, v as f32);
        let [c00, c03, c33, c30] = &patch.colours;
        let colour = c00
            .iter()
            .zip(c03)
            .zip(c33)
            .zip(c30)
            .map(|(((a, b), c), d)| {
                (1.0 - u) * ((1.0 - v) * a + v * b) + u * ((1.0 - v) * d + v * c)
            })
            .collect();
        MeshVertex {
            at: at.to_point(),
            colour,
        }
    };
    let row = |n: u8| {
        (0..=PARTS)
            .map(|column| corner(n, column))
            .collect::<Vec<_>>()
    };
    let mut above = row(0);
    for n in 1..=PARTS {
        let below = row(n);
        squares(&above, &below, triangles);
        above = below;
    }
}

/// The weights of four points along a cubic curve.
fn weights(t: f64) -> [f64; 4] {
    let s = 1.0 - t;
    [s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t]
}
