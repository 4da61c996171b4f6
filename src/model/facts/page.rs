//! One page as measured.

use bitcode::{Decode, Encode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Beyond, ColourUse, CoverRaster, Coverage, CropMarks, Leftover, Lines, ObjectUse, PressSetting,
    PrintedIsbn, SpaceKind, TextRun, Transparency, WhiteLines,
};
use crate::model::geometry::{Rect, Size};

/// The boxes of a page in PDF user space (y up), as written, inherited ones included.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema,
)]
pub struct Boxes {
    /// The sheet.
    pub media: Option<Rect>,
    /// What a viewer shows.
    pub crop: Option<Rect>,
    /// Where bleed is cut to.
    pub bleed: Option<Rect>,
    /// The finished page.
    pub trim: Option<Rect>,
    /// The extent of meaningful content.
    pub art: Option<Rect>,
}

/// What kind of mark a piece of art is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Encode, Decode, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum ArtKind {
    /// Filled paths.
    Fill,
    /// Stroked paths.
    Stroke,
    /// A shading.
    Shading,
}

/// Vector art: one path, or many alike on a page that has very many.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct Art {
    /// Its ink after clipping, strokes with their width.
    #[serde(rename = "area_pt")]
    pub area: Rect,
    /// Filled, stroked or shaded.
    pub kind: ArtKind,
    /// How many paths stand behind it.
    pub paths: u32,
    /// How many parts those have in all: a word turned into outlines may be one path with a part a letter, or more.
    pub parts: u32,
}

/// How many paths a page paints.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Encode, Decode, JsonSchema,
)]
pub struct PathCount {
    /// Filled.
    pub fills: u32,
    /// Stroked.
    pub strokes: u32,
    /// Of those, painted in paper white on bare paper, transparent, or clipped away.
    pub unseen: u32,
}

/// The family of colour space an image is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ImageColour {
    /// DeviceGray or CalGray.
    Gray,
    /// DeviceRGB or CalRGB.
    Rgb,
    /// DeviceCMYK.
    Cmyk,
    /// Lab.
    Lab,
    /// ICC-tagged.
    Icc,
    /// A palette.
    Indexed,
    /// Separation or DeviceN.
    Spot,
    /// A stencil: one bit, painted in the current colour.
    Stencil,
    /// Not said, or not understood (JPEG 2000 carries its own).
    Unknown,
}

/// The codec of an image's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "Filter")]
#[non_exhaustive]
pub enum Codec {
    /// Stored or losslessly packed.
    Lossless,
    /// JPEG.
    Jpeg,
    /// JPEG 2000.
    Jpeg2000,
    /// JBIG2.
    Jbig2,
    /// CCITT fax.
    Fax,
}

/// One image as placed on a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct PlacedImage {
    /// What is seen of it after clipping.
    #[serde(rename = "area_pt")]
    pub area: Rect,
    /// Its name for people: `34 0 R` or `inline`.
    pub object: String,
    /// Pixels, width by height.
    pub pixels: [u32; 2],
    /// Effective pixels per inch along the image's own two axes, through every matrix.
    pub ppi: [f32; 2],
    /// Its own pixels, width by height, where its mask has more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_pixels: Option<[u32; 2]>,
    /// Bits a component.
    pub bits: u8,
    /// The family of its colour space.
    pub colour: ImageColour,
    /// The codec of its data.
    pub filter: Codec,
    /// Whether any of it can be seen.
    pub visible: bool,
    /// The colour it is in: a place in the document's `colours`.
    pub paint: u32,
    /// Whether its pixels are greys though its colour space has colours; false where its pixels were not decoded.
    pub gray: bool,
    /// Its extent before clips and the edge of the page cut it.
    #[serde(rename = "whole_pt")]
    pub whole: Rect,
    /// Whether a mask decides which of its pixels are painted, so that it may end before its edge or fade.
    pub masked: bool,
    /// The share of its resolution, along each side, that carries detail: 1 unless it was enlarged from fewer pixels,
    /// else what its own pixels show. None where it was not measured: not asked for, too small, line art, too coarse to
    /// matter, in colours that are not looked into, or damaged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<f32>,
    /// What is wrong with its data, if it can be seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flaw: Option<ImageFlaw>,
}

/// What is wrong with an image's data.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Encode, Decode, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ImageFlaw {
    /// No reader can unpack them.
    Undecodable,
    /// They end early, or break off in the middle: readers show what comes before.
    CutShort,
    /// Its data are all there, and some are not what was written.
    Damaged,
    /// It is too large to be decoded.
    NotChecked,
}

impl PlacedImage {
    /// The lower of the two resolutions: what the eye gets.
    pub fn lowest_ppi(&self) -> f64 {
        f64::from(self.ppi[0].min(self.ppi[1]))
    }

    /// One bit a pixel: line art rather than a picture.
    pub fn is_line_art(&self) -> bool {
        self.bits == 1 && self.colour != ImageColour::Indexed
    }

    /// So few pixels that it is a tint drawn as an image.
    pub fn is_flat_fill(&self) -> bool {
        self.pixels[0] <= 2 || self.pixels[1] <= 2
    }
}

/// An annotation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct Annotation {
    /// Its subtype as written: `Link`, `Text`, `Stamp`.
    pub kind: String,
    /// Where, on the page as seen.
    #[serde(rename = "area_pt")]
    pub area: Option<Rect>,
    /// Whether it would print (its flags and appearance).
    pub prints: bool,
}

