//! Settings of the press that a file brings: what they say is the printer's business, and changes what prints.

use bitcode::{Decode, Encode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::geometry::Rect;

/// A setting of the press.
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
pub enum Setting {
    /// A transfer function (TR, TR2): every amount of ink is changed at the very end.
    TransferFunction,
    /// A black generation (BG, BG2): how much black RGB becomes.
    BlackGeneration,
    /// An undercolour removal (UCR, UCR2): how much colour is taken out where black is put in.
    UndercolourRemoval,
    /// A halftone (HT): the screen that dots are made by.
    Halftone,
    /// Another picture that is to be printed in the place of the one shown.
    AlternateForPrint,
    /// Other pictures that may be shown in the place of one.
    Alternates,
    /// A stand-in for a file on an image server (OPI).
    Opi,
    /// PostScript code.
    PostScript,
}

/// A setting that something on a page is painted with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct PressSetting {
    /// Which.
    pub setting: Setting,
    /// The first thing painted with it.
    #[serde(rename = "area_pt")]
    pub area: Rect,
}
