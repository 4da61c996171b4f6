//! Lengths as the trade writes them, compared only with stated slack.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Points (1/72 in) in one inch.
pub const POINTS_PER_INCH: f64 = 72.0;
/// Points in one millimetre.
pub const POINTS_PER_MM: f64 = 72.0 / 25.4;

/// What rounding in PDF writers and in our own arithmetic may add up to, in points.
///
/// Every comparison of a measured length with a limit allows this much, so that an edge that lies
/// exactly on its limit is inside it. It is a hundredth of a point: 0.00014 in, far below the
/// 0.002 in under which KDP's previewer was never seen to speak.
pub const SLACK_PT: f64 = 0.01;

/// A length. Stored in points; read from `"0.125in"`, `"3mm"`, `"9pt"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Length(f64);

impl Length {
    /// A length given in points.
    pub const fn pt(points: f64) -> Self {
        Self(points)
    }

    /// A length given in inches.
    pub const fn inches(inches: f64) -> Self {
        Self(inches * POINTS_PER_INCH)
    }

    /// A length given in millimetres.
    pub const fn mm(mm: f64) -> Self {
        Self(mm * POINTS_PER_MM)
    }

    /// In points.
    pub const fn as_pt(self) -> f64 {
        self.0
    }

    /// In inches.
    pub const fn as_inches(self) -> f64 {
        self.0 / POINTS_PER_INCH
    }

    /// In millimetres.
    pub const fn as_mm(self) -> f64 {
        self.0 / POINTS_PER_MM
    }

    /// Whether this falls short of `limit` by more than the slack.
    pub fn is_below(self, limit: Self) -> bool {
        self.0 < limit.0 - SLACK_PT
    }

    /// Whether this passes `limit` by more than the slack.
    pub fn is_above(self, limit: Self) -> bool {
        self.0 > limit.0 + SLACK_PT
    }

    /// Whether the two differ by no more than `tolerance` (and the slack).
    pub fn is_near(self, other: Self, tolerance: Self) -> bool {
        (self.0 - other.0).abs() <= tolerance.0 + SLACK_PT
    }

    /// The distance between two lengths, never negative.
    pub fn distance(self, other: Self) -> Self {
        Self((self.0 - other.0).abs())
    }

    /// Written for people: the job's unit first, the other in parentheses.
    pub fn show(self, unit: Unit) -> String {
        let inches = format!("{:.3} in", tidy(self.as_inches(), 3));
        let mm = format!("{:.1} mm", tidy(self.as_mm(), 1));
        match unit {
            Unit::Inches => format!("{inches} ({mm})"),
            Unit::Millimetres => format!("{mm} ({inches})"),
        }
    }
}

/// Rounds to `digits` decimals and turns a negative zero into zero.
pub(crate) fn tidy(value: f64, digits: i32) -> f64 {
    let scale = 10f64.powi(digits);
    // What is 6.35 mm but for the arithmetic rounds as 6.35 does.
    let rounded = (value * scale + value.signum() * 1e-6).round() / scale;
    if rounded == 0.0 { 0.0 } else { rounded }
}

/// The unit a job thinks in, taken from how its trim was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Unit {
    /// Inches, as the American platforms write them.
    #[default]
    #[serde(rename = "in")]
    Inches,
    /// Millimetres.
    #[serde(rename = "mm")]
    Millimetres,
}

impl std::ops::Add for Length {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl std::ops::Sub for Length {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl std::ops::Mul<f64> for Length {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self(self.0 * factor)
    }
}

impl std::ops::Neg for Length {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.show(Unit::Inches))
    }
}

/// A text that is no length.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a length; write a number with in, mm, cm or pt, as in \"0.125in\"")]
pub struct NotALength(pub String);

impl FromStr for Length {
    type Err = NotALength;

    fn from_str(text: &str) -> Result<Self, NotALength> {
        let wrong = || NotALength(text.to_owned());
        let trimmed = text.trim();
        let split = trimmed
            .find(|c: char| c.is_ascii_alphabetic() || c == '"')
            .ok_or_else(wrong)?;
        let (number, unit) = trimmed.split_at(split);
        // Half of the world writes a comma before the decimals.
        let number = number.trim().replacen(',', ".", 1);
        let value: f64 = number.parse().map_err(|_| wrong())?;
        if !value.is_finite() {
            return Err(wrong());
        }
        match unit.trim() {
            "in" | "inch" | "inches" | "\"" => Ok(Self::inches(value)),
            "mm" => Ok(Self::mm(value)),
            "cm" => Ok(Self::mm(value * 10.0)),
            "pt" => Ok(Self::pt(value)),
            _ => Err(wrong()),
        }
    }
}

impl<'de> Deserialize<'de> for Length {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl serde::de::Visitor<'_> for Text {
            type Value = Length;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a length with its unit, as \"0.125in\", \"3mm\" or \"9pt\"")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Length, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Text)
    }
}

impl Serialize for Length {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(round3(self.0))
    }
}

impl JsonSchema for Length {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Length".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "a number with its unit: 0.125in, 3mm, 9pt",
            "pattern": r"^\s*-?[0-9.]+\s*(in|inch|inches|mm|cm|pt)\s*$"
        })
    }
}

/// Rounded to a thousandth, as every number in JSON is.
pub fn round3(value: f64) -> f64 {
    tidy(value, 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_units_people_write() {
        assert_eq!("0.125in".parse(), Ok(Length::pt(9.0)));
        assert_eq!(" 9 pt ".parse(), Ok(Length::pt(9.0)));
        assert!(
            "3mm"
                .parse::<Length>()
                .is_ok_and(|l| l.is_near(Length::mm(3.0), Length::pt(0.0)))
        );
        for wrong in ["", "12", "in", "12px", "1e999in", "NaNin"] {
            assert!(wrong.parse::<Length>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn shows_both_units() {
        assert_eq!(
            Length::inches(0.242).show(Unit::Inches),
            "0.242 in (6.1 mm)"
        );
        assert_eq!(Length::mm(3.0).show(Unit::Millimetres), "3.0 mm (0.118 in)");
        assert_eq!(Length::pt(-0.001).show(Unit::Inches), "0.000 in (0.0 mm)");
    }

    #[test]
    fn a_length_on_its_limit_is_neither_below_nor_above() {
        let limit = Length::inches(0.375);
        assert!(!limit.is_below(limit) && !limit.is_above(limit));
        assert!(!(limit - Length::pt(0.009)).is_below(limit));
        assert!((limit - Length::pt(0.011)).is_below(limit));
    }
}
