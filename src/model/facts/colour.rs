//! Colour as painted: spaces, amounts, inks, and how marks meet what lies below them.

use bitcode::{Decode, Encode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::geometry::Rect;

/// What a colour space is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Encode, Decode, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SpaceKind {
    /// DeviceGray.
    DeviceGray,
    /// CalGray.
    CalGray,
    /// DeviceRGB.
    DeviceRgb,
    /// CalRGB.
    CalRgb,
    /// DeviceCMYK.
    DeviceCmyk,
    /// Lab.
    Lab,
    /// ICC-tagged grey.
    IccGray,
    /// ICC-tagged RGB.
    IccRgb,
    /// ICC-tagged CMYK.
    IccCmyk,
    /// One named ink.
    Separation,
    /// Several named inks.
    DeviceN,
    /// A pattern; its own colours stand in `parts`.
    Pattern,
    /// Unknown, or in the image data (JPEG 2000).
    Unknown,
}

impl SpaceKind {
    /// For people.
    pub fn word(self) -> &'static str {
        match self {
            Self::DeviceGray | Self::CalGray => "grey",
            Self::IccGray => "ICC grey",
            Self::DeviceRgb => "RGB",
            Self::CalRgb => "calibrated RGB",
            Self::IccRgb => "ICC RGB",
            Self::DeviceCmyk => "CMYK",
            Self::IccCmyk => "ICC CMYK",
            Self::Lab => "Lab",
            Self::Separation | Self::DeviceN => "spot colour",
            Self::Pattern => "pattern",
            Self::Unknown => "unknown colour",
        }
    }

    /// Whether it mixes light, not ink.
    pub fn is_rgb(self) -> bool {
        matches!(
            self,
            Self::DeviceRgb | Self::CalRgb | Self::IccRgb | Self::Lab
        )
    }

    /// Whether it carries a profile of its own.
    pub fn is_icc(self) -> bool {
        matches!(self, Self::IccGray | Self::IccRgb | Self::IccCmyk)
    }

    /// Whether it knows only grey.
    pub fn is_gray(self) -> bool {
        matches!(self, Self::DeviceGray | Self::CalGray | Self::IccGray)
    }
}

/// An amount of one ink.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct InkAmount {
    /// The ink: Cyan, Magenta, Yellow, Black, or its own name.
    pub ink: String,
    /// Of full strength, in per cent.
    pub percent: f32,
}

/// A colour that something is painted in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct Colour {
    /// Its space; of a palette, the space of the palette's colours.
    pub space: SpaceKind,
    /// The name of its ICC profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    /// The named inks of its space.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// The space that stands in where a named ink is not on press.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alternate: Option<SpaceKind>,
    /// Its components as written; none for what has many colours: pictures, shadings, patterns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub amounts: Vec<f32>,
    /// The ink it lays; for what has many colours, the most that any of them can lay.
    pub inks: Vec<InkAmount>,
    /// For what has many colours, the most that any can lay on each plate.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub apart: Vec<InkAmount>,
    /// The colours a pattern is drawn in: places in the document's `colours`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<u32>,
}

/// Half a step of 8 bits, in per cent: less is no ink.
const NOTHING: f32 = 0.2;
/// White that comes out of a conversion or a JPEG is up to three steps of 8 bits off, 1.2 %; no press holds such a dot.
const NEAR_WHITE: f32 = 1.2;
/// Components that differ by less are alike: one step of 8 bits.
const ALIKE: f32 = 1.0 / 255.0 + 1e-4;

/// Components that differ by less than this are a grey: scans and conversions tint their greys a little.
const TINT: f32 = 0.06;
/// How far cyan, magenta and yellow of a grey lie apart, in per cent: presses need more cyan for a neutral.
const GREY_BALANCE: f32 = 18.0;
/// Black in per cent that hides what is under it.
const COVERING: f32 = 90.0;

impl Colour {
    /// The sum of its inks, in per cent.
    pub fn total(&self) -> f32 {
        self.inks.iter().map(|i| i.percent).sum()
    }

    /// How much of an ink it lays, in per cent.
    pub fn ink(&self, name: &str) -> f32 {
        self.inks
            .iter()
            .find(|i| i.ink == name)
            .map_or(0.0, |i| i.percent)
    }

    /// The inks it really lays.
    pub fn laid(&self) -> impl Iterator<Item = &InkAmount> {
        self.inks.iter().filter(|i| i.percent > NOTHING)
    }

    /// Whether it leaves the paper bare, or as good as bare.
    pub fn is_white(&self) -> bool {
        !self.has_many() && self.inks.iter().all(|i| i.percent <= NEAR_WHITE)
    }

    /// Whether it stands for many colours.
    pub fn has_many(&self) -> bool {
        self.amounts.is_empty()
    }

