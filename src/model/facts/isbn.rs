//! ISBNs printed on a page.

use bitcode::{Decode, Encode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::isbn::Edition;
use crate::model::geometry::Rect;

/// An ISBN printed on a page, right or wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct PrintedIsbn {
    /// As printed.
    pub text: String,
    /// Its thirteen digits, if its check digit is right; an ISBN of ten digits is given its thirteen.
    pub digits: Option<String>,
    /// Thirteen digits without the word or hyphens, as below bars.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bare: bool,
    /// The edition that the text names for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<Edition>,
    /// The page has a copyright notice, as an imprint does.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub imprint: bool,
    /// The page lists books, the author's others or those that are cited.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub list: bool,
    /// The lines it stands on.
    #[serde(rename = "area_pt")]
    pub area: Rect,
}
