//! The grade a verifier would give a code's artwork.

/// An artwork grade: what a verifier would say of the code as drawn, after ISO/IEC 15415 and 15416. Reflectance is the
/// share of white in the grey that is drawn, so a tint of 50 % black reflects half; paper and press come later.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "bitcode", derive(bitcode::Encode, bitcode::Decode))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Grade {
    /// From 4, which is A, to 0, which is F: the lowest of all of a QR code; of a bar code the mean of its lines, each of which
    /// has the lowest of its own.
    pub overall: f64,
    /// The reflectance of its lightest part; for bar codes in red light, as scanners have it.
    pub lightest: f64,
    /// The reflectance of its darkest part.
    pub darkest: f64,
    /// The reflectance of the lightest part less that of the darkest.
    pub symbol_contrast: f64,
    /// How clearly light and dark are apart everywhere, against the symbol's contrast: 1 if all are as light or dark as any.
    pub modulation: f64,
    /// The modulation of a QR code if modules of the wrong colour, as under a logo, count as nothing.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub reflectance_margin: Option<f64>,
    /// The share of error correction that is left, in the worst block of a QR code.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub unused_error_correction: Option<f64>,
    /// How far a QR code's modules are from square: the difference of their sides against their mean.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub axial_nonuniformity: Option<f64>,
    /// How far rows and columns of a QR code are off an even grid at most, in modules.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub grid_nonuniformity: Option<f64>,
    /// What of a QR code's fixed patterns is the wrong colour. It is measured, and not a part of the grade.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub damage: Option<Damage>,
    /// How many of ten lines across a bar code can be read.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub lines_read: Option<u32>,
    /// The least step in reflectance between a bar and a space on any line.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub edge_contrast: Option<f64>,
    /// The greatest unevenness within a bar or a space, against the contrast: voids in bars, specks between them.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub defects: Option<f64>,
    /// How far the widths of bars and spaces are from being taken for others: 1 if they are exact.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub decodability: Option<f64>,
}

/// The share of modules that are the wrong colour in each fixed pattern of a QR code, from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "bitcode", derive(bitcode::Encode, bitcode::Decode))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Damage {
    /// The finders as the code is made, each with its light rim: upper left, upper right, lower left.
    pub finders: [f64; 3],
    /// The timing patterns: the row, the column.
    pub timing: [f64; 2],
    /// The alignment pattern that is worst; none in a code that has none.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub alignment: Option<f64>,
    /// The format information, and the version information of a code that has it.
    pub format: f64,
    /// The quiet zone, four modules wide.
    pub quiet_zone: f64,
}

impl Damage {
    /// Its parts by name.
    pub fn parts(&self) -> [(&'static str, f64); 8] {
        let [first, second, third] = self.finders;
        let [row, column] = self.timing;
        [
            ("upper left finder", first),
            ("upper right finder", second),
            ("lower left finder", third),
            ("timing row", row),
            ("timing column", column),
            ("alignment", self.alignment.unwrap_or(0.0)),
            ("format", self.format),
            ("quiet zone", self.quiet_zone),
        ]
    }
}

/// A grade from 4 to 0 as a letter; a mean of several belongs to the nearest, as GS1's pass of 1.5 is a C.
pub fn letter(grade: f64) -> char {
    match grade {
        g if g >= 3.5 => 'A',
        g if g >= 2.5 => 'B',
        g if g >= 1.5 => 'C',
        g if g >= 0.5 => 'D',
        _ => 'F',
    }
}

/// The grade of a value that is better the larger it is; `limits` are those of A to D.
pub fn grade_up(value: f64, limits: [f64; 4]) -> f64 {
    // Greys are whole numbers, so a value drawn on a limit may come out a little under it.
    steps(limits.map(|limit| value >= limit - NEAR))
}

/// The grade of a value that is better the smaller it is; `limits` are those of A to D.
pub fn grade_down(value: f64, limits: [f64; 4]) -> f64 {
    steps(limits.map(|limit| value <= limit + NEAR))
}

/// Half a step of 8 bits.
const NEAR: f64 = 0.5 / 255.0;

fn steps(reached: [bool; 4]) -> f64 {
    let grades = [4.0, 3.0, 2.0, 1.0];
    let best = grades
        .into_iter()
        .zip(reached)
        .find(|(_, reached)| *reached);
    best.map_or(0.0, |(grade, _)| grade)
}

/// To a thousandth, without a minus before nothing.
pub(crate) fn round3(value: f64) -> f64 {
    // What is 0.0005 but for the arithmetic rounds as 0.0005 does.
    let rounded = (value * 1000.0 + value.signum() * 1e-6).round() / 1000.0;
    if rounded == 0.0 { 0.0 } else { rounded }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_on_their_limits_are_reached() {
        let limits = [0.70, 0.55, 0.40, 0.20];
        let up = [0.70, 0.69, 0.55, 0.54, 0.40, 0.39, 0.20, 0.19].map(|v| grade_up(v, limits));
        assert_eq!(up, [4.0, 3.0, 3.0, 2.0, 2.0, 1.0, 1.0, 0.0]);
        let down = [0.15, 0.16, 0.31].map(|v| grade_down(v, [0.15, 0.20, 0.25, 0.30]));
        assert_eq!(down, [4.0, 3.0, 0.0]);
        let letters = [4.0, 3.5, 3.4, 2.0, 1.5, 1.4, 0.5, 0.4].map(letter);
        assert_eq!(letters, ['A', 'A', 'B', 'C', 'C', 'D', 'D', 'F']);
    }
}