    /// Whether it is told from grey by eye: a grey of slightly different components is none, nor black with other inks under it.
    pub fn shows_colour(&self) -> bool {
        if self.is_neutral() || self.is_white() {
            return false;
        }
        match self.amounts.as_slice() {
            [r, g, b] if self.space.is_rgb() && self.space != SpaceKind::Lab => {
                (r - g).abs().max((g - b).abs()).max((r - b).abs()) > TINT
            }
            // Equal parts of three inks are the grey of a four-colour black.
            _ => {
                let [c, m, y, k] = ["Cyan", "Magenta", "Yellow", "Black"].map(|n| self.ink(n));
                let spot = self.laid().any(|i| !is_process(&i.ink) && i.ink != "All");
                let spread = (c - m).abs().max((m - y).abs()).max((c - y).abs());
                spot || self.has_many() || (k < COVERING && spread > GREY_BALANCE)
            }
        }
    }

    /// Whether it is a grey, white or black, in whatever space.
    pub fn is_neutral(&self) -> bool {
        match (self.space, self.amounts.as_slice()) {
            (kind, _) if kind.is_gray() => true,
            (SpaceKind::DeviceRgb | SpaceKind::CalRgb | SpaceKind::IccRgb, [r, g, b]) => {
                (r - g).abs() <= ALIKE && (g - b).abs() <= ALIKE && (r - b).abs() <= ALIKE
            }
            (SpaceKind::Lab, [_, a, b]) => a.abs() < 1.0 && b.abs() < 1.0,
            (SpaceKind::Unknown | SpaceKind::Pattern, _) => false,
            (_, []) => false,
            _ => self.laid().all(|i| i.ink == "Black"),
        }
    }

    /// Whether it names an ink that is none of the four of the process.
    pub fn spots(&self) -> impl Iterator<Item = &str> {
        self.names
            .iter()
            .map(String::as_str)
            .filter(|n| !is_process(n) && !matches!(*n, "All" | "None"))
    }

    /// For people: `RGB 51/102/153`, `CMYK 0/0/0/100 %`, `PANTONE 186 C 100 %`, `grey 40 % black`.
    pub fn words(&self) -> String {
        let space = match (self.names.as_slice(), self.space) {
            ([], kind) => kind.word().to_owned(),
            (names, _) => names.join(" + "),
        };
        if self.amounts.is_empty() {
            return space;
        }
        // A grey is written as the light it leaves; people think of its ink. RGB is known by its 256 steps.
        if let ([grey], true) = (self.amounts.as_slice(), self.space.is_gray()) {
            return format!("{space} {:.0} % black", (1.0 - grey) * 100.0);
        }
        let (scale, unit) = match self.space {
            SpaceKind::Lab => (1.0, ""),
            SpaceKind::DeviceRgb | SpaceKind::CalRgb | SpaceKind::IccRgb => (255.0, ""),
            _ => (100.0, " %"),
        };
        let amounts: Vec<String> = self
            .amounts
            .iter()
            .map(|a| format!("{:.0}", a * scale))
            .collect();
        format!("{space} {}{unit}", amounts.join("/"))
    }
}

/// Whether an ink is one of the process.
pub fn is_process(name: &str) -> bool {
    matches!(name, "Cyan" | "Magenta" | "Yellow" | "Black")
}

/// What a colour is laid on.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    Encode,
    Decode,
    JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Painted {
    /// Glyphs.
    Text,
    /// Filled shapes.
    Fill,
    /// Lines.
    Stroke,
    /// Shadings.
    Shading,
    /// Pictures.
    Image,
}

impl Painted {
    /// For people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Fill => "a filled shape",
            Self::Stroke => "a drawn line",
            Self::Shading => "a shading",
            Self::Image => "a picture",
        }
    }
}

/// One colour on one kind of thing on a page. Only what can be seen counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct ColourUse {
    /// The colour: a place in the document's `colours`.
    pub colour: u32,
    /// On what.
    pub on: Painted,
    /// Whether it overprints what lies below it.
    pub overprint: bool,
    /// How many glyphs, paths or pictures.
    pub marks: u32,
    /// The extents of its paths added up, in square points; nothing for text and pictures, which are facts of their own.
    #[serde(rename = "covers_sq_pt")]
    pub covers: f32,
    /// The first of them.
    #[serde(rename = "area_pt")]
    pub area: Rect,
    /// Whether crop marks stand around the trim and all of it lies outside: it is marks and slug, and is cut away.
    pub off_trim: bool,
}

/// A way in which a mark lets what lies below it shine through.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Through {
    /// Less than opaque.
    Opacity,
    /// A blend mode, by its name.
    Blend(String),
    /// A soft mask.
    SoftMask,
    /// A picture with a soft mask of its own.
    PictureMask,
}

/// Transparency of one kind on a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct Transparency {
    /// Of which kind.
    pub through: Through,
    /// On how many marks or groups.
    pub marks: u32,
    /// The first of them.
    #[serde(rename = "area_pt")]
    pub area: Rect,
}
