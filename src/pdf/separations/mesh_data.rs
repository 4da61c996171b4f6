//! The packed data of meshes: flags, points and colours, bit by bit.

use hayro_font::kurbo::Point;
use hayro_syntax::object::{Array, Dict};

/// A corner of a triangle: where it lies, and its colour as components or as the input of the function.
#[derive(Clone, Debug)]
pub(in crate::pdf) struct MeshVertex {
    pub(in crate::pdf) at: Point,
    pub(in crate::pdf) colour: Vec<f32>,
}

/// Reads corners as they are packed.
pub(in crate::pdf) struct VertexReader<'d> {
    data: &'d [u8],
    /// In bits.
    at: usize,
    flag: usize,
    coordinate: usize,
    component: usize,
    decode: Vec<[f32; 2]>,
    components: usize,
}

impl<'d> VertexReader<'d> {
    pub(in crate::pdf) fn new(dict: &Dict<'_>, data: &'d [u8], components: usize) -> Option<Self> {
        let bits = |key: &[u8]| {
            dict.get::<usize>(key)
                .filter(|bits| (1..=32).contains(bits))
        };
        let decode: Vec<f32> = dict
            .get::<Array<'_>>(b"Decode")?
            .iter::<f32>()
            .take(70)
            .collect();
        let decode = decode.as_chunks::<2>().0.to_vec();
        (decode.len() >= 2 + components).then_some(Self {
            data,
            at: 0,
            flag: dict.get::<usize>(b"BitsPerFlag").unwrap_or(8).min(32),
            coordinate: bits(b"BitsPerCoordinate")?,
            component: bits(b"BitsPerComponent")?,
            decode,
            components,
        })
    }

    fn bits(&mut self, count: usize) -> Option<u64> {
        let mut value = 0u64;
        for _ in 0..count {
            let byte = self.data.get(self.at / 8)?;
            value = value << 1 | u64::from(byte >> (7 - self.at % 8) & 1);
            self.at += 1;
        }
        Some(value)
    }

    pub(in crate::pdf) fn flag(&mut self) -> Option<u64> {
        self.bits(self.flag).map(|flag| flag & 3)
    }

    fn value(&mut self, bits: usize, place: usize) -> Option<f32> {
        let [least, most] = *self.decode.get(place)?;
        let raw = self.bits(bits)?;
        let share = (raw as f64 / ((1u64 << bits) - 1) as f64) as f32;
        Some(least + share * (most - least))
    }

    pub(in crate::pdf) fn point(&mut self) -> Option<Point> {
        let x = self.value(self.coordinate, 0)?;
        let y = self.value(self.coordinate, 1)?;
        Some(Point::new(x.into(), y.into()))
    }

    pub(in crate::pdf) fn colour(&mut self) -> Option<Vec<f32>> {
        (0..self.components)
            .map(|n| self.value(self.component, 2 + n))
            .collect()
    }

    pub(in crate::pdf) fn corner(&mut self) -> Option<MeshVertex> {
        let at = self.point()?;
        let colour = self.colour()?;
        self.align();
        Some(MeshVertex { at, colour })
    }

    /// Each corner, or patch, ends with its byte.
    pub(in crate::pdf) fn align(&mut self) {
        self.at = self.at.next_multiple_of(8);
    }
}
