//! The finished size of a book, as people write it.

use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};

use crate::model::geometry::Size;
use crate::model::units::{Length, Unit};

/// A trim as the user states it, with its unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trim {
    /// Width and height in points.
    pub size: Size,
    /// The unit it was written in.
    pub unit: Unit,
}

/// Trade names for trims that have one size everywhere: name, width and height in millimetres.
const NAMED_TRIMS: [(&str, f64, f64); 17] = [
    ("a0", 841.0, 1189.0),
    ("a1", 594.0, 841.0),
    ("a2", 420.0, 594.0),
    ("a3", 297.0, 420.0),
    ("a4", 210.0, 297.0),
    ("a5", 148.0, 210.0),
    ("a6", 105.0, 148.0),
    ("b5", 176.0, 250.0),
    ("b6", 125.0, 176.0),
    ("royal", 156.0, 234.0),
    ("demy", 138.0, 216.0),
    ("letter", 215.9, 279.4),
    // Business cards of the United States, Europe, Japan and Australia, and ISO/IEC 7810 ID-1.
    ("us-card", 88.9, 50.8),
    ("eu-card", 85.0, 55.0),
    ("id-1", 85.6, 53.98),
    ("jp-card", 91.0, 55.0),
    ("au-card", 90.0, 55.0),
];

impl FromStr for Trim {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let lower = straight(&text.trim().to_ascii_lowercase());
        if let Some((_, w, h)) = NAMED_TRIMS.iter().find(|(name, ..)| *name == lower) {
            return Ok(Self {
                size: Size::new(Length::mm(*w).as_pt(), Length::mm(*h).as_pt()),
                unit: Unit::Millimetres,
            });
        }
        let wrong = || {
            format!(
                "\"{text}\" is not a trim; write width x height, as in 6x9 or 152.4x228.6mm, or a name such as a5, royal or letter"
            )
        };
        let (width, height) = lower.split_once(['x', '×', '*']).ok_or_else(wrong)?;
        let number_end = height
            .find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | ' '))
            .unwrap_or(height.len());
        let (height, unit) = height.split_at(number_end);
        // A unit may follow either number; one unit serves both.
        let width = width
            .trim()
            .trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '"');
        let unit = match unit.trim() {
            "" => "in",
            unit => unit,
        };
        let side = |number: &str| -> Result<f64, String> {
            let length: Length = format!("{}{unit}", number.trim())
                .parse()
                .map_err(|_| wrong())?;
            let points = length.as_pt();
            (points > 0.0 && points <= 14400.0)
                .then_some(points)
                .ok_or_else(wrong)
        };
        Ok(Self {
            size: Size::new(side(width)?, side(height)?),
            unit: if matches!(unit, "mm" | "cm") {
                Unit::Millimetres
            } else {
                Unit::Inches
            },
        })
    }
}

/// The marks for inches that people and their keyboards make of one another, as the one that lengths know.
fn straight(text: &str) -> String {
    let marks = ['″', '”', '“', '’', '′', '\''];
    text.replace(marks, "\"").replace("\"\"", "\"")
}

impl<'de> Deserialize<'de> for Trim {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Trim {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Trim".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let names = NAMED_TRIMS.map(|(name, ..)| name).join("|");
        schemars::json_schema!({
            "type": "string",
            "description": "width x height, in inches unless a unit is given, or a trade name",
            "examples": ["6x9", "152.4x228.6mm", "a5"],
            "pattern": format!(r"^([1-9][0-9]?(\.[0-9]{{1,3}})?x[1-9][0-9]?(\.[0-9]{{1,3}})?(in)?|[1-9][0-9]{{1,2}}x[1-9][0-9]{{1,2}}mm|{names})$")
        })
    }
}

/// To the last digit: jobs are compared by what is written out of them.
impl Serialize for Trim {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Size { width, height } = self.size;
        (width, height, format!("{:?}", self.unit)).serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trims_are_read_as_people_write_them() {
        let size = |text: &str| text.parse::<Trim>().map(|t| t.size.to_array());
        assert_eq!(size("6x9"), Ok([432.0, 648.0]));
        assert_eq!(size("6 x 9 in"), Ok([432.0, 648.0]));
        assert_eq!(size("6in x 9in"), Ok([432.0, 648.0]));
        assert_eq!(size("152.4x228.6mm"), Ok([432.0, 648.0]));
        assert_eq!(size("15,24 × 22,86 cm"), Ok([432.0, 648.0]));
        for marked in ["6\"x9\"", "6″x9″", "6” x 9”", "6’x9’", "6′x9′", "6''x9''"] {
            assert_eq!(size(marked), Ok([432.0, 648.0]), "{marked}");
        }
        assert_eq!(size("A5"), Ok([419.528, 595.276]));
        for wrong in ["", "6", "6x", "x9", "0x9", "6x9furlongs", "-6x9"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }
}