/// How often grey changes strongly down each column of a cover's middle, where a picture lies across it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct EdgeDensity {
    /// The first column, in points from the left.
    #[serde(rename = "left_pt")]
    pub left: f32,
    /// The width of a column in points.
    #[serde(rename = "step_pt")]
    pub step: f32,
    /// Strong changes by column.
    pub changes: Vec<u16>,
}

impl EdgeDensity {
    /// The most changes in any column between two places, in points from the left.
    pub fn most(&self, x0: f64, x1: f64) -> u16 {
        let columns = self.changes.iter().zip(0u16..);
        columns
            .filter(|(_, n)| {
                let at = f64::from(self.left) + (f64::from(*n) + 0.5) * f64::from(self.step);
                (x0..=x1).contains(&at)
            })
            .map(|(count, _)| *count)
            .max()
            .unwrap_or(0)
    }
}

/// How much grey varies within each small square of a cover with pictures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct LocalContrast {
    /// The side of a square in points; the first lies in the top-left corner.
    #[serde(rename = "cell_pt")]
    pub cell: f32,
    /// Squares in a row.
    pub columns: u32,
    /// Lightest less darkest grey of every square, of 255, row by row.
    pub ranges: Vec<u8>,
}

impl LocalContrast {
    /// The share of the squares wholly within an area whose grey varies by more than `range`.
    pub fn lively(&self, area: Rect, range: u8) -> f64 {
        let columns = usize::try_from(self.columns).unwrap_or(1).max(1);
        let mut all = [0u32, 0];
        for (n, varies) in self.ranges.iter().enumerate() {
            let at = |n: usize| n as f32 * self.cell;
            let (x, y) = (at(n % columns), at(n / columns));
            let within = x >= area.x0
                && y >= area.y0
                && x + self.cell <= area.x1
                && y + self.cell <= area.y1;
            if within {
                all = [all[0] + u32::from(*varies > range), all[1] + 1];
            }
        }
        f64::from(all[0]) / f64::from(all[1].max(1))
    }
}

/// One page as measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct Page {
    /// From 1, in file order.
    pub number: u32,
    /// Size as seen: crop box within media box, rotation and UserUnit applied.
    #[serde(rename = "size_pt")]
    pub size: Size,
    /// The boxes as written.
    pub boxes: Boxes,
    /// The trim box on the page as seen, where one is set.
    #[serde(rename = "trim_area_pt")]
    pub trim: Option<Rect>,
    /// The bleed box on the page as seen; without one, the trim box or the art box.
    #[serde(
        default,
        rename = "bleed_area_pt",
        skip_serializing_if = "Option::is_none"
    )]
    pub bleed: Option<Rect>,
    /// Boxes whose corners stand in the wrong order.
    pub inverted_boxes: Vec<String>,
    /// `/Rotate` as written, in degrees.
    pub rotate: i32,
    /// `/UserUnit`, 1 unless set.
    pub user_unit: f64,
    /// The extent of all that is painted, seen or not, within the page.
    #[serde(rename = "painted_pt")]
    pub painted: Option<Rect>,
    /// The extent of ink: painted and seen.
    #[serde(rename = "ink_pt")]
    pub ink: Option<Rect>,
    /// Text.
    pub text: Vec<TextRun>,
    /// ISBNs in its text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub isbns: Vec<PrintedIsbn>,
    /// Phrases in its text that templates leave behind.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leftovers: Vec<Leftover>,
    /// Images.
    pub images: Vec<PlacedImage>,
    /// Vector art that can be seen, summed up where there is much of it.
    pub art: Vec<Art>,
    /// How many paths there are.
    pub paths: PathCount,
    /// Annotations.
    pub annotations: Vec<Annotation>,
    /// The colours that can be seen, by what they are on.
    pub colours: Vec<ColourUse>,
    /// Its graphics objects, those that cannot be seen included; measured where a standard of exchange asks for them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub objects: Vec<ObjectUse>,
    /// What lets other things shine through.
    pub transparency: Vec<Transparency>,
    /// Settings of the press that what can be seen on it is painted with.
    pub settings: Vec<PressSetting>,
    /// The colour spaces its groups say they are composed in, the page's own first; each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<SpaceKind>,
    /// How much ink it carries.
    pub coverage: Coverage,
    /// How lively the middle of a pictured cover is; none for any other page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relief: Option<EdgeDensity>,
    /// How uneven a cover with pictures is; none for any other page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub texture: Option<LocalContrast>,
    /// How a cover looks at its edges and in its middle; none for any other page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backdrop: Option<CoverRaster>,
    /// Its lines, the thinnest of them.
    pub lines: Lines,
    /// White lines on something printed, by what they lie on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub white_lines: Vec<WhiteLines>,
    /// What lies beyond its edge.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beyond: Vec<Beyond>,
    /// Crop marks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crop_marks: Option<CropMarks>,
    /// What was passed over in its content, as viewers do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skipped: Vec<String>,
    /// Why the page could not be measured, wholly or in part.
    pub gap: Option<String>,
    /// Why not all of `objects` could be told apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objects_gap: Option<String>,
}

impl Page {
    /// Whether nothing on it leaves ink.
    pub fn is_blank(&self) -> bool {
        self.ink.is_none() && self.gap.is_none()
    }
}
