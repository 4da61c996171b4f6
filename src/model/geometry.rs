//! Rectangles and sides of a page as it is seen: points from the top-left corner, y downwards.

use bitcode::{Decode, Encode};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::model::units::round3;

/// An upright rectangle. `x0 <= x1`, `y0 <= y1`; y grows downwards on pages as seen.
///
/// Kept in single precision: a hundred-thousandth of a point on any page a press takes.
#[derive(Clone, Copy, Debug, PartialEq, Default, Encode, Decode)]
pub struct Rect {
    /// Left edge.
    pub x0: f32,
    /// Top edge.
    pub y0: f32,
    /// Right edge.
    pub x1: f32,
    /// Bottom edge.
    pub y1: f32,
}

impl Rect {
    /// From two corners in any order.
    pub fn new(x0: f64, y0: f64, x1: f64, y1: f64) -> Self {
        let (x0, y0, x1, y1) = (x0 as f32, y0 as f32, x1 as f32, y1 as f32);
        Self {
            x0: x0.min(x1),
            y0: y0.min(y1),
            x1: x0.max(x1),
            y1: y0.max(y1),
        }
    }

    /// The smallest rectangle that holds points given as x and y.
    pub fn around(points: &[[f64; 2]]) -> Self {
        let fold = |i: usize, f: fn(f64, f64) -> f64, start: f64| {
            let along = points.iter().filter_map(|p| p.get(i)).copied();
            along.fold(start, f)
        };
        Self::new(
            fold(0, f64::min, f64::INFINITY),
            fold(1, f64::min, f64::INFINITY),
            fold(0, f64::max, f64::NEG_INFINITY),
            fold(1, f64::max, f64::NEG_INFINITY),
        )
    }

    /// Its edges in millimetres, to the thousandth.
    pub fn to_mm(self) -> [f64; 4] {
        self.to_array()
            .map(|v| crate::model::units::round3(v * 25.4 / 72.0))
    }

    /// Area in square points.
    pub fn area(self) -> f64 {
        self.width() * self.height()
    }

    /// Width in points.
    pub fn width(self) -> f64 {
        f64::from(self.x1) - f64::from(self.x0)
    }

    /// Height in points.
    pub fn height(self) -> f64 {
        f64::from(self.y1) - f64::from(self.y0)
    }

    /// The smallest rectangle around both.
    pub fn union(self, other: Self) -> Self {
        Self {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    /// What both cover, if they meet at all.
    pub fn intersection(self, other: Self) -> Option<Self> {
        let meet = Self {
            x0: self.x0.max(other.x0),
            y0: self.y0.max(other.y0),
            x1: self.x1.min(other.x1),
            y1: self.y1.min(other.y1),
        };
        (meet.x0 <= meet.x1 && meet.y0 <= meet.y1).then_some(meet)
    }

    /// Whether the two share an area (a shared edge is not enough).
    pub fn overlaps(self, other: Self) -> bool {
        self.x0 < other.x1 && other.x0 < self.x1 && self.y0 < other.y1 && other.y0 < self.y1
    }

    /// Whether `other` lies within this one, give or take `slack` points.
    pub fn contains(self, other: Self, slack: f64) -> bool {
        let slack = slack as f32;
        other.x0 >= self.x0 - slack
            && other.y0 >= self.y0 - slack
            && other.x1 <= self.x1 + slack
            && other.y1 <= self.y1 + slack
    }

    /// Grown on every side by `by` points.
    pub fn inflate(self, by: f64) -> Self {
        let by = by as f32;
        Self {
            x0: self.x0 - by,
            y0: self.y0 - by,
            x1: self.x1 + by,
            y1: self.y1 + by,
        }
    }

    /// The point in its middle.
    pub fn middle(self) -> [f64; 2] {
        let [x0, y0, x1, y1] = self.to_f64();
        [x0.midpoint(x1), y0.midpoint(y1)]
    }

    /// As `[x0, y0, x1, y1]`, to reckon with.
    pub fn to_f64(self) -> [f64; 4] {
        [self.x0, self.y0, self.x1, self.y1].map(f64::from)
    }

    /// As `[x0, y0, x1, y1]`, rounded for JSON.
    pub fn to_array(self) -> [f64; 4] {
        [self.x0, self.y0, self.x1, self.y1].map(|v| round3(f64::from(v)))
    }
}

impl<'de> Deserialize<'de> for Rect {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let [x0, y0, x1, y1] = <[f64; 4]>::deserialize(from)?;
        Ok(Self::new(x0, y0, x1, y1))
    }
}

impl Serialize for Rect {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_array().serialize(serializer)
    }
}

impl JsonSchema for Rect {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Area".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let mut schema = <[f64; 4]>::json_schema(generator);
        schema.insert(
            "description".into(),
            "[x0, y0, x1, y1] in points from the top-left corner of the page as it is seen".into(),
        );
        schema
    }
}

/// Width and height in points.
#[derive(Clone, Copy, Debug, PartialEq, Default, Encode, Decode)]
pub struct Size {
    /// Width in points.
    pub width: f64,
    /// Height in points.
    pub height: f64,
}

impl Size {
    /// Area in square points.
    pub fn area(self) -> f64 {
        self.width * self.height
    }

    /// From points.
    pub const fn new(width: f64, height: f64) -> Self {
        Self { width, height }
    }

    /// Whether both sides agree within `tolerance` points.
    pub fn is_near(self, other: Self, tolerance: f64) -> bool {
        (self.width - other.width).abs() <= tolerance
            && (self.height - other.height).abs() <= tolerance
    }

    /// As `[width, height]`, rounded for JSON.
    pub fn to_array(self) -> [f64; 2] {
        [round3(self.width), round3(self.height)]
    }
}

impl<'de> Deserialize<'de> for Size {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let [width, height] = <[f64; 2]>::deserialize(from)?;
        Ok(Self::new(width, height))
    }
}

impl Serialize for Size {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_array().serialize(serializer)
    }
}

impl JsonSchema for Size {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Size".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let mut schema = <[f64; 2]>::json_schema(generator);
        schema.insert("description".into(), "[width, height] in points".into());
        schema
    }
}

/// The side of a leaf a page stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// A right-hand page: its bind edge is on the left.
    Right,
    /// A left-hand page: its bind edge is on the right.
    Left,
}

/// The direction a book is read in.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Encode, Decode, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Left to right: page 1 is a right-hand page.
    #[default]
    Ltr,
    /// Right to left: page 1 is a left-hand page.
    Rtl,
}

impl Direction {
    /// The side page `number` (counted from 1) stands on.
    pub fn side(self, number: u32) -> Side {
        match (self, number % 2 == 1) {
            (Self::Ltr, true) | (Self::Rtl, false) => Side::Right,
            (Self::Ltr, false) | (Self::Rtl, true) => Side::Left,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_one_is_a_recto_and_its_bind_edge_follows_the_direction() {
        assert_eq!(Direction::Ltr.side(1), Side::Right);
        assert_eq!(Direction::Ltr.side(2), Side::Left);
        assert_eq!(Direction::Rtl.side(1), Side::Left);
        assert_eq!(Direction::Rtl.side(2), Side::Right);
    }

    #[test]
    fn corners_come_in_any_order() {
        assert_eq!(Rect::new(3.0, 4.0, 1.0, 2.0), Rect::new(1.0, 2.0, 3.0, 4.0));
    }
}
