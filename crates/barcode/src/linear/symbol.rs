//! A linear symbol in a picture, and as one scan line decodes it.

/// How a bar code is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbology {
    /// EAN-13.
    Ean13,
    /// Code 128.
    Code128,
    /// Interleaved 2 of 5.
    Itf,
}

/// A bar code as it stands in a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Bars {
    /// Its symbology.
    pub symbology: Symbology,
    /// Its digits, thirteen of an EAN-13, or its text.
    pub digits: String,
    /// The digits of the add-on beside it.
    pub add_on: Option<String>,
    /// Its bars without add-on and quiet zones, in pixels: left, top, right, bottom of the picture as it is.
    pub area: [f64; 4],
    /// The X-dimension in pixels.
    pub module: f64,
    /// Modules from its first to its last bar.
    pub modules: f64,
    /// Clear modules before the first and after the last bar (of the add-on, if there is one).
    pub quiet: [f64; 2],
    /// Whether its bars lie: it is read down or up the page.
    pub lying: bool,
    /// How far its beginning moves along a line from one line to the next, in pixels a pixel: 0 if the bars are square to
    /// the lines.
    pub lean: f64,
}

/// A symbol as one scan line decodes it.
pub(crate) struct DecodedLine {
    pub(crate) symbology: Symbology,
    pub(crate) modules: f64,
    pub(crate) digits: String,
    pub(crate) add_on: Option<String>,
    pub(crate) from: f64,
    pub(crate) to: f64,
    pub(crate) module: f64,
    /// The clear space before and after it in the order it is read, and where its last bar ends (that of the add-on).
    pub(crate) clear: [f64; 2],
    pub(crate) end: f64,
}

/// A pixel of a row: whether it is dark, and its grey.
pub(crate) type Pixel = (bool, u8);
