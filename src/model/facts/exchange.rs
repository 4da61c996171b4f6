//! What standards of exchange (PDF/X) ask of a file beyond what its pages show: output intents, metadata, and keys that a
//! press must not meet.

use bitcode::{Decode, Encode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Action, SpaceKind};

/// The header of an ICC profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct IccHeader {
    /// The device class: `prtr`, `mntr`, `scnr`, `spac`.
    pub class: String,
    /// The space of its data: `CMYK`, `RGB`, `GRAY`.
    pub space: String,
    /// Its version, as in `2.1`.
    pub version: String,
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
}

/// What an output intent says of the profile of its printing condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DestProfile {
    /// None is named.
    None,
    /// It is in the file.
    Embedded(IccHeader),
    /// It is in the file, and no ICC profile.
    Unreadable,
    /// It is referred to and not in the file (`DestOutputProfileRef`).
    Referenced,
}

/// An output intent: the printing condition that a file was made for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct OutputIntent {
    /// The standard it is for, as written: `GTS_PDFX`, `GTS_PDFA1`.
    pub subtype: Option<String>,
    /// The condition's name in its registry: `FOGRA39`.
    pub condition: Option<String>,
    /// The condition in words.
    pub words: Option<String>,
    /// The registry: `http://www.color.org`.
    pub registry: Option<String>,
    /// What else is said of the condition.
    pub info: Option<String>,
    /// Its profile.
    pub profile: DestProfile,
}

/// The XMP metadata of the file as a whole, as far as PDF/X asks for them.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Encode, Decode, JsonSchema,
)]
pub struct Xmp {
    /// The PDF/X it claims to be: `PDF/X-4`.
    pub pdfx_version: Option<String>,
    /// `True` or `False`.
    pub trapped: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// When the document was made.
    pub created: Option<String>,
    /// When it was last changed.
    pub modified: Option<String>,
    /// When these metadata were last changed.
    pub metadata_date: Option<String>,
    /// The document's id.
    pub document_id: Option<String>,
    /// The version's id.
    pub version_id: Option<String>,
    /// The rendition: `default`.
    pub rendition_class: Option<String>,
}

/// A key or value that PDF/X restricts.
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
#[non_exhaustive]
pub enum Construct {
    /// LZW compression.
    Lzw,
    /// JBIG2 compression.
    Jbig2,
    /// JPEG 2000.
    Jpeg2000,
    /// A filter that decrypts.
    CryptFilter,
    /// A stream whose data are in another file.
    ExternalStream,
    /// A form that stands for a page of another file.
    ReferenceXobject,
    /// PostScript.
    Postscript,
    /// An alternate image that is to be printed.
    AlternateForPrint,
    /// An image replaced by an image server.
    Opi,
    /// A transfer function.
    TransferFunction,
    /// An origin of the halftone (`HTP`).
    HalftonePhase,
    /// A halftone of another type than 1 or 5.
    HalftoneType,
    /// A halftone named as one of the device.
    HalftoneName,
    /// A soft mask of a graphics state.
    SoftMask,
    /// A soft mask of an image.
    ImageSoftMask,
    /// Opacity below 1.
    Opacity,
    /// A blend mode other than Normal.
    BlendMode,
    /// A transparency group.
    TransparencyGroup,
    /// A page that is one separation of several.
    Preseparated,
    /// A trap network with fonts that were not at hand.
    TrapNetFonts,
    /// An operator that PDF does not define.
    UnknownOperator,
    /// Optional content.
    OptionalContent,
    /// Layers that switch themselves by circumstance (`AS`).
    AutomaticLayers,
    /// Configurations of layers beside the default one (`Configs`).
    LayerConfigurations,
    /// A unit of the page that is written, be it the point (`UserUnit`).
    UserUnit,
    /// The colour space that a transparency group names; each space once.
    GroupSpace,
    /// The same of the group of a soft mask of luminosity.
    MaskGroupSpace,
    /// A font that is not in the file, of a pattern, a Type 3 glyph or a soft mask.
    FontNotEmbedded,
}

/// Where a construct first stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct ConstructUse {
    /// What it is.
    pub construct: Construct,
    /// Its value, where it has one: a blend mode, a type of halftone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The object it stands in: `12 0 R`; none for what stands in no object of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// The first page that uses it; none if it belongs to the file as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
}

/// How a named ink is defined: inks of the same definition look alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct InkDefinition {
    /// Its name.
    pub name: String,
    /// SHA-256, in hex, of its alternate space and tint transform as objects.
    pub sha256: String,
}

/// A setting of the viewer that names a page box.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct ViewerBox {
    /// The setting: `ViewArea`, `PrintClip`.
    pub setting: String,
    /// The box: `MediaBox`.
    pub page_box: String,
}

/// What standards of exchange ask of a file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct Exchange {
    /// Its output intents.
    pub output_intents: Vec<OutputIntent>,
    /// Its XMP metadata, if it has some that can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub xmp: Option<Xmp>,
    /// Why its XMP metadata could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub xmp_trouble: Option<String>,
    /// Settings of the viewer that name page boxes.
    pub viewer_boxes: Vec<ViewerBox>,
    /// What PDF/X restricts, once for each object.
    pub constructs: Vec<ConstructUse>,
    /// The definitions of its named inks, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inks: Vec<InkDefinition>,
    /// Actions that go to a place or an address.
    pub navigation: Vec<Action>,
    /// Why not all of it could be looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gap: Option<String>,
}

impl Exchange {
    /// The output intents for PDF/X.
    pub fn pdfx_intents(&self) -> impl Iterator<Item = &OutputIntent> {
        let is_pdfx = |i: &&OutputIntent| i.subtype.as_deref() == Some("GTS_PDFX");
        self.output_intents.iter().filter(is_pdfx)
    }

    /// The space that the printing condition's profile is for; none where no profile is in the file.
    pub fn intent_space(&self) -> Option<SpaceKind> {
        self.pdfx_intents()
            .find_map(|intent| match &intent.profile {
                DestProfile::Embedded(icc) => match icc.space.as_str() {
                    "CMYK" => Some(SpaceKind::DeviceCmyk),
                    "RGB" => Some(SpaceKind::DeviceRgb),
                    "GRAY" => Some(SpaceKind::DeviceGray),
                    _ => None,
                },
                _ => None,
            })
    }
}
